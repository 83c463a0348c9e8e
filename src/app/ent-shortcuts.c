/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkShortcutsWindow is deprecated in 4.18 and AdwShortcutsDialog comes with libadwaita 1.8; this is the little that
 * is needed of them, it follows the table by itself, can be searched, and fits a narrow window. */

#include "config.h"

#include "app/ent-shortcuts.h"

#include "app/ent-actions.h"

#include <glib/gi18n.h>

static GtkWidget *
new_keys (const char *shortcuts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_auto (GStrv) first = g_strsplit (shortcuts, " ", 2);
  g_autofree char *label = NULL;
  g_auto (GStrv) keys = NULL;
  guint key;
  GdkModifierType modifiers;

  if (!gtk_accelerator_parse (first[0], &key, &modifiers))
    return box;
  label = gtk_accelerator_get_label (key, modifiers);
  keys = g_strsplit (label, "+", -1);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GtkWidget *cap = gtk_label_new (keys[i]);

      gtk_widget_add_css_class (cap, "keycap");
      gtk_box_append (GTK_BOX (box), cap);
    }
  /* Keys are read from left to right in every language. */
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
add_row (AdwPreferencesGroup *group,
         const char          *label,
         const char          *shortcuts)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup (label);

  if (g_str_has_suffix (title, "…"))
    title[strlen (title) - strlen ("…")] = '\0';
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_keys (shortcuts));
  adw_preferences_group_add (group, row);
}

static void
add_standing (AdwPreferencesGroup *group)
{
  add_row (group, _("Go to the First Page of the Sidebar"), "<Alt>1");
}

AdwDialog *
ent_shortcuts_new (void)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = NULL;
  const char *section = NULL;
  guint n;
  const EntActionInfo *actions = ent_actions_get (&n);

  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_preferences_dialog_set_search_enabled (ADW_PREFERENCES_DIALOG (dialog), TRUE);
  adw_preferences_page_set_icon_name (page, "input-keyboard-symbolic");
  adw_preferences_page_set_title (page, _("Keyboard Shortcuts"));
  for (guint i = 0; i < n; i++)
    {
      if (actions[i].shortcut == NULL)
        continue;
      if (g_strcmp0 (section, actions[i].section) != 0)
        {
          section = actions[i].section;
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _(section));
          adw_preferences_page_add (page, group);
        }
      add_row (group, _(actions[i].label), actions[i].shortcut);
      if (g_str_equal (actions[i].name, "win.show-sidebar"))
        add_standing (group);
    }
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), page);
  return dialog;
}
