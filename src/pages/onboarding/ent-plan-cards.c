/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-onboarding-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Days that a finished plan stays on the board. */
#define KEEP_DAYS 90

/* --- Loading, on a worker thread ------------------------------------------------------------------------------------- */

static void
card_clear (gpointer data)
{
  EntPlanCard *card = data;

  g_free (card->partner);
  g_free (card->owner);
  g_free (card->search);
  g_free (card->day);
  g_free (card->slip);
  g_free (card->gate);
}

void
ent_plan_cards_free (EntPlanCards *self)
{
  g_array_unref (self->cards);
  g_ptr_array_unref (self->phases);
  g_hash_table_unref (self->index);
  g_free (self);
}

static void
add_phase (EntPlanCards *self,
           const char   *name)
{
  if (name != NULL && *name != '\0' && !g_ptr_array_find_with_equal_func (self->phases, name, g_str_equal, NULL))
    g_ptr_array_add (self->phases, g_strdup (name));
}

/* The phases of all templates of the kind, so that an empty board has its columns too. */
static gboolean
add_template_phases (EntPlanCards *self,
                     EntStore     *store,
                     const char   *kind,
                     GError      **error)
{
  const EntOnboardSource source = { .store = store };
  const EntRecordType *rule = ent_store_get_record_type (store, "program_rule");
  g_autoptr (GPtrArray) templates = ent_onboard_find_templates (&source, kind, error);

  for (guint t = 0; templates != NULL && t < templates->len; t++)
    {
      EntKey key = ent_record_get_key (g_ptr_array_index (templates, t));
      g_autoptr (GPtrArray) lines = ent_store_get_children (store, key, rule, error);

      if (lines == NULL)
        return FALSE;
      for (guint i = 0; i < lines->len; i++)
        if (g_strcmp0 (ent_record_get_text (g_ptr_array_index (lines, i), "item_type"), "phase") == 0)
          add_phase (self, ent_record_get_text (g_ptr_array_index (lines, i), "text"));
    }
  return templates != NULL;
}

/* The column of a run: that of its present phase; those that no column has go into the first. */
static guint
find_column (const EntPlanCards  *self,
             const EntOnboardRun *run)
{
  guint column = 0;

  if (run->phase >= run->phases->len)
    return self->phases->len;
  g_ptr_array_find_with_equal_func (self->phases, g_array_index (run->phases, EntOnboardPhase, run->phase).name, g_str_equal,
                                    &column);
  return column < self->phases->len ? column : 0;
}

static void
add_card (EntPlanCards        *self,
          EntStore            *store,
          const EntOnboardRun *run)
{
  EntKey partner = ent_record_get_ref (run->plan, "for");
  EntKey owner = ent_record_get_ref (run->plan, "owner");
  EntPlanCard card = { .plan = ent_record_get_key (run->plan), .progress = run->progress };
  g_autofree char *both = NULL;

  card.partner = partner != 0 ? ent_store_dup_title (store, partner) : NULL;
  if (card.partner == NULL)
    card.partner = g_strdup (ent_record_get_title (run->plan));
  card.owner = owner != 0 ? ent_store_dup_title (store, owner) : NULL;
  both = g_strjoin (" ", card.partner, card.owner, NULL);
  card.search = ent_text_key (both);
  card.day = ent_onboard_run_dup_day (run);
  card.slip = ent_onboard_run_dup_slip (run);
  if (run->blocked_gate != G_MAXUINT)
    card.gate = g_strdup (ent_onboard_run_get (run, run->blocked_gate)->title);
  card.column = find_column (self, run);
  g_array_append_val (self->cards, card);
  g_hash_table_insert (self->index, g_memdup2 (&card.plan, sizeof card.plan), GUINT_TO_POINTER (self->cards->len));
}

EntPlanCards *
ent_plan_cards_load (EntStore     *store,
                     const char   *kind,
                     gint64        today,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (EntPlanCards) self = g_new0 (EntPlanCards, 1);
  g_autoptr (GPtrArray) runs = NULL;

  self->cards = g_array_new (FALSE, FALSE, sizeof (EntPlanCard));
  g_array_set_clear_func (self->cards, card_clear);
  self->phases = g_ptr_array_new_with_free_func (g_free);
  self->index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  runs = ent_onboard_load_all (store, kind, today, KEEP_DAYS, cancellable, error);
  if (runs == NULL || !add_template_phases (self, store, kind, error))
    return NULL;
  for (guint i = 0; i < runs->len; i++)
    {
      const EntOnboardRun *run = g_ptr_array_index (runs, i);

      for (guint p = 0; p < run->phases->len; p++)
        add_phase (self, g_array_index (run->phases, EntOnboardPhase, p).name);
    }
  if (self->phases->len == 0)
    add_phase (self, _("Open"));
  for (guint i = 0; i < runs->len; i++)
    add_card (self, store, g_ptr_array_index (runs, i));
  return g_steal_pointer (&self);
}

const EntPlanCard *
ent_plan_cards_find (const EntPlanCards *self,
                     EntKey              plan)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, &plan));

  return index > 0 ? &g_array_index (self->cards, EntPlanCard, index - 1) : NULL;
}

/* --- On the board ----------------------------------------------------------------------------------------------------- */

void
ent_plan_cards_fill (EntBoard     *board,
                     EntKey        key,
                     EntBoardCard *card,
                     gpointer      page)
{
  const EntOnboardingPage *self = page;
  const EntPlanCard *plan = self->cards != NULL ? ent_plan_cards_find (self->cards, key) : NULL;

  if (plan == NULL)
    return;
  card->title = g_strdup (plan->partner);
  card->figure = g_strdup_printf ("%d %%", plan->progress);
  card->subtitle = plan->owner != NULL ? g_strdup_printf ("%s · %s", plan->day, plan->owner) : g_strdup (plan->day);
  card->progress = plan->progress / 100.0;
  if (plan->slip != NULL)
    ent_board_card_add_chip (card, plan->slip, ENT_TONE_WARNING);
  if (plan->gate != NULL)
    {
      /* Translators: %s is a gate of an onboarding, as in "Security questionnaire passed". */
      card->warning = g_strdup_printf (_("Blocked: %s"), plan->gate);
      card->warning_tone = ENT_TONE_BAD;
    }
}

static void
set_columns (const EntPlanCards *self,
             EntBoard           *board)
{
  g_autofree EntBoardColumn *columns = g_new0 (EntBoardColumn, self->phases->len + 1);

  for (guint i = 0; i < self->phases->len; i++)
    columns[i] = (EntBoardColumn) { .id = g_ptr_array_index (self->phases, i), .title = g_ptr_array_index (self->phases, i) };
  columns[self->phases->len] = (EntBoardColumn) { .id = "#done", .title = _("Done"), .tone = ENT_TONE_GOOD };
  ent_board_set_columns (board, columns, self->phases->len + 1);
}

guint
ent_plan_cards_show (const EntPlanCards *self,
                     EntBoard           *board,
                     const char         *search,
                     gboolean            late,
                     gboolean            blocked)
{
  g_autofree char *wanted = ent_text_key (search);
  guint n = 0;

  set_columns (self, board);
  for (guint column = 0; column <= self->phases->len; column++)
    {
      g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

      for (guint i = 0; i < self->cards->len; i++)
        {
          const EntPlanCard *card = &g_array_index (self->cards, EntPlanCard, i);

          if (card->column == column && (!late || card->slip != NULL) && (!blocked || card->gate != NULL) &&
              strstr (card->search, wanted) != NULL)
            g_array_append_val (keys, card->plan);
        }
      ent_board_set_keys (board, column < self->phases->len ? g_ptr_array_index (self->phases, column) : "#done",
                          (const EntKey *) keys->data, keys->len);
      n += keys->len;
    }
  return n;
}
