/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

/* How a run is doing: the health checks of its template, and the time to first success. */

/* --- 30, 60, 90 days ---------------------------------------------------------------------------------------- */

static void
check_free (gpointer data)
{
  EntOnboardCheck *check = data;

  ent_why_unref (check->why);
  g_free (check->title);
  g_free (check);
}

const char *
ent_check_state_get_label (EntCheckState state)
{
  return state == ENT_CHECK_AHEAD ? _("Ahead") : state == ENT_CHECK_ON_TRACK ? _("On track") : _("Behind");
}

const char *
ent_check_state_get_name (EntCheckState state)
{
  return state == ENT_CHECK_AHEAD ? "ahead" : state == ENT_CHECK_ON_TRACK ? "on_track" : "behind";
}

/* Counts what is due by the day of the check: by its target, so that moving an item mends nothing. */
static void
count_items (const EntOnboardRun *run,
             EntOnboardCheck     *check,
             gint64              *due_weight,
             gint64              *done_weight)
{
  gint64 by = MIN (check->day, run->today);

  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);
      gboolean done_by;

      if ((!item->is_open && !item->is_done) || item->target == ENT_ONBOARD_NO_DATE || item->target > check->day)
        continue;
      done_by = item->is_done && (item->done_on == ENT_ONBOARD_NO_DATE || item->done_on <= by);
      check->n_due++;
      check->n_done += done_by;
      check->n_open += item->is_open;
      check->n_gates += item->is_open && item->is_gate;
      *due_weight += item->weight;
      *done_weight += done_by ? item->weight : 0;
      if (!done_by)
        ent_why_add (check->why, item->title, item->is_open ? _("Open") : _("Done later"),
                     item->is_gate ? _("gate") : NULL, item->key);
    }
}

static EntCheckState
judge (const EntOnboardRun   *run,
       const EntOnboardCheck *check)
{
  if (check->day > run->today && !run->is_over)
    return ENT_CHECK_AHEAD;
  return check->share < 0 || (check->share >= check->wanted && check->n_gates == 0) ? ENT_CHECK_ON_TRACK
                                                                                   : ENT_CHECK_BEHIND;
}

static EntOnboardCheck *
make_check (const EntOnboardRun *run,
            EntRecord           *line)
{
  EntOnboardCheck *check = g_new0 (EntOnboardCheck, 1);
  gint64 due_weight = 0, done_weight = 0;
  g_autofree char *wanted = NULL;

  check->title = g_strdup (ent_record_get_text (line, "text"));
  check->nth_day = (int) ent_record_get_int (line, "day_to", 0);
  check->day = run->start + check->nth_day;
  check->wanted = ent_record_get_int (line, "threshold_pct", 1000000);
  check->why = ent_why_new (check->title != NULL ? check->title : "", NULL);
  count_items (run, check, &due_weight, &done_weight);
  check->share = -1;
  if (due_weight > 0)
    ent_mul_div (done_weight, 1000000, due_weight, &check->share);
  check->state = judge (run, check);
  wanted = g_strdup_printf (_("Weight done by that day ÷ weight due by then, at least %d %%, and no gate open"),
                            (int) (check->wanted / 10000));
  ent_why_set_formula (check->why, wanted);
  return check;
}

GPtrArray *
ent_onboard_run_check (const EntOnboardRun *self)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (check_free);

  for (guint i = 0; self->lines != NULL && self->start != ENT_ONBOARD_NO_DATE && i < self->lines->len; i++)
    if (ent_onboard_is (g_ptr_array_index (self->lines, i), "item_type", "check"))
      g_ptr_array_add (checks, make_check (self, g_ptr_array_index (self->lines, i)));
  return checks;
}

/* --- Time to first success ------------------------------------------------------------------------------------ */

void
ent_first_success_free (EntFirstSuccess *self)
{
  ent_why_unref (self->why);
  g_free (self);
}

static gboolean
find_agreement (const EntOnboardSource *source,
                EntKey                  partner,
                EntFirstSuccess        *success,
                GError                **error)
{
  g_autoptr (GPtrArray) agreements = ent_onboard_get_referrers (source, partner, "agreement", "counterparty", error);
  EntRecord *first = NULL;

  for (guint i = 0; agreements != NULL && i < agreements->len; i++)
    {
      EntRecord *record = g_ptr_array_index (agreements, i);
      gint64 on = ent_onboard_get_date (record, "signed_on");

      if (on == ENT_ONBOARD_NO_DATE)
        on = ent_onboard_get_date (record, "starts_on");
      if (on == ENT_ONBOARD_NO_DATE || ent_onboard_is (record, "kind", "nda") ||
          ent_onboard_is (record, "status", "draft") || ent_onboard_is (record, "status", "negotiation") ||
          (first != NULL && on >= success->agreement_on))
        continue;
      first = record;
      success->agreement_on = on;
    }
  if (first != NULL)
    {
      g_autofree char *on = ent_date_display (success->agreement_on, ENT_DISPLAY_SHORT);

      ent_why_add (success->why, ent_record_get_title (first), on, NULL, ent_record_get_key (first));
    }
  return agreements != NULL;
}

/* The day a deal was accepted: its registration approved, or won. */
static gint64
get_accepted_on (EntRecord *deal)
{
  gint64 approved = ent_record_get_int (deal, "approved_at", ENT_ONBOARD_NO_DATE);
  gint64 closed = ent_onboard_is (deal, "stage", "won") ? ent_onboard_get_date (deal, "closed_on")
                                                         : ENT_ONBOARD_NO_DATE;

  if (approved == ENT_ONBOARD_NO_DATE)
    return closed;
  approved /= (gint64) 24 * 3600 * G_USEC_PER_SEC;
  return closed == ENT_ONBOARD_NO_DATE ? approved : MIN (approved, closed);
}

static void
consider_deal (EntFirstSuccess *success,
               EntRecord       *deal,
               EntRecord      **first)
{
  gint64 on = get_accepted_on (deal);

  if (on == ENT_ONBOARD_NO_DATE || (*first != NULL && on >= success->first_on))
    return;
  success->first_on = on;
  success->deal = ent_record_get_key (deal);
  g_set_object (first, deal);
}

static gboolean
find_first_deal (const EntOnboardSource *source,
                 EntKey                  partner,
                 EntFirstSuccess        *success,
                 GError                **error)
{
  g_autoptr (GPtrArray) registered = ent_onboard_get_referrers (source, partner, "deal", "registered_by", error);
  g_autoptr (GPtrArray) parties = NULL;
  g_autoptr (EntRecord) first = NULL;

  for (guint i = 0; registered != NULL && i < registered->len; i++)
    consider_deal (success, g_ptr_array_index (registered, i), &first);
  if (registered != NULL)
    parties = ent_onboard_get_referrers (source, partner, "deal_party", "org", error);
  for (guint i = 0; parties != NULL && i < parties->len; i++)
    {
      EntKey key = ent_record_get_ref (g_ptr_array_index (parties, i), "parent");
      g_autoptr (EntRecord) deal = key != 0 ? ent_onboard_get (source, key, NULL) : NULL;

      if (deal != NULL && ent_value_is_null (ent_record_get (deal, ENT_COMMON_DELETED_AT)))
        consider_deal (success, deal, &first);
    }
  if (first != NULL)
    {
      g_autofree char *on = ent_date_display (success->first_on, ENT_DISPLAY_SHORT);

      ent_why_add (success->why, ent_record_get_title (first), on, NULL, success->deal);
    }
  return parties != NULL;
}

/* The line of the policy for the partner's level; a partner without one is treated as one of the lowest. */
static int
find_target (const EntOnboardSource *source,
             EntRecord              *partner)
{
  EntKey policy = ent_onboard_find_ref (source, "policy:first_success");
  EntKey level = ent_record_get_ref (partner, "level");
  g_autoptr (GPtrArray) lines =
    policy != 0 ? ent_onboard_get_children (source, policy, "program_rule", NULL) : NULL;

  if (level == 0)
    level = ent_onboard_lowest_level (source);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);

      if (ent_onboard_is (line, "metric", "time_to_first_success") &&
          (ent_value_is_null (ent_record_get_named (line, "applies_to_level")) ||
           ent_onboard_has_key (line, "applies_to_level", level)))
        return (int) (ent_record_get_int (line, "threshold", 0) / 100);
    }
  return 0;
}

static void
explain (EntFirstSuccess *success)
{
  g_autofree char *target = g_strdup_printf (ngettext ("%d day", "%d days", (gulong) success->target), success->target);

  ent_why_set_formula (success->why, _("First accepted deal (registration approved, or won) − first agreement"));
  if (success->target > 0)
    ent_why_add (success->why, _("Target of the level"), target, NULL, 0);
  if (success->agreement_on == ENT_ONBOARD_NO_DATE)
    ent_why_set_note (success->why, _("Unknown: no signed agreement has a date."));
  else if (success->first_on == ENT_ONBOARD_NO_DATE)
    ent_why_set_note (success->why, _("No deal was accepted yet; counted to today."));
}

EntFirstSuccess *
ent_onboard_first_success (const EntOnboardSource *source,
                           EntKey                  partner,
                           gint64                  today,
                           GError                **error)
{
  g_autoptr (EntRecord) record = ent_onboard_get (source, partner, error);
  g_autoptr (EntFirstSuccess) success = NULL;

  if (record == NULL)
    return NULL;
  success = g_new0 (EntFirstSuccess, 1);
  success->why = ent_why_new (_("Time to first success"), NULL);
  success->agreement_on = success->first_on = ENT_ONBOARD_NO_DATE;
  success->days = -1;
  if (!find_agreement (source, partner, success, error) || !find_first_deal (source, partner, success, error))
    return NULL;
  success->target = find_target (source, record);
  if (success->agreement_on != ENT_ONBOARD_NO_DATE)
    success->days =
      (int) MAX ((success->first_on != ENT_ONBOARD_NO_DATE ? success->first_on : today) - success->agreement_on, 0);
  explain (success);
  return g_steal_pointer (&success);
}
