/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

/* Templates: which there are, which lines fit a partner, circles in them, and how a line becomes an item. */

/* --- Circles -------------------------------------------------------------------------------------------- */

typedef enum
{
  NEW,
  ON_THE_WAY,
  CHECKED,
} Visit;

typedef struct
{
  GPtrArray  *records;
  const char *title_field;
  GHashTable *index_of; /* key → index + 1 */
  guint8     *visits;
  GArray     *way;      /* of guint */
} Walk;

static char *
name_circle (Walk *walk,
             guint first)
{
  GString *text = g_string_new (NULL);
  guint from = 0;

  while (g_array_index (walk->way, guint, from) != first)
    from++;
  for (guint i = from; i <= walk->way->len; i++)
    {
      guint at = i < walk->way->len ? g_array_index (walk->way, guint, i) : first;
      EntRecord *record = g_ptr_array_index (walk->records, at);
      const char *title = ent_record_get_text (record, walk->title_field);

      g_string_append_printf (text, "%s“%s”", text->len > 0 ? " → " : "",
                              title != NULL ? title : ent_record_get_title (record));
    }
  return g_string_free (text, FALSE);
}

/* Depth first; a record that is met again on the way to itself closes a circle. */
static char *
walk_from (Walk *walk,
           guint at)
{
  const EntValue *value = ent_record_get_named (g_ptr_array_index (walk->records, at), "depends_on");
  char *circle = NULL;

  walk->visits[at] = ON_THE_WAY;
  g_array_append_val (walk->way, at);
  for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer && circle == NULL; i++)
    {
      guint next = GPOINTER_TO_UINT (g_hash_table_lookup (walk->index_of, &value->keys[i]));

      if (next == 0 || walk->visits[next - 1] == CHECKED)
        continue;
      circle = walk->visits[next - 1] == ON_THE_WAY ? name_circle (walk, next - 1) : walk_from (walk, next - 1);
    }
  g_array_set_size (walk->way, walk->way->len - 1);
  walk->visits[at] = CHECKED;
  return circle;
}

char *
ent_onboard_find_circle (GPtrArray  *records,
                         const char *title_field)
{
  g_autofree guint8 *visits = g_new0 (guint8, records->len + 1);
  g_autoptr (GHashTable) index_of = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint));
  Walk walk = { records, title_field, index_of, visits, way };
  char *circle = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      EntKey key = ent_record_get_key (g_ptr_array_index (records, i));

      g_hash_table_insert (index_of, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < records->len && circle == NULL; i++)
    if (visits[i] == NEW)
      circle = walk_from (&walk, i);
  return circle;
}

/* --- Lines ---------------------------------------------------------------------------------------------- */

static gboolean
fits_type (EntRecord  *record,
           const char *partner_type)
{
  const EntValue *types = ent_record_get_named (record, "applies_to_type");

  if (ent_value_is_null (types))
    return TRUE;
  return partner_type != NULL && types->kind == ENT_VALUE_LIST &&
         g_strv_contains ((const char * const *) types->list, partner_type);
}

GPtrArray *
ent_onboard_select_lines (GPtrArray  *lines,
                          const char *partner_type,
                          EntKey      level)
{
  GPtrArray *selected = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);

      if (ent_onboard_line_is_item (line) && fits_type (line, partner_type) &&
          (ent_value_is_null (ent_record_get_named (line, "applies_to_level")) ||
           ent_onboard_has_key (line, "applies_to_level", level)))
        g_ptr_array_add (selected, g_object_ref (line));
    }
  return selected;
}

const char *
ent_onboard_item_type (EntRecord *line)
{
  const char *type = ent_record_get_text (line, "item_type");

  return g_strcmp0 (type, "task") == 0 ? "action" : type;
}

static void
copy_field (EntRecord  *to,
            const char *to_field,
            EntRecord  *from,
            const char *from_field)
{
  const EntRecordType *type = ent_record_get_record_type (to);

  ent_record_set (to, ent_record_type_lookup (type, to_field)->index, ent_record_get_named (from, from_field));
}

void
ent_onboard_fill_item (EntRecord *item,
                       EntRecord *line,
                       gint64     start)
{
  gint64 day = ent_record_get_int (line, "day_to", ENT_ONBOARD_NO_DATE);
  const char *text = ent_record_get_text (line, "text");

  ent_onboard_set_word (item, "title", text != NULL ? text : ent_record_get_code (line));
  ent_onboard_set_word (item, "type", ent_onboard_item_type (line));
  copy_field (item, "section", line, "section");
  copy_field (item, "phase", line, "phase");
  copy_field (item, "weight", line, "weight");
  copy_field (item, "metric", line, "metric");
  copy_field (item, "evidence_wanted", line, "evidence");
  copy_field (item, "celebrate", line, "celebrate");
  copy_field (item, "note", line, "note");
  copy_field (item, "target_day", line, "day_to");
  ent_onboard_set_int (item, "due", day != ENT_ONBOARD_NO_DATE ? start + day : ENT_ONBOARD_NO_DATE);
  ent_onboard_set_int (item, "line", ent_record_get_key (line));
  ent_onboard_set_int (item, "line_rev", ent_record_get_int (line, "rev", 0));
}

/* --- Templates -------------------------------------------------------------------------------------------- */

static int
compare_rank (gconstpointer a,
              gconstpointer b)
{
  EntRecord *first = *(EntRecord **) a;
  EntRecord *second = *(EntRecord **) b;
  gint64 r1 = ent_record_get_int (first, "rank", G_MAXINT64);
  gint64 r2 = ent_record_get_int (second, "rank", G_MAXINT64);

  if (r1 != r2)
    return r1 < r2 ? -1 : 1;
  return g_utf8_collate (ent_record_get_title (first), ent_record_get_title (second));
}

static GPtrArray *
query_templates (EntStore *store,
                 GError  **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "program");
  g_autoptr (EntFilter) filter =
    ent_filter_parse (type, "kind = checklist and status = active and plan_kind is not empty", NULL, error);
  const EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = filter != NULL ? ent_store_query (store, &query, NULL, error) : NULL;

  if (result == NULL)
    return NULL;
  return ent_store_load (store, type, ent_result_get_rows (result), ent_result_get_n (result), NULL, 0, NULL, error);
}

GPtrArray *
ent_onboard_find_templates (const EntOnboardSource *source,
                            const char             *kind,
                            GError                **error)
{
  /* Templates change rarely: what is committed will do inside a transaction as well. */
  EntStore *store = source->store != NULL ? source->store : ent_transaction_get_store (source->transaction);
  g_autoptr (GPtrArray) all = query_templates (store, error);
  GPtrArray *templates;

  if (all == NULL)
    return NULL;
  templates = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      EntRecord *record = g_ptr_array_index (all, i);

      if (record != NULL && (kind == NULL || ent_onboard_is (record, "plan_kind", kind)))
        g_ptr_array_add (templates, g_object_ref (record));
    }
  g_ptr_array_sort (templates, compare_rank);
  return templates;
}
