/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-window.h"

G_BEGIN_DECLS

/** EntNewWorkspace: asks for name and place, makes the workspace, shows its recovery key, opens it. */
#define ENT_TYPE_NEW_WORKSPACE (ent_new_workspace_get_type ())
G_DECLARE_FINAL_TYPE (EntNewWorkspace, ent_new_workspace, ENT, NEW_WORKSPACE, AdwDialog)

AdwDialog *ent_new_workspace_new         (EntWindow *window);
/** Opens the sample workspace in @window, making it first when there is none yet. */
void       ent_new_workspace_open_sample (EntWindow *window);

G_END_DECLS
