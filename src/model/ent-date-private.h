/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the readers of dates, times of day and durations share. */

/* One of the three parts of a written date. */
typedef struct
{
  int value;
  int n_digits; /* 0: a month's name */
} EntDatePart;

typedef struct
{
  gint64   micros; /* since midnight */
  gboolean has_zone;
  int      offset; /* seconds east of UTC */
} EntTimeOfDay;

gboolean    ent_span_is_word_byte  (char          c);
const char *ent_span_skip_spaces   (const char   *p,
                                    const char   *end);
const char *ent_span_skip_word     (const char   *p,
                                    const char   *end);
/** Case-blind. */
gboolean    ent_span_is            (const char   *p,
                                    const char   *end,
                                    const char   *word);
/** Reads up to @max digits; NULL for none or a longer run. */
const char *ent_span_read_digits   (const char   *p,
                                    const char   *end,
                                    int           max,
                                    EntDatePart  *part);
/** What follows a date: nothing, or a time of day with or without a zone. */
gboolean    ent_time_read          (const char   *p,
                                    const char   *end,
                                    EntTimeOfDay *time);

G_END_DECLS
