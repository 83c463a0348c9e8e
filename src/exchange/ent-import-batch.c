/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-batch.h"

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

  self->arena = ent_arena_new ();
  self->values = g_new0 (EntValue, (gsize) MAX (n_slots, 1) * ENT_BATCH_ROWS);
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
  g_array_unref (self->owned);
  g_array_unref (self->keys);
  g_array_unref (self->problems);
  g_array_unref (self->choices);
  g_free (self->values);
  g_free (self);
}
