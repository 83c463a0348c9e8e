/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three-way merges: what each rule makes of two edits, and what is told of it. */
#include "config.h"

#include "support/merge-case.h"

/* --- No conflict ------------------------------------------------------------------------------ */

static void
test_equal (void)
{
  g_autoptr (EntSyncMerge) result = case_merge ("deal", DEAL ("'title':'a'"), DEAL ("'_id':'x','title':'b','renewals':1"),
                                                DEAL ("'renewals':1.0,'title':'b','note':null"));

  case_assert_object (result->body, DEAL ("'title':'b','renewals':1"));
  g_assert_cmpuint (result->merges->len, ==, 0);
  g_assert_cmpuint (result->clashes->len, ==, 0);
}

/* Edits of different fields: each is in, and each is told. */
static void
test_disjoint (void)
{
  g_autoptr (EntSyncMerge) result = case_merge ("deal", DEAL ("'title':'a','next_step':'x','country':'DE'"),
                                                DEAL ("'title':'b','next_step':'x'"),
                                                DEAL ("'title':'a','next_step':'y','country':'DE'"));
  const EntSyncMergeEntry *entry;

  case_assert_object (result->body, DEAL ("'title':'b','next_step':'y'"));
  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (result->merges->len, ==, 3);
  case_assert_entry (result->merges, 0, "title", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  case_assert_entry (result->merges, 1, "next_step", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  case_assert_entry (result->merges, 2, "country", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  entry = g_ptr_array_index (result->merges, 2);
  g_assert_cmpstr (entry->members[0], ==, "country");
  g_assert_null (entry->members[1]);
  case_assert_object (entry->base, "{'country':'DE'}");
  case_assert_object (entry->a, "{}");
  case_assert_object (entry->b, "{'country':'DE'}");
  case_assert_object (entry->merged, "{}");
}

/* --- Groups and clashes ----------------------------------------------------------------------- */

/* Stage and close date are one value: a stage of one side and a date of the other make a row that nobody entered. */
static void
test_group (void)
{
  const char *base = DEAL ("'stage':'prospect','expected_close':'2026-01-01','title':'t'");
  const char *a = DEAL ("'stage':'won','expected_close':'2026-01-01','title':'t'");
  const char *b = DEAL ("'stage':'prospect','expected_close':'2026-03-01','title':'t'");
  g_autoptr (EntSyncMerge) result = case_merge ("deal", base, a, b);
  const EntSyncMergeEntry *entry;

  case_assert_clash (result, a, "stage");
  entry = g_ptr_array_index (result->clashes, 0);
  case_assert_object (entry->base, "{'stage':'prospect','expected_close':'2026-01-01'}");
  case_assert_object (entry->a, "{'stage':'won','expected_close':'2026-01-01'}");
  case_assert_object (entry->b, "{'stage':'prospect','expected_close':'2026-03-01'}");
  case_assert_object (entry->merged, "{'stage':'won','expected_close':'2026-01-01'}");
}

/* Amount and currency are one field. */
static void
test_money (void)
{
  g_autoptr (EntSyncMerge) result = case_merge ("deal", DEAL ("'amount':{'minor':1,'currency':'USD'}"),
                                                DEAL ("'amount':{'minor':2,'currency':'USD'}"),
                                                DEAL ("'amount':{'minor':1,'currency':'EUR'}"));

  case_assert_clash (result, DEAL ("'amount':{'minor':2,'currency':'USD'}"), "money");
}

/* Other edits beside a clash are merged all the same. */
static void
test_clash_alone (void)
{
  g_autoptr (EntSyncMerge) result = case_merge ("deal", DEAL ("'amount':{'minor':1,'currency':'USD'},'title':'a'"),
                                                DEAL ("'amount':{'minor':2,'currency':'USD'},'title':'a'"),
                                                DEAL ("'amount':{'minor':3,'currency':'USD'},'title':'b'"));

  case_assert_object (result->body, DEAL ("'amount':{'minor':2,'currency':'USD'},'title':'b'"));
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
  g_autoptr (EntSyncMerge) result = case_merge_at ("organization", base, a, b, 5, 6);
  g_autoptr (EntSyncMerge) other = case_merge_at ("organization", base, a, b, 6, 5);

  case_assert_merged (result, b, "address", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
  case_assert_merged (other, a, "address", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
}

/* The fields that differ say how a group is merged: a ladder asks, its step only grows. */
static void
test_mixed_group (void)
{
  g_autoptr (EntSyncMerge) steps = case_merge ("case", "{'type':'case','ladder':'program:x','step':1}",
                                               "{'type':'case','ladder':'program:x','step':3}",
                                               "{'type':'case','ladder':'program:x','step':2}");
  g_autoptr (EntSyncMerge) ladders = case_merge ("case", "{'type':'case','ladder':'program:x','step':1}",
                                                 "{'type':'case','ladder':'program:x','step':3}",
                                                 "{'type':'case','ladder':'program:y','step':1}");

  case_assert_merged (steps, "{'type':'case','ladder':'program:x','step':3}", "ladder", ENT_SYNC_MERGE_LARGER,
                      ENT_SYNC_TAKEN_A);
  case_assert_clash (ladders, "{'type':'case','ladder':'program:x','step':3}", "ladder");
}

/* --- Numbers and single values ---------------------------------------------------------------- */

static void
test_larger (void)
{
  const char *base = "{'type':'case','step':9007199254740990}";
  const char *high = "{'type':'case','step':9007199254740993}";
  const char *low = "{'type':'case','step':9007199254740992}";
  g_autoptr (EntSyncMerge) first = case_merge ("case", base, high, low);
  g_autoptr (EntSyncMerge) second = case_merge ("case", base, low, high);
  g_autoptr (EntSyncMerge) gone = case_merge ("case", base, "{'type':'case'}", low);
  g_autoptr (EntSyncMerge) one_side = case_merge ("case", base, base, "{'type':'case','step':1}");
  g_autoptr (EntSyncMerge) text = case_merge_at ("case", base, "{'type':'case','step':'x'}", low, 2, 1);

  case_assert_merged (first, high, "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_A);
  case_assert_merged (second, high, "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_B);
  case_assert_merged (gone, low, "ladder", ENT_SYNC_MERGE_LARGER, ENT_SYNC_TAKEN_B);
  case_assert_merged (one_side, "{'type':'case','step':1}", "ladder", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  case_assert_merged (text, "{'type':'case','step':'x'}", "ladder", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
}

static void
test_later (void)
{
  const char *base = DEAL ("'title':'a'"), *b = DEAL ("'title':'b'"), *c = DEAL ("'title':'c'");
  g_autoptr (EntSyncMerge) by_time = case_merge_at ("deal", base, b, c, 2, 1);
  g_autoptr (EntSyncMerge) by_text = case_merge_at ("deal", base, b, c, 2, 2);
  g_autoptr (EntSyncMerge) exchanged = case_merge_at ("deal", base, c, b, 2, 2);
  g_autoptr (EntSyncMerge) removed = case_merge_at ("deal", base, b, "{'type':'deal'}", 1, 2);

  case_assert_merged (by_time, b, "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
  case_assert_merged (by_text, c, "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
  case_assert_merged (exchanged, c, "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
  case_assert_merged (removed, "{'type':'deal'}", "title", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_B);
}

/* --- Without a base --------------------------------------------------------------------------- */

static void
test_no_base (void)
{
  g_autoptr (EntSyncMerge) result =
    case_merge_at ("deal", NULL, DEAL ("'title':'a','stage':'won','tags':['a','b'],'note':'one'"),
                   DEAL ("'title':'b','tags':['c','a'],'note':'one\\ntwo','country':'DE'"), 1, 2);
  const EntSyncMergeEntry *clash;

  case_assert_object (result->body,
                      DEAL ("'title':'b','stage':'won','tags':['c','a','b'],'note':'one\\ntwo','country':'DE'"));
  g_assert_cmpuint (result->clashes->len, ==, 1);
  case_assert_entry (result->clashes, 0, "stage", ENT_SYNC_MERGE_CLASH, ENT_SYNC_TAKEN_A);
  clash = g_ptr_array_index (result->clashes, 0);
  g_assert_null (clash->base);
  g_assert_cmpuint (result->merges->len, ==, 4);
}

/* Nobody knows which lines were appended. */
static void
test_no_base_lines (void)
{
  g_autoptr (EntSyncMerge) result = case_merge ("deal", NULL, DEAL ("'note':'one\\ntwo'"), DEAL ("'note':'one\\nthree'"));

  case_assert_clash (result, DEAL ("'note':'one\\ntwo'"), "note");
}

/* --- Deleted records -------------------------------------------------------------------------- */

static void
test_deleted (void)
{
  const char *base = DEAL ("'title':'a'"), *edited = DEAL ("'title':'b','new':1"), *sent = DEAL ("'_rev':'2-x','title':'a'");
  g_autoptr (EntSyncMerge) a_deleted = case_merge ("deal", base, NULL, edited);
  g_autoptr (EntSyncMerge) b_deleted = case_merge ("deal", base, edited, NULL);
  g_autoptr (EntSyncMerge) a_gone = case_merge ("deal", base, NULL, sent);
  g_autoptr (EntSyncMerge) b_gone = case_merge ("deal", base, sent, NULL);
  g_autoptr (EntSyncMerge) no_base = case_merge ("deal", NULL, sent, NULL);
  g_autoptr (EntSyncMerge) both = case_merge ("deal", base, NULL, NULL);
  const EntSyncMergeEntry *entry;

  case_assert_merged (a_deleted, edited, "", ENT_SYNC_MERGE_EDIT_KEPT, ENT_SYNC_TAKEN_B);
  case_assert_merged (b_deleted, edited, "", ENT_SYNC_MERGE_EDIT_KEPT, ENT_SYNC_TAKEN_A);
  case_assert_merged (no_base, base, "", ENT_SYNC_MERGE_EDIT_KEPT, ENT_SYNC_TAKEN_A);
  entry = g_ptr_array_index (b_deleted->merges, 0);
  g_assert_null (entry->members[0]);
  case_assert_object (entry->base, base);
  case_assert_object (entry->a, edited);
  g_assert_null (entry->b);

  g_assert_false (json_object_has_member (no_base->body, "_rev"));
  g_assert_null (a_gone->body);
  case_assert_entry (a_gone->merges, 0, "", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  g_assert_null (b_gone->body);
  case_assert_entry (b_gone->merges, 0, "", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  g_assert_null (both->body);
  g_assert_cmpuint (both->merges->len, ==, 0);
}

/* --- Members of a newer version --------------------------------------------------------------- */

static void
test_unknown (void)
{
  g_autoptr (EntSyncMerge) result =
    case_merge_at ("deal", DEAL ("'z':[1],'m':1,'gone':1"), DEAL ("'z':[1,2],'m':2,'_x':1,'a':null"),
                   DEAL ("'z':[1,3],'m':1,'n':{'b':1}"), 2, 1);

  case_assert_object (result->body, DEAL ("'z':[1,2],'m':2,'n':{'b':1},'a':null"));
  g_assert_cmpuint (result->clashes->len, ==, 0);
  g_assert_cmpuint (result->merges->len, ==, 4);
  case_assert_entry (result->merges, 0, "a", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  case_assert_entry (result->merges, 1, "m", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_A);
  case_assert_entry (result->merges, 2, "n", ENT_SYNC_MERGE_ONE_SIDE, ENT_SYNC_TAKEN_B);
  case_assert_entry (result->merges, 3, "z", ENT_SYNC_MERGE_LATER, ENT_SYNC_TAKEN_A);
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
  g_test_add_func ("/sync/merge/no-base", test_no_base);
  g_test_add_func ("/sync/merge/no-base-lines", test_no_base_lines);
  g_test_add_func ("/sync/merge/deleted", test_deleted);
  g_test_add_func ("/sync/merge/unknown", test_unknown);

  return g_test_run ();
}
