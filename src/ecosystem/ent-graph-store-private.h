/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-graph-private.h"

G_BEGIN_DECLS

typedef void (*EntGraphRecordFunc) (EntRecord *record,
                                    gpointer   data);

/** Calls @func for each record, a chunk at a time in memory, with the fields of @names only. */
gboolean ent_graph_each_record (EntStore            *store,
                                const EntRecordType *type,
                                EntScope             scope,
                                const EntFilter     *filter,
                                const char * const  *names,
                                EntGraphRecordFunc   func,
                                gpointer             data,
                                GCancellable        *cancellable,
                                GError             **error);
/** Indexes of those of the named fields that the type has. Element-type guint. (transfer full) */
GArray  *ent_graph_find_fields (const EntRecordType *type,
                                const char * const  *names);
/** Adds a node for each of @keys (sorted by type) that exists at @at; @index gets the node number + 1 by key. */
gboolean ent_graph_read_nodes  (EntStore         *store,
                                EntSchema        *schema,
                                EntGraphBuilder  *builder,
                                const GArray     *keys,
                                gint64            at,
                                GHashTable       *index,
                                GCancellable     *cancellable,
                                GError          **error);

G_END_DECLS
