/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-text-stream.h"

#include <string.h>

#include "exchange/ent-csv-scanner.h"

#define REPLACEMENT "\357\277\275"

struct _EntTextStream
{
  GInputStream *input;
  const char   *encoding;
  GConverter   *converter; /* NULL: the input is UTF-8 already */
  guint8       *raw;       /* of a converter: bytes not yet converted */
  gsize         n_raw;
  char         *buffer;    /* capacity + ENT_CSV_PADDING bytes */
  gsize         capacity;
  gsize         begin;     /* of the window */
  gsize         end;       /* of the window: all before it is checked */
  gsize         n_tail;    /* bytes behind the end that may begin a character */
  gsize         chunk;
  guint64       position;
  gboolean      eof;
  gboolean      replaced;
  gboolean      started;
};

static GConverter *
make_converter (const char *encoding,
                GError    **error)
{
  GCharsetConverter *converter;

  converter = g_charset_converter_new ("UTF-8", encoding, error);
  return converter != NULL ? G_CONVERTER (converter) : NULL;
}

EntTextStream *
ent_text_stream_new (GInputStream *input,
                     const char   *encoding,
                     gsize         window,
                     GError      **error)
{
  g_autoptr (EntTextStream) self = g_new0 (EntTextStream, 1);

  self->input = g_object_ref (input);
  self->encoding = encoding;
  self->chunk = window;
  self->capacity = window * 2;
  self->buffer = g_malloc0 (self->capacity + ENT_CSV_PADDING);
  if (g_strcmp0 (encoding, "UTF-8") != 0)
    {
      self->converter = make_converter (encoding, error);
      if (self->converter == NULL)
        return NULL;
      self->raw = g_malloc (window);
    }
  return g_steal_pointer (&self);
}

void
ent_text_stream_free (EntTextStream *self)
{
  g_clear_object (&self->input);
  g_clear_object (&self->converter);
  g_free (self->raw);
  g_free (self->buffer);
  g_free (self);
}

char *
ent_text_stream_get (EntTextStream *self,
                     gsize         *length)
{
  *length = self->end - self->begin;
  return self->buffer + self->begin;
}

gboolean
ent_text_stream_is_at_end (EntTextStream *self)
{
  return self->eof;
}

void
ent_text_stream_consume (EntTextStream *self,
                         gsize          length)
{
  self->begin += length;
}

guint64
ent_text_stream_get_position (EntTextStream *self)
{
  return self->position;
}

gboolean
ent_text_stream_has_replaced (EntTextStream *self)
{
  return self->replaced;
}

/* Room for @size more bytes behind the tail. */
static char *
make_room (EntTextStream *self,
           gsize          size)
{
  gsize used = self->end + self->n_tail - self->begin;

  if (self->begin > 0)
    {
      memmove (self->buffer, self->buffer + self->begin, used);
      self->end -= self->begin;
      self->begin = 0;
    }
  if (used + size > self->capacity)
    {
      self->capacity = (used + size) * 2;
      self->buffer = g_realloc (self->buffer, self->capacity + ENT_CSV_PADDING);
    }
  return self->buffer + used;
}

static gsize
drop_nuls (char *text,
           gsize length)
{
  char *first = memchr (text, '\0', length);
  gsize out;

  if (G_LIKELY (first == NULL))
    return length;
  out = (gsize) (first - text);
  for (gsize i = out; i < length; i++)
    if (text[i] != '\0')
      text[out++] = text[i];
  return out;
}

/* How many of the last bytes of @text begin a character that more bytes may finish. */
static gsize
count_unfinished (const char *text,
                  gsize       length)
{
  for (gsize n = 1; n <= 3 && n <= length; n++)
    {
      const char *last = text + length - n;

      if (((guchar) *last & 0xc0) != 0x80)
        return g_utf8_get_char_validated (last, (gssize) n) == (gunichar) -2 ? n : 0;
    }
  return 0;
}

/* Replaces what is no character in the tail, but for its last @n_keep bytes. */
static void
replace_tail (EntTextStream *self,
              gsize          n_keep)
{
  gsize n_bad = self->n_tail - n_keep;
  char kept[3];
  g_autofree char *repaired = NULL;
  gsize length;

  if (n_bad == 0)
    return;
  memcpy (kept, self->buffer + self->end + n_bad, n_keep);
  repaired = g_utf8_make_valid (self->buffer + self->end, (gssize) n_bad);
  length = strlen (repaired);
  self->n_tail = 0;
  memcpy (make_room (self, length + n_keep), repaired, length);
  self->end += length;
  memcpy (self->buffer + self->end, kept, n_keep);
  self->n_tail = n_keep;
  self->replaced = TRUE;
}

/* Checks the tail and moves the window over what is valid. Whatever cannot become a character by
 * more bytes is replaced. */
static void
accept_tail (EntTextStream *self)
{
  char *tail = self->buffer + self->end;
  const char *valid;
  gsize left;

  if (g_utf8_validate_len (tail, self->n_tail, &valid))
    {
      self->end += self->n_tail;
      self->n_tail = 0;
      return;
    }
  left = self->n_tail - (gsize) (valid - tail);
  self->end += self->n_tail - left;
  self->n_tail = left;
  replace_tail (self, self->eof ? 0 : count_unfinished (valid, left));
}

/* Reads up to @size bytes; 0 at the end, -1 on error. */
static gssize
read_input (EntTextStream *self,
            guint8        *bytes,
            gsize          size,
            GError       **error)
{
  gsize n_read;

  if (!g_input_stream_read_all (self->input, bytes, size, &n_read, NULL, error))
    return -1;
  self->eof = n_read < size;
  self->position += n_read;
  return (gssize) n_read;
}

/* Converts what is in `raw`; keeps what is the beginning of a character. */
static void
convert_raw (EntTextStream *self)
{
  gsize unit = g_str_has_prefix (self->encoding, "UTF-16") ? 2 : 1;
  gsize done = 0;

  while (done < self->n_raw)
    {
      gsize room = (self->n_raw - done) * 3 + 16;
      char *out = make_room (self, room);
      gsize n_in = 0, n_out = 0;
      g_autoptr (GError) error = NULL;
      GConverterResult result;

      result = g_converter_convert (self->converter, self->raw + done, self->n_raw - done, out,
                                    room,
                                    G_CONVERTER_NO_FLAGS, &n_in, &n_out, &error);
      if (result == G_CONVERTER_ERROR)
        {
          if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !self->eof)
            break;
          memcpy (out, REPLACEMENT, 3);
          n_out = 3;
          n_in = MIN (unit, self->n_raw - done);
          g_converter_reset (self->converter);
          self->replaced = TRUE;
        }
      done += n_in;
      self->n_tail += drop_nuls (out, n_out);
    }
  self->n_raw -= done;
  memmove (self->raw, self->raw + done, self->n_raw);
}

static gboolean
fill_converted (EntTextStream *self,
                GError       **error)
{
  gssize n_read = read_input (self, self->raw + self->n_raw, self->chunk - self->n_raw, error);

  if (n_read < 0)
    return FALSE;
  self->n_raw += (gsize) n_read;
  convert_raw (self);
  return TRUE;
}

static gboolean
fill_plain (EntTextStream *self,
            GError       **error)
{
  char *room = make_room (self, self->chunk);
  gssize n_read = read_input (self, (guint8 *) room, self->chunk, error);

  if (n_read < 0)
    return FALSE;
  self->n_tail += drop_nuls (room, (gsize) n_read);
  return TRUE;
}

gboolean
ent_text_stream_fill (EntTextStream *self,
                      GError       **error)
{
  if (self->converter != NULL ? !fill_converted (self, error) : !fill_plain (self, error))
    return FALSE;
  accept_tail (self);
  if (!self->started && self->end - self->begin >= 3)
    {
      self->started = TRUE;
      if (memcmp (self->buffer + self->begin, "\357\273\277", 3) == 0)
        self->begin += 3;
    }
  return TRUE;
}

gboolean
ent_text_stream_rewind (EntTextStream *self,
                        GError       **error)
{
  if (!g_seekable_seek (G_SEEKABLE (self->input), 0, G_SEEK_SET, NULL, error))
    return FALSE;
  if (self->converter != NULL)
    g_converter_reset (self->converter);
  self->begin = self->end = self->n_tail = self->n_raw = 0;
  self->position = 0;
  self->eof = self->started = FALSE;
  return TRUE;
}

GString *
ent_text_decode (const guint8 *bytes,
                 gsize         length,
                 const char   *encoding,
                 gsize         padding)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (EntTextStream) stream = NULL;
  GString *text = g_string_new (NULL);

  input = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  stream = ent_text_stream_new (input, encoding, length + 16, NULL);
  if (stream != NULL && ent_text_stream_fill (stream, NULL))
    {
      gsize n;
      const char *window = ent_text_stream_get (stream, &n);

      g_string_append_len (text, window, (gssize) n);
    }
  for (gsize i = 0; i < padding; i++)
    g_string_append_c (text, '\0');
  g_string_truncate (text, text->len - padding);
  return text;
}
