/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-level-approve.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-level-data.h"

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) approvals = ent_store_run_finish (ENT_STORE (source), result, &error);
  g_autofree char *label = NULL;

  if (ent_context_get_store (context) != ENT_STORE (source))
    return;
  if (approvals == NULL)
    {
      ent_context_error (context, _("The level was not changed"), error);
      return;
    }
  if (approvals->len == 0)
    return;
  label = approvals->len == 1 ? g_strdup (ent_level_approval_get_label (g_ptr_array_index (approvals, 0)))
          : g_strdup_printf (g_dngettext (NULL, "Change %u level", "Change %u levels", approvals->len), approvals->len);
  ent_context_write (context, label, ent_level_approvals_write, g_ptr_array_ref (approvals),
                     (GDestroyNotify) g_ptr_array_unref);
}

void
ent_level_approve (EntContext   *context,
                   const EntKey *partners,
                   gsize         n_partners)
{
  EntLevelWish *wish = g_new0 (EntLevelWish, 1);

  wish->today = ent_context_get_today (context);
  wish->partners = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_array_append_vals (wish->partners, partners, (guint) n_partners);
  ent_store_run_async (ent_context_get_store (context), ent_level_approvals_job, wish,
                       (GDestroyNotify) ent_level_wish_free, (GDestroyNotify) g_ptr_array_unref, NULL, prepared_cb,
                       g_object_ref (context));
}
