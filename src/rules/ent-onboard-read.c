/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

/* The same questions to a workspace and to a transaction, so that pages and guards share the rules. */

EntSchema *
ent_onboard_get_schema (const EntOnboardSource *source)
{
  if (source->transaction != NULL)
    return ent_transaction_get_schema (source->transaction);
  return ent_store_get_record_type (source->store, "plan")->schema;
}

EntRecord *
ent_onboard_get (const EntOnboardSource *source,
                 EntKey                  key,
                 GError                **error)
{
  if (source->transaction != NULL)
    return ent_transaction_get (source->transaction, key, error);
  return ent_store_get (source->store, key, error);
}

GPtrArray *
ent_onboard_get_children (const EntOnboardSource *source,
                          EntKey                  parent,
                          const char             *child_type,
                          GError                **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_onboard_get_schema (source), child_type);

  if (source->transaction != NULL)
    return ent_transaction_get_children (source->transaction, parent, type, error);
  return ent_store_get_children (source->store, parent, type, error);
}

GPtrArray *
ent_onboard_get_referrers (const EntOnboardSource *source,
                           EntKey                  key,
                           const char             *type,
                           const char             *field,
                           GError                **error)
{
  const EntRecordType *record_type = ent_schema_lookup (ent_onboard_get_schema (source), type);
  const EntField *f = ent_record_type_lookup (record_type, field);

  if (source->transaction != NULL)
    return ent_transaction_get_referrers (source->transaction, key, f, ENT_ONBOARD_MAX_ROWS, error);
  return ent_store_get_referrers (source->store, key, f, ENT_ONBOARD_MAX_ROWS, error);
}

EntKey
ent_onboard_find_ref (const EntOnboardSource *source,
                      const char             *ref)
{
  g_autofree char *text = g_strconcat ("ref:", ref, NULL);

  if (source->transaction != NULL)
    return ent_transaction_resolve (source->transaction, NULL, text, NULL);
  return ent_store_resolve (source->store, NULL, text, NULL);
}

gint64
ent_onboard_get_date (EntRecord  *record,
                      const char *field)
{
  return ent_record_get_int (record, field, ENT_ONBOARD_NO_DATE);
}

gboolean
ent_onboard_is (EntRecord  *record,
                const char *field,
                const char *text)
{
  return g_strcmp0 (ent_record_get_text (record, field), text) == 0;
}

gboolean
ent_onboard_lists (const char *list,
                   const char *text)
{
  g_auto (GStrv) words = g_strsplit (list != NULL ? list : "", ";", -1);

  for (char **word = words; *word != NULL; word++)
    if (g_strcmp0 (g_strstrip (*word), text) == 0)
      return TRUE;
  return FALSE;
}

gboolean
ent_onboard_is_run (EntRecord *plan)
{
  return ent_onboard_is (plan, "kind", "onboarding") || ent_onboard_is (plan, "kind", "enablement");
}

gboolean
ent_onboard_line_is_item (EntRecord *line)
{
  return ent_onboard_is (line, "item_type", "task") || ent_onboard_is (line, "item_type", "milestone") ||
         ent_onboard_is (line, "item_type", "gate");
}

gboolean
ent_onboard_has_key (EntRecord  *record,
                     const char *field,
                     EntKey      key)
{
  const EntValue *value = ent_record_get_named (record, field);

  for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer; i++)
    if (value->keys[i] == key)
      return TRUE;
  return FALSE;
}

void
ent_onboard_set_int (EntRecord  *record,
                     const char *field,
                     gint64      value)
{
  g_auto (EntValue) v = ENT_VALUE_INIT;

  if (value != ENT_ONBOARD_NO_DATE)
    ent_value_set_int (&v, value);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &v);
}

void
ent_onboard_set_word (EntRecord  *record,
                      const char *field,
                      const char *text)
{
  g_auto (EntValue) v = ENT_VALUE_INIT;

  if (text != NULL)
    ent_value_set_text (&v, text);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &v);
}

EntKey
ent_onboard_get_partner (EntRecord *plan)
{
  EntKey key = ent_record_get_ref (plan, "for");
  const EntRecordType *type =
    key != 0 ? ent_schema_lookup_key (ent_record_get_record_type (plan)->schema, key) : NULL;

  return type != NULL && g_str_equal (type->info->name, "organization") ? key : 0;
}

EntKey
ent_onboard_lowest_level (const EntOnboardSource *source)
{
  EntStore *store = source->store != NULL ? source->store : ent_transaction_get_store (source->transaction);
  const EntRecordType *type = ent_store_get_record_type (store, "program");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, "kind = level and status = active", NULL, NULL);
  const EntSort sort = { ent_record_type_lookup (type, "rank"), TRUE };
  const EntQuery query = { .type = type, .filter = filter, .sort = &sort, .n_sort = 1 };
  g_autoptr (EntResult) result = ent_store_query_first (store, &query, 1, NULL, NULL);

  if (result == NULL || ent_result_get_n (result) == 0)
    return 0;
  return ent_key_make (type->info->number, ent_result_get_rows (result)[0]);
}
