/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntJob:
 *
 * One piece of long work as the user sees it: properties `title`, `detail` (what it does now), `fraction`
 * (0..1, -1 while unknown) and `done`. Made by ent_context_start_job().
 */
#define ENT_TYPE_JOB (ent_job_get_type ())
G_DECLARE_FINAL_TYPE (EntJob, ent_job, ENT, JOB, GObject)

/** The work, on a worker thread. Returns a result, or NULL with @error set. */
typedef gpointer (*EntJobFunc) (EntStore      *store,
                                EntJob        *job,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

EntJob       *ent_job_new             (const char   *title,
                                       GCancellable *cancellable);
const char   *ent_job_get_title       (EntJob *self);
const char   *ent_job_get_detail      (EntJob *self);
double        ent_job_get_fraction    (EntJob *self);
gboolean      ent_job_is_done         (EntJob *self);
void          ent_job_set_done        (EntJob *self);
void          ent_job_cancel          (EntJob *self);
GCancellable *ent_job_get_cancellable (EntJob *self);

/** An EntProgressFunc with the job as its data; any thread, as often as one likes. */
void          ent_job_progress        (double      fraction,
                                       const char *what,
                                       gpointer    job);

G_END_DECLS
