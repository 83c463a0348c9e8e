/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-sync-state-private.h"

#include <glib/gi18n-lib.h>

/* The tables of record types follow from the declarations and are not part of the numbered steps: the
 * setting below tells which declarations the file was last brought in line with. */
#define FINGERPRINT "tables"
#define WITHOUT_INDEXES " without indexes" /* behind a fingerprint */

typedef gboolean (*Step) (EntConnection *connection,
                          GError       **error);

static gboolean
make_identity (EntConnection *connection,
               GError       **error)
{
  g_autofree char *sql = NULL;
  char text[ENT_ID_TEXT_LENGTH + 1];
  EntId id;

  ent_id_init_new (&id);
  ent_id_to_text (&id, text);
  sql = g_strdup_printf ("INSERT INTO setting VALUES ('id', '%s');"
                         "PRAGMA application_id=%d;", text, ENT_STORE_APPLICATION_ID);
  return ent_connection_exec (connection, sql, error);
}

/* 1: the tables around the records, and the file's identity. */
static gboolean
migrate_to_1 (EntConnection *connection,
              GError       **error)
{
  return ent_tables_create_core (connection, error) && make_identity (connection, error);
}

/* 2: what sync keeps. */
static gboolean
migrate_to_2 (EntConnection *connection,
              GError       **error)
{
  return ent_sync_create_tables (connection, error);
}

/* One step a version, each in a transaction of its own with its version number. A step that was ever
 * released never changes; tests/store/data holds a file of each released version. */
static const Step steps[ENT_STORE_VERSION] = {
  migrate_to_1,
  migrate_to_2,
};

static gboolean
run_step (EntConnection *connection,
          int            version,
          GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", version);

  if (!ent_connection_exec (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (steps[version - 1] (connection, error) && ent_connection_exec (connection, sql, error) &&
      ent_connection_exec (connection, "COMMIT", error))
    return TRUE;
  ent_connection_exec (connection, "ROLLBACK", NULL);
  return FALSE;
}

/* Of what this program declares: taken once. */
static const char *
get_fingerprint (void)
{
  static char *fingerprint;

  if (g_once_init_enter_pointer (&fingerprint))
    g_once_init_leave_pointer (&fingerprint, ent_tables_fingerprint (ent_schema_get_default ()));
  return fingerprint;
}

static gboolean
write_fingerprint (EntConnection *connection,
                   const char    *fingerprint,
                   GError       **error)
{
  sqlite3_stmt *statement;

  statement = ent_connection_prepare (connection, "INSERT OR REPLACE INTO setting VALUES (?1, ?2)", error);
  if (statement == NULL)
    return FALSE;
  ent_connection_bind_text (statement, 1, FINGERPRINT);
  ent_connection_bind_text (statement, 2, fingerprint);
  return ent_connection_step (connection, statement, error) == SQLITE_DONE;
}

gboolean
ent_migrate_mark (EntConnection *connection,
                  GError       **error)
{
  g_autofree char *mark = g_strconcat (get_fingerprint (), WITHOUT_INDEXES, NULL);

  return write_fingerprint (connection, mark, error);
}

static gboolean
write_tables (EntConnection *connection,
              GError       **error)
{
  g_autoptr (EntSchema) schema = ent_tables_load_schema (connection, error);

  return schema != NULL && ent_tables_add_types (connection, schema, error) &&
         write_fingerprint (connection, get_fingerprint (), error);
}

static gboolean
add_tables (EntConnection *connection,
            GError       **error)
{
  if (!ent_connection_exec (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (write_tables (connection, error) && ent_connection_exec (connection, "COMMIT", error))
    return TRUE;
  ent_connection_exec (connection, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
has_current_tables (EntConnection *connection)
{
  g_autofree char *its = ent_read_setting (connection, FINGERPRINT);

  return g_strcmp0 (get_fingerprint (), its) == 0;
}

gboolean
ent_migrate_is_current (EntConnection *connection,
                        gboolean      *is_current,
                        GError       **error)
{
  g_autofree char *mark = g_strconcat (get_fingerprint (), WITHOUT_INDEXES, NULL);
  g_autofree char *its = ent_read_setting (connection, FINGERPRINT);
  gint64 version;

  if (!ent_read_int (connection, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  /* Without indexes answers are the same, only later. */
  *is_current = version == ENT_STORE_VERSION && (g_strcmp0 (its, get_fingerprint ()) == 0 || g_strcmp0 (its, mark) == 0);
  return TRUE;
}

gboolean
ent_migrate (EntConnection *connection,
             GError       **error)
{
  gint64 version;

  if (!ent_read_int (connection, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  for (int next = (int) version + 1; next <= ENT_STORE_VERSION; next++)
    if (!run_step (connection, next, error))
      return FALSE;
  return has_current_tables (connection) || add_tables (connection, error);
}
