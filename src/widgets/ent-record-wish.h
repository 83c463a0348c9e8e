/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-picker.h"

G_BEGIN_DECLS

/*
 * EntRecordWish:
 *
 * What an EntRecordPicker looks for, and looking on a worker thread. Counted by g_atomic_rc_box.
 */
typedef struct
{
  EntRecordPicker     *picker; /* (owned): main thread only */
  const EntRecordType *type;   /* NULL: any */
  char                *text;
  char                *filter; /* (nullable) */
  char                *sort;   /* (nullable) */
  guint                generation;
} EntRecordWish;

EntRecordWish *ent_record_wish_new     (void);
void           ent_record_wish_release (gpointer       wish);
/** An EntStoreJob: the first records of a type, of a kind, or with the words in them; element-type EntHit. */
gpointer       ent_record_wish_job     (EntStore      *store,
                                        gpointer       wish,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
