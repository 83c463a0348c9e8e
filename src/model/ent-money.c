/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <locale.h>
#include <string.h>

__extension__ typedef __int128 Wide;

gboolean
ent_mul_div (gint64  amount,
             gint64  num,
             gint64  den,
             gint64 *result)
{
  Wide product, quotient, rest, twice;

  if (den == 0)
    return FALSE;
  product = (Wide) amount * num;
  quotient = product / den;
  rest = product % den;

  /* The quotient was cut towards zero: step away from it when more than half is left, and to the
   * even neighbor when exactly half is. */
  twice = (rest < 0 ? -rest : rest) * 2;
  if (twice > (den < 0 ? -(Wide) den : den) ||
      (twice == (den < 0 ? -(Wide) den : den) && quotient % 2 != 0))
    quotient += (product < 0) == (den < 0) ? 1 : -1;
  if (quotient > G_MAXINT64 || quotient < G_MININT64)
    return FALSE;
  *result = (gint64) quotient;

  return TRUE;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static gboolean
fail (EntAmountStatus  status,
      const char      *start,
      const char      *end,
      const char      *currency,
      GError         **error)
{
  g_autofree char *shown = ent_text_shorten (start, end - start);
  int digits = ent_currency_get_digits (currency);

  switch (status)
    {
    case ENT_AMOUNT_CURRENCY:
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_AMBIGUOUS,
                   _("“%s” could be in several currencies; write the code, such as 1234.50 SEK"),
                   shown);
      break;
    case ENT_AMOUNT_PRECISE:
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   /* Translators: an amount, a currency code, a number of decimals. */
                   g_dngettext (GETTEXT_PACKAGE,
                                "“%s” has too many decimals; in %s write at most %d",
                                "“%s” has too many decimals; in %s write at most %d",
                                (gulong) digits),
                   shown, currency, digits);
      break;
    case ENT_AMOUNT_LARGE:
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_RANGE,
                   _("“%s” is too large an amount; write a smaller one"), shown);
      break;
    case ENT_AMOUNT_OK:
    case ENT_AMOUNT_MALFORMED:
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   _("“%s” is not an amount of money; write one such as 1234.50 USD"), shown);
      break;
    }

  return FALSE;
}

gboolean
ent_money_read_span (const char           *start,
                     const char           *end,
                     const EntReadContext *context,
                     gint64               *minor,
                     char                  currency[4],
                     GError              **error)
{
  const char *usual = context != NULL ? context->default_currency : NULL;
  EntAmount amount;
  EntAmountStatus status = ent_amount_scan (start, end, context, &amount);

  if (status == ENT_AMOUNT_OK && amount.is_percent)
    status = ENT_AMOUNT_MALFORMED;
  if (status != ENT_AMOUNT_OK)
    return fail (status, start, end, "", error);

  if (amount.currency[0] == '\0')
    g_strlcpy (amount.currency, usual != NULL ? usual : "USD", sizeof amount.currency);
  status = ent_amount_to_scaled (&amount, ent_currency_get_digits (amount.currency),
                                 context != NULL ? context->decimal_point : 0, FALSE, minor);
  if (status != ENT_AMOUNT_OK)
    return fail (status, start, end, amount.currency, error);
  memcpy (currency, amount.currency, sizeof amount.currency);

  return TRUE;
}

gboolean
ent_money_read (const char           *text,
                const EntReadContext *context,
                gint64               *minor,
                char                  currency[4],
                GError              **error)
{
  const char *start = text, *end = text + strlen (text);

  ent_text_trim (&start, &end);

  return ent_money_read_span (start, end, context, minor, currency, error);
}

/* --- Showing ---------------------------------------------------------------------------------- */

static gint64
power_of_ten (int n)
{
  gint64 power = 1;

  while (n-- > 0)
    power *= 10;

  return power;
}

/* Four figures at most: 950, 1.2K, 18.4M, 1.2B. */
static void
append_short (GString *buffer,
              gint64   minor,
              int      digits)
{
  static const char * const units[] = {
    NULL, NC_("short number", "K"), NC_("short number", "M"), NC_("short number", "B"),
    NC_("short number", "T"),
  };
  gint64 one = power_of_ten (digits);
  gint64 tenths = 0;

  if (minor > -1000 * one && minor < 1000 * one)
    {
      ent_number_append_local (buffer, minor, digits, minor % one == 0);
      return;
    }
  for (guint i = 1; i < G_N_ELEMENTS (units); i++)
    {
      one *= 1000;
      ent_mul_div (minor, 10, one, &tenths);
      /* What rounds up to a thousand is one of the next unit. */
      if ((tenths > -10000 && tenths < 10000) || i == G_N_ELEMENTS (units) - 1)
        {
          ent_number_append_local (buffer, tenths, 1, TRUE);
          g_string_append (buffer, g_dpgettext2 (GETTEXT_PACKAGE, "short number", units[i]));
          return;
        }
    }
}

/* In the user's own country the plain symbol is that of its currency; then the dollar of another
 * country must say which. */
static const char *
get_local_symbol (const char         *currency,
                  const struct lconv *locale)
{
  const char *symbol = ent_currency_get_symbol (currency);

  if (strncmp (locale->int_curr_symbol, currency, 3) == 0 && *locale->currency_symbol != '\0')
    return locale->currency_symbol;
  if (symbol != NULL && strcmp (symbol, locale->currency_symbol) == 0)
    return strcmp (symbol, "$") == 0 ? "US$" : currency;

  return symbol != NULL ? symbol : currency;
}

static gboolean
needs_space (const struct lconv *locale,
             const char         *symbol,
             gboolean            precedes)
{
  if (locale->p_sep_by_space != CHAR_MAX && locale->p_sep_by_space != 0)
    return TRUE;

  return !precedes || g_ascii_isalpha (symbol[strlen (symbol) - 1]);
}

char *
ent_money_display (gint64      minor,
                   const char *currency,
                   EntDisplay  form)
{
  const struct lconv *locale = localeconv ();
  const char *symbol = get_local_symbol (currency, locale);
  gboolean precedes = locale->p_cs_precedes == CHAR_MAX || locale->p_cs_precedes != 0;
  int digits = ent_currency_get_digits (currency);
  GString *text = g_string_new (NULL);
  gsize start;

  if (minor < 0)
    g_string_append_c (text, '-');
  if (precedes)
    g_string_append (text, symbol);
  if (precedes && needs_space (locale, symbol, TRUE))
    g_string_append (text, "\xc2\xa0");

  start = text->len;
  if (form == ENT_DISPLAY_SHORT)
    append_short (text, minor, digits);
  else
    ent_number_append_local (text, minor, digits, FALSE);
  if (minor < 0)
    g_string_erase (text, (gssize) start, 1); /* the sign stands before the symbol */

  if (!precedes)
    g_string_append_printf (text, "\xc2\xa0%s", symbol);

  return g_string_free (text, FALSE);
}
