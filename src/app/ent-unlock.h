/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-window.h"

G_BEGIN_DECLS

/** EntUnlock: asks for the recovery key (or passphrase) of a workspace and opens it in @window. */
#define ENT_TYPE_UNLOCK (ent_unlock_get_type ())
G_DECLARE_FINAL_TYPE (EntUnlock, ent_unlock, ENT, UNLOCK, AdwDialog)

/** @is_wrong: something was typed already and did not fit. */
AdwDialog *ent_unlock_new (EntWindow  *window,
                           const char *path,
                           gboolean    is_wrong);

G_END_DECLS
