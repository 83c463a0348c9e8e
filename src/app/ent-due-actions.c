/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-due-actions.h"

#include <glib/gi18n.h>

#include "pages/today/ent-today-actions.h"

typedef void (*Act) (EntWindow *window,
                     EntKey     key);

static void
open_due (EntWindow *window,
          EntKey     key)
{
  gtk_window_present (GTK_WINDOW (window));
  ent_context_open_record (ent_window_get_context (window), key);
}

static void
show_due (EntWindow *window,
          EntKey     key)
{
  gtk_window_present (GTK_WINDOW (window));
  ent_context_navigate (ent_window_get_context (window), "today", NULL);
}

static void
finish_due (EntWindow *window,
            EntKey     key)
{
  EntContext *context = ent_window_get_context (window);
  g_autofree char *title = ent_store_dup_title (ent_context_get_store (context), key);

  if (title != NULL)
    ent_today_finish (context, key, title);
}

static void
snooze_due (EntWindow *window,
            EntKey     key)
{
  EntContext *context = ent_window_get_context (window);

  ent_today_snooze (context, key, ent_context_get_today (context) + 1, _("Snoozed from its notification"));
}

static const struct
{
  const char *name;
  Act         act;
} actions[] = {
  { "open-due", open_due },
  { "finish-due", finish_due },
  { "snooze-due", snooze_due },
  { "show-due", show_due },
};

/* --- In the window of the workspace ---------------------------------------------------------------------------------- */

static EntWindow *
find_window (GtkApplication *application,
             const char     *path)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (ENT_IS_WINDOW (l->data) && g_strcmp0 (ent_window_get_path (l->data), path) == 0 &&
        ent_context_get_store (ent_window_get_context (l->data)) != NULL)
      return l->data;
  return NULL;
}

typedef struct
{
  EntWindow *window; /* (unowned): the handler is its context's */
  char      *path;
  Act        act;
  EntKey     key;
} Wanted;

static void
wanted_free (gpointer data)
{
  g_free (((Wanted *) data)->path);
  g_free (data);
}

static void
wanted_closed (gpointer  data,
               GClosure *closure)
{
  wanted_free (data);
}

static gboolean
opened_idle_cb (gpointer user_data)
{
  const Wanted *wanted = user_data;

  if (ent_context_get_store (ent_window_get_context (wanted->window)) != NULL &&
      g_strcmp0 (ent_window_get_path (wanted->window), wanted->path) == 0)
    wanted->act (wanted->window, wanted->key);
  g_object_unref (wanted->window);
  return G_SOURCE_REMOVE;
}

/* Once, and after the window has restored its pages. When the workspace could not be opened, another may come instead. */
static void
opened_cb (EntContext *context,
           GParamSpec *pspec,
           Wanted     *wanted)
{
  Wanted *later;

  if (ent_context_get_store (context) == NULL)
    return;
  later = g_memdup2 (wanted, sizeof *wanted);
  g_object_ref (later->window);
  later->path = g_strdup (wanted->path);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, opened_idle_cb, later, wanted_free);
  g_signal_handlers_disconnect_by_func (context, opened_cb, wanted);
}

static void
open_first (EntApplication *application,
            const char     *path,
            Act             act,
            EntKey          key)
{
  EntWindow *window = ent_application_create_window (application);
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->window = window;
  wanted->path = g_strdup (path);
  wanted->act = act;
  wanted->key = key;
  g_signal_connect_data (ent_window_get_context (window), "notify::store", G_CALLBACK (opened_cb), wanted, wanted_closed, 0);
  ent_window_open (window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  gtk_window_present (GTK_WINDOW (window));
}

static void
action_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *name = g_action_get_name (G_ACTION (action)), *path;
  EntWindow *window;
  EntKey key;

  g_variant_get (parameter, "(&sx)", &path, &key);
  window = find_window (user_data, path);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i].name) && window != NULL)
      actions[i].act (window, key);
    else if (g_str_equal (name, actions[i].name))
      open_first (user_data, path, actions[i].act, key);
}

void
ent_due_actions_add (EntApplication *application)
{
  g_autoptr (GVariantType) type = g_variant_type_new ("(sx)");

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (actions[i].name, type);

      g_signal_connect_object (action, "activate", G_CALLBACK (action_cb), application, 0);
      g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
    }
}
