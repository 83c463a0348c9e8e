/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-deal-policy.h"

#include <string.h>

#include "store/ent-query.h"

#define ALL_PCT 1000000 /* 100 % */

static void
target_clear (gpointer data)
{
  g_free (((EntDealTarget *) data)->title);
}

static EntDealPolicy *
policy_new (void)
{
  EntDealPolicy *self = g_atomic_rc_box_new0 (EntDealPolicy);

  self->probabilities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->required = g_ptr_array_new_with_free_func (g_free);
  self->levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->targets = g_array_new (FALSE, TRUE, sizeof (EntDealTarget));
  g_array_set_clear_func (self->targets, target_clear);
  return self;
}

EntDealPolicy *
ent_deal_policy_ref (EntDealPolicy *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
policy_clear (gpointer data)
{
  EntDealPolicy *self = data;

  g_hash_table_unref (self->probabilities);
  g_free (self->reopen_seniority);
  g_ptr_array_unref (self->required);
  g_clear_pointer (&self->rates, ent_exchange_rates_free);
  g_hash_table_unref (self->levels);
  g_array_unref (self->targets);
}

void
ent_deal_policy_unref (EntDealPolicy *self)
{
  g_atomic_rc_box_release_full (self, policy_clear);
}

/* --- Reading rows ---------------------------------------------------------------------------------------- */

/* Where rows are read: a transaction, or the store outside of one. */
typedef struct
{
  EntStore       *store;
  EntTransaction *transaction;
  GCancellable   *cancellable;
} Source;

static gboolean
is_active (EntRecord *definition)
{
  const char *status = ent_record_get_text (definition, "status");

  return status == NULL || g_str_equal (status, "active");
}

/* The lines of the definition with that reference; none when it is missing or retired. (transfer full) */
static GPtrArray *
read_lines (const Source *source,
            const char   *ref,
            EntKey       *key,
            GError      **error)
{
  const EntRecordType *type = ent_store_get_record_type (source->store, "program_rule");
  g_autoptr (EntRecord) definition = NULL;

  *key = source->transaction != NULL ? ent_transaction_resolve (source->transaction, NULL, ref, NULL)
                                     : ent_store_resolve (source->store, NULL, ref, NULL);
  if (*key == 0)
    return g_ptr_array_new_with_free_func (g_object_unref);
  definition = source->transaction != NULL ? ent_transaction_get (source->transaction, *key, error)
                                           : ent_store_get (source->store, *key, error);
  if (definition == NULL)
    return NULL;
  if (!is_active (definition))
    {
      *key = 0;
      return g_ptr_array_new_with_free_func (g_object_unref);
    }
  return source->transaction != NULL ? ent_transaction_get_children (source->transaction, *key, type, error)
                                     : ent_store_get_children (source->store, *key, type, error);
}

static gint64 *
boxed (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

/* A count or number of days: lines keep them in hundredths. */
static gint64
whole (EntRecord *line)
{
  return MAX (0, ent_record_get_int (line, "threshold", 0) / 100);
}

static gboolean
read_percentages (const Source *source,
                  const char   *ref,
                  GHashTable   *table,
                  EntKey       *key,
                  GError      **error)
{
  g_autoptr (GPtrArray) lines = read_lines (source, ref, key, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      const char *metric = ent_record_get_text (line, "metric");

      if (metric != NULL && !ent_value_is_null (ent_record_get_named (line, "threshold_pct")))
        g_hash_table_replace (table, g_strdup (metric), boxed (ent_record_get_int (line, "threshold_pct", 0)));
    }
  return lines != NULL;
}

static gboolean
read_registration (EntDealPolicy *self,
                   const Source  *source,
                   GError       **error)
{
  g_autoptr (GPtrArray) lines = read_lines (source, "ref:policy:deal_registration", &self->registration_key, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      const char *metric = ent_record_get_text (line, "metric");
      const char *text = ent_record_get_text (line, "threshold_text");

      if (g_strcmp0 (metric, "registration_days") == 0)
        self->registration_days = whole (line);
      else if (g_strcmp0 (metric, "registration_renewal") == 0)
        self->renewal_needs_proof = TRUE;
      else if (g_strcmp0 (metric, "registration_reopen") == 0)
        g_set_str (&self->reopen_seniority, text != NULL ? text : "individual");
    }
  return lines != NULL;
}

static gboolean
read_hygiene (EntDealPolicy *self,
              const Source  *source,
              GError       **error)
{
  g_autoptr (GPtrArray) lines = read_lines (source, "ref:policy:pipeline", &self->hygiene_key, error);
  g_autoptr (GPtrArray) fields = NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      const char *metric = ent_record_get_text (line, "metric");

      if (g_strcmp0 (metric, "stalled_days") == 0)
        self->stalled_days = whole (line);
      else if (g_strcmp0 (metric, "expiry_warning_days") == 0)
        self->expiry_warning_days = whole (line);
    }
  if (lines != NULL)
    fields = read_lines (source, "ref:policy:influenced_pipeline", &self->required_key, error);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const char *metric = ent_record_get_text (g_ptr_array_index (fields, i), "metric");

      if (metric != NULL)
        g_ptr_array_add (self->required, g_strdup (metric));
    }
  return fields != NULL;
}

/* --- Levels and goals --------------------------------------------------------------------------------------- */

/* Definitions of a kind that hold. (transfer full) */
static GPtrArray *
read_kind (const Source *source,
           const char   *filter_text,
           GError      **error)
{
  const EntRecordType *type = ent_store_get_record_type (source->store, "program");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, filter_text, NULL, error);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = NULL;

  if (filter == NULL || (result = ent_store_query (source->store, &query, source->cancellable, error)) == NULL)
    return NULL;
  return ent_store_load (source->store, type, ent_result_get_rows (result), ent_result_get_n (result), NULL, 0,
                         source->cancellable, error);
}

static gboolean
read_levels (EntDealPolicy *self,
             const Source  *source,
             GError       **error)
{
  g_autoptr (GPtrArray) levels = read_kind (source, "kind = level", error);

  for (guint i = 0; levels != NULL && i < levels->len; i++)
    {
      EntRecord *level = g_ptr_array_index (levels, i);

      if (level != NULL)
        g_hash_table_replace (self->levels, boxed (ent_record_get_key (level)),
                              GINT_TO_POINTER ((int) ent_record_get_int (level, "rank", G_MAXINT)));
    }
  return levels != NULL;
}

static void
add_target (EntDealPolicy *self,
            EntRecord     *goal,
            EntRecord     *line)
{
  const EntValue *amount = ent_record_get_named (line, "threshold_amount");
  const EntValue *types = ent_record_get_named (line, "applies_to_type");
  const char *metric = ent_record_get_text (line, "metric");
  EntDealTarget target = { .goal = ent_record_get_key (goal) };

  if (amount->kind != ENT_VALUE_MONEY ||
      (g_strcmp0 (metric, "quarter_target") != 0 && g_strcmp0 (metric, "isv_pipeline") != 0))
    return;
  target.title = g_strdup (ent_record_get_title (goal));
  target.amount = amount->integer;
  memcpy (target.currency, amount->currency, sizeof target.currency);
  target.from = ent_record_get_int (goal, "effective_from", G_MININT64);
  target.until = ent_record_get_int (goal, "effective_to", G_MAXINT64);
  target.technology_only = types->kind == ENT_VALUE_LIST &&
                           g_strv_contains ((const char * const *) types->list, "technology");
  /* A target of the workspace's own goes before the one that came with the program. */
  if (g_str_equal (metric, "quarter_target"))
    g_array_prepend_val (self->targets, target);
  else
    g_array_append_val (self->targets, target);
}

static gboolean
read_targets (EntDealPolicy *self,
              const Source  *source,
              GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (source->store, "program_rule");
  g_autoptr (GPtrArray) goals = read_kind (source, "kind = goal and status = active", error);

  for (guint i = 0; goals != NULL && i < goals->len; i++)
    {
      EntRecord *goal = g_ptr_array_index (goals, i);
      g_autoptr (GPtrArray) lines = NULL;

      if (goal == NULL)
        continue;
      lines = ent_store_get_children (source->store, ent_record_get_key (goal), type, error);
      if (lines == NULL)
        return FALSE;
      for (guint j = 0; j < lines->len; j++)
        add_target (self, goal, g_ptr_array_index (lines, j));
    }
  return goals != NULL;
}

/* --- Loading --------------------------------------------------------------------------------------------------- */

EntDealPolicy *
ent_deal_policy_load (EntStore      *store,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (EntDealPolicy) self = policy_new ();
  const Source source = { store, NULL, cancellable };

  self->rates = ent_exchange_rates_load (store, error);
  if (self->rates == NULL)
    return NULL;
  self->currency = ent_exchange_rates_get_reporting (self->rates);
  if (!read_percentages (&source, "ref:rates:stage_probability", self->probabilities, &self->probabilities_key,
                         error) ||
      !read_registration (self, &source, error) || !read_hygiene (self, &source, error) ||
      !read_levels (self, &source, error) || !read_targets (self, &source, error))
    return NULL;
  return g_steal_pointer (&self);
}

EntDealPolicy *
ent_deal_policy_load_in (EntTransaction *transaction,
                         GError        **error)
{
  g_autoptr (EntDealPolicy) self = policy_new ();
  const Source source = { ent_transaction_get_store (transaction), transaction,
                          ent_transaction_get_cancellable (transaction) };

  return read_registration (self, &source, error) ? g_steal_pointer (&self) : NULL;
}

/* --- Asking ------------------------------------------------------------------------------------------------------ */

gint64
ent_deal_policy_get_probability (const EntDealPolicy *self,
                                 const char          *stage)
{
  const gint64 *found = stage != NULL ? g_hash_table_lookup (self->probabilities, stage) : NULL;

  return found != NULL ? CLAMP (*found, 0, ALL_PCT) : -1;
}

const EntDealTarget *
ent_deal_policy_get_target (const EntDealPolicy *self,
                            gint64               first_day,
                            gint64               last_day)
{
  const EntDealTarget *always = NULL;

  for (guint i = 0; i < self->targets->len; i++)
    {
      const EntDealTarget *target = &g_array_index (self->targets, EntDealTarget, i);
      gboolean bounded = target->from != G_MININT64 || target->until != G_MAXINT64;

      if (target->from > first_day || target->until < last_day)
        continue;
      if (bounded)
        return target;
      if (always == NULL)
        always = target;
    }
  return always;
}

gboolean
ent_deal_policy_convert (const EntDealPolicy *self,
                         gint64               minor,
                         const char          *currency,
                         const char          *to,
                         gint64              *result)
{
  return ent_exchange_rates_convert (self->rates, minor, currency, to, result);
}

gint64
ent_deal_policy_sum (const EntDealPolicy *self,
                     const EntAmounts    *amounts,
                     const char          *to,
                     EntAmounts          *left_out)
{
  gint64 sum = 0;

  for (guint i = 0; i < ent_amounts_get_n (amounts); i++)
    {
      const char *currency;
      gint64 minor = ent_amounts_get_nth (amounts, i, &currency), converted;

      if (!ent_deal_policy_convert (self, minor, currency, to, &converted) || __builtin_add_overflow (sum, converted, &sum))
        ent_amounts_add (left_out, minor, currency, 1000000);
    }
  return sum;
}

gboolean
ent_deal_policy_may_reopen (const EntDealPolicy *self,
                            const char          *seniority)
{
  static const char * const order[] = { "individual", "manager", "director", "vp", "c_level" };
  int wanted = -1, has = -1;

  for (int i = 0; i < (int) G_N_ELEMENTS (order); i++)
    {
      if (g_strcmp0 (order[i], self->reopen_seniority) == 0)
        wanted = i;
      if (g_strcmp0 (order[i], seniority) == 0)
        has = i;
    }
  return has >= wanted;
}

