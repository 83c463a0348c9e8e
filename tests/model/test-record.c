/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records: values by field, what was loaded, what is dirty, who is told. */
#include "config.h"

#include "model/ent-record.h"
#include "sample-types.h"

static EntSchema *schema;

static EntRecord *
record_new (const char *type)
{
  return ent_record_new (ent_schema_lookup (schema, type));
}

static guint
index_of (EntRecord  *record,
          const char *field)
{
  return ent_record_type_lookup (ent_record_get_record_type (record), field)->index;
}

static void
count_cb (EntRecord *record,
          gpointer   user_data)
{
  (*(int *) user_data)++;
}

static void
test_new_is_empty (void)
{
  EntRecord *record = record_new ("sample");
  g_auto (GStrv) kinds = ent_record_dup_kinds (record);

  g_assert_cmpint (ent_record_get_key (record), ==, 0);
  g_assert_cmpstr (ent_record_get_code (record), ==, "");
  g_assert_cmpstr (ent_record_get_title (record), ==, "Untitled sample");
  g_assert_true (ent_id_is_zero (ent_record_get_id (record)));
  g_assert_true (ent_value_is_null (ent_record_get_named (record, "count")));
  g_assert_false (ent_record_has (record, index_of (record, "count")));
  g_assert_false (ent_record_is_any_dirty (record));
  g_assert_null (ent_record_get_text (record, "line"));
  g_assert_cmpint (ent_record_get_int (record, "count", -3), ==, -3);
  g_assert_cmpint (ent_record_get_ref (record, "peer"), ==, 0);
  g_assert_cmpuint (g_strv_length (kinds), ==, 0);

  g_assert_finalize_object (record);
}

static void
test_set_tells_of_changes_only (void)
{
  EntRecord *record = record_new ("sample");
  int n_count = 0, n_all = 0;

  g_signal_connect (record, "changed::count", G_CALLBACK (count_cb), &n_count);
  g_signal_connect (record, "changed", G_CALLBACK (count_cb), &n_all);

  g_assert_true (ent_record_set_text (record, "count", "5", NULL));
  g_assert_true (ent_record_set_text (record, "count", "5", NULL));
  g_assert_true (ent_record_set_text (record, "line", "a", NULL));
  g_assert_true (ent_record_set_text (record, "body", "", NULL));

  g_assert_cmpint (n_count, ==, 1);
  g_assert_cmpint (n_all, ==, 2);
  g_assert_cmpint (ent_record_get_int (record, "count", 0), ==, 5);
  g_assert_true (ent_record_is_dirty (record, index_of (record, "count")));
  g_assert_true (ent_record_has (record, index_of (record, "body")));
  g_assert_false (ent_record_is_dirty (record, index_of (record, "body")));
  ent_record_mark_clean (record);
  g_assert_false (ent_record_is_any_dirty (record));
  g_assert_false (ent_record_is_dirty (record, index_of (record, "count")));

  g_assert_finalize_object (record);
}

static void
test_load_is_quiet (void)
{
  EntRecord *record = record_new ("sample");
  EntValue value = ENT_VALUE_INIT;
  int n = 0;

  g_signal_connect (record, "changed", G_CALLBACK (count_cb), &n);
  ent_value_set_text (&value, "Acme");
  ent_record_load (record, ENT_COMMON_TITLE, &value);

  g_assert_true (ent_value_is_null (&value));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (ent_record_has (record, ENT_COMMON_TITLE));
  g_assert_false (ent_record_is_any_dirty (record));
  g_assert_cmpstr (ent_record_get_title (record), ==, "Acme");

  g_assert_finalize_object (record);
}

static void
test_wrong_text_changes_nothing (void)
{
  EntRecord *record = record_new ("sample");
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_record_set_text (record, "count", "5", NULL));
  g_assert_false (ent_record_set_text (record, "count", "many", &error));
  g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (ent_record_set_text (record, "nothing", "1", &error));
  g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED);
  g_assert_cmpint (ent_record_get_int (record, "count", 0), ==, 5);

  g_assert_finalize_object (record);
}

static void
test_copy_is_deep (void)
{
  EntRecord *record = record_new ("sample");
  EntRecord *copy;
  EntId id;

  ent_id_init_new (&id);
  ent_record_set_id (record, &id);
  ent_record_set_key (record, ent_key_make (5, 42));
  g_assert_true (ent_record_set_text (record, "tags", "a; b", NULL));
  copy = ent_record_copy (record);
  g_assert_true (ent_record_set_text (record, "tags", "c", NULL));

  g_assert_cmpstr (ent_record_get_code (copy), ==, "S-0042");
  g_assert_cmpmem (ent_record_get_id (copy), sizeof id, &id, sizeof id);
  g_assert_cmpuint (g_strv_length (ent_record_get (copy, ENT_COMMON_TAGS)->list), ==, 2);
  g_assert_true (ent_record_is_dirty (copy, ENT_COMMON_TAGS));

  g_assert_finalize_object (record);
  g_assert_finalize_object (copy);
}

static void
test_code_follows_the_key (void)
{
  EntRecord *record = record_new ("sample");

  ent_record_set_key (record, ent_key_make (5, 1));
  g_assert_cmpstr (ent_record_get_code (record), ==, "S-0001");
  ent_record_set_key (record, ent_key_make (5, 2));
  g_assert_cmpstr (ent_record_get_code (record), ==, "S-0002");

  g_assert_finalize_object (record);
}

static void
test_kinds (void)
{
  EntRecord *sample = record_new ("sample");
  EntRecord *person = record_new ("person");
  EntRecord *line = record_new ("sample_line");
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) many = NULL;
  g_auto (GStrv) none = ent_record_dup_kinds (line);

  g_assert_true (ent_record_set_text (sample, "kind", "new", NULL));
  one = ent_record_dup_kinds (sample);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "new");
  g_assert_true (ent_record_set_text (person, "roles", "new; closed_lost", NULL));
  many = ent_record_dup_kinds (person);
  g_assert_cmpuint (g_strv_length (many), ==, 2);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_assert_finalize_object (sample);
  g_assert_finalize_object (person);
  g_assert_finalize_object (line);
}

static void
test_record_keeps_its_schema (void)
{
  EntSchema *own = sample_schema_new ();
  EntRecord *record = ent_record_new (ent_schema_lookup (own, "sample"));

  ent_schema_unref (own);
  g_assert_cmpstr (ent_record_get_title (record), ==, "Untitled sample");

  g_assert_finalize_object (record);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  schema = sample_schema_new ();

  g_test_add_func ("/record/new-is-empty", test_new_is_empty);
  g_test_add_func ("/record/set-tells-of-changes-only", test_set_tells_of_changes_only);
  g_test_add_func ("/record/load-is-quiet", test_load_is_quiet);
  g_test_add_func ("/record/wrong-text-changes-nothing", test_wrong_text_changes_nothing);
  g_test_add_func ("/record/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/record/code-follows-the-key", test_code_follows_the_key);
  g_test_add_func ("/record/kinds", test_kinds);
  g_test_add_func ("/record/record-keeps-its-schema", test_record_keeps_its_schema);

  status = g_test_run ();
  ent_schema_unref (schema);

  return status;
}
