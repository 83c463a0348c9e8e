/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <string.h>

typedef struct
{
  const EntField       *field;
  const EntReadContext *context;
  GPtrArray            *texts; /* one of the two */
  GArray               *keys;
} ListReader;

static gboolean
add_text (ListReader *reader,
          const char *start,
          const char *end,
          GError    **error)
{
  g_autofree char *text = ent_text_read (reader->field, start, end, reader->context, error);

  if (text == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (reader->texts, text, g_str_equal, NULL))
    g_ptr_array_add (reader->texts, g_steal_pointer (&text));

  return TRUE;
}

static gboolean
add_key (ListReader *reader,
         const char *start,
         const char *end,
         GError    **error)
{
  EntKey key;

  if (!ent_ref_read (reader->field, start, end, reader->context, &key, error))
    return FALSE;
  for (guint i = 0; i < reader->keys->len; i++)
    if (g_array_index (reader->keys, EntKey, i) == key)
      return TRUE;
  g_array_append_val (reader->keys, key);

  return TRUE;
}

/* An item, its backslashes taken off where they stand before what would end an item. */
static gboolean
add_item (ListReader *reader,
          const char *start,
          const char *end,
          GError    **error)
{
  g_autofree char *plain = NULL;

  ent_text_trim (&start, &end);
  if (start == end)
    return TRUE;
  if (memchr (start, '\\', (gsize) (end - start)) != NULL)
    {
      char *out = plain = g_malloc ((gsize) (end - start) + 1);

      for (const char *p = start; p < end; p++)
        {
          if (*p == '\\' && p + 1 < end && strchr (";,|\\", p[1]) != NULL)
            p++;
          *out++ = *p;
        }
      *out = '\0';
      start = plain;
      end = out;
    }

  return reader->keys != NULL ? add_key (reader, start, end, error)
                              : add_text (reader, start, end, error);
}

/* @separators: two characters at most. */
static const char *
find_unescaped (const char *p,
                const char *end,
                const char *separators)
{
  const char first = separators[0];
  const char second = first != '\0' ? separators[1] : '\0';

  for (; p < end; p++)
    {
      if (*p == '\\' && p + 1 < end)
        p++;
      else if ((*p == first || *p == second) && *p != '\0')
        return p;
    }

  return NULL;
}

/* What the items are split at: the strongest separator in the text. A choice or a record whose name
 * has a comma in it is found before its name is cut in two. */
static const char *
choose_separator (const EntField *field,
                  const char     *start,
                  const char     *end)
{
  if (find_unescaped (start, end, ";") != NULL)
    return ";";
  if (find_unescaped (start, end, "\n|") != NULL)
    return "\n|";
  if (field->choices != NULL && ent_field_match_choice_span (field, start, end) != NULL)
    return "";
  if (field->info.type == ENT_FIELD_COUNTRY && ent_country_match_span (start, end) != NULL)
    return "";

  return ",";
}

static gboolean
read_items (ListReader *reader,
            const char *start,
            const char *end,
            GError    **error)
{
  const char *separators = choose_separator (reader->field, start, end);

  for (const char *p = start; p <= end;)
    {
      const char *stop = find_unescaped (p, end, separators);

      if (stop == NULL)
        stop = end;
      if (!add_item (reader, p, stop, error))
        return FALSE;
      p = stop + 1;
    }

  return TRUE;
}

/* A list of one, which most are: of nothing that could part two. */
static gboolean
read_single (const EntField       *field,
             const char           *start,
             const char           *end,
             const EntReadContext *context,
             EntValue             *value,
             GError              **error)
{
  char *text = ent_text_read (field, start, end, context, error);
  char **list;

  if (text == NULL)
    return FALSE;
  list = g_new0 (char *, 2);
  list[0] = text;
  ent_value_take_list (value, list);

  return TRUE;
}

static gboolean
is_single (const char *start,
           const char *end)
{
  for (const char *p = start; p < end; p++)
    if (*p == ';' || *p == ',' || *p == '|' || *p == '\n' || *p == '\\')
      return FALSE;

  return start < end;
}

gboolean
ent_list_read (const EntField       *field,
               const char           *start,
               const char           *end,
               const EntReadContext *context,
               EntValue             *value,
               GError              **error)
{
  ListReader reader = { field, context, NULL, NULL };
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GArray) keys = NULL;
  const char *first = start, *last = end;

  ent_text_trim (&first, &last);
  if (field->info.type != ENT_FIELD_REF && is_single (first, last))
    return read_single (field, first, last, context, value, error);
  if (field->info.type == ENT_FIELD_REF)
    reader.keys = keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  else
    reader.texts = texts = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  if (!read_items (&reader, start, end, error))
    return FALSE;

  if (keys != NULL)
    {
      ent_value_set_keys (value, (const EntKey *) keys->data, keys->len);
      return TRUE;
    }
  ent_value_take_list (value, (char **) g_ptr_array_steal (texts, NULL));

  return TRUE;
}
