/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

/* Rows, groups and labels that the parts of the page share. */

#define WIDEST_SUFFIX 210

static void
suffix_mapped_cb (GtkWidget *suffix)
{
  int natural;

  gtk_widget_measure (suffix, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_set_size_request (suffix, MIN (natural, WIDEST_SUFFIX), -1);
}

void
ent_funding_keep_whole (GtkWidget *widget)
{
  g_signal_connect (widget, "map", G_CALLBACK (suffix_mapped_cb), NULL);
}

GtkWidget *
ent_funding_row (const char *title,
                 const char *subtitle,
                 GtkWidget  *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (suffix != NULL)
    {
      gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
      ent_funding_keep_whole (suffix);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
    }
  return row;
}

GtkWidget *
ent_funding_group (const char *title,
                   const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  return group;
}

GtkWidget *
ent_funding_why (EntFundingPage *self,
                 const char     *label,
                 EntWhy         *why)
{
  GtkWidget *widget = ent_why_label_new (ent_page_get_context (ENT_PAGE (self)));

  ent_why_label_set_label (ENT_WHY_LABEL (widget), label);
  if (why != NULL)
    ent_why_label_set_why (ENT_WHY_LABEL (widget), why);
  return widget;
}

char *
ent_funding_money (const EntValue *value)
{
  return ent_value_is_null (value) ? g_strdup ("—") : ent_money_display (value->integer, value->currency,
                                                                         ENT_DISPLAY_FULL);
}

const char *
ent_funding_title (EntFundingPage *self,
                   EntKey          key)
{
  const char *title = key != 0 ? g_hash_table_lookup (self->data->titles, &key) : NULL;

  return title != NULL ? title : _("No partner");
}

void
ent_funding_clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
row_activated_cb (GtkWidget *row,
                  gpointer   page)
{
  ent_funding_page_open (page, *(EntKey *) g_object_get_data (G_OBJECT (row), "key"));
}

void
ent_funding_row_opens (EntFundingPage *self,
                       GtkWidget      *row,
                       EntKey          key)
{
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&key, sizeof key), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, 0);
}
