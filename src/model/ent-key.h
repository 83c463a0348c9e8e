/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EntKey:
 *
 * The handle of a record inside one workspace file: its row number and its record type in one
 * integer, so that a reference to "any record" is eight bytes, the ecosystem graph is built from
 * integers alone, and one full-text index serves every type. Zero is "no record". Keys never leave
 * the file: outside, a record is named by its [struct@EntId], its short code or its `ref`.
 */
typedef gint64 EntKey;

#define ENT_KEY_TYPE_BITS 6
#define ENT_KEY_MAX_TYPES (1 << ENT_KEY_TYPE_BITS)

/** Row numbers start at 1 and are never reused; @type_number is 1..ENT_KEY_MAX_TYPES - 1. */
static inline EntKey
ent_key_make (guint  type_number,
              gint64 row)
{
  return (row << ENT_KEY_TYPE_BITS) | type_number;
}

static inline gint64
ent_key_row (EntKey key)
{
  return key >> ENT_KEY_TYPE_BITS;
}

static inline guint
ent_key_type_number (EntKey key)
{
  return (guint) (key & (ENT_KEY_MAX_TYPES - 1));
}

/**
 * EntId:
 *
 * The identity of a record everywhere: a UUID version 7 (RFC 9562, section 5.7), made on the laptop
 * with no server, ordered by the time it was made.
 */
typedef struct
{
  guint8 bytes[16];
} EntId;

#define ENT_ID_TEXT_LENGTH 36

/** Makes @count new ids in ascending order; monotonic within the process, any thread. */
void     ent_id_init_many (EntId *ids,
                           gsize  count);
void     ent_id_init_new  (EntId *id);
gboolean ent_id_parse     (EntId      *id,
                           const char *text);
/** Writes 36 characters and a NUL. */
void     ent_id_to_text   (const EntId *id,
                           char         text[ENT_ID_TEXT_LENGTH + 1]);
gboolean ent_id_is_zero   (const EntId *id);
/** When the id was made: microseconds since 1970 UTC, in steps of a millisecond. */
gint64   ent_id_get_time  (const EntId *id);

G_END_DECLS
