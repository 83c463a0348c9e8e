/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

/* Requests by state. Cards only go where a step leads; a step that asks for something opens its dialog first. */

static const char * const columns[] = { "draft", "ready", "submitted", "changes_asked", "approved", "running", "claimed",
                                        "proof_ok", "paid", "rejected", "expired" };

static EntRecord *
find_request (EntFundingPage *self,
              EntKey          key)
{
  return g_hash_table_lookup (self->data->requests, &key);
}

/* What counts now: paid, else claimed, else approved, else asked. */
static const EntValue *
get_amount (EntRecord *request)
{
  static const char * const names[] = { "paid", "claimed", "approved" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const EntValue *value = ent_record_get_named (request, names[i]);

      if (!ent_value_is_null (value))
        return value;
    }
  return ent_record_get_named (request, "requested");
}

static void
fill_warning (EntFundingPage *self,
              EntRecord      *request,
              EntBoardCard   *card)
{
  gint64 today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self))), due;
  EntFundDueKind kind;
  g_autofree char *when = NULL;

  if (!ent_fund_get_deadline (request, &due, &kind))
    return;
  when = ent_date_display_near (due, today);
  if (due < today)
    card->warning = g_strdup_printf (kind == ENT_FUND_DUE_CLAIM ? _("Claim was due %s") : _("Was due %s"), when);
  else if (due - today <= 14)
    card->warning = g_strdup_printf (kind == ENT_FUND_DUE_CLAIM ? _("Claim %s") : _("Submit %s"), when);
  card->warning_tone = due < today ? ENT_TONE_BAD : ENT_TONE_WARNING;
}

static void
fill_cb (EntBoard     *board,
         EntKey        key,
         EntBoardCard *card,
         gpointer      page)
{
  EntFundingPage *self = page;
  EntRecord *request = find_request (self, key);
  const EntField *kind;
  const EntValue *amount;
  g_autofree char *kind_label = NULL, *flag = NULL;

  if (request == NULL)
    return;
  amount = get_amount (request);
  card->title = g_strdup (ent_record_get_title (request));
  card->subtitle = g_strdup (ent_funding_title (self, ent_record_get_ref (request, "partner")));
  if (!ent_value_is_null (amount))
    card->figure = ent_money_display (amount->integer, amount->currency, ENT_DISPLAY_SHORT);
  kind = ent_record_type_lookup (ent_record_get_record_type (request), "kind");
  if (g_strcmp0 (ent_record_get_text (request, "kind"), "mdf") != 0)
    {
      kind_label = ent_value_display (kind, ent_record_get (request, kind->index), ENT_DISPLAY_SHORT, NULL, NULL);
      ent_board_card_add_chip (card, kind_label, ENT_TONE_NEUTRAL);
    }
  flag = ent_fund_dup_self_approval (request);
  if (flag != NULL)
    ent_board_card_add_chip (card, _("Self-approved"), ENT_TONE_WARNING);
  fill_warning (self, request, card);
}

/* "$120K" of one currency, "$120K + €4K" of two. (transfer full) */
static char *
sum_column (EntFundingPage *self,
            GArray         *keys)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GArray) sums = g_array_new (FALSE, TRUE, sizeof (gint64));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      const EntValue *amount = get_amount (find_request (self, g_array_index (keys, EntKey, i)));
      guint at = 0;

      if (ent_value_is_null (amount))
        continue;
      while (at < codes->len && !g_str_equal (g_ptr_array_index (codes, at), amount->currency))
        at++;
      if (at == codes->len)
        {
          gint64 none = 0;

          g_ptr_array_add (codes, (gpointer) amount->currency);
          g_array_append_val (sums, none);
        }
      g_array_index (sums, gint64, at) += amount->integer;
    }
  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *shown = ent_money_display (g_array_index (sums, gint64, i), g_ptr_array_index (codes, i),
                                                  ENT_DISPLAY_SHORT);

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", shown);
    }
  return g_string_free (text, FALSE);
}

static gboolean
drop_cb (EntBoard   *board,
         EntKey      key,
         const char *from,
         const char *to,
         gpointer    page)
{
  return ent_fund_find_step (from, to) != NULL;
}

static void
moved_cb (EntBoard   *board,
          gint64      key,
          const char *from,
          const char *to,
          guint       position,
          gpointer    page)
{
  EntFundingPage *self = page;
  EntRecord *request = find_request (self, key);

  /* The card comes back when the change is written; until then it stays where it was. */
  ent_board_revert (board, key);
  if (request != NULL)
    ent_funding_page_step (self, request, to);
}

static void
activated_cb (EntBoard *board,
              gint64    key,
              gpointer  page)
{
  ent_funding_page_open (page, key);
}

static void
make_board (EntFundingPage *self)
{
  self->board = ent_board_new (ent_page_get_context (ENT_PAGE (self)));
  g_object_set (self->board, "reorderable", FALSE, NULL);
  ent_board_set_card_func (ENT_BOARD (self->board), fill_cb, self, NULL);
  ent_board_set_drop_func (ENT_BOARD (self->board), drop_cb, self, NULL);
  g_signal_connect_object (self->board, "card-moved", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (self->board, "card-activated", G_CALLBACK (activated_cb), self, 0);
  adw_bin_set_child (self->board_bin, self->board);
}

static GArray *
keys_of (EntFundingPage *self,
         const char     *state)
{
  GPtrArray *requests = ent_fund_book_get_requests (self->data->book);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (guint i = 0; i < requests->len; i++)
    {
      EntRecord *request = g_ptr_array_index (requests, i);
      EntKey key = ent_record_get_key (request);

      if (g_strcmp0 (ent_record_get_text (request, "state"), state) == 0)
        g_array_append_val (keys, key);
    }
  return keys;
}

void
ent_funding_page_fill_board (EntFundingPage *self)
{
  const EntRecordType *type = ent_store_get_record_type (ent_page_get_store (ENT_PAGE (self)), "funding");
  const EntField *state = ent_record_type_lookup (type, "state");
  EntBoardColumn shown[G_N_ELEMENTS (columns)] = { 0 };
  GArray *keys[G_N_ELEMENTS (columns)];
  char *totals[G_N_ELEMENTS (columns)];

  gtk_stack_set_visible_child_name (self->requests_stack,
                                    ent_fund_book_get_requests (self->data->book)->len > 0 ? "board" : "empty");
  if (self->board == NULL)
    make_board (self);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const EntChoice *choice = ent_field_lookup_choice (state, columns[i]);

      keys[i] = keys_of (self, columns[i]);
      totals[i] = sum_column (self, keys[i]);
      shown[i].id = columns[i];
      shown[i].title = ent_choice_get_label (choice);
      shown[i].tone = choice->tone;
      shown[i].total = totals[i];
    }
  ent_board_set_columns (ENT_BOARD (self->board), shown, G_N_ELEMENTS (columns));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      ent_board_set_keys (ENT_BOARD (self->board), columns[i], (const EntKey *) (gpointer) keys[i]->data, keys[i]->len);
      g_array_unref (keys[i]);
      g_free (totals[i]);
    }
  ent_board_refresh (ENT_BOARD (self->board), 0);
}
