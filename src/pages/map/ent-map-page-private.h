/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/map/ent-map-page.h"

#include "pages/map/ent-map-card.h"
#include "pages/map/ent-map-legend.h"
#include "widgets/ent-map-canvas.h"

G_BEGIN_DECLS

struct _EntMapPage
{
  EntPage parent_instance;

  GtkStack       *stack;
  AdwStatusPage  *failed_page;
  EntMapCanvas   *canvas;
  EntMapLegend   *legend;
  EntMapCard     *card;
  GtkRevealer    *card_revealer;
  GtkSearchEntry *search;
  GtkLabel       *found_label;
  GtkWidget      *focus_bar, *path_bar;
  GtkLabel       *focus_label, *path_label;
  GtkDropDown    *color_drop, *size_drop;
  GtkMenuButton  *filter_button;
  GtkEntry       *filter_entry;
  GtkLabel       *filter_error;
  GtkCheckButton *isolated_check, *references_check;
  GtkPopover     *node_menu;
  GtkMenuButton  *menu_button;
  GMenuModel     *map_menu;

  EntMapPainter    *painter;
  EntGraph         *graph;
  EntGraphMeasures *measures;
  GStrv             keys;          /* titles folded for searching, per node */
  GArray           *found;         /* of gint32 */
  guint             found_at;
  char             *filter;        /* filter text; NULL: none */
  GCancellable     *cancellable;   /* of the running jobs */
  guint             reload_source;
  gboolean          is_loaded, is_stale, is_filling, show_communities;

  gint32            path_from;     /* waiting for the other end; -1: not */
  GPtrArray        *paths;         /* of EntPath */

  /* From restore_state(), until the map is there. */
  EntKey            wanted_key;
  EntMapView        wanted_view;
};

/* --- ent-map-page-load.c --- */

/** Reads the graph and lays it out in the background. @anew: forgets kept positions. */
void   ent_map_page_load         (EntMapPage *self,
                                  gboolean    anew);

/* --- ent-map-page-actions.c --- */

void   ent_map_page_install_actions (GtkWidgetClass *klass);
void   ent_map_page_cancel_path  (EntMapPage *self);
/** The other end was chosen. */
void   ent_map_page_find_paths   (EntMapPage *self,
                                  gint32      to);
void   ent_map_page_choose_path  (EntMapPage *self,
                                  guint       chosen);

/* --- ent-map-page-search.c --- */

/** Finds anew what is typed. */
void   ent_map_page_search       (EntMapPage *self);
/* Handlers of the template. */
void   _ent_map_page_search_changed_cb  (EntMapPage *self);
void   _ent_map_page_search_next_cb     (EntMapPage *self);
void   _ent_map_page_search_previous_cb (EntMapPage *self);
void   _ent_map_page_search_stopped_cb  (EntMapPage *self);

/* --- ent-map-page-look.c --- */

void   ent_map_page_update_legend      (EntMapPage *self);
void   _ent_map_page_fill_look         (EntMapPage *self);
void   _ent_map_page_apply_look        (EntMapPage *self);
void   _ent_map_page_save_look         (EntMapPage   *self,
                                        GVariantDict *dict);
void   _ent_map_page_restore_look      (EntMapPage   *self,
                                        GVariantDict *dict);
/* Handlers of the template. */
void   _ent_map_page_look_changed_cb   (EntMapPage *self);
void   _ent_map_page_filter_changed_cb (EntMapPage *self);
void   _ent_map_page_emphasis_cb       (EntMapLegend *legend,
                                        gint          category,
                                        EntMapPage   *self);

/* --- ent-map-page.c --- */

/** The map is there (or is another one): fills the controls around it. */
void   ent_map_page_take_map     (EntMapPage *self);
void   ent_map_page_take_measures (EntMapPage *self);
/** Shows the card of the selected node, or none. */
void   ent_map_page_update_card  (EntMapPage *self);
void   ent_map_page_select       (EntMapPage *self,
                                  gint32      node,
                                  gboolean    reveal);
void   ent_map_page_set_focus    (EntMapPage *self,
                                  gint32      node);

G_END_DECLS
