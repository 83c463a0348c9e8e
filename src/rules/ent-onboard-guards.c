/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules-private.h"
#include "rules/ent-rules.h"

/* What may not happen to a run, whoever changes it and by which form: an item done before what it depends on or behind a
 * closed gate, a date before the start, a circle. A run ends by itself with its last open item. */

/* The run of an item; NULL without @error when the item is of another sort of plan. */
static EntOnboardRun *
load_run (EntTransaction *transaction,
          EntRecord      *item,
          GError        **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  g_autoptr (EntRecord) plan = ent_transaction_get (transaction, ent_record_get_ref (item, "parent"), error);
  gint64 done_on = ent_onboard_get_date (item, "done_on");

  if (plan == NULL || !ent_onboard_is_run (plan))
    return NULL;
  return ent_onboard_run_load (&source, ent_record_get_key (plan),
                               done_on != ENT_ONBOARD_NO_DATE ? done_on : ent_date_today (), error);
}

/* --- Done ------------------------------------------------------------------------------------------------- */

static gboolean
refuse_waiting (const EntOnboardRun *run,
                guint                index,
                GError             **error)
{
  const EntOnboardItem *item = ent_onboard_run_get (run, index);

  for (guint d = 0; d < item->depends->len; d++)
    {
      const EntOnboardItem *other = ent_onboard_run_get (run, g_array_index (item->depends, guint, d));

      if (!other->is_open)
        continue;
      ent_rule_error_set (error, ENT_RULE_ERROR_WAITS, other->key, _("“%s” waits for “%s”; do that first."),
                          item->title, other->title);
      return FALSE;
    }
  return TRUE;
}

static gboolean
refuse_closed_gate (EntTransaction      *transaction,
                    const EntOnboardRun *run,
                    guint                index,
                    GError             **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  g_autoptr (EntGate) gate = ent_onboard_check_gate (&source, run, index, error);

  if (gate == NULL)
    return FALSE;
  if (gate->reason == NULL || gate->code == ENT_RULE_ERROR_WAITS)
    return TRUE;
  ent_rule_error_set (error, gate->code, ent_onboard_get_partner (run->plan), "%s", gate->reason);
  return FALSE;
}

static gboolean
check_done_on (const EntOnboardRun *run,
               EntRecord           *item,
               GError             **error)
{
  gint64 done_on = ent_onboard_get_date (item, "done_on");
  g_autofree char *start = NULL;

  if (done_on == ENT_ONBOARD_NO_DATE || run->start == ENT_ONBOARD_NO_DATE || done_on >= run->start)
    return TRUE;
  start = ent_date_display (run->start, ENT_DISPLAY_SHORT);
  ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (item),
                      _("“%s” cannot be done before the plan starts on %s; choose a later day."),
                      ent_record_get_title (item), start);
  return FALSE;
}

/* Fills in the day, empties it again. */
static gboolean
settle_day (EntTransaction *transaction,
            EntRecord      *item,
            GError        **error)
{
  gboolean is_done = ent_onboard_is (item, "status", "done");
  gboolean has_day = ent_onboard_get_date (item, "done_on") != ENT_ONBOARD_NO_DATE;

  if (is_done == has_day)
    return TRUE;
  ent_onboard_set_int (item, "done_on", is_done ? ent_date_today () : ENT_ONBOARD_NO_DATE);
  return ent_transaction_update (transaction, item, error);
}

static gboolean
settle_plan (EntTransaction      *transaction,
             const EntOnboardRun *run,
             GError             **error)
{
  gboolean is_done = ent_onboard_is (run->plan, "status", "done");
  gboolean has_open = FALSE;
  gint64 last = ENT_ONBOARD_NO_DATE;

  for (guint i = 0; i < run->items->len; i++)
    {
      has_open |= ent_onboard_run_get (run, i)->is_open;
      last = MAX (last, ent_onboard_run_get (run, i)->done_on);
    }
  if (has_open != is_done || ent_onboard_is (run->plan, "status", "canceled"))
    return TRUE;
  ent_onboard_set_word (run->plan, "status", has_open ? "active" : "done");
  ent_onboard_set_int (run->plan, "done_on", has_open ? ENT_ONBOARD_NO_DATE : last);
  return ent_transaction_update (transaction, run->plan, error);
}

static gboolean
check_status_cb (EntTransaction  *transaction,
                 EntRecord       *record,
                 const EntField  *field,
                 const EntValue  *old_value,
                 gpointer         user_data,
                 GError         **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EntOnboardRun) run = NULL;
  guint index;

  /* A new item has its status from the start. */
  if (ent_value_is_null (old_value) && !ent_onboard_is (record, "status", "done"))
    return TRUE;
  run = load_run (transaction, record, &failure);
  if (run == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return failure == NULL;
    }
  index = ent_onboard_run_find (run, ent_record_get_key (record));
  if (index == G_MAXUINT)
    return TRUE;
  if (ent_onboard_is (record, "status", "done") &&
      (!refuse_closed_gate (transaction, run, index, error) || !refuse_waiting (run, index, error)))
    return FALSE;
  return check_done_on (run, record, error) && settle_day (transaction, record, error) &&
         settle_plan (transaction, run, error);
}

static gboolean
check_done_on_cb (EntTransaction  *transaction,
                  EntRecord       *record,
                  const EntField  *field,
                  const EntValue  *old_value,
                  gpointer         user_data,
                  GError         **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EntOnboardRun) run = load_run (transaction, record, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return run == NULL || check_done_on (run, record, error);
}

/* --- Dates and circles --------------------------------------------------------------------------------------- */

static gboolean
check_due_cb (EntTransaction  *transaction,
              EntRecord       *record,
              const EntField  *field,
              const EntValue  *old_value,
              gpointer         user_data,
              GError         **error)
{
  g_autoptr (EntRecord) plan = ent_transaction_get (transaction, ent_record_get_ref (record, "parent"), error);
  gint64 due = ent_onboard_get_date (record, "due");
  gint64 start;
  g_autofree char *day = NULL;

  if (plan == NULL)
    return FALSE;
  start = ent_onboard_get_date (plan, "period_start");
  if (!ent_onboard_is_run (plan) || due == ENT_ONBOARD_NO_DATE || start == ENT_ONBOARD_NO_DATE || due >= start)
    return TRUE;
  day = ent_date_display (start, ENT_DISPLAY_SHORT);
  ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                      _("“%s” cannot be due before the plan starts on %s; choose a later day, or start the plan earlier."),
                      ent_record_get_title (record), day);
  return FALSE;
}

/* A run that starts later than some of its items are due. */
static gboolean
check_start_cb (EntTransaction  *transaction,
                EntRecord       *record,
                const EntField  *field,
                const EntValue  *old_value,
                gpointer         user_data,
                GError         **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  gint64 start = ent_onboard_get_date (record, "period_start");
  g_autoptr (GPtrArray) items = NULL;

  if (!ent_onboard_is_run (record) || start == ENT_ONBOARD_NO_DATE || ent_value_is_null (old_value))
    return TRUE;
  items = ent_onboard_get_children (&source, ent_record_get_key (record), "plan_item", error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      EntRecord *item = g_ptr_array_index (items, i);
      gint64 due = ent_onboard_get_date (item, "due");

      if (due == ENT_ONBOARD_NO_DATE || due >= start)
        continue;
      ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                          _("%s cannot start then: “%s” would be due before; move that first."),
                          ent_record_get_title (record), ent_record_get_title (item));
      return FALSE;
    }
  return items != NULL;
}

/* Plan items and template lines alike: both have `parent` and `depends_on`. */
static gboolean
check_circle_cb (EntTransaction  *transaction,
                 EntRecord       *record,
                 const EntField  *field,
                 const EntValue  *old_value,
                 gpointer         user_data,
                 GError         **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *circle = NULL;

  if (ent_value_is_null (ent_record_get (record, field->index)))
    return TRUE;
  records = ent_onboard_get_children (&source, ent_record_get_ref (record, "parent"), field->type->info->name, error);
  if (records == NULL)
    return FALSE;
  circle = ent_onboard_find_circle (records, user_data);
  if (circle == NULL)
    return TRUE;
  ent_rule_error_set (error, ENT_RULE_ERROR_CIRCLE, ent_record_get_key (record),
                      _("These would wait for each other: %s. Take one of the dependencies out."), circle);
  return FALSE;
}

void
ent_onboard_attach (EntStore *store)
{
  ent_store_add_guard (store, "plan_item", "status", check_status_cb, NULL, NULL);
  ent_store_add_guard (store, "plan_item", "done_on", check_done_on_cb, NULL, NULL);
  ent_store_add_guard (store, "plan_item", "due", check_due_cb, NULL, NULL);
  ent_store_add_guard (store, "plan_item", "depends_on", check_circle_cb, (gpointer) "title", NULL);
  ent_store_add_guard (store, "plan", "period_start", check_start_cb, NULL, NULL);
  ent_store_add_guard (store, "program_rule", "depends_on", check_circle_cb, (gpointer) "text", NULL);
}
