/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-inserter-private.h"

#include <string.h>

/* What costs time per row is kept to binding, one step of one statement, and copying the row into the
 * buffer that is digested. Columns stand in the order of their names, which is that of the digest, so one
 * pass does both. */

EntStoredText
ent_stored_text_make (const EntValue *value,
                      GString        *buffer)
{
  EntStoredText text = { NULL, 0 };

  if (value->kind == ENT_VALUE_TEXT)
    text = (EntStoredText) { value->text, strlen (value->text) };
  else if (value->kind == ENT_VALUE_LIST)
    {
      g_string_truncate (buffer, 0);
      ent_json_append_list (buffer, value);
      text = (EntStoredText) { buffer->str, buffer->len };
    }
  return text;
}

/* Whether a required field is wanted of this row, which depends on its kind or roles. */
static gboolean
is_wanted (EntInserter    *self,
           const EntField *field)
{
  const char *one[2] = { NULL, NULL };

  if (field->info.kinds == NULL || self->kind_field == NULL)
    return TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntValue *value = self->row[i];

      if (g_array_index (self->columns, EntInsertColumn, i).field != self->kind_field)
        continue;
      if (value->kind == ENT_VALUE_LIST)
        return ent_field_applies_to (field, (const char * const *) value->list);
      one[0] = value->kind == ENT_VALUE_TEXT ? value->text : NULL;
    }
  return ent_field_applies_to (field, one);
}

gboolean
ent_inserter_check_row (EntInserter *self,
                        GError     **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntInsertColumn *column = &g_array_index (self->columns, EntInsertColumn, i);
      const EntValue *value = self->row[i];

      if (!column->is_checked)
        continue;
      if (ent_value_is_null (value))
        {
          if (column->is_required && is_wanted (self, column->field))
            return ent_fail_required (column->field, error);
          continue;
        }
      if (column->is_reference &&
          !ent_validate_references (self->transaction, column->field, value, error))
        return FALSE;
      if (column->is_unique &&
          !ent_validate_unique (self->transaction, column->field, value, 0, error))
        return FALSE;
    }
  return TRUE;
}

void
ent_inserter_take_row (EntInserter         *self,
                       const EntValue      *values,
                       const EntStoredText *texts)
{
  self->texts = texts;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntInsertColumn *column = &g_array_index (self->columns, EntInsertColumn, i);

      self->row[i] = column->given >= 0 && !ent_value_is_null (&values[column->given])
                   ? &values[column->given] : &column->fallback;
    }
}

/* --- Where a value goes: to a row that waits, or to the statement ---------------------------------- */

static void
put_text (EntInserter *self,
          int          index,
          const char  *text,
          gsize        length)
{
  if (self->held != NULL)
    ent_held_rows_set_text (self->held, (guint) index, text, length);
  else
    sqlite3_bind_text (self->statement, index, text, (int) length, SQLITE_STATIC);
}

static void
put_int (EntInserter *self,
         int          index,
         gint64       integer)
{
  if (self->held != NULL)
    ent_held_rows_set_int (self->held, (guint) index, integer);
  else
    sqlite3_bind_int64 (self->statement, index, integer);
}

static void
put_currency (EntInserter *self,
              int          index,
              const char   currency[4])
{
  if (self->held != NULL)
    ent_held_rows_set_code (self->held, (guint) index, currency, 3);
  else
    sqlite3_bind_text (self->statement, index, currency, 3, SQLITE_STATIC);
}

/* A row that waits is one of NULLs at first. */
static void
put_null (EntInserter *self,
          int          index)
{
  if (self->held == NULL)
    sqlite3_bind_null (self->statement, index);
}

/* --- A row ----------------------------------------------------------------------------------------- */

static void
bind_title_key (EntInserter *self,
                const char  *title,
                gsize        length,
                gboolean     is_prepared)
{
  EntStoredText key = { NULL, 0 };

  if (is_prepared)
    key = self->texts[self->n_given];
  if (key.text == NULL)
    {
      ent_text_key_into (self->title_key, title, (gssize) length);
      self->is_short = TRUE;
      key = (EntStoredText) { self->title_key->str, self->title_key->len };
    }
  put_text (self, 3, key.text, key.length);
}

static void
write_text (EntInserter  *self,
            const EntInsertColumn *column,
            const char   *text,
            gsize         length,
            gboolean      is_prepared)
{
  ent_run_digest_add_value (self->digest, column->tag, ENT_PACKED_TEXT, length, text, length);
  if (column->field->index == ENT_COMMON_TITLE)
    bind_title_key (self, text, length, is_prepared);
  put_text (self, column->index, text, length);
}

/* "-1234 EUR": the text of which the digest is made. Ends at @end; returns where it begins. */
static char *
print_money (const EntValue *value,
             char           *end)
{
  gsize n_code = strnlen (value->currency, 3);
  guint64 rest = value->integer < 0 ? -(guint64) value->integer : (guint64) value->integer;
  char *p = end - n_code;

  memcpy (p, value->currency, n_code);
  *--p = ' ';
  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value->integer < 0)
    *--p = '-';
  return p;
}

static void
write_money (EntInserter    *self,
             const EntInsertColumn   *column,
             const EntValue *value)
{
  char buffer[32];
  char *end = buffer + sizeof buffer;
  const char *text = print_money (value, end);
  gsize length = (gsize) (end - text);

  ent_run_digest_add_value (self->digest, column->tag, ENT_PACKED_TEXT, length, text, length);
  put_int (self, column->index, value->integer);
  put_currency (self, column->index + 1, value->currency);
}

static gboolean
write_prepared (EntInserter    *self,
                const EntInsertColumn   *column,
                const EntValue *value)
{
  const EntStoredText *text;

  if (self->texts == NULL || column->given < 0 || value == &column->fallback)
    return FALSE;
  text = &self->texts[column->given];
  if (text->text != NULL)
    write_text (self, column, text->text, text->length, TRUE);
  return text->text != NULL;
}

static void
write_value (EntInserter    *self,
             const EntInsertColumn   *column,
             const EntValue *value)
{
  if (write_prepared (self, column, value))
    return;
  switch (value->kind)
    {
    case ENT_VALUE_INT:
      ent_run_digest_add_value (self->digest, column->tag, ENT_PACKED_INT, (guint64) value->integer, NULL, 0);
      put_int (self, column->index, value->integer);
      break;
    case ENT_VALUE_MONEY:
      write_money (self, column, value);
      break;
    case ENT_VALUE_TEXT:
      write_text (self, column, value->text, strlen (value->text), FALSE);
      break;
    case ENT_VALUE_LIST:
    case ENT_VALUE_KEYS:
      g_string_truncate (column->json, 0);
      ent_json_append_list (column->json, value);
      self->is_short = TRUE;
      write_text (self, column, column->json->str, column->json->len, FALSE);
      break;
    case ENT_VALUE_NULL:
    default:
      put_null (self, column->index);
      if (column->field->currency_column != NULL)
        put_null (self, column->index + 1);
      if (column->field->index == ENT_COMMON_TITLE)
        put_null (self, 3);
      break;
    }
}

/* The rows are in the digest: without them in the table, the transaction must not be committed. */
static gboolean
step (EntInserter *self,
      GError     **error)
{
  gboolean ok = ent_transaction_step (self->transaction, self->statement, error);

  sqlite3_reset (self->statement);
  self->transaction->is_broken |= !ok;
  return ok;
}

gboolean
ent_inserter_flush (EntInserter *self,
                    GError     **error)
{
  gboolean ok;

  if (self->held == NULL || ent_held_rows_get_n (self->held) == 0)
    return TRUE;
  ok = !self->transaction->is_broken && step (self, error);
  ent_held_rows_clear (self->held);
  return ok;
}

static void
begin_row (EntInserter *self,
           gint64       row,
           const EntId *id)
{
  self->is_short = self->texts == NULL;
  if (self->held == NULL)
    {
      sqlite3_bind_int64 (self->statement, 1, row);
      sqlite3_bind_blob (self->statement, 2, id->bytes, sizeof id->bytes, SQLITE_STATIC);
      return;
    }
  ent_held_rows_add (self->held);
  ent_held_rows_set_int (self->held, 1, row);
  ent_held_rows_set_blob (self->held, 2, id->bytes, sizeof id->bytes);
}

gboolean
ent_inserter_write_row (EntInserter *self,
                        gint64       row,
                        const EntId *id,
                        GError     **error)
{
  ent_run_digest_add_number (self->digest, (guint64) ent_key_make (self->type->info->number, row));
  ent_run_digest_add (self->digest, id->bytes, sizeof id->bytes);
  begin_row (self, row, id);
  for (guint i = 0; i < self->columns->len; i++)
    write_value (self, &g_array_index (self->columns, EntInsertColumn, i), self->row[i]);
  if (self->held == NULL)
    return step (self, error);
  return (!self->is_short && ent_held_rows_get_n (self->held) < ENT_HELD_ROWS_MAX) ||
         ent_inserter_flush (self, error);
}
