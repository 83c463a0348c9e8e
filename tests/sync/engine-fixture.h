/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/workspace.h"
#include "sync/ent-sync-remote.h"
#include "sync/fake-couch.h"

/* Two workspaces on one server. */

typedef struct
{
  FakeCouch *server;
  EntStore  *a, *b;
  EntSync   *to_a, *to_b;
} Fixture;

static inline EntSync *
connect_store (Fixture  *f,
               EntStore *store)
{
  g_autoptr (EntSyncRemote) remote = NULL;
  g_autoptr (GError) error = NULL;
  EntSync *sync;

  g_assert_true (ent_sync_remote_add (store, "team", fake_couch_get_url (f->server), NULL, NULL, NULL, &error));
  remote = ent_sync_remote_find (store, NULL, &error);
  sync = ent_sync_new (store, remote, &error);
  g_assert_no_error (error);
  ent_couch_set_retries (ent_sync_get_couch (sync), 1, 1);
  ent_couch_set_timeouts (ent_sync_get_couch (sync), 2000, 2000, 2000);
  return sync;
}

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->server = fake_couch_new (NULL);
  f->a = test_workspace_new ();
  f->b = test_workspace_new ();
  f->to_a = connect_store (f, f->a);
  f->to_b = connect_store (f, f->b);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  ent_sync_free (f->to_a);
  ent_sync_free (f->to_b);
  test_workspace_free (f->a);
  test_workspace_free (f->b);
  fake_couch_free (f->server);
}

static inline EntSyncReport
run (EntSync *sync)
{
  g_autoptr (GError) error = NULL;
  EntSyncReport report;

  ent_sync_run (sync, &report, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static inline EntKey
find (EntStore   *store,
      const char *title)
{
  g_autoptr (GError) error = NULL;
  EntKey key = ent_store_resolve (store, NULL, title, &error);

  g_assert_no_error (error);
  return key;
}

static inline void
assert_field (EntStore   *store,
              EntKey      key,
              const char *field,
              const char *value)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
  const EntField *wanted = ent_record_type_lookup (ent_record_get_record_type (record), field);
  g_autofree char *text = ent_value_write (wanted, ent_record_get (record, wanted->index));

  g_assert_cmpstr (text, ==, value);
}

static inline EntKey
get_ref (EntStore   *store,
         EntKey      key,
         const char *field)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);

  return ent_record_get_ref (record, field);
}

static inline EntKey
share (Fixture *f,
       EntKey  *theirs)
{
  EntKey key = test_workspace_add (f->a, "organization", "title=Acme", "arr=10 USD", "website=https://a.example", NULL);

  run (f->to_a);
  run (f->to_b);
  *theirs = find (f->b, "Acme");
  return key;
}
