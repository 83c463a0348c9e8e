/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-page-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-profile-page.h"
#include "pages/reviews/ent-review-freeze.h"
#include "pages/reviews/ent-review-new.h"
#include "rules/ent-rules.h"
#include "store/ent-query.h"
#include "widgets/ent-field-dialog.h"

#define MAX_DELTAS 50

enum
{
  PROP_KEY = 1,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (EntReviewPage, ent_review_page, ENT_TYPE_PAGE)

static GParamSpec *props[N_PROPS];

/* --- Loading ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  EntReviewPage *page;
  guint          generation;
} Load;

typedef struct
{
  EntKey key;
  gint64 today;
} Wish;

static void
data_free (gpointer data)
{
  EntReviewData *self = data;

  g_clear_pointer (&self->review, ent_review_unref);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->deltas, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->doc, ent_doc_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntReviewData, data_free)

/* The team, then the partner's people. */
static GPtrArray *
load_people (EntStore *store,
             EntKey    partner)
{
  const EntRecordType *type = ent_store_get_record_type (store, "person");
  g_autoptr (EntFilter) filter = ent_filter_parse (type, "is_team", NULL, NULL);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) team = filter != NULL ? ent_store_query (store, &query, NULL, NULL) : NULL;
  g_autoptr (GPtrArray) theirs = partner != 0 ? ent_store_get_referrers (store, partner, ent_record_type_lookup (type, "org"),
                                                                         200, NULL) : NULL;
  GPtrArray *people = team != NULL ? ent_store_load (store, type, ent_result_get_rows (team), ent_result_get_n (team), NULL, 0,
                                                     NULL, NULL) : NULL;

  if (people == NULL)
    people = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; theirs != NULL && i < theirs->len; i++)
    g_ptr_array_add (people, g_object_ref (g_ptr_array_index (theirs, i)));
  return people;
}

static gpointer
load_job (EntStore      *store,
          gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Wish *wish = user_data;
  g_autoptr (EntReviewData) data = g_new0 (EntReviewData, 1);

  data->review = ent_review_load (store, wish->key, wish->today, cancellable, error);
  if (data->review == NULL)
    return NULL;
  data->plan = ent_store_get (store, wish->key, error);
  if (data->plan == NULL)
    return NULL;
  data->deltas = ent_review_load_changes (store, data->review, MAX_DELTAS, cancellable, error);
  if (data->deltas == NULL)
    return NULL;
  data->people = load_people (store, data->review->partner);
  data->doc = ent_review_to_doc (data->review);
  return g_steal_pointer (&data);
}

static void
set_step (EntReviewPage *self)
{
  const char *status = self->data->review->status;
  gboolean frozen = self->data->review->frozen_at != ENT_REVIEW_UNKNOWN;
  const char *label = NULL;

  if (g_strcmp0 (status, "draft") == 0)
    label = frozen ? _("Mark as Sent") : _("Freeze");
  else if (g_strcmp0 (status, "sent") == 0)
    label = _("Begin Meeting");
  gtk_button_set_label (GTK_BUTTON (self->step_button), label != NULL ? label : "");
  gtk_widget_set_visible (self->step_button, label != NULL);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.next-step", label != NULL);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.cancel-review",
                               g_strcmp0 (status, "draft") == 0 || g_strcmp0 (status, "sent") == 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.move-meeting",
                               g_strcmp0 (status, "draft") == 0 || g_strcmp0 (status, "sent") == 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.add-ask", !frozen);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.add-risk", !frozen);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.add-decision", g_strcmp0 (status, "held") == 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.add-action", g_strcmp0 (status, "held") == 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.signers",
                               g_strcmp0 (status, "signed") != 0 && g_strcmp0 (status, "canceled") != 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.calendar", self->data->review->meeting_at != ENT_REVIEW_UNKNOWN);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.open-partner", self->data->review->partner != 0);
}

static void
set_banner (EntReviewPage *self)
{
  gint64 now = g_get_real_time ();
  EntReadiness readiness = ent_review_get_readiness (self->data->plan, now);
  g_autofree char *text = ent_review_dup_readiness (self->data->plan, now);
  gboolean shows = readiness == ENT_READINESS_DUE || readiness == ENT_READINESS_LATE;

  adw_banner_set_title (self->banner, text);
  adw_banner_set_button_label (self->banner, self->data->review->frozen_at != ENT_REVIEW_UNKNOWN ? _("Mail the Pre-Read…") : NULL);
  adw_banner_set_revealed (self->banner, shows);
}

static void
show_data (EntReviewPage *self)
{
  EntReview *review = self->data->review;
  g_autofree char *readiness = ent_review_dup_readiness (self->data->plan, g_get_real_time ());
  g_autofree char *subtitle = review->frozen_at != ENT_REVIEW_UNKNOWN && g_strcmp0 (review->status, "draft") == 0
                                ? g_strdup (_("Frozen")) : g_strdup (readiness);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), review->title);
  adw_window_title_set_title (self->window_title, review->title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  set_step (self);
  set_banner (self);
  review_page_fill_panel (self);
  ent_doc_view_set_doc (self->sheet, self->data->doc);
  /* Where there is room for one side only, a meeting begins with the side one types in. */
  if (!ent_page_is_ready (ENT_PAGE (self)) && g_strcmp0 (review->status, "held") == 0)
    adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "review");
}

static void
show_missing (EntReviewPage *self,
              const GError  *error)
{
  gboolean binned = g_error_matches (error, ENT_RULE_ERROR, ENT_RULE_ERROR_PARTNER_BINNED);

  adw_status_page_set_description (self->missing_page, error->message);
  gtk_widget_set_visible (self->restore_button, binned);
  gtk_widget_set_visible (self->step_button, FALSE);
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "missing");
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Load *load = user_data;
  g_autoptr (EntReviewPage) self = load->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntReviewData) data = ent_store_run_finish (ENT_STORE (source), result, &error);
  gboolean is_old = load->generation != self->generation || self->stack == NULL;

  g_free (load);
  if (is_old || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (data == NULL)
    {
      show_missing (self, error);
      return;
    }
  g_clear_pointer (&self->data, data_free);
  self->data = g_steal_pointer (&data);
  show_data (self);
}

static void
load (EntReviewPage *self)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  EntStore *store = ent_context_get_store (context);
  Wish *wish = g_new0 (Wish, 1);
  Load *state = g_new0 (Load, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wish->key = self->key;
  wish->today = ent_context_get_today (context);
  state->page = g_object_ref (self);
  state->generation = ++self->generation;
  ent_store_run_async (store, load_job, wish, g_free, data_free, self->cancellable, loaded_cb, state);
}

static void
changed_cb (EntReviewPage *self)
{
  if (ent_context_get_store (ent_page_get_context (ENT_PAGE (self))) != NULL && self->cancellable != NULL)
    load (self);
}

static void
sheet_ready_cb (EntReviewPage *self)
{
  if (ent_doc_view_is_ready (self->sheet))
    ent_page_set_ready (ENT_PAGE (self), TRUE);
}

/* --- Steps ---------------------------------------------------------------------------------------------------------------- */

EntReviewChange *
review_page_change_new (EntReviewPage *self,
                        EntReviewStep  step)
{
  return ent_review_change_new (step, self->key, g_get_real_time ());
}

void
review_page_do (EntReviewPage   *self,
                EntReviewChange *change)
{
  g_autofree char *label = ent_review_change_dup_label (change, self->data->review->title);

  ent_context_write (ent_page_get_context (ENT_PAGE (self)), label, ent_review_change_apply, change, ent_review_change_free);
}

static void
next_step_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);
  const char *status = self->data != NULL ? self->data->review->status : "";

  if (g_strcmp0 (status, "sent") == 0)
    review_page_do (self, review_page_change_new (self, ENT_REVIEW_HOLD));
  else if (g_strcmp0 (status, "draft") == 0 && self->data->review->frozen_at != ENT_REVIEW_UNKNOWN)
    review_page_do (self, review_page_change_new (self, ENT_REVIEW_SEND));
  else if (g_strcmp0 (status, "draft") == 0)
    /* Not cancelled when the page is read again meanwhile: somebody asked for it. */
    ent_review_freeze (ent_page_get_context (ENT_PAGE (self)), self->key);
}

static void
cancel_review_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  review_page_do (ENT_REVIEW_PAGE (widget), review_page_change_new (ENT_REVIEW_PAGE (widget), ENT_REVIEW_CANCEL));
}

static void
banner_cb (EntReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.mail", NULL);
}

static void
open_partner_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);

  ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), self->data->review->partner);
}

static void
open_fields_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);

  GtkWidget *view = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                              ADW_NAVIGATION_PAGE (ent_profile_page_new (ent_page_get_context (ENT_PAGE (self)), self->key)));
}

static void
move_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  ent_review_new_present (ent_page_get_context (ENT_PAGE (widget)), widget, ENT_REVIEW_PAGE (widget)->key);
}

static void
add_entry_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  review_page_focus_entry (ENT_REVIEW_PAGE (widget), g_str_equal (action, "page.add-ask")      ? _("Add an ask")
                                                     : g_str_equal (action, "page.add-risk")   ? _("Add a risk")
                                                     : g_str_equal (action, "page.add-decision") ? _("Decision")
                                                                                                 : _("Action"));
}

static void
signers_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  ent_field_dialog_present (widget, ent_page_get_context (ENT_PAGE (widget)), ENT_REVIEW_PAGE (widget)->key, "sign_off_by");
}

static gboolean
restore_partner_func (EntTransaction  *transaction,
                      gpointer         key,
                      GError         **error)
{
  g_autoptr (EntRecord) plan = ent_transaction_get (transaction, *(EntKey *) key, error);

  return plan != NULL && ent_transaction_restore (transaction, ent_record_get_ref (plan, "for"), error);
}

static void
restore_partner_cb (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);

  ent_context_write (ent_page_get_context (ENT_PAGE (self)), _("Restore partner"), restore_partner_func,
                     g_memdup2 (&self->key, sizeof self->key), g_free);
}

/* --- EntPage ------------------------------------------------------------------------------------------------------------ */

static void
ent_review_page_refresh (EntPage *page)
{
  load (ENT_REVIEW_PAGE (page));
}

static void
ent_review_page_map (GtkWidget *widget)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (ent_review_page_parent_class)->map (widget);
  if (self->cancellable == NULL)
    load (self);
}

static void
ent_review_page_constructed (GObject *object)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (object);

  G_OBJECT_CLASS (ent_review_page_parent_class)->constructed (object);
  g_signal_connect_object (ent_page_get_context (ENT_PAGE (self)), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify::ready", G_CALLBACK (sheet_ready_cb), self, G_CONNECT_SWAPPED);
}

static void
ent_review_page_dispose (GObject *object)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (object);

  review_page_stop_timer (self);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_REVIEW_PAGE);
  G_OBJECT_CLASS (ent_review_page_parent_class)->dispose (object);
}

static void
ent_review_page_finalize (GObject *object)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (object);

  g_clear_pointer (&self->data, data_free);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (ent_review_page_parent_class)->finalize (object);
}

static void
ent_review_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_KEY)
    g_value_set_int64 (value, ENT_REVIEW_PAGE (object)->key);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_review_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (prop_id == PROP_KEY)
    ENT_REVIEW_PAGE (object)->key = g_value_get_int64 (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entente/Entente/ui/pages/reviews/ent-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, split_view);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, show_button);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, step_button);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, banner);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, panel);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, panel_window);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, sheet_window);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, missing_page);
  gtk_widget_class_bind_template_child (widget_class, EntReviewPage, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, banner_cb);
}

static void
ent_review_page_class_init (EntReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ent_review_page_constructed;
  object_class->dispose = ent_review_page_dispose;
  object_class->finalize = ent_review_page_finalize;
  object_class->get_property = ent_review_page_get_property;
  object_class->set_property = ent_review_page_set_property;
  widget_class->map = ent_review_page_map;
  ENT_PAGE_CLASS (klass)->refresh = ent_review_page_refresh;
  props[PROP_KEY] = g_param_spec_int64 ("key", NULL, NULL, 0, G_MAXINT64, 0,
                                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (ENT_TYPE_DOC_VIEW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.next-step", NULL, next_step_cb);
  gtk_widget_class_install_action (widget_class, "page.cancel-review", NULL, cancel_review_cb);
  gtk_widget_class_install_action (widget_class, "page.open-partner", NULL, open_partner_cb);
  gtk_widget_class_install_action (widget_class, "page.open-fields", NULL, open_fields_cb);
  gtk_widget_class_install_action (widget_class, "page.move-meeting", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "page.signers", NULL, signers_cb);
  gtk_widget_class_install_action (widget_class, "page.add-ask", NULL, add_entry_cb);
  gtk_widget_class_install_action (widget_class, "page.add-risk", NULL, add_entry_cb);
  gtk_widget_class_install_action (widget_class, "page.add-decision", NULL, add_entry_cb);
  gtk_widget_class_install_action (widget_class, "page.add-action", NULL, add_entry_cb);
  gtk_widget_class_install_action (widget_class, "page.restore-partner", NULL, restore_partner_cb);
  review_page_install_output (widget_class);
}

static void
ent_review_page_init (EntReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
