/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/ent-schema.h"

G_BEGIN_DECLS

/**
 * EntFieldRowOptions:
 *
 * For ent-field-row*.c only: a popover with a list to choose from, searched by typing. Signal `chosen` (char *value,
 * "" for none) when one was chosen; with several to choose, it stays open, and `closed` (of GtkPopover) is the time
 * to ask for them.
 */
#define ENT_TYPE_FIELD_ROW_OPTIONS (ent_field_row_options_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowOptions, ent_field_row_options, ENT, FIELD_ROW_OPTIONS, GtkPopover)

/** What to list: the choices of @field, or all countries, currencies, time zones (@field may be NULL). */
GtkWidget          *ent_field_row_options_new          (EntFieldType    type,
                                                        const EntField *field);
/** Several values, or one. */
void                ent_field_row_options_set_many     (EntFieldRowOptions *self,
                                                        gboolean            many);
/** Offers to choose none. */
void                ent_field_row_options_set_clearable (EntFieldRowOptions *self,
                                                         gboolean            clearable);
/** Begins anew with what is chosen now; call it when the popover is mapped. */
void                ent_field_row_options_start        (EntFieldRowOptions *self,
                                                        const char * const *chosen);
/** In the order of the list, those not in it last. (transfer full) */
char              **ent_field_row_options_dup_chosen   (EntFieldRowOptions *self);

G_END_DECLS
