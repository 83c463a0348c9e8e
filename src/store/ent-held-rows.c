/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-held-rows.h"

#include <string.h>

typedef enum
{
  CELL_NULL,
  CELL_INT,
  CELL_TEXT,
  CELL_BLOB,
  CELL_CODE,
} CellKind;

typedef struct
{
  union
  {
    const void *bytes;
    char        code[8];
  };
  gint64   number; /* INT: the value; else the length */
  CellKind kind;
} Cell;

struct _EntHeldRows
{
  sqlite3 *db;
  guint    width;
  guint    n;
  Cell    *cells; /* row after row */
};

/* --- What SQLite calls ---------------------------------------------------------------------------- */

typedef struct
{
  sqlite3_vtab parent;
  EntHeldRows *rows;
} Table;

typedef struct
{
  sqlite3_vtab_cursor parent;
  guint               at;
} Cursor;

static int
connect_cb (sqlite3            *db,
            void               *rows,
            int                 n_arguments,
            const char * const *arguments,
            sqlite3_vtab      **table,
            char              **message)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE x(c1");
  int code;

  for (guint i = 2; i <= ((EntHeldRows *) rows)->width; i++)
    g_string_append_printf (sql, ",c%u", i);
  g_string_append_c (sql, ')');
  code = sqlite3_declare_vtab (db, sql->str);
  if (code == SQLITE_OK)
    {
      Table *self = g_new0 (Table, 1);

      self->rows = rows;
      *table = &self->parent;
    }
  return code;
}

static int
disconnect_cb (sqlite3_vtab *table)
{
  g_free (table);
  return SQLITE_OK;
}

static int
best_index_cb (sqlite3_vtab       *table,
               sqlite3_index_info *info)
{
  info->estimatedRows = ENT_HELD_ROWS_MAX;
  info->estimatedCost = ENT_HELD_ROWS_MAX;
  return SQLITE_OK;
}

static int
open_cb (sqlite3_vtab         *table,
         sqlite3_vtab_cursor **cursor)
{
  Cursor *self = g_new0 (Cursor, 1);

  *cursor = &self->parent;
  return SQLITE_OK;
}

static int
close_cb (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);
  return SQLITE_OK;
}

static int
filter_cb (sqlite3_vtab_cursor *cursor,
           int                  number,
           const char          *text,
           int                  n_values,
           sqlite3_value      **values)
{
  ((Cursor *) cursor)->at = 0;
  return SQLITE_OK;
}

static int
next_cb (sqlite3_vtab_cursor *cursor)
{
  ((Cursor *) cursor)->at++;
  return SQLITE_OK;
}

static int
eof_cb (sqlite3_vtab_cursor *cursor)
{
  return ((Cursor *) cursor)->at >= ((Table *) cursor->pVtab)->rows->n;
}

static int
column_cb (sqlite3_vtab_cursor *cursor,
           sqlite3_context     *context,
           int                  column)
{
  const EntHeldRows *rows = ((Table *) cursor->pVtab)->rows;
  const Cell *cell = &rows->cells[((Cursor *) cursor)->at * rows->width + (guint) column];

  switch (cell->kind)
    {
    case CELL_INT:
      sqlite3_result_int64 (context, cell->number);
      break;
    case CELL_TEXT:
      sqlite3_result_text (context, cell->bytes, (int) cell->number, SQLITE_STATIC);
      break;
    case CELL_BLOB:
      sqlite3_result_blob (context, cell->bytes, (int) cell->number, SQLITE_STATIC);
      break;
    case CELL_CODE:
      sqlite3_result_text (context, cell->code, (int) cell->number, SQLITE_STATIC);
      break;
    case CELL_NULL:
    default:
      break;
    }
  return SQLITE_OK;
}

static int
row_id_cb (sqlite3_vtab_cursor *cursor,
           sqlite3_int64       *row)
{
  *row = ((Cursor *) cursor)->at;
  return SQLITE_OK;
}

/* Without xCreate it is there by its name alone. */
static const sqlite3_module module = {
  .xConnect = connect_cb,
  .xBestIndex = best_index_cb,
  .xDisconnect = disconnect_cb,
  .xOpen = open_cb,
  .xClose = close_cb,
  .xFilter = filter_cb,
  .xNext = next_cb,
  .xEof = eof_cb,
  .xColumn = column_cb,
  .xRowid = row_id_cb,
};

/* --- Life ----------------------------------------------------------------------------------------- */

EntHeldRows *
ent_held_rows_new (sqlite3 *db,
                   guint    width,
                   int     *code)
{
  EntHeldRows *self = g_new0 (EntHeldRows, 1);

  self->db = db;
  self->width = width;
  self->cells = g_new (Cell, (gsize) width * ENT_HELD_ROWS_MAX);
  *code = sqlite3_create_module_v2 (db, ENT_HELD_ROWS_TABLE, &module, self, NULL);
  if (*code != SQLITE_OK)
    g_clear_pointer (&self, ent_held_rows_free);
  return self;
}

void
ent_held_rows_free (EntHeldRows *self)
{
  sqlite3_create_module_v2 (self->db, ENT_HELD_ROWS_TABLE, NULL, NULL, NULL);
  g_free (self->cells);
  g_free (self);
}

/* --- Rows ----------------------------------------------------------------------------------------- */

guint
ent_held_rows_get_n (const EntHeldRows *self)
{
  return self->n;
}

void
ent_held_rows_add (EntHeldRows *self)
{
  g_return_if_fail (self->n < ENT_HELD_ROWS_MAX);

  memset (self->cells + (gsize) self->n * self->width, 0, self->width * sizeof (Cell));
  self->n++;
}

void
ent_held_rows_clear (EntHeldRows *self)
{
  self->n = 0;
}

static Cell *
get_cell (EntHeldRows *self,
          guint        column)
{
  return &self->cells[(gsize) (self->n - 1) * self->width + column - 1];
}

void
ent_held_rows_set_int (EntHeldRows *self,
                       guint        column,
                       gint64       integer)
{
  Cell *cell = get_cell (self, column);

  cell->kind = CELL_INT;
  cell->number = integer;
}

static void
set_bytes (EntHeldRows *self,
           guint        column,
           CellKind     kind,
           const void  *bytes,
           gsize        length)
{
  Cell *cell = get_cell (self, column);

  cell->kind = kind;
  cell->bytes = bytes;
  cell->number = (gint64) length;
}

void
ent_held_rows_set_text (EntHeldRows *self,
                        guint        column,
                        const char  *text,
                        gsize        length)
{
  set_bytes (self, column, CELL_TEXT, text, length);
}

void
ent_held_rows_set_blob (EntHeldRows *self,
                        guint        column,
                        const void  *bytes,
                        gsize        length)
{
  set_bytes (self, column, CELL_BLOB, bytes, length);
}

void
ent_held_rows_set_code (EntHeldRows *self,
                        guint        column,
                        const char  *text,
                        gsize        length)
{
  Cell *cell = get_cell (self, column);

  g_return_if_fail (length <= 4);
  cell->kind = CELL_CODE;
  cell->number = (gint64) length;
  memcpy (cell->code, text, length);
}
