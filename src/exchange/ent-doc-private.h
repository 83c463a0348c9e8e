/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "exchange/ent-doc.h"

G_BEGIN_DECLS

/* Inside src/exchange/: what the writers of a document share. */

typedef enum
{
  DOC_HEADING,
  DOC_PARAGRAPH,
  DOC_NOTE,
  DOC_FIGURES,
  DOC_TABLE,
  DOC_LIST,
  DOC_CHART,
} DocKind;

typedef struct
{
  char *label, *value, *detail, *change;
  int   tone;
} DocFigure;

typedef struct
{
  char    *title;
  gboolean is_number;
  int      width;
} DocColumn;

typedef struct
{
  EntDocMark mark;
  char      *text, *detail;
} DocItem;

typedef struct
{
  char   *name;
  gint64 *values;
} DocSeries;

typedef struct
{
  DocKind    kind;
  int        level;
  char      *text;    /* heading, paragraph, note; title of a chart */
  GPtrArray *figures; /* of DocFigure */
  GPtrArray *columns; /* of DocColumn */
  GPtrArray *rows;    /* of char ** */
  GPtrArray *items;   /* of DocItem */
  char     **labels;
  gboolean   is_line;
  EntDocUnit unit;
  char       currency[4];
  GPtrArray *series;  /* of DocSeries */
} DocBlock;

typedef struct
{
  char *label, *value;
} DocFact;

struct _EntDoc
{
  int        ref_count;
  gboolean   rtl;
  char      *title;
  char      *kind;
  char      *subtitle;
  char      *author;
  char      *footer;
  gint64     time;
  GPtrArray *facts;  /* of DocFact */
  GPtrArray *blocks; /* of DocBlock */
};

typedef struct
{
  double red, green, blue;
} DocColor;

extern const DocColor doc_ink, doc_soft, doc_muted, doc_rule, doc_accent, doc_good, doc_bad, doc_paper;

void     doc_set_color    (cairo_t        *cr,
                           const DocColor *color);
/** A layout in the document's typeface; @size in points. (transfer full) */
PangoLayout *doc_layout_new (PangoContext *context,
                             const char   *text,
                             double        size,
                             PangoWeight   weight);
/** The context for a surface: metrics unhinted, so that a layout is the same on all of them. (transfer full) */
PangoContext *doc_context_new (cairo_t *cr);
/** A value of a chart as text. (transfer full) */
char    *doc_amount       (EntDocUnit  unit,
                           gint64      value,
                           const char *currency);
/** Whether there is anything to draw. */
gboolean doc_chart_has_values (const DocBlock *chart);
/** Draws into the rectangle (0, 0, width, height), without the title. */
void     doc_chart_paint  (const DocBlock *chart,
                           gboolean        rtl,
                           cairo_t        *cr,
                           PangoContext   *context,
                           double          width,
                           double          height);
/** What the chart shows in one sentence, for those who cannot see it. (transfer full) */
char    *doc_chart_describe (const DocBlock *chart);

GBytes  *doc_write_pdf      (EntDoc       *self,
                             GCancellable *cancellable,
                             GError      **error);
char    *doc_write_markdown (EntDoc *self);
char    *doc_write_html     (EntDoc *self);

G_END_DECLS
