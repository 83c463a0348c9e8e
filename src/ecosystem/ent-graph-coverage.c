/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-measures.h"

#include "ecosystem/ent-graph-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Partners by two fields of organizations. */

#define STRONG 70

/* One axis: the values met, in the order they were met. */
typedef struct
{
  const EntField *field;
  GHashTable     *index;  /* text → number + 1 */
  GPtrArray      *values, *labels;
  GArray         *counts; /* of guint */
} Axis;

typedef struct
{
  EntStore *store;
  EntGraph *graph;
  Axis      axes[2];
  GArray   *hits;         /* of Hit */
  guint     n_partners;
} Counter;

/* One organization in one cell. */
typedef struct
{
  guint    row, column, links;
  gboolean is_strong;
} Hit;

void
ent_coverage_free (EntCoverage *self)
{
  g_ptr_array_unref (self->row_labels);
  g_ptr_array_unref (self->column_labels);
  g_ptr_array_unref (self->row_values);
  g_ptr_array_unref (self->column_values);
  g_free (self->cells);
  g_free (self);
}

static char *
get_label (Counter        *self,
           const EntField *field,
           const EntValue *value)
{
  if (ent_value_is_null (value))
    return g_strdup ("");
  return ent_value_display (field, value, ENT_DISPLAY_SHORT, ent_store_name, self->store);
}

static guint
axis_add (Counter        *self,
          Axis           *axis,
          const EntValue *value)
{
  char *text = ent_value_write (axis->field, value);
  gpointer known;
  guint zero = 0;

  if (text == NULL)
    text = g_strdup ("");
  known = g_hash_table_lookup (axis->index, text);
  if (known == NULL)
    {
      g_ptr_array_add (axis->values, text);
      g_ptr_array_add (axis->labels, get_label (self, axis->field, value));
      g_array_append_val (axis->counts, zero);
      known = GUINT_TO_POINTER (axis->values->len);
      g_hash_table_insert (axis->index, text, known);
    }
  else
    g_free (text);
  g_array_index (axis->counts, guint, GPOINTER_TO_UINT (known) - 1)++;
  return GPOINTER_TO_UINT (known) - 1;
}

/* Each item of a list is a value of its own. Element-type guint. */
static GArray *
axis_add_all (Counter   *self,
              Axis      *axis,
              EntRecord *record)
{
  const EntValue *value = ent_record_get (record, axis->field->index);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = value->kind == ENT_VALUE_LIST ? g_strv_length (value->list)
            : value->kind == ENT_VALUE_KEYS ? (guint) value->integer : 1;

  for (guint i = 0; i < n; i++)
    {
      g_auto(EntValue) item = ENT_VALUE_INIT;
      guint number;

      if (value->kind == ENT_VALUE_LIST)
        ent_value_set_list (&item, (const char * const[]) { value->list[i], NULL });
      else if (value->kind == ENT_VALUE_KEYS)
        ent_value_set_keys (&item, &value->keys[i], 1);
      else
        ent_value_copy (value, &item);
      number = axis_add (self, axis, &item);
      g_array_append_val (numbers, number);
    }
  return numbers;
}

static void
count_links (Counter *self,
             EntKey   key,
             Hit     *hit)
{
  gint32 node = ent_graph_find (self->graph, key);
  const gint32 *pairs;
  guint n;

  if (node < 0)
    return;
  ent_graph_get_neighbors (self->graph, node, &n, &pairs);
  for (guint i = 0; i < n; i++)
    {
      const EntGraphPair *pair = &ent_graph_get_pairs (self->graph)[pairs[i]];

      hit->links += pair->n_links;
      hit->is_strong |= pair->strength >= STRONG;
    }
}

static void
take_organization (EntRecord *record,
                   gpointer   data)
{
  Counter *self = data;
  g_auto(GStrv) roles = ent_record_dup_kinds (record);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GArray) columns = NULL;
  Hit hit = { 0 };

  if (g_strv_contains ((const char * const *) roles, "own")
      || (g_strv_contains ((const char * const *) roles, "competitor")
          && !g_strv_contains ((const char * const *) roles, "partner")))
    return;
  rows = axis_add_all (self, &self->axes[0], record);
  columns = axis_add_all (self, &self->axes[1], record);
  count_links (self, ent_record_get_key (record), &hit);
  self->n_partners++;
  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < columns->len; j++)
      {
        hit.row = g_array_index (rows, guint, i);
        hit.column = g_array_index (columns, guint, j);
        g_array_append_val (self->hits, hit);
      }
}

/* --- Result ------------------------------------------------------------------------------------------- */

static int
compare_values (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const Axis *axis = data;
  guint one = *(const guint *) a, two = *(const guint *) b;
  gboolean one_empty = *(char *) axis->values->pdata[one] == '\0', two_empty = *(char *) axis->values->pdata[two] == '\0';
  guint one_count = g_array_index (axis->counts, guint, one), two_count = g_array_index (axis->counts, guint, two);

  if (one_empty != two_empty)
    return one_empty ? 1 : -1;
  if (one_count != two_count)
    return one_count > two_count ? -1 : 1;
  return strcmp (axis->labels->pdata[one], axis->labels->pdata[two]);
}

/* Moves the texts of an axis in order into the result; returns the place of each number. */
static guint *
take_axis (Axis       *axis,
           GPtrArray **values,
           GPtrArray **labels)
{
  guint n = axis->values->len;
  g_autofree guint *order = g_new (guint, n + 1);
  guint *place = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_sort_array (order, n, sizeof (guint), compare_values, axis);
  *values = g_ptr_array_new_with_free_func (g_free);
  *labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      place[order[i]] = i;
      g_ptr_array_add (*values, g_strdup (axis->values->pdata[order[i]]));
      g_ptr_array_add (*labels, g_strdup (axis->labels->pdata[order[i]]));
    }
  return place;
}

static void
judge_cells (EntCoverage *self)
{
  guint n_columns = self->column_labels->len;

  for (guint i = 0; i < self->row_labels->len * n_columns; i++)
    {
      gboolean is_named = *(char *) self->row_values->pdata[i / n_columns] != '\0'
                          && *(char *) self->column_values->pdata[i % n_columns] != '\0';

      self->cells[i].is_gap = is_named && self->cells[i].partners == 0;
      self->cells[i].is_thin = is_named && self->cells[i].partners == 1;
    }
}

static EntCoverage *
make_coverage (Counter *counter)
{
  EntCoverage *self = g_new0 (EntCoverage, 1);
  g_autofree guint *row_place = take_axis (&counter->axes[0], &self->row_values, &self->row_labels);
  g_autofree guint *column_place = take_axis (&counter->axes[1], &self->column_values, &self->column_labels);

  self->row_field = counter->axes[0].field;
  self->column_field = counter->axes[1].field;
  self->n_partners = counter->n_partners;
  self->cells = g_new0 (EntCoverageCell, self->row_labels->len * self->column_labels->len + 1);
  for (guint i = 0; i < counter->hits->len; i++)
    {
      const Hit *hit = &g_array_index (counter->hits, Hit, i);
      EntCoverageCell *cell = &self->cells[row_place[hit->row] * self->column_labels->len + column_place[hit->column]];

      cell->partners++;
      cell->links += hit->links;
      cell->strong += hit->is_strong;
    }
  judge_cells (self);
  return self;
}

static gboolean
axis_init (Axis                 *axis,
           const EntRecordType  *type,
           const char           *name,
           GError              **error)
{
  axis->field = ent_record_type_lookup (type, name);
  axis->index = g_hash_table_new (g_str_hash, g_str_equal);
  axis->values = g_ptr_array_new_with_free_func (g_free);
  axis->labels = g_ptr_array_new_with_free_func (g_free);
  axis->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  if (axis->field == NULL)
    g_set_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NO_FIELD, _("Organizations have no field “%s”."), name);
  return axis->field != NULL;
}

static void
axis_clear (Axis *axis)
{
  g_clear_pointer (&axis->index, g_hash_table_unref);
  g_clear_pointer (&axis->values, g_ptr_array_unref);
  g_clear_pointer (&axis->labels, g_ptr_array_unref);
  g_clear_pointer (&axis->counts, g_array_unref);
}

static gboolean
count_all (Counter       *self,
           const char    *filter_text,
           GCancellable  *cancellable,
           GError       **error)
{
  const EntRecordType *type = self->axes[0].field->type;
  const char *names[] = { "roles", self->axes[0].field->info.name, self->axes[1].field->info.name, NULL };
  g_autoptr(EntFilter) filter = NULL;

  if (filter_text != NULL && (filter = ent_filter_parse (type, filter_text, NULL, error)) == NULL)
    return FALSE;
  self->graph = ent_graph_new_from_store (self->store, NULL, cancellable, error);
  return self->graph != NULL
         && ent_graph_each_record (self->store, type, ENT_SCOPE_LIVE, filter, names, take_organization, self,
                                   cancellable, error);
}

EntCoverage *
ent_coverage_new (EntStore      *store,
                  const char    *rows,
                  const char    *columns,
                  const char    *filter,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "organization");
  Counter counter = { store, .hits = g_array_new (FALSE, FALSE, sizeof (Hit)) };
  EntCoverage *coverage = NULL;

  if (axis_init (&counter.axes[0], type, rows, error) && axis_init (&counter.axes[1], type, columns, error)
      && count_all (&counter, filter, cancellable, error))
    coverage = make_coverage (&counter);
  axis_clear (&counter.axes[0]);
  axis_clear (&counter.axes[1]);
  g_clear_pointer (&counter.graph, ent_graph_unref);
  g_array_unref (counter.hits);
  return coverage;
}
