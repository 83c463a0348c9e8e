/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <string.h>

#define SHOWN_CHARACTERS 60

/* Letters that Unicode does not decompose, but that people type without their stroke. */
static const char *
plain_letter (gunichar c)
{
  switch (c)
    {
    case 0x00f8: /* ø */
      return "o";
    case 0x0142: /* ł */
      return "l";
    case 0x0111: /* đ */
    case 0x00f0: /* ð */
      return "d";
    case 0x0131: /* ı */
      return "i";
    case 0x00e6: /* æ */
      return "ae";
    case 0x0153: /* œ */
      return "oe";
    default:
      return NULL;
    }
}

/* Accents of Latin, Greek and Cyrillic and the points of Hebrew and Arabic. Other combining signs
 * (Japanese voicing, Indic vowels) make another letter and stay. */
static gboolean
is_accent (gunichar c)
{
  int class = g_unichar_combining_class (c);

  return class >= 200 || (class >= 10 && class <= 35);
}

static void
append_folded (GString    *buffer,
               const char *text,
               gsize       length)
{
  g_autofree char *decomposed = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL);
  g_autofree char *folded = NULL;
  g_autoptr (GString) bare = NULL;
  gboolean space = FALSE;

  if (decomposed == NULL)
    return;

  bare = g_string_sized_new (length);
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_accent (c))
        g_string_append_unichar (bare, c);
    }

  folded = g_utf8_casefold (bare->str, (gssize) bare->len);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *plain = plain_letter (c);

      if (g_unichar_isspace (c))
        {
          space = TRUE;
          continue;
        }
      if (space && buffer->len > 0)
        g_string_append_c (buffer, ' ');
      space = FALSE;
      if (plain != NULL)
        g_string_append (buffer, plain);
      else
        g_string_append_unichar (buffer, c);
    }
}

/* What each letter of European languages becomes, by itself, as nothing around it changes that; "" for a space. */
#define N_LATIN 0x250

static const char **
get_latin (void)
{
  static const char *latin[N_LATIN];
  static gsize is_ready;

  if (g_once_init_enter (&is_ready))
    {
      for (gunichar c = 1; c < N_LATIN; c++)
        {
          GString *folded = g_string_new (NULL);
          char letter[6];

          append_folded (folded, letter, (gsize) g_unichar_to_utf8 (c, letter));
          latin[c] = g_string_free (folded, FALSE);
        }
      g_once_init_leave (&is_ready, 1);
    }
  return latin;
}

/* Returns FALSE at the first letter of another kind; the buffer is then to be thrown away. @text is valid. */
static gboolean
append_latin (GString    *buffer,
              const char *text,
              gsize       length)
{
  const char **latin = get_latin ();
  gboolean space = FALSE;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      if (c >= N_LATIN)
        return FALSE;
      if (*latin[c] == '\0')
        {
          space = TRUE;
          continue;
        }
      if (space && buffer->len > 0)
        g_string_append_c (buffer, ' ');
      space = FALSE;
      g_string_append (buffer, latin[c]);
    }
  return TRUE;
}

/* Returns FALSE at the first byte that is not ASCII; the buffer is then to be thrown away. */
static gboolean
append_ascii (GString    *buffer,
              const char *text,
              gsize       length)
{
  char *out;
  gboolean space = FALSE;

  g_string_set_size (buffer, length);
  out = buffer->str;
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if ((guchar) c >= 0x80)
        return FALSE;
      if (g_ascii_isspace (c) || c == '\v')
        {
          space = TRUE;
          continue;
        }
      if (space && out > buffer->str)
        *out++ = ' ';
      space = FALSE;
      *out++ = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
  g_string_set_size (buffer, (gsize) (out - buffer->str));

  return TRUE;
}

const char *
ent_text_key_into (GString    *buffer,
                   const char *text,
                   gssize      length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  if (append_ascii (buffer, text, n))
    return buffer->str;

  g_string_truncate (buffer, 0);
  if (g_utf8_validate (text, (gssize) n, NULL))
    {
      if (append_latin (buffer, text, n))
        return buffer->str;
      g_string_truncate (buffer, 0);
      append_folded (buffer, text, n);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, (gssize) n);

      append_folded (buffer, valid, strlen (valid));
    }

  return buffer->str;
}

char *
ent_text_key (const char *text)
{
  GString *buffer = g_string_new (NULL);

  ent_text_key_into (buffer, text, -1);

  return g_string_free (buffer, FALSE);
}

static gboolean
is_separator (char c)
{
  return c == '_' || c == '-' || g_ascii_isspace (c);
}

gboolean
ent_text_loosely_equal (const char *a,
                        const char *b,
                        gsize       b_length)
{
  const char *end = b + b_length;
  gboolean ascii = TRUE;
  const char *p = a, *q = b;

  for (;;)
    {
      while (is_separator (*p))
        p++;
      while (q < end && is_separator (*q))
        q++;
      if (*p == '\0' || q == end)
        break;
      ascii = ascii && (guchar) *p < 0x80 && (guchar) *q < 0x80;
      if (ascii && g_ascii_tolower (*p) != g_ascii_tolower (*q))
        return FALSE;
      p++;
      q++;
    }
  if (ascii)
    return *p == '\0' && q == end;

  {
    g_autoptr (GString) a_key = g_string_new (NULL);
    g_autoptr (GString) b_key = g_string_new (NULL);

    ent_text_key_into (a_key, a, -1);
    ent_text_key_into (b_key, b, (gssize) b_length);

    return g_str_equal (a_key->str, b_key->str);
  }
}

char *
ent_text_shorten (const char *text,
                  gssize      length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  g_autofree char *start = NULL;

  g_strdelimit (g_strstrip (valid), "\r\n\t", ' ');
  if (g_utf8_strlen (valid, -1) <= SHOWN_CHARACTERS)
    return g_steal_pointer (&valid);

  start = g_utf8_substring (valid, 0, SHOWN_CHARACTERS - 1);

  return g_strconcat (start, "…", NULL);
}

/* Bytes of the white space character at @p, 0 if there is none. Spreadsheets and web pages leave
 * no-break spaces around values. */
static gsize
space_at (const char *p,
          gsize       length)
{
  const guchar *c = (const guchar *) p;

  if (length >= 1 && (g_ascii_isspace (*p) || *p == '\v'))
    return 1;
  if (length >= 2 && c[0] == 0xc2 && c[1] == 0xa0) /* no-break space */
    return 2;
  if (length >= 3 && c[0] == 0xe2 && c[1] == 0x80 && (c[2] == 0x89 || c[2] == 0xaf))
    return 3; /* thin and narrow no-break space */
  if (length >= 3 && c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf)
    return 3; /* byte order mark */

  return 0;
}

gsize
ent_text_space_at (const char *p,
                   const char *end)
{
  return space_at (p, (gsize) (end - p));
}

void
ent_text_trim (const char **start,
               const char **end)
{
  gsize n;

  /* Visible ASCII at both ends, as most have: with its sign, any other byte is less than a space. */
  if (*start < *end && (gint8) **start > ' ' && (gint8) (*end)[-1] > ' ')
    return;
  while (*start < *end && (n = space_at (*start, (gsize) (*end - *start))) > 0)
    *start += n;
  for (;;)
    {
      if (*end > *start && space_at (*end - 1, 1) == 1)
        *end -= 1;
      else if (*end - *start >= 2 && space_at (*end - 2, 2) == 2)
        *end -= 2;
      else if (*end - *start >= 3 && space_at (*end - 3, 3) == 3)
        *end -= 3;
      else
        break;
    }
}

/* Signs and units alone have no direction: isolated, they take that of the digits. */
char *
ent_text_keep_number (const char *text)
{
  gboolean has_digits = FALSE;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalpha (g_utf8_get_char (p)))
        return g_strdup (text);
      has_digits |= g_unichar_isdigit (g_utf8_get_char (p));
    }
  return has_digits ? g_strdup_printf ("\u2066%s\u2069", text) : g_strdup (text);
}
