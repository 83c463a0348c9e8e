/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

typedef struct
{
  EntChanges    public;
  gatomicrefcount ref_count;
} Changes;

G_DEFINE_BOXED_TYPE (EntChanges, ent_changes, ent_changes_ref, ent_changes_unref)

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  EntKey x = *(const EntKey *) a;
  EntKey y = *(const EntKey *) b;

  return (x > y) - (x < y);
}

EntChanges *
ent_changes_new (gint64      seq,
                 guint64     types,
                 GArray     *keys,
                 const char *label)
{
  Changes *self = g_new0 (Changes, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->public.seq = seq;
  self->public.types = types;
  self->public.many = keys == NULL;
  self->public.keys = keys != NULL ? keys : g_array_new (FALSE, FALSE, sizeof (EntKey));
  self->public.label = g_strdup (label);
  g_array_sort (self->public.keys, compare_keys);
  return &self->public;
}

EntChanges *
ent_changes_ref (EntChanges *self)
{
  g_atomic_ref_count_inc (&((Changes *) self)->ref_count);
  return self;
}

void
ent_changes_unref (EntChanges *self)
{
  if (!g_atomic_ref_count_dec (&((Changes *) self)->ref_count))
    return;
  g_array_unref (self->keys);
  g_free (self->label);
  g_free (self);
}

gboolean
ent_changes_has_key (const EntChanges *self,
                     EntKey            key)
{
  if (self->many)
    return (self->types >> ent_key_type_number (key) & 1) != 0;
  return g_array_binary_search (self->keys, &key, compare_keys, NULL);
}

gboolean
ent_changes_has_type (const EntChanges    *self,
                      const EntRecordType *type)
{
  return (self->types >> type->info->number & 1) != 0;
}
