/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <string.h>

/* Enough to see a day above the 12th in any real column of dates, and still a millisecond or
 * two. */
#define STATS_ROWS 400
#define STATS_BYTES (96 * 1024)
#define DISTINCT_CELLS 48

/* 25/04/2025: the first number tells; 04/25/2025: the second does. */
static void
judge_date (EntColumnStats *stats,
            const char     *text)
{
  char *end;
  guint64 first = g_ascii_strtoull (text, &end, 10), second;

  if (end == text || end - text > 2 || *end == '\0' || strchr ("/.-", *end) == NULL)
    return;
  text = end + 1;
  second = g_ascii_strtoull (text, &end, 10);
  if (end == text || end - text > 2)
    return;
  stats->n_day_first += first > 12 && first <= 31 && second <= 12;
  stats->n_month_first += second > 12 && second <= 31 && first <= 12;
}

/* A separator tells what it is when both occur, when it occurs twice, or when other than three
 * digits follow. */
static void
judge_number (EntColumnStats *stats,
              const char     *text)
{
  const char *comma = strrchr (text, ','), *point = strrchr (text, '.');
  const char *last = comma > point ? comma : point;
  gsize n_digits;

  if (last == NULL)
    return;
  n_digits = strspn (last + 1, "0123456789");
  if (comma != NULL && point != NULL)
    {
      stats->n_comma += last == comma;
      stats->n_point += last == point;
    }
  else if (strchr (text, *last) != last)
    {
      stats->n_comma += last == point;
      stats->n_point += last == comma;
    }
  else if (n_digits > 0 && n_digits != 3)
    {
      stats->n_comma += last == comma;
      stats->n_point += last == point;
    }
}

/* Two capitals or a name; small letters are rather the end of a web address. */
static gboolean
is_country (const char *text)
{
  gsize length = strlen (text);

  return length >= 2 && length < 40 && (length > 3 || g_ascii_isupper (text[1])) &&
         ent_country_match (text) != NULL;
}

static void
add_cell (EntImportPlan  *plan,
          EntColumnStats *stats,
          EntCell        *cell)
{
  const char *text;
  EntLook look;

  if (cell->length == 0)
    return;
  text = cell->quoted ? cell->text : g_strstrip (cell->text);
  look = ent_csv_look (text, strlen (text));
  if (look == ENT_LOOK_EMPTY)
    return;
  stats->n_filled++;
  stats->looks[look]++;
  if (look == ENT_LOOK_DATE)
    judge_date (stats, text);
  else if (look == ENT_LOOK_NUMBER)
    judge_number (stats, text);
  else if (look == ENT_LOOK_UUID)
    stats->n_uuid7 += text[14] == '7';
  if (look == ENT_LOOK_TEXT && stats->n_filled <= DISTINCT_CELLS)
    {
      stats->n_countries += is_country (text);
      stats->n_codes += ent_key_type_number (ent_schema_read_code (plan->schema, text)) ==
                        plan->type->info->number;
    }
  if (stats->cells->len < DISTINCT_CELLS &&
      !g_ptr_array_find_with_equal_func (stats->cells, text, g_str_equal, NULL))
    g_ptr_array_add (stats->cells, g_strdup (text));
}

EntColumnStats *
ent_column_stats_new (EntImportPlan *plan)
{
  EntColumnStats *stats = g_new0 (EntColumnStats, plan->n_columns);
  guint64 n_rows = 0, n_bytes = 0;
  EntTableRow row;

  for (guint i = 0; i < plan->n_columns; i++)
    stats[i].cells = g_ptr_array_new_with_free_func (g_free);
  while (n_rows < STATS_ROWS && n_bytes < STATS_BYTES &&
         ent_table_source_next (plan->source, &row, NULL))
    {
      n_rows++;
      for (guint i = 0; i < row.n_cells; i++)
        n_bytes += row.cells[i].length + 1;
      for (guint i = 0; i < MIN (row.n_cells, plan->n_columns); i++)
        add_cell (plan, &stats[i], &row.cells[i]);
    }
  plan->row_bytes = n_rows > 0 ? (double) n_bytes / (double) n_rows : 0;
  ent_table_source_rewind (plan->source, NULL);
  return stats;
}

void
ent_column_stats_free (EntColumnStats *stats,
                       guint           n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_unref (stats[i].cells);
  g_free (stats);
}
