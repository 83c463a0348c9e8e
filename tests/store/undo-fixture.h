/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Histories, and whether the file is what they say. */

#include "store/store-fixture.h"

static inline void
undo (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = ent_store_undo (store, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (info->undone);
}

static inline void
redo (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = ent_store_redo (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (info->undone);
}

/* What the store should hold: organizations and links in plain arrays, with whole copies to go back to. */
enum { MAX_RECORDS = 400 };

typedef struct
{
  struct { int title; int year; gboolean live; gint64 deleted; } orgs[MAX_RECORDS];
  struct { int from; int to; gboolean live; gint64 deleted; } links[MAX_RECORDS];
  int n_orgs;
  int n_links;
} Model;

typedef struct
{
  Fixture   *fixture;
  Model      now;
  GPtrArray *undo;        /* of Model: states before each change that counts */
  GPtrArray *redo;
  EntKey     orgs[2000];  /* never reused, also when the model takes them back */
  EntKey     links[2000];
  int        org_at[MAX_RECORDS];
  gint64     clock;
} Run;

typedef struct
{
  gint64 at;
  Model  model;
  int    org_at[MAX_RECORDS];
} Snapshot;

#define ADD(name, func) \
  g_test_add ("/store/undo/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
