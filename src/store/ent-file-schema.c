/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

/* The file's own fields and choices: rows of custom_field and choice. What is read is borrowed by the
 * declarations only until the schema is made, so the texts live in a GStringChunk. */

static const char *
column_text (sqlite3_stmt *statement,
             int           column,
             GStringChunk *texts)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_string_chunk_insert_const (texts, text) : NULL;
}

static gboolean
load_choices (EntConnection *connection,
              GStringChunk  *texts,
              GArray        *choices,
              GError       **error)
{
  static const char sql[] = "SELECT type, field, value, label, tone FROM choice AS c"
                            " WHERE removed = 0 AND NOT EXISTS (SELECT 1 FROM custom_field AS f"
                            " WHERE f.type = c.type AND f.name = c.field AND f.removed = 1)"
                            " ORDER BY rowid";
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      EntCustomChoice choice = {
        .type = column_text (statement, 0, texts),
        .field = column_text (statement, 1, texts),
        .choice = { column_text (statement, 2, texts), column_text (statement, 3, texts),
                    (EntTone) sqlite3_column_int (statement, 4) },
      };

      g_array_append_val (choices, choice);
    }
  return code == SQLITE_DONE;
}

static void
read_field (sqlite3_stmt   *statement,
            GStringChunk   *texts,
            EntCustomField *field)
{
  *field = (EntCustomField) {
    .type = column_text (statement, 0, texts),
    .info = {
      .name = column_text (statement, 1, texts),
      .type = (EntFieldType) sqlite3_column_int (statement, 2),
      .flags = (EntFieldFlags) sqlite3_column_int (statement, 3),
      .label = column_text (statement, 4, texts),
      .help = column_text (statement, 5, texts),
      .target = column_text (statement, 6, texts),
      .unit = column_text (statement, 7, texts),
      .default_value = column_text (statement, 8, texts),
      .min = sqlite3_column_int64 (statement, 9),
      .max = sqlite3_column_int64 (statement, 10),
      .group = column_text (statement, 11, texts),
      .kinds = column_text (statement, 12, texts),
      .aliases = column_text (statement, 13, texts),
      .merge = (EntMergePolicy) sqlite3_column_int (statement, 14),
      .width = sqlite3_column_int (statement, 15),
    },
  };
}

static gboolean
load_fields (EntConnection *connection,
             GStringChunk  *texts,
             GArray        *fields,
             GError       **error)
{
  static const char sql[] =
    "SELECT type, name, kind, flags, label, help, target, unit, default_value, min, max, form_group,"
    " kinds, aliases, merge, width FROM custom_field WHERE removed = 0 ORDER BY rowid";
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      EntCustomField field;

      read_field (statement, texts, &field);
      g_array_append_val (fields, field);
    }
  return code == SQLITE_DONE;
}

/* A choice belongs to a declared field or to a field of the file's own; the declarations of the latter
 * take theirs along, the others are added to the declared ones. */
static void
give_choices (GArray *fields,
              GArray *choices,
              GArray *own)
{
  for (guint i = 0; i < fields->len; i++)
    {
      EntCustomField *field = &g_array_index (fields, EntCustomField, i);
      GArray *list = g_array_new (TRUE, FALSE, sizeof (EntChoice));

      for (guint j = choices->len; j-- > 0;)
        {
          const EntCustomChoice *choice = &g_array_index (choices, EntCustomChoice, j);

          if (g_strcmp0 (choice->type, field->type) != 0 ||
              g_strcmp0 (choice->field, field->info.name) != 0)
            continue;
          g_array_prepend_val (list, choice->choice);
          g_array_remove_index (choices, j);
        }
      field->info.choices = list->len > 0 ? (const EntChoice *) list->data : NULL;
      g_array_append_val (own, list);
    }
}

static void
free_list (gpointer list)
{
  g_array_unref (*(GArray **) list);
}

EntSchema *
ent_tables_load_schema (EntConnection *connection,
                        GError       **error)
{
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1024);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (EntCustomField));
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (EntCustomChoice));
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (GArray *));

  g_array_set_clear_func (own, free_list);
  if (!load_choices (connection, texts, choices, error) ||
      !load_fields (connection, texts, fields, error))
    return NULL;
  if (fields->len == 0 && choices->len == 0)
    return ent_schema_ref (ent_schema_get_default ());
  give_choices (fields, choices, own);
  return ent_schema_new ((EntCustomField *) (gpointer) fields->data, fields->len,
                         (EntCustomChoice *) (gpointer) choices->data, choices->len, error);
}
