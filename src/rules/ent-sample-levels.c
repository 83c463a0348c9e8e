/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

/* What levels are measured by: commitments, council seats, and the referral desks by which partners hand over leads
 * each week. Partners that decline commit and bring less than their level asks for. */

#define WEEKS 26

/* --- Commitments --------------------------------------------------------------------------------------------- */

static gint64
pick_commitment (Sample          *self,
                 const SampleOrg *partner)
{
  static const int low[] = { 0, 110, 30, 26, 2 }, high[] = { 0, 240, 85, 48, 8 };
  gboolean is_technology = g_strcmp0 (partner->type, "technology") == 0;
  int thousands = sample_int (self, low[partner->level], high[partner->level]);

  if (is_technology && partner->level < 4)
    thousands = MAX (thousands, 55);
  if (partner->trend == SAMPLE_TREND_DOWN)
    thousands /= 3;
  return (gint64) thousands * 1000 * 100;
}

static void
put_commitment (Sample          *self,
                const SampleOrg *partner,
                gboolean         is_rising)
{
  EntSchema *schema = ent_transaction_get_schema (self->transaction);
  const EntRecordType *type = ent_schema_lookup (schema, "agreement");
  const EntField *commitment = ent_record_type_lookup (type, "annual_commitment");
  g_autoptr (GPtrArray) agreements =
    ent_transaction_get_referrers (self->transaction, partner->key, ent_record_type_lookup (type, "counterparty"), 0,
                                   &self->error);
  gint64 usual = pick_commitment (self, partner);
  gint64 amount = is_rising ? MAX (usual, 60000 * 100) : usual;

  for (guint i = 0; agreements != NULL && i < agreements->len && self->error == NULL; i++)
    {
      EntRecord *agreement = g_ptr_array_index (agreements, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (g_strcmp0 (ent_record_get_text (agreement, "kind"), "program_agreement") != 0)
        continue;
      ent_value_set_money (&value, amount, "USD");
      ent_transaction_set (self->transaction, ent_record_get_key (agreement), commitment, &value, &self->error);
      return;
    }
}

static void
put_council (Sample          *self,
             const SampleOrg *partner)
{
  EntSchema *schema = ent_transaction_get_schema (self->transaction);
  const EntField *council = ent_record_type_lookup (ent_schema_lookup (schema, "organization"), "council_member");
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (partner->level > 2 || self->error != NULL)
    return;
  ent_value_set_int (&value, partner->level == 1 || partner->trend == SAMPLE_TREND_UP);
  ent_transaction_set (self->transaction, partner->key, council, &value, &self->error);
}

/* --- Stories -------------------------------------------------------------------------------------------------- */

/* A partner of the third level that has grown into the second; 0 when there is none. */
static EntKey
find_riser (Sample *self)
{
  for (guint i = 0; i < self->partners->len; i += 2)
    {
      const SampleOrg *partner = sample_partner (self, i);

      if (partner->level == 3 && partner->trend == SAMPLE_TREND_UP)
        return partner->key;
    }
  return 0;
}

static void
make_story (Sample     *self,
            EntKey      partner,
            const char *title,
            int         days_ago)
{
  EntRecord *record;

  if (partner == 0 || self->error != NULL)
    return;
  record = sample_begin (self, "document");
  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", "case_study");
  sample_put (self, record, "status", "approved");
  sample_put (self, record, "audience", "public");
  sample_put_key (self, record, "about", partner);
  sample_put_time (self, record, "approved_at", sample_work_day (self->today - days_ago), 600);
  sample_put_int (self, record, "review_by", self->today + 200);
  sample_put (self, record, "claim_proof", "Figures confirmed by the customer in writing.");
  sample_end (self, record);
}

/* --- Referral desks ------------------------------------------------------------------------------------------- */

/* The partners of a level that hand over leads; those that decline have stopped. */
static GArray *
find_members (Sample *self,
              int     level,
              EntKey  riser)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (guint i = 0; i < self->partners->len; i++)
    {
      const SampleOrg *partner = sample_partner (self, i);

      if ((partner->key == riser ? level == 2 : partner->level == level) && partner->trend != SAMPLE_TREND_DOWN && partner->trend != SAMPLE_TREND_NEW)
        g_array_append_val (members, partner->key);
    }
  return members;
}

static void
make_week (Sample *self,
           EntKey  desk,
           int     position,
           gint64  week,
           int     qualified)
{
  EntRecord *line = sample_begin_line (self, "campaign_line", desk, position);
  int leads = qualified * 2 + sample_int (self, 0, qualified);

  sample_put (self, line, "channel", "other");
  sample_put_int (self, line, "week", week);
  sample_put_money (self, line, "planned", 60000, "USD");
  sample_put_money (self, line, "spent", 60000, "USD");
  sample_put_int (self, line, "leads", leads);
  sample_put_int (self, line, "qualified", qualified);
  sample_put_money (self, line, "pipeline", qualified * 1200000LL, "USD");
  sample_end (self, line);
}

/* @per_month: qualified leads that each member hands over, 1/100. */
static void
make_desk (Sample     *self,
           int         level,
           EntKey      riser,
           const char *title,
           int         per_month)
{
  g_autoptr (GArray) members = find_members (self, level, riser);
  gint64 start = self->today - WEEKS * 7 - (self->today - WEEKS * 7 + 3) % 7;
  EntRecord *record;
  EntKey desk;

  if (members->len == 0 || self->error != NULL)
    return;
  record = sample_begin (self, "campaign");
  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", "campaign");
  sample_put (self, record, "status", "running");
  sample_put (self, record, "objective", "Leads that partners hand over each week");
  sample_put (self, record, "channels", "other");
  sample_put_keys (self, record, "partners", (const EntKey *) members->data, members->len);
  sample_put_int (self, record, "start", start);
  sample_put_int (self, record, "end", start + 52 * 7);
  sample_put_money (self, record, "budget_total", 52 * 60000, "USD");
  sample_put_key (self, record, "owner", self->team[0]);
  desk = sample_end (self, record);
  for (int week = 0; week < WEEKS && self->error == NULL; week++)
    {
      /* A month has 4.33 weeks. */
      int usual = (per_month * (int) members->len * 12 / 52 + 50) / 100;

      make_week (self, desk, week, start + week * 7, MAX (1, usual + sample_int (self, -1, 2)));
    }
}

void
sample_make_levels (Sample *self)
{
  EntKey riser = find_riser (self);

  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    {
      const SampleOrg *partner = sample_partner (self, i);

      if (partner->level == 0)
        continue;
      put_commitment (self, partner, partner->key == riser);
      put_council (self, partner);
    }
  make_story (self, riser, "Claims intake without a queue", 40);
  make_story (self, sample_key (self, "org:stratus-one"), "Two regions, one landing zone", 75);
  make_story (self, sample_key (self, "org:stratus-one"), "A data platform in six weeks", 130);
  make_desk (self, 1, riser, "Referral desk, strategic partners", 1100);
  make_desk (self, 2, riser, "Referral desk, premier partners", 560);
  make_desk (self, 3, riser, "Referral desk, select partners", 240);
}
