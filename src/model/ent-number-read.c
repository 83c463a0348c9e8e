/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <string.h>

gsize
ent_number_group_mark_at (const char *p,
                          const char *end)
{
  if (p < end && *p == '\'')
    return 1;
  if (end - p >= 3 && memcmp (p, "’", 3) == 0)
    return 3;

  return ent_text_space_at (p, end);
}

/* What the separators of a number are. */
typedef struct
{
  int         dots, commas, marks;
  const char *last_dot, *last_comma;
} Separators;

static Separators
find_separators (const EntAmount *amount)
{
  Separators found = { 0 };

  for (const char *p = amount->start; p < amount->end; p++)
    {
      gsize n;

      if (g_ascii_isdigit (*p))
        continue;
      if (*p == '.')
        {
          found.dots++;
          found.last_dot = p;
        }
      else if (*p == ',')
        {
          found.commas++;
          found.last_comma = p;
        }
      else if ((n = ent_number_group_mark_at (p, amount->end)) > 0)
        {
          found.marks++;
          p += n - 1;
        }
    }

  return found;
}

/* Whether the only dot or comma, at @p, is a decimal one. Three digits after it make a thousands
 * separator, unless the context or the number itself says otherwise. */
static gboolean
is_decimal (const EntAmount *amount,
            const char      *p,
            int              digits,
            char             decimal_point,
            gboolean         prefer_decimal)
{
  gssize before = p - amount->start, after = amount->end - p - 1;

  if (after != 3 || before == 0 || before > 3 || amount->start[0] == '0')
    return TRUE;
  if (amount->has_suffix)
    return TRUE;
  if (decimal_point != 0)
    return *p == decimal_point;

  return prefer_decimal || (digits == 3 && *p == '.');
}

/* The decimal separator; @amount->end when there is none, NULL when separators contradict. */
static const char *
find_point (const EntAmount *amount,
            int              digits,
            char             decimal_point,
            gboolean         prefer_decimal)
{
  Separators found = find_separators (amount);
  const char *last;

  if (found.dots > 0 && found.commas > 0)
    {
      gboolean dot_last = found.last_dot > found.last_comma;

      if ((dot_last ? found.dots : found.commas) > 1)
        return NULL;
      return dot_last ? found.last_dot : found.last_comma;
    }
  if (found.dots + found.commas == 0)
    return amount->end;
  if (found.dots + found.commas > 1)
    return found.marks > 0 ? NULL : amount->end;

  last = found.dots > 0 ? found.last_dot : found.last_comma;
  if (found.marks > 0 || is_decimal (amount, last, digits, decimal_point, prefer_decimal))
    return last;

  return amount->end;
}

/* Groups of three; Indian numbers have groups of two before the last one. */
static gboolean
check_groups (const char *p,
              const char *end)
{
  const char *mark = NULL;
  gsize mark_length = 0;
  int n = 0, n_groups = 0;
  gboolean has_two = FALSE;

  for (; p < end; p++)
    {
      gsize length;

      if (g_ascii_isdigit (*p))
        {
          n++;
          continue;
        }
      length = *p == '.' || *p == ',' ? 1 : ent_number_group_mark_at (p, end);
      if (mark != NULL && (length != mark_length || memcmp (mark, p, length) != 0))
        return FALSE;
      if (n == 0 || n > 3 || (n_groups > 0 && n == 1))
        return FALSE;
      has_two = has_two || (n_groups > 0 && n == 2);
      if (n_groups > 0 && n == 3 && has_two)
        return FALSE;
      mark = p;
      mark_length = length;
      n_groups++;
      n = 0;
      p += length - 1;
    }

  return n_groups == 0 || n == 3;
}

static gboolean
shift_mantissa (guint64 *mantissa,
                int      exponent)
{
  for (; exponent > 0 && *mantissa != 0; exponent--)
    if (__builtin_mul_overflow (*mantissa, 10, mantissa))
      return FALSE;

  return TRUE;
}

static gboolean
append_digits (const char *p,
               const char *end,
               guint64    *mantissa)
{
  for (; p < end; p++)
    if (g_ascii_isdigit (*p))
      if (__builtin_mul_overflow (*mantissa, 10, mantissa) ||
          __builtin_add_overflow (*mantissa, (guint64) (*p - '0'), mantissa))
        return FALSE;

  return TRUE;
}

static EntAmountStatus
sign_mantissa (guint64   mantissa,
               gboolean  negative,
               gint64   *value)
{
  if (mantissa > (guint64) G_MAXINT64 + negative)
    return ENT_AMOUNT_LARGE;
  *value = negative ? (gint64) (0 - mantissa) : (gint64) mantissa;

  return ENT_AMOUNT_OK;
}

EntAmountStatus
ent_amount_to_scaled (const EntAmount *amount,
                      int              digits,
                      char             decimal_point,
                      gboolean         prefer_decimal,
                      gint64          *value)
{
  const char *point = find_point (amount, digits, decimal_point, prefer_decimal);
  const char *fraction, *fraction_end = amount->end;
  guint64 mantissa = 0;
  int exponent = digits + amount->shift;

  if (point == NULL || !check_groups (amount->start, point))
    return ENT_AMOUNT_MALFORMED;
  fraction = MIN (point + 1, amount->end);
  while (fraction_end > fraction && fraction_end[-1] == '0')
    fraction_end--;
  for (const char *p = fraction; p < fraction_end; p++)
    if (!g_ascii_isdigit (*p))
      return ENT_AMOUNT_MALFORMED;

  exponent -= (int) (fraction_end - fraction);
  if (!append_digits (amount->start, point, &mantissa) ||
      !append_digits (fraction, fraction_end, &mantissa))
    return ENT_AMOUNT_LARGE;
  for (; exponent < 0 && mantissa != 0; exponent++)
    {
      if (mantissa % 10 != 0)
        return ENT_AMOUNT_PRECISE;
      mantissa /= 10;
    }
  if (!shift_mantissa (&mantissa, exponent))
    return ENT_AMOUNT_LARGE;

  return sign_mantissa (mantissa, amount->negative, value);
}
