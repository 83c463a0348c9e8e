/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due reaches the desktop once, is taken back when done, and its buttons work, also after the workspace was closed. */

#include "config.h"

#include "app/shell-fixture.h"

#include "app/ent-alarm.h"
#include "app/ent-notifier.h"
#include "rules/ent-snooze.h"
#include "support/workspace.h"

#define MONDAY  ent_date_from_ymd (2026, 11, 30)
#define MORNING (MONDAY * 24 * 60 + 9 * 60)

typedef struct
{
  EntStore    *store;
  EntContext  *context;
  GSettings   *settings;
  EntNotifier *notifier;
  GPtrArray   *told;      /* of char *: ids */
  GPtrArray   *withdrawn;
} Fixture;

static void
told_cb (GPtrArray     *list,
         const char    *id,
         GNotification *notification)
{
  g_assert_true (G_IS_NOTIFICATION (notification));
  g_ptr_array_add (list, g_strdup (id));
}

static void
withdrawn_cb (GPtrArray  *list,
              const char *id)
{
  g_ptr_array_add (list, g_strdup (id));
}

static void
start (Fixture *self)
{
  self->notifier = ent_notifier_new (self->settings);
  ent_notifier_set_now (self->notifier, MORNING);
  g_signal_connect_swapped (self->notifier, "told", G_CALLBACK (told_cb), self->told);
  g_signal_connect_swapped (self->notifier, "withdrawn", G_CALLBACK (withdrawn_cb), self->withdrawn);
  ent_notifier_watch (self->notifier, self->context);
}

static void
stop (Fixture *self)
{
  wait_until (G_OBJECT (self->notifier)->ref_count == 1);
  g_assert_finalize_object (g_steal_pointer (&self->notifier));
}

/* Looks and waits until that look is over. */
static void
look (Fixture *self)
{
  ent_notifier_look (self->notifier);
  wait_until (G_OBJECT (self->notifier)->ref_count == 1);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  self->settings = g_settings_new (APP_ID);
  self->context = ent_context_new (self->settings);
  self->told = g_ptr_array_new_with_free_func (g_free);
  self->withdrawn = g_ptr_array_new_with_free_func (g_free);
  ent_context_set_store (self->context, self->store);
  start (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  stop (self);
  wait_until (G_OBJECT (self->context)->ref_count == 1);
  ent_context_set_store (self->context, NULL);
  g_assert_finalize_object (self->context);
  g_settings_reset (self->settings, "notifications");
  g_object_unref (self->settings);
  g_ptr_array_unref (self->told);
  g_ptr_array_unref (self->withdrawn);
  test_workspace_free (self->store);
}

static void
test_tells_once (Fixture       *self,
                 gconstpointer  data)
{
  EntKey task = test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-30", NULL);

  test_workspace_add (self->store, "task", "title=Later", "due=2026-12-02", NULL);
  look (self);
  g_assert_cmpuint (self->told->len, ==, 1);
  look (self);
  g_assert_cmpuint (self->told->len, ==, 1);
  /* A restart repeats nothing. */
  stop (self);
  start (self);
  look (self);
  g_assert_cmpuint (self->told->len, ==, 1);
  g_assert_cmpuint (self->withdrawn->len, ==, 0);
  /* Done: taken back, without being asked to look. */
  test_workspace_set (self->store, task, "status=done", NULL);
  wait_until (self->withdrawn->len == 1);
  g_assert_cmpstr (g_ptr_array_index (self->withdrawn, 0), ==, g_ptr_array_index (self->told, 0));
}

static void
test_many (Fixture       *self,
           gconstpointer  data)
{
  for (int i = 0; i < 5; i++)
    test_workspace_add (self->store, "task", "title=One", "due=2026-11-29", NULL);
  look (self);
  g_assert_cmpuint (self->told->len, ==, 1);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (self->told, 0), "-summary"));
}

/* Quiet hours hold it; turning them off tells at once. */
static void
test_quiet (Fixture       *self,
            gconstpointer  data)
{
  test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-30", NULL);
  ent_notifier_set_now (self->notifier, MORNING - 3 * 60);
  look (self);
  g_assert_cmpuint (self->told->len, ==, 0);
  g_settings_set_boolean (self->settings, "quiet-hours", FALSE);
  wait_until (self->told->len == 1);
  g_settings_reset (self->settings, "quiet-hours");
}

static void
test_off (Fixture       *self,
          gconstpointer  data)
{
  g_settings_set_boolean (self->settings, "notifications", FALSE);
  test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-30", NULL);
  look (self);
  g_assert_cmpuint (self->told->len, ==, 0);
  g_settings_set_boolean (self->settings, "notifications", TRUE);
  wait_until (self->told->len == 1);
}

/* --- The alarm ---------------------------------------------------------------------------------------------------- */

static gboolean
rang_cb (gpointer rang)
{
  *(gboolean *) rang = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_alarm (void)
{
  gboolean rang = FALSE, never = FALSE;
  guint far_off = ent_alarm_add (g_get_real_time () / G_USEC_PER_SEC + 3600, rang_cb, &never);

  /* A moment that passed, as after sleep: it is told on waking up. */
  ent_alarm_add (g_get_real_time () / G_USEC_PER_SEC - 60, rang_cb, &rang);
  wait_until (rang);
  g_assert_false (never);
  g_source_remove (far_off);
}

/* --- What its buttons do ---------------------------------------------------------------------------------------------- */

static void
activate (Shell      *shell,
          const char *name,
          EntKey      key)
{
  g_action_group_activate_action (G_ACTION_GROUP (shell->application), name, g_variant_new ("(sx)", shell->path, key));
}

static gboolean
is_done (EntStore *store,
         EntKey    key)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);

  return g_strcmp0 (ent_record_get_text (record, "status"), "done") == 0;
}

static gint64
count_snoozes (EntStore *store)
{
  g_autoptr (GHashTable) snoozed = ent_snooze_load (store, ent_date_today (), NULL, NULL);

  return g_hash_table_size (snoozed);
}

static void
test_buttons (Shell         *shell,
              gconstpointer  data)
{
  EntStore *store;
  EntKey task, other;

  open_workspace (shell);
  store = ent_context_get_store (shell->context);
  task = test_workspace_add (store, "task", "title=Answer", NULL);
  other = test_workspace_add (store, "task", "title=Ask", NULL);
  activate (shell, "finish-due", task);
  wait_until (is_done (store, task));
  g_assert_false (is_done (store, other));
  activate (shell, "snooze-due", other);
  wait_until (count_snoozes (store) == 1);
  activate (shell, "open-due", other);
  g_assert_cmpint (TEST_PAGE (ent_window_get_visible_page (shell->window))->key, ==, other);
}

static EntWindow *
other_window (Shell *shell)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (shell->application)); l != NULL; l = l->next)
    if (l->data != shell->window && ENT_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
test_closed (Shell         *shell,
             gconstpointer  data)
{
  EntWindow *other;
  EntKey task;

  open_workspace (shell);
  task = test_workspace_add (ent_context_get_store (shell->context), "task", "title=Answer", NULL);
  ent_window_close_workspace (shell->window);
  activate (shell, "open-due", task);
  other = other_window (shell);
  g_assert_nonnull (other);
  wait_until (ent_window_get_visible_page (other) != NULL && TEST_PAGE (ent_window_get_visible_page (other))->key == task);
  gtk_window_close (GTK_WINDOW (other));
  wait_until (other_window (shell) == NULL);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  ADD ("/notifier/tells-once-and-withdraws", test_tells_once);
  ADD ("/notifier/many-are-one", test_many);
  ADD ("/notifier/quiet-hours-hold", test_quiet);
  ADD ("/notifier/off", test_off);
  g_test_add_func ("/alarm/rings-late-rather-than-never", test_alarm);
  g_test_add ("/notification/buttons", Shell, NULL, shell_set_up, test_buttons, shell_tear_down);
  g_test_add ("/notification/opens-a-closed-workspace", Shell, NULL, shell_set_up, test_closed, shell_tear_down);
  return g_test_run ();
}
