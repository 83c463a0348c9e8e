/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-layout.h"

#include <math.h>
#include <string.h>

/* The three figures of the performance notes; each alone can be had by cheating one of the others. */

#define SOURCES 200
#define TARGETS 2000
#define SAMPLES 500

typedef struct
{
  EntGraph    *graph;
  const float *x, *y;
  guint        n;
  guint64      state;
} Sampler;

static guint
draw (Sampler *self)
{
  self->state = self->state * 6364136223846793005u + 1442695040888963407u;
  return (guint) ((self->state >> 33) % self->n);
}

static void
count_steps (Sampler *self,
             gint32   source,
             gint32  *steps,
             gint32  *queue)
{
  guint head = 0, tail = 0;

  memset (steps, 0xff, self->n * sizeof (gint32));
  steps[source] = 0;
  queue[tail++] = source;
  while (head < tail)
    {
      gint32 node = queue[head++];
      guint n;
      const gint32 *neighbors = ent_graph_get_neighbors (self->graph, node, &n, NULL);

      for (guint i = 0; i < n; i++)
        if (steps[neighbors[i]] < 0)
          {
            steps[neighbors[i]] = steps[node] + 1;
            queue[tail++] = neighbors[i];
          }
    }
}

static double
measure_stress (Sampler *self)
{
  g_autofree gint32 *steps = g_new (gint32, self->n);
  g_autofree gint32 *queue = g_new (gint32, self->n);
  g_autoptr(GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));
  double linear = 0, square = 0, sum = 0;

  for (guint i = 0; i < MIN (self->n, SOURCES); i++)
    {
      guint source = draw (self);

      count_steps (self, source, steps, queue);
      for (guint j = 0; j < MIN (self->n, TARGETS); j++)
        {
          guint target = self->n <= TARGETS ? j : draw (self);
          double ratio;

          if (target == source || steps[target] <= 0)
            continue;
          ratio = hypot (self->x[source] - self->x[target], self->y[source] - self->y[target]) / steps[target];
          g_array_append_val (ratios, ratio);
          linear += ratio;
          square += ratio * ratio;
        }
    }
  for (guint i = 0; i < ratios->len; i++)
    sum += pow (g_array_index (ratios, double, i) * linear / square - 1, 2);
  return ratios->len > 0 ? sum / ratios->len : 0;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

/* Share of the degree nearest nodes that are linked; the ends of the sorted distances tell who is among them. */
static double
measure_neighborhood_of (Sampler *self,
                         guint    node)
{
  guint degree, inside = 0;
  const gint32 *neighbors = ent_graph_get_neighbors (self->graph, node, &degree, NULL);
  g_autofree double *distances = g_new (double, self->n);
  g_autofree double *sorted = NULL;

  for (guint i = 0; i < self->n; i++)
    distances[i] = i == node ? INFINITY
                             : hypot (self->x[i] - self->x[node], self->y[i] - self->y[node]);
  sorted = g_memdup2 (distances, self->n * sizeof (double));
  qsort (sorted, self->n, sizeof (double), compare_doubles);
  for (guint i = 0; i < degree; i++)
    inside += distances[neighbors[i]] <= sorted[degree - 1];
  return (double) inside / (2 * degree - inside);
}

static double
measure_neighborhood (Sampler *self)
{
  double sum = 0;
  guint count = 0;

  for (guint i = 0; i < MIN (self->n, SAMPLES); i++)
    {
      guint node = draw (self);

      if (ent_graph_get_degree (self->graph, node) == 0)
        continue;
      sum += measure_neighborhood_of (self, node);
      count++;
    }
  return count > 0 ? sum / count : 0;
}

static double
measure_nearest (Sampler *self,
                 double   unit)
{
  guint count = MIN (self->n, SAMPLES);
  g_autofree double *nearest = g_new (double, count + 1);

  for (guint i = 0; i < count; i++)
    {
      guint node = draw (self);

      nearest[i] = INFINITY;
      for (guint j = 0; j < self->n; j++)
        if (j != node)
          nearest[i] = MIN (nearest[i], hypot (self->x[j] - self->x[node], self->y[j] - self->y[node]));
    }
  qsort (nearest, count, sizeof (double), compare_doubles);
  return nearest[count / 20] / unit;
}

void
ent_layout_get_quality (EntLayout        *self,
                        EntLayoutQuality *quality)
{
  Sampler sampler = { ent_layout_get_graph (self), ent_layout_get_x (self), ent_layout_get_y (self),
                      ent_graph_get_n_nodes (ent_layout_get_graph (self)), 12345 };
  double x, y, width, height;

  memset (quality, 0, sizeof *quality);
  if (sampler.n < 2)
    return;
  ent_layout_get_bounds (self, &x, &y, &width, &height);
  quality->stress = measure_stress (&sampler);
  quality->neighborhood = measure_neighborhood (&sampler);
  quality->nearest_5 = measure_nearest (&sampler, sqrt (MAX (width * height, 1e-9) / sampler.n));
}
