/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: the order of titles, from the index of the table. */
#include "config.h"

#include "store/ent-columns-private.h"

GArray *
ent_table_read_titles (EntConnection       *connection,
                       const EntRecordType *type,
                       GError             **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  sqlite3_stmt *statement;
  int code;

  sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE deleted_at IS NULL ORDER BY title_key, \"row\"",
                         ent_sql_table (type));
  statement = ent_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      guint32 row = (guint32) sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  sqlite3_reset (statement);
  return code == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

gboolean
ent_table_load_titles (EntTable      *self,
                       EntConnection *connection,
                       GError       **error)
{
  g_autoptr (GArray) rows = ent_table_read_titles (connection, self->type, error);

  if (rows == NULL)
    return FALSE;
  g_free (self->by_title);
  self->n_titles = rows->len;
  self->by_title = g_memdup2 (rows->data, rows->len * sizeof (guint32));
  return TRUE;
}

typedef struct
{
  gint64  row;
  char   *title_key;
  gint64  before; /* the next row in order that is not moved itself; 0: none */
} Place;

static void
place_clear (Place *self)
{
  g_free (self->title_key);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *x = a, *y = b;
  int order = g_strcmp0 (x->title_key, y->title_key);

  return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* The live ones among @rows, by title. */
static GArray *
read_places (EntTable      *self,
             EntConnection *connection,
             const GArray  *rows)
{
  g_autofree char *sql = g_strdup_printf ("SELECT title_key FROM %s WHERE \"row\" = ?",
                                          ent_sql_table (self->type));
  GArray *places = g_array_new (FALSE, TRUE, sizeof (Place));

  g_array_set_clear_func (places, (GDestroyNotify) place_clear);
  for (guint i = 0; i < rows->len; i++)
    {
      sqlite3_stmt *statement = ent_connection_prepare (connection, sql, NULL);
      Place place = { .row = g_array_index (rows, gint64, i) };

      if (statement == NULL || !ent_bits_get (&self->live, place.row))
        continue;
      sqlite3_bind_int64 (statement, 1, place.row);
      if (ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
        {
          place.title_key = g_strdup ((const char *) sqlite3_column_text (statement, 0));
          g_array_append_val (places, place);
        }
      sqlite3_reset (statement);
    }
  g_array_sort (places, compare_places);
  return places;
}

static gint64
find_next (EntTable      *self,
           EntConnection *connection,
           const Place   *place)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gint64 next = 0;

  sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE deleted_at IS NULL AND title_key >= ?1 AND"
                         " (title_key > ?1 OR \"row\" > ?2) ORDER BY title_key, \"row\" LIMIT 1",
                         ent_sql_table (self->type));
  statement = ent_connection_prepare (connection, sql, NULL);
  if (statement == NULL)
    return -1;
  sqlite3_bind_text (statement, 1, place->title_key, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, place->row);
  if (ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
    next = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return next;
}

/* Backward, so that the next row, if it moves too, knows its place already. FALSE: read all anew. */
static gboolean
find_places (EntTable      *self,
             EntConnection *connection,
             GArray        *places)
{
  for (guint i = places->len; i-- > 0;)
    {
      Place *place = &g_array_index (places, Place, i);
      Place *after = i + 1 < places->len ? place + 1 : NULL;
      gint64 next;

      if (place->title_key == NULL)
        return FALSE;
      next = find_next (self, connection, place);
      if (next < 0)
        return FALSE;
      place->before = after != NULL && next == after->row ? after->before : next;
    }
  return TRUE;
}

static gsize
put_places (const GArray *places,
            guint        *taken,
            gint64        before,
            guint32      *to)
{
  gsize n = 0;

  while (*taken < places->len && g_array_index (places, Place, *taken).before == before)
    to[n++] = (guint32) g_array_index (places, Place, (*taken)++).row;
  return n;
}

/* One pass copies the order without the moved rows and drops each of them before its next row. */
static gboolean
merge_places (EntTable     *self,
              const GArray *rows,
              const GArray *places)
{
  g_auto (EntBits) moved = { 0 };
  guint32 *order = g_new (guint32, self->n_titles + places->len + 1);
  gsize n = 0;
  guint taken = 0;

  ent_bits_init (&moved, self->n_rows);
  for (guint i = 0; i < rows->len; i++)
    ent_bits_set (&moved, (gsize) g_array_index (rows, gint64, i));
  for (gsize i = 0; i < self->n_titles; i++)
    {
      guint32 row = self->by_title[i];

      if (ent_bits_get (&moved, row))
        continue;
      if (taken < places->len && g_array_index (places, Place, taken).before == row)
        n += put_places (places, &taken, row, order + n);
      order[n++] = row;
    }
  n += put_places (places, &taken, 0, order + n);
  g_free (self->by_title);
  self->by_title = order;
  self->n_titles = n;
  /* A row whose neighbor is not known here yet: another commit came in between. */
  return taken == places->len && n == ent_bits_count (&self->live);
}

gboolean
ent_table_place_titles (EntTable      *self,
                        EntConnection *connection,
                        const GArray  *rows,
                        GError       **error)
{
  g_autoptr (GArray) places = read_places (self, connection, rows);

  if (find_places (self, connection, places) && merge_places (self, rows, places))
    return TRUE;
  return ent_table_load_titles (self, connection, error);
}
