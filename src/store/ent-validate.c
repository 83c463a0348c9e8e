/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const EntRecordType *
ent_validate_type (EntTransaction      *self,
                   const EntRecordType *type,
                   GError             **error)
{
  const EntRecordType *own = ent_schema_lookup_number (self->schema, type->info->number);

  if (own == NULL)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                 _("This workspace has no records of type “%s”; update Entente."), type->info->name);
  return own;
}

/* --- References ----------------------------------------------------------------------------------- */

static EntKey *
checked_slot (EntTransaction *self,
              EntKey          key)
{
  return &self->checked[(guint64) key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 54];
}

static gboolean
is_wanted_type (const EntField      *field,
                const EntRecordType *type)
{
  return g_strcmp0 (field->info.target, "*") == 0 ||
         g_strcmp0 (field->info.target, type->info->name) == 0;
}

static gboolean
fail_reference (const EntField *field,
                EntKey          key,
                const char     *format,
                GError        **error)
{
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, key);

  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID, format,
               ent_field_get_label (field), number);
  return FALSE;
}

static gboolean
check_reference (EntTransaction *self,
                 const EntField *field,
                 EntKey          key,
                 GError        **error)
{
  const EntRecordType *type = key > 0 ? ent_schema_lookup_key (self->schema, key) : NULL;
  EntKey *slot = checked_slot (self, key);

  if (type == NULL)
    return fail_reference (field, key, _("%s: there is no record %s; choose another."), error);
  if (!is_wanted_type (field, type))
    return fail_reference (field, key, _("%s: record %s is of another kind; choose another."), error);
  /* Imports name the same few records again and again. */
  if (*slot == key)
    return TRUE;
  /* What another laptop deleted may still be named by a record of a third. */
  if (self->origin != ENT_ORIGIN_SYNC && !ent_transaction_exists (self, key))
    return fail_reference (field, key, _("%s: record %s does not exist or is in the bin."), error);
  *slot = key;
  return TRUE;
}

gboolean
ent_validate_references (EntTransaction *self,
                         const EntField *field,
                         const EntValue *value,
                         GError        **error)
{
  if (field->info.type != ENT_FIELD_REF)
    return TRUE;
  if (value->kind == ENT_VALUE_INT)
    return check_reference (self, field, value->integer, error);
  for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer; i++)
    if (!check_reference (self, field, value->keys[i], error))
      return FALSE;
  return TRUE;
}

/* --- Uniqueness ----------------------------------------------------------------------------------- */

static gboolean
find_equal (EntTransaction *self,
            const EntField *field,
            const EntValue *value,
            EntKey          except,
            EntKey         *found,
            GError        **error)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  int index = 1;
  int code;

  *found = 0;
  sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE \"%s\" = ?1 AND \"%s\" IS NOT NULL"
                         " AND deleted_at IS NULL AND \"row\" <> ?%d LIMIT 1",
                         ent_sql_table (field->type), field->column, field->column,
                         field->currency_column != NULL ? 3 : 2);
  statement = ent_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  ent_sql_bind_value (statement, &index, field, value);
  sqlite3_bind_int64 (statement, index, ent_key_row (except));
  code = ent_connection_step (self->connection, statement, error);
  if (code == SQLITE_ROW)
    *found = ent_key_make (field->type->info->number, sqlite3_column_int64 (statement, 0));
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

EntKey
ent_transaction_find (EntTransaction *self,
                      const EntField *field,
                      const EntValue *value,
                      GError        **error)
{
  EntKey found = 0;

  if (!ent_value_is_null (value))
    find_equal (self, field, value, 0, &found, error);
  return found;
}

gboolean
ent_validate_unique (EntTransaction *self,
                     const EntField *field,
                     const EntValue *value,
                     EntKey          key,
                     GError        **error)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  EntKey found;

  if ((field->info.flags & ENT_FIELD_UNIQUE) == 0 || ent_value_is_null (value))
    return TRUE;
  if (!find_equal (self, field, value, key, &found, error))
    return FALSE;
  if (found == 0)
    return TRUE;
  text = ent_value_write (field, value);
  label = ent_read_label (self->connection, self->schema, found);
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS,
               _("%s: “%s” is taken already by %s."), ent_field_get_label (field), text, label);
  return FALSE;
}

gboolean
ent_validate_value (EntTransaction *self,
                    const EntField *field,
                    const EntValue *value,
                    EntKey          key,
                    GError        **error)
{
  g_autoptr (GError) local = NULL;

  if ((field->info.flags & ENT_FIELD_SYSTEM) != 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                   _("%s is kept by the workspace and cannot be set."), ent_field_get_label (field));
      return FALSE;
    }
  if (!ent_value_check (field, value, &local))
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID, local->message);
      return FALSE;
    }
  return ent_validate_references (self, field, value, error) &&
         ent_validate_unique (self, field, value, key, error);
}

/* --- Required ------------------------------------------------------------------------------------- */

gboolean
ent_fail_required (const EntField *field,
                   GError        **error)
{
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
               _("%s: “%s” must not be empty."), ent_record_type_get_label (field->type, FALSE),
               ent_field_get_label (field));
  return FALSE;
}

gboolean
ent_validate_required (EntTransaction *self,
                       EntRecord      *record,
                       GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  g_auto (GStrv) kinds = ent_record_dup_kinds (record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if ((field->info.flags & ENT_FIELD_REQUIRED) != 0 &&
          ent_value_is_null (ent_record_get (record, i)) &&
          ent_field_applies_to (field, (const char * const *) kinds))
        return ent_fail_required (field, error);
    }
  return TRUE;
}

/* --- Deleting ------------------------------------------------------------------------------------- */

/* Live rows of an append-only type that name the record; ledger rows must keep what they are about. */
static gboolean
count_fixed_referrers (EntTransaction      *self,
                       const EntRecordType *type,
                       EntKey               key,
                       gint64              *count,
                       GError             **error)
{
  for (guint i = 0; i < ent_record_type_get_n_fields (type) && *count == 0; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_autofree char *sql = NULL;

      if (field->info.type != ENT_FIELD_REF || ent_field_is_many (field))
        continue;
      sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE \"%s\" = ?1 AND deleted_at IS NULL",
                             ent_sql_table (type), field->column);
      if (!ent_read_int (self->connection, sql, key, count, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_validate_deletable (EntTransaction *self,
                        EntKey          key,
                        GError        **error)
{
  const EntRecordType *type = ent_schema_lookup_key (self->schema, key);
  g_autofree char *label = NULL;
  gint64 count = 0;

  if ((type->info->flags & ENT_RECORD_TYPE_APPEND_ONLY) != 0)
    {
      label = ent_read_label (self->connection, self->schema, key);
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                   _("%s cannot be deleted; add a row that reverses it."), label);
      return FALSE;
    }
  for (guint i = 0; i < ent_schema_get_n_types (self->schema); i++)
    {
      const EntRecordType *other = ent_schema_get_nth (self->schema, i);

      if ((other->info->flags & ENT_RECORD_TYPE_APPEND_ONLY) == 0)
        continue;
      if (!count_fixed_referrers (self, other, key, &count, error))
        return FALSE;
      if (count == 0)
        continue;
      label = ent_read_label (self->connection, self->schema, key);
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                   _("%s is named in the %s and cannot be deleted; mark it as ended instead."), label,
                   ent_record_type_get_label (other, TRUE));
      return FALSE;
    }
  return TRUE;
}
