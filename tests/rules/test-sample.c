/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample workspace: whole, the same each time, and like two years of real business. */
#include "config.h"

#include <string.h>

#include "rules/ent-program-defaults.h"
#include "rules/ent-sample.h"
#include "store/store-fixture.h"

#define TODAY ent_date_from_ymd (2026, 11, 20)
#define MAX_ROWS 6000

/* All records of a type. (transfer full) */
static GPtrArray *
load_all (EntStore   *store,
          const char *type)
{
  g_autoptr(GError) error = NULL;
  g_autofree guint32 *rows = g_new (guint32, MAX_ROWS);
  GPtrArray *records;

  for (guint32 i = 0; i < MAX_ROWS; i++)
    rows[i] = i + 1;
  records = ent_store_load (store, ent_store_get_record_type (store, type), rows, MAX_ROWS, NULL, 0,
                            NULL, &error);
  g_assert_no_error (error);
  while (records->len > 0 && g_ptr_array_index (records, records->len - 1) == NULL)
    g_ptr_array_set_size (records, (int) records->len - 1);
  return records;
}

static EntRecord *
nth (GPtrArray *records,
     guint      i)
{
  return g_ptr_array_index (records, i);
}

static gboolean
has_text (EntRecord  *record,
          const char *field,
          const char *text)
{
  return g_strcmp0 (ent_record_get_text (record, field), text) == 0;
}

/* One sample for all tests that only look. */
static Fixture sample;

static void
fill (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  fixture_set_up (f, NULL);
  ent_sample_fill (f->store, TODAY, NULL, &error);
  g_assert_no_error (error);
}

static void
test_it_has_the_size_of_a_real_program (void)
{
  static const struct { const char *type; guint low, high; } sizes[] =
  {
    { "organization", 140, 160 }, { "person", 240, 260 }, { "offering", 20, 40 },
    { "program", 139, 139 }, { "agreement", 90, 140 }, { "deal", 380, 420 },
    { "activity", 1300, 2300 }, { "task", 150, 280 }, { "plan", 65, 160 },
    { "assessment", 350, 600 }, { "campaign", 15, 25 }, { "funding", 18, 30 },
    { "ledger", 400, 900 }, { "case", 20, 35 }, { "document", 30, 60 }, { "link", 320, 480 },
    { "deal_party", 450, 650 }, { "plan_item", 1500, 3000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GPtrArray) records = load_all (sample.store, sizes[i].type);

      if (records->len < sizes[i].low || records->len > sizes[i].high)
        g_error ("%u records of type %s", records->len, sizes[i].type);
    }
}

static void
test_partners_are_of_every_sort (void)
{
  static const struct { const char *field; const char *values; } wanted[] =
  {
    { "lifecycle", "identified contacted discovery evaluated agreement onboarding active at_risk "
                   "probation suspended offboarded" },
    { "partner_type", "technology channel solution" },
    { "segment", "strategic growth long_tail" },
    { "region", "north_america latin_america emea apac" },
  };
  g_autoptr(GPtrArray) all = load_all (sample.store, "organization");

  for (gsize w = 0; w < G_N_ELEMENTS (wanted); w++)
    {
      g_auto(GStrv) values = g_strsplit (wanted[w].values, " ", -1);

      for (char **value = values; *value != NULL; value++)
        {
          guint n = 0;

          for (guint i = 0; i < all->len; i++)
            n += has_text (nth (all, i), wanted[w].field, *value);
          if (n == 0)
            g_error ("no organization has %s = %s", wanted[w].field, *value);
        }
    }
}

static void
test_shares_of_a_deal_add_up (void)
{
  g_autoptr(GPtrArray) deals = load_all (sample.store, "deal");
  const EntRecordType *party = ent_store_get_record_type (sample.store, "deal_party");

  for (guint i = 0; i < deals->len; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) parties =
        ent_store_get_children (sample.store, ent_record_get_key (nth (deals, i)), party, &error);
      gint64 sum = 0;

      g_assert_no_error (error);
      for (guint p = 0; p < parties->len; p++)
        sum += ent_record_get_int (nth (parties, p), "share_pct", 0);
      g_assert_cmpint (sum, ==, 1000000);
    }
}

static void
test_nothing_happened_after_today (void)
{
  static const struct { const char *type, *field; gboolean is_instant; } past[] =
  {
    { "deal", "closed_on", FALSE }, { "deal", "opened_on", FALSE }, { "activity", "at", TRUE },
    { "task", "done_on", FALSE }, { "plan_item", "done_on", FALSE }, { "ledger", "date", FALSE },
    { "assessment", "at", FALSE }, { "case", "closed", FALSE }, { "agreement", "signed_on", FALSE },
  };

  for (gsize p = 0; p < G_N_ELEMENTS (past); p++)
    {
      g_autoptr(GPtrArray) records = load_all (sample.store, past[p].type);
      gint64 limit = past[p].is_instant ? (TODAY + 1) * G_TIME_SPAN_DAY : TODAY;

      for (guint i = 0; i < records->len; i++)
        if (ent_record_get_int (nth (records, i), past[p].field, 0) > limit)
          g_error ("%s: %s of “%s” is in the future", past[p].type, past[p].field,
                   ent_record_get_title (nth (records, i)));
    }
}

/* What the pages of the app are about must be there to see. */
static void
test_there_is_something_to_do (void)
{
  g_autoptr(GPtrArray) deals = load_all (sample.store, "deal");
  g_autoptr(GPtrArray) tasks = load_all (sample.store, "task");
  g_autoptr(GPtrArray) agreements = load_all (sample.store, "agreement");
  g_autoptr(GPtrArray) plans = load_all (sample.store, "plan");
  guint open = 0, won = 0, lost = 0, ending = 0, slipped = 0, overdue = 0, expiring = 0, drafts = 0;

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = nth (deals, i);
      gint64 days = ent_record_get_int (deal, "expires_on", 0) - TODAY;

      won += has_text (deal, "stage", "won");
      lost += has_text (deal, "stage", "lost");
      if (has_text (deal, "stage", "won") || has_text (deal, "stage", "lost"))
        continue;
      open++;
      ending += days >= 0 && days <= 21;
      slipped += ent_record_get_int (deal, "expected_close", TODAY) < TODAY;
    }
  for (guint i = 0; i < tasks->len; i++)
    overdue += !has_text (nth (tasks, i), "status", "done") &&
               ent_record_get_int (nth (tasks, i), "due", TODAY) < TODAY;
  for (guint i = 0; i < agreements->len; i++)
    expiring += has_text (nth (agreements, i), "status", "expiring");
  for (guint i = 0; i < plans->len; i++)
    drafts += has_text (nth (plans, i), "kind", "qbr") &&
              ent_record_get_int (nth (plans, i), "meeting_at", 0) > TODAY * G_TIME_SPAN_DAY;

  g_assert_cmpuint (open, >=, 80);
  g_assert_cmpuint (won, >=, 100);
  g_assert_cmpuint (lost, >=, 80);
  g_assert_cmpuint (ending, >=, 2);
  g_assert_cmpuint (slipped, >=, 5);
  g_assert_cmpuint (overdue, >=, 5);
  g_assert_cmpuint (expiring, ==, 1);
  g_assert_cmpuint (drafts, >=, 8);
}

static void
test_a_few_partners_bring_much_of_the_revenue (void)
{
  g_autoptr(GPtrArray) rows = load_all (sample.store, "ledger");
  g_autoptr(GHashTable) by_partner = g_hash_table_new (NULL, NULL);
  gint64 total = 0, largest = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const EntValue *amount = ent_record_get_named (nth (rows, i), "amount");
      gpointer partner = GSIZE_TO_POINTER ((gsize) ent_record_get_ref (nth (rows, i), "partner"));
      gint64 sum;

      if (!has_text (nth (rows, i), "kind", "revenue") || strcmp (amount->currency, "USD") != 0)
        continue;
      sum = (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (by_partner, partner)) + amount->integer;
      g_hash_table_insert (by_partner, partner, GSIZE_TO_POINTER ((gsize) sum));
      total += amount->integer;
      largest = MAX (largest, sum);
    }
  g_assert_cmpint (largest * 100 / total, >=, 12);
  g_assert_cmpint (largest * 100 / total, <=, 35);
}

static void
test_names_are_written_as_people_write_them (void)
{
  g_autoptr(GPtrArray) people = load_all (sample.store, "person");
  guint scripts[4] = { 0 };
  glong longest = 0;

  for (guint i = 0; i < people->len; i++)
    {
      const char *name = ent_record_get_title (nth (people, i));

      longest = MAX (longest, g_utf8_strlen (name, -1));
      for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
        switch (g_unichar_get_script (g_utf8_get_char (p)))
          {
          case G_UNICODE_SCRIPT_HAN: scripts[0]++; break;
          case G_UNICODE_SCRIPT_ARABIC: scripts[1]++; break;
          case G_UNICODE_SCRIPT_CYRILLIC: scripts[2]++; break;
          case G_UNICODE_SCRIPT_HANGUL: scripts[3]++; break;
          default: break;
          }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    g_assert_cmpuint (scripts[i], >, 0);
  g_assert_cmpint (longest, >=, 30);
}

static void
test_it_undergoes_no_change_between_two_fillings (void)
{
  static const char * const types[] = { "deal", "person", "activity", "ledger", "link" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) definitions = NULL;
  Fixture again = { NULL };

  /* The program may be there already, or even be installed twice. */
  fixture_set_up (&again, NULL);
  for (int i = 0; i < 2; i++)
    {
      ent_program_defaults_install (again.store, NULL, &error);
      g_assert_no_error (error);
    }
  ent_sample_fill (again.store, TODAY, NULL, &error);
  g_assert_no_error (error);
  definitions = load_all (again.store, "program");
  g_assert_cmpuint (definitions->len, ==, 139);
  for (gsize t = 0; t < G_N_ELEMENTS (types); t++)
    {
      g_autoptr(GPtrArray) first = load_all (sample.store, types[t]);
      g_autoptr(GPtrArray) second = load_all (again.store, types[t]);
      guint n_fields = ent_record_type_get_n_fields (ent_record_get_record_type (nth (first, 0)));

      g_assert_cmpuint (first->len, ==, second->len);
      for (guint i = 0; i < first->len; i++)
        for (guint field = 0; field < n_fields; field++)
          if ((field < ENT_COMMON_CREATED_AT || field >= ENT_N_COMMON))
            g_assert_true (ent_value_equal (ent_record_get (nth (first, i), field),
                                            ent_record_get (nth (second, i), field)));
    }
  fixture_tear_down (&again, NULL);
}

static void
test_its_transactions_have_a_name (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) history = ent_store_get_history (sample.store, 0, 0, 10, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (history->len, >=, 1);
  g_assert_cmpuint (history->len, <=, 4); /* the records, then what is computed from them */
  for (guint i = 0; i < history->len; i++)
    {
      const EntTransactionInfo *info = g_ptr_array_index (history, i);

      g_assert_cmpstr (info->label, ==, "Sample workspace");
      g_assert_cmpint (info->origin, ==, ENT_ORIGIN_SETUP);
    }
}

static void
test_it_leaves_the_file_sound (void)
{
  assert_no_findings (sample.store);
}

static void
test_a_canceled_filling_leaves_nothing (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  Fixture f = { NULL };

  fixture_set_up (&f, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (ent_sample_fill (f.store, TODAY, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  records = load_all (f.store, "organization");
  g_assert_cmpuint (records->len, ==, 0);
  fixture_tear_down (&f, NULL);
}

/* Any day must do: month ends, leap days, quarter ends. */
static void
test_it_can_be_made_on_any_day (void)
{
  static const int days[][3] = { { 2024, 2, 29 }, { 2026, 12, 31 }, { 2027, 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr(GError) error = NULL;
      Fixture f = { NULL };

      fixture_set_up (&f, NULL);
      ent_sample_fill (f.store, ent_date_from_ymd (days[i][0], days[i][1], days[i][2]), NULL, &error);
      g_assert_no_error (error);
      fixture_tear_down (&f, NULL);
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  fill (&sample);

  g_test_add_func ("/sample/has-the-size-of-a-real-program", test_it_has_the_size_of_a_real_program);
  g_test_add_func ("/sample/partners-are-of-every-sort", test_partners_are_of_every_sort);
  g_test_add_func ("/sample/shares-of-a-deal-add-up", test_shares_of_a_deal_add_up);
  g_test_add_func ("/sample/nothing-happened-after-today", test_nothing_happened_after_today);
  g_test_add_func ("/sample/there-is-something-to-do", test_there_is_something_to_do);
  g_test_add_func ("/sample/a-few-partners-bring-much-of-the-revenue",
                   test_a_few_partners_bring_much_of_the_revenue);
  g_test_add_func ("/sample/names-are-written-as-people-write-them",
                   test_names_are_written_as_people_write_them);
  g_test_add_func ("/sample/the-same-each-time", test_it_undergoes_no_change_between_two_fillings);
  g_test_add_func ("/sample/transactions-have-a-name", test_its_transactions_have_a_name);
  g_test_add_func ("/sample/leaves-the-file-sound", test_it_leaves_the_file_sound);
  g_test_add_func ("/sample/a-canceled-filling-leaves-nothing", test_a_canceled_filling_leaves_nothing);
  g_test_add_func ("/sample/any-day-will-do", test_it_can_be_made_on_any_day);

  result = g_test_run ();
  fixture_tear_down (&sample, NULL);
  return result;
}
