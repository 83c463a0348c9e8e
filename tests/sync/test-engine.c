/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run does with what two people did. */
#include "config.h"

#include <string.h>

#include "sync/engine-fixture.h"

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
  ADD ("undo-is-ours", test_undo_is_ours);
#undef ADD
  return g_test_run ();
}
