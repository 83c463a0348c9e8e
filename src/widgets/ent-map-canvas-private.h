/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-map-canvas.h"

G_BEGIN_DECLS

#define FIT_MARGIN 36

struct _EntMapCanvas
{
  GtkWidget      parent_instance;

  EntMapPainter *painter;
  EntMapView     view;
  gboolean       needs_fit;      /* as soon as there is a size */
  gboolean       is_fitted;      /* stays so when the size changes */
  int            inset_left, inset_right, inset_bottom;

  /* The last frame, and the view it shows. */
  GdkTexture    *texture;
  EntMapView     texture_view;
  gboolean       is_stale;
  guint          n_frames;
  double         last_ms;

  GMutex         lock;           /* held by whoever uses the painter */
  gboolean       is_painting;    /* a worker does */
  gboolean       wants_hover;    /* the pointer moved meanwhile */

  double         pointer_x, pointer_y;
  double         drag_x, drag_y;
  double         pinch_scale;
  gboolean       has_dragged;
  GtkGesture    *drag;
};

/** Adds gestures and keys. */
void ent_map_canvas_init_input   (EntMapCanvas *self);
/** Hovers what is under the pointer. */
void ent_map_canvas_update_hover (EntMapCanvas *self);
/** The view was changed by the user. */
void ent_map_canvas_moved        (EntMapCanvas *self);
/** Selects as the user does: announces and emits. */
void ent_map_canvas_select       (EntMapCanvas *self,
                                  gint32        node,
                                  gboolean      reveal);

/* ent-map-canvas-selection.c */
void     _ent_map_canvas_update_accessible (EntMapCanvas *self);
gboolean _ent_map_canvas_query_tooltip     (GtkWidget    *widget,
                                            int           x,
                                            int           y,
                                            gboolean      keyboard,
                                            GtkTooltip   *tooltip);

G_END_DECLS
