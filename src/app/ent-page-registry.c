/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-page-registry.h"

#include <glib/gi18n.h>

/* --- The table: one line a page, in the order of the sidebar ------------------------------------------ */

static const EntPageInfo pages[] = {
  { NULL },
};

/* The profile, an EntPage with the construct property `key` (int64), that shows records of any type.
 * G_TYPE_INVALID: there is none yet. */
static GType
get_record_page_type (void)
{
  return G_TYPE_INVALID;
}

/* ------------------------------------------------------------------------------------------------------ */

static const EntPageInfo *replaced;
static guint n_replaced;
static GType replaced_record_page;

const EntPageInfo *
ent_page_registry_get (guint *n)
{
  if (replaced != NULL)
    {
      *n = n_replaced;
      return replaced;
    }
  *n = G_N_ELEMENTS (pages) - 1;
  return pages;
}

const EntPageInfo *
ent_page_registry_lookup (const char *id)
{
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (infos[i].id, id) == 0)
      return &infos[i];
  return NULL;
}

const EntPageInfo *
ent_page_registry_for_type (const char *record_type)
{
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    if (infos[i].record_type != NULL && g_strcmp0 (infos[i].record_type, record_type) == 0)
      return &infos[i];
  return NULL;
}

EntPage *
ent_page_registry_create (const EntPageInfo *info,
                          EntContext        *context)
{
  GType type = info->get_type ();
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);

  g_return_val_if_fail (g_type_is_a (type, ENT_TYPE_PAGE), NULL);

  if (info->record_type != NULL &&
      g_object_class_find_property (G_OBJECT_CLASS (klass), "record-type") != NULL)
    return g_object_new (type, "context", context, "page-id", info->id, "title", _(info->title),
                         "icon-name", info->icon_name, "tag", info->id,
                         "record-type", info->record_type, NULL);
  return g_object_new (type, "context", context, "page-id", info->id, "title", _(info->title),
                       "icon-name", info->icon_name, "tag", info->id, NULL);
}

static GType
find_record_page_type (void)
{
  return replaced != NULL ? replaced_record_page : get_record_page_type ();
}

gboolean
ent_page_registry_has_record_page (void)
{
  return find_record_page_type () != G_TYPE_INVALID;
}

EntPage *
ent_page_registry_create_record (EntContext *context,
                                 EntKey      key)
{
  if (!ent_page_registry_has_record_page ())
    return NULL;
  return g_object_new (find_record_page_type (), "context", context, "page-id", "profile", "key", key, NULL);
}

void
ent_page_registry_replace (const EntPageInfo *infos,
                           guint              n,
                           GType              record_page)
{
  replaced = infos;
  n_replaced = n;
  replaced_record_page = record_page;
}
