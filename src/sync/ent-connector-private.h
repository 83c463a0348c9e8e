/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-connector.h"

G_BEGIN_DECLS

/* The format of connectors as a table: what is read, freed, and published as a JSON Schema follows from it. */

typedef enum
{
  MEMBER_TEXT,      /* char * */
  MEMBER_URL,       /* char *: https, or http of this computer; may hold {settings} */
  MEMBER_POINTER,   /* char *: a JSON Pointer */
  MEMBER_TEXTS,     /* char **: a text, or a list of them */
  MEMBER_POINTERS,  /* char ** */
  MEMBER_ENUM,      /* int: index in `names` */
  MEMBER_BOOL,      /* gboolean */
  MEMBER_INT,       /* gint64 */
  MEMBER_NODE,      /* JsonNode *: any */
  MEMBER_PAIRS,     /* GPtrArray of EntConnectorPair: an object of texts */
  MEMBER_SETS,      /* GPtrArray of EntConnectorSet: an object of lists of texts */
  MEMBER_OBJECT,    /* a struct of `shape` */
  MEMBER_LIST,      /* GPtrArray of structs of `shape` */
  MEMBER_NAMED,     /* the same, written as an object: the struct's first member is its name */
} MemberType;

typedef struct _ConnectorShape ConnectorShape;

typedef struct
{
  const char           *name;
  MemberType            type;
  gsize                 offset;
  const char           *help;     /* one sentence; in the published schema */
  gboolean              required;
  const char * const   *names;    /* of ENUM; NULL-terminated */
  const ConnectorShape *shape;    /* of OBJECT, LIST, NAMED */
  gint64                min, max; /* of INT; both 0: any that is not negative */
  const char           *pattern;  /* of TEXT, and of the names of NAMED */
} ConnectorMember;

struct _ConnectorShape
{
  const char            *name; /* in the published schema */
  const char            *help;
  gsize                  size;
  const ConnectorMember *members; /* ends with a NULL name */
};

extern const ConnectorShape connector_shape;
extern const ConnectorShape connector_shape_object;
extern const ConnectorShape connector_shape_operation;
extern const ConnectorShape connector_shape_paging;
extern const ConnectorShape connector_shape_delta;
extern const ConnectorShape connector_shape_token;
extern const ConnectorShape connector_shape_task;
extern const ConnectorShape connector_shape_input;
extern const ConnectorShape connector_shape_field;
extern const ConnectorShape connector_shape_state;

/** Reads @node into the struct @target, which is zeroed and of the shape. @name: the file's. An error names the place. */
gboolean    connector_read           (const ConnectorShape *shape,
                                      JsonNode             *node,
                                      const char           *name,
                                      gpointer              target,
                                      GError              **error);
/** Frees what the struct holds, not itself; also of one that was read in part. */
void        connector_clear          (const ConnectorShape *shape,
                                      gpointer              target);
/** What a connector may not say although each member is well formed. */
gboolean    connector_check          (const EntConnector   *self,
                                      const char           *name,
                                      EntSchema            *schema,
                                      GError              **error);
/** The same for the fields of one object. */
gboolean    connector_check_fields   (const EntConnector       *self,
                                      const EntConnectorObject *object,
                                      const char               *name,
                                      EntSchema                *schema,
                                      GError                  **error);
/** Sets the sentence “NAME”, PLACE: WHAT. FALSE always. */
gboolean    connector_fail           (GError              **error,
                                      const char           *name,
                                      const char           *place,
                                      const char           *format,
                                      ...) G_GNUC_PRINTF (4, 5);

/* --- Texts with {names} in them ------------------------------------------------------------------------------ */

/** Adds the {names} in all texts of @node ("{{" is a brace); "{" for one that is not closed. */
void        template_node_add_names  (JsonNode    *node,
                                      GPtrArray   *names);
/** @text with each {name} replaced from @variables (text → text); unknown ones by nothing. @is_address: what comes in is
 * escaped for an address. (transfer full) */
char       *template_fill            (const char  *text,
                                      GHashTable  *variables,
                                      gboolean     is_address);
/** A copy of @node with all its texts filled. (transfer full) */
JsonNode   *template_fill_node       (JsonNode    *node,
                                      GHashTable  *variables);

/* --- Values (ent-connector-value.c) --------------------------------------------------------------------------- */

/** The portal's form of a value that is not NULL; NULL with @problem (a sentence) set when it has none. (transfer full) */
JsonNode   *connector_value_write    (const EntConnectorField *field,
                                      const EntField          *info,
                                      const EntValue          *value,
                                      char                   **problem);
/** Reads the portal's value at the field's place in @body, or NULL when there is nothing. FALSE with @problem set. */
gboolean    connector_value_read     (const EntConnectorField *field,
                                      const EntField          *info,
                                      JsonNode                *body,
                                      EntValue                *value,
                                      char                   **problem);
/** Reads an instant in any of the forms that portals write; a bare number is seconds, or milliseconds when it is large. */
gboolean    connector_time_read      (const char              *text,
                                      gint64                  *micros,
                                      GError                 **error);
/** An instant in one of the forms a portal writes. (transfer full) */
char       *connector_time_write     (EntConnectorTime format,
                                      gint64           micros);

G_END_DECLS
