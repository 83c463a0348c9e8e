/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-why-label.h"

G_BEGIN_DECLS

/** What the popover or the sheet shows; @opened is called when a line's record is opened. */
GtkWidget *ent_why_build (EntWhy     *self,
                          EntContext *context,
                          GCallback   opened,
                          gpointer    user_data);

G_END_DECLS
