/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-pulse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/ent-value.h"
#include "rules/ent-exchange-rates.h"
#include "rules/ent-lookup.h"
#include "store/ent-query.h"

#define N_MONTHS 12
#define N_WEEKS  12

typedef struct
{
  EntStore         *store;
  gint64            today;
  EntExchangeRates *rates;
  GPtrArray        *goals;
  GPtrArray        *list;
  GCancellable     *cancellable;
} Making;

void
ent_pulse_free (EntPulse *self)
{
  g_free (self->label);
  g_free (self->value);
  g_free (self->goal);
  g_clear_pointer (&self->spark, ent_chart_data_unref);
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

/* --- Months ------------------------------------------------------------------------------------------------------------ */

/* 0 is eleven months ago, 11 this month; less than 0 or more: outside. */
static int
month_of (Making *self,
          gint64  day)
{
  int year, month, now_year, now_month;

  ent_date_to_ymd (day, &year, &month, NULL);
  ent_date_to_ymd (self->today, &now_year, &now_month, NULL);
  return N_MONTHS - 1 - ((now_year - year) * 12 + now_month - month);
}

static gint64
month_start (Making *self,
             int     nth)
{
  int year, month;

  ent_date_to_ymd (self->today, &year, &month, NULL);
  month -= N_MONTHS - 1 - nth;
  while (month < 1)
    {
      month += 12;
      year--;
    }
  return ent_date_from_ymd (year, month, 1);
}

static EntChartData *
make_months (Making     *self,
             const char *label)
{
  EntChartData *data = ent_chart_data_new (ENT_CHART_SPARKLINE);

  ent_chart_data_add_series (data, label);
  for (int i = 0; i < N_MONTHS; i++)
    {
      g_autofree char *day = ent_date_write (month_start (self, i));

      day[7] = '\0';
      ent_chart_data_add_category (data, day);
    }
  return data;
}

/* --- Figures ------------------------------------------------------------------------------------------------------------ */

static EntPulse *
add (Making       *self,
     const char   *label,
     char         *value,
     EntChartData *spark,
     const char   *formula,
     const char   *page)
{
  EntPulse *pulse = g_new0 (EntPulse, 1);

  pulse->label = g_strdup (label);
  pulse->value = value;
  pulse->spark = spark;
  pulse->page = page;
  pulse->why = ent_why_new (label, value);
  ent_why_set_formula (pulse->why, formula);
  g_ptr_array_add (self->list, pulse);
  return pulse;
}

static void
set_goal (Making     *self,
          EntPulse   *pulse,
          const char *metric,
          gint64      now)
{
  EntRecord *rule = ent_lookup_rule (self->goals, NULL, metric);
  const EntValue *amount = rule != NULL ? ent_record_get_named (rule, "threshold_amount") : NULL;
  gint64 goal;
  g_autofree char *text = NULL;

  if (rule == NULL)
    return;
  if (amount->kind == ENT_VALUE_MONEY)
    {
      const char *currency = ent_exchange_rates_get_reporting (self->rates);

      if (!ent_exchange_rates_convert (self->rates, amount->integer, amount->currency, currency, &goal))
        return;
      text = ent_money_display (goal, currency, ENT_DISPLAY_SHORT);
    }
  else
    {
      goal = ent_lookup_threshold (self->goals, NULL, metric, 0);
      text = g_strdup_printf ("%'" G_GINT64_FORMAT, goal);
    }
  pulse->goal = g_strdup_printf (now >= goal ? _("Goal %s, reached") : _("Goal %s"), text);
  ent_why_add (pulse->why, _("Goal"), text, NULL, ent_record_get_ref (rule, "parent"));
}

static gboolean
convert (Making         *self,
         const EntValue *value,
         gint64         *result)
{
  return value->kind == ENT_VALUE_MONEY &&
         ent_exchange_rates_convert (self->rates, value->integer, value->currency,
                                     ent_exchange_rates_get_reporting (self->rates), result);
}

static void
tell_rows (EntPulse *pulse,
           guint     n,
           guint     n_without)
{
  g_autofree char *rows = g_strdup_printf ("%'u", n), *without = g_strdup_printf ("%'u", n_without);

  ent_why_add (pulse->why, _("Deals counted"), rows, NULL, 0);
  if (n_without > 0)
    ent_why_add (pulse->why, _("Not counted: no amount, or no rate for its currency"), without, NULL, 0);
}

/* Sums of amounts by the month of a date. */
typedef struct
{
  Making     *making;
  const char *date;
  gint64      from;             /* only those since that day count in the total */
  gint64      months[N_MONTHS];
  gint64      total;
  guint       n;
  guint       n_without;        /* no amount, or no rate for its currency */
} Months;

static void
take_amount (EntRecord *deal,
             gpointer   user_data)
{
  Months *self = user_data;
  gint64 day = ent_record_get_int (deal, self->date, G_MININT64), amount;
  int month = day != G_MININT64 ? month_of (self->making, day) : -1;

  if (!convert (self->making, ent_record_get_named (deal, "amount"), &amount))
    {
      self->n_without += day >= self->from;
      return;
    }
  if (month >= 0 && month < N_MONTHS && __builtin_add_overflow (self->months[month], amount, &self->months[month]))
    self->months[month] = G_MAXINT64;
  if (day < self->from)
    return;
  self->n++;
  if (__builtin_add_overflow (self->total, amount, &self->total))
    self->total = G_MAXINT64;
}

static gboolean
sum_by_month (Months        *self,
              const char    *where,
              EntChartData  *spark,
              GError       **error)
{
  const char *fields[] = { "amount", self->date, NULL };

  if (!ent_lookup_scan (self->making->store, "deal", where, fields, take_amount, self, self->making->cancellable, error))
    return FALSE;
  for (guint i = 0; i < N_MONTHS; i++)
    ent_chart_data_set (spark, 0, i, self->months[i]);
  return TRUE;
}

static gboolean
add_pipeline (Making  *self,
              GError **error)
{
  const char *currency = ent_exchange_rates_get_reporting (self->rates);
  g_autoptr (EntChartData) spark = make_months (self, _("Opened, still open"));
  Months months = { .making = self, .date = "opened_on", .from = G_MININT64 };
  EntPulse *pulse;

  ent_chart_data_set_money (spark, currency);
  if (!sum_by_month (&months, "not stage in (won, lost)", spark, error))
    return FALSE;
  pulse = add (self, _("Open Pipeline"), ent_money_display (months.total, currency, ENT_DISPLAY_SHORT), g_steal_pointer (&spark),
               _("Sum of the amounts of open deals"), "deals");
  tell_rows (pulse, months.n, months.n_without);
  set_goal (self, pulse, "partner_sourced_pipeline", months.total);
  return TRUE;
}

static gboolean
add_won (Making  *self,
         GError **error)
{
  g_autofree char *since = ent_date_write (month_start (self, 0));
  g_autofree char *where = g_strdup_printf ("stage = won and closed_on >= %s", since);
  const char *currency = ent_exchange_rates_get_reporting (self->rates);
  g_autoptr (EntChartData) spark = make_months (self, _("Won"));
  Months months = { .making = self, .date = "closed_on" };
  EntPulse *pulse;
  int year, month;

  ent_date_to_ymd (self->today, &year, &month, NULL);
  months.from = ent_date_from_ymd (year, (month - 1) / 3 * 3 + 1, 1);
  ent_chart_data_set_money (spark, currency);
  if (!sum_by_month (&months, where, spark, error))
    return FALSE;
  pulse = add (self, _("Won This Quarter"), ent_money_display (months.total, currency, ENT_DISPLAY_SHORT),
               g_steal_pointer (&spark), _("Sum of the amounts of deals won since the quarter began"), "deals");
  tell_rows (pulse, months.n, months.n_without);
  return TRUE;
}

/* Partners by the month they joined. */
typedef struct
{
  Making *making;
  gint64  months[N_MONTHS];
  guint   n;
  guint   n_undated;
} Joined;

static void
take_partner (EntRecord *record,
              gpointer   user_data)
{
  Joined *self = user_data;
  gint64 since = ent_record_get_int (record, "partner_since", G_MININT64);

  self->n++;
  self->n_undated += since == G_MININT64;
  if (since != G_MININT64 && since <= self->making->today)
    self->months[CLAMP (month_of (self->making, since), 0, N_MONTHS - 1)]++;
}

static gboolean
add_partners (Making  *self,
              GError **error)
{
  static const char * const fields[] = { "partner_since", NULL };
  Joined joined = { .making = self };
  gint64 sum = 0;
  g_autofree char *undated = NULL;
  EntChartData *spark;
  EntPulse *pulse;

  if (!ent_lookup_scan (self->store, "organization", "roles has partner and lifecycle in (active, at_risk)", fields,
                        take_partner, &joined, self->cancellable, error))
    return FALSE;
  spark = make_months (self, _("Partners by the month they joined"));
  for (guint i = 0; i < N_MONTHS; i++)
    ent_chart_data_set (spark, 0, i, sum += joined.months[i]);
  pulse = add (self, _("Active Partners"), g_strdup_printf ("%'u", joined.n), spark,
               _("Partners whose lifecycle is Active or At risk"), "partners");
  undated = g_strdup_printf ("%'u", joined.n_undated);
  if (joined.n_undated > 0)
    ent_why_add (pulse->why, _("Without the day they joined: not in the line"), undated, NULL, 0);
  set_goal (self, pulse, "channel_solution_partners_onboarded", joined.n);
  return TRUE;
}

static gint64
count_contacts (Making  *self,
                gint64   from,
                gint64   to,
                GError **error)
{
  const EntRecordType *type = ent_store_get_record_type (self->store, "activity");
  g_autofree char *first = ent_date_write (from), *last = ent_date_write (to);
  g_autofree char *where = g_strdup_printf ("kind in (meeting, call, email, message, event, touch, session) and at >= %s and "
                                            "at < %s", first, last);
  g_autoptr (EntFilter) filter = ent_filter_parse (type, where, NULL, error);
  EntQuery query = { .type = type, .filter = filter };

  return filter != NULL ? ent_store_count (self->store, &query, self->cancellable, error) : -1;
}

static gboolean
add_contacts (Making  *self,
              GError **error)
{
  EntChartData *spark = ent_chart_data_new (ENT_CHART_SPARKLINE);
  gint64 n = 0;

  ent_chart_data_add_series (spark, _("Contacts a week"));
  for (int week = 0; week < N_WEEKS; week++)
    {
      gint64 end = self->today + 1 - 7 * (N_WEEKS - 1 - week);
      g_autofree char *day = ent_date_write (end - 7);

      n = count_contacts (self, end - 7, end, error);
      if (n < 0)
        {
          ent_chart_data_unref (spark);
          return FALSE;
        }
      ent_chart_data_add_category (spark, day);
      ent_chart_data_set (spark, 0, (guint) week, n);
    }
  add (self, _("Contacts in 7 Days"), g_strdup_printf ("%'" G_GINT64_FORMAT, n), spark,
       _("Meetings, calls, mails, messages and events of the last 7 days"), "activities");
  return TRUE;
}

GPtrArray *
ent_pulse_list (EntStore      *store,
                gint64         today,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_pulse_free);
  g_autoptr (GPtrArray) goals = ent_lookup_rules (store, "phase:scale", error);
  g_autoptr (EntExchangeRates) rates = goals != NULL ? ent_exchange_rates_load (store, error) : NULL;
  Making self = { store, today, rates, goals, list, cancellable };

  if (rates == NULL || !add_pipeline (&self, error) || !add_won (&self, error) || !add_partners (&self, error) ||
      !add_contacts (&self, error))
    return NULL;
  return g_steal_pointer (&list);
}
