/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-csv-dialect.h"

#include <glib/gi18n.h>
#include <iconv.h>
#include <string.h>

#include "exchange/ent-csv-sniff.h"

static const char * const encodings[] =
{
  "UTF-8", "WINDOWS-1252", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1250",
  "ISO-8859-2", "WINDOWS-1251", "KOI8-R", "WINDOWS-1253", "ISO-8859-7", "WINDOWS-1254",
  "WINDOWS-1255", "WINDOWS-1256", "SHIFT_JIS", "GB18030", "BIG5", "EUC-KR", "MACINTOSH", "IBM850",
  NULL,
};

static const struct
{
  const char *written;
  const char *name;
} synonyms[] =
{
  { "utf8", "UTF-8" }, { "utf-8-sig", "UTF-8" }, { "ascii", "UTF-8" }, { "us-ascii", "UTF-8" },
  { "utf16", "UTF-16LE" }, { "utf-16", "UTF-16LE" }, { "unicode", "UTF-16LE" },
  { "latin1", "ISO-8859-1" }, { "latin-1", "ISO-8859-1" }, { "iso8859-1", "ISO-8859-1" },
  { "cp1252", "WINDOWS-1252" }, { "ansi", "WINDOWS-1252" }, { "cp1251", "WINDOWS-1251" },
  { "cp1250", "WINDOWS-1250" }, { "sjis", "SHIFT_JIS" }, { "gbk", "GB18030" },
  { "gb2312", "GB18030" }, { "mac", "MACINTOSH" }, { "macroman", "MACINTOSH" },
};

const char * const *
ent_csv_get_encodings (void)
{
  return encodings;
}

const char *
ent_csv_encoding_parse (const char *text,
                        GError    **error)
{
  g_autofree char *name = g_ascii_strup (text, -1);
  iconv_t converter;

  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_ascii_strcasecmp (text, synonyms[i].written) == 0)
      return synonyms[i].name;
  for (guint i = 0; encodings[i] != NULL; i++)
    if (strcmp (name, encodings[i]) == 0)
      return encodings[i];

  converter = text[0] != '\0' ? iconv_open ("UTF-8", name) : (iconv_t) -1;
  if (converter == (iconv_t) -1)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_FORMAT,
                   _("“%s” is not an encoding that can be read; UTF-8, UTF-16 and Windows-1252 are "
                     "the usual ones."), text);
      return NULL;
    }
  iconv_close (converter);
  return g_intern_string (name);
}

/* Zero bytes tell UTF-16 without a mark: text of most languages has one in each character,
 * always in the same half. */
static const char *
sniff_utf16 (const guint8 *bytes,
             gsize         length)
{
  gsize n_zeros[2] = { 0, 0 };
  gsize n_pairs = length / 2;

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      n_zeros[0] += bytes[i] == 0;
      n_zeros[1] += bytes[i + 1] == 0;
    }
  if (n_pairs < 2)
    return NULL;
  if (n_zeros[1] * 10 > n_pairs * 3 && n_zeros[0] * 20 < n_pairs)
    return "UTF-16LE";
  if (n_zeros[0] * 10 > n_pairs * 3 && n_zeros[1] * 20 < n_pairs)
    return "UTF-16BE";
  return NULL;
}

/* In Western text, characters beyond ASCII stand alone between ASCII letters. Words of nothing
 * else are Greek or Cyrillic, told apart by their commonest vowels. */
static const char *
sniff_single_byte (const guint8 *bytes,
                   gsize         length)
{
  static const guint8 greek[] = { 0xe1, 0xef, 0xe9, 0xdc, 0xdf, 0xfc };
  static const guint8 cyrillic[] = { 0xe0, 0xe5, 0xee, 0xe8 };
  gsize n_high = 0, n_together = 0, n_greek = 0, n_cyrillic = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] < 0xc0)
        continue;
      n_high++;
      n_together += i > 0 && bytes[i - 1] >= 0xc0;
      n_greek += memchr (greek, bytes[i], sizeof greek) != NULL;
      n_cyrillic += memchr (cyrillic, bytes[i], sizeof cyrillic) != NULL;
    }
  if (n_high < 12 || n_together * 2 < n_high)
    return "WINDOWS-1252";
  return n_cyrillic > n_greek ? "WINDOWS-1251" : "ISO-8859-7";
}

const char *
ent_csv_sniff_encoding (const guint8 *bytes,
                        gsize         length,
                        gboolean     *has_bom)
{
  const char *valid, *utf16;

  *has_bom = TRUE;
  if (length >= 3 && memcmp (bytes, "\357\273\277", 3) == 0)
    return "UTF-8";
  if (length >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
    return "UTF-16LE";
  if (length >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
    return "UTF-16BE";
  *has_bom = FALSE;

  utf16 = sniff_utf16 (bytes, length);
  if (utf16 != NULL)
    return utf16;

  /* g_utf8_validate stops at NUL bytes, which do occur and are dropped later. */
  for (gsize done = 0; done < length; done++)
    {
      const char *text = (const char *) bytes + done;
      gsize left = length - done;

      if (g_utf8_validate (text, (gssize) left, &valid))
        break;
      done += (gsize) (valid - text);
      if (*valid == '\0')
        continue;
      left -= (gsize) (valid - text);
      if (left < 4 && g_utf8_get_char_validated (valid, (gssize) left) == (gunichar) -2)
        break;
      return sniff_single_byte (bytes, length);
    }
  return "UTF-8";
}
