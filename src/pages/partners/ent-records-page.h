/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntRecordsPage:
 *
 * The list of all records of a type, made from the schema: Partners, People, Deals and every other type.
 * Construct properties `record-type` (its name) and `base-filter` (filter text that always holds, such as
 * `roles has partner`; nullable). State: `filter`, `search`, `sort`, `columns`, all text.
 */
#define ENT_TYPE_RECORDS_PAGE (ent_records_page_get_type ())
G_DECLARE_FINAL_TYPE (EntRecordsPage, ent_records_page, ENT, RECORDS_PAGE, EntPage)

G_END_DECLS
