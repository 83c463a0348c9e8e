/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include <string.h>

G_DEFINE_QUARK (ent-value-error-quark, ent_value_error)

void
ent_value_clear (EntValue *self)
{
  switch (self->kind)
    {
    case ENT_VALUE_TEXT:
      g_free (self->text);
      break;
    case ENT_VALUE_LIST:
      g_strfreev (self->list);
      break;
    case ENT_VALUE_KEYS:
      g_free (self->keys);
      break;
    case ENT_VALUE_NULL:
    case ENT_VALUE_INT:
    case ENT_VALUE_MONEY:
      break;
    }
  *self = (EntValue) ENT_VALUE_INIT;
}

void
ent_value_copy (const EntValue *self,
                EntValue       *copy)
{
  EntValue value = *self;

  switch (self->kind)
    {
    case ENT_VALUE_TEXT:
      value.text = g_strdup (self->text);
      break;
    case ENT_VALUE_LIST:
      value.list = g_strdupv (self->list);
      break;
    case ENT_VALUE_KEYS:
      value.keys = g_memdup2 (self->keys, (gsize) self->integer * sizeof (EntKey));
      break;
    case ENT_VALUE_NULL:
    case ENT_VALUE_INT:
    case ENT_VALUE_MONEY:
      break;
    }
  ent_value_clear (copy);
  *copy = value;
}

gboolean
ent_value_equal (const EntValue *a,
                 const EntValue *b)
{
  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind)
    {
    case ENT_VALUE_NULL:
      return TRUE;
    case ENT_VALUE_INT:
      return a->integer == b->integer;
    case ENT_VALUE_MONEY:
      return a->integer == b->integer && strcmp (a->currency, b->currency) == 0;
    case ENT_VALUE_TEXT:
      return strcmp (a->text, b->text) == 0;
    case ENT_VALUE_LIST:
      return g_strv_equal ((const char * const *) a->list, (const char * const *) b->list);
    case ENT_VALUE_KEYS:
      return a->integer == b->integer &&
             memcmp (a->keys, b->keys, (gsize) a->integer * sizeof (EntKey)) == 0;
    }

  return FALSE;
}

static int
compare_integers (gint64 a,
                  gint64 b)
{
  return (a > b) - (a < b);
}

/* Texts that differ only by case or accents still get an order, so that sorting is stable. */
static int
compare_texts (const char *a,
               const char *b)
{
  g_autoptr (GString) a_key = g_string_new (NULL);
  g_autoptr (GString) b_key = g_string_new (NULL);
  int order = strcmp (ent_text_key_into (a_key, a, -1), ent_text_key_into (b_key, b, -1));

  return order != 0 ? order : strcmp (a, b);
}

static int
compare_lists (char **a,
               char **b)
{
  for (; *a != NULL && *b != NULL; a++, b++)
    {
      int order = compare_texts (*a, *b);

      if (order != 0)
        return order;
    }

  return (*a != NULL) - (*b != NULL);
}

static int
compare_keys (const EntValue *a,
              const EntValue *b)
{
  for (gint64 i = 0; i < MIN (a->integer, b->integer); i++)
    {
      int order = compare_integers (a->keys[i], b->keys[i]);

      if (order != 0)
        return order;
    }

  return compare_integers (a->integer, b->integer);
}

int
ent_value_compare (const EntValue *a,
                   const EntValue *b)
{
  if (a->kind != b->kind)
    {
      if (a->kind == ENT_VALUE_NULL || b->kind == ENT_VALUE_NULL)
        return a->kind == ENT_VALUE_NULL ? 1 : -1;
      return a->kind < b->kind ? -1 : 1;
    }

  switch (a->kind)
    {
    case ENT_VALUE_NULL:
      return 0;
    case ENT_VALUE_INT:
      return compare_integers (a->integer, b->integer);
    case ENT_VALUE_MONEY:
      {
        int order = strcmp (a->currency, b->currency);

        return order != 0 ? order : compare_integers (a->integer, b->integer);
      }
    case ENT_VALUE_TEXT:
      return compare_texts (a->text, b->text);
    case ENT_VALUE_LIST:
      return compare_lists (a->list, b->list);
    case ENT_VALUE_KEYS:
      return compare_keys (a, b);
    }

  return 0;
}

void
ent_value_set_int (EntValue *self,
                   gint64    integer)
{
  ent_value_clear (self);
  self->kind = ENT_VALUE_INT;
  self->integer = integer;
}

void
ent_value_set_money (EntValue   *self,
                     gint64      minor,
                     const char *currency)
{
  ent_value_clear (self);
  self->kind = ENT_VALUE_MONEY;
  self->integer = minor;
  g_strlcpy (self->currency, currency, sizeof self->currency);
}

void
ent_value_set_text (EntValue   *self,
                    const char *text)
{
  ent_value_take_text (self, g_strdup (text));
}

void
ent_value_take_text (EntValue *self,
                     char     *text)
{
  ent_value_clear (self);
  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  self->kind = ENT_VALUE_TEXT;
  self->text = text;
}

void
ent_value_set_list (EntValue           *self,
                    const char * const *list)
{
  ent_value_take_list (self, g_strdupv ((char **) list));
}

void
ent_value_take_list (EntValue *self,
                     char    **list)
{
  ent_value_clear (self);
  if (list == NULL || *list == NULL)
    {
      g_strfreev (list);
      return;
    }
  self->kind = ENT_VALUE_LIST;
  self->list = list;
}

void
ent_value_set_keys (EntValue     *self,
                    const EntKey *keys,
                    gsize         n_keys)
{
  EntKey *copy = g_memdup2 (keys, n_keys * sizeof (EntKey));

  ent_value_clear (self);
  if (n_keys == 0)
    return;
  self->kind = ENT_VALUE_KEYS;
  self->integer = (gint64) n_keys;
  self->keys = copy;
}
