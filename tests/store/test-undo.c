/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo, redo, history and time travel. */
#include "config.h"

#include "store/undo-fixture.h"

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

  return g_test_run ();
}
