/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

#include "app/ent-application.h"
#include "app/ent-page-registry.h"
#include "app/ent-state.h"
#include "store/ent-transaction.h"

/* A window in a virtual display on a small workspace, and pages of the tests' own that remember what they were asked. */

/* --- A page ------------------------------------------------------------------------------------------- */

#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, EntPage)

struct _TestPage
{
  EntPage parent_instance;

  GtkWidget *search;
  char      *place;
  int        n_new;
  gint64     key;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, ENT_TYPE_PAGE)

static void
test_page_focus_search (EntPage *page)
{
  gtk_widget_grab_focus (TEST_PAGE (page)->search);
}

static GVariant *
test_page_save_state (EntPage *page)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (TEST_PAGE (page)->place != NULL)
    g_variant_dict_insert (&dict, "place", "s", TEST_PAGE (page)->place);
  return g_variant_dict_end (&dict);
}

static void
test_page_restore_state (EntPage  *page,
                         GVariant *state)
{
  g_variant_lookup (state, "place", "s", &TEST_PAGE (page)->place);
}

static void
test_page_new_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  TEST_PAGE (widget)->n_new++;
}

static void
test_page_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  g_value_set_int64 (value, TEST_PAGE (object)->key);
}

static void
test_page_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  TEST_PAGE (object)->key = g_value_get_int64 (value);
}

static void
test_page_finalize (GObject *object)
{
  g_free (TEST_PAGE (object)->place);
  G_OBJECT_CLASS (test_page_parent_class)->finalize (object);
}

static void
test_page_class_init (TestPageClass *klass)
{
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = test_page_finalize;
  object_class->get_property = test_page_get_property;
  object_class->set_property = test_page_set_property;
  page_class->focus_search = test_page_focus_search;
  page_class->save_state = test_page_save_state;
  page_class->restore_state = test_page_restore_state;
  g_object_class_install_property (object_class, 1,
                                   g_param_spec_int64 ("key", NULL, NULL, 0, G_MAXINT64, 0,
                                                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY));
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "page.new", NULL, test_page_new_action);
}

static void
test_page_init (TestPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();

  self->search = gtk_search_entry_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->search);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static const EntPageInfo test_pages[] = {
  { "first", "First", "folder-symbolic", ENT_SECTION_MAIN, test_page_get_type, "organization", NULL, NULL },
  { "second", "Second", "folder-symbolic", ENT_SECTION_RECORDS, test_page_get_type, "person", NULL,
    "humans" },
};

/* --- The shell ---------------------------------------------------------------------------------------- */

typedef struct
{
  char           *folder;
  char           *path;
  EntApplication *application;
  EntWindow      *window;
  EntContext     *context;
} Shell;

/* Runs the main loop until @condition is not 0, at most ten seconds. */
#define wait_until(condition)                                                  \
  G_STMT_START                                                                 \
  {                                                                            \
    gint64 wait_deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;      \
    guint wait_tick = g_timeout_add (20, test_tick_cb, NULL);                  \
    while (!(condition) && g_get_monotonic_time () < wait_deadline)            \
      g_main_context_iteration (NULL, TRUE);                                   \
    g_source_remove (wait_tick);                                               \
    g_assert_true (condition);                                                 \
  }                                                                            \
  G_STMT_END

static gboolean
test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static inline void
run_for (guint milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + milliseconds * 1000;
  guint tick = g_timeout_add (20, test_tick_cb, NULL);

  while (g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static gboolean
add_organization (EntTransaction *transaction,
                  gpointer        data,
                  GError        **error)
{
  const EntRecordType *type =
    ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  g_autoptr (EntRecord) record = ent_record_new (type);

  return ent_record_set_text (record, "title", data, error) &&
         ent_transaction_insert (transaction, record, error);
}

static inline void
make_workspace (const char        *path,
                const EntStoreKey *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = ent_store_create (path, key, NULL, &error);

  g_assert_no_error (error);
  ent_store_set_setting (store, ENT_SETTING_TITLE, "Northwind Labs", &error);
  g_assert_no_error (error);
  ent_store_write (store, "Add Contoso", ENT_ORIGIN_USER, add_organization, (gpointer) "Contoso", NULL,
                   NULL, &error);
  g_assert_no_error (error);
  ent_store_close (store);
}

static inline EntWindow *
new_window (Shell *shell)
{
  EntWindow *window = ent_application_create_window (shell->application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  return window;
}

/* One for the process, as in life: it exports itself on the bus. */
static inline EntApplication *
get_application (void)
{
  static EntApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = ent_application_new (NULL);
      g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  return application;
}

static inline void
shell_set_up (Shell         *shell,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  shell->folder = g_dir_make_tmp ("entente-shell-XXXXXX", &error);
  g_assert_no_error (error);
  shell->path = g_build_filename (shell->folder, "test.entente", NULL);
  make_workspace (shell->path, NULL);
  ent_page_registry_replace (test_pages, G_N_ELEMENTS (test_pages), TEST_TYPE_PAGE);

  shell->application = get_application ();
  shell->window = new_window (shell);
  shell->context = ent_window_get_context (shell->window);
}

static inline void
open_workspace (Shell *shell)
{
  ent_window_open (shell->window, shell->path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  gtk_window_present (GTK_WINDOW (shell->window));
  wait_until (ent_context_get_store (shell->context) != NULL);
}

static inline void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* Ends with the proof that nothing holds the window, its context or its workspace any more. */
static inline void
shell_tear_down (Shell         *shell,
                 gconstpointer  data)
{
  if (shell->window != NULL)
    {
      g_autoptr (EntContext) context = g_object_ref (shell->context);
      EntStore *store = ent_context_get_store (context);
      gpointer window = shell->window;
      gpointer weak_store = store;

      g_object_add_weak_pointer (G_OBJECT (window), &window);
      if (store != NULL)
        g_object_add_weak_pointer (G_OBJECT (store), &weak_store);
      while (adw_application_window_get_visible_dialog (window) != NULL)
        adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
      gtk_window_close (GTK_WINDOW (shell->window));
      wait_until (window == NULL);
      wait_until (G_OBJECT (context)->ref_count == 1);
      g_assert_finalize_object (g_steal_pointer (&context));
      wait_until (weak_store == NULL);
    }
  ent_page_registry_replace (NULL, 0, G_TYPE_INVALID);
  ent_state_save_last (NULL);
  remove_all (shell->folder);
  g_free (shell->folder);
  g_free (shell->path);
}
