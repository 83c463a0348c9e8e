/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-doc.h"
#include "rules/ent-review.h"

G_BEGIN_DECLS

/** A review as a document, with cover and minutes. (transfer full) */
EntDoc *ent_review_to_doc      (const EntReview *review);
/** An iCalendar file (RFC 5545) with the meeting, its zone, and an alarm when the pre-read is due. NULL with @error set
 * when the review has no meeting. @minutes: how long; 0: the sum of the agenda. (transfer full) */
char   *ent_review_to_calendar (const EntReview  *review,
                                int               minutes,
                                GError          **error);
/** A short mail to go with the pre-read; both (transfer full). */
void    ent_review_to_mail     (const EntReview  *review,
                                char            **subject,
                                char            **body);

G_END_DECLS
