/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of a record (partners of a deal, items of a plan): add, edit, order, remove. */

#include "config.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"
#include "pages/partners/ent-profile-rows.h"
#include "widgets/ent-record-form.h"

/* --- Moving and removing ----------------------------------------------------------------------------------------------- */

typedef struct
{
  EntKey key;
  EntKey parent;
  int    step; /* -1 up, +1 down, 0 remove */
} Move;

static gint64
position_of (GPtrArray *lines,
             EntKey     key)
{
  for (guint i = 0; i < lines->len; i++)
    if (ent_record_get_key (g_ptr_array_index (lines, i)) == key)
      return i;
  return -1;
}

/* Positions may be empty or equal in imported files, so all are numbered anew; equal values change nothing. */
static gboolean
move_line (EntTransaction  *transaction,
           const Move      *move,
           GError         **error)
{
  EntStore *store = ent_transaction_get_store (transaction);
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  const EntRecordType *type = ent_schema_lookup_key (schema, move->key);
  const EntField *position = ent_record_type_lookup (type, "position");
  g_autoptr (GPtrArray) lines = ent_store_get_children (store, move->parent, type, error);
  gint64 from = lines != NULL ? position_of (lines, move->key) : -1;
  gint64 to = from + move->step;

  if (lines == NULL)
    return FALSE;
  for (gint64 i = 0; from >= 0 && to >= 0 && to < lines->len && i < lines->len; i++)
    {
      gint64 place = i == from ? to : i == to ? from : i;
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_value_set_int (&value, place + 1);
      if (!ent_transaction_set (transaction, ent_record_get_key (g_ptr_array_index (lines, (guint) i)), position, &value,
                                error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
move_func (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  const Move *move = user_data;

  return move->step == 0 ? ent_transaction_delete (transaction, move->key, error)
                         : move_line (transaction, move, error);
}

static void
start_move (GtkWidget *row,
            int        step)
{
  EntContext *context = g_object_get_data (G_OBJECT (row), "context");
  Move *move = g_new (Move, 1);
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  /* Translators: %s is the name of a line of a record. */
  g_autofree char *label = g_strdup_printf (step == 0 ? _("Remove %s") : _("Move %s"), title);

  move->key = *(EntKey *) g_object_get_data (G_OBJECT (row), "line");
  move->parent = *(EntKey *) g_object_get_data (G_OBJECT (row), "parent");
  move->step = step;
  ent_context_write (context, label, move_func, move, g_free);
}

static void
up_cb (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       row)
{
  start_move (row, -1);
}

static void
down_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       row)
{
  start_move (row, 1);
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       row)
{
  start_move (row, 0);
}

static void
edit_cb (GtkWidget *row)
{
  ent_profile_line_dialog_present (row, g_object_get_data (G_OBJECT (row), "context"),
                                   *(EntKey *) g_object_get_data (G_OBJECT (row), "line"));
}

/* --- Rows ------------------------------------------------------------------------------------------------------------------ */

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();

  g_menu_append (menu, _("Move _Up"), "line.up");
  g_menu_append (menu, _("Move _Down"), "line.down");
  g_menu_append (removal, _("_Remove"), "line.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return G_MENU_MODEL (menu);
}

static void
add_shortcut (GtkWidget       *row,
              guint            keyval,
              GdkModifierType  modifiers,
              const char      *action)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers),
                                                          gtk_named_action_new (action)));
  gtk_widget_add_controller (row, keys);
}

static void
add_actions (GtkWidget *row,
             gboolean   first,
             gboolean   last)
{
  const GActionEntry entries[] = { { "up", up_cb }, { "down", down_cb }, { "remove", remove_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenuModel) menu = make_menu ();
  GtkWidget *button = gtk_menu_button_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "up")), !first);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "down")), !last);
  gtk_widget_insert_action_group (row, "line", G_ACTION_GROUP (group));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _("Line Menu"));
  ent_profile_row_add_button (ENT_PROFILE_ROW (row), button);
  add_shortcut (row, GDK_KEY_Up, GDK_ALT_MASK, "line.up");
  add_shortcut (row, GDK_KEY_Down, GDK_ALT_MASK, "line.down");
  add_shortcut (row, GDK_KEY_Delete, 0, "line.remove");
}

static GtkWidget *
line_row_new (EntContext           *context,
              EntKey                parent,
              const EntProfileItem *item,
              gboolean              first,
              gboolean              last)
{
  GtkWidget *row = ent_profile_row_new (context, item);

  /* A line opens in a dialog, not as a page. */
  ent_profile_row_set_opens (ENT_PROFILE_ROW (row), FALSE);
  ent_profile_row_set_prefix (ENT_PROFILE_ROW (row), NULL);
  g_signal_connect (row, "activated", G_CALLBACK (edit_cb), NULL);
  g_object_set_data_full (G_OBJECT (row), "context", g_object_ref (context), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "line", g_memdup2 (&item->source, sizeof item->source), g_free);
  g_object_set_data_full (G_OBJECT (row), "parent", g_memdup2 (&parent, sizeof parent), g_free);
  add_actions (row, first, last);
  return row;
}

/* --- The group ----------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntContext          *context;
  const EntRecordType *type;
  char                *parent;
  char                *position;
} Addition;

static void
addition_free (gpointer  data,
               GClosure *closure)
{
  Addition *self = data;

  g_object_unref (self->context);
  g_free (self->parent);
  g_free (self->position);
  g_free (self);
}

static void
add_clicked_cb (GtkWidget *button,
                gpointer   user_data)
{
  Addition *self = user_data;
  const char *const assignments[] = { self->parent, self->position, NULL };

  ent_new_record_dialog_present (button, self->context, self->type, assignments);
}

GtkWidget *
ent_profile_lines_new (EntContext            *context,
                       EntRecord             *record,
                       const EntProfileLines *lines)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (ent_record_type_get_label (lines->type, TRUE), -1);
  g_autofree char *tooltip = g_strdup_printf (_("Add %s"), ent_record_type_get_label (lines->type, FALSE));
  GtkWidget *add = ent_profile_add_button (tooltip);
  Addition *addition = g_new0 (Addition, 1);

  addition->context = g_object_ref (context);
  addition->type = lines->type;
  addition->parent = g_strdup_printf ("parent=#%" G_GINT64_FORMAT, ent_record_get_key (record));
  addition->position = g_strdup_printf ("position=%u", lines->items->len + 1);
  g_signal_connect_data (add, "clicked", G_CALLBACK (add_clicked_cb), addition, addition_free, 0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  for (guint i = 0; i < lines->items->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               line_row_new (context, ent_record_get_key (record), g_ptr_array_index (lines->items, i),
                                             i == 0, i + 1 == lines->items->len));
  if (lines->items->len == 0)
    {
      g_autofree char *lower = g_utf8_strdown (ent_record_type_get_label (lines->type, TRUE), -1);
      g_autofree char *text = g_strdup_printf (_("No %s yet"), lower);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), ent_profile_empty_row (text, NULL));
    }
  return group;
}

/* --- The dialog of a line ---------------------------------------------------------------------------------------------------------- */

void
ent_profile_line_dialog_present (GtkWidget  *parent,
                                 EntContext *context,
                                 EntKey      key)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *form = ent_record_form_new (context);
  g_autoptr (EntSchema) schema = ent_store_dup_schema (ent_context_get_store (context));
  const EntRecordType *type = ent_schema_lookup_key (schema, key);

  ent_record_form_set_show_empty (ENT_RECORD_FORM (form), TRUE);
  ent_record_form_set_key (ENT_RECORD_FORM (form), key);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 520);
  adw_clamp_set_child (ADW_CLAMP (clamp), form);
  g_object_set (clamp, "margin-top", 12, "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (dialog, type != NULL ? ent_record_type_get_label (type, FALSE) : "");
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 600);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, parent);
}
