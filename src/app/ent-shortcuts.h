/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** The list of keyboard shortcuts, from the table of actions. (transfer floating) */
AdwDialog *ent_shortcuts_new (void);

G_END_DECLS
