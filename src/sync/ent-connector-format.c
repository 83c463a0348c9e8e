/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <stddef.h>

/* The format of a connector as a whole; what an object of it says is in ent-connector-format-object.c. The words of a
 * member are those of the published schema. */

#define NAME_PATTERN "^[a-z][a-z0-9_-]*$"

static const char * const auth_kinds[] = { "sigv4", "oauth2-code-pkce", "oauth2-client", "bearer", "basic", "header", NULL };
static const char * const styles[] = { "path", "x-amz-target", NULL };
static const char * const uses[] = { "all", "reads", "writes", NULL };
static const char * const meanings[] = { "retry", "wait", "sign-in", "forbidden", "missing", "changed", "exists", "locked",
                                         "invalid", "final", NULL };

#define AT(member) offsetof (EntConnectorInput, member)
static const ConnectorMember input_members[] =
{
  { "name", MEMBER_TEXT, AT (name), NULL },
  { "label", MEMBER_TEXT, AT (label), "What a person reads beside the entry.", .required = TRUE },
  { "help", MEMBER_TEXT, AT (help), "One sentence: where to find it." },
  { "value", MEMBER_TEXT, AT (value), "Used when nothing else is given." },
  { "choices", MEMBER_TEXTS, AT (choices), "All that may be given." },
  { "pattern", MEMBER_TEXT, AT (pattern), "A regular expression that all of it must fit." },
  { "secret", MEMBER_BOOL, AT (secret), "Kept by the password service and never shown." },
  { "optional", MEMBER_BOOL, AT (optional), "May be left empty." },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape_input =
  { "input", "Something that a person or the program gives.", sizeof (EntConnectorInput), input_members };

#define AT(member) offsetof (EntConnectorAuth, member)
static const ConnectorMember auth_members[] =
{
  { "kind", MEMBER_ENUM, AT (kind), "How requests prove who sends them.", .required = TRUE, .names = auth_kinds },
  { "enter", MEMBER_NAMED, AT (enter), "What the person must enter to sign in, by name.", .shape = &connector_shape_input,
    .pattern = NAME_PATTERN },
  { "service", MEMBER_TEXT, AT (service), "sigv4: the name that is signed for, if an object does not give its own." },
  { "region", MEMBER_TEXT, AT (region), "sigv4: the region that is signed for." },
  { "authorize", MEMBER_URL, AT (authorize), "oauth2-code-pkce: the page where the person agrees." },
  { "token", MEMBER_URL, AT (token), "oauth2: where tokens are given." },
  { "revoke", MEMBER_URL, AT (revoke), "oauth2: where a token is given back." },
  { "scopes", MEMBER_TEXTS, AT (scopes), "oauth2: the rights asked for." },
  { "parameters", MEMBER_PAIRS, AT (parameters), "oauth2: more parameters of the page where the person agrees." },
  { "header", MEMBER_TEXT, AT (header), "header: the name of the header." },
  { "prefix", MEMBER_TEXT, AT (prefix), "bearer, header: what stands before the secret, such as “Bearer ”." },
  { NULL },
};
#undef AT
static const ConnectorShape auth_shape = { "auth", "How to sign in.", sizeof (EntConnectorAuth), auth_members };

#define AT(member) offsetof (EntConnectorErrorClass, member)
static const ConnectorMember class_members[] =
{
  { "code", MEMBER_TEXT, AT (code), "The portal's word for the error, or for one of its parts." },
  { "status", MEMBER_INT, AT (status), "The HTTP status.", .min = 100, .max = 599 },
  { "means", MEMBER_ENUM, AT (means), "What to do about it.", .required = TRUE, .names = meanings },
  { "wait", MEMBER_INT, AT (wait), "Seconds to wait, when the answer does not say.", .min = 1, .max = 86400 },
  { NULL },
};
#undef AT
static const ConnectorShape class_shape =
  { "errorClass", "What an error means; the first that fits counts.", sizeof (EntConnectorErrorClass), class_members };

#define AT(member) offsetof (EntConnectorErrors, member)
static const ConnectorMember error_members[] =
{
  { "code", MEMBER_POINTERS, AT (code), "Where the code is; the first place that has one counts." },
  { "message", MEMBER_POINTERS, AT (message), "Where the sentence for people is." },
  { "field", MEMBER_POINTERS, AT (field), "Where the portal's field is that it is about." },
  { "items", MEMBER_POINTERS, AT (items), "Where a list of single errors is; \"\" when the answer is the list." },
  { "itemCode", MEMBER_POINTERS, AT (item_code), "In one of the list: its code." },
  { "itemMessage", MEMBER_POINTERS, AT (item_message), "In one of the list: its sentence." },
  { "itemField", MEMBER_POINTERS, AT (item_field), "In one of the list: the portal's field it is about." },
  { "classes", MEMBER_LIST, AT (classes), "What the codes mean; what is not here is told from the status.",
    .shape = &class_shape },
  { NULL },
};
#undef AT
static const ConnectorShape errors_shape =
  { "errors", "How the portal says that something is wrong.", sizeof (EntConnectorErrors), error_members };

#define AT(member) offsetof (EntConnectorRate, member)
static const ConnectorMember rate_members[] =
{
  { "name", MEMBER_TEXT, AT (name), NULL },
  { "limit", MEMBER_INT, AT (limit), "How many requests.", .required = TRUE, .min = 1, .max = 1000000000 },
  { "seconds", MEMBER_INT, AT (seconds), "In how many seconds: 1, 10, 86400.", .required = TRUE, .min = 1, .max = 2678400 },
  { "uses", MEMBER_ENUM, AT (uses), "Which requests count.", .names = uses },
  { "operations", MEMBER_TEXTS, AT (operations), "Only these operations count." },
  { NULL },
};
#undef AT
static const ConnectorShape rate_shape =
  { "rate", "A limit of the portal: no more requests than that in any such time.", sizeof (EntConnectorRate), rate_members };

#define AT(member) offsetof (EntConnector, member)
static const ConnectorMember members[] =
{
  { "$schema", MEMBER_TEXT, AT (schema), "For editors; not read." },
  { "id", MEMBER_TEXT, AT (id), "Short, unique, forever: lower-case letters, digits and hyphens.", .required = TRUE,
    .pattern = "^[a-z][a-z0-9-]*$" },
  { "name", MEMBER_TEXT, AT (name), "What people call the portal.", .required = TRUE },
  { "version", MEMBER_TEXT, AT (version), "Of this file; any text.", .required = TRUE },
  { "home", MEMBER_URL, AT (home), "The portal's page for people.", .required = TRUE },
  { "help", MEMBER_TEXT, AT (help), "One or two sentences: what one needs before connecting." },
  { "style", MEMBER_ENUM, AT (style), "How an operation is named: by method and path, or by the header X-Amz-Target.",
    .names = styles },
  { "auth", MEMBER_OBJECT, AT (auth), "How to sign in.", .required = TRUE, .shape = &auth_shape },
  { "settings", MEMBER_NAMED, AT (settings), "What may differ from company to company, used as {name}.",
    .shape = &connector_shape_input, .pattern = NAME_PATTERN },
  { "base", MEMBER_URL, AT (base), "The address that paths are added to.", .required = TRUE },
  { "headers", MEMBER_PAIRS, AT (headers), "Sent with every request." },
  { "objects", MEMBER_NAMED, AT (objects), "The kinds of things in the portal, by the portal's name.", .required = TRUE,
    .shape = &connector_shape_object, .pattern = "^[A-Za-z][A-Za-z0-9_-]*$" },
  { "errors", MEMBER_OBJECT, AT (errors), "How the portal says that something is wrong.", .shape = &errors_shape },
  { "rates", MEMBER_NAMED, AT (rates), "The portal's limits.", .shape = &rate_shape, .pattern = NAME_PATTERN },
  { NULL },
};
#undef AT
const ConnectorShape connector_shape = { "connector", "How to talk to a partner portal.", sizeof (EntConnector), members };
