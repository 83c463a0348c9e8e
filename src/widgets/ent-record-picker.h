/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntRecordPicker:
 *
 * A popover that finds a record while its name is typed. Signals: `picked` (gint64 key), 0 when "None" was chosen;
 * `create` (char *title) when there is no such record and one is to be made.
 */
#define ENT_TYPE_RECORD_PICKER (ent_record_picker_get_type ())
G_DECLARE_FINAL_TYPE (EntRecordPicker, ent_record_picker, ENT, RECORD_PICKER, GtkPopover)

/** @target: a record type, or "*" for any. */
GtkWidget *ent_record_picker_new           (EntContext *context,
                                            const char *target);
/** For the reference @field: its target, and only the records that make sense there. */
GtkWidget *ent_record_picker_new_for_field (EntContext     *context,
                                            const EntField *field);
/** Only what the @filter leaves over, in the store's filter language. */
void       ent_record_picker_set_filter    (EntRecordPicker *self,
                                            const char      *filter);
void       ent_record_picker_set_clearable (EntRecordPicker *self,
                                            gboolean         clearable);
void       ent_record_picker_set_can_create (EntRecordPicker *self,
                                             gboolean         can_create);
/** Opens it, empty. */
void       ent_record_picker_start         (EntRecordPicker *self);
/** As if @text had been typed. */
void       ent_record_picker_set_text      (EntRecordPicker *self,
                                            const char      *text);

/** The picture that stands for a record: a tile, an avatar, or the icon of its type. */
GtkWidget *ent_record_picker_image_new     (const EntRecordType *type,
                                            const char          *title,
                                            int                  size);

G_END_DECLS
