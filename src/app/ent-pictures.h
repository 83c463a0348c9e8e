/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-window.h"

G_BEGIN_DECLS

/* Pictures of the pages, for eyes and for tests: shows each in turn, waits until it is ready, and writes
 * DIR/NAME.png. Besides the pages of the registry: welcome, palette, preferences, workspace, profile, import,
 * shortcuts. */

/** From now on a warning is a failure of the page that is shown. Before anything is logged. */
void     ent_pictures_watch_warnings (void);
/** @workspace NULL: only what needs none. @pages NULL: all. @size "1280x800", NULL: that of the screen. */
void     ent_pictures_take_async     (EntWindow           *window,
                                      const char          *workspace,
                                      const char          *folder,
                                      const char * const  *pages,
                                      const char          *size,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean ent_pictures_finish         (GAsyncResult  *result,
                                      GError       **error);

/** Renders @window, with its dialogs, as it looks now. (transfer full) (nullable) */
GdkTexture *ent_pictures_render      (GtkWindow *window);

G_END_DECLS
