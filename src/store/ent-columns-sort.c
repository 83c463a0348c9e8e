/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: rows in order. Rows are taken in the order of titles, which settles ties, and sorted by
 * stable radix passes from the last key to the first. */
#include "config.h"

#include "store/ent-columns-private.h"

#define MAX_DIGIT 11 /* bits of a pass: more would leave the first-level cache */

gboolean
ent_table_can_sort (const EntTable *self,
                    const EntField *field)
{
  return ent_table_get_column (self, field) != NULL &&
         (field->info.type != ENT_FIELD_REF ||
          (strcmp (field->info.target, "*") != 0 && !ent_field_is_many (field)));
}

/* --- Radix ---------------------------------------------------------------------------------------- */

static guint
count_bits (guint64 value)
{
  return value == 0 ? 0 : 64 - (guint) __builtin_clzll (value);
}

/* Sorts @items by the bits [from, to), stably; @spare has the same size. Returns where they are. */
static guint64 *
radix_sort (guint64 *items,
            guint64 *spare,
            gsize    n,
            guint    from,
            guint    to)
{
  guint n_passes = (to - from + MAX_DIGIT - 1) / MAX_DIGIT;
  guint digit = n_passes > 0 ? (to - from + n_passes - 1) / n_passes : 0;

  for (guint shift = from; shift < to; shift += digit)
    {
      gsize starts[1 << MAX_DIGIT] = { 0 };
      guint64 mask = (G_GUINT64_CONSTANT (1) << MIN (digit, to - shift)) - 1;
      gsize sum = 0;
      guint64 *other = spare;

      for (gsize i = 0; i < n; i++)
        starts[items[i] >> shift & mask]++;
      for (gsize i = 0; i <= mask; i++)
        {
          gsize count = starts[i];

          starts[i] = sum;
          sum += count;
        }
      for (gsize i = 0; i < n; i++)
        spare[starts[items[i] >> shift & mask]++] = items[i];
      spare = items;
      items = other;
    }
  return items;
}

/* Keys of up to 64 bits with the place of each: packed into one integer when both fit, else the keys are
 * sorted by their low and then by their high half. */
static void
sort_rows (guint32       *rows,
           const guint64 *keys,
           gsize          n,
           guint          n_bits)
{
  guint place_bits = MAX (count_bits (n), 1);
  guint take = MIN (n_bits, 64 - place_bits);
  g_autofree guint64 *items = g_new (guint64, n);
  g_autofree guint64 *spare = g_new (guint64, n);
  g_autofree guint32 *old = g_memdup2 (rows, n * sizeof (guint32));
  g_autofree guint64 *rest = NULL;
  guint64 *sorted;
  guint64 mask = (G_GUINT64_CONSTANT (1) << place_bits) - 1;

  if (take == 0)
    return;
  for (gsize i = 0; i < n; i++)
    items[i] = (keys[i] << (64 - take) >> (64 - take)) << place_bits | i;
  sorted = radix_sort (items, spare, n, place_bits, place_bits + take);
  for (gsize i = 0; i < n; i++)
    rows[i] = old[sorted[i] & mask];
  if (take == n_bits)
    return;
  rest = g_new (guint64, n);
  for (gsize i = 0; i < n; i++)
    rest[i] = keys[sorted[i] & mask] >> take;
  sort_rows (rows, rest, n, n_bits - take);
}

/* --- Keys ----------------------------------------------------------------------------------------- */

#define EMPTY G_MAXUINT64

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

static void
get_amount_keys (const EntColumn *column,
                 const guint32   *rows,
                 gsize            n,
                 guint64         *keys)
{
  const GPtrArray *currencies = column->dictionary->texts;
  gint64 factors[G_MAXUINT8 + 1] = { 0 };
  gboolean all_equal = TRUE;

  for (guint code = 1; code < currencies->len; code++)
    {
      factors[code] = ent_amount_key (1, currencies->pdata[code]);
      all_equal &= factors[code] == factors[1];
    }
  if (all_equal)
    {
      get_integer_keys (column, rows, n, keys);
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      const char *currency = currencies->pdata[column->currencies[rows[i]]];
      gint64 minor;

      keys[i] = ent_column_get_int (column, rows[i], &minor)
                ? MIN (flip (ent_amount_key (minor, currency)), EMPTY - 1) : EMPTY;
    }
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
  g_autofree guint64 *keys = NULL;

  if (column == NULL || column->data == NULL || n < 2)
    return;
  keys = g_new (guint64, n);
  if (column->kind == ENT_COLUMN_DICTIONARY)
    get_text_keys (by->field, column, rows, n, keys);
  else if (column->kind == ENT_COLUMN_MONEY)
    get_amount_keys (column, rows, n, keys);
  else if (by->field->info.type == ENT_FIELD_REF)
    get_record_keys (self, sort, column, rows, n, keys);
  else
    get_integer_keys (column, rows, n, keys);
  sort_rows (rows, keys, n, normalize (keys, n, by->descending));
}

/* --- Rows ----------------------------------------------------------------------------------------- */

/* The selected rows by title, forward or backward, at most @limit. */
static guint32 *
take_rows (const EntSelection *self,
           gboolean            backward,
           gsize               limit,
           gsize              *n_rows)
{
  const EntTable *table = self->table;
  gsize size = MIN (limit, ent_bits_count (&self->bits));
  guint32 *rows = g_new (guint32, MAX (size, 1));
  gsize n = 0;

  for (gsize i = 0; i < table->n_titles && n < size; i++)
    {
      guint32 row = table->by_title[backward ? table->n_titles - 1 - i : i];

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
  gsize n_keys = 0, n_rows;
  gboolean backward = FALSE;
  guint32 *rows;

  while (n_keys < query->n_sort && query->sort[n_keys].field->index != ENT_COMMON_TITLE)
    n_keys++;
  if (n_keys < query->n_sort)
    backward = query->sort[n_keys].descending;
  rows = take_rows (self, backward, n_keys == 0 ? limit : G_MAXSIZE, &n_rows);
  for (gsize i = n_keys; i-- > 0;)
    sort_by (self, i, rows, n_rows);
  return ent_result_new (query->type, rows, MIN (n_rows, limit));
}
