/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rules/ent-program-defaults.h"
#include "rules/ent-sample.h"
#include "store/ent-keyring.h"

static void
print_text_member (const char *name,
                   const char *text)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_text (json, name, text);
  cli_json_end (json);
  cli_json_print (json);
}

/* --- new ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  gboolean    plain;
  gboolean    sample;
  gboolean    empty;
  gboolean    made_key_file;
  EntStoreKey key;
} NewWorkspace;

/* A key file that is there already is used, so that several workspaces may share one key; else it is
 * made, readable by its owner alone. */
static gboolean
make_key (NewWorkspace  *self,
          const char    *key_file,
          GError       **error)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) local = NULL;

  if (key_file != NULL && g_file_test (key_file, G_FILE_TEST_EXISTS))
    return cli_read_key_file (key_file, &self->key, error);
  ent_store_key_init_new (&self->key);
  if (key_file == NULL)
    return TRUE;
  text = ent_store_key_print (&self->key);
  line = g_strconcat (text, "\n", NULL);
  self->made_key_file = g_file_set_contents_full (key_file, line, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, &local);
  if (!self->made_key_file)
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("The key file “%s” cannot be made (%s); choose another place."),
                 key_file, g_strerror (errno));
  return self->made_key_file;
}

static gboolean
keep_key (Cli           *cli,
          NewWorkspace  *self,
          GError       **error)
{
  g_autofree char *recovery = NULL;

  if (cli->key_file != NULL)
    return TRUE;
  if (!ent_keyring_store (self->path, &self->key, cli->cancellable, NULL))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
                   _("The key of “%s” could not be kept, as no password service answers; name a file for it "
                     "(--key-file FILE), or make a workspace that is not encrypted (--plain)."), self->path);
      return FALSE;
    }
  recovery = ent_store_key_print (&self->key);
  cli_note (_("Recovery key, to print and keep: %s"), recovery);
  return TRUE;
}

static gboolean
fill (Cli                 *cli,
      const NewWorkspace  *self,
      GError             **error)
{
  if (self->empty)
    return TRUE;
  return ent_program_defaults_install (cli->store, cli->cancellable, error) &&
         (!self->sample || ent_sample_fill (cli->store, ent_date_today (), cli->cancellable, error));
}

static gboolean
make_store (Cli           *cli,
            NewWorkspace  *self,
            GError       **error)
{
  cli->store = ent_store_create (self->path, self->plain ? NULL : &self->key, cli->cancellable, error);
  if (cli->store == NULL)
    return FALSE;
  if (fill (cli, self, error) && (self->plain || keep_key (cli, self, error)))
    return TRUE;
  /* A workspace that nobody can open again, or half filled, helps nobody. */
  ent_store_close (cli->store);
  g_clear_object (&cli->store);
  g_unlink (self->path);
  return FALSE;
}

static gboolean
create (Cli           *cli,
        NewWorkspace  *self,
        GError       **error)
{
  gboolean done;

  if (self->plain && cli->key_file != NULL)
    return cli_usage (error, _("--plain makes a workspace without a key, so leave out --key-file"));
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS, _("“%s” exists already; choose another name."),
                   self->path);
      return FALSE;
    }
  done = (self->plain || make_key (self, cli->key_file, error)) && make_store (cli, self, error);
  if (!done && self->made_key_file)
    g_unlink (cli->key_file);
  memset (&self->key, 0, sizeof self->key);
  return done;
}

static gboolean
run_new (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  NewWorkspace new_workspace = { NULL };
  const GOptionEntry entries[] = {
    CLI_FLAG ("plain", &new_workspace.plain, N_("Do not encrypt it")),
    CLI_FLAG ("sample", &new_workspace.sample, N_("Fill it with an invented company and its partners")),
    CLI_FLAG ("empty", &new_workspace.empty, N_("Leave out the standard program, to join a team that has one")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 1, error);

  if (words == NULL)
    return FALSE;
  if (new_workspace.sample && new_workspace.empty)
    return cli_usage (error, _("--sample and --empty exclude each other"));
  new_workspace.path = words[0];
  if (!create (cli, &new_workspace, error))
    return FALSE;
  if (cli->json)
    print_text_member ("workspace", words[0]);
  else
    cli_print (_("Made %s"), words[0]);
  if (new_workspace.made_key_file)
    cli_note (_("Its key is in %s; without it nobody can open the workspace, so keep a copy."), cli->key_file);
  return TRUE;
}

/* --- check -------------------------------------------------------------------------------------------- */

static guint
print_findings (Cli       *cli,
                GPtrArray *findings)
{
  g_autoptr (CliJson) json = cli_json_new ();
  guint n_errors = 0;

  cli_json_begin_object (json, NULL);
  cli_json_begin_array (json, "findings");
  for (guint i = 0; i < findings->len; i++)
    {
      const EntFinding *finding = g_ptr_array_index (findings, i);

      n_errors += finding->is_error;
      cli_json_begin_object (json, NULL);
      cli_json_text (json, "level", finding->is_error ? "error" : "warning");
      cli_json_text (json, "what", finding->what);
      cli_json_end (json);
      if (!cli->json)
        cli_print ("%s", finding->what);
    }
  cli_json_end (json);
  cli_json_bool (json, "ok", n_errors == 0);
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  else if (findings->len == 0)
    cli_print (_("All is well."));
  return n_errors;
}

static gboolean
run_check (Cli     *cli,
           int      argc,
           char   **argv,
           GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 0, 0, error);
  g_autoptr (GPtrArray) findings = NULL;
  guint n_errors;

  if (words == NULL || !cli_open_to_read (cli, error))
    return FALSE;
  findings = ent_store_check (cli->store, NULL, NULL, cli->cancellable, error);
  if (findings == NULL)
    return FALSE;
  n_errors = print_findings (cli, findings);
  if (n_errors == 0)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
               g_dngettext (GETTEXT_PACKAGE, "%u problem was found; restore a backup, or salvage with “recover”.",
                            "%u problems were found; restore a backup, or salvage with “recover”.", n_errors),
               n_errors);
  return FALSE;
}

/* --- backup, recover ---------------------------------------------------------------------------------- */

static gboolean
run_backup (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 1, 1, error);

  if (words == NULL || !cli_open_to_read (cli, error) ||
      !ent_store_backup (cli->store, words[0], NULL, NULL, cli->cancellable, error))
    return FALSE;
  if (cli->json)
    print_text_member ("backup", words[0]);
  else
    cli_print (_("Backed up to %s"), words[0]);
  return TRUE;
}

static gboolean
recover_key (Cli          *cli,
             EntStoreKey  *key,
             gboolean     *is_encrypted,
             GError      **error)
{
  /* The head of a damaged file may be unreadable: then the key file tells whether it was encrypted. */
  if (!ent_store_probe (cli->workspace, is_encrypted, NULL))
    *is_encrypted = cli->key_file != NULL;
  if (!*is_encrypted)
    return TRUE;
  return cli->key_file != NULL ? cli_read_key_file (cli->key_file, key, error)
                               : ent_keyring_lookup (cli->workspace, key, cli->cancellable, error);
}

/* The sentence for a damaged file would send the user to where he is. */
static gboolean
recover (Cli          *cli,
         const char   *new_path,
         char        **report,
         GError      **error)
{
  g_autoptr (GError) local = NULL;
  gboolean is_encrypted = FALSE;
  EntStoreKey key;
  gboolean done;

  if (!recover_key (cli, &key, &is_encrypted, error))
    return FALSE;
  done = ent_store_recover (cli->workspace, is_encrypted ? &key : NULL, new_path, report, cli->cancellable, &local);
  memset (&key, 0, sizeof key);
  if (done)
    return TRUE;
  if (g_error_matches (local, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED))
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
                 _("“%s” is damaged so badly that nothing can be read of it; restore a backup."), cli->workspace);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_recover (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 1, 1, error);
  g_autofree char *report = NULL;
  g_autoptr (CliJson) json = NULL;

  if (words == NULL)
    return FALSE;
  if (cli->workspace == NULL)
    return cli_usage (error, _("name the damaged workspace: entente-cli --workspace FILE recover NEW-FILE"));
  if (!recover (cli, words[0], &report, error))
    return FALSE;
  if (!cli->json)
    {
      cli_print ("%s", g_strchomp (report));
      return TRUE;
    }
  json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_json_text (json, "workspace", words[0]);
  cli_json_text (json, "report", report);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

const CliCommand cli_workspace_commands[] = {
  { "new", "FILE [--plain] [--sample]", N_("Make a workspace, encrypted unless --plain"), run_new,
    CLI_COMMAND_INTERRUPTIBLE },
  { "schema", "[TYPE]", N_("Print the record types and their fields"), cli_run_schema, 0 },
  { "check", "", N_("Check the whole workspace, its journal included"), run_check, 0 },
  { "backup", "FILE", N_("Write a verified copy, with the same key"), run_backup, CLI_COMMAND_INTERRUPTIBLE },
  { "recover", "NEW-FILE", N_("Salvage what can be read of a damaged workspace into a new file"), run_recover,
    CLI_COMMAND_INTERRUPTIBLE },
  { NULL },
};
