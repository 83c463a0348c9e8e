/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the selected deal, and what the page itself can do. */
#include "config.h"

#include "pages/pipeline/ent-pipeline-page-private.h"

#include <glib/gi18n.h>

#include "pages/exchange/ent-import-dialog.h"
#include "pages/pipeline/ent-deal-dialog.h"
#include "rules/ent-deal-change.h"
#include "rules/ent-registration.h"

static EntContext *
context_of (EntPipelinePage *self)
{
  return ent_page_get_context (ENT_PAGE (self));
}

/* The deal that actions are about; NULL: none is selected. */
static const EntDeal *
selected_deal (EntPipelinePage *self)
{
  EntKey key = 0;

  if (self->deals == NULL)
    return NULL;
  if (!self->as_list)
    key = ent_board_get_selected (self->board);
  else if (ent_record_table_get_n_selected (self->table) == 1)
    {
      g_autoptr (GArray) keys = ent_record_table_dup_selected (self->table, 1);

      key = keys->len > 0 ? g_array_index (keys, EntKey, 0) : 0;
    }
  return key != 0 ? ent_deals_lookup (self->deals, key) : NULL;
}

/* --- Writing ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntKey  key;
  char   *field; /* NULL: move to the stage `text` */
  char   *text;
  gint64  number;
  gint64  today;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->field);
  g_free (change->text);
  g_free (change);
}

static gboolean
change_func (EntTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Change *change = data;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntRecordType *type;

  if (change->field == NULL)
    return ent_deal_move (transaction, change->key, change->text, NULL, change->today, error);
  type = ent_schema_lookup_key (ent_transaction_get_schema (transaction), change->key);
  if (change->text != NULL)
    ent_value_set_text (&value, change->text);
  else
    ent_value_set_int (&value, change->number);
  return ent_transaction_set (transaction, change->key, ent_record_type_lookup (type, change->field), &value, error);
}

static gboolean
settle_func (EntTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Change *change = data;

  return ent_registration_settle (transaction, change->key, change->text, error);
}

typedef struct
{
  EntPipelinePage *page;
  EntKey           key;
} Written;

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Written *written = user_data;
  g_autoptr (EntPipelinePage) self = written->page;
  g_autoptr (GError) error = NULL;
  gint64 seq = ent_context_write_finish (ENT_CONTEXT (source), result, &error);

  if (seq > 0 || self->board == NULL)
    return;
  if (seq < 0)
    {
      ent_board_revert (self->board, written->key);
      ent_context_error (ENT_CONTEXT (source), _("The deal was not changed"), error);
    }
  /* What came meanwhile was not shown. */
  ent_pipeline_page_ask (self, TRUE);
}

/* @label: with the name of the deal in it. */
static void
write_change (EntPipelinePage    *self,
              const char         *label,
              EntTransactionFunc  func,
              Change             *change)
{
  const EntDeal *deal = ent_deals_lookup (self->deals, change->key);
  g_autofree char *text = g_strdup_printf (label, deal != NULL ? deal->title : "");
  Written *written = g_new (Written, 1);

  written->page = g_object_ref (self);
  written->key = change->key;
  ent_context_write_async (context_of (self), text, FALSE, func, change, change_free, NULL, written_cb, written);
}

void
ent_pipeline_page_set_int (EntPipelinePage *self,
                           EntKey           key,
                           const char      *field,
                           gint64           value,
                           const char      *label)
{
  Change *change = g_new0 (Change, 1);

  change->key = key;
  change->field = g_strdup (field);
  change->number = value;
  write_change (self, label, change_func, change);
}

static void
dialog_closed_cb (EntPipelinePage *self,
                  EntDealDialog   *dialog)
{
  EntKey *key = g_object_get_data (G_OBJECT (dialog), "moved");

  if (key == NULL || ent_deal_dialog_is_done (dialog) || self->board == NULL)
    return;
  ent_board_revert (self->board, *key);
  ent_pipeline_page_ask (self, TRUE);
}

static void
present_dialog (EntPipelinePage   *self,
                EntDealDialogKind  kind,
                EntKey             key,
                gboolean           moved)
{
  EntDealDialog *dialog = ent_deal_dialog_present (GTK_WIDGET (self), context_of (self), self->deals, kind, key);

  if (moved)
    g_object_set_data_full (G_OBJECT (dialog), "moved", g_memdup2 (&key, sizeof key), g_free);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (dialog_closed_cb), self, G_CONNECT_SWAPPED);
}

void
ent_pipeline_page_move (EntPipelinePage *self,
                        EntKey           key,
                        const char      *stage)
{
  const EntRecordType *type = self->type;
  const EntChoice *choice = ent_field_lookup_choice (ent_record_type_lookup (type, "stage"), stage);
  g_autofree char *label = NULL;
  Change *change;

  if (g_str_equal (stage, "lost"))
    {
      present_dialog (self, ENT_DEAL_DIALOG_LOSE, key, TRUE);
      return;
    }
  /* Translators: a deal and the stage it went to. */
  label = g_strdup_printf (_("Move %%s to %s"), choice != NULL ? ent_choice_get_label (choice) : stage);
  change = g_new0 (Change, 1);
  change->key = key;
  change->text = g_strdup (stage);
  change->today = ent_context_get_today (context_of (self));
  write_change (self, label, change_func, change);
}

/* --- Actions on the deal ------------------------------------------------------------------------------------------------ */

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const EntDeal *deal = selected_deal (ENT_PIPELINE_PAGE (widget));

  if (deal != NULL)
    ent_context_open_record (context_of (ENT_PIPELINE_PAGE (widget)), deal->key);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const EntDeal *deal = selected_deal (ENT_PIPELINE_PAGE (widget));

  if (deal != NULL)
    ent_pipeline_page_move (ENT_PIPELINE_PAGE (widget), deal->key, g_variant_get_string (parameter, NULL));
}

static void
register_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);
  const EntDeal *deal = selected_deal (self);

  if (deal != NULL)
    present_dialog (self, ENT_DEAL_DIALOG_REGISTER, deal->key, FALSE);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);

  if (self->deals != NULL)
    present_dialog (self, ENT_DEAL_DIALOG_REGISTER, 0, FALSE);
}

static void
set_state (EntPipelinePage *self,
           const char      *state,
           const char      *label)
{
  const EntDeal *deal = selected_deal (self);
  Change *change;

  if (deal == NULL)
    return;
  change = g_new0 (Change, 1);
  change->key = deal->key;
  change->field = g_strdup ("registration_state");
  change->text = g_strdup (state);
  write_change (self, label, change_func, change);
}

static void
accept_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  set_state (ENT_PIPELINE_PAGE (widget), "active", _("Accept registration of %s"));
}

static void
reject_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  set_state (ENT_PIPELINE_PAGE (widget), "rejected", _("Reject registration of %s"));
}

static void
withdraw_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  set_state (ENT_PIPELINE_PAGE (widget), "withdrawn", _("Withdraw registration of %s"));
}

static void
renew_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);
  const EntDeal *deal = selected_deal (self);

  if (deal != NULL)
    present_dialog (self, ENT_DEAL_DIALOG_RENEW, deal->key, FALSE);
}

static void
reopen_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);
  const EntDeal *deal = selected_deal (self);

  if (deal != NULL)
    present_dialog (self, ENT_DEAL_DIALOG_REOPEN, deal->key, FALSE);
}

static void
settle_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);
  const EntDeal *deal = selected_deal (self);
  g_autoptr (GPtrArray) conflicts = deal != NULL ? ent_deals_find_conflicts (self->deals, deal) : NULL;
  const EntDealConflict *conflict;
  Change *change;

  if (conflicts == NULL || conflicts->len == 0)
    return;
  conflict = g_ptr_array_index (conflicts, 0);
  change = g_new0 (Change, 1);
  change->key = conflict->loser;
  change->text = g_strdup (conflict->reason);
  write_change (self, _("End registration of %s"), settle_func, change);
}

/* --- Actions on the page --------------------------------------------------------------------------------------------------- */

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ent_import_dialog_present (widget, context_of (ENT_PIPELINE_PAGE (widget)), ENT_PIPELINE_PAGE (widget)->type, NULL);
}

static void
filter_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ent_filter_bar_add (ENT_PIPELINE_PAGE (widget)->filters);
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  EntPipelinePage *self = ENT_PIPELINE_PAGE (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  ent_filter_bar_clear (self->filters);
}

void
ent_pipeline_page_update_actions (EntPipelinePage *self)
{
  const EntDeal *deal = selected_deal (self);
  const char *state = deal != NULL ? deal->registration : NULL;
  gboolean open = deal != NULL && ent_deal_is_open (deal);
  gboolean lapsed = open && (g_strcmp0 (state, "expired") == 0 ||
                             (ent_registration_is_claim (state) && deal->expires_on != ENT_DAY_NONE &&
                              deal->expires_on < ent_deals_get_today (self->deals)));
  g_autoptr (GPtrArray) conflicts = open ? ent_deals_find_conflicts (self->deals, deal) : NULL;
  const struct { const char *action; gboolean enabled; } actions[] =
  {
    { "page.open", deal != NULL },
    { "page.move", deal != NULL },
    { "page.register", open && ent_registration_may_follow (state, "submitted") },
    { "page.accept", open && ent_registration_is_claim (state) && ent_registration_may_follow (state, "active") },
    { "page.reject", open && state != NULL && ent_registration_may_follow (state, "rejected") },
    { "page.withdraw", open && state != NULL && ent_registration_may_follow (state, "withdrawn") },
    { "page.renew", open && !lapsed && (g_strcmp0 (state, "active") == 0 || g_strcmp0 (state, "renewed") == 0) },
    { "page.reopen", lapsed },
    { "page.settle", conflicts != NULL && conflicts->len > 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    ent_page_action_set_enabled (ENT_PAGE (self), actions[i].action, actions[i].enabled);
}

void
ent_pipeline_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "page.move", "s", move_action);
  gtk_widget_class_install_action (widget_class, "page.register", NULL, register_action);
  gtk_widget_class_install_action (widget_class, "page.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "page.reject", NULL, reject_action);
  gtk_widget_class_install_action (widget_class, "page.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "page.renew", NULL, renew_action);
  gtk_widget_class_install_action (widget_class, "page.reopen", NULL, reopen_action);
  gtk_widget_class_install_action (widget_class, "page.settle", NULL, settle_action);
  gtk_widget_class_install_action (widget_class, "page.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "page.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL, clear_filters_action);
}
