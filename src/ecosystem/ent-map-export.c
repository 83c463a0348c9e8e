/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-pen.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>

/* The map as a picture in a file: drawn afresh for its size, with a line that says what it shows, and a legend. */

#define MARGIN 36
#define LEGEND_SIZE 10.5
#define LEGEND_STEP 16

/* --- Drawing with a pen ------------------------------------------------------------------------------- */

static void
draw_lines (EntMapPainter    *self,
            EntMapPen        *pen,
            const EntMapView *view,
            EntLines          which)
{
  const EntGraphPair *pairs = ent_graph_get_pairs (self->graph);
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  double alphas[ENT_N_LINES] = { ent_map_painter_get_line_alpha (self) * 0.8, 0.8, 1 };
  double widths[ENT_N_LINES] = { 0.8, 1.3, 2.5 };

  for (guint i = 0; i < ent_graph_get_n_pairs (self->graph); i++)
    {
      EntLines lines;
      float weight;
      double x0, y0, x1, y1;

      if (!ent_map_painter_get_line (self, i, &lines, &weight) || lines != which)
        continue;
      ent_map_view_from_layout (view, x[pairs[i].a], y[pairs[i].a], &x0, &y0);
      ent_map_view_from_layout (view, x[pairs[i].b], y[pairs[i].b], &x1, &y1);
      pen->line (pen, x0, y0, x1, y1, lines == ENT_LINES_PLAIN ? &self->palette->edge : &self->palette->accent,
                 alphas[lines] * weight, widths[lines]);
    }
}

static void
draw_nodes (EntMapPainter    *self,
            EntMapPen        *pen,
            const EntMapView *view)
{
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);

  for (EntNodeState state = ENT_NODE_NORMAL; state < ENT_NODE_HIDDEN; state++)
    for (guint i = 0; i < self->n; i++)
      {
        gint32 node = self->order[i];
        EntColor color = ent_map_painter_get_node_color (self, node);
        double radius = ent_map_painter_get_radius (self, view, node), px, py;

        if (self->states[node] != state)
          continue;
        ent_map_view_from_layout (view, x[node], y[node], &px, &py);
        pen->shape (pen, self->shapes[node], px, py, radius, &color,
                    radius >= 2.2 ? &self->palette->background : NULL);
      }
}

static void
draw_labels (EntMapPainter    *self,
             EntMapPen        *pen,
             const EntMapView *view)
{
  g_autoptr(GArray) labels = ent_map_painter_place_labels (self, view);

  for (guint i = labels->len; i > 0; i--)
    {
      const EntMapLabel *label = &g_array_index (labels, EntMapLabel, i - 1);
      g_autofree char *text = ent_map_labels_dup_text (self->labels, label->node);

      pen->text (pen, label->x, label->y, ent_map_labels_get_size (self->labels, label->size),
                 label->size == ENT_LABEL_LARGE, text,
                 label->size == ENT_LABEL_SMALL ? &self->palette->muted_text : &self->palette->text,
                 &self->palette->background);
    }
}

static void
draw_ring (EntMapPainter    *self,
           EntMapPen        *pen,
           const EntMapView *view,
           gint32            node,
           const EntColor   *color)
{
  double px, py;

  if (node < 0 || self->states[node] == ENT_NODE_HIDDEN)
    return;
  ent_map_view_from_layout (view, ent_layout_get_x (self->layout)[node], ent_layout_get_y (self->layout)[node],
                            &px, &py);
  pen->ring (pen, px, py, ent_map_painter_get_radius (self, view, node) + 3, 2, color);
}

void
ent_map_painter_draw_with (EntMapPainter    *self,
                           EntMapPen        *pen,
                           const EntMapView *view)
{
  ent_map_painter_prepare (self);
  draw_lines (self, pen, view, ENT_LINES_PLAIN);
  draw_lines (self, pen, view, ENT_LINES_NEAR);
  draw_lines (self, pen, view, ENT_LINES_PATH);
  draw_nodes (self, pen, view);
  for (guint i = 0; i < self->found->len; i++)
    draw_ring (self, pen, view, g_array_index (self->found, gint32, i), &self->palette->found);
  draw_ring (self, pen, view, self->selected, &self->palette->accent);
  draw_labels (self, pen, view);
}

void
ent_map_painter_draw (EntMapPainter    *self,
                      cairo_t          *cr,
                      const EntMapView *view)
{
  EntMapPen *pen = ent_map_pen_new_cairo (cr, ent_map_labels_get_family (self->labels));

  cairo_set_source_rgb (cr, self->palette->background.red, self->palette->background.green,
                        self->palette->background.blue);
  cairo_paint (cr);
  if (self->show_communities)
    {
      ent_map_painter_prepare (self);
      ent_map_painter_paint_areas (self, cr, view);
    }
  ent_map_painter_draw_with (self, pen, view);
  ent_map_pen_free_cairo (pen);
}

/* --- Files -------------------------------------------------------------------------------------------- */

static char *
describe (EntMapPainter *self)
{
  guint n_pairs = ent_graph_get_n_pairs (self->graph);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Ecosystem: %u records, %u link",
                                       "Ecosystem: %u records, %u links", n_pairs), self->n, n_pairs);
}

static void
draw_legend (EntMapPainter *self,
             EntMapPen     *pen,
             int            height)
{
  g_autoptr(GPtrArray) items = ent_map_painter_get_legend (self);
  g_autofree char *title = describe (self);
  double y = height - MARGIN / 2.0 - LEGEND_STEP * items->len;

  pen->text (pen, MARGIN / 2.0, MARGIN / 2.0 + 8, 13, TRUE, title, &self->palette->text, &self->palette->background);
  for (guint i = 0; i < items->len; i++)
    {
      const EntMapLegendItem *item = items->pdata[i];
      g_autofree char *text = g_strdup_printf ("%s (%u)", item->label, item->n_nodes);

      pen->shape (pen, item->shape, MARGIN / 2.0 + 5, y + 8, 5, &item->color, NULL);
      pen->text (pen, MARGIN / 2.0 + 16, y + 12, LEGEND_SIZE, FALSE, text, &self->palette->text,
                 &self->palette->background);
      y += LEGEND_STEP;
    }
}

static gboolean
check_status (cairo_status_t   status,
              const char      *path,
              GError         **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("“%s” could not be written: %s"), path,
               cairo_status_to_string (status));
  return FALSE;
}

static gboolean
draw_on (EntMapPainter    *self,
         cairo_surface_t  *surface,
         const EntMapView *view,
         const char       *path,
         GError          **error)
{
  cairo_t *cr = cairo_create (surface);
  EntMapPen *pen = ent_map_pen_new_cairo (cr, ent_map_labels_get_family (self->labels));
  cairo_status_t status;

  ent_map_painter_draw (self, cr, view);
  draw_legend (self, pen, view->height);
  ent_map_pen_free_cairo (pen);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return check_status (status, path, error);
}

static gboolean
export_png (EntMapPainter     *self,
            const char        *path,
            const EntMapView  *view,
            GError           **error)
{
  cairo_surface_t *surface = ent_map_painter_render (self, view);
  cairo_t *cr = cairo_create (surface);
  EntMapPen *pen = ent_map_pen_new_cairo (cr, ent_map_labels_get_family (self->labels));

  draw_legend (self, pen, view->height);
  ent_map_pen_free_cairo (pen);
  cairo_destroy (cr);
  return check_status (cairo_surface_write_to_png (surface, path), path, error);
}

static gboolean
export_pdf (EntMapPainter     *self,
            const char        *path,
            const EntMapView  *view,
            GError           **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, view->width, view->height);
  g_autofree char *title = describe (self);
  gboolean done;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Entente");
  done = check_status (cairo_surface_status (surface), path, error) && draw_on (self, surface, view, path, error);
  cairo_surface_finish (surface);
  done = done && check_status (cairo_surface_status (surface), path, error);
  cairo_surface_destroy (surface);
  return done;
}

static gboolean
export_svg (EntMapPainter     *self,
            const char        *path,
            const EntMapView  *view,
            GError           **error)
{
  g_autofree char *title = describe (self);
  EntMapPen *pen = ent_map_pen_new_svg (view->width, view->height, &self->palette->background,
                                        ent_map_labels_get_family (self->labels), title);
  g_autofree char *text = NULL;
  double x, y, width, height;
  cairo_surface_t *areas = self->show_communities ? ent_map_painter_get_areas (self, view, &x, &y, &width, &height)
                                                  : NULL;

  if (areas != NULL)
    ent_map_pen_add_image (pen, areas, x, y, width, height);
  ent_map_painter_draw_with (self, pen, view);
  draw_legend (self, pen, view->height);
  text = ent_map_pen_finish_svg (pen);
  return g_file_set_contents (path, text, -1, error);
}

gboolean
ent_map_export (EntMapPainter  *self,
                const char     *path,
                int             width,
                int             height,
                GError        **error)
{
  EntMapView view = { 0, 0, 1, width, height, 1 };
  g_autofree char *name = g_ascii_strdown (path, -1);

  g_return_val_if_fail (width > 0 && height > 0, FALSE);

  ent_map_painter_fit (self, &view, MIN (MARGIN, MIN (width, height) / 8));
  if (g_str_has_suffix (name, ".png"))
    return export_png (self, path, &view, error);
  if (g_str_has_suffix (name, ".pdf"))
    return export_pdf (self, path, &view, error);
  if (g_str_has_suffix (name, ".svg"))
    return export_svg (self, path, &view, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("“%s” should end in .png, .svg or .pdf."), path);
  return FALSE;
}
