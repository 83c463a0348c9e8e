/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-query-private.h"

EntResult *
ent_result_new (const EntRecordType *type,
                guint32             *rows,
                gsize                n_rows)
{
  EntResult *self = g_new0 (EntResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->schema = ent_schema_ref (type->schema);
  self->rows = rows;
  self->n_rows = n_rows;
  return self;
}

EntResult *
ent_result_ref (EntResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_result_unref (EntResult *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_schema_unref (self->schema);
  g_free (self->rows);
  g_free (self);
}

gsize
ent_result_get_n (const EntResult *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

const guint32 *
ent_result_get_rows (const EntResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rows;
}

const EntRecordType *
ent_result_get_record_type (const EntResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type;
}

/* A scan of four bytes a row: a third of a millisecond for a million. */
gssize
ent_result_find (const EntResult *self,
                 guint32          row)
{
  g_return_val_if_fail (self != NULL, -1);

  for (gsize i = 0; i < self->n_rows; i++)
    if (self->rows[i] == row)
      return (gssize) i;
  return -1;
}
