/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlcipher/sqlite3.h>

#include "model/ent-value.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_PACKED_NULL,
  ENT_PACKED_INT,
  ENT_PACKED_TEXT,
  ENT_PACKED_BLOB,
} EntPackedKind;

/**
 * EntPacked:
 *
 * A value as the journal keeps it, in one SQL value: as its column does, and money as "MINOR CODE".
 * The digests of the journal are taken over this form, so it must never change.
 */
typedef struct
{
  EntPackedKind kind;
  gint64        integer;
  const char   *data; /* borrowed, or `owned` */
  gsize         length;
  char         *owned;
} EntPacked;

#define ENT_PACKED_INIT { ENT_PACKED_NULL, 0, NULL, 0, NULL }

void     ent_packed_clear     (EntPacked *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntPacked, ent_packed_clear)

/** Borrows from @value. */
void     ent_packed_set_value (EntPacked      *self,
                               const EntField *field,
                               const EntValue *value);
void     ent_packed_set_int   (EntPacked *self,
                               gint64     integer);
void     ent_packed_set_text  (EntPacked  *self,
                               const char *text); /* borrowed (nullable) */
void     ent_packed_set_blob  (EntPacked    *self,
                               const guint8 *data,
                               gsize         length);
/** Borrows from the statement until its next step. */
void     ent_packed_read      (EntPacked    *self,
                               sqlite3_stmt *statement,
                               int           column);
/** Reads the columns of a field at *column and moves past them; borrows from the statement. */
void     ent_packed_read_field (EntPacked      *self,
                                sqlite3_stmt   *statement,
                                int            *column,
                                const EntField *field);
/** A copy that owns what it holds. */
void     ent_packed_copy      (const EntPacked *self,
                               EntPacked       *copy);
/** What it holds as a value of the field; damaged content gives NULL. */
void     ent_packed_get_value (const EntPacked *self,
                               const EntField  *field,
                               EntValue        *value);
/** Borrowed until the step. */
void     ent_packed_bind      (const EntPacked *self,
                               sqlite3_stmt    *statement,
                               int              index);
gboolean ent_packed_equal     (const EntPacked *a,
                               const EntPacked *b);
/** Appends the canonical bytes that digests are taken over. */
void     ent_packed_append    (const EntPacked *self,
                               GByteArray      *bytes);

/** ["a","b"] of a list, [1,2] of keys. (transfer full) */
char    *ent_json_from_list   (const EntValue *value);
void     ent_json_append_list (GString        *json,
                               const EntValue *value);
/** Reads what ent_json_from_list() wrote; NULL-valued when it is something else. */
void     ent_json_to_list     (const char     *json,
                               gsize           length,
                               const EntField *field,
                               EntValue       *value);

G_END_DECLS
