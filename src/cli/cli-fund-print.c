/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-fund.h"

#include <glib/gi18n.h>

/* --- Pieces ---------------------------------------------------------------------------------------------------------- */

char *
cli_write_money (gint64      minor,
                 const char *currency)
{
  const EntRecordType *type = ent_schema_lookup (ent_schema_get_default (), "ledger");
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_money (&value, minor, currency);
  return ent_value_write (ent_record_type_lookup (type, "amount"), &value);
}

void
cli_json_money (CliJson    *json,
                const char *name,
                gint64      minor,
                const char *currency)
{
  g_autofree char *text = cli_write_money (minor, currency);

  cli_json_text (json, name, text);
}

void
cli_json_day (CliJson    *json,
              const char *name,
              gint64      day)
{
  g_autofree char *text = ent_date_write (day);

  cli_json_text (json, name, text);
}

static void
json_title (CliJson    *json,
            Cli        *cli,
            const char *name,
            EntKey      key)
{
  g_autofree char *code = ent_store_dup_code (cli->store, key), *title = ent_store_dup_title (cli->store, key);

  cli_json_begin_object (json, name);
  cli_json_text (json, "code", code);
  cli_json_text (json, "title", title);
  cli_json_end (json);
}

void
cli_json_why (CliJson    *json,
              Cli        *cli,
              const char *name,
              EntWhy     *why)
{
  if (why == NULL)
    return;
  cli_json_begin_object (json, name);
  cli_json_text (json, "title", ent_why_get_title (why));
  cli_json_text (json, "value", ent_why_get_value (why));
  cli_json_text (json, "formula", ent_why_get_formula (why));
  cli_json_begin_array (json, "lines");
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);
      g_autofree char *code = ent_store_dup_code (cli->store, line->key);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "label", line->label);
      cli_json_text (json, "value", line->value);
      if (line->weight != NULL)
        cli_json_text (json, "weight", line->weight);
      if (line->key != 0)
        cli_json_text (json, "record", code);
      cli_json_end (json);
    }
  cli_json_end (json);
  if (ent_why_get_note (why) != NULL)
    cli_json_text (json, "note", ent_why_get_note (why));
  cli_json_end (json);
}

static const char *
source_word (EntFundAllocation source)
{
  return source == ENT_FUND_ALLOCATED_LEDGER ? "ledger" : source == ENT_FUND_ALLOCATED_LEVEL ? "level" : "none";
}

static void
add_money (CliTable   *table,
           gint64      minor,
           const char *currency)
{
  g_autofree char *text = ent_money_display (minor, currency, ENT_DISPLAY_FULL);

  cli_table_add_number (table, text);
}

/* --- Balances and programs -------------------------------------------------------------------------------------------- */

static void
json_balance (CliJson              *json,
              const EntFundBalance *balance)
{
  cli_json_text (json, "currency", balance->currency);
  cli_json_text (json, "allocated_by", source_word (balance->source));
  cli_json_money (json, "allocated", balance->allocated, balance->currency);
  cli_json_money (json, "approved", balance->approved, balance->currency);
  cli_json_money (json, "spent", balance->spent, balance->currency);
  if (balance->source != ENT_FUND_ALLOCATED_NOT)
    cli_json_money (json, "available", balance->available, balance->currency);
}

static void
table_balance (CliTable             *table,
               const EntFundBalance *balance)
{
  if (balance->source == ENT_FUND_ALLOCATED_NOT)
    cli_table_add_number (table, _("none"));
  else
    add_money (table, balance->allocated, balance->currency);
  add_money (table, balance->approved, balance->currency);
  add_money (table, balance->spent, balance->currency);
  if (balance->source == ENT_FUND_ALLOCATED_NOT)
    cli_table_add_number (table, "");
  else
    add_money (table, balance->available, balance->currency);
}

static void
add_money_header (CliTable *table)
{
  cli_table_add_number (table, _("Allocated"));
  cli_table_add_number (table, _("Approved"));
  cli_table_add_number (table, _("Spent"));
  cli_table_add_number (table, _("Left"));
  cli_table_end_row (table);
}

static void
json_program (Cli         *cli,
              CliJson     *json,
              EntFundBook *book,
              EntRecord   *program,
              GPtrArray   *totals)
{
  GPtrArray *rules = ent_fund_book_get_rules (book, ent_record_get_key (program));

  cli_json_begin_object (json, NULL);
  cli_json_record (json, cli, program, NULL);
  cli_json_begin_array (json, "rules");
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      cli_json_begin_object (json, NULL);
      cli_json_record (json, cli, g_ptr_array_index (rules, i), NULL);
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_begin_array (json, "totals");
  for (guint i = 0; i < totals->len; i++)
    {
      cli_json_begin_object (json, NULL);
      json_balance (json, g_ptr_array_index (totals, i));
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_end (json);
}

void
cli_fund_print_programs (Cli         *cli,
                         EntFundBook *book,
                         int          year)
{
  GPtrArray *programs = ent_fund_book_get_programs (book);
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (CliTable) table = NULL;

  cli_json_begin_array (json, NULL);
  if (!cli->json)
    {
      table = cli_table_new ();
      cli_table_add (table, _("Code"));
      cli_table_add (table, _("Program"));
      add_money_header (table);
    }
  for (guint i = 0; i < programs->len; i++)
    {
      EntRecord *program = g_ptr_array_index (programs, i);
      g_autoptr (GPtrArray) totals = ent_fund_book_totals (book, ent_record_get_key (program), year);

      json_program (cli, json, book, program, totals);
      for (guint j = 0; table != NULL && j < MAX (totals->len, 1); j++)
        {
          cli_table_add (table, ent_record_get_code (program));
          cli_table_add (table, ent_record_get_title (program));
          if (totals->len > 0)
            table_balance (table, g_ptr_array_index (totals, j));
          cli_table_end_row (table);
        }
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
}

void
cli_fund_print_balances (Cli       *cli,
                         GPtrArray *balances)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (CliTable) table = NULL;

  cli_json_begin_array (json, NULL);
  if (!cli->json)
    {
      table = cli_table_new ();
      cli_table_add (table, _("Partner"));
      cli_table_add (table, _("Program"));
      add_money_header (table);
    }
  for (guint i = 0; i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);
      g_autofree char *partner = ent_store_dup_title (cli->store, balance->partner);
      g_autofree char *program = ent_store_dup_title (cli->store, balance->program);

      cli_json_begin_object (json, NULL);
      json_title (json, cli, "partner", balance->partner);
      json_title (json, cli, "program", balance->program);
      cli_json_int (json, "year", balance->year);
      json_balance (json, balance);
      cli_json_why (json, cli, "why", balance->why);
      cli_json_end (json);
      if (table == NULL)
        continue;
      cli_table_add (table, partner);
      cli_table_add (table, program);
      table_balance (table, balance);
      cli_table_end_row (table);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
}

/* --- Eligibility ------------------------------------------------------------------------------------------------------- */

static const char *
verdict_value (EntFundVerdict verdict)
{
  return verdict == ENT_FUND_MET ? "met" : verdict == ENT_FUND_NOT_MET ? "not_met" : "unknown";
}

static void
json_checks (CliJson   *json,
             Cli       *cli,
             GPtrArray *checks)
{
  cli_json_begin_array (json, "rules");
  for (guint i = 0; i < checks->len; i++)
    {
      const EntFundCheck *check = g_ptr_array_index (checks, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "rule", check->text);
      cli_json_text (json, "verdict", verdict_value (check->verdict));
      cli_json_bool (json, "mandatory", check->mandatory);
      cli_json_text (json, "reason", check->reason);
      cli_json_why (json, cli, "why", check->why);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
print_checks (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const EntFundCheck *check = g_ptr_array_index (checks, i);
      const char *word = check->verdict == ENT_FUND_MET ? _("met") : check->verdict == ENT_FUND_NOT_MET ? _("not met")
                                                                                                        : _("unknown");

      cli_print ("  %s: %s (%s)%s", word, check->text, check->reason, check->mandatory ? "" : _(", advised only"));
    }
}

void
cli_fund_print_checks (Cli       *cli,
                       CliJson   *json,
                       EntRecord *program,
                       GPtrArray *checks)
{
  EntFundVerdict verdict = ent_fund_get_verdict (checks);

  cli_json_begin_object (json, NULL);
  json_title (json, cli, "program", ent_record_get_key (program));
  cli_json_text (json, "verdict", verdict == ENT_FUND_MET ? "eligible" : verdict == ENT_FUND_NOT_MET ? "not_eligible"
                                                                                                     : "unknown");
  json_checks (json, cli, checks);
  cli_json_end (json);
  if (cli->json)
    return;
  cli_print ("%s: %s", ent_record_get_title (program), ent_fund_verdict_label (verdict));
  print_checks (checks);
}

/* --- A request ----------------------------------------------------------------------------------------------------------- */

static char *
dup_state (EntRecord *request)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (request), "state");

  return ent_value_display (field, ent_record_get (request, field->index), ENT_DISPLAY_FULL, NULL, NULL);
}

void
cli_fund_print_request (Cli       *cli,
                        EntRecord *request,
                        gint64     today)
{
  const EntFundStep *next = ent_fund_next_step (ent_record_get_text (request, "state"));
  g_autofree char *flag = ent_fund_dup_self_approval (request), *state = dup_state (request);
  g_autoptr (CliJson) json = cli_json_new ();
  g_autofree char *due_text = NULL;
  EntFundDueKind kind;
  gint64 due;
  gboolean has_due = ent_fund_get_deadline (request, &due, &kind);

  if (cli->json)
    {
      cli_json_begin_object (json, NULL);
      cli_json_record (json, cli, request, NULL);
      cli_json_text (json, "next_state", next != NULL ? next->to : NULL);
      if (has_due)
        cli_json_day (json, "due", due);
      cli_json_bool (json, "self_approved", flag != NULL);
      cli_json_text (json, "flag", flag);
      cli_json_end (json);
      cli_json_print (json);
      return;
    }
  cli_print ("%s %s: %s", ent_record_get_code (request), ent_record_get_title (request), state);
  if (flag != NULL)
    cli_print ("  %s", flag);
  if (next != NULL)
    cli_print (_("  Next: %s"), next->to);
  if (has_due)
    {
      due_text = ent_date_display_near (due, today);
      cli_print (kind == ENT_FUND_DUE_CLAIM ? _("  To be claimed %s") : _("  To be submitted %s"), due_text);
    }
}

/* --- Deadlines -------------------------------------------------------------------------------------------------------------- */

static const char *
due_word (EntFundDueKind kind)
{
  return kind == ENT_FUND_DUE_CLAIM ? "claim" : kind == ENT_FUND_DUE_SUBMIT ? "submit" : "program";
}

void
cli_fund_print_deadlines (Cli       *cli,
                          GPtrArray *deadlines,
                          int        days)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < deadlines->len; i++)
    {
      const EntFundDeadline *deadline = g_ptr_array_index (deadlines, i);
      g_autofree char *date = ent_date_write (deadline->due), *code = ent_store_dup_code (cli->store, deadline->key);

      if (deadline->days > days)
        continue;
      cli_json_begin_object (json, NULL);
      json_title (json, cli, "record", deadline->key);
      cli_json_text (json, "kind", due_word (deadline->kind));
      cli_json_text (json, "due", date);
      cli_json_int (json, "days", deadline->days);
      cli_json_bool (json, "overdue", deadline->days < 0);
      cli_json_bool (json, "alert", deadline->is_alert);
      cli_json_end (json);
      if (!cli->json)
        cli_print ("%s  %s  %s %s%s", date, code, due_word (deadline->kind), deadline->title,
                   deadline->days < 0 ? _(" (overdue)") : deadline->is_alert ? _(" (soon)") : "");
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
}
