/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-drafts.h"

#include "widgets/ent-seal.h"

#include <glib/gstdio.h>

/* A draft file is a serialized a{sa{ss}}: record name → field → text; one file a workspace. */
#define DRAFTS_TYPE G_VARIANT_TYPE ("a{sa{ss}}")

/* Typing pauses: what was typed is on disk this long after the last key. */
#define WRITE_SECONDS 1

typedef struct
{
  char       *path;
  GHashTable *records; /* name → (field → text) */
  EntSeal     seal;
  gboolean    opened;
  gboolean    in_memory;
  gboolean    dirty;
} Book;

struct _EntDrafts
{
  GObject parent_instance;

  char       *folder;
  GHashTable *books; /* workspace id as text → Book */
  guint       write_id;
};

G_DEFINE_FINAL_TYPE (EntDrafts, ent_drafts, G_TYPE_OBJECT)

static void
book_free (gpointer data)
{
  Book *book = data;

  g_hash_table_unref (book->records);
  ent_seal_clear (&book->seal);
  g_free (book->path);
  g_free (book);
}

static GHashTable *
new_fields (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static Book *
find_book (EntDrafts   *self,
           const EntId *workspace)
{
  char id[ENT_ID_TEXT_LENGTH + 1];
  Book *book;

  ent_id_to_text (workspace, id);
  book = g_hash_table_lookup (self->books, id);
  if (book == NULL)
    {
      g_autofree char *name = g_strconcat (id, ".drafts", NULL);

      book = g_new0 (Book, 1);
      book->path = g_build_filename (self->folder, name, NULL);
      book->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_hash_table_unref);
      /* Until told that the workspace is a plain one, nothing of it goes to disk. */
      book->in_memory = TRUE;
      g_hash_table_insert (self->books, g_strdup (id), book);
    }
  return book;
}

static void
read_book (Book *book)
{
  g_autoptr (GBytes) bytes = ent_seal_read_file (&book->seal, book->path, NULL);
  g_autoptr (GVariant) variant = NULL;
  GVariantIter iter;
  const char *record;
  GVariant *fields;

  if (bytes == NULL)
    return;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (DRAFTS_TYPE, bytes, FALSE));
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &record, &fields))
    {
      GHashTable *table = new_fields ();
      GVariantIter field_iter;
      const char *field, *text;

      g_variant_iter_init (&field_iter, fields);
      while (g_variant_iter_loop (&field_iter, "{&s&s}", &field, &text))
        g_hash_table_insert (table, g_strdup (field), g_strdup (text));
      /* What was typed before the file was read is newer. */
      if (!g_hash_table_contains (book->records, record))
        g_hash_table_insert (book->records, g_strdup (record), table);
      else
        g_hash_table_unref (table);
    }
}

static GBytes *
serialize (Book *book)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) variant = NULL;
  GHashTableIter iter, field_iter;
  gpointer record, fields, field, text;

  g_variant_builder_init (&builder, DRAFTS_TYPE);
  g_hash_table_iter_init (&iter, book->records);
  while (g_hash_table_iter_next (&iter, &record, &fields))
    {
      g_variant_builder_open (&builder, G_VARIANT_TYPE ("{sa{ss}}"));
      g_variant_builder_add (&builder, "s", record);
      g_variant_builder_open (&builder, G_VARIANT_TYPE ("a{ss}"));
      g_hash_table_iter_init (&field_iter, fields);
      while (g_hash_table_iter_next (&field_iter, &field, &text))
        g_variant_builder_add (&builder, "{ss}", field, text);
      g_variant_builder_close (&builder);
      g_variant_builder_close (&builder);
    }
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_get_data_as_bytes (variant);
}

static void
write_book (EntDrafts *self,
            Book      *book)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (!book->dirty || book->in_memory)
    return;
  if (g_hash_table_size (book->records) == 0)
    {
      book->dirty = FALSE;
      g_unlink (book->path);
      return;
    }
  bytes = serialize (book);
  g_mkdir_with_parents (self->folder, 0700);
  if (ent_seal_write_file (&book->seal, book->path, bytes, &error))
    book->dirty = FALSE;
  else
    g_info ("Drafts could not be kept: %s", error->message);
}

static gboolean
write_cb (gpointer user_data)
{
  EntDrafts *self = user_data;

  self->write_id = 0;
  ent_drafts_flush (self);
  return G_SOURCE_REMOVE;
}

static void
mark_dirty (EntDrafts *self,
            Book      *book)
{
  book->dirty = TRUE;
  g_clear_handle_id (&self->write_id, g_source_remove);
  self->write_id = g_timeout_add_seconds (WRITE_SECONDS, write_cb, self);
}

static void
ent_drafts_dispose (GObject *object)
{
  EntDrafts *self = ENT_DRAFTS (object);

  g_clear_handle_id (&self->write_id, g_source_remove);
  ent_drafts_flush (self);

  G_OBJECT_CLASS (ent_drafts_parent_class)->dispose (object);
}

static void
ent_drafts_finalize (GObject *object)
{
  EntDrafts *self = ENT_DRAFTS (object);

  g_hash_table_unref (self->books);
  g_free (self->folder);

  G_OBJECT_CLASS (ent_drafts_parent_class)->finalize (object);
}

static void
ent_drafts_class_init (EntDraftsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ent_drafts_dispose;
  object_class->finalize = ent_drafts_finalize;
}

static void
ent_drafts_init (EntDrafts *self)
{
  self->books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, book_free);
}

EntDrafts *
ent_drafts_new (const char *folder)
{
  EntDrafts *self = g_object_new (ENT_TYPE_DRAFTS, NULL);

  if (folder != NULL)
    self->folder = g_strdup (folder);
  else
    self->folder = g_build_filename (g_get_user_state_dir (), "entente", "drafts", NULL);
  return self;
}

EntDrafts *
ent_drafts_get_default (void)
{
  static EntDrafts *drafts;

  if (drafts == NULL)
    drafts = ent_drafts_new (NULL);
  return drafts;
}

void
ent_drafts_open (EntDrafts    *self,
                 const EntId  *workspace,
                 gboolean      encrypted,
                 const guint8 *key)
{
  Book *book;

  g_return_if_fail (ENT_IS_DRAFTS (self));
  g_return_if_fail (workspace != NULL);

  book = find_book (self, workspace);
  if (book->opened)
    return;
  book->opened = TRUE;
  book->in_memory = encrypted && key == NULL;
  if (book->in_memory)
    return;
  if (encrypted)
    ent_seal_init (&book->seal, key, "entente drafts");
  read_book (book);
  if (book->dirty)
    mark_dirty (self, book);
}

void
ent_drafts_put (EntDrafts   *self,
                const EntId *workspace,
                const char  *record,
                const char  *field,
                const char  *text)
{
  Book *book;
  GHashTable *fields;

  g_return_if_fail (ENT_IS_DRAFTS (self));
  g_return_if_fail (workspace != NULL && record != NULL && field != NULL);

  if (text == NULL || *text == '\0')
    {
      ent_drafts_drop (self, workspace, record, field);
      return;
    }
  book = find_book (self, workspace);
  fields = g_hash_table_lookup (book->records, record);
  if (fields == NULL)
    {
      fields = new_fields ();
      g_hash_table_insert (book->records, g_strdup (record), fields);
    }
  if (g_strcmp0 (g_hash_table_lookup (fields, field), text) == 0)
    return;
  g_hash_table_insert (fields, g_strdup (field), g_strdup (text));
  mark_dirty (self, book);
}

char *
ent_drafts_get (EntDrafts   *self,
                const EntId *workspace,
                const char  *record,
                const char  *field)
{
  GHashTable *fields;

  g_return_val_if_fail (ENT_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (workspace != NULL && record != NULL && field != NULL, NULL);

  fields = g_hash_table_lookup (find_book (self, workspace)->records, record);
  return fields != NULL ? g_strdup (g_hash_table_lookup (fields, field)) : NULL;
}

void
ent_drafts_drop (EntDrafts   *self,
                 const EntId *workspace,
                 const char  *record,
                 const char  *field)
{
  Book *book;
  GHashTable *fields;

  g_return_if_fail (ENT_IS_DRAFTS (self));
  g_return_if_fail (workspace != NULL && record != NULL);

  book = find_book (self, workspace);
  fields = g_hash_table_lookup (book->records, record);
  if (fields == NULL)
    return;
  if (field != NULL && !g_hash_table_remove (fields, field))
    return;
  if (field == NULL || g_hash_table_size (fields) == 0)
    g_hash_table_remove (book->records, record);
  mark_dirty (self, book);
}

char **
ent_drafts_list (EntDrafts   *self,
                 const EntId *workspace)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer record;

  g_return_val_if_fail (ENT_IS_DRAFTS (self), NULL);

  g_hash_table_iter_init (&iter, find_book (self, workspace)->records);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    g_strv_builder_add (builder, record);
  return g_strv_builder_end (builder);
}

void
ent_drafts_flush (EntDrafts *self)
{
  GHashTableIter iter;
  gpointer book;

  g_return_if_fail (ENT_IS_DRAFTS (self));

  g_clear_handle_id (&self->write_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->books);
  while (g_hash_table_iter_next (&iter, NULL, &book))
    write_book (self, book);
}
