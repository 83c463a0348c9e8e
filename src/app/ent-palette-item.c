/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-palette-item.h"

#include <glib/gi18n.h>

struct _EntPaletteItem
{
  GObject parent_instance;

  EntKey      key;
  char       *action;
  char       *title;
  char       *subtitle;
  char       *shortcut;
  char       *icon_name;
};

G_DEFINE_FINAL_TYPE (EntPaletteItem, ent_palette_item, G_TYPE_OBJECT)

static void
ent_palette_item_finalize (GObject *object)
{
  EntPaletteItem *self = ENT_PALETTE_ITEM (object);

  g_free (self->action);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->shortcut);
  g_free (self->icon_name);

  G_OBJECT_CLASS (ent_palette_item_parent_class)->finalize (object);
}

static void
ent_palette_item_class_init (EntPaletteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_palette_item_finalize;
}

static void
ent_palette_item_init (EntPaletteItem *self)
{
}

EntPaletteItem *
ent_palette_item_new_record (EntKey      key,
                             const char *title,
                             const char *subtitle,
                             const char *icon_name)
{
  EntPaletteItem *self = g_object_new (ENT_TYPE_PALETTE_ITEM, NULL);

  self->key = key;
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->icon_name = g_strdup (icon_name);
  return self;
}

EntPaletteItem *
ent_palette_item_new_page (const EntPageInfo *page)
{
  EntPaletteItem *self = g_object_new (ENT_TYPE_PALETTE_ITEM, NULL);
  GVariant *target = g_variant_ref_sink (g_variant_new_string (page->id));

  self->action = g_action_print_detailed_name ("win.page", target);
  /* Translators: an action; %s is the title of a page: "Go to Partners" */
  self->title = g_strdup_printf (_("Go to %s"), _(page->title));
  self->icon_name = g_strdup (page->icon_name);
  g_variant_unref (target);
  return self;
}

EntPaletteItem *
ent_palette_item_new_action (const EntActionInfo *action)
{
  EntPaletteItem *self = g_object_new (ENT_TYPE_PALETTE_ITEM, NULL);

  self->action = g_strdup (action->name);
  self->title = g_strdup (_(action->label));
  self->shortcut = ent_action_info_dup_shortcut_label (action);
  self->icon_name = g_strdup ("go-next-symbolic");
  return self;
}

EntKey
ent_palette_item_get_key (EntPaletteItem *self)
{
  return self->key;
}

const char *
ent_palette_item_get_action (EntPaletteItem *self)
{
  return self->action;
}

const char *
ent_palette_item_get_title (EntPaletteItem *self)
{
  return self->title;
}

const char *
ent_palette_item_get_subtitle (EntPaletteItem *self)
{
  return self->subtitle;
}

const char *
ent_palette_item_get_icon_name (EntPaletteItem *self)
{
  return self->icon_name;
}

const char *
ent_palette_item_get_shortcut (EntPaletteItem *self)
{
  return self->shortcut;
}
