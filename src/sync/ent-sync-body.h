/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "model/ent-record.h"

G_BEGIN_DECLS

/* --- Document ids: "deal:0190a3c4-…" ---------------------------------------------------------- */

/** (transfer full) */
char    *ent_sync_id_make  (const EntRecordType *type,
                            const EntId         *id);
/** FALSE for other documents, such as "_design/…", types that this version does not know, and ids that are not written as
 * ent_sync_id_make() does; @type and @id, each of which may be NULL, are then left alone. Any thread. */
gboolean ent_sync_id_parse (const EntSchema      *schema,
                            const char           *text,
                            const EntRecordType **type,
                            EntId                *id);

/* --- Bodies ----------------------------------------------------------------------------------- */

/* A record as the body of a document:
 *
 *   {"type":"deal","title":"Claims","amount":{"minor":1200000,"currency":"USD"},"expected_close":"2026-11-20",
 *    "account":"organization:0190…","tags":["a","b"],"x_cost_center":"EMEA"}
 *
 * One member for each field with a value; none for NULL. Dates and instants as ent_value_write() has them, other numbers
 * as stored integers, BOOL as true and false, money as above, lists in their stored order, references as document ids,
 * JSON fields as the text they are. `type` is the record type; a field that has this name itself is written as
 * `type_`. The store's own fields are not written. A deleted record is its `type` and `deleted_at` alone: nothing of
 * what was deleted stays on the server. */

/** A reference to a record that is not in this workspace yet. */
typedef struct
{
  guint  field;    /* index in the record type */
  guint  position; /* in a list as it was read, from 0; otherwise 0 */
  char  *id;       /* document id */
} EntSyncPending;

void    ent_sync_pending_free (EntSyncPending *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncPending, ent_sync_pending_free)

/** How references cross between workspace and documents. */
typedef struct
{
  /** The document id of a record; NULL when there is no such record. (transfer full) */
  char   *(*get_id)  (EntKey    key,
                      gpointer  user_data);
  /** The record that a well-formed document id names; 0 when it is not here yet. */
  EntKey  (*get_key) (const char *id,
                      gpointer    user_data);
  gpointer user_data;
} EntSyncRefs;

/** The member of a body that holds a field. (transfer none) */
const char *ent_sync_body_get_member (const EntField *field);
/** The field that a member of a body holds; NULL for `type`, for members of the database, for the store's own fields,
 * and for those that only a newer version knows. */
const EntField *ent_sync_body_lookup (const EntRecordType *type,
                                      const char          *member);

/**
 * ent_sync_body_write:
 * @record: all of its fields must be loaded
 * @refs: get_id is called for each reference
 * @unknown: (nullable): members of a newer version to write along, as EntSyncBody has them
 * @pending: (nullable): EntSyncPending to write along; one in a list goes back to its position, one of a field that has
 *   a value by now is obsolete and left out
 *
 * The body of a record, without `_id` and `_rev`. What was read comes back as it was. Errors (ENT_VALUE_ERROR_REFERENCE): a
 * reference whose record does not exist. Any thread that may use @record. Returns: (transfer full): NULL on error
 */
JsonObject *ent_sync_body_write (EntRecord          *record,
                                 const EntSyncRefs  *refs,
                                 JsonObject         *unknown,
                                 GPtrArray          *pending,
                                 GError            **error);

/** What a body holds. */
typedef struct
{
  EntRecord  *record;  /* with its id and no key; every field that is not the store's own is loaded, absent ones as NULL */
  JsonObject *unknown; /* (nullable) members of a newer version, to be kept and written back */
  GPtrArray  *pending; /* of EntSyncPending; may be empty */
} EntSyncBody;

void         ent_sync_body_free (EntSyncBody *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncBody, ent_sync_body_free)

/**
 * ent_sync_body_read:
 * @schema: of the workspace, with the fields and choices its users added
 * @id: the document's id
 * @body: its body; members that begin with "_" are skipped
 * @refs: get_key is called for each reference
 *
 * Reads a body that may come from anyone: every value is checked by ent_value_check(). `deleted_at` is loaded when it is
 * there. A tombstone (`_deleted` is true) of another program may have no `type`. Errors (ENT_VALUE_ERROR): an @id of
 * another kind, another `type` than the id says, or a value that the field cannot have; the sentence names the field and
 * the value. Any thread. Returns: (transfer full): NULL on error
 */
EntSyncBody *ent_sync_body_read (EntSchema          *schema,
                                 const char         *id,
                                 JsonObject         *body,
                                 const EntSyncRefs  *refs,
                                 GError            **error);

G_END_DECLS
