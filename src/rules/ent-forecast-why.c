/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-forecast-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-private.h"

#define ALL_PCT  1000000 /* 100 % */
#define MAX_DEALS 8      /* the largest ones are named */

char *
ent_percent_display (gint64 pct)
{
  /* Translators: a percentage. */
  if (pct % 10000 == 0)
    return g_strdup_printf (_("%" G_GINT64_FORMAT " %%"), pct / 10000);
  return g_strdup_printf (_("%.1f %%"), (double) pct / 10000);
}

/* --- The open deals by stage ------------------------------------------------------------------------------- */

static void
explain_stage (const EntDeals *deals,
               GArray         *open,
               const char     *stage,
               const char     *label,
               EntWhy         *why)
{
  g_autoptr (EntAmounts) total = ent_amounts_new ();
  g_autoptr (EntAmounts) weighted = ent_amounts_new ();
  guint n = 0;

  ent_amounts_set_first (total, deals->policy->currency);
  ent_amounts_set_first (weighted, deals->policy->currency);
  for (guint i = 0; i < open->len; i++)
    {
      const EntForecastLine *line = &g_array_index (open, EntForecastLine, i);

      if (g_strcmp0 (line->deal->stage, stage) != 0)
        continue;
      ent_amounts_add (total, line->deal->amount, line->deal->currency, ALL_PCT);
      ent_amounts_add (weighted, line->deal->amount, line->deal->currency, line->pct);
      n++;
    }
  if (n > 0)
    {
      g_autofree char *name = g_strdup_printf (_("%s (%u)"), label, n);
      g_autofree char *value = ent_amounts_display (total, ENT_DISPLAY_SHORT, NULL);
      g_autofree char *sum = ent_amounts_display (weighted, ENT_DISPLAY_SHORT, NULL);
      g_autofree char *weight = g_strdup_printf ("→ %s", sum);

      ent_why_add (why, name, value, weight, 0);
    }
}

static void
explain_stages (const EntDeals *deals,
                GArray         *open,
                EntWhy         *why)
{
  const EntField *field = ent_record_type_lookup (ent_schema_lookup (deals->schema, "deal"), "stage");

  for (guint i = 0; i < field->choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (field->choices, i);

      explain_stage (deals, open, choice->value, ent_choice_get_label (choice), why);
    }
}

/* --- The largest deals --------------------------------------------------------------------------------------- */

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const EntForecastLine *x = a;
  const EntForecastLine *y = b;
  gint64 first, second;

  if (!ent_mul_div (x->deal->amount, x->pct, ALL_PCT, &first) ||
      !ent_mul_div (y->deal->amount, y->pct, ALL_PCT, &second))
    return 0;
  if (first != second)
    return first > second ? -1 : 1;
  return (x->deal->key > y->deal->key) - (x->deal->key < y->deal->key);
}

static void
explain_largest (GArray *lines,
                 EntWhy *why)
{
  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < MIN (lines->len, MAX_DEALS); i++)
    {
      const EntForecastLine *line = &g_array_index (lines, EntForecastLine, i);
      g_autofree char *amount = ent_money_display (line->deal->amount, line->deal->currency, ENT_DISPLAY_SHORT);
      g_autofree char *chance = ent_percent_display (line->pct);
      g_autofree char *weight = g_strdup_printf (line->deal->estimate >= 0 ? _("× %s (own estimate)") : "× %s", chance);

      ent_why_add (why, line->deal->title, amount, weight, line->deal->key);
    }
}

/* --- What is not in it ------------------------------------------------------------------------------------------ */

static void
add_sentence (GString    *note,
              guint       n,
              const char *singular,
              const char *plural)
{
  if (n == 0)
    return;
  if (note->len > 0)
    g_string_append_c (note, ' ');
  g_string_append_printf (note, g_dngettext (GETTEXT_PACKAGE, singular, plural, n), n);
}

static char *
make_note (const EntForecast *self)
{
  GString *note = g_string_new (NULL);
  g_autofree char *left_out = ent_amounts_display (self->left_out, ENT_DISPLAY_SHORT, NULL);

  if (left_out != NULL)
    g_string_append_printf (note, _("%s has no exchange rate to %s and is not counted; add a line to the program’s "
                                    "exchange rates."), left_out, self->currency);
  add_sentence (note, self->n_overdue, N_("%u open deal of a quarter that is over is not counted; set its close anew."),
                N_("%u open deals of quarters that are over are not counted; set their close anew."));
  add_sentence (note, self->n_undated, N_("%u open deal without an expected close is not counted."),
                N_("%u open deals without an expected close are not counted."));
  add_sentence (note, self->n_unknown, N_("%u deal without an amount or probability is not in the sum."),
                N_("%u deals without an amount or probability are not in the sum."));
  if (self->goal == 0)
    g_string_append_printf (note, "%s%s", note->len > 0 ? " " : "",
                            _("There is no target; add a goal with a line “quarter_target” to the program."));
  return g_string_free (note, note->len == 0);
}

static void
explain_target (const EntForecast *self,
                EntWhy            *why)
{
  g_autofree char *target = NULL;
  g_autofree char *coverage = NULL;

  if (self->goal == 0)
    return;
  target = ent_money_display (self->target, self->currency, ENT_DISPLAY_SHORT);
  ent_why_add (why, self->goal_title, target, NULL, self->goal);
  if (self->coverage_pct < 0)
    return;
  coverage = ent_percent_display (self->coverage_pct);
  ent_why_add (why, _("Coverage: weighted / what remains of the target"), coverage, NULL, 0);
}

EntWhy *
ent_forecast_explain (const EntForecast *self,
                      const EntDeals    *deals,
                      GArray            *won,
                      GArray            *open)
{
  g_autoptr (EntAmounts) sum = ent_amounts_new ();
  g_autofree char *quarter = ent_quarter_display (self->quarter);
  g_autofree char *title = g_strdup_printf (_("Forecast %s"), quarter);
  g_autofree char *value = NULL;
  g_autofree char *won_label = g_strdup_printf (_("Won (%u)"), self->n_won);
  g_autofree char *won_value = ent_amounts_display (self->won, ENT_DISPLAY_SHORT, "0");
  g_autofree char *note = make_note (self);
  EntWhy *why;

  ent_amounts_set_first (sum, deals->policy->currency);
  for (guint i = 0; i < won->len + open->len; i++)
    {
      const EntForecastLine *line = i < won->len ? &g_array_index (won, EntForecastLine, i)
                                                 : &g_array_index (open, EntForecastLine, i - won->len);

      ent_amounts_add (sum, line->deal->amount, line->deal->currency, line->pct);
    }
  value = ent_amounts_display (sum, ENT_DISPLAY_FULL, "0");
  why = ent_why_new (title, value);
  ent_why_set_formula (why, _("Won in the quarter + sum of amount × probability of open deals expected to close in it"));
  ent_why_add (why, won_label, won_value, NULL, 0);
  explain_stages (deals, open, why);
  explain_largest (open, why);
  if (deals->policy->probabilities_key != 0)
    ent_why_add (why, _("Probability by stage"), NULL, NULL, deals->policy->probabilities_key);
  explain_target (self, why);
  ent_why_set_note (why, note);
  return why;
}
