/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns: sums and groups of the selected rows. */
#include "config.h"

#include "store/ent-columns-private.h"

#define FOR_EACH_ROW(bits, row)                                                               \
  for (gsize word = 0; word < (bits)->n_words; word++)                                        \
    for (guint64 left = (bits)->words[word], row; left != 0; left &= left - 1)                \
      if ((row = word * 64 + (gsize) __builtin_ctzll (left)), TRUE)

GArray *
ent_selection_sum (EntSelection   *self,
                   const EntField *field,
                   GError        **error)
{
  const EntColumn *column = ent_table_get_column (self->table, field);
  g_autofree __int128 *totals = g_new0 (__int128, G_MAXUINT8 + 1);
  g_autofree gsize *counts = g_new0 (gsize, G_MAXUINT8 + 1);
  EntSummer summer;
  GArray *sums;

  if (column == NULL)
    return NULL;
  FOR_EACH_ROW (&self->bits, row)
    {
      guint code = column->currencies != NULL ? column->currencies[row] : 0;
      gint64 value;

      if (!ent_column_get_int (column, row, &value))
        continue;
      totals[code] += value;
      counts[code]++;
    }
  ent_summer_init (&summer, field);
  for (guint code = 0; code <= G_MAXUINT8; code++)
    if (counts[code] > 0)
      ent_summer_add (&summer, totals[code],
                      code > 0 ? ent_dictionary_get (column->dictionary, code) : "");
  sums = ent_summer_end (&summer, error);
  ent_summer_clear (&summer);
  return sums;
}

static void
group_texts (const EntSelection *self,
             const EntColumn    *column,
             EntGrouper         *grouper)
{
  g_autofree gint64 *counts = g_new0 (gint64, ENT_DICTIONARY_MAX + 1);

  FOR_EACH_ROW (&self->bits, row)
    counts[ent_column_get_code (column, row)]++;
  ent_grouper_add_empty (grouper, counts[0]);
  for (guint code = 1; column->dictionary != NULL && code < column->dictionary->texts->len; code++)
    {
      const char *text = ent_dictionary_get (column->dictionary, code);

      if (counts[code] > 0)
        ent_grouper_add_text (grouper, text, strlen (text), counts[code]);
    }
}

/* Values of a small range, such as most references and dates, are counted in an array. */
#define MAX_COUNTED (1 << 22)

static void
group_integers (const EntSelection *self,
                const EntColumn    *column,
                EntGrouper         *grouper)
{
  g_autofree gint64 *counts = NULL;
  gint64 least = G_MAXINT64, most = G_MININT64, value;
  gboolean is_counted;

  FOR_EACH_ROW (&self->bits, row)
    if (ent_column_get_int (column, row, &value))
      {
        least = MIN (least, value);
        most = MAX (most, value);
      }
  is_counted = least <= most && (guint64) most - (guint64) least < MAX_COUNTED;
  if (is_counted)
    counts = g_new0 (gint64, (gsize) (most - least) + 1);
  FOR_EACH_ROW (&self->bits, row)
    {
      if (!ent_column_get_int (column, row, &value))
        ent_grouper_add_empty (grouper, 1);
      else if (is_counted)
        counts[value - least]++;
      else
        ent_grouper_add_int (grouper, value, 1);
    }
  for (gint64 i = 0; is_counted && i <= most - least; i++)
    if (counts[i] > 0)
      ent_grouper_add_int (grouper, least + i, counts[i]);
}

GArray *
ent_selection_group (EntSelection   *self,
                     const EntField *field)
{
  const EntColumn *column = ent_table_get_column (self->table, field);
  EntGrouper grouper;
  GArray *groups;

  if (column == NULL)
    return NULL;
  ent_grouper_init (&grouper, field);
  if (column->kind == ENT_COLUMN_DICTIONARY)
    group_texts (self, column, &grouper);
  else
    group_integers (self, column, &grouper);
  groups = ent_grouper_end (&grouper);
  ent_grouper_clear (&grouper);
  return groups;
}
