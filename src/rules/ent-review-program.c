/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>

/* Blocks on plans and agreements: roadmap, goals, risks, asks, what the last review agreed. */

static gboolean
is_one_of (const char *text,
           const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return text != NULL && g_strv_contains ((const char *const *) list, text);
}

/* Live plans with the partner that are not reviews; their lines in one list. (transfer full) */
static GPtrArray *
plan_lines (ReviewFacts *facts,
            const char  *types)
{
  const EntRecordType *type = ent_store_get_record_type (facts->store, "plan_item");
  GPtrArray *plans = review_facts_get_plans (facts);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint p = 0; p < plans->len && facts->error == NULL; p++)
    {
      EntRecord *plan = g_ptr_array_index (plans, p);
      g_autoptr (GPtrArray) lines = NULL;

      if (ent_record_is_review (plan) || is_one_of (ent_record_get_text (plan, "kind"), "onboarding enablement") ||
          g_strcmp0 (ent_record_get_text (plan, "status"), "canceled") == 0)
        continue;
      lines = ent_store_get_children (facts->store, ent_record_get_key (plan), type, &facts->error);
      for (guint i = 0; lines != NULL && i < lines->len; i++)
        if (is_one_of (ent_record_get_text (g_ptr_array_index (lines, i), "type"), types))
          g_ptr_array_add (found, g_object_ref (g_ptr_array_index (lines, i)));
    }
  return found;
}

static int
by_due (gconstpointer a,
        gconstpointer b)
{
  gint64 x = ent_record_get_int (*(EntRecord *const *) a, "due", G_MAXINT64);
  gint64 y = ent_record_get_int (*(EntRecord *const *) b, "due", G_MAXINT64);

  return x < y ? -1 : x > y;
}

static const char *
late_or (ReviewFacts *facts,
         EntRecord   *item,
         const char  *label)
{
  gboolean is_open = !is_one_of (ent_record_get_text (item, "status"), "done dropped");

  return is_open && ent_record_get_int (item, "due", G_MAXINT64) < facts->as_of ? _("Late") : label;
}

static void
fill_roadmap (ReviewFacts    *facts,
              EntReview      *review,
              EntReviewBlock *block)
{
  g_autoptr (GPtrArray) lines = plan_lines (facts, "milestone");
  GPtrArray *offerings = review_facts_get_offerings (facts);

  review_block_add_column (block, _("Milestone"), FALSE, 40);
  review_block_add_column (block, _("Plan"), FALSE, 30);
  review_block_add_column (block, _("Due"), TRUE, 14);
  review_block_add_column (block, _("State"), FALSE, 14);
  block->nothing = g_strdup (_("No joint milestones are planned."));
  g_ptr_array_sort (lines, by_due);
  for (guint i = 0; i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      g_autofree char *due = review_field (facts, line, "due");

      if (ent_record_get_int (line, "done_on", facts->start) < facts->start)
        continue; /* done before the period: no news */
      review_block_add_row (block, ent_record_get_key (line), ent_record_get_title (line),
                            review_facts_get_name (facts, ent_record_get_ref (line, "parent")), due,
                            late_or (facts, line, review_choice (line, "status")), NULL);
    }
  for (guint i = 0; i < offerings->len; i++)
    {
      EntRecord *offering = g_ptr_array_index (offerings, i);

      if (is_one_of (ent_record_get_text (offering, "status"), "idea dev beta"))
        review_block_add_row (block, ent_record_get_key (offering), ent_record_get_title (offering),
                              review_choice (offering, "kind"), "", review_choice (offering, "status"), NULL);
    }
}

/* --- Goals: progress = (actual − base) / (target − base) ----------------------------------------------------------- */

static char *
progress_of (EntRecord *line)
{
  const EntValue *base = ent_record_get_named (line, "baseline");
  const EntValue *target = ent_record_get_named (line, "target");
  const EntValue *actual = ent_record_get_named (line, "actual");
  gint64 from = ent_value_is_null (base) ? 0 : base->integer, share;

  if (ent_value_is_null (actual))
    return g_strdup (_("No data yet"));
  if (ent_value_is_null (target) || !ent_mul_div (actual->integer - from, 1000000, target->integer - from, &share))
    return g_strdup ("");
  return review_amount_display (ENT_REVIEW_UNIT_PERCENT, share, NULL);
}

static void
fill_goals (ReviewFacts    *facts,
            EntReview      *review,
            EntReviewBlock *block)
{
  g_autoptr (GPtrArray) lines = plan_lines (facts, "key_result");

  review_block_add_column (block, _("Goal"), FALSE, 36);
  review_block_add_column (block, _("Baseline"), TRUE, 11);
  review_block_add_column (block, _("Target"), TRUE, 11);
  review_block_add_column (block, _("Actual"), TRUE, 11);
  review_block_add_column (block, _("Progress"), TRUE, 13);
  review_block_add_column (block, _("Due"), TRUE, 14);
  block->nothing = g_strdup (_("No joint goals are set."));
  g_ptr_array_sort (lines, by_due);
  for (guint i = 0; i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      const char *unit = ent_record_get_text (line, "unit");
      g_autofree char *title = unit != NULL ? g_strdup_printf ("%s (%s)", ent_record_get_title (line), unit)
                                            : g_strdup (ent_record_get_title (line));
      g_autofree char *base = review_field (facts, line, "baseline");
      g_autofree char *target = review_field (facts, line, "target");
      g_autofree char *actual = review_field (facts, line, "actual");
      g_autofree char *due = review_field (facts, line, "due");
      g_autofree char *progress = progress_of (line);

      review_block_add_row (block, ent_record_get_key (line), title, base, target, actual, progress, due, NULL);
    }
}

static void
fill_agreements (ReviewFacts    *facts,
                 EntReview      *review,
                 EntReviewBlock *block)
{
  g_autoptr (GPtrArray) agreements = review_facts_find (facts, "agreement", "counterparty", facts->partner);

  review_block_add_column (block, _("Agreement"), FALSE, 40);
  review_block_add_column (block, _("Kind"), FALSE, 24);
  review_block_add_column (block, _("Status"), FALSE, 14);
  review_block_add_column (block, _("Ends"), TRUE, 16);
  block->nothing = g_strdup (_("No agreement is recorded with the partner."));
  for (guint i = 0; i < agreements->len; i++)
    {
      EntRecord *agreement = g_ptr_array_index (agreements, i);
      g_autofree char *ends = review_field (facts, agreement, "ends_on");

      review_block_add_row (block, ent_record_get_key (agreement), ent_record_get_title (agreement),
                            review_choice (agreement, "kind"), review_choice (agreement, "status"), ends, NULL);
    }
}

/* --- Lists ------------------------------------------------------------------------------------------------------------ */

static char *
join_facts (const char *first,
            const char *second,
            const char *third)
{
  g_autoptr (GString) text = g_string_new (first);

  for (int i = 0; i < 2; i++)
    {
      const char *part = i == 0 ? second : third;

      if (part == NULL || *part == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What people wrote for this review itself. */
static void
add_entries (ReviewFacts    *facts,
             EntReview      *review,
             EntReviewBlock *block,
             const char     *type)
{
  const EntRecordType *lines = ent_store_get_record_type (facts->store, "plan_item");
  g_autoptr (GPtrArray) items = ent_store_get_children (facts->store, review->plan, lines, &facts->error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      EntRecord *item = g_ptr_array_index (items, i);
      const char *answer = ent_record_get_text (item, "answer");

      if (g_strcmp0 (ent_record_get_text (item, "type"), type) == 0 && ent_record_get_text (item, "metric") == NULL)
        review_block_add_row (block, ent_record_get_key (item), ent_record_get_title (item),
                              answer != NULL ? answer : "", "", NULL);
    }
}

static int
by_severity (gconstpointer a,
             gconstpointer b)
{
  return (int) (ent_record_get_int (*(EntRecord *const *) b, "severity", 0) -
                ent_record_get_int (*(EntRecord *const *) a, "severity", 0));
}

static void
fill_risks (ReviewFacts    *facts,
            EntReview      *review,
            EntReviewBlock *block)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GPtrArray *cases = review_facts_get_cases (facts);

  block->nothing = g_strdup (_("No open risks."));
  for (guint i = 0; i < cases->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (cases, i));
  g_ptr_array_sort (sorted, by_severity);
  for (guint i = 0; i < sorted->len; i++)
    {
      EntRecord *risk = g_ptr_array_index (sorted, i);
      const char *mitigation = ent_record_get_text (risk, "mitigation");
      g_autofree char *severity = NULL;
      g_autofree char *exposure = NULL;
      g_autofree char *more = NULL;

      if (g_strcmp0 (ent_record_get_text (risk, "kind"), "risk") != 0 ||
          ent_record_get_int (risk, "opened", 0) > facts->as_of ||
          is_one_of (ent_record_get_text (risk, "state"), "resolved closed declined"))
        continue;
      severity = ent_record_get_int (risk, "severity", 0) > 0
                   ? g_strdup_printf (_("Severity %d of 5"), (int) ent_record_get_int (risk, "severity", 0)) : NULL;
      exposure = review_field (facts, risk, "exposure");
      more = join_facts (severity, exposure, mitigation);
      review_block_add_row (block, ent_record_get_key (risk), ent_record_get_title (risk), more, "", NULL);
    }
  add_entries (facts, review, block, "risk");
}

static void
fill_asks (ReviewFacts    *facts,
           EntReview      *review,
           EntReviewBlock *block)
{
  block->nothing = g_strdup (_("No asks yet."));
  add_entries (facts, review, block, "ask");
}

/* --- What the reviews before agreed --------------------------------------------------------------------------------------- */

static gint64
meeting_of (EntRecord *plan)
{
  return ent_record_get_int (plan, "meeting_at", ENT_REVIEW_UNKNOWN);
}

static int
by_meeting (gconstpointer a,
            gconstpointer b)
{
  gint64 x = meeting_of (*(EntRecord *const *) a), y = meeting_of (*(EntRecord *const *) b);

  return x > y ? -1 : x < y;
}

GPtrArray *
review_load_earlier (ReviewFacts *facts,
                     EntRecord   *plan)
{
  GPtrArray *plans = review_facts_get_plans (facts);
  GPtrArray *earlier = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 meeting = meeting_of (plan);

  for (guint i = 0; i < plans->len; i++)
    {
      EntRecord *other = g_ptr_array_index (plans, i);

      if (ent_record_is_review (other) && ent_record_get_key (other) != ent_record_get_key (plan) &&
          meeting_of (other) != ENT_REVIEW_UNKNOWN && (meeting == ENT_REVIEW_UNKNOWN || meeting_of (other) < meeting) &&
          is_one_of (ent_record_get_text (other, "status"), "held signed done"))
        g_ptr_array_add (earlier, g_object_ref (other));
    }
  g_ptr_array_sort (earlier, by_meeting);
  return earlier;
}

void
review_load_minutes (EntStore   *store,
                     EntKey      plan,
                     GPtrArray  *minutes,
                     GError    **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "plan_item");
  const EntField *link = ent_record_type_lookup (ent_store_get_record_type (store, "task"), "plan_item");
  g_autoptr (GPtrArray) items = ent_store_get_children (store, plan, type, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      EntRecord *item = g_ptr_array_index (items, i);
      const char *kind = ent_record_get_text (item, "type");
      g_autoptr (GPtrArray) tasks = NULL;
      EntReviewMinute *minute;
      EntRecord *task = NULL;
      const char *state;
      EntKey owner;

      if (!is_one_of (kind, "decision action"))
        continue;
      tasks = ent_store_get_referrers (store, ent_record_get_key (item), link, 1, NULL);
      task = tasks != NULL && tasks->len > 0 ? g_ptr_array_index (tasks, 0) : NULL;
      owner = task != NULL ? ent_record_get_ref (task, "assignee") : ent_record_get_ref (item, "owner");
      state = ent_record_get_text (task != NULL ? task : item, "status");
      minute = g_new0 (EntReviewMinute, 1);
      minute->item = ent_record_get_key (item);
      minute->task = task != NULL ? ent_record_get_key (task) : 0;
      minute->is_decision = g_str_equal (kind, "decision");
      minute->text = g_strdup (ent_record_get_title (item));
      minute->owner = owner != 0 ? ent_store_dup_title (store, owner) : g_strdup ("");
      minute->due = ent_record_get_int (task != NULL ? task : item, "due", ENT_REVIEW_UNKNOWN);
      minute->state = g_strdup (state != NULL ? state : "open");
      g_ptr_array_add (minutes, minute);
    }
}

static void
add_action (ReviewFacts           *facts,
            EntReviewBlock        *block,
            EntRecord             *from,
            const EntReviewMinute *minute,
            gboolean               is_last)
{
  gboolean is_open = !is_one_of (minute->state, "done dropped");
  g_autofree char *due = minute->due != ENT_REVIEW_UNKNOWN ? ent_date_display (minute->due, ENT_DISPLAY_SHORT) : NULL;
  g_autofree char *when = due != NULL ? g_strdup_printf (_("due %s"), due) : NULL;
  g_autofree char *older = is_last ? NULL : g_strdup_printf (_("since %s"), ent_record_get_title (from));
  g_autofree char *more = NULL;
  const char *state = minute->state;

  if (!is_open && !is_last)
    return;
  if (is_open)
    state = minute->due != ENT_REVIEW_UNKNOWN && minute->due < facts->as_of ? "late" : "open";
  more = join_facts (minute->owner, when, older);
  review_block_add_row (block, minute->task != 0 ? minute->task : minute->item, minute->text, more, state, NULL);
}

/* The last review's actions, and those of older ones that are still open: nothing agreed is lost. */
static void
fill_last_actions (ReviewFacts    *facts,
                   EntReview      *review,
                   EntReviewBlock *block)
{
  g_autoptr (EntRecord) plan = ent_store_get (facts->store, review->plan, &facts->error);
  g_autoptr (GPtrArray) earlier = NULL;

  block->nothing = g_strdup (review->previous != 0 ? _("The last review agreed no actions.")
                                                   : _("This is the first review with the partner."));
  if (plan == NULL)
    return;
  earlier = review_load_earlier (facts, plan);
  for (guint r = 0; r < earlier->len && facts->error == NULL; r++)
    {
      EntRecord *from = g_ptr_array_index (earlier, r);
      g_autoptr (GPtrArray) minutes = g_ptr_array_new_with_free_func (review_minute_free);

      review_load_minutes (facts->store, ent_record_get_key (from), minutes, &facts->error);
      for (guint i = 0; i < minutes->len; i++)
        if (!((EntReviewMinute *) g_ptr_array_index (minutes, i))->is_decision)
          add_action (facts, block, from, g_ptr_array_index (minutes, i), r == 0);
    }
}

const ReviewSource review_program_sources[] = {
  { "roadmap", ENT_REVIEW_TABLE, fill_roadmap, N_("Plans with the partner and offerings not live yet") },
  { "goals", ENT_REVIEW_TABLE, fill_goals, N_("Key results of plans with the partner") },
  { "agreements", ENT_REVIEW_TABLE, fill_agreements, N_("Agreements with the partner") },
  { "risks", ENT_REVIEW_LIST, fill_risks, N_("Cases of kind Risk and what was typed here") },
  { "asks", ENT_REVIEW_LIST, fill_asks, N_("Typed here") },
  { "last_actions", ENT_REVIEW_LIST, fill_last_actions, N_("Actions of earlier reviews and their tasks") },
  { NULL },
};
