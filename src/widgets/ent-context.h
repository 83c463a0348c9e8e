/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store/ent-store.h"
#include "store/ent-transaction.h"
#include "widgets/ent-job.h"

G_BEGIN_DECLS

/**
 * EntContext:
 *
 * What pages and widgets need from the world around them, given to each as the construct property
 * `context`: the open workspace, the settings, the clock, the network, and the ways to say something
 * to the user. Main thread only. The window (or a test) listens to the signals:
 *
 *   changed (EntChanges *)              the store's signal, whichever store is open
 *   open-record (gint64 key)            somebody wants to see a record
 *   navigate (char *page, GVariant *)   somebody wants to see a page; the variant (nullable) goes to
 *                                       EntPageClass.restore_state
 *   toast (AdwToast *)
 *   alert (char *heading, char *body)   an error that needs more room than a toast
 *   refused (char *what, GError *)      a rule of the program (ENT_RULE_ERROR) refused it; where nobody listens, `alert`
 *   job-started (EntJob *)
 *   views-changed                       the saved views are others: ent_context_views_changed()
 *
 * Pages are made when a workspace is open and thrown away when it closes: for a page the store is never
 * NULL and never changes.
 */
#define ENT_TYPE_CONTEXT (ent_context_get_type ())
G_DECLARE_FINAL_TYPE (EntContext, ent_context, ENT, CONTEXT, GObject)

/** @settings NULL: none, for tests; then ent_context_get_settings() is NULL too. */
EntContext *ent_context_new          (GSettings *settings);

/** NULL while no workspace is open. */
EntStore   *ent_context_get_store    (EntContext *self);
void        ent_context_set_store    (EntContext *self,
                                      EntStore   *store);
/** (nullable) */
GSettings  *ent_context_get_settings (EntContext *self);

/** Today in the local time zone, days since 1970, or what a test said it is; property `today`, which also
 * notifies at midnight. */
gint64      ent_context_get_today    (EntContext *self);
/** 0 gives the clock back. */
void        ent_context_set_today    (EntContext *self,
                                      gint64      today);
/** Property `online`; follows the machine's network without ever using it. */
gboolean    ent_context_is_online    (EntContext *self);
/** The reporting currency of the workspace, "USD" unless set; property `currency`. Never blocks. */
const char *ent_context_get_currency (EntContext *self);
void        ent_context_set_currency (EntContext *self,
                                      const char *currency);

/* --- Going somewhere ------------------------------------------------------------------------------- */

void        ent_context_open_record  (EntContext *self,
                                      EntKey      key);
/** @state: floating or NULL. */
void        ent_context_navigate     (EntContext *self,
                                      const char *page_id,
                                      GVariant   *state);

/** To be called after ent_store_save_view() and ent_store_delete_view(). */
void        ent_context_views_changed (EntContext *self);

/* --- Saying something ------------------------------------------------------------------------------ */

/** One short sentence, no full stop: "3 records exported". */
void        ent_context_toast        (EntContext *self,
                                      const char *message);
/** (transfer full) */
void        ent_context_add_toast    (EntContext *self,
                                      AdwToast   *toast);
/** Tells an error: @what happened ("The deal could not be saved"), and the error's own sentence. Short ones
 * are a toast, long ones a dialog. Cancelling is never told. For what a rule of the program refused, the
 * window offers the next step. */
void        ent_context_error        (EntContext   *self,
                                      const char   *what,
                                      const GError *error);

/* --- Writing --------------------------------------------------------------------------------------- */

/** Runs @func in a transaction (on the writer thread) and offers "LABEL · Undo" in a toast afterwards, or
 * tells the error. @label is translated and in the words of the history: "Edit Contoso". */
void        ent_context_write        (EntContext         *self,
                                      const char         *label,
                                      EntTransactionFunc  func,
                                      gpointer            data,
                                      GDestroyNotify      data_free);
/** The same for a caller that goes on afterwards. @quiet: no toast on success. Errors are the caller's. */
void        ent_context_write_async  (EntContext          *self,
                                      const char          *label,
                                      gboolean             quiet,
                                      EntTransactionFunc   func,
                                      gpointer             data,
                                      GDestroyNotify       data_free,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
/** The transaction's number; 0 when nothing changed; -1 on error. */
gint64      ent_context_write_finish (EntContext    *self,
                                      GAsyncResult  *result,
                                      GError       **error);
/** Takes back transaction @seq (0: the latest) and says so in a toast with Redo. */
void        ent_context_undo         (EntContext *self,
                                      gint64      seq);
void        ent_context_redo         (EntContext *self);

/* --- Long work --------------------------------------------------------------------------------------*/

/** Runs @func on a worker thread, shown with its progress and a Cancel button at the foot of the sidebar.
 * @title: "Import partners.csv". Without @callback an error is told; with it, the caller tells it. */
EntJob     *ent_context_start_job    (EntContext          *self,  /* (transfer none) */
                                      const char          *title,
                                      EntJobFunc           func,
                                      gpointer             data,
                                      GDestroyNotify       data_free,
                                      GDestroyNotify       result_free,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gpointer    ent_context_finish_job   (EntContext    *self,
                                      GAsyncResult  *result,
                                      GError       **error);
/** The jobs that run now: a list of EntJob. (transfer none) */
GListModel *ent_context_get_jobs     (EntContext *self);

G_END_DECLS
