/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data side of a board of 20,000 deals: reading them (on a worker thread), grouping and filtering them (too), and
 * what the main thread does for a card that comes into sight.
 *
 *   build-aux/bench deals [DEALS]     default 20000; two parties each, an activity for every other one */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#include "rules/ent-deal-checks.h"
#include "rules/ent-forecast.h"
#include "rules/ent-program-defaults.h"
#include "store/ent-query.h"

#define RUNS   9
#define DAY    (24 * G_TIME_SPAN_HOUR)
#define TODAY  ent_date_from_ymd (2026, 11, 20)

static const char * const stages[] =
  { "prospect", "qualified", "technical_validation", "business_validation", "committed", "won", "lost" };

typedef struct
{
  EntTransaction *transaction;
  GRand          *random;
  guint           n;
  GError        **error;
} Maker;

static void
put (Maker      *self,
     EntRecord  *record,
     const char *field,
     gint64      number)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, number);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static EntRecord *
new_record (Maker      *self,
            const char *type)
{
  return ent_record_new (ent_schema_lookup (ent_transaction_get_schema (self->transaction), type));
}

static EntKey
add_organization (Maker *self,
                  guint  i)
{
  g_autoptr (EntRecord) record = new_record (self, "organization");
  g_autofree char *title = g_strdup_printf ("Partner %04u", i);

  if (!ent_record_set_text (record, "title", title, self->error) ||
      !ent_record_set_text (record, "roles", "partner", self->error) ||
      !ent_transaction_insert (self->transaction, record, self->error))
    return 0;
  return ent_record_get_key (record);
}

static gboolean
add_deal (Maker  *self,
          EntKey *organizations,
          guint   i)
{
  g_autoptr (EntRecord) deal = new_record (self, "deal");
  g_autoptr (EntRecord) activity = NULL;
  g_autofree char *title = g_strdup_printf ("Deal %05u", i);
  const EntRecordType *type = ent_record_get_record_type (deal);
  g_auto (EntValue) money = ENT_VALUE_INIT;
  g_auto (EntValue) about = ENT_VALUE_INIT;
  EntKey key;

  ent_value_set_money (&money, g_rand_int_range (self->random, 100000, 20000000), "USD");
  ent_record_take (deal, ent_record_type_lookup (type, "amount")->index, &money);
  put (self, deal, "account", organizations[g_rand_int_range (self->random, 0, 1000)]);
  put (self, deal, "registered_by", organizations[g_rand_int_range (self->random, 0, 1000)]);
  put (self, deal, "opened_on", TODAY - g_rand_int_range (self->random, 0, 200));
  put (self, deal, "expected_close", TODAY + g_rand_int_range (self->random, -20, 200));
  if (!ent_record_set_text (deal, "title", title, self->error) ||
      !ent_record_set_text (deal, "stage", stages[i % 5], self->error) ||
      !ent_record_set_text (deal, "registration_state", "active", self->error) ||
      !ent_transaction_insert (self->transaction, deal, self->error))
    return FALSE;
  key = ent_record_get_key (deal);
  for (int n = 0; n < 2; n++)
    {
      g_autoptr (EntRecord) party = new_record (self, "deal_party");

      put (self, party, "parent", key);
      put (self, party, "position", n);
      put (self, party, "org", organizations[g_rand_int_range (self->random, 0, 1000)]);
      if (!ent_transaction_insert (self->transaction, party, self->error))
        return FALSE;
    }
  if (i % 2 == 0)
    return TRUE;
  activity = new_record (self, "activity");
  ent_value_set_keys (&about, &key, 1);
  ent_record_take (activity, ent_record_type_lookup (ent_record_get_record_type (activity), "about")->index, &about);
  put (self, activity, "at", (TODAY - g_rand_int_range (self->random, 0, 90)) * DAY);
  return ent_record_set_text (activity, "title", "Call", self->error) &&
         ent_transaction_insert (self->transaction, activity, self->error);
}

static gboolean
fill_cb (EntTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Maker *self = data;
  EntKey organizations[1000];

  self->transaction = transaction;
  self->error = error;
  for (guint i = 0; i < G_N_ELEMENTS (organizations); i++)
    if ((organizations[i] = add_organization (self, i)) == 0)
      return FALSE;
  for (guint i = 0; i < self->n; i++)
    if (!add_deal (self, organizations, i))
      return FALSE;
  return TRUE;
}

/* --- Measuring ------------------------------------------------------------------------------------------------ */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

/* The middle of several runs, in milliseconds of CPU. */
typedef void (*Step) (EntStore *store,
                      EntDeals *deals);

static void
measure (const char *name,
         EntStore   *store,
         EntDeals   *deals,
         Step        step)
{
  double times[RUNS];

  for (int i = 0; i < RUNS; i++)
    {
      clock_t start = clock ();

      step (store, deals);
      times[i] = (double) (clock () - start) * 1e3 / CLOCKS_PER_SEC;
    }
  qsort (times, RUNS, sizeof *times, compare_doubles);
  g_print ("%-44s %9.3f ms\n", name, times[RUNS / 2]);
}

static void
read_step (EntStore *store,
           EntDeals *deals)
{
  ent_deals_unref (ent_deals_load (store, TODAY, NULL, NULL));
}

static void
group_step (EntStore *store,
            EntDeals *deals)
{
  g_ptr_array_unref (ent_deals_group (deals, ENT_DEALS_BY_STAGE, ent_quarter_of_day (TODAY), NULL));
}

static void
forecast_step (EntStore *store,
               EntDeals *deals)
{
  ent_forecast_free (ent_deals_forecast (deals, ent_quarter_of_day (TODAY), NULL));
}

static void
filter_step (EntStore *store,
             EntDeals *deals)
{
  const EntRecordType *type = ent_store_get_record_type (store, "deal");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, "amount > 50000 and stage != prospect", NULL, NULL);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = ent_store_query (store, &query, NULL, NULL);

  g_ptr_array_unref (ent_deals_group (deals, ENT_DEALS_BY_STAGE, ent_quarter_of_day (TODAY), result));
}

static void
cards_step (EntStore *store,
            EntDeals *deals)
{
  for (guint i = 0; i < 60; i++)
    g_ptr_array_unref (ent_deals_check (deals, ent_deals_get_nth (deals, i)));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("entente-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "deals.entente", NULL);
  g_autoptr (EntStore) store = ent_store_create (path, NULL, NULL, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GError) error = NULL;
  Maker maker = { NULL, random, argc > 1 ? (guint) atoi (argv[1]) : 20000, NULL };

  if (!ent_program_defaults_install (store, NULL, &error) ||
      !ent_store_write (store, "Fill", ENT_ORIGIN_SETUP, fill_cb, &maker, NULL, NULL, &error) ||
      !ent_store_load_columns (store, ent_store_get_record_type (store, "deal"), NULL, &error) ||
      (deals = ent_deals_load (store, TODAY, NULL, &error)) == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%u deals\n", ent_deals_get_n (deals));
  measure ("worker: read all deals", store, deals, read_step);
  measure ("worker: columns by stage", store, deals, group_step);
  measure ("worker: forecast with its explanation", store, deals, forecast_step);
  measure ("worker: filter and columns", store, deals, filter_step);
  measure ("main: warnings of 60 cards in sight", store, deals, cards_step);
  g_clear_pointer (&deals, ent_deals_unref);
  ent_store_close (store);
  g_remove (path);
  g_rmdir (folder);
  return 0;
}
