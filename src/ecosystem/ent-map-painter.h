/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "ecosystem/ent-graph-measures.h"
#include "ecosystem/ent-layout.h"

G_BEGIN_DECLS

/* --- Colors ------------------------------------------------------------------------------------------ */

typedef struct
{
  double red, green, blue;
} EntColor;

/** Besides being colored, a node has the shape of its record type, and a letter where it is large enough. */
typedef enum
{
  ENT_SHAPE_CIRCLE,   /* organizations */
  ENT_SHAPE_DIAMOND,  /* offerings */
  ENT_SHAPE_SQUARE,   /* programs, agreements, documents */
  ENT_SHAPE_TRIANGLE, /* deals, campaigns */
  ENT_SHAPE_RING,     /* persons */
  ENT_N_SHAPES,
} EntShape;

/** Path of a shape around a point, for legends. */
void ent_shape_path (cairo_t  *cr,
                     EntShape  shape,
                     double    x,
                     double    y,
                     double    radius);

#define ENT_PALETTE_SERIES 10

typedef struct
{
  EntColor background, text, muted_text, edge, accent, found;
  EntColor plain;                          /* nodes without a category */
  EntColor product, program;               /* offerings, and what is no organization, person or deal */
  EntColor levels[7];                      /* by EntMapLevel */
  EntColor series[ENT_PALETTE_SERIES];     /* other facets, communities */
  double   edge_alpha;
  gboolean dark, high_contrast;
} EntMapPalette;

/** The levels of a program as the map colors them; the same order as EntLevel of the level badge. */
typedef enum
{
  ENT_MAP_LEVEL_NONE,
  ENT_MAP_LEVEL_STRATEGIC,
  ENT_MAP_LEVEL_PREMIER,
  ENT_MAP_LEVEL_SELECT,
  ENT_MAP_LEVEL_REGISTERED,
  ENT_MAP_LEVEL_PROSPECT,
  ENT_MAP_LEVEL_COMPETITOR,
} EntMapLevel;

const EntMapPalette *ent_map_palette_get (gboolean dark,
                                          gboolean high_contrast);

/* --- What is shown ----------------------------------------------------------------------------------- */

typedef enum
{
  ENT_MAP_COLOR_LEVEL,
  ENT_MAP_COLOR_PARTNER_TYPE,
  ENT_MAP_COLOR_LIFECYCLE,
  ENT_MAP_COLOR_REGION,
  ENT_MAP_COLOR_RECORD_TYPE,
  ENT_MAP_COLOR_COMMUNITY,
} EntMapColor;

typedef enum
{
  ENT_MAP_SIZE_DEGREE,
  ENT_MAP_SIZE_INFLUENCE,
  ENT_MAP_SIZE_NONE,
} EntMapSize;

/** Where the eye is: device pixels = (layout - center) * zoom + size / 2. */
typedef struct
{
  double x, y;   /* layout point in the middle */
  double zoom;   /* pixels of the interface (not of the screen) per layout unit */
  int    width, height;
  double scale;  /* screen pixels per pixel of the interface */
} EntMapView;

void   ent_map_view_to_layout  (const EntMapView *self,
                                double            px,
                                double            py,
                                double           *x,
                                double           *y);
void   ent_map_view_from_layout (const EntMapView *self,
                                 double            x,
                                 double            y,
                                 double           *px,
                                 double           *py);
/** Zooms by @factor so that the point under @px, @py stays there. */
void   ent_map_view_zoom       (EntMapView *self,
                                double      factor,
                                double      px,
                                double      py);
void   ent_map_view_pan        (EntMapView *self,
                                double      dx,
                                double      dy);

typedef struct
{
  guint    category; /* of the facet, or community */
  char    *label;
  char    *letter;   /* shown on large nodes; may be "" */
  EntColor color;
  EntShape shape;
  guint    n_nodes;
} EntMapLegendItem;

/* --- The painter ------------------------------------------------------------------------------------- */

/**
 * EntMapPainter:
 *
 * Paints a laid-out graph, with no widget in sight: into its own image surface for the screen, or as vectors
 * with real text for files. Reference counted. One thread at a time may use it; hit tests and the setters
 * belong to the owner's thread, ent_map_painter_render() may run on another while the owner waits.
 */
typedef struct _EntMapPainter EntMapPainter;

/** @measures (nullable): influence and communities, for sizes and colors that need them. (transfer full) */
EntMapPainter *ent_map_painter_new          (EntLayout        *layout,
                                             EntGraphMeasures *measures);
EntMapPainter *ent_map_painter_ref          (EntMapPainter *self);
void           ent_map_painter_unref        (EntMapPainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntMapPainter, ent_map_painter_unref)

EntGraph      *ent_map_painter_get_graph    (EntMapPainter *self);
EntLayout     *ent_map_painter_get_layout   (EntMapPainter *self);
/** Another layout of the same graph. */
void           ent_map_painter_set_layout   (EntMapPainter *self,
                                             EntLayout     *layout);
/** Values for sizes and colors that came later; NULL takes them away. */
void           ent_map_painter_set_measures (EntMapPainter    *self,
                                             EntGraphMeasures *measures);
void           ent_map_painter_set_palette  (EntMapPainter       *self,
                                             const EntMapPalette *palette);
/** Font family and size in points of labels, and text scale: "Cantarell", 11. */
void           ent_map_painter_set_font     (EntMapPainter *self,
                                             const char    *family,
                                             double         points);
void           ent_map_painter_set_color_by (EntMapPainter *self,
                                             EntMapColor    color);
EntMapColor    ent_map_painter_get_color_by (EntMapPainter *self);
void           ent_map_painter_set_size_by  (EntMapPainter *self,
                                             EntMapSize     size);
EntMapSize     ent_map_painter_get_size_by  (EntMapPainter *self);
/** Soft areas behind the larger communities (needs measures). */
void           ent_map_painter_set_show_communities (EntMapPainter *self,
                                                     gboolean       show);

/** -1: none. The selected node, its links and its neighbors stand out, the rest steps back. */
void           ent_map_painter_set_selected (EntMapPainter *self,
                                             gint32         node);
gint32         ent_map_painter_get_selected (EntMapPainter *self);
void           ent_map_painter_set_hovered  (EntMapPainter *self,
                                             gint32         node);
gint32         ent_map_painter_get_hovered  (EntMapPainter *self);
/** Ringed nodes: what a search found. @n 0 ends it. */
void           ent_map_painter_set_found    (EntMapPainter *self,
                                             const gint32  *nodes,
                                             guint          n);
/** A way through the graph to show, or NULL. Copied. */
void           ent_map_painter_set_path     (EntMapPainter *self,
                                             const EntPath *path);
/** Shows only what is within @steps of @node; -1: everything. */
void           ent_map_painter_set_focus    (EntMapPainter *self,
                                             gint32         node,
                                             guint          steps);
/** Shows only nodes of this category of what is colored (and dims the others); -1: all. */
void           ent_map_painter_set_emphasis (EntMapPainter *self,
                                             int            category);

/** A view that shows everything (or the focused part) with a margin. Sizes and scale are taken from @view. */
void           ent_map_painter_fit          (EntMapPainter *self,
                                             EntMapView    *view,
                                             double         margin);
/** Paints the view into a surface of the painter that stays valid until the next call. (transfer none) */
cairo_surface_t *ent_map_painter_render     (EntMapPainter    *self,
                                             const EntMapView *view);
/** Draws as vectors, with text as text. */
void           ent_map_painter_draw         (EntMapPainter    *self,
                                             cairo_t          *cr,
                                             const EntMapView *view);
/** The node under a point of the view, or -1; small nodes are easier to hit than to see. */
gint32         ent_map_painter_hit          (EntMapPainter    *self,
                                             const EntMapView *view,
                                             double            px,
                                             double            py);
/** The nearest node in a direction (unit vector) from @node, or from the middle of the view when it is -1. */
gint32         ent_map_painter_step         (EntMapPainter    *self,
                                             const EntMapView *view,
                                             gint32            node,
                                             double            dx,
                                             double            dy);
/** Radius of a node in pixels of the view. */
double         ent_map_painter_get_radius   (EntMapPainter    *self,
                                             const EntMapView *view,
                                             gint32            node);
/** What the colors and shapes mean. Element-type EntMapLegendItem. (transfer full) */
GPtrArray     *ent_map_painter_get_legend   (EntMapPainter *self);

/* --- Files ------------------------------------------------------------------------------------------- */

/** Writes PNG, SVG or PDF by the name's ending, with title and legend. SVG and PDF sizes are in points (1/72 inch);
 * @width x @height is the whole picture. */
gboolean       ent_map_export               (EntMapPainter  *self,
                                             const char     *path,
                                             int             width,
                                             int             height,
                                             GError        **error);

G_END_DECLS
