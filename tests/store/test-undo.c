/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo, redo, history and time travel. */
#include "store/store-fixture.h"

static void
undo (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = ent_store_undo (store, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (info->undone);
}

static void
redo (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = ent_store_redo (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (info->undone);
}

static void
assert_nothing_to (EntTransactionInfo *(*peek) (EntStore *, GError **),
                   EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = peek (store, &error);

  g_assert_no_error (error);
  g_assert_null (info);
}

static void
test_each_operation (Fixture       *f,
                     gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");

  undo (f->store);
  g_assert_false (is_live (f->store, key));
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "Acme", NULL), ==, 0);
  redo (f->store);
  g_assert_true (is_live (f->store, key));
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "Acme", NULL), ==, key);

  set_field (f->store, key, "title", "Bolt");
  set_field (f->store, key, "arr", "10 USD");
  undo (f->store);
  assert_field (f->store, key, "arr", NULL);
  undo (f->store);
  assert_field (f->store, key, "title", "Acme");
  redo (f->store);
  redo (f->store);
  assert_field (f->store, key, "title", "Bolt");
  assert_field (f->store, key, "arr", "10.00 USD");
  assert_nothing_to (ent_store_peek_redo, f->store);

  delete_record (f->store, key);
  undo (f->store);
  g_assert_true (is_live (f->store, key));
  redo (f->store);
  g_assert_false (is_live (f->store, key));
  restore_record (f->store, key);
  undo (f->store);
  g_assert_false (is_live (f->store, key));
  redo (f->store);
  g_assert_true (is_live (f->store, key));
  assert_no_findings (f->store);
}

static void
test_cascade_and_restart (Fixture       *f,
                          gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme");
  EntKey bolt = add_record (f->store, "organization", "Bolt");
  EntKey link = add_link (f->store, acme, bolt);

  delete_record (f->store, acme);
  fixture_reopen (f);
  undo (f->store);
  g_assert_true (is_live (f->store, acme));
  g_assert_true (is_live (f->store, link));
  fixture_reopen (f);
  redo (f->store);
  g_assert_false (is_live (f->store, link));
  undo (f->store);
  undo (f->store);
  g_assert_false (is_live (f->store, link));
  undo (f->store);
  undo (f->store);
  assert_nothing_to (ent_store_peek_undo, f->store);
  fixture_reopen (f);
  redo (f->store);
  redo (f->store);
  redo (f->store);
  g_assert_true (is_live (f->store, link));
  assert_no_findings (f->store);
}

static void
test_a_new_edit_ends_redo (Fixture       *f,
                           gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");

  set_field (f->store, key, "title", "Bolt");
  undo (f->store);
  set_field (f->store, key, "title", "Core");
  assert_nothing_to (ent_store_peek_redo, f->store);
  undo (f->store);
  assert_field (f->store, key, "title", "Acme");
}

static void
test_an_older_change (Fixture       *f,
                      gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme");
  EntKey bolt = add_record (f->store, "organization", "Bolt");
  gint64 title = set_field (f->store, acme, "title", "Acme Ltd");
  gint64 arr = set_field (f->store, acme, "arr", "10 USD");
  g_autoptr (EntTransactionInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  set_field (f->store, acme, "arr", "20 USD");
  add_link (f->store, acme, bolt);
  /* Independent of what came later. */
  info = ent_store_undo (f->store, title, NULL, &error);
  g_assert_no_error (error);
  assert_field (f->store, acme, "title", "Acme");
  assert_field (f->store, acme, "arr", "20.00 USD");
  /* Changed later, named later, undone already. */
  g_assert_null (ent_store_undo (f->store, arr, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT);
  g_test_message ("%s", error->message);
  g_clear_error (&error);
  g_assert_null (ent_store_undo (f->store, 2, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (is_live (f->store, bolt));
  g_assert_null (ent_store_undo (f->store, title, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
  assert_no_findings (f->store);
}

/* --- Runs ----------------------------------------------------------------------------------------- */

static gboolean
insert_many (EntTransaction *transaction,
             gpointer        data,
             GError        **error)
{
  gsize n = GPOINTER_TO_SIZE (data);
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  guint fields[] = { ENT_COMMON_TITLE, ent_record_type_lookup (type, "arr")->index };
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, fields, 2, n, error);
  gboolean ok = inserter != NULL;

  for (gsize i = 0; ok && i < n; i++)
    {
      g_auto (EntValue) title = ENT_VALUE_INIT;
      EntValue values[2] = { ENT_VALUE_INIT, ENT_VALUE_INIT };

      ent_value_take_text (&title, g_strdup_printf ("Company %05zu", i));
      values[0] = title;
      ent_value_set_money (&values[1], (gint64) i, "EUR");
      ok = ent_inserter_add (inserter, values, NULL, error);
    }
  return inserter != NULL && ent_inserter_end (inserter, ok ? error : NULL) && ok;
}

static void
test_an_import (Fixture       *f,
                gconstpointer  data)
{
  const gsize n = 20000; /* enough for indexes to be dropped and built again */
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  EntKey before = add_record (f->store, "organization", "Before");
  EntKey key;

  ent_store_write (f->store, "Import", ENT_ORIGIN_IMPORT, insert_many, GSIZE_TO_POINTER (n), NULL, NULL,
                   &error);
  g_assert_no_error (error);
  key = ent_store_resolve (f->store, NULL, "company 17000", &error);
  g_assert_no_error (error);
  assert_field (f->store, key, "arr", "170.00 EUR");
  set_field (f->store, key, "title", "Renamed");
  history = ent_store_get_history (f->store, key, 0, 10, &error);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpstr (((EntTransactionInfo *) history->pdata[1])->label, ==, "Import");
  g_assert_cmpint (((EntTransactionInfo *) history->pdata[1])->n_changes, ==, n);
  changes = ent_store_get_changes (f->store, 2, key, 10, &error);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpint (((EntChange *) changes->pdata[0])->op, ==, ENT_CHANGE_CREATE);

  undo (f->store);
  undo (f->store);
  g_assert_false (is_live (f->store, key));
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "company 00001", NULL), ==, 0);
  g_assert_true (is_live (f->store, before));
  redo (f->store);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "company 17000", NULL), ==, key);
  redo (f->store);
  assert_field (f->store, key, "title", "Renamed");
  assert_no_findings (f->store);
}

static void
test_set_up_is_not_offered (Fixture       *f,
                            gconstpointer  data)
{
  ent_store_write (f->store, "Defaults", ENT_ORIGIN_SETUP, insert_many, GSIZE_TO_POINTER (3), NULL, NULL,
                   NULL);
  assert_nothing_to (ent_store_peek_undo, f->store);
}

/* --- Fields and choices --------------------------------------------------------------------------- */

static gboolean
customize (EntTransaction *transaction,
           gpointer        data,
           GError        **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  EntChoice choice = { "antarctica", "Antarctica", ENT_TONE_NEUTRAL };
  EntChoice colors[] = { { "red", "Red" }, { "blue", "Blue" }, { NULL } };
  EntCustomField number = { "organization", { .name = "shoe_size", .type = ENT_FIELD_INT,
                                              .label = "Shoe size" } };
  EntCustomField color = { "organization", { .name = "color", .type = ENT_FIELD_ENUM, .label = "Color",
                                             .choices = colors } };

  return ent_transaction_add_choice (transaction, ent_record_type_lookup (type, "region"), &choice, error) &&
         ent_transaction_add_field (transaction, &number, error) &&
         ent_transaction_add_field (transaction, &color, error);
}

static void
test_own_fields (Fixture       *f,
                 gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");
  const EntRecordType *old_type = ent_store_get_record_type (f->store, "organization");
  g_autoptr (GError) error = NULL;
  EntKey late;

  ent_store_write (f->store, "Customize", ENT_ORIGIN_USER, customize, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  set_field (f->store, key, "shoe_size", "42");
  set_field (f->store, key, "color", "red");
  set_field (f->store, key, "region", "antarctica");
  fixture_reopen (f);
  assert_field (f->store, key, "shoe_size", "42");
  assert_field (f->store, key, "color", "red");
  /* A record made with an older schema. */
  old_type = ent_schema_lookup (ent_schema_get_default (), "organization");
  g_assert_null (ent_record_type_lookup (old_type, "shoe_size"));
  {
    EntRecord *record = ent_record_new (old_type);

    ent_record_set_text (record, "title", "Late", NULL);
    late = insert_record (f->store, record);
  }
  assert_field (f->store, late, "title", "Late");
  for (int i = 0; i < 5; i++)
    undo (f->store);
  g_assert_null (ent_record_type_lookup (ent_store_get_record_type (f->store, "organization"), "shoe_size"));
  for (int i = 0; i < 4; i++)
    redo (f->store);
  assert_field (f->store, key, "shoe_size", "42");
  assert_no_findings (f->store);
}

/* --- Against a model ------------------------------------------------------------------------------ */

/* What the store should hold: organizations and links in plain arrays, with whole copies to go back to. */
enum { MAX_RECORDS = 400 };

typedef struct
{
  struct { int title; int year; gboolean live; gint64 deleted; } orgs[MAX_RECORDS];
  struct { int from; int to; gboolean live; gint64 deleted; } links[MAX_RECORDS];
  int n_orgs;
  int n_links;
} Model;

typedef struct
{
  Fixture   *fixture;
  Model      now;
  GPtrArray *undo;        /* of Model: states before each change that counts */
  GPtrArray *redo;
  EntKey     orgs[2000];  /* never reused, also when the model takes them back */
  EntKey     links[2000];
  int        org_at[MAX_RECORDS];
  gint64     clock;
} Run;

static EntKey
org_key (Run *run,
         int  i)
{
  return run->orgs[run->org_at[i]];
}

static void
assert_model_record (const Model *model,
                     int          i,
                     EntRecord   *record)
{
  g_autofree char *title = g_strdup_printf ("Company %d", model->orgs[i].title);

  g_assert_cmpstr (ent_record_get_title (record), ==, title);
  g_assert_cmpint (ent_record_get_int (record, "founded_year", 0), ==, model->orgs[i].year);
}

static void
compare_with_store (Run *run)
{
  EntStore *store = run->fixture->store;

  for (int i = 0; i < run->now.n_orgs; i++)
    {
      g_autoptr (EntRecord) record = ent_store_get (store, org_key (run, i), NULL);

      g_assert_cmpint (is_live (store, org_key (run, i)), ==, run->now.orgs[i].live);
      assert_model_record (&run->now, i, record);
    }
  for (int i = 0; i < run->now.n_links; i++)
    g_assert_cmpint (is_live (store, run->links[i]), ==, run->now.links[i].live);
}

static void
remember (Run *run)
{
  g_ptr_array_add (run->undo, g_memdup2 (&run->now, sizeof run->now));
  g_ptr_array_set_size (run->redo, 0);
}

static void
step_add (Run *run)
{
  EntStore *store = run->fixture->store;
  int n = run->now.n_orgs;
  int title = g_test_rand_int_range (0, 100000);
  g_autofree char *text = g_strdup_printf ("Company %d", title);

  if (n == MAX_RECORDS)
    return;
  remember (run);
  run->orgs[run->clock] = add_record (store, "organization", text);
  run->org_at[n] = (int) run->clock++;
  run->now.orgs[n].title = title;
  run->now.orgs[n].year = 0;
  run->now.orgs[n].live = TRUE;
  run->now.n_orgs++;
}

static void
step_set (Run *run,
          int  i)
{
  gboolean is_title = g_test_rand_bit ();
  int value = g_test_rand_int_range (1000, 2200);
  g_autofree char *text = g_strdup_printf (is_title ? "Company %d" : "%d", value);
  int *slot = is_title ? &run->now.orgs[i].title : &run->now.orgs[i].year;

  if (!run->now.orgs[i].live || *slot == value)
    return;
  remember (run);
  set_field (run->fixture->store, org_key (run, i), is_title ? "title" : "founded_year", text);
  *slot = value;
}

static void
step_link (Run *run,
           int  i,
           int  j)
{
  int n = run->now.n_links;

  if (n == MAX_RECORDS || !run->now.orgs[i].live || !run->now.orgs[j].live)
    return;
  remember (run);
  run->links[n] = add_link (run->fixture->store, org_key (run, i), org_key (run, j));
  run->now.links[n].from = i;
  run->now.links[n].to = j;
  run->now.links[n].live = TRUE;
  run->now.n_links++;
}

static void
step_delete (Run *run,
             int  i)
{
  gint64 seq;

  if (!run->now.orgs[i].live)
    return;
  remember (run);
  seq = delete_record (run->fixture->store, org_key (run, i));
  run->now.orgs[i].live = FALSE;
  run->now.orgs[i].deleted = seq;
  for (int l = 0; l < run->now.n_links; l++)
    if (run->now.links[l].live && (run->now.links[l].from == i || run->now.links[l].to == i))
      {
        run->now.links[l].live = FALSE;
        run->now.links[l].deleted = seq;
      }
}

static void
step_restore (Run *run,
              int  i)
{
  if (run->now.orgs[i].live)
    return;
  remember (run);
  restore_record (run->fixture->store, org_key (run, i));
  run->now.orgs[i].live = TRUE;
  for (int l = 0; l < run->now.n_links; l++)
    if (!run->now.links[l].live && run->now.links[l].deleted == run->now.orgs[i].deleted &&
        (run->now.links[l].from == i || run->now.links[l].to == i) &&
        run->now.orgs[run->now.links[l].from].live && run->now.orgs[run->now.links[l].to].live)
      run->now.links[l].live = TRUE;
}

static void
step_back (Run      *run,
           gboolean  forward)
{
  GPtrArray *from = forward ? run->redo : run->undo;
  GPtrArray *to = forward ? run->undo : run->redo;

  if (from->len == 0)
    return;
  if (forward)
    redo (run->fixture->store);
  else
    undo (run->fixture->store);
  g_ptr_array_add (to, g_memdup2 (&run->now, sizeof run->now));
  run->now = *(Model *) g_ptr_array_index (from, from->len - 1);
  g_ptr_array_set_size (from, (int) from->len - 1);
}

static void
random_step (Run *run)
{
  int n = MAX (run->now.n_orgs, 1);
  int i = g_test_rand_int_range (0, n);

  switch (run->now.n_orgs < 2 ? 0 : g_test_rand_int_range (0, 16))
    {
    case 0: case 1:
      step_add (run);
      break;
    case 2: case 3: case 4: case 5:
      step_set (run, i);
      break;
    case 6: case 7:
      step_link (run, i, g_test_rand_int_range (0, n));
      break;
    case 8: case 9:
      step_delete (run, i);
      break;
    case 10: case 11:
      step_restore (run, i);
      break;
    case 12: case 13: case 14:
      step_back (run, FALSE);
      break;
    default:
      step_back (run, TRUE);
      break;
    }
}

typedef struct
{
  gint64 at;
  Model  model;
  int    org_at[MAX_RECORDS];
} Snapshot;

static void
take_snapshot (Run       *run,
               GPtrArray *snapshots)
{
  g_autoptr (GPtrArray) last = ent_store_get_history (run->fixture->store, 0, 0, 1, NULL);
  Snapshot *snapshot = g_new (Snapshot, 1);

  if (last->len == 0)
    {
      g_free (snapshot);
      return;
    }
  snapshot->at = ((EntTransactionInfo *) last->pdata[0])->at;
  snapshot->model = run->now;
  memcpy (snapshot->org_at, run->org_at, sizeof run->org_at);
  g_ptr_array_add (snapshots, snapshot);
}

static void
compare_with_past (Run            *run,
                   const Snapshot *snapshot)
{
  for (int i = 0; i < snapshot->model.n_orgs; i++)
    {
      EntKey key = run->orgs[snapshot->org_at[i]];
      g_autoptr (GError) error = NULL;
      g_autoptr (EntRecord) record = ent_store_get_at (run->fixture->store, key, snapshot->at, &error);

      g_assert_cmpint (record != NULL, ==, snapshot->model.orgs[i].live);
      if (record != NULL)
        assert_model_record (&snapshot->model, i, record);
      else
        g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
    }
}

/* Each step writes to disk, so that the slow disks of test machines decide how many are worth it. */
static void
test_against_a_model (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) snapshots = g_ptr_array_new_with_free_func (g_free);
  g_autofree Run *run = g_new0 (Run, 1);

  run->fixture = f;
  run->undo = g_ptr_array_new_with_free_func (g_free);
  run->redo = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 2000; i++)
    {
      random_step (run);
      if (i % 100 == 99)
        take_snapshot (run, snapshots);
      if (i % 250 == 249)
        {
          compare_with_store (run);
          fixture_reopen (f);
        }
    }
  compare_with_store (run);
  for (guint i = 0; i < snapshots->len; i++)
    compare_with_past (run, g_ptr_array_index (snapshots, i));
  assert_no_findings (f->store);
  g_ptr_array_unref (run->undo);
  g_ptr_array_unref (run->redo);
}

#define ADD(name, func) \
  g_test_add ("/store/undo/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("each-operation", test_each_operation);
  ADD ("cascade-and-restart", test_cascade_and_restart);
  ADD ("a-new-edit-ends-redo", test_a_new_edit_ends_redo);
  ADD ("an-older-change", test_an_older_change);
  ADD ("an-import", test_an_import);
  ADD ("set-up-is-not-offered", test_set_up_is_not_offered);
  ADD ("own-fields", test_own_fields);
  ADD ("against-a-model", test_against_a_model);

  return g_test_run ();
}
