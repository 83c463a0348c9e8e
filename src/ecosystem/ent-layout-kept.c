/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-layout-private.h"

#include "store/ent-map-positions.h"

#include <math.h>
#include <string.h>

/* The map stays the same map: known nodes keep their place, new ones settle beside their neighbors, and only what
 * is near them gives way. */

#define ROUNDS 24
#define REACH 2      /* steps around a new node that may move */
#define MOVABLE_MOST 400 /* and no more nodes than this around each */

/* The whole graph as one part, in the order of its nodes. */
static EntLayoutPart *
make_part (EntGraph *graph)
{
  guint n = ent_graph_get_n_nodes (graph), degree;
  EntLayoutPart *part = ent_layout_part_new (n, 2 * ent_graph_get_n_pairs (graph));

  for (guint i = 0; i < n; i++)
    {
      const gint32 *neighbors = ent_graph_get_neighbors (graph, i, &degree, NULL);

      part->nodes[i] = i;
      part->starts[i + 1] = part->starts[i] + degree;
      part->radius[i] = ent_layout_own_radius (degree);
      memcpy (part->neighbors + part->starts[i], neighbors, degree * sizeof (gint32));
    }
  return part;
}

/* --- New nodes ---------------------------------------------------------------------------------------- */

/* Beside the mean of its placed neighbors, on a sunflower so that many newcomers do not stack up. */
static void
place_beside (EntLayoutPart  *part,
              const gboolean *placed,
              gint32          node,
              guint           number)
{
  float x = 0, y = 0, angle = 2.4f * (float) number, distance = 1 + 0.4f * sqrtf ((float) (number % 64));
  guint n = 0;

  for (gint32 i = part->starts[node]; i < part->starts[node + 1]; i++)
    if (placed[part->neighbors[i]])
      {
        x += part->x[part->neighbors[i]];
        y += part->y[part->neighbors[i]];
        n++;
      }
  part->x[node] = x / (float) n + distance * cosf (angle);
  part->y[node] = y / (float) n + distance * sinf (angle);
}

static gboolean
has_placed_neighbor (const EntLayoutPart *part,
                     const gboolean      *placed,
                     gint32               node)
{
  for (gint32 i = part->starts[node]; i < part->starts[node + 1]; i++)
    if (placed[part->neighbors[i]])
      return TRUE;
  return FALSE;
}

/* The next node that is linked with nothing known stands in a row below everything; what is linked with it then
 * settles beside it. */
static void
place_apart (EntLayoutPart *part,
             gboolean      *placed,
             guint          number)
{
  float left = 0, bottom = 0;
  gint32 node = -1;

  for (guint i = 0; i < part->n; i++)
    if (placed[i])
      {
        left = MIN (left, part->x[i]);
        bottom = MAX (bottom, part->y[i]);
      }
    else if (node < 0)
      node = i;
  part->x[node] = left + 3 * (float) (number % 24);
  part->y[node] = number % 24 == 0 ? bottom + 4 : bottom;
  placed[node] = TRUE;
}

static void
place_new (EntLayoutPart *part,
           gboolean      *placed)
{
  gboolean is_done = FALSE;
  guint n_apart = 0;

  while (!is_done)
    {
      gboolean is_stuck = TRUE;

      is_done = TRUE;
      for (guint i = 0; i < part->n; i++)
        if (!placed[i] && has_placed_neighbor (part, placed, i))
          {
            place_beside (part, placed, i, i);
            placed[i] = TRUE;
            is_stuck = FALSE;
          }
        else if (!placed[i])
          is_done = FALSE;
      if (!is_done && is_stuck)
        place_apart (part, placed, n_apart++);
    }
}

/* --- Settling ----------------------------------------------------------------------------------------- */

static void
mark_around (const EntLayoutPart *part,
             gint32               node,
             gboolean            *movable)
{
  g_autofree gint32 *queue = g_new (gint32, MOVABLE_MOST + 1);
  guint head = 0, tail = 0, level_end = 1;

  movable[node] = TRUE;
  queue[tail++] = node;
  for (guint step = 0; step < REACH; step++)
    {
      for (; head < level_end; head++)
        for (gint32 i = part->starts[queue[head]]; i < part->starts[queue[head] + 1]; i++)
          if (!movable[part->neighbors[i]] && tail < MOVABLE_MOST)
            {
              movable[part->neighbors[i]] = TRUE;
              queue[tail++] = part->neighbors[i];
            }
      level_end = tail;
    }
}

static guint
settle (EntLayoutPart  *part,
        const gboolean *is_new,
        gint32          pinned)
{
  g_autofree gboolean *movable = g_new0 (gboolean, part->n);
  g_autofree float *x = g_memdup2 (part->x, part->n * sizeof (float));
  g_autofree float *y = g_memdup2 (part->y, part->n * sizeof (float));
  guint moved = 0;

  for (guint i = 0; i < part->n; i++)
    if (is_new[i])
      mark_around (part, i, movable);
  if (pinned >= 0)
    movable[pinned] = FALSE;
  ent_layout_separate (part, movable, ROUNDS);
  for (guint i = 0; i < part->n; i++)
    moved += is_new[i] || x[i] != part->x[i] || y[i] != part->y[i];
  return moved;
}

EntLayout *
ent_layout_new_from (EntGraph              *graph,
                     const EntLayoutHints  *hints,
                     GCancellable          *cancellable,
                     GError               **error)
{
  guint n = ent_graph_get_n_nodes (graph), n_known = 0;
  g_autoptr(EntLayoutPart) part = NULL;
  g_autofree gboolean *placed = g_new0 (gboolean, n + 1);
  g_autofree gboolean *is_new = g_new0 (gboolean, n + 1);
  guint moved = 0;

  for (guint i = 0; i < n; i++)
    {
      placed[i] = hints->known[i];
      is_new[i] = !placed[i];
      n_known += placed[i];
    }
  if (2 * n_known < n || n_known == 0)
    return ent_layout_new (graph, cancellable, error);
  part = make_part (graph);
  for (guint i = 0; i < n; i++)
    {
      part->x[i] = placed[i] ? hints->x[i] : 0;
      part->y[i] = placed[i] ? hints->y[i] : 0;
    }
  if (n_known < n)
    {
      place_new (part, placed);
      moved = settle (part, is_new, -1);
    }
  return ent_layout_new_from_part (graph, part, moved);
}

EntLayout *
ent_layout_move (EntLayout *self,
                 gint32     node,
                 float      x,
                 float      y)
{
  EntGraph *graph = ent_layout_get_graph (self);
  guint n = ent_graph_get_n_nodes (graph);
  g_autoptr(EntLayoutPart) part = make_part (graph);
  g_autofree gboolean *is_new = g_new0 (gboolean, n + 1);
  guint moved;

  memcpy (part->x, ent_layout_get_x (self), n * sizeof (float));
  memcpy (part->y, ent_layout_get_y (self), n * sizeof (float));
  part->x[node] = x;
  part->y[node] = y;
  is_new[node] = TRUE;
  /* Whoever is in the way makes room, linked or not. */
  for (guint i = 0; i < n; i++)
    if (hypotf (part->x[i] - x, part->y[i] - y) < 4 * part->radius[node])
      is_new[i] = TRUE;
  moved = settle (part, is_new, node);
  return ent_layout_new_from_part (graph, part, moved);
}

/* --- In the workspace --------------------------------------------------------------------------------- */

EntLayout *
ent_layout_restore (EntGraph      *graph,
                    EntStore      *store,
                    GCancellable  *cancellable,
                    GError       **error)
{
  guint n = ent_graph_get_n_nodes (graph);
  g_autoptr(GArray) kept = ent_store_load_map_positions (store, cancellable, error);
  g_autofree float *x = g_new0 (float, n + 1), *y = g_new0 (float, n + 1);
  g_autofree gboolean *known = g_new0 (gboolean, n + 1);
  EntLayoutHints hints = { x, y, known };

  if (kept == NULL)
    return NULL;
  for (guint i = 0; i < kept->len; i++)
    {
      const EntMapPosition *position = &g_array_index (kept, EntMapPosition, i);
      gint32 node = ent_graph_find (graph, position->key);

      if (node < 0)
        continue;
      x[node] = (float) position->x / ENT_MAP_POSITION_UNIT;
      y[node] = (float) position->y / ENT_MAP_POSITION_UNIT;
      known[node] = TRUE;
    }
  return ent_layout_new_from (graph, &hints, cancellable, error);
}

gboolean
ent_layout_save (EntLayout     *self,
                 EntStore      *store,
                 GCancellable  *cancellable,
                 GError       **error)
{
  EntGraph *graph = ent_layout_get_graph (self);
  guint n = ent_graph_get_n_nodes (graph);
  g_autofree EntMapPosition *positions = g_new (EntMapPosition, n + 1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    positions[i] = (EntMapPosition) {
      ent_graph_get_key (graph, i),
      (gint32) lroundf (ent_layout_get_x (self)[i] * ENT_MAP_POSITION_UNIT),
      (gint32) lroundf (ent_layout_get_y (self)[i] * ENT_MAP_POSITION_UNIT),
    };
  return ent_store_save_map_positions (store, positions, n, FALSE, error);
}
