/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-job-row.h"

#include <glib/gi18n.h>

#define PULSE_MILLISECONDS 120

typedef struct
{
  EntJob         *job; /* (unowned): the handlers end with the bar */
  GtkProgressBar *bar;
  guint           pulse_id;
} Pulse;

static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (((Pulse *) user_data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
fraction_cb (EntJob     *job,
             GParamSpec *pspec,
             GtkWidget  *bar)
{
  Pulse *pulse = g_object_get_data (G_OBJECT (bar), "pulse");
  double fraction = ent_job_get_fraction (job);

  if (fraction >= 0)
    {
      g_clear_handle_id (&pulse->pulse_id, g_source_remove);
      gtk_progress_bar_set_fraction (pulse->bar, fraction);
    }
  else if (pulse->pulse_id == 0)
    {
      pulse->pulse_id = g_timeout_add (PULSE_MILLISECONDS, pulse_cb, pulse);
    }
}

static void
pulse_free (gpointer data)
{
  Pulse *pulse = data;

  g_clear_handle_id (&pulse->pulse_id, g_source_remove);
  g_free (pulse);
}

static GtkWidget *
new_bar (EntJob *job)
{
  GtkWidget *bar = gtk_progress_bar_new ();
  Pulse *pulse = g_new0 (Pulse, 1);

  pulse->job = job;
  pulse->bar = GTK_PROGRESS_BAR (bar);
  g_object_set_data_full (G_OBJECT (bar), "pulse", pulse, pulse_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ent_job_get_title (job), -1);
  g_signal_connect_object (job, "notify::fraction", G_CALLBACK (fraction_cb), bar, 0);
  fraction_cb (job, NULL, bar);
  return bar;
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
cancel_cb (EntJob    *job,
           GtkButton *button)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  ent_job_cancel (job);
}

static gboolean
text_to_visible (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_boolean (to, text != NULL && *text != '\0');
  return TRUE;
}

GtkWidget *
ent_job_row_new (EntJob *job)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *title = new_label ("caption-heading");
  GtkWidget *detail = new_label ("caption");
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_label (GTK_LABEL (title), ent_job_get_title (job));
  gtk_widget_add_css_class (detail, "dimmed");
  g_object_bind_property (job, "detail", detail, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (job, "detail", detail, "visible", G_BINDING_SYNC_CREATE,
                               text_to_visible, NULL, NULL, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Cancel"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (cancel_cb), job, G_CONNECT_SWAPPED);

  gtk_grid_attach (GTK_GRID (grid), title, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), new_bar (job), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), detail, 0, 2, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), button, 1, 0, 1, 3);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}
