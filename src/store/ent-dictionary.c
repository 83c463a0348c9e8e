/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-columns-private.h"

#define FIRST_SLOTS 64

EntDictionary *
ent_dictionary_new (void)
{
  EntDictionary *self = g_new0 (EntDictionary, 1);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->texts, NULL);
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint16, self->n_slots);
  self->hashes = g_new0 (guint32, self->n_slots);
  return self;
}

void
ent_dictionary_free (EntDictionary *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->texts);
  g_free (self->slots);
  g_free (self->hashes);
  g_free (self);
}

/* FNV-1a with a final mix: texts are short. */
static guint32
hash_text (const char *text,
           gsize       length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * 16777619u;
  return hash ^ (hash >> 15);
}

static void
grow (EntDictionary *self)
{
  gsize mask;

  self->n_slots *= 2;
  mask = self->n_slots - 1;
  g_free (self->slots);
  self->slots = g_new0 (guint16, self->n_slots);
  self->hashes = g_renew (guint32, self->hashes, self->n_slots);
  for (guint code = 1; code < self->texts->len; code++)
    {
      gsize slot = self->hashes[code] & mask;

      while (self->slots[slot] != 0)
        slot = (slot + 1) & mask;
      self->slots[slot] = (guint16) code;
    }
}

guint
ent_dictionary_add (EntDictionary *self,
                    const char    *text,
                    gsize          length)
{
  guint32 hash = hash_text (text, length);
  gsize mask = self->n_slots - 1, slot;
  guint code;

  for (slot = hash & mask; (code = self->slots[slot]) != 0; slot = (slot + 1) & mask)
    if (self->hashes[code] == hash && strncmp (self->texts->pdata[code], text, length) == 0 &&
        ((const char *) self->texts->pdata[code])[length] == '\0')
      return code;
  code = self->texts->len;
  if (code > ENT_DICTIONARY_MAX)
    return 0;
  g_ptr_array_add (self->texts, g_strndup (text, length));
  self->hashes[code] = hash;
  self->slots[slot] = (guint16) code;
  /* Half empty, so that probes stay short. */
  if (self->texts->len * 2 > self->n_slots)
    grow (self);
  return code;
}
