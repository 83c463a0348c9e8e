/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-merge-private.h"

#include "sync/ent-sync-json.h"

#include <string.h>

/* --- Lists ------------------------------------------------------------------------------------ */

/* A list with the canonical texts of its elements. */
typedef struct
{
  JsonArray  *array; /* (nullable) (unowned) */
  GPtrArray  *texts; /* of its elements, in order */
  GHashTable *set;   /* of those texts */
} List;

static void
list_clear (List *self)
{
  g_clear_pointer (&self->set, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

/* FALSE when the value is something else than a list. */
static gboolean
list_init (List     *self,
           JsonNode *value)
{
  if (value != NULL && !JSON_NODE_HOLDS_ARRAY (value))
    return FALSE;
  self->array = value != NULL ? json_node_get_array (value) : NULL;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->set = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; self->array != NULL && i < json_array_get_length (self->array); i++)
    {
      char *text = ent_sync_json_write (json_array_get_element (self->array, i));

      g_ptr_array_add (self->texts, text);
      g_hash_table_add (self->set, text);
    }
  return TRUE;
}

/* What was in the base stays when both sides still have it; what is new stays anyway. */
static gboolean
stays (const char *text,
       const List *base,
       const List *a,
       const List *b)
{
  return !g_hash_table_contains (base->set, text) ||
         (g_hash_table_contains (a->set, text) && g_hash_table_contains (b->set, text));
}

/* Adds the elements of @list that stay and are not there yet. */
static void
add_elements (JsonArray  *merged,
              GHashTable *added,
              const List *list,
              const List *base,
              const List *a,
              const List *b)
{
  for (guint i = 0; i < list->texts->len; i++)
    {
      const char *text = g_ptr_array_index (list->texts, i);

      if (stays (text, base, a, b) && g_hash_table_add (added, (gpointer) text))
        json_array_add_element (merged, json_node_copy (json_array_get_element (list->array, i)));
    }
}

static gboolean
is_all_of (GHashTable *added,
           const List *side)
{
  GHashTableIter iter;
  gpointer text;

  if (g_hash_table_size (added) != g_hash_table_size (side->set))
    return FALSE;
  g_hash_table_iter_init (&iter, added);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    if (!g_hash_table_contains (side->set, text))
      return FALSE;
  return TRUE;
}

EntSyncParts
ent_sync_merge_lists (JsonNode  *base,
                      JsonNode  *a,
                      JsonNode  *b,
                      gboolean   a_first,
                      JsonNode **merged)
{
  g_auto (List) old = { NULL, NULL, NULL };
  g_auto (List) left = { NULL, NULL, NULL };
  g_auto (List) right = { NULL, NULL, NULL };
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GHashTable) added = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_a, is_b;

  if (!list_init (&old, base) || !list_init (&left, a) || !list_init (&right, b))
    return ENT_SYNC_PARTS_NONE;
  add_elements (array, added, a_first ? &left : &right, &old, &left, &right);
  add_elements (array, added, a_first ? &right : &left, &old, &left, &right);
  is_a = is_all_of (added, &left);
  is_b = is_all_of (added, &right);
  if (is_a || is_b)
    return is_a && is_b ? ENT_SYNC_PARTS_MOVED : is_a ? ENT_SYNC_PARTS_A : ENT_SYNC_PARTS_B;
  *merged = json_array_get_length (array) > 0 ? json_node_init_array (json_node_alloc (), array) : NULL;
  return ENT_SYNC_PARTS_BOTH;
}

/* --- Texts ------------------------------------------------------------------------------------ */

/* (nullable) for something else than a text; no text is one without lines. */
static const char *
get_text (JsonNode *value)
{
  if (value == NULL)
    return "";
  return json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
}

/* A line end at the very end begins no line. (transfer full) */
static char **
split_lines (const char *text)
{
  static const char * const blank[] = { "", NULL };
  gsize length = strlen (text);
  g_autofree char *copy = g_strndup (text, length - (g_str_has_suffix (text, "\n") ? 1 : 0));

  return length > 0 && *copy == '\0' ? g_strdupv ((char **) blank) : g_strsplit (copy, "\n", -1);
}

/* The lines after those of the base; NULL when it does not begin with them. */
static char **
get_appended (char **lines,
              char **base)
{
  for (; *base != NULL; base++, lines++)
    if (*lines == NULL || strcmp (*lines, *base) != 0)
      return NULL;
  return lines;
}

static gboolean
begins_with (char **lines,
             char **part)
{
  for (; *part != NULL; part++, lines++)
    if (*lines == NULL || strcmp (*lines, *part) != 0)
      return FALSE;
  return TRUE;
}

/* Whether the lines of @part are in @lines in one piece. */
static gboolean
contains (char **lines,
          char **part)
{
  for (; *lines != NULL; lines++)
    if (begins_with (lines, part))
      return TRUE;
  return *part == NULL;
}

static char *
append_lines (const char *a,
              const char *b,
              char      **lines)
{
  g_autofree char *appended = g_strjoinv ("\n", lines);
  gboolean ends = g_str_has_suffix (a, "\n") || g_str_has_suffix (b, "\n");

  return g_strconcat (a, g_str_has_suffix (a, "\n") || *a == '\0' ? "" : "\n", appended, ends ? "\n" : "", NULL);
}

EntSyncParts
ent_sync_merge_texts (JsonNode  *base,
                      JsonNode  *a,
                      JsonNode  *b,
                      gboolean   has_base,
                      char     **merged)
{
  const char *old = get_text (base), *left = get_text (a), *right = get_text (b);
  g_auto (GStrv) old_lines = old != NULL ? split_lines (old) : NULL;
  g_auto (GStrv) left_lines = left != NULL ? split_lines (left) : NULL;
  g_auto (GStrv) right_lines = right != NULL ? split_lines (right) : NULL;
  char **left_new, **right_new;
  gboolean in_left, in_right;

  if (old_lines == NULL || left_lines == NULL || right_lines == NULL)
    return ENT_SYNC_PARTS_NONE;
  left_new = get_appended (left_lines, old_lines);
  right_new = get_appended (right_lines, old_lines);
  if (left_new == NULL || right_new == NULL)
    return ENT_SYNC_PARTS_NONE;
  in_left = contains (left_new, right_new);
  in_right = contains (right_new, left_new);
  /* With the same lines, they differ in the last line end. */
  if (in_left && in_right)
    return strcmp (left, right) > 0 ? ENT_SYNC_PARTS_A : ENT_SYNC_PARTS_B;
  if (in_left || in_right)
    return in_left ? ENT_SYNC_PARTS_A : ENT_SYNC_PARTS_B;
  if (!has_base)
    return ENT_SYNC_PARTS_NONE;
  *merged = append_lines (left, right, right_new);
  return ENT_SYNC_PARTS_BOTH;
}
