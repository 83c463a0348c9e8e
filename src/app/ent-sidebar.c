/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-sidebar.h"

#include "app/ent-job-row.h"
#include "app/ent-sidebar-counts.h"
#include "app/ent-sidebar-row.h"
#include "widgets/ent-lazy-menu.h"

#include <glib/gi18n.h>

/* An import commits often; the counts follow at this pace. */
#define REFRESH_MILLISECONDS 200

struct _EntSidebar
{
  AdwNavigationPage parent_instance;

  EntContext   *context;
  char         *page_id; /* that is shown (nullable) */
  GCancellable *cancellable;
  guint         refresh_id;
  gboolean      refresh_views;
  gboolean      is_counting; /* since ent_sidebar_count() */

  GtkMenuButton *workspace_button;
  GtkMenuButton *main_button;
  GtkListBox    *list;
  GtkListBox    *job_list;
  GMenu         *recent_section;
  GMenuModel    *workspace_menu;
  GMenuModel    *main_menu;
};

typedef enum
{
  PROP_CONTEXT = 1,
} EntSidebarProperty;

static GParamSpec *properties[PROP_CONTEXT + 1];

G_DEFINE_FINAL_TYPE (EntSidebar, ent_sidebar, ADW_TYPE_NAVIGATION_PAGE)

/* --- Rows ------------------------------------------------------------------------------------------- */

static EntSidebarRow *
get_row (EntSidebar *self,
         int         i)
{
  return (EntSidebarRow *) gtk_list_box_get_row_at_index (self->list, i);
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  const char *section = ent_sidebar_row_get_section (ENT_SIDEBAR_ROW (row));
  const char *last = before != NULL ? ent_sidebar_row_get_section (ENT_SIDEBAR_ROW (before)) : "";
  GtkWidget *label;

  if (g_str_equal (section, last))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  label = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
add_pages (EntSidebar *self)
{
  guint n;
  const EntPageInfo *pages = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, ent_sidebar_row_new_for_page (&pages[i]));
}

static void
show_views (EntSidebar *self,
            GPtrArray  *views)
{
  EntSidebarRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL;)
    if (ent_sidebar_row_is_view (row))
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    else
      i++;
  for (guint i = 0; i < views->len; i++)
    {
      const EntView *view = g_ptr_array_index (views, i);
      const EntPageInfo *page = ent_page_registry_for_type (view->type);

      if (page != NULL)
        gtk_list_box_append (self->list, ent_sidebar_row_new_for_view (page, view));
    }
}

static void
row_activated_cb (EntSidebar    *self,
                  GtkListBoxRow *row)
{
  g_autoptr (GVariant) state = ent_sidebar_row_dup_state (ENT_SIDEBAR_ROW (row));

  ent_context_navigate (self->context, ent_sidebar_row_get_page_id (ENT_SIDEBAR_ROW (row)), state);
}

/* Arrows move the selection along; when the keyboard leaves, it says again which page is shown. */
static void
left_cb (EntSidebar *self)
{
  if (self->page_id != NULL)
    ent_sidebar_select (self, self->page_id);
}

/* --- Counts ----------------------------------------------------------------------------------------- */

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (EntSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  EntSidebarCounts *counts = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (counts == NULL)
    return;
  if (self->context == NULL || ent_context_get_store (self->context) != ENT_STORE (source))
    {
      ent_sidebar_counts_free (counts);
      return;
    }
  for (guint i = 0; i < counts->counts->len; i++)
    {
      EntSidebarRow *row = get_row (self, (int) i);

      if (row != NULL)
        ent_sidebar_row_set_count (row, ent_sidebar_counts_get (counts, i));
    }
  if (counts->views != NULL)
    {
      show_views (self, counts->views);
      if (counts->views->len > 0)
        ent_sidebar_queue_refresh (self, FALSE);
    }
  ent_sidebar_counts_free (counts);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EntSidebar *self = user_data;
  EntStore *store = ent_context_get_store (self->context);
  EntSidebarCounts *counts;
  EntSidebarRow *row;

  self->refresh_id = 0;
  if (store == NULL)
    return G_SOURCE_REMOVE;
  counts = ent_sidebar_counts_new (self->refresh_views);
  self->refresh_views = FALSE;
  for (int i = 0; self->is_counting && (row = get_row (self, i)) != NULL; i++)
    ent_sidebar_counts_add (counts, row);
  ent_store_run_async (store, ent_sidebar_counts_job, counts, NULL, ent_sidebar_counts_free, self->cancellable,
                       refreshed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* --- Callbacks --------------------------------------------------------------------------------------- */

static void
changed_cb (EntSidebar *self)
{
  ent_sidebar_queue_refresh (self, FALSE);
}

static void
views_changed_cb (EntSidebar *self)
{
  ent_sidebar_queue_refresh (self, TRUE);
}

static void
store_cb (EntSidebar *self)
{
  EntSidebarRow *row;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  self->is_counting = FALSE;
  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    ent_sidebar_row_set_count (row, -1);
  if (ent_context_get_store (self->context) != NULL)
    {
      self->refresh_views = TRUE;
      self->refresh_id = g_idle_add (refresh_cb, self);
    }
}

static void
jobs_changed_cb (EntSidebar *self)
{
  GListModel *jobs = ent_context_get_jobs (self->context);

  gtk_widget_set_visible (GTK_WIDGET (self->job_list), g_list_model_get_n_items (jobs) > 0);
}

static GtkWidget *
create_job_row (gpointer item,
                gpointer user_data)
{
  return ent_job_row_new (item);
}

/* --- Class ------------------------------------------------------------------------------------------- */

static void
ent_sidebar_dispose (GObject *object)
{
  EntSidebar *self = ENT_SIDEBAR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_SIDEBAR);
  g_clear_pointer (&self->page_id, g_free);

  G_OBJECT_CLASS (ent_sidebar_parent_class)->dispose (object);
}

static void
ent_sidebar_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_CONTEXT)
    g_value_set_object (value, ENT_SIDEBAR (object)->context);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_sidebar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (prop_id == PROP_CONTEXT)
    ent_sidebar_set_context (ENT_SIDEBAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_sidebar_class_init (EntSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_sidebar_dispose;
  object_class->get_property = ent_sidebar_get_property;
  object_class->set_property = ent_sidebar_set_property;

  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ENT_TYPE_CONTEXT,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/app/ent-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, workspace_button);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, main_button);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, job_list);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, recent_section);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, workspace_menu);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, main_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
ent_sidebar_init (EntSidebar *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), focus);
  ent_lazy_menu_set (self->workspace_button, self->workspace_menu);
  ent_lazy_menu_set (self->main_button, self->main_menu);
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  self->cancellable = g_cancellable_new ();
  add_pages (self);
}

void
ent_sidebar_set_context (EntSidebar *self,
                         EntContext *context)
{
  GListModel *jobs;

  g_return_if_fail (ENT_IS_SIDEBAR (self));
  g_return_if_fail (self->context == NULL);

  if (context == NULL)
    return;
  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "views-changed", G_CALLBACK (views_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  jobs = ent_context_get_jobs (context);
  gtk_list_box_bind_model (self->job_list, jobs, create_job_row, NULL, NULL);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTEXT]);
}

void
ent_sidebar_count (EntSidebar *self)
{
  g_return_if_fail (ENT_IS_SIDEBAR (self));
  self->is_counting = TRUE;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  refresh_cb (self);
}

void
ent_sidebar_queue_refresh (EntSidebar *self,
                           gboolean    views)
{
  g_return_if_fail (ENT_IS_SIDEBAR (self));

  self->refresh_views |= views;
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_cb, self);
}

void
ent_sidebar_set_workspace (EntSidebar *self,
                           const char *title)
{
  g_return_if_fail (ENT_IS_SIDEBAR (self));

  gtk_menu_button_set_label (self->workspace_button, title != NULL ? title : _("Entente"));
}

void
ent_sidebar_select (EntSidebar *self,
                    const char *page_id)
{
  EntSidebarRow *row;

  g_return_if_fail (ENT_IS_SIDEBAR (self));

  g_set_str (&self->page_id, page_id);
  row = (EntSidebarRow *) gtk_list_box_get_selected_row (self->list);
  if (row != NULL && g_strcmp0 (ent_sidebar_row_get_page_id (row), page_id) == 0)
    return;
  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (g_strcmp0 (ent_sidebar_row_get_page_id (row), page_id) == 0)
      {
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
        return;
      }
  gtk_list_box_unselect_all (self->list);
}

void
ent_sidebar_focus (EntSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (ENT_IS_SIDEBAR (self));

  row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL || !gtk_widget_grab_focus (GTK_WIDGET (row)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

gboolean
ent_sidebar_activate_nth (EntSidebar *self,
                          guint       nth)
{
  EntSidebarRow *row;

  g_return_val_if_fail (ENT_IS_SIDEBAR (self), FALSE);

  row = get_row (self, (int) nth);
  if (row == NULL)
    return FALSE;
  row_activated_cb (self, GTK_LIST_BOX_ROW (row));
  return TRUE;
}

void
ent_sidebar_set_recent (EntSidebar         *self,
                        const char * const *uris)
{
  g_return_if_fail (ENT_IS_SIDEBAR (self));

  g_menu_remove_all (self->recent_section);
  for (guint i = 0; uris != NULL && uris[i] != NULL && i < 5; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autofree char *name = g_file_get_basename (file);
      g_autoptr (GMenuItem) item = NULL;

      if (g_str_has_suffix (name, ".entente"))
        name[strlen (name) - strlen (".entente")] = '\0';
      item = g_menu_item_new (name, NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s", uris[i]);
      g_menu_append_item (self->recent_section, item);
    }
}

void
ent_sidebar_open_menu (EntSidebar *self)
{
  g_return_if_fail (ENT_IS_SIDEBAR (self));
  gtk_menu_button_popup (self->main_button);
}
