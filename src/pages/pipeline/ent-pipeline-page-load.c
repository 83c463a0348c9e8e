/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page asks of the rules, on a worker thread. */
#include "config.h"

#include "pages/pipeline/ent-pipeline-page-private.h"

#include <glib/gi18n.h>

#include "rules/ent-deal-checks.h"

typedef struct
{
  EntDeals        *deals;  /* (nullable): these are still good */
  EntFilter       *filter; /* (nullable) */
  char            *search;
  EntDealGrouping  grouping;
  EntQuarter       quarter;
  gint64           today;
} Question;

typedef struct
{
  EntDeals    *deals;
  GPtrArray   *columns;
  EntForecast *forecast;
  guint        n_shown;
  guint        n_stalled;
} Answer;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_clear_pointer (&self->deals, ent_deals_unref);
  g_clear_pointer (&self->filter, ent_filter_unref);
  g_free (self->search);
  g_free (self);
}

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_clear_pointer (&self->deals, ent_deals_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->forecast, ent_forecast_free);
  g_free (self);
}

static void
count (Answer *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (self->columns, i);

      for (guint j = 0; j < column->keys->len; j++)
        {
          const EntDeal *deal = ent_deals_lookup (self->deals, g_array_index (column->keys, EntKey, j));

          self->n_shown += ent_deal_is_open (deal);
          self->n_stalled += ent_deals_is_stalled (self->deals, deal);
        }
    }
}

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Question *question = data;
  EntQuery query = { .type = ent_store_get_record_type (store, "deal"), .filter = question->filter,
                     .search = question->search };
  gboolean all = question->filter == NULL && (question->search == NULL || *question->search == '\0');
  g_autoptr (EntResult) result = NULL;
  g_autoptr (EntDeals) deals = NULL;
  Answer *answer;

  deals = question->deals != NULL ? ent_deals_ref (question->deals)
                                  : ent_deals_load (store, question->today, cancellable, error);
  if (deals == NULL || (!all && (result = ent_store_query (store, &query, cancellable, error)) == NULL))
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->columns = ent_deals_group (deals, question->grouping, question->quarter, result);
  answer->forecast = ent_deals_forecast (deals, question->quarter, result);
  answer->deals = g_steal_pointer (&deals);
  count (answer);
  return answer;
}

/* --- The answer ------------------------------------------------------------------------------------------------ */

static void
update_footer (EntPipelinePage *self)
{
  g_autoptr (EntAmounts) sum = ent_amounts_new ();
  g_autofree char *open = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u open deal", "%'u open deals",
                                                        self->n_shown), self->n_shown);
  g_autofree char *total = NULL;
  g_autofree char *stalled = NULL;
  g_autofree char *text = NULL;

  ent_amounts_set_first (sum, ent_deals_get_policy (self->deals)->currency);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (self->columns, i);

      for (guint j = 0; j < ent_amounts_get_n (column->total); j++)
        {
          const char *currency;
          gint64 minor = ent_amounts_get_nth (column->total, j, &currency);

          if (g_strcmp0 (column->id, "won") != 0 && g_strcmp0 (column->id, "lost") != 0)
            ent_amounts_add (sum, minor, currency, 1000000);
        }
    }
  total = ent_amounts_display (sum, ENT_DISPLAY_SHORT, NULL);
  if (self->n_stalled > 0)
    stalled = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u stalled", "%'u stalled", self->n_stalled),
                               self->n_stalled);
  text = g_strjoin (" · ", open, total != NULL ? total : stalled, total != NULL ? stalled : NULL, NULL);
  gtk_label_set_label (self->footer_label, text);
}

static gboolean
is_searching (EntPipelinePage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0' ||
         !ent_filter_bar_is_empty (self->filters);
}

static void
update_stack (EntPipelinePage *self)
{
  gboolean none = ent_deals_get_n (self->deals) == 0;
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    n += ((EntDealColumn *) g_ptr_array_index (self->columns, i))->keys->len;
  gtk_widget_set_visible (GTK_WIDGET (self->filter_bin), !none);
  gtk_widget_set_visible (GTK_WIDGET (self->forecast_bin), !none);
  gtk_stack_set_visible_child_name (self->stack, none ? "empty" : n == 0 && is_searching (self) ? "nothing-found"
                                    : self->as_list ? "list" : "board");
}

static void
take_answer (EntPipelinePage *self,
             Answer          *answer)
{
  g_clear_pointer (&self->deals, ent_deals_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->forecast, ent_forecast_free);
  self->deals = g_steal_pointer (&answer->deals);
  self->columns = g_steal_pointer (&answer->columns);
  self->forecast = g_steal_pointer (&answer->forecast);
  self->n_shown = answer->n_shown;
  self->n_stalled = answer->n_stalled;
  self->stale = FALSE;
  ent_forecast_bar_show (self->forecast_bar, self->forecast);
  ent_pipeline_page_show_board (self);
  update_footer (self);
  update_stack (self);
  ent_pipeline_page_update_actions (self);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

typedef struct
{
  EntPipelinePage *page;
  guint            generation;
} Pending;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Pending *pending = user_data;
  g_autoptr (EntPipelinePage) self = pending->page;
  g_autoptr (GError) error = NULL;
  Answer *answer = ent_store_run_finish (ENT_STORE (source), result, &error);

  self->n_asked--;
  if (answer != NULL && pending->generation == self->generation && self->board != NULL)
    take_answer (self, answer);
  else if (error != NULL && pending->generation == self->generation && self->board != NULL)
    ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("The pipeline could not be read"), error);
  if (answer != NULL)
    answer_free (answer);
}

void
ent_pipeline_page_ask (EntPipelinePage *self,
                       gboolean         stale)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  Question *question;
  Pending *pending;

  self->stale |= stale;
  if (self->board == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->deals = !self->stale && self->deals != NULL ? ent_deals_ref (self->deals) : NULL;
  question->filter = ent_filter_bar_dup_filter (self->filters);
  question->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  question->grouping = self->grouping;
  question->today = ent_context_get_today (context);
  question->quarter = self->quarter != 0 ? self->quarter : ent_quarter_of_day (question->today);
  pending = g_new (Pending, 1);
  pending->page = g_object_ref (self);
  pending->generation = ++self->generation;
  self->n_asked++;
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), load_job, question, question_free, answer_free,
                       self->cancellable, loaded_cb, pending);
}
