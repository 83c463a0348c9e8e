/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-references.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _EntReferences
{
  EntTransaction      *transaction;
  const EntImportPlan *plan;
  EntImportReport     *report;
  EntResolver         *resolver;
  EntIndex            *names;   /* (unowned) (nullable) */
  const EntRecordType *missing; /* what to make (nullable) */
  GString             *buffer;

  /* The cell that is being resolved. */
  const EntImportSlot *slot;
  guint64              line;
  gboolean             is_last;
  EntReferenceResult   result;
  GError              *error;
};

static gboolean
load_targets (EntReferences *self,
              GError       **error)
{
  for (guint i = 0; i < self->plan->n_columns; i++)
    {
      const EntImportColumn *column = &self->plan->columns[i];
      const EntRecordType *type;

      if (column->role != ENT_IMPORT_FIELD || column->field->info.type != ENT_FIELD_REF)
        continue;
      if (g_strcmp0 (column->field->info.target, "*") == 0)
        return ent_resolver_load_all (self->resolver, error);
      type = ent_schema_lookup (self->plan->schema, column->field->info.target);
      if (type != NULL && !ent_resolver_load (self->resolver, type, error))
        return FALSE;
    }
  return TRUE;
}

EntReferences *
ent_references_new (EntTransaction      *transaction,
                    const EntImportPlan *plan,
                    EntImportReport     *report,
                    EntIndex            *names,
                    guint64              expected,
                    GError             **error)
{
  EntReferences *self = g_new0 (EntReferences, 1);

  self->transaction = transaction;
  self->plan = plan;
  self->report = report;
  self->names = names;
  self->resolver = ent_resolver_new (transaction, expected);
  self->buffer = g_string_new (NULL);
  if (plan->options.create_missing != NULL)
    self->missing = ent_schema_lookup (ent_transaction_get_schema (transaction),
                                       plan->options.create_missing);
  if (load_targets (self, error))
    return self;
  ent_references_free (self);
  return NULL;
}

void
ent_references_free (EntReferences *self)
{
  if (self == NULL)
    return;
  ent_resolver_free (self->resolver);
  g_string_free (self->buffer, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

void
ent_references_add (EntReferences *self,
                    EntKey         key,
                    const char    *ref,
                    const char    *title)
{
  ent_resolver_add (self->resolver, key, ref, title);
}

/* --- One name --------------------------------------------------------------------------------- */

static gboolean
is_target (const EntField      *field,
           const EntRecordType *type)
{
  return g_strcmp0 (field->info.target, "*") == 0 ||
         g_strcmp0 (field->info.target, type->info->name) == 0;
}

/* A new record is called as it is written; the text is also its reference, by which it is found
 * again. */
static EntKey
make_missing (EntReferences *self,
              const char    *text)
{
  g_autoptr (EntRecord) record = ent_record_new (self->missing);
  const char *bare = g_ascii_strncasecmp (text, "ref:", 4) == 0 ? text + 4 : text;
  g_auto (EntValue) title = ENT_VALUE_INIT;
  g_auto (EntValue) ref = ENT_VALUE_INIT;

  ent_value_set_text (&title, bare);
  ent_value_set_text (&ref, bare);
  ent_record_take (record, ENT_COMMON_TITLE, &title);
  ent_record_take (record, ENT_COMMON_REF, &ref);
  if (!ent_transaction_insert (self->transaction, record, &self->error))
    {
      self->result = ENT_REFERENCE_FAILED;
      return 0;
    }
  self->report->n_created_ends++;
  ent_resolver_add (self->resolver, ent_record_get_key (record), bare, bare);
  return ent_record_get_key (record);
}

static void
report (EntReferences  *self,
        EntProblemLevel level,
        const char     *text,
        const char     *reason)
{
  ent_import_report_add (self->report, self->line, level, (int) self->slot->column, text, reason);
}

static void
report_missing (EntReferences *self,
                const char    *text)
{
  const EntField *field = self->slot->field;
  const EntRecordType *target = ent_schema_lookup (self->plan->schema, field->info.target);
  g_autofree char *kind = NULL;
  g_autofree char *reason = NULL;

  if (target != NULL)
    kind = g_utf8_strdown (ent_record_type_get_label (target, TRUE), -1);
  else
    kind = g_strdup (_("records"));
  if ((self->is_last || self->plan->options.skip_missing) &&
      !(field->info.flags & ENT_FIELD_REQUIRED))
    {
      reason = g_strdup_printf (_("“%s” was not found among the %s; the field was left empty"),
                                text,
                                kind);
      report (self, ENT_PROBLEM_WARNING, text, reason);
      self->result = ENT_REFERENCE_EMPTY;
      return;
    }
  reason = g_strdup_printf (_("“%s” was not found among the %s; correct it, import that one first, "
                              "or let the import make what is missing"), text, kind);
  report (self, ENT_PROBLEM_REFUSED, text, reason);
  self->result = ENT_REFERENCE_REFUSED;
}

static EntKey
resolve_name (EntReferences *self,
              const char    *text)
{
  const EntField *field = self->slot->field;
  g_autofree char *reason = NULL;
  EntKey key = ent_resolver_find (self->resolver, field, text, &reason);

  if (key != 0)
    return key;
  if (reason != NULL)
    {
      report (self, ENT_PROBLEM_REFUSED, text, reason);
      self->result = ENT_REFERENCE_REFUSED;
    }
  else if (!self->is_last && self->names != NULL && is_target (field, self->plan->type) &&
           ent_index_lookup (self->names, ent_row_reader_hash_name (text, self->buffer)) != NULL)
    self->result = ENT_REFERENCE_LATER;
  else if (self->missing != NULL && is_target (field, self->missing))
    return make_missing (self, text);
  else
    report_missing (self, text);
  return 0;
}

/* --- A cell ----------------------------------------------------------------------------------- */

/* EntResolveFunc for lists, which the model takes apart. */
static EntKey
resolve_item_cb (const EntField *field,
                 const char     *text,
                 gpointer        data,
                 GError        **error)
{
  EntKey key = resolve_name (data, text);

  if (key == 0)
    g_set_error_literal (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING, "");
  return key;
}

static void
resolve_list (EntReferences *self,
              const char    *text,
              EntValue      *value)
{
  EntReadContext context = { .resolve = resolve_item_cb, .resolve_data = self };
  g_autoptr (GError) error = NULL;
  EntValue list = ENT_VALUE_INIT;

  if (ent_value_read (self->slot->field, text, &context, &list, &error))
    *value = list;
  else if (self->result == ENT_REFERENCE_FOUND)
    {
      report (self, ENT_PROBLEM_REFUSED, text, error->message);
      self->result = ENT_REFERENCE_REFUSED;
    }
}

EntReferenceResult
ent_references_resolve (EntReferences       *self,
                        const EntImportSlot *slot,
                        guint64              line,
                        gboolean             is_last,
                        EntValue            *value,
                        GError             **error)
{
  const char *text = value->text;

  self->slot = slot;
  self->line = line;
  self->is_last = is_last;
  self->result = ENT_REFERENCE_FOUND;
  *value = (EntValue) ENT_VALUE_INIT;
  if (ent_field_is_many (slot->field))
    {
      resolve_list (self, text, value);
    }
  else
    {
      EntKey key = resolve_name (self, text);

      if (key != 0)
        ent_value_set_int (value, key);
    }
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return self->result;
}
