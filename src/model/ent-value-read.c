/* SPDX-License-Identifier: GPL-3.0-or-later */
#undef G_LOG_DOMAIN
#define G_LOG_DOMAIN "ent-model"
#include "config.h"

#include "model/ent-value.h"

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

/* --- Numbers -------------------------------------------------------------------------------------- */

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
read_bool (const char *start,
           const char *end,
           gint64     *value,
           GError    **error)
{
  static const char * const yes[] = { "true", "yes", "1", "x", "y", "t", "on", "✓", "✔", "☑" };
  static const char * const no[] = { "false", "no", "0", "n", "f", "off", "✗", "✘", "☐" };
  gsize length = (gsize) (end - start);

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    if (ent_text_loosely_equal (yes[i], start, length))
      {
        *value = 1;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    if (ent_text_loosely_equal (no[i], start, length))
      {
        *value = 0;
        return TRUE;
      }
  *value = ent_text_loosely_equal (_("yes"), start, length);
  if (*value == 1 || ent_text_loosely_equal (_("no"), start, length))
    return TRUE;

  return fail (ENT_VALUE_ERROR_MALFORMED, _("“%s” is neither yes nor no; write yes or no"), start,
               end, error);
}

/* --- References ----------------------------------------------------------------------------------- */

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

static gboolean
read_ref (const EntField       *field,
          const char           *start,
          const char           *end,
          const EntReadContext *context,
          gint64               *key,
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

/* --- Texts ---------------------------------------------------------------------------------------- */

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

/* One text of the field, in stored form; NULL with @error set. */
static char *
read_text (const EntField       *field,
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

/* --- Lists ---------------------------------------------------------------------------------------- */

typedef struct
{
  const EntField       *field;
  const EntReadContext *context;
  GPtrArray            *texts; /* one of the two */
  GArray               *keys;
} ListReader;

static gboolean
add_text (ListReader *reader,
          const char *start,
          const char *end,
          GError    **error)
{
  g_autofree char *text = read_text (reader->field, start, end, reader->context, error);

  if (text == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (reader->texts, text, g_str_equal, NULL))
    g_ptr_array_add (reader->texts, g_steal_pointer (&text));

  return TRUE;
}

static gboolean
add_key (ListReader *reader,
         const char *start,
         const char *end,
         GError    **error)
{
  EntKey key;

  if (!read_ref (reader->field, start, end, reader->context, &key, error))
    return FALSE;
  for (guint i = 0; i < reader->keys->len; i++)
    if (g_array_index (reader->keys, EntKey, i) == key)
      return TRUE;
  g_array_append_val (reader->keys, key);

  return TRUE;
}

/* An item, its backslashes taken off where they stand before what would end an item. */
static gboolean
add_item (ListReader *reader,
          const char *start,
          const char *end,
          GError    **error)
{
  g_autofree char *plain = NULL;

  ent_text_trim (&start, &end);
  if (start == end)
    return TRUE;
  if (memchr (start, '\\', (gsize) (end - start)) != NULL)
    {
      char *out = plain = g_malloc ((gsize) (end - start) + 1);

      for (const char *p = start; p < end; p++)
        {
          if (*p == '\\' && p + 1 < end && strchr (";,|\\", p[1]) != NULL)
            p++;
          *out++ = *p;
        }
      *out = '\0';
      start = plain;
      end = out;
    }

  return reader->keys != NULL ? add_key (reader, start, end, error)
                              : add_text (reader, start, end, error);
}

static const char *
find_unescaped (const char *p,
                const char *end,
                const char *separators)
{
  for (; p < end; p++)
    {
      if (*p == '\\' && p + 1 < end)
        p++;
      else if (*p != '\0' && strchr (separators, *p) != NULL)
        return p;
    }

  return NULL;
}

/* What the items are split at: the strongest separator in the text. A choice or a record whose name
 * has a comma in it is found before its name is cut in two. */
static const char *
choose_separator (const EntField *field,
                  const char     *start,
                  const char     *end)
{
  if (find_unescaped (start, end, ";") != NULL)
    return ";";
  if (find_unescaped (start, end, "\n|") != NULL)
    return "\n|";
  if (field->choices != NULL && ent_field_match_choice_span (field, start, end) != NULL)
    return "";
  if (field->info.type == ENT_FIELD_COUNTRY && ent_country_match_span (start, end) != NULL)
    return "";

  return ",";
}

static gboolean
read_items (ListReader *reader,
            const char *start,
            const char *end,
            GError    **error)
{
  const char *separators = choose_separator (reader->field, start, end);

  for (const char *p = start; p <= end;)
    {
      const char *stop = find_unescaped (p, end, separators);

      if (stop == NULL)
        stop = end;
      if (!add_item (reader, p, stop, error))
        return FALSE;
      p = stop + 1;
    }

  return TRUE;
}

static gboolean
read_list (const EntField       *field,
           const char           *start,
           const char           *end,
           const EntReadContext *context,
           EntValue             *value,
           GError              **error)
{
  ListReader reader = { field, context, NULL, NULL };
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GArray) keys = NULL;

  if (field->info.type == ENT_FIELD_REF)
    reader.keys = keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  else
    reader.texts = texts = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  if (!read_items (&reader, start, end, error))
    return FALSE;

  if (keys != NULL)
    {
      ent_value_set_keys (value, (const EntKey *) keys->data, keys->len);
      return TRUE;
    }
  ent_value_take_list (value, (char **) g_ptr_array_steal (texts, NULL));

  return TRUE;
}

/* --- Whole values --------------------------------------------------------------------------------- */

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
      return read_ref (field, start, end, context, integer, error);
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
    return read_list (field, start, end, context, value, error);
  if (field->info.type == ENT_FIELD_MONEY)
    return read_money (start, end, context, value, error);
  if (ent_field_is_integer (field))
    {
      if (!read_integer (field, start, end, context, &integer, error))
        return FALSE;
      ent_value_set_int (value, integer);
      return TRUE;
    }

  text = read_text (field, start, end, context, error);
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
  static const char * const words[] = { "n/a", "#n/a", "null", "none", "nan", "–", "—", "-" };
  gsize length = (gsize) (end - start);

  if (length > 4 || !(ent_field_is_integer (field) || field->info.type == ENT_FIELD_MONEY) ||
      field->info.type == ENT_FIELD_REF)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (length == strlen (words[i]) && g_ascii_strncasecmp (words[i], start, length) == 0)
      return TRUE;

  return FALSE;
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
