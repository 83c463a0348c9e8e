/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the cells of a row say. */

#include "config.h"

#include "widgets/ent-table-row-private.h"

#define COMPACT_COLUMNS 3

char *
_ent_table_row_name_of (EntKey   key,
                        gpointer row)
{
  return g_strdup (ent_row_get_name (row, key));
}

const EntChoice *
_ent_table_row_choice_of (EntRow         *row,
                          const EntField *field)
{
  const EntValue *value;

  if (field->info.type != ENT_FIELD_ENUM || ent_field_is_many (field) || ent_row_get_record (row) == NULL)
    return NULL;
  value = ent_record_get (ent_row_get_record (row), field->index);
  return value->kind == ENT_VALUE_TEXT ? ent_field_lookup_choice (field, value->text) : NULL;
}

char *
ent_table_row_dup_text (EntRow         *row,
                        const EntField *field,
                        gint64          today)
{
  EntRecord *record = ent_row_get_record (row);
  const EntValue *value;

  if (record == NULL)
    return g_strdup ("");
  if (field->index == ENT_COMMON_TITLE)
    return g_strdup (ent_record_get_title (record));
  value = ent_record_get (record, field->index);
  if (field->info.type == ENT_FIELD_DATE && value->kind == ENT_VALUE_INT)
    return ent_date_display_near (value->integer, today);
  return ent_value_display (field, value, ENT_DISPLAY_SHORT, _ent_table_row_name_of, row);
}

gboolean
_ent_table_row_tells_state (const EntField *field)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      EntTone tone = ((EntChoice *) g_ptr_array_index (field->choices, i))->tone;

      if (tone == ENT_TONE_GOOD || tone == ENT_TONE_WARNING || tone == ENT_TONE_BAD)
        return TRUE;
    }
  return FALSE;
}

gboolean
_ent_table_row_is_level (const EntField *field)
{
  return field->info.type == ENT_FIELD_REF && g_str_equal (field->info.name, "level");
}

char *
_ent_table_row_dup_detail (EntRow          *row,
                           EntTableColumns *columns,
                           gint64           today)
{
  GString *text = g_string_new (NULL);
  guint shown = 0;

  for (guint i = 0; i < ent_table_columns_get_n (columns) && shown < COMPACT_COLUMNS; i++)
    {
      const EntField *field = ent_table_columns_get_field (columns, i);
      g_autofree char *part = NULL;

      if (field->index == ENT_COMMON_TITLE)
        continue;
      part = ent_table_row_dup_text (row, field, today);
      if (*part == '\0')
        continue;
      g_string_append_printf (text, "%s%s", shown++ > 0 ? " · " : "", g_strdelimit (part, "\n\r\t", ' '));
    }
  return g_string_free (text, FALSE);
}

char *
_ent_table_row_dup_description (EntRow          *row,
                                EntTableColumns *columns,
                                gint64           today)
{
  GString *text = g_string_new (NULL);

  g_string_append (text, ent_record_get_title (ent_row_get_record (row)));
  for (guint i = 0; i < ent_table_columns_get_n (columns); i++)
    {
      const EntField *field = ent_table_columns_get_field (columns, i);
      g_autofree char *part = NULL;

      if (field->index == ENT_COMMON_TITLE)
        continue;
      part = ent_table_row_dup_text (row, field, today);
      if (*part != '\0')
        g_string_append_printf (text, ", %s: %s", ent_field_get_label (field), part);
    }
  return g_string_free (text, FALSE);
}
