/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntFundingDialog:
 *
 * Asks for a few fields of a record that does not exist yet, or of a copy of one, and hands them to a transaction. It
 * stays open, with the sentence of the error, when the transaction is refused.
 */
#define ENT_TYPE_FUNDING_DIALOG (ent_funding_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntFundingDialog, ent_funding_dialog, ENT, FUNDING_DIALOG, AdwDialog)

/** Starts the write with what was filled in (@record, to be copied); ends with ent_funding_dialog_done(). */
typedef void (*EntFundingDialogFunc) (EntFundingDialog *self,
                                      EntRecord        *record,
                                      gpointer          user_data);

/** @fields: names; NULL-terminated. @record: prefilled, owned by the dialog. @message (nullable): why it asks. */
EntFundingDialog *ent_funding_dialog_present (GtkWidget            *parent,
                                              EntContext           *context,
                                              const char           *title,
                                              const char           *confirm,
                                              const char           *message,
                                              EntRecord            *record,
                                              const char * const   *fields,
                                              EntFundingDialogFunc  func,
                                              gpointer              user_data,
                                              GDestroyNotify        destroy);
/** Closes on success (@error NULL), else shows the sentence. */
void              ent_funding_dialog_done    (EntFundingDialog     *self,
                                              const GError         *error);
/** The same for a write of the dialog's context (@user_data, transfer full) that ended. */
void              ent_funding_dialog_written_cb (GObject           *source,
                                              GAsyncResult         *result,
                                              gpointer              user_data);

G_END_DECLS
