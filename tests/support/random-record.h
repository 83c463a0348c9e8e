/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-record.h"

G_BEGIN_DECLS

/** A value that the field can have, not NULL: often the smallest or largest one, or a text that is awkward to write. */
void       test_random_value  (const EntField *field,
                               GRand          *rand,
                               EntValue       *value);
/** A record with an id and a value in about @percent of 100 of its fields, without those of the store; the other fields are
 * loaded as NULL. */
EntRecord *test_random_record (const EntRecordType *type,
                               GRand               *rand,
                               int                  percent);

G_END_DECLS
