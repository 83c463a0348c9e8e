/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Charts: ticks, ranges, words, and what is painted where. */

#include "config.h"

#include "exchange/ent-chart-paint.h"

static EntChartData *
make (EntChartKind kind,
      guint        n_series)
{
  static const char * const names[] = { "Pipeline", "Won", "Lost" };
  EntChartData *data = ent_chart_data_new (kind);

  ent_chart_data_set_money (data, "USD");
  for (guint s = 0; s < n_series; s++)
    ent_chart_data_add_series (data, names[s]);
  for (guint c = 0; c < 4; c++)
    {
      g_autofree char *label = g_strdup_printf ("Q%u 2026", c + 1);

      ent_chart_data_add_category (data, label);
      for (guint s = 0; s < n_series; s++)
        if (c != 2 || s != 0)
          ent_chart_data_set (data, s, c, (gint64) (s == 2 ? -1 : 1) * (gint64) (40 - 7 * c + 5 * s) * 1000000);
    }
  return data;
}

static cairo_surface_t *
paint (EntChartData        *data,
       const EntChartStyle *style,
       EntChartPlace       *places,
       const char          *name)
{
  const char *folder = g_getenv ("PICTURES");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 480, 260);
  cairo_t *cr = cairo_create (surface);

  if (style->palette == ENT_CHART_DARK || style->palette == ENT_CHART_DARK_CONTRAST)
    cairo_set_source_rgb (cr, 0.18, 0.18, 0.2);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  ent_chart_paint (data, cr, 480, 260, style, places);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  if (folder != NULL)
    {
      g_autofree char *file = g_strdup_printf ("%s/chart-%s.png", folder, name);

      cairo_surface_write_to_png (surface, file);
    }
  return surface;
}

static void
test_nice_steps (void)
{
  static const struct { gint64 span; guint wanted; gint64 step; } cases[] = {
    { 0, 5, 1 }, { 1, 5, 1 }, { 4, 5, 1 }, { 10, 5, 2 }, { 11, 5, 5 }, { 100, 5, 20 }, { 101, 4, 50 },
    { 999, 3, 500 }, { 123456789, 5, 50000000 }, { G_GINT64_CONSTANT (1) << 61, 4, G_GINT64_CONSTANT (1000000000000000000) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ent_chart_nice_step (cases[i].span, cases[i].wanted), ==, cases[i].step);
}

static void
test_range (void)
{
  g_autoptr (EntChartData) bars = make (ENT_CHART_BAR, 3), stacked = make (ENT_CHART_STACKED, 3);
  g_autoptr (EntChartData) spark = make (ENT_CHART_SPARKLINE, 3), empty = ent_chart_data_new (ENT_CHART_LINE);
  gint64 least, greatest;

  g_assert_true (ent_chart_data_get_range (bars, &least, &greatest));
  g_assert_cmpint (least, ==, -50000000);
  g_assert_cmpint (greatest, ==, 45000000);
  /* Stacked: what is over zero and what is under it add up apart. */
  g_assert_true (ent_chart_data_get_range (stacked, &least, &greatest));
  g_assert_cmpint (least, ==, -50000000);
  g_assert_cmpint (greatest, ==, 85000000);
  /* A sparkline shows its first series only, and need not begin at zero. */
  g_assert_cmpuint (ent_chart_data_get_n_series (spark), ==, 1);
  g_assert_true (ent_chart_data_get_range (spark, &least, &greatest));
  g_assert_cmpint (least, ==, 19000000);
  g_assert_cmpint (greatest, ==, 40000000);
  g_assert_false (ent_chart_data_get_range (empty, &least, &greatest));
  ent_chart_data_set_goal (bars, 90000000, "Goal");
  g_assert_true (ent_chart_data_get_range (bars, &least, &greatest));
  g_assert_cmpint (greatest, ==, 90000000);
}

static void
test_words (void)
{
  g_autoptr (EntChartData) data = make (ENT_CHART_LINE, 2), percent = ent_chart_data_new (ENT_CHART_LINE);
  g_autofree char *known = ent_chart_data_describe (data, 1, 0), *unknown = ent_chart_data_describe (data, 0, 2);
  g_autofree char *table = ent_chart_data_to_text (data), *summary = ent_chart_data_summarize (data);
  g_autofree char *exact = NULL, *brief = NULL, *negative = NULL;

  g_assert_cmpstr (known, ==, "Q1 2026, Won: $450,000.00");
  g_assert_cmpstr (unknown, ==, "Q3 2026, Pipeline: no data");
  g_assert_cmpstr (table, ==,
                   "\tPipeline\tWon\nQ1 2026\t$400,000.00\t$450,000.00\nQ2 2026\t$330,000.00\t$380,000.00\nQ3 2026\t\t$310,000.00\n"
                   "Q4 2026\t$190,000.00\t$240,000.00\n");
  g_assert_cmpstr (summary, ==,
                   "Line chart, Q1 2026 to Q4 2026. Pipeline: lowest $190K (Q4 2026), highest $400K (Q1 2026), last $190K "
                   "(Q4 2026). Won: lowest $240K (Q4 2026), highest $450K (Q1 2026), last $240K (Q4 2026)");
  ent_chart_data_set_percent (percent);
  exact = ent_chart_data_format (percent, 124500, FALSE);
  brief = ent_chart_data_format (percent, 125000, TRUE);
  negative = ent_chart_data_format (percent, -5000, FALSE);
  g_assert_cmpstr (exact, ==, "12.45 %");
  g_assert_cmpstr (brief, ==, "13 %");
  g_assert_cmpstr (negative, ==, "−0.50 %");
}

static void
test_places (void)
{
  g_autoptr (EntChartData) data = make (ENT_CHART_BAR, 2);
  EntChartPlace places[8], mirrored[8];
  EntChartStyle style = { 0 };

  cairo_surface_destroy (paint (data, &style, places, "bar"));
  style.rtl = TRUE;
  cairo_surface_destroy (paint (data, &style, mirrored, "bar-rtl"));
  /* Higher values are taller, unknown ones have no place, and the order is mirrored. */
  g_assert_cmpfloat (places[4].height, >, places[0].height);
  g_assert_cmpfloat (places[2].width, ==, 0);
  g_assert_cmpfloat (places[0].x, <, places[3].x);
  g_assert_cmpfloat (mirrored[0].x, >, mirrored[3].x);
  g_assert_cmpfloat_with_epsilon (places[0].x + places[0].width, 480 - mirrored[0].x, 2);
  for (guint i = 0; i < 8; i++)
    g_assert_true (places[i].x >= 0 && places[i].y >= 0 && places[i].x + places[i].width <= 480 &&
                   places[i].y + places[i].height <= 260);
}

static void
test_negative (void)
{
  g_autoptr (EntChartData) data = make (ENT_CHART_STACKED, 3);
  EntChartPlace places[12];
  EntChartStyle style = { 0 };

  cairo_surface_destroy (paint (data, &style, places, "stacked"));
  /* Won stands on pipeline, lost hangs below both from the same zero. */
  g_assert_cmpfloat_with_epsilon (places[4].y + places[4].height, places[0].y, 0.01);
  g_assert_cmpfloat_with_epsilon (places[8].y, places[0].y + places[0].height, 0.01);
}

/* No two series look the same without color: compared as grays, at equal values. */
static void
test_without_color (void)
{
  g_autoptr (EntChartData) data = ent_chart_data_new (ENT_CHART_BAR);
  EntChartPlace places[4];
  EntChartStyle style = { .palette = ENT_CHART_PRINT };
  cairo_surface_t *surface;
  const guchar *pixels;
  guint lines[4] = { 0 };

  ent_chart_data_add_category (data, "All");
  for (guint s = 0; s < 4; s++)
    {
      ent_chart_data_add_series (data, "Series");
      ent_chart_data_set (data, s, 0, 100);
    }
  surface = paint (data, &style, places, "print");
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (guint s = 0; s < 4; s++)
    {
      int x = (int) (places[s].x + places[s].width / 2);
      guint changes = 0;
      int before = -1;

      for (int y = (int) places[s].y + 3; y < (int) (places[s].y + places[s].height) - 3; y++)
        {
          const guchar *pixel = pixels + y * cairo_image_surface_get_stride (surface) + x * 4;

          if (before >= 0 && ABS (pixel[1] - before) > 30)
            changes++;
          before = pixel[1];
        }
      lines[s] = changes;
    }
  g_assert_cmpuint (lines[0], ==, 0);
  g_assert_cmpuint (lines[1], >, 10);
  g_assert_cmpuint (lines[2], >, 10);
  g_assert_cmpuint (lines[3], >, 10);
  cairo_surface_destroy (surface);
}

/* Whatever the values, nothing fails: nothing known, one point, all alike, as large as can be. */
static void
test_extremes (void)
{
  const EntChartKind kinds[] = { ENT_CHART_LINE, ENT_CHART_BAR, ENT_CHART_STACKED, ENT_CHART_FUNNEL, ENT_CHART_SPARKLINE };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (EntChartData) none = ent_chart_data_new (kinds[k]), one = ent_chart_data_new (kinds[k]);
      g_autoptr (EntChartData) large = ent_chart_data_new (kinds[k]);
      EntChartStyle style = { 0 };

      cairo_surface_destroy (paint (none, &style, NULL, "none"));
      ent_chart_data_add_series (one, "");
      ent_chart_data_add_category (one, "");
      cairo_surface_destroy (paint (one, &style, NULL, "unknown"));
      ent_chart_data_set (one, 0, 0, 0);
      cairo_surface_destroy (paint (one, &style, NULL, "zero"));
      for (guint c = 0; c < 3; c++)
        {
          ent_chart_data_add_category (large, "A very long name of a category that finds no room anywhere");
          ent_chart_data_add_series (large, "A very long name of a series that finds no room anywhere either, however wide");
        }
      for (guint c = 0; c < 3; c++)
        for (guint s = 0; s < 3; s++)
          ent_chart_data_set (large, s, c, c == 1 ? G_MININT64 : G_MAXINT64);
      cairo_surface_destroy (paint (large, &style, NULL, "large"));
    }
}

static void
test_pictures (void)
{
  static const char * const steps[] = { "Leads", "Qualified", "Proposal", "Won" };
  g_autoptr (EntChartData) line = make (ENT_CHART_LINE, 3), funnel = ent_chart_data_new (ENT_CHART_FUNNEL);
  g_autoptr (EntChartData) spark = make (ENT_CHART_SPARKLINE, 1), single = make (ENT_CHART_BAR, 1);
  EntChartStyle dark = { .palette = ENT_CHART_DARK, .has_pick = TRUE, .series = 1, .category = 1 }, light = { 0 };
  EntChartPlace places[4];

  ent_chart_data_set_goal (line, 35000000, "Goal");
  ent_chart_data_set_goal (single, 35000000, "Goal");
  ent_chart_data_add_series (funnel, "");
  for (guint i = 0; i < 4; i++)
    {
      ent_chart_data_add_category (funnel, steps[i]);
      ent_chart_data_set (funnel, 0, i, 400 / (1 + 3 * (gint64) i));
    }
  cairo_surface_destroy (paint (line, &dark, NULL, "line-dark"));
  cairo_surface_destroy (paint (line, &light, NULL, "line"));
  cairo_surface_destroy (paint (single, &light, NULL, "bar-single"));
  cairo_surface_destroy (paint (spark, &light, NULL, "spark"));
  cairo_surface_destroy (paint (funnel, &light, places, "funnel"));
  for (guint i = 1; i < 4; i++)
    g_assert_cmpfloat (places[i].width, <, places[i - 1].width);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/nice-steps", test_nice_steps);
  g_test_add_func ("/chart/range", test_range);
  g_test_add_func ("/chart/words-and-table", test_words);
  g_test_add_func ("/chart/bars-in-their-places", test_places);
  g_test_add_func ("/chart/negative-values-hang", test_negative);
  g_test_add_func ("/chart/readable-without-color", test_without_color);
  g_test_add_func ("/chart/extremes", test_extremes);
  g_test_add_func ("/chart/kinds", test_pictures);
  return g_test_run ();
}
