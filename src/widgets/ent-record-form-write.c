/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntRecordForm that takes edits: drafts, transactions, conflicts. */

#include "config.h"

#include "widgets/ent-record-form-private.h"

#include <glib/gi18n.h>

#include "rules/ent-rules.h"
#include "widgets/ent-drafts.h"

static gboolean
add_choice (EntTransaction  *transaction,
            const EntField  *field,
            const char      *value,
            GError         **error)
{
  const EntChoice choice = { value, value, ENT_TONE_NEUTRAL };

  return ent_field_lookup_choice (field, value) != NULL ||
         ent_transaction_add_choice (transaction, field, &choice, error);
}

gboolean
ent_record_form_add_choices (EntTransaction  *transaction,
                             const EntField  *field,
                             const EntValue  *value,
                             GError         **error)
{
  if (field->info.type != ENT_FIELD_ENUM || !(field->info.flags & ENT_FIELD_OPEN))
    return TRUE;
  if (value->kind == ENT_VALUE_TEXT)
    return add_choice (transaction, field, value->text, error);
  for (char **item = value->kind == ENT_VALUE_LIST ? value->list : NULL; item != NULL && *item != NULL; item++)
    if (!add_choice (transaction, field, *item, error))
      return FALSE;
  return TRUE;
}

/* --- Drafts ------------------------------------------------------------------------------------------------------- */

static const EntId *
workspace (EntRecordForm *self)
{
  return ent_store_get_id (ent_context_get_store (self->context));
}

void
_ent_record_form_typing (EntRecordForm *self,
                         EntFieldRow   *row)
{
  char id[ENT_ID_TEXT_LENGTH + 1];
  g_autofree char *typed = ent_field_row_dup_typed (row);

  if (self->record == NULL || self->past != NULL)
    return;
  ent_id_to_text (ent_record_get_id (self->record), id);
  ent_drafts_put (ent_drafts_get_default (), workspace (self), id, ent_field_row_get_field (row)->info.name, typed);
}

static void
drop_draft (EntRecordForm *self,
            EntFieldRow   *row)
{
  char id[ENT_ID_TEXT_LENGTH + 1];

  if (self->record == NULL || ent_context_get_store (self->context) == NULL)
    return;
  ent_id_to_text (ent_record_get_id (self->record), id);
  ent_drafts_drop (ent_drafts_get_default (), workspace (self), id, ent_field_row_get_field (row)->info.name);
}

void
_ent_record_form_take_drafts (EntRecordForm *self)
{
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (self->record), id);
  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *text = ent_drafts_get (ent_drafts_get_default (), workspace (self), id,
                                              ent_field_row_get_field (row)->info.name);

      if (text == NULL)
        continue;
      ent_field_row_set_typed (row, text);
      ent_field_row_set_message (row, _("Unsaved text restored; Enter saves it, Escape drops it"));
    }
}

/* --- Writing an edit ------------------------------------------------------------------------------------------------ */

typedef struct
{
  EntRecordForm *form; /* (owned): main thread only */
  EntFieldRow   *row;  /* (owned): main thread only */
  const EntField *field;
  EntKey         key;
  EntValue       before; /* what the user saw when they began */
  EntValue       value;
} Edit;

static void
edit_clear (gpointer data)
{
  Edit *edit = data;

  ent_value_clear (&edit->before);
  ent_value_clear (&edit->value);
}

static void
edit_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, edit_clear);
}

/* An edit is of what was seen: a value that came meanwhile is not overwritten unseen. */
static gboolean
edit_func (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  Edit *edit = user_data;
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, edit->key, error);
  const EntValue *now;

  if (record == NULL)
    return FALSE;
  now = ent_record_get_named (record, edit->field->info.name);
  if (!ent_value_equal (now, &edit->before) && !ent_value_equal (now, &edit->value))
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT,
                   _("“%s” was changed meanwhile; your text is kept"), ent_field_get_label (edit->field));
      return FALSE;
    }
  return ent_record_form_add_choices (transaction, edit->field, &edit->value, error) &&
         ent_transaction_set (transaction, edit->key, edit->field, &edit->value, error);
}

static void
edited_done_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Edit *edit = user_data;
  g_autoptr (EntRecordForm) self = edit->form;
  g_autoptr (EntFieldRow) row = edit->row;
  g_autoptr (GError) error = NULL;
  gint64 seq = ent_context_write_finish (ENT_CONTEXT (source), result, &error);

  if (self->context != NULL && self->key == edit->key && seq >= 0)
    {
      drop_draft (self, row);
      ent_field_row_set_value (row, &edit->value, FALSE);
    }
  else if (self->context != NULL && error != NULL)
    {
      ent_field_row_set_error (row, error->message);
      if (error->domain == ENT_RULE_ERROR)
        ent_context_error (self->context, _("The change was not made"), error);
    }
  edit_release (edit);
}

void
_ent_record_form_edited (EntRecordForm *self,
                         EntFieldRow   *row)
{
  const EntField *field = ent_field_row_get_field (row);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *label = NULL;
  Edit *edit;

  if (self->record == NULL || self->past != NULL || !ent_field_row_get_value (row, &value, NULL))
    return;
  edit = g_atomic_rc_box_new0 (Edit);
  edit->form = g_object_ref (self);
  edit->row = g_object_ref (row);
  edit->field = field;
  edit->key = self->key;
  ent_value_copy (ent_record_get_named (self->record, field->info.name), &edit->before);
  ent_value_copy (&value, &edit->value);
  /* Translators: the label of a field, the name of a record: "Edit Level of Contoso". */
  label = g_strdup_printf (_("Edit %1$s of %2$s"), ent_field_get_label (field), ent_record_get_title (self->record));
  ent_context_write_async (self->context, label, FALSE, edit_func, g_atomic_rc_box_acquire (edit), edit_release, NULL,
                           edited_done_cb, edit);
}

void
_ent_record_form_tell_conflict (EntRecordForm  *self,
                                EntFieldRow    *row,
                                const EntValue *before,
                                const EntValue *now)
{
  const EntField *field = ent_field_row_get_field (row);
  g_autofree char *typed = ent_field_row_dup_typed (row);
  g_autofree char *value = NULL;
  g_autofree char *message = NULL;

  if (typed == NULL || before == NULL || ent_value_equal (before, now))
    return;
  value = field->info.type == ENT_FIELD_REF ? NULL : ent_value_display (field, now, ENT_DISPLAY_FULL, NULL, NULL);
  /* Translators: %s is the value that somebody else gave to a field while the user was typing another. */
  message = value != NULL && *value != '\0'
              ? g_strdup_printf (_("Changed to “%s” meanwhile; your text is kept. Enter saves yours, Escape takes theirs"), value)
              : g_strdup (_("Emptied meanwhile; your text is kept. Enter saves yours, Escape takes theirs"));
  ent_field_row_set_message (row, message);
}
