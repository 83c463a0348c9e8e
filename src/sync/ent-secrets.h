/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where the passwords, keys and tokens of remotes are kept: the Secret Service of the desktop, as one small JSON object for
 * each remote. It is known there by the id of the workspace and the id of the remote in it, so neither a copy of the
 * workspace nor its backups hold a secret, and a renamed file keeps its sign-ins. Errors name the remote and never hold what
 * is kept.
 *
 * These functions block (they ask a D-Bus service, which may ask the person to unlock a keyring): call them in a job.
 *
 * Source: freedesktop.org, "Secret Service API Draft", section "Secrets" (through libsecret). */

#define ENT_SECRETS_ERROR (ent_secrets_error_quark ())
GQuark ent_secrets_error_quark (void);

typedef enum
{
  ENT_SECRETS_ERROR_FAILED,    /* no service answers, or it refuses */
  ENT_SECRETS_ERROR_NONE,      /* nothing is kept of this remote: the person has to sign in */
  ENT_SECRETS_ERROR_TOO_LARGE, /* nothing that a portal gives is so large */
} EntSecretsError;

/** The most that is kept of a remote: bytes of JSON text. */
#define ENT_SECRETS_MAX_SIZE (64 * 1024)

/** Keeps @secrets of a remote in place of what was kept of it.
 * @workspace: the workspace's id as text; @remote: the remote's id, unique in it; @name: the remote in words, for messages
 * and the keyring's own list. */
gboolean    ent_secrets_store  (const char    *workspace,
                                const char    *remote,
                                const char    *name,
                                JsonObject    *secrets,
                                GCancellable  *cancellable,
                                GError       **error);
/** What is kept of a remote; NULL with %ENT_SECRETS_ERROR_NONE when there is nothing, or nothing that can be read.
 * (transfer full) */
JsonObject *ent_secrets_lookup (const char    *workspace,
                                const char    *remote,
                                const char    *name,
                                GCancellable  *cancellable,
                                GError       **error);
/** Removes what is kept of a remote; done when nothing was. @remote: (nullable): NULL for all of the workspace.
 * FALSE when something is still kept, as in a locked keyring. */
gboolean    ent_secrets_forget (const char    *workspace,
                                const char    *remote,
                                const char    *name,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
