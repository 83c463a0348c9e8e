/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/partners/ent-profile-data.h"
#include "pages/partners/ent-profile-header.h"
#include "pages/partners/ent-profile-page.h"

G_BEGIN_DECLS

struct _EntProfilePage
{
  EntPage parent_instance;

  EntKey          key;
  EntProfileData *data;        /* (nullable): what is shown */
  EntRecord      *past;        /* (nullable): the record on the day that is looked at */
  GCancellable   *cancellable; /* of the load that runs */
  guint           generation;
  guint           refresh_id;
  gboolean        closing;     /* deleted here: the page goes */
  char           *wanted_tab;  /* (nullable): to show when it is there */
  char           *digests[ENT_PROFILE_N_TABS];
  GHashTable     *places;      /* tab → scroll position (double*) */
  char           *tab;         /* that is shown, for its place */

  AdwWindowTitle   *window_title;
  GtkMenuButton    *add_button;
  AdwBanner        *banner;
  GtkStack         *stack;
  AdwStatusPage    *missing_page;
  GtkScrolledWindow *scroller;
  AdwToolbarView   *toolbar;
  EntProfileHeader *header;
  AdwViewStack     *views;
  GtkBox           *overview_box;
  GtkBox           *overview_bin;
  AdwBin           *facts_bin;
  GtkBox           *people_box;
  GtkBox           *deals_box;
  AdwBin           *level_bin;
  GtkBox           *program_box;
  GtkBox           *plans_box;
  GtkBox           *documents_box;
  GtkBox           *relations_box;
  AdwBin           *history_bin;

  GtkWidget *overview; /* EntProfileOverview */
  GtkWidget *form;     /* EntRecordForm */
  GtkWidget *history;  /* EntProfileHistory (nullable): made when it is looked at */
};

/* ent-profile-page-actions.c */
void _ent_profile_page_class_init_actions (EntProfilePageClass *klass);
void _ent_profile_page_update_actions     (EntProfilePage *self);
void _ent_profile_page_restore            (EntProfilePage *self);
/** Fills the menu of the Add button. */
void _ent_profile_page_update_add_menu    (EntProfilePage *self);

/* ent-profile-page-tabs.c */
void _ent_profile_page_show_data          (EntProfilePage *self);
void _ent_profile_page_show_tab           (EntProfilePage *self,
                                           const char     *tab);
void _ent_profile_page_ensure_history     (EntProfilePage *self);
void _ent_profile_page_update_banner      (EntProfilePage *self);

G_END_DECLS
