/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-data-set.h"

#include <string.h>

#define DATA_PATH RESOURCE_PATH "/data/"

/* A reference that could not be followed yet because its record comes later. */
typedef struct
{
  EntKey          key;
  const EntField *field;
  char           *text;
} Forward;

struct _EntDataSet
{
  EntTransaction *transaction;
  EntReadContext  context;
  GHashTable     *keys;     /* char *ref → EntKey *, owned */
  GArray         *items;    /* of EntDataItem */
  GArray         *forwards; /* of Forward */
  GPtrArray      *nodes;    /* of JsonNode: keep the objects of `items` alive */
};

static void
forward_clear (gpointer data)
{
  Forward *forward = data;

  g_free (forward->text);
}

static EntKey
resolve (const EntField *field,
         const char     *text,
         gpointer        user_data,
         GError        **error)
{
  EntDataSet *self = user_data;
  const EntRecordType *type = NULL;

  if (g_str_has_prefix (text, "ref:"))
    return ent_data_set_lookup (self, text + strlen ("ref:"), error);

  if (g_strcmp0 (field->info.target, "*") != 0)
    type = ent_schema_lookup (ent_transaction_get_schema (self->transaction), field->info.target);
  return ent_transaction_resolve (self->transaction, type, text, error);
}

EntDataSet *
ent_data_set_new (EntTransaction *transaction,
                  gint64          today)
{
  EntDataSet *self = g_new0 (EntDataSet, 1);

  self->transaction = transaction;
  self->context.today = today;
  self->context.date_order = ENT_DATE_ORDER_YMD;
  self->context.decimal_point = '.';
  self->context.resolve = resolve;
  self->context.resolve_data = self;
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->items = g_array_new (FALSE, FALSE, sizeof (EntDataItem));
  self->forwards = g_array_new (FALSE, FALSE, sizeof (Forward));
  g_array_set_clear_func (self->forwards, forward_clear);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  return self;
}

void
ent_data_set_free (EntDataSet *self)
{
  g_hash_table_unref (self->keys);
  g_array_unref (self->items);
  g_array_unref (self->forwards);
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

GArray *
ent_data_set_get_items (EntDataSet *self)
{
  return self->items;
}

EntKey
ent_data_set_lookup (EntDataSet  *self,
                     const char  *ref,
                     GError     **error)
{
  g_autofree char *text = NULL;
  EntKey *key;

  key = g_hash_table_lookup (self->keys, ref);
  if (key != NULL)
    return *key;

  text = g_strconcat ("ref:", ref, NULL);
  return ent_transaction_resolve (self->transaction, NULL, text, error);
}

JsonNode *
ent_data_set_read (const char  *path,
                   GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *full_path = g_strconcat (DATA_PATH, path, NULL);
  g_autoptr(GBytes) bytes = NULL;
  const char *data;
  gsize length;

  bytes = g_resources_lookup_data (full_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (!json_parser_load_from_data (parser, data, (gssize) length, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return json_node_ref (json_parser_get_root (parser));
}

/* --- Values ---------------------------------------------------------------------------------------- */

/* "today-30d 14:30" as "2026-10-21" or "2026-10-21T14:30:00Z"; NULL when @text is not relative. */
static char *
date_from_relative (EntDataSet     *self,
                    const EntField *field,
                    const char     *text)
{
  gint64 day = self->context.today;
  g_autofree char *date = NULL;
  const char *rest = text;

  if (field->info.type != ENT_FIELD_DATE && field->info.type != ENT_FIELD_DATETIME)
    return NULL;
  if (!g_str_has_prefix (text, "today"))
    return NULL;

  rest += strlen ("today");
  if (*rest == '+' || *rest == '-')
    {
      day += g_ascii_strtoll (rest, (char **) &rest, 10);
      if (*rest == 'd')
        rest++;
    }
  if (field->info.type == ENT_FIELD_DATE)
    return ent_date_write (day);

  if ((day + 3) % 7 >= 5) /* day 0 was a Thursday */
    day += 7 - (day + 3) % 7;
  date = ent_date_write (day);
  while (*rest == ' ')
    rest++;
  return g_strdup_printf ("%sT%s:00Z", date, *rest != '\0' ? rest : "09:00");
}

static char *
text_from_scalar (JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_dup_string (node);
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default: /* Of the numbers people write here (99.9), %g gives back the digits. */
      {
        char buffer[G_ASCII_DTOSTR_BUF_SIZE];

        return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g",
                                          json_node_get_double (node)));
      }
    }
}

static void
append_item (GString    *list,
             const char *item)
{
  if (list->len > 0)
    g_string_append (list, "; ");
  for (; *item != '\0'; item++)
    {
      if (*item == ';' || *item == '\\')
        g_string_append_c (list, '\\');
      g_string_append_c (list, *item);
    }
}

/* The interchange text of a member. (transfer full) */
static char *
text_from_node (EntDataSet     *self,
                const EntField *field,
                JsonNode       *node)
{
  if (field->info.type == ENT_FIELD_JSON)
    return json_to_string (node, FALSE);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      GString *list = g_string_new (NULL);
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *item = text_from_scalar (json_array_get_element (array, i));

          append_item (list, item);
        }
      return g_string_free (list, FALSE);
    }
  else
    {
      g_autofree char *text = text_from_scalar (node);
      char *date = date_from_relative (self, field, text);

      return date != NULL ? date : g_steal_pointer (&text);
    }
}

/* A reference to a record that was not read yet is set aside in @forwards (with key 0). */
static gboolean
set_member (EntDataSet  *self,
            EntRecord   *record,
            const char  *name,
            JsonNode    *node,
            GArray      *forwards,
            GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntField *field = ent_record_type_lookup (type, name);
  g_auto(EntValue) value = ENT_VALUE_INIT;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *text = NULL;

  if (field == NULL)
    {
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   "%s has no field “%s”.", type->info->name, name);
      return FALSE;
    }

  text = text_from_node (self, field, node);
  if (!ent_value_read (field, text, &self->context, &value, &local_error))
    {
      if (forwards != NULL && field->info.type == ENT_FIELD_REF &&
          (field->info.flags & ENT_FIELD_REQUIRED) == 0)
        {
          Forward forward = { 0, field, g_steal_pointer (&text) };

          g_array_append_val (forwards, forward);
          return TRUE;
        }
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", name);
      return FALSE;
    }

  ent_record_take (record, field->index, &value);
  return TRUE;
}

/* --- Records --------------------------------------------------------------------------------------- */

static const EntRecordType *
child_type_named (const EntRecordType *type,
                  const char          *name)
{
  for (guint i = 0; i < type->children->len; i++)
    {
      const EntRecordType *child = g_ptr_array_index (type->children, i);

      if (g_str_equal (child->info->name, name))
        return child;
    }
  return NULL;
}

static gboolean
set_members (EntDataSet  *self,
             EntRecord   *record,
             JsonObject  *object,
             JsonObject  *but_not_of,
             GArray      *forwards,
             GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (*name == '$' || (but_not_of != NULL && json_object_has_member (but_not_of, name)))
        continue;
      /* A link has a field of the name `type`: its record type then comes from $defaults. */
      if (g_str_equal (name, "type") && (but_not_of != NULL ||
                                         ent_record_type_lookup (type, "type") == NULL))
        continue;
      if (child_type_named (type, name) != NULL)
        continue;
      if (!set_member (self, record, name, node, forwards, error))
        return FALSE;
    }
  return TRUE;
}

static void
remember (EntDataSet *self,
          EntRecord  *record,
          JsonObject *object,
          GArray     *forwards)
{
  EntDataItem item = { ent_record_get_key (record), ent_record_get_record_type (record), object };
  const char *ref = ent_record_get_text (record, "ref");

  g_array_append_val (self->items, item);
  if (ref != NULL)
    g_hash_table_insert (self->keys, g_strdup (ref), g_memdup2 (&item.key, sizeof item.key));

  for (guint i = 0; forwards != NULL && i < forwards->len; i++)
    {
      Forward forward = g_array_index (forwards, Forward, i);

      forward.key = item.key;
      forward.text = g_strdup (forward.text);
      g_array_append_val (self->forwards, forward);
    }
}

static gboolean
insert_children (EntDataSet  *self,
                 EntRecord   *parent,
                 JsonObject  *object,
                 GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (parent);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const EntRecordType *child_type = *name == '$' ? NULL : child_type_named (type, name);
      JsonArray *lines;

      if (child_type == NULL)
        continue;
      lines = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (lines); i++)
        {
          g_autoptr(EntRecord) line = ent_record_new (child_type);
          g_auto(EntValue) value = ENT_VALUE_INIT;

          ent_value_set_int (&value, ent_record_get_key (parent));
          ent_record_set (line, ent_record_type_lookup (child_type, "parent")->index, &value);
          ent_value_set_int (&value, i);
          ent_record_set (line, ent_record_type_lookup (child_type, "position")->index, &value);
          if (!set_members (self, line, json_array_get_object_element (lines, i), NULL, NULL, error) ||
              !ent_transaction_insert (self->transaction, line, error))
            return FALSE;
          remember (self, line, json_array_get_object_element (lines, i), NULL);
        }
    }
  return TRUE;
}

static gboolean
insert_object (EntDataSet  *self,
               JsonObject  *object,
               JsonObject  *defaults,
               GError     **error)
{
  EntSchema *schema = ent_transaction_get_schema (self->transaction);
  g_autoptr(GArray) forwards = g_array_new (FALSE, FALSE, sizeof (Forward));
  g_autoptr(EntRecord) record = NULL;
  const EntRecordType *type;
  const char *type_name;

  g_array_set_clear_func (forwards, forward_clear);
  type_name = defaults != NULL && json_object_has_member (defaults, "type")
                ? json_object_get_string_member (defaults, "type")
                : json_object_get_string_member_with_default (object, "type", "");
  type = ent_schema_lookup (schema, type_name);
  if (type == NULL)
    {
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   "There is no record type “%s”.", type_name);
      return FALSE;
    }

  record = ent_record_new (type);
  if (defaults != NULL && !set_members (self, record, defaults, object, forwards, error))
    return FALSE;
  if (!set_members (self, record, object, NULL, forwards, error) ||
      !ent_transaction_insert (self->transaction, record, error))
    return FALSE;
  remember (self, record, object, forwards);
  return insert_children (self, record, object, error);
}

static gboolean
load_file (EntDataSet  *self,
           const char  *path,
           GError     **error)
{
  g_autoptr(JsonNode) root = ent_data_set_read (path, error);
  JsonObject *defaults = NULL;
  JsonArray *array;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    return TRUE; /* word lists and the like, for the caller */

  g_ptr_array_add (self->nodes, json_node_ref (root));
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (json_object_has_member (object, "$defaults"))
        {
          defaults = json_object_get_object_member (object, "$defaults");
          continue;
        }
      if (!insert_object (self, object, defaults, error))
        {
          g_prefix_error (error, "%s, record %u: ", path, i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
settle_forwards (EntDataSet  *self,
                 GError     **error)
{
  for (guint i = 0; i < self->forwards->len; i++)
    {
      Forward *forward = &g_array_index (self->forwards, Forward, i);
      g_auto(EntValue) value = ENT_VALUE_INIT;

      if (!ent_value_read (forward->field, forward->text, &self->context, &value, error) ||
          !ent_transaction_set (self->transaction, forward->key, forward->field, &value, error))
        {
          g_prefix_error (error, "%s: ", forward->field->info.name);
          return FALSE;
        }
    }
  g_array_set_size (self->forwards, 0);
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

gboolean
ent_data_set_load_folder (EntDataSet  *self,
                          const char  *folder,
                          GError     **error)
{
  g_autofree char *folder_path = g_strconcat (DATA_PATH, folder, NULL);
  g_auto(GStrv) names = NULL;

  names = g_resources_enumerate_children (folder_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return FALSE;
  qsort (names, g_strv_length (names), sizeof names[0], compare_names);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", folder, names[i], NULL);

      if (!g_str_has_suffix (path, ".json"))
        continue;
      if (g_cancellable_set_error_if_cancelled (ent_transaction_get_cancellable (self->transaction),
                                                error) ||
          !load_file (self, path, error))
        return FALSE;
    }
  return settle_forwards (self, error);
}
