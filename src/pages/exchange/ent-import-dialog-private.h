/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "exchange/ent-import.h"
#include "pages/exchange/ent-import-dialog.h"

G_BEGIN_DECLS

#define ENT_TYPE_IMPORT_DIALOG (ent_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntImportDialog, ent_import_dialog, ENT, IMPORT_DIALOG, AdwDialog)

struct _EntImportDialog
{
  AdwDialog            parent;
  EntContext          *context;
  const EntRecordType *type;
  GPtrArray           *types;     /* of EntRecordType (unowned): as in the type row */
  GPtrArray           *key_names; /* of char *: as in the key row; "" makes new records */
  GFile               *file;
  GBytes              *pasted;
  EntCsvDialect        dialect;
  EntImportPlan       *plan;
  EntRecord           *given;     /* what new records get (nullable) */
  EntJob              *job;
  char                *file_title;
  char                *progress_title;
  gboolean             filling;

  AdwToastOverlay     *toasts;
  AdwNavigationView   *view;
  AdwBanner           *banner;
  AdwComboRow         *type_row;
  AdwExpanderRow      *format_row;
  AdwComboRow         *encoding_row;
  AdwComboRow         *delimiter_row;
  AdwSwitchRow        *header_row;
  AdwPreferencesGroup *columns_group;
  AdwComboRow         *key_row;
  AdwComboRow         *missing_row;
  AdwSwitchRow        *choices_row;
  AdwSwitchRow        *empty_row;
  AdwSwitchRow        *given_row;
  AdwPreferencesGroup *preview_group;
  GtkWidget           *preview_table;
  GtkProgressBar      *progress_bar;
  GtkWidget           *done_button;
  GtkWidget           *run_after_dry_button;
  AdwBin              *result_bin;
};

/** Reads the file (or the pasted rows) anew and shows how it was understood. @dialect NULL: found out. FALSE and a
 * toast when it cannot be read. (ent-import-dialog-columns.c) */
gboolean        ent_import_dialog_read        (EntImportDialog     *self,
                                               const EntCsvDialect *dialect);
/** Preview and banner after the plan changed. */
void            ent_import_dialog_update      (gpointer self);
/** Shows the plan's columns and keys. */
void            ent_import_dialog_show_plan   (EntImportDialog *self);
void            ent_import_dialog_fill_rows   (EntImportDialog *self);
/** What new records get, "FIELD=VALUE" each (nullable). */
void            ent_import_dialog_take_assignments (EntImportDialog    *self,
                                                    const char * const *assignments);
void            ent_import_dialog_tell        (EntImportDialog *self,
                                               const char      *message);
/** Notifies `file-title`. */
void            ent_import_dialog_set_title   (EntImportDialog *self,
                                               const char      *title);
/** Handlers of the template. */
void            ent_import_dialog_options_cb  (EntImportDialog *self);
void            ent_import_dialog_format_cb   (EntImportDialog *self);
void            ent_import_dialog_type_cb     (EntImportDialog *self);

G_END_DECLS
