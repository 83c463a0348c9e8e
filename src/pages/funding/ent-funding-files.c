/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

/* Files: the calendar goes out, weekly lines come in. */

static void
calendar_written_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (EntContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    ent_context_error (context, _("The calendar could not be written"), error);
  else
    ent_context_toast (context, _("Calendar exported"));
}

static void
calendar_chosen_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (EntFundingPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL || self->data == NULL)
    return;
  text = ent_campaign_dates_to_ics (self->data->dates, ent_page_get_store (ENT_PAGE (self)), g_get_real_time ());
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, calendar_written_cb,
                                       g_object_ref (ent_page_get_context (ENT_PAGE (self))));
}

void
ent_funding_page_export (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_initial_name (dialog, "campaigns.ics");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, calendar_chosen_cb,
                        g_object_ref (widget));
}

typedef struct
{
  EntKey campaign;
  char  *path;
} Import;

static void
import_free (gpointer data)
{
  g_free (((Import *) data)->path);
  g_free (data);
}

static gpointer
import_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Import *import = data;

  return ent_campaign_import (store, import->campaign, import->path, NULL, NULL, error);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (EntFundingPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntCampaignImport) import = ent_store_run_finish (ENT_STORE (object), result, &error);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  g_autofree char *text = NULL;

  if (import == NULL)
    {
      ent_context_error (context, _("The weeks could not be imported"), error);
      return;
    }
  text = g_strdup_printf (_("%" G_GUINT64_FORMAT " weekly lines imported, %" G_GUINT64_FORMAT " refused"),
                          import->n_created + import->n_updated, import->n_refused);
  if (import->problems->len > 0)
    {
      g_autofree char *all = NULL;

      g_ptr_array_set_size (import->problems, (int) MIN (import->problems->len, 12));
      g_ptr_array_add (import->problems, NULL);
      all = g_strjoinv ("\n", (char **) import->problems->pdata);
      g_signal_emit_by_name (context, "alert", text, all);
    }
  else
    ent_context_toast (context, text);
}

static void
import_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (EntFundingPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  Import *import;

  if (file == NULL || self->open_key == 0)
    return;
  import = g_new0 (Import, 1);
  import->campaign = self->open_key;
  import->path = g_file_get_path (file);
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), import_job, import, import_free,
                       (GDestroyNotify) ent_campaign_import_free, NULL, imported_cb, g_object_ref (self));
}

void
ent_funding_page_import (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Import Weekly Lines"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, import_chosen_cb,
                        g_object_ref (widget));
}
