/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/funding/ent-funding-dialog.h"
#include "pages/partners/ent-new-record-dialog.h"
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

static void
part_activated_cb (GtkWidget      *row,
                   EntFundingPage *self)
{
  ent_funding_show_part (self, g_object_get_data (G_OBJECT (row), "field"), g_object_get_data (G_OBJECT (row), "part"));
}

/* The part lives as long as the report, which the row does not outlive. */
static void
opens_lines (EntFundingPage        *self,
             GtkWidget             *row,
             const char            *field,
             const EntCampaignPart *part)
{
  g_object_set_data (G_OBJECT (row), "field", (gpointer) field);
  g_object_set_data (G_OBJECT (row), "part", (gpointer) part);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (part_activated_cb), self, 0);
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
      GtkWidget *row;
      gint64 roi;

      value = ent_campaign_part_get_roi (part, &roi)
                ? g_strdup_printf (_("%s · ROI %s%" G_GINT64_FORMAT " %%"), cost, roi < 0 ? "−" : "", ABS (roi / 10000))
                : g_strdup (cost);
      why = explain_channel (report, part, value);
      row = ent_funding_row (part->label, subtitle, ent_funding_why (self, value, why));
      opens_lines (self, row, "channel", part);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static GtkWidget *
make_payers (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  GtkWidget *group = ent_funding_group (_("Budget by Source"), NULL);

  for (guint i = 0; i < report->payers->len; i++)
    {
      const EntCampaignPart *part = g_ptr_array_index (report->payers, i);
      g_autofree char *planned = ent_money_display (part->planned, report->currency, ENT_DISPLAY_FULL);
      g_autofree char *spent = ent_money_display (part->spent, report->currency, ENT_DISPLAY_FULL);
      g_autofree char *subtitle = g_strdup_printf (_("Planned %s"), planned);
      GtkWidget *label = gtk_label_new (spent), *row = ent_funding_row (part->label, subtitle, label);

      gtk_widget_add_css_class (label, "numeric");
      opens_lines (self, row, "paid_by", part);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

/* --- Milestones ------------------------------------------------------------------------------------------------------------------- */

static void
milestone_free (gpointer data)
{
  g_free ((char *) ((EntMilestone *) data)->title);
  g_free (data);
}

static gboolean
milestone_cb (EntTransaction  *transaction,
              gpointer         milestone,
              GError         **error)
{
  return ent_campaign_add_milestone (transaction, milestone, NULL, error);
}

static void
milestone_confirmed_cb (EntFundingDialog *dialog,
                        EntRecord        *record,
                        gpointer          user_data)
{
  EntFundingPage *self = user_data;
  EntMilestone *milestone = g_new0 (EntMilestone, 1);
  g_autofree char *label = NULL;

  milestone->campaign = self->open_key;
  milestone->title = g_strdup (ent_record_get_text (record, "title"));
  milestone->due = ent_record_get_int (record, "due", G_MININT64);
  label = g_strdup_printf (_("Add milestone %s"), milestone->title != NULL ? milestone->title : "");
  ent_context_write_async (ent_page_get_context (ENT_PAGE (self)), label, FALSE, milestone_cb, milestone, milestone_free, NULL,
                           ent_funding_dialog_written_cb, g_object_ref (dialog));
}

static void
add_milestone_cb (EntFundingPage *self)
{
  static const char * const fields[] = { "title", "due", NULL };
  EntStore *store = ent_page_get_store (ENT_PAGE (self));

  ent_funding_dialog_present (GTK_WIDGET (self), ent_page_get_context (ENT_PAGE (self)), _("New Milestone"), _("Add"), NULL,
                              ent_record_new (ent_store_get_record_type (store, "plan_item")), fields, milestone_confirmed_cb,
                              g_object_ref (self), g_object_unref);
}

static void
plan_activated_cb (GtkWidget      *row,
                   EntFundingPage *self)
{
  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), *(EntKey *) g_object_get_data (G_OBJECT (row), "plan"));
}

static GtkWidget *
make_milestone (EntFundingPage        *self,
                const EntCampaignDate *date)
{
  gint64 today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));
  g_autofree char *when = ent_date_display_near (date->start, today), *day = ent_date_display (date->start, ENT_DISPLAY_FULL);
  GtkWidget *pill = ent_pill_new (date->is_done ? _("Done") : when,
                                  date->is_done ? ENT_TONE_GOOD : date->start < today ? ENT_TONE_BAD : ENT_TONE_NEUTRAL);
  GtkWidget *row = ent_funding_row (date->title, day, pill);

  if (date->plan == 0)
    return row;
  g_object_set_data_full (G_OBJECT (row), "plan", g_memdup2 (&date->plan, sizeof date->plan), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (plan_activated_cb), self, 0);
  return row;
}

static GtkWidget *
make_milestones (EntFundingPage *self)
{
  GtkWidget *group = ent_funding_group (_("Milestones"), NULL), *add = gtk_button_new_with_label (_("Add Milestone…"));
  guint n = 0;

  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_milestone_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  for (guint i = 0; i < self->detail->dates->len; i++)
    {
      const EntCampaignDate *date = g_ptr_array_index (self->detail->dates, i);

      if (!date->is_milestone || date->key != self->detail->key)
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_milestone (self, date));
      n++;
    }
  if (n == 0)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               ent_funding_row (_("No milestones yet"), _("What has to be there by which day."), NULL));
  return group;
}

GtkWidget *
ent_funding_page_build_campaign (EntFundingPage *self)
{
  const EntCampaignReport *report = self->detail->report;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), make_head (self));
  if (report->problems->len > 0)
    gtk_box_append (GTK_BOX (box), make_problems (report));
  gtk_box_append (GTK_BOX (box), make_milestones (self));
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
  gtk_box_append (GTK_BOX (box), make_payers (self));
  gtk_box_append (GTK_BOX (box), ent_funding_weeks_chart (self));
  gtk_box_append (GTK_BOX (box), ent_funding_leads_chart (self));
  gtk_box_append (GTK_BOX (box), ent_funding_funnel_chart (self));
  return box;
}
