/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EntDoc:
 *
 * A document to hand over: cover, headings, paragraphs, figures, tables, lists, charts, in reading order. It knows
 * nothing of records; who has something to print builds one and writes it as PDF, Markdown, or HTML. Texts are plain
 * text. Built by one thread; written by any.
 */
typedef struct _EntDoc EntDoc;

typedef enum
{
  ENT_DOC_UNIT_COUNT,
  ENT_DOC_UNIT_MONEY,   /* minor units */
  ENT_DOC_UNIT_PERCENT, /* 1/10,000 of a percent point */
  ENT_DOC_UNIT_POINTS,
} EntDocUnit;

/** Marks before an item of a list. */
typedef enum
{
  ENT_DOC_MARK_BULLET,
  ENT_DOC_MARK_OPEN,    /* an empty box */
  ENT_DOC_MARK_DONE,    /* a ticked box */
  ENT_DOC_MARK_LATE,    /* an exclamation mark */
} EntDocMark;

#define ENT_DOC_UNKNOWN G_MININT64 /* a value of a chart that nobody knows: a gap */

EntDoc *ent_doc_new            (const char *title);
EntDoc *ent_doc_ref            (EntDoc *self);
void    ent_doc_unref          (EntDoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDoc, ent_doc_unref)

/** Whether it runs from right to left, with tables and columns mirrored; as the words of the program do, unless told. */
void    ent_doc_set_rtl        (EntDoc   *self,
                                gboolean  rtl);

/* --- Cover and metadata; all (nullable) --- */

/** The line above the title: "Quarterly business review". */
void    ent_doc_set_kind       (EntDoc     *self,
                                const char *kind);
void    ent_doc_set_subtitle   (EntDoc     *self,
                                const char *subtitle);
void    ent_doc_set_author     (EntDoc     *self,
                                const char *author);
/** At the foot of each page. */
void    ent_doc_set_footer     (EntDoc     *self,
                                const char *footer);
/** When it was made: microseconds UTC; in the metadata, so that the same document gives the same file. */
void    ent_doc_set_time       (EntDoc *self,
                                gint64  micros);
void    ent_doc_add_fact       (EntDoc     *self,
                                const char *label,
                                const char *value);

/* --- Content --- */

/** @level 1: a section, which the contents list; 2: below it. */
void    ent_doc_add_heading    (EntDoc     *self,
                                int         level,
                                const char *text);
/** Paragraphs, separated by empty lines; lines that begin with "- " are items. */
void    ent_doc_add_text       (EntDoc     *self,
                                const char *text);
/** Small print. */
void    ent_doc_add_note       (EntDoc     *self,
                                const char *text);
/** A number in a row of numbers. @change (nullable); @tone: 1 better, -1 worse, 0 neither. */
void    ent_doc_add_figure     (EntDoc     *self,
                                const char *label,
                                const char *value,
                                const char *detail,
                                const char *change,
                                int         tone);
/** Begins a table; columns follow, then rows. */
void    ent_doc_add_table      (EntDoc *self);
void    ent_doc_add_column     (EntDoc     *self,
                                const char *title,
                                gboolean    is_number,
                                int         width);
/** As many cells as there are columns. */
void    ent_doc_add_row        (EntDoc             *self,
                                const char * const *cells);
/** An item of a list. @detail (nullable). */
void    ent_doc_add_item       (EntDoc     *self,
                                EntDocMark  mark,
                                const char *text,
                                const char *detail);
/** Begins a chart with one label a value. @currency (nullable). */
void    ent_doc_add_chart      (EntDoc             *self,
                                const char         *title,
                                const char * const *labels,
                                gboolean            is_line,
                                EntDocUnit          unit,
                                const char         *currency);
void    ent_doc_add_series     (EntDoc       *self,
                                const char   *name,
                                const gint64 *values);

/* --- Writing --- */

typedef enum
{
  ENT_DOC_PDF,
  ENT_DOC_MARKDOWN,
  ENT_DOC_HTML,
} EntDocFormat;

/** By the ending of a file name; FALSE with @error set for others. */
gboolean ent_doc_format_for    (const char    *file_name,
                                EntDocFormat  *format,
                                GError       **error);
/** The whole file. Blocks; any thread but the writer's. (transfer full) */
GBytes  *ent_doc_write         (EntDoc        *self,
                                EntDocFormat   format,
                                GCancellable  *cancellable,
                                GError       **error);
/** The pages of the PDF as recordings to show or print; size in points. Element-type cairo_surface_t. Blocks. (transfer
 * full) */
GPtrArray *ent_doc_paginate    (EntDoc *self,
                                double *width,
                                double *height);
/** Writes it to @file, replacing what is there. */
gboolean ent_doc_save          (EntDoc        *self,
                                EntDocFormat   format,
                                GFile         *file,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
