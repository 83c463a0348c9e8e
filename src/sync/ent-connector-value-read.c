/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* One value: from the portal's form to a record's field. Every value goes through the readers and checks of the model. */

#define MAX_PRECISE 9007199254740992.0 /* above it a JSON number in floating point has lost digits */

/* Takes the sentence of @cause; FALSE always. */
static gboolean
fail (char  **problem,
      GError *cause)
{
  *problem = g_strdup (cause->message);
  return FALSE;
}

/* Reads one text as one value, also where the field holds many. */
static gboolean
read_one (const EntField *info,
          const char     *text,
          EntValue       *value,
          char          **problem)
{
  EntField single = *info;
  g_autoptr (GError) cause = NULL;

  single.info.flags &= ~ENT_FIELD_MANY;
  return ent_value_read (&single, text, NULL, value, &cause) || fail (problem, cause);
}

/* What was read of one text as the field holds it. */
static gboolean
read_text (const EntField *info,
           const char     *text,
           EntValue       *value,
           char          **problem)
{
  g_auto (EntValue) one = ENT_VALUE_INIT;

  if (!ent_field_is_many (info))
    return read_one (info, text, value, problem);
  if (!read_one (info, text, &one, problem))
    return FALSE;
  if (one.kind == ENT_VALUE_TEXT)
    ent_value_set_list (value, (const char * const[]) { one.text, NULL });
  return TRUE;
}

static char *
dup_word (JsonNode *node,
          char    **problem)
{
  char *text = ent_json_dup_text (node);

  if (text == NULL)
    *problem = g_strdup (_("The portal gave a list or an object where one value was expected; it was left out."));
  return text;
}

/* --- By kind --------------------------------------------------------------------------------------------- */

static const char *
find_ours (const EntConnectorField *field,
           const char              *theirs)
{
  const char *ours = ent_connector_pairs_get (field->read_values, theirs);

  for (guint i = 0; i < field->values->len && ours == NULL; i++)
    if (g_str_equal (((EntConnectorPair *) field->values->pdata[i])->value, theirs))
      ours = ((EntConnectorPair *) field->values->pdata[i])->name;
  return ours;
}

static gboolean
read_choice (const EntConnectorField *field,
             const EntField          *info,
             const char              *text,
             EntValue                *value,
             char                   **problem)
{
  const char *ours = find_ours (field, text);

  if (ours != NULL)
    return read_text (info, ours, value, problem);
  *problem = g_strdup_printf (_("“%s” of the portal is not known here; it was left out."), text);
  return FALSE;
}

/* An amount in floating point, rounded to what the currency has; not when that changes it. */
static char *
round_amount (double      amount,
              const char *currency)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  int digits = ent_currency_get_digits (currency);
  char format[] = { '%', '.', (char) ('0' + digits), 'f', '\0' };

  if (!(fabs (amount) < MAX_PRECISE / 1000))
    return NULL;
  g_ascii_formatd (text, sizeof text, format, amount);
  return fabs (g_ascii_strtod (text, NULL) - amount) < 1e-9 * (1 + fabs (amount)) ? g_strdup (text) : NULL;
}

/* "250000.5000" and "250000." as the model reads them. */
static void
trim_zeros (char       *text,
            const char *currency)
{
  char *point = strchr (text, '.');
  gsize digits = (gsize) ent_currency_get_digits (currency);

  if (point == NULL)
    return;
  for (gsize length = strlen (point + 1); length > digits && point[length] == '0'; length--)
    point[length] = '\0';
  if (point[1] == '\0')
    *point = '\0';
}

static gboolean
read_money (const EntConnectorField *field,
            const EntField          *info,
            JsonNode                *body,
            JsonNode                *node,
            EntValue                *value,
            char                   **problem)
{
  JsonNode *place = field->currency != NULL ? ent_json_pointer_get (body, field->currency) : NULL;
  const char *currency = ent_json_get_text (place);
  g_autofree char *amount = NULL, *whole = NULL, *shown = ent_json_dup_text (node);

  if (ent_json_is_empty (place))
    currency = field->currency_is;
  if (currency == NULL || !ent_currency_is_known (currency))
    {
      *problem = g_strdup_printf (_("“%s” is not a currency, so the amount was left out."), currency != NULL ? currency : "");
      return FALSE;
    }
  if (shown != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    amount = round_amount (json_node_get_double (node), currency);
  else if (shown != NULL)
    amount = g_strdup (shown);
  if (amount == NULL)
    {
      *problem = g_strdup_printf (_("“%s” of the portal is not an amount of %s; it was left out."), shown != NULL ? shown : "",
                                  currency);
      return FALSE;
    }
  trim_zeros (amount, currency);
  whole = g_strconcat (amount, " ", currency, NULL);
  return read_one (info, whole, value, problem);
}

#define MAX_SECONDS G_GINT64_CONSTANT (100000000000) /* what is more is counted in milliseconds: a time after 1973 */

gboolean
connector_time_read (const char  *text,
                     gint64      *micros,
                     GError     **error)
{
  gint64 number, days;

  if (g_ascii_string_to_signed (text, 10, G_MININT64 / G_USEC_PER_SEC, G_MAXINT64 / G_USEC_PER_SEC, &number, NULL))
    {
      *micros = number * (ABS (number) < MAX_SECONDS ? G_USEC_PER_SEC : 1000);
      return TRUE;
    }
  if (strlen (text) > 10)
    return ent_datetime_read (text, NULL, micros, error);
  if (!ent_date_read (text, NULL, &days, error))
    return FALSE;
  *micros = days * (gint64) G_TIME_SPAN_DAY;
  return TRUE;
}

/* Instants and days in any of the forms, whichever was announced: portals mix them. But a number is what was announced, as
 * small ones may be either. */
static gboolean
read_time (const EntConnectorField *field,
           const char              *text,
           EntValue                *value,
           char                   **problem)
{
  g_autoptr (GError) cause = NULL;
  gint64 micros = 0, number;

  if (field->format == ENT_CONNECTOR_TIME_MILLISECONDS &&
      g_ascii_string_to_signed (text, 10, G_MININT64 / 1000, G_MAXINT64 / 1000, &number, NULL))
    micros = number * 1000;
  else if (!connector_time_read (text, &micros, &cause))
    return fail (problem, cause);
  if (field->kind == ENT_CONNECTOR_DATETIME)
    ent_value_set_int (value, micros);
  else
    ent_value_set_int (value, micros / (gint64) G_TIME_SPAN_DAY - (micros % (gint64) G_TIME_SPAN_DAY < 0));
  return TRUE;
}

static char **
list_items (const EntConnectorField *field,
            JsonNode                *node)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  g_autofree char *text = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      text = ent_json_dup_text (node);
      return text != NULL ? g_strsplit (text, field->separator != NULL ? field->separator : ";", -1) : g_new0 (char *, 1);
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      char *item = ent_json_dup_text (json_array_get_element (json_node_get_array (node), i));

      if (item != NULL)
        g_strv_builder_take (items, item);
    }
  return g_strv_builder_end (items);
}

static gboolean
read_list (const EntConnectorField *field,
           const EntField          *info,
           JsonNode                *node,
           EntValue                *value,
           char                   **problem)
{
  g_auto (GStrv) items = list_items (field, node);
  g_autoptr (GPtrArray) read = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  for (char **item = items; *item != NULL; item++)
    {
      g_auto (EntValue) one = ENT_VALUE_INIT;
      const char *ours = field->values->len + field->read_values->len > 0 ? find_ours (field, *item) : *item;

      if (ours == NULL)
        *problem = g_strdup_printf (_("“%s” of the portal is not known here; it was left out."), *item);
      if (ours == NULL || !read_one (info, ours, &one, problem))
        return FALSE;
      if (one.kind == ENT_VALUE_TEXT && !g_ptr_array_find_with_equal_func (read, one.text, g_str_equal, NULL))
        g_ptr_array_add (read, g_strdup (one.text));
    }
  if (read->len > 0 && !ent_field_is_many (info))
    ent_value_set_text (value, read->pdata[0]);
  else if (read->len > 0)
    ent_value_set_list (value, (const char * const *) read->pdata);
  return TRUE;
}

static gboolean
read_kind (const EntConnectorField *field,
           const EntField          *info,
           JsonNode                *body,
           JsonNode                *node,
           EntValue                *value,
           char                   **problem)
{
  g_autofree char *text = NULL;

  if (field->kind == ENT_CONNECTOR_LIST)
    return read_list (field, info, node, value, problem);
  if (field->kind == ENT_CONNECTOR_MONEY || field->kind == ENT_CONNECTOR_MONEY_TEXT)
    return read_money (field, info, body, node, value, problem);
  text = dup_word (node, problem);
  if (text == NULL)
    return FALSE;
  if (field->kind == ENT_CONNECTOR_CHOICE)
    return read_choice (field, info, text, value, problem);
  if (field->kind == ENT_CONNECTOR_DATE || field->kind == ENT_CONNECTOR_DATETIME)
    return read_time (field, text, value, problem);
  return read_text (info, text, value, problem);
}

gboolean
connector_value_read (const EntConnectorField *field,
                      const EntField          *info,
                      JsonNode                *body,
                      EntValue                *value,
                      char                   **problem)
{
  JsonNode *node = ent_json_pointer_get (body, field->path);
  g_autoptr (GError) cause = NULL;

  if (ent_json_is_empty (node))
    return TRUE;
  if (!read_kind (field, info, body, node, value, problem))
    return FALSE;
  if (ent_value_check (info, value, &cause))
    return TRUE;
  ent_value_clear (value);
  return fail (problem, cause);
}
