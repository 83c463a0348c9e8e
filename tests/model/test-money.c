/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts: how they are read from what people write, exact arithmetic, how they are shown. */
#include "config.h"

#include "model/ent-value.h"

static const EntReadContext plain = { 0 };
static const EntReadContext point = { .decimal_point = '.' };
static const EntReadContext comma = { .decimal_point = ',', .default_currency = "EUR" };
static const EntReadContext canada = { .default_currency = "CAD" };
static const EntReadContext sweden = { .default_currency = "SEK" };

static const struct
{
  const char           *text;
  const EntReadContext *context;
  gint64                minor;
  const char           *currency;
} amounts[] = {
  { "0", &plain, 0, "USD" },
  { "$1,234.50", &plain, 123450, "USD" },
  { "1.234,50 €", &plain, 123450, "EUR" },
  { "1 234,50 EUR", &plain, 123450, "EUR" },
  { "1\xc2\xa0" "234,50\xc2\xa0€", &plain, 123450, "EUR" },
  { "1\xe2\x80\xaf" "234,50\xe2\x80\xaf€", &plain, 123450, "EUR" },
  { "CHF 1'234.50", &plain, 123450, "CHF" },
  { "1’234’567.-", &plain, 123456700, "USD" },
  { "USD 1234", &plain, 123400, "USD" },
  { "usd1234", &plain, 123400, "USD" },
  { "1234USD", &plain, 123400, "USD" },
  { "(500.00)", &plain, -50000, "USD" },
  { "($500)", &plain, -50000, "USD" },
  { "$(500)", &plain, -50000, "USD" },
  { "-$500", &plain, -50000, "USD" },
  { "$-500", &plain, -50000, "USD" },
  { "−500", &plain, -50000, "USD" },
  { "500-", &plain, -50000, "USD" },
  { "500,-", &plain, 50000, "USD" },
  { "500,- kr", &sweden, 50000, "SEK" },
  { "1.2M", &plain, 120000000, "USD" },
  { "$1.234M", &plain, 123400000, "USD" },
  { "250K", &plain, 25000000, "USD" },
  { "250k USD", &plain, 25000000, "USD" },
  { "250KEUR", &plain, 25000000, "EUR" },
  { "1.5bn €", &plain, 150000000000, "EUR" },
  { "1.2E+06", &plain, 120000000, "USD" },
  { "2E-2", &plain, 2, "USD" },
  { "1,234", &plain, 123400, "USD" },
  { "1.234", &plain, 123400, "USD" },
  { "1.234", &comma, 123400, "EUR" },
  { "1,234", &point, 123400, "USD" },
  { "1,50", &point, 150, "USD" },
  { "1.50", &comma, 150, "EUR" },
  { "1234,5", &plain, 123450, "USD" },
  { "0.5", &plain, 50, "USD" },
  { ".50", &plain, 50, "USD" },
  { "5.", &plain, 500, "USD" },
  { "1.500,000", &plain, 150000, "USD" },
  { "1,234,567", &plain, 123456700, "USD" },
  { "1.234.567", &plain, 123456700, "USD" },
  { "₹12,34,567.89", &plain, 123456789, "INR" },
  { "1234.500 USD", &plain, 123450, "USD" },
  { "1.234 BHD", &plain, 1234, "BHD" },
  { "¥1,000", &plain, 1000, "JPY" },
  { "1000 JPY", &plain, 1000, "JPY" },
  { "$100", &canada, 10000, "CAD" },
  { "$100 USD", &canada, 10000, "USD" },
  { "US$100", &canada, 10000, "USD" },
  { "R$ 1.234,56", &plain, 123456, "BRL" },
  { "100 zł", &plain, 10000, "PLN" },
  { "1 250 Kč", &plain, 125000, "CZK" },
  { "+5", &plain, 500, "USD" },
  { " 7 ", &plain, 700, "USD" },
  { "92233720368547758.07", &plain, G_MAXINT64, "USD" },
  { "-92233720368547758.08", &plain, G_MININT64, "USD" },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 minor = -1;
      char currency[4] = "";

      g_test_message ("%s", amounts[i].text);
      ent_money_read (amounts[i].text, amounts[i].context, &minor, currency, &error);
      g_assert_no_error (error);
      g_assert_cmpint (minor, ==, amounts[i].minor);
      g_assert_cmpstr (currency, ==, amounts[i].currency);
    }
}

static const struct
{
  const char           *text;
  const EntReadContext *context;
  EntValueErrorCode     code;
} refusals[] = {
  { "", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "abc", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "$", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "12 apples", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "12 34 56", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "1,23,4", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "1.2.3,4,5", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "1.234,567,890", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "(500", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "500)", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "--5", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "-5-", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "5 %", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "€5 USD", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "EUR 5 USD", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "5 XYZ", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "5 KM", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "2026-11-20", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "1234.505 USD", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "1.234", &point, ENT_VALUE_ERROR_MALFORMED },
  { "¥1.5", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "1.23456789K", &plain, ENT_VALUE_ERROR_MALFORMED },
  { "100 kr", &plain, ENT_VALUE_ERROR_AMBIGUOUS },
  { "92233720368547758.08", &plain, ENT_VALUE_ERROR_RANGE },
  { "1E99", &plain, ENT_VALUE_ERROR_RANGE },
};

static void
test_refuse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 minor = 0;
      char currency[4] = "";

      g_test_message ("%s", refusals[i].text);
      g_assert_false (ent_money_read (refusals[i].text, refusals[i].context, &minor, currency,
                                      &error));
      g_assert_error (error, ENT_VALUE_ERROR, (int) refusals[i].code);
    }
}

static void
test_messages (void)
{
  g_autoptr (GError) error = NULL;
  gint64 minor;
  char currency[4];

  g_assert_false (ent_money_read ("twelve", NULL, &minor, currency, &error));
  g_assert_cmpstr (error->message, ==,
                   "“twelve” is not an amount of money; write one such as 1234.50 USD");
  g_clear_error (&error);
  g_assert_false (ent_money_read ("1234.505 USD", NULL, &minor, currency, &error));
  g_assert_cmpstr (error->message, ==,
                   "“1234.505 USD” has too many decimals; in USD write at most 2");
}

static void
test_mul_div_is_half_even (void)
{
  static const gint64 cases[][4] = {
    { 5, 1, 2, 2 }, { 7, 1, 2, 4 }, { -5, 1, 2, -2 }, { -7, 1, 2, -4 }, { 5, -1, 2, -2 },
    { 7, 1, -2, -4 }, { -7, -1, 2, 4 }, { 10, 1, 3, 3 }, { 11, 1, 3, 4 }, { -11, 1, 3, -4 },
    { 0, 5, 7, 0 }, { 12345, 125000, 1000000, 1543 }, { G_MAXINT64, 3, 3, G_MAXINT64 },
    { G_MININT64, 1, 1, G_MININT64 }, { 1, 1, G_MININT64, 0 },
    { G_MAXINT64, 1000000, 1000000, G_MAXINT64 },
  };
  gint64 result;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (ent_mul_div (cases[i][0], cases[i][1], cases[i][2], &result));
      g_assert_cmpint (result, ==, cases[i][3]);
    }
  g_assert_false (ent_mul_div (1, 1, 0, &result));
  g_assert_false (ent_mul_div (G_MAXINT64, 2, 1, &result));
  g_assert_false (ent_mul_div (G_MININT64, -1, 1, &result));
}

/* Against the definition: the quotient's error is at most a half, and at a half it is even. */
static void
test_mul_div_random (void)
{
  for (int i = 0; i < 20000; i++)
    {
      gint64 a = g_test_rand_int_range (-100000, 100000);
      gint64 n = g_test_rand_int_range (-1000, 1000);
      gint64 d = g_test_rand_int_range (1, 50) * (g_test_rand_bit () ? 1 : -1);
      gint64 q, off;

      g_assert_true (ent_mul_div (a, n, d, &q));
      off = ABS (2 * (a * n - q * d));
      g_assert_cmpint (off, <=, ABS (d));
      if (off == ABS (d))
        g_assert_cmpint (q % 2, ==, 0);
    }
}

static const struct
{
  gint64      minor;
  const char *currency;
  const char *full, *brief;
} shown[] = {
  { 0, "USD", "$0.00", "$0" },
  { 95000, "USD", "$950.00", "$950" },
  { 8550, "USD", "$85.50", "$85.50" },
  { 99949, "USD", "$999.49", "$999.49" },
  { 100000, "USD", "$1,000.00", "$1K" },
  { 123456, "USD", "$1,234.56", "$1.2K" },
  { 99994999, "USD", "$999,949.99", "$999.9K" },
  { 99995001, "USD", "$999,950.01", "$1M" },
  { 1840000000, "USD", "$18,400,000.00", "$18.4M" },
  { 120000000000, "USD", "$1,200,000,000.00", "$1.2B" },
  { 120000000000000, "USD", "$1,200,000,000,000.00", "$1.2T" },
  { -123450, "USD", "-$1,234.50", "-$1.2K" },
  { 1234, "JPY", "¥1,234", "¥1.2K" },
  { 1234567, "BHD", "BHD\xc2\xa0" "1,234.567", "BHD\xc2\xa0" "1.2K" },
  { 123450, "EUR", "€1,234.50", "€1.2K" },
  { 123450, "CAD", "CA$1,234.50", "CA$1.2K" },
  { G_MININT64, "USD", "-$92,233,720,368,547,758.08", "-$92,233.7T" },
};

static void
test_display (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *full = ent_money_display (shown[i].minor, shown[i].currency,
                                                 ENT_DISPLAY_FULL);
      g_autofree char *brief = ent_money_display (shown[i].minor, shown[i].currency,
                                                  ENT_DISPLAY_SHORT);

      g_assert_cmpstr (full, ==, shown[i].full);
      g_assert_cmpstr (brief, ==, shown[i].brief);
    }
}

static void
test_currencies (void)
{
  const char * const *codes = ent_currency_get_codes ();

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("5 %s", codes[i]);
      gint64 minor;
      char currency[4];

      g_assert_true (ent_currency_is_known (codes[i]));
      g_assert_nonnull (ent_currency_get_symbol (codes[i]));
      if (i > 0)
        g_assert_cmpstr (codes[i - 1], <, codes[i]);
      g_assert_true (ent_money_read (text, NULL, &minor, currency, NULL));
      g_assert_cmpstr (currency, ==, codes[i]);
    }
  g_assert_cmpint (ent_currency_get_digits ("USD"), ==, 2);
  g_assert_cmpint (ent_currency_get_digits ("JPY"), ==, 0);
  g_assert_cmpint (ent_currency_get_digits ("BHD"), ==, 3);
  g_assert_cmpint (ent_currency_get_digits ("XYZ"), ==, 2);
  g_assert_false (ent_currency_is_known ("usd"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/read", test_read);
  g_test_add_func ("/money/refuse", test_refuse);
  g_test_add_func ("/money/messages", test_messages);
  g_test_add_func ("/money/mul-div-is-half-even", test_mul_div_is_half_even);
  g_test_add_func ("/money/mul-div-random", test_mul_div_random);
  g_test_add_func ("/money/display", test_display);
  g_test_add_func ("/money/currencies", test_currencies);

  return g_test_run ();
}
