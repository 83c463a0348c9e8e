/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntRecoveryKey:
 *
 * Shows the recovery key of a workspace to copy, print or save. Done is possible once the user says it is kept;
 * signal `done` then.
 */
#define ENT_TYPE_RECOVERY_KEY (ent_recovery_key_get_type ())
G_DECLARE_FINAL_TYPE (EntRecoveryKey, ent_recovery_key, ENT, RECOVERY_KEY, AdwNavigationPage)

/** @has_keyring: whether the key could be kept in the keyring. */
AdwNavigationPage *ent_recovery_key_new (const char        *workspace,
                                         const EntStoreKey *key,
                                         gboolean           has_keyring);

G_END_DECLS
