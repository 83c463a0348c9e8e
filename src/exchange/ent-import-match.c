/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <string.h>

/* Headers vary by case, spaces, underscores and punctuation; none of these count. */
static char *
fold_name (const char *name)
{
  g_autofree char *key = ent_text_key (name);
  char *out = key;

  for (const char *p = key; *p != '\0'; p++)
    if (strchr (" _-.:*#/'\"", *p) == NULL)
      *out++ = *p;
  *out = '\0';
  return g_steal_pointer (&key);
}

/* Folded name → EntField; a field's own name or label comes before another's alias. */
static GHashTable *
list_names (const EntImportPlan *plan)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < plan->type->fields->len; i++)
      {
        const EntField *field = ent_record_type_get_nth (plan->type, i);
        g_auto (GStrv) aliases = ent_field_dup_aliases (field);

        if (field->info.flags & ENT_FIELD_SYSTEM)
          continue;
        for (guint j = 0; aliases[j] != NULL; j++)
          {
            g_autofree char *name = fold_name (aliases[j]);

            if ((pass == 1 || j == 0) && name[0] != '\0' && !g_hash_table_contains (names, name))
              g_hash_table_insert (names, g_steal_pointer (&name), (gpointer) field);
          }
      }
  return names;
}

static gboolean
is_taken (const EntImportPlan *plan,
          EntImportRole        role,
          const EntField      *field)
{
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].role == role && plan->columns[i].field == field)
      return TRUE;
  return FALSE;
}

static gboolean
give (EntImportPlan  *plan,
      guint           i,
      EntImportRole   role,
      const EntField *field,
      EntMatch        match)
{
  if (is_taken (plan, role, field))
    return FALSE;
  plan->columns[i].role = role;
  plan->columns[i].field = field;
  plan->columns[i].match = match;
  return TRUE;
}

static const EntField *
find_field (GHashTable *names,
            const char *name)
{
  g_autofree char *folded = name != NULL ? fold_name (name) : NULL;

  return folded != NULL ? g_hash_table_lookup (names, folded) : NULL;
}

/* Our own exports begin with `id` and `code`. An id of another program is a reference instead. */
static gboolean
match_identity (EntImportPlan        *plan,
                guint                 i,
                const EntColumnStats *stats)
{
  g_autofree char *folded = fold_name (plan->columns[i].name);

  if (strcmp (folded, "id") == 0 && stats->n_filled > 0 && stats->n_uuid7 == stats->n_filled)
    return give (plan, i, ENT_IMPORT_ID, NULL, ENT_MATCH_NAME);
  if (strcmp (folded, "code") == 0 && stats->n_codes > 0 &&
      stats->n_codes == stats->looks[ENT_LOOK_TEXT] && stats->n_codes == stats->n_filled)
    return give (plan, i, ENT_IMPORT_CODE, NULL, ENT_MATCH_NAME);
  return FALSE;
}

/* A field's own name comes before the other names it is known by, wherever the columns stand. */
static void
match_name (EntImportPlan        *plan,
            GHashTable           *names,
            guint                 i,
            const EntColumnStats *stats,
            gboolean              by_alias)
{
  EntImportColumn *column = &plan->columns[i];
  g_autofree char *folded = fold_name (column->name);
  g_autofree char *base = NULL;
  EntColumnRemark remark = { 0 };
  const EntField *field;

  if (column->role != ENT_IMPORT_IGNORE || match_identity (plan, i, stats))
    return;
  field = find_field (names, column->name);
  if (field == NULL)
    {
      base = ent_column_split_remark (column->name, &remark);
      field = find_field (names, base);
    }
  if (field != NULL)
    {
      g_autofree char *own = fold_name (field->info.name);
      g_autofree char *label = fold_name (ent_field_get_label (field));

      gboolean is_own = strcmp (folded, own) == 0 || strcmp (folded, label) == 0;

      if (is_own || by_alias)
        give (plan, i, ENT_IMPORT_FIELD, field, is_own ? ENT_MATCH_NAME : ENT_MATCH_ALIAS);
      if (field->info.type == ENT_FIELD_MONEY)
        memcpy (column->currency, remark.currency, sizeof remark.currency);
      if (field->info.type == ENT_FIELD_MONEY || field->info.type == ENT_FIELD_INT)
        column->scale = remark.scale;
    }
}

/* A field that cannot hold a third of the first cells is not the one that was meant, whatever
 * its other names: a rank up to 500 is no rank from 1 to 10. */
static gboolean
does_fit (EntImportPlan        *plan,
          guint                 i,
          const EntColumnStats *stats)
{
  EntDateOrder order = plan->columns[i].date_order;
  EntCellReader *reader;
  EntArena *arena = ent_arena_new ();
  guint n_wrong = 0;

  /* A date that could be two is a date. */
  if (order == ENT_DATE_ORDER_UNKNOWN)
    plan->columns[i].date_order = ENT_DATE_ORDER_DMY;
  reader = ent_cell_reader_new (plan, i, NULL);
  plan->columns[i].date_order = order;
  for (guint j = 0; j < stats->cells->len; j++)
    {
      const char *text = stats->cells->pdata[j];
      EntValue value = ENT_VALUE_INIT;
      EntCellResult result = ent_cell_reader_read (reader, arena, text, strlen (text), NULL,
                                                   &value);

      n_wrong += result == ENT_CELL_WRONG;
      if (result == ENT_CELL_OWNED)
        ent_value_clear (&value);
    }
  ent_arena_free (arena);
  ent_cell_reader_free (reader);
  return n_wrong * 3 < stats->cells->len || stats->cells->len == 0;
}

static void
check_fit (EntImportPlan        *plan,
           const EntColumnStats *stats)
{
  for (guint i = 0; i < plan->n_columns; i++)
    {
      EntImportColumn *column = &plan->columns[i];

      if (column->role != ENT_IMPORT_FIELD ||
          (column->match != ENT_MATCH_ALIAS && column->match != ENT_MATCH_CONTENT) ||
          does_fit (plan, i, &stats[i]))
        continue;
      column->role = ENT_IMPORT_IGNORE;
      column->field = NULL;
      column->match = ENT_MATCH_NONE;
    }
}

/* "ARR currency" goes with ARR; "currency" alone with the one amount there is. */
static void
match_currency (EntImportPlan *plan,
                GHashTable    *names,
                guint          i)
{
  g_autofree char *folded = fold_name (plan->columns[i].name);
  gsize length = strlen (folded);
  const EntField *field = NULL;

  if (!g_str_has_suffix (folded, "currency") && !g_str_has_suffix (folded, "currencycode"))
    return;
  length -= g_str_has_suffix (folded, "code") ? strlen ("currencycode") : strlen ("currency");
  if (length > 0)
    {
      folded[length] = '\0';
      field = g_hash_table_lookup (names, folded);
      if (field == NULL || field->info.type != ENT_FIELD_MONEY)
        return;
    }
  else
    {
      for (guint j = 0; j < plan->n_columns; j++)
        if (plan->columns[j].role == ENT_IMPORT_FIELD &&
            plan->columns[j].field->info.type == ENT_FIELD_MONEY)
          {
            if (field != NULL)
              return;
            field = plan->columns[j].field;
          }
    }
  if (field != NULL)
    give (plan, i, ENT_IMPORT_CURRENCY, field, ENT_MATCH_NAME);
}

/* The type of field that nearly all cells of a column look made for; -1: none. */
static int
guess_type (const EntColumnStats *stats)
{
  guint most = stats->n_filled - stats->n_filled / 10;

  if (stats->n_filled == 0)
    return -1;
  if (stats->looks[ENT_LOOK_EMAIL] >= most)
    return ENT_FIELD_EMAIL;
  if (stats->looks[ENT_LOOK_URL] >= most)
    return ENT_FIELD_URL;
  if (stats->looks[ENT_LOOK_DOMAIN] >= most)
    return ENT_FIELD_DOMAIN;
  if (stats->n_filled >= 3 && stats->n_countries >= MIN (most, 43))
    return ENT_FIELD_COUNTRY;
  return -1;
}

static void
match_content (EntImportPlan        *plan,
               guint                 i,
               const EntColumnStats *stats)
{
  int type = guess_type (stats);

  for (guint j = 0; type >= 0 && j < plan->type->fields->len; j++)
    {
      const EntField *field = ent_record_type_get_nth (plan->type, j);

      /* Only the first such field: the second address of a kind is a guess too many. */
      if ((int) field->info.type == type && !(field->info.flags & ENT_FIELD_SYSTEM))
        {
          give (plan, i, ENT_IMPORT_FIELD, field, ENT_MATCH_CONTENT);
          return;
        }
    }
}

/* A record must have a name: failing all else, the first column of distinct texts is it. */
static void
match_title (EntImportPlan        *plan,
             const EntColumnStats *stats)
{
  const EntField *title = ent_record_type_get_nth (plan->type, ENT_COMMON_TITLE);
  int given, family;

  if (ent_import_plan_makes_title (plan, &given, &family))
    return;
  if (!(title->info.flags & ENT_FIELD_REQUIRED) || is_taken (plan, ENT_IMPORT_FIELD, title))
    return;
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].role == ENT_IMPORT_IGNORE &&
        stats[i].looks[ENT_LOOK_TEXT] * 10 >= stats[i].n_filled * 8 &&
        stats[i].cells->len * 10 >= MIN (stats[i].n_filled, 48) * 8 && stats[i].n_filled > 0)
      {
        give (plan, i, ENT_IMPORT_FIELD, title, ENT_MATCH_CONTENT);
        return;
      }
}

static EntDateOrder
get_order (guint n_day_first,
           guint n_month_first)
{
  if (n_day_first > 0 && n_month_first == 0)
    return ENT_DATE_ORDER_DMY;
  if (n_month_first > 0 && n_day_first == 0)
    return ENT_DATE_ORDER_MDY;
  return ENT_DATE_ORDER_UNKNOWN;
}

/* A column whose dates could all be read both ways follows the other columns of the file. */
static void
read_conventions (EntImportPlan        *plan,
                  const EntColumnStats *stats)
{
  guint n_day_first = 0, n_month_first = 0;
  EntDateOrder order;

  for (guint i = 0; i < plan->n_columns; i++)
    {
      n_day_first += stats[i].n_day_first;
      n_month_first += stats[i].n_month_first;
    }
  order = get_order (n_day_first, n_month_first);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      EntImportColumn *column = &plan->columns[i];

      if (stats[i].cells->len > 0)
        column->sample = g_strdup (stats[i].cells->pdata[0]);
      column->date_order = stats[i].n_day_first + stats[i].n_month_first > 0
                           ? get_order (stats[i].n_day_first, stats[i].n_month_first) : order;
      if (stats[i].n_comma > 0 && stats[i].n_point == 0)
        column->decimal_point = ',';
      else if (stats[i].n_point > 0 && stats[i].n_comma == 0)
        column->decimal_point = '.';
    }
}

void
ent_import_match (EntImportPlan        *plan,
                  const EntColumnStats *stats)
{
  g_autoptr (GHashTable) names = list_names (plan);

  read_conventions (plan, stats);
  for (guint i = 0; i < 2 * plan->n_columns; i++)
    match_name (plan, names, i % plan->n_columns, &stats[i % plan->n_columns],
                i >= plan->n_columns);
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].role == ENT_IMPORT_IGNORE)
      match_currency (plan, names, i);
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].role == ENT_IMPORT_IGNORE)
      match_content (plan, i, &stats[i]);
  match_title (plan, stats);
  check_fit (plan, stats);
}
