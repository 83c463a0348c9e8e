/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sync.h"

G_BEGIN_DECLS

/* The remotes of a workspace: their addresses in the file, their passwords in the keyring. Functions block; any thread but the
 * main one. */

/** A remote by its name; @name NULL: the only one. NOT_FOUND with a sentence that names those there are. (transfer full) */
EntSyncRemote *ent_sync_remote_find   (EntStore      *store,
                                       const char    *name,
                                       GError       **error);
/**
 * ent_sync_remote_add:
 * @url: of the team's database; a user and password in it are taken out of it
 * @password: (nullable): kept in the keyring; NULL: without, or asked for at each run
 *
 * Adds the team's database. A workspace has one: EXISTS when there is one already. Nothing is sent.
 */
gboolean       ent_sync_remote_add    (EntStore      *store,
                                       const char    *name,
                                       const char    *url,
                                       const char    *user,
                                       const char    *password,
                                       GCancellable  *cancellable,
                                       GError       **error);
/** Forgets the remote and its password; the records stay, and what they were at each revision. */
gboolean       ent_sync_remote_remove (EntStore             *store,
                                       const EntSyncRemote  *remote,
                                       GCancellable         *cancellable,
                                       GError              **error);
/** The engine for a remote, signed in with @password, or with the one that the keyring has. (transfer full) */
EntSync       *ent_sync_remote_open   (EntStore             *store,
                                       const EntSyncRemote  *remote,
                                       const char           *password,
                                       GCancellable         *cancellable,
                                       GError              **error);

G_END_DECLS
