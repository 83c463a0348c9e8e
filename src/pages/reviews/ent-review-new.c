/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-new.h"

#include <glib/gi18n.h>

#include "rules/ent-review.h"
#include "widgets/ent-record-picker.h"

/* Plan a review: partner, template, when. With a review: only when. */

#define DEFAULT_DAYS 21

typedef struct
{
  EntContext *context;
  GtkWidget  *dialog;
  GtkWidget  *partner_row;
  GtkWidget  *template_row;
  GtkWidget  *date_row;
  GtkWidget  *time_row;
  GtkWidget  *zone_row;
  GtkWidget  *error_label;
  GtkWidget  *button;
  GPtrArray  *templates; /* of EntRecord */
  EntKey      partner;
  EntKey      review;    /* 0: a new one */
} NewReview;

static void
new_review_free (gpointer data)
{
  NewReview *self = data;

  g_object_unref (self->context);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_free (self);
}

static void
show_error (NewReview  *self,
            const char *message)
{
  gtk_label_set_label (GTK_LABEL (self->error_label), message);
  gtk_widget_set_visible (self->error_label, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->error_label), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
update_button (NewReview *self)
{
  gtk_widget_set_sensitive (self->button, self->review != 0 ||
                                          (self->partner != 0 && self->templates != NULL && self->templates->len > 0));
}

/* --- When ---------------------------------------------------------------------------------------------------------------- */

static gboolean
read_meeting (NewReview        *self,
              EntReviewChange  *change,
              GError          **error)
{
  const char *zone_name = gtk_editable_get_text (GTK_EDITABLE (self->zone_row));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  const EntReadContext context = { .time_zone = zone, .today = ent_context_get_today (self->context) };
  g_autofree char *text = g_strdup_printf ("%s %s", gtk_editable_get_text (GTK_EDITABLE (self->date_row)),
                                           gtk_editable_get_text (GTK_EDITABLE (self->time_row)));

  change->zone = g_strdup (zone_name);
  if (zone != NULL)
    return ent_datetime_read (text, &context, &change->meeting, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("There is no time zone “%s”; write it like Europe/Berlin."),
               zone_name);
  return FALSE;
}

/* --- Doing it -------------------------------------------------------------------------------------------------------------- */

/* The change outlives the transaction, because the key of the new review is in it. */
typedef struct
{
  GtkWidget       *dialog; /* (owned) */
  EntReviewChange *change;
} Writing;

/* What was refused can be mended where it was typed. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr (GtkWidget) dialog = writing->dialog;
  g_autoptr (EntReviewChange) change = writing->change;
  NewReview *self = g_object_get_data (G_OBJECT (dialog), "new-review");
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) < 0)
    {
      update_button (self);
      show_error (self, error->message);
      return;
    }
  adw_dialog_force_close (ADW_DIALOG (dialog));
  if (change->step == ENT_REVIEW_PLAN)
    ent_context_open_record (ENT_CONTEXT (source), change->review);
}

static void
apply_cb (NewReview *self)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (self->review != 0 ? ENT_REVIEW_RESCHEDULE : ENT_REVIEW_PLAN,
                                                              self->review, g_get_real_time ());
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  Writing *writing;

  if (!read_meeting (self, change, &error))
    {
      show_error (self, error->message);
      return;
    }
  if (change->meeting <= change->now)
    {
      show_error (self, _("The meeting would be in the past; choose a later time."));
      return;
    }
  change->partner = self->partner;
  if (self->review == 0)
    change->template = ent_record_get_key (g_ptr_array_index (self->templates,
                                                              adw_combo_row_get_selected (ADW_COMBO_ROW (self->template_row))));
  title = g_strdup (self->review != 0 ? _("the review") : adw_action_row_get_subtitle (ADW_ACTION_ROW (self->partner_row)));
  label = ent_review_change_dup_label (change, title);
  writing = g_new (Writing, 1);
  writing->dialog = g_object_ref (self->dialog);
  writing->change = g_steal_pointer (&change);
  gtk_widget_set_sensitive (self->button, FALSE);
  ent_context_write_async (self->context, label, FALSE, ent_review_change_apply, writing->change, NULL, NULL, written_cb,
                           writing);
}

/* --- Building -------------------------------------------------------------------------------------------------------------- */

static void
picked_cb (NewReview *self,
           gint64     key)
{
  g_autofree char *title = ent_store_dup_title (ent_context_get_store (self->context), key);

  self->partner = key;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->partner_row), title != NULL ? title : _("Choose…"));
  update_button (self);
}

static void
pick_cb (GtkWidget *row)
{
  GtkWidget *picker = g_object_get_data (G_OBJECT (row), "picker");

  ent_record_picker_start (ENT_RECORD_PICKER (picker));
  gtk_popover_popup (GTK_POPOVER (picker));
}

static void
add_partner_row (NewReview *self,
                 GtkWidget *group)
{
  GtkWidget *picker = ent_record_picker_new (self->context, "organization");
  GtkWidget *icon = gtk_image_new_from_icon_name ("pan-down-symbolic");

  ent_record_picker_set_filter (ENT_RECORD_PICKER (picker), "roles has partner");
  self->partner_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->partner_row), _("Partner"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->partner_row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->partner_row), _("Choose…"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->partner_row), icon);
  gtk_widget_set_parent (picker, icon);
  g_object_set_data (G_OBJECT (self->partner_row), "picker", picker);
  g_signal_connect_swapped (icon, "destroy", G_CALLBACK (gtk_widget_unparent), picker);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->partner_row), TRUE);
  g_signal_connect (self->partner_row, "activated", G_CALLBACK (pick_cb), NULL);
  g_signal_connect_swapped (picker, "picked", G_CALLBACK (picked_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->partner_row);
}

static gpointer
templates_job (EntStore      *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return ent_review_load_templates (store, error);
}

static void
templates_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GtkWidget) dialog = user_data;
  NewReview *self = g_object_get_data (G_OBJECT (dialog), "new-review");
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *templates = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (templates == NULL)
    {
      show_error (self, error->message);
      return;
    }
  self->templates = templates;
  for (guint i = 0; i < templates->len; i++)
    gtk_string_list_append (names, ent_record_get_title (g_ptr_array_index (templates, i)));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->template_row), G_LIST_MODEL (names));
  if (templates->len == 0)
    show_error (self, _("The program has no review template; add one to the program definitions."));
  update_button (self);
}

static GtkWidget *
add_entry (GtkWidget  *group,
           const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_when (NewReview *self,
          GtkWidget *group)
{
  gint64 day = ent_context_get_today (self->context) + DEFAULT_DAYS;
  int weekday = (int) ((day + 3) % 7); /* 0 is Monday */
  g_autofree char *date = ent_date_write (weekday >= 5 ? day + 7 - weekday : day);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  self->date_row = add_entry (group, _("Date of the meeting"), date);
  self->time_row = add_entry (group, _("Time"), "10:00");
  self->zone_row = add_entry (group, _("Time zone"), g_time_zone_get_identifier (zone));
}

static GtkWidget *
build_content (NewReview *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (self->review == 0)
    {
      add_partner_row (self, group);
      self->template_row = adw_combo_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->template_row), _("Template"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->template_row);
    }
  add_when (self, group);
  self->error_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->error_label), 0);
  gtk_widget_add_css_class (self->error_label, "error");
  gtk_widget_set_visible (self->error_label, FALSE);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->error_label);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  return box;
}

static GtkWidget *
build_header (NewReview *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->button = gtk_button_new_with_mnemonic (self->review != 0 ? _("_Move") : _("_Plan"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->button);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (adw_dialog_close), self->dialog);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (apply_cb), self);
  return header;
}

void
ent_review_new_present (EntContext *context,
                        GtkWidget  *parent,
                        EntKey      review)
{
  NewReview *self = g_new0 (NewReview, 1);
  GtkWidget *view = adw_toolbar_view_new ();

  self->context = g_object_ref (context);
  self->review = review;
  self->dialog = GTK_WIDGET (adw_dialog_new ());
  g_object_set_data_full (G_OBJECT (self->dialog), "new-review", self, new_review_free);
  adw_dialog_set_title (ADW_DIALOG (self->dialog), review != 0 ? _("Move the Meeting") : _("Plan a Review"));
  adw_dialog_set_content_width (ADW_DIALOG (self->dialog), 420);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), build_header (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), build_content (self));
  adw_dialog_set_child (ADW_DIALOG (self->dialog), view);
  adw_dialog_set_default_widget (ADW_DIALOG (self->dialog), self->button);
  adw_dialog_set_focus (ADW_DIALOG (self->dialog), review == 0 ? self->partner_row : self->date_row);
  update_button (self);
  if (review == 0)
    ent_store_run_async (ent_context_get_store (context), templates_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                         templates_cb, g_object_ref (self->dialog));
  adw_dialog_present (ADW_DIALOG (self->dialog), parent);
}
