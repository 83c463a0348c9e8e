/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntPage:
 *
 * What the sidebar leads to, and record profiles: an AdwNavigationPage, so it has a `title` and the back button
 * comes by itself. Its child is an AdwToolbarView with an AdwHeaderBar of its own, made in its Blueprint:
 *
 *   template $EntPartnersPage: $EntPage {
 *     title: _("Partners");
 *     child: Adw.ToolbarView {
 *       [top] Adw.HeaderBar { … }
 *       content: …;
 *     };
 *   }
 *
 * Construct properties: `context`, `page-id` ("partners"), `icon-name`. A page loads when it is mapped first, and
 * says ent_page_set_ready() when what it shows is there (pictures and tests wait for it). Its actions are
 * gtk_widget_class_install_action() named `page.…` (`record.…` on profiles); enable them by
 * ent_page_action_set_enabled(), so that the palette knows. Shortcuts come from the table in
 * src/app/ent-actions.c, which finds the action on the visible page; a page binds none itself.
 *
 * Actions with a standing shortcut that a page may install: `page.new` (Ctrl+N), `page.find` (Ctrl+F; done by
 * focus_search), `page.refresh` (F5; done by refresh), `page.select-all` (Ctrl+A), `page.delete` (Delete),
 * `page.edit` (F2), `page.import` (Ctrl+I), `page.export` (Ctrl+E).
 */
#define ENT_TYPE_PAGE (ent_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (EntPage, ent_page, ENT, PAGE, AdwNavigationPage)

struct _EntPageClass
{
  AdwNavigationPageClass parent_class;

  /** Puts the keyboard into the page's search entry. A class without it has no search. */
  void      (*focus_search)  (EntPage *self);
  /** Place, filter, selection, layout: an a{sv} (floating or not), kept over restarts. (nullable) */
  GVariant *(*save_state)    (EntPage *self);
  /** From save_state() or ent_context_navigate(); keys it does not know are to be ignored. May come before
   * the page is loaded. A saved view comes as the texts `filter`, `search`, `sort`, `columns` (as in EntView; ""
   * for none) and its id `view` (int64); list pages use the same names for their own state. */
  void      (*restore_state) (EntPage  *self,
                              GVariant *state);
  void      (*refresh)       (EntPage *self);
  /** Puts the keyboard where work begins; FALSE, or a class without it: on the first thing below the header bar. */
  gboolean  (*focus_content) (EntPage *self);

  gpointer padding[7];
};

EntContext *ent_page_get_context   (EntPage *self);
/** The store of the context; never NULL in a page. */
EntStore   *ent_page_get_store     (EntPage *self);
const char *ent_page_get_id        (EntPage *self);
const char *ent_page_get_icon_name (EntPage *self);

/** Property `ready`. */
gboolean    ent_page_is_ready      (EntPage *self);
void        ent_page_set_ready     (EntPage *self,
                                    gboolean ready);

/** Puts the keyboard where work begins on the page, as soon as it is ready, unless it was moved elsewhere meanwhile. */
void        ent_page_focus_content (EntPage *self);

/** gtk_widget_action_set_enabled() that can be asked back. */
void        ent_page_action_set_enabled (EntPage    *self,
                                         const char *action,
                                         gboolean    enabled);
/** Whether the page has the action and it is enabled. */
gboolean    ent_page_action_is_enabled  (EntPage    *self,
                                         const char *action);

gboolean    ent_page_can_search    (EntPage *self);
void        ent_page_focus_search  (EntPage *self);
/** (transfer full) (nullable) */
GVariant   *ent_page_save_state    (EntPage *self);
/** Sinks @state; NULL does nothing. */
void        ent_page_restore_state (EntPage  *self,
                                    GVariant *state);
void        ent_page_refresh       (EntPage *self);

G_END_DECLS
