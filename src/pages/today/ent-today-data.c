/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/today/ent-today-private.h"

#include "model/ent-value.h"

#define MAX_CHANGED 50

void
ent_today_data_free (EntTodayData *self)
{
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->snoozed, g_ptr_array_unref);
  g_clear_pointer (&self->plan, ent_attention_plan_free);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->pulse, g_ptr_array_unref);
  g_free (self);
}

EntTodayData *
ent_today_data_new (EntStore      *store,
                    gint64         today,
                    GCancellable  *cancellable,
                    GError       **error)
{
  EntTodayData *self = g_new0 (EntTodayData, 1);
  g_autofree char *author = ent_store_dup_author (store);
  g_autofree char *told = ent_store_dup_setting (store, ENT_SETTING_REMINDERS);

  self->told = ent_reminders_read (told);
  if ((self->due = ent_due_list (store, today, cancellable, error)) != NULL &&
      (self->snoozed = ent_snooze_list (store, today, cancellable, error)) != NULL &&
      (self->plan = ent_attention_plan_new (store, today, 0, self->due, cancellable, error)) != NULL &&
      (self->changed = ent_changed_list (store, today, author, MAX_CHANGED, error)) != NULL &&
      (self->pulse = ent_pulse_list (store, today, cancellable, error)) != NULL)
    return self;
  ent_today_data_free (self);
  return NULL;
}

gint64
ent_today_count (EntStore     *store,
                 GCancellable *cancellable)
{
  g_autoptr (GPtrArray) due = ent_due_list (store, ent_date_today (), cancellable, NULL);

  return due != NULL ? (gint64) ent_due_count_now (due) : -1;
}
