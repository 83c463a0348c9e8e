/* SPDX-License-Identifier: GPL-3.0-or-later */
#undef G_LOG_DOMAIN
#define G_LOG_DOMAIN "ent-model"
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* --- Numbers ---------------------------------------------------------------------------------- */

static gboolean
fail_number (const EntField  *field,
             EntAmountStatus  status,
             const char      *start,
             const char      *end,
             GError         **error)
{
  EntFieldType type = field->info.type;

  if (status == ENT_AMOUNT_LARGE)
    return fail (ENT_VALUE_ERROR_RANGE, _("“%s” is too large a number; write a smaller one"),
                 start, end, error);
  if (status == ENT_AMOUNT_PRECISE && type == ENT_FIELD_INT)
    return fail (ENT_VALUE_ERROR_MALFORMED,
                 _("“%s” is not a whole number; write it without decimals"), start, end, error);
  if (status == ENT_AMOUNT_PRECISE && type == ENT_FIELD_SCORE)
    return fail (ENT_VALUE_ERROR_MALFORMED,
                 _("“%s” has too many decimals; write at most two, such as 3.75"), start, end,
                 error);
  if (status == ENT_AMOUNT_PRECISE)
    return fail (ENT_VALUE_ERROR_MALFORMED,
                 _("“%s” has too many decimals; write at most four, such as 12.5"), start, end,
                 error);
  if (type == ENT_FIELD_PERCENT)
    return fail (ENT_VALUE_ERROR_MALFORMED,
                 _("“%s” is not a percentage; write a number such as 12.5"), start, end, error);

  return fail (ENT_VALUE_ERROR_MALFORMED,
               type == ENT_FIELD_SCORE
                 ? _("“%s” is not a score; write a number such as 3.75")
                 : _("“%s” is not a whole number; write one such as 1200"),
               start, end, error);
}

static gboolean
read_plain_int (const char *start,
                const char *end,
                gint64     *value)
{
  gboolean negative = *start == '-';
  gint64 n = 0;

  start += negative;
  if (start == end || end - start > 18)
    return FALSE;
  for (; start < end; start++)
    {
      if (!g_ascii_isdigit (*start))
        return FALSE;
      n = n * 10 + (*start - '0');
    }
  *value = negative ? -n : n;

  return TRUE;
}

static gboolean
read_number (const EntField       *field,
             const char           *start,
             const char           *end,
             const EntReadContext *context,
             gint64               *value,
             GError              **error)
{
  EntFieldType type = field->info.type;
  int digits = type == ENT_FIELD_INT ? 0 : type == ENT_FIELD_SCORE ? 2 : 4;
  EntAmount amount;
  EntAmountStatus status;

  if (type == ENT_FIELD_INT && read_plain_int (start, end, value))
    return TRUE;
  status = ent_amount_scan (start, end, context, &amount);
  if (status == ENT_AMOUNT_OK &&
      (amount.currency[0] != '\0' || (amount.is_percent && type != ENT_FIELD_PERCENT)))
    status = ENT_AMOUNT_MALFORMED;
  /* Thousands of percent are rarer than a decimal comma. */
  if (status == ENT_AMOUNT_OK)
    status = ent_amount_to_scaled (&amount, digits, context != NULL ? context->decimal_point : 0,
                                   type != ENT_FIELD_INT, value);
  if (status != ENT_AMOUNT_OK)
    return fail_number (field, status, start, end, error);

  return TRUE;
}

static gboolean
is_one_of (const char * const *words,
           const char         *start,
           const char         *end)
{
  gsize length = (gsize) (end - start);

  for (; *words != NULL; words++)
    if (strlen (*words) == length && g_ascii_strncasecmp (*words, start, length) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
read_bool (const char *start,
           const char *end,
           gint64     *value,
           GError    **error)
{
  static const char * const yes[] = {
    "true", "yes", "1", "x", "y", "t", "on", "✓", "✔", "☑", NULL
  };
  static const char * const no[] = {
    "false", "no", "0", "n", "f", "off", "✗", "✘", "☐", NULL
  };
  gsize length = (gsize) (end - start);

  *value = is_one_of (yes, start, end);
  if (*value == 1 || is_one_of (no, start, end))
    return TRUE;
  *value = ent_text_loosely_equal (_("yes"), start, length);
  if (*value == 1 || ent_text_loosely_equal (_("no"), start, length))
    return TRUE;

  return fail (ENT_VALUE_ERROR_MALFORMED, _("“%s” is neither yes nor no; write yes or no"), start,
               end, error);
}

/* --- References ------------------------------------------------------------------------------- */

gboolean
ent_key_check (const EntField *field,
               EntKey          key,
               const char     *start,
               const char     *end,
               GError        **error)
{
  const EntRecordType *wanted, *type;
  g_autofree char *text = NULL;

  type = ent_schema_lookup_key (field->type->schema, key);
  if (type == NULL)
    return fail (ENT_VALUE_ERROR_REFERENCE,
                 _("“%s” is no record’s key; write a title, a short code or an id"), start, end,
                 error);
  if (field->info.target == NULL || strcmp (field->info.target, "*") == 0 ||
      strcmp (field->info.target, type->info->name) == 0)
    return TRUE;

  wanted = ent_schema_lookup (field->type->schema, field->info.target);
  text = ent_text_shorten (start, end - start);
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REFERENCE,
               /* Translators: the second %s is the kind of record wanted, such as Person. */
               _("“%s” is another kind of record; choose one of kind “%s”"), text,
               wanted != NULL ? ent_record_type_get_label (wanted, FALSE) : field->info.target);

  return FALSE;
}

gboolean
ent_ref_read (const EntField       *field,
              const char           *start,
              const char           *end,
              const EntReadContext *context,
              EntKey               *key,
              GError              **error)
{
  g_autofree char *text = NULL;

  if (*start == '#' && read_plain_int (start + 1, end, key) && *key > 0)
    return ent_key_check (field, *key, start, end, error);
  if (context == NULL || context->resolve == NULL)
    return fail (ENT_VALUE_ERROR_REFERENCE,
                 _("“%s” cannot be looked up here; choose a record, or write its key such as #64"),
                 start, end, error);

  text = g_strndup (start, (gsize) (end - start));
  *key = context->resolve (field, text, context->resolve_data, error);

  return *key != 0;
}

/* --- Whole values ----------------------------------------------------------------------------- */

static gboolean
read_money (const char           *start,
            const char           *end,
            const EntReadContext *context,
            EntValue             *value,
            GError              **error)
{
  gint64 minor;
  char currency[4];

  if (!ent_money_read_span (start, end, context, &minor, currency, error))
    return FALSE;
  ent_value_set_money (value, minor, currency);

  return TRUE;
}

static gboolean
read_integer (const EntField       *field,
              const char           *start,
              const char           *end,
              const EntReadContext *context,
              gint64               *integer,
              GError              **error)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_BOOL:
      return read_bool (start, end, integer, error);
    case ENT_FIELD_DATE:
      return ent_date_read_span (start, end, context, integer, error);
    case ENT_FIELD_DATETIME:
      return ent_datetime_read_span (start, end, context, integer, error);
    case ENT_FIELD_DURATION:
      return ent_duration_read_span (start, end, integer, error);
    case ENT_FIELD_REF:
      return ent_ref_read (field, start, end, context, integer, error);
    default:
      return read_number (field, start, end, context, integer, error);
    }
}

static gboolean
read_value (const EntField       *field,
            const char           *start,
            const char           *end,
            const EntReadContext *context,
            EntValue             *value,
            GError              **error)
{
  gint64 integer;
  char *text;

  if (field->info.flags & ENT_FIELD_MANY)
    return ent_list_read (field, start, end, context, value, error);
  if (field->info.type == ENT_FIELD_MONEY)
    return read_money (start, end, context, value, error);
  if (ent_field_is_integer (field))
    {
      if (!read_integer (field, start, end, context, &integer, error))
        return FALSE;
      ent_value_set_int (value, integer);
      return TRUE;
    }

  text = ent_text_read (field, start, end, context, error);
  if (text == NULL)
    return FALSE;
  ent_value_take_text (value, text);

  return TRUE;
}

/* What spreadsheets and databases write where a number or a date is missing. In a text it is text,
 * and "none" or "NA" may be a choice or a country. */
static gboolean
is_blank_word (const EntField *field,
               const char     *start,
               const char     *end)
{
  static const char * const words[] = {
    "n/a", "#n/a", "null", "none", "nan", "–", "—", "-", NULL
  };

  if (!(ent_field_is_integer (field) || field->info.type == ENT_FIELD_MONEY) ||
      field->info.type == ENT_FIELD_REF)
    return FALSE;

  return is_one_of (words, start, end);
}

gboolean
ent_value_read (const EntField       *field,
                const char           *text,
                const EntReadContext *context,
                EntValue             *value,
                GError              **error)
{
  const char *start = text, *end = text + strlen (text);
  g_autoptr (GError) local_error = NULL;

  ent_value_clear (value);
  ent_text_trim (&start, &end);
  if (start == end)
    return TRUE;

  if (!read_value (field, start, end, context, value, &local_error))
    {
      if (is_blank_word (field, start, end))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if ((field->info.min != 0 || field->info.max != 0) &&
      !ent_value_check_range (field, value, start, end, error))
    {
      ent_value_clear (value);
      return FALSE;
    }

  return TRUE;
}

void
ent_field_get_default (const EntField       *field,
                       const EntReadContext *context,
                       EntValue             *value)
{
  ent_value_clear (value);
  if (field->info.default_value == NULL)
    return;

  /* ent_schema_validate() has read every default before. */
  if (!ent_value_read (field, field->info.default_value, context, value, NULL))
    g_warning ("Field %s.%s has a default that cannot be read: %s", field->type->info->name,
               field->info.name, field->info.default_value);
}
