/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-connector-private.h"
#include "sync/ent-connector-request.h"

G_BEGIN_DECLS

/** Takes @sentence. */
void answer_fail       (EntConnectorAnswer *self,
                        EntConnectorFail    fail,
                        char               *sentence);
/** What an answer of @status says that is wrong; its body, if any, is in @self. */
void answer_read_error (EntConnectorAnswer       *self,
                        const EntConnector       *connector,
                        const EntConnectorObject *object,
                        guint                     status,
                        SoupMessageHeaders       *headers);

G_END_DECLS
