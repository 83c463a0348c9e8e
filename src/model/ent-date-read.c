/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-date-private.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MICROS_PER_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef enum
{
  READ_OK,
  READ_MALFORMED,
  READ_AMBIGUOUS,
} ReadStatus;

/* "20th", "1st", "2nd", "3rd". */
static const char *
skip_ordinal (const char *p,
              const char *end)
{
  const char *word_end = ent_span_skip_word (p, end);

  if (ent_span_is (p, word_end, "th") || ent_span_is (p, word_end, "st") ||
      ent_span_is (p, word_end, "nd") || ent_span_is (p, word_end, "rd"))
    return word_end;

  return p;
}

/* Words that may stand in a date and say nothing: "20 de noviembre de 2026", "20th of November". */
static gboolean
is_filler (const char *p,
           const char *end)
{
  return ent_span_is (p, end, "of") || ent_span_is (p, end, "de") || ent_span_is (p, end, "del") ||
         ent_span_is (p, end, "the");
}

/* 20261120 is three parts in one run of digits. */
static void
split_compact (const EntDatePart *run,
               EntDatePart        parts[3])
{
  parts[0] = (EntDatePart) { run->value / 10000, 4 };
  parts[1] = (EntDatePart) { run->value / 100 % 100, 2 };
  parts[2] = (EntDatePart) { run->value % 100, 2 };
}

static const char *
read_word_part (const char  *p,
                const char  *end,
                int          n_parts,
                EntDatePart *part)
{
  const char *word_end = ent_span_skip_word (p, end);
  gsize length = (gsize) (word_end - p);
  int month;

  part->n_digits = -1;
  if (is_filler (p, word_end))
    return word_end;
  month = ent_month_match (p, length);
  if (month > 0)
    {
      *part = (EntDatePart) { month, 0 };
      return word_end;
    }

  return n_parts == 0 && ent_weekday_match (p, length) > 0 ? word_end : NULL;
}

/* Steps over what stands before part @n; the mark between the first two is noted. */
static const char *
skip_separator (const char *p,
                const char *end,
                int         n,
                char       *separator)
{
  p = ent_span_skip_spaces (p, end);
  /* A weekday's name may end in a comma or a dot. */
  if (p == end || strchr (n > 0 ? "-/.," : ".,", *p) == NULL)
    return p;
  if (n == 1)
    *separator = *p;

  return ent_span_skip_spaces (p + 1, end);
}

static const char *
read_part (const char  *p,
           const char  *end,
           int          n,
           EntDatePart *part)
{
  if (!g_ascii_isdigit (*p))
    return read_word_part (p, end, n, part);
  p = ent_span_read_digits (p, end, n == 0 ? 8 : 4, part);

  return p != NULL && part->n_digits <= 2 ? skip_ordinal (p, end) : p;
}

/* Returns where the date ends, NULL when there are no three parts. */
static const char *
read_parts (const char  *p,
            const char  *end,
            EntDatePart  parts[3],
            char        *separator)
{
  *separator = ' ';
  for (int n = 0; n < 3;)
    {
      EntDatePart part;

      p = skip_separator (p, end, n, separator);
      if (p == end)
        return NULL;
      p = read_part (p, end, n, &part);
      if (p == NULL)
        return NULL;
      if (part.n_digits == 8)
        {
          split_compact (&part, parts);
          return p;
        }
      if (part.n_digits > 4)
        return NULL;
      if (part.n_digits >= 0)
        parts[n++] = part;
    }

  return p;
}

/* Two-digit years: 69-99 are of the last century, as POSIX has it. */
static gboolean
make_date (const EntDatePart *year,
           const EntDatePart *month,
           const EntDatePart *day,
           gint64            *days)
{
  int y = year->value;

  if (year->n_digits != 4 && year->n_digits != 2)
    return FALSE;
  if (month->n_digits > 2 || day->n_digits > 2 || day->n_digits < 1)
    return FALSE;
  if (year->n_digits == 2)
    y += y >= 69 ? 1900 : 2000;
  if (!ent_date_is_valid_ymd (y, month->value, day->value))
    return FALSE;
  *days = ent_date_from_ymd (y, month->value, day->value);

  return TRUE;
}

static gboolean
make_date_in_order (const EntDatePart  parts[3],
                    EntDateOrder       order,
                    gint64            *days)
{
  switch (order)
    {
    case ENT_DATE_ORDER_DMY:
      return make_date (&parts[2], &parts[1], &parts[0], days);
    case ENT_DATE_ORDER_MDY:
      return make_date (&parts[2], &parts[0], &parts[1], days);
    case ENT_DATE_ORDER_YMD:
      return make_date (&parts[0], &parts[1], &parts[2], days);
    case ENT_DATE_ORDER_UNKNOWN:
      break;
    }

  return FALSE;
}

/* All three in digits: the known order if it gives a date, else the only one that does. */
static ReadStatus
choose_order (const EntDatePart  parts[3],
              char               separator,
              EntDateOrder       order,
              gint64            *days)
{
  gint64 dmy = 0, mdy = 0, ymd = 0;
  gboolean has_dmy, has_mdy, has_ymd;

  /* Nobody writes the month first between dots. */
  if (order == ENT_DATE_ORDER_UNKNOWN && separator == '.' && parts[2].n_digits == 4)
    order = ENT_DATE_ORDER_DMY;
  if (make_date_in_order (parts, order, days))
    return READ_OK;

  has_dmy = make_date_in_order (parts, ENT_DATE_ORDER_DMY, &dmy);
  has_mdy = make_date_in_order (parts, ENT_DATE_ORDER_MDY, &mdy);
  has_ymd = make_date_in_order (parts, ENT_DATE_ORDER_YMD, &ymd);
  if (has_dmy || has_mdy)
    {
      *days = has_dmy ? dmy : mdy;
      if ((has_mdy && *days != mdy) || (has_ymd && separator == '-' && *days != ymd))
        return READ_AMBIGUOUS;
      return READ_OK;
    }
  if (has_ymd)
    {
      *days = ymd;
      return READ_OK;
    }

  return READ_MALFORMED;
}

static ReadStatus
combine_parts (const EntDatePart     parts[3],
               char                  separator,
               const EntReadContext *context,
               gint64               *days)
{
  EntDateOrder order = context != NULL ? context->date_order : ENT_DATE_ORDER_UNKNOWN;
  int month = -1;

  for (int i = 0; i < 3; i++)
    {
      if (parts[i].n_digits == 0 && month >= 0)
        return READ_MALFORMED;
      if (parts[i].n_digits == 0)
        month = i;
    }
  if (month < 0)
    return choose_order (parts, separator, order, days);

  /* A named month leaves a day and a year, and the year is last unless it is long. */
  {
    const EntDatePart *first = &parts[month == 0 ? 1 : 0];
    const EntDatePart *second = &parts[month == 2 ? 1 : 2];

    if (make_date (first->n_digits == 4 ? first : second, &parts[month],
                   first->n_digits == 4 ? second : first, days))
      return READ_OK;
  }

  return READ_MALFORMED;
}

/* Four digits, two, two: nearly all dates of nearly all files. */
static gboolean
read_iso (const char *p,
          gint64     *days)
{
  int v[8];
  static const int at[8] = { 0, 1, 2, 3, 5, 6, 8, 9 };

  for (int i = 0; i < 8; i++)
    {
      if (!g_ascii_isdigit (p[at[i]]))
        return FALSE;
      v[i] = p[at[i]] - '0';
    }
  if (p[4] != '-' || p[7] != '-')
    return FALSE;

  {
    int year = v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3];
    int month = v[4] * 10 + v[5];
    int day = v[6] * 10 + v[7];

    if (!ent_date_is_valid_ymd (year, month, day))
      return FALSE;
    *days = ent_date_from_ymd (year, month, day);
  }

  return TRUE;
}

/* "+30d", "- 2 w": moves @days. Several may follow each other. */
static const char *
read_offset (const char *p,
             const char *end,
             gint64     *days)
{
  EntDatePart part;
  int sign = *p == '-' ? -1 : 1;

  p = ent_span_read_digits (ent_span_skip_spaces (p + 1, end), end, 5, &part);
  if (p == NULL)
    return NULL;
  p = ent_span_skip_spaces (p, end);
  if (p == end)
    return NULL;

  switch (g_ascii_tolower (*p))
    {
    case 'd':
      *days += sign * part.value;
      break;
    case 'w':
      *days += sign * part.value * 7;
      break;
    case 'm':
      *days = ent_date_add_months (*days, sign * part.value);
      break;
    case 'y':
      *days = ent_date_add_months (*days, sign * part.value * 12);
      break;
    default:
      return NULL;
    }
  p++;

  return p < end && ent_span_is_word_byte (*p) ? NULL : p;
}

static gboolean
word_is_one_of (const char *p,
                const char *end,
                const char *english,
                const char *translated)
{
  return ent_span_is (p, end, english) ||
         ent_text_loosely_equal (translated, p, (gsize) (end - p));
}

static const char *
read_relative (const char           *p,
               const char           *end,
               const EntReadContext *context,
               gint64               *days)
{
  const char *word_end = ent_span_skip_word (p, end);
  gint64 today;

  if (word_end == p || ent_month_match (p, (gsize) (word_end - p)) > 0)
    return NULL;
  today = context != NULL && context->today != 0 ? context->today : ent_date_today ();
  if (word_is_one_of (p, word_end, "today", _("today")))
    *days = today;
  else if (word_is_one_of (p, word_end, "tomorrow", _("tomorrow")))
    *days = today + 1;
  else if (word_is_one_of (p, word_end, "yesterday", _("yesterday")))
    *days = today - 1;
  else
    return NULL;

  for (p = word_end;;)
    {
      const char *next = ent_span_skip_spaces (p, end);

      if (!ent_date_is_in_range (*days))
        return NULL;
      if (next == end || (*next != '+' && *next != '-'))
        return p;
      p = read_offset (next, end, days);
      if (p == NULL)
        return NULL;
    }
}

/* Reads the date that @p starts with; @rest is where it ends. */
static ReadStatus
read_date (const char           *p,
           const char           *end,
           const EntReadContext *context,
           gint64               *days,
           const char          **rest)
{
  EntDatePart parts[3];
  char separator;

  if (end - p >= 10 && read_iso (p, days) && (end - p == 10 || !g_ascii_isdigit (p[10])))
    {
      *rest = p + 10;
      return READ_OK;
    }
  if (p < end && ent_span_is_word_byte (*p))
    {
      *rest = read_relative (p, end, context, days);
      if (*rest != NULL)
        return READ_OK;
    }
  *rest = read_parts (p, end, parts, &separator);
  if (*rest == NULL)
    return READ_MALFORMED;

  return combine_parts (parts, separator, context, days);
}

static gboolean
fail (ReadStatus   status,
      gboolean     is_instant,
      const char  *start,
      const char  *end,
      GError     **error)
{
  g_autofree char *text = ent_text_shorten (start, end - start);

  if (status == READ_AMBIGUOUS)
    g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_AMBIGUOUS,
                 _("“%s” could be two dates; write it as 2026-11-20, or choose the order of day "
                   "and month"), text);
  else if (is_instant)
    g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                 _("“%s” is not a date and time; write one such as 2026-11-20 14:05"), text);
  else
    g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                 _("“%s” is not a date; write one such as 2026-11-20"), text);

  return FALSE;
}

gboolean
ent_date_read_span (const char           *start,
                    const char           *end,
                    const EntReadContext *context,
                    gint64               *days,
                    GError              **error)
{
  const char *rest;
  EntTimeOfDay time;
  ReadStatus status;

  status = read_date (start, end, context, days, &rest);
  /* Spreadsheets give every date a time; the day is as written, whatever the zone. */
  if (status == READ_OK && (rest == end || ent_time_read (rest, end, &time)))
    return TRUE;

  return fail (status, FALSE, start, end, error);
}

gboolean
ent_datetime_read_span (const char           *start,
                        const char           *end,
                        const EntReadContext *context,
                        gint64               *micros,
                        GError              **error)
{
  const char *rest;
  EntTimeOfDay time;
  gint64 days;
  ReadStatus status;

  if (ent_span_is (start, end, "now"))
    {
      *micros = g_get_real_time ();
      return TRUE;
    }
  status = read_date (start, end, context, &days, &rest);
  if (status != READ_OK || !ent_time_read (rest, end, &time))
    return fail (status, TRUE, start, end, error);

  if (!time.has_zone && context != NULL && context->time_zone != NULL)
    {
      gint64 local = days * 86400 + time.micros / G_USEC_PER_SEC;
      int interval = g_time_zone_adjust_time (context->time_zone, G_TIME_TYPE_STANDARD, &local);

      /* Adjusting moves a time that the clock skips in spring to one that exists. */
      days = 0;
      time.micros = local * G_USEC_PER_SEC + time.micros % G_USEC_PER_SEC;
      time.offset = g_time_zone_get_offset (context->time_zone, interval);
    }
  *micros = days * MICROS_PER_DAY + time.micros - (gint64) time.offset * G_USEC_PER_SEC;
  if (!ent_datetime_is_in_range (*micros))
    return fail (READ_MALFORMED, TRUE, start, end, error);

  return TRUE;
}

gboolean
ent_date_read (const char           *text,
               const EntReadContext *context,
               gint64               *days,
               GError              **error)
{
  const char *start = text, *end = text + strlen (text);

  ent_text_trim (&start, &end);

  return ent_date_read_span (start, end, context, days, error);
}

gboolean
ent_datetime_read (const char           *text,
                   const EntReadContext *context,
                   gint64               *micros,
                   GError              **error)
{
  const char *start = text, *end = text + strlen (text);

  ent_text_trim (&start, &end);

  return ent_datetime_read_span (start, end, context, micros, error);
}
