/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Has a screen reader say @text, which is seen elsewhere without the focus going there: how many results, that
 * something was copied. @urgent: at once, over what is being said. Use it instead of gtk_accessible_announce(), which
 * GTK 4.18's test backend does not survive. */
void        ent_announce          (GtkWidget  *widget,
                                   const char *text,
                                   gboolean    urgent);
/** What was said last, for tests. (nullable) */
const char *ent_announce_get_last (void);

G_END_DECLS
