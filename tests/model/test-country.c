/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries are found by code, name, and the other names people use. */
#include "config.h"

#include "model/ent-value.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *code;
} names[] = {
  { "DE", "DE" }, { "de", "DE" }, { "DEU", "DE" }, { "Germany", "DE" }, { " germany ", "DE" },
  { "Deutschland", "DE" }, { "GERMANY", "DE" },
  { "US", "US" }, { "USA", "US" }, { "U.S.", "US" }, { "U.S.A.", "US" },
  { "United States", "US" }, { "United States of America", "US" },
  { "The United States", "US" },
  { "UK", "GB" }, { "U.K.", "GB" }, { "GB", "GB" }, { "Great Britain", "GB" },
  { "United Kingdom", "GB" }, { "England", "GB" },
  { "South Korea", "KR" }, { "Korea, Republic of", "KR" }, { "Republic of Korea", "KR" },
  { "North Korea", "KP" }, { "Czech Republic", "CZ" }, { "Czechia", "CZ" },
  { "Türkiye", "TR" }, { "Turkey", "TR" }, { "Côte d'Ivoire", "CI" },
  { "Cote d’Ivoire", "CI" }, { "Ivory Coast", "CI" }, { "Viet Nam", "VN" }, { "Vietnam", "VN" },
  { "Bosnia & Herzegovina", "BA" }, { "Trinidad and Tobago", "TT" }, { "España", "ES" },
  { "Österreich", "AT" }, { "Russia", "RU" }, { "Russian Federation", "RU" },
  { "Taiwan", "TW" }, { "Hong Kong SAR", "HK" }, { "UAE", "AE" }, { "Kosovo", "XK" },
  { "NA", "NA" }, { "Namibia", "NA" }, { "The Netherlands", "NL" }, { "Holland", "NL" },
  { "St. Lucia", "LC" }, { "Timor-Leste", "TL" }, { "Guinea-Bissau", "GW" },
  { "Åland Islands", "AX" }, { "Bolivia", "BO" }, { "Swaziland", "SZ" }, { "Congo", "CG" },
  { "DR Congo", "CD" },
};

static void
test_match (void)
{
  static const char * const unknown[] = { "", " ", "QQ", "Atlantis", "Germ", "D", "U", "12" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i].text);
      g_assert_cmpstr (ent_country_match (names[i].text), ==, names[i].code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (ent_country_match (unknown[i]));
}

static void
test_all_codes (void)
{
  const char * const *codes = ent_country_get_codes ();

  g_assert_cmpuint (g_strv_length ((char **) codes), ==, 250);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      const char *name = ent_country_get_name (codes[i]);

      if (i > 0)
        g_assert_cmpstr (codes[i - 1], <, codes[i]);
      g_assert_nonnull (name);
      g_assert_cmpstr (ent_country_match (codes[i]), ==, codes[i]);
      g_assert_cmpstr (ent_country_match (name), ==, codes[i]);
    }
  g_assert_null (ent_country_get_name ("QQ"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/country/match", test_match);
  g_test_add_func ("/country/all-codes", test_all_codes);

  return g_test_run ();
}
