/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-sync-runner-private.h"

#include <glib/gi18n.h>

#include "model/ent-value.h"

/* What EntSyncRunner tells, in figures and in words. */

#define MINUTE (60 * G_TIME_SPAN_SECOND)

/* --- Figures ------------------------------------------------------------------------------------------------------------------- */

EntStore *
ent_sync_runner_get_store (EntSyncRunner *self)
{
  return self->store;
}

gboolean
ent_sync_runner_is_known (EntSyncRunner *self)
{
  return self->is_known;
}

EntSyncState
ent_sync_runner_get_state (EntSyncRunner *self)
{
  g_return_val_if_fail (ENT_IS_SYNC_RUNNER (self), ENT_SYNC_NO_REMOTE);

  if (self->is_pretended)
    return self->pretended;
  if (self->remote == NULL)
    return ENT_SYNC_NO_REMOTE;
  if (self->is_shown)
    return ENT_SYNC_RUNNING;
  if (self->is_paused || (self->error != NULL && !_ent_sync_runner_is_passing (self->error)))
    return ENT_SYNC_STOPPED;
  return self->error != NULL ? ENT_SYNC_OFFLINE : ENT_SYNC_IN_STEP;
}

EntSyncSaving
ent_sync_runner_get_saving (EntSyncRunner *self)
{
  return self->saving;
}

gboolean
ent_sync_runner_is_running (EntSyncRunner *self)
{
  return self->turn != NULL && self->kind == ENT_SYNC_TURN_RUN;
}

const EntSyncRemote *
ent_sync_runner_get_remote (EntSyncRunner *self)
{
  return self->remote;
}

const GError *
ent_sync_runner_get_error (EntSyncRunner *self)
{
  return self->error;
}

EntSyncCounts
ent_sync_runner_get_counts (EntSyncRunner *self)
{
  return self->counts;
}

EntSyncReport
ent_sync_runner_get_report (EntSyncRunner *self)
{
  return self->report;
}

gint64
ent_sync_runner_get_last_run (EntSyncRunner *self)
{
  return self->last_run;
}

void
ent_sync_runner_set_pauses (EntSyncRunner *self,
                            guint          edit,
                            guint          retry,
                            guint          heartbeat)
{
  self->edit_pause = edit != 0 ? edit : self->edit_pause;
  self->retry_pause = retry != 0 ? retry : self->retry_pause;
  self->heartbeat = heartbeat != 0 ? heartbeat : self->heartbeat;
}

void
ent_sync_runner_set_saving (EntSyncRunner *self,
                            EntSyncSaving  saving)
{
  self->is_saving_told = TRUE;
  _ent_sync_runner_set_saving (self, saving);
}

void
ent_sync_runner_pretend (EntSyncRunner *self,
                         EntSyncState   state,
                         gint64         last_run)
{
  self->is_pretended = self->is_known = TRUE;
  self->pretended = state;
  self->last_run = last_run;
  g_signal_emit_by_name (self, "changed");
}

/* --- A sentence ------------------------------------------------------------------------------------------------------------- */

/* "14 edits waiting"; NULL: none. */
static char *
describe_waiting (EntSyncRunner *self)
{
  guint n = ent_sync_runner_get_counts (self).n_untold;

  return n == 0 ? NULL : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u edit waiting", "%u edits waiting", n), n);
}

/* "Offline, 14 edits waiting" */
static char *
with_waiting (EntSyncRunner *self,
              const char    *state)
{
  g_autofree char *waiting = describe_waiting (self);

  /* Translators: a state and what waits: "Offline, 14 edits waiting". */
  return waiting != NULL ? g_strdup_printf (_("%s, %s"), state, waiting) : g_strdup (state);
}

static char *
describe_in_step (EntSyncRunner *self)
{
  gint64 last = ent_sync_runner_get_last_run (self), ago = g_get_real_time () - last;
  g_autofree char *when = NULL;
  guint n;

  if (last == 0)
    return g_strdup (_("Not in step yet"));
  if (ago < MINUTE)
    return g_strdup (_("In step, just now"));
  n = (guint) MIN (ago / MINUTE, G_MAXUINT);
  if (n < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "In step, %u minute ago", "In step, %u minutes ago", n), n);
  if (n < 24 * 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "In step, %u hour ago", "In step, %u hours ago", n / 60), n / 60);
  when = ent_datetime_display (last, ENT_DISPLAY_SHORT);
  /* Translators: %s is a day and a time. */
  return g_strdup_printf (_("In step, %s"), when);
}

/* Edits that wait although nothing is wrong. */
static char *
describe_calm (EntSyncRunner *self)
{
  if (ent_sync_runner_get_counts (self).n_untold == 0)
    return describe_in_step (self);
  switch (ent_sync_runner_get_saving (self))
    {
    case ENT_SYNC_SAVING_DATA:
      return with_waiting (self, _("Paused on a metered network"));
    case ENT_SYNC_SAVING_POWER:
      return with_waiting (self, _("Paused to save power"));
    case ENT_SYNC_SAVING_NOTHING:
    default:
      return describe_waiting (self);
    }
}

static gboolean
is_unreachable (const GError *error)
{
  return error == NULL || g_error_matches (error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_OFFLINE) ||
         g_error_matches (error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_TIMEOUT);
}

char *
ent_sync_runner_dup_sentence (EntSyncRunner *self)
{
  const GError *error = ent_sync_runner_get_error (self);

  switch (ent_sync_runner_get_state (self))
    {
    case ENT_SYNC_IN_STEP:
      return describe_calm (self);
    case ENT_SYNC_RUNNING:
      return g_strdup (_("Bringing the workspace in step"));
    case ENT_SYNC_OFFLINE:
      return is_unreachable (error) ? with_waiting (self, _("Offline")) : g_strdup (error->message);
    case ENT_SYNC_STOPPED:
      return error != NULL ? g_strdup (error->message) : with_waiting (self, _("Stopped"));
    case ENT_SYNC_NO_REMOTE:
    default:
      return g_strdup (_("Not shared with a team"));
    }
}

/* --- Short ------------------------------------------------------------------------------------------------------------------ */

static char *
with_number (EntSyncRunner *self,
             const char    *state)
{
  guint n = ent_sync_runner_get_counts (self).n_untold;

  return n > 0 ? g_strdup_printf ("%s · %u", state, n) : g_strdup (state);
}

static char *
shorten_in_step (EntSyncRunner *self)
{
  gint64 last = ent_sync_runner_get_last_run (self);
  gint64 minutes = (g_get_real_time () - last) / MINUTE;

  if (last == 0)
    return with_number (self, _("Not in step"));
  if (ent_sync_runner_get_counts (self).n_untold > 0)
    return describe_waiting (self);
  if (minutes < 1)
    return g_strdup (_("In step"));
  if (minutes < 60)
    /* Translators: how long ago, in minutes, as short as can be. */
    return g_strdup_printf (_("In step %d m"), (int) minutes);
  if (minutes < 24 * 60)
    /* Translators: how long ago, in hours, as short as can be. */
    return g_strdup_printf (_("In step %d h"), (int) (minutes / 60));
  /* Translators: how long ago, in days, as short as can be. */
  return g_strdup_printf (_("In step %d d"), (int) MIN (minutes / (24 * 60), G_MAXINT));
}

char *
ent_sync_runner_dup_short (EntSyncRunner *self)
{
  switch (ent_sync_runner_get_state (self))
    {
    case ENT_SYNC_IN_STEP:
      return shorten_in_step (self);
    case ENT_SYNC_RUNNING:
      return g_strdup (_("Syncing"));
    case ENT_SYNC_OFFLINE:
      return with_number (self, _("Offline"));
    case ENT_SYNC_STOPPED:
      return with_number (self, _("Stopped"));
    case ENT_SYNC_NO_REMOTE:
    default:
      return g_strdup (_("Sync"));
    }
}
