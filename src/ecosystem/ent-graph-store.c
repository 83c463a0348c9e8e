/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The graph of a workspace: links first, then the records that they join. */

#define CHUNK 8192 /* records in memory at a time */

typedef struct
{
  EntKey      key, from, to;
  gint16      strength;
  guint       kind;
} RawLink;

typedef struct
{
  EntStore              *store;
  EntSchema             *schema;
  const EntGraphOptions *options;
  GCancellable          *cancellable;
  EntGraphBuilder       *builder;
  GArray                *links;   /* of RawLink */
} Reader;

gboolean
ent_graph_each_record (EntStore            *store,
                       const EntRecordType *type,
                       EntScope             scope,
                       const EntFilter     *filter,
                       const char * const  *names,
                       EntGraphRecordFunc   func,
                       gpointer             data,
                       GCancellable        *cancellable,
                       GError             **error)
{
  EntQuery query = { type, filter, NULL, 0, NULL, scope };
  g_autoptr(EntResult) result = ent_store_query (store, &query, cancellable, error);
  g_autoptr(GArray) fields = ent_graph_find_fields (type, names);

  if (result == NULL)
    return FALSE;
  for (gsize at = 0; at < ent_result_get_n (result); at += CHUNK)
    {
      gsize n = MIN (CHUNK, ent_result_get_n (result) - at);
      g_autoptr(GPtrArray) records = ent_store_load (store, type, ent_result_get_rows (result) + at, n,
                                                     (const guint *) fields->data, fields->len, cancellable, error);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (records->pdata[i] != NULL)
          func (records->pdata[i], data);
    }
  return TRUE;
}

GArray *
ent_graph_find_fields (const EntRecordType *type,
                       const char * const  *names)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (; *names != NULL; names++)
    {
      const EntField *field = ent_record_type_lookup (type, *names);

      if (field != NULL)
        g_array_append_val (fields, field->index);
    }
  return fields;
}

/* --- Links -------------------------------------------------------------------------------------------- */

/* A link counts from `since`, or from when it was entered, until `until`, or until it was deleted. */
static gboolean
was_there (EntRecord *link,
           gint64     at)
{
  gint64 day = at / G_TIME_SPAN_DAY;
  gint64 since = ent_record_get_int (link, "since", G_MININT64);
  gint64 until = ent_record_get_int (link, "until", G_MAXINT64);
  gint64 created = ent_record_get_int (link, "created_at", 0);
  gint64 deleted = ent_record_get_int (link, "deleted_at", G_MAXINT64);

  if (since != G_MININT64 ? day < since : at < created)
    return FALSE;
  return day < until && at < deleted;
}

static guint
get_kind (Reader    *self,
          EntRecord *link)
{
  const char *value = ent_record_get_text (link, "type");
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (link), "type");
  const EntChoice *choice = value != NULL && field != NULL ? ent_field_lookup_choice (field, value) : NULL;

  if (value == NULL)
    value = "works_with";
  return ent_graph_builder_kind (self->builder, value, choice != NULL ? ent_choice_get_label (choice) : value);
}

static void
take_link (EntRecord *link,
           gpointer   data)
{
  Reader *self = data;
  gint64 today = g_get_real_time ();
  RawLink raw = { ent_record_get_key (link), ent_record_get_ref (link, "from"), ent_record_get_ref (link, "to"),
                  (gint16) CLAMP (ent_record_get_int (link, "strength", -1), -1, 100), 0 };

  if (raw.from == 0 || raw.to == 0)
    return;
  if (self->options->at != 0 ? !was_there (link, self->options->at)
                             : ent_record_get_int (link, "until", G_MAXINT64) <= today / G_TIME_SPAN_DAY)
    return;
  raw.kind = get_kind (self, link);
  g_array_append_val (self->links, raw);
}

static gboolean
read_links (Reader  *self,
            GError **error)
{
  static const char * const names[] = { "from", "to", "type", "strength", "since", "until", "created_at",
                                        "deleted_at", NULL };
  const EntRecordType *type = ent_schema_lookup (self->schema, "link");

  if (!ent_graph_each_record (self->store, type, ENT_SCOPE_LIVE, NULL, names, take_link, self, self->cancellable,
                              error))
    return FALSE;
  return self->options->at == 0
         || ent_graph_each_record (self->store, type, ENT_SCOPE_BIN, NULL, names, take_link, self,
                                   self->cancellable, error);
}

/* --- References as links ------------------------------------------------------------------------------ */

typedef struct
{
  Reader         *reader;
  const EntField *field;
  guint           kind;
} Reference;

static void
take_reference (EntRecord *record,
                gpointer   data)
{
  const Reference *reference = data;
  const EntValue *value = ent_record_get (record, reference->field->index);
  RawLink raw = { 0, ent_record_get_key (record), 0, -1, reference->kind };

  if (value->kind == ENT_VALUE_INT)
    raw.to = value->integer;
  if (raw.to != 0)
    g_array_append_val (reference->reader->links, raw);
}

/* Who owns a record is about us, not about the ecosystem. */
static gboolean
is_structural (const EntField *field)
{
  return field->info.type == ENT_FIELD_REF && !ent_field_is_many (field) && field->index >= ENT_N_COMMON
         && (g_strcmp0 (field->info.target, "organization") == 0 || g_strcmp0 (field->info.target, "person") == 0);
}

static gboolean
read_references (Reader  *self,
                 GError **error)
{
  static const char * const types[] = { "organization", "person", "offering" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const EntRecordType *type = ent_schema_lookup (self->schema, types[i]);

      for (guint j = 0; j < ent_record_type_get_n_fields (type); j++)
        {
          const EntField *field = ent_record_type_get_nth (type, j);
          const char *names[] = { field->info.name, NULL };
          Reference reference = { self, field };

          if (!is_structural (field))
            continue;
          reference.kind = ent_graph_builder_kind (self->builder, field->info.name, ent_field_get_label (field));
          if (!ent_graph_each_record (self->store, type, ENT_SCOPE_LIVE, NULL, names, take_reference, &reference,
                                      self->cancellable, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* --- Which records ------------------------------------------------------------------------------------ */

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  EntKey one = *(const EntKey *) a, two = *(const EntKey *) b;
  guint one_type = ent_key_type_number (one), two_type = ent_key_type_number (two);

  if (one_type != two_type)
    return one_type < two_type ? -1 : 1;
  return one < two ? -1 : one > two;
}

static void
collect_key (EntRecord *record,
             gpointer   keys)
{
  EntKey key = ent_record_get_key (record);

  g_array_append_val ((GArray *) keys, key);
}

/* Sorted by type, then by row; each once. */
static GArray *
collect_keys (Reader  *self,
              GError **error)
{
  static const char * const names[] = { "title", NULL };
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  guint n = 0;

  for (guint i = 0; i < self->links->len; i++)
    g_array_append_vals (keys, &g_array_index (self->links, RawLink, i).from, 2);
  if (self->options->include_isolated)
    for (guint i = 0; i < 2; i++)
      if (!ent_graph_each_record (self->store,
                                  ent_schema_lookup (self->schema, i == 0 ? "organization" : "person"),
                                  ENT_SCOPE_LIVE, NULL, names, collect_key, keys, self->cancellable, error))
        return NULL;
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    if (i == 0 || g_array_index (keys, EntKey, i) != g_array_index (keys, EntKey, i - 1))
      g_array_index (keys, EntKey, n++) = g_array_index (keys, EntKey, i);
  g_array_set_size (keys, n);
  return g_steal_pointer (&keys);
}

/* Organizations that pass the filter, and what is linked to one of them and is none itself. */
static GHashTable *
find_kept (Reader  *self,
           GError **error)
{
  const EntRecordType *type = ent_schema_lookup (self->schema, "organization");
  g_autoptr(EntFilter) filter = ent_filter_parse (type, self->options->filter, NULL, error);
  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(EntResult) result = NULL;
  EntQuery query = { type, filter };
  gsize n;

  if (filter == NULL || (result = ent_store_query (self->store, &query, self->cancellable, error)) == NULL)
    return NULL;
  n = ent_result_get_n (result);
  for (gsize i = 0; i < n; i++)
    {
      EntKey key = ent_key_make (type->info->number, ent_result_get_rows (result)[i]);

      g_hash_table_add (kept, g_memdup2 (&key, sizeof key));
    }
  for (guint i = 0; i < self->links->len; i++)
    {
      const RawLink *link = &g_array_index (self->links, RawLink, i);
      const EntKey *ends[2] = { &link->from, &link->to };

      for (guint j = 0; j < 2; j++)
        if (ent_key_type_number (*ends[j]) == type->info->number
            && ent_key_type_number (*ends[1 - j]) != type->info->number
            && g_hash_table_contains (kept, ends[j]))
          g_hash_table_add (kept, g_memdup2 (ends[1 - j], sizeof (EntKey)));
    }
  return g_steal_pointer (&kept);
}

static gboolean
filter_keys (Reader  *self,
             GArray  *keys,
             GError **error)
{
  g_autoptr(GHashTable) kept = NULL;
  guint n = 0;

  if (self->options->filter == NULL || *self->options->filter == '\0')
    return TRUE;
  kept = find_kept (self, error);
  if (kept == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    if (g_hash_table_contains (kept, &g_array_index (keys, EntKey, i)))
      g_array_index (keys, EntKey, n++) = g_array_index (keys, EntKey, i);
  g_array_set_size (keys, n);
  return TRUE;
}

/* --- All of it ---------------------------------------------------------------------------------------- */

static void
add_links (Reader     *self,
           GHashTable *index)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const RawLink *raw = &g_array_index (self->links, RawLink, i);
      gint32 from = GPOINTER_TO_INT (g_hash_table_lookup (index, &raw->from));
      gint32 to = GPOINTER_TO_INT (g_hash_table_lookup (index, &raw->to));

      if (from > 0 && to > 0)
        ent_graph_builder_add_link (self->builder, &(EntGraphLink) {
          raw->key, from - 1, to - 1, -1, (guint16) raw->kind, raw->strength,
        });
    }
}

static gboolean
read_all (Reader  *self,
          GError **error)
{
  g_autoptr(GArray) keys = NULL;
  g_autoptr(GHashTable) index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!read_links (self, error) || (self->options->include_references && !read_references (self, error)))
    return FALSE;
  keys = collect_keys (self, error);
  if (keys == NULL || !filter_keys (self, keys, error)
      || !ent_graph_read_nodes (self->store, self->schema, self->builder, keys, self->options->at, index,
                                self->cancellable, error))
    return FALSE;
  add_links (self, index);
  return TRUE;
}

EntGraph *
ent_graph_new_from_store (EntStore               *store,
                          const EntGraphOptions  *options,
                          GCancellable           *cancellable,
                          GError                **error)
{
  static const EntGraphOptions defaults;
  g_autoptr(EntSchema) schema = ent_store_dup_schema (store);
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (RawLink));
  g_autoptr(EntGraphBuilder) builder = ent_graph_builder_new ();
  Reader self = { store, schema, options != NULL ? options : &defaults, cancellable, builder, links };

  if (!read_all (&self, error))
    return NULL;
  return ent_graph_builder_finish (g_steal_pointer (&builder));
}
