/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-query.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntFilterBar:
 *
 * The filter of a list as chips that can be edited and taken away, and the button that adds one. Signal `changed`.
 */
#define ENT_TYPE_FILTER_BAR (ent_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (EntFilterBar, ent_filter_bar, ENT, FILTER_BAR, GtkWidget)

/** @base: filter text that always holds and is not shown, such as `roles has partner` (nullable). */
GtkWidget *ent_filter_bar_new        (EntContext          *context,
                                      const EntRecordType *type,
                                      const char          *base);
/** What the user filters by, without the base; "" for nothing. (transfer full) */
char      *ent_filter_bar_dup_text   (EntFilterBar *self);
/** Splits @text into chips; what cannot be read is left out and FALSE returned. */
gboolean   ent_filter_bar_set_text   (EntFilterBar *self,
                                      const char   *text);
/** Base and chips together. (transfer full) (nullable) */
EntFilter *ent_filter_bar_dup_filter (EntFilterBar *self);
gboolean   ent_filter_bar_is_empty   (EntFilterBar *self);
void       ent_filter_bar_clear      (EntFilterBar *self);
/** Opens the popover that adds a filter. */
void       ent_filter_bar_add        (EntFilterBar *self);

G_END_DECLS
