/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: reading, normal form, errors that point at their place. */
#include <string.h>

#include "store/query-fixture.h"

static const EntRecordType *
get_type (const char *name)
{
  return ent_schema_lookup (ent_schema_get_default (), name);
}

static void
test_normal_form (void)
{
  static const struct
  {
    const char *type;
    const char *text;
    const char *normal;
  } cases[] = {
    { "organization", "", "" },
    { "organization", "  ", "" },
    { "organization", "name=acme", "title = \"acme\"" },
    { "organization", "title = \"Acme \\\"1\\\" \\\\\"", "title = \"Acme \\\"1\\\" \\\\\"" },
    { "organization", "title = “Acme”", "title = \"Acme\"" },
    { "organization", "TITLE ~ 'cloud'", "title ~ \"cloud\"" },
    { "organization", "title !~ cloud", "title !~ \"cloud\"" },
    { "organization", "lifecycle = \"At risk\"", "lifecycle = at_risk" },
    { "organization", "lifecycle = ACTIVE", "lifecycle = active" },
    { "organization", "lifecycle >= onboarding", "lifecycle >= onboarding" },
    { "organization", "country in (de,Fr)", "country in (DE, FR)" },
    { "organization", "country not in (germany)", "country not in (DE)" },
    { "organization", "country = \"Germany\"", "country = DE" },
    { "organization", "arr > 100000", "arr > 100000" },
    { "organization", "arr > 100.50", "arr > 100.5" },
    { "organization", "arr>=100000 USD and arr < \"2000 EUR\"",
      "arr >= 100000.00 USD and arr < 2000.00 EUR" },
    { "organization", "arr = -5", "arr = -5" },
    { "organization", "founded_year < 900", "founded_year < 900" },
    { "organization", "partner_since >= 2024-01-31", "partner_since >= 2024-01-31" },
    { "organization", "partner_since > today-30d", "partner_since > today-30d" },
    { "organization", "partner_since > TODAY - 2W", "partner_since > today-2w" },
    { "organization", "created_at = today", "created_at = today" },
    { "organization", "created_at >= 2024-01-31", "created_at >= 2024-01-31" },
    { "organization", "created_at >= 2024-01-31T10:00:00Z", "created_at >= 2024-01-31T10:00:00Z" },
    { "organization", "roles has partner", "roles has partner" },
    { "organization", "roles = partner and roles != customer",
      "roles = partner and roles != customer" },
    { "organization", "owner = me", "owner = me" },
    { "organization", "owner = \"me\"", "owner = \"me\"" },
    { "organization", "level = Gold", "level = \"Gold\"" },
    { "organization", "owner.region = emea", NULL },
    { "organization", "parent.parent.owner.title ~ x", "parent.parent.owner.title ~ \"x\"" },
    { "organization", "owner is empty", "owner is empty" },
    { "organization", "owner is not empty", "owner is not empty" },
    { "organization", "code = P-0042", NULL },
    { "organization", "legal_name = empty", "legal_name = \"empty\"" },
    { "person", "is_team", "is_team = true" },
    { "person", "not is_team", "not is_team = true" },
    { "person", "is_team = no", "is_team = false" },
    { "person", "emails ~ \"@acme.com\"", "emails ~ \"@acme.com\"" },
    { "person", "a=1", NULL },
    { "organization", "arr > 1 or arr < 2 and arr = 3", "arr > 1 or (arr < 2 and arr = 3)" },
    { "organization", "(arr > 1 or arr < 2) and arr = 3", "(arr > 1 or arr < 2) and arr = 3" },
    { "organization", "((arr > 1))", "arr > 1" },
    { "organization", "arr > 1 AND (arr > 2 and arr > 3)", "arr > 1 and arr > 2 and arr > 3" },
    { "organization", "not (arr > 1 or arr < 0)", "not (arr > 1 or arr < 0)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntFilter) filter = NULL, again = NULL;
      g_autofree char *normal = NULL, *twice = NULL;

      if (cases[i].normal == NULL)
        continue;
      filter = ent_filter_parse (get_type (cases[i].type), cases[i].text, NULL, &error);
      g_assert_no_error (error);
      normal = ent_filter_to_text (filter);
      g_assert_cmpstr (normal, ==, cases[i].normal);
      again = ent_filter_parse (get_type (cases[i].type), normal, NULL, &error);
      g_assert_no_error (error);
      twice = ent_filter_to_text (again);
      g_assert_cmpstr (twice, ==, normal);
      g_assert_cmpint (ent_filter_is_all (filter), ==, *normal == '\0');
    }
}

static void
test_errors_point_at_their_column (void)
{
  static const struct
  {
    const char *text;
    int         column;
    const char *words; /* in the message */
  } cases[] = {
    { "levle = Gold", 1, "“levle” is no field of organization; did you mean “level”?" },
    { "arr > 1 and cuontry = DE", 13, "did you mean “country”?" },
    { "zzzzqqqq = 1", 1, "“zzzzqqqq” is no field of organization" },
    { "owner.regoin = x", 7, "“regoin” is no field of person; did you mean “region”?" },
    { "title.region = x", 1, "is no reference" },
    { "parent.parent.parent.parent.title = x", 22, "at most 3" },
    { "owner. = x", 7, "missing" },
    { "lifecycle = actve", 13, "“actve” is no choice of “lifecycle”; choose among identified, contacted" },
    { "arr > lots", 7, "lots" },
    { "arr", 4, "The filter ends where a comparison" },
    { "arr >", 6, "The filter ends where a value" },
    { "arr > 100,000", 10, "without commas" },
    { "title = Acme Corp", 14, "several words need quotes" },
    { "title = \"Acme", 9, "closing quote" },
    { "title = \"\"", 9, "is empty" },
    { "(arr > 1", 9, "“)”" },
    { "arr > 1)", 8, "“and” or “or”" },
    { "arr > 1 and", 12, "a field" },
    { "country in DE", 12, "“(”" },
    { "country in (DE FR)", 16, "“,” or “)”" },
    { "country in ()", 13, "a value" },
    { "country > DE", 9, "no order" },
    { "arr ~ 5", 5, "looks into texts" },
    { "country has DE", 9, "holds one value" },
    { "owner is me", 10, "empty" },
    { "owner not = x", 11, "“in”" },
    { "partner_since > today-5x", 17, "is no day" },
    { "founded_year = 19x7", 16, "19x7" },
    { "id = 5", 6, "no id" },
    { "code ~ P-1", 6, "compared whole" },
    { "ärger = 1", 1, "“ärger” is no field" },
    { "title = ä and levle = 1", 15, "level" },
    { "! arr", 1, "“!”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntFilter) filter = NULL;
      g_autofree char *place = g_strdup_printf ("(column %d)", cases[i].column);
      int column = 0;

      filter = ent_filter_parse (get_type ("organization"), cases[i].text, &column, &error);
      g_assert_null (filter);
      g_assert_nonnull (error);
      g_test_message ("%s: %s", cases[i].text, error->message);
      g_assert_true (error->domain == ENT_FILTER_ERROR);
      g_assert_cmpint (column, ==, cases[i].column);
      g_assert_true (g_str_has_suffix (error->message, place));
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_terms_for_chips (void)
{
  g_autoptr (EntFilter) filter = NULL;
  g_auto (GStrv) terms = NULL;
  g_autofree char *joined = NULL, *normal = NULL;

  filter = ent_filter_parse (get_type ("organization"),
                             "arr > 1 and (country = DE or country = FR) and not lifecycle = active", NULL,
                             NULL);
  terms = ent_filter_dup_terms (filter);
  g_assert_cmpuint (g_strv_length (terms), ==, 3);
  g_assert_cmpstr (terms[0], ==, "arr > 1");
  g_assert_cmpstr (terms[1], ==, "(country = DE or country = FR)");
  g_assert_cmpstr (terms[2], ==, "not lifecycle = active");
  joined = g_strjoinv (" and ", terms);
  normal = ent_filter_to_text (filter);
  g_assert_cmpstr (joined, ==, normal);
}

static void
test_depth_is_bounded (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int column = 0;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '(');
  g_assert_null (ent_filter_parse (get_type ("organization"), text->str, &column, &error));
  g_assert_cmpint (column, ==, 65);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "not ");
  g_assert_null (ent_filter_parse (get_type ("organization"), text->str, NULL, &error));
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "arr > 1 and ");
  g_assert_null (ent_filter_parse (get_type ("organization"), text->str, NULL, &error));
}

/* Whatever comes in, the answer is a filter or an error with a place; never a crash. */
static void
test_any_text_is_safe (void)
{
  static const char * const pieces[] = {
    "arr", "title", "owner", ".", "region", "=", "!=", "~", "!~", "<", "<=", "in", "not", "and", "or", "(",
    ")", ",", "\"", "'", "today", "-30d", "me", "is", "empty", "has", "100", "USD", "2024-01-01", "ä", "東京",
    "\\", "!", " ", " ", "is_team", "code", "id", "P-0042", "“", "”", "'; DROP TABLE organization; --",
  };
  guint n_good = 0;

  for (guint i = 0; i < 30000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (EntFilter) filter = NULL;
      int n = g_test_rand_int_range (1, 12), column = -1;

      while (n-- > 0)
        g_string_append_printf (text, "%s%s", g_test_rand_int_range (0, 4) > 0 ? " " : "",
                                pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      filter = ent_filter_parse (get_type ("organization"), text->str, &column, &error);
      g_assert_true ((filter == NULL) == (error != NULL));
      if (filter == NULL)
        {
          g_assert_cmpint (column, >=, 1);
          g_assert_cmpint (column, <=, (int) g_utf8_strlen (text->str, -1) + 1);
        }
      else
        {
          g_autofree char *normal = ent_filter_to_text (filter);
          g_autoptr (EntFilter) again = ent_filter_parse (get_type ("organization"), normal, NULL, &error);
          g_autofree char *twice = again != NULL ? ent_filter_to_text (again) : NULL;

          g_assert_cmpstr (twice, ==, normal);
          n_good++;
        }
    }
  g_assert_cmpuint (n_good, >, 20);
}

static void
test_bytes_that_are_no_text (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_filter_parse (get_type ("organization"), "title = \xff\xfe", NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/filter/normal-form", test_normal_form);
  g_test_add_func ("/filter/errors-point-at-their-column", test_errors_point_at_their_column);
  g_test_add_func ("/filter/terms-for-chips", test_terms_for_chips);
  g_test_add_func ("/filter/depth-is-bounded", test_depth_is_bounded);
  g_test_add_func ("/filter/any-text-is-safe", test_any_text_is_safe);
  g_test_add_func ("/filter/bytes-that-are-no-text", test_bytes_that_are_no_text);

  return g_test_run ();
}
