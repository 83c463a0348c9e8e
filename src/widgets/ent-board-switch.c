/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <glib/gi18n.h>

/* Narrow boards show one column at a time. */

/* Below this the board shows one column at a time; grows with the text. */
#define NARROW "max-width: 540sp"

void
ent_board_update_switcher (EntBoard *self)
{
  g_autoptr (GtkStringList) names = NULL;

  if (!self->narrow)
    return;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->lanes->len; i++)
    gtk_string_list_take (names, g_strdup_printf ("%s · %u", ent_board_lane_at (self, i)->title,
                                                  ent_board_keys_get_n (ent_board_lane_at (self, i)->keys)));
  self->switching = TRUE;
  gtk_drop_down_set_model (self->place, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->place, self->current);
  self->switching = FALSE;
  gtk_widget_set_sensitive (self->previous, self->current > 0);
  gtk_widget_set_sensitive (self->next, self->current + 1 < self->lanes->len);
}

void
ent_board_update_lanes (EntBoard *self)
{
  self->current = MIN (self->current, self->lanes->len > 0 ? self->lanes->len - 1 : 0);
  for (guint i = 0; i < self->lanes->len; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (ent_board_lane_at (self, i)), !self->narrow || i == self->current);
      gtk_widget_set_visible (gtk_widget_get_first_child (ent_board_lane_at (self, i)->header), !self->narrow);
    }
  gtk_widget_set_visible (self->switcher, self->narrow && self->lanes->len > 1);
  ent_board_update_switcher (self);
}

void
ent_board_show_lane (EntBoard *self,
                     guint     nth)
{
  if (nth >= self->lanes->len || nth == self->current)
    return;
  self->current = nth;
  if (self->narrow)
    ent_board_update_lanes (self);
}

static void
set_narrow (EntBoard *self,
            gboolean  narrow)
{
  EntBoardLane *lane = ent_board_lane_of (self, self->selected, NULL);

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  if (narrow && lane != NULL)
    self->current = ent_board_index_of (self, lane);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  ent_board_update_lanes (self);
  g_object_notify (G_OBJECT (self), "narrow");
}

static void
apply_cb (EntBoard *self)
{
  set_narrow (self, TRUE);
}

static void
unapply_cb (EntBoard *self)
{
  set_narrow (self, FALSE);
}

static void
previous_cb (EntBoard *self)
{
  if (self->current > 0)
    ent_board_show_lane (self, self->current - 1);
}

static void
next_cb (EntBoard *self)
{
  ent_board_show_lane (self, self->current + 1);
}

static void
place_cb (EntBoard *self)
{
  if (!self->switching && gtk_drop_down_get_selected (self->place) != GTK_INVALID_LIST_POSITION)
    ent_board_show_lane (self, gtk_drop_down_get_selected (self->place));
}

static GtkWidget *
new_step (EntBoard   *self,
          const char *icon,
          const char *label,
          GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->switcher), button);
  return button;
}

void
ent_board_init_switcher (EntBoard *self)
{
  self->switcher = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->switcher, "board-switcher");
  self->previous = new_step (self, "go-previous-symbolic", _("Previous Column"), G_CALLBACK (previous_cb));
  self->place = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->place), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Column"), -1);
  g_signal_connect_swapped (self->place, "notify::selected", G_CALLBACK (place_cb), self);
  gtk_box_append (GTK_BOX (self->switcher), GTK_WIDGET (self->place));
  self->next = new_step (self, "go-next-symbolic", _("Next Column"), G_CALLBACK (next_cb));
  gtk_widget_set_visible (self->switcher, FALSE);
}

AdwBreakpoint *
ent_board_new_breakpoint (EntBoard *self)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse (NARROW));

  g_signal_connect_swapped (breakpoint, "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect_swapped (breakpoint, "unapply", G_CALLBACK (unapply_cb), self);
  return breakpoint;
}
