/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sync/ent-connector.h"

G_BEGIN_DECLS

/* What to send for an operation of a connector, and what the answer says. Pure functions of any thread: nothing is sent here,
 * and no secret is needed or seen; who sends adds what proves who it is. */

/** What an operation is called with; zero-initialised but for `operation` is usable where nothing is needed. */
typedef struct
{
  const EntConnectorOperation *operation;
  const char                  *id;          /* the portal's number: {id} */
  const char                  *external_id; /* ours: {external_id} */
  const char                  *task;        /* {task} of a poll */
  const char                  *token;       /* the same in every repetition of one request; such as an id */
  const char                  *lock;        /* the mark of the version that was edited */
  const char                  *page;        /* `next` of the answer before; NULL: the first page */
  gint64                       since;       /* microseconds UTC by the portal's clock; 0: all */
  GHashTable                  *values;      /* text → text: settings, arguments, entries but secrets (nullable) */
  JsonNode                    *record;      /* of ent_connector_draft_make_body() (nullable) */
  const char                  *base;        /* an address in place of the connector's (nullable) */
} EntConnectorCall;

typedef struct
{
  char      *method;
  char      *url;
  GPtrArray *headers; /* of EntConnectorPair */
  char      *body;    /* JSON; NULL: none */
  char      *service; /* sigv4: what to sign for (nullable) */
  char      *region;
  char      *page;    /* of the call, or the first page's number (nullable) */
} EntConnectorRequest;

/** Fills in an operation. Errors (ENT_CONNECTOR_ERROR_VALUE): a setting or argument is missing or does not fit, an address is
 * not https (http of this computer will do) or leads to another host. (transfer full) */
EntConnectorRequest *ent_connector_request_new   (const EntConnector       *connector,
                                                  const EntConnectorObject *object,
                                                  const EntConnectorCall   *call,
                                                  GError                  **error);
void                 ent_connector_request_free  (EntConnectorRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntConnectorRequest, ent_connector_request_free)

/** What is wrong with one field, in the portal's words. */
typedef struct
{
  char *field;    /* the record's ("stage"), or that of one it refers to ("account.website"); NULL: not told or not mapped */
  char *path;     /* as the portal names it (nullable) */
  char *code;     /* (nullable) */
  char *sentence;
} EntConnectorFault;

typedef struct
{
  JsonNode  *body;    /* NULL: none */
  GPtrArray *items;   /* of JsonNode (unowned): a list's */
  JsonNode  *item;    /* the record (unowned) (nullable) */
  char      *id;      /* the portal's number of `item` (nullable) */
  char      *lock;    /* the mark of its version (nullable) */
  char      *next;    /* what the next page is asked for with; NULL: there is none */
  char      *task;    /* the number of a task that goes on (nullable) */

  gboolean         is_failed;
  EntConnectorFail fail;     /* what it means, when it failed */
  char            *code;     /* the portal's (nullable) */
  char            *sentence; /* for people */
  gint64           wait;     /* milliseconds to wait at least; 0: not told */
  GPtrArray       *faults;   /* of EntConnectorFault */
} EntConnectorAnswer;

/** Reads an answer to @request. @status: HTTP; @headers (nullable); @text of @length bytes (-1: NUL-terminated) (nullable): as
 * they came, trusted in nothing. Never fails: nonsense is an answer that failed. (transfer full) */
EntConnectorAnswer  *ent_connector_answer_read   (const EntConnector          *connector,
                                                  const EntConnectorObject    *object,
                                                  const EntConnectorOperation *operation,
                                                  const EntConnectorRequest   *request,
                                                  guint                        status,
                                                  SoupMessageHeaders          *headers,
                                                  const char                  *text,
                                                  gssize                       length);
void                 ent_connector_answer_free   (EntConnectorAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntConnectorAnswer, ent_connector_answer_free)

typedef enum
{
  ENT_CONNECTOR_TASK_PENDING,
  ENT_CONNECTOR_TASK_DONE,
  ENT_CONNECTOR_TASK_FAILED,
} EntConnectorTaskState;

/** How far the task is that @item of a poll tells of; one that it says nothing of is pending. @reason: why it failed (transfer
 * full) (nullable). */
EntConnectorTaskState ent_connector_task_read    (const EntConnectorTask *self,
                                                  JsonNode               *item,
                                                  char                  **reason);

/** @link, as an answer to @url gave it, as an address to ask: on the same host only (NULL for another), never less safe than
 * @url. RFC 3986, section 5. (transfer full) (nullable) */
char                *ent_connector_follow        (const char *url,
                                                  const char *link);

G_END_DECLS
