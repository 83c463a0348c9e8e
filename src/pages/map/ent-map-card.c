/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/map/ent-map-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/ent-avatar-tile.h"
#include "widgets/ent-why-label.h"

#define ROWS_MOST 60 /* of one kind */

struct _EntMapCard
{
  AdwBin parent_instance;

  EntContext    *context;
  EntAvatarTile *tile;
  GtkLabel      *title_label, *kind_label, *why_label;
  GtkBox        *facts, *groups;
  GtkWidget     *buttons;
};

enum
{
  SIGNAL_SELECT,
  SIGNAL_PATH_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntMapCard, ent_map_card, ADW_TYPE_BIN)

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* --- Figures ------------------------------------------------------------------------------------------ */

static EntWhy *
make_why (EntGraphMeasures *measures,
          EntMeasure        measure,
          const char       *value,
          gint32            node)
{
  EntWhy *why = ent_why_new (ent_measure_get_label (measure), value);
  g_autofree char *rank = g_strdup_printf (_("%u of %'u"), ent_graph_measures_get_rank (measures, measure, node),
                                           ent_graph_get_n_nodes (ent_graph_measures_get_graph (measures)));

  ent_why_set_formula (why, ent_measure_get_formula (measure));
  ent_why_add (why, _("Rank on this map"), rank, NULL, 0);
  ent_why_set_note (why, ent_measure_get_meaning (measure));
  return why;
}

static void
add_fact (EntMapCard       *self,
          EntGraphMeasures *measures,
          EntMeasure        measure,
          const char       *format,
          gint32            node)
{
  GtkWidget *box, *name, *value;
  g_autofree char *text = NULL;
  g_autoptr(EntWhy) why = NULL;

  if (measures == NULL || ent_graph_measures_get (measures, measure) == NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  text = g_strdup_printf (format, ent_graph_measures_get (measures, measure)[node]);
  why = make_why (measures, measure, text, node);
  value = ent_why_label_new (self->context);
  ent_why_label_set_label (ENT_WHY_LABEL (value), text);
  ent_why_label_set_why (ENT_WHY_LABEL (value), why);
  gtk_widget_set_halign (value, GTK_ALIGN_START);
  gtk_widget_add_css_class (value, "title-4");
  name = gtk_label_new (ent_measure_get_label (measure));
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dimmed");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (self->facts, box);
}

/* --- Neighbors ---------------------------------------------------------------------------------------- */

typedef struct
{
  gint32      node;
  gint16      strength;
  guint       kind;
  gboolean    is_from; /* the link begins here */
  const char *title;
} Neighbor;

static int
compare_neighbors (gconstpointer a,
                   gconstpointer b)
{
  const Neighbor *one = a, *two = b;

  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  if (one->is_from != two->is_from)
    return one->is_from ? -1 : 1;
  if (one->strength != two->strength)
    return one->strength > two->strength ? -1 : 1;
  return g_utf8_collate (one->title, two->title);
}

static GArray *
collect_neighbors (EntGraph *graph,
                   gint32    node)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Neighbor));
  const EntGraphLink *links = ent_graph_get_links (graph);
  const gint32 *neighbors, *pairs;
  guint n;

  neighbors = ent_graph_get_neighbors (graph, node, &n, &pairs);
  for (guint i = 0; i < n; i++)
    {
      guint n_links;
      const gint32 *indexes = ent_graph_get_pair_links (graph, pairs[i], &n_links);

      for (guint j = 0; j < n_links; j++)
        {
          const EntGraphLink *link = &links[indexes[j]];
          Neighbor neighbor = { neighbors[i], link->strength, link->kind, link->from == node,
                                ent_graph_get_title (graph, neighbors[i]) };

          g_array_append_val (found, neighbor);
        }
    }
  g_array_sort (found, compare_neighbors);
  return found;
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  EntMapCard    *self)
{
  gpointer node = g_object_get_data (G_OBJECT (row), "node");

  if (node != NULL)
    g_signal_emit (self, signals[SIGNAL_SELECT], 0, GPOINTER_TO_INT (node) - 1);
}

static GtkListBox *
add_group (EntMapCard *self,
           const char *title,
           guint       n)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *list = gtk_list_box_new (), *label;
  g_autofree char *text = n > 0 ? g_strdup_printf ("%s · %'u", title, n) : g_strdup (title);

  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (self->groups, box);
  return GTK_LIST_BOX (list);
}

static void
add_row (GtkListBox *list,
         const char *title,
         const char *detail,
         const char *explanation,
         gint32      node)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (title), *end = gtk_label_new (detail);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, title);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (end, "dimmed");
  gtk_widget_add_css_class (end, "numeric");
  gtk_widget_set_tooltip_text (end, explanation);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), end);
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  gtk_widget_set_margin_top (box, 7);
  gtk_widget_set_margin_bottom (box, 7);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), node >= 0);
  if (node >= 0)
    g_object_set_data (G_OBJECT (row), "node", GINT_TO_POINTER (node + 1));
  gtk_list_box_append (list, row);
}

static void
add_neighbors (EntMapCard     *self,
               EntGraph       *graph,
               const Neighbor *neighbors,
               guint           n)
{
  const char *kind = ent_graph_get_kind_label (graph, neighbors->kind);
  /* Seen from the other end there are no words of its own for most kinds; the arrow says it. */
  g_autofree char *title = neighbors->is_from ? g_strdup (kind) : g_strdup_printf ("← %s", kind);
  GtkListBox *list = add_group (self, title, n);

  for (guint i = 0; i < MIN (n, ROWS_MOST); i++)
    {
      g_autofree char *strength = neighbors[i].strength >= 0 ? g_strdup_printf ("%d", neighbors[i].strength)
                                                             : g_strdup ("");
      /* Translators: how strong a link is. */
      g_autofree char *explanation = neighbors[i].strength >= 0
                                       ? g_strdup_printf (_("Strength %d of 100"), neighbors[i].strength) : NULL;

      add_row (list, neighbors[i].title, strength, explanation, neighbors[i].node);
    }
  if (n > ROWS_MOST)
    {
      g_autofree char *more = g_strdup_printf (_("and %'u more"), n - ROWS_MOST);

      add_row (list, more, "", NULL, -1);
    }
}

static void
show_neighbors (EntMapCard *self,
                EntGraph   *graph,
                gint32      node)
{
  g_autoptr(GArray) found = collect_neighbors (graph, node);
  const Neighbor *all = (const Neighbor *) found->data;

  for (guint first = 0, next; first < found->len; first = next)
    {
      for (next = first + 1; next < found->len && all[next].kind == all[first].kind
           && all[next].is_from == all[first].is_from; next++)
        ;
      add_neighbors (self, graph, all + first, next - first);
    }
}

/* --- Public ------------------------------------------------------------------------------------------- */

void
ent_map_card_set_context (EntMapCard *self,
                          EntContext *context)
{
  g_set_object (&self->context, context);
}

static char *
describe (EntGraph *graph,
          gint32    node)
{
  static const EntFacet facets[] = { ENT_FACET_LEVEL, ENT_FACET_PARTNER_TYPE, ENT_FACET_LIFECYCLE, ENT_FACET_REGION };
  GString *text = g_string_new (NULL);
  guint type = ent_graph_get_category (graph, ENT_FACET_RECORD_TYPE, node);

  for (gsize i = 0; i < G_N_ELEMENTS (facets); i++)
    {
      guint category = ent_graph_get_category (graph, facets[i], node);

      if (category > 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                                ent_graph_get_categories (graph, facets[i], NULL)[category].label);
    }
  if (text->len == 0 && type > 0)
    g_string_append (text, ent_graph_get_categories (graph, ENT_FACET_RECORD_TYPE, NULL)[type].label);
  return g_string_free (text, FALSE);
}

void
ent_map_card_show_node (EntMapCard       *self,
                        EntGraph         *graph,
                        EntGraphMeasures *measures,
                        gint32            node)
{
  g_autofree char *kind = describe (graph, node);
  g_autofree char *why = measures != NULL ? ent_graph_measures_explain (measures, node) : g_strdup ("");

  g_return_if_fail (ENT_IS_MAP_CARD (self));

  clear_box (self->facts);
  clear_box (self->groups);
  ent_avatar_tile_set_text (self->tile, ent_graph_get_title (graph, node));
  gtk_widget_set_visible (GTK_WIDGET (self->tile), TRUE);
  gtk_label_set_label (self->title_label, ent_graph_get_title (graph, node));
  gtk_label_set_label (self->kind_label, kind);
  gtk_label_set_label (self->why_label, why);
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), *why != '\0');
  gtk_widget_set_visible (self->buttons, TRUE);
  add_fact (self, measures, ENT_MEASURE_DEGREE, "%'.0f", node);
  add_fact (self, measures, ENT_MEASURE_INFLUENCE, "%.1f", node);
  add_fact (self, measures, ENT_MEASURE_BETWEENNESS, "%'.0f", node);
  show_neighbors (self, graph, node);
}

static void
other_path_cb (GtkListBox    *list,
               GtkListBoxRow *row,
               EntMapCard    *self)
{
  g_signal_emit (self, signals[SIGNAL_PATH_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
add_paths (EntMapCard *self,
           EntGraph   *graph,
           GPtrArray  *paths,
           guint       chosen)
{
  GtkListBox *list = add_group (self, _("Ways"), paths->len);

  g_signal_connect_object (list, "row-activated", G_CALLBACK (other_path_cb), self, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      const EntPath *path = paths->pdata[i];
      g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u step", "%u steps", path->pairs->len),
                                                path->pairs->len);
      g_autofree char *strength = g_strdup_printf (i == chosen ? "%.3g %% ✓" : "%.3g %%", path->strength * 100);

      add_row (list, title, strength, NULL, -1);
      gtk_list_box_row_set_activatable (gtk_list_box_get_row_at_index (list, (int) i), TRUE);
    }
}

void
ent_map_card_show_paths (EntMapCard *self,
                         EntGraph   *graph,
                         GPtrArray  *paths,
                         guint       chosen)
{
  const EntPath *path = paths->pdata[chosen];
  gint32 from = g_array_index (path->nodes, gint32, 0);
  gint32 to = g_array_index (path->nodes, gint32, path->nodes->len - 1);
  g_autofree char *title = g_strdup_printf (_("From %s to %s"), ent_graph_get_title (graph, from),
                                            ent_graph_get_title (graph, to));
  g_autofree char *why = ent_path_explain (path, graph);
  GtkListBox *list;

  clear_box (self->facts);
  clear_box (self->groups);
  gtk_widget_set_visible (GTK_WIDGET (self->tile), FALSE);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->kind_label, _("The strongest chain of links"));
  gtk_label_set_label (self->why_label, why);
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), TRUE);
  gtk_widget_set_visible (self->buttons, FALSE);
  list = add_group (self, _("Chain"), 0);
  for (guint i = 0; i < path->nodes->len; i++)
    {
      gint32 node = g_array_index (path->nodes, gint32, i);
      g_autofree char *step = g_strdup_printf ("%u", i + 1);

      add_row (list, ent_graph_get_title (graph, node), step, NULL, node);
    }
  if (paths->len > 1)
    add_paths (self, graph, paths, chosen);
}

/* --- Object ------------------------------------------------------------------------------------------- */

static void
ent_map_card_dispose (GObject *object)
{
  EntMapCard *self = ENT_MAP_CARD (object);

  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_MAP_CARD);

  G_OBJECT_CLASS (ent_map_card_parent_class)->dispose (object);
}

static void
ent_map_card_class_init (EntMapCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_map_card_dispose;
  signals[SIGNAL_SELECT] = g_signal_new ("select", ENT_TYPE_MAP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_PATH_CHOSEN] = g_signal_new ("path-chosen", ENT_TYPE_MAP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_type_ensure (ENT_TYPE_AVATAR_TILE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/map/ent-map-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, tile);
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, kind_label);
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, why_label);
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, facts);
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, groups);
  gtk_widget_class_bind_template_child (widget_class, EntMapCard, buttons);
  gtk_widget_class_set_css_name (widget_class, "mapcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
}

static void
ent_map_card_init (EntMapCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Selected record"), -1);
}
