/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: small rows beside the records, not in the journal. */
#include "config.h"

#include "store/ent-connection.h"
#include "store/ent-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
ent_view_free (EntView *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->type);
  g_free (self->filter);
  g_free (self->search);
  g_free (self->sort);
  g_free (self->columns);
  g_free (self);
}

static char *
dup_column (sqlite3_stmt *statement,
            int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static EntView *
read_view (sqlite3_stmt *statement)
{
  EntView *view = g_new0 (EntView, 1);

  view->id = sqlite3_column_int64 (statement, 0);
  view->name = dup_column (statement, 1);
  view->type = dup_column (statement, 2);
  view->filter = dup_column (statement, 3);
  view->search = dup_column (statement, 4);
  view->sort = dup_column (statement, 5);
  view->columns = dup_column (statement, 6);
  return view;
}

static int
compare_views (gconstpointer a,
               gconstpointer b)
{
  g_autofree char *x = ent_text_key ((*(EntView * const *) a)->name);
  g_autofree char *y = ent_text_key ((*(EntView * const *) b)->name);

  return strcmp (x, y);
}

static GPtrArray *
read_views (EntConnection *connection,
            const char    *type,
            GError       **error)
{
  static const char sql[] = "SELECT id, name, type, filter, search, sort, columns FROM \"view\""
                            " WHERE ?1 IS NULL OR type = ?1 ORDER BY id";
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_view_free);
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, type, -1, SQLITE_STATIC);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (views, read_view (statement));
  sqlite3_clear_bindings (statement);
  if (code != SQLITE_DONE)
    return NULL;
  g_ptr_array_sort (views, compare_views);
  return g_steal_pointer (&views);
}

GPtrArray *
ent_store_get_views (EntStore   *store,
                     const char *type,
                     GError    **error)
{
  EntConnection *connection;
  GPtrArray *views;

  g_return_val_if_fail (ENT_IS_STORE (store), NULL);

  connection = ent_store_acquire_reader (store, error);
  if (connection == NULL)
    return NULL;
  views = read_views (connection, type, error);
  ent_store_release_reader (store, connection);
  return views;
}

/* --- Writing -------------------------------------------------------------------------------------- */

/* A view that cannot be shown is not kept. */
static gboolean
check_view (EntStore       *store,
            const EntView  *view,
            GError        **error)
{
  const EntRecordType *type = view->type != NULL ? ent_store_get_record_type (store, view->type) : NULL;
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (GArray) sort = NULL;

  if (type == NULL || view->name == NULL || *view->name == '\0')
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
                           _("A view needs a name and a type of records."));
      return FALSE;
    }
  filter = ent_filter_parse (type, view->filter != NULL ? view->filter : "", NULL, error);
  if (filter == NULL)
    return FALSE;
  sort = ent_sort_parse (type, view->sort != NULL ? view->sort : "", error);
  return sort != NULL;
}

static gboolean
write_view (EntStore      *store,
            EntConnection *connection,
            gpointer       data,
            GError       **error)
{
  static const char sql[] = "INSERT INTO \"view\" (id, name, type, filter, search, sort, columns)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                            " name = excluded.name, type = excluded.type, filter = excluded.filter,"
                            " search = excluded.search, sort = excluded.sort, columns = excluded.columns";
  EntView *view = data;
  const char *texts[] = { view->name, view->type, view->filter, view->search, view->sort, view->columns };
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  if (view->id != 0)
    sqlite3_bind_int64 (statement, 1, view->id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    sqlite3_bind_text (statement, (int) i + 2, texts[i], -1, SQLITE_STATIC);
  if (ent_connection_step (connection, statement, error) != SQLITE_DONE)
    return FALSE;
  sqlite3_clear_bindings (statement);
  if (view->id == 0)
    view->id = sqlite3_last_insert_rowid (ent_connection_get_db (connection));
  return TRUE;
}

gboolean
ent_store_save_view (EntStore *store,
                     EntView  *view,
                     GError  **error)
{
  g_return_val_if_fail (ENT_IS_STORE (store) && view != NULL, FALSE);

  return check_view (store, view, error) && ent_store_write_aside (store, write_view, view, error);
}

static gboolean
remove_view (EntStore      *store,
             EntConnection *connection,
             gpointer       data,
             GError       **error)
{
  sqlite3_stmt *statement = ent_connection_prepare (connection, "DELETE FROM \"view\" WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *(gint64 *) data);
  if (ent_connection_step (connection, statement, error) != SQLITE_DONE)
    return FALSE;
  if (sqlite3_changes (ent_connection_get_db (connection)) > 0)
    return TRUE;
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                       _("This view is not there anymore."));
  return FALSE;
}

gboolean
ent_store_delete_view (EntStore *store,
                       gint64    id,
                       GError  **error)
{
  g_return_val_if_fail (ENT_IS_STORE (store), FALSE);

  return ent_store_write_aside (store, remove_view, &id, error);
}
