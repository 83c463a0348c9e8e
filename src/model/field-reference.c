/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of the build: prints the field reference of the declared types for the help. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/ent-schema-doc.h"

int
main (int   argc,
      char *argv[])
{
  gboolean is_mallard = argc > 1 && strcmp (argv[1], "mallard") == 0;
  g_autofree char *text = NULL;

  text = ent_schema_describe (ent_schema_get_default (), NULL,
                              is_mallard ? ENT_SCHEMA_DOC_MALLARD : ENT_SCHEMA_DOC_MARKDOWN);
  return fputs (text, stdout) < 0;
}
