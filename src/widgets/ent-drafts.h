/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/ent-key.h"

G_BEGIN_DECLS

/**
 * EntDrafts:
 *
 * Text that was typed and not saved yet, kept in the state folder (files 0600) so that neither a crash nor
 * closing a window loses it. A draft is named by workspace, record and field; a record that does not exist
 * yet goes by any name the page likes ("new-person"). Main thread; writing happens a moment later in the
 * background, and when the object goes. One per process will do: ent_drafts_get_default().
 *
 * When a workspace is encrypted its drafts must not lie in the open: give its key to ent_drafts_set_key(),
 * or drafts of that workspace are kept in memory only.
 */
#define ENT_TYPE_DRAFTS (ent_drafts_get_type ())
G_DECLARE_FINAL_TYPE (EntDrafts, ent_drafts, ENT, DRAFTS, GObject)

/** @folder NULL: entente/drafts in the user's state folder. */
EntDrafts *ent_drafts_new         (const char *folder);
/** (transfer none) */
EntDrafts *ent_drafts_get_default (void);

/** Opens the drafts of a workspace. @key NULL: a plain workspace. @encrypted without @key: memory only. */
void       ent_drafts_open        (EntDrafts    *self,
                                   const EntId  *workspace,
                                   gboolean      encrypted,
                                   const guint8 *key); /* 32 bytes (nullable) */
/** @text NULL or "" drops the draft. */
void       ent_drafts_put         (EntDrafts   *self,
                                   const EntId *workspace,
                                   const char  *record,
                                   const char  *field,
                                   const char  *text);
/** (transfer full) (nullable) */
char      *ent_drafts_get         (EntDrafts   *self,
                                   const EntId *workspace,
                                   const char  *record,
                                   const char  *field);
void       ent_drafts_drop        (EntDrafts   *self,
                                   const EntId *workspace,
                                   const char  *record,
                                   const char  *field); /* NULL: all of the record */
/** Names of the records of a workspace that have drafts. (transfer full) */
char     **ent_drafts_list        (EntDrafts   *self,
                                   const EntId *workspace);
/** Writes what is waiting now; blocks. */
void       ent_drafts_flush       (EntDrafts *self);

G_END_DECLS
