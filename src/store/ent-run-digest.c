/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-run-digest.h"

#include <openssl/evp.h>
#include <string.h>

#define BUFFER_SIZE (128 * 1024)
#define N_BUFFERS 3
#define HEAD_SIZE (sizeof (guint32) + 1 + sizeof (guint64)) /* of a value */

typedef struct
{
  guint8 bytes[BUFFER_SIZE];
  gsize  length;
  gboolean is_last; /* the thread ends */
} Buffer;

struct _EntRunDigest
{
  EVP_MD_CTX  *context;
  Buffer      *current;
  GThread     *thread; /* (nullable) */
  GAsyncQueue *full;
  GAsyncQueue *empty;
};

static gpointer
digest_thread (gpointer data)
{
  EntRunDigest *self = data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Buffer *buffer = g_async_queue_pop (self->full);

      is_last = buffer->is_last;
      EVP_DigestUpdate (self->context, buffer->bytes, buffer->length);
      g_async_queue_push (self->empty, buffer);
    }
  return NULL;
}

EntRunDigest *
ent_run_digest_new (gboolean has_thread)
{
  EntRunDigest *self = g_new0 (EntRunDigest, 1);

  self->context = EVP_MD_CTX_new ();
  self->current = g_new (Buffer, 1);
  self->current->length = 0;
  self->current->is_last = FALSE;
  if (!has_thread)
    return self;
  self->full = g_async_queue_new ();
  self->empty = g_async_queue_new ();
  for (guint i = 1; i < N_BUFFERS; i++)
    {
      Buffer *buffer = g_new (Buffer, 1);

      buffer->is_last = FALSE;
      g_async_queue_push (self->empty, buffer);
    }
  self->thread = g_thread_new ("ent-digest", digest_thread, self);
  return self;
}

static void
flush (EntRunDigest *self)
{
  if (self->thread != NULL)
    {
      g_async_queue_push (self->full, self->current);
      self->current = g_async_queue_pop (self->empty);
    }
  else
    EVP_DigestUpdate (self->context, self->current->bytes, self->current->length);
  self->current->length = 0;
}

/* Until the thread has nothing to do: all other buffers are empty then. */
static void
wait_for_thread (EntRunDigest *self)
{
  Buffer *buffers[N_BUFFERS - 1];

  if (self->thread == NULL)
    return;
  for (guint i = 0; i < N_BUFFERS - 1; i++)
    buffers[i] = g_async_queue_pop (self->empty);
  for (guint i = 0; i < N_BUFFERS - 1; i++)
    g_async_queue_push (self->empty, buffers[i]);
}

void
ent_run_digest_free (EntRunDigest *self)
{
  if (self->thread != NULL)
    {
      Buffer *buffer;

      self->current->is_last = TRUE;
      g_async_queue_push (self->full, g_steal_pointer (&self->current));
      g_thread_join (self->thread);
      while ((buffer = g_async_queue_try_pop (self->empty)) != NULL)
        g_free (buffer);
      g_async_queue_unref (self->full);
      g_async_queue_unref (self->empty);
    }
  g_free (self->current);
  EVP_MD_CTX_free (self->context);
  g_free (self);
}

void
ent_run_digest_begin (EntRunDigest *self)
{
  wait_for_thread (self);
  self->current->length = 0;
  EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL);
}

void
ent_run_digest_add (EntRunDigest *self,
                    const void   *bytes,
                    gsize         length)
{
  while (length > BUFFER_SIZE - self->current->length)
    {
      gsize n = BUFFER_SIZE - self->current->length;

      memcpy (self->current->bytes + self->current->length, bytes, n);
      self->current->length += n;
      bytes = (const guint8 *) bytes + n;
      length -= n;
      flush (self);
    }
  memcpy (self->current->bytes + self->current->length, bytes, length);
  self->current->length += length;
}

void
ent_run_digest_add_number (EntRunDigest *self,
                           guint64       number)
{
  number = GUINT64_TO_LE (number);
  ent_run_digest_add (self, &number, sizeof number);
}

void
ent_run_digest_add_value (EntRunDigest *self,
                          guint32       tag,
                          EntPackedKind kind,
                          guint64       number,
                          const char   *text,
                          gsize         length)
{
  guint8 *head;

  if (BUFFER_SIZE - self->current->length < HEAD_SIZE)
    flush (self);
  tag = GUINT32_TO_LE (tag);
  number = GUINT64_TO_LE (number);
  head = self->current->bytes + self->current->length;
  memcpy (head, &tag, sizeof tag);
  head[sizeof tag] = (guint8) kind;
  memcpy (head + sizeof tag + 1, &number, sizeof number);
  self->current->length += HEAD_SIZE;
  if (length > 0)
    ent_run_digest_add (self, text, length);
}

void
ent_run_digest_end (EntRunDigest *self,
                    guint8       *digest)
{
  flush (self);
  wait_for_thread (self);
  EVP_DigestFinal_ex (self->context, digest, NULL);
}
