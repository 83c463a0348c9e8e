/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
read_one (const EntRecordType *type,
          const char          *word,
          EntSort             *sort,
          GError             **error)
{
  g_auto (GStrv) path = NULL;
  g_autoptr (EntTerm) term = ent_term_new ();
  guint at;

  sort->descending = *word == '-';
  if (*word == '-' || *word == '+')
    word++;
  path = g_strsplit (word, ".", 2);
  if (path[0] == NULL || path[1] != NULL)
    {
      ent_filter_fail (error, _("“%s” is no field to sort by"), word);
      return FALSE;
    }
  if (!ent_term_read_path (term, type, path, &at, error))
    return FALSE;
  sort->field = ent_term_get_field (term);
  if (sort->field == NULL || (ent_field_is_many (sort->field) && sort->field->info.type == ENT_FIELD_REF))
    {
      ent_filter_fail (error, _("Records cannot be sorted by “%s”"), word);
      return FALSE;
    }
  return TRUE;
}

GArray *
ent_sort_parse (const EntRecordType *type,
                const char          *text,
                GError             **error)
{
  g_autoptr (GArray) sorts = g_array_new (FALSE, FALSE, sizeof (EntSort));
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (type != NULL && text != NULL, NULL);

  words = g_strsplit (text, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      EntSort sort;

      g_strstrip (words[i]);
      if (*words[i] == '\0')
        continue;
      if (!read_one (type, words[i], &sort, error))
        return NULL;
      g_array_append_val (sorts, sort);
    }
  return g_steal_pointer (&sorts);
}

gboolean
ent_query_is_by_title (const EntQuery *query,
                       gboolean       *descending)
{
  *descending = query->n_sort > 0 && query->sort[0].descending;
  return query->n_sort == 0 || query->sort[0].field->index == ENT_COMMON_TITLE;
}

/* --- SQL ------------------------------------------------------------------------------------------ */

/* The title of the record that a reference names, then the record itself, so that records of one of two
 * namesakes stay together. */
static void
append_record_key (EntSql         *sql,
                   const EntField *field,
                   const char     *column,
                   const char     *direction)
{
  const EntSchema *schema = field->type->schema;
  gboolean any = strcmp (field->info.target, "*") == 0;

  if (any)
    g_string_append_printf (sql->sql, "CASE t0.\"%s\" & %d ", field->column, ENT_KEY_MAX_TYPES - 1);
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);

      if (any)
        g_string_append_printf (sql->sql, "WHEN %u THEN ", type->info->number);
      else if (strcmp (type->info->name, field->info.target) != 0)
        continue;
      g_string_append_printf (sql->sql,
                              "(SELECT %s FROM %s AS s WHERE s.\"row\" = t0.\"%s\" >> %d"
                              " AND s.deleted_at IS NULL)", column, ent_sql_table (type), field->column,
                              ENT_KEY_TYPE_BITS);
    }
  g_string_append_printf (sql->sql, "%s%s NULLS LAST, ", any ? " END" : "", direction);
}

static void
append_field_key (EntSql         *sql,
                  const EntField *field,
                  const char     *direction)
{
  if (field->info.type == ENT_FIELD_MONEY)
    g_string_append_printf (sql->sql, "ent_amount(t0.\"%s\", t0.\"%s\")", field->column,
                            field->currency_column);
  else if (ent_field_is_integer (field))
    g_string_append_printf (sql->sql, "t0.\"%s\"", field->column);
  else
    {
      g_string_append (sql->sql, "ent_order(");
      ent_sql_append_pointer (sql, (gpointer) field, ENT_SQL_FIELD);
      g_string_append_printf (sql->sql, ", t0.\"%s\")", field->column);
    }
  g_string_append_printf (sql->sql, "%s NULLS LAST, ", direction);
}

/* The title decides what is left equal, and the row what even that leaves; backward order is the exact
 * reverse, so that one index serves both. */
void
ent_ask_append_order (EntAsk *self,
                      EntSql *sql)
{
  const EntQuery *query = self->query;
  const char *direction = "";

  g_string_append (sql->sql, " ORDER BY ");
  for (gsize i = 0; i < query->n_sort; i++)
    {
      const EntField *field = query->sort[i].field;

      direction = query->sort[i].descending ? " DESC" : "";
      if (field->index == ENT_COMMON_TITLE)
        break;
      if (field->info.type == ENT_FIELD_REF && !ent_field_is_many (field))
        {
          append_record_key (sql, field, "ifnull(s.title_key, '')", direction);
          append_record_key (sql, field, "s.\"row\"", direction);
        }
      else
        append_field_key (sql, field, direction);
      direction = "";
    }
  g_string_append_printf (sql->sql, "t0.title_key%s, t0.\"row\"%s", direction, direction);
}
