/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <glib/gi18n.h>

#include "rules/ent-review.h"
#include "store/ent-query.h"

/* How what was sold is used: monthly figures of integrations and joint solutions, quarterly answers of customers; and
 * the frozen numbers of the reviews held so far. */

#define USAGE_SEED 20120611 /* of its own, so that what is made before stays as it was */
#define N_MONTHS   16
#define N_QUARTERS 6

static void
put_figure (Sample     *self,
            EntKey      offering,
            int         position,
            const char *period,
            const char *metric,
            gint64      value)
{
  EntRecord *line = sample_begin_line (self, "offering_metric", offering, position);

  sample_put (self, line, "period", period);
  sample_put (self, line, "metric", metric);
  sample_put_int (self, line, "value", value);
  sample_end (self, line);
}

static void
make_usage_of (Sample *self,
               EntKey  offering,
               int     size)
{
  int position = 100;

  for (int month = N_MONTHS - 1; month >= 0 && self->error == NULL; month--)
    {
      g_autofree char *period = sample_month (self->today - month * 30);
      int growth = 60 + (N_MONTHS - month) * 4;
      gint64 installs = sample_near (self, size, size / 3, 0, 1000) * growth / 100;
      gint64 calls = sample_near (self, size * 900, size * 200, 0, 1000000) * growth / 100;

      put_figure (self, offering, position++, period, "installs", installs);
      put_figure (self, offering, position++, period, "calls", calls);
    }
}

static void
ask_customer (Sample          *self,
              const SampleOrg *partner,
              gint64           at)
{
  int middle = partner->trend == SAMPLE_TREND_DOWN ? 7 : partner->trend == SAMPLE_TREND_UP ? 9 : 8;
  g_autofree char *title = g_strdup_printf ("Customer survey, %s", partner->title);
  g_autofree char *answers = NULL;
  EntRecord *record = sample_begin (self, "assessment");
  int nps = sample_near (self, middle, 2, 0, 10);

  answers = g_strdup_printf ("{\"nps\":%d}", nps);
  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", "survey");
  sample_put_key (self, record, "subject", partner->key);
  sample_put_int (self, record, "at", MIN (sample_work_day (at), self->today));
  sample_put (self, record, "responses", answers);
  sample_end (self, record);
}

static void
ask_customers_of (Sample          *self,
                  const SampleOrg *partner)
{
  for (int quarter = N_QUARTERS - 1; quarter >= 0 && self->error == NULL; quarter--)
    {
      int n = sample_int (self, 2, 4);

      for (int i = 0; i < n; i++)
        {
          gint64 at = self->today - quarter * 91 - sample_int (self, 1, 80);

          if (at > partner->since)
            ask_customer (self, partner, at);
        }
    }
}

void
sample_make_usage (Sample *self)
{
  GArray *items = ent_data_set_get_items (self->set);
  GRand *before = self->random;

  self->random = g_rand_new_with_seed (USAGE_SEED);
  for (guint i = 0; i < items->len && self->error == NULL; i++)
    {
      EntDataItem item = g_array_index (items, EntDataItem, i);
      const char *kind = json_object_get_string_member_with_default (item.json, "kind", "");

      if (!g_str_equal (item.type->info->name, "offering"))
        continue;
      if (g_str_equal (kind, "integration"))
        make_usage_of (self, item.key, sample_int (self, 12, 40));
      else if (g_str_equal (kind, "joint_solution"))
        make_usage_of (self, item.key, sample_int (self, 3, 9));
    }
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    {
      const SampleOrg *partner = sample_partner (self, i);

      if (partner->level == 1 || partner->level == 2)
        ask_customers_of (self, partner);
    }
  g_rand_free (self->random);
  self->random = before;
}

/* --- Frozen numbers -------------------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *plans;     /* of EntRecord */
  GPtrArray *snapshots; /* of char */
} Frozen;

static gboolean
write_cb (EntTransaction  *transaction,
          gpointer         user_data,
          GError         **error)
{
  Frozen *frozen = user_data;

  for (guint i = 0; i < frozen->plans->len; i++)
    {
      EntRecord *plan = g_ptr_array_index (frozen->plans, i);
      const EntField *field = ent_record_type_lookup (ent_record_get_record_type (plan), "snapshot");
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_value_set_text (&value, g_ptr_array_index (frozen->snapshots, i));
      if (!ent_transaction_set (transaction, ent_record_get_key (plan), field, &value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
flush (EntStore  *store,
       Frozen    *frozen,
       GError   **error)
{
  gboolean done = frozen->plans->len == 0 ||
                  ent_store_write (store, _("Sample workspace"), ENT_ORIGIN_SETUP, write_cb, frozen, NULL, NULL, error);

  g_ptr_array_set_size (frozen->plans, 0);
  g_ptr_array_set_size (frozen->snapshots, 0);
  return done;
}

/* A review is compared with the one before, whose numbers have to be there. */
static gboolean
is_waiting_for (Frozen    *frozen,
                EntRecord *plan)
{
  for (guint i = 0; i < frozen->plans->len; i++)
    if (ent_record_get_ref (g_ptr_array_index (frozen->plans, i), "for") == ent_record_get_ref (plan, "for"))
      return TRUE;
  return FALSE;
}

static gboolean
freeze (EntStore      *store,
        EntRecord     *plan,
        Frozen        *frozen,
        GCancellable  *cancellable,
        GError       **error)
{
  gint64 day = ent_record_get_int (plan, "frozen_at", 0) / G_TIME_SPAN_DAY;
  g_autoptr (EntReview) review = NULL;

  if (is_waiting_for (frozen, plan) && !flush (store, frozen, error))
    return FALSE;
  review = ent_review_load (store, ent_record_get_key (plan), day, cancellable, error);
  if (review == NULL)
    return FALSE;
  g_ptr_array_add (frozen->plans, g_object_ref (plan));
  g_ptr_array_add (frozen->snapshots, ent_review_to_snapshot (review, store));
  return TRUE;
}

gboolean
sample_freeze_reviews (EntStore      *store,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GPtrArray) reviews = ent_review_load_all (store, error);
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) snapshots = g_ptr_array_new_with_free_func (g_free);
  Frozen frozen = { plans, snapshots };

  if (reviews == NULL)
    return FALSE;
  for (guint i = reviews->len; i > 0; i--) /* the earliest first */
    {
      EntRecord *plan = g_ptr_array_index (reviews, i - 1);

      if (!ent_value_is_null (ent_record_get_named (plan, "frozen_at")) &&
          !freeze (store, plan, &frozen, cancellable, error))
        return FALSE;
    }
  return flush (store, &frozen, error);
}
