/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime schema: how types are built from their declarations, what a declaration may not say,
 * and what a workspace may add. */
#include "config.h"

#include "model/ent-schema-private.h"
#include "model/ent-value.h"

static void
test_types_are_valid (void)
{
  g_autoptr (GError) error = NULL;

  ent_schema_validate (ent_schema_get_default (), &error);
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/types-are-valid", test_types_are_valid);

  return g_test_run ();
}
