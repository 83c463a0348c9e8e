/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing records and reading them back. */
#include "store/store-fixture.h"

#include <string.h>

static void
test_every_kind_of_value_survives (Fixture       *f,
                                   gconstpointer  data)
{
  EntRecord *record = make_record (f->store, "organization", "Größe & “Söhne”");
  EntKey key;

  g_assert_true (ent_record_set_text (record, "arr", "1234.50 EUR", NULL));
  g_assert_true (ent_record_set_text (record, "roles", "partner; customer", NULL));
  g_assert_true (ent_record_set_text (record, "founded_year", "1987", NULL));
  g_assert_true (ent_record_set_text (record, "other_names", "a\\; b; c\"d\\\\e", NULL));
  key = insert_record (f->store, record);
  fixture_reopen (f);
  assert_field (f->store, key, "title", "Größe & “Söhne”");
  assert_field (f->store, key, "arr", "1234.50 EUR");
  assert_field (f->store, key, "roles", "partner; customer");
  assert_field (f->store, key, "founded_year", "1987");
  assert_field (f->store, key, "other_names", "a\\; b; c\"d\\\\e");
  assert_field (f->store, key, "rev", "1");
}

static void
test_changes_count_and_equal_values_change_nothing (Fixture       *f,
                                                    gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");

  g_assert_cmpint (set_field (f->store, key, "title", "Acme Ltd"), >, 0);
  g_assert_cmpint (set_field (f->store, key, "title", "Acme Ltd"), ==, 0);
  assert_field (f->store, key, "title", "Acme Ltd");
  assert_field (f->store, key, "rev", "2");
}

static void
assert_write_fails (EntStore           *store,
                    EntTransactionFunc  func,
                    Edit               *edit,
                    int                 code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ent_store_write (store, "Fail", ENT_ORIGIN_USER, func, edit, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, code);
  g_test_message ("%s", error->message);
}

static void
test_refusals (Fixture       *f,
               gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme");
  Edit nameless = { .type = "organization" };
  Edit emptied = { .key = acme, .field = "title" };
  Edit missing = { .key = acme, .field = "parent", .text = "#6401" };
  Edit system = { .key = acme, .field = "rev", .text = "9" };
  EntRecord *owned = make_record (f->store, "organization", "Owned");
  Edit other_kind = { .record = owned };

  set_ref (owned, "owner", acme);
  assert_write_fails (f->store, edit_add, &nameless, ENT_STORE_ERROR_INVALID);
  assert_write_fails (f->store, edit_set, &emptied, ENT_STORE_ERROR_INVALID);
  assert_write_fails (f->store, edit_set, &missing, ENT_STORE_ERROR_INVALID);
  assert_write_fails (f->store, edit_insert, &other_kind, ENT_STORE_ERROR_INVALID);
  assert_write_fails (f->store, edit_set, &system, ENT_STORE_ERROR_INVALID);
  g_object_unref (owned);
}

static void
test_lines_and_links_go_with_their_record (Fixture       *f,
                                           gconstpointer  data)
{
  EntKey agreement, term, acme, other, link;
  EntRecord *record;

  acme = add_record (f->store, "organization", "Acme");
  other = add_record (f->store, "organization", "Other");
  link = add_link (f->store, acme, other);
  record = make_record (f->store, "agreement", "Contract");
  set_ref (record, "counterparty", acme);
  agreement = insert_record (f->store, record);
  record = make_record (f->store, "agreement_term", "Ten percent");
  set_ref (record, "parent", agreement);
  term = insert_record (f->store, record);

  delete_record (f->store, agreement);
  g_assert_false (is_live (f->store, agreement));
  g_assert_false (is_live (f->store, term));
  restore_record (f->store, agreement);
  g_assert_true (is_live (f->store, agreement));
  g_assert_true (is_live (f->store, term));

  delete_record (f->store, acme);
  g_assert_false (is_live (f->store, link));
  g_assert_true (is_live (f->store, other));
  restore_record (f->store, acme);
  g_assert_true (is_live (f->store, link));
}

static void
test_records_in_the_ledger_stay (Fixture       *f,
                                 gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme");
  EntRecord *row = make_record (f->store, "ledger", "Commission");
  Edit edit = { .key = acme };
  EntKey ledger;

  ent_record_set_text (row, "amount", "10 USD", NULL);
  set_ref (row, "partner", acme);
  ledger = insert_record (f->store, row);
  assert_write_fails (f->store, edit_delete, &edit, ENT_STORE_ERROR_INVALID);
  edit.key = ledger;
  assert_write_fails (f->store, edit_delete, &edit, ENT_STORE_ERROR_INVALID);
  edit.field = "amount";
  edit.text = "11 USD";
  assert_write_fails (f->store, edit_set, &edit, ENT_STORE_ERROR_INVALID);
  /* Its state moves on, and what was empty may be filled in. */
  set_field (f->store, ledger, "status", "paid");
  set_field (f->store, ledger, "batch", "2026-03");
}

static void
test_resolve (Fixture       *f,
              gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme Größe");
  EntKey twin = add_record (f->store, "organization", "Twin");
  const EntRecordType *type = ent_store_get_record_type (f->store, "organization");
  g_autofree char *code = ent_store_dup_code (f->store, acme);
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, acme);
  g_autoptr (EntRecord) record = ent_store_get (f->store, acme, NULL);
  g_autoptr (GError) error = NULL;
  char id[ENT_ID_TEXT_LENGTH + 1];

  set_field (f->store, acme, "ref", "cb:acme");
  ent_id_to_text (ent_record_get_id (record), id);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, code, NULL), ==, acme);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, number, NULL), ==, acme);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, id, NULL), ==, acme);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "ref:cb:acme", NULL), ==, acme);
  g_assert_cmpint (ent_store_resolve (f->store, type, "cb:acme", NULL), ==, acme);
  g_assert_cmpint (ent_store_resolve (f->store, type, " ACME  grosse ", NULL), ==, acme);
  add_record (f->store, "organization", "twin");
  g_assert_cmpint (ent_store_resolve (f->store, type, "Twin", &error), ==, 0);
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_AMBIGUOUS);
  g_clear_error (&error);
  delete_record (f->store, twin);
  g_assert_cmpint (ent_store_resolve (f->store, type, "Twin", NULL), !=, 0);
  g_assert_cmpint (ent_store_resolve (f->store, type, "nobody", &error), ==, 0);
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

static void
test_titles_follow_changes (Fixture       *f,
                            gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme");
  char *title = ent_store_dup_title (f->store, acme);

  g_assert_cmpstr (title, ==, "Acme");
  g_free (title);
  set_field (f->store, acme, "title", "Bolt");
  title = ent_store_dup_title (f->store, acme);
  g_assert_cmpstr (title, ==, "Bolt");
  g_free (title);
}

static void
test_loading_keeps_order_and_gaps (Fixture       *f,
                                   gconstpointer  data)
{
  const EntRecordType *type = ent_store_get_record_type (f->store, "organization");
  EntKey a = add_record (f->store, "organization", "A");
  EntKey b = add_record (f->store, "organization", "B");
  guint32 rows[] = { (guint32) ent_key_row (b), 77, (guint32) ent_key_row (a) };
  guint fields[] = { ENT_COMMON_TITLE };
  g_autoptr (GPtrArray) records = ent_store_load (f->store, type, rows, 3, fields, 1, NULL, NULL);

  g_assert_cmpuint (records->len, ==, 3);
  g_assert_cmpstr (ent_record_get_title (records->pdata[0]), ==, "B");
  g_assert_null (records->pdata[1]);
  g_assert_cmpstr (ent_record_get_title (records->pdata[2]), ==, "A");
  g_assert_false (ent_record_has (records->pdata[2], ENT_COMMON_NOTE));
}

static void
test_referrers_and_children (Fixture       *f,
                             gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme");
  EntRecord *record = make_record (f->store, "organization", "Daughter");
  const EntRecordType *type = ent_store_get_record_type (f->store, "organization");
  g_autoptr (GPtrArray) found = NULL;

  set_ref (record, "parent", acme);
  insert_record (f->store, record);
  found = ent_store_get_referrers (f->store, acme, ent_record_type_lookup (type, "parent"), 10, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (ent_record_get_title (found->pdata[0]), ==, "Daughter");
}

#define ADD(name, func)                                                                             \
  g_test_add ("/store/records/plain/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down); \
  g_test_add ("/store/records/encrypted/" name, Fixture, "key", fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("every-kind-of-value-survives", test_every_kind_of_value_survives);
  ADD ("changes-count", test_changes_count_and_equal_values_change_nothing);
  ADD ("refusals", test_refusals);
  ADD ("lines-and-links-go-with-their-record", test_lines_and_links_go_with_their_record);
  ADD ("records-in-the-ledger-stay", test_records_in_the_ledger_stay);
  ADD ("resolve", test_resolve);
  ADD ("titles-follow-changes", test_titles_follow_changes);
  ADD ("loading-keeps-order-and-gaps", test_loading_keeps_order_and_gaps);
  ADD ("referrers-and-children", test_referrers_and_children);

  return g_test_run ();
}
