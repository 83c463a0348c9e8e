/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

#define ENT_RULE_ERROR (ent_rule_error_quark ())
GQuark ent_rule_error_quark (void);

/** What a rule of the program misses; each message is one sentence that says what and what to do, and the window offers
 * that step. */
typedef enum
{
  ENT_RULE_ERROR_REFUSED,
  ENT_RULE_ERROR_NEEDS_AGREEMENT, /* an active one with the partner */
  ENT_RULE_ERROR_NEEDS_LEVEL,
  ENT_RULE_ERROR_NOT_ELIGIBLE,    /* subject: the request, as of the three below */
  ENT_RULE_ERROR_NEEDS_EXTENSION, /* a deadline has passed */
  ENT_RULE_ERROR_NEEDS_PROOF,     /* of a claim; to renew a registration: subject: the deal */
  ENT_RULE_ERROR_OVER_BALANCE,
  ENT_RULE_ERROR_NEEDS_ACCOUNT,     /* subject: the deal, as of the three below */
  ENT_RULE_ERROR_NEEDS_PARTNER,     /* that registers a deal */
  ENT_RULE_ERROR_NEEDS_APPROVAL,    /* to reopen a registration */
  ENT_RULE_ERROR_NEEDS_LOSS_REASON, /* to close a deal as lost */
  ENT_RULE_ERROR_CONFLICT,          /* with another registration; subject: that deal */
  ENT_RULE_ERROR_PARTNER_BINNED,  /* the partner of a review is in the bin */
  ENT_RULE_ERROR_NOT_FROZEN,      /* a pre-read is sent once its numbers are frozen; subject: the review */
  ENT_RULE_ERROR_NEEDS_NDA,
  ENT_RULE_ERROR_RUNNING,            /* subject: what runs already */
  ENT_RULE_ERROR_CIRCLE,             /* subject: the template, or an item of the plan */
  ENT_RULE_ERROR_NEEDS_INTAKE,       /* facts about the partner */
  ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, /* a security questionnaire that passes */
  ENT_RULE_ERROR_NEEDS_CONTACT,      /* a named technical contact */
  ENT_RULE_ERROR_NEEDS_CERTIFICATE,
  ENT_RULE_ERROR_WAITS,              /* subject: the item that has to be done first */
  ENT_RULE_ERROR_TOO_LATE,           /* to submit a request for funds */
} EntRuleErrorCode;

/** Sets an error that knows which record its next step is about: the partner, unless the code says otherwise. */
void   ent_rule_error_set         (GError         **error,
                                   EntRuleErrorCode code,
                                   EntKey           subject,
                                   const char      *format,
                                   ...) G_GNUC_PRINTF (4, 5);
/** 0: none, or another error. */
EntKey ent_rule_error_get_subject (const GError *error);

/**
 * ent_rules_attach:
 *
 * Has an open workspace ask the program's rules before a change that people make: each file of this folder that
 * refuses something adds its guards here. The window and the command line call it once, after opening; nothing
 * happens to a workspace that is opened to read.
 */
void ent_rules_attach (EntStore *store);

G_END_DECLS
