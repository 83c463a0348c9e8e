/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Deals of two partners, and their registrations. */

#include <string.h>

#include "rules/ent-deal-change.h"
#include "rules/ent-deal-checks.h"
#include "rules/ent-forecast.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

/* Guards ask the real clock, so that days count from it. */
static gint64 today;
/* The standard program, made once and copied for each test. */
static EntStore *program;

typedef struct
{
  EntStore *store;
  EntKey    account;
  EntKey    premier; /* a partner */
  EntKey    select;  /* another */
  EntKey    product;
} Fixture;

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("entente-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "test.entente", NULL);

  today = ent_date_today ();
  ent_store_backup (program, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  f->store = ent_store_open (path, NULL, ENT_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  ent_rules_attach (f->store);
  f->account = test_workspace_add (f->store, "organization", "title=Great Plains", "roles=customer", NULL);
  f->premier = test_workspace_add (f->store, "organization", "title=Brightwater", "roles=partner",
                                   "level=ref:level:premier", "partner_type=channel", NULL);
  f->select = test_workspace_add (f->store, "organization", "title=Tidewater", "roles=partner",
                                  "level=ref:level:select", "partner_type=technology", NULL);
  f->product = test_workspace_add (f->store, "offering", "title=Flow", "kind=product", NULL);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  test_workspace_free (f->store);
}

static inline EntDeals *
load (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  EntDeals *deals = ent_deals_load (f->store, today, NULL, &error);

  g_assert_no_error (error);
  return deals;
}

static inline char *
day (const char *name,
     gint64      offset)
{
  g_autofree char *text = ent_date_write (today + offset);

  return g_strconcat (name, "=", text, NULL);
}

static inline EntKey
add_deal (Fixture    *f,
          const char *title,
          const char *stage,
          const char *amount,
          gint64      close)
{
  g_autofree char *name = g_strconcat ("title=", title, NULL);
  g_autofree char *at = g_strconcat ("stage=", stage, NULL);
  g_autofree char *money = g_strconcat ("amount=", amount, NULL);
  g_autofree char *opened = day ("opened_on", -60);
  g_autofree char *expected = day ("expected_close", close);

  return test_workspace_add (f->store, "deal", name, "account=Great Plains", at, money, opened, expected, NULL);
}

/* What a change does, in a transaction of its own. */
typedef struct
{
  EntKey      deal;
  EntKey      other;
  const char *text;
  const char *reason;
  gint64      day;
} Change;

static inline gboolean
submit_cb (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Change *change = data;
  EntRegistration what = { .deal = change->deal, .partner = change->other, .now = g_get_real_time (),
                           .today = change->day };

  return ent_registration_submit (transaction, &what, error) != 0;
}

static inline gboolean
set_cb (EntTransaction  *transaction,
        gpointer         data,
        GError         **error)
{
  Change *change = data;
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, change->deal, error);

  return ent_record_set_text (record, change->text, change->reason, error) &&
         ent_transaction_update (transaction, record, error);
}

static inline void
does (Fixture            *f,
      EntTransactionFunc  func,
      Change              change)
{
  g_autoptr (GError) error = NULL;

  if (change.day == 0)
    change.day = today;
  ent_store_write (f->store, "Change", ENT_ORIGIN_USER, func, &change, NULL, NULL, &error);
  g_assert_no_error (error);
}

static inline void
refuses (Fixture            *f,
         EntTransactionFunc  func,
         Change              change,
         int                 code,
         const char         *says)
{
  g_autoptr (GError) error = NULL;

  if (change.day == 0)
    change.day = today;
  g_assert_false (ent_store_write (f->store, "Change", ENT_ORIGIN_USER, func, &change, NULL, NULL, &error));
  g_assert_error (error, ENT_RULE_ERROR, code);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static inline void
assert_text (Fixture    *f,
             EntKey      key,
             const char *field,
             const char *text)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  g_assert_cmpstr (ent_record_get_text (record, field), ==, text);
}

static inline gint64
get_int (Fixture    *f,
         EntKey      key,
         const char *field)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  return ent_record_get_int (record, field, G_MININT64);
}

#define ADD(path, func) g_test_add ("/deals/" path, Fixture, NULL, set_up, func, tear_down)
