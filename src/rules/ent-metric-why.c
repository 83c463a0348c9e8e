/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* Values in words, with the records behind them. */

#define MAX_LINES 40 /* of an explanation; the rest is told as a number */

/* --- Numbers -------------------------------------------------------------------------------------------- */

static char *
display_decimal (gint64 hundredths)
{
  EntFieldInfo info = { .name = "number", .type = ENT_FIELD_SCORE, .label = "" };
  EntField field = { .info = info };
  EntValue value = { ENT_VALUE_INT, { 0 }, hundredths, { NULL } };

  return ent_value_display (&field, &value, ENT_DISPLAY_FULL, NULL, NULL);
}

static char *
display_percent (gint64 number)
{
  EntFieldInfo info = { .name = "number", .type = ENT_FIELD_PERCENT, .label = "" };
  EntField field = { .info = info };
  EntValue value = { ENT_VALUE_INT, { 0 }, number, { NULL } };

  return ent_value_display (&field, &value, ENT_DISPLAY_FULL, NULL, NULL);
}

/* "$15,000" rather than "$15,000.00". */
static char *
display_money (gint64      minor,
               const char *currency)
{
  g_autofree char *text = ent_money_display (minor, currency, ENT_DISPLAY_FULL);
  int digits = ent_currency_get_digits (currency);
  gint64 unit = 1;
  g_autofree char *zeros = NULL;
  char *found;

  for (int i = 0; i < digits; i++)
    unit *= 10;
  zeros = g_strdup_printf ("%s%0*d", localeconv ()->decimal_point, digits, 0);
  found = digits > 0 && minor % unit == 0 ? g_strrstr (text, zeros) : NULL;
  if (found != NULL)
    memmove (found, found + strlen (zeros), strlen (found + strlen (zeros)) + 1);
  return g_steal_pointer (&text);
}

char *
ent_unit_display (EntUnit     unit,
                  gint64      number,
                  const char *currency)
{
  g_autofree char *decimal = NULL;
  gulong plural = (gulong) ABS (number / 100 + (number % 100 != 0));

  if (unit == ENT_UNIT_MONEY)
    return display_money (number, currency);
  if (unit == ENT_UNIT_PERCENT)
    return display_percent (number);
  if (unit == ENT_UNIT_UNLIMITED)
    return g_strdup (_("Unlimited"));
  decimal = display_decimal (number);
  switch (unit)
    {
    case ENT_UNIT_HOURS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s hour", "%s hours", plural), decimal);
    case ENT_UNIT_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s day", "%s days", plural), decimal);
    case ENT_UNIT_MINUTES:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s minute", "%s minutes", plural), decimal);
    case ENT_UNIT_MONTHS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s month", "%s months", plural), decimal);
    case ENT_UNIT_MULTIPLE:
      return g_strdup_printf (_("%s times"), decimal);
    default:
      return g_steal_pointer (&decimal);
    }
}

/* The operator in words, with a %s for the number. */
static const char *
get_pattern (EntOperator operator)
{
  switch (operator)
    {
    case ENT_OPERATOR_MORE_THAN:
      return _("more than %s");
    case ENT_OPERATOR_AT_MOST:
      return _("at most %s");
    case ENT_OPERATOR_LESS_THAN:
      return _("less than %s");
    case ENT_OPERATOR_EQUALS:
      return _("exactly %s");
    case ENT_OPERATOR_NOT_EQUALS:
      return _("not %s");
    case ENT_OPERATOR_ONE_OF:
      return _("one of %s");
    case ENT_OPERATOR_AT_LEAST:
    case ENT_OPERATOR_IS_SET:
    default:
      return _("at least %s");
    }
}

char *
ent_program_rule_describe (const EntProgramRule *self,
                           gint64                number)
{
  g_autofree char *text = NULL;

  if (self->operator == ENT_OPERATOR_IS_SET)
    return g_strdup (_("required"));
  if (self->unit == ENT_UNIT_TEXT)
    text = g_strdup (self->words != NULL ? self->words : _("nothing"));
  else if (self->unit == ENT_UNIT_UNLIMITED)
    return g_strdup (_("unlimited"));
  else if (!self->has_number)
    text = g_strdup (_("nothing"));
  else
    text = ent_unit_display (self->unit, number, self->currency);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return g_strdup_printf (get_pattern (self->operator), text);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

static char *
display_sums (const EntMetricValue *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_sums; i++)
    {
      g_autofree char *sum = ent_unit_display (ENT_UNIT_MONEY, self->sums[i].amount, self->sums[i].currency);

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", sum);
    }
  if (self->has_more_sums)
    g_string_append (text, _(" and more in other currencies"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ent_metric_value_display (const EntMetricValue *self)
{
  g_autofree char *day = NULL;
  g_autofree char *percent = NULL;

  if (!self->is_known && self->last == G_MININT64)
    return g_strdup (_("No data"));
  if (!self->is_known)
    {
      day = ent_date_display (self->last, ENT_DISPLAY_SHORT);
      return g_strdup_printf (_("No data since %s"), day);
    }
  if (self->n_ranked > 0)
    {
      /* A tenth is enough to read, rounded up as the number is. */
      percent = display_percent ((self->number + 999) / 1000 * 1000);
      return g_strdup_printf (_("%u of %u (top %s)"), self->rank, self->n_ranked, percent);
    }
  if (self->is_flag)
    return g_strdup (self->number != 0 ? _("Yes") : _("No"));
  if (self->words != NULL)
    return g_strdup (self->words);
  if (self->unit == ENT_UNIT_MONEY && self->n_sums > 0)
    return display_sums (self);
  if (self->unit == ENT_UNIT_MONEY)
    return g_strdup (_("None"));
  if (self->unit == ENT_UNIT_TEXT)
    return g_strdup (_("Set"));
  return ent_unit_display (self->unit, self->number, NULL);
}

char *
ent_metrics_dup_label (EntMetrics *self,
                       const char *metric)
{
  const EntMetricInfo *info = ent_metric_find_info (metric);
  char *words;

  if (info != NULL)
    return g_strdup (_(info->label));
  for (guint i = 0; self != NULL && i < self->fields->len; i++)
    {
      const EntField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->info.name, metric))
        return g_strdup (ent_field_get_label (field));
    }
  words = g_strdelimit (g_strdup (metric), "_.-", ' ');
  words[0] = g_ascii_toupper (words[0]);
  return words;
}

/* --- Rows ------------------------------------------------------------------------------------------------- */

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  const Fact *first = a, *second = b;

  if (first->day != second->day)
    return first->day > second->day ? -1 : 1;
  return first->key < second->key ? -1 : first->key > second->key;
}

/* The facts that were counted, newest first; those of one record as one. */
static GArray *
collect_facts (EntMetrics *self,
               guint       partner_number,
               const char *metric,
               int         window_months)
{
  const Partner *partner = metrics_get_nth (self, partner_number);
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  MetricDef scratch = { .info = { .name = metric } };
  guint index;
  const MetricDef *def = metrics_resolve (self, metric, &scratch, &index);
  gint64 from = ent_metric_window_start (self->today, window_months > 0 ? window_months : def->info.window);
  gboolean newest_only = def->kind == KIND_NEWEST || def->kind == KIND_RANK;

  if (def->kind == KIND_FIELD || def->kind == KIND_MONTHS_SINCE)
    return facts;
  for (guint i = 0; i < partner->facts->len; i++)
    {
      const Fact *fact = &g_array_index (partner->facts, Fact, i);

      if (metrics_fact_counts (self, def, def->source == SOURCE_FIGURE ? index : 0, fact, from))
        g_array_append_val (facts, *fact);
    }
  g_array_sort (facts, compare_newest);
  if (newest_only && facts->len > 1)
    g_array_set_size (facts, 1);
  for (guint i = 1; i < facts->len; i++)
    for (guint j = 0; j < i; j++)
      if (g_array_index (facts, Fact, i).key == g_array_index (facts, Fact, j).key)
        {
          g_array_index (facts, Fact, j).value += g_array_index (facts, Fact, i).value;
          g_array_remove_index (facts, i--);
          break;
        }
  return facts;
}

GArray *
ent_metrics_get_rows (EntMetrics *self,
                      guint       partner,
                      const char *metric,
                      int         window_months)
{
  g_autoptr (GArray) facts = collect_facts (self, partner, metric, window_months);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (guint i = 0; i < facts->len; i++)
    g_array_append_val (keys, g_array_index (facts, Fact, i).key);
  if (facts->len == 0)
    {
      MetricDef scratch = { .info = { .name = metric } };
      guint index;
      const MetricDef *def = metrics_resolve (self, metric, &scratch, &index);

      if (def->kind == KIND_FIELD || def->kind == KIND_MONTHS_SINCE)
        g_array_append_val (keys, metrics_get_nth (self, partner)->key);
    }
  return keys;
}

static char *
display_fact (const MetricDef *def,
              const Fact      *fact)
{
  if (fact->currency[0] != '\0')
    return ent_unit_display (ENT_UNIT_MONEY, fact->value, fact->currency);
  if (def->kind == KIND_PEOPLE || (fact->value == 100 && def->kind != KIND_NEWEST && def->kind != KIND_AVERAGE))
    return ent_date_display (fact->day, ENT_DISPLAY_SHORT);
  return ent_unit_display (def->info.unit == ENT_UNIT_PERCENT ? ENT_UNIT_POINTS : def->info.unit, fact->value, NULL);
}

static void
add_lines (EntMetrics      *self,
           EntStore        *store,
           EntWhy          *why,
           const MetricDef *def,
           GArray          *facts)
{
  for (guint i = 0; i < facts->len && i < MAX_LINES; i++)
    {
      const Fact *fact = &g_array_index (facts, Fact, i);
      g_autofree char *title = ent_store_dup_title (store, fact->key);
      g_autofree char *value = display_fact (def, fact);

      ent_why_add (why, title != NULL ? title : _("A record that is gone"), value, NULL, fact->key);
    }
  if (facts->len > MAX_LINES)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more",
                                                            facts->len - MAX_LINES), facts->len - MAX_LINES);

      ent_why_add (why, more, NULL, NULL, 0);
    }
}

static void
set_note (EntMetrics           *self,
          EntWhy               *why,
          const EntMetricValue *value,
          int                   months)
{
  g_autofree char *today = ent_date_display (self->today, ENT_DISPLAY_FULL);
  g_autofree char *from = NULL;
  g_autofree char *note = NULL;

  if (!value->is_known)
    note = g_strdup_printf (_("As of %s. Nothing on record is unknown, not zero."), today);
  else if (months > 0)
    {
      from = ent_date_display (ent_metric_window_start (self->today, months), ENT_DISPLAY_FULL);
      note = g_strdup_printf (_("Counted from %s to %s."), from, today);
    }
  else
    note = g_strdup_printf (_("As of %s."), today);
  ent_why_set_note (why, note);
}

EntWhy *
ent_metrics_explain (EntMetrics *self,
                     EntStore   *store,
                     guint       partner,
                     const char *metric,
                     int         window_months)
{
  MetricDef scratch = { .info = { .name = metric, .unit = ENT_UNIT_COUNT } };
  guint index;
  const MetricDef *def = metrics_resolve (self, metric, &scratch, &index);
  g_autoptr (GArray) facts = collect_facts (self, partner, metric, window_months);
  g_autofree char *label = ent_metrics_dup_label (self, metric);
  g_autofree char *text = NULL;
  EntMetricValue value;
  EntWhy *why;
  int months = window_months > 0 ? window_months : def->info.window;

  ent_metrics_get (self, partner, metric, window_months, &value);
  text = ent_metric_value_display (&value);
  why = ent_why_new (label, text);
  ent_why_set_formula (why, def != &scratch ? _(def->info.formula)
                            : def->kind == KIND_FIELD ? _("A field of the partner.")
                            : _("The newest figure written down in a plan or review of the partner."));
  if (def->kind == KIND_FIELD || def->kind == KIND_MONTHS_SINCE)
    ent_why_add (why, metrics_get_nth (self, partner)->title, text, NULL, metrics_get_nth (self, partner)->key);
  add_lines (self, store, why, def, facts);
  set_note (self, why, &value,
            def->kind == KIND_SUM_IN_FORCE || def->kind == KIND_PEOPLE || def->kind == KIND_FIELD ? 0 : months);
  return why;
}
