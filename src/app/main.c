/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-application.h"
#include "app/ent-state.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  g_autofree char *last = NULL;
  g_autoptr (EntOpening) early = NULL;
  g_autoptr (EntApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* Reading the workspace takes about as long as starting GTK: do both at once. */
  if (argc == 1)
    last = ent_state_load_last ();
  if (last != NULL)
    early = ent_opening_start (last, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);

  application = ent_application_new (early);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : ent_application_get_status (application);
}
