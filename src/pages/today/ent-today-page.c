/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/today/ent-today-private.h"

#include <glib/gi18n.h>

#include "model/ent-value.h"
#include "pages/partners/ent-new-record-dialog.h"

/* An import commits often; the page follows at this pace. */
#define PACE 400

struct _EntTodayPage
{
  EntPage       parent;
  GtkStack     *stack;
  GtkFlowBox   *pulse;
  GtkWidget    *columns;
  GtkWidget    *attention_column;
  GtkLabel     *attention_summary, *attention_left;
  GtkListBox   *attention_list;
  GtkBox       *due_box, *changed_box;
  GCancellable *cancellable;
  guint         generation;
  guint         reload_id;
  gboolean      is_loaded;
};

G_DEFINE_FINAL_TYPE (EntTodayPage, ent_today_page, ENT_TYPE_PAGE)

/* --- Showing ------------------------------------------------------------------------------------------------------------ */

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
activated_cb (GtkListBox    *list,
              GtkListBoxRow *row,
              EntTodayPage  *self)
{
  EntKey key = (EntKey) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "ent-key"));

  if (key != 0)
    ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), key);
}

/* A list with its heading, as in Overdue, Today, This Week. */
static GtkListBox *
add_group (EntTodayPage *self,
           GtkBox       *box,
           const char   *title,
           guint         n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf ("%s · %u", title, n) : g_strdup (title);
  GtkWidget *label = gtk_label_new (text), *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, 0);
  gtk_box_append (box, label);
  gtk_box_append (box, list);
  return GTK_LIST_BOX (list);
}

static void
add_nothing (GtkBox     *box,
             const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (box, label);
}

static void
show_snoozed (EntTodayPage *self,
              GPtrArray    *snoozed)
{
  GtkListBox *list;

  if (snoozed->len == 0)
    return;
  list = add_group (self, self->due_box, _("Snoozed"), snoozed->len);
  for (guint i = 0; i < snoozed->len; i++)
    gtk_list_box_append (list, ent_today_snoozed_row (ent_page_get_context (ENT_PAGE (self)), g_ptr_array_index (snoozed, i)));
}

static void
show_due (EntTodayPage *self,
          EntTodayData *data)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  GPtrArray *due = data->due;
  guint at = 0;

  clear_box (self->due_box);
  for (int group = ENT_DUE_OVERDUE; group <= ENT_DUE_SOON; group++)
    {
      guint n = 0;
      GtkListBox *list;

      while (at + n < due->len && (int) ((EntDue *) g_ptr_array_index (due, at + n))->group == group)
        n++;
      if (n == 0)
        continue;
      list = add_group (self, self->due_box, ent_due_group_label ((EntDueGroup) group), n);
      for (guint i = 0; i < n; i++)
        {
          EntDue *one = g_ptr_array_index (due, at + i);

          gtk_list_box_append (list, ent_today_due_row (context, one, ent_reminders_lookup (data->told, one)));
        }
      at += n;
    }
  if (due->len == 0)
    add_nothing (self->due_box, _("Nothing is due this week."));
  show_snoozed (self, data->snoozed);
}

static void
show_changed (EntTodayPage *self,
              GPtrArray    *changed)
{
  static const EntOrigin order[] = { ENT_ORIGIN_USER, ENT_ORIGIN_SYNC, ENT_ORIGIN_RULE, ENT_ORIGIN_IMPORT };

  clear_box (self->changed_box);
  for (gsize o = 0; o < G_N_ELEMENTS (order); o++)
    {
      GtkListBox *list = NULL;

      for (guint i = 0; i < changed->len; i++)
        {
          EntChanged *one = g_ptr_array_index (changed, i);

          if (one->origin != order[o])
            continue;
          if (list == NULL)
            list = add_group (self, self->changed_box, ent_changed_origin_label (order[o]), 0);
          gtk_list_box_append (list, ent_today_changed_row (ent_page_get_context (ENT_PAGE (self)), one));
        }
    }
  if (changed->len == 0)
    add_nothing (self->changed_box, _("Nobody else, no import and no rule changed anything since yesterday."));
}

static void
show_attention (EntTodayPage     *self,
                EntAttentionPlan *plan)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  g_autofree char *summary = g_strdup_printf (_("This week, %u of %u h planned"), plan->hours_planned, plan->hours);
  g_autofree char *cost = ent_money_display (plan->cost_left, plan->currency, ENT_DISPLAY_SHORT);
  g_autoptr (GString) left = g_string_new (NULL);
  guint n = 0;

  gtk_list_box_remove_all (self->attention_list);
  for (guint i = 0; i < plan->items->len; i++)
    {
      EntAttention *item = g_ptr_array_index (plan->items, i);

      if (!item->planned)
        continue;
      gtk_list_box_append (self->attention_list, ent_today_attention_row (context, item, plan->currency));
      n++;
    }
  if (!plan->has_formula)
    g_string_assign (left, _("This program has no definition of attention. Add the formula “Attention” to its definitions."));
  else if (plan->n_left > 0)
    g_string_printf (left, ngettext ("%u partner is left out, worth %s at its urgency", "%u partners are left out, worth %s at their "
                                     "urgency", plan->n_left), plan->n_left, cost);
  else if (n == 0)
    g_string_assign (left, _("No partnership needs attention this week."));
  if (plan->n_unrated > 0)
    g_string_append_printf (left, ngettext ("%s%u amount in a currency without a rate is not counted",
                                            "%s%u amounts in currencies without a rate are not counted", plan->n_unrated),
                            left->len > 0 ? "\n" : "", plan->n_unrated);
  gtk_label_set_label (self->attention_summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->attention_summary), plan->has_formula);
  gtk_widget_set_visible (GTK_WIDGET (self->attention_list), n > 0);
  gtk_label_set_label (self->attention_left, left->str);
  gtk_widget_set_visible (GTK_WIDGET (self->attention_left), left->len > 0);
}

static void
show_pulse (EntTodayPage *self,
            GPtrArray    *pulse)
{
  gtk_flow_box_remove_all (self->pulse);
  for (guint i = 0; i < pulse->len; i++)
    {
      GtkWidget *tile = ent_today_pulse_tile (ent_page_get_context (ENT_PAGE (self)), g_ptr_array_index (pulse, i));

      gtk_flow_box_append (self->pulse, tile);
      gtk_widget_set_focusable (gtk_widget_get_parent (tile), FALSE);
    }
}

/* Figures of an empty workspace say nothing. */
static gboolean
is_empty (EntTodayData *data)
{
  gint64 low, high;

  if (data->due->len > 0 || data->snoozed->len > 0 || data->plan->items->len > 0 || data->changed->len > 0)
    return FALSE;
  for (guint i = 0; i < data->pulse->len; i++)
    if (ent_chart_data_get_range (((EntPulse *) g_ptr_array_index (data->pulse, i))->spark, &low, &high) && high != 0)
      return FALSE;
  return TRUE;
}

static void
show_data (EntTodayPage *self,
           EntTodayData *data)
{
  show_pulse (self, data->pulse);
  show_attention (self, data->plan);
  show_due (self, data);
  show_changed (self, data->changed);
  gtk_stack_set_visible_child_name (self->stack, is_empty (data) ? "empty" : "content");
}

/* --- Loading -------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntTodayPage *page;
  guint         generation;
  gint64        today;
} Request;

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return ent_today_data_new (store, *(gint64 *) data, cancellable, error);
}

static void
data_free (gpointer data)
{
  ent_today_data_free (data);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr (EntTodayPage) self = request->page;
  g_autoptr (GError) error = NULL;
  EntTodayData *data = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (data == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("Today could not be read"), error);
  if (data != NULL && request->generation == self->generation && self->stack != NULL)
    {
      show_data (self, data);
      ent_page_set_ready (ENT_PAGE (self), TRUE);
    }
  if (data != NULL)
    ent_today_data_free (data);
}

static void
load (EntTodayPage *self)
{
  Request *request = g_new0 (Request, 1);
  gint64 today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));

  request->page = g_object_ref (self);
  request->generation = ++self->generation;
  self->is_loaded = TRUE;
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), load_job, g_memdup2 (&today, sizeof today), g_free, data_free,
                       self->cancellable, loaded_cb, request);
}

static gboolean
reload_cb (gpointer user_data)
{
  EntTodayPage *self = user_data;

  self->reload_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntTodayPage *self)
{
  if (self->is_loaded && self->reload_id == 0)
    self->reload_id = g_timeout_add (PACE, reload_cb, self);
}

static void
ent_today_page_map (GtkWidget *widget)
{
  EntTodayPage *self = ENT_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (ent_today_page_parent_class)->map (widget);
  if (!self->is_loaded)
    load (self);
}

static void
ent_today_page_refresh (EntPage *page)
{
  load (ENT_TODAY_PAGE (page));
}

/* --- Actions -------------------------------------------------------------------------------------------------------------- */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  EntPage *page = ENT_PAGE (widget);

  ent_new_record_dialog_present (widget, ent_page_get_context (page),
                                 ent_store_get_record_type (ent_page_get_store (page), "task"), NULL);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ent_page_refresh (ENT_PAGE (widget));
}

static void
partners_cb (EntTodayPage *self)
{
  ent_context_navigate (ent_page_get_context (ENT_PAGE (self)), "partners", NULL);
}

/* --- The page -------------------------------------------------------------------------------------------------------------- */

static void
ent_today_page_constructed (GObject *object)
{
  EntTodayPage *self = ENT_TODAY_PAGE (object);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));

  G_OBJECT_CLASS (ent_today_page_parent_class)->constructed (object);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::today", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
ent_today_page_dispose (GObject *object)
{
  EntTodayPage *self = ENT_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_TODAY_PAGE);
  G_OBJECT_CLASS (ent_today_page_parent_class)->dispose (object);
}

static void
ent_today_page_class_init (EntTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ent_today_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ent_today_page_dispose;
  widget_class->map = ent_today_page_map;
  ENT_PAGE_CLASS (klass)->refresh = ent_today_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/today/ent-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, pulse);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, columns);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, attention_column);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, attention_summary);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, attention_left);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, attention_list);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, due_box);
  gtk_widget_class_bind_template_child (widget_class, EntTodayPage, changed_box);
  gtk_widget_class_bind_template_callback (widget_class, partners_cb);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
}

static void
ent_today_page_init (EntTodayPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->attention_list, "row-activated", G_CALLBACK (activated_cb), self);
}
