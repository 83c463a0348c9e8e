/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <string.h>

/* Whether a text is one JSON value (RFC 8259). The model only keeps such texts; those who use what
 * is in them parse them with json-glib. */

#define MAX_DEPTH 64

static const char *check_value (const char *p,
                                const char *end,
                                int         depth);

static const char *
skip_white (const char *p,
            const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;

  return p;
}

static const char *
check_escape (const char *p,
              const char *end)
{
  if (p == end)
    return NULL;
  if (*p != 'u')
    return strchr ("\"\\/bfnrt", *p) != NULL && *p != '\0' ? p + 1 : NULL;
  if (end - p < 5)
    return NULL;
  for (int i = 1; i <= 4; i++)
    if (!g_ascii_isxdigit (p[i]))
      return NULL;

  return p + 5;
}

static const char *
check_string (const char *p,
              const char *end)
{
  if (p == end || *p++ != '"')
    return NULL;
  while (p < end && *p != '"')
    {
      if ((guchar) *p < 0x20)
        return NULL;
      p = *p == '\\' ? check_escape (p + 1, end) : p + 1;
      if (p == NULL)
        return NULL;
    }

  return p < end ? p + 1 : NULL;
}

static const char *
check_digits (const char *p,
              const char *end)
{
  const char *start = p;

  while (p < end && g_ascii_isdigit (*p))
    p++;

  return p > start ? p : NULL;
}

static const char *
check_number (const char *p,
              const char *end)
{
  if (p < end && *p == '-')
    p++;
  if (p < end && *p == '0')
    p++;
  else
    p = check_digits (p, end);
  if (p != NULL && p < end && *p == '.')
    p = check_digits (p + 1, end);
  if (p != NULL && p < end && (*p == 'e' || *p == 'E'))
    {
      p++;
      if (p < end && (*p == '+' || *p == '-'))
        p++;
      p = check_digits (p, end);
    }

  return p;
}

static const char *
check_word (const char *p,
            const char *end)
{
  static const char * const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (end - p) >= length && strncmp (p, words[i], length) == 0)
        return p + length;
    }

  return NULL;
}

static const char *
check_member (const char *p,
              const char *end,
              gboolean    is_object,
              int         depth)
{
  if (is_object)
    {
      p = check_string (skip_white (p, end), end);
      if (p == NULL)
        return NULL;
      p = skip_white (p, end);
      if (p == end || *p++ != ':')
        return NULL;
    }
  p = check_value (p, end, depth);

  return p != NULL ? skip_white (p, end) : NULL;
}

static const char *
check_container (const char *p,
                 const char *end,
                 int         depth)
{
  gboolean is_object = *p == '{';
  char close = is_object ? '}' : ']';

  if (depth >= MAX_DEPTH)
    return NULL;
  p = skip_white (p + 1, end);
  if (p < end && *p == close)
    return p + 1;
  for (;;)
    {
      p = check_member (p, end, is_object, depth + 1);
      if (p == NULL || p == end)
        return NULL;
      if (*p == close)
        return p + 1;
      if (*p++ != ',')
        return NULL;
    }
}

static const char *
check_value (const char *p,
             const char *end,
             int         depth)
{
  p = skip_white (p, end);
  if (p == end)
    return NULL;
  if (*p == '{' || *p == '[')
    return check_container (p, end, depth);
  if (*p == '"')
    return check_string (p, end);
  if (*p == '-' || g_ascii_isdigit (*p))
    return check_number (p, end);

  return check_word (p, end);
}

gboolean
ent_json_is_valid (const char *start,
                   const char *end)
{
  const char *p = check_value (start, end, 0);

  return p != NULL && skip_white (p, end) == end;
}
