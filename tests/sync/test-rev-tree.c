/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revision trees: grafts, winners, ancestors, and what is stored of them. */
#include "config.h"

#include <string.h>

#include "sync/ent-rev-tree.h"

/* A revision of @generation whose hash is @letter all over. */
static EntRev
make_rev (guint32 generation,
          guint8  letter)
{
  EntRev rev = { .generation = generation };

  memset (rev.hash.bytes, letter, sizeof rev.hash.bytes);
  return rev;
}

/* Grafts the path "cba" that ends at @start: one letter for each hash, newest first. */
static EntRevGraft
graft (EntRevTree  *tree,
       guint32      start,
       const char  *letters,
       EntRevFlags  flags)
{
  guint n = (guint) strlen (letters);
  g_autofree EntRevHash *hashes = g_new (EntRevHash, n);
  EntRevPath path = { start, n, hashes };

  for (guint i = 0; i < n; i++)
    hashes[i] = make_rev (1, (guint8) letters[i]).hash;
  return ent_rev_tree_graft (tree, &path, flags);
}

/* "3c 2x!" of the leaves in their order; "!" marks a tombstone. (transfer full) */
static char *
describe_leaves (EntRevTree *tree,
                 gboolean    live_only)
{
  g_autoptr (GArray) leaves = ent_rev_tree_get_leaves (tree, live_only);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const EntRevInfo *info = &g_array_index (leaves, EntRevInfo, i);

      g_string_append_printf (text, "%s%u%c%s", i > 0 ? " " : "", info->rev.generation, info->rev.hash.bytes[0],
                              info->flags & ENT_REV_DELETED ? "!" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_leaves (EntRevTree *tree,
               const char *expected)
{
  g_autofree char *leaves = describe_leaves (tree, FALSE);

  g_assert_cmpstr (leaves, ==, expected);
}

/* "3:cba": the history of a revision. */
static void
assert_history (EntRevTree *tree,
                EntRev      rev,
                guint       limit,
                const char *expected)
{
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (ent_rev_tree_get_history (tree, &rev, limit, &path));
  g_string_append_printf (text, "%u:", path.start);
  for (guint i = 0; i < path.n_hashes; i++)
    g_string_append_c (text, (char) path.hashes[i].bytes[0]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_equal_trees (EntRevTree *a,
                    EntRevTree *b)
{
  g_autoptr (GBytes) a_bytes = ent_rev_tree_to_bytes (a);
  g_autoptr (GBytes) b_bytes = ent_rev_tree_to_bytes (b);

  g_assert_true (g_bytes_equal (a_bytes, b_bytes));
}

/* --- Grafts ----------------------------------------------------------------------------------- */

static void
test_empty (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  g_autoptr (GArray) missing = NULL;
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  EntRev rev = make_rev (1, 'a');
  EntRevInfo info;

  assert_leaves (tree, "");
  g_assert_cmpuint (ent_rev_tree_get_n_revs (tree), ==, 0);
  g_assert_cmpuint (ent_rev_tree_count_live (tree), ==, 0);
  g_assert_false (ent_rev_tree_get_winner (tree, &info));
  g_assert_false (ent_rev_tree_lookup (tree, &rev, &info));
  g_assert_false (ent_rev_tree_is_leaf (tree, &rev));
  g_assert_false (ent_rev_tree_set_seq (tree, &rev, 1));
  g_assert_false (ent_rev_tree_add_flags (tree, &rev, ENT_REV_DELETED));
  g_assert_false (ent_rev_tree_get_history (tree, &rev, 0, &path));
  g_assert_false (ent_rev_tree_get_common_ancestor (tree, &rev, &rev, &info));
  g_assert_false (ent_rev_tree_get_nearest_seq (tree, &rev, &info));
  g_assert_false (ent_rev_tree_stem (tree, 1));
  missing = ent_rev_tree_get_missing (tree, &rev, 1);
  g_assert_cmpuint (missing->len, ==, 1);
}

static void
test_extend (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();

  g_assert_cmpint (graft (tree, 1, "a", 0), ==, ENT_REV_GRAFT_NEW);
  g_assert_cmpint (graft (tree, 3, "cba", 0), ==, ENT_REV_GRAFT_NEW);
  assert_leaves (tree, "3c");
  assert_history (tree, make_rev (3, 'c'), 0, "3:cba");
  assert_history (tree, make_rev (3, 'c'), 2, "3:cb");
  assert_history (tree, make_rev (2, 'b'), 0, "2:ba");
  g_assert_cmpint (graft (tree, 2, "xa", ENT_REV_DELETED), ==, ENT_REV_GRAFT_NEW);
  assert_leaves (tree, "3c 2x!");
  g_assert_cmpuint (ent_rev_tree_count_live (tree), ==, 1);
}

static void
test_replay (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  g_autoptr (EntRevTree) before = NULL;

  graft (tree, 3, "cba", ENT_REV_CONFIRMED);
  before = ent_rev_tree_copy (tree);
  g_assert_cmpint (graft (tree, 3, "cba", 0), ==, ENT_REV_GRAFT_NOTHING);
  g_assert_cmpint (graft (tree, 3, "c", ENT_REV_CONFIRMED), ==, ENT_REV_GRAFT_NOTHING);
  g_assert_cmpint (graft (tree, 2, "ba", 0), ==, ENT_REV_GRAFT_NOTHING);
  g_assert_cmpint (graft (tree, 1, "a", 0), ==, ENT_REV_GRAFT_NOTHING);
  assert_equal_trees (tree, before);
  g_assert_cmpint (graft (tree, 2, "ba", ENT_REV_CONFIRMED), ==, ENT_REV_GRAFT_DETAILS);
}

static void
test_new_root (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  EntRev a = make_rev (2, 'b'), b = make_rev (7, 'y');
  EntRevInfo info;

  graft (tree, 2, "ba", 0);
  g_assert_cmpint (graft (tree, 7, "yx", 0), ==, ENT_REV_GRAFT_NEW);
  assert_leaves (tree, "7y 2b");
  g_assert_cmpuint (ent_rev_tree_count_live (tree), ==, 2);
  g_assert_false (ent_rev_tree_get_common_ancestor (tree, &a, &b, &info));
}

/* A root is no end: a longer history joins it, and with it another branch. */
static void
test_join (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  EntRev a = make_rev (4, 'd'), b = make_rev (2, 'x');
  EntRevInfo info;

  graft (tree, 4, "dc", 0);
  graft (tree, 2, "xa", 0);
  g_assert_false (ent_rev_tree_get_common_ancestor (tree, &a, &b, &info));
  g_assert_cmpint (graft (tree, 4, "dcba", 0), ==, ENT_REV_GRAFT_DETAILS);
  assert_leaves (tree, "4d 2x");
  assert_history (tree, a, 0, "4:dcba");
  g_assert_true (ent_rev_tree_get_common_ancestor (tree, &a, &b, &info));
  g_assert_cmpuint (info.rev.generation, ==, 1);
}

/* A server that gives a known revision another parent changes nothing of what is known. */
static void
test_other_parent (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();

  graft (tree, 3, "cba", 0);
  g_assert_cmpint (graft (tree, 3, "cxy", 0), ==, ENT_REV_GRAFT_NOTHING);
  assert_leaves (tree, "3c");
  g_assert_cmpint (graft (tree, 4, "dcxy", 0), ==, ENT_REV_GRAFT_NEW);
  assert_history (tree, make_rev (4, 'd'), 0, "4:dcba");
}

/* Nor does it change where the known history begins. */
static void
test_other_parent_of_root (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();

  graft (tree, 3, "cb", 0);
  g_assert_cmpint (graft (tree, 3, "cxy", 0), ==, ENT_REV_GRAFT_NOTHING);
  assert_history (tree, make_rev (3, 'c'), 0, "3:cb");
}

static void
test_add (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  EntRev a = make_rev (1, 'a'), b = make_rev (2, 'b'), far = make_rev (9, 'z');

  g_assert_cmpint (ent_rev_tree_add (tree, &a, NULL, 0), ==, ENT_REV_GRAFT_NEW);
  g_assert_cmpint (ent_rev_tree_add (tree, &b, &a, ENT_REV_DELETED), ==, ENT_REV_GRAFT_NEW);
  assert_leaves (tree, "2b!");
  assert_history (tree, b, 0, "2:ba");
  g_assert_cmpint (ent_rev_tree_add (tree, &far, &b, 0), ==, ENT_REV_GRAFT_NEW);
  assert_history (tree, far, 0, "9:z");
}

static void
test_winner (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  EntRevInfo info;

  graft (tree, 2, "ba", 0);
  graft (tree, 2, "ca", 0);
  assert_leaves (tree, "2c 2b");
  graft (tree, 3, "ab", 0);
  assert_leaves (tree, "3a 2c");
  graft (tree, 9, "z", ENT_REV_DELETED);
  assert_leaves (tree, "3a 2c 9z!");
  graft (tree, 4, "aa", ENT_REV_DELETED);
  assert_leaves (tree, "2c 9z! 4a!");
  graft (tree, 3, "cc", ENT_REV_DELETED);
  assert_leaves (tree, "9z! 4a! 3c!");
  g_assert_true (ent_rev_tree_get_winner (tree, &info));
  g_assert_cmpuint (info.rev.generation, ==, 9);
  g_assert_cmpuint (ent_rev_tree_count_live (tree), ==, 0);
}

static void
test_ancestors (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();
  g_autoptr (GArray) missing = NULL;
  EntRev a = make_rev (1, 'a'), b = make_rev (2, 'b'), c = make_rev (3, 'c'), x = make_rev (3, 'x');
  EntRev asked[] = { make_rev (3, 'q'), b, make_rev (1, 'q'), a };
  EntRevInfo info;

  graft (tree, 3, "cba", 0);
  graft (tree, 3, "xba", 0);
  g_assert_true (ent_rev_tree_get_common_ancestor (tree, &c, &x, &info));
  g_assert_cmpint (ent_rev_compare (&info.rev, &b), ==, 0);
  g_assert_true (ent_rev_tree_get_common_ancestor (tree, &a, &x, &info));
  g_assert_cmpint (ent_rev_compare (&info.rev, &a), ==, 0);
  g_assert_true (ent_rev_tree_is_ancestor (tree, &a, &c));
  g_assert_true (ent_rev_tree_is_ancestor (tree, &c, &c));
  g_assert_false (ent_rev_tree_is_ancestor (tree, &c, &a));
  g_assert_false (ent_rev_tree_is_ancestor (tree, &x, &c));
  g_assert_true (ent_rev_tree_is_leaf (tree, &x));
  g_assert_false (ent_rev_tree_is_leaf (tree, &b));

  g_assert_false (ent_rev_tree_get_nearest_seq (tree, &c, &info));
  g_assert_true (ent_rev_tree_set_seq (tree, &a, 41));
  g_assert_true (ent_rev_tree_set_seq (tree, &x, 42));
  g_assert_true (ent_rev_tree_get_nearest_seq (tree, &c, &info));
  g_assert_cmpuint (info.seq, ==, 41);
  g_assert_true (ent_rev_tree_get_nearest_seq (tree, &x, &info));
  g_assert_cmpuint (info.seq, ==, 42);

  missing = ent_rev_tree_get_missing (tree, asked, G_N_ELEMENTS (asked));
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_cmpint (ent_rev_compare (&g_array_index (missing, EntRev, 0), &asked[0]), ==, 0);
  g_assert_cmpint (ent_rev_compare (&g_array_index (missing, EntRev, 1), &asked[2]), ==, 0);
}

static void
test_stem (void)
{
  g_autoptr (EntRevTree) tree = ent_rev_tree_new ();

  graft (tree, 5, "edcba", 0);
  graft (tree, 2, "xa", 0);
  g_assert_false (ent_rev_tree_stem (tree, 5));
  g_assert_true (ent_rev_tree_stem (tree, 2));
  assert_leaves (tree, "5e 2x");
  assert_history (tree, make_rev (5, 'e'), 0, "5:ed");
  assert_history (tree, make_rev (2, 'x'), 0, "2:xa");
  g_assert_false (ent_rev_tree_stem (tree, 2));
  g_assert_true (ent_rev_tree_stem (tree, 1));
  g_assert_cmpuint (ent_rev_tree_get_n_revs (tree), ==, 2);
  assert_leaves (tree, "5e 2x");
  g_assert_cmpint (graft (tree, 5, "edcba", 0), ==, ENT_REV_GRAFT_DETAILS);
  assert_history (tree, make_rev (5, 'e'), 0, "5:edcba");
}

/* --- Stored form ------------------------------------------------------------------------------ */

static EntRevTree *
make_tree (void)
{
  EntRevTree *tree = ent_rev_tree_new ();
  EntRev c = make_rev (3, 'c'), far = make_rev (G_MAXUINT32, 'z');

  graft (tree, 4, "dcba", ENT_REV_CONFIRMED);
  graft (tree, 3, "xba", ENT_REV_DELETED);
  graft (tree, G_MAXUINT32, "zy", ENT_REV_DELETED | ENT_REV_CONFIRMED);
  ent_rev_tree_set_seq (tree, &c, 1);
  ent_rev_tree_set_seq (tree, &far, G_MAXUINT64);
  return tree;
}

static void
test_bytes (void)
{
  g_autoptr (EntRevTree) tree = make_tree ();
  g_autoptr (EntRevTree) small = ent_rev_tree_new ();
  g_autoptr (GBytes) bytes = ent_rev_tree_to_bytes (tree);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntRevTree) read = ent_rev_tree_new_from_bytes (bytes, &error);
  g_autoptr (GBytes) small_bytes = NULL;
  EntRev far = make_rev (G_MAXUINT32, 'z');
  EntRevInfo info;

  g_assert_no_error (error);
  assert_equal_trees (tree, read);
  assert_leaves (read, "4d 4294967295z! 3x!");
  g_assert_true (ent_rev_tree_lookup (read, &far, &info));
  g_assert_cmpuint (info.seq, ==, G_MAXUINT64);
  g_assert_cmpint (info.flags, ==, ENT_REV_DELETED | ENT_REV_CONFIRMED);

  graft (small, 1, "a", ENT_REV_CONFIRMED);
  small_bytes = ent_rev_tree_to_bytes (small);
  g_assert_cmpuint (g_bytes_get_size (small_bytes), <=, 24);
}

static void
test_bytes_malformed (void)
{
  static const guint8 empty[] = { 1, 0 };
  g_autoptr (EntRevTree) tree = make_tree ();
  g_autoptr (GBytes) bytes = ent_rev_tree_to_bytes (tree);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) none = g_bytes_new_static (empty, sizeof empty);
  g_autoptr (EntRevTree) read = ent_rev_tree_new_from_bytes (none, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_nonnull (read);
  g_assert_null (ent_rev_tree_new_from_bytes (nothing, &error));
  g_assert_error (error, ENT_REV_ERROR, ENT_REV_ERROR_MALFORMED);
  for (gsize length = 1; length < size; length++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, length);

      g_assert_null (ent_rev_tree_new_from_bytes (part, NULL));
    }
}

/* Stored trees that break one rule each, without their first byte. HA and HB are hashes. */
static const struct { const char *bytes; gboolean is_good; } stored[] = {
  { "02 01 00 HA 01 40 HB 01", TRUE },
  { "02 01 00 HA 02 40 HB 01", FALSE },       /* a parent two generations back */
  { "02 01 00 HA 00 40 HB 01", FALSE },       /* a parent of the same generation */
  { "02 01 00 HA 01 40 HB 02", FALSE },       /* a parent before the first */
  { "02 01 00 HA 01 40 HB 00", FALSE },       /* its own parent */
  { "02 01 00 HA 00 00 HB", TRUE },
  { "02 01 00 HB 00 00 HA", FALSE },          /* in the wrong order */
  { "02 01 00 HA 00 00 HA", FALSE },          /* twice the same */
  { "01 00 00 HA", FALSE },                   /* generation 0 */
  { "01 01 80 HA 00", FALSE },                /* a seq that is none */
  { "01 01 04 HA", FALSE },                   /* a flag that does not exist */
  { "01 ff ff ff ff 0f 00 HA", TRUE },        /* the last generation */
  { "01 80 80 80 80 10 00 HA", FALSE },       /* one more */
  { "02 ff ff ff ff 0f 00 HA 01 00 HB", FALSE },
  { "01 ff ff ff ff ff ff ff ff ff 01 00 HA", FALSE },
  { "01 ff ff ff ff ff ff ff ff ff 02 00 HA", FALSE },
  { "01 01 00 HA 00", FALSE },                /* more than is said */
  { "ff ff ff ff ff ff ff ff ff 01 01 00 HA", FALSE },
};

static void
test_bytes_impossible (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      g_auto (GStrv) words = g_strsplit (stored[i].bytes, " ", -1);
      g_autoptr (GByteArray) array = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (EntRevTree) tree = NULL;

      g_byte_array_append (array, (const guint8 *) "\x01", 1);
      for (char **word = words; *word != NULL; word++)
        {
          EntRev rev = make_rev (1, (guint8) (*word)[1]);
          guint8 byte = (guint8) g_ascii_strtoull (*word, NULL, 16);

          if (**word == 'H')
            g_byte_array_append (array, rev.hash.bytes, sizeof rev.hash.bytes);
          else
            g_byte_array_append (array, &byte, 1);
        }
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
      tree = ent_rev_tree_new_from_bytes (bytes, NULL);
      if ((tree != NULL) != stored[i].is_good)
        g_error ("%s was %s", stored[i].bytes, tree != NULL ? "taken" : "refused");
    }
}

/* Whatever a damaged file holds, it is refused or it is a tree that can be used. */
static void
test_bytes_damaged (void)
{
  g_autoptr (EntRevTree) tree = make_tree ();
  g_autoptr (GBytes) bytes = ent_rev_tree_to_bytes (tree);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint refused = 0;

  for (gsize at = 0; at < size; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autofree guint8 *copy = g_memdup2 (data, size);
        g_autoptr (GBytes) damaged = NULL;
        g_autoptr (EntRevTree) read = NULL;
        g_autofree char *leaves = NULL;

        copy[at] ^= (guint8) (1u << bit);
        damaged = g_bytes_new (copy, size);
        read = ent_rev_tree_new_from_bytes (damaged, NULL);
        refused += read == NULL;
        if (read == NULL)
          continue;
        leaves = describe_leaves (read, FALSE);
        ent_rev_tree_stem (read, 1);
        g_assert_cmpuint (strlen (leaves), >, 0);
      }
  g_assert_cmpuint (refused, >, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/rev-tree/empty", test_empty);
  g_test_add_func ("/sync/rev-tree/extend", test_extend);
  g_test_add_func ("/sync/rev-tree/replay", test_replay);
  g_test_add_func ("/sync/rev-tree/new-root", test_new_root);
  g_test_add_func ("/sync/rev-tree/join", test_join);
  g_test_add_func ("/sync/rev-tree/other-parent", test_other_parent);
  g_test_add_func ("/sync/rev-tree/other-parent-of-root", test_other_parent_of_root);
  g_test_add_func ("/sync/rev-tree/add", test_add);
  g_test_add_func ("/sync/rev-tree/winner", test_winner);
  g_test_add_func ("/sync/rev-tree/ancestors", test_ancestors);
  g_test_add_func ("/sync/rev-tree/stem", test_stem);
  g_test_add_func ("/sync/rev-tree/bytes", test_bytes);
  g_test_add_func ("/sync/rev-tree/bytes-malformed", test_bytes_malformed);
  g_test_add_func ("/sync/rev-tree/bytes-impossible", test_bytes_impossible);
  g_test_add_func ("/sync/rev-tree/bytes-damaged", test_bytes_damaged);

  return g_test_run ();
}
