/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** What an import (or a dry run) came to: figures, every problem in a list that pages by itself, and the ways to
 * save them or take the import back. */
GtkWidget *ent_import_result_new (EntContext      *context,
                                  EntImportReport *report);

G_END_DECLS
