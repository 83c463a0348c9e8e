/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-export-private.h"

#include <string.h>
#include <yyjson.h>

#define MAX_LINKS 10000

typedef struct
{
  EntSafeFile *file;
  guint64      n_records;
} Sink;

static gpointer
begin (EntExport  *export,
       const char *path,
       gsize       n_records,
       GError    **error)
{
  EntSafeFile *file = ent_safe_file_new (path, error);
  Sink *sink;

  if (file == NULL)
    return NULL;
  sink = g_new0 (Sink, 1);
  sink->file = file;
  ent_safe_file_write (file, "[", 1);
  return sink;
}

/* Lists as arrays, whole numbers and decimals as numbers, all else as text in interchange form. */
static yyjson_mut_val *
make_value (EntExport      *export,
            yyjson_mut_doc *doc,
            const EntField *field,
            const EntValue *value)
{
  g_autofree char *text = NULL;
  yyjson_mut_val *array;

  if (value->kind == ENT_VALUE_LIST || value->kind == ENT_VALUE_KEYS)
    {
      array = yyjson_mut_arr (doc);
      for (char **item = value->list; value->kind == ENT_VALUE_LIST && *item != NULL; item++)
        yyjson_mut_arr_add_strcpy (doc, array, *item);
      for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer; i++)
        yyjson_mut_arr_add_strcpy (doc, array, ent_export_get_name (export, value->keys[i]));
      return array;
    }
  text = ent_export_write_value (export, field, value);
  switch ((int) field->info.type)
    {
    case ENT_FIELD_BOOL:
      return yyjson_mut_bool (doc, value->integer != 0);
    case ENT_FIELD_INT:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_DURATION:
      return yyjson_mut_rawcpy (doc, text);
    default:
      return yyjson_mut_strcpy (doc, text);
    }
}

static void
add_value (EntExport      *export,
           yyjson_mut_doc *doc,
           yyjson_mut_val *object,
           const EntField *field,
           EntRecord      *record)
{
  const EntValue *value = ent_record_get (record, field->index);

  if (!ent_value_is_null (value))
    yyjson_mut_obj_add_val (doc, object, field->info.name, make_value (export, doc, field, value));
}

static void
add_id (yyjson_mut_doc *doc,
        yyjson_mut_val *object,
        EntRecord      *record)
{
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (record), id);
  yyjson_mut_obj_add_strcpy (doc, object, "id", id);
}

/* A record that is nested in another: its id and all its fields but the one that names the
 * other. */
static yyjson_mut_val *
make_nested (EntExport      *export,
             yyjson_mut_doc *doc,
             EntRecord      *record,
             const char     *skip)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  add_id (doc, object, record);
  for (guint i = 0; i < type->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (!(field->info.flags & ENT_FIELD_SYSTEM) && g_strcmp0 (field->info.name, skip) != 0)
        add_value (export, doc, object, field, record);
    }
  return object;
}

static gboolean
add_children (EntExport      *export,
              yyjson_mut_doc *doc,
              yyjson_mut_val *object,
              EntRecord      *record,
              GError        **error)
{
  yyjson_mut_val *children = yyjson_mut_obj (doc);

  for (guint i = 0; i < export->type->children->len; i++)
    {
      const EntRecordType *type = export->type->children->pdata[i];
      g_autoptr (GPtrArray) lines = ent_store_get_children (export->store,
                                                            ent_record_get_key (record), type,
                                                            error);
      yyjson_mut_val *array = yyjson_mut_arr (doc);

      if (lines == NULL || !ent_export_learn_names (export, lines, error))
        return FALSE;
      for (guint j = 0; j < lines->len; j++)
        yyjson_mut_arr_append (array, make_nested (export, doc, lines->pdata[j], "parent"));
      if (lines->len > 0)
        yyjson_mut_obj_add_val (doc, children, type->info->name, array);
    }
  if (yyjson_mut_obj_size (children) > 0)
    yyjson_mut_obj_add_val (doc, object, "children", children);
  return TRUE;
}

static gboolean
add_links (EntExport      *export,
           yyjson_mut_doc *doc,
           yyjson_mut_val *object,
           EntRecord      *record,
           GError        **error)
{
  static const char * const ends[] = { "from", "to" };
  const EntRecordType *type = ent_schema_lookup (export->schema, "link");
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GPtrArray) links = NULL;

      links = ent_store_get_referrers (export->store, ent_record_get_key (record),
                                       ent_record_type_lookup (type, ends[i]), MAX_LINKS, error);
      if (links == NULL || !ent_export_learn_names (export, links, error))
        return FALSE;
      for (guint j = 0; j < links->len; j++)
        yyjson_mut_arr_append (array, make_nested (export, doc, links->pdata[j], ends[i]));
    }
  if (yyjson_mut_arr_size (array) > 0)
    yyjson_mut_obj_add_val (doc, object, "links", array);
  return TRUE;
}

static yyjson_mut_val *
make_object (EntExport      *export,
             yyjson_mut_doc *doc,
             EntRecord      *record)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  for (guint i = 0; i < export->columns->len; i++)
    {
      const EntExportColumn *column = &g_array_index (export->columns, EntExportColumn, i);

      if (column->kind == ENT_COLUMN_ID)
        add_id (doc, object, record);
      else if (column->kind == ENT_COLUMN_CODE)
        yyjson_mut_obj_add_strcpy (doc, object, "code", ent_record_get_code (record));
      else
        add_value (export, doc, object, column->field, record);
    }
  return object;
}

static gboolean
write_record (EntExport *export,
              gpointer   data,
              EntRecord *record,
              GError   **error)
{
  Sink *sink = data;
  yyjson_mut_doc *doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = make_object (export, doc, record);
  gboolean ok = TRUE;

  if (export->flags & ENT_EXPORT_NESTED)
    ok = add_children (export, doc, object, record, error) &&
         add_links (export, doc, object, record, error);
  if (ok)
    {
      size_t length;
      char *text = yyjson_mut_val_write (object, 0, &length);
      const char *between = sink->n_records++ > 0 ? ",\n" : "\n";

      ent_safe_file_write (sink->file, between, strlen (between));
      ent_safe_file_write (sink->file, text, length);
      free (text);
    }
  yyjson_mut_doc_free (doc);
  return ok;
}

static gboolean
end (EntExport *export,
     gpointer   data,
     gboolean   ok,
     GError   **error)
{
  g_autofree Sink *sink = data;
  g_autoptr (EntSafeFile) file = sink->file;

  ent_safe_file_write (file, "\n]\n", 3);
  return ok && ent_safe_file_close (file, error);
}

const EntExportSink ent_export_json = { begin, write_record, end };
