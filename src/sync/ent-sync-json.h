/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON (RFC 8259) that is compared and hashed: one text for one value, on every device. All functions: any thread. */

#define ENT_SYNC_JSON_ERROR (ent_sync_json_error_quark ())
GQuark ent_sync_json_error_quark (void);

typedef enum
{
  ENT_SYNC_JSON_ERROR_MALFORMED, /* no JSON, such as the HTML page of a proxy; or another type than was asked for */
  ENT_SYNC_JSON_ERROR_RANGE,     /* a number that cannot be kept exactly: beyond 64 bits or without bound */
  ENT_SYNC_JSON_ERROR_DEPTH,     /* nested deeper than ENT_SYNC_JSON_MAX_DEPTH */
} EntSyncJsonErrorCode;

#define ENT_SYNC_JSON_MAX_DEPTH 64

/**
 * ent_sync_json_parse:
 * @text: what a server sent or the workspace kept
 * @length: in bytes; -1: up to the NUL
 *
 * Reads one JSON value. Of members with one name the last counts, as in CouchDB. Texts with a NUL inside are refused,
 * as no field can hold them. Returns: (transfer full): the value; NULL with @error set.
 */
JsonNode   *ent_sync_json_parse        (const char  *text,
                                        gssize       length,
                                        GError     **error);
/** The same for a value that must be an object. (transfer full) */
JsonObject *ent_sync_json_parse_object (const char  *text,
                                        gssize       length,
                                        GError     **error);

/**
 * ent_sync_json_write:
 *
 * The canonical text of a value: members sorted bytewise by name, no white space, only the escapes that JSON demands,
 * whole numbers as integers (1e3, 1000.0 and 1000 are one value), others with the fewest digits that read back to the
 * same number. Equal values have equal texts and the other way round. NULL is written as null. Returns: (transfer full)
 */
char       *ent_sync_json_write        (JsonNode *value); /* (nullable) */
/** The same for a document's body: leaves out the members at the top that are the database's own, those that begin with
 * "_". NULL, which stands for no body, is "". (transfer full) */
char       *ent_sync_json_write_body   (JsonObject *body); /* (nullable) */

/** By value: as equal canonical texts. NULL equals NULL and JSON's null. */
gboolean    ent_sync_json_equal        (JsonNode *a,  /* (nullable) */
                                        JsonNode *b); /* (nullable) */
/** The same for bodies, without the database's own members. NULL equals only NULL. */
gboolean    ent_sync_json_equal_bodies (JsonObject *a,  /* (nullable) */
                                        JsonObject *b); /* (nullable) */

G_END_DECLS
