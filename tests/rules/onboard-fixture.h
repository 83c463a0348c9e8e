/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A plan of a short template, and its steps. */

#include <string.h>

#include "rules/ent-onboard.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

#define START 20000

typedef struct
{
  EntStore *store;
  EntKey    partner;
  EntKey    template;
  EntKey    plan;
} Fixture;

static inline EntKey
add_line (Fixture    *f,
          const char *text,
          const char *day,
          const char *type,
          const char *after)
{
  g_autofree char *parent = ent_store_dup_code (f->store, f->template);
  g_autofree char *a = g_strconcat ("parent=", parent, NULL);
  g_autofree char *b = g_strconcat ("text=", text, NULL);
  g_autofree char *c = g_strconcat ("day_to=", day, NULL);
  g_autofree char *d = g_strconcat ("item_type=", type, NULL);
  g_autofree char *e = g_strconcat ("depends_on=", after, NULL);
  g_autofree char *ref = g_ascii_strdown (text, -1);
  g_autofree char *r = g_strconcat ("ref=", ref, NULL);

  return test_workspace_add (f->store, "program_rule", a, b, c, d, r, "phase=Foundation", "section=First", e, NULL);
}

/* A template of four items in a chain of three, a gate, and two checks. */
static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = test_workspace_new ();
  ent_rules_attach (f->store);
  test_workspace_add (f->store, "person", "title=Ana", "ref=ana", NULL);
  f->partner = test_workspace_add (f->store, "organization", "title=Acme", "ref=acme", "roles=partner",
                                   "lifecycle=identified", "partner_type=channel", "partner_manager=Ana", NULL);
  f->template = test_workspace_add (f->store, "program", "title=Short", "kind=checklist", "plan_kind=onboarding",
                                    "ref=short", NULL);
  add_line (f, "A", "5", "task", "");
  add_line (f, "B", "10", "task", "ref:a");
  add_line (f, "C", "20", "task", "ref:b");
  add_line (f, "D", "40", "gate", "");
  add_line (f, "Check", "30", "check", "");
  f->plan = 0;
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  test_workspace_free (f->store);
}

static inline gboolean
run (Fixture            *f,
     EntTransactionFunc  func,
     gpointer            data,
     GError            **error)
{
  return ent_store_write (f->store, "Change", ENT_ORIGIN_USER, func, data, NULL, NULL, error);
}

static inline void
start (Fixture *f)
{
  EntOnboardStart request = { .partner = f->partner, .start = START };
  g_autoptr (GError) error = NULL;

  run (f, ent_onboard_start, &request, &error);
  g_assert_no_error (error);
  f->plan = request.plan;
}

static inline EntOnboardRun *
load (Fixture *f,
      gint64   today)
{
  const EntOnboardSource source = { .store = f->store };
  g_autoptr (GError) error = NULL;
  EntOnboardRun *loaded = ent_onboard_run_load (&source, f->plan, today, &error);

  g_assert_no_error (error);
  return loaded;
}

static inline EntKey
item (Fixture *f,
      guint    nth)
{
  g_autoptr (EntOnboardRun) loaded = load (f, START);

  return ent_onboard_run_get (loaded, nth)->key;
}

static inline void
set_status (Fixture     *f,
            guint        nth,
            const char  *status,
            gint64       today,
            int          expected_code,
            const char  *says)
{
  EntOnboardEdit edit = { .item = item (f, nth), .status = status, .today = today };
  g_autoptr (GError) error = NULL;

  run (f, ent_onboard_set_status, &edit, &error);
  if (says == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, ENT_RULE_ERROR, expected_code);
      g_assert_nonnull (strstr (error->message, says));
    }
}

static inline char *
dup_text (Fixture    *f,
          EntKey      key,
          const char *field)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  return g_strdup (ent_record_get_text (record, field));
}

typedef struct
{
  EntKey      key;
  const char *field;
  EntKey      value;
} SetKey;
