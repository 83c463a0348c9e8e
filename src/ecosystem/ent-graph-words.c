/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-measures.h"

#include <glib/gi18n.h>
#include <math.h>

/* What the figures mean, in words. */

static const struct
{
  const char *label, *meaning, *formula;
} words[ENT_N_MEASURES] = {
  { N_("Links"),
    N_("With how many others it is linked."),
    N_("Others that at least one link joins it with; several links with the same one count once.") },
  { N_("Weighted links"),
    N_("How many strong links it has."),
    N_("Sum of the strengths of its links, 100 counting 1; a link without a strength counts 0.5.") },
  { N_("Betweenness"),
    N_("How often it is the go-between: others reach each other through it."),
    N_("Number of shortest paths between pairs of others that pass through it; where there are several "
       "shortest paths, each counts its share (Freeman, 1977).") },
  { N_("PageRank"),
    N_("How likely one ends there by following links."),
    N_("Share of time a walker spends there who follows a random link 85 % of the time and starts anew "
       "otherwise (Brin and Page, 1998).") },
  { N_("Closeness"),
    N_("How few steps it is away from everyone else."),
    N_("Share of others it can reach, divided by their mean distance (Wasserman and Faust, 1994).") },
  { N_("Core"),
    N_("How deep inside the network it sits."),
    N_("The largest k such that it belongs to a group in which each has k links inside the group "
       "(Seidman, 1983).") },
  { N_("Only connection"),
    N_("Without it, a part of the network would lose touch with the rest."),
    N_("Cut vertices of the network (Hopcroft and Tarjan, 1973).") },
  { N_("Component"),
    N_("Which connected part of the network it belongs to, the largest first."),
    N_("Records that chains of links join.") },
  { N_("Influence"),
    N_("How much weight it carries in the ecosystem, from 0 to 100."),
    N_("50 × weighted links / the highest + 50 × PageRank over strengths / the highest; the walk starts anew "
       "at our own company when it is on the map.") },
  { N_("Community"),
    N_("The group it is linked with most."),
    N_("Groups with more links inside than chance would give: Leiden method for modularity (Traag, Waltman "
       "and van Eck, 2019).") },
};

static guint
measure_index (EntMeasure measure)
{
  return (guint) g_bit_nth_lsf (measure, -1);
}

const char *
ent_measure_get_label (EntMeasure measure)
{
  return _(words[measure_index (measure)].label);
}

const char *
ent_measure_get_meaning (EntMeasure measure)
{
  return _(words[measure_index (measure)].meaning);
}

const char *
ent_measure_get_formula (EntMeasure measure)
{
  return _(words[measure_index (measure)].formula);
}

char *
ent_graph_stats_explain (const EntGraphStats *stats)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("%u records are joined by %u links; each has %.1f on average. "),
                          stats->nodes, stats->edges, stats->mean_degree);
  if (stats->components > 1)
    g_string_append_printf (text, _("They fall into %u separate parts, the largest of %u. "),
                            stats->components, stats->largest_component);
  else if (stats->nodes > 0)
    g_string_append (text, _("A chain of links leads from each to every other. "));
  if (stats->cut_vertices > 0)
    g_string_append_printf (text, _("%u of them are the only connection of a part with the rest: if one "
                                    "leaves, that part is cut off. "), stats->cut_vertices);
  if (stats->bridges > 0)
    g_string_append_printf (text, _("%u links have no way around them. "), stats->bridges);
  g_string_truncate (text, text->len > 0 ? text->len - 1 : 0);
  return g_string_free (text, FALSE);
}

static void
add_sentence (GString    *text,
              const char *format,
              ...) G_GNUC_PRINTF (2, 3);

static void
add_sentence (GString    *text,
              const char *format,
              ...)
{
  va_list args;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
}

static void
explain_links (const EntGraphMeasures *self,
               gint32                  node,
               guint                   n_nodes,
               GString                *text)
{
  const double *degree = ent_graph_measures_get (self, ENT_MEASURE_DEGREE);

  if (degree != NULL)
    add_sentence (text, _("Linked with %'d others: number %u of %'u."), (int) degree[node],
                  ent_graph_measures_get_rank (self, ENT_MEASURE_DEGREE, node), n_nodes);
}

char *
ent_graph_measures_explain (const EntGraphMeasures *self,
                            gint32                  node)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = ent_graph_get_n_nodes (ent_graph_measures_get_graph ((EntGraphMeasures *) self));
  const double *influence = ent_graph_measures_get (self, ENT_MEASURE_INFLUENCE);
  const double *between = ent_graph_measures_get (self, ENT_MEASURE_BETWEENNESS);
  const double *cut = ent_graph_measures_get (self, ENT_MEASURE_CUT);

  explain_links (self, node, n, text);
  if (influence != NULL)
    add_sentence (text, _("Influence %.1f of 100: number %u."), influence[node],
                  ent_graph_measures_get_rank (self, ENT_MEASURE_INFLUENCE, node));
  if (between != NULL && between[node] >= 1)
    {
      if (ent_graph_measures_is_estimate (self, ENT_MEASURE_BETWEENNESS))
        add_sentence (text, _("About %'.0f shortest paths between others lead through it."), between[node]);
      else
        add_sentence (text, _("%'.0f shortest paths between others lead through it."), round (between[node]));
    }
  if (cut != NULL && cut[node] > 0)
    add_sentence (text, "%s", _("It is the only connection of some others with the rest."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
