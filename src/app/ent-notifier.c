/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-notifier.h"

#include <glib/gi18n.h>

#include "app/ent-alarm.h"

/* The first look waits until the first page is there; looks after changes keep this pace, since an import commits often. */
#define FIRST_SECONDS 3
#define PACE_SECONDS  1

struct _EntNotifier
{
  GObject    parent_instance;

  GSettings *settings;
  GPtrArray *contexts;    /* of EntContext, weak */
  GHashTable *outstanding; /* set of EntStore (unowned): something that was told may have to be withdrawn */
  gint64     now;         /* 0: by the clock */
  guint      alarm_id;
  guint      soon_id;
  guint      running;     /* looks on their way */
  gboolean   again;       /* and one more after them */
  gboolean   tell_again;
};

G_DEFINE_FINAL_TYPE (EntNotifier, ent_notifier, G_TYPE_OBJECT)

static guint signal_told, signal_withdrawn;

void
ent_notifier_read_times (GSettings        *settings,
                         EntReminderTimes *times)
{
  times->enabled = g_settings_get_boolean (settings, "notifications");
  times->quiet_hours = g_settings_get_boolean (settings, "quiet-hours");
  times->from = g_settings_get_int (settings, "quiet-from");
  times->to = g_settings_get_int (settings, "quiet-to");
  times->quiet_weekend = g_settings_get_boolean (settings, "quiet-weekend");
}

static gint64
get_now (EntNotifier *self)
{
  g_autoptr (GDateTime) local = g_date_time_new_now_local ();

  return self->now != 0 ? self->now : ent_reminder_minute (local);
}

/* --- One look, on a worker thread ------------------------------------------------------------------------------------- */

typedef struct
{
  EntReminderTimes times;
  gint64           now;
} Look;

typedef struct
{
  GPtrArray       *due;
  EntReminderPlan *plan;
  gboolean         outstanding;
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_pointer (&self->plan, ent_reminder_plan_free);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_outstanding (GHashTable *told)
{
  GHashTableIter iter;
  gpointer one;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &one, NULL))
    if (!((EntReminder *) one)->gone)
      return TRUE;
  return FALSE;
}

static gpointer
look_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Look *look = data;
  g_autofree char *text = ent_store_dup_setting (store, ENT_SETTING_REMINDERS), *kept = NULL;
  g_autoptr (GHashTable) told = ent_reminders_read (text);
  Found *found = g_new0 (Found, 1);

  found->due = ent_due_list (store, look->now / (24 * 60), cancellable, error);
  if (found->due == NULL)
    {
      found_free (found);
      return NULL;
    }
  found->plan = ent_reminder_plan_new (told, found->due, &look->times, look->now);
  found->outstanding = is_outstanding (told);
  kept = ent_reminders_write (told);
  /* What can't be kept is not told either, lest it be told each hour. */
  if (found->plan->changed && !ent_store_set_setting (store, ENT_SETTING_REMINDERS, kept, error))
    g_clear_pointer (&found, found_free);
  return found;
}

/* --- Telling ------------------------------------------------------------------------------------------------------------ */

static char *
make_id (EntStore   *store,
         const char *name)
{
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_store_get_id (store), id);
  return g_strdup_printf ("due-%s-%s", id, name);
}

static void
tell_one (EntNotifier  *self,
          EntStore     *store,
          const EntDue *due)
{
  g_autoptr (GNotification) notification = g_notification_new (due->title);
  g_autofree char *name = ent_reminder_dup_name (due->key, due->kind), *id = make_id (store, name);
  const char *path = ent_store_get_path (store);

  g_notification_set_body (notification, due->reason);
  g_notification_set_default_action_and_target (notification, "app.open-due", "(sx)", path, due->open);
  if (due->kind == ENT_DUE_TASK)
    g_notification_add_button_with_target (notification, _("Done"), "app.finish-due", "(sx)", path, due->key);
  g_notification_add_button_with_target (notification, _("Snooze Until Tomorrow"), "app.snooze-due", "(sx)", path, due->key);
  g_signal_emit (self, signal_told, 0, id, notification);
}

static void
tell_summary (EntNotifier           *self,
              EntStore              *store,
              const EntReminderPlan *plan)
{
  g_autofree char *title = ent_reminder_plan_dup_title (plan), *body = ent_reminder_plan_dup_body (plan);
  g_autofree char *id = make_id (store, "summary");
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-due", "(sx)", ent_store_get_path (store), (EntKey) 0);
  g_signal_emit (self, signal_told, 0, id, notification);
}

static void
withdraw (EntNotifier *self,
          EntStore    *store,
          const char  *name)
{
  g_autofree char *id = make_id (store, name);

  g_signal_emit (self, signal_withdrawn, 0, id);
}

static void
take_found (EntNotifier *self,
            EntStore    *store,
            Found       *found)
{
  const EntReminderPlan *plan = found->plan;

  for (guint i = 0; i < plan->withdraw->len; i++)
    withdraw (self, store, g_ptr_array_index (plan->withdraw, i));
  if (plan->withdraw_summary)
    withdraw (self, store, "summary");
  if (plan->summary)
    tell_summary (self, store, plan);
  for (guint i = 0; !plan->summary && i < plan->tell->len; i++)
    tell_one (self, store, g_ptr_array_index (plan->tell, i));
  if (found->outstanding)
    g_hash_table_add (self->outstanding, store);
  else
    g_hash_table_remove (self->outstanding, store);
}

/* --- When to look --------------------------------------------------------------------------------------------------------- */

static gboolean
is_open (EntNotifier *self,
         EntStore    *store)
{
  for (guint i = 0; i < self->contexts->len; i++)
    if (ent_context_get_store (g_ptr_array_index (self->contexts, i)) == store)
      return TRUE;
  return FALSE;
}

static void look (EntNotifier *self,
                  gboolean     tell);

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntNotifier) self = user_data;
  g_autoptr (GError) error = NULL;
  Found *found = ent_store_run_finish (ENT_STORE (source), result, &error);

  self->running--;
  if (found == NULL)
    g_info ("What is due could not be told: %s", error != NULL ? error->message : "");
  else if (is_open (self, ENT_STORE (source)))
    take_found (self, ENT_STORE (source), found);
  g_clear_pointer (&found, found_free);
  if (self->running == 0 && self->again)
    {
      self->again = FALSE;
      look (self, self->tell_again);
    }
}

/* @tell FALSE: only takes back what is done. Two looks at once would tell the same twice. */
static void
look (EntNotifier *self,
      gboolean     tell)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Look what = { .now = get_now (self) };

  if (self->running > 0)
    {
      self->tell_again = tell || (self->again && self->tell_again);
      self->again = TRUE;
      return;
    }
  ent_notifier_read_times (self->settings, &what.times);
  what.times.enabled &= tell;
  for (guint i = 0; i < self->contexts->len; i++)
    {
      EntStore *store = ent_context_get_store (g_ptr_array_index (self->contexts, i));

      if (store == NULL || ent_store_is_read_only (store) || !g_hash_table_add (seen, store))
        continue;
      self->running++;
      ent_store_run_async (store, look_job, g_memdup2 (&what, sizeof what), g_free, found_free, NULL, looked_cb,
                           g_object_ref (self));
    }
}

static gboolean
alarm_cb (gpointer user_data)
{
  EntNotifier *self = user_data;

  self->alarm_id = 0;
  ent_notifier_look (self);
  return G_SOURCE_REMOVE;
}

static void
set_alarm (EntNotifier *self)
{
  EntReminderTimes times;
  gint64 now = get_now (self), minutes, at;

  g_clear_handle_id (&self->alarm_id, g_source_remove);
  ent_notifier_read_times (self->settings, &times);
  if (!times.enabled || self->contexts->len == 0)
    return;
  minutes = ent_reminder_next_look (&times, now) - now;
  at = g_get_real_time () / G_USEC_PER_SEC;
  self->alarm_id = ent_alarm_add (at - at % 60 + minutes * 60, alarm_cb, self);
}

void
ent_notifier_look (EntNotifier *self)
{
  g_return_if_fail (ENT_IS_NOTIFIER (self));

  look (self, TRUE);
  set_alarm (self);
}

static gboolean
soon_cb (gpointer user_data)
{
  EntNotifier *self = user_data;

  self->soon_id = 0;
  ent_notifier_look (self);
  return G_SOURCE_REMOVE;
}

static gboolean
tidy_cb (gpointer user_data)
{
  EntNotifier *self = user_data;

  self->soon_id = 0;
  look (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
store_cb (EntNotifier *self)
{
  GHashTableIter iter;
  gpointer store;

  g_hash_table_iter_init (&iter, self->outstanding);
  while (g_hash_table_iter_next (&iter, &store, NULL))
    if (!is_open (self, store))
      g_hash_table_iter_remove (&iter);
  g_clear_handle_id (&self->soon_id, g_source_remove);
  self->soon_id = g_timeout_add_seconds_full (G_PRIORITY_LOW, FIRST_SECONDS, soon_cb, self, NULL);
}

static void
changed_cb (EntContext  *context,
            EntChanges  *changes,
            EntNotifier *self)
{
  if (self->soon_id == 0 && g_hash_table_contains (self->outstanding, ent_context_get_store (context)))
    self->soon_id = g_timeout_add_seconds_full (G_PRIORITY_LOW, PACE_SECONDS, tidy_cb, self, NULL);
}

static void
context_gone_cb (gpointer  user_data,
                 GObject  *context)
{
  EntNotifier *self = user_data;

  g_ptr_array_remove_fast (self->contexts, context);
  if (self->contexts->len == 0)
    g_clear_handle_id (&self->alarm_id, g_source_remove);
}

/* --- Class ------------------------------------------------------------------------------------------------------------------ */

static void
ent_notifier_dispose (GObject *object)
{
  EntNotifier *self = ENT_NOTIFIER (object);

  for (guint i = 0; i < self->contexts->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->contexts, i), context_gone_cb, self);
  g_ptr_array_set_size (self->contexts, 0);
  g_clear_handle_id (&self->alarm_id, g_source_remove);
  g_clear_handle_id (&self->soon_id, g_source_remove);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ent_notifier_parent_class)->dispose (object);
}

static void
ent_notifier_finalize (GObject *object)
{
  EntNotifier *self = ENT_NOTIFIER (object);

  g_ptr_array_unref (self->contexts);
  g_hash_table_unref (self->outstanding);

  G_OBJECT_CLASS (ent_notifier_parent_class)->finalize (object);
}

static void
ent_notifier_class_init (EntNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ent_notifier_dispose;
  object_class->finalize = ent_notifier_finalize;
  signal_told = g_signal_new ("told", ENT_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                              G_TYPE_NOTIFICATION);
  signal_withdrawn = g_signal_new ("withdrawn", ENT_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
}

static void
ent_notifier_init (EntNotifier *self)
{
  self->contexts = g_ptr_array_new ();
  self->outstanding = g_hash_table_new (NULL, NULL);
}

static void
settings_changed_cb (EntNotifier *self,
                     const char  *key)
{
  if (g_str_equal (key, "notifications") || g_str_has_prefix (key, "quiet-"))
    ent_notifier_look (self);
}

EntNotifier *
ent_notifier_new (GSettings *settings)
{
  EntNotifier *self = g_object_new (ENT_TYPE_NOTIFIER, NULL);

  g_set_object (&self->settings, settings);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
ent_notifier_watch (EntNotifier *self,
                    EntContext  *context)
{
  g_return_if_fail (ENT_IS_NOTIFIER (self));
  g_return_if_fail (ENT_IS_CONTEXT (context));

  g_ptr_array_add (self->contexts, context);
  g_object_weak_ref (G_OBJECT (context), context_gone_cb, self);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, 0);
}

void
ent_notifier_set_now (EntNotifier *self,
                      gint64       now)
{
  g_return_if_fail (ENT_IS_NOTIFIER (self));
  self->now = now;
}
