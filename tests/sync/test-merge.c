/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three-way merges: what each rule makes of two edits, and what is told of it. */
#include "config.h"

#include "sync/ent-sync-json.h"
#include "sync/ent-sync-merge.h"

/* (nullable) */
static JsonObject *
parse (const char *text)
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

/* Bodies are written with ' for "; NULL is a deleted record, or no base. @times: of A and B. */
static EntSyncMerge *
merge_at (const char *type,
          const char *base,
          const char *a,
          const char *b,
          gint64      a_time,
          gint64      b_time)
{
  g_autoptr (JsonObject) base_body = parse (base);
  g_autoptr (JsonObject) a_body = parse (a);
  g_autoptr (JsonObject) b_body = parse (b);
  EntSyncSide a_side = { a_body, "ana", a_time };
  EntSyncSide b_side = { b_body, "ben", b_time };

  return ent_sync_merge (ent_schema_lookup (ent_schema_get_default (), type), base_body, &a_side, &b_side);
}

static EntSyncMerge *
merge (const char *type,
       const char *base,
       const char *a,
       const char *b)
{
  return merge_at (type, base, a, b, 0, 0);
}

static void
assert_object (JsonObject *object,
               const char *expected)
{
  g_autoptr (JsonObject) wanted = parse (expected);
  g_autofree char *wanted_text = ent_sync_json_write_body (wanted);
  g_autofree char *text = ent_sync_json_write_body (object);

  g_assert_cmpstr (text, ==, wanted_text);
}

static void
assert_entry (GPtrArray          *entries,
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

/* One entry, which is no clash, and the body. */
static void
assert_merged (EntSyncMerge       *result,
               const char         *body,
               const char         *group,
               EntSyncMergeReason  reason,
               EntSyncTaken        taken)
{
  assert_object (result->body, body);
  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (result->merges->len, ==, 1);
  assert_entry (result->merges, 0, group, reason, taken);
}

static void
assert_clash (EntSyncMerge *result,
              const char   *body,
              const char   *group)
{
  assert_object (result->body, body);
  g_assert_cmpuint (result->merges->len, ==, 0);
  g_assert_cmpuint (result->clashes->len, ==, 1);
  assert_entry (result->clashes, 0, group, ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
}

#define D(members) "{'type':'deal'," members "}"

/* --- No conflict ------------------------------------------------------------------------------ */

static void
test_equal (void)
{
  g_autoptr (EntSyncMerge) result = merge ("deal", D ("'title':'a'"), D ("'_id':'x','title':'b','renewals':1"),
                                           D ("'renewals':1.0,'title':'b','note':null"));

  assert_object (result->body, D ("'title':'b','renewals':1"));
  g_assert_cmpuint (result->merges->len, ==, 0);
  g_assert_cmpuint (result->clashes->len, ==, 0);
}

/* Edits of different fields: each is in, and each is told. */
static void
test_disjoint (void)
{
  g_autoptr (EntSyncMerge) result = merge ("deal", D ("'title':'a','next_step':'x','country':'DE'"),
                                           D ("'title':'b','next_step':'x'"), D ("'title':'a','next_step':'y','country':'DE'"));
  const EntSyncMergeEntry *entry;

  assert_object (result->body, D ("'title':'b','next_step':'y'"));
  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (result->merges->len, ==, 3);
  assert_entry (result->merges, 0, "title", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  assert_entry (result->merges, 1, "next_step", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  assert_entry (result->merges, 2, "country", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  entry = g_ptr_array_index (result->merges, 2);
  g_assert_cmpstr (entry->members[0], ==, "country");
  g_assert_null (entry->members[1]);
  assert_object (entry->base, "{'country':'DE'}");
  assert_object (entry->a, "{}");
  assert_object (entry->b, "{'country':'DE'}");
  assert_object (entry->merged, "{}");
}

/* --- Groups and clashes ----------------------------------------------------------------------- */

/* Stage and close date are one value: a stage of one side and a date of the other make a row that nobody entered. */
static void
test_group (void)
{
  const char *base = D ("'stage':'prospect','expected_close':'2026-01-01','title':'t'");
  const char *a = D ("'stage':'won','expected_close':'2026-01-01','title':'t'");
  const char *b = D ("'stage':'prospect','expected_close':'2026-03-01','title':'t'");
  g_autoptr (EntSyncMerge) result = merge ("deal", base, a, b);
  const EntSyncMergeEntry *entry;

  assert_clash (result, a, "stage");
  entry = g_ptr_array_index (result->clashes, 0);
  assert_object (entry->base, "{'stage':'prospect','expected_close':'2026-01-01'}");
  assert_object (entry->a, "{'stage':'won','expected_close':'2026-01-01'}");
  assert_object (entry->b, "{'stage':'prospect','expected_close':'2026-03-01'}");
  assert_object (entry->merged, "{'stage':'won','expected_close':'2026-01-01'}");
}

/* Amount and currency are one field. */
static void
test_money (void)
{
  g_autoptr (EntSyncMerge) result = merge ("deal", D ("'amount':{'minor':1,'currency':'USD'}"),
                                           D ("'amount':{'minor':2,'currency':'USD'}"),
                                           D ("'amount':{'minor':1,'currency':'EUR'}"));

  assert_clash (result, D ("'amount':{'minor':2,'currency':'USD'}"), "money");
}

/* Other edits beside a clash are merged all the same. */
static void
test_clash_alone (void)
{
  g_autoptr (EntSyncMerge) result = merge ("deal", D ("'amount':{'minor':1,'currency':'USD'},'title':'a'"),
                                           D ("'amount':{'minor':2,'currency':'USD'},'title':'a'"),
                                           D ("'amount':{'minor':3,'currency':'USD'},'title':'b'"));

  assert_object (result->body, D ("'amount':{'minor':2,'currency':'USD'},'title':'b'"));
  g_assert_cmpuint (result->clashes->len, ==, 1);
  g_assert_cmpuint (result->merges->len, ==, 1);
}

/* The place of an organization moves as a whole, to the later one. */
static void
test_group_later (void)
{
  const char *base = "{'type':'organization','country':'DE','postal_code':'1'}";
  const char *a = "{'type':'organization','country':'FR','postal_code':'1'}";
  const char *b = "{'type':'organization','country':'DE','postal_code':'2'}";
  g_autoptr (EntSyncMerge) result = merge_at ("organization", base, a, b, 5, 6);
  g_autoptr (EntSyncMerge) other = merge_at ("organization", base, a, b, 6, 5);

  assert_merged (result, b, "address", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
  assert_merged (other, a, "address", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
}

/* The fields that differ say how a group is merged: a ladder asks, its step only grows. */
static void
test_mixed_group (void)
{
  g_autoptr (EntSyncMerge) steps = merge ("case", "{'type':'case','ladder':'program:x','step':1}",
                                          "{'type':'case','ladder':'program:x','step':3}",
                                          "{'type':'case','ladder':'program:x','step':2}");
  g_autoptr (EntSyncMerge) ladders = merge ("case", "{'type':'case','ladder':'program:x','step':1}",
                                            "{'type':'case','ladder':'program:x','step':3}",
                                            "{'type':'case','ladder':'program:y','step':1}");

  assert_merged (steps, "{'type':'case','ladder':'program:x','step':3}", "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_A);
  assert_clash (ladders, "{'type':'case','ladder':'program:x','step':3}", "ladder");
}

/* --- Numbers and single values ---------------------------------------------------------------- */

static void
test_larger (void)
{
  const char *base = "{'type':'case','step':9007199254740990}";
  const char *high = "{'type':'case','step':9007199254740993}";
  const char *low = "{'type':'case','step':9007199254740992}";
  g_autoptr (EntSyncMerge) first = merge ("case", base, high, low);
  g_autoptr (EntSyncMerge) second = merge ("case", base, low, high);
  g_autoptr (EntSyncMerge) gone = merge ("case", base, "{'type':'case'}", low);
  g_autoptr (EntSyncMerge) one_side = merge ("case", base, base, "{'type':'case','step':1}");
  g_autoptr (EntSyncMerge) text = merge_at ("case", base, "{'type':'case','step':'x'}", low, 2, 1);

  assert_merged (first, high, "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_A);
  assert_merged (second, high, "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_B);
  assert_merged (gone, low, "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_B);
  assert_merged (one_side, "{'type':'case','step':1}", "ladder", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  assert_merged (text, "{'type':'case','step':'x'}", "ladder", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
}

static void
test_later (void)
{
  const char *base = D ("'title':'a'"), *b = D ("'title':'b'"), *c = D ("'title':'c'");
  g_autoptr (EntSyncMerge) by_time = merge_at ("deal", base, b, c, 2, 1);
  g_autoptr (EntSyncMerge) by_text = merge_at ("deal", base, b, c, 2, 2);
  g_autoptr (EntSyncMerge) exchanged = merge_at ("deal", base, c, b, 2, 2);
  g_autoptr (EntSyncMerge) removed = merge_at ("deal", base, b, "{'type':'deal'}", 1, 2);

  assert_merged (by_time, b, "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
  assert_merged (by_text, c, "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
  assert_merged (exchanged, c, "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
  assert_merged (removed, "{'type':'deal'}", "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
}

/* --- Lists ------------------------------------------------------------------------------------ */

static void
test_list (void)
{
  const char *base = D ("'tags':['a','b','c']");
  g_autoptr (EntSyncMerge) both = merge_at ("deal", base, D ("'tags':['x','a','b']"), D ("'tags':['b','c','y']"), 1, 2);
  g_autoptr (EntSyncMerge) later = merge_at ("deal", base, D ("'tags':['x','a','b']"), D ("'tags':['b','c','y']"), 2, 1);
  g_autoptr (EntSyncMerge) empty = merge ("deal", D ("'tags':['a','b']"), D ("'tags':['a']"), D ("'tags':['b']"));
  const EntSyncMergeEntry *entry;

  assert_merged (both, D ("'tags':['b','y','x']"), "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  assert_merged (later, D ("'tags':['x','b','y']"), "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  assert_merged (empty, "{'type':'deal'}", "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  entry = g_ptr_array_index (empty->merges, 0);
  assert_object (entry->merged, "{}");
}

/* A side that already has all elements keeps its order; where only the order differs the later one counts. */
static void
test_list_order (void)
{
  const char *base = D ("'tags':['a','b']"), *moved = D ("'tags':['b','a']"), *longer = D ("'tags':['c','b','a']");
  g_autoptr (EntSyncMerge) first = merge_at ("deal", base, longer, moved, 1, 2);
  g_autoptr (EntSyncMerge) second = merge_at ("deal", base, moved, longer, 2, 1);
  g_autoptr (EntSyncMerge) order = merge_at ("deal", D ("'tags':['a','b','c']"), D ("'tags':['b','a','c']"),
                                             D ("'tags':['c','a','b']"), 1, 2);

  assert_merged (first, longer, "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_A);
  assert_merged (second, longer, "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_B);
  assert_merged (order, D ("'tags':['c','a','b']"), "tags", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
}

/* A list of references has no policy of its own to be one. */
static void
test_list_references (void)
{
  g_autoptr (EntSyncMerge) result = merge ("deal", D ("'offering':['offering:1']"),
                                           D ("'offering':['offering:1','offering:2']"), D ("'offering':['offering:3']"));

  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result->body, "offering")), ==, 2);
}

static void
test_list_malformed (void)
{
  g_autoptr (EntSyncMerge) result = merge_at ("deal", D ("'tags':['a']"), D ("'tags':'x'"), D ("'tags':['b']"), 2, 1);

  assert_merged (result, D ("'tags':'x'"), "tags", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
}

/* --- Notes ------------------------------------------------------------------------------------ */

static void
test_lines (void)
{
  static const struct { const char *base, *a, *b, *merged; EntSyncTaken taken; } cases[] = {
    { "one", "one\\ntwo", "one\\nthree", "one\\ntwo\\nthree", ENT_SYNC_TAKEN_BOTH },
    { "one\\n", "one\\ntwo\\n", "one\\nthree\\n", "one\\ntwo\\nthree\\n", ENT_SYNC_TAKEN_BOTH },
    { "", "two", "three", "two\\nthree", ENT_SYNC_TAKEN_BOTH },
    { "one", "one\\n\\ntwo", "one\\n\\nthree", "one\\n\\ntwo\\n\\nthree", ENT_SYNC_TAKEN_BOTH },
    { "one", "one\\ntwo", "one\\n\\n", "one\\ntwo\\n\\n", ENT_SYNC_TAKEN_BOTH },
    { "one", "one\\ntwo\\nthree", "one\\nthree", "one\\ntwo\\nthree", ENT_SYNC_TAKEN_A },
    { "one", "one\\ntwo", "one\\ntwo\\nthree", "one\\ntwo\\nthree", ENT_SYNC_TAKEN_B },
    { "one", "one\\ntwo", "one\\ntwo\\n", "one\\ntwo\\n", ENT_SYNC_TAKEN_B },
    { "one", "one\\ntwo\\n", "one\\ntwo", "one\\ntwo\\n", ENT_SYNC_TAKEN_A },
    { "one", "one\\n", "one\\ntwo", "one\\ntwo", ENT_SYNC_TAKEN_B },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base = g_strdup_printf (D ("'note':'%s'"), cases[i].base);
      g_autofree char *a = g_strdup_printf (D ("'note':'%s'"), cases[i].a);
      g_autofree char *b = g_strdup_printf (D ("'note':'%s'"), cases[i].b);
      g_autofree char *merged = g_strdup_printf (D ("'note':'%s'"), cases[i].merged);
      g_autoptr (EntSyncMerge) result = merge ("deal", base, a, b);

      assert_merged (result, merged, "note", ENT_SYNC_MERGE_LINES, cases[i].taken);
    }
}

/* Whoever did more than append is asked. */
static void
test_lines_clash (void)
{
  static const struct { const char *base, *a, *b; } cases[] = {
    { "'note':'one'", "'note':'one more'", "'note':'one\\ntwo'" },
    { "'note':'one\\ntwo'", "'note':'two\\nthree'", "'note':'one\\ntwo\\nfour'" },
    { "'note':'one'", "'title':'x'", "'title':'x','note':'one\\ntwo'" },
    { "'note':'one'", "'note':7", "'note':'one\\ntwo'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base = g_strdup_printf (D ("%s"), cases[i].base);
      g_autofree char *a = g_strdup_printf (D ("%s"), cases[i].a);
      g_autofree char *b = g_strdup_printf (D ("%s"), cases[i].b);
      g_autoptr (EntSyncMerge) result = merge ("deal", base, a, b);

      assert_clash (result, a, "note");
    }
}

/* A text must not outgrow its field; the declared ones have no limit, so one is made here. */
static void
test_lines_too_long (void)
{
  EntCustomField field = { "deal", { .name = "log", .type = ENT_FIELD_LONGTEXT, .label = "Log", .max = 9,
                                     .merge = ENT_MERGE_APPEND } };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSchema) schema = ent_schema_new (&field, 1, NULL, 0, &error);
  g_autoptr (JsonObject) base = parse (D ("'x_log':'éé'"));
  g_autoptr (JsonObject) a = parse (D ("'x_log':'éé\\nab'"));
  g_autoptr (JsonObject) b = parse (D ("'x_log':'éé\\ncde'"));
  g_autoptr (JsonObject) c = parse (D ("'x_log':'éé\\ncdef'"));
  EntSyncSide a_side = { a, NULL, 0 }, b_side = { b, NULL, 0 }, c_side = { c, NULL, 0 };
  g_autoptr (EntSyncMerge) fits = NULL;
  g_autoptr (EntSyncMerge) clash = NULL;

  g_assert_no_error (error);
  fits = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &b_side);
  clash = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &c_side);
  assert_merged (fits, D ("'x_log':'éé\\nab\\ncde'"), "log", ENT_SYNC_MERGE_LINES, ENT_SYNC_TAKEN_BOTH);
  assert_clash (clash, D ("'x_log':'éé\\nab'"), "log");
}

/* --- Without a base --------------------------------------------------------------------------- */

static void
test_no_base (void)
{
  g_autoptr (EntSyncMerge) result =
    merge_at ("deal", NULL, D ("'title':'a','stage':'won','tags':['a','b'],'note':'one'"),
              D ("'title':'b','tags':['c','a'],'note':'one\\ntwo','country':'DE'"), 1, 2);
  const EntSyncMergeEntry *clash;

  assert_object (result->body,
                 D ("'title':'b','stage':'won','tags':['c','a','b'],'note':'one\\ntwo','country':'DE'"));
  g_assert_cmpuint (result->clashes->len, ==, 1);
  assert_entry (result->clashes, 0, "stage", ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
  clash = g_ptr_array_index (result->clashes, 0);
  g_assert_null (clash->base);
  g_assert_cmpuint (result->merges->len, ==, 4);
}

/* Nobody knows which lines were appended. */
static void
test_no_base_lines (void)
{
  g_autoptr (EntSyncMerge) result = merge ("deal", NULL, D ("'note':'one\\ntwo'"), D ("'note':'one\\nthree'"));

  assert_clash (result, D ("'note':'one\\ntwo'"), "note");
}

/* --- Deleted records -------------------------------------------------------------------------- */

static void
test_deleted (void)
{
  const char *base = D ("'title':'a'"), *edited = D ("'title':'b','new':1"), *sent = D ("'_rev':'2-x','title':'a'");
  g_autoptr (EntSyncMerge) a_deleted = merge ("deal", base, NULL, edited);
  g_autoptr (EntSyncMerge) b_deleted = merge ("deal", base, edited, NULL);
  g_autoptr (EntSyncMerge) a_gone = merge ("deal", base, NULL, sent);
  g_autoptr (EntSyncMerge) b_gone = merge ("deal", base, sent, NULL);
  g_autoptr (EntSyncMerge) no_base = merge ("deal", NULL, sent, NULL);
  g_autoptr (EntSyncMerge) both = merge ("deal", base, NULL, NULL);
  const EntSyncMergeEntry *entry;

  assert_merged (a_deleted, edited, "", ENT_SYNC_MERGE_EDIT_KEPT, ENT_SYNC_TAKEN_B);
  assert_merged (b_deleted, edited, "", ENT_SYNC_MERGE_EDIT_KEPT, ENT_SYNC_TAKEN_A);
  assert_merged (no_base, base, "", ENT_SYNC_MERGE_EDIT_KEPT, ENT_SYNC_TAKEN_A);
  entry = g_ptr_array_index (b_deleted->merges, 0);
  g_assert_null (entry->members[0]);
  assert_object (entry->base, base);
  assert_object (entry->a, edited);
  g_assert_null (entry->b);

  g_assert_null (a_gone->body);
  assert_entry (a_gone->merges, 0, "", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  g_assert_null (b_gone->body);
  assert_entry (b_gone->merges, 0, "", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  g_assert_null (both->body);
  g_assert_cmpuint (both->merges->len, ==, 0);
}

/* --- Members of a newer version --------------------------------------------------------------- */

static void
test_unknown (void)
{
  g_autoptr (EntSyncMerge) result =
    merge_at ("deal", D ("'z':[1],'m':1,'gone':1"), D ("'z':[1,2],'m':2,'_x':1,'a':null"),
              D ("'z':[1,3],'m':1,'n':{'b':1}"), 2, 1);

  assert_object (result->body, D ("'z':[1,2],'m':2,'n':{'b':1},'a':null"));
  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (result->merges->len, ==, 4);
  assert_entry (result->merges, 0, "a", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  assert_entry (result->merges, 1, "m", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  assert_entry (result->merges, 2, "n", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  assert_entry (result->merges, 3, "z", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
}

/* A field of the user that has its workspace's schema. */
static void
test_custom (void)
{
  EntCustomField field = { "deal", { .name = "places", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY, .label = "Places" } };
  g_autoptr (EntSchema) schema = ent_schema_new (&field, 1, NULL, 0, NULL);
  g_autoptr (JsonObject) base = parse (D ("'x_places':['a']"));
  g_autoptr (JsonObject) a = parse (D ("'x_places':['a','b']"));
  g_autoptr (JsonObject) b = parse (D ("'x_places':['a','c']"));
  EntSyncSide a_side = { a, NULL, 2 }, b_side = { b, NULL, 1 };
  g_autoptr (EntSyncMerge) result = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &b_side);

  assert_merged (result, D ("'x_places':['a','b','c']"), "places", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/merge/equal", test_equal);
  g_test_add_func ("/sync/merge/disjoint", test_disjoint);
  g_test_add_func ("/sync/merge/group", test_group);
  g_test_add_func ("/sync/merge/money", test_money);
  g_test_add_func ("/sync/merge/clash-alone", test_clash_alone);
  g_test_add_func ("/sync/merge/group-later", test_group_later);
  g_test_add_func ("/sync/merge/mixed-group", test_mixed_group);
  g_test_add_func ("/sync/merge/larger", test_larger);
  g_test_add_func ("/sync/merge/later", test_later);
  g_test_add_func ("/sync/merge/list", test_list);
  g_test_add_func ("/sync/merge/list-order", test_list_order);
  g_test_add_func ("/sync/merge/list-references", test_list_references);
  g_test_add_func ("/sync/merge/list-malformed", test_list_malformed);
  g_test_add_func ("/sync/merge/lines", test_lines);
  g_test_add_func ("/sync/merge/lines-clash", test_lines_clash);
  g_test_add_func ("/sync/merge/lines-too-long", test_lines_too_long);
  g_test_add_func ("/sync/merge/no-base", test_no_base);
  g_test_add_func ("/sync/merge/no-base-lines", test_no_base_lines);
  g_test_add_func ("/sync/merge/deleted", test_deleted);
  g_test_add_func ("/sync/merge/unknown", test_unknown);
  g_test_add_func ("/sync/merge/custom", test_custom);

  return g_test_run ();
}
