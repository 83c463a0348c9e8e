/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/exchange/ent-import-preview-table.h"

#include <glib/gi18n.h>

#include "widgets/ent-table-columns.h"

#define ROWS_SHOWN 12
#define MAX_CHARS  28

static gboolean
is_trailing (const EntImportColumn *column)
{
  return column->field != NULL && ent_field_is_numeric (column->field);
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* The line number, with the reason when the row as a whole is wrong. */
static GtkWidget *
make_line (const EntPreviewRow *row)
{
  g_autofree char *number = g_strdup_printf (row->reason != NULL ? "▲ %" G_GUINT64_FORMAT : "%" G_GUINT64_FORMAT,
                                             row->line);
  GtkWidget *label = make_label (number, row->reason != NULL ? "error" : "dimmed");

  gtk_widget_set_tooltip_text (label, row->reason);
  return label;
}

static GtkWidget *
make_cell (const EntPreviewCell *cell)
{
  g_autofree char *marked = NULL;
  GtkWidget *label;

  if (cell->reason == NULL)
    {
      label = make_label (cell->display != NULL ? cell->display : "", NULL);
      gtk_widget_set_tooltip_text (label, cell->text);
      return label;
    }
  /* A sign besides the color tells that the cell was not understood. */
  marked = g_strdup_printf ("▲ %s", cell->text);
  label = make_label (marked, "error");
  gtk_widget_set_tooltip_text (label, cell->reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cell->reason, -1);
  return label;
}

static void
attach_row (GtkGrid             *grid,
            EntImportPlan       *plan,
            const EntPreviewRow *row,
            int                  at)
{
  int column = 1;

  gtk_grid_attach (grid, make_line (row), 0, at, 1, 1);
  for (guint i = 0; i < ent_import_plan_get_n_columns (plan); i++)
    if (ent_import_plan_get_column (plan, i)->role != ENT_IMPORT_IGNORE)
      {
        GtkWidget *cell = make_cell (&row->cells[i]);

        if (is_trailing (ent_import_plan_get_column (plan, i)))
          gtk_label_set_xalign (GTK_LABEL (cell), 1);
        gtk_grid_attach (grid, cell, column++, at, 1, 1);
      }
}

static void
attach_header (GtkGrid       *grid,
               EntImportPlan *plan)
{
  int column = 1;

  gtk_grid_attach (grid, make_label (_("Line"), "heading"), 0, 0, 1, 1);
  for (guint i = 0; i < ent_import_plan_get_n_columns (plan); i++)
    {
      const EntImportColumn *info = ent_import_plan_get_column (plan, i);
      const char *label = info->field != NULL ? ent_field_get_label (info->field) : info->name;

      if (info->role != ENT_IMPORT_IGNORE)
        {
          GtkWidget *heading = make_label (label, "heading");

          gtk_label_set_xalign (GTK_LABEL (heading), is_trailing (info) ? 1 : 0);
          gtk_grid_attach (grid, heading, column++, 0, 1, 1);
        }
    }
}

GtkWidget *
ent_import_preview_table_new (EntImportPlan    *plan,
                              EntImportPreview *preview)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  GtkWidget *viewport;

  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 6);
  gtk_widget_add_css_class (GTK_WIDGET (grid), "preview-grid");
  attach_header (grid, plan);
  for (guint i = 0; i < preview->rows->len && i < ROWS_SHOWN; i++)
    attach_row (grid, plan, g_ptr_array_index (preview->rows, i), (int) i + 1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  viewport = gtk_viewport_new (NULL, NULL);
  /* Cells as wide as they are: one scrolls rather than guess. */
  gtk_scrollable_set_hscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (grid));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  gtk_widget_add_css_class (scrolled, "card");
  return scrolled;
}
