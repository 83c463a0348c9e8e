/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-pill.h"

/* The page of one request: where it stands, what is next, and why it may or may not. */

static void
add_row (GtkWidget  *group,
         const char *title,
         const char *subtitle,
         GtkWidget  *suffix)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), ent_funding_row (title, subtitle, suffix));
}

static GtkWidget *
make_value (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

/* --- Head ------------------------------------------------------------------------------------------------------------------ */

static const char *
state_label (EntRecord  *request,
             const char *state)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (request), "state");
  const EntChoice *choice = ent_field_lookup_choice (field, state);

  return choice != NULL ? ent_choice_get_label (choice) : state;
}

/* The way to payment: done, here, ahead; each with a symbol. */
static GtkWidget *
make_way (EntRecord *request)
{
  GtkWidget *box = adw_wrap_box_new ();
  const char *state = ent_record_get_text (request, "state");
  gboolean is_past = TRUE, on_way = g_strv_contains (ent_fund_way, state != NULL ? state : "");

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  for (guint i = 0; ent_fund_way[i] != NULL; i++)
    {
      gboolean is_here = g_strcmp0 (ent_fund_way[i], state) == 0;
      GtkWidget *pill = ent_pill_new (state_label (request, ent_fund_way[i]),
                                      is_here ? ENT_TONE_ACCENT : is_past && on_way ? ENT_TONE_GOOD : ENT_TONE_MUTED);

      ent_pill_set_icon_name (ENT_PILL (pill), is_here ? "media-record-symbolic"
                                               : is_past && on_way ? "object-select-symbolic" : "");
      is_past &= !is_here;
      adw_wrap_box_append (ADW_WRAP_BOX (box), pill);
    }
  if (!on_way)
    {
      const EntField *field = ent_record_type_lookup (ent_record_get_record_type (request), "state");
      GtkWidget *pill = ent_pill_new (NULL, ENT_TONE_NEUTRAL);

      ent_pill_set_choice (ENT_PILL (pill), state != NULL ? ent_field_lookup_choice (field, state) : NULL);
      adw_wrap_box_prepend (ADW_WRAP_BOX (box), pill);
    }
  return box;
}

static GtkWidget *
make_steps (EntRecord *request)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *state = ent_record_get_text (request, "state");
  const EntFundStep *next = ent_fund_next_step (state);
  g_autoptr (GMenu) menu = g_menu_new ();

  if (next != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_(next->label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.next-step");
      gtk_widget_add_css_class (button, "pill");
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (box), button);
    }
  for (const EntFundStep *step = ent_fund_steps; step->from != NULL; step++)
    if (!step->is_next && g_strcmp0 (step->from, state) == 0)
      {
        g_autofree char *action = g_strdup_printf ("page.step::%s", step->to);

        g_menu_append (menu, _(step->label), action);
      }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    {
      GtkWidget *more = gtk_menu_button_new ();

      gtk_menu_button_set_label (GTK_MENU_BUTTON (more), next != NULL ? _("Other Steps") : _("Steps"));
      gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
      gtk_widget_set_valign (more, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), more);
    }
  return box;
}

static char *
dup_deadline (EntRecord *request,
              gint64     today)
{
  EntFundDueKind kind;
  gint64 due;
  g_autofree char *near = NULL, *date = NULL;

  if (!ent_fund_get_deadline (request, &due, &kind))
    return NULL;
  near = ent_date_display_near (due, today);
  date = ent_date_display (due, ENT_DISPLAY_SHORT);
  if (due < today)
    return g_strdup_printf (kind == ENT_FUND_DUE_CLAIM ? _("The claim was due %s (%s).") : _("It had to be submitted %s (%s)."),
                            near, date);
  return g_strdup_printf (kind == ENT_FUND_DUE_CLAIM ? _("To be claimed %s (%s).") : _("To be submitted %s (%s)."), near, date);
}

static GtkWidget *
make_head (EntFundingPage *self)
{
  const EntFundingDetail *detail = self->detail;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title = gtk_label_new (ent_record_get_title (detail->request));
  g_autofree char *who = g_strdup_printf ("%s · %s", detail->partner != NULL ? detail->partner : _("No partner"),
                                          detail->program != NULL ? ent_record_get_title (detail->program)
                                                                  : _("No program"));
  g_autofree char *due = dup_deadline (detail->request, ent_context_get_today (ent_page_get_context (ENT_PAGE (self))));
  GtkWidget *labels[] = { title, gtk_label_new (who), due != NULL ? gtk_label_new (due) : NULL };

  gtk_widget_add_css_class (title, "title-2");
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i] != NULL)
      {
        gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
        gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
        gtk_box_append (GTK_BOX (box), labels[i]);
      }
  gtk_widget_add_css_class (labels[1], "dimmed");
  gtk_box_append (GTK_BOX (box), make_way (detail->request));
  gtk_box_append (GTK_BOX (box), make_steps (detail->request));
  return box;
}

/* --- Money -------------------------------------------------------------------------------------------------------------------- */

static void
add_share (EntRecord *request,
           GtkWidget *group)
{
  const EntValue *cost = ent_record_get_named (request, "total_cost");
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (request), "match_pct");
  const EntValue *pct = ent_record_get (request, field->index);
  g_autofree char *total = ent_funding_money (cost);
  g_autofree char *share = ent_value_display (field, pct, ENT_DISPLAY_SHORT, NULL, NULL);
  g_autofree char *text = NULL;
  gint64 fund, others;

  if (!ent_value_is_null (cost) && !ent_value_is_null (pct))
    {
      g_autofree char *a = NULL, *b = NULL;

      ent_fund_match (cost->integer, pct->integer, &fund, &others);
      a = ent_money_display (fund, cost->currency, ENT_DISPLAY_FULL);
      b = ent_money_display (others, cost->currency, ENT_DISPLAY_FULL);
      text = g_strdup_printf (_("The fund pays %s at most (%s), others %s"), a, share, b);
    }
  add_row (group, _("Total cost"), text != NULL ? text : _("Fill it in to check the match share."), make_value (total));
}

static void
add_balance (EntFundingPage *self,
             GtkWidget      *group)
{
  GPtrArray *balances = self->detail->balances;

  for (guint i = 0; balances != NULL && i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);
      g_autofree char *title = g_strdup_printf (_("Balance of the partner, %d"), balance->year);

      add_row (group, title, balance->source == ENT_FUND_ALLOCATED_LEVEL ? _("What the level grants is posted with the first approval.")
                                                                         : NULL,
               ent_funding_why (self, ent_why_get_value (balance->why), balance->why));
    }
}

static GtkWidget *
make_money (EntFundingPage *self)
{
  static const struct { const char *field, *title; } amounts[] = {
    { "requested", N_("Requested") }, { "approved", N_("Approved") }, { "claimed", N_("Claimed") }, { "paid", N_("Paid") },
  };
  GtkWidget *group = ent_funding_group (_("Money"), NULL);

  add_share (self->detail->request, group);
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = ent_funding_money (ent_record_get_named (self->detail->request, amounts[i].field));

      add_row (group, _(amounts[i].title), NULL, make_value (text));
    }
  add_balance (self, group);
  return group;
}

/* --- Eligibility ---------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_eligibility (EntFundingPage *self)
{
  GPtrArray *checks = self->detail->checks;
  GtkWidget *group = ent_funding_group (_("Eligibility"), ent_fund_verdict_label (ent_fund_get_verdict (checks)));

  for (guint i = 0; i < checks->len; i++)
    {
      const EntFundCheck *check = g_ptr_array_index (checks, i);
      const char *icon = check->verdict == ENT_FUND_MET       ? "object-select-symbolic"
                         : check->verdict == ENT_FUND_NOT_MET ? "dialog-warning-symbolic"
                                                              : "dialog-question-symbolic";
      g_autofree char *reason = check->mandatory ? g_strdup (check->reason)
                                                 : g_strdup_printf (_("%s (advised, not required)"), check->reason);
      GtkWidget *row = ent_funding_row (check->text, reason,
                                        ent_funding_why (self, ent_why_get_value (check->why), check->why));

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

/* --- Proofs, people, days ------------------------------------------------------------------------------------------------------- */

static void
open_cb (GtkWidget *row,
         gpointer   page)
{
  ent_context_open_record (ent_page_get_context (page), *(EntKey *) g_object_get_data (G_OBJECT (row), "key"));
}

static GtkWidget *
make_proofs (EntFundingPage *self)
{
  const EntFundingDetail *detail = self->detail;
  GtkWidget *group = ent_funding_group (_("Proofs"), _("Proof comes before the claim."));

  for (guint i = 0; i < detail->proofs->len; i++)
    {
      EntRecord *proof = g_ptr_array_index (detail->proofs, i);
      EntKey key = ent_record_get_key (proof);
      GtkWidget *row = ent_funding_row (ent_record_get_title (proof), NULL, gtk_image_new_from_icon_name ("go-next-symbolic"));

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
      g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&key, sizeof key), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  for (guint i = 0; detail->missing != NULL && detail->missing[i] != NULL; i++)
    {
      GtkWidget *row = ent_funding_row (detail->missing[i], _("Needed by the program, not attached yet"), NULL);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("content-loading-symbolic"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static void
add_moment (GtkWidget  *group,
            EntRecord  *request,
            const char *title,
            const char *field,
            const char *who)
{
  gint64 at = ent_record_get_int (request, field, G_MININT64);
  g_autofree char *text = at != G_MININT64 ? ent_datetime_display (at, ENT_DISPLAY_SHORT) : NULL;

  if (text != NULL)
    add_row (group, title, who, make_value (text));
}

static void
add_day (GtkWidget  *group,
         EntRecord  *request,
         const char *title,
         const char *field)
{
  gint64 day = ent_record_get_int (request, field, G_MININT64);
  g_autofree char *text = day != G_MININT64 ? ent_date_display (day, ENT_DISPLAY_SHORT) : NULL;

  if (text != NULL)
    add_row (group, title, NULL, make_value (text));
}

static GtkWidget *
make_course (EntFundingPage *self)
{
  const EntFundingDetail *detail = self->detail;
  g_autofree char *flag = ent_fund_dup_self_approval (detail->request);
  g_autofree char *approval = flag != NULL ? g_strdup_printf ("%s. %s", detail->approver, flag)
                                           : g_strdup (detail->approver);
  const char *outcome = ent_record_get_text (detail->request, "desired_outcome");
  const char *exception = ent_record_get_text (detail->request, "exception");
  GtkWidget *group = ent_funding_group (_("Course"), NULL);

  add_row (group, _("Desired outcome"), outcome != NULL ? outcome : _("Not named yet"), NULL);
  if (detail->campaign != NULL)
    {
      GtkWidget *row = ent_funding_row (_("Campaign"), detail->campaign, NULL);

      ent_funding_row_opens (self, row, ent_record_get_ref (detail->request, "campaign"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  add_day (group, detail->request, _("Activity starts"), "activity_start");
  add_day (group, detail->request, _("Activity ends"), "activity_end");
  add_moment (group, detail->request, _("Submitted"), "submitted_at", detail->requester);
  add_moment (group, detail->request, _("Decided"), "decided_at", approval);
  add_moment (group, detail->request, _("Claimed"), "claimed_at", NULL);
  add_moment (group, detail->request, _("Paid"), "paid_at", NULL);
  add_day (group, detail->request, _("Claim by"), "claim_by");
  add_day (group, detail->request, _("Extended until"), "extended_to");
  if (exception != NULL)
    add_row (group, _("Exception"), exception, NULL);
  return group;
}

GtkWidget *
ent_funding_page_build_request (EntFundingPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), make_money (self));
  if (self->detail->checks != NULL)
    gtk_box_append (GTK_BOX (box), make_eligibility (self));
  gtk_box_append (GTK_BOX (box), make_proofs (self));
  gtk_box_append (GTK_BOX (box), make_course (self));
  return box;
}
