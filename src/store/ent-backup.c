/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <glib/gi18n-lib.h>

#define PAGES_A_STEP 1024

typedef struct
{
  EntConnection  *from;
  EntConnection  *to;
  EntProgressFunc progress;
  gpointer        user_data;
  GCancellable   *cancellable;
} Copy;

static gboolean
copy_pages (Copy    *self,
            GError **error)
{
  sqlite3 *to = ent_connection_get_db (self->to);
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", ent_connection_get_db (self->from), "main");
  int code = SQLITE_OK;

  if (backup == NULL)
    return ent_connection_fail (self->to, sqlite3_extended_errcode (to), error);
  while (code == SQLITE_OK && !g_cancellable_is_cancelled (self->cancellable))
    {
      int n_pages;

      code = sqlite3_backup_step (backup, PAGES_A_STEP);
      n_pages = sqlite3_backup_pagecount (backup);
      if (self->progress != NULL && n_pages > 0)
        self->progress (0.9 * (n_pages - sqlite3_backup_remaining (backup)) / n_pages, _("Copying"),
                        self->user_data);
    }
  sqlite3_backup_finish (backup);
  if (code == SQLITE_OK)
    return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
  return code == SQLITE_DONE || ent_connection_fail (self->to, code, error);
}

/* Within one read transaction, so that what is written meanwhile does not start the copy anew. */
static gboolean
copy_snapshot (Copy    *self,
               GError **error)
{
  gint64 n_transactions;
  gboolean done;

  if (!ent_connection_exec (self->from, "BEGIN", error))
    return FALSE;
  done = ent_read_int (self->from, "SELECT max(seq) FROM txn", 0, &n_transactions, error) &&
         copy_pages (self, error);
  ent_connection_exec (self->from, "ROLLBACK", NULL);
  return done;
}

/* A copy that nobody has opened is a hope, not a backup. */
static gboolean
verify (const char        *path,
        const EntStoreKey *key,
        GError           **error)
{
  EntConnection *connection = ent_connection_open (path, key, FALSE, error);
  sqlite3_stmt *statement;
  gboolean is_good = FALSE;

  if (connection == NULL)
    return FALSE;
  statement = ent_connection_prepare (connection, "PRAGMA quick_check(1)", error);
  if (statement != NULL && ent_connection_step (connection, statement, error) == SQLITE_ROW)
    {
      is_good = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
      if (!is_good)
        ent_connection_fail (connection, SQLITE_CORRUPT, error);
    }
  ent_connection_free (connection);
  return is_good;
}

static gboolean
copy_to (EntStore       *store,
         const char     *draft,
         Copy           *copy,
         GError        **error)
{
  const EntStoreKey *key = store->has_key ? &store->key : NULL;
  gboolean done;

  copy->from = ent_store_acquire_reader (store, error);
  if (copy->from == NULL)
    return FALSE;
  copy->to = ent_connection_open_as (draft, key, ENT_CONNECTION_COPY, error);
  done = copy->to != NULL && copy_snapshot (copy, error);
  ent_connection_free (copy->to);
  ent_store_release_reader (store, copy->from);
  if (done && copy->progress != NULL)
    copy->progress (0.9, _("Checking the copy"), copy->user_data);
  return done && verify (draft, key, error);
}

gboolean
ent_store_backup (EntStore        *store,
                  const char      *path,
                  EntProgressFunc  progress,
                  gpointer         user_data,
                  GCancellable    *cancellable,
                  GError         **error)
{
  Copy copy = { NULL, NULL, progress, user_data, cancellable };
  g_autofree char *draft = NULL;

  g_return_val_if_fail (ENT_IS_STORE (store), FALSE);

  if (!ent_draft_begin (path, &draft, error))
    return FALSE;
  return ent_draft_end (draft, path, copy_to (store, draft, &copy, error), error);
}
