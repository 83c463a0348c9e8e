/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-reminder.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "model/ent-value.h"

#define HOUR 60
#define DAY  (24 * HOUR)
/* So many are told one by one; more in one summary, of which so many are named. */
#define ONE_BY_ONE 3
#define NAMED      3

/* --- Quiet hours --------------------------------------------------------------------------------------------------- */

gint64
ent_reminder_minute (GDateTime *local)
{
  gint64 day = ent_date_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                                  g_date_time_get_day_of_month (local));

  return day * DAY + g_date_time_get_hour (local) * HOUR + g_date_time_get_minute (local);
}

gboolean
ent_reminder_is_quiet (const EntReminderTimes *self,
                       gint64                  now)
{
  gint64 day = now / DAY, minute = now % DAY;

  if (!self->quiet_hours)
    return FALSE;
  /* 1970-01-01 was a Thursday. */
  if (self->quiet_weekend && (day + 3) % 7 >= 5)
    return TRUE;
  if (self->from <= self->to)
    return minute >= self->from && minute < self->to;
  return minute >= self->from || minute < self->to;
}

/* Full hours, and the minute quiet hours end at: nothing else can end them but midnight, which is a full hour. */
gint64
ent_reminder_next_look (const EntReminderTimes *self,
                        gint64                  now)
{
  gint64 next = now;

  for (int i = 0; i < 4 * 2 * 24; i++)
    {
      gint64 hour = (next / HOUR + 1) * HOUR;
      gint64 end = next / DAY * DAY + self->to;

      next = self->quiet_hours && end > next && end < hour ? end : hour;
      if (!ent_reminder_is_quiet (self, next))
        break;
    }
  return next;
}

/* --- What was told -------------------------------------------------------------------------------------------------- */

static guint
reminder_hash (gconstpointer data)
{
  const EntReminder *self = data;

  return g_int64_hash (&self->key) * 31 + self->kind;
}

static gboolean
reminder_equal (gconstpointer a,
                gconstpointer b)
{
  const EntReminder *one = a, *two = b;

  return one->key == two->key && one->kind == two->kind;
}

GHashTable *
ent_reminders_read (const char *text)
{
  GHashTable *self = g_hash_table_new_full (reminder_hash, reminder_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      EntReminder one = { 0 };
      int kind, overdue, in_summary, gone;

      if (sscanf (*line, "%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT " %d %d %d %" G_GINT64_FORMAT, &one.key, &kind, &one.due,
                  &overdue, &in_summary, &gone, &one.at) != 7 || kind < 0 || kind > ENT_DUE_AGREEMENT_NOTICE)
        continue;
      one.kind = (EntDueKind) kind;
      one.overdue = overdue != 0;
      one.in_summary = in_summary != 0;
      one.gone = gone != 0;
      g_hash_table_add (self, g_memdup2 (&one, sizeof one));
    }
  return self;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const EntReminder *one = a, *two = b;

  if (one->key != two->key)
    return one->key < two->key ? -1 : 1;
  return (int) one->kind - (int) two->kind;
}

char *
ent_reminders_write (GHashTable *self)
{
  g_autoptr (GPtrArray) all = g_hash_table_get_keys_as_ptr_array (self);
  GString *text = g_string_new (NULL);

  g_ptr_array_sort_values (all, compare);
  for (guint i = 0; i < all->len; i++)
    {
      const EntReminder *one = g_ptr_array_index (all, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT " %d %d %d %" G_GINT64_FORMAT "\n", one->key,
                              (int) one->kind, one->due, one->overdue, one->in_summary, one->gone, one->at);
    }
  return g_string_free (text, FALSE);
}

static EntReminder *
lookup (GHashTable   *self,
        const EntDue *due)
{
  const EntReminder wanted = { .key = due->key, .kind = due->kind };

  return g_hash_table_lookup (self, &wanted);
}

const EntReminder *
ent_reminders_lookup (GHashTable   *self,
                      const EntDue *due)
{
  return lookup (self, due);
}

/* --- What is to tell ------------------------------------------------------------------------------------------------- */

void
ent_reminder_plan_free (EntReminderPlan *self)
{
  g_ptr_array_unref (self->tell);
  g_ptr_array_unref (self->withdraw);
  g_free (self);
}

char *
ent_reminder_dup_name (EntKey     key,
                       EntDueKind kind)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%s", key, ent_due_kind_name (kind));
}

static gboolean
was_told (GHashTable   *told,
          const EntDue *due,
          gint64        now)
{
  const EntReminder *before = lookup (told, due);

  if (before == NULL)
    return FALSE;
  return before->at / DAY == now / DAY || (before->due == due->due && before->overdue >= (due->group == ENT_DUE_OVERDUE));
}

/* What is not due any more, done, snoozed or moved, is withdrawn, and forgotten when the day is over. */
static void
drop_gone (EntReminderPlan *plan,
           GHashTable      *told,
           GPtrArray       *due,
           gint64           now)
{
  g_autoptr (GHashTable) present = g_hash_table_new (reminder_hash, reminder_equal);
  guint n_in_summary = 0, n_left = 0;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < due->len; i++)
    {
      const EntDue *one = g_ptr_array_index (due, i);
      EntReminder *before = one->group <= ENT_DUE_TODAY ? lookup (told, one) : NULL;

      if (before == NULL)
        continue;
      plan->changed |= before->gone;
      before->gone = FALSE;
      g_hash_table_add (present, before);
    }
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      EntReminder *before = value;
      gboolean is_present = g_hash_table_contains (present, before);

      n_in_summary += before->in_summary && !before->gone;
      n_left += before->in_summary && is_present;
      if (is_present)
        continue;
      if (!before->gone)
        {
          g_ptr_array_add (plan->withdraw, ent_reminder_dup_name (before->key, before->kind));
          before->gone = plan->changed = TRUE;
        }
      if (before->at / DAY < now / DAY)
        {
          g_hash_table_iter_remove (&iter);
          plan->changed = TRUE;
        }
    }
  plan->withdraw_summary = n_in_summary > 0 && n_left == 0;
}

static void
note (EntReminderPlan *plan,
      GHashTable      *told,
      gint64           now)
{
  for (guint i = 0; i < plan->tell->len; i++)
    {
      const EntDue *due = g_ptr_array_index (plan->tell, i);
      EntReminder *one = g_new0 (EntReminder, 1);

      one->key = due->key;
      one->kind = due->kind;
      one->due = due->due;
      one->overdue = due->group == ENT_DUE_OVERDUE;
      one->in_summary = plan->summary;
      one->at = now;
      g_hash_table_replace (told, one, one);
    }
  plan->changed |= plan->tell->len > 0;
  plan->withdraw_summary &= !plan->summary || plan->tell->len == 0;
}

EntReminderPlan *
ent_reminder_plan_new (GHashTable             *told,
                       GPtrArray              *due,
                       const EntReminderTimes *times,
                       gint64                  now)
{
  EntReminderPlan *self = g_new0 (EntReminderPlan, 1);

  self->tell = g_ptr_array_new ();
  self->withdraw = g_ptr_array_new_with_free_func (g_free);
  drop_gone (self, told, due, now);
  if (!times->enabled || ent_reminder_is_quiet (times, now))
    return self;
  for (guint i = 0; i < due->len; i++)
    {
      EntDue *one = g_ptr_array_index (due, i);

      if (one->group <= ENT_DUE_TODAY && !was_told (told, one, now))
        g_ptr_array_add (self->tell, one);
    }
  self->summary = self->tell->len > ONE_BY_ONE;
  note (self, told, now);
  return self;
}

/* --- In words ---------------------------------------------------------------------------------------------------------- */

char *
ent_reminder_plan_dup_title (const EntReminderPlan *self)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing is due", "%u things are due", self->tell->len), self->tell->len);
}

char *
ent_reminder_plan_dup_body (const EntReminderPlan *self)
{
  GString *text = g_string_new (NULL);
  guint rest = self->tell->len > NAMED ? self->tell->len - NAMED : 0;

  for (guint i = 0; i < self->tell->len && i < NAMED; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", ((EntDue *) g_ptr_array_index (self->tell, i))->title);
  if (rest > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", rest), rest);
    }
  return g_string_free (text, FALSE);
}

char *
ent_reminder_describe (const EntReminder *self,
                       gint64             today)
{
  g_autofree char *time = ent_time_display ((int) (self->at % DAY));
  g_autofree char *day = self->at / DAY != today ? ent_date_display (self->at / DAY, ENT_DISPLAY_SHORT) : NULL;

  /* Translators: a time of day; a date and a time of day. */
  return day == NULL ? g_strdup_printf (_("Reminded at %s"), time) : g_strdup_printf (_("Reminded %s, %s"), day, time);
}
