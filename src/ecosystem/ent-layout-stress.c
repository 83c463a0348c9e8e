/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma GCC optimize ("O3,fast-math")
#include "config.h"

#include "ecosystem/ent-layout-private.h"

#include <math.h>
#include <string.h>

/* Sparse stress (Ortmann, Klimenta and Brandes, 2017): each node keeps its distance to its neighbors and to some
 * pivots only, which stand for the nodes around them. Majorization (Gansner, Koren and North, 2004) node by node,
 * from a PivotMDS start (Brandes and Pich, 2007). Two findings of our own (performance notes): neighbors pull
 * with a target length of zero, and ten times as hard as the formula has it; both bring linked nodes together
 * without making distances worse. */

#define N_PIVOTS 96
#define SWEEPS 24
#define POWER_STEPS 40
#define NEIGHBOR_WEIGHT 12.0f
#define SAME_COMMUNITY 2.2f /* times as hard */

typedef struct
{
  EntLayoutPart *part;
  guint          n_pivots;
  gint32        *pivots;
  guint8        *distances; /* node-major: one row of n_pivots per node */
  guint16       *nearest;   /* per node: its pivot */
  float         *weights;   /* as distances */
} Stress;

static guint32
next_random (guint64 *state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (guint32) (*state >> 33);
}

/* One breadth-first search; distances beyond 255 are 255. */
static void
search_from (const EntLayoutPart *part,
             gint32               source,
             guint16             *steps,
             gint32              *queue)
{
  guint head = 0, tail = 0;

  memset (steps, 0xff, part->n * sizeof (guint16));
  queue[tail++] = source;
  steps[source] = 0;
  while (head < tail)
    {
      gint32 node = queue[head++];
      guint16 next = MIN (steps[node] + 1, 255);

      for (gint32 i = part->starts[node]; i < part->starts[node + 1]; i++)
        if (steps[part->neighbors[i]] == 0xffff)
          {
            steps[part->neighbors[i]] = next;
            queue[tail++] = part->neighbors[i];
          }
    }
}

/* Pivots as far from each other as can be, every other one drawn at random: corners and the middle. */
static void
find_pivots (Stress *self)
{
  EntLayoutPart *part = self->part;
  g_autofree guint16 *steps = g_new (guint16, part->n);
  g_autofree guint16 *closest = g_new (guint16, part->n);
  g_autofree gint32 *queue = g_new (gint32, part->n);
  guint64 state = 777;
  gint32 pivot = 0;

  memset (closest, 0xff, part->n * sizeof (guint16));
  for (guint k = 0; k < self->n_pivots; k++)
    {
      gint32 farthest = 0;

      self->pivots[k] = pivot;
      search_from (part, pivot, steps, queue);
      for (guint i = 0; i < part->n; i++)
        {
          self->distances[(gsize) i * self->n_pivots + k] = (guint8) steps[i];
          if (steps[i] < closest[i])
            {
              closest[i] = steps[i];
              self->nearest[i] = (guint16) k;
            }
          if (closest[i] > closest[farthest])
            farthest = i;
        }
      pivot = (k & 1) || closest[farthest] < 2 ? (gint32) (next_random (&state) % part->n) : farthest;
    }
}

/* --- PivotMDS ----------------------------------------------------------------------------------------- */

/* C = -1/2 (D^2 - row means - column means + mean), n x pivots. */
static float *
center_distances (const Stress *self)
{
  guint n = self->part->n, p = self->n_pivots;
  float *c = g_new (float, (gsize) n * p);
  g_autofree double *columns = g_new0 (double, p);
  g_autofree float *rows = g_new (float, n);
  double mean = 0;

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      for (guint k = 0; k < p; k++)
        {
          float d = self->distances[i * p + k];

          c[i * p + k] = d * d;
          columns[k] += d * d;
          sum += d * d;
        }
      rows[i] = (float) (sum / p);
      mean += sum;
    }
  mean /= (double) n * p;
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < p; k++)
      c[i * p + k] = -0.5f * (c[i * p + k] - rows[i] - (float) (columns[k] / n) + (float) mean);
  return c;
}

/* C'C from at most 4,096 rows: enough for two directions. */
static float *
multiply (const float *c,
          guint        n,
          guint        p)
{
  float *b = g_new0 (float, p * p);
  guint stride = MAX (1, n / 4096);

  for (gsize i = 0; i < n; i += stride)
    for (guint x = 0; x < p; x++)
      {
        float factor = c[i * p + x];

        for (guint y = 0; y < p; y++)
          b[x * p + y] += factor * c[i * p + y];
      }
  return b;
}

/* The direction of largest variance that is at right angles to @other (may be NULL). */
static void
find_direction (const float *b,
                guint        p,
                const double *other,
                double       *u)
{
  double w[N_PIVOTS];

  for (guint k = 0; k < p; k++)
    u[k] = (k * 7919 + (other != NULL) * 104729) % 1000 / 1000.0 - 0.5;
  for (guint step = 0; step < POWER_STEPS; step++)
    {
      double dot = 0, length = 0;

      for (guint k = 0; other != NULL && k < p; k++)
        dot += u[k] * other[k];
      for (guint k = 0; other != NULL && k < p; k++)
        u[k] -= dot * other[k];
      for (guint x = 0; x < p; x++)
        {
          w[x] = 0;
          for (guint y = 0; y < p; y++)
            w[x] += b[x * p + y] * u[y];
          length += w[x] * w[x];
        }
      length = length > 0 ? sqrt (length) : 1;
      for (guint k = 0; k < p; k++)
        u[k] = w[k] / length;
    }
}

/* Scales so that distances to pivots are right on average. */
static void
scale_to_distances (const Stress *self)
{
  EntLayoutPart *part = self->part;
  double linear = 0, square = 0;
  float scale;

  for (gsize i = 0; i < part->n; i += 7)
    for (guint k = 0; k < self->n_pivots; k++)
      {
        double d = self->distances[i * self->n_pivots + k];
        float dx = part->x[i] - part->x[self->pivots[k]], dy = part->y[i] - part->y[self->pivots[k]];
        double e = sqrtf (dx * dx + dy * dy);

        if (d > 0)
          {
            linear += e / d;
            square += e * e / (d * d);
          }
      }
  scale = square > 0 ? (float) (linear / square) : 1;
  for (guint i = 0; i < part->n; i++)
    {
      part->x[i] *= scale;
      part->y[i] *= scale;
    }
}

/* Nodes that the pivots do not tell apart get a little noise, or they would stay on one point. */
static void
add_noise (EntLayoutPart *part)
{
  guint64 state = 4711;

  for (guint i = 0; i < part->n; i++)
    {
      part->x[i] += (next_random (&state) % 4096 / 4096.0f - 0.5f) * 0.5f;
      part->y[i] += (next_random (&state) % 4096 / 4096.0f - 0.5f) * 0.5f;
    }
}

static void
start (const Stress *self)
{
  EntLayoutPart *part = self->part;
  guint p = self->n_pivots;
  g_autofree float *c = center_distances (self);
  g_autofree float *b = multiply (c, part->n, p);
  double u[2][N_PIVOTS];

  find_direction (b, p, NULL, u[0]);
  find_direction (b, p, u[0], u[1]);
  for (gsize i = 0; i < part->n; i++)
    {
      float x = 0, y = 0;

      for (guint k = 0; k < p; k++)
        {
          x += c[i * p + k] * (float) u[0][k];
          y += c[i * p + k] * (float) u[1][k];
        }
      part->x[i] = x;
      part->y[i] = y;
    }
  scale_to_distances (self);
  add_noise (part);
}

/* --- Majorization ------------------------------------------------------------------------------------- */

/* A pivot stands for the nodes of its region that are no more than half as far from it as the node is, so that
 * it does not speak for nodes that are nearer (Ortmann et al., section 4). */
static void
weigh_pivots (Stress *self)
{
  guint n = self->part->n, p = self->n_pivots;
  g_autofree float *within = g_new0 (float, p * 256);
  g_autofree float *table = g_new0 (float, p * 256);

  for (gsize i = 0; i < n; i++)
    within[self->nearest[i] * 256 + self->distances[i * p + self->nearest[i]]]++;
  for (guint k = 0; k < p; k++)
    for (guint d = 1; d < 256; d++)
      {
        within[k * 256 + d] += within[k * 256 + d - 1];
        table[k * 256 + d] = d > 1 ? MAX (1, within[k * 256 + d / 2]) / (float) (d * d) : 0;
      }
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < p; k++)
      self->weights[i * p + k] = table[k * 256 + self->distances[i * p + k]];
}

static void
settle_node (const Stress *self,
             guint         node,
             const float  *pivot_x,
             const float  *pivot_y)
{
  EntLayoutPart *part = self->part;
  const guint8 *restrict d = self->distances + (gsize) node * self->n_pivots;
  const float *restrict w = self->weights + (gsize) node * self->n_pivots;
  float x = part->x[node], y = part->y[node], sum = 0, sum_x = 0, sum_y = 0;

  for (gint32 i = part->starts[node]; i < part->starts[node + 1]; i++)
    {
      gint32 other = part->neighbors[i];
      float weight = part->community[node] == part->community[other]
        ? NEIGHBOR_WEIGHT * SAME_COMMUNITY : NEIGHBOR_WEIGHT;

      sum += weight;
      sum_x += weight * part->x[other];
      sum_y += weight * part->y[other];
    }
  for (guint k = 0; k < self->n_pivots; k++)
    {
      float dx = x - pivot_x[k], dy = y - pivot_y[k];
      float ratio = (float) d[k] / sqrtf (dx * dx + dy * dy + 1e-6f);

      sum += w[k];
      sum_x += w[k] * (pivot_x[k] + dx * ratio);
      sum_y += w[k] * (pivot_y[k] + dy * ratio);
    }
  if (sum <= 0)
    return;
  part->x[node] = sum_x / sum;
  part->y[node] = sum_y / sum;
}

static void
sweep (const Stress *self,
       gboolean      backward)
{
  EntLayoutPart *part = self->part;
  float x[N_PIVOTS], y[N_PIVOTS];
  g_autofree gint16 *pivot_of = g_new0 (gint16, part->n);

  for (guint k = 0; k < self->n_pivots; k++)
    {
      x[k] = part->x[self->pivots[k]];
      y[k] = part->y[self->pivots[k]];
      pivot_of[self->pivots[k]] = (gint16) (k + 1);
    }
  for (guint i = 0; i < part->n; i++)
    {
      guint node = backward ? part->n - 1 - i : i;

      settle_node (self, node, x, y);
      if (pivot_of[node] > 0)
        {
          x[pivot_of[node] - 1] = part->x[node];
          y[pivot_of[node] - 1] = part->y[node];
        }
    }
}

void
ent_layout_stress (EntLayoutPart *part,
                   GCancellable  *cancellable)
{
  Stress self = { part, MIN (part->n, N_PIVOTS) };

  if (part->n < 2)
    return;
  self.pivots = g_new (gint32, self.n_pivots);
  self.distances = g_new (guint8, (gsize) part->n * self.n_pivots);
  self.nearest = g_new (guint16, part->n);
  self.weights = g_new (float, (gsize) part->n * self.n_pivots);
  find_pivots (&self);
  start (&self);
  weigh_pivots (&self);
  for (guint i = 0; i < SWEEPS && !g_cancellable_is_cancelled (cancellable); i++)
    sweep (&self, i & 1);
  g_free (self.pivots);
  g_free (self.distances);
  g_free (self.nearest);
  g_free (self.weights);
}
