/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-late.h"

typedef struct
{
  EntKey    key;
  guint64   line;
  EntValue *values;
} Late;

struct _EntLateRows
{
  GArray *rows; /* of Late */
  guint   n_values;
};

EntLateRows *
ent_late_rows_new (guint n_values)
{
  EntLateRows *self = g_new0 (EntLateRows, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Late));
  self->n_values = n_values;
  return self;
}

static void
clear (EntLateRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Late *late = &g_array_index (self->rows, Late, i);

      for (guint j = 0; j < self->n_values; j++)
        ent_value_clear (&late->values[j]);
      g_free (late->values);
    }
  g_array_set_size (self->rows, 0);
}

void
ent_late_rows_free (EntLateRows *self)
{
  clear (self);
  g_array_unref (self->rows);
  g_free (self);
}

guint
ent_late_rows_get_n (EntLateRows *self)
{
  return self->rows->len;
}

void
ent_late_rows_add (EntLateRows    *self,
                   EntKey          key,
                   guint64         line,
                   const EntValue *values)
{
  Late late = { key, line, g_new0 (EntValue, MAX (self->n_values, 1)) };

  for (guint i = 0; i < self->n_values; i++)
    ent_value_copy (&values[i], &late.values[i]);
  g_array_append_val (self->rows, late);
}

gboolean
ent_late_rows_do (EntLateRows    *self,
                  EntLateRowFunc  func,
                  gpointer        user_data,
                  GError        **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Late *late = &g_array_index (self->rows, Late, i);

      if (!func (late->key, late->line, late->values, user_data, error))
        return FALSE;
    }
  clear (self);
  return TRUE;
}
