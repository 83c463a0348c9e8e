/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-changed.h"

#include <glib/gi18n-lib.h>

#define PAGE 200

void
ent_changed_free (EntChanged *self)
{
  g_free (self->label);
  g_free (self->author);
  g_free (self);
}

/* Local midnight of a day. */
static gint64
start_of (gint64 day)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (day * 86400);
  g_autoptr (GDateTime) local = g_date_time_new_local (g_date_time_get_year (utc), g_date_time_get_month (utc),
                                                       g_date_time_get_day_of_month (utc), 0, 0, 0);

  return (local != NULL ? g_date_time_to_unix (local) : day * 86400) * G_USEC_PER_SEC;
}

static gboolean
counts (const EntTransactionInfo *info,
        const char               *author)
{
  if (info->kind != ENT_TRANSACTION_DO || info->origin == ENT_ORIGIN_SETUP)
    return FALSE;
  return info->origin != ENT_ORIGIN_USER || g_strcmp0 (info->author, author) != 0;
}

GPtrArray *
ent_changed_list (EntStore    *store,
                  gint64       today,
                  const char  *author,
                  guint        limit,
                  GError     **error)
{
  gint64 since = start_of (today - 1), before = 0;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_changed_free);

  while (list->len < limit)
    {
      g_autoptr (GPtrArray) infos = ent_store_get_history (store, 0, before, PAGE, error);

      if (infos == NULL)
        return NULL;
      for (guint i = 0; i < infos->len; i++)
        {
          EntTransactionInfo *info = g_ptr_array_index (infos, i);
          EntChanged *changed;

          before = info->seq;
          if (info->at < since || list->len >= limit)
            return g_steal_pointer (&list);
          if (!counts (info, author))
            continue;
          changed = g_new0 (EntChanged, 1);
          *changed = (EntChanged) { info->seq, info->at, g_strdup (info->label), g_strdup (info->author), info->origin,
                                    info->n_changes, info->undone };
          g_ptr_array_add (list, changed);
        }
      if (infos->len < PAGE)
        break;
    }
  return g_steal_pointer (&list);
}

const char *
ent_changed_origin_label (EntOrigin origin)
{
  switch (origin)
    {
    case ENT_ORIGIN_IMPORT:
      return _("Imported");
    case ENT_ORIGIN_RULE:
      return _("By the Program’s Rules");
    case ENT_ORIGIN_SYNC:
      return _("From Portals and the Team");
    case ENT_ORIGIN_SETUP:
    case ENT_ORIGIN_USER:
    default:
      return _("By Others");
    }
}
