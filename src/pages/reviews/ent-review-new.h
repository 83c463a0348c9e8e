/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** The dialog that plans a review, or with @review that moves the meeting of that one. */
void ent_review_new_present (EntContext *context,
                             GtkWidget  *parent,
                             EntKey      review);

G_END_DECLS
