/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merges of values that take parts of both sides: lists by element, notes by line; and fields of the user. */
#include "config.h"

#include "support/merge-case.h"

/* --- Lists ------------------------------------------------------------------------------------ */

static void
test_list (void)
{
  const char *base = DEAL ("'tags':['a','b','c']");
  g_autoptr (EntSyncMerge) both = case_merge_at ("deal", base, DEAL ("'tags':['x','a','b']"),
                                                 DEAL ("'tags':['b','c','y']"), 1, 2);
  g_autoptr (EntSyncMerge) later = case_merge_at ("deal", base, DEAL ("'tags':['x','a','b']"),
                                                  DEAL ("'tags':['b','c','y']"), 2, 1);
  g_autoptr (EntSyncMerge) empty = case_merge ("deal", DEAL ("'tags':['a','b']"), DEAL ("'tags':['a']"), DEAL ("'tags':['b']"));
  const EntSyncMergeEntry *entry;

  case_assert_merged (both, DEAL ("'tags':['b','y','x']"), "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  case_assert_merged (later, DEAL ("'tags':['x','b','y']"), "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  case_assert_merged (empty, "{'type':'deal'}", "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  entry = g_ptr_array_index (empty->merges, 0);
  case_assert_object (entry->merged, "{}");
}

/* A side that already has all elements keeps its order; where only the order differs the later one counts. */
static void
test_list_order (void)
{
  const char *base = DEAL ("'tags':['a','b']"), *moved = DEAL ("'tags':['b','a']"), *longer = DEAL ("'tags':['c','b','a']");
  g_autoptr (EntSyncMerge) first = case_merge_at ("deal", base, longer, moved, 1, 2);
  g_autoptr (EntSyncMerge) second = case_merge_at ("deal", base, moved, longer, 2, 1);
  g_autoptr (EntSyncMerge) order = case_merge_at ("deal", DEAL ("'tags':['a','b','c']"), DEAL ("'tags':['b','a','c']"),
                                                  DEAL ("'tags':['c','a','b']"), 1, 2);

  case_assert_merged (first, longer, "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_A);
  case_assert_merged (second, longer, "tags", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_B);
  case_assert_merged (order, DEAL ("'tags':['c','a','b']"), "tags", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
}

/* References are elements like any other. */
static void
test_list_references (void)
{
  g_autoptr (EntSyncMerge) result = case_merge ("deal", DEAL ("'offering':['offering:1']"),
                                                DEAL ("'offering':['offering:1','offering:2']"),
                                                DEAL ("'offering':['offering:3']"));

  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result->body, "offering")), ==, 2);
}

static void
test_list_malformed (void)
{
  g_autoptr (EntSyncMerge) result = case_merge_at ("deal", DEAL ("'tags':['a']"), DEAL ("'tags':'x'"),
                                                   DEAL ("'tags':['b']"), 2, 1);

  case_assert_merged (result, DEAL ("'tags':'x'"), "tags", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
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
    { "one", "one\\ntwo\\n", "one\\nthree", "one\\ntwo\\nthree\\n", ENT_SYNC_TAKEN_BOTH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base = g_strdup_printf (DEAL ("'note':'%s'"), cases[i].base);
      g_autofree char *a = g_strdup_printf (DEAL ("'note':'%s'"), cases[i].a);
      g_autofree char *b = g_strdup_printf (DEAL ("'note':'%s'"), cases[i].b);
      g_autofree char *merged = g_strdup_printf (DEAL ("'note':'%s'"), cases[i].merged);
      g_autoptr (EntSyncMerge) result = case_merge ("deal", base, a, b);

      case_assert_merged (result, merged, "note", ENT_SYNC_MERGE_LINES, cases[i].taken);
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
      g_autofree char *base = g_strdup_printf (DEAL ("%s"), cases[i].base);
      g_autofree char *a = g_strdup_printf (DEAL ("%s"), cases[i].a);
      g_autofree char *b = g_strdup_printf (DEAL ("%s"), cases[i].b);
      g_autoptr (EntSyncMerge) result = case_merge ("deal", base, a, b);

      case_assert_clash (result, a, "note");
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
  g_autoptr (JsonObject) base = case_parse (DEAL ("'x_log':'éé'"));
  g_autoptr (JsonObject) a = case_parse (DEAL ("'x_log':'éé\\nab'"));
  g_autoptr (JsonObject) b = case_parse (DEAL ("'x_log':'éé\\ncde'"));
  g_autoptr (JsonObject) c = case_parse (DEAL ("'x_log':'éé\\ncdef'"));
  EntSyncSide a_side = { a, NULL, 0 }, b_side = { b, NULL, 0 }, c_side = { c, NULL, 0 };
  g_autoptr (EntSyncMerge) fits = NULL;
  g_autoptr (EntSyncMerge) clash = NULL;

  g_assert_no_error (error);
  fits = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &b_side);
  clash = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &c_side);
  case_assert_merged (fits, DEAL ("'x_log':'éé\\nab\\ncde'"), "log", ENT_SYNC_MERGE_LINES, ENT_SYNC_TAKEN_BOTH);
  case_assert_clash (clash, DEAL ("'x_log':'éé\\nab'"), "log");
}

/* --- Fields of the user ----------------------------------------------------------------------- */

/* A field of the user that has its workspace's schema. */
static void
test_custom (void)
{
  EntCustomField field = { "deal", { .name = "places", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY, .label = "Places" } };
  g_autoptr (EntSchema) schema = ent_schema_new (&field, 1, NULL, 0, NULL);
  g_autoptr (JsonObject) base = case_parse (DEAL ("'x_places':['a']"));
  g_autoptr (JsonObject) a = case_parse (DEAL ("'x_places':['a','b']"));
  g_autoptr (JsonObject) b = case_parse (DEAL ("'x_places':['a','c']"));
  EntSyncSide a_side = { a, NULL, 2 }, b_side = { b, NULL, 1 };
  g_autoptr (EntSyncMerge) result = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &b_side);

  case_assert_merged (result, DEAL ("'x_places':['a','b','c']"), "places", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
}

/* A list whose elements are a decision as a whole. */
static void
test_custom_asked (void)
{
  EntCustomField field = { "deal", { .name = "places", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY, .label = "Places",
                                     .merge = ENT_MERGE_ASK } };
  g_autoptr (EntSchema) schema = ent_schema_new (&field, 1, NULL, 0, NULL);
  g_autoptr (JsonObject) base = case_parse (DEAL ("'x_places':['a']"));
  g_autoptr (JsonObject) a = case_parse (DEAL ("'x_places':['a','b']"));
  g_autoptr (JsonObject) b = case_parse (DEAL ("'x_places':['a','c']"));
  EntSyncSide a_side = { a, NULL, 0 }, b_side = { b, NULL, 0 };
  g_autoptr (EntSyncMerge) result = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &b_side);

  case_assert_clash (result, DEAL ("'x_places':['a','b']"), "places");
}

/* The strictest policy of the fields that differ; lists and growing texts are never taken along. */
static void
test_custom_group (void)
{
  EntCustomField fields[] = {
    { "deal", { .name = "one", .type = ENT_FIELD_TEXT, .label = "One", .merge_group = "pair" } },
    { "deal", { .name = "two", .type = ENT_FIELD_TEXT, .label = "Two", .merge_group = "pair", .merge = ENT_MERGE_ASK } },
    { "deal", { .name = "places", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY, .label = "Places", .merge_group = "pair" } },
    { "deal", { .name = "log", .type = ENT_FIELD_LONGTEXT, .label = "Log", .merge_group = "pair", .merge = ENT_MERGE_APPEND } },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSchema) schema = ent_schema_new (fields, G_N_ELEMENTS (fields), NULL, 0, &error);
  g_autoptr (JsonObject) base = case_parse (DEAL ("'x_one':'a','x_two':'a','x_log':'a'"));
  g_autoptr (JsonObject) a = case_parse (DEAL ("'x_one':'a','x_two':'b','x_log':'a\\nb','x_places':['b']"));
  g_autoptr (JsonObject) b = case_parse (DEAL ("'x_one':'b','x_two':'a','x_log':'a\\nc','x_places':['c']"));
  g_autoptr (JsonObject) c = case_parse (DEAL ("'x_one':'c','x_two':'b','x_log':'a\\nb','x_places':['b']"));
  EntSyncSide a_side = { a, NULL, 0 }, b_side = { b, NULL, 0 }, c_side = { c, NULL, 0 };
  g_autoptr (EntSyncMerge) clash = NULL;
  g_autoptr (EntSyncMerge) later = NULL;

  g_assert_no_error (error);
  clash = ent_sync_merge (ent_schema_lookup (schema, "deal"), base, &a_side, &b_side);
  later = ent_sync_merge (ent_schema_lookup (schema, "deal"), NULL, &a_side, &c_side);
  case_assert_object (clash->body, DEAL ("'x_one':'a','x_two':'b','x_log':'a\\nb\\nc','x_places':['c','b']"));
  g_assert_cmpuint (clash->clashes->len, ==, 1);
  case_assert_entry (clash->clashes, 0, "pair", ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
  case_assert_entry (clash->merges, 0, "places", ENT_SYNC_MERGE_ELEMENTS, ENT_SYNC_TAKEN_BOTH);
  case_assert_entry (clash->merges, 1, "log", ENT_SYNC_MERGE_LINES, ENT_SYNC_TAKEN_BOTH);
  case_assert_merged (later, DEAL ("'x_one':'c','x_two':'b','x_log':'a\\nb','x_places':['b']"), "pair", ENT_SYNC_MERGE_LATER,
                      ENT_SYNC_TAKEN_B);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/merge-parts/list", test_list);
  g_test_add_func ("/sync/merge-parts/list-order", test_list_order);
  g_test_add_func ("/sync/merge-parts/list-references", test_list_references);
  g_test_add_func ("/sync/merge-parts/list-malformed", test_list_malformed);
  g_test_add_func ("/sync/merge-parts/lines", test_lines);
  g_test_add_func ("/sync/merge-parts/lines-clash", test_lines_clash);
  g_test_add_func ("/sync/merge-parts/lines-too-long", test_lines_too_long);
  g_test_add_func ("/sync/merge-parts/custom", test_custom);
  g_test_add_func ("/sync/merge-parts/custom-asked", test_custom_asked);
  g_test_add_func ("/sync/merge-parts/custom-group", test_custom_group);

  return g_test_run ();
}
