/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-json-table.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yyjson.h>

struct _EntJsonTable
{
  GBytes     *bytes;
  char       *name;
  const char *data;
  gsize       length;
  gsize       position;
  guint64     n_objects;
  GPtrArray  *columns;
  GHashTable *by_name; /* name → index + 1 */
  yyjson_doc *doc;
  GArray     *cells;
  GPtrArray  *texts;   /* of the row: cells made from lists and objects */
};

void
ent_json_table_free (EntJsonTable *self)
{
  g_clear_pointer (&self->doc, yyjson_doc_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

static gsize
skip_to_object (const char *data,
                gsize       position,
                gsize       length)
{
  while (position < length && (g_ascii_isspace (data[position]) || data[position] == ',' ||
                               data[position] == '[' || data[position] == ']'))
    position++;
  return position;
}

/* `[{` or `{"`, which no delimited table begins with. */
gboolean
ent_json_table_sniff (const guint8 *bytes,
                      gsize         length)
{
  const char *data = (const char *) bytes;
  gsize position = length >= 3 && memcmp (bytes, "\357\273\277", 3) == 0 ? 3 : 0;
  gsize first;

  while (position < length && g_ascii_isspace (data[position]))
    position++;
  first = position;
  if (position < length && data[position] == '[')
    {
      do
        position++;
      while (position < length && g_ascii_isspace (data[position]));
      return position < length &&
             (data[position] == '{' || (data[position] == ']' && first == 0));
    }
  if (position == length || data[position] != '{')
    return FALSE;
  do
    position++;
  while (position < length && g_ascii_isspace (data[position]));
  return position < length && (data[position] == '"' || data[position] == '}');
}

/* Where the object that begins at @position ends; 0 when it does not. */
static gsize
find_end (const EntJsonTable *self,
          gsize               position)
{
  guint depth = 0;
  gboolean in_text = FALSE;

  for (gsize i = position; i < self->length; i++)
    {
      char c = self->data[i];

      if (in_text)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_text = FALSE;
        }
      else if (c == '"')
        in_text = TRUE;
      else if (c == '{')
        depth++;
      else if (c == '}' && --depth == 0)
        return i + 1;
    }
  return 0;
}

static gboolean
fail (EntJsonTable *self,
      const char   *message,
      GError      **error)
{
  g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_FORMAT,
               _("“%s” is not a list of JSON objects: object %" G_GUINT64_FORMAT " cannot be read "
                 "(%s). Correct it there and try again."),
               self->name, self->n_objects + 1, message);
  return FALSE;
}

/* Parses the next object into `doc`. FALSE at the end or with @error set. */
static gboolean
parse_next (EntJsonTable *self,
            GError      **error)
{
  const yyjson_read_flag flags = YYJSON_READ_NUMBER_AS_RAW | YYJSON_READ_ALLOW_TRAILING_COMMAS;
  yyjson_read_err problem;
  gsize end;

  g_clear_pointer (&self->doc, yyjson_doc_free);
  g_ptr_array_set_size (self->texts, 0);
  self->position = skip_to_object (self->data, self->position, self->length);
  if (self->position == self->length)
    return FALSE;
  if (self->data[self->position] != '{')
    return fail (self, _("it does not begin with {"), error);
  end = find_end (self, self->position);
  if (end == 0)
    return fail (self, _("it does not end"), error);
  self->doc = yyjson_read_opts ((char *) self->data + self->position, end - self->position, flags,
                                NULL, &problem);
  if (self->doc == NULL)
    return fail (self, problem.msg, error);
  self->position = end;
  self->n_objects++;
  return TRUE;
}

/* What ent_export() nests in a record belongs to other types. */
static gboolean
is_nested (yyjson_val *key,
           yyjson_val *value)
{
  return (yyjson_equals_str (key, "children") && yyjson_is_obj (value)) ||
         (yyjson_equals_str (key, "links") && yyjson_is_arr (value) &&
          yyjson_is_obj (yyjson_arr_get_first (value)));
}

static gboolean
collect_columns (EntJsonTable *self,
                 GError      **error)
{
  g_autoptr (GError) cause = NULL;
  yyjson_val *key;
  yyjson_obj_iter iter;

  while (parse_next (self, &cause))
    {
      yyjson_obj_iter_init (yyjson_doc_get_root (self->doc), &iter);
      while ((key = yyjson_obj_iter_next (&iter)) != NULL)
        if (!is_nested (key, yyjson_obj_iter_get_val (key)) &&
            !g_hash_table_contains (self->by_name, yyjson_get_str (key)))
          {
            char *name = g_strdup (yyjson_get_str (key));

            g_ptr_array_add (self->columns, name);
            g_hash_table_insert (self->by_name, name, GUINT_TO_POINTER (self->columns->len));
          }
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (self->columns->len == 0)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_EMPTY,
                   _("“%s” has no records. Choose a file with at least one."), self->name);
      return FALSE;
    }
  ent_json_table_rewind (self);
  return TRUE;
}

EntJsonTable *
ent_json_table_new (GBytes     *bytes,
                    const char *name,
                    GError    **error)
{
  g_autoptr (EntJsonTable) self = g_new0 (EntJsonTable, 1);

  self->bytes = bytes;
  self->name = g_strdup (name);
  self->data = g_bytes_get_data (bytes, &self->length);
  if (self->length >= 3 && memcmp (self->data, "\357\273\277", 3) == 0)
    {
      self->data += 3;
      self->length -= 3;
    }
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->cells = g_array_new (FALSE, TRUE, sizeof (EntCell));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return collect_columns (self, error) ? g_steal_pointer (&self) : NULL;
}

EntJsonTable *
ent_json_table_open (GFile      *file,
                     const char *name,
                     GError    **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GError) cause = NULL;

  mapped = g_mapped_file_new (path, FALSE, &cause);
  if (mapped == NULL)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_READ, _("Cannot read “%s”: %s"),
                   name, cause->message);
      return NULL;
    }
  return ent_json_table_new (g_mapped_file_get_bytes (mapped), name, error);
}

char **
ent_json_table_dup_columns (EntJsonTable *self)
{
  char **columns = g_new0 (char *, self->columns->len + 1);

  for (guint i = 0; i < self->columns->len; i++)
    columns[i] = g_strdup (self->columns->pdata[i]);
  return columns;
}

void
ent_json_table_rewind (EntJsonTable *self)
{
  self->position = 0;
  self->n_objects = 0;
  g_clear_pointer (&self->doc, yyjson_doc_free);
}

guint64
ent_json_table_get_position (EntJsonTable *self)
{
  return self->position;
}

/* An item of a list in interchange form: a backslash before ; and \. */
static void
append_item (GString    *text,
             yyjson_val *item)
{
  const char *raw = yyjson_is_str (item) ? yyjson_get_str (item)
                    : yyjson_is_raw (item) ? yyjson_get_raw (item)
                    : yyjson_is_bool (item) ? (yyjson_get_bool (item) ? "true" : "false") : NULL;

  if (raw == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, "; ");
  for (; *raw != '\0'; raw++)
    {
      if (*raw == ';' || *raw == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *raw);
    }
}

static char *
join_list (yyjson_val *list)
{
  GString *text = g_string_new (NULL);
  yyjson_arr_iter iter;
  yyjson_val *item;

  yyjson_arr_iter_init (list, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    append_item (text, item);
  return g_string_free_and_steal (text);
}

static void
set_cell (EntJsonTable *self,
          EntCell      *cell,
          yyjson_val   *value)
{
  const char *text = "";

  if (yyjson_is_str (value))
    text = yyjson_get_str (value);
  else if (yyjson_is_raw (value))
    text = yyjson_get_raw (value);
  else if (yyjson_is_bool (value))
    text = yyjson_get_bool (value) ? "true" : "false";
  else if (yyjson_is_arr (value) && !yyjson_is_obj (yyjson_arr_get_first (value)))
    g_ptr_array_add (self->texts, (char *) (text = join_list (value)));
  else if (yyjson_is_ctn (value))
    {
      char *written = yyjson_val_write (value, 0, NULL);

      g_ptr_array_add (self->texts, (char *) (text = written != NULL ? written : g_strdup ("")));
    }
  *cell = (EntCell) { (char *) text, (guint32) strlen (text), TRUE };
}

gboolean
ent_json_table_next (EntJsonTable *self,
                     EntTableRow  *row,
                     GError      **error)
{
  yyjson_val *key;
  yyjson_obj_iter iter;
  EntCell *cells;

  if (!parse_next (self, error))
    return FALSE;
  g_array_set_size (self->cells, self->columns->len);
  cells = (EntCell *) (void *) self->cells->data;
  for (guint i = 0; i < self->columns->len; i++)
    cells[i] = (EntCell) { (char *) "", 0, FALSE };

  yyjson_obj_iter_init (yyjson_doc_get_root (self->doc), &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, yyjson_get_str (key)));

      if (i > 0)
        set_cell (self, &cells[i - 1], yyjson_obj_iter_get_val (key));
    }
  *row = (EntTableRow) { self->n_objects, self->columns->len, 0, cells };
  return TRUE;
}
