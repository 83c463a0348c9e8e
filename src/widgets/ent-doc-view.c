/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-doc-view.h"

#include <glib/gi18n.h>

#define GAP       14
#define MAX_WIDTH 900
#define MIN_WIDTH 200

struct _EntDocView
{
  GtkWidget parent_instance;

  EntDoc    *doc;
  GPtrArray *pages; /* of cairo_surface_t */
  double     width; /* of a page, in points */
  double     height;
  guint      generation;
  gboolean   ready;
};

G_DEFINE_FINAL_TYPE (EntDocView, ent_doc_view, GTK_TYPE_WIDGET)

enum
{
  PROP_READY = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

typedef struct
{
  EntDoc    *doc;
  guint      generation;
  GPtrArray *pages;
  double     width, height;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  ent_doc_unref (work->doc);
  g_clear_pointer (&work->pages, g_ptr_array_unref);
  g_free (work);
}

static void
work_cb (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Work *work = data;

  work->pages = ent_doc_paginate (work->doc, &work->width, &work->height);
  g_task_return_boolean (task, TRUE);
}

static void
set_ready (EntDocView *self,
           gboolean    ready)
{
  if (self->ready == ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EntDocView *self = ENT_DOC_VIEW (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autofree char *label = NULL;

  if (work->generation != self->generation)
    return;
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  self->pages = g_steal_pointer (&work->pages);
  self->width = work->width;
  self->height = work->height;
  label = g_strdup_printf (ngettext ("Preview, %u page", "Preview, %u pages", self->pages->len), self->pages->len);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  set_ready (self, TRUE);
}

/* --- Widget --------------------------------------------------------------------------------------------------------------- */

static int
page_width (int width)
{
  return CLAMP (width - 2 * GAP, MIN_WIDTH, MAX_WIDTH);
}

static double
page_height (EntDocView *self,
             int         width)
{
  return self->width > 0 ? page_width (width) * self->height / self->width : 0;
}

static GtkSizeRequestMode
ent_doc_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ent_doc_view_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  EntDocView *self = ENT_DOC_VIEW (widget);
  guint n = self->pages != NULL ? self->pages->len : 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH + 2 * GAP;
      *natural = 640 + 2 * GAP;
    }
  else
    *minimum = *natural = (int) (n * (page_height (self, for_size < 0 ? 640 : for_size) + GAP)) + GAP;
}

static void
draw_page (EntDocView            *self,
           GtkSnapshot           *snapshot,
           cairo_surface_t       *page,
           const graphene_rect_t *bounds)
{
  const GdkRGBA white = { 1, 1, 1, 1 }, shade = { 0, 0, 0, 0.25f };
  GskRoundedRect outline;
  double scale = (double) bounds->size.width / self->width;
  cairo_t *cr;

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shade, 0, 1, 0, 4);
  gtk_snapshot_append_color (snapshot, &white, bounds);
  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_translate (cr, (double) bounds->origin.x, (double) bounds->origin.y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
ent_doc_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  EntDocView *self = ENT_DOC_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  double height = page_height (self, width), y = GAP;

  for (guint i = 0; self->pages != NULL && i < self->pages->len; i++)
    {
      const graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) (width - page_width (width)) / 2, (float) y,
                                                         (float) page_width (width), (float) height);

      draw_page (self, snapshot, g_ptr_array_index (self->pages, i), &bounds);
      y += height + GAP;
    }
}

static void
ent_doc_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_READY)
    g_value_set_boolean (value, ENT_DOC_VIEW (object)->ready);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_doc_view_finalize (GObject *object)
{
  EntDocView *self = ENT_DOC_VIEW (object);

  g_clear_pointer (&self->doc, ent_doc_unref);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  G_OBJECT_CLASS (ent_doc_view_parent_class)->finalize (object);
}

static void
ent_doc_view_class_init (EntDocViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ent_doc_view_get_property;
  object_class->finalize = ent_doc_view_finalize;
  widget_class->get_request_mode = ent_doc_view_get_request_mode;
  widget_class->measure = ent_doc_view_measure;
  widget_class->snapshot = ent_doc_view_snapshot;
  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "docview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ent_doc_view_init (EntDocView *self)
{
}

GtkWidget *
ent_doc_view_new (void)
{
  return g_object_new (ENT_TYPE_DOC_VIEW, NULL);
}

void
ent_doc_view_set_doc (EntDocView *self,
                      EntDoc     *doc)
{
  Work *work = g_new0 (Work, 1);
  g_autoptr (GTask) task = g_task_new (self, NULL, done_cb, NULL);

  g_clear_pointer (&self->doc, ent_doc_unref);
  self->doc = ent_doc_ref (doc);
  work->doc = ent_doc_ref (doc);
  work->generation = ++self->generation;
  set_ready (self, FALSE);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_cb);
}

gboolean
ent_doc_view_is_ready (EntDocView *self)
{
  return self->ready;
}

GPtrArray *
ent_doc_view_get_pages (EntDocView *self,
                        double     *width,
                        double     *height)
{
  if (self->pages == NULL)
    self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  *width = self->width;
  *height = self->height;
  return self->pages;
}
