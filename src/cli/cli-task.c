/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-task.h"

#include <glib/gi18n.h>

#include "rules/ent-due.h"
#include "rules/ent-lookup.h"
#include "rules/ent-snooze.h"

/* What Today does: what is due, which partners get the week's hours, tasks and snoozing. */

static void
task_options_clear (TaskOptions *self)
{
  g_free (self->until);
  g_free (self->reason);
  g_free (self->due);
  g_free (self->about);
  g_free (self->today);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaskOptions, task_options_clear)

static gboolean
read_day (const char  *name,
          const char  *text,
          gint64      *day,
          GError     **error)
{
  g_autoptr (GError) refused = NULL;
  EntReadContext context = { 0 };

  if (ent_date_read (text, &context, day, &refused))
    return TRUE;
  return cli_usage (error, "--%s: %s", name, refused->message);
}

gboolean
cli_task_get_today (const TaskOptions  *options,
                    gint64             *today,
                    GError            **error)
{
  *today = ent_date_today ();
  return options->today == NULL || read_day ("today", options->today, today, error);
}

void
cli_task_json_key (CliJson    *json,
                   Cli        *cli,
                   const char *name,
                   EntKey      key)
{
  g_autofree char *code = key != 0 ? ent_store_dup_code (cli->store, key) : NULL;

  cli_json_text (json, name, code);
}

/* --- task list --------------------------------------------------------------------------------------------------------- */

static gboolean
run_list (Cli         *cli,
          char       **words,
          TaskOptions *options,
          GError     **error)
{
  const EntRecordType *type = ent_store_get_record_type (cli->store, "task");
  g_autoptr (GArray) columns = cli_default_columns (type);
  g_autoptr (GPtrArray) records = ent_lookup_records (cli->store, "task", "status in (open, doing, waiting)", NULL,
                                                      cli->cancellable, error);
  g_autoptr (CliTable) table = NULL;
  g_autoptr (CliJson) json = NULL;

  if (records == NULL)
    return FALSE;
  if (cli->json)
    {
      json = cli_json_new ();
      cli_json_begin_array (json, NULL);
    }
  else
    {
      table = cli_table_new ();
      cli_table_add_header (table, type, columns);
    }
  for (guint i = 0; i < records->len; i++)
    if (json != NULL)
      {
        cli_json_begin_object (json, NULL);
        cli_json_record (json, cli, g_ptr_array_index (records, i), NULL);
        cli_json_end (json);
      }
    else
      cli_table_add_record (table, cli, g_ptr_array_index (records, i), columns);
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

/* --- task due ----------------------------------------------------------------------------------------------------------- */

static void
json_due (CliJson *json,
          Cli     *cli,
          EntDue  *due)
{
  static const char * const groups[] = { "overdue", "today", "week", "soon" };
  g_autofree char *day = ent_date_write (due->due);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "group", groups[due->group]);
  cli_json_text (json, "kind", ent_due_kind_name (due->kind));
  cli_json_text (json, "due", day);
  cli_task_json_key (json, cli, "record", due->key);
  cli_task_json_key (json, cli, "open", due->open);
  cli_task_json_key (json, cli, "partner", due->partner);
  cli_json_text (json, "title", due->title);
  cli_json_text (json, "reason", due->reason);
  cli_json_end (json);
}

static void
print_due (CliTable *table,
           Cli      *cli,
           EntDue   *due)
{
  g_autofree char *code = ent_store_dup_code (cli->store, due->key);

  cli_table_add (table, ent_due_group_label (due->group));
  cli_table_add (table, code);
  cli_table_add (table, due->title);
  cli_table_add (table, due->reason);
  cli_table_end_row (table);
}

/* Tells one thing of a list: into @json when that is not NULL, else as a row of @table. */
typedef void (*TellFunc) (Cli      *cli,
                          CliTable *table,
                          CliJson  *json,
                          gpointer  thing);

static void
tell_list (Cli       *cli,
           GPtrArray *list,
           TellFunc   tell)
{
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < list->len; i++)
    tell (cli, table, json, g_ptr_array_index (list, i));
  if (json == NULL)
    return;
  cli_json_end (json);
  cli_json_print (json);
}

static void
tell_due (Cli      *cli,
          CliTable *table,
          CliJson  *json,
          gpointer  due)
{
  if (json != NULL)
    json_due (json, cli, due);
  else
    print_due (table, cli, due);
}

static gboolean
run_due (Cli         *cli,
         char       **words,
         TaskOptions *options,
         GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  gint64 today;

  if (!cli_task_get_today (options, &today, error) || (list = ent_due_list (cli->store, today, cli->cancellable, error)) == NULL)
    return FALSE;
  tell_list (cli, list, tell_due);
  return TRUE;
}

/* --- Changes --------------------------------------------------------------------------------------------------------------- */

static gboolean
insert_cb (EntTransaction  *transaction,
           gpointer         record,
           GError         **error)
{
  return ent_transaction_insert (transaction, record, error);
}

static gboolean
run_add (Cli         *cli,
         char       **words,
         TaskOptions *options,
         GError     **error)
{
  g_autoptr (EntRecord) task = ent_record_new (ent_store_get_record_type (cli->store, "task"));
  const EntRecordType *type = ent_record_get_record_type (task);
  g_autofree char *label = g_strdup_printf (_("Add %s"), words[1]);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  gint64 due;
  EntKey about;

  if (!ent_record_set_text (task, "title", words[1], error))
    return FALSE;
  if (options->due != NULL)
    {
      if (!read_day ("due", options->due, &due, error))
        return FALSE;
      ent_value_set_int (&value, due);
      ent_record_set (task, ent_record_type_lookup (type, "due")->index, &value);
    }
  if (options->about != NULL)
    {
      if ((about = cli_resolve (cli, options->about, error)) == 0)
        return FALSE;
      ent_value_set_int (&value, about);
      ent_record_set (task, ent_record_type_lookup (type, "about")->index, &value);
    }
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, insert_cb, task, NULL, NULL, error) &&
         cli_print_record (cli, ent_record_get_key (task), error);
}

static gboolean
run_done (Cli         *cli,
          char       **words,
          TaskOptions *options,
          GError     **error)
{
  EntTaskDone done = { cli_resolve (cli, words[1], error), 0 };
  EntSchema *schema = ent_store_get_record_type (cli->store, "task")->schema;
  const EntRecordType *type = done.task != 0 ? ent_schema_lookup_key (schema, done.task) : NULL;

  if (done.task == 0 || !cli_task_get_today (options, &done.today, error))
    return FALSE;
  if (!g_str_equal (type->info->name, "task"))
    return cli_usage (error, _("%s is not a task"), words[1]);
  return ent_store_write (cli->store, _("Finish a task"), ENT_ORIGIN_USER, ent_task_finish, &done, NULL, NULL, error) &&
         cli_print_record (cli, done.task, error);
}

static gboolean
run_snooze (Cli         *cli,
            char       **words,
            TaskOptions *options,
            GError     **error)
{
  g_autoptr (EntSnooze) snooze = NULL;
  g_autofree char *label = NULL;
  gint64 until, today;
  EntKey key;

  if (options->until == NULL || options->reason == NULL)
    return cli_usage (error, _("snooze needs --until DATE and --reason TEXT"));
  if (!read_day ("until", options->until, &until, error) || !cli_task_get_today (options, &today, error) ||
      (key = cli_resolve (cli, words[1], error)) == 0)
    return FALSE;
  snooze = ent_snooze_new (key, until, today, options->reason);
  label = ent_snooze_label (cli->store, snooze);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, ent_snooze_write, snooze, NULL, NULL, error);
}

static void
tell_snoozed (Cli      *cli,
              CliTable *table,
              CliJson  *json,
              gpointer  thing)
{
  const EntSnoozed *snoozed = thing;
  g_autofree char *code = ent_store_dup_code (cli->store, snoozed->about), *until = ent_date_write (snoozed->until);

  if (json != NULL)
    {
      cli_json_begin_object (json, NULL);
      cli_json_text (json, "record", code);
      cli_json_text (json, "title", snoozed->title);
      cli_json_text (json, "until", until);
      cli_json_text (json, "reason", snoozed->reason);
      cli_json_end (json);
      return;
    }
  cli_table_add (table, code);
  cli_table_add (table, snoozed->title != NULL ? snoozed->title : "");
  cli_table_add (table, until);
  cli_table_add (table, snoozed->reason);
  cli_table_end_row (table);
}

static gboolean
run_snoozed (Cli         *cli,
             char       **words,
             TaskOptions *options,
             GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  gint64 today;

  if (!cli_task_get_today (options, &today, error) || (list = ent_snooze_list (cli->store, today, cli->cancellable, error)) == NULL)
    return FALSE;
  tell_list (cli, list, tell_snoozed);
  return TRUE;
}

static gboolean
run_wake (Cli         *cli,
          char       **words,
          TaskOptions *options,
          GError     **error)
{
  g_autoptr (EntSnooze) snooze = NULL;
  g_autofree char *title = NULL, *label = NULL;
  gint64 today;
  EntKey key;

  if (!cli_task_get_today (options, &today, error) || (key = cli_resolve (cli, words[1], error)) == 0)
    return FALSE;
  snooze = ent_snooze_new (key, 0, today, NULL);
  title = ent_store_dup_title (cli->store, key);
  label = g_strdup_printf (_("Show %s again"), title != NULL ? title : words[1]);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, ent_snooze_end, snooze, NULL, NULL, error);
}

/* --- Dispatch -------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       n_words; /* with its own name */
  gboolean    writes;
  gboolean  (*run) (Cli         *cli,
                    char       **words,
                    TaskOptions *options,
                    GError     **error);
} commands[] = {
  { "list", 1, FALSE, run_list },
  { "due", 1, FALSE, run_due },
  { "attention", 1, FALSE, cli_task_attention },
  { "add", 2, TRUE, run_add },
  { "done", 2, TRUE, run_done },
  { "snooze", 2, TRUE, run_snooze },
  { "snoozed", 1, FALSE, run_snoozed },
  { "wake", 2, TRUE, run_wake },
};

static gboolean
run_task (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (TaskOptions) options = { NULL };
  const GOptionEntry entries[] = {
    CLI_TEXT ("until", &options.until, "DATE", N_("snooze: the first day it shows again")),
    CLI_TEXT ("reason", &options.reason, "TEXT", N_("snooze: why it can wait")),
    CLI_TEXT ("due", &options.due, "DATE", N_("add: the day it is due")),
    CLI_TEXT ("about", &options.about, "REF", N_("add: the record it is about")),
    CLI_INT ("hours", &options.hours, "N", N_("attention: hours of the week, else as the program says")),
    CLI_TEXT ("today", &options.today, "DATE", N_("as of this day")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 2, error);

  if (words == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (words[0], commands[i].name))
        continue;
      if (g_strv_length (words) != commands[i].n_words)
        return cli_usage (error, commands[i].n_words > 1 ? _("task %s needs one word more") : _("task %s needs no more words"),
                          words[0]);
      return (commands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             commands[i].run (cli, words, &options, error);
    }
  return cli_usage (error, _("unknown: task %s (list, due, attention, add, done, snooze, snoozed, wake)"), words[0]);
}

const CliCommand cli_task_commands[] = {
  { "task", "list | due | attention [--hours N] | add TITLE [--due DATE] [--about REF] | done REF | snooze REF --until DATE "
    "--reason TEXT | snoozed | wake REF", N_("what is due, and which partners get the week's hours"), run_task },
  { NULL },
};
