/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <glib/gi18n.h>

/* What a card holds. */

static void
clear_chip (EntBoardChip *chip)
{
  g_free (chip->text);
}

void
ent_board_card_init (EntBoardCard *card)
{
  *card = (EntBoardCard) { .progress = -1 };
}

void
ent_board_card_clear (EntBoardCard *card)
{
  g_free (card->title);
  g_free (card->subtitle);
  g_free (card->detail);
  g_free (card->figure);
  g_free (card->warning);
  g_free (card->tooltip);
  g_clear_pointer (&card->chips, g_array_unref);
  ent_board_card_init (card);
}

void
ent_board_card_add_chip (EntBoardCard *card,
                         const char   *text,
                         EntTone       tone)
{
  EntBoardChip chip = { g_strdup (text), tone };

  g_return_if_fail (text != NULL);

  if (card->chips == NULL)
    {
      card->chips = g_array_new (FALSE, FALSE, sizeof (EntBoardChip));
      g_array_set_clear_func (card->chips, (GDestroyNotify) clear_chip);
    }
  g_array_append_val (card->chips, chip);
}

static void
add_part (GString    *text,
          const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

char *
ent_board_card_describe (const EntBoardCard *card)
{
  GString *text = g_string_new (NULL);

  add_part (text, card->title);
  add_part (text, card->figure);
  add_part (text, card->subtitle);
  add_part (text, card->detail);
  for (guint i = 0; card->chips != NULL && i < card->chips->len; i++)
    add_part (text, g_array_index (card->chips, EntBoardChip, i).text);
  if (card->progress >= 0)
    g_string_append_printf (text, _(", %d %% done"), (int) (CLAMP (card->progress, 0, 1) * 100 + 0.5));
  add_part (text, card->warning);
  return g_string_free (text, FALSE);
}
