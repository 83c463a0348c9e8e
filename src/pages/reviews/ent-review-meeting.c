/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The meeting: the agenda with a timer, decisions and actions as they are made, signatures at the end. */

#define DUE_DAYS 14 /* what an action's date starts with */

static gboolean
is_held (EntReviewPage *self)
{
  return g_strcmp0 (self->data->review->status, "held") == 0;
}

/* --- Agenda with timer ---------------------------------------------------------------------------------------------------- */

void
review_page_stop_timer (EntReviewPage *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
}

static void
show_time (EntReviewPage *self)
{
  g_auto (GStrv) sections = ent_review_dup_sections (self->data->review);
  guint n = g_strv_length (sections);
  gint64 seconds = self->timer_id != 0 ? (g_get_monotonic_time () - self->timer_start) / G_TIME_SPAN_SECOND : 0;
  int minutes;
  g_autofree char *time = NULL;
  g_autofree char *where = NULL;

  if (self->timer_label == NULL || n == 0)
    return;
  self->agenda_item = MIN (self->agenda_item, n - 1);
  minutes = ent_review_get_section_minutes (self->data->review, sections[self->agenda_item]);
  time = g_strdup_printf ("\u2066%d:%02d / %d:00\u2069", (int) (seconds / 60), (int) (seconds % 60), minutes);
  where = g_strdup_printf (_("%1$u of %2$u: %3$s"), self->agenda_item + 1, n, sections[self->agenda_item]);
  gtk_label_set_label (GTK_LABEL (self->timer_label), time);
  gtk_label_set_label (GTK_LABEL (self->agenda_label), where);
  if (minutes > 0 && seconds > minutes * 60)
    gtk_widget_add_css_class (self->timer_label, "error");
  else
    gtk_widget_remove_css_class (self->timer_label, "error");
}

static gboolean
tick_cb (gpointer user_data)
{
  show_time (user_data);
  return G_SOURCE_CONTINUE;
}

static void
start_cb (EntReviewPage *self,
          GtkWidget     *button)
{
  gboolean runs = self->timer_id != 0;

  if (runs)
    review_page_stop_timer (self);
  else
    {
      self->timer_start = g_get_monotonic_time ();
      self->timer_id = g_timeout_add_seconds (1, tick_cb, self);
    }
  gtk_button_set_icon_name (GTK_BUTTON (button), runs ? "media-playback-start-symbolic" : "media-playback-stop-symbolic");
  gtk_widget_set_tooltip_text (button, runs ? _("Start the Timer") : _("Stop the Timer"));
  show_time (self);
}

static void
go (EntReviewPage *self,
    int            step)
{
  if (step < 0 && self->agenda_item == 0)
    return;
  self->agenda_item += (guint) step;
  self->timer_start = g_get_monotonic_time ();
  show_time (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (GTK_LABEL (self->agenda_label)),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
next_cb (EntReviewPage *self)
{
  go (self, 1);
}

static void
previous_cb (EntReviewPage *self)
{
  go (self, -1);
}

static GtkWidget *
round_button (const char *icon_name,
              const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "circular");
  return button;
}

static void
add_timer (EntReviewPage *self,
           GtkWidget     *group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *back = round_button ("go-previous-symbolic", _("Back in the Agenda"));
  GtkWidget *next = round_button ("go-next-symbolic", _("Next in the Agenda"));
  GtkWidget *start = round_button (self->timer_id != 0 ? "media-playback-stop-symbolic" : "media-playback-start-symbolic",
                                   self->timer_id != 0 ? _("Stop the Timer") : _("Start the Timer"));

  self->timer_label = gtk_label_new (NULL);
  self->agenda_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->timer_label, "title-3");
  gtk_widget_add_css_class (self->timer_label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->timer_label), 0);
  gtk_label_set_xalign (GTK_LABEL (self->agenda_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->agenda_label), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), self->timer_label);
  gtk_box_append (GTK_BOX (texts), self->agenda_label);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), back);
  gtk_box_append (GTK_BOX (box), start);
  gtk_box_append (GTK_BOX (box), next);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "review-timer");
  g_signal_connect_object (back, "clicked", G_CALLBACK (previous_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (next, "clicked", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (start, "clicked", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), box);
  show_time (self);
}

/* --- Decisions and actions ------------------------------------------------------------------------------------------------ */

static void
decide_cb (EntReviewPage *self,
           GtkWidget     *row)
{
  EntReviewChange *change = review_page_change_new (self, ENT_REVIEW_DECIDE);

  change->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  review_page_do (self, change);
}

static void
act_cb (EntReviewPage *self,
        GtkWidget     *row)
{
  AdwComboRow *owner = g_object_get_data (G_OBJECT (row), "owner");
  GtkEditable *due = g_object_get_data (G_OBJECT (row), "due");
  EntReviewChange *change = review_page_change_new (self, ENT_REVIEW_ACT);
  const EntReadContext context = { .today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self))) };
  guint selected = adw_combo_row_get_selected (owner);
  g_autoptr (GError) error = NULL;

  if (*gtk_editable_get_text (due) != '\0' && !ent_date_read (gtk_editable_get_text (due), &context, &change->due, &error))
    {
      ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("The date cannot be read"), error);
      ent_review_change_free (change);
      return;
    }
  if (selected < self->data->people->len)
    change->person = ent_record_get_key (g_ptr_array_index (self->data->people, selected));
  change->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  review_page_do (self, change);
}

static GtkWidget *
entry_new (GtkWidget  *group,
           const char *title,
           gboolean    applies)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), applies);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
owner_row_new (EntReviewPage *self,
               GtkWidget     *group)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  EntKey owner = ent_record_get_ref (self->data->plan, "owner");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Who does it"));
  for (guint i = 0; i < self->data->people->len; i++)
    gtk_string_list_append (names, ent_record_get_title (g_ptr_array_index (self->data->people, i)));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  for (guint i = 0; i < self->data->people->len; i++)
    if (ent_record_get_key (g_ptr_array_index (self->data->people, i)) == owner)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

void
review_page_add_meeting (EntReviewPage *self)
{
  g_autofree char *due = NULL;
  GtkWidget *group, *decision, *action, *date;

  if (!is_held (self))
    {
      review_page_stop_timer (self);
      return;
    }
  group = review_group_new (self, _("Meeting"), NULL);
  add_timer (self, group);
  group = review_group_new (self, NULL, NULL);
  decision = entry_new (group, _("Decision"), TRUE);
  action = entry_new (group, _("Action"), TRUE);
  g_object_set_data (G_OBJECT (action), "owner", owner_row_new (self, group));
  date = entry_new (group, _("Until"), FALSE);
  due = ent_date_write (ent_context_get_today (ent_page_get_context (ENT_PAGE (self))) + DUE_DAYS);
  gtk_editable_set_text (GTK_EDITABLE (date), due);
  g_object_set_data (G_OBJECT (action), "due", date);
  g_signal_connect_object (decision, "apply", G_CALLBACK (decide_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (action, "apply", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
}

static void
open_task_cb (EntReviewPage *self,
              GtkWidget     *row)
{
  EntKey *key = g_object_get_data (G_OBJECT (row), "key");

  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), *key);
}

static void
add_minute (EntReviewPage         *self,
            GtkWidget             *group,
            const EntReviewMinute *minute)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *due = minute->due != ENT_REVIEW_UNKNOWN ? ent_date_display (minute->due, ENT_DISPLAY_SHORT) : NULL;
  g_autofree char *subtitle = minute->is_decision ? g_strdup (_("Decision"))
                              : g_strdup_printf ("%s%s%s%s%s", _("Action"), *minute->owner != '\0' ? " · " : "", minute->owner,
                                                 due != NULL ? " · " : "", due != NULL ? due : "");
  const char *icon = minute->is_decision ? "object-select-symbolic" : "ent-task-symbolic";

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), minute->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  if (minute->task != 0)
    {
      g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&minute->task, sizeof minute->task), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_signal_connect_object (row, "activated", G_CALLBACK (open_task_cb), self, G_CONNECT_SWAPPED);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
review_page_add_minutes (EntReviewPage *self)
{
  GPtrArray *minutes = self->data->review->minutes;
  GtkWidget *group;

  if (minutes->len == 0)
    return;
  group = review_group_new (self, _("Decisions and Actions"), NULL);
  for (guint i = 0; i < minutes->len; i++)
    add_minute (self, group, g_ptr_array_index (minutes, i));
}

/* --- Sign-off --------------------------------------------------------------------------------------------------------------- */

static void
sign_cb (EntReviewPage *self,
         GtkWidget     *button)
{
  EntKey *key = g_object_get_data (G_OBJECT (button), "key");
  EntReviewChange *change = review_page_change_new (self, ENT_REVIEW_SIGN);

  change->person = *key;
  review_page_do (self, change);
}

static gboolean
has_signed (EntReviewPage *self,
            EntKey         person)
{
  const EntValue *given = ent_record_get_named (self->data->plan, "signed_off_by");

  for (gint64 i = 0; given->kind == ENT_VALUE_KEYS && i < given->integer; i++)
    if (given->keys[i] == person)
      return TRUE;
  return FALSE;
}

static void
add_signer (EntReviewPage *self,
            GtkWidget     *group,
            EntKey         person)
{
  g_autofree char *name = ent_store_dup_title (ent_page_get_store (ENT_PAGE (self)), person);
  gboolean done = has_signed (self, person);
  GtkWidget *row = adw_action_row_new (), *button;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), done ? _("Signed") : is_held (self) ? _("Has not signed yet")
                                                                                         : _("Signs after the meeting"));
  if (!done && is_held (self))
    {
      g_autofree char *who = g_strdup_printf (_("Sign for %s"), name != NULL ? name : "");

      button = gtk_button_new_with_label (_("Sign"));
      gtk_widget_set_tooltip_text (button, who);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "key", g_memdup2 (&person, sizeof person), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (sign_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  else if (done)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
review_page_add_sign_off (EntReviewPage *self)
{
  const EntValue *needed = ent_record_get_named (self->data->plan, "sign_off_by");
  GtkWidget *group = review_group_new (self, _("Sign-Off"), needed->kind == ENT_VALUE_KEYS ? NULL
                                       : _("Nobody is named to sign."));
  GtkWidget *choose = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (choose), "page.signers");
  gtk_widget_set_tooltip_text (choose, _("Choose Who Signs…"));
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choose, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), choose);
  for (gint64 i = 0; needed->kind == ENT_VALUE_KEYS && i < needed->integer; i++)
    add_signer (self, group, needed->keys[i]);
}
