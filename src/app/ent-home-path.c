/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-home-path.h"

#include <string.h>

char *
ent_home_path_display (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0 && (path[length] == '/' || path[length] == '\0'))
    return g_strconcat ("~", path + length, NULL);
  return g_strdup (path);
}
