/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/sync-refs.h"

static char *
get_id (EntKey   key,
        gpointer data)
{
  const EntRecordType *type = ent_schema_lookup_key (ent_schema_get_default (), key);
  EntId id = { { 1, [6] = 0x70, [8] = 0x80, [15] = (guint8) ent_key_row (key) } };

  return ent_sync_id_make (type, &id);
}

static EntKey
get_key (const char *id,
         gpointer    data)
{
  const EntRecordType *type;
  EntId parsed;

  g_assert_true (ent_sync_id_parse (ent_schema_get_default (), id, &type, &parsed));
  return ent_key_make (type->info->number, parsed.bytes[15]);
}

/* Nothing is here yet. */
static EntKey
get_no_key (const char *id,
            gpointer    data)
{
  return 0;
}

/* Every third record is here. */
static EntKey
get_some_key (const char *id,
              gpointer    data)
{
  EntKey key = get_key (id, data);

  return ent_key_row (key) % 3 == 0 ? key : 0;
}

static char *
get_no_id (EntKey   key,
           gpointer data)
{
  return NULL;
}

const EntSyncRefs test_sync_refs = { get_id, get_key, NULL };
const EntSyncRefs test_sync_no_refs = { get_no_id, get_no_key, NULL };
const EntSyncRefs test_sync_some_refs = { get_id, get_some_key, NULL };
