/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"

#define RELOAD_MS 300 /* after a change, so that an import makes one new look */

G_DEFINE_FINAL_TYPE (EntFundingPage, ent_funding_page, ENT_TYPE_PAGE)

/* --- Small things ----------------------------------------------------------------------------------------------------- */

#define WIDEST_SUFFIX 210

static void
suffix_mapped_cb (GtkWidget *suffix)
{
  int natural;

  gtk_widget_measure (suffix, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_set_size_request (suffix, MIN (natural, WIDEST_SUFFIX), -1);
}

void
ent_funding_keep_whole (GtkWidget *widget)
{
  g_signal_connect (widget, "map", G_CALLBACK (suffix_mapped_cb), NULL);
}

GtkWidget *
ent_funding_row (const char *title,
                 const char *subtitle,
                 GtkWidget  *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (suffix != NULL)
    {
      gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
      ent_funding_keep_whole (suffix);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
    }
  return row;
}

GtkWidget *
ent_funding_group (const char *title,
                   const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  return group;
}

GtkWidget *
ent_funding_why (EntFundingPage *self,
                 const char     *label,
                 EntWhy         *why)
{
  GtkWidget *widget = ent_why_label_new (ent_page_get_context (ENT_PAGE (self)));

  ent_why_label_set_label (ENT_WHY_LABEL (widget), label);
  if (why != NULL)
    ent_why_label_set_why (ENT_WHY_LABEL (widget), why);
  return widget;
}

char *
ent_funding_money (const EntValue *value)
{
  return ent_value_is_null (value) ? g_strdup ("—") : ent_money_display (value->integer, value->currency,
                                                                         ENT_DISPLAY_FULL);
}

const char *
ent_funding_title (EntFundingPage *self,
                   EntKey          key)
{
  const char *title = key != 0 ? g_hash_table_lookup (self->data->titles, &key) : NULL;

  return title != NULL ? title : _("No partner");
}

void
ent_funding_clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
row_activated_cb (GtkWidget *row,
                  gpointer   page)
{
  ent_funding_page_open (page, *(EntKey *) g_object_get_data (G_OBJECT (row), "key"));
}

void
ent_funding_row_opens (EntFundingPage *self,
                       GtkWidget      *row,
                       EntKey          key)
{
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&key, sizeof key), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, 0);
}

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
  adw_bin_set_child (self->detail_bin, content);
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

/* --- Files: the calendar, weekly lines ------------------------------------------------------------------------------------------ */

static void
calendar_written_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (EntContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    ent_context_error (context, _("The calendar could not be written"), error);
  else
    ent_context_toast (context, _("Calendar exported"));
}

static void
calendar_chosen_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (EntFundingPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL || self->data == NULL)
    return;
  text = ent_campaign_dates_to_ics (self->data->dates, ent_page_get_store (ENT_PAGE (self)), g_get_real_time ());
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, calendar_written_cb,
                                       g_object_ref (ent_page_get_context (ENT_PAGE (self))));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_initial_name (dialog, "campaigns.ics");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, calendar_chosen_cb,
                        g_object_ref (widget));
}

typedef struct
{
  EntKey campaign;
  char  *path;
} Import;

static void
import_free (gpointer data)
{
  g_free (((Import *) data)->path);
  g_free (data);
}

static gpointer
import_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Import *import = data;

  return ent_campaign_import (store, import->campaign, import->path, NULL, NULL, error);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (EntFundingPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntCampaignImport) import = ent_store_run_finish (ENT_STORE (object), result, &error);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  g_autofree char *text = NULL;

  if (import == NULL)
    {
      ent_context_error (context, _("The weeks could not be imported"), error);
      return;
    }
  text = g_strdup_printf (_("%" G_GUINT64_FORMAT " weekly lines imported, %" G_GUINT64_FORMAT " refused"),
                          import->n_created + import->n_updated, import->n_refused);
  if (import->problems->len > 0)
    {
      g_autofree char *all = NULL;

      g_ptr_array_set_size (import->problems, (int) MIN (import->problems->len, 12));
      g_ptr_array_add (import->problems, NULL);
      all = g_strjoinv ("\n", (char **) import->problems->pdata);
      g_signal_emit_by_name (context, "alert", text, all);
    }
  else
    ent_context_toast (context, text);
}

static void
import_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (EntFundingPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  Import *import;

  if (file == NULL || self->open_key == 0)
    return;
  import = g_new0 (Import, 1);
  import->campaign = self->open_key;
  import->path = g_file_get_path (file);
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), import_job, import, import_free,
                       (GDestroyNotify) ent_campaign_import_free, NULL, imported_cb, g_object_ref (self));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Import Weekly Lines"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, import_chosen_cb,
                        g_object_ref (widget));
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
  gtk_widget_class_install_action (klass, "page.export", NULL, export_action);
  gtk_widget_class_install_action (klass, "page.import", NULL, import_action);
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
