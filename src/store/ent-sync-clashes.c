/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-sync-state-private.h"

#include <glib/gi18n-lib.h>

/* Clashes, remotes and the log of sync. */

/* --- Clashes ---------------------------------------------------------------------------------------------------------- */

#define CLASH_COLUMNS "number, id, key, rev, \"group\", base, shown, other, shown_by, other_by, at, settled_at, settled"

void
ent_sync_clash_free (EntSyncClash *self)
{
  g_free (self->id);
  g_free (self->rev);
  g_free (self->group);
  g_free (self->base);
  g_free (self->shown);
  g_free (self->other);
  g_free (self->shown_by);
  g_free (self->other_by);
  g_free (self->settled);
  g_free (self);
}

static gpointer
read_clash (sqlite3_stmt *statement)
{
  EntSyncClash *clash = g_new0 (EntSyncClash, 1);

  clash->number = sqlite3_column_int64 (statement, 0);
  clash->id = ent_sync_sql_dup_text (statement, 1);
  clash->key = sqlite3_column_int64 (statement, 2);
  clash->rev = ent_sync_sql_dup_text (statement, 3);
  clash->group = ent_sync_sql_dup_text (statement, 4);
  clash->base = ent_sync_sql_dup_text (statement, 5);
  clash->shown = ent_sync_sql_dup_text (statement, 6);
  clash->other = ent_sync_sql_dup_text (statement, 7);
  clash->shown_by = ent_sync_sql_dup_text (statement, 8);
  clash->other_by = ent_sync_sql_dup_text (statement, 9);
  clash->at = sqlite3_column_int64 (statement, 10);
  clash->settled_at = sqlite3_column_int64 (statement, 11);
  clash->settled = ent_sync_sql_dup_text (statement, 12);
  return clash;
}

gboolean
ent_transaction_put_sync_clash (EntTransaction     *self,
                                const EntSyncClash *clash,
                                GError            **error)
{
  static const char sql[] =
    "INSERT INTO sync_clash (id, key, rev, \"group\", base, shown, other, shown_by, other_by, at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    " ON CONFLICT (id, rev, \"group\") WHERE settled_at = 0 DO UPDATE SET shown = ?6, shown_by = ?8";

  return ent_sync_sql_run (self, error, sql, "sisssssssi", clash->id, clash->key, clash->rev, clash->group, clash->base,
                       clash->shown, clash->other, clash->shown_by, clash->other_by, self->at);
}

GPtrArray *
ent_transaction_get_sync_clashes (EntTransaction *self,
                                  const char     *id,
                                  gboolean        all,
                                  GError        **error)
{
  static const char open_sql[] = "SELECT " CLASH_COLUMNS " FROM sync_clash WHERE id = ?1 AND settled_at = 0 ORDER BY number";
  static const char all_sql[] = "SELECT " CLASH_COLUMNS " FROM sync_clash WHERE id = ?1 ORDER BY number";
  sqlite3_stmt *statement = ent_sync_sql_bind (self->connection, error, all ? all_sql : open_sql, "s", id);

  return ent_sync_sql_collect (self->connection, statement, read_clash, (GDestroyNotify) ent_sync_clash_free, error);
}

GPtrArray *
ent_store_get_sync_clashes (EntStore *store,
                            gboolean  all,
                            GError  **error)
{
  return ent_sync_sql_collect_all (store, "SELECT " CLASH_COLUMNS " FROM sync_clash WHERE ?1 OR settled_at = 0 ORDER BY number",
                               all, read_clash, (GDestroyNotify) ent_sync_clash_free, error);
}

gboolean
ent_transaction_settle_sync_clash (EntTransaction *self,
                                   const char     *id,
                                   const char     *rev,
                                   const char     *group,
                                   const char     *how,
                                   GError        **error)
{
  static const char sql[] = "UPDATE sync_clash SET settled_at = ?1, settled = ?2 WHERE id = ?3 AND settled_at = 0"
                            " AND (?4 IS NULL OR rev = ?4) AND (?5 IS NULL OR \"group\" = ?5)";

  return ent_sync_sql_run (self, error, sql, "issss", self->at, how, id, rev, group);
}

/* --- Remotes ---------------------------------------------------------------------------------------------------------- */

void
ent_sync_remote_free (EntSyncRemote *self)
{
  g_free (self->kind);
  g_free (self->name);
  g_free (self->url);
  g_free (self->user);
  g_free (self->state);
  g_free (self);
}

static gpointer
read_remote (sqlite3_stmt *statement)
{
  EntSyncRemote *remote = g_new0 (EntSyncRemote, 1);

  remote->number = sqlite3_column_int64 (statement, 0);
  remote->kind = ent_sync_sql_dup_text (statement, 1);
  remote->name = ent_sync_sql_dup_text (statement, 2);
  remote->url = ent_sync_sql_dup_text (statement, 3);
  remote->user = ent_sync_sql_dup_text (statement, 4);
  remote->state = ent_sync_sql_dup_text (statement, 5);
  return remote;
}

GPtrArray *
ent_store_get_sync_remotes (EntStore *store,
                            GError  **error)
{
  return ent_sync_sql_collect_all (store, "SELECT number, kind, name, url, user, state FROM sync_remote"
                               " WHERE number > ?1 ORDER BY number", 0, read_remote,
                               (GDestroyNotify) ent_sync_remote_free, error);
}

static gboolean
check_name_is_free (EntTransaction      *self,
                    const EntSyncRemote *remote,
                    GError             **error)
{
  sqlite3_stmt *statement = ent_sync_sql_bind (self->connection, error, "SELECT 1 FROM sync_remote WHERE name = ?1 AND number <> ?2",
                                           "si", remote->name, remote->number);
  int code = statement != NULL ? ent_connection_step (self->connection, statement, error) : SQLITE_ERROR;

  if (statement != NULL)
    sqlite3_reset (statement);
  if (code == SQLITE_ROW)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS, _("There is a remote “%s” already; choose another name."),
                 remote->name);
  return code == SQLITE_DONE;
}

gboolean
ent_transaction_put_sync_remote (EntTransaction *self,
                                 EntSyncRemote  *remote,
                                 GError        **error)
{
  static const char add_sql[] = "INSERT INTO sync_remote (kind, name, url, user, state) VALUES (?1, ?2, ?3, ?4, ?5)";
  static const char set_sql[] = "UPDATE sync_remote SET kind = ?1, name = ?2, url = ?3, user = ?4, state = ?5"
                                " WHERE number = ?6";

  if (!check_name_is_free (self, remote, error))
    return FALSE;
  if (remote->number != 0)
    return ent_sync_sql_run (self, error, set_sql, "sssssi", remote->kind, remote->name, remote->url, remote->user,
                         remote->state, remote->number);
  if (!ent_sync_sql_run (self, error, add_sql, "sssss", remote->kind, remote->name, remote->url, remote->user, remote->state))
    return FALSE;
  remote->number = sqlite3_last_insert_rowid (ent_connection_get_db (self->connection));
  return TRUE;
}

gboolean
ent_transaction_remove_sync_remote (EntTransaction *self,
                                    gint64          number,
                                    GError        **error)
{
  return ent_sync_sql_run (self, error, "DELETE FROM sync_remote WHERE number = ?1", "i", number);
}

/* --- Log ---------------------------------------------------------------------------------------------------------------- */

void
ent_sync_event_free (EntSyncEvent *self)
{
  g_free (self->id);
  g_free (self->what);
  g_free (self->detail);
  g_free (self);
}

static gpointer
read_event (sqlite3_stmt *statement)
{
  EntSyncEvent *event = g_new0 (EntSyncEvent, 1);

  event->at = sqlite3_column_int64 (statement, 0);
  event->id = ent_sync_sql_dup_text (statement, 1);
  event->key = sqlite3_column_int64 (statement, 2);
  event->what = ent_sync_sql_dup_text (statement, 3);
  event->detail = ent_sync_sql_dup_text (statement, 4);
  return event;
}

gboolean
ent_transaction_add_sync_event (EntTransaction *self,
                                const char     *id,
                                EntKey          key,
                                const char     *what,
                                const char     *detail,
                                GError        **error)
{
  return ent_sync_sql_run (self, error, "INSERT INTO sync_event (at, id, key, what, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
                       "isiss", self->at, id, key, what, detail);
}

GPtrArray *
ent_store_get_sync_events (EntStore *store,
                           guint     limit,
                           GError  **error)
{
  return ent_sync_sql_collect_all (store, "SELECT at, id, key, what, detail FROM sync_event ORDER BY number DESC LIMIT ?1", limit,
                               read_event, (GDestroyNotify) ent_sync_event_free, error);
}
