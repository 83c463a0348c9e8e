/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

#include <string.h>

/* Values from facts. */

/* --- Life ---------------------------------------------------------------------------------------------- */

EntMetrics *
ent_metrics_ref (EntMetrics *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
partner_clear (Partner *self)
{
  g_free (self->title);
  g_array_unref (self->facts);
  for (guint i = 0; i < self->fields_n; i++)
    ent_value_clear (&self->fields[i]);
  g_free (self->fields);
}

static void
metrics_clear (gpointer data)
{
  EntMetrics *self = data;

  ent_program_unref (self->program);
  g_array_unref (self->partners);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->figures);
  g_array_unref (self->deals);
  g_hash_table_unref (self->campaigns);
  g_hash_table_unref (self->came_from);
  g_hash_table_unref (self->plans);
  g_hash_table_unref (self->employers);
  g_clear_pointer (&self->rates, ent_exchange_rates_free);
}

void
ent_metrics_unref (EntMetrics *self)
{
  g_atomic_rc_box_release_full (self, metrics_clear);
}

/* --- Partners -------------------------------------------------------------------------------------------- */

gint64
ent_metrics_get_today (EntMetrics *self)
{
  return self->today;
}

EntProgram *
ent_metrics_get_program (EntMetrics *self)
{
  return self->program;
}

guint
ent_metrics_get_n_partners (EntMetrics *self)
{
  return self->partners->len;
}

Partner *
metrics_get_nth (EntMetrics *self,
                 guint       partner)
{
  g_assert (partner < self->partners->len);
  return &g_array_index (self->partners, Partner, partner);
}

int
ent_metrics_find_partner (EntMetrics *self,
                          EntKey      key)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->by_key, &key)) - 1;
}

Partner *
metrics_lookup (EntMetrics *self,
                EntKey      key)
{
  int partner = ent_metrics_find_partner (self, key);

  return partner >= 0 ? metrics_get_nth (self, (guint) partner) : NULL;
}

void
metrics_add_fact (EntMetrics *self,
                  EntKey      partner,
                  const Fact *fact)
{
  Partner *owner = partner != 0 ? metrics_lookup (self, partner) : NULL;

  if (owner == NULL)
    return;
  g_array_append_vals (owner->facts, fact, 1);
  if (self->touched != NULL)
    g_hash_table_add (self->touched, g_memdup2 (&partner, sizeof partner));
  self->scores_are_open |= fact->is_open;
}

EntKey
ent_metrics_get_partner (EntMetrics *self,
                         guint       partner)
{
  return metrics_get_nth (self, partner)->key;
}

const char *
ent_metrics_get_title (EntMetrics *self,
                       guint       partner)
{
  return metrics_get_nth (self, partner)->title;
}

EntKey
ent_metrics_get_level (EntMetrics *self,
                       guint       partner)
{
  return metrics_get_nth (self, partner)->level;
}

int
ent_metrics_get_type (EntMetrics *self,
                      guint       partner)
{
  return metrics_get_nth (self, partner)->type;
}

const char *
ent_metrics_get_lifecycle (EntMetrics *self,
                           guint       partner)
{
  return metrics_get_nth (self, partner)->lifecycle;
}

const EntLadder *
ent_metrics_get_ladder (EntMetrics *self,
                        guint       partner)
{
  const EntLadder *ladder = ent_program_find_ladder (self->program, metrics_get_nth (self, partner)->level);

  return ladder != NULL ? ladder : ent_program_get_usual_ladder (self->program);
}

/* --- Days --------------------------------------------------------------------------------------------------- */

gint64
ent_metric_window_start (gint64 today,
                         int    months)
{
  int year, month, day;
  gint64 start;

  if (months <= 0)
    return G_MININT64;
  ent_date_to_ymd (today, &year, &month, &day);
  month -= 1 + months;
  year += month / 12 - (month % 12 < 0);
  month = (month % 12 + 12) % 12 + 1;
  while (!ent_date_is_valid_ymd (year, month, day))
    day--;
  start = ent_date_from_ymd (year, month, day);
  return start + 1;
}

static gint64
months_since (gint64 since,
              gint64 today)
{
  int year, month, day, year_now, month_now, day_now;

  ent_date_to_ymd (since, &year, &month, &day);
  ent_date_to_ymd (today, &year_now, &month_now, &day_now);
  return (gint64) (year_now - year) * 12 + month_now - month - (day_now < day);
}

/* --- Values --------------------------------------------------------------------------------------------------- */

const MetricDef *
metrics_resolve (EntMetrics *self,
                 const char *name,
                 MetricDef  *scratch,
                 guint      *index)
{
  const MetricDef *def = metric_find_def (name);
  const char *field = def != NULL && def->kind == KIND_FIELD ? def->field : def == NULL ? name : NULL;

  *index = 0;
  for (guint i = 0; field != NULL && i < self->fields->len; i++)
    if (g_str_equal (((const EntField *) g_ptr_array_index (self->fields, i))->info.name, field))
      {
        *index = i + 1;
        scratch->kind = KIND_FIELD;
        scratch->ours = TRUE;
        return def != NULL ? def : scratch;
      }
  if (def != NULL)
    return def;
  scratch->kind = KIND_NEWEST;
  scratch->source = SOURCE_FIGURE;
  for (guint i = 0; i < self->figures->len; i++)
    if (g_str_equal (g_ptr_array_index (self->figures, i), name))
      *index = i + 1;
  return scratch;
}

static void
add_sum (EntMetricValue *value,
         const char     *currency,
         gint64          amount)
{
  guint i = 0;

  while (i < value->n_sums && memcmp (value->sums[i].currency, currency, 3) != 0)
    i++;
  if (i == ENT_METRIC_MAX_SUMS)
    {
      value->has_more_sums = TRUE;
      return;
    }
  if (i == value->n_sums)
    {
      memcpy (value->sums[i].currency, currency, 4);
      value->sums[i].amount = 0;
      value->n_sums++;
    }
  if (__builtin_add_overflow (value->sums[i].amount, amount, &value->sums[i].amount))
    value->has_more_sums = TRUE;
}

gboolean
metrics_fact_counts (EntMetrics      *self,
                     const MetricDef *def,
                     guint            name,
                     const Fact      *fact,
                     gint64           from)
{
  if (fact->source != def->source || fact->name != name || !fact->counts || fact->is_told ||
      fact->day > self->today)
    return FALSE;
  if (def->kind == KIND_SUM_IN_FORCE || def->kind == KIND_PEOPLE)
    return fact->until >= self->today;
  return fact->day >= from;
}

/* People with several certificates count once. */
static gboolean
is_first_of_person (EntMetrics      *self,
                    const Partner   *partner,
                    const MetricDef *def,
                    guint            index)
{
  const Fact *fact = &g_array_index (partner->facts, Fact, index);

  for (guint i = 0; i < index; i++)
    {
      const Fact *other = &g_array_index (partner->facts, Fact, i);

      if (other->other == fact->other && metrics_fact_counts (self, def, 0, other, G_MININT64))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  gint64 sum;
  guint  n, n_promoters, n_detractors, n_in_window;
  gint64 last; /* day of the newest fact */
} Tally;

static void
tally_facts (EntMetrics      *self,
             const Partner   *partner,
             const MetricDef *def,
             guint            name,
             gint64           from,
             Tally           *tally,
             EntMetricValue  *value)
{
  for (guint i = 0; i < partner->facts->len; i++)
    {
      const Fact *fact = &g_array_index (partner->facts, Fact, i);

      if (fact->source != def->source || fact->name != name || fact->day > self->today)
        continue;
      tally->last = MAX (tally->last, fact->day);
      tally->n_in_window += fact->day >= from;
      if (!metrics_fact_counts (self, def, name, fact, from) ||
          (def->kind == KIND_PEOPLE && !is_first_of_person (self, partner, def, i)))
        continue;
      tally->n++;
      tally->n_promoters += fact->value >= 900;
      tally->n_detractors += fact->value <= 600;
      if (fact->currency[0] != '\0')
        add_sum (value, fact->currency, fact->value);
      else
        tally->sum += fact->value;
    }
}

/* What is nothing on record: for records that we keep ourselves, that there never was one; for what others bring,
 * that there is none in the window. */
static void
finish_tally (const MetricDef *def,
              const Tally     *tally,
              int              months,
              EntMetricValue  *value)
{
  value->last = tally->last;
  value->n_rows = tally->n;
  value->is_known = def->ours ? tally->last != G_MININT64 : tally->n_in_window > 0;
  switch (def->kind)
    {
    case KIND_MONTHLY:
      value->is_known &= ent_mul_div (tally->sum, 1, MAX (months, 1), &value->number);
      break;
    case KIND_AVERAGE:
      value->is_known = tally->n > 0 && ent_mul_div (tally->sum, 1, tally->n, &value->number);
      break;
    case KIND_NPS:
      value->is_known = tally->n > 0 && ent_mul_div ((gint64) tally->n_promoters - tally->n_detractors, 10000,
                                                     tally->n, &value->number);
      break;
    case KIND_PEOPLE:
      value->is_known = tally->last != G_MININT64;
      value->number = (gint64) tally->n * 100;
      break;
    case KIND_SUM:
    case KIND_SUM_IN_FORCE:
      value->number = value->n_sums > 0 ? value->sums[0].amount : 0;
      break;
    default:
      value->number = tally->sum;
    }
}

static void
get_field (EntMetrics     *self,
           const Partner  *partner,
           guint           index,
           EntMetricValue *value)
{
  const EntField *field = g_ptr_array_index (self->fields, index);
  const EntValue *stored = &partner->fields[index];

  value->is_known = !ent_value_is_null (stored);
  value->n_rows = value->is_known;
  value->number = stored->kind == ENT_VALUE_TEXT || stored->kind == ENT_VALUE_LIST ? 0 : stored->integer;
  value->unit = ENT_UNIT_TEXT;
  if (stored->kind == ENT_VALUE_TEXT)
    value->words = stored->text;
  else if (stored->kind == ENT_VALUE_LIST)
    {
      value->unit = ENT_UNIT_COUNT;
      value->number = (gint64) g_strv_length (stored->list) * 100;
      value->list = (const char * const *) stored->list;
    }
  else if (field->info.type == ENT_FIELD_MONEY)
    {
      value->unit = ENT_UNIT_MONEY;
      if (value->is_known)
        add_sum (value, stored->currency, stored->integer);
    }
  else if (field->info.type == ENT_FIELD_BOOL)
    value->is_flag = TRUE;
  else if (field->info.type == ENT_FIELD_PERCENT)
    value->unit = ENT_UNIT_PERCENT;
  else if (field->info.type == ENT_FIELD_SCORE)
    value->unit = ENT_UNIT_COUNT;
  else if (field->info.type != ENT_FIELD_REF || ent_field_is_many (field))
    {
      value->unit = ENT_UNIT_COUNT;
      value->number *= 100;
    }
}

static void
get_rank (EntMetrics     *self,
          const Partner  *partner,
          EntMetricValue *value)
{
  const Fact *fact = metrics_find_newest (self, partner, SOURCE_SCORE, 0, G_MININT64);

  metrics_rank (self);
  value->last = fact != NULL ? fact->day : G_MININT64;
  value->is_known = partner->rank > 0;
  value->rank = partner->rank;
  value->n_ranked = partner->n_ranked;
  value->n_rows = value->is_known;
  /* Rounded up, so that a place just below a band is not in it. */
  if (value->is_known)
    value->number = ((gint64) partner->rank * 1000000 + partner->n_ranked - 1) / partner->n_ranked;
}

static void
get_newest (EntMetrics      *self,
            const Partner   *partner,
            const MetricDef *def,
            guint            name,
            gint64           from,
            EntMetricValue  *value)
{
  const Fact *ever = metrics_find_newest (self, partner, def->source, name, G_MININT64);
  const Fact *fact = metrics_find_newest (self, partner, def->source, name, from);

  value->last = ever != NULL ? ever->day : G_MININT64;
  value->is_known = fact != NULL;
  value->number = fact != NULL ? fact->value : 0;
  value->n_rows = value->is_known;
}

void
ent_metrics_get (EntMetrics     *self,
                 guint           partner_number,
                 const char     *metric,
                 int             window_months,
                 EntMetricValue *value)
{
  const Partner *partner = metrics_get_nth (self, partner_number);
  MetricDef scratch = { .info = { .name = metric, .unit = ENT_UNIT_COUNT } };
  guint index;
  const MetricDef *def = metrics_resolve (self, metric, &scratch, &index);
  int months = window_months > 0 ? window_months : def->info.window;
  gint64 from = ent_metric_window_start (self->today, months);
  Tally tally = { .last = G_MININT64 };

  memset (value, 0, sizeof *value);
  value->unit = def->info.unit;
  value->last = G_MININT64;
  value->rates = self->rates;
  if (def->kind == KIND_FIELD)
    {
      if (index > 0)
        get_field (self, partner, index - 1, value);
    }
  else if (def->kind == KIND_RANK)
    get_rank (self, partner, value);
  else if (def->kind == KIND_NEWEST)
    get_newest (self, partner, def, index, from, value);
  else if (def->kind == KIND_MONTHS_SINCE)
    {
      value->is_known = partner->since != G_MININT64 && partner->since <= self->today;
      value->number = value->is_known ? months_since (partner->since, self->today) * 100 : 0;
    }
  else
    {
      tally_facts (self, partner, def, 0, from, &tally, value);
      finish_tally (def, &tally, months, value);
    }
}

gboolean
ent_metric_value_convert (const EntMetricValue *self,
                          const char           *currency,
                          gint64               *number)
{
  gboolean is_complete = !self->has_more_sums;

  *number = 0;
  for (guint i = 0; i < self->n_sums; i++)
    {
      gint64 own = self->sums[i].amount;

      if (memcmp (self->sums[i].currency, currency, 3) != 0 &&
          (self->rates == NULL ||
           !ent_exchange_rates_convert (self->rates, self->sums[i].amount, self->sums[i].currency, currency, &own)))
        is_complete &= self->sums[i].amount == 0;
      else if (__builtin_add_overflow (*number, own, number))
        is_complete = FALSE;
    }
  return is_complete;
}
