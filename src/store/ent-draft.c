/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A new workspace file is made under another name, so that no half-made one ever has the wanted name. */

static gboolean
make_folder (const char *path,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY,
               _("The folder “%s” cannot be made (%s); choose another place."), folder,
               g_strerror (errno));
  return FALSE;
}

static gboolean
fail_exists (const char *path,
             GError    **error)
{
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS,
               _("“%s” exists already; choose another name."), path);
  return FALSE;
}

/* An empty file of mode 0600, so that SQLite gives its own files beside it the same mode. */
static gboolean
make_file (const char *path,
           GError    **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno == EEXIST)
    return fail_exists (path, error);
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY,
               _("“%s” cannot be made (%s); choose another place."), path, g_strerror (errno));
  return FALSE;
}

/* Gives the finished file its name without ever replacing another one. */
static gboolean
publish (const char *from,
         const char *to,
         GError    **error)
{
  if (link (from, to) == 0 ||
      (errno != EEXIST && !g_file_test (to, G_FILE_TEST_EXISTS) && g_rename (from, to) == 0))
    return TRUE;
  if (errno == EEXIST)
    return fail_exists (to, error);
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY,
               _("“%s” cannot be made (%s); choose another place."), to, g_strerror (errno));
  return FALSE;
}

static void
remove_with_companions (const char *path)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

gboolean
ent_draft_begin (const char *path,
                 char      **draft,
                 GError    **error)
{
  g_autofree char *name = g_strdup_printf ("%s.%08x.new", path, g_random_int ());

  if (!make_folder (path, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return fail_exists (path, error);
  if (!make_file (name, error))
    return FALSE;
  *draft = g_steal_pointer (&name);
  return TRUE;
}

gboolean
ent_draft_end (const char *draft,
               const char *path,
               gboolean    is_good,
               GError    **error)
{
  gboolean done = is_good && publish (draft, path, error);

  remove_with_companions (draft);
  return done;
}
