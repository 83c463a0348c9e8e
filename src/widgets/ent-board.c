/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/ent-announce.h"

/* Below this the board shows one column at a time; grows with the text. */
#define NARROW "max-width: 540sp"
/* Cards that come and go in a column at once, whatever else is in the frame. */
#define FEW 60

enum { PROP_CONTEXT = 1, PROP_SELECTED, PROP_MENU_MODEL, PROP_REORDERABLE, PROP_MOVABLE, PROP_NARROW, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { SIGNAL_ACTIVATED, SIGNAL_MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntBoard, ent_board, GTK_TYPE_WIDGET)

/* --- Finding ------------------------------------------------------------------------------------------------ */

static EntBoardLane *
lane_at (EntBoard *self,
         guint     nth)
{
  return g_ptr_array_index (self->lanes, nth);
}

EntBoardLane *
ent_board_lookup (EntBoard   *self,
                  const char *id)
{
  for (guint i = 0; i < self->lanes->len; i++)
    if (g_str_equal (lane_at (self, i)->id, id))
      return lane_at (self, i);
  return NULL;
}

EntBoardLane *
ent_board_lane_of (EntBoard *self,
                   EntKey    key,
                   guint    *position)
{
  for (guint i = 0; key != 0 && i < self->lanes->len; i++)
    {
      int at = ent_board_keys_find (lane_at (self, i)->keys, key);

      if (at < 0)
        continue;
      if (position != NULL)
        *position = (guint) at;
      return lane_at (self, i);
    }
  return NULL;
}

guint
ent_board_index_of (EntBoard     *self,
                    EntBoardLane *lane)
{
  guint index = 0;

  g_ptr_array_find (self->lanes, lane, &index);
  return index;
}

void
ent_board_fill (EntBoard     *self,
                EntKey        key,
                EntBoardCard *card)
{
  if (self->card_func != NULL)
    self->card_func (self, key, card, self->card_data);
}

int
ent_board_get_line (EntBoard *self)
{
  PangoFontMetrics *metrics;

  if (self->line > 0)
    return self->line;
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  self->line = (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics)) / PANGO_SCALE;
  pango_font_metrics_unref (metrics);
  return self->line;
}

/* --- Selection ---------------------------------------------------------------------------------------------- */

static void
set_selected (EntBoard *self,
              EntKey    key)
{
  if (self->selected == key)
    return;
  self->selected = key;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/* One card on the whole board is selected: what another column had is let go. */
static void
select_only (EntBoard     *self,
             EntBoardLane *lane,
             guint         position)
{
  gboolean before = self->selecting;

  self->selecting = TRUE;
  if (lane != NULL)
    ent_board_lane_flush (lane);
  for (guint i = 0; i < self->lanes->len; i++)
    gtk_single_selection_set_selected (lane_at (self, i)->selection,
                                       lane_at (self, i) == lane ? position : GTK_INVALID_LIST_POSITION);
  self->selecting = before;
}

void
ent_board_selection_cb (EntBoard     *self,
                        EntBoardLane *lane)
{
  EntBoardItem *item = gtk_single_selection_get_selected_item (lane->selection);

  if (self->selecting)
    return;
  if (item != NULL)
    {
      select_only (self, lane, gtk_single_selection_get_selected (lane->selection));
      self->lost = 0;
      set_selected (self, ent_board_item_get_key (item));
    }
  else if (ent_board_lane_of (self, self->selected, NULL) == lane || ent_board_lane_of (self, self->selected, NULL) == NULL)
    set_selected (self, 0);
}

/* After the keys of a column changed: the selected card may have come, gone, or moved. */
static void
follow_selected (EntBoard *self)
{
  EntKey key = self->selected != 0 ? self->selected : self->lost;
  guint position = GTK_INVALID_LIST_POSITION;
  EntBoardLane *lane = ent_board_lane_of (self, key, &position);

  if (key == 0)
    return;
  if (lane != NULL)
    select_only (self, lane, position);
  self->lost = lane == NULL ? key : 0;
  set_selected (self, lane != NULL ? key : 0);
}

/* --- One column at a time ------------------------------------------------------------------------------------ */

static void
update_switcher (EntBoard *self)
{
  g_autoptr (GtkStringList) names = NULL;

  if (!self->narrow)
    return;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->lanes->len; i++)
    gtk_string_list_take (names, g_strdup_printf ("%s · %u", lane_at (self, i)->title,
                                                  ent_board_keys_get_n (lane_at (self, i)->keys)));
  self->switching = TRUE;
  gtk_drop_down_set_model (self->place, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->place, self->current);
  self->switching = FALSE;
  gtk_widget_set_sensitive (self->previous, self->current > 0);
  gtk_widget_set_sensitive (self->next, self->current + 1 < self->lanes->len);
}

static void
update_lanes (EntBoard *self)
{
  self->current = MIN (self->current, self->lanes->len > 0 ? self->lanes->len - 1 : 0);
  for (guint i = 0; i < self->lanes->len; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (lane_at (self, i)), !self->narrow || i == self->current);
      gtk_widget_set_visible (gtk_widget_get_first_child (lane_at (self, i)->header), !self->narrow);
    }
  gtk_widget_set_visible (self->switcher, self->narrow && self->lanes->len > 1);
  update_switcher (self);
}

void
ent_board_show_lane (EntBoard *self,
                     guint     nth)
{
  if (nth >= self->lanes->len || nth == self->current)
    return;
  self->current = nth;
  if (self->narrow)
    update_lanes (self);
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
  update_lanes (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
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

/* --- Moving ------------------------------------------------------------------------------------------------- */

gboolean
ent_board_may_drop (EntBoard     *self,
                    EntKey        key,
                    EntBoardLane *to)
{
  EntBoardLane *from = ent_board_lane_of (self, key, NULL);

  if (!self->movable || from == NULL)
    return FALSE;
  if (from == to)
    return self->reorderable;
  return self->drop_func == NULL || self->drop_func (self, key, from->id, to->id, self->drop_data);
}

static gboolean
has_focus (EntBoard *self,
           EntKey    key)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  EntBoardTile *tile = root != NULL ? ent_board_tile_from_widget (gtk_root_get_focus (root)) : NULL;

  return tile != NULL && ent_board_tile_get_key (tile) == key;
}

void
ent_board_put (EntBoard   *self,
               EntKey      key,
               const char *column,
               guint       position)
{
  g_autoptr (EntBoardItem) item = NULL; /* stays the same object on its way */
  EntBoardLane *from, *to;
  gboolean focus, before = self->selecting;
  guint at;

  g_return_if_fail (ENT_IS_BOARD (self));

  from = ent_board_lane_of (self, key, &at);
  to = ent_board_lookup (self, column);
  if (from == NULL || to == NULL)
    return;
  focus = has_focus (self, key);
  item = g_list_model_get_item (G_LIST_MODEL (from->keys), at);
  self->selecting = TRUE;
  ent_board_keys_remove (from->keys, at);
  position = MIN (position, ent_board_keys_get_n (to->keys));
  ent_board_keys_insert (to->keys, position, key);
  self->selecting = before;
  if (self->selected == key)
    select_only (self, to, position);
  if (self->narrow && focus)
    ent_board_show_lane (self, ent_board_index_of (self, to));
  if (focus)
    ent_board_lane_show (to, position, TRUE);
  update_switcher (self);
}

static void
announce_move (EntBoard     *self,
               EntKey        key,
               EntBoardLane *to,
               guint         position)
{
  EntBoardCard card;
  g_autofree char *text = NULL;

  ent_board_card_init (&card);
  ent_board_fill (self, key, &card);
  /* Translators: "Contoso moved to Qualified, 3 of 12" */
  text = g_strdup_printf (_("%s moved to %s, %u of %u"), card.title != NULL ? card.title : "", to->title, position + 1,
                          ent_board_keys_get_n (to->keys));
  ent_announce (GTK_WIDGET (self), text, FALSE);
  ent_board_card_clear (&card);
}

gboolean
ent_board_move (EntBoard     *self,
                EntKey        key,
                EntBoardLane *to,
                guint         position)
{
  g_autoptr (EntBoard) hold = g_object_ref (self);
  guint at = 0;
  EntBoardLane *from = ent_board_lane_of (self, key, &at);
  g_autofree char *from_id = NULL, *to_id = NULL;

  if (from == NULL || !ent_board_may_drop (self, key, to))
    return FALSE;
  if (from == to && position > at)
    position--;
  if (from == to && position == at)
    return FALSE;
  position = MIN (position, ent_board_keys_get_n (to->keys));
  from_id = g_strdup (from->id);
  to_id = g_strdup (to->id);
  self->moved = key;
  g_set_str (&self->moved_from, from_id);
  self->moved_position = at;
  ent_board_put (self, key, to_id, position);
  announce_move (self, key, to, position);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, key, from_id, to_id, position);
  return TRUE;
}

void
ent_board_revert (EntBoard *self,
                  EntKey    key)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  if (self->moved != key || key == 0)
    return;
  ent_board_put (self, key, self->moved_from, self->moved_position);
  self->moved = 0;
}

/* --- The widget ---------------------------------------------------------------------------------------------- */

static void
clear_func (gpointer       *data,
            GDestroyNotify *destroy)
{
  gpointer old = g_steal_pointer (data);
  GDestroyNotify func = *destroy;

  *destroy = NULL;
  if (func != NULL)
    func (old);
}

static void
ent_board_dispose (GObject *object)
{
  EntBoard *self = ENT_BOARD (object);

  g_clear_handle_id (&self->hover_timeout, g_source_remove);
  self->selecting = TRUE;
  g_ptr_array_set_size (self->lanes, 0);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->bin, gtk_widget_unparent);
  self->card_func = NULL;
  self->why_func = NULL;
  self->drop_func = NULL;
  clear_func (&self->card_data, &self->card_destroy);
  clear_func (&self->why_data, &self->why_destroy);
  clear_func (&self->drop_data, &self->drop_destroy);
  g_clear_object (&self->menu);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_board_parent_class)->dispose (object);
}

static void
ent_board_css_changed (GtkWidget         *widget,
                       GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ent_board_parent_class)->css_changed (widget, change);
  ENT_BOARD (widget)->line = 0;
}

static void
ent_board_finalize (GObject *object)
{
  EntBoard *self = ENT_BOARD (object);

  g_ptr_array_unref (self->lanes);
  g_hash_table_unref (self->live);
  g_free (self->moved_from);
  G_OBJECT_CLASS (ent_board_parent_class)->finalize (object);
}

static void
ent_board_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EntBoard *self = ENT_BOARD (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, self->context);
      break;
    case PROP_SELECTED:
      g_value_set_int64 (value, self->selected);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu);
      break;
    case PROP_REORDERABLE:
      g_value_set_boolean (value, self->reorderable);
      break;
    case PROP_MOVABLE:
      g_value_set_boolean (value, self->movable);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_flag (EntBoard   *self,
          gboolean   *flag,
          gboolean    value,
          GParamSpec *pspec)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ent_board_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EntBoard *self = ENT_BOARD (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      self->context = g_value_dup_object (value);
      break;
    case PROP_SELECTED:
      ent_board_select (self, g_value_get_int64 (value), FALSE);
      break;
    case PROP_MENU_MODEL:
      ent_board_set_menu_model (self, g_value_get_object (value));
      break;
    case PROP_REORDERABLE:
      set_flag (self, &self->reorderable, g_value_get_boolean (value), pspec);
      break;
    case PROP_MOVABLE:
      set_flag (self, &self->movable, g_value_get_boolean (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ENT_TYPE_CONTEXT,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_SELECTED] = g_param_spec_int64 ("selected", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  props[PROP_REORDERABLE] = g_param_spec_boolean ("reorderable", NULL, NULL, TRUE, flags);
  props[PROP_MOVABLE] = g_param_spec_boolean ("movable", NULL, NULL, TRUE, flags);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (klass, N_PROPS, props);
}

static void
ent_board_class_init (EntBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_board_dispose;
  object_class->finalize = ent_board_finalize;
  object_class->get_property = ent_board_get_property;
  object_class->set_property = ent_board_set_property;
  widget_class->css_changed = ent_board_css_changed;
  install_properties (object_class);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("card-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_MOVED] = g_signal_new ("card-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 4, G_TYPE_INT64, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "board");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  ent_board_class_init_keys (widget_class);
}

static void
build_switcher (EntBoard *self)
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

static void
build_bin (EntBoard *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse (NARROW));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->box), TRUE);
  gtk_widget_add_css_class (self->box, "board-columns");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  build_switcher (self);
  gtk_box_append (GTK_BOX (content), self->switcher);
  gtk_box_append (GTK_BOX (content), self->scrolled);

  self->bin = adw_breakpoint_bin_new ();
  gtk_widget_set_size_request (self->bin, 240, 200);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self->bin), content);
  g_signal_connect_swapped (breakpoint, "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect_swapped (breakpoint, "unapply", G_CALLBACK (unapply_cb), self);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self->bin), breakpoint);
  gtk_widget_set_parent (self->bin, GTK_WIDGET (self));
}

static void
ent_board_init (EntBoard *self)
{
  self->reorderable = self->movable = TRUE;
  self->lanes = g_ptr_array_new ();
  self->live = g_hash_table_new (g_int64_hash, g_int64_equal);
  build_bin (self);
  ent_board_init_input (self);
  ent_board_init_drag (self);
}

GtkWidget *
ent_board_new (EntContext *context)
{
  return g_object_new (ENT_TYPE_BOARD, "context", context, NULL);
}

/* Columns that stay are taken over, so that they keep their cards and their place. */
void
ent_board_set_columns (EntBoard             *self,
                       const EntBoardColumn *columns,
                       guint                 n_columns)
{
  g_autoptr (GPtrArray) old = NULL;
  GtkWidget *after = NULL;

  g_return_if_fail (ENT_IS_BOARD (self));

  old = g_steal_pointer (&self->lanes);
  self->lanes = g_ptr_array_new ();
  for (guint i = 0; i < n_columns; i++)
    {
      EntBoardLane *lane = NULL;

      for (guint j = 0; j < old->len && lane == NULL; j++)
        if (g_str_equal (((EntBoardLane *) g_ptr_array_index (old, j))->id, columns[i].id))
          lane = g_ptr_array_steal_index (old, j);
      if (lane == NULL)
        {
          lane = ent_board_lane_new (self, columns[i].id);
          gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (lane));
        }
      if (gtk_widget_get_prev_sibling (GTK_WIDGET (lane)) != after)
        gtk_box_reorder_child_after (GTK_BOX (self->box), GTK_WIDGET (lane), after);
      g_ptr_array_add (self->lanes, lane);
      ent_board_lane_set_info (lane, &columns[i]);
      after = GTK_WIDGET (lane);
    }
  for (guint i = 0; i < old->len; i++)
    gtk_box_remove (GTK_BOX (self->box), g_ptr_array_index (old, i));
  follow_selected (self);
  update_lanes (self);
}

/* --- What it shows ------------------------------------------------------------------------------------------ */

/* Filling a column takes half a frame, since lists keep two hundred cards ready: one column a frame, those in sight
 * first. */
static gboolean
is_visible (EntBoardLane *lane)
{
  return gtk_widget_get_visible (GTK_WIDGET (lane));
}

static gboolean
flush_tick_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       data)
{
  EntBoard *self = ENT_BOARD (widget);
  EntBoardLane *due = NULL;

  for (guint i = 0; i < self->lanes->len; i++)
    {
      EntBoardLane *lane = lane_at (self, i);

      if (!ent_board_keys_is_flushed (lane->keys) && (due == NULL || (!is_visible (due) && is_visible (lane))))
        due = lane;
    }
  if (due != NULL)
    {
      ent_board_lane_flush (due);
      return G_SOURCE_CONTINUE;
    }
  self->flush_tick = 0;
  return G_SOURCE_REMOVE;
}

void
ent_board_set_keys (EntBoard     *self,
                    const char   *column,
                    const EntKey *keys,
                    gsize         n_keys)
{
  EntBoardLane *lane;

  g_return_if_fail (ENT_IS_BOARD (self));
  g_return_if_fail (n_keys == 0 || keys != NULL);

  lane = ent_board_lookup (self, column);
  g_return_if_fail (lane != NULL);
  if (!ent_board_keys_set (lane->keys, keys, n_keys))
    return;
  if (n_keys + g_list_model_get_n_items (G_LIST_MODEL (lane->keys)) <= FEW)
    ent_board_lane_flush (lane);
  else if (self->flush_tick == 0)
    self->flush_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), flush_tick_cb, NULL, NULL);
  ent_board_lane_count (lane);
  follow_selected (self);
  update_switcher (self);
}

void
ent_board_set_card_func (EntBoard         *self,
                         EntBoardCardFunc  func,
                         gpointer          user_data,
                         GDestroyNotify    destroy)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  clear_func (&self->card_data, &self->card_destroy);
  self->card_func = func;
  self->card_data = user_data;
  self->card_destroy = destroy;
  ent_board_refresh (self, 0);
}

void
ent_board_set_why_func (EntBoard        *self,
                        EntBoardWhyFunc  func,
                        gpointer         user_data,
                        GDestroyNotify   destroy)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  clear_func (&self->why_data, &self->why_destroy);
  self->why_func = func;
  self->why_data = user_data;
  self->why_destroy = destroy;
  for (guint i = 0; i < self->lanes->len; i++)
    ent_board_lane_why_changed (lane_at (self, i));
}

void
ent_board_set_drop_func (EntBoard         *self,
                         EntBoardDropFunc  func,
                         gpointer          user_data,
                         GDestroyNotify    destroy)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  clear_func (&self->drop_data, &self->drop_destroy);
  self->drop_func = func;
  self->drop_data = user_data;
  self->drop_destroy = destroy;
}

void
ent_board_refresh (EntBoard *self,
                   EntKey    key)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  for (guint i = 0; i < self->lanes->len; i++)
    ent_board_lane_refresh (lane_at (self, i), key);
}

gboolean
ent_board_find (EntBoard    *self,
                EntKey       key,
                const char **column,
                guint       *position)
{
  EntBoardLane *lane;

  g_return_val_if_fail (ENT_IS_BOARD (self), FALSE);

  lane = ent_board_lane_of (self, key, position);
  if (lane != NULL && column != NULL)
    *column = lane->id;
  return lane != NULL;
}

guint
ent_board_get_n_cards (EntBoard   *self,
                       const char *column)
{
  EntBoardLane *lane;

  g_return_val_if_fail (ENT_IS_BOARD (self), 0);

  lane = ent_board_lookup (self, column);
  return lane != NULL ? ent_board_keys_get_n (lane->keys) : 0;
}

EntKey
ent_board_get_selected (EntBoard *self)
{
  g_return_val_if_fail (ENT_IS_BOARD (self), 0);
  return self->selected;
}

void
ent_board_select (EntBoard *self,
                  EntKey    key,
                  gboolean  focus)
{
  guint position = GTK_INVALID_LIST_POSITION;
  EntBoardLane *lane;

  g_return_if_fail (ENT_IS_BOARD (self));

  lane = ent_board_lane_of (self, key, &position);
  self->lost = 0;
  select_only (self, lane, position);
  if (lane != NULL)
    {
      ent_board_show_lane (self, ent_board_index_of (self, lane));
      ent_board_lane_show (lane, position, focus);
    }
  set_selected (self, lane != NULL ? key : 0);
}

void
ent_board_set_menu_model (EntBoard   *self,
                          GMenuModel *menu)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  if (!g_set_object (&self->menu, menu))
    return;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MENU_MODEL]);
}

char *
ent_board_describe (EntBoard *self,
                    EntKey    key)
{
  guint position;
  EntBoardLane *lane;
  EntBoardTile *tile;

  g_return_val_if_fail (ENT_IS_BOARD (self), NULL);

  lane = ent_board_lane_of (self, key, &position);
  tile = lane != NULL ? ent_board_lane_get_tile (lane, key) : NULL;
  return tile != NULL ? ent_board_lane_describe (lane, ent_board_tile_get_card (tile), position) : NULL;
}
