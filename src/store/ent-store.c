/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>

#define MAX_READERS 8

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  EntCommitHook  hook;
  gpointer       user_data;
  GDestroyNotify user_data_free;
} CommitHook;

G_DEFINE_QUARK (ent-store-error-quark, ent_store_error)

G_DEFINE_FINAL_TYPE (EntStore, ent_store, G_TYPE_OBJECT)

static void
clear_hook (gpointer data)
{
  CommitHook *hook = data;

  if (hook->user_data_free != NULL)
    hook->user_data_free (hook->user_data);
}

static void
ent_store_dispose (GObject *object)
{
  ent_store_close (ENT_STORE (object));

  G_OBJECT_CLASS (ent_store_parent_class)->dispose (object);
}

static void
ent_store_finalize (GObject *object)
{
  EntStore *self = ENT_STORE (object);

  g_clear_pointer (&self->writer, ent_writer_free);
  OPENSSL_cleanse (&self->key, sizeof self->key);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->schema, ent_schema_unref);
  g_clear_pointer (&self->old_schemas, g_ptr_array_unref);
  g_clear_pointer (&self->hooks, g_array_unref);
  g_clear_pointer (&self->guards, g_array_unref);
  g_clear_pointer (&self->titles, ent_titles_free);
  g_cond_clear (&self->reader_freed);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (ent_store_parent_class)->finalize (object);
}

static void
ent_store_class_init (EntStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ent_store_dispose;
  object_class->finalize = ent_store_finalize;

  signals[CHANGED] = g_signal_new ("changed", ENT_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, ENT_TYPE_CHANGES | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
ent_store_init (EntStore *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->reader_freed);
  g_queue_init (&self->readers);
  self->context = g_main_context_ref_thread_default ();
  self->old_schemas = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_schema_unref);
  self->guards = g_array_new (FALSE, FALSE, (guint) ent_guard_get_size ());
  g_array_set_clear_func (self->guards, ent_guard_clear);
  self->hooks = g_array_new (FALSE, FALSE, sizeof (CommitHook));
  g_array_set_clear_func (self->hooks, clear_hook);
  self->titles = ent_titles_new ();
}

/* --- Facts ---------------------------------------------------------------------------------------- */

const char *
ent_store_get_path (EntStore *self)
{
  g_return_val_if_fail (ENT_IS_STORE (self), NULL);

  return self->path;
}

const char *
ent_store_get_name (EntStore *self)
{
  return self->path;
}

gboolean
ent_store_is_encrypted (EntStore *self)
{
  g_return_val_if_fail (ENT_IS_STORE (self), FALSE);

  return self->has_key;
}

gboolean
ent_store_is_read_only (EntStore *self)
{
  g_return_val_if_fail (ENT_IS_STORE (self), TRUE);

  return self->read_only;
}

const EntId *
ent_store_get_id (EntStore *self)
{
  g_return_val_if_fail (ENT_IS_STORE (self), NULL);

  return &self->id;
}

EntSchema *
ent_store_dup_schema (EntStore *self)
{
  EntSchema *schema;

  g_return_val_if_fail (ENT_IS_STORE (self), NULL);

  g_mutex_lock (&self->lock);
  schema = ent_schema_ref (self->schema);
  g_mutex_unlock (&self->lock);
  return schema;
}

const EntRecordType *
ent_store_get_record_type (EntStore   *self,
                           const char *name)
{
  /* The store keeps every schema it ever had, so the borrowed type stays. */
  g_autoptr (EntSchema) schema = ent_store_dup_schema (self);

  return ent_schema_lookup (schema, name);
}

gboolean
ent_store_reload_schema (EntStore      *self,
                         EntConnection *connection,
                         GError       **error)
{
  EntSchema *schema = ent_tables_load_schema (connection, error);

  if (schema == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  if (self->schema != NULL)
    g_ptr_array_add (self->old_schemas, self->schema);
  self->schema = schema;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

char *
ent_store_dup_code (EntStore *self,
                    EntKey    key)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (self);
  const EntRecordType *type = key != 0 ? ent_schema_lookup_key (schema, key) : NULL;

  return type != NULL ? ent_record_type_make_code (type, ent_key_row (key)) : g_strdup ("");
}

/* --- Settings ------------------------------------------------------------------------------------- */

char *
ent_store_dup_setting (EntStore   *self,
                       const char *name)
{
  EntConnection *connection = ent_store_acquire_reader (self, NULL);
  char *value;

  if (connection == NULL)
    return NULL;
  value = ent_read_setting (connection, name);
  ent_store_release_reader (self, connection);
  return value;
}

char *
ent_store_dup_author (EntStore *self)
{
  EntConnection *connection = ent_store_acquire_reader (self, NULL);
  char *author;

  if (connection == NULL)
    return g_strdup (g_get_user_name ());
  author = ent_read_author (connection);
  ent_store_release_reader (self, connection);
  return author;
}

static gboolean
write_setting (EntStore      *self,
               EntConnection *connection,
               gpointer       data,
               GError       **error)
{
  const char **pair = data;
  sqlite3_stmt *statement;

  statement = ent_connection_prepare (connection, pair[1] != NULL
                                      ? "INSERT OR REPLACE INTO setting VALUES (?1, ?2)"
                                      : "DELETE FROM setting WHERE name = ?1", error);
  if (statement == NULL)
    return FALSE;
  ent_connection_bind_text (statement, 1, pair[0]);
  if (pair[1] != NULL)
    ent_connection_bind_text (statement, 2, pair[1]);
  return ent_connection_step (connection, statement, error) == SQLITE_DONE;
}

gboolean
ent_store_set_setting (EntStore   *self,
                       const char *name,
                       const char *value,
                       GError    **error)
{
  const char *pair[2] = { name, value };

  return ent_store_write_aside (self, write_setting, pair, error);
}

/* --- Readers -------------------------------------------------------------------------------------- */

gboolean
ent_store_fail_closed (GError **error)
{
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                       _("The workspace is closed; open it again."));
  return FALSE;
}

EntConnection *
ent_store_acquire_reader (EntStore *self,
                          GError  **error)
{
  EntConnection *connection = NULL;

  g_mutex_lock (&self->lock);
  while (!self->is_closed && g_queue_is_empty (&self->readers) && self->n_lent >= MAX_READERS)
    g_cond_wait (&self->reader_freed, &self->lock);
  if (self->is_closed)
    {
      g_mutex_unlock (&self->lock);
      ent_store_fail_closed (error);
      return NULL;
    }
  connection = g_queue_pop_head (&self->readers);
  self->n_lent++;
  g_mutex_unlock (&self->lock);
  if (connection == NULL)
    connection = ent_connection_open (self->path, self->has_key ? &self->key : NULL, TRUE, error);
  if (connection == NULL)
    ent_store_release_reader (self, NULL);
  return connection;
}

void
ent_store_release_reader (EntStore      *self,
                          EntConnection *connection)
{
  g_mutex_lock (&self->lock);
  self->n_lent--;
  if (connection != NULL)
    g_queue_push_head (&self->readers, connection);
  g_cond_broadcast (&self->reader_freed);
  g_mutex_unlock (&self->lock);
}

void
ent_store_close (EntStore *self)
{
  EntConnection *reader;

  g_return_if_fail (ENT_IS_STORE (self));

  g_mutex_lock (&self->lock);
  if (self->is_closing)
    {
      g_mutex_unlock (&self->lock);
      return;
    }
  self->is_closing = TRUE;
  g_mutex_unlock (&self->lock);

  /* What is queued still runs, and may read. */
  g_clear_pointer (&self->watch, ent_watch_free);
  if (self->writer != NULL)
    ent_writer_stop (self->writer);

  g_mutex_lock (&self->lock);
  self->is_closed = TRUE;
  g_cond_broadcast (&self->reader_freed);
  while (self->n_lent > 0)
    g_cond_wait (&self->reader_freed, &self->lock);
  g_mutex_unlock (&self->lock);

  while ((reader = g_queue_pop_head (&self->readers)) != NULL)
    ent_connection_free (reader);
  /* Last, as the last connection to close folds the write-ahead log into the file. */
  if (self->writer != NULL)
    ent_writer_close (self->writer);
  g_array_set_size (self->hooks, 0);
  g_array_set_size (self->guards, 0);
}

/* --- Telling what changed ------------------------------------------------------------------------- */

void
ent_store_add_commit_hook (EntStore      *self,
                           EntCommitHook  hook,
                           gpointer       user_data,
                           GDestroyNotify user_data_free)
{
  CommitHook entry = { hook, user_data, user_data_free };

  g_mutex_lock (&self->lock);
  g_array_append_val (self->hooks, entry);
  g_mutex_unlock (&self->lock);
}

typedef struct
{
  GWeakRef    store;
  EntChanges *changes;
} Emission;

static void
emission_free (gpointer data)
{
  Emission *emission = data;

  g_weak_ref_clear (&emission->store);
  ent_changes_unref (emission->changes);
  g_free (emission);
}

static gboolean
emit_changed_cb (gpointer data)
{
  Emission *emission = data;
  g_autoptr (EntStore) self = g_weak_ref_get (&emission->store);

  if (self != NULL)
    g_signal_emit (self, signals[CHANGED], 0, emission->changes);
  return G_SOURCE_REMOVE;
}

static void
run_hooks (EntStore   *self,
           EntChanges *changes)
{
  for (guint i = 0;; i++)
    {
      CommitHook hook = { NULL };

      g_mutex_lock (&self->lock);
      if (i < self->hooks->len)
        hook = g_array_index (self->hooks, CommitHook, i);
      g_mutex_unlock (&self->lock);
      if (hook.hook == NULL)
        return;
      hook.hook (self, changes, hook.user_data);
    }
}

void
ent_store_notify (EntStore   *self,
                  EntChanges *changes)
{
  Emission *emission = g_new0 (Emission, 1);
  GSource *source = g_idle_source_new ();

  ent_titles_forget (self->titles, changes);
  run_hooks (self, changes);

  /* A weak reference: a main loop that never runs must not keep the store alive. */
  g_weak_ref_init (&emission->store, self);
  emission->changes = ent_changes_ref (changes);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_changed_cb, emission, emission_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}
