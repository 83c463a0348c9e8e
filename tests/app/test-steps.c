/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a rule refuses offers its next step, and the step is done. */

#include "config.h"

#include "app/shell-fixture.h"

#include "pages/pipeline/ent-deal-dialog.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

static AdwDialog *
visible_dialog (Shell *shell)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (shell->window));
}

static gboolean
is_asking (Shell      *shell,
           const char *heading)
{
  AdwDialog *dialog = visible_dialog (shell);

  return dialog != NULL && ADW_IS_ALERT_DIALOG (dialog) &&
         g_strcmp0 (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), heading) == 0;
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Tells the window of a refusal, as a page does. */
static void
refuse (Shell            *shell,
        EntRuleErrorCode  code,
        EntKey            subject)
{
  g_autoptr (GError) error = NULL;

  ent_rule_error_set (&error, code, subject, "Not yet.");
  ent_context_error (shell->context, "Refused", error);
  wait_until (is_asking (shell, "Refused"));
}

static void
take_step (Shell      *shell,
           const char *label)
{
  GtkWidget *button = find_button (GTK_WIDGET (visible_dialog (shell)), label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
close_dialogs (Shell *shell)
{
  while (visible_dialog (shell) != NULL)
    adw_dialog_force_close (visible_dialog (shell));
}

static void
test_fields (Shell         *shell,
             gconstpointer  data)
{
  static const struct { EntRuleErrorCode code; gboolean of_deal; const char *label, *heading; } cases[] = {
    { ENT_RULE_ERROR_NOT_ELIGIBLE, FALSE, "Record _Exception…", "Exception" },
    { ENT_RULE_ERROR_TOO_LATE, FALSE, "Record _Exception…", "Exception" },
    { ENT_RULE_ERROR_NEEDS_EXTENSION, FALSE, "Record _Extension…", "Extended until" },
    { ENT_RULE_ERROR_NEEDS_PROOF, FALSE, "_Add Proof…", "Proofs of performance" },
    { ENT_RULE_ERROR_OVER_BALANCE, FALSE, "Change _Amount…", "Approved" },
    { ENT_RULE_ERROR_NEEDS_ACCOUNT, TRUE, "_Choose Account…", "Account" },
    { ENT_RULE_ERROR_NEEDS_PARTNER, TRUE, "_Choose Partner…", "Registered by" },
  };
  EntStore *store;
  EntKey request, deal;

  open_workspace (shell);
  store = ent_context_get_store (shell->context);
  test_workspace_add (store, "program", "title=Fund", "kind=fund_program", NULL);
  request = test_workspace_add (store, "funding", "title=Roadshow", "program=Fund", NULL);
  deal = test_workspace_add (store, "deal", "title=Rollout", "account=Contoso", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      refuse (shell, cases[i].code, cases[i].of_deal ? deal : request);
      take_step (shell, cases[i].label);
      wait_until (is_asking (shell, cases[i].heading));
      close_dialogs (shell);
    }
  /* Without a record that it is about there is nothing to do but to close. */
  refuse (shell, ENT_RULE_ERROR_OVER_BALANCE, 0);
  g_assert_false (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (visible_dialog (shell)), "step"));
  close_dialogs (shell);
}

/* The real way: a deal is closed as lost without a reason. */
static void
test_deal (Shell         *shell,
           gconstpointer  data)
{
  static const struct { EntRuleErrorCode code; const char *label; } cases[] = {
    { ENT_RULE_ERROR_NEEDS_PROOF, "_Renew…" }, { ENT_RULE_ERROR_NEEDS_APPROVAL, "_Reopen…" },
    { ENT_RULE_ERROR_NEEDS_LOSS_REASON, "_Choose Reason…" },
  };
  EntKey deal;

  open_workspace (shell);
  deal = test_workspace_add (ent_context_get_store (shell->context), "deal", "title=Rollout", "account=Contoso", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      refuse (shell, cases[i].code, deal);
      take_step (shell, cases[i].label);
      wait_until (visible_dialog (shell) != NULL && ENT_IS_DEAL_DIALOG (visible_dialog (shell)));
      close_dialogs (shell);
    }
  refuse (shell, ENT_RULE_ERROR_CONFLICT, deal);
  take_step (shell, "_Open Other Deal");
  wait_until (TEST_PAGE (ent_window_get_visible_page (shell->window))->key == deal);
}

static gboolean
is_live (EntStore *store,
         EntKey    key)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);

  return record != NULL && ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT));
}

static gboolean
is_frozen (EntStore *store,
           EntKey    key)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);

  return !ent_value_is_null (ent_record_get_named (record, "frozen_at"));
}

static void
test_review (Shell         *shell,
             gconstpointer  data)
{
  EntStore *store;
  EntKey partner, review;

  open_workspace (shell);
  store = ent_context_get_store (shell->context);
  partner = ent_store_resolve (store, ent_store_get_record_type (store, "organization"), "Contoso", NULL);
  review = test_workspace_add (store, "plan", "title=QBR", "kind=qbr", "for=Contoso", "meeting_at=2026-12-15T10:00:00Z",
                               "period_start=2026-07-01", "period_end=2026-09-30", NULL);
  refuse (shell, ENT_RULE_ERROR_NOT_FROZEN, review);
  take_step (shell, "_Freeze Numbers");
  wait_until (is_frozen (store, review));
  test_workspace_delete (store, partner);
  g_assert_false (is_live (store, partner));
  refuse (shell, ENT_RULE_ERROR_PARTNER_BINNED, partner);
  take_step (shell, "_Restore Partner");
  wait_until (is_live (store, partner));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Shell, NULL, shell_set_up, func, shell_tear_down)
  ADD ("/app/steps/fields", test_fields);
  ADD ("/app/steps/deals", test_deal);
  ADD ("/app/steps/reviews", test_review);
  return g_test_run ();
}
