/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-print.h"

#include <glib/gi18n.h>

#include "pages/onboarding/ent-timeline-painter.h"

#define HEAD 56.0
#define FOOT 24.0
#define LINE 17.0
#define BLOCK 24.0
#define TIMELINE_ROW 16.0

/* A page of the checklist holds items @from … @to - 1; the timeline comes after them. */
typedef struct
{
  EntPlanData *data;
  GArray      *starts; /* of guint: first item of each page of the checklist */
  guint        n_timeline_pages;
  guint        rows_per_page;
} Print;

static void
print_free (gpointer data)
{
  Print *print = data;

  ent_plan_data_unref (print->data);
  g_array_unref (print->starts);
  g_free (print);
}

static gboolean
begins_block (const EntOnboardRun *run,
              guint                index,
              guint                first)
{
  return index == first || !g_str_equal (ent_onboard_run_get (run, index)->section,
                                         ent_onboard_run_get (run, index - 1)->section);
}

static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          Print             *print)
{
  const EntOnboardRun *run = print->data->run;
  double room = gtk_print_context_get_height (context) - HEAD - FOOT, used = room + 1;
  guint first = 0;

  for (guint i = 0; i < run->items->len; i++)
    {
      double need = LINE + (begins_block (run, i, first) ? BLOCK : 0);

      if (used + need > room)
        {
          g_array_append_val (print->starts, i);
          first = i;
          used = BLOCK;
          need = LINE;
        }
      used += need;
    }
  print->rows_per_page = MAX ((guint) (room / TIMELINE_ROW), 2) - 1;
  print->n_timeline_pages = (run->items->len + print->rows_per_page - 1) / print->rows_per_page;
  gtk_print_operation_set_n_pages (operation, (int) MAX (print->starts->len + print->n_timeline_pages, 1));
}

static PangoLayout *
new_layout (GtkPrintContext *context,
            const char      *font,
            const char      *text,
            double           width)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  return layout;
}

static void
put (GtkPrintContext *context,
     cairo_t         *cr,
     const char      *font,
     const char      *text,
     double           x,
     double           y,
     double           width)
{
  g_autoptr (PangoLayout) layout = new_layout (context, font, text, width);

  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
put_item (Print           *print,
          GtkPrintContext *context,
          cairo_t         *cr,
          guint            index,
          double           y)
{
  const EntOnboardItem *item = ent_onboard_run_get (print->data->run, index);
  double width = gtk_print_context_get_width (context);
  const char *owner = ent_plan_data_get_name (print->data, ent_record_get_ref (item->record, "owner"));
  g_autofree char *due = item->due != ENT_ONBOARD_NO_DATE ? ent_date_display (item->due, ENT_DISPLAY_SHORT) : NULL;
  g_autofree char *title = item->is_gate ? g_strdup_printf (_("Gate: %s"), item->title) : g_strdup (item->title);

  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, 1, y + 2.5, 9, 9);
  cairo_stroke (cr);
  if (item->is_done)
    {
      cairo_move_to (cr, 3, y + 7);
      cairo_line_to (cr, 5, y + 9.5);
      cairo_line_to (cr, 9, y + 4);
      cairo_stroke (cr);
    }
  put (context, cr, item->is_gate ? "Sans Bold 9" : "Sans 9", title, 18, y, width * 0.6 - 18);
  put (context, cr, "Sans 9", due != NULL ? due : "", width * 0.62, y, width * 0.18);
  put (context, cr, "Sans 9", owner != NULL ? owner : "", width * 0.8, y, width * 0.2);
}

static void
put_checklist (Print           *print,
               GtkPrintContext *context,
               cairo_t         *cr,
               guint            page)
{
  const EntOnboardRun *run = print->data->run;
  guint first = g_array_index (print->starts, guint, page);
  guint end = page + 1 < print->starts->len ? g_array_index (print->starts, guint, page + 1) : run->items->len;
  double y = HEAD;

  for (guint i = first; i < end; i++)
    {
      if (begins_block (run, i, first))
        {
          const char *section = ent_onboard_run_get (run, i)->section;

          put (context, cr, "Sans Bold 10", *section != '\0' ? section : _("Other"), 0, y + 6,
               gtk_print_context_get_width (context));
          y += BLOCK;
        }
      put_item (print, context, cr, i, y);
      y += LINE;
    }
}

static void
put_timeline (Print           *print,
              GtkPrintContext *context,
              cairo_t         *cr,
              guint            page)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 7");
  EntTimelineStyle style = {
    .text = { 0, 0, 0, 1 }, .muted = { 0.35f, 0.35f, 0.35f, 1 }, .line = { 0.7f, 0.7f, 0.7f, 1 },
    .band = { 0.94f, 0.94f, 0.94f, 1 }, .open = { 0.65f, 0.65f, 0.65f, 1 }, .doing = { 0.15f, 0.35f, 0.7f, 1 },
    .done = { 0.15f, 0.5f, 0.3f, 1 }, .late = { 0.75f, 0.15f, 0.15f, 1 },
    .rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL, .row = TIMELINE_ROW, .selected = G_MAXUINT,
    .dragged = G_MAXUINT,
  };

  pango_context_set_font_description (pango, font);
  cairo_save (cr);
  cairo_translate (cr, 0, HEAD);
  ent_timeline_paint (print->data->run, &style, cr, pango, gtk_print_context_get_width (context),
                      page * print->rows_per_page,
                      MIN (print->rows_per_page, print->data->run->items->len - page * print->rows_per_page));
  cairo_restore (cr);
  g_object_unref (pango);
}

static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         Print             *print)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context);
  int n_pages;
  g_autofree char *day = ent_onboard_run_dup_day (print->data->run);
  g_autofree char *date = ent_date_display (print->data->run->today, ENT_DISPLAY_SHORT);
  g_autofree char *facts = g_strdup_printf ("%s · %d %% · %s", day, print->data->run->progress, date);
  g_autofree char *number = NULL;

  g_object_get (operation, "n-pages", &n_pages, NULL);
  /* Translators: page of pages. */
  number = g_strdup_printf (_("%d of %d"), page + 1, n_pages);
  cairo_set_source_rgb (cr, 0, 0, 0);
  put (context, cr, "Sans Bold 14", ent_record_get_title (print->data->run->plan), 0, 0, width);
  put (context, cr, "Sans 9", facts, 0, 24, width);
  put (context, cr, "Sans 8", number, 0, gtk_print_context_get_height (context) - 12, width);
  if ((guint) page < print->starts->len)
    put_checklist (print, context, cr, (guint) page);
  else if (print->n_timeline_pages > 0)
    put_timeline (print, context, cr, (guint) page - print->starts->len);
}

GtkPrintOperation *
ent_plan_print_new (EntPlanData *data)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Print *print = g_new0 (Print, 1);

  print->data = ent_plan_data_ref (data);
  print->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_print_operation_set_job_name (operation, ent_record_get_title (data->run->plan));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), print);
  g_object_set_data_full (G_OBJECT (operation), "ent-print", print, print_free);
  return operation;
}
