/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Addresses in the wide sense: web, mail, telephone, host names, and hashes. The checks are light:
 * they catch a value in the wrong column, not an address that does not answer. */

#define HASH_LENGTH 64

static gboolean
fail (const char *format,
      const char *start,
      const char *end,
      GError    **error)
{
  g_autofree char *text = ent_text_shorten (start, end - start);

  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED, format, text);

  return FALSE;
}

static gboolean
starts_with (const char *start,
             const char *end,
             const char *prefix)
{
  gsize length;

  if (start == end || g_ascii_tolower (*start) != *prefix)
    return FALSE;
  length = strlen (prefix);

  return (gsize) (end - start) >= length && g_ascii_strncasecmp (start, prefix, length) == 0;
}

/* Letters, digits, hyphens and anything that is not ASCII, in labels joined by dots. */
static gboolean
is_host (const char *start,
         const char *end,
         gboolean    needs_dot)
{
  gboolean has_dot = FALSE;
  char last = '.';

  if (start == end || end - start > 253)
    return FALSE;
  for (const char *p = start; p < end; last = *p++)
    {
      if (g_ascii_isalnum (*p) || *p == '_')
        continue;
      if (*p == '.')
        has_dot = TRUE;
      if (*p == '.' ? last == '.' || last == '-' : *p == '-' ? last == '.' : (guchar) *p < 0x80)
        return FALSE;
      if ((guchar) *p >= 0x80 && ent_text_space_at (p, end) > 0)
        return FALSE;
    }

  return last != '.' && last != '-' && (has_dot || !needs_dot);
}

static const char *
find_byte (const char *start,
           const char *end,
           char        c)
{
  const char *found = memchr (start, c, (gsize) (end - start));

  return found != NULL ? found : end;
}

/* @bytes: ASCII. A NUL is always found. */
static const char *
find_one_of (const char *start,
             const char *end,
             const char *bytes)
{
  guint64 set[4] = { 1, 0, 0, 0 };

  for (; *bytes != '\0'; bytes++)
    set[*bytes >> 6] |= G_GUINT64_CONSTANT (1) << (*bytes & 63);
  while (start < end && (set[(guchar) *start >> 6] >> (*start & 63) & 1) == 0)
    start++;

  return start;
}

static const char *
skip_scheme (const char *start,
             const char *end)
{
  const char *p = find_one_of (start, end, "/?#@. :");

  while (p < end && *p == ':' && !starts_with (p, end, "://"))
    p = find_one_of (p + 1, end, "/?#@. :");
  if (p < end && *p == ':')
    return p + 3;

  return starts_with (start, end, "//") ? start + 2 : start;
}

static char *
lower_case (const char *start,
            const char *end)
{
  for (const char *p = start; p < end; p++)
    if ((guchar) *p >= 0x80)
      return g_utf8_strdown (start, end - start);

  return g_ascii_strdown (start, end - start);
}

static char *
read_domain (const char *start,
             const char *end,
             GError    **error)
{
  const char *host = skip_scheme (start, end);
  const char *host_end = find_one_of (host, end, "/?#");
  const char *at = find_byte (host, host_end, '@');

  if (at < host_end)
    host = at + 1;
  host_end = find_byte (host, host_end, ':');
  if (host_end > host && host_end[-1] == '.')
    host_end--;
  while (starts_with (host, host_end, "www.") && is_host (host + 4, host_end, TRUE))
    host += 4;
  if (!is_host (host, host_end, TRUE))
    {
      fail (_("“%s” is not a domain; write one such as example.com"), start, end, error);
      return NULL;
    }

  return lower_case (host, host_end);
}

/* Schemes that are more than a typing error and cannot run code when opened. */
static gboolean
is_known_scheme (const char *start,
                 const char *end)
{
  static const char * const schemes[] = {
    "http://", "https://", "ftp://", "ftps://", "sftp://", "file://", "webcal://", "git://",
    "ssh://", "s3://", "smb://", NULL
  };

  for (guint i = 0; schemes[i] != NULL; i++)
    if (starts_with (start, end, schemes[i]))
      return TRUE;

  return FALSE;
}

static char *
read_url (const char *start,
          const char *end,
          GError    **error)
{
  gboolean is_file = starts_with (start, end, "file://");
  gboolean has_scheme = is_known_scheme (start, end);
  const char *host = has_scheme ? skip_scheme (start, end) : start;
  const char *host_end = find_one_of (host, end, "/?#");
  const char *at = find_byte (host, host_end, '@');
  gboolean is_clean = find_one_of (start, end, " \t\r\n<>\"") == end;

  if (starts_with (start, end, "mailto:") && is_clean)
    return g_strndup (start, (gsize) (end - start));
  if (at < host_end)
    host = at + 1;
  host_end = find_byte (host, host_end, ':');
  if (!is_clean || (!is_file && !is_host (host, host_end, !has_scheme)))
    {
      fail (_("“%s” is not a web address; write one such as https://example.com"), start, end,
            error);
      return NULL;
    }
  if (has_scheme)
    return g_strndup (start, (gsize) (end - start));

  return g_strdup_printf ("https://%.*s", (int) (end - start), start);
}

/* "Ada Lovelace <ada@example.com>" and "mailto:ada@example.com" are ada@example.com. */
static char *
read_email (const char *start,
            const char *end,
            GError    **error)
{
  const char *p = start, *p_end = end, *at;
  const char *open = find_byte (start, end, '<');
  g_autofree char *host = NULL;

  if (open < end && end[-1] == '>')
    {
      p = open + 1;
      p_end = end - 1;
      ent_text_trim (&p, &p_end);
    }
  if (starts_with (p, p_end, "mailto:"))
    p += strlen ("mailto:");
  at = find_byte (p, p_end, '@');
  if (at == p || at == p_end || find_one_of (p, p_end, " \t\r\n<>()[],;:\"\\") < p_end ||
      !is_host (at + 1, p_end, TRUE))
    {
      fail (_("“%s” is not an e-mail address; write one such as name@example.com"), start, end,
            error);
      return NULL;
    }
  host = lower_case (at + 1, p_end);

  return g_strdup_printf ("%.*s@%s", (int) (at - p), p, host);
}

/* Kept as written, since how a number is grouped means something to its reader. */
static char *
read_phone (const char *start,
            const char *end,
            GError    **error)
{
  int n_digits = 0, n_letters = 0;

  if (starts_with (start, end, "tel:"))
    start += strlen ("tel:");
  for (const char *p = start; p < end; p++)
    {
      n_digits += g_ascii_isdigit (*p);
      n_letters += g_ascii_isalpha (*p);
      if (*p == '\n' || *p == '@' || *p == '<')
        n_letters += 100;
    }
  /* Letters are for "ext. 12" and "1-800-FLOWERS". */
  if (n_digits < 3 || n_letters > 12)
    {
      fail (_("“%s” is not a phone number; write one such as +1 555 123 4567"), start, end, error);
      return NULL;
    }

  return g_strndup (start, (gsize) (end - start));
}

static char *
read_hash (const char *start,
           const char *end,
           GError    **error)
{
  gboolean is_hash = end - start == HASH_LENGTH;

  for (const char *p = start; is_hash && p < end; p++)
    is_hash = g_ascii_isxdigit (*p);
  if (!is_hash)
    {
      fail (_("“%s” is not a SHA-256 hash; write its 64 hexadecimal digits"), start, end, error);
      return NULL;
    }

  return g_ascii_strdown (start, end - start);
}

/* A zone that the system does not have is still taken when it looks like one: the file may come
 * from a system with newer data. */
static char *
read_time_zone (const char *start,
                const char *end,
                GError    **error)
{
  g_autofree char *name = g_strndup (start, (gsize) (end - start));
  g_autoptr (GTimeZone) zone = NULL;
  gboolean has_slash = strchr (name, '/') != NULL;

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("/_+-", *p) == NULL)
      has_slash = FALSE;
  if (has_slash && g_ascii_isalpha (*name))
    return g_steal_pointer (&name);
  if (g_ascii_strcasecmp (name, "utc") == 0 || g_ascii_strcasecmp (name, "gmt") == 0)
    return g_ascii_strup (name, -1);

  /* Old names without a slash: "Japan". An offset such as "+02" is not a zone. */
  if (g_ascii_isalpha (*name))
    zone = g_time_zone_new_identifier (name);
  if (zone != NULL && strchr (name, ' ') == NULL)
    return g_steal_pointer (&name);
  fail (_("“%s” is not a time zone; write one such as Europe/Berlin"), start, end, error);

  return NULL;
}

char *
ent_address_read (EntFieldType type,
                  const char  *start,
                  const char  *end,
                  GError     **error)
{
  switch ((int) type)
    {
    case ENT_FIELD_URL:
      return read_url (start, end, error);
    case ENT_FIELD_EMAIL:
      return read_email (start, end, error);
    case ENT_FIELD_PHONE:
      return read_phone (start, end, error);
    case ENT_FIELD_DOMAIN:
      return read_domain (start, end, error);
    case ENT_FIELD_HASH:
      return read_hash (start, end, error);
    case ENT_FIELD_TIMEZONE:
      return read_time_zone (start, end, error);
    default:
      g_return_val_if_reached (NULL);
    }
}
