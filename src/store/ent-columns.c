/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns of a store: which types are loaded, what has changed since. */
#include "config.h"

#include "store/ent-columns-private.h"

/* Reading more rows again than this one by one costs more than reading all. */
#define MAX_DIRTY 20000

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
add_dirty (EntColumnsSlot *slot,
           gint64          row)
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
      EntColumnsSlot *slot = &self->slots[ent_key_type_number (key)];

      if (slot->watched)
        add_dirty (slot, ent_key_row (key));
    }
  g_mutex_unlock (&self->dirty_lock);
}

EntColumns *
ent_columns_get (EntStore *store,
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
  EntColumns *self = ent_columns_get (store, FALSE);
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
take_dirty (EntColumns     *self,
            EntColumnsSlot *slot)
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
begin_watch (EntColumns     *self,
             EntColumnsSlot *slot)
{
  g_mutex_lock (&self->dirty_lock);
  slot->watched = TRUE;
  slot->is_stale = FALSE;
  g_clear_pointer (&slot->dirty, g_array_unref);
  g_mutex_unlock (&self->dirty_lock);
}

static void
replace_table (EntColumns     *self,
               EntColumnsSlot *slot,
               EntTable       *table)
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
  EntColumnsSlot *slot = &self->slots[type->info->number];
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

  self = ent_columns_get (store, TRUE);
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

/* --- Following what is written ------------------------------------------------------------------- */

static gboolean
is_stale (EntColumns     *self,
          EntColumnsSlot *slot)
{
  gboolean stale;

  g_mutex_lock (&self->dirty_lock);
  stale = slot->is_stale;
  g_mutex_unlock (&self->dirty_lock);
  return stale;
}

gboolean
ent_columns_refresh (EntColumns *self,
                     EntAsk     *ask,
                     guint64     types,
                     GError    **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < ENT_KEY_MAX_TYPES && ok; i++)
    {
      EntColumnsSlot *slot = &self->slots[i];
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
