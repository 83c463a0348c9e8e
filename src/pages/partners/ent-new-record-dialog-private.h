/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "pages/partners/ent-new-record-dialog.h"

G_BEGIN_DECLS

#define ENT_TYPE_NEW_RECORD_DIALOG (ent_new_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntNewRecordDialog, ent_new_record_dialog, ENT, NEW_RECORD_DIALOG, AdwDialog)

struct _EntNewRecordDialog
{
  AdwDialog parent_instance;

  EntContext          *context;
  const EntRecordType *type;
  EntRecord           *preset; /* the assignments and defaults */
  GPtrArray           *rows;   /* of EntFieldRow (unowned): children */
  GPtrArray           *found;  /* of GtkWidget (unowned): rows of possible duplicates */
  GCancellable        *cancellable; /* of the search */
  guint                generation;
  gboolean             creating;

  GtkWidget           *create_button;
  AdwPreferencesGroup *fields;
  AdwPreferencesGroup *duplicates;
};

/** Forgets what was typed: it is saved, or not wanted. */
void _ent_new_record_dialog_drop_drafts (EntNewRecordDialog *self);
/* ent-new-record-duplicates.c */
/** Shows the records whose names have @text in them, in the background. */
void _ent_new_record_dialog_search      (EntNewRecordDialog *self,
                                         const char         *text);

G_END_DECLS
