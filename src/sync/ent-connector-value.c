/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* One value: from a record's field to the portal's form of it. The way back is in ent-connector-value-read.c. */

/* The form of HTTP headers, in English whatever the locale (RFC 9110, section 5.6.7). */
static char *
write_http_time (GDateTime *time)
{
  static const char * const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char * const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (time) - 1],
                          g_date_time_get_day_of_month (time), months[g_date_time_get_month (time) - 1],
                          g_date_time_get_year (time), g_date_time_get_hour (time), g_date_time_get_minute (time),
                          g_date_time_get_second (time));
}

char *
connector_time_write (EntConnectorTime format,
                      gint64           micros)
{
  gint64 seconds = micros / G_USEC_PER_SEC - (micros % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  switch (format)
    {
    case ENT_CONNECTOR_TIME_DATE:
      return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("");
    case ENT_CONNECTOR_TIME_HTTP:
      return time != NULL ? write_http_time (time) : g_strdup ("");
    case ENT_CONNECTOR_TIME_MILLISECONDS:
      return g_strdup_printf ("%" G_GINT64_FORMAT, micros / 1000);
    case ENT_CONNECTOR_TIME_SECONDS:
      return g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
    case ENT_CONNECTOR_TIME_ISO:
      break;
    }
  return ent_datetime_write (micros);
}

static JsonNode *
new_int (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

/* A number as JSON: whole where it is whole. */
static JsonNode *
new_number (const char *text)
{
  if (strchr (text, '.') == NULL)
    return new_int (g_ascii_strtoll (text, NULL, 10));
  return json_node_init_double (json_node_alloc (), g_ascii_strtod (text, NULL));
}

/* The value as one text; of several the first. */
static char *
write_text (const EntField *info,
            const EntValue *value)
{
  if (value->kind == ENT_VALUE_LIST)
    return g_strdup (value->list[0]);
  return value->kind == ENT_VALUE_TEXT ? g_strdup (value->text) : ent_value_write (info, value);
}

static const char *
find_theirs (const EntConnectorField *field,
             const char              *ours)
{
  g_autofree char *key = ent_text_key (ours);

  for (guint i = 0; i < field->values->len; i++)
    {
      const EntConnectorPair *pair = field->values->pdata[i];
      g_autofree char *name = ent_text_key (pair->name);

      if (g_str_equal (name, key))
        return pair->value;
    }
  return NULL;
}

static JsonNode *
write_choice (const EntConnectorField *field,
              const EntField          *info,
              const EntValue          *value,
              char                   **problem)
{
  g_autofree char *text = write_text (info, value);
  const char *theirs = find_theirs (field, text);
  g_autofree char *shown = NULL;

  if (theirs != NULL)
    return ent_json_new_text (theirs);
  shown = ent_value_display (info, value, ENT_DISPLAY_FULL, NULL, NULL);
  *problem = g_strdup_printf (_("The portal has no word for “%s”; choose another value."), shown);
  return NULL;
}

/* E.164 (ITU-T): a plus sign and at most fifteen digits. */
static JsonNode *
write_phone (const EntField *info,
             const EntValue *value,
             char          **problem)
{
  g_autofree char *text = write_text (info, value);
  g_autoptr (GString) number = g_string_new (NULL);
  const char *p = text;

  if (g_str_has_prefix (p, "00"))
    p += 2, g_string_append_c (number, '+');
  for (; *p != '\0' && !g_ascii_isalpha (*p); p++)
    if (g_str_has_prefix (p, "(0)") && number->len > 0)
      p += 2; /* the zero that is dialed inside the country only */
    else if (g_ascii_isdigit (*p) || (*p == '+' && number->len == 0))
      g_string_append_c (number, *p);
  if (number->len > 2 && number->len <= 16 && number->str[0] == '+' && number->str[1] != '0')
    return ent_json_new_text (number->str);
  *problem = g_strdup_printf (_("“%s” has no country code; write it as +14155552671."), text);
  return NULL;
}

/* Not as a JSON number when that would be another amount: some portals count in floating point. */
static JsonNode *
write_amount (const char *amount,
              int         digits,
              char      **problem)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char format[] = { '%', '.', (char) ('0' + digits), 'f', '\0' };

  if (strchr (amount, '.') == NULL)
    return new_number (amount);
  g_ascii_formatd (text, sizeof text, format, g_ascii_strtod (amount, NULL));
  if (g_str_equal (text, amount) && strlen (amount) <= 15)
    return new_number (amount);
  *problem = g_strdup_printf (_("“%s” has more digits than the portal keeps; round it."), amount);
  return NULL;
}

static JsonNode *
write_money (const EntConnectorField *field,
             const EntValue          *value,
             char                   **problem)
{
  g_autoptr (GString) amount = g_string_new (NULL);
  int digits = ent_currency_get_digits (value->currency);
  guint64 scale = 1, minor = value->integer < 0 ? -(guint64) value->integer : (guint64) value->integer;

  for (int i = 0; i < digits; i++)
    scale *= 10;
  g_string_printf (amount, "%s%" G_GUINT64_FORMAT, value->integer < 0 ? "-" : "", minor / scale);
  if (digits > 0 && (field->kind == ENT_CONNECTOR_MONEY_TEXT || minor % scale != 0))
    g_string_append_printf (amount, ".%0*" G_GUINT64_FORMAT, digits, minor % scale);
  return field->kind == ENT_CONNECTOR_MONEY_TEXT ? ent_json_new_text (amount->str)
                                                 : write_amount (amount->str, digits, problem);
}

static JsonNode *
write_time (const EntConnectorField *field,
            const EntValue          *value)
{
  gint64 unit = field->kind == ENT_CONNECTOR_DATE ? (gint64) G_TIME_SPAN_DAY : 1;
  int format = field->format == ENT_CONNECTOR_TIME_DATE && field->kind == ENT_CONNECTOR_DATETIME ? ENT_CONNECTOR_TIME_ISO
                                                                                                  : field->format;
  g_autofree char *text = connector_time_write ((EntConnectorTime) format, value->integer * unit);

  if (format == ENT_CONNECTOR_TIME_MILLISECONDS || format == ENT_CONNECTOR_TIME_SECONDS)
    return new_number (text);
  return ent_json_new_text (text);
}

static JsonNode *
write_list (const EntConnectorField *field,
            const EntField          *info,
            const EntValue          *value,
            char                   **problem)
{
  g_autofree char *one = value->kind == ENT_VALUE_LIST ? NULL : write_text (info, value);
  char *single[] = { one, NULL };
  char **items = value->kind == ENT_VALUE_LIST ? value->list : single;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *joined = NULL;

  if (field->separator != NULL)
    {
      joined = g_strjoinv (field->separator, items);
      return ent_json_new_text (joined);
    }
  for (char **item = items; *item != NULL; item++)
    {
      const char *theirs = field->values->len > 0 ? find_theirs (field, *item) : *item;

      if (theirs != NULL)
        json_array_add_string_element (array, theirs);
      else if (*problem == NULL)
        *problem = g_strdup_printf (_("The portal has no word for “%s”; choose another value."), *item);
    }
  return *problem == NULL ? json_node_init_array (json_node_alloc (), array) : NULL;
}

JsonNode *
connector_value_write (const EntConnectorField *field,
                       const EntField          *info,
                       const EntValue          *value,
                       char                   **problem)
{
  g_autofree char *text = NULL;

  switch ((EntConnectorKind) field->kind)
    {
    case ENT_CONNECTOR_NUMBER:
      text = ent_value_write (info, value);
      return new_number (text);
    case ENT_CONNECTOR_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), value->integer != 0);
    case ENT_CONNECTOR_MONEY:
    case ENT_CONNECTOR_MONEY_TEXT:
      return write_money (field, value, problem);
    case ENT_CONNECTOR_DATE:
    case ENT_CONNECTOR_DATETIME:
      return write_time (field, value);
    case ENT_CONNECTOR_CHOICE:
      return write_choice (field, info, value, problem);
    case ENT_CONNECTOR_PHONE:
      return write_phone (info, value, problem);
    case ENT_CONNECTOR_LIST:
      return write_list (field, info, value, problem);
    case ENT_CONNECTOR_TEXT:
    case ENT_CONNECTOR_NUMBER_TEXT:
    case ENT_CONNECTOR_COUNTRY:
    case ENT_CONNECTOR_REFERENCE:
    case ENT_CONNECTOR_RECORDS:
    case ENT_CONNECTOR_CONSTANT:
      break;
    }
  text = write_text (info, value);
  return ent_json_new_text (text);
}
