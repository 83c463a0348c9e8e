/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-schema.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SCHEMA_DOC_TEXT,     /* for a terminal */
  ENT_SCHEMA_DOC_MARKDOWN, /* one table a record type */
  ENT_SCHEMA_DOC_MALLARD,  /* one page, for the help viewer */
} EntSchemaDocFormat;

/**
 * ent_schema_describe:
 *
 * The field reference: the record types (only @type when it is not NULL) with their fields: label,
 * name, kind of value, unit, limits, default, choices, what it is for, the names an import knows it
 * by, and how sync merges it. In the user's language; custom fields and choices included.
 *
 * Returns: (transfer full) (nullable): NULL when there is no such type
 */
char *ent_schema_describe (const EntSchema    *schema,
                           const char         *type,
                           EntSchemaDocFormat  format);

/** What a field holds, in words: "list of references to person". (transfer full) */
char *ent_field_describe_type (const EntField *field);

G_END_DECLS
