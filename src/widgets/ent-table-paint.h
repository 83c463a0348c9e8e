/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/ent-field.h"

G_BEGIN_DECLS

/* What painted rows are made of. Sizes are in pixels at the standard text size; signs grow with the text. @height is
 * that of the row: things are painted in its middle. */

#define ENT_PAINT_TILE   24
#define ENT_PAINT_LEVEL  18
#define ENT_PAINT_SYMBOL 9

/** @pixels at the widget's text size. */
int      ent_paint_scale    (GtkWidget *widget,
                             int        pixels);
void     ent_paint_layout   (GtkSnapshot   *snapshot,
                             PangoLayout   *layout,
                             double         x,
                             double         height,
                             const GdkRGBA *color);
void     ent_paint_rounded  (GtkSnapshot   *snapshot,
                             double         x,
                             double         y,
                             double         size,
                             double         radius,
                             const GdkRGBA *color);
/** A small bold letter in the middle of a square of @size. */
void     ent_paint_letter   (GtkWidget     *widget,
                             GtkSnapshot   *snapshot,
                             const char    *letter,
                             double         x,
                             double         size,
                             double         height,
                             const GdkRGBA *color);
/** The tile of an organization, or @round the disc of a person, with initials. */
void     ent_paint_tile     (GtkWidget     *widget,
                             GtkSnapshot   *snapshot,
                             const char    *text,
                             gboolean       round,
                             double         x,
                             double         height);
/** The shape that tells a tone without color. */
void     ent_paint_symbol   (GtkWidget     *widget,
                             GtkSnapshot   *snapshot,
                             EntTone        tone,
                             double         x,
                             double         height,
                             const GdkRGBA *color);
/** Text color of a tone on the usual background, contrast at least 4.5:1; FALSE for tones without one. */
gboolean ent_tone_get_color (EntTone  tone,
                             gboolean dark,
                             GdkRGBA *color);

G_END_DECLS
