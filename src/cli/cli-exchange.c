/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#include "exchange/ent-export.h"
#include "exchange/ent-import.h"

#define PROBLEMS_SHOWN 20

typedef struct
{
  char   **maps;
  char   **keys;
  char    *create_missing;
  char    *encoding;
  char    *delimiter;
  char    *report;
  gboolean add_choices;
  gboolean dry_run;
} ImportOptions;

static void
import_options_clear (ImportOptions *self)
{
  g_strfreev (self->maps);
  g_strfreev (self->keys);
  g_free (self->create_missing);
  g_free (self->encoding);
  g_free (self->delimiter);
  g_free (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportOptions, import_options_clear)

static EntTableSource *
open_source (const char           *path,
             const ImportOptions  *options,
             GError              **error)
{
  EntCsvHints hints = { NULL };
  g_autoptr (GError) local = NULL;

  if (options->encoding != NULL)
    hints.encoding = ent_csv_encoding_parse (options->encoding, &local);
  if (local == NULL && options->delimiter != NULL)
    hints.delimiter = ent_csv_delimiter_parse (options->delimiter, &local);
  if (local != NULL)
    {
      cli_usage (error, "%s", local->message);
      return NULL;
    }
  return ent_table_source_open (path, NULL, &hints, error);
}

static gboolean
prepare_plan (EntImportPlan        *plan,
              const ImportOptions  *options,
              GError              **error)
{
  EntImportOptions plan_options = {
    .create_missing = options->create_missing,
    .add_choices = options->add_choices,
  };
  g_autoptr (GError) local = NULL;

  for (char **map = options->maps; map != NULL && *map != NULL; map++)
    if (!ent_import_plan_map (plan, *map, &local))
      return cli_usage (error, "%s", local->message);
  if (options->keys != NULL &&
      !ent_import_plan_set_keys (plan, (const char * const *) options->keys, &local))
    return cli_usage (error, "%s", local->message);
  if (!ent_import_plan_set_options (plan, &plan_options, &local))
    return cli_usage (error, "%s", local->message);
  return TRUE;
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         guint64      value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) value);
}

static void
build_problem (JsonBuilder            *builder,
               const EntImportProblem *problem)
{
  json_builder_begin_object (builder);
  add_int (builder, "line", problem->line);
  json_builder_set_member_name (builder, "level");
  json_builder_add_string_value (builder, problem->level == ENT_PROBLEM_REFUSED ? "refused" : "warning");
  json_builder_set_member_name (builder, "column");
  json_builder_add_string_value (builder, problem->column);
  json_builder_set_member_name (builder, "value");
  json_builder_add_string_value (builder, problem->value);
  json_builder_set_member_name (builder, "reason");
  json_builder_add_string_value (builder, problem->reason);
  json_builder_end_object (builder);
}

static void
print_report_json (const EntImportReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_int (builder, "read", ent_import_report_get_n_read (report));
  add_int (builder, "created", ent_import_report_get_n_created (report));
  add_int (builder, "updated", ent_import_report_get_n_updated (report));
  add_int (builder, "unchanged", ent_import_report_get_n_unchanged (report));
  add_int (builder, "refused", ent_import_report_get_n_refused (report));
  add_int (builder, "created_ends", ent_import_report_get_n_created_ends (report));
  add_int (builder, "added_choices", ent_import_report_get_n_choices (report));
  add_int (builder, "seq", (guint64) ent_import_report_get_seq (report));
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, ent_import_report_is_dry_run (report));
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint64 i = 0; i < ent_import_report_get_n_problems (report); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      build_problem (builder, &problem);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cli_print_builder (builder);
}

static void
print_problem (const EntImportProblem *problem)
{
  const char *level = problem->level == ENT_PROBLEM_REFUSED ? _("refused") : _("warning");

  if (problem->column != NULL)
    g_printerr (_("line %" G_GUINT64_FORMAT ", %s, %s: %s\n"), problem->line, level, problem->column, problem->reason);
  else
    g_printerr (_("line %" G_GUINT64_FORMAT ", %s: %s\n"), problem->line, level, problem->reason);
}

static void
print_report (const EntImportReport *report)
{
  g_autofree char *summary = ent_import_report_dup_summary (report);
  guint64 n = ent_import_report_get_n_problems (report);

  for (guint64 i = 0; i < MIN (n, PROBLEMS_SHOWN); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      print_problem (&problem);
    }
  if (n > PROBLEMS_SHOWN)
    g_printerr (_("… %" G_GUINT64_FORMAT " more; --report FILE.csv writes all of them.\n"), n - PROBLEMS_SHOWN);
  cli_print ("%s", summary);
}

static gboolean
import_file (Cli                  *cli,
             const char           *type_name,
             const char           *path,
             const ImportOptions  *options,
             GError              **error)
{
  const EntRecordType *type = cli_type (cli, type_name, error);
  g_autoptr (EntTableSource) source = NULL;
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;

  if (type == NULL || (source = open_source (path, options, error)) == NULL)
    return FALSE;
  plan = ent_import_plan_new (type, source);
  if (!prepare_plan (plan, options, error))
    return FALSE;
  report = ent_import_run (cli->store, plan, options->dry_run ? ENT_IMPORT_DRY_RUN : 0, NULL, NULL, NULL, error);
  if (report == NULL)
    return FALSE;
  if (options->report != NULL && !ent_import_report_save (report, options->report, error))
    return FALSE;
  if (cli->json)
    print_report_json (report);
  else
    print_report (report);
  return TRUE;
}

static gboolean
run_import (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_auto (ImportOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.maps, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.keys, NULL, NULL },
    { "create-missing", 0, 0, G_OPTION_ARG_STRING, &options.create_missing, NULL, NULL },
    { "add-choices", 0, 0, G_OPTION_ARG_NONE, &options.add_choices, NULL, NULL },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options.encoding, NULL, NULL },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &options.delimiter, NULL, NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &options.report, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_exchange_commands, "import"), argc, argv, entries, 2, 2, error);

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  return import_file (cli, words[0], words[1], &options, error);
}

static gboolean
export_file (Cli         *cli,
             const char  *type_name,
             const char  *path,
             const char  *where,
             const char  *fields,
             GError     **error)
{
  EntExportOptions options = { .query = { .type = cli_type (cli, type_name, error) } };
  g_auto (GStrv) names = fields != NULL ? g_strsplit (fields, ",", -1) : NULL;
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (GError) local = NULL;
  gint64 n;

  if (options.query.type == NULL)
    return FALSE;
  if (where != NULL && (filter = ent_filter_parse (options.query.type, where, NULL, &local)) == NULL)
    return cli_usage (error, "%s", local->message);
  options.query.filter = filter;
  options.fields = (const char * const *) names;
  n = ent_export (cli->store, path, ent_export_format_for_path (path), &options, NULL, NULL, NULL, error);
  if (n < 0)
    return FALSE;
  if (cli->json)
    cli_print ("{\"exported\": %" G_GINT64_FORMAT "}", n);
  else
    cli_print (g_dngettext (GETTEXT_PACKAGE, "%" G_GINT64_FORMAT " record written to %s",
                            "%" G_GINT64_FORMAT " records written to %s", (gulong) n), n, path);
  return TRUE;
}

static gboolean
run_export (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_autofree char *where = NULL;
  g_autofree char *fields = NULL;
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_STRING, &where, NULL, NULL },
    { "fields", 0, 0, G_OPTION_ARG_STRING, &fields, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_exchange_commands, "export"), argc, argv, entries, 2, 2, error);

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  return export_file (cli, words[0], words[1], where, fields, error);
}

const CliCommand cli_exchange_commands[] = {
  { "import", "TYPE FILE [--map COLUMN=FIELD]… [--key FIELD]… [--create-missing TYPE] [--add-choices] [--encoding E] "
              "[--delimiter D] [--dry-run] [--report FILE.csv]",
    N_("Import a CSV or JSON file in one step that undo takes back"), run_import },
  { "export", "TYPE FILE [--where EXPR] [--fields a,b]",
    N_("Write records to a .csv, .json or .xlsx file"), run_export },
  { NULL },
};
