/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule of the program refused what the user did: what is missing, with a button for the next step. */

#include "config.h"

#include "app/ent-window-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"
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

static const struct
{
  EntRuleErrorCode code;
  const char      *label;
  void           (*take) (EntWindow *self,
                          EntKey     subject);
} steps[] = {
  { ENT_RULE_ERROR_NEEDS_AGREEMENT, N_("_Add Agreement…"), add_agreement },
  { ENT_RULE_ERROR_NEEDS_NDA, N_("_Add NDA…"), add_nda },
  { ENT_RULE_ERROR_NEEDS_LEVEL, N_("_Choose Level…"), choose_level },
  { ENT_RULE_ERROR_RUNNING, N_("_Open Plan"), open_plan },
  { ENT_RULE_ERROR_NEEDS_INTAKE, N_("_Open Partner"), open_subject },
  { ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, N_("_Add Result…"), add_questionnaire },
  { ENT_RULE_ERROR_NEEDS_CONTACT, N_("_Choose Person…"), choose_contact },
  { ENT_RULE_ERROR_NEEDS_CERTIFICATE, N_("_Add Certificate…"), add_certificate },
};

static int
find_step (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_error_matches (error, ENT_RULE_ERROR, (int) steps[i].code) && ent_rule_error_get_subject (error) != 0)
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
  refusal->step = find_step (error);
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
