/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** EntWelcome: what the window shows while no workspace is open. */
#define ENT_TYPE_WELCOME (ent_welcome_get_type ())
G_DECLARE_FINAL_TYPE (EntWelcome, ent_welcome, ENT, WELCOME, AdwBin)

GtkWidget *ent_welcome_new        (void);
void       ent_welcome_set_recent (EntWelcome         *self,
                                   const char * const *uris);

G_END_DECLS
