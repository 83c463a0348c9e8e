/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-records-page-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-filter-text.h"
#include "widgets/ent-lazy-menu.h"

typedef enum
{
  PROP_RECORD_TYPE = 1,
  PROP_BASE_FILTER,
  PROP_SORT,
  PROP_HAS_SELECTION,
} EntRecordsPageProperty;

static GParamSpec *props[PROP_HAS_SELECTION + 1];
G_DEFINE_FINAL_TYPE (EntRecordsPage, ent_records_page, ENT_TYPE_PAGE)

/* --- The query -------------------------------------------------------------------------------------------- */

static gboolean
is_searching (EntRecordsPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0' ||
         !ent_filter_bar_is_empty (self->filters);
}

static void
update_stack (EntRecordsPage *self)
{
  EntRecordList *list = ent_record_table_get_list (self->table);
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
  const char *name = "table";

  if (!self->loaded)
    name = "loading";
  else if (empty && !ent_record_list_is_loading (list))
    {
      ent_records_page_ensure_status_pages (self);
      name = is_searching (self) ? "nothing-found" : "empty";
    }
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_bin), !g_str_equal (name, "empty"));
  ent_records_page_update_footer (self);
}

static void
loading_cb (EntRecordsPage *self)
{
  EntRecordList *list = ent_record_table_get_list (self->table);

  if (!ent_record_list_is_loading (list) || g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    self->loaded = TRUE;
  update_stack (self);
  if (ent_record_list_is_loading (list))
    return;
  ent_records_page_update_sum (self);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
announce_count (EntRecordsPage *self)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->footer_label),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
items_cb (EntRecordsPage *self)
{
  loading_cb (self);
  if (is_searching (self))
    announce_count (self);
}

void
ent_records_page_query (EntRecordsPage *self)
{
  g_autoptr (EntFilter) filter = ent_filter_bar_dup_filter (self->filters);

  g_set_str (&self->searched, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  ent_record_list_set_query (ent_record_table_get_list (self->table), filter,
                             ent_table_columns_get_sort (ent_record_table_get_columns (self->table)), self->searched);
  ent_records_page_update_actions (self);
}

static void
list_error_cb (EntRecordsPage *self,
               const GError   *error)
{
  ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("The list could not be read"), error);
}

static void
search_changed_cb (EntRecordsPage *self)
{
  /* The entry says so too when it was only made. */
  if (g_strcmp0 (self->searched, gtk_editable_get_text (GTK_EDITABLE (self->search_entry))) != 0)
    ent_records_page_query (self);
}

static void
search_stopped_cb (EntRecordsPage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
search_activate_cb (EntRecordsPage *self)
{
  EntKey key = ent_record_list_get_key (ent_record_table_get_list (self->table), 0);

  if (key != 0)
    ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), key);
}

/* --- Width ---------------------------------------------------------------------------------------------------- */

static void
narrow_cb (EntRecordsPage *self)
{
  self->compact = TRUE;
  ent_record_table_set_compact (self->table, TRUE);
  ent_records_page_label_selection_buttons (self);
  ent_records_page_update_footer (self);
}

static void
wide_cb (EntRecordsPage *self)
{
  self->compact = FALSE;
  ent_record_table_set_compact (self->table, FALSE);
  ent_records_page_label_selection_buttons (self);
  ent_records_page_update_footer (self);
}

/* --- Building -------------------------------------------------------------------------------------------------- */

static void
open_cb (EntRecordsPage *self,
         gint64          key)
{
  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), key);
}

static void
selection_cb (EntRecordsPage *self)
{
  ent_records_page_update_actions (self);
  ent_records_page_update_footer (self);
  if (ent_record_table_get_n_selected (self->table) > 0)
    ent_records_page_ensure_selection_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_SELECTION]);
}

static void
build_table (EntRecordsPage *self)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  EntRecordList *list;
  EntTableColumns *columns;

  self->table = ENT_RECORD_TABLE (ent_record_table_new (context, self->type));
  ent_record_table_set_menu (self->table, self->row_menu);
  adw_bin_set_child (self->table_bin, GTK_WIDGET (self->table));
  list = ent_record_table_get_list (self->table);
  columns = ent_record_table_get_columns (self->table);
  ent_table_columns_set_sort (columns, self->sort);
  g_signal_connect_object (self->table, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "error", G_CALLBACK (list_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "sorted", G_CALLBACK (ent_records_page_query), self, G_CONNECT_SWAPPED);
}

/* What every record of this list has in common needs no column. */
static void
imply_columns (EntRecordsPage *self)
{
  g_autoptr (EntFilter) filter = self->base_filter != NULL
                                   ? ent_filter_parse (self->type, self->base_filter, NULL, NULL) : NULL;
  g_auto (GStrv) terms = filter != NULL ? ent_filter_dup_terms (filter) : NULL;

  for (char **term = terms; term != NULL && *term != NULL; term++)
    {
      const EntField *field = ent_filter_term_get_field (self->type, *term);

      if (field != NULL)
        ent_table_columns_imply (ent_record_table_get_columns (self->table), field);
    }
}

static void
build_filters (EntRecordsPage *self)
{
  self->filters = ENT_FILTER_BAR (ent_filter_bar_new (ent_page_get_context (ENT_PAGE (self)), self->type,
                                                      self->base_filter));
  adw_bin_set_child (self->filter_bin, GTK_WIDGET (self->filters));
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (ent_records_page_query), self, G_CONNECT_SWAPPED);
}

static void
ent_records_page_constructed (GObject *object)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (object);

  G_OBJECT_CLASS (ent_records_page_parent_class)->constructed (object);
  self->type = ent_store_get_record_type (ent_page_get_store (ENT_PAGE (self)), self->type_name);
  g_return_if_fail (self->type != NULL);
  build_table (self);
  imply_columns (self);
  build_filters (self);
  ent_records_page_set_texts (self);
  g_signal_connect_object (self, "notify::title", G_CALLBACK (ent_records_page_set_texts), self, 0);
  ent_records_page_update_actions (self);
}

/* The rows are asked for before the window is mapped, so that they can be in its first frame. */
static void
ent_records_page_root (GtkWidget *widget)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);

  GTK_WIDGET_CLASS (ent_records_page_parent_class)->root (widget);
  if (!self->loaded && !ent_record_list_is_loading (ent_record_table_get_list (self->table)))
    ent_records_page_query (self);
}

static void
ent_records_page_map (GtkWidget *widget)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  GtkWidget *split;

  GTK_WIDGET_CLASS (ent_records_page_parent_class)->map (widget);
  /* Typing in the sidebar searches as well; in a dialog over the page it does not. */
  split = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_SPLIT_VIEW);
  gtk_search_bar_set_key_capture_widget (self->search_bar, split != NULL ? split : widget);
}

static void
ent_records_page_unmap (GtkWidget *widget)
{
  gtk_search_bar_set_key_capture_widget (ENT_RECORDS_PAGE (widget)->search_bar, NULL);
  GTK_WIDGET_CLASS (ent_records_page_parent_class)->unmap (widget);
}

/* --- EntPage ----------------------------------------------------------------------------------------------------- */

static void
ent_records_page_focus_search (EntPage *page)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (page);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
add_text (GVariantBuilder *builder,
          const char      *name,
          const char      *text)
{
  if (text != NULL)
    g_variant_builder_add (builder, "{sv}", name, g_variant_new_string (text));
}

static GVariant *
ent_records_page_save_state (EntPage *page)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (page);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  EntTableColumns *columns = ent_record_table_get_columns (self->table);
  g_autofree char *filter = ent_filter_bar_dup_text (self->filters);
  g_autofree char *shown = ent_table_columns_to_text (columns);

  add_text (&builder, "filter", filter);
  add_text (&builder, "search", gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  add_text (&builder, "sort", ent_table_columns_get_sort (columns) != NULL ? ent_table_columns_get_sort (columns)
                                                                          : "title");
  add_text (&builder, "columns", shown);
  return g_variant_builder_end (&builder);
}

static void
ent_records_page_restore_state (EntPage  *page,
                                GVariant *state)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (page);
  EntTableColumns *columns = ent_record_table_get_columns (self->table);
  const char *filter = NULL, *search = NULL, *sort = self->sort, *shown = NULL;

  g_variant_lookup (state, "filter", "&s", &filter);
  g_variant_lookup (state, "search", "&s", &search);
  g_variant_lookup (state, "sort", "&s", &sort);
  if (g_variant_lookup (state, "columns", "&s", &shown))
    ent_table_columns_from_text (columns, shown);
  ent_table_columns_set_sort (columns, sort);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), search != NULL ? search : "");
  gtk_search_bar_set_search_mode (self->search_bar, search != NULL && *search != '\0');
  ent_filter_bar_set_text (self->filters, filter);
}

static void
ent_records_page_refresh (EntPage *page)
{
  ent_record_list_refresh (ent_record_table_get_list (ENT_RECORDS_PAGE (page)->table));
}

/* --- GObject ------------------------------------------------------------------------------------------------------ */

static void
ent_records_page_dispose (GObject *object)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  self->table = NULL;
  self->filters = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_RECORDS_PAGE);
  G_OBJECT_CLASS (ent_records_page_parent_class)->dispose (object);
}

static void
ent_records_page_finalize (GObject *object)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->type_name);
  g_free (self->base_filter);
  g_free (self->sort);
  g_free (self->sum_text);
  g_free (self->searched);
  g_clear_pointer (&self->selection_buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (ent_records_page_parent_class)->finalize (object);
}

static void
ent_records_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (object);

  switch ((EntRecordsPageProperty) prop_id)
    {
    case PROP_RECORD_TYPE:
      g_value_set_string (value, self->type_name);
      break;
    case PROP_BASE_FILTER:
      g_value_set_string (value, self->base_filter);
      break;
    case PROP_SORT:
      g_value_set_string (value, self->sort);
      break;
    case PROP_HAS_SELECTION:
      g_value_set_boolean (value, self->table != NULL && ent_record_table_get_n_selected (self->table) > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_records_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (object);

  switch ((EntRecordsPageProperty) prop_id)
    {
    case PROP_RECORD_TYPE:
      self->type_name = g_value_dup_string (value);
      break;
    case PROP_BASE_FILTER:
      self->base_filter = g_value_dup_string (value);
      break;
    case PROP_SORT:
      self->sort = g_value_dup_string (value);
      break;
    case PROP_HAS_SELECTION:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/pages/partners/ent-records-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, filter_bin);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, table_bin);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, footer);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, footer_label);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, page_menu);
  gtk_widget_class_bind_template_child (widget_class, EntRecordsPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
}

static void
ent_records_page_class_init (EntRecordsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);

  object_class->constructed = ent_records_page_constructed;
  object_class->dispose = ent_records_page_dispose;
  object_class->finalize = ent_records_page_finalize;
  object_class->get_property = ent_records_page_get_property;
  object_class->set_property = ent_records_page_set_property;
  widget_class->root = ent_records_page_root;
  widget_class->map = ent_records_page_map;
  widget_class->unmap = ent_records_page_unmap;
  page_class->focus_search = ent_records_page_focus_search;
  page_class->save_state = ent_records_page_save_state;
  page_class->restore_state = ent_records_page_restore_state;
  page_class->refresh = ent_records_page_refresh;
  props[PROP_RECORD_TYPE] = g_param_spec_string ("record-type", NULL, NULL, "organization",
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_BASE_FILTER] = g_param_spec_string ("base-filter", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, NULL,
                                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_HAS_SELECTION] = g_param_spec_boolean ("has-selection", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  bind_template (widget_class);
  ent_records_page_install_actions (widget_class);
}

static void
ent_records_page_init (EntRecordsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ent_lazy_menu_set (self->menu_button, self->page_menu);
  gtk_menu_button_set_create_popup_func (self->columns_button, ent_records_page_create_columns, self, NULL);
  /* The entry sits in a clamp: the bar cannot find it by itself. */
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}
