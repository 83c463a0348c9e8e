/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-sidebar-row.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/*
 * EntSidebarCounts:
 *
 * What the rows of the sidebar count, asked on a worker thread.
 */
typedef struct
{
  GArray    *counts; /* one a row */
  GPtrArray *views;  /* of EntView; NULL: as they are */
} EntSidebarCounts;

/** @with_views: the saved views are read too. */
EntSidebarCounts *ent_sidebar_counts_new  (gboolean          with_views);
void              ent_sidebar_counts_free (gpointer          self);
/** The next row. Main thread, before the job. */
void              ent_sidebar_counts_add  (EntSidebarCounts *self,
                                           EntSidebarRow    *row);
/** What the row counts; -1: nothing, or it could not be told. */
gint64            ent_sidebar_counts_get  (EntSidebarCounts *self,
                                           guint             nth);
/** An EntStoreJob; @counts (of the caller) is what it returns. */
gpointer          ent_sidebar_counts_job  (EntStore         *store,
                                           gpointer          counts,
                                           GCancellable     *cancellable,
                                           GError          **error);

G_END_DECLS
