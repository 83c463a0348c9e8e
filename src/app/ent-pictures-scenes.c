/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is pictured besides the pages: dialogs, popovers, tabs, what a page looks like after something was done. */

#include "config.h"

#include "app/ent-pictures-private.h"

static void
open_menu (EntPictures *self,
           const char  *id)
{
  GtkWidget *button = _ent_pictures_find (GTK_WIDGET (self->window), _ent_pictures_has_id, id);

  if (GTK_IS_MENU_BUTTON (button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
}

/* --- Lists ------------------------------------------------------------------------------------------------------------- */

static void
select_all (EntPictures *self)
{
  _ent_pictures_activate (self, "page.select-all");
}

static void
edit_all (EntPictures *self)
{
  _ent_pictures_activate (self, "page.select-all");
  _ent_pictures_activate (self, "page.edit");
}

static void
delete_all (EntPictures *self)
{
  _ent_pictures_expect_trial ();
  _ent_pictures_activate (self, "page.select-all");
  _ent_pictures_activate (self, "page.delete");
}

static void
add_filter (EntPictures *self)
{
  gtk_widget_activate_action (GTK_WIDGET (_ent_pictures_get_page (self)), "page.filter", NULL);
}

static void
choose_columns (EntPictures *self)
{
  open_menu (self, "columns_button");
}

/* A narrow list has no columns to choose. */
static gboolean
are_columns_there (EntPictures *self)
{
  GtkWidget *button = _ent_pictures_find (GTK_WIDGET (self->window), _ent_pictures_has_id, "columns_button");

  return button == NULL || !gtk_widget_get_visible (button) || _ent_pictures_is_popover_there (self);
}

static void
save_view (EntPictures *self)
{
  gtk_widget_activate_action (GTK_WIDGET (_ent_pictures_get_page (self)), "page.save-view", NULL);
}

static void
new_record (EntPictures *self)
{
  _ent_pictures_activate (self, "page.new");
}

/* --- The map --------------------------------------------------------------------------------------------------------------- */

static void
select_on_map (EntPictures *self)
{
  GtkWidget *search = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), _ent_pictures_has_id, "search");

  if (search == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (search), "a");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
}

/* --- The table --------------------------------------------------------------------------------------------------------------- */

#define LIST "partners"

static const EntScene scenes[] = {
  { "sidebar", LIST, NULL, _ent_pictures_show_sidebar, NULL },
  { "main-menu", LIST, NULL, _ent_pictures_show_main_menu, _ent_pictures_is_popover_there },
  { "palette", LIST, NULL, _ent_pictures_show_palette, _ent_pictures_is_palette_settled },
  { "shortcuts", LIST, NULL, _ent_pictures_show_shortcuts, _ent_pictures_is_dialog_there },
  { "preferences", LIST, NULL, _ent_pictures_show_preferences, _ent_pictures_is_dialog_there },
  { "notifications", LIST, NULL, _ent_pictures_show_preferences, _ent_pictures_is_notifications_there },
  { "workspace", LIST, NULL, _ent_pictures_show_workspace_settings, _ent_pictures_is_dialog_there },
  { "about", LIST, NULL, _ent_pictures_show_about, _ent_pictures_is_dialog_there },
  { "unlock", LIST, NULL, _ent_pictures_show_unlock, _ent_pictures_is_dialog_there },
  { "error", LIST, NULL, _ent_pictures_show_error, _ent_pictures_is_dialog_there },

  { "partners-filtered", LIST, "lifecycle = active and region is not empty", NULL, NULL },
  { "partners-nothing", LIST, "title = \"Nobody\"", NULL, NULL },
  { "partners-selected", LIST, NULL, select_all, NULL },
  { "partners-filter", LIST, NULL, add_filter, _ent_pictures_is_popover_there },
  { "partners-columns", LIST, NULL, choose_columns, are_columns_there },
  { "partners-view", LIST, "lifecycle = active", save_view, _ent_pictures_is_dialog_there },
  { "bulk-edit", LIST, NULL, edit_all, _ent_pictures_is_dialog_there },
  { "partners-delete", LIST, NULL, delete_all, _ent_pictures_is_dialog_there },
  { "new-record", LIST, NULL, new_record, _ent_pictures_is_dialog_there },

  { "level-review", LIST, NULL, _ent_pictures_show_level_review, _ent_pictures_is_level_review_there },

  { "map-card", "map", NULL, select_on_map, NULL },

  { "profile", "profile", NULL, _ent_pictures_show_overview, NULL },
  { "profile-people", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "profile-deals", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "profile-program", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "profile-plans", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "profile-documents", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "profile-relations", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "profile-history", "profile", NULL, _ent_pictures_show_tab, _ent_pictures_is_tab_there },
  { "why", "profile", NULL, _ent_pictures_show_overview, _ent_pictures_is_why_there },

  { "onboarding-plan", "onboarding", NULL, _ent_pictures_open_plan, _ent_pictures_is_plan_there },
  { "onboarding-timeline", "onboarding", NULL, _ent_pictures_open_plan, _ent_pictures_is_plan_there },

  { "review-draft", "reviews", NULL, _ent_pictures_open_review, _ent_pictures_is_review_there },
  { "review-held", "reviews", NULL, _ent_pictures_open_review, _ent_pictures_is_review_there },
  { "review-new", "reviews", NULL, new_record, _ent_pictures_is_dialog_there },

  { "funding-programs", "funds", NULL, _ent_pictures_show_funding, NULL },
  { "funding-campaigns", "funds", NULL, _ent_pictures_show_funding, NULL },
  { "funding-campaign", "funds", NULL, _ent_pictures_open_campaign, _ent_pictures_is_campaign_there },
  { "funding-charts", "funds", NULL, _ent_pictures_open_campaign, _ent_pictures_is_campaign_scrolled },
  { "funding-rows", "funds", NULL, _ent_pictures_open_campaign, _ent_pictures_is_rows_there },

  { "import", LIST, NULL, _ent_pictures_import_nothing, _ent_pictures_is_dialog_there },
  { "import-columns", LIST, NULL, _ent_pictures_import_file, _ent_pictures_is_import_at_columns },
  { "import-preview", LIST, NULL, _ent_pictures_import_file, _ent_pictures_is_import_scrolled },
  { "import-result", LIST, NULL, _ent_pictures_try_import, _ent_pictures_is_import_at_result },

  { "welcome", NULL, NULL, _ent_pictures_show_welcome, NULL },
  { "new-workspace", NULL, NULL, _ent_pictures_show_new_workspace, _ent_pictures_is_dialog_there },
  { "recovery-key", NULL, NULL, _ent_pictures_show_recovery_key, _ent_pictures_is_dialog_there },
};

const EntScene *
_ent_pictures_get_scenes (guint *n)
{
  *n = G_N_ELEMENTS (scenes);
  return scenes;
}

const EntScene *
_ent_pictures_find_scene (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_str_equal (scenes[i].name, name))
      return &scenes[i];
  return NULL;
}

/* --- Playing one ------------------------------------------------------------------------------------------------------------- */

void
_ent_pictures_begin_scene (EntPictures *self)
{
  const EntScene *scene = self->scene;
  g_auto (GVariantDict) state = G_VARIANT_DICT_INIT (NULL);

  self->acted = FALSE;
  if (scene->page == NULL)
    return;
  if (g_str_equal (scene->page, "profile"))
    {
      _ent_pictures_open_profile (self);
      return;
    }
  if (scene->filter != NULL)
    g_variant_dict_insert (&state, "filter", "s", scene->filter);
  ent_window_show_page (self->window, scene->page, g_variant_dict_end (&state));
  gtk_widget_activate_action (GTK_WIDGET (_ent_pictures_get_page (self)), "page.unselect-all", NULL);
}

static gboolean
is_page_ready (EntPictures *self)
{
  EntPage *page = _ent_pictures_get_page (self);

  return self->scene->page == NULL ||
         (page != NULL && g_strcmp0 (ent_page_get_id (page), self->scene->page) == 0 && ent_page_is_ready (page));
}

gboolean
_ent_pictures_step_scene (EntPictures *self)
{
  if (!self->acted)
    {
      if (!is_page_ready (self))
        return FALSE;
      self->acted = TRUE;
      if (self->scene->act != NULL)
        self->scene->act (self);
    }
  return self->scene->is_there == NULL || self->scene->is_there (self);
}
