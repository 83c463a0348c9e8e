/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <string.h>

/* Judgments and numbers: assessments, certificates, surveys, campaign weeks, listing figures. */

/* --- Assessments --------------------------------------------------------------------------------------- */

typedef struct
{
  const char *section;
  const char *metric;
  const char *text;
  int         weight; /* percent; 0 none */
} Criterion;

static const Criterion tier_rubric[] =
{
  { "Level", "revenue_influence", "Revenue influence", 40 },
  { "Level", "delivery_quality", "Delivery quality", 25 },
  { "Level", "security_posture", "Security posture", 20 },
  { "Level", "support_maturity", "Support maturity", 15 },
};

static const Criterion three_c[] =
{
  { "Capacity", "dedicated_people", "Dedicated people", 0 },
  { "Capacity", "financial_stability", "Financial stability", 0 },
  { "Capability", "technical_proficiency", "Technical proficiency and certifications", 0 },
  { "Capability", "service_delivery", "Service delivery", 0 },
  { "Commitment", "strategic_alignment", "Strategic alignment and executive sponsor", 0 },
  { "Commitment", "investment", "Investment", 0 },
};

static EntRecord *
begin_assessment (Sample          *self,
                  const char      *kind,
                  const char      *name,
                  const SampleOrg *org,
                  gint64           at)
{
  g_autofree char *title = g_strdup_printf ("%s, %s", name, org->title);
  EntRecord *record = sample_begin (self, "assessment");

  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", kind);
  sample_put_key (self, record, "subject", org->key);
  sample_put_int (self, record, "at", sample_work_day (at));
  sample_put_key (self, record, "assessor", org->manager);
  return record;
}

static void
make_scored (Sample          *self,
             EntRecord       *record,
             const Criterion *criteria,
             gsize            n_criteria,
             const SampleOrg *org,
             int              shift)
{
  static const int base[] = { 300, 410, 370, 330, 290 };
  int middle = base[org->level] + shift + (org->trend == SAMPLE_TREND_UP ? 30
                                           : org->trend == SAMPLE_TREND_DOWN ? -90 : 0);
  EntKey key;

  sample_put (self, record, "result", middle >= 380 ? "excellent_fit" : middle >= 300 ? "good_potential"
              : middle >= 230 ? "moderate_concern" : "poor_fit");
  key = sample_end (self, record);
  for (gsize i = 0; i < n_criteria && self->error == NULL; i++)
    {
      EntRecord *line = sample_begin_line (self, "assessment_score", key, (int) i);
      int value = sample_near (self, middle, 70, 50, 500);

      sample_put (self, line, "section", criteria[i].section);
      sample_put (self, line, "metric", criteria[i].metric);
      sample_put (self, line, "criterion", criteria[i].text);
      sample_put_int (self, line, "value", value / 25 * 25);
      if (criteria[i].weight != 0)
        sample_put_int (self, line, "weight", criteria[i].weight * 10000);
      if (value < 200)
        sample_put (self, line, "gap_action", sample_word (self, "partner_tasks"));
      sample_end (self, line);
    }
}

static void
assess_partner (Sample          *self,
                const SampleOrg *org)
{
  EntRecord *record;

  if (org->level != 0 && org->trend != SAMPLE_TREND_NEW)
    for (int round = org->level < 3 ? 3 : 1; round >= 0; round--)
      {
        gint64 at = self->today - 30 - round * 91 - sample_int (self, 0, 40);

        if (at < org->since)
          continue;
        record = begin_assessment (self, "tier_rubric", "Level rubric", org, at);
        sample_put_key (self, record, "rubric", sample_key (self, "rubric:tier"));
        make_scored (self, record, tier_rubric, G_N_ELEMENTS (tier_rubric), org,
                     org->trend == SAMPLE_TREND_DOWN ? round * 35 : round * -12);
      }
  else if (g_strcmp0 (org->lifecycle, "identified") != 0)
    {
      record = begin_assessment (self, "three_c", "3C evaluation", org,
                                 self->today - sample_int (self, 5, 60));
      sample_put_key (self, record, "rubric", sample_key (self, "rubric:three_c"));
      make_scored (self, record, three_c, G_N_ELEMENTS (three_c), org, 40);
    }
}

static void
check_security (Sample          *self,
                const SampleOrg *org)
{
  gint64 at = self->today - sample_int (self, 10, 380);
  gboolean fails = org->trend == SAMPLE_TREND_DOWN && sample_chance (self, 30);
  EntRecord *record = begin_assessment (self, "security_questionnaire", "Security questionnaire", org,
                                        MAX (at, org->since));

  sample_put_key (self, record, "assessor", self->team[6]);
  sample_put (self, record, "result", fails ? "fail" : sample_chance (self, 20) ? "conditional" : "pass");
  sample_put_int (self, record, "expires_on", at + 365);
  sample_end (self, record);
}

static void
ask_satisfaction (Sample          *self,
                  const SampleOrg *org)
{
  int middle = org->trend == SAMPLE_TREND_DOWN ? 5 : org->trend == SAMPLE_TREND_UP ? 9 : 8;
  g_autofree char *answers = NULL;
  EntRecord *record = begin_assessment (self, "survey", "Partner satisfaction", org,
                                        self->today - sample_int (self, 15, 330));
  int nps, psat;

  nps = sample_near (self, middle, 1, 0, 10);
  psat = sample_near (self, middle, 1, 0, 10);
  answers = g_strdup_printf ("{\"nps\":%d,\"psat\":%d}", nps, psat);
  sample_put (self, record, "responses", answers);
  sample_end (self, record);
}

static void
certify (Sample          *self,
         const SampleOrg *org,
         EntKey           person)
{
  static const char * const names[] =
    { "Certified Sales Professional", "Certified Technical Professional", "Specialist" };
  static const int hours[] = { 12, 24, 40 };
  int which = sample_int (self, 0, 2);
  gint64 days_ago = sample_int (self, 5, 420);
  gint64 at = sample_work_day (MAX (org->since, self->today - days_ago));
  gboolean passed = sample_chance (self, 84);
  g_autofree char *person_title = NULL;
  g_autofree char *title = NULL;
  g_autoptr(EntRecord) learner = ent_transaction_get (self->transaction, person, &self->error);
  EntRecord *record;

  if (learner == NULL)
    return;
  title = g_strdup_printf ("%s, %s", names[which], ent_record_get_title (learner));
  record = sample_begin (self, "assessment");
  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", "certification");
  sample_put_key (self, record, "subject", person);
  sample_put_int (self, record, "at", at);
  sample_put_int (self, record, "hours", hours[which]);
  sample_put (self, record, "result", passed ? "pass" : "fail");
  if (passed)
    sample_put_int (self, record, "expires_on", at + 365);
  sample_end (self, record);
}

void
sample_make_assessments (Sample *self)
{
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    {
      const SampleOrg *org = sample_partner (self, i);

      assess_partner (self, org);
      if (org->level == 0)
        continue;
      if (org->level < 3 || sample_chance (self, 50))
        check_security (self, org);
      if (org->trend != SAMPLE_TREND_NEW && sample_chance (self, 65))
        ask_satisfaction (self, org);
      for (guint p = 0; p < org->people->len; p++)
        if (sample_chance (self, org->level == 1 ? 70 : 45))
          certify (self, org, sample_person (org, p));
    }
}

/* --- Campaigns and listings ------------------------------------------------------------------------------ */

/* Deals close two months after the campaign at the earliest: a quarter of what was qualified. */
static void
put_won (Sample    *self,
         EntRecord *line,
         gint64     week,
         int        qualified,
         gint64     pipeline)
{
  if (week > self->today - 60)
    return;
  sample_put_int (self, line, "won", (qualified + 2) / 4);
  sample_put_money (self, line, "revenue", qualified > 0 ? pipeline / qualified * ((qualified + 2) / 4) : 0, "USD");
}

/* Whether a fund pays half of the campaign. */
static gboolean
has_fund (Sample *self,
          EntKey  campaign)
{
  GArray *items = ent_data_set_get_items (self->set);

  for (guint i = 0; i < items->len && self->error == NULL; i++)
    {
      const EntDataItem *item = &g_array_index (items, EntDataItem, i);
      g_autoptr(EntRecord) request = NULL;

      if (!g_str_equal (item->type->info->name, "funding"))
        continue;
      request = ent_transaction_get (self->transaction, item->key, &self->error);
      if (request != NULL && ent_record_get_ref (request, "campaign") == campaign)
        return TRUE;
    }
  return FALSE;
}

static void
make_campaign_week (Sample     *self,
                    EntKey      campaign,
                    int         position,
                    const char *channel,
                    gint64      week,
                    gint64      planned,
                    const char *payer)
{
  EntRecord *line = sample_begin_line (self, "campaign_line", campaign, position);
  gint64 spent = planned * sample_int (self, 70, 115) / 100 / 100 * 100;
  int leads = (int) (spent / 100 / sample_int (self, 140, 420));
  int qualified = leads * sample_int (self, 20, 55) / 100;
  int impressions = 0;
  gint64 pipeline = 0;

  sample_put (self, line, "channel", channel);
  sample_put (self, line, "paid_by", payer);
  sample_put_int (self, line, "week", week);
  sample_put_money (self, line, "planned", planned, "USD");
  if (week <= self->today)
    {
      sample_put_money (self, line, "spent", spent, "USD");
      impressions = leads * sample_int (self, 90, 400);
      sample_put_int (self, line, "impressions", impressions);
      sample_put_int (self, line, "clicks", impressions / 24);
      sample_put_int (self, line, "leads", leads);
      sample_put_int (self, line, "qualified", qualified);
      pipeline = qualified * sample_int (self, 8, 30) * 100000LL;
      sample_put_money (self, line, "pipeline", pipeline, "USD");
      put_won (self, line, week, qualified, pipeline);
    }
  sample_end (self, line);
}

/* A channel's share of the budget, in weeks of round amounts; the last one has the rest. */
static gint64
plan_week (EntRecord *campaign,
           guint      n_channels,
           gint64     week,
           gint64     n_weeks)
{
  gint64 share = ent_record_get_named (campaign, "budget_total")->integer / n_channels;
  gint64 round = share / n_weeks / 1000 * 1000;

  return week < n_weeks - 1 ? round : share - round * (n_weeks - 1);
}

static void
make_campaign_lines (Sample            *self,
                     const EntDataItem *item)
{
  g_autoptr(EntRecord) campaign = ent_transaction_get (self->transaction, item->key, &self->error);
  JsonArray *channels = json_object_get_array_member (item->json, "channels");
  guint n_channels = json_array_get_length (channels);
  gboolean funded = has_fund (self, item->key);
  gint64 start, end, n_weeks;
  int position = 0;

  if (campaign == NULL || g_str_equal (ent_record_get_text (campaign, "status"), "idea"))
    return;
  start = ent_record_get_int (campaign, "start", self->today);
  end = ent_record_get_int (campaign, "end", start);
  start -= (start + 3) % 7;
  n_weeks = (end - start) / 7 + 1;
  for (gint64 week = 0; week < n_weeks; week++)
    for (guint c = 0; c < n_channels && self->error == NULL; c++)
      make_campaign_week (self, item->key, position++, json_array_get_string_element (channels, c),
                          start + week * 7,
                          plan_week (campaign, n_channels, week, n_weeks),
                          funded && (week + c) % 2 == 1 ? "mdf" : "own");
}

static void
make_listing_metrics (Sample *self,
                      EntKey  listing)
{
  static const struct { const char *metric; int low, high; } metrics[] =
    { { "views", 900, 2100 }, { "leads", 14, 46 }, { "trials", 5, 17 }, { "orders", 0, 4 } };
  int position = 0;

  for (int month = 13; month >= 0; month--)
    {
      g_autofree char *period = sample_month (self->today - month * 30);

      for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
        {
          EntRecord *line = sample_begin_line (self, "offering_metric", listing, position++);
          int value = sample_int (self, metrics[i].low, metrics[i].high);

          sample_put (self, line, "period", period);
          sample_put (self, line, "metric", metrics[i].metric);
          sample_put_int (self, line, "value", value * (26 - month) / 20);
          sample_end (self, line);
        }
    }
}

void
sample_make_campaigns (Sample *self)
{
  GArray *items = ent_data_set_get_items (self->set);

  for (guint i = 0; i < items->len && self->error == NULL; i++)
    {
      EntDataItem item = g_array_index (items, EntDataItem, i);

      if (g_str_equal (item.type->info->name, "campaign"))
        make_campaign_lines (self, &item);
      else if (g_str_equal (item.type->info->name, "offering") &&
               g_str_equal (json_object_get_string_member (item.json, "kind"), "marketplace_listing"))
        make_listing_metrics (self, item.key);
    }
}
