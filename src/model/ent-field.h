/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EntFieldType:
 *
 * What a field holds. With %ENT_FIELD_MANY a field holds a list of such values: many choices are a
 * set, many texts are tags, many references are `refs`.
 *
 * Stored form: texts, choices, countries, currencies, addresses as TEXT; numbers, dates and
 * references as INTEGER; money as two columns, minor units and `<name>_currency`; lists as a JSON
 * array in TEXT. No floating point is ever stored.
 */
typedef enum
{
  ENT_FIELD_TEXT,     /* one line */
  ENT_FIELD_LONGTEXT, /* several lines */
  ENT_FIELD_MARKDOWN,
  ENT_FIELD_CODE,     /* an identifier: compared exactly, never translated or split */
  ENT_FIELD_INT,
  ENT_FIELD_MONEY,    /* signed 64-bit minor units + ISO 4217 code */
  ENT_FIELD_PERCENT,  /* 1/10,000 of a percent point: 12.5 % is 125000 */
  ENT_FIELD_SCORE,    /* 1/100 */
  ENT_FIELD_BOOL,
  ENT_FIELD_DATE,     /* days since 1970-01-01 */
  ENT_FIELD_DATETIME, /* microseconds since 1970-01-01T00:00:00Z */
  ENT_FIELD_DURATION, /* minutes */
  ENT_FIELD_ENUM,     /* one of the field's choices, by value */
  ENT_FIELD_REF,      /* EntKey of a record of type `target`, or of any type when target is "*" */
  ENT_FIELD_COUNTRY,  /* ISO 3166-1 alpha-2, upper case */
  ENT_FIELD_CURRENCY, /* ISO 4217 */
  ENT_FIELD_TIMEZONE, /* IANA zone */
  ENT_FIELD_URL,
  ENT_FIELD_EMAIL,
  ENT_FIELD_PHONE,
  ENT_FIELD_DOMAIN,   /* lower case host name without "www." */
  ENT_FIELD_HASH,     /* lower case hexadecimal SHA-256 */
  ENT_FIELD_JSON,     /* structured data that has no fields of its own */
} EntFieldType;

typedef enum
{
  ENT_FIELD_MANY      = 1 << 0, /* a list */
  ENT_FIELD_REQUIRED  = 1 << 1,
  ENT_FIELD_UNIQUE    = 1 << 2, /* among live records of the type; implies an index */
  ENT_FIELD_INDEXED   = 1 << 3, /* gets an SQL index */
  ENT_FIELD_SEARCHED  = 1 << 4, /* part of the full-text index */
  ENT_FIELD_SENSITIVE = 1 << 5, /* masked in the audit text and in exports for others */
  ENT_FIELD_COLUMN    = 1 << 6, /* a list column unless the user chose otherwise; implies LISTED */
  ENT_FIELD_LISTED    = 1 << 7, /* kept in the memory columns: fast to filter, sort and count */
  ENT_FIELD_OPEN      = 1 << 8, /* choices are a suggestion: users and --add-choices may add some */
  ENT_FIELD_SYSTEM    = 1 << 9, /* kept by the store, never typed in */
} EntFieldFlags;

/** How two edits of one field since a common version are merged by sync (DESIGN, Sync). */
typedef enum
{
  ENT_MERGE_LAST_WRITE,
  ENT_MERGE_ASK,
  ENT_MERGE_APPEND,
  ENT_MERGE_MAX,
  ENT_MERGE_UNION,
} EntMergePolicy;

/** What a choice means to the eye; never shown by color alone. */
typedef enum
{
  ENT_TONE_NEUTRAL,
  ENT_TONE_ACCENT,
  ENT_TONE_GOOD,
  ENT_TONE_WARNING,
  ENT_TONE_BAD,
  ENT_TONE_MUTED,
} EntTone;

typedef struct
{
  const char *value; /* stored and exchanged; lower_snake_case */
  const char *label; /* N_() */
  EntTone     tone;
} EntChoice;

/**
 * EntFieldInfo:
 *
 * One line of a record type's declaration. Everything else (column, index, form row, list column,
 * filter, import, export, sync document, audit text, documentation) follows from it. Only `name`,
 * `type` and `label` must be given.
 */
typedef struct
{
  const char      *name;          /* lower_snake_case: SQL column, JSON key, filter word */
  EntFieldType     type;
  EntFieldFlags    flags;
  const char      *label;         /* N_() */
  const char      *help;          /* N_() one sentence */
  const EntChoice *choices;       /* of an ENUM; ends with a NULL value */
  const char      *target;        /* of a REF: a record type, or "*" */
  const char      *unit;          /* N_("days"), N_("hours a month"), …, shown after the value */
  const char      *default_value; /* in interchange form; "today" for dates */
  gint64           min, max;      /* inclusive, stored units (texts: characters); both 0: unlimited */
  const char      *group;         /* N_() heading of the form group; NULL: the first, unnamed one */
  const char      *kinds;         /* "partner|customer": shown only for records of these kinds/roles */
  const char      *aliases;       /* "company|account name": other column names an import knows it by */
  EntMergePolicy   merge;
  const char      *merge_group;   /* fields that are merged as one: "money", "stage", "address" */
  int              width;         /* preferred list column width in characters; 0: by type */
  int              since;         /* schema version that added the field; 0: the first */
} EntFieldInfo;

G_END_DECLS
