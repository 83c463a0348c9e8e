/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "ecosystem/cncf-workspace.h"
#include "pages/map/ent-map-page-private.h"
#include "support/workspace.h"
#include "widgets/ent-announce.h"
#include "widgets/ent-level-badge.h"

/* ENTENTE_MAP_PICTURES=FOLDER writes what the tests see as pictures, of the CNCF ecosystem where it is there. */

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWindow  *window;
  EntMapPage *page;
  EntKey      opened;
} Fixture;

static void
opened_cb (EntContext *context,
           gint64      key,
           Fixture    *self)
{
  self->opened = key;
}

static void
make_page (Fixture *self,
           int      width,
           int      height)
{
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  g_signal_connect (self->context, "open-record", G_CALLBACK (opened_cb), self);
  self->window = GTK_WINDOW (adw_window_new ());
  self->page = g_object_new (ENT_TYPE_MAP_PAGE, "context", self->context, "page-id", "map", "title", "Ecosystem", NULL);
  gtk_window_set_default_size (self->window, width, height);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (self->window);
  test_wait_for (ent_page_is_ready (ENT_PAGE (self->page)));
}

static void
fill (EntStore *store)
{
  test_workspace_add (store, "program", "title=Strategic", "kind=level", "rank=1", NULL);
  test_workspace_add (store, "organization", "title=Northwind", "roles=own", NULL);
  test_workspace_add (store, "organization", "title=Contoso", "roles=partner", "level=Strategic", NULL);
  test_workspace_add (store, "organization", "title=Fabrikam", "roles=partner", NULL);
  test_workspace_add (store, "organization", "title=Fabrikam Labs", "roles=partner", NULL);
  test_workspace_add (store, "link", "from=Northwind", "to=Contoso", "type=partner_of", "strength=80", NULL);
  test_workspace_add (store, "link", "from=Contoso", "to=Fabrikam", "type=resells", "strength=50", NULL);
  test_workspace_add (store, "link", "from=Fabrikam", "to=Fabrikam Labs", "type=works_with", NULL);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  if (data != NULL)
    fill (self->store);
  make_page (self, 1000, 700);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  /* Jobs that were cancelled keep the page until they notice. */
  gtk_window_destroy (self->window);
  test_wait_for (G_OBJECT (self->context)->ref_count == 1);
  g_assert_finalize_object (self->context);
  test_wait_for (G_OBJECT (self->store)->ref_count == 1);
  test_workspace_free (self->store);
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 80000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static gint32
find (Fixture    *self,
      const char *title)
{
  for (guint i = 0; i < ent_graph_get_n_nodes (self->page->graph); i++)
    if (g_str_equal (ent_graph_get_title (self->page->graph, i), title))
      return i;
  g_assert_not_reached ();
}

static void
act (Fixture    *self,
     const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page->canvas), name, NULL));
}

/* --- Tests -------------------------------------------------------------------------------------------- */

static void
test_shows (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) legend = NULL;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->page->stack), ==, "map");
  g_assert_cmpuint (ent_graph_get_n_nodes (self->page->graph), ==, 4);
  settle ();
  g_assert_cmpuint (ent_map_canvas_get_n_frames (self->page->canvas, NULL), >, 0);
  legend = ent_map_painter_get_legend (self->page->painter);
  g_assert_cmpuint (legend->len, ==, 2);
}

static void
test_selects (Fixture       *self,
              gconstpointer  data)
{
  gint32 contoso = find (self, "Contoso");

  g_assert_false (gtk_revealer_get_reveal_child (self->page->card_revealer));
  g_signal_emit_by_name (self->page->canvas, "selected", -1);
  ent_map_page_select (self->page, contoso, TRUE);
  g_assert_true (gtk_revealer_get_reveal_child (self->page->card_revealer));
  act (self, "page.open");
  g_assert_cmpint (self->opened, ==, ent_graph_get_key (self->page->graph, contoso));
  act (self, "page.close-card");
  g_assert_false (gtk_revealer_get_reveal_child (self->page->card_revealer));
  g_assert_false (ent_page_action_is_enabled (ENT_PAGE (self->page), "page.open"));
}

static void
test_search (Fixture       *self,
             gconstpointer  data)
{
  gtk_editable_set_text (GTK_EDITABLE (self->page->search), "fabri");
  ent_map_page_search (self->page);
  g_assert_cmpuint (self->page->found->len, ==, 2);
  g_signal_emit_by_name (self->page->search, "activate");
  g_assert_cmpint (ent_map_canvas_get_selected (self->page->canvas), ==, find (self, "Fabrikam"));
  g_signal_emit_by_name (self->page->search, "activate");
  g_assert_cmpint (ent_map_canvas_get_selected (self->page->canvas), ==, find (self, "Fabrikam Labs"));
  g_signal_emit_by_name (self->page->search, "stop-search");
  g_assert_cmpuint (self->page->found->len, ==, 0);
}

static void
test_path (Fixture       *self,
           gconstpointer  data)
{
  ent_map_page_select (self->page, find (self, "Northwind"), FALSE);
  act (self, "page.path");
  g_assert_true (gtk_widget_get_visible (self->page->path_bar));
  g_signal_emit_by_name (self->page->canvas, "selected", find (self, "Fabrikam Labs"));
  test_wait_for (self->page->paths != NULL);
  g_assert_cmpuint (((EntPath *) self->page->paths->pdata[0])->pairs->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (((EntPath *) self->page->paths->pdata[0])->strength, 0.2, 1e-9);
  g_assert_false (gtk_widget_get_visible (self->page->path_bar));
  act (self, "page.close-card");
  g_assert_null (self->page->paths);
}

static void
test_follows_changes (Fixture       *self,
                      gconstpointer  data)
{
  EntKey selected;

  ent_map_page_select (self->page, find (self, "Contoso"), FALSE);
  selected = ent_graph_get_key (self->page->graph, find (self, "Contoso"));
  test_workspace_add (self->store, "organization", "title=Newcomer", "roles=partner", NULL);
  test_workspace_add (self->store, "link", "from=Newcomer", "to=Contoso", NULL);
  test_wait_for (ent_graph_get_n_nodes (self->page->graph) == 5);
  g_assert_cmpint (ent_graph_get_key (self->page->graph, ent_map_canvas_get_selected (self->page->canvas)), ==, selected);
  test_wait_for (self->page->measures != NULL);
}

static void
test_filter (Fixture       *self,
             gconstpointer  data)
{
  gtk_editable_set_text (GTK_EDITABLE (self->page->filter_entry), "name =");
  g_signal_emit_by_name (self->page->filter_entry, "activate");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->page->filter_error)));
  gtk_editable_set_text (GTK_EDITABLE (self->page->filter_entry), "name ~ fabrikam");
  g_signal_emit_by_name (self->page->filter_entry, "activate");
  test_wait_for (ent_graph_get_n_nodes (self->page->graph) == 2);
  gtk_editable_set_text (GTK_EDITABLE (self->page->filter_entry), "name = nobody");
  g_signal_emit_by_name (self->page->filter_entry, "activate");
  test_wait_for (ent_graph_get_n_nodes (self->page->graph) == 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->page->stack), ==, "nothing");
  act (self, "page.clear-filter");
  test_wait_for (ent_graph_get_n_nodes (self->page->graph) == 4);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->page->stack), ==, "map");
  test_wait_for (self->page->measures != NULL);
}

static void
test_state (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GVariant) state = NULL;
  EntMapView view, again;

  gtk_drop_down_set_selected (self->page->color_drop, 3);
  ent_map_page_select (self->page, find (self, "Fabrikam"), FALSE);
  act (self, "page.zoom-in");
  ent_map_canvas_get_view (self->page->canvas, &view);
  state = ent_page_save_state (ENT_PAGE (self->page));
  gtk_window_destroy (self->window);
  g_clear_object (&self->context);
  make_page (self, 1000, 700);
  ent_page_restore_state (ENT_PAGE (self->page), state);
  g_assert_cmpuint (gtk_drop_down_get_selected (self->page->color_drop), ==, 3);
  g_assert_cmpint (ent_map_canvas_get_selected (self->page->canvas), ==, find (self, "Fabrikam"));
  ent_map_canvas_get_view (self->page->canvas, &again);
  g_assert_true (isfinite (again.zoom) && again.zoom > 0);
  settle ();
}

/* A still map costs nothing. */
static void
test_idle (Fixture       *self,
           gconstpointer  data)
{
  guint n_still = 0;

  test_wait_for (ent_graph_measures_get (self->page->measures, ENT_MEASURE_BETWEENNESS) != NULL);
  /* On a slow machine the last frame comes late: six still spells in a row, of thirty. */
  for (guint i = 0; i < 30 && n_still < 6; i++)
    {
      guint frames = ent_map_canvas_get_n_frames (self->page->canvas, NULL);

      settle ();
      n_still = ent_map_canvas_get_n_frames (self->page->canvas, NULL) == frames ? n_still + 1 : 0;
    }
  g_assert_cmpuint (n_still, ==, 6);
}

static void
test_words (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *words = ent_map_canvas_dup_words (self->page->canvas, find (self, "Contoso"));

  g_assert_cmpstr (words, ==, "Contoso, 2 links, Strategic");
  gtk_test_accessible_assert_role (self->page->canvas, GTK_ACCESSIBLE_ROLE_APPLICATION);
  gtk_test_accessible_assert_property (self->page->canvas, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Ecosystem map, 4 records, 3 links");
}

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->page->stack), ==, "empty");
}

/* The map and the level badge show a level in the same color. */
static void
test_level_colors (void)
{
  for (int dark = 0; dark < 2; dark++)
    for (guint level = ENT_LEVEL_NONE; level <= ENT_LEVEL_COMPETITOR; level++)
      {
        const EntColor *color = &ent_map_palette_get (dark, FALSE)->levels[level];
        GdkRGBA rgba;

        ent_level_get_color ((EntLevel) level, dark, &rgba);
        g_assert_cmpfloat_with_epsilon (color->red, rgba.red, 1e-3);
        g_assert_cmpfloat_with_epsilon (color->green, rgba.green, 1e-3);
        g_assert_cmpfloat_with_epsilon (color->blue, rgba.blue, 1e-3);
      }
}

/* --- Pictures ----------------------------------------------------------------------------------------- */

static void
take_picture (Fixture    *self,
              const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", g_getenv ("ENTENTE_MAP_PICTURES"), name);
  int width, height;
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self->window));
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  for (guint i = 0; i < 8; i++)
    settle ();
  width = gtk_widget_get_width (GTK_WIDGET (self->window));
  height = gtk_widget_get_height (GTK_WIDGET (self->window));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (self->window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
  g_test_message ("%s", path);
}

static void
test_pictures (void)
{
  Fixture self = { test_workspace_new () };
  g_autoptr(GtkCssProvider) style = gtk_css_provider_new ();
  gint64 before;

  gtk_css_provider_load_from_resource (style, RESOURCE_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  if (!cncf_load (self.store))
    fill (self.store);
  before = g_get_monotonic_time ();
  make_page (&self, 1280, 800);
  g_test_message ("ready after %.0f ms", (double) (g_get_monotonic_time () - before) / 1000);
  take_picture (&self, "map");
  ent_map_page_select (self.page, 5, TRUE);
  if (ent_graph_get_n_nodes (self.page->graph) > 100)
    ent_map_page_select (self.page, find (&self, "Red Hat"), TRUE);
  take_picture (&self, "map-selected");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture (&self, "map-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  gtk_window_set_default_size (self.window, 360, 720);
  take_picture (&self, "map-narrow");
  tear_down (&self, NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*func) (Fixture *, gconstpointer);
    gboolean    is_filled;
  } tests[] = {
    { "/widgets/map/shows", test_shows, TRUE }, { "/widgets/map/selects", test_selects, TRUE },
    { "/widgets/map/search", test_search, TRUE }, { "/widgets/map/path", test_path, TRUE },
    { "/widgets/map/follows-changes", test_follows_changes, TRUE }, { "/widgets/map/filter", test_filter, TRUE },
    { "/widgets/map/state", test_state, TRUE }, { "/widgets/map/idle", test_idle, TRUE },
    { "/widgets/map/words", test_words, TRUE }, { "/widgets/map/empty", test_empty, FALSE },
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].is_filled), set_up, tests[i].func, tear_down);
  g_test_add_func ("/widgets/map/level-colors", test_level_colors);
  if (g_getenv ("ENTENTE_MAP_PICTURES") != NULL)
    g_test_add_func ("/widgets/map/pictures", test_pictures);
  return g_test_run ();
}
