/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <pango/pango.h>

#include "rules/ent-onboard.h"

G_BEGIN_DECLS

/** How a timeline looks: for the screen, or black on white for paper. */
typedef struct
{
  GdkRGBA  text, muted, line, band;
  GdkRGBA  open, doing, done, late;
  gboolean rtl;
  double   row;    /* height of a row and of the header */
  guint    selected; /* index; G_MAXUINT: none */
  guint    dragged;
  int      drag_days;
} EntTimelineStyle;

/** First and last day that are shown, counted from the start of the run. */
void   ent_timeline_get_range (const EntOnboardRun *run,
                               int                 *first,
                               int                 *last);
/** Where day @day lies; where it is mirrored, from the right. */
double ent_timeline_get_x     (const EntOnboardRun    *run,
                               const EntTimelineStyle *style,
                               double                  width,
                               double                  day);
/** Paints the header and the rows of items @from … @from + @n - 1 from the origin on. */
void   ent_timeline_paint     (const EntOnboardRun    *run,
                               const EntTimelineStyle *style,
                               cairo_t                *cr,
                               PangoContext           *pango,
                               double                  width,
                               guint                   from,
                               guint                   n);

G_END_DECLS
