/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding records on the map. */

#include "config.h"

#include "pages/map/ent-map-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOUND_MOST 500

static void
show_found (EntMapPage *self)
{
  g_autofree char *text = g_strdup_printf (_("%u of %u"), self->found->len > 0 ? self->found_at + 1 : 0,
                                           self->found->len);

  gtk_label_set_label (self->found_label, text);
}

/* Titles that begin with the words come first. */
void
ent_map_page_search (EntMapPage *self)
{
  g_autofree char *key = ent_text_key (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  g_array_set_size (self->found, 0);
  self->found_at = 0;
  for (guint pass = 0; pass < 2 && *key != '\0' && self->keys != NULL; pass++)
    for (gint32 i = 0; self->keys[i] != NULL && self->found->len < FOUND_MOST; i++)
      {
        gboolean is_first = g_str_has_prefix (self->keys[i], key);

        if (pass == 0 ? is_first : !is_first && strstr (self->keys[i], key) != NULL)
          g_array_append_val (self->found, i);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->found_label), *key != '\0');
  show_found (self);
  if (self->painter == NULL)
    return;
  ent_map_painter_set_found (ent_map_canvas_begin (self->canvas), (const gint32 *) self->found->data, self->found->len);
  ent_map_canvas_end (self->canvas);
}

void
_ent_map_page_search_changed_cb (EntMapPage *self)
{
  ent_map_page_search (self);
}

/* Enter takes the first, then the next; a path that waits for its end takes it. */
static void
go_to_found (EntMapPage *self,
             int         step)
{
  gint32 node;

  if (self->found->len == 0)
    return;
  node = g_array_index (self->found, gint32, self->found_at);
  if (ent_map_canvas_get_selected (self->canvas) == node || step < 0)
    self->found_at = (self->found_at + self->found->len + step) % self->found->len;
  node = g_array_index (self->found, gint32, self->found_at);
  show_found (self);
  if (self->path_from >= 0 && node != self->path_from)
    ent_map_page_find_paths (self, node);
  else
    ent_map_page_select (self, node, TRUE);
}

void
_ent_map_page_search_next_cb (EntMapPage *self)
{
  go_to_found (self, 1);
}

void
_ent_map_page_search_previous_cb (EntMapPage *self)
{
  go_to_found (self, -1);
}

void
_ent_map_page_search_stopped_cb (EntMapPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}
