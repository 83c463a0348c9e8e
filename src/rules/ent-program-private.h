/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-program.h"

G_BEGIN_DECLS

struct _EntProgram
{
  GPtrArray  *definitions; /* of EntDefinition */
  GPtrArray  *rules;       /* of EntProgramRule, by definition's kind, rank, and their position */
  GPtrArray  *ladders;     /* of EntLadder */
  GHashTable *by_key;      /* key → EntDefinition */
  EntKey      usual;       /* the program that the setting names; 0: none */
};

/** "technology" of an index of organization.partner_type. */
const char *ent_partner_type_name (int type);

G_END_DECLS
