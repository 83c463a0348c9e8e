/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the colors and sizes of the map say, and which records are on it. */

#include "config.h"

#include "pages/map/ent-map-page-private.h"

#include <glib/gi18n.h>

#include "store/ent-query.h"

/* In the order of the drop-downs. */
static const struct { EntMapColor color; const char *id, *label; } colors[] = {
  { ENT_MAP_COLOR_LEVEL, "level", N_("Level") },
  { ENT_MAP_COLOR_PARTNER_TYPE, "partner_type", N_("Partner type") },
  { ENT_MAP_COLOR_LIFECYCLE, "lifecycle", N_("Lifecycle") },
  { ENT_MAP_COLOR_REGION, "region", N_("Region") },
  { ENT_MAP_COLOR_RECORD_TYPE, "record_type", N_("Record type") },
  { ENT_MAP_COLOR_COMMUNITY, "community", N_("Community") },
};

static const struct { EntMapSize size; const char *id, *label; } sizes[] = {
  { ENT_MAP_SIZE_DEGREE, "degree", N_("Size: links") },
  { ENT_MAP_SIZE_INFLUENCE, "influence", N_("Size: influence") },
  { ENT_MAP_SIZE_NONE, "none", N_("Size: equal") },
};

void
ent_map_page_update_legend (EntMapPage *self)
{
  g_autoptr(GPtrArray) items = NULL;

  if (self->painter == NULL)
    return;
  items = ent_map_painter_get_legend (ent_map_canvas_begin (self->canvas));
  ent_map_canvas_end (self->canvas);
  ent_map_legend_set_items (self->legend, _(colors[gtk_drop_down_get_selected (self->color_drop)].label), items);
}

void
_ent_map_page_apply_look (EntMapPage *self)
{
  EntMapPainter *painter;

  if (self->painter == NULL)
    return;
  painter = ent_map_canvas_begin (self->canvas);
  ent_map_painter_set_color_by (painter, colors[gtk_drop_down_get_selected (self->color_drop)].color);
  ent_map_painter_set_size_by (painter, sizes[gtk_drop_down_get_selected (self->size_drop)].size);
  ent_map_painter_set_show_communities (painter, self->show_communities);
  ent_map_canvas_end (self->canvas);
  ent_map_page_update_legend (self);
}

void
_ent_map_page_look_changed_cb (EntMapPage *self)
{
  if (!self->is_filling)
    _ent_map_page_apply_look (self);
}

void
_ent_map_page_emphasis_cb (EntMapLegend *legend,
                           gint          category,
                           EntMapPage   *self)
{
  if (self->painter == NULL)
    return;
  ent_map_painter_set_emphasis (ent_map_canvas_begin (self->canvas), category);
  ent_map_canvas_end (self->canvas);
}

static gboolean
check_filter (EntMapPage *self,
              const char *text)
{
  const EntRecordType *type = ent_store_get_record_type (ent_page_get_store (ENT_PAGE (self)), "organization");
  g_autoptr(GError) error = NULL;
  g_autoptr(EntFilter) filter = ent_filter_parse (type, text, NULL, &error);

  gtk_label_set_label (self->filter_error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->filter_error), error != NULL);
  return filter != NULL;
}

void
_ent_map_page_filter_changed_cb (EntMapPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter_entry));
  gboolean is_on;

  if (self->is_filling || !check_filter (self, text))
    return;
  g_set_str (&self->filter, *text != '\0' ? text : NULL);
  is_on = self->filter != NULL || gtk_check_button_get_active (self->isolated_check)
          || gtk_check_button_get_active (self->references_check);
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  ent_map_page_load (self, FALSE);
}

void
_ent_map_page_restore_look (EntMapPage   *self,
                            GVariantDict *dict)
{
  const char *color = NULL, *size = NULL;

  g_variant_dict_lookup (dict, "color", "&s", &color);
  g_variant_dict_lookup (dict, "size", "&s", &size);
  self->is_filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_strcmp0 (color, colors[i].id) == 0)
      gtk_drop_down_set_selected (self->color_drop, i);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_strcmp0 (size, sizes[i].id) == 0)
      gtk_drop_down_set_selected (self->size_drop, i);
  self->is_filling = FALSE;
}

void
_ent_map_page_fill_look (EntMapPage *self)
{
  g_autoptr(GtkStringList) color_list = gtk_string_list_new (NULL);
  g_autoptr(GtkStringList) size_list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    gtk_string_list_append (color_list, _(colors[i].label));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    gtk_string_list_append (size_list, _(sizes[i].label));
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->color_drop, G_LIST_MODEL (color_list));
  gtk_drop_down_set_model (self->size_drop, G_LIST_MODEL (size_list));
  self->is_filling = FALSE;
}

void
_ent_map_page_save_look (EntMapPage   *self,
                         GVariantDict *dict)
{
  g_variant_dict_insert (dict, "color", "s", colors[gtk_drop_down_get_selected (self->color_drop)].id);
  g_variant_dict_insert (dict, "size", "s", sizes[gtk_drop_down_get_selected (self->size_drop)].id);
}
