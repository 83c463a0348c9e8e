/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ecosystem/ent-map-painter.h"

G_BEGIN_DECLS

/**
 * EntMapCanvas:
 *
 * The ecosystem map on the screen: shows what an EntMapPainter paints, and moves around in it. Drag pans, scroll
 * and pinch zoom to the pointer, a click selects, a double click opens. By keyboard: arrows go to the next node in
 * that direction, Enter opens, + and - zoom, 0 shows everything, Escape goes back, Menu asks what can be done.
 *
 * Draws nothing while nothing changes. A frame that takes long is painted on a worker thread; until it is there,
 * the last one is shown where the new one will be.
 *
 * Signals: `selected (int node)` when the user selected a node or none (-1); `activated (int node)`;
 * `menu (int node, double x, double y)` for a context menu; `view-changed ()`.
 */
#define ENT_TYPE_MAP_CANVAS (ent_map_canvas_get_type ())
G_DECLARE_FINAL_TYPE (EntMapCanvas, ent_map_canvas, ENT, MAP_CANVAS, GtkWidget)

GtkWidget     *ent_map_canvas_new          (void);
/** NULL: nothing to show. The view stays when @keep_view, else everything is shown. */
void           ent_map_canvas_set_painter  (EntMapCanvas  *self,
                                            EntMapPainter *painter,
                                            gboolean       keep_view);
/** (transfer none) (nullable). To change the painter, call ent_map_canvas_begin() first and ent_map_canvas_end()
 * afterwards: a worker may be painting with it. */
EntMapPainter *ent_map_canvas_get_painter  (EntMapCanvas *self);
EntMapPainter *ent_map_canvas_begin        (EntMapCanvas *self);
/** Also paints anew. */
void           ent_map_canvas_end          (EntMapCanvas *self);

gint32         ent_map_canvas_get_selected (EntMapCanvas *self);
/** Does not emit `selected`. @reveal: brings the node into view. */
void           ent_map_canvas_set_selected (EntMapCanvas *self,
                                            gint32        node,
                                            gboolean      reveal);
void           ent_map_canvas_zoom         (EntMapCanvas *self,
                                            double        factor);
/** Shows everything (or the focused part). */
void           ent_map_canvas_fit          (EntMapCanvas *self);
/** Room at the left and right edges that other widgets cover: what is fitted or revealed stays out of it. */
void           ent_map_canvas_set_insets   (EntMapCanvas *self,
                                            int           left,
                                            int           right,
                                            int           bottom);
void           ent_map_canvas_get_view     (EntMapCanvas *self,
                                            EntMapView   *view);
/** Takes place and zoom; the size is the widget's own. */
void           ent_map_canvas_set_view     (EntMapCanvas     *self,
                                            const EntMapView *view);
/** "Kong, 14 links, Platinum": how a node is announced. (transfer full) */
char          *ent_map_canvas_dup_words    (EntMapCanvas *self,
                                            gint32        node);
/** For tests and the benchmark: frames painted so far, and the CPU time of the last one in ms. */
guint          ent_map_canvas_get_n_frames (EntMapCanvas *self,
                                            double       *last);

G_END_DECLS
