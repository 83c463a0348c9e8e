/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-deal-private.h"

#include <string.h>

#include "store/ent-query.h"

/* Reads deals and what belongs to them: a few passes over whole tables instead of queries a deal. */

#define PAGE_ROWS    1024
#define LOOK_BACK    400 /* days of activities and of the journal: what is older makes no difference */
#define DAY          (24 * G_TIME_SPAN_HOUR)

typedef void (*RecordFunc) (EntDeals  *self,
                            EntRecord *record,
                            gpointer   data);

static GArray *
find_fields (const EntRecordType *type,
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

static gboolean
load_each (EntDeals             *self,
           EntStore             *store,
           const EntRecordType  *type,
           const guint32        *rows,
           gsize                 n_rows,
           const char * const   *names,
           RecordFunc            func,
           gpointer              data,
           GCancellable         *cancellable,
           GError              **error)
{
  g_autoptr (GArray) fields = find_fields (type, names);

  for (gsize at = 0; at < n_rows; at += PAGE_ROWS)
    {
      g_autoptr (GPtrArray) records = NULL;

      records = ent_store_load (store, type, rows + at, MIN (PAGE_ROWS, n_rows - at),
                                (const guint *) (gpointer) fields->data, fields->len, cancellable, error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (g_ptr_array_index (records, i) != NULL)
          func (self, g_ptr_array_index (records, i), data);
    }
  return TRUE;
}

static gboolean
query_each (EntDeals            *self,
            EntStore            *store,
            const char          *type_name,
            const char          *filter_text,
            const char * const  *names,
            RecordFunc           func,
            gpointer             data,
            GCancellable        *cancellable,
            GError             **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, type_name);
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (EntResult) result = NULL;
  EntQuery query = { .type = type };

  if (filter_text != NULL && (filter = ent_filter_parse (type, filter_text, NULL, error)) == NULL)
    return FALSE;
  query.filter = filter;
  result = ent_store_query (store, &query, cancellable, error);
  return result != NULL && load_each (self, store, type, ent_result_get_rows (result), ent_result_get_n (result),
                                      names, func, data, cancellable, error);
}

/* --- Deals ------------------------------------------------------------------------------------------------- */

static void
want_name (EntDeals *self,
           EntKey    key)
{
  if (key != 0 && !g_hash_table_contains (self->names, &key))
    g_hash_table_insert (self->names, g_memdup2 (&key, sizeof key), g_new0 (EntDealName, 1));
}

static const char *
interned (EntRecord  *record,
          const char *field)
{
  return g_intern_string (ent_record_get_text (record, field));
}

static void
take_offerings (EntDeals  *self,
                EntRecord *record,
                EntDeal   *deal)
{
  const EntValue *value = ent_record_get_named (record, "offering");

  if (value->kind != ENT_VALUE_KEYS)
    return;
  deal->n_offerings = (guint) value->integer;
  deal->offerings = g_memdup2 (value->keys, sizeof (EntKey) * deal->n_offerings);
  g_ptr_array_add (self->blocks, deal->offerings);
  for (guint i = 0; i < deal->n_offerings; i++)
    want_name (self, deal->offerings[i]);
}

static void
take_registration (EntRecord *record,
                   EntDeal   *deal)
{
  deal->registration = interned (record, "registration_state");
  deal->registered_by = ent_record_get_ref (record, "registered_by");
  deal->registered_at = ent_record_get_int (record, "registered_at", 0);
  deal->valid_at = ent_record_get_int (record, "valid_at", 0);
  deal->expires_on = ent_record_get_int (record, "expires_on", ENT_DAY_NONE);
  deal->renewals = (guint) ent_record_get_int (record, "renewals", 0);
}

static const char * const deal_fields[] =
{
  "title", "next_step", "account", "owner", "stage", "kind", "motion", "source", "amount", "probability_pct",
  "opened_on", "expected_close", "closed_on", "offering", "registration_state", "registered_by", "registered_at",
  "valid_at", "expires_on", "renewals", "created_at", NULL,
};

/* Fields that the program asks for and that no record type has are not missing. */
static guint64
find_missing (EntDeals  *self,
              EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  guint64 missing = 0;

  for (guint i = 0; i < MIN (self->policy->required->len, 64); i++)
    {
      const EntField *field = ent_record_type_lookup (type, g_ptr_array_index (self->policy->required, i));

      if (field != NULL && ent_value_is_null (ent_record_get (record, field->index)))
        missing |= G_GUINT64_CONSTANT (1) << i;
    }
  return missing;
}

/* The fields that are read of a deal, those that the program asks for included. (transfer full) */
static char **
list_deal_fields (const EntDeals *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) deal_fields);
  for (guint i = 0; i < self->policy->required->len; i++)
    if (!g_strv_contains (deal_fields, g_ptr_array_index (self->policy->required, i)))
      g_strv_builder_add (builder, g_ptr_array_index (self->policy->required, i));
  return g_strv_builder_unref_to_strv (builder);
}

static void
take_deal (EntDeals  *self,
           EntRecord *record,
           gpointer   data)
{
  const char *next_step = ent_record_get_text (record, "next_step");
  EntDeal deal = { .first_close = ENT_DAY_NONE };

  ent_deal_read_value (&deal, record);
  deal.title = g_string_chunk_insert (self->texts, ent_record_get_title (record));
  deal.next_step = next_step != NULL ? g_string_chunk_insert (self->texts, next_step) : NULL;
  deal.account = ent_record_get_ref (record, "account");
  deal.owner = ent_record_get_ref (record, "owner");
  deal.kind = interned (record, "kind");
  deal.motion = interned (record, "motion");
  deal.source = interned (record, "source");
  deal.active_on = deal.opened_on != ENT_DAY_NONE ? deal.opened_on
                                                  : ent_record_get_int (record, "created_at", 0) / DAY;
  deal.missing = find_missing (self, record);
  take_offerings (self, record, &deal);
  take_registration (record, &deal);
  want_name (self, deal.account);
  want_name (self, deal.owner);
  want_name (self, deal.registered_by);
  g_array_append_val (self->deals, deal);
}

static void
index_deals (EntDeals *self)
{
  for (guint i = 0; i < self->deals->len; i++)
    g_hash_table_insert (self->by_key, &g_array_index (self->deals, EntDeal, i).key, GUINT_TO_POINTER (i + 1));
}

static EntDeal *
find_deal (EntDeals *self,
           EntKey    key)
{
  return (EntDeal *) ent_deals_lookup (self, key);
}

/* --- Parties ------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntKey       deal;
  gint64       position;
  EntDealParty party;
} PartyLine;

static const char * const party_fields[] = { "parent", "position", "org", "role", "share_pct", NULL };

static void
take_party (EntDeals  *self,
            EntRecord *record,
            gpointer   data)
{
  GArray *lines = data;
  PartyLine line =
  {
    .deal = ent_record_get_ref (record, "parent"),
    .position = ent_record_get_int (record, "position", G_MAXINT),
    .party = { .key = ent_record_get_key (record), .org = ent_record_get_ref (record, "org"),
               .role = interned (record, "role"), .share = ent_record_get_int (record, "share_pct", -1) },
  };

  want_name (self, line.party.org);
  g_array_append_val (lines, line);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const PartyLine *x = a;
  const PartyLine *y = b;

  if (x->deal != y->deal)
    return x->deal < y->deal ? -1 : 1;
  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return (x->party.key > y->party.key) - (x->party.key < y->party.key);
}

static gboolean
read_parties (EntDeals      *self,
              EntStore      *store,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PartyLine));
  EntDealParty *parties;

  if (!query_each (self, store, "deal_party", NULL, party_fields, take_party, lines, cancellable, error))
    return FALSE;
  g_array_sort (lines, compare_lines);
  parties = g_new (EntDealParty, lines->len);
  g_ptr_array_add (self->blocks, parties);
  for (guint i = 0; i < lines->len; i++)
    {
      const PartyLine *line = &g_array_index (lines, PartyLine, i);
      EntDeal *deal = find_deal (self, line->deal);

      parties[i] = line->party;
      if (deal == NULL)
        continue;
      if (deal->n_parties++ == 0)
        deal->parties = parties + i;
    }
  return TRUE;
}

/* --- What happened --------------------------------------------------------------------------------------------- */

static const char * const activity_fields[] = { "about", "at", NULL };

static void
note_active (EntDeals *self,
             EntKey    key,
             gint64    at)
{
  EntDeal *deal = find_deal (self, key);
  gint64 day = at / DAY;

  /* A meeting that is planned has not happened. */
  if (deal != NULL && day <= self->today)
    deal->active_on = MAX (deal->active_on, day);
}

static void
take_activity (EntDeals  *self,
               EntRecord *record,
               gpointer   data)
{
  const EntValue *about = ent_record_get_named (record, "about");
  gint64 at = ent_record_get_int (record, "at", 0);

  for (gint64 i = 0; about->kind == ENT_VALUE_KEYS && i < about->integer; i++)
    note_active (self, about->keys[i], at);
}

static gboolean
read_activities (EntDeals      *self,
                 EntStore      *store,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autofree char *day = ent_date_write (self->today - LOOK_BACK);
  g_autofree char *filter = g_strdup_printf ("at >= %s", day);

  return query_each (self, store, "activity", filter, activity_fields, take_activity, NULL, cancellable, error);
}

static void
note_move (EntDeals             *self,
           const EntFieldChange *change)
{
  EntDeal *deal = find_deal (self, change->key);

  if (deal == NULL || change->old_value.kind != ENT_VALUE_INT || change->new_value.kind != ENT_VALUE_INT)
    return;
  if (deal->first_close == ENT_DAY_NONE)
    deal->first_close = change->old_value.integer;
  if (change->new_value.integer > change->old_value.integer)
    deal->n_moves++;
}

static gboolean
read_journal (EntDeals      *self,
              EntStore      *store,
              GCancellable  *cancellable,
              GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "deal");
  const EntField *fields[] = { ent_record_type_lookup (type, "stage"), ent_record_type_lookup (type, "expected_close") };
  g_autoptr (GArray) changes = NULL;

  changes = ent_store_get_field_changes (store, fields, G_N_ELEMENTS (fields), (self->today - LOOK_BACK) * DAY,
                                         cancellable, error);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const EntFieldChange *change = &g_array_index (changes, EntFieldChange, i);

      if (change->field == fields[0])
        note_active (self, change->key, change->at);
      else
        note_move (self, change);
    }
  return changes != NULL;
}

/* --- Names --------------------------------------------------------------------------------------------------------- */

static void
take_name (EntDeals  *self,
           EntRecord *record,
           gpointer   data)
{
  EntKey key = ent_record_get_key (record);
  EntDealName *name = g_hash_table_lookup (self->names, &key);

  if (name == NULL)
    return;
  g_set_str (&name->title, ent_record_get_title (record));
  if (!g_str_equal (ent_record_get_record_type (record)->info->name, "organization"))
    return;
  name->level = ent_record_get_ref (record, "level");
  name->is_technology = g_strcmp0 (ent_record_get_text (record, "partner_type"), "technology") == 0;
  want_name (self, name->level);
}

/* A partner may be asked about before it has a deal. */
static void
take_partner (EntDeals  *self,
              EntRecord *record,
              gpointer   data)
{
  want_name (self, ent_record_get_key (record));
  take_name (self, record, data);
}

/* The rows of the wanted names of a type. (transfer full) */
static GArray *
collect_rows (EntDeals            *self,
              const EntRecordType *type)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (ent_key_type_number (*(const EntKey *) key) == type->info->number && ((EntDealName *) value)->title == NULL)
      {
        guint32 row = (guint32) ent_key_row (*(const EntKey *) key);

        g_array_append_val (rows, row);
      }
  return rows;
}

static gboolean
read_names (EntDeals      *self,
            EntStore      *store,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char * const title[] = { "title", NULL };
  static const char * const of_organization[] = { "title", "level", "partner_type", NULL };
  static const char * const types[] = { "organization", "person", "offering", "program" };

  if (!query_each (self, store, "organization", "roles has partner", of_organization, take_partner, NULL, cancellable,
                   error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const EntRecordType *type = ent_store_get_record_type (store, types[i]);
      g_autoptr (GArray) rows = collect_rows (self, type);

      if (!load_each (self, store, type, (const guint32 *) (gpointer) rows->data, rows->len,
                      i == 0 ? of_organization : title, take_name, NULL, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_deals_read (EntDeals      *self,
                EntStore      *store,
                GCancellable  *cancellable,
                GError       **error)
{
  g_auto (GStrv) fields = list_deal_fields (self);

  if (!query_each (self, store, "deal", NULL, (const char * const *) fields, take_deal, NULL, cancellable, error))
    return FALSE;
  index_deals (self);
  return read_parties (self, store, cancellable, error) && read_activities (self, store, cancellable, error) &&
         read_journal (self, store, cancellable, error) && read_names (self, store, cancellable, error);
}
