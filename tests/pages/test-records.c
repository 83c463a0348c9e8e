/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "pages/exchange/ent-import-dialog.h"
#include "pages/partners/ent-records-page-private.h"
#include "store/ent-query.h"
#include "support/workspace.h"
#include "widgets/real-input.h"

/* The list of partners as a person works with it: keys and pointer of the X server where they matter. */

#define TITLE "records"

typedef struct
{
  EntStore       *store;
  EntContext     *context;
  GtkWidget      *window;
  EntRecordsPage *page;
  EntKey          opened;
} Fixture;

static void
open_record_cb (Fixture *self,
                EntKey   key)
{
  self->opened = key;
}

static guint
n_listed (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ent_record_table_get_list (self->page->table)));
}

static const char *
footer (Fixture *self)
{
  return gtk_label_get_label (self->page->footer_label);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  GtkWidget *view = adw_navigation_view_new ();

  self->store = test_workspace_new ();
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  g_signal_connect_swapped (self->context, "open-record", G_CALLBACK (open_record_cb), self);
  test_workspace_add (self->store, "organization", "title=Alder", "roles=partner", "arr=1000000 USD", "country=DE", NULL);
  test_workspace_add (self->store, "organization", "title=Beacon", "roles=partner", "arr=500000 USD", "country=FR", NULL);
  test_workspace_add (self->store, "organization", "title=Cedar", "roles=partner", "country=DE", NULL);
  test_workspace_add (self->store, "organization", "title=Dune", "roles=customer", "country=DE", NULL);
  self->page = g_object_new (ENT_TYPE_RECORDS_PAGE, "context", self->context, "page-id", "partners", "title", "Partners",
                             "record-type", "organization", "base-filter", "roles has partner", NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  self->window = g_object_ref (adw_window_new ());
  gtk_window_set_title (GTK_WINDOW (self->window), TITLE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  adw_window_set_content (ADW_WINDOW (self->window), view);
  gtk_window_present (GTK_WINDOW (self->window));
  test_wait_for (ent_page_is_ready (ENT_PAGE (self->page)) && n_listed (self) == 3);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->window);
  ent_context_set_store (self->context, NULL);
  g_object_add_weak_pointer (G_OBJECT (self->context), (gpointer *) &self->context);
  g_object_unref (self->context);
  test_wait_for (self->context == NULL);
  test_workspace_free (self->store);
}

static void
take_keyboard (Fixture *self)
{
  input_run ("search --sync --onlyvisible --name ^%s$ windowfocus --sync", TITLE);
  test_wait_for (gtk_window_is_active (GTK_WINDOW (self->window)));
  gtk_widget_grab_focus (GTK_WIDGET (self->page->table));
}

static gint64
count (Fixture    *self,
       const char *where)
{
  const EntRecordType *type = ent_store_get_record_type (self->store, "organization");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, where, NULL, NULL);
  EntQuery query = { .type = type, .filter = filter };

  return ent_store_count (self->store, &query, NULL, NULL);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* --- Words ----------------------------------------------------------------------------------------------------- */

static void
test_footer (Fixture       *self,
             gconstpointer  data)
{
  test_wait_for (g_strcmp0 (footer (self), "3 partners · $1.5M ARR") == 0);
  ent_record_table_select_all (self->page->table);
  g_assert_cmpstr (footer (self), ==, "3 partners · $1.5M ARR · 3 selected");
  gtk_editable_set_text (GTK_EDITABLE (self->page->search_entry), "bea");
  test_wait_for (n_listed (self) == 1 && g_str_has_prefix (footer (self), "1 partner · $500K ARR"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (self->page->new_button), ==, "New Partner");
}

/* --- Keyboard ----------------------------------------------------------------------------------------------------- */

static void
test_typing_searches (Fixture       *self,
                      gconstpointer  data)
{
  take_keyboard (self);
  input_key ("c e d");
  test_wait_for (n_listed (self) == 1);
  g_assert_true (gtk_search_bar_get_search_mode (self->page->search_bar));
  input_key ("Return");
  test_wait_for (self->opened != 0);
  input_key ("Escape");
  test_wait_for (n_listed (self) == 3 && !gtk_search_bar_get_search_mode (self->page->search_bar));
}

/* Wherever the keyboard is beside the page. */
static void
test_typing_beside_the_page (Fixture       *self,
                             gconstpointer  data)
{
  GtkWidget *split = adw_navigation_split_view_new ();
  GtkWidget *beside = gtk_button_new_with_label ("Beside");
  GtkWidget *view = g_object_ref (adw_window_get_content (ADW_WINDOW (self->window)));

  adw_window_set_content (ADW_WINDOW (self->window), split);
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (split), adw_navigation_page_new (beside, "Sidebar"));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (split), adw_navigation_page_new (view, "Content"));
  g_object_unref (view);
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (self->page)) && gtk_widget_get_width (beside) > 0);
  take_keyboard (self);
  gtk_widget_grab_focus (beside);
  input_key ("d u");
  g_assert_true (gtk_search_bar_get_search_mode (self->page->search_bar));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (self->page->search_entry)), ==, "du");
}

static void
test_keys_select_and_open (Fixture       *self,
                           gconstpointer  data)
{
  take_keyboard (self);
  input_key ("Home shift+Down");
  test_wait_for (ent_record_table_get_n_selected (self->page->table) == 2);
  input_key ("Escape");
  test_wait_for (ent_record_table_get_n_selected (self->page->table) == 0);
  input_key ("Home Return");
  test_wait_for (self->opened != 0);
}

static void
test_return_creates (Fixture       *self,
                     gconstpointer  data)
{
  AdwDialog *dialog;

  take_keyboard (self);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.new", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));
  g_assert_cmpstr (adw_dialog_get_title (dialog), ==, "New Partner");
  test_wait_for (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (self->window))));
  input_key ("e l m Return");
  test_wait_for (self->opened != 0 && n_listed (self) == 4);
  test_wait_for (adw_window_get_visible_dialog (ADW_WINDOW (self->window)) == NULL);
  g_assert_cmpint (count (self, "title = elm and roles has partner"), ==, 1);
}

/* --- The selection ------------------------------------------------------------------------------------------------ */

static void
test_delete_is_undone (Fixture       *self,
                       gconstpointer  data)
{
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.select-all", NULL);
  g_assert_true (ent_page_action_is_enabled (ENT_PAGE (self->page), "page.delete"));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.delete", NULL);
  test_wait_for (n_listed (self) == 0);
  g_assert_cmpint (count (self, "title is not empty"), ==, 1);
  g_assert_false (ent_page_action_is_enabled (ENT_PAGE (self->page), "page.delete"));
  ent_context_undo (self->context, 0);
  test_wait_for (n_listed (self) == 3);
  ent_context_redo (self->context);
  test_wait_for (n_listed (self) == 0);
}

static void
test_unselect (Fixture       *self,
               gconstpointer  data)
{
  gboolean has_selection;

  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.select-all", NULL);
  g_object_get (self->page, "has-selection", &has_selection, NULL);
  g_assert_true (has_selection);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.unselect-all", NULL);
  g_object_get (self->page, "has-selection", &has_selection, NULL);
  g_assert_false (has_selection);
}

/* --- Filters, order and views ----------------------------------------------------------------------------------------- */

static void
restore (Fixture    *self,
         const char *filter,
         const char *sort)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (filter != NULL)
    g_variant_dict_insert (&dict, "filter", "s", filter);
  if (sort != NULL)
    g_variant_dict_insert (&dict, "sort", "s", sort);
  ent_page_restore_state (ENT_PAGE (self->page), g_variant_dict_end (&dict));
}

static void
test_state_comes_back (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (GVariant) state = NULL;

  restore (self, "country = DE", "-title");
  test_wait_for (n_listed (self) == 2);
  state = ent_page_save_state (ENT_PAGE (self->page));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.clear-filters", NULL);
  test_wait_for (n_listed (self) == 3);
  ent_page_restore_state (ENT_PAGE (self->page), state);
  test_wait_for (n_listed (self) == 2);
  g_assert_cmpstr (ent_table_columns_get_sort (ent_record_table_get_columns (self->page->table)), ==, "-title");
}

static void
test_view_is_saved (Fixture       *self,
                    gconstpointer  data)
{
  AdwDialog *dialog;
  GtkWidget *entry;
  g_autoptr (GPtrArray) views = NULL;

  restore (self, "country = DE", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.save-view", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));
  entry = adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), "German partners");
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "save"));
  g_signal_emit_by_name (dialog, "response", "save");
  adw_dialog_force_close (dialog);
  test_wait_for ((views = ent_store_get_views (self->store, NULL, NULL)) != NULL &&
                 (views->len > 0 || (g_ptr_array_unref (g_steal_pointer (&views)), FALSE)));
  g_assert_cmpstr (((EntView *) g_ptr_array_index (views, 0))->name, ==, "German partners");
  g_assert_cmpstr (((EntView *) g_ptr_array_index (views, 0))->filter, ==, "roles has partner and (country = DE)");
}

/* A list of things that happened begins with what happened last; who sorts by name keeps that. */
static void
test_first_order (Fixture       *self,
                  gconstpointer  data)
{
  EntRecordsPage *page = g_object_ref_sink (g_object_new (ENT_TYPE_RECORDS_PAGE, "context", self->context, "page-id",
                                                          "activities", "title", "Activities", "record-type",
                                                          "activity", "sort", "-at", NULL));
  EntTableColumns *columns = ent_record_table_get_columns (page->table);
  g_autoptr (GVariant) state = NULL;

  g_assert_cmpstr (ent_table_columns_get_sort (columns), ==, "-at");
  ent_table_columns_set_sort (columns, NULL);
  state = ent_page_save_state (ENT_PAGE (page));
  ent_table_columns_set_sort (columns, "-at");
  ent_page_restore_state (ENT_PAGE (page), state);
  g_assert_cmpstr (ent_table_columns_get_sort (columns), ==, "title");
  g_object_unref (page);
}

/* --- Import ------------------------------------------------------------------------------------------------------------ */

static void
test_imported_partners_are_partners (Fixture       *self,
                                     gconstpointer  data)
{
  static const char * const assignments[] = { "roles=partner", NULL };
  g_autofree char *folder = g_dir_make_tmp ("entente-records-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "partners.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  AdwDialog *dialog;

  g_file_set_contents (path, "ref,name\nx,Xenon\ny,Yew\n", -1, NULL);
  ent_import_dialog_present_for (GTK_WIDGET (self->page), self->context, self->page->type, assignments, file);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.run", NULL);
  test_wait_for (n_listed (self) == 5);
  test_wait_for (adw_dialog_get_can_close (dialog));
  g_assert_nonnull (find (GTK_WIDGET (dialog), ADW_TYPE_WRAP_BOX));
  adw_dialog_force_close (dialog);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, func) g_test_add ("/pages/records/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("footer", test_footer);
  ADD ("typing-searches", test_typing_searches);
  ADD ("typing-beside-the-page", test_typing_beside_the_page);
  ADD ("keys-select-and-open", test_keys_select_and_open);
  ADD ("return-creates", test_return_creates);
  ADD ("delete-is-undone", test_delete_is_undone);
  ADD ("unselect", test_unselect);
  ADD ("state-comes-back", test_state_comes_back);
  ADD ("view-is-saved", test_view_is_saved);
  ADD ("first-order", test_first_order);
  ADD ("imported-partners-are-partners", test_imported_partners_are_partners);
  return g_test_run ();
}
