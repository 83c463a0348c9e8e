/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "ecosystem/ent-graph.h"

/* Reads the public networks of ../shared/data: comma-separated, quotes doubled, no line ends inside. */

static inline char *
shared_file (const char *name)
{
  const char *shared = g_getenv ("ENTENTE_SHARED");
  char *path = shared != NULL ? g_build_filename (shared, "data", name, NULL) : NULL;

  if (path != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);
  return path;
}

static inline GPtrArray *
split_csv_line (const char *line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  GString *cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = line; *p != '\0'; p++)
    if (quoted && p[0] == '"' && p[1] == '"')
      g_string_append_c (cell, *p++);
    else if (*p == '"')
      quoted = !quoted;
    else if (*p == ',' && !quoted)
      {
        g_ptr_array_add (cells, g_strdup (cell->str));
        g_string_truncate (cell, 0);
      }
    else if (*p != '\r')
      g_string_append_c (cell, *p);
  g_ptr_array_add (cells, g_string_free (cell, FALSE));
  return cells;
}

/** Rows without the header; element-type GPtrArray of texts. NULL when the file is not there. */
static inline GPtrArray *
read_csv (const char *name)
{
  g_autofree char *path = shared_file (name);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  GPtrArray *rows;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (rows, split_csv_line (lines[i]));
  return rows;
}

static inline const char *
cell (GPtrArray *rows,
      guint      row,
      guint      column)
{
  return g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, row), column);
}

static inline gint32
intern_node (GHashTable *index,
             GPtrArray  *titles,
             const char *name)
{
  gpointer known = g_hash_table_lookup (index, name);

  if (known != NULL)
    return GPOINTER_TO_INT (known) - 1;
  g_ptr_array_add (titles, g_strdup (name));
  g_hash_table_insert (index, g_ptr_array_index (titles, titles->len - 1), GINT_TO_POINTER (titles->len));
  return titles->len - 1;
}

/** A graph from the first two columns of a file. NULL when the file is not there. */
static inline EntGraph *
read_graph (const char *name)
{
  g_autoptr(GPtrArray) rows = read_csv (name);
  g_autoptr(GPtrArray) titles = NULL;
  g_autoptr(GHashTable) index = NULL;
  g_autofree gint32 *ends = NULL;

  if (rows == NULL)
    return NULL;
  titles = g_ptr_array_new_with_free_func (g_free);
  index = g_hash_table_new (g_str_hash, g_str_equal);
  ends = g_new (gint32, 2 * rows->len);
  for (guint i = 0; i < 2 * rows->len; i++)
    ends[i] = intern_node (index, titles, cell (rows, i / 2, i % 2));
  return ent_graph_new_from_edges (titles->len, (const char * const *) titles->pdata, ends, rows->len, NULL);
}
