/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "rules/ent-review.h"

G_BEGIN_DECLS

/* Inside cli-review*.c. */

/** A review as lines for people, or as one JSON value. @why: with the records behind each number. */
void cli_review_print (Cli             *cli,
                       const EntReview *review,
                       gboolean         why);

G_END_DECLS
