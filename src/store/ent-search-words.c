/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-search-private.h"

#include <string.h>

/* Scripts that are written without spaces: a search for the second word of a Chinese name must find it. */
static gboolean
stands_alone (gunichar c)
{
  return c >= 0x2E80 && (g_unichar_iswide (c) || (c >= 0x0E00 && c <= 0x0E7F));
}

static gboolean
is_word_byte (char c)
{
  return (c & 0x80) != 0 || g_ascii_isalnum (c);
}

/* One run of word bytes; ASCII, the common case, is copied at once. */
static const char *
append_run (GString    *buffer,
            const char *p,
            const char *end)
{
  const char *start = p;

  while (p < end && (*p & 0x80) == 0 && g_ascii_isalnum (*p))
    p++;
  g_string_append_len (buffer, start, p - start);
  return p;
}

static const char *
append_wide (GString    *buffer,
             const char *p,
             gboolean   *in_word)
{
  gunichar c = g_utf8_get_char (p);
  gboolean is_letter = g_unichar_isalnum (c);
  gboolean alone = is_letter && stands_alone (c);

  /* Marks that the folding keeps (vowel signs) belong to the letter before them. */
  if (is_letter && buffer->len > 0 && (!*in_word || alone))
    g_string_append_c (buffer, ' ');
  if (is_letter || g_unichar_ismark (c))
    g_string_append_unichar (buffer, c);
  if (!g_unichar_ismark (c))
    *in_word = is_letter && !alone;
  return g_utf8_next_char (p);
}

static void
split_key (GString    *buffer,
           const char *key,
           gsize       length)
{
  const char *end = key + length;
  gboolean in_word = FALSE;

  for (const char *p = key; p < end;)
    {
      if (!is_word_byte (*p))
        {
          in_word = FALSE;
          p++;
          continue;
        }
      if ((*p & 0x80) != 0)
        {
          p = append_wide (buffer, p, &in_word);
          continue;
        }
      if (!in_word && buffer->len > 0)
        g_string_append_c (buffer, ' ');
      in_word = TRUE;
      p = append_run (buffer, p, end);
    }
}

void
ent_search_fold (GString    *buffer,
                 const char *text,
                 gssize      length)
{
  g_autoptr (GString) key = g_string_new (NULL);

  ent_text_key_into (key, text, length);
  split_key (buffer, key->str, key->len);
}

/* --- Words ---------------------------------------------------------------------------------------- */

void
ent_words_init (EntWords   *self,
                const char *text)
{
  g_auto (GStrv) typed = NULL;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *all = g_string_new (NULL);

  self->phrases = g_ptr_array_new_with_free_func (g_free);
  typed = g_strsplit_set (valid, " \t\n", -1);
  for (guint i = 0; typed[i] != NULL; i++)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);

      ent_search_fold (phrase, typed[i], -1);
      if (phrase->len == 0)
        continue;
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", phrase->str);
      g_ptr_array_add (self->phrases, g_string_free_and_steal (g_steal_pointer (&phrase)));
    }
  self->text = g_string_free_and_steal (all);
}

void
ent_words_clear (EntWords *self)
{
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);
}

gboolean
ent_words_is_empty (const EntWords *self)
{
  return self->phrases->len == 0;
}

/* Folded words hold letters and digits only, so no character of theirs means anything to FTS5. */
char *
ent_words_to_fts (const EntWords *self,
                  const char     *column)
{
  GString *query = g_string_new (NULL);

  if (column != NULL)
    g_string_append_printf (query, "%s : (", column);
  for (guint i = 0; i < self->phrases->len; i++)
    g_string_append_printf (query, "%s\"%s\" *", i > 0 ? " AND " : "",
                            (const char *) self->phrases->pdata[i]);
  if (column != NULL)
    g_string_append_c (query, ')');
  return g_string_free_and_steal (query);
}

/* Whether @phrase stands at the beginning of a word of @folded. */
static gboolean
begins_word (const char *folded,
             const char *phrase)
{
  for (const char *p = strstr (folded, phrase); p != NULL; p = strstr (p + 1, phrase))
    if (p == folded || p[-1] == ' ')
      return TRUE;
  return FALSE;
}

gboolean
ent_words_match (const EntWords *self,
                 const char     *text,
                 gssize          length,
                 GString        *scratch)
{
  g_string_truncate (scratch, 0);
  ent_search_fold (scratch, text, length);
  for (guint i = 0; i < self->phrases->len; i++)
    if (!begins_word (scratch->str, self->phrases->pdata[i]))
      return FALSE;
  return TRUE;
}
