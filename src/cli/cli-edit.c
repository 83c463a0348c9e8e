/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

/* Prints the record as it is now: with its defaults, and what the store added. */
static gboolean
insert_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  return ent_transaction_insert (transaction, user_data, error);
}

static gboolean
update_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  return ent_transaction_update (transaction, user_data, error);
}

static gboolean
delete_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  return ent_transaction_delete (transaction, *(EntKey *) user_data, error);
}

static gboolean
restore_cb (EntTransaction  *transaction,
            gpointer         user_data,
            GError         **error)
{
  return ent_transaction_restore (transaction, *(EntKey *) user_data, error);
}

static gboolean
add_record (Cli       *cli,
            EntRecord *record,
            GError   **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  g_autofree char *label = NULL;

  if (type->info->flags & ENT_RECORD_TYPE_LINK)
    label = g_strdup (_("Link records"));
  else
    label = g_strdup_printf (_("Add %s"), ent_record_get_title (record));
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, insert_cb, record, NULL, NULL, error) &&
         cli_print_record (cli, ent_record_get_key (record), error);
}

static gboolean
run_add (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 1, -1, error);
  const EntRecordType *type;
  g_autoptr (EntRecord) record = NULL;

  if (words == NULL || !cli_open (cli, error) || (type = cli_type (cli, words[0], error)) == NULL)
    return FALSE;
  record = ent_record_new (type);
  return cli_read_assignments (cli, record, words + 1, error) && add_record (cli, record, error);
}

static gboolean
run_set (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 2, -1, error);
  g_autoptr (EntRecord) record = NULL;
  g_autofree char *label = NULL;
  EntKey key;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  key = cli_resolve (cli, words[0], error);
  if (key == 0 || (record = ent_store_get (cli->store, key, error)) == NULL)
    return FALSE;
  label = g_strdup_printf (_("Edit %s"), ent_record_get_title (record));
  return cli_read_assignments (cli, record, words + 1, error) &&
         ent_store_write (cli->store, label, ENT_ORIGIN_USER, update_cb, record, NULL, NULL, error) &&
         cli_print_record (cli, key, error);
}

static gboolean
run_link (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 3, -1, error);
  g_autoptr (EntRecord) record = NULL;
  const char *ends[] = { "from", "to" };
  const EntRecordType *type;

  if (words == NULL || !cli_open (cli, error) || (type = cli_type (cli, "link", error)) == NULL)
    return FALSE;
  record = ent_record_new (type);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_auto (EntValue) end = ENT_VALUE_INIT;
      EntKey key = cli_resolve (cli, words[2 * i], error);

      if (key == 0)
        return FALSE;
      ent_value_set_int (&end, key);
      ent_record_take (record, ent_record_type_lookup (type, ends[i])->index, &end);
    }
  return ent_record_set_text (record, "type", words[1], error) &&
         cli_read_assignments (cli, record, words + 3, error) && add_record (cli, record, error);
}

static gboolean
change_one (Cli                *cli,
            int                 argc,
            char              **argv,
            const char         *label_format,
            EntTransactionFunc  func,
            GError            **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 1, 1, error);
  g_autoptr (EntRecord) record = NULL;
  g_autofree char *label = NULL;
  EntKey key;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  key = func == restore_cb ? cli_resolve_binned (cli, words[0], error) : cli_resolve (cli, words[0], error);
  if (key == 0 || (record = ent_store_get (cli->store, key, error)) == NULL)
    return FALSE;
  label = g_strdup_printf (label_format, ent_record_get_title (record));
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, func, &key, NULL, NULL, error) &&
         cli_print_record (cli, key, error);
}

static gboolean
run_delete (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  return change_one (cli, argc, argv, _("Delete %s"), delete_cb, error);
}

static gboolean
run_restore (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  return change_one (cli, argc, argv, _("Restore %s"), restore_cb, error);
}

const CliCommand cli_edit_commands[] = {
  { "add", "TYPE FIELD=VALUE…", N_("Add a record; prints its code"), run_add, 0 },
  { "set", "REF FIELD=VALUE…", N_("Change fields of a record; an empty value clears a field"), run_set, 0 },
  { "link", "REF KIND REF [FIELD=VALUE…]", N_("Join two records by a link; “schema link” lists the kinds"),
    run_link, 0 },
  { "delete", "REF", N_("Move a record to the bin"), run_delete, 0 },
  { "restore", "REF", N_("Bring a record back from the bin"), run_restore, 0 },
  { NULL },
};
