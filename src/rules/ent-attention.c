/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-attention-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/ent-value.h"
#include "rules/ent-lookup.h"
#include "rules/ent-snooze.h"

#define POINT 10000
#define WHOLE (100 * POINT)
/* Beyond those planned, so many are explained and kept; the others only counted. */
#define KEPT 100

static const char * const metrics[] = { "renewal", "silence", "overdue", "closing" };

void
ent_attention_free (EntAttention *self)
{
  g_free (self->title);
  g_free (self->reason);
  g_free (self->step);
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

void
ent_attention_plan_free (EntAttentionPlan *self)
{
  g_ptr_array_unref (self->items);
  g_free (self);
}

/* --- Urgency ---------------------------------------------------------------------------------------------------------- */

/* The part of @weight that @have of @full gives; all of it from @full. */
static gint64
share (gint64 weight,
       gint64 have,
       gint64 full)
{
  gint64 result = 0;

  if (have <= 0)
    return 0;
  if (full <= 0 || have >= full)
    return weight;
  ent_mul_div (weight, have, full, &result);
  return result;
}

static gint64
get_int (EntAttentionSearch *search,
         const char         *metric,
         const char         *field,
         gint64              unit)
{
  EntRecord *rule = ent_lookup_rule (search->rules, "Urgency", metric);
  const EntValue *value = rule != NULL ? ent_record_get_named (rule, field) : NULL;

  return value != NULL && value->kind == ENT_VALUE_INT ? value->integer / unit : 0;
}

static void
read_terms (EntAttentionSearch *search)
{
  EntAttentionTerms *terms = &search->terms;

  for (guint i = 0; i < ENT_ATTENTION_N_SIGNS; i++)
    {
      terms->weights[i] = get_int (search, metrics[i], "weight", 1);
      terms->hours[i] = ent_lookup_threshold (search->rules, "Hours", metrics[i], 1);
    }
  terms->renewal_span = ent_lookup_threshold (search->rules, "Urgency", "renewal", 0);
  terms->closing_span = ent_lookup_threshold (search->rules, "Urgency", "closing", 0);
  terms->silence_from = ent_lookup_threshold (search->rules, "Urgency", "silence", 0);
  terms->silence_full = get_int (search, "silence", "threshold_max", 100);
  terms->overdue_full = ent_lookup_threshold (search->rules, "Urgency", "overdue", 0);
}

static void
weigh (EntAttentionSearch      *search,
       const EntAttentionFacts *facts,
       EntAttention            *item)
{
  const EntAttentionTerms *terms = &search->terms;

  if (facts->agreement != 0)
    item->parts[ENT_ATTENTION_RENEWAL] = share (terms->weights[ENT_ATTENTION_RENEWAL],
                                                terms->renewal_span - MAX (facts->agreement_days, 0) + 1, terms->renewal_span);
  if (facts->silence >= terms->silence_from)
    item->parts[ENT_ATTENTION_SILENCE] = share (terms->weights[ENT_ATTENTION_SILENCE], facts->silence - terms->silence_from + 1,
                                                terms->silence_full - terms->silence_from);
  item->parts[ENT_ATTENTION_OVERDUE] = share (terms->weights[ENT_ATTENTION_OVERDUE], facts->n_overdue, terms->overdue_full);
  if (facts->deal != 0)
    item->parts[ENT_ATTENTION_CLOSING] = share (terms->weights[ENT_ATTENTION_CLOSING],
                                                terms->closing_span - MAX (facts->deal_days, 0) + 1, terms->closing_span);
  for (guint i = 0; i < ENT_ATTENTION_N_SIGNS; i++)
    item->urgency += item->parts[i];
  item->urgency = MIN (item->urgency, WHOLE);
}

static guint
hours_of (EntAttentionSearch      *search,
          const EntAttentionFacts *facts,
          const EntAttention      *item)
{
  gint64 hours = 0;

  for (guint i = 0; i < ENT_ATTENTION_N_SIGNS; i++)
    if (item->parts[i] > 0)
      hours += search->terms.hours[i] *
               (i == ENT_ATTENTION_OVERDUE ? MIN (facts->n_overdue, 100) : 1);
  return (guint) CLAMP (hours, 1, 1000);
}

/* --- In words ----------------------------------------------------------------------------------------------------------- */

static char *
in_days (gint64      days,
         const char *future,
         const char *past)
{
  return days >= 0 ? g_strdup_printf (future, (int) days) : g_strdup_printf (past, (int) -days);
}

static void
add_part (GString    *text,
          const char *part)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

static char *
money (EntAttentionSearch *search,
       gint64              minor)
{
  return ent_money_display (minor, ent_exchange_rates_get_reporting (search->rates), ENT_DISPLAY_SHORT);
}

static void
explain_sign (EntAttentionSearch *search,
              EntAttention       *item,
              EntAttentionSign    sign,
              const char         *words,
              EntKey              key)
{
  g_autofree char *points = g_strdup_printf ("%d.%d", (int) (item->parts[sign] / POINT), (int) (item->parts[sign] % POINT / 1000));
  g_autofree char *weight = g_strdup_printf (_("of %d"), (int) (search->terms.weights[sign] / POINT));

  ent_why_add (item->why, words, points, weight, key);
}

static void
tell_signs (EntAttentionSearch      *search,
            const EntAttentionFacts *facts,
            EntAttention            *item,
            GString                 *reason)
{
  if (item->parts[ENT_ATTENTION_RENEWAL] > 0)
    {
      g_autofree char *words = in_days (facts->agreement_days, _("agreement ends in %d days"), _("agreement ended %d days ago"));

      add_part (reason, words);
      explain_sign (search, item, ENT_ATTENTION_RENEWAL, words, facts->agreement);
    }
  if (item->parts[ENT_ATTENTION_CLOSING] > 0)
    {
      g_autofree char *words = in_days (facts->deal_days, _("a deal closes in %d days"), _("a deal should have closed %d days ago"));

      add_part (reason, words);
      explain_sign (search, item, ENT_ATTENTION_CLOSING, words, facts->deal);
    }
  if (item->parts[ENT_ATTENTION_OVERDUE] > 0)
    {
      g_autofree char *words = g_strdup_printf (g_dngettext (NULL, "%u item overdue", "%u items overdue", facts->n_overdue),
                                                facts->n_overdue);

      add_part (reason, words);
      explain_sign (search, item, ENT_ATTENTION_OVERDUE, words, facts->overdue);
    }
  if (item->parts[ENT_ATTENTION_SILENCE] > 0)
    {
      /* What is older than the span is not looked for: that would read the activities of all years. */
      g_autofree char *words = g_strdup_printf (facts->silence < search->terms.silence_full ? _("no contact for %d days")
                                                                                            : _("no contact in %d days"),
                                                (int) facts->silence);

      add_part (reason, words);
      explain_sign (search, item, ENT_ATTENTION_SILENCE, words, 0);
    }
}

static void
choose_step (const EntAttentionFacts *facts,
             EntAttention            *item)
{
  if (item->parts[ENT_ATTENTION_OVERDUE] > 0)
    {
      item->step = g_strdup (_("Finish what is overdue"));
      item->act_on = facts->overdue;
    }
  else if (item->parts[ENT_ATTENTION_RENEWAL] > 0)
    {
      item->step = g_strdup (_("Prepare the renewal"));
      item->act_on = facts->agreement;
    }
  else if (item->parts[ENT_ATTENTION_CLOSING] > 0)
    {
      item->step = g_strdup (_("Help the deal to close"));
      item->act_on = facts->deal;
    }
  else
    {
      item->step = g_strdup (_("Get in touch"));
      item->act_on = facts->partner;
    }
}

static void
explain (EntAttentionSearch      *search,
         const EntAttentionFacts *facts,
         EntAttention            *item)
{
  g_autofree char *stake = money (search, item->stake), *pipeline = money (search, facts->pipeline);
  g_autofree char *renewal = money (search, facts->renewal), *hours = g_strdup_printf (_("%u h"), item->hours);
  g_autofree char *at_stake = g_strdup_printf (_("%s at stake"), stake);
  g_autofree char *urgency = g_strdup_printf ("%d", (int) ((item->urgency + POINT / 2) / POINT));
  g_autofree char *cost = money (search, item->cost);
  GString *reason = g_string_new (NULL);

  item->why = ent_why_new (item->title, cost);
  ent_why_set_formula (item->why, _("Stake × urgency, ordered by what an hour is worth"));
  if (facts->n_deals > 0)
    ent_why_add (item->why, _("Expected value of open deals"), pipeline, NULL, 0);
  if (facts->agreement != 0)
    ent_why_add (item->why, _("Worth of the agreement that ends"), renewal, NULL, facts->agreement);
  ent_why_add (item->why, _("Urgency, points of 100"), urgency, NULL, 0);
  tell_signs (search, facts, item, reason);
  if (item->stake > 0)
    add_part (reason, at_stake);
  ent_why_add (item->why, _("Hours"), hours, NULL, 0);
  ent_why_set_note (item->why, _("Weights, spans and hours are in the program definition “Attention”."));
  reason->str[0] = g_ascii_toupper (reason->str[0]);
  item->reason = g_string_free (reason, FALSE);
  choose_step (facts, item);
}

/* --- The plan -------------------------------------------------------------------------------------------------------------- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const EntAttention *one = a, *two = b;
  __int128 left = (__int128) one->cost * two->hours, right = (__int128) two->cost * one->hours;

  if (one->must != two->must)
    return one->must ? -1 : 1;
  if (left != right)
    return left > right ? -1 : 1;
  if (one->urgency != two->urgency)
    return one->urgency > two->urgency ? -1 : 1;
  return one->partner < two->partner ? -1 : one->partner > two->partner;
}

static GPtrArray *
weigh_all (EntAttentionSearch *search,
           GHashTable         *snoozed)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_attention_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, search->facts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const EntAttentionFacts *facts = value;
      EntAttention *item;

      if (g_hash_table_contains (snoozed, &facts->partner))
        continue;
      item = g_new0 (EntAttention, 1);
      item->partner = facts->partner;
      weigh (search, facts, item);
      if (__builtin_add_overflow (facts->pipeline, facts->renewal, &item->stake))
        item->stake = G_MAXINT64;
      item->must = facts->n_overdue > 0;
      if (item->urgency == 0 || (item->stake <= 0 && !item->must))
        {
          ent_attention_free (item);
          continue;
        }
      if (!ent_mul_div (item->stake, item->urgency, WHOLE, &item->cost))
        item->cost = 0;
      item->hours = hours_of (search, facts, item);
      g_ptr_array_add (items, item);
    }
  g_ptr_array_sort_values (items, compare);
  return items;
}

/* Greedy: whatever still fits, in order. */
static void
fill_week (EntAttentionPlan *plan,
           GPtrArray        *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      EntAttention *item = g_ptr_array_index (items, i);

      if (plan->hours_planned + item->hours <= plan->hours)
        {
          item->planned = TRUE;
          plan->hours_planned += item->hours;
          continue;
        }
      plan->n_left++;
      if (__builtin_add_overflow (plan->cost_left, item->cost, &plan->cost_left))
        plan->cost_left = G_MAXINT64;
    }
}

static void
keep (EntAttentionSearch *search,
      EntAttentionPlan   *plan,
      GPtrArray          *items)
{
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0, n = 0; i < items->len && n < KEPT; i++)
      {
        EntAttention *item = g_ptr_array_index (items, i);
        EntAttentionFacts *facts;

        if (item == NULL || item->planned != (pass == 0))
          continue;
        facts = g_hash_table_lookup (search->facts, &item->partner);
        item->title = ent_store_dup_title (search->store, item->partner);
        explain (search, facts, item);
        g_ptr_array_add (plan->items, item);
        g_ptr_array_index (items, i) = NULL;
        n++;
      }
}

static void
free_left (gpointer item)
{
  if (item != NULL)
    ent_attention_free (item);
}

EntAttentionPlan *
ent_attention_plan_new (EntStore      *store,
                        gint64         today,
                        guint          hours,
                        GPtrArray     *due,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (EntAttentionPlan) plan = g_new0 (EntAttentionPlan, 1);
  g_autoptr (GPtrArray) rules = ent_lookup_rules (store, "formula:attention", error), items = NULL;
  g_autoptr (EntDealPolicy) policy = rules != NULL ? ent_deal_policy_load (store, cancellable, error) : NULL;
  g_autoptr (GHashTable) facts = NULL, snoozed = NULL;
  EntAttentionSearch search = { .store = store, .today = today, .rules = rules, .policy = policy, .cancellable = cancellable };

  plan->items = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_attention_free);
  if (policy == NULL || (snoozed = ent_snooze_load (store, today, cancellable, error)) == NULL)
    return NULL;
  search.rates = policy->rates;
  g_strlcpy (plan->currency, policy->currency, sizeof plan->currency);
  plan->has_formula = rules->len > 0;
  plan->hours = hours > 0 ? hours : (guint) CLAMP (ent_lookup_threshold (rules, "Week", "capacity", 0), 0, 168);
  if (!plan->has_formula)
    return g_steal_pointer (&plan);
  facts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) ent_attention_facts_free);
  search.facts = facts;
  read_terms (&search);
  if (!ent_attention_gather (&search, due, error))
    return NULL;
  items = weigh_all (&search, snoozed);
  fill_week (plan, items);
  g_ptr_array_set_free_func (items, free_left);
  keep (&search, plan, items);
  plan->n_unrated = search.n_unrated;
  return g_steal_pointer (&plan);
}
