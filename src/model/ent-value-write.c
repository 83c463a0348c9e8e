/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PERCENT_DIGITS 4
#define SCORE_DIGITS 2

/* --- Interchange ------------------------------------------------------------------------------ */

static char *
write_number (gint64 value,
              int    digits,
              gboolean trim)
{
  GString *text = g_string_new (NULL);

  ent_number_append (text, value, digits, trim);

  return g_string_free (text, FALSE);
}

static char *
write_integer (EntFieldType type,
               gint64       integer)
{
  switch ((int) type)
    {
    case ENT_FIELD_PERCENT:
      return write_number (integer, PERCENT_DIGITS, TRUE);
    case ENT_FIELD_SCORE:
      return write_number (integer, SCORE_DIGITS, TRUE);
    case ENT_FIELD_BOOL:
      return g_strdup (integer != 0 ? "true" : "false");
    case ENT_FIELD_DATE:
      return ent_date_write (integer);
    case ENT_FIELD_DATETIME:
      return ent_datetime_write (integer);
    case ENT_FIELD_REF:
      return g_strdup_printf ("#%" G_GINT64_FORMAT, integer);
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, integer);
    }
}

static char *
write_money (const EntValue *value)
{
  GString *text = g_string_new (NULL);

  ent_number_append (text, value->integer, ent_currency_get_digits (value->currency), FALSE);
  g_string_append_printf (text, " %s", value->currency);

  return g_string_free (text, FALSE);
}

/* A list of one has no ";" to show what it is split at, so its commas are marked as well. */
static char *
write_list (char **list)
{
  GString *text = g_string_new (NULL);
  const char *special = list[1] == NULL ? ";\\,|" : ";\\";

  for (char **item = list; *item != NULL; item++)
    {
      if (item > list)
        g_string_append (text, "; ");
      for (const char *p = *item; *p != '\0'; p++)
        {
          if (strchr (special, *p) != NULL)
            g_string_append_c (text, '\\');
          g_string_append_c (text, *p);
        }
    }

  return g_string_free (text, FALSE);
}

static char *
write_keys (const EntValue *value)
{
  GString *text = g_string_new (NULL);

  for (gint64 i = 0; i < value->integer; i++)
    g_string_append_printf (text, "%s#%" G_GINT64_FORMAT, i > 0 ? "; " : "", value->keys[i]);

  return g_string_free (text, FALSE);
}

char *
ent_value_write (const EntField *field,
                 const EntValue *value)
{
  switch (value->kind)
    {
    case ENT_VALUE_NULL:
      return NULL;
    case ENT_VALUE_INT:
      return write_integer (field->info.type, value->integer);
    case ENT_VALUE_MONEY:
      return write_money (value);
    case ENT_VALUE_TEXT:
      return g_strdup (value->text);
    case ENT_VALUE_LIST:
      return write_list (value->list);
    case ENT_VALUE_KEYS:
      return write_keys (value);
    }

  return NULL;
}

/* --- Display ---------------------------------------------------------------------------------- */

static char *
display_number (gint64   value,
                int      digits,
                gboolean trim)
{
  GString *text = g_string_new (NULL);

  ent_number_append_local (text, value, digits, trim);

  return g_string_free (text, FALSE);
}

/* "45 min", "1 h", "1 h 30 min". */
static char *
display_duration (gint64 minutes)
{
  int hours = (int) (minutes / 60), rest = (int) (minutes % 60);

  if (hours == 0)
    /* Translators: minutes. */
    return g_strdup_printf (_("%d min"), rest);
  if (rest == 0)
    /* Translators: hours. */
    return g_strdup_printf (_("%d h"), hours);

  /* Translators: hours and minutes. */
  return g_strdup_printf (_("%d h %d min"), hours, ABS (rest));
}

static char *
display_key (EntKey      key,
             EntNameFunc name,
             gpointer    user_data)
{
  char *text = name != NULL ? name (key, user_data) : NULL;

  return text != NULL ? text : g_strdup_printf ("#%" G_GINT64_FORMAT, key);
}

static char *
display_percent (gint64 value)
{
  g_autofree char *number = display_number (value, PERCENT_DIGITS, TRUE);

  /* Translators: a percentage, such as 12.5 %. */
  return g_strdup_printf (_("%s %%"), number);
}

static char *
display_integer (const EntField *field,
                 gint64          integer,
                 EntDisplay      form,
                 EntNameFunc     name,
                 gpointer        user_data)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_PERCENT:
      return display_percent (integer);
    case ENT_FIELD_SCORE:
      return display_number (integer, SCORE_DIGITS, TRUE);
    case ENT_FIELD_BOOL:
      return g_strdup (integer != 0 ? _("Yes") : _("No"));
    case ENT_FIELD_DATE:
      return ent_date_display (integer, form);
    case ENT_FIELD_DATETIME:
      return ent_datetime_display (integer, form);
    case ENT_FIELD_DURATION:
      return display_duration (integer);
    case ENT_FIELD_REF:
      return display_key (integer, name, user_data);
    default:
      return display_number (integer, 0, FALSE);
    }
}

static char *
display_text (const EntField *field,
              const char     *text)
{
  const EntChoice *choice = ent_field_lookup_choice (field, text);
  const char *name = NULL;

  if (choice != NULL)
    return g_strdup (ent_choice_get_label (choice));
  if (field->info.type == ENT_FIELD_COUNTRY)
    name = ent_country_get_name (text);

  return g_strdup (name != NULL ? name : text);
}

static char *
display_list (const EntField *field,
              char          **list)
{
  GString *text = g_string_new (NULL);

  for (char **item = list; *item != NULL; item++)
    {
      g_autofree char *shown = display_text (field, *item);

      if (item > list)
        g_string_append (text, ", ");
      g_string_append (text, shown);
    }

  return g_string_free (text, FALSE);
}

static char *
display_keys (const EntValue *value,
              EntNameFunc     name,
              gpointer        user_data)
{
  GString *text = g_string_new (NULL);

  for (gint64 i = 0; i < value->integer; i++)
    {
      g_autofree char *shown = display_key (value->keys[i], name, user_data);

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, shown);
    }

  return g_string_free (text, FALSE);
}

static char *
display_bare (const EntField *field,
              const EntValue *value,
              EntDisplay      form,
              EntNameFunc     name,
              gpointer        user_data)
{
  switch (value->kind)
    {
    case ENT_VALUE_NULL:
      break;
    case ENT_VALUE_INT:
      return display_integer (field, value->integer, form, name, user_data);
    case ENT_VALUE_MONEY:
      return ent_money_display (value->integer, value->currency, form);
    case ENT_VALUE_TEXT:
      return display_text (field, value->text);
    case ENT_VALUE_LIST:
      return display_list (field, value->list);
    case ENT_VALUE_KEYS:
      return display_keys (value, name, user_data);
    }

  return g_strdup ("");
}

char *
ent_value_display (const EntField *field,
                   const EntValue *value,
                   EntDisplay      form,
                   EntNameFunc     name,
                   gpointer        user_data)
{
  g_autofree char *text = display_bare (field, value, form, name, user_data);
  const char *unit = ent_field_get_unit (field);

  if (value->kind != ENT_VALUE_INT || unit == NULL || form == ENT_DISPLAY_SHORT)
    return g_steal_pointer (&text);

  /* Translators: a number and its unit, such as 30 days. */
  return g_strdup_printf (_("%1$s %2$s"), text, unit);
}
