/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-recovery-key.h"
#include "widgets/ent-announce.h"

#include <glib/gi18n.h>
#include <openssl/crypto.h>

#define GROUPS_A_LINE 4

struct _EntRecoveryKey
{
  AdwNavigationPage parent_instance;

  char *workspace;
  char *text;

  GtkLabel  *key_label;
  GtkWidget *copy_button;
  GtkWidget *keyring_group;
  GtkWidget *kept_row;
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntRecoveryKey, ent_recovery_key, ADW_TYPE_NAVIGATION_PAGE)

/* --- The sheet ----------------------------------------------------------------------------------------------- */

static char *
make_sheet (EntRecoveryKey *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%x");

  return g_strdup_printf (_("Recovery key of the Entente workspace “%s”\n\n%s\n\nMade on %s. Whoever has "
                            "this key and the file can read everything in it: keep the two apart.\n"),
                          self->workspace, self->text, date);
}

static GtkWindow *
get_window (EntRecoveryKey *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tell_error (EntRecoveryKey *self,
            const GError   *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("The Key Was Not Kept"), error->message);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              EntRecoveryKey    *self)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autofree char *sheet = make_sheet (self);
  PangoFontDescription *font = pango_font_description_from_string ("Monospace 12");

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, sheet, -1);
  pango_cairo_show_layout (gtk_print_context_get_cairo_context (context), layout);
  pango_font_description_free (font);
}

/* --- Callbacks ------------------------------------------------------------------------------------------------ */

static void
done_cb (EntRecoveryKey *self)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
copy_cb (EntRecoveryKey *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  ent_announce (GTK_WIDGET (self), _("Copied"), FALSE);
}

static void
print_cb (EntRecoveryKey *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Recovery Key"));
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), self, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, get_window (self),
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    tell_error (self, error);
}

static void
save_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (EntRecoveryKey) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *sheet = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  sheet = make_sheet (self);
  if (!g_file_replace_contents (file, sheet, strlen (sheet), NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                NULL, &error))
    tell_error (self, error);
}

static void
save_cb (EntRecoveryKey *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;

  /* Translators: name of a file; %s is the name of a workspace */
  name = g_strdup_printf (_("Recovery Key of %s.txt"), self->workspace);
  gtk_file_dialog_set_title (dialog, _("Save Recovery Key"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, get_window (self), NULL, save_chosen_cb, g_object_ref (self));
}

/* --- Class ---------------------------------------------------------------------------------------------------- */

static void
ent_recovery_key_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ENT_TYPE_RECOVERY_KEY);

  G_OBJECT_CLASS (ent_recovery_key_parent_class)->dispose (object);
}

static void
ent_recovery_key_finalize (GObject *object)
{
  EntRecoveryKey *self = ENT_RECOVERY_KEY (object);

  OPENSSL_cleanse (self->text, strlen (self->text));
  g_free (self->text);
  g_free (self->workspace);

  G_OBJECT_CLASS (ent_recovery_key_parent_class)->finalize (object);
}

/* Else the label has the keyboard, with all of it selected. */
static void
shown_cb (EntRecoveryKey *self)
{
  gtk_widget_grab_focus (self->copy_button);
}

static void
ent_recovery_key_class_init (EntRecoveryKeyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_recovery_key_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_recovery_key_finalize;

  signals[SIGNAL_DONE] = g_signal_new ("done", ENT_TYPE_RECOVERY_KEY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/app/ent-recovery-key.ui");
  gtk_widget_class_bind_template_child (widget_class, EntRecoveryKey, key_label);
  gtk_widget_class_bind_template_child (widget_class, EntRecoveryKey, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_child (widget_class, EntRecoveryKey, keyring_group);
  gtk_widget_class_bind_template_child (widget_class, EntRecoveryKey, kept_row);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
ent_recovery_key_init (EntRecoveryKey *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* With the keyboard, all of it would be selected; it has buttons for that. */
  gtk_widget_set_focusable (GTK_WIDGET (self->key_label), FALSE);
}

/* Lines of whole groups, so that one can read them out; what is copied and printed has none. */
static char *
break_lines (const char *text)
{
  g_auto (GStrv) groups = g_strsplit (text, "-", -1);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    g_string_append_printf (lines, "%s%s", i == 0 ? "" : i % GROUPS_A_LINE == 0 ? "-\n" : "-", groups[i]);
  return g_string_free_and_steal (lines);
}

AdwNavigationPage *
ent_recovery_key_new (const char        *workspace,
                      const EntStoreKey *key)
{
  EntRecoveryKey *self = g_object_new (ENT_TYPE_RECOVERY_KEY, NULL);
  g_autofree char *lines = NULL;

  self->workspace = g_strdup (workspace);
  self->text = ent_store_key_print (key);
  lines = break_lines (self->text);
  gtk_label_set_label (self->key_label, lines);
  return ADW_NAVIGATION_PAGE (self);
}

void
ent_recovery_key_say_no_keyring (EntRecoveryKey *self)
{
  g_return_if_fail (ENT_IS_RECOVERY_KEY (self));

  if (self->keyring_group != NULL)
    gtk_widget_set_visible (self->keyring_group, TRUE);
}
