/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-connector-map.h"
#include "sync/ent-connector-private.h"

G_BEGIN_DECLS

void                 connector_problem_free (gpointer data);
/** Adds one about @field; takes @sentence. @node: the value that is wrong (nullable). (transfer none) */
EntConnectorProblem *connector_problems_add (GPtrArray               *problems,
                                             const EntConnectorField *field,
                                             JsonNode                *node,
                                             char                    *sentence);

G_END_DECLS
