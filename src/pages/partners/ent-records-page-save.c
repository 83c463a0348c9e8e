/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list keeps or writes elsewhere: exports and saved views. */
#include "config.h"

#include "pages/partners/ent-records-page-private.h"

#include <glib/gi18n.h>

#include "exchange/ent-export.h"

#define SELECTED_ROWS 5000 /* of an export of the selection; beyond, the whole list is meant */

static EntContext *
context_of (EntRecordsPage *self)
{
  return ent_page_get_context (ENT_PAGE (self));
}

char *
ent_records_page_count (EntRecordsPage *self,
                        guint           n,
                        const char     *one,
                        const char     *many)
{
  g_autofree char *number = g_strdup_printf ("%'u", n);

  return n == 1 ? g_strdup_printf (one, ent_records_page_get_noun (self, 1))
                : g_strdup_printf (many, number, ent_records_page_get_noun (self, n));
}

/* --- Export ------------------------------------------------------------------------------------------------ */

typedef struct
{
  EntRecordsPage      *page; /* (owned): main thread only */
  const EntRecordType *type;
  EntFilter           *filter;
  char                *search;
  char                *sort;
  char                *path;
} ExportWish;

static void
export_wish_clear (gpointer data)
{
  ExportWish *self = data;

  g_clear_pointer (&self->filter, ent_filter_unref);
  g_free (self->search);
  g_free (self->sort);
  g_free (self->path);
}

static void
export_wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, export_wish_clear);
}

/* The number of records, as a pointer; at least 1 more than it, since NULL is an error. */
static gpointer
export_job (EntStore      *store,
            EntJob        *job,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  ExportWish *wish = data;
  g_autoptr (GArray) sort = wish->sort != NULL ? ent_sort_parse (wish->type, wish->sort, NULL) : NULL;
  EntExportOptions options = {
    .query = { .type = wish->type, .filter = wish->filter, .search = wish->search },
  };
  gint64 n;

  if (sort != NULL)
    {
      options.query.sort = (const EntSort *) (gpointer) sort->data;
      options.query.n_sort = sort->len;
    }
  n = ent_export (store, wish->path, ent_export_format_for_path (wish->path), &options, ent_job_progress, job,
                  cancellable, error);
  return n < 0 ? NULL : GSIZE_TO_POINTER ((gsize) n + 1);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ExportWish *wish = user_data;
  g_autoptr (EntRecordsPage) self = wish->page;
  g_autoptr (GError) error = NULL;
  EntContext *context = ENT_CONTEXT (source);
  gsize n = GPOINTER_TO_SIZE (ent_context_finish_job (context, result, &error));

  if (n == 0)
    ent_context_error (context, _("The export failed"), error);
  else
    {
      g_autofree char *text = ent_records_page_count (wish->page, (guint) n - 1, _("1 %s exported"), _("%s %s exported"));

      ent_context_toast (context, text);
    }
  export_wish_release (wish);
}

static void
export_to (EntRecordsPage *self,
           ExportWish     *wish,
           GFile          *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *title = g_strdup_printf (_("Export %s"), name);

  wish->path = g_file_get_path (file);
  ent_context_start_job (context_of (self), title, export_job, g_atomic_rc_box_acquire (wish), export_wish_release,
                         NULL, exported_cb, wish);
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  ExportWish *wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    {
      export_to (wish->page, wish, file);
      return;
    }
  if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    ent_context_error (context_of (wish->page), _("No file was chosen"), error);
  g_object_unref (wish->page);
  export_wish_release (wish);
}

/* The selected records by their codes; without a selection, or a very large one, all that the list shows. */
static EntFilter *
selection_filter (EntRecordsPage *self)
{
  g_autoptr (GArray) keys = ent_record_table_dup_selected (self->table, SELECTED_ROWS + 1);
  g_autoptr (GString) text = g_string_new ("code in (");

  if (keys->len == 0 || keys->len > SELECTED_ROWS)
    return ent_filter_bar_dup_filter (self->filters);
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *code = ent_record_type_make_code (self->type, ent_key_row (g_array_index (keys, EntKey, i)));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", code);
    }
  g_string_append_c (text, ')');
  return ent_filter_parse (self->type, text->str, NULL, NULL);
}

void
ent_records_page_export_action (GtkWidget  *widget,
                                const char *name,
                                GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *key = ent_text_key (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self)));
  g_autofree char *initial = g_strconcat (key, ".csv", NULL);
  ExportWish *wish = g_atomic_rc_box_new0 (ExportWish);

  wish->page = g_object_ref (self);
  wish->type = self->type;
  wish->filter = selection_filter (self);
  wish->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  wish->sort = g_strdup (ent_table_columns_get_sort (ent_record_table_get_columns (self->table)));
  gtk_file_dialog_set_title (dialog, _("Export as CSV, JSON or XLSX"));
  gtk_file_dialog_set_initial_name (dialog, initial);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, export_chosen_cb, wish);
}

/* --- Saved views --------------------------------------------------------------------------------------- */

typedef struct
{
  char *name, *type, *filter, *search, *sort, *columns;
} ViewWish;

static void
view_wish_free (gpointer data)
{
  ViewWish *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self->filter);
  g_free (self->search);
  g_free (self->sort);
  g_free (self->columns);
  g_free (self);
}

static gpointer
save_view_job (EntStore      *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  ViewWish *wish = data;
  EntView view = {
    .name = wish->name, .type = wish->type, .filter = wish->filter, .search = wish->search, .sort = wish->sort,
    .columns = wish->columns,
  };

  return GINT_TO_POINTER (ent_store_save_view (store, &view, error));
}

static void
view_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;

  if (ent_store_run_finish (ENT_STORE (source), result, &error) == NULL)
    ent_context_error (context, _("The view could not be saved"), error);
  else
    {
      ent_context_views_changed (context);
      ent_context_toast (context, _("View saved in the sidebar"));
    }
}

static void
save_view (EntRecordsPage *self,
           const char     *name)
{
  EntTableColumns *columns = ent_record_table_get_columns (self->table);
  g_autofree char *filter = ent_filter_bar_dup_text (self->filters);
  ViewWish *wish = g_new0 (ViewWish, 1);

  wish->name = g_strdup (name);
  wish->type = g_strdup (self->type_name);
  /* A view stands on its own: what this list always shows is part of its filter. */
  if (self->base_filter != NULL && *filter != '\0')
    wish->filter = g_strdup_printf ("%s and (%s)", self->base_filter, filter);
  else
    wish->filter = g_strdup (*filter != '\0' ? filter : self->base_filter);
  wish->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  wish->sort = g_strdup (ent_table_columns_get_sort (columns));
  wish->columns = ent_table_columns_to_text (columns);
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), save_view_job, wish, view_wish_free, NULL, NULL,
                       view_saved_cb, g_object_ref (context_of (self)));
}

static void
view_named_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (EntRecordsPage) self = user_data;
  GtkWidget *entry = adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (source));
  const char *name = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "save") && *name != '\0')
    save_view (self, name);
}

static void
name_changed_cb (AdwAlertDialog *dialog,
                 GtkEditable    *entry)
{
  adw_alert_dialog_set_response_enabled (dialog, "save", *gtk_editable_get_text (entry) != '\0');
}

void
ent_records_page_save_view_action (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Save View"),
                                            _("Filters, search, order and columns are kept under a name."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Name"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "save", FALSE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, G_CONNECT_SWAPPED);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, view_named_cb, g_object_ref (widget));
}
