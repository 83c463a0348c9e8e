/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one can do with the record of a profile. */

#include "config.h"

#include "pages/partners/ent-profile-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "exchange/ent-export.h"
#include "pages/partners/ent-new-record-dialog.h"
#include "pages/partners/ent-profile-overview.h"
#include "pages/partners/ent-profile-rows.h"
#include "widgets/ent-record-form.h"

static EntContext *
context_of (EntProfilePage *self)
{
  return ent_page_get_context (ENT_PAGE (self));
}

static void
edit_title (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);

  _ent_profile_page_show_tab (self, "overview");
  ent_record_form_focus_field (ENT_RECORD_FORM (self->form), "title");
}

static void
copy_code (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);
  g_autofree char *text = NULL;

  if (self->data == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), ent_record_get_code (self->data->record));
  /* Translators: %s is the short code of a record. */
  text = g_strdup_printf (_("%s copied"), ent_record_get_code (self->data->record));
  ent_context_toast (context_of (self), text);
}

static void
add_activity (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);

  _ent_profile_page_show_tab (self, "overview");
  ent_profile_overview_focus_note (ENT_PROFILE_OVERVIEW (self->overview));
}

static void
add_link (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);

  if (self->data != NULL)
    ent_link_dialog_present (widget, context_of (self), self->key, ent_record_get_title (self->data->record));
}

static void
show_on_map (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);
  g_auto (GVariantDict) state = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&state, "key", "x", self->key);
  ent_context_navigate (context_of (self), "map", g_variant_dict_end (&state));
}

/* --- Deleting and restoring --------------------------------------------------------------------------------------------- */

static gboolean
delete_func (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  return ent_transaction_delete (transaction, *(EntKey *) user_data, error);
}

static gboolean
restore_func (EntTransaction  *transaction,
              gpointer         user_data,
              GError         **error)
{
  return ent_transaction_restore (transaction, *(EntKey *) user_data, error);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EntProfilePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) >= 0)
    {
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
      return;
    }
  self->closing = FALSE;
  ent_context_error (ENT_CONTEXT (source), _("The record could not be deleted"), error);
}

static void
delete_record (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);
  g_autofree char *label = NULL;

  if (self->data == NULL || self->closing)
    return;
  self->closing = TRUE;
  /* Translators: %s is the name of a record. */
  label = g_strdup_printf (_("Delete %s"), ent_record_get_title (self->data->record));
  ent_context_write_async (context_of (self), label, FALSE, delete_func, g_memdup2 (&self->key, sizeof self->key), g_free,
                           NULL, deleted_cb, g_object_ref (self));
}

void
_ent_profile_page_restore (EntProfilePage *self)
{
  g_autofree char *label = g_strdup_printf (_("Restore %s"), ent_record_get_title (self->data->record));

  ent_context_write (context_of (self), label, restore_func, g_memdup2 (&self->key, sizeof self->key), g_free);
}

/* --- Exporting -------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const EntRecordType *type;
  char                *code;
  char                *path;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_free (self->code);
  g_free (self->path);
  g_free (self);
}

static gpointer
export_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Export *self = data;
  g_autofree char *text = g_strdup_printf ("code = %s", self->code);
  g_autoptr (EntFilter) filter = ent_filter_parse (self->type, text, NULL, error);
  EntExportOptions options = { .query = { .type = self->type, .filter = filter }, .flags = ENT_EXPORT_NESTED };

  if (filter == NULL ||
      ent_export (store, self->path, ENT_EXPORT_JSON, &options, NULL, NULL, cancellable, error) < 0)
    return NULL;
  return g_strdup (self->path);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ent_store_run_finish (ENT_STORE (source), result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text = name != NULL ? g_strdup_printf (_("Exported to %s"), name) : NULL;

  if (text != NULL)
    ent_context_toast (context, text);
  else
    ent_context_error (context, _("The record could not be exported"), error);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (EntProfilePage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  Export *wish;

  if (file == NULL || self->data == NULL || context_of (self) == NULL)
    return;
  wish = g_new0 (Export, 1);
  wish->type = ent_record_get_record_type (self->data->record);
  wish->code = g_strdup (ent_record_get_code (self->data->record));
  wish->path = g_file_get_path (file);
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), export_job, wish, export_free, g_free, NULL, exported_cb,
                       g_object_ref (context_of (self)));
}

static void
export_record (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *name = NULL;

  if (self->data == NULL)
    return;
  name = g_strdelimit (g_strdup_printf ("%s.json", ent_record_get_title (self->data->record)), "/", '-');
  gtk_file_dialog_set_title (dialog, _("Export Record"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, file_chosen_cb,
                        g_object_ref (self));
}

/* --- Adding ----------------------------------------------------------------------------------------------------------------------- */

/* "person.org": a new person whose field `org` names this record. */
static void
add_record (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), ".", 2);
  const EntRecordType *type = ent_store_get_record_type (ent_page_get_store (ENT_PAGE (self)), parts[0]);
  g_autofree char *assignment = g_strdup_printf ("%s=#%" G_GINT64_FORMAT, parts[1], self->key);
  const char *const assignments[] = { assignment, NULL };

  if (type != NULL)
    ent_new_record_dialog_present (widget, context_of (self), type, assignments);
}

void
_ent_profile_page_update_add_menu (EntProfilePage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) records = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  for (guint i = 0; i < self->data->sections->len; i++)
    {
      const EntProfileSection *section = g_ptr_array_index (self->data->sections, i);
      g_autofree char *target = g_strdup_printf ("%s.%s", section->type->info->name, section->field->info.name);
      g_autoptr (GMenuItem) item = NULL;

      if (!section->primary)
        continue;
      item = g_menu_item_new (ent_record_type_get_label (section->type, FALSE), NULL);
      g_menu_item_set_action_and_target (item, "record.add", "s", target);
      g_menu_append_item (records, item);
    }
  g_menu_append (others, _("_Note"), "record.add-activity");
  g_menu_append (others, _("_Link…"), "record.add-link");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (records));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  gtk_menu_button_set_menu_model (self->add_button, G_MENU_MODEL (menu));
}

void
_ent_profile_page_update_actions (EntProfilePage *self)
{
  static const char *const changing[] = { "record.edit-title", "page.edit", "record.delete", "record.add-activity",
                                          "record.add-link", "record.add" };
  static const char *const reading[] = { "record.copy-code", "record.export" };
  gboolean live = self->data != NULL && !self->data->is_binned &&
                  !ent_store_is_read_only (ent_page_get_store (ENT_PAGE (self)));
  gboolean fixed = self->data != NULL &&
                   ent_record_get_record_type (self->data->record)->info->flags & ENT_RECORD_TYPE_APPEND_ONLY;
  gboolean on_map = self->data != NULL && (strcmp (ent_record_get_record_type (self->data->record)->info->name,
                                                   "organization") == 0 || self->data->links->len > 0);

  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    ent_page_action_set_enabled (ENT_PAGE (self), changing[i], live && !(fixed && i < 3));
  for (guint i = 0; i < G_N_ELEMENTS (reading); i++)
    ent_page_action_set_enabled (ENT_PAGE (self), reading[i], self->data != NULL);
  ent_page_action_set_enabled (ENT_PAGE (self), "record.show-on-map", live && on_map);
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), live);
}

void
_ent_profile_page_class_init_actions (EntProfilePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "record.edit-title", NULL, edit_title);
  gtk_widget_class_install_action (widget_class, "page.edit", NULL, edit_title);
  gtk_widget_class_install_action (widget_class, "record.delete", NULL, delete_record);
  gtk_widget_class_install_action (widget_class, "record.copy-code", NULL, copy_code);
  gtk_widget_class_install_action (widget_class, "record.add-activity", NULL, add_activity);
  gtk_widget_class_install_action (widget_class, "record.add-link", NULL, add_link);
  gtk_widget_class_install_action (widget_class, "record.add", "s", add_record);
  gtk_widget_class_install_action (widget_class, "record.show-on-map", NULL, show_on_map);
  gtk_widget_class_install_action (widget_class, "record.export", NULL, export_record);
}
