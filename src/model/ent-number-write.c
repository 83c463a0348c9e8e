/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <locale.h>
#include <string.h>

static void
append_number (GString    *buffer,
               gint64      value,
               int         digits,
               gboolean    trim,
               const char *point,
               const char *group)
{
  guint64 left = value < 0 ? 0 - (guint64) value : (guint64) value;
  char text[32];
  int n, whole;

  if (value < 0)
    g_string_append_c (buffer, '-');
  n = g_snprintf (text, sizeof text, "%0*" G_GUINT64_FORMAT, digits + 1, left);
  whole = n - digits;
  while (trim && n > whole && text[n - 1] == '0')
    n--;
  for (int i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (buffer, group);
      g_string_append_c (buffer, text[i]);
    }
  if (n > whole)
    {
      g_string_append (buffer, point);
      g_string_append_len (buffer, text + whole, n - whole);
    }
}

void
ent_number_append (GString *buffer,
                   gint64   value,
                   int      digits,
                   gboolean trim)
{
  append_number (buffer, value, digits, trim, ".", "");
}

/* The C locale has no thousands separator; people still want one. */
void
ent_number_append_local (GString *buffer,
                         gint64   value,
                         int      digits,
                         gboolean trim)
{
  const struct lconv *locale = localeconv ();
  const char *point = locale->decimal_point;
  const char *group = locale->thousands_sep;

  if (*group == '\0')
    group = strcmp (point, ".") == 0 ? "," : "\xc2\xa0";
  append_number (buffer, value, digits, trim, point, group);
}
