/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>

/* Which nodes get a label, and where: in order of importance each takes the first free place beside its node.
 * What is taken is kept on squared paper, so that each try costs a few bytes. */

#define SQUARE 4          /* pixels of the view */
#define ROOM 15000.0      /* pixels of the view per label: more would be a wall of text */
#define MOST 260
#define NEAR_MOST 60      /* neighbors of the selected node that are named */

typedef struct
{
  EntMapPainter    *painter;
  const EntMapView *view;
  guint8           *taken;
  int               columns, rows;
  GArray           *labels;
} Paper;

enum
{
  TAKEN_BY_LABEL = 1 << 0,
  TAKEN_BY_NODE  = 1 << 1,
};

/* TRUE when the rectangle lies within the view and nothing of @what is there. */
static gboolean
is_free (const Paper *self,
         guint8       what,
         double       x,
         double       y,
         double       width,
         double       height)
{
  int left = (int) floor (x / SQUARE), right = (int) floor ((x + width) / SQUARE);
  int top = (int) floor (y / SQUARE), bottom = (int) floor ((y + height) / SQUARE);

  if (left < 0 || top < 0 || right >= self->columns || bottom >= self->rows)
    return FALSE;
  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      if (self->taken[row * self->columns + column] & what)
        return FALSE;
  return TRUE;
}

static void
take (Paper  *self,
      guint8  what,
      double  x,
      double  y,
      double  width,
      double  height)
{
  int left = MAX (0, (int) floor (x / SQUARE));
  int right = MIN (self->columns - 1, (int) floor ((x + width) / SQUARE));
  int top = MAX (0, (int) floor (y / SQUARE));
  int bottom = MIN (self->rows - 1, (int) floor ((y + height) / SQUARE));

  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      self->taken[row * self->columns + column] |= what;
}

static void
get_place (const Paper *self,
           gint32       node,
           double      *x,
           double      *y,
           double      *radius)
{
  EntLayout *layout = self->painter->layout;

  ent_map_view_from_layout (self->view, ent_layout_get_x (layout)[node], ent_layout_get_y (layout)[node], x, y);
  *radius = ent_map_painter_get_radius (self->painter, self->view, node);
}

static EntLabelSize
choose_size (double   radius,
             gboolean is_raised)
{
  if (radius >= 17)
    return ENT_LABEL_LARGE;
  return radius >= 9 || is_raised ? ENT_LABEL_MEDIUM : ENT_LABEL_SMALL;
}

/* Below, above, right, left: the first that is free. What matters most may cover nodes. */
static gboolean
try_label (Paper        *self,
           gint32        node,
           EntLabelSize  size,
           gboolean      is_forced)
{
  double x, y, radius, width, ascent, descent, height;
  double left[4], top[4];
  guint8 avoid = size == ENT_LABEL_LARGE || is_forced ? TAKEN_BY_LABEL : TAKEN_BY_LABEL | TAKEN_BY_NODE;

  get_place (self, node, &x, &y, &radius);
  ent_map_labels_measure (self->painter->labels, node, size, &width, &ascent, &descent);
  height = ascent + descent;
  left[0] = left[1] = x - width / 2;
  top[0] = y + radius + 1.5;
  top[1] = y - radius - 1.5 - height;
  left[2] = x + radius + 4;
  left[3] = x - radius - 4 - width;
  top[2] = top[3] = y - height / 2;
  for (guint i = 0; i < 4; i++)
    {
      EntMapLabel label = { node, size, left[i], top[i] + ascent, width, height };

      if (!is_free (self, avoid, left[i] - 2, top[i] + 1, width + 4, height - 2) && !(is_forced && i == 3))
        continue;
      if (is_forced && i == 3)
        label.x = left[0], label.y = top[0] + ascent;
      take (self, TAKEN_BY_LABEL, label.x - 3, label.y - ascent - 1, width + 6, height + 2);
      g_array_append_val (self->labels, label);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_visible (const Paper *self,
            gint32       node)
{
  double x, y, radius;

  if (self->painter->states[node] == ENT_NODE_HIDDEN)
    return FALSE;
  get_place (self, node, &x, &y, &radius);
  return x > -radius && y > -radius && x < self->view->width + radius && y < self->view->height + radius;
}

/* Labels go around large nodes, not over them. */
static void
take_large_nodes (Paper *self)
{
  for (guint i = 0; i < self->painter->n; i++)
    {
      gint32 node = self->painter->order[i];
      double x, y, radius;

      get_place (self, node, &x, &y, &radius);
      if (radius < 8)
        break;
      if (is_visible (self, node))
        take (self, TAKEN_BY_NODE, x - 0.8 * radius, y - 0.8 * radius, 1.6 * radius, 1.6 * radius);
    }
}

static void
label_picked (Paper *self)
{
  EntMapPainter *painter = self->painter;
  guint n_near = 0;

  if (painter->hovered >= 0)
    try_label (self, painter->hovered, ENT_LABEL_LARGE, TRUE);
  if (painter->selected >= 0 && painter->selected != painter->hovered)
    try_label (self, painter->selected, ENT_LABEL_LARGE, TRUE);
  for (guint i = 0; i < painter->path_nodes->len; i++)
    try_label (self, g_array_index (painter->path_nodes, gint32, i), ENT_LABEL_MEDIUM, TRUE);
  for (guint i = 0; i < painter->n && n_near < NEAR_MOST; i++)
    {
      gint32 node = painter->order[i];

      if (painter->states[node] == ENT_NODE_NEAR && node != painter->selected && node != painter->hovered
          && is_visible (self, node))
        n_near += try_label (self, node, ENT_LABEL_MEDIUM, FALSE);
    }
}

static void
label_important (Paper *self)
{
  EntMapPainter *painter = self->painter;
  double room = (double) self->view->width * self->view->height / ROOM;
  guint most = (guint) MIN (room, MOST), tries = 0;

  for (guint i = 0; i < painter->n && self->labels->len < most && tries < 4 * most; i++)
    {
      gint32 node = painter->order[i];
      double radius = ent_map_painter_get_radius (painter, self->view, node);

      if (painter->states[node] != ENT_NODE_NORMAL || !is_visible (self, node))
        continue;
      tries++;
      try_label (self, node, choose_size (radius, FALSE), FALSE);
    }
}

GArray *
ent_map_painter_place_labels (EntMapPainter    *self,
                              const EntMapView *view)
{
  Paper paper = { self, view, NULL, view->width / SQUARE + 1, view->height / SQUARE + 1,
                  g_array_new (FALSE, FALSE, sizeof (EntMapLabel)) };

  paper.taken = g_new0 (guint8, (gsize) paper.columns * paper.rows);
  take_large_nodes (&paper);
  label_picked (&paper);
  label_important (&paper);
  g_free (paper.taken);
  return paper.labels;
}
