/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-quarter.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "model/ent-value.h"

EntQuarter
ent_quarter_of_day (gint64 day)
{
  int year, month;

  ent_date_to_ymd (day, &year, &month, NULL);
  return (gint64) year * 4 + (month - 1) / 3;
}

gint64
ent_quarter_get_first (EntQuarter self)
{
  return ent_date_from_ymd ((int) (self / 4), (int) (self % 4) * 3 + 1, 1);
}

gint64
ent_quarter_get_last (EntQuarter self)
{
  return ent_quarter_get_first (self + 1) - 1;
}

gboolean
ent_quarter_read (const char *text,
                  gint64      today,
                  EntQuarter *quarter)
{
  static const struct { const char *word; int later; } words[] = { { "this", 0 }, { "next", 1 }, { "last", -1 } };
  g_autofree char *upper = g_ascii_strup (text, -1);
  int year, number, used = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].word) == 0)
      {
        *quarter = ent_quarter_of_day (today) + words[i].later;
        return TRUE;
      }
  if ((sscanf (upper, "%4d-Q%1d%n", &year, &number, &used) == 2 && upper[used] == '\0') ||
      (sscanf (upper, "%4dQ%1d%n", &year, &number, &used) == 2 && upper[used] == '\0') ||
      (sscanf (upper, "Q%1d %4d%n", &number, &year, &used) == 2 && upper[used] == '\0'))
    {
      *quarter = (gint64) year * 4 + number - 1;
      return year >= 1900 && year <= 9998 && number >= 1 && number <= 4;
    }
  return FALSE;
}

char *
ent_quarter_write (EntQuarter self)
{
  return g_strdup_printf ("%d-Q%d", (int) (self / 4), (int) (self % 4) + 1);
}

char *
ent_quarter_display (EntQuarter self)
{
  /* Translators: a quarter and its year. */
  return g_strdup_printf (_("Q%d %d"), (int) (self % 4) + 1, (int) (self / 4));
}
