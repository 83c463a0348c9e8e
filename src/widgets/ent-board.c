/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

/* Cards that come and go in a column at once, whatever else is in the frame. */
#define FEW 60

enum { PROP_CONTEXT = 1, PROP_SELECTED, PROP_MENU_MODEL, PROP_REORDERABLE, PROP_MOVABLE, PROP_NARROW, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EntBoard, ent_board, GTK_TYPE_WIDGET)

/* --- Finding ------------------------------------------------------------------------------------------------ */

EntBoardLane *
ent_board_lane_at (EntBoard *self,
                   guint     nth)
{
  return g_ptr_array_index (self->lanes, nth);
}

EntBoardLane *
ent_board_lookup (EntBoard   *self,
                  const char *id)
{
  for (guint i = 0; i < self->lanes->len; i++)
    if (g_str_equal (ent_board_lane_at (self, i)->id, id))
      return ent_board_lane_at (self, i);
  return NULL;
}

EntBoardLane *
ent_board_lane_of (EntBoard *self,
                   EntKey    key,
                   guint    *position)
{
  for (guint i = 0; key != 0 && i < self->lanes->len; i++)
    {
      int at = ent_board_keys_find (ent_board_lane_at (self, i)->keys, key);

      if (at < 0)
        continue;
      if (position != NULL)
        *position = (guint) at;
      return ent_board_lane_at (self, i);
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
  widget_class->root = ent_board_root;
  widget_class->unroot = ent_board_unroot;
  install_properties (object_class);
  g_signal_new ("card-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT64);
  g_signal_new ("card-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 4, G_TYPE_INT64, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "board");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  ent_board_class_init_keys (widget_class);
}

static void
build_bin (EntBoard *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->box), TRUE);
  gtk_widget_add_css_class (self->box, "board-columns");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  ent_board_init_switcher (self);
  gtk_box_append (GTK_BOX (content), self->switcher);
  gtk_box_append (GTK_BOX (content), self->scrolled);

  self->bin = adw_breakpoint_bin_new ();
  gtk_widget_set_size_request (self->bin, 240, 200);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self->bin), content);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self->bin), ent_board_new_breakpoint (self));
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
  ent_board_follow_selected (self);
  ent_board_update_lanes (self);
}

/* --- What it shows ------------------------------------------------------------------------------------------ */

/* Filling a column takes half a frame, since lists keep two hundred cards ready: one column a frame, those in sight and
 * with the fewest cards first. */
static gboolean
is_due_before (EntBoardLane *a,
               EntBoardLane *b)
{
  gboolean a_visible = gtk_widget_get_visible (GTK_WIDGET (a)), b_visible = gtk_widget_get_visible (GTK_WIDGET (b));

  if (a_visible != b_visible)
    return a_visible;
  return ent_board_keys_get_n_shown (a->keys) < ent_board_keys_get_n_shown (b->keys);
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
      EntBoardLane *lane = ent_board_lane_at (self, i);

      if (!ent_board_keys_is_flushed (lane->keys) && (due == NULL || is_due_before (lane, due)))
        due = lane;
    }
  if (due != NULL)
    {
      ent_board_lane_flush_some (due);
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
  ent_board_follow_selected (self);
  ent_board_update_switcher (self);
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
    ent_board_lane_why_changed (ent_board_lane_at (self, i));
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
    ent_board_lane_refresh (ent_board_lane_at (self, i), key);
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
