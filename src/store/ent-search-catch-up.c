/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large runs only note which rows the full-text index lacks. They are indexed afterwards in slices on the
 * writer thread, so that an edit waits for one slice at most. */
#include "config.h"

#include "store/ent-search-private.h"
#include "store/ent-store-private.h"

#define SLICE 4000 /* rows; about a tenth of a second */

/* A run of fewer changed records has been indexed with its transaction. */
#define MIN_CHANGES 1000

typedef struct
{
  gint64 id;
  guint  type;
  gint64 first;
  gint64 last;
} Range;

/* --- A slice -------------------------------------------------------------------------------------- */

static gboolean
read_range (EntConnection *connection,
            Range         *range,
            gboolean      *is_done,
            GError       **error)
{
  static const char sql[] = "SELECT rowid, type, first, last FROM search_pending ORDER BY rowid LIMIT 1";
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = ent_connection_step (connection, statement, error);
  *is_done = code == SQLITE_DONE;
  if (code == SQLITE_ROW)
    *range = (Range) { sqlite3_column_int64 (statement, 0), (guint) sqlite3_column_int (statement, 1),
                       sqlite3_column_int64 (statement, 2), sqlite3_column_int64 (statement, 3) };
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
shorten_range (EntConnection *connection,
               const Range   *range,
               gint64         next,
               GError       **error)
{
  const char *sql = next > range->last ? "DELETE FROM search_pending WHERE rowid = ?1"
                                       : "UPDATE search_pending SET first = ?2 WHERE rowid = ?1";
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, range->id);
  if (next <= range->last)
    sqlite3_bind_int64 (statement, 2, next);
  return ent_connection_step (connection, statement, error) == SQLITE_DONE;
}

typedef struct
{
  gint64   n_rows;  /* to index at most */
  gboolean is_done;
} Slice;

static gboolean
index_slice (EntStore      *store,
             EntConnection *connection,
             gpointer       data,
             GError       **error)
{
  Slice *slice = data;
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  gint64 left = slice->n_rows;

  while (left > 0)
    {
      const EntRecordType *type;
      Range range = { 0 };
      gint64 last;

      if (!read_range (connection, &range, &slice->is_done, error))
        return FALSE;
      if (slice->is_done)
        break;
      type = ent_schema_lookup_number (schema, range.type);
      last = MIN (range.last, range.first + left - 1);
      if ((type != NULL && !ent_search_write (connection, type, range.first, last, error)) ||
          !shorten_range (connection, &range, last + 1, error))
        return FALSE;
      left -= last - range.first + 1;
    }
  return TRUE;
}

gboolean
ent_store_index (EntStore      *store,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Slice slice = { 5 * SLICE, FALSE };

  g_return_val_if_fail (ENT_IS_STORE (store), FALSE);

  while (!slice.is_done)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !ent_store_write_aside (store, index_slice, &slice, error))
      return FALSE;
  return TRUE;
}

/* --- In the background ---------------------------------------------------------------------------- */

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("ent-search-catch-up");
}

static gboolean
catch_up_slice (EntStore      *store,
                EntConnection *connection,
                gpointer       data,
                GError       **error)
{
  Slice slice = { SLICE, FALSE };
  Range range = { 0 };

  /* Most commits leave nothing behind: then not even a transaction is begun. */
  if (!read_range (connection, &range, &slice.is_done, error) || slice.is_done)
    return FALSE;
  if (!ent_connection_exec (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (index_slice (store, connection, &slice, error) && ent_connection_exec (connection, "COMMIT", error))
    return !slice.is_done;
  ent_connection_exec (connection, "ROLLBACK", NULL);
  return FALSE;
}

static void
slice_done (gboolean more,
            GError  *error,
            gpointer data)
{
  EntStore *store = data;

  /* What failed is tried again after the next large run and at the next start. */
  g_clear_error (&error);
  if (more)
    ent_writer_push (store->writer, catch_up_slice, slice_done, store);
}

static gboolean
is_held (EntStore *store)
{
  return g_object_get_qdata (G_OBJECT (store), get_quark ()) != NULL;
}

static void
commit_cb (EntStore   *store,
           EntChanges *changes,
           gpointer    user_data)
{
  if (changes->seq != 0 && (changes->many || changes->keys->len >= MIN_CHANGES) && !is_held (store))
    ent_writer_push (store->writer, catch_up_slice, slice_done, store);
}

void
ent_search_start (EntStore *store)
{
  if (store->writer == NULL)
    return;
  ent_store_add_commit_hook (store, commit_cb, NULL, NULL);
  ent_writer_push (store->writer, catch_up_slice, slice_done, store);
}

void
ent_search_hold (EntStore *store)
{
  g_object_set_qdata (G_OBJECT (store), get_quark (), GINT_TO_POINTER (1));
}
