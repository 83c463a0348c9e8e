/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: the rows that a query finds. Terms that no column can answer are asked of SQL first, without the lock. */
#include "config.h"

#include "store/ent-columns-private.h"

/* --- What a query needs --------------------------------------------------------------------------- */

static guint64
get_type_bit (const EntRecordType *type)
{
  return type != NULL ? G_GUINT64_CONSTANT (1) << type->info->number : 0;
}

/* NULL: no reference, or one to any type. */
static const EntRecordType *
get_target (const EntField *field)
{
  if (field->info.type != ENT_FIELD_REF || strcmp (field->info.target, "*") == 0)
    return NULL;
  return ent_schema_lookup (field->type->schema, field->info.target);
}

static guint64
collect_types (const EntNode *node)
{
  guint64 types = 0;

  if (node == NULL)
    return 0;
  if (node->kind == ENT_NODE_TERM)
    for (guint i = 0; i < node->term->n_path; i++)
      types |= get_type_bit (get_target (node->term->path[i]));
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    types |= collect_types (node->children->pdata[i]);
  return types;
}

/* --- Terms that SQL answers ----------------------------------------------------------------------- */

static void
bits_free (gpointer data)
{
  ent_bits_clear (data);
  g_free (data);
}

static EntBits *
read_bits (EntAsk  *ask,
           EntSql  *sql,
           GError **error)
{
  sqlite3_stmt *statement = ent_sql_prepare (sql, ask->connection, error);
  EntBits *bits;
  int code;

  if (statement == NULL)
    return NULL;
  bits = g_new0 (EntBits, 1);
  while ((code = ent_connection_step (ask->connection, statement, error)) == SQLITE_ROW)
    ent_bits_set (bits, (gsize) sqlite3_column_int64 (statement, 0));
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (code == SQLITE_DONE)
    return bits;
  bits_free (bits);
  return NULL;
}

static gboolean
prepare_by_sql (EntSelection        *self,
                const EntTerm       *term,
                guint                hop,
                const EntRecordType *type,
                GError             **error)
{
  g_auto (EntSql) sql = { 0 };
  EntBits *bits;

  ent_sql_init (&sql, &self->ask->run);
  g_string_append_printf (sql.sql, "SELECT t%u.\"row\" FROM %s AS t%u WHERE +t%u.deleted_at IS NULL AND ",
                          hop, ent_sql_table (type), hop, hop);
  ent_sql_append_hop (&sql, term, hop);
  bits = read_bits (self->ask, &sql, error);
  if (bits != NULL)
    g_hash_table_insert (self->prepared, ent_selection_key (term, hop), bits);
  return bits != NULL;
}

static gboolean
prepare_term (EntSelection        *self,
              const EntTerm       *term,
              guint                hop,
              const EntRecordType *type,
              GError             **error)
{
  guint n_hops = term->subject == ENT_SUBJECT_FIELD ? term->n_path - 1 : term->n_path;
  gboolean by_title = ent_term_get_test (term) == ENT_TEST_TITLE;
  EntTable *table;
  gboolean can;

  /* Past the last field is the title of what it refers to, which no table mirrors. */
  if (hop > n_hops)
    return prepare_by_sql (self, term, hop, type, error);
  g_mutex_lock (&self->columns->lock);
  table = ent_columns_get_table (self->columns, type);
  can = table != NULL && ent_table_can_test (table, term, hop);
  g_mutex_unlock (&self->columns->lock);
  if (!can)
    return prepare_by_sql (self, term, hop, type, error);
  if (hop == n_hops && ent_term_get_test (term) == ENT_TEST_KEYS)
    ent_filter_run_get_keys (&self->ask->run, term);
  if (hop < n_hops || by_title)
    return prepare_term (self, term, hop + 1, ent_schema_lookup (type->schema,
                                                                 term->path[hop]->info.target), error);
  return TRUE;
}

static gboolean
prepare_node (EntSelection  *self,
              const EntNode *node,
              GError       **error)
{
  if (node == NULL)
    return TRUE;
  if (node->kind == ENT_NODE_TERM)
    return prepare_term (self, node->term, 0, self->ask->query->type, error);
  for (guint i = 0; i < node->children->len; i++)
    if (!prepare_node (self, node->children->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* The order of the records that a sorted reference may name: of a loaded target it is known. */
static gboolean
prepare_orders (EntSelection *self,
                gboolean      ordered,
                GError      **error)
{
  const EntQuery *query = self->ask->query;

  for (gsize i = 0; ordered && i < query->n_sort; i++)
    {
      const EntField *field = query->sort[i].field;
      const EntRecordType *target = get_target (field);
      GArray *rows = NULL;
      EntTable *table;

      if (target != NULL)
        {
          g_mutex_lock (&self->columns->lock);
          table = ent_columns_get_table (self->columns, target);
          g_mutex_unlock (&self->columns->lock);
          rows = table != NULL ? NULL : ent_table_read_titles (self->ask->connection, target, error);
          if (table == NULL && rows == NULL)
            return FALSE;
        }
      g_ptr_array_add (self->orders, rows);
    }
  return TRUE;
}

static gboolean
prepare_search (EntSelection *self,
                EntBits      *found,
                GError      **error)
{
  return !self->ask->has_words ||
         ent_search_find_rows (self->ask->connection, self->ask->query->type, &self->ask->words, found, error);
}

/* --- Selecting ------------------------------------------------------------------------------------ */

static void
rows_free (gpointer rows)
{
  if (rows != NULL)
    g_array_unref (rows);
}

static EntSelection *
selection_new (EntAsk     *ask,
               EntColumns *columns)
{
  EntSelection *self = g_new0 (EntSelection, 1);

  self->ask = ask;
  self->columns = columns;
  self->prepared = g_hash_table_new_full (NULL, NULL, NULL, bits_free);
  self->orders = g_ptr_array_new_with_free_func (rows_free);
  return self;
}

static void
selection_destroy (EntSelection *self)
{
  ent_bits_clear (&self->bits);
  g_hash_table_unref (self->prepared);
  g_ptr_array_unref (self->orders);
  g_free (self);
}

void
ent_selection_free (EntSelection *self)
{
  g_mutex_unlock (&self->columns->lock);
  selection_destroy (self);
}

static gboolean
can_answer (EntColumns *self,
            EntAsk     *ask,
            gboolean    ordered)
{
  const EntQuery *query = ask->query;
  EntTable *table;
  gboolean can;

  g_mutex_lock (&self->lock);
  table = ent_columns_get_table (self, query->type);
  can = table != NULL && query->scope == ENT_SCOPE_LIVE;
  for (gsize i = 0; can && ordered && i < query->n_sort; i++)
    {
      if (query->sort[i].field->index == ENT_COMMON_TITLE)
        break;
      can = ent_table_can_sort (table, query->sort[i].field);
    }
  g_mutex_unlock (&self->lock);
  return can;
}

/* With the lock held; FALSE when a column was given up in between. */
static gboolean
evaluate (EntSelection  *self,
          const EntBits *found)
{
  const EntFilter *filter = self->ask->query->filter;

  self->table = ent_columns_get_table (self->columns, self->ask->query->type);
  if (self->table == NULL)
    return FALSE;
  ent_bits_init (&self->bits, self->table->capacity);
  if (filter == NULL || filter->root == NULL)
    memset (self->bits.words, 0xff, self->bits.n_words * sizeof (guint64));
  else if (!ent_selection_filter (self, filter->root, &self->bits))
    return FALSE;
  ent_bits_and (&self->bits, &self->table->live);
  if (self->ask->has_words)
    ent_bits_and (&self->bits, found);
  return TRUE;
}

EntSelection *
ent_columns_select (EntAsk   *ask,
                    gboolean  ordered,
                    GError  **error)
{
  EntColumns *columns = ent_columns_get (ask->store, FALSE);
  const EntNode *root = ask->query->filter != NULL ? ask->query->filter->root : NULL;
  g_auto (EntBits) found = { 0 };
  EntSelection *self;
  guint64 types;

  if (columns == NULL || !can_answer (columns, ask, ordered))
    return NULL;
  types = get_type_bit (ask->query->type) | collect_types (root);
  for (gsize i = 0; ordered && i < ask->query->n_sort; i++)
    types |= get_type_bit (get_target (ask->query->sort[i].field));
  if (!ent_columns_refresh (columns, ask, types, error))
    return NULL;
  self = selection_new (ask, columns);
  if (prepare_node (self, root, error) && prepare_orders (self, ordered, error) &&
      prepare_search (self, &found, error))
    {
      g_mutex_lock (&columns->lock);
      if (evaluate (self, &found))
        return self;
      g_mutex_unlock (&columns->lock);
    }
  selection_destroy (self);
  return NULL;
}
