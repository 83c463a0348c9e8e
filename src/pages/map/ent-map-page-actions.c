/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/map/ent-map-page-private.h"

#include <glib/gi18n.h>

#include "pages/exchange/ent-import-dialog.h"

#define PATHS 4
#define EXPORT_WIDTH 1600
#define EXPORT_HEIGHT 1000

/* --- The view ----------------------------------------------------------------------------------------- */

static void
zoom_in_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ent_map_canvas_zoom (ENT_MAP_PAGE (widget)->canvas, 1.4);
}

static void
zoom_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  ent_map_canvas_zoom (ENT_MAP_PAGE (widget)->canvas, 1 / 1.4);
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ent_map_canvas_fit (ENT_MAP_PAGE (widget)->canvas);
}

static void
neighborhood_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);

  ent_map_page_set_focus (self, ent_map_canvas_get_selected (self->canvas));
}

static void
everything_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  ent_map_page_set_focus (ENT_MAP_PAGE (widget), -1);
}

static void
arrange_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ent_map_page_load (ENT_MAP_PAGE (widget), TRUE);
  ent_map_canvas_fit (ENT_MAP_PAGE (widget)->canvas);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ent_page_refresh (ENT_PAGE (widget));
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ent_page_focus_search (ENT_PAGE (widget));
}

static void
clear_filter_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);

  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), "");
  gtk_check_button_set_active (self->isolated_check, FALSE);
  gtk_check_button_set_active (self->references_check, FALSE);
  self->is_filling = FALSE;
  g_signal_emit_by_name (self->filter_entry, "activate");
}

/* --- The selected record ------------------------------------------------------------------------------ */

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);
  gint32 node = ent_map_canvas_get_selected (self->canvas);

  if (node >= 0)
    ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), ent_graph_get_key (self->graph, node));
}

static void
close_card_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);

  ent_map_page_cancel_path (self);
  ent_map_page_select (self, -1, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* --- Paths -------------------------------------------------------------------------------------------- */

static void
path_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);
  gint32 node = ent_map_canvas_get_selected (self->canvas);
  g_autofree char *text = NULL;

  if (node < 0)
    return;
  ent_map_page_cancel_path (self);
  self->path_from = node;
  text = g_strdup_printf (_("Choose where the path from %s leads to"), ent_graph_get_title (self->graph, node));
  gtk_label_set_label (self->path_label, text);
  gtk_widget_set_visible (self->path_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
ent_map_page_cancel_path (EntMapPage *self)
{
  self->path_from = -1;
  gtk_widget_set_visible (self->path_bar, FALSE);
  if (self->paths == NULL)
    return;
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  if (self->painter == NULL)
    return;
  ent_map_painter_set_path (ent_map_canvas_begin (self->canvas), NULL);
  ent_map_canvas_end (self->canvas);
}

static void
cancel_path_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  EntMapPage *self = ENT_MAP_PAGE (widget);

  ent_map_page_cancel_path (self);
  ent_map_page_update_card (self);
}

void
ent_map_page_choose_path (EntMapPage *self,
                          guint       chosen)
{
  if (self->paths == NULL || chosen >= self->paths->len)
    return;
  ent_map_painter_set_path (ent_map_canvas_begin (self->canvas), self->paths->pdata[chosen]);
  ent_map_canvas_end (self->canvas);
  ent_map_card_show_paths (self->card, self->graph, self->paths, chosen);
  gtk_revealer_set_reveal_child (self->card_revealer, TRUE);
}

typedef struct
{
  EntGraph *graph;
  gint32    from, to;
} Search;

static void
search_free (gpointer data)
{
  ent_graph_unref (((Search *) data)->graph);
  g_free (data);
}

static gpointer
search_paths (EntStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Search *search = data;

  return ent_graph_find_paths (search->graph, search->from, search->to, ENT_PATH_STRONGEST, PATHS, cancellable, error);
}

static void
paths_found_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(EntMapPage) self = data;
  g_autoptr(GError) error = NULL;
  GPtrArray *paths = ent_store_run_finish (ENT_STORE (object), result, &error);

  if (self->canvas == NULL)
    {
      g_clear_pointer (&paths, g_ptr_array_unref);
      return;
    }
  if (paths == NULL)
    {
      ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("There is no path"), error);
      return;
    }
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  self->paths = paths;
  ent_map_page_choose_path (self, 0);
}

void
ent_map_page_find_paths (EntMapPage *self,
                         gint32      to)
{
  Search *search = g_new0 (Search, 1);

  *search = (Search) { ent_graph_ref (self->graph), self->path_from, to };
  ent_map_page_cancel_path (self);
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), search_paths, search, search_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, paths_found_cb, g_object_ref (self));
}

/* --- Files -------------------------------------------------------------------------------------------- */

typedef struct
{
  EntMapPainter *painter;
  char          *path;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  ent_map_painter_unref (self->painter);
  g_free (self->path);
  g_free (self);
}

static gpointer
write_picture (EntStore      *store,
               EntJob        *job,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Export *export = data;

  return ent_map_export (export->painter, export->path, EXPORT_WIDTH, EXPORT_HEIGHT, error)
         ? g_strdup (export->path) : NULL;
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  EntContext *context = ENT_CONTEXT (object);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = ent_context_finish_job (context, result, &error);
  g_autofree char *name = NULL, *text = NULL;

  if (path == NULL)
    {
      ent_context_error (context, _("The picture could not be saved"), error);
      return;
    }
  name = g_path_get_basename (path);
  text = g_strdup_printf (_("Saved %s"), name);
  ent_context_toast (context, text);
}

/* A painter of its own, so that the one on the screen stays free: in the light colors, for paper. */
static EntMapPainter *
make_export_painter (EntMapPage *self)
{
  EntMapPainter *painter = ent_map_painter_new (ent_map_painter_get_layout (self->painter), self->measures);

  ent_map_painter_set_color_by (painter, ent_map_painter_get_color_by (self->painter));
  ent_map_painter_set_size_by (painter, ent_map_painter_get_size_by (self->painter));
  ent_map_painter_set_show_communities (painter, self->show_communities);
  if (self->paths != NULL)
    ent_map_painter_set_path (painter, self->paths->pdata[0]);
  return painter;
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(EntMapPage) self = data;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char *path = NULL, *name = NULL, *title = NULL;
  Export *export;

  if (file == NULL || self->painter == NULL || (path = g_file_get_path (file)) == NULL)
    return;
  name = g_path_get_basename (path);
  title = g_strdup_printf (_("Export %s"), name);
  export = g_new0 (Export, 1);
  *export = (Export) { make_export_painter (self), g_steal_pointer (&path) };
  ent_context_start_job (ent_page_get_context (ENT_PAGE (self)), title, write_picture, export, export_free, g_free,
                         exported_cb, NULL);
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  static const struct { const char *name, *pattern; } kinds[] = {
    { N_("SVG drawing"), "*.svg" }, { N_("PDF document"), "*.pdf" }, { N_("PNG picture"), "*.png" },
  };
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _(kinds[i].name));
      gtk_file_filter_add_pattern (filter, kinds[i].pattern);
      g_list_store_append (filters, filter);
    }
  gtk_file_dialog_set_title (dialog, _("Export Picture"));
  gtk_file_dialog_set_initial_name (dialog, _("Ecosystem.svg"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen_cb, g_object_ref (widget));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntPage *self = ENT_PAGE (widget);

  ent_import_dialog_present (widget, ent_page_get_context (self),
                             ent_store_get_record_type (ent_page_get_store (self), "link"), NULL);
}

void
ent_map_page_install_actions (GtkWidgetClass *klass)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc func; } actions[] = {
    { "page.zoom-in", zoom_in_action }, { "page.zoom-out", zoom_out_action }, { "page.fit", fit_action },
    { "page.neighborhood", neighborhood_action }, { "page.everything", everything_action },
    { "page.arrange", arrange_action }, { "page.refresh", refresh_action }, { "page.find", find_action },
    { "page.clear-filter", clear_filter_action }, { "page.open", open_action },
    { "page.close-card", close_card_action }, { "page.path", path_action },
    { "page.cancel-path", cancel_path_action }, { "page.export", export_action },
    { "page.import", import_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].func);
  gtk_widget_class_install_property_action (klass, "page.communities", "show-communities");
}
