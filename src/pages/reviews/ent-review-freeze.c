/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-freeze.h"

#include <glib/gi18n.h>

#include "rules/ent-review.h"

typedef struct
{
  EntKey review;
  gint64 today;
} Wish;

typedef struct
{
  EntKey review;
  char  *title;
  char  *snapshot;
} Snapshot;

static void
snapshot_free (gpointer data)
{
  Snapshot *self = data;

  g_free (self->title);
  g_free (self->snapshot);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Snapshot, snapshot_free)

static gpointer
snapshot_job (EntStore      *store,
              gpointer       user_data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Wish *wish = user_data;
  g_autoptr (EntReview) review = ent_review_load (store, wish->review, wish->today, cancellable, error);
  Snapshot *self;

  if (review == NULL)
    return NULL;
  self = g_new0 (Snapshot, 1);
  self->review = wish->review;
  self->title = g_strdup (review->title);
  self->snapshot = ent_review_to_snapshot (review, store);
  return self;
}

static void
snapshot_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Snapshot) self = ent_store_run_finish (ENT_STORE (source), result, &error);
  g_autofree char *label = NULL;
  EntReviewChange *change;

  if (ent_context_get_store (context) != ENT_STORE (source))
    return;
  if (self == NULL)
    {
      ent_context_error (context, _("The numbers could not be frozen"), error);
      return;
    }
  change = ent_review_change_new (ENT_REVIEW_FREEZE, self->review, g_get_real_time ());
  change->snapshot = g_steal_pointer (&self->snapshot);
  label = ent_review_change_dup_label (change, self->title);
  ent_context_write (context, label, ent_review_change_apply, change, ent_review_change_free);
}

void
ent_review_freeze (EntContext *context,
                   EntKey      review)
{
  const Wish wish = { review, ent_context_get_today (context) };

  ent_store_run_async (ent_context_get_store (context), snapshot_job, g_memdup2 (&wish, sizeof wish), g_free, snapshot_free, NULL,
                       snapshot_cb, g_object_ref (context));
}
