/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sync-body.h"

G_BEGIN_DECLS

/* References between records and documents where the last byte of a record's id is its row. */

extern const EntSyncRefs test_sync_refs;      /* every record is here */
extern const EntSyncRefs test_sync_some_refs; /* every third one is, by row; ids of all are known */
extern const EntSyncRefs test_sync_no_refs;   /* none is, and no id is known */

G_END_DECLS
