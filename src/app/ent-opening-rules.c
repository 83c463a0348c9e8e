/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-opening-rules.h"

#include <glib/gi18n.h>

#include "rules/ent-fund.h"
#include "rules/ent-registration.h"

typedef struct
{
  guint n_registrations;
  guint n_requests;
} Expired;

static gpointer
expire_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 today = *(gint64 *) data;
  g_autofree Expired *expired = g_new0 (Expired, 1);
  int n;

  if (!ent_registration_expire (store, today, cancellable, &n, error) ||
      !ent_fund_expire_due (store, today, cancellable, &expired->n_requests, error))
    return NULL;
  expired->n_registrations = (guint) n;
  return g_steal_pointer (&expired);
}

static char *
describe (const Expired *expired)
{
  g_autofree char *registrations = NULL, *requests = NULL;
  guint n = expired->n_registrations, m = expired->n_requests;

  registrations = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u registration expired", "%u registrations expired", n), n);
  requests = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u funding request expired", "%u funding requests expired", m), m);
  if (n > 0 && m > 0)
    /* Translators: two things that a rule did, as in "2 registrations expired, 1 funding request expired". */
    return g_strdup_printf (_("%s, %s"), registrations, requests);
  return g_strdup (n > 0 ? registrations : requests);
}

static void
show_cb (EntContext *context)
{
  ent_context_navigate (context, "today", NULL);
}

static void
expired_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Expired *expired = ent_store_run_finish (ENT_STORE (source), result, &error);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (error != NULL)
    g_info ("What is due could not be done: %s", error->message);
  if (expired == NULL || expired->n_registrations + expired->n_requests == 0 ||
      ent_context_get_store (context) != ENT_STORE (source))
    return;
  text = describe (expired);
  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  /* Today lists each with its Undo. */
  adw_toast_set_button_label (toast, _("_Show"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_cb), context, G_CONNECT_SWAPPED);
  ent_context_add_toast (context, toast);
}

void
ent_opening_rules_run (EntContext *context)
{
  EntStore *store = ent_context_get_store (context);
  gint64 *today = g_new (gint64, 1);

  *today = ent_context_get_today (context);
  ent_store_run_async (store, expire_job, today, g_free, g_free, NULL, expired_cb, g_object_ref (context));
}
