/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: filling and refreshing them. */
#include "config.h"

#include "store/ent-columns-private.h"

#define MANY_TEXTS 4096 /* of which most are in one row only: not worth a dictionary */
#define SPARE_ROWS 4096 /* room for new records before the arrays move */

/* --- Columns -------------------------------------------------------------------------------------- */

static EntColumnKind
choose_kind (const EntField *field)
{
  if ((field->info.flags & (ENT_FIELD_LISTED | ENT_FIELD_COLUMN)) == 0 ||
      field->index == ENT_COMMON_TITLE)
    return ENT_COLUMN_NONE;
  if (field->info.type == ENT_FIELD_MONEY)
    return ent_field_is_many (field) ? ENT_COLUMN_NONE : ENT_COLUMN_MONEY;
  return ent_field_is_integer (field) ? ENT_COLUMN_INTEGER : ENT_COLUMN_DICTIONARY;
}

static void
column_clear (EntColumn *self)
{
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->currencies, g_free);
  g_clear_pointer (&self->dictionary, ent_dictionary_free);
  self->kind = ENT_COLUMN_NONE;
}

static gint64
get_empty (guint width)
{
  return width == 8 ? G_MININT64 : -(G_GINT64_CONSTANT (1) << (8 * width - 1));
}

static void
store_int (EntColumn *self,
           gsize      row,
           gint64     value)
{
  switch (self->width)
    {
    case 1:
      ((gint8 *) self->data)[row] = (gint8) value;
      break;
    case 2:
      ((gint16 *) self->data)[row] = (gint16) value;
      break;
    case 4:
      ((gint32 *) self->data)[row] = (gint32) value;
      break;
    default:
      ((gint64 *) self->data)[row] = value;
    }
}

static gint64
load_int (const EntColumn *self,
          gsize            row)
{
  switch (self->width)
    {
    case 1:
      return ((const gint8 *) self->data)[row];
    case 2:
      return ((const gint16 *) self->data)[row];
    case 4:
      return ((const gint32 *) self->data)[row];
    default:
      return ((const gint64 *) self->data)[row];
    }
}

gboolean
ent_column_get_int (const EntColumn *self,
                    gsize            row,
                    gint64          *value)
{
  if (self->data == NULL)
    return FALSE;
  *value = load_int (self, row);
  return *value != get_empty (self->width);
}

static void
fill_empty (EntColumn *self,
            gsize      from,
            gsize      to)
{
  if (self->kind == ENT_COLUMN_DICTIONARY)
    memset ((guint8 *) self->data + from * self->width, 0, (to - from) * self->width);
  else
    for (gsize row = from; row < to; row++)
      store_int (self, row, get_empty (self->width));
  if (self->currencies != NULL)
    memset (self->currencies + from, 0, to - from);
}

static void
resize (EntColumn *self,
        gsize      from,
        gsize      capacity)
{
  self->data = g_realloc_n (self->data, capacity, self->width);
  if (self->kind == ENT_COLUMN_MONEY)
    self->currencies = g_realloc (self->currencies, capacity);
  fill_empty (self, from, capacity);
}

/* Columns start at a byte a row and double until the values fit. */
static void
widen (EntColumn *self,
       gsize      capacity)
{
  EntColumn wide = *self;

  wide.width = self->width * 2;
  wide.data = g_malloc_n (capacity, wide.width);
  for (gsize row = 0; row < capacity; row++)
    {
      gint64 value = load_int (self, row);

      if (self->kind == ENT_COLUMN_DICTIONARY)
        ((guint16 *) wide.data)[row] = (guint8) value;
      else
        store_int (&wide, row, value == get_empty (self->width) ? get_empty (wide.width) : value);
    }
  g_free (self->data);
  *self = wide;
}

static gboolean
fits (const EntColumn *self,
      gint64           value)
{
  return self->width == 8 || (value > get_empty (self->width) && value < -get_empty (self->width));
}

static void
put_int (EntTable  *table,
         EntColumn *self,
         gsize      row,
         gint64     value)
{
  if (self->data == NULL)
    {
      self->width = 1;
      resize (self, 0, table->capacity);
    }
  while (!fits (self, value))
    widen (self, table->capacity);
  store_int (self, row, value);
}

static void
put_empty (EntColumn *self,
           gsize      row)
{
  if (self->data == NULL)
    return;
  if (self->kind == ENT_COLUMN_DICTIONARY)
    memset ((guint8 *) self->data + row * self->width, 0, self->width);
  else
    store_int (self, row, get_empty (self->width));
  if (self->currencies != NULL)
    self->currencies[row] = 0;
}

static void
put_text (EntTable   *table,
          EntColumn  *self,
          gsize       row,
          const char *text,
          gsize       length)
{
  guint code;

  if (self->data == NULL)
    {
      self->width = 1;
      self->dictionary = ent_dictionary_new ();
      resize (self, 0, table->capacity);
    }
  code = ent_dictionary_add (self->dictionary, text, length);
  if (code == 0 || (code > MANY_TEXTS && code > table->n_rows / 2))
    {
      column_clear (self);
      return;
    }
  if (code > G_MAXUINT8 && self->width == 1)
    widen (self, table->capacity);
  if (self->width == 1)
    ((guint8 *) self->data)[row] = (guint8) code;
  else
    ((guint16 *) self->data)[row] = (guint16) code;
}

static void
put_money (EntTable   *table,
           EntColumn  *self,
           gsize       row,
           gint64      minor,
           const char *currency,
           gsize       length)
{
  guint code;

  if (self->dictionary == NULL)
    self->dictionary = ent_dictionary_new ();
  code = ent_dictionary_add (self->dictionary, currency, length);
  if (code > G_MAXUINT8)
    {
      column_clear (self);
      return;
    }
  put_int (table, self, row, minor);
  self->currencies[row] = (guint8) code;
}

/* --- Tables --------------------------------------------------------------------------------------- */

EntTable *
ent_table_new (const EntRecordType *type)
{
  EntTable *self = g_new0 (EntTable, 1);

  self->type = type;
  self->schema = ent_schema_ref (type->schema);
  self->n_columns = ent_record_type_get_n_fields (type);
  self->columns = g_new0 (EntColumn, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i].kind = choose_kind (ent_record_type_get_nth (type, i));
  return self;
}

void
ent_table_free (EntTable *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    column_clear (&self->columns[i]);
  g_free (self->columns);
  ent_bits_clear (&self->live);
  g_free (self->by_title);
  ent_table_forget_orders (self);
  ent_schema_unref (self->schema);
  g_free (self);
}

gsize
ent_table_get_size (const EntTable *self)
{
  gsize size = self->capacity / 8 + self->n_titles * sizeof (guint32);

  for (guint i = 0; i < self->n_columns; i++)
    {
      const EntColumn *column = &self->columns[i];

      if (column->data != NULL)
        size += self->capacity * (column->width + (column->currencies != NULL));
      if (column->dictionary != NULL)
        size += column->dictionary->n_slots * 6 + column->dictionary->texts->len * 32;
    }
  for (guint i = 0; i < ENT_TABLE_ORDERS; i++)
    if (self->orders[i].rows != NULL)
      size += self->n_titles * sizeof (guint32);
  return size;
}

static void
reserve (EntTable *self,
         gsize     n_rows)
{
  gsize capacity;

  self->n_rows = MAX (self->n_rows, n_rows);
  if (n_rows <= self->capacity)
    return;
  capacity = (n_rows + SPARE_ROWS + 63) / 64 * 64;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].data != NULL)
      resize (&self->columns[i], self->capacity, capacity);
  self->live.words = g_renew (guint64, self->live.words, capacity / 64);
  memset (self->live.words + self->live.n_words, 0,
          (capacity / 64 - self->live.n_words) * sizeof (guint64));
  self->live.n_words = capacity / 64;
  self->capacity = capacity;
}

static void
append_columns (EntTable *self,
                GString  *sql)
{
  g_string_append (sql, "SELECT \"row\", deleted_at IS NULL");
  for (guint i = 0; i < self->n_columns; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);

      if (self->columns[i].kind == ENT_COLUMN_NONE)
        continue;
      g_string_append_printf (sql, ", \"%s\"", field->column);
      if (field->currency_column != NULL)
        g_string_append_printf (sql, ", \"%s\"", field->currency_column);
    }
  /* In the order of the file: the index of titles would have each record read where it happens to be. */
  g_string_append_printf (sql, " FROM %s NOT INDEXED WHERE ", ent_sql_table (self->type));
}

/* Which columns a statement yields: those mirrored when it was made. */
static GArray *
list_columns (const EntTable *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].kind != ENT_COLUMN_NONE)
      g_array_append_val (list, i);
  return list;
}

static void
read_column (EntTable     *self,
             EntColumn    *column,
             gsize         row,
             sqlite3_stmt *statement,
             int           at)
{
  const char *text;

  if (sqlite3_column_type (statement, at) == SQLITE_NULL)
    {
      put_empty (column, row);
      return;
    }
  if (column->kind == ENT_COLUMN_INTEGER)
    {
      put_int (self, column, row, sqlite3_column_int64 (statement, at));
      return;
    }
  text = (const char *) sqlite3_column_text (statement, at + (column->kind == ENT_COLUMN_MONEY));
  if (column->kind == ENT_COLUMN_MONEY)
    put_money (self, column, row, sqlite3_column_int64 (statement, at), text != NULL ? text : "",
               (gsize) sqlite3_column_bytes (statement, at + 1));
  else
    put_text (self, column, row, text, (gsize) sqlite3_column_bytes (statement, at));
}

static void
read_row (EntTable     *self,
          sqlite3_stmt *statement,
          const GArray *list)
{
  gsize row = (gsize) sqlite3_column_int64 (statement, 0);
  int at = 2;

  reserve (self, row + 1);
  if (sqlite3_column_int (statement, 1) != 0)
    ent_bits_set (&self->live, row);
  else
    ent_bits_unset (&self->live, row);
  for (guint i = 0; i < list->len; i++)
    {
      guint index = g_array_index (list, guint, i);
      EntColumn *column = &self->columns[index];
      gboolean is_money = ent_record_type_get_nth (self->type, index)->currency_column != NULL;

      if (column->kind != ENT_COLUMN_NONE)
        read_column (self, column, row, statement, at);
      at += is_money ? 2 : 1;
    }
}

static gboolean
read_rows (EntTable      *self,
           EntConnection *connection,
           const char    *condition,
           const GArray  *rows, /* (nullable): bound one by one */
           GError       **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GArray) list = list_columns (self);
  sqlite3_stmt *statement;
  int code = SQLITE_DONE;

  append_columns (self, sql);
  g_string_append (sql, condition);
  for (guint i = 0; i < (rows != NULL ? rows->len : 1) && code == SQLITE_DONE; i++)
    {
      statement = ent_connection_prepare (connection, sql->str, error);
      if (statement == NULL)
        return FALSE;
      if (rows != NULL)
        sqlite3_bind_int64 (statement, 1, g_array_index (rows, gint64, i));
      while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
        read_row (self, statement, list);
      sqlite3_reset (statement);
    }
  return code == SQLITE_DONE;
}

static gsize
count_rows (EntTable      *self,
            EntConnection *connection)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(\"row\") FROM %s", ent_sql_table (self->type));
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, NULL);
  gsize last = 0;

  if (statement != NULL && ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
    last = (gsize) sqlite3_column_int64 (statement, 0);
  if (statement != NULL)
    sqlite3_reset (statement);
  return last;
}

gboolean
ent_table_load (EntTable      *self,
                EntConnection *connection,
                GError       **error)
{
  gboolean ok;

  if (!ent_connection_exec (connection, "BEGIN", error))
    return FALSE;
  reserve (self, count_rows (self, connection) + 1);
  ok = read_rows (self, connection, "deleted_at IS NULL", NULL, error) &&
       ent_table_load_titles (self, connection, error);
  return ent_connection_exec (connection, "END", ok ? error : NULL) && ok;
}

/* Rows are cleared first: one that is gone must not stay. */
gboolean
ent_table_refresh (EntTable      *self,
                   EntConnection *connection,
                   const GArray  *rows,
                   GError       **error)
{
  gboolean ok;

  ent_table_forget_orders (self);
  for (guint i = 0; i < rows->len; i++)
    ent_bits_unset (&self->live, (gsize) g_array_index (rows, gint64, i));
  if (!ent_connection_exec (connection, "BEGIN", error))
    return FALSE;
  ok = read_rows (self, connection, "\"row\" = ?", rows, error) &&
       ent_table_place_titles (self, connection, rows, error);
  return ent_connection_exec (connection, "END", ok ? error : NULL) && ok;
}
