/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-onboard.h"

#include <glib/gi18n.h>

#include "exchange/ent-plan-export.h"

/* Days that a finished run stays in the list. */
#define KEEP_DAYS 90

typedef struct
{
  char    *template;
  char    *start;
  char    *owner;
  char    *buddy;
  char    *evidence;
  char    *kind;
  char    *before;
  int      day;
  gboolean with_dependents;
  gint64   today;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->template);
  g_free (self->start);
  g_free (self->owner);
  g_free (self->buddy);
  g_free (self->evidence);
  g_free (self->kind);
  g_free (self->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- Words ----------------------------------------------------------------------------------------------- */

/* The run that a REF names: the plan itself, or the one that is under way for a partner. */
static EntOnboardRun *
read_run (Cli           *cli,
          const char    *ref,
          const Options *options,
          GError       **error)
{
  const EntOnboardSource source = { .store = cli->store };
  EntKey key = cli_resolve (cli, ref, error);
  g_autoptr (EntRecord) record = key != 0 ? ent_store_get (cli->store, key, error) : NULL;
  const EntRecordType *plan = ent_store_get_record_type (cli->store, "plan");
  g_autoptr (GPtrArray) plans = NULL;

  if (record == NULL)
    return NULL;
  if (!g_str_equal (ent_record_get_record_type (record)->info->name, "organization"))
    return ent_onboard_run_load (&source, key, options->today, error);
  plans = ent_store_get_referrers (cli->store, key, ent_record_type_lookup (plan, "for"), 0, error);
  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      EntRecord *candidate = g_ptr_array_index (plans, i);

      if (g_strcmp0 (ent_record_get_text (candidate, "kind"), options->kind != NULL ? options->kind : "onboarding") == 0 &&
          g_strcmp0 (ent_record_get_text (candidate, "status"), "canceled") != 0)
        return ent_onboard_run_load (&source, ent_record_get_key (candidate), options->today, error);
    }
  if (plans != NULL)
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("%s has no onboarding; start one with “onboard start”"),
                 ent_record_get_title (record));
  return NULL;
}

/* An item by its number in the list, its code, or words of its title that no other has. */
static guint
read_item (const EntOnboardRun *run,
           const char          *word,
           GError             **error)
{
  g_autofree char *wanted = ent_text_key (word);
  guint found = G_MAXUINT;
  guint n_found = 0;
  guint64 number;

  if (g_ascii_string_to_unsigned (word, 10, 1, run->items->len, &number, NULL))
    return (guint) number - 1;
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);
      g_autofree char *title = ent_text_key (item->title);

      if (g_ascii_strcasecmp (ent_record_get_code (item->record), word) == 0 || g_str_equal (title, wanted))
        return i;
      if (strstr (title, wanted) == NULL)
        continue;
      found = i;
      n_found++;
    }
  if (n_found == 1)
    return found;
  g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
               n_found == 0 ? _("no item of %s is called “%s”; “onboard show” lists them with their numbers")
                            : _("several items of %s fit “%s”; name one by its number"),
               ent_record_get_title (run->plan), word);
  return G_MAXUINT;
}

static gboolean
read_reference (Cli        *cli,
                const char *text,
                EntKey     *key,
                GError    **error)
{
  if (text != NULL)
    *key = cli_resolve (cli, text, error);
  return text == NULL || *key != 0;
}

static gboolean
show_run (Cli           *cli,
          EntKey         plan,
          const Options *options,
          GError       **error)
{
  const EntOnboardSource source = { .store = cli->store };
  g_autoptr (EntOnboardRun) run = ent_onboard_run_load (&source, plan, options->today, error);
  g_autoptr (GPtrArray) differences = run != NULL ? ent_onboard_compare (&source, run, error) : NULL;

  if (differences == NULL)
    return FALSE;
  cli_onboard_print_run (cli, run, differences);
  return TRUE;
}

/* --- Looking ---------------------------------------------------------------------------------------------- */

static gboolean
onboard_templates (Cli           *cli,
                   char         **words,
                   const Options *options,
                   GError       **error)
{
  const EntOnboardSource source = { .store = cli->store };
  g_autoptr (GPtrArray) templates = ent_onboard_find_templates (&source, options->kind, error);

  if (templates == NULL)
    return FALSE;
  cli_onboard_print_templates (cli, templates);
  return TRUE;
}

static gboolean
onboard_list (Cli           *cli,
              char         **words,
              const Options *options,
              GError       **error)
{
  g_autoptr (GPtrArray) runs =
    ent_onboard_load_all (cli->store, options->kind != NULL ? options->kind : "onboarding", options->today, KEEP_DAYS,
                          cli->cancellable, error);

  if (runs == NULL)
    return FALSE;
  cli_onboard_print_list (cli, runs);
  return TRUE;
}

static gboolean
onboard_show (Cli           *cli,
              char         **words,
              const Options *options,
              GError       **error)
{
  g_autoptr (EntOnboardRun) run = read_run (cli, words[1], options, error);

  return run != NULL && show_run (cli, ent_record_get_key (run->plan), options, error);
}

static gboolean
onboard_gates (Cli           *cli,
               char         **words,
               const Options *options,
               GError       **error)
{
  const EntOnboardSource source = { .store = cli->store };
  g_autoptr (EntOnboardRun) run = read_run (cli, words[1], options, error);
  g_autoptr (GPtrArray) gates = run != NULL ? ent_onboard_check_gates (&source, run, error) : NULL;

  if (gates == NULL)
    return FALSE;
  cli_onboard_print_gates (cli, run, gates);
  return TRUE;
}

static gboolean
onboard_check (Cli           *cli,
               char         **words,
               const Options *options,
               GError       **error)
{
  const EntOnboardSource source = { .store = cli->store };
  g_autoptr (EntOnboardRun) run = read_run (cli, words[1], options, error);
  g_autoptr (EntFirstSuccess) success = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  EntKey partner = run != NULL ? ent_record_get_ref (run->plan, "for") : 0;

  if (run == NULL)
    return FALSE;
  if (partner != 0)
    success = ent_onboard_first_success (&source, partner, options->today, error);
  if (partner != 0 && success == NULL)
    return FALSE;
  checks = ent_onboard_run_check (run);
  cli_onboard_print_checks (cli, checks, success);
  return TRUE;
}

static gboolean
onboard_export (Cli           *cli,
                char         **words,
                const Options *options,
                GError       **error)
{
  g_autoptr (EntOnboardRun) run = read_run (cli, words[1], options, error);

  if (run == NULL || !ent_plan_export (cli->store, run, words[2], error))
    return FALSE;
  if (cli->json)
    cli_print ("{\"items\": %u}", run->items->len);
  else
    cli_print (_("%s written to %s"), ent_record_get_title (run->plan), words[2]);
  return TRUE;
}

/* --- Changing --------------------------------------------------------------------------------------------- */

static gboolean
onboard_start (Cli           *cli,
               char         **words,
               const Options *options,
               GError       **error)
{
  const EntReadContext context = { .today = options->today };
  EntOnboardStart start = { .partner = cli_resolve (cli, words[1], error), .start = options->today };
  g_autofree char *partner = NULL;
  g_autofree char *label = NULL;

  if (start.partner == 0 || !read_reference (cli, options->template, &start.template, error) ||
      !read_reference (cli, options->owner, &start.owner, error) ||
      !read_reference (cli, options->buddy, &start.buddy, error) ||
      (options->start != NULL && !ent_date_read (options->start, &context, &start.start, error)))
    return FALSE;
  g_strlcpy (start.kind, options->kind != NULL ? options->kind : "onboarding", sizeof start.kind);
  partner = ent_store_dup_title (cli->store, start.partner);
  label = g_strdup_printf (_("Start onboarding %s"), partner);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, ent_onboard_start, &start, NULL, NULL, error) &&
         show_run (cli, start.plan, options, error);
}

static gboolean
edit_item (Cli                *cli,
           char              **words,
           const Options      *options,
           const char         *label_format,
           EntTransactionFunc  func,
           EntOnboardEdit     *edit,
           GError            **error)
{
  g_autoptr (EntOnboardRun) run = read_run (cli, words[1], options, error);
  guint item = run != NULL ? read_item (run, words[2], error) : G_MAXUINT;
  guint before;
  g_autofree char *label = NULL;

  if (item == G_MAXUINT || !read_reference (cli, options->evidence, &edit->evidence, error))
    return FALSE;
  if (options->before != NULL)
    {
      before = read_item (run, options->before, error);
      if (before == G_MAXUINT)
        return FALSE;
      edit->before = ent_onboard_run_get (run, before)->key;
    }
  if (func == ent_onboard_move && run->start == ENT_ONBOARD_NO_DATE)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("%s has no start date; set it first"),
                   ent_record_get_title (run->plan));
      return FALSE;
    }
  edit->item = ent_onboard_run_get (run, item)->key;
  edit->today = options->today;
  edit->due = func == ent_onboard_move ? run->start + options->day : 0;
  edit->with_dependents = options->with_dependents;
  label = g_strdup_printf (label_format, ent_onboard_run_get (run, item)->title);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, func, edit, NULL, NULL, error) &&
         show_run (cli, ent_record_get_key (run->plan), options, error);
}

static gboolean
onboard_done (Cli           *cli,
              char         **words,
              const Options *options,
              GError       **error)
{
  EntOnboardEdit edit = { .status = "done" };

  return edit_item (cli, words, options, _("Done: %s"), ent_onboard_set_status, &edit, error);
}

static gboolean
onboard_reopen (Cli           *cli,
                char         **words,
                const Options *options,
                GError       **error)
{
  EntOnboardEdit edit = { .status = "open" };

  return edit_item (cli, words, options, _("Reopen %s"), ent_onboard_set_status, &edit, error);
}

static gboolean
onboard_move (Cli           *cli,
              char         **words,
              const Options *options,
              GError       **error)
{
  EntOnboardEdit edit = { 0 };

  if (options->before != NULL)
    return edit_item (cli, words, options, _("Reorder %s"), ent_onboard_reorder, &edit, error);
  if (options->day == G_MININT)
    return cli_usage (error, _("say where to: --day N or --before ITEM"));
  return edit_item (cli, words, options, _("Move %s"), ent_onboard_move, &edit, error);
}

static gboolean
onboard_update (Cli           *cli,
                char         **words,
                const Options *options,
                GError       **error)
{
  g_autoptr (EntOnboardRun) run = read_run (cli, words[1], options, error);
  g_autofree char *label = NULL;
  EntKey plan;

  if (run == NULL)
    return FALSE;
  plan = ent_record_get_key (run->plan);
  label = g_strdup_printf (_("Take the template over: %s"), ent_record_get_title (run->plan));
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, ent_onboard_take_over, &plan, NULL, NULL, error) &&
         show_run (cli, plan, options, error);
}

static gboolean
onboard_activate (Cli           *cli,
                  char         **words,
                  const Options *options,
                  GError       **error)
{
  EntKey partner = cli_resolve (cli, words[1], error);
  g_autofree char *title = partner != 0 ? ent_store_dup_title (cli->store, partner) : NULL;
  g_autofree char *code = partner != 0 ? ent_store_dup_code (cli->store, partner) : NULL;
  g_autofree char *label = NULL;

  if (partner == 0)
    return FALSE;
  if (ent_schema_lookup_key (ent_store_get_record_type (cli->store, "plan")->schema, partner) !=
      ent_store_get_record_type (cli->store, "organization"))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("%s is not a partner"), title);
      return FALSE;
    }
  label = g_strdup_printf (_("Make %s active"), title);
  if (!ent_store_write (cli->store, label, ENT_ORIGIN_USER, ent_onboard_activate, &partner, NULL, NULL, error))
    return FALSE;
  if (cli->json)
    cli_print ("{\"code\": \"%s\", \"lifecycle\": \"active\"}", code);
  else
    cli_print (_("%s is active"), title);
  return TRUE;
}

/* --- The family -------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       n_words;
  gboolean    writes;
  gboolean  (*run) (Cli           *cli,
                    char         **words,
                    const Options *options,
                    GError       **error);
} commands[] = {
  { "templates", 1, FALSE, onboard_templates },
  { "list", 1, FALSE, onboard_list },
  { "start", 2, TRUE, onboard_start },
  { "show", 2, FALSE, onboard_show },
  { "done", 3, TRUE, onboard_done },
  { "reopen", 3, TRUE, onboard_reopen },
  { "move", 3, TRUE, onboard_move },
  { "gates", 2, FALSE, onboard_gates },
  { "check", 2, FALSE, onboard_check },
  { "update", 2, TRUE, onboard_update },
  { "activate", 2, TRUE, onboard_activate },
  { "export", 3, FALSE, onboard_export },
};

static gboolean
run_onboard (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  g_auto (Options) options = { .day = G_MININT, .today = ent_date_today () };
  const GOptionEntry entries[] = {
    CLI_TEXT ("template", &options.template, "REF", N_("start: the template (default: the one that fits the partner)")),
    CLI_TEXT ("kind", &options.kind, "KIND", N_("onboarding (default) or enablement")),
    CLI_TEXT ("start", &options.start, "DATE", N_("start: the first day (default: today)")),
    CLI_TEXT ("owner", &options.owner, "REF", N_("start: who is responsible (default: the partner manager)")),
    CLI_TEXT ("buddy", &options.buddy, "REF", N_("start: who guides the partner")),
    CLI_TEXT ("evidence", &options.evidence, "REF", N_("done: the document that shows it")),
    CLI_TEXT ("before", &options.before, "ITEM", N_("move: to the place before that item")),
    CLI_INT ("day", &options.day, "N", N_("move: to day N of the plan; 0 is the first")),
    CLI_FLAG ("with-dependents", &options.with_dependents, N_("move: what depends on the item as well")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, -1, error);

  if (words == NULL)
    return FALSE;
  if (options.kind != NULL && !g_str_equal (options.kind, "onboarding") && !g_str_equal (options.kind, "enablement"))
    return cli_usage (error, _("“%s” is no kind; write onboarding or enablement"), options.kind);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (words[0], commands[i].name) && g_strv_length (words) == commands[i].n_words)
      return (commands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             commands[i].run (cli, words, &options, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}

const CliCommand cli_onboard_commands[] = {
  { "onboard", "templates|list | start PARTNER [--template REF] [--start DATE] [--owner REF] [--buddy REF] | "
               "show|gates|check|update REF | done|reopen REF ITEM [--evidence REF] | "
               "move REF ITEM --day N [--with-dependents]|--before ITEM | activate PARTNER | export REF FILE.md|csv|ics",
    N_("Onboarding and enablement plans; REF is a plan or its partner, ITEM its number, code, or title"), run_onboard, 0 },
  { NULL },
};
