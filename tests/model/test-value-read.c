/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading values from text. */
#include "config.h"

#include "model/value-fixture.h"

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

  status = g_test_run ();
  ent_schema_unref (schema);

  return status;
}
