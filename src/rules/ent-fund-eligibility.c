/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Each metric of a line gives a value or says why it has none; the line's operator compares. */

typedef enum
{
  FACT_UNKNOWN,
  FACT_NUMBER, /* whole */
  FACT_MONEY,
  FACT_WORDS,  /* one or several values, separated by "; " */
} FactKind;

typedef struct
{
  FactKind  kind;
  gint64    number;  /* or minor units */
  char      currency[4];
  char     *words;   /* values to compare */
  char     *shown;   /* in words, for people */
  EntKey    key;     /* the record it stands in */
} Fact;

static void
fact_clear (Fact *self)
{
  g_free (self->words);
  g_free (self->shown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fact, fact_clear)

static void
set_unknown (Fact       *fact,
             const char *why)
{
  fact->kind = FACT_UNKNOWN;
  fact->shown = g_strdup (why);
}

static void
set_count (Fact   *fact,
           gint64  number)
{
  fact->kind = FACT_NUMBER;
  fact->number = number;
  fact->shown = g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

/* A field of a record as words, with its labels for people. */
static void
set_field (Fact       *fact,
           EntRecord  *record,
           const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);
  const EntValue *value = ent_record_get (record, field->index);

  fact->key = ent_record_get_key (record);
  if (ent_value_is_null (value))
    {
      fact->kind = FACT_UNKNOWN;
      fact->shown = g_strdup_printf (_("“%s” of %s is not filled in"), ent_field_get_label (field),
                                     ent_record_get_title (record));
      return;
    }
  fact->kind = FACT_WORDS;
  fact->words = ent_value_write (field, value);
  fact->shown = ent_value_display (field, value, ENT_DISPLAY_SHORT, NULL, NULL);
}

/* --- Metrics ----------------------------------------------------------------------------------------------- */

static void
get_agreements (const EntFundFacts *facts,
                gint64              today,
                Fact               *fact)
{
  gint64 n = 0;

  for (guint i = 0; i < facts->agreements->len; i++)
    {
      EntRecord *agreement = g_ptr_array_index (facts->agreements, i);
      const char *status = ent_record_get_text (agreement, "status");

      if ((g_strcmp0 (status, "active") != 0 && g_strcmp0 (status, "expiring") != 0) ||
          ent_record_get_int (agreement, "ends_on", G_MAXINT64) < today)
        continue;
      n++;
      fact->key = ent_record_get_key (agreement);
    }
  set_count (fact, n);
}

static void
get_certifications (const EntFundFacts *facts,
                    gint64              today,
                    Fact               *fact)
{
  gint64 n = 0;

  for (guint i = 0; i < facts->certificates->len; i++)
    {
      EntRecord *one = g_ptr_array_index (facts->certificates, i);

      if (g_strcmp0 (ent_record_get_text (one, "kind"), "certification") == 0 &&
          g_strcmp0 (ent_record_get_text (one, "result"), "pass") == 0 &&
          ent_record_get_int (one, "expires_on", G_MAXINT64) >= today)
        {
          n++;
          fact->key = ent_record_get_key (one);
        }
    }
  set_count (fact, n);
}

static void
get_overdue_claims (const EntFundFacts *facts,
                    gint64              today,
                    Fact               *fact)
{
  gint64 n = 0;

  for (guint i = 0; i < facts->requests->len; i++)
    {
      EntRecord *one = g_ptr_array_index (facts->requests, i);
      EntFundDueKind kind;
      gint64 due;

      if (!ent_fund_get_deadline (one, &due, &kind) || kind != ENT_FUND_DUE_CLAIM || due >= today)
        continue;
      if (facts->request != NULL && ent_record_get_key (facts->request) == ent_record_get_key (one))
        continue;
      n++;
      fact->key = ent_record_get_key (one);
    }
  set_count (fact, n);
}

static void
get_offerings (const EntFundFacts *facts,
               gint64              today,
               Fact               *fact)
{
  gint64 n = 0;

  for (guint i = 0; i < facts->offerings->len; i++)
    {
      EntRecord *one = g_ptr_array_index (facts->offerings, i);
      const char *kind = ent_record_get_text (one, "kind");

      if (g_strcmp0 (ent_record_get_text (one, "status"), "live") == 0 &&
          (g_strcmp0 (kind, "joint_solution") == 0 || g_strcmp0 (kind, "marketplace_listing") == 0))
        {
          n++;
          fact->key = ent_record_get_key (one);
        }
    }
  set_count (fact, n);
}

static void
get_won_deals (const EntFundFacts *facts,
               EntRecord          *rule,
               gint64              today,
               Fact               *fact)
{
  gint64 since = today - ent_record_get_int (rule, "window_months", 12) * 365 / 12;
  gint64 n = 0;

  for (guint i = 0; i < facts->deals->len; i++)
    {
      EntRecord *one = g_ptr_array_index (facts->deals, i);

      if (g_strcmp0 (ent_record_get_text (one, "stage"), "won") == 0 &&
          ent_record_get_int (one, "closed_on", 0) >= since)
        {
          n++;
          fact->key = ent_record_get_key (one);
        }
    }
  set_count (fact, n);
}

static void
get_level (const EntFundFacts *facts,
           Fact               *fact)
{
  fact->key = ent_record_get_key (facts->partner);
  fact->kind = FACT_WORDS;
  if (facts->level == NULL)
    {
      fact->shown = g_strdup (_("no level is set"));
      return;
    }
  fact->words = g_strdup (ent_record_get_title (facts->level));
  fact->shown = g_strdup (fact->words);
}

static void
get_of_deal (const EntFundFacts *facts,
             const char         *metric,
             Fact               *fact)
{
  const EntValue *amount;

  if (facts->deal == NULL)
    {
      set_unknown (fact, facts->request == NULL ? _("no request yet; it will have to name the deal")
                                                : _("the request names no deal"));
      if (facts->request != NULL && g_str_equal (metric, "deal"))
        fact->kind = FACT_WORDS; /* known: there is none */
      return;
    }
  fact->key = ent_record_get_key (facts->deal);
  amount = ent_record_get_named (facts->deal, "amount");
  if (g_str_equal (metric, "deal_open"))
    {
      const char *stage = ent_record_get_text (facts->deal, "stage");

      set_count (fact, g_strcmp0 (stage, "won") != 0 && g_strcmp0 (stage, "lost") != 0);
    }
  else if (g_str_equal (metric, "deal"))
    {
      fact->kind = FACT_WORDS;
      fact->words = g_strdup (ent_record_get_title (facts->deal));
      fact->shown = g_strdup (fact->words);
    }
  else if (ent_value_is_null (amount))
    set_unknown (fact, _("the deal has no amount"));
  else
    {
      fact->kind = FACT_MONEY;
      fact->number = amount->integer;
      g_strlcpy (fact->currency, amount->currency, sizeof fact->currency);
      fact->shown = ent_money_display (amount->integer, amount->currency, ENT_DISPLAY_FULL);
    }
}

static void
get_of_request (const EntFundFacts *facts,
                const char         *metric,
                gint64              today,
                Fact               *fact)
{
  gint64 start, asked;

  if (facts->request == NULL)
    {
      set_unknown (fact, _("no request yet"));
      return;
    }
  fact->key = ent_record_get_key (facts->request);
  if (g_str_equal (metric, "desired_outcome"))
    {
      fact->kind = FACT_WORDS;
      fact->words = g_strdup (ent_record_get_text (facts->request, "desired_outcome"));
      fact->shown = g_strdup (fact->words != NULL ? fact->words : _("no outcome is named"));
      return;
    }
  start = ent_record_get_int (facts->request, "activity_start", G_MININT64);
  asked = ent_record_get_int (facts->request, "submitted_at", G_MININT64);
  asked = asked == G_MININT64 ? today : ent_fund_day (asked);
  if (start == G_MININT64)
    set_unknown (fact, _("the start of the activity is not filled in"));
  else
    {
      fact->kind = FACT_NUMBER;
      fact->number = start - asked;
      fact->shown = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" G_GINT64_FORMAT " day", "%" G_GINT64_FORMAT " days",
                                                  (gulong) ABS (fact->number)), fact->number);
    }
}

static void
get_fact (const EntFundFacts *facts,
          EntRecord          *rule,
          gint64              today,
          Fact               *fact)
{
  const char *metric = ent_record_get_text (rule, "metric");

  if (metric == NULL)
    set_unknown (fact, _("the line names no metric"));
  else if (g_str_equal (metric, "lifecycle") || g_str_equal (metric, "partner_type") ||
           g_str_equal (metric, "cloud_platforms") || g_str_equal (metric, "region") ||
           g_str_equal (metric, "segment") || g_str_equal (metric, "country"))
    set_field (fact, facts->partner, metric);
  else if (g_str_equal (metric, "level"))
    get_level (facts, fact);
  else if (g_str_equal (metric, "agreements"))
    get_agreements (facts, today, fact);
  else if (g_str_equal (metric, "certifications"))
    get_certifications (facts, today, fact);
  else if (g_str_equal (metric, "overdue_claims"))
    get_overdue_claims (facts, today, fact);
  else if (g_str_equal (metric, "offerings"))
    get_offerings (facts, today, fact);
  else if (g_str_equal (metric, "won_deals"))
    get_won_deals (facts, rule, today, fact);
  else if (g_str_has_prefix (metric, "deal"))
    get_of_deal (facts, metric, fact);
  else if (g_str_equal (metric, "desired_outcome") || g_str_equal (metric, "days_before_start"))
    get_of_request (facts, metric, today, fact);
  else
    {
      fact->kind = FACT_UNKNOWN;
      fact->shown = g_strdup_printf (_("nothing here measures “%s”; a person has to check it"), metric);
    }
}

/* --- Comparing ---------------------------------------------------------------------------------------------- */

static gboolean
has_word (const char *words,
          const char *wanted)
{
  g_auto (GStrv) have = words != NULL ? g_strsplit_set (words, ";,", -1) : NULL;
  g_auto (GStrv) want = wanted != NULL ? g_strsplit_set (wanted, ";,|", -1) : NULL;

  for (guint i = 0; have != NULL && have[i] != NULL; i++)
    for (guint j = 0; want != NULL && want[j] != NULL; j++)
      {
        g_autofree char *a = ent_text_key (have[i]);
        g_autofree char *b = ent_text_key (want[j]);

        if (g_str_equal (a, b))
          return TRUE;
      }
  return FALSE;
}

static gboolean
compare (const char *operator,
         gint64      number,
         gint64      threshold)
{
  if (g_str_equal (operator, "at_least"))
    return number >= threshold;
  if (g_str_equal (operator, "more_than"))
    return number > threshold;
  if (g_str_equal (operator, "at_most"))
    return number <= threshold;
  if (g_str_equal (operator, "less_than"))
    return number < threshold;
  if (g_str_equal (operator, "not_equals"))
    return number != threshold;
  return number == threshold;
}

static EntFundVerdict
judge_number (EntRecord  *rule,
              const char *operator,
              Fact       *fact)
{
  const EntValue *amount = ent_record_get_named (rule, "threshold_amount");
  gint64 threshold = ent_record_get_int (rule, "threshold", G_MININT64);
  gint64 scaled;

  if (fact->kind == FACT_NUMBER)
    return threshold != G_MININT64 && ent_mul_div (fact->number, 100, 1, &scaled)
             ? (compare (operator, scaled, threshold) ? ENT_FUND_MET : ENT_FUND_NOT_MET) : ENT_FUND_UNKNOWN;
  if (ent_value_is_null (amount))
    return ENT_FUND_UNKNOWN;
  if (!g_str_equal (amount->currency, fact->currency))
    {
      char *shown = g_strdup_printf (_("%s cannot be compared with an amount in %s"), fact->shown, amount->currency);

      g_free (fact->shown);
      fact->shown = shown;
      return ENT_FUND_UNKNOWN;
    }
  return compare (operator, fact->number, amount->integer) ? ENT_FUND_MET : ENT_FUND_NOT_MET;
}

static EntFundVerdict
judge (EntRecord *rule,
       Fact      *fact)
{
  const char *operator = ent_record_get_text (rule, "operator");
  gboolean has;

  if (operator == NULL)
    operator = "at_least";
  if (fact->kind == FACT_UNKNOWN)
    return ENT_FUND_UNKNOWN;
  if (g_str_equal (operator, "is_set"))
    return (fact->kind != FACT_WORDS || fact->words != NULL) ? ENT_FUND_MET : ENT_FUND_NOT_MET;
  if (fact->kind != FACT_WORDS)
    return judge_number (rule, operator, fact);
  has = has_word (fact->words, ent_record_get_text (rule, "threshold_text"));
  return has != g_str_equal (operator, "not_equals") ? ENT_FUND_MET : ENT_FUND_NOT_MET;
}

static const char *
verdict_word (EntFundVerdict verdict)
{
  return verdict == ENT_FUND_MET ? _("Met") : verdict == ENT_FUND_NOT_MET ? _("Not met") : _("Unknown");
}

/* "at least 14 days", as the line says it */
static char *
dup_wanted (EntRecord *rule)
{
  static const char * const names[] = { "threshold", "threshold_amount", "threshold_pct", "threshold_text" };
  const EntRecordType *type = ent_record_get_record_type (rule);
  const EntField *operator = ent_record_type_lookup (type, "operator");
  GString *text;
  g_autofree char *first = ent_value_display (operator, ent_record_get (rule, operator->index), ENT_DISPLAY_SHORT,
                                              NULL, NULL);

  text = g_string_new (first);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const EntField *field = ent_record_type_lookup (type, names[i]);
      g_autofree char *shown = ent_value_display (field, ent_record_get (rule, field->index), ENT_DISPLAY_FULL, NULL,
                                                  NULL);

      if (*shown != '\0')
        g_string_append_printf (text, " %s", shown);
    }
  return g_string_free (text, FALSE);
}

static EntFundCheck *
check_rule (const EntFundFacts *facts,
            EntRecord          *rule,
            gint64              today)
{
  g_auto (Fact) fact = { 0 };
  g_autofree char *wanted = dup_wanted (rule);
  g_autofree char *date = ent_date_display (today, ENT_DISPLAY_FULL);
  EntFundCheck *check = g_new0 (EntFundCheck, 1);
  const char *text = ent_record_get_text (rule, "text");

  get_fact (facts, rule, today, &fact);
  check->verdict = judge (rule, &fact);
  check->mandatory = ent_record_get_int (rule, "mandatory", TRUE) != 0;
  check->text = g_strdup (text != NULL ? text : ent_record_get_title (rule));
  check->reason = g_steal_pointer (&fact.shown);

  check->why = ent_why_new (check->text, verdict_word (check->verdict));
  ent_why_add (check->why, _("The rule asks for"), wanted, NULL, ent_record_get_key (facts->program));
  ent_why_add (check->why, _("Found"), check->reason, NULL, fact.key);
  ent_why_set_note (check->why, date);
  return check;
}

static void
check_free (gpointer data)
{
  EntFundCheck *self = data;

  g_free (self->text);
  g_free (self->reason);
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

/* Lines may be for some levels or types of partner only. */
static gboolean
applies (const EntFundFacts *facts,
         EntRecord          *rule)
{
  const EntValue *levels = ent_record_get_named (rule, "applies_to_level");
  const EntValue *types = ent_record_get_named (rule, "applies_to_type");
  const char *type = ent_record_get_text (facts->partner, "partner_type");
  EntKey level = ent_record_get_ref (facts->partner, "level");
  gboolean found = levels->kind != ENT_VALUE_KEYS;

  for (gint64 i = 0; levels->kind == ENT_VALUE_KEYS && i < levels->integer; i++)
    found |= levels->keys[i] == level;
  if (types->kind == ENT_VALUE_LIST)
    found &= type != NULL && g_strv_contains ((const char * const *) types->list, type);
  return found;
}

GPtrArray *
ent_fund_check (const EntFundFacts *facts,
                gint64              today)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (check_free);

  for (guint i = 0; i < facts->rules->len; i++)
    {
      EntRecord *rule = g_ptr_array_index (facts->rules, i);

      if (g_strcmp0 (ent_record_get_text (rule, "section"), "Eligibility") == 0 && applies (facts, rule))
        g_ptr_array_add (checks, check_rule (facts, rule, today));
    }
  return checks;
}
