/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sync_file_range() */
#include "config.h"

#include "store/ent-wal-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

/* A shim as described in "The SQLite OS Interface or VFS", section 2.3; other files than the log are SQLite's own. Only
 * the writer's connection has one, and it is read through the same file, so that whatever is not yet written is
 * written before it could be missed. */

#define SPAN (32 * 1024 * 1024) /* that the disk is asked to write at once */
#define NO_MORE GSIZE_TO_POINTER (G_MAXSIZE)
#define BUFFER_SIZE (112 * 1024) /* SQLite's own way writes no more than 128 KiB at once */

typedef struct
{
  sqlite3_file file;
  guint8      *buffer; /* (nullable): written straight through */
  gint64       offset; /* of the buffer in the file */
  gsize        length;

  GThread     *thread;  /* that has the disk write early (nullable) */
  GAsyncQueue *ends;    /* up to where it may: in spans, or NO_MORE */
  gint64       n_spans; /* that it was told of */
  int          disk;    /* its descriptor of the same file */
} WalFile;

static sqlite3_vfs *system_vfs;

/* SQLite's file stands behind ours. */
static sqlite3_file *
real (WalFile *self)
{
  return (sqlite3_file *) (self + 1);
}

static int
write_through (WalFile    *self,
               const void *bytes,
               int         length,
               gint64      offset)
{
  return real (self)->pMethods->xWrite (real (self), bytes, length, offset);
}

/* --- Early writing -------------------------------------------------------------------------------- */

/* Only begins to write, in a thread as the disk's queue may be full. Whether it can is for xSync() to tell. */
static gpointer
write_early (gpointer data)
{
  WalFile *self = data;
  gsize from = 0;
  gpointer end;

  while ((end = g_async_queue_pop (self->ends)) != NO_MORE)
    {
      gsize to = GPOINTER_TO_SIZE (end);

#ifdef SYNC_FILE_RANGE_WRITE
      sync_file_range (self->disk, (off_t) (from * SPAN), (off_t) ((to - from) * SPAN), SYNC_FILE_RANGE_WRITE);
#endif
      from = to;
    }
  return NULL;
}

/* SQLite locks the workspace and its index, never the log: closing a second descriptor of it gives up nothing. */
static void
start_thread (WalFile    *self,
              const char *path)
{
  self->disk = open (path, O_WRONLY | O_CLOEXEC);
  if (self->disk < 0)
    return;
  self->ends = g_async_queue_new ();
  self->n_spans = 0;
  self->thread = g_thread_new ("ent-early", write_early, self);
}

static void
stop_thread (WalFile *self)
{
  if (self->thread == NULL)
    return;
  g_async_queue_push (self->ends, NO_MORE);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->ends, g_async_queue_unref);
  g_clear_fd (&self->disk, NULL);
}

static void
forget (WalFile *self)
{
  stop_thread (self);
  g_clear_pointer (&self->buffer, g_free);
  self->length = 0;
}

/* --- Methods -------------------------------------------------------------------------------------- */

/* After a failure the transaction is rolled back: its bytes must not be written later. */
static int
flush (WalFile *self)
{
  gsize length = self->length;

  if (self->thread != NULL && self->offset / SPAN > self->n_spans)
    {
      self->n_spans = self->offset / SPAN;
      g_async_queue_push (self->ends, GSIZE_TO_POINTER ((gsize) self->n_spans));
    }
  self->length = 0;
  return length > 0 ? write_through (self, self->buffer, (int) length, self->offset) : SQLITE_OK;
}

static int
close_file (sqlite3_file *file)
{
  WalFile *self = (WalFile *) file;

  forget (self);
  return real (self)->pMethods->xClose (real (self));
}

static int
read_file (sqlite3_file *file,
           void         *bytes,
           int           length,
           sqlite3_int64 offset)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? real (self)->pMethods->xRead (real (self), bytes, length, offset) : code;
}

static int
write_file (sqlite3_file *file,
            const void   *bytes,
            int           length,
            sqlite3_int64 offset)
{
  WalFile *self = (WalFile *) file;
  const guint8 *from = bytes;
  int code = SQLITE_OK;

  if (self->buffer == NULL)
    return write_through (self, bytes, length, offset);
  if (self->length > 0 && offset != self->offset + (gint64) self->length)
    code = flush (self);
  for (gsize left = (gsize) length, n; left > 0 && code == SQLITE_OK; left -= n)
    {
      if (self->length == 0)
        self->offset = offset + (from - (const guint8 *) bytes);
      n = MIN (left, BUFFER_SIZE - self->length);
      memcpy (self->buffer + self->length, from, n);
      self->length += n;
      from += n;
      if (self->length == BUFFER_SIZE)
        code = flush (self);
    }
  return code;
}

static int
truncate_file (sqlite3_file *file,
               sqlite3_int64 size)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? real (self)->pMethods->xTruncate (real (self), size) : code;
}

static int
sync_file (sqlite3_file *file,
           int           flags)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? real (self)->pMethods->xSync (real (self), flags) : code;
}

static int
get_size (sqlite3_file  *file,
          sqlite3_int64 *size)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? real (self)->pMethods->xFileSize (real (self), size) : code;
}

static int
lock_file (sqlite3_file *file,
           int           level)
{
  WalFile *self = (WalFile *) file;

  return real (self)->pMethods->xLock (real (self), level);
}

static int
unlock_file (sqlite3_file *file,
             int           level)
{
  WalFile *self = (WalFile *) file;

  return real (self)->pMethods->xUnlock (real (self), level);
}

static int
check_lock (sqlite3_file *file,
            int          *is_locked)
{
  WalFile *self = (WalFile *) file;

  return real (self)->pMethods->xCheckReservedLock (real (self), is_locked);
}

static int
control_file (sqlite3_file *file,
              int           operation,
              void         *argument)
{
  WalFile *self = (WalFile *) file;

  return real (self)->pMethods->xFileControl (real (self), operation, argument);
}

static int
get_sector_size (sqlite3_file *file)
{
  WalFile *self = (WalFile *) file;

  return real (self)->pMethods->xSectorSize (real (self));
}

static int
get_characteristics (sqlite3_file *file)
{
  WalFile *self = (WalFile *) file;

  return real (self)->pMethods->xDeviceCharacteristics (real (self));
}

static const sqlite3_io_methods methods =
{
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
};

/* --- Opening -------------------------------------------------------------------------------------- */

static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  WalFile *self = (WalFile *) file;
  int code;

  if ((flags & SQLITE_OPEN_WAL) == 0)
    return system_vfs->xOpen (system_vfs, name, file, flags, out_flags);
  *self = (WalFile) { 0 };
  code = system_vfs->xOpen (system_vfs, name, real (self), flags, out_flags);
  if (real (self)->pMethods != NULL)
    file->pMethods = &methods;
  return code;
}

const char *
ent_wal_file_get_vfs (void)
{
  static sqlite3_vfs own;
  static gsize is_ready;

  if (g_once_init_enter (&is_ready))
    {
      system_vfs = sqlite3_vfs_find (NULL);
      own = *system_vfs;
      own.zName = "entente";
      own.szOsFile = (int) sizeof (WalFile) + system_vfs->szOsFile;
      own.xOpen = open_file;
      sqlite3_vfs_register (&own, FALSE);
      g_once_init_leave (&is_ready, 1);
    }
  return own.zName;
}

/* --- A large transaction -------------------------------------------------------------------------- */

/* NULL: there is no log, or not by our way. */
static WalFile *
get_log (sqlite3 *db)
{
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK || file == NULL ||
      file->pMethods != &methods)
    return NULL;
  return (WalFile *) file;
}

/* SQLite may roll back by itself, and others may write from then on. */
static void
rolled_back (void *data)
{
  ((WalFile *) data)->length = 0;
}

void
ent_wal_file_begin (sqlite3 *db)
{
  WalFile *self = get_log (db);

  if (self == NULL || self->buffer != NULL)
    return;
  self->buffer = g_malloc (BUFFER_SIZE);
  self->length = 0;
  sqlite3_rollback_hook (db, rolled_back, self);
  start_thread (self, sqlite3_filename_wal (sqlite3_db_filename (db, "main")));
}

void
ent_wal_file_end (sqlite3 *db)
{
  WalFile *self = get_log (db);

  if (self == NULL)
    return;
  sqlite3_rollback_hook (db, NULL, NULL);
  forget (self);
}
