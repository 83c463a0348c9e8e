/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "store/ent-query.h"

/* Blocks on use: installs, retention, incidents. */

#define N_QUARTERS 6
#define N_MONTHS   12
#define YEAR_DAYS  365

static gint64
last_day (ReviewFacts *facts)
{
  return MIN (facts->end, facts->as_of);
}

/* --- Installs and calls: the figures of the partner's offerings --------------------------------------------- */

/* First day of "2026-03" or of "2026-03-01"; ENT_REVIEW_UNKNOWN for what is neither. */
static gint64
period_day (const char *period)
{
  int year, month, day = 1;

  if (period == NULL || sscanf (period, "%4d-%2d-%2d", &year, &month, &day) < 2 ||
      !ent_date_is_valid_ymd (year, month, day))
    return ENT_REVIEW_UNKNOWN;
  return ent_date_from_ymd (year, month, day);
}

static void
fill_figure (ReviewFacts    *facts,
             EntReviewBlock *block,
             const char     *metric)
{
  GPtrArray *figures = review_facts_get_figures (facts);
  gint64 sum = 0, last = ENT_REVIEW_UNKNOWN;
  guint n = 0;

  for (guint i = 0; i < figures->len; i++)
    {
      EntRecord *figure = g_ptr_array_index (figures, i);
      gint64 day = period_day (ent_record_get_text (figure, "period"));
      const EntValue *value = ent_record_get_named (figure, "value");
      g_autofree char *label = NULL;
      g_autofree char *shown = NULL;
      EntKey offering = ent_record_get_ref (figure, "parent");

      if (g_strcmp0 (ent_record_get_text (figure, "metric"), metric) != 0 || day == ENT_REVIEW_UNKNOWN ||
          ent_value_is_null (value) || day > facts->as_of)
        continue;
      last = MAX (last, day);
      if (day < facts->start || day > facts->end)
        continue;
      n++;
      sum += value->integer;
      label = g_strdup_printf ("%s, %s", review_facts_get_name (facts, offering),
                               ent_record_get_text (figure, "period"));
      shown = review_amount_display (ENT_REVIEW_UNIT_COUNT, value->integer, NULL);
      review_block_explain (block, label, shown, offering);
    }
  if (n > 0)
    review_block_set_number (block, ENT_REVIEW_UNIT_COUNT, sum, NULL, NULL);
  else
    review_block_set_unknown (block, last);
  review_block_explain_end (block, _("Sum of what the partner’s offerings reported in the period."), facts->as_of);
}

static void
fill_installs (ReviewFacts    *facts,
               EntReview      *review,
               EntReviewBlock *block)
{
  fill_figure (facts, block, "installs");
}

static void
fill_calls (ReviewFacts    *facts,
            EntReview      *review,
            EntReviewBlock *block)
{
  fill_figure (facts, block, "calls");
}

static void
set_months (EntReviewBlock *block,
            ReviewFacts    *facts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = N_MONTHS - 1; i >= 0; i--)
    {
      int year, month, unused;
      g_autoptr (GDate) date = NULL;
      char text[64];

      ent_date_to_ymd (review_month (facts->end, i), &year, &month, &unused);
      date = g_date_new_dmy (1, (GDateMonth) month, (GDateYear) year);
      g_date_strftime (text, sizeof text, "%b", date);
      g_strv_builder_add (builder, text);
    }
  block->labels = g_strv_builder_end (builder);
}

static EntReviewSeries *
series_of (EntReviewBlock *block,
           const char     *name)
{
  for (guint i = 0; i < block->series->len; i++)
    if (g_str_equal (((EntReviewSeries *) g_ptr_array_index (block->series, i))->name, name))
      return g_ptr_array_index (block->series, i);
  return review_block_add_series (block, name);
}

static void
fill_installs_by_month (ReviewFacts    *facts,
                        EntReview      *review,
                        EntReviewBlock *block)
{
  GPtrArray *figures = review_facts_get_figures (facts);

  set_months (block, facts);
  for (guint i = 0; i < figures->len; i++)
    {
      EntRecord *figure = g_ptr_array_index (figures, i);
      gint64 day = period_day (ent_record_get_text (figure, "period"));
      const EntValue *value = ent_record_get_named (figure, "value");

      if (g_strcmp0 (ent_record_get_text (figure, "metric"), "installs") != 0 || day == ENT_REVIEW_UNKNOWN ||
          ent_value_is_null (value) || day > facts->as_of)
        continue;
      for (int m = 0; m < N_MONTHS; m++)
        if (review_month (day, 0) == review_month (facts->end, N_MONTHS - 1 - m))
          {
            EntReviewSeries *series =
              series_of (block, review_facts_get_name (facts, ent_record_get_ref (figure, "parent")));

            series->values[m] = (series->values[m] == ENT_REVIEW_UNKNOWN ? 0 : series->values[m]) + value->integer;
          }
    }
}

/* --- Retention: joint customers, the accounts of won deals ----------------------------------------------------- */

static void
add_customers (ReviewFacts *facts,
               gint64       until,
               GPtrArray   *accounts) /* of EntKey* */
{
  GPtrArray *deals = review_facts_get_deals (facts);

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);
      gint64 closed = ent_record_get_int (deal, "closed_on", ENT_REVIEW_UNKNOWN);
      EntKey account = ent_record_get_ref (deal, "account");
      gboolean known = account == 0;

      if (g_strcmp0 (ent_record_get_text (deal, "stage"), "won") != 0 || closed == ENT_REVIEW_UNKNOWN || closed > until)
        continue;
      for (guint k = 0; k < accounts->len && !known; k++)
        known = *(EntKey *) g_ptr_array_index (accounts, k) == account;
      if (!known)
        g_ptr_array_add (accounts, g_memdup2 (&account, sizeof account));
    }
}

static gboolean
is_customer (ReviewFacts *facts,
             EntKey       key)
{
  g_autoptr (EntRecord) organization = ent_store_get (facts->store, key, NULL);
  const EntValue *roles = organization != NULL ? ent_record_get_named (organization, "roles") : NULL;

  return roles != NULL && roles->kind == ENT_VALUE_LIST &&
         g_strv_contains ((const char *const *) roles->list, "customer") &&
         ent_value_is_null (ent_record_get (organization, ENT_COMMON_DELETED_AT));
}

static void
fill_retention (ReviewFacts    *facts,
                EntReview      *review,
                EntReviewBlock *block)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *detail = NULL;
  guint n_kept = 0;

  add_customers (facts, last_day (facts) - YEAR_DAYS, before);
  for (guint i = 0; i < before->len; i++)
    {
      EntKey key = *(EntKey *) g_ptr_array_index (before, i);
      gboolean kept = is_customer (facts, key);

      n_kept += kept;
      review_block_explain (block, review_facts_get_name (facts, key), kept ? _("Still a customer") : _("Left"), key);
    }
  if (before->len == 0)
    review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
  else
    {
      detail = g_strdup_printf (_("%1$u of %2$u customers of a year ago"), n_kept, before->len);
      review_block_set_number (block, ENT_REVIEW_UNIT_PERCENT, (gint64) n_kept * 1000000 / before->len, NULL, detail);
    }
  review_block_explain_end (block, _("Accounts won with the partner a year before the end of the period that still have "
                                     "the role Customer, of all of them."), facts->as_of);
}

static void
fill_customers (ReviewFacts    *facts,
                EntReview      *review,
                EntReviewBlock *block)
{
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *detail = NULL;
  guint n = 0;

  add_customers (facts, last_day (facts), now);
  add_customers (facts, facts->start - 1, before);
  for (guint i = 0; i < now->len; i++)
    {
      EntKey key = *(EntKey *) g_ptr_array_index (now, i);

      if (!is_customer (facts, key))
        continue;
      n++;
      review_block_explain (block, review_facts_get_name (facts, key), NULL, key);
    }
  if (now->len == 0)
    review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
  else
    {
      detail = g_strdup_printf (ngettext ("%u won in the period", "%u won in the period", now->len - before->len),
                                now->len - before->len);
      review_block_set_number (block, ENT_REVIEW_UNIT_COUNT, n, NULL, detail);
    }
  review_block_explain_end (block, _("Accounts of deals won with the partner that have the role Customer."), facts->as_of);
}

/* --- Incidents --------------------------------------------------------------------------------------------------- */

static gboolean
is_incident (EntRecord *record)
{
  const char *kind = ent_record_get_text (record, "kind");

  return g_strcmp0 (kind, "incident") == 0 || g_strcmp0 (kind, "escalation") == 0;
}

/* None about this partner is zero only where incidents are recorded at all. */
static gboolean
records_incidents (ReviewFacts *facts)
{
  const EntRecordType *type = ent_store_get_record_type (facts->store, "case");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, "kind in (incident, escalation)", NULL, NULL);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) found = ent_store_query_first (facts->store, &query, 1, facts->cancellable, NULL);

  return found != NULL && ent_result_get_n (found) > 0;
}

static void
fill_incidents (ReviewFacts    *facts,
                EntReview      *review,
                EntReviewBlock *block)
{
  GPtrArray *cases = review_facts_get_cases (facts);
  g_autofree char *detail = NULL;
  guint n = 0, n_open = 0;

  for (guint i = 0; i < cases->len; i++)
    {
      EntRecord *record = g_ptr_array_index (cases, i);
      gint64 opened = ent_record_get_int (record, "opened", ENT_REVIEW_UNKNOWN);

      if (!is_incident (record) || opened < facts->start || opened > last_day (facts))
        continue;
      n++;
      n_open += ent_value_is_null (ent_record_get_named (record, "closed"));
      review_block_explain (block, ent_record_get_title (record), review_choice (record, "state"),
                            ent_record_get_key (record));
    }
  if (n == 0 && !records_incidents (facts))
    review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
  else
    {
      detail = n == 0 ? g_strdup ("") : g_strdup_printf (ngettext ("%u still open", "%u still open", n_open), n_open);
      review_block_set_number (block, ENT_REVIEW_UNIT_COUNT, n, NULL, detail);
    }
  review_block_explain_end (block, _("Incidents and escalations about the partner or its offerings, opened in the period."),
                            facts->as_of);
}

static void
fill_incident_trend (ReviewFacts    *facts,
                     EntReview      *review,
                     EntReviewBlock *block)
{
  GPtrArray *cases = review_facts_get_cases (facts);
  EntReviewSeries *series;

  review_block_set_quarters (block, facts, N_QUARTERS);
  block->less_is_better = TRUE;
  if (!records_incidents (facts))
    return;
  series = review_block_add_series (block, block->title);
  for (guint q = 0; q < N_QUARTERS; q++)
    series->values[q] = 0;
  for (guint i = 0; i < cases->len; i++)
    {
      EntRecord *record = g_ptr_array_index (cases, i);
      gint64 opened = ent_record_get_int (record, "opened", 0);
      int q = review_quarter_index (facts, N_QUARTERS, opened);

      if (is_incident (record) && q >= 0 && opened <= facts->as_of)
        series->values[q]++;
    }
}

static void
fill_incident_list (ReviewFacts    *facts,
                    EntReview      *review,
                    EntReviewBlock *block)
{
  GPtrArray *cases = review_facts_get_cases (facts);

  review_block_add_column (block, _("Incident"), FALSE, 34);
  review_block_add_column (block, _("Severity"), TRUE, 10);
  review_block_add_column (block, _("Opened"), TRUE, 13);
  review_block_add_column (block, _("State"), FALSE, 12);
  review_block_add_column (block, _("What came of it"), FALSE, 34);
  block->nothing = g_strdup (_("No incident in the period."));
  for (guint i = 0; i < cases->len; i++)
    {
      EntRecord *record = g_ptr_array_index (cases, i);
      gint64 opened = ent_record_get_int (record, "opened", ENT_REVIEW_UNKNOWN);
      g_autofree char *severity = NULL;
      g_autofree char *day = NULL;
      const char *decision = ent_record_get_text (record, "decision");

      if (!is_incident (record) || opened < facts->start || opened > last_day (facts))
        continue;
      severity = review_field (facts, record, "severity");
      day = review_field (facts, record, "opened");
      review_block_add_row (block, ent_record_get_key (record), ent_record_get_title (record), severity, day,
                            review_choice (record, "state"), decision != NULL ? decision : "", NULL);
    }
}

const ReviewSource review_service_sources[] = {
  { "installs", ENT_REVIEW_METRIC, fill_installs, N_("Figures of the partner’s offerings") },
  { "api_calls", ENT_REVIEW_METRIC, fill_calls, N_("Figures of the partner’s offerings") },
  { "installs_by_month", ENT_REVIEW_CHART, fill_installs_by_month, N_("Figures of the partner’s offerings") },
  { "customer_retention", ENT_REVIEW_METRIC, fill_retention, N_("Accounts of won deals and their roles") },
  { "customers", ENT_REVIEW_METRIC, fill_customers, N_("Accounts of won deals and their roles") },
  { "incidents", ENT_REVIEW_METRIC, fill_incidents, N_("Cases about the partner and its offerings"), TRUE },
  { "incident_trend", ENT_REVIEW_CHART, fill_incident_trend, N_("Cases about the partner and its offerings"), TRUE },
  { "incident_list", ENT_REVIEW_TABLE, fill_incident_list, N_("Cases about the partner and its offerings") },
  { NULL },
};
