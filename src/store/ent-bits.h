/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/** A set of row numbers, one bit each. Zero-initialised it is empty. */
typedef struct
{
  guint64 *words;
  gsize    n_words;
} EntBits;

static inline void
ent_bits_init (EntBits *self,
               gsize    n_rows)
{
  self->n_words = (n_rows + 63) / 64;
  self->words = g_new0 (guint64, MAX (self->n_words, 1));
}

static inline void
ent_bits_clear (EntBits *self)
{
  g_clear_pointer (&self->words, g_free);
  self->n_words = 0;
}

static inline gboolean
ent_bits_get (const EntBits *self,
              gint64         row)
{
  return row >= 0 && (gsize) row / 64 < self->n_words && (self->words[row / 64] >> (row % 64) & 1) != 0;
}

/** Grows as needed. */
static inline void
ent_bits_set (EntBits *self,
              gsize    row)
{
  if (row / 64 >= self->n_words)
    {
      gsize n_words = MAX (row / 64 + 1, self->n_words + self->n_words / 2);

      self->words = g_renew (guint64, self->words, n_words);
      memset (self->words + self->n_words, 0, (n_words - self->n_words) * sizeof (guint64));
      self->n_words = n_words;
    }
  self->words[row / 64] |= G_GUINT64_CONSTANT (1) << (row % 64);
}

static inline void
ent_bits_unset (EntBits *self,
                gsize    row)
{
  if (row / 64 < self->n_words)
    self->words[row / 64] &= ~(G_GUINT64_CONSTANT (1) << (row % 64));
}

/** Keeps the rows that are in @other too, which may be shorter. */
static inline void
ent_bits_and (EntBits       *self,
              const EntBits *other)
{
  gsize n = MIN (self->n_words, other->n_words);

  for (gsize i = 0; i < n; i++)
    self->words[i] &= other->words[i];
  memset (self->words + n, 0, (self->n_words - n) * sizeof (guint64));
}

/** Adds the rows of @other that @self has room for. */
static inline void
ent_bits_or (EntBits       *self,
             const EntBits *other)
{
  gsize n = MIN (self->n_words, other->n_words);

  for (gsize i = 0; i < n; i++)
    self->words[i] |= other->words[i];
}

static inline void
ent_bits_invert (EntBits *self)
{
  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] = ~self->words[i];
}

static inline gsize
ent_bits_count (const EntBits *self)
{
  gsize count = 0;

  for (gsize i = 0; i < self->n_words; i++)
    count += (gsize) __builtin_popcountll (self->words[i]);
  return count;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntBits, ent_bits_clear)

G_END_DECLS
