/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-schema-private.h"

#include "model/ent-value-private.h"

#include <string.h>

/* The words here are for those who write declarations, so they are not translated. */

typedef struct
{
  EntSchema           *schema;
  const EntRecordType *type;
  const EntField      *field; /* NULL while the type itself is checked */
  GError             **error;
} Check;

static gboolean fail (const Check *check,
                      const char  *format,
                      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (const Check *check,
      const char  *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (check->error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED, "%s%s%s: %s",
               check->type->info->name, check->field != NULL ? "." : "",
               check->field != NULL ? check->field->info.name : "", text);

  return FALSE;
}

/* --- Names ------------------------------------------------------------------------------------ */

gboolean
ent_name_is_well_formed (const char *name)
{
  if (!g_ascii_islower (*name) || strlen (name) > 48)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '_')
      return FALSE;

  return name[strlen (name) - 1] != '_' && strstr (name, "__") == NULL;
}

/* SQLite's keywords that cannot be names without quotes, words of the filter language, and what
 * every record is called by outside its fields. */
gboolean
ent_name_is_reserved (const char *name)
{
  static const char * const words[] = {
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check", "collate",
    "commit", "constraint", "create", "default", "deferrable", "delete", "distinct", "drop",
    "else", "escape", "except", "exists", "foreign", "from", "group", "having", "in", "index",
    "insert", "intersect", "into", "is", "isnull", "join", "limit", "not", "nothing", "notnull",
    "null", "on", "or", "order", "primary", "references", "returning", "select", "set", "table",
    "then", "to", "transaction", "union", "unique", "update", "using", "values", "when", "where",
    "empty", "has", "me", "today",
    "code", "id", "key", "oid", "row", "rowid", NULL
  };

  return g_strv_contains (words, name);
}

static gboolean
check_field_name (const Check *check)
{
  const char *name = check->field->info.name;
  gboolean is_end = check->type->info->flags & ENT_RECORD_TYPE_LINK &&
                    (strcmp (name, "from") == 0 || strcmp (name, "to") == 0);

  if (!ent_name_is_well_formed (name))
    return fail (check, "the name is not lower_snake_case");
  if (ent_name_is_reserved (name) && !is_end)
    return fail (check, "the name is reserved");
  if (g_str_has_prefix (name, "x_"))
    return fail (check, "names with x_ belong to fields of the user");
  if (ent_record_type_lookup (check->type, name) != check->field)
    return fail (check, "the name is declared twice");

  return TRUE;
}

/* No two columns of a table may have one name, the second columns of amounts included. */
static gboolean
check_columns (Check *check)
{
  g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < check->type->fields->len; i++)
    {
      const EntField *field = check->field = ent_record_type_get_nth (check->type, i);

      if (!g_hash_table_add (columns, field->column) ||
          (field->currency_column != NULL && !g_hash_table_add (columns, field->currency_column)))
        return fail (check, "another field has the same column");
    }
  check->field = NULL;

  return TRUE;
}

/* Names that an import knows fields by: those declared by the type itself must differ. */
static gboolean
check_aliases (Check *check)
{
  g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < check->type->fields->len; i++)
    {
      g_auto (GStrv) aliases = NULL;

      check->field = ent_record_type_get_nth (check->type, i);
      /* Users may call their fields what they like. */
      if (check->field->is_custom)
        continue;
      aliases = ent_field_dup_aliases (check->field);
      for (char **alias = aliases; *alias != NULL; alias++)
        {
          char *key = ent_text_key (g_strdelimit (*alias, "_-", ' '));
          const EntField *owner = g_hash_table_lookup (owners, key);

          if (owner != NULL && owner != check->field)
            {
              fail (check, "the import name “%s” is also one of %s", *alias, owner->info.name);
              g_free (key);
              return FALSE;
            }
          g_hash_table_insert (owners, key, (gpointer) check->field);
        }
    }
  check->field = NULL;

  return TRUE;
}

/* --- Fields ----------------------------------------------------------------------------------- */

static gboolean
is_text (EntFieldType type)
{
  return type == ENT_FIELD_TEXT || type == ENT_FIELD_LONGTEXT || type == ENT_FIELD_MARKDOWN ||
         type == ENT_FIELD_CODE;
}

static gboolean
can_be_many (EntFieldType type)
{
  switch (type)
    {
    case ENT_FIELD_TEXT:
    case ENT_FIELD_CODE:
    case ENT_FIELD_ENUM:
    case ENT_FIELD_REF:
    case ENT_FIELD_COUNTRY:
    case ENT_FIELD_CURRENCY:
    case ENT_FIELD_TIMEZONE:
    case ENT_FIELD_URL:
    case ENT_FIELD_EMAIL:
    case ENT_FIELD_PHONE:
    case ENT_FIELD_DOMAIN:
    case ENT_FIELD_HASH:
      return TRUE;
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_INT:
    case ENT_FIELD_MONEY:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_BOOL:
    case ENT_FIELD_DATE:
    case ENT_FIELD_DATETIME:
    case ENT_FIELD_DURATION:
    case ENT_FIELD_JSON:
      return FALSE;
    }

  return FALSE;
}

static gboolean
check_choices (const Check *check)
{
  const EntFieldInfo *info = &check->field->info;
  GPtrArray *choices = check->field->choices;

  if (info->type != ENT_FIELD_ENUM)
    return choices == NULL || fail (check, "only an ENUM has choices");
  if (choices == NULL)
    return info->flags & ENT_FIELD_OPEN || fail (check, "an ENUM needs choices, or be OPEN");

  for (guint i = 0; i < choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (choices, i);

      if (choice->label == NULL || *choice->label == '\0')
        return fail (check, "the choice “%s” has no label", choice->value);
      if (strpbrk (choice->value, ";\\\n") != NULL)
        return fail (check, "the choice “%s” has a separator in it", choice->value);
      for (guint j = 0; j < i; j++)
        {
          const EntChoice *other = g_ptr_array_index (choices, j);

          if (ent_text_loosely_equal (choice->value, other->value, strlen (other->value)))
            return fail (check, "the choice “%s” is given twice", choice->value);
        }
    }

  return TRUE;
}

static gboolean
check_target (const Check *check)
{
  const EntFieldInfo *info = &check->field->info;

  if (info->type != ENT_FIELD_REF)
    return info->target == NULL || fail (check, "only a REF has a target");
  if (info->target == NULL)
    return fail (check, "a REF needs a target, or “*”");
  if (strcmp (info->target, "*") != 0 && ent_schema_lookup (check->schema, info->target) == NULL)
    return fail (check, "there is no record type “%s”", info->target);

  return TRUE;
}

static gboolean
check_flags (const Check *check)
{
  const EntFieldInfo *info = &check->field->info;
  gboolean many = (info->flags & ENT_FIELD_MANY) != 0;

  if (many && !can_be_many (info->type))
    return fail (check, "this type cannot be MANY");
  if ((info->flags & ENT_FIELD_UNIQUE) && (many || info->type == ENT_FIELD_MONEY))
    return fail (check, "lists and amounts cannot be UNIQUE");
  if ((info->flags & ENT_FIELD_OPEN) && info->type != ENT_FIELD_ENUM)
    return fail (check, "only an ENUM can be OPEN");
  if ((info->flags & ENT_FIELD_SYSTEM) && (info->flags & ENT_FIELD_REQUIRED))
    return fail (check, "nobody can be required to fill a system field");
  if (info->merge == ENT_MERGE_UNION && !many)
    return fail (check, "only lists are merged by UNION");
  if (info->merge == ENT_MERGE_MAX && !ent_field_is_integer (check->field))
    return fail (check, "only numbers and dates are merged by MAX");
  if (info->merge == ENT_MERGE_APPEND && (many || !is_text (info->type)))
    return fail (check, "only texts are merged by APPEND");

  return TRUE;
}

static gboolean
check_limits (const Check *check)
{
  const EntFieldInfo *info = &check->field->info;
  gboolean has_limits = info->min != 0 || info->max != 0;

  if (info->min > info->max)
    return fail (check, "min is above max");
  if (has_limits && (info->type == ENT_FIELD_REF || info->type == ENT_FIELD_BOOL ||
                     info->type == ENT_FIELD_ENUM || info->type == ENT_FIELD_JSON))
    return fail (check, "this type has no limits");
  if (info->width < 0 || info->since < 0)
    return fail (check, "width and since cannot be negative");

  return TRUE;
}

static gboolean
check_default (const Check *check)
{
  const EntFieldInfo *info = &check->field->info;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (info->default_value == NULL)
    return TRUE;
  if (!ent_value_read (check->field, info->default_value, NULL, &value, &error))
    return fail (check, "the default cannot be read: %s", error->message);
  if (ent_value_is_null (&value))
    return fail (check, "the default is empty");

  return TRUE;
}

static gboolean
is_kind (const EntField *field,
         const char     *kind)
{
  return (field->info.flags & ENT_FIELD_OPEN) || ent_field_lookup_choice (field, kind) != NULL;
}

static gboolean
check_kinds (const Check *check)
{
  const char *kind_field = check->type->info->kind_field;
  const EntField *field = kind_field != NULL ? ent_record_type_lookup (check->type, kind_field)
                                             : NULL;
  g_auto (GStrv) kinds = NULL;

  if (check->field->info.kinds == NULL)
    return TRUE;
  if (field == NULL)
    return fail (check, "it has kinds, but the type has no kind field");
  kinds = g_strsplit (check->field->info.kinds, "|", -1);
  for (char **kind = kinds; *kind != NULL; kind++)
    if (!is_kind (field, *kind))
      return fail (check, "“%s” is not a choice of %s", *kind, kind_field);

  return TRUE;
}

static gboolean
check_field (Check          *check,
             const EntField *field)
{
  gboolean ok;

  check->field = field;
  ok = check_field_name (check) &&
       ((field->info.label != NULL && *field->info.label != '\0') ||
        fail (check, "it has no label")) &&
       check_flags (check) && check_choices (check) && check_target (check) &&
       check_limits (check) && check_default (check) && check_kinds (check);
  check->field = NULL;

  return ok;
}

gboolean
ent_field_validate (EntSchema       *schema,
                    const EntField  *field,
                    GError         **error)
{
  Check check = { schema, field->type, NULL, error };

  return check_field (&check, field);
}

/* A type must not say another thing about a common field than what it is called. */
static gboolean
check_override (Check              *check,
                const EntFieldInfo *own)
{
  int i = ent_common_field_find (own->name);
  EntFieldInfo line;

  if (i < 0)
    return TRUE;
  line = ent_common_field_make ((EntCommonField) i, check->type->info);
  check->field = ent_record_type_get_nth (check->type, (guint) i);
  if (line.flags & ENT_FIELD_SYSTEM)
    return fail (check, "a system field cannot be declared anew");
  if (own->type != line.type || (own->flags & ENT_FIELD_MANY) != (line.flags & ENT_FIELD_MANY))
    return fail (check, "a common field cannot have another type");
  check->field = NULL;

  return TRUE;
}

/* --- Record types ----------------------------------------------------------------------------- */

static gboolean
is_prefix (const char *prefix)
{
  gsize length = prefix != NULL ? strlen (prefix) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (prefix[i]))
      return FALSE;

  return length >= 1 && length <= 4;
}

static gboolean
check_identity (const Check *check)
{
  const EntRecordTypeInfo *info = check->type->info;

  if (!ent_name_is_well_formed (info->name))
    return fail (check, "the name is not lower_snake_case");
  /* A case is one of the things partner managers handle; the store quotes table names for it. */
  if (ent_name_is_reserved (info->name) && strcmp (info->name, "case") != 0)
    return fail (check, "the name is reserved");
  if (ent_schema_lookup (check->schema, info->name) != check->type)
    return fail (check, "another type has this name");
  if (info->number < 1 || info->number >= ENT_KEY_MAX_TYPES)
    return fail (check, "the number %u is not in 1 to %d", info->number, ENT_KEY_MAX_TYPES - 1);
  if (ent_schema_lookup_number (check->schema, info->number) != check->type)
    return fail (check, "another type has the number %u", info->number);
  if (!is_prefix (info->prefix))
    return fail (check, "the prefix is not one to four capital letters");
  if (ent_schema_lookup_prefix (check->schema, info->prefix, strlen (info->prefix)) != check->type)
    return fail (check, "another type has the prefix %s", info->prefix);
  if (info->label == NULL || *info->label == '\0' || info->label_plural == NULL ||
      *info->label_plural == '\0')
    return fail (check, "it has no labels");

  return TRUE;
}

static gboolean
has_field (const Check  *check,
           const char   *name,
           EntFieldType  type)
{
  const EntField *field = ent_record_type_lookup (check->type, name);

  return field != NULL && field->info.type == type;
}

static gboolean
check_parent (const Check *check)
{
  const EntRecordTypeInfo *info = check->type->info;

  if ((info->flags & ENT_RECORD_TYPE_CHILD) == 0)
    return info->parent == NULL || fail (check, "it has a parent, but is no child");
  if (info->parent == NULL || ent_schema_lookup (check->schema, info->parent) == NULL)
    return fail (check, "a child needs a parent type");
  if (!has_field (check, "parent", ENT_FIELD_REF) ||
      g_strcmp0 (ent_record_type_lookup (check->type, "parent")->info.target, info->parent) != 0)
    return fail (check, "a child needs a REF “parent” to its parent type");
  if (!has_field (check, "position", ENT_FIELD_INT))
    return fail (check, "a child needs an INT “position”");

  return TRUE;
}

static gboolean
check_roles (const Check *check)
{
  const EntRecordTypeInfo *info = check->type->info;

  if ((info->flags & ENT_RECORD_TYPE_LINK) &&
      (!has_field (check, "from", ENT_FIELD_REF) || !has_field (check, "to", ENT_FIELD_REF)))
    return fail (check, "a link needs REFs “from” and “to”");
  if (info->kind_field != NULL && !has_field (check, info->kind_field, ENT_FIELD_ENUM))
    return fail (check, "the kind field “%s” is no ENUM of it", info->kind_field);
  if (info->state_field != NULL && !has_field (check, info->state_field, ENT_FIELD_ENUM))
    return fail (check, "the state field “%s” is no ENUM of it", info->state_field);

  return TRUE;
}

static gboolean
check_type (Check *check)
{
  if (!check_identity (check) || !check_parent (check) || !check_roles (check))
    return FALSE;
  for (const EntFieldInfo *own = check->type->info->fields; own->name != NULL; own++)
    if (!check_override (check, own))
      return FALSE;
  for (guint i = 0; i < check->type->fields->len; i++)
    if (!check_field (check, ent_record_type_get_nth (check->type, i)))
      return FALSE;

  return check_columns (check) && check_aliases (check);
}

gboolean
ent_schema_validate (EntSchema *self,
                     GError   **error)
{
  for (guint i = 0; i < self->types->len; i++)
    {
      Check check = { self, g_ptr_array_index (self->types, i), NULL, error };

      if (!check_type (&check))
        return FALSE;
    }

  return TRUE;
}
