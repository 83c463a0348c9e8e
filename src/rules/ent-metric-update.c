/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

#include "rules/ent-scan-fields.h"

/* Keeping a snapshot current: the facts of a changed record are taken out and read again. */

#define MAX_CHANGES 500 /* a new snapshot is cheaper than more */

typedef struct
{
  EntMetrics *self;
  EntStore   *store;
  GHashTable *touched; /* (nullable) */
  gboolean    is_over; /* takes a new snapshot */
} Update;

static void
touch (Update *update,
       EntKey  partner)
{
  if (update->touched != NULL && metrics_lookup (update->self, partner) != NULL)
    g_hash_table_add (update->touched, g_memdup2 (&partner, sizeof partner));
}

static void
remove_facts (Update *update,
              EntKey  key)
{
  EntMetrics *self = update->self;

  for (guint p = 0; p < self->partners->len; p++)
    {
      Partner *partner = &g_array_index (self->partners, Partner, p);
      const Fact *facts = (const Fact *) partner->facts->data;

      /* From the end, so that taking one out moves none that is still to be looked at. */
      for (guint i = partner->facts->len; i > 0; i--)
        if (facts[i - 1].key == key)
          {
            if (facts[i - 1].source == SOURCE_SCORE)
              self->scores_are_open = TRUE;
            g_array_remove_index_fast (partner->facts, i - 1);
            touch (update, partner->key);
          }
    }
}

/* --- Reading again -------------------------------------------------------------------------------------- */

static gboolean
passes (Update            *update,
        const MetricTable *table,
        EntRecord         *record)
{
  g_autoptr (EntFilter) filter = NULL;

  if (table->filter == NULL)
    return TRUE;
  filter = ent_filter_parse (ent_record_get_record_type (record), table->filter, NULL, NULL);
  return filter != NULL && ent_filter_matches (filter, update->store, record);
}

static void
read_with (Update            *update,
           const MetricTable *table,
           EntRecord         *record)
{
  g_autoptr (GArray) fields = NULL;

  if (!metrics_needs_table (update->self, table) || !passes (update, table, record))
    return;
  fields = ent_scan_find_fields (ent_record_get_record_type (record), table->fields);
  table->read (update->self, record, (const guint *) fields->data);
}

static void
read_with_all (Update    *update,
               EntRecord *record)
{
  const char *name = ent_record_get_record_type (record)->info->name;
  guint n;
  const MetricTable *tables = metrics_get_tables (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (tables[i].type, name))
      read_with (update, &tables[i], record);
}

/* The lines that say something about the record's partners. */
static gboolean
read_lines (Update     *update,
            EntKey      key,
            const char *type,
            GError    **error)
{
  static const struct { const char *type, *line; } families[] =
    { { "deal", "deal_party" }, { "campaign", "campaign_line" }, { "plan", "plan_item" } };

  for (guint f = 0; f < G_N_ELEMENTS (families); f++)
    {
      g_autoptr (GPtrArray) lines = NULL;

      if (!g_str_equal (families[f].type, type))
        continue;
      lines = ent_store_get_children (update->store, key,
                                      ent_store_get_record_type (update->store, families[f].line), error);
      for (guint i = 0; lines != NULL && i < lines->len; i++)
        read_with_all (update, g_ptr_array_index (lines, i));
      return lines != NULL;
    }
  return TRUE;
}

static gboolean
is_live (EntRecord *record)
{
  return ent_value_is_null (ent_record_get_named (record, "deleted_at"));
}

static void
forget (Update     *update,
        EntKey      key,
        const char *type)
{
  EntMetrics *self = update->self;

  remove_facts (update, key);
  g_hash_table_remove (self->campaigns, &key);
  g_hash_table_remove (self->plans, &key);
  if (g_str_equal (type, "deal") && ent_key_row (key) < self->deals->len)
    g_array_index (self->deals, DealInfo, ent_key_row (key)) = (DealInfo) { 0 };
}

static gboolean
update_record (Update  *update,
               EntKey   key,
               GError **error)
{
  g_autoptr (EntRecord) record = ent_store_get (update->store, key, NULL);
  const char *type = record != NULL ? ent_record_get_record_type (record)->info->name : "";

  forget (update, key, type);
  if (record == NULL || !is_live (record))
    return TRUE;
  read_with_all (update, record);
  return read_lines (update, key, type, error);
}

/* --- Partners and people ---------------------------------------------------------------------------------- */

static void
update_partner (Update    *update,
                EntKey     key,
                EntRecord *record)
{
  EntMetrics *self = update->self;
  g_autoptr (GArray) fields = NULL;
  Partner *partner = metrics_lookup (self, key);
  const EntValue *roles;
  gboolean is_partner = FALSE;

  if (record != NULL && is_live (record))
    {
      roles = ent_record_get_named (record, "roles");
      is_partner = roles->kind == ENT_VALUE_LIST && g_strv_contains ((const char * const *) roles->list, "partner");
    }
  if (is_partner != (partner != NULL))
    {
      update->is_over = TRUE;
      return;
    }
  if (partner == NULL)
    return;
  fields = metrics_find_partner_fields (self, ent_record_get_record_type (record));
  metrics_read_partner (self, record, (const guint *) fields->data, partner);
  self->ranks_are_good = FALSE;
  touch (update, key);
}

static void
update_person (Update    *update,
               EntKey     key,
               EntRecord *record)
{
  const EntKey *employer = g_hash_table_lookup (update->self->employers, &key);
  EntKey now = record != NULL && is_live (record) ? ent_record_get_ref (record, "org") : 0;

  if (update->self->needs[SOURCE_CERTIFICATE] && (employer != NULL ? *employer : 0) != now)
    update->is_over = TRUE;
}

/* What an activity says of campaigns is not known by activity: one that says it now, or whose deals are said to come from
 * one, takes a new snapshot. */
static void
update_touch (Update    *update,
              EntRecord *record)
{
  const EntValue *about = ent_record_get_named (record, "about");

  if (!update->self->needs[SOURCE_LEAD])
    return;
  update->is_over |= ent_record_get_ref (record, "campaign") != 0;
  for (gint64 i = 0; about->kind == ENT_VALUE_KEYS && i < about->integer; i++)
    update->is_over |= g_hash_table_contains (update->self->came_from, &about->keys[i]);
}

/* --- Changes ------------------------------------------------------------------------------------------------ */

/* Collects the records to read again: of a line, what it is part of. */
static void
collect (Update     *update,
         EntKey      key,
         GHashTable *keys)
{
  g_autoptr (EntRecord) record = ent_store_get (update->store, key, NULL);
  const EntRecordType *type = record != NULL ? ent_record_get_record_type (record) : NULL;

  if (type == NULL || g_str_has_prefix (type->info->name, "program"))
    update->is_over = TRUE;
  else if (g_str_equal (type->info->name, "organization"))
    update_partner (update, key, record);
  else if (g_str_equal (type->info->name, "person"))
    update_person (update, key, record);
  else if (g_str_equal (type->info->name, "activity"))
    update_touch (update, record);
  else
    {
      if (ent_record_type_is_child (type))
        key = ent_record_get_ref (record, "parent");
      if (key != 0)
        g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }
}

gboolean
ent_metrics_update (EntMetrics       *self,
                    EntStore         *store,
                    const EntChanges *changes,
                    GHashTable       *touched,
                    GError          **error)
{
  Update update = { self, store, touched, FALSE };
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;
  gboolean is_good = TRUE;

  if (changes->many || changes->keys == NULL || changes->keys->len > MAX_CHANGES)
    return FALSE;
  for (guint i = 0; i < changes->keys->len && !update.is_over; i++)
    collect (&update, g_array_index (changes->keys, EntKey, i), keys);
  g_hash_table_iter_init (&iter, keys);
  self->touched = touched;
  while (!update.is_over && is_good && g_hash_table_iter_next (&iter, &key, NULL))
    is_good = update_record (&update, *(EntKey *) key, error);
  self->touched = NULL;
  metrics_settle_leads (self, touched);
  return !update.is_over && is_good && metrics_close_scores (self, store, NULL, error);
}
