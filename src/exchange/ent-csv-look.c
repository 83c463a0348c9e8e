/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-csv-sniff.h"

#include <string.h>

/* Numbers of characters by kind: enough to tell what a cell looks like. */
typedef struct
{
  guint digits, letters, spaces, dots, commas, dashes, slashes, colons, ats, currency, others;
} Census;

static void
count_characters (Census     *census,
                  const char *text,
                  gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (g_ascii_isdigit (c)) census->digits++;
      else if (g_ascii_isalpha (c)) census->letters++;
      else if (c == ' ' || c == '\'') census->spaces++;
      else if (c == '.') census->dots++;
      else if (c == ',') census->commas++;
      else if (c == '-') census->dashes++;
      else if (c == '/') census->slashes++;
      else if (c == ':') census->colons++;
      else if (c == '@') census->ats++;
      else if (c == '$' || c == '%' || c == '+' || c == '(' || c == ')') census->currency++;
      else census->others++;
    }
}

static gboolean
is_word (const char *text,
         gsize       length,
         const char *words)
{
  g_autofree char *word = g_ascii_strdown (text, (gssize) length);
  g_autofree char *wrapped = g_strconcat ("|", word, "|", NULL);

  return strstr (words, wrapped) != NULL;
}

static gboolean
looks_like_date (const Census *census,
                 const char   *text,
                 gsize         length)
{
  guint separators = census->dashes == 2 || census->slashes == 2 || census->dots == 2;
  gboolean has_time = census->colons >= 1 && census->colons <= 3;

  if (separators == 0 || census->digits < 4 || length > 32)
    return FALSE;
  if (census->letters > 0)
    return (census->letters <= 2 && has_time) || /* 2020-01-01T15:00:00Z */
           (census->letters == 3 && census->digits <= 6 && census->dashes == 2); /* 05-Mar-2024 */
  if (!has_time)
    return census->digits <= 8 && length <= 10 && g_ascii_isdigit (text[length - 1]);
  return census->digits <= 24;
}

static gboolean
looks_like_number (const Census *census,
                   const char   *text,
                   gsize         length)
{
  char last = text[length - 1];

  return census->digits > 0 && census->slashes + census->colons + census->ats == 0 &&
         census->dashes <= 1 && (census->dashes == 0 || text[0] == '-' || last == '-') &&
         (census->letters == 0 ||
          (census->letters == 3 && length > 4 &&
           (g_ascii_isupper (text[0]) || g_ascii_isupper (last)) && census->spaces > 0)) &&
         census->others <= 3 &&
         census->digits * 3 >= census->spaces + census->dots + census->commas;
}

static gboolean
looks_like_domain (const Census *census,
                   const char   *text,
                   gsize         length)
{
  const char *dot = g_strrstr_len (text, (gssize) length, ".");

  return census->dots > 0 && census->letters > 3 && length - (gsize) (dot - text) >= 3 &&
         g_ascii_isalpha (text[length - 1]) && g_ascii_isalnum (text[0]) &&
         census->spaces + census->commas + census->slashes + census->colons + census->ats +
         census->currency + census->others == 0;
}

EntLook
ent_csv_look (const char *text,
              gsize       length)
{
  Census census = { 0 };

  while (length > 0 && g_ascii_isspace (text[0]))
    text++, length--;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return ENT_LOOK_EMPTY;
  if (length > 300)
    return ENT_LOOK_TEXT;

  count_characters (&census, text, length);
  if (length >= 8 && (g_ascii_strncasecmp (text, "http://", 7) == 0 ||
                      g_ascii_strncasecmp (text, "https://", 8) == 0 ||
                      g_ascii_strncasecmp (text, "www.", 4) == 0))
    return ENT_LOOK_URL;
  if (census.ats == 1 && census.spaces == 0 && census.dots > 0 && text[0] != '@')
    return ENT_LOOK_EMAIL;
  if (length == 36 && census.dashes == 4 && text[8] == '-' && text[13] == '-')
    return ENT_LOOK_UUID;
  if (census.digits == length)
    return length == 4 && (memcmp (text, "19", 2) == 0 || memcmp (text, "20", 2) == 0)
           ? ENT_LOOK_YEAR : ENT_LOOK_NUMBER;
  if (looks_like_date (&census, text, length))
    return ENT_LOOK_DATE;
  if (census.colons >= 1 && census.colons <= 2 && census.digits >= 3 &&
      census.digits + census.colons + census.dots == length)
    return ENT_LOOK_TIME;
  if (looks_like_number (&census, text, length))
    return ENT_LOOK_NUMBER;
  if (length <= 5 && census.letters == length && is_word (text, length, "|true|false|yes|no|"))
    return ENT_LOOK_BOOL;
  if (looks_like_domain (&census, text, length))
    return ENT_LOOK_DOMAIN;
  return ENT_LOOK_TEXT;
}
