/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Freezes the numbers of a review, computed at this moment off the main thread from the records as they are then; one
 * change that can be undone, or an error that is told. */
void ent_review_freeze (EntContext *context,
                        EntKey      review);

G_END_DECLS
