/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sync-body.h"

G_BEGIN_DECLS

/* Members of a body that are no fields. Names of fields never end with "_", so that none is `type_`. */
#define ENT_SYNC_MEMBER_TYPE       "type"
#define ENT_SYNC_MEMBER_TYPE_FIELD "type_"
#define ENT_SYNC_MEMBER_DELETED_AT "deleted_at"

/** Whether the field is part of a body: all are but the store's own. */
gboolean ent_sync_body_has_field  (const EntField *field);

EntSyncPending *ent_sync_pending_new (guint       field,
                                      guint       position,
                                      const char *id);

/** Whether @text has the form of a document id, of whatever type: "NAME:UUID", the UUID as ent_id_to_text() writes it. @type
 * is set to its record type when this version knows it, else to NULL. */
gboolean ent_sync_id_scan         (const EntSchema      *schema,
                                   const char           *text,
                                   const EntRecordType **type,
                                   EntId                *id);

G_END_DECLS
