/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions that SQL statements of queries call. They run the same C code as memory columns and records
 * do. What they compare with comes as a pointer that no SQL text can forge. */
#include "config.h"

#include "store/ent-search-private.h"

#include <string.h>
#include <yyjson.h>

/* --- Keys to sort by ------------------------------------------------------------------------------ */

gint64
ent_amount_key (gint64      minor,
                const char *currency)
{
  gint64 key = minor;

  for (int digits = ent_currency_get_digits (currency); digits < 4; digits++)
    if (__builtin_mul_overflow (key, (gint64) 10, &key))
      return minor < 0 ? G_MININT64 + 1 : G_MAXINT64;
  return key;
}

char **
ent_stored_list_read (const char *json,
                      gsize       length)
{
  GStrvBuilder *items = g_strv_builder_new ();
  yyjson_doc *document = yyjson_read (json, length, 0);
  yyjson_arr_iter iter;
  yyjson_val *item;

  yyjson_arr_iter_init (yyjson_doc_get_root (document), &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (yyjson_is_str (item))
        g_strv_builder_add (items, yyjson_get_str (item));
      else if (yyjson_is_int (item))
        g_strv_builder_take (items, g_strdup_printf ("%" G_GINT64_FORMAT, yyjson_get_sint (item)));
    }
  yyjson_doc_free (document);
  return g_strv_builder_unref_to_strv (items);
}

static void
append_list_key (GString    *buffer,
                 const char *json)
{
  g_auto (GStrv) items = ent_stored_list_read (json, strlen (json));
  g_autoptr (GString) key = g_string_new (NULL);

  g_string_truncate (buffer, 0);
  for (guint i = 0; items[i] != NULL; i++)
    {
      /* A separator below all letters: "a" comes before "a, b" and that before "ab". */
      if (i > 0)
        g_string_append_c (buffer, '\001');
      g_string_append (buffer, ent_text_key_into (key, items[i], -1));
    }
}

gboolean
ent_field_order (const EntField *field,
                 const char     *text,
                 GString        *buffer,
                 gint64         *place)
{
  const char *shown = text;

  if (ent_field_is_many (field))
    {
      append_list_key (buffer, text);
      return TRUE;
    }
  if (field->choices != NULL)
    {
      *place = 0;
      while (*place < field->choices->len &&
             strcmp (((const EntChoice *) field->choices->pdata[*place])->value, text) != 0)
        (*place)++;
      return FALSE;
    }
  if (field->info.type == ENT_FIELD_COUNTRY)
    shown = ent_country_get_name (text) != NULL ? ent_country_get_name (text) : text;
  ent_text_key_into (buffer, shown, -1);
  return TRUE;
}

/* --- SQL ------------------------------------------------------------------------------------------ */

static GString *
get_scratch (sqlite3_context *context)
{
  return sqlite3_user_data (context);
}

static void
matches_cb (sqlite3_context *context,
            int              n_values,
            sqlite3_value  **values)
{
  const EntBoundTerm *bound = sqlite3_value_pointer (values[0], ENT_SQL_TERM);
  const char *text = NULL;
  gboolean passes = FALSE;
  gsize length;

  if (bound == NULL || sqlite3_value_type (values[1]) == SQLITE_NULL)
    {
      sqlite3_result_int (context, 0);
      return;
    }
  text = (const char *) sqlite3_value_text (values[n_values - 1]);
  length = (gsize) sqlite3_value_bytes (values[n_values - 1]);
  if (n_values == 3)
    passes = ent_term_matches_money (bound->term, sqlite3_value_int64 (values[1]), text != NULL ? text : "");
  else if (text != NULL && ent_field_is_many (ent_term_get_field (bound->term)))
    passes = ent_term_matches_stored (bound->run, bound->term, text, length, get_scratch (context));
  else if (text != NULL)
    passes = ent_term_matches_text (bound->term, text, length, get_scratch (context));
  sqlite3_result_int (context, passes);
}

static void
amount_cb (sqlite3_context *context,
           int              n_values,
           sqlite3_value  **values)
{
  const char *currency = (const char *) sqlite3_value_text (values[1]);

  if (sqlite3_value_type (values[0]) != SQLITE_NULL)
    sqlite3_result_int64 (context, ent_amount_key (sqlite3_value_int64 (values[0]),
                                                   currency != NULL ? currency : ""));
}

static void
order_cb (sqlite3_context *context,
          int              n_values,
          sqlite3_value  **values)
{
  const EntField *field = sqlite3_value_pointer (values[0], ENT_SQL_FIELD);
  const char *text = (const char *) sqlite3_value_text (values[1]);
  GString *scratch = get_scratch (context);
  gint64 place;

  if (field == NULL || text == NULL)
    sqlite3_result_null (context);
  else if (ent_field_order (field, text, scratch, &place))
    sqlite3_result_text (context, scratch->str, (int) scratch->len, SQLITE_TRANSIENT);
  else
    sqlite3_result_int64 (context, place);
}

static void
words_cb (sqlite3_context *context,
          int              n_values,
          sqlite3_value  **values)
{
  const EntWords *words = sqlite3_value_pointer (values[0], ENT_SQL_WORDS);
  const char *text = (const char *) sqlite3_value_text (values[1]);

  sqlite3_result_int (context, words != NULL && text != NULL &&
                               ent_words_match (words, text, sqlite3_value_bytes (values[1]),
                                                get_scratch (context)));
}

static void
free_scratch (gpointer scratch)
{
  g_string_free (scratch, TRUE);
}

gboolean
ent_sql_add_functions (EntConnection *connection,
                       GError       **error)
{
  static const struct
  {
    const char *name;
    int         n_values;
    void      (*call) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "ent_matches", 2, matches_cb },
    { "ent_matches", 3, matches_cb },
    { "ent_amount", 2, amount_cb },
    { "ent_order", 2, order_cb },
    { "ent_words", 2, words_cb },
  };
  sqlite3 *db = ent_connection_get_db (connection);

  if (sqlite3_get_clientdata (db, "ent-functions") != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      int code = sqlite3_create_function_v2 (db, functions[i].name, functions[i].n_values,
                                             SQLITE_UTF8 | SQLITE_DIRECTONLY, g_string_new (NULL),
                                             functions[i].call, NULL, NULL, free_scratch);

      if (code != SQLITE_OK)
        return ent_connection_fail (connection, code, error);
    }
  sqlite3_set_clientdata (db, "ent-functions", (gpointer) functions, NULL);
  return TRUE;
}
