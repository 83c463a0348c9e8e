/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/map/ent-map-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"

#define FOCUS_STEPS 2
#define FOUND_MOST 500
#define RELOAD_MS 400 /* after a change, so that an import makes one new map */

typedef enum
{
  PROP_SHOW_COMMUNITIES = 1,
} EntMapPageProperty;

static GParamSpec *properties[PROP_SHOW_COMMUNITIES + 1];

G_DEFINE_FINAL_TYPE (EntMapPage, ent_map_page, ENT_TYPE_PAGE)

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

/* --- Selection ---------------------------------------------------------------------------------------- */

void
ent_map_page_update_card (EntMapPage *self)
{
  gint32 node = ent_map_canvas_get_selected (self->canvas);

  if (self->paths == NULL)
    {
      if (node >= 0)
        ent_map_card_show_node (self->card, self->graph, self->measures, node);
      gtk_revealer_set_reveal_child (self->card_revealer, node >= 0);
    }
  ent_page_action_set_enabled (ENT_PAGE (self), "page.open", node >= 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.path", node >= 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.neighborhood", node >= 0);
}

void
ent_map_page_select (EntMapPage *self,
                     gint32      node,
                     gboolean    reveal)
{
  ent_map_canvas_set_selected (self->canvas, node, reveal);
  ent_map_page_update_card (self);
}

static void
selected_cb (EntMapPage *self,
             gint        node)
{
  if (self->path_from >= 0 && node >= 0 && node != self->path_from)
    {
      ent_map_page_find_paths (self, node);
      return;
    }
  if (self->paths != NULL)
    ent_map_page_cancel_path (self);
  ent_map_page_update_card (self);
}

static void
activated_cb (EntMapPage *self,
              gint        node)
{
  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), ent_graph_get_key (self->graph, node));
}

static void
menu_cb (EntMapPage *self,
         gint        node,
         gdouble     x,
         gdouble     y)
{
  gtk_popover_set_pointing_to (self->node_menu, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->node_menu);
}

static void
neighbor_selected_cb (EntMapPage *self,
                      gint        node)
{
  if (self->paths != NULL)
    ent_map_page_cancel_path (self);
  ent_map_page_select (self, node, TRUE);
}

static void
path_chosen_cb (EntMapPage *self,
                guint       chosen)
{
  ent_map_page_choose_path (self, chosen);
}

void
ent_map_page_set_focus (EntMapPage *self,
                        gint32      node)
{
  if (self->painter == NULL)
    return;
  ent_map_painter_set_focus (ent_map_canvas_begin (self->canvas), node, FOCUS_STEPS);
  ent_map_canvas_end (self->canvas);
  gtk_widget_set_visible (self->focus_bar, node >= 0);
  if (node >= 0)
    {
      g_autofree char *text = g_strdup_printf (_("Around %s"), ent_graph_get_title (self->graph, node));

      gtk_label_set_label (self->focus_label, text);
    }
  ent_map_canvas_fit (self->canvas);
}

/* --- Search ------------------------------------------------------------------------------------------- */

static void
show_found (EntMapPage *self)
{
  g_autofree char *text = g_strdup_printf (_("%u of %u"), self->found->len > 0 ? self->found_at + 1 : 0,
                                           self->found->len);

  gtk_label_set_label (self->found_label, text);
}

/* Titles that begin with the words come first. */
void
ent_map_page_search (EntMapPage *self)
{
  g_autofree char *key = ent_text_key (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  g_array_set_size (self->found, 0);
  self->found_at = 0;
  for (guint pass = 0; pass < 2 && *key != '\0' && self->keys != NULL; pass++)
    for (gint32 i = 0; self->keys[i] != NULL && self->found->len < FOUND_MOST; i++)
      {
        gboolean is_first = g_str_has_prefix (self->keys[i], key);

        if (pass == 0 ? is_first : !is_first && strstr (self->keys[i], key) != NULL)
          g_array_append_val (self->found, i);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->found_label), *key != '\0');
  show_found (self);
  if (self->painter == NULL)
    return;
  ent_map_painter_set_found (ent_map_canvas_begin (self->canvas), (const gint32 *) self->found->data, self->found->len);
  ent_map_canvas_end (self->canvas);
}

static void
search_changed_cb (EntMapPage *self)
{
  ent_map_page_search (self);
}

/* Enter takes the first, then the next; a path that waits for its end takes it. */
static void
go_to_found (EntMapPage *self,
             int         step)
{
  gint32 node;

  if (self->found->len == 0)
    return;
  node = g_array_index (self->found, gint32, self->found_at);
  if (ent_map_canvas_get_selected (self->canvas) == node || step < 0)
    self->found_at = (self->found_at + self->found->len + step) % self->found->len;
  node = g_array_index (self->found, gint32, self->found_at);
  show_found (self);
  if (self->path_from >= 0 && node != self->path_from)
    ent_map_page_find_paths (self, node);
  else
    ent_map_page_select (self, node, TRUE);
}

static void
search_next_cb (EntMapPage *self)
{
  go_to_found (self, 1);
}

static void
search_previous_cb (EntMapPage *self)
{
  go_to_found (self, -1);
}

static void
search_stopped_cb (EntMapPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* --- Look and filter ---------------------------------------------------------------------------------- */

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

static void
apply_look (EntMapPage *self)
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

static void
look_changed_cb (EntMapPage *self)
{
  if (!self->is_filling)
    apply_look (self);
}

static void
emphasis_cb (EntMapLegend *legend,
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

static void
filter_changed_cb (EntMapPage *self)
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

/* --- The map ------------------------------------------------------------------------------------------ */

static const char *
choose_child (EntMapPage *self)
{
  if (ent_graph_get_n_nodes (self->graph) > 0)
    return "map";
  return self->filter != NULL ? "nothing" : "empty";
}

/* The first map, or one with other records, shows everything; a changed one stays where it was. */
void
ent_map_page_take_map (EntMapPage *self)
{
  gboolean keep_view = self->is_loaded || self->wanted_view.zoom > 0;
  gint32 node = ent_graph_find (self->graph, self->wanted_key);

  ent_map_page_cancel_path (self);
  ent_map_canvas_set_painter (self->canvas, self->painter, keep_view && self->is_loaded);
  if (!self->is_loaded && self->wanted_view.zoom > 0)
    ent_map_canvas_set_view (self->canvas, &self->wanted_view);
  apply_look (self);
  gtk_widget_set_visible (self->focus_bar, FALSE);
  ent_map_page_search (self);
  ent_map_page_select (self, node, FALSE);
  gtk_stack_set_visible_child_name (self->stack, choose_child (self));
  ent_page_action_set_enabled (ENT_PAGE (self), "page.export", ent_graph_get_n_nodes (self->graph) > 0);
  self->is_loaded = TRUE;
  if (ent_graph_get_n_nodes (self->graph) == 0)
    ent_page_set_ready (ENT_PAGE (self), TRUE);
}

void
ent_map_page_take_measures (EntMapPage *self)
{
  ent_map_painter_set_measures (ent_map_canvas_begin (self->canvas), self->measures);
  ent_map_canvas_end (self->canvas);
  ent_map_page_update_legend (self);
  if (self->paths == NULL)
    ent_map_page_update_card (self);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
remember_selected (EntMapPage *self)
{
  gint32 node = ent_map_canvas_get_selected (self->canvas);

  if (self->graph != NULL)
    self->wanted_key = node >= 0 ? ent_graph_get_key (self->graph, node) : 0;
}

static gboolean
reload_cb (gpointer data)
{
  EntMapPage *self = data;

  self->reload_source = 0;
  remember_selected (self);
  ent_map_page_load (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntContext *context,
            EntChanges *changes,
            EntMapPage *self)
{
  static const char * const types[] = { "link", "organization", "person", "offering", "program" };
  EntStore *store = ent_page_get_store (ENT_PAGE (self));
  gboolean concerns = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    concerns |= ent_changes_has_type (changes, ent_store_get_record_type (store, types[i]));
  if (!concerns || !self->is_loaded)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->is_stale = TRUE;
  else if (self->reload_source == 0)
    self->reload_source = g_timeout_add (RELOAD_MS, reload_cb, self);
}

static void
ent_map_page_map (GtkWidget *widget)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);

  GTK_WIDGET_CLASS (ent_map_page_parent_class)->map (widget);
  if (!self->is_loaded || self->is_stale)
    {
      remember_selected (self);
      ent_map_page_load (self, FALSE);
    }
}

/* --- Page --------------------------------------------------------------------------------------------- */

static void
ent_map_page_focus_search (EntPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (ENT_MAP_PAGE (page)->search));
}

static void
ent_map_page_refresh (EntPage *page)
{
  remember_selected (ENT_MAP_PAGE (page));
  ent_map_page_load (ENT_MAP_PAGE (page), FALSE);
}

static GVariant *
ent_map_page_save_state (EntPage *page)
{
  EntMapPage *self = ENT_MAP_PAGE (page);
  GVariantDict dict;
  EntMapView view;

  remember_selected (self);
  ent_map_canvas_get_view (self->canvas, &view);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "color", "s", colors[gtk_drop_down_get_selected (self->color_drop)].id);
  g_variant_dict_insert (&dict, "size", "s", sizes[gtk_drop_down_get_selected (self->size_drop)].id);
  g_variant_dict_insert (&dict, "communities", "b", self->show_communities);
  if (self->wanted_key != 0)
    g_variant_dict_insert (&dict, "selected", "x", self->wanted_key);
  if (self->is_loaded)
    g_variant_dict_insert (&dict, "view", "(ddd)", view.x, view.y, view.zoom);
  return g_variant_dict_end (&dict);
}

static void
restore_drops (EntMapPage   *self,
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

static void
ent_map_page_restore_state (EntPage  *page,
                            GVariant *state)
{
  EntMapPage *self = ENT_MAP_PAGE (page);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (state);
  gboolean show = self->show_communities;
  gint64 key = 0;
  gint32 node;

  restore_drops (self, &dict);
  g_variant_dict_lookup (&dict, "communities", "b", &show);
  g_variant_dict_lookup (&dict, "view", "(ddd)", &self->wanted_view.x, &self->wanted_view.y, &self->wanted_view.zoom);
  g_variant_dict_lookup (&dict, "selected", "x", &key);
  self->wanted_key = key;
  g_object_set (self, "show-communities", show, NULL);
  apply_look (self);
  if (self->is_loaded && (node = ent_graph_find (self->graph, key)) >= 0)
    ent_map_page_select (self, node, TRUE);
}

static void
fill_drops (EntMapPage *self)
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

static void
ent_map_page_constructed (GObject *object)
{
  EntMapPage *self = ENT_MAP_PAGE (object);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));

  G_OBJECT_CLASS (ent_map_page_parent_class)->constructed (object);
  ent_map_card_set_context (self->card, context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, 0);
}

static void
ent_map_page_dispose (GObject *object)
{
  EntMapPage *self = ENT_MAP_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->node_menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_MAP_PAGE);
  g_clear_pointer (&self->painter, ent_map_painter_unref);
  g_clear_pointer (&self->measures, ent_graph_measures_unref);
  g_clear_pointer (&self->graph, ent_graph_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);

  G_OBJECT_CLASS (ent_map_page_parent_class)->dispose (object);
}

static void
ent_map_page_finalize (GObject *object)
{
  EntMapPage *self = ENT_MAP_PAGE (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->found);
  g_strfreev (self->keys);
  g_free (self->filter);

  G_OBJECT_CLASS (ent_map_page_parent_class)->finalize (object);
}

static void
ent_map_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((EntMapPageProperty) prop_id)
    {
    case PROP_SHOW_COMMUNITIES:
      g_value_set_boolean (value, ENT_MAP_PAGE (object)->show_communities);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_map_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  EntMapPage *self = ENT_MAP_PAGE (object);

  switch ((EntMapPageProperty) prop_id)
    {
    case PROP_SHOW_COMMUNITIES:
      if (self->show_communities == g_value_get_boolean (value))
        break;
      self->show_communities = g_value_get_boolean (value);
      apply_look (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *klass)
{
  g_type_ensure (ENT_TYPE_MAP_CANVAS);
  g_type_ensure (ENT_TYPE_MAP_CARD);
  g_type_ensure (ENT_TYPE_MAP_LEGEND);
  gtk_widget_class_set_template_from_resource (klass, RESOURCE_PATH "/ui/pages/map/ent-map-page.ui");
  gtk_widget_class_bind_template_child (klass, EntMapPage, stack);
  gtk_widget_class_bind_template_child (klass, EntMapPage, failed_page);
  gtk_widget_class_bind_template_child (klass, EntMapPage, canvas);
  gtk_widget_class_bind_template_child (klass, EntMapPage, legend);
  gtk_widget_class_bind_template_child (klass, EntMapPage, card);
  gtk_widget_class_bind_template_child (klass, EntMapPage, card_revealer);
  gtk_widget_class_bind_template_child (klass, EntMapPage, search);
  gtk_widget_class_bind_template_child (klass, EntMapPage, found_label);
  gtk_widget_class_bind_template_child (klass, EntMapPage, focus_bar);
  gtk_widget_class_bind_template_child (klass, EntMapPage, focus_label);
  gtk_widget_class_bind_template_child (klass, EntMapPage, path_bar);
  gtk_widget_class_bind_template_child (klass, EntMapPage, path_label);
  gtk_widget_class_bind_template_child (klass, EntMapPage, color_drop);
  gtk_widget_class_bind_template_child (klass, EntMapPage, size_drop);
  gtk_widget_class_bind_template_child (klass, EntMapPage, filter_button);
  gtk_widget_class_bind_template_child (klass, EntMapPage, filter_entry);
  gtk_widget_class_bind_template_child (klass, EntMapPage, filter_error);
  gtk_widget_class_bind_template_child (klass, EntMapPage, isolated_check);
  gtk_widget_class_bind_template_child (klass, EntMapPage, references_check);
  gtk_widget_class_bind_template_child (klass, EntMapPage, node_menu);
  gtk_widget_class_bind_template_callback (klass, selected_cb);
  gtk_widget_class_bind_template_callback (klass, activated_cb);
  gtk_widget_class_bind_template_callback (klass, menu_cb);
  gtk_widget_class_bind_template_callback (klass, neighbor_selected_cb);
  gtk_widget_class_bind_template_callback (klass, path_chosen_cb);
  gtk_widget_class_bind_template_callback (klass, search_changed_cb);
  gtk_widget_class_bind_template_callback (klass, search_next_cb);
  gtk_widget_class_bind_template_callback (klass, search_previous_cb);
  gtk_widget_class_bind_template_callback (klass, search_stopped_cb);
  gtk_widget_class_bind_template_callback (klass, look_changed_cb);
  gtk_widget_class_bind_template_callback (klass, filter_changed_cb);
}

static void
ent_map_page_class_init (EntMapPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);

  object_class->constructed = ent_map_page_constructed;
  object_class->dispose = ent_map_page_dispose;
  object_class->finalize = ent_map_page_finalize;
  object_class->get_property = ent_map_page_get_property;
  object_class->set_property = ent_map_page_set_property;
  widget_class->map = ent_map_page_map;
  page_class->focus_search = ent_map_page_focus_search;
  page_class->save_state = ent_map_page_save_state;
  page_class->restore_state = ent_map_page_restore_state;
  page_class->refresh = ent_map_page_refresh;
  properties[PROP_SHOW_COMMUNITIES] = g_param_spec_boolean ("show-communities", NULL, NULL, TRUE,
                                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                            | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  bind_template (widget_class);
  ent_map_page_install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, 0, "page.find", NULL);
}

static void
ent_map_page_init (EntMapPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->found = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->path_from = -1;
  self->show_communities = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->node_menu), GTK_WIDGET (self->canvas));
  g_signal_connect_object (self->legend, "emphasis", G_CALLBACK (emphasis_cb), self, 0);
  gtk_search_entry_set_key_capture_widget (self->search, NULL);
  fill_drops (self);
}
