/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/**
 * EntDataSet:
 *
 * Reads records that are shipped as JSON in a GResource folder (`data/program`, `data/sample`) into a
 * transaction. A file is an array of objects: `"type"`, fields by name in interchange form, and
 * arrays of child lines under the name of the child type. An object with the one member `$defaults`
 * gives members to the objects after it in the file. Other members that begin with `$` are left to
 * the caller. On the writer thread only.
 *
 * References are written `ref:KEY`. They may point to a record of an earlier transaction, or forward
 * to one that comes later in the set; the latter only from a field that is not required.
 *
 * Dates may be relative: `today`, `today-30d`; instants `today-30d 14:30` (UTC; one on a weekend moves
 * to Monday, because most of what happens at a time happens on a working day).
 */
typedef struct _EntDataSet EntDataSet;

/** One record that was read. */
typedef struct
{
  EntKey               key;
  const EntRecordType *type;
  JsonObject          *json; /* as written, with the caller's `$` members */
} EntDataItem;

/** @today: days since 1970; what relative dates count from. (transfer full) */
EntDataSet *ent_data_set_new         (EntTransaction *transaction,
                                      gint64          today);
void        ent_data_set_free        (EntDataSet     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDataSet, ent_data_set_free)

/** Inserts the records of every *.json below @folder ("program"), in order of file name, then settles
 * the references that pointed forward. */
gboolean    ent_data_set_load_folder (EntDataSet     *self,
                                      const char     *folder,
                                      GError        **error);
/** The record with this `ref`, in the set or in the workspace; 0 with @error set. */
EntKey      ent_data_set_lookup      (EntDataSet     *self,
                                      const char     *ref,
                                      GError        **error);
/** All records read so far, in order, child lines after their parent. Element-type EntDataItem. */
GArray     *ent_data_set_get_items   (EntDataSet     *self);
/** Parses one resource file of `data/`: "sample/pools.json". (transfer full) */
JsonNode   *ent_data_set_read        (const char     *path,
                                      GError        **error);

G_END_DECLS
