/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-writer-private.h"

#include <string.h>

/* How a row, once it is known what it refers to, becomes a record or changes one. */

static gboolean
is_row_error (const GError *error)
{
  return error->domain == ENT_VALUE_ERROR ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_AMBIGUOUS);
}

gboolean
ent_import_writer_refuse (EntImportWriter *self,
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

      /* A made name is for new records: the one that is there may be better. */
      if (self->slots[i].is_made && ent_record_get_text (record, "title") != NULL)
        continue;
      if (self->slots[i].is_given)
        continue;
      if (!ent_value_is_null (&values[i]) || (self->plan->options.clear_empty && !is_required))
        ent_record_set (record, self->fields[i], &values[i]);
    }
}

gboolean
ent_import_writer_update (EntImportWriter *self,
                          EntKey           key,
                          guint64          line,
                          const EntValue  *values,
                          GError         **error)
{
  g_autoptr (EntRecord) record = NULL;
  g_autoptr (GError) cause = NULL;

  record = ent_transaction_get (self->transaction, key, &cause);
  if (record == NULL)
    return ent_import_writer_refuse (self, line, g_steal_pointer (&cause), error);
  set_fields (self, record, values);
  if (!ent_record_is_any_dirty (record))
    self->report->n_unchanged++;
  else if (!ent_transaction_update (self->transaction, record, &cause))
    return ent_import_writer_refuse (self, line, g_steal_pointer (&cause), error);
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
  return ent_import_writer_update (self, key, line, values, error);
}

gboolean
ent_import_writer_do_late (EntImportWriter *self,
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
insert_row (EntImportWriter   *self,
            const EntBatchRow *row,
            EntValue          *values,
            EntKey            *key,
            GError           **error)
{
  /* What new records get from the plan is not in what the reader prepared. */
  const EntStoredText *texts = self->plan->values->len > 0 ? NULL
                             : &self->batch->texts[(gsize) (row - self->batch->rows) * (self->n_slots + 1)];

  if (self->inserter == NULL)
    self->inserter = ent_transaction_begin_insert (self->transaction, self->type, self->fields,
                                                   self->n_slots, (gsize) self->expected, error);
  return self->inserter != NULL && ent_inserter_add_prepared (self->inserter, values, texts, key, error);
}

/* A list of the file keeps its items and gets those that every new record gets. Borrows from both; NULL: nothing to add. */
static char **
join_lists (char **from_file,
            char **given)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  gboolean is_any = FALSE;

  for (char **item = from_file; *item != NULL; item++)
    g_ptr_array_add (items, *item);
  for (char **item = given; *item != NULL; item++)
    if (!g_strv_contains ((const char * const *) from_file, *item))
      {
        g_ptr_array_add (items, *item);
        is_any = TRUE;
      }
  g_ptr_array_add (items, NULL);
  return is_any ? (char **) g_ptr_array_free (g_steal_pointer (&items), FALSE) : NULL;
}

static gboolean
insert (EntImportWriter   *self,
        const EntBatchRow *row,
        EntValue          *values,
        EntKey            *key,
        GError           **error)
{
  return row->has_id ? insert_record (self, &row->id, values, key, error) : insert_row (self, row, values, key, error);
}

/* The batch owns its lists, so that the completed ones are only there while the record is inserted. */
static gboolean
insert_completed (EntImportWriter   *self,
                  const EntBatchRow *row,
                  EntValue          *values,
                  EntKey            *key,
                  GError           **error)
{
  g_autofree char ***kept = g_new0 (char **, self->n_slots);
  gboolean ok;

  for (guint i = 0; i < self->n_slots; i++)
    {
      const EntValue *given = ent_import_plan_get_value (self->plan, self->slots[i].field);

      if (values[i].kind == ENT_VALUE_LIST && given != NULL)
        {
          char **joined = join_lists (values[i].list, given->list);

          kept[i] = joined != NULL ? values[i].list : NULL;
          values[i].list = joined != NULL ? joined : values[i].list;
        }
    }
  ok = insert (self, row, values, key, error);
  for (guint i = 0; i < self->n_slots; i++)
    if (kept[i] != NULL)
      {
        g_free (values[i].list);
        values[i].list = kept[i];
      }
  return ok;
}

gboolean
ent_import_writer_create (EntImportWriter   *self,
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
  ok = self->plan->values->len > 0 ? insert_completed (self, row, values, key, &cause)
                                   : insert (self, row, values, key, &cause);
  if (!ok)
    return ent_import_writer_refuse (self, row->line, g_steal_pointer (&cause), error);
  self->report->n_created++;
  ent_references_add (self->references, *key, ref, title);
  return TRUE;
}
