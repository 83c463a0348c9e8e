/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-onboard.h"

#include <glib/gi18n.h>

static void
json_date (CliJson    *json,
           const char *name,
           gint64      day)
{
  g_autofree char *text = day != ENT_ONBOARD_NO_DATE ? ent_date_write (day) : NULL;

  cli_json_text (json, name, text);
}

static void
json_key (CliJson    *json,
          Cli        *cli,
          const char *name,
          EntKey      key)
{
  g_autofree char *code = key != 0 ? ent_store_dup_code (cli->store, key) : NULL;

  cli_json_text (json, name, code);
}

static void
json_reason (CliJson    *json,
             EntWhy     *why)
{
  cli_json_begin_array (json, "why");
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "label", line->label);
      cli_json_text (json, "value", line->value);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
add_date (CliTable *table,
          gint64    day)
{
  g_autofree char *text = day != ENT_ONBOARD_NO_DATE ? ent_date_write (day) : NULL;

  cli_table_add (table, text);
}

static void
add_header (CliTable           *table,
            const char * const *labels)
{
  for (; *labels != NULL; labels++)
    cli_table_add (table, _(*labels));
  cli_table_end_row (table);
}

/* --- Templates --------------------------------------------------------------------------------------------- */

static guint
count_items (Cli    *cli,
             EntKey  template)
{
  g_autoptr (GPtrArray) lines =
    ent_store_get_children (cli->store, template, ent_store_get_record_type (cli->store, "program_rule"), NULL);
  guint n = 0;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const char *type = ent_record_get_text (g_ptr_array_index (lines, i), "item_type");

      n += g_strcmp0 (type, "phase") != 0 && g_strcmp0 (type, "check") != 0;
    }
  return n;
}

void
cli_onboard_print_templates (Cli       *cli,
                             GPtrArray *templates)
{
  static const char * const header[] = { N_("Code"), N_("Kind"), N_("Items"), N_("Template"), NULL };
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  else
    add_header (table, header);
  for (guint i = 0; i < templates->len; i++)
    {
      EntRecord *record = g_ptr_array_index (templates, i);
      guint n = count_items (cli, ent_record_get_key (record));
      g_autofree char *number = g_strdup_printf ("%u", n);

      if (json != NULL)
        {
          cli_json_begin_object (json, NULL);
          cli_json_text (json, "code", ent_record_get_code (record));
          cli_json_text (json, "ref", ent_record_get_text (record, "ref"));
          cli_json_text (json, "title", ent_record_get_title (record));
          cli_json_text (json, "kind", ent_record_get_text (record, "plan_kind"));
          cli_json_int (json, "items", n);
          cli_json_end (json);
          continue;
        }
      cli_table_add (table, ent_record_get_code (record));
      cli_table_add (table, ent_record_get_text (record, "plan_kind"));
      cli_table_add_number (table, number);
      cli_table_add (table, ent_record_get_title (record));
      cli_table_end_row (table);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
}

/* --- Runs --------------------------------------------------------------------------------------------------- */

static const char *
phase_name (const EntOnboardRun *run)
{
  if (run->phase >= run->phases->len)
    return _("Done");
  return g_array_index (run->phases, EntOnboardPhase, run->phase).name;
}

static void
json_run (CliJson             *json,
          Cli                 *cli,
          const EntOnboardRun *run)
{
  EntKey partner = ent_record_get_ref (run->plan, "for");
  g_autofree char *name = partner != 0 ? ent_store_dup_title (cli->store, partner) : NULL;

  cli_json_text (json, "code", ent_record_get_code (run->plan));
  cli_json_text (json, "title", ent_record_get_title (run->plan));
  cli_json_text (json, "kind", ent_record_get_text (run->plan, "kind"));
  cli_json_text (json, "status", ent_record_get_text (run->plan, "status"));
  json_key (json, cli, "partner", partner);
  cli_json_text (json, "partner_name", name);
  json_key (json, cli, "owner", ent_record_get_ref (run->plan, "owner"));
  json_key (json, cli, "buddy", ent_record_get_ref (run->plan, "buddy"));
  json_date (json, "start", run->start);
  json_date (json, "end", run->end);
  cli_json_int (json, "day", run->day);
  cli_json_int (json, "days", run->length);
  cli_json_text (json, "phase", phase_name (run));
  cli_json_int (json, "progress", run->progress);
  cli_json_int (json, "slip", run->slip);
  cli_json_int (json, "done", run->n_done);
  cli_json_int (json, "items_total", run->n_total);
  cli_json_text (json, "blocked_gate",
                 run->blocked_gate != G_MAXUINT ? ent_onboard_run_get (run, run->blocked_gate)->title : NULL);
}

void
cli_onboard_print_list (Cli       *cli,
                        GPtrArray *runs)
{
  static const char * const header[] =
    { N_("Code"), N_("Phase"), N_("Day"), N_("Done"), N_("Slip"), N_("Plan"), N_("Blocked by"), NULL };
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  else
    add_header (table, header);
  for (guint i = 0; i < runs->len; i++)
    {
      const EntOnboardRun *run = g_ptr_array_index (runs, i);
      g_autofree char *day = g_strdup_printf ("%d/%d", run->day, run->length);
      g_autofree char *progress = g_strdup_printf ("%d %%", run->progress);
      g_autofree char *slip = ent_onboard_run_dup_slip (run);

      if (json != NULL)
        {
          cli_json_begin_object (json, NULL);
          json_run (json, cli, run);
          cli_json_end (json);
          continue;
        }
      cli_table_add (table, ent_record_get_code (run->plan));
      cli_table_add (table, phase_name (run));
      cli_table_add_number (table, day);
      cli_table_add_number (table, progress);
      cli_table_add_number (table, slip);
      cli_table_add (table, ent_record_get_title (run->plan));
      cli_table_add (table, run->blocked_gate != G_MAXUINT ? ent_onboard_run_get (run, run->blocked_gate)->title : NULL);
      cli_table_end_row (table);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
}

static void
json_item (CliJson             *json,
           Cli                 *cli,
           const EntOnboardRun *run,
           guint                index)
{
  const EntOnboardItem *item = ent_onboard_run_get (run, index);

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "number", index + 1);
  cli_json_text (json, "code", ent_record_get_code (item->record));
  cli_json_text (json, "title", item->title);
  cli_json_text (json, "phase", item->phase);
  cli_json_text (json, "section", item->section);
  cli_json_text (json, "type", item->type);
  cli_json_text (json, "status", item->status);
  json_date (json, "target", item->target);
  json_date (json, "due", item->due);
  if (item->due != ENT_ONBOARD_NO_DATE && run->start != ENT_ONBOARD_NO_DATE)
    cli_json_int (json, "day", item->due - run->start);
  json_date (json, "done_on", item->done_on);
  cli_json_int (json, "slip", item->slip);
  cli_json_bool (json, "late", item->is_late);
  json_key (json, cli, "owner", ent_record_get_ref (item->record, "owner"));
  json_key (json, cli, "evidence", ent_record_get_ref (item->record, "evidence"));
  cli_json_begin_array (json, "depends_on");
  for (guint d = 0; d < item->depends->len; d++)
    cli_json_int (json, NULL, g_array_index (item->depends, guint, d) + 1);
  cli_json_end (json);
  cli_json_end (json);
}

static void
print_run_json (Cli                 *cli,
                const EntOnboardRun *run,
                GPtrArray           *differences)
{
  static const char * const kinds[] = { "added", "changed", "removed" };
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (GPtrArray) conflicts = ent_onboard_run_find_conflicts (run);

  cli_json_begin_object (json, NULL);
  json_run (json, cli, run);
  cli_json_begin_array (json, "items");
  for (guint i = 0; i < run->items->len; i++)
    json_item (json, cli, run, i);
  cli_json_end (json);
  cli_json_begin_array (json, "conflicts");
  for (guint i = 0; i < conflicts->len; i++)
    cli_json_text (json, NULL, g_ptr_array_index (conflicts, i));
  cli_json_end (json);
  cli_json_begin_array (json, "differences");
  for (guint i = 0; i < differences->len; i++)
    {
      const EntOnboardDifference *difference = g_ptr_array_index (differences, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "kind", kinds[difference->kind]);
      cli_json_text (json, "text", difference->text);
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
}

static void
print_items (Cli                 *cli,
             const EntOnboardRun *run)
{
  static const char * const header[] =
    { N_("No."), N_("Block"), N_("Item"), N_("Type"), N_("Status"), N_("Due"), N_("Slip"), NULL };
  g_autoptr (CliTable) table = cli_table_new ();

  add_header (table, header);
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *slip = item->slip > 0 ? g_strdup_printf (_("+%d d"), item->slip) : NULL;

      cli_table_add_number (table, number);
      cli_table_add (table, item->section);
      cli_table_add (table, item->title);
      cli_table_add (table, item->type);
      cli_table_add (table, item->status);
      add_date (table, item->due);
      cli_table_add_number (table, slip);
      cli_table_end_row (table);
    }
}

void
cli_onboard_print_run (Cli                 *cli,
                       const EntOnboardRun *run,
                       GPtrArray           *differences)
{
  g_autofree char *day = ent_onboard_run_dup_day (run);
  g_autofree char *slip = ent_onboard_run_dup_slip (run);
  g_autoptr (GPtrArray) conflicts = NULL;

  if (cli->json)
    {
      print_run_json (cli, run, differences);
      return;
    }
  conflicts = ent_onboard_run_find_conflicts (run);
  cli_print ("%s · %s · %s · %d %%%s%s", ent_record_get_title (run->plan), day, phase_name (run), run->progress,
             slip != NULL ? " · " : "", slip != NULL ? slip : "");
  print_items (cli, run);
  for (guint i = 0; i < conflicts->len; i++)
    cli_print ("%s", (const char *) g_ptr_array_index (conflicts, i));
  if (differences->len > 0)
    cli_print ("%s", _("The template has changed since; “onboard update” takes this over:"));
  for (guint i = 0; i < differences->len; i++)
    cli_print ("  %s", ((const EntOnboardDifference *) g_ptr_array_index (differences, i))->text);
}

/* --- Gates and checks ----------------------------------------------------------------------------------------- */

void
cli_onboard_print_gates (Cli                 *cli,
                         const EntOnboardRun *run,
                         GPtrArray           *gates)
{
  static const char * const header[] = { N_("No."), N_("Gate"), N_("State"), N_("What is missing"), NULL };
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  else
    add_header (table, header);
  for (guint i = 0; i < gates->len; i++)
    {
      const EntGate *gate = g_ptr_array_index (gates, i);
      const EntOnboardItem *item = ent_onboard_run_get (run, gate->item);
      g_autofree char *number = g_strdup_printf ("%u", gate->item + 1);

      if (json != NULL)
        {
          cli_json_begin_object (json, NULL);
          cli_json_int (json, "number", gate->item + 1);
          cli_json_text (json, "title", item->title);
          cli_json_text (json, "state", ent_gate_state_get_name (gate->state));
          cli_json_text (json, "reason", gate->reason);
          json_reason (json, gate->why);
          cli_json_end (json);
          continue;
        }
      cli_table_add_number (table, number);
      cli_table_add (table, item->title);
      cli_table_add (table, ent_gate_state_get_label (gate->state));
      cli_table_add (table, gate->reason);
      cli_table_end_row (table);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
}

static void
json_checks (CliJson         *json,
             GPtrArray       *checks)
{
  cli_json_begin_array (json, "checks");
  for (guint i = 0; i < checks->len; i++)
    {
      const EntOnboardCheck *check = g_ptr_array_index (checks, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "title", check->title);
      cli_json_int (json, "day", check->nth_day);
      json_date (json, "date", check->day);
      cli_json_text (json, "state", ent_check_state_get_name (check->state));
      if (check->share >= 0)
        cli_json_int (json, "share_pct", check->share / 10000);
      cli_json_int (json, "wanted_pct", check->wanted / 10000);
      cli_json_int (json, "due", check->n_due);
      cli_json_int (json, "done", check->n_done);
      cli_json_int (json, "open", check->n_open);
      cli_json_int (json, "open_gates", check->n_gates);
      json_reason (json, check->why);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
json_success (CliJson         *json,
              Cli             *cli,
              EntFirstSuccess *success)
{
  cli_json_begin_object (json, "first_success");
  json_date (json, "agreement_on", success->agreement_on);
  json_date (json, "first_on", success->first_on);
  json_key (json, cli, "deal", success->deal);
  if (success->days >= 0)
    cli_json_int (json, "days", success->days);
  if (success->target > 0)
    cli_json_int (json, "target", success->target);
  cli_json_end (json);
}

static void
print_success (EntFirstSuccess *success)
{
  if (success->days < 0)
    cli_print (_("Time to first success: unknown, no signed agreement has a date"));
  else if (success->first_on == ENT_ONBOARD_NO_DATE)
    cli_print (_("Time to first success: %d days so far, target %d"), success->days, success->target);
  else
    cli_print (_("Time to first success: %d days, target %d"), success->days, success->target);
}

static void
print_checks (GPtrArray *checks)
{
  static const char * const header[] =
    { N_("Check"), N_("Date"), N_("State"), N_("Done by then"), N_("Still open"), N_("Open gates"), NULL };
  g_autoptr (CliTable) table = cli_table_new ();

  add_header (table, header);
  for (guint i = 0; i < checks->len; i++)
    {
      const EntOnboardCheck *check = g_ptr_array_index (checks, i);
      g_autofree char *done = g_strdup_printf ("%u/%u", check->n_done, check->n_due);
      g_autofree char *open = g_strdup_printf ("%u", check->n_open);
      g_autofree char *gates = g_strdup_printf ("%u", check->n_gates);

      cli_table_add (table, check->title);
      add_date (table, check->day);
      cli_table_add (table, ent_check_state_get_label (check->state));
      cli_table_add_number (table, done);
      cli_table_add_number (table, open);
      cli_table_add_number (table, gates);
      cli_table_end_row (table);
    }
}

void
cli_onboard_print_checks (Cli             *cli,
                          GPtrArray       *checks,
                          EntFirstSuccess *success)
{
  g_autoptr (CliJson) json = NULL;

  if (!cli->json)
    {
      print_checks (checks);
      if (success != NULL)
        print_success (success);
      return;
    }
  json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  json_checks (json, checks);
  if (success != NULL)
    json_success (json, cli, success);
  cli_json_end (json);
  cli_json_print (json);
}
