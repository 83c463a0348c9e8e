/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-inserter-private.h"
#include "store/ent-wal-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the row does not decide is decided once, in begin. */

#define LARGE_RUN 20000     /* rows from which indexes are rebuilt rather than kept up to date */

/* --- Beginning ------------------------------------------------------------------------------------ */

static void
add_column (EntInserter    *self,
            const EntField *field,
            int             given)
{
  const EntFieldFlags flags = field->info.flags;
  EntReadContext context = { 0 };
  EntInsertColumn column = {
    .field = field,
    .fallback = ENT_VALUE_INIT,
    .json = g_string_new (NULL),
    .given = given,
    .is_required = (flags & ENT_FIELD_REQUIRED) != 0,
    .is_unique = (flags & ENT_FIELD_UNIQUE) != 0,
    .is_reference = field->info.type == ENT_FIELD_REF,
  };

  if (given < 0 || column.is_required)
    ent_field_get_default (field, &context, &column.fallback);
  column.is_checked = column.is_required || column.is_unique || column.is_reference;
  g_array_append_val (self->columns, column);
}

static gboolean
is_given (const guint *fields,
          gsize        n_fields,
          guint        index)
{
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i] == index)
      return TRUE;
  return FALSE;
}

/* The given fields, then those that have a default or must not be left out. */
static gboolean
choose_columns (EntInserter *self,
                const guint *fields,
                gsize        n_fields,
                GError     **error)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, fields[i]);

      if ((field->info.flags & ENT_FIELD_SYSTEM) != 0)
        {
          g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                       _("%s is kept by the workspace and cannot be set."), ent_field_get_label (field));
          return FALSE;
        }
      add_column (self, field, (int) i);
    }
  for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);

      if (is_given (fields, n_fields, i) || (field->info.flags & ENT_FIELD_SYSTEM) != 0)
        continue;
      if (field->info.default_value != NULL || (field->info.flags & ENT_FIELD_REQUIRED) != 0)
        add_column (self, field, -1);
    }
  return TRUE;
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const EntInsertColumn *) a)->field->column, ((const EntInsertColumn *) b)->field->column);
}

/* Whether rows name rows of the same type, maybe by their ids. */
static gboolean
refers_to_itself (EntInserter *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntInsertColumn *column = &g_array_index (self->columns, EntInsertColumn, i);

      if (column->is_reference && (g_str_equal (column->field->info.target, "*") ||
                                   g_str_equal (column->field->info.target, self->type->info->name)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
prepare (EntInserter *self,
         GError     **error)
{
  EntConnection *connection = self->transaction->connection;
  g_autofree guint *fields = g_new (guint, self->columns->len);
  g_autofree char *sql = NULL;
  gboolean has_unique = FALSE;
  int index = 6;
  int code = SQLITE_OK;

  g_array_sort (self->columns, compare_columns);
  for (guint i = 0; i < self->columns->len; i++)
    {
      EntInsertColumn *column = &g_array_index (self->columns, EntInsertColumn, i);

      column->tag = ent_row_digester_tag (column->field);
      column->index = index;
      index += column->field->currency_column != NULL ? 2 : 1;
      fields[i] = column->field->index;
      has_unique |= column->is_unique;
    }
  /* Whether a value is unique, or a record there, is asked of the table: then no row may wait. */
  if (self->is_large && !has_unique && !refers_to_itself (self))
    self->held = ent_held_rows_new (ent_connection_get_db (connection), (guint) index - 1, &code);
  if (code != SQLITE_OK)
    return ent_connection_fail (connection, code, error);
  sql = ent_insert_sql (self->type, fields, self->columns->len, self->held != NULL ? ENT_HELD_ROWS_TABLE : NULL);
  /* Not a cached statement: two inserters of one type may be open at once. */
  code = sqlite3_prepare_v2 (ent_connection_get_db (connection), sql, -1, &self->statement, NULL);
  return code == SQLITE_OK || ent_connection_fail (connection, code, error);
}

/* Keeping a sorted index up to date costs a search and, in a large one, a page per row; sorting once at
 * the end is several times cheaper, unless the table is much larger than what is added. Indexes that
 * answer whether a value is unique stay; ids of new rows are. */
static gboolean
drop_indexes (EntInserter *self,
              gsize        expected,
              GError     **error)
{
  gint64 next = ent_transaction_next_row (self->transaction, self->type, error);

  if (next == 0)
    return FALSE;
  if (expected < LARGE_RUN || (gint64) expected < next / 4 || self->transaction->n_inserters > 0)
    return TRUE;
  if (!ent_transaction_drop_index (self->transaction, self->type, "title", error) ||
      (!refers_to_itself (self) && !ent_transaction_drop_index (self->transaction, self->type, "id", error)))
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntInsertColumn *column = &g_array_index (self->columns, EntInsertColumn, i);

      if (ent_field_has_index (column->field) && !column->is_unique &&
          !ent_transaction_drop_index (self->transaction, self->type, column->field->column, error))
        return FALSE;
    }
  self->is_large = TRUE;
  ent_wal_file_begin (ent_connection_get_db (self->transaction->connection));
  return ent_connection_exec (self->transaction->connection, ENT_SQL_SMALL_CACHE, error);
}

static void
inserter_free (EntInserter *self)
{
  sqlite3_finalize (self->statement);
  g_clear_pointer (&self->held, ent_held_rows_free);
  for (guint i = 0; i < self->columns->len; i++)
    {
      EntInsertColumn *column = &g_array_index (self->columns, EntInsertColumn, i);

      ent_value_clear (&column->fallback);
      g_string_free (column->json, TRUE);
    }
  g_array_unref (self->columns);
  g_string_free (self->title_key, TRUE);
  ent_run_digest_free (self->digest);
  g_free (self->row);
  g_free (self);
}

EntInserter *
ent_transaction_begin_insert (EntTransaction      *self,
                              const EntRecordType *type,
                              const guint         *fields,
                              gsize                n_fields,
                              gsize                expected,
                              GError             **error)
{
  const EntRecordType *own = ent_validate_type (self, type, error);
  EntInserter *inserter;

  if (own == NULL)
    return NULL;
  inserter = g_new0 (EntInserter, 1);
  inserter->transaction = self;
  inserter->n_given = n_fields;
  inserter->type = own;
  inserter->columns = g_array_new (FALSE, FALSE, sizeof (EntInsertColumn));
  inserter->title_key = g_string_new (NULL);
  inserter->digest = ent_run_digest_new (expected >= LARGE_RUN);
  if (own->info->kind_field != NULL)
    inserter->kind_field = ent_record_type_lookup (own, own->info->kind_field);
  if (!choose_columns (inserter, fields, n_fields, error) ||
      !drop_indexes (inserter, expected, error) || !prepare (inserter, error))
    {
      inserter_free (inserter);
      return NULL;
    }
  inserter->row = g_new0 (const EntValue *, inserter->columns->len);
  sqlite3_bind_int64 (inserter->statement, 4, self->at);
  sqlite3_bind_int64 (inserter->statement, 5, self->at);
  self->n_inserters++;
  return inserter;
}

/* --- Rows ----------------------------------------------------------------------------------------- */

static gboolean
next_id (EntInserter  *self,
         const EntId **id,
         GError      **error)
{
  if (self->n_ids == 0)
    {
      /* Rows that wait have the old ones. */
      if (!ent_inserter_flush (self, error))
        return FALSE;
      ent_id_init_many (self->ids, ENT_ID_BATCH);
      self->n_ids = ENT_ID_BATCH;
    }
  *id = &self->ids[ENT_ID_BATCH - self->n_ids];
  return TRUE;
}

static gboolean
end_run (EntInserter *self,
         GError     **error)
{
  const guint number = self->type->info->number;
  EntKey first = ent_key_make (number, self->first);
  EntKey last = ent_key_make (number, self->last);
  EntPacked nothing = ENT_PACKED_INIT;
  EntPacked sum = ENT_PACKED_INIT;
  guint8 digest[ENT_DIGEST_SIZE];

  if (self->first == 0)
    return TRUE;
  ent_run_digest_end (self->digest, digest);
  ent_packed_set_blob (&sum, digest, sizeof digest);
  ent_transaction_touch_run (self->transaction, self->type, self->first, self->last, TRUE);
  self->first = 0;
  return ent_journal_add (self->transaction, ENT_CHANGE_CREATE, first, last != first ? last : 0, NULL,
                          &nothing, &sum, error);
}

/* Rows of one run are neighbors: another writer of the type in the same transaction ends it. */
static gboolean
continue_run (EntInserter *self,
              gint64       row,
              GError     **error)
{
  if (self->first != 0 && row != self->last + 1 && !end_run (self, error))
    return FALSE;
  if (self->first == 0)
    {
      ent_run_digest_begin (self->digest);
      self->first = row;
    }
  self->last = row;
  return TRUE;
}

gboolean
ent_inserter_add (EntInserter    *self,
                  const EntValue *values,
                  EntKey         *key,
                  GError        **error)
{
  return ent_inserter_add_prepared (self, values, NULL, key, error);
}

gboolean
ent_inserter_add_prepared (EntInserter         *self,
                           const EntValue      *values,
                           const EntStoredText *texts,
                           EntKey              *key,
                           GError             **error)
{
  gint64 row = ent_transaction_next_row (self->transaction, self->type, error);
  const EntId *id;

  ent_inserter_take_row (self, values, texts);
  if (row == 0 || !ent_inserter_check_row (self, error) || !continue_run (self, row, error) ||
      !next_id (self, &id, error) || !ent_inserter_write_row (self, row, id, error))
    return FALSE;
  self->n_ids--;
  ent_transaction_take_rows (self->transaction, self->type, 1);
  if (key != NULL)
    *key = ent_key_make (self->type->info->number, row);
  return TRUE;
}

gboolean
ent_inserter_end (EntInserter *self,
                  GError     **error)
{
  EntTransaction *transaction = self->transaction;
  gboolean ok = !transaction->is_broken && ent_inserter_flush (self, error) && end_run (self, error);

  transaction->n_inserters--;
  inserter_free (self);
  return ok;
}
