/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/merge-case.h"

#include "sync/ent-sync-json.h"

JsonObject *
case_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdup (text);
  JsonObject *object;

  if (text == NULL)
    return NULL;
  g_strdelimit (quoted, "'", '"');
  object = ent_sync_json_parse_object (quoted, -1, &error);
  g_assert_no_error (error);
  return object;
}

EntSyncMerge *
case_merge_at (const char *type,
               const char *base,
               const char *a,
               const char *b,
               gint64      a_time,
               gint64      b_time)
{
  g_autoptr (JsonObject) base_body = case_parse (base);
  g_autoptr (JsonObject) a_body = case_parse (a);
  g_autoptr (JsonObject) b_body = case_parse (b);
  EntSyncSide a_side = { a_body, "ana", a_time };
  EntSyncSide b_side = { b_body, "ben", b_time };

  return ent_sync_merge (ent_schema_lookup (ent_schema_get_default (), type), base_body, &a_side, &b_side);
}

EntSyncMerge *
case_merge (const char *type,
            const char *base,
            const char *a,
            const char *b)
{
  return case_merge_at (type, base, a, b, 0, 0);
}

void
case_assert_object (JsonObject *object,
                    const char *expected)
{
  g_autoptr (JsonObject) wanted = case_parse (expected);
  g_autofree char *wanted_text = ent_sync_json_write_body (wanted);
  g_autofree char *text = ent_sync_json_write_body (object);

  g_assert_cmpstr (text, ==, wanted_text);
}

void
case_assert_entry (GPtrArray          *entries,
                   guint               index,
                   const char         *group,
                   EntSyncMergeReason  reason,
                   EntSyncTaken        taken)
{
  const EntSyncMergeEntry *entry;

  g_assert_cmpuint (index, <, entries->len);
  entry = g_ptr_array_index (entries, index);
  g_assert_cmpstr (entry->group, ==, group);
  g_assert_cmpint (entry->reason, ==, reason);
  g_assert_cmpint (entry->taken, ==, taken);
}

void
case_assert_merged (EntSyncMerge       *result,
                    const char         *body,
                    const char         *group,
                    EntSyncMergeReason  reason,
                    EntSyncTaken        taken)
{
  case_assert_object (result->body, body);
  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (result->merges->len, ==, 1);
  case_assert_entry (result->merges, 0, group, reason, taken);
}

void
case_assert_clash (EntSyncMerge *result,
                   const char   *body,
                   const char   *group)
{
  case_assert_object (result->body, body);
  g_assert_cmpuint (result->merges->len, ==, 0);
  g_assert_cmpuint (result->clashes->len, ==, 1);
  case_assert_entry (result->clashes, 0, group, ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
}
