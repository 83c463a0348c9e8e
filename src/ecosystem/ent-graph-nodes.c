/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-store-private.h"

#include "store/ent-transaction.h"

#include <glib/gi18n.h>
#include <string.h>

/* The records on the map: title, and what they are colored by. */

#define CHUNK 8192

typedef struct
{
  EntStore        *store;
  EntGraphBuilder *builder;
  gint64           at;
  GHashTable      *index;      /* EntKey → node + 1 */
  GHashTable      *levels;     /* EntKey → category */
} Reader;

static const char * const field_names[] = { "title", "roles", "level", "partner_type", "lifecycle", "region",
                                            "updated_at", "deleted_at", "created_at", NULL };

/* --- Levels ------------------------------------------------------------------------------------------- */

typedef struct
{
  EntKey  key;
  char   *title;
  int     rank;
} Level;

static void
clear_level (gpointer data)
{
  g_free (((Level *) data)->title);
}

static int
compare_levels (gconstpointer a,
                gconstpointer b)
{
  const Level *one = a, *two = b;
  int one_rank = one->rank > 0 ? one->rank : G_MAXINT, two_rank = two->rank > 0 ? two->rank : G_MAXINT;

  if (one_rank != two_rank)
    return one_rank < two_rank ? -1 : 1;
  return one->key < two->key ? -1 : one->key > two->key;
}

static void
take_level (EntRecord *program,
            gpointer   levels)
{
  Level level = { ent_record_get_key (program), g_strdup (ent_record_get_title (program)),
                  (int) ent_record_get_int (program, "rank", 0) };

  g_array_append_val ((GArray *) levels, level);
}

/* Categories of levels from the top down, so that the legend has them in that order; then the two roles that
 * stand for a level of those who have none. Programs of other kinds have no members and show up nowhere. */
static gboolean
read_levels (Reader        *self,
             EntSchema     *schema,
             GCancellable  *cancellable,
             GError       **error)
{
  static const char * const names[] = { "title", "rank", "kind", NULL };
  g_autoptr(GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));

  g_array_set_clear_func (levels, clear_level);
  if (!ent_graph_each_record (self->store, ent_schema_lookup (schema, "program"), ENT_SCOPE_LIVE, NULL, names,
                              take_level, levels, cancellable, error))
    return FALSE;
  g_array_sort (levels, compare_levels);
  for (guint i = 0; i < levels->len; i++)
    {
      const Level *level = &g_array_index (levels, Level, i);
      guint16 category = ent_graph_builder_category (self->builder, ENT_FACET_LEVEL, level->title, level->title,
                                                     level->rank, ENT_TONE_NEUTRAL);

      g_hash_table_insert (self->levels, g_memdup2 (&level->key, sizeof (EntKey)), GUINT_TO_POINTER (category));
    }
  return TRUE;
}

static guint16
get_level (Reader             *self,
           EntRecord          *record,
           const char * const *roles)
{
  EntKey key = ent_record_get_ref (record, "level");

  if (g_strv_contains (roles, "competitor") && !g_strv_contains (roles, "partner"))
    return ent_graph_builder_category (self->builder, ENT_FACET_LEVEL, "competitor", _("Competitor"), 0, ENT_TONE_BAD);
  if (key != 0 && g_hash_table_contains (self->levels, &key))
    return (guint16) GPOINTER_TO_UINT (g_hash_table_lookup (self->levels, &key));
  if (g_strv_contains (roles, "prospect") && !g_strv_contains (roles, "partner"))
    return ent_graph_builder_category (self->builder, ENT_FACET_LEVEL, "prospect", _("Prospect"), 0, ENT_TONE_NEUTRAL);
  return 0;
}

/* --- One record --------------------------------------------------------------------------------------- */

static guint16
get_choice (Reader     *self,
            EntRecord  *record,
            const char *name,
            EntFacet    facet)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);
  const EntValue *value = field != NULL ? ent_record_get (record, field->index) : NULL;
  const char *text = NULL;
  const EntChoice *choice;

  if (value != NULL && value->kind == ENT_VALUE_TEXT)
    text = value->text;
  else if (value != NULL && value->kind == ENT_VALUE_LIST)
    text = value->list[0];
  if (text == NULL)
    return 0;
  choice = ent_field_lookup_choice (field, text);
  return ent_graph_builder_category (self->builder, facet, text, choice != NULL ? ent_choice_get_label (choice) : text,
                                     0, choice != NULL ? choice->tone : ENT_TONE_NEUTRAL);
}

static void
add_node (Reader    *self,
          EntRecord *record,
          EntKey     key)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  EntGraphNode node = { key, ent_record_get_title (record), { 0 }, 0 };
  g_auto(GStrv) roles = ent_record_dup_kinds (record);
  const char * const *kinds = (const char * const *) roles;
  gint32 number;

  node.categories[ENT_FACET_RECORD_TYPE]
    = ent_graph_builder_category (self->builder, ENT_FACET_RECORD_TYPE, type->info->name,
                                  ent_record_type_get_label (type, TRUE), 0, ENT_TONE_NEUTRAL);
  node.categories[ENT_FACET_REGION] = get_choice (self, record, "region", ENT_FACET_REGION);
  if (g_str_equal (type->info->name, "organization"))
    {
      node.categories[ENT_FACET_LEVEL] = get_level (self, record, kinds);
      node.categories[ENT_FACET_PARTNER_TYPE] = get_choice (self, record, "partner_type", ENT_FACET_PARTNER_TYPE);
      node.categories[ENT_FACET_LIFECYCLE] = get_choice (self, record, "lifecycle", ENT_FACET_LIFECYCLE);
      if (g_strv_contains (kinds, "own"))
        node.flags |= ENT_NODE_OWN;
      if (g_strv_contains (kinds, "competitor"))
        node.flags |= ENT_NODE_COMPETITOR;
    }
  number = ent_graph_builder_add_node (self->builder, &node);
  g_hash_table_insert (self->index, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (number + 1));
}

/* Adds the record as it was at the wanted time. Only those that changed since are read from the journal. One that
 * was entered later but has links from before (`since`) is shown as it is now: nothing older is known. */
static gboolean
take_record (Reader     *self,
             EntRecord  *record,
             EntKey      key,
             GError    **error)
{
  g_autoptr(EntRecord) then = NULL;
  g_autoptr(GError) missing = NULL;
  gint64 deleted = ent_record_get_int (record, "deleted_at", G_MAXINT64);

  if (self->at == 0 ? deleted != G_MAXINT64 : deleted <= self->at)
    return TRUE;
  if (self->at != 0 && ent_record_get_int (record, "updated_at", 0) > self->at
      && ent_record_get_int (record, "created_at", 0) <= self->at)
    {
      then = ent_store_get_at (self->store, key, self->at, &missing);
      if (then == NULL && !g_error_matches (missing, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
      if (then == NULL)
        return TRUE;
    }
  add_node (self, then != NULL ? then : record, key);
  return TRUE;
}

/* Keys @first to @last - 1 are of one type. */
static gboolean
read_run (Reader               *self,
          const EntRecordType  *type,
          const EntKey         *keys,
          guint                 n,
          GCancellable         *cancellable,
          GError              **error)
{
  g_autoptr(GArray) fields = ent_graph_find_fields (type, field_names);
  g_autofree guint32 *rows = g_new (guint32, n);
  g_autoptr(GPtrArray) records = NULL;

  if (type->info->kind_field != NULL && ent_record_type_lookup (type, type->info->kind_field) != NULL)
    g_array_append_vals (fields, &ent_record_type_lookup (type, type->info->kind_field)->index, 1);
  for (guint i = 0; i < n; i++)
    rows[i] = (guint32) ent_key_row (keys[i]);
  records = ent_store_load (self->store, type, rows, n, (const guint *) fields->data, fields->len, cancellable, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL && !take_record (self, records->pdata[i], keys[i], error))
      return FALSE;
  return TRUE;
}

gboolean
ent_graph_read_nodes (EntStore         *store,
                      EntSchema        *schema,
                      EntGraphBuilder  *builder,
                      const GArray     *keys,
                      gint64            at,
                      GHashTable       *index,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_autoptr(GHashTable) levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Reader self = { store, builder, at, index, levels };
  const EntKey *all = (const EntKey *) keys->data;
  guint n;

  if (!read_levels (&self, schema, cancellable, error))
    return FALSE;
  for (guint first = 0; first < keys->len; first += n)
    {
      guint number = ent_key_type_number (all[first]);
      const EntRecordType *type = ent_schema_lookup_number (schema, number);

      for (n = 1; first + n < keys->len && n < CHUNK && ent_key_type_number (all[first + n]) == number; n++)
        ;
      if (type != NULL && !read_run (&self, type, all + first, n, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
