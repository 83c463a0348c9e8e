/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>

/* Quarters, moments in a zone, and where a review stands. */

gint64
review_month (gint64 day,
              int    n_back)
{
  int year, month, unused, count;

  ent_date_to_ymd (day, &year, &month, &unused);
  count = year * 12 + month - 1 - n_back;
  return ent_date_from_ymd (count / 12, count % 12 + 1, 1);
}

gint64
review_quarter (gint64 day,
                int    n_back)
{
  int year, month, unused;

  ent_date_to_ymd (day, &year, &month, &unused);
  return review_month (day, (month - 1) % 3 + 3 * n_back);
}

void
review_block_set_quarters (EntReviewBlock *self,
                           ReviewFacts    *facts,
                           guint           n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      gint64 start = review_quarter (facts->end, (int) (n - 1 - i));
      int year, month, unused;

      ent_date_to_ymd (start, &year, &month, &unused);
      /* Translators: a quarter of a year on an axis, such as Q3 ’26. */
      g_strv_builder_take (builder, g_strdup_printf (_("Q%1$d ’%2$02d"), (month + 2) / 3, year % 100));
    }
  self->labels = g_strv_builder_end (builder);
}

int
review_quarter_index (ReviewFacts *facts,
                      guint        n,
                      gint64       day)
{
  for (guint i = 0; i < n; i++)
    if (day >= review_quarter (facts->end, (int) (n - 1 - i)) &&
        day < review_quarter (facts->end, (int) (n - 1 - i) - 1))
      return (int) i;
  return -1;
}

char *
ent_review_dup_period (gint64 start,
                       gint64 end)
{
  int year, month, day;

  if (start == ENT_REVIEW_UNKNOWN || end == ENT_REVIEW_UNKNOWN)
    return g_strdup ("");
  ent_date_to_ymd (start, &year, &month, &day);
  /* Quarters are written with their last day or some day near it, by whoever typed them. */
  if (day == 1 && month % 3 == 1 && ABS (end - (review_quarter (start, -1) - 1)) <= 2)
    return g_strdup_printf (_("Q%1$d %2$d"), (month + 2) / 3, year);
  if (day == 1 && month == 1 && ABS (end - (ent_date_from_ymd (year + 1, 1, 1) - 1)) <= 2)
    return g_strdup_printf ("%d", year);
  {
    g_autofree char *from = ent_date_display (start, ENT_DISPLAY_SHORT);
    g_autofree char *to = ent_date_display (end, ENT_DISPLAY_SHORT);

    return g_strdup_printf ("%s – %s", from, to);
  }
}

static GTimeZone *
zone_new (const char *zone)
{
  GTimeZone *found = zone != NULL && *zone != '\0' ? g_time_zone_new_identifier (zone) : NULL;

  return found != NULL ? found : g_time_zone_new_local ();
}

char *
ent_review_dup_instant (gint64      micros,
                        const char *zone)
{
  g_autoptr (GTimeZone) place = zone_new (zone);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *when = NULL;

  if (micros == ENT_REVIEW_UNKNOWN)
    return g_strdup ("");
  utc = g_date_time_new_from_unix_utc_usec (micros);
  at = g_date_time_to_timezone (utc, place);
  /* Translators: the moment of a meeting: Thu 12 Mar 2026, 10:00. */
  when = g_date_time_format (at, _("%a %-d %b %Y, %H:%M"));
  return g_strdup_printf ("%s (%s)", when, g_time_zone_get_identifier (place));
}

/* --- Where a review stands ------------------------------------------------------------------------------------ */

gboolean
ent_record_is_review (EntRecord *plan)
{
  const char *kind;

  if (g_strcmp0 (ent_record_get_record_type (plan)->info->name, "plan") != 0)
    return FALSE;
  kind = ent_record_get_text (plan, "kind");
  return g_strcmp0 (kind, "qbr") == 0 || g_strcmp0 (kind, "abr") == 0;
}

gint64
ent_review_get_preread_due (EntRecord *plan)
{
  const EntValue *meeting = ent_record_get_named (plan, "meeting_at");
  const EntValue *hours = ent_record_get_named (plan, "preread_hours");

  if (ent_value_is_null (meeting) || ent_value_is_null (hours))
    return ENT_REVIEW_UNKNOWN;
  return meeting->integer - hours->integer * G_TIME_SPAN_HOUR;
}

EntReadiness
ent_review_get_readiness (EntRecord *plan,
                          gint64     now)
{
  const char *status = ent_record_get_text (plan, "status");
  gint64 due = ent_review_get_preread_due (plan);

  if (g_strcmp0 (status, "sent") == 0)
    return ENT_READINESS_SENT;
  if (g_strcmp0 (status, "held") == 0)
    return ENT_READINESS_HELD;
  if (g_strcmp0 (status, "signed") == 0 || g_strcmp0 (status, "done") == 0)
    return ENT_READINESS_SIGNED;
  if (g_strcmp0 (status, "canceled") == 0)
    return ENT_READINESS_CANCELED;
  if (due == ENT_REVIEW_UNKNOWN || due - now > 7 * G_TIME_SPAN_DAY)
    return ENT_READINESS_DRAFT;
  return due < now ? ENT_READINESS_LATE : ENT_READINESS_DUE;
}

static char *
due_in (gint64 left)
{
  int days = (int) (left / G_TIME_SPAN_DAY);
  int hours = (int) (left / G_TIME_SPAN_HOUR);

  if (days >= 1)
    return g_strdup_printf (ngettext ("Pre-read due in %d day", "Pre-read due in %d days", (gulong) days), days);
  if (hours >= 1)
    return g_strdup_printf (ngettext ("Pre-read due in %d hour", "Pre-read due in %d hours", (gulong) hours), hours);
  return g_strdup (_("Pre-read due now"));
}

static char *
overdue (gint64 late)
{
  int days = (int) (late / G_TIME_SPAN_DAY);

  if (days < 1)
    return g_strdup (_("Pre-read overdue"));
  return g_strdup_printf (ngettext ("Pre-read overdue by %d day", "Pre-read overdue by %d days", (gulong) days), days);
}

char *
ent_review_dup_readiness (EntRecord *plan,
                          gint64     now)
{
  switch (ent_review_get_readiness (plan, now))
    {
    case ENT_READINESS_DUE:
      return due_in (ent_review_get_preread_due (plan) - now);
    case ENT_READINESS_LATE:
      return overdue (now - ent_review_get_preread_due (plan));
    case ENT_READINESS_SENT:
      return g_strdup (_("Sent"));
    case ENT_READINESS_HELD:
      return g_strdup (_("Held"));
    case ENT_READINESS_SIGNED:
      return g_strdup (_("Signed"));
    case ENT_READINESS_CANCELED:
      return g_strdup (_("Canceled"));
    case ENT_READINESS_DRAFT:
    default:
      return g_strdup (_("Draft"));
    }
}
