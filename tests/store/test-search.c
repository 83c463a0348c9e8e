/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as you type, and search as a filter of lists. */
#include "store/ent-search-private.h"
#include "store/query-fixture.h"

/* Titles of the hits, best first, with the snippet in brackets. (transfer full) */
static char *
list_hits (EntStore   *store,
           const char *text,
           const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = ent_store_search (store, text,
                                                 type != NULL ? ent_store_get_record_type (store, type) : NULL,
                                                 20, NULL, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      const EntHit *hit = hits->pdata[i];

      g_string_append_printf (found, "%s%s", i > 0 ? ", " : "", hit->title);
      if (hit->snippet != NULL)
        g_string_append_printf (found, " [%s]", hit->snippet);
    }
  return g_string_free_and_steal (found);
}

static void
assert_hits (EntStore   *store,
             const char *text,
             const char *type,
             const char *expected)
{
  g_autofree char *hits = list_hits (store, text, type);

  if (strcmp (hits, expected) != 0)
    g_test_message ("“%s”", text);
  g_assert_cmpstr (hits, ==, expected);
}

static void
fill (EntStore *store)
{
  add_with (store, "organization", "Cloudera", NULL);
  add_with (store, "organization", "Cloud", NULL);
  add_with (store, "organization", "Cloud Nine", "legal_name=Nine Holdings Inc", NULL);
  add_with (store, "organization", "Acme", "description=They sell cloud storage to hospitals in the north", NULL);
  add_with (store, "organization", "Big Cloud Works", "domains=bigcloud.example; bcw.test", NULL);
  add_with (store, "organization", "Müller & Söhne", "tags=renewal due; vip", NULL);
  add_with (store, "organization", "東京株式会社", NULL);
  add_with (store, "person", "Claudia Cloud", "emails=claudia@cloudnine.example", NULL);
  add_with (store, "person", "Paul Müller", NULL);
  add_with (store, "campaign", "Cloud renewal", NULL);
}

static void
test_ranking (Fixture       *f,
              gconstpointer  data)
{
  fill (f->store);
  /* The exact title, then whole words, then longer words, then other places. */
  assert_hits (f->store, "cloud", NULL,
               "Cloud, Cloud Nine, Cloud renewal, Cloudera, Big Cloud Works, Claudia Cloud,"
               " Acme [Description: They sell cloud storage to hospitals in the north]");
  assert_hits (f->store, "CLOUD ni", NULL, "Cloud Nine");
  assert_hits (f->store, "nine cloud", NULL, "Cloud Nine");
  assert_hits (f->store, "cloude", NULL, "Cloudera");
  assert_hits (f->store, "cloud", "person", "Claudia Cloud");
  assert_hits (f->store, "zzz", NULL, "");
  assert_hits (f->store, "", NULL, "");
  assert_hits (f->store, " -- \"' * ( ", NULL, "");
}

static void
test_where_it_was_found (Fixture       *f,
                         gconstpointer  data)
{
  fill (f->store);
  assert_hits (f->store, "hospitals", NULL,
               "Acme [Description: …y sell cloud storage to hospitals in the north]");
  assert_hits (f->store, "holdings", NULL, "Cloud Nine [Legal name: Nine Holdings Inc]");
  assert_hits (f->store, "renewal d", NULL, "Müller & Söhne [Tags: renewal due]");
  assert_hits (f->store, "acme storage", NULL,
               "Acme [Description: They sell cloud storage to hospitals in the north]");
}

static void
test_every_script (Fixture       *f,
                   gconstpointer  data)
{
  fill (f->store);
  assert_hits (f->store, "muller", NULL, "Müller & Söhne, Paul Müller");
  assert_hits (f->store, "MÜLLER SO", NULL, "Müller & Söhne");
  assert_hits (f->store, "東京", NULL, "東京株式会社");
  assert_hits (f->store, "株式", NULL, "東京株式会社");
  assert_hits (f->store, "社東", NULL, "");
}

static void
test_codes_and_domains (Fixture       *f,
                        gconstpointer  data)
{
  fill (f->store);
  assert_hits (f->store, "P-0004", NULL, "Acme");
  assert_hits (f->store, " p-4 ", NULL, "Acme");
  assert_hits (f->store, "P-0400", NULL, "");
  assert_hits (f->store, "bigcloud.example", NULL, "Big Cloud Works [Web domains: bigcloud.example]");
  assert_hits (f->store, "@cloudnine", NULL, "Claudia Cloud [Email: claudia@cloudnine.example]");
  assert_hits (f->store, "claudia@cloudnine.ex", NULL, "Claudia Cloud [Email: claudia@cloudnine.example]");
}

static void
test_every_prefix (Fixture       *f,
                   gconstpointer  data)
{
  static const char title[] = "Wonderful Extraordinary";

  fill (f->store);
  add_with (f->store, "organization", title, NULL);
  for (gsize n = 1; n <= strlen (title); n++)
    {
      g_autofree char *prefix = g_strndup (title, n);
      g_autofree char *hits = list_hits (f->store, prefix, NULL);

      g_assert_true (g_str_has_prefix (hits, title));
    }
}

static void
test_gone_records_are_not_found (Fixture       *f,
                                 gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Vanishing");
  EntTransactionInfo *undone;

  assert_hits (f->store, "vani", NULL, "Vanishing");
  delete_record (f->store, key);
  assert_hits (f->store, "vani", NULL, "");
  restore_record (f->store, key);
  assert_hits (f->store, "vani", NULL, "Vanishing");
  set_field (f->store, key, "title", "Lasting");
  assert_hits (f->store, "vani", NULL, "");
  assert_hits (f->store, "last", NULL, "Lasting");
  add_record (f->store, "organization", "Mistake");
  undone = ent_store_undo (f->store, 0, NULL, NULL);
  g_assert_nonnull (undone);
  ent_transaction_info_free (undone);
  assert_hits (f->store, "mist", NULL, "");
  assert_found (f->store, "organization", "title ~ mist", NULL, "");
}

static void
assert_listed (EntStore   *store,
               const char *search,
               const char *filter,
               const char *expected)
{
  g_autofree char *titles = NULL;
  Asked asked;

  asked_init (&asked, store, "organization", filter, NULL);
  asked.query.search = search;
  titles = list_titles (store, &asked.query);
  g_assert_cmpstr (titles, ==, expected);
  asked_clear (&asked);
}

static void
test_lists (Fixture       *f,
            gconstpointer  data)
{
  fill (f->store);
  for (guint pass = 0; pass < 2; pass++)
    {
      assert_listed (f->store, "cloud", NULL, "Acme, Big Cloud Works, Cloud, Cloud Nine, Cloudera");
      assert_listed (f->store, "cloud", "title ~ r", "Big Cloud Works, Cloudera");
      assert_listed (f->store, "cloud st", NULL, "Acme");
      assert_listed (f->store, "  ", NULL,
                     "Acme, Big Cloud Works, Cloud, Cloud Nine, Cloudera, Müller & Söhne, 東京株式会社");
      g_assert_true (ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "organization"),
                                             NULL, NULL));
    }
}

/* --- Rows that wait for the index ------------------------------------------------------------------ */

static gboolean
import (EntTransaction *transaction,
        gpointer        data,
        GError        **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  guint n = GPOINTER_TO_UINT (data);
  guint fields[] = { ENT_COMMON_TITLE, ENT_COMMON_NOTE };
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, fields, 2, n, error);
  gboolean ok = TRUE;

  for (guint i = 0; i < n && ok; i++)
    {
      g_autofree char *title = g_strdup_printf ("Imported Número %u", i);
      EntValue values[2] = { ENT_VALUE_INIT, ENT_VALUE_INIT };

      ent_value_set_text (&values[0], title);
      if (i % 1000 == 7)
        ent_value_set_text (&values[1], "peculiar");
      ok = ent_inserter_add (inserter, values, NULL, error);
      ent_value_clear (&values[0]);
      ent_value_clear (&values[1]);
    }
  return ent_inserter_end (inserter, error) && ok;
}

static gint64
count_pending (EntStore *store)
{
  EntConnection *connection = ent_store_acquire_reader (store, NULL);
  g_autoptr (GArray) ranges = NULL;
  gint64 n = 0;

  ranges = ent_search_get_pending (connection, ent_store_get_record_type (store, "organization"), NULL);
  for (guint i = 0; i < ranges->len; i++)
    n += g_array_index (ranges, EntRange, i).to - g_array_index (ranges, EntRange, i).from + 1;
  ent_store_release_reader (store, connection);
  return n;
}

static void
assert_imported (EntStore *store)
{
  assert_hits (store, "numero 5999", NULL, "Imported Número 5999");
  assert_hits (store, "imported pecul", NULL,
               "Imported Número 7 [Note: peculiar], Imported Número 1007 [Note: peculiar],"
               " Imported Número 2007 [Note: peculiar], Imported Número 3007 [Note: peculiar],"
               " Imported Número 4007 [Note: peculiar], Imported Número 5007 [Note: peculiar]");
  assert_listed (store, "peculiar", "title ~ 07",
                 "Imported Número 1007, Imported Número 2007, Imported Número 3007,"
                 " Imported Número 4007, Imported Número 5007");
  assert_listed (store, "numero 600", NULL, "Imported Número 600");
}

static void
test_large_imports_are_found_at_once (Fixture       *f,
                                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  ent_search_hold (f->store);
  ent_store_write (f->store, "Import", ENT_ORIGIN_IMPORT, import, GUINT_TO_POINTER (6000), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_pending (f->store), ==, 6000);
  assert_imported (f->store);
  g_assert_true (ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "organization"),
                                         NULL, NULL));
  assert_imported (f->store);

  g_assert_true (ent_store_index (f->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_pending (f->store), ==, 0);
  assert_imported (f->store);
  assert_no_findings (f->store);
}

/* Opening again goes on where closing interrupted it. */
static void
test_the_background_catches_up (Fixture       *f,
                                gconstpointer  data)
{
  gint64 limit = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  ent_search_hold (f->store);
  ent_store_write (f->store, "Import", ENT_ORIGIN_IMPORT, import, GUINT_TO_POINTER (6000), NULL, NULL, NULL);
  fixture_reopen (f);
  while (count_pending (f->store) > 0 && g_get_monotonic_time () < limit)
    g_thread_yield ();
  g_assert_cmpint (count_pending (f->store), ==, 0);
  ent_store_write (f->store, "Import", ENT_ORIGIN_IMPORT, import, GUINT_TO_POINTER (6000), NULL, NULL, NULL);
  while (count_pending (f->store) > 0 && g_get_monotonic_time () < limit)
    g_thread_yield ();
  g_assert_cmpint (count_pending (f->store), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/search/ranking", test_ranking);
  ADD ("/search/where-it-was-found", test_where_it_was_found);
  ADD ("/search/every-script", test_every_script);
  ADD ("/search/codes-and-domains", test_codes_and_domains);
  ADD ("/search/every-prefix", test_every_prefix);
  ADD ("/search/gone-records-are-not-found", test_gone_records_are_not_found);
  ADD ("/search/lists", test_lists);
  ADD ("/search/large-imports-are-found-at-once", test_large_imports_are_found_at_once);
  ADD ("/search/the-background-catches-up", test_the_background_catches_up);

  return g_test_run ();
}
