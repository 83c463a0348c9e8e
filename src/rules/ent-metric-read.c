/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "rules/ent-scan-fields.h"

/* What each record says about partners. */

static gboolean
is_one_of (const char         *word,
           const char * const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static gint32
to_day (gint64 day)
{
  return (gint32) CLAMP (day, G_MININT32, G_MAXINT32);
}

/* --- Agreements --------------------------------------------------------------------------------------- */

enum { A_PARTNER, A_STATUS, A_STARTS, A_SIGNED, A_ENDS, A_RENEWS, A_COMMITMENT };
static const char * const agreement_fields[] =
  { "counterparty", "status", "starts_on", "signed_on", "ends_on", "auto_renew", "annual_commitment", NULL };

/* In force from its start to its end; one that renews by itself, until somebody ends it. */
static void
read_agreement (EntMetrics  *self,
                EntRecord   *record,
                const guint *f)
{
  static const char * const agreed[] = { "signed", "active", "expiring", "terminated", "expired", NULL };
  static const char * const ended[] = { "terminated", "expired", NULL };
  const EntValue *commitment = ent_record_get (record, f[A_COMMITMENT]);
  const char *status = ent_scan_text (record, f[A_STATUS]);
  gint64 starts = ent_scan_int (record, f[A_STARTS], ent_scan_int (record, f[A_SIGNED], G_MININT32));
  gint64 ends = ent_scan_int (record, f[A_ENDS], G_MAXINT32);
  Fact fact = { .source = SOURCE_COMMITMENT, .counts = TRUE };

  if (commitment->kind != ENT_VALUE_MONEY || !is_one_of (status, agreed))
    return;
  if (is_one_of (status, ended))
    ends = MIN (ends, ends == G_MAXINT32 ? starts - 1 : self->today - 1);
  else if (ent_scan_int (record, f[A_RENEWS], 0) != 0)
    ends = G_MAXINT32;
  fact.key = ent_record_get_key (record);
  fact.value = commitment->integer;
  memcpy (fact.currency, commitment->currency, sizeof fact.currency);
  fact.day = to_day (starts);
  fact.until = to_day (ends);
  metrics_add_fact (self, ent_scan_int (record, f[A_PARTNER], 0), &fact);
}

/* --- Deals ---------------------------------------------------------------------------------------------- */

enum
{
  D_KIND, D_STAGE, D_REGISTERED_BY, D_REGISTERED_AT, D_VALID_AT, D_OPENED, D_CLOSED, D_EXPECTED, D_STATE, D_SOURCE,
  D_LOSS, D_CREATED,
};
static const char * const deal_fields[] =
  { "kind", "stage", "registered_by", "registered_at", "valid_at", "opened_on", "closed_on", "expected_close",
    "registration_state", "source", "loss_reason", "created_at", NULL };

static gint64
find_lead_day (EntRecord   *record,
               const guint *f)
{
  gint64 day = ent_scan_day (record, f[D_VALID_AT], G_MININT32);

  if (day == G_MININT32)
    day = ent_scan_day (record, f[D_REGISTERED_AT], G_MININT32);
  if (day == G_MININT32)
    day = ent_scan_int (record, f[D_OPENED], G_MININT32);
  return day != G_MININT32 ? day : ent_scan_day (record, f[D_CREATED], G_MININT32);
}

/* Past the stage of a prospect; of one that was lost, when it had been found valid or was an opportunity. */
static gboolean
is_qualified (EntRecord   *record,
              const guint *f)
{
  static const char * const early[] = { "lead", "registration", NULL };
  const char *stage = ent_scan_text (record, f[D_STAGE]);

  if (stage == NULL || g_str_equal (stage, "prospect") ||
      g_strcmp0 (ent_scan_text (record, f[D_STATE]), "rejected") == 0 ||
      g_strcmp0 (ent_scan_text (record, f[D_LOSS]), "duplicate") == 0)
    return FALSE;
  if (!g_str_equal (stage, "lost"))
    return TRUE;
  return !is_one_of (ent_scan_text (record, f[D_KIND]), early) ||
         !ent_value_is_null (ent_record_get (record, f[D_VALID_AT]));
}

static DealInfo *
get_deal_info (EntMetrics *self,
               EntKey      deal)
{
  guint row = (guint) ent_key_row (deal);

  if (row >= self->deals->len)
    g_array_set_size (self->deals, MAX (row + 1, self->deals->len * 2));
  return &g_array_index (self->deals, DealInfo, row);
}

static void
add_deal_facts (EntMetrics     *self,
                EntKey          deal,
                const DealInfo *info,
                EntKey          partner,
                gboolean        is_lead)
{
  Fact fact = { .key = deal, .value = 100, .until = G_MAXINT32, .source = SOURCE_LEAD };

  if (is_lead)
    {
      fact.day = info->lead_day;
      fact.counts = info->is_qualified;
      metrics_add_fact (self, partner, &fact);
    }
  fact.source = SOURCE_WIN;
  fact.counts = info->won_day != 0;
  fact.day = fact.counts ? info->won_day : info->lead_day;
  metrics_add_fact (self, partner, &fact);
}

static void
read_deal (EntMetrics  *self,
           EntRecord   *record,
           const guint *f)
{
  EntKey key = ent_record_get_key (record);
  DealInfo *info = get_deal_info (self, key);
  const char *stage = ent_scan_text (record, f[D_STAGE]);

  memset (info, 0, sizeof *info);
  info->is_live = TRUE;
  info->lead_day = to_day (find_lead_day (record, f));
  info->is_qualified = is_qualified (record, f);
  info->by_partner = g_strcmp0 (ent_scan_text (record, f[D_SOURCE]), "partner") == 0;
  info->registered_by = ent_scan_int (record, f[D_REGISTERED_BY], 0);
  if (g_strcmp0 (stage, "won") == 0)
    info->won_day = to_day (ent_scan_int (record, f[D_CLOSED],
                                          ent_scan_int (record, f[D_EXPECTED], info->lead_day)));
  if (info->registered_by != 0)
    add_deal_facts (self, key, info, info->registered_by, TRUE);
}

enum { Y_DEAL, Y_ORG, Y_ROLE };
static const char * const party_fields[] = { "parent", "org", "role", NULL };

/* Who brought a deal: the party with the role of source or referral; one that resells it when a partner is its source. */
static void
read_party (EntMetrics  *self,
            EntRecord   *record,
            const guint *f)
{
  static const char * const bringing[] = { "source", "referral", NULL };
  EntKey deal = ent_scan_int (record, f[Y_DEAL], 0);
  EntKey org = ent_scan_int (record, f[Y_ORG], 0);
  const char *role = ent_scan_text (record, f[Y_ROLE]);
  const DealInfo *info = deal != 0 ? get_deal_info (self, deal) : NULL;

  if (info == NULL || !info->is_live || info->registered_by == org)
    return;
  add_deal_facts (self, deal, info, org,
                  is_one_of (role, bringing) || (info->by_partner && g_strcmp0 (role, "resell") == 0));
}

/* --- Campaigns -------------------------------------------------------------------------------------------- */

static const char * const campaign_fields[] = { "partners", NULL };

static void
read_campaign (EntMetrics  *self,
               EntRecord   *record,
               const guint *f)
{
  const EntValue *partners = ent_record_get (record, f[0]);
  GArray *keys;

  if (partners->kind != ENT_VALUE_KEYS)
    {
      EntKey key = ent_record_get_key (record);

      g_hash_table_remove (self->campaigns, &key);
      return;
    }
  keys = g_array_sized_new (FALSE, FALSE, sizeof (EntKey), (guint) partners->integer);
  g_array_append_vals (keys, partners->keys, (guint) partners->integer);
  g_hash_table_insert (self->campaigns, g_memdup2 (&(EntKey) { ent_record_get_key (record) }, sizeof (EntKey)), keys);
}

enum { L_CAMPAIGN, L_WEEK, L_QUALIFIED };
static const char * const line_fields[] = { "parent", "week", "qualified", NULL };

/* Qualified leads of a joint campaign count for its partners in equal parts. */
static void
read_campaign_line (EntMetrics  *self,
                    EntRecord   *record,
                    const guint *f)
{
  EntKey campaign = ent_scan_int (record, f[L_CAMPAIGN], 0);
  GArray *partners = g_hash_table_lookup (self->campaigns, &campaign);
  gint64 qualified = ent_scan_int (record, f[L_QUALIFIED], -1);
  gint64 week = ent_scan_int (record, f[L_WEEK], G_MININT32);
  Fact fact = { .key = campaign, .until = G_MAXINT32, .source = SOURCE_LEAD, .counts = TRUE };

  if (partners == NULL || partners->len == 0 || qualified < 0 || week == G_MININT32)
    return;
  fact.value = qualified * 100 / partners->len;
  fact.day = to_day (week);
  for (guint i = 0; i < partners->len; i++)
    metrics_add_fact (self, g_array_index (partners, EntKey, i), &fact);
}

static const char * const touch_fields[] = { "campaign", "about", NULL };

static void
read_touch (EntMetrics  *self,
            EntRecord   *record,
            const guint *f)
{
  const EntValue *about = ent_record_get (record, f[1]);

  for (gint64 i = 0; about->kind == ENT_VALUE_KEYS && i < about->integer; i++)
    {
      EntKey *pair = g_new (EntKey, 2);

      pair[0] = about->keys[i];
      pair[1] = ent_scan_int (record, f[0], 0);
      g_hash_table_replace (self->came_from, pair, pair + 1);
    }
}

/* --- Documents and plans ----------------------------------------------------------------------------------- */

enum { C_ABOUT, C_STATUS, C_APPROVED, C_EXPIRES, C_CREATED };
static const char * const story_fields[] = { "about", "status", "approved_at", "expires_on", "created_at", NULL };

static void
read_story (EntMetrics  *self,
            EntRecord   *record,
            const guint *f)
{
  const EntValue *about = ent_record_get (record, f[C_ABOUT]);
  Fact fact = { .key = ent_record_get_key (record), .value = 100, .source = SOURCE_STORY };

  fact.day = to_day (ent_scan_day (record, f[C_APPROVED], ent_scan_day (record, f[C_CREATED], G_MININT32)));
  fact.until = to_day (ent_scan_int (record, f[C_EXPIRES], G_MAXINT32));
  fact.counts = g_strcmp0 (ent_scan_text (record, f[C_STATUS]), "approved") == 0 && fact.until >= self->today;
  for (gint64 i = 0; about->kind == ENT_VALUE_KEYS && i < about->integer; i++)
    metrics_add_fact (self, about->keys[i], &fact);
}

enum { V_FOR, V_STATUS, V_MEETING, V_DONE, V_END };
static const char * const review_fields[] = { "for", "status", "meeting_at", "done_on", "period_end", NULL };

static void
read_review (EntMetrics  *self,
             EntRecord   *record,
             const guint *f)
{
  static const char * const held[] = { "held", "signed", "done", NULL };
  Fact fact = { .key = ent_record_get_key (record), .value = 100, .until = G_MAXINT32, .source = SOURCE_REVIEW };
  gint64 end = ent_scan_int (record, f[V_DONE], ent_scan_int (record, f[V_END], G_MININT32));

  fact.day = to_day (ent_scan_day (record, f[V_MEETING], end));
  fact.counts = is_one_of (ent_scan_text (record, f[V_STATUS]), held);
  metrics_add_fact (self, ent_scan_int (record, f[V_FOR], 0), &fact);
}

enum { F_PLAN, F_METRIC, F_ACTUAL, F_DONE, F_DUE };
static const char * const figure_fields[] = { "parent", "metric", "actual", "done_on", "due", NULL };
static const char * const plan_fields[] = { "for", "period_end", NULL };

static void
read_figure_plan (EntMetrics  *self,
                  EntRecord   *record,
                  const guint *f)
{
  PlanInfo *info = g_new (PlanInfo, 1);

  info->key = ent_record_get_key (record);
  info->partner = ent_scan_int (record, f[0], 0);
  info->day = ent_scan_int (record, f[1], G_MININT32);
  g_hash_table_replace (self->plans, &info->key, info);
}

/* A number that somebody wrote down; it holds from the end of the plan's period unless the line says another day. */
static void
read_figure (EntMetrics  *self,
             EntRecord   *record,
             const guint *f)
{
  const char *metric = g_intern_string (ent_scan_text (record, f[F_METRIC]));
  const EntValue *actual = ent_record_get (record, f[F_ACTUAL]);
  EntKey plan = ent_scan_int (record, f[F_PLAN], 0);
  const PlanInfo *info = g_hash_table_lookup (self->plans, &plan);
  Fact fact = { .key = plan, .value = actual->integer, .until = G_MAXINT32, .source = SOURCE_FIGURE, .counts = TRUE };
  guint name;

  if (info == NULL || metric == NULL || ent_value_is_null (actual) ||
      !g_ptr_array_find (self->figures, metric, &name))
    return;
  fact.name = (guint16) (name + 1);
  fact.day = to_day (ent_scan_int (record, f[F_DONE], ent_scan_int (record, f[F_DUE], info->day)));
  metrics_add_fact (self, info->partner, &fact);
}

/* --- Assessments --------------------------------------------------------------------------------------------- */

enum { S_SUBJECT, S_AT };
static const char * const rubric_fields[] = { "subject", "at", NULL };

static void
read_rubric (EntMetrics  *self,
             EntRecord   *record,
             const guint *f)
{
  Fact fact = { .key = ent_record_get_key (record), .until = G_MAXINT32, .source = SOURCE_SCORE, .is_open = TRUE };

  fact.day = to_day (ent_scan_int (record, f[S_AT], G_MININT32));
  fact.counts = TRUE;
  metrics_add_fact (self, ent_scan_int (record, f[S_SUBJECT], 0), &fact);
}

enum { Q_SUBJECT, Q_AT, Q_RESPONSES };
static const char * const survey_fields[] = { "subject", "at", "responses", NULL };

static void
add_answer (EntMetrics *self,
            EntKey      partner,
            Fact       *fact,
            JsonObject *answers,
            const char *name,
            Source      source)
{
  JsonNode *node = json_object_get_member (answers, name);
  double number = node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
                  ? json_node_get_double (node) : -1;

  /* A number of the file, between 0 and 10, to 1/100 at most. */
  if (number < 0 || number > 10)
    return;
  fact->value = (gint64) (number * 100 + 0.5);
  fact->source = (guint8) source;
  metrics_add_fact (self, partner, fact);
}

static void
read_survey (EntMetrics  *self,
             EntRecord   *record,
             const guint *f)
{
  const char *text = ent_scan_text (record, f[Q_RESPONSES]);
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  EntKey partner = ent_scan_int (record, f[Q_SUBJECT], 0);
  Fact fact = { .key = ent_record_get_key (record), .until = G_MAXINT32, .counts = TRUE };

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  fact.day = to_day (ent_scan_int (record, f[Q_AT], G_MININT32));
  add_answer (self, partner, &fact, json_node_get_object (node), "psat", SOURCE_SATISFACTION);
  add_answer (self, partner, &fact, json_node_get_object (node), "nps", SOURCE_RECOMMENDATION);
}

static const char * const person_fields[] = { "org", NULL };

static void
read_person (EntMetrics  *self,
             EntRecord   *record,
             const guint *f)
{
  EntKey *pair = g_new (EntKey, 2);

  pair[0] = ent_record_get_key (record);
  pair[1] = ent_scan_int (record, f[0], 0);
  g_hash_table_replace (self->employers, pair, pair + 1);
}

enum { T_SUBJECT, T_AT, T_RESULT, T_EXPIRES };
static const char * const certificate_fields[] = { "subject", "at", "result", "expires_on", NULL };

static void
read_certificate (EntMetrics  *self,
                  EntRecord   *record,
                  const guint *f)
{
  EntKey person = ent_scan_int (record, f[T_SUBJECT], 0);
  const EntKey *employer = g_hash_table_lookup (self->employers, &person);
  Fact fact = { .key = ent_record_get_key (record), .other = person, .value = 100, .source = SOURCE_CERTIFICATE };

  if (employer == NULL)
    return;
  fact.day = to_day (ent_scan_int (record, f[T_AT], G_MININT32));
  fact.until = to_day (ent_scan_int (record, f[T_EXPIRES], G_MAXINT32));
  fact.counts = g_strcmp0 (ent_scan_text (record, f[T_RESULT]), "pass") == 0;
  metrics_add_fact (self, *employer, &fact);
}

/* --- Ledger --------------------------------------------------------------------------------------------------- */

enum { G_PARTNER, G_DATE, G_AMOUNT, G_KIND, G_STATUS };
static const char * const ledger_fields[] = { "partner", "date", "amount", "kind", "status", NULL };

/* Refunds take away, whichever sign they were written with. */
static void
read_ledger (EntMetrics  *self,
             EntRecord   *record,
             const guint *f)
{
  const EntValue *amount = ent_record_get (record, f[G_AMOUNT]);
  Fact fact = { .key = ent_record_get_key (record), .until = G_MAXINT32, .source = SOURCE_REVENUE };

  if (amount->kind != ENT_VALUE_MONEY)
    return;
  fact.value = g_strcmp0 (ent_scan_text (record, f[G_KIND]), "refund") == 0 && amount->integer > 0
               ? -amount->integer : amount->integer;
  memcpy (fact.currency, amount->currency, sizeof fact.currency);
  fact.day = to_day (ent_scan_int (record, f[G_DATE], G_MININT32));
  fact.counts = g_strcmp0 (ent_scan_text (record, f[G_STATUS]), "reversed") != 0;
  metrics_add_fact (self, ent_scan_int (record, f[G_PARTNER], 0), &fact);
}

/* --- All ------------------------------------------------------------------------------------------------------- */

#define DEALS (1u << SOURCE_LEAD | 1u << SOURCE_WIN)
#define ANSWERS (1u << SOURCE_SATISFACTION | 1u << SOURCE_RECOMMENDATION)

/* In the order they must be read: what others look up comes first. */
static const MetricTable tables[] =
{
  { "agreement", "annual_commitment is not empty", agreement_fields, 1u << SOURCE_COMMITMENT, read_agreement },
  { "deal", NULL, deal_fields, DEALS, read_deal },
  { "deal_party", NULL, party_fields, DEALS, read_party },
  { "campaign", NULL, campaign_fields, 1u << SOURCE_LEAD, read_campaign },
  { "campaign_line", NULL, line_fields, 1u << SOURCE_LEAD, read_campaign_line },
  { "activity", "campaign is not empty", touch_fields, 1u << SOURCE_LEAD, read_touch },
  { "document", "kind = case_study", story_fields, 1u << SOURCE_STORY, read_story },
  { "plan", "kind in (qbr, abr)", review_fields, 1u << SOURCE_REVIEW, read_review },
  { "plan", NULL, plan_fields, 1u << SOURCE_FIGURE, read_figure_plan },
  { "plan_item", "actual is not empty and metric is not empty", figure_fields, 1u << SOURCE_FIGURE, read_figure },
  { "assessment", "kind = tier_rubric", rubric_fields, 1u << SOURCE_SCORE, read_rubric },
  { "assessment", "kind = survey", survey_fields, ANSWERS, read_survey },
  { "person", NULL, person_fields, 1u << SOURCE_CERTIFICATE, read_person },
  { "assessment", "kind = certification", certificate_fields, 1u << SOURCE_CERTIFICATE, read_certificate },
  { "ledger", "kind in (revenue, refund)", ledger_fields, 1u << SOURCE_REVENUE, read_ledger },
};

const MetricTable *
metrics_get_tables (guint *n)
{
  *n = G_N_ELEMENTS (tables);
  return tables;
}
