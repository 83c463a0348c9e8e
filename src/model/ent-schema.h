/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/ent-field.h"
#include "model/ent-key.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_RECORD_TYPE_CHILD       = 1 << 0, /* lines of a parent's form; have ids and history, but no page */
  ENT_RECORD_TYPE_APPEND_ONLY = 1 << 1, /* corrected by reversing rows, never edited or deleted */
  ENT_RECORD_TYPE_LINK        = 1 << 2, /* joins `from` and `to`: the edges of the ecosystem */
} EntRecordTypeFlags;

/**
 * EntRecordTypeInfo:
 *
 * The declaration of a record type, one per file of `src/model/types/`. The fields common to all
 * types (`title`, `ref`, `owner`, `tags`, `sensitivity`, `note`, and the system fields) are added
 * to it and not repeated. A type that declares a common field itself (say, `title` with its own
 * label) overrides the common line. `kind` and `state` are ordinary fields that a type declares
 * when it has them. A child declares a REF field `parent` to its parent type and an INT `position`.
 */
typedef struct
{
  const char         *name;         /* "organization": SQL table, command-line word */
  guint               number;       /* unique and forever: part of every EntKey; 1..63 */
  const char         *prefix;       /* of short codes: "P" gives P-0042 */
  EntRecordTypeFlags  flags;
  const char         *parent;       /* of a child: the parent's type */
  const char         *label;        /* N_("Organization") */
  const char         *label_plural; /* N_("Organizations") */
  const char         *help;         /* N_() what it is for, in one sentence */
  const char         *icon_name;
  const char         *kind_field;   /* field whose value selects fields by EntFieldInfo.kinds; or NULL */
  const char         *state_field;  /* field that holds the state shown in headers; or NULL */
  const EntFieldInfo *fields;       /* ends with a NULL name */
} EntRecordTypeInfo;

/** Every declared type, generated from the files of src/model/types/; ends with NULL. */
extern const EntRecordTypeInfo * const ent_record_type_infos[];

/** Indexes of the common fields, equal in all types. */
typedef enum
{
  ENT_COMMON_TITLE,       /* the shown name */
  ENT_COMMON_REF,         /* key of the record in the place it came from */
  ENT_COMMON_OWNER,       /* → person */
  ENT_COMMON_TAGS,
  ENT_COMMON_SENSITIVITY, /* public, internal, confidential, restricted */
  ENT_COMMON_NOTE,
  ENT_COMMON_CREATED_AT,  /* SYSTEM */
  ENT_COMMON_UPDATED_AT,  /* SYSTEM */
  ENT_COMMON_DELETED_AT,  /* SYSTEM: NULL live, 0 taken back by undo, else when it went to the bin */
  ENT_COMMON_REV,         /* SYSTEM: counts the changes of the record, from 1 */
  ENT_N_COMMON,
} EntCommonField;

typedef struct _EntField EntField;
typedef struct _EntRecordType EntRecordType;
typedef struct _EntSchema EntSchema;

/** A field as one workspace knows it: the declaration and the workspace's own additions.
 * Read-only. */
struct _EntField
{
  EntFieldInfo         info;            /* labels untranslated; choices: see below */
  const EntRecordType *type;
  guint                index;           /* in the type, and of the value in an EntRecord */
  GPtrArray           *choices;         /* of EntChoice, declared ones first; NULL without choices */
  char                *column;          /* SQL column: the name, or x_name for a custom field */
  char                *currency_column; /* of MONEY, else NULL */
  gboolean             is_custom;
};

/** A record type as one workspace knows it. Read-only. */
struct _EntRecordType
{
  const EntRecordTypeInfo *info;
  EntSchema               *schema;   /* (unowned) */
  GPtrArray               *fields;   /* of EntField; the common ones first, by EntCommonField */
  GPtrArray               *children; /* of EntRecordType (unowned): the child line types */
  GHashTable              *by_name;
};

/**
 * EntSchema:
 *
 * All record types as one workspace knows them: the declared ones plus the user's own fields and
 * choices. What a flag implies is set as well (COLUMN: LISTED; UNIQUE: INDEXED), so test one flag.
 * Reference counted and immutable, so any thread may read it; adding a custom field makes a new
 * schema.
 */
EntSchema           *ent_schema_ref            (EntSchema *self);
void                 ent_schema_unref          (EntSchema *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSchema, ent_schema_unref)

/** The declared types with nothing added: a shared instance. (transfer none) */
EntSchema           *ent_schema_get_default    (void);

typedef struct
{
  const char  *type; /* record type */
  EntFieldInfo info; /* copied deeply */
} EntCustomField;

typedef struct
{
  const char *type;
  const char *field;
  EntChoice   choice;
} EntCustomChoice;

/** Builds a schema: declared types + @fields + @choices. Errors (ENT_VALUE_ERROR_MALFORMED): a name
 * that is taken or malformed. (transfer full) */
EntSchema           *ent_schema_new            (const EntCustomField  *fields,
                                                gsize                  n_fields,
                                                const EntCustomChoice *choices,
                                                gsize                  n_choices,
                                                GError               **error);
/** Checks all declarations: names, numbers, targets, choices, defaults. */
gboolean             ent_schema_validate       (EntSchema *self,
                                                GError   **error);

/** (nullable) */
const EntRecordType *ent_schema_lookup         (const EntSchema *self,
                                                const char      *name);
const EntRecordType *ent_schema_lookup_number  (const EntSchema *self,
                                                guint            number);
const EntRecordType *ent_schema_lookup_key     (const EntSchema *self,
                                                EntKey           key);
/** By short-code prefix, @length bytes of it, any case. (nullable) */
const EntRecordType *ent_schema_lookup_prefix  (const EntSchema *self,
                                                const char      *prefix,
                                                gsize            length);
/** In order of number, children included. */
guint                ent_schema_get_n_types    (const EntSchema *self);
const EntRecordType *ent_schema_get_nth        (const EntSchema *self,
                                                guint            i);

guint                ent_record_type_get_n_fields (const EntRecordType *self);
const EntField      *ent_record_type_get_nth   (const EntRecordType *self,
                                                guint                i);
/** (nullable) */
const EntField      *ent_record_type_lookup    (const EntRecordType *self,
                                                const char          *field);
gboolean             ent_record_type_is_child  (const EntRecordType *self);
/** Translated. (transfer none) */
const char          *ent_record_type_get_label (const EntRecordType *self,
                                                gboolean             plural);
/** "P-0042" for row 42. (transfer full) */
char                *ent_record_type_make_code (const EntRecordType *self,
                                                gint64               row);
/** The key that a short code names ("P-0042", "p-42"), whether or not it exists; 0 if it is no
 * code. */
EntKey               ent_schema_read_code      (const EntSchema *self,
                                                const char      *code);

const char          *ent_field_get_label       (const EntField *self); /* translated */
const char          *ent_field_get_help        (const EntField *self); /* translated (nullable) */
const char          *ent_field_get_unit        (const EntField *self); /* translated (nullable) */
const char          *ent_field_get_group       (const EntField *self); /* translated (nullable) */
/** Stored as INTEGER and not MANY: INT, PERCENT, SCORE, BOOL, DATE, DATETIME, DURATION, REF. */
gboolean             ent_field_is_integer      (const EntField *self);
gboolean             ent_field_is_many         (const EntField *self);
/** Translated label of a choice. (transfer none) */
const char          *ent_choice_get_label      (const EntChoice *self);
/** Exact value. (nullable) */
const EntChoice     *ent_field_lookup_choice   (const EntField *self,
                                                const char     *value);
/** Case-blind match of value, English or translated label. (nullable) */
const EntChoice     *ent_field_match_choice    (const EntField *self,
                                                const char     *text);
/** Whether the field is meant for a record of @kinds (NULL-terminated; a single kind or a set of
 * roles). Fields without `kinds` fit all; a record with no kind yet gets every field. */
gboolean             ent_field_applies_to      (const EntField     *self,
                                                const char * const *kinds);
/** All names an import knows the field by: name, English and translated label, aliases. (transfer
 * full) */
char               **ent_field_dup_aliases     (const EntField *self);

G_END_DECLS
