/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-date-private.h"

#include "model/ent-value-private.h"

#include <string.h>

static gboolean
read_two (const char **p,
          const char  *end,
          int         *value)
{
  if (end - *p < 2 || !g_ascii_isdigit ((*p)[0]) || !g_ascii_isdigit ((*p)[1]))
    return FALSE;
  *value = ((*p)[0] - '0') * 10 + ((*p)[1] - '0');
  *p += 2;

  return TRUE;
}

/* Digits past the sixth are cut: some systems write ten-millionths. */
static int
read_fraction (const char **p,
               const char  *end)
{
  int value = 0, n = 0;

  for (; *p < end && g_ascii_isdigit (**p); (*p)++)
    {
      if (n < 6)
        value = value * 10 + (**p - '0');
      n++;
    }
  for (; n < 6; n++)
    value *= 10;

  return value;
}

static const char *
read_zone (const char   *p,
           const char   *end,
           EntTimeOfDay *time)
{
  int hours, minutes = 0, sign;
  const char *word_end;

  p = ent_span_skip_spaces (p, end);
  if (p == end)
    return p;
  word_end = ent_span_skip_word (p, end);
  if (ent_span_is (p, word_end, "z") || ent_span_is (p, word_end, "utc") ||
      ent_span_is (p, word_end, "gmt"))
    {
      time->has_zone = TRUE;
      p = word_end;
      if (p == end)
        return p;
    }
  if (*p != '+' && *p != '-')
    return NULL;
  sign = *p++ == '-' ? -1 : 1;
  if (!read_two (&p, end, &hours))
    return NULL;
  if (p < end && *p == ':')
    p++;
  if (p < end && !read_two (&p, end, &minutes))
    return NULL;
  if (hours > 18 || minutes > 59)
    return NULL;
  time->has_zone = TRUE;
  time->offset = sign * (hours * 3600 + minutes * 60);

  return p;
}

/* "AM", "p.m."; -1 when there is none. */
static int
read_half_day (const char **p,
               const char  *end)
{
  const char *q = ent_span_skip_spaces (*p, end);
  int half;

  if (q == end || (g_ascii_tolower (*q) != 'a' && g_ascii_tolower (*q) != 'p'))
    return -1;
  half = g_ascii_tolower (*q++) == 'p';
  if (q < end && *q == '.')
    q++;
  if (q == end || g_ascii_tolower (*q) != 'm')
    return -1;
  q++;
  if (q < end && *q == '.')
    q++;
  *p = q;

  return half;
}

static gboolean
read_minutes_and_seconds (const char **p,
                          const char  *end,
                          int         *minutes,
                          int         *seconds,
                          int         *fraction)
{
  char separator = *(*p)++;

  if (!read_two (p, end, minutes))
    return FALSE;
  if (*p < end && **p == separator)
    {
      (*p)++;
      if (!read_two (p, end, seconds))
        return FALSE;
    }
  if (*p < end && (**p == '.' || **p == ','))
    {
      (*p)++;
      *fraction = read_fraction (p, end);
    }

  return TRUE;
}

static gboolean
read_clock (const char  **p,
            const char   *end,
            EntTimeOfDay *time)
{
  EntDatePart hour;
  int minutes = 0, seconds = 0, fraction = 0, half;
  gboolean bare = TRUE;
  const char *q = ent_span_read_digits (*p, end, 6, &hour);

  if (q == NULL)
    return FALSE;
  if (hour.n_digits == 6 || hour.n_digits == 4)
    {
      seconds = hour.n_digits == 6 ? hour.value % 100 : 0;
      minutes = hour.n_digits == 6 ? hour.value / 100 % 100 : hour.value % 100;
      hour.value /= hour.n_digits == 6 ? 10000 : 100;
      bare = FALSE;
    }
  else if (hour.n_digits > 2)
    return FALSE;
  else if (q < end && (*q == ':' || *q == '.'))
    {
      bare = FALSE;
      if (!read_minutes_and_seconds (&q, end, &minutes, &seconds, &fraction))
        return FALSE;
    }

  half = read_half_day (&q, end);
  if (half < 0 && bare)
    return FALSE;
  if (half >= 0 && (hour.value < 1 || hour.value > 12))
    return FALSE;
  if (half >= 0)
    hour.value = hour.value % 12 + half * 12;
  if (minutes > 59 || seconds > 60 || hour.value > 24 ||
      (hour.value == 24 && (minutes > 0 || seconds > 0 || fraction > 0)))
    return FALSE;
  time->micros = (((gint64) hour.value * 60 + minutes) * 60 + seconds) * G_USEC_PER_SEC + fraction;
  *p = q;

  return TRUE;
}

gboolean
ent_time_read (const char   *p,
               const char   *end,
               EntTimeOfDay *time)
{
  *time = (EntTimeOfDay) { 0 };
  if (p < end && (*p == 'T' || *p == 't' || *p == ','))
    p++;
  p = ent_span_skip_spaces (p, end);
  if (p == end)
    return TRUE;
  if (!read_clock (&p, end, time))
    return FALSE;

  return read_zone (p, end, time) == end;
}

gboolean
ent_time_of_day_read (const char *text,
                      int        *minutes)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  const char *p = trimmed, *end = trimmed + strlen (trimmed);
  EntTimeOfDay time = { 0 };

  if (!read_clock (&p, end, &time) || p != end || time.micros % (60 * G_USEC_PER_SEC) != 0)
    return FALSE;
  *minutes = (int) (time.micros / (60 * G_USEC_PER_SEC)) % (24 * 60);
  return TRUE;
}
