/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/ent-application.h"
#include "app/ent-state.h"
#include "app/ent-window.h"
#include "bench/measure.h"

/* The whole application, started on a workspace and the page that was open last, and a minimal libadwaita window to
 * compare it with. Each start is a process of its own, which measures itself until the frame is painted. */

typedef struct _AppWindow AppWindow;

/* Whether what the user waits for is on screen; called after each frame. */
typedef gboolean (*AppWindowReady) (AppWindow *self);
/* What comes then; ends with exit(). */
typedef void     (*AppWindowFunc)  (AppWindow *self);

struct _AppWindow
{
  const char        *path;
  const EntStoreKey *key;   /* NULL: not encrypted */
  AppWindowReady     is_ready;
  AppWindowFunc      func;
  gpointer           data;

  GtkWidget *window, *widget; /* is_ready() may keep a widget there */
  gboolean   is_done;
};

/* Depth first. */
static inline GtkWidget *
app_window_find (GtkWidget *widget,
                 GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = app_window_find (child, type);
  return found;
}

/* When the process was started by app_window_start(), in microseconds. */
static inline gint64
app_window_get_begin (void)
{
  const char *text = g_getenv ("BENCH_SPAWNED");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : g_get_monotonic_time ();
}

static inline void
app_window_report (void)
{
  g_print ("START %.1f %.1f %.1f\n", (double) (g_get_monotonic_time () - app_window_get_begin ()) / 1000,
           measure_ms (CLOCK_PROCESS_CPUTIME_ID), measure_memory ("VmRSS:"));
}

static inline gboolean
app_window_call (gpointer data)
{
  AppWindow *self = data;

  self->func (self);
  return G_SOURCE_REMOVE;
}

static inline void
app_window_painted_cb (GdkFrameClock *clock,
                       AppWindow     *self)
{
  if (self->is_done || !self->is_ready (self))
    return;
  self->is_done = TRUE;
  app_window_report ();
  /* Not from inside the frame: what comes is watched turn by turn of the main loop. */
  g_idle_add_full (G_PRIORITY_HIGH, app_window_call, self, NULL);
}

static inline void
app_window_added_cb (GtkApplication *application,
                     GtkWindow      *window,
                     AppWindow      *self)
{
  self->window = GTK_WIDGET (window);
  gtk_widget_realize (self->window);
  g_signal_connect (gtk_widget_get_frame_clock (self->window), "after-paint", G_CALLBACK (app_window_painted_cb), self);
}

static inline int
app_window_run (AppWindow *self)
{
  g_autofree char *text = self->key != NULL ? ent_store_key_print (self->key) : NULL;
  g_autoptr (EntOpening) early = ent_opening_start (self->path, text, FALSE, ENT_STORE_OPEN_DEFAULT);
  g_autoptr (EntApplication) application = ent_application_new (early);

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_signal_connect (application, "window-added", G_CALLBACK (app_window_added_cb), self);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* The next window on the workspace begins on this page. */
static inline void
app_window_set_page (EntStore          *store,
                     const EntStoreKey *key,
                     const char        *page)
{
  g_autoptr (GError) error = NULL;
  GVariantDict state;

  g_variant_dict_init (&state, NULL);
  g_variant_dict_insert (&state, "page", "s", page);
  if (!ent_state_save (ent_store_get_id (store), key, g_variant_dict_end (&state), &error))
    g_error ("%s", error->message);
}

/* --- The minimal window ----------------------------------------------------------------------------------------- */

static inline void
app_window_minimal_painted_cb (GdkFrameClock *clock,
                               gpointer       data)
{
  app_window_report ();
  exit (0);
}

static inline void
app_window_minimal_activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), "Minimal");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (app_window_minimal_painted_cb), NULL);
}

static inline int
app_window_run_minimal (void)
{
  g_autoptr (AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (app_window_minimal_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* --- In the parent ------------------------------------------------------------------------------------------------ */

typedef struct
{
  GArray *wall, *cpu, *memory; /* of double */
} AppStarts;

static inline AppStarts
app_starts_new (void)
{
  return (AppStarts) { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)),
                       g_array_new (FALSE, FALSE, sizeof (double)) };
}

static inline void
app_starts_clear (AppStarts *self)
{
  g_array_unref (self->wall);
  g_array_unref (self->cpu);
  g_array_unref (self->memory);
}

/* Starts "@program @what @path" and adds its figures. Returns all that it printed. (transfer full) */
static inline char *
app_starts_add (AppStarts  *self,
                const char *program,
                const char *what,
                const char *path)
{
  const char * const argv[] = { program, what, path, NULL };
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  const char *line;
  double wall, cpu, memory;

  g_setenv ("BENCH_SPAWNED", now, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &out, NULL, NULL, &error))
    g_error ("%s", error->message);
  line = strstr (out, "START ");
  if (line == NULL || sscanf (line, "START %lf %lf %lf", &wall, &cpu, &memory) != 3)
    g_error ("No frame of %s: %s", what, out);
  g_array_append_val (self->wall, wall);
  g_array_append_val (self->cpu, cpu);
  g_array_append_val (self->memory, memory);
  return out;
}

static inline void
app_starts_print (const AppStarts *minimal,
                  const AppStarts *ours,
                  const char      *what,
                  const char      *goal)
{
  double a = measure_quantile (minimal->cpu, 0.5), b = measure_quantile (ours->cpu, 0.5);

  g_print ("%s, processor time: %.0f ms, minimal window %.0f ms: %.2fx%s\n", what, b, a, b / a, goal);
  a = measure_quantile (minimal->wall, 0.5);
  b = measure_quantile (ours->wall, 0.5);
  g_print ("%s, wall: %.0f ms, minimal window %.0f ms: %.2fx\n", what, b, a, b / a);
  g_print ("%s, memory: %.0f MB, minimal window %.0f MB\n", what, measure_quantile (ours->memory, 0.5),
           measure_quantile (minimal->memory, 0.5));
}
