/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-table-source.h"

typedef struct yyjson_val yyjson_val;

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntJsonTable:
 *
 * An array of JSON objects (or one object after another) as a table. The file is mapped and each
 * object parsed by itself, so memory follows the largest object, not the file.
 */
typedef struct _EntJsonTable EntJsonTable;

gboolean      ent_json_table_sniff        (const guint8 *bytes,
                                           gsize         length);
/** Takes @bytes. Reads through all objects for their keys. (transfer full) */
EntJsonTable *ent_json_table_new          (GBytes       *bytes,
                                           const char   *name,
                                           GError      **error);
EntJsonTable *ent_json_table_open         (GFile        *file,
                                           const char   *name,
                                           GError      **error);
void          ent_json_table_free         (EntJsonTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntJsonTable, ent_json_table_free)
char        **ent_json_table_dup_columns  (EntJsonTable *self);
gboolean      ent_json_table_next         (EntJsonTable *self,
                                           EntTableRow  *row,
                                           GError      **error);
void          ent_json_table_rewind       (EntJsonTable *self);
guint64       ent_json_table_get_position (EntJsonTable *self);

G_END_DECLS
