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
/** Rolling backups of @store as long as the returned source lives; it holds a reference to the store. */
guint ent_backups_start       (GSettings *settings,
                               EntStore  *store);

G_END_DECLS
