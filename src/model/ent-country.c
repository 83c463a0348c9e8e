/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-country-table.h"
#include "model/ent-value-private.h"

#include <libintl.h>
#include <string.h>

#define N_COUNTRIES G_N_ELEMENTS (ent_countries)

/* Other names in use, as fold() leaves them. */
static const struct
{
  const char *key;
  char        alpha2[3];
} aliases[] = {
  { "america", "US" },
  { "united states of america", "US" },
  { "the united states", "US" },
  { "the united states of america", "US" },
  { "uk", "GB" },
  { "great britain", "GB" },
  { "britain", "GB" },
  { "england", "GB" },
  { "scotland", "GB" },
  { "wales", "GB" },
  { "northern ireland", "GB" },
  { "united kingdom of great britain and northern ireland", "GB" },
  { "el", "GR" },
  { "hellas", "GR" },
  { "deutschland", "DE" },
  { "federal republic of germany", "DE" },
  { "osterreich", "AT" },
  { "schweiz", "CH" },
  { "suisse", "CH" },
  { "svizzera", "CH" },
  { "espana", "ES" },
  { "italia", "IT" },
  { "nederland", "NL" },
  { "holland", "NL" },
  { "the netherlands", "NL" },
  { "belgie", "BE" },
  { "belgique", "BE" },
  { "danmark", "DK" },
  { "sverige", "SE" },
  { "norge", "NO" },
  { "suomi", "FI" },
  { "polska", "PL" },
  { "brasil", "BR" },
  { "republic of ireland", "IE" },
  { "eire", "IE" },
  { "czech republic", "CZ" },
  { "the czech republic", "CZ" },
  { "ceska republika", "CZ" },
  { "cesko", "CZ" },
  { "slovak republic", "SK" },
  { "slovensko", "SK" },
  { "magyarorszag", "HU" },
  { "korea", "KR" },
  { "republic of korea", "KR" },
  { "korea south", "KR" },
  { "south korea republic of", "KR" },
  { "dprk", "KP" },
  { "korea north", "KP" },
  { "russia", "RU" },
  { "turkey", "TR" },
  { "turkiye", "TR" },
  { "macedonia", "MK" },
  { "republic of north macedonia", "MK" },
  { "swaziland", "SZ" },
  { "cape verde", "CV" },
  { "ivory coast", "CI" },
  { "burma", "MM" },
  { "east timor", "TL" },
  { "macau", "MO" },
  { "macao sar", "MO" },
  { "hong kong sar", "HK" },
  { "hong kong sar china", "HK" },
  { "hong kong china", "HK" },
  { "mainland china", "CN" },
  { "peoples republic of china", "CN" },
  { "prc", "CN" },
  { "china pr", "CN" },
  { "taiwan roc", "TW" },
  { "republic of china", "TW" },
  { "uae", "AE" },
  { "emirates", "AE" },
  { "ksa", "SA" },
  { "kingdom of saudi arabia", "SA" },
  { "brunei", "BN" },
  { "congo kinshasa", "CD" },
  { "dr congo", "CD" },
  { "drc", "CD" },
  { "democratic republic of the congo", "CD" },
  { "democratic republic of congo", "CD" },
  { "congo brazzaville", "CG" },
  { "republic of the congo", "CG" },
  { "republic of congo", "CG" },
  { "the gambia", "GM" },
  { "the bahamas", "BS" },
  { "the philippines", "PH" },
  { "micronesia", "FM" },
  { "palestine", "PS" },
  { "palestinian territories", "PS" },
  { "vatican", "VA" },
  { "vatican city", "VA" },
  { "holy see", "VA" },
  { "british virgin islands", "VG" },
  { "us virgin islands", "VI" },
  { "falkland islands", "FK" },
  { "saint martin", "MF" },
  { "st martin", "MF" },
  { "sint maarten", "SX" },
  { "st kitts and nevis", "KN" },
  { "st lucia", "LC" },
  { "st vincent and the grenadines", "VC" },
  { "st helena", "SH" },
  { "saint helena", "SH" },
  { "trinidad", "TT" },
  { "bosnia", "BA" },
  { "reunion island", "RE" },
  { "kosovo republic of", "XK" },
};

static const char *
translate (const char *name)
{
  const char *ours = g_dgettext (GETTEXT_PACKAGE, name);

  return ours != name ? ours : dgettext ("iso_3166-1", name);
}

/* Points are left out ("U.S.A."), other punctuation is a space, "&" is "and". @buffer holds text
 * that ent_text_key_into() made. */
static void
fold (const char *key,
      GString    *buffer)
{
  gboolean space = FALSE;

  g_string_truncate (buffer, 0);
  for (const char *p = key; *p != '\0'; p++)
    {
      if (*p == '.' || *p == '\'')
        continue;
      if (strncmp (p, "’", strlen ("’")) == 0)
        {
          p += strlen ("’") - 1;
          continue;
        }
      if (strchr (" ,-()/&_", *p) != NULL)
        space = TRUE;
      if (*p == '&')
        g_string_append (buffer, buffer->len > 0 ? " and" : "and");
      if (strchr (" ,-()/&_", *p) != NULL)
        continue;
      if (space && buffer->len > 0)
        g_string_append_c (buffer, ' ');
      space = FALSE;
      g_string_append_c (buffer, *p);
    }
}

static void
add_name (GHashTable *names,
          const char *name,
          const char *alpha2)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) folded = g_string_new (NULL);

  if (name == NULL)
    return;
  ent_text_key_into (key, name, -1);
  fold (key->str, folded);
  /* The first one stays: English before other languages. */
  if (!g_hash_table_contains (names, folded->str))
    g_hash_table_insert (names, g_strdup (folded->str), (char *) alpha2);
}

static GHashTable *
make_names (void)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  bind_textdomain_codeset ("iso_3166-1", "UTF-8");
  for (guint i = 0; i < N_COUNTRIES; i++)
    {
      const EntCountry *country = &ent_countries[i];

      add_name (names, country->alpha2, country->alpha2);
      add_name (names, country->alpha3, country->alpha2);
      add_name (names, country->name, country->alpha2);
      add_name (names, country->iso_name, country->alpha2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    add_name (names, aliases[i].key, ent_country_find_code (aliases[i].alpha2));
  for (guint i = 0; i < N_COUNTRIES; i++)
    {
      add_name (names, translate (ent_countries[i].name), ent_countries[i].alpha2);
      if (ent_countries[i].iso_name != NULL)
        add_name (names, translate (ent_countries[i].iso_name), ent_countries[i].alpha2);
    }

  return names;
}

static GHashTable *
get_names (void)
{
  static GHashTable *names;

  if (g_once_init_enter_pointer (&names))
    g_once_init_leave_pointer (&names, make_names ());

  return names;
}

static int
compare_alpha2 (const void *key,
                const void *member)
{
  return strcmp (key, ((const EntCountry *) member)->alpha2);
}

static const EntCountry *
find_country (const char *code)
{
  if (code == NULL)
    return NULL;

  return bsearch (code, ent_countries, N_COUNTRIES, sizeof *ent_countries, compare_alpha2);
}

const char *
ent_country_find_code (const char *code)
{
  const EntCountry *country = find_country (code);

  return country != NULL ? country->alpha2 : NULL;
}

const char *
ent_country_match_span (const char *start,
                        const char *end)
{
  g_autoptr (GString) key = NULL;
  g_autoptr (GString) folded = NULL;

  if (end - start == 2)
    {
      char code[3] = { g_ascii_toupper (start[0]), g_ascii_toupper (start[1]), '\0' };
      const char *found = ent_country_find_code (code);

      if (found != NULL)
        return found;
    }

  key = g_string_new (NULL);
  folded = g_string_new (NULL);
  ent_text_key_into (key, start, end - start);
  fold (key->str, folded);

  return g_hash_table_lookup (get_names (), folded->str);
}

const char *
ent_country_match (const char *text)
{
  const char *start = text, *end = text + strlen (text);

  ent_text_trim (&start, &end);

  return start < end ? ent_country_match_span (start, end) : NULL;
}

const char *
ent_country_get_name (const char *code)
{
  const EntCountry *country = find_country (code);

  return country != NULL ? translate (country->name) : NULL;
}

const char * const *
ent_country_get_codes (void)
{
  static const char *codes[N_COUNTRIES + 1];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < N_COUNTRIES; i++)
        codes[i] = ent_countries[i].alpha2;
      g_once_init_leave (&ready, 1);
    }

  return codes;
}
