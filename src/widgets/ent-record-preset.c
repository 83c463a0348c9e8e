/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-preset.h"

void
ent_record_preset (EntRecord          *record,
                   EntContext         *context,
                   const char * const *assignments)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntReadContext read = { .today = ent_context_get_today (context),
                                .default_currency = ent_context_get_currency (context) };

  for (; assignments != NULL && *assignments != NULL; assignments++)
    {
      g_auto (GStrv) parts = g_strsplit (*assignments, "=", 2);
      const EntField *field = parts[0] != NULL ? ent_record_type_lookup (type, parts[0]) : NULL;
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (field == NULL || parts[1] == NULL || !ent_value_read (field, parts[1], &read, &value, NULL))
        g_warning ("A new %s cannot start with “%s”", type->info->name, *assignments);
      else
        ent_record_take (record, field->index, &value);
    }
}

const char *
ent_record_get_noun (EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntField *field = type->info->kind_field != NULL ? ent_record_type_lookup (type, type->info->kind_field) : NULL;
  const EntValue *value = field != NULL && ent_field_is_many (field) ? ent_record_get (record, field->index) : NULL;
  const EntChoice *choice = NULL;

  if (value != NULL && value->kind == ENT_VALUE_LIST && g_strv_length (value->list) == 1)
    choice = ent_field_lookup_choice (field, value->list[0]);
  return choice != NULL ? ent_choice_get_label (choice) : ent_record_type_get_label (type, FALSE);
}
