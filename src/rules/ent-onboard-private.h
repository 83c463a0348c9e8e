/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-onboard.h"

G_BEGIN_DECLS

#define ENT_ONBOARD_WEIGHT 10000
/* Of people whose number a rule has to know: more are not read. */
#define ENT_ONBOARD_MAX_ROWS 10000

/* Reading, from a store or inside a transaction. (transfer full) */
EntSchema *ent_onboard_get_schema    (const EntOnboardSource *source); /* (transfer none) */
EntRecord *ent_onboard_get           (const EntOnboardSource *source,
                                      EntKey                  key,
                                      GError                **error);
GPtrArray *ent_onboard_get_children  (const EntOnboardSource *source,
                                      EntKey                  parent,
                                      const char             *child_type,
                                      GError                **error);
GPtrArray *ent_onboard_get_referrers (const EntOnboardSource *source,
                                      EntKey                  key,
                                      const char             *type,
                                      const char             *field,
                                      GError                **error);
/* The live record with this `ref`; 0: none. */
EntKey     ent_onboard_find_ref      (const EntOnboardSource *source,
                                      const char             *ref);

gint64     ent_onboard_get_date      (EntRecord  *record,
                                      const char *field);
gboolean   ent_onboard_is            (EntRecord  *record,
                                      const char *field,
                                      const char *text);
/* Whether @text is among the words of "a; b; c". */
gboolean   ent_onboard_lists         (const char *list,
                                      const char *text);
gboolean   ent_onboard_is_run        (EntRecord *plan);
gboolean   ent_onboard_line_is_item  (EntRecord *line);
/* Whether the keys of a list field hold @key. */
gboolean   ent_onboard_has_key       (EntRecord  *record,
                                      const char *field,
                                      EntKey      key);
void       ent_onboard_set_int       (EntRecord  *record,
                                      const char *field,
                                      gint64      value);
void       ent_onboard_set_word      (EntRecord  *record,
                                      const char *field,
                                      const char *text);
/* Fills an item from its line: all but the dependencies. */
void       ent_onboard_fill_item     (EntRecord *item,
                                      EntRecord *line,
                                      gint64     start);
/* Sets the dependencies of @items (by the same indexes as @lines) to the items made of the lines they name. */
gboolean   ent_onboard_link_items    (EntTransaction *transaction,
                                      GPtrArray      *lines,
                                      GPtrArray      *items,
                                      GError        **error);
const char *ent_onboard_item_type    (EntRecord *line);
/* The level with the highest rank number; 0: there is none. */
EntKey     ent_onboard_lowest_level  (const EntOnboardSource *source);
/* Partner of a plan; 0: none. */
EntKey     ent_onboard_get_partner   (EntRecord *plan);

G_END_DECLS
