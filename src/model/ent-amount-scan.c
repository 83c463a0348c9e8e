/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <string.h>

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
          n = ent_number_group_mark_at (p, end);
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

/* A sign behind the number. "500-" is negative, "500,-" is five hundred even. */
static gsize
scan_last_sign (Scan       *scan,
                EntAmount  *amount,
                const char *p,
                const char *end)
{
  gboolean ends_open = p == amount->end && !g_ascii_isdigit (p[-1]);
  gsize n;

  if (scan->has_sign || scan->has_paren)
    return 0;
  n = sign_at (p, end, &amount->negative);
  scan->has_sign = n > 0;
  if (n > 0 && ends_open)
    amount->negative = FALSE;

  return n;
}

static gsize
scan_suffix (Scan       *scan,
             EntAmount  *amount,
             const char *p,
             const char *end)
{
  gsize n = 0;

  if (amount->has_suffix)
    return 0;
  if (p == amount->end)
    n = exponent_at (p, end, &amount->shift);
  if (n == 0)
    n = suffix_at (p, end, scan->context, &amount->shift);
  amount->has_suffix = n > 0;

  return n;
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

      if (*p == ')' && scan->has_paren && !closed)
        {
          closed = TRUE;
          n = 1;
        }
      else if (*p == '%' && !amount->is_percent)
        {
          amount->is_percent = TRUE;
          n = 1;
        }
      if (n == 0)
        n = (gssize) scan_last_sign (scan, amount, p, end);
      if (n == 0)
        n = scan_currency (scan, amount, p, end, status);
      if (n == 0)
        n = (gssize) scan_suffix (scan, amount, p, end);
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
