/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/map/ent-map-page-private.h"

#include <glib/gi18n.h>

#include "store/ent-query.h"
#include "widgets/ent-lazy-menu.h"

#define FOCUS_STEPS 2
#define RELOAD_MS 400 /* after a change, so that an import makes one new map */

typedef enum
{
  PROP_SHOW_COMMUNITIES = 1,
} EntMapPageProperty;

static GParamSpec *properties[PROP_SHOW_COMMUNITIES + 1];

G_DEFINE_FINAL_TYPE (EntMapPage, ent_map_page, ENT_TYPE_PAGE)

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
  _ent_map_page_apply_look (self);
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
  _ent_map_page_save_look (self, &dict);
  g_variant_dict_insert (&dict, "communities", "b", self->show_communities);
  if (self->wanted_key != 0)
    g_variant_dict_insert (&dict, "selected", "x", self->wanted_key);
  if (self->is_loaded)
    g_variant_dict_insert (&dict, "view", "(ddd)", view.x, view.y, view.zoom);
  return g_variant_dict_end (&dict);
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

  _ent_map_page_restore_look (self, &dict);
  g_variant_dict_lookup (&dict, "communities", "b", &show);
  g_variant_dict_lookup (&dict, "view", "(ddd)", &self->wanted_view.x, &self->wanted_view.y, &self->wanted_view.zoom);
  g_variant_dict_lookup (&dict, "selected", "x", &key);
  self->wanted_key = key;
  g_object_set (self, "show-communities", show, NULL);
  _ent_map_page_apply_look (self);
  if (self->is_loaded && (node = ent_graph_find (self->graph, key)) >= 0)
    ent_map_page_select (self, node, TRUE);
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
      _ent_map_page_apply_look (self);
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
  gtk_widget_class_bind_template_child (klass, EntMapPage, menu_button);
  gtk_widget_class_bind_template_child (klass, EntMapPage, map_menu);
  gtk_widget_class_bind_template_callback (klass, selected_cb);
  gtk_widget_class_bind_template_callback (klass, activated_cb);
  gtk_widget_class_bind_template_callback (klass, menu_cb);
  gtk_widget_class_bind_template_callback (klass, neighbor_selected_cb);
  gtk_widget_class_bind_template_callback (klass, path_chosen_cb);
  gtk_widget_class_bind_template_callback_full (klass, "search_changed_cb", G_CALLBACK (_ent_map_page_search_changed_cb));
  gtk_widget_class_bind_template_callback_full (klass, "search_next_cb", G_CALLBACK (_ent_map_page_search_next_cb));
  gtk_widget_class_bind_template_callback_full (klass, "search_previous_cb", G_CALLBACK (_ent_map_page_search_previous_cb));
  gtk_widget_class_bind_template_callback_full (klass, "search_stopped_cb", G_CALLBACK (_ent_map_page_search_stopped_cb));
  gtk_widget_class_bind_template_callback_full (klass, "look_changed_cb", G_CALLBACK (_ent_map_page_look_changed_cb));
  gtk_widget_class_bind_template_callback_full (klass, "filter_changed_cb", G_CALLBACK (_ent_map_page_filter_changed_cb));
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
  ent_lazy_menu_set (self->menu_button, self->map_menu);
  gtk_widget_set_parent (GTK_WIDGET (self->node_menu), GTK_WIDGET (self->canvas));
  g_signal_connect_object (self->legend, "emphasis", G_CALLBACK (_ent_map_page_emphasis_cb), self, 0);
  gtk_search_entry_set_key_capture_widget (self->search, NULL);
  _ent_map_page_fill_look (self);
}
