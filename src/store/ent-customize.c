/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A workspace's own choices and fields. The journal names one "choice:TYPE.FIELD.VALUE" or
 * "field:TYPE.NAME"; taking it back only marks it as removed, so that doing it again brings back the
 * same one, and a column, once made, stays. */

static gboolean
journal_schema (EntTransaction *self,
                const char     *name,
                const char     *what,
                gboolean        removed,
                GError        **error)
{
  EntPacked nothing = ENT_PACKED_INIT;
  EntPacked text = ENT_PACKED_INIT;

  ent_packed_set_text (&text, what);
  self->schema_changed = TRUE;
  self->types = G_MAXUINT64;
  return ent_journal_add (self, ENT_CHANGE_SCHEMA, 0, 0, name, removed ? &text : &nothing,
                          removed ? &nothing : &text, error);
}

static const EntField *
lookup_own (EntTransaction *self,
            const EntField *field)
{
  const EntRecordType *type = ent_schema_lookup_number (self->schema, field->type->info->number);

  return type != NULL ? ent_record_type_lookup (type, field->info.name) : NULL;
}

static gboolean
write_choice (EntTransaction  *self,
              const char      *type,
              const char      *field,
              const EntChoice *choice,
              GError         **error)
{
  static const char sql[] =
    "INSERT INTO choice (type, field, value, label, tone) VALUES (?1, ?2, ?3, ?4, ?5)"
    " ON CONFLICT DO UPDATE SET label = ?4, tone = ?5, removed = 0";
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  ent_connection_bind_text (statement, 1, type);
  ent_connection_bind_text (statement, 2, field);
  ent_connection_bind_text (statement, 3, choice->value);
  ent_connection_bind_text (statement, 4, choice->label);
  sqlite3_bind_int (statement, 5, choice->tone);
  return ent_transaction_step (self, statement, error);
}

gboolean
ent_transaction_add_choice (EntTransaction  *self,
                            const EntField  *field,
                            const EntChoice *choice,
                            GError         **error)
{
  const EntField *own = lookup_own (self, field);
  const char *type = field->type->info->name;
  g_autofree char *name = NULL;

  if (own == NULL || own->choices == NULL || (own->info.flags & ENT_FIELD_OPEN) == 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                   _("The choices of “%s” are fixed."), ent_field_get_label (field));
      return FALSE;
    }
  if (ent_field_lookup_choice (own, choice->value) != NULL)
    return TRUE;
  name = g_strdup_printf ("choice:%s.%s.%s", type, field->info.name, choice->value);
  return write_choice (self, type, field->info.name, choice, error) &&
         journal_schema (self, name, choice->label != NULL ? choice->label : choice->value, FALSE, error);
}

/* --- Fields --------------------------------------------------------------------------------------- */

static gboolean
write_field (EntTransaction       *self,
             const EntCustomField *field,
             GError              **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO custom_field VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,0)";
  const EntFieldInfo *info = &field->info;
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  ent_connection_bind_text (statement, 1, field->type);
  ent_connection_bind_text (statement, 2, info->name);
  sqlite3_bind_int (statement, 3, info->type);
  sqlite3_bind_int (statement, 4, info->flags);
  ent_connection_bind_text (statement, 5, info->label);
  ent_connection_bind_text (statement, 6, info->help);
  ent_connection_bind_text (statement, 7, info->target);
  ent_connection_bind_text (statement, 8, info->unit);
  ent_connection_bind_text (statement, 9, info->default_value);
  sqlite3_bind_int64 (statement, 10, info->min);
  sqlite3_bind_int64 (statement, 11, info->max);
  ent_connection_bind_text (statement, 12, info->group);
  ent_connection_bind_text (statement, 13, info->kinds);
  ent_connection_bind_text (statement, 14, info->aliases);
  sqlite3_bind_int (statement, 15, info->merge);
  sqlite3_bind_int (statement, 16, info->width);
  return ent_transaction_step (self, statement, error);
}

/* A column that an earlier field of the name left behind serves again if it holds the same kind of
 * value; ALTER TABLE would leave it as it is. */
static gboolean
check_column (EntTransaction *self,
              const EntField *field,
              GError        **error)
{
  static const char sql[] = "SELECT type FROM pragma_table_info (?1) WHERE name = ?2";
  gboolean is_number = field->info.type == ENT_FIELD_MONEY || ent_field_is_integer (field);
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);
  gboolean fits = TRUE;
  int code;

  if (statement == NULL)
    return FALSE;
  ent_connection_bind_text (statement, 1, field->type->info->name);
  ent_connection_bind_text (statement, 2, field->column);
  code = ent_connection_step (self->connection, statement, error);
  if (code == SQLITE_ROW)
    fits = strcmp ((const char *) sqlite3_column_text (statement, 0), is_number ? "INTEGER" : "TEXT") == 0;
  sqlite3_reset (statement);
  if (!fits)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS,
                 _("A field “%s” of another kind was here before; choose another name."),
                 field->info.name);
  return fits && (code == SQLITE_ROW || code == SQLITE_DONE);
}

static gboolean
build_field (EntTransaction       *self,
             const EntCustomField *custom,
             GError              **error)
{
  g_autoptr (EntSchema) schema = NULL;
  g_autofree char *name = g_strdup_printf ("field:%s.%s", custom->type, custom->info.name);
  const EntChoice *choice = custom->info.choices;
  const EntRecordType *type;

  if (!write_field (self, custom, error))
    return FALSE;
  for (; choice != NULL && choice->value != NULL; choice++)
    if (!write_choice (self, custom->type, custom->info.name, choice, error))
      return FALSE;
  schema = ent_tables_load_schema (self->connection, error);
  if (schema == NULL)
    return FALSE;
  type = ent_schema_lookup (schema, custom->type);
  return check_column (self, ent_record_type_lookup (type, custom->info.name), error) &&
         ent_tables_add_types (self->connection, schema, error) &&
         journal_schema (self, name, custom->info.label, FALSE, error);
}

gboolean
ent_transaction_add_field (EntTransaction       *self,
                           const EntCustomField *field,
                           GError              **error)
{
  const EntRecordType *type = ent_schema_lookup (self->schema, field->type);

  if (type == NULL || field->info.name == NULL || field->info.label == NULL ||
      ent_record_type_lookup (type, field->info.name) != NULL)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS,
                   _("A field “%s” cannot be added to “%s”; choose another name."),
                   field->info.name, field->type);
      return FALSE;
    }
  /* The declaration is checked by building a schema from it, so it must be written first. */
  if (!ent_connection_exec (self->connection, "SAVEPOINT field", error))
    return FALSE;
  if (build_field (self, field, error))
    return ent_connection_exec (self->connection, "RELEASE field", error);
  ent_connection_exec (self->connection, "ROLLBACK TO field; RELEASE field", NULL);
  return FALSE;
}

/* --- Taking back ---------------------------------------------------------------------------------- */

gboolean
ent_customize_set_removed (EntTransaction *self,
                           const char     *name,
                           const char     *what,
                           gboolean        removed,
                           GError        **error)
{
  gboolean is_field = g_str_has_prefix (name, "field:");
  const char *path = strchr (name, ':');
  g_auto (GStrv) parts = path != NULL ? g_strsplit (path + 1, ".", 3) : NULL;
  sqlite3_stmt *statement;

  if (parts == NULL || g_strv_length (parts) != (is_field ? 2 : 3))
    return ent_connection_fail (self->connection, SQLITE_CORRUPT, error);
  statement = ent_connection_prepare (self->connection, is_field
    ? "UPDATE custom_field SET removed = ?1 WHERE type = ?2 AND name = ?3"
    : "UPDATE choice SET removed = ?1 WHERE type = ?2 AND field = ?3 AND value = ?4", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, removed);
  for (guint i = 0; parts[i] != NULL; i++)
    ent_connection_bind_text (statement, (int) i + 2, parts[i]);
  return ent_transaction_step (self, statement, error) &&
         journal_schema (self, name, what, removed, error);
}
