/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

#include "store/ent-query.h"
#include "store/ent-store.h"
#include "store/ent-transaction.h"

/* A workspace in a folder of its own, removed afterwards, and one-line edits for tests. */

typedef struct
{
  char       *folder;
  char       *path;
  EntStoreKey key;
  gboolean    has_key;
  EntStore   *store;
} Fixture;

static inline void
fixture_open (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->store = ent_store_open (f->path, f->has_key ? &f->key : NULL, ENT_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
}

/* An empty workspace, made once a program and then copied: making its many tables takes a while. */
typedef struct
{
  char       *content;
  gsize       length;
  EntStoreKey key;
} Template;

static inline const Template *
get_template (gboolean encrypted)
{
  static Template templates[2];
  Template *template = &templates[encrypted ? 1 : 0];
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  EntStore *store;

  if (template->content != NULL)
    return template;
  folder = g_dir_make_tmp ("entente-store-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "template.entente", NULL);
  if (encrypted)
    ent_store_key_init_new (&template->key);
  store = ent_store_create (path, encrypted ? &template->key : NULL, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  g_file_get_contents (path, &template->content, &template->length, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);
  return template;
}

/* @data: NULL for a plain workspace, anything else for an encrypted one. */
static inline void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  const Template *template = get_template (data != NULL);
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("entente-store-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "test.entente", NULL);
  f->has_key = data != NULL;
  f->key = template->key;
  g_file_set_contents_full (f->path, template->content, (gssize) template->length,
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  fixture_open (f);
}

static inline void
fixture_close (Fixture *f)
{
  EntStore *store = g_steal_pointer (&f->store);

  if (store != NULL)
    g_assert_finalize_object (store);
}

static inline void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        remove_folder (path);
    }
  g_rmdir (folder);
}

static inline void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  fixture_close (f);
  remove_folder (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static inline void
fixture_reopen (Fixture *f)
{
  fixture_close (f);
  fixture_open (f);
}

/* --- Edits, each in a transaction of its own ------------------------------------------------------ */

typedef struct
{
  const char *type;
  const char *field;
  const char *text; /* interchange form; NULL empties the field */
  EntKey      key;
  EntRecord  *record;
} Edit;

static inline gboolean
edit_add (EntTransaction *transaction,
          gpointer        data,
          GError        **error)
{
  Edit *edit = data;
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) record = ent_record_new (ent_schema_lookup (schema, edit->type));

  if (edit->text != NULL && !ent_record_set_text (record, "title", edit->text, error))
    return FALSE;
  if (!ent_transaction_insert (transaction, record, error))
    return FALSE;
  edit->key = ent_record_get_key (record);
  return TRUE;
}

static inline gboolean
edit_set (EntTransaction *transaction,
          gpointer        data,
          GError        **error)
{
  Edit *edit = data;
  EntSchema *schema = ent_transaction_get_schema (transaction);
  const EntField *field = ent_record_type_lookup (ent_schema_lookup_key (schema, edit->key), edit->field);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  EntReadContext context = { 0 };

  if (edit->text != NULL && !ent_value_read (field, edit->text, &context, &value, error))
    return FALSE;
  return ent_transaction_set (transaction, edit->key, field, &value, error);
}

static inline gboolean
edit_insert (EntTransaction *transaction,
             gpointer        data,
             GError        **error)
{
  Edit *edit = data;

  return ent_transaction_insert (transaction, edit->record, error);
}

static inline gboolean
edit_delete (EntTransaction *transaction,
             gpointer        data,
             GError        **error)
{
  Edit *edit = data;

  return ent_transaction_delete (transaction, edit->key, error);
}

static inline gboolean
edit_restore (EntTransaction *transaction,
              gpointer        data,
              GError        **error)
{
  Edit *edit = data;

  return ent_transaction_restore (transaction, edit->key, error);
}

static inline gint64
run_edit (EntStore           *store,
          const char         *label,
          EntTransactionFunc  func,
          Edit               *edit)
{
  g_autoptr (GError) error = NULL;
  gint64 seq;

  ent_store_write (store, label, ENT_ORIGIN_USER, func, edit, NULL, &seq, &error);
  g_assert_no_error (error);
  return seq;
}

static inline EntKey
add_record (EntStore   *store,
            const char *type,
            const char *title)
{
  Edit edit = { .type = type, .text = title };

  run_edit (store, "Add", edit_add, &edit);
  return edit.key;
}

/* Stores a record that the caller filled in; takes it over. */
static inline EntKey
insert_record (EntStore  *store,
               EntRecord *record)
{
  Edit edit = { .record = record };
  EntKey key;

  run_edit (store, "Add", edit_insert, &edit);
  key = ent_record_get_key (record);
  g_object_unref (record);
  return key;
}

static inline EntRecord *
make_record (EntStore   *store,
             const char *type,
             const char *title)
{
  EntRecord *record = ent_record_new (ent_store_get_record_type (store, type));

  if (title != NULL)
    ent_record_set_text (record, "title", title, NULL);
  return record;
}

static inline void
set_ref (EntRecord  *record,
         const char *field,
         EntKey      key)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, key);
  ent_record_set (record,
                  ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static inline EntKey
add_link (EntStore *store,
          EntKey    from,
          EntKey    to)
{
  EntRecord *link = make_record (store, "link", NULL);

  set_ref (link, "from", from);
  set_ref (link, "to", to);
  return insert_record (store, link);
}

static inline gint64
set_field (EntStore   *store,
           EntKey      key,
           const char *field,
           const char *text)
{
  Edit edit = { .key = key, .field = field, .text = text };

  return run_edit (store, "Set", edit_set, &edit);
}

static inline gint64
delete_record (EntStore *store,
               EntKey    key)
{
  Edit edit = { .key = key };

  return run_edit (store, "Delete", edit_delete, &edit);
}

static inline gint64
restore_record (EntStore *store,
                EntKey    key)
{
  Edit edit = { .key = key };

  return run_edit (store, "Restore", edit_restore, &edit);
}

/* --- Looking ---------------------------------------------------------------------------------------- */

static inline gboolean
is_live (EntStore *store,
         EntKey    key)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);

  return record != NULL && ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT));
}

/* A field in interchange form. (transfer full) (nullable) */
static inline char *
dup_field (EntStore   *store,
           EntKey      key,
           const char *field)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
  const EntField *f = ent_record_type_lookup (ent_record_get_record_type (record), field);

  return ent_value_write (f, ent_record_get (record, f->index));
}

static inline void
assert_field (EntStore   *store,
              EntKey      key,
              const char *field,
              const char *expected)
{
  g_autofree char *text = dup_field (store, key, field);

  g_assert_cmpstr (text, ==, expected);
}

static inline void
assert_no_findings (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = ent_store_check (store, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", ((EntFinding *) g_ptr_array_index (findings, i))->what);
  g_assert_cmpuint (findings->len, ==, 0);
}
