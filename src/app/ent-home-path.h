/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A path as people read it: "~/Documents" for what is at home. (transfer full) */
char *ent_home_path_display (const char *path);

G_END_DECLS
