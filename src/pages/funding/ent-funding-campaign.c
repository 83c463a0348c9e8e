/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"
#include "widgets/ent-chart.h"
#include "widgets/ent-pill.h"

/* The page of one campaign: what it costs and brings, by channel and week. */

static GtkWidget *
make_label (const char *text,
            const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* --- Head: the figures ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_figure (EntFundingPage *self,
             const char     *title,
             const char     *value,
             EntWhy         *why)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *number = ent_funding_why (self, value, why);

  gtk_widget_add_css_class (number, "title-3");
  gtk_widget_set_halign (number, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), make_label (title, "dimmed"));
  gtk_box_append (GTK_BOX (box), number);
  return box;
}

static char *
dup_ratio (const EntCampaignReport *report)
{
  gint64 hundredths;

  if (!report->has_pipeline_ratio || !ent_mul_div (report->pipeline_pct, 1, 10000, &hundredths))
    return g_strdup (_("None yet"));
  return g_strdup_printf (_("%" G_GINT64_FORMAT ".%02d ×"), hundredths / 100, (int) (hundredths % 100));
}

static GtkWidget *
make_figures (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  GtkWidget *box = adw_wrap_box_new ();
  g_autofree char *roi = ent_campaign_report_dup_roi (report), *ratio = dup_ratio (report);
  g_autofree char *cost = ent_money_display (report->cost, report->currency, ENT_DISPLAY_SHORT);
  g_autofree char *pipeline = ent_money_display (report->total->pipeline, report->currency, ENT_DISPLAY_SHORT);

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 36);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_append (ADW_WRAP_BOX (box), make_figure (self, _("Return on investment"), roi, report->roi_why));
  adw_wrap_box_append (ADW_WRAP_BOX (box), make_figure (self, _("Cost, complete"), cost, report->cost_why));
  adw_wrap_box_append (ADW_WRAP_BOX (box), make_figure (self, _("Pipeline"), pipeline, report->pipeline_why));
  adw_wrap_box_append (ADW_WRAP_BOX (box), make_figure (self, _("Pipeline to cost"), ratio, report->pipeline_why));
  return box;
}

static void
line_action_cb (EntFundingPage *self)
{
  EntPage *page = ENT_PAGE (self);
  const char *assignments[] = { NULL, NULL };
  g_autofree char *parent = g_strdup_printf ("parent=%s", ent_record_get_code (self->detail->report->campaign));

  assignments[0] = parent;
  ent_new_record_dialog_present (GTK_WIDGET (self), ent_page_get_context (page),
                                 ent_store_get_record_type (ent_page_get_store (page), "campaign_line"), assignments);
}

static GtkWidget *
make_head (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  const EntField *status = ent_record_type_lookup (ent_record_get_record_type (report->campaign), "status");
  const char *value = ent_record_get_text (report->campaign, "status");
  const char *objective = ent_record_get_text (report->campaign, "objective");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *pill = ent_pill_new (NULL, ENT_TONE_NEUTRAL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *add = gtk_button_new_with_label (_("Add Week…")), *import = gtk_button_new_with_label (_("Import Weeks…"));

  ent_pill_set_choice (ENT_PILL (pill), value != NULL ? ent_field_lookup_choice (status, value) : NULL);
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), make_label (ent_record_get_title (report->campaign), "title-2"));
  gtk_box_append (GTK_BOX (box), pill);
  if (objective != NULL)
    gtk_box_append (GTK_BOX (box), make_label (objective, NULL));
  gtk_box_append (GTK_BOX (box), make_figures (self));
  g_signal_connect_object (add, "clicked", G_CALLBACK (line_action_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "page.import");
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (buttons), import);
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static GtkWidget *
make_problems (const EntCampaignReport *report)
{
  GtkWidget *group = ent_funding_group (_("Worth a Look"), NULL);

  for (guint i = 0; i < report->problems->len; i++)
    {
      GtkWidget *row = ent_funding_row (g_ptr_array_index (report->problems, i), NULL, NULL);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

/* --- Charts ----------------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_chart (const char   *title,
            EntChartData *data,
            int           height)
{
  GtkWidget *group = ent_funding_group (title, NULL), *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *chart = ent_chart_new (title);

  ent_chart_set_data (ENT_CHART (chart), data);
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

static GtkWidget *
make_weeks (const EntCampaignReport *report)
{
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
  return make_chart (_("Spend by Week"), data, 220);
}

static GtkWidget *
make_leads (const EntCampaignReport *report)
{
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
  return make_chart (_("Leads by Week"), data, 200);
}

/* From leads on: impressions would dwarf the rest. They stand above in words. */
static GtkWidget *
make_funnel (const EntCampaignReport *report)
{
  g_autoptr (EntChartData) data = ent_chart_data_new (ENT_CHART_FUNNEL);
  EntFunnelStep steps[ENT_CAMPAIGN_N_FUNNEL];
  g_autofree char *text = NULL;
  GtkWidget *group;

  ent_campaign_get_funnel (report, steps);
  ent_chart_data_add_series (data, _("Funnel"));
  for (guint i = 2; i < ENT_CAMPAIGN_N_FUNNEL; i++)
    {
      guint category = ent_chart_data_add_category (data, steps[i].label);

      ent_chart_data_set (data, 0, category, steps[i].count);
    }
  group = make_chart (_("From Leads to Customers"), data, 180);
  text = g_strdup_printf (_("%'" G_GINT64_FORMAT " impressions and %'" G_GINT64_FORMAT " clicks came before."), steps[0].count,
                          steps[1].count);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  return group;
}

/* --- Channels and payers ----------------------------------------------------------------------------------------------------------- */

static char *
describe_channel (const EntCampaignReport *report,
                  const EntCampaignPart   *part)
{
  g_autofree char *planned = ent_money_display (part->planned, report->currency, ENT_DISPLAY_SHORT);
  g_autofree char *pipeline = ent_money_display (part->pipeline, report->currency, ENT_DISPLAY_SHORT);

  return g_strdup_printf (_("Planned %s · %'" G_GINT64_FORMAT " leads · %'" G_GINT64_FORMAT " qualified · %s pipeline"),
                          planned, part->leads, part->qualified, pipeline);
}

static EntWhy *
explain_channel (const EntCampaignReport *report,
                 const EntCampaignPart   *part,
                 const char              *value)
{
  EntWhy *why = ent_why_new (part->label, value);
  const struct { const char *label; gint64 amount; } lines[] = {
    { _("Revenue won"), part->revenue }, { _("Spent by its lines"), part->spent },
    { _("Its part of hours, partners’ and funds’ cost"), part->cost - part->spent },
  };

  ent_why_set_formula (why, _("(revenue won − cost) ÷ cost; costs that no line tells are spread by spend"));
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *shown = ent_money_display (lines[i].amount, report->currency, ENT_DISPLAY_FULL);

      ent_why_add (why, lines[i].label, shown, i == 0 ? NULL : "−", ent_record_get_key (report->campaign));
    }
  return why;
}

static GtkWidget *
make_channels (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  GtkWidget *group = ent_funding_group (_("Budget by Channel"), NULL);

  for (guint i = 0; i < report->channels->len; i++)
    {
      const EntCampaignPart *part = g_ptr_array_index (report->channels, i);
      g_autofree char *subtitle = describe_channel (report, part);
      g_autofree char *cost = ent_money_display (part->cost, report->currency, ENT_DISPLAY_SHORT);
      g_autofree char *value = NULL;
      g_autoptr (EntWhy) why = NULL;
      gint64 roi;

      value = ent_campaign_part_get_roi (part, &roi)
                ? g_strdup_printf (_("%s · ROI %" G_GINT64_FORMAT " %%"), cost, roi / 10000) : g_strdup (cost);
      why = explain_channel (report, part, value);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 ent_funding_row (part->label, subtitle, ent_funding_why (self, value, why)));
    }
  return group;
}

static GtkWidget *
make_payers (const EntCampaignReport *report)
{
  GtkWidget *group = ent_funding_group (_("Budget by Source"), NULL);

  for (guint i = 0; i < report->payers->len; i++)
    {
      const EntCampaignPart *part = g_ptr_array_index (report->payers, i);
      g_autofree char *planned = ent_money_display (part->planned, report->currency, ENT_DISPLAY_FULL);
      g_autofree char *spent = ent_money_display (part->spent, report->currency, ENT_DISPLAY_FULL);
      g_autofree char *subtitle = g_strdup_printf (_("Planned %s"), planned);
      GtkWidget *label = gtk_label_new (spent);

      gtk_widget_add_css_class (label, "numeric");
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), ent_funding_row (part->label, subtitle, label));
    }
  return group;
}

static GtkWidget *
make_milestones (EntFundingPage *self)
{
  GtkWidget *group = ent_funding_group (_("Milestones"), NULL);
  gint64 today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));
  guint n = 0;

  for (guint i = 0; i < self->detail->dates->len; i++)
    {
      const EntCampaignDate *date = g_ptr_array_index (self->detail->dates, i);
      g_autofree char *when = ent_date_display_near (date->start, today);

      if (!date->is_milestone || date->key != self->detail->key)
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 ent_funding_row (date->title, date->detail, gtk_label_new (when)));
      n++;
    }
  if (n > 0)
    return group;
  g_object_ref_sink (group);
  g_object_unref (group);
  return NULL;
}

GtkWidget *
ent_funding_page_build_campaign (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24), *milestones = make_milestones (self);

  gtk_box_append (GTK_BOX (box), make_head (self));
  if (report->problems->len > 0)
    gtk_box_append (GTK_BOX (box), make_problems (report));
  if (milestones != NULL)
    gtk_box_append (GTK_BOX (box), milestones);
  if (report->lines->len == 0)
    {
      GtkWidget *group = ent_funding_group (_("Results"), NULL);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 ent_funding_row (_("No weeks yet"),
                                                  _("Add what was planned and spent a channel and week, or import it."),
                                                  NULL));
      gtk_box_append (GTK_BOX (box), group);
      return box;
    }
  gtk_box_append (GTK_BOX (box), make_channels (self));
  gtk_box_append (GTK_BOX (box), make_payers (report));
  gtk_box_append (GTK_BOX (box), make_weeks (report));
  gtk_box_append (GTK_BOX (box), make_leads (report));
  gtk_box_append (GTK_BOX (box), make_funnel (report));
  return box;
}
