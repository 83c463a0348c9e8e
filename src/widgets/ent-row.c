/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-row-private.h"

enum { ROW_LOADED, N_ROW_SIGNALS };
static guint row_signals[N_ROW_SIGNALS];
G_DEFINE_FINAL_TYPE (EntRow, ent_row, G_TYPE_OBJECT)

static void
ent_row_dispose (GObject *object)
{
  EntRow *self = ENT_ROW (object);

  if (self->live != NULL)
    g_hash_table_remove (self->live, GUINT_TO_POINTER ((guint32) ent_key_row (self->key)));
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_object (&self->record);
  g_clear_pointer (&self->names, g_hash_table_unref);
  G_OBJECT_CLASS (ent_row_parent_class)->dispose (object);
}

static void
ent_row_class_init (EntRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_row_dispose;
  row_signals[ROW_LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_row_init (EntRow *self)
{
}

EntKey
ent_row_get_key (EntRow *self)
{
  g_return_val_if_fail (ENT_IS_ROW (self), 0);
  return self->key;
}

EntRecord *
ent_row_get_record (EntRow *self)
{
  g_return_val_if_fail (ENT_IS_ROW (self), NULL);
  return self->record;
}

const char *
ent_row_get_name (EntRow *self,
                  EntKey  key)
{
  const char *name;

  g_return_val_if_fail (ENT_IS_ROW (self), "");
  name = self->names != NULL ? g_hash_table_lookup (self->names, &key) : NULL;
  return name != NULL ? name : "";
}

void
ent_row_take_record (EntRow     *row,
                     EntRecord  *record,
                     GHashTable *names)
{
  g_set_object (&row->record, record);
  if (row->names != names)
    {
      g_clear_pointer (&row->names, g_hash_table_unref);
      row->names = g_hash_table_ref (names);
    }
  g_signal_emit (row, row_signals[ROW_LOADED], 0);
}
