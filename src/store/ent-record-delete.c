/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LARGE_RUN 20000

/* To the bin and back. deleted_at says when a record went there; everything that went with a record has
 * the same instant, that of the transaction. */

/* Taking a large run out of the index of live titles, or into it, row by row takes longer than making that
 * index anew. */
static gboolean
drop_title_index (EntTransaction      *self,
                  const EntRecordType *type,
                  gint64               n_rows,
                  GError             **error)
{
  gint64 next = ent_transaction_next_row (self, type, error);

  if (next == 0)
    return FALSE;
  return n_rows < LARGE_RUN || n_rows < next / 4 ||
         ent_transaction_drop_index (self, type, "title", error);
}

gboolean
ent_record_write_deleted (EntTransaction  *self,
                          EntKey           key,
                          EntKey           upto,
                          const EntPacked *old_value,
                          const EntPacked *new_value,
                          GError         **error)
{
  const EntRecordType *type = ent_read_type (self->schema, key, error);
  EntChangeOp op = new_value->kind == ENT_PACKED_NULL ? ENT_CHANGE_RESTORE : ENT_CHANGE_DELETE;
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gint64 first = ent_key_row (key);
  gint64 last = upto != 0 ? ent_key_row (upto) : first;

  if (type == NULL || !drop_title_index (self, type, last - first + 1, error))
    return FALSE;
  sql = g_strdup_printf ("UPDATE %s SET deleted_at=?3,updated_at=?4,rev=rev+1"
                         " WHERE \"row\" BETWEEN ?1 AND ?2", ent_sql_table (type));
  statement = ent_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, last);
  ent_packed_bind (new_value, statement, 3);
  sqlite3_bind_int64 (statement, 4, self->at);
  if (!ent_transaction_step (self, statement, error) ||
      !ent_journal_add (self, op, key, upto, NULL, old_value, new_value, error))
    return FALSE;
  memset (self->checked, 0, sizeof self->checked);
  ent_transaction_touch_run (self, type, first, last, FALSE);
  return TRUE;
}

/* --- What belongs to a record --------------------------------------------------------------------- */

/* @condition: on deleted_at. Adds the keys of @type's rows whose @field names @key. */
static gboolean
add_referring (EntTransaction      *self,
               const EntRecordType *type,
               const char          *field,
               EntKey               key,
               gint64               deleted_at,
               GArray              *keys,
               GError             **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (GArray) rows = NULL;

  sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE \"%s\"=?1 AND ifnull(deleted_at,-1)=?2",
                         ent_sql_table (type), field);
  rows = ent_read_rows (self->connection, sql, key, deleted_at, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      EntKey found = ent_key_make (type->info->number, g_array_index (rows, gint64, i));

      g_array_append_val (keys, found);
    }
  return rows != NULL;
}

/* Child lines of the record, and links that end at it, whose deleted_at is @deleted_at (-1: live). */
static gboolean
add_belongings (EntTransaction *self,
                EntKey          key,
                gint64          deleted_at,
                GArray         *keys,
                GError        **error)
{
  const EntRecordType *type = ent_schema_lookup_key (self->schema, key);

  for (guint i = 0; i < type->children->len; i++)
    if (!add_referring (self, g_ptr_array_index (type->children, i), "parent", key, deleted_at, keys,
                        error))
      return FALSE;
  for (guint i = 0; i < ent_schema_get_n_types (self->schema); i++)
    {
      const EntRecordType *link = ent_schema_get_nth (self->schema, i);

      if ((link->info->flags & ENT_RECORD_TYPE_LINK) != 0 &&
          (!add_referring (self, link, "from", key, deleted_at, keys, error) ||
           !add_referring (self, link, "to", key, deleted_at, keys, error)))
        return FALSE;
    }
  return TRUE;
}

/* The record and all that belongs to it, each once, the record first. (transfer full) */
static GArray *
collect (EntTransaction *self,
         EntKey          key,
         gint64          deleted_at,
         GError        **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  g_array_append_val (pending, key);
  for (guint i = 0; i < pending->len; i++)
    {
      EntKey next = g_array_index (pending, EntKey, i);

      if (!g_hash_table_add (seen, g_memdup2 (&next, sizeof next)))
        continue;
      g_array_append_val (keys, next);
      if (!add_belongings (self, next, deleted_at, pending, error))
        return NULL;
    }
  return g_steal_pointer (&keys);
}

/* --- Deleting ------------------------------------------------------------------------------------- */

/* Sets @deleted_at to when the record went to the bin, -1 when it is live. */
static gboolean
read_deleted_at (EntTransaction *self,
                 EntKey          key,
                 gint64         *deleted_at,
                 GError        **error)
{
  const EntRecordType *type = ent_read_type (self->schema, key, error);
  g_autofree char *sql = NULL;
  g_autoptr (GArray) rows = NULL;

  if (type == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT ifnull(deleted_at,-1) FROM %s WHERE \"row\"=?1", ent_sql_table (type));
  rows = ent_read_rows (self->connection, sql, ent_key_row (key), 0, error);
  if (rows == NULL)
    return FALSE;
  *deleted_at = rows->len > 0 ? g_array_index (rows, gint64, 0) : 0;
  if (*deleted_at == 0)
    {
      g_autofree char *code = ent_record_type_make_code (type, ent_key_row (key));

      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                   _("There is no record %s in this workspace."), code);
    }
  return *deleted_at != 0;
}

gboolean
ent_transaction_delete (EntTransaction *self,
                        EntKey          key,
                        GError        **error)
{
  g_autoptr (GArray) keys = NULL;
  EntPacked live = ENT_PACKED_INIT;
  EntPacked now = ENT_PACKED_INIT;
  gint64 deleted_at;

  if (!read_deleted_at (self, key, &deleted_at, error))
    return FALSE;
  if (deleted_at > 0)
    return TRUE;
  keys = collect (self, key, -1, error);
  if (keys == NULL)
    return FALSE;
  /* All is checked before anything is written, so that a refusal leaves the transaction usable. */
  for (guint i = 0; i < keys->len; i++)
    if (!ent_validate_deletable (self, g_array_index (keys, EntKey, i), error))
      return FALSE;
  ent_packed_set_int (&now, self->at);
  for (guint i = 0; i < keys->len; i++)
    if (!ent_record_write_deleted (self, g_array_index (keys, EntKey, i), 0, &live, &now, error))
      return FALSE;
  return TRUE;
}

/* --- Restoring ------------------------------------------------------------------------------------ */

static gboolean
contains (GArray *keys,
          EntKey  key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, EntKey, i) == key)
      return TRUE;
  return FALSE;
}

/* Whether the ends of a link and the parent of a line are live or come back too. */
static gboolean
has_its_ends (EntTransaction *self,
              EntRecord      *record,
              GArray         *keys)
{
  const EntRecordTypeFlags flags = ent_record_get_record_type (record)->info->flags;
  static const char * const link_ends[] = { "from", "to", NULL };
  static const char * const line_ends[] = { "parent", NULL };
  const char * const *ends = NULL;

  if ((flags & ENT_RECORD_TYPE_LINK) != 0)
    ends = link_ends;
  else if ((flags & ENT_RECORD_TYPE_CHILD) != 0)
    ends = line_ends;
  for (; ends != NULL && *ends != NULL; ends++)
    {
      EntKey end = ent_record_get_ref (record, *ends);

      if (end != 0 && !contains (keys, end) && !ent_transaction_exists (self, end))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_unique_again (EntTransaction *self,
                    EntRecord      *record,
                    GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (!ent_validate_unique (self, ent_record_type_get_nth (type, i), ent_record_get (record, i),
                              ent_record_get_key (record), error))
      return FALSE;
  return TRUE;
}

static gboolean
fail_no_ends (EntTransaction *self,
              EntKey          key,
              GError        **error)
{
  g_autofree char *label = ent_read_label (self->connection, self->schema, key);

  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
               _("%s belongs to a record that is in the bin; restore that one first."), label);
  return FALSE;
}

gboolean
ent_transaction_restore (EntTransaction *self,
                         EntKey          key,
                         GError        **error)
{
  g_autoptr (GArray) keys = NULL;
  EntPacked live = ENT_PACKED_INIT;
  EntPacked then = ENT_PACKED_INIT;
  gint64 deleted_at;

  if (!read_deleted_at (self, key, &deleted_at, error))
    return FALSE;
  if (deleted_at < 0)
    return TRUE;
  keys = collect (self, key, deleted_at, error);
  if (keys == NULL)
    return FALSE;
  ent_packed_set_int (&then, deleted_at);
  for (guint i = 0; i < keys->len; i++)
    {
      EntKey next = g_array_index (keys, EntKey, i);
      g_autoptr (EntRecord) record = ent_transaction_get (self, next, error);

      if (record == NULL || !check_unique_again (self, record, error))
        return FALSE;
      /* A link whose other end is still in the bin stays there with it. */
      if (!has_its_ends (self, record, keys))
        {
          if (i == 0)
            return fail_no_ends (self, next, error);
          continue;
        }
      if (!ent_record_write_deleted (self, next, 0, &then, &live, error))
        return FALSE;
    }
  return TRUE;
}
