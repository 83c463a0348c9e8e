/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values: what each type of field reads, refuses, writes and shows. */
#include "config.h"

#include "model/value-fixture.h"

static char *
random_text (void)
{
  static const char * const pieces[] = {
    "a", "B", " ", ";", ",", "|", "\\", "é", "日", "\"", "'", "1", "-",
  };
  GString *text = g_string_new ("x");

  for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  g_string_append_c (text, 'y');

  return g_string_free (text, FALSE);
}

static gint64
random_int64 (void)
{
  guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  return (gint64) (bits >> g_test_rand_int_range (0, 60)) * (g_test_rand_bit () ? 1 : -1);
}

static void
fill_random (const EntField *field,
             EntValue       *value)
{
  const char * const *codes = ent_currency_get_codes ();
  guint n_codes = g_strv_length ((char **) codes);

  if (ent_field_is_many (field))
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (int i = g_test_rand_int_range (1, 4); i > 0; i--)
        {
          g_autofree char *text = random_text ();

          /* Items are a set: a number makes each its own. */
          g_strv_builder_take (builder, g_strdup_printf ("%d%s", i, text));
        }
      ent_value_take_list (value, g_strv_builder_end (builder));
    }
  else if (field->info.type == ENT_FIELD_MONEY)
    {
      ent_value_set_money (value, random_int64 (),
                           codes[g_test_rand_int_range (0, (gint32) n_codes)]);
    }
  else if (field->info.type == ENT_FIELD_TEXT)
    {
      ent_value_take_text (value, random_text ());
    }
  else
    {
      ent_value_set_int (value, random_int64 ());
    }
}

static void
assert_round_trip (const EntField *field,
                   const EntValue *value)
{
  g_autofree char *text = ent_value_write (field, value);
  g_auto (EntValue) read = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  ent_value_read (field, text, NULL, &read, &error);
  g_assert_no_error (error);
  if (!ent_value_equal (value, &read))
    g_error ("%s does not read back: %s", field->info.name, text);
}

static void
test_round_trip (void)
{
  static const char * const names[] = { "count", "amount", "rate", "grade", "title", "tags" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (int i = 0; i < 3000; i++)
      {
        g_auto (EntValue) value = ENT_VALUE_INIT;

        fill_random (get_field (names[n]), &value);
        assert_round_trip (get_field (names[n]), &value);
      }
}

static char *
random_cell (void)
{
  static const char * const pieces[] = {
    "0", "1", "12", "2026", "1234567890123456789", ".", ",", "-", "+", "/", ":", " ", "T", "Z", "%",
    "(", ")", "$", "€", "kr", "USD", "K", "E", "Nov", "today", "am", "h", "m", "a", "x", "@", ";",
    "|", "\\", "\n", "\r", "\"", "{", "}", "[", "]", "#", "#69", "www.", "http://", "example.com",
    "Germany", "New", "é", "\xc2\xa0", "\xe9", "\xe2\x80", "−", "’", "\xef\xbb\xbf",
  };
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (1, 8); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

/* Whatever a cell holds: it is read to a value that suits the field and reads back, or refused in a
 * sentence. */
static void
test_any_text (void)
{
  const EntRecordType *type = ent_schema_lookup (schema, "sample");

  for (guint i = 0; i < ent_record_type_get_n_fields (type) * 2000; i++)
    {
      const EntField *field =
        ent_record_type_get_nth (type, i % ent_record_type_get_n_fields (type));
      g_autofree char *text = random_cell ();
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      if (!ent_value_read (field, text, NULL, &value, &error))
        {
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      if (ent_value_is_null (&value))
        continue;
      if (!ent_value_check (field, &value, &error))
        g_error ("%s: %s: %s", field->info.name, text, error->message);
      assert_round_trip (field, &value);
    }
}

static void
test_check_refuses_what_does_not_suit (void)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntKey person = ent_key_make (2, 1);

  ent_value_set_text (&value, "12");
  g_assert_false (ent_value_check (get_field ("count"), &value, NULL));
  g_assert_false (ent_value_check (get_field ("stage"), &value, NULL));
  g_assert_true (ent_value_check (get_field ("field_of_work"), &value, NULL));
  ent_value_set_text (&value, "germany");
  g_assert_false (ent_value_check (get_field ("country"), &value, NULL));
  ent_value_set_int (&value, 1000001);
  g_assert_false (ent_value_check (get_field ("share"), &value, NULL));
  g_assert_false (ent_value_check (get_field ("line"), &value, NULL));
  ent_value_set_int (&value, 2);
  g_assert_false (ent_value_check (get_field ("done"), &value, NULL));
  ent_value_set_int (&value, G_MAXINT64);
  g_assert_false (ent_value_check (get_field ("due"), &value, NULL));
  g_assert_false (ent_value_check (get_field ("at"), &value, NULL));
  ent_value_set_int (&value, person);
  g_assert_false (ent_value_check (get_field ("peer"), &value, NULL));
  ent_value_set_keys (&value, &person, 1);
  g_assert_true (ent_value_check (get_field ("about"), &value, NULL));
  ent_value_set_money (&value, 100001, "USD");
  g_assert_false (ent_value_check (get_field ("budget"), &value, NULL));
  ent_value_set_money (&value, 1, "???");
  g_assert_false (ent_value_check (get_field ("amount"), &value, NULL));
}

static void
test_default (void)
{
  EntReadContext context = { .today = 20000 };
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_field_get_default (get_field ("due"), &context, &value);
  g_assert_cmpint (value.integer, ==, 20000);
  ent_field_get_default (get_field ("stage"), &context, &value);
  g_assert_cmpstr (value.text, ==, "new");
  ent_field_get_default (get_field ("count"), &context, &value);
  g_assert_true (ent_value_is_null (&value));
}

static const struct
{
  const char *field, *text, *full, *brief;
} shown[] = {
  { "count", "1234567", "1,234,567 days", "1,234,567" },
  { "amount", "1234567.50 USD", "$1,234,567.50", "$1.2M" },
  { "share", "12.5", "12.5 %", "12.5 %" },
  { "grade", "3.5", "3.5", "3.5" },
  { "done", "yes", "Yes", "Yes" },
  { "due", "2026-11-20", "20 November 2026", "20 Nov 2026" },
  { "effort", "90", "1 h 30 min", "1 h 30 min" },
  { "effort", "120", "2 h", "2 h" },
  { "effort", "45", "45 min", "45 min" },
  { "effort", "-75", "-1 h 15 min", "-1 h 15 min" },
  { "stage", "in_progress", "Under way", "Under way" },
  { "stages", "new; in_progress", "New, Under way", "New, Under way" },
  { "field_of_work", "Bees", "Bees", "Bees" },
  { "country", "KR", "South Korea", "South Korea" },
  { "peer", "#69", "#69", "#69" },
  { "line", "", "", "" },
};

static void
test_display (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      const EntField *field = get_field (shown[i].field);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autofree char *full = NULL;
      g_autofree char *brief = NULL;

      g_assert_true (ent_value_read (field, shown[i].text, NULL, &value, NULL));
      full = ent_value_display (field, &value, ENT_DISPLAY_FULL, NULL, NULL);
      brief = ent_value_display (field, &value, ENT_DISPLAY_SHORT, NULL, NULL);
      g_assert_cmpstr (full, ==, shown[i].full);
      g_assert_cmpstr (brief, ==, shown[i].brief);
    }
}

static char *
name_cb (EntKey   key,
         gpointer user_data)
{
  return key == 69 ? g_strdup ("Acme") : NULL;
}

static void
test_names_are_shown (void)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *text = NULL;

  g_assert_true (ent_value_read (get_field ("about"), "#69; #66", NULL, &value, NULL));
  text = ent_value_display (get_field ("about"), &value, ENT_DISPLAY_FULL, name_cb, NULL);
  g_assert_cmpstr (text, ==, "Acme, #66");
}

static void
test_empty_is_null (void)
{
  const char * const nothing[] = { NULL };
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_text (&value, "");
  g_assert_true (ent_value_is_null (&value));
  ent_value_set_text (&value, NULL);
  g_assert_true (ent_value_is_null (&value));
  ent_value_set_list (&value, nothing);
  g_assert_true (ent_value_is_null (&value));
  ent_value_set_keys (&value, NULL, 0);
  g_assert_true (ent_value_is_null (&value));
}

static void
set_from_text (EntValue   *value,
               const char *field,
               const char *text)
{
  g_assert_true (ent_value_read (get_field (field), text, NULL, value, NULL));
}

static void
test_order (void)
{
  static const char * const sorted[][2] = {
    { "count", "-1" }, { "count", "2" }, { "amount", "5 EUR" }, { "amount", "7 EUR" },
    { "amount", "1 USD" }, { "title", "Äpfel" }, { "title", "banana" }, { "title", "Cherry" },
    { "tags", "a; b" }, { "tags", "a; c" }, { "tags", "a; c; d" }, { "about", "#66" },
    { "about", "#66; #69" }, { "title", "" },
  };
  EntValue values[G_N_ELEMENTS (sorted)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    set_from_text (&values[i], sorted[i][0], sorted[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int order = ent_value_compare (&values[i], &values[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        g_assert_cmpint (ent_value_equal (&values[i], &values[j]), ==, i == j);
      }
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    ent_value_clear (&values[i]);
}

static void
test_copies_are_deep (void)
{
  static const char * const texts[][2] = {
    { "title", "Acme" }, { "tags", "a; b" }, { "about", "#66; #69" }, { "amount", "5 EUR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_auto (EntValue) copy = ENT_VALUE_INIT;

      set_from_text (&value, texts[i][0], texts[i][1]);
      ent_value_copy (&value, &copy);
      g_assert_true (ent_value_equal (&value, &copy));
      ent_value_copy (&copy, &copy);
      g_assert_true (ent_value_equal (&value, &copy));
      ent_value_clear (&value);
      g_assert_false (ent_value_is_null (&copy));
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  schema = sample_schema_new ();

  g_test_add_func ("/value/round-trip", test_round_trip);
  g_test_add_func ("/value/any-text", test_any_text);
  g_test_add_func ("/value/check-refuses-what-does-not-suit",
                   test_check_refuses_what_does_not_suit);
  g_test_add_func ("/value/default", test_default);
  g_test_add_func ("/value/display", test_display);
  g_test_add_func ("/value/names-are-shown", test_names_are_shown);
  g_test_add_func ("/value/empty-is-null", test_empty_is_null);
  g_test_add_func ("/value/order", test_order);
  g_test_add_func ("/value/copies-are-deep", test_copies_are_deep);

  status = g_test_run ();
  ent_schema_unref (schema);

  return status;
}
