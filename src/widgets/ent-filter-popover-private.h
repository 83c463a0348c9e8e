/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-filter-popover.h"

G_BEGIN_DECLS

struct _EntFilterPopover
{
  GtkPopover           parent;
  EntContext          *context;
  const EntRecordType *type;
  const EntField      *field; /* being edited */
  char                *base;
  GHashTable          *chosen; /* values of the field as filter words; "" is empty */
  GCancellable        *cancellable;

  GtkStack       *stack;
  GtkStack       *editor;
  GtkSearchEntry *field_search;
  GtkListBox     *field_list;
  GtkListBox     *value_list;
  GtkLabel       *title;
  GtkEntry       *range_from;
  GtkEntry       *range_to;
  GtkEntry       *text_entry;
  GtkEntry       *expression_entry;
};

void _ent_filter_popover_emit               (EntFilterPopover *self,
                                             const char       *term);

/* ent-filter-popover-values.c */
/** Lists the values that records within `base` have, most frequent first, in the background. */
void _ent_filter_popover_count_values       (EntFilterPopover *self);
/** Chooses those of a term that this popover once made (nullable). */
void _ent_filter_popover_read_choices       (EntFilterPopover *self,
                                             const char       *term);
void _ent_filter_popover_value_activated_cb (EntFilterPopover *self,
                                             GtkListBoxRow    *row);

G_END_DECLS
