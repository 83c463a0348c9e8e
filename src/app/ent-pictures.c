/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-pictures-private.h"

#include "app/ent-page-registry.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define STEP_MILLISECONDS 50
#define TIMEOUT_SECONDS 15

/* What is ready still fades in, lays out and loads its images: so many quiet steps before the picture. */
#define SETTLE_STEPS 8

/* Pixels of the window's own frame, left and right together. */
#define FRAME 10

static int n_warnings; /* atomic */
static char *first_warning;
static gboolean expects_trial; /* in the current picture */

/* --- Warnings ---------------------------------------------------------------------------------------------------- */

/* GTK's warning of a label that is measured for less than it needs. */
static gboolean
is_trial (const GLogField *fields,
          gsize            n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      return g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel");
  return FALSE;
}

void
_ent_pictures_expect_trial (void)
{
  expects_trial = TRUE;
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) != 0 &&
      !(expects_trial && is_trial (fields, n_fields)) &&
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

/* Popovers have surfaces of their own: drawn over the window, at their place. */
static void
snapshot_popovers (GtkWidget   *widget,
                   GtkSnapshot *snapshot,
                   double       x,
                   double       y)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GdkSurface *surface;
      g_autoptr (GdkPaintable) paintable = NULL;
      double inner_x, inner_y;

      if (!gtk_widget_get_mapped (child))
        continue;
      if (!GTK_IS_POPOVER (child))
        {
          snapshot_popovers (child, snapshot, x, y);
          continue;
        }
      surface = gtk_native_get_surface (GTK_NATIVE (child));
      gtk_native_get_surface_transform (GTK_NATIVE (child), &inner_x, &inner_y);
      inner_x += x + gdk_popup_get_position_x (GDK_POPUP (surface));
      inner_y += y + gdk_popup_get_position_y (GDK_POPUP (surface));
      paintable = gtk_widget_paintable_new (child);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) inner_x, (float) inner_y));
      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (child), gtk_widget_get_height (child));
      gtk_snapshot_restore (snapshot);
      snapshot_popovers (child, snapshot, inner_x, inner_y);
    }
}

/* The window draws a frame where nothing composes windows; it is cut off. */
GdkTexture *
ent_pictures_render (GtkWindow *window)
{
  double x, y;
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
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  snapshot_popovers (GTK_WIDGET (window), snapshot, -x - frame.origin.x, -y - frame.origin.y);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;
  graphene_rect_offset (&bounds, -frame.origin.x, -frame.origin.y);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &bounds);
}

static gboolean
write_picture (EntPictures *self,
               const char  *name,
               GError     **error)
{
  g_autoptr (GdkTexture) texture = ent_pictures_render (GTK_WINDOW (self->window));
  g_autofree char *file = g_strdelimit (g_strconcat (name, ".png", NULL), ":=", '-');
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  if (texture == NULL || !gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written", path);
      return FALSE;
    }
  self->n_written++;
  return TRUE;
}

/* --- Pages and scenes ------------------------------------------------------------------------------------------------ */

static gboolean
is_page_ready (EntPictures *self)
{
  EntPage *page = ent_window_get_visible_page (self->window);

  return page != NULL && ent_page_is_ready (page);
}

/* Whether a workspace's pages have it: those of a test have no records page. */
static gboolean
can_show (const EntScene *scene)
{
  if (scene->page == NULL)
    return TRUE;
  if (g_str_equal (scene->page, "profile"))
    return ent_page_registry_has_record_page ();
  return ent_page_registry_lookup (scene->page) != NULL;
}

/* --- Going through them ------------------------------------------------------------------------------------------- */

static void
close_popovers (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    close_popovers (child);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
pictures_free (gpointer data)
{
  EntPictures *self = data;

  g_clear_object (&self->window);
  g_ptr_array_unref (self->names);
  if (self->scratch != NULL)
    remove_folder (self->scratch);
  g_free (self->scratch);
  g_free (self->folder);
  g_free (self->workspace);
  g_free (self);
}

static void
add_all_names (EntPictures *self)
{
  guint n;
  const EntPageInfo *pages = ent_page_registry_get (&n);
  const EntScene *scenes;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->names, g_strdup (pages[i].id));
  scenes = _ent_pictures_get_scenes (&n);
  for (guint i = 0; i < n; i++)
    if (can_show (&scenes[i]))
      g_ptr_array_add (self->names, g_strdup (scenes[i].name));
}

static gboolean
is_current_ready (EntPictures *self)
{
  const char *name = g_ptr_array_index (self->names, self->current);
  EntPage *page;

  if (self->scene != NULL)
    return _ent_pictures_step_scene (self);
  page = ent_window_get_visible_page (self->window);
  return page != NULL && strncmp (ent_page_get_id (page), name, strcspn (name, ":")) == 0 && is_page_ready (self);
}

/* "funds:view=programs": a page in a state; "open" names a record. (transfer floating) (nullable) */
static GVariant *
read_state (EntPictures *self,
            const char  *state)
{
  EntStore *store = ent_context_get_store (ent_window_get_context (self->window));
  g_auto (GStrv) words = state != NULL ? g_strsplit (state, "=", 2) : NULL;
  GVariantDict dict;

  if (words == NULL || words[0] == NULL || words[1] == NULL)
    return NULL;
  g_variant_dict_init (&dict, NULL);
  if (g_str_equal (words[0], "open"))
    g_variant_dict_insert (&dict, "open", "x", ent_store_resolve (store, NULL, words[1], NULL));
  else
    g_variant_dict_insert (&dict, words[0], "s", words[1]);
  return g_variant_dict_end (&dict);
}

/* FALSE with @error set when the name is not one. */
static gboolean
begin_current (EntPictures  *self,
               GError   **error)
{
  const char *name = g_ptr_array_index (self->names, self->current);
  const char *state = strchr (name, ':');
  g_autofree char *page = state != NULL ? g_strndup (name, (gsize) (state - name)) : g_strdup (name);
  AdwDialog *dialog;

  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window))) != NULL)
    adw_dialog_force_close (dialog);
  close_popovers (GTK_WIDGET (self->window));
  expects_trial = FALSE;
  self->settle = 0;
  self->deadline = g_get_monotonic_time () + TIMEOUT_SECONDS * G_USEC_PER_SEC;
  self->scene = _ent_pictures_find_scene (name);
  if (self->scene != NULL)
    {
      _ent_pictures_begin_scene (self);
      return TRUE;
    }
  if (ent_page_registry_lookup (page) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no page “%s”", name);
      return FALSE;
    }
  ent_window_show_page (self->window, page, read_state (self, state != NULL ? state + 1 : NULL));
  return TRUE;
}

static gboolean
check_current (EntPictures  *self,
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
step (EntPictures  *self,
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
  EntPictures *self = g_task_get_task_data (task);
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
  EntPictures *self = g_task_get_task_data (task);

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
  EntPictures *self = g_task_get_task_data (task);
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
  EntPictures *self = g_new0 (EntPictures, 1);

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
