/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the fields of an object may not say: each place must fit the record's field it belongs to. */

typedef struct
{
  const EntConnector       *connector;
  const EntConnectorObject *object;
  const EntConnectorField  *field;
  GString                  *place;
  const char               *name;
  EntSchema                *schema;
  GError                  **error;
} Check;

static gboolean check_all (Check               *self,
                           const EntRecordType *type,
                           GPtrArray           *fields,
                           gboolean             is_nested);

static gboolean fail (const Check *self,
                      const char  *member,
                      const char  *format,
                      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Check *self,
      const char  *member,
      const char  *format,
      ...)
{
  g_autofree char *where = g_strconcat (self->place->str, member, NULL);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return connector_fail (self->error, self->name, where, "%s", what);
}

static gboolean
fail_missing (const Check *self,
              const char  *needed)
{
  return fail (self, "", _("“%s” is missing; add it."), needed);
}

/* --- Does the kind fit the field ------------------------------------------------------------------------ */

static gboolean
fits_text (EntFieldType type)
{
  return type == ENT_FIELD_TEXT || type == ENT_FIELD_LONGTEXT || type == ENT_FIELD_MARKDOWN || type == ENT_FIELD_CODE ||
         type == ENT_FIELD_URL || type == ENT_FIELD_EMAIL || type == ENT_FIELD_PHONE || type == ENT_FIELD_DOMAIN ||
         type == ENT_FIELD_ENUM || type == ENT_FIELD_COUNTRY || type == ENT_FIELD_CURRENCY || type == ENT_FIELD_TIMEZONE;
}

static gboolean
fits (EntConnectorKind kind,
      const EntField  *info)
{
  EntFieldType type = info->info.type;

  switch (kind)
    {
    case ENT_CONNECTOR_TEXT:
    case ENT_CONNECTOR_LIST:
      return fits_text (type);
    case ENT_CONNECTOR_NUMBER:
    case ENT_CONNECTOR_NUMBER_TEXT:
      return type == ENT_FIELD_INT || type == ENT_FIELD_PERCENT || type == ENT_FIELD_SCORE || type == ENT_FIELD_DURATION;
    case ENT_CONNECTOR_BOOLEAN:
      return type == ENT_FIELD_BOOL;
    case ENT_CONNECTOR_MONEY:
    case ENT_CONNECTOR_MONEY_TEXT:
      return type == ENT_FIELD_MONEY;
    case ENT_CONNECTOR_DATE:
      return type == ENT_FIELD_DATE;
    case ENT_CONNECTOR_DATETIME:
      return type == ENT_FIELD_DATETIME;
    case ENT_CONNECTOR_CHOICE:
      return fits_text (type) || type == ENT_FIELD_BOOL;
    case ENT_CONNECTOR_PHONE:
      return type == ENT_FIELD_PHONE;
    case ENT_CONNECTOR_COUNTRY:
      return type == ENT_FIELD_COUNTRY;
    case ENT_CONNECTOR_REFERENCE:
      return type == ENT_FIELD_REF;
    case ENT_CONNECTOR_RECORDS:
    case ENT_CONNECTOR_CONSTANT:
      return FALSE;
    }
  return FALSE;
}

static gboolean
check_choice (const Check    *self,
              const EntField *info,
              const char     *member,
              const char     *value)
{
  if (info->info.type != ENT_FIELD_ENUM || (info->info.flags & ENT_FIELD_OPEN) ||
      ent_field_lookup_choice (info, value) != NULL)
    return TRUE;
  return fail (self, member, _("“%s” is not a choice of the field “%s”; write one of its choices."), value, info->info.name);
}

static gboolean
check_values (const Check    *self,
              const EntField *info)
{
  const EntConnectorField *field = self->field;

  if (field->kind == ENT_CONNECTOR_CHOICE && field->values->len == 0 && field->read_values->len == 0)
    return fail_missing (self, "values");
  for (guint i = 0; i < field->values->len; i++)
    if (!check_choice (self, info, "/values", ((EntConnectorPair *) field->values->pdata[i])->name))
      return FALSE;
  for (guint i = 0; i < field->read_values->len; i++)
    if (!check_choice (self, info, "/readValues", ((EntConnectorPair *) field->read_values->pdata[i])->value))
      return FALSE;
  return TRUE;
}

static gboolean
check_money (const Check *self)
{
  const EntConnectorField *field = self->field;

  if (field->kind != ENT_CONNECTOR_MONEY && field->kind != ENT_CONNECTOR_MONEY_TEXT)
    return TRUE;
  if (field->currency == NULL && field->currency_is == NULL)
    return fail_missing (self, "currency");
  return field->currency_is == NULL || ent_currency_is_known (field->currency_is) ||
         fail (self, "/currencyIs", _("“%s” is not a currency; write a code such as USD."), field->currency_is);
}

static gboolean
check_pattern (const Check *self,
               const char  *member,
               const char  *pattern)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, &cause) : NULL;

  return cause == NULL || fail (self, member, _("“%s” is not a regular expression: %s"), pattern, cause->message);
}

static gboolean
check_limits (const Check *self)
{
  const EntConnectorField *field = self->field;

  if (!check_pattern (self, "/pattern", field->pattern) ||
      !check_pattern (self, "/currencyPattern", field->currency_pattern))
    return FALSE;
  if (field->max_length > 0 && field->min_length > field->max_length)
    return fail (self, "/minLength", _("the least is more than the most; make it smaller."));
  if (field->maximum != 0 && field->minimum > field->maximum)
    return fail (self, "/minimum", _("the least is more than the most; make it smaller."));
  return TRUE;
}

/* --- One field ------------------------------------------------------------------------------------------ */

/* The field itself, of the record or of the one that `through` refers to; NULL with the error set. */
static const EntField *
find_field (const Check         *self,
            const EntRecordType *type)
{
  const EntConnectorField *field = self->field;
  const EntField *through = field->through != NULL ? ent_record_type_lookup (type, field->through) : NULL;
  const EntField *info;

  if (field->through != NULL)
    {
      if (through == NULL || through->info.type != ENT_FIELD_REF || ent_field_is_many (through) ||
          (type = ent_schema_lookup (self->schema, through->info.target)) == NULL)
        {
          fail (self, "/through", _("“%s” is not a field that refers to one other record; write one that does."),
                field->through);
          return NULL;
        }
    }
  info = field->field != NULL ? ent_record_type_lookup (type, field->field) : NULL;
  if (field->field == NULL)
    fail_missing (self, "field");
  else if (info == NULL)
    fail (self, "/field", _("%s has no field “%s”; write the name of one that it has."), type->info->name, field->field);
  return info;
}

static gboolean
check_reference (const Check *self)
{
  const EntConnectorField *field = self->field;

  if (field->kind != ENT_CONNECTOR_REFERENCE)
    return TRUE;
  if (field->object == NULL)
    return fail_missing (self, "object");
  return ent_connector_lookup (self->connector, field->object) != NULL ||
         fail (self, "/object", _("there is no object “%s” in this file; write the name of one."), field->object);
}

static gboolean
check_mapped (const Check         *self,
              const EntRecordType *type)
{
  const EntField *info = find_field (self, type);

  if (info == NULL)
    return FALSE;
  if (!fits ((EntConnectorKind) self->field->kind, info))
    return fail (self, "/kind", _("this kind does not fit the field “%s”; write another."), info->info.name);
  return check_values (self, info) && check_money (self) && check_reference (self);
}

static gboolean
check_records (Check *self)
{
  const EntConnectorField *field = self->field;
  const EntRecordType *type = field->type != NULL ? ent_schema_lookup (self->schema, field->type) : NULL;

  if (field->role == NULL)
    return fail_missing (self, "role");
  if (field->type == NULL)
    return fail_missing (self, "type");
  if (type == NULL)
    return fail (self, "/type", _("there is no record type “%s”; write one such as deal, organization or person."),
                 field->type);
  if (field->fields->len == 0)
    return fail_missing (self, "fields");
  g_string_append (self->place, "/fields");
  return check_all (self, type, field->fields, TRUE);
}

static gboolean
check_constant (const Check *self)
{
  const EntConnectorField *field = self->field;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (field->value == NULL)
    return fail_missing (self, "value");
  if (field->field != NULL)
    return fail (self, "/field", _("a constant belongs to no field; take it out."));
  template_node_add_names (field->value, names);
  for (guint i = 0; i < names->len; i++)
    {
      gboolean is_known = FALSE;

      for (guint j = 0; j < self->connector->settings->len; j++)
        is_known |= g_str_equal (((EntConnectorInput *) self->connector->settings->pdata[j])->name, names->pdata[i]);
      if (!is_known)
        return fail (self, "/value", _("{%s} is not known here; write the name of a setting."), (char *) names->pdata[i]);
    }
  return TRUE;
}

static gboolean
check_field (Check               *self,
             const EntRecordType *type,
             gboolean             is_nested)
{
  const EntConnectorField *field = self->field;

  if (*field->path == '\0')
    return fail (self, "/path", _("write a place inside the body, such as /member."));
  if (!check_limits (self))
    return FALSE;
  if (field->kind == ENT_CONNECTOR_CONSTANT)
    return check_constant (self);
  if (field->kind == ENT_CONNECTOR_RECORDS)
    return is_nested ? fail (self, "/kind", _("records cannot be in records; write another kind.")) : check_records (self);
  if (is_nested && field->through != NULL)
    return fail (self, "/through", _("a record in a list cannot lead to another; take it out."));
  return check_mapped (self, type);
}

static gboolean
check_all (Check               *self,
           const EntRecordType *type,
           GPtrArray           *fields,
           gboolean             is_nested)
{
  gsize length = self->place->len;

  for (guint i = 0; i < fields->len; i++)
    {
      g_string_truncate (self->place, length);
      g_string_append_printf (self->place, "/%u", i);
      self->field = fields->pdata[i];
      if (!check_field (self, type, is_nested))
        return FALSE;
    }
  return TRUE;
}

gboolean
connector_check_fields (const EntConnector       *connector,
                        const EntConnectorObject *object,
                        const char               *name,
                        EntSchema                *schema,
                        GError                  **error)
{
  g_autoptr (GString) place = g_string_new (NULL);
  Check self = { connector, object, NULL, place, name, schema, error };

  g_string_printf (place, "/objects/%s/fields", object->name);
  return check_all (&self, ent_schema_lookup (schema, object->type), object->fields, FALSE);
}
