/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-connector-private.h"

G_BEGIN_DECLS

/* What the files of the check of connectors share. */

typedef struct
{
  const EntConnector          *connector;
  const EntConnectorObject    *object;
  const EntConnectorOperation *operation;
  const char                  *name;
  EntSchema                   *schema;
  GError                     **error;
} ConnectorCheck;

/** All three: FALSE always, with the error set. */
gboolean  check_fail            (const ConnectorCheck *self,
                                 const char           *member,
                                 const char           *what);
gboolean  check_fail_missing    (const ConnectorCheck *self,
                                 const char           *member,
                                 const char           *needed);
gboolean  check_fail_operation  (const ConnectorCheck *self,
                                 const char           *member,
                                 const char           *operation);
/** Whether all {names} in it are known where it stands. */
gboolean  check_template        (const ConnectorCheck *self,
                                 const char           *member,
                                 const char           *text);
gboolean  check_template_pairs  (const ConnectorCheck *self,
                                 const char           *member,
                                 GPtrArray            *pairs);
gboolean  check_template_node   (const ConnectorCheck *self,
                                 const char           *member,
                                 JsonNode             *node);
gboolean  check_inputs          (const ConnectorCheck *self,
                                 const char           *member,
                                 GPtrArray            *inputs);
/** One operation. */
gboolean  check_operation       (const ConnectorCheck *self);

G_END_DECLS
