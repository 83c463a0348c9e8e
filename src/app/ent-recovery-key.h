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

AdwNavigationPage *ent_recovery_key_new           (const char        *workspace,
                                                   const EntStoreKey *key);
/** Says that the keyring does not keep the key, so that it will be asked for. */
void               ent_recovery_key_say_no_keyring (EntRecoveryKey *self);

G_END_DECLS
