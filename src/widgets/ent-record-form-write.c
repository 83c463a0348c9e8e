/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-form.h"

static gboolean
add_choice (EntTransaction  *transaction,
            const EntField  *field,
            const char      *value,
            GError         **error)
{
  const EntChoice choice = { value, value, ENT_TONE_NEUTRAL };

  return ent_field_lookup_choice (field, value) != NULL ||
         ent_transaction_add_choice (transaction, field, &choice, error);
}

gboolean
ent_record_form_add_choices (EntTransaction  *transaction,
                             const EntField  *field,
                             const EntValue  *value,
                             GError         **error)
{
  if (field->info.type != ENT_FIELD_ENUM || !(field->info.flags & ENT_FIELD_OPEN))
    return TRUE;
  if (value->kind == ENT_VALUE_TEXT)
    return add_choice (transaction, field, value->text, error);
  for (char **item = value->kind == ENT_VALUE_LIST ? value->list : NULL; item != NULL && *item != NULL; item++)
    if (!add_choice (transaction, field, *item, error))
      return FALSE;
  return TRUE;
}
