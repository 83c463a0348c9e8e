/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-sample-private.h"

#define SEED 20090417 /* the day Halden Systems was founded */

/* --- Chance ---------------------------------------------------------------------------------------- */

int
sample_int (Sample *self,
            int     low,
            int     high)
{
  return g_rand_int_range (self->random, low, high + 1);
}

int
sample_near (Sample *self,
             int     middle,
             int     spread,
             int     low,
             int     high)
{
  int value = middle + sample_int (self, -spread, spread);

  return CLAMP (value, low, high);
}

gboolean
sample_chance (Sample *self,
               int     percent)
{
  return sample_int (self, 1, 100) <= percent;
}

static JsonNode *
pick (Sample     *self,
      const char *pool)
{
  JsonArray *array = json_object_get_array_member (self->pools, pool);

  return json_array_get_element (array, sample_int (self, 0, json_array_get_length (array) - 1));
}

const char *
sample_word (Sample     *self,
             const char *pool)
{
  return json_node_get_string (pick (self, pool));
}

JsonArray *
sample_row (Sample     *self,
            const char *pool)
{
  return json_node_get_array (pick (self, pool));
}

gint64
sample_work_day (gint64 day)
{
  int weekday = (day + 3) % 7; /* day 0 was a Thursday; 0 is Monday */

  return weekday >= 5 ? day - (weekday - 4) : day;
}

char *
sample_month (gint64 day)
{
  int year, month, unused;

  ent_date_to_ymd (day, &year, &month, &unused);
  return g_strdup_printf ("%04d-%02d", year, month);
}

/* --- Records --------------------------------------------------------------------------------------- */

EntRecord *
sample_begin (Sample     *self,
              const char *type)
{
  EntSchema *schema = ent_transaction_get_schema (self->transaction);

  return ent_record_new (ent_schema_lookup (schema, type));
}

EntRecord *
sample_begin_line (Sample     *self,
                   const char *type,
                   EntKey      parent,
                   int         position)
{
  EntRecord *record = sample_begin (self, type);

  sample_put_key (self, record, "parent", parent);
  sample_put_int (self, record, "position", position);
  return record;
}

static const EntField *
field_of (EntRecord  *record,
          const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);

  if (field == NULL)
    g_error ("sample: %s has no field %s", ent_record_get_record_type (record)->info->name, name);
  return field;
}

void
sample_put (Sample     *self,
            EntRecord  *record,
            const char *name,
            const char *text)
{
  g_auto(EntValue) value = ENT_VALUE_INIT;
  const EntField *field = field_of (record, name);
  EntReadContext context = { .date_order = ENT_DATE_ORDER_YMD, .decimal_point = '.' };

  if (self->error != NULL || text == NULL)
    return;
  if (ent_value_read (field, text, &context, &value, &self->error))
    ent_record_take (record, field->index, &value);
}

void
sample_put_int (Sample     *self,
                EntRecord  *record,
                const char *name,
                gint64      integer)
{
  g_auto(EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, integer);
  ent_record_take (record, field_of (record, name)->index, &value);
}

void
sample_put_time (Sample     *self,
                 EntRecord  *record,
                 const char *name,
                 gint64      day,
                 int         minute)
{
  sample_put_int (self, record, name,
                  day * G_TIME_SPAN_DAY + minute * (gint64) G_TIME_SPAN_MINUTE);
}

void
sample_put_money (Sample     *self,
                  EntRecord  *record,
                  const char *name,
                  gint64      minor,
                  const char *currency)
{
  g_auto(EntValue) value = ENT_VALUE_INIT;

  ent_value_set_money (&value, minor, currency);
  ent_record_take (record, field_of (record, name)->index, &value);
}

void
sample_put_key (Sample     *self,
                EntRecord  *record,
                const char *name,
                EntKey      key)
{
  if (key == 0)
    return;
  if (ent_field_is_many (field_of (record, name)))
    sample_put_keys (self, record, name, &key, 1);
  else
    sample_put_int (self, record, name, key);
}

void
sample_put_keys (Sample       *self,
                 EntRecord    *record,
                 const char   *name,
                 const EntKey *keys,
                 gsize         n_keys)
{
  g_auto(EntValue) value = ENT_VALUE_INIT;

  if (n_keys == 0)
    return;
  ent_value_set_keys (&value, keys, n_keys);
  ent_record_take (record, field_of (record, name)->index, &value);
}

EntKey
sample_end (Sample    *self,
            EntRecord *record)
{
  EntKey key = 0;

  if (self->error == NULL && ent_transaction_insert (self->transaction, record, &self->error))
    key = ent_record_get_key (record);
  g_object_unref (record);
  return key;
}

EntKey
sample_key (Sample     *self,
            const char *ref)
{
  return self->error != NULL ? 0 : ent_data_set_lookup (self->set, ref, &self->error);
}

/* --- What was written by hand ----------------------------------------------------------------------- */

static const char *
text_member (JsonObject *object,
             const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static gint64
relative_day (Sample     *self,
              const char *text)
{
  return text == NULL ? 0 : self->today + g_ascii_strtoll (text + strlen ("today"), NULL, 10);
}

static int
level_rank (const char *ref)
{
  static const char * const refs[] =
    { "ref:level:strategic", "ref:level:premier", "ref:level:select", "ref:level:registered" };

  for (gsize i = 0; ref != NULL && i < G_N_ELEMENTS (refs); i++)
    if (g_str_equal (refs[i], ref))
      return (int) i + 1;
  return 0;
}

static SampleTrend
trend_from_text (const char *text)
{
  static const char * const names[] = { "none", "new", "up", "flat", "down" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], text) == 0)
      return (SampleTrend) i;
  return SAMPLE_TREND_NONE;
}

static gboolean
has_role (JsonObject *object,
          const char *role)
{
  JsonArray *roles = json_object_has_member (object, "roles")
                       ? json_object_get_array_member (object, "roles") : NULL;

  for (guint i = 0; roles != NULL && i < json_array_get_length (roles); i++)
    if (g_str_equal (json_array_get_string_element (roles, i), role))
      return TRUE;
  return FALSE;
}

static void
gather_organization (Sample            *self,
                     const EntDataItem *item)
{
  JsonObject *json = item->json;
  SampleOrg org = {
    .key = item->key,
    .ref = text_member (json, "ref"),
    .title = text_member (json, "title"),
    .country = text_member (json, "country"),
    .region = text_member (json, "region"),
    .lifecycle = text_member (json, "lifecycle"),
    .type = text_member (json, "partner_type"),
    .level = level_rank (text_member (json, "level")),
    .since = relative_day (self, text_member (json, "partner_since")),
    .is_customer = has_role (json, "customer"),
  };
  gboolean is_partner = json_object_has_member (json, "$deals");

  if (json_object_has_member (json, "rank_1_10"))
    g_array_append_val (self->competitors, item->key);
  if (!is_partner && !org.is_customer && !has_role (json, "prospect"))
    return;

  org.industry = json_array_get_string_element (json_object_get_array_member (json, "industry"), 0);
  org.people = g_array_new (FALSE, FALSE, sizeof (EntKey));
  if (is_partner)
    {
      org.n_deals = (int) json_object_get_int_member (json, "$deals");
      org.trend = trend_from_text (text_member (json, "$trend"));
      org.manager = sample_key (self, text_member (json, "partner_manager") + strlen ("ref:"));
    }
  g_array_append_val (is_partner ? self->partners : self->customers, org);
}

static SampleOrg *
find_org (Sample *self,
          EntKey  key)
{
  for (guint i = 0; i < self->partners->len; i++)
    if (sample_partner (self, i)->key == key)
      return sample_partner (self, i);
  for (guint i = 0; i < self->customers->len; i++)
    if (sample_customer (self, i)->key == key)
      return sample_customer (self, i);
  return NULL;
}

static SampleOrg *
org_member (Sample     *self,
            JsonObject *json,
            const char *name)
{
  const char *ref = text_member (json, name);

  return ref != NULL ? find_org (self, sample_key (self, ref + strlen ("ref:"))) : NULL;
}

/* Which people, joint solutions, and payment terms an organization has already. */
static void
gather_relations (Sample *self)
{
  GArray *items = ent_data_set_get_items (self->set);
  SampleOrg *party = NULL;
  guint n_team = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const EntDataItem *item = &g_array_index (items, EntDataItem, i);
      const char *type = item->type->info->name;
      SampleOrg *org;

      if (g_str_equal (type, "person"))
        {
          org = org_member (self, item->json, "org");
          if (org != NULL)
            g_array_append_val (org->people, item->key);
          else if (n_team < SAMPLE_N_TEAM)
            self->team[n_team++] = item->key;
        }
      else if (g_str_equal (type, "offering") &&
               g_strcmp0 (text_member (item->json, "kind"), "joint_solution") == 0)
        {
          org = org_member (self, item->json, "partner");
          if (org != NULL)
            org->joint = item->key;
        }
      else if (g_str_equal (type, "agreement"))
        {
          party = org_member (self, item->json, "counterparty");
        }
      else if (g_str_equal (type, "agreement_term") && party != NULL && !party->has_agreement &&
               !json_object_has_member (item->json, "effective_to"))
        {
          party->has_agreement = TRUE;
          party->term = item->key;
          party->rate = (gint64) (json_object_get_double_member (item->json, "rate_pct") * 10000);
        }
    }
}

static void
gather (Sample *self)
{
  GArray *items = ent_data_set_get_items (self->set);

  for (guint i = 0; i < items->len; i++)
    {
      const EntDataItem *item = &g_array_index (items, EntDataItem, i);

      if (g_str_equal (item->type->info->name, "organization"))
        gather_organization (self, item);
    }
  self->own = sample_key (self, "org:halden");
  gather_relations (self);
}

/* --- The transaction --------------------------------------------------------------------------------- */

static void
org_clear (gpointer data)
{
  SampleOrg *org = data;

  g_array_unref (org->people);
}

static gboolean
load_files (Sample  *self,
            GError **error)
{
  if (ent_transaction_resolve (self->transaction, NULL, "ref:program:standard", NULL) == 0 &&
      !ent_data_set_load_folder (self->set, "program", error))
    return FALSE;
  if (!ent_data_set_load_folder (self->set, "sample", error))
    return FALSE;

  self->pools_node = ent_data_set_read ("sample/pools.json", error);
  if (self->pools_node == NULL)
    return FALSE;
  self->pools = json_node_get_object (self->pools_node);
  return TRUE;
}

static void
make_all (Sample *self)
{
  static void (* const parts[]) (Sample *) = {
    sample_make_people, sample_make_agreements, sample_make_deals, sample_make_ledger,
    sample_make_activities, sample_make_tasks, sample_make_plans, sample_make_assessments,
    sample_make_campaigns, sample_make_links, sample_make_levels, sample_make_usage,
  };
  GCancellable *cancellable = ent_transaction_get_cancellable (self->transaction);

  for (gsize i = 0; i < G_N_ELEMENTS (parts) && self->error == NULL; i++)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, &self->error))
        parts[i] (self);
    }
}

static gboolean
fill (EntTransaction  *transaction,
      gpointer         user_data,
      GError         **error)
{
  Sample self = { .transaction = transaction, .today = *(gint64 *) user_data };
  gboolean done;

  self.set = ent_data_set_new (transaction, self.today);
  self.random = g_rand_new_with_seed (SEED);
  self.partners = g_array_new (FALSE, FALSE, sizeof (SampleOrg));
  g_array_set_clear_func (self.partners, org_clear);
  self.customers = g_array_new (FALSE, FALSE, sizeof (SampleOrg));
  g_array_set_clear_func (self.customers, org_clear);
  self.deals = g_array_new (FALSE, FALSE, sizeof (SampleDeal));
  self.competitors = g_array_new (FALSE, FALSE, sizeof (EntKey));
  self.emails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.phases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  done = load_files (&self, error);
  if (done)
    {
      gather (&self);
      make_all (&self);
      done = self.error == NULL;
      if (!done)
        g_propagate_error (error, g_steal_pointer (&self.error));
    }

  g_hash_table_unref (self.emails);
  g_hash_table_unref (self.phases);
  g_array_unref (self.competitors);
  g_array_unref (self.deals);
  g_array_unref (self.customers);
  g_array_unref (self.partners);
  g_clear_pointer (&self.pools_node, json_node_unref);
  g_rand_free (self.random);
  ent_data_set_free (self.set);
  return done;
}

gboolean
ent_sample_fill (EntStore      *store,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  if (!ent_store_write (store, _("Sample workspace"), ENT_ORIGIN_SETUP, fill, &today, cancellable,
                        NULL, error))
    return FALSE;
  return ent_store_set_setting (store, ENT_SETTING_TITLE, "Halden Systems", error) &&
         ent_store_set_setting (store, ENT_SETTING_CURRENCY, "USD", error) &&
         sample_freeze_reviews (store, cancellable, error);
}
