/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-level-approve.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "pages/partners/ent-level-data.h"

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) approvals = ent_store_run_finish (ENT_STORE (source), result, &error);
  g_autofree char *label = NULL;

  if (ent_context_get_store (context) != ENT_STORE (source))
    return;
  if (approvals == NULL)
    {
      ent_context_error (context, _("The level was not changed"), error);
      return;
    }
  if (approvals->len == 0)
    return;
  label = approvals->len == 1 ? g_strdup (ent_level_approval_get_label (g_ptr_array_index (approvals, 0)))
          : g_strdup_printf (g_dngettext (NULL, "Change %u level", "Change %u levels", approvals->len), approvals->len);
  ent_context_write (context, label, ent_level_approvals_write, g_ptr_array_ref (approvals),
                     (GDestroyNotify) g_ptr_array_unref);
}

static void
prepare (EntContext   *context,
         EntLevelWish *wish)
{
  wish->today = ent_context_get_today (context);
  ent_store_run_async (ent_context_get_store (context), ent_level_approvals_job, wish,
                       (GDestroyNotify) ent_level_wish_free, (GDestroyNotify) g_ptr_array_unref, NULL, prepared_cb,
                       g_object_ref (context));
}

void
ent_level_approve (EntContext   *context,
                   const EntKey *partners,
                   gsize         n_partners)
{
  EntLevelWish *wish = g_new0 (EntLevelWish, 1);

  wish->partners = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_array_append_vals (wish->partners, partners, (guint) n_partners);
  prepare (context, wish);
}

/* --- Another level --------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntContext  *context;
  EntKey       partner;
  GArray      *keys; /* of EntKey, in the order of the row */
  AdwComboRow *levels;
  GtkEditable *reason;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *self = data;

  g_object_unref (self->context);
  g_array_unref (self->keys);
  g_free (self);
}

static void
chosen_cb (Choice *self)
{
  EntLevelWish *wish = g_new0 (EntLevelWish, 1);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));

  wish->partner = self->partner;
  wish->to = g_array_index (self->keys, EntKey, adw_combo_row_get_selected (self->levels));
  wish->reason = *reason != '\0' ? g_steal_pointer (&reason) : NULL;
  prepare (self->context, wish);
}

static GtkWidget *
choice_list_new (Choice    *self,
                 GPtrArray *levels,
                 EntKey     current)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < levels->len; i++)
    {
      const EntLevelChoice *level = g_ptr_array_index (levels, i);

      if (level->key == current)
        continue;
      gtk_string_list_append (names, level->title);
      g_array_append_val (self->keys, level->key);
    }
  self->levels = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->levels), _("Level"));
  adw_combo_row_set_model (self->levels, G_LIST_MODEL (names));
  self->reason = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _("Reason"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->levels));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->reason));
  return list;
}

void
ent_level_choose (GtkWidget  *parent,
                  EntContext *context,
                  EntKey      partner,
                  const char *title,
                  GPtrArray  *levels,
                  EntKey      current)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Another Level"), NULL);
  Choice *self = g_new0 (Choice, 1);

  self->context = g_object_ref (context);
  self->partner = partner;
  self->keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  /* Translators: %s is a partner. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _("What the rules say of %s is kept with the decision."), title);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), choice_list_new (self, levels, current));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "approve", _("_Approve"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "approve", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "approve", self->keys->len > 0);
  g_signal_connect_data (dialog, "response::approve", G_CALLBACK (chosen_cb), self, choice_free, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, parent);
}
