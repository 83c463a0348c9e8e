/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EntFundBar:
 *
 * How much of what is allocated is spent, approved, and left, as one bar: spent is solid, approved striped, the rest
 * empty; what goes beyond the allocation is in the color of errors. The numbers stand beside it in words.
 */
#define ENT_TYPE_FUND_BAR (ent_fund_bar_get_type ())
G_DECLARE_FINAL_TYPE (EntFundBar, ent_fund_bar, ENT, FUND_BAR, GtkWidget)

GtkWidget *ent_fund_bar_new (gint64      allocated,
                             gint64      approved,
                             gint64      spent,
                             const char *description);

G_END_DECLS
