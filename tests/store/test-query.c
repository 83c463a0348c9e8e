/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records a query finds and in what order, by SQL and from memory columns alike. */
#include "store/query-fixture.h"

static void
fill (EntStore *store)
{
  g_autofree char *recent = ent_date_write (ent_date_today () - 10);
  g_autofree char *since = g_strconcat ("partner_since=", recent, NULL);
  g_autofree char *ann_ref = NULL, *bob_ref = NULL, *acme_ref = NULL, *gold_ref = NULL;
  EntKey ann = add_with (store, "person", "Ann Lee", "region=emea", "is_team=yes",
                         "emails=ann@acme.com; ann@example.org", NULL);
  EntKey bob = add_with (store, "person", "Bob Müller", "region=apac", NULL);
  EntKey gold = add_with (store, "program", "Gold", "kind=level", NULL);
  EntTransactionInfo *undone;
  EntKey acme;

  ann_ref = g_strdup_printf ("#%" G_GINT64_FORMAT, ann);
  bob_ref = g_strdup_printf ("#%" G_GINT64_FORMAT, bob);
  gold_ref = g_strdup_printf ("level=#%" G_GINT64_FORMAT, gold);
  acme = add_with (store, "organization", "Acme Cloud", "roles=partner; customer", "lifecycle=active",
                   "country=DE", "arr=100000 USD", "founded_year=1990", "cities=Berlin; München",
                   "partner_since=2020-02-29", "ref=cb:acme", gold_ref, NULL);
  acme_ref = g_strdup_printf ("parent=#%" G_GINT64_FORMAT, acme);
  set_field (store, acme, "owner", ann_ref);
  set_field (store, add_with (store, "organization", "beta systems", "roles=partner", "lifecycle=onboarding",
                              "country=FR", "arr=90000 EUR", "legal_name=Beta Systèmes SA", since, NULL),
             "owner", bob_ref);
  add_with (store, "organization", "Müller GmbH", "roles=customer", "lifecycle=at_risk", "country=DE",
            "arr=9000000 JPY", acme_ref, NULL);
  add_with (store, "organization", "東京株式会社", "country=JP", "arr=100000.01 USD", NULL);
  add_with (store, "organization", "Zeta", NULL);
  delete_record (store, add_record (store, "organization", "Binned"));
  add_record (store, "organization", "Undone");
  undone = ent_store_undo (store, 0, NULL, NULL);
  g_assert_nonnull (undone);
  ent_transaction_info_free (undone);
}

static const struct
{
  const char *type;
  const char *filter;
  const char *sort;
  const char *found;
} cases[] = {
  { "organization", "", NULL, "Acme Cloud, beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "", "-title", "東京株式会社, Zeta, Müller GmbH, beta systems, Acme Cloud" },
  { "organization", "", "arr", "beta systems, Acme Cloud, 東京株式会社, Müller GmbH, Zeta" },
  { "organization", "", "-arr", "Müller GmbH, 東京株式会社, Acme Cloud, beta systems, Zeta" },
  { "organization", "", "lifecycle", "beta systems, Acme Cloud, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "", "-lifecycle", "Müller GmbH, Acme Cloud, beta systems, Zeta, 東京株式会社" },
  { "organization", "", "owner", "Acme Cloud, beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "", "-owner", "beta systems, Acme Cloud, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "", "country,-arr", "beta systems, Müller GmbH, Acme Cloud, 東京株式会社, Zeta" },
  { "organization", "title = \"BETA  Systems\"", NULL, "beta systems" },
  { "organization", "title = \"muller gmbh\"", NULL, "Müller GmbH" },
  { "organization", "title ~ mull", NULL, "Müller GmbH" },
  { "organization", "title ~ 京", NULL, "東京株式会社" },
  { "organization", "title !~ e", NULL, "東京株式会社" },
  { "organization", "title < c", NULL, "Acme Cloud, beta systems" },
  { "organization", "title >= \"muller gmbh\" and title < Z", NULL, "Müller GmbH" },
  { "organization", "title in (zeta, \"Acme cloud\")", NULL, "Acme Cloud, Zeta" },
  { "organization", "legal_name ~ \"systemes\"", NULL, "beta systems" },
  { "organization", "legal_name != x", NULL, "Acme Cloud, beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "lifecycle = active", NULL, "Acme Cloud" },
  { "organization", "lifecycle != active", NULL, "beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "lifecycle >= onboarding", NULL, "Acme Cloud, beta systems, Müller GmbH" },
  { "organization", "lifecycle > active", NULL, "Müller GmbH" },
  { "organization", "lifecycle ~ risk", NULL, "Müller GmbH" },
  { "organization", "not lifecycle > active", NULL, "Acme Cloud, beta systems, Zeta, 東京株式会社" },
  { "organization", "country in (DE, Japan)", NULL, "Acme Cloud, Müller GmbH, 東京株式会社" },
  { "organization", "country not in (DE, Japan)", NULL, "beta systems, Zeta" },
  { "organization", "country ~ germ", NULL, "Acme Cloud, Müller GmbH" },
  { "organization", "country is empty", NULL, "Zeta" },
  { "organization", "country is not empty and arr is not empty", NULL,
    "Acme Cloud, beta systems, Müller GmbH, 東京株式会社" },
  { "organization", "arr > 100000", NULL, "Müller GmbH, 東京株式会社" },
  { "organization", "arr >= 100000", NULL, "Acme Cloud, Müller GmbH, 東京株式会社" },
  { "organization", "arr <= 100000.005", NULL, "Acme Cloud, beta systems" },
  { "organization", "arr = 100000.005", NULL, "" },
  { "organization", "arr = 9000000", NULL, "Müller GmbH" },
  { "organization", "arr > 1000 USD", NULL, "Acme Cloud, 東京株式会社" },
  { "organization", "arr in (90000 EUR, 100000)", NULL, "Acme Cloud, beta systems" },
  { "organization", "arr != 100000 USD", NULL, "beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "founded_year = 1990", NULL, "Acme Cloud" },
  { "organization", "founded_year < 5000", NULL, "Acme Cloud" },
  { "organization", "partner_since = 2020-02-29", NULL, "Acme Cloud" },
  { "organization", "partner_since >= today-10d", NULL, "beta systems" },
  { "organization", "partner_since > today-10d", NULL, "" },
  { "organization", "partner_since > today-1m", NULL, "beta systems" },
  { "organization", "partner_since < today-2y", NULL, "Acme Cloud" },
  { "organization", "created_at = today and title ~ zeta", NULL, "Zeta" },
  { "organization", "created_at > today", NULL, "" },
  { "organization", "created_at >= 2020-01-01T00:00:00Z and title ~ zeta", NULL, "Zeta" },
  { "organization", "roles = partner", NULL, "Acme Cloud, beta systems" },
  { "organization", "roles has customer", NULL, "Acme Cloud, Müller GmbH" },
  { "organization", "roles != customer", NULL, "beta systems, Zeta, 東京株式会社" },
  { "organization", "roles in (customer, partner)", NULL, "Acme Cloud, beta systems, Müller GmbH" },
  { "organization", "cities has munchen", NULL, "Acme Cloud" },
  { "organization", "cities ~ ber", NULL, "Acme Cloud" },
  { "organization", "cities is empty and roles is empty", NULL, "Zeta, 東京株式会社" },
  { "organization", "owner = \"ann lee\"", NULL, "Acme Cloud" },
  { "organization", "owner != \"ann lee\"", NULL, "beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "owner ~ mull", NULL, "beta systems" },
  { "organization", "owner in (\"Ann Lee\", \"Bob Muller\")", NULL, "Acme Cloud, beta systems" },
  { "organization", "owner = nobody", NULL, "" },
  { "organization", "owner = me", NULL, "Acme Cloud" },
  { "organization", "owner.region = emea", NULL, "Acme Cloud" },
  { "organization", "owner.region != emea", NULL, "beta systems, Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "owner.is_team", NULL, "Acme Cloud" },
  { "organization", "owner.region is empty", NULL, "Müller GmbH, Zeta, 東京株式会社" },
  { "organization", "owner.emails ~ example", NULL, "Acme Cloud" },
  { "organization", "level = gold", NULL, "Acme Cloud" },
  { "organization", "level.kind = level", NULL, "Acme Cloud" },
  { "organization", "parent = ref:cb:acme", NULL, "Müller GmbH" },
  { "organization", "parent.owner.title ~ ann", NULL, "Müller GmbH" },
  { "organization", "parent.owner.region = emea or title = zeta", NULL, "Müller GmbH, Zeta" },
  { "organization", "parent.code = P-1", NULL, "Müller GmbH" },
  { "organization", "code = P-0001", NULL, "Acme Cloud" },
  { "organization", "code >= P-4", NULL, "Zeta, 東京株式会社" },
  { "organization", "ref = \"cb:acme\"", NULL, "Acme Cloud" },
  { "organization", "(country = DE or country = FR) and arr < 1000000", NULL, "Acme Cloud, beta systems" },
  { "person", "is_team", NULL, "Ann Lee" },
  { "person", "not is_team", NULL, "Bob Müller" },
  { "person", "emails = \"ann@example.org\"", NULL, "Ann Lee" },
  { "person", "emails ~ \"@ACME\"", NULL, "Ann Lee" },
};

static void
assert_cases (EntStore *store)
{
  g_autoptr (GError) error = NULL;

  ent_store_set_setting (store, ENT_SETTING_AUTHOR, "Ann Lee", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (store, cases[i].type, cases[i].filter, cases[i].sort, cases[i].found);
}

static void
test_golden_by_sql (Fixture       *f,
                    gconstpointer  data)
{
  fill (f->store);
  assert_cases (f->store);
}

static void
load_all (EntStore *store)
{
  static const char * const types[] = { "organization", "person", "program" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_true (ent_store_load_columns (store, ent_store_get_record_type (store, types[i]), NULL, NULL));
}

static void
test_golden_by_columns (Fixture       *f,
                        gconstpointer  data)
{
  fill (f->store);
  g_assert_true (ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "organization"),
                                         NULL, NULL));
  assert_cases (f->store);
  load_all (f->store);
  assert_cases (f->store);
}

/* Loaded before there is anything: what follows comes through commits. */
static void
test_columns_follow_commits (Fixture       *f,
                             gconstpointer  data)
{
  load_all (f->store);
  fill (f->store);
  assert_cases (f->store);
}

/* A record that was loaded passes the same filters as its row. */
static void
test_golden_by_record (Fixture       *f,
                       gconstpointer  data)
{
  fill (f->store);
  ent_store_set_setting (f->store, ENT_SETTING_AUTHOR, "Ann Lee", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const EntRecordType *type = ent_store_get_record_type (f->store, cases[i].type);
      g_autoptr (EntFilter) filter = ent_filter_parse (type, cases[i].filter, NULL, NULL);
      g_autoptr (GString) titles = g_string_new (NULL);
      EntQuery all = { .type = type };
      g_autoptr (EntResult) result = ent_store_query (f->store, &all, NULL, NULL);

      if (cases[i].sort != NULL)
        continue;
      for (gsize j = 0; j < ent_result_get_n (result); j++)
        {
          EntKey key = ent_key_make (type->info->number, ent_result_get_rows (result)[j]);
          g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

          if (ent_filter_matches (filter, f->store, record))
            g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "",
                                    ent_record_get_title (record));
        }
      if (strcmp (titles->str, cases[i].found) != 0)
        g_test_message ("%s", cases[i].filter);
      g_assert_cmpstr (titles->str, ==, cases[i].found);
    }
}

static void
test_bin (Fixture       *f,
          gconstpointer  data)
{
  g_autofree char *titles = NULL;
  Asked asked;

  fill (f->store);
  load_all (f->store);
  asked_init (&asked, f->store, "organization", "title ~ n", NULL);
  asked.query.scope = ENT_SCOPE_BIN;
  titles = list_titles (f->store, &asked.query);
  g_assert_cmpstr (titles, ==, "Binned");
  asked_clear (&asked);
}

static void
test_first (Fixture       *f,
            gconstpointer  data)
{
  fill (f->store);
  for (guint pass = 0; pass < 2; pass++)
    {
      Asked asked;
      g_autoptr (EntResult) all = NULL, first = NULL, none = NULL;

      asked_init (&asked, f->store, "organization", "arr is not empty", "-arr");
      all = ent_store_query (f->store, &asked.query, NULL, NULL);
      first = ent_store_query_first (f->store, &asked.query, 2, NULL, NULL);
      none = ent_store_query_first (f->store, &asked.query, 0, NULL, NULL);
      g_assert_cmpuint (ent_result_get_n (all), ==, 4);
      g_assert_cmpuint (ent_result_get_n (first), ==, 2);
      g_assert_cmpuint (ent_result_get_n (none), ==, 0);
      g_assert_cmpmem (ent_result_get_rows (all), 8, ent_result_get_rows (first), 8);
      g_assert_cmpint (ent_result_find (all, ent_result_get_rows (all)[3]), ==, 3);
      g_assert_cmpint (ent_result_find (all, 999), ==, -1);
      asked_clear (&asked);
      load_all (f->store);
    }
}

static void
assert_group (const GArray *groups,
              guint         i,
              const char   *text,
              gint64        count)
{
  const EntGroup *group = &g_array_index (groups, EntGroup, i);

  g_assert_cmpstr (group->value.kind == ENT_VALUE_TEXT ? group->value.text : NULL, ==, text);
  g_assert_cmpint (group->count, ==, count);
}

static void
test_sums_and_groups (Fixture       *f,
                      gconstpointer  data)
{
  fill (f->store);
  for (guint pass = 0; pass < 2; pass++)
    {
      const EntRecordType *type = ent_store_get_record_type (f->store, "organization");
      EntQuery query = { .type = type };
      g_autoptr (GArray) sums = NULL, countries = NULL, roles = NULL, owners = NULL;

      sums = ent_store_sum (f->store, &query, ent_record_type_lookup (type, "arr"), NULL, NULL);
      g_assert_cmpuint (sums->len, ==, 3);
      g_assert_cmpstr (g_array_index (sums, EntValue, 0).currency, ==, "EUR");
      g_assert_cmpint (g_array_index (sums, EntValue, 0).integer, ==, 9000000);
      g_assert_cmpstr (g_array_index (sums, EntValue, 2).currency, ==, "USD");
      g_assert_cmpint (g_array_index (sums, EntValue, 2).integer, ==, 20000001);

      countries = ent_store_group (f->store, &query, ent_record_type_lookup (type, "country"), NULL, NULL);
      g_assert_cmpuint (countries->len, ==, 4);
      assert_group (countries, 0, "DE", 2);
      assert_group (countries, 1, "FR", 1);
      assert_group (countries, 2, "JP", 1);
      assert_group (countries, 3, NULL, 1);

      roles = ent_store_group (f->store, &query, ent_record_type_lookup (type, "roles"), NULL, NULL);
      g_assert_cmpuint (roles->len, ==, 3);
      assert_group (roles, 0, "customer", 2);
      assert_group (roles, 1, "partner", 2);
      assert_group (roles, 2, NULL, 2);

      owners = ent_store_group (f->store, &query, ent_record_type_lookup (type, "owner"), NULL, NULL);
      g_assert_cmpuint (owners->len, ==, 3);
      assert_group (owners, 0, NULL, 3);
      load_all (f->store);
    }
}

static void
test_sort_errors (Fixture       *f,
                  gconstpointer  data)
{
  static const char * const texts[] = { "levle", "code", "owner.title", "-", "named_technical_contact x" };
  const EntRecordType *type = ent_store_get_record_type (f->store, "organization");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_sort_parse (type, texts[i], &error));
      g_assert_true (error->domain == ENT_FILTER_ERROR);
      g_test_message ("%s", error->message);
    }
}

static void
test_canceled (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EntQuery query = { .type = ent_store_get_record_type (f->store, "organization") };

  g_cancellable_cancel (cancellable);
  g_assert_null (ent_store_query (f->store, &query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Long lists and many terms stay within what SQLite takes. */
static void
test_large_filters (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GString) list = g_string_new ("founded_year in (1990");
  g_autoptr (GString) terms = g_string_new ("title = zeta");

  fill (f->store);
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (list, ", %u", 3000 + i);
  g_string_append_c (list, ')');
  for (guint i = 0; i < 900; i++)
    g_string_append_printf (terms, " or founded_year = %u", 3000 + i);
  for (guint pass = 0; pass < 2; pass++)
    {
      assert_found (f->store, "organization", list->str, NULL, "Acme Cloud");
      assert_found (f->store, "organization", terms->str, NULL, "Zeta");
      load_all (f->store);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/query/golden-by-sql", test_golden_by_sql);
  ADD ("/query/golden-by-columns", test_golden_by_columns);
  ADD ("/query/golden-by-record", test_golden_by_record);
  ADD ("/query/columns-follow-commits", test_columns_follow_commits);
  ADD ("/query/bin", test_bin);
  ADD ("/query/first", test_first);
  ADD ("/query/sums-and-groups", test_sums_and_groups);
  ADD ("/query/sort-errors", test_sort_errors);
  ADD ("/query/canceled", test_canceled);
  ADD ("/query/large-filters", test_large_filters);

  return g_test_run ();
}
