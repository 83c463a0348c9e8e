/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run does with what two people did, and with what servers go through. */
#include "config.h"

#include <string.h>

#include "support/workspace.h"
#include "sync/ent-sync-remote.h"
#include "sync/fake-couch.h"

typedef struct
{
  FakeCouch *server;
  EntStore  *a, *b;
  EntSync   *to_a, *to_b;
} Fixture;

static EntSync *
connect_store (Fixture  *f,
               EntStore *store)
{
  g_autoptr (EntSyncRemote) remote = NULL;
  g_autoptr (GError) error = NULL;
  EntSync *sync;

  g_assert_true (ent_sync_remote_add (store, "team", fake_couch_get_url (f->server), NULL, NULL, NULL, &error));
  remote = ent_sync_remote_find (store, NULL, &error);
  sync = ent_sync_new (store, remote, &error);
  g_assert_no_error (error);
  ent_couch_set_retries (ent_sync_get_couch (sync), 1, 1);
  ent_couch_set_timeouts (ent_sync_get_couch (sync), 2000, 2000, 2000);
  return sync;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->server = fake_couch_new (NULL);
  f->a = test_workspace_new ();
  f->b = test_workspace_new ();
  f->to_a = connect_store (f, f->a);
  f->to_b = connect_store (f, f->b);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  ent_sync_free (f->to_a);
  ent_sync_free (f->to_b);
  test_workspace_free (f->a);
  test_workspace_free (f->b);
  fake_couch_free (f->server);
}

static EntSyncReport
run (EntSync *sync)
{
  g_autoptr (GError) error = NULL;
  EntSyncReport report;

  ent_sync_run (sync, &report, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static EntKey
find (EntStore   *store,
      const char *title)
{
  g_autoptr (GError) error = NULL;
  EntKey key = ent_store_resolve (store, NULL, title, &error);

  g_assert_no_error (error);
  return key;
}

static void
assert_field (EntStore   *store,
              EntKey      key,
              const char *field,
              const char *value)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
  const EntField *wanted = ent_record_type_lookup (ent_record_get_record_type (record), field);
  g_autofree char *text = ent_value_write (wanted, ent_record_get (record, wanted->index));

  g_assert_cmpstr (text, ==, value);
}

static EntKey
get_ref (EntStore   *store,
         EntKey      key,
         const char *field)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);

  return ent_record_get_ref (record, field);
}

/* --- Records go over ---------------------------------------------------------------------------------------------------------- */

static void
test_over (Fixture       *f,
           gconstpointer  data)
{
  EntKey deal;
  EntSyncReport report;

  test_workspace_add (f->a, "organization", "title=Acme", "roles=partner", "arr=1200 EUR", "tags=gold; west", NULL);
  test_workspace_add (f->a, "deal", "title=Claims", "account=Acme", "stage=qualified", "amount=5000 USD", NULL);
  test_workspace_add (f->a, "deal_party", "parent=Claims", "org=Acme", "role=source", NULL);
  report = run (f->to_a);
  g_assert_cmpuint (report.n_sent, ==, 3);
  report = run (f->to_b);
  g_assert_cmpuint (report.n_received, ==, 3);
  deal = find (f->b, "Claims");
  assert_field (f->b, find (f->b, "Acme"), "arr", "1200.00 EUR");
  assert_field (f->b, find (f->b, "Acme"), "tags", "gold; west");
  g_assert_cmpint (get_ref (f->b, deal, "account"), ==, find (f->b, "Acme"));
}

/* A run without news is one request, and changes nothing. */
static void
test_idle (Fixture       *f,
           gconstpointer  data)
{
  EntSyncReport report;

  test_workspace_add (f->a, "organization", "title=Acme", NULL);
  run (f->to_a);
  run (f->to_a);
  report = run (f->to_a);
  g_assert_cmpuint (report.n_requests, ==, 1);
  g_assert_cmpuint (report.n_sent + report.n_received, ==, 0);
}

/* However often a record was edited on the train, it is one revision. */
static void
test_one_revision (Fixture       *f,
                   gconstpointer  data)
{
  EntKey key = test_workspace_add (f->a, "organization", "title=Acme", NULL);
  guint64 before;

  run (f->to_a);
  before = fake_couch_get_sequence (f->server);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("arr=%u USD", i + 1);

      test_workspace_set (f->a, key, text, NULL);
    }
  run (f->to_a);
  g_assert_cmpuint (fake_couch_get_sequence (f->server) - before, ==, 1);
}

/* --- Two edits ----------------------------------------------------------------------------------------------------------------- */

static EntKey
share (Fixture *f,
       EntKey  *theirs)
{
  EntKey key = test_workspace_add (f->a, "organization", "title=Acme", "arr=10 USD", "website=https://a.example", NULL);

  run (f->to_a);
  run (f->to_b);
  *theirs = find (f->b, "Acme");
  return key;
}

static void
test_disjoint (Fixture       *f,
               gconstpointer  data)
{
  EntKey theirs, mine = share (f, &theirs);
  g_autoptr (GPtrArray) events = NULL;

  test_workspace_set (f->a, mine, "arr=20 USD", NULL);
  test_workspace_set (f->b, theirs, "website=https://b.example", NULL);
  run (f->to_a);
  g_assert_cmpuint (run (f->to_b).n_merged, ==, 1);
  run (f->to_a);
  assert_field (f->a, mine, "website", "https://b.example");
  assert_field (f->b, theirs, "arr", "20.00 USD");
  events = ent_store_get_sync_events (f->b, 10, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (((EntSyncEvent *) g_ptr_array_index (events, 0))->what, ==, "merged");
}

static EntSyncClash *
only_clash (EntStore *store)
{
  g_autoptr (GPtrArray) clashes = ent_store_get_sync_clashes (store, FALSE, NULL);

  g_assert_cmpuint (clashes->len, ==, 1);
  g_ptr_array_set_free_func (clashes, NULL);
  return g_ptr_array_index (clashes, 0);
}

static void
make_clash (Fixture *f,
            EntKey  *mine,
            EntKey  *theirs)
{
  *mine = share (f, theirs);
  test_workspace_set (f->a, *mine, "arr=20 USD", NULL);
  test_workspace_set (f->b, *theirs, "arr=30 USD", NULL);
  run (f->to_a);
  run (f->to_b);
  run (f->to_a);
}

static void
test_clash (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (EntSyncClash) at_a = NULL, at_b = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  g_auto (GStrv) live = NULL;
  EntKey mine, theirs;

  make_clash (f, &mine, &theirs);
  at_a = only_clash (f->a);
  at_b = only_clash (f->b);
  g_assert_cmpstr (at_a->group, ==, at_b->group);
  g_assert_cmpstr (at_a->shown, ==, at_b->shown);
  g_assert_cmpstr (at_a->other, ==, at_b->other);
  g_assert_cmpstr (at_a->base, ==, "{\"arr\":{\"currency\":\"USD\",\"minor\":1000}}");
  g_assert_nonnull (at_a->shown_by);
  /* The rest of the record goes on. */
  test_workspace_set (f->a, mine, "website=https://c.example", NULL);
  run (f->to_a);
  run (f->to_b);
  assert_field (f->b, theirs, "website", "https://c.example");
  /* Both take the other value at once. */
  g_assert_true (ent_sync_settle (f->a, at_a->number, TRUE, &error));
  g_assert_true (ent_sync_settle (f->b, at_b->number, TRUE, &error));
  run (f->to_a);
  run (f->to_b);
  run (f->to_a);
  assert_field (f->a, mine, "arr", strstr (at_a->other, "3000") != NULL ? "30.00 USD" : "20.00 USD");
  assert_field (f->b, theirs, "arr", strstr (at_a->other, "3000") != NULL ? "30.00 USD" : "20.00 USD");
  live = fake_couch_dup_live (f->server, at_a->id);
  g_assert_cmpuint (g_strv_length (live), ==, 1);
  g_assert_false (ent_sync_settle (f->a, at_a->number, TRUE, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

/* Undo gives the value back; the decision goes over like any edit. */
static void
test_clash_undone (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (EntSyncClash) clash = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;
  g_autoptr (GError) error = NULL;
  EntKey mine, theirs;
  g_autoptr (EntRecord) before = NULL, after = NULL, gone_over = NULL;

  make_clash (f, &mine, &theirs);
  clash = only_clash (f->a);
  before = ent_store_get (f->a, mine, NULL);
  g_assert_true (ent_sync_settle (f->a, clash->number, TRUE, &error));
  undone = ent_store_undo (f->a, 0, NULL, &error);
  g_assert_no_error (error);
  after = ent_store_get (f->a, mine, NULL);
  g_assert_true (ent_value_equal (ent_record_get_named (before, "arr"), ent_record_get_named (after, "arr")));
  run (f->to_a);
  run (f->to_b);
  gone_over = ent_store_get (f->b, theirs, NULL);
  g_assert_true (ent_value_equal (ent_record_get_named (gone_over, "arr"), ent_record_get_named (after, "arr")));
}

static void
test_deleted_here_edited_there (Fixture       *f,
                                gconstpointer  data)
{
  EntKey theirs, mine = share (f, &theirs);

  test_workspace_delete (f->a, mine);
  test_workspace_set (f->b, theirs, "arr=50 USD", NULL);
  run (f->to_a);
  run (f->to_b);
  run (f->to_a);
  assert_field (f->a, mine, "arr", "50.00 USD");
  assert_field (f->a, mine, "deleted_at", NULL);
}

static void
test_deleted (Fixture       *f,
              gconstpointer  data)
{
  EntKey theirs, mine = share (f, &theirs);
  g_autoptr (EntRecord) record = NULL;

  test_workspace_delete (f->a, mine);
  run (f->to_a);
  run (f->to_b);
  record = ent_store_get (f->b, theirs, NULL);
  g_assert_false (ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)));
}

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

/* Undo is for what people did here: Ctrl+Z does not take the team's changes back. */
static void
test_undo_is_ours (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (EntTransactionInfo) next = NULL;
  EntKey theirs, mine = share (f, &theirs);

  test_workspace_set (f->b, theirs, "website=https://b.example", NULL);
  test_workspace_set (f->a, mine, "arr=20 USD", NULL);
  run (f->to_a);
  run (f->to_b);
  next = ent_store_peek_undo (f->b, NULL);
  g_assert_cmpint (next->origin, ==, ENT_ORIGIN_USER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/engine/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("over", test_over);
  ADD ("idle", test_idle);
  ADD ("one-revision", test_one_revision);
  ADD ("disjoint", test_disjoint);
  ADD ("clash", test_clash);
  ADD ("clash-undone", test_clash_undone);
  ADD ("deleted-here-edited-there", test_deleted_here_edited_there);
  ADD ("deleted", test_deleted);
  ADD ("parked", test_parked);
  ADD ("rejected", test_rejected);
  ADD ("waiting", test_waiting);
  ADD ("wiped", test_wiped);
  ADD ("restored", test_restored);
  ADD ("unknown-outcome", test_unknown_outcome);
  ADD ("undo-is-ours", test_undo_is_ours);
#undef ADD
  return g_test_run ();
}
