/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/map/ent-map-legend.h"

#include <glib/gi18n.h>

struct _EntMapLegend
{
  GtkWidget parent_instance;

  GtkExpander *expander;
  GtkBox      *lines;
  gboolean     is_filling;
};

typedef enum
{
  PROP_EXPANDED = 1,
} EntMapLegendProperty;

static GParamSpec *properties[PROP_EXPANDED + 1];
static guint emphasis_signal;

G_DEFINE_FINAL_TYPE (EntMapLegend, ent_map_legend, GTK_TYPE_WIDGET)

typedef struct
{
  EntColor color;
  EntShape shape;
} Swatch;

static void
draw_swatch (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        data)
{
  const Swatch *swatch = data;

  cairo_set_source_rgb (cr, swatch->color.red, swatch->color.green, swatch->color.blue);
  ent_shape_path (cr, swatch->shape, width / 2.0, height / 2.0, 5);
  if (swatch->shape != ENT_SHAPE_RING)
    {
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, 3);
  cairo_stroke (cr);
}

static GtkWidget *
make_swatch (const EntMapLegendItem *item)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Swatch *swatch = g_new (Swatch, 1);

  *swatch = (Swatch) { item->color, item->shape };
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 14);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 14);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_swatch, swatch, g_free);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

/* At most one line is chosen. */
static void
toggled_cb (GtkToggleButton *button,
            EntMapLegend    *self)
{
  gboolean is_active = gtk_toggle_button_get_active (button);
  int category = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "category"));

  if (self->is_filling)
    return;
  self->is_filling = TRUE;
  for (GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self->lines)); line != NULL;
       line = gtk_widget_get_next_sibling (line))
    if (line != GTK_WIDGET (button))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (line), FALSE);
  self->is_filling = FALSE;
  g_signal_emit (self, emphasis_signal, 0, is_active ? category : -1);
}

static GtkWidget *
make_line (EntMapLegend           *self,
           const EntMapLegendItem *item)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (item->label), *count;
  g_autofree char *number = g_strdup_printf ("%'u", item->n_nodes);
  g_autofree char *words = g_strdup_printf ("%s, %s", item->label, number);

  count = gtk_label_new (number);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dimmed");
  gtk_box_append (GTK_BOX (box), make_swatch (item));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Show these, dim the others"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (button), "category", GINT_TO_POINTER ((int) item->category));
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
  return button;
}

void
ent_map_legend_set_items (EntMapLegend *self,
                          const char   *title,
                          GPtrArray    *items)
{
  GtkWidget *line;

  g_return_if_fail (ENT_IS_MAP_LEGEND (self));

  self->is_filling = TRUE;
  gtk_expander_set_label (self->expander, title);
  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, line);
  for (guint i = 0; i < items->len; i++)
    gtk_box_append (self->lines, make_line (self, items->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), items->len > 0);
  self->is_filling = FALSE;
}

static void
ent_map_legend_dispose (GObject *object)
{
  g_clear_pointer ((GtkWidget **) &ENT_MAP_LEGEND (object)->expander, gtk_widget_unparent);

  G_OBJECT_CLASS (ent_map_legend_parent_class)->dispose (object);
}

static void
ent_map_legend_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EntMapLegend *self = ENT_MAP_LEGEND (object);

  switch ((EntMapLegendProperty) prop_id)
    {
    case PROP_EXPANDED:
      g_value_set_boolean (value, gtk_expander_get_expanded (self->expander));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_map_legend_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EntMapLegend *self = ENT_MAP_LEGEND (object);

  switch ((EntMapLegendProperty) prop_id)
    {
    case PROP_EXPANDED:
      gtk_expander_set_expanded (self->expander, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_map_legend_class_init (EntMapLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_map_legend_dispose;
  object_class->get_property = ent_map_legend_get_property;
  object_class->set_property = ent_map_legend_set_property;
  properties[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, TRUE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  emphasis_signal = g_signal_new ("emphasis", ENT_TYPE_MAP_LEGEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "maplegend");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ent_map_legend_init (EntMapLegend *self)
{
  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_expander_set_child (self->expander, GTK_WIDGET (self->lines));
  gtk_expander_set_expanded (self->expander, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->expander), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "map-float");
}
