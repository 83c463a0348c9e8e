/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/* What a window showed of a workspace, kept in the user's state folder: an a{sv}, sealed with the workspace's key
 * when it has one. Also which workspace was open last. These functions block for a small file. */

/** (transfer full) (nullable) */
GVariant *ent_state_load          (const EntId       *workspace,
                                   const EntStoreKey *key);
/** Sinks @state. */
gboolean  ent_state_save          (const EntId       *workspace,
                                   const EntStoreKey *key,
                                   GVariant          *state,
                                   GError           **error);

/** Path of the workspace that was open last. (transfer full) (nullable) */
char     *ent_state_load_last     (void);
/** NULL: none. */
void      ent_state_save_last     (const char *path);

G_END_DECLS
