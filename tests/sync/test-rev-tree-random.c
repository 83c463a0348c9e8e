/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random histories, grafted in random order: trees against a model that is simple and slow. */
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
assert_equal_trees (EntRevTree *a,
                    EntRevTree *b)
{
  g_autoptr (GBytes) a_bytes = ent_rev_tree_to_bytes (a);
  g_autoptr (GBytes) b_bytes = ent_rev_tree_to_bytes (b);

  g_assert_true (g_bytes_equal (a_bytes, b_bytes));
}

typedef struct
{
  EntRev   rev;
  int      parent; /* -1: none */
  gboolean deleted;
} Model;

/* Random revisions with some roots; a parent is one of the last few, so that there are long branches and forks. */
static GArray *
make_model (GRand *rand)
{
  GArray *model = g_array_new (FALSE, FALSE, sizeof (Model));
  int count = g_rand_int_range (rand, 1, 40);

  for (int i = 0; i < count; i++)
    {
      gboolean is_root = i == 0 || g_rand_int_range (rand, 0, 12) == 0;
      Model node = { .parent = is_root ? -1 : g_rand_int_range (rand, MAX (0, i - 4), i) };

      node.deleted = g_rand_int_range (rand, 0, 4) == 0;
      node.rev = make_rev (is_root ? 1 : g_array_index (model, Model, node.parent).rev.generation + 1,
                           (guint8) g_rand_int_range (rand, 0, 256));
      node.rev.hash.bytes[15] = (guint8) i;
      g_array_append_val (model, node);
    }
  return model;
}

/* The path of a revision, all of it or only its beginning, but always as far as the parent. */
static void
graft_model (EntRevTree *tree,
             GArray     *model,
             int         index,
             GRand      *rand)
{
  const Model *node = &g_array_index (model, Model, index);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (EntRevHash));
  guint limit = (guint) g_rand_int_range (rand, 2, 12);
  EntRevPath path = { .start = node->rev.generation };

  for (int i = index; i >= 0 && hashes->len < limit; i = g_array_index (model, Model, i).parent)
    g_array_append_val (hashes, g_array_index (model, Model, i).rev.hash);
  path.n_hashes = hashes->len;
  path.hashes = (EntRevHash *) (gpointer) hashes->data;
  ent_rev_tree_graft (tree, &path, node->deleted ? ENT_REV_DELETED : 0);
}

/* Each revision at least once, in any order, some again. (transfer full) */
static EntRevTree *
graft_all (GArray *model,
           GRand  *rand)
{
  EntRevTree *tree = ent_rev_tree_new ();
  g_autofree int *order = g_new (int, model->len);

  for (guint i = 0; i < model->len; i++)
    order[i] = (int) i;
  for (guint i = model->len; i-- > 1;)
    {
      guint other = (guint) g_rand_int_range (rand, 0, (int) i + 1);
      int kept = order[i];

      order[i] = order[other];
      order[other] = kept;
    }
  for (guint i = 0; i < model->len; i++)
    {
      graft_model (tree, model, order[i], rand);
      graft_model (tree, model, order[g_rand_int_range (rand, 0, (int) i + 1)], rand);
    }
  return tree;
}

static gboolean
model_has_child (GArray *model,
                 guint   index)
{
  for (guint i = 0; i < model->len; i++)
    if (g_array_index (model, Model, i).parent == (int) index)
      return TRUE;
  return FALSE;
}

static gboolean
model_beats (const Model *a,
             const Model *b)
{
  if (a->deleted != b->deleted)
    return b->deleted;
  return ent_rev_compare (&a->rev, &b->rev) > 0;
}

static int
model_common (GArray *model,
              int     a,
              int     b)
{
  for (; a >= 0; a = g_array_index (model, Model, a).parent)
    for (int i = b; i >= 0; i = g_array_index (model, Model, i).parent)
      if (i == a)
        return a;
  return -1;
}

static void
check_leaves (EntRevTree *tree,
              GArray     *model)
{
  const Model *winner = NULL;
  g_autoptr (GArray) leaves = ent_rev_tree_get_leaves (tree, FALSE);
  guint n_leaves = 0, n_live = 0;
  EntRevInfo info;

  for (guint i = 0; i < model->len; i++)
    {
      const Model *node = &g_array_index (model, Model, i);
      gboolean is_leaf = !model_has_child (model, i);

      g_assert_cmpint (ent_rev_tree_is_leaf (tree, &node->rev), ==, is_leaf);
      n_leaves += is_leaf;
      n_live += is_leaf && !node->deleted;
      if (is_leaf && (winner == NULL || model_beats (node, winner)))
        winner = node;
    }
  g_assert_cmpuint (leaves->len, ==, n_leaves);
  g_assert_cmpuint (ent_rev_tree_count_live (tree), ==, n_live);
  g_assert_true (ent_rev_tree_get_winner (tree, &info));
  g_assert_cmpint (ent_rev_compare (&info.rev, &winner->rev), ==, 0);
  g_assert_cmpint (ent_rev_compare (&g_array_index (leaves, EntRevInfo, 0).rev, &winner->rev), ==, 0);
}

static void
check_history (EntRevTree *tree,
               GArray     *model,
               int         index)
{
  const Model *node = &g_array_index (model, Model, index);
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  guint n = 0;

  g_assert_true (ent_rev_tree_get_history (tree, &node->rev, 0, &path));
  g_assert_cmpuint (path.start, ==, node->rev.generation);
  for (int i = index; i >= 0; i = g_array_index (model, Model, i).parent, n++)
    {
      g_assert_cmpuint (n, <, path.n_hashes);
      g_assert_cmpint (memcmp (&path.hashes[n], &g_array_index (model, Model, i).rev.hash, sizeof (EntRevHash)), ==, 0);
    }
  g_assert_cmpuint (n, ==, path.n_hashes);
}

static void
check_common (EntRevTree *tree,
              GArray     *model,
              int         a,
              int         b)
{
  int common = model_common (model, a, b);
  EntRevInfo info;

  g_assert_cmpint (ent_rev_tree_get_common_ancestor (tree, &g_array_index (model, Model, a).rev,
                                                     &g_array_index (model, Model, b).rev, &info), ==, common >= 0);
  if (common >= 0)
    g_assert_cmpint (ent_rev_compare (&info.rev, &g_array_index (model, Model, common).rev), ==, 0);
}

static void
test_any_order (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GArray) model = make_model (rand);
      g_autoptr (EntRevTree) tree = graft_all (model, rand);
      g_autoptr (EntRevTree) other = graft_all (model, rand);
      g_autoptr (GBytes) bytes = ent_rev_tree_to_bytes (tree);
      g_autoptr (EntRevTree) read = ent_rev_tree_new_from_bytes (bytes, NULL);

      g_assert_cmpuint (ent_rev_tree_get_n_revs (tree), ==, model->len);
      assert_equal_trees (tree, other);
      assert_equal_trees (tree, read);
      check_leaves (read, model);
      for (int i = 0; i < (int) model->len; i++)
        {
          check_history (read, model, i);
          check_common (read, model, i, g_rand_int_range (rand, 0, (int) model->len));
        }
    }
}

/* What stemming leaves is the newest part of each branch, and enough to take the next revision. */
static void
test_stem_any (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GArray) model = make_model (rand);
      g_autoptr (EntRevTree) tree = graft_all (model, rand);
      g_autofree char *before = describe_leaves (tree, FALSE);
      g_autofree char *after = NULL;
      guint depth = (guint) g_rand_int_range (rand, 1, 6);
      gboolean stemmed = ent_rev_tree_stem (tree, depth);
      g_autoptr (GArray) leaves = ent_rev_tree_get_leaves (tree, FALSE);

      after = describe_leaves (tree, FALSE);
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpint (stemmed, ==, ent_rev_tree_get_n_revs (tree) < model->len);
      g_assert_false (ent_rev_tree_stem (tree, depth));
      for (guint i = 0; i < leaves->len; i++)
        {
          const EntRevInfo *leaf = &g_array_index (leaves, EntRevInfo, i);
          g_auto (EntRevPath) path = ENT_REV_PATH_INIT;

          g_assert_true (ent_rev_tree_get_history (tree, &leaf->rev, 0, &path));
          g_assert_cmpuint (path.n_hashes, >=, MIN (depth, leaf->rev.generation));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/rev-tree-random/any-order", test_any_order);
  g_test_add_func ("/sync/rev-tree-random/stem", test_stem_any);

  return g_test_run ();
}
