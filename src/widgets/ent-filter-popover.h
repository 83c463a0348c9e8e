/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntFilterPopover:
 *
 * Where a filter is made: a field is picked, then what it must be (values with their counts, a range, a text), or
 * an expression of the filter language is typed. Signal `term` (const EntField *field, char *term) whenever the term
 * of a field changes; the term is "" when nothing is chosen any more; field NULL for a typed expression.
 */
#define ENT_TYPE_FILTER_POPOVER (ent_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (EntFilterPopover, ent_filter_popover, ENT, FILTER_POPOVER, GtkPopover)

GtkWidget *ent_filter_popover_new        (EntContext          *context,
                                          const EntRecordType *type);
/** Starts with the choice of a field; @base: filter text that counts are taken within (nullable). */
void       ent_filter_popover_start      (EntFilterPopover *self,
                                          const char       *base);
/** Starts with @field. */
void       ent_filter_popover_edit       (EntFilterPopover *self,
                                          const EntField   *field,
                                          const char       *term,
                                          const char       *base);
/** The same for an expression that belongs to no single field. */
void       ent_filter_popover_edit_text  (EntFilterPopover *self,
                                          const char       *term);

G_END_DECLS
