/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"

/* The records a review is made from, each set read once. */

static GPtrArray *
no_records (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

void
review_facts_init (ReviewFacts  *self,
                   EntStore     *store,
                   EntRecord    *plan,
                   gint64        as_of,
                   GCancellable *cancellable)
{
  memset (self, 0, sizeof *self);
  self->store = store;
  self->partner = ent_record_get_ref (plan, "for");
  self->as_of = as_of;
  self->start = ent_record_get_int (plan, "period_start", review_quarter (as_of, 1));
  self->end = ent_record_get_int (plan, "period_end", review_quarter (as_of, 0) - 1);
  self->cancellable = cancellable;
  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

void
review_facts_clear (ReviewFacts *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->deals, g_ptr_array_unref);
  g_clear_pointer (&self->ledger, g_ptr_array_unref);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->offerings, g_ptr_array_unref);
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  g_clear_pointer (&self->surveys, g_ptr_array_unref);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->policy, ent_deal_policy_unref);
}

GPtrArray *
review_facts_find (ReviewFacts *self,
                   const char  *type,
                   const char  *field,
                   EntKey       key)
{
  const EntRecordType *found = ent_store_get_record_type (self->store, type);
  GPtrArray *records = NULL;

  if (self->error == NULL && !g_cancellable_set_error_if_cancelled (self->cancellable, &self->error) && key != 0)
    records = ent_store_get_referrers (self->store, key, ent_record_type_lookup (found, field), 0, &self->error);
  return records != NULL ? records : no_records ();
}

static void
add_all (GPtrArray *into,
         GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (into, g_object_ref (g_ptr_array_index (from, i)));
  g_ptr_array_unref (from);
}

/* --- Deals: registered by the partner, or with it as a party ---------------------------------------------- */

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static GArray *
find_deal_rows (ReviewFacts *self)
{
  g_autoptr (GPtrArray) registered = review_facts_find (self, "deal", "registered_by", self->partner);
  g_autoptr (GPtrArray) parties = review_facts_find (self, "deal_party", "org", self->partner);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < registered->len; i++)
    {
      guint32 row = (guint32) ent_key_row (ent_record_get_key (g_ptr_array_index (registered, i)));

      g_array_append_val (rows, row);
    }
  for (guint i = 0; i < parties->len; i++)
    {
      guint32 row = (guint32) ent_key_row (ent_record_get_ref (g_ptr_array_index (parties, i), "parent"));

      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  for (guint i = 1; i < rows->len;)
    if (g_array_index (rows, guint32, i) == g_array_index (rows, guint32, i - 1))
      g_array_remove_index (rows, i);
    else
      i++;
  return rows;
}

/* As it was at the end of the day of the review, when it was closed later. Where the journal does not reach back that far,
 * today's record without what closing it has changed: its stage is not known. */
static EntRecord *
as_it_was (ReviewFacts *self,
           EntRecord   *deal)
{
  static const EntValue none = { 0 };
  gint64 end_of_day = (self->as_of + 1) * (gint64) G_TIME_SPAN_DAY - 1;
  EntRecord *then;

  if (ent_record_get_int (deal, "closed_on", G_MININT64) <= self->as_of)
    return g_object_ref (deal);
  then = ent_store_get_at (self->store, ent_record_get_key (deal), end_of_day, NULL);
  if (then != NULL)
    return then;
  ent_record_set (deal, ent_record_type_lookup (ent_record_get_record_type (deal), "stage")->index, &none);
  return g_object_ref (deal);
}

static GPtrArray *
load_deals (ReviewFacts *self)
{
  static const char * const wanted[] = { "title", "account", "stage", "amount", "expected_close", "probability_pct",
                                         "next_step", "opened_on", "closed_on", "registered_at", "registered_by",
                                         "owner", "deleted_at", "kind" };
  const EntRecordType *type = ent_store_get_record_type (self->store, "deal");
  g_autoptr (GArray) rows = find_deal_rows (self);
  g_autoptr (GPtrArray) loaded = NULL;
  guint fields[G_N_ELEMENTS (wanted)];
  GPtrArray *deals = no_records ();

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    fields[i] = ent_record_type_lookup (type, wanted[i])->index;
  if (self->error == NULL && rows->len > 0)
    loaded = ent_store_load (self->store, type, (const guint32 *) (gpointer) rows->data, rows->len, fields,
                             G_N_ELEMENTS (fields), self->cancellable, &self->error);
  for (guint i = 0; loaded != NULL && i < loaded->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (loaded, i);

      if (deal != NULL && ent_value_is_null (ent_record_get (deal, ENT_COMMON_DELETED_AT)))
        g_ptr_array_add (deals, as_it_was (self, deal));
    }
  return deals;
}

GPtrArray *
review_facts_get_deals (ReviewFacts *self)
{
  if (self->deals == NULL)
    self->deals = load_deals (self);
  return self->deals;
}

/* --- The others --------------------------------------------------------------------------------------------- */

GPtrArray *
review_facts_get_ledger (ReviewFacts *self)
{
  if (self->ledger == NULL)
    self->ledger = review_facts_find (self, "ledger", "partner", self->partner);
  return self->ledger;
}

GPtrArray *
review_facts_get_offerings (ReviewFacts *self)
{
  if (self->offerings == NULL)
    self->offerings = review_facts_find (self, "offering", "partner", self->partner);
  return self->offerings;
}

GPtrArray *
review_facts_get_cases (ReviewFacts *self)
{
  if (self->cases == NULL)
    {
      GPtrArray *offerings = review_facts_get_offerings (self);

      self->cases = review_facts_find (self, "case", "about", self->partner);
      for (guint i = 0; i < offerings->len; i++)
        add_all (self->cases, review_facts_find (self, "case", "about",
                                                 ent_record_get_key (g_ptr_array_index (offerings, i))));
    }
  return self->cases;
}

GPtrArray *
review_facts_get_figures (ReviewFacts *self)
{
  if (self->figures == NULL)
    {
      GPtrArray *offerings = review_facts_get_offerings (self);

      self->figures = no_records ();
      for (guint i = 0; i < offerings->len; i++)
        add_all (self->figures, review_facts_find (self, "offering_metric", "parent",
                                                   ent_record_get_key (g_ptr_array_index (offerings, i))));
    }
  return self->figures;
}

GPtrArray *
review_facts_get_surveys (ReviewFacts *self)
{
  if (self->surveys == NULL)
    {
      g_autoptr (GPtrArray) all = review_facts_find (self, "assessment", "subject", self->partner);

      self->surveys = no_records ();
      for (guint i = 0; i < all->len; i++)
        if (g_strcmp0 (ent_record_get_text (g_ptr_array_index (all, i), "kind"), "survey") == 0)
          g_ptr_array_add (self->surveys, g_object_ref (g_ptr_array_index (all, i)));
    }
  return self->surveys;
}

GPtrArray *
review_facts_get_plans (ReviewFacts *self)
{
  if (self->plans == NULL)
    self->plans = review_facts_find (self, "plan", "for", self->partner);
  return self->plans;
}

const char *
review_facts_get_name (ReviewFacts *self,
                       EntKey       key)
{
  const char *found = g_hash_table_lookup (self->names, &key);
  char *title;

  if (found != NULL || key == 0)
    return found != NULL ? found : "";
  title = ent_store_dup_title (self->store, key);
  if (title == NULL)
    title = g_strdup ("");
  g_hash_table_insert (self->names, g_memdup2 (&key, sizeof key), title);
  return title;
}

/* --- In words ---------------------------------------------------------------------------------------------------- */

const char *
review_choice (EntRecord  *record,
               const char *field)
{
  const EntField *info = ent_record_type_lookup (ent_record_get_record_type (record), field);
  const char *value = ent_record_get_text (record, field);
  const EntChoice *choice = value != NULL ? ent_field_lookup_choice (info, value) : NULL;

  return choice != NULL ? ent_choice_get_label (choice) : value != NULL ? value : "";
}

char *
review_field (ReviewFacts *facts,
              EntRecord   *record,
              const char  *field)
{
  const EntField *info = ent_record_type_lookup (ent_record_get_record_type (record), field);

  return ent_value_display (info, ent_record_get_named (record, field), ENT_DISPLAY_SHORT, ent_store_name,
                            facts->store);
}
