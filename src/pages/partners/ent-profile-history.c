/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-history.h"

#include <glib/gi18n.h>

#include "widgets/ent-history-list.h"
#include "widgets/ent-record-form.h"

/* The slider is dragged over many days; the facts are loaded when it rests. */
#define REST_MILLISECONDS 120

struct _EntProfileHistory
{
  GtkWidget parent_instance;

  EntContext   *context;
  EntKey        key;
  gint64        day; /* that is looked at */
  guint         rest_id;
  guint         generation;
  GCancellable *cancellable;

  GtkBox        *box;
  AdwBin        *list_bin;
  GtkWidget     *past_box;
  AdwActionRow  *day_row;
  GtkCalendar   *calendar;
  GtkScale      *scale;
  GtkAdjustment *adjustment;
  AdwBin        *form_bin;
  GtkWidget     *form;
};

enum { SIGNAL_PAST, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntProfileHistory, ent_profile_history, GTK_TYPE_WIDGET)

static gint64
today (EntProfileHistory *self)
{
  return ent_context_get_today (self->context);
}

/* --- Loading the past -------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntProfileHistory *history; /* (owned): main thread only */
  EntKey             key;
  gint64             at;
  gint64             day;
  guint              generation;
} Wish;

static void
wish_release (gpointer data)
{
  g_atomic_rc_box_release (data);
}

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Wish *wish = data;

  return ent_store_get_at (store, wish->key, wish->at, error);
}

static void
show_past (EntProfileHistory *self,
           EntRecord         *past,
           gint64             day)
{
  ent_record_form_set_past (ENT_RECORD_FORM (self->form), past);
  gtk_widget_set_visible (self->form, past != NULL);
  g_signal_emit (self, signals[SIGNAL_PAST], 0, past, day);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wish *wish = user_data;
  g_autoptr (EntProfileHistory) self = wish->history;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntRecord) past = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->context != NULL && wish->generation == self->generation &&
      ent_context_get_store (self->context) == ENT_STORE (source))
    {
      if (past != NULL)
        show_past (self, past, wish->day);
      else if (g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
        {
          show_past (self, NULL, wish->day);
          adw_action_row_set_subtitle (self->day_row, _("The record did not exist on that day"));
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        ent_context_error (self->context, _("The past could not be loaded"), error);
    }
  wish_release (wish);
}

/* The end of a day, in the local time zone. */
static gint64
end_of_day (gint64 day)
{
  g_autoptr (GDateTime) next = NULL;
  int year, month, day_of_month;

  ent_date_to_ymd (day + 1, &year, &month, &day_of_month);
  next = g_date_time_new_local (year, month, day_of_month, 0, 0, 0);
  return next != NULL ? g_date_time_to_unix_usec (next) - 1 : (day + 1) * G_TIME_SPAN_DAY - 1;
}

static void
load (EntProfileHistory *self)
{
  Wish *wish;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
  if (self->day >= today (self))
    {
      show_past (self, NULL, self->day);
      return;
    }
  self->cancellable = g_cancellable_new ();
  wish = g_atomic_rc_box_new0 (Wish);
  wish->history = g_object_ref (self);
  wish->key = self->key;
  wish->day = self->day;
  wish->at = end_of_day (self->day);
  wish->generation = self->generation;
  ent_store_run_async (ent_context_get_store (self->context), load_job, g_atomic_rc_box_acquire (wish), wish_release,
                       g_object_unref, self->cancellable, loaded_cb, wish);
}

static gboolean
rested_cb (gpointer user_data)
{
  EntProfileHistory *self = user_data;

  self->rest_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

/* --- Choosing a day ------------------------------------------------------------------------------------------------------- */

static void
show_day (EntProfileHistory *self)
{
  g_autofree char *text = self->day >= today (self) ? g_strdup (_("Today")) : ent_date_display (self->day, ENT_DISPLAY_FULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->day * 24 * 60 * 60);

  adw_action_row_set_subtitle (self->day_row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  if (date != NULL)
    gtk_calendar_select_day (self->calendar, date);
}

void
ent_profile_history_set_day (EntProfileHistory *self,
                             gint64             day)
{
  g_return_if_fail (ENT_IS_PROFILE_HISTORY (self));

  day = MIN (day, today (self));
  if (day == self->day)
    return;
  self->day = day;
  gtk_adjustment_set_value (self->adjustment, (double) day);
  show_day (self);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add (REST_MILLISECONDS, rested_cb, self);
}

static void
value_changed_cb (EntProfileHistory *self)
{
  if (self->context != NULL)
    ent_profile_history_set_day (self, (gint64) gtk_adjustment_get_value (self->adjustment));
}

static void
day_selected_cb (EntProfileHistory *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);

  if (self->context != NULL)
    ent_profile_history_set_day (self, ent_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                                                          g_date_time_get_day_of_month (date)));
}

static void
show_past_cb (EntProfileHistory *self,
              gint64             at)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local_usec (at);

  if (date != NULL)
    ent_profile_history_set_day (self, ent_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                                                          g_date_time_get_day_of_month (date)));
}

/* --- The widget ------------------------------------------------------------------------------------------------------------- */

static void
ent_profile_history_dispose (GObject *object)
{
  EntProfileHistory *self = ENT_PROFILE_HISTORY (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PROFILE_HISTORY);
  G_OBJECT_CLASS (ent_profile_history_parent_class)->dispose (object);
}

static void
ent_profile_history_class_init (EntProfileHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_profile_history_dispose;
  signals[SIGNAL_PAST] = g_signal_new ("past", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, ENT_TYPE_RECORD, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-profile-history.ui");
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, box);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, list_bin);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, past_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, day_row);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, calendar);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, scale);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, adjustment);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHistory, form_bin);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
}

static void
ent_profile_history_init (EntProfileHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ent_profile_history_new (EntContext *context,
                         EntKey      key)
{
  EntProfileHistory *self = g_object_new (ENT_TYPE_PROFILE_HISTORY, NULL);
  GtkWidget *list = ent_history_list_new (context, key);
  gint64 now = ent_context_get_today (context);

  self->key = key;
  self->day = now;
  gtk_adjustment_configure (self->adjustment, (double) now, (double) now - 1, (double) now, 1, 30, 0);
  self->context = g_object_ref (context);
  g_signal_connect_object (list, "show-past", G_CALLBACK (show_past_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->list_bin, list);
  self->form = ent_record_form_new (context);
  ent_record_form_set_key (ENT_RECORD_FORM (self->form), key);
  gtk_widget_set_visible (self->form, FALSE);
  adw_bin_set_child (self->form_bin, self->form);
  show_day (self);
  return GTK_WIDGET (self);
}

void
ent_profile_history_set_first (EntProfileHistory *self,
                               gint64             day)
{
  g_return_if_fail (ENT_IS_PROFILE_HISTORY (self));
  gtk_adjustment_set_lower (self->adjustment, (double) MIN (day, today (self) - 1));
}

void
ent_profile_history_set_narrow (EntProfileHistory *self,
                                gboolean           narrow)
{
  g_return_if_fail (ENT_IS_PROFILE_HISTORY (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), narrow ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->past_box, narrow ? -1 : 380, -1);
  gtk_box_reorder_child_after (self->box, GTK_WIDGET (narrow ? GTK_WIDGET (self->list_bin) : self->past_box),
                               narrow ? self->past_box : GTK_WIDGET (self->list_bin));
}
