/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "support/workspace.h"

/* Keys and pointer as the X server sends them: xdotool presses them in the test's private display. */

static void
input_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      done)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *(gboolean *) done = TRUE;
}

static inline gboolean
input_try (const char * const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_async (process, NULL, input_done_cb, &done);
  test_wait_for (done);
  return g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0;
}

/** Runs `xdotool ARGS` (words) while the main loop runs. A search fails when one of the windows it looks at is closed meanwhile
 * (a tooltip, what is dragged): it is repeated. */
static inline void
input_run (const char *format,
           ...)
{
  g_autofree char *text = NULL, *line = NULL;
  g_auto (GStrv) words = NULL;
  guint tries;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat ("xdotool ", text, NULL);
  words = g_strsplit (line, " ", -1);
  tries = g_str_equal (words[1], "search") ? 5 : 1;
  while (!input_try ((const char * const *) words))
    g_assert_cmpuint (--tries, >, 0);
  /* The server has sent all by now; one round trip, and it is here. */
  gdk_display_sync (gdk_display_get_default ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/** Shows @child in a window called @title that has the keyboard. */
static inline GtkWidget *
input_show (GtkWidget  *child,
            const char *title,
            int         width,
            int         height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  test_wait_for (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 0);
  input_run ("search --sync --onlyvisible --name ^%s$ windowfocus --sync", title);
  test_wait_for (gtk_window_is_active (GTK_WINDOW (window)));
  return window;
}

/** Presses keys: "Down", "ctrl+shift+Right". */
static inline void
input_key (const char *keys)
{
  input_run ("key --clearmodifiers --delay 1 %s", keys);
}

/* A point of a widget, in pixels of its window. */
static inline void
input_locate (GtkWidget *widget,
              double     x,
              double     y,
              int       *at_x,
              int       *at_y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_point_t at;
  double dx, dy;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native), &GRAPHENE_POINT_INIT ((float) x, (float) y), &at));
  gtk_native_get_surface_transform (native, &dx, &dy);
  *at_x = (int) (at.x + dx);
  *at_y = (int) (at.y + dy);
}

static inline void
input_move (const char *title,
            GtkWidget  *widget,
            double      x,
            double      y)
{
  int at_x, at_y;

  input_locate (widget, x, y, &at_x, &at_y);
  input_run ("search --onlyvisible --name ^%s$ mousemove --window %%1 %d %d", title, at_x, at_y);
}

static inline void
input_click (const char *title,
             GtkWidget  *widget,
             double      x,
             double      y,
             int         button)
{
  input_move (title, widget, x, y);
  input_run ("click %d", button);
}

/** A picture of @window into the folder PICTURES of the environment, if it is set: to look at what a test sees. */
static inline void
input_picture (GtkWidget  *window,
               const char *name)
{
  const char *folder = g_getenv ("PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = NULL;

  if (folder == NULL)
    return;
  for (int i = 0; i < 20; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (10000);
    }
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  file = g_strdup_printf ("%s/%s.png", folder, name);
  gdk_texture_save_to_png (texture, file);
}
