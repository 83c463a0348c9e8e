/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-page-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-pill.h"
#include "widgets/ent-why-label.h"

static guint loaded_signal;

G_DEFINE_FINAL_TYPE (EntPlanPage, ent_plan_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- On top ----------------------------------------------------------------------------------------------------- */

static void
add_figure (EntPlanPage *self,
            const char  *text,
            EntWhy      *why)
{
  GtkWidget *label = ent_why_label_new (self->context);

  ent_why_label_set_label (ENT_WHY_LABEL (label), text);
  ent_why_label_set_why (ENT_WHY_LABEL (label), why);
  adw_wrap_box_append (self->summary, label);
}

static void
add_progress (EntPlanPage *self)
{
  const EntOnboardRun *run = self->data->run;
  g_autoptr (EntWhy) progress = ent_onboard_run_explain_progress (run);
  g_autofree char *text = g_strdup_printf (_("%d %% done"), run->progress);

  add_figure (self, text, progress);
  if (run->slip > 0)
    {
      g_autoptr (EntWhy) slip = ent_onboard_run_explain_slip (run);
      g_autofree char *days = g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong) run->slip), run->slip);

      add_figure (self, days, slip);
    }
}

static void
add_checks (EntPlanPage *self)
{
  for (guint i = 0; i < self->data->checks->len; i++)
    {
      const EntOnboardCheck *check = g_ptr_array_index (self->data->checks, i);
      g_autofree char *text = g_strdup_printf ("%s: %s", check->title != NULL ? check->title : "",
                                               ent_check_state_get_label (check->state));

      add_figure (self, text, check->why);
    }
}

static void
add_first_success (EntPlanPage *self)
{
  const EntFirstSuccess *success = self->data->success;
  g_autofree char *text = NULL;

  if (success == NULL || success->days < 0)
    return;
  if (success->first_on == ENT_ONBOARD_NO_DATE)
    text = g_strdup_printf (ngettext ("First success: %d day so far", "First success: %d days so far",
                                      (gulong) success->days), success->days);
  else
    text = g_strdup_printf (ngettext ("First success after %d day", "First success after %d days", (gulong) success->days),
                            success->days);
  add_figure (self, text, success->why);
}

static void
show_summary (EntPlanPage *self)
{
  const EntOnboardRun *run = self->data->run;
  EntKey owner = ent_record_get_ref (run->plan, "owner");
  g_autofree char *day = ent_onboard_run_dup_day (run);
  GtkWidget *label = gtk_label_new (day);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->summary))) != NULL)
    adw_wrap_box_remove (self->summary, child);
  gtk_widget_add_css_class (label, "heading");
  adw_wrap_box_append (self->summary, label);
  add_progress (self);
  if (run->blocked_gate != G_MAXUINT)
    adw_wrap_box_append (self->summary, ent_pill_new (_("Blocked by a gate"), ENT_TONE_BAD));
  add_checks (self);
  add_first_success (self);
  if (owner != 0)
    {
      label = gtk_label_new (ent_plan_data_get_name (self->data, owner));
      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_set_tooltip_text (label, _("Owner"));
      adw_wrap_box_append (self->summary, label);
    }
}

/* The one banner says what is most worth knowing: an edited template, else a plan that contradicts itself. */
static void
show_banner (EntPlanPage *self)
{
  guint n = self->data->differences->len;
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (ngettext ("The template has changed: %u difference", "The template has changed: %u differences",
                                      n), n);
  else if (self->data->conflicts->len > 0)
    text = g_strdup (g_ptr_array_index (self->data->conflicts, 0));
  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_button_label (self->banner, n > 0 ? _("_Review…") : NULL);
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_revealed (self->banner, text != NULL);
}

/* --- The whole ----------------------------------------------------------------------------------------------------- */

static void
layout_cb (EntPlanPage *self)
{
  gboolean narrow = gtk_widget_get_visible (GTK_WIDGET (self->views));
  gboolean timeline = g_strcmp0 (adw_toggle_group_get_active_name (self->views), "timeline") == 0;

  gtk_widget_set_visible (self->list_scroll, !narrow || !timeline);
  gtk_widget_set_visible (self->timeline_scroll, !narrow || timeline);
}

static void
show_selected (EntPlanPage *self)
{
  ent_plan_list_set_selected (self->list, self->selected);
  ent_timeline_set_selected (self->timeline, self->selected);
  ent_plan_details_set_item (self->details, self->data, ent_onboard_run_find (self->data->run, self->selected));
}

/* The first open item, when nothing else was chosen. */
static void
choose_item (EntPlanPage *self)
{
  const EntOnboardRun *run = self->data->run;

  if (ent_onboard_run_find (run, self->selected) != G_MAXUINT || run->items->len == 0)
    return;
  self->selected = ent_onboard_run_get (run, 0)->key;
  for (guint i = run->items->len; i-- > 0;)
    if (ent_onboard_run_get (run, i)->is_open)
      self->selected = ent_onboard_run_get (run, i)->key;
  if (run->blocked_gate != G_MAXUINT)
    self->selected = ent_onboard_run_get (run, run->blocked_gate)->key;
}

static void
take_data (EntPlanPage *self,
           EntPlanData *data)
{
  g_clear_pointer (&self->data, ent_plan_data_unref);
  self->data = ent_plan_data_ref (data);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), data->partner_title != NULL ? data->partner_title
                                                             : ent_record_get_title (data->run->plan));
  choose_item (self);
  show_summary (self);
  show_banner (self);
  ent_plan_list_set_data (self->list, data);
  ent_timeline_set_data (self->timeline, data);
  show_selected (self);
  gtk_widget_set_visible (self->activate_button, ent_plan_page_can (self, "page.activate") &&
                          ent_record_get_text (data->run->plan, "status") != NULL && data->run->n_done == data->run->n_total);
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

typedef struct
{
  EntPlanPage *page; /* (owned): main thread only */
  EntKey       plan;
  gint64       today;
  guint        generation;
} Wish;

static void
wish_release (gpointer wish)
{
  g_atomic_rc_box_release (wish);
}

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Wish *wish = data;

  return ent_plan_data_load (store, wish->plan, wish->today, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wish *wish = user_data;
  g_autoptr (EntPlanPage) self = wish->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntPlanData) data = ent_store_run_finish (ENT_STORE (source), result, &error);
  gboolean is_late = wish->generation != self->generation;

  wish_release (wish);
  if (is_late || self->context == NULL)
    return;
  if (data != NULL)
    take_data (self, data);
  else
    {
      adw_status_page_set_description (self->gone_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "gone");
    }
  g_signal_emit (self, loaded_signal, 0);
}

void
ent_plan_page_reload (EntPlanPage *self)
{
  Wish *wish = g_atomic_rc_box_new0 (Wish);

  wish->page = g_object_ref (self);
  wish->plan = self->plan;
  wish->today = ent_context_get_today (self->context);
  wish->generation = ++self->generation;
  ent_store_run_async (ent_context_get_store (self->context), load_job, g_atomic_rc_box_acquire (wish), wish_release,
                       (GDestroyNotify) ent_plan_data_unref, NULL, loaded_cb, wish);
}

/* Gates look at agreements, people, assessments and the template, so most changes can concern it. */
static void
changed_cb (EntPlanPage *self,
            EntChanges  *changes)
{
  static const char * const types[] =
    { "plan", "plan_item", "organization", "person", "agreement", "assessment", "program", "program_rule", "deal",
      "deal_party" };
  EntStore *store = ent_context_get_store (self->context);

  for (gsize i = 0; store != NULL && i < G_N_ELEMENTS (types); i++)
    if (ent_changes_has_type (changes, ent_store_get_record_type (store, types[i])))
      {
        ent_plan_page_reload (self);
        return;
      }
}

/* --- Input ------------------------------------------------------------------------------------------------------------ */

static void
selected_cb (EntPlanPage *self,
             gint64       key)
{
  self->selected = key;
  if (self->data != NULL)
    show_selected (self);
}

static void
done_changed_cb (EntPlanPage *self,
                 gint64       key,
                 gboolean     done)
{
  ent_plan_page_set_done (self, key, done);
}

static void
reorder_cb (EntPlanPage *self,
            gint64       key,
            gint64       before)
{
  ent_plan_page_reorder (self, key, before);
}

static void
shift_cb (EntPlanPage *self,
          gint64       key,
          int          days,
          gboolean     alone)
{
  ent_plan_page_shift (self, key, days, alone);
}

static void
review_cb (EntPlanPage *self)
{
  ent_plan_page_review (self);
}

/* --- Object -------------------------------------------------------------------------------------------------------------- */

static void
ent_plan_page_dispose (GObject *object)
{
  EntPlanPage *self = ENT_PLAN_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PLAN_PAGE);
  g_clear_pointer (&self->data, ent_plan_data_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_plan_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  g_type_ensure (ENT_TYPE_PLAN_LIST);
  g_type_ensure (ENT_TYPE_TIMELINE);
  g_type_ensure (ENT_TYPE_PLAN_DETAILS);
  gtk_widget_class_set_template_from_resource (klass, RESOURCE_PATH "/ui/pages/onboarding/ent-plan-page.ui");
  gtk_widget_class_bind_template_child (klass, EntPlanPage, stack);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, gone_page);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, banner);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, activate_button);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, summary);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, views);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, body);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, list_scroll);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, timeline_scroll);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, details_scroll);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, list);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, timeline);
  gtk_widget_class_bind_template_child (klass, EntPlanPage, details);
  gtk_widget_class_bind_template_callback (klass, selected_cb);
  gtk_widget_class_bind_template_callback (klass, done_changed_cb);
  gtk_widget_class_bind_template_callback (klass, reorder_cb);
  gtk_widget_class_bind_template_callback (klass, shift_cb);
  gtk_widget_class_bind_template_callback (klass, review_cb);
  gtk_widget_class_bind_template_callback (klass, layout_cb);
}

static void
ent_plan_page_class_init (EntPlanPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_plan_page_dispose;
  loaded_signal = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ent_plan_page_init (EntPlanPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
ent_plan_page_new (EntContext *context,
                   EntKey      plan)
{
  EntPlanPage *self = g_object_new (ENT_TYPE_PLAN_PAGE, NULL);

  self->context = g_object_ref (context);
  self->plan = plan;
  ent_plan_details_set_context (self->details, context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::today", G_CALLBACK (ent_plan_page_reload), self, G_CONNECT_SWAPPED);
  ent_plan_page_reload (self);
  return ADW_NAVIGATION_PAGE (self);
}

EntKey
ent_plan_page_get_plan (EntPlanPage *self)
{
  return self->plan;
}

EntPlanData *
ent_plan_page_get_data (EntPlanPage *self)
{
  return self->data;
}

gboolean
ent_plan_page_focus (EntPlanPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    return ent_plan_list_focus (self->list);
  return gtk_widget_get_mapped (GTK_WIDGET (self->timeline)) && gtk_widget_grab_focus (GTK_WIDGET (self->timeline));
}

EntKey
ent_plan_page_get_selected (EntPlanPage *self)
{
  return self->selected;
}

void
ent_plan_page_select (EntPlanPage *self,
                      EntKey       item)
{
  self->selected = item;
  if (self->data != NULL)
    show_selected (self);
}
