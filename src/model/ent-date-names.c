/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-date-private.h"

#include "model/ent-value-private.h"

#include <langinfo.h>
#include <string.h>

gboolean
ent_span_is_word_byte (char c)
{
  return g_ascii_isalpha (c) || (guchar) c >= 0x80;
}

const char *
ent_span_skip_spaces (const char *p,
                      const char *end)
{
  gsize n;

  while (p < end && (n = ent_text_space_at (p, end)) > 0)
    p += n;

  return p;
}

const char *
ent_span_skip_word (const char *p,
                    const char *end)
{
  while (p < end && ent_span_is_word_byte (*p) && ent_text_space_at (p, end) == 0)
    p++;

  return p;
}

gboolean
ent_span_is (const char *p,
             const char *end,
             const char *word)
{
  gsize length = strlen (word);

  return length == (gsize) (end - p) && g_ascii_strncasecmp (p, word, length) == 0;
}

const char *
ent_span_read_digits (const char  *p,
                      const char  *end,
                      int          max,
                      EntDatePart *part)
{
  part->value = 0;
  part->n_digits = 0;
  for (; p < end && g_ascii_isdigit (*p); p++)
    {
      if (++part->n_digits > max)
        return NULL;
      part->value = part->value * 10 + (*p - '0');
    }

  return part->n_digits > 0 ? p : NULL;
}

static const char * const months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december",
};

static const char * const weekdays[] = {
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};

static const nl_item month_items[] = {
  MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12,
  ABMON_1, ABMON_2, ABMON_3, ABMON_4, ABMON_5, ABMON_6, ABMON_7, ABMON_8, ABMON_9, ABMON_10,
  ABMON_11, ABMON_12,
};

/* The C library's week starts on Sunday. */
static const nl_item weekday_items[] = {
  DAY_2, DAY_3, DAY_4, DAY_5, DAY_6, DAY_7, DAY_1,
  ABDAY_2, ABDAY_3, ABDAY_4, ABDAY_5, ABDAY_6, ABDAY_7, ABDAY_1,
};

/* English names count from their third letter on: "Sep", "Sept", "Thurs". */
static int
match_english (const char         *word,
               gsize               length,
               const char * const *names,
               int                 n_names)
{
  if (length < 3)
    return 0;
  for (int i = 0; i < n_names; i++)
    if (g_ascii_strncasecmp (word, names[i], length) == 0)
      return i + 1;

  return 0;
}

/* Full and short names of the user's language; short ones may end in a dot. */
static int
match_local (const char    *word,
             gsize          length,
             const nl_item *items,
             int            n_names)
{
  for (int i = 0; i < 2 * n_names; i++)
    {
      const char *name = nl_langinfo (items[i]);
      g_autofree char *bare = g_strdup (name);
      gsize n = strlen (bare);

      if (n > 1 && bare[n - 1] == '.')
        bare[n - 1] = '\0';
      if (ent_text_loosely_equal (bare, word, length))
        return i % n_names + 1;
    }

  return 0;
}

int
ent_month_match (const char *word,
                 gsize       length)
{
  int month = match_english (word, length, months, G_N_ELEMENTS (months));

  return month > 0 ? month : match_local (word, length, month_items, G_N_ELEMENTS (months));
}

int
ent_weekday_match (const char *word,
                   gsize       length)
{
  int day = match_english (word, length, weekdays, G_N_ELEMENTS (weekdays));

  return day > 0 ? day : match_local (word, length, weekday_items, G_N_ELEMENTS (weekdays));
}
