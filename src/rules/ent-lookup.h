/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-query.h"

G_BEGIN_DECLS

/** Live records of @type that pass the filter text @where, with only @fields loaded (NULL-terminated; NULL: all). The
 * text comes from code, never from a user. Blocks. Element-type EntRecord, no NULLs. (transfer full) */
GPtrArray *ent_lookup_records (EntStore            *store,
                               const char          *type,
                               const char          *where,
                               const char * const  *fields,
                               GCancellable        *cancellable,
                               GError             **error);
/** Calls @func for each of them instead: one record for all rows, copy what stays. For whole tables, some four times as
 * fast. Blocks. */
gboolean   ent_lookup_scan    (EntStore            *store,
                               const char          *type,
                               const char          *where,
                               const char * const  *fields,
                               EntScanFunc          func,
                               gpointer             user_data,
                               GCancellable        *cancellable,
                               GError             **error);
/** The lines of the program definition with this `ref`, in order; empty when there is none. (transfer full) */
GPtrArray *ent_lookup_rules   (EntStore   *store,
                               const char *ref,
                               GError    **error);
/** The line with this section (NULL: any) and metric. (transfer none) (nullable) */
EntRecord *ent_lookup_rule    (GPtrArray  *rules,
                               const char *section,
                               const char *metric);
/** Its threshold as a whole number; @fallback without a line. */
gint64     ent_lookup_threshold (GPtrArray  *rules,
                                 const char *section,
                                 const char *metric,
                                 gint64      fallback);

G_END_DECLS
