/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <stddef.h>

/* What a connector says of one kind of things: operations, fields, states. */

#define NAME_PATTERN "^[a-z][a-z0-9_-]*$"

const char * const ent_connector_methods[] = { "", "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

static const char * const lock_kinds[] = { "none", "body", "if-match", "if-unmodified-since", NULL };
static const char * const writes[] = { "full-replace", "merge-patch", "json-patch", "changed-properties", NULL };
static const char * const clears[] = { "null", "empty-text", "omit", NULL };
static const char * const token_kinds[] = { "none", "body", "header", "external-id", NULL };
static const char * const paging_kinds[] = { "body-token", "body-link", "link-header", "page-number", "starting-after", NULL };
static const char * const times[] = { "date", "iso", "milliseconds", "seconds", "http", NULL };
static const char * const delete_kinds[] = { "missing", "archived", "none", NULL };
static const char * const directions[] = { "both", "pull", "push", NULL };
static const char * const kinds[] = { "text", "number", "number-text", "boolean", "money", "money-text", "date", "datetime",
                                      "choice", "phone", "country", "list", "reference", "records", "constant", NULL };

#define AT(member) offsetof (EntConnectorPaging, member)
static const ConnectorMember paging_members[] =
{
  { "kind", MEMBER_ENUM, AT (kind), "How the next page is asked for.", .required = TRUE, .names = paging_kinds },
  { "read", MEMBER_POINTER, AT (read), "Where the answer has the next token or address; starting-after: the last item's "
    "key, in the item." },
  { "more", MEMBER_POINTER, AT (more), "Where the answer says whether there is more." },
  { "query", MEMBER_TEXT, AT (query), "The parameter that carries token, number or key." },
  { "body", MEMBER_POINTER, AT (body), "The same in the request's body." },
  { "sizeQuery", MEMBER_TEXT, AT (size_query), "The parameter for how many a page has." },
  { "sizeBody", MEMBER_POINTER, AT (size_body), "The same in the request's body." },
  { "size", MEMBER_INT, AT (size), "How many to ask for.", .min = 1, .max = 10000 },
  { "first", MEMBER_INT, AT (first), "page-number: the number of the first page.", .min = 0, .max = 1 },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_paging =
  { "paging", "How a long list comes in pages.", sizeof (EntConnectorPaging), paging_members };

#define AT(member) offsetof (EntConnectorDelta, member)
static const ConnectorMember delta_members[] =
{
  { "query", MEMBER_PAIRS, AT (query), "Parameters that ask for what changed after {since}." },
  { "headers", MEMBER_PAIRS, AT (headers), "Headers that do." },
  { "body", MEMBER_NODE, AT (body), "Members of the request's body that do." },
  { "format", MEMBER_ENUM, AT (format), "How {since} is written.", .required = TRUE, .names = times },
  { "overlap", MEMBER_INT, AT (overlap), "Seconds to ask again for, as clocks differ.", .min = 0, .max = 604800 },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_delta =
  { "delta", "How to ask only for what changed.", sizeof (EntConnectorDelta), delta_members };

#define AT(member) offsetof (EntConnectorToken, member)
static const ConnectorMember token_members[] =
{
  { "kind", MEMBER_ENUM, AT (kind), "Where the token goes that makes a repeated request harmless.", .required = TRUE,
    .names = token_kinds },
  { "path", MEMBER_POINTER, AT (path), "body, external-id: where." },
  { "header", MEMBER_TEXT, AT (header), "header: its name." },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_token =
  { "idempotency", "What makes a repeated request harmless.", sizeof (EntConnectorToken), token_members };

#define AT(member) offsetof (EntConnectorTask, member)
static const ConnectorMember task_members[] =
{
  { "poll", MEMBER_TEXT, AT (poll), "The operation that asks how far it is; it gets the argument {task}.", .required = TRUE },
  { "id", MEMBER_POINTER, AT (id), "Where the answer has the number of the task.", .required = TRUE },
  { "state", MEMBER_POINTER, AT (state), "Where the item of the poll has the state.", .required = TRUE },
  { "pending", MEMBER_TEXTS, AT (pending), "States that mean: ask again.", .required = TRUE },
  { "done", MEMBER_TEXTS, AT (done), "States that mean: done.", .required = TRUE },
  { "failed", MEMBER_TEXTS, AT (failed), "States that mean: failed.", .required = TRUE },
  { "reason", MEMBER_POINTER, AT (reason), "Where the reason of a failure is." },
  { "every", MEMBER_INT, AT (every), "Seconds between two polls.", .min = 1, .max = 3600 },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_task =
  { "task", "Work that goes on in the portal after the answer.", sizeof (EntConnectorTask), task_members };

#define AT(member) offsetof (EntConnectorOperation, member)
static const ConnectorMember operation_members[] =
{
  { "name", MEMBER_TEXT, AT (name), NULL },
  { "method", MEMBER_ENUM, AT (method), "The HTTP method; else it follows from the operation's name and the write style.",
    .names = ent_connector_methods },
  { "path", MEMBER_TEXT, AT (path), "Added to the base address." },
  { "action", MEMBER_TEXT, AT (action), "x-amz-target: the operation's name there." },
  { "query", MEMBER_PAIRS, AT (query), "Parameters; one that comes out empty is not sent." },
  { "headers", MEMBER_PAIRS, AT (headers), "Headers; one that comes out empty is not sent." },
  { "body", MEMBER_NODE, AT (body), "What the body has beside the record." },
  { "arguments", MEMBER_NAMED, AT (arguments), "What the caller gives, used as {name}.", .shape = &connector_shape_input,
    .pattern = NAME_PATTERN },
  { "omit", MEMBER_POINTERS, AT (omit), "What the portal gives but does not take back." },
  { "items", MEMBER_POINTER, AT (items), "Where the answer has the list." },
  { "item", MEMBER_POINTER, AT (item), "Where the answer has the record; else it is the answer." },
  { "id", MEMBER_POINTER, AT (id), "Where the answer has the number, if not where the object says." },
  { "summary", MEMBER_BOOL, AT (summary), "The items lack fields: each must be asked for by get." },
  { "reads", MEMBER_BOOL, AT (reads), "Changes nothing, so it counts as a read; list and get always do." },
  { "after", MEMBER_TEXT, AT (after), "The operation that this one follows." },
  { "paging", MEMBER_OBJECT, AT (paging), "How a long list comes in pages.", .shape = &connector_shape_paging },
  { "delta", MEMBER_OBJECT, AT (delta), "How to ask only for what changed.", .shape = &connector_shape_delta },
  { "idempotency", MEMBER_OBJECT, AT (idempotency), "What makes a repeated request harmless.",
    .shape = &connector_shape_token },
  { "task", MEMBER_OBJECT, AT (task), "Work that goes on in the portal after the answer.", .shape = &connector_shape_task },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_operation =
  { "operation", "One request.", sizeof (EntConnectorOperation), operation_members };

#define AT(member) offsetof (EntConnectorWhen, member)
static const ConnectorMember when_members[] =
{
  { "path", MEMBER_POINTER, AT (path), "The place that is looked at.", .required = TRUE },
  { "values", MEMBER_TEXTS, AT (values), "With one of these there; else with anything there." },
  { NULL },
};
#undef AT
static const ConnectorShape when_shape = { "when", "A condition.", sizeof (EntConnectorWhen), when_members };

#define AT(member) offsetof (EntConnectorField, member)
static const ConnectorMember field_members[] =
{
  { "field", MEMBER_TEXT, AT (field), "The record's field; a constant has none." },
  { "through", MEMBER_TEXT, AT (through), "A reference of the record: the field is the other record's." },
  { "path", MEMBER_POINTER, AT (path), "The place in the portal's body.", .required = TRUE },
  { "kind", MEMBER_ENUM, AT (kind), "How the portal writes it.", .names = kinds },
  { "label", MEMBER_TEXT, AT (label), "The portal's name for it, for sentences." },
  { "direction", MEMBER_ENUM, AT (direction), "pull: never sent; push: never taken over.", .names = directions },
  { "currency", MEMBER_POINTER, AT (currency), "money: the place of the currency." },
  { "currencyIs", MEMBER_TEXT, AT (currency_is), "money: the currency, when the portal has only one." },
  { "currencyPattern", MEMBER_TEXT, AT (currency_pattern), "money: a regular expression for the currencies the portal takes, "
    "when it does not take all." },
  { "format", MEMBER_ENUM, AT (format), "date, datetime: how the portal writes it.", .names = times },
  { "values", MEMBER_PAIRS, AT (values), "Ours and the portal's; of several with one value there, the first is read back." },
  { "readValues", MEMBER_PAIRS, AT (read_values), "More of the portal's, and what they become here." },
  { "separator", MEMBER_TEXT, AT (separator), "list: written as one text with this between the items." },
  { "object", MEMBER_TEXT, AT (object), "reference: the object whose number it is." },
  { "role", MEMBER_TEXT, AT (role), "records: the name the program knows them by." },
  { "type", MEMBER_TEXT, AT (type), "records: their record type." },
  { "fields", MEMBER_LIST, AT (fields), "records: the fields of one of them.", .shape = &connector_shape_field },
  { "value", MEMBER_NODE, AT (value), "constant: what is sent; may hold {settings}." },
  { "with", MEMBER_POINTER, AT (with), "constant: only when this place has something." },
  { "required", MEMBER_BOOL, AT (required), "The portal refuses without it." },
  { "requiredWhen", MEMBER_OBJECT, AT (required_when), "The portal refuses without it then.", .shape = &when_shape },
  { "fixed", MEMBER_BOOL, AT (fixed), "Cannot be changed once the portal has it." },
  { "notPast", MEMBER_BOOL, AT (not_past), "date: today or later." },
  { "advised", MEMBER_BOOL, AT (advised), "The portal does better with it; that it is missing keeps nothing from being sent." },
  { "minLength", MEMBER_INT, AT (min_length), "Characters at least.", .min = 0, .max = 1000000 },
  { "maxLength", MEMBER_INT, AT (max_length), "Characters at most.", .min = 0, .max = 1000000 },
  { "minimum", MEMBER_INT, AT (minimum), "Numbers, whole units of money: at least.", .min = G_MININT32, .max = G_MAXINT64 },
  { "maximum", MEMBER_INT, AT (maximum), "At most.", .min = G_MININT32, .max = G_MAXINT64 },
  { "maxItems", MEMBER_INT, AT (max_items), "list, records: at most so many.", .min = 0, .max = 100000 },
  { "pattern", MEMBER_TEXT, AT (pattern), "A regular expression that all of it must fit." },
  { "example", MEMBER_TEXT, AT (example), "What fits the pattern, for sentences: +14155552671." },
  { "allowed", MEMBER_TEXTS, AT (allowed), "All that the portal takes, when `values` does not say." },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_field =
  { "field", "One place in the portal's body and the field it belongs to.", sizeof (EntConnectorField), field_members };

#define AT(member) offsetof (EntConnectorState, member)
static const ConnectorMember state_members[] =
{
  { "path", MEMBER_POINTER, AT (path), "The place of the state.", .required = TRUE },
  { "label", MEMBER_TEXT, AT (label), "The portal's name for it, for sentences.", .required = TRUE },
  { "moves", MEMBER_SETS, AT (moves), "From a state to which; one that is not named may move to any." },
  { "frozen", MEMBER_TEXTS, AT (frozen), "States in which nothing may be edited." },
  { "only", MEMBER_SETS, AT (only), "States in which only these places may be edited." },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_state =
  { "state", "A state of the portal and what it allows.", sizeof (EntConnectorState), state_members };

#define AT(member) offsetof (EntConnectorLock, member)
static const ConnectorMember lock_members[] =
{
  { "kind", MEMBER_ENUM, AT (kind), "How an edit of something that changed meanwhile is refused.", .required = TRUE,
    .names = lock_kinds },
  { "read", MEMBER_POINTER, AT (read), "Where the body has the mark of its version." },
  { "header", MEMBER_TEXT, AT (header), "The answer's header that has it, if the body has not." },
  { "write", MEMBER_POINTER, AT (write), "body: where the request carries it." },
  { NULL },
};
#undef AT
static const ConnectorShape lock_shape =
  { "lock", "How lost edits are prevented.", sizeof (EntConnectorLock), lock_members };

#define AT(member) offsetof (EntConnectorDelete, member)
static const ConnectorMember delete_members[] =
{
  { "kind", MEMBER_ENUM, AT (kind), "How to see that one was deleted.", .required = TRUE, .names = delete_kinds },
  { "path", MEMBER_POINTER, AT (path), "archived: the member that is true." },
  { NULL },
};
#undef AT
static const ConnectorShape delete_shape =
  { "deleted", "What deleting means in the portal.", sizeof (EntConnectorDelete), delete_members };

#define AT(member) offsetof (EntConnectorObject, member)
static const ConnectorMember object_members[] =
{
  { "name", MEMBER_TEXT, AT (name), NULL },
  { "type", MEMBER_TEXT, AT (type), "The record type: deal, organization, person, funding, ….", .required = TRUE },
  { "label", MEMBER_TEXT, AT (label), "What people call one of them." },
  { "id", MEMBER_POINTER, AT (id), "Where a body has the portal's number.", .required = TRUE },
  { "idField", MEMBER_TEXT, AT (id_field), "The record's field that shows this number." },
  { "set", MEMBER_PAIRS, AT (set), "Fields of the record that get these values when it comes from the portal and has none." },
  { "externalId", MEMBER_POINTER, AT (external_id), "Where the record's own number is kept there, to find it again." },
  { "updated", MEMBER_POINTER, AT (updated), "Where a body has the time of its last change." },
  { "base", MEMBER_URL, AT (base), "The address, when it is not the connector's." },
  { "target", MEMBER_TEXT, AT (target), "x-amz-target: what stands before the action." },
  { "service", MEMBER_TEXT, AT (service), "sigv4: the name that is signed for." },
  { "write", MEMBER_ENUM, AT (write), "What an update sends.", .names = writes },
  { "clear", MEMBER_ENUM, AT (clear), "How an update empties a place.", .names = clears },
  { "lock", MEMBER_OBJECT, AT (lock), "How lost edits are prevented.", .shape = &lock_shape },
  { "deleted", MEMBER_OBJECT, AT (deleted), "What deleting means in the portal.", .shape = &delete_shape },
  { "operations", MEMBER_NAMED, AT (operations), "Requests: list, get, create, update, delete, and others by any name.",
    .required = TRUE, .shape = &connector_shape_operation, .pattern = NAME_PATTERN },
  { "fields", MEMBER_LIST, AT (fields), "What goes where.", .required = TRUE, .shape = &connector_shape_field },
  { "states", MEMBER_LIST, AT (states), "States of the portal and what they allow.", .shape = &connector_shape_state },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_object =
  { "object", "One kind of things in the portal.", sizeof (EntConnectorObject), object_members };
