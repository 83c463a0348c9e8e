/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-rules-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"

/* A step of the funnel cannot have more than the one before it; each pair with its sentence. */
static const struct { const char *less, *more, *text; } pairs[] = {
  { "clicks", "impressions", N_("%'" G_GINT64_FORMAT " clicks on %'" G_GINT64_FORMAT " impressions cannot be; correct "
                                "one of the two.") },
  { "qualified", "leads", N_("%'" G_GINT64_FORMAT " qualified of %'" G_GINT64_FORMAT " leads cannot be; correct one of "
                             "the two.") },
};

static gboolean
check_line_cb (EntTransaction  *transaction,
               EntRecord       *record,
               const EntField  *field,
               const EntValue  *old_value,
               gpointer         user_data,
               GError         **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gint64 less = ent_record_get_int (record, pairs[i].less, 0);
      gint64 more = ent_record_get_int (record, pairs[i].more, G_MAXINT64);

      if (less <= more)
        continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, _(pairs[i].text), less, more);
#pragma GCC diagnostic pop
      return FALSE;
    }
  return TRUE;
}

void
ent_campaign_attach (EntStore *store)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      ent_store_add_guard (store, "campaign_line", pairs[i].less, check_line_cb, NULL, NULL);
      ent_store_add_guard (store, "campaign_line", pairs[i].more, check_line_cb, NULL, NULL);
    }
}
