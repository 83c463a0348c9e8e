/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/** What kind of workspace to make. */
typedef struct
{
  char       *path;
  char       *title;
  gboolean    encrypt;
  gboolean    with_program; /* the standard partner program */
  gboolean    with_sample;  /* sample data */

  EntStoreKey key; /* of an encrypted one, made by the run */
} EntWorkspaceMaker;

void     ent_workspace_maker_free (EntWorkspaceMaker *self);
/** Makes the workspace; on failure no file is left. Blocks: for a worker thread. */
gboolean ent_workspace_maker_run  (EntWorkspaceMaker *self,
                                   GCancellable      *cancellable,
                                   GError           **error);

G_END_DECLS
