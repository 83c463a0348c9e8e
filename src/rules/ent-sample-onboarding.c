/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard.h"
#include "rules/ent-sample-private.h"

/* Onboarding runs: started by the rule that people use, then lived through as far as today. They have a generator of
 * random numbers of their own, by partner, so that another template does not change the rest of the sample. */

#define SEED 0x0b0a

/* One partner's questionnaire came back with findings: its onboarding stands still. */
#define FAILING "org:telluric"

typedef struct
{
  Sample          *sample;
  SampleOrg       *partner;
  EntRecord       *organization;
  GPtrArray       *items;
  GHashTable      *done_on; /* EntKey → day */
  gint64           start;
  int              delay;
  gboolean         fails;
} Story;

static void
put_fact (Story      *story,
          const char *field,
          const char *text)
{
  const EntRecordType *type = ent_record_get_record_type (story->organization);

  if (ent_value_is_null (ent_record_get (story->organization, ent_record_type_lookup (type, field)->index)))
    sample_put (story->sample, story->organization, field, text);
}

/* What the gate of the intake asks for. */
static void
make_intake (Story *story)
{
  const SampleOrg *partner = story->partner;
  g_autofree char *tax_id = g_strdup_printf ("%s%d", partner->country, sample_int (story->sample, 10000000, 99999999));
  g_autofree char *payout = g_strdup_printf ("VENDOR-%d", sample_int (story->sample, 10000, 99999));
  const EntRecordType *type = ent_record_get_record_type (story->organization);
  const EntField *cities = ent_record_type_lookup (type, "cities");
  g_autofree char *city =
    ent_value_display (cities, ent_record_get (story->organization, cities->index), ENT_DISPLAY_SHORT, NULL, NULL);

  put_fact (story, "legal_name", partner->title);
  put_fact (story, "address", *city != '\0' ? city : partner->country);
  put_fact (story, "tax_id", tax_id);
  put_fact (story, "payout_ref", payout);
}

static void
make_questionnaire (Story      *story,
                    gint64      at,
                    const char *result)
{
  Sample *self = story->sample;
  g_autofree char *title = g_strdup_printf ("Security questionnaire, %s", story->partner->title);
  EntRecord *record = sample_begin (self, "assessment");

  sample_put (self, record, "title", title);
  sample_put (self, record, "kind", "security_questionnaire");
  sample_put_key (self, record, "subject", story->partner->key);
  sample_put_int (self, record, "at", at);
  sample_put_key (self, record, "assessor", self->team[6]);
  sample_put (self, record, "result", result);
  sample_put_int (self, record, "expires_on", at + 365);
  sample_end (self, record);
}

/* Whether the gate asks for the program agreement, which one new partner still negotiates. */
static gboolean
wants_program_agreement (Story     *story,
                         EntRecord *item)
{
  EntKey key = ent_record_get_ref (item, "line");
  g_autoptr (EntRecord) line = ent_transaction_get (story->sample->transaction, key, &story->sample->error);

  return line != NULL && g_strcmp0 (ent_record_get_text (line, "metric"), "agreement_in_force") == 0 &&
         g_strcmp0 (ent_record_get_text (line, "threshold_text"), "nda") != 0;
}

/* What a gate asks for, made before it is passed. */
static gboolean
pass_gate (Story     *story,
           EntRecord *item,
           gint64     day)
{
  const char *metric = ent_record_get_text (item, "metric");

  if (story->partner->term == 0 && !story->partner->has_agreement && wants_program_agreement (story, item))
    return FALSE;
  if (g_strcmp0 (metric, "security_questionnaire") == 0)
    make_questionnaire (story, day, story->fails ? "fail" : "pass");
  else if (g_strcmp0 (metric, "intake") == 0)
    make_intake (story);
  else if (g_strcmp0 (metric, "technical_contact") == 0 && story->partner->people->len > 0)
    sample_put_key (story->sample, story->organization, "named_technical_contact",
                    sample_person (story->partner, story->partner->people->len - 1));
  return !story->fails || g_strcmp0 (metric, "security_questionnaire") != 0;
}

/* The day on which all that the item depends on was done; -1: not all is. */
static gint64
find_ready (Story     *story,
            EntRecord *item)
{
  const EntValue *depends = ent_record_get_named (item, "depends_on");
  gint64 ready = story->start;

  for (gint64 i = 0; depends->kind == ENT_VALUE_KEYS && i < depends->integer; i++)
    {
      gint64 *day = g_hash_table_lookup (story->done_on, &depends->keys[i]);

      if (day == NULL)
        return -1;
      ready = MAX (ready, *day);
    }
  return ready;
}

static void
live_through (Story     *story,
              EntRecord *item)
{
  Sample *self = story->sample;
  EntKey key = ent_record_get_key (item);
  gint64 due = ent_record_get_int (item, "due", story->start);
  gint64 done = sample_work_day (due + story->delay + sample_int (self, -4, 2));
  gint64 ready = find_ready (story, item);
  gboolean is_by_buddy = sample_chance (self, 25);
  gboolean is_begun = sample_chance (self, 60);

  done = MAX (MAX (done, story->start), ready);
  if (is_by_buddy)
    sample_put_key (self, item, "owner", self->team[4]);
  if (ready >= 0 && done < self->today && pass_gate (story, item, done))
    {
      g_hash_table_insert (story->done_on, g_memdup2 (&key, sizeof key), g_memdup2 (&done, sizeof done));
      sample_put (self, item, "status", "done");
      sample_put_int (self, item, "done_on", done);
    }
  else if (ready < 0 && due < self->today + 5)
    sample_put (self, item, "status", "waiting");
  else if (due < self->today + 5 && is_begun)
    sample_put (self, item, "status", "doing");
  if (self->error == NULL)
    ent_transaction_update (self->transaction, item, &self->error);
}

static void
end_run (Story  *story,
         EntKey  plan)
{
  Sample *self = story->sample;
  g_autoptr (EntRecord) record = NULL;
  GHashTableIter iter;
  gpointer day;
  gint64 last = 0;

  if (g_hash_table_size (story->done_on) < story->items->len ||
      (record = ent_transaction_get (self->transaction, plan, &self->error)) == NULL)
    return;
  g_hash_table_iter_init (&iter, story->done_on);
  while (g_hash_table_iter_next (&iter, NULL, &day))
    last = MAX (last, *(gint64 *) day);
  sample_put (self, record, "status", "done");
  sample_put_int (self, record, "done_on", last);
  ent_transaction_update (self->transaction, record, &self->error);
}

static void
tell (Story *story)
{
  Sample *self = story->sample;
  EntOnboardStart start = { .partner = story->partner->key, .template = sample_key (self, "checklist:onboarding"),
                            .owner = story->partner->manager, .buddy = self->team[4], .start = story->start };
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (self->transaction), "plan_item");

  if (!ent_onboard_start (self->transaction, &start, &self->error) ||
      (story->items = ent_transaction_get_children (self->transaction, start.plan, type, &self->error)) == NULL ||
      (story->organization = ent_transaction_get (self->transaction, story->partner->key, &self->error)) == NULL)
    return;
  story->done_on = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < story->items->len && self->error == NULL; i++)
    live_through (story, g_ptr_array_index (story->items, i));
  if (self->error == NULL)
    end_run (story, start.plan);
  if (self->error == NULL)
    ent_transaction_update (self->transaction, story->organization, &self->error);
  g_hash_table_unref (story->done_on);
}

void
sample_make_onboarding (Sample    *self,
                        SampleOrg *partner)
{
  g_autoptr (GRand) own = g_rand_new_with_seed (SEED + (guint32) g_str_hash (partner->ref));
  GRand *shared = self->random;
  Story story = { .sample = self, .partner = partner, .start = partner->since };

  self->random = own;
  story.delay = sample_int (self, -3, 6);
  story.fails = g_str_equal (partner->ref, FAILING);
  tell (&story);
  self->random = shared;
  g_clear_pointer (&story.items, g_ptr_array_unref);
  g_clear_object (&story.organization);
}
