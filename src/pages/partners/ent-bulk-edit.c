/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-bulk-edit.h"

#include <glib/gi18n.h>

#include "widgets/ent-record-form.h"

/* Records are loaded so many at a time, and progress is told as often. */
#define CHUNK 500

EntBulkPlan *
ent_bulk_plan_new (const EntRecordType *type,
                   GArray              *keys)
{
  EntBulkPlan *self = g_atomic_rc_box_new0 (EntBulkPlan);

  self->type = type;
  self->keys = g_array_ref (keys);
  self->edits = g_array_new (FALSE, TRUE, sizeof (EntBulkEdit));
  return self;
}

void
ent_bulk_plan_add (EntBulkPlan    *self,
                   const EntField *field,
                   EntBulkOp       op,
                   const EntValue *value)
{
  EntBulkEdit edit = { .field = field, .op = op };

  ent_value_copy (value, &edit.value);
  g_array_append_val (self->edits, edit);
}

static void
plan_clear (gpointer data)
{
  EntBulkPlan *self = data;

  for (guint i = 0; i < self->edits->len; i++)
    ent_value_clear (&g_array_index (self->edits, EntBulkEdit, i).value);
  g_array_unref (self->edits);
  g_array_unref (self->keys);
}

void
ent_bulk_plan_unref (gpointer plan)
{
  g_atomic_rc_box_release_full (plan, plan_clear);
}

char *
ent_bulk_plan_label (const EntBulkPlan *self)
{
  const char *what = self->keys->len == 1 ? ent_record_type_get_label (self->type, FALSE)
                                          : ent_record_type_get_label (self->type, TRUE);
  g_autofree char *lower = g_utf8_strdown (what, -1);

  if (self->edits->len == 1)
    /* Translators: a field, a number, a kind of record: "Edit Level of 6 organizations". */
    return g_strdup_printf (_("Edit %1$s of %2$u %3$s"),
                            ent_field_get_label (g_array_index (self->edits, EntBulkEdit, 0).field), self->keys->len,
                            lower);
  /* Translators: a number, a kind of record: "Edit 6 organizations". */
  return g_strdup_printf (_("Edit %1$u %2$s"), self->keys->len, lower);
}

/* --- What an edit does to a value ------------------------------------------------------------------------------------ */

static void
apply_list (const EntBulkEdit *self,
            const EntValue    *old,
            EntValue          *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const empty[] = { NULL };
  const char *const *items = old->kind == ENT_VALUE_LIST ? (const char *const *) old->list : empty;
  const char *const *more = self->value.kind == ENT_VALUE_LIST ? (const char *const *) self->value.list : empty;
  char **list;

  for (guint i = 0; items[i] != NULL; i++)
    if (self->op == ENT_BULK_ADD || !g_strv_contains (more, items[i]))
      g_strv_builder_add (builder, items[i]);
  for (guint i = 0; self->op == ENT_BULK_ADD && more[i] != NULL; i++)
    if (!g_strv_contains (items, more[i]))
      g_strv_builder_add (builder, more[i]);
  list = g_strv_builder_end (builder);
  if (*list != NULL)
    ent_value_take_list (value, list);
  else
    g_strfreev (list);
}

static gboolean
has_key (const EntValue *value,
         EntKey          key)
{
  for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer; i++)
    if (value->keys[i] == key)
      return TRUE;
  return FALSE;
}

static void
apply_keys (const EntBulkEdit *self,
            const EntValue    *old,
            EntValue          *value)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (gint64 i = 0; old->kind == ENT_VALUE_KEYS && i < old->integer; i++)
    if (self->op == ENT_BULK_ADD || !has_key (&self->value, old->keys[i]))
      g_array_append_val (keys, old->keys[i]);
  for (gint64 i = 0; self->op == ENT_BULK_ADD && self->value.kind == ENT_VALUE_KEYS && i < self->value.integer; i++)
    if (!has_key (old, self->value.keys[i]))
      g_array_append_val (keys, self->value.keys[i]);
  if (keys->len > 0)
    ent_value_set_keys (value, (const EntKey *) (gpointer) keys->data, keys->len);
}

void
ent_bulk_edit_apply (const EntBulkEdit *self,
                     const EntValue    *old,
                     EntValue          *value)
{
  ent_value_clear (value);
  if (self->op == ENT_BULK_SET)
    ent_value_copy (&self->value, value);
  else if (self->op != ENT_BULK_CLEAR && self->field->info.type == ENT_FIELD_REF)
    apply_keys (self, old, value);
  else if (self->op != ENT_BULK_CLEAR)
    apply_list (self, old, value);
}

/* --- What will change -------------------------------------------------------------------------------------------------- */

static void
change_free (gpointer data)
{
  EntBulkChange *self = data;

  g_free (self->text);
  g_free (self);
}

static char *
describe (EntStore       *store,
          const EntField *field,
          const EntValue *value)
{
  char *text = ent_value_display (field, value, ENT_DISPLAY_SHORT, ent_store_name, store);

  if (*text != '\0')
    return text;
  g_free (text);
  return g_strdup (_("empty"));
}

static void
count_change (EntStore          *store,
              GHashTable        *changes,
              const EntBulkEdit *edit,
              const EntValue    *old)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;
  EntBulkChange *change;

  ent_bulk_edit_apply (edit, old, &value);
  if (ent_value_equal (old, &value))
    return;
  before = describe (store, edit->field, old);
  after = describe (store, edit->field, &value);
  /* Translators: a field and its value before and after: "Level: Select → Premier". */
  text = g_strdup_printf (_("%1$s: %2$s → %3$s"), ent_field_get_label (edit->field), before, after);
  change = g_hash_table_lookup (changes, text);
  if (change == NULL)
    {
      change = g_new0 (EntBulkChange, 1);
      change->field = edit->field;
      change->text = g_strdup (text);
      g_hash_table_insert (changes, change->text, change);
    }
  change->count++;
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const EntBulkChange *first = a, *second = b;

  return second->count > first->count ? 1 : second->count < first->count ? -1 : 0;
}

static gboolean
count_chunk (EntStore      *store,
             EntBulkPlan   *plan,
             guint          from,
             GHashTable    *changes,
             GCancellable  *cancellable,
             GError       **error)
{
  guint n = MIN (CHUNK, plan->keys->len - from);
  g_autofree guint32 *rows = g_new (guint32, n);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < n; i++)
    rows[i] = (guint32) ent_key_row (g_array_index (plan->keys, EntKey, from + i));
  for (guint i = 0; i < plan->edits->len; i++)
    g_array_append_val (fields, g_array_index (plan->edits, EntBulkEdit, i).field->index);
  records = ent_store_load (store, plan->type, rows, n, (const guint *) (gpointer) fields->data, fields->len, cancellable,
                            error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    for (guint j = 0; g_ptr_array_index (records, i) != NULL && j < plan->edits->len; j++)
      {
        const EntBulkEdit *edit = &g_array_index (plan->edits, EntBulkEdit, j);

        count_change (store, changes, edit, ent_record_get (g_ptr_array_index (records, i), edit->field->index));
      }
  return records != NULL;
}

gpointer
ent_bulk_preview_job (EntStore      *store,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  EntBulkPlan *plan = data;
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *lines;

  for (guint from = 0; from < plan->keys->len; from += CHUNK)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !count_chunk (store, plan, from, changes, cancellable, error))
      {
        g_autoptr (GPtrArray) dropped = g_hash_table_get_values_as_ptr_array (changes);

        g_ptr_array_foreach (dropped, (GFunc) (void (*) (void)) change_free, NULL);
        return NULL;
      }
  lines = g_hash_table_get_values_as_ptr_array (changes);
  g_ptr_array_set_free_func (lines, change_free);
  g_ptr_array_sort_values (lines, compare_changes);
  return lines;
}

/* --- Doing it ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntBulkPlan *plan;
  EntJob      *job; /* (nullable) */
} Write;

static gboolean
write_record (EntTransaction  *transaction,
              EntBulkPlan     *plan,
              EntKey           key,
              GError         **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, key, error);

  if (record == NULL)
    return FALSE;
  for (guint i = 0; i < plan->edits->len; i++)
    {
      const EntBulkEdit *edit = &g_array_index (plan->edits, EntBulkEdit, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_bulk_edit_apply (edit, ent_record_get (record, edit->field->index), &value);
      if (!ent_transaction_set (transaction, key, edit->field, &value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Write *write = data;
  EntBulkPlan *plan = write->plan;
  GCancellable *cancellable = ent_transaction_get_cancellable (transaction);

  for (guint i = 0; i < plan->edits->len; i++)
    {
      const EntBulkEdit *edit = &g_array_index (plan->edits, EntBulkEdit, i);

      if (edit->op != ENT_BULK_REMOVE &&
          !ent_record_form_add_choices (transaction, edit->field, &edit->value, error))
        return FALSE;
    }
  for (guint i = 0; i < plan->keys->len; i++)
    {
      if (i % CHUNK == 0 && write->job != NULL)
        ent_job_progress ((double) i / plan->keys->len, NULL, write->job);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !write_record (transaction, plan, g_array_index (plan->keys, EntKey, i), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_bulk_write (EntTransaction  *transaction,
                gpointer         plan,
                GError         **error)
{
  Write write = { plan, NULL };

  return write_all (transaction, &write, error);
}

gpointer
ent_bulk_write_job (EntStore      *store,
                    EntJob        *job,
                    gpointer       plan,
                    GCancellable  *cancellable,
                    GError       **error)
{
  Write write = { plan, job };
  g_autofree char *label = ent_bulk_plan_label (plan);
  gint64 seq;

  if (!ent_store_write (store, label, ENT_ORIGIN_USER, write_all, &write, cancellable, &seq, error))
    return NULL;
  return g_memdup2 (&seq, sizeof seq);
}
