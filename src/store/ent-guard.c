/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

/* What rules of the program refuse. A guard looks at a field after all of a transaction is written and before it is
 * committed, so that the order of edits inside the transaction does not matter. */

typedef struct
{
  char          *type;
  char          *field;
  EntGuardFunc   func;
  gpointer       user_data;
  GDestroyNotify user_data_free;
} Guard;

/* A guarded field that the transaction changed. */
typedef struct
{
  EntKey   key;
  guint    field;
  EntValue old_value;
} Touched;

void
ent_guard_clear (gpointer data)
{
  Guard *guard = data;

  g_free (guard->type);
  g_free (guard->field);
  if (guard->user_data_free != NULL)
    guard->user_data_free (guard->user_data);
}

gsize
ent_guard_get_size (void)
{
  return sizeof (Guard);
}

void
ent_store_add_guard (EntStore      *self,
                     const char    *type,
                     const char    *field,
                     EntGuardFunc   func,
                     gpointer       user_data,
                     GDestroyNotify user_data_free)
{
  Guard guard = { g_strdup (type), g_strdup (field), func, user_data, user_data_free };

  g_mutex_lock (&self->lock);
  g_array_append_val (self->guards, guard);
  g_mutex_unlock (&self->lock);
}

/* The @nth guard of a field, or FALSE; copied, as others may be added meanwhile. */
static gboolean
find_guard (EntStore       *store,
            const EntField *field,
            guint           nth,
            Guard          *found)
{
  gboolean is_found = FALSE;

  g_mutex_lock (&store->lock);
  for (guint i = 0; i < store->guards->len && !is_found; i++)
    {
      const Guard *guard = &g_array_index (store->guards, Guard, i);

      if (g_str_equal (guard->type, field->type->info->name) && g_str_equal (guard->field, field->info.name) &&
          nth-- == 0)
        {
          *found = *guard;
          is_found = TRUE;
        }
    }
  g_mutex_unlock (&store->lock);
  return is_found;
}

static void
touched_clear (gpointer data)
{
  ent_value_clear (&((Touched *) data)->old_value);
}

void
ent_guard_note (EntTransaction *self,
                EntKey          key,
                const EntField *field,
                const EntValue *old_value)
{
  Touched touched = { key, field->index, ENT_VALUE_INIT };
  Guard guard;

  if (self->origin != ENT_ORIGIN_USER || self->kind != ENT_TRANSACTION_DO ||
      !find_guard (self->store, field, 0, &guard))
    return;
  if (self->touched == NULL)
    {
      self->touched = g_array_new (FALSE, FALSE, sizeof (Touched));
      g_array_set_clear_func (self->touched, touched_clear);
    }
  for (guint i = 0; i < self->touched->len; i++)
    {
      const Touched *other = &g_array_index (self->touched, Touched, i);

      if (other->key == key && other->field == field->index)
        return;
    }
  ent_value_copy (old_value, &touched.old_value);
  g_array_append_val (self->touched, touched);
}

void
ent_guard_note_new (EntTransaction *self,
                    EntRecord      *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntValue nothing = ENT_VALUE_INIT;

  if (self->origin != ENT_ORIGIN_USER || self->store->guards->len == 0)
    return;
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (!ent_value_is_null (ent_record_get (record, i)))
      ent_guard_note (self, ent_record_get_key (record), ent_record_type_get_nth (type, i), &nothing);
}

static gboolean
ask_guards (EntTransaction *self,
            const Touched  *touched,
            GError        **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (self, touched->key, error);
  const EntField *field;
  const EntValue *value;
  Guard guard;

  if (record == NULL)
    return FALSE;
  field = ent_record_type_get_nth (ent_record_get_record_type (record), touched->field);
  value = ent_record_get (record, touched->field);
  if (ent_value_equal (value, &touched->old_value) || !ent_transaction_exists (self, touched->key))
    return TRUE;
  for (guint i = 0; find_guard (self->store, field, i, &guard); i++)
    if (!guard.func (self, record, field, &touched->old_value, guard.user_data, error))
      return FALSE;
  return TRUE;
}

gboolean
ent_guard_check (EntTransaction *self,
                 GError        **error)
{
  /* A guard may write as well, and so add to what is looked at. */
  for (guint i = 0; self->touched != NULL && i < self->touched->len; i++)
    {
      Touched touched = g_array_index (self->touched, Touched, i);

      if (!ask_guards (self, &touched, error))
        return FALSE;
    }
  return TRUE;
}
