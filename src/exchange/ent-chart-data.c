/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-chart-data.h"

#include <glib/gi18n.h>

#include "model/ent-value.h"

#define LARGEST (G_GINT64_CONSTANT (1) << 60)

typedef struct
{
  char   *label;
  GArray *values; /* of gint64 */
  GArray *known;  /* of gboolean */
} Series;

struct _EntChartData
{
  gatomicrefcount references;
  EntChartKind    kind;
  GPtrArray      *series;
  GPtrArray      *categories;
  EntChartFormat  format;
  gpointer        format_data;
  GDestroyNotify  format_destroy;
  gint64          goal;
  char           *goal_label;
  gboolean        has_goal;
};

G_DEFINE_BOXED_TYPE (EntChartData, ent_chart_data, ent_chart_data_ref, ent_chart_data_unref)

static void
series_free (Series *self)
{
  g_free (self->label);
  g_array_unref (self->values);
  g_array_unref (self->known);
  g_free (self);
}

static Series *
nth_series (EntChartData *self,
            guint         nth)
{
  return g_ptr_array_index (self->series, nth);
}

/* --- Making -------------------------------------------------------------------------------------------------- */

EntChartData *
ent_chart_data_new (EntChartKind kind)
{
  EntChartData *self = g_new0 (EntChartData, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) series_free);
  self->categories = g_ptr_array_new_with_free_func (g_free);
  return self;
}

EntChartData *
ent_chart_data_ref (EntChartData *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
ent_chart_data_unref (EntChartData *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->categories);
  g_free (self->goal_label);
  g_free (self);
}

static void
resize (EntChartData *self)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      g_array_set_size (nth_series (self, i)->values, self->categories->len);
      g_array_set_size (nth_series (self, i)->known, self->categories->len);
    }
}

guint
ent_chart_data_add_series (EntChartData *self,
                           const char   *label)
{
  Series *series = g_new0 (Series, 1);

  series->label = g_strdup (label != NULL ? label : "");
  series->values = g_array_new (FALSE, TRUE, sizeof (gint64));
  series->known = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_ptr_array_add (self->series, series);
  resize (self);
  return self->series->len - 1;
}

guint
ent_chart_data_add_category (EntChartData *self,
                             const char   *label)
{
  g_ptr_array_add (self->categories, g_strdup (label != NULL ? label : ""));
  resize (self);
  return self->categories->len - 1;
}

void
ent_chart_data_set (EntChartData *self,
                    guint         series,
                    guint         category,
                    gint64        value)
{
  g_return_if_fail (series < self->series->len && category < self->categories->len);

  g_array_index (nth_series (self, series)->values, gint64, category) = CLAMP (value, -LARGEST, LARGEST);
  g_array_index (nth_series (self, series)->known, gboolean, category) = TRUE;
}

void
ent_chart_data_set_format (EntChartData   *self,
                           EntChartFormat  format,
                           gpointer        user_data,
                           GDestroyNotify  destroy)
{
  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);
  self->format = format;
  self->format_data = user_data;
  self->format_destroy = destroy;
}

static char *
format_money (gint64   value,
              gboolean brief,
              gpointer currency)
{
  return ent_money_display (value, currency, brief ? ENT_DISPLAY_SHORT : ENT_DISPLAY_FULL);
}

void
ent_chart_data_set_money (EntChartData *self,
                          const char   *currency)
{
  ent_chart_data_set_format (self, format_money, g_strdup (currency), g_free);
}

static char *
format_percent (gint64   value,
                gboolean brief,
                gpointer data)
{
  gint64 whole = ABS (value) / 10000, rest = ABS (value) % 10000 / 100;

  if (rest == 0 || brief)
    return g_strdup_printf (_("%s%" G_GINT64_FORMAT " %%"), value < 0 ? "−" : "",
                            brief && ABS (value) % 10000 >= 5000 ? whole + 1 : whole);
  return g_strdup_printf (_("%s%" G_GINT64_FORMAT ".%02d %%"), value < 0 ? "−" : "", whole, (int) rest);
}

void
ent_chart_data_set_percent (EntChartData *self)
{
  ent_chart_data_set_format (self, format_percent, NULL, NULL);
}

void
ent_chart_data_set_goal (EntChartData *self,
                         gint64        value,
                         const char   *label)
{
  self->goal = CLAMP (value, -LARGEST, LARGEST);
  self->has_goal = TRUE;
  g_set_str (&self->goal_label, label);
}

/* --- Reading -------------------------------------------------------------------------------------------------- */

EntChartKind
ent_chart_data_get_kind (EntChartData *self)
{
  return self->kind;
}

guint
ent_chart_data_get_n_series (EntChartData *self)
{
  return self->kind == ENT_CHART_FUNNEL || self->kind == ENT_CHART_SPARKLINE ? MIN (self->series->len, 1) : self->series->len;
}

guint
ent_chart_data_get_n_categories (EntChartData *self)
{
  return self->categories->len;
}

const char *
ent_chart_data_get_series (EntChartData *self,
                           guint         series)
{
  return nth_series (self, series)->label;
}

const char *
ent_chart_data_get_category (EntChartData *self,
                             guint         category)
{
  return g_ptr_array_index (self->categories, category);
}

gboolean
ent_chart_data_get (EntChartData *self,
                    guint         series,
                    guint         category,
                    gint64       *value)
{
  if (series >= self->series->len || category >= self->categories->len ||
      !g_array_index (nth_series (self, series)->known, gboolean, category))
    return FALSE;
  *value = g_array_index (nth_series (self, series)->values, gint64, category);
  return TRUE;
}

gboolean
ent_chart_data_get_goal (EntChartData  *self,
                         gint64        *value,
                         const char   **label)
{
  if (!self->has_goal)
    return FALSE;
  *value = self->goal;
  if (label != NULL)
    *label = self->goal_label;
  return TRUE;
}

static void
widen (gint64    value,
       gint64   *least,
       gint64   *greatest,
       gboolean *any)
{
  *least = *any ? MIN (*least, value) : value;
  *greatest = *any ? MAX (*greatest, value) : value;
  *any = TRUE;
}

static gint64
add_up (gint64 a,
        gint64 b)
{
  return CLAMP (a + b, -LARGEST, LARGEST);
}

gboolean
ent_chart_data_get_range (EntChartData *self,
                          gint64       *least,
                          gint64       *greatest)
{
  gboolean any = FALSE;

  *least = *greatest = 0;
  for (guint c = 0; c < self->categories->len; c++)
    {
      gint64 up = 0, down = 0, value;

      for (guint s = 0; s < ent_chart_data_get_n_series (self); s++)
        {
          if (!ent_chart_data_get (self, s, c, &value))
            continue;
          if (self->kind != ENT_CHART_STACKED)
            widen (value, least, greatest, &any);
          else if (value >= 0)
            widen (up = add_up (up, value), least, greatest, &any);
          else
            widen (down = add_up (down, value), least, greatest, &any);
        }
    }
  if (any && self->has_goal && self->kind != ENT_CHART_FUNNEL)
    widen (self->goal, least, greatest, &any);
  if (any && self->kind != ENT_CHART_SPARKLINE)
    widen (0, least, greatest, &any);
  return any;
}

/* --- In words -------------------------------------------------------------------------------------------------- */

char *
ent_chart_data_format (EntChartData *self,
                       gint64        value,
                       gboolean      brief)
{
  if (self->format != NULL)
    return self->format (value, brief, self->format_data);
  return g_strdup_printf ("%'" G_GINT64_FORMAT, value);
}

char *
ent_chart_data_describe (EntChartData *self,
                         guint         series,
                         guint         category)
{
  gint64 value = 0;
  g_autofree char *text = ent_chart_data_get (self, series, category, &value) ? ent_chart_data_format (self, value, FALSE)
                                                                              : g_strdup (_("no data"));
  const char *label = ent_chart_data_get_series (self, series);

  if (*label == '\0')
    return g_strdup_printf ("%s: %s", ent_chart_data_get_category (self, category), text);
  return g_strdup_printf ("%s, %s: %s", ent_chart_data_get_category (self, category), label, text);
}

static const char *
kind_in_words (EntChartKind kind)
{
  switch (kind)
    {
    case ENT_CHART_BAR:
      return _("Bar chart");
    case ENT_CHART_STACKED:
      return _("Stacked bar chart");
    case ENT_CHART_FUNNEL:
      return _("Funnel");
    case ENT_CHART_LINE:
    case ENT_CHART_SPARKLINE:
    default:
      return _("Line chart");
    }
}

static void
summarize_series (EntChartData *self,
                  guint         series,
                  GString      *text)
{
  guint low = 0, high = 0, last = 0, n_known = 0;
  gint64 least = 0, greatest = 0, value;
  g_autofree char *a = NULL, *b = NULL, *c = NULL;

  for (guint i = 0; i < self->categories->len; i++)
    {
      if (!ent_chart_data_get (self, series, i, &value))
        continue;
      if (n_known == 0 || value < least)
        least = value, low = i;
      if (n_known == 0 || value > greatest)
        greatest = value, high = i;
      last = i;
      n_known++;
    }
  g_string_append_printf (text, ". %s", *nth_series (self, series)->label != '\0' ? nth_series (self, series)->label : _("Values"));
  if (n_known == 0)
    {
      g_string_append_printf (text, ": %s", _("no data"));
      return;
    }
  ent_chart_data_get (self, series, last, &value);
  a = ent_chart_data_format (self, least, TRUE);
  b = ent_chart_data_format (self, greatest, TRUE);
  c = ent_chart_data_format (self, value, TRUE);
  g_string_append_printf (text, _(": lowest %s (%s), highest %s (%s), last %s (%s)"), a, ent_chart_data_get_category (self, low),
                          b, ent_chart_data_get_category (self, high), c, ent_chart_data_get_category (self, last));
}

char *
ent_chart_data_summarize (EntChartData *self)
{
  GString *text = g_string_new (kind_in_words (self->kind));

  if (self->categories->len > 0)
    g_string_append_printf (text, _(", %s to %s"), ent_chart_data_get_category (self, 0),
                            ent_chart_data_get_category (self, self->categories->len - 1));
  for (guint i = 0; i < ent_chart_data_get_n_series (self); i++)
    summarize_series (self, i, text);
  if (self->has_goal)
    {
      g_autofree char *goal = ent_chart_data_format (self, self->goal, TRUE);

      g_string_append_printf (text, ". %s: %s", self->goal_label != NULL ? self->goal_label : _("Goal"), goal);
    }
  return g_string_free (text, FALSE);
}

static void
add_cell (GString    *text,
          const char *cell)
{
  g_autofree char *clean = g_strdelimit (g_strdup (cell), "\t\n\r", ' ');

  g_string_append_c (text, '\t');
  g_string_append (text, clean);
}

char *
ent_chart_data_to_text (EntChartData *self)
{
  GString *text = g_string_new (NULL);

  for (guint s = 0; s < ent_chart_data_get_n_series (self); s++)
    add_cell (text, nth_series (self, s)->label);
  g_string_append_c (text, '\n');
  for (guint c = 0; c < self->categories->len; c++)
    {
      g_autofree char *label = g_strdelimit (g_strdup (ent_chart_data_get_category (self, c)), "\t\n\r", ' ');

      g_string_append (text, label);
      for (guint s = 0; s < ent_chart_data_get_n_series (self); s++)
        {
          gint64 value;
          g_autofree char *cell = ent_chart_data_get (self, s, c, &value) ? ent_chart_data_format (self, value, FALSE) : NULL;

          add_cell (text, cell != NULL ? cell : "");
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

gint64
ent_chart_nice_step (gint64 span,
                     guint  wanted)
{
  static const int nice[] = { 1, 2, 5, 10 };
  gint64 raw = span / MAX (wanted, 1), power = 1;

  if (raw * MAX (wanted, 1) < span)
    raw++;
  if (raw <= 1)
    return 1;
  while (power <= raw / 10)
    power *= 10;
  for (gsize i = 0; i < G_N_ELEMENTS (nice); i++)
    if (nice[i] * power >= raw)
      return nice[i] * power;
  return power * 10;
}
