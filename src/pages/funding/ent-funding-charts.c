/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-chart.h"

/* The charts of a campaign: each point opens the weekly lines behind it. */

#define FIRST_STEP 2 /* of the funnel that is drawn */

/* --- The lines behind a point ------------------------------------------------------------------------------------------- */

static char *
display (EntRecord  *line,
         const char *field)
{
  const EntField *info = ent_record_type_lookup (ent_record_get_record_type (line), field);

  return ent_value_display (info, ent_record_get (line, info->index), ENT_DISPLAY_SHORT, NULL, NULL);
}

static void
add_line (AdwDialog  *dialog,
          EntRecord  *line,
          const char *counted)
{
  g_autofree char *channel = display (line, "channel"), *week = display (line, "week");
  g_autofree char *planned = display (line, "planned"), *value = display (line, counted);
  g_autofree char *detail = *planned != '\0' ? g_strdup_printf (_("%s · planned %s"), week, planned) : g_strdup (week);

  ent_funding_rows_add (dialog, *channel != '\0' ? channel : _("Not stated"), detail, value, line, 0);
}

static gboolean
is_in_week (EntRecord *line,
            gint64     monday)
{
  gint64 day = ent_record_get_int (line, "week", G_MININT64);

  return day != G_MININT64 && day >= monday && day < monday + 7;
}

static void
show_week (EntFundingPage *self,
           guint           category,
           const char     *counted)
{
  const EntCampaignReport *report = self->detail->report;
  const EntCampaignPart *week = category < report->weeks->len ? g_ptr_array_index (report->weeks, category) : NULL;
  g_autofree char *title = week != NULL ? g_strdup_printf (_("Week of %s"), week->label) : NULL;
  AdwDialog *dialog;

  if (week == NULL)
    return;
  dialog = ent_funding_rows_new (self, title);
  for (guint i = 0; i < report->lines->len; i++)
    if (is_in_week (g_ptr_array_index (report->lines, i), week->week))
      add_line (dialog, g_ptr_array_index (report->lines, i), counted);
  ent_funding_rows_present (self, dialog);
}

static void
spend_activated_cb (EntChart       *chart,
                    guint           series,
                    guint           category,
                    EntFundingPage *self)
{
  show_week (self, category, series == 0 ? "planned" : "spent");
}

static void
leads_activated_cb (EntChart       *chart,
                    guint           series,
                    guint           category,
                    EntFundingPage *self)
{
  show_week (self, category, series == 0 ? "leads" : "qualified");
}

static void
step_activated_cb (EntChart       *chart,
                   guint           series,
                   guint           category,
                   EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  EntFunnelStep steps[ENT_CAMPAIGN_N_FUNNEL];
  AdwDialog *dialog;

  if (category + FIRST_STEP >= ENT_CAMPAIGN_N_FUNNEL)
    return;
  ent_campaign_get_funnel (report, steps);
  dialog = ent_funding_rows_new (self, steps[category + FIRST_STEP].label);
  for (guint i = 0; i < report->lines->len; i++)
    if (ent_record_get_int (g_ptr_array_index (report->lines, i), steps[category + FIRST_STEP].name, 0) > 0)
      add_line (dialog, g_ptr_array_index (report->lines, i), steps[category + FIRST_STEP].name);
  ent_funding_rows_present (self, dialog);
}

void
ent_funding_show_part (EntFundingPage        *self,
                       const char            *field,
                       const EntCampaignPart *part)
{
  GPtrArray *lines = self->detail->report->lines;
  AdwDialog *dialog = ent_funding_rows_new (self, part->label);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *value = ent_record_get_text (g_ptr_array_index (lines, i), field);

      if (g_strcmp0 (value != NULL ? value : "unknown", part->value) == 0)
        add_line (dialog, g_ptr_array_index (lines, i), "spent");
    }
  ent_funding_rows_present (self, dialog);
}

/* --- The charts ----------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_chart (EntFundingPage *self,
            const char     *title,
            EntChartData   *data,
            int             height,
            GCallback       activated)
{
  GtkWidget *group = ent_funding_group (title, NULL), *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *chart = ent_chart_new (title);

  ent_chart_set_data (ENT_CHART (chart), data);
  g_signal_connect_object (chart, "activated", activated, self, 0);
  gtk_widget_set_size_request (chart, -1, height);
  gtk_widget_set_margin_top (chart, 12);
  gtk_widget_set_margin_bottom (chart, 12);
  gtk_widget_set_margin_start (chart, 12);
  gtk_widget_set_margin_end (chart, 12);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), chart);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), card);
  return group;
}

GtkWidget *
ent_funding_weeks_chart (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  g_autoptr (EntChartData) data = ent_chart_data_new (ENT_CHART_BAR);

  ent_chart_data_set_money (data, report->currency);
  ent_chart_data_add_series (data, _("Planned"));
  ent_chart_data_add_series (data, _("Spent"));
  for (guint i = 0; i < report->weeks->len; i++)
    {
      const EntCampaignPart *week = g_ptr_array_index (report->weeks, i);

      ent_chart_data_add_category (data, week->label);
      ent_chart_data_set (data, 0, i, week->planned);
      if (week->has_spent)
        ent_chart_data_set (data, 1, i, week->spent);
    }
  return make_chart (self, _("Spend by Week"), data, 220, G_CALLBACK (spend_activated_cb));
}

GtkWidget *
ent_funding_leads_chart (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  g_autoptr (EntChartData) data = ent_chart_data_new (ENT_CHART_LINE);

  ent_chart_data_add_series (data, _("Leads"));
  ent_chart_data_add_series (data, _("Qualified"));
  for (guint i = 0; i < report->weeks->len; i++)
    {
      const EntCampaignPart *week = g_ptr_array_index (report->weeks, i);

      ent_chart_data_add_category (data, week->label);
      if (week->has_leads)
        ent_chart_data_set (data, 0, i, week->leads);
      if (week->has_qualified)
        ent_chart_data_set (data, 1, i, week->qualified);
    }
  return make_chart (self, _("Leads by Week"), data, 200, G_CALLBACK (leads_activated_cb));
}

/* From leads on: impressions would dwarf the rest. They stand above in words. */
GtkWidget *
ent_funding_funnel_chart (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  g_autoptr (EntChartData) data = ent_chart_data_new (ENT_CHART_FUNNEL);
  EntFunnelStep steps[ENT_CAMPAIGN_N_FUNNEL];
  g_autofree char *text = NULL;
  GtkWidget *group;

  ent_campaign_get_funnel (report, steps);
  ent_chart_data_add_series (data, _("Funnel"));
  for (guint i = FIRST_STEP; i < ENT_CAMPAIGN_N_FUNNEL; i++)
    {
      guint category = ent_chart_data_add_category (data, steps[i].label);

      ent_chart_data_set (data, 0, category, steps[i].count);
    }
  group = make_chart (self, _("From Leads to Customers"), data, 180, G_CALLBACK (step_activated_cb));
  text = g_strdup_printf (_("%'" G_GINT64_FORMAT " impressions and %'" G_GINT64_FORMAT " clicks came before."), steps[0].count,
                          steps[1].count);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  return group;
}
