/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-page-private.h"

/* What is being typed stays when the panel around it is made anew. */

/* Calls @func for each row of the panel that takes input. */
static void
for_each_input (GtkWidget *widget,
                void     (*func) (GtkWidget *row, GHashTable *typed),
                GHashTable *typed)
{
  if (ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget))
    {
      func (widget, typed);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    for_each_input (child, func, typed);
}

static void
keep_input (GtkWidget  *row,
            GHashTable *typed)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  char *text = ADW_IS_ENTRY_ROW (row) ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)))
                                      : g_strdup_printf ("%u", adw_combo_row_get_selected (ADW_COMBO_ROW (row)));

  g_hash_table_insert (typed, g_strdup (title), text);
  if (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN)
    g_hash_table_insert (typed, g_strdup (""), g_strdup (title));
}

static void
give_input_back (GtkWidget  *row,
                 GHashTable *typed)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  const char *text = g_hash_table_lookup (typed, title);

  if (text == NULL)
    return;
  if (ADW_IS_ENTRY_ROW (row))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  else
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) g_ascii_strtoull (text, NULL, 10));
  if (g_strcmp0 (g_hash_table_lookup (typed, ""), title) == 0)
    gtk_widget_grab_focus (row);
}

GHashTable *
review_inputs_keep (GtkWidget *panel)
{
  GHashTable *typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for_each_input (panel, keep_input, typed);
  return typed;
}

void
review_inputs_give_back (GtkWidget  *panel,
                         GHashTable *typed)
{
  for_each_input (panel, give_input_back, typed);
}

GtkWidget *
review_inputs_find_entry (GtkWidget  *widget,
                          const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = review_inputs_find_entry (child, title);
  return found;
}
