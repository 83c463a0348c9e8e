/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and instants: arithmetic against GDate, the written forms of real files, how they are
 * shown. */
#include "config.h"

#include "model/ent-value.h"

static const EntReadContext none = { .today = 20000 }; /* 2024-10-04 */
static const EntReadContext dmy = { .date_order = ENT_DATE_ORDER_DMY };
static const EntReadContext mdy = { .date_order = ENT_DATE_ORDER_MDY };
static const EntReadContext ymd = { .date_order = ENT_DATE_ORDER_YMD };

static void
test_against_gdate (void)
{
  GDate date;

  /* 1970-01-01 is day 719163 of GDate; it knows no year before 1. */
  for (gint64 days = -200000; days <= 200000; days++)
    {
      int year, month, day;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) (days + 719163));
      ent_date_to_ymd (days, &year, &month, &day);
      if (year != g_date_get_year (&date) || month != (int) g_date_get_month (&date) ||
          day != g_date_get_day (&date) || ent_date_from_ymd (year, month, day) != days ||
          !ent_date_is_valid_ymd (year, month, day))
        g_assert_not_reached ();
    }
}

static void
test_valid_days (void)
{
  g_assert_true (ent_date_is_valid_ymd (2024, 2, 29));
  g_assert_true (ent_date_is_valid_ymd (2000, 2, 29));
  g_assert_false (ent_date_is_valid_ymd (1900, 2, 29));
  g_assert_false (ent_date_is_valid_ymd (2026, 4, 31));
  g_assert_false (ent_date_is_valid_ymd (2026, 13, 1));
  g_assert_false (ent_date_is_valid_ymd (2026, 0, 1));
  g_assert_false (ent_date_is_valid_ymd (2026, 1, 0));
  g_assert_false (ent_date_is_valid_ymd (0, 1, 1));
}

static const struct
{
  const char           *text;
  const EntReadContext *context;
  const char           *date;
} dates[] = {
  { "2026-11-20", &none, "2026-11-20" },
  { " 2026-11-20 ", &none, "2026-11-20" },
  { "20261120", &none, "2026-11-20" },
  { "2026/11/20", &none, "2026-11-20" },
  { "2026.11.20", &none, "2026-11-20" },
  { "2026-3-4", &dmy, "2026-03-04" },
  { "20.11.2026", &none, "2026-11-20" },
  { "3.4.2026", &none, "2026-04-03" },
  { "3. 4. 2026", &none, "2026-04-03" },
  { "03.04.2026", &mdy, "2026-03-04" },
  { "11/20/2026", &none, "2026-11-20" },
  { "20/11/2026", &none, "2026-11-20" },
  { "11/20/2026", &dmy, "2026-11-20" },
  { "20/11/2026", &mdy, "2026-11-20" },
  { "03/04/2026", &dmy, "2026-04-03" },
  { "03/04/2026", &mdy, "2026-03-04" },
  { "3/4/26", &mdy, "2026-03-04" },
  { "05/05/2026", &none, "2026-05-05" },
  { "20-11-2026", &none, "2026-11-20" },
  { "26-11-20", &ymd, "2026-11-20" },
  { "69-12-31", &ymd, "1969-12-31" },
  { "20/11/99", &none, "1999-11-20" },
  { "20/11/69", &none, "1969-11-20" },
  { "20/11/68", &none, "2068-11-20" },
  { "20 Nov 2026", &none, "2026-11-20" },
  { "20. November 2026", &none, "2026-11-20" },
  { "Nov 20, 2026", &none, "2026-11-20" },
  { "Nov. 20, 2026", &none, "2026-11-20" },
  { "November 20 2026", &none, "2026-11-20" },
  { "NOVEMBER 20th, 2026", &none, "2026-11-20" },
  { "20th of November 2026", &none, "2026-11-20" },
  { "Sept 1, 2026", &none, "2026-09-01" },
  { "20-Nov-26", &none, "2026-11-20" },
  { "20-Nov-2026", &none, "2026-11-20" },
  { "1-May-70", &none, "1970-05-01" },
  { "2026 Nov 20", &none, "2026-11-20" },
  { "Fri, 20 Nov 2026", &none, "2026-11-20" },
  { "Friday, November 20, 2026", &none, "2026-11-20" },
  { "2026-11-20 00:00:00", &none, "2026-11-20" },
  { "2026-11-20 14:05", &none, "2026-11-20" },
  { "2026-11-20T23:30:00Z", &none, "2026-11-20" },
  { "11/20/2026 0:00", &none, "2026-11-20" },
  { "2024-02-29", &none, "2024-02-29" },
  { "today", &none, "2024-10-04" },
  { "Tomorrow", &none, "2024-10-05" },
  { "YESTERDAY", &none, "2024-10-03" },
  { "today+30d", &none, "2024-11-03" },
  { "today - 2 w", &none, "2024-09-20" },
  { "today-3m", &none, "2024-07-04" },
  { "today-1y", &none, "2023-10-04" },
  { "today+1m-1d", &none, "2024-11-03" },
  { "tomorrow+1y", &none, "2025-10-05" },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *date = NULL;
      gint64 days = 0;

      g_test_message ("%s", dates[i].text);
      ent_date_read (dates[i].text, dates[i].context, &days, &error);
      g_assert_no_error (error);
      date = ent_date_write (days);
      g_assert_cmpstr (date, ==, dates[i].date);
    }
}

static void
test_months_end (void)
{
  EntReadContext context = { .today = ent_date_from_ymd (2026, 1, 31) };
  gint64 days;

  g_assert_true (ent_date_read ("today+1m", &context, &days, NULL));
  g_assert_cmpint (days, ==, ent_date_from_ymd (2026, 2, 28));
  context.today = ent_date_from_ymd (2024, 2, 29);
  g_assert_true (ent_date_read ("today-1y", &context, &days, NULL));
  g_assert_cmpint (days, ==, ent_date_from_ymd (2023, 2, 28));
}

static const struct
{
  const char       *text;
  EntValueErrorCode code;
} refusals[] = {
  { "03/04/2026", ENT_VALUE_ERROR_AMBIGUOUS },
  { "3-4-26", ENT_VALUE_ERROR_AMBIGUOUS },
  { "26-11-20", ENT_VALUE_ERROR_AMBIGUOUS },
  { "", ENT_VALUE_ERROR_MALFORMED },
  { "soon", ENT_VALUE_ERROR_MALFORMED },
  { "2026", ENT_VALUE_ERROR_MALFORMED },
  { "2026-11", ENT_VALUE_ERROR_MALFORMED },
  { "Nov 2026", ENT_VALUE_ERROR_MALFORMED },
  { "2026-02-30", ENT_VALUE_ERROR_MALFORMED },
  { "2026-13-01", ENT_VALUE_ERROR_MALFORMED },
  { "20261320", ENT_VALUE_ERROR_MALFORMED },
  { "31/31/2026", ENT_VALUE_ERROR_MALFORMED },
  { "0000-01-01", ENT_VALUE_ERROR_MALFORMED },
  { "2026-11-20 soon", ENT_VALUE_ERROR_MALFORMED },
  { "2026-11-20 25:00", ENT_VALUE_ERROR_MALFORMED },
  { "2026-11-201", ENT_VALUE_ERROR_MALFORMED },
  { "20 Nov Dec", ENT_VALUE_ERROR_MALFORMED },
  { "1/2/3", ENT_VALUE_ERROR_MALFORMED },
  { "today+", ENT_VALUE_ERROR_MALFORMED },
  { "today+5", ENT_VALUE_ERROR_MALFORMED },
  { "today+5x", ENT_VALUE_ERROR_MALFORMED },
  { "today+99999y", ENT_VALUE_ERROR_MALFORMED },
  { "todays", ENT_VALUE_ERROR_MALFORMED },
  { "1,200", ENT_VALUE_ERROR_MALFORMED },
  { "+1 555 123 4567", ENT_VALUE_ERROR_MALFORMED },
};

static void
test_refuse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 days;

      g_test_message ("%s", refusals[i].text);
      g_assert_false (ent_date_read (refusals[i].text, &none, &days, &error));
      g_assert_error (error, ENT_VALUE_ERROR, (int) refusals[i].code);
    }
}

static void
test_messages (void)
{
  g_autoptr (GError) error = NULL;
  gint64 days;

  g_assert_false (ent_date_read ("soon", NULL, &days, &error));
  g_assert_cmpstr (error->message, ==, "“soon” is not a date; write one such as 2026-11-20");
  g_clear_error (&error);
  g_assert_false (ent_datetime_read ("soon", NULL, &days, &error));
  g_assert_cmpstr (error->message, ==,
                   "“soon” is not a date and time; write one such as 2026-11-20 14:05");
}

static const struct
{
  const char *text;
  const char *instant; /* NULL: refused */
} instants[] = {
  { "2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z" },
  { "2026-11-20T09:30Z", "2026-11-20T09:30:00Z" },
  { "2026-11-20 09:30:00", "2026-11-20T09:30:00Z" },
  { "2026-11-20", "2026-11-20T00:00:00Z" },
  { "20261120T093000Z", "2026-11-20T09:30:00Z" },
  { "2026-11-20T09:30:00.5Z", "2026-11-20T09:30:00.5Z" },
  { "2026-11-20T09:30:00,123456", "2026-11-20T09:30:00.123456Z" },
  { "2026-11-20T09:30:00.1234567Z", "2026-11-20T09:30:00.123456Z" },
  { "2026-11-20T09:30:00+02:00", "2026-11-20T07:30:00Z" },
  { "2026-11-20T09:30:00-0530", "2026-11-20T15:00:00Z" },
  { "2026-11-20T09:30:00 +02", "2026-11-20T07:30:00Z" },
  { "2026-11-20 09:30 UTC", "2026-11-20T09:30:00Z" },
  { "2026-11-20 09:30 GMT+0100", "2026-11-20T08:30:00Z" },
  { "2026-11-20 09:30 GMT+1", NULL },
  { "2026-11-20T24:00:00Z", "2026-11-21T00:00:00Z" },
  { "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
  { "20.11.2026 14:05", "2026-11-20T14:05:00Z" },
  { "20.11.2026, 14.05", "2026-11-20T14:05:00Z" },
  { "11/20/2026 2:05 PM", "2026-11-20T14:05:00Z" },
  { "11/20/2026 12:05 am", "2026-11-20T00:05:00Z" },
  { "11/20/2026 12:05 p.m.", "2026-11-20T12:05:00Z" },
  { "Nov 20, 2026, 2 PM", "2026-11-20T14:00:00Z" },
  { "Fri, 20 Nov 2026 09:30:00 +0000", "2026-11-20T09:30:00Z" },
  { "2026-11-20 14", NULL },
  { "2026-11-20 13:05 PM", NULL },
  { "2026-11-20 14:65", NULL },
  { "2026-11-20 14:05 CET", NULL },
  { "2026-11-20T09:30:00+99:00", NULL },
  { "14:05", NULL },
  { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
  { "0001-01-01T00:00:00+02:00", NULL },
  { "9999-12-31T24:00:00Z", NULL },
};

static void
test_instants (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *written = NULL;
      gint64 micros = 0;
      gboolean ok = ent_datetime_read (instants[i].text, &none, &micros, NULL);

      g_test_message ("%s", instants[i].text);
      g_assert_cmpint (ok, ==, instants[i].instant != NULL);
      if (!ok)
        continue;
      written = ent_datetime_write (micros);
      g_assert_cmpstr (written, ==, instants[i].instant);
    }
}

static void
test_time_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  EntReadContext context = { .time_zone = zone };
  gint64 micros;

  if (zone == NULL)
    {
      g_test_skip ("no time zone data here");
      return;
    }
  g_assert_true (ent_datetime_read ("2026-07-01 12:00", &context, &micros, NULL));
  g_assert_cmpint (micros, ==, G_GINT64_CONSTANT (1782900000) * G_USEC_PER_SEC);
  g_assert_true (ent_datetime_read ("2026-12-01 12:00:00.25", &context, &micros, NULL));
  g_assert_cmpint (micros, ==, G_GINT64_CONSTANT (1796122800) * G_USEC_PER_SEC + 250000);
  g_assert_true (ent_datetime_read ("2026-07-01 12:00Z", &context, &micros, NULL));
  g_assert_cmpint (micros, ==, G_GINT64_CONSTANT (1782907200) * G_USEC_PER_SEC);
  g_assert_true (ent_datetime_read ("1969-12-31 23:00:00.5", &context, &micros, NULL));
  g_assert_cmpint (micros, ==, G_GINT64_CONSTANT (-7200) * G_USEC_PER_SEC + 500000);
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      gint64 days = g_test_rand_int_range (-700000, 2900000);
      gint64 micros = days * G_GINT64_CONSTANT (86400000000) + g_test_rand_int ();
      g_autofree char *date = ent_date_write (days);
      g_autofree char *instant = ent_datetime_write (micros);
      gint64 read;

      g_assert_true (ent_date_read (date, &none, &read, NULL));
      g_assert_cmpint (read, ==, days);
      g_assert_true (ent_datetime_read (instant, &none, &read, NULL));
      g_assert_cmpint (read, ==, micros);
    }
}

static void
test_display (void)
{
  gint64 days = ent_date_from_ymd (2026, 11, 2);
  g_autofree char *full = ent_date_display (days, ENT_DISPLAY_FULL);
  g_autofree char *brief = ent_date_display (days, ENT_DISPLAY_SHORT);
  g_autofree char *instant = ent_datetime_display ((days * 86400 + 34200) * G_USEC_PER_SEC,
                                                   ENT_DISPLAY_SHORT);

  g_assert_cmpstr (full, ==, "2 November 2026");
  g_assert_cmpstr (brief, ==, "2 Nov 2026");
  g_assert_cmpstr (instant, ==, "2 Nov 2026, 09:30");
}

static void
test_display_near (void)
{
  static const struct
  {
    int         days;
    const char *text;
  } near_days[] = {
    { 0, "today" }, { 1, "tomorrow" }, { -1, "yesterday" }, { 2, "in 2 days" },
    { 13, "in 13 days" }, { 14, "in 2 weeks" }, { -2, "2 days ago" }, { -27, "3 weeks ago" },
    { 60, "in 8 weeks" }, { 61, "in 2 months" }, { -61, "2 months ago" }, { 364, "in 11 months" },
    { 365, "4 Oct 2025" }, { -400, "31 Aug 2023" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (near_days); i++)
    {
      g_autofree char *text = ent_date_display_near (20000 + near_days[i].days, 20000);

      g_assert_cmpstr (text, ==, near_days[i].text);
    }
}

static void
test_time_of_day (void)
{
  static const struct { const char *text; int minutes; } good[] = {
    { "18:00", 1080 }, { " 8:30 ", 510 }, { "1800", 1080 }, { "6 pm", 1080 }, { "12 am", 0 }, { "00:00", 0 }, { "24:00", 0 },
  };
  static const char * const bad[] = { "", "18", "25:00", "8:61", "8:30:15", "8:30Z", "tea time" };
  g_autofree char *shown = ent_time_display (1085);
  int minutes;

  g_assert_cmpstr (shown, ==, "18:05");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (ent_time_of_day_read (good[i].text, &minutes));
      g_assert_cmpint (minutes, ==, good[i].minutes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (ent_time_of_day_read (bad[i], &minutes));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date/against-gdate", test_against_gdate);
  g_test_add_func ("/date/valid-days", test_valid_days);
  g_test_add_func ("/date/read", test_read);
  g_test_add_func ("/date/months-end", test_months_end);
  g_test_add_func ("/date/refuse", test_refuse);
  g_test_add_func ("/date/messages", test_messages);
  g_test_add_func ("/date/instants", test_instants);
  g_test_add_func ("/date/time-zone", test_time_zone);
  g_test_add_func ("/date/round-trip", test_round_trip);
  g_test_add_func ("/date/display", test_display);
  g_test_add_func ("/date/display-near", test_display_near);
  g_test_add_func ("/time/of-day", test_time_of_day);

  return g_test_run ();
}
