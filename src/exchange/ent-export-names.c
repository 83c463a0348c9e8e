/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-export-private.h"

#include <string.h>

#define MAX_NAMES 200000

static void
note_key (EntExport  *export,
          EntKey      key,
          GHashTable *wanted)
{
  if (key != 0 && !g_hash_table_contains (export->names, &key))
    g_hash_table_add (wanted, g_memdup2 (&key, sizeof key));
}

static void
note_record (EntExport  *export,
             EntRecord  *record,
             GHashTable *wanted)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < type->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      const EntValue *value;

      if (field->info.type != ENT_FIELD_REF || !ent_record_has (record, i))
        continue;
      value = ent_record_get (record, i);
      if (value->kind == ENT_VALUE_INT)
        note_key (export, value->integer, wanted);
      for (gint64 j = 0; value->kind == ENT_VALUE_KEYS && j < value->integer; j++)
        note_key (export, value->keys[j], wanted);
    }
}

static char *
make_name (EntRecord *record)
{
  const char *ref = ent_record_get_text (record, "ref");
  char id[ENT_ID_TEXT_LENGTH + 1];

  if (ref != NULL)
    return g_strconcat ("ref:", ref, NULL);
  ent_id_to_text (ent_record_get_id (record), id);
  return g_strdup (id);
}

/* Names of the wanted records of one type. */
static gboolean
learn_type (EntExport           *export,
            const EntRecordType *type,
            GArray              *rows,
            GError             **error)
{
  static const guint fields[] = { ENT_COMMON_REF };
  g_autoptr (GPtrArray) records = NULL;

  records = ent_store_load (export->store, type, (const guint32 *) (gpointer) rows->data, rows->len,
                            fields,
                            G_N_ELEMENTS (fields), export->cancellable, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      EntKey key = ent_key_make (type->info->number, g_array_index (rows, guint32, i));

      if (records->pdata[i] != NULL)
        g_hash_table_insert (export->names, g_memdup2 (&key, sizeof key),
                             make_name (records->pdata[i]));
    }
  return TRUE;
}

gboolean
ent_export_learn_names (EntExport *export,
                        GPtrArray *records,
                        GError   **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (g_hash_table_size (export->names) > MAX_NAMES)
    g_hash_table_remove_all (export->names);
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL)
      note_record (export, records->pdata[i], wanted);

  for (guint i = 0; i < ent_schema_get_n_types (export->schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (export->schema, i);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      GHashTableIter iter;
      gpointer item;

      g_hash_table_iter_init (&iter, wanted);
      while (g_hash_table_iter_next (&iter, &item, NULL))
        if (ent_key_type_number (*(EntKey *) item) == type->info->number)
          {
            guint32 row = (guint32) ent_key_row (*(EntKey *) item);

            g_array_append_val (rows, row);
          }
      if (rows->len > 0 && !learn_type (export, type, rows, error))
        return FALSE;
    }
  return TRUE;
}

const char *
ent_export_get_name (EntExport *export,
                     EntKey     key)
{
  const char *name = g_hash_table_lookup (export->names, &key);

  return name != NULL ? name : "";
}

/* A list of names is marked as ent_value_write() marks a list of texts. */
static char *
write_names (EntExport      *export,
             const EntValue *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (EntValue) list = ENT_VALUE_INIT;

  for (gint64 i = 0; i < value->integer; i++)
    g_strv_builder_add (builder, ent_export_get_name (export, value->keys[i]));
  ent_value_take_list (&list, g_strv_builder_end (builder));
  return ent_value_write (ent_record_type_get_nth (export->type, ENT_COMMON_TAGS), &list);
}

char *
ent_export_write_value (EntExport      *export,
                        const EntField *field,
                        const EntValue *value)
{
  if (field->info.type != ENT_FIELD_REF || ent_value_is_null (value))
    return ent_value_write (field, value);
  if (value->kind == ENT_VALUE_KEYS)
    return write_names (export, value);
  return g_strdup (ent_export_get_name (export, value->integer));
}
