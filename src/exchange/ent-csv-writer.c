/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-csv-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "exchange/ent-table-source.h"

#define BUFFER_SIZE (64 * 1024)

/* --- Files that are whole or not there -------------------------------------------------------- */

struct _EntSafeFile
{
  char *path;
  char *temporary;
  int   fd;
  int   problem; /* errno of the first failure */
};

static gboolean
fail (EntSafeFile *self,
      int          code,
      GError     **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_WRITE,
               _("Cannot write “%s”: %s"), name, g_strerror (code));
  return FALSE;
}

EntSafeFile *
ent_safe_file_new (const char *path,
                   GError    **error)
{
  g_autoptr (EntSafeFile) self = g_new0 (EntSafeFile, 1);

  self->path = g_strdup (path);
  self->temporary = g_strconcat (path, ".XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fail (self, errno, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
ent_safe_file_free (EntSafeFile *self)
{
  if (self->fd >= 0)
    {
      close (self->fd);
      g_unlink (self->temporary);
    }
  g_free (self->path);
  g_free (self->temporary);
  g_free (self);
}

const char *
ent_safe_file_get_path (EntSafeFile *self)
{
  return self->temporary;
}

void
ent_safe_file_write (EntSafeFile *self,
                     const void  *bytes,
                     gsize        length)
{
  const char *p = bytes;

  while (length > 0 && self->problem == 0)
    {
      gssize n = write (self->fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          self->problem = errno;
          return;
        }
      p += n;
      length -= (gsize) n;
    }
}

gboolean
ent_safe_file_close (EntSafeFile *self,
                     GError     **error)
{
  if (self->problem == 0 && fsync (self->fd) < 0 && errno != EINVAL)
    self->problem = errno;
  if (self->problem == 0 && g_rename (self->temporary, self->path) < 0)
    self->problem = errno;
  if (self->problem != 0)
    return fail (self, self->problem, error);
  close (self->fd);
  self->fd = -1;
  return TRUE;
}

/* --- CSV -------------------------------------------------------------------------------------- */

struct _EntCsvWriter
{
  EntSafeFile *file;
  GString     *buffer;
  guint        n_cells; /* of the row */
};

EntCsvWriter *
ent_csv_writer_new (const char *path,
                    gboolean    with_bom,
                    GError    **error)
{
  EntSafeFile *file = ent_safe_file_new (path, error);
  EntCsvWriter *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (EntCsvWriter, 1);
  self->file = file;
  self->buffer = g_string_sized_new (BUFFER_SIZE + 4096);
  if (with_bom)
    g_string_append (self->buffer, "\357\273\277");
  return self;
}

void
ent_csv_writer_free (EntCsvWriter *self)
{
  ent_safe_file_free (self->file);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static void
append_quoted (EntCsvWriter *self,
               const char   *text,
               gsize         length)
{
  g_string_append_c (self->buffer, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (self->buffer, '"');
      g_string_append_c (self->buffer, text[i]);
    }
  g_string_append_c (self->buffer, '"');
}

static gboolean
needs_quotes (const char *text,
              gsize       length)
{
  return length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1]) ||
                        strcspn (text, ",;\t|\"\r\n") < length);
}

void
ent_csv_writer_add (EntCsvWriter *self,
                    const char   *text,
                    gssize        length)
{
  gsize n = text == NULL ? 0 : length < 0 ? strlen (text) : (gsize) length;

  if (self->n_cells++ > 0)
    g_string_append_c (self->buffer, ',');
  if (n == 0)
    return;
  if (needs_quotes (text, n))
    append_quoted (self, text, n);
  else
    g_string_append_len (self->buffer, text, (gssize) n);
}

/* Apostrophes in front of such a character are doubled up, so that taking one off gives the text
 * again. */
static gboolean
is_formula (const char *text)
{
  while (*text == '\'')
    text++;
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

void
ent_csv_writer_add_text (EntCsvWriter *self,
                         const char   *text)
{
  g_autofree char *safe = NULL;

  if (text != NULL && is_formula (text))
    text = safe = g_strconcat ("'", text, NULL);
  ent_csv_writer_add (self, text, -1);
}

void
ent_csv_writer_end_row (EntCsvWriter *self)
{
  /* A row that is one empty cell would be passed over as a blank line. */
  if (self->n_cells == 1 && (self->buffer->len == 0 ||
                             self->buffer->str[self->buffer->len - 1] == '\n'))
    g_string_append (self->buffer, "\"\"");
  g_string_append (self->buffer, "\r\n");
  self->n_cells = 0;
  if (self->buffer->len < BUFFER_SIZE)
    return;
  ent_safe_file_write (self->file, self->buffer->str, self->buffer->len);
  g_string_truncate (self->buffer, 0);
}

gboolean
ent_csv_writer_close (EntCsvWriter *self,
                      GError      **error)
{
  ent_safe_file_write (self->file, self->buffer->str, self->buffer->len);
  g_string_truncate (self->buffer, 0);
  return ent_safe_file_close (self->file, error);
}
