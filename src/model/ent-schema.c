/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-schema-private.h"

#include "model/ent-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- Building --------------------------------------------------------------------------------- */

static void
field_free (gpointer data)
{
  EntField *field = data;

  g_clear_pointer (&field->choices, g_ptr_array_unref);
  g_free (field->column);
  g_free (field->currency_column);
  g_free (field);
}

static void
record_type_free (gpointer data)
{
  EntRecordType *type = data;

  g_hash_table_unref (type->by_name);
  g_ptr_array_unref (type->children);
  g_ptr_array_unref (type->fields);
  g_free (type);
}

/* What a flag implies is set here, once, so that everybody else tests one flag. */
static EntFieldFlags
complete_flags (EntFieldFlags flags)
{
  if (flags & ENT_FIELD_COLUMN)
    flags |= ENT_FIELD_LISTED;
  if (flags & ENT_FIELD_UNIQUE)
    flags |= ENT_FIELD_INDEXED;

  return flags;
}

static void
add_choice (EntField        *field,
            const EntChoice *choice)
{
  if (field->choices == NULL)
    field->choices = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (field->choices, g_memdup2 (choice, sizeof *choice));
}

static EntField *
add_field (EntRecordType      *type,
           const EntFieldInfo *info,
           gboolean            is_custom)
{
  EntField *field = g_new0 (EntField, 1);

  field->info = *info;
  field->info.flags = complete_flags (info->flags);
  field->type = type;
  field->index = type->fields->len;
  field->is_custom = is_custom;
  field->column = g_strconcat (is_custom ? "x_" : "", info->name, NULL);
  if (info->type == ENT_FIELD_MONEY)
    field->currency_column = g_strconcat (field->column, "_currency", NULL);
  for (const EntChoice *choice = info->choices; choice != NULL && choice->value != NULL; choice++)
    add_choice (field, choice);

  g_ptr_array_add (type->fields, field);
  /* A name that is declared twice keeps its first line; ent_schema_validate() tells. */
  if (!g_hash_table_contains (type->by_name, field->info.name))
    g_hash_table_insert (type->by_name, (char *) field->info.name, field);

  return field;
}

static const EntFieldInfo *
find_declared (const EntRecordTypeInfo *info,
               const char              *name)
{
  for (const EntFieldInfo *line = info->fields; line->name != NULL; line++)
    if (strcmp (line->name, name) == 0)
      return line;

  return NULL;
}

static EntRecordType *
make_record_type (EntSchema               *self,
                  const EntRecordTypeInfo *info)
{
  EntRecordType *type = g_new0 (EntRecordType, 1);

  type->info = info;
  type->schema = self;
  type->fields = g_ptr_array_new_with_free_func (field_free);
  type->children = g_ptr_array_new ();
  type->by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ENT_N_COMMON; i++)
    {
      EntFieldInfo line = ent_common_field_make (i, info);
      const EntFieldInfo *own = find_declared (info, line.name);

      if (own != NULL)
        line = ent_common_field_override (&line, own, self->strings);
      add_field (type, &line, FALSE);
    }
  for (const EntFieldInfo *line = info->fields; line->name != NULL; line++)
    if (ent_common_field_find (line->name) < 0)
      add_field (type, line, FALSE);

  return type;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const EntRecordType *first = *(EntRecordType * const *) a;
  const EntRecordType *second = *(EntRecordType * const *) b;

  return (first->info->number > second->info->number) -
         (first->info->number < second->info->number);
}

static void
add_types (EntSchema                       *self,
           const EntRecordTypeInfo * const *infos)
{
  for (; *infos != NULL; infos++)
    {
      EntRecordType *type = make_record_type (self, *infos);

      g_ptr_array_add (self->types, type);
      if (!g_hash_table_contains (self->by_name, (*infos)->name))
        g_hash_table_insert (self->by_name, (char *) (*infos)->name, type);
      if ((*infos)->number < ENT_KEY_MAX_TYPES && self->by_number[(*infos)->number] == NULL)
        self->by_number[(*infos)->number] = type;
    }
  g_ptr_array_sort (self->types, compare_numbers);

  for (guint i = 0; i < self->types->len; i++)
    {
      EntRecordType *type = g_ptr_array_index (self->types, i);
      EntRecordType *parent = type->info->parent != NULL
                                ? g_hash_table_lookup (self->by_name, type->info->parent)
                                : NULL;

      if (parent != NULL)
        g_ptr_array_add (parent->children, type);
    }
}

/* --- Additions of the workspace --------------------------------------------------------------- */

static const char *
keep (EntSchema  *self,
      const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

static EntChoice
keep_choice (EntSchema       *self,
             const EntChoice *choice)
{
  return (EntChoice) {
    keep (self, choice->value),
    keep (self, choice->label != NULL ? choice->label : choice->value),
    choice->tone,
  };
}

static EntFieldInfo
keep_info (EntSchema          *self,
           const EntFieldInfo *info)
{
  EntFieldInfo copy = *info;

  copy.name = keep (self, info->name);
  copy.label = keep (self, info->label);
  copy.help = keep (self, info->help);
  copy.target = keep (self, info->target);
  copy.unit = keep (self, info->unit);
  copy.default_value = keep (self, info->default_value);
  copy.group = keep (self, info->group);
  copy.kinds = keep (self, info->kinds);
  copy.aliases = keep (self, info->aliases);
  copy.merge_group = keep (self, info->merge_group);
  copy.choices = NULL;

  return copy;
}

static gboolean
fail (GError    **error,
      const char *format,
      const char *name)
{
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED, format, name);

  return FALSE;
}

static gboolean
add_custom_field (EntSchema            *self,
                  const EntCustomField *custom,
                  GError              **error)
{
  EntRecordType *type = g_hash_table_lookup (self->by_name, custom->type);
  EntFieldInfo info;
  EntField *field;

  if (type == NULL)
    return fail (error, _("There is no record type “%s”; choose another one"), custom->type);
  if (custom->info.name == NULL || !ent_name_is_well_formed (custom->info.name))
    return fail (error,
                 _("“%s” cannot name a field; use lower-case letters, digits and underscores"),
                 custom->info.name != NULL ? custom->info.name : "");
  if (ent_name_is_reserved (custom->info.name) ||
      g_hash_table_contains (type->by_name, custom->info.name))
    return fail (error, _("The name “%s” is taken; choose another one"), custom->info.name);
  if (custom->info.label == NULL || *custom->info.label == '\0')
    return fail (error, _("The field “%s” has no label; give it one"), custom->info.name);
  if (custom->info.flags & ENT_FIELD_SYSTEM)
    return fail (error, _("The field “%s” cannot be a system field"), custom->info.name);

  info = keep_info (self, &custom->info);
  field = add_field (type, &info, TRUE);
  for (const EntChoice *c = custom->info.choices; c != NULL && c->value != NULL; c++)
    {
      EntChoice choice = keep_choice (self, c);

      add_choice (field, &choice);
    }

  return ent_field_validate (self, field, error);
}

static gboolean
add_custom_choice (EntSchema             *self,
                   const EntCustomChoice *custom,
                   GError               **error)
{
  EntRecordType *type = g_hash_table_lookup (self->by_name, custom->type);
  EntField *field = type != NULL ? g_hash_table_lookup (type->by_name, custom->field) : NULL;
  EntChoice choice;

  if (field == NULL || field->info.type != ENT_FIELD_ENUM)
    return fail (error, _("“%s” is not a field with choices; choose another one"), custom->field);
  if (custom->choice.value == NULL || *custom->choice.value == '\0')
    return fail (error, _("A choice of “%s” is empty; write a name for it"), custom->field);
  /* A later version of the program may have come to declare the choice itself. */
  if (ent_field_lookup_choice (field, custom->choice.value) != NULL)
    return TRUE;
  choice = keep_choice (self, &custom->choice);
  add_choice (field, &choice);

  return TRUE;
}

EntSchema *
ent_schema_new_from_infos (const EntRecordTypeInfo * const *infos,
                           const EntCustomField            *fields,
                           gsize                            n_fields,
                           const EntCustomChoice           *choices,
                           gsize                            n_choices,
                           GError                         **error)
{
  g_autoptr (EntSchema) self = g_new0 (EntSchema, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->types = g_ptr_array_new_with_free_func (record_type_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->strings = g_string_chunk_new (1024);
  add_types (self, infos);

  for (gsize i = 0; i < n_fields; i++)
    if (!add_custom_field (self, &fields[i], error))
      return NULL;
  for (gsize i = 0; i < n_choices; i++)
    if (!add_custom_choice (self, &choices[i], error))
      return NULL;

  return g_steal_pointer (&self);
}

EntSchema *
ent_schema_new (const EntCustomField  *fields,
                gsize                  n_fields,
                const EntCustomChoice *choices,
                gsize                  n_choices,
                GError               **error)
{
  return ent_schema_new_from_infos (ent_record_type_infos, fields, n_fields, choices, n_choices,
                                    error);
}

EntSchema *
ent_schema_get_default (void)
{
  static EntSchema *schema;

  if (g_once_init_enter_pointer (&schema))
    g_once_init_leave_pointer (&schema, ent_schema_new (NULL, 0, NULL, 0, NULL));

  return schema;
}

EntSchema *
ent_schema_ref (EntSchema *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ent_schema_unref (EntSchema *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->types);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/* --- Looking up ------------------------------------------------------------------------------- */

const EntRecordType *
ent_schema_lookup (const EntSchema *self,
                   const char      *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

const EntRecordType *
ent_schema_lookup_number (const EntSchema *self,
                          guint            number)
{
  return number < ENT_KEY_MAX_TYPES ? self->by_number[number] : NULL;
}

const EntRecordType *
ent_schema_lookup_key (const EntSchema *self,
                       EntKey           key)
{
  return key > 0 ? self->by_number[ent_key_type_number (key)] : NULL;
}

const EntRecordType *
ent_schema_lookup_prefix (const EntSchema *self,
                          const char      *prefix,
                          gsize            length)
{
  for (guint i = 0; i < self->types->len; i++)
    {
      const EntRecordType *type = g_ptr_array_index (self->types, i);

      if (type->info->prefix != NULL && strlen (type->info->prefix) == length &&
          g_ascii_strncasecmp (type->info->prefix, prefix, length) == 0)
        return type;
    }

  return NULL;
}

guint
ent_schema_get_n_types (const EntSchema *self)
{
  return self->types->len;
}

const EntRecordType *
ent_schema_get_nth (const EntSchema *self,
                    guint            i)
{
  return g_ptr_array_index (self->types, i);
}

EntKey
ent_schema_read_code (const EntSchema *self,
                      const char      *code)
{
  const char *dash = strchr (code, '-');
  const EntRecordType *type;
  gint64 row = 0;

  if (dash == NULL || dash == code || dash[1] == '\0')
    return 0;
  type = ent_schema_lookup_prefix (self, code, (gsize) (dash - code));
  if (type == NULL)
    return 0;
  for (const char *p = dash + 1; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p) || p - dash > 15)
        return 0;
      row = row * 10 + (*p - '0');
    }

  return row > 0 ? ent_key_make (type->info->number, row) : 0;
}

/* --- Record types ----------------------------------------------------------------------------- */

guint
ent_record_type_get_n_fields (const EntRecordType *self)
{
  return self->fields->len;
}

const EntField *
ent_record_type_get_nth (const EntRecordType *self,
                         guint                i)
{
  return g_ptr_array_index (self->fields, i);
}

const EntField *
ent_record_type_lookup (const EntRecordType *self,
                        const char          *field)
{
  return g_hash_table_lookup (self->by_name, field);
}

gboolean
ent_record_type_is_child (const EntRecordType *self)
{
  return (self->info->flags & ENT_RECORD_TYPE_CHILD) != 0;
}

const char *
ent_record_type_get_label (const EntRecordType *self,
                           gboolean             plural)
{
  return g_dgettext (GETTEXT_PACKAGE, plural ? self->info->label_plural : self->info->label);
}

char *
ent_record_type_make_code (const EntRecordType *self,
                           gint64               row)
{
  return g_strdup_printf ("%s-%04" G_GINT64_FORMAT, self->info->prefix, row);
}
