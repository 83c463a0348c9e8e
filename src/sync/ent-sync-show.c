/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* A revision becomes what the record shows. */

static gboolean
log_event (SyncDoc    *self,
           const char *what,
           const char *detail,
           GError    **error)
{
  return ent_transaction_add_sync_event (self->context->transaction, self->doc->id, self->doc->key, what, detail, error);
}

/* The document is kept as it came, and the record stays as it is, until the reason is gone. */
static gboolean
set_aside (SyncDoc         *self,
           EntSyncDocState  state,
           const char      *message,
           GError         **error)
{
  if (state == ENT_SYNC_DOC_PARKED && self->doc->state != state)
    {
      self->context->report->n_parked++;
      if (!log_event (self, "parked", message, error))
        return FALSE;
    }
  self->doc->state = state;
  g_set_str (&self->doc->message, message);
  return TRUE;
}

/* The record is like @rev now. @changed: in this transaction. */
static void
set_shown (SyncDoc        *self,
           const EntRev   *rev,
           const SyncBody *body,
           gboolean        changed)
{
  gint64 seq = ent_transaction_get_seq (self->context->transaction);

  /* Once changed in this transaction, it is changed in it. */
  self->doc->seq = changed || self->doc->seq == seq ? seq : seq - 1;
  self->doc->state = ENT_SYNC_DOC_CLEAN;
  g_clear_pointer (&self->doc->message, g_free);
  self->shown = *rev;
  self->has_shown = TRUE;
  g_set_str (&self->by, body->by);
  self->at = body->at;
  ent_rev_tree_set_seq (self->tree, rev, (guint64) self->doc->seq);
}

/* --- Deleting ------------------------------------------------------------------------------------------------------------- */

/* A record that others count on cannot go: it comes back for everybody, as an edit that is newer than the deletion. */
static gboolean
revive (SyncDoc      *self,
        const EntRev *rev,
        const GError *refused,
        GError      **error)
{
  g_auto (SyncBody) body = SYNC_BODY_INIT;
  gboolean existed;
  EntRev next;

  if (!sync_doc_read_record (self, ent_transaction_get_seq (self->context->transaction), &body.body, &existed, error))
    return FALSE;
  sync_doc_add_rev (self, rev, body.body, &next);
  set_shown (self, &next, &body, FALSE);
  return log_event (self, "kept", refused->message, error);
}

static gboolean
show_deleted (SyncDoc        *self,
              const EntRev   *rev,
              const SyncBody *body,
              GError        **error)
{
  EntTransaction *transaction = self->context->transaction;
  g_autoptr (GError) refused = NULL;
  gboolean is_live = self->doc->key != 0 && ent_transaction_exists (transaction, self->doc->key);

  if (is_live && !ent_transaction_delete (transaction, self->doc->key, &refused))
    return revive (self, rev, refused, error);
  if (is_live && !log_event (self, "deleted", body->by, error))
    return FALSE;
  set_shown (self, rev, body, is_live);
  return TRUE;
}

/* --- Writing ---------------------------------------------------------------------------------------------------------------- */

/* Choices that a colleague added come with the records that use them. */
static gboolean
add_choices (SyncDoc   *self,
             EntRecord *record,
             GError   **error)
{
  for (guint i = ENT_N_COMMON; i < ent_record_type_get_n_fields (self->type); i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);
      const EntValue *value = ent_record_get (record, i);
      EntChoice choice = { value->text, value->text, ENT_TONE_NEUTRAL };

      if (field->info.type == ENT_FIELD_ENUM && (field->info.flags & ENT_FIELD_OPEN) != 0 && value->kind == ENT_VALUE_TEXT &&
          ent_field_lookup_choice (field, value->text) == NULL &&
          !ent_transaction_add_choice (self->context->transaction, field, &choice, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_system (const EntField *field)
{
  return (field->info.flags & ENT_FIELD_SYSTEM) != 0;
}

/* @changed: out. */
static gboolean
update_record (SyncDoc   *self,
               EntRecord *wanted,
               gboolean  *changed,
               GError   **error)
{
  EntTransaction *transaction = self->context->transaction;
  gboolean is_live = ent_transaction_exists (transaction, self->doc->key);
  g_autoptr (EntRecord) record = NULL;

  if (!is_live && !ent_transaction_restore (transaction, self->doc->key, error))
    return FALSE;
  *changed = !is_live;
  record = ent_transaction_get (transaction, self->doc->key, error);
  if (record == NULL)
    return FALSE;
  for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
    if (!is_system (ent_record_type_get_nth (self->type, i)))
      {
        ent_record_set (record, i, ent_record_get (wanted, i));
        *changed = *changed || ent_record_is_dirty (record, i);
      }
  if (!is_live && !log_event (self, "revived", NULL, error))
    return FALSE;
  return ent_transaction_update (transaction, record, error);
}

static gboolean
write_record (SyncDoc     *self,
              EntSyncBody *read,
              gboolean    *changed,
              GError     **error)
{
  if (!add_choices (self, read->record, error))
    return FALSE;
  if (self->doc->key != 0)
    return update_record (self, read->record, changed, error);
  ent_record_set_id (read->record, &self->id);
  *changed = TRUE;
  if (!ent_transaction_insert (self->context->transaction, read->record, error))
    return FALSE;
  self->doc->key = ent_record_get_key (read->record);
  return TRUE;
}

static gboolean
note_needs (SyncDoc   *self,
            GPtrArray *pending,
            GError   **error)
{
  for (guint i = 0; i < pending->len; i++)
    {
      const EntSyncPending *one = g_ptr_array_index (pending, i);

      if (!ent_transaction_add_sync_need (self->context->transaction, self->doc->id, one->id, error))
        return FALSE;
    }
  return TRUE;
}

/* Documents that waited for this one are looked at again. */
static gboolean
wake (SyncDoc *self,
      GError **error)
{
  g_auto (GStrv) ids = ent_transaction_take_sync_needs (self->context->transaction, self->doc->id, error);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_queue_push_tail (&self->context->todo, g_strdup (ids[i]));
  return ids != NULL;
}

gboolean
sync_doc_show (SyncDoc        *self,
               const EntRev   *rev,
               const SyncBody *body,
               GError        **error)
{
  g_autoptr (EntSyncBody) read = NULL;
  g_autoptr (GError) refused = NULL;
  gboolean was_new = self->doc->key == 0, changed = FALSE;

  if (body->body == NULL)
    return show_deleted (self, rev, body, error);
  read = ent_sync_body_read (self->context->schema, self->doc->id, body->body, &self->context->refs, &refused);
  if (read == NULL)
    return set_aside (self, ENT_SYNC_DOC_PARKED, refused->message, error);
  if (!write_record (self, read, &changed, &refused))
    {
      EntSyncDocState state = read->pending->len > 0 ? ENT_SYNC_DOC_WAITING : ENT_SYNC_DOC_PARKED;

      return note_needs (self, read->pending, error) && set_aside (self, state, refused->message, error);
    }
  g_clear_pointer (&self->unknown, json_object_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  self->unknown = g_steal_pointer (&read->unknown);
  self->pending = g_steal_pointer (&read->pending);
  set_shown (self, rev, body, changed);
  return note_needs (self, self->pending, error) && (!was_new || wake (self, error));
}
