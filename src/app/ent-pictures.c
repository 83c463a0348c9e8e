/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-pictures.h"

#include "app/ent-page-registry.h"
#include "app/ent-palette.h"
#include "app/ent-preferences.h"
#include "store/ent-query.h"

#include <errno.h>
#include <glib/gstdio.h>

#define STEP_MILLISECONDS 50
#define TIMEOUT_SECONDS 15

/* What is ready still fades in, lays out and loads its images: so many quiet steps before the picture. */
#define SETTLE_STEPS 8

/* Pixels of the window's own frame, left and right together. */
#define FRAME 10

typedef struct _Pictures Pictures;
typedef struct _Scene Scene;

/** Something to picture: how to show it, and whether it is there. */
struct _Scene
{
  const char *name;
  void      (*show)     (Pictures *self);
  gboolean  (*is_ready) (Pictures *self);
};

struct _Pictures
{
  EntWindow    *window;
  char         *folder;
  char         *workspace;
  gboolean      begun;
  GPtrArray    *names;
  guint         current;
  const Scene  *scene; /* NULL: a page of the registry */
  gint64        deadline;
  int           settle;
  guint         n_written;
  EntKey        key; /* for the profile */
};

static int n_warnings; /* atomic */
static char *first_warning;

/* --- Warnings ---------------------------------------------------------------------------------------------------- */

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) != 0 &&
      g_atomic_int_add (&n_warnings, 1) == 0)
    first_warning = g_log_writer_format_fields (level, fields, n_fields, FALSE);
  return g_log_writer_default (level, fields, n_fields, user_data);
}

void
ent_pictures_watch_warnings (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

/* --- Rendering ----------------------------------------------------------------------------------------------------- */

/* The window draws a frame where nothing composes windows; it is cut off. */
GdkTexture *
ent_pictures_render (GtkWindow *window)
{
  GtkWidget *child = gtk_window_get_child (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t bounds, frame;

  if (child == NULL ||
      !gtk_widget_compute_bounds (GTK_WIDGET (window), GTK_WIDGET (window), &frame) ||
      !gtk_widget_compute_bounds (child, GTK_WIDGET (window), &bounds))
    return NULL;
  gdk_paintable_snapshot (paintable, snapshot, frame.size.width, frame.size.height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;
  graphene_rect_offset (&bounds, -frame.origin.x, -frame.origin.y);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &bounds);
}

static gboolean
write_picture (Pictures    *self,
               const char  *name,
               GError     **error)
{
  g_autoptr (GdkTexture) texture = ent_pictures_render (GTK_WINDOW (self->window));
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  if (texture == NULL || !gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written", path);
      return FALSE;
    }
  self->n_written++;
  return TRUE;
}

/* --- Scenes ---------------------------------------------------------------------------------------------------------- */

static AdwDialog *
get_dialog (Pictures *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

static gboolean
is_dialog_there (Pictures *self)
{
  return get_dialog (self) != NULL;
}

static gboolean
is_page_ready (Pictures *self)
{
  EntPage *page = ent_window_get_visible_page (self->window);

  return page != NULL && ent_page_is_ready (page);
}

static void
show_first_page (Pictures *self)
{
  guint n;
  const EntPageInfo *pages = ent_page_registry_get (&n);

  if (n > 0)
    ent_window_show_page (self->window, pages[0].id, NULL);
}

static void
show_welcome (Pictures *self)
{
  ent_window_show_welcome (self->window);
}

static gboolean
is_ready_at_once (Pictures *self)
{
  return TRUE;
}

static void
show_palette (Pictures *self)
{
  show_first_page (self);
  ent_window_activate (self->window, "win.palette");
  ent_palette_set_text (ENT_PALETTE (get_dialog (self)), "pre");
}

static gboolean
is_palette_settled (Pictures *self)
{
  AdwDialog *dialog = get_dialog (self);

  return ENT_IS_PALETTE (dialog) && ent_palette_is_settled (ENT_PALETTE (dialog));
}

static void
show_preferences (Pictures *self)
{
  show_first_page (self);
  ent_window_activate (self->window, "app.preferences");
}

static void
show_workspace_settings (Pictures *self)
{
  show_first_page (self);
  ent_window_activate (self->window, "win.workspace-settings");
}

static void
show_new_workspace (Pictures *self)
{
  show_welcome (self);
  ent_window_activate (self->window, "win.new-workspace");
}

static void
show_shortcuts (Pictures *self)
{
  show_first_page (self);
  ent_window_activate (self->window, "win.shortcuts");
}

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
  if (result != NULL && ent_result_get_n (result) > 0)
    *key = ent_key_make (query.type->info->number, ent_result_get_rows (result)[0]);
  return key;
}

static void
profile_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (EntWindow) window = user_data;
  g_autofree EntKey *key = ent_store_run_finish (ENT_STORE (source), result, NULL);

  if (key != NULL && *key != 0)
    ent_window_open_record (window, *key);
}

static void
show_profile (Pictures *self)
{
  ent_store_run_async (ent_context_get_store (ent_window_get_context (self->window)),
                       find_profile_job, NULL, NULL, g_free, NULL, profile_found_cb,
                       g_object_ref (self->window));
}

static gboolean
is_profile_ready (Pictures *self)
{
  EntPage *page = ent_window_get_visible_page (self->window);

  return page != NULL && g_strcmp0 (ent_page_get_id (page), "profile") == 0 && ent_page_is_ready (page);
}

static void
show_import (Pictures *self)
{
  show_first_page (self);
  ent_window_activate (self->window, "page.import");
}

static gboolean
can_show_profile (void)
{
  return ent_page_registry_has_record_page ();
}

static const Scene scenes[] = {
  { "palette", show_palette, is_palette_settled },
  { "preferences", show_preferences, is_dialog_there },
  { "workspace", show_workspace_settings, is_dialog_there },
  { "shortcuts", show_shortcuts, is_dialog_there },
  { "profile", show_profile, is_profile_ready },
  { "import", show_import, is_dialog_there },
  { "new-workspace", show_new_workspace, is_dialog_there },
  { "welcome", show_welcome, is_ready_at_once },
};

static const Scene *
find_scene (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_str_equal (scenes[i].name, name))
      return &scenes[i];
  return NULL;
}

/* --- Going through them ------------------------------------------------------------------------------------------- */

static void
pictures_free (gpointer data)
{
  Pictures *self = data;

  g_clear_object (&self->window);
  g_ptr_array_unref (self->names);
  g_free (self->folder);
  g_free (self->workspace);
  g_free (self);
}

static void
add_all_names (Pictures *self)
{
  guint n;
  const EntPageInfo *pages = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->names, g_strdup (pages[i].id));
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      if (g_str_equal (scenes[i].name, "profile") && !can_show_profile ())
        continue;
      if (g_str_equal (scenes[i].name, "import") && n == 0)
        continue;
      g_ptr_array_add (self->names, g_strdup (scenes[i].name));
    }
}

static gboolean
is_current_ready (Pictures *self)
{
  const char *name = g_ptr_array_index (self->names, self->current);
  EntPage *page;

  if (self->scene != NULL)
    return self->scene->is_ready (self);
  page = ent_window_get_visible_page (self->window);
  return page != NULL && g_strcmp0 (ent_page_get_id (page), name) == 0 && is_page_ready (self);
}

/* FALSE with @error set when the name is not one. */
static gboolean
begin_current (Pictures  *self,
               GError   **error)
{
  const char *name = g_ptr_array_index (self->names, self->current);
  AdwDialog *dialog = get_dialog (self);

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  self->settle = 0;
  self->deadline = g_get_monotonic_time () + TIMEOUT_SECONDS * G_USEC_PER_SEC;
  self->scene = find_scene (name);
  if (self->scene != NULL)
    {
      self->scene->show (self);
      return TRUE;
    }
  if (ent_page_registry_lookup (name) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no page “%s”", name);
      return FALSE;
    }
  ent_window_show_page (self->window, name, NULL);
  return TRUE;
}

static gboolean
check_current (Pictures  *self,
               GError   **error)
{
  const char *name = g_ptr_array_index (self->names, self->current);

  if (g_atomic_int_get (&n_warnings) > 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the page “%s” warns: %s", name, first_warning);
      return FALSE;
    }
  if (g_get_monotonic_time () > self->deadline)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                   "the page “%s” did not become ready in %d s", name, TIMEOUT_SECONDS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
step (Pictures  *self,
      gboolean  *done,
      GError   **error)
{
  if (!check_current (self, error))
    return FALSE;
  if (!self->begun)
    {
      EntPage *page = ent_window_get_visible_page (self->window);

      /* The window takes the workspace, and shows its first page, after its first frame. */
      if (self->workspace != NULL && (page == NULL || !ent_page_is_ready (page)))
        return TRUE;
      self->begun = TRUE;
      return begin_current (self, error);
    }
  if (!is_current_ready (self))
    {
      self->settle = 0;
      return TRUE;
    }
  if (++self->settle < SETTLE_STEPS)
    return TRUE;
  if (!write_picture (self, g_ptr_array_index (self->names, self->current), error))
    return FALSE;
  self->current++;
  if (self->current < self->names->len)
    return begin_current (self, error);
  *done = TRUE;
  return TRUE;
}

static gboolean
step_cb (gpointer user_data)
{
  GTask *task = user_data;
  Pictures *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  if (!step (self, &done, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (done)
    g_task_return_boolean (task, TRUE);
  else
    return G_SOURCE_CONTINUE;
  return G_SOURCE_REMOVE;
}

static void
start (GTask *task)
{
  Pictures *self = g_task_get_task_data (task);

  self->deadline = g_get_monotonic_time () + TIMEOUT_SECONDS * G_USEC_PER_SEC;
  g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, STEP_MILLISECONDS, step_cb, g_object_ref (task),
                      g_object_unref);
}

/* --- Beginning ------------------------------------------------------------------------------------------------------ */

static void
set_size (EntWindow  *window,
          const char *size)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle screen = { 0, 0, 1280, 800 };
  int width = 0, height = 0;

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &screen);
  if (size == NULL || sscanf (size, "%dx%d", &width, &height) != 2)
    {
      width = screen.width;
      height = screen.height;
    }
  gtk_window_set_default_size (GTK_WINDOW (window), width + FRAME, height + FRAME);
}

static void
opened_cb (EntOpening *opening,
           GTask      *task)
{
  Pictures *self = g_task_get_task_data (task);
  const GError *error = ent_opening_get_error (opening);

  if (ent_opening_get_store (opening) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                               error != NULL ? error->message : "no workspace");
    }
  else
    {
      ent_window_take_opening (self->window, opening);
      start (task);
    }
  g_object_unref (task);
  g_object_unref (opening);
}

void
ent_pictures_take_async (EntWindow           *window,
                         const char          *workspace,
                         const char          *folder,
                         const char * const  *pages,
                         const char          *size,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (window, NULL, callback, user_data);
  Pictures *self = g_new0 (Pictures, 1);

  self->window = g_object_ref (window);
  self->folder = g_strdup (folder);
  self->workspace = g_strdup (workspace);
  self->names = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, ent_pictures_take_async);
  g_task_set_task_data (task, self, pictures_free);
  for (guint i = 0; pages != NULL && pages[i] != NULL; i++)
    g_ptr_array_add (self->names, g_strdup (pages[i]));
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno),
                               "the folder %s cannot be made: %s", folder, g_strerror (errno));
      return;
    }
  set_size (window, size);
  gtk_window_present (GTK_WINDOW (window));
  if (workspace == NULL)
    {
      if (self->names->len == 0)
        g_ptr_array_add (self->names, g_strdup ("welcome"));
      start (task);
      return;
    }
  if (self->names->len == 0)
    add_all_names (self);
  g_signal_connect (ent_opening_start (workspace, NULL, FALSE, ENT_STORE_OPEN_DEFAULT), "done",
                    G_CALLBACK (opened_cb), g_object_ref (task));
}

gboolean
ent_pictures_finish (GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
