/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-map-canvas-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <time.h>

#include "widgets/ent-announce.h"

#define LEAST_ZOOM 0.2
#define MOST_ZOOM 160
#define WORKER_MS 24 /* frames that take longer are left to a worker */

enum
{
  SIGNAL_SELECTED,
  SIGNAL_ACTIVATED,
  SIGNAL_MENU,
  SIGNAL_VIEW_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntMapCanvas, ent_map_canvas, GTK_TYPE_WIDGET)

/* --- Frames ------------------------------------------------------------------------------------------- */

static double
cpu_now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec * 1e-6;
}

/* The texture keeps the surface; the painter takes another one while it does. */
static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  gsize pitch = cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  g_autoptr(GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), pitch * height,
                                      (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, pitch);
}

static GdkTexture *
paint_frame (EntMapPainter    *painter,
             const EntMapView *view,
             double           *ms)
{
  double before = cpu_now ();
  GdkTexture *texture = make_texture (ent_map_painter_render (painter, view));

  *ms = cpu_now () - before;
  return texture;
}

typedef struct
{
  EntMapPainter *painter;
  EntMapView     view;
  GMutex        *lock;
  double         ms;
} Frame;

static void
frame_free (gpointer data)
{
  Frame *self = data;

  ent_map_painter_unref (self->painter);
  g_free (self);
}

static void
paint_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Frame *frame = data;
  GdkTexture *texture;

  g_mutex_lock (frame->lock);
  texture = paint_frame (frame->painter, &frame->view, &frame->ms);
  g_mutex_unlock (frame->lock);
  g_task_return_pointer (task, texture, g_object_unref);
}

static void
take_frame (EntMapCanvas     *self,
            GdkTexture       *texture, /* (transfer full) */
            const EntMapView *view,
            double            ms)
{
  g_clear_object (&self->texture);
  self->texture = texture;
  self->texture_view = *view;
  self->last_ms = ms;
  self->n_frames++;
}

static void
painted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (object);
  Frame *frame = g_task_get_task_data (G_TASK (result));
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_painting = FALSE;
  if (frame->painter == self->painter)
    take_frame (self, texture, &frame->view, frame->ms);
  else
    g_clear_object (&texture);
  if (self->wants_hover)
    ent_map_canvas_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
start_worker (EntMapCanvas *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, painted_cb, NULL);
  Frame *frame = g_new0 (Frame, 1);

  *frame = (Frame) { ent_map_painter_ref (self->painter), self->view, &self->lock };
  g_task_set_task_data (task, frame, frame_free);
  self->is_painting = TRUE;
  self->is_stale = FALSE;
  g_task_run_in_thread (task, paint_in_thread);
}

static gboolean
is_same_view (const EntMapView *a,
              const EntMapView *b)
{
  return a->x == b->x && a->y == b->y && a->zoom == b->zoom && a->width == b->width && a->height == b->height
         && a->scale == b->scale;
}

static void
update_frame (EntMapCanvas *self)
{
  double ms;

  if (self->painter == NULL || self->view.width <= 0 || self->is_painting)
    return;
  if (!self->is_stale && self->texture != NULL && is_same_view (&self->view, &self->texture_view))
    return;
  if (self->texture != NULL && self->last_ms > WORKER_MS)
    {
      start_worker (self);
      return;
    }
  g_mutex_lock (&self->lock);
  self->is_stale = FALSE;
  take_frame (self, paint_frame (self->painter, &self->view, &ms), &self->view, 0);
  self->last_ms = ms;
  g_mutex_unlock (&self->lock);
}

/* The last frame, put where its part of the map is now. */
static void
append_frame (EntMapCanvas *self,
              GtkSnapshot  *snapshot)
{
  const EntMapView *shown = &self->texture_view;
  double factor = self->view.zoom / shown->zoom, x, y;

  /* To the pixel: otherwise it would be resampled. */
  if (is_same_view (&self->view, shown))
    {
      gtk_snapshot_append_texture (snapshot, self->texture,
                                   &GRAPHENE_RECT_INIT (0, 0, (float) shown->width, (float) shown->height));
      return;
    }
  ent_map_view_from_layout (&self->view, shown->x - shown->width / 2.0 / shown->zoom,
                            shown->y - shown->height / 2.0 / shown->zoom, &x, &y);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (shown->width * factor),
                                                    (float) (shown->height * factor)));
}

static void
ent_map_canvas_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const EntColor *color = &ent_map_palette_get (adw_style_manager_get_dark (style),
                                                adw_style_manager_get_high_contrast (style))->background;
  GdkRGBA background = { (float) color->red, (float) color->green, (float) color->blue, 1 };
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  update_frame (self);
  gtk_snapshot_push_clip (snapshot, &bounds);
  if (self->texture == NULL || !is_same_view (&self->view, &self->texture_view))
    gtk_snapshot_append_color (snapshot, &background, &bounds);
  if (self->texture != NULL)
    append_frame (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* --- The view ----------------------------------------------------------------------------------------- */

static void
fit_now (EntMapCanvas *self)
{
  EntMapView inner = self->view;

  inner.width = MAX (inner.width - self->inset_left - self->inset_right, 100);
  inner.height = MAX (inner.height - self->inset_bottom, 100);
  g_mutex_lock (&self->lock);
  ent_map_painter_fit (self->painter, &inner, MIN (FIT_MARGIN, MIN (inner.width, inner.height) / 8.0));
  g_mutex_unlock (&self->lock);
  self->view.zoom = inner.zoom;
  self->view.x = inner.x + (self->inset_right - self->inset_left) / 2.0 / inner.zoom;
  self->view.y = inner.y + self->inset_bottom / 2.0 / inner.zoom;
  self->needs_fit = FALSE;
  self->is_fitted = TRUE;
}

static void
ent_map_canvas_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (widget);

  /* What was at the start of the line, at the top, stays there: a card that opens beside the map does not move it. */
  if (self->view.width > 0 && self->view.width != width)
    self->view.x += (width - self->view.width) / 2.0 / self->view.zoom
                    * (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -1 : 1);
  if (self->view.height > 0 && self->view.height != height)
    self->view.y += (height - self->view.height) / 2.0 / self->view.zoom;
  self->view.width = width;
  self->view.height = height;
  self->view.scale = gtk_widget_get_scale_factor (widget);
  if (self->painter != NULL && (self->needs_fit || self->is_fitted))
    fit_now (self);
}

void
ent_map_canvas_moved (EntMapCanvas *self)
{
  self->is_fitted = FALSE;
  self->view.zoom = CLAMP (self->view.zoom, LEAST_ZOOM, MOST_ZOOM);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

void
ent_map_canvas_zoom (EntMapCanvas *self,
                     double        factor)
{
  double zoom = CLAMP (self->view.zoom * factor, LEAST_ZOOM, MOST_ZOOM);

  ent_map_view_zoom (&self->view, zoom / self->view.zoom,
                     (self->view.width + self->inset_left - self->inset_right) / 2.0,
                     (self->view.height - self->inset_bottom) / 2.0);
  ent_map_canvas_moved (self);
}

void
ent_map_canvas_fit (EntMapCanvas *self)
{
  self->needs_fit = TRUE;
  if (self->painter != NULL && self->view.width > 0)
    fit_now (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

void
ent_map_canvas_set_insets (EntMapCanvas *self,
                           int           left,
                           int           right,
                           int           bottom)
{
  self->inset_left = left;
  self->inset_right = right;
  self->inset_bottom = bottom;
}

void
ent_map_canvas_get_view (EntMapCanvas *self,
                         EntMapView   *view)
{
  *view = self->view;
}

void
ent_map_canvas_set_view (EntMapCanvas     *self,
                         const EntMapView *view)
{
  self->view.x = view->x;
  self->view.y = view->y;
  self->view.zoom = CLAMP (view->zoom, LEAST_ZOOM, MOST_ZOOM);
  self->needs_fit = self->is_fitted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- The painter -------------------------------------------------------------------------------------- */

static void
update_style (EntMapCanvas *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context), points;
  EntMapPainter *painter;

  if (self->painter == NULL)
    return;
  painter = ent_map_canvas_begin (self);
  points = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  if (pango_font_description_get_size_is_absolute (font))
    points *= 72.0 / 96;
  else if (resolution > 0)
    points *= resolution / 96;
  ent_map_painter_set_font (painter, pango_font_description_get_family (font), points > 0 ? points : 11);
  ent_map_painter_set_palette (painter, ent_map_palette_get (adw_style_manager_get_dark (style),
                                                             adw_style_manager_get_high_contrast (style)));
  ent_map_canvas_end (self);
}

static void
ent_map_canvas_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ent_map_canvas_parent_class)->css_changed (widget, change);
  update_style (ENT_MAP_CANVAS (widget));
}

EntMapPainter *
ent_map_canvas_get_painter (EntMapCanvas *self)
{
  g_return_val_if_fail (ENT_IS_MAP_CANVAS (self), NULL);

  return self->painter;
}

EntMapPainter *
ent_map_canvas_begin (EntMapCanvas *self)
{
  g_return_val_if_fail (self->painter != NULL, NULL);

  g_mutex_lock (&self->lock);
  return self->painter;
}

void
ent_map_canvas_end (EntMapCanvas *self)
{
  g_mutex_unlock (&self->lock);
  self->is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_label (EntMapCanvas *self)
{
  EntGraph *graph = self->painter != NULL ? ent_map_painter_get_graph (self->painter) : NULL;
  g_autofree char *label = g_strdup (_("Ecosystem map"));

  if (graph != NULL)
    {
      g_free (label);
      label = g_strdup_printf (_("Ecosystem map, %u records, %u links"), ent_graph_get_n_nodes (graph),
                               ent_graph_get_n_pairs (graph));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  _ent_map_canvas_update_accessible (self);
}

void
ent_map_canvas_set_painter (EntMapCanvas  *self,
                            EntMapPainter *painter,
                            gboolean       keep_view)
{
  g_return_if_fail (ENT_IS_MAP_CANVAS (self));

  if (painter != NULL)
    ent_map_painter_ref (painter);
  /* A worker that still paints with the old one holds a reference of its own. */
  g_clear_pointer (&self->painter, ent_map_painter_unref);
  self->painter = painter;
  self->is_stale = TRUE;
  self->last_ms = 0;
  if (!keep_view)
    {
      g_clear_object (&self->texture);
      self->needs_fit = TRUE;
    }
  update_style (self);
  if (self->needs_fit && painter != NULL && self->view.width > 0)
    fit_now (self);
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
ent_map_canvas_get_n_frames (EntMapCanvas *self,
                             double       *last)
{
  if (last != NULL)
    *last = self->last_ms;
  return self->n_frames;
}

/* --- Object ------------------------------------------------------------------------------------------- */

static void
ent_map_canvas_dispose (GObject *object)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (object);

  g_clear_pointer (&self->painter, ent_map_painter_unref);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (ent_map_canvas_parent_class)->dispose (object);
}

static void
ent_map_canvas_finalize (GObject *object)
{
  g_mutex_clear (&ENT_MAP_CANVAS (object)->lock);

  G_OBJECT_CLASS (ent_map_canvas_parent_class)->finalize (object);
}

static void
ent_map_canvas_class_init (EntMapCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_map_canvas_dispose;
  object_class->finalize = ent_map_canvas_finalize;
  widget_class->snapshot = ent_map_canvas_snapshot;
  widget_class->size_allocate = ent_map_canvas_size_allocate;
  widget_class->query_tooltip = _ent_map_canvas_query_tooltip;
  widget_class->css_changed = ent_map_canvas_css_changed;

  signals[SIGNAL_SELECTED] = g_signal_new ("selected", ENT_TYPE_MAP_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", ENT_TYPE_MAP_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_MENU] = g_signal_new ("menu", ENT_TYPE_MAP_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_VIEW_CHANGED] = g_signal_new ("view-changed", ENT_TYPE_MAP_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "mapcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_APPLICATION);
}

static void
ent_map_canvas_init (EntMapCanvas *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_mutex_init (&self->lock);
  self->view = (EntMapView) { 0, 0, 1, 0, 0, 1 };
  self->pointer_x = self->pointer_y = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (update_style), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (update_style), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (gtk_widget_queue_resize), NULL);
  ent_map_canvas_init_input (self);
  update_label (self);
}

GtkWidget *
ent_map_canvas_new (void)
{
  return g_object_new (ENT_TYPE_MAP_CANVAS, NULL);
}
