/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells whether a tab shows anything new, so that it is not rebuilt under the user's hands. */

#include "config.h"

#include "pages/partners/ent-profile-data.h"

static void
add_item (GString              *text,
          const EntProfileItem *item)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s|%s|%s|%d\n", item->key, item->source,
                          item->title, item->detail, item->aside, item->state != NULL ? item->state : "", item->is_late);
}

static void
add_items (GString   *text,
           GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    add_item (text, g_ptr_array_index (items, i));
  g_string_append_c (text, '\n');
}

static void
add_links (GString              *text,
           const EntProfileData *self)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const EntProfileLink *link = g_ptr_array_index (self->links, i);

      g_string_append_printf (text, "%s|%" G_GINT64_FORMAT "|", link->kind, link->link);
      add_item (text, link->other);
    }
}

static void
add_overview (GString              *text,
              const EntProfileData *self)
{
  for (guint i = 0; i < self->figures->len; i++)
    {
      const EntProfileFigure *figure = g_ptr_array_index (self->figures, i);

      g_string_append_printf (text, "%s|%s\n", figure->label, figure->value);
    }
  for (guint i = 0; i < self->lines->len; i++)
    add_items (text, ((EntProfileLines *) g_ptr_array_index (self->lines, i))->items);
  add_items (text, self->due);
  add_items (text, self->timeline);
  add_links (text, self);
}

char *
ent_profile_digest (const EntProfileData *self,
                    EntProfileTab         tab)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%d\n", self->is_binned);
  if (tab == ENT_PROFILE_TAB_OVERVIEW)
    add_overview (text, self);
  if (tab == ENT_PROFILE_TAB_RELATIONS)
    add_links (text, self);
  for (guint i = 0; i < self->sections->len; i++)
    {
      const EntProfileSection *section = g_ptr_array_index (self->sections, i);

      if (section->tab != tab)
        continue;
      g_string_append_printf (text, "%s|%" G_GINT64_FORMAT "\n", section->title, section->count);
      add_items (text, section->items);
    }
  return g_string_free (text, FALSE);
}
