/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* A person decides a clash. */

typedef struct
{
  gint64   number;
  gboolean take_other;
} Settle;

static EntSyncClash *
find_open (EntStore  *store,
           gint64     number,
           GError   **error)
{
  g_autoptr (GPtrArray) open = ent_store_get_sync_clashes (store, FALSE, error);

  for (guint i = 0; open != NULL && i < open->len; i++)
    if (((EntSyncClash *) g_ptr_array_index (open, i))->number == number)
      {
        EntSyncClash *found = g_ptr_array_index (open, i);

        g_ptr_array_index (open, i) = g_new0 (EntSyncClash, 1);
        return found;
      }
  if (open != NULL)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, _("Clash %" G_GINT64_FORMAT " is settled already."), number);
  return NULL;
}

/* The other value of the clash into the record. */
static gboolean
take_other (SyncContext        *context,
            SyncDoc            *doc,
            const EntSyncClash *clash,
            GError            **error)
{
  g_autoptr (JsonObject) shown = ent_sync_json_parse_object (clash->shown, -1, error);
  g_autoptr (JsonObject) other = ent_sync_json_parse_object (clash->other, -1, error);
  g_autoptr (EntRecord) record = ent_transaction_get (context->transaction, clash->key, error);
  g_autoptr (EntSyncBody) read = NULL;
  g_autoptr (GList) members = NULL;

  if (shown == NULL || other == NULL || record == NULL)
    return FALSE;
  json_object_set_string_member (other, "type", doc->type->info->name);
  read = ent_sync_body_read (context->schema, clash->id, other, &context->refs, error);
  if (read == NULL)
    return FALSE;
  members = g_list_concat (json_object_get_members (shown), json_object_get_members (other));
  for (GList *l = members; l != NULL; l = l->next)
    {
      const EntField *field = ent_sync_body_lookup (doc->type, l->data);

      if (field != NULL)
        ent_record_set (record, field->index, ent_record_get (read->record, field->index));
    }
  return ent_transaction_update (context->transaction, record, error);
}

/* The leaf ends when nothing of it is open any more. */
static gboolean
end_leaf (SyncDoc    *doc,
          const char *rev,
          GError    **error)
{
  g_autoptr (GPtrArray) open = ent_transaction_get_sync_clashes (doc->context->transaction, doc->doc->id, FALSE, error);
  EntRev parsed, next;

  for (guint i = 0; open != NULL && i < open->len; i++)
    if (g_str_equal (((EntSyncClash *) g_ptr_array_index (open, i))->rev, rev))
      return TRUE;
  if (open == NULL || !ent_rev_parse (rev, &parsed))
    return open != NULL;
  if (ent_rev_tree_is_leaf (doc->tree, &parsed))
    sync_doc_add_rev (doc, &parsed, NULL, &next);
  return TRUE;
}

static gboolean
settle_cb (EntTransaction *transaction,
           gpointer        data,
           GError        **error)
{
  Settle *self = data;
  EntSyncReport report = { 0 };
  g_auto (SyncContext) context = { NULL };
  g_autoptr (EntSyncClash) clash = find_open (ent_transaction_get_store (transaction), self->number, error);
  g_autoptr (SyncDoc) doc = NULL;

  if (clash == NULL)
    return FALSE;
  sync_context_init (&context, transaction, &report);
  doc = sync_doc_load (&context, clash->id, error);
  return doc != NULL && sync_doc_mint (doc, error) && (!self->take_other || take_other (&context, doc, clash, error)) &&
         ent_transaction_settle_sync_clash (transaction, clash->id, clash->rev, clash->group,
                                            self->take_other ? "other" : "shown", error) &&
         end_leaf (doc, clash->rev, error) && sync_doc_save (doc, error);
}

gboolean
ent_sync_settle (EntStore  *store,
                 gint64     clash,
                 gboolean   take_other,
                 GError   **error)
{
  Settle settle = { .number = clash, .take_other = take_other };

  return ent_store_write (store, _("Settle a Clash"), ENT_ORIGIN_USER, settle_cb, &settle, NULL, NULL, error);
}
