/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-search-private.h"
#include "store/ent-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEADER_SIZE 100
#define PAGE_SIZE 4096
#define APPLICATION_ID_OFFSET 68

/* --- What kind of file it is ---------------------------------------------------------------------- */

static gboolean
fail_foreign (const char *path,
              GError    **error)
{
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FOREIGN,
               _("“%s” is not a workspace of Entente; choose another file."), path);
  return FALSE;
}

static gboolean
fail_no_file (const char *path,
              int         reason,
              GError    **error)
{
  if (reason == ENOENT || reason == ENOTDIR)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                 _("There is no file “%s”; check the name, or make a new workspace."), path);
  else
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                 _("“%s” cannot be opened (%s); check the permissions of the file."), path,
                 g_strerror (reason));
  return FALSE;
}

/* Reads the first page, or what there is of it. */
static gboolean
read_start (const char *path,
            guint8      page[PAGE_SIZE],
            gsize      *size,
            GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int reason;

  *size = 0;
  if (fd < 0)
    return fail_no_file (path, errno, error);
  while (*size < PAGE_SIZE)
    {
      ssize_t n = read (fd, page + *size, PAGE_SIZE - *size);

      if (n < 0 && errno == EINTR)
        continue;
      reason = errno;
      if (n < 0)
        {
          close (fd);
          return fail_no_file (path, reason, error);
        }
      if (n == 0)
        break;
      *size += (gsize) n;
    }
  close (fd);
  return TRUE;
}

/* An encrypted page cannot be told from noise, so a page that is plainly not noise is not one: its byte
 * frequencies then differ from equal ones by far more than chance allows. Chi-squared over 255 degrees
 * of freedom has mean 255 and deviation 23; any text, and most formats' headers, exceed 10,000. */
static gboolean
looks_random (const guint8 page[PAGE_SIZE])
{
  guint counts[256] = { 0 };
  double chi_squared = 0;

  for (gsize i = 0; i < PAGE_SIZE; i++)
    counts[page[i]]++;
  for (gsize i = 0; i < 256; i++)
    chi_squared += (counts[i] - 16.0) * (counts[i] - 16.0) / 16.0;
  return chi_squared < 600;
}

gboolean
ent_store_probe (const char *path,
                 gboolean   *is_encrypted,
                 GError    **error)
{
  guint8 page[PAGE_SIZE];
  guint32 application_id;
  gsize size;

  if (!read_start (path, page, &size, error))
    return FALSE;
  if (size >= HEADER_SIZE && memcmp (page, "SQLite format 3", 16) == 0)
    {
      memcpy (&application_id, page + APPLICATION_ID_OFFSET, sizeof application_id);
      *is_encrypted = FALSE;
      return GUINT32_FROM_BE (application_id) == ENT_STORE_APPLICATION_ID ||
             fail_foreign (path, error);
    }
  *is_encrypted = TRUE;
  return (size == PAGE_SIZE && looks_random (page)) || fail_foreign (path, error);
}

/* --- Creating ------------------------------------------------------------------------------------- */

static gboolean
fill_file (const char        *path,
           const EntStoreKey *key,
           GError           **error)
{
  EntConnection *connection = ent_connection_open (path, key, FALSE, error);
  gboolean done;

  if (connection == NULL)
    return FALSE;
  done = ent_migrate (connection, error) &&
         ent_connection_exec (connection, "PRAGMA wal_checkpoint(TRUNCATE)", error);
  ent_connection_free (connection);
  return done;
}

EntStore *
ent_store_create (const char        *path,
                  const EntStoreKey *key,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_autofree char *draft = NULL;
  gboolean done;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !ent_draft_begin (path, &draft, error))
    return NULL;
  done = ent_draft_end (draft, path, fill_file (draft, key, error), error);
  return done ? ent_store_open (path, key, ENT_STORE_OPEN_DEFAULT, cancellable, error) : NULL;
}

/* --- Opening -------------------------------------------------------------------------------------- */

static gboolean
check_key_is_given (const char        *path,
                    const EntStoreKey *key,
                    GError           **error)
{
  gboolean is_encrypted;

  if (!ent_store_probe (path, &is_encrypted, error))
    return FALSE;
  if (is_encrypted == (key != NULL))
    return TRUE;
  if (is_encrypted)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NEEDS_KEY,
                 _("“%s” is encrypted; enter its recovery key or name its key file."), path);
  else
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_WRONG_KEY,
                 _("“%s” is not encrypted; open it without a key."), path);
  return FALSE;
}

static gboolean
check_identity (EntStore      *self,
                EntConnection *connection,
                GError       **error)
{
  gint64 application_id;
  gint64 version;

  if (!ent_read_int (connection, "PRAGMA application_id", 0, &application_id, error) ||
      !ent_read_int (connection, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (application_id != ENT_STORE_APPLICATION_ID || version < 1)
    return fail_foreign (self->path, error);
  if (version <= ENT_STORE_VERSION)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NEWER,
               _("“%s” was made by a newer version of Entente; update Entente to open it."),
               self->path);
  return FALSE;
}

static gboolean
check_is_current (EntStore      *self,
                  EntConnection *connection,
                  GError       **error)
{
  gboolean is_current;

  if (!ent_migrate_is_current (connection, &is_current, error))
    return FALSE;
  if (is_current)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY,
               _("“%s” was made by an older version of Entente and must be brought up to date; open it"
                 " once where it can be written."), self->path);
  return FALSE;
}

static gboolean
take_identity (EntStore      *self,
               EntConnection *connection,
               GError       **error)
{
  g_autofree char *id = ent_read_setting (connection, "id");

  if (id != NULL && ent_id_parse (&self->id, id))
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
               _("“%s” is damaged; restore a backup or recover what can be read."), self->path);
  return FALSE;
}

static gboolean
prepare_store (EntStore      *self,
               EntConnection *connection,
               GError       **error)
{
  return check_identity (self, connection, error) &&
         (self->read_only ? check_is_current (self, connection, error)
                          : ent_migrate (connection, error)) &&
         take_identity (self, connection, error) &&
         ent_store_reload_schema (self, connection, error);
}

EntStore *
ent_store_open (const char        *path,
                const EntStoreKey *key,
                EntStoreOpenFlags  flags,
                GCancellable      *cancellable,
                GError           **error)
{
  g_autoptr (EntStore) self = NULL;
  EntConnection *connection;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !check_key_is_given (path, key, error))
    return NULL;
  self = g_object_new (ENT_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->has_key = key != NULL;
  self->read_only = (flags & ENT_STORE_OPEN_READ_ONLY) != 0;
  if (key != NULL)
    self->key = *key;
  connection = ent_connection_open (path, key, self->read_only, error);
  if (connection == NULL)
    return NULL;
  if (!prepare_store (self, connection, error))
    {
      ent_connection_free (connection);
      return NULL;
    }
  if (self->read_only)
    g_queue_push_head (&self->readers, connection);
  else
    self->writer = ent_writer_new (self, connection);
  self->watch = ent_watch_new (self);
  ent_search_start (self);
  return g_steal_pointer (&self);
}
