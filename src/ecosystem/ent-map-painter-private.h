/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-map-painter.h"

G_BEGIN_DECLS

/* --- Colors ------------------------------------------------------------------------------------------- */

double   ent_color_get_luminance (const EntColor *self);
EntColor ent_color_mix           (const EntColor *a,
                                  const EntColor *b,
                                  double          share);

/* --- Pixels: ent-map-raster.c --------------------------------------------------------------------------- */

typedef enum
{
  ENT_LINES_PLAIN,
  ENT_LINES_NEAR,  /* of the selected node */
  ENT_LINES_PATH,
  ENT_N_LINES,
} EntLines;

/** An image of its own, and one coverage buffer per kind of line: lines add up there and are colored in one go. */
typedef struct _EntMapRaster EntMapRaster;

typedef struct
{
  int      width, height;
  int      x, y;          /* where its middle (or baseline start) is */
  guint32  pixels[];      /* premultiplied ARGB */
} EntSprite;

EntMapRaster    *ent_map_raster_new     (void);
void             ent_map_raster_free    (EntMapRaster *self);
void             ent_map_raster_begin   (EntMapRaster   *self,
                                         int             width,
                                         int             height,
                                         const EntColor *background);
cairo_surface_t *ent_map_raster_get_surface (EntMapRaster *self);
/** @weight: 0..255 added where the line covers a pixel; @thickness in pixels, from 1 up. */
void             ent_map_raster_line    (EntMapRaster *self,
                                         EntLines      lines,
                                         float         x0,
                                         float         y0,
                                         float         x1,
                                         float         y1,
                                         float         weight,
                                         float         thickness);
/** Colors the lines that were added and forgets them. */
void             ent_map_raster_ink     (EntMapRaster   *self,
                                         EntLines        lines,
                                         const EntColor *color,
                                         double          alpha);
/** Lays a sprite over the image, its middle at @x, @y. */
void             ent_map_raster_stamp   (EntMapRaster    *self,
                                         const EntSprite *sprite,
                                         int              x,
                                         int              y);
EntSprite       *ent_sprite_new         (cairo_surface_t *surface, /* (transfer full) */
                                         int              x,
                                         int              y);

/* --- Labels: ent-map-labels.c --------------------------------------------------------------------------- */

typedef enum
{
  ENT_LABEL_SMALL,
  ENT_LABEL_MEDIUM,
  ENT_LABEL_LARGE,
  ENT_N_LABEL_SIZES,
} EntLabelSize;

typedef struct
{
  gint32       node;
  EntLabelSize size;
  double       x, y;   /* left end of the baseline, in pixels of the view */
  double       width, height;
} EntMapLabel;

/** Texts of nodes, shaped and drawn once. */
typedef struct _EntMapLabels EntMapLabels;

EntMapLabels    *ent_map_labels_new     (EntGraph *graph);
void             ent_map_labels_free    (EntMapLabels *self);
void             ent_map_labels_set_font (EntMapLabels *self,
                                          const char   *family,
                                          double        points);
const char      *ent_map_labels_get_family (EntMapLabels *self);
/** Height of the letters in pixels of the view, not of the line. */
double           ent_map_labels_get_size (EntMapLabels *self,
                                          EntLabelSize  size);
void             ent_map_labels_set_palette (EntMapLabels        *self,
                                             const EntMapPalette *palette);
void             ent_map_labels_measure (EntMapLabels *self,
                                         gint32        node,
                                         EntLabelSize  size,
                                         double       *width,
                                         double       *ascent,
                                         double       *descent);
const EntSprite *ent_map_labels_get_sprite (EntMapLabels *self,
                                            gint32        node,
                                            EntLabelSize  size,
                                            double        scale);
/** Shows the text at the current point of @cr. */
void             ent_map_labels_show    (EntMapLabels *self,
                                         cairo_t      *cr,
                                         gint32        node,
                                         EntLabelSize  size);
/** A title cut to the length that labels have. (transfer full) */
char            *ent_map_labels_dup_text (EntMapLabels *self,
                                          gint32        node);

/* --- The painter's own state ---------------------------------------------------------------------------- */

#define ENT_MAP_MAX_CLASSES 20
#define ENT_MAP_PLAIN 0

typedef enum
{
  ENT_NODE_NORMAL,
  ENT_NODE_DIM,
  ENT_NODE_NEAR,   /* selected, hovered, on the path, or beside */
  ENT_NODE_HIDDEN,
} EntNodeState;

typedef struct
{
  char    *label;
  char    *letter;
  EntColor color;
  guint    category, n_nodes;
} EntMapClass;

struct _EntMapPainter
{
  gatomicrefcount      ref_count;
  EntGraph            *graph;
  EntLayout           *layout;
  EntGraphMeasures    *measures;
  const EntMapPalette *palette;
  EntMapColor          color_by;
  EntMapSize           size_by;
  gboolean             show_communities;

  gint32               selected, hovered, focus;
  guint                focus_steps;
  int                  emphasis;
  GArray              *found;       /* of gint32 */
  GArray              *path_nodes, *path_pairs;

  /* What follows from the above. */
  guint                n;
  float               *radius;      /* layout units */
  guint8              *classes;     /* per node: index into class_infos */
  guint8              *shapes;
  guint8              *states;      /* EntNodeState */
  gint32              *order;       /* by falling importance */
  GArray              *class_infos; /* of EntMapClass */
  gboolean             states_valid, classes_valid, radius_valid;

  EntMapRaster        *raster;
  EntMapLabels        *labels;
  GHashTable          *sprites;     /* guint key → EntSprite */
  cairo_surface_t     *areas;       /* communities, low resolution; NULL: to be made */
  double               areas_x, areas_y, areas_cell;

  /* Nodes by square, for hit tests. */
  gint32              *hit_starts, *hit_nodes;
  float                hit_x, hit_y, hit_cell;
  gint32               hit_columns, hit_rows;
  float                hit_reach;   /* largest radius */
};

/** Brings colors, sizes and states up to date. */
void ent_map_painter_prepare      (EntMapPainter *self);
void ent_map_painter_update_classes (EntMapPainter *self);
void ent_map_painter_update_states (EntMapPainter *self);
void ent_map_painter_clear_hits   (EntMapPainter *self);
void ent_map_painter_clear_areas  (EntMapPainter *self);
/** The areas as a small image, and which rectangle of the view it fills; NULL: none are shown. */
cairo_surface_t *ent_map_painter_get_areas (EntMapPainter    *self,
                                            const EntMapView *view,
                                            double           *x,
                                            double           *y,
                                            double           *width,
                                            double           *height);
void ent_map_painter_paint_areas  (EntMapPainter    *self,
                                   cairo_t          *cr,
                                   const EntMapView *view);
/** Where labels go, the most important first. Element-type EntMapLabel. (transfer full) */
GArray *ent_map_painter_place_labels (EntMapPainter    *self,
                                      const EntMapView *view);
/** How a pair is drawn: which lines, and how strong (0..1). FALSE: not at all. */
gboolean ent_map_painter_get_line (EntMapPainter *self,
                                   gint32         pair,
                                   EntLines      *lines,
                                   float         *weight);
/** Rings around what is selected and found. */
void ent_map_painter_draw_marks    (EntMapPainter    *self,
                                    cairo_t          *cr,
                                    const EntMapView *view);
double ent_map_painter_get_line_alpha (EntMapPainter *self);
/** Long lines are fainter than short ones (length in layout units): they tell less and cover more. */
double ent_map_painter_get_line_fade (double length);
/** Pixels of the view per layout unit of radius: nodes grow slower than the map. */
double ent_map_view_get_node_zoom (const EntMapView *self);
const EntMapClass *ent_map_painter_get_class (EntMapPainter *self,
                                              gint32         node);
/** The color of a node as it is drawn, dimming included. */
EntColor ent_map_painter_get_node_color (EntMapPainter *self,
                                         gint32         node);

G_END_DECLS
