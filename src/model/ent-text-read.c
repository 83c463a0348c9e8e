/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHOWN_CHOICES 8

static gboolean
fail (EntValueErrorCode code,
      const char       *format,
      const char       *start,
      const char       *end,
      GError          **error)
{
  g_autofree char *text = ent_text_shorten (start, end - start);

  g_set_error (error, ENT_VALUE_ERROR, code, format, text);

  return FALSE;
}

gboolean
ent_text_check_utf8 (const char *start,
                     const char *end,
                     GError    **error)
{
  if (g_utf8_validate_len (start, (gsize) (end - start), NULL))
    return TRUE;

  return fail (ENT_VALUE_ERROR_MALFORMED,
               _("“%s” is not UTF-8 text; choose the encoding that the file was written in"),
               start, end, error);
}

/* One line: line ends become spaces. Several lines: they become LF. */
static char *
copy_text (const char *start,
           const char *end,
           gboolean    one_line)
{
  gsize length = (gsize) (end - start);
  char *text = g_strndup (start, length);
  char *out = text;

  if (memchr (start, '\r', length) == NULL &&
      (!one_line || memchr (start, '\n', length) == NULL))
    return text;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r' && p[1] == '\n')
        continue;
      *out++ = *p == '\r' || *p == '\n' ? (one_line ? ' ' : '\n') : *p;
    }
  *out = '\0';

  return text;
}

gboolean
ent_choice_fail (const EntField *field,
                 const char     *start,
                 const char     *end,
                 GError        **error)
{
  g_autoptr (GString) choices = g_string_new (NULL);
  g_autofree char *text = ent_text_shorten (start, end - start);
  guint n = field->choices != NULL ? field->choices->len : 0;

  for (guint i = 0; i < MIN (n, SHOWN_CHOICES); i++)
    g_string_append_printf (choices, "%s%s", i > 0 ? ", " : "",
                            ent_choice_get_label (g_ptr_array_index (field->choices, i)));
  if (n > SHOWN_CHOICES)
    g_string_append (choices, ", …");
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_CHOICE,
               /* Translators: the second %s lists the choices. */
               _("“%s” is not one of the choices; write one of: %s"), text, choices->str);

  return FALSE;
}

static char *
read_choice (const EntField *field,
             const char     *start,
             const char     *end,
             GError        **error)
{
  const EntChoice *choice = ent_field_match_choice_span (field, start, end);

  if (choice != NULL)
    return g_strdup (choice->value);
  if (field->info.flags & ENT_FIELD_OPEN)
    return ent_text_check_utf8 (start, end, error) ? copy_text (start, end, TRUE) : NULL;
  ent_choice_fail (field, start, end, error);

  return NULL;
}

static char *
read_country (const char *start,
              const char *end,
              GError    **error)
{
  const char *code = ent_country_match_span (start, end);

  if (code == NULL)
    fail (ENT_VALUE_ERROR_MALFORMED,
          _("“%s” is not a country; write its name or its code, such as DE"), start, end, error);

  return g_strdup (code);
}

static char *
read_currency (const char           *start,
               const char           *end,
               const EntReadContext *context,
               GError              **error)
{
  gsize length;
  const char *code = ent_currency_match (start, end, context, &length);

  if (code != NULL && length == (gsize) (end - start) && *code != '?')
    return g_strdup (code);
  fail (code != NULL && *code == '?' ? ENT_VALUE_ERROR_AMBIGUOUS : ENT_VALUE_ERROR_MALFORMED,
        _("“%s” is not a currency; write its code, such as EUR"), start, end, error);

  return NULL;
}

static char *
read_json (const char *start,
           const char *end,
           GError    **error)
{
  if (!ent_text_check_utf8 (start, end, error))
    return NULL;
  if (ent_json_is_valid (start, end))
    return g_strndup (start, (gsize) (end - start));
  fail (ENT_VALUE_ERROR_MALFORMED, _("“%s” is not valid JSON; write an object such as {}"), start,
        end, error);

  return NULL;
}

char *
ent_text_read (const EntField       *field,
               const char           *start,
               const char           *end,
               const EntReadContext *context,
               GError              **error)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_TEXT:
    case ENT_FIELD_CODE:
      return ent_text_check_utf8 (start, end, error) ? copy_text (start, end, TRUE) : NULL;
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
      return ent_text_check_utf8 (start, end, error) ? copy_text (start, end, FALSE) : NULL;
    case ENT_FIELD_ENUM:
      return read_choice (field, start, end, error);
    case ENT_FIELD_COUNTRY:
      return read_country (start, end, error);
    case ENT_FIELD_CURRENCY:
      return read_currency (start, end, context, error);
    case ENT_FIELD_JSON:
      return read_json (start, end, error);
    default:
      return ent_text_check_utf8 (start, end, error)
               ? ent_address_read (field->info.type, start, end, error)
               : NULL;
    }
}
