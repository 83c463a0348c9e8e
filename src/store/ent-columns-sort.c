/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: rows in order. Rows are taken in the order of titles, which settles ties, and sorted stably from the
 * last key to the first. The order of all records by some fields is kept until something changes. */
#include "config.h"

#include "store/ent-columns-private.h"
#include "store/ent-radix.h"

gboolean
ent_table_can_sort (const EntTable *self,
                    const EntField *field)
{
  return ent_table_get_column (self, field) != NULL &&
         (field->info.type != ENT_FIELD_REF ||
          (strcmp (field->info.target, "*") != 0 && !ent_field_is_many (field)));
}

/* --- Keys ----------------------------------------------------------------------------------------- */

#define EMPTY G_MAXUINT64

static guint
count_bits (guint64 value)
{
  return value == 0 ? 0 : 64 - (guint) __builtin_clzll (value);
}

/* Makes keys start at 0, turns them around if asked, and puts empty ones last. Returns their bits. */
static guint
normalize (guint64  *keys,
           gsize     n,
           gboolean  descending)
{
  guint64 least = EMPTY, most = 0;

  for (gsize i = 0; i < n; i++)
    if (keys[i] != EMPTY)
      {
        least = MIN (least, keys[i]);
        most = MAX (most, keys[i]);
      }
  if (least == EMPTY)
    return 0;
  for (gsize i = 0; i < n; i++)
    keys[i] = keys[i] == EMPTY ? most - least + 1 : descending ? most - keys[i] : keys[i] - least;
  return count_bits (most - least + 1);
}

/* Signed to unsigned in the same order; nothing stored becomes EMPTY, see fits() of the loader. */
static inline guint64
flip (gint64 value)
{
  return (guint64) value ^ (G_GUINT64_CONSTANT (1) << 63);
}

#define GATHER(type, is_empty)                                                        \
  for (gsize i = 0; i < n; i++)                                                       \
    {                                                                                 \
      type value = ((const type *) column->data)[rows[i]];                            \
      keys[i] = value == is_empty ? EMPTY : MIN (flip (value), EMPTY - 1);            \
    }

static void
get_integer_keys (const EntColumn *column,
                  const guint32   *rows,
                  gsize            n,
                  guint64         *keys)
{
  switch (column->width)
    {
    case 1:
      GATHER (gint8, G_MININT8);
      break;
    case 2:
      GATHER (gint16, G_MININT16);
      break;
    case 4:
      GATHER (gint32, G_MININT32);
      break;
    default:
      GATHER (gint64, G_MININT64);
    }
}

/* ent_amount_key() of an amount, divided by what all currencies have in common. */
typedef struct
{
  gint64 factors[G_MAXUINT8 + 1]; /* by code */
  gint64 least;
  gint64 too_large;               /* as the key of amounts that ent_amount_key() cannot tell apart */
} Amounts;

static gboolean
amounts_init (Amounts         *self,
              const GPtrArray *currencies)
{
  gboolean all_equal = TRUE;

  self->least = G_MAXINT64;
  for (guint code = 1; code < currencies->len; code++)
    {
      self->factors[code] = ent_amount_key (1, currencies->pdata[code]);
      self->least = MIN (self->least, self->factors[code]);
      all_equal &= self->factors[code] == self->factors[1];
    }
  self->too_large = G_MAXINT64 / self->least + (self->least > 1);
  return !all_equal;
}

static guint64
amounts_get_key (const Amounts *self,
                 guint          code,
                 gint64         minor)
{
  gint64 key;

  if (__builtin_mul_overflow (minor, self->factors[code], &key))
    key = minor < 0 ? -self->too_large : self->too_large;
  else
    key = minor * (self->factors[code] / self->least);
  return MIN (flip (key), EMPTY - 1);
}

static void
get_amount_keys (const EntColumn *column,
                 const guint32   *rows,
                 gsize            n,
                 guint64         *keys)
{
  Amounts amounts = { { 0 } };
  gint64 minor;

  if (!amounts_init (&amounts, column->dictionary->texts))
    {
      get_integer_keys (column, rows, n, keys);
      return;
    }
  for (gsize i = 0; i < n; i++)
    keys[i] = ent_column_get_int (column, rows[i], &minor)
              ? amounts_get_key (&amounts, column->currencies[rows[i]], minor) : EMPTY;
}

typedef struct
{
  guint  code;
  gint64 place;
  char  *key;
} TextOrder;

static int
compare_orders (gconstpointer a,
                gconstpointer b)
{
  const TextOrder *x = a, *y = b;

  return x->key != NULL ? strcmp (x->key, y->key) : (x->place > y->place) - (x->place < y->place);
}

static void
text_order_clear (TextOrder *self)
{
  g_free (self->key);
}

/* Ranks of the texts of a dictionary; equal ones share theirs. */
static guint32 *
rank_texts (const EntField      *field,
            const EntDictionary *dictionary)
{
  guint n = dictionary->texts->len;
  g_autoptr (GArray) orders = g_array_new (FALSE, TRUE, sizeof (TextOrder));
  g_autoptr (GString) buffer = g_string_new (NULL);
  guint32 *ranks = g_new0 (guint32, n);
  guint32 rank = 0;

  g_array_set_clear_func (orders, (GDestroyNotify) text_order_clear);
  for (guint code = 1; code < n; code++)
    {
      TextOrder order = { .code = code };

      if (ent_field_order (field, ent_dictionary_get (dictionary, code), buffer, &order.place))
        order.key = g_strdup (buffer->str);
      g_array_append_val (orders, order);
    }
  g_array_sort (orders, compare_orders);
  for (guint i = 0; i < orders->len; i++)
    {
      const TextOrder *order = &g_array_index (orders, TextOrder, i);

      if (i > 0 && compare_orders (order - 1, order) != 0)
        rank++;
      ranks[order->code] = rank;
    }
  return ranks;
}

static void
get_text_keys (const EntField  *field,
               const EntColumn *column,
               const guint32   *rows,
               gsize            n,
               guint64         *keys)
{
  g_autofree guint32 *ranks = rank_texts (field, column->dictionary);

  for (gsize i = 0; i < n; i++)
    {
      guint code = ent_column_get_code (column, rows[i]);

      keys[i] = code != 0 ? ranks[code] : EMPTY;
    }
}

/* Ranks of the records of the type that the field refers to, from 1; 0: not live. By row. */
static guint32 *
rank_records (EntSelection   *self,
              gsize           sort,
              const EntField *field,
              gsize          *n_ranks)
{
  const GArray *order = self->orders->pdata[sort];
  const EntTable *target = ent_columns_get_table (self->columns, ent_schema_lookup (field->type->schema,
                                                                                    field->info.target));
  const guint32 *rows = order != NULL ? (const guint32 *) (gpointer) order->data
                                      : target != NULL ? target->by_title : NULL;
  gsize n = order != NULL ? order->len : target != NULL ? target->n_titles : 0;
  guint32 *ranks;
  guint32 last = 0;

  for (gsize i = 0; i < n; i++)
    last = MAX (last, rows[i]);
  *n_ranks = (gsize) last + 1;
  ranks = g_new0 (guint32, *n_ranks);
  for (gsize i = 0; i < n; i++)
    ranks[rows[i]] = (guint32) i + 1;
  return ranks;
}

static void
get_record_keys (EntSelection    *self,
                 gsize            sort,
                 const EntColumn *column,
                 const guint32   *rows,
                 gsize            n,
                 guint64         *keys)
{
  gsize n_ranks;
  g_autofree guint32 *ranks = rank_records (self, sort, self->ask->query->sort[sort].field, &n_ranks);

  for (gsize i = 0; i < n; i++)
    {
      gint64 key;
      gsize row;

      keys[i] = EMPTY;
      if (!ent_column_get_int (column, rows[i], &key))
        continue;
      row = (gsize) ent_key_row (key);
      if (row < n_ranks && ranks[row] != 0)
        keys[i] = ranks[row];
    }
}

static void
sort_by (EntSelection *self,
         gsize         sort,
         guint32      *rows,
         gsize         n)
{
  const EntSort *by = &self->ask->query->sort[sort];
  const EntColumn *column = ent_table_get_column (self->table, by->field);
  guint64 *keys;

  if (column == NULL || column->data == NULL || n < 2)
    return;
  keys = ent_radix_new_keys (n);
  if (column->kind == ENT_COLUMN_DICTIONARY)
    get_text_keys (by->field, column, rows, n, keys);
  else if (column->kind == ENT_COLUMN_MONEY)
    get_amount_keys (column, rows, n, keys);
  else if (by->field->info.type == ENT_FIELD_REF)
    get_record_keys (self, sort, column, rows, n, keys);
  else
    get_integer_keys (column, rows, n, keys);
  ent_radix_sort (rows, keys, n, normalize (keys, n, by->descending));
  g_aligned_free (keys);
}

/* --- Orders that are kept ------------------------------------------------------------------------- */

void
ent_table_forget_orders (EntTable *self)
{
  for (guint i = 0; i < ENT_TABLE_ORDERS; i++)
    {
      g_clear_pointer (&self->orders[i].sort, g_array_unref);
      g_clear_pointer (&self->orders[i].rows, g_free);
    }
}

static gboolean
is_order (const EntTableOrder *order,
          const EntQuery      *query,
          gsize                n_keys)
{
  if (order->sort == NULL || order->sort->len != n_keys)
    return FALSE;
  for (guint i = 0; i < order->sort->len; i++)
    {
      const EntSort *by = &g_array_index (order->sort, EntSort, i);

      if (by->field != query->sort[i].field || by->descending != query->sort[i].descending)
        return FALSE;
    }
  return TRUE;
}

/* (nullable) */
static const guint32 *
find_order (const EntTable *self,
            const EntQuery *query,
            gsize           n_keys)
{
  for (guint i = 0; i < ENT_TABLE_ORDERS; i++)
    if (is_order (&self->orders[i], query, n_keys))
      return self->orders[i].rows;
  return NULL;
}

/* The order by a reference depends on titles of other records; fields of a newer schema are others. */
static gboolean
may_keep (const EntSelection *self,
          gsize               n_keys,
          gsize               n_rows)
{
  const EntQuery *query = self->ask->query;

  for (gsize i = 0; i < n_keys; i++)
    if (query->sort[i].field->info.type == ENT_FIELD_REF)
      return FALSE;
  return n_keys > 0 && n_rows == self->table->n_titles && query->type->schema == self->table->schema;
}

/* The oldest one goes. */
static void
keep_order (EntTable       *self,
            const EntQuery *query,
            gsize           n_sort,
            const guint32  *rows)
{
  EntTableOrder *oldest = &self->orders[ENT_TABLE_ORDERS - 1];

  g_clear_pointer (&oldest->sort, g_array_unref);
  g_free (oldest->rows);
  memmove (self->orders + 1, self->orders, (ENT_TABLE_ORDERS - 1) * sizeof *self->orders);
  self->orders[0].sort = g_array_sized_new (FALSE, FALSE, sizeof (EntSort), (guint) n_sort);
  g_array_append_vals (self->orders[0].sort, query->sort, (guint) n_sort);
  self->orders[0].rows = g_memdup2 (rows, self->n_titles * sizeof *rows);
}

/* --- Rows ----------------------------------------------------------------------------------------- */

/* The selected ones of all live rows in @order, forward or backward, at most @limit. */
static guint32 *
take_rows (const EntSelection *self,
           const guint32      *order,
           gboolean            backward,
           gsize               limit,
           gsize              *n_rows)
{
  gsize n_all = self->table->n_titles;
  gsize n_selected = ent_bits_count (&self->bits), size = MIN (limit, n_selected);
  guint32 *rows = g_new (guint32, MAX (size, 1));
  gsize n = 0;

  if (n_selected == n_all && !backward)
    memcpy (rows, order, (n = size) * sizeof *rows);
  for (gsize i = 0; i < n_all && n < size; i++)
    {
      guint32 row = order[backward ? n_all - 1 - i : i];

      rows[n] = row;
      n += ent_bits_get (&self->bits, row);
    }
  *n_rows = n;
  return rows;
}

EntResult *
ent_selection_get_rows (EntSelection *self,
                        gsize         limit)
{
  const EntQuery *query = self->ask->query;
  const guint32 *kept;
  gsize n_keys = 0, n_sort, n_rows;
  gboolean backward = FALSE;
  guint32 *rows;

  while (n_keys < query->n_sort && query->sort[n_keys].field->index != ENT_COMMON_TITLE)
    n_keys++;
  if (n_keys < query->n_sort)
    backward = query->sort[n_keys].descending;
  n_sort = n_keys < query->n_sort ? n_keys + 1 : n_keys;
  kept = n_keys > 0 ? find_order (self->table, query, n_sort) : NULL;
  if (kept != NULL)
    rows = take_rows (self, kept, FALSE, limit, &n_rows);
  else
    rows = take_rows (self, self->table->by_title, backward, n_keys == 0 ? limit : G_MAXSIZE, &n_rows);
  for (gsize i = kept == NULL ? n_keys : 0; i-- > 0;)
    sort_by (self, i, rows, n_rows);
  if (kept == NULL && may_keep (self, n_keys, n_rows))
    keep_order (self->table, query, n_sort, rows);
  return ent_result_new (query->type, rows, MIN (n_rows, limit));
}
