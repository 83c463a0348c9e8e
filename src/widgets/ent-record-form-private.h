/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-form.h"

G_BEGIN_DECLS

struct _EntRecordForm
{
  GtkWidget parent_instance;

  EntContext   *context;
  EntKey        key;
  EntRecord    *record;      /* (nullable) as it is now */
  EntRecord    *past;        /* (nullable) as it was, when that is shown */
  GCancellable *cancellable; /* of the load that runs */
  guint         generation;
  gboolean      show_empty;

  const EntRecordType *type;   /* what the rows were made for */
  GPtrArray           *rows;   /* of EntFieldRow (unowned), in the order of the schema */
  GtkWidget           *box;
  GtkWidget           *toggle; /* folds and unfolds the empty fields */
};

/* ent-record-form-write.c */
void _ent_record_form_typing        (EntRecordForm *self,
                                     EntFieldRow   *row);
void _ent_record_form_edited        (EntRecordForm *self,
                                     EntFieldRow   *row);
/** Puts the drafts of the record back into its rows. */
void _ent_record_form_take_drafts   (EntRecordForm *self);
/** Tells at a row that is being typed in that its value changed from @before to @now. */
void _ent_record_form_tell_conflict (EntRecordForm  *self,
                                     EntFieldRow    *row,
                                     const EntValue *before,
                                     const EntValue *now);

G_END_DECLS
