/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What depends on the day, the author and the records of the workspace: turned into plain integers
 * before a filter is evaluated, so that SQL and memory columns compare the same numbers. */
#include "config.h"

#include "store/ent-filter-private.h"
#include "store/ent-store-private.h"

#include <string.h>

#define MICROS_A_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

void
ent_filter_run_init (EntFilterRun  *self,
                     EntStore      *store,
                     EntConnection *connection)
{
  memset (self, 0, sizeof *self);
  self->store = store;
  self->connection = connection;
  self->today = ent_date_today ();
  self->keys = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
}

void
ent_filter_run_clear (EntFilterRun *self)
{
  g_clear_pointer (&self->keys, g_hash_table_unref);
}

/* --- Records by name ------------------------------------------------------------------------------ */

/* Rows of one type that @condition finds for one bound text. */
static void
add_rows (EntFilterRun        *self,
          const EntRecordType *type,
          const char          *condition,
          const void          *value,
          int                  size, /* of a blob; -1: text */
          GArray              *keys)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE %s", ent_sql_table (type),
                                          condition);
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, NULL);

  if (statement == NULL)
    return;
  if (size < 0)
    sqlite3_bind_text (statement, 1, value, -1, SQLITE_STATIC);
  else
    sqlite3_bind_blob (statement, 1, value, size, SQLITE_STATIC);
  while (ent_connection_step (self->connection, statement, NULL) == SQLITE_ROW)
    {
      EntKey key = ent_key_make (type->info->number, sqlite3_column_int64 (statement, 0));

      g_array_append_val (keys, key);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

static void
add_named (EntFilterRun        *self,
           const EntRecordType *type,
           const EntOperand    *operand,
           GArray              *keys)
{
  EntId id;

  if (g_ascii_strncasecmp (operand->text, "ref:", 4) == 0)
    add_rows (self, type, "\"ref\" = ? AND deleted_at IS NULL", operand->text + 4, -1, keys);
  else if (ent_id_parse (&id, operand->text))
    add_rows (self, type, "\"id\" = ? AND deleted_at IS NULL", id.bytes, sizeof id.bytes, keys);
  if (operand->key != NULL)
    add_rows (self, type, "\"title_key\" = ? AND deleted_at IS NULL", operand->key, -1, keys);
}

static void
add_record (EntFilterRun     *self,
            const EntField   *field,
            const EntOperand *operand,
            GArray           *keys)
{
  const EntSchema *schema = field->type->schema;
  EntKey key = ent_schema_read_code (schema, operand->text);

  if (*operand->text == '#')
    key = g_ascii_strtoll (operand->text + 1, NULL, 10);
  if (key != 0)
    g_array_append_val (keys, key);
  if (self->connection == NULL)
    return;
  if (strcmp (field->info.target, "*") != 0)
    {
      add_named (self, ent_schema_lookup (schema, field->info.target), operand, keys);
      return;
    }
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);

      if (!ent_record_type_is_child (type))
        add_named (self, type, operand, keys);
    }
}

/* The author's own record: the person whose name the workspace's author setting holds; of several,
 * the oldest. */
static EntKey
find_me (EntFilterRun    *self,
         const EntSchema *schema)
{
  g_autofree char *author = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  if (self->knows_me || self->connection == NULL)
    return self->me;
  self->knows_me = TRUE;
  author = ent_read_author (self->connection);
  name = ent_text_key (author);
  add_rows (self, ent_schema_lookup (schema, "person"),
            "\"title_key\" = ? AND deleted_at IS NULL ORDER BY \"row\" LIMIT 1", name, -1, keys);
  if (keys->len > 0)
    self->me = g_array_index (keys, EntKey, 0);
  return self->me;
}

/* An id names its record wherever it is, in the bin too. */
static void
add_identified (EntFilterRun        *self,
                const EntRecordType *type,
                const EntOperand    *operand,
                GArray              *keys)
{
  EntId id;

  if (self->connection != NULL && ent_id_parse (&id, operand->text))
    add_rows (self, type, "\"id\" = ?", id.bytes, sizeof id.bytes, keys);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  EntKey x = *(const EntKey *) a, y = *(const EntKey *) b;

  return (x > y) - (x < y);
}

const GArray *
ent_filter_run_get_keys (EntFilterRun  *self,
                         const EntTerm *term)
{
  const EntField *field = ent_term_get_field (term);
  GArray *keys = g_hash_table_lookup (self->keys, term);

  if (keys != NULL)
    return keys;
  keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  for (guint i = 0; i < term->operands->len; i++)
    {
      const EntOperand *operand = ent_term_get_operand (term, i);

      if (field == NULL)
        add_identified (self, term->type, operand, keys);
      else if (operand->kind == ENT_OPERAND_RECORD)
        add_record (self, field, operand, keys);
      else if (find_me (self, field->type->schema) != 0)
        g_array_append_val (keys, self->me);
    }
  g_array_sort (keys, compare_keys);
  g_hash_table_insert (self->keys, (gpointer) term, keys);
  return keys;
}

gboolean
ent_filter_run_has_key (EntFilterRun  *self,
                        const EntTerm *term,
                        EntKey         key)
{
  const GArray *keys = ent_filter_run_get_keys (self, term);

  return g_array_binary_search ((GArray *) keys, &key, compare_keys, NULL);
}

/* --- Integers ------------------------------------------------------------------------------------- */

static gint64
move_months (gint64 days,
             int    months)
{
  int year, month, day;
  gint64 total;

  ent_date_to_ymd (days, &year, &month, &day);
  total = (gint64) year * 12 + month - 1 + months;
  year = (int) (total / 12);
  month = (int) (total % 12) + 1;
  /* The 31st of a shorter month is its last day. */
  while (day > 28 && !ent_date_is_valid_ymd (year, month, day))
    day--;
  return ent_date_from_ymd (CLAMP (year, 1, 9999), month, day);
}

static gint64
get_day (const EntFilterRun *self,
         const EntOperand   *operand)
{
  if (operand->kind != ENT_OPERAND_TODAY)
    return operand->value.integer;
  switch (operand->unit)
    {
    case 'w':
      return self->today + 7 * (gint64) operand->offset;
    case 'm':
      return move_months (self->today, CLAMP (operand->offset, -24000, 24000));
    case 'q':
      return move_months (self->today, 3 * CLAMP (operand->offset, -8000, 8000));
    case 'y':
      return move_months (self->today, 12 * CLAMP (operand->offset, -2000, 2000));
    default:
      return self->today + operand->offset;
    }
}

/* When a day of the local time zone begins. */
static gint64
get_day_start (gint64 days)
{
  g_autoptr (GDateTime) start = NULL;
  int year, month, day;

  ent_date_to_ymd (days, &year, &month, &day);
  start = g_date_time_new_local (year, month, day, 0, 0, 0);
  if (start == NULL)
    return days * MICROS_A_DAY;
  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

/* The integers that an operand stands for: one, or all instants of a day. */
static EntRange
get_operand_range (const EntFilterRun *self,
                   const EntTerm      *term,
                   const EntOperand   *operand)
{
  const EntField *field = ent_term_get_field (term);
  gint64 value;

  if (field == NULL)
    {
      /* A code: rows; another type's code is beyond all rows. */
      gboolean fits = ent_key_type_number (operand->value.integer) == term->type->info->number;

      value = fits ? ent_key_row (operand->value.integer) : -1;
      return (EntRange) { value, value };
    }
  if (operand->kind == ENT_OPERAND_VALUE)
    return (EntRange) { operand->value.integer, operand->value.integer };
  value = get_day (self, operand);
  if (field->info.type == ENT_FIELD_DATETIME)
    return (EntRange) { get_day_start (value), get_day_start (value + 1) - 1 };
  return (EntRange) { value, value };
}

/* Nothing is stored as the smallest integer, which memory columns use for "empty". */
#define SMALLEST (G_MININT64 + 1)

static EntRange
apply_op (EntOp    op,
          EntRange value)
{
  switch (op)
    {
    case ENT_OP_LESS:
      return value.from <= SMALLEST ? (EntRange) { 1, 0 } : (EntRange) { SMALLEST, value.from - 1 };
    case ENT_OP_LESS_EQUAL:
      return (EntRange) { SMALLEST, value.to };
    case ENT_OP_GREATER:
      return value.to == G_MAXINT64 ? (EntRange) { 1, 0 } : (EntRange) { value.to + 1, G_MAXINT64 };
    case ENT_OP_GREATER_EQUAL:
      return (EntRange) { value.from, G_MAXINT64 };
    default:
      return value;
    }
}

GArray *
ent_filter_run_ranges (EntFilterRun  *self,
                       const EntTerm *term)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (EntRange));

  for (guint i = 0; i < term->operands->len; i++)
    {
      EntRange range = apply_op (term->op, get_operand_range (self, term, ent_term_get_operand (term, i)));

      if (range.from <= range.to)
        g_array_append_val (ranges, range);
    }
  return ranges;
}

/* --- Money ---------------------------------------------------------------------------------------- */

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b != 0 && a < 0);
}

gboolean
ent_filter_run_amounts (const EntTerm    *term,
                        const EntOperand *operand,
                        const char       *currency,
                        EntRange         *range)
{
  EntRange value = { operand->value.integer, operand->value.integer };
  gint64 unit = 1;

  if (operand->kind == ENT_OPERAND_AMOUNT)
    {
      /* 1/10,000 units to minor units: amounts between two minor units equal none of them. */
      for (int digits = ent_currency_get_digits (currency); digits < 4; digits++)
        unit *= 10;
      value.from = floor_div (operand->value.integer, unit);
      value.to = value.from;
      if (operand->value.integer % unit != 0)
        value.from = value.to + 1;
    }
  else if (strcmp (operand->value.currency, currency) != 0)
    return FALSE;
  *range = apply_op (term->op, value);
  return range->from <= range->to;
}
