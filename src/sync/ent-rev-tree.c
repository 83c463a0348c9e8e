/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-rev-tree.h"

#include "sync/ent-rev-tree-private.h"

/* Nodes are sorted by generation and hash, so that a revision is found by halving, a parent comes before its children,
 * and equal trees have equal bytes. */

EntRevTree *
ent_rev_tree_new (void)
{
  EntRevTree *self = g_new (EntRevTree, 1);

  self->nodes = g_array_new (FALSE, FALSE, sizeof (EntRevNode));
  return self;
}

EntRevTree *
ent_rev_tree_copy (const EntRevTree *self)
{
  EntRevTree *copy = g_new (EntRevTree, 1);

  copy->nodes = g_array_copy (self->nodes);
  return copy;
}

void
ent_rev_tree_free (EntRevTree *self)
{
  g_array_unref (self->nodes);
  g_free (self);
}

guint
ent_rev_tree_get_n_revs (const EntRevTree *self)
{
  return self->nodes->len;
}

static EntRevNode *
get_node (const EntRevTree *self,
          guint             index)
{
  return &g_array_index (self->nodes, EntRevNode, index);
}

static int
compare_node (gconstpointer node,
              gconstpointer rev)
{
  return ent_rev_compare (&((const EntRevNode *) node)->info.rev, rev);
}

/* Where the revision is, or else belongs. */
static gboolean
find (const EntRevTree *self,
      const EntRev     *rev,
      guint            *index)
{
  guint low = 0, high = self->nodes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = compare_node (get_node (self, middle), rev);

      if (order == 0)
        {
          *index = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *index = low;
  return FALSE;
}

static void
insert (EntRevTree   *self,
        guint         index,
        const EntRev *rev)
{
  EntRevNode node = { .info = { .rev = *rev }, .parent = ENT_REV_NO_PARENT };

  g_array_insert_val (self->nodes, index, node);
  for (guint i = index + 1; i < self->nodes->len; i++)
    if (get_node (self, i)->parent != ENT_REV_NO_PARENT && get_node (self, i)->parent >= index)
      get_node (self, i)->parent++;
}

/* --- Grafting --------------------------------------------------------------------------------- */

/* Connects the node at @index with the ancestors that the path gives it. Whether anything was new. */
static gboolean
graft_ancestors (EntRevTree       *self,
                 const EntRevPath *path,
                 guint             index)
{
  gboolean changed = FALSE;

  for (guint i = 1; i < path->n_hashes && i < path->start; i++)
    {
      EntRev rev = { path->start - i, path->hashes[i] };
      guint parent = get_node (self, index)->parent;

      if (parent == ENT_REV_NO_PARENT)
        {
          if (!find (self, &rev, &parent))
            {
              insert (self, parent, &rev);
              index++;
            }
          get_node (self, index)->parent = parent;
          changed = TRUE;
        }
      else if (compare_node (get_node (self, parent), &rev) != 0)
        {
          break;
        }
      index = parent;
    }
  return changed;
}

EntRevGraft
ent_rev_tree_graft (EntRevTree       *self,
                    const EntRevPath *path,
                    EntRevFlags       flags)
{
  EntRev rev;
  EntRevNode *node;
  gboolean known, changed;
  guint index;

  g_return_val_if_fail (path->n_hashes > 0, ENT_REV_GRAFT_NOTHING);

  ent_rev_path_get_rev (path, &rev);
  known = find (self, &rev, &index);
  if (!known)
    insert (self, index, &rev);
  node = get_node (self, index);
  changed = (flags & ~node->info.flags) != 0;
  node->info.flags |= flags;
  changed |= graft_ancestors (self, path, index);
  if (!known)
    return ENT_REV_GRAFT_NEW;
  return changed ? ENT_REV_GRAFT_DETAILS : ENT_REV_GRAFT_NOTHING;
}

EntRevGraft
ent_rev_tree_add (EntRevTree   *self,
                  const EntRev *rev,
                  const EntRev *parent,
                  EntRevFlags   flags)
{
  gboolean follows = parent != NULL && rev->generation - 1 == parent->generation;
  EntRevHash hashes[2] = { rev->hash, follows ? parent->hash : rev->hash };
  EntRevPath path = { rev->generation, follows ? 2 : 1, hashes };

  return ent_rev_tree_graft (self, &path, flags);
}

/* --- Single revisions ------------------------------------------------------------------------- */

gboolean
ent_rev_tree_contains (const EntRevTree *self,
                       const EntRev     *rev)
{
  guint index;

  return find (self, rev, &index);
}

gboolean
ent_rev_tree_lookup (const EntRevTree *self,
                     const EntRev     *rev,
                     EntRevInfo       *info)
{
  guint index;

  if (!find (self, rev, &index))
    return FALSE;
  if (info != NULL)
    *info = get_node (self, index)->info;
  return TRUE;
}

gboolean
ent_rev_tree_set_seq (EntRevTree   *self,
                      const EntRev *rev,
                      guint64       seq)
{
  guint index;

  if (!find (self, rev, &index))
    return FALSE;
  get_node (self, index)->info.seq = seq;
  return TRUE;
}

gboolean
ent_rev_tree_add_flags (EntRevTree   *self,
                        const EntRev *rev,
                        EntRevFlags   flags)
{
  guint index;

  if (!find (self, rev, &index))
    return FALSE;
  get_node (self, index)->info.flags |= flags;
  return TRUE;
}

GArray *
ent_rev_tree_get_missing (const EntRevTree *self,
                          const EntRev     *revs,
                          gsize             n_revs)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (EntRev));

  for (gsize i = 0; i < n_revs; i++)
    if (!ent_rev_tree_contains (self, &revs[i]))
      g_array_append_val (missing, revs[i]);
  return missing;
}

/* --- Leaves ----------------------------------------------------------------------------------- */

/* For each revision whether another one descends from it. (transfer full) */
static guint8 *
mark_parents (const EntRevTree *self)
{
  guint8 *marks = g_malloc0 (self->nodes->len);

  for (guint i = 0; i < self->nodes->len; i++)
    if (get_node (self, i)->parent != ENT_REV_NO_PARENT)
      marks[get_node (self, i)->parent] = TRUE;
  return marks;
}

gboolean
ent_rev_tree_is_leaf (const EntRevTree *self,
                      const EntRev     *rev)
{
  g_autofree guint8 *is_parent = mark_parents (self);
  guint index;

  return find (self, rev, &index) && !is_parent[index];
}

static int
compare_winners (gconstpointer a,
                 gconstpointer b)
{
  const EntRevInfo *first = a, *second = b;
  int deleted = (int) (first->flags & ENT_REV_DELETED) - (int) (second->flags & ENT_REV_DELETED);

  return deleted != 0 ? deleted : -ent_rev_compare (&first->rev, &second->rev);
}

GArray *
ent_rev_tree_get_leaves (const EntRevTree *self,
                         gboolean          live_only)
{
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (EntRevInfo));
  g_autofree guint8 *is_parent = mark_parents (self);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const EntRevNode *node = get_node (self, i);

      if (!(live_only && node->info.flags & ENT_REV_DELETED) && !is_parent[i])
        g_array_append_val (leaves, node->info);
    }
  g_array_sort (leaves, compare_winners);
  return leaves;
}

guint
ent_rev_tree_count_live (const EntRevTree *self)
{
  g_autofree guint8 *is_parent = mark_parents (self);
  guint count = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    if (!(get_node (self, i)->info.flags & ENT_REV_DELETED) && !is_parent[i])
      count++;
  return count;
}

gboolean
ent_rev_tree_get_winner (const EntRevTree *self,
                         EntRevInfo       *winner)
{
  g_autofree guint8 *is_parent = mark_parents (self);
  gboolean found = FALSE;

  for (guint i = 0; i < self->nodes->len; i++)
    if (!is_parent[i] && (!found || compare_winners (&get_node (self, i)->info, winner) < 0))
      {
        *winner = get_node (self, i)->info;
        found = TRUE;
      }
  return found;
}

/* --- Descent ---------------------------------------------------------------------------------- */

gboolean
ent_rev_tree_get_history (const EntRevTree *self,
                          const EntRev     *rev,
                          guint             limit,
                          EntRevPath       *path)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (EntRevHash));
  guint index;

  if (!find (self, rev, &index))
    return FALSE;
  if (limit == 0)
    limit = ENT_REV_DEFAULT_LIMIT;
  for (; index != ENT_REV_NO_PARENT && hashes->len < limit; index = get_node (self, index)->parent)
    g_array_append_val (hashes, get_node (self, index)->info.rev.hash);
  ent_rev_path_clear (path);
  path->start = rev->generation;
  path->n_hashes = hashes->len;
  path->hashes = (EntRevHash *) (gpointer) g_array_steal (hashes, NULL);
  return TRUE;
}

gboolean
ent_rev_tree_get_common_ancestor (const EntRevTree *self,
                                  const EntRev     *a,
                                  const EntRev     *b,
                                  EntRevInfo       *ancestor)
{
  guint first, second;

  if (!find (self, a, &first) || !find (self, b, &second))
    return FALSE;
  /* A parent has a lower index than its child. */
  while (first != second && first != ENT_REV_NO_PARENT && second != ENT_REV_NO_PARENT)
    {
      if (first > second)
        first = get_node (self, first)->parent;
      else
        second = get_node (self, second)->parent;
    }
  if (first != second)
    return FALSE;
  *ancestor = get_node (self, first)->info;
  return TRUE;
}

gboolean
ent_rev_tree_get_nearest_seq (const EntRevTree *self,
                              const EntRev     *rev,
                              EntRevInfo       *ancestor)
{
  guint index;

  if (!find (self, rev, &index))
    return FALSE;
  while (index != ENT_REV_NO_PARENT && get_node (self, index)->info.seq == 0)
    index = get_node (self, index)->parent;
  if (index == ENT_REV_NO_PARENT)
    return FALSE;
  *ancestor = get_node (self, index)->info;
  return TRUE;
}

gboolean
ent_rev_tree_is_ancestor (const EntRevTree *self,
                          const EntRev     *ancestor,
                          const EntRev     *rev)
{
  EntRevInfo common;

  return ent_rev_tree_get_common_ancestor (self, ancestor, rev, &common) && ent_rev_compare (&common.rev, ancestor) == 0;
}

/* --- Stemming --------------------------------------------------------------------------------- */

/* Steps from each revision to the nearest leaf that descends from it. (transfer full) */
static guint *
measure (const EntRevTree *self)
{
  guint *steps = g_new (guint, self->nodes->len);

  for (guint i = 0; i < self->nodes->len; i++)
    steps[i] = G_MAXUINT;
  for (guint i = self->nodes->len; i-- > 0;)
    {
      guint parent = get_node (self, i)->parent;

      if (steps[i] == G_MAXUINT)
        steps[i] = 0;
      if (parent != ENT_REV_NO_PARENT)
        steps[parent] = MIN (steps[parent], steps[i] + 1);
    }
  return steps;
}

gboolean
ent_rev_tree_stem (EntRevTree *self,
                   guint       depth)
{
  g_autofree guint *steps = NULL;
  g_autofree guint *moved = NULL;
  guint kept = 0, count = self->nodes->len;

  g_return_val_if_fail (depth > 0, FALSE);

  if (count <= depth)
    return FALSE;
  steps = measure (self);
  moved = g_new (guint, count);
  for (guint i = 0; i < count; i++)
    {
      EntRevNode node = *get_node (self, i);

      moved[i] = steps[i] < depth ? kept : ENT_REV_NO_PARENT;
      if (moved[i] == ENT_REV_NO_PARENT)
        continue;
      if (node.parent != ENT_REV_NO_PARENT)
        node.parent = moved[node.parent];
      *get_node (self, kept++) = node;
    }
  g_array_set_size (self->nodes, kept);
  return kept < count;
}
