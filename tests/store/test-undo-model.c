/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo of random edits, against a model of them. */
#include "config.h"

#include "store/undo-fixture.h"

/* --- Against a model ------------------------------------------------------------------------------ */

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("against-a-model", test_against_a_model);

  return g_test_run ();
}
