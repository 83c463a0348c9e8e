/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-schema-doc.h"

#include <glib/gi18n-lib.h>

#include "model/ent-value.h"

/* --- In words ---------------------------------------------------------------------------------------- */

static const char *
type_name (EntFieldType type)
{
  static const char * const names[] =
  {
    [ENT_FIELD_TEXT] = N_("text"),           [ENT_FIELD_LONGTEXT] = N_("long text"),
    [ENT_FIELD_MARKDOWN] = N_("Markdown"),   [ENT_FIELD_CODE] = N_("code"),
    [ENT_FIELD_INT] = N_("number"),          [ENT_FIELD_MONEY] = N_("amount of money"),
    [ENT_FIELD_PERCENT] = N_("percentage"),  [ENT_FIELD_SCORE] = N_("decimal number"),
    [ENT_FIELD_BOOL] = N_("yes or no"),      [ENT_FIELD_DATE] = N_("date"),
    [ENT_FIELD_DATETIME] = N_("date and time"), [ENT_FIELD_DURATION] = N_("length of time"),
    [ENT_FIELD_ENUM] = N_("choice"),         [ENT_FIELD_REF] = N_("reference"),
    [ENT_FIELD_COUNTRY] = N_("country"),     [ENT_FIELD_CURRENCY] = N_("currency"),
    [ENT_FIELD_TIMEZONE] = N_("time zone"),  [ENT_FIELD_URL] = N_("web address"),
    [ENT_FIELD_EMAIL] = N_("email address"), [ENT_FIELD_PHONE] = N_("phone number"),
    [ENT_FIELD_DOMAIN] = N_("web domain"),   [ENT_FIELD_HASH] = N_("fingerprint"),
    [ENT_FIELD_JSON] = N_("structured data"),
  };

  return g_dgettext (GETTEXT_PACKAGE, names[type]);
}

static const char *
merge_name (EntMergePolicy merge)
{
  switch (merge)
    {
    case ENT_MERGE_ASK:
      return _("asks");
    case ENT_MERGE_APPEND:
      return _("keeps both texts");
    case ENT_MERGE_MAX:
      return _("keeps the greater");
    case ENT_MERGE_UNION:
      return _("joins the lists");
    case ENT_MERGE_LAST_WRITE:
      return _("keeps the later");
    }
  return "";
}

char *
ent_field_describe_type (const EntField *field)
{
  const char *name = type_name (field->info.type);
  GString *text = g_string_new (NULL);

  if (ent_field_is_many (field))
    g_string_append_printf (text, _("list of: %s"), name);
  else
    g_string_append (text, name);
  if (field->info.type == ENT_FIELD_REF)
    {
      if (g_str_equal (field->info.target, "*"))
        g_string_append_printf (text, " %s", _("to any record"));
      else
        g_string_append_printf (text, " → %s", field->info.target);
    }
  if (field->info.unit != NULL)
    g_string_append_printf (text, " (%s)", ent_field_get_unit (field));
  return g_string_free (text, FALSE);
}

static char *
limit_text (const EntField *field,
            gint64          limit)
{
  g_auto(EntValue) value = ENT_VALUE_INIT;

  if (field->info.type == ENT_FIELD_MONEY)
    ent_value_set_money (&value, limit, "USD");
  else
    ent_value_set_int (&value, limit);
  return ent_value_write (field, &value);
}

/* "required; 0 to 100; default: 50; only for: partner" (transfer full) */
static char *
rules_of (const EntField *field)
{
  g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  const EntFieldInfo *info = &field->info;

  if (info->flags & ENT_FIELD_REQUIRED)
    g_ptr_array_add (rules, g_strdup (_("required")));
  if (info->flags & ENT_FIELD_UNIQUE)
    g_ptr_array_add (rules, g_strdup (_("unique")));
  if (info->flags & ENT_FIELD_SYSTEM)
    g_ptr_array_add (rules, g_strdup (_("kept by Entente")));
  if (info->min != 0 || info->max != 0)
    {
      g_autofree char *min = limit_text (field, info->min);
      g_autofree char *max = limit_text (field, info->max);

      g_ptr_array_add (rules, g_strdup_printf (_("%s to %s"), min, max));
    }
  if (info->default_value != NULL)
    g_ptr_array_add (rules, g_strdup_printf (_("default: %s"), info->default_value));
  if (info->kinds != NULL)
    {
      g_autofree char *kinds = g_strdelimit (g_strdup (info->kinds), "|", ' ');

      g_ptr_array_add (rules, g_strdup_printf (_("only for: %s"), kinds));
    }
  if (info->flags & ENT_FIELD_SENSITIVE)
    g_ptr_array_add (rules, g_strdup (_("masked in exports")));
  g_ptr_array_add (rules, NULL);
  return g_strjoinv ("; ", (char **) rules->pdata);
}

/* "draft (Draft), signed (Signed), …" (transfer full) */
static char *
choices_of (const EntField *field)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (field->choices, i);

      g_string_append_printf (text, "%s%s (%s)", i > 0 ? ", " : "", choice->value,
                              ent_choice_get_label (choice));
    }
  if (field->info.flags & ENT_FIELD_OPEN)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _("or your own"));
  return g_string_free (text, FALSE);
}

/* Names other than the field's own name and label. (transfer full) */
static char *
other_names_of (const EntField *field)
{
  g_auto(GStrv) names = ent_field_dup_aliases (field);
  GString *text = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    if (g_ascii_strcasecmp (*name, field->info.name) != 0 &&
        g_ascii_strcasecmp (*name, ent_field_get_label (field)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", *name);
  return g_string_free (text, FALSE);
}

/* --- Formats ------------------------------------------------------------------------------------------ */

/* One field, said once for all formats; texts are owned. */
typedef struct
{
  const EntField *field;
  char           *type;
  char           *rules;
  char           *choices;
  char           *names;
} FieldDoc;

static void
field_doc_init (FieldDoc       *self,
                const EntField *field)
{
  self->field = field;
  self->type = ent_field_describe_type (field);
  self->rules = rules_of (field);
  self->choices = choices_of (field);
  self->names = other_names_of (field);
}

static void
field_doc_clear (FieldDoc *self)
{
  g_free (self->type);
  g_free (self->rules);
  g_free (self->choices);
  g_free (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FieldDoc, field_doc_clear)

static void
append_text_line (GString    *out,
                  const char *label,
                  const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (out, "      %s%s%s\n", label != NULL ? label : "",
                            label != NULL ? ": " : "", text);
}

static void
append_text_field (GString        *out,
                   const FieldDoc *doc)
{
  g_string_append_printf (out, "  %-26s %s, %s\n", doc->field->info.name,
                          ent_field_get_label (doc->field), doc->type);
  append_text_line (out, NULL, ent_field_get_help (doc->field));
  append_text_line (out, NULL, doc->rules);
  append_text_line (out, _("Choices"), doc->choices);
  append_text_line (out, _("Import names"), doc->names);
}

/* A cell of a table: no line ends, bars escaped. */
static void
append_cell (GString    *out,
             const char *text)
{
  g_string_append (out, " ");
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    {
      if (*p == '|')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p == '\n' ? ' ' : *p);
    }
  g_string_append (out, " |");
}

static void
append_markdown_field (GString        *out,
                       const FieldDoc *doc)
{
  g_autoptr(GString) meaning = g_string_new (ent_field_get_help (doc->field));

  if (*doc->choices != '\0')
    g_string_append_printf (meaning, "%s%s: %s.", meaning->len > 0 ? " " : "", _("Choices"),
                            doc->choices);
  g_string_append (out, "|");
  append_cell (out, ent_field_get_label (doc->field));
  g_string_append_printf (out, " `%s` |", doc->field->info.name);
  append_cell (out, doc->type);
  append_cell (out, meaning->str);
  append_cell (out, doc->rules);
  append_cell (out, doc->names);
  append_cell (out, merge_name (doc->field->info.merge));
  g_string_append_c (out, '\n');
}

static void
append_escaped (GString    *out,
                const char *element,
                const char *text)
{
  g_autofree char *escaped = NULL;

  if (text == NULL || *text == '\0')
    return;
  escaped = g_markup_escape_text (text, -1);
  g_string_append_printf (out, "<%s>%s</%s>\n", element, escaped, element);
}

static void
append_mallard_field (GString        *out,
                      const FieldDoc *doc)
{
  g_autofree char *label = g_markup_escape_text (ent_field_get_label (doc->field), -1);
  g_autofree char *names = NULL;

  g_string_append_printf (out, "<item>\n<title>%s <code>%s</code></title>\n", label,
                          doc->field->info.name);
  append_escaped (out, "p", ent_field_get_help (doc->field));
  append_escaped (out, "p", doc->type);
  append_escaped (out, "p", doc->rules);
  append_escaped (out, "p", doc->choices);
  if (*doc->names != '\0')
    {
      names = g_strdup_printf (_("Import names: %s"), doc->names);
      append_escaped (out, "p", names);
    }
  g_string_append (out, "</item>\n");
}

static void
begin_type (GString             *out,
            const EntRecordType *type,
            EntSchemaDocFormat   format)
{
  const char *label = ent_record_type_get_label (type, TRUE);
  const char *help = type->info->help != NULL ? g_dgettext (GETTEXT_PACKAGE, type->info->help) : "";

  switch (format)
    {
    case ENT_SCHEMA_DOC_TEXT:
      g_string_append_printf (out, "%s: %s (%s)\n%s\n\n", type->info->name, label,
                              type->info->prefix, help);
      break;
    case ENT_SCHEMA_DOC_MARKDOWN:
      g_string_append_printf (out, "## %s\n\n`%s`, %s-0001. %s\n\n", label, type->info->name,
                              type->info->prefix, help);
      g_string_append_printf (out, "| %s | %s | %s | %s | %s | %s | %s |\n|---|---|---|---|---|---|---|\n",
                              _("Field"), _("Name"), _("Holds"), _("Meaning"), _("Rules"),
                              _("Import names"), _("When two people edit it"));
      break;
    case ENT_SCHEMA_DOC_MALLARD:
      g_string_append_printf (out, "<section id=\"%s\">\n", type->info->name);
      append_escaped (out, "title", label);
      append_escaped (out, "p", help);
      g_string_append (out, "<terms>\n");
      break;
    }
}

static void
append_type (GString             *out,
             const EntRecordType *type,
             EntSchemaDocFormat   format)
{
  begin_type (out, type, format);
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      g_auto(FieldDoc) doc = { NULL };

      field_doc_init (&doc, ent_record_type_get_nth (type, i));
      switch (format)
        {
        case ENT_SCHEMA_DOC_TEXT:
          append_text_field (out, &doc);
          break;
        case ENT_SCHEMA_DOC_MARKDOWN:
          append_markdown_field (out, &doc);
          break;
        case ENT_SCHEMA_DOC_MALLARD:
          append_mallard_field (out, &doc);
          break;
        }
    }
  g_string_append (out, format == ENT_SCHEMA_DOC_MALLARD ? "</terms>\n</section>\n" : "\n");
}

char *
ent_schema_describe (const EntSchema    *schema,
                     const char         *type,
                     EntSchemaDocFormat  format)
{
  const EntRecordType *only = type != NULL ? ent_schema_lookup (schema, type) : NULL;
  GString *out;

  if (type != NULL && only == NULL)
    return NULL;

  out = g_string_new (NULL);
  if (format == ENT_SCHEMA_DOC_MALLARD)
    {
      g_string_append (out, "<page xmlns=\"http://projectmallard.org/1.0/\" type=\"topic\" id=\"fields\">\n"
                            "<info><link type=\"guide\" xref=\"index\"/></info>\n");
      append_escaped (out, "title", _("Fields"));
    }
  else if (format == ENT_SCHEMA_DOC_MARKDOWN && only == NULL)
    g_string_append_printf (out, "# %s\n\n", _("Fields"));

  if (only != NULL)
    append_type (out, only, format);
  for (guint i = 0; only == NULL && i < ent_schema_get_n_types (schema); i++)
    append_type (out, ent_schema_get_nth (schema, i), format);

  if (format == ENT_SCHEMA_DOC_MALLARD)
    g_string_append (out, "</page>\n");
  return g_string_free (out, FALSE);
}
