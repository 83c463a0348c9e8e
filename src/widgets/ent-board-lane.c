/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DESCRIBED 32 /* cards at a time */

G_DEFINE_FINAL_TYPE (EntBoardLane, ent_board_lane, GTK_TYPE_WIDGET)

/* --- Cards -------------------------------------------------------------------------------------------------- */

char *
ent_board_lane_describe (EntBoardLane       *self,
                         const EntBoardCard *card,
                         guint               position)
{
  g_autofree char *text = ent_board_card_describe (card);

  /* Translators: what a screen reader says of a card: "Contoso, $120K; column Qualified, 3 of 12" */
  return g_strdup_printf (_("%s; column %s, %u of %u"), text, self->title, position + 1, ent_board_keys_get_n (self->keys));
}

/* What a screen reader says of the cards follows when nothing else is to be done, a few at a time: for the rows out of
 * sight too, it would not fit into the frame that filters. */
static gboolean
describe_cb (gpointer data)
{
  EntBoardLane *self = data;
  guint left = DESCRIBED;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row != NULL && left > 0;
       row = gtk_widget_get_next_sibling (row))
    {
      EntBoardTile *tile = ent_board_tile_from_widget (row);
      GtkListItem *item = tile != NULL ? ent_board_tile_get_item (tile) : NULL;
      guint position = item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
      g_autofree char *text = NULL;

      if (position == GTK_INVALID_LIST_POSITION || !ent_board_tile_take_untold (tile, self->describing_round))
        continue;
      text = ent_board_lane_describe (self, ent_board_tile_get_card (tile), position);
      gtk_list_item_set_accessible_label (item, text);
      left--;
    }
  if (left == 0)
    return G_SOURCE_CONTINUE;
  self->describing = 0;
  return G_SOURCE_REMOVE;
}

static void
describe_later (EntBoardLane *self)
{
  self->describing_round++;
  if (self->describing == 0)
    self->describing = g_idle_add_full (G_PRIORITY_LOW, describe_cb, self, NULL);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          EntBoardLane       *self)
{
  gtk_list_item_set_child (item, ent_board_tile_new (self->board, item));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         EntBoardLane       *self)
{
  ent_board_tile_set_key (ENT_BOARD_TILE (gtk_list_item_get_child (item)),
                          ent_board_item_get_key (gtk_list_item_get_item (item)));
  describe_later (self);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           EntBoardLane       *self)
{
  ent_board_tile_set_key (ENT_BOARD_TILE (gtk_list_item_get_child (item)), 0);
}

static void
activate_cb (EntBoardLane *self,
             guint         position)
{
  EntKey key = ent_board_keys_get (self->keys, position);

  if (key != 0)
    g_signal_emit_by_name (self->board, "card-activated", key);
}

static void
selected_cb (EntBoardLane *self)
{
  ent_board_selection_cb (self->board, self);
}

/* --- Header ------------------------------------------------------------------------------------------------- */

void
ent_board_lane_count (EntBoardLane *self)
{
  guint n = ent_board_keys_get_n (self->keys);
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *label = g_strdup_printf (ngettext ("%s, %u card", "%s, %u cards", n), self->title, n);

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), n == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  describe_later (self);
}

static EntWhy *
why (EntBoardLane  *self,
     EntBoardTotal  which,
     EntWhyLabel   *label)
{
  return self->board->why_func (self->board, self->id, which, label, self->board->why_data);
}

static EntWhy *
total_why_cb (EntWhyLabel *label,
              gpointer     self)
{
  return why (self, ENT_BOARD_TOTAL, label);
}

static EntWhy *
weighted_why_cb (EntWhyLabel *label,
                 gpointer     self)
{
  return why (self, ENT_BOARD_WEIGHTED, label);
}

void
ent_board_lane_why_changed (EntBoardLane *self)
{
  gboolean has = self->board->why_func != NULL;

  ent_why_label_set_func (self->total, has ? total_why_cb : NULL, self, NULL);
  ent_why_label_set_func (self->weighted, has ? weighted_why_cb : NULL, self, NULL);
}

static const char *
symbol_of (EntTone tone)
{
  switch (tone)
    {
    case ENT_TONE_GOOD:
      return "object-select-symbolic";
    case ENT_TONE_WARNING:
      return "dialog-warning-symbolic";
    case ENT_TONE_BAD:
      return "dialog-error-symbolic";
    case ENT_TONE_ACCENT:
      return "media-record-symbolic";
    case ENT_TONE_NEUTRAL:
    case ENT_TONE_MUTED:
    default:
      return NULL;
    }
}

static void
set_tone (EntBoardLane *self,
          EntTone       tone)
{
  static const char * const classes[] = { NULL, "accent", "success", "warning", "error", NULL };

  if (classes[self->tone] != NULL)
    gtk_widget_remove_css_class (self->symbol, classes[self->tone]);
  self->tone = tone;
  if (classes[tone] != NULL)
    gtk_widget_add_css_class (self->symbol, classes[tone]);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->symbol), symbol_of (tone));
  gtk_widget_set_visible (self->symbol, symbol_of (tone) != NULL);
}

void
ent_board_lane_set_info (EntBoardLane         *self,
                         const EntBoardColumn *info)
{
  g_set_str (&self->title, info->title);
  gtk_label_set_label (self->name, info->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), info->title);
  ent_why_label_set_label (self->total, info->total);
  ent_why_label_set_label (self->weighted, info->weighted);
  gtk_widget_set_visible (GTK_WIDGET (self->total), info->total != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->weighted), info->weighted != NULL);
  gtk_widget_set_visible (self->totals, info->total != NULL || info->weighted != NULL);
  gtk_label_set_label (self->empty, info->empty != NULL ? info->empty : _("No cards"));
  set_tone (self, info->tone);
  ent_board_lane_count (self);
}

/* --- Where a card would be dropped --------------------------------------------------------------------------- */

/* The realized tile nearest to @y of the lane, among the list's children. */
static EntBoardTile *
tile_at (EntBoardLane *self,
         double        y,
         gboolean     *is_below)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      EntBoardTile *tile = ent_board_tile_from_widget (row);
      graphene_rect_t bounds;

      if (tile == NULL || ent_board_tile_get_key (tile) == 0 || !gtk_widget_get_child_visible (row) ||
          !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
        continue;
      if (y >= bounds.origin.y && y < bounds.origin.y + bounds.size.height)
        {
          *is_below = y >= bounds.origin.y + bounds.size.height / 2;
          return tile;
        }
    }
  return NULL;
}

static float
line_below (EntBoardLane *self,
            guint         position)
{
  graphene_rect_t bounds;
  EntBoardTile *tile;

  if (position > 0 && (tile = ent_board_lane_get_tile (self, ent_board_keys_get (self->keys, position - 1))) != NULL &&
      gtk_widget_compute_bounds (gtk_widget_get_parent (GTK_WIDGET (tile)), GTK_WIDGET (self), &bounds))
    return bounds.origin.y + bounds.size.height;
  if ((tile = ent_board_lane_get_tile (self, ent_board_keys_get (self->keys, position))) != NULL &&
      gtk_widget_compute_bounds (gtk_widget_get_parent (GTK_WIDGET (tile)), GTK_WIDGET (self), &bounds))
    return bounds.origin.y;
  if (gtk_widget_compute_bounds (self->scrolled, GTK_WIDGET (self), &bounds))
    return bounds.origin.y + 4;
  return 0;
}

/* The board's selection is of what was set, not of what the list goes through on its way there, where it may get lost. */
static void
flush (EntBoardLane *self,
       void        (*func) (EntBoardKeys *keys))
{
  gboolean before = self->board->selecting;
  int at;

  if (ent_board_keys_is_flushed (self->keys))
    return;
  self->board->selecting = TRUE;
  func (self->keys);
  at = self->board->selected != 0 ? ent_board_keys_find (self->keys, self->board->selected) : -1;
  if (at >= 0 && ent_board_keys_is_flushed (self->keys))
    gtk_single_selection_set_selected (self->selection, (guint) at);
  self->board->selecting = before;
}

void
ent_board_lane_flush (EntBoardLane *self)
{
  flush (self, ent_board_keys_flush);
}

void
ent_board_lane_flush_some (EntBoardLane *self)
{
  flush (self, ent_board_keys_flush_some);
}

static void
replaced_cb (EntBoardLane *self)
{
  gtk_list_view_scroll_to (self->view, 0, GTK_LIST_SCROLL_NONE, NULL);
}

guint
ent_board_lane_point (EntBoardLane *self,
                      double        x,
                      double        y)
{
  guint position = ent_board_keys_get_n (self->keys);
  graphene_rect_t list;
  gboolean is_below = FALSE;
  EntBoardTile *tile;

  ent_board_lane_flush (self);
  tile = tile_at (self, y, &is_below);
  if (tile != NULL)
    position = (guint) ent_board_keys_find (self->keys, ent_board_tile_get_key (tile)) + (is_below ? 1 : 0);
  else if (gtk_widget_compute_bounds (self->scrolled, GTK_WIDGET (self), &list) && y < list.origin.y)
    position = 0;
  self->line = self->board->reorderable ? line_below (self, position) : -1;
  gtk_widget_add_css_class (GTK_WIDGET (self), "target");
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return position;
}

void
ent_board_lane_unpoint (EntBoardLane *self)
{
  self->line = -1;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "target");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ent_board_lane_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  EntBoardLane *self = ENT_BOARD_LANE (widget);
  GskRoundedRect rect;
  GdkRGBA *accent;

  GTK_WIDGET_CLASS (ent_board_lane_parent_class)->snapshot (widget, snapshot);
  if (self->line < 0)
    return;
  accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (6, self->line - 1.5f, (float) gtk_widget_get_width (widget) - 12, 3),
                                   1.5f);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, accent, &rect.bounds);
  gtk_snapshot_pop (snapshot);
  gdk_rgba_free (accent);
}

/* --- The widget ---------------------------------------------------------------------------------------------- */

static void
ent_board_lane_dispose (GObject *object)
{
  EntBoardLane *self = ENT_BOARD_LANE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->describing, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->keys);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (ent_board_lane_parent_class)->dispose (object);
}

static void
ent_board_lane_class_init (EntBoardLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_board_lane_dispose;
  widget_class->snapshot = ent_board_lane_snapshot;
  gtk_widget_class_set_css_name (widget_class, "boardcolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ent_board_lane_init (EntBoardLane *self)
{
  self->line = -1;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
}

static void
build_header (EntBoardLane *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->header = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (self->header, "board-header");
  self->symbol = gtk_image_new ();
  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->name, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "board-count");
  gtk_box_append (GTK_BOX (head), self->symbol);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->count));

  self->total = ENT_WHY_LABEL (ent_why_label_new (self->board->context));
  self->weighted = ENT_WHY_LABEL (ent_why_label_new (self->board->context));
  gtk_widget_add_css_class (GTK_WIDGET (self->weighted), "dimmed");
  self->totals = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->totals, "board-totals");
  gtk_box_append (GTK_BOX (self->totals), GTK_WIDGET (self->total));
  gtk_box_append (GTK_BOX (self->totals), GTK_WIDGET (self->weighted));
  gtk_box_append (GTK_BOX (self->header), head);
  gtk_box_append (GTK_BOX (self->header), self->totals);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
build_list (EntBoardLane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *overlay = gtk_overlay_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->keys)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  /* One Tab a column; inside it arrows go from card to card. */
  gtk_list_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "board-cards");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_focusable (self->scrolled, FALSE);
  self->empty = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->empty, TRUE);
  gtk_label_set_justify (self->empty, GTK_JUSTIFY_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->empty), GTK_ALIGN_START);
  gtk_widget_set_can_target (GTK_WIDGET (self->empty), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "board-empty");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->empty));
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_widget_set_parent (overlay, GTK_WIDGET (self));
}

EntBoardLane *
ent_board_lane_new (EntBoard   *board,
                    const char *id)
{
  EntBoardLane *self = g_object_new (ENT_TYPE_BOARD_LANE, NULL);

  self->board = board;
  self->id = g_strdup (id);
  self->keys = ent_board_keys_new (board->live);
  build_header (self);
  build_list (self);
  ent_board_lane_why_changed (self);
  ent_board_lane_init_drop (self);
  g_signal_connect_object (self->keys, "items-changed", G_CALLBACK (ent_board_lane_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
  return self;
}

EntBoardTile *
ent_board_lane_get_tile (EntBoardLane *self,
                         EntKey        key)
{
  if (key == 0)
    return NULL;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      EntBoardTile *tile = ent_board_tile_from_widget (row);

      if (tile != NULL && ent_board_tile_get_key (tile) == key)
        return tile;
    }
  return NULL;
}

void
ent_board_lane_refresh (EntBoardLane *self,
                        EntKey        key)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      EntBoardTile *tile = ent_board_tile_from_widget (row);

      if (tile != NULL && ent_board_tile_get_key (tile) != 0 && (key == 0 || ent_board_tile_get_key (tile) == key))
        ent_board_tile_refresh (tile);
    }
  describe_later (self);
}

void
ent_board_lane_show (EntBoardLane *self,
                     guint         position,
                     gboolean      focus)
{
  ent_board_lane_flush (self);
  gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_SELECT | (focus ? GTK_LIST_SCROLL_FOCUS : 0), NULL);
  /* The list only says which of its cards would have the focus. */
  if (focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
