/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-onboard-dialogs.h"

#include <glib/gi18n.h>

/* The longest a plan can be stretched: ten years. */
#define MOST_DAYS 3650

typedef struct
{
  AdwSpinRow    *day;
  AdwSwitchRow  *along;
  gint64         start;
  EntMovedFunc   func;
  gpointer       user_data;
  GDestroyNotify destroy;
} Move;

static void
show_date (Move *move)
{
  g_autofree char *date = ent_date_display (move->start + (gint64) adw_spin_row_get_value (move->day), ENT_DISPLAY_FULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (move->day), date);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Move *move = user_data;

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "move"))
    move->func (move->user_data, move->start + (gint64) adw_spin_row_get_value (move->day),
                !adw_switch_row_get_active (move->along));
  if (move->destroy != NULL)
    move->destroy (move->user_data);
  g_free (move);
}

void
ent_move_dialog_present (GtkWidget           *parent,
                         const EntOnboardRun *run,
                         guint                index,
                         EntMovedFunc         func,
                         gpointer             user_data,
                         GDestroyNotify       destroy)
{
  const EntOnboardItem *item = ent_onboard_run_get (run, index);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Move Item"), item->title));
  GtkWidget *list = gtk_list_box_new ();
  Move *move = g_new0 (Move, 1);

  move->day = ADW_SPIN_ROW (adw_spin_row_new_with_range (0, MOST_DAYS, 1));
  move->along = ADW_SWITCH_ROW (adw_switch_row_new ());
  move->start = run->start;
  move->func = func;
  move->user_data = user_data;
  move->destroy = destroy;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (move->day), _("Day of the plan"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (move->along), _("Move what depends on it"));
  adw_switch_row_set_active (move->along, TRUE);
  adw_spin_row_set_value (move->day, item->due != ENT_ONBOARD_NO_DATE ? (double) (item->due - run->start) : run->day);
  g_signal_connect_swapped (move->day, "notify::value", G_CALLBACK (show_date), move);
  show_date (move);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (move->day));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (move->along));
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "move", _("_Move"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "move", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "move");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, parent, NULL, chosen_cb, move);
}
