/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/map/ent-map-page-private.h"

#include <glib/gi18n.h>

/* What happens in the background: the graph and its layout first, so that the map is there; then the figures, the
 * costly one last. */

/* --- The map ------------------------------------------------------------------------------------------ */

typedef struct
{
  EntGraphOptions options;
  char           *filter;
  gboolean        anew;
} Wish;

typedef struct
{
  EntGraph  *graph;
  EntLayout *layout;
  GStrv      keys;
} Map;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_free (self->filter);
  g_free (self);
}

static void
map_free (gpointer data)
{
  Map *self = data;

  g_clear_pointer (&self->graph, ent_graph_unref);
  g_clear_pointer (&self->layout, ent_layout_unref);
  g_strfreev (self->keys);
  g_free (self);
}

static GStrv
fold_titles (EntGraph *graph)
{
  guint n = ent_graph_get_n_nodes (graph);
  GStrv keys = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    keys[i] = ent_text_key (ent_graph_get_title (graph, i));
  return keys;
}

/* A workspace that cannot be written keeps no positions, and needs no words about it. */
static void
keep_positions (EntStore     *store,
                const Wish   *wish,
                EntLayout    *layout,
                GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;

  if (wish->options.filter != NULL || ent_store_is_read_only (store) || ent_layout_get_n_moved (layout) == 0)
    return;
  if (!ent_layout_save (layout, store, cancellable, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("Positions were not kept: %s", error->message);
}

static gpointer
make_map (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Wish *wish = data;
  Map *map = g_new0 (Map, 1);

  wish->options.filter = wish->filter;
  map->graph = ent_graph_new_from_store (store, &wish->options, cancellable, error);
  if (map->graph != NULL)
    map->layout = wish->anew ? ent_layout_new (map->graph, cancellable, error)
                             : ent_layout_restore (map->graph, store, cancellable, error);
  if (map->layout == NULL)
    {
      map_free (map);
      return NULL;
    }
  keep_positions (store, wish, map->layout, cancellable);
  map->keys = fold_titles (map->graph);
  return map;
}

/* --- Figures ------------------------------------------------------------------------------------------ */

typedef struct
{
  EntGraph  *graph;
  EntMeasure measures;
} Measuring;

static void
measuring_free (gpointer data)
{
  ent_graph_unref (((Measuring *) data)->graph);
  g_free (data);
}

static gpointer
make_measures (EntStore      *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Measuring *measuring = data;

  return ent_graph_measure (measuring->graph, measuring->measures, cancellable, error);
}

#define QUICK (ENT_MEASURE_DEGREE | ENT_MEASURE_INFLUENCE | ENT_MEASURE_COMMUNITY | ENT_MEASURE_CUT)

static void measure (EntMapPage *self,
                     EntMeasure  measures);

static void
measured_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(EntMapPage) self = data;
  g_autoptr(GError) error = NULL;
  EntGraphMeasures *measures = ent_store_run_finish (ENT_STORE (object), result, &error);

  if (measures == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_info ("The map was not measured: %s", error->message);
      return;
    }
  if (self->canvas == NULL || ent_graph_measures_get_graph (measures) != self->graph)
    {
      ent_graph_measures_unref (measures);
      return;
    }
  g_clear_pointer (&self->measures, ent_graph_measures_unref);
  self->measures = measures;
  ent_map_page_take_measures (self);
  if (ent_graph_measures_get (measures, ENT_MEASURE_BETWEENNESS) == NULL)
    measure (self, QUICK | ENT_MEASURE_BETWEENNESS);
}

static void
measure (EntMapPage *self,
         EntMeasure  measures)
{
  Measuring *measuring = g_new0 (Measuring, 1);

  *measuring = (Measuring) { ent_graph_ref (self->graph), measures };
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), make_measures, measuring, measuring_free,
                       (GDestroyNotify) ent_graph_measures_unref, self->cancellable, measured_cb,
                       g_object_ref (self));
}

/* --- Loading ------------------------------------------------------------------------------------------ */

static void
take_map (EntMapPage *self,
          Map        *map)
{
  g_clear_pointer (&self->measures, ent_graph_measures_unref);
  g_clear_pointer (&self->graph, ent_graph_unref);
  g_clear_pointer (&self->painter, ent_map_painter_unref);
  g_strfreev (self->keys);
  self->graph = g_steal_pointer (&map->graph);
  self->keys = g_steal_pointer (&map->keys);
  self->painter = ent_map_painter_new (map->layout, NULL);
  map_free (map);
  ent_map_page_take_map (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(EntMapPage) self = data;
  g_autoptr(GError) error = NULL;
  Map *map = ent_store_run_finish (ENT_STORE (object), result, &error);

  if (map == NULL || self->canvas == NULL)
    {
      g_clear_pointer (&map, map_free);
      if (self->canvas == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      ent_page_set_ready (ENT_PAGE (self), TRUE);
      return;
    }
  take_map (self, map);
  if (ent_graph_get_n_nodes (self->graph) > 0)
    measure (self, QUICK);
}

void
ent_map_page_load (EntMapPage *self,
                   gboolean    anew)
{
  Wish *wish = g_new0 (Wish, 1);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_stale = FALSE;
  wish->filter = g_strdup (self->filter);
  wish->anew = anew;
  wish->options.include_isolated = gtk_check_button_get_active (self->isolated_check);
  wish->options.include_references = gtk_check_button_get_active (self->references_check);
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), make_map, wish, wish_free, map_free, self->cancellable,
                       loaded_cb, g_object_ref (self));
}
