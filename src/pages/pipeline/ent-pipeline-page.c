/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/pipeline/ent-pipeline-page-private.h"

#include <glib/gi18n.h>

#define LIST_SORT "expected_close"

enum { PROP_GROUPING = 1, PROP_LAYOUT, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EntPipelinePage, ent_pipeline_page, ENT_TYPE_PAGE)

/* --- The query ---------------------------------------------------------------------------------------------------- */

static void
query_list (EntPipelinePage *self)
{
  g_autoptr (EntFilter) filter = ent_filter_bar_dup_filter (self->filters);

  if (self->as_list)
    ent_record_list_set_query (ent_record_table_get_list (self->table), filter,
                               ent_table_columns_get_sort (ent_record_table_get_columns (self->table)),
                               gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
query (EntPipelinePage *self)
{
  query_list (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ent_pipeline_page_ask (self, FALSE);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.clear-filters",
                               !ent_filter_bar_is_empty (self->filters) ||
                               *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0');
}

static void
search_changed_cb (EntPipelinePage *self)
{
  query (self);
}

static void
search_stopped_cb (EntPipelinePage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
changed_cb (EntPipelinePage  *self,
            const EntChanges *changes)
{
  static const char * const types[] =
    { "deal", "deal_party", "activity", "program", "program_rule", "organization", "person", "offering" };
  EntStore *store = ent_page_get_store (ENT_PAGE (self));

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (ent_changes_has_type (changes, ent_store_get_record_type (store, types[i])))
      {
        self->stale = TRUE;
        break;
      }
  /* A page that nobody sees reads anew when it is shown. */
  if (self->stale && gtk_widget_get_mapped (GTK_WIDGET (self)))
    ent_pipeline_page_ask (self, TRUE);
}

static void
today_cb (EntPipelinePage *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ent_pipeline_page_ask (self, TRUE);
}

static void
ent_pipeline_page_map (GtkWidget *widget)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);

  GTK_WIDGET_CLASS (ent_pipeline_page_parent_class)->map (widget);
  if (self->deals == NULL || self->stale)
    ent_pipeline_page_ask (self, self->stale);
}

/* --- Grouping, layout, quarter --------------------------------------------------------------------------------------- */

static void
set_grouping (EntPipelinePage *self,
              EntDealGrouping  grouping)
{
  if (self->grouping == grouping)
    return;
  self->grouping = grouping;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_GROUPING]);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ent_pipeline_page_ask (self, FALSE);
}

static void
set_as_list (EntPipelinePage *self,
             gboolean         as_list)
{
  if (self->as_list == as_list)
    return;
  self->as_list = as_list;
  adw_toggle_group_set_active_name (self->layouts, as_list ? "list" : "board");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAYOUT]);
  query_list (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ent_pipeline_page_ask (self, FALSE);
}

static void
layout_cb (EntPipelinePage *self)
{
  set_as_list (self, g_strcmp0 (adw_toggle_group_get_active_name (self->layouts), "list") == 0);
}

static void
quarter_changed_cb (EntPipelinePage *self,
                    gint64           quarter)
{
  self->quarter = quarter;
  ent_pipeline_page_ask (self, FALSE);
}

static void
narrow_cb (EntPipelinePage *self)
{
  ent_record_table_set_compact (self->table, TRUE);
}

static void
wide_cb (EntPipelinePage *self)
{
  ent_record_table_set_compact (self->table, FALSE);
}

/* --- Building ------------------------------------------------------------------------------------------------------------ */

static void
open_cb (EntPipelinePage *self,
         gint64           key)
{
  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), key);
}

static void
build_table (EntPipelinePage *self)
{
  EntTableColumns *columns;

  self->table = ENT_RECORD_TABLE (ent_record_table_new (ent_page_get_context (ENT_PAGE (self)), self->type));
  columns = ent_record_table_get_columns (self->table);
  ent_table_columns_set_sort (columns, LIST_SORT);
  ent_record_table_set_menu (self->table, self->card_menu);
  adw_bin_set_child (self->table_bin, GTK_WIDGET (self->table));
  g_signal_connect_object (self->table, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (ent_pipeline_page_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "sorted", G_CALLBACK (query_list), self, G_CONNECT_SWAPPED);
}

static void
build_filters (EntPipelinePage *self)
{
  self->filters = ENT_FILTER_BAR (ent_filter_bar_new (ent_page_get_context (ENT_PAGE (self)), self->type, NULL));
  adw_bin_set_child (self->filter_bin, GTK_WIDGET (self->filters));
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (query), self, G_CONNECT_SWAPPED);
}

static void
build_forecast (EntPipelinePage *self)
{
  self->forecast_bar = ENT_FORECAST_BAR (ent_forecast_bar_new (ent_page_get_context (ENT_PAGE (self))));
  adw_bin_set_child (self->forecast_bin, GTK_WIDGET (self->forecast_bar));
  g_signal_connect_object (self->forecast_bar, "quarter-changed", G_CALLBACK (quarter_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The stages are data: the menu has those of the workspace. */
static void
fill_stages (EntPipelinePage *self)
{
  const EntField *field = ent_record_type_lookup (self->type, "stage");
  g_autoptr (GMenu) stages = g_menu_new ();
  g_autoptr (GMenuModel) section = NULL;

  for (guint i = 0; i < field->choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (field->choices, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (ent_choice_get_label (choice), NULL);

      g_menu_item_set_action_and_target (item, "page.move", "s", choice->value);
      g_menu_append_item (stages, item);
    }
  section = g_menu_model_get_item_link (self->card_menu, 0, G_MENU_LINK_SECTION);
  g_menu_append_submenu (G_MENU (section), _("_Move To"), G_MENU_MODEL (stages));
}

static void
ent_pipeline_page_constructed (GObject *object)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (object);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));

  G_OBJECT_CLASS (ent_pipeline_page_parent_class)->constructed (object);
  self->type = ent_store_get_record_type (ent_page_get_store (ENT_PAGE (self)), "deal");
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  fill_stages (self);
  build_filters (self);
  build_forecast (self);
  build_table (self);
  ent_pipeline_page_build_board (self);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::today", G_CALLBACK (today_cb), self, G_CONNECT_SWAPPED);
  ent_pipeline_page_update_actions (self);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.clear-filters", FALSE);
}

/* --- EntPage ------------------------------------------------------------------------------------------------------------- */

static void
ent_pipeline_page_focus_search (EntPage *page)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (page);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* The first card; the sum above it comes first in the order of Tab. */
static gboolean
focus_card (GtkWidget *widget)
{
  if (GTK_IS_LIST_VIEW (widget))
    return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && focus_card (child))
      return TRUE;
  return FALSE;
}

/* Cards come a column a frame. */
static gboolean
focus_card_cb (GtkWidget     *board,
               GdkFrameClock *clock,
               gpointer       frames)
{
  return focus_card (board) || --*(guint *) frames == 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* The deals; the forecast above them is a Shift+Tab away. */
static gboolean
ent_pipeline_page_focus_content (EntPage *page)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (page);

  if (self->as_list)
    return gtk_widget_grab_focus (GTK_WIDGET (self->table));
  if (!focus_card (GTK_WIDGET (self->board)))
    {
      guint *frames = g_new (guint, 1);

      *frames = 60;
      gtk_widget_add_tick_callback (GTK_WIDGET (self->board), focus_card_cb, frames, g_free);
    }
  return TRUE;
}

static GVariant *
ent_pipeline_page_save_state (EntPage *page)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (page);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *filter = ent_filter_bar_dup_text (self->filters);

  g_variant_builder_add (&builder, "{sv}", "filter", g_variant_new_string (filter));
  g_variant_builder_add (&builder, "{sv}", "search",
                         g_variant_new_string (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));
  g_variant_builder_add (&builder, "{sv}", "group", g_variant_new_string (ent_deal_grouping_write (self->grouping)));
  g_variant_builder_add (&builder, "{sv}", "layout", g_variant_new_string (self->as_list ? "list" : "board"));
  return g_variant_builder_end (&builder);
}

static void
ent_pipeline_page_restore_state (EntPage  *page,
                                 GVariant *state)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (page);
  const char *filter = NULL, *search = NULL, *group = NULL, *layout = NULL;
  EntDealGrouping grouping;

  g_variant_lookup (state, "filter", "&s", &filter);
  g_variant_lookup (state, "search", "&s", &search);
  if (g_variant_lookup (state, "group", "&s", &group) && ent_deal_grouping_read (group, &grouping))
    set_grouping (self, grouping);
  if (g_variant_lookup (state, "layout", "&s", &layout))
    set_as_list (self, g_str_equal (layout, "list"));
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), search != NULL ? search : "");
  gtk_search_bar_set_search_mode (self->search_bar, search != NULL && *search != '\0');
  ent_filter_bar_set_text (self->filters, filter);
}

static void
ent_pipeline_page_refresh (EntPage *page)
{
  ent_pipeline_page_ask (ENT_PIPELINE_PAGE (page), TRUE);
  query_list (ENT_PIPELINE_PAGE (page));
}

/* --- GObject --------------------------------------------------------------------------------------------------------------- */

static void
ent_pipeline_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (object);

  if (prop_id == PROP_GROUPING)
    g_value_set_string (value, ent_deal_grouping_write (self->grouping));
  else if (prop_id == PROP_LAYOUT)
    g_value_set_string (value, self->as_list ? "list" : "board");
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_pipeline_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (object);
  EntDealGrouping grouping;

  if (prop_id == PROP_GROUPING && ent_deal_grouping_read (g_value_get_string (value), &grouping))
    set_grouping (self, grouping);
  else if (prop_id == PROP_LAYOUT)
    set_as_list (self, g_strcmp0 (g_value_get_string (value), "list") == 0);
  else if (prop_id != PROP_GROUPING)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_pipeline_page_dispose (GObject *object)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  self->board = NULL;
  self->table = NULL;
  self->filters = NULL;
  self->forecast_bar = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PIPELINE_PAGE);
  G_OBJECT_CLASS (ent_pipeline_page_parent_class)->dispose (object);
}

static void
ent_pipeline_page_finalize (GObject *object)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (object);

  g_clear_pointer (&self->deals, ent_deals_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->forecast, ent_forecast_free);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (ent_pipeline_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entente/Entente/ui/pages/pipeline/ent-pipeline-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, stack);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, layouts);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, forecast_bin);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, filter_bin);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, board_bin);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, table_bin);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, footer_label);
  gtk_widget_class_bind_template_child (widget_class, EntPipelinePage, card_menu);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, layout_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
}

static void
ent_pipeline_page_class_init (EntPipelinePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);

  object_class->constructed = ent_pipeline_page_constructed;
  object_class->dispose = ent_pipeline_page_dispose;
  object_class->finalize = ent_pipeline_page_finalize;
  object_class->get_property = ent_pipeline_page_get_property;
  object_class->set_property = ent_pipeline_page_set_property;
  widget_class->map = ent_pipeline_page_map;
  page_class->focus_search = ent_pipeline_page_focus_search;
  page_class->focus_content = ent_pipeline_page_focus_content;
  page_class->save_state = ent_pipeline_page_save_state;
  page_class->restore_state = ent_pipeline_page_restore_state;
  page_class->refresh = ent_pipeline_page_refresh;
  props[PROP_GROUPING] = g_param_spec_string ("grouping", NULL, NULL, "stage",
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, "board",
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  bind_template (widget_class);
  ent_pipeline_page_install_actions (widget_class);
  gtk_widget_class_install_property_action (widget_class, "page.group", "grouping");
  gtk_widget_class_install_property_action (widget_class, "page.layout", "layout");
}

static void
ent_pipeline_page_init (EntPipelinePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
