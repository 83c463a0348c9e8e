/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-table-source.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

const char *ent_csv_sniff_encoding (const guint8 *bytes,
                                    gsize         length,
                                    gboolean     *has_bom);

/** What the text of a cell looks like. */
typedef enum
{
  ENT_LOOK_EMPTY,
  ENT_LOOK_YEAR,   /* 1900..2100 */
  ENT_LOOK_NUMBER, /* with or without sign, currency, percent, separators */
  ENT_LOOK_DATE,
  ENT_LOOK_TIME,
  ENT_LOOK_EMAIL,
  ENT_LOOK_URL,
  ENT_LOOK_DOMAIN,
  ENT_LOOK_BOOL,
  ENT_LOOK_UUID,
  ENT_LOOK_TEXT,
} EntLook;

EntLook     ent_csv_look           (const char *text,
                                    gsize       length);

G_END_DECLS
