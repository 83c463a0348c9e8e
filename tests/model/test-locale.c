/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Display follows the user's locale; what was stored reads back in any of them. */
#include "config.h"

#include "model/ent-value.h"

#include <locale.h>

#define NBSP "\xc2\xa0"
#define NARROW "\xe2\x80\xaf"

typedef struct
{
  const char *locale;
  const char *euros, *dollars, *brief, *negative; /* of 1,234.50 */
  const char *full, *short_date;                  /* 2 November 2026 */
  const char *instant;
} Expected;

static const Expected expected[] = {
  { "en_US.utf8", "€1,234.50", "$1,234.50", "$1.2K", "-$1,234.50",
    "November 2, 2026", "Nov 2, 2026", "Nov 2, 2026, 2:05 PM" },
  { "en_GB.utf8", "€1,234.50", "$1,234.50", "$1.2K", "-$1,234.50",
    "2 November 2026", "2 Nov 2026", "2 Nov 2026, 14:05" },
  { "de_DE.utf8", "1.234,50" NBSP "€", "1.234,50" NBSP "$", "1,2K" NBSP "$", "-1.234,50" NBSP "$",
    "2 November 2026", "2 Nov 2026", "2 Nov 2026, 14:05" },
  { "fr_FR.utf8", "1" NARROW "234,50" NBSP "€", "1" NARROW "234,50" NBSP "$", "1,2K" NBSP "$",
    "-1" NARROW "234,50" NBSP "$", "2 novembre 2026", "2 nov. 2026", "2 nov. 2026, 14:05" },
};

static void
assert_shown (char       *text, /* taken */
              const char *wanted)
{
  g_autofree char *shown = text;

  g_assert_cmpstr (shown, ==, wanted);
}

static void
test_display (gconstpointer data)
{
  const Expected *e = data;
  gint64 days = ent_date_from_ymd (2026, 11, 2);
  gint64 micros = (days * 86400 + 14 * 3600 + 5 * 60) * G_USEC_PER_SEC;

  if (setlocale (LC_ALL, e->locale) == NULL)
    {
      g_test_skip ("this system does not have the locale");
      return;
    }
  assert_shown (ent_money_display (123450, "EUR", ENT_DISPLAY_FULL), e->euros);
  assert_shown (ent_money_display (123450, "USD", ENT_DISPLAY_FULL), e->dollars);
  assert_shown (ent_money_display (123450, "USD", ENT_DISPLAY_SHORT), e->brief);
  assert_shown (ent_money_display (-123450, "USD", ENT_DISPLAY_FULL), e->negative);
  assert_shown (ent_date_display (days, ENT_DISPLAY_FULL), e->full);
  assert_shown (ent_date_display (days, ENT_DISPLAY_SHORT), e->short_date);
  assert_shown (ent_datetime_display (micros, ENT_DISPLAY_SHORT), e->instant);
  setlocale (LC_ALL, "C.UTF-8");
}

/* What is shown can be typed in again. */
static void
test_shown_reads_back (gconstpointer data)
{
  const Expected *e = data;
  g_autoptr (GError) error = NULL;
  EntReadContext context = { 0 };

  if (setlocale (LC_ALL, e->locale) == NULL)
    {
      g_test_skip ("this system does not have the locale");
      return;
    }
  context.decimal_point = *localeconv ()->decimal_point;
  for (int i = 0; i < 500; i++)
    {
      gint64 days = g_test_rand_int_range (-10000, 40000), read_days;
      gint64 minor = g_test_rand_int (), read_minor;
      g_autofree char *full = ent_date_display (days, ENT_DISPLAY_FULL);
      g_autofree char *brief = ent_date_display (days, ENT_DISPLAY_SHORT);
      g_autofree char *money = ent_money_display (minor, "EUR", ENT_DISPLAY_FULL);
      char currency[4];

      ent_date_read (full, NULL, &read_days, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read_days, ==, days);
      ent_date_read (brief, NULL, &read_days, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read_days, ==, days);
      ent_money_read (money, &context, &read_minor, currency, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read_minor, ==, minor);
      g_assert_cmpstr (currency, ==, "EUR");
    }
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_storage_knows_no_locale (void)
{
  g_autofree char *date = NULL;
  gint64 minor;
  char currency[4];

  if (setlocale (LC_ALL, "de_DE.utf8") == NULL)
    {
      g_test_skip ("this system does not have the locale");
      return;
    }
  date = ent_date_write (0);
  g_assert_cmpstr (date, ==, "1970-01-01");
  g_assert_true (ent_money_read ("1234.50 USD", NULL, &minor, currency, NULL));
  g_assert_cmpint (minor, ==, 123450);
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_local_month_names (void)
{
  gint64 days;

  if (setlocale (LC_ALL, "fr_FR.utf8") == NULL)
    {
      g_test_skip ("this system does not have the locale");
      return;
    }
  g_assert_true (ent_date_read ("14 févr. 2026", NULL, &days, NULL));
  g_assert_cmpint (days, ==, ent_date_from_ymd (2026, 2, 14));
  g_assert_true (ent_date_read ("lundi 3 AOÛT 2026", NULL, &days, NULL));
  g_assert_cmpint (days, ==, ent_date_from_ymd (2026, 8, 3));
  g_assert_true (ent_date_read ("Feb 14, 2026", NULL, &days, NULL));
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *display = g_strconcat ("/locale/display/", expected[i].locale, NULL);
      g_autofree char *reads = g_strconcat ("/locale/shown-reads-back/", expected[i].locale, NULL);

      g_test_add_data_func (display, &expected[i], test_display);
      g_test_add_data_func (reads, &expected[i], test_shown_reads_back);
    }
  g_test_add_func ("/locale/storage-knows-no-locale", test_storage_knows_no_locale);
  g_test_add_func ("/locale/local-month-names", test_local_month_names);

  return g_test_run ();
}
