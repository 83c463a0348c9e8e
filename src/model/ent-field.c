/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-schema.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* gettext answers "" with the catalog's header, and NULL not at all. */
static const char *
translate (const char *text)
{
  return text != NULL && *text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : text;
}

const char *
ent_field_get_label (const EntField *self)
{
  return translate (self->info.label);
}

const char *
ent_field_get_help (const EntField *self)
{
  return translate (self->info.help);
}

const char *
ent_field_get_unit (const EntField *self)
{
  return translate (self->info.unit);
}

const char *
ent_field_get_group (const EntField *self)
{
  return translate (self->info.group);
}

gboolean
ent_field_is_many (const EntField *self)
{
  return (self->info.flags & ENT_FIELD_MANY) != 0;
}

gboolean
ent_field_is_integer (const EntField *self)
{
  if (self->info.flags & ENT_FIELD_MANY)
    return FALSE;

  switch (self->info.type)
    {
    case ENT_FIELD_INT:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_BOOL:
    case ENT_FIELD_DATE:
    case ENT_FIELD_DATETIME:
    case ENT_FIELD_DURATION:
    case ENT_FIELD_REF:
      return TRUE;
    case ENT_FIELD_TEXT:
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_CODE:
    case ENT_FIELD_MONEY:
    case ENT_FIELD_ENUM:
    case ENT_FIELD_COUNTRY:
    case ENT_FIELD_CURRENCY:
    case ENT_FIELD_TIMEZONE:
    case ENT_FIELD_URL:
    case ENT_FIELD_EMAIL:
    case ENT_FIELD_PHONE:
    case ENT_FIELD_DOMAIN:
    case ENT_FIELD_HASH:
    case ENT_FIELD_JSON:
      return FALSE;
    }

  return FALSE;
}

const char *
ent_choice_get_label (const EntChoice *self)
{
  return translate (self->label != NULL ? self->label : self->value);
}

const EntChoice *
ent_field_lookup_choice (const EntField *self,
                         const char     *value)
{
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (self->choices, i);

      if (strcmp (choice->value, value) == 0)
        return choice;
    }

  return NULL;
}

/* Values before labels before translations, so that a translation that looks like another choice's
 * value cannot take its place. */
const EntChoice *
ent_field_match_choice_span (const EntField *self,
                             const char     *start,
                             const char     *end)
{
  gsize length = (gsize) (end - start);
  guint n = self->choices != NULL ? self->choices->len : 0;
  const EntChoice *choice;

  for (guint i = 0; i < n; i++)
    {
      choice = g_ptr_array_index (self->choices, i);
      if (ent_text_loosely_equal (choice->value, start, length))
        return choice;
    }
  for (guint i = 0; i < n; i++)
    {
      choice = g_ptr_array_index (self->choices, i);
      if (choice->label != NULL && ent_text_loosely_equal (choice->label, start, length))
        return choice;
    }
  for (guint i = 0; i < n; i++)
    {
      const char *label;

      choice = g_ptr_array_index (self->choices, i);
      label = ent_choice_get_label (choice);
      if (label != choice->label && ent_text_loosely_equal (label, start, length))
        return choice;
    }

  return NULL;
}

const EntChoice *
ent_field_match_choice (const EntField *self,
                        const char     *text)
{
  const char *start = text, *end = text + strlen (text);

  ent_text_trim (&start, &end);

  return start < end ? ent_field_match_choice_span (self, start, end) : NULL;
}

gboolean
ent_field_applies_to (const EntField     *self,
                      const char * const *kinds)
{
  g_auto (GStrv) own = NULL;

  if (self->info.kinds == NULL || kinds == NULL || *kinds == NULL)
    return TRUE;
  own = g_strsplit (self->info.kinds, "|", -1);
  for (char **kind = own; *kind != NULL; kind++)
    if (g_strv_contains (kinds, g_strstrip (*kind)))
      return TRUE;

  return FALSE;
}

/* Names are compared without case, spaces, underscores and hyphens, since headers vary by those. */
static gboolean
knows_name (const EntField *self,
            const char     *name)
{
  gsize length = strlen (name);
  const char *p = self->info.aliases;

  if (ent_text_loosely_equal (self->info.name, name, length) ||
      ent_text_loosely_equal (self->info.label, name, length))
    return TRUE;
  while (p != NULL)
    {
      const char *bar = strchr (p, '|');
      const char *start = p, *end = bar != NULL ? bar : p + strlen (p);

      ent_text_trim (&start, &end);
      if (start < end && ent_text_loosely_equal (name, start, (gsize) (end - start)))
        return TRUE;
      p = bar != NULL ? bar + 1 : NULL;
    }

  return FALSE;
}

/* The usual names of a common field step back where a type has a field of that name: the "subject"
 * of an activity is no title. */
static gboolean
is_taken (const EntField *self,
          const char     *alias)
{
  if (self->index >= ENT_N_COMMON)
    return FALSE;
  for (guint i = ENT_N_COMMON; i < self->type->fields->len; i++)
    if (knows_name (g_ptr_array_index (self->type->fields, i), alias))
      return TRUE;

  return FALSE;
}

static void
add_alias (const EntField *self,
           GStrvBuilder   *builder,
           GHashTable     *seen,
           const char     *alias)
{
  g_autofree char *key = NULL;

  if (alias == NULL || *alias == '\0' || is_taken (self, alias))
    return;
  key = ent_text_key (alias);
  if (g_hash_table_add (seen, g_steal_pointer (&key)))
    g_strv_builder_add (builder, alias);
}

char **
ent_field_dup_aliases (const EntField *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) aliases = g_strsplit (self->info.aliases != NULL ? self->info.aliases : "", "|",
                                       -1);

  add_alias (self, builder, seen, self->info.name);
  add_alias (self, builder, seen, self->info.label);
  add_alias (self, builder, seen, ent_field_get_label (self));
  for (char **alias = aliases; *alias != NULL; alias++)
    add_alias (self, builder, seen, g_strstrip (*alias));

  return g_strv_builder_end (builder);
}
