/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-page-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libportal-gtk4/portal-gtk4.h>

/* The review out of the program: a file, paper, a calendar, a mail. */

static EntContext *
context_of (EntReviewPage *self)
{
  return ent_page_get_context (ENT_PAGE (self));
}

static char *
file_name (EntReviewPage *self,
           const char    *ending)
{
  g_autofree char *name = g_strconcat (self->data->review->title, ending, NULL);

  return g_strdup (g_strdelimit (name, "/\\:", '-'));
}

static GtkWindow *
window_of (EntReviewPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- Saving --------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntDoc      *doc;
  EntDocFormat format;
  GFile       *file;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  ent_doc_unref (save->doc);
  g_object_unref (save->file);
  g_free (save);
}

static void
save_work_cb (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Save *save = data;
  g_autoptr (GError) error = NULL;

  if (ent_doc_save (save->doc, save->format, save->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
save_async (EntReviewPage       *self,
            GFile               *file,
            EntDocFormat         format,
            GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);
  Save *save = g_new0 (Save, 1);

  save->doc = ent_doc_ref (self->data->doc);
  save->format = format;
  save->file = g_object_ref (file);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_work_cb);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    ent_context_toast (context_of (ENT_REVIEW_PAGE (source)), _("Review exported"));
  else
    ent_context_error (context_of (ENT_REVIEW_PAGE (source)), _("The review could not be exported"), error);
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (EntReviewPage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autoptr (GError) error = NULL;
  EntDocFormat format;

  if (file == NULL || self->stack == NULL)
    return;
  if (ent_doc_format_for (name, &format, &error))
    save_async (self, file, format, saved_cb);
  else
    ent_context_error (context_of (self), _("The review could not be exported"), error);
}

static void
choose_file (EntReviewPage       *self,
             const char          *title,
             const char          *ending,
             GAsyncReadyCallback  callback)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = file_name (self, ending);

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window_of (self), NULL, callback, g_object_ref (self));
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  if (ENT_REVIEW_PAGE (widget)->data != NULL)
    choose_file (ENT_REVIEW_PAGE (widget), _("Export as PDF, HTML, or Markdown"), ".pdf", export_chosen_cb);
}

/* --- Calendar ------------------------------------------------------------------------------------------------------------- */

static void
calendar_chosen_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (EntReviewPage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (file == NULL || self->stack == NULL)
    return;
  text = ent_review_to_calendar (self->data->review, 0, &error);
  if (text != NULL && g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    ent_context_toast (context_of (self), _("Calendar file saved"));
  else
    ent_context_error (context_of (self), _("The calendar file could not be saved"), error);
}

static void
calendar_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  if (ENT_REVIEW_PAGE (widget)->data != NULL)
    choose_file (ENT_REVIEW_PAGE (widget), _("Save Calendar File"), ".ics", calendar_chosen_cb);
}

/* --- Paper ---------------------------------------------------------------------------------------------------------------- */

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *print,
              int                number,
              GPtrArray         *pages)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (print);
  double width = *(double *) g_object_get_data (G_OBJECT (operation), "width");
  double scale = gtk_print_context_get_width (print) / width;

  if (number >= (int) pages->len)
    return;
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, g_ptr_array_index (pages, number), 0, 0);
  cairo_paint (cr);
}

static void
print_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;
  double *width = g_new0 (double, 1), height;
  GPtrArray *pages = ent_doc_view_get_pages (self->sheet, width, &height);

  g_object_set_data_full (G_OBJECT (operation), "width", width, g_free);
  if (pages->len == 0)
    return;
  gtk_print_operation_set_n_pages (operation, (int) pages->len);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, self->data->review->title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), g_ptr_array_ref (pages),
                         (GClosureNotify) (void (*) (void)) g_ptr_array_unref, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window_of (self), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    ent_context_error (context_of (self), _("The review could not be printed"), error);
}

/* --- Mail: through the desktop's portal with the PDF, else the mail program without it ------------------------------------ */

static void
mailto_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntReviewPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) && self->stack != NULL)
    ent_context_error (context_of (self), _("No mail program could be opened"), error);
}

static void
open_mailto (EntReviewPage *self)
{
  g_autofree char *subject = NULL;
  g_autofree char *body = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *escaped_subject = NULL;
  g_autofree char *escaped_body = NULL;
  g_autoptr (GtkUriLauncher) launcher = NULL;

  ent_review_to_mail (self->data->review, &subject, &body);
  escaped_subject = g_uri_escape_string (subject, NULL, TRUE);
  escaped_body = g_uri_escape_string (body, NULL, TRUE);
  uri = g_strdup_printf ("mailto:?subject=%s&body=%s", escaped_subject, escaped_body);
  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, window_of (self), NULL, mailto_cb, g_object_ref (self));
}

static void
composed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (EntReviewPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!xdp_portal_compose_email_finish (XDP_PORTAL (source), result, &error) && self->stack != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    open_mailto (self);
}

static void
attachment_saved_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (source);
  Save *save = g_task_get_task_data (G_TASK (result));
  g_autofree char *path = g_file_get_path (save->file);
  const char *attachments[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *body = NULL;
  g_autoptr (XdpPortal) portal = NULL;
  XdpParent *parent;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      ent_context_error (context_of (self), _("The pre-read could not be attached"), error);
      return;
    }
  portal = xdp_portal_initable_new (NULL);
  if (portal == NULL || window_of (self) == NULL)
    {
      open_mailto (self);
      return;
    }
  ent_review_to_mail (self->data->review, &subject, &body);
  parent = xdp_parent_new_gtk (window_of (self));
  xdp_portal_compose_email (portal, parent, NULL, NULL, NULL, subject, body, attachments, XDP_EMAIL_FLAG_NONE, NULL,
                            composed_cb, g_object_ref (self));
  xdp_parent_free (parent);
}

/* The attachment is in the cache, where the mail program can read it; the next one of the same review replaces it. */
static void
mail_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "entente", "mail", NULL);
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;

  if (self->data == NULL)
    return;
  name = file_name (self, ".pdf");
  g_mkdir_with_parents (folder, 0700);
  file = g_file_new_build_filename (folder, name, NULL);
  save_async (self, file, ENT_DOC_PDF, attachment_saved_cb);
}

void
review_page_install_output (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "page.export", NULL, export_cb);
  gtk_widget_class_install_action (klass, "page.print", NULL, print_cb);
  gtk_widget_class_install_action (klass, "page.calendar", NULL, calendar_cb);
  gtk_widget_class_install_action (klass, "page.mail", NULL, mail_cb);
}
