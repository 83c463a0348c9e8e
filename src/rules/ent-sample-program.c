/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <string.h>

/* The program at work: agreements, business reviews. */

/* --- Agreements ------------------------------------------------------------------------------------- */

static EntKey
make_agreement (Sample          *self,
                const SampleOrg *partner,
                const char      *kind,
                const char      *name,
                gint64           starts,
                gint64           ends)
{
  g_autofree char *title = g_strdup_printf ("%s, %s", name, partner->title);
  EntRecord *record = sample_begin (self, "agreement");

  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", kind);
  sample_put_key (self, record, "counterparty", partner->key);
  sample_put_key (self, record, "owner", partner->manager);
  sample_put_int (self, record, "signed_on", sample_work_day (starts - 4));
  sample_put_int (self, record, "starts_on", starts);
  sample_put_int (self, record, "ends_on", ends);
  sample_put (self, record, "status", ends < self->today ? "expired" : "active");
  sample_put_int (self, record, "notice_days", 60);
  sample_put (self, record, "auto_renew", g_str_equal (kind, "nda") ? "no" : "yes");
  if (partner->people->len > 0)
    {
      EntKey signatories[2] = { sample_person (partner, 0), self->team[0] };

      sample_put_keys (self, record, "signatories", signatories, 2);
    }
  return sample_end (self, record);
}

static void
make_program_agreement (Sample    *self,
                        SampleOrg *partner)
{
  static const gint64 rates[] = { 0, 300000, 250000, 200000, 150000 };
  gint64 ends = partner->since;
  EntRecord *term;
  EntKey agreement;

  while (ends <= self->today)
    ends += 365;
  agreement = make_agreement (self, partner, "program_agreement", "Partner program agreement",
                              partner->since, ends);
  partner->rate = rates[partner->level];
  term = sample_begin_line (self, "agreement_term", agreement, 0);
  sample_put (self, term, "title", "Revenue share");
  sample_put (self, term, "model", "rev_share");
  sample_put (self, term, "basis", "collected");
  sample_put_int (self, term, "rate_pct", partner->rate);
  sample_put (self, term, "duration", "months");
  sample_put (self, term, "months", "24");
  sample_put_int (self, term, "effective_from", partner->since);
  partner->term = sample_end (self, term);
}

void
sample_make_agreements (Sample *self)
{
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    {
      SampleOrg *partner = sample_partner (self, i);

      if (partner->level == 0)
        continue;
      make_agreement (self, partner, "nda", "Mutual NDA", partner->since - 25,
                      partner->since - 25 + 3 * 365);
      if (!partner->has_agreement &&
          (partner->trend != SAMPLE_TREND_NEW || self->today - partner->since > 20))
        make_program_agreement (self, partner);
    }
}

/* --- Business reviews ----------------------------------------------------------------------------------- */

static JsonArray *
rules_of (JsonNode   *file,
          const char *ref)
{
  JsonArray *records = json_node_get_array (file);

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (g_str_equal (json_object_get_string_member (record, "ref"), ref))
        return json_object_get_array_member (record, "program_rule");
    }
  return NULL;
}

static void
put_review_item (Sample     *self,
                 EntKey      plan,
                 int         position,
                 const char *type,
                 const char *title,
                 gint64      due)
{
  EntRecord *item = sample_begin_line (self, "plan_item", plan, position);

  sample_put (self, item, "type", type);
  sample_put (self, item, "title", title);
  if (due != 0)
    {
      sample_put_int (self, item, "due", sample_work_day (due));
      sample_put (self, item, "status", due < self->today - 14 ? "done" : "open");
    }
  sample_end (self, item);
}

/* The blocks of the template, as planning a review copies them. */
static int
put_review_blocks (Sample    *self,
                   EntKey     plan,
                   JsonArray *lines)
{
  int position = 0;

  for (guint i = 0; i < json_array_get_length (lines) && self->error == NULL; i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      const char *type = json_object_get_string_member (line, "item_type");
      EntRecord *item;

      if (g_str_equal (type, "step"))
        continue;
      item = sample_begin_line (self, "plan_item", plan, position++);
      sample_put (self, item, "type", strstr ("ask risk action", type) != NULL ? "list" : type);
      sample_put (self, item, "title", json_object_get_string_member (line, "text"));
      sample_put (self, item, "section", json_object_get_string_member (line, "section"));
      sample_put (self, item, "metric", json_object_get_string_member_with_default (line, "metric", NULL));
      if (json_object_has_member (line, "minutes"))
        sample_put_int (self, item, "minutes", json_object_get_int_member (line, "minutes"));
      sample_end (self, item);
    }
  return position;
}

/* Numbers of past ones are frozen by ent_sample_freeze_reviews(), when all records are there. */
static void
put_review_state (Sample          *self,
                  EntRecord       *record,
                  const SampleOrg *partner,
                  gint64           meeting)
{
  gboolean past = meeting < self->today;
  gboolean is_signed = self->today - meeting > 20;

  sample_put (self, record, "status", past ? (is_signed ? "signed" : "held") : meeting - self->today <= 3 ? "sent" : "draft");
  if (past || meeting - self->today <= 3)
    {
      sample_put_time (self, record, "sent_at", meeting - (sample_chance (self, 80) ? 4 : 2), 900);
      sample_put_time (self, record, "frozen_at", meeting - 4, 890);
    }
  sample_put_key (self, record, "sign_off_by", partner->manager);
  if (past && is_signed)
    {
      sample_put_key (self, record, "signed_off_by", partner->manager);
      sample_put_time (self, record, "signed_off_at", meeting + 2, 700);
    }
}

static void
make_review (Sample          *self,
             const SampleOrg *partner,
             JsonArray       *lines,
             gint64           quarter,
             gint64           meeting)
{
  g_autofree char *title = NULL;
  EntRecord *record = sample_begin (self, "plan");
  EntKey plan;
  int year, month, unused, position;

  ent_date_to_ymd (quarter, &year, &month, &unused);
  title = g_strdup_printf ("Q%d %d review, %s", (month + 2) / 3, year, partner->title);
  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", "qbr");
  sample_put_key (self, record, "for", partner->key);
  sample_put_key (self, record, "template", sample_key (self, "review:qbr"));
  sample_put_key (self, record, "owner", partner->manager);
  sample_put_int (self, record, "period_start", quarter);
  ent_date_to_ymd (quarter + 95, &year, &month, &unused);
  sample_put_int (self, record, "period_end", ent_date_from_ymd (year, month, 1) - 1);
  sample_put_time (self, record, "meeting_at", meeting, sample_int (self, 18, 30) * 30);
  sample_put (self, record, "timezone", "Europe/Berlin");
  sample_put_int (self, record, "preread_hours", 72);
  put_review_state (self, record, partner, meeting);
  plan = sample_end (self, record);

  position = put_review_blocks (self, plan, lines);
  put_review_item (self, plan, position++, "ask", "One introduction to an executive sponsor", 0);
  if (partner->trend == SAMPLE_TREND_DOWN)
    put_review_item (self, plan, position++, "risk", "Fewer leads than in the quarter before", 0);
  if (meeting >= self->today)
    return;
  put_review_item (self, plan, position++, "decision", "Meet again in a quarter, with the same agenda", 0);
  put_review_item (self, plan, position++, "action", sample_word (self, "partner_tasks"), meeting + 21);
  put_review_item (self, plan, position++, "action", sample_word (self, "next_steps"), meeting + 35);
}

static void
make_reviews (Sample          *self,
              const SampleOrg *partner,
              JsonArray       *lines)
{
  int year, month, unused, first = -1;

  ent_date_to_ymd (self->today, &year, &month, &unused);
  month -= (month - 1) % 3;
  for (int q = first; q <= (partner->level < 3 ? 1 : 0) && self->error == NULL; q++)
    {
      /* The review of a quarter is held in the weeks after it. */
      int from = year * 12 + month - 1 + (q - 1) * 3;
      gint64 quarter = ent_date_from_ymd (from / 12, from % 12 + 1, 1);
      gint64 meeting = sample_work_day (quarter + 91 + sample_int (self, 6, q == 0 ? 78 : 40));

      if (quarter > partner->since)
        make_review (self, partner, lines, quarter, meeting);
    }
}

void
sample_make_plans (Sample *self)
{
  g_autoptr(JsonNode) reviews = ent_data_set_read ("program/65-reviews.json", &self->error);
  JsonArray *blocks = reviews != NULL ? rules_of (reviews, "review:qbr") : NULL;

  for (guint i = 0; i < self->partners->len && self->error == NULL && blocks != NULL; i++)
    {
      SampleOrg *partner = sample_partner (self, i);

      if (partner->level == 0)
        continue;
      if (self->today - partner->since < 310)
        sample_make_onboarding (self, partner);
      if (partner->level < 3 || (partner->level == 3 && i % 2 == 0))
        make_reviews (self, partner, blocks);
    }
}
