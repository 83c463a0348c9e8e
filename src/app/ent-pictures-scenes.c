/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is pictured besides the pages: dialogs, popovers, tabs, what a page looks like after something was done. */

#include "config.h"

#include "app/ent-pictures-private.h"

#include "app/ent-page-registry.h"
#include "app/ent-palette.h"
#include "app/ent-recovery-key.h"
#include "app/ent-unlock.h"
#include "pages/partners/ent-level-review.h"
#include "store/ent-query.h"
#include "widgets/ent-why-label.h"

/* --- Finding widgets ----------------------------------------------------------------------------------------------- */

GtkWidget *
_ent_pictures_find (GtkWidget         *root,
                    EntPicturesMatch   matches,
                    const char        *what)
{
  if (root == NULL || !gtk_widget_get_mapped (root))
    return NULL;
  if (matches (root, what))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = _ent_pictures_find (child, matches, what);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* By the name it has in its template. */
static gboolean
has_id (GtkWidget  *widget,
        const char *id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

gboolean
_ent_pictures_has_type (GtkWidget  *widget,
          const char *type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name (type));
}

static gboolean
is_why (GtkWidget  *widget,
        const char *what)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_sensitive (widget) && ENT_IS_WHY_LABEL (gtk_widget_get_parent (widget));
}

AdwDialog *
_ent_pictures_get_dialog (EntPictures *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

static gboolean
is_dialog_there (EntPictures *self)
{
  return _ent_pictures_get_dialog (self) != NULL;
}

static gboolean
is_popover_there (EntPictures *self)
{
  return _ent_pictures_find (GTK_WIDGET (self->window), _ent_pictures_has_type, "GtkPopover") != NULL;
}

static EntContext *
get_context (EntPictures *self)
{
  return ent_window_get_context (self->window);
}

static void
activate (EntPictures *self,
          const char  *action)
{
  ent_window_activate (self->window, action);
}

static void
open_menu (EntPictures *self,
           const char  *id)
{
  GtkWidget *button = _ent_pictures_find (GTK_WIDGET (self->window), has_id, id);

  if (GTK_IS_MENU_BUTTON (button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
}

EntPage *
_ent_pictures_get_page (EntPictures *self)
{
  return ent_window_get_visible_page (self->window);
}

/* --- The shell ------------------------------------------------------------------------------------------------------- */

static void
show_welcome (EntPictures *self)
{
  ent_window_show_welcome (self->window);
}

static void
show_palette (EntPictures *self)
{
  activate (self, "win.palette");
  ent_palette_set_text (ENT_PALETTE (_ent_pictures_get_dialog (self)), "pre");
}

static gboolean
is_palette_settled (EntPictures *self)
{
  AdwDialog *dialog = _ent_pictures_get_dialog (self);

  return ENT_IS_PALETTE (dialog) && ent_palette_is_settled (ENT_PALETTE (dialog));
}

static void
show_preferences (EntPictures *self)
{
  activate (self, "app.preferences");
}

static void
show_level_review (EntPictures *self)
{
  activate (self, "win.level-review");
}

static gboolean
is_level_review_there (EntPictures *self)
{
  return is_dialog_there (self) && ent_level_review_is_ready (_ent_pictures_get_dialog (self));
}

static void
show_workspace_settings (EntPictures *self)
{
  activate (self, "win.workspace-settings");
}

static void
show_new_workspace (EntPictures *self)
{
  show_welcome (self);
  activate (self, "win.new-workspace");
}

static void
show_recovery_key (EntPictures *self)
{
  EntStoreKey key;
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  AdwDialog *dialog = adw_dialog_new ();

  for (gsize i = 0; i < sizeof key.bytes; i++)
    key.bytes[i] = (guint8) (i * 37 + 11);
  adw_navigation_view_add (view, ent_recovery_key_new ("Northwind Labs", &key));
  adw_dialog_set_child (dialog, GTK_WIDGET (view));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_title (dialog, "Recovery Key");
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
show_shortcuts (EntPictures *self)
{
  activate (self, "win.shortcuts");
}

static void
show_about (EntPictures *self)
{
  activate (self, "app.about");
}

static void
show_sidebar (EntPictures *self)
{
  activate (self, "win.show-sidebar");
}

static void
show_main_menu (EntPictures *self)
{
  activate (self, "win.main-menu");
}

static void
show_unlock (EntPictures *self)
{
  adw_dialog_present (ent_unlock_new (self->window, ent_window_get_path (self->window), FALSE),
                      GTK_WIDGET (self->window));
}

char *
_ent_pictures_write_scratch (EntPictures *self,
               const char  *name,
               const char  *text)
{
  if (self->scratch == NULL)
    self->scratch = g_dir_make_tmp ("entente-pictures-XXXXXX", NULL);
  if (self->scratch != NULL)
    {
      g_autofree char *path = g_build_filename (self->scratch, name, NULL);

      if (g_file_set_contents (path, text, -1, NULL))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static void
show_error (EntPictures *self)
{
  g_autofree char *path = _ent_pictures_write_scratch (self, "Holiday photo.entente", "This is no workspace.");

  ent_window_open (self->window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
}

/* --- Lists ------------------------------------------------------------------------------------------------------------- */

static void
select_all (EntPictures *self)
{
  activate (self, "page.select-all");
}

static void
edit_all (EntPictures *self)
{
  activate (self, "page.select-all");
  activate (self, "page.edit");
}

static void
delete_all (EntPictures *self)
{
  activate (self, "page.select-all");
  activate (self, "page.delete");
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

static void
save_view (EntPictures *self)
{
  gtk_widget_activate_action (GTK_WIDGET (_ent_pictures_get_page (self)), "page.save-view", NULL);
}

static void
new_record (EntPictures *self)
{
  activate (self, "page.new");
}

/* --- Profiles ---------------------------------------------------------------------------------------------------------- */

static gpointer
find_profile_job (EntStore      *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  EntQuery query = { .type = ent_store_get_record_type (store, "organization") };
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (EntResult) result = NULL;
  EntKey *key = g_new0 (EntKey, 1);

  filter = ent_filter_parse (query.type, "level is not empty", NULL, NULL);
  query.filter = filter;
  result = ent_store_query_first (store, &query, 1, cancellable, NULL);
  if (result == NULL || ent_result_get_n (result) == 0)
    {
      g_clear_pointer (&result, ent_result_unref);
      query.filter = NULL;
      result = ent_store_query_first (store, &query, 1, cancellable, NULL);
    }
  if (result != NULL && ent_result_get_n (result) > 0)
    *key = ent_key_make (query.type->info->number, ent_result_get_rows (result)[0]);
  return key;
}

static void
open_profile (EntPictures *self)
{
  ent_store_run_async (ent_context_get_store (get_context (self)), find_profile_job, NULL, NULL, g_free, NULL,
                       _ent_pictures_record_found_cb, g_object_ref (self->window));
}

static GtkWidget *
find_views (EntPictures *self)
{
  return _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), _ent_pictures_has_type, "AdwViewStack");
}

/* profile-TAB */
static void
show_tab (EntPictures *self)
{
  GtkWidget *views = find_views (self);

  if (views != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (views), self->scene->name + strlen ("profile-"));
}

static gboolean
is_tab_there (EntPictures *self)
{
  GtkWidget *views = find_views (self);

  return views != NULL && g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (views)),
                                     self->scene->name + strlen ("profile-")) == 0;
}

/* Another tab may be there from the scene before. */
static void
show_overview (EntPictures *self)
{
  GtkWidget *views = find_views (self);

  if (views != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (views), "overview");
}

/* Asks the first number that can be asked. */
static gboolean
is_why_there (EntPictures *self)
{
  GtkWidget *number;

  if (is_popover_there (self) || is_dialog_there (self))
    return TRUE;
  number = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), is_why, NULL);
  if (number != NULL)
    gtk_widget_activate (number);
  return FALSE;
}

/* --- The map --------------------------------------------------------------------------------------------------------------- */

static void
select_on_map (EntPictures *self)
{
  GtkWidget *search = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), has_id, "search");

  if (search == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (search), "a");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
}

/* --- The table --------------------------------------------------------------------------------------------------------------- */

#define LIST "partners"

static const EntScene scenes[] = {
  { "sidebar", LIST, NULL, show_sidebar, NULL },
  { "main-menu", LIST, NULL, show_main_menu, is_popover_there },
  { "palette", LIST, NULL, show_palette, is_palette_settled },
  { "shortcuts", LIST, NULL, show_shortcuts, is_dialog_there },
  { "preferences", LIST, NULL, show_preferences, is_dialog_there },
  { "notifications", LIST, NULL, show_preferences, _ent_pictures_is_notifications_there },
  { "workspace", LIST, NULL, show_workspace_settings, is_dialog_there },
  { "about", LIST, NULL, show_about, is_dialog_there },
  { "unlock", LIST, NULL, show_unlock, is_dialog_there },
  { "error", LIST, NULL, show_error, is_dialog_there },

  { "partners-filtered", LIST, "lifecycle = active and region is not empty", NULL, NULL },
  { "partners-nothing", LIST, "title = \"Nobody\"", NULL, NULL },
  { "partners-selected", LIST, NULL, select_all, NULL },
  { "partners-filter", LIST, NULL, add_filter, is_popover_there },
  { "partners-columns", LIST, NULL, choose_columns, is_popover_there },
  { "partners-view", LIST, "lifecycle = active", save_view, is_dialog_there },
  { "bulk-edit", LIST, NULL, edit_all, is_dialog_there },
  { "new-record", LIST, NULL, new_record, is_dialog_there },

  { "level-review", LIST, NULL, show_level_review, is_level_review_there },

  { "map-card", "map", NULL, select_on_map, NULL },

  { "profile", "profile", NULL, show_overview, NULL },
  { "profile-people", "profile", NULL, show_tab, is_tab_there },
  { "profile-deals", "profile", NULL, show_tab, is_tab_there },
  { "profile-program", "profile", NULL, show_tab, is_tab_there },
  { "profile-plans", "profile", NULL, show_tab, is_tab_there },
  { "profile-documents", "profile", NULL, show_tab, is_tab_there },
  { "profile-relations", "profile", NULL, show_tab, is_tab_there },
  { "profile-history", "profile", NULL, show_tab, is_tab_there },
  { "why", "profile", NULL, show_overview, is_why_there },

  { "review-draft", "reviews", NULL, _ent_pictures_open_review, _ent_pictures_is_review_there },
  { "review-held", "reviews", NULL, _ent_pictures_open_review, _ent_pictures_is_review_there },
  { "review-new", "reviews", NULL, new_record, is_dialog_there },

  { "funding-programs", "funds", NULL, _ent_pictures_show_funding, NULL },
  { "funding-campaigns", "funds", NULL, _ent_pictures_show_funding, NULL },
  { "funding-campaign", "funds", NULL, _ent_pictures_open_campaign, _ent_pictures_is_campaign_there },
  { "funding-charts", "funds", NULL, _ent_pictures_open_campaign, _ent_pictures_is_campaign_scrolled },
  { "funding-rows", "funds", NULL, _ent_pictures_open_campaign, _ent_pictures_is_rows_there },

  { "import", LIST, NULL, _ent_pictures_import_nothing, is_dialog_there },
  { "import-columns", LIST, NULL, _ent_pictures_import_file, _ent_pictures_is_import_at_columns },
  { "import-preview", LIST, NULL, _ent_pictures_import_file, _ent_pictures_is_import_scrolled },
  { "import-result", LIST, NULL, _ent_pictures_try_import, _ent_pictures_is_import_at_result },

  { "welcome", NULL, NULL, show_welcome, NULL },
  { "new-workspace", NULL, NULL, show_new_workspace, is_dialog_there },
  { "recovery-key", NULL, NULL, show_recovery_key, is_dialog_there },
  { "partners-delete", LIST, NULL, delete_all, is_dialog_there },
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
      open_profile (self);
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
