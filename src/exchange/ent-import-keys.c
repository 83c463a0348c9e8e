/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/ent-query.h"

#define PAGE_ROWS 4096
#define ALWAYS_LOADED 20000
#define LOOKUPS_PER_ROW 4

struct _EntImportKeys
{
  EntTransaction      *transaction;
  const EntRecordType *type;
  EntRowReader        *reader;
  EntIndex            *index;
  /* key field to look up in the store, when its records are not in the index */
  const EntField      *asked;
  guint                asked_slot;
  gint64               first_made; /* row of the first record this import made; 0: none */
  char                *key_names;  /* for sentences */
};

static gboolean
load_existing (EntImportKeys       *self,
               const EntRecordType *type,
               const guint         *fields,
               guint                n_fields,
               EntResult           *result,
               GError             **error)
{
  EntStore *store = ent_transaction_get_store (self->transaction);
  const guint32 *rows = ent_result_get_rows (result);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (gsize done = 0; done < ent_result_get_n (result); done += PAGE_ROWS)
    {
      gsize n = MIN (PAGE_ROWS, ent_result_get_n (result) - done);
      g_autoptr (GPtrArray) records = NULL;

      records = ent_store_load (store, type, rows + done, n, fields, n_fields,
                                ent_transaction_get_cancellable (self->transaction), error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          if (records->pdata[i] == NULL)
            continue;
          ent_row_reader_hash_record (self->reader, records->pdata[i], hashes);
          for (guint j = 0; j < hashes->len; j++)
            ent_index_add (self->index, g_array_index (hashes, guint64, j), rows[done + i], 0);
        }
    }
  return TRUE;
}

/* All keys of the type are read into the index; but for a few rows into a large table, the table
 * is asked. */
static gboolean
ready (EntImportKeys *self,
       const guint   *key_slots,
       guint          n_keys,
       guint64        expected,
       GError       **error)
{
  EntStore *store = ent_transaction_get_store (self->transaction);
  EntQuery query = { .type = self->type };
  guint fields[ENT_KEY_SLOTS_MAX];
  guint n_slots;
  const EntImportSlot *slots = ent_row_reader_get_slots (self->reader, &n_slots);
  g_autoptr (EntResult) result = NULL;
  gint64 n_rows = ent_store_count (store, &query, NULL, error);

  if (n_rows < 0)
    return FALSE;
  for (guint i = 0; i < n_keys; i++)
    fields[i] = ent_record_type_lookup (self->type, slots[key_slots[i]].field->info.name)->index;
  if (n_keys == 1 && slots[key_slots[0]].field->info.type == ENT_FIELD_CODE &&
      n_rows > ALWAYS_LOADED && (guint64) n_rows > LOOKUPS_PER_ROW * expected)
    {
      self->asked = ent_record_type_get_nth (self->type, fields[0]);
      self->asked_slot = key_slots[0];
      n_rows = 0;
    }
  self->index = ent_index_new (expected + (guint64) n_rows);
  if (n_rows == 0)
    return TRUE;
  result = ent_store_query (store, &query, NULL, error);
  return result != NULL && load_existing (self, self->type, fields, n_keys, result, error);
}

static void
name_keys (EntImportKeys *self,
           const guint   *key_slots,
           guint          n_keys)
{
  GString *names = g_string_new (NULL);
  guint n_slots;
  const EntImportSlot *slots = ent_row_reader_get_slots (self->reader, &n_slots);

  for (guint i = 0; i < n_keys; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " + " : "",
                            ent_field_get_label (slots[key_slots[i]].field));
  self->key_names = g_string_free_and_steal (names);
}

EntImportKeys *
ent_import_keys_new (EntTransaction      *transaction,
                     const EntImportPlan *plan,
                     EntRowReader        *reader,
                     guint64              expected,
                     GError             **error)
{
  EntImportKeys *self = g_new0 (EntImportKeys, 1);
  const guint *key_slots;
  guint n_keys = ent_row_reader_get_keys (reader, &key_slots);

  self->transaction = transaction;
  self->reader = reader;
  self->type = ent_schema_lookup_number (ent_transaction_get_schema (transaction),
                                         plan->type->info->number);
  name_keys (self, key_slots, n_keys);
  if (n_keys == 0 || ready (self, key_slots, n_keys, expected, error))
    return self;
  ent_import_keys_free (self);
  return NULL;
}

void
ent_import_keys_free (EntImportKeys *self)
{
  if (self == NULL)
    return;
  ent_index_free (self->index);
  g_free (self->key_names);
  g_free (self);
}

/* --- Finding ---------------------------------------------------------------------------------- */

static gboolean
find_by_id (EntImportKeys     *self,
            const EntBatchRow *row,
            EntKey            *key)
{
  char text[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (&row->id, text);
  *key = ent_transaction_resolve (self->transaction, self->type, text, NULL);
  return TRUE;
}

static gboolean
find_by_code (EntImportKeys     *self,
              const EntBatchRow *row,
              EntKey            *key,
              char             **reason)
{
  if (ent_key_type_number (row->code) == self->type->info->number &&
      ent_transaction_exists (self->transaction, row->code))
    {
      *key = row->code;
      return TRUE;
    }
  *reason = g_strdup (_("No record here has this short code; leave it empty for a new record"));
  return FALSE;
}

static char *
explain_several (EntImportKeys *self,
                 GArray        *rows)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < MIN (rows->len, 4); i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      g_autofree char *code = ent_record_type_make_code (self->type, row);

      g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "", code);
    }
  return g_strdup_printf (_("Several records have this %s: %s%s; correct or merge them first"),
                          self->key_names, codes->str, rows->len > 4 ? ", …" : "");
}

static gboolean
find_by_hash (EntImportKeys *self,
              guint64        hash,
              EntKey        *key,
              guint64       *earlier,
              char         **reason)
{
  const EntIndexSlot *slot = ent_index_lookup (self->index, hash);
  EntKey found;

  if (slot == NULL)
    return TRUE;
  if (slot->row == ENT_INDEX_SEVERAL)
    {
      *reason = explain_several (self, ent_index_get_rows (self->index, hash));
      return FALSE;
    }
  found = ent_key_make (self->type->info->number, slot->row);
  if (*key != 0 && *key != found)
    {
      *reason = g_strdup_printf (_("The %s of this row belongs to different records; "
                                   "split the row"),
                                 self->key_names);
      return FALSE;
    }
  *key = found;
  *earlier = slot->line;
  return TRUE;
}

void
ent_import_keys_prefetch (EntImportKeys     *self,
                          const EntBatchRow *row,
                          const guint64     *hashes)
{
  for (guint i = 0; self->index != NULL && i < row->n_keys; i++)
    ent_index_prefetch (self->index, hashes[i]);
}

gboolean
ent_import_keys_find (EntImportKeys     *self,
                      const EntBatchRow *row,
                      const guint64     *hashes,
                      const EntValue    *values,
                      EntKey            *key,
                      guint64           *earlier,
                      gboolean          *is_made_now,
                      char             **reason)
{
  *key = 0;
  *earlier = 0;
  if (row->has_id)
    return find_by_id (self, row, key);
  if (row->code != 0)
    return find_by_code (self, row, key, reason);

  for (guint i = 0; i < row->n_keys; i++)
    if (!find_by_hash (self, hashes[i], key, earlier, reason))
      return FALSE;
  if (*key == 0 && self->asked != NULL && row->n_keys > 0)
    *key = ent_transaction_find (self->transaction, self->asked, &values[self->asked_slot], NULL);
  if (*earlier != 0)
    *reason = g_strdup_printf (_("Lines %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT
                                 " have the same %s; the later one counts"),
                               *earlier, row->line, self->key_names);
  *is_made_now = *key != 0 && self->first_made != 0 && ent_key_row (*key) >= self->first_made;
  return TRUE;
}

void
ent_import_keys_add (EntImportKeys     *self,
                     const EntBatchRow *row,
                     const guint64     *hashes,
                     EntKey             key,
                     gboolean           is_made)
{
  if (is_made && self->first_made == 0)
    self->first_made = ent_key_row (key);
  for (guint i = 0; i < row->n_keys; i++)
    {
      EntIndexSlot *slot;

      ent_index_add (self->index, hashes[i], (guint32) ent_key_row (key), (guint32) row->line);
      slot = ent_index_lookup (self->index, hashes[i]);
      if (slot->row != ENT_INDEX_SEVERAL)
        slot->line = (guint32) row->line;
    }
}
