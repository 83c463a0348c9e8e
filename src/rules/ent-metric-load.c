/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

#include <string.h>

#include "rules/ent-scan-fields.h"

/* Loading a snapshot: which tables are needed, the partners, then each table in one pass. */

/* --- What is needed ---------------------------------------------------------------------------------- */

static gboolean
decides (const EntProgramRule *rule)
{
  return g_str_equal (rule->definition->kind, "level") || g_str_equal (rule->definition->kind, "requirement");
}

static void
need_metric (EntMetrics          *self,
             const EntRecordType *organization,
             const char          *name)
{
  const MetricDef *def = metric_find_def (name);
  const char *word = g_intern_string (name);
  const char *field_name = def == NULL ? name : def->kind == KIND_FIELD ? def->field : NULL;
  const EntField *field = field_name != NULL ? ent_record_type_lookup (organization, field_name) : NULL;

  if (g_ptr_array_find (self->names, word, NULL))
    return;
  g_ptr_array_add (self->names, (gpointer) word);
  if (field != NULL && !g_ptr_array_find (self->fields, field, NULL))
    g_ptr_array_add (self->fields, (gpointer) field);
  else if (def != NULL)
    self->needs[def->source] = TRUE;
  else if (field == NULL)
    {
      self->needs[SOURCE_FIGURE] = TRUE;
      g_ptr_array_add (self->figures, (gpointer) word);
    }
}

static void
find_needs (EntMetrics          *self,
            const EntRecordType *organization,
            const char * const  *also)
{
  GPtrArray *rules = ent_program_get_rules (self->program);

  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);

      if (rule->metric != NULL && decides (rule))
        need_metric (self, organization, rule->metric);
    }
  for (guint i = 0; also != NULL && also[i] != NULL; i++)
    need_metric (self, organization, also[i]);
}

gboolean
metrics_needs_table (EntMetrics        *self,
                     const MetricTable *table)
{
  for (guint i = 0; i < N_SOURCES; i++)
    if (self->needs[i] && (table->sources >> i & 1) != 0)
      return TRUE;
  return FALSE;
}

/* --- Partners ------------------------------------------------------------------------------------------ */

static const char * const own_fields[] =
  { "title", "level", "partner_type", "lifecycle", "partner_since", "roles", NULL };

GArray *
metrics_find_partner_fields (EntMetrics          *self,
                             const EntRecordType *type)
{
  GArray *fields = ent_scan_find_fields (type, own_fields);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const EntField *field = g_ptr_array_index (self->fields, i);

      g_array_append_val (fields, field->index);
    }
  return fields;
}

void
metrics_read_partner (EntMetrics  *self,
                      EntRecord   *record,
                      const guint *f,
                      Partner     *partner)
{
  partner->key = ent_record_get_key (record);
  g_free (partner->title);
  partner->title = g_strdup (ent_record_get_title (record));
  partner->level = ent_scan_int (record, f[O_LEVEL], 0);
  partner->type = ent_program_read_type (ent_scan_text (record, f[O_TYPE]));
  partner->lifecycle = g_intern_string (ent_scan_text (record, f[O_LIFECYCLE]));
  partner->since = ent_scan_int (record, f[O_SINCE], G_MININT64);
  if (partner->fields == NULL)
    partner->fields = g_new0 (EntValue, self->fields->len + 1);
  for (guint i = 0; i < self->fields->len; i++)
    {
      ent_value_clear (&partner->fields[i]);
      ent_value_copy (ent_record_get (record, f[N_OWN_FIELDS + i]), &partner->fields[i]);
    }
}

typedef struct
{
  EntMetrics        *self;
  const MetricTable *table;
  const guint       *fields;
} Pass;

static void
add_partner_cb (EntRecord *record,
                gpointer   user_data)
{
  Pass *pass = user_data;
  EntMetrics *self = pass->self;
  Partner partner = { 0 };
  EntKey *key = g_new (EntKey, 1);

  metrics_read_partner (self, record, pass->fields, &partner);
  partner.facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  partner.fields_n = self->fields->len;
  g_array_append_val (self->partners, partner);
  *key = partner.key;
  g_hash_table_insert (self->by_key, key, GUINT_TO_POINTER (self->partners->len));
}

static gboolean
load_partners (EntMetrics    *self,
               EntStore      *store,
               GCancellable  *cancellable,
               GError       **error)
{
  EntQuery query = { .type = ent_store_get_record_type (store, "organization") };
  g_autoptr (EntFilter) filter = ent_filter_parse (query.type, "roles has partner", NULL, error);
  g_autoptr (GArray) fields = metrics_find_partner_fields (self, query.type);
  Pass pass = { self, NULL, (const guint *) fields->data };

  query.filter = filter;
  return filter != NULL &&
         ent_store_scan (store, &query, pass.fields, fields->len, add_partner_cb, &pass, cancellable, error);
}

/* --- Tables ---------------------------------------------------------------------------------------------- */

static void
read_row_cb (EntRecord *record,
             gpointer   user_data)
{
  Pass *pass = user_data;

  pass->table->read (pass->self, record, pass->fields);
}

static gboolean
load_table (EntMetrics         *self,
            EntStore           *store,
            const MetricTable  *table,
            GCancellable       *cancellable,
            GError            **error)
{
  EntQuery query = { .type = ent_store_get_record_type (store, table->type) };
  g_autoptr (EntFilter) filter =
    table->filter != NULL ? ent_filter_parse (query.type, table->filter, NULL, error) : NULL;
  g_autoptr (GArray) fields = ent_scan_find_fields (query.type, table->fields);
  Pass pass = { self, table, (const guint *) fields->data };

  query.filter = filter;
  return (table->filter == NULL || filter != NULL) &&
         ent_store_scan (store, &query, pass.fields, fields->len, read_row_cb, &pass, cancellable, error);
}

/* --- Scores ------------------------------------------------------------------------------------------------ */

/* The mean of the newest rubric's criteria by their weights; without weights all count the same. */
typedef struct
{
  gint64   sum, weight;
  gint64   plain_sum;
  guint    n;
  gboolean has_weights;
} Score;

typedef struct
{
  GHashTable *scores; /* assessment → Score */
  guint      *fields;
} ScorePass;

enum { Z_PARENT, Z_VALUE, Z_WEIGHT };
static const char * const score_fields[] = { "parent", "value", "weight", NULL };

static void
read_score_cb (EntRecord *record,
               gpointer   user_data)
{
  ScorePass *pass = user_data;
  EntKey parent = ent_scan_int (record, pass->fields[Z_PARENT], 0);
  Score *score = g_hash_table_lookup (pass->scores, &parent);
  const EntValue *value = ent_record_get (record, pass->fields[Z_VALUE]);
  gint64 weight = ent_scan_int (record, pass->fields[Z_WEIGHT], 0);

  if (score == NULL || ent_value_is_null (value))
    return;
  score->n++;
  score->plain_sum += value->integer;
  score->sum += value->integer * weight;
  score->weight += weight;
  score->has_weights |= weight > 0;
}

static Fact *
find_newest (Partner *partner,
             gint64   today)
{
  Fact *newest = NULL;

  for (guint i = 0; i < partner->facts->len; i++)
    {
      Fact *fact = &g_array_index (partner->facts, Fact, i);

      if (fact->source == SOURCE_SCORE && fact->day <= today &&
          (newest == NULL || fact->day > newest->day || (fact->day == newest->day && fact->key > newest->key)))
        newest = fact;
    }
  return newest;
}

static void
settle_score (Fact        *fact,
              const Score *score)
{
  gint64 value = 0;

  fact->is_open = FALSE;
  fact->counts = score->n > 0 &&
                 (score->has_weights ? ent_mul_div (score->sum, 1, score->weight, &value)
                                     : ent_mul_div (score->plain_sum, 1, score->n, &value));
  fact->value = value;
}

/* Many lookups read, and decrypt, more pages than the whole table has. */
#define MANY_SCORES 500

static gboolean
read_scores (EntStore      *store,
             GArray        *keys,
             GArray        *fields,
             ScorePass     *pass,
             GCancellable  *cancellable,
             GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "assessment_score");
  EntQuery query = { .type = type };

  if (keys->len > MANY_SCORES)
    return ent_store_scan (store, &query, pass->fields, fields->len, read_score_cb, pass, cancellable, error);
  return keys->len == 0 ||
         ent_store_scan_referrers (store, ent_record_type_lookup (type, "parent"), (EntKey *) keys->data, keys->len,
                                   pass->fields, fields->len, read_score_cb, pass, cancellable, error);
}

gboolean
metrics_close_scores (EntMetrics    *self,
                      EntStore      *store,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "assessment_score");
  g_autoptr (GArray) fields = ent_scan_find_fields (type, score_fields);
  g_autoptr (GHashTable) scores = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  ScorePass pass = { scores, (guint *) fields->data };

  if (!self->scores_are_open)
    return TRUE;
  for (guint i = 0; i < self->partners->len; i++)
    {
      Fact *fact = find_newest (&g_array_index (self->partners, Partner, i), self->today);

      if (fact != NULL && fact->is_open && g_hash_table_insert (scores, &fact->key, g_new0 (Score, 1)))
        g_array_append_val (keys, fact->key);
    }
  if (!read_scores (store, keys, fields, &pass, cancellable, error))
    return FALSE;
  for (guint i = 0; i < self->partners->len; i++)
    {
      Fact *fact = find_newest (&g_array_index (self->partners, Partner, i), self->today);

      if (fact != NULL && fact->is_open)
        settle_score (fact, g_hash_table_lookup (scores, &fact->key));
    }
  self->scores_are_open = FALSE;
  self->ranks_are_good = FALSE;
  return TRUE;
}

/* --- All ------------------------------------------------------------------------------------------------------ */

static EntMetrics *
metrics_new (EntProgram *program,
             gint64      today)
{
  EntMetrics *self = g_atomic_rc_box_new0 (EntMetrics);

  self->program = ent_program_ref (program);
  self->today = today;
  self->partners = g_array_new (FALSE, FALSE, sizeof (Partner));
  g_array_set_clear_func (self->partners, (GDestroyNotify) partner_clear);
  self->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->names = g_ptr_array_new ();
  self->fields = g_ptr_array_new ();
  self->figures = g_ptr_array_new ();
  self->deals = g_array_new (FALSE, TRUE, sizeof (DealInfo));
  self->campaigns = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->came_from = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->plans = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->employers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

EntMetrics *
ent_metrics_load (EntStore           *store,
                  EntProgram         *program,
                  const char * const *also,
                  gint64              today,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (EntMetrics) self = metrics_new (program, today);
  guint n_tables;
  const MetricTable *tables = metrics_get_tables (&n_tables);

  find_needs (self, ent_store_get_record_type (store, "organization"), also);
  if ((self->rates = ent_exchange_rates_load (store, error)) == NULL ||
      !load_partners (self, store, cancellable, error))
    return NULL;
  for (guint i = 0; i < n_tables; i++)
    if (metrics_needs_table (self, &tables[i]) && !load_table (self, store, &tables[i], cancellable, error))
      return NULL;
  if (!metrics_close_scores (self, store, cancellable, error))
    return NULL;
  metrics_settle_leads (self, NULL);
  return g_steal_pointer (&self);
}
