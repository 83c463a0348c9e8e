/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const EntFundStep ent_fund_steps[] = {
  { "draft", "ready", N_("Mark as Ready"), TRUE },
  { "draft", "rejected", N_("Drop"), FALSE },
  { "draft", "expired", N_("Expire"), FALSE },
  { "ready", "submitted", N_("Submit"), TRUE },
  { "ready", "draft", N_("Back to Draft"), FALSE },
  { "ready", "expired", N_("Expire"), FALSE },
  { "submitted", "approved", N_("Approve"), TRUE },
  { "submitted", "changes_asked", N_("Ask for Changes"), FALSE },
  { "submitted", "rejected", N_("Reject"), FALSE },
  { "changes_asked", "ready", N_("Mark as Ready"), TRUE },
  { "changes_asked", "rejected", N_("Reject"), FALSE },
  { "changes_asked", "expired", N_("Expire"), FALSE },
  { "approved", "running", N_("Start Activity"), TRUE },
  { "approved", "expired", N_("Expire"), FALSE },
  { "running", "claimed", N_("Claim"), TRUE },
  { "running", "expired", N_("Expire"), FALSE },
  { "claimed", "proof_ok", N_("Accept Proof"), TRUE },
  { "claimed", "running", N_("Send Claim Back"), FALSE },
  { "claimed", "rejected", N_("Reject"), FALSE },
  { "proof_ok", "paid", N_("Pay"), TRUE },
  { "proof_ok", "claimed", N_("Withdraw Acceptance"), FALSE },
  { "rejected", "draft", N_("Start Over"), FALSE },
  { "expired", "running", N_("Reopen"), FALSE },
  { "expired", "draft", N_("Start Over"), FALSE },
  { NULL },
};

const char * const ent_fund_way[] = { "draft", "ready", "submitted", "approved", "running", "claimed", "proof_ok",
                                      "paid", NULL };

const EntFundStep *
ent_fund_next_step (const char *state)
{
  for (const EntFundStep *step = ent_fund_steps; step->from != NULL; step++)
    if (step->is_next && g_strcmp0 (step->from, state) == 0)
      return step;
  return NULL;
}

const EntFundStep *
ent_fund_find_step (const char *from,
                    const char *to)
{
  for (const EntFundStep *step = ent_fund_steps; step->from != NULL; step++)
    if (g_strcmp0 (step->from, from) == 0 && g_strcmp0 (step->to, to) == 0)
      return step;
  return NULL;
}

char *
ent_fund_dup_self_approval (EntRecord *request)
{
  EntKey approver = ent_record_get_ref (request, "approved_by");

  if (approver == 0)
    return NULL;
  if (approver == ent_record_get_ref (request, "requested_by"))
    return g_strdup (_("Approved by the person who asked for it."));
  if (approver == ent_record_get_ref (request, "owner"))
    return g_strdup (_("Approved by the owner of the request."));
  return NULL;
}

/* --- Proofs ------------------------------------------------------------------------------------------------------ */

static gboolean
shows (EntRecord  *document,
       const char *needed)
{
  const EntRecordType *type = ent_record_get_record_type (document);
  const EntField *kind = ent_record_type_lookup (type, "kind");
  g_autofree char *label = ent_value_display (kind, ent_record_get (document, kind->index), ENT_DISPLAY_FULL, NULL,
                                              NULL);
  const EntValue *tags = ent_record_get (document, ENT_COMMON_TAGS);
  g_autofree char *all = tags->kind == ENT_VALUE_LIST ? g_strjoinv (" ", tags->list) : g_strdup ("");
  g_autofree char *have = g_strjoin (" ", ent_record_get_title (document), label, all, NULL);
  g_autofree char *have_key = ent_text_key (have), *needed_key = ent_text_key (needed);

  return strstr (have_key, needed_key) != NULL;
}

char **
ent_fund_dup_missing_documents (EntRecord *program,
                                GPtrArray *proofs)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const EntValue *needed = ent_record_get_named (program, "documents_needed");

  for (guint i = 0; needed->kind == ENT_VALUE_LIST && needed->list[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < proofs->len; j++)
        found |= shows (g_ptr_array_index (proofs, j), needed->list[i]);
      if (!found)
        g_strv_builder_add (builder, needed->list[i]);
    }
  return g_strv_builder_end (builder);
}

/* --- Deadlines of a request ------------------------------------------------------------------------------------- */

gboolean
ent_fund_get_deadline (EntRecord      *request,
                       gint64         *due,
                       EntFundDueKind *kind)
{
  gint64 extended = ent_record_get_int (request, "extended_to", G_MININT64);

  *due = G_MININT64;
  if (ent_fund_is_state (request, "draft|ready|changes_asked"))
    {
      *kind = ENT_FUND_DUE_SUBMIT;
      *due = ent_record_get_int (request, "submit_by", G_MININT64);
    }
  else if (ent_fund_is_state (request, "approved|running"))
    {
      *kind = ENT_FUND_DUE_CLAIM;
      *due = MAX (ent_record_get_int (request, "claim_by", G_MININT64), extended);
    }
  return *due != G_MININT64;
}

/* --- Verdicts ---------------------------------------------------------------------------------------------------- */

EntFundVerdict
ent_fund_get_verdict (GPtrArray *checks)
{
  EntFundVerdict verdict = ENT_FUND_MET;

  for (guint i = 0; i < checks->len; i++)
    {
      const EntFundCheck *check = g_ptr_array_index (checks, i);

      if (!check->mandatory)
        continue;
      if (check->verdict == ENT_FUND_NOT_MET)
        return ENT_FUND_NOT_MET;
      if (check->verdict == ENT_FUND_UNKNOWN)
        verdict = ENT_FUND_UNKNOWN;
    }
  return verdict;
}

const char *
ent_fund_verdict_label (EntFundVerdict verdict)
{
  return verdict == ENT_FUND_MET ? _("Eligible") : verdict == ENT_FUND_NOT_MET ? _("Not eligible")
                                                                               : _("Cannot be told yet");
}
