/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter as an SQL condition. The text is made of names of the schema only; what the user wrote is
 * bound. Tables are called t0, t1, … by the hop of the path that they are reached by. */
#include "config.h"

#include "store/ent-filter-private.h"

#include <string.h>

/* Longer lists are bound as one JSON text, which keeps statements few and short. */
#define MAX_LISTED 8

static void
bind_clear (EntBind *self)
{
  g_clear_pointer (&self->text, g_free);
}

void
ent_sql_init (EntSql       *self,
              EntFilterRun *run)
{
  self->sql = g_string_new (NULL);
  self->binds = g_array_new (FALSE, TRUE, sizeof (EntBind));
  g_array_set_clear_func (self->binds, (GDestroyNotify) bind_clear);
  self->pointers = g_ptr_array_new_with_free_func (g_free);
  self->run = run;
}

void
ent_sql_clear (EntSql *self)
{
  if (self->sql == NULL)
    return;
  g_string_free (g_steal_pointer (&self->sql), TRUE);
  g_clear_pointer (&self->binds, g_array_unref);
  g_clear_pointer (&self->pointers, g_ptr_array_unref);
}

void
ent_sql_append_int (EntSql *self,
                    gint64  integer)
{
  EntBind bind = { .kind = ENT_BIND_INT, .integer = integer };

  g_string_append_c (self->sql, '?');
  g_array_append_val (self->binds, bind);
}

void
ent_sql_append_text (EntSql     *self,
                     const char *text)
{
  EntBind bind = { .kind = ENT_BIND_TEXT, .text = g_strdup (text) };

  g_string_append_c (self->sql, '?');
  g_array_append_val (self->binds, bind);
}

void
ent_sql_append_pointer (EntSql     *self,
                        gpointer    pointer,
                        const char *tag)
{
  EntBind bind = { .kind = ENT_BIND_POINTER, .pointer = pointer, .tag = tag };

  g_string_append_c (self->sql, '?');
  g_array_append_val (self->binds, bind);
}

static void
append_term_pointer (EntSql        *self,
                     const EntTerm *term)
{
  EntBoundTerm *bound = g_new (EntBoundTerm, 1);

  bound->run = self->run;
  bound->term = term;
  g_ptr_array_add (self->pointers, bound);
  ent_sql_append_pointer (self, bound, ENT_SQL_TERM);
}

sqlite3_stmt *
ent_sql_prepare (EntSql        *self,
                 EntConnection *connection,
                 GError       **error)
{
  sqlite3_stmt *statement;

  if (!ent_sql_add_functions (connection, error))
    return NULL;
  statement = ent_connection_prepare (connection, self->sql->str, error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < self->binds->len; i++)
    {
      const EntBind *bind = &g_array_index (self->binds, EntBind, i);
      int index = (int) i + 1;

      switch (bind->kind)
        {
        case ENT_BIND_INT:
          sqlite3_bind_int64 (statement, index, bind->integer);
          break;
        case ENT_BIND_TEXT:
          sqlite3_bind_text (statement, index, bind->text, -1, SQLITE_STATIC);
          break;
        case ENT_BIND_POINTER:
          sqlite3_bind_pointer (statement, index, bind->pointer, bind->tag, NULL);
          break;
        default:
          g_assert_not_reached ();
        }
    }
  return statement;
}

/* --- Tests ---------------------------------------------------------------------------------------- */

static void
append_column (EntSql        *self,
               guint          hop,
               const char    *column)
{
  g_string_append_printf (self->sql, "t%u.\"%s\"", hop, column);
}

static void
append_json_list (EntSql     *self,
                  const char *json)
{
  g_string_append (self->sql, " IN (SELECT value FROM json_each(");
  ent_sql_append_text (self, json);
  g_string_append (self->sql, "))");
}

static void
append_integers (EntSql       *self,
                 const gint64 *integers,
                 guint         n_integers)
{
  g_autoptr (GString) json = NULL;

  if (n_integers <= MAX_LISTED)
    {
      g_string_append (self->sql, " IN (");
      for (guint i = 0; i < n_integers; i++)
        {
          g_string_append (self->sql, i > 0 ? "," : "");
          ent_sql_append_int (self, integers[i]);
        }
      g_string_append_c (self->sql, ')');
      return;
    }
  json = g_string_new (NULL);
  for (guint i = 0; i < n_integers; i++)
    g_string_append_printf (json, "%c%" G_GINT64_FORMAT, i > 0 ? ',' : '[', integers[i]);
  g_string_append_c (json, ']');
  append_json_list (self, json->str);
}

static void
append_range (EntSql     *self,
              guint       hop,
              const char *column,
              EntRange    range)
{
  append_column (self, hop, column);
  if (range.from == range.to)
    {
      g_string_append (self->sql, " = ");
      ent_sql_append_int (self, range.from);
      return;
    }
  g_string_append (self->sql, " BETWEEN ");
  ent_sql_append_int (self, range.from);
  g_string_append (self->sql, " AND ");
  ent_sql_append_int (self, range.to);
}

static void
append_many_ranges (EntSql       *self,
                    guint         hop,
                    const char   *column,
                    const GArray *ranges)
{
  g_autoptr (GString) json = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++)
    {
      EntRange range = g_array_index (ranges, EntRange, i);

      g_string_append_printf (json, "%c[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]", i > 0 ? ',' : '[',
                              range.from, range.to);
    }
  g_string_append_c (json, ']');
  g_string_append (self->sql, "EXISTS (SELECT 1 FROM json_each(");
  ent_sql_append_text (self, json->str);
  g_string_append (self->sql, ") WHERE ");
  append_column (self, hop, column);
  g_string_append (self->sql, " BETWEEN value->>0 AND value->>1)");
}

static void
append_ranges (EntSql        *self,
               const EntTerm *term,
               guint          hop,
               const char    *column)
{
  g_autoptr (GArray) ranges = ent_filter_run_ranges (self->run, term);

  if (ranges->len == 0)
    g_string_append_c (self->sql, '0');
  else if (ranges->len > MAX_LISTED)
    append_many_ranges (self, hop, column, ranges);
  for (guint i = 0; i < ranges->len && ranges->len <= MAX_LISTED; i++)
    {
      g_string_append (self->sql, i > 0 ? " OR " : "");
      append_range (self, hop, column, g_array_index (ranges, EntRange, i));
    }
}

/* Texts of `column` against the operands' keys or values. */
static void
append_texts (EntSql        *self,
              const EntTerm *term,
              guint          hop,
              const char    *column)
{
  append_column (self, hop, column);
  g_string_append (self->sql, " IN (");
  for (guint i = 0; i < term->operands->len; i++)
    {
      const EntOperand *operand = ent_term_get_operand (term, i);

      g_string_append (self->sql, i > 0 ? "," : "");
      ent_sql_append_text (self, operand->key != NULL ? operand->key : operand->value.text);
    }
  g_string_append_c (self->sql, ')');
}

/* The title has its folded form beside it, with an index. */
static void
append_title (EntSql        *self,
              const EntTerm *term,
              guint          hop)
{
  static const char * const operators[] = { "=", "<", "<=", ">", ">=" };

  if (term->op == ENT_OP_CONTAINS)
    {
      g_string_append_printf (self->sql, "instr(t%u.title_key, ", hop);
      ent_sql_append_text (self, ent_term_get_operand (term, 0)->key);
      g_string_append (self->sql, ") > 0");
      return;
    }
  append_column (self, hop, "title_key");
  g_string_append_printf (self->sql, " %s ", operators[term->op]);
  ent_sql_append_text (self, ent_term_get_operand (term, 0)->key);
}

static void
append_function (EntSql         *self,
                 const EntTerm  *term,
                 guint           hop,
                 const EntField *field)
{
  g_string_append (self->sql, "ent_matches(");
  append_term_pointer (self, term);
  g_string_append_c (self->sql, ',');
  append_column (self, hop, field->column);
  if (field->currency_column != NULL)
    {
      g_string_append_c (self->sql, ',');
      append_column (self, hop, field->currency_column);
    }
  g_string_append_c (self->sql, ')');
}

static void
append_text_test (EntSql         *self,
                  const EntTerm  *term,
                  guint           hop,
                  const EntField *field)
{
  gboolean is_title = field->index == ENT_COMMON_TITLE;
  gboolean is_set = term->op == ENT_OP_EQUAL || term->op == ENT_OP_IN;

  if (is_set && term->operands->len <= MAX_LISTED && (is_title || !ent_field_is_folded (field)))
    append_texts (self, term, hop, is_title ? "title_key" : field->column);
  else if (is_title && !is_set)
    append_title (self, term, hop);
  else
    append_function (self, term, hop, field);
}

/* --- References ----------------------------------------------------------------------------------- */

/* Begins "reference IN (" or its form for lists; returns what closes it. */
static const char *
open_reference (EntSql         *self,
                guint           hop,
                const EntField *field)
{
  if (!ent_field_is_many (field))
    {
      append_column (self, hop, field->column);
      return "";
    }
  g_string_append (self->sql, "EXISTS (SELECT 1 FROM json_each(");
  append_column (self, hop, field->column);
  g_string_append (self->sql, ") AS item WHERE item.value");
  return ")";
}

static void
append_select_keys (EntSql              *self,
                    const EntRecordType *type,
                    guint                hop)
{
  g_string_append_printf (self->sql,
                          "SELECT (t%u.\"row\" << %d) | %u FROM %s AS t%u WHERE t%u.deleted_at IS NULL AND ",
                          hop, ENT_KEY_TYPE_BITS, type->info->number, ent_sql_table (type), hop, hop);
}

static void
append_titled (EntSql        *self,
               const EntTerm *term,
               guint          hop)
{
  const EntField *field = ent_term_get_field (term);
  const EntSchema *schema = field->type->schema;
  gboolean any = strcmp (field->info.target, "*") == 0;
  gboolean is_first = TRUE;
  const char *close = open_reference (self, hop, field);

  g_string_append (self->sql, " IN (");
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);

      if (any ? ent_record_type_is_child (type) : strcmp (type->info->name, field->info.target) != 0)
        continue;
      g_string_append (self->sql, is_first ? "" : " UNION ALL ");
      is_first = FALSE;
      append_select_keys (self, type, hop + 1);
      append_title (self, term, hop + 1);
    }
  g_string_append_printf (self->sql, ")%s", close);
}

static void
append_keys (EntSql        *self,
             const EntTerm *term,
             guint          hop)
{
  const EntField *field = ent_term_get_field (term);
  const GArray *keys = ent_filter_run_get_keys (self->run, term);
  const char *close;

  if (field == NULL)
    {
      g_string_append_printf (self->sql, "((t%u.\"row\" << %d) | %u)", hop, ENT_KEY_TYPE_BITS,
                              term->type->info->number);
      append_integers (self, (const gint64 *) (gpointer) keys->data, keys->len);
      return;
    }
  close = open_reference (self, hop, field);
  append_integers (self, (const gint64 *) (gpointer) keys->data, keys->len);
  g_string_append (self->sql, close);
}

/* --- Terms ---------------------------------------------------------------------------------------- */

static void
append_test (EntSql        *self,
             const EntTerm *term,
             guint          hop)
{
  const EntField *field = ent_term_get_field (term);

  switch (ent_term_get_test (term))
    {
    case ENT_TEST_FILLED:
      append_column (self, hop, field != NULL ? field->column : "row");
      g_string_append (self->sql, " IS NOT NULL");
      break;
    case ENT_TEST_INTEGER:
      append_ranges (self, term, hop, field != NULL ? field->column : "row");
      break;
    case ENT_TEST_KEYS:
      append_keys (self, term, hop);
      break;
    case ENT_TEST_TITLE:
      append_titled (self, term, hop);
      break;
    case ENT_TEST_TEXT:
      append_text_test (self, term, hop, field);
      break;
    case ENT_TEST_MONEY:
    case ENT_TEST_ITEMS:
      append_function (self, term, hop, field);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_path (EntSql        *self,
             const EntTerm *term,
             guint          hop)
{
  guint n_hops = term->subject == ENT_SUBJECT_FIELD ? term->n_path - 1 : term->n_path;
  const EntField *field;
  const EntRecordType *target;
  const char *close;

  if (hop == n_hops)
    {
      append_test (self, term, hop);
      return;
    }
  field = term->path[hop];
  target = ent_schema_lookup (field->type->schema, field->info.target);
  close = open_reference (self, hop, field);
  g_string_append (self->sql, " IN (");
  append_select_keys (self, target, hop + 1);
  g_string_append_c (self->sql, '(');
  append_path (self, term, hop + 1);
  g_string_append_printf (self->sql, "))%s", close);
}

void
ent_sql_append_hop (EntSql        *self,
                    const EntTerm *term,
                    guint          hop)
{
  if (hop < term->n_path || term->subject != ENT_SUBJECT_FIELD)
    append_path (self, term, hop);
  else
    append_title (self, term, hop);
}

void
ent_sql_append_term (EntSql        *self,
                     const EntTerm *term,
                     guint          hop)
{
  g_string_append_c (self->sql, '(');
  append_path (self, term, hop);
  g_string_append (self->sql, term->negated ? ") IS NOT TRUE" : ")");
}

/* Halves keep the expression's depth, which SQLite limits, at the logarithm of its length. */
static void
append_joined (EntSql          *self,
               const GPtrArray *children,
               guint            from,
               guint            to,
               const char      *word)
{
  if (to - from == 1)
    {
      ent_sql_append_node (self, children->pdata[from]);
      return;
    }
  g_string_append_c (self->sql, '(');
  append_joined (self, children, from, from + (to - from) / 2, word);
  g_string_append (self->sql, word);
  append_joined (self, children, from + (to - from) / 2, to, word);
  g_string_append_c (self->sql, ')');
}

void
ent_sql_append_node (EntSql        *self,
                     const EntNode *node)
{
  if (node == NULL)
    g_string_append_c (self->sql, '1');
  else if (node->kind == ENT_NODE_TERM)
    ent_sql_append_term (self, node->term, 0);
  else if (node->kind == ENT_NODE_NOT)
    {
      g_string_append_c (self->sql, '(');
      ent_sql_append_node (self, node->children->pdata[0]);
      g_string_append (self->sql, ") IS NOT TRUE");
    }
  else
    append_joined (self, node->children, 0, node->children->len,
                   node->kind == ENT_NODE_AND ? " AND " : " OR ");
}
