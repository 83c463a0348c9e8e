/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "Why this number" shows: built anew each time it is opened. */

#include "config.h"

#include "widgets/ent-why-private.h"

#include <glib/gi18n.h>

typedef struct
{
  EntContext *context;
  EntKey      key;
} Target;

static void
target_free (gpointer  data,
             GClosure *closure)
{
  Target *target = data;

  g_object_unref (target->context);
  g_free (target);
}

static void
open_clicked_cb (GtkButton *button,
                 gpointer   user_data)
{
  Target *target = user_data;

  ent_context_open_record (target->context, target->key);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 42);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_figure (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_name (const EntWhyLine *line,
          EntContext       *context,
          GCallback         opened,
          gpointer          user_data)
{
  GtkWidget *label = new_label (line->label, NULL);
  GtkWidget *button;
  Target *target;

  gtk_widget_set_hexpand (label, TRUE);
  if (line->key == 0 || context == NULL)
    return label;

  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "why-record");
  target = g_new0 (Target, 1);
  target->context = g_object_ref (context);
  target->key = line->key;
  if (opened != NULL)
    g_signal_connect_swapped (button, "clicked", opened, user_data);
  g_signal_connect_data (button, "clicked", G_CALLBACK (open_clicked_cb), target, target_free, 0);
  return button;
}

static GtkWidget *
build_lines (EntWhy     *self,
             EntContext *context,
             GCallback   opened,
             gpointer    user_data)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < ent_why_get_n_lines (self); i++)
    {
      const EntWhyLine *line = ent_why_get_line (self, i);

      gtk_grid_attach (GTK_GRID (grid), new_name (line, context, opened, user_data), 0, (int) i, 1, 1);
      if (line->weight != NULL)
        gtk_grid_attach (GTK_GRID (grid), new_figure (line->weight, "dimmed"), 1, (int) i, 1, 1);
      if (line->value != NULL)
        gtk_grid_attach (GTK_GRID (grid), new_figure (line->value, NULL), 2, (int) i, 1, 1);
    }
  return grid;
}

GtkWidget *
ent_why_build (EntWhy     *self,
               EntContext *context,
               GCallback   opened,
               gpointer    user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled;

  gtk_box_append (GTK_BOX (box), new_label (ent_why_get_title (self), "heading"));
  if (ent_why_get_value (self) != NULL)
    {
      GtkWidget *value = new_label (ent_why_get_value (self), "title-2");

      gtk_widget_add_css_class (value, "numeric");
      gtk_box_append (GTK_BOX (box), value);
    }
  if (ent_why_get_formula (self) != NULL)
    gtk_box_append (GTK_BOX (box), new_label (ent_why_get_formula (self), NULL));
  if (ent_why_get_n_lines (self) > 0)
    gtk_box_append (GTK_BOX (box), build_lines (self, context, opened, user_data));
  if (ent_why_get_note (self) != NULL)
    {
      GtkWidget *note = new_label (ent_why_get_note (self), "caption");

      gtk_widget_add_css_class (note, "dimmed");
      gtk_box_append (GTK_BOX (box), note);
    }
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);

  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 480);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}
