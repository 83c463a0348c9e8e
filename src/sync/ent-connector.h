/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "model/ent-value.h"

G_BEGIN_DECLS

/* A connector says in one JSON file how to talk to a partner portal. data/connectors/README.md teaches to write one, and
 * data/connectors/connector.schema.json is its schema; both and these structs follow from one table, src/sync/
 * ent-connector-format.c, where each member is explained. Everything here is read-only once loaded, so any thread may
 * read it. Lists are never NULL, but for char ** (NULL: none). Places are JSON Pointers (RFC 6901). */

/* Numbers as in the tables of names of ent-connector-format.c. */
typedef enum
{
  ENT_CONNECTOR_SIGV4,
  ENT_CONNECTOR_OAUTH2_CODE_PKCE,
  ENT_CONNECTOR_OAUTH2_CLIENT,
  ENT_CONNECTOR_BEARER,
  ENT_CONNECTOR_BASIC,
  ENT_CONNECTOR_HEADER,
} EntConnectorAuthKind;

typedef enum
{
  ENT_CONNECTOR_PATH,
  ENT_CONNECTOR_X_AMZ_TARGET,
} EntConnectorStyle;

typedef enum
{
  ENT_CONNECTOR_LOCK_NONE,
  ENT_CONNECTOR_LOCK_BODY,
  ENT_CONNECTOR_LOCK_IF_MATCH,
  ENT_CONNECTOR_LOCK_IF_UNMODIFIED_SINCE,
} EntConnectorLockKind;

typedef enum
{
  ENT_CONNECTOR_FULL_REPLACE,
  ENT_CONNECTOR_MERGE_PATCH,  /* RFC 7396 */
  ENT_CONNECTOR_JSON_PATCH,   /* RFC 6902 */
  ENT_CONNECTOR_CHANGED_PROPERTIES,
} EntConnectorWrite;

typedef enum
{
  ENT_CONNECTOR_CLEAR_NULL,
  ENT_CONNECTOR_CLEAR_EMPTY_TEXT,
  ENT_CONNECTOR_CLEAR_OMIT,
} EntConnectorClear;

typedef enum
{
  ENT_CONNECTOR_TOKEN_NONE,
  ENT_CONNECTOR_TOKEN_BODY,
  ENT_CONNECTOR_TOKEN_HEADER,
  ENT_CONNECTOR_TOKEN_EXTERNAL_ID,
} EntConnectorTokenKind;

typedef enum
{
  ENT_CONNECTOR_PAGES_BODY_TOKEN,
  ENT_CONNECTOR_PAGES_BODY_LINK,
  ENT_CONNECTOR_PAGES_LINK_HEADER,
  ENT_CONNECTOR_PAGES_NUMBER,
  ENT_CONNECTOR_PAGES_STARTING_AFTER,
} EntConnectorPagingKind;

typedef enum
{
  ENT_CONNECTOR_TIME_DATE,          /* 2026-11-20 */
  ENT_CONNECTOR_TIME_ISO,           /* 2026-11-20T09:30:00Z */
  ENT_CONNECTOR_TIME_MILLISECONDS,  /* since 1970, a number */
  ENT_CONNECTOR_TIME_SECONDS,
  ENT_CONNECTOR_TIME_HTTP,          /* RFC 9110, section 5.6.7 */
} EntConnectorTime;

typedef enum
{
  ENT_CONNECTOR_DELETE_MISSING,  /* asking for a deleted one gives 404 */
  ENT_CONNECTOR_DELETE_ARCHIVED, /* a member says that it is archived */
  ENT_CONNECTOR_DELETE_NONE,     /* the portal deletes nothing */
} EntConnectorDeleteKind;

/** What an error means for the request that it answers. */
typedef enum
{
  ENT_CONNECTOR_FAIL_RETRY,     /* passes by itself: again, later and later */
  ENT_CONNECTOR_FAIL_WAIT,      /* too many requests: after the time given */
  ENT_CONNECTOR_FAIL_SIGN_IN,
  ENT_CONNECTOR_FAIL_FORBIDDEN,
  ENT_CONNECTOR_FAIL_MISSING,
  ENT_CONNECTOR_FAIL_CHANGED,   /* changed there meanwhile: get, merge, again */
  ENT_CONNECTOR_FAIL_EXISTS,    /* made already: look for it by the own number */
  ENT_CONNECTOR_FAIL_LOCKED,    /* takes no edit in its state: park the edit until that changes */
  ENT_CONNECTOR_FAIL_INVALID,   /* park the edit with the portal's words beside the field */
  ENT_CONNECTOR_FAIL_FINAL,     /* never again */
} EntConnectorFail;

typedef enum
{
  ENT_CONNECTOR_ALL,
  ENT_CONNECTOR_READS,
  ENT_CONNECTOR_WRITES,
} EntConnectorUse;

typedef enum
{
  ENT_CONNECTOR_TEXT,
  ENT_CONNECTOR_NUMBER,
  ENT_CONNECTOR_NUMBER_TEXT,
  ENT_CONNECTOR_BOOLEAN,
  ENT_CONNECTOR_MONEY,
  ENT_CONNECTOR_MONEY_TEXT,
  ENT_CONNECTOR_DATE,
  ENT_CONNECTOR_DATETIME,
  ENT_CONNECTOR_CHOICE,
  ENT_CONNECTOR_PHONE,
  ENT_CONNECTOR_COUNTRY,
  ENT_CONNECTOR_LIST,
  ENT_CONNECTOR_REFERENCE,
  ENT_CONNECTOR_RECORDS,
  ENT_CONNECTOR_CONSTANT,
} EntConnectorKind;

typedef enum
{
  ENT_CONNECTOR_BOTH,
  ENT_CONNECTOR_PULL,
  ENT_CONNECTOR_PUSH,
} EntConnectorDirection;

/** A name with a text: a header, a query parameter, a choice. */
typedef struct
{
  char *name;
  char *value;
} EntConnectorPair;

/** A name with texts: a state and where it may move. */
typedef struct
{
  char  *name;
  char **values;
} EntConnectorSet;

/** Something a person or a caller gives: a setting, a secret, an argument. */
typedef struct
{
  char     *name;
  char     *label;
  char     *help;
  char     *value;    /* when nothing is given */
  char    **choices;
  char     *pattern;
  gboolean  secret;
  gboolean  optional;
} EntConnectorInput;

typedef struct
{
  int        kind; /* EntConnectorAuthKind */
  GPtrArray *enter; /* of EntConnectorInput */
  char      *service;
  char      *region;
  char      *authorize;
  char      *token;
  char      *revoke;
  char     **scopes;
  GPtrArray *parameters; /* of EntConnectorPair */
  char      *header;
  char      *prefix;
} EntConnectorAuth;

typedef struct
{
  int   kind; /* EntConnectorLockKind */
  char *read;
  char *header;
  char *write;
} EntConnectorLock;

typedef struct
{
  int   kind; /* EntConnectorTokenKind */
  char *path;
  char *header;
} EntConnectorToken;

typedef struct
{
  int     kind; /* EntConnectorPagingKind */
  char   *read;
  char   *more;
  char   *query;
  char   *body;
  char   *size_query;
  char   *size_body;
  gint64  size;
  gint64  first;
} EntConnectorPaging;

typedef struct
{
  GPtrArray *query;   /* of EntConnectorPair */
  GPtrArray *headers; /* of EntConnectorPair */
  JsonNode  *body;
  int        format;  /* EntConnectorTime */
  gint64     overlap;
} EntConnectorDelta;

typedef struct
{
  char    *poll;
  char    *id;
  char    *state;
  char   **pending;
  char   **done;
  char   **failed;
  char    *reason;
  gint64   every;
} EntConnectorTask;

typedef struct
{
  char               *name;
  int                 method; /* index into ent_connector_methods; 0: by the operation's name */
  char               *path;
  char               *action;
  GPtrArray          *query;     /* of EntConnectorPair */
  GPtrArray          *headers;   /* of EntConnectorPair */
  JsonNode           *body;
  GPtrArray          *arguments; /* of EntConnectorInput */
  char              **omit;
  char               *items;
  char               *item;
  char               *id;
  gboolean            summary;
  gboolean            reads;
  char               *after;
  EntConnectorPaging *paging;
  EntConnectorDelta  *delta;
  EntConnectorToken  *idempotency;
  EntConnectorTask   *task;
} EntConnectorOperation;

typedef struct
{
  int   kind; /* EntConnectorDeleteKind */
  char *path;
} EntConnectorDelete;

typedef struct
{
  char  *path;
  char **values;
} EntConnectorWhen;

typedef struct
{
  char              *field;
  char              *through;
  char              *path;
  int                kind; /* EntConnectorKind */
  char              *label;
  int                direction; /* EntConnectorDirection */
  char              *currency;
  char              *currency_is;
  char              *currency_pattern;
  int                format; /* EntConnectorTime */
  GPtrArray         *values;      /* of EntConnectorPair: ours, the portal's */
  GPtrArray         *read_values; /* of EntConnectorPair: the portal's, ours */
  char              *separator;
  char              *object;
  char              *role;
  char              *type;
  GPtrArray         *fields; /* of EntConnectorField */
  JsonNode          *value;
  char              *with;
  gboolean           required;
  EntConnectorWhen  *required_when;
  gboolean           fixed;
  gboolean           not_past;
  gboolean           advised;
  gint64             min_length;
  gint64             max_length;
  gint64             minimum;
  gint64             maximum;
  gint64             max_items;
  char              *pattern;
  char              *example;
  char             **allowed;
} EntConnectorField;

typedef struct
{
  char      *path;
  char      *label;
  GPtrArray *moves;  /* of EntConnectorSet */
  char     **frozen;
  GPtrArray *only;   /* of EntConnectorSet: a state, the places that may be edited in it */
} EntConnectorState;

typedef struct
{
  char               *name;
  char               *type;
  char               *label;
  char               *id;
  char               *id_field;
  GPtrArray          *set; /* of EntConnectorPair: a field of the record, a value in interchange form */
  char               *external_id;
  char               *updated;
  char               *base;
  char               *target;
  char               *service;
  int                 write; /* EntConnectorWrite */
  int                 clear; /* EntConnectorClear */
  EntConnectorLock   *lock;
  EntConnectorDelete *deleted;
  GPtrArray          *operations; /* of EntConnectorOperation */
  GPtrArray          *fields;     /* of EntConnectorField */
  GPtrArray          *states;     /* of EntConnectorState */
} EntConnectorObject;

typedef struct
{
  char   *code;
  gint64  status;
  int     means; /* EntConnectorFail */
  gint64  wait;
} EntConnectorErrorClass;

typedef struct
{
  char     **code;
  char     **message;
  char     **field;
  char     **items;
  char     **item_code;
  char     **item_message;
  char     **item_field;
  GPtrArray *classes; /* of EntConnectorErrorClass */
} EntConnectorErrors;

typedef struct
{
  char   *name;
  gint64  limit;
  gint64  seconds;
  int     uses; /* EntConnectorUse */
  char  **operations;
} EntConnectorRate;

typedef struct
{
  char               *schema;
  char               *id;
  char               *name;
  char               *version;
  char               *home;
  char               *help;
  int                 style; /* EntConnectorStyle */
  EntConnectorAuth   *auth;
  GPtrArray          *settings; /* of EntConnectorInput */
  char               *base;
  GPtrArray          *headers; /* of EntConnectorPair */
  GPtrArray          *objects; /* of EntConnectorObject */
  EntConnectorErrors *errors;  /* (nullable) */
  GPtrArray          *rates;   /* of EntConnectorRate */
} EntConnector;

#define ENT_CONNECTOR_ERROR (ent_connector_error_quark ())
GQuark        ent_connector_error_quark   (void);

typedef enum
{
  ENT_CONNECTOR_ERROR_READ,   /* no such file, or it cannot be read */
  ENT_CONNECTOR_ERROR_FORMAT, /* not JSON, or not what a connector says */
  ENT_CONNECTOR_ERROR_VALUE,  /* something that was given to a request */
} EntConnectorErrorCode;

/** Reads a connector from @length bytes (-1: NUL-terminated) of JSON. @name is the file's, for errors; @schema has the record
 * types (NULL: the declared ones). An error is one sentence that names the file, the place in it, and what to write
 * instead. Any thread. (transfer full) */
EntConnector *ent_connector_parse         (const char  *text,
                                           gssize       length,
                                           const char  *name,
                                           EntSchema   *schema,
                                           GError     **error);
/** The same from a file on disk, at most 4 MB. Blocks. (transfer full) */
EntConnector *ent_connector_load_file     (const char  *path,
                                           EntSchema   *schema,
                                           GError     **error);
/** A connector that comes with the program, by id: "hubspot". (transfer full) */
EntConnector *ent_connector_load_shipped  (const char  *id,
                                           EntSchema   *schema,
                                           GError     **error);
/** Ids of those that come with the program, sorted, NULL-terminated. (transfer full) */
char        **ent_connector_list_shipped  (void);
/** All that can be used: those shipped, and the files NAME.json of @folder (nullable; it need not exist). One of the user's
 * takes the place of a shipped one with the same id. A file that is wrong is left out, its error (GError) added to
 * @problems (nullable). Blocks; any thread. (transfer container) (element-type EntConnector) */
GPtrArray    *ent_connector_list          (const char  *folder,
                                           EntSchema   *schema,
                                           GPtrArray   *problems);
EntConnector *ent_connector_ref           (EntConnector *self);
void          ent_connector_unref         (EntConnector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntConnector, ent_connector_unref)

/** (nullable) */
const EntConnectorObject    *ent_connector_lookup           (const EntConnector       *self,
                                                             const char               *object);
/** The first object for records of @type. (nullable) */
const EntConnectorObject    *ent_connector_lookup_type      (const EntConnector       *self,
                                                             const char               *type);
/** "list", "get", "create", "update", "delete", or a name of the connector's own. (nullable) */
const EntConnectorOperation *ent_connector_object_lookup    (const EntConnectorObject *self,
                                                             const char               *operation);
/** The value of a pair; NULL when there is none. (transfer none) (nullable) */
const char                  *ent_connector_pairs_get        (GPtrArray                *pairs,
                                                             const char               *name);
/** The settings as they hold: @values (text → text, nullable) where they say something, else what the connector gives. For
 * ent_connector_map_write(). (transfer full) */
GHashTable                  *ent_connector_dup_settings     (const EntConnector       *self,
                                                             GHashTable               *values);
/** The JSON Schema (draft 2020-12) of the format, as data/connectors/connector.schema.json has it. (transfer full) */
char                        *ent_connector_dup_schema       (void);

/** GET, POST, PUT, PATCH, DELETE; the first is "", for "by the operation's name". NULL-terminated. */
extern const char * const ent_connector_methods[];

G_END_DECLS
