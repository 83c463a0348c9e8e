/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "exchange/ent-doc.h"

G_BEGIN_DECLS

/**
 * EntDocView:
 *
 * The pages of a document as they will be printed, one below the other, as wide as there is room. Put it into a
 * scrolled window. Pages are laid out on a worker thread; property `ready` is TRUE when they are there. For print,
 * ent_doc_view_get_pages() gives what is shown.
 */
#define ENT_TYPE_DOC_VIEW (ent_doc_view_get_type ())
G_DECLARE_FINAL_TYPE (EntDocView, ent_doc_view, ENT, DOC_VIEW, GtkWidget)

GtkWidget *ent_doc_view_new       (void);
/** Shows another document; the old pages stay until the new ones are there. */
void       ent_doc_view_set_doc   (EntDocView *self,
                                   EntDoc     *doc);
gboolean   ent_doc_view_is_ready  (EntDocView *self);
/** Recordings in points; empty before it is ready. Element-type cairo_surface_t. (transfer none) */
GPtrArray *ent_doc_view_get_pages (EntDocView *self,
                                   double     *width,
                                   double     *height);

G_END_DECLS
