/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>

/* What changed since the last review: the journal of the partner and of what belongs to it. */

#define MAX_RECORDS 400
#define MAX_OF_ONE  30

static void
delta_free (gpointer data)
{
  EntReviewDelta *delta = data;

  g_free (delta->author);
  g_free (delta->title);
  g_free (delta->text);
  g_free (delta);
}

static void
add_keys (GArray    *keys,
          GPtrArray *records)
{
  for (guint i = 0; i < records->len && keys->len < MAX_RECORDS; i++)
    {
      EntKey key = ent_record_get_key (g_ptr_array_index (records, i));

      g_array_append_val (keys, key);
    }
}

/* The partner and what belongs to it. (transfer full) */
static GArray *
find_keys (ReviewFacts *facts,
           EntKey       review)
{
  g_autoptr (GPtrArray) people = review_facts_find (facts, "person", "org", facts->partner);
  g_autoptr (GPtrArray) agreements = review_facts_find (facts, "agreement", "counterparty", facts->partner);
  g_autoptr (GPtrArray) plans = g_ptr_array_new ();
  GPtrArray *all = review_facts_get_plans (facts);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (guint i = 0; i < all->len; i++)
    if (!ent_record_is_review (g_ptr_array_index (all, i)))
      g_ptr_array_add (plans, g_ptr_array_index (all, i));
  g_array_append_val (keys, facts->partner);
  add_keys (keys, review_facts_get_deals (facts));
  add_keys (keys, review_facts_get_cases (facts));
  add_keys (keys, agreements);
  add_keys (keys, plans);
  add_keys (keys, review_facts_get_offerings (facts));
  add_keys (keys, people);
  return keys;
}

static char *
tell_change (EntStore        *store,
             const EntChange *change)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  switch (change->op)
    {
    case ENT_CHANGE_CREATE:
      return g_strdup (_("Added"));
    case ENT_CHANGE_DELETE:
      return g_strdup (_("Moved to the bin"));
    case ENT_CHANGE_RESTORE:
      return g_strdup (_("Restored from the bin"));
    case ENT_CHANGE_SET:
      break;
    case ENT_CHANGE_SCHEMA:
    default:
      return NULL;
    }
  if (change->field == NULL || (change->field->info.flags & (ENT_FIELD_SYSTEM | ENT_FIELD_SENSITIVE)) != 0 ||
      change->field->info.type == ENT_FIELD_JSON)
    return NULL;
  before = ent_value_display (change->field, &change->old_value, ENT_DISPLAY_SHORT, ent_store_name, store);
  after = ent_value_display (change->field, &change->new_value, ENT_DISPLAY_SHORT, ent_store_name, store);
  if (*before == '\0')
    return g_strdup_printf ("%s: %s", ent_field_get_label (change->field), after);
  return g_strdup_printf ("%s: %s → %s", ent_field_get_label (change->field), before,
                          *after != '\0' ? after : _("empty"));
}

static gboolean
add_changes (ReviewFacts              *facts,
             EntKey                    key,
             const EntTransactionInfo *info,
             GPtrArray                *deltas)
{
  g_autoptr (GPtrArray) changes = ent_store_get_changes (facts->store, info->seq, key, MAX_OF_ONE, &facts->error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const EntChange *change = g_ptr_array_index (changes, i);
      char *text = tell_change (facts->store, change);
      EntReviewDelta *delta;

      if (text == NULL)
        continue;
      delta = g_new0 (EntReviewDelta, 1);
      delta->key = change->key;
      delta->at = info->at;
      delta->author = g_strdup (info->author);
      delta->title = ent_store_dup_title (facts->store, change->key);
      delta->text = text;
      g_ptr_array_add (deltas, delta);
    }
  return changes != NULL;
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  const EntReviewDelta *x = *(EntReviewDelta *const *) a, *y = *(EntReviewDelta *const *) b;

  return x->at > y->at ? -1 : x->at < y->at;
}

GPtrArray *
ent_review_load_changes (EntStore         *store,
                         const EntReview  *review,
                         guint             limit,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_autoptr (EntRecord) plan = ent_store_get (store, review->plan, error);
  g_autoptr (GPtrArray) deltas = g_ptr_array_new_with_free_func (delta_free);
  g_autoptr (GArray) keys = NULL;
  g_auto (ReviewFacts) facts = { NULL };

  if (plan == NULL)
    return NULL;
  if (review->previous_at == ENT_REVIEW_UNKNOWN)
    return g_steal_pointer (&deltas);
  review_facts_init (&facts, store, plan, review->as_of, cancellable);
  keys = find_keys (&facts, review->plan);
  for (guint k = 0; k < keys->len && facts.error == NULL; k++)
    {
      EntKey key = g_array_index (keys, EntKey, k);
      g_autoptr (GPtrArray) history = ent_store_get_history (store, key, 0, MAX_OF_ONE, &facts.error);

      for (guint i = 0; history != NULL && i < history->len && facts.error == NULL; i++)
        {
          const EntTransactionInfo *info = g_ptr_array_index (history, i);

          if (info->at <= review->previous_at)
            break;
          if (info->origin != ENT_ORIGIN_SETUP && info->kind == ENT_TRANSACTION_DO && !info->undone)
            add_changes (&facts, key, info, deltas);
        }
    }
  if (facts.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&facts.error));
      return NULL;
    }
  g_ptr_array_sort (deltas, by_time);
  if (deltas->len > limit)
    g_ptr_array_set_size (deltas, (int) limit);
  return g_steal_pointer (&deltas);
}
