/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-connector.h"

G_BEGIN_DECLS

/**
 * EntRateBudget:
 *
 * How many requests a portal still takes, by the limits of its connector. A limit of N requests in T seconds holds for every
 * T seconds, not only from one full minute to the next: each T is counted in sixteen parts, and one part more than T counts.
 * (A bucket of N that fills again within T would let nearly 2 N through in one T, which portals refuse.)
 *
 * Time comes from the caller: milliseconds since 1970 of a clock that goes on while the program does not run. One that is set
 * back makes waiting longer by at most one T, never forever. From one thread at a time.
 */
typedef struct _EntRateBudget EntRateBudget;

/** With nothing used. @connector is kept. (transfer full) */
EntRateBudget *ent_rate_budget_new       (EntConnector                *connector);
void           ent_rate_budget_free      (EntRateBudget               *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntRateBudget, ent_rate_budget_free)

/** In how many milliseconds a request of @operation may be sent; 0: now. */
gint64         ent_rate_budget_get_wait  (EntRateBudget               *self,
                                          const EntConnectorOperation *operation,
                                          gint64                       now);
/** Counts a request that is sent, allowed or not. */
void           ent_rate_budget_take      (EntRateBudget               *self,
                                          const EntConnectorOperation *operation,
                                          gint64                       now);
/** Sends nothing for @wait milliseconds (at most a day), as the portal asked for. */
void           ent_rate_budget_pause     (EntRateBudget               *self,
                                          gint64                       wait,
                                          gint64                       now);
/** How many milliseconds @n_edits take from @now on, each with one request of every operation of @operations (ended by NULL),
 * if answers took no time. */
gint64         ent_rate_budget_estimate  (EntRateBudget               *self,
                                          const EntConnectorOperation * const *operations,
                                          guint                        n_edits,
                                          gint64                       now);
/** "200 edits need about 4 minutes". (transfer full) */
char          *ent_rate_budget_describe  (guint                        n_edits,
                                          gint64                       milliseconds);

/** What was used, as a small text to keep. (transfer full) */
char          *ent_rate_budget_to_text   (EntRateBudget               *self);
/** Takes over what was kept; what does not fit the connector any more is left out. FALSE with @error (ENT_JSON_ERROR) when
 * it is no such text; then nothing has changed. */
gboolean       ent_rate_budget_load      (EntRateBudget               *self,
                                          const char                  *text,
                                          GError                     **error);

G_END_DECLS
