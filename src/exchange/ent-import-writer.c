/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-writer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_AHEAD 8 /* rows */

gboolean
ent_import_refers_to_itself (const EntImportPlan *plan)
{
  for (guint i = 0; i < plan->n_columns; i++)
    {
      const EntField *field = plan->columns[i].field;

      if (plan->columns[i].role == ENT_IMPORT_FIELD && field->info.type == ENT_FIELD_REF &&
          g_strcmp0 (field->info.target, plan->type->info->name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* --- Life ------------------------------------------------------------------------------------- */

static void
pending_clear (gpointer data)
{
  g_free (((Pending *) data)->text);
}

/* A custom field may be gone, or have moved, since the plan was made. */
static gboolean
find_fields (EntImportWriter *self,
             GError         **error)
{
  EntSchema *schema = ent_transaction_get_schema (self->transaction);
  EntReadContext context = { 0 };

  self->type = ent_schema_lookup_number (schema, self->plan->type->info->number);
  self->fields = g_new0 (guint, MAX (self->n_slots, 1));
  self->defaults = g_new0 (EntValue, MAX (self->n_slots, 1));
  for (guint i = 0; i < self->n_slots; i++)
    {
      const char *name = self->slots[i].field->info.name;
      const EntField *field = self->type != NULL ? ent_record_type_lookup (self->type, name) : NULL;
      const EntValue *given;

      if (field == NULL)
        {
          g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                       _("The field “%s” is not there anymore; map its column again"), name);
          return FALSE;
        }
      self->fields[i] = field->index;
      given = ent_import_plan_get_value (self->plan, field);
      if (given != NULL)
        ent_value_copy (given, &self->defaults[i]);
      else
        ent_field_get_default (field, &context, &self->defaults[i]);
    }
  return TRUE;
}

/* Fields that depend on the kind of record are left to the store. */
static void
find_required (EntImportWriter *self)
{
  for (guint i = 0; i < self->type->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);
      Required required = { field, -1 };

      if (!(field->info.flags & ENT_FIELD_REQUIRED) || field->info.default_value != NULL ||
          field->info.kinds != NULL || (field->info.flags & ENT_FIELD_SYSTEM) ||
          ent_import_plan_get_value (self->plan, field) != NULL)
        continue;
      for (guint j = 0; j < self->n_slots; j++)
        if (self->fields[j] == i)
          required.slot = (int) j;
      g_array_append_val (self->required, required);
    }
}

EntImportWriter *
ent_import_writer_new (EntTransaction  *transaction,
                       EntImportPlan   *plan,
                       EntRowReader    *reader,
                       EntImportReport *report,
                       EntIndex        *names,
                       guint64          expected,
                       GError         **error)
{
  EntImportWriter *self = g_new0 (EntImportWriter, 1);

  self->transaction = transaction;
  self->plan = plan;
  self->report = report;
  self->names = names;
  self->expected = expected;
  self->slots = ent_row_reader_get_slots (reader, &self->n_slots);
  self->late = ent_late_rows_new (self->n_slots);
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->required = g_array_new (FALSE, FALSE, sizeof (Required));
  g_array_set_clear_func (self->pending, pending_clear);
  for (guint i = 0; i < plan->n_columns; i++)
    self->has_ids |= plan->columns[i].role == ENT_IMPORT_ID;

  if (find_fields (self, error))
    {
      find_required (self);
      self->keys = ent_import_keys_new (transaction, plan, reader, expected, error);
    }
  if (self->keys != NULL)
    self->references = ent_references_new (transaction, plan, report, names, expected, error);
  if (self->references != NULL)
    return self;
  ent_import_writer_free (self);
  return NULL;
}

void
ent_import_writer_free (EntImportWriter *self)
{
  if (self->inserter != NULL)
    ent_inserter_end (g_steal_pointer (&self->inserter), NULL);
  ent_late_rows_free (self->late);
  ent_import_keys_free (self->keys);
  ent_references_free (self->references);
  ent_index_free (self->names);
  g_array_unref (self->pending);
  g_array_unref (self->waiting);
  g_array_unref (self->required);
  for (guint i = 0; self->defaults != NULL && i < self->n_slots; i++)
    ent_value_clear (&self->defaults[i]);
  g_free (self->defaults);
  g_free (self->fields);
  g_free (self);
}

/* --- Rows ------------------------------------------------------------------------------------- */

/* Reports what was found wrong with row @i when it was read. */
static void
report_row (EntImportWriter *self,
            guint            i)
{
  GArray *problems = self->batch->problems;

  while (self->next_problem < problems->len)
    {
      const EntBatchProblem *problem = &g_array_index (problems, EntBatchProblem,
                                                       self->next_problem);

      if (problem->row != i)
        break;
      ent_import_report_add (self->report, self->batch->rows[i].line, problem->level,
                             problem->column,
                             problem->value, problem->reason);
      self->next_problem++;
    }
}

/* Turns the names in a row into keys. FALSE: the row is refused, or @error is set. */
static gboolean
resolve_row (EntImportWriter   *self,
             const EntBatchRow *row,
             guint              first,
             GError           **error)
{
  g_array_set_size (self->waiting, 0);
  for (guint i = 0; i < self->n_slots; i++)
    {
      EntValue *value = &self->batch->values[first + i];
      const char *text = value->text;
      EntReferenceResult result;
      guint index = first + i;

      if (self->slots[i].field->info.type != ENT_FIELD_REF || ent_value_is_null (value))
        continue;
      result = ent_references_resolve (self->references, &self->slots[i], row->line, FALSE, value,
                                       error);
      if (result == ENT_REFERENCE_REFUSED || result == ENT_REFERENCE_FAILED)
        return FALSE;
      if (value->kind == ENT_VALUE_KEYS)
        g_array_append_val (self->batch->owned, index);
      if (result == ENT_REFERENCE_LATER)
        {
          Pending pending = { 0, i, (char *) text, row->line };

          g_array_append_val (self->waiting, pending);
        }
    }
  return TRUE;
}

/* Notes the references of a row that has been written and that name rows further down. */
static void
wait_for_others (EntImportWriter *self,
                 EntKey           key)
{
  for (guint i = 0; i < self->waiting->len && key != 0; i++)
    {
      Pending pending = g_array_index (self->waiting, Pending, i);

      pending.key = key;
      pending.text = g_strdup (pending.text);
      g_array_append_val (self->pending, pending);
    }
}

/* Whether a new record may be made of a row; the column that is empty is named in the report. */
static gboolean
has_required (EntImportWriter   *self,
              const EntBatchRow *row,
              const EntValue    *values)
{
  for (guint i = 0; i < self->required->len; i++)
    {
      const Required *required = &g_array_index (self->required, Required, i);
      gboolean has_column = required->slot >= 0 && !self->slots[required->slot].is_made;
      g_autofree char *reason = NULL;

      if (required->slot >= 0 && !ent_value_is_null (&values[required->slot]))
        continue;
      reason = g_strdup_printf (required->slot >= 0
                                ? _("“%s” must not be empty; fill it in")
                                : _("A new record needs “%s”; give it a column"),
                                ent_field_get_label (required->field));
      ent_import_report_add (self->report, row->line, ENT_PROBLEM_REFUSED,
                             has_column ? (int) self->slots[required->slot].column : -1, NULL,
                             reason);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_record (EntImportWriter   *self,
              const EntBatchRow *row,
              EntValue          *values,
              EntKey             key,
              gboolean           is_made_now,
              GError           **error)
{
  const guint64 *hashes = &g_array_index (self->batch->keys, guint64, row->first_key);

  if (key == 0)
    {
      if (!ent_import_writer_create (self, row, values, &key, error))
        return FALSE;
      is_made_now = TRUE;
    }
  else if (is_made_now && self->inserter != NULL)
    ent_late_rows_add (self->late, key, row->line, values);
  else if (!ent_import_writer_update (self, key, row->line, values, error))
    return FALSE;

  if (key != 0)
    ent_import_keys_add (self->keys, row, hashes, key, is_made_now);
  wait_for_others (self, key);
  return ent_late_rows_get_n (self->late) < ENT_MAX_LATE ||
         ent_import_writer_do_late (self, error);
}

/* First which record it is, then what it refers to: a row that is refused makes nothing. */
static gboolean
write_row (EntImportWriter *self,
           guint            i,
           GError         **error)
{
  const EntBatchRow *row = &self->batch->rows[i];
  EntValue *values = &self->batch->values[(gsize) i * self->n_slots];
  const guint64 *hashes = &g_array_index (self->batch->keys, guint64, row->first_key);
  g_autofree char *reason = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean is_made_now = FALSE;
  guint64 earlier = 0;
  EntKey key = 0;

  if (!ent_import_keys_find (self->keys, row, hashes, values, &key, &earlier, &is_made_now,
                             &reason))
    {
      ent_import_report_add (self->report, row->line, ENT_PROBLEM_REFUSED, -1, NULL, reason);
      self->report->n_refused++;
      return TRUE;
    }
  if (reason != NULL)
    ent_import_report_add (self->report, row->line, ENT_PROBLEM_WARNING, -1, NULL, reason);
  if ((key == 0 && !has_required (self, row, values)) ||
      !resolve_row (self, row, i * self->n_slots, &cause))
    {
      if (cause != NULL)
        return ent_import_writer_refuse (self, row->line, g_steal_pointer (&cause), error);
      self->report->n_refused++;
      return TRUE;
    }
  return write_record (self, row, values, key, is_made_now, error);
}

static void
prefetch (EntImportWriter *self,
          guint            i)
{
  const EntBatchRow *row;

  if (i >= self->batch->n_rows)
    return;
  row = &self->batch->rows[i];
  ent_import_keys_prefetch (self->keys, row, &g_array_index (self->batch->keys, guint64, row->first_key));
}

static gboolean
add_choices (EntImportWriter *self,
             GError         **error)
{
  for (guint i = 0; i < self->batch->choices->len; i++)
    {
      const EntBatchChoice *made = &g_array_index (self->batch->choices, EntBatchChoice, i);
      EntChoice choice = { made->value, made->label, ENT_TONE_NEUTRAL };

      if (!ent_transaction_add_choice (self->transaction, made->field, &choice, error))
        return FALSE;
      self->report->n_choices++;
    }
  return TRUE;
}

static gboolean
write_rows (EntImportWriter *self,
            EntBatch        *batch,
            GError         **error)
{
  for (guint i = 0; i < batch->n_rows; i++)
    {
      prefetch (self, i + N_AHEAD);
      report_row (self, i);
      self->report->n_read++;
      if (batch->rows[i].is_refused)
        self->report->n_refused++;
      else if (!write_row (self, i, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_import_writer_write (EntImportWriter *self,
                         EntBatch        *batch,
                         GError         **error)
{
  gboolean ok;

  self->batch = batch;
  self->next_problem = 0;
  ok = add_choices (self, error) && write_rows (self, batch, error);
  /* The batch is the reader's again, also after a failure: no row may wait with texts that are in it. */
  return (self->inserter == NULL || ent_inserter_flush (self->inserter, ok ? error : NULL)) && ok;
}

static gboolean
do_pending (EntImportWriter *self,
            GError         **error)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = &g_array_index (self->pending, Pending, i);
      const EntField *field = ent_record_type_get_nth (self->type, self->fields[pending->slot]);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      EntReferenceResult result;

      value.text = pending->text;
      result = ent_references_resolve (self->references, &self->slots[pending->slot], pending->line,
                                       TRUE,
                                       &value, error);
      if (result == ENT_REFERENCE_FAILED ||
          (result == ENT_REFERENCE_FOUND &&
           !ent_transaction_set (self->transaction, pending->key, field, &value, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_import_writer_finish (EntImportWriter *self,
                          GError         **error)
{
  return ent_import_writer_do_late (self, error) && do_pending (self, error);
}
