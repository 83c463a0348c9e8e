/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Approves what is proposed for the partners (EntKey each) in one change; a toast offers to undo it. */
void ent_level_approve (EntContext   *context,
                        const EntKey *partners,
                        gsize         n_partners);
/** Asks for a level, of EntLevelChoice in @levels, and why, and approves it. @current: is not offered. @title: the partner. */
void ent_level_choose  (GtkWidget  *parent,
                        EntContext *context,
                        EntKey      partner,
                        const char *title,
                        GPtrArray  *levels,
                        EntKey      current);

G_END_DECLS
