/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-list.h"

G_BEGIN_DECLS

/* For the record list only. */

struct _EntRow
{
  GObject     parent;
  GHashTable *live;  /* of the list: row number → EntRow (unowned) */
  EntRecord  *record;
  GHashTable *names; /* EntKey* → title, shared by the rows of a load */
  EntKey      key;
};

/** Gives the row its record and the titles of what it refers to; emits `loaded`. */
void ent_row_take_record (EntRow     *row,
                          EntRecord  *record,
                          GHashTable *names);

G_END_DECLS
