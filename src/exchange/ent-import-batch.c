/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-batch.h"

#include <glib/gi18n-lib.h>

static void
problem_clear (gpointer data)
{
  g_clear_pointer (&((EntBatchProblem *) data)->reason, g_free);
}

static void
choice_clear (gpointer data)
{
  EntBatchChoice *choice = data;

  g_clear_pointer (&choice->value, g_free);
  g_clear_pointer (&choice->label, g_free);
}

EntBatch *
ent_batch_new (guint n_slots)
{
  EntBatch *self = g_new0 (EntBatch, 1);

  self->n_slots = n_slots;
  self->arena = ent_arena_new ();
  self->scratch = g_string_new (NULL);
  self->values = g_new0 (EntValue, (gsize) MAX (n_slots, 1) * ENT_BATCH_ROWS);
  self->texts = g_new0 (EntStoredText, ((gsize) n_slots + 1) * ENT_BATCH_ROWS);
  self->owned = g_array_new (FALSE, FALSE, sizeof (guint));
  self->keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->problems = g_array_new (FALSE, FALSE, sizeof (EntBatchProblem));
  self->choices = g_array_new (FALSE, FALSE, sizeof (EntBatchChoice));
  g_array_set_clear_func (self->problems, problem_clear);
  g_array_set_clear_func (self->choices, choice_clear);
  return self;
}

void
ent_batch_reset (EntBatch *self)
{
  for (guint i = 0; i < self->owned->len; i++)
    ent_value_clear (&self->values[g_array_index (self->owned, guint, i)]);
  g_array_set_size (self->owned, 0);
  g_array_set_size (self->keys, 0);
  g_array_set_size (self->problems, 0);
  g_array_set_size (self->choices, 0);
  g_clear_error (&self->error);
  ent_arena_reset (self->arena);
  self->n_rows = 0;
  self->is_last = FALSE;
}

void
ent_batch_free (EntBatch *self)
{
  ent_batch_reset (self);
  ent_arena_free (self->arena);
  g_string_free (self->scratch, TRUE);
  g_array_unref (self->owned);
  g_array_unref (self->keys);
  g_array_unref (self->problems);
  g_array_unref (self->choices);
  g_free (self->values);
  g_free (self->texts);
  g_free (self);
}

/* --- What the file will hold ------------------------------------------------------------------- */

static EntStoredText
make_title_key (EntBatch            *self,
                const EntStoredText *title)
{
  ent_text_key_into (self->scratch, title->text, (gssize) title->length);
  return (EntStoredText) { ent_arena_copy (self->arena, self->scratch->str, self->scratch->len), self->scratch->len };
}

/* References are not known yet. */
void
ent_batch_prepare (EntBatch            *self,
                   const EntImportSlot *slots)
{
  const EntValue *values = &self->values[(gsize) self->n_rows * self->n_slots];
  EntStoredText *texts = &self->texts[(gsize) self->n_rows * (self->n_slots + 1)];

  texts[self->n_slots].text = NULL;
  for (guint i = 0; i < self->n_slots; i++)
    {
      const EntField *field = slots[i].field;

      texts[i].text = NULL;
      if (field->info.type == ENT_FIELD_REF)
        continue;
      texts[i] = ent_stored_text_make (&values[i], self->scratch);
      if (values[i].kind == ENT_VALUE_LIST)
        texts[i].text = ent_arena_copy (self->arena, texts[i].text, texts[i].length);
      if (field->index == ENT_COMMON_TITLE && texts[i].text != NULL)
        texts[self->n_slots] = make_title_key (self, &texts[i]);
    }
}

/* --- Rows as a whole -------------------------------------------------------------------------- */

gboolean
ent_row_is_empty (const EntTableRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].length > 0)
      return FALSE;
  return TRUE;
}

static gboolean
has_cells_after (const EntTableRow *row,
                 guint              n_columns)
{
  for (guint i = n_columns; i < row->n_cells; i++)
    if (row->cells[i].length > 0)
      return TRUE;
  return FALSE;
}

char *
ent_row_explain (const EntTableRow *row,
                 guint              n_columns,
                 gboolean          *is_refused)
{
  *is_refused = TRUE;
  if (row->flags & ENT_TABLE_ROW_OPEN)
    return g_strdup (_("A quote is opened and never closed; correct the quotes of this row"));
  if (row->n_cells > n_columns && has_cells_after (row, n_columns))
    return g_strdup_printf (_("The row has %u cells, but there are %u columns; put quotes around a "
                              "cell that holds the separator"), row->n_cells, n_columns);
  *is_refused = FALSE;
  if (row->n_cells < n_columns)
    return g_strdup_printf (_("The row has only %u of %u cells; the missing ones were left empty"),
                            row->n_cells, n_columns);
  if (row->flags & ENT_TABLE_ROW_REPAIRED)
    return g_strdup (_("A quote closes nothing and was read as a character; check this row"));
  if (row->flags & ENT_TABLE_ROW_BAD_BYTES)
    return g_strdup (_("The row has characters that do not belong to the encoding of the file; "
                       "check it, or choose another encoding"));
  return NULL;
}
