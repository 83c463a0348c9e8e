/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/funding/ent-campaign-calendar.h"
#include "widgets/ent-pill.h"

/* --- The calendar -------------------------------------------------------------------------------------------------------------- */

/* First day of the month or quarter that @day is in, @step further. */
static gint64
start_of (gint64   day,
          gboolean month,
          int      step)
{
  int year, number, months = month ? 1 : 3;

  ent_date_to_ymd (day, &year, &number, NULL);
  number = (number - 1) / months * months + step * months;
  year += number / 12 - (number % 12 < 0 ? 1 : 0);
  number = (number % 12 + 12) % 12;
  return ent_date_from_ymd (year, number + 1, 1);
}

static char *
dup_period (EntFundingPage *self)
{
  int year, month;
  g_autoptr (GDateTime) moment = NULL;

  ent_date_to_ymd (self->calendar_start, &year, &month, NULL);
  if (!self->calendar_month)
    return g_strdup_printf (_("Q%d %d"), (month - 1) / 3 + 1, year);
  moment = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  return g_date_time_format (moment, "%B %Y");
}

static void
shift (EntFundingPage *self,
       int             step)
{
  self->calendar_start = start_of (self->calendar_start, self->calendar_month, step);
  ent_funding_page_fill_campaigns (self);
}

static void
previous_cb (EntFundingPage *self)
{
  shift (self, -1);
}

static void
next_cb (EntFundingPage *self)
{
  shift (self, 1);
}

static void
month_cb (EntFundingPage *self,
          GParamSpec     *pspec,
          GObject        *group)
{
  gboolean month = g_strcmp0 (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (group)), "month") == 0;

  if (month == self->calendar_month)
    return;
  self->calendar_month = month;
  shift (self, 0);
}

static GtkWidget *
make_button (EntFundingPage *self,
             const char     *icon,
             const char     *tooltip,
             GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_switch (EntFundingPage *self)
{
  static const struct { const char *name, *label; } choices[] = { { "month", N_("Month") }, { "quarter", N_("Quarter") } };
  GtkWidget *group = adw_toggle_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, choices[i].name);
      adw_toggle_set_label (toggle, _(choices[i].label));
      adw_toggle_group_add (ADW_TOGGLE_GROUP (group), toggle);
    }
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (group), self->calendar_month ? "month" : "quarter");
  g_signal_connect_object (group, "notify::active-name", G_CALLBACK (month_cb), self, G_CONNECT_SWAPPED);
  return group;
}

static void
activated_cb (EntFundingPage *self,
              gint64          key)
{
  ent_funding_page_open (self, key);
}

static GtkWidget *
make_calendar (EntFundingPage *self)
{
  gint64 today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self))), end;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *label, *calendar, *switcher = make_switch (self);
  g_autofree char *period = NULL;

  if (self->calendar_start == 0)
    self->calendar_start = start_of (today, self->calendar_month, 0);
  end = start_of (self->calendar_start, self->calendar_month, 1) - 1;
  period = dup_period (self);
  label = gtk_label_new (period);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (bar), make_button (self, "go-previous-symbolic", _("Earlier"), G_CALLBACK (previous_cb)));
  gtk_box_append (GTK_BOX (bar), label);
  gtk_box_append (GTK_BOX (bar), make_button (self, "go-next-symbolic", _("Later"), G_CALLBACK (next_cb)));
  gtk_widget_set_hexpand (switcher, TRUE);
  gtk_widget_set_halign (switcher, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (bar), switcher);
  calendar = ent_campaign_calendar_new (self->data->dates, self->calendar_start, end, today);
  g_signal_connect_object (calendar, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_top (calendar, 6);
  gtk_widget_set_margin_bottom (calendar, 12);
  gtk_widget_set_margin_start (calendar, 12);
  gtk_widget_set_margin_end (calendar, 12);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), calendar);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), card);
  return box;
}

/* --- The list ------------------------------------------------------------------------------------------------------------------- */

static char *
describe_campaign (EntFundingPage          *self,
                   const EntCampaignReport *report)
{
  gint64 start = ent_record_get_int (report->campaign, "start", G_MININT64);
  const EntValue *partners = ent_record_get_named (report->campaign, "partners");
  GString *text = g_string_new (NULL);

  if (start != G_MININT64)
    {
      g_autofree char *from = ent_date_display (start, ENT_DISPLAY_SHORT);
      g_autofree char *to = ent_date_display (ent_record_get_int (report->campaign, "end", start), ENT_DISPLAY_SHORT);

      g_string_append_printf (text, "%s – %s", from, to);
    }
  for (gint64 i = 0; partners->kind == ENT_VALUE_KEYS && i < MIN (partners->integer, 2); i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", ent_funding_title (self, partners->keys[i]));
  if (partners->kind == ENT_VALUE_KEYS && partners->integer > 2)
    g_string_append_printf (text, _(" and %" G_GINT64_FORMAT " more"), partners->integer - 2);
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_figures (EntFundingPage          *self,
              const EntCampaignReport *report)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *roi = ent_campaign_report_dup_roi (report);
  g_autofree char *cost = ent_money_display (report->cost, report->currency, ENT_DISPLAY_SHORT);
  g_autofree char *text = g_strdup_printf (report->has_roi ? _("ROI %s") : "%s", roi);

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (report->cost > 0)
    {
      g_autofree char *of_cost = g_strdup_printf (_("Cost %s"), cost);
      GtkWidget *label = ent_funding_why (self, of_cost, report->cost_why);

      g_object_set (label, "xalign", 1.0f, NULL);
      gtk_box_append (GTK_BOX (box), label);
    }
  {
    GtkWidget *label = ent_funding_why (self, text, report->roi_why);

    g_object_set (label, "xalign", 1.0f, NULL);
    gtk_box_append (GTK_BOX (box), label);
  }
  return box;
}

static GtkWidget *
make_row (EntFundingPage          *self,
          const EntCampaignReport *report)
{
  const EntRecordType *type = ent_record_get_record_type (report->campaign);
  const EntField *status = ent_record_type_lookup (type, "status");
  const char *value = ent_record_get_text (report->campaign, "status");
  g_autofree char *subtitle = describe_campaign (self, report);
  GtkWidget *pill = ent_pill_new (NULL, ENT_TONE_NEUTRAL);
  GtkWidget *row = ent_funding_row (ent_record_get_title (report->campaign), subtitle, NULL);
  GtkWidget *figures = make_figures (self, report);

  ent_pill_set_choice (ENT_PILL (pill), value != NULL ? ent_field_lookup_choice (status, value) : NULL);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (figures, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), figures);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), pill);
  ent_funding_row_opens (self, row, ent_record_get_key (report->campaign));
  return row;
}

void
ent_funding_page_fill_campaigns (EntFundingPage *self)
{
  GtkWidget *group = ent_funding_group (_("Campaigns"), _("Newest first; ROI by the complete cost: media, our hours, partners and funds."));
  GtkWidget *button = gtk_button_new_with_label (_("New Campaign…"));

  ent_funding_clear_box (self->campaigns_box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.new-campaign");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  for (guint i = 0; i < self->data->reports->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, g_ptr_array_index (self->data->reports, i)));
  if (self->data->reports->len == 0)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               ent_funding_row (_("No campaigns yet"),
                                                _("A campaign has partners, channels, a budget and weekly results."),
                                                NULL));
  else
    gtk_box_append (self->campaigns_box, make_calendar (self));
  gtk_box_append (self->campaigns_box, group);
}
