/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-table.h"

#include <glib/gi18n.h>

#include "widgets/ent-table-header.h"
#include "widgets/ent-table-row.h"

#define DESCRIBED 24 /* rows at a time */

struct _EntRecordTable
{
  GtkWidget            parent;
  EntContext          *context;
  EntRecordList       *list;
  EntTableColumns     *columns;
  GtkMultiSelection   *selection;
  GtkWidget           *header;
  GtkWidget           *scrolled;
  GtkWidget           *view;
  GMenuModel          *menu_model; /* NULL: no menu */
  GtkWidget           *menu;       /* NULL until it is opened */
  guint                describing; /* idle source */
  gboolean             compact;
};

enum { PROP_0, PROP_COMPACT, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { SIGNAL_OPEN, SIGNAL_SELECTION_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntRecordTable, ent_record_table, GTK_TYPE_WIDGET)

/* --- Rows -------------------------------------------------------------------------------------------------- */

/* What a screen reader says of the rows follows when nothing else is to be done, a few at a time: of all that a jump
 * binds, it would not fit into a frame. */
static gboolean
describe_cb (gpointer data)
{
  EntRecordTable *self = data;
  guint left = DESCRIBED;

  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL && left > 0;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ENT_IS_TABLE_ROW (row) && ent_table_row_tell (ENT_TABLE_ROW (row)))
        left--;
    }
  if (left == 0)
    return G_SOURCE_CONTINUE;
  self->describing = 0;
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GtkWidget *table)
{
  EntRecordTable *self = ENT_RECORD_TABLE (table);

  if (self->describing == 0)
    self->describing = g_idle_add_full (G_PRIORITY_LOW, describe_cb, self, NULL);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          EntRecordTable     *self)
{
  GtkWidget *row = ent_table_row_new (self->context, self->columns, item, GTK_WIDGET (self), changed_cb);

  ent_table_row_set_compact (ENT_TABLE_ROW (row), self->compact);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         EntRecordTable     *self)
{
  ent_table_row_set_row (ENT_TABLE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           EntRecordTable     *self)
{
  ent_table_row_set_row (ENT_TABLE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activate_cb (EntRecordTable *self,
             guint           position)
{
  EntKey key = ent_record_list_get_key (self->list, position);

  if (key != 0)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, key);
}

static void
selection_cb (EntRecordTable *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
layout_cb (EntRecordTable *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ENT_IS_TABLE_ROW (row))
        ent_table_row_relayout (ENT_TABLE_ROW (row));
    }
}

/* Another answer is read from its beginning. */
static void
replaced_cb (EntRecordTable *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->view), 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* --- Columns ------------------------------------------------------------------------------------------------ */

static void
fields_cb (EntRecordTable *self)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < ent_table_columns_get_n (self->columns); i++)
    g_array_append_val (fields, ent_table_columns_get_field (self->columns, i)->index);
  ent_record_list_set_fields (self->list, (const guint *) (gpointer) fields->data, fields->len);
}

/* --- Menu ----------------------------------------------------------------------------------------------------- */

/* The row under the pointer becomes the selection, unless it is part of it: as file managers do. */
static gboolean
select_at (EntRecordTable *self,
           double          x,
           double          y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = hit;
  gint64 position;

  while (row != NULL && !ENT_IS_TABLE_ROW (row))
    row = row == GTK_WIDGET (self) ? NULL : gtk_widget_get_parent (row);
  if (row == NULL && hit != NULL && ENT_IS_TABLE_ROW (gtk_widget_get_first_child (hit)))
    row = gtk_widget_get_first_child (hit);
  if (row == NULL || ent_table_row_get_row (ENT_TABLE_ROW (row)) == NULL)
    return FALSE;
  position = ent_record_list_find (self->list, ent_row_get_key (ent_table_row_get_row (ENT_TABLE_ROW (row))));
  if (position < 0)
    return FALSE;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), (guint) position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), (guint) position, TRUE);
  return TRUE;
}

static void
popup_menu (EntRecordTable *self,
            double          x,
            double          y)
{
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (self->menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_cb (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              EntRecordTable  *self)
{
  if (self->menu_model == NULL || !select_at (self, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  EntRecordTable *self = ENT_RECORD_TABLE (widget);

  if (self->menu_model == NULL || ent_record_table_get_n_selected (self) == 0)
    return FALSE;
  popup_menu (self, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 3.0);
  return TRUE;
}

/* --- The widget ------------------------------------------------------------------------------------------------ */

static void
ent_record_table_dispose (GObject *object)
{
  EntRecordTable *self = ENT_RECORD_TABLE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_handle_id (&self->describing, g_source_remove);
  self->menu = NULL;
  g_clear_object (&self->menu_model);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->columns);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_record_table_parent_class)->dispose (object);
}

static void
ent_record_table_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_COMPACT)
    g_value_set_boolean (value, ENT_RECORD_TABLE (object)->compact);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_record_table_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  if (prop_id == PROP_COMPACT)
    ent_record_table_set_compact (ENT_RECORD_TABLE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* The rows, not the headings before them. */
static gboolean
ent_record_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ENT_RECORD_TABLE (widget)->view);
}

static void
ent_record_table_class_init (EntRecordTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = ent_record_table_grab_focus;
  object_class->dispose = ent_record_table_dispose;
  object_class->get_property = ent_record_table_get_property;
  object_class->set_property = ent_record_table_set_property;
  props[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass),
                                                    G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recordtable");
}

static void
ent_record_table_init (EntRecordTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
build_view (EntRecordTable *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->view, "record-rows");
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->view), TRUE);
  gtk_list_view_set_enable_rubberband (GTK_LIST_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ent_record_type_get_label (ent_record_list_get_record_type (self->list), TRUE), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
}

GtkWidget *
ent_record_table_new (EntContext          *context,
                      const EntRecordType *type)
{
  EntRecordTable *self = g_object_new (ENT_TYPE_RECORD_TABLE, NULL);

  self->context = g_object_ref (context);
  self->list = ent_record_list_new (context, type);
  self->columns = ent_table_columns_new (type);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  build_view (self);
  self->header = ent_table_header_new (self->columns,
                                       gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled)));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  g_signal_connect_object (self->columns, "layout", G_CALLBACK (layout_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "fields", G_CALLBACK (layout_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "fields", G_CALLBACK (fields_cb), self, G_CONNECT_SWAPPED);
  if (ent_context_get_settings (context) != NULL)
    g_signal_connect_object (ent_context_get_settings (context), "changed::density", G_CALLBACK (layout_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "replaced", G_CALLBACK (replaced_cb), self, G_CONNECT_SWAPPED);
  fields_cb (self);
  return GTK_WIDGET (self);
}

EntRecordList *
ent_record_table_get_list (EntRecordTable *self)
{
  return self->list;
}

EntTableColumns *
ent_record_table_get_columns (EntRecordTable *self)
{
  return self->columns;
}

GtkSelectionModel *
ent_record_table_get_selection (EntRecordTable *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

guint64
ent_record_table_get_n_selected (EntRecordTable *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_get_size (selected);
}

GArray *
ent_record_table_dup_selected (EntRecordTable *self,
                               guint           limit)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        EntKey key = ent_record_list_get_key (self->list, position);

        if (key != 0)
          g_array_append_val (keys, key);
      }
    while ((limit == 0 || keys->len < limit) && gtk_bitset_iter_next (&iter, &position));
  return keys;
}

void
ent_record_table_select_all (EntRecordTable *self)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

void
ent_record_table_unselect_all (EntRecordTable *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

void
ent_record_table_show (EntRecordTable *self,
                       EntKey          key)
{
  gint64 position = ent_record_list_find (self->list, key);

  if (position >= 0)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->view), (guint) position,
                             GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
}

static void
compact_row (GtkWidget *widget,
             gboolean   compact)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ENT_IS_TABLE_ROW (child))
      ent_table_row_set_compact (ENT_TABLE_ROW (child), compact);
    else
      compact_row (child, compact);
}

void
ent_record_table_set_compact (EntRecordTable *self,
                              gboolean        compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  gtk_widget_set_visible (self->header, !compact);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  compact ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  compact_row (self->view, compact);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPACT]);
}

void
ent_record_table_set_menu (EntRecordTable *self,
                           GMenuModel     *menu)
{
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_set_object (&self->menu_model, menu);
}

static void
append_line (EntRecordTable *self,
             GString        *text,
             EntRow         *row)
{
  for (guint i = 0; i < ent_table_columns_get_n (self->columns); i++)
    {
      g_autofree char *cell = ent_table_row_dup_text (row, ent_table_columns_get_field (self->columns, i),
                                                      ent_context_get_today (self->context));

      g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", g_strdelimit (cell, "\t\n\r", ' '));
    }
  g_string_append_c (text, '\n');
}

char *
ent_record_table_dup_text (EntRecordTable *self,
                           guint           limit)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GString *text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint position, n = 0;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        g_autoptr (EntRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

        append_line (self, text, row);
      }
    while (++n < limit && gtk_bitset_iter_next (&iter, &position));
  return g_string_free (text, FALSE);
}
