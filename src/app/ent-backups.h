/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/* Copies of the workspace: one when asked for, and rolling ones while it is open. */

/** The folder they lie in. @settings NULL: the default one. (transfer full) */
char *ent_backups_dup_folder  (GSettings *settings);
/** Makes a copy as a job and says where it is. @name: of the workspace. */
void  ent_backups_back_up_now (EntContext *context,
                               const char *name);
/**
 * EntBackups:
 *
 * Rolling copies of an open workspace: every quarter of an hour in which something changed, and when it closes.
 */
typedef struct _EntBackups EntBackups;

EntBackups *ent_backups_new         (GSettings *settings,
                                     EntStore  *store);
void        ent_backups_free        (EntBackups *self);
/** Makes the last copy if one is due and closes @store, on a thread; @application is held until that is done.
 * @self NULL: no copy. */
void        ent_backups_close_store (EntBackups   *self,
                                     EntStore     *store,
                                     GApplication *application);

G_END_DECLS
