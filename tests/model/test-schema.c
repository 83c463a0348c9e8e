/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime schema: how types are built from their declarations, what a declaration may not say,
 * and what a workspace may add. */
#include "config.h"

#include "sample-types.h"

#include <string.h>

static void
test_types_are_valid (void)
{
  EntSchema *schema = ent_schema_get_default ();
  g_autoptr (GError) error = NULL;

  ent_schema_validate (schema, &error);
  g_assert_no_error (error);
  g_assert_true (schema == ent_schema_get_default ());
  for (guint i = 1; i < ent_schema_get_n_types (schema); i++)
    g_assert_cmpuint (ent_schema_get_nth (schema, i - 1)->info->number, <,
                      ent_schema_get_nth (schema, i)->info->number);
}

static void
test_common_fields_come_first (void)
{
  static const char * const names[ENT_N_COMMON] = {
    "title", "ref", "owner", "tags", "sensitivity", "note", "created_at", "updated_at",
    "deleted_at", "rev",
  };
  g_autoptr (EntSchema) schema = sample_schema_new ();

  for (guint t = 0; t < ent_schema_get_n_types (schema); t++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, t);

      for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
        {
          const EntField *field = ent_record_type_get_nth (type, i);

          g_assert_cmpuint (field->index, ==, i);
          g_assert_true (field->type == type);
          g_assert_true (ent_record_type_lookup (type, field->info.name) == field);
          if (i < ENT_N_COMMON)
            g_assert_cmpstr (field->info.name, ==, names[i]);
        }
    }
}

static void
test_overriding_keeps_the_rest (void)
{
  g_autoptr (EntSchema) schema = sample_schema_new ();
  const EntRecordType *person = ent_schema_lookup (schema, "person");
  const EntField *title = ent_record_type_get_nth (person, ENT_COMMON_TITLE);
  g_auto (GStrv) aliases = ent_field_dup_aliases (title);

  g_assert_cmpstr (ent_field_get_label (title), ==, "Name");
  g_assert_nonnull (ent_field_get_help (title));
  g_assert_true (title->info.flags & ENT_FIELD_SEARCHED);
  g_assert_true (g_strv_contains ((const char * const *) aliases, "contact"));
  g_assert_true (g_strv_contains ((const char * const *) aliases, "full name"));
  /* The type has a field of that name. */
  g_assert_false (g_strv_contains ((const char * const *) aliases, "subject"));
}

static void
test_flags_are_completed (void)
{
  g_autoptr (EntSchema) schema = sample_schema_new ();
  const EntRecordType *type = ent_schema_lookup (schema, "sample");

  g_assert_true (ent_record_type_lookup (type, "stage")->info.flags & ENT_FIELD_LISTED);
  g_assert_true (ent_record_type_lookup (type, "serial")->info.flags & ENT_FIELD_INDEXED);
}

static void
test_columns (void)
{
  g_autoptr (EntSchema) schema = sample_schema_new ();
  const EntRecordType *type = ent_schema_lookup (schema, "sample");

  g_assert_cmpstr (ent_record_type_lookup (type, "amount")->column, ==, "amount");
  g_assert_cmpstr (ent_record_type_lookup (type, "amount")->currency_column, ==,
                   "amount_currency");
  g_assert_null (ent_record_type_lookup (type, "count")->currency_column);
}

static void
test_look_up (void)
{
  g_autoptr (EntSchema) schema = sample_schema_new ();
  const EntRecordType *type = ent_schema_lookup (schema, "sample");
  g_autofree char *code = ent_record_type_make_code (type, 42);
  g_autofree char *long_code = ent_record_type_make_code (type, 123456);

  g_assert_null (ent_schema_lookup (schema, "nothing"));
  g_assert_true (ent_schema_lookup_number (schema, 5) == type);
  g_assert_null (ent_schema_lookup_number (schema, 6));
  g_assert_null (ent_schema_lookup_number (schema, 6000));
  g_assert_true (ent_schema_lookup_key (schema, ent_key_make (5, 1)) == type);
  g_assert_null (ent_schema_lookup_key (schema, 0));
  g_assert_true (ent_schema_lookup_prefix (schema, "s-1", 1) == type);
  g_assert_null (ent_schema_lookup_prefix (schema, "SX", 2));
  g_assert_cmpuint (type->children->len, ==, 1);
  g_assert_true (ent_record_type_is_child (g_ptr_array_index (type->children, 0)));
  g_assert_cmpstr (ent_record_type_get_label (type, TRUE), ==, "Samples");

  g_assert_cmpstr (code, ==, "S-0042");
  g_assert_cmpint (ent_schema_read_code (schema, code), ==, ent_key_make (5, 42));
  g_assert_cmpint (ent_schema_read_code (schema, long_code), ==, ent_key_make (5, 123456));
  g_assert_cmpint (ent_schema_read_code (schema, "sl-7"), ==, ent_key_make (63, 7));
}

static void
test_codes_are_told_from_text (void)
{
  static const char * const others[] = {
    "", "S", "S-", "-1", "S-0", "S-1a", "S--1", "SX-1", "S 1", "S-99999999999999999999",
  };
  g_autoptr (EntSchema) schema = sample_schema_new ();

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (ent_schema_read_code (schema, others[i]), ==, 0);
}

static void
test_choices_match_loosely (void)
{
  g_autoptr (EntSchema) schema = sample_schema_new ();
  const EntField *stage = ent_record_type_lookup (ent_schema_lookup (schema, "sample"), "stage");

  g_assert_cmpstr (ent_field_match_choice (stage, " IN-progress ")->value, ==, "in_progress");
  g_assert_cmpstr (ent_field_match_choice (stage, "under way")->value, ==, "in_progress");
  g_assert_null (ent_field_match_choice (stage, "under"));
  g_assert_null (ent_field_match_choice (stage, ""));
  g_assert_null (ent_field_lookup_choice (stage, "IN-progress"));
  g_assert_cmpstr (ent_choice_get_label (ent_field_lookup_choice (stage, "new")), ==, "New");
}

static void
test_kinds (void)
{
  const char * const fits[] = { "closed_lost", "new", NULL };
  const char * const other[] = { "closed_lost", NULL };
  const char * const none[] = { NULL };
  g_autoptr (EntSchema) schema = sample_schema_new ();
  const EntRecordType *type = ent_schema_lookup (schema, "sample");
  const EntField *stage = ent_record_type_lookup (type, "stage");

  g_assert_true (ent_field_applies_to (stage, fits));
  g_assert_false (ent_field_applies_to (stage, other));
  g_assert_true (ent_field_applies_to (stage, none));
  g_assert_true (ent_field_applies_to (stage, NULL));
  g_assert_true (ent_field_applies_to (ent_record_type_get_nth (type, 0), other));
}

/* --- Refusals --------------------------------------------------------------------------------- */

static const EntChoice doubled[] = { { "a_b", "A" }, { "a-b", "B" }, { NULL } };
static const EntChoice unlabeled[] = { { "a" }, { NULL } };
static const EntChoice separated[] = { { "a;b", "A" }, { NULL } };

/* One wrong line each, and a word of the message. */
static const struct
{
  EntFieldInfo info;
  const char  *message;
} wrong_fields[] = {
  { { "Upper", ENT_FIELD_INT, .label = "A" }, "lower_snake_case" },
  { { "two words", ENT_FIELD_INT, .label = "A" }, "lower_snake_case" },
  { { "1st", ENT_FIELD_INT, .label = "A" }, "lower_snake_case" },
  { { "a__b", ENT_FIELD_INT, .label = "A" }, "lower_snake_case" },
  { { "order", ENT_FIELD_INT, .label = "A" }, "reserved" },
  { { "select", ENT_FIELD_INT, .label = "A" }, "reserved" },
  { { "from", ENT_FIELD_INT, .label = "A" }, "reserved" },
  { { "id", ENT_FIELD_INT, .label = "A" }, "reserved" },
  { { "x_a", ENT_FIELD_INT, .label = "A" }, "x_" },
  { { "count", ENT_FIELD_INT, .label = "A" }, "declared twice" },
  { { "rev", ENT_FIELD_INT, .label = "A" }, "system field" },
  { { "note", ENT_FIELD_INT, .label = "A" }, "another type" },
  { { "a", ENT_FIELD_INT }, "no label" },
  { { "a", ENT_FIELD_INT, .label = "" }, "no label" },
  { { "a", ENT_FIELD_INT, ENT_FIELD_MANY, "A" }, "MANY" },
  { { "a", ENT_FIELD_MONEY, ENT_FIELD_MANY, "A" }, "MANY" },
  { { "a", ENT_FIELD_MONEY, ENT_FIELD_UNIQUE, "A" }, "UNIQUE" },
  { { "a", ENT_FIELD_TEXT, ENT_FIELD_MANY | ENT_FIELD_UNIQUE, "A" }, "UNIQUE" },
  { { "a", ENT_FIELD_TEXT, ENT_FIELD_OPEN, "A" }, "OPEN" },
  { { "a", ENT_FIELD_TEXT, ENT_FIELD_SYSTEM | ENT_FIELD_REQUIRED, "A" }, "system" },
  { { "a", ENT_FIELD_ENUM, .label = "A" }, "needs choices" },
  { { "a", ENT_FIELD_TEXT, .label = "A", .choices = sample_stages }, "only an ENUM" },
  { { "a", ENT_FIELD_ENUM, .label = "A", .choices = doubled }, "given twice" },
  { { "a", ENT_FIELD_ENUM, .label = "A", .choices = unlabeled }, "no label" },
  { { "a", ENT_FIELD_ENUM, .label = "A", .choices = separated }, "separator" },
  { { "a", ENT_FIELD_REF, .label = "A" }, "target" },
  { { "a", ENT_FIELD_REF, .label = "A", .target = "nothing" }, "nothing" },
  { { "a", ENT_FIELD_INT, .label = "A", .target = "*" }, "target" },
  { { "a", ENT_FIELD_INT, .label = "A", .min = 2, .max = 1 }, "min" },
  { { "a", ENT_FIELD_BOOL, .label = "A", .max = 1 }, "limits" },
  { { "a", ENT_FIELD_INT, .label = "A", .default_value = "many" }, "default" },
  { { "a", ENT_FIELD_INT, .label = "A", .default_value = " " }, "default" },
  { { "a", ENT_FIELD_PERCENT, .label = "A", .max = 5, .default_value = "1" }, "default" },
  { { "a", ENT_FIELD_ENUM, .label = "A", .choices = sample_stages, .default_value = "won" },
    "default" },
  { { "a", ENT_FIELD_INT, .label = "A", .kinds = "new|won" }, "won" },
  { { "a", ENT_FIELD_INT, .label = "A", .merge = ENT_MERGE_UNION }, "UNION" },
  { { "a", ENT_FIELD_TEXT, .label = "A", .merge = ENT_MERGE_MAX }, "MAX" },
  { { "a", ENT_FIELD_INT, .label = "A", .merge = ENT_MERGE_APPEND }, "APPEND" },
  { { "a", ENT_FIELD_INT, .label = "A", .width = -1 }, "negative" },
  { { "amount_currency", ENT_FIELD_CURRENCY, .label = "A" }, "column" },
  { { "a", ENT_FIELD_INT, .label = "A", .aliases = "E mail" }, "import name" },
};

static void
assert_invalid (const EntRecordTypeInfo * const *infos,
                const char                      *message)
{
  g_autoptr (EntSchema) schema = ent_schema_new_from_infos (infos, NULL, 0, NULL, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (schema);
  g_assert_false (ent_schema_validate (schema, &error));
  g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_sample_is_valid (void)
{
  g_autoptr (EntSchema) schema = sample_schema_new ();
  g_autoptr (GError) error = NULL;

  ent_schema_validate (schema, &error);
  g_assert_no_error (error);
}

static void
test_wrong_fields_are_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_fields); i++)
    {
      EntFieldInfo fields[G_N_ELEMENTS (sample_fields) + 1];
      EntRecordTypeInfo type = sample_type;
      const EntRecordTypeInfo *infos[] = { &type, &sample_person_type, &sample_line_type, NULL };

      memcpy (fields, sample_fields, sizeof sample_fields);
      fields[G_N_ELEMENTS (sample_fields) - 1] = wrong_fields[i].info;
      fields[G_N_ELEMENTS (sample_fields)] = (EntFieldInfo) { NULL };
      type.fields = fields;
      assert_invalid (infos, wrong_fields[i].message);
    }
}

static void
test_wrong_types_are_refused (void)
{
  static const EntFieldInfo nothing[] = { { NULL } };
  static const struct
  {
    EntRecordTypeInfo info;
    const char       *message;
  } wrong[] = {
    { { "Bad", 7, "B", 0, NULL, "A", "B", .fields = nothing }, "lower_snake_case" },
    { { "table", 7, "B", 0, NULL, "A", "B", .fields = nothing }, "reserved" },
    { { "sample", 7, "B", 0, NULL, "A", "B", .fields = nothing }, "this name" },
    { { "a", 0, "B", 0, NULL, "A", "B", .fields = nothing }, "number" },
    { { "a", 64, "B", 0, NULL, "A", "B", .fields = nothing }, "number" },
    { { "a", 5, "B", 0, NULL, "A", "B", .fields = nothing }, "number" },
    { { "a", 7, "b", 0, NULL, "A", "B", .fields = nothing }, "prefix" },
    { { "a", 7, NULL, 0, NULL, "A", "B", .fields = nothing }, "prefix" },
    { { "a", 7, "S", 0, NULL, "A", "B", .fields = nothing }, "prefix" },
    { { "a", 7, "B", 0, NULL, "A", NULL, .fields = nothing }, "labels" },
    { { "a", 7, "B", 0, "sample", "A", "B", .fields = nothing }, "no child" },
    { { "a", 7, "B", ENT_RECORD_TYPE_CHILD, NULL, "A", "B", .fields = nothing }, "parent" },
    { { "a", 7, "B", ENT_RECORD_TYPE_CHILD, "sample", "A", "B", .fields = nothing }, "parent" },
    { { "a", 7, "B", ENT_RECORD_TYPE_LINK, NULL, "A", "B", .fields = nothing }, "link" },
    { { "a", 7, "B", 0, NULL, "A", "B", .kind_field = "k", .fields = nothing }, "kind field" },
    { { "a", 7, "B", 0, NULL, "A", "B", .state_field = "note", .fields = nothing }, "state" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const EntRecordTypeInfo *infos[] = {
        &sample_type, &sample_person_type, &sample_line_type, &wrong[i].info, NULL,
      };

      assert_invalid (infos, wrong[i].message);
    }
}

/* --- Additions of a workspace ----------------------------------------------------------------- */

static void
test_custom_fields (void)
{
  static const EntChoice choices[] = { { "a", "Alpha" }, { "b" }, { NULL } };
  char name[] = "order_size", label[] = "Order size";
  const EntCustomField fields[] = {
    { "sample", { name, ENT_FIELD_MONEY, ENT_FIELD_COLUMN, label } },
    { "sample", { "letter", ENT_FIELD_ENUM, 0, "Letter", .choices = choices } },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSchema) schema = ent_schema_new_from_infos (sample_infos, fields, 2, NULL, 0,
                                                            &error);
  const EntRecordType *type;
  const EntField *field;

  g_assert_no_error (error);
  memset (name, 'z', sizeof name - 1);
  memset (label, 'z', sizeof label - 1);

  type = ent_schema_lookup (schema, "sample");
  field = ent_record_type_lookup (type, "order_size");
  g_assert_true (field->is_custom);
  g_assert_cmpstr (field->column, ==, "x_order_size");
  g_assert_cmpstr (field->currency_column, ==, "x_order_size_currency");
  g_assert_cmpstr (ent_field_get_label (field), ==, "Order size");
  g_assert_true (field->info.flags & ENT_FIELD_LISTED);
  field = ent_record_type_lookup (type, "letter");
  g_assert_cmpstr (ent_field_match_choice (field, "alpha")->value, ==, "a");
  g_assert_cmpstr (ent_choice_get_label (ent_field_match_choice (field, "b")), ==, "b");
  g_assert_true (ent_schema_validate (schema, &error));
}

static void
test_custom_choices (void)
{
  const EntCustomChoice choices[] = {
    { "sample", "stage", { "on_hold", "On hold", ENT_TONE_WARNING } },
    { "sample", "stage", { "new", "Brand new" } },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSchema) schema = ent_schema_new_from_infos (sample_infos, NULL, 0, choices, 2,
                                                            &error);
  const EntField *stage;

  g_assert_no_error (error);
  stage = ent_record_type_lookup (ent_schema_lookup (schema, "sample"), "stage");
  g_assert_cmpuint (stage->choices->len, ==, G_N_ELEMENTS (sample_stages));
  g_assert_cmpstr (ent_field_match_choice (stage, "on hold")->value, ==, "on_hold");
  /* The program's own label stays. */
  g_assert_cmpstr (ent_choice_get_label (ent_field_lookup_choice (stage, "new")), ==, "New");
}

static void
test_wrong_additions_are_refused (void)
{
  static const EntCustomField fields[] = {
    { "nothing", { "a", ENT_FIELD_INT, 0, "A" } },
    { "sample", { "count", ENT_FIELD_INT, 0, "A" } },
    { "sample", { "title", ENT_FIELD_TEXT, 0, "A" } },
    { "sample", { "select", ENT_FIELD_INT, 0, "A" } },
    { "sample", { "Drop table", ENT_FIELD_INT, 0, "A" } },
    { "sample", { "", ENT_FIELD_INT, 0, "A" } },
    { "sample", { NULL, ENT_FIELD_INT, 0, "A" } },
    { "sample", { "a", ENT_FIELD_INT, 0, NULL } },
    { "sample", { "a", ENT_FIELD_INT, ENT_FIELD_SYSTEM, "A" } },
    { "sample", { "a", ENT_FIELD_REF, 0, "A", .target = "nothing" } },
    { "sample", { "a", ENT_FIELD_INT, ENT_FIELD_MANY, "A" } },
  };
  static const EntCustomChoice choices[] = {
    { "nothing", "stage", { "a", "A" } },
    { "sample", "nothing", { "a", "A" } },
    { "sample", "count", { "a", "A" } },
    { "sample", "stage", { "", "A" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_schema_new_from_infos (sample_infos, &fields[i], 1, NULL, 0, &error));
      g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_schema_new_from_infos (sample_infos, NULL, 0, &choices[i], 1, &error));
      g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/types-are-valid", test_types_are_valid);
  g_test_add_func ("/schema/common-fields-come-first", test_common_fields_come_first);
  g_test_add_func ("/schema/overriding-keeps-the-rest", test_overriding_keeps_the_rest);
  g_test_add_func ("/schema/flags-are-completed", test_flags_are_completed);
  g_test_add_func ("/schema/columns", test_columns);
  g_test_add_func ("/schema/look-up", test_look_up);
  g_test_add_func ("/schema/codes-are-told-from-text", test_codes_are_told_from_text);
  g_test_add_func ("/schema/choices-match-loosely", test_choices_match_loosely);
  g_test_add_func ("/schema/kinds", test_kinds);
  g_test_add_func ("/schema/sample-is-valid", test_sample_is_valid);
  g_test_add_func ("/schema/wrong-fields-are-refused", test_wrong_fields_are_refused);
  g_test_add_func ("/schema/wrong-types-are-refused", test_wrong_types_are_refused);
  g_test_add_func ("/schema/custom-fields", test_custom_fields);
  g_test_add_func ("/schema/custom-choices", test_custom_choices);
  g_test_add_func ("/schema/wrong-additions-are-refused", test_wrong_additions_are_refused);

  return g_test_run ();
}
