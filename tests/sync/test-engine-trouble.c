/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cannot be taken, and what servers go through. */
#include "config.h"

#include <string.h>

#include "sync/engine-fixture.h"

/* --- What cannot be taken ------------------------------------------------------------------------------------------------------- */

/* The server's winner with another value of a field, as a colleague with another program would write it. */
static void
write_there (Fixture    *f,
             const char *id,
             const char *field,
             const char *value)
{
  g_autoptr (JsonObject) body = fake_couch_dup_winner (f->server, id);
  g_autofree char *parent = g_strdup (json_object_get_string_member (body, "_rev"));
  g_autofree char *rev = NULL;

  json_object_remove_member (body, "_id");
  json_object_remove_member (body, "_rev");
  json_object_set_string_member (body, field, value);
  rev = fake_couch_edit (f->server, id, parent, body);
}

/* A value that no field of this version can hold waits, visibly, and the rest flows. */
static void
test_parked (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) parked = NULL, none = NULL;
  g_auto (GStrv) ids = NULL;
  EntKey theirs;

  share (f, &theirs);
  ids = fake_couch_dup_ids (f->server);
  write_there (f, ids[0], "sensitivity", "nobody knows");
  test_workspace_add (f->a, "organization", "title=Globex", NULL);
  run (f->to_a);
  g_assert_cmpuint (run (f->to_b).n_parked, ==, 1);
  parked = ent_store_get_sync_docs (f->b, ENT_SYNC_DOC_PARKED, NULL);
  g_assert_cmpuint (parked->len, ==, 1);
  g_assert_nonnull (strstr (((EntSyncDoc *) g_ptr_array_index (parked, 0))->message, "nobody knows"));
  find (f->b, "Globex");
  assert_field (f->b, theirs, "sensitivity", "internal");
  /* Told once, not at each run. */
  g_assert_cmpuint (run (f->to_b).n_parked, ==, 0);
  write_there (f, ids[0], "sensitivity", "public");
  run (f->to_b);
  none = ent_store_get_sync_docs (f->b, ENT_SYNC_DOC_PARKED, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  assert_field (f->b, theirs, "sensitivity", "public");
}

static char *
refuse (JsonObject *document,
        gpointer    user_data)
{
  return g_strcmp0 (json_object_get_string_member_with_default (document, "title", ""), "Bad") == 0
             ? g_strdup ("No bad names here.")
             : NULL;
}

static void
test_rejected (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) rejected = NULL, none = NULL;
  EntKey bad;

  fake_couch_set_validate (f->server, refuse, NULL);
  bad = test_workspace_add (f->a, "organization", "title=Bad", NULL);
  test_workspace_add (f->a, "organization", "title=Good", NULL);
  g_assert_cmpuint (run (f->to_a).n_rejected, ==, 1);
  rejected = ent_store_get_sync_docs (f->a, ENT_SYNC_DOC_REJECTED, NULL);
  g_assert_cmpuint (rejected->len, ==, 1);
  g_assert_cmpstr (((EntSyncDoc *) g_ptr_array_index (rejected, 0))->message, ==, "No bad names here.");
  run (f->to_b);
  find (f->b, "Good");
  test_workspace_set (f->a, bad, "title=Better", NULL);
  run (f->to_a);
  none = ent_store_get_sync_docs (f->a, ENT_SYNC_DOC_REJECTED, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  run (f->to_b);
  find (f->b, "Better");
}

/* A line that comes before the record it belongs to waits for it. */
static void
test_waiting (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (JsonObject) deal = NULL, account = NULL;
  g_autofree char *deal_id = NULL, *account_id = NULL, *rev = NULL, *other = NULL;
  g_auto (GStrv) ids = NULL;

  test_workspace_add (f->a, "organization", "title=Acme", NULL);
  test_workspace_add (f->a, "deal", "title=Claims", "account=Acme", "stage=prospect", NULL);
  run (f->to_a);
  ids = fake_couch_dup_ids (f->server);
  deal_id = g_strdup (ids[0]);
  account_id = g_strdup (ids[1]);
  g_assert_true (g_str_has_prefix (deal_id, "deal:"));
  deal = fake_couch_dup_winner (f->server, deal_id);
  account = fake_couch_dup_winner (f->server, account_id);
  fake_couch_wipe (f->server);
  fake_couch_graft (f->server, deal);
  run (f->to_b);
  fake_couch_graft (f->server, account);
  run (f->to_b);
  g_assert_cmpint (get_ref (f->b, find (f->b, "Claims"), "account"), ==, find (f->b, "Acme"));
  /* Nothing of it looks like an edit made here. */
  g_assert_cmpuint (run (f->to_b).n_sent, ==, 0);
}

/* --- What servers go through -------------------------------------------------------------------------------------------------------- */

static void
test_wiped (Fixture       *f,
            gconstpointer  data)
{
  g_auto (GStrv) ids = NULL;
  EntKey theirs;

  share (f, &theirs);
  fake_couch_wipe (f->server);
  ent_sync_free (f->to_a);
  {
    g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (f->a, NULL, NULL);

    f->to_a = ent_sync_new (f->a, remote, NULL);
  }
  g_assert_cmpuint (run (f->to_a).n_sent, ==, 1);
  ids = fake_couch_dup_ids (f->server);
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
}

static void
test_restored (Fixture       *f,
               gconstpointer  data)
{
  EntKey theirs;
  g_auto (GStrv) ids = NULL;

  share (f, &theirs);
  fake_couch_snapshot (f->server);
  test_workspace_add (f->a, "organization", "title=After the backup", NULL);
  run (f->to_a);
  fake_couch_restore (f->server);
  ent_sync_free (f->to_a);
  {
    g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (f->a, NULL, NULL);

    f->to_a = ent_sync_new (f->a, remote, NULL);
  }
  run (f->to_a);
  ids = fake_couch_dup_ids (f->server);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
}

/* The answer is lost after the push was carried out: nothing is sent twice, nothing clashes with itself. */
static void
test_unknown_outcome (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  EntSyncReport report;
  guint64 before;

  test_workspace_add (f->a, "organization", "title=Acme", NULL);
  fake_couch_fail (f->server, "_bulk_docs", FAKE_COUCH_CUT_AFTER, 0, 0, 100);
  g_assert_false (ent_sync_run (f->to_a, &report, NULL, &error));
  g_assert_error (error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_TIMEOUT);
  before = fake_couch_get_sequence (f->server);
  fake_couch_heal (f->server);
  run (f->to_a);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/engine-trouble/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("parked", test_parked);
  ADD ("rejected", test_rejected);
  ADD ("waiting", test_waiting);
  ADD ("wiped", test_wiped);
  ADD ("restored", test_restored);
  ADD ("unknown-outcome", test_unknown_outcome);
#undef ADD
  return g_test_run ();
}
