/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-rev-tree.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HASH_DIGITS (2 * sizeof (EntRevHash))

G_DEFINE_QUARK (ent-rev-error-quark, ent_rev_error)

/* --- Texts ------------------------------------------------------------------------------------ */

/* Lower case only: an upper case text would come back as another one. */
static int
get_digit (char c)
{
  return g_ascii_isupper (c) ? -1 : g_ascii_xdigit_value (c);
}

static gboolean
parse_hash (const char *text,
            EntRevHash *hash)
{
  EntRevHash parsed;

  for (gsize i = 0; i < sizeof parsed.bytes; i++)
    {
      int high = get_digit (text[2 * i]);
      int low = high >= 0 ? get_digit (text[2 * i + 1]) : -1;

      if (low < 0)
        return FALSE;
      parsed.bytes[i] = (guint8) (high << 4 | low);
    }
  if (text[HASH_DIGITS] != '\0')
    return FALSE;
  *hash = parsed;
  return TRUE;
}

static void
write_hash (const EntRevHash *hash,
            char              text[HASH_DIGITS + 1])
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < sizeof hash->bytes; i++)
    {
      text[2 * i] = digits[hash->bytes[i] >> 4];
      text[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
  text[HASH_DIGITS] = '\0';
}

gboolean
ent_rev_parse (const char *text,
               EntRev     *rev)
{
  guint64 generation = 0;
  EntRevHash hash;
  const char *p;

  if (*text < '1' || *text > '9')
    return FALSE;
  for (p = text; g_ascii_isdigit (*p) && generation <= G_MAXUINT32; p++)
    generation = 10 * generation + (guint64) (*p - '0');
  if (generation > G_MAXUINT32 || *p != '-' || !parse_hash (p + 1, &hash))
    return FALSE;
  rev->generation = (guint32) generation;
  rev->hash = hash;
  return TRUE;
}

void
ent_rev_to_text (const EntRev *rev,
                 char          text[ENT_REV_TEXT_SIZE])
{
  int length = g_snprintf (text, ENT_REV_TEXT_SIZE, "%u-", rev->generation);

  write_hash (&rev->hash, text + length);
}

int
ent_rev_compare (const EntRev *a,
                 const EntRev *b)
{
  if (a->generation != b->generation)
    return a->generation < b->generation ? -1 : 1;
  return memcmp (a->hash.bytes, b->hash.bytes, sizeof a->hash.bytes);
}

void
ent_rev_make (const EntRev *parent,
              gboolean      deleted,
              const char   *body,
              EntRev       *rev)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint32 generation = parent != NULL ? parent->generation : 0;
  char text[ENT_REV_TEXT_SIZE] = "";
  guint8 digest[32];
  gsize size = sizeof digest;

  if (parent != NULL)
    ent_rev_to_text (parent, text);
  g_checksum_update (checksum, (const guchar *) (deleted ? "1" : "0"), 1);
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  if (body != NULL)
    g_checksum_update (checksum, (const guchar *) body, (gssize) strlen (body));
  g_checksum_get_digest (checksum, digest, &size);
  rev->generation = generation < G_MAXUINT32 ? generation + 1 : generation;
  memcpy (rev->hash.bytes, digest, sizeof rev->hash.bytes);
}

/* --- Paths ------------------------------------------------------------------------------------ */

void
ent_rev_path_clear (EntRevPath *self)
{
  g_free (self->hashes);
  *self = (EntRevPath) ENT_REV_PATH_INIT;
}

void
ent_rev_path_get_rev (const EntRevPath *path,
                      EntRev           *rev)
{
  rev->generation = path->start;
  rev->hash = path->hashes[0];
}

static gboolean
fail (const char *what,
      GError    **error)
{
  g_set_error (error, ENT_REV_ERROR, ENT_REV_ERROR_MALFORMED,
               _("The history of a document cannot be read (%s); the document is left as it is until the server "
                 "sends it right."), what);
  return FALSE;
}

static gboolean
read_start (JsonObject *revisions,
            gint64     *start,
            GError    **error)
{
  JsonNode *node = json_object_get_member (revisions, "start");

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (_("it does not say which revision is its first"), error);
  *start = json_node_get_int (node);
  if (*start < 1 || *start > ENT_REV_MAX_GENERATION)
    return fail (_("the number of its first revision is not possible"), error);
  return TRUE;
}

static JsonArray *
read_ids (JsonObject *revisions,
          gint64      start,
          GError    **error)
{
  JsonNode *node = json_object_get_member (revisions, "ids");
  JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (ids != NULL && json_array_get_length (ids) > 0 && json_array_get_length (ids) <= start)
    return ids;
  fail (_("it does not list as many revisions as it has"), error);
  return NULL;
}

static gboolean
read_hash (JsonNode   *node,
           EntRevHash *hash,
           GError    **error)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING && parse_hash (json_node_get_string (node), hash))
    return TRUE;
  return fail (_("a revision is not written with 32 hexadecimal digits"), error);
}

gboolean
ent_rev_path_read_json (EntRevPath *path,
                        JsonNode   *revisions,
                        guint       limit,
                        GError    **error)
{
  g_auto (EntRevPath) read = ENT_REV_PATH_INIT;
  JsonObject *object = revisions != NULL && JSON_NODE_HOLDS_OBJECT (revisions) ? json_node_get_object (revisions) : NULL;
  JsonArray *ids;
  gint64 start;

  if (object == NULL)
    return fail (_("it is not there"), error);
  if (!read_start (object, &start, error))
    return FALSE;
  ids = read_ids (object, start, error);
  if (ids == NULL)
    return FALSE;
  read.start = (guint32) start;
  read.n_hashes = json_array_get_length (ids);
  if (limit > 0)
    read.n_hashes = MIN (read.n_hashes, limit);
  read.hashes = g_new (EntRevHash, read.n_hashes);
  for (guint i = 0; i < read.n_hashes; i++)
    if (!read_hash (json_array_get_element (ids, i), &read.hashes[i], error))
      return FALSE;
  ent_rev_path_clear (path);
  *path = read;
  read.hashes = NULL;
  return TRUE;
}

JsonObject *
ent_rev_path_to_json (const EntRevPath *path)
{
  JsonObject *object = json_object_new ();
  JsonArray *ids = json_array_sized_new (path->n_hashes);

  for (guint i = 0; i < path->n_hashes; i++)
    {
      char text[HASH_DIGITS + 1];

      write_hash (&path->hashes[i], text);
      json_array_add_string_element (ids, text);
    }
  json_object_set_int_member (object, "start", path->start);
  json_object_set_array_member (object, "ids", ids);
  return object;
}
