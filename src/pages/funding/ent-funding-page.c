/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"
#include "widgets/ent-focus-place.h"

#define RELOAD_MS 300 /* after a change, so that an import makes one new look */

G_DEFINE_FINAL_TYPE (EntFundingPage, ent_funding_page, ENT_TYPE_PAGE)

/* --- The overview -------------------------------------------------------------------------------------------------------- */

static void
show_overdue (EntFundingPage *self)
{
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < self->data->deadlines->len; i++)
    n += ((EntFundDeadline *) g_ptr_array_index (self->data->deadlines, i))->days < 0;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The deadline of %u request has passed",
                                       "The deadlines of %u requests have passed", n), n);
  adw_banner_set_title (self->overdue_banner, text);
  adw_banner_set_revealed (self->overdue_banner, n > 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.expire", n > 0);
}

void
ent_funding_page_take_data (EntFundingPage *self)
{
  self->is_loaded = TRUE;
  self->is_stale = FALSE;
  ent_funding_page_fill_board (self);
  ent_funding_page_fill_programs (self);
  ent_funding_page_fill_campaigns (self);
  show_overdue (self);
  gtk_stack_set_visible_child_name (self->stack, "views");
  if (self->open_key != 0)
    ent_funding_page_load_detail (self);
  else
    ent_page_set_ready (ENT_PAGE (self), TRUE);
}

/* --- The page of a request or campaign -------------------------------------------------------------------------------------- */

static void
update_actions (EntFundingPage *self)
{
  EntRecord *request = self->detail != NULL ? self->detail->request : NULL;
  gboolean has_next = request != NULL && ent_fund_next_step (ent_record_get_text (request, "state")) != NULL;

  ent_page_action_set_enabled (ENT_PAGE (self), "page.next-step", has_next);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.step", request != NULL);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.edit", self->open_key != 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.import",
                               self->detail != NULL && self->detail->report != NULL);
}

void
ent_funding_page_take_detail (EntFundingPage *self)
{
  GtkWidget *content = NULL;
  EntFocusPlace *keyboard;

  if (self->detail_bin == NULL)
    return;
  if (self->detail->request != NULL)
    content = ent_funding_page_build_request (self);
  else if (self->detail->report != NULL)
    content = ent_funding_page_build_campaign (self);
  if (content != NULL)
    adw_navigation_page_set_title (self->detail_page,
                                   ent_record_get_title (self->detail->request != NULL ? self->detail->request
                                                                                       : self->detail->report->campaign));
  if (content == NULL)
    {
      adw_navigation_view_pop_to_tag (self->navigation, "overview");
      return;
    }
  keyboard = ent_focus_place_new (GTK_WIDGET (self->detail_bin));
  adw_bin_set_child (self->detail_bin, content);
  ent_focus_place_restore (keyboard, content);
  update_actions (self);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
popped_cb (EntFundingPage *self)
{
  self->open_key = 0;
  self->detail_bin = NULL;
  self->detail_page = NULL;
  self->detail_generation++;
  g_clear_pointer (&self->detail, ent_funding_detail_free);
  update_actions (self);
}

static AdwNavigationPage *
make_detail_page (EntFundingPage *self,
                  const char     *title)
{
  GtkWidget *bin = adw_bin_new (), *toolbar = adw_toolbar_view_new (), *header = adw_header_bar_new ();
  GtkWidget *clamp = adw_clamp_new (), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *edit = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_set_tooltip_text (edit, _("All Fields and History"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "page.edit");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), edit);
  gtk_widget_set_margin_top (bin, 18);
  gtk_widget_set_margin_bottom (bin, 24);
  gtk_widget_set_margin_start (bin, 12);
  gtk_widget_set_margin_end (bin, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), bin);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scrolled);
  self->detail_bin = ADW_BIN (bin);
  return adw_navigation_page_new (toolbar, title);
}

void
ent_funding_page_open (EntFundingPage *self,
                       EntKey          key)
{
  EntRecord *request = self->data != NULL ? g_hash_table_lookup (self->data->requests, &key) : NULL;
  AdwNavigationPage *page;

  if (self->open_key != 0)
    adw_navigation_view_pop_to_tag (self->navigation, "overview");
  ent_page_set_ready (ENT_PAGE (self), FALSE);
  page = make_detail_page (self, request != NULL ? ent_record_get_title (request) : _("Campaign"));
  self->open_key = key;
  self->detail_page = page;
  adw_navigation_view_push (self->navigation, page);
  ent_page_focus_content (ENT_PAGE (self));
  if (self->is_loaded)
    ent_funding_page_load_detail (self);
}

/* --- Actions ----------------------------------------------------------------------------------------------------------------- */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ent_funding_page_ask (ENT_FUNDING_PAGE (widget));
}

static void
new_campaign_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  EntPage *page = ENT_PAGE (widget);

  ent_new_record_dialog_present (widget, ent_page_get_context (page),
                                 ent_store_get_record_type (ent_page_get_store (page), "campaign"), NULL);
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (widget);

  if (ent_page_is_ready (ENT_PAGE (self)) && self->detail != NULL && self->detail->request != NULL)
    ent_funding_page_step (self, self->detail->request, g_variant_get_string (parameter, NULL));
}

static void
next_step_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (widget);
  const EntFundStep *step = self->detail != NULL && self->detail->request != NULL
                              ? ent_fund_next_step (ent_record_get_text (self->detail->request, "state")) : NULL;

  if (step != NULL && ent_page_is_ready (ENT_PAGE (self)))
    ent_funding_page_step (self, self->detail->request, step->to);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (widget);

  if (self->open_key != 0)
    ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), self->open_key);
}

static gboolean
expire_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  guint n;

  return ent_fund_expire (transaction, *(gint64 *) user_data, &n, error);
}

static void
expire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (widget));
  gint64 today = ent_context_get_today (context);

  ent_context_write (context, _("Expire funding requests"), expire_cb, g_memdup2 (&today, sizeof today), g_free);
}

/* --- Following changes ------------------------------------------------------------------------------------------------------------ */

static gboolean
reload_cb (gpointer data)
{
  EntFundingPage *self = data;

  self->reload_source = 0;
  ent_funding_page_load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntContext     *context,
            EntChanges     *changes,
            EntFundingPage *self)
{
  static const char * const types[] = { "funding", "campaign", "campaign_line", "program", "program_rule", "ledger",
                                        "organization", "agreement", "document", "plan", "plan_item", "deal" };
  EntStore *store = ent_page_get_store (ENT_PAGE (self));
  gboolean concerns = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    concerns |= ent_changes_has_type (changes, ent_store_get_record_type (store, types[i]));
  if (!concerns || !self->is_loaded)
    return;
  /* What is shown is of before: a step that is asked for now would be of a state that is gone. */
  ent_page_set_ready (ENT_PAGE (self), FALSE);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->is_stale = TRUE;
  else if (self->reload_source == 0)
    self->reload_source = g_timeout_add (RELOAD_MS, reload_cb, self);
}

static void
ent_funding_page_map (GtkWidget *widget)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (widget);

  GTK_WIDGET_CLASS (ent_funding_page_parent_class)->map (widget);
  if (!self->is_loaded || self->is_stale)
    ent_funding_page_load (self);
}

static void
ent_funding_page_refresh (EntPage *page)
{
  ent_funding_page_load (ENT_FUNDING_PAGE (page));
}

/* On the page of a request, the next step. */
static gboolean
ent_funding_page_focus_content (EntPage *page)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (page);

  return self->detail_bin != NULL && gtk_widget_child_focus (GTK_WIDGET (self->detail_bin), GTK_DIR_TAB_FORWARD);
}

/* --- State --------------------------------------------------------------------------------------------------------------------------- */

static GVariant *
ent_funding_page_save_state (EntPage *page)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (page);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "view", "s", adw_view_stack_get_visible_child_name (self->views));
  if (self->open_key != 0)
    g_variant_dict_insert (&dict, "open", "x", self->open_key);
  return g_variant_dict_end (&dict);
}

static void
ent_funding_page_restore_state (EntPage  *page,
                                GVariant *state)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (page);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (state);
  const char *view = NULL;
  gint64 key = 0;

  if (g_variant_dict_lookup (&dict, "view", "&s", &view) &&
      adw_view_stack_get_child_by_name (self->views, view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, view);
  g_variant_dict_lookup (&dict, "open", "x", &key);
  if (key != 0 && key != self->open_key)
    ent_funding_page_open (self, key);
  else if (key == 0 && self->open_key != 0)
    adw_navigation_view_pop_to_tag (self->navigation, "overview");
}

/* --- Class ----------------------------------------------------------------------------------------------------------------------------- */

static void
ent_funding_page_constructed (GObject *object)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (object);

  G_OBJECT_CLASS (ent_funding_page_parent_class)->constructed (object);
  g_signal_connect_object (ent_page_get_context (ENT_PAGE (self)), "changed", G_CALLBACK (changed_cb), self, 0);
}

static void
ent_funding_page_dispose (GObject *object)
{
  EntFundingPage *self = ENT_FUNDING_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  self->detail_bin = NULL;
  self->detail_page = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_FUNDING_PAGE);
  self->board = NULL;
  g_clear_pointer (&self->data, ent_funding_data_free);
  g_clear_pointer (&self->detail, ent_funding_detail_free);

  G_OBJECT_CLASS (ent_funding_page_parent_class)->dispose (object);
}

static void
ent_funding_page_finalize (GObject *object)
{
  g_object_unref (ENT_FUNDING_PAGE (object)->cancellable);

  G_OBJECT_CLASS (ent_funding_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, RESOURCE_PATH "/ui/pages/funding/ent-funding-page.ui");
  gtk_widget_class_bind_template_child (klass, EntFundingPage, navigation);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, stack);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, requests_stack);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, failed_page);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, views);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, header);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, switcher_bar);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, overdue_banner);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, board_bin);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, programs_box);
  gtk_widget_class_bind_template_child (klass, EntFundingPage, campaigns_box);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "page.new", NULL, new_action);
  gtk_widget_class_install_action (klass, "page.new-campaign", NULL, new_campaign_action);
  gtk_widget_class_install_action (klass, "page.step", "s", step_action);
  gtk_widget_class_install_action (klass, "page.next-step", NULL, next_step_action);
  gtk_widget_class_install_action (klass, "page.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "page.expire", NULL, expire_action);
  gtk_widget_class_install_action (klass, "page.export", NULL, ent_funding_page_export);
  gtk_widget_class_install_action (klass, "page.import", NULL, ent_funding_page_import);
}

static void
ent_funding_page_class_init (EntFundingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);

  object_class->constructed = ent_funding_page_constructed;
  object_class->dispose = ent_funding_page_dispose;
  object_class->finalize = ent_funding_page_finalize;
  widget_class->map = ent_funding_page_map;
  page_class->focus_content = ent_funding_page_focus_content;
  page_class->save_state = ent_funding_page_save_state;
  page_class->restore_state = ent_funding_page_restore_state;
  page_class->refresh = ent_funding_page_refresh;
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
ent_funding_page_init (EntFundingPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->navigation, "popped", G_CALLBACK (popped_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
}
