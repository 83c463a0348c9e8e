/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

#define DAYS_OF_400_YEARS 146097
#define DAYS_0000_03_01_TO_1970 719468
#define MICROS_PER_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

/* Years start in March here, so that the leap day is the last day of one.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
gint64
ent_date_from_ymd (int year,
                   int month,
                   int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = floor_div (y, 400);
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_OF_400_YEARS + day_of_era - DAYS_0000_03_01_TO_1970;
}

void
ent_date_to_ymd (gint64 days,
                 int   *year,
                 int   *month,
                 int   *day)
{
  gint64 z = days + DAYS_0000_03_01_TO_1970;
  gint64 era = floor_div (z, DAYS_OF_400_YEARS);
  gint64 doe = z - era * DAYS_OF_400_YEARS;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;
  int m = (int) (mp < 10 ? mp + 3 : mp - 9);

  if (day != NULL)
    *day = (int) (doy - (153 * mp + 2) / 5 + 1);
  if (month != NULL)
    *month = m;
  if (year != NULL)
    *year = (int) (yoe + era * 400 + (m <= 2));
}

static int
days_in_month (int year,
               int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && leap);
}

gboolean
ent_date_is_valid_ymd (int year,
                       int month,
                       int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in_month (year, month);
}

gboolean
ent_date_is_in_range (gint64 days)
{
  return days >= ent_date_from_ymd (1, 1, 1) && days <= ent_date_from_ymd (9999, 12, 31);
}

gboolean
ent_datetime_is_in_range (gint64 micros)
{
  return ent_date_is_in_range (floor_div (micros, MICROS_PER_DAY));
}

gint64
ent_date_add_months (gint64 days,
                     int    n)
{
  int year, month, day;
  gint64 total;

  ent_date_to_ymd (days, &year, &month, &day);
  total = (gint64) year * 12 + month - 1 + n;
  year = (int) floor_div (total, 12);
  month = (int) (total - (gint64) year * 12) + 1;

  return ent_date_from_ymd (year, month, MIN (day, days_in_month (year, month)));
}

gint64
ent_date_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return ent_date_from_ymd (g_date_time_get_year (now),
                            g_date_time_get_month (now),
                            g_date_time_get_day_of_month (now));
}

char *
ent_date_write (gint64 days)
{
  int year, month, day;

  /* Only a damaged file holds such a day; showing its number hides nothing. */
  if (!ent_date_is_in_range (days))
    return g_strdup_printf ("%" G_GINT64_FORMAT, days);

  ent_date_to_ymd (days, &year, &month, &day);

  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
ent_datetime_write (gint64 micros)
{
  gint64 days = floor_div (micros, MICROS_PER_DAY);
  gint64 rest = micros - days * MICROS_PER_DAY;
  gint64 seconds = rest / G_USEC_PER_SEC;
  int fraction = (int) (rest % G_USEC_PER_SEC);
  g_autofree char *date = ent_date_write (days);
  GString *text = g_string_new (date);

  g_string_append_printf (text, "T%02d:%02d:%02d", (int) (seconds / 3600),
                          (int) (seconds / 60 % 60), (int) (seconds % 60));
  if (fraction != 0)
    {
      g_string_append_printf (text, ".%06d", fraction);
      while (text->str[text->len - 1] == '0')
        g_string_truncate (text, text->len - 1);
    }
  g_string_append_c (text, 'Z');

  return g_string_free (text, FALSE);
}

/* Locales that write the month first say so in their numeric format. */
static gboolean
is_month_first (void)
{
  const char *locale = setlocale (LC_TIME, NULL);

  return locale != NULL && strcmp (locale, "C") != 0 && !g_str_has_prefix (locale, "C.") &&
         strcmp (locale, "POSIX") != 0 && g_str_has_prefix (nl_langinfo (D_FMT), "%m");
}

static const char *
get_date_format (EntDisplay form)
{
  if (is_month_first ())
    return form == ENT_DISPLAY_FULL ? "%B %-d, %Y" : "%b %-d, %Y";

  /* Translators: see g_date_time_format(). 20 November 2026, in full and short. */
  return form == ENT_DISPLAY_FULL ? _("%-d %B %Y") : _("%-d %b %Y");
}

char *
ent_date_display (gint64     days,
                  EntDisplay form)
{
  int year, month, day;
  g_autoptr (GDateTime) date = NULL;

  if (!ent_date_is_in_range (days))
    return ent_date_write (days);
  ent_date_to_ymd (days, &year, &month, &day);
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (date == NULL)
    return ent_date_write (days);

  return g_date_time_format (date, get_date_format (form));
}

/* Whole months between two days, by the calendar. */
static int
count_months (gint64 from,
              gint64 to)
{
  int y1, m1, d1, y2, m2, d2;

  ent_date_to_ymd (from, &y1, &m1, &d1);
  ent_date_to_ymd (to, &y2, &m2, &d2);

  return (y2 - y1) * 12 + m2 - m1 - (d2 < d1);
}

static char *
display_ahead (gint64 days,
               gint64 today)
{
  int n = (int) (days - today);
  int weeks = n / 7;
  int months = count_months (today, days);

  if (n < 14)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d day", "in %d days", n), n);
  if (months < 2)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d week", "in %d weeks", weeks),
                            weeks);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d month", "in %d months", months),
                          months);
}

static char *
display_past (gint64 days,
              gint64 today)
{
  int n = (int) (today - days);
  int weeks = n / 7;
  int months = count_months (days, today);

  if (n < 14)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", n), n);
  if (months < 2)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d week ago", "%d weeks ago", weeks),
                            weeks);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month ago", "%d months ago", months),
                          months);
}

char *
ent_date_display_near (gint64 days,
                       gint64 today)
{
  if (days == today)
    return g_strdup (_("today"));
  if (days == today + 1)
    return g_strdup (_("tomorrow"));
  if (days == today - 1)
    return g_strdup (_("yesterday"));
  if (days <= today - 365 || days >= today + 365)
    return ent_date_display (days, ENT_DISPLAY_SHORT);

  return days > today ? display_ahead (days, today) : display_past (days, today);
}

/* Twelve-hour locales have a word for the morning and use it in their own time format. */
static const char *
get_time_format (void)
{
  return *nl_langinfo (AM_STR) != '\0' && is_month_first () ? "%-l:%M %p" : "%H:%M";
}

char *
ent_time_display (int minutes)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((gint64) minutes * 60);
  char *text = g_date_time_format (time, get_time_format ());

  return g_strstrip (text);
}

char *
ent_datetime_display (gint64     micros,
                      EntDisplay form)
{
  g_autoptr (GDateTime) utc =
    g_date_time_new_from_unix_utc (floor_div (micros, G_USEC_PER_SEC));
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  if (local == NULL)
    return ent_datetime_write (micros);

  date = g_date_time_format (local, get_date_format (form));
  time = g_date_time_format (local, get_time_format ());

  /* Translators: a date and a time of day. */
  return g_strdup_printf (_("%1$s, %2$s"), date, g_strstrip (time));
}
