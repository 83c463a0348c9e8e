/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: filters as loops that set one bit a row. */
#include "config.h"

#include "store/ent-columns-private.h"

/* --- Loops ---------------------------------------------------------------------------------------- */

/* The low bits of 64 bytes of 0 or 1. */
static inline guint64
pack (const guint8 *hits)
{
  guint64 word = 0;

  for (guint i = 0; i < 8; i++)
    {
      guint64 bytes;

      memcpy (&bytes, hits + 8 * i, 8);
#if G_BYTE_ORDER == G_BIG_ENDIAN
      bytes = GUINT64_SWAP_LE_BE (bytes);
#endif
      word |= (bytes * G_GUINT64_CONSTANT (0x0102040810204080) >> 56) << (8 * i);
    }
  return word;
}

/* Compilers turn the inner loop into a few vector instructions. */
#define DEFINE_LOOP(name, type, parameters, test)                  \
static void                                                        \
name (const type *items, gsize n_items, guint64 *words, parameters) \
{                                                                  \
  for (gsize i = 0; i < n_items; i += 64)                          \
    {                                                              \
      guint8 hits[64];                                             \
                                                                   \
      for (guint j = 0; j < 64; j++)                               \
        {                                                          \
          type x = items[i + j];                                   \
          hits[j] = (guint8) (test);                               \
        }                                                          \
      words[i / 64] |= pack (hits);                                \
    }                                                              \
}

#define RANGE(type) const type *range
DEFINE_LOOP (range_8, gint8, RANGE (gint8), (x >= range[0]) & (x <= range[1]))
DEFINE_LOOP (range_16, gint16, RANGE (gint16), (x >= range[0]) & (x <= range[1]))
DEFINE_LOOP (range_32, gint32, RANGE (gint32), (x >= range[0]) & (x <= range[1]))
DEFINE_LOOP (range_64, gint64, RANGE (gint64), (x >= range[0]) & (x <= range[1]))
DEFINE_LOOP (equal_8, guint8, guint8 code, x == code)
DEFINE_LOOP (equal_16, guint16, guint16 code, x == code)
DEFINE_LOOP (listed_8, guint8, const guint8 *passing, passing[x])
DEFINE_LOOP (listed_16, guint16, const guint8 *passing, passing[x])
DEFINE_LOOP (keys_32, gint32, const EntBits *rows, ent_bits_get (rows, x >> ENT_KEY_TYPE_BITS))
DEFINE_LOOP (keys_64, gint64, const EntBits *rows, ent_bits_get (rows, x >> ENT_KEY_TYPE_BITS))

static void
apply_range (const EntColumn *column,
             gsize            n_rows,
             EntRange         range,
             EntBits         *bits)
{
  gint64 limit, from, to;

  /* A column without a value has no width either. */
  if (column->data == NULL)
    return;
  limit = column->width == 8 ? G_MAXINT64 : (G_GINT64_CONSTANT (1) << (8 * column->width - 1)) - 1;
  from = MAX (range.from, -limit);
  to = MIN (range.to, limit);
  if (from > to)
    return;
  switch (column->width)
    {
    case 1:
      range_8 (column->data, n_rows, bits->words, (gint8[]) { (gint8) from, (gint8) to });
      break;
    case 2:
      range_16 (column->data, n_rows, bits->words, (gint16[]) { (gint16) from, (gint16) to });
      break;
    case 4:
      range_32 (column->data, n_rows, bits->words, (gint32[]) { (gint32) from, (gint32) to });
      break;
    default:
      range_64 (column->data, n_rows, bits->words, (gint64[]) { from, to });
    }
}

/* --- Tests ---------------------------------------------------------------------------------------- */

/* A text test is made once for each text of the dictionary. */
static void
test_texts (EntSelection    *self,
            const EntTerm   *term,
            const EntColumn *column,
            gsize            n_rows,
            EntBits         *bits)
{
  gboolean is_many = ent_field_is_many (ent_term_get_field (term));
  g_autoptr (GString) scratch = g_string_new (NULL);
  g_autofree guint8 *passing = NULL;
  guint n_passing = 0, last = 0;

  if (column->data == NULL)
    return;
  passing = g_new0 (guint8, column->dictionary->texts->len);
  for (guint code = 1; code < column->dictionary->texts->len; code++)
    {
      const char *text = ent_dictionary_get (column->dictionary, code);

      passing[code] = term->op == ENT_OP_FILLED ? TRUE
        : is_many ? ent_term_matches_stored (&self->ask->run, term, text, strlen (text), scratch)
        : ent_term_matches_text (term, text, strlen (text), scratch);
      if (passing[code])
        {
          n_passing++;
          last = code;
        }
    }
  if (n_passing == 1 && column->width == 1)
    equal_8 (column->data, n_rows, bits->words, (guint8) last);
  else if (n_passing == 1)
    equal_16 (column->data, n_rows, bits->words, (guint16) last);
  else if (n_passing > 1 && column->width == 1)
    listed_8 (column->data, n_rows, bits->words, passing);
  else if (n_passing > 1)
    listed_16 (column->data, n_rows, bits->words, passing);
}

static void
test_integers (EntSelection    *self,
               const EntTerm   *term,
               const EntColumn *column,
               gsize            n_rows,
               EntBits         *bits)
{
  g_autoptr (GArray) ranges = ent_filter_run_ranges (&self->ask->run, term);

  for (guint i = 0; i < ranges->len; i++)
    apply_range (column, n_rows, g_array_index (ranges, EntRange, i), bits);
}

/* Few records are looked for by value, many by their bits; those of any type one by one. */
static void
test_keys (EntSelection    *self,
           const EntTerm   *term,
           const EntColumn *column,
           gsize            n_rows,
           EntBits         *bits)
{
  const GArray *keys = ent_filter_run_get_keys (&self->ask->run, term);
  gint64 key;

  if (keys->len <= 8)
    {
      for (guint i = 0; i < keys->len; i++)
        {
          key = g_array_index (keys, EntKey, i);
          apply_range (column, n_rows, (EntRange) { key, key }, bits);
        }
      return;
    }
  for (gsize row = 0; row < n_rows; row++)
    if (ent_column_get_int (column, row, &key) && ent_filter_run_has_key (&self->ask->run, term, key))
      ent_bits_set (bits, row);
}

static void
mixed_amounts (const EntColumn *column,
               gsize            n_rows,
               const EntRange  *ranges, /* by currency code */
               EntBits         *bits)
{
  for (gsize row = 0; row < n_rows; row++)
    {
      const EntRange *range = &ranges[column->currencies[row]];
      gint64 minor;

      if (ent_column_get_int (column, row, &minor) && minor >= range->from && minor <= range->to)
        ent_bits_set (bits, row);
    }
}

/* Mostly all currencies have the same range, and so one loop without them does. */
static void
test_money (const EntTerm    *term,
            const EntOperand *operand,
            const EntColumn  *column,
            gsize             n_rows,
            EntBits          *bits)
{
  EntRange ranges[G_MAXUINT8 + 1];
  gboolean all_equal = TRUE;

  if (column->data == NULL)
    return;
  ranges[0] = (EntRange) { 1, 0 };
  for (guint code = 1; code < column->dictionary->texts->len; code++)
    {
      if (!ent_filter_run_amounts (term, operand, ent_dictionary_get (column->dictionary, code),
                                   &ranges[code]))
        ranges[code] = ranges[0];
      all_equal &= ranges[code].from == ranges[1].from && ranges[code].to == ranges[1].to;
    }
  if (all_equal)
    apply_range (column, n_rows, ranges[1], bits);
  else
    mixed_amounts (column, n_rows, ranges, bits);
}

static void
test_filled (const EntColumn *column,
             gsize            n_rows,
             EntBits         *bits)
{
  apply_range (column, n_rows, (EntRange) { -G_MAXINT64, G_MAXINT64 }, bits);
}

static void
test_rows (EntSelection   *self,
           const EntTerm  *term,
           const EntTable *table,
           EntBits        *bits)
{
  g_autoptr (GArray) ranges = NULL;

  if (term->op == ENT_OP_FILLED)
    {
      memset (bits->words, 0xff, bits->n_words * sizeof (guint64));
      return;
    }
  if (term->subject == ENT_SUBJECT_ID)
    {
      const GArray *keys = ent_filter_run_get_keys (&self->ask->run, term);

      for (guint i = 0; i < keys->len; i++)
        if ((gsize) ent_key_row (g_array_index (keys, EntKey, i)) < table->n_rows)
          ent_bits_set (bits, (gsize) ent_key_row (g_array_index (keys, EntKey, i)));
      return;
    }
  ranges = ent_filter_run_ranges (&self->ask->run, term);
  for (guint i = 0; i < ranges->len; i++)
    {
      EntRange range = g_array_index (ranges, EntRange, i);

      for (gint64 row = MAX (range.from, 0); row <= range.to && (gsize) row < table->n_rows; row++)
        ent_bits_set (bits, (gsize) row);
    }
}

static gboolean
test_column (EntSelection   *self,
             const EntTerm  *term,
             const EntTable *table,
             EntBits        *bits)
{
  const EntField *field = ent_term_get_field (term);
  const EntColumn *column = field != NULL ? ent_table_get_column (table, field) : NULL;
  gsize n_rows = table->capacity;

  if (field == NULL)
    {
      test_rows (self, term, table, bits);
      return TRUE;
    }
  if (column == NULL)
    return FALSE;
  if (column->kind == ENT_COLUMN_DICTIONARY)
    test_texts (self, term, column, n_rows, bits);
  else if (term->op == ENT_OP_FILLED)
    test_filled (column, n_rows, bits);
  else if (column->kind == ENT_COLUMN_MONEY)
    for (guint i = 0; i < term->operands->len; i++)
      test_money (term, ent_term_get_operand (term, i), column, n_rows, bits);
  else if (ent_term_get_test (term) == ENT_TEST_KEYS)
    test_keys (self, term, column, n_rows, bits);
  else
    test_integers (self, term, column, n_rows, bits);
  return TRUE;
}

gboolean
ent_table_can_test (const EntTable *self,
                    const EntTerm  *term,
                    guint           hop)
{
  guint n_hops = term->subject == ENT_SUBJECT_FIELD ? term->n_path - 1 : term->n_path;
  const EntField *field = hop < n_hops ? term->path[hop] : ent_term_get_field (term);
  const EntColumn *column;

  if (field == NULL)
    return TRUE;
  column = ent_table_get_column (self, field);
  if (column == NULL)
    return FALSE;
  if (field->info.type == ENT_FIELD_REF && ent_field_is_many (field))
    return hop == n_hops && ent_term_get_test (term) != ENT_TEST_TITLE;
  /* Titles of records of any type are in as many tables. */
  return hop < n_hops || ent_term_get_test (term) != ENT_TEST_TITLE ||
         strcmp (field->info.target, "*") != 0;
}

/* --- References ----------------------------------------------------------------------------------- */

static gboolean test_term (EntSelection *self, const EntTerm *term, guint hop, const EntTable *table,
                           EntBits *bits);

/* First the rows of the target that pass, then the rows that refer to them. */
static gboolean
test_reference (EntSelection   *self,
                const EntTerm  *term,
                guint           hop,
                const EntTable *table,
                EntBits        *bits)
{
  const EntField *field = term->path[hop];
  const EntColumn *column = ent_table_get_column (table, field);
  const EntTable *target;
  g_auto (EntBits) inner = { 0 };
  const EntBits *rows = g_hash_table_lookup (self->prepared, ent_selection_key (term, hop + 1));

  if (column == NULL)
    return FALSE;
  if (rows == NULL)
    {
      target = ent_columns_get_table (self->columns, ent_schema_lookup (field->type->schema,
                                                                        field->info.target));
      if (target == NULL)
        return FALSE;
      ent_bits_init (&inner, target->capacity);
      if (!test_term (self, term, hop + 1, target, &inner))
        return FALSE;
      ent_bits_and (&inner, &target->live);
      rows = &inner;
    }
  if (column->data != NULL && column->width == 4)
    keys_32 (column->data, table->capacity, bits->words, rows);
  else if (column->data != NULL && column->width == 8)
    keys_64 (column->data, table->capacity, bits->words, rows);
  else if (column->data != NULL)
    for (gsize row = 0; row < table->capacity; row++)
      {
        gint64 key;

        if (ent_column_get_int (column, row, &key) && ent_bits_get (rows, ent_key_row (key)))
          ent_bits_set (bits, row);
      }
  return TRUE;
}

static gboolean
test_term (EntSelection   *self,
           const EntTerm  *term,
           guint           hop,
           const EntTable *table,
           EntBits        *bits)
{
  guint n_hops = term->subject == ENT_SUBJECT_FIELD ? term->n_path - 1 : term->n_path;
  const EntBits *prepared = g_hash_table_lookup (self->prepared, ent_selection_key (term, hop));

  if (prepared != NULL)
    {
      ent_bits_or (bits, prepared);
      return TRUE;
    }
  if (hop < n_hops || ent_term_get_test (term) == ENT_TEST_TITLE)
    return test_reference (self, term, hop, table, bits);
  return test_column (self, term, table, bits);
}

/* --- Nodes ---------------------------------------------------------------------------------------- */

static gboolean
filter_joined (EntSelection  *self,
               const EntNode *node,
               EntBits       *bits)
{
  for (guint i = 0; i < node->children->len; i++)
    {
      g_auto (EntBits) child = { 0 };

      ent_bits_init (&child, self->table->capacity);
      if (!ent_selection_filter (self, node->children->pdata[i], &child))
        return FALSE;
      if (i == 0 || node->kind == ENT_NODE_OR)
        ent_bits_or (bits, &child);
      else
        ent_bits_and (bits, &child);
    }
  return TRUE;
}

gboolean
ent_selection_filter (EntSelection  *self,
                      const EntNode *node,
                      EntBits       *bits)
{
  gboolean ok, inverted;

  if (node->kind == ENT_NODE_TERM)
    {
      ok = test_term (self, node->term, 0, self->table, bits);
      inverted = node->term->negated;
    }
  else if (node->kind == ENT_NODE_NOT)
    {
      ok = ent_selection_filter (self, node->children->pdata[0], bits);
      inverted = TRUE;
    }
  else
    return filter_joined (self, node, bits);
  if (ok && inverted)
    ent_bits_invert (bits);
  return ok;
}
