/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of portals, by a clock of the test's own. */
#include "config.h"

#include "sync/ent-json-pointer.h"
#include "sync/ent-rate-budget.h"

#define NOON G_GINT64_CONSTANT (1792497600000) /* milliseconds since 1970 */

typedef struct
{
  EntConnector                *connector;
  EntRateBudget               *budget;
  const EntConnectorOperation *get, *update;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  const EntConnectorObject *object;

  f->connector = ent_connector_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  f->budget = ent_rate_budget_new (f->connector);
  object = f->connector->objects->pdata[0];
  f->get = ent_connector_object_lookup (object, "get");
  f->update = ent_connector_object_lookup (object, "update");
}

static void
tear_down (Fixture      *f,
           gconstpointer id)
{
  ent_rate_budget_free (f->budget);
  ent_connector_unref (f->connector);
}

/* One write a second; reads are counted by themselves. */
static void
test_one_a_second (Fixture      *f,
                   gconstpointer id)
{
  gint64 wait;

  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->update, NOON), ==, 0);
  ent_rate_budget_take (f->budget, f->update, NOON);
  wait = ent_rate_budget_get_wait (f->budget, f->update, NOON);
  g_assert_cmpint (wait, >=, 1000);
  g_assert_cmpint (wait, <, 1100);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->update, NOON + wait - 1), ==, 1);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->update, NOON + wait), ==, 0);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, NOON), ==, 0);
      ent_rate_budget_take (f->budget, f->get, NOON);
    }
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, NOON), >, 0);
}

/* Sent as soon as allowed, at odd times too, no stretch of ten seconds ever has more than a hundred, nor one second more
 * than four searches; and not much less is allowed. */
static void
test_never_over (Fixture      *f,
                 gconstpointer id)
{
  const EntConnectorOperation *search = ent_connector_object_lookup (f->connector->objects->pdata[0], "changes");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) searches = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 now = NOON;

  while (all->len < 2000)
    {
      const EntConnectorOperation *operation = g_rand_int_range (rand, 0, 10) == 0 ? search : f->get;

      now += ent_rate_budget_get_wait (f->budget, operation, now);
      g_assert_cmpint (ent_rate_budget_get_wait (f->budget, operation, now), ==, 0);
      ent_rate_budget_take (f->budget, operation, now);
      g_array_append_val (all, now);
      if (operation == search)
        g_array_append_val (searches, now);
      now += g_rand_int_range (rand, 0, 30) == 0 ? g_rand_int_range (rand, 0, 3000) : 0;
    }
  for (guint i = 100; i < all->len; i++)
    g_assert_cmpint (g_array_index (all, gint64, i) - g_array_index (all, gint64, i - 100), >=, 10000);
  for (guint i = 4; i < searches->len; i++)
    g_assert_cmpint (g_array_index (searches, gint64, i) - g_array_index (searches, gint64, i - 4), >=, 1000);
  g_assert_cmpint (now - NOON, <, 2000 / 100 * 10000 * 3 / 2);
}

static void
test_day (Fixture      *f,
          gconstpointer id)
{
  gint64 now = NOON, wait;

  for (guint i = 0; i < 10000; i++)
    {
      now += ent_rate_budget_get_wait (f->budget, f->update, now);
      ent_rate_budget_take (f->budget, f->update, now);
    }
  g_assert_cmpint (now - NOON, <, 3 * 60 * 60 * 1000);
  wait = ent_rate_budget_get_wait (f->budget, f->update, now);
  g_assert_cmpint (now + wait - NOON, >=, 24 * 60 * 60 * 1000);
  g_assert_cmpint (now + wait - NOON, <, 27 * 60 * 60 * 1000);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, now), ==, 0);
}

static void
test_pause (Fixture      *f,
            gconstpointer id)
{
  ent_rate_budget_pause (f->budget, 30000, NOON);
  ent_rate_budget_pause (f->budget, 10000, NOON);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, NOON), ==, 30000);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, NOON + 29999), ==, 1);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, NOON + 30000), ==, 0);
  ent_rate_budget_pause (f->budget, G_MAXINT64, NOON);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->get, NOON), ==, 24 * 60 * 60 * 1000);
}

/* What was used is used after a restart. */
static void
test_kept (Fixture      *f,
           gconstpointer id)
{
  g_autoptr (EntRateBudget) other = ent_rate_budget_new (f->connector);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *again = NULL;

  for (guint i = 0; i < 7; i++)
    ent_rate_budget_take (f->budget, f->get, NOON + 100 * i);
  ent_rate_budget_take (f->budget, f->update, NOON + 600);
  ent_rate_budget_pause (f->budget, 50, NOON + 600);
  text = ent_rate_budget_to_text (f->budget);
  g_assert_true (ent_rate_budget_load (other, text, &error));
  g_assert_no_error (error);
  for (gint64 time = NOON + 600; time < NOON + 3000; time += 50)
    {
      g_assert_cmpint (ent_rate_budget_get_wait (other, f->update, time), ==,
                       ent_rate_budget_get_wait (f->budget, f->update, time));
      g_assert_cmpint (ent_rate_budget_get_wait (other, f->get, time), ==, ent_rate_budget_get_wait (f->budget, f->get, time));
    }
  again = ent_rate_budget_to_text (other);
  g_assert_cmpuint (strlen (text), <, 1000);
  g_assert_true (ent_rate_budget_load (f->budget, again, NULL));
}

static void
test_nonsense (Fixture      *f,
               gconstpointer id)
{
  static const char * const texts[] = { "{}", "[]", "7", "{'used':7}", "{'used':{'write_second':[]}}", "{'paused_until':-5}",
                                        "{'used':{'write_second':{'x':'y','-9':4,'99999999999999999999':1e300}}}",
                                        "{'used':{'gone':{'5':5}},'paused_until':{}}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) text = g_string_new (texts[i]);

      g_string_replace (text, "'", "\"", 0);
      g_assert_true (ent_rate_budget_load (f->budget, text->str, NULL));
      g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->update, NOON), ==, 0);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (ent_rate_budget_load (f->budget, "<html>", &error));
    g_assert_error (error, ENT_JSON_ERROR, ENT_JSON_ERROR_NOT_JSON);
  }
}

/* A clock that was an hour ahead, or is a year behind, makes nobody wait for it. */
static void
test_clock_set_back (Fixture      *f,
                     gconstpointer id)
{
  gint64 hour = 60 * 60 * 1000, wait;

  ent_rate_budget_take (f->budget, f->update, NOON + hour);
  wait = ent_rate_budget_get_wait (f->budget, f->update, NOON);
  g_assert_cmpint (wait, >, 0);
  g_assert_cmpint (wait, <=, 1100);
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->update, NOON + wait), ==, 0);
  ent_rate_budget_take (f->budget, f->update, NOON + wait);
  ent_rate_budget_pause (f->budget, hour, NOON);
  wait = ent_rate_budget_get_wait (f->budget, f->update, NOON - 365 * 24 * hour);
  g_assert_cmpint (wait, <=, 24 * hour);
}

static void
test_estimate (Fixture      *f,
               gconstpointer id)
{
  const EntConnectorOperation *edit[] = { f->get, f->update, NULL };
  gint64 time = ent_rate_budget_estimate (f->budget, edit, 200, NOON);
  g_autofree char *sentence = ent_rate_budget_describe (200, time);

  g_assert_cmpint (time, >=, 199 * 1000);
  g_assert_cmpint (time, <, 220 * 1000);
  g_assert_cmpstr (sentence, ==, "200 edits need about 4 minutes");
  g_assert_cmpint (ent_rate_budget_estimate (f->budget, edit, 0, NOON), ==, 0);
  g_assert_cmpint (ent_rate_budget_estimate (f->budget, edit, 12000, NOON), >, 24 * 60 * 60 * 1000);
  /* It was a game: nothing is used. */
  g_assert_cmpint (ent_rate_budget_get_wait (f->budget, f->update, NOON), ==, 0);
}

static void
test_sentences (void)
{
  static const struct { guint n; gint64 time; const char *sentence; } sentences[] =
  {
    { 1, 0, "1 edit needs less than a minute" }, { 2, 29999, "2 edits need less than a minute" },
    { 31, 31000, "31 edits need about 1 minute" }, { 5000, 89 * 60000, "5000 edits need about 89 minutes" },
    { 9000, 2 * 3600000 + 1, "9000 edits need about 3 hours" }, { 40000, 259200000, "40000 edits need about 3 days" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *sentence = ent_rate_budget_describe (sentences[i].n, sentences[i].time);

      g_assert_cmpstr (sentence, ==, sentences[i].sentence);
    }
}

#define ADD(path, id, func) g_test_add (path, Fixture, id, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/rate/one-a-second", "aws-partner-central", test_one_a_second);
  ADD ("/rate/never-over", "hubspot", test_never_over);
  ADD ("/rate/day", "aws-partner-central", test_day);
  ADD ("/rate/pause", "aws-partner-central", test_pause);
  ADD ("/rate/kept", "aws-partner-central", test_kept);
  ADD ("/rate/nonsense", "aws-partner-central", test_nonsense);
  ADD ("/rate/clock-set-back", "aws-partner-central", test_clock_set_back);
  ADD ("/rate/estimate", "aws-partner-central", test_estimate);
  g_test_add_func ("/rate/sentences", test_sentences);
  return g_test_run ();
}
