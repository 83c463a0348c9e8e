/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
row_free (gpointer data)
{
  EntPreviewRow *row = data;

  g_free (row->reason);
  for (guint i = 0; row->cells[i].text != NULL; i++)
    {
      g_free (row->cells[i].text);
      g_free (row->cells[i].display);
      g_free (row->cells[i].reason);
    }
  g_free (row->cells);
  g_free (row);
}

void
ent_import_preview_free (EntImportPreview *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static char *
display (const EntField *field,
         const EntValue *value)
{
  if (ent_value_is_null (value))
    return NULL;
  if (field->info.type == ENT_FIELD_REF)
    return g_strdup (value->text);
  return ent_value_display (field, value, ENT_DISPLAY_SHORT, NULL, NULL);
}

static void
fill_cell (EntPreviewCell       *cell,
           const EntImportColumn *column,
           EntCellReader        *reader,
           EntArena             *arena,
           const EntCell        *source)
{
  g_auto (EntValue) owned = ENT_VALUE_INIT;
  EntValue value = ENT_VALUE_INIT;
  EntCellResult result;

  cell->text = g_strndup (source->text, source->length);
  if (reader == NULL)
    {
      if (column->role != ENT_IMPORT_IGNORE && source->length > 0)
        cell->display = g_strdup (source->text);
      return;
    }
  result = ent_cell_reader_read (reader, arena, source->text, source->length, NULL, &value);
  if (result == ENT_CELL_OWNED)
    owned = value;
  if (result >= ENT_CELL_WRONG)
    cell->reason = ent_cell_reader_explain (reader, source->text);
  if (result != ENT_CELL_WRONG)
    cell->display = display (ent_cell_reader_get_field (reader), &value);
  if (result == ENT_CELL_NULL &&
      (ent_cell_reader_get_field (reader)->info.flags & ENT_FIELD_REQUIRED) &&
      ent_cell_reader_get_field (reader)->info.default_value == NULL)
    cell->reason = g_strdup_printf (_("“%s” must not be empty; fill it in"),
                                    ent_field_get_label (ent_cell_reader_get_field (reader)));
}

static EntPreviewRow *
make_row (EntImportPlan     *plan,
          const EntTableRow *source,
          GPtrArray         *readers,
          EntArena          *arena,
          guint             *n_problems)
{
  EntPreviewRow *row = g_new0 (EntPreviewRow, 1);
  EntCell nothing = { (char *) "", 0, FALSE };
  gboolean is_refused;

  row->line = source->line;
  row->cells = g_new0 (EntPreviewCell, plan->n_columns + 1);
  row->reason = ent_row_explain (source, plan->n_columns, &is_refused);
  *n_problems += row->reason != NULL;
  for (guint i = 0; i < plan->n_columns; i++)
    {
      fill_cell (&row->cells[i], &plan->columns[i], readers->pdata[i], arena,
                 i < source->n_cells ? &source->cells[i] : &nothing);
      *n_problems += row->cells[i].reason != NULL;
    }
  return row;
}

static void
new_choice_cb (const EntField *field,
               const char     *value,
               const char     *label,
               gpointer        data)
{
}

EntImportPreview *
ent_import_preview (EntImportPlan *plan,
                    guint          n_rows,
                    GError       **error)
{
  g_autoptr (EntImportPreview) preview = g_new0 (EntImportPreview, 1);
  g_autoptr (GPtrArray) readers = g_ptr_array_new ();
  g_autoptr (GError) cause = NULL;
  EntArena *arena = ent_arena_new ();
  EntTableRow row;

  preview->rows = g_ptr_array_new_with_free_func (row_free);
  preview->n_columns = plan->n_columns;
  n_rows = n_rows > 0 ? n_rows : ENT_IMPORT_PREVIEW_ROWS;
  for (guint i = 0; i < plan->n_columns; i++)
    {
      EntCellReader *reader = plan->columns[i].role == ENT_IMPORT_FIELD
                              ? ent_cell_reader_new (plan, i, plan->options.default_currency)
                                : NULL;

      if (reader != NULL && plan->options.add_choices)
        ent_cell_reader_add_choices (reader, new_choice_cb, NULL);
      g_ptr_array_add (readers, reader);
    }

  if (ent_table_source_rewind (plan->source, &cause))
    while (preview->rows->len < n_rows && ent_table_source_next (plan->source, &row, &cause))
      if (!ent_row_is_empty (&row))
        g_ptr_array_add (preview->rows,
                         make_row (plan, &row, readers, arena, &preview->n_problems));
  if (cause == NULL)
    ent_table_source_rewind (plan->source, &cause);

  for (guint i = 0; i < readers->len; i++)
    if (readers->pdata[i] != NULL)
      ent_cell_reader_free (readers->pdata[i]);
  ent_arena_free (arena);
  if (cause == NULL)
    return g_steal_pointer (&preview);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
