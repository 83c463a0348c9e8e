/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <math.h>
#include <string.h>

/* Two years of deals: more and newer ones of partners that grow, old ones of partners that decline;
 * closing dates crowd at the ends of quarters, and August and December are quiet. */

#define YEARS_BACK 730

static gint64
month_start (gint64 day,
             int    months_later)
{
  int year, month, unused;

  ent_date_to_ymd (day, &year, &month, &unused);
  month += months_later - 1;
  return ent_date_from_ymd (year + month / 12, month % 12 + 1, 1);
}

/* The last day of the quarter that @day is in. */
static gint64
quarter_end (gint64 day)
{
  int year, month, unused;

  ent_date_to_ymd (day, &year, &month, &unused);
  return month_start (day, 3 - (month - 1) % 3) - 1;
}

static gint64
opening_day (Sample          *self,
             const SampleOrg *partner)
{
  double u = g_rand_double (self->random);
  gint64 oldest = MIN (YEARS_BACK, MAX (10, self->today - partner->since));
  gint64 age;
  int year, month, unused;

  switch (partner->trend)
    {
    case SAMPLE_TREND_UP:
      age = (gint64) (oldest * pow (u, 1.5));
      break;
    case SAMPLE_TREND_DOWN:
      age = 60 + (gint64) ((YEARS_BACK - 60) * sqrt (u));
      break;
    case SAMPLE_TREND_NEW:
      age = (gint64) (oldest * 0.6 * u);
      break;
    case SAMPLE_TREND_NONE:
    case SAMPLE_TREND_FLAT:
    default:
      age = (gint64) (oldest * u);
      break;
    }
  ent_date_to_ymd (self->today - age, &year, &month, &unused);
  if ((month == 8 || month == 12) && sample_chance (self, 50))
    age += 35;
  return sample_work_day (self->today - age);
}

static gint64
closing_day (Sample          *self,
             const SampleOrg *partner,
             gint64           opened)
{
  gint64 day = opened + 35 + sample_int (self, 0, partner->level == 1 ? 170 : 120);

  if (sample_chance (self, 55))
    day = quarter_end (day) - sample_int (self, 0, 13);
  return sample_work_day (MAX (day, opened + 20));
}

/* Most customers come from the partner's own region. */
static guint
pick_account (Sample          *self,
              const SampleOrg *partner)
{
  guint account = 0;

  for (int attempt = 0; attempt < 12; attempt++)
    {
      const SampleOrg *customer;

      account = (guint) sample_int (self, 0, (int) self->customers->len - 1);
      customer = sample_customer (self, account);
      if ((attempt < 8 && g_strcmp0 (customer->country, partner->country) == 0) ||
          (attempt > 1 && g_strcmp0 (customer->region, partner->region) == 0))
        break;
    }
  return account;
}

/* Another partner that could help: one of another type in the same region. */
static guint
pick_second (Sample *self,
             guint   first)
{
  const SampleOrg *partner = sample_partner (self, first);

  for (int attempt = 0; attempt < 20; attempt++)
    {
      guint i = (guint) sample_int (self, 0, (int) self->partners->len - 1);
      const SampleOrg *other = sample_partner (self, i);

      if (i != first && other->level != 0 && other->trend != SAMPLE_TREND_NEW &&
          g_strcmp0 (other->type, partner->type) != 0 &&
          (attempt > 10 || g_strcmp0 (other->region, partner->region) == 0))
        return i;
    }
  return G_MAXUINT;
}

/* --- Money ------------------------------------------------------------------------------------------ */

/* Mostly dollars; yen in Japan, and now and then the customer's euro or pound. */
static const char *
pick_currency (Sample          *self,
               const SampleOrg *account)
{
  static const char * const euro[] = { "DE", "AT", "NL", "BE", "FR", "IE", "ES", "PT", "IT", NULL };

  if (g_strcmp0 (account->country, "JP") == 0)
    return "JPY";
  if (account->country != NULL && g_strv_contains (euro, account->country))
    return sample_chance (self, 30) ? "EUR" : "USD";
  if (g_strcmp0 (account->country, "GB") == 0)
    return sample_chance (self, 30) ? "GBP" : "USD";
  return "USD";
}

/* Log-normal around a size that depends on the partner's level, rounded to 500. Minor units. */
static gint64
pick_amount (Sample          *self,
             const SampleOrg *partner,
             const char      *currency)
{
  static const double typical[] = { 24000, 118000, 82000, 52000, 26000 };
  double spread = 0;
  gint64 units;

  for (int i = 0; i < 6; i++)
    spread += g_rand_double (self->random) - 0.5;
  units = (gint64) (typical[partner->level] * exp (0.75 * spread) / 500 + 1) * 500;
  return g_str_equal (currency, "JPY") ? units * 150 : units * 100;
}

/* --- One deal ---------------------------------------------------------------------------------------- */

static JsonArray *
pick_use_case (Sample     *self,
               const char *industry)
{
  JsonObject *all = json_object_get_object_member (self->pools, "use_cases");
  JsonArray *cases;

  if (!json_object_has_member (all, industry))
    industry = "Banking";
  cases = json_object_get_array_member (all, industry);
  return json_array_get_array_element (
    cases, sample_int (self, 0, json_array_get_length (cases) - 1));
}

static const char *
put_stage (Sample     *self,
           EntRecord  *record,
           SampleDeal *deal)
{
  static const char * const stages[] =
    { "prospect", "qualified", "technical_validation", "business_validation", "committed" };
  static const double until[] = { 0.15, 0.38, 0.62, 0.85 };
  const SampleOrg *partner = sample_partner (self, deal->partner);
  int chance = partner->trend == SAMPLE_TREND_UP ? 56
             : partner->trend == SAMPLE_TREND_DOWN ? 26 : 44;
  double progress;
  gsize stage = 0;

  if (deal->expected <= self->today && !sample_chance (self, 7))
    {
      deal->closed = deal->expected;
      deal->won = sample_chance (self, deal->second != G_MAXUINT ? chance + 8 : chance);
      sample_put_int (self, record, "closed_on", deal->closed);
      sample_put (self, record, "stage", deal->won ? "won" : "lost");
      sample_put (self, record, "outcome_note",
                  sample_word (self, deal->won ? "lessons_won" : "lessons_lost"));
      return deal->won ? "won" : "lost";
    }

  progress = (double) (self->today - deal->opened) / (double) (deal->expected - deal->opened);
  while (stage < G_N_ELEMENTS (until) && progress > until[stage])
    stage++;
  if (stage > 0 && sample_chance (self, 20))
    stage--;
  sample_put (self, record, "stage", stages[stage]);
  return stages[stage];
}

static void
put_loss (Sample    *self,
          EntRecord *record)
{
  static const char * const reasons[] =
    { "price", "competitor", "competitor", "no_decision", "no_decision", "no_budget", "timing",
      "missing_feature", "technical_fit", "relationship" };

  sample_put (self, record, "loss_reason",
              reasons[sample_int (self, 0, G_N_ELEMENTS (reasons) - 1)]);
}

/* A registration holds for 90 days; one that was renewed for 90 more. */
static void
put_registration (Sample           *self,
                  EntRecord        *record,
                  const SampleDeal *deal)
{
  gint64 expires = deal->opened + 90;
  const char *state = "active";

  sample_put_key (self, record, "registered_by", sample_partner (self, deal->partner)->key);
  sample_put_time (self, record, "registered_at", deal->opened, sample_int (self, 540, 1020));
  sample_put_time (self, record, "valid_at",
                   sample_work_day (deal->opened + sample_int (self, 1, 5)), 600);
  if (deal->closed != 0)
    {
      state = deal->won ? "converted" : "withdrawn";
    }
  else if (expires < self->today)
    {
      if (expires + 90 >= self->today && sample_chance (self, 70))
        {
          expires += 90;
          state = "renewed";
          sample_put_int (self, record, "renewals", 1);
        }
      else
        state = "expired";
    }
  else if (self->today - deal->opened < 5)
    state = "submitted";
  sample_put (self, record, "registration_state", state);
  sample_put_int (self, record, "expires_on", expires);
}

static void
put_kind (Sample           *self,
          EntRecord        *record,
          const SampleDeal *deal,
          const char       *stage)
{
  const SampleOrg *partner = sample_partner (self, deal->partner);
  gboolean is_technology = g_strcmp0 (partner->type, "technology") == 0;
  gboolean is_early = g_str_equal (stage, "prospect") || g_str_equal (stage, "qualified");

  if (g_str_equal (stage, "prospect") && sample_chance (self, 35))
    {
      sample_put (self, record, "kind", "lead");
    }
  else if (is_technology)
    {
      sample_put (self, record, "kind", deal->won && sample_chance (self, 25)
                                          ? "marketplace_order" : "co_sell");
      if (g_str_equal (partner->ref, "org:stratus-one"))
        {
          sample_put (self, record, "portal", "other");
          sample_put (self, record, "review_status", is_early ? "in_review" : "approved");
        }
    }
  else
    {
      sample_put (self, record, "kind", is_early ? "registration" : "opportunity");
      put_registration (self, record, deal);
    }
  sample_put (self, record, "motion", is_technology ? "co_sell"
              : g_strcmp0 (partner->type, "channel") == 0 ? "resell" : "referral");
}

static void
put_story (Sample          *self,
           EntRecord       *record,
           const SampleOrg *account,
           const char      *use_case,
           gboolean         is_open)
{
  g_autofree char *description = NULL;

  description = g_strdup_printf ("%s wants to run %s on one platform, with %s for records and "
                                 "deadlines.", account->title, use_case, "Halden Systems");
  sample_put (self, record, "pain", sample_word (self, "pains"));
  sample_put (self, record, "need", sample_word (self, "needs"));
  sample_put (self, record, "project_description", description);
  sample_put (self, record, "industry", account->industry);
  sample_put (self, record, "country", account->country);
  sample_put (self, record, "region", account->region);
  sample_put (self, record, "delivery_model", "SaaS");
  if (is_open)
    {
      sample_put (self, record, "next_step", sample_word (self, "next_steps"));
      if (sample_chance (self, 25))
        sample_put (self, record, "blockers", sample_word (self, "blockers"));
    }
  if (sample_chance (self, 40))
    sample_put_key (self, record, "competitors",
                    g_array_index (self->competitors, EntKey,
                                   sample_int (self, 0, (int) self->competitors->len - 1)));
}

static void
make_party (Sample           *self,
            const SampleDeal *deal,
            int               position,
            guint             partner,
            const char       *role,
            gint64            share)
{
  const SampleOrg *org = sample_partner (self, partner);
  EntRecord *record = sample_begin_line (self, "deal_party", deal->key, position);

  sample_put_key (self, record, "org", org->key);
  sample_put (self, record, "role", role);
  sample_put_int (self, record, "share_pct", share);
  sample_put_int (self, record, "since", deal->opened + (position == 0 ? 0 : 14));
  sample_put (self, record, "raci", position == 0 ? "accountable" : "consulted");
  if (org->people->len > 0)
    sample_put_key (self, record, "contact",
                    sample_person (org, sample_int (self, 0, (int) org->people->len - 1)));
  if (sample_chance (self, 75))
    sample_put_time (self, record, "confirmed_at", sample_work_day (deal->opened + 2), 615);
  sample_end (self, record);
}

/* How much of the credit the first partner gets, in percent. */
int
sample_first_share (const SampleDeal *deal)
{
  return deal->second == G_MAXUINT ? 100 : deal->opened % 2 == 0 ? 70 : 60;
}

static void
make_lines (Sample           *self,
            const SampleDeal *deal)
{
  static const char * const stances[] = { "champion", "supporter", "neutral", "sceptic", "blocker" };
  const SampleOrg *first = sample_partner (self, deal->partner);
  const SampleOrg *account = sample_customer (self, deal->account);
  int share = sample_first_share (deal);

  make_party (self, deal, 0, deal->partner,
              g_strcmp0 (first->type, "channel") == 0 ? "resell"
              : sample_chance (self, 60) ? "source" : "influence", share * 10000);
  if (deal->second != G_MAXUINT)
    make_party (self, deal, 1, deal->second,
                g_strcmp0 (sample_partner (self, deal->second)->type, "technology") == 0
                  ? "technical" : "delivery", (100 - share) * 10000);

  for (guint i = 0; i < MIN (account->people->len, 2); i++)
    {
      EntRecord *record = sample_begin_line (self, "deal_stakeholder", deal->key, (int) i);

      sample_put_key (self, record, "person", sample_person (account, i));
      sample_put (self, record, "role", i == 0 ? "economic_buyer" : "technical_buyer");
      sample_put (self, record, "stance", stances[sample_int (self, 0, deal->won ? 1 : 4)]);
      if (sample_chance (self, 60))
        sample_put_key (self, record, "covered_by", first->manager);
      sample_end (self, record);
    }
}

/* A second project of the same kind is a second phase. (transfer full) */
static char *
make_title (Sample          *self,
            const SampleOrg *account,
            const char      *use_case)
{
  g_autofree char *title = g_strdup_printf ("%s: %s", account->title, use_case);
  int phase = 1 + GPOINTER_TO_INT (g_hash_table_lookup (self->phases, title));

  g_hash_table_insert (self->phases, g_strdup (title), GINT_TO_POINTER (phase));
  return phase == 1 ? g_steal_pointer (&title) : g_strdup_printf ("%s, phase %d", title, phase);
}

static void
make_deal (Sample *self,
           guint   partner,
           gint64  opened,
           guint   account)
{
  SampleOrg *org = sample_partner (self, partner);
  const SampleOrg *customer = sample_customer (self, account);
  JsonArray *use_case = pick_use_case (self, customer->industry);
  const char *currency = pick_currency (self, customer);
  g_autofree char *title = NULL, *offer = NULL;
  EntRecord *record = sample_begin (self, "deal");
  SampleDeal deal = { .partner = partner, .account = account, .opened = opened };
  const char *stage;
  EntKey offers[2];

  title = make_title (self, customer, json_array_get_string_element (use_case, 0));
  offer = g_strconcat ("offer:", json_array_get_string_element (use_case, 1), NULL);
  offers[0] = sample_key (self, offer);
  offers[1] = sample_chance (self, 45) ? org->joint : 0;
  deal.title = g_intern_string (title);
  deal.second = sample_chance (self, 32) ? pick_second (self, partner) : G_MAXUINT;
  deal.expected = closing_day (self, org, opened);

  sample_put (self, record, "title", title);
  sample_put_key (self, record, "account", customer->key);
  sample_put_money (self, record, "amount", pick_amount (self, org, currency), currency);
  sample_put_key (self, record, "owner", sample_chance (self, 85) ? org->manager : self->team[0]);
  sample_put_keys (self, record, "offering", offers, offers[1] != 0 ? 2 : 1);
  sample_put_int (self, record, "opened_on", opened);
  sample_put (self, record, "source", sample_chance (self, 62) ? "partner"
              : sample_chance (self, 50) ? "joint" : "us");
  stage = put_stage (self, record, &deal);
  if (deal.closed != 0 && !deal.won)
    put_loss (self, record);
  sample_put_int (self, record, "expected_close", deal.expected);
  put_kind (self, record, &deal, stage);
  put_story (self, record, customer, json_array_get_string_element (use_case, 0), deal.closed == 0);

  deal.key = sample_end (self, record);
  if (deal.key == 0)
    return;
  make_lines (self, &deal);
  g_array_append_val (self->deals, deal);
}

/* Two open claims on the same customer, so that the conflict check has something to find. */
static void
make_conflicts (Sample *self)
{
  guint n = self->deals->len;
  int made = 0;

  for (guint i = n; i-- > 0 && made < 2;)
    {
      SampleDeal deal = g_array_index (self->deals, SampleDeal, i);
      const SampleOrg *partner = sample_partner (self, deal.partner);

      if (deal.closed != 0 || g_strcmp0 (partner->type, "channel") != 0 ||
          self->today - deal.opened < 10 || self->today - deal.opened > 60)
        continue;
      for (guint other = 0; other < self->partners->len; other++)
        {
          const SampleOrg *rival = sample_partner (self, other);

          if (other != deal.partner && g_strcmp0 (rival->type, "channel") == 0 &&
              rival->level != 0 && g_strcmp0 (rival->region, partner->region) == 0)
            {
              make_deal (self, other, sample_work_day (deal.opened + 6), deal.account);
              made++;
              break;
            }
        }
    }
}

void
sample_make_deals (Sample *self)
{
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    {
      const SampleOrg *partner = sample_partner (self, i);

      for (int n = 0; n < partner->n_deals && self->error == NULL; n++)
        {
          gint64 opened = opening_day (self, partner);

          make_deal (self, i, opened, pick_account (self, partner));
        }
    }
  make_conflicts (self);
}
