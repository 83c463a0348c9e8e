/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-value.h"

G_BEGIN_DECLS

/**
 * EntAmounts:
 *
 * A sum of money in several currencies, which are never added to each other. Exact: shares of amounts are added
 * unrounded and rounded once, half to even, when they are read.
 */
typedef struct _EntAmounts EntAmounts;

EntAmounts *ent_amounts_new     (void);
void        ent_amounts_free    (EntAmounts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntAmounts, ent_amounts_free)
/** Adds @pct (1/10,000 of a percent point; 1000000 is all of it) of an amount. */
void        ent_amounts_add     (EntAmounts *self,
                                 gint64      minor,
                                 const char *currency,
                                 gint64      pct);
/** Currencies with an amount, in order of code, but @first before others. */
guint       ent_amounts_get_n   (const EntAmounts *self);
/** The rounded sum, at most what 64 bits hold. */
gint64      ent_amounts_get_nth (const EntAmounts  *self,
                                 guint              i,
                                 const char       **currency);
/** The sum in one currency, 0 when there is none. */
gint64      ent_amounts_get     (const EntAmounts *self,
                                 const char       *currency);
/** "$1.2M + €340K"; @none (nullable) when there is nothing. (transfer full) */
char       *ent_amounts_display (const EntAmounts *self,
                                 EntDisplay        form,
                                 const char       *none);
/** "$1.2M", with how many currencies there are besides: "$1.2M +2"; NULL when there is nothing. (transfer full) */
char       *ent_amounts_display_main (const EntAmounts *self);
/** Which currency is told first: the workspace's. */
void        ent_amounts_set_first (EntAmounts *self,
                                   const char *currency);

G_END_DECLS
