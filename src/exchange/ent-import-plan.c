/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
import_value_clear (gpointer data)
{
  ent_value_clear (&((EntImportValue *) data)->value);
}

EntImportPlan *
ent_import_plan_new (const EntRecordType *type,
                     EntTableSource      *source)
{
  EntImportPlan *self = g_new0 (EntImportPlan, 1);
  const char * const *names;
  EntColumnStats *stats;

  self->type = type;
  self->schema = ent_schema_ref (type->schema);
  self->source = ent_table_source_ref (source);
  names = ent_table_source_get_columns (source, &self->n_columns);
  self->columns = g_new0 (EntImportColumn, self->n_columns);
  self->values = g_array_new (FALSE, FALSE, sizeof (EntImportValue));
  g_array_set_clear_func (self->values, import_value_clear);
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i].name = g_strdup (names[i]);

  stats = ent_column_stats_new (self);
  ent_import_match (self, stats);
  ent_column_stats_free (stats, self->n_columns);
  return self;
}

void
ent_import_plan_free (EntImportPlan *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_free (self->columns[i].name);
      g_free (self->columns[i].sample);
    }
  g_free (self->columns);
  g_strfreev (self->keys);
  g_array_unref (self->values);
  g_free ((char *) self->options.create_missing);
  g_free ((char *) self->options.default_currency);
  ent_table_source_unref (self->source);
  ent_schema_unref (self->schema);
  g_free (self);
}

const EntRecordType *
ent_import_plan_get_record_type (const EntImportPlan *self)
{
  return self->type;
}

EntTableSource *
ent_import_plan_get_source (const EntImportPlan *self)
{
  return self->source;
}

guint
ent_import_plan_get_n_columns (const EntImportPlan *self)
{
  return self->n_columns;
}

const EntImportColumn *
ent_import_plan_get_column (const EntImportPlan *self,
                            guint                i)
{
  g_return_val_if_fail (i < self->n_columns, NULL);
  return &self->columns[i];
}

/* --- Targets ---------------------------------------------------------------------------------- */

static gboolean
parse_target (const EntImportPlan *self,
              const char          *target,
              EntImportRole       *role,
              const EntField     **field,
              GError             **error)
{
  const char *dot = strrchr (target, '.');
  g_autofree char *name = g_strdup (target);

  *field = NULL;
  *role = strcmp (target, "id") == 0 ? ENT_IMPORT_ID
          : strcmp (target, "code") == 0 && ent_record_type_lookup (self->type, "code") == NULL
          ? ENT_IMPORT_CODE : ENT_IMPORT_FIELD;
  if (*role != ENT_IMPORT_FIELD)
    return TRUE;

  if (dot != NULL && strcmp (dot, ".currency") == 0)
    {
      *role = ENT_IMPORT_CURRENCY;
      name[dot - target] = '\0';
    }
  *field = ent_record_type_lookup (self->type, strcmp (name, "name") == 0 &&
                                   ent_record_type_lookup (self->type, "name") == NULL
                                   ? "title" : name);
  if (*field == NULL || (*field)->info.flags & ENT_FIELD_SYSTEM ||
      (*role == ENT_IMPORT_CURRENCY && (*field)->info.type != ENT_FIELD_MONEY))
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("“%s” is no field of %s that can be imported; “schema %s” lists them"), target,
                   ent_record_type_get_label (self->type, TRUE), self->type->info->name);
      return FALSE;
    }
  return TRUE;
}

static void
clear_column (EntImportColumn *column)
{
  column->role = ENT_IMPORT_IGNORE;
  column->field = NULL;
  column->match = ENT_MATCH_NONE;
}

gboolean
ent_import_plan_set_target (EntImportPlan *self,
                            guint          i,
                            const char    *target,
                            GError       **error)
{
  EntImportRole role;
  const EntField *field;

  g_return_val_if_fail (i < self->n_columns, FALSE);
  if (target == NULL || target[0] == '\0')
    {
      clear_column (&self->columns[i]);
      self->columns[i].match = ENT_MATCH_USER;
      return TRUE;
    }
  if (!parse_target (self, target, &role, &field, error))
    return FALSE;
  for (guint j = 0; j < self->n_columns; j++)
    if (self->columns[j].role == role && self->columns[j].field == field)
      clear_column (&self->columns[j]);
  self->columns[i].role = role;
  self->columns[i].field = field;
  self->columns[i].match = ENT_MATCH_USER;
  return TRUE;
}

/* The column that @text names: exactly, in another case, or by number. -1: none. */
static int
find_column (const EntImportPlan *self,
             const char          *text)
{
  g_autofree char *key = ent_text_key (text);
  guint64 number;

  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].name, text) == 0)
      return (int) i;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *other = ent_text_key (self->columns[i].name);

      if (strcmp (key, other) == 0)
        return (int) i;
    }
  if (g_ascii_string_to_unsigned (text, 10, 1, self->n_columns, &number, NULL))
    return (int) number - 1;
  return -1;
}

gboolean
ent_import_plan_map (EntImportPlan *self,
                     const char    *assignment,
                     GError       **error)
{
  const char *equals = strrchr (assignment, '=');
  g_autofree char *column = NULL;
  int i;

  if (equals == NULL)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("“%s” maps nothing; write COLUMN=FIELD"), assignment);
      return FALSE;
    }
  column = g_strndup (assignment, (gsize) (equals - assignment));
  i = find_column (self, column);
  if (i < 0)
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint j = 0; j < MIN (self->n_columns, 12); j++)
        g_string_append_printf (names, "%s%s", j > 0 ? ", " : "", self->columns[j].name);
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("“%s” has no column “%s”; its columns are %s%s"),
                   ent_table_source_get_name (self->source), column, names->str,
                   self->n_columns > 12 ? ", …" : "");
      return FALSE;
    }
  return ent_import_plan_set_target (self, (guint) i, equals + 1, error);
}

char *
ent_import_plan_dup_target (const EntImportPlan *self,
                            guint                i)
{
  const EntImportColumn *column = &self->columns[i];

  switch (column->role)
    {
    case ENT_IMPORT_FIELD:
      return g_strdup (column->field->info.name);
    case ENT_IMPORT_CURRENCY:
      return g_strconcat (column->field->info.name, ".currency", NULL);
    case ENT_IMPORT_ID:
      return g_strdup ("id");
    case ENT_IMPORT_CODE:
      return g_strdup ("code");
    case ENT_IMPORT_IGNORE:
    default:
      return g_strdup ("");
    }
}

void
ent_import_plan_set_date_order (EntImportPlan *self,
                                guint          i,
                                EntDateOrder   order)
{
  g_return_if_fail (i < self->n_columns);
  self->columns[i].date_order = order;
}

void
ent_import_plan_set_decimal_point (EntImportPlan *self,
                                   guint          i,
                                   char           point)
{
  g_return_if_fail (i < self->n_columns);
  self->columns[i].decimal_point = point;
}

/* --- Keys ------------------------------------------------------------------------------------- */

static gboolean
is_mapped (const EntImportPlan *self,
           EntImportRole        role,
           const EntField      *field)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].role == role && (field == NULL || self->columns[i].field == field))
      return TRUE;
  return FALSE;
}

/* References are looked up when a row is written, which is later than its key is. */
static gboolean
can_be_key (const EntField *field)
{
  return field->info.type != ENT_FIELD_REF && field->info.type != ENT_FIELD_MONEY;
}

gboolean
ent_import_plan_set_keys (EntImportPlan      *self,
                          const char * const *keys,
                          GError            **error)
{
  gboolean alone = keys == NULL || g_strv_length ((char **) keys) == 1;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      EntImportRole role;
      const EntField *field;

      if (!parse_target (self, keys[i], &role, &field, error))
        return FALSE;
      if (!is_mapped (self, role, field))
        {
          g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                       _("No column holds the key “%s”; give it one, with COLUMN=%s"), keys[i],
                       keys[i]);
          return FALSE;
        }
      if (role == ENT_IMPORT_CURRENCY || (field == NULL && !alone) ||
          (field != NULL && (!can_be_key (field) || (ent_field_is_many (field) && !alone))))
        {
          g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                       _("“%s” cannot be such a key; use the reference or another text or number"),
                       keys[i]);
          return FALSE;
        }
    }
  g_strfreev (self->keys);
  self->keys = g_strdupv ((char **) keys);
  return TRUE;
}

char **
ent_import_plan_dup_keys (const EntImportPlan *self)
{
  const char *key = NULL;

  if (self->keys != NULL)
    return g_strdupv (self->keys);
  if (is_mapped (self, ENT_IMPORT_ID, NULL))
    key = "id";
  else if (is_mapped (self, ENT_IMPORT_CODE, NULL))
    key = "code";
  else if (is_mapped (self, ENT_IMPORT_FIELD, ent_record_type_get_nth (self->type, ENT_COMMON_REF)))
    key = "ref";
  for (guint i = 0; key == NULL && i < self->type->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);

      if ((field->info.flags & ENT_FIELD_UNIQUE) && can_be_key (field) &&
          is_mapped (self, ENT_IMPORT_FIELD, field))
        key = field->info.name;
    }
  return g_strdupv ((char *[]) { (char *) key, NULL });
}

/* --- Options ---------------------------------------------------------------------------------- */

gboolean
ent_import_plan_set_options (EntImportPlan          *self,
                             const EntImportOptions *options,
                             GError                **error)
{
  const EntRecordType *missing = NULL;

  if (options->create_missing != NULL)
    {
      missing = ent_schema_lookup (self->schema, options->create_missing);
      if (missing == NULL || ent_record_type_is_child (missing) ||
          (missing->info->flags & ENT_RECORD_TYPE_LINK))
        {
          g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                       _("“%s” is no type of record that can be made; try organization"),
                       options->create_missing);
          return FALSE;
        }
    }
  if (options->default_currency != NULL && !ent_currency_is_known (options->default_currency))
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("“%s” is not a currency; write its code, such as EUR"),
                   options->default_currency);
      return FALSE;
    }
  g_set_str ((char **) &self->options.create_missing, options->create_missing);
  g_set_str ((char **) &self->options.default_currency, options->default_currency);
  self->options.skip_missing = options->skip_missing;
  self->options.add_choices = options->add_choices;
  self->options.clear_empty = options->clear_empty;
  return TRUE;
}

const EntImportOptions *
ent_import_plan_get_options (const EntImportPlan *self)
{
  return &self->options;
}

/* --- Values of new records -------------------------------------------------------------------- */

void
ent_import_plan_set_value (EntImportPlan  *self,
                           const EntField *field,
                           const EntValue *value)
{
  EntImportValue made = { field, ENT_VALUE_INIT };

  for (guint i = self->values->len; i-- > 0;)
    if (g_array_index (self->values, EntImportValue, i).field->index == field->index)
      g_array_remove_index (self->values, i);
  if (value == NULL || ent_value_is_null (value))
    return;
  ent_value_copy (value, &made.value);
  g_array_append_val (self->values, made);
}

const EntValue *
ent_import_plan_get_value (const EntImportPlan *self,
                           const EntField      *field)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const EntImportValue *made = &g_array_index (self->values, EntImportValue, i);

      if (g_str_equal (made->field->info.name, field->info.name))
        return &made->value;
    }
  return NULL;
}

/* --- What is missing -------------------------------------------------------------------------- */

static int
find_named (const EntImportPlan *self,
            const char          *name)
{
  const EntField *field = ent_record_type_lookup (self->type, name);

  for (guint i = 0; field != NULL && i < self->n_columns; i++)
    if (self->columns[i].role == ENT_IMPORT_FIELD && self->columns[i].field == field)
      return (int) i;
  return -1;
}

gboolean
ent_import_plan_makes_title (const EntImportPlan *self,
                             int                 *given,
                             int                 *family)
{
  *given = find_named (self, "given");
  *family = find_named (self, "family");
  return (*given >= 0 || *family >= 0) && find_named (self, "title") < 0;
}

GPtrArray *
ent_import_plan_get_missing (const EntImportPlan *self)
{
  GPtrArray *missing = g_ptr_array_new ();
  int given, family;
  gboolean has_title = ent_import_plan_makes_title (self, &given, &family);

  for (guint i = 0; i < self->type->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);

      if ((field->info.flags & ENT_FIELD_REQUIRED) && !(field->info.flags & ENT_FIELD_SYSTEM) &&
          field->info.default_value == NULL && !is_mapped (self, ENT_IMPORT_FIELD, field) &&
          ent_import_plan_get_value (self, field) == NULL &&
          !(has_title && i == ENT_COMMON_TITLE))
        g_ptr_array_add (missing, (gpointer) field);
    }
  return missing;
}
