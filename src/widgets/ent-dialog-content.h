/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** From now on what was in a dialog goes when the dialog does. libadwaita 1.7 keeps the sheet that a dialog in a window
 * was shown in, with its content, and with that the context. Main thread; once a process. */
void ent_dialog_content_watch (void);

G_END_DECLS
