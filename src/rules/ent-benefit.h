/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "rules/ent-program.h"

G_BEGIN_DECLS

/* What a level grants, and what is left of it: granted - used, for a partner and a calendar year. */

typedef struct
{
  const EntProgramRule *rule;
  gboolean              is_balance;   /* money or hours that are used up; else only words */
  gboolean              is_unlimited;
  EntUnit               unit;
  char                  currency[4];
  gint64                granted;
  gint64                used;
  gint64                balance;      /* may be below zero */
  gboolean              has_other;    /* something was used in another currency, which is not in `used` */
  EntWhy               *why;
} EntBenefit;

void       ent_benefit_free  (EntBenefit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntBenefit, ent_benefit_free)

/** The benefits of @level (0: none) for a partner of @type in @year, as of @today. Of money that a fund program gives, the
 * fund's balance; of other money, the funding requests that were approved (what was paid, once it is); of hours, the
 * courses of the partner's people. Blocks. Element-type EntBenefit. (transfer full) */
GPtrArray *ent_benefits_load (EntStore    *store,
                              EntProgram  *program,
                              EntKey       partner,
                              EntKey       level,
                              int          type,
                              int          year,
                              gint64       today,
                              GError     **error);
/** "$9,500 of $15,000 left", "Unlimited; 36 hours used", "Regional territory". (transfer full) */
char      *ent_benefit_describe (const EntBenefit *self);

G_END_DECLS
