/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-deal-checks.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-private.h"

#define ALL_PCT 1000000 /* 100 % */

void
ent_deal_issue_free (EntDealIssue *self)
{
  g_free (self->text);
  g_free (self->advice);
  g_free (self);
}

const char *
ent_deal_issue_get_name (EntDealIssueKind kind)
{
  static const char * const names[] =
    { "conflict", "lapsed", "expires", "overdue", "stalled", "slipped", "shares", "dates", "rate", "incomplete" };

  return names[kind];
}

/* Takes the two texts. */
static void
add_issue (GPtrArray        *issues,
           EntDealIssueKind  kind,
           EntTone           tone,
           char             *text,
           char             *advice)
{
  EntDealIssue *issue = g_new (EntDealIssue, 1);

  *issue = (EntDealIssue) { kind, tone, text, advice };
  g_ptr_array_add (issues, issue);
}

static int
days (gint64 n)
{
  return (int) CLAMP (n, 0, 99999);
}

/* --- Registration ------------------------------------------------------------------------------------------ */

static void
check_conflicts (const EntDeals *self,
                 const EntDeal  *deal,
                 GPtrArray      *issues)
{
  g_autoptr (GPtrArray) conflicts = ent_deals_find_conflicts (self, deal);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const EntDealConflict *conflict = g_ptr_array_index (conflicts, i);
      gboolean wins = conflict->winner == deal->key;
      const EntDeal *rival = ent_deals_lookup (self, wins ? conflict->loser : conflict->winner);
      g_autofree char *label = ent_deals_dup_label (self, rival);

      add_issue (issues, ENT_DEAL_ISSUE_CONFLICT, ENT_TONE_BAD,
                 g_strdup_printf (_("Conflict with %s"), ent_deals_get_name (self, rival->registered_by)),
                 g_strdup_printf (wins ? _("%s claims the same account and product. %s Settle it by ending that claim.")
                                       : _("%s claims the same account and product. %s Settle it by ending this claim."),
                                  label, conflict->reason));
    }
}

static void
check_end (const EntDeals *self,
           const EntDeal  *deal,
           GPtrArray      *issues)
{
  g_autofree char *day = NULL;
  gint64 left;

  if (deal->expires_on == ENT_DAY_NONE)
    return;
  left = deal->expires_on - self->today;
  day = ent_date_display (deal->expires_on, ENT_DISPLAY_SHORT);
  if (g_strcmp0 (deal->registration, "expired") == 0 ||
      (ent_registration_is_claim (deal->registration) && left < 0))
    add_issue (issues, ENT_DEAL_ISSUE_LAPSED, ENT_TONE_WARNING, g_strdup (_("Registration expired")),
               g_strdup_printf (_("The registration ended on %s; reopen it with an approval, or let it go."), day));
  else if (ent_registration_is_claim (deal->registration) && left <= self->policy->expiry_warning_days)
    add_issue (issues, ENT_DEAL_ISSUE_EXPIRES, ENT_TONE_WARNING,
               left == 0 ? g_strdup (_("Registration ends today"))
                         : g_strdup_printf (_("Registration ends in %d d"), days (left)),
               g_strdup_printf (_("The registration ends on %s; renew it with proof of work."), day));
}

/* --- Movement ------------------------------------------------------------------------------------------------ */

gboolean
ent_deals_is_stalled (const EntDeals *self,
                      const EntDeal  *deal)
{
  return self->policy->stalled_days > 0 && ent_deal_is_open (deal) &&
         ent_deal_get_idle_days (deal, self->today) > self->policy->stalled_days;
}

gboolean
ent_deals_is_slipping (const EntDeals *self,
                       const EntDeal  *deal)
{
  return ent_deal_is_open (deal) &&
         (deal->n_moves > 0 || (deal->expected_close != ENT_DAY_NONE && deal->expected_close < self->today));
}

static void
check_movement (const EntDeals *self,
                const EntDeal  *deal,
                GPtrArray      *issues)
{
  gint64 late = deal->expected_close != ENT_DAY_NONE ? self->today - deal->expected_close : 0;
  gint64 idle = ent_deal_get_idle_days (deal, self->today);

  if (late > 0)
    add_issue (issues, ENT_DEAL_ISSUE_OVERDUE, ENT_TONE_WARNING, g_strdup_printf (_("Overdue %d d"), days (late)),
               g_strdup_printf (_("It was expected to close %d days ago; set a new day, or close it."), days (late)));
  if (ent_deals_is_stalled (self, deal))
    add_issue (issues, ENT_DEAL_ISSUE_STALLED, ENT_TONE_WARNING, g_strdup_printf (_("Stalled %d d"), days (idle)),
               g_strdup_printf (_("No activity and no change of stage for %d days; agree on a next step, or close it."),
                                days (idle)));
  if (deal->n_moves > 0)
    {
      g_autofree char *first = ent_date_display (deal->first_close, ENT_DISPLAY_SHORT);

      add_issue (issues, ENT_DEAL_ISSUE_SLIPPED, ENT_TONE_WARNING,
                 g_strdup_printf (_("Slipped %u×"), deal->n_moves),
                 g_strdup_printf (_("Its close was first expected on %s and has been moved later (%u×); ask what it "
                                    "waits for."), first, deal->n_moves));
    }
}

/* --- Data ------------------------------------------------------------------------------------------------------- */

static void
check_shares (const EntDeal *deal,
              GPtrArray     *issues)
{
  g_autofree char *percent = NULL;
  gint64 sum = 0;
  gboolean known = FALSE;

  for (guint i = 0; i < deal->n_parties; i++)
    if (deal->parties[i].share >= 0)
      {
        sum += deal->parties[i].share;
        known = TRUE;
      }
  /* Without any share nobody divided the credit yet. */
  if (!known || sum == ALL_PCT)
    return;
  percent = sum % 10000 == 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, sum / 10000)
                             : g_strdup_printf ("%.2f", (double) sum / 10000);
  add_issue (issues, ENT_DEAL_ISSUE_SHARES, ENT_TONE_WARNING, g_strdup_printf (_("Shares make %s %%"), percent),
             g_strdup_printf (_("The partners’ shares of credit make %s %% instead of 100 %%; correct them in the list "
                                "of parties."), percent));
}

static void
check_dates (const EntDeal *deal,
             GPtrArray     *issues)
{
  gint64 end = deal->closed_on != ENT_DAY_NONE ? deal->closed_on : deal->expected_close;
  g_autofree char *last = NULL;
  g_autofree char *first = NULL;

  if (deal->opened_on == ENT_DAY_NONE || end == ENT_DAY_NONE || end >= deal->opened_on)
    return;
  last = ent_date_display (end, ENT_DISPLAY_SHORT);
  first = ent_date_display (deal->opened_on, ENT_DISPLAY_SHORT);
  add_issue (issues, ENT_DEAL_ISSUE_DATES, ENT_TONE_WARNING, g_strdup (_("Ends before its start")),
             g_strdup_printf (_("It closes on %s, before it was opened on %s; correct one of the two days."), last,
                              first));
}

static void
check_rate (const EntDeals *self,
            const EntDeal  *deal,
            GPtrArray      *issues)
{
  gint64 converted;

  if (!deal->has_amount ||
      ent_deal_policy_convert (self->policy, deal->amount, deal->currency, self->policy->currency, &converted))
    return;
  add_issue (issues, ENT_DEAL_ISSUE_RATE, ENT_TONE_MUTED, g_strdup_printf (_("No rate for %s"), deal->currency),
             g_strdup_printf (_("%s has no exchange rate, so this amount is not part of sums in %s; add a line to the "
                                "program’s exchange rates."), deal->currency, self->policy->currency));
}

static void
check_complete (const EntDeals *self,
                const EntDeal  *deal,
                GPtrArray      *issues)
{
  const EntRecordType *type = ent_schema_lookup (self->schema, "deal");
  g_autoptr (GString) names = g_string_new (NULL);

  if (deal->missing == 0 || !ent_deal_has_partner (deal, 0))
    return;
  for (guint i = 0; i < MIN (self->policy->required->len, 64); i++)
    if (deal->missing & (G_GUINT64_CONSTANT (1) << i))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              ent_field_get_label (ent_record_type_lookup (type, g_ptr_array_index (self->policy->required,
                                                                                                     i))));
  add_issue (issues, ENT_DEAL_ISSUE_INCOMPLETE, ENT_TONE_MUTED, g_strdup_printf (_("Missing: %s"), names->str),
             g_strdup_printf (_("Influenced pipeline needs more about it; fill in: %s."), names->str));
}

GPtrArray *
ent_deals_check (const EntDeals *self,
                 const EntDeal  *deal)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_deal_issue_free);

  if (ent_deal_is_open (deal))
    {
      check_conflicts (self, deal, issues);
      check_end (self, deal, issues);
      check_movement (self, deal, issues);
    }
  check_shares (deal, issues);
  check_dates (deal, issues);
  check_rate (self, deal, issues);
  if (ent_deal_is_open (deal))
    check_complete (self, deal, issues);
  return issues;
}
