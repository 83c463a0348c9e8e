/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random edits of random records of every type: nothing is lost, and all devices come to the same result. */
#include "config.h"

#include "support/random-record.h"
#include "support/sync-refs.h"
#include "sync/ent-sync-body.h"
#include "sync/ent-sync-json.h"
#include "sync/ent-sync-merge.h"

#include <string.h>

#define ROUNDS 1200

/* --- Cases ------------------------------------------------------------------------------------ */

typedef struct
{
  const EntRecordType *type;
  char                *id;
  JsonObject          *base; /* (nullable) */
  EntSyncSide          a, b;
} Case;

static JsonObject *
copy_body (JsonObject *body)
{
  g_autofree char *text = ent_sync_json_write_body (body);

  return ent_sync_json_parse_object (text, -1, NULL);
}

static JsonNode *
make_value (const EntField *field,
            GRand          *rand)
{
  g_autoptr (EntRecord) record = ent_record_new (field->type);
  g_autoptr (JsonObject) body = NULL;
  g_auto (EntValue) value = ENT_VALUE_INIT;

  test_random_value (field, rand, &value);
  ent_record_load (record, field->index, &value);
  body = ent_sync_body_write (record, &test_sync_refs, NULL, NULL, NULL);
  return json_object_dup_member (body, ent_sync_body_get_member (field));
}

/* Adds the elements of another value to a list and drops some. */
static void
edit_list (JsonObject *body,
           const char *member,
           JsonNode   *other,
           GRand      *rand)
{
  JsonArray *old = json_object_get_array_member (body, member), *more = json_node_get_array (other);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < json_array_get_length (old); i++)
    if (g_rand_int_range (rand, 0, 4) > 0)
      json_array_add_element (list, json_array_dup_element (old, i));
  for (guint i = 0; i < json_array_get_length (more); i++)
    if (g_rand_boolean (rand))
      json_array_add_element (list, json_array_dup_element (more, i));
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (body, member, g_steal_pointer (&list));
  else
    json_object_remove_member (body, member);
}

static void
append_line (JsonObject *body,
             const char *member,
             GRand      *rand)
{
  static const char * const lines[] = { "\nToday", "\nTomorrow", "\nToday\nLate", "\n\nGap", "\nEnd\n" };
  g_autofree char *text = g_strconcat (json_object_get_string_member (body, member),
                                       lines[g_rand_int_range (rand, 0, G_N_ELEMENTS (lines))], NULL);

  json_object_set_string_member (body, member, text);
}

static void
edit_field (JsonObject     *body,
            const EntField *field,
            GRand          *rand)
{
  const char *member = ent_sync_body_get_member (field);
  g_autoptr (JsonNode) value = make_value (field, rand);
  int how = g_rand_int_range (rand, 0, 4);

  if (how == 0)
    json_object_remove_member (body, member);
  else if (how > 1 && ent_field_is_many (field) && json_object_has_member (body, member))
    edit_list (body, member, value, rand);
  else if (how > 1 && field->info.merge == ENT_MERGE_APPEND && json_object_has_member (body, member))
    append_line (body, member, rand);
  else
    json_object_set_member (body, member, g_steal_pointer (&value));
}

static void
edit_unknown (JsonObject *body,
              GRand      *rand)
{
  static const char * const names[] = { "newer", "x_unknown", "zone_" };
  const char *name = names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];

  if (g_rand_int_range (rand, 0, 3) == 0)
    json_object_remove_member (body, name);
  else
    json_object_set_int_member (body, name, g_rand_int_range (rand, 0, 3));
}

static void
edit (JsonObject          *body,
      const EntRecordType *type,
      GRand               *rand)
{
  for (int i = g_rand_int_range (rand, 0, 12); i > 0; i--)
    {
      guint n = ent_record_type_get_n_fields (type);
      const EntField *field = ent_record_type_get_nth (type, (guint) g_rand_int_range (rand, 0, (int) n));

      if ((field->info.flags & ENT_FIELD_SYSTEM) == 0)
        edit_field (body, field, rand);
      if (g_rand_int_range (rand, 0, 6) == 0)
        edit_unknown (body, rand);
    }
}

static void
make_case (Case                *c,
           const EntRecordType *type,
           GRand               *rand)
{
  g_autoptr (EntRecord) record = test_random_record (type, rand, 30);
  g_autoptr (JsonObject) base = ent_sync_body_write (record, &test_sync_refs, NULL, NULL, NULL);

  edit_unknown (base, rand);
  *c = (Case) { .type = type, .id = ent_sync_id_make (type, ent_record_get_id (record)) };
  if (g_rand_int_range (rand, 0, 5) > 0)
    c->base = copy_body (base);
  if (g_rand_boolean (rand))
    edit (base, type, rand); /* what both changed in the same way */
  c->a = (EntSyncSide) { copy_body (base), NULL, g_rand_int_range (rand, 0, 3) };
  c->b = (EntSyncSide) { copy_body (base), NULL, g_rand_int_range (rand, 0, 3) };
  edit (c->a.body, type, rand);
  edit (c->b.body, type, rand);
  if (g_rand_int_range (rand, 0, 10) == 0)
    g_clear_pointer (&c->a.body, json_object_unref);
  if (g_rand_int_range (rand, 0, 10) == 0)
    g_clear_pointer (&c->b.body, json_object_unref);
}

static void
case_clear (Case *self)
{
  g_free (self->id);
  g_clear_pointer (&self->base, json_object_unref);
  g_clear_pointer (&self->a.body, json_object_unref);
  g_clear_pointer (&self->b.body, json_object_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

/* --- Reading results -------------------------------------------------------------------------- */

/* (nullable): NULL too when there is no body */
static JsonNode *
get (JsonObject *body,
     const char *member)
{
  return body != NULL ? json_object_get_member (body, member) : NULL;
}

static gboolean
same (JsonObject *a,
      JsonObject *b,
      const char *member)
{
  return ent_sync_json_equal (get (a, member), get (b, member));
}

static const EntSyncMergeEntry *
find_entry (GPtrArray  *entries,
            const char *member)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const EntSyncMergeEntry *entry = g_ptr_array_index (entries, i);

      if (entry->members[0] == NULL || g_strv_contains ((const char * const *) entry->members, member))
        return entry;
    }
  return NULL;
}

/* The members of all three bodies but the type. (transfer full) */
static GPtrArray *
list_members (const Case *c)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObject *bodies[] = { c->base, c->a.body, c->b.body };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GList) members = bodies[i] != NULL ? json_object_get_members (bodies[i]) : NULL;

      for (GList *l = members; l != NULL; l = l->next)
        g_hash_table_add (set, g_strdup (l->data));
    }
  g_hash_table_remove (set, "type");
  return g_hash_table_steal_all_keys (set);
}

static void
assert_equal_bodies (JsonObject *a,
                     JsonObject *b)
{
  g_autofree char *a_text = ent_sync_json_write_body (a);
  g_autofree char *b_text = ent_sync_json_write_body (b);

  g_assert_cmpstr (a_text, ==, b_text);
}

/* --- Properties ------------------------------------------------------------------------------- */

/* Where sides differ there is one entry, which has both values and what became of them. */
static void
check_told (const Case   *c,
            EntSyncMerge *result,
            const char   *member)
{
  const EntSyncMergeEntry *merged = find_entry (result->merges, member);
  const EntSyncMergeEntry *clash = find_entry (result->clashes, member);
  const EntSyncMergeEntry *entry = merged != NULL ? merged : clash;

  g_assert_true (merged == NULL || clash == NULL);
  if (entry == NULL)
    {
      g_assert_true (same (c->a.body, c->b.body, member));
      g_assert_true (same (c->a.body, result->body, member));
      return;
    }
  g_assert_true (same (entry->a, c->a.body, member));
  g_assert_true (same (entry->b, c->b.body, member));
  g_assert_true (same (entry->base, c->base, member));
  g_assert_true (same (entry->merged, result->body, member));
  if (entry->taken != ENT_SYNC_TAKEN_BOTH)
    g_assert_true (same (entry->taken == ENT_SYNC_TAKEN_A ? entry->a : entry->b, entry->merged, member));
  if (clash != NULL)
    g_assert_cmpint (clash->taken, ==, ENT_SYNC_TAKEN_A);
}

static gboolean
has_element (JsonObject *body,
             const char *member,
             JsonNode   *element)
{
  JsonNode *list = get (body, member);

  for (guint i = 0; list != NULL && i < json_array_get_length (json_node_get_array (list)); i++)
    if (ent_sync_json_equal (json_array_get_element (json_node_get_array (list), i), element))
      return TRUE;
  return FALSE;
}

/* What a side added to a list is in the merged one; what it removed is not. */
static void
check_elements (const Case   *c,
                EntSyncMerge *result,
                JsonObject   *side,
                const char   *member)
{
  JsonObject *lists[] = { c->base, c->a.body, c->b.body };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonNode *list = get (lists[i], member);

      for (guint j = 0; list != NULL && j < json_array_get_length (json_node_get_array (list)); j++)
        {
          JsonNode *element = json_array_get_element (json_node_get_array (list), j);
          gboolean was = has_element (c->base, member, element), is = has_element (side, member, element);

          if (was != is)
            g_assert_cmpint (has_element (result->body, member, element), ==, is);
        }
    }
}

/* A line that a side has and the base has not is in the merged text, or the text is a clash. */
static void
check_lines (const Case   *c,
             EntSyncMerge *result,
             JsonObject   *side,
             const char   *member)
{
  const char *base = json_object_get_string_member_with_default (c->base, member, "");
  g_auto (GStrv) lines = g_strsplit (json_object_get_string_member_with_default (side, member, ""), "\n", -1);
  g_auto (GStrv) old = g_strsplit (base, "\n", -1);
  g_auto (GStrv) merged = g_strsplit (json_object_get_string_member_with_default (result->body, member, ""), "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    g_assert_true (**line == '\0' || g_strv_contains ((const char * const *) old, *line) ||
                   g_strv_contains ((const char * const *) merged, *line));
}

static void
check_nothing_lost (const Case   *c,
                    EntSyncMerge *result)
{
  g_autoptr (GPtrArray) members = list_members (c);

  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);
      const EntField *field = ent_sync_body_lookup (c->type, member);
      const EntSyncMergeEntry *entry = find_entry (result->merges, member);

      check_told (c, result, member);
      if (c->a.body == NULL || c->b.body == NULL || c->base == NULL || entry == NULL ||
          entry->reason == ENT_SYNC_MERGE_ONE_SIDE)
        continue;
      if (field != NULL && ent_field_is_many (field) && find_entry (result->clashes, member) == NULL)
        {
          check_elements (c, result, c->a.body, member);
          check_elements (c, result, c->b.body, member);
        }
      if (field != NULL && entry->reason == ENT_SYNC_MERGE_LINES)
        {
          check_lines (c, result, c->a.body, member);
          check_lines (c, result, c->b.body, member);
        }
    }
}

/* Exchanging the sides changes nothing but which one is shown in a clash and which lines come first. */
static void
check_symmetry (const Case   *c,
                EntSyncMerge *result)
{
  g_autoptr (EntSyncMerge) other = ent_sync_merge (c->type, c->base, &c->b, &c->a);
  g_autoptr (GPtrArray) members = list_members (c);

  g_assert_cmpuint (other->merges->len, ==, result->merges->len);
  g_assert_cmpuint (other->clashes->len, ==, result->clashes->len);
  g_assert_true ((other->body == NULL) == (result->body == NULL));
  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);
      const EntSyncMergeEntry *entry = find_entry (result->merges, member);

      g_assert_true ((find_entry (result->clashes, member) == NULL) == (find_entry (other->clashes, member) == NULL));
      if (find_entry (result->clashes, member) != NULL)
        continue;
      if (entry != NULL)
        g_assert_cmpint (entry->reason, ==, find_entry (other->merges, member)->reason);
      if (entry == NULL || entry->reason != ENT_SYNC_MERGE_LINES || entry->taken != ENT_SYNC_TAKEN_BOTH)
        g_assert_true (same (result->body, other->body, member));
    }
}

/* The result already holds what B has to say. */
static void
check_idempotence (const Case   *c,
                   EntSyncMerge *result)
{
  EntSyncSide merged = { result->body, NULL, c->a.time };
  g_autoptr (EntSyncMerge) again = ent_sync_merge (c->type, c->base, &merged, &c->b);

  assert_equal_bodies (again->body, result->body);
  g_assert_cmpuint (again->clashes->len, ==, result->clashes->len);
  for (guint i = 0; i < again->clashes->len; i++)
    {
      const EntSyncMergeEntry *before = g_ptr_array_index (result->clashes, i);
      const EntSyncMergeEntry *after = g_ptr_array_index (again->clashes, i);

      g_assert_cmpstr (after->group, ==, before->group);
      assert_equal_bodies (after->a, before->a);
      assert_equal_bodies (after->b, before->b);
    }
}

/* The same bodies with their members in another order. */
static void
check_determinism (const Case   *c,
                   EntSyncMerge *result)
{
  g_autoptr (JsonObject) base = c->base != NULL ? copy_body (c->base) : NULL;
  g_autoptr (JsonObject) a_body = c->a.body != NULL ? copy_body (c->a.body) : NULL;
  g_autoptr (JsonObject) b_body = c->b.body != NULL ? copy_body (c->b.body) : NULL;
  EntSyncSide a = { a_body, "x", c->a.time }, b = { b_body, "y", c->b.time };
  g_autoptr (EntSyncMerge) again = ent_sync_merge (c->type, base, &a, &b);

  assert_equal_bodies (again->body, result->body);
  g_assert_cmpuint (again->merges->len, ==, result->merges->len);
  for (guint i = 0; i < again->merges->len; i++)
    g_assert_cmpstr (((EntSyncMergeEntry *) g_ptr_array_index (again->merges, i))->group, ==,
                     ((EntSyncMergeEntry *) g_ptr_array_index (result->merges, i))->group);
}

/* Records merge into a record. */
static void
check_readable (const Case   *c,
                EntSyncMerge *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSyncBody) body = NULL;

  if (result->body == NULL)
    return;
  body = ent_sync_body_read (ent_schema_get_default (), c->id, result->body, &test_sync_refs, &error);
  g_assert_no_error (error);
}

/* Each rule was reached, else the cases are worth nothing. */
static void
count_reasons (EntSyncMerge *result,
               guint        *reasons)
{
  for (guint i = 0; i < result->merges->len; i++)
    reasons[((EntSyncMergeEntry *) g_ptr_array_index (result->merges, i))->reason]++;
  reasons[ENT_SYNC_MERGE_CLASH] += result->clashes->len;
}

static void
test_any_edits (void)
{
  EntSchema *schema = ent_schema_get_default ();
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint reasons[ENT_SYNC_MERGE_CLASH + 1] = { 0 };

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_auto (Case) c = { 0 };
      g_autoptr (EntSyncMerge) result = NULL;

      make_case (&c, ent_schema_get_nth (schema, i % ent_schema_get_n_types (schema)), rand);
      result = ent_sync_merge (c.type, c.base, &c.a, &c.b);
      check_nothing_lost (&c, result);
      check_symmetry (&c, result);
      check_idempotence (&c, result);
      check_determinism (&c, result);
      check_readable (&c, result);
      count_reasons (result, reasons);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (i != ENT_SYNC_MERGE_LARGER) /* a single field has this policy */
      g_assert_cmpuint (reasons[i], >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/merge-random/any-edits", test_any_edits);

  return g_test_run ();
}
