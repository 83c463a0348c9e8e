/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What keeps an open workspace in step: when it runs, what it says, and how it ends. */

#include "config.h"

#include <adwaita.h>

#include "support/workspace.h"
#include "sync/fake-couch.h"
#include "widgets/ent-context.h"

typedef struct
{
  EntStore      *store;
  EntContext    *context;
  EntSyncRunner *runner;
  FakeCouch     *server;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->server = fake_couch_new (NULL);
  self->store = test_workspace_new ();
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  self->runner = g_object_ref (ent_context_get_sync (self->context));
  ent_sync_runner_set_pauses (self->runner, 20, 20, 5000);
  ent_sync_runner_set_saving (self->runner, ENT_SYNC_SAVING_NOTHING);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  ent_sync_runner_stop (self->runner);
  ent_context_set_store (self->context, NULL);
  test_wait_for (G_OBJECT (self->runner)->ref_count == 1);
  g_assert_finalize_object (self->runner);
  test_wait_for (G_OBJECT (self->context)->ref_count == 1);
  g_assert_finalize_object (self->context);
  test_workspace_free (self->store);
  fake_couch_free (self->server);
}

static void
add_remote (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  ent_sync_remote_add (self->store, "Team", fake_couch_get_url (self->server), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_live (Fixture *self)
{
  return ent_sync_runner_get_state (self->runner) == ENT_SYNC_IN_STEP && fake_couch_get_n_waiting (self->server) > 0;
}

static void
start (Fixture *self)
{
  add_remote (self);
  ent_sync_runner_start (self->runner);
  test_wait_for (is_live (self));
}

static guint
count_docs (Fixture *self)
{
  g_auto (GStrv) ids = fake_couch_dup_ids (self->server);

  return g_strv_length (ids);
}

static void
edit_there (Fixture    *self,
            const char *title)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *rev = NULL;

  json_object_set_string_member (body, "type", "organization");
  json_object_set_string_member (body, "title", title);
  rev = fake_couch_edit (self->server, "organization:0190a3c4-0000-7000-8000-000000000001", NULL, body);
  g_assert_nonnull (rev);
}

static void
assert_sentence (Fixture    *self,
                 const char *expected)
{
  g_autofree char *sentence = ent_sync_runner_dup_sentence (self->runner);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_no_remote (Fixture       *self,
                gconstpointer  data)
{
  ent_sync_runner_start (self->runner);
  test_wait_for (ent_sync_runner_is_known (self->runner));
  g_assert_cmpint (ent_sync_runner_get_state (self->runner), ==, ENT_SYNC_NO_REMOTE);
  ent_sync_runner_run (self->runner);
  g_assert_false (ent_sync_runner_is_running (self->runner));
  g_assert_cmpuint (fake_couch_get_n_requests (self->server, NULL), ==, 0);
}

/* What is there is sent at once, an edit a moment after it was made, and a colleague's edit comes while one looks on. */
static void
test_live (Fixture       *self,
           gconstpointer  data)
{
  gint64 begin;

  test_workspace_add (self->store, "organization", "title=Acme", NULL);
  start (self);
  assert_sentence (self, "In step, just now");
  g_assert_cmpuint (count_docs (self), ==, 1);
  test_workspace_add (self->store, "organization", "title=Globex", NULL);
  test_wait_for (count_docs (self) == 2);
  test_wait_for (is_live (self));
  begin = g_get_monotonic_time ();
  edit_there (self, "Initech");
  test_wait_for (ent_store_resolve (self->store, NULL, "Initech", NULL) != 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_TIME_SPAN_SECOND);
  test_wait_for (is_live (self));
  g_assert_cmpuint (ent_sync_runner_get_counts (self->runner).n_untold, ==, 0);
}

/* Nothing is asked of a server again and again while nothing happens. */
static void
test_calm (Fixture       *self,
           gconstpointer  data)
{
  gint64 end;
  guint before;

  start (self);
  before = fake_couch_get_n_requests (self->server, NULL);
  end = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fake_couch_get_n_requests (self->server, NULL), <=, before + 1);
}

static void
test_offline (Fixture       *self,
              gconstpointer  data)
{
  fake_couch_fail (self->server, NULL, FAKE_COUCH_STATUS, 503, 0, G_MAXUINT);
  add_remote (self);
  test_workspace_add (self->store, "organization", "title=Acme", NULL);
  ent_sync_runner_start (self->runner);
  test_wait_for (ent_sync_runner_get_state (self->runner) == ENT_SYNC_OFFLINE);
  g_assert_cmpuint (ent_sync_runner_get_counts (self->runner).n_untold, ==, 1);
  fake_couch_heal (self->server);
  test_wait_for (is_live (self));
  g_assert_cmpuint (count_docs (self), ==, 1);
  g_assert_null (ent_sync_runner_get_error (self->runner));
}

/* What a person has to mend is not tried again by itself. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *sentence = NULL;
  guint before;

  fake_couch_set_password (self->server, "ana", "secret");
  add_remote (self);
  ent_sync_runner_start (self->runner);
  test_wait_for (ent_sync_runner_get_state (self->runner) == ENT_SYNC_STOPPED);
  g_assert_true (g_error_matches (ent_sync_runner_get_error (self->runner), ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_UNAUTHORIZED));
  sentence = ent_sync_runner_dup_sentence (self->runner);
  g_assert_cmpstr (sentence, ==, ent_sync_runner_get_error (self->runner)->message);
  before = fake_couch_get_n_requests (self->server, NULL);
  test_workspace_add (self->store, "organization", "title=Acme", NULL);
  test_wait_for (ent_sync_runner_get_counts (self->runner).n_untold == 1);
  g_assert_cmpuint (fake_couch_get_n_requests (self->server, NULL), ==, before);
  fake_couch_set_password (self->server, NULL, NULL);
  ent_sync_runner_run (self->runner);
  test_wait_for (is_live (self));
}

/* On a metered network edits wait, and are counted, until somebody asks. */
static void
test_saving (Fixture       *self,
             gconstpointer  data)
{
  ent_sync_runner_set_saving (self->runner, ENT_SYNC_SAVING_DATA);
  add_remote (self);
  test_workspace_add (self->store, "organization", "title=Acme", NULL);
  ent_sync_runner_start (self->runner);
  test_wait_for (ent_sync_runner_get_counts (self->runner).n_untold == 1);
  assert_sentence (self, "Paused on a metered network, 1 edit waiting");
  g_assert_cmpuint (fake_couch_get_n_requests (self->server, NULL), ==, 0);
  ent_sync_runner_run (self->runner);
  test_wait_for (count_docs (self) == 1 && !ent_sync_runner_is_running (self->runner));
  g_assert_cmpuint (fake_couch_get_n_waiting (self->server), ==, 0);
}

/* A run that the server never answers is stopped, and stays so. */
static void
test_pause (Fixture       *self,
            gconstpointer  data)
{
  fake_couch_fail (self->server, NULL, FAKE_COUCH_FREEZE, 0, 0, 1);
  add_remote (self);
  ent_sync_runner_start (self->runner);
  test_wait_for (ent_sync_runner_is_running (self->runner) && fake_couch_get_n_requests (self->server, NULL) > 0);
  ent_sync_runner_pause (self->runner);
  test_wait_for (!ent_sync_runner_is_running (self->runner));
  assert_sentence (self, "Stopped");
  ent_sync_runner_run (self->runner);
  g_assert_cmpint (ent_sync_runner_get_state (self->runner), ==, ENT_SYNC_RUNNING);
  test_wait_for (is_live (self));
}

static gpointer
remove_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (store, NULL, error);

  if (remote != NULL)
    ent_sync_remote_remove (store, remote, cancellable, error);
  return NULL;
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_sync_runner_change_finish (ENT_SYNC_RUNNER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* A change of the remote waits for no colleague: the feed is left for it. */
static void
test_remove (Fixture       *self,
             gconstpointer  data)
{
  gboolean done = FALSE;

  start (self);
  ent_sync_runner_change_async (self->runner, remove_job, NULL, NULL, NULL, changed_cb, &done);
  test_wait_for (done);
  g_assert_cmpint (ent_sync_runner_get_state (self->runner), ==, ENT_SYNC_NO_REMOTE);
  g_assert_cmpint (ent_sync_runner_get_last_run (self->runner), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  ADD ("/sync-runner/nobody-to-be-in-step-with", test_no_remote);
  ADD ("/sync-runner/edits-go-and-come-by-themselves", test_live);
  ADD ("/sync-runner/calm-between-changes", test_calm);
  ADD ("/sync-runner/trouble-is-tried-again", test_offline);
  ADD ("/sync-runner/refused-waits-for-a-person", test_refused);
  ADD ("/sync-runner/metered-waits-for-a-word", test_saving);
  ADD ("/sync-runner/stopped-stays-stopped", test_pause);
  ADD ("/sync-runner/the-remote-goes", test_remove);
  return g_test_run ();
}
