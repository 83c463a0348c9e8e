/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-schema.h"

G_BEGIN_DECLS

/** A value as the filter language reads it: quoted, with backslashes where needed. (transfer full) */
char     *ent_filter_quote        (const char *text);
/** One term of the filter language in words, for a chip: `level in ("Strategic", "Premier")` is "Level: Strategic or
 * Premier". Terms it does not know stay as they are. (transfer full) */
char     *ent_filter_term_to_words (const EntRecordType *type,
                                    const char          *term);
/** The field at the start of a term, or NULL. */
const EntField *ent_filter_term_get_field (const EntRecordType *type,
                                           const char          *term);

G_END_DECLS
