/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-connector-map.h"

G_BEGIN_DECLS

/* A portal's rules, checked while offline, so that a record is right before it is sent. */

typedef enum
{
  ENT_CONNECTOR_FINDING_ERROR,  /* the portal would refuse it */
  ENT_CONNECTOR_FINDING_LOCKED, /* the portal takes no such edit in its state: keep it for later */
  ENT_CONNECTOR_FINDING_ADVICE, /* it can be sent, but something better is missing */
} EntConnectorSeverity;

typedef struct
{
  char                *field;    /* the record's; "account.website" through a reference; a role; NULL: the record as a whole */
  char                *path;     /* the portal's place */
  char                *sentence; /* with the portal's name of the field, its limit, and what to do */
  EntConnectorSeverity severity;
} EntConnectorFinding;

/** Checks @record as it would be sent: limits, what is required, which moves and edits a state allows, and what cannot be
 * written at all. @base: the portal's last body (nullable: it has none yet); @today: days since 1970; others as for
 * ent_connector_map_write(). Errors come first. Any thread. (transfer full) (element-type EntConnectorFinding) */
GPtrArray *ent_connector_check_record (const EntConnector       *connector,
                                       const EntConnectorObject *object,
                                       EntRecord                *record,
                                       JsonNode                 *base,
                                       gint64                    today,
                                       GHashTable               *settings,
                                       const EntConnectorLinks  *links);

G_END_DECLS
