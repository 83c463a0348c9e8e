/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

static void
print_record (Cli    *cli,
              EntKey  key)
{
  g_autofree char *code = ent_store_dup_code (cli->store, key);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      cli_print ("%s", code);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code);
  json_builder_end_object (builder);
  cli_print_builder (builder);
}

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
  g_autofree char *label = g_strdup_printf (_("Add %s"), ent_record_get_title (record));

  if (type->info->flags & ENT_RECORD_TYPE_LINK)
    g_set_str (&label, _("Link records"));
  if (!ent_store_write (cli->store, label, ENT_ORIGIN_USER, insert_cb, record, NULL, NULL, error))
    return FALSE;
  print_record (cli, ent_record_get_key (record));
  return TRUE;
}

static gboolean
run_add (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_edit_commands, "add"), argc, argv, NULL, 1, -1, error);
  const EntRecordType *type;
  g_autoptr (EntRecord) record = NULL;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  type = cli_type (cli, words[0], error);
  if (type == NULL)
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
  g_auto (GStrv) words = cli_parse (cli_find (cli_edit_commands, "set"), argc, argv, NULL, 2, -1, error);
  g_autoptr (EntRecord) record = NULL;
  g_autofree char *label = NULL;
  EntKey key;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  key = cli_resolve (cli, words[0], error);
  if (key == 0 || (record = ent_store_get (cli->store, key, error)) == NULL)
    return FALSE;
  label = g_strdup_printf (_("Edit %s"), ent_record_get_title (record));
  if (!cli_read_assignments (cli, record, words + 1, error) ||
      !ent_store_write (cli->store, label, ENT_ORIGIN_USER, update_cb, record, NULL, NULL, error))
    return FALSE;
  print_record (cli, key);
  return TRUE;
}

static gboolean
run_link (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_edit_commands, "link"), argc, argv, NULL, 3, -1, error);
  g_autoptr (EntRecord) record = NULL;
  g_auto (EntValue) from = ENT_VALUE_INIT;
  g_auto (EntValue) to = ENT_VALUE_INIT;
  const EntRecordType *type;
  EntKey ends[2];

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  type = cli_type (cli, "link", error);
  ends[0] = cli_resolve (cli, words[0], error);
  ends[1] = ends[0] != 0 ? cli_resolve (cli, words[2], error) : 0;
  if (type == NULL || ends[1] == 0)
    return FALSE;
  record = ent_record_new (type);
  ent_value_set_int (&from, ends[0]);
  ent_value_set_int (&to, ends[1]);
  ent_record_take (record, ent_record_type_lookup (type, "from")->index, &from);
  ent_record_take (record, ent_record_type_lookup (type, "to")->index, &to);
  if (!ent_record_set_text (record, "type", words[1], error))
    return FALSE;
  return cli_read_assignments (cli, record, words + 3, error) && add_record (cli, record, error);
}

static gboolean
change_one (Cli                *cli,
            const char         *command,
            int                 argc,
            char              **argv,
            const char         *label_format,
            EntTransactionFunc  func,
            GError            **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_edit_commands, command), argc, argv, NULL, 1, 1, error);
  g_autoptr (EntRecord) record = NULL;
  g_autofree char *label = NULL;
  EntKey key;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  /* A binned record is found by its code alone. */
  key = ent_schema_read_code (cli_type (cli, "link", NULL)->schema, words[0]);
  if (key == 0)
    key = cli_resolve (cli, words[0], error);
  if (key == 0 || (record = ent_store_get (cli->store, key, error)) == NULL)
    return FALSE;
  label = g_strdup_printf (label_format, ent_record_get_title (record));
  if (!ent_store_write (cli->store, label, ENT_ORIGIN_USER, func, &key, NULL, NULL, error))
    return FALSE;
  print_record (cli, key);
  return TRUE;
}

static gboolean
run_delete (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  return change_one (cli, "delete", argc, argv, _("Delete %s"), delete_cb, error);
}

static gboolean
run_restore (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  return change_one (cli, "restore", argc, argv, _("Restore %s"), restore_cb, error);
}

const CliCommand cli_edit_commands[] = {
  { "add", "TYPE FIELD=VALUE…", N_("Add a record; prints its code"), run_add },
  { "set", "REF FIELD=VALUE…", N_("Change fields of a record; an empty value clears a field"), run_set },
  { "link", "REF KIND REF [FIELD=VALUE…]", N_("Join two records by a link"), run_link },
  { "delete", "REF", N_("Move a record to the bin"), run_delete },
  { "restore", "REF", N_("Bring a record back from the bin"), run_restore },
  { NULL },
};
