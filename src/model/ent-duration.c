/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-date-private.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A number of hours that fits is a number of minutes that fits. */
#define MAX_DIGITS 9
#define MAX_HOUR_DIGITS 7

static gboolean
is_one_of (const char         *p,
           const char         *end,
           const char * const *words)
{
  for (; *words != NULL; words++)
    if (ent_span_is (p, end, *words))
      return TRUE;

  return FALSE;
}

static gboolean
is_hours (const char *p,
          const char *end)
{
  static const char * const words[] = { "h", "hr", "hrs", "hour", "hours", "std", NULL };

  return is_one_of (p, end, words) || ent_text_loosely_equal (_("hours"), p, (gsize) (end - p));
}

static gboolean
is_minutes (const char *p,
            const char *end)
{
  static const char * const words[] = { "m", "min", "mins", "minute", "minutes", NULL };

  return is_one_of (p, end, words) || ent_text_loosely_equal (_("minutes"), p, (gsize) (end - p));
}

/* "1.5 h": exact to the minute, so 1.25 and 0.1 are read and 0.333 is not. */
static const char *
read_fraction_of_hour (const char *p,
                       const char *end,
                       gint64     *minutes)
{
  gint64 scaled = 0, scale = 1;

  for (p++; p < end && g_ascii_isdigit (*p); p++)
    {
      if (scale >= 10000)
        return NULL;
      scaled = scaled * 10 + (*p - '0');
      scale *= 10;
    }
  if (scale == 1 || scaled * 60 % scale != 0)
    return NULL;
  *minutes = scaled * 60 / scale;

  return p;
}

static gboolean
read_clock (const char *p,
            const char *end,
            EntDatePart hours,
            gint64     *minutes)
{
  EntDatePart part;
  const char *rest = ent_span_read_digits (p + 1, end, 2, &part);

  if (rest != end || hours.n_digits > MAX_HOUR_DIGITS || part.n_digits != 2 || part.value > 59)
    return FALSE;
  *minutes = (gint64) hours.value * 60 + part.value;

  return TRUE;
}

/* What may follow the hours: "30", "30m", "30 min". */
static gboolean
read_rest (const char *p,
           const char *end,
           gint64     *minutes)
{
  EntDatePart part;

  p = ent_span_skip_spaces (p, end);
  if (p == end)
    return TRUE;
  p = ent_span_read_digits (p, end, MAX_HOUR_DIGITS, &part);
  if (p == NULL)
    return FALSE;
  *minutes += part.value;
  p = ent_span_skip_spaces (p, end);

  return p == end || is_minutes (p, end);
}

static gboolean
read_minutes (const char *p,
              const char *end,
              gint64     *minutes)
{
  EntDatePart part;
  gint64 fraction = 0;
  gboolean has_fraction = FALSE;
  const char *word_end;

  p = ent_span_read_digits (p, end, MAX_DIGITS, &part);
  if (p == NULL)
    return FALSE;
  *minutes = part.value;
  if (p == end)
    return TRUE;
  if (*p == ':')
    return read_clock (p, end, part, minutes);
  if (*p == '.' || *p == ',')
    {
      has_fraction = TRUE;
      p = read_fraction_of_hour (p, end, &fraction);
      if (p == NULL)
        return FALSE;
    }

  p = ent_span_skip_spaces (p, end);
  word_end = ent_span_skip_word (p, end);
  if (word_end == p)
    return FALSE;
  if (part.n_digits <= MAX_HOUR_DIGITS && is_hours (p, word_end))
    {
      *minutes = (gint64) part.value * 60 + fraction;
      return read_rest (word_end, end, minutes);
    }

  return !has_fraction && is_minutes (p, word_end) && word_end == end;
}

gboolean
ent_duration_read_span (const char *start,
                        const char *end,
                        gint64     *minutes,
                        GError    **error)
{
  g_autofree char *text = NULL;
  gboolean negative = start < end && *start == '-';

  if (read_minutes (start + negative, end, minutes))
    {
      if (negative)
        *minutes = -*minutes;
      return TRUE;
    }

  text = ent_text_shorten (start, end - start);
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
               _("“%s” is not a duration; write minutes, such as 90, or 1h30"), text);

  return FALSE;
}
