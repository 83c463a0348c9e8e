/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma GCC optimize ("O3,fast-math")
#include "config.h"

#include "ecosystem/ent-layout-private.h"

#include <math.h>
#include <string.h>

/* What makes a stress layout readable: communities draw together a little, so that there is air between them,
 * and each node gets the room it needs. */

#define DENSITY 0.42f     /* share of the drawing that nodes cover */
#define GATHER 0.22f      /* how far nodes go towards the middle of their community */
#define GATHER_FROM 5     /* nodes */
#define OUTLIER_EDGE 1.1f
#define OUTLIER_GROWTH 0.3f
#define ROUNDS 36
#define PULL 0.10f        /* towards the neighbors, in the first round */

/* --- Overlaps ----------------------------------------------------------------------------------------- */

/* Nodes sorted into squares; those wider than a square look at all squares they reach. */
typedef struct
{
  float   x, y, cell;
  gint32  columns, rows;
  gint32 *starts, *nodes, *cell_of;
  gint32 *large;
  guint   n_large;
} Grid;

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float one = *(const float *) a, two = *(const float *) b;

  return one < two ? -1 : one > two;
}

/* Twice the radius that nine of ten nodes stay below. */
static float
find_cell_size (const EntLayoutPart *part)
{
  g_autofree float *sorted = g_memdup2 (part->radius, part->n * sizeof (float));

  qsort (sorted, part->n, sizeof (float), compare_floats);
  return 2 * sorted[part->n * 9 / 10];
}

static void
grid_init (Grid                *self,
           const EntLayoutPart *part)
{
  *self = (Grid) { .cell = find_cell_size (part) };
  self->starts = g_new (gint32, 4 * (gsize) part->n + 66);
  self->nodes = g_new (gint32, part->n);
  self->cell_of = g_new (gint32, part->n);
  self->large = g_new (gint32, part->n);
  for (guint i = 0; i < part->n; i++)
    if (2 * part->radius[i] > self->cell * 1.001f)
      self->large[self->n_large++] = i;
}

static void
grid_clear (Grid *self)
{
  g_free (self->starts);
  g_free (self->nodes);
  g_free (self->cell_of);
  g_free (self->large);
}

static void
grid_measure (Grid                *self,
              const EntLayoutPart *part)
{
  float x0 = part->x[0], y0 = part->y[0], x1 = x0, y1 = y0, cell = self->cell;

  for (guint i = 1; i < part->n; i++)
    {
      x0 = MIN (x0, part->x[i]);
      x1 = MAX (x1, part->x[i]);
      y0 = MIN (y0, part->y[i]);
      y1 = MAX (y1, part->y[i]);
    }
  while ((double) ((x1 - x0) / cell + 1) * ((y1 - y0) / cell + 1) > 4.0 * part->n + 64)
    cell *= 1.3f;
  self->cell = cell;
  self->x = x0;
  self->y = y0;
  self->columns = (gint32) ((x1 - x0) / cell) + 1;
  self->rows = (gint32) ((y1 - y0) / cell) + 1;
}

static void
grid_sort (Grid                *self,
           const EntLayoutPart *part)
{
  gint32 n_cells;

  grid_measure (self, part);
  n_cells = self->columns * self->rows;
  memset (self->starts, 0, (n_cells + 1) * sizeof (gint32));
  for (guint i = 0; i < part->n; i++)
    {
      gint32 column = (gint32) ((part->x[i] - self->x) / self->cell);
      gint32 row = (gint32) ((part->y[i] - self->y) / self->cell);

      self->cell_of[i] = row * self->columns + column;
      self->starts[self->cell_of[i] + 1]++;
    }
  for (gint32 i = 0; i < n_cells; i++)
    self->starts[i + 1] += self->starts[i];
  for (gint32 i = (gint32) part->n - 1; i >= 0; i--)
    self->nodes[--self->starts[self->cell_of[i] + 1]] = i;
  /* Each start now stands one place to the right of where it belongs. */
  memmove (self->starts, self->starts + 1, n_cells * sizeof (gint32));
  self->starts[n_cells] = part->n;
}

/* Moves two overlapping nodes apart; the one that takes up less room goes further. */
static inline void
push (EntLayoutPart  *part,
      const gboolean *movable,
      gint32          a,
      gint32          b)
{
  float dx = part->x[b] - part->x[a], dy = part->y[b] - part->y[a];
  float wanted = part->radius[a] + part->radius[b], square = dx * dx + dy * dy;
  float area_a = part->radius[a] * part->radius[a], area_b = part->radius[b] * part->radius[b];
  float share = area_b / (area_a + area_b), distance, gap;

  if (square >= wanted * wanted)
    return;
  if (square < 1e-8f)
    {
      /* On one point: part in a direction that depends on who they are. */
      dx = 1e-3f * (float) (1 + (a & 7));
      dy = 1e-3f * (float) (1 + (b & 7)) * ((b & 1) ? 1.0f : -1.0f);
      square = dx * dx + dy * dy;
    }
  if (movable != NULL)
    share = movable[a] ? (movable[b] ? share : 1) : 0;
  distance = sqrtf (square);
  gap = 0.9f * (wanted - distance) / distance;
  part->x[a] -= dx * gap * share;
  part->y[a] -= dy * gap * share;
  if (movable != NULL && !movable[b])
    return;
  part->x[b] += dx * gap * (1 - share);
  part->y[b] += dy * gap * (1 - share);
}

static void
push_in_cells (const Grid     *grid,
               EntLayoutPart  *part,
               const gboolean *movable)
{
  /* This square, and half of those around it: each pair is met once. */
  static const int columns[] = { 1, -1, 0, 1 }, rows[] = { 0, 1, 1, 1 };

  for (gint32 row = 0; row < grid->rows; row++)
    for (gint32 column = 0; column < grid->columns; column++)
      {
        gint32 cell = row * grid->columns + column;

        for (gint32 i = grid->starts[cell]; i < grid->starts[cell + 1]; i++)
          for (gint32 j = i + 1; j < grid->starts[cell + 1]; j++)
            push (part, movable, grid->nodes[i], grid->nodes[j]);
        for (int k = 0; k < 4; k++)
          {
            gint32 other = cell + rows[k] * grid->columns + columns[k];

            if (column + columns[k] < 0 || column + columns[k] >= grid->columns
                || row + rows[k] >= grid->rows)
              continue;
            for (gint32 i = grid->starts[cell]; i < grid->starts[cell + 1]; i++)
              for (gint32 j = grid->starts[other]; j < grid->starts[other + 1]; j++)
                push (part, movable, grid->nodes[i], grid->nodes[j]);
          }
      }
}

/* The row or column of a coordinate, or the nearest there is: nodes move on while the squares stay. */
static inline gint32
find_place (float  coordinate,
            float  cell,
            gint32 n)
{
  return (gint32) CLAMP (coordinate / cell, 0, (float) n - 1);
}

/* A wide node and all that its squares hold; two wide ones meet once. */
static void
push_from_large (const Grid     *grid,
                 EntLayoutPart  *part,
                 const gboolean *movable,
                 gint32          node)
{
  float reach = part->radius[node] + grid->cell / 2;
  gint32 left = find_place (part->x[node] - reach - grid->x, grid->cell, grid->columns);
  gint32 right = find_place (part->x[node] + reach - grid->x, grid->cell, grid->columns);
  gint32 top = find_place (part->y[node] - reach - grid->y, grid->cell, grid->rows);
  gint32 bottom = find_place (part->y[node] + reach - grid->y, grid->cell, grid->rows);

  for (gint32 row = top; row <= bottom; row++)
    for (gint32 i = grid->starts[row * grid->columns + left];
         i < grid->starts[row * grid->columns + right + 1]; i++)
      if (grid->nodes[i] != node)
        push (part, movable, node, grid->nodes[i]);
  for (guint i = 0; i < grid->n_large && grid->large[i] < node; i++)
    push (part, movable, node, grid->large[i]);
}

static void
separate_once (Grid           *grid,
               EntLayoutPart  *part,
               const gboolean *movable)
{
  grid_sort (grid, part);
  push_in_cells (grid, part, movable);
  for (guint i = 0; i < grid->n_large; i++)
    push_from_large (grid, part, movable, grid->large[i]);
}

void
ent_layout_separate (EntLayoutPart  *part,
                     const gboolean *movable,
                     guint           rounds)
{
  Grid grid;

  if (part->n < 2)
    return;
  grid_init (&grid, part);
  for (guint i = 0; i < rounds; i++)
    separate_once (&grid, part, movable);
  grid_clear (&grid);
}

/* --- Room --------------------------------------------------------------------------------------------- */

static void
gather_communities (EntLayoutPart *part)
{
  gint32 n = 0;
  g_autofree double *x = NULL, *y = NULL;
  g_autofree guint *count = NULL;

  for (guint i = 0; i < part->n; i++)
    n = MAX (n, part->community[i] + 1);
  x = g_new0 (double, n + 1);
  y = g_new0 (double, n + 1);
  count = g_new0 (guint, n + 1);
  for (guint i = 0; i < part->n; i++)
    {
      x[part->community[i]] += part->x[i];
      y[part->community[i]] += part->y[i];
      count[part->community[i]]++;
    }
  for (guint i = 0; i < part->n; i++)
    {
      gint32 c = part->community[i];

      if (count[c] < GATHER_FROM || count[c] == part->n)
        continue;
      part->x[i] += GATHER * ((float) (x[c] / count[c]) - part->x[i]);
      part->y[i] += GATHER * ((float) (y[c] / count[c]) - part->y[i]);
    }
}

/* Chains that lead far away would shrink everything else on the screen: beyond the ellipse that holds four of
 * five nodes, distance from the middle grows as its logarithm only. */
static void
draw_in_outliers (EntLayoutPart *part)
{
  double x = 0, y = 0, xx = 1e-6, yy = 1e-6;
  g_autofree float *rho = g_new (float, part->n), *sorted = NULL;
  float edge;

  for (guint i = 0; i < part->n; i++)
    {
      x += part->x[i] / part->n;
      y += part->y[i] / part->n;
    }
  for (guint i = 0; i < part->n; i++)
    {
      xx += (part->x[i] - x) * (part->x[i] - x) / part->n;
      yy += (part->y[i] - y) * (part->y[i] - y) / part->n;
    }
  for (guint i = 0; i < part->n; i++)
    rho[i] = (float) sqrt ((part->x[i] - x) * (part->x[i] - x) / xx + (part->y[i] - y) * (part->y[i] - y) / yy);
  sorted = g_memdup2 (rho, part->n * sizeof (float));
  qsort (sorted, part->n, sizeof (float), compare_floats);
  edge = sorted[part->n * 4 / 5] * OUTLIER_EDGE;
  for (guint i = 0; i < part->n; i++)
    if (rho[i] > edge && edge > 0)
      {
        float factor = edge / rho[i] * (1 + OUTLIER_GROWTH * logf (1 + (rho[i] / edge - 1) / OUTLIER_GROWTH));

        part->x[i] = (float) x + factor * (part->x[i] - (float) x);
        part->y[i] = (float) y + factor * (part->y[i] - (float) y);
      }
}

/* An ellipse that is filled evenly has half axes of two standard deviations. */
static float
estimate_area (const EntLayoutPart *part)
{
  double x = 0, y = 0, xx = 0, yy = 0, n = part->n;

  for (guint i = 0; i < part->n; i++)
    {
      x += part->x[i];
      y += part->y[i];
      xx += part->x[i] * part->x[i];
      yy += part->y[i] * part->y[i];
    }
  xx = xx / n - x * x / n / n;
  yy = yy / n - y * y / n / n;
  return (float) (4 * G_PI * sqrt (MAX (xx, 1e-3) * MAX (yy, 1e-3)));
}

static void
scale_to_room (EntLayoutPart *part)
{
  float room = 0, scale;

  for (guint i = 0; i < part->n; i++)
    room += (float) G_PI * part->radius[i] * part->radius[i];
  scale = sqrtf (room / DENSITY / estimate_area (part));
  for (guint i = 0; i < part->n; i++)
    {
      part->x[i] *= scale;
      part->y[i] *= scale;
    }
}

/* Draws each node a little towards the mean of its neighbors, as far as it is further away than it must. */
static void
pull_neighbors (EntLayoutPart *part,
                float          strength)
{
  for (guint i = 0; i < part->n; i++)
    {
      gint32 n = part->starts[i + 1] - part->starts[i];
      float x = 0, y = 0, sum = 0;

      if (n == 0)
        continue;
      for (gint32 j = part->starts[i]; j < part->starts[i + 1]; j++)
        {
          gint32 other = part->neighbors[j];
          float weight = part->community[other] == part->community[i] ? 1 : 0.25f;

          x += weight * (part->x[other] - part->x[i]);
          y += weight * (part->y[other] - part->y[i]);
          sum += weight;
        }
      part->x[i] += strength * x / sum;
      part->y[i] += strength * y / sum;
    }
}

void
ent_layout_spread (EntLayoutPart *part,
                   GCancellable  *cancellable)
{
  Grid grid;

  if (part->n < 2)
    return;
  gather_communities (part);
  draw_in_outliers (part);
  scale_to_room (part);
  grid_init (&grid, part);
  for (guint i = 0; i < ROUNDS && !g_cancellable_is_cancelled (cancellable); i++)
    {
      if (i < ROUNDS / 2)
        pull_neighbors (part, PULL * (1 - 2.0f * (float) i / ROUNDS));
      separate_once (&grid, part, NULL);
    }
  grid_clear (&grid);
}

void
ent_layout_level (EntLayoutPart *part)
{
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0, angle;
  float c, s;

  for (guint i = 0; i < part->n; i++)
    {
      x += part->x[i] / part->n;
      y += part->y[i] / part->n;
    }
  for (guint i = 0; i < part->n; i++)
    {
      double dx = part->x[i] - x, dy = part->y[i] - y;

      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  angle = 0.5 * atan2 (2 * xy, xx - yy);
  c = (float) cos (angle);
  s = (float) sin (angle);
  for (guint i = 0; i < part->n; i++)
    {
      float dx = part->x[i] - (float) x, dy = part->y[i] - (float) y;

      part->x[i] = c * dx + s * dy;
      part->y[i] = c * dy - s * dx;
    }
}
