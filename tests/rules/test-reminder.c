/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is told what and when: pure, the time is a parameter. */

#include "config.h"

#include <locale.h>

#include "model/ent-value.h"
#include "rules/ent-reminder.h"

#define HOUR 60
#define DAY  (24 * HOUR)

static const EntReminderTimes usual = { TRUE, TRUE, 18 * HOUR, 8 * HOUR, TRUE };
static const EntReminderTimes always = { TRUE, FALSE, 0, 0, FALSE };

/* Monday, November 30, 2026. */
static gint64
at (int days,
    int hour,
    int minute)
{
  return (ent_date_from_ymd (2026, 11, 30) + days) * DAY + hour * HOUR + minute;
}

static void
add (GPtrArray  *list,
     EntKey      key,
     EntDueKind  kind,
     int         days, /* from the Monday */
     int         today)
{
  EntDue *due = g_new0 (EntDue, 1);

  due->key = due->open = key;
  due->kind = kind;
  due->due = ent_date_from_ymd (2026, 11, 30) + days;
  due->group = days < today ? ENT_DUE_OVERDUE : days == today ? ENT_DUE_TODAY : ENT_DUE_WEEK;
  due->title = g_strdup_printf ("Thing %" G_GINT64_FORMAT, key);
  due->reason = g_strdup ("");
  g_ptr_array_add (list, due);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ent_due_free);
}

/* --- Quiet hours -------------------------------------------------------------------------------------------------- */

static void
test_quiet (void)
{
  static const struct { int day, hour, minute; gboolean quiet; } cases[] = {
    { 0, 7, 59, TRUE }, { 0, 8, 0, FALSE }, { 0, 17, 59, FALSE }, { 0, 18, 0, TRUE }, { 0, 23, 59, TRUE }, { 1, 0, 0, TRUE },
    { 5, 12, 0, TRUE }, { 6, 12, 0, TRUE }, { 7, 7, 0, TRUE }, { 7, 9, 0, FALSE },
  };
  EntReminderTimes midday = usual;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ent_reminder_is_quiet (&usual, at (cases[i].day, cases[i].hour, cases[i].minute)), ==, cases[i].quiet);
  midday.from = 12 * HOUR;
  midday.to = 13 * HOUR;
  midday.quiet_weekend = FALSE;
  g_assert_false (ent_reminder_is_quiet (&midday, at (5, 11, 59)));
  g_assert_true (ent_reminder_is_quiet (&midday, at (5, 12, 0)));
  g_assert_false (ent_reminder_is_quiet (&midday, at (5, 13, 0)));
  /* From and until the same: no hour is quiet. */
  midday.to = 12 * HOUR;
  g_assert_false (ent_reminder_is_quiet (&midday, at (0, 12, 0)));
  g_assert_false (ent_reminder_is_quiet (&always, at (5, 3, 0)));
}

static void
test_next_look (void)
{
  EntReminderTimes half = usual;

  g_assert_cmpint (ent_reminder_next_look (&usual, at (0, 9, 0)), ==, at (0, 10, 0));
  g_assert_cmpint (ent_reminder_next_look (&usual, at (0, 9, 59)), ==, at (0, 10, 0));
  g_assert_cmpint (ent_reminder_next_look (&always, at (0, 23, 15)), ==, at (1, 0, 0));
  /* In quiet hours nothing is looked at: Friday evening waits for Monday. */
  g_assert_cmpint (ent_reminder_next_look (&usual, at (0, 17, 30)), ==, at (1, 8, 0));
  g_assert_cmpint (ent_reminder_next_look (&usual, at (4, 20, 0)), ==, at (7, 8, 0));
  half.to = 8 * HOUR + 30;
  g_assert_cmpint (ent_reminder_next_look (&half, at (0, 22, 0)), ==, at (1, 8, 30));
  g_assert_cmpint (ent_reminder_next_look (&half, at (1, 8, 10)), ==, at (1, 8, 30));
}

/* --- What is told --------------------------------------------------------------------------------------------------- */

static guint
tell (GHashTable             *told,
      GPtrArray              *due,
      const EntReminderTimes *times,
      gint64                  now)
{
  g_autoptr (EntReminderPlan) plan = ent_reminder_plan_new (told, due, times, now);

  return plan->tell->len;
}

/* On its day, again when it is overdue, and never twice on a day or after a restart. */
static void
test_once (void)
{
  g_autoptr (GHashTable) told = ent_reminders_read (NULL), again = NULL;
  g_autofree char *kept = NULL;

  for (int day = 0; day < 4; day++)
    {
      g_autoptr (GPtrArray) due = new_list ();

      add (due, 8, ENT_DUE_TASK, 1, day);
      add (due, 9, ENT_DUE_TASK, 9, day);
      g_assert_cmpuint (tell (told, due, &usual, at (day, 9, 0)), ==, day == 1 || day == 2 ? 1 : 0);
      g_assert_cmpuint (tell (told, due, &usual, at (day, 10, 0)), ==, 0);
      g_clear_pointer (&again, g_hash_table_unref);
      g_clear_pointer (&kept, g_free);
      kept = ent_reminders_write (told);
      again = ent_reminders_read (kept);
      g_assert_cmpuint (tell (again, due, &usual, at (day, 11, 0)), ==, 0);
    }
}

/* A due day that moves is told anew, but not on the same day. */
static void
test_moved (void)
{
  g_autoptr (GHashTable) told = ent_reminders_read (NULL);
  g_autoptr (GPtrArray) due = new_list (), moved = new_list (), later = new_list ();

  add (due, 8, ENT_DUE_TASK, -1, 0);
  add (moved, 8, ENT_DUE_TASK, 0, 0);
  add (later, 8, ENT_DUE_TASK, 1, 1);
  g_assert_cmpuint (tell (told, due, &usual, at (0, 9, 0)), ==, 1);
  g_assert_cmpuint (tell (told, moved, &usual, at (0, 10, 0)), ==, 0);
  g_assert_cmpuint (tell (told, later, &usual, at (1, 9, 0)), ==, 1);
}

/* The two sides of one record are two things. */
static void
test_kinds (void)
{
  g_autoptr (GHashTable) told = ent_reminders_read (NULL);
  g_autoptr (GPtrArray) due = new_list ();

  add (due, 8, ENT_DUE_CLAIM, 0, 0);
  add (due, 8, ENT_DUE_TASK, 0, 0);
  g_assert_cmpuint (tell (told, due, &usual, at (0, 9, 0)), ==, 2);
}

static void
test_held (void)
{
  g_autoptr (GHashTable) told = ent_reminders_read (NULL);
  g_autoptr (GPtrArray) due = new_list ();
  EntReminderTimes off = usual;

  off.enabled = FALSE;
  add (due, 8, ENT_DUE_TASK, 0, 0);
  g_assert_cmpuint (tell (told, due, &usual, at (0, 6, 0)), ==, 0);
  g_assert_cmpuint (tell (told, due, &off, at (0, 9, 0)), ==, 0);
  g_assert_cmpuint (tell (told, due, &usual, ent_reminder_next_look (&usual, at (0, 6, 0))), ==, 1);
}

static void
test_summary (void)
{
  g_autoptr (GHashTable) told = ent_reminders_read (NULL);
  g_autoptr (GPtrArray) due = new_list (), left = new_list (), none = new_list ();
  g_autoptr (EntReminderPlan) plan = NULL, fewer = NULL, done = NULL;
  g_autofree char *title = NULL, *body = NULL;

  for (EntKey key = 1; key <= 5; key++)
    add (due, key, ENT_DUE_TASK, 0, 0);
  plan = ent_reminder_plan_new (told, due, &usual, at (0, 9, 0));
  g_assert_true (plan->summary);
  title = ent_reminder_plan_dup_title (plan);
  body = ent_reminder_plan_dup_body (plan);
  g_assert_cmpstr (title, ==, "5 things are due");
  g_assert_cmpstr (body, ==, "Thing 1\nThing 2\nThing 3\nand 2 more");
  /* It stays as long as one of them is left. */
  add (left, 4, ENT_DUE_TASK, 0, 0);
  fewer = ent_reminder_plan_new (told, left, &usual, at (0, 10, 0));
  g_assert_false (fewer->withdraw_summary);
  done = ent_reminder_plan_new (told, none, &usual, at (0, 11, 0));
  g_assert_true (done->withdraw_summary);
}

/* Done: withdrawn once, in quiet hours too; undone on the same day: not told again. */
static void
test_done (void)
{
  g_autoptr (GHashTable) told = ent_reminders_read (NULL);
  g_autoptr (GPtrArray) due = new_list (), none = new_list (), next = new_list ();
  g_autoptr (EntReminderPlan) gone = NULL, still = NULL, undone = NULL;

  add (due, 8, ENT_DUE_TASK, 0, 0);
  add (next, 8, ENT_DUE_TASK, 0, 1);
  tell (told, due, &usual, at (0, 9, 0));
  g_assert_nonnull (ent_reminders_lookup (told, g_ptr_array_index (due, 0)));
  gone = ent_reminder_plan_new (told, none, &usual, at (0, 20, 0));
  g_assert_cmpuint (gone->withdraw->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (gone->withdraw, 0), ==, "8-task");
  g_assert_true (gone->changed);
  still = ent_reminder_plan_new (told, none, &usual, at (0, 21, 0));
  g_assert_cmpuint (still->withdraw->len, ==, 0);
  g_assert_false (still->changed);
  undone = ent_reminder_plan_new (told, due, &always, at (0, 22, 0));
  g_assert_cmpuint (undone->tell->len, ==, 0);
  /* Snoozed until tomorrow it is told tomorrow. */
  g_clear_pointer (&gone, ent_reminder_plan_free);
  gone = ent_reminder_plan_new (told, none, &usual, at (0, 23, 0));
  g_assert_cmpuint (tell (told, next, &usual, at (1, 9, 0)), ==, 1);
}

static void
test_kept_text (void)
{
  g_autoptr (GHashTable) damaged = ent_reminders_read ("nonsense\n8 99 1 0 0 0 1\n12 0 20787 1 0 0 29933820\n\n");
  g_autofree char *text = ent_reminders_write (damaged), *words = NULL, *old = NULL;
  const EntDue due = { .key = 12, .kind = ENT_DUE_TASK };

  g_assert_cmpstr (text, ==, "12 0 20787 1 0 0 29933820\n");
  words = ent_reminder_describe (ent_reminders_lookup (damaged, &due), 20787);
  g_assert_cmpstr (words, ==, "Reminded at 09:00");
  old = ent_reminder_describe (ent_reminders_lookup (damaged, &due), 20790);
  g_assert_cmpstr (old, ==, "Reminded 30 Nov 2026, 09:00");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reminder/quiet-hours-and-weekends", test_quiet);
  g_test_add_func ("/reminder/next-look-skips-quiet-hours", test_next_look);
  g_test_add_func ("/reminder/once-on-its-day-once-overdue", test_once);
  g_test_add_func ("/reminder/a-moved-day-is-told-the-next-day", test_moved);
  g_test_add_func ("/reminder/kinds-of-one-record", test_kinds);
  g_test_add_func ("/reminder/held-until-quiet-hours-end", test_held);
  g_test_add_func ("/reminder/many-are-one-summary", test_summary);
  g_test_add_func ("/reminder/done-is-withdrawn-once", test_done);
  g_test_add_func ("/reminder/kept-text", test_kept_text);
  return g_test_run ();
}
