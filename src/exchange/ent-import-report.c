/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/ent-csv-writer.h"

/* A longer value is shortened, and its reason kept, since it could not be told from what is
 * left. */
#define MAX_VALUE 200

/* 24 bytes and the value: the reason is made from it again when it is asked for, so that a
 * million refused rows can be listed. */
typedef struct
{
  guint32 line;
  gint16  column;
  guint8  level;
  guint64 value;  /* offset in the texts + 1; 0: none */
  guint64 reason; /* 0: ask the reader */
} Problem;

EntImportReport *
ent_import_report_new (const EntImportPlan *plan,
                       const char          *currency)
{
  EntImportReport *self = g_new0 (EntImportReport, 1);
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->schema = ent_schema_ref (plan->schema);
  self->problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  self->texts = g_byte_array_new ();
  self->readers = g_ptr_array_new ();
  self->is_sorted = TRUE;
  for (guint i = 0; i < plan->n_columns; i++)
    {
      g_strv_builder_add (columns, plan->columns[i].name);
      g_ptr_array_add (self->readers, plan->columns[i].role == ENT_IMPORT_FIELD
                                      ? ent_cell_reader_new (plan, i, currency) : NULL);
    }
  self->columns = g_strv_builder_end (columns);
  return self;
}

EntImportReport *
ent_import_report_ref (EntImportReport *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_import_report_unref (EntImportReport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->readers->len; i++)
    if (self->readers->pdata[i] != NULL)
      ent_cell_reader_free (self->readers->pdata[i]);
  g_ptr_array_unref (self->readers);
  g_array_unref (self->problems);
  g_byte_array_unref (self->texts);
  g_strfreev (self->columns);
  ent_schema_unref (self->schema);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static guint64
add_text (EntImportReport *self,
          const char      *text,
          gsize            max)
{
  gsize length = strlen (text);
  guint64 offset = self->texts->len + 1;

  if (length > max)
    {
      const char *end = g_utf8_find_prev_char (text, text + max);

      g_byte_array_append (self->texts, (const guint8 *) text, (guint) (end - text));
      g_byte_array_append (self->texts, (const guint8 *) "…", strlen ("…") + 1);
    }
  else
    {
      g_byte_array_append (self->texts, (const guint8 *) text, (guint) length + 1);
    }
  return offset;
}

void
ent_import_report_add (EntImportReport *self,
                       guint64          line,
                       EntProblemLevel  level,
                       int              column,
                       const char      *value,
                       const char      *reason)
{
  Problem problem = { (guint32) MIN (line, G_MAXUINT32), (gint16) column, (guint8) level, 0, 0 };
  g_autofree char *explained = NULL;

  if (reason == NULL && strlen (value) > MAX_VALUE)
    reason = explained = ent_cell_reader_explain (self->readers->pdata[column], value);
  if (value != NULL)
    problem.value = add_text (self, value, MAX_VALUE);
  if (reason != NULL)
    problem.reason = add_text (self, reason, G_MAXUINT32);
  if (self->problems->len > 0)
    self->is_sorted &= g_array_index (self->problems, Problem, self->problems->len - 1).line <=
                       problem.line;
  g_array_append_val (self->problems, problem);
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const Problem *first = a, *second = b;

  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;
  return first->value < second->value ? -1 : first->value > second->value;
}

void
ent_import_report_seal (EntImportReport *self)
{
  if (!self->is_sorted)
    g_array_sort (self->problems, compare_problems);
  self->is_sorted = TRUE;
}

void
ent_import_problem_clear (EntImportProblem *self)
{
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->reason, g_free);
}

guint64
ent_import_report_get_n_problems (const EntImportReport *self)
{
  return self->problems->len;
}

static char *
explain (const EntImportReport *self,
         guint                  column,
         const char            *value)
{
  char *reason;

  g_mutex_lock ((GMutex *) &self->lock);
  reason = ent_cell_reader_explain (self->readers->pdata[column], value);
  g_mutex_unlock ((GMutex *) &self->lock);
  return reason;
}

void
ent_import_report_get_problem (const EntImportReport *self,
                               guint64                i,
                               EntImportProblem      *problem)
{
  const Problem *source;
  const char *texts = (const char *) self->texts->data;

  g_return_if_fail (i < self->problems->len);
  source = &g_array_index (self->problems, Problem, i);
  *problem = (EntImportProblem) {
    .line = source->line,
    .level = (EntProblemLevel) source->level,
    .column = source->column >= 0 ? self->columns[source->column] : NULL,
    .value = source->value > 0 ? g_strdup (texts + source->value - 1) : NULL,
  };
  problem->reason = source->reason > 0 ? g_strdup (texts + source->reason - 1)
                                       : explain (self, (guint) source->column, problem->value);
}

guint64
ent_import_report_get_n_read (const EntImportReport *self)
{
  return self->n_read;
}

guint64
ent_import_report_get_n_created (const EntImportReport *self)
{
  return self->n_created;
}

guint64
ent_import_report_get_n_updated (const EntImportReport *self)
{
  return self->n_updated;
}

guint64
ent_import_report_get_n_unchanged (const EntImportReport *self)
{
  return self->n_unchanged;
}

guint64
ent_import_report_get_n_refused (const EntImportReport *self)
{
  return self->n_refused;
}

guint64
ent_import_report_get_n_created_ends (const EntImportReport *self)
{
  return self->n_created_ends;
}

guint
ent_import_report_get_n_choices (const EntImportReport *self)
{
  return self->n_choices;
}

gboolean
ent_import_report_is_dry_run (const EntImportReport *self)
{
  return self->is_dry_run;
}

gint64
ent_import_report_get_seq (const EntImportReport *self)
{
  return self->seq;
}

char *
ent_import_report_dup_summary (const EntImportReport *self)
{
  /* Translators: numbers of rows of a file. */
  return g_strdup_printf (_("%'" G_GUINT64_FORMAT " read: %'" G_GUINT64_FORMAT " created, %'"
                            G_GUINT64_FORMAT " updated, %'" G_GUINT64_FORMAT " unchanged, %'"
                            G_GUINT64_FORMAT " refused."),
                          self->n_read, self->n_created, self->n_updated, self->n_unchanged,
                          self->n_refused);
}

gboolean
ent_import_report_save (const EntImportReport *self,
                        const char            *path,
                        GError               **error)
{
  g_autoptr (EntCsvWriter) writer = ent_csv_writer_new (path, TRUE, error);

  if (writer == NULL)
    return FALSE;
  ent_csv_writer_add (writer, _("Line"), -1);
  ent_csv_writer_add (writer, _("Column"), -1);
  ent_csv_writer_add (writer, _("Value"), -1);
  ent_csv_writer_add (writer, _("Result"), -1);
  ent_csv_writer_add (writer, _("Reason"), -1);
  ent_csv_writer_end_row (writer);
  for (guint64 i = 0; i < self->problems->len; i++)
    {
      g_auto (EntImportProblem) problem = { 0 };
      g_autofree char *line = NULL;

      ent_import_report_get_problem (self, i, &problem);
      line = g_strdup_printf ("%" G_GUINT64_FORMAT, problem.line);
      ent_csv_writer_add (writer, line, -1);
      ent_csv_writer_add (writer, problem.column, -1);
      ent_csv_writer_add_text (writer, problem.value);
      ent_csv_writer_add (writer,
                          problem.level == ENT_PROBLEM_REFUSED ? _("Refused") : _("Warning"), -1);
      ent_csv_writer_add_text (writer, problem.reason);
      ent_csv_writer_end_row (writer);
    }
  return ent_csv_writer_close (writer, error);
}
