/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-registration.h"

G_BEGIN_DECLS

/* A claim as the tie-break looks at it, from a set of deals or from a transaction. */
typedef struct
{
  EntKey  deal;
  char   *label;         /* "D-0042 (…)" */
  char   *partner;       /* name */
  char   *level;         /* name; NULL: none */
  int     rank;          /* G_MAXINT: none */
  gint64  valid_at;      /* 0: not valid yet */
  gint64  registered_at; /* 0: unknown */
} EntClaim;

void     ent_claim_clear    (EntClaim *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntClaim, ent_claim_clear)
/** Whether @a goes before @b; @reason (out): why, in a sentence. */
gboolean ent_claim_wins     (const EntClaim  *a,
                             const EntClaim  *b,
                             char           **reason);
/** Whether two lists of offerings overlap; one that names none is about all. */
gboolean ent_claims_overlap (const EntKey *a,
                             guint         n_a,
                             const EntKey *b,
                             guint         n_b);

/** Fails with @code of ENT_RULE_ERROR, its next step being about the deal @subject (another one for CONFLICT); returns
 * FALSE. */
gboolean ent_rule_refuse    (GError    **error,
                             int         code,
                             EntKey      subject,
                             const char *format,
                             ...) G_GNUC_PRINTF (4, 5);
/** The first day that @record's registration counts from: of `registered_at` in the local zone, or @today. */
gint64   ent_registration_day (EntRecord *record,
                               gint64     today);
/** Whether `reopen_approved_by` of the deal names somebody who may. */
gboolean ent_registration_check_approver (EntTransaction      *transaction,
                                          EntRecord           *record,
                                          const EntDealPolicy *policy,
                                          GError             **error);
/** Sets a field by name in a transaction. */
gboolean ent_rule_set_int   (EntTransaction *transaction,
                             EntKey          key,
                             const char     *field,
                             gint64          value,
                             GError        **error);
/** @text NULL: empties the field. */
gboolean ent_rule_set_text  (EntTransaction *transaction,
                             EntKey          key,
                             const char     *field,
                             const char     *text,
                             GError        **error);

G_END_DECLS
