/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/ent-context.h"
#include "widgets/ent-field-row.h"

G_BEGIN_DECLS

/**
 * EntRecordForm:
 *
 * All facts of a record in boxed lists, one a group of the schema, each editable in place. It loads the record,
 * follows its changes, writes each edit as a transaction of its own ("Edit Level of Contoso") and keeps what was
 * typed but not saved as drafts. Empty fields are folded. Properties `context`, `record-key`, and `record` (read
 * only, EntRecord, NULL while it is loading or gone).
 */
#define ENT_TYPE_RECORD_FORM (ent_record_form_get_type ())
G_DECLARE_FINAL_TYPE (EntRecordForm, ent_record_form, ENT, RECORD_FORM, GtkWidget)

GtkWidget   *ent_record_form_new          (EntContext *context);
void         ent_record_form_set_key      (EntRecordForm *self,
                                           EntKey         key);
EntKey       ent_record_form_get_key      (EntRecordForm *self);
/** (transfer none) (nullable) */
EntRecord   *ent_record_form_get_record   (EntRecordForm *self);
/** Shows the record as it once was, not editable, with what differs marked; NULL: as it is now. */
void         ent_record_form_set_past     (EntRecordForm *self,
                                           EntRecord     *past);
void         ent_record_form_set_show_empty (EntRecordForm *self,
                                             gboolean       show_empty);
/** (nullable) */
EntFieldRow *ent_record_form_get_row      (EntRecordForm *self,
                                           const char    *field);
/** Puts the keyboard into a field, showing it when it is folded. */
gboolean     ent_record_form_focus_field  (EntRecordForm *self,
                                           const char    *field);

/** Whether people edit the field in forms at all. */
gboolean     ent_record_form_shows        (const EntField *field);
/** Makes new words in @value choices of an OPEN field; inside a transaction, before the value is written. */
gboolean     ent_record_form_add_choices  (EntTransaction  *transaction,
                                           const EntField  *field,
                                           const EntValue  *value,
                                           GError         **error);

G_END_DECLS
