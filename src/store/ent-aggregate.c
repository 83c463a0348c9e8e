/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and groups: rows pass by once, from columns or from SQL; nothing is grouped by SQL, whose temporary
 * trees take seconds for a million rows. */
#include "config.h"

#include "store/ent-columns-private.h"

#include <glib/gi18n-lib.h>

/* --- Sums ----------------------------------------------------------------------------------------- */

typedef struct
{
  __int128 total;
} Sum;

void
ent_summer_init (EntSummer      *self,
                 const EntField *field)
{
  self->field = field;
  self->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
ent_summer_clear (EntSummer *self)
{
  g_clear_pointer (&self->sums, g_hash_table_unref);
}

void
ent_summer_add (EntSummer  *self,
                __int128    amount,
                const char *currency)
{
  Sum *sum = g_hash_table_lookup (self->sums, currency);

  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (self->sums, g_strdup (currency), sum);
    }
  sum->total += amount;
}

static int
compare_currencies (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const EntValue *) a)->currency, ((const EntValue *) b)->currency);
}

GArray *
ent_summer_end (EntSummer *self,
                GError   **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (EntValue));
  GHashTableIter iter;
  gpointer currency, sum;

  g_array_set_clear_func (values, (GDestroyNotify) ent_value_clear);
  g_hash_table_iter_init (&iter, self->sums);
  while (g_hash_table_iter_next (&iter, &currency, &sum))
    {
      EntValue value = ENT_VALUE_INIT;
      __int128 total = ((Sum *) sum)->total;

      if (total > G_MAXINT64 || total < -(__int128) G_MAXINT64)
        {
          g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                       _("The sum of “%s” is too large; narrow the filter."),
                       ent_field_get_label (self->field));
          return NULL;
        }
      if (self->field->info.type == ENT_FIELD_MONEY)
        ent_value_set_money (&value, (gint64) total, currency);
      else
        ent_value_set_int (&value, (gint64) total);
      g_array_append_val (values, value);
    }
  g_array_sort (values, compare_currencies);
  return g_steal_pointer (&values);
}

/* --- Groups --------------------------------------------------------------------------------------- */

void
ent_grouper_init (EntGrouper     *self,
                  const EntField *field)
{
  memset (self, 0, sizeof *self);
  self->field = field;
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->integers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

void
ent_grouper_clear (EntGrouper *self)
{
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->integers, g_hash_table_unref);
}

void
ent_grouper_add_empty (EntGrouper *self,
                       gint64      count)
{
  self->n_empty += count;
}

void
ent_grouper_add_int (EntGrouper *self,
                     gint64      value,
                     gint64      count)
{
  gint64 *total = g_hash_table_lookup (self->integers, &value);

  if (total == NULL)
    {
      total = g_new0 (gint64, 1);
      g_hash_table_insert (self->integers, g_memdup2 (&value, sizeof value), total);
    }
  *total += count;
}

static void
add_text (EntGrouper *self,
          const char *text,
          gint64      count)
{
  gint64 *total = g_hash_table_lookup (self->texts, text);

  if (total == NULL)
    {
      total = g_new0 (gint64, 1);
      g_hash_table_insert (self->texts, g_strdup (text), total);
    }
  *total += count;
}

void
ent_grouper_add_text (EntGrouper *self,
                      const char *text,
                      gsize       length,
                      gint64      count)
{
  g_auto (GStrv) items = NULL;

  if (!ent_field_is_many (self->field))
    {
      add_text (self, text, count);
      return;
    }
  items = ent_stored_list_read (text, length);
  for (guint i = 0; items[i] != NULL; i++)
    if (self->field->info.type == ENT_FIELD_REF)
      ent_grouper_add_int (self, g_ascii_strtoll (items[i], NULL, 10), count);
    else
      add_text (self, items[i], count);
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const EntGroup *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return ent_value_compare (&x->value, &y->value);
}

static void
group_clear (EntGroup *self)
{
  ent_value_clear (&self->value);
}

static void
add_integers (EntGrouper *self,
              GArray     *groups)
{
  GHashTableIter iter;
  gpointer value, count;

  g_hash_table_iter_init (&iter, self->integers);
  while (g_hash_table_iter_next (&iter, &value, &count))
    {
      EntGroup group = { ENT_VALUE_INIT, *(gint64 *) count };

      ent_value_set_int (&group.value, *(gint64 *) value);
      g_array_append_val (groups, group);
    }
}

GArray *
ent_grouper_end (EntGrouper *self)
{
  GArray *groups = g_array_new (FALSE, TRUE, sizeof (EntGroup));
  GHashTableIter iter;
  gpointer text, count;

  g_array_set_clear_func (groups, (GDestroyNotify) group_clear);
  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &text, &count))
    {
      EntGroup group = { ENT_VALUE_INIT, *(gint64 *) count };

      ent_value_set_text (&group.value, text);
      g_array_append_val (groups, group);
    }
  add_integers (self, groups);
  if (self->n_empty > 0)
    {
      EntGroup group = { ENT_VALUE_INIT, self->n_empty };

      g_array_append_val (groups, group);
    }
  g_array_sort (groups, compare_groups);
  return groups;
}

/* --- By SQL --------------------------------------------------------------------------------------- */

typedef void (*RowFunc) (sqlite3_stmt *statement, gpointer data);

static gboolean
read_fields (EntAsk         *ask,
             const EntField *field,
             RowFunc         row,
             gpointer        data,
             GError        **error)
{
  g_auto (EntSql) sql = { 0 };
  g_autoptr (GString) columns = g_string_new (NULL);
  sqlite3_stmt *statement;
  int code;

  g_string_append_printf (columns, "t0.\"%s\"", field->column);
  if (field->currency_column != NULL)
    g_string_append_printf (columns, ", t0.\"%s\"", field->currency_column);
  ent_sql_init (&sql, &ask->run);
  if (!ent_ask_append_select (ask, &sql, columns->str, FALSE, error))
    return FALSE;
  statement = ent_sql_prepare (&sql, ask->connection, error);
  if (statement == NULL)
    return FALSE;
  while ((code = ent_connection_step (ask->connection, statement, error)) == SQLITE_ROW)
    row (statement, data);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE;
}

static void
sum_row (sqlite3_stmt *statement,
         gpointer      data)
{
  const char *currency = "";

  if (sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return;
  if (sqlite3_column_count (statement) > 1 && sqlite3_column_type (statement, 1) != SQLITE_NULL)
    currency = (const char *) sqlite3_column_text (statement, 1);
  ent_summer_add (data, sqlite3_column_int64 (statement, 0), currency);
}

static void
group_row (sqlite3_stmt *statement,
           gpointer      data)
{
  switch (sqlite3_column_type (statement, 0))
    {
    case SQLITE_NULL:
      ent_grouper_add_empty (data, 1);
      break;
    case SQLITE_INTEGER:
      ent_grouper_add_int (data, sqlite3_column_int64 (statement, 0), 1);
      break;
    default:
      ent_grouper_add_text (data, (const char *) sqlite3_column_text (statement, 0),
                            (gsize) sqlite3_column_bytes (statement, 0), 1);
    }
}

/* --- Public --------------------------------------------------------------------------------------- */

static gboolean
is_summable (const EntField *field)
{
  return field->info.type == ENT_FIELD_MONEY ||
         (ent_field_is_integer (field) && field->info.type != ENT_FIELD_REF);
}

GArray *
ent_store_sum (EntStore       *store,
               const EntQuery *query,
               const EntField *field,
               GCancellable   *cancellable,
               GError        **error)
{
  g_auto (EntAsk) ask = { 0 };
  EntSummer summer;
  EntSelection *selection;
  GError *local = NULL;
  GArray *sums = NULL;

  g_return_val_if_fail (ENT_IS_STORE (store) && query != NULL && field != NULL, NULL);
  g_return_val_if_fail (is_summable (field), NULL);

  if (!ent_ask_begin (&ask, store, query, cancellable, error))
    return NULL;
  selection = ent_columns_select (&ask, FALSE, &local);
  if (selection != NULL)
    {
      sums = ent_selection_sum (selection, field, &local);
      ent_selection_free (selection);
    }
  if (sums != NULL || local != NULL)
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return sums;
    }
  ent_summer_init (&summer, field);
  if (read_fields (&ask, field, sum_row, &summer, error))
    sums = ent_summer_end (&summer, error);
  ent_summer_clear (&summer);
  return sums;
}

/* Groups have no name for pairs of amount and currency. */
static gboolean
is_groupable (const EntField *field)
{
  return field->info.type != ENT_FIELD_MONEY && field->info.type != ENT_FIELD_JSON;
}

GArray *
ent_store_group (EntStore       *store,
                 const EntQuery *query,
                 const EntField *field,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_auto (EntAsk) ask = { 0 };
  EntGrouper grouper;
  EntSelection *selection;
  GError *local = NULL;
  GArray *groups = NULL;

  g_return_val_if_fail (ENT_IS_STORE (store) && query != NULL && field != NULL, NULL);
  g_return_val_if_fail (is_groupable (field), NULL);

  if (!ent_ask_begin (&ask, store, query, cancellable, error))
    return NULL;
  selection = ent_columns_select (&ask, FALSE, &local);
  if (selection != NULL)
    {
      groups = ent_selection_group (selection, field);
      ent_selection_free (selection);
    }
  if (groups != NULL || local != NULL)
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return groups;
    }
  ent_grouper_init (&grouper, field);
  if (read_fields (&ask, field, group_row, &grouper, error))
    groups = ent_grouper_end (&grouper);
  ent_grouper_clear (&grouper);
  return groups;
}
