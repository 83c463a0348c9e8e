/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-merge-private.h"

#include "sync/ent-sync-body-private.h"
#include "sync/ent-sync-json.h"

#include <string.h>

/* Which members of a body are one value. */

static void
group_free (EntSyncGroup *self)
{
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->members);
  g_free (self->name);
  g_free (self);
}

static EntSyncGroup *
add_group (GPtrArray  *groups,
           const char *name)
{
  EntSyncGroup *self = g_new (EntSyncGroup, 1);

  self->name = g_strdup (name);
  self->fields = g_ptr_array_new ();
  self->members = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (groups, self);
  return self;
}

/* Lists and growing texts take part of both sides, so that they cannot be taken along by others. */
static gboolean
is_coupled (const EntField *field)
{
  return field->info.merge_group != NULL && !ent_field_is_many (field) && field->info.merge != ENT_MERGE_APPEND;
}

static void
add_field (GPtrArray      *groups,
           GHashTable     *coupled,
           const EntField *field)
{
  const char *name = is_coupled (field) ? field->info.merge_group : NULL;
  EntSyncGroup *group = name != NULL ? g_hash_table_lookup (coupled, name) : NULL;

  if (group == NULL)
    group = add_group (groups, name != NULL ? name : field->info.name);
  if (name != NULL)
    g_hash_table_insert (coupled, (gpointer) name, group);
  g_ptr_array_add (group->fields, (gpointer) field);
  g_ptr_array_add (group->members, g_strdup (ent_sync_body_get_member (field)));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
collect_unknown (GPtrArray           *names,
                 GHashTable          *seen,
                 const EntRecordType *type,
                 JsonObject          *body)
{
  JsonObjectIter iter;
  const char *member;

  if (body == NULL)
    return;
  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &member, NULL))
    if (*member != '_' && strcmp (member, ENT_SYNC_MEMBER_TYPE) != 0 && ent_sync_body_lookup (type, member) == NULL &&
        g_hash_table_add (seen, (gpointer) member))
      g_ptr_array_add (names, (gpointer) member);
}

GPtrArray *
ent_sync_groups_new (const EntRecordType *type,
                     JsonObject          *a,
                     JsonObject          *b)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  g_autoptr (GHashTable) coupled = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_sync_body_has_field (ent_record_type_get_nth (type, i)))
      add_field (groups, coupled, ent_record_type_get_nth (type, i));
  collect_unknown (unknown, seen, type, a);
  collect_unknown (unknown, seen, type, b);
  g_ptr_array_sort (unknown, compare_names);
  for (guint i = 0; i < unknown->len; i++)
    {
      const char *member = g_ptr_array_index (unknown, i);

      g_ptr_array_add (add_group (groups, member)->members, g_strdup (member));
    }
  return groups;
}

/* --- Values ----------------------------------------------------------------------------------- */

static gboolean
is_empty (JsonNode *value)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return json_array_get_length (json_node_get_array (value)) == 0;
  return json_node_get_value_type (value) == G_TYPE_STRING && *json_node_get_string (value) == '\0';
}

/* A field that is null or empty has no value; what a newer version means by that is not known. */
JsonNode *
ent_sync_group_get_value (const EntSyncGroup *self,
                          guint               member,
                          JsonObject         *body)
{
  JsonNode *value = body != NULL ? json_object_get_member (body, g_ptr_array_index (self->members, member)) : NULL;

  return value != NULL && self->fields->len > 0 && is_empty (value) ? NULL : value;
}

gboolean
ent_sync_group_member_equal (const EntSyncGroup *self,
                             guint               member,
                             JsonObject         *a,
                             JsonObject         *b)
{
  JsonNode *left = ent_sync_group_get_value (self, member, a);
  JsonNode *right = ent_sync_group_get_value (self, member, b);

  if (left == NULL || right == NULL)
    return left == right;
  return ent_sync_json_equal (left, right);
}

gboolean
ent_sync_group_equal (const EntSyncGroup *self,
                      JsonObject         *a,
                      JsonObject         *b)
{
  for (guint i = 0; i < self->members->len; i++)
    if (!ent_sync_group_member_equal (self, i, a, b))
      return FALSE;
  return TRUE;
}

void
ent_sync_group_copy (const EntSyncGroup *self,
                     JsonObject         *body,
                     JsonObject         *target)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      JsonNode *value = ent_sync_group_get_value (self, i, body);

      if (value != NULL)
        json_object_set_member (target, g_ptr_array_index (self->members, i), json_node_copy (value));
    }
}

EntMergePolicy
ent_sync_group_get_policy (const EntSyncGroup *self,
                           JsonObject         *a,
                           JsonObject         *b)
{
  EntMergePolicy policy = ENT_MERGE_LAST_WRITE;

  if (self->fields->len == 1)
    return ((const EntField *) g_ptr_array_index (self->fields, 0))->info.merge;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const EntField *field = g_ptr_array_index (self->fields, i);

      if (ent_sync_group_member_equal (self, i, a, b))
        continue;
      if (field->info.merge == ENT_MERGE_ASK)
        return ENT_MERGE_ASK;
      if (field->info.merge == ENT_MERGE_MAX)
        policy = ENT_MERGE_MAX;
    }
  return policy;
}
