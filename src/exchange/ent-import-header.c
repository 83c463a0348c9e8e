/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <string.h>

/* What the name of a column says besides which field it is: "Revenue ($M)", "Amount EUR",
 * "Employees (approx.)", "Turnover in thousands". */

static const struct
{
  const char *word;
  char        scale;
} scales[] =
{
  { "k", 'K' }, { "000", 'K' }, { "000s", 'K' }, { "thousand", 'K' }, { "thousands", 'K' },
  { "tsd", 'K' },
  { "m", 'M' }, { "mm", 'M' }, { "mn", 'M' }, { "mio", 'M' }, { "mil", 'M' }, { "million", 'M' },
  { "millions", 'M' }, { "b", 'B' }, { "bn", 'B' }, { "billion", 'B' }, { "billions", 'B' },
};

static const struct
{
  const char *symbol;
  const char *code;
} symbols[] =
{
  { "€", "EUR" }, { "£", "GBP" }, { "US$", "USD" }, { "A$", "AUD" }, { "C$", "CAD" },
};

static gboolean
read_scale (const char      *word,
            EntColumnRemark *remark)
{
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    if (g_ascii_strcasecmp (word, scales[i].word) == 0)
      {
        remark->scale = scales[i].scale;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_currency (const char      *word,
               EntColumnRemark *remark)
{
  g_autofree char *code = g_ascii_strup (word, -1);

  if (strlen (code) != 3 || !ent_currency_is_known (code))
    return FALSE;
  memcpy (remark->currency, code, 4);
  return TRUE;
}

/* A symbol may be glued to what follows: "€m", "$000". */
static const char *
skip_symbol (const char      *word,
             EntColumnRemark *remark)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (g_str_has_prefix (word, symbols[i].symbol))
      {
        memcpy (remark->currency, symbols[i].code, 4);
        return word + strlen (symbols[i].symbol);
      }
  return *word == '$' ? word + 1 : word;
}

/* Reads words until one that says something else; whether all did. */
static gboolean
read_words (const char      *text,
            EntColumnRemark *remark)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ()[]/,'", -1);
  gboolean all = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = skip_symbol (words[i], remark);

      if (*word != '\0' && g_ascii_strcasecmp (word, "in") != 0 && !read_scale (word, remark) &&
          !read_currency (word, remark))
        all = FALSE;
    }
  return all;
}

/* "Amount USD", "Revenue in millions": remarks without brackets are only taken when they are
 * nothing else. */
static char *
split_last_words (const char      *name,
                  EntColumnRemark *remark)
{
  static const char * const openers[] = { " in ", " ", "_" };

  for (guint i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      const char *at = g_strrstr (name, openers[i]);
      EntColumnRemark found = { 0 };

      if (at == NULL || at == name || !read_words (at + strlen (openers[i]), &found) ||
          (found.currency[0] == '\0' && found.scale == 0))
        continue;
      *remark = found;
      return g_strndup (name, (gsize) (at - name));
    }
  return NULL;
}

char *
ent_column_split_remark (const char      *name,
                         EntColumnRemark *remark)
{
  const char *bracket = strpbrk (name, "([");

  *remark = (EntColumnRemark) { 0 };
  if (bracket == NULL || bracket == name)
    return split_last_words (name, remark);
  read_words (bracket, remark);
  return g_strndup (name, (gsize) (bracket - name));
}
