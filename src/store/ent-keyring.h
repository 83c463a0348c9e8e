/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/* Where the keys of encrypted workspaces are kept: the Secret Service of the desktop. A workspace is
 * known there by the 16-byte salt at the start of its file, which stays with the file when it is moved or
 * copied, and by its path. These functions block (they ask a D-Bus service): call them in a job. */

/** Keeps the key of the workspace file at @path, which must exist. NOT_FOUND-like errors of the service
 * come back as ENT_STORE_ERROR_FAILED with a sentence that says that keys cannot be kept here. */
gboolean ent_keyring_store  (const char         *path,
                             const EntStoreKey  *key,
                             GCancellable       *cancellable,
                             GError            **error);
/** Finds the key of the workspace file at @path. ENT_STORE_ERROR_NEEDS_KEY when none is kept or no
 * service answers. */
gboolean ent_keyring_lookup (const char         *path,
                             EntStoreKey        *key,
                             GCancellable       *cancellable,
                             GError            **error);
gboolean ent_keyring_forget (const char         *path,
                             GCancellable       *cancellable,
                             GError            **error);

G_END_DECLS
