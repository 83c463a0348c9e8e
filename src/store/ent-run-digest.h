/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-packed.h"

G_BEGIN_DECLS

/* For src/store/ only. */

/**
 * EntRunDigest:
 *
 * The SHA-256 of the rows of a run, taken while they are written. A large run has a thread of its own for it, so that
 * the writer only copies bytes.
 */
typedef struct _EntRunDigest EntRunDigest;

EntRunDigest *ent_run_digest_new        (gboolean has_thread);
void          ent_run_digest_free       (EntRunDigest *self);
/** Begins anew, whatever was added before. */
void          ent_run_digest_begin      (EntRunDigest *self);
void          ent_run_digest_add        (EntRunDigest *self,
                                         const void   *bytes,
                                         gsize         length);
/** As eight bytes, the lowest first. */
void          ent_run_digest_add_number (EntRunDigest *self,
                                         guint64       number);
/** The bytes that ent_row_digester_packed() adds; @length: of the @text (nullable). */
void          ent_run_digest_add_value  (EntRunDigest *self,
                                         guint32       tag,
                                         EntPackedKind kind,
                                         guint64       number,
                                         const char   *text,
                                         gsize         length);
/** @digest: ENT_DIGEST_SIZE bytes. */
void          ent_run_digest_end        (EntRunDigest *self,
                                         guint8       *digest);

G_END_DECLS
