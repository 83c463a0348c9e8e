/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntMapCanvas that knows what is selected and what the pointer is on, and says it in words. */

#include "config.h"

#include "widgets/ent-map-canvas-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-announce.h"

char *
ent_map_canvas_dup_words (EntMapCanvas *self,
                          gint32        node)
{
  EntGraph *graph;
  guint degree;
  const EntCategory *level;
  g_autofree char *links = NULL;

  if (self->painter == NULL || node < 0)
    return g_strdup (_("Nothing selected"));
  graph = ent_map_painter_get_graph (self->painter);
  degree = ent_graph_get_degree (graph, node);
  links = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u link", "%u links", degree), degree);
  level = &ent_graph_get_categories (graph, ENT_FACET_LEVEL, NULL)[ent_graph_get_category (graph, ENT_FACET_LEVEL,
                                                                                           node)];
  if (*level->value == '\0')
    return g_strdup_printf ("%s, %s", ent_graph_get_title (graph, node), links);
  return g_strdup_printf ("%s, %s, %s", ent_graph_get_title (graph, node), links, level->label);
}

static void
reveal (EntMapCanvas *self,
        gint32        node)
{
  EntLayout *layout = ent_map_painter_get_layout (self->painter);
  double x = ent_layout_get_x (layout)[node], y = ent_layout_get_y (layout)[node], px, py;

  if (self->view.width <= 0)
    return;
  ent_map_view_from_layout (&self->view, x, y, &px, &py);
  if (px > self->inset_left + FIT_MARGIN && px < self->view.width - self->inset_right - FIT_MARGIN
      && py > FIT_MARGIN && py < self->view.height - self->inset_bottom - FIT_MARGIN)
    return;
  self->view.x = x + (self->inset_right - self->inset_left) / 2.0 / self->view.zoom;
  self->view.y = y + self->inset_bottom / 2.0 / self->view.zoom;
  ent_map_canvas_moved (self);
}

gint32
ent_map_canvas_get_selected (EntMapCanvas *self)
{
  return self->painter != NULL ? ent_map_painter_get_selected (self->painter) : -1;
}

void
_ent_map_canvas_update_accessible (EntMapCanvas *self)
{
  g_autofree char *words = ent_map_canvas_dup_words (self, ent_map_canvas_get_selected (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
ent_map_canvas_set_selected (EntMapCanvas *self,
                             gint32        node,
                             gboolean      do_reveal)
{
  if (self->painter == NULL)
    return;
  ent_map_painter_set_selected (ent_map_canvas_begin (self), node);
  ent_map_canvas_end (self);
  if (do_reveal && node >= 0)
    reveal (self, node);
  _ent_map_canvas_update_accessible (self);
}

void
ent_map_canvas_select (EntMapCanvas *self,
                       gint32        node,
                       gboolean      do_reveal)
{
  g_autofree char *words = NULL;

  if (node == ent_map_canvas_get_selected (self))
    return;
  self->is_fitted = FALSE;
  ent_map_canvas_set_selected (self, node, do_reveal);
  words = ent_map_canvas_dup_words (self, node);
  ent_announce (GTK_WIDGET (self), words, FALSE);
  g_signal_emit_by_name (self, "selected", node);
}

void
ent_map_canvas_update_hover (EntMapCanvas *self)
{
  gint32 node;

  if (self->painter == NULL)
    return;
  if (self->is_painting)
    {
      self->wants_hover = TRUE;
      return;
    }
  self->wants_hover = FALSE;
  node = self->pointer_x < 0 ? -1 : ent_map_painter_hit (self->painter, &self->view, self->pointer_x, self->pointer_y);
  if (node == ent_map_painter_get_hovered (self->painter))
    return;
  ent_map_painter_set_hovered (ent_map_canvas_begin (self), node);
  ent_map_canvas_end (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), node >= 0 ? "pointer" : NULL);
}

gboolean
_ent_map_canvas_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (widget);
  gint32 node = self->painter == NULL ? -1 : keyboard ? ent_map_canvas_get_selected (self)
                                                     : ent_map_painter_get_hovered (self->painter);
  g_autofree char *words = NULL;

  if (node < 0)
    return FALSE;
  words = ent_map_canvas_dup_words (self, node);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}
