/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule of the program refused what the user did: what is missing, with a button for the next step. */

#include "config.h"

#include "app/ent-window-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"
#include "pages/pipeline/ent-deal-dialog.h"
#include "pages/reviews/ent-review-freeze.h"
#include "rules/ent-rules.h"
#include "widgets/ent-field-dialog.h"

typedef struct
{
  EntWindow *window; /* (owned) */
  EntKey     subject;
  int        step;   /* index in steps[] */
} Refusal;

static void
add_record (EntWindow  *self,
            EntKey      subject,
            const char *type,
            const char *reference,
            const char *first,
            const char *second)
{
  EntStore *store = ent_context_get_store (self->context);
  g_autofree char *assignment = g_strdup_printf ("%s=#%" G_GINT64_FORMAT, reference, subject);
  const char *assignments[] = { assignment, first, second, NULL };

  ent_new_record_dialog_present (GTK_WIDGET (self), self->context, ent_store_get_record_type (store, type), assignments);
}

static void
add_agreement (EntWindow *self,
               EntKey     subject)
{
  add_record (self, subject, "agreement", "counterparty", "status=active", "kind=program_agreement");
}

static void
add_nda (EntWindow *self,
         EntKey     subject)
{
  add_record (self, subject, "agreement", "counterparty", "status=active", "kind=nda");
}

static void
choose_level (EntWindow *self,
              EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "level");
}

static void
open_subject (EntWindow *self,
              EntKey     subject)
{
  ent_context_open_record (self->context, subject);
}

static void
open_plan (EntWindow *self,
           EntKey     subject)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "plan", "x", subject);
  ent_context_navigate (self->context, "onboarding", g_variant_dict_end (&dict));
}

static void
add_questionnaire (EntWindow *self,
                   EntKey     subject)
{
  add_record (self, subject, "assessment", "subject", "kind=security_questionnaire", NULL);
}

static void
add_certificate (EntWindow *self,
                 EntKey     subject)
{
  add_record (self, subject, "assessment", "subject", "kind=certification", "result=pass");
}

static void
choose_contact (EntWindow *self,
                EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "named_technical_contact");
}

/* --- Funds ----------------------------------------------------------------------------------------------------------- */

static void
record_exception (EntWindow *self,
                  EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "exception");
}

static void
record_extension (EntWindow *self,
                  EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "extended_to");
}

static void
add_proof (EntWindow *self,
           EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "proofs");
}

static void
change_amount (EntWindow *self,
               EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "approved");
}

/* --- Deals -------------------------------------------------------------------------------------------------------------- */

static void
choose_account (EntWindow *self,
                EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "account");
}

static void
choose_partner (EntWindow *self,
                EntKey     subject)
{
  ent_field_dialog_present (GTK_WIDGET (self), self->context, subject, "registered_by");
}

typedef struct
{
  EntWindow        *window; /* (owned) */
  EntDealDialogKind kind;
  EntKey            deal;
} Asking;

static gpointer
load_deals_job (EntStore      *store,
                gpointer       today,
                GCancellable  *cancellable,
                GError       **error)
{
  return ent_deals_load (store, *(gint64 *) today, cancellable, error);
}

static void
deals_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (EntWindow) self = asking->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntDeals) deals = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->context == NULL || ent_context_get_store (self->context) != ENT_STORE (source))
    return;
  if (deals == NULL)
    ent_context_error (self->context, _("The deals could not be read"), error);
  else
    ent_deal_dialog_present (GTK_WIDGET (self), self->context, deals, asking->kind, asking->deal);
}

/* The dialog that does the step whole. */
static void
ask_for_deal (EntWindow         *self,
              EntDealDialogKind  kind,
              EntKey             deal)
{
  gint64 today = ent_context_get_today (self->context);
  Asking *asking = g_new0 (Asking, 1);

  asking->window = g_object_ref (self);
  asking->kind = kind;
  asking->deal = deal;
  ent_store_run_async (ent_context_get_store (self->context), load_deals_job, g_memdup2 (&today, sizeof today), g_free,
                       (GDestroyNotify) ent_deals_unref, NULL, deals_loaded_cb, asking);
}

static void
renew (EntWindow *self,
       EntKey     subject)
{
  ask_for_deal (self, ENT_DEAL_DIALOG_RENEW, subject);
}

static void
reopen (EntWindow *self,
        EntKey     subject)
{
  ask_for_deal (self, ENT_DEAL_DIALOG_REOPEN, subject);
}

static void
lose (EntWindow *self,
      EntKey     subject)
{
  ask_for_deal (self, ENT_DEAL_DIALOG_LOSE, subject);
}

/* --- Reviews ------------------------------------------------------------------------------------------------------------- */

static void
freeze (EntWindow *self,
        EntKey     subject)
{
  ent_review_freeze (self->context, subject);
}

static gboolean
restore_cb (EntTransaction  *transaction,
            gpointer         key,
            GError         **error)
{
  return ent_transaction_restore (transaction, *(EntKey *) key, error);
}

static void
restore_partner (EntWindow *self,
                 EntKey     subject)
{
  ent_context_write (self->context, _("Restore partner"), restore_cb, g_memdup2 (&subject, sizeof subject), g_free);
}

/* --- Which is when ----------------------------------------------------------------------------------------------------------- */

static const struct
{
  EntRuleErrorCode code;
  const char      *type;  /* of the subject; NULL: any */
  const char      *label;
  void           (*take) (EntWindow *self,
                          EntKey     subject);
} steps[] = {
  { ENT_RULE_ERROR_NEEDS_AGREEMENT, NULL, N_("_Add Agreement…"), add_agreement },
  { ENT_RULE_ERROR_NEEDS_NDA, NULL, N_("_Add NDA…"), add_nda },
  { ENT_RULE_ERROR_NEEDS_LEVEL, NULL, N_("_Choose Level…"), choose_level },
  { ENT_RULE_ERROR_RUNNING, NULL, N_("_Open Plan"), open_plan },
  { ENT_RULE_ERROR_NEEDS_INTAKE, NULL, N_("_Open Partner"), open_subject },
  { ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, NULL, N_("_Add Result…"), add_questionnaire },
  { ENT_RULE_ERROR_NEEDS_CONTACT, NULL, N_("_Choose Person…"), choose_contact },
  { ENT_RULE_ERROR_NEEDS_CERTIFICATE, NULL, N_("_Add Certificate…"), add_certificate },
  { ENT_RULE_ERROR_NOT_ELIGIBLE, "funding", N_("Record _Exception…"), record_exception },
  { ENT_RULE_ERROR_TOO_LATE, "funding", N_("Record _Exception…"), record_exception },
  { ENT_RULE_ERROR_NEEDS_EXTENSION, "funding", N_("Record _Extension…"), record_extension },
  { ENT_RULE_ERROR_NEEDS_PROOF, "funding", N_("_Add Proof…"), add_proof },
  { ENT_RULE_ERROR_OVER_BALANCE, "funding", N_("Change _Amount…"), change_amount },
  { ENT_RULE_ERROR_NEEDS_PROOF, "deal", N_("_Renew…"), renew },
  { ENT_RULE_ERROR_NEEDS_ACCOUNT, "deal", N_("_Choose Account…"), choose_account },
  { ENT_RULE_ERROR_NEEDS_PARTNER, "deal", N_("_Choose Partner…"), choose_partner },
  { ENT_RULE_ERROR_NEEDS_APPROVAL, "deal", N_("_Reopen…"), reopen },
  { ENT_RULE_ERROR_NEEDS_LOSS_REASON, "deal", N_("_Choose Reason…"), lose },
  { ENT_RULE_ERROR_CONFLICT, "deal", N_("_Open Other Deal"), open_subject },
  { ENT_RULE_ERROR_NOT_FROZEN, "plan", N_("_Freeze Numbers"), freeze },
  { ENT_RULE_ERROR_PARTNER_BINNED, "organization", N_("_Restore Partner"), restore_partner },
};

static int
find_step (EntWindow    *self,
           const GError *error)
{
  EntKey subject = ent_rule_error_get_subject (error);
  EntStore *store = ent_context_get_store (self->context);

  for (gsize i = 0; subject != 0 && store != NULL && i < G_N_ELEMENTS (steps); i++)
    if (g_error_matches (error, ENT_RULE_ERROR, (int) steps[i].code) &&
        (steps[i].type == NULL ||
         ent_key_type_number (subject) == ent_store_get_record_type (store, steps[i].type)->info->number))
      return (int) i;
  return -1;
}

static void
refusal_free (Refusal *refusal)
{
  g_object_unref (refusal->window);
  g_free (refusal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Refusal, refusal_free)

static void
response_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Refusal) refusal = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "step") && ent_context_get_store (refusal->window->context) != NULL)
    steps[refusal->step].take (refusal->window, refusal->subject);
}

void
_ent_window_refused (EntWindow    *self,
                     const char   *what,
                     const GError *error)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (what, error->message));
  Refusal *refusal = g_new0 (Refusal, 1);

  refusal->window = g_object_ref (self);
  refusal->subject = ent_rule_error_get_subject (error);
  refusal->step = find_step (self, error);
  adw_alert_dialog_add_response (dialog, "close", _("_Close"));
  adw_alert_dialog_set_close_response (dialog, "close");
  if (refusal->step >= 0)
    {
      adw_alert_dialog_add_response (dialog, "step", _(steps[refusal->step].label));
      adw_alert_dialog_set_response_appearance (dialog, "step", ADW_RESPONSE_SUGGESTED);
      adw_alert_dialog_set_default_response (dialog, "step");
    }
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, response_cb, refusal);
}
