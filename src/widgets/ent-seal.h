/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EntSeal:
 *
 * Seals small state files (drafts, what a window showed) that belong to an encrypted workspace: AES-256-GCM
 * with a key derived from the workspace's key, so that nothing of the workspace lies beside it in the open.
 * Zero-initialised it does not seal: files of plain workspaces are plain. Files are 0600, replaced atomically.
 */
typedef struct
{
  gboolean is_set;
  guint8   key[32];
} EntSeal;

/** @purpose tells keys for different uses apart. @key: 32 bytes. */
void     ent_seal_init       (EntSeal      *self,
                              const guint8 *key,
                              const char   *purpose);
void     ent_seal_clear      (EntSeal *self);
/** (transfer full) (nullable) */
GBytes  *ent_seal_read_file  (const EntSeal *self,
                              const char    *path,
                              GError       **error);
gboolean ent_seal_write_file (const EntSeal *self,
                              const char    *path,
                              GBytes        *bytes,
                              GError       **error);

G_END_DECLS
