/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-lookup.h"

#include <string.h>

#include "model/ent-value.h"

#define SCORE 100 /* a score is stored in hundredths */

static GArray *
find_fields (const EntRecordType *type,
             const char * const  *names)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      const EntField *field = ent_record_type_lookup (type, names[i]);

      if (field != NULL)
        g_array_append_val (fields, field->index);
    }
  return fields;
}

GPtrArray *
ent_lookup_records (EntStore            *store,
                    const char          *type,
                    const char          *where,
                    const char * const  *fields,
                    GCancellable        *cancellable,
                    GError             **error)
{
  const EntRecordType *record_type = ent_store_get_record_type (store, type);
  g_autoptr (EntFilter) filter = ent_filter_parse (record_type, where, NULL, error);
  EntQuery query = { .type = record_type, .filter = filter };
  g_autoptr (EntResult) result = NULL;
  g_autoptr (GArray) indexes = find_fields (record_type, fields);
  g_autoptr (GPtrArray) loaded = NULL;
  GPtrArray *records;

  if (filter == NULL || (result = ent_store_query (store, &query, cancellable, error)) == NULL)
    return NULL;
  loaded = ent_store_load (store, record_type, ent_result_get_rows (result), ent_result_get_n (result),
                           indexes->len > 0 ? (const guint *) (gpointer) indexes->data : NULL, indexes->len, cancellable,
                           error);
  if (loaded == NULL)
    return NULL;
  records = g_ptr_array_new_full (loaded->len, g_object_unref);
  for (guint i = 0; i < loaded->len; i++)
    if (g_ptr_array_index (loaded, i) != NULL)
      g_ptr_array_add (records, g_object_ref (g_ptr_array_index (loaded, i)));
  return records;
}

gboolean
ent_lookup_scan (EntStore            *store,
                 const char          *type,
                 const char          *where,
                 const char * const  *fields,
                 EntScanFunc          func,
                 gpointer             user_data,
                 GCancellable        *cancellable,
                 GError             **error)
{
  const EntRecordType *record_type = ent_store_get_record_type (store, type);
  g_autoptr (EntFilter) filter = ent_filter_parse (record_type, where, NULL, error);
  EntQuery query = { .type = record_type, .filter = filter };
  g_autoptr (GArray) indexes = find_fields (record_type, fields);

  return filter != NULL && ent_store_scan (store, &query, (const guint *) (gpointer) indexes->data, indexes->len, func, user_data,
                                           cancellable, error);
}

GPtrArray *
ent_lookup_rules (EntStore   *store,
                  const char *ref,
                  GError    **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "program");
  EntKey key = ent_store_resolve (store, type, ref, NULL);

  if (key == 0)
    return g_ptr_array_new_with_free_func (g_object_unref);
  return ent_store_get_children (store, key, ent_store_get_record_type (store, "program_rule"), error);
}

EntRecord *
ent_lookup_rule (GPtrArray  *rules,
                 const char *section,
                 const char *metric)
{
  for (guint i = 0; i < rules->len; i++)
    {
      EntRecord *rule = g_ptr_array_index (rules, i);

      if (g_strcmp0 (ent_record_get_text (rule, "metric"), metric) == 0 &&
          (section == NULL || g_strcmp0 (ent_record_get_text (rule, "section"), section) == 0))
        return rule;
    }
  return NULL;
}

gint64
ent_lookup_threshold (GPtrArray  *rules,
                      const char *section,
                      const char *metric,
                      gint64      fallback)
{
  EntRecord *rule = ent_lookup_rule (rules, section, metric);
  const EntValue *value = rule != NULL ? ent_record_get_named (rule, "threshold") : NULL;

  return value != NULL && !ent_value_is_null (value) ? value->integer / SCORE : fallback;
}
