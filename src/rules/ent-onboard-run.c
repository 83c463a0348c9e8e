/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

/* One run: what its items say about where it stands. */

static void
item_clear (gpointer data)
{
  EntOnboardItem *item = data;

  g_clear_object (&item->record);
  g_clear_pointer (&item->depends, g_array_unref);
}

void
ent_onboard_run_free (EntOnboardRun *self)
{
  g_array_unref (self->items);
  g_array_unref (self->phases);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_object (&self->plan);
  g_free (self);
}

guint
ent_onboard_run_find (const EntOnboardRun *self,
                      EntKey               item)
{
  for (guint i = 0; i < self->items->len; i++)
    if (ent_onboard_run_get (self, i)->key == item)
      return i;
  return G_MAXUINT;
}

/* --- Items ---------------------------------------------------------------------------------------------- */

static int
measure_slip (const EntOnboardItem *item,
              gint64                today)
{
  gint64 until;

  if (item->target == ENT_ONBOARD_NO_DATE || g_strcmp0 (item->status, "dropped") == 0)
    return 0;
  if (item->is_done)
    until = item->done_on != ENT_ONBOARD_NO_DATE ? item->done_on : item->target;
  else
    until = MAX (today, item->due != ENT_ONBOARD_NO_DATE ? item->due : item->target);
  return (int) CLAMP (until - item->target, 0, G_MAXINT);
}

static void
add_item (EntOnboardRun *self,
          EntRecord     *record)
{
  const char *phase = ent_record_get_text (record, "phase");
  const char *section = ent_record_get_text (record, "section");
  gint64 day = ent_record_get_int (record, "target_day", ENT_ONBOARD_NO_DATE);
  EntOnboardItem item = { .record = g_object_ref (record), .key = ent_record_get_key (record) };

  item.title = ent_record_get_title (record);
  item.phase = phase != NULL ? phase : "";
  item.section = section != NULL ? section : "";
  item.type = ent_record_get_text (record, "type");
  item.status = ent_record_get_text (record, "status");
  item.due = ent_onboard_get_date (record, "due");
  item.done_on = ent_onboard_get_date (record, "done_on");
  item.target = day != ENT_ONBOARD_NO_DATE && self->start != ENT_ONBOARD_NO_DATE ? self->start + day : item.due;
  item.weight = ent_record_get_int (record, "weight", ENT_ONBOARD_WEIGHT);
  item.is_done = g_strcmp0 (item.status, "done") == 0;
  item.is_open = !item.is_done && g_strcmp0 (item.status, "dropped") != 0;
  item.is_gate = g_strcmp0 (item.type, "gate") == 0;
  item.is_late = item.is_open && !self->is_over && item.due != ENT_ONBOARD_NO_DATE && item.due < self->today;
  item.slip = measure_slip (&item, self->today);
  item.depends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->items, item);
}

static void
find_dependencies (EntOnboardRun *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      EntOnboardItem *item = ent_onboard_run_get (self, i);
      const EntValue *value = ent_record_get_named (item->record, "depends_on");

      for (gint64 k = 0; value->kind == ENT_VALUE_KEYS && k < value->integer; k++)
        {
          guint other = ent_onboard_run_find (self, value->keys[k]);

          if (other == G_MAXUINT || other == i)
            continue;
          g_array_append_val (item->depends, other);
          item->n_waiting += ent_onboard_run_get (self, other)->is_open;
        }
    }
}

/* --- Phases --------------------------------------------------------------------------------------------- */

static guint
find_phase (const EntOnboardRun *self,
            const char          *name)
{
  for (guint i = 0; i < self->phases->len; i++)
    if (g_str_equal (g_array_index (self->phases, EntOnboardPhase, i).name, name))
      return i;
  return G_MAXUINT;
}

static void
find_phases (EntOnboardRun *self)
{
  for (guint i = 0; self->lines != NULL && i < self->lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (self->lines, i);
      EntOnboardPhase phase = { ent_record_get_text (line, "text"), (int) ent_record_get_int (line, "day_from", 0),
                                (int) ent_record_get_int (line, "day_to", 0) };

      if (ent_onboard_is (line, "item_type", "phase") && phase.name != NULL)
        g_array_append_val (self->phases, phase);
    }
  /* Phases that the template does not name: as their items lie. */
  for (guint i = 0; i < self->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (self, i);
      int day = item->target != ENT_ONBOARD_NO_DATE && self->start != ENT_ONBOARD_NO_DATE
                  ? (int) (item->target - self->start) : 0;
      EntOnboardPhase phase = { item->phase, day, day };

      if (find_phase (self, item->phase) == G_MAXUINT)
        g_array_append_val (self->phases, phase);
    }
}

static guint
find_present_phase (const EntOnboardRun *self)
{
  guint phase = self->phases->len;

  for (guint i = 0; i < self->items->len && !self->is_over; i++)
    if (ent_onboard_run_get (self, i)->is_open)
      phase = MIN (phase, find_phase (self, ent_onboard_run_get (self, i)->phase));
  return phase;
}

/* --- The whole ------------------------------------------------------------------------------------------- */

static void
add_up (EntOnboardRun *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (self, i);

      if (!item->is_done && !item->is_open)
        continue;
      self->total_weight += item->weight;
      self->done_weight += item->is_done ? item->weight : 0;
      self->n_total++;
      self->n_done += item->is_done;
      if (item->is_open && !self->is_over && item->slip > self->slip)
        {
          self->slip = item->slip;
          self->slip_item = i;
        }
    }
  if (self->total_weight > 0)
    self->progress = (int) (self->done_weight * 100 / self->total_weight);
}

/* A gate that is late, or that something waits for which should be done by now. */
static guint
find_blocked_gate (const EntOnboardRun *self)
{
  for (guint i = 0; i < self->items->len && !self->is_over; i++)
    if (ent_onboard_run_get (self, i)->is_gate && ent_onboard_run_get (self, i)->is_late)
      return i;
  for (guint i = 0; i < self->items->len && !self->is_over; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (self, i);

      for (guint d = 0; item->is_late && d < item->depends->len; d++)
        {
          guint other = g_array_index (item->depends, guint, d);

          if (ent_onboard_run_get (self, other)->is_gate && ent_onboard_run_get (self, other)->is_open)
            return other;
        }
    }
  return G_MAXUINT;
}

static void
find_days (EntOnboardRun *self)
{
  gint64 done_on = ent_onboard_get_date (self->plan, "done_on");
  gint64 until = self->is_over && done_on != ENT_ONBOARD_NO_DATE ? done_on : self->today;

  if (self->start == ENT_ONBOARD_NO_DATE)
    return;
  if (self->end != ENT_ONBOARD_NO_DATE)
    self->length = (int) MAX (self->end - self->start, 0);
  self->day = (int) CLAMP (until - self->start, -G_MAXINT, G_MAXINT);
  if (self->is_over && done_on != ENT_ONBOARD_NO_DATE && self->end != ENT_ONBOARD_NO_DATE)
    self->slip = (int) CLAMP (done_on - self->end, 0, G_MAXINT);
}

EntOnboardRun *
ent_onboard_run_new (EntRecord *plan,
                     GPtrArray *items,
                     GPtrArray *lines,
                     gint64     today)
{
  EntOnboardRun *self = g_new0 (EntOnboardRun, 1);

  self->plan = g_object_ref (plan);
  self->lines = lines != NULL ? g_ptr_array_ref (lines) : NULL;
  self->items = g_array_new (FALSE, FALSE, sizeof (EntOnboardItem));
  g_array_set_clear_func (self->items, item_clear);
  self->phases = g_array_new (FALSE, FALSE, sizeof (EntOnboardPhase));
  self->today = today;
  self->start = ent_onboard_get_date (plan, "period_start");
  self->end = ent_onboard_get_date (plan, "period_end");
  self->is_over = ent_onboard_is (plan, "status", "done") || ent_onboard_is (plan, "status", "canceled");
  self->slip_item = G_MAXUINT;
  for (guint i = 0; i < items->len; i++)
    add_item (self, g_ptr_array_index (items, i));
  find_dependencies (self);
  find_phases (self);
  find_days (self);
  add_up (self);
  self->phase = find_present_phase (self);
  self->blocked_gate = find_blocked_gate (self);
  return self;
}

static GPtrArray *
load_lines (const EntOnboardSource *source,
            EntRecord              *plan)
{
  EntKey template = ent_record_get_ref (plan, "template");
  const EntRecordType *type = template != 0 ? ent_schema_lookup_key (ent_onboard_get_schema (source), template) : NULL;

  if (type == NULL || !g_str_equal (type->info->name, "program"))
    return NULL;
  return ent_onboard_get_children (source, template, "program_rule", NULL);
}

EntOnboardRun *
ent_onboard_run_load (const EntOnboardSource *source,
                      EntKey                  plan,
                      gint64                  today,
                      GError                **error)
{
  g_autoptr (EntRecord) record = ent_onboard_get (source, plan, error);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (record == NULL)
    return NULL;
  if (!g_str_equal (ent_record_get_record_type (record)->info->name, "plan"))
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID, _("%s is no plan."), ent_record_get_title (record));
      return NULL;
    }
  items = ent_onboard_get_children (source, plan, "plan_item", error);
  if (items == NULL)
    return NULL;
  lines = load_lines (source, record);
  return ent_onboard_run_new (record, items, lines, today);
}

/* --- In words ------------------------------------------------------------------------------------------- */

char *
ent_onboard_run_dup_day (const EntOnboardRun *self)
{
  if (self->start == ENT_ONBOARD_NO_DATE)
    return g_strdup (_("No start date"));
  if (self->day < 0)
    return g_strdup_printf (ngettext ("Starts in %d day", "Starts in %d days", (gulong) -self->day), -self->day);
  if (self->length == 0)
    return g_strdup_printf (_("Day %d"), self->day);
  return g_strdup_printf (_("Day %d of %d"), self->day, self->length);
}

char *
ent_onboard_run_dup_slip (const EntOnboardRun *self)
{
  /* Translators: days past the target. */
  return self->slip > 0 ? g_strdup_printf (_("+%d d"), self->slip) : NULL;
}

static char *
write_share (gint64 part,
             gint64 whole)
{
  gint64 hundredths = 0;

  if (whole == 0 || !ent_mul_div (part, 1000, whole, &hundredths))
    return g_strdup ("–");
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " %%", hundredths / 10, hundredths % 10);
}

EntWhy *
ent_onboard_run_explain_progress (const EntOnboardRun *self)
{
  g_autofree char *value = g_strdup_printf ("%d %%", self->progress);
  EntWhy *why = ent_why_new (_("Progress"), value);

  ent_why_set_formula (why, _("Weight of what is done ÷ weight of all items that are not dropped"));
  for (guint p = 0; p < self->phases->len; p++)
    {
      const EntOnboardPhase *phase = &g_array_index (self->phases, EntOnboardPhase, p);
      gint64 done = 0, total = 0;
      g_autofree char *weight = NULL;
      g_autofree char *share = NULL;

      for (guint i = 0; i < self->items->len; i++)
        {
          const EntOnboardItem *item = ent_onboard_run_get (self, i);

          if (!g_str_equal (item->phase, phase->name) || (!item->is_open && !item->is_done))
            continue;
          total += item->weight;
          done += item->is_done ? item->weight : 0;
        }
      share = write_share (done, total);
      weight = write_share (total, self->total_weight);
      ent_why_add (why, *phase->name != '\0' ? phase->name : _("Other"), share, weight, 0);
    }
  return why;
}

static char *
write_slip (int days)
{
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

EntWhy *
ent_onboard_run_explain_slip (const EntOnboardRun *self)
{
  g_autofree char *value = write_slip (self->slip);
  EntWhy *why = ent_why_new (_("Slip"), value);

  if (self->is_over)
    {
      ent_why_set_formula (why, _("Day of completion − planned end"));
      return why;
    }
  ent_why_set_formula (why, _("The most days that an open item is past its target, so far or as planned"));
  for (guint i = 0; i < self->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (self, i);
      g_autofree char *target = NULL;
      g_autofree char *slip = NULL;

      if (!item->is_open || item->slip == 0)
        continue;
      target = ent_date_display (item->target, ENT_DISPLAY_SHORT);
      slip = g_strdup_printf (_("+%d d"), item->slip);
      ent_why_add (why, item->title, target, slip, item->key);
    }
  ent_why_set_note (why, _("Targets are the days of the template; moving an item does not move its target."));
  return why;
}

GPtrArray *
ent_onboard_run_find_conflicts (const EntOnboardRun *self)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (self, i);

      for (guint d = 0; item->is_open && item->due != ENT_ONBOARD_NO_DATE && d < item->depends->len; d++)
        {
          const EntOnboardItem *other = ent_onboard_run_get (self, g_array_index (item->depends, guint, d));

          if (other->is_open && other->due != ENT_ONBOARD_NO_DATE && other->due > item->due)
            g_ptr_array_add (conflicts, g_strdup_printf (_("“%s” is due before “%s”, which it depends on."), item->title,
                                                         other->title));
        }
    }
  return conflicts;
}

/* --- All of them ------------------------------------------------------------------------------------------ */

static EntResult *
query_plans (EntStore      *store,
             const char    *kind,
             GCancellable  *cancellable,
             GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "plan");
  g_autofree char *text = g_strdup_printf ("kind = %s", kind);
  g_autoptr (EntFilter) filter = ent_filter_parse (type, text, NULL, error);
  const EntSort sort = { ent_record_type_lookup (type, "period_start"), TRUE };
  const EntQuery query = { .type = type, .filter = filter, .sort = &sort, .n_sort = 1 };

  return filter != NULL ? ent_store_query (store, &query, cancellable, error) : NULL;
}

static gboolean
is_long_over (EntRecord *plan,
              gint64     today,
              int        keep_days)
{
  gint64 done_on = ent_onboard_get_date (plan, "done_on");

  return ent_onboard_is (plan, "status", "canceled") ||
         (ent_onboard_is (plan, "status", "done") && done_on != ENT_ONBOARD_NO_DATE && done_on < today - keep_days);
}

/* The lines of a template are read once for all its runs. */
static GPtrArray *
cached_lines (GHashTable             *cache,
              const EntOnboardSource *source,
              EntRecord              *plan)
{
  EntKey template = ent_record_get_ref (plan, "template");
  GPtrArray *lines = template != 0 ? g_hash_table_lookup (cache, &template) : NULL;

  if (template == 0 || lines != NULL)
    return lines;
  lines = load_lines (source, plan);
  if (lines == NULL)
    lines = g_ptr_array_new ();
  g_hash_table_insert (cache, g_memdup2 (&template, sizeof template), lines);
  return lines;
}

GPtrArray *
ent_onboard_load_all (EntStore      *store,
                      const char    *kind,
                      gint64         today,
                      int            keep_days,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const EntOnboardSource source = { .store = store };
  g_autoptr (EntResult) result = query_plans (store, kind, cancellable, error);
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_onboard_run_free);
  g_autoptr (GHashTable) cache =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  if (result == NULL)
    return NULL;
  plans = ent_store_load (store, ent_result_get_record_type (result), ent_result_get_rows (result),
                          ent_result_get_n (result), NULL, 0, cancellable, error);
  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      EntRecord *plan = g_ptr_array_index (plans, i);
      g_autoptr (GPtrArray) items = NULL;

      if (plan == NULL || is_long_over (plan, today, keep_days))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      items = ent_onboard_get_children (&source, ent_record_get_key (plan), "plan_item", error);
      if (items == NULL)
        return NULL;
      g_ptr_array_add (runs, ent_onboard_run_new (plan, items, cached_lines (cache, &source, plan), today));
    }
  return plans != NULL ? g_steal_pointer (&runs) : NULL;
}
