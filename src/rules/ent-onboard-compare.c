/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

/* A template that was edited while a run was under way: what differs, and taking it over. A line counts as changed when
 * it was edited after the run took it; what people changed in the run itself is not told. */

static void
difference_free (gpointer data)
{
  EntOnboardDifference *difference = data;

  g_free (difference->text);
  g_free (difference);
}

static void
add_difference (GPtrArray        *differences,
                EntDifferenceKind kind,
                EntKey            line,
                EntKey            item,
                char             *text)
{
  EntOnboardDifference *difference = g_new0 (EntOnboardDifference, 1);

  difference->kind = kind;
  difference->line = line;
  difference->item = item;
  difference->text = text;
  g_ptr_array_add (differences, difference);
}

/* The lines that would make items for the partner today. NULL without @error: the run has no template. */
static GPtrArray *
select_lines (const EntOnboardSource *source,
              const EntOnboardRun    *run,
              GError                **error)
{
  EntKey key = ent_onboard_get_partner (run->plan);
  g_autoptr (EntRecord) partner = NULL;
  EntKey level;

  if (key == 0 || run->lines == NULL)
    return NULL;
  partner = ent_onboard_get (source, key, error);
  if (partner == NULL)
    return NULL;
  level = ent_record_get_ref (partner, "level");
  if (level == 0)
    level = ent_onboard_lowest_level (source);
  return ent_onboard_select_lines (run->lines, ent_record_get_text (partner, "partner_type"), level);
}

static guint
find_item_of (const EntOnboardRun *run,
              EntKey               line)
{
  for (guint i = 0; i < run->items->len; i++)
    if (ent_record_get_ref (ent_onboard_run_get (run, i)->record, "line") == line)
      return i;
  return G_MAXUINT;
}

static EntRecord *
find_line_of (GPtrArray *lines,
              EntKey     key)
{
  for (guint i = 0; i < lines->len; i++)
    if (ent_record_get_key (g_ptr_array_index (lines, i)) == key)
      return g_ptr_array_index (lines, i);
  return NULL;
}

/* "“Welcome session”: day 21 → 14; type Task → Gate"; NULL when nothing that the item has differs. (transfer full) */
static char *
describe_change (const EntOnboardItem *item,
                 EntRecord            *line)
{
  static const struct { const char *item, *line; } pairs[] = {
    { "target_day", "day_to" }, { "section", "section" }, { "phase", "phase" }, { "weight", "weight" },
    { "evidence_wanted", "evidence" }, { "metric", "metric" }, { "note", "note" },
  };
  const EntRecordType *type = ent_record_get_record_type (item->record);
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_strcmp0 (item->title, ent_record_get_text (line, "text")) != 0 && ent_record_get_text (line, "text") != NULL)
    g_string_append_printf (text, _("now called “%s”"), ent_record_get_text (line, "text"));
  if (g_strcmp0 (item->type, ent_onboard_item_type (line)) != 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", _("another type of item"));
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const EntField *field = ent_record_type_lookup (type, pairs[i].item);
      const EntValue *old_value = ent_record_get (item->record, field->index);
      const EntValue *new_value = ent_record_get_named (line, pairs[i].line);
      g_autofree char *old_text = NULL;
      g_autofree char *new_text = NULL;

      if (ent_value_equal (old_value, new_value))
        continue;
      old_text = ent_value_display (field, old_value, ENT_DISPLAY_SHORT, NULL, NULL);
      new_text = ent_value_display (field, new_value, ENT_DISPLAY_SHORT, NULL, NULL);
      g_string_append_printf (text, "%s%s %s → %s", text->len > 0 ? "; " : "", ent_field_get_label (field),
                              *old_text != '\0' ? old_text : "–", *new_text != '\0' ? new_text : "–");
    }
  return text->len > 0 ? g_strdup_printf ("“%s”: %s", item->title, text->str) : NULL;
}

static void
compare_item (const EntOnboardItem *item,
              GPtrArray            *lines,
              GPtrArray            *differences)
{
  EntKey key = ent_record_get_ref (item->record, "line");
  EntRecord *line = key != 0 ? find_line_of (lines, key) : NULL;
  char *change;

  if (key == 0 || !item->is_open)
    return;
  if (line == NULL)
    add_difference (differences, ENT_DIFFERENCE_REMOVED, 0, item->key,
                    g_strdup_printf (_("“%s” is no longer in the template for this partner"), item->title));
  else if (ent_record_get_int (line, "rev", 0) != ent_record_get_int (item->record, "line_rev", 0) &&
           (change = describe_change (item, line)) != NULL)
    add_difference (differences, ENT_DIFFERENCE_CHANGED, key, item->key, change);
}

GPtrArray *
ent_onboard_compare (const EntOnboardSource *source,
                     const EntOnboardRun    *run,
                     GError                **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (difference_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) lines = run->is_over ? NULL : select_lines (source, run, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  for (guint i = 0; lines != NULL && i < run->items->len; i++)
    compare_item (ent_onboard_run_get (run, i), lines, differences);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      EntKey key = ent_record_get_key (line);

      if (find_item_of (run, key) == G_MAXUINT)
        add_difference (differences, ENT_DIFFERENCE_ADDED, key, 0,
                        g_strdup_printf (_("“%s” is new, due on day %d"), ent_record_get_text (line, "text"),
                                         (int) ent_record_get_int (line, "day_to", 0)));
    }
  return g_steal_pointer (&differences);
}

/* --- Taking over ---------------------------------------------------------------------------------------------- */

static gboolean
add_item (EntTransaction      *transaction,
          const EntOnboardRun *run,
          EntRecord           *line,
          guint                position,
          GError             **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "plan_item");
  g_autoptr (EntRecord) item = ent_record_new (type);
  EntKey owner = ent_record_get_ref (run->plan, "owner");

  ent_onboard_fill_item (item, line, run->start);
  ent_onboard_set_int (item, "parent", ent_record_get_key (run->plan));
  ent_onboard_set_int (item, "position", position);
  if (owner != 0)
    ent_onboard_set_int (item, "owner", owner);
  return ent_transaction_insert (transaction, item, error);
}

static gboolean
change_item (EntTransaction       *transaction,
             const EntOnboardRun  *run,
             const EntOnboardItem *item,
             EntRecord            *line,
             GError              **error)
{
  gboolean was_moved = item->due != item->target;
  gint64 due = item->due;

  ent_onboard_fill_item (item->record, line, run->start);
  if (was_moved)
    ent_onboard_set_int (item->record, "due", due);
  return ent_transaction_update (transaction, item->record, error);
}

static gboolean
take_over_one (EntTransaction             *transaction,
               const EntOnboardRun        *run,
               const EntOnboardDifference *difference,
               guint                       position,
               GError                    **error)
{
  guint index = difference->item != 0 ? ent_onboard_run_find (run, difference->item) : G_MAXUINT;
  EntRecord *line = difference->line != 0 ? find_line_of (run->lines, difference->line) : NULL;

  if (difference->kind == ENT_DIFFERENCE_ADDED)
    return add_item (transaction, run, line, position, error);
  if (difference->kind == ENT_DIFFERENCE_CHANGED)
    return change_item (transaction, run, ent_onboard_run_get (run, index), line, error);
  ent_onboard_set_word (ent_onboard_run_get (run, index)->record, "status", "dropped");
  return ent_transaction_update (transaction, ent_onboard_run_get (run, index)->record, error);
}

/* Dependencies of the items that have a line, as the lines have them now. */
static gboolean
link_again (EntTransaction *transaction,
            EntKey          plan,
            gint64          today,
            GError        **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  g_autoptr (EntOnboardRun) run = ent_onboard_run_load (&source, plan, today, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (run == NULL)
    return FALSE;
  for (guint i = 0; i < run->items->len && run->lines != NULL; i++)
    {
      EntRecord *record = ent_onboard_run_get (run, i)->record;
      EntRecord *line = find_line_of (run->lines, ent_record_get_ref (record, "line"));

      if (line == NULL || ent_onboard_is (record, "status", "dropped"))
        continue;
      g_ptr_array_add (lines, line);
      g_ptr_array_add (items, record);
    }
  return ent_onboard_link_items (transaction, lines, items, error);
}

gboolean
ent_onboard_take_over (EntTransaction *transaction,
                       gpointer        data,
                       GError        **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  EntKey plan = *(EntKey *) data;
  g_autoptr (EntOnboardRun) run = ent_onboard_run_load (&source, plan, ent_date_today (), error);
  g_autoptr (GPtrArray) differences = run != NULL ? ent_onboard_compare (&source, run, error) : NULL;

  for (guint i = 0; differences != NULL && i < differences->len; i++)
    if (!take_over_one (transaction, run, g_ptr_array_index (differences, i), run->items->len + i, error))
      return FALSE;
  return differences != NULL && link_again (transaction, plan, run->today, error);
}
