/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-program-defaults.h"

#include <glib/gi18n.h>

#include "rules/ent-data-set.h"

static gboolean
install (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  g_autoptr(EntDataSet) set = ent_data_set_new (transaction, ent_date_today ());

  if (ent_transaction_resolve (transaction, NULL, "ref:program:standard", NULL) != 0)
    return TRUE;
  return ent_data_set_load_folder (set, "program", error);
}

gboolean
ent_program_defaults_install (EntStore      *store,
                              GCancellable  *cancellable,
                              GError       **error)
{
  return ent_store_write (store, _("Standard partner program"), ENT_ORIGIN_SETUP, install, NULL,
                          cancellable, NULL, error);
}
