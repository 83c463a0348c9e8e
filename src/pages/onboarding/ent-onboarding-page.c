/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-onboarding-page-private.h"

#include <glib/gi18n.h>

#include "pages/onboarding/ent-onboard-dialogs.h"

#define RELOAD_MS 200 /* after a change, so that many make one reading */

static const char * const plan_actions[] = {
  "page.move-item", "page.take-over", "page.activate", "page.open", "page.open-plan", "page.print", "page.export",
  "page.cancel-plan",
};

G_DEFINE_FINAL_TYPE (EntOnboardingPage, ent_onboarding_page, ENT_TYPE_PAGE)

static const char *
get_kind (EntOnboardingPage *self)
{
  const char *kind = adw_toggle_group_get_active_name (self->kinds);

  return kind != NULL ? kind : "onboarding";
}

/* (nullable) */
static EntPlanPage *
get_plan_page (EntOnboardingPage *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  return ENT_IS_PLAN_PAGE (page) ? ENT_PLAN_PAGE (page) : NULL;
}

static void
update_actions (EntOnboardingPage *self)
{
  EntPlanPage *plan = get_plan_page (self);

  for (gsize i = 0; i < G_N_ELEMENTS (plan_actions); i++)
    ent_page_action_set_enabled (ENT_PAGE (self), plan_actions[i],
                                 plan != NULL && ent_plan_page_can (plan, plan_actions[i]));
}

/* --- The board ---------------------------------------------------------------------------------------------------- */

static void
show_cards (EntOnboardingPage *self)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));

  ent_plan_cards_show (self->cards, self->board, search, gtk_toggle_button_get_active (self->late_button),
                       gtk_toggle_button_get_active (self->blocked_button));
  ent_board_refresh (self->board, 0);
}

static void
filter_changed_cb (EntOnboardingPage *self)
{
  if (self->cards != NULL && !self->is_restoring)
    show_cards (self);
}

typedef struct
{
  EntOnboardingPage *page; /* (owned): main thread only */
  char              *kind;
  gint64             today;
  guint              generation;
} Wish;

static void
wish_clear (gpointer data)
{
  g_free (((Wish *) data)->kind);
}

static void
wish_release (gpointer wish)
{
  g_atomic_rc_box_release_full (wish, wish_clear);
}

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Wish *wish = data;

  return ent_plan_cards_load (store, wish->kind, wish->today, cancellable, error);
}

static void
take_cards (EntOnboardingPage *self,
            EntPlanCards      *cards)
{
  g_clear_pointer (&self->cards, ent_plan_cards_free);
  self->cards = cards;
  show_cards (self);
  gtk_stack_set_visible_child_name (self->stack, cards->cards->len > 0 ? "board" : "empty");
  if (get_plan_page (self) == NULL)
    ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wish *wish = user_data;
  g_autoptr (EntOnboardingPage) self = wish->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntPlanCards) cards = ent_store_run_finish (ENT_STORE (source), result, &error);
  gboolean is_late = wish->generation != self->generation || self->board == NULL;

  wish_release (wish);
  if (is_late)
    return;
  if (cards != NULL)
    {
      take_cards (self, g_steal_pointer (&cards));
      return;
    }
  adw_status_page_set_description (self->failed_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
load (EntOnboardingPage *self)
{
  Wish *wish = g_atomic_rc_box_new0 (Wish);

  self->is_stale = FALSE;
  wish->page = g_object_ref (self);
  wish->kind = g_strdup (get_kind (self));
  wish->today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));
  wish->generation = ++self->generation;
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), load_job, g_atomic_rc_box_acquire (wish), wish_release,
                       (GDestroyNotify) ent_plan_cards_free, NULL, loaded_cb, wish);
}

static gboolean
reload_cb (gpointer data)
{
  EntOnboardingPage *self = data;

  self->reload_source = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntOnboardingPage *self,
            EntChanges        *changes)
{
  static const char * const types[] = { "plan", "plan_item", "organization", "program", "program_rule" };
  EntStore *store = ent_page_get_store (ENT_PAGE (self));
  gboolean concerns = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    concerns |= ent_changes_has_type (changes, ent_store_get_record_type (store, types[i]));
  if (!concerns)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->is_stale = TRUE;
  else if (self->reload_source == 0)
    self->reload_source = g_timeout_add (RELOAD_MS, reload_cb, self);
}

static void
kind_changed_cb (EntOnboardingPage *self)
{
  gboolean enablement = g_str_equal (get_kind (self), "enablement");

  adw_status_page_set_title (self->empty_page, enablement ? _("Nobody Is Being Enabled") : _("Nobody Is Being Onboarded"));
  if (self->board != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

/* --- Plans ------------------------------------------------------------------------------------------------------------ */

static void
plan_loaded_cb (EntOnboardingPage *self,
                EntPlanPage       *plan)
{
  if (plan != get_plan_page (self))
    return;
  if (self->wanted_item != 0)
    ent_plan_page_select (plan, self->wanted_item);
  self->wanted_item = 0;
  update_actions (self);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static gboolean
ent_onboarding_page_focus_content (EntPage *page)
{
  EntPlanPage *plan = get_plan_page (ENT_ONBOARDING_PAGE (page));

  return plan != NULL && ent_plan_page_focus (plan);
}

static void
open_plan (EntOnboardingPage *self,
           EntKey             key)
{
  EntPlanPage *shown = get_plan_page (self);
  AdwNavigationPage *page;

  if (shown != NULL && ent_plan_page_get_plan (shown) == key)
    return;
  adw_navigation_view_pop_to_page (self->navigation, self->board_page);
  page = ent_plan_page_new (ent_page_get_context (ENT_PAGE (self)), key);
  g_signal_connect_object (page, "loaded", G_CALLBACK (plan_loaded_cb), self, G_CONNECT_SWAPPED);
  ent_page_set_ready (ENT_PAGE (self), FALSE);
  adw_navigation_view_push (self->navigation, page);
  ent_page_focus_content (ENT_PAGE (self));
}

static void
card_activated_cb (EntOnboardingPage *self,
                   gint64             key)
{
  open_plan (self, key);
}

static void
visible_page_cb (EntOnboardingPage *self)
{
  if (ent_page_get_context (ENT_PAGE (self)) == NULL)
    return;
  update_actions (self);
  if (get_plan_page (self) == NULL && self->cards != NULL)
    ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
started_cb (gpointer user_data,
            EntKey   plan)
{
  EntOnboardingPage *self = user_data;

  if (self->board != NULL)
    open_plan (self, plan);
}

static void
new_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (widget);

  ent_start_dialog_present (widget, ent_page_get_context (ENT_PAGE (self)), get_kind (self), 0, started_cb,
                            g_object_ref (self), g_object_unref);
}

static void
act_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  EntPlanPage *plan = get_plan_page (ENT_ONBOARDING_PAGE (widget));

  if (plan != NULL)
    ent_plan_page_act (plan, action);
}

/* --- Page ---------------------------------------------------------------------------------------------------------------- */

static void
ent_onboarding_page_map (GtkWidget *widget)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (widget);

  GTK_WIDGET_CLASS (ent_onboarding_page_parent_class)->map (widget);
  if (self->cards == NULL || self->is_stale)
    load (self);
}

static void
ent_onboarding_page_focus_search (EntPage *page)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (page);

  adw_navigation_view_pop_to_page (self->navigation, self->board_page);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
ent_onboarding_page_refresh (EntPage *page)
{
  EntPlanPage *plan = get_plan_page (ENT_ONBOARDING_PAGE (page));

  load (ENT_ONBOARDING_PAGE (page));
  if (plan != NULL)
    ent_plan_page_reload (plan);
}

static GVariant *
ent_onboarding_page_save_state (EntPage *page)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (page);
  EntPlanPage *plan = get_plan_page (self);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", get_kind (self));
  g_variant_dict_insert (&dict, "search", "s", gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_variant_dict_insert (&dict, "late", "b", gtk_toggle_button_get_active (self->late_button));
  g_variant_dict_insert (&dict, "blocked", "b", gtk_toggle_button_get_active (self->blocked_button));
  if (plan != NULL)
    {
      g_variant_dict_insert (&dict, "plan", "x", ent_plan_page_get_plan (plan));
      g_variant_dict_insert (&dict, "item", "x", ent_plan_page_get_selected (plan));
    }
  return g_variant_dict_end (&dict);
}

static void
restore_filter (EntOnboardingPage *self,
                GVariantDict      *dict)
{
  const char *search = NULL;
  gboolean late = FALSE, blocked = FALSE;

  g_variant_dict_lookup (dict, "search", "&s", &search);
  g_variant_dict_lookup (dict, "late", "b", &late);
  g_variant_dict_lookup (dict, "blocked", "b", &blocked);
  self->is_restoring = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), search != NULL ? search : "");
  gtk_toggle_button_set_active (self->late_button, late);
  gtk_toggle_button_set_active (self->blocked_button, blocked);
  self->is_restoring = FALSE;
  gtk_search_bar_set_search_mode (self->search_bar, late || blocked || (search != NULL && *search != '\0'));
  filter_changed_cb (self);
}

static void
ent_onboarding_page_restore_state (EntPage  *page,
                                   GVariant *state)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (page);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (state);
  const char *kind = NULL;
  gint64 plan = 0;

  self->wanted_item = 0;
  if (g_variant_dict_lookup (&dict, "kind", "&s", &kind) &&
      (g_str_equal (kind, "onboarding") || g_str_equal (kind, "enablement")))
    adw_toggle_group_set_active_name (self->kinds, kind);
  restore_filter (self, &dict);
  g_variant_dict_lookup (&dict, "item", "x", &self->wanted_item);
  if (g_variant_dict_lookup (&dict, "plan", "x", &plan) && plan != 0)
    open_plan (self, plan);
}

static void
ent_onboarding_page_constructed (GObject *object)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (object);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));

  G_OBJECT_CLASS (ent_onboarding_page_parent_class)->constructed (object);
  self->board = ENT_BOARD (ent_board_new (context));
  ent_board_set_card_func (self->board, ent_plan_cards_fill, self, NULL);
  /* The phase of a plan follows from its items. */
  g_object_set (self->board, "movable", FALSE, "reorderable", FALSE, NULL);
  adw_bin_set_child (self->board_bin, GTK_WIDGET (self->board));
  g_signal_connect_object (self->board, "card-activated", G_CALLBACK (card_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::today", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

static void
ent_onboarding_page_dispose (GObject *object)
{
  EntOnboardingPage *self = ENT_ONBOARDING_PAGE (object);

  self->generation++;
  g_clear_handle_id (&self->reload_source, g_source_remove);
  self->board = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_ONBOARDING_PAGE);
  g_clear_pointer (&self->cards, ent_plan_cards_free);
  G_OBJECT_CLASS (ent_onboarding_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, RESOURCE_PATH "/ui/pages/onboarding/ent-onboarding-page.ui");
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, navigation);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, board_page);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, kinds);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, search_bar);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, search);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, late_button);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, blocked_button);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, stack);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, empty_page);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, failed_page);
  gtk_widget_class_bind_template_child (klass, EntOnboardingPage, board_bin);
  gtk_widget_class_bind_template_callback (klass, visible_page_cb);
  gtk_widget_class_bind_template_callback (klass, kind_changed_cb);
  gtk_widget_class_bind_template_callback (klass, filter_changed_cb);
}

static void
ent_onboarding_page_class_init (EntOnboardingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);

  object_class->constructed = ent_onboarding_page_constructed;
  object_class->dispose = ent_onboarding_page_dispose;
  widget_class->map = ent_onboarding_page_map;
  page_class->focus_search = ent_onboarding_page_focus_search;
  page_class->refresh = ent_onboarding_page_refresh;
  page_class->focus_content = ent_onboarding_page_focus_content;
  page_class->save_state = ent_onboarding_page_save_state;
  page_class->restore_state = ent_onboarding_page_restore_state;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (plan_actions); i++)
    gtk_widget_class_install_action (widget_class, plan_actions[i], NULL, act_cb);
}

static void
ent_onboarding_page_init (EntOnboardingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
}
