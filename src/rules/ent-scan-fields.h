/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-query.h"

G_BEGIN_DECLS

/* Inside src/rules/: fields of scanned records by index. */

/** Indexes of the named fields, which must exist. (transfer full) */
static inline GArray *
ent_scan_find_fields (const EntRecordType *type,
                      const char * const  *names)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; names[i] != NULL; i++)
    {
      const EntField *field = ent_record_type_lookup (type, names[i]);

      if (field == NULL)
        g_error ("record type %s has no field %s", type->info->name, names[i]);
      g_array_append_val (fields, field->index);
    }
  return fields;
}

/** (nullable) */
static inline const char *
ent_scan_text (EntRecord *record,
               guint      field)
{
  const EntValue *value = ent_record_get (record, field);

  return value->kind == ENT_VALUE_TEXT ? value->text : NULL;
}

static inline gint64
ent_scan_int (EntRecord *record,
              guint      field,
              gint64     fallback)
{
  const EntValue *value = ent_record_get (record, field);

  return value->kind == ENT_VALUE_INT ? value->integer : fallback;
}

/** Day of an instant; @fallback when there is none. */
static inline gint64
ent_scan_day (EntRecord *record,
              guint      field,
              gint64     fallback)
{
  const EntValue *value = ent_record_get (record, field);
  gint64 day = value->integer / (24 * G_TIME_SPAN_HOUR);

  if (value->kind != ENT_VALUE_INT)
    return fallback;
  return value->integer % (24 * G_TIME_SPAN_HOUR) < 0 ? day - 1 : day;
}

G_END_DECLS
