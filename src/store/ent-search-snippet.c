/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a record the words were found, other than in its title. */
#include "config.h"

#include "store/ent-search-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters shown before and after the place. */
#define BEFORE 24
#define AFTER  56

static gboolean
is_searched (const char *folded,
             EntWords   *words)
{
  for (guint i = 0; i < words->phrases->len; i++)
    {
      const char *phrase = words->phrases->pdata[i];
      gsize first = strcspn (phrase, " ");

      if (strncmp (folded, phrase, first) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The first word of @text that a searched word begins; folding changes lengths, so words are taken from
 * the text as written and folded one by one. */
static const char *
find_word (const char *text,
           EntWords   *words)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      const char *start;

      while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      start = p;
      while (*p != '\0' && g_unichar_isalnum (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      g_string_truncate (folded, 0);
      ent_search_fold (folded, start, p - start);
      if (p > start && is_searched (folded->str, words))
        return start;
      /* In scripts without spaces each sign of the run is a word. */
      for (const char *space = strchr (folded->str, ' '); space != NULL; space = strchr (space + 1, ' '))
        if (is_searched (space + 1, words))
          return start;
    }
  return NULL;
}

static char *
cut (const char *text,
     const char *at)
{
  const char *from = at, *to = at;
  char *part;

  for (guint i = 0; i < BEFORE && from > text; i++)
    from = g_utf8_prev_char (from);
  for (guint i = 0; i < AFTER && *to != '\0'; i++)
    to = g_utf8_next_char (to);
  part = g_strdup_printf ("%s%.*s%s", from > text ? "…" : "", (int) (to - from), from, *to != '\0' ? "…" : "");
  return g_strdelimit (part, "\n\r\t", ' ');
}

static char *
look_into (const EntField *field,
           const char     *text,
           EntWords       *words)
{
  const char *at = text != NULL ? find_word (text, words) : NULL;
  g_autofree char *part = NULL;

  if (at == NULL)
    return NULL;
  part = cut (text, at);
  /* Translators: where a search found something: the name of a field and its text. */
  return g_strdup_printf (_("%s: %s"), ent_field_get_label (field), part);
}

static char *
look_into_value (const EntField *field,
                 const EntValue *value,
                 EntWords       *words)
{
  char *snippet = NULL;

  if (value->kind == ENT_VALUE_TEXT)
    snippet = look_into (field, value->text, words);
  for (guint i = 0; value->kind == ENT_VALUE_LIST && value->list[i] != NULL && snippet == NULL; i++)
    snippet = look_into (field, value->list[i], words);
  return snippet;
}

char *
ent_search_make_snippet (EntConnection *connection,
                         EntSchema     *schema,
                         EntKey         key,
                         EntWords      *words)
{
  const EntRecordType *type = ent_schema_lookup_key (schema, key);
  g_autoptr (GArray) fields = ent_search_list_fields (type);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  sqlite3_stmt *statement;
  char *snippet = NULL;
  int column = 0;

  ent_sql_append_columns (sql, type, (const guint *) (gpointer) fields->data, fields->len);
  g_string_append_printf (sql, " FROM %s WHERE \"row\" = ?", ent_sql_table (type));
  statement = ent_connection_prepare (connection, sql->str, NULL);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, ent_key_row (key));
  if (ent_connection_step (connection, statement, NULL) != SQLITE_ROW)
    return NULL;
  for (guint i = 0; i < fields->len && snippet == NULL; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, g_array_index (fields, guint, i));
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_sql_read_value (statement, &column, field, &value);
      if (field->index != ENT_COMMON_TITLE)
        snippet = look_into_value (field, &value, words);
    }
  sqlite3_reset (statement);
  return snippet;
}
