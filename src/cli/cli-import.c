/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#include "exchange/ent-import.h"

#define PROBLEMS_SHOWN 20

typedef struct
{
  char   **maps;
  char   **keys;
  char   **sets;
  char    *create_missing;
  char    *encoding;
  char    *delimiter;
  char    *date_order;
  char    *currency;
  char    *report;
  gboolean skip_missing;
  gboolean add_choices;
  gboolean clear_empty;
  gboolean dry_run;
} ImportOptions;

static void
import_options_clear (ImportOptions *self)
{
  g_strfreev (self->maps);
  g_strfreev (self->keys);
  g_strfreev (self->sets);
  g_free (self->create_missing);
  g_free (self->encoding);
  g_free (self->delimiter);
  g_free (self->date_order);
  g_free (self->currency);
  g_free (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportOptions, import_options_clear)

/* An error of the plan comes from an option: wrong usage. */
static gboolean
fail_option (GError  *local,
             GError **error)
{
  cli_usage (error, "%s", local->message);
  g_error_free (local);
  return FALSE;
}

/* --- Before ------------------------------------------------------------------------------------------- */

static EntTableSource *
open_source (const char           *path,
             const ImportOptions  *options,
             GError              **error)
{
  EntCsvHints hints = { NULL };
  GError *local = NULL;

  if (options->encoding != NULL)
    hints.encoding = ent_csv_encoding_parse (options->encoding, &local);
  if (local == NULL && options->delimiter != NULL)
    hints.delimiter = ent_csv_delimiter_parse (options->delimiter, &local);
  if (local != NULL)
    {
      fail_option (local, error);
      return NULL;
    }
  return ent_table_source_open (path, NULL, &hints, error);
}

static gboolean
set_date_order (EntImportPlan  *plan,
                const char     *text,
                GError        **error)
{
  static const struct { const char *name; EntDateOrder order; } orders[] = {
    { "dmy", ENT_DATE_ORDER_DMY }, { "mdy", ENT_DATE_ORDER_MDY }, { "ymd", ENT_DATE_ORDER_YMD },
  };

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (orders); i++)
    if (g_ascii_strcasecmp (orders[i].name, text) == 0)
      {
        for (guint j = 0; j < ent_import_plan_get_n_columns (plan); j++)
          ent_import_plan_set_date_order (plan, j, orders[i].order);
        return TRUE;
      }
  return text == NULL || cli_usage (error, _("“%s” is no order of dates; write dmy, mdy or ymd"), text);
}

/* Values of new records; a reference is found in the workspace as it is before the import. */
static gboolean
set_values (Cli            *cli,
            EntImportPlan  *plan,
            char          **assignments,
            GError        **error)
{
  const EntRecordType *type = ent_import_plan_get_record_type (plan);
  g_autoptr (EntRecord) record = ent_record_new (type);

  if (assignments != NULL && !cli_read_assignments (cli, record, assignments, error))
    return FALSE;
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_record_is_dirty (record, i))
      ent_import_plan_set_value (plan, ent_record_type_get_nth (type, i), ent_record_get (record, i));
  return TRUE;
}

static gboolean
prepare_plan (EntImportPlan        *plan,
              const ImportOptions  *options,
              GError              **error)
{
  EntImportOptions plan_options = {
    .create_missing = options->create_missing,
    .skip_missing = options->skip_missing,
    .add_choices = options->add_choices,
    .clear_empty = options->clear_empty,
    .default_currency = options->currency,
  };
  GError *local = NULL;

  for (char **map = options->maps; map != NULL && *map != NULL; map++)
    if (!ent_import_plan_map (plan, *map, &local))
      return fail_option (local, error);
  if (options->keys != NULL && !ent_import_plan_set_keys (plan, (const char * const *) options->keys, &local))
    return fail_option (local, error);
  if (!ent_import_plan_set_options (plan, &plan_options, &local))
    return fail_option (local, error);
  return set_date_order (plan, options->date_order, error);
}

/* --- After -------------------------------------------------------------------------------------------- */

static void
json_problem (CliJson                *json,
              const EntImportProblem *problem)
{
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "line", (gint64) problem->line);
  cli_json_text (json, "level", problem->level == ENT_PROBLEM_REFUSED ? "refused" : "warning");
  cli_json_text (json, "column", problem->column);
  cli_json_text (json, "value", problem->value);
  cli_json_text (json, "reason", problem->reason);
  cli_json_end (json);
}

static void
print_report_json (const EntImportReport *report)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "read", (gint64) ent_import_report_get_n_read (report));
  cli_json_int (json, "created", (gint64) ent_import_report_get_n_created (report));
  cli_json_int (json, "updated", (gint64) ent_import_report_get_n_updated (report));
  cli_json_int (json, "unchanged", (gint64) ent_import_report_get_n_unchanged (report));
  cli_json_int (json, "refused", (gint64) ent_import_report_get_n_refused (report));
  cli_json_int (json, "created_ends", (gint64) ent_import_report_get_n_created_ends (report));
  cli_json_int (json, "added_choices", ent_import_report_get_n_choices (report));
  cli_json_int (json, "seq", ent_import_report_get_seq (report));
  cli_json_bool (json, "dry_run", ent_import_report_is_dry_run (report));
  cli_json_begin_array (json, "problems");
  for (guint64 i = 0; i < ent_import_report_get_n_problems (report); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      json_problem (json, &problem);
    }
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
}

static void
note_problem (const EntImportProblem *problem)
{
  const char *level = problem->level == ENT_PROBLEM_REFUSED ? _("refused") : _("warning");

  if (problem->column != NULL)
    cli_note (_("line %" G_GUINT64_FORMAT ", %s, %s: %s"), problem->line, level, problem->column, problem->reason);
  else
    cli_note (_("line %" G_GUINT64_FORMAT ", %s: %s"), problem->line, level, problem->reason);
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
      note_problem (&problem);
    }
  if (n > PROBLEMS_SHOWN)
    cli_note (_("… %'" G_GUINT64_FORMAT " more; --report FILE.csv writes all of them"), n - PROBLEMS_SHOWN);
  if (ent_import_report_is_dry_run (report))
    cli_print (_("Nothing was changed (dry run). %s"), summary);
  else
    cli_print ("%s", summary);
}

static gboolean
finish (Cli                    *cli,
        const EntImportReport  *report,
        const char             *report_path,
        GError                **error)
{
  guint64 n = ent_import_report_get_n_read (report);

  if (cli->json)
    print_report_json (report);
  else
    print_report (report);
  if (report_path != NULL && !ent_import_report_save (report, report_path, error))
    return FALSE;
  if (n == 0 || ent_import_report_get_n_refused (report) < n)
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
               g_dngettext (GETTEXT_PACKAGE, "The only row was refused; correct it and import again.",
                            "All %'" G_GUINT64_FORMAT " rows were refused; correct them or --map their columns, and "
                            "import again.", (gulong) n), n);
  return FALSE;
}

/* --- The command -------------------------------------------------------------------------------------- */

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
  if (!prepare_plan (plan, options, error) || !set_values (cli, plan, options->sets, error))
    return FALSE;
  report = ent_import_run (cli->store, plan, options->dry_run ? ENT_IMPORT_DRY_RUN : 0, NULL, NULL, cli->cancellable,
                           error);
  return report != NULL && finish (cli, report, options->report, error);
}

gboolean
cli_run_import (Cli     *cli,
                int      argc,
                char   **argv,
                GError **error)
{
  g_auto (ImportOptions) options = { NULL };
  const GOptionEntry entries[] = {
    CLI_TEXTS ("map", &options.maps, "COLUMN=FIELD", N_("Which field a column holds; COLUMN= leaves it out")),
    CLI_TEXTS ("key", &options.keys, "FIELD", N_("Which fields tell that a row is a record that is there already")),
    CLI_TEXTS ("set", &options.sets, "FIELD=VALUE", N_("What new records get where the file says nothing")),
    CLI_TEXT ("create-missing", &options.create_missing, "TYPE",
              N_("Make a record of this type for a reference to nothing")),
    CLI_FLAG ("skip-missing", &options.skip_missing, N_("Leave a reference to nothing empty")),
    CLI_FLAG ("add-choices", &options.add_choices, N_("Make new values of open choices choices")),
    CLI_FLAG ("clear-empty", &options.clear_empty, N_("Let an empty cell empty the field of a record that is there")),
    CLI_TEXT ("currency", &options.currency, "CODE", N_("Currency of amounts without one")),
    CLI_TEXT ("date-order", &options.date_order, "dmy|mdy|ymd", N_("How dates such as 03/04/2026 are meant")),
    CLI_TEXT ("encoding", &options.encoding, "E", N_("UTF-8, windows-1252, …, when it is not told rightly")),
    CLI_TEXT ("delimiter", &options.delimiter, "D", N_("What stands between cells, when it is not told rightly")),
    CLI_TEXT ("report", &options.report, "FILE.csv", N_("Write all problems to a file")),
    CLI_FLAG ("dry-run", &options.dry_run, N_("Say what would come of it, and change nothing")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 2, 2, error);

  return words != NULL && cli_open (cli, error) && import_file (cli, words[0], words[1], &options, error);
}
