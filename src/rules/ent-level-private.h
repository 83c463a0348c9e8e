/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-level.h"

G_BEGIN_DECLS

struct _EntLevels
{
  EntMetrics *metrics;
  GArray     *standings; /* of EntStanding, by number of the partner */
  GArray     *prepared;  /* rules with their thresholds, by level and type */
};

/* The rules of a level for partners of a type, with the thresholds that count, values left open. Element-type
 * EntRuleResult. (transfer full) */
GArray *levels_make_results (EntProgram *program,
                             EntKey      level,
                             int         type,
                             gint64      day);

G_END_DECLS
