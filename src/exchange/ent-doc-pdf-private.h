/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-doc-private.h"

G_BEGIN_DECLS

/* Inside ent-doc-pdf*.c. Units are points, y grows down. */

/** A section, for contents and outline. */
typedef struct
{
  char  *text;
  int    page;
  double y;
} PdfMark;

typedef struct
{
  EntDoc       *doc;
  cairo_t      *cr;
  PangoContext *context;
  double        width, height;
  double        left, right, top, bottom; /* where content goes */
  double        y;
  int           page;
  int           n_pages; /* known the second time */
  gboolean      draws;   /* FALSE the first time, which only measures */
  GPtrArray    *pages;   /* of cairo_surface_t, for the screen; NULL: one surface takes all */
  GHashTable   *heights; /* DocBlock → double, of its rows and last the header: measured once, drawn once */
  GArray       *marks;   /* of PdfMark, made the first time */
} Pdf;

/** In the direction of the document, whatever its letters are: so it begins where all others do. */
PangoLayout *pdf_layout_new    (Pdf        *self,
                                const char *text,
                                double      size,
                                PangoWeight weight,
                                double      width);
double       pdf_layout_height (PangoLayout *layout);
/** Aligns it at the end: numbers. */
void         pdf_align_end     (Pdf         *self,
                                PangoLayout *layout);
/** The left edge of what is @width wide and begins @x from the left, or mirrored, from the right. */
double       pdf_x             (const Pdf *self,
                                double     x,
                                double     width);
/** Draws it from @x on, which is mirrored, unless it only measures; gives the height. */
double       pdf_show          (Pdf            *self,
                                PangoLayout    *layout,
                                double          x,
                                double          y,
                                const DocColor *color);
void         pdf_begin_page    (Pdf *self);
void         pdf_end_page      (Pdf *self);
void         pdf_break_page    (Pdf *self);
gboolean     pdf_is_at_top     (const Pdf *self);
/** A new page unless @height fits on this one. */
void         pdf_need          (Pdf   *self,
                                double height);

/** All content. */
void         pdf_draw_blocks   (Pdf *self);
void         pdf_draw_table    (Pdf            *self,
                                const DocBlock *block);
/** How much of a table has to be together on a page: its header and two rows. */
double       pdf_table_lead    (Pdf            *self,
                                const DocBlock *block);

G_END_DECLS
