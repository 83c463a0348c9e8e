/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-data.h"

static void
clear (gpointer data)
{
  EntPlanData *self = data;

  g_clear_pointer (&self->run, ent_onboard_run_free);
  g_clear_pointer (&self->gates, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->success, ent_first_success_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self->partner_title);
  g_free (self->lifecycle);
}

EntPlanData *
ent_plan_data_ref (EntPlanData *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ent_plan_data_unref (EntPlanData *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
add_name (EntPlanData *self,
          EntStore    *store,
          EntKey       person)
{
  if (person != 0 && !g_hash_table_contains (self->names, &person))
    g_hash_table_insert (self->names, g_memdup2 (&person, sizeof person), ent_store_dup_title (store, person));
}

static gboolean
load_partner (EntPlanData *self,
              EntStore    *store,
              gint64       today,
              GError     **error)
{
  const EntOnboardSource source = { .store = store };
  g_autoptr (EntRecord) partner = NULL;
  EntKey key = ent_record_get_ref (self->run->plan, "for");

  if (key == 0 || ent_key_type_number (key) != ent_store_get_record_type (store, "organization")->info->number)
    return TRUE;
  partner = ent_store_get (store, key, error);
  if (partner == NULL)
    return FALSE;
  self->partner = key;
  self->partner_title = g_strdup (ent_record_get_title (partner));
  self->lifecycle = g_strdup (ent_record_get_text (partner, "lifecycle"));
  self->success = ent_onboard_first_success (&source, key, today, error);
  return self->success != NULL;
}

EntPlanData *
ent_plan_data_load (EntStore *store,
                    EntKey    plan,
                    gint64    today,
                    GError  **error)
{
  const EntOnboardSource source = { .store = store };
  g_autoptr (EntPlanData) self = g_atomic_rc_box_new0 (EntPlanData);

  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->run = ent_onboard_run_load (&source, plan, today, error);
  if (self->run == NULL || !load_partner (self, store, today, error) ||
      (self->gates = ent_onboard_check_gates (&source, self->run, error)) == NULL ||
      (self->differences = ent_onboard_compare (&source, self->run, error)) == NULL)
    return NULL;
  self->checks = ent_onboard_run_check (self->run);
  self->conflicts = ent_onboard_run_find_conflicts (self->run);
  add_name (self, store, ent_record_get_ref (self->run->plan, "owner"));
  add_name (self, store, ent_record_get_ref (self->run->plan, "buddy"));
  for (guint i = 0; i < self->run->items->len; i++)
    add_name (self, store, ent_record_get_ref (ent_onboard_run_get (self->run, i)->record, "owner"));
  return g_steal_pointer (&self);
}

const char *
ent_plan_data_get_name (EntPlanData *self,
                        EntKey       person)
{
  return g_hash_table_lookup (self->names, &person);
}

const EntGate *
ent_plan_data_get_gate (EntPlanData *self,
                        guint        item)
{
  for (guint i = 0; i < self->gates->len; i++)
    if (((EntGate *) g_ptr_array_index (self->gates, i))->item == item)
      return g_ptr_array_index (self->gates, i);
  return NULL;
}
