/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_limited (const EntField *field)
{
  return field->info.min != 0 || field->info.max != 0;
}

static char *
display_limit (const EntField *field,
               const EntValue *value,
               gint64          limit)
{
  g_auto (EntValue) shown = ENT_VALUE_INIT;

  if (value->kind == ENT_VALUE_MONEY)
    ent_value_set_money (&shown, limit, value->currency);
  else
    ent_value_set_int (&shown, limit);

  return ent_value_display (field, &shown, ENT_DISPLAY_FULL, NULL, NULL);
}

static gboolean
check_number (const EntField *field,
              const EntValue *value,
              const char     *start,
              const char     *end,
              GError        **error)
{
  gboolean above = value->integer > field->info.max;
  g_autofree char *text = NULL;
  g_autofree char *limit = NULL;

  if (!above && value->integer >= field->info.min)
    return TRUE;

  limit = display_limit (field, value, above ? field->info.max : field->info.min);
  text = start != NULL ? ent_text_shorten (start, end - start) : ent_value_write (field, value);
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_RANGE,
               above ? _("“%s” is above the largest allowed value, %s")
                     : _("“%s” is below the smallest allowed value, %s"),
               text, limit);

  return FALSE;
}

/* The limits of a text are its numbers of characters. */
static gboolean
check_length (const EntField *field,
              const char     *text,
              GError        **error)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *shown = NULL;
  gboolean above = length > field->info.max;
  gulong limit = (gulong) (above ? field->info.max : field->info.min);

  if (!above && length >= field->info.min)
    return TRUE;

  shown = ent_text_shorten (text, -1);
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_RANGE,
               above ? g_dngettext (GETTEXT_PACKAGE,
                                    "“%s” is too long; write at most %lu character",
                                    "“%s” is too long; write at most %lu characters", limit)
                     : g_dngettext (GETTEXT_PACKAGE,
                                    "“%s” is too short; write at least %lu character",
                                    "“%s” is too short; write at least %lu characters", limit),
               shown, limit);

  return FALSE;
}

gboolean
ent_value_check_range (const EntField *field,
                       const EntValue *value,
                       const char     *start,
                       const char     *end,
                       GError        **error)
{
  switch (value->kind)
    {
    case ENT_VALUE_INT:
    case ENT_VALUE_MONEY:
      return check_number (field, value, start, end, error);
    case ENT_VALUE_TEXT:
      return check_length (field, value->text, error);
    case ENT_VALUE_LIST:
      for (char **item = value->list; *item != NULL; item++)
        if (!check_length (field, *item, error))
          return FALSE;
      return TRUE;
    case ENT_VALUE_NULL:
    case ENT_VALUE_KEYS:
      return TRUE;
    }

  return TRUE;
}

static EntValueKind
get_kind (const EntField *field)
{
  if (ent_field_is_many (field))
    return field->info.type == ENT_FIELD_REF ? ENT_VALUE_KEYS : ENT_VALUE_LIST;
  if (field->info.type == ENT_FIELD_MONEY)
    return ENT_VALUE_MONEY;

  return ent_field_is_integer (field) ? ENT_VALUE_INT : ENT_VALUE_TEXT;
}

/* A stored text is what reading it gives again. */
static gboolean
check_form (const EntField *field,
            const char     *text,
            GError        **error)
{
  EntField single = *field;
  g_auto (EntValue) read = ENT_VALUE_INIT;
  g_autofree char *shown = NULL;

  single.info.flags &= ~ENT_FIELD_MANY;
  if (!ent_value_read (&single, text, NULL, &read, error))
    return FALSE;
  if (read.kind == ENT_VALUE_TEXT && strcmp (read.text, text) == 0)
    return TRUE;

  shown = ent_text_shorten (text, -1);
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
               _("“%s” is not in its stored form; write “%s”"), shown,
               read.kind == ENT_VALUE_TEXT ? read.text : "");

  return FALSE;
}

static gboolean
check_text (const EntField *field,
            const char     *text,
            GError        **error)
{
  const char *end = text + strlen (text);

  switch ((int) field->info.type)
    {
    case ENT_FIELD_TEXT:
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_CODE:
      return ent_text_check_utf8 (text, end, error);
    case ENT_FIELD_ENUM:
      if (ent_field_lookup_choice (field, text) != NULL)
        return TRUE;
      return field->info.flags & ENT_FIELD_OPEN ? ent_text_check_utf8 (text, end, error)
                                                : ent_choice_fail (field, text, end, error);
    default:
      return check_form (field, text, error);
    }
}

static gboolean
check_keys (const EntField *field,
            const EntKey   *keys,
            gint64          n_keys,
            GError        **error)
{
  for (gint64 i = 0; i < n_keys; i++)
    {
      g_autofree char *text = g_strdup_printf ("#%" G_GINT64_FORMAT, keys[i]);

      if (!ent_key_check (field, keys[i], text, text + strlen (text), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_currency (const EntValue *value,
                GError        **error)
{
  if (ent_currency_is_known (value->currency))
    return TRUE;
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
               _("“%s” is not a currency; write its code, such as EUR"), value->currency);

  return FALSE;
}

static gboolean
is_possible (EntFieldType type,
             gint64       integer)
{
  switch ((int) type)
    {
    case ENT_FIELD_BOOL:
      return integer == 0 || integer == 1;
    case ENT_FIELD_DATE:
      return ent_date_is_in_range (integer);
    case ENT_FIELD_DATETIME:
      return ent_datetime_is_in_range (integer);
    default:
      return TRUE;
    }
}

static gboolean
check_integer (const EntField *field,
               gint64          integer,
               GError        **error)
{
  if (field->info.type == ENT_FIELD_REF)
    return check_keys (field, &integer, 1, error);
  if (is_possible (field->info.type, integer))
    return TRUE;
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_RANGE,
               _("The value does not suit the field “%s”; write another one"),
               ent_field_get_label (field));

  return FALSE;
}

static gboolean
check_contents (const EntField *field,
                const EntValue *value,
                GError        **error)
{
  switch (value->kind)
    {
    case ENT_VALUE_NULL:
      break;
    case ENT_VALUE_INT:
      return check_integer (field, value->integer, error);
    case ENT_VALUE_MONEY:
      return check_currency (value, error);
    case ENT_VALUE_TEXT:
      return check_text (field, value->text, error);
    case ENT_VALUE_LIST:
      for (char **item = value->list; *item != NULL; item++)
        if (!check_text (field, *item, error))
          return FALSE;
      break;
    case ENT_VALUE_KEYS:
      return check_keys (field, value->keys, value->integer, error);
    }

  return TRUE;
}

gboolean
ent_value_check (const EntField *field,
                 const EntValue *value,
                 GError        **error)
{
  if (value->kind == ENT_VALUE_NULL)
    return TRUE;
  if (value->kind != get_kind (field))
    {
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   _("The value does not suit the field “%s”; write another one"),
                   ent_field_get_label (field));
      return FALSE;
    }
  if (!check_contents (field, value, error))
    return FALSE;

  return !is_limited (field) || ent_value_check_range (field, value, NULL, NULL, error);
}
