/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-window.h"

G_BEGIN_DECLS

/** EntPreferences: of the application, and, while one is open, of the workspace. */
#define ENT_TYPE_PREFERENCES (ent_preferences_get_type ())
G_DECLARE_FINAL_TYPE (EntPreferences, ent_preferences, ENT, PREFERENCES, AdwPreferencesDialog)

/** @workspace: begin with the page of the workspace. */
AdwDialog *ent_preferences_new (EntWindow *window,
                                gboolean   workspace);

G_END_DECLS
