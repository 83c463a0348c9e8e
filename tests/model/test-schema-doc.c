/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field reference: complete, in all its formats, and safe to paste where it goes. */
#include "config.h"

#include <string.h>

#include "model/ent-schema-doc.h"

static void
test_every_field_is_described (void)
{
  EntSchema *schema = ent_schema_get_default ();
  g_autofree char *markdown = ent_schema_describe (schema, NULL, ENT_SCHEMA_DOC_MARKDOWN);
  g_autofree char *mallard = ent_schema_describe (schema, NULL, ENT_SCHEMA_DOC_MALLARD);

  for (guint t = 0; t < ent_schema_get_n_types (schema); t++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, t);
      g_autofree char *text = ent_schema_describe (schema, type->info->name, ENT_SCHEMA_DOC_TEXT);
      g_autofree char *heading = g_strdup_printf ("## %s\n", ent_record_type_get_label (type, TRUE));

      g_assert_nonnull (strstr (markdown, heading));
      for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
        {
          const EntField *field = ent_record_type_get_nth (type, i);
          g_autofree char *quoted = g_strdup_printf ("`%s`", field->info.name);

          g_assert_nonnull (strstr (text, field->info.name));
          g_assert_nonnull (strstr (markdown, quoted));
          g_assert_nonnull (strstr (mallard, field->info.name));
        }
    }
}

static void
test_a_field_says_what_it_holds (void)
{
  EntSchema *schema = ent_schema_get_default ();
  g_autofree char *text = ent_schema_describe (schema, "funding", ENT_SCHEMA_DOC_TEXT);

  g_assert_nonnull (strstr (text, "match_pct"));
  g_assert_nonnull (strstr (text, "0 to 100; default: 50"));
  g_assert_nonnull (strstr (text, "reference → program"));
  g_assert_nonnull (strstr (text, "changes_asked (Changes asked)"));
  g_assert_nonnull (strstr (text, "requested amount"));
}

static void
test_an_unknown_type_has_no_description (void)
{
  g_assert_null (ent_schema_describe (ent_schema_get_default (), "nonsense", ENT_SCHEMA_DOC_TEXT));
}

static void
ignore_text (GMarkupParseContext *context,
             const char          *text,
             gsize                length,
             gpointer             user_data,
             GError             **error)
{
}

static void
test_the_help_page_is_well_formed (void)
{
  static const GMarkupParser parser = { .text = ignore_text };
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autofree char *page = ent_schema_describe (ent_schema_get_default (), NULL,
                                               ENT_SCHEMA_DOC_MALLARD);
  g_autoptr(GError) error = NULL;

  g_markup_parse_context_parse (context, page, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static void
test_table_rows_have_seven_cells (void)
{
  g_autofree char *markdown = ent_schema_describe (ent_schema_get_default (), NULL,
                                                   ENT_SCHEMA_DOC_MARKDOWN);
  g_auto(GStrv) lines = g_strsplit (markdown, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      guint bars = 0;

      if (**line != '|')
        continue;
      for (const char *p = *line; *p != '\0'; p++)
        bars += *p == '|' && (p == *line || p[-1] != '\\');
      g_assert_cmpuint (bars, ==, 8);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema-doc/every-field-is-described", test_every_field_is_described);
  g_test_add_func ("/schema-doc/a-field-says-what-it-holds", test_a_field_says_what_it_holds);
  g_test_add_func ("/schema-doc/an-unknown-type-has-no-description",
                   test_an_unknown_type_has_no_description);
  g_test_add_func ("/schema-doc/the-help-page-is-well-formed", test_the_help_page_is_well_formed);
  g_test_add_func ("/schema-doc/table-rows-have-seven-cells", test_table_rows_have_seven_cells);

  return g_test_run ();
}
