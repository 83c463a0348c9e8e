/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-program-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/types/ent-shared-choices.h"
#include "rules/ent-scan-fields.h"

/* Reading the definitions: two small tables. */

static const char * const operators[] =
  { "at_least", "more_than", "at_most", "less_than", "equals", "not_equals", "one_of", "is_set", NULL };
static const char * const units[] =
  { "count", "money", "percent", "hours", "days", "minutes", "months", "points", "multiple", "unlimited", "text", NULL };

static guint
find_word (const char * const *words,
           const char         *word,
           guint               fallback)
{
  for (guint i = 0; word != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;
  return fallback;
}

const char *
ent_partner_type_name (int type)
{
  return ent_partner_type_choices[type].value;
}

int
ent_program_read_type (const char *value)
{
  for (int i = 0; value != NULL && ent_partner_type_choices[i].value != NULL; i++)
    if (g_str_equal (ent_partner_type_choices[i].value, value))
      return i;
  return -1;
}

/* --- Definitions ------------------------------------------------------------------------------------- */

static void
definition_free (gpointer data)
{
  EntDefinition *self = data;

  g_free (self->title);
  g_free (self->ref);
  g_free (self);
}

enum { P_TITLE, P_KIND, P_STATUS, P_PARENT, P_RANK, P_FROM, P_TO, P_REF };
static const char * const program_fields[] =
  { "title", "kind", "status", "parent", "rank", "effective_from", "effective_to", "ref", NULL };

typedef struct
{
  EntProgram *self;
  guint      *fields;
} Loader;

static void
read_definition_cb (EntRecord *record,
                    gpointer   user_data)
{
  Loader *loader = user_data;
  EntDefinition *definition = g_new0 (EntDefinition, 1);

  definition->key = ent_record_get_key (record);
  definition->title = g_strdup (ent_record_get_title (record));
  definition->kind = g_intern_string (ent_scan_text (record, loader->fields[P_KIND]));
  definition->status = g_intern_string (ent_scan_text (record, loader->fields[P_STATUS]));
  definition->parent = ent_scan_int (record, loader->fields[P_PARENT], 0);
  definition->rank = ent_scan_int (record, loader->fields[P_RANK], G_MAXINT64);
  definition->from = ent_scan_int (record, loader->fields[P_FROM], G_MININT64);
  definition->to = ent_scan_int (record, loader->fields[P_TO], G_MAXINT64);
  definition->ref = g_strdup (ent_scan_text (record, loader->fields[P_REF]));
  g_ptr_array_add (loader->self->definitions, definition);
  g_hash_table_insert (loader->self->by_key, &definition->key, definition);
}

/* --- Rules ------------------------------------------------------------------------------------------- */

static void
rule_free (gpointer data)
{
  EntProgramRule *self = data;

  g_free (self->words);
  g_free (self->text);
  g_free (self->levels);
  g_free (self);
}

enum
{
  R_PARENT, R_POSITION, R_TEXT, R_METRIC, R_OPERATOR, R_UNIT, R_NUMBER, R_NUMBER_MAX, R_AMOUNT, R_AMOUNT_MAX,
  R_PERCENT, R_PERCENT_MAX, R_WORDS, R_WINDOW, R_MANDATORY, R_TYPES, R_LEVELS,
};
static const char * const rule_fields[] =
  { "parent", "position", "text", "metric", "operator", "unit", "threshold", "threshold_max", "threshold_amount",
    "threshold_amount_max", "threshold_pct", "threshold_pct_max", "threshold_text", "window_months", "mandatory",
    "applies_to_type", "applies_to_level", NULL };

/* The threshold that the unit names. */
static void
read_threshold (EntProgramRule *rule,
                EntRecord      *record,
                const guint    *fields)
{
  guint at = rule->unit == ENT_UNIT_MONEY ? R_AMOUNT : rule->unit == ENT_UNIT_PERCENT ? R_PERCENT : R_NUMBER;
  const EntValue *number, *max;

  rule->words = g_strdup (ent_scan_text (record, fields[R_WORDS]));
  if (rule->unit == ENT_UNIT_UNLIMITED || rule->unit == ENT_UNIT_TEXT)
    return;
  number = ent_record_get (record, fields[at]);
  max = ent_record_get (record, fields[at + 1]);
  rule->has_number = !ent_value_is_null (number);
  rule->number = number->integer;
  rule->has_max = !ent_value_is_null (max);
  rule->max = max->integer;
  if (number->kind == ENT_VALUE_MONEY)
    memcpy (rule->currency, number->currency, sizeof rule->currency);
  /* A range in two currencies is no range. */
  if (rule->has_max && rule->unit == ENT_UNIT_MONEY && memcmp (max->currency, rule->currency, 3) != 0)
    rule->has_max = FALSE;
}

static void
read_scope (EntProgramRule *rule,
            EntRecord      *record,
            const guint    *fields)
{
  const EntValue *types = ent_record_get (record, fields[R_TYPES]);
  const EntValue *levels = ent_record_get (record, fields[R_LEVELS]);

  for (guint i = 0; types->kind == ENT_VALUE_LIST && types->list[i] != NULL; i++)
    {
      int type = ent_program_read_type (types->list[i]);

      if (type >= 0)
        rule->types |= 1u << type;
    }
  if (levels->kind == ENT_VALUE_KEYS)
    {
      rule->n_levels = (gsize) levels->integer;
      rule->levels = g_memdup2 (levels->keys, rule->n_levels * sizeof (EntKey));
    }
}

static void
read_rule_cb (EntRecord *record,
              gpointer   user_data)
{
  Loader *loader = user_data;
  const guint *f = loader->fields;
  const EntDefinition *definition =
    ent_program_get_definition (loader->self, ent_scan_int (record, f[R_PARENT], 0));
  const char *unit = ent_scan_text (record, f[R_UNIT]);
  EntProgramRule *rule;

  if (definition == NULL)
    return;
  rule = g_new0 (EntProgramRule, 1);
  rule->key = ent_record_get_key (record);
  rule->definition = definition;
  rule->metric = g_intern_string (ent_scan_text (record, f[R_METRIC]));
  rule->operator = find_word (operators, ent_scan_text (record, f[R_OPERATOR]), ENT_OPERATOR_AT_LEAST);
  rule->unit = find_word (units, unit, ENT_UNIT_TEXT);
  rule->window_months = (int) ent_scan_int (record, f[R_WINDOW], 0);
  rule->mandatory = ent_scan_int (record, f[R_MANDATORY], 1) != 0;
  rule->text = g_strdup (ent_scan_text (record, f[R_TEXT]));
  rule->position = ent_scan_int (record, f[R_POSITION], 0);
  read_threshold (rule, record, f);
  read_scope (rule, record, f);
  g_ptr_array_add (loader->self->rules, rule);
}

/* Lines of requirements before those of levels themselves, by rank; then by position. */
static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const EntProgramRule *first = *(EntProgramRule * const *) a, *second = *(EntProgramRule * const *) b;
  gboolean of_level = g_strcmp0 (first->definition->kind, "level") == 0;
  gboolean other_of_level = g_strcmp0 (second->definition->kind, "level") == 0;

  if (of_level != other_of_level)
    return of_level ? 1 : -1;
  if (first->definition->rank != second->definition->rank)
    return first->definition->rank < second->definition->rank ? -1 : 1;
  if (first->definition != second->definition)
    return first->definition->key < second->definition->key ? -1 : 1;
  return first->position != second->position ? (first->position < second->position ? -1 : 1)
         : first->key < second->key ? -1 : first->key > second->key;
}

/* --- Ladders ------------------------------------------------------------------------------------------ */

static void
ladder_free (gpointer data)
{
  EntLadder *self = data;

  g_free (self->title);
  g_free (self->ref);
  g_ptr_array_unref (self->levels);
  g_free (self);
}

static int
compare_levels (gconstpointer a,
                gconstpointer b)
{
  const EntDefinition *first = *(EntDefinition * const *) a, *second = *(EntDefinition * const *) b;

  return first->rank != second->rank ? (first->rank < second->rank ? -1 : 1)
         : first->key < second->key ? -1 : first->key > second->key;
}

static int
compare_ladders (gconstpointer a,
                 gconstpointer b)
{
  const EntLadder *first = *(EntLadder * const *) a, *second = *(EntLadder * const *) b;

  return first->rank != second->rank ? (first->rank < second->rank ? -1 : 1)
         : first->program < second->program ? -1 : first->program > second->program;
}

static EntLadder *
add_ladder (EntProgram *self,
            EntKey      program)
{
  const EntDefinition *definition = ent_program_get_definition (self, program);
  EntLadder *ladder = g_new0 (EntLadder, 1);

  ladder->program = program;
  ladder->title = g_strdup (definition != NULL ? definition->title : "");
  ladder->ref = definition != NULL ? g_strdup (definition->ref) : NULL;
  ladder->rank = definition != NULL ? definition->rank : G_MAXINT64;
  ladder->levels = g_ptr_array_new ();
  g_ptr_array_add (self->ladders, ladder);
  return ladder;
}

static void
make_ladders (EntProgram *self)
{
  for (guint i = 0; i < self->definitions->len; i++)
    {
      EntDefinition *level = g_ptr_array_index (self->definitions, i);
      EntLadder *ladder;

      if (g_strcmp0 (level->kind, "level") != 0)
        continue;
      ladder = (EntLadder *) ent_program_get_ladder (self, level->parent);
      if (ladder == NULL)
        ladder = add_ladder (self, level->parent);
      g_ptr_array_add (ladder->levels, level);
    }
  for (guint i = 0; i < self->ladders->len; i++)
    g_ptr_array_sort (((EntLadder *) g_ptr_array_index (self->ladders, i))->levels, compare_levels);
  g_ptr_array_sort (self->ladders, compare_ladders);
}

/* --- All ----------------------------------------------------------------------------------------------- */

static gboolean
scan (EntProgram         *self,
      EntStore           *store,
      const char         *type,
      const char * const *names,
      EntScanFunc         func,
      GCancellable       *cancellable,
      GError            **error)
{
  EntQuery query = { .type = ent_store_get_record_type (store, type) };
  g_autoptr (GArray) fields = ent_scan_find_fields (query.type, names);
  Loader loader = { self, (guint *) fields->data };

  return ent_store_scan (store, &query, loader.fields, fields->len, func, &loader, cancellable, error);
}

static EntKey
find_usual (EntStore *store)
{
  g_autofree char *text = ent_store_dup_setting (store, ENT_SETTING_LEVEL_PROGRAM);

  return text != NULL ? ent_store_resolve (store, ent_store_get_record_type (store, "program"), text, NULL) : 0;
}

EntProgram *
ent_program_load (EntStore      *store,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (EntProgram) self = g_atomic_rc_box_new0 (EntProgram);

  self->definitions = g_ptr_array_new_with_free_func (definition_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->ladders = g_ptr_array_new_with_free_func (ladder_free);
  self->by_key = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->usual = find_usual (store);
  if (!scan (self, store, "program", program_fields, read_definition_cb, cancellable, error) ||
      !scan (self, store, "program_rule", rule_fields, read_rule_cb, cancellable, error))
    return NULL;
  g_ptr_array_sort (self->rules, compare_rules);
  make_ladders (self);
  return g_steal_pointer (&self);
}
