/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bench/measure.h"

/* Processor time from frame to frame while something is done before each, with all that is done between frames, and how long
 * the main loop is kept busy in one turn, which is what a frame may have to wait for.
 *
 * Without a graphics card Cairo fills the pixels, which counts too: "unpainted" is a frame without that. Whoever measures
 * begins with frames_paint (): the first full pictures are in memory that is new, and that the kernel gives page by page,
 * 12 to 20 ms on a virtual machine. */

#define FRAMES 60

typedef struct
{
  GtkWidget *widget;
  guint      n; /* of the frame */
  double     last, laid_out, painting;
  double     times[FRAMES], unpainted[FRAMES];
  void     (*step) (guint    n,
                    gpointer data);
  gpointer   data;
} Frames;

static inline void
frames_laid_out_cb (Frames *self)
{
  self->laid_out = measure_ms (CLOCK_PROCESS_CPUTIME_ID);
}

static inline void
frames_painted_cb (Frames *self)
{
  self->painting = measure_ms (CLOCK_PROCESS_CPUTIME_ID) - self->laid_out;
}

static inline gboolean
frames_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  Frames *self = data;
  double now = measure_ms (CLOCK_PROCESS_CPUTIME_ID);

  if (self->n > 0 && self->n <= FRAMES)
    {
      self->times[self->n - 1] = now - self->last;
      self->unpainted[self->n - 1] = now - self->last - self->painting;
    }
  self->last = now;
  self->painting = 0;
  self->n++;
  if (self->n > FRAMES)
    return G_SOURCE_REMOVE;
  self->step (self->n, self->data);
  frames_laid_out_cb (self);
  return G_SOURCE_CONTINUE;
}

static inline void
frames_print (const char *what,
              double     *times)
{
  qsort (times, FRAMES, sizeof (double), measure_compare);
  g_print ("%-24s median %6.2f ms   95 %% %6.2f ms   worst %6.2f ms\n", what, times[FRAMES / 2], times[FRAMES * 95 / 100],
           times[FRAMES - 1]);
}

/* Calls @step before each of some frames of the window that @widget is in. */
static inline void
frames_run (GtkWidget  *widget,
            const char *what,
            void      (*step) (guint n, gpointer data),
            gpointer    data)
{
  Frames self = { .widget = widget, .step = step, .data = data };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  MeasureWatch *watch = measure_watch_new ();

  g_signal_connect_swapped (clock, "layout", G_CALLBACK (frames_laid_out_cb), &self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (frames_painted_cb), &self);
  gtk_widget_add_tick_callback (widget, frames_tick_cb, &self, NULL);
  while (self.n <= FRAMES)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &self);
  frames_print (what, self.times);
  frames_print ("  unpainted", self.unpainted);
  measure_watch_print (watch, "", 16);
  measure_watch_free (watch);
}

static inline void
frames_paint_step (guint    n,
                   gpointer widget)
{
  gtk_widget_set_opacity (widget, n % 2 == 0 ? 1 : 0.9);
}

/* The floor: every pixel is another one. And how even the machine is. */
static inline void
frames_paint (GtkWidget *widget)
{
  measure_machine ();
  frames_run (widget, "paint everything (floor)", frames_paint_step, widget);
  gtk_widget_set_opacity (widget, 1);
}
