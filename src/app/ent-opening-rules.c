/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-opening-rules.h"

#include <glib/gi18n.h>

#include "rules/ent-registration.h"

/* How many registrations expired, as a pointer; one more than it, since NULL is an error. */
static gpointer
expire_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  int n = 0;

  return ent_registration_expire (store, *(gint64 *) data, cancellable, &n, error) ? GINT_TO_POINTER (n + 1) : NULL;
}

static void
expired_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;
  int n = GPOINTER_TO_INT (ent_store_run_finish (ENT_STORE (source), result, &error)) - 1;
  g_autofree char *text = NULL;

  if (error != NULL)
    g_info ("What is due could not be done: %s", error->message);
  if (n <= 0 || ent_context_get_store (context) != ENT_STORE (source))
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d registration expired", "%d registrations expired", (gulong) n),
                          n);
  ent_context_toast (context, text);
}

void
ent_opening_rules_run (EntContext *context)
{
  EntStore *store = ent_context_get_store (context);
  gint64 *today = g_new (gint64, 1);

  *today = ent_context_get_today (context);
  ent_store_run_async (store, expire_job, today, g_free, NULL, NULL, expired_cb, g_object_ref (context));
}
