/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/ent-query.h"

#define MAX_READ 2000

static EntSchema *
dup_schema (const EntFundReader *reader)
{
  return reader->transaction != NULL ? ent_schema_ref (ent_transaction_get_schema (reader->transaction))
                                     : ent_store_dup_schema (reader->store);
}

EntRecord *
ent_fund_read (const EntFundReader  *reader,
               EntKey                key,
               GError              **error)
{
  g_autoptr (EntRecord) record = NULL;

  if (key == 0)
    return NULL;
  record = reader->transaction != NULL ? ent_transaction_get (reader->transaction, key, error)
                                       : ent_store_get (reader->store, key, error);
  if (record == NULL || !ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)))
    return NULL;
  return g_steal_pointer (&record);
}

GPtrArray *
ent_fund_read_lines (const EntFundReader  *reader,
                     EntKey                parent,
                     const char           *type,
                     GError              **error)
{
  g_autoptr (EntSchema) schema = dup_schema (reader);
  const EntRecordType *child = ent_schema_lookup (schema, type);

  return reader->transaction != NULL ? ent_transaction_get_children (reader->transaction, parent, child, error)
                                     : ent_store_get_children (reader->store, parent, child, error);
}

GPtrArray *
ent_fund_read_referrers (const EntFundReader  *reader,
                         EntKey                key,
                         const char           *type,
                         const char           *field,
                         GError              **error)
{
  g_autoptr (EntSchema) schema = dup_schema (reader);
  const EntField *reference = ent_record_type_lookup (ent_schema_lookup (schema, type), field);

  return reader->transaction != NULL
           ? ent_transaction_get_referrers (reader->transaction, key, reference, MAX_READ, error)
           : ent_store_get_referrers (reader->store, key, reference, MAX_READ, error);
}

static EntKey
query_metric (EntStore   *store,
              const char *metric)
{
  const EntRecordType *type = ent_store_get_record_type (store, "program");
  g_autofree char *text = g_strdup_printf ("kind = benefit and metric = \"%s\"", metric);
  g_autoptr (EntFilter) filter = ent_filter_parse (type, text, NULL, NULL);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = NULL;

  if (filter != NULL)
    result = ent_store_query_first (store, &query, 1, NULL, NULL);
  if (result == NULL || ent_result_get_n (result) == 0)
    return 0;
  return ent_key_make (type->info->number, ent_result_get_rows (result)[0]);
}

EntKey
ent_fund_find_metric (const EntFundReader *reader,
                      const char          *metric)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntRecordType *type;

  if (reader->transaction == NULL)
    return query_metric (reader->store, metric);
  type = ent_schema_lookup (ent_transaction_get_schema (reader->transaction), "program");
  ent_value_set_text (&value, metric);
  return ent_transaction_find (reader->transaction, ent_record_type_lookup (type, "metric"), &value, NULL);
}

/* --- Lines of a program ----------------------------------------------------------------------------------- */

EntRecord *
ent_fund_find_rule (GPtrArray  *rules,
                    const char *section,
                    const char *metric)
{
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      EntRecord *rule = g_ptr_array_index (rules, i);

      if (g_strcmp0 (ent_record_get_text (rule, "section"), section) == 0 &&
          g_strcmp0 (ent_record_get_text (rule, "metric"), metric) == 0)
        return rule;
    }
  return NULL;
}

gint64
ent_fund_rule_days (GPtrArray  *rules,
                    const char *metric,
                    gint64      fallback)
{
  EntRecord *rule = ent_fund_find_rule (rules, "Deadlines", metric);

  return rule != NULL ? ent_record_get_int (rule, "threshold", fallback * 100) / 100 : fallback;
}

gboolean
ent_fund_level_grant (GPtrArray       *benefit_rules,
                      EntKey           level,
                      const EntValue **amount)
{
  for (guint i = 0; benefit_rules != NULL && level != 0 && i < benefit_rules->len; i++)
    {
      EntRecord *rule = g_ptr_array_index (benefit_rules, i);
      const EntValue *levels = ent_record_get_named (rule, "applies_to_level");

      *amount = ent_record_get_named (rule, "threshold_amount");
      for (gint64 k = 0; levels->kind == ENT_VALUE_KEYS && k < levels->integer; k++)
        if (levels->keys[k] == level && !ent_value_is_null (*amount))
          return TRUE;
    }
  return FALSE;
}

/* --- Small things ----------------------------------------------------------------------------------------- */

int
ent_fund_year (gint64 day)
{
  int year;

  ent_date_to_ymd (day, &year, NULL, NULL);
  return year;
}

gint64
ent_fund_day (gint64 micros)
{
  gint64 day = micros / G_TIME_SPAN_DAY;

  return micros % G_TIME_SPAN_DAY < 0 ? day - 1 : day;
}

int
ent_fund_request_year (EntRecord *request,
                       gint64     today)
{
  gint64 decided = ent_record_get_int (request, "decided_at", G_MININT64);

  return ent_fund_year (decided == G_MININT64 ? today : ent_fund_day (decided));
}

gboolean
ent_fund_is_state (EntRecord  *request,
                   const char *states)
{
  const char *state = ent_record_get_text (request, "state");
  g_auto (GStrv) words = g_strsplit (states, "|", -1);

  return state != NULL && g_strv_contains ((const char * const *) words, state);
}

char *
ent_fund_money (EntRecord  *record,
                const char *field)
{
  const EntValue *value = ent_record_get_named (record, field);

  return ent_value_is_null (value) ? g_strdup (_("not stated"))
                                   : ent_money_display (value->integer, value->currency, ENT_DISPLAY_FULL);
}

/* --- Facts ------------------------------------------------------------------------------------------------- */

static gboolean
asks_for (GPtrArray  *rules,
          const char *metric)
{
  return ent_fund_find_rule (rules, "Eligibility", metric) != NULL;
}

static gboolean
read_certificates (const EntFundReader  *reader,
                   EntFundFacts         *facts,
                   GError              **error)
{
  EntKey partner = ent_record_get_key (facts->partner);
  g_autoptr (GPtrArray) people = ent_fund_read_referrers (reader, partner, "person", "org", error);

  facts->certificates = people != NULL ? ent_fund_read_referrers (reader, partner, "assessment", "subject", error)
                                       : NULL;
  for (guint i = 0; facts->certificates != NULL && i < people->len; i++)
    {
      EntKey person = ent_record_get_key (g_ptr_array_index (people, i));
      g_autoptr (GPtrArray) more = ent_fund_read_referrers (reader, person, "assessment", "subject", error);

      if (more == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (facts->certificates, g_steal_pointer (&more));
    }
  return facts->certificates != NULL;
}

static gboolean
read_deals (const EntFundReader  *reader,
            EntFundFacts         *facts,
            GError              **error)
{
  EntKey partner = ent_record_get_key (facts->partner);
  g_autoptr (GPtrArray) parts = ent_fund_read_referrers (reader, partner, "deal_party", "org", error);

  if (parts == NULL)
    return FALSE;
  facts->deals = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (GError) local = NULL;
      EntRecord *deal = ent_fund_read (reader, ent_record_get_ref (g_ptr_array_index (parts, i), "parent"), &local);

      if (deal != NULL)
        g_ptr_array_add (facts->deals, deal);
    }
  return TRUE;
}

/* Reads only what the lines of the program ask for. */
static gboolean
read_sets (const EntFundReader  *reader,
           EntFundFacts         *facts,
           GError              **error)
{
  EntKey partner = ent_record_get_key (facts->partner);

  if (asks_for (facts->rules, "agreements") &&
      (facts->agreements = ent_fund_read_referrers (reader, partner, "agreement", "counterparty", error)) == NULL)
    return FALSE;
  if (asks_for (facts->rules, "overdue_claims") &&
      (facts->requests = ent_fund_read_referrers (reader, partner, "funding", "partner", error)) == NULL)
    return FALSE;
  if (asks_for (facts->rules, "offerings") &&
      (facts->offerings = ent_fund_read_referrers (reader, partner, "offering", "partner", error)) == NULL)
    return FALSE;
  if (asks_for (facts->rules, "certifications") && !read_certificates (reader, facts, error))
    return FALSE;
  return !asks_for (facts->rules, "won_deals") || read_deals (reader, facts, error);
}

static gboolean
is_fund (EntRecord *program)
{
  return program != NULL && g_strcmp0 (ent_record_get_text (program, "kind"), "fund_program") == 0;
}

EntFundFacts *
ent_fund_facts_read (const EntFundReader  *reader,
                     EntKey                program,
                     EntKey                partner,
                     EntKey                request,
                     GError              **error)
{
  g_autoptr (EntFundFacts) facts = g_new0 (EntFundFacts, 1);
  g_autoptr (GError) local = NULL;

  facts->program = ent_fund_read (reader, program, &local);
  facts->partner = ent_fund_read (reader, partner, &local);
  if (!is_fund (facts->program) || facts->partner == NULL)
    {
      g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                           !is_fund (facts->program)
                             ? _("This is no fund program; choose one that is listed under “fund programs”.")
                             : _("The partner of this request is not there any more; choose another one."));
      return NULL;
    }
  facts->request = ent_fund_read (reader, request, &local);
  facts->level = ent_fund_read (reader, ent_record_get_ref (facts->partner, "level"), &local);
  facts->deal = facts->request != NULL
                  ? ent_fund_read (reader, ent_record_get_ref (facts->request, "deal"), &local) : NULL;
  facts->rules = ent_fund_read_lines (reader, program, "program_rule", error);
  if (facts->rules == NULL || !read_sets (reader, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

EntFundFacts *
ent_fund_facts_load (EntStore  *store,
                     EntKey     program,
                     EntKey     partner,
                     EntKey     request,
                     GError   **error)
{
  EntFundReader reader = { .store = store };

  return ent_fund_facts_read (&reader, program, partner, request, error);
}

void
ent_fund_facts_free (EntFundFacts *self)
{
  g_clear_object (&self->program);
  g_clear_object (&self->partner);
  g_clear_object (&self->level);
  g_clear_object (&self->request);
  g_clear_object (&self->deal);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->agreements, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->offerings, g_ptr_array_unref);
  g_clear_pointer (&self->deals, g_ptr_array_unref);
  g_free (self);
}
