/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/ent-value.h"

G_BEGIN_DECLS

/**
 * EntRecord:
 *
 * One record of any type: what lists, forms and rules handle. A snapshot, not bound to a store.
 * Fields that were not loaded read as NULL and ent_record_has() is FALSE for them. Signal
 * `changed::FIELD` (no arguments) after a value changed. Not thread-safe: hand it over, do not share.
 */
#define ENT_TYPE_RECORD (ent_record_get_type ())
G_DECLARE_FINAL_TYPE (EntRecord, ent_record, ENT, RECORD, GObject)

EntRecord           *ent_record_new             (const EntRecordType *type);
/** A deep copy, with key and id. (transfer full) */
EntRecord           *ent_record_copy            (EntRecord *self);

const EntRecordType *ent_record_get_record_type (EntRecord *self);
/** 0: not stored yet. */
EntKey               ent_record_get_key         (EntRecord *self);
void                 ent_record_set_key         (EntRecord *self,
                                                 EntKey     key);
const EntId         *ent_record_get_id          (EntRecord *self);
void                 ent_record_set_id          (EntRecord   *self,
                                                 const EntId *id);
/** "P-0042"; "" before it is stored. (transfer none) */
const char          *ent_record_get_code        (EntRecord *self);
/** The title, never empty: "Untitled organization" when it has none. (transfer none) */
const char          *ent_record_get_title       (EntRecord *self);
/** The kinds or roles of the record (the type's kind_field), NULL-terminated. (transfer full) */
char               **ent_record_dup_kinds       (EntRecord *self);

/** Borrowed until the field is set again; never NULL (a NULL value when unset or not loaded). */
const EntValue      *ent_record_get             (EntRecord *self,
                                                 guint      field);
const EntValue      *ent_record_get_named       (EntRecord  *self,
                                                 const char *field);
/** Whether the field was loaded or set. */
gboolean             ent_record_has             (EntRecord *self,
                                                 guint      field);
/** (nullable) (transfer none) */
const char          *ent_record_get_text        (EntRecord  *self,
                                                 const char *field);
gint64               ent_record_get_int         (EntRecord  *self,
                                                 const char *field,
                                                 gint64      fallback);
/** 0: none. */
EntKey               ent_record_get_ref         (EntRecord  *self,
                                                 const char *field);

/** Copies @value; notifies and marks dirty only when it differs. Does not check it
 * (ent_value_check()). */
void                 ent_record_set             (EntRecord      *self,
                                                 guint           field,
                                                 const EntValue *value);
/** As ent_record_set(), stealing what @value holds. */
void                 ent_record_take            (EntRecord *self,
                                                 guint      field,
                                                 EntValue  *value);
/** Sets without notifying or marking dirty: for code that loads records. */
void                 ent_record_load            (EntRecord *self,
                                                 guint      field,
                                                 EntValue  *value);
/** Reads @text by ent_value_read() with an empty context. */
gboolean             ent_record_set_text        (EntRecord  *self,
                                                 const char *field,
                                                 const char *text,
                                                 GError    **error);
gboolean             ent_record_is_dirty        (EntRecord *self,
                                                 guint      field);
gboolean             ent_record_is_any_dirty    (EntRecord *self);
void                 ent_record_mark_clean      (EntRecord *self);

G_END_DECLS
