/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-rev-tree.h"

G_BEGIN_DECLS

#define ENT_REV_NO_PARENT G_MAXUINT32

typedef struct
{
  EntRevInfo info;
  guint32    parent; /* index, lower than the node's own; or ENT_REV_NO_PARENT */
} EntRevNode;

struct _EntRevTree
{
  GArray *nodes; /* of EntRevNode, in the order of ent_rev_compare() */
};

G_END_DECLS
