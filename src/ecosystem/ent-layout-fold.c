/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-layout-private.h"

#include <math.h>
#include <string.h>

/* A hub with hundreds of partners that know nobody else tells nothing about where those partners belong but
 * "around the hub". They are taken out first and come back as a disc of seeds around it, as in a sunflower. */

#define LEVELS 2
#define GOLDEN_ANGLE 2.39996322972865332f

struct _EntLayoutFold
{
  EntLayoutPart *part, *core;
  gint32        *parent;   /* per node: whom it was folded into, or -1 */
  gint32        *order;    /* folded nodes in the order they went */
  guint          n_folded;
  gint32        *in_core;  /* per node, or -1 */
  float         *area;     /* per node: square of the radius with all that was folded into it */
};

float
ent_layout_own_radius (guint degree)
{
  return ENT_LAYOUT_RADIUS * (1 + 0.14f * sqrtf ((float) MAX (degree, 1) - 1));
}

/* Folds all nodes that have one neighbor left. Two nodes that have only each other: the one with more neighbors
 * at first (or the earlier) stays. */
static guint
fold_once (EntLayoutFold *self,
           guint         *degree)
{
  EntLayoutPart *part = self->part;
  guint first = self->n_folded;

  for (guint i = 0; i < part->n; i++)
    if (degree[i] == 1 && self->parent[i] < 0)
      self->order[self->n_folded++] = i;
  for (guint i = first; i < self->n_folded; i++)
    {
      gint32 node = self->order[i], parent = -1;

      for (gint32 j = part->starts[node]; j < part->starts[node + 1] && parent < 0; j++)
        if (self->parent[part->neighbors[j]] < 0)
          parent = part->neighbors[j];
      if (parent < 0) /* its only neighbor was folded into it */
        {
          self->order[i] = self->order[--self->n_folded];
          i--;
          degree[node] = 0;
          continue;
        }
      self->parent[node] = parent;
      degree[parent]--;
      degree[node] = 0;
    }
  return self->n_folded - first;
}

static void
make_core (EntLayoutFold *self)
{
  EntLayoutPart *part = self->part;
  guint n = 0;

  self->core = ent_layout_part_new (part->n - self->n_folded, part->starts[part->n]);
  for (guint i = 0; i < part->n; i++)
    self->in_core[i] = self->parent[i] < 0 ? (gint32) n++ : -1;
  for (guint i = 0, at = 0, ends = 0; i < part->n; i++)
    {
      if (self->in_core[i] < 0)
        continue;
      self->core->nodes[at] = part->nodes[i];
      self->core->community[at] = part->community[i];
      self->core->radius[at] = sqrtf (self->area[i]);
      self->core->starts[at++] = ends;
      for (gint32 j = part->starts[i]; j < part->starts[i + 1]; j++)
        if (self->in_core[part->neighbors[j]] >= 0)
          self->core->neighbors[ends++] = self->in_core[part->neighbors[j]];
      self->core->starts[at] = ends;
    }
}

EntLayoutFold *
ent_layout_fold (EntLayoutPart *part)
{
  EntLayoutFold *self = g_new0 (EntLayoutFold, 1);
  g_autofree guint *degree = g_new (guint, part->n);

  self->part = part;
  self->parent = g_new (gint32, part->n);
  self->order = g_new (gint32, part->n + 1);
  self->in_core = g_new (gint32, part->n);
  self->area = g_new (float, part->n);
  for (guint i = 0; i < part->n; i++)
    {
      degree[i] = part->starts[i + 1] - part->starts[i];
      part->radius[i] = ent_layout_own_radius (degree[i]);
      self->area[i] = part->radius[i] * part->radius[i];
      self->parent[i] = -1;
    }
  for (guint level = 0; level < LEVELS && fold_once (self, degree) > 0; level++)
    ;
  for (guint i = 0; i < self->n_folded; i++)
    self->area[self->parent[self->order[i]]] += self->area[self->order[i]];
  make_core (self);
  return self;
}

EntLayoutPart *
ent_layout_fold_get_core (EntLayoutFold *self)
{
  return self->core;
}

/* Away from those that were not folded into it: where there is most room. */
static float
free_angle (const EntLayoutFold *self,
            gint32               node)
{
  const EntLayoutPart *part = self->part;
  float x = 0, y = 0;

  for (gint32 i = part->starts[node]; i < part->starts[node + 1]; i++)
    if (self->parent[part->neighbors[i]] != node)
      {
        x += part->x[node] - part->x[part->neighbors[i]];
        y += part->y[node] - part->y[part->neighbors[i]];
      }
  return x == 0 && y == 0 ? 0 : atan2f (y, x);
}

/* Seeds in the order of their number, each at the radius that the area of those before it fills. */
static void
place_around (EntLayoutFold *self,
              gint32         node)
{
  EntLayoutPart *part = self->part;
  float angle = free_angle (self, node), filled = part->radius[node] * part->radius[node];

  for (gint32 i = part->starts[node]; i < part->starts[node + 1]; i++)
    {
      gint32 child = part->neighbors[i];
      float distance;

      if (self->parent[child] != node)
        continue;
      distance = MAX (sqrtf (filled + self->area[child]), part->radius[node] + sqrtf (self->area[child]));
      part->x[child] = part->x[node] + distance * cosf (angle);
      part->y[child] = part->y[node] + distance * sinf (angle);
      filled += self->area[child];
      angle += GOLDEN_ANGLE;
    }
}

void
ent_layout_unfold (EntLayoutFold *self)
{
  EntLayoutPart *part = self->part;

  for (guint i = 0; i < part->n; i++)
    if (self->in_core[i] >= 0)
      {
        part->x[i] = self->core->x[self->in_core[i]];
        part->y[i] = self->core->y[self->in_core[i]];
      }
  for (guint i = 0; i < part->n; i++)
    if (self->in_core[i] >= 0)
      place_around (self, i);
  /* What was folded last stands before what was folded into it. */
  for (guint i = self->n_folded; i > 0; i--)
    place_around (self, self->order[i - 1]);
  ent_layout_part_free (self->core);
  g_free (self->parent);
  g_free (self->order);
  g_free (self->in_core);
  g_free (self->area);
  g_free (self);
}
