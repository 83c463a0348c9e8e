/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Documents, loaded and stored. */

/* --- Context ------------------------------------------------------------------------------------------------------------ */

static char *
get_id (EntKey   key,
        gpointer user_data)
{
  SyncContext *self = user_data;
  const EntRecordType *type = ent_schema_lookup_key (self->schema, key);
  const char *known = g_hash_table_lookup (self->ids, &key);
  EntId id;

  if (known == NULL && type != NULL && ent_transaction_get_id (self->transaction, key, &id))
    {
      char *made = ent_sync_id_make (type, &id);

      g_hash_table_insert (self->ids, g_memdup2 (&key, sizeof key), made);
      known = made;
    }
  return g_strdup (known);
}

static EntKey
get_key (const char *id,
         gpointer    user_data)
{
  SyncContext *self = user_data;
  g_autoptr (EntSyncDoc) doc = ent_transaction_get_sync_doc (self->transaction, id, NULL);

  return doc != NULL ? doc->key : 0;
}

void
sync_context_init (SyncContext    *self,
                   EntTransaction *transaction,
                   EntSyncReport  *report)
{
  memset (self, 0, sizeof *self);
  self->transaction = transaction;
  self->schema = ent_transaction_get_schema (transaction);
  self->report = report;
  self->refs = (EntSyncRefs) { get_id, get_key, self };
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_queue_init (&self->todo);
}

void
sync_context_clear (SyncContext *self)
{
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_queue_clear_full (&self->todo, g_free);
}

void
sync_body_clear (SyncBody *self)
{
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->by, g_free);
}

static void
rev_body_free (gpointer data)
{
  SyncRevBody *self = data;

  sync_body_clear (&self->body);
  g_free (self);
}

void
sync_doc_add_body (SyncDoc      *self,
                   const EntRev *rev,
                   SyncBody     *body)
{
  SyncRevBody *added = g_new (SyncRevBody, 1);

  added->rev = *rev;
  added->body = *body;
  *body = (SyncBody) SYNC_BODY_INIT;
  g_ptr_array_add (self->bodies, added);
}

/* --- What is stored beside the tree --------------------------------------------------------------------------------------- */

static void
read_pending (SyncDoc   *self,
              JsonArray *array)
{
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_sync_pending_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *one = json_array_get_array_element (array, i);
      const EntField *field = ent_sync_body_lookup (self->type, json_array_get_string_element (one, 0));
      EntSyncPending *pending;

      if (field == NULL)
        continue;
      pending = g_new0 (EntSyncPending, 1);
      pending->field = field->index;
      pending->position = (guint) json_array_get_int_element (one, 1);
      pending->id = g_strdup (json_array_get_string_element (one, 2));
      g_ptr_array_add (self->pending, pending);
    }
}

static void
read_extra (SyncDoc *self)
{
  g_autoptr (JsonObject) extra = NULL;

  if (self->doc->extra != NULL)
    extra = ent_sync_json_parse_object (self->doc->extra, -1, NULL);
  if (extra == NULL)
    return;
  self->has_shown = ent_rev_parse (json_object_get_string_member_with_default (extra, "shown", ""), &self->shown);
  self->by = g_strdup (json_object_get_string_member_with_default (extra, "by", NULL));
  self->at = json_object_get_int_member_with_default (extra, "at", 0);
  if (json_object_has_member (extra, "unknown"))
    self->unknown = json_object_ref (json_object_get_object_member (extra, "unknown"));
  if (json_object_has_member (extra, "pending"))
    read_pending (self, json_object_get_array_member (extra, "pending"));
}

static JsonArray *
write_pending (SyncDoc *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->pending->len; i++)
    {
      const EntSyncPending *pending = g_ptr_array_index (self->pending, i);
      JsonArray *one = json_array_new ();

      json_array_add_string_element (one, ent_sync_body_get_member (ent_record_type_get_nth (self->type, pending->field)));
      json_array_add_int_element (one, pending->position);
      json_array_add_string_element (one, pending->id);
      json_array_add_array_element (array, one);
    }
  return array;
}

static void
write_extra (SyncDoc *self)
{
  g_autoptr (JsonObject) extra = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();
  char text[ENT_REV_TEXT_SIZE];

  if (self->has_shown)
    {
      ent_rev_to_text (&self->shown, text);
      json_object_set_string_member (extra, "shown", text);
    }
  if (self->by != NULL)
    json_object_set_string_member (extra, "by", self->by);
  if (self->at != 0)
    json_object_set_int_member (extra, "at", self->at);
  if (self->unknown != NULL)
    json_object_set_object_member (extra, "unknown", json_object_ref (self->unknown));
  if (self->pending != NULL && self->pending->len > 0)
    json_object_set_array_member (extra, "pending", write_pending (self));
  json_node_init_object (node, extra);
  g_free (self->doc->extra);
  self->doc->extra = ent_sync_json_write (node);
}

/* --- Loading and saving ------------------------------------------------------------------------------------------------------ */

/* Takes @doc over. */
static SyncDoc *
sync_doc_new (SyncContext         *context,
              EntSyncDoc          *doc,
              const EntRecordType *type,
              const EntId         *id,
              GError             **error)
{
  g_autoptr (SyncDoc) self = g_new0 (SyncDoc, 1);

  self->context = context;
  self->doc = doc;
  self->type = type;
  self->id = *id;
  self->bodies = g_ptr_array_new_with_free_func (rev_body_free);
  self->tree = doc->tree != NULL ? ent_rev_tree_new_from_bytes (doc->tree, error) : ent_rev_tree_new ();
  if (self->tree == NULL)
    return NULL;
  read_extra (self);
  return g_steal_pointer (&self);
}

SyncDoc *
sync_doc_load (SyncContext *context,
               const char  *id,
               GError     **error)
{
  const EntRecordType *type;
  GError *failed = NULL;
  EntSyncDoc *doc;
  EntId parsed;

  if (!ent_sync_id_parse (context->schema, id, &type, &parsed))
    return NULL;
  doc = ent_transaction_get_sync_doc (context->transaction, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  return sync_doc_new (context, doc != NULL ? doc : ent_sync_doc_new (id), type, &parsed, error);
}

SyncDoc *
sync_doc_load_of (SyncContext *context,
                  EntKey       key,
                  GError     **error)
{
  const EntRecordType *type = ent_schema_lookup_key (context->schema, key);
  g_autofree char *id = get_id (key, context);
  GError *failed = NULL;
  EntSyncDoc *doc;
  EntId parsed;

  if (type == NULL || id == NULL)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, _("The record is not in this workspace."));
      return NULL;
    }
  doc = ent_transaction_get_sync_doc_of (context->transaction, key, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  if (doc == NULL)
    {
      doc = ent_sync_doc_new (id);
      doc->key = key;
    }
  ent_transaction_get_id (context->transaction, key, &parsed);
  return sync_doc_new (context, doc, type, &parsed, error);
}

/* Whether the remote is known to have every leaf. */
static gboolean
is_told (SyncDoc *self)
{
  g_autoptr (GArray) leaves = ent_rev_tree_get_leaves (self->tree, FALSE);

  for (guint i = 0; i < leaves->len; i++)
    if ((g_array_index (leaves, EntRevInfo, i).flags & ENT_REV_CONFIRMED) == 0)
      return FALSE;
  return TRUE;
}

/* Keeps the body of a revision that the record does not show, as a leaf or as the base of a later merge. */
static gboolean
keep_body (SyncDoc            *self,
           const SyncRevBody  *kept,
           GError            **error)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *json = NULL;
  char text[ENT_REV_TEXT_SIZE];
  EntRevInfo info;

  if (kept->body.body == NULL || !ent_rev_tree_lookup (self->tree, &kept->rev, &info) || info.seq != 0)
    return TRUE;
  if (kept->body.by != NULL)
    json_object_set_string_member (kept->body.body, "$by", kept->body.by);
  if (kept->body.at != 0)
    json_object_set_int_member (kept->body.body, "$at", kept->body.at);
  json_node_init_object (node, kept->body.body);
  json = ent_sync_json_write (node);
  ent_rev_to_text (&kept->rev, text);
  return ent_transaction_put_sync_leaf (self->context->transaction, self->doc->id, text, json, error);
}

gboolean
sync_doc_save (SyncDoc *self,
               GError **error)
{
  for (guint i = 0; i < self->bodies->len; i++)
    if (!keep_body (self, g_ptr_array_index (self->bodies, i), error))
      return FALSE;
  g_ptr_array_set_size (self->bodies, 0);
  ent_rev_tree_stem (self->tree, ENT_REV_DEFAULT_LIMIT);
  g_clear_pointer (&self->doc->tree, g_bytes_unref);
  self->doc->tree = ent_rev_tree_to_bytes (self->tree);
  /* What the remote does not take is sent again when it was changed. */
  self->doc->is_told = self->doc->state == ENT_SYNC_DOC_REJECTED || is_told (self);
  write_extra (self);
  return ent_transaction_put_sync_doc (self->context->transaction, self->doc, error);
}

void
sync_doc_free (SyncDoc *self)
{
  g_clear_pointer (&self->doc, ent_sync_doc_free);
  g_clear_pointer (&self->tree, ent_rev_tree_free);
  g_clear_pointer (&self->unknown, json_object_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->bodies, g_ptr_array_unref);
  g_free (self->by);
  g_free (self);
}
