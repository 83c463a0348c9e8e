/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board of the page: columns, cards, and what a drop means. */
#include "config.h"

#include "pages/pipeline/ent-pipeline-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-deal-checks.h"

#define MAX_CHIPS 3

/* --- Cards --------------------------------------------------------------------------------------------------------- */

/* The name of the deal after that of the account, which is said above it. */
static const char *
short_title (const EntDeal *deal,
             const char    *account)
{
  gsize length = strlen (account);

  if (length > 0 && g_str_has_prefix (deal->title, account) && g_str_has_prefix (deal->title + length, ": "))
    return deal->title + length + 2;
  return deal->title;
}

static void
add_parties (EntPipelinePage *self,
             const EntDeal   *deal,
             EntBoardCard    *card)
{
  const EntRecordType *type = ent_store_get_record_type (ent_page_get_store (ENT_PAGE (self)), "deal_party");
  const EntField *role = ent_record_type_lookup (type, "role");

  for (guint i = 0; i < MIN (deal->n_parties, MAX_CHIPS); i++)
    {
      const EntDealParty *party = &deal->parties[i];
      const EntChoice *choice = party->role != NULL ? ent_field_lookup_choice (role, party->role) : NULL;
      const char *name = ent_deals_get_name (self->deals, party->org);
      g_autofree char *text = choice != NULL ? g_strdup_printf ("%s · %s", name, ent_choice_get_label (choice))
                                             : g_strdup (name);

      ent_board_card_add_chip (card, text, ENT_TONE_NEUTRAL);
    }
  if (deal->n_parties == 0 && deal->registered_by != 0)
    ent_board_card_add_chip (card, ent_deals_get_name (self->deals, deal->registered_by), ENT_TONE_NEUTRAL);
}

static void
add_warning (EntPipelinePage *self,
             const EntDeal   *deal,
             EntBoardCard    *card)
{
  g_autoptr (GPtrArray) issues = ent_deals_check (self->deals, deal);
  g_autoptr (GString) tooltip = g_string_new (deal->title);

  for (guint i = 0; i < issues->len; i++)
    {
      const EntDealIssue *issue = g_ptr_array_index (issues, i);

      /* Rates are told once, by the forecast. */
      if (issue->kind == ENT_DEAL_ISSUE_RATE)
        continue;
      if (card->warning == NULL)
        {
          card->warning = g_strdup (issue->text);
          card->warning_tone = issue->tone;
        }
      g_string_append_printf (tooltip, "\n%s", issue->advice);
    }
  if (deal->next_step != NULL)
    g_string_append_printf (tooltip, _("\nNext step: %s"), deal->next_step);
  card->tooltip = g_string_free (g_steal_pointer (&tooltip), FALSE);
}

static void
fill_card_cb (EntBoard     *board,
              EntKey        key,
              EntBoardCard *card,
              gpointer      user_data)
{
  EntPipelinePage *self = user_data;
  const EntDeal *deal = self->deals != NULL ? ent_deals_lookup (self->deals, key) : NULL;
  gint64 end = deal == NULL ? ENT_DAY_NONE : ent_deal_is_open (deal) ? deal->expected_close : deal->closed_on;
  g_autofree char *day = end != ENT_DAY_NONE ? ent_date_display (end, ENT_DISPLAY_SHORT) : NULL;
  const char *account;

  if (deal == NULL)
    return;
  account = ent_deals_get_name (self->deals, deal->account);
  card->title = g_strdup (*account != '\0' ? account : _("No account"));
  card->figure = deal->has_amount ? ent_money_display (deal->amount, deal->currency, ENT_DISPLAY_SHORT) : NULL;
  card->subtitle = day != NULL ? g_strdup_printf ("%s · %s", day, short_title (deal, account))
                               : g_strdup (short_title (deal, account));
  card->detail = ent_deal_is_open (deal) ? g_strdup (deal->next_step) : NULL;
  add_parties (self, deal, card);
  add_warning (self, deal, card);
}

/* --- Columns -------------------------------------------------------------------------------------------------------- */

static char *
weighted_text (const EntDealColumn *column)
{
  g_autofree char *amount = NULL;
  const char *currency;
  gint64 minor;

  /* Won is certain and lost is nothing: no second sum. */
  if (ent_amounts_get_n (column->weighted) == 0 || column->chance == 0 || column->chance == 1000000)
    return NULL;
  minor = ent_amounts_get_nth (column->weighted, 0, &currency);
  amount = ent_money_display (minor, currency, ENT_DISPLAY_SHORT);
  return g_strdup_printf (_("%s weighted"), amount);
}

static void
set_columns (EntPipelinePage *self)
{
  guint n = self->columns->len;
  g_autofree EntBoardColumn *columns = g_new0 (EntBoardColumn, n);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (self->columns, i);
      char *total = ent_amounts_display_main (column->total);
      char *weighted = weighted_text (column);

      columns[i] = (EntBoardColumn) { .id = column->id, .title = column->title, .total = total, .weighted = weighted,
                                      .tone = self->grouping == ENT_DEALS_BY_STAGE && column->chance > 0 &&
                                              column->chance < 1000000 ? ENT_TONE_NEUTRAL : column->tone };
      g_ptr_array_add (texts, total);
      g_ptr_array_add (texts, weighted);
    }
  ent_board_set_columns (self->board, columns, n);
}

void
ent_pipeline_page_show_board (EntPipelinePage *self)
{
  set_columns (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (self->columns, i);

      ent_board_set_keys (self->board, column->id, (const EntKey *) (gpointer) column->keys->data, column->keys->len);
    }
  g_object_set (self->board, "movable", self->grouping != ENT_DEALS_BY_PARTNER, NULL);
  ent_board_refresh (self->board, 0);
}

static const EntDealColumn *
find_column (EntPipelinePage *self,
             const char      *id)
{
  for (guint i = 0; self->columns != NULL && i < self->columns->len; i++)
    if (g_str_equal (((EntDealColumn *) g_ptr_array_index (self->columns, i))->id, id))
      return g_ptr_array_index (self->columns, i);
  return NULL;
}

static EntWhy *
why_cb (EntBoard      *board,
        const char    *id,
        EntBoardTotal  which,
        EntWhyLabel   *label,
        gpointer       user_data)
{
  EntPipelinePage *self = user_data;
  const EntDealColumn *column = find_column (self, id);

  return column != NULL ? ent_deal_column_explain (column, self->deals, which == ENT_BOARD_WEIGHTED) : NULL;
}

/* --- Drops ------------------------------------------------------------------------------------------------------------ */

static gboolean
may_drop_cb (EntBoard   *board,
             EntKey      key,
             const char *from,
             const char *to,
             gpointer    user_data)
{
  EntPipelinePage *self = user_data;
  const EntDealColumn *column = find_column (self, to);

  if (column == NULL)
    return FALSE;
  switch (self->grouping)
    {
    case ENT_DEALS_BY_STAGE:
      return !g_str_equal (to, "none");
    case ENT_DEALS_BY_OWNER:
      return column->key != 0;
    case ENT_DEALS_BY_QUARTER:
      return !g_str_equal (to, "none") && !g_str_equal (to, "overdue") && !g_str_equal (to, "later");
    case ENT_DEALS_BY_PARTNER:
    default:
      return FALSE;
    }
}

static void
moved_cb (EntPipelinePage *self,
          gint64           key,
          const char      *from,
          const char      *to,
          guint            position)
{
  const EntDealColumn *column = find_column (self, to);
  EntQuarter quarter;

  /* What was asked before the drop would put the card back. */
  self->generation++;
  if (g_str_equal (from, to) || column == NULL)
    return;
  if (self->grouping == ENT_DEALS_BY_STAGE)
    ent_pipeline_page_move (self, key, to);
  else if (self->grouping == ENT_DEALS_BY_OWNER)
    ent_pipeline_page_set_int (self, key, "owner", column->key, _("Give %s to another owner"));
  else if (ent_quarter_read (to, 0, &quarter))
    ent_pipeline_page_set_int (self, key, "expected_close", ent_quarter_get_last (quarter),
                               _("Move %s to another quarter"));
}

static void
activated_cb (EntPipelinePage *self,
              gint64           key)
{
  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), key);
}

void
ent_pipeline_page_build_board (EntPipelinePage *self)
{
  self->board = ENT_BOARD (ent_board_new (ent_page_get_context (ENT_PAGE (self))));
  ent_board_set_card_func (self->board, fill_card_cb, self, NULL);
  ent_board_set_why_func (self->board, why_cb, self, NULL);
  ent_board_set_drop_func (self->board, may_drop_cb, self, NULL);
  ent_board_set_menu_model (self->board, self->card_menu);
  g_object_set (self->board, "reorderable", FALSE, NULL);
  g_signal_connect_object (self->board, "card-moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "card-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "notify::selected", G_CALLBACK (ent_pipeline_page_update_actions), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->board_bin, GTK_WIDGET (self->board));
}
