/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns of a store: which types are loaded, what has changed since, and answering queries. */
#include "config.h"

#include "store/ent-columns-private.h"

/* Reading more rows again than this one by one costs more than reading all. */
#define MAX_DIRTY 20000

typedef struct
{
  EntTable *table;    /* NULL: not loaded */
  gboolean  watched;  /* loaded, or being so */
  gboolean  is_stale; /* to be read anew as a whole */
  GArray   *dirty;    /* of gint64: rows changed since */
} Slot;

struct _EntColumns
{
  GMutex lock;       /* of the tables */
  GMutex dirty_lock; /* of what has changed: held briefly, so that the writer never waits */
  Slot   slots[ENT_KEY_MAX_TYPES];
};

static void
columns_free (gpointer data)
{
  EntColumns *self = data;

  for (guint i = 0; i < ENT_KEY_MAX_TYPES; i++)
    {
      ent_table_free (self->slots[i].table);
      g_clear_pointer (&self->slots[i].dirty, g_array_unref);
    }
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->dirty_lock);
  g_free (self);
}

static void
add_dirty (Slot   *slot,
           gint64  row)
{
  if (slot->is_stale)
    return;
  if (slot->dirty == NULL)
    slot->dirty = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (slot->dirty, row);
  if (slot->dirty->len > MAX_DIRTY)
    slot->is_stale = TRUE;
}

/* On the writer thread, before the call that wrote returns: who wrote finds what it wrote. */
static void
apply_changes_cb (EntStore   *store,
                  EntChanges *changes,
                  gpointer    user_data)
{
  EntColumns *self = user_data;

  g_mutex_lock (&self->dirty_lock);
  for (guint i = 0; i < ENT_KEY_MAX_TYPES && changes->many; i++)
    if (self->slots[i].watched && (changes->types >> i & 1) != 0)
      self->slots[i].is_stale = TRUE;
  for (guint i = 0; changes->keys != NULL && i < changes->keys->len; i++)
    {
      EntKey key = g_array_index (changes->keys, EntKey, i);
      Slot *slot = &self->slots[ent_key_type_number (key)];

      if (slot->watched)
        add_dirty (slot, ent_key_row (key));
    }
  g_mutex_unlock (&self->dirty_lock);
}

static EntColumns *
get_columns (EntStore *store,
             gboolean  create)
{
  static GQuark quark;
  static GMutex lock;
  EntColumns *self;

  g_mutex_lock (&lock);
  if (quark == 0)
    quark = g_quark_from_static_string ("ent-columns");
  self = g_object_get_qdata (G_OBJECT (store), quark);
  if (self == NULL && create)
    {
      self = g_new0 (EntColumns, 1);
      g_mutex_init (&self->lock);
      g_mutex_init (&self->dirty_lock);
      g_object_set_qdata_full (G_OBJECT (store), quark, self, columns_free);
      ent_store_add_commit_hook (store, apply_changes_cb, self, NULL);
    }
  g_mutex_unlock (&lock);
  return self;
}

EntTable *
ent_columns_get_table (EntColumns          *self,
                       const EntRecordType *type)
{
  return self->slots[type->info->number].table;
}

gsize
ent_columns_get_size (EntStore *store)
{
  EntColumns *self = get_columns (store, FALSE);
  gsize size = 0;

  if (self == NULL)
    return 0;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < ENT_KEY_MAX_TYPES; i++)
    if (self->slots[i].table != NULL)
      size += ent_table_get_size (self->slots[i].table);
  g_mutex_unlock (&self->lock);
  return size;
}

/* --- Changes -------------------------------------------------------------------------------------- */

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* The rows that changed, sorted, each once; NULL: none. */
static GArray *
take_dirty (EntColumns *self,
            Slot       *slot)
{
  GArray *rows;
  guint n = 0;

  g_mutex_lock (&self->dirty_lock);
  rows = g_steal_pointer (&slot->dirty);
  g_mutex_unlock (&self->dirty_lock);
  if (rows == NULL)
    return NULL;
  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (n == 0 || g_array_index (rows, gint64, n - 1) != row)
        g_array_index (rows, gint64, n++) = row;
    }
  g_array_set_size (rows, n);
  return rows;
}

/* --- Loading -------------------------------------------------------------------------------------- */

/* Changes are collected from before the scan, so that none is lost: reading a row twice does no harm. */
static void
begin_watch (EntColumns *self,
             Slot       *slot)
{
  g_mutex_lock (&self->dirty_lock);
  slot->watched = TRUE;
  slot->is_stale = FALSE;
  g_clear_pointer (&slot->dirty, g_array_unref);
  g_mutex_unlock (&self->dirty_lock);
}

static void
replace_table (EntColumns *self,
               Slot       *slot,
               EntTable   *table)
{
  EntTable *old;

  g_mutex_lock (&self->lock);
  old = slot->table;
  slot->table = table;
  g_mutex_unlock (&self->lock);
  ent_table_free (old);
}

/* A failed scan leaves the type to SQL. */
static gboolean
load (EntColumns          *self,
      const EntRecordType *type,
      EntConnection       *connection,
      GError             **error)
{
  Slot *slot = &self->slots[type->info->number];
  EntTable *table = ent_table_new (type);
  gboolean ok;

  begin_watch (self, slot);
  ok = ent_table_load (table, connection, error);
  if (!ok)
    {
      g_clear_pointer (&table, ent_table_free);
      g_mutex_lock (&self->dirty_lock);
      slot->watched = FALSE;
      g_mutex_unlock (&self->dirty_lock);
    }
  replace_table (self, slot, table);
  return ok;
}

gboolean
ent_store_load_columns (EntStore            *store,
                        const EntRecordType *type,
                        GCancellable        *cancellable,
                        GError             **error)
{
  EntColumns *self;
  EntConnection *connection;
  gboolean is_loaded, ok;

  g_return_val_if_fail (ENT_IS_STORE (store) && type != NULL, FALSE);

  self = get_columns (store, TRUE);
  g_mutex_lock (&self->lock);
  is_loaded = self->slots[type->info->number].table != NULL;
  g_mutex_unlock (&self->lock);
  if (is_loaded)
    return TRUE;
  connection = ent_store_acquire_reader (store, error);
  if (connection == NULL)
    return FALSE;
  ent_connection_set_cancellable (connection, cancellable);
  ok = load (self, type, connection, error);
  ent_connection_set_cancellable (connection, NULL);
  ent_store_release_reader (store, connection);
  return ok;
}

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

static gboolean
is_stale (EntColumns *self,
          Slot       *slot)
{
  gboolean stale;

  g_mutex_lock (&self->dirty_lock);
  stale = slot->is_stale;
  g_mutex_unlock (&self->dirty_lock);
  return stale;
}

/* Brings the tables of @types up to date. */
static gboolean
refresh (EntColumns *self,
         EntAsk     *ask,
         guint64     types,
         GError    **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < ENT_KEY_MAX_TYPES && ok; i++)
    {
      Slot *slot = &self->slots[i];
      g_autoptr (GArray) rows = NULL;
      const EntRecordType *type;

      if ((types >> i & 1) == 0)
        continue;
      type = ent_schema_lookup_number (ask->query->type->schema, i);
      g_mutex_lock (&self->lock);
      if (slot->table != NULL && !is_stale (self, slot))
        {
          rows = take_dirty (self, slot);
          ok = rows == NULL || ent_table_refresh (slot->table, ask->connection, rows, error);
        }
      g_mutex_unlock (&self->lock);
      if (ok && slot->watched && is_stale (self, slot))
        ok = load (self, type, ask->connection, error);
    }
  return ok;
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
  EntColumns *columns = get_columns (ask->store, FALSE);
  const EntNode *root = ask->query->filter != NULL ? ask->query->filter->root : NULL;
  g_auto (EntBits) found = { 0 };
  EntSelection *self;
  guint64 types;

  if (columns == NULL || !can_answer (columns, ask, ordered))
    return NULL;
  types = get_type_bit (ask->query->type) | collect_types (root);
  for (gsize i = 0; ordered && i < ask->query->n_sort; i++)
    types |= get_type_bit (get_target (ask->query->sort[i].field));
  if (!refresh (columns, ask, types, error))
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
