/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-exchange-rates.h"

#include "store/ent-query.h"

#define PAR 1000000 /* 100 % */

struct _EntExchangeRates
{
  char       *reporting;
  GHashTable *rates; /* code → gint64 *: worth in the reporting currency, par is PAR */
};

static void
add_rate (EntExchangeRates *self,
          EntRecord        *rule)
{
  const char *code = ent_record_get_text (rule, "threshold_text");
  gint64 rate = ent_record_get_int (rule, "threshold_pct", 0);
  gint64 *kept;

  if (code == NULL || rate <= 0)
    return;
  kept = g_new (gint64, 1);
  *kept = rate;
  g_hash_table_replace (self->rates, g_ascii_strup (code, -1), kept);
}

EntExchangeRates *
ent_exchange_rates_load (EntStore  *store,
                         GError   **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "program_rule");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, "metric = exchange_rate", NULL, error);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = filter != NULL ? ent_store_query (store, &query, NULL, error) : NULL;
  g_autoptr (GPtrArray) rules = NULL;
  EntExchangeRates *self;

  if (result != NULL)
    rules = ent_store_load (store, type, ent_result_get_rows (result), ent_result_get_n (result), NULL, 0, NULL, error);
  if (rules == NULL)
    return NULL;
  self = g_new0 (EntExchangeRates, 1);
  self->reporting = ent_store_dup_setting (store, ENT_SETTING_CURRENCY);
  if (self->reporting == NULL)
    self->reporting = g_strdup ("USD");
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rules->len; i++)
    if (g_ptr_array_index (rules, i) != NULL)
      add_rate (self, g_ptr_array_index (rules, i));
  return self;
}

void
ent_exchange_rates_free (EntExchangeRates *self)
{
  g_hash_table_unref (self->rates);
  g_free (self->reporting);
  g_free (self);
}

const char *
ent_exchange_rates_get_reporting (EntExchangeRates *self)
{
  return self->reporting;
}

static gint64
get_rate (EntExchangeRates *self,
          const char       *code)
{
  const gint64 *rate = g_hash_table_lookup (self->rates, code);

  return g_str_equal (code, self->reporting) ? PAR : rate != NULL ? *rate : 0;
}

gboolean
ent_exchange_rates_convert (EntExchangeRates *self,
                            gint64            minor,
                            const char       *from,
                            const char       *to,
                            gint64           *result)
{
  gint64 num = get_rate (self, from), den = get_rate (self, to);

  if (g_str_equal (from, to))
    {
      *result = minor;
      return TRUE;
    }
  if (num == 0 || den == 0)
    return FALSE;
  for (int i = ent_currency_get_digits (from); i < ent_currency_get_digits (to); i++)
    num *= 10;
  for (int i = ent_currency_get_digits (to); i < ent_currency_get_digits (from); i++)
    den *= 10;
  return ent_mul_div (minor, num, den, result);
}
