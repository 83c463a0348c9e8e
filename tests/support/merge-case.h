/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sync-merge.h"

G_BEGIN_DECLS

/* Merges of bodies that are written as texts, with ' for ". */

/** (nullable): NULL for NULL. (transfer full) */
JsonObject   *case_parse         (const char *text);
/** @base: (nullable). @a and @b: NULL is a deleted record. The times are not known. (transfer full) */
EntSyncMerge *case_merge         (const char *type,
                                  const char *base,
                                  const char *a,
                                  const char *b);
/** The same with the times of both sides. (transfer full) */
EntSyncMerge *case_merge_at      (const char *type,
                                  const char *base,
                                  const char *a,
                                  const char *b,
                                  gint64      a_time,
                                  gint64      b_time);

void          case_assert_object (JsonObject *object,
                                  const char *expected);
void          case_assert_entry  (GPtrArray          *entries,
                                  guint               index,
                                  const char         *group,
                                  EntSyncMergeReason  reason,
                                  EntSyncTaken        taken);
/** The body, and one entry, which is no clash. */
void          case_assert_merged (EntSyncMerge       *result,
                                  const char         *body,
                                  const char         *group,
                                  EntSyncMergeReason  reason,
                                  EntSyncTaken        taken);
/** The body, and one entry, which is a clash. */
void          case_assert_clash  (EntSyncMerge *result,
                                  const char   *body,
                                  const char   *group);

/** A deal's body. */
#define DEAL(members) "{'type':'deal'," members "}"

G_END_DECLS
