/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntOpening:
 *
 * A workspace on its way from a path to an open store: finds the key in the Secret Service, opens, migrates,
 * reads the window's state, all on a thread of its own, so that it can be started before there is an application.
 * Signal `done` on the main thread, once; later comers ask ent_opening_is_done().
 */
#define ENT_TYPE_OPENING (ent_opening_get_type ())
G_DECLARE_FINAL_TYPE (EntOpening, ent_opening, ENT, OPENING, GObject)

/** @path NULL: the workspace that was open last (done without store and error when there is none). @secret:
 * what the user typed, a recovery key or a passphrase; NULL: ask the keyring. @remember: keep a typed
 * secret's key in the keyring when it fits. */
EntOpening        *ent_opening_start         (const char       *path,
                                              const char       *secret,
                                              gboolean          remember,
                                              EntStoreOpenFlags flags);
void               ent_opening_cancel        (EntOpening *self);
gboolean           ent_opening_is_done       (EntOpening *self);

/* When done: */
/** (nullable) */
const char        *ent_opening_get_path      (EntOpening *self);
/** (nullable) */
EntStore          *ent_opening_get_store     (EntOpening *self);
/** Of an encrypted workspace. (nullable) */
const EntStoreKey *ent_opening_get_key       (EntOpening *self);
/** What the window showed last: a{sv}. (nullable) */
GVariant          *ent_opening_get_state     (EntOpening *self);
/** The title kept in the workspace, else the file's name. */
const char        *ent_opening_get_title     (EntOpening *self);
/** (nullable) */
const GError      *ent_opening_get_error     (EntOpening *self);

G_END_DECLS
