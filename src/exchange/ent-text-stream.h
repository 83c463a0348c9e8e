/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntTextStream:
 *
 * Bytes in any encoding in, valid UTF-8 without NUL bytes out, a window at a time. Bytes that are
 * no characters become U+FFFD. The window is one piece of memory that the caller may change and
 * that is followed by padding, so that cells are cut out of it in place.
 */
typedef struct _EntTextStream EntTextStream;

/** @encoding: interned; takes a reference on @input, which must be seekable for rewind().
 * (transfer full) */
EntTextStream *ent_text_stream_new         (GInputStream  *input,
                                            const char    *encoding,
                                            gsize          window,
                                            GError       **error);
void           ent_text_stream_free        (EntTextStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTextStream, ent_text_stream_free)
/** What is there now; changes with fill(). */
char          *ent_text_stream_get         (EntTextStream *self,
                                            gsize         *length);
/** Nothing follows the window. */
gboolean       ent_text_stream_is_at_end   (EntTextStream *self);
/** Takes @length bytes off the front. */
void           ent_text_stream_consume     (EntTextStream *self,
                                            gsize          length);
/** Reads more behind what is there, making room as needed. */
gboolean       ent_text_stream_fill        (EntTextStream *self,
                                            GError       **error);
gboolean       ent_text_stream_rewind      (EntTextStream *self,
                                            GError       **error);
/** Bytes of the input that were read. */
guint64        ent_text_stream_get_position (EntTextStream *self);
/** Whether any byte was replaced so far. */
gboolean       ent_text_stream_has_replaced (EntTextStream *self);

/** All of @bytes as valid UTF-8 without byte order mark, followed by @padding readable bytes.
 * (transfer full) */
GString       *ent_text_decode             (const guint8 *bytes,
                                            gsize         length,
                                            const char   *encoding,
                                            gsize         padding);

G_END_DECLS
