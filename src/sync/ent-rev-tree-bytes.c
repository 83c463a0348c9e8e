/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-rev-tree-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The stored form of a tree:
 *
 *   1 byte   FORMAT
 *   number   how many revisions, in the order of ent_rev_compare(); of each
 *     number   generation, less that of the one before
 *     1 byte   EntRevFlags, HAS_PARENT, HAS_SEQ
 *     16 bytes hash
 *     number   how many revisions back its parent is, when HAS_PARENT
 *     number   its seq, when HAS_SEQ
 *
 * A number has seven bits in each byte, the lowest first, and the top bit of every byte but the last. */

#define FORMAT     1
#define FLAGS      (ENT_REV_DELETED | ENT_REV_CONFIRMED)
#define HAS_PARENT 0x40
#define HAS_SEQ    0x80

static void
append_number (GByteArray *bytes,
               guint64     number)
{
  guint8 byte;

  for (; number >= 0x80; number >>= 7)
    {
      byte = (guint8) (number | 0x80);
      g_byte_array_append (bytes, &byte, 1);
    }
  byte = (guint8) number;
  g_byte_array_append (bytes, &byte, 1);
}

static void
append_node (GByteArray       *bytes,
             const EntRevNode *node,
             guint             index)
{
  guint8 bits = (guint8) node->info.flags;

  if (node->parent != ENT_REV_NO_PARENT)
    bits |= HAS_PARENT;
  if (node->info.seq != 0)
    bits |= HAS_SEQ;
  g_byte_array_append (bytes, &bits, 1);
  g_byte_array_append (bytes, node->info.rev.hash.bytes, sizeof node->info.rev.hash.bytes);
  if (node->parent != ENT_REV_NO_PARENT)
    append_number (bytes, index - node->parent);
  if (node->info.seq != 0)
    append_number (bytes, node->info.seq);
}

GBytes *
ent_rev_tree_to_bytes (const EntRevTree *self)
{
  GByteArray *bytes = g_byte_array_sized_new (2 + 22 * self->nodes->len);
  const guint8 format = FORMAT;
  guint32 generation = 0;

  g_byte_array_append (bytes, &format, 1);
  append_number (bytes, self->nodes->len);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const EntRevNode *node = &g_array_index (self->nodes, EntRevNode, i);

      append_number (bytes, node->info.rev.generation - generation);
      append_node (bytes, node, i);
      generation = node->info.rev.generation;
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* --- Reading ---------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *p;
  const guint8 *end;
} Reader;

static gboolean
read_number (Reader  *reader,
             guint64 *number)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && reader->p < reader->end; shift += 7)
    {
      guint64 bits = *reader->p & 0x7f;

      if (shift == 63 && bits > 1)
        return FALSE;
      value |= bits << shift;
      if ((*reader->p++ & 0x80) == 0)
        {
          *number = value;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_generation (Reader  *reader,
                 guint32  before,
                 guint32 *generation)
{
  guint64 step;

  if (!read_number (reader, &step) || step > G_MAXUINT32 - before || before + step == 0)
    return FALSE;
  *generation = before + (guint32) step;
  return TRUE;
}

static gboolean
read_parent (Reader           *reader,
             const EntRevTree *tree,
             EntRevNode       *node)
{
  guint64 back;

  if (!read_number (reader, &back) || back == 0 || back > tree->nodes->len)
    return FALSE;
  node->parent = tree->nodes->len - (guint32) back;
  return g_array_index (tree->nodes, EntRevNode, node->parent).info.rev.generation == node->info.rev.generation - 1;
}

static gboolean
read_node (Reader     *reader,
           EntRevTree *tree)
{
  EntRevNode node = { .parent = ENT_REV_NO_PARENT };
  guint n = tree->nodes->len;
  const EntRev *before = n > 0 ? &g_array_index (tree->nodes, EntRevNode, n - 1).info.rev : NULL;
  guint8 bits;

  if (!read_generation (reader, before != NULL ? before->generation : 0, &node.info.rev.generation))
    return FALSE;
  if ((gsize) (reader->end - reader->p) < 1 + sizeof node.info.rev.hash.bytes)
    return FALSE;
  bits = *reader->p++;
  memcpy (node.info.rev.hash.bytes, reader->p, sizeof node.info.rev.hash.bytes);
  reader->p += sizeof node.info.rev.hash.bytes;
  if ((bits & ~(FLAGS | HAS_PARENT | HAS_SEQ)) != 0 || (before != NULL && ent_rev_compare (before, &node.info.rev) >= 0))
    return FALSE;
  node.info.flags = bits & FLAGS;
  if ((bits & HAS_PARENT) != 0 && !read_parent (reader, tree, &node))
    return FALSE;
  if ((bits & HAS_SEQ) != 0 && (!read_number (reader, &node.info.seq) || node.info.seq == 0))
    return FALSE;
  g_array_append_val (tree->nodes, node);
  return TRUE;
}

static gboolean
read_nodes (Reader     *reader,
            EntRevTree *tree)
{
  guint64 count;

  if (reader->p == reader->end || *reader->p++ != FORMAT || !read_number (reader, &count))
    return FALSE;
  while (tree->nodes->len < count)
    if (!read_node (reader, tree))
      return FALSE;
  return reader->p == reader->end;
}

EntRevTree *
ent_rev_tree_new_from_bytes (GBytes  *bytes,
                             GError **error)
{
  g_autoptr (EntRevTree) self = ent_rev_tree_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Reader reader = { data, size > 0 ? data + size : data };

  if (read_nodes (&reader, self))
    return g_steal_pointer (&self);
  g_set_error (error, ENT_REV_ERROR, ENT_REV_ERROR_MALFORMED,
               _("The stored history of a document is damaged or of a newer version; check the workspace with "
                 "“entente-cli check” or open it with that version."));
  return NULL;
}
