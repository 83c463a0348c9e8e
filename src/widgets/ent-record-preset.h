/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Sets the fields of @record that @assignments name, "roles=partner" each (nullable): what a record gets because of the
 * place where it is made. A wrong one is the programmer's mistake. */
void ent_record_preset (EntRecord          *record,
                        EntContext         *context,
                        const char * const *assignments);

/** What the record is called: a partner rather than an organization when that is its only role. */
const char *ent_record_get_noun (EntRecord *record);

G_END_DECLS
