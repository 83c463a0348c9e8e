/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/** A new plain workspace in a folder of its own; fails the test when it cannot be made. */
EntStore *test_workspace_new   (void);
/** The same with the standard program in it. */
EntStore *test_workspace_new_program (void);
/** Waits until the store has no other owner, closes it and removes its folder. */
void      test_workspace_free  (EntStore *store);

/** Adds a record from "FIELD=VALUE" texts, NULL-terminated; references as P-0001, ref:… or titles. */
EntKey    test_workspace_add   (EntStore   *store,
                                const char *type,
                                ...) G_GNUC_NULL_TERMINATED;
/** Changes fields of a record, in the same way. */
void      test_workspace_set   (EntStore *store,
                                EntKey    key,
                                ...) G_GNUC_NULL_TERMINATED;
void      test_workspace_delete (EntStore *store,
                                 EntKey    key);
/** Adds @count organizations "Partner 000001" … in one transaction. */
void      test_workspace_fill  (EntStore *store,
                                guint     count);

/** Iterates the main context until @condition is true; fails the test after a minute. */
#define test_wait_for(condition) \
  G_STMT_START { \
    gint64 test_wait_end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND; \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > test_wait_end) \
          g_error ("%s:%d: never came true: %s", __FILE__, __LINE__, #condition); \
        if (!g_main_context_iteration (NULL, FALSE)) \
          g_usleep (1000); \
      } \
  } G_STMT_END

G_END_DECLS
