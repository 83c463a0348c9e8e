/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-filter-text.h"

#include <glib/gi18n.h>
#include <string.h>

char *
ent_filter_quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *at);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

const EntField *
ent_filter_term_get_field (const EntRecordType *type,
                           const char          *term)
{
  g_autofree char *name = g_strndup (term, strcspn (term, " .=<>!~"));

  return ent_record_type_lookup (type, name);
}

/* Reads one value at *@at, quoted or bare, and moves past it. */
static char *
read_value (const char **at)
{
  GString *value = g_string_new (NULL);
  const char *p = *at + strspn (*at, " ");

  if (*p == '"')
    for (p++; *p != '\0' && *p != '"'; p++)
      {
        if (*p == '\\' && p[1] != '\0')
          p++;
        g_string_append_c (value, *p);
      }
  else
    for (; *p != '\0' && *p != ',' && *p != ')'; p++)
      g_string_append_c (value, *p);
  *at = *p == '"' ? p + 1 : p;
  return g_string_free (value, FALSE);
}

/* The values of a term, choices by their labels, joined by "or". */
static char *
values_in_words (const EntField *field,
                 const char     *text)
{
  GString *words = g_string_new (NULL);
  const char *at = text;

  while (*at != '\0' && *at != ')')
    {
      g_autofree char *value = read_value (&at);
      const EntChoice *choice = field->choices != NULL ? ent_field_lookup_choice (field, value) : NULL;

      if (words->len > 0)
        g_string_append (words, _(" or "));
      g_string_append (words, choice != NULL ? ent_choice_get_label (choice) : value);
      at += strspn (at, " ,");
    }
  return g_string_free (words, FALSE);
}

static const struct { const char *op; const char *words; gboolean list; } operators[] = {
  { "is not empty", N_("%s is filled"), FALSE },
  { "is empty", N_("%s is empty"), FALSE },
  { "in (", N_("%s: %s"), TRUE },
  { "has ", N_("%s: %s"), TRUE },
  { "!= ", N_("%s is not %s"), TRUE },
  { "!~ ", N_("%s is without “%s”"), TRUE },
  { ">= ", N_("%s from %s"), TRUE },
  { "<= ", N_("%s up to %s"), TRUE },
  { "= ", N_("%s: %s"), TRUE },
  { "~ ", N_("%s contains “%s”"), TRUE },
  { "> ", N_("%s over %s"), TRUE },
  { "< ", N_("%s under %s"), TRUE },
};

char *
ent_filter_term_to_words (const EntRecordType *type,
                          const char          *term)
{
  const EntField *field = ent_filter_term_get_field (type, term);
  const char *rest = field != NULL ? term + strlen (field->info.name) : NULL;

  if (rest == NULL || *rest == '.')
    return g_strdup (term);
  rest += strspn (rest, " ");
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (rest, operators[i].op))
      {
        g_autofree char *values = values_in_words (field, rest + strlen (operators[i].op));

        return operators[i].list ? g_strdup_printf (_(operators[i].words), ent_field_get_label (field), values)
                                 : g_strdup_printf (_(operators[i].words), ent_field_get_label (field));
      }
  return *rest == '\0' ? g_strdup (ent_field_get_label (field)) : g_strdup (term);
}
