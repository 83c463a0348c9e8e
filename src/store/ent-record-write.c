/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Inserting and changing records one by one. */

/* --- Inserting ------------------------------------------------------------------------------------ */

/* A record may have been made with another version of the schema: fields are found by name then. */
static EntRecord *
adopt (EntTransaction *self,
       EntRecord      *record,
       GError        **error)
{
  const EntRecordType *its = ent_record_get_record_type (record);
  const EntRecordType *own = ent_validate_type (self, its, error);
  EntRecord *copy;

  if (own == NULL || own == its)
    return own != NULL ? g_object_ref (record) : NULL;
  copy = ent_record_new (own);
  ent_record_set_key (copy, ent_record_get_key (record));
  ent_record_set_id (copy, ent_record_get_id (record));
  for (guint i = 0; i < ent_record_type_get_n_fields (its); i++)
    {
      const EntField *field = ent_record_type_lookup (own, ent_record_type_get_nth (its, i)->info.name);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (field == NULL || !ent_record_has (record, i))
        continue;
      ent_value_copy (ent_record_get (record, i), &value);
      if (ent_record_is_dirty (record, i))
        ent_record_take (copy, field->index, &value);
      else
        ent_record_load (copy, field->index, &value);
    }
  return copy;
}

static void
fill_defaults (EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  EntReadContext context = { 0 };

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (field->info.default_value == NULL || ent_record_has (record, i))
        continue;
      ent_field_get_default (field, &context, &value);
      ent_record_load (record, i, &value);
    }
}

static gboolean
check_record (EntTransaction *self,
              EntRecord      *record,
              GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if ((field->info.flags & ENT_FIELD_SYSTEM) == 0 &&
          !ent_validate_value (self, field, ent_record_get (record, i), 0, error))
        return FALSE;
    }
  return ent_validate_required (self, record, error);
}

char *
ent_insert_sql (const EntRecordType *type,
                const guint         *fields,
                gsize                n_fields,
                const char          *source)
{
  GString *sql = g_string_new (NULL);
  guint n_values = 6;

  g_string_append_printf (sql, "INSERT INTO %s (\"row\",\"id\",title_key,created_at,updated_at,rev",
                          ent_sql_table (type));
  for (gsize i = 0; i < n_fields; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, fields[i]);

      g_string_append_printf (sql, ",\"%s\"", field->column);
      n_values++;
      if (field->currency_column == NULL)
        continue;
      g_string_append_printf (sql, ",\"%s\"", field->currency_column);
      n_values++;
    }
  if (source != NULL)
    {
      g_string_append (sql, ") SELECT c1,c2,c3,?4,?5,1");
      for (guint i = 6; i < n_values; i++)
        g_string_append_printf (sql, ",c%u", i);
      g_string_append_printf (sql, " FROM %s", source);
      return g_string_free (sql, FALSE);
    }
  g_string_append (sql, ") VALUES (?,?,?,?,?,1");
  for (guint i = 6; i < n_values; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static GArray *
list_own_fields (const EntRecordType *type)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if ((ent_record_type_get_nth (type, i)->info.flags & ENT_FIELD_SYSTEM) == 0)
      g_array_append_val (fields, i);
  return fields;
}

static gboolean
write_row (EntTransaction *self,
           EntRecord      *record,
           gint64          row,
           const EntId    *id,
           GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntValue *title = ent_record_get (record, ENT_COMMON_TITLE);
  g_autofree char *key = title->kind == ENT_VALUE_TEXT ? ent_text_key (title->text) : NULL;
  g_autoptr (GArray) fields = list_own_fields (type);
  g_autofree char *sql = ent_insert_sql (type, (guint *) (gpointer) fields->data, fields->len, NULL);
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);
  int index = 6;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_blob (statement, 2, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  ent_connection_bind_text (statement, 3, key);
  sqlite3_bind_int64 (statement, 4, self->at);
  sqlite3_bind_int64 (statement, 5, self->at);
  for (guint i = 0; i < fields->len; i++)
    {
      guint field = g_array_index (fields, guint, i);

      ent_sql_bind_value (statement, &index, ent_record_type_get_nth (type, field),
                          ent_record_get (record, field));
    }
  return ent_transaction_step (self, statement, error);
}

static gboolean
record_creation (EntTransaction *self,
                 EntRecord      *record,
                 EntKey          key,
                 const EntId    *id,
                 GError        **error)
{
  g_autoptr (EntRowDigester) digester = NULL;
  EntPacked nothing = ENT_PACKED_INIT;
  EntPacked sum = ENT_PACKED_INIT;
  guint8 digest[ENT_DIGEST_SIZE];

  digester = ent_row_digester_new (ent_record_get_record_type (record), NULL, 0);
  g_byte_array_set_size (self->scratch, 0);
  ent_row_digester_begin (self->scratch, key, id);
  for (guint i = 0; i < digester->n_fields; i++)
    ent_row_digester_value (self->scratch, digester->tags[i], digester->fields[i],
                            ent_record_get (record, digester->fields[i]->index));
  EVP_Digest (self->scratch->data, self->scratch->len, digest, NULL, EVP_sha256 (), NULL);
  ent_packed_set_blob (&sum, digest, sizeof digest);
  return ent_journal_add (self, ENT_CHANGE_CREATE, key, 0, NULL, &nothing, &sum, error);
}

static void
load_system_int (EntRecord *record,
                 guint      field,
                 gint64     number)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, number);
  ent_record_load (record, field, &value);
}

static gboolean
check_id_is_free (EntTransaction *self,
                  EntRecord      *record,
                  GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntId *id = ent_record_get_id (record);
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  int code;

  if (ent_record_get_key (record) != 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                   _("%s is stored already."), ent_record_get_code (record));
      return FALSE;
    }
  /* Sync looks ids up by itself, in an index. */
  if (ent_id_is_zero (id) || self->origin == ENT_ORIGIN_SYNC)
    return TRUE;
  sql = g_strdup_printf ("SELECT 1 FROM %s WHERE \"id\" = ?1", ent_sql_table (type));
  statement = ent_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_blob (statement, 1, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  code = ent_connection_step (self->connection, statement, error);
  sqlite3_reset (statement);
  if (code == SQLITE_ROW)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS,
                 _("“%s” is in this workspace already."), ent_record_get_title (record));
  return code == SQLITE_DONE;
}

static gboolean
insert_adopted (EntTransaction *self,
                EntRecord      *record,
                GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  EntId id = *ent_record_get_id (record);
  gint64 row;
  EntKey key;

  fill_defaults (record);
  if (!check_id_is_free (self, record, error) || !check_record (self, record, error))
    return FALSE;
  row = ent_transaction_next_row (self, type, error);
  if (row == 0)
    return FALSE;
  if (ent_id_is_zero (&id))
    ent_id_init_new (&id);
  key = ent_key_make (type->info->number, row);
  if (!write_row (self, record, row, &id, error) || !record_creation (self, record, key, &id, error))
    return FALSE;
  ent_transaction_take_rows (self, type, 1);
  ent_transaction_touch (self, key, TRUE);
  ent_record_set_id (record, &id);
  ent_record_set_key (record, key);
  load_system_int (record, ENT_COMMON_CREATED_AT, self->at);
  load_system_int (record, ENT_COMMON_UPDATED_AT, self->at);
  load_system_int (record, ENT_COMMON_REV, 1);
  ent_record_mark_clean (record);
  ent_guard_note_new (self, record);
  return TRUE;
}

gboolean
ent_transaction_insert (EntTransaction *self,
                        EntRecord      *record,
                        GError        **error)
{
  g_autoptr (EntRecord) own = adopt (self, record, error);

  if (own == NULL || !insert_adopted (self, own, error))
    return FALSE;
  if (own != record)
    {
      ent_record_set_id (record, ent_record_get_id (own));
      ent_record_set_key (record, ent_record_get_key (own));
      ent_record_mark_clean (record);
    }
  return TRUE;
}

/* --- Changing ------------------------------------------------------------------------------------- */

static gboolean
update_row (EntTransaction  *self,
            EntKey           key,
            const EntField  *field,
            const EntPacked *packed,
            GError         **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *title_key = NULL;
  sqlite3_stmt *statement;
  int index = 4;

  ent_packed_get_value (packed, field, &value);
  g_string_append_printf (sql, "UPDATE %s SET updated_at=?2,rev=rev+1,", ent_sql_table (field->type));
  if (field->index == ENT_COMMON_TITLE)
    g_string_append (sql, "title_key=?3,");
  g_string_append_printf (sql, "\"%s\"=?4", field->column);
  if (field->currency_column != NULL)
    g_string_append_printf (sql, ",\"%s\"=?5", field->currency_column);
  g_string_append (sql, " WHERE \"row\"=?1");
  statement = ent_connection_prepare (self->connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, ent_key_row (key));
  sqlite3_bind_int64 (statement, 2, self->at);
  if (field->index == ENT_COMMON_TITLE && value.kind == ENT_VALUE_TEXT)
    {
      title_key = ent_text_key (value.text);
      ent_connection_bind_text (statement, 3, title_key);
    }
  ent_sql_bind_value (statement, &index, field, &value);
  return ent_transaction_step (self, statement, error);
}

gboolean
ent_record_write_field (EntTransaction  *self,
                        EntKey           key,
                        const EntField  *field,
                        const EntPacked *old_value,
                        const EntPacked *new_value,
                        GError         **error)
{
  if (!update_row (self, key, field, new_value, error) ||
      !ent_journal_add (self, ENT_CHANGE_SET, key, 0, field->column, old_value, new_value, error))
    return FALSE;
  ent_transaction_touch (self, key, (field->info.flags & ENT_FIELD_SEARCHED) != 0 ||
                                    field->index == ENT_COMMON_TITLE);
  return TRUE;
}

/* Reads what the field holds now. The record must be there and live. */
static gboolean
read_current (EntTransaction *self,
              EntKey          key,
              const EntField *field,
              EntValue       *value,
              GError        **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT deleted_at IS NULL,");
  g_autofree char *code_text = NULL;
  sqlite3_stmt *statement;
  gboolean is_live = FALSE;
  int column = 1;
  int code;

  ent_sql_append_columns (sql, field->type, &field->index, 1);
  g_string_append_printf (sql, " FROM %s WHERE \"row\"=?1", ent_sql_table (field->type));
  statement = ent_connection_prepare (self->connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, ent_key_row (key));
  code = ent_connection_step (self->connection, statement, error);
  if (code == SQLITE_ROW)
    {
      is_live = sqlite3_column_int (statement, 0) != 0;
      ent_sql_read_value (statement, &column, field, value);
    }
  sqlite3_reset (statement);
  if (is_live || (code != SQLITE_ROW && code != SQLITE_DONE))
    return is_live;
  code_text = ent_record_type_make_code (field->type, ent_key_row (key));
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
               code == SQLITE_ROW ? _("%s is in the bin; restore it to change it.")
                                  : _("There is no record %s in this workspace."), code_text);
  return FALSE;
}

/* What was once written in an append-only record stays; what was left empty may be filled in, and its
 * state may move on. */
static gboolean
check_may_change (const EntField *field,
                  const EntValue *current,
                  GError        **error)
{
  const EntRecordTypeInfo *type = field->type->info;

  if ((type->flags & ENT_RECORD_TYPE_APPEND_ONLY) == 0 || ent_value_is_null (current) ||
      g_strcmp0 (type->state_field, field->info.name) == 0)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
               _("%s of a %s cannot be changed; add a row that reverses it."),
               ent_field_get_label (field), ent_record_type_get_label (field->type, FALSE));
  return FALSE;
}

static gboolean
check_not_required (EntTransaction *self,
                    EntKey          key,
                    const EntField *field,
                    const EntValue *value,
                    GError        **error)
{
  g_autoptr (EntRecord) record = NULL;
  g_auto (GStrv) kinds = NULL;

  if ((field->info.flags & ENT_FIELD_REQUIRED) == 0 || !ent_value_is_null (value))
    return TRUE;
  record = ent_transaction_get (self, key, error);
  if (record == NULL)
    return FALSE;
  kinds = ent_record_dup_kinds (record);
  return !ent_field_applies_to (field, (const char * const *) kinds) ||
         ent_fail_required (field, error);
}

/* Whether @field can be set to @value; @own: the transaction's own field, @current: what it holds, both out. */
static gboolean
check_set (EntTransaction  *self,
           EntKey           key,
           const EntField  *field,
           const EntValue  *value,
           const EntField **own,
           EntValue        *current,
           GError         **error)
{
  const EntRecordType *type = ent_read_type (self->schema, key, error);

  *own = type != NULL ? ent_record_type_lookup (type, field->info.name) : NULL;
  if (type == NULL)
    return FALSE;
  if (*own == NULL)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID, _("%s has no field “%s”."),
                   ent_record_type_get_label (type, FALSE), field->info.name);
      return FALSE;
    }
  return read_current (self, key, *own, current, error) &&
         (ent_value_equal (current, value) ||
          (check_may_change (*own, current, error) && ent_validate_value (self, *own, value, key, error) &&
           check_not_required (self, key, *own, value, error)));
}

gboolean
ent_transaction_set (EntTransaction *self,
                     EntKey          key,
                     const EntField *field,
                     const EntValue *value,
                     GError        **error)
{
  g_auto (EntValue) current = ENT_VALUE_INIT;
  g_auto (EntPacked) old_value = ENT_PACKED_INIT;
  g_auto (EntPacked) new_value = ENT_PACKED_INIT;
  const EntField *own;

  if (!check_set (self, key, field, value, &own, &current, error))
    return FALSE;
  if (ent_value_equal (&current, value))
    return TRUE;
  ent_guard_note (self, key, own, &current);
  ent_packed_set_value (&old_value, own, &current);
  ent_packed_set_value (&new_value, own, value);
  return ent_record_write_field (self, key, own, &old_value, &new_value, error);
}

/* All or nothing: who asks may go on with the transaction after a refusal. One field needs no check of its own. */
static gboolean
check_update (EntTransaction *self,
              EntRecord      *record,
              GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  g_autoptr (GArray) dirty = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_record_is_dirty (record, i))
      g_array_append_val (dirty, i);
  for (guint i = 0; dirty->len > 1 && i < dirty->len; i++)
    {
      guint field = g_array_index (dirty, guint, i);
      g_auto (EntValue) current = ENT_VALUE_INIT;
      const EntField *own;

      if (!check_set (self, ent_record_get_key (record), ent_record_type_get_nth (type, field), ent_record_get (record, field),
                      &own, &current, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_transaction_update (EntTransaction *self,
                        EntRecord      *record,
                        GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  if (!check_update (self, record, error))
    return FALSE;
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_record_is_dirty (record, i) &&
        !ent_transaction_set (self, ent_record_get_key (record), ent_record_type_get_nth (type, i),
                              ent_record_get (record, i), error))
      return FALSE;
  ent_record_mark_clean (record);
  return TRUE;
}
