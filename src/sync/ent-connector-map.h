/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-record.h"
#include "sync/ent-connector.h"

G_BEGIN_DECLS

/* Records to bodies of a portal and back, by a connector's fields. Pure: what is asked of a store comes in by functions. A
 * place in the portal whose value means the same as the record's is never touched, in neither direction, so that "Lost to
 * Competitor - Google" survives beside our "competitor", and our "+49 30 1234" beside its "+49301234". */

/** What the caller knows of other records; each function may be NULL. Called on the thread that maps. */
typedef struct
{
  /** The record with @key. (transfer full) (nullable) */
  EntRecord *(*get)    (EntKey    key,
                        gpointer  data);
  /** The portal's number of @key as one of @object; NULL while the portal has it not. (transfer full) (nullable) */
  char      *(*dup_id) (EntKey      key,
                        const char *object,
                        gpointer    data);
  /** The record with the number @id there; 0 if there is none yet. */
  EntKey     (*find)   (const char *object,
                        const char *id,
                        gpointer    data);
  /** A record like @draft, which a portal's body describes: for @name, a reference of the record or a role. 0 if none. */
  EntKey     (*match)  (const char *name,
                        EntRecord  *draft,
                        gpointer    data);
  /** The records of @record in a role ("stakeholders"). (transfer container) (element-type EntRecord) (nullable) */
  GPtrArray *(*list)   (EntRecord  *record,
                        const char *role,
                        gpointer    data);
  gpointer     data;
} EntConnectorLinks;

/** A value that could not be mapped; it stays as it is on the other side. */
typedef struct
{
  char     *field;     /* of the record; "account.website" through a reference */
  char     *path;      /* in the portal's body */
  char     *value;     /* as it was found; "" when there is no text for it */
  char     *sentence;  /* what is wrong and what to do */
  gboolean  is_theirs; /* in writing: the portal has something that is not known here; it stays, the rest can be sent */
} EntConnectorProblem;

/** What is to be sent. */
typedef struct
{
  JsonNode  *body;     /* all of it: the portal's last body with the record's values in it */
  GPtrArray *changed;  /* of char *: the places that differ from the portal's last body, in the connector's order */
  GPtrArray *problems; /* of EntConnectorProblem */
} EntConnectorDraft;

/** Another record that a portal's body describes. */
typedef struct
{
  char      *name;   /* the reference of the record ("account"), or the role ("stakeholders") */
  EntRecord *record; /* what the portal says of it: a new record with these fields only */
  EntKey     key;    /* the one that match() found; 0: none */
} EntConnectorRelated;

/** What a portal's body says. */
typedef struct
{
  EntRecord *record;     /* new, with the fields that the portal has a say in; ent_record_has() is FALSE for others */
  GPtrArray *related;    /* of EntConnectorRelated */
  GPtrArray *problems;   /* of EntConnectorProblem */
  char      *id;         /* the portal's number (nullable) */
  char      *external_id; /* ours as the portal keeps it (nullable) */
  char      *lock;       /* the mark of this version, when the body has it (nullable) */
  gint64     updated;    /* microseconds UTC; 0: not told */
  gboolean   is_deleted;
} EntConnectorReading;

/** Makes the body for @record. A field of the record that is empty is emptied there; one of a record it refers to, or of
 * one in a list, is not, as it may only be unknown here. @base: the portal's last body (nullable: it has none yet).
 * @settings: of ent_connector_dup_settings() (nullable: none), for constants. @links (nullable). (transfer full) */
EntConnectorDraft   *ent_connector_map_write  (const EntConnectorObject *object,
                                               EntRecord                *record,
                                               JsonNode                 *base,
                                               GHashTable               *settings,
                                               const EntConnectorLinks  *links);
/** The record's part of the request of @operation: all of @draft for "create" and full replace, else the changes in the
 * object's write style (RFC 7396, RFC 6902), against the same @base. What the operation omits is not in it.
 * (transfer full) */
JsonNode            *ent_connector_draft_make_body (const EntConnectorDraft     *self,
                                                    const EntConnectorObject    *object,
                                                    const EntConnectorOperation *operation,
                                                    JsonNode                    *base);
void                 ent_connector_draft_free (EntConnectorDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntConnectorDraft, ent_connector_draft_free)

/** Reads @body, a complete one: a place that is absent or null is an empty field. @current: the record as it is here
 * (nullable: new). What cannot be read is a problem, never an error. (transfer full) */
EntConnectorReading *ent_connector_map_read   (const EntConnectorObject *object,
                                               JsonNode                 *body,
                                               EntRecord                *current,
                                               EntSchema                *schema,
                                               const EntConnectorLinks  *links);
void                 ent_connector_reading_free (EntConnectorReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntConnectorReading, ent_connector_reading_free)

/** The portal's number of an item, which may be a summary only. (transfer full) (nullable) */
char                *ent_connector_item_dup_id (const EntConnectorObject *object,
                                                JsonNode                 *item);
/** When it was changed last, by the portal's clock: microseconds UTC; 0: not told. The latest of all that were read is what to
 * ask for the next time (`since`). */
gint64               ent_connector_item_get_updated (const EntConnectorObject *object,
                                                     JsonNode                 *item);
gboolean             ent_connector_item_is_deleted (const EntConnectorObject *object,
                                                    JsonNode                 *item);

/** The field that a line of a connector maps: of @type, or of the type that `through` refers to; NULL for constants and
 * records. */
const EntField      *ent_connector_field_get_info (const EntConnectorField *self,
                                                   const EntRecordType     *type);
/** What people call it: the portal's label, else the field's. (transfer none) */
const char          *ent_connector_field_get_label (const EntConnectorField *self,
                                                    const EntRecordType     *type);

G_END_DECLS
