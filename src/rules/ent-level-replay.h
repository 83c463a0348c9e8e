/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-level.h"

G_BEGIN_DECLS

/**
 * EntReplay:
 *
 * A ladder run over a dated series of who had which values: what would have been upgraded and downgraded when, and
 * why. All rows of one day are a snapshot of everybody; who is missing from one has left. The rules that are in force
 * on each day count.
 */
typedef struct _EntReplay EntReplay;

typedef enum
{
  ENT_LEVEL_CHANGE_JOINED,
  ENT_LEVEL_CHANGE_RETURNED,
  ENT_LEVEL_CHANGE_UPGRADED,
  ENT_LEVEL_CHANGE_DOWNGRADED,
  ENT_LEVEL_CHANGE_LEFT,
} EntLevelChangeKind;

typedef struct
{
  gint64              day;
  EntLevelChangeKind  kind;
  char               *subject;
  char               *title;
  EntKey              from, to; /* levels; 0 none */
  char               *reason;   /* one sentence */
} EntLevelChange;

/** @ladder: of @program. */
EntReplay *ent_replay_new      (EntProgram      *program,
                                const EntLadder *ladder);
void       ent_replay_free     (EntReplay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntReplay, ent_replay_free)
/** A row of the series. @subject: what tells one member from another; @title: its name for people. Two rows of a
 * subject on a day are two sets of values, of which the better level counts. */
void       ent_replay_add      (EntReplay  *self,
                                gint64      day,
                                const char *subject,
                                const char *title);
/** A value of the row added last, read as the ladder's rules of @metric want it; blank is unknown. */
gboolean   ent_replay_set      (EntReplay   *self,
                                const char  *metric,
                                const char  *text,
                                GError     **error);
/** By day, then by subject. Element-type EntLevelChange. (transfer full) */
GPtrArray *ent_replay_run      (EntReplay *self);
/** upgraded, downgraded, …: for files. */
const char *ent_level_change_kind_name (EntLevelChangeKind kind);
/** Upgraded, Downgraded, …: for people. */
const char *ent_level_change_kind_label (EntLevelChangeKind kind);

G_END_DECLS
