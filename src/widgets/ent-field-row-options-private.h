/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-field-row-options.h"

G_BEGIN_DECLS

#define ENT_TYPE_FIELD_ROW_OPTION (ent_field_row_option_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowOption, ent_field_row_option, ENT, FIELD_ROW_OPTION, GObject)

struct _EntFieldRowOption
{
  GObject  parent_instance;
  char    *value; /* "" is none */
  char    *label;
  char    *words; /* what typing is compared with */
  EntTone  tone;
  gboolean is_new; /* offers to add what was typed */
};

struct _EntFieldRowOptions
{
  GtkPopover parent_instance;

  EntFieldType    type;
  const EntField *field;
  gboolean        many;
  gboolean        clearable;
  gboolean        loaded;
  GPtrArray      *chosen; /* of char* */
  char           *wanted; /* as ent_text_key() */
  GCancellable   *cancellable;

  GListStore      *options;
  GtkCustomFilter *filter;
  GtkWidget       *search;
  GtkWidget       *list;
  GtkWidget       *scroller;
};

/* ent-field-row-choices.c */
void _ent_field_row_options_add  (EntFieldRowOptions *self,
                                  const char         *value,
                                  const char         *label,
                                  EntTone             tone);
/** Fills the list with what the field offers; time zones come a little later. */
void _ent_field_row_options_load (EntFieldRowOptions *self);

G_END_DECLS
