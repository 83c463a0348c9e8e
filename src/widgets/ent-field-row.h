/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntFieldRow:
 *
 * One field of a record as a row of a boxed list, editable in place and made from its declaration: an entry,
 * a choice list, a date with calendar, an amount with currency, a record picker, a set of tags. What was typed
 * stays when it cannot be read, with one sentence below that says what to write instead.
 *
 * Signal `edited` when the user has finished an edit that changed the value (Enter, focus left, a choice made)
 * and it is well-formed; `typing` while text is being typed (for drafts).
 */
#define ENT_TYPE_FIELD_ROW (ent_field_row_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRow, ent_field_row, ENT, FIELD_ROW, AdwPreferencesRow)

GtkWidget      *ent_field_row_new         (EntContext     *context,
                                           const EntField *field);
const EntField *ent_field_row_get_field   (EntFieldRow *self);
/** Shows @value; an edit in progress is kept unless @force. */
void            ent_field_row_set_value   (EntFieldRow    *self,
                                           const EntValue *value,
                                           gboolean        force);
/** The value as edited. FALSE with @error set while the text cannot be read. */
gboolean        ent_field_row_get_value   (EntFieldRow  *self,
                                           EntValue     *value,
                                           GError      **error);
/** Text typed but not finished, for drafts; NULL when there is none. (transfer full) */
char           *ent_field_row_dup_typed   (EntFieldRow *self);
void            ent_field_row_set_typed   (EntFieldRow *self,
                                           const char  *text);
/** Shows a sentence below the row; NULL takes it away. */
void            ent_field_row_set_message (EntFieldRow *self,
                                           const char  *message);
/** Shows @message as an error. */
void            ent_field_row_set_error   (EntFieldRow *self,
                                           const char  *message);
void            ent_field_row_set_editable (EntFieldRow *self,
                                            gboolean     editable);

G_END_DECLS
