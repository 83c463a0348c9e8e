/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-merge-private.h"

#include "sync/ent-sync-body-private.h"
#include "sync/ent-sync-json.h"

#include <string.h>

typedef struct
{
  JsonObject        *base; /* (nullable) */
  const EntSyncSide *a, *b;
  EntSyncMerge      *merge;
} Merger;

/* --- Entries ---------------------------------------------------------------------------------- */

static void
entry_free (EntSyncMergeEntry *self)
{
  g_free (self->group);
  g_strfreev (self->members);
  g_clear_pointer (&self->base, json_object_unref);
  g_clear_pointer (&self->a, json_object_unref);
  g_clear_pointer (&self->b, json_object_unref);
  g_clear_pointer (&self->merged, json_object_unref);
  g_free (self);
}

void
ent_sync_merge_free (EntSyncMerge *self)
{
  g_clear_pointer (&self->body, json_object_unref);
  g_ptr_array_unref (self->merges);
  g_ptr_array_unref (self->clashes);
  g_free (self);
}

/* (nullable) (transfer full) */
static JsonObject *
pick (const EntSyncGroup *group,
      JsonObject         *body)
{
  JsonObject *values = body != NULL ? json_object_new () : NULL;

  if (values != NULL)
    ent_sync_group_copy (group, body, values);
  return values;
}

static EntSyncMergeEntry *
entry_new (const EntSyncGroup *group,
           const Merger       *merger)
{
  EntSyncMergeEntry *self = g_new0 (EntSyncMergeEntry, 1);

  self->group = g_strdup (group->name);
  self->members = g_new0 (char *, group->members->len + 1);
  for (guint i = 0; i < group->members->len; i++)
    self->members[i] = g_strdup (g_ptr_array_index (group->members, i));
  self->base = pick (group, merger->base);
  self->a = pick (group, merger->a->body);
  self->b = pick (group, merger->b->body);
  return self;
}

static void
take (EntSyncMergeEntry  *entry,
      EntSyncMergeReason  reason,
      EntSyncTaken        taken)
{
  JsonObject *value = taken == ENT_SYNC_TAKEN_A ? entry->a : entry->b;

  entry->reason = reason;
  entry->taken = taken;
  entry->merged = value != NULL ? json_object_ref (value) : NULL;
}

/* @value: (nullable) (transfer full): of the entry's only member */
static void
take_both (EntSyncMergeEntry  *entry,
           EntSyncMergeReason  reason,
           JsonNode           *value)
{
  entry->reason = reason;
  entry->taken = ENT_SYNC_TAKEN_BOTH;
  entry->merged = json_object_new ();
  if (value != NULL)
    json_object_set_member (entry->merged, entry->members[0], value);
}

/* --- Groups that both sides changed ----------------------------------------------------------- */

/* All devices must come to the same answer, also where clocks stood still. */
static EntSyncTaken
find_later (const Merger            *merger,
            const EntSyncMergeEntry *entry)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (merger->a->time != merger->b->time)
    return merger->a->time > merger->b->time ? ENT_SYNC_TAKEN_A : ENT_SYNC_TAKEN_B;
  left = ent_sync_json_write_body (entry->a);
  right = ent_sync_json_write_body (entry->b);
  return strcmp (left, right) > 0 ? ENT_SYNC_TAKEN_A : ENT_SYNC_TAKEN_B;
}

static void
take_later (const Merger      *merger,
            EntSyncMergeEntry *entry)
{
  take (entry, ENT_SYNC_MERGE_LATER, find_later (merger, entry));
}

static void
decide_list (const Merger       *merger,
             const EntSyncGroup *group,
             EntSyncMergeEntry  *entry)
{
  JsonNode *merged = NULL;
  gboolean a_first = find_later (merger, entry) == ENT_SYNC_TAKEN_A;
  EntSyncParts parts = ent_sync_merge_lists (ent_sync_group_get_value (group, 0, merger->base),
                                             ent_sync_group_get_value (group, 0, merger->a->body),
                                             ent_sync_group_get_value (group, 0, merger->b->body), a_first, &merged);

  switch (parts)
    {
    case ENT_SYNC_PARTS_A:
      take (entry, ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_A);
      break;
    case ENT_SYNC_PARTS_B:
      take (entry, ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_B);
      break;
    case ENT_SYNC_PARTS_BOTH:
      take_both (entry, ENT_SYNC_MERGE_ELEMENTS, merged);
      break;
    case ENT_SYNC_PARTS_MOVED:
    case ENT_SYNC_PARTS_NONE:
      take_later (merger, entry);
      break;
    }
}

static gboolean
is_too_long (const EntSyncGroup *group,
             const char         *text)
{
  const EntField *field = g_ptr_array_index (group->fields, 0);

  return field->info.max > 0 && g_utf8_strlen (text, -1) > field->info.max;
}

static void
decide_text (const Merger       *merger,
             const EntSyncGroup *group,
             EntSyncMergeEntry  *entry)
{
  g_autofree char *merged = NULL;
  EntSyncParts parts = ent_sync_merge_texts (ent_sync_group_get_value (group, 0, merger->base),
                                             ent_sync_group_get_value (group, 0, merger->a->body),
                                             ent_sync_group_get_value (group, 0, merger->b->body), merger->base != NULL,
                                             &merged);

  if (parts == ENT_SYNC_PARTS_A)
    take (entry, ENT_SYNC_MERGE_LINES, ENT_SYNC_TAKEN_A);
  else if (parts == ENT_SYNC_PARTS_B)
    take (entry, ENT_SYNC_MERGE_LINES, ENT_SYNC_TAKEN_B);
  else if (parts == ENT_SYNC_PARTS_BOTH && !is_too_long (group, merged))
    take_both (entry, ENT_SYNC_MERGE_LINES, json_node_init_string (json_node_alloc (), merged));
  else
    take (entry, ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
}

/* Less than, equal to or greater than 0; no number is less than any. */
static int
compare_numbers (JsonNode *a,
                 JsonNode *b)
{
  double left, right;

  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  if (json_node_get_value_type (a) == G_TYPE_INT64 && json_node_get_value_type (b) == G_TYPE_INT64)
    return (json_node_get_int (a) > json_node_get_int (b)) - (json_node_get_int (a) < json_node_get_int (b));
  left = json_node_get_double (a);
  right = json_node_get_double (b);
  return (left > right) - (left < right);
}

static gboolean
is_number (JsonNode *value)
{
  return value == NULL || json_node_get_value_type (value) == G_TYPE_INT64 || json_node_get_value_type (value) == G_TYPE_DOUBLE;
}

/* The first number that grows and differs takes the other fields of its group along. */
static void
decide_larger (const Merger       *merger,
               const EntSyncGroup *group,
               EntSyncMergeEntry  *entry)
{
  for (guint i = 0; i < group->fields->len; i++)
    {
      JsonNode *a = ent_sync_group_get_value (group, i, merger->a->body);
      JsonNode *b = ent_sync_group_get_value (group, i, merger->b->body);
      gboolean grows = ((const EntField *) g_ptr_array_index (group->fields, i))->info.merge == ENT_MERGE_MAX;
      int order = grows && is_number (a) && is_number (b) ? compare_numbers (a, b) : 0;

      if (order != 0)
        {
          take (entry, ENT_SYNC_MERGE_LARGER, order > 0 ? ENT_SYNC_TAKEN_A : ENT_SYNC_TAKEN_B);
          return;
        }
    }
  take_later (merger, entry);
}

static void
decide (const Merger       *merger,
        const EntSyncGroup *group,
        EntSyncMergeEntry  *entry)
{
  EntMergePolicy policy = ent_sync_group_get_policy (group, merger->a->body, merger->b->body);
  gboolean is_list = group->fields->len == 1 && ent_field_is_many (g_ptr_array_index (group->fields, 0));

  if (policy == ENT_MERGE_ASK)
    take (entry, ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
  else if (is_list)
    decide_list (merger, group, entry);
  else if (policy == ENT_MERGE_APPEND)
    decide_text (merger, group, entry);
  else if (policy == ENT_MERGE_MAX)
    decide_larger (merger, group, entry);
  else
    take_later (merger, entry);
}

static void
merge_group (Merger             *merger,
             const EntSyncGroup *group)
{
  JsonObject *base = merger->base, *a = merger->a->body, *b = merger->b->body;
  EntSyncMergeEntry *entry;

  if (ent_sync_group_equal (group, a, b))
    {
      ent_sync_group_copy (group, a, merger->merge->body);
      return;
    }
  entry = entry_new (group, merger);
  if (base != NULL && ent_sync_group_equal (group, base, a))
    take (entry, ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  else if (base != NULL && ent_sync_group_equal (group, base, b))
    take (entry, ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  else
    decide (merger, group, entry);
  ent_sync_group_copy (group, entry->merged, merger->merge->body);
  g_ptr_array_add (entry->reason == ENT_SYNC_MERGE_CLASH ? merger->merge->clashes : merger->merge->merges, entry);
}

/* --- Whole records ---------------------------------------------------------------------------- */

/* (nullable) (transfer full) */
static JsonObject *
copy_body (JsonObject *body)
{
  JsonObject *copy = body != NULL ? json_object_new () : NULL;
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  if (body == NULL)
    return NULL;
  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &member, &value))
    if (*member != '_')
      json_object_set_member (copy, member, json_node_copy (value));
  return copy;
}

/* One side deleted the record: that counts unless the other changed it. */
static void
merge_deletion (Merger *merger)
{
  gboolean a_deleted = merger->a->body == NULL;
  JsonObject *live = a_deleted ? merger->b->body : merger->a->body;
  gboolean is_edited = merger->base == NULL || !ent_sync_json_equal_bodies (merger->base, live);
  EntSyncMergeEntry *entry = g_new0 (EntSyncMergeEntry, 1);

  entry->group = g_strdup ("");
  entry->members = g_new0 (char *, 1);
  entry->base = copy_body (merger->base);
  entry->a = copy_body (merger->a->body);
  entry->b = copy_body (merger->b->body);
  take (entry, is_edited ? ENT_SYNC_MERGE_EDIT_KEPT : ENT_SYNC_MERGE_ONE_SIDE,
        is_edited == a_deleted ? ENT_SYNC_TAKEN_B : ENT_SYNC_TAKEN_A);
  merger->merge->body = copy_body (entry->merged);
  g_ptr_array_add (merger->merge->merges, entry);
}

static void
merge_bodies (Merger              *merger,
              const EntRecordType *type)
{
  g_autoptr (GPtrArray) groups = ent_sync_groups_new (type, merger->a->body, merger->b->body);

  merger->merge->body = json_object_new ();
  json_object_set_string_member (merger->merge->body, ENT_SYNC_MEMBER_TYPE, type->info->name);
  for (guint i = 0; i < groups->len; i++)
    merge_group (merger, g_ptr_array_index (groups, i));
}

EntSyncMerge *
ent_sync_merge (const EntRecordType *type,
                JsonObject          *base,
                const EntSyncSide   *a,
                const EntSyncSide   *b)
{
  EntSyncMerge *merge = g_new0 (EntSyncMerge, 1);
  Merger merger = { base, a, b, merge };

  merge->merges = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  merge->clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  if (a->body != NULL && b->body != NULL)
    merge_bodies (&merger, type);
  else if (a->body != NULL || b->body != NULL)
    merge_deletion (&merger);
  return merge;
}
