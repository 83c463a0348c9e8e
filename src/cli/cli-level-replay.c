/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "level approve", "level benefits", "level replay". */
#include "config.h"

#include "cli/cli-level.h"

#include <glib/gi18n.h>
#include <string.h>

#include "exchange/ent-table-source.h"
#include "rules/ent-benefit.h"
#include "rules/ent-level-replay.h"

/* --- approve ------------------------------------------------------------------------------------------------- */

static gboolean
write_approvals_cb (EntTransaction  *transaction,
                    gpointer         user_data,
                    GError         **error)
{
  GPtrArray *approvals = user_data;

  for (guint i = 0; i < approvals->len; i++)
    if (!ent_level_approval_write (transaction, g_ptr_array_index (approvals, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_approval (EntLevels        *levels,
              guint             partner,
              EntKey            to,
              CliLevelOptions  *options,
              GPtrArray        *approvals,
              GError          **error)
{
  EntLevelApproval *approval = ent_levels_approve (levels, partner, to, options->reason, error);

  if (approval != NULL)
    g_ptr_array_add (approvals, approval);
  return approval != NULL;
}

static gboolean
collect_approvals (Cli              *cli,
                   EntLevels        *levels,
                   CliLevelOptions  *options,
                   EntKey            to,
                   char            **words,
                   GPtrArray        *approvals,
                   GError          **error)
{
  for (guint i = 1; words[i] != NULL; i++)
    {
      guint partner;

      if (!cli_level_find (cli, levels, words[i], &partner, error) ||
          !add_approval (levels, partner, to, options, approvals, error))
        return FALSE;
    }
  for (guint i = 0; options->all && i < ent_metrics_get_n_partners (ent_levels_get_metrics (levels)); i++)
    if (ent_levels_get_standing (levels, i)->kind > ENT_PROPOSAL_KEEP &&
        !add_approval (levels, i, to, options, approvals, error))
      return FALSE;
  return TRUE;
}

gboolean
cli_level_approve (Cli              *cli,
                   CliLevelOptions  *options,
                   char            **words,
                   GError          **error)
{
  g_autoptr (GPtrArray) approvals = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_level_approval_free);
  g_autoptr (EntLevels) levels = NULL;
  g_autofree char *label = NULL;
  g_autoptr (CliJson) json = NULL;
  EntKey to = 0;

  if ((words[1] == NULL) != options->all)
    return cli_usage (error, _("name the partners whose level to change, or --all for all that are proposed"));
  levels = ent_levels_load (cli->store, options->today, cli->cancellable, error);
  if (levels == NULL ||
      (options->to != NULL &&
       (to = ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "program"), options->to, error)) == 0) ||
      !collect_approvals (cli, levels, options, to, words, approvals, error))
    return FALSE;
  label = approvals->len == 1 ? g_strdup (ent_level_approval_get_label (g_ptr_array_index (approvals, 0)))
          : g_strdup_printf (ngettext ("Change %u level", "Change %u levels", approvals->len), approvals->len);
  if (approvals->len > 0 &&
      !ent_store_write (cli->store, label, ENT_ORIGIN_USER, write_approvals_cb, approvals, cli->cancellable, NULL, error))
    return FALSE;
  json = cli->json ? cli_json_new () : NULL;
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < approvals->len; i++)
    if (json != NULL)
      cli_json_text (json, NULL, ent_level_approval_get_label (g_ptr_array_index (approvals, i)));
    else
      cli_print ("%s", ent_level_approval_get_label (g_ptr_array_index (approvals, i)));
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

/* --- benefits --------------------------------------------------------------------------------------------------- */

static void
json_amount (CliJson          *json,
             const EntBenefit *benefit,
             const char       *name,
             gint64            number)
{
  int digits = benefit->unit == ENT_UNIT_MONEY ? ent_currency_get_digits (benefit->currency) : 2;
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 unit = 1;

  for (int i = 0; i < digits; i++)
    unit *= 10;
  g_string_printf (text, "%s%" G_GINT64_FORMAT, number < 0 ? "-" : "", ABS (number) / unit);
  if (digits > 0)
    g_string_append_printf (text, ".%0*" G_GINT64_FORMAT, digits, ABS (number) % unit);
  cli_json_number (json, name, text->str);
}

static void
json_benefit (CliJson          *json,
              const EntBenefit *benefit)
{
  g_autofree char *text = ent_benefit_describe (benefit);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "benefit", benefit->rule->definition->title);
  cli_json_text (json, "metric", benefit->rule->metric);
  cli_json_text (json, "text", text);
  if (benefit->is_balance)
    {
      if (!benefit->is_unlimited)
        json_amount (json, benefit, "granted", benefit->granted);
      json_amount (json, benefit, "used", benefit->used);
      if (!benefit->is_unlimited)
        json_amount (json, benefit, "balance", benefit->balance);
      if (benefit->unit == ENT_UNIT_MONEY)
        cli_json_text (json, "currency", benefit->currency);
    }
  cli_json_end (json);
}

static void
print_benefits (Cli       *cli,
                GPtrArray *benefits)
{
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < benefits->len; i++)
    {
      const EntBenefit *benefit = g_ptr_array_index (benefits, i);
      g_autofree char *text = ent_benefit_describe (benefit);

      if (json != NULL)
        {
          json_benefit (json, benefit);
          continue;
        }
      cli_table_add (table, benefit->rule->definition->title);
      cli_table_add (table, text);
      cli_table_end_row (table);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
}

gboolean
cli_level_benefits (Cli              *cli,
                    CliLevelOptions  *options,
                    char            **words,
                    GError          **error)
{
  g_autoptr (EntProgram) program = ent_program_load (cli->store, cli->cancellable, error);
  EntKey key = program != NULL ? cli_resolve (cli, words[1], error) : 0;
  g_autoptr (EntRecord) record = key != 0 ? ent_store_get (cli->store, key, error) : NULL;
  g_autoptr (GPtrArray) benefits = NULL;
  int year = options->year;

  if (record == NULL)
    return FALSE;
  if (!g_str_equal (ent_record_get_record_type (record)->info->name, "organization"))
    return cli_usage (error, _("%s is not an organization"), words[1]);
  if (year == 0)
    ent_date_to_ymd (options->today, &year, NULL, NULL);
  benefits = ent_benefits_load (cli->store, program, key, ent_record_get_ref (record, "level"),
                                ent_program_read_type (ent_record_get_text (record, "partner_type")), year,
                                options->today, error);
  if (benefits != NULL)
    print_benefits (cli, benefits);
  return benefits != NULL;
}

/* --- replay ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  int         date, title;
  GArray     *subjects; /* of int: the first that is not blank counts */
  GPtrArray  *metrics;  /* names */
  GArray     *columns;  /* of int, of the metrics */
} ReplayColumns;

static void
replay_columns_clear (ReplayColumns *self)
{
  g_clear_pointer (&self->subjects, g_array_unref);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReplayColumns, replay_columns_clear)

static gboolean
find_column (EntTableSource *source,
             const char     *name,
             int            *column,
             GError        **error)
{
  guint n;
  const char * const *names = ent_table_source_get_columns (source, &n);

  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      {
        *column = (int) i;
        return TRUE;
      }
  return cli_usage (error, _("%s has no column “%s”"), ent_table_source_get_name (source), name);
}

static gboolean
find_metrics (EntTableSource   *source,
              CliLevelOptions  *options,
              ReplayColumns    *columns,
              GError          **error)
{
  for (guint i = 0; options->metrics != NULL && options->metrics[i] != NULL; i++)
    {
      const char *equals = strchr (options->metrics[i], '=');
      int column;

      if (equals == NULL)
        return cli_usage (error, _("--metric must be METRIC=COLUMN"));
      if (!find_column (source, equals + 1, &column, error))
        return FALSE;
      g_ptr_array_add (columns->metrics, g_strndup (options->metrics[i], (gsize) (equals - options->metrics[i])));
      g_array_append_val (columns->columns, column);
    }
  return columns->metrics->len > 0 || cli_usage (error, _("at least one --metric METRIC=COLUMN is needed"));
}

static gboolean
find_columns (EntTableSource   *source,
              CliLevelOptions  *options,
              ReplayColumns    *columns,
              GError          **error)
{
  g_auto (GStrv) subjects = g_strsplit (options->subject != NULL ? options->subject : "subject", "|", -1);

  columns->subjects = g_array_new (FALSE, FALSE, sizeof (int));
  columns->metrics = g_ptr_array_new_with_free_func (g_free);
  columns->columns = g_array_new (FALSE, FALSE, sizeof (int));
  columns->title = -1;
  if (!find_column (source, options->date != NULL ? options->date : "date", &columns->date, error) ||
      (options->title != NULL && !find_column (source, options->title, &columns->title, error)))
    return FALSE;
  for (guint i = 0; subjects[i] != NULL; i++)
    {
      int column;

      if (!find_column (source, subjects[i], &column, error))
        return FALSE;
      g_array_append_val (columns->subjects, column);
    }
  return find_metrics (source, options, columns, error);
}

static const char *
get_cell (const EntTableRow *row,
          int                column)
{
  return column >= 0 && (guint) column < row->n_cells ? row->cells[column].text : "";
}

static gboolean
read_row (EntReplay           *replay,
          const ReplayColumns *columns,
          const EntTableRow   *row,
          GError             **error)
{
  EntReadContext context = { .date_order = ENT_DATE_ORDER_YMD };
  const char *subject = "", *title;
  gint64 day;

  for (guint i = 0; i < columns->subjects->len && *subject == '\0'; i++)
    subject = get_cell (row, g_array_index (columns->subjects, int, i));
  if (!ent_date_read (get_cell (row, columns->date), &context, &day, error))
    {
      g_prefix_error (error, _("Line %" G_GUINT64_FORMAT ": "), row->line);
      return FALSE;
    }
  title = columns->title >= 0 ? get_cell (row, columns->title) : subject;
  ent_replay_add (replay, day, subject, *title != '\0' ? title : subject);
  for (guint i = 0; i < columns->metrics->len; i++)
    if (!ent_replay_set (replay, g_ptr_array_index (columns->metrics, i),
                         get_cell (row, g_array_index (columns->columns, int, i)), error))
      {
        g_prefix_error (error, _("Line %" G_GUINT64_FORMAT ": "), row->line);
        return FALSE;
      }
  return TRUE;
}

static gboolean
is_wanted (const EntLevelChange  *change,
           char                 **kinds)
{
  return kinds == NULL || g_strv_contains ((const char * const *) kinds, ent_level_change_kind_name (change->kind));
}

static void
print_changes (Cli         *cli,
               GPtrArray   *changes,
               EntProgram  *program,
               char       **kinds)
{
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < changes->len; i++)
    {
      const EntLevelChange *change = g_ptr_array_index (changes, i);
      const EntDefinition *from = change->from != 0 ? ent_program_get_definition (program, change->from) : NULL;
      const EntDefinition *to = change->to != 0 ? ent_program_get_definition (program, change->to) : NULL;
      g_autofree char *day = ent_date_write (change->day);

      if (!is_wanted (change, kinds))
        continue;
      if (json != NULL)
        {
          cli_json_begin_object (json, NULL);
          cli_json_text (json, "date", day);
          cli_json_text (json, "change", ent_level_change_kind_name (change->kind));
          cli_json_text (json, "subject", change->subject);
          cli_json_text (json, "title", change->title);
          cli_json_text (json, "from", from != NULL ? from->title : NULL);
          cli_json_text (json, "to", to != NULL ? to->title : NULL);
          cli_json_text (json, "reason", change->reason);
          cli_json_end (json);
          continue;
        }
      cli_table_add (table, day);
      cli_table_add (table, ent_level_change_kind_label (change->kind));
      cli_table_add (table, change->title);
      cli_table_add (table, from != NULL ? from->title : "");
      cli_table_add (table, to != NULL ? to->title : "");
      cli_table_add (table, change->reason);
      cli_table_end_row (table);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
}

gboolean
cli_level_replay (Cli              *cli,
                  CliLevelOptions  *options,
                  char            **words,
                  GError          **error)
{
  g_autoptr (EntProgram) program = ent_program_load (cli->store, cli->cancellable, error);
  const EntLadder *ladder = program != NULL ? cli_level_find_ladder (cli, program, options->program, error) : NULL;
  g_autoptr (EntTableSource) source = ladder != NULL ? ent_table_source_open (words[1], NULL, NULL, error) : NULL;
  g_auto (GStrv) kinds = options->kind != NULL ? g_strsplit (options->kind, ",", -1) : NULL;
  g_auto (ReplayColumns) columns = { 0 };
  g_autoptr (EntReplay) replay = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) local = NULL;
  EntTableRow row;

  if (source == NULL || !find_columns (source, options, &columns, error))
    return FALSE;
  replay = ent_replay_new (program, ladder);
  while (ent_table_source_next (source, &row, &local))
    if (!read_row (replay, &columns, &row, error))
      return FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  changes = ent_replay_run (replay);
  print_changes (cli, changes, program, kinds);
  return TRUE;
}
