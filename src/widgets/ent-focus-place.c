/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-focus-place.h"

struct _EntFocusPlace
{
  char  *name;
  guint  nth; /* of the controls that take the keyboard */
};

/* What tells a control from others: its class, its row, its group, its words. */
static char *
dup_name (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW);
  GtkWidget *group = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP);
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  return g_strdup_printf ("%s\n%s\n%s\n%s\n%s", G_OBJECT_TYPE_NAME (widget),
                          row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : "",
                          group != NULL ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) : "",
                          label != NULL ? label : "", tooltip != NULL ? tooltip : "");
}

static void
collect (GtkWidget *widget,
         GPtrArray *controls)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget) || !gtk_widget_get_can_focus (widget) ||
      !gtk_widget_get_sensitive (widget))
    return;
  if (gtk_widget_get_focusable (widget))
    g_ptr_array_add (controls, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, controls);
}

EntFocusPlace *
ent_focus_place_new (GtkWidget *container)
{
  GtkRoot *root = gtk_widget_get_root (container);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GPtrArray) controls = NULL;
  EntFocusPlace *self;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, container))
    return NULL;
  controls = g_ptr_array_new ();
  collect (container, controls);
  self = g_new0 (EntFocusPlace, 1);
  self->name = dup_name (focus);
  if (!g_ptr_array_find (controls, focus, &self->nth))
    self->nth = 0;
  return self;
}

void
ent_focus_place_restore (EntFocusPlace *self,
                         GtkWidget     *container)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();
  GtkWidget *found = NULL;

  if (self == NULL)
    return;
  collect (container, controls);
  for (guint i = 0; i < controls->len && found == NULL; i++)
    {
      g_autofree char *name = dup_name (g_ptr_array_index (controls, i));

      if (g_str_equal (name, self->name))
        found = g_ptr_array_index (controls, i);
    }
  if (found == NULL && controls->len > 0)
    found = g_ptr_array_index (controls, MIN (self->nth, controls->len - 1));
  if (found != NULL)
    gtk_widget_grab_focus (found);
  g_free (self->name);
  g_free (self);
}
