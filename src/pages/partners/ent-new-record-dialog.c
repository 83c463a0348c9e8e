/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-new-record-dialog-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-drafts.h"
#include "widgets/ent-record-form.h"
#include "widgets/ent-record-preset.h"

/* So many fields are asked for at first; the rest is for the profile. */
#define MAX_FIELDS 8

G_DEFINE_FINAL_TYPE (EntNewRecordDialog, ent_new_record_dialog, ADW_TYPE_DIALOG)

/* --- Drafts: Escape keeps what was typed for the next time, Cancel does not ------------------------------------------ */

static char *
draft_name (EntNewRecordDialog *self)
{
  return g_strconcat ("new-", self->type->info->name, NULL);
}

void
_ent_new_record_dialog_drop_drafts (EntNewRecordDialog *self)
{
  g_autofree char *name = draft_name (self);

  ent_drafts_drop (ent_drafts_get_default (), ent_store_get_id (ent_context_get_store (self->context)), name, NULL);
}

static void
keep_draft (EntNewRecordDialog *self,
            EntFieldRow        *row)
{
  g_autofree char *name = draft_name (self);
  g_autofree char *typed = ent_field_row_dup_typed (row);

  ent_drafts_put (ent_drafts_get_default (), ent_store_get_id (ent_context_get_store (self->context)), name,
                  ent_field_row_get_field (row)->info.name, typed);
}

static void
take_draft (EntNewRecordDialog *self,
            EntFieldRow        *row)
{
  g_autofree char *name = draft_name (self);
  g_autofree char *text = ent_drafts_get (ent_drafts_get_default (),
                                          ent_store_get_id (ent_context_get_store (self->context)), name,
                                          ent_field_row_get_field (row)->info.name);

  if (text == NULL)
    return;
  ent_field_row_set_typed (row, text);
  ent_field_row_set_message (row, _("Unsaved text restored"));
}

/* --- Creating ------------------------------------------------------------------------------------------------------------- */

static gboolean
insert_func (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  EntRecord *record = user_data;
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_record_is_dirty (record, i) &&
        !ent_record_form_add_choices (transaction, ent_record_type_get_nth (type, i), ent_record_get (record, i), error))
      return FALSE;
  return ent_transaction_insert (transaction, record, error);
}

typedef struct
{
  EntNewRecordDialog *dialog;
  EntRecord          *record;
} Creation;

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Creation *creation = user_data;
  g_autoptr (EntNewRecordDialog) self = creation->dialog;
  g_autoptr (EntRecord) record = creation->record;
  g_autoptr (GError) error = NULL;
  gint64 seq = ent_context_write_finish (ENT_CONTEXT (source), result, &error);

  g_free (creation);
  self->creating = FALSE;
  if (seq < 0)
    {
      if (self->create_button != NULL)
        gtk_widget_set_sensitive (self->create_button, TRUE);
      ent_context_error (ENT_CONTEXT (source), _("The record could not be created"), error);
      return;
    }
  if (self->context != NULL)
    {
      _ent_new_record_dialog_drop_drafts (self);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
  if (ent_record_type_is_child (ent_record_get_record_type (record)))
    return;
  ent_context_open_record (ENT_CONTEXT (source), ent_record_get_key (record));
}

/* Reads all rows; the first that cannot be read gets the keyboard and says why. */
static gboolean
read_rows (EntNewRecordDialog *self,
           EntRecord          *record)
{
  EntFieldRow *wrong = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      if (!gtk_widget_get_visible (GTK_WIDGET (row)))
        continue;
      if (ent_field_row_get_value (row, &value, &error))
        ent_record_take (record, ent_field_row_get_field (row)->index, &value);
      else
        {
          ent_field_row_set_error (row, error->message);
          wrong = wrong != NULL ? wrong : row;
        }
    }
  if (wrong != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (wrong));
  return wrong == NULL;
}

static void
create_cb (EntNewRecordDialog *self)
{
  g_autoptr (EntRecord) record = ent_record_copy (self->preset);
  Creation *creation;
  g_autofree char *label = NULL;

  if (self->creating || !read_rows (self, record))
    return;
  self->creating = TRUE;
  gtk_widget_set_sensitive (self->create_button, FALSE);
  /* Translators: %s is the name of a new record. */
  label = g_strdup_printf (_("Create %s"), ent_record_get_title (record));
  creation = g_new0 (Creation, 1);
  creation->dialog = g_object_ref (self);
  creation->record = g_object_ref (record);
  ent_context_write_async (self->context, label, FALSE, insert_func, g_steal_pointer (&record), g_object_unref, NULL,
                           created_cb, creation);
}

static void
cancel_cb (EntNewRecordDialog *self)
{
  _ent_new_record_dialog_drop_drafts (self);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- Rows ------------------------------------------------------------------------------------------------------------------ */

/* Fields of other kinds go when the kind is chosen. */
static void
update_kinds (EntNewRecordDialog *self)
{
  g_autoptr (EntRecord) record = ent_record_copy (self->preset);
  g_auto (GStrv) kinds = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const EntField *field = ent_field_row_get_field (g_ptr_array_index (self->rows, i));
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (g_strcmp0 (field->info.name, self->type->info->kind_field) == 0 &&
          ent_field_row_get_value (g_ptr_array_index (self->rows, i), &value, NULL))
        ent_record_take (record, field->index, &value);
    }
  kinds = ent_record_dup_kinds (record);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i),
                            ent_field_applies_to (ent_field_row_get_field (g_ptr_array_index (self->rows, i)),
                                                  (const char *const *) kinds));
}

static void
edited_cb (EntNewRecordDialog *self,
           EntFieldRow        *row)
{
  if (g_strcmp0 (ent_field_row_get_field (row)->info.name, self->type->info->kind_field) == 0)
    update_kinds (self);
}

static void
typing_cb (EntNewRecordDialog *self,
           EntFieldRow        *row)
{
  g_autofree char *typed = ent_field_row_dup_typed (row);

  keep_draft (self, row);
  if (ent_field_row_get_field (row)->index == ENT_COMMON_TITLE && typed != NULL)
    _ent_new_record_dialog_search (self, typed);
}

static gboolean
is_asked (EntNewRecordDialog *self,
          const EntField     *field)
{
  if (!ent_record_form_shows (field))
    return FALSE;
  if (field->index == ENT_COMMON_TITLE || field->info.flags & ENT_FIELD_REQUIRED ||
      ent_record_is_dirty (self->preset, field->index))
    return TRUE;
  /* A line of something else is its figures: whoever adds it has them at hand. */
  if (ent_record_type_lookup (self->type, "parent") != NULL && field->info.flags & ENT_FIELD_LISTED)
    return TRUE;
  return field->index >= ENT_N_COMMON && field->info.group == NULL && self->rows->len < MAX_FIELDS &&
         field->info.type != ENT_FIELD_LONGTEXT && field->info.type != ENT_FIELD_MARKDOWN;
}

static void
add_row (EntNewRecordDialog *self,
         const EntField     *field)
{
  GtkWidget *row = ent_field_row_new (self->context, field);

  ent_field_row_set_value (ENT_FIELD_ROW (row), ent_record_get (self->preset, field->index), TRUE);
  take_draft (self, ENT_FIELD_ROW (row));
  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "typing", G_CALLBACK (typing_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->fields, row);
}

static void
preset (EntNewRecordDialog *self,
        const char *const  *assignments)
{
  const EntReadContext read = { .today = ent_context_get_today (self->context),
                                .default_currency = ent_context_get_currency (self->context) };

  self->preset = ent_record_new (self->type);
  for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (field->info.default_value == NULL || field->info.flags & ENT_FIELD_SYSTEM)
        continue;
      ent_field_get_default (field, &read, &value);
      ent_record_load (self->preset, i, &value);
    }
  ent_record_preset (self->preset, self->context, assignments);
}

static void
build (EntNewRecordDialog *self)
{
  /* The time of something that is written down now is now. */
  const EntField *at = ent_record_type_lookup (self->type, "at");

  if (at != NULL && at->info.type == ENT_FIELD_DATETIME && ent_value_is_null (ent_record_get (self->preset, at->index)))
    {
      g_auto (EntValue) now = ENT_VALUE_INIT;

      ent_value_set_int (&now, g_get_real_time () / G_TIME_SPAN_MINUTE * G_TIME_SPAN_MINUTE);
      ent_record_take (self->preset, at->index, &now);
    }
  add_row (self, ent_record_type_get_nth (self->type, ENT_COMMON_TITLE));
  for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
    if (i != ENT_COMMON_TITLE && is_asked (self, ent_record_type_get_nth (self->type, i)))
      add_row (self, ent_record_type_get_nth (self->type, i));
  update_kinds (self);
  adw_dialog_set_focus (ADW_DIALOG (self), g_ptr_array_index (self->rows, 0));
}

/* --- The dialog ---------------------------------------------------------------------------------------------------------------- */

static void
ent_new_record_dialog_dispose (GObject *object)
{
  EntNewRecordDialog *self = ENT_NEW_RECORD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_NEW_RECORD_DIALOG);
  g_clear_object (&self->preset);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_new_record_dialog_parent_class)->dispose (object);
}

static void
ent_new_record_dialog_finalize (GObject *object)
{
  EntNewRecordDialog *self = ENT_NEW_RECORD_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->found);
  G_OBJECT_CLASS (ent_new_record_dialog_parent_class)->finalize (object);
}

static void
ent_new_record_dialog_class_init (EntNewRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_new_record_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_new_record_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-new-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EntNewRecordDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, EntNewRecordDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, EntNewRecordDialog, duplicates);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
ent_new_record_dialog_init (EntNewRecordDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->found = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ent_new_record_dialog_present (GtkWidget           *parent,
                               EntContext          *context,
                               const EntRecordType *type,
                               const char * const  *assignments)
{
  EntNewRecordDialog *self;
  g_autofree char *title = NULL;

  g_return_if_fail (ENT_IS_CONTEXT (context));
  g_return_if_fail (type != NULL);

  self = g_object_new (ENT_TYPE_NEW_RECORD_DIALOG, NULL);
  self->context = g_object_ref (context);
  self->type = type;
  preset (self, assignments);
  /* Translators: %s is a kind of record, such as Organization. */
  title = g_strdup_printf (_("New %s"), ent_record_get_noun (self->preset));
  adw_dialog_set_title (ADW_DIALOG (self), title);
  build (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
