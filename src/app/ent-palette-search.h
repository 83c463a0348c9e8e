/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-window.h"

G_BEGIN_DECLS

/* What the palette finds, without its widgets. */

/** Pages and actions of @window that fit @text and can be done now, the best first; element-type EntPaletteItem.
 * @is_named: whether the first is called exactly so. (transfer full) */
GPtrArray *ent_palette_find_actions        (EntWindow  *window,
                                            const char *text,
                                            gboolean   *is_named);
/** Records that fit @text; for "", those of @recent. Element-type EntPaletteItem. */
void       ent_palette_find_records_async  (EntStore            *store,
                                            const char          *text,
                                            GArray              *recent,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
/** (transfer full) */
GPtrArray *ent_palette_find_records_finish (EntStore      *store,
                                            GAsyncResult  *result,
                                            GError       **error);

G_END_DECLS
