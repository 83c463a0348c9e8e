/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "widgets/ent-announce.h"
#include "widgets/ent-chart.h"
#include "widgets/real-input.h"

#define TITLE "chart-test"

typedef struct
{
  EntChart  *chart;
  GtkWidget *window;
  guint      series, category, n_activated;
} Fixture;

static void
activated_cb (EntChart *chart,
              guint     series,
              guint     category,
              Fixture  *self)
{
  self->series = series;
  self->category = category;
  self->n_activated++;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (EntChartData) values = ent_chart_data_new (ENT_CHART_BAR);

  ent_chart_data_set_money (values, "USD");
  ent_chart_data_add_series (values, "Pipeline");
  ent_chart_data_add_series (values, "Won");
  for (guint c = 0; c < 4; c++)
    {
      g_autofree char *label = g_strdup_printf ("Q%u", c + 1);

      ent_chart_data_add_category (values, label);
      ent_chart_data_set (values, 0, c, 10000000 * (1 + (gint64) c));
      if (c > 0)
        ent_chart_data_set (values, 1, c, 5000000 * (gint64) c);
    }
  self->chart = ENT_CHART (ent_chart_new ("Pipeline by quarter"));
  ent_chart_set_data (self->chart, values);
  g_signal_connect (self->chart, "activated", G_CALLBACK (activated_cb), self);
  self->window = input_show (GTK_WIDGET (self->chart), TITLE, 600, 320);
  gtk_widget_grab_focus (GTK_WIDGET (self->chart));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  EntChart *chart = g_object_ref (self->chart);

  gtk_window_destroy (GTK_WINDOW (self->window));
  test_wait_for (G_OBJECT (chart)->ref_count == 1);
  g_assert_finalize_object (chart);
}

static void
test_keys (Fixture       *self,
           gconstpointer  data)
{
  guint series, category;

  g_assert_false (ent_chart_get_pick (self->chart, &series, &category));
  input_key ("Right");
  g_assert_cmpstr (ent_announce_get_last (), ==, "Q1, Pipeline: $100,000.00");
  input_key ("Down");
  g_assert_cmpstr (ent_announce_get_last (), ==, "Q1, Won: no data");
  input_key ("End");
  g_assert_cmpstr (ent_announce_get_last (), ==, "Q4, Won: $150,000.00");
  input_key ("Right");
  g_assert_true (ent_chart_get_pick (self->chart, &series, &category));
  g_assert_cmpuint (category, ==, 3);
  input_picture (self->window, "chart");
  input_key ("Return");
  g_assert_cmpuint (self->n_activated, ==, 1);
  g_assert_cmpuint (self->series, ==, 1);
  g_assert_cmpuint (self->category, ==, 3);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->chart), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Q4, Won: $150,000.00");
}

static void
test_mirrored (Fixture       *self,
               gconstpointer  data)
{
  gtk_widget_set_direction (GTK_WIDGET (self->chart), GTK_TEXT_DIR_RTL);
  input_key ("Home");
  input_key ("Left");
  g_assert_cmpstr (ent_announce_get_last (), ==, "Q2, Pipeline: $200,000.00");
}

static void
test_pointer (Fixture       *self,
              gconstpointer  data)
{
  guint series, category;

  /* The tallest bar is at the right, its middle is the chart's. */
  input_click (TITLE, GTK_WIDGET (self->chart), gtk_widget_get_width (GTK_WIDGET (self->chart)) * 0.86,
               gtk_widget_get_height (GTK_WIDGET (self->chart)) * 0.5, 1);
  test_wait_for (self->n_activated == 1);
  g_assert_true (ent_chart_get_pick (self->chart, &series, &category));
  g_assert_cmpuint (series, ==, 0);
  g_assert_cmpuint (category, ==, 3);
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *text = NULL;

  input_key ("ctrl+c");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->chart)), NULL, text_cb, &text);
  test_wait_for (text != NULL);
  g_assert_true (g_str_has_prefix (text, "\tPipeline\tWon\nQ1\t$100,000.00\t\n"));
}

static void
test_spark (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (EntChartData) spark = ent_chart_data_new (ENT_CHART_SPARKLINE);

  ent_chart_data_add_series (spark, "Partners");
  ent_chart_data_add_category (spark, "Last week");
  ent_chart_data_add_category (spark, "This week");
  ent_chart_data_set (spark, 0, 0, 3);
  ent_chart_data_set (spark, 0, 1, 5);
  ent_chart_set_data (self->chart, spark);
  g_assert_false (gtk_widget_get_focusable (GTK_WIDGET (self->chart)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Line chart, Last week to This week. Partners: lowest 3 (Last week), highest 5 (This "
                                       "week), last 5 (This week)");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  ADD ("/chart/arrows-tell-each-point", test_keys);
  ADD ("/chart/mirrored", test_mirrored);
  ADD ("/chart/click-opens-the-point", test_pointer);
  ADD ("/chart/copies-a-table", test_copy);
  ADD ("/chart/sparkline-is-a-picture", test_spark);
  return g_test_run ();
}
