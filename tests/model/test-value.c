/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values: what each type of field reads, refuses, writes and shows. */
#include "config.h"

#include "sample-types.h"

#include <string.h>

static EntSchema *schema;

static const EntField *
get_field (const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_schema_lookup (schema, "sample"), name);

  g_assert_nonnull (field);

  return field;
}

/* What is read, in interchange form; NULL: nothing. */
static const struct
{
  const char *field, *text, *written;
} reads[] = {
  { "line", "  two  words ", "two  words" },
  { "line", "a\r\nb", "a b" },
  { "line", "\xc2\xa0", NULL },
  { "line", "", NULL },
  { "line", "n/a", "n/a" },
  { "line", "éééééééééé", "éééééééééé" },
  { "body", "# A\r\n\r\nb\n", "# A\n\nb" },
  { "serial", " X-1 ", "X-1" },
  { "count", "1000", "1000" },
  { "count", "1,000", "1000" },
  { "count", "1.000", "1000" },
  { "count", "1 000", "1000" },
  { "count", "12.0", "12" },
  { "count", "-7", "-7" },
  { "count", "10K", "10000" },
  { "count", "1.5K", "1500" },
  { "count", "1E+03", "1000" },
  { "count", "9223372036854775807", "9223372036854775807" },
  { "count", "-9223372036854775808", "-9223372036854775808" },
  { "count", "N/A", NULL },
  { "count", "—", NULL },
  { "amount", "$1,234.50", "1234.50 USD" },
  { "amount", "1000 JPY", "1000 JPY" },
  { "amount", "-", NULL },
  { "amount", "-5", "-5.00 USD" },
  { "share", "12.5", "12.5" },
  { "share", "12.5 %", "12.5" },
  { "share", "12,5%", "12.5" },
  { "share", "12.345", "12.345" },
  { "share", "100%", "100" },
  { "share", "0.0001", "0.0001" },
  { "rate", "-3 %", "-3" },
  { "grade", "3.75", "3.75" },
  { "grade", "3,750", "3.75" },
  { "grade", "4", "4" },
  { "done", "yes", "true" },
  { "done", "TRUE", "true" },
  { "done", "1", "true" },
  { "done", "x", "true" },
  { "done", "✓", "true" },
  { "done", "No", "false" },
  { "done", "0", "false" },
  { "due", "20 Nov 2026", "2026-11-20" },
  { "due", "null", NULL },
  { "at", "2026-11-20 14:05", "2026-11-20T14:05:00Z" },
  { "effort", "90", "90" },
  { "effort", "1h30", "90" },
  { "effort", "1h30m", "90" },
  { "effort", "1 h 30 min", "90" },
  { "effort", "1:30", "90" },
  { "effort", "2 h", "120" },
  { "effort", "2hours", "120" },
  { "effort", "1.5h", "90" },
  { "effort", "1,25 h", "75" },
  { "effort", "45 min", "45" },
  { "stage", "new", "new" },
  { "stage", "NEW", "new" },
  { "stage", "In Progress", "in_progress" },
  { "stage", "in-progress", "in_progress" },
  { "stage", "under_way", "in_progress" },
  { "stage", "Closed, Lost", "closed_lost" },
  { "field_of_work", "Under way", "in_progress" },
  { "field_of_work", " Bee keeping ", "Bee keeping" },
  { "stages", "new; Under way", "new; in_progress" },
  { "stages", "new, under way", "new; in_progress" },
  { "stages", "new|under way|new", "new; in_progress" },
  { "stages", "new\nunder way\n", "new; in_progress" },
  { "stages", "Closed, lost", "closed_lost" },
  { "stages", "Closed, lost; new", "closed_lost; new" },
  { "stages", ";;", NULL },
  { "peer", "#69", "#69" },
  { "about", "#69; #66", "#69; #66" },
  { "about", "#69, #69", "#69" },
  { "country", "Deutschland", "DE" },
  { "countries", "Germany, France", "DE; FR" },
  { "countries", "Korea, Republic of", "KR" },
  { "currency", "eur", "EUR" },
  { "currency", "€", "EUR" },
  { "timezone", "Europe/Berlin", "Europe/Berlin" },
  { "timezone", "utc", "UTC" },
  { "url", "example.com/a?b=c", "https://example.com/a?b=c" },
  { "url", "HTTP://Example.com", "HTTP://Example.com" },
  { "url", "http://localhost:8080/", "http://localhost:8080/" },
  { "url", "mailto:a@example.com", "mailto:a@example.com" },
  { "email", "Ada@Example.COM", "Ada@example.com" },
  { "email", "Ada Lovelace <ada@example.com>", "ada@example.com" },
  { "email", "mailto:ada@example.com", "ada@example.com" },
  { "email", "ada@münchen.de", "ada@münchen.de" },
  { "phone", "+1 (555) 123-4567 ext. 8", "+1 (555) 123-4567 ext. 8" },
  { "domain", "https://www.Example.com/about?x", "example.com" },
  { "domain", "EXAMPLE.co.uk.", "example.co.uk" },
  { "domain", "ada@example.com", "example.com" },
  { "domain", "example.com:443", "example.com" },
  { "domain", "www.de", "www.de" },
  { "domain", "MÜNCHEN.de", "münchen.de" },
  { "hash", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "data", " {\"a\": [1, -2.5e3, \"\\u00e9\", true, null, {}]} ",
    "{\"a\": [1, -2.5e3, \"\\u00e9\", true, null, {}]}" },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      const EntField *field = get_field (reads[i].field);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;

      g_test_message ("%s: %s", reads[i].field, reads[i].text);
      g_assert_cmpint (ent_value_read (field, reads[i].text, NULL, &value, &error), ==,
                       error == NULL);
      g_assert_no_error (error);
      written = ent_value_write (field, &value);
      g_assert_cmpstr (written, ==, reads[i].written);
      ent_value_check (field, &value, &error);
      g_assert_no_error (error);
    }
}

static const struct
{
  const char       *field, *text;
  EntValueErrorCode code;
  const char       *message; /* or NULL: any */
} refusals[] = {
  { "line", "eleven long", ENT_VALUE_ERROR_RANGE,
    "“eleven long” is too long; write at most 10 characters" },
  { "line", "caf\xe9", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "count", "12.5", ENT_VALUE_ERROR_MALFORMED,
    "“12.5” is not a whole number; write it without decimals" },
  { "count", "many", ENT_VALUE_ERROR_MALFORMED,
    "“many” is not a whole number; write one such as 1200" },
  { "count", "5 %", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "count", "$5", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "count", "9223372036854775808", ENT_VALUE_ERROR_RANGE, NULL },
  { "share", "150", ENT_VALUE_ERROR_RANGE,
    "“150” is above the largest allowed value, 100 %" },
  { "share", "-1", ENT_VALUE_ERROR_RANGE, "“-1” is below the smallest allowed value, 0 %" },
  { "share", "1.00001", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "budget", "$1,000.01", ENT_VALUE_ERROR_RANGE,
    "“$1,000.01” is above the largest allowed value, $1,000.00" },
  { "grade", "3.755", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "done", "maybe", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "due", "03/04/2026", ENT_VALUE_ERROR_AMBIGUOUS, NULL },
  { "effort", "2 weeks", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "effort", "1:75", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "effort", "0.333 h", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "stage", "won", ENT_VALUE_ERROR_CHOICE,
    "“won” is not one of the choices; write one of: New, Under way, Closed, lost" },
  { "stages", "new; won", ENT_VALUE_ERROR_CHOICE, NULL },
  { "peer", "Acme", ENT_VALUE_ERROR_REFERENCE, NULL },
  { "peer", "#66", ENT_VALUE_ERROR_REFERENCE,
    "“#66” is another kind of record; choose one of kind “Sample”" },
  { "peer", "#0", ENT_VALUE_ERROR_REFERENCE, NULL },
  { "peer", "#65", ENT_VALUE_ERROR_REFERENCE, NULL },
  { "country", "Atlantis", ENT_VALUE_ERROR_MALFORMED,
    "“Atlantis” is not a country; write its name or its code, such as DE" },
  { "currency", "XYZ", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "currency", "kr", ENT_VALUE_ERROR_AMBIGUOUS, NULL },
  { "timezone", "Berlin", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "timezone", "+02:00", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "url", "not a link", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "url", "javascript:alert(1)", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "url", "word", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "ada", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "ada@localhost", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "a b@example.com", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "a@b@example.com", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "phone", "12", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "phone", "call me", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "domain", "example", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "domain", "Acme Inc.", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "hash", "e3b0c442", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "{a: 1}", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "[1, 2", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "[1] 2", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "01", ENT_VALUE_ERROR_MALFORMED, NULL },
};

static void
test_refuse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      ent_value_set_int (&value, 1);
      g_test_message ("%s: %s", refusals[i].field, refusals[i].text);
      g_assert_false (ent_value_read (get_field (refusals[i].field), refusals[i].text, NULL,
                                      &value, &error));
      g_assert_error (error, ENT_VALUE_ERROR, (int) refusals[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (refusals[i].message != NULL)
        g_assert_cmpstr (error->message, ==, refusals[i].message);
      g_assert_true (ent_value_is_null (&value));
    }
}

static EntKey
resolve_cb (const EntField *field,
            const char     *text,
            gpointer        user_data,
            GError        **error)
{
  if (strcmp (text, "Acme; Inc.") == 0)
    return 69;
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REFERENCE, "no %s", text);

  return 0;
}

static void
test_references_are_resolved (void)
{
  EntReadContext context = { .resolve = resolve_cb };
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_value_read (get_field ("peer"), "Acme; Inc.", &context, &value, NULL));
  g_assert_cmpint (value.integer, ==, 69);
  g_assert_true (ent_value_read (get_field ("about"), "Acme\\; Inc.; #66", &context, &value, NULL));
  g_assert_cmpint (value.integer, ==, 2);
  g_assert_cmpint (value.keys[0], ==, 69);
  g_assert_false (ent_value_read (get_field ("peer"), "Nobody", &context, &value, &error));
  g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REFERENCE);
}

static void
test_long_texts_are_shortened_in_errors (void)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (10000, 'a');

  g_assert_false (ent_value_read (get_field ("count"), text, NULL, &value, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
}

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

  g_test_add_func ("/value/read", test_read);
  g_test_add_func ("/value/refuse", test_refuse);
  g_test_add_func ("/value/references-are-resolved", test_references_are_resolved);
  g_test_add_func ("/value/long-texts-are-shortened-in-errors",
                   test_long_texts_are_shortened_in_errors);
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
