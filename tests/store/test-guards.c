/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that may refuse what people change. */
#include "store/store-fixture.h"

/* Refuses a region "apac" while the note is empty; counts how often it is asked. */
static gboolean
guard_cb (EntTransaction  *transaction,
          EntRecord       *record,
          const EntField  *field,
          const EntValue  *old_value,
          gpointer         user_data,
          GError         **error)
{
  (*(int *) user_data)++;
  g_assert_cmpstr (field->info.name, ==, "region");
  if (g_strcmp0 (ent_record_get_text (record, "region"), "apac") != 0 ||
      ent_record_get_text (record, "note") != NULL)
    return TRUE;
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID, "Write a note first.");
  return FALSE;
}

typedef struct
{
  EntKey      key;
  const char *region;
  const char *note;
} Both;

static gboolean
set_both_cb (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  const Both *both = user_data;
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, both->key, error);

  return ent_record_set_text (record, "region", both->region, error) &&
         (both->note == NULL || ent_record_set_text (record, "note", both->note, error)) &&
         ent_transaction_update (transaction, record, error);
}

static void
test_people_are_asked (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  EntKey key = add_record (f->store, "organization", "Acme");
  Both alone = { key, "apac", NULL };
  Both with_note = { key, "apac", "Tokyo" };
  int n_asked = 0;

  ent_store_add_guard (f->store, "organization", "region", guard_cb, &n_asked, NULL);
  g_assert_cmpint (set_field (f->store, key, "title", "Acme Ltd"), >, 0);
  g_assert_cmpint (n_asked, ==, 0);

  g_assert_false (ent_store_write (f->store, "Edit", ENT_ORIGIN_USER, set_both_cb, &alone, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "Write a note first.");
  assert_field (f->store, key, "region", NULL);

  /* The note comes after the region, in the same transaction. */
  g_clear_error (&error);
  g_assert_true (ent_store_write (f->store, "Edit", ENT_ORIGIN_USER, set_both_cb, &with_note, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_field (f->store, key, "region", "apac");
  g_assert_cmpint (n_asked, ==, 2);
}

static void
test_new_records_are_looked_at (Fixture       *f,
                                gconstpointer  data)
{
  g_autoptr (EntRecord) record = make_record (f->store, "organization", "Acme");
  Edit edit = { .record = record };
  g_autoptr (GError) error = NULL;
  int n_asked = 0;

  ent_store_add_guard (f->store, "organization", "region", guard_cb, &n_asked, NULL);
  g_assert_true (ent_record_set_text (record, "region", "apac", NULL));
  g_assert_false (ent_store_write (f->store, "Add", ENT_ORIGIN_USER, edit_insert, &edit, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID);
  g_assert_cmpint (n_asked, ==, 1);
}

static void
test_what_happened_elsewhere_is_not_refused (Fixture       *f,
                                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  EntKey key = add_record (f->store, "organization", "Acme");
  Both alone = { key, "apac", NULL };
  Both emea = { key, "emea", NULL };
  int n_asked = 0;

  ent_store_add_guard (f->store, "organization", "region", guard_cb, &n_asked, NULL);
  for (EntOrigin origin = ENT_ORIGIN_IMPORT; origin <= ENT_ORIGIN_SYNC; origin++)
    {
      g_assert_true (ent_store_write (f->store, "Sync", origin, set_both_cb, &alone, NULL, NULL, &error));
      g_assert_true (ent_store_write (f->store, "Sync", origin, set_both_cb, &emea, NULL, NULL, &error));
    }
  g_assert_no_error (error);
  g_assert_cmpint (n_asked, ==, 0);

  /* Undo brings back what was, refused or not. */
  g_assert_true (ent_store_write (f->store, "Sync", ENT_ORIGIN_SYNC, set_both_cb, &alone, NULL, NULL, &error));
  g_assert_true (ent_store_write (f->store, "Edit", ENT_ORIGIN_USER, set_both_cb, &emea, NULL, NULL, &error));
  ent_transaction_info_free (ent_store_undo (f->store, 0, NULL, &error));
  g_assert_no_error (error);
  assert_field (f->store, key, "region", "apac");
  g_assert_cmpint (n_asked, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/guards/people-are-asked", Fixture, NULL, fixture_set_up, test_people_are_asked, fixture_tear_down);
  g_test_add ("/guards/new-records-are-looked-at", Fixture, NULL, fixture_set_up, test_new_records_are_looked_at,
              fixture_tear_down);
  g_test_add ("/guards/what-happened-elsewhere-is-not-refused", Fixture, NULL, fixture_set_up,
              test_what_happened_elsewhere_is_not_refused, fixture_tear_down);
  return g_test_run ();
}
