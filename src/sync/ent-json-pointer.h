/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Places in JSON, written as JSON Pointers (RFC 6901): "/Customer/Account/CompanyName", "/items/0/id"; "" is the whole.
 * Pure functions of any thread, for trees that no other thread changes meanwhile. */

#define ENT_JSON_ERROR (ent_json_error_quark ())
GQuark    ent_json_error_quark      (void);

typedef enum
{
  ENT_JSON_ERROR_NOT_JSON, /* another format, or broken */
  ENT_JSON_ERROR_TOO_LARGE,
} EntJsonErrorCode;

/** Reads @length bytes (-1: NUL-terminated) of JSON (RFC 8259) from anywhere: never trusts it. Wrong bytes, a web page,
 * nesting without end, a number that does not fit 64 bits, nothing at all: ENT_JSON_ERROR with a sentence. (transfer full) */
JsonNode *ent_json_parse            (const char *text,
                                     gssize      length,
                                     GError    **error);
/** As one line, numbers in the shortest form that reads back. (transfer full) */
char     *ent_json_write            (JsonNode *node);
/** Copies all of it; json_node_copy() would share what is inside. (transfer full) */
JsonNode *ent_json_copy             (JsonNode *node);
/** (transfer full) */
JsonNode *ent_json_new_text         (const char *text);
/** (transfer full) */
JsonNode *ent_json_new_object       (void);
/** (transfer full) */
JsonNode *ent_json_new_array        (void);
/** The text of a string; NULL for anything else, and for NULL. (transfer none) (nullable) */
const char *ent_json_get_text       (JsonNode *node);
/** A string, number or truth value as text; NULL for anything else. (transfer full) (nullable) */
char     *ent_json_dup_text         (JsonNode *node);
/** Absent, null, or an empty text, list or object. */
gboolean  ent_json_is_empty         (JsonNode *node);

/** Whether @pointer is written as the RFC asks, with list positions below 1000. */
gboolean  ent_json_pointer_is_valid (const char *pointer);
/** What is there; NULL when nothing is. (transfer none) (nullable) */
JsonNode *ent_json_pointer_get      (JsonNode   *root,
                                     const char *pointer);
/** Puts @value (transfer full) there. Objects and lists on the way are made; what stands in their place and is neither
 * gives way to them. @pointer is not "". */
void      ent_json_pointer_set      (JsonNode   *root,
                                     const char *pointer,
                                     JsonNode   *value);
/** Takes away what is there, and then every object and list around it that this has left empty; @root stays. FALSE:
 * there was nothing. */
gboolean  ent_json_pointer_remove   (JsonNode   *root,
                                     const char *pointer);
/** @pointer with one more step, escaped. (transfer full) */
char     *ent_json_pointer_append   (const char *pointer,
                                     const char *step);
/** The steps, unescaped. (transfer full) */
char    **ent_json_pointer_split    (const char *pointer);

G_END_DECLS
