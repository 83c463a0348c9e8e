/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-list.h"

#include <glib/gi18n.h>

#include "pages/onboarding/ent-plan-row.h"

struct _EntPlanList
{
  GtkWidget parent_instance;

  EntPlanData *data;
  GtkWidget   *list;
  EntKey       selected;
  gboolean     is_filling;
};

enum
{
  SIGNAL_SELECTED,
  SIGNAL_DONE_CHANGED,
  SIGNAL_REORDER,
  SIGNAL_SHIFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntPlanList, ent_plan_list, GTK_TYPE_WIDGET)

static EntPlanRow *
get_row (EntPlanList *self,
         guint        index)
{
  return (EntPlanRow *) gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index);
}

/* --- Blocks -------------------------------------------------------------------------------------------------- */

static void
count_block (EntPlanList *self,
             const char  *section,
             guint       *n_done,
             guint       *n)
{
  *n_done = *n = 0;
  for (guint i = 0; i < self->data->run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (self->data->run, i);

      if (!g_str_equal (item->section, section) || (!item->is_open && !item->is_done))
        continue;
      (*n)++;
      *n_done += item->is_done;
    }
}

static GtkWidget *
new_header (EntPlanList *self,
            const char  *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (*section != '\0' ? section : _("Other"));
  g_autofree char *text = NULL;
  GtkWidget *count;
  guint n_done, n;

  count_block (self, section, &n_done, &n);
  /* Translators: items that are done, of all: "6 of 7". */
  text = g_strdup_printf (_("%u of %u"), n_done, n);
  count = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (box, "plan-block");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  return box;
}

static void
header_func (GtkListBoxRow *row,
             GtkListBoxRow *before,
             gpointer       user_data)
{
  const char *section = ent_plan_row_get_section (ENT_PLAN_ROW (row));

  if (before == NULL || g_strcmp0 (section, ent_plan_row_get_section (ENT_PLAN_ROW (before))) != 0)
    gtk_list_box_row_set_header (row, new_header (user_data, section));
  else
    gtk_list_box_row_set_header (row, NULL);
}

/* --- Input ------------------------------------------------------------------------------------------------------ */

static void
row_selected_cb (EntPlanList   *self,
                 GtkListBoxRow *row)
{
  EntKey key = row != NULL ? ent_plan_row_get_key (ENT_PLAN_ROW (row)) : 0;

  if (self->is_filling || key == self->selected || key == 0)
    return;
  self->selected = key;
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, key);
}

static void
toggled_cb (EntPlanRow  *row,
            gboolean     done,
            EntPlanList *self)
{
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
  g_signal_emit (self, signals[SIGNAL_DONE_CHANGED], 0, ent_plan_row_get_key (row), done);
}

static void
toggle_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (ENT_PLAN_LIST (widget)->list));

  if (row != NULL)
    ent_plan_row_toggle (ENT_PLAN_ROW (row));
}

static void
reorder_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  EntPlanList *self = ENT_PLAN_LIST (widget);
  int step = g_variant_get_int32 (parameter);
  guint index = self->data != NULL ? ent_onboard_run_find (self->data->run, self->selected) : G_MAXUINT;
  guint n = self->data != NULL ? self->data->run->items->len : 0;
  guint before;

  if (index == G_MAXUINT || (step < 0 && index == 0) || (step > 0 && index + 1 >= n))
    return;
  before = step < 0 ? index - 1 : index + 2;
  g_signal_emit (self, signals[SIGNAL_REORDER], 0, self->selected,
                 before < n ? ent_onboard_run_get (self->data->run, before)->key : (EntKey) 0);
}

static void
shift_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  EntPlanList *self = ENT_PLAN_LIST (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int days;
  gboolean alone;

  g_variant_get (parameter, "(ib)", &days, &alone);
  if (self->selected != 0)
    g_signal_emit (self, signals[SIGNAL_SHIFT], 0, self->selected, rtl ? -days : days, alone);
}

/* --- Dragging ---------------------------------------------------------------------------------------------------- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 EntPlanRow    *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (G_TYPE_INT64, ent_plan_row_get_key (row));
}

static gboolean
drop_cb (EntPlanRow    *row,
         const GValue  *value,
         double         x,
         double         y,
         GtkDropTarget *target)
{
  EntPlanList *self = ENT_PLAN_LIST (gtk_widget_get_ancestor (GTK_WIDGET (row), ENT_TYPE_PLAN_LIST));
  EntKey key = g_value_get_int64 (value);
  guint index = ent_onboard_run_find (self->data->run, ent_plan_row_get_key (row));
  guint before = y > gtk_widget_get_height (GTK_WIDGET (row)) / 2.0 ? index + 1 : index;

  if (ent_onboard_run_find (self->data->run, key) == G_MAXUINT || key == ent_plan_row_get_key (row))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_REORDER], 0, key,
                 before < self->data->run->items->len ? ent_onboard_run_get (self->data->run, before)->key : (EntKey) 0);
  return TRUE;
}

static void
add_row (EntPlanList *self,
         guint        index)
{
  GtkWidget *row = ent_plan_row_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (row, "toggled", G_CALLBACK (toggled_cb), self, 0);
  ent_plan_row_set_item (ENT_PLAN_ROW (row), self->data, index);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* --- Object ------------------------------------------------------------------------------------------------------- */

static void
ent_plan_list_dispose (GObject *object)
{
  EntPlanList *self = ENT_PLAN_LIST (object);

  if (self->list != NULL)
    gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), NULL, NULL, NULL);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->data, ent_plan_data_unref);
  G_OBJECT_CLASS (ent_plan_list_parent_class)->dispose (object);
}

static void
bind_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding_action (klass, GDK_KEY_space, 0, "list.toggle-done", NULL);
  for (int step = -1; step <= 1; step += 2)
    {
      guint way = step < 0 ? GDK_KEY_Left : GDK_KEY_Right;

      gtk_widget_class_add_binding_action (klass, step < 0 ? GDK_KEY_Up : GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                           "list.reorder-item", "i", step);
      gtk_widget_class_add_binding_action (klass, way, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "list.shift-item", "(ib)", step,
                                           FALSE);
      gtk_widget_class_add_binding_action (klass, way, GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK, "list.shift-item",
                                           "(ib)", step, TRUE);
    }
}

static void
ent_plan_list_class_init (EntPlanListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_plan_list_dispose;
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_INT64);
  signals[SIGNAL_DONE_CHANGED] = g_signal_new ("done-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                               G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[SIGNAL_REORDER] = g_signal_new ("reorder", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_SHIFT] = g_signal_new ("shift", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                        G_TYPE_INT64, G_TYPE_INT, G_TYPE_BOOLEAN);
  gtk_widget_class_install_action (widget_class, "list.toggle-done", NULL, toggle_cb);
  gtk_widget_class_install_action (widget_class, "list.reorder-item", "i", reorder_cb);
  gtk_widget_class_install_action (widget_class, "list.shift-item", "(ib)", shift_cb);
  bind_keys (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ent_plan_list_init (EntPlanList *self)
{
  self->list = gtk_list_box_new ();
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->list, "plan-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_tab_behavior (GTK_LIST_BOX (self->list), GTK_LIST_TAB_ITEM);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_func, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Checklist"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
}

/* Once the rows have their places. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (ENT_PLAN_LIST (widget)->list));
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  if (row != NULL && viewport != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), GTK_WIDGET (row), NULL);
  return G_SOURCE_REMOVE;
}

/* Rows are filled anew rather than made anew, so that focus and place stay. */
void
ent_plan_list_set_data (EntPlanList *self,
                        EntPlanData *data)
{
  guint n = data->run->items->len;
  EntPlanData *old = self->data;
  gboolean had_focus;

  g_return_if_fail (ENT_IS_PLAN_LIST (self));

  self->data = ent_plan_data_ref (data);
  g_clear_pointer (&old, ent_plan_data_unref);
  had_focus = gtk_widget_get_focus_child (self->list) != NULL;
  self->is_filling = TRUE;
  for (guint i = 0; i < n; i++)
    {
      if (get_row (self, i) == NULL)
        add_row (self, i);
      else
        ent_plan_row_set_item (get_row (self, i), data, i);
    }
  while (get_row (self, n) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (get_row (self, n)));
  gtk_list_box_invalidate_headers (GTK_LIST_BOX (self->list));
  self->is_filling = FALSE;
  ent_plan_list_set_selected (self, self->selected);
  if (had_focus)
    ent_plan_list_focus (self);
}

void
ent_plan_list_set_selected (EntPlanList *self,
                            EntKey       item)
{
  guint index = self->data != NULL ? ent_onboard_run_find (self->data->run, item) : G_MAXUINT;

  self->selected = item;
  self->is_filling = TRUE;
  if (index != G_MAXUINT)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (get_row (self, index)));
  self->is_filling = FALSE;
  if (index != G_MAXUINT)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

gboolean
ent_plan_list_focus (EntPlanList *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (ENT_IS_PLAN_LIST (self), FALSE);

  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
