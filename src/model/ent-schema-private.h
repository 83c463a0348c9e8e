/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-schema.h"

G_BEGIN_DECLS

struct _EntSchema
{
  gatomicrefcount ref_count;
  GPtrArray      *types;     /* of EntRecordType, by number */
  GHashTable     *by_name;
  EntRecordType  *by_number[ENT_KEY_MAX_TYPES];
  GStringChunk   *strings;   /* of the workspace's own fields and choices */
};

/** As ent_schema_new(), from other declarations than the program's: for tests. @infos ends with
 * NULL. */
EntSchema *ent_schema_new_from_infos (const EntRecordTypeInfo * const *infos,
                                      const EntCustomField            *fields,
                                      gsize                            n_fields,
                                      const EntCustomChoice           *choices,
                                      gsize                            n_choices,
                                      GError                         **error);

/** The line of a common field for @type. */
EntFieldInfo ent_common_field_make   (EntCommonField           field,
                                      const EntRecordTypeInfo *type);
/** A common field as a type declares it, with what it leaves open filled in from the common
 * line. */
EntFieldInfo ent_common_field_override (const EntFieldInfo *common,
                                        const EntFieldInfo *own,
                                        GStringChunk       *strings);
/** Index of a common field, -1 if the name is none. */
int          ent_common_field_find   (const char *name);

/** Checks one field as ent_schema_validate() does. */
gboolean     ent_field_validate      (EntSchema       *schema,
                                      const EntField  *field,
                                      GError         **error);

/** lower_snake_case that starts with a letter. */
gboolean     ent_name_is_well_formed (const char *name);
/** Words of SQL, of the filter language, and columns that every table has. */
gboolean     ent_name_is_reserved    (const char *name);

G_END_DECLS
