/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-why.h"

G_BEGIN_DECLS

typedef struct
{
  char  *label;
  char  *value;
  char  *weight;
  EntKey key;
} EntWhyLine;

struct _EntWhy
{
  char      *title;
  char      *value;
  char      *formula;
  char      *note;
  GPtrArray *lines; /* of EntWhyLine */
};

/** What the popover or the sheet shows; @opened is called when a line's record is opened. */
GtkWidget *ent_why_build (EntWhy     *self,
                          EntContext *context,
                          GCallback   opened,
                          gpointer    user_data);

G_END_DECLS
