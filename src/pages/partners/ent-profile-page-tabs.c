/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tabs of a profile show. */

#include "config.h"

#include "pages/partners/ent-profile-page-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-profile-history.h"
#include "pages/partners/ent-profile-level.h"
#include "pages/partners/ent-profile-overview.h"
#include "pages/partners/ent-profile-rows.h"
#include "widgets/ent-record-form.h"

static const char *const tab_names[ENT_PROFILE_N_TABS] = {
  [ENT_PROFILE_TAB_OVERVIEW] = "overview", [ENT_PROFILE_TAB_PEOPLE] = "people",       [ENT_PROFILE_TAB_DEALS] = "deals",
  [ENT_PROFILE_TAB_PROGRAM] = "program",   [ENT_PROFILE_TAB_PLANS] = "plans",         [ENT_PROFILE_TAB_DOCUMENTS] = "documents",
  [ENT_PROFILE_TAB_RELATIONS] = "relations", [ENT_PROFILE_TAB_HISTORY] = "history",
};

static GtkBox *
box_of (EntProfilePage *self,
        EntProfileTab   tab)
{
  switch (tab)
    {
    case ENT_PROFILE_TAB_PEOPLE:
      return self->people_box;
    case ENT_PROFILE_TAB_DEALS:
      return self->deals_box;
    case ENT_PROFILE_TAB_PROGRAM:
      return self->program_box;
    case ENT_PROFILE_TAB_PLANS:
      return self->plans_box;
    case ENT_PROFILE_TAB_DOCUMENTS:
      return self->documents_box;
    case ENT_PROFILE_TAB_RELATIONS:
      return self->relations_box;
    case ENT_PROFILE_TAB_OVERVIEW:
    case ENT_PROFILE_TAB_HISTORY:
    case ENT_PROFILE_N_TABS:
    default:
      return NULL;
    }
}

static AdwViewStackPage *
stack_page (EntProfilePage *self,
            EntProfileTab   tab)
{
  GtkWidget *child = adw_view_stack_get_child_by_name (self->views, tab_names[tab]);

  return adw_view_stack_get_page (self->views, child);
}

static gboolean
is_new (EntProfilePage *self,
        EntProfileTab   tab)
{
  g_autofree char *digest = ent_profile_digest (self->data, tab);

  return g_set_str (&self->digests[tab], digest);
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* --- Relations ---------------------------------------------------------------------------------------------------------- */

static GtkWidget *
relations_head_new (gboolean empty)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *add = ent_profile_add_button (_("Add Link"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "record.add-link");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Links"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  if (empty)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               ent_profile_empty_row (_("No links yet"),
                                                      _("Who resells, integrates with, introduced, or competes with "
                                                        "whom: links are the lines of the map.")));
  return group;
}

static void
show_relations (EntProfilePage *self)
{
  gtk_box_append (self->relations_box, relations_head_new (self->data->links->len == 0));
  if (self->data->links->len > 0)
    gtk_box_append (self->relations_box, ent_profile_links_new (ent_page_get_context (ENT_PAGE (self)), self->data));
}

/* --- The level ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_partner (EntProfilePage *self)
{
  const EntRecordType *type = ent_record_get_record_type (self->data->record);
  const EntValue *roles = g_str_equal (type->info->name, "organization")
                            ? ent_record_get_named (self->data->record, "roles") : NULL;

  return roles != NULL && roles->kind == ENT_VALUE_LIST && !self->data->is_binned &&
         g_strv_contains ((const char *const *) roles->list, "partner");
}

static void
show_level (EntProfilePage *self)
{
  gboolean is_shown = is_partner (self);

  if (is_shown && adw_bin_get_child (self->level_bin) == NULL)
    adw_bin_set_child (self->level_bin, ent_profile_level_new (ent_page_get_context (ENT_PAGE (self)), self->key));
  else if (!is_shown)
    adw_bin_set_child (self->level_bin, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->level_bin), is_shown);
}

/* --- Lists ---------------------------------------------------------------------------------------------------------------- */

static void
show_list_tab (EntProfilePage *self,
               EntProfileTab   tab)
{
  GtkBox *box = box_of (self, tab);
  guint n = 0;

  for (guint i = 0; i < self->data->sections->len; i++)
    n += ((EntProfileSection *) g_ptr_array_index (self->data->sections, i))->tab == tab;
  if (tab == ENT_PROFILE_TAB_PROGRAM)
    show_level (self);
  adw_view_stack_page_set_visible (stack_page (self, tab), n > 0 || tab == ENT_PROFILE_TAB_RELATIONS ||
                                                             (tab == ENT_PROFILE_TAB_PROGRAM && is_partner (self)));
  if (!is_new (self, tab))
    return;
  clear_box (box);
  if (tab == ENT_PROFILE_TAB_RELATIONS)
    show_relations (self);
  for (guint i = 0; i < self->data->sections->len; i++)
    {
      const EntProfileSection *section = g_ptr_array_index (self->data->sections, i);

      if (section->tab == tab)
        gtk_box_append (box, ent_profile_section_new (ent_page_get_context (ENT_PAGE (self)), self->data->record, section));
    }
}

/* --- The banner ----------------------------------------------------------------------------------------------------------- */

void
_ent_profile_page_update_banner (EntProfilePage *self)
{
  const char *type;
  g_autofree char *text = NULL;

  if (self->data == NULL)
    return;
  type = ent_record_type_get_label (ent_record_get_record_type (self->data->record), FALSE);
  if (self->past != NULL)
    adw_banner_set_button_label (self->banner, _("_Back to Now"));
  else if (self->data->is_binned && ent_record_get_int (self->data->record, "deleted_at", 0) == 0)
    {
      /* Translators: %s is a kind of record. */
      text = g_strdup_printf (_("%s: the change that created it was undone"), type);
      adw_banner_set_title (self->banner, text);
      adw_banner_set_button_label (self->banner, NULL);
    }
  else if (self->data->is_binned)
    {
      /* Translators: %s is a kind of record. */
      text = g_strdup_printf (_("%s: it is in the bin"), type);
      adw_banner_set_title (self->banner, text);
      adw_banner_set_button_label (self->banner, _("_Restore"));
    }
  adw_banner_set_revealed (self->banner, self->past != NULL || self->data->is_binned);
}

static void
past_cb (EntProfilePage *self,
         EntRecord      *past,
         gint64          day)
{
  g_autofree char *date = ent_date_display (day, ENT_DISPLAY_FULL);
  /* Translators: %s is a day in the past. */
  g_autofree char *text = g_strdup_printf (_("Showing %s"), date);

  g_set_object (&self->past, past);
  ent_record_form_set_past (ENT_RECORD_FORM (self->form), past);
  if (past != NULL)
    adw_banner_set_title (self->banner, text);
  _ent_profile_page_update_banner (self);
}

void
_ent_profile_page_ensure_history (EntProfilePage *self)
{
  gint64 created;

  if (self->history == NULL)
    {
      self->history = ent_profile_history_new (ent_page_get_context (ENT_PAGE (self)), self->key);
      g_signal_connect_object (self->history, "past", G_CALLBACK (past_cb), self, G_CONNECT_SWAPPED);
      ent_profile_history_set_narrow (ENT_PROFILE_HISTORY (self->history),
                                      gtk_orientable_get_orientation (GTK_ORIENTABLE (self->overview_box)) ==
                                        GTK_ORIENTATION_VERTICAL);
      adw_bin_set_child (self->history_bin, self->history);
    }
  created = self->data != NULL ? ent_record_get_int (self->data->record, "created_at", 0) : 0;
  if (created != 0)
    ent_profile_history_set_first (ENT_PROFILE_HISTORY (self->history), created / G_TIME_SPAN_DAY - 1);
}

/* --- All of it -------------------------------------------------------------------------------------------------------------- */

void
_ent_profile_page_show_tab (EntProfilePage *self,
                            const char     *tab)
{
  GtkWidget *child = adw_view_stack_get_child_by_name (self->views, tab);

  if (child != NULL && adw_view_stack_page_get_visible (adw_view_stack_get_page (self->views, child)))
    adw_view_stack_set_visible_child_name (self->views, tab);
}

void
_ent_profile_page_show_data (EntProfilePage *self)
{
  const EntRecordType *type = ent_record_get_record_type (self->data->record);
  const char *title = ent_record_get_title (self->data->record);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", ent_record_type_get_label (type, FALSE),
                                               ent_record_get_code (self->data->record));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  ent_profile_header_show (self->header, self->data);
  if (is_new (self, ENT_PROFILE_TAB_OVERVIEW))
    ent_profile_overview_show (ENT_PROFILE_OVERVIEW (self->overview), self->data);
  for (EntProfileTab tab = ENT_PROFILE_TAB_PEOPLE; tab <= ENT_PROFILE_TAB_RELATIONS; tab++)
    show_list_tab (self, tab);
  _ent_profile_page_update_banner (self);
  _ent_profile_page_update_add_menu (self);
  _ent_profile_page_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "record");
  if (self->wanted_tab != NULL)
    {
      _ent_profile_page_show_tab (self, self->wanted_tab);
      g_clear_pointer (&self->wanted_tab, g_free);
    }
}
