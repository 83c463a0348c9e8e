/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Finding the record that a text names. The ways are tried from the most to the least exact; the first
 * that finds something decides. */

typedef struct
{
  EntConnection       *connection;
  EntSchema           *schema;
  const EntRecordType *type; /* NULL: any */
  const char          *text;
  EntKey               found;
  guint                n_found; /* stops at 2 */
} Search;

static gboolean
search_type (Search              *search,
             const EntRecordType *type,
             const char          *condition,
             const char          *text,
             const EntId         *id,
             GError             **error)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  int code;

  sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE %s AND deleted_at IS NULL LIMIT 2",
                         ent_sql_table (type), condition);
  statement = ent_connection_prepare (search->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  if (id != NULL)
    sqlite3_bind_blob (statement, 1, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  else
    ent_connection_bind_text (statement, 1, text);
  while ((code = ent_connection_step (search->connection, statement, error)) == SQLITE_ROW)
    {
      search->found = ent_key_make (type->info->number, sqlite3_column_int64 (statement, 0));
      search->n_found++;
    }
  return code == SQLITE_DONE;
}

/* In the wanted type, or in every type. */
static gboolean
search_all (Search      *search,
            const char  *condition,
            const char  *text,
            const EntId *id,
            GError     **error)
{
  if (search->type != NULL)
    return search_type (search, search->type, condition, text, id, error);
  for (guint i = 0; i < ent_schema_get_n_types (search->schema) && search->n_found < 2; i++)
    if (!search_type (search, ent_schema_get_nth (search->schema, i), condition, text, id, error))
      return FALSE;
  return TRUE;
}

/* A key that the text spells out counts when the record is there, live, and of the wanted type. */
static gboolean
try_key (Search  *search,
         EntKey   key,
         GError **error)
{
  const EntRecordType *type = key > 0 ? ent_schema_lookup_key (search->schema, key) : NULL;
  g_autofree char *sql = NULL;
  gint64 is_live;

  if (type == NULL || (search->type != NULL && type->info->number != search->type->info->number))
    return TRUE;
  sql = g_strdup_printf ("SELECT deleted_at IS NULL FROM %s WHERE \"row\" = ?1", ent_sql_table (type));
  if (!ent_read_int (search->connection, sql, ent_key_row (key), &is_live, error))
    return FALSE;
  if (is_live)
    {
      search->found = key;
      search->n_found = 1;
    }
  return TRUE;
}

static EntKey
read_number (const char *text)
{
  guint64 key;

  if (*text != '#' || !g_ascii_string_to_unsigned (text + 1, 10, 1, G_MAXINT64, &key, NULL))
    return 0;
  return (EntKey) key;
}

#define REF_CONDITION "\"ref\" = ?1"
#define TITLE_CONDITION "title_key = ?1"

static gboolean
search_exact (Search  *search,
              GError **error)
{
  EntId id;

  if (!try_key (search, read_number (search->text), error))
    return FALSE;
  if (search->n_found == 0 && !try_key (search, ent_schema_read_code (search->schema, search->text), error))
    return FALSE;
  if (search->n_found == 0 && ent_id_parse (&id, search->text))
    return search_all (search, "\"id\" = ?1", NULL, &id, error);
  if (search->n_found == 0 && g_ascii_strncasecmp (search->text, "ref:", 4) == 0)
    return search_all (search, REF_CONDITION, search->text + 4, NULL, error);
  return TRUE;
}

static gboolean
search_loose (Search  *search,
              GError **error)
{
  g_autofree char *title = NULL;

  if (!search_all (search, REF_CONDITION, search->text, NULL, error))
    return FALSE;
  if (search->n_found > 0)
    return TRUE;
  title = ent_text_key (search->text);
  return *title == '\0' || search_all (search, TITLE_CONDITION, title, NULL, error);
}

static EntKey
conclude (const Search *search,
          const char   *text,
          GError      **error)
{
  const char *label = search->type != NULL ? ent_record_type_get_label (search->type, FALSE) : NULL;

  if (search->n_found == 1)
    return search->found;
  if (search->n_found > 1)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_AMBIGUOUS,
                 _("Several records are named “%s”; use a short code such as P-0042."), text);
  else if (label != NULL)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                 /* Translators: the first is a kind of record, such as “Organization” */
                 _("%s “%s” was not found; check the name."), label, text);
  else
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                 _("No record is named “%s”; check the name."), text);
  return 0;
}

EntKey
ent_resolve (EntConnection       *connection,
             EntSchema           *schema,
             const EntRecordType *type,
             const char          *text,
             GError             **error)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  Search search = { connection, schema, type, bare, 0, 0 };

  if (!search_exact (&search, error))
    return 0;
  if (search.n_found == 0 && *bare != '\0' && !search_loose (&search, error))
    return 0;
  return conclude (&search, bare, error);
}

EntKey
ent_store_resolve (EntStore            *self,
                   const EntRecordType *type,
                   const char          *text,
                   GError             **error)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (self);
  EntConnection *connection;
  EntKey key;

  ent_store_wait_settled (self);
  connection = ent_store_acquire_reader (self, error);
  if (connection == NULL)
    return 0;
  key = ent_resolve (connection, schema, type, text, error);
  ent_store_release_reader (self, connection);
  return key;
}
