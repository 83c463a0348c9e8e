/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "level": ladders, where partners stand, what is missing, what is proposed. */
#include "config.h"

#include "cli/cli-level.h"

#include <glib/gi18n.h>

static void
level_options_clear (CliLevelOptions *self)
{
  g_free (self->on);
  g_free (self->to);
  g_free (self->reason);
  g_free (self->program);
  g_free (self->date);
  g_free (self->subject);
  g_free (self->title);
  g_free (self->kind);
  g_strfreev (self->metrics);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLevelOptions, level_options_clear)

/* --- Words ---------------------------------------------------------------------------------------------------- */

const char *
cli_level_proposal_name (EntProposalKind kind)
{
  static const char * const names[] = { "none", "keep", "upgrade", "downgrade", "assign" };

  return names[kind];
}

static const char *
met_name (EntMet met)
{
  return met == ENT_MET_YES ? "met" : met == ENT_MET_NOT ? "not_met" : "unknown";
}

void
cli_level_json_key (CliJson    *json,
                    Cli        *cli,
                    const char *name,
                    EntKey      key)
{
  const EntField *field =
    ent_record_type_lookup (ent_store_get_record_type (cli->store, "organization"), "level");
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *text = NULL;

  if (key != 0)
    {
      ent_value_set_int (&value, key);
      text = cli_write_value (cli, field, &value);
    }
  cli_json_text (json, name, text);
}

gboolean
cli_level_find (Cli         *cli,
                EntLevels   *levels,
                const char  *ref,
                guint       *partner,
                GError     **error)
{
  EntKey key = cli_resolve (cli, ref, error);
  int found = key != 0 ? ent_metrics_find_partner (ent_levels_get_metrics (levels), key) : -1;

  if (key != 0 && found < 0)
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("%s is not a partner; levels are for organizations with that role."),
                 ref);
  *partner = (guint) found;
  return found >= 0;
}

const EntLadder *
cli_level_find_ladder (Cli         *cli,
                       EntProgram  *program,
                       const char  *ref,
                       GError     **error)
{
  EntKey key = ref != NULL ? ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "program"), ref,
                                                error) : 0;
  const EntLadder *ladder = ref == NULL ? ent_program_get_usual_ladder (program)
                            : key != 0 ? ent_program_get_ladder (program, key) : NULL;

  if (ladder == NULL && (ref == NULL || key != 0))
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
                 _("There are no levels in that program; add definitions of the kind “level” that are part of it."));
  return ladder;
}

/* --- show and gaps --------------------------------------------------------------------------------------------------- */

static void
json_rows (CliJson             *json,
           Cli                 *cli,
           EntLevels           *levels,
           guint                partner,
           const EntRuleResult *result)
{
  g_autoptr (GArray) rows = ent_metrics_get_rows (ent_levels_get_metrics (levels), partner, result->rule->metric,
                                                  result->rule->window_months);

  cli_json_begin_array (json, "rows");
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *code = ent_store_dup_code (cli->store, g_array_index (rows, EntKey, i));

      cli_json_text (json, NULL, code);
    }
  cli_json_end (json);
}

static void
json_result (CliJson             *json,
             Cli                 *cli,
             EntLevels           *levels,
             guint                partner,
             const EntRuleResult *result)
{
  g_autofree char *label = ent_rule_result_label (levels, result);
  g_autofree char *value = ent_metric_value_display (&result->value);
  g_autofree char *asked = ent_program_rule_describe (result->rule, result->threshold);
  g_autofree char *code = ent_store_dup_code (cli->store, result->rule->key);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "rule", code);
  cli_json_text (json, "label", label);
  cli_json_text (json, "metric", result->rule->metric);
  cli_json_text (json, "met", met_name (result->met));
  cli_json_text (json, "value", value);
  cli_json_text (json, "asked", asked);
  cli_json_bool (json, "mandatory", result->rule->mandatory);
  if (result->raised_by != NULL)
    cli_json_text (json, "raised_by", result->raised_by->definition->title);
  json_rows (json, cli, levels, partner, result);
  cli_json_end (json);
}

static void
json_level (CliJson    *json,
            Cli        *cli,
            EntLevels  *levels,
            guint       partner,
            const char *name,
            EntKey      level)
{
  g_autoptr (GArray) results = ent_levels_get_results (levels, partner, level);

  cli_json_begin_array (json, name);
  for (guint i = 0; i < results->len; i++)
    json_result (json, cli, levels, partner, &g_array_index (results, EntRuleResult, i));
  cli_json_end (json);
}

static void
json_gaps (CliJson   *json,
           EntLevels *levels,
           guint      partner,
           EntKey     level)
{
  g_auto (GStrv) gaps = level != 0 ? ent_levels_dup_gaps (levels, partner, level) : NULL;

  cli_json_begin_array (json, "gaps");
  for (guint i = 0; gaps != NULL && gaps[i] != NULL; i++)
    cli_json_text (json, NULL, gaps[i]);
  cli_json_end (json);
}

static void
json_standing (CliJson           *json,
               Cli               *cli,
               EntLevels         *levels,
               const EntStanding *standing)
{
  EntMetrics *metrics = ent_levels_get_metrics (levels);
  g_autofree char *code = ent_store_dup_code (cli->store, ent_metrics_get_partner (metrics, standing->partner));
  g_autofree char *reason = ent_levels_dup_reason (levels, standing->partner);

  cli_json_text (json, "code", code);
  cli_json_text (json, "title", ent_metrics_get_title (metrics, standing->partner));
  cli_json_text (json, "program", standing->ladder != NULL ? standing->ladder->title : NULL);
  cli_level_json_key (json, cli, "level", standing->current);
  cli_level_json_key (json, cli, "reached", standing->reached);
  cli_level_json_key (json, cli, "next", standing->next);
  cli_json_text (json, "proposal", cli_level_proposal_name (standing->kind));
  cli_level_json_key (json, cli, "proposed", standing->proposed);
  cli_json_text (json, "reason", reason);
}

static void
print_level (EntLevels *levels,
             guint      partner,
             EntKey     level)
{
  g_autoptr (GArray) results = ent_levels_get_results (levels, partner, level);
  g_autoptr (CliTable) table = NULL;

  cli_print ("%s:", ent_levels_get_level_title (levels, level));
  if (results->len == 0)
    cli_print ("  %s", _("no requirements"));
  table = cli_table_new ();
  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *label = ent_rule_result_label (levels, result);
      g_autofree char *value = ent_rule_result_describe (result);

      cli_table_add (table, result->met == ENT_MET_YES ? "✓" : result->met == ENT_MET_NOT ? "✗" : "?");
      cli_table_add (table, ent_met_label (result->met));
      cli_table_add (table, label);
      cli_table_add (table, value);
      cli_table_add (table, result->rule->mandatory ? "" : _("not mandatory"));
      cli_table_end_row (table);
    }
}

static void
print_gaps (EntLevels *levels,
            guint      partner,
            EntKey     next)
{
  g_auto (GStrv) gaps = next != 0 ? ent_levels_dup_gaps (levels, partner, next) : NULL;

  if (gaps == NULL)
    cli_print ("%s", _("There is no level above this one."));
  else if (gaps[0] == NULL)
    cli_print (_("Nothing is missing to reach %s."), ent_levels_get_level_title (levels, next));
  for (guint i = 0; gaps != NULL && gaps[i] != NULL; i++)
    cli_print ("%s", gaps[i]);
}

static gboolean
show (Cli              *cli,
      CliLevelOptions  *options,
      const char       *ref,
      gboolean          only_gaps,
      GError          **error)
{
  g_autoptr (EntLevels) levels = ent_levels_load (cli->store, options->today, cli->cancellable, error);
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  const EntStanding *standing;
  guint partner;

  if (levels == NULL || !cli_level_find (cli, levels, ref, &partner, error))
    return FALSE;
  standing = ent_levels_get_standing (levels, partner);
  if (json != NULL)
    {
      cli_json_begin_object (json, NULL);
      json_standing (json, cli, levels, standing);
      if (!only_gaps)
        json_level (json, cli, levels, partner, "rules", standing->current);
      if (!only_gaps)
        json_level (json, cli, levels, partner, "next_rules", standing->next);
      json_gaps (json, levels, partner, standing->next);
      cli_json_end (json);
      cli_json_print (json);
      return TRUE;
    }
  if (!only_gaps)
    {
      g_autofree char *proposal = ent_levels_dup_proposal (levels, partner);
      g_autofree char *reason = ent_levels_dup_reason (levels, partner);

      cli_print ("%s: %s. %s: %s", ent_metrics_get_title (ent_levels_get_metrics (levels), partner),
                 ent_levels_get_level_title (levels, standing->current), proposal, reason);
      if (standing->current != 0)
        print_level (levels, partner, standing->current);
      if (standing->next != 0)
        print_level (levels, partner, standing->next);
    }
  print_gaps (levels, partner, standing->next);
  return TRUE;
}

static gboolean
run_show (Cli              *cli,
          CliLevelOptions  *options,
          char            **words,
          GError          **error)
{
  return show (cli, options, words[1], FALSE, error);
}

static gboolean
run_gaps (Cli              *cli,
          CliLevelOptions  *options,
          char            **words,
          GError          **error)
{
  return show (cli, options, words[1], TRUE, error);
}

/* --- proposals ---------------------------------------------------------------------------------------------------------- */

static void
print_proposal (Cli               *cli,
                EntLevels         *levels,
                const EntStanding *standing,
                CliTable          *table)
{
  EntMetrics *metrics = ent_levels_get_metrics (levels);
  g_autofree char *code = ent_store_dup_code (cli->store, ent_metrics_get_partner (metrics, standing->partner));
  g_autofree char *proposal = ent_levels_dup_proposal (levels, standing->partner);
  g_autofree char *reason = ent_levels_dup_reason (levels, standing->partner);

  cli_table_add (table, code);
  cli_table_add (table, ent_metrics_get_title (metrics, standing->partner));
  cli_table_add (table, ent_levels_get_level_title (levels, standing->current));
  cli_table_add (table, proposal);
  cli_table_add (table, reason);
  cli_table_end_row (table);
}

static gboolean
run_proposals (Cli              *cli,
               CliLevelOptions  *options,
               char            **words,
               GError          **error)
{
  g_autoptr (EntLevels) levels = ent_levels_load (cli->store, options->today, cli->cancellable, error);
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = NULL;
  EntProposalKind least = options->all ? ENT_PROPOSAL_KEEP : ENT_PROPOSAL_UPGRADE;

  if (levels == NULL)
    return FALSE;
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  else
    table = cli_table_new ();
  for (guint i = 0; i < ent_metrics_get_n_partners (ent_levels_get_metrics (levels)); i++)
    {
      const EntStanding *standing = ent_levels_get_standing (levels, i);

      if (standing->kind < least)
        continue;
      if (json == NULL)
        {
          print_proposal (cli, levels, standing, table);
          continue;
        }
      cli_json_begin_object (json, NULL);
      json_standing (json, cli, levels, standing);
      cli_json_end (json);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

/* --- The family ---------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       min_words, max_words;
  gboolean    writes;
  gboolean  (*run) (Cli              *cli,
                    CliLevelOptions  *options,
                    char            **words,
                    GError          **error);
} level_commands[] =
{
  { "list", 1, 1, FALSE, cli_level_list },
  { "show", 2, 2, FALSE, run_show },
  { "gaps", 2, 2, FALSE, run_gaps },
  { "proposals", 1, 1, FALSE, run_proposals },
  { "approve", 1, G_MAXUINT, TRUE, cli_level_approve },
  { "benefits", 2, 2, FALSE, cli_level_benefits },
  { "check", 1, 1, FALSE, cli_level_check },
  { "use", 2, 2, TRUE, cli_level_use },
  { "replay", 2, 2, FALSE, cli_level_replay },
};

static gboolean
read_today (CliLevelOptions  *options,
            GError          **error)
{
  EntReadContext context = { 0 };

  options->today = ent_date_today ();
  return options->on == NULL || ent_date_read (options->on, &context, &options->today, error);
}

static gboolean
run_level (Cli     *cli,
           int      argc,
           char   **argv,
           GError **error)
{
  g_auto (CliLevelOptions) options = { 0 };
  const GOptionEntry entries[] = {
    CLI_TEXT ("on", &options.on, "DATE", N_("As of that day instead of today")),
    CLI_TEXT ("program", &options.program, "REF", N_("list, replay: the levels of this program")),
    CLI_FLAG ("all", &options.all, N_("proposals: those to keep as well; approve: all that are proposed")),
    CLI_TEXT ("to", &options.to, "LEVEL", N_("approve: this level instead of the proposed one")),
    CLI_TEXT ("reason", &options.reason, "TEXT", N_("approve: why, in your words")),
    CLI_INT ("year", &options.year, "N", N_("benefits: of that year instead of this one")),
    CLI_TEXT ("date", &options.date, "COLUMN", N_("replay: the day of each row (default date)")),
    CLI_TEXT ("subject", &options.subject, "COLUMN[|COLUMN]", N_("replay: what tells members apart (default subject)")),
    CLI_TEXT ("title", &options.title, "COLUMN", N_("replay: their names (default the subject)")),
    CLI_TEXTS ("metric", &options.metrics, "METRIC=COLUMN", N_("replay: a metric of the rules and its column")),
    CLI_TEXT ("kind", &options.kind, "KIND[,KIND]", N_("replay: only joined, returned, upgraded, downgraded, left")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, -1, error);

  if (words == NULL || !read_today (&options, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (level_commands); i++)
    if (g_str_equal (words[0], level_commands[i].name) && g_strv_length (words) >= level_commands[i].min_words &&
        g_strv_length (words) <= level_commands[i].max_words)
      return (level_commands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             level_commands[i].run (cli, &options, words, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}

const CliCommand cli_level_commands[] = {
  { "level", "list | show REF | gaps REF | proposals [--all] | approve REF… [--to LEVEL] [--reason TEXT] | "
             "approve --all | benefits REF [--year N] | check | use PROGRAM | replay FILE --metric METRIC=COLUMN… "
             "[--date C] [--subject C] [--title C] [--kind K]  [--program REF] [--on DATE]",
    N_("Levels: what partners have reached, what is missing, what to change"), run_level, 0 },
  { NULL },
};
