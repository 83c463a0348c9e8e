/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <string.h>

/* Bytes of a thousands separator other than dot and comma: spaces and Swiss apostrophes. */
static gsize
group_mark_at (const char *p,
               const char *end)
{
  if (p < end && *p == '\'')
    return 1;
  if (end - p >= 3 && memcmp (p, "’", 3) == 0)
    return 3;

  return ent_text_space_at (p, end);
}

static const char *
skip_number (const char *p,
             const char *end)
{
  const char *after = p;

  while (p < end)
    {
      gsize n;

      if (g_ascii_isdigit (*p))
        {
          after = ++p;
        }
      else if (*p == '.' || *p == ',')
        {
          p++;
        }
      else
        {
          n = group_mark_at (p, end);
          if (n == 0 || p + n >= end || !g_ascii_isdigit (p[n]))
            break;
          p += n;
        }
    }
  /* One separator may end the number: "5.", and "500,-". */
  if (after < end && (*after == '.' || *after == ','))
    after++;

  return after;
}

static gsize
sign_at (const char *p,
         const char *end,
         gboolean   *negative)
{
  if (*p == '+' || *p == '-')
    {
      *negative = *p == '-';
      return 1;
    }
  if (end - p >= 3 && memcmp (p, "−", 3) == 0)
    {
      *negative = TRUE;
      return 3;
    }

  return 0;
}

/* Two mentions must agree: "$500 CAD" is Canadian dollars, "€500 USD" is an error. */
static gboolean
note_currency (EntAmount  *amount,
               const char *p,
               gsize       length,
               const char *code,
               const char **symbol,
               gsize       *symbol_length)
{
  gboolean is_code = length == 3 && g_ascii_strncasecmp (p, code, 3) == 0;

  if (amount->currency[0] == '\0' && *symbol == NULL)
    {
      if (!is_code)
        {
          *symbol = p;
          *symbol_length = length;
        }
      g_strlcpy (amount->currency, code, sizeof amount->currency);
      return TRUE;
    }
  if (is_code && *symbol != NULL && ent_currency_symbol_fits (*symbol, *symbol_length, code))
    {
      g_strlcpy (amount->currency, code, sizeof amount->currency);
      return TRUE;
    }

  return !is_code && ent_currency_symbol_fits (p, length, amount->currency);
}

static const struct
{
  const char *word;
  int         shift;
} suffixes[] = {
  { "k", 3 }, { "m", 6 }, { "b", 9 }, { "t", 12 }, { "mm", 6 }, { "mn", 6 }, { "mio", 6 },
  { "mln", 6 }, { "mil", 6 }, { "million", 6 }, { "bn", 9 }, { "mrd", 9 }, { "billion", 9 },
  { "thousand", 3 },
};

/* "K", "bn"; with a currency code right behind it, too: "250KUSD". */
static gsize
suffix_at (const char           *p,
           const char           *end,
           const EntReadContext *context,
           int                  *shift)
{
  gsize best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize length = strlen (suffixes[i].word);
      gsize code_length;

      if (length <= best || length > (gsize) (end - p) ||
          g_ascii_strncasecmp (p, suffixes[i].word, length) != 0)
        continue;
      if (p + length < end && g_ascii_isalpha (p[length]) &&
          ent_currency_match (p + length, end, context, &code_length) == NULL)
        continue;
      best = length;
      *shift = suffixes[i].shift;
    }

  return best;
}

/* The exponent of "1.2E+06", as spreadsheets write large numbers. */
static gsize
exponent_at (const char *p,
             const char *end,
             int        *shift)
{
  const char *q = p + 1;
  int value = 0, n = 0;
  gboolean negative = FALSE;

  if (*p != 'e' && *p != 'E')
    return 0;
  if (q < end && (*q == '+' || *q == '-'))
    negative = *q++ == '-';
  for (; q < end && g_ascii_isdigit (*q) && n < 3; q++, n++)
    value = value * 10 + (*q - '0');
  if (n == 0 || n > 2)
    return 0;
  *shift = negative ? -value : value;

  return (gsize) (q - p);
}

typedef struct
{
  const EntReadContext *context;
  const char           *symbol;
  gsize                 symbol_length;
  gboolean              has_paren;
  gboolean              has_sign;
} Scan;

/* Reads a currency at @p. Returns its length; 0: none; -1: @status tells. */
static gssize
scan_currency (Scan            *scan,
               EntAmount       *amount,
               const char      *p,
               const char      *end,
               EntAmountStatus *status)
{
  gsize length;
  const char *code = ent_currency_match (p, end, scan->context, &length);

  if (code == NULL)
    return 0;
  if (*code == '?')
    {
      *status = ENT_AMOUNT_CURRENCY;
      return -1;
    }
  if (!note_currency (amount, p, length, code, &scan->symbol, &scan->symbol_length))
    {
      *status = ENT_AMOUNT_MALFORMED;
      return -1;
    }

  return (gssize) length;
}

static const char *
scan_head (Scan            *scan,
           EntAmount       *amount,
           const char      *p,
           const char      *end,
           EntAmountStatus *status)
{
  while (p < end)
    {
      gssize n = (gssize) ent_text_space_at (p, end);

      if (g_ascii_isdigit (*p) || ((*p == '.' || *p == ',') && p + 1 < end &&
                                   g_ascii_isdigit (p[1])))
        return p;
      if (n == 0 && *p == '(' && !scan->has_paren && !scan->has_sign)
        {
          scan->has_paren = amount->negative = TRUE;
          n = 1;
        }
      if (n == 0 && !scan->has_paren && !scan->has_sign)
        {
          n = (gssize) sign_at (p, end, &amount->negative);
          scan->has_sign = n > 0;
        }
      if (n == 0)
        n = scan_currency (scan, amount, p, end, status);
      if (n <= 0)
        return NULL;
      p += n;
    }

  return NULL;
}

static gboolean
scan_tail (Scan            *scan,
           EntAmount       *amount,
           const char      *p,
           const char      *end,
           EntAmountStatus *status)
{
  gboolean closed = FALSE;

  while (p < end)
    {
      gssize n = (gssize) ent_text_space_at (p, end);

      if (n == 0 && *p == ')' && scan->has_paren && !closed)
        {
          closed = TRUE;
          n = 1;
        }
      if (n == 0 && *p == '%' && !amount->is_percent)
        {
          amount->is_percent = TRUE;
          n = 1;
        }
      if (n == 0 && !scan->has_sign && !scan->has_paren)
        {
          gboolean ends_open = p == amount->end && !g_ascii_isdigit (p[-1]);

          n = (gssize) sign_at (p, end, &amount->negative);
          scan->has_sign = n > 0;
          /* "500,-" is five hundred even, "500-" a negative amount. */
          if (n > 0 && ends_open)
            amount->negative = FALSE;
        }
      if (n == 0)
        n = scan_currency (scan, amount, p, end, status);
      if (n == 0 && !amount->has_suffix)
        {
          n = p == amount->end ? (gssize) exponent_at (p, end, &amount->shift) : 0;
          if (n == 0)
            n = (gssize) suffix_at (p, end, scan->context, &amount->shift);
          amount->has_suffix = n > 0;
        }
      if (n <= 0)
        return FALSE;
      p += n;
    }

  return closed == scan->has_paren;
}

EntAmountStatus
ent_amount_scan (const char           *start,
                 const char           *end,
                 const EntReadContext *context,
                 EntAmount            *amount)
{
  Scan scan = { context, NULL, 0, FALSE, FALSE };
  EntAmountStatus status = ENT_AMOUNT_MALFORMED;

  *amount = (EntAmount) { 0 };
  amount->start = scan_head (&scan, amount, start, end, &status);
  if (amount->start == NULL)
    return status;
  amount->end = skip_number (amount->start, end);

  return scan_tail (&scan, amount, amount->end, end, &status) ? ENT_AMOUNT_OK : status;
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
      else if ((n = group_mark_at (p, amount->end)) > 0)
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
      length = *p == '.' || *p == ',' ? 1 : group_mark_at (p, end);
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
