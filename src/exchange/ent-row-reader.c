/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _EntRowReader
{
  EntImportPlan *plan;
  EntImportSlot *slots;
  guint          n_slots;
  int            id_column;   /* -1: none */
  int            code_column;
  int            given_slot;  /* for a title that is made; -1: none */
  int            family_slot;
  guint         *key_slots;
  guint          n_key_slots;
  EntBatch      *batch;       /* that is being filled */
  GString       *key_text;
};

/* --- Readying --------------------------------------------------------------------------------- */

static void
add_choice_cb (const EntField *field,
               const char     *value,
               const char     *label,
               gpointer        data)
{
  EntRowReader *self = data;
  EntBatchChoice choice = { field, g_strdup (value), g_strdup (label) };

  g_array_append_val (self->batch->choices, choice);
}

static int
find_role (const EntImportPlan *plan,
           EntImportRole        role,
           const EntField      *field)
{
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].role == role && plan->columns[i].field == field)
      return (int) i;
  return -1;
}

static void
make_slots (EntRowReader *self,
            const char   *currency)
{
  EntImportPlan *plan = self->plan;

  self->slots = g_new0 (EntImportSlot, plan->n_columns + plan->values->len + 1);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      EntImportSlot *slot = &self->slots[self->n_slots];

      if (plan->columns[i].role != ENT_IMPORT_FIELD)
        continue;
      slot->field = plan->columns[i].field;
      slot->column = i;
      slot->currency_column = find_role (plan, ENT_IMPORT_CURRENCY, slot->field);
      slot->reader = ent_cell_reader_new (plan, i, currency);
      if (plan->options.add_choices)
        ent_cell_reader_add_choices (slot->reader, add_choice_cb, self);
      self->n_slots++;
    }
}

/* The slot of a column; -1: not mapped. */
static int
find_slot (const EntRowReader *self,
           int                 column)
{
  for (guint i = 0; i < self->n_slots; i++)
    if (column >= 0 && self->slots[i].column == (guint) column)
      return (int) i;
  return -1;
}

/* Files of people seldom have the whole name. */
static void
make_title_slot (EntRowReader *self)
{
  int given, family;
  gboolean is_made = ent_import_plan_makes_title (self->plan, &given, &family);

  self->given_slot = find_slot (self, given);
  self->family_slot = find_slot (self, family);
  if (is_made)
    self->slots[self->n_slots++] = (EntImportSlot) {
      .field = ent_record_type_get_nth (self->plan->type, ENT_COMMON_TITLE),
      .column = G_MAXUINT, .currency_column = -1, .is_made = TRUE,
    };
}

/* What new records get and no column holds; the writer fills it in. */
static void
make_given_slots (EntRowReader *self)
{
  GArray *values = self->plan->values;

  for (guint i = 0; i < values->len; i++)
    {
      const EntField *field = g_array_index (values, EntImportValue, i).field;
      gboolean has_slot = FALSE;

      for (guint j = 0; j < self->n_slots; j++)
        has_slot |= self->slots[j].field->index == field->index;
      if (!has_slot)
        self->slots[self->n_slots++] = (EntImportSlot) {
          .field = field, .column = G_MAXUINT, .currency_column = -1, .is_given = TRUE,
        };
    }
}

static void
find_keys (EntRowReader *self)
{
  g_auto (GStrv) keys = ent_import_plan_dup_keys (self->plan);

  self->id_column = find_role (self->plan, ENT_IMPORT_ID, NULL);
  self->code_column = -1;
  self->key_slots = g_new0 (guint, ENT_KEY_SLOTS_MAX);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (strcmp (keys[i], "code") == 0)
        self->code_column = find_role (self->plan, ENT_IMPORT_CODE, NULL);
      for (guint j = 0; j < self->n_slots; j++)
        if (strcmp (self->slots[j].field->info.name, keys[i]) == 0 &&
            self->n_key_slots < ENT_KEY_SLOTS_MAX)
          self->key_slots[self->n_key_slots++] = j;
    }
}

EntRowReader *
ent_row_reader_new (EntImportPlan *plan,
                    const char    *currency,
                    GError       **error)
{
  EntRowReader *self;

  if (!ent_table_source_rewind (plan->source, error))
    return NULL;
  self = g_new0 (EntRowReader, 1);
  self->plan = plan;
  self->key_text = g_string_new (NULL);
  make_slots (self, currency);
  make_title_slot (self);
  make_given_slots (self);
  find_keys (self);
  return self;
}

void
ent_row_reader_free (EntRowReader *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    g_clear_pointer (&self->slots[i].reader, ent_cell_reader_free);
  g_free (self->slots);
  g_free (self->key_slots);
  g_string_free (self->key_text, TRUE);
  g_free (self);
}

const EntImportSlot *
ent_row_reader_get_slots (EntRowReader *self,
                          guint        *n_slots)
{
  *n_slots = self->n_slots;
  return self->slots;
}

/* --- Rows as a whole -------------------------------------------------------------------------- */

static void
add_problem (EntRowReader   *self,
             EntProblemLevel level,
             int             column,
             const char     *value,
             char           *reason)
{
  EntBatch *batch = self->batch;
  EntBatchProblem problem = {
    batch->n_rows, level, column,
    value != NULL ? ent_arena_copy (batch->arena, value, strlen (value)) : NULL, reason
  };

  g_array_append_val (batch->problems, problem);
  if (level == ENT_PROBLEM_REFUSED)
    batch->rows[batch->n_rows].is_refused = TRUE;
}

/* --- Keys ------------------------------------------------------------------------------------- */

/* Codes are compared exactly, other texts as people compare them. */
static guint64
hash_text (EntRowReader   *self,
           const EntField *field,
           const char     *text,
           guint64         seed)
{
  if (field->info.type == ENT_FIELD_CODE)
    return ent_index_hash (text, strlen (text), seed);
  ent_text_key_into (self->key_text, text, -1);
  return ent_index_hash (self->key_text->str, self->key_text->len, seed);
}

/* The hashes that a row is found by: one of its key fields together, or one for each item of a
 * list. A row without all parts of its key has none. */
static void
hash_keys (EntRowReader          *self,
           const EntValue * const *values,
           GArray                *hashes)
{
  guint64 hash = 1;

  for (guint i = 0; i < self->n_key_slots; i++)
    {
      const EntValue *value = values[i];
      const EntField *field = self->slots[self->key_slots[i]].field;

      if (ent_value_is_null (value))
        return;
      for (char **item = value->list; value->kind == ENT_VALUE_LIST && *item != NULL; item++)
        {
          guint64 one = hash_text (self, field, *item, hash);

          g_array_append_val (hashes, one);
        }
      if (value->kind == ENT_VALUE_LIST)
        return;
      hash = value->kind == ENT_VALUE_TEXT
             ? hash_text (self, field, value->text, hash)
             : ent_index_hash (&value->integer, sizeof value->integer, hash);
    }
  if (self->n_key_slots > 0)
    g_array_append_val (hashes, hash);
}

guint
ent_row_reader_get_keys (EntRowReader *self,
                         const guint **key_slots)
{
  *key_slots = self->key_slots;
  return self->n_key_slots;
}

void
ent_row_reader_hash_record (EntRowReader *self,
                            EntRecord    *record,
                            GArray       *hashes)
{
  const EntValue *values[ENT_KEY_SLOTS_MAX];

  g_array_set_size (hashes, 0);
  for (guint i = 0; i < self->n_key_slots; i++)
    values[i] = ent_record_get_named (record,
                                      self->slots[self->key_slots[i]].field->info.name);
  hash_keys (self, values, hashes);
}

static void
read_identity (EntRowReader      *self,
               const EntTableRow *row,
               EntBatchRow       *made)
{
  if (self->id_column >= 0 && (guint) self->id_column < row->n_cells)
    {
      const EntCell *cell = &row->cells[self->id_column];

      made->has_id = cell->length > 0 && ent_id_parse (&made->id, cell->text);
      if (cell->length > 0 && !made->has_id)
        add_problem (self, ENT_PROBLEM_REFUSED, self->id_column, cell->text,
                     g_strdup_printf (_("“%s” is no id of a record; leave it empty for a new one"),
                                      cell->text));
    }
  if (self->code_column >= 0 && (guint) self->code_column < row->n_cells)
    {
      const EntCell *cell = &row->cells[self->code_column];

      made->code = cell->length > 0 ? ent_schema_read_code (self->plan->schema, cell->text) : 0;
      if (cell->length > 0 && made->code == 0)
        add_problem (self, ENT_PROBLEM_REFUSED, self->code_column, cell->text,
                     g_strdup_printf (_("“%s” is no short code; leave it empty for a new record"),
                                      cell->text));
    }
}

/* --- Cells ------------------------------------------------------------------------------------ */

static const char *
read_currency (EntRowReader        *self,
               const EntImportSlot *slot,
               const EntTableRow   *row,
               char                 currency[4])
{
  const EntCell *cell;

  if (slot->currency_column < 0 || (guint) slot->currency_column >= row->n_cells)
    return NULL;
  cell = &row->cells[slot->currency_column];
  if (cell->length == 0)
    return NULL;
  for (guint i = 0; i < 4; i++)
    currency[i] = i < 3 ? g_ascii_toupper (cell->text[MIN (i, cell->length)]) : '\0';
  if (cell->length == 3 && ent_currency_is_known (currency))
    return currency;
  add_problem (self, ENT_PROBLEM_REFUSED, slot->currency_column, cell->text,
               g_strdup_printf (_("“%s” is not a currency; write its code, such as EUR"),
                                cell->text));
  return NULL;
}

/* An unknown choice costs an optional field its value, not the row: the field is one that people
 * extend as they go, and the warning says so. */
static void
report_cell (EntRowReader        *self,
             const EntImportSlot *slot,
             const char          *text,
             EntCellResult        result)
{
  gboolean is_lost = result == ENT_CELL_WRONG || (slot->field->info.flags & ENT_FIELD_REQUIRED);
  EntProblemLevel level = is_lost ? ENT_PROBLEM_REFUSED : ENT_PROBLEM_WARNING;

  add_problem (self, level, (int) slot->column, text, NULL);
}

static const char *
get_text (const EntValue *values,
          int             slot)
{
  return slot >= 0 && values[slot].kind == ENT_VALUE_TEXT ? values[slot].text : "";
}

static void
make_title (EntRowReader *self,
            EntValue     *values,
            EntValue     *title)
{
  const char *given = get_text (values, self->given_slot);
  const char *family = get_text (values, self->family_slot);
  g_autofree char *whole = NULL;

  if (*given == '\0' && *family == '\0')
    return;
  whole = g_strconcat (given, *given != '\0' && *family != '\0' ? " " : "", family, NULL);
  title->kind = ENT_VALUE_TEXT;
  title->text = ent_arena_copy (self->batch->arena, whole, strlen (whole));
}

static void
read_cells (EntRowReader      *self,
            const EntTableRow *row,
            EntValue          *values)
{
  EntBatch *batch = self->batch;
  guint first = batch->n_rows * self->n_slots;

  for (guint i = 0; i < self->n_slots; i++)
    {
      const EntImportSlot *slot = &self->slots[i];
      const EntCell *cell;
      char currency[4];
      EntCellResult result;
      guint index = first + i;

      if (slot->column >= row->n_cells)
        {
          values[i] = (EntValue) ENT_VALUE_INIT;
          if (slot->is_made)
            make_title (self, values, &values[i]);
          continue;
        }
      cell = &row->cells[slot->column];
      result = ent_cell_reader_read (slot->reader, batch->arena, cell->text, cell->length,
                                     slot->currency_column >= 0
                                     ? read_currency (self, slot, row, currency) : NULL,
                                     &values[i]);
      /* What the other thread reads stands together. */
      if (result == ENT_CELL_OWNED && values[i].kind == ENT_VALUE_LIST)
        values[i].list = ent_arena_take_list (batch->arena, values[i].list);
      else if (result == ENT_CELL_OWNED)
        g_array_append_val (batch->owned, index);
      else if (G_UNLIKELY (result >= ENT_CELL_WRONG))
        report_cell (self, slot, cell->text, result);
    }
}

static void
read_row (EntRowReader *self,
          EntTableRow  *row)
{
  EntBatch *batch = self->batch;
  EntBatchRow *made = &batch->rows[batch->n_rows];
  EntValue *values = &batch->values[(gsize) batch->n_rows * self->n_slots];
  const EntValue *keys[ENT_KEY_SLOTS_MAX];
  gboolean is_refused;
  char *reason;

  *made = (EntBatchRow) { .line = row->line };
  if (G_UNLIKELY (row->flags != 0 || row->n_cells != self->plan->n_columns) &&
      (reason = ent_row_explain (row, self->plan->n_columns, &is_refused)) != NULL)
    add_problem (self, is_refused ? ENT_PROBLEM_REFUSED : ENT_PROBLEM_WARNING, -1, NULL, reason);
  read_cells (self, row, values);
  ent_batch_prepare (batch, self->slots);
  read_identity (self, row, made);
  made->first_key = batch->keys->len;
  for (guint i = 0; i < self->n_key_slots; i++)
    keys[i] = &values[self->key_slots[i]];
  hash_keys (self, keys, batch->keys);
  made->n_keys = batch->keys->len - made->first_key;
  batch->n_rows++;
}

void
ent_row_reader_fill (EntRowReader *self,
                     EntBatch     *batch)
{
  guint64 size = ent_table_source_get_size (self->plan->source);
  EntTableRow row;

  self->batch = batch;
  while (batch->n_rows < ENT_BATCH_ROWS)
    {
      if (!ent_table_source_next (self->plan->source, &row, &batch->error))
        {
          batch->is_last = TRUE;
          break;
        }
      if (!ent_row_is_empty (&row))
        read_row (self, &row);
    }
  batch->fraction = size == 0 ? 1.0 : (double) ent_table_source_get_position (self->plan->source) /
                                      (double) size;
}

/* --- References to rows of the same file ------------------------------------------------------ */

guint64
ent_row_reader_hash_name (const char *text,
                          GString    *buffer)
{
  if (g_ascii_strncasecmp (text, "ref:", 4) == 0)
    text += 4;
  ent_text_key_into (buffer, text, -1);
  return ent_index_hash (buffer->str, buffer->len, 7);
}

EntIndex *
ent_row_reader_collect_names (EntRowReader *self,
                              GCancellable *cancellable,
                              GError      **error)
{
  EntIndex *names = ent_index_new (1024);
  g_autoptr (GError) cause = NULL;
  EntTableRow row;

  while (ent_table_source_next (self->plan->source, &row, &cause) &&
         !g_cancellable_set_error_if_cancelled (cancellable, &cause))
    for (guint i = 0; i < MIN (row.n_cells, self->plan->n_columns); i++)
      {
        const EntImportColumn *column = &self->plan->columns[i];

        if (row.cells[i].length > 0 &&
            (column->role == ENT_IMPORT_ID ||
             (column->role == ENT_IMPORT_FIELD && (column->field->index == ENT_COMMON_TITLE ||
                                                   column->field->index == ENT_COMMON_REF))))
          ent_index_add (names, ent_row_reader_hash_name (row.cells[i].text, self->key_text), 1, 0);
      }
  if (cause == NULL && ent_table_source_rewind (self->plan->source, &cause))
    return names;
  g_propagate_error (error, g_steal_pointer (&cause));
  ent_index_free (names);
  return NULL;
}
