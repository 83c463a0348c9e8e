/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"

/* Changing a run: functions for transactions. What must not be is refused by the guards. */

static EntOnboardRun *
load_run_of (EntTransaction *transaction,
             EntKey          item,
             gint64          today,
             guint          *index,
             GError        **error)
{
  const EntOnboardSource source = { .transaction = transaction };
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, item, error);
  EntOnboardRun *run;

  if (record == NULL)
    return NULL;
  run = ent_onboard_run_load (&source, ent_record_get_ref (record, "parent"), today, error);
  if (run != NULL)
    *index = ent_onboard_run_find (run, item);
  return run;
}

gboolean
ent_onboard_set_status (EntTransaction *transaction,
                        gpointer        data,
                        GError        **error)
{
  EntOnboardEdit *edit = data;
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, edit->item, error);
  gboolean is_done = g_str_equal (edit->status, "done");

  if (record == NULL)
    return FALSE;
  ent_onboard_set_word (record, "status", edit->status);
  if (!is_done || ent_onboard_get_date (record, "done_on") == ENT_ONBOARD_NO_DATE)
    ent_onboard_set_int (record, "done_on", is_done ? edit->today : ENT_ONBOARD_NO_DATE);
  if (edit->evidence != 0)
    ent_onboard_set_int (record, "evidence", edit->evidence);
  return ent_transaction_update (transaction, record, error);
}

/* --- Moving --------------------------------------------------------------------------------------------- */

/* Marks what depends on @index, directly or not. */
static void
mark_dependents (const EntOnboardRun *run,
                 guint                index,
                 guint8              *marks)
{
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);

      for (guint d = 0; d < item->depends->len && !marks[i]; d++)
        if (g_array_index (item->depends, guint, d) == index)
          {
            marks[i] = TRUE;
            mark_dependents (run, i, marks);
          }
    }
}

static gboolean
set_due (EntTransaction       *transaction,
         const EntOnboardItem *item,
         gint64                due,
         GError              **error)
{
  ent_onboard_set_int (item->record, "due", due);
  return ent_transaction_update (transaction, item->record, error);
}

gboolean
ent_onboard_move (EntTransaction *transaction,
                  gpointer        data,
                  GError        **error)
{
  EntOnboardEdit *edit = data;
  guint index;
  g_autoptr (EntOnboardRun) run = load_run_of (transaction, edit->item, edit->today, &index, error);
  const EntOnboardItem *item;
  g_autofree guint8 *marks = NULL;
  gint64 shift;

  if (run == NULL)
    return FALSE;
  item = ent_onboard_run_get (run, index);
  shift = item->due != ENT_ONBOARD_NO_DATE ? edit->due - item->due : 0;
  marks = g_new0 (guint8, run->items->len);
  if (edit->with_dependents && shift != 0)
    mark_dependents (run, index, marks);
  edit->n_moved = 1;
  if (!set_due (transaction, item, edit->due, error))
    return FALSE;
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *other = ent_onboard_run_get (run, i);

      if (!marks[i] || i == index || !other->is_open || other->due == ENT_ONBOARD_NO_DATE)
        continue;
      edit->n_moved++;
      if (!set_due (transaction, other, other->due + shift, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Order ------------------------------------------------------------------------------------------------ */

static void
join_block (EntRecord            *record,
            const EntOnboardItem *neighbor)
{
  ent_onboard_set_word (record, "section", *neighbor->section != '\0' ? neighbor->section : NULL);
  ent_onboard_set_word (record, "phase", *neighbor->phase != '\0' ? neighbor->phase : NULL);
}

gboolean
ent_onboard_reorder (EntTransaction *transaction,
                     gpointer        data,
                     GError        **error)
{
  EntOnboardEdit *edit = data;
  guint index, before;
  g_autoptr (EntOnboardRun) run = load_run_of (transaction, edit->item, edit->today, &index, error);
  g_autoptr (GPtrArray) order = NULL;

  if (run == NULL)
    return FALSE;
  before = edit->before != 0 ? ent_onboard_run_find (run, edit->before) : run->items->len;
  if (before == G_MAXUINT || before == index || run->items->len < 2)
    return TRUE;
  order = g_ptr_array_new ();
  for (guint i = 0; i <= run->items->len; i++)
    {
      if (i == before)
        g_ptr_array_add (order, ent_onboard_run_get (run, index)->record);
      if (i != index && i < run->items->len)
        g_ptr_array_add (order, ent_onboard_run_get (run, i)->record);
    }
  join_block (ent_onboard_run_get (run, index)->record,
              ent_onboard_run_get (run, before < run->items->len ? before : run->items->len - 1));
  for (guint i = 0; i < order->len; i++)
    {
      ent_onboard_set_int (g_ptr_array_index (order, i), "position", i);
      if (!ent_transaction_update (transaction, g_ptr_array_index (order, i), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ent_onboard_activate (EntTransaction *transaction,
                      gpointer        partner,
                      GError        **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, *(EntKey *) partner, error);

  if (record == NULL)
    return FALSE;
  ent_onboard_set_word (record, "lifecycle", "active");
  return ent_transaction_update (transaction, record, error);
}
