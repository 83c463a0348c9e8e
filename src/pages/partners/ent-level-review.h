/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** A dialog with every change of level that the rules propose, to approve one by one or all at once. */
void     ent_level_review_present  (GtkWidget  *parent,
                                    EntContext *context);
/** Whether what it shows is there. */
gboolean ent_level_review_is_ready (AdwDialog *dialog);

G_END_DECLS
