/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/workspace.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rules/ent-program-defaults.h"

/* Made once a program and then copied, as the tables and the definitions take much longer to make than to copy. */
typedef struct
{
  char  *content;
  gsize  length;
} Template;

static EntStore *
make (const Template *template)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("entente-test-XXXXXX", &error);
  g_autofree char *path = NULL;
  EntStore *store;

  g_assert_no_error (error);
  path = g_build_filename (folder, "test.entente", NULL);
  if (template == NULL)
    store = ent_store_create (path, NULL, NULL, &error);
  else if (g_file_set_contents_full (path, template->content, (gssize) template->length, G_FILE_SET_CONTENTS_NONE, 0600,
                                     &error))
    store = ent_store_open (path, NULL, ENT_STORE_OPEN_DEFAULT, NULL, &error);
  else
    store = NULL;
  g_assert_no_error (error);
  return store;
}

static EntStore *
copy (Template *template,
      gboolean  with_program)
{
  if (template->content == NULL)
    {
      g_autoptr (GError) error = NULL;
      EntStore *store = make (NULL);
      g_autofree char *backup = g_strconcat (ent_store_get_path (store), ".copy", NULL);

      if (with_program)
        ent_program_defaults_install (store, NULL, &error);
      g_assert_no_error (error);
      ent_store_backup (store, backup, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_file_get_contents (backup, &template->content, &template->length, &error);
      g_assert_no_error (error);
      g_unlink (backup);
      test_workspace_free (store);
    }
  return make (template);
}

EntStore *
test_workspace_new (void)
{
  static Template template;

  return copy (&template, FALSE);
}

EntStore *
test_workspace_new_program (void)
{
  static Template template;

  return copy (&template, TRUE);
}

void
test_workspace_free (EntStore *store)
{
  g_autofree char *path = g_strdup (ent_store_get_path (store));
  g_autofree char *folder = g_path_get_dirname (path);
  static const char * const endings[] = { "", "-wal", "-shm" };

  /* Answers that are under way hold the store until their callbacks ran. */
  test_wait_for (G_OBJECT (store)->ref_count == 1);
  ent_store_close (store);
  g_assert_finalize_object (store);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static EntKey
resolve (const EntField  *field,
         const char      *text,
         gpointer         store,
         GError         **error)
{
  const EntRecordType *type = g_str_equal (field->info.target, "*")
                                ? NULL : ent_store_get_record_type (store, field->info.target);

  return ent_store_resolve (store, type, text, error);
}

static void
assign (EntStore   *store,
        EntRecord  *record,
        const char *assignment)
{
  EntReadContext context = { .resolve = resolve, .resolve_data = store };
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = g_strndup (assignment, equals - assignment);
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (field);
  ent_value_read (field, equals + 1, &context, &value, &error);
  g_assert_no_error (error);
  ent_record_take (record, field->index, &value);
}

static gboolean
insert_cb (EntTransaction  *transaction,
           gpointer         record,
           GError         **error)
{
  return ent_transaction_insert (transaction, record, error);
}

static gboolean
update_cb (EntTransaction  *transaction,
           gpointer         record,
           GError         **error)
{
  return ent_transaction_update (transaction, record, error);
}

static gboolean
delete_cb (EntTransaction  *transaction,
           gpointer         key,
           GError         **error)
{
  return ent_transaction_delete (transaction, *(EntKey *) key, error);
}

static void
run (EntStore           *store,
     const char         *label,
     EntTransactionFunc  func,
     gpointer            data)
{
  g_autoptr (GError) error = NULL;

  ent_store_write (store, label, ENT_ORIGIN_USER, func, data, NULL, NULL, &error);
  g_assert_no_error (error);
}

EntKey
test_workspace_add (EntStore   *store,
                    const char *type,
                    ...)
{
  g_autoptr (EntRecord) record = ent_record_new (ent_store_get_record_type (store, type));
  const char *assignment;
  va_list args;

  va_start (args, type);
  while ((assignment = va_arg (args, const char *)) != NULL)
    assign (store, record, assignment);
  va_end (args);
  run (store, "Add", insert_cb, record);
  return ent_record_get_key (record);
}

void
test_workspace_set (EntStore *store,
                    EntKey    key,
                    ...)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
  const char *assignment;
  va_list args;

  g_assert_nonnull (record);
  va_start (args, key);
  while ((assignment = va_arg (args, const char *)) != NULL)
    assign (store, record, assignment);
  va_end (args);
  run (store, "Edit", update_cb, record);
}

void
test_workspace_delete (EntStore *store,
                       EntKey    key)
{
  run (store, "Delete", delete_cb, &key);
}

static gboolean
fill_cb (EntTransaction  *transaction,
         gpointer         count,
         GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  guint title = ENT_COMMON_TITLE;
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, &title, 1, *(guint *) count, error);

  for (guint i = 1; inserter != NULL && i <= *(guint *) count; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %06u", i);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_value_set_text (&value, name);
      if (!ent_inserter_add (inserter, &value, NULL, error))
        {
          ent_inserter_end (inserter, NULL);
          return FALSE;
        }
    }
  return inserter != NULL && ent_inserter_end (inserter, error);
}

void
test_workspace_fill (EntStore *store,
                     guint     count)
{
  run (store, "Fill", fill_cb, &count);
}
