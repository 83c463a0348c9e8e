/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/app-window.h"
#include "store/ent-query.h"
#include "support/big-workspace.h"
#include "widgets/ent-record-table.h"

/* The application as it starts for someone whose last workspace has a million organizations, encrypted, and who was
 * on the page that lists them. */

#define BIG_WINDOW_RECORDS (g_getenv ("BENCH_N") ? (guint) atoi (g_getenv ("BENCH_N")) : 1000000)

/* Makes the workspace, if need be, and the state of a window that was on the list. (transfer full) */
static inline char *
big_window_prepare (void)
{
  char *path = big_workspace_make (BIG_WINDOW_RECORDS, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = NULL;
  EntStoreKey key;

  big_workspace_key (&key);
  store = ent_store_open (path, &key, ENT_STORE_OPEN_DEFAULT, NULL, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  app_window_set_page (store, &key, "organizations");
  ent_store_close (store);
  return path;
}

static inline EntRecordList *
big_window_get_list (AppWindow *self)
{
  return ent_record_table_get_list (ENT_RECORD_TABLE (self->widget));
}

/* The first rows are on screen. */
static inline gboolean
big_window_is_ready (AppWindow *self)
{
  g_autoptr (EntRow) row = NULL;

  self->widget = app_window_find (self->window, ENT_TYPE_RECORD_TABLE);
  if (self->widget == NULL || !gtk_widget_get_mapped (self->widget))
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (big_window_get_list (self)), 0);
  return row != NULL && ent_row_get_record (row) != NULL;
}

/* @func gets self->widget, the EntRecordTable. */
static inline int
big_window_run (const char    *path,
                AppWindowFunc  func,
                gpointer       data)
{
  EntStoreKey key;
  AppWindow self = { .path = path, .key = &key, .is_ready = big_window_is_ready, .func = func, .data = data };

  big_workspace_key (&key);
  return app_window_run (&self);
}

static inline gpointer
big_window_load_job (EntStore      *store,
                     gpointer       type,
                     GCancellable  *cancellable,
                     GError       **error)
{
  ent_store_load_columns (store, type, cancellable, error);
  return NULL;
}

static inline void
big_window_loaded_cb (GObject      *store,
                      GAsyncResult *result,
                      gpointer      loop)
{
  ent_store_run_finish (ENT_STORE (store), result, NULL);
  g_main_loop_quit (loop);
}

/* Runs the main loop until everything that is loaded after the first page is there. */
static inline void
big_window_settle (AppWindow *self)
{
  EntStore *store = ent_context_get_store (ent_window_get_context (ENT_WINDOW (self->window)));
  const EntRecordType *type = ent_record_list_get_record_type (big_window_get_list (self));
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  /* The window begins to load the columns by itself, a moment later. */
  measure_settle (2);
  ent_store_run_async (store, big_window_load_job, (gpointer) type, NULL, NULL, NULL, big_window_loaded_cb, loop);
  g_main_loop_run (loop);
  measure_settle (4);
}
