/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/ent-import-keys.h"
#include "exchange/ent-import-late.h"
#include "exchange/ent-import-references.h"

/* More rows than this that change records made by this import are not kept waiting. */
#define MAX_LATE 20000

/* A reference to a row that comes further down. */
typedef struct
{
  EntKey   key;
  guint    slot;
  char    *text;
  guint64  line;
} Pending;

struct _EntImportWriter
{
  EntTransaction      *transaction;
  EntImportPlan       *plan;
  EntImportReport     *report;
  const EntImportSlot *slots;
  guint                n_slots;
  guint64              expected;

  const EntRecordType *type;     /* as the transaction knows it */
  guint               *fields;   /* of the slots, in that type */
  EntValue            *defaults; /* of the slots */
  gboolean             has_ids;
  EntInserter         *inserter; /* NULL: none open */
  EntImportKeys       *keys;
  EntReferences       *references;
  EntIndex            *names;
  GArray              *pending;  /* of Pending */
  EntLateRows         *late;
  GArray              *waiting;  /* of Pending: of the row that is being written, texts borrowed */
  EntBatch            *batch;
  guint                next_problem;
};

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

static gboolean
is_row_error (const GError *error)
{
  return error->domain == ENT_VALUE_ERROR ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_AMBIGUOUS);
}

/* A row's own fault is reported and the import goes on; else FALSE with @error set. */
static gboolean
refuse (EntImportWriter *self,
        guint64          line,
        GError          *cause,
        GError         **error)
{
  if (!is_row_error (cause))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  ent_import_report_add (self->report, line, ENT_PROBLEM_REFUSED, -1, NULL, cause->message);
  self->report->n_refused++;
  g_error_free (cause);
  return TRUE;
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

      if (field == NULL)
        {
          g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                       _("The field “%s” is not there anymore; map its column again"), name);
          return FALSE;
        }
      self->fields[i] = field->index;
      ent_field_get_default (field, &context, &self->defaults[i]);
    }
  return TRUE;
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
  g_array_set_clear_func (self->pending, pending_clear);
  for (guint i = 0; i < plan->n_columns; i++)
    self->has_ids |= plan->columns[i].role == ENT_IMPORT_ID;

  if (find_fields (self, error))
    self->keys = ent_import_keys_new (transaction, plan, reader, expected, error);
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
  for (guint i = 0; self->defaults != NULL && i < self->n_slots; i++)
    ent_value_clear (&self->defaults[i]);
  g_free (self->defaults);
  g_free (self->fields);
  g_free (self);
}

/* --- Changing --------------------------------------------------------------------------------- */

/* Empty cells leave what is there, unless the plan says otherwise. */
static void
set_fields (EntImportWriter *self,
            EntRecord       *record,
            const EntValue  *values)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      gboolean is_required = (self->slots[i].field->info.flags & ENT_FIELD_REQUIRED) != 0;

      if (!ent_value_is_null (&values[i]) || (self->plan->options.clear_empty && !is_required))
        ent_record_set (record, self->fields[i], &values[i]);
    }
}

static gboolean
update (EntImportWriter *self,
        EntKey           key,
        guint64          line,
        const EntValue  *values,
        GError         **error)
{
  g_autoptr (EntRecord) record = NULL;
  g_autoptr (GError) cause = NULL;

  record = ent_transaction_get (self->transaction, key, &cause);
  if (record == NULL)
    return refuse (self, line, g_steal_pointer (&cause), error);
  set_fields (self, record, values);
  if (!ent_record_is_any_dirty (record))
    self->report->n_unchanged++;
  else if (!ent_transaction_update (self->transaction, record, &cause))
    return refuse (self, line, g_steal_pointer (&cause), error);
  else
    self->report->n_updated++;
  return TRUE;
}

static gboolean
end_run (EntImportWriter *self,
         GError         **error)
{
  return self->inserter == NULL || ent_inserter_end (g_steal_pointer (&self->inserter), error);
}

static gboolean
update_cb (EntKey          key,
           guint64         line,
           const EntValue *values,
           gpointer        self,
           GError        **error)
{
  return update (self, key, line, values, error);
}

static gboolean
do_late (EntImportWriter *self,
         GError         **error)
{
  return end_run (self, error) && ent_late_rows_do (self->late, update_cb, self, error);
}

/* --- Making ----------------------------------------------------------------------------------- */

static gboolean
insert_record (EntImportWriter *self,
               const EntId     *id,
               const EntValue  *values,
               EntKey          *key,
               GError         **error)
{
  g_autoptr (EntRecord) record = ent_record_new (self->type);

  ent_record_set_id (record, id);
  for (guint i = 0; i < self->n_slots; i++)
    if (!ent_value_is_null (&values[i]))
      ent_record_set (record, self->fields[i], &values[i]);
  if (!ent_transaction_insert (self->transaction, record, error))
    return FALSE;
  *key = ent_record_get_key (record);
  return TRUE;
}

static gboolean
insert_row (EntImportWriter *self,
            EntValue        *values,
            EntKey          *key,
            GError         **error)
{
  if (self->inserter == NULL)
    self->inserter = ent_transaction_begin_insert (self->transaction, self->type, self->fields,
                                                   self->n_slots, (gsize) self->expected, error);
  return self->inserter != NULL && ent_inserter_add (self->inserter, values, key, error);
}

static gboolean
create (EntImportWriter   *self,
        const EntBatchRow *row,
        EntValue          *values,
        EntKey            *key,
        GError           **error)
{
  g_autoptr (GError) cause = NULL;
  const char *title = NULL, *ref = NULL;
  gboolean ok;

  *key = 0;
  for (guint i = 0; i < self->n_slots; i++)
    {
      if (ent_value_is_null (&values[i]))
        values[i] = self->defaults[i];
      if (self->fields[i] == ENT_COMMON_TITLE)
        title = values[i].text;
      else if (self->fields[i] == ENT_COMMON_REF)
        ref = values[i].text;
    }
  ok = row->has_id ? insert_record (self, &row->id, values, key, &cause)
                   : insert_row (self, values, key, &cause);
  if (!ok)
    return refuse (self, row->line, g_steal_pointer (&cause), error);
  self->report->n_created++;
  ent_references_add (self->references, *key, ref, title);
  return TRUE;
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

static gboolean
write_row (EntImportWriter *self,
           EntBatchRow     *row,
           EntValue        *values,
           GError         **error)
{
  g_autofree char *reason = NULL;
  gboolean is_made_now = FALSE;
  guint64 earlier = 0;
  EntKey key = 0;
  const guint64 *hashes = &g_array_index (self->batch->keys, guint64, row->first_key);

  if (!ent_import_keys_find (self->keys, row, hashes, values, &key, &earlier, &is_made_now,
                             &reason))
    {
      ent_import_report_add (self->report, row->line, ENT_PROBLEM_REFUSED, -1, NULL, reason);
      self->report->n_refused++;
      return TRUE;
    }
  if (reason != NULL)
    ent_import_report_add (self->report, row->line, ENT_PROBLEM_WARNING, -1, NULL, reason);
  if (key == 0)
    {
      if (!create (self, row, values, &key, error))
        return FALSE;
      if (key != 0)
        ent_import_keys_add (self->keys, row, hashes, key, TRUE);
    }
  else
    {
      ent_import_keys_add (self->keys, row, hashes, key, is_made_now);
      if (is_made_now && self->inserter != NULL)
        ent_late_rows_add (self->late, key, row->line, values);
      else if (!update (self, key, row->line, values, error))
        return FALSE;
      if (ent_late_rows_get_n (self->late) >= MAX_LATE && !do_late (self, error))
        return FALSE;
    }
  wait_for_others (self, key);
  return TRUE;
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

gboolean
ent_import_writer_write (EntImportWriter *self,
                         EntBatch        *batch,
                         GError         **error)
{
  self->batch = batch;
  self->next_problem = 0;
  if (!add_choices (self, error))
    return FALSE;
  for (guint i = 0; i < batch->n_rows; i++)
    {
      EntBatchRow *row = &batch->rows[i];
      g_autoptr (GError) cause = NULL;

      report_row (self, i);
      self->report->n_read++;
      if (!row->is_refused && !resolve_row (self, row, i * self->n_slots, &cause))
        {
          row->is_refused = TRUE;
          if (cause != NULL && !refuse (self, row->line, g_steal_pointer (&cause), error))
            return FALSE;
          else if (cause == NULL)
            self->report->n_refused++;
          continue;
        }
      if (row->is_refused)
        self->report->n_refused++;
      else if (!write_row (self, row, &batch->values[(gsize) i * self->n_slots], error))
        return FALSE;
    }
  return TRUE;
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
  return do_late (self, error) && do_pending (self, error);
}
