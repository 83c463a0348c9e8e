/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/today/ent-today-private.h"

#include <glib/gi18n.h>

#include "model/ent-value.h"
#include "rules/ent-snooze.h"

/* Until when, and why: the reason is kept with the record. */

typedef struct
{
  EntContext     *context;
  EntKey          key;
  AdwAlertDialog *dialog;
  AdwComboRow    *until;
  AdwEntryRow    *reason;
} Dialog;

static void
dialog_free (gpointer data,
             GClosure *closure)
{
  Dialog *self = data;

  g_object_unref (self->context);
  g_free (self);
}

static void
snooze_free (gpointer data)
{
  ent_snooze_free (data);
}

void
ent_today_snooze (EntContext *context,
                  EntKey      key,
                  gint64      until,
                  const char *reason)
{
  EntSnooze *snooze = ent_snooze_new (key, until, ent_context_get_today (context), reason);
  g_autofree char *label = ent_snooze_label (ent_context_get_store (context), snooze);

  ent_context_write (context, label, ent_snooze_write, snooze, snooze_free);
}

/* 1970-01-01 was a Thursday. */
static gint64
next_monday (gint64 today)
{
  return today + 7 - (today + 3) % 7;
}

static gint64
get_until (Dialog *self)
{
  gint64 today = ent_context_get_today (self->context);

  switch (adw_combo_row_get_selected (self->until))
    {
    case 0:
      return today + 1;
    case 1:
      return next_monday (today);
    case 2:
      return today + 14;
    default:
      return today + 30;
    }
}

static void
typed_cb (Dialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  adw_alert_dialog_set_response_enabled (self->dialog, "snooze", *text != '\0');
}

static void
response_cb (Dialog     *self,
             const char *response)
{
  if (g_str_equal (response, "snooze"))
    ent_today_snooze (self->context, self->key, get_until (self), gtk_editable_get_text (GTK_EDITABLE (self->reason)));
}

static GtkWidget *
build_form (Dialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  const char *choices[] = { _("Tomorrow"), _("Next Monday"), _("In Two Weeks"), _("In a Month"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  self->until = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->until), _("Until"));
  adw_combo_row_set_model (self->until, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->until, 1);
  self->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _("Reason"));
  adw_entry_row_set_activates_default (self->reason, TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->reason));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->until));
  return group;
}

void
ent_snooze_dialog_present (GtkWidget  *parent,
                           EntContext *context,
                           EntKey      key,
                           const char *title)
{
  Dialog *self = g_new0 (Dialog, 1);
  g_autofree char *heading = g_strdup_printf (_("Snooze %s"), title);

  self->context = g_object_ref (context);
  self->key = key;
  self->dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, _("It is left out of Today until then. The reason is kept in "
                                                                    "its timeline.")));
  adw_alert_dialog_set_extra_child (self->dialog, build_form (self));
  adw_alert_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "snooze", _("_Snooze"), NULL);
  adw_alert_dialog_set_response_appearance (self->dialog, "snooze", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (self->dialog, "snooze");
  adw_alert_dialog_set_close_response (self->dialog, "cancel");
  adw_alert_dialog_set_response_enabled (self->dialog, "snooze", FALSE);
  g_signal_connect_swapped (self->reason, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (response_cb), self, dialog_free, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self->dialog), parent);
}
