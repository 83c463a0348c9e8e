/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#define DEFAULT_LIMIT 20

/* --- show --------------------------------------------------------------------------------------------- */

typedef gboolean (*LinesFunc) (Cli                 *cli,
                               const EntRecordType *type,
                               GPtrArray           *lines,
                               gpointer             data);

static gboolean
each_child_type (Cli       *cli,
                 EntRecord *record,
                 LinesFunc  func,
                 gpointer   data,
                 GError   **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < type->children->len; i++)
    {
      const EntRecordType *child = g_ptr_array_index (type->children, i);
      g_autoptr (GPtrArray) lines = ent_store_get_children (cli->store, ent_record_get_key (record), child, error);

      if (lines == NULL)
        return FALSE;
      if (lines->len > 0)
        func (cli, child, lines, data);
    }
  return TRUE;
}

static void
show_fields (Cli       *cli,
             EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  g_autoptr (CliTable) table = cli_table_new ();

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_autofree char *text = NULL;

      if (ent_value_is_null (ent_record_get (record, i)))
        continue;
      text = ent_value_display (field, ent_record_get (record, i), ENT_DISPLAY_FULL, ent_store_name, cli->store);
      cli_table_add (table, ent_field_get_label (field));
      cli_table_add (table, text);
      cli_table_end_row (table);
    }
}

static gboolean
print_lines (Cli                 *cli,
             const EntRecordType *type,
             GPtrArray           *lines,
             gpointer             data)
{
  g_autoptr (GArray) columns = cli_default_columns (type);
  g_autoptr (CliTable) table = NULL;

  cli_print ("\n%s", ent_record_type_get_label (type, TRUE));
  table = cli_table_new ();
  cli_table_add_header (table, type, columns);
  for (guint i = 0; i < lines->len; i++)
    cli_table_add_record (table, cli, g_ptr_array_index (lines, i), columns);
  return TRUE;
}

static gboolean
show_text (Cli       *cli,
           EntRecord *record,
           gboolean   with_children,
           GError   **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  gboolean is_binned = ent_record_get_int (record, "deleted_at", 0) > 0;

  cli_print ("%s  %s  (%s)%s", ent_record_get_code (record), ent_record_get_title (record),
             ent_record_type_get_label (type, FALSE), is_binned ? _(", in the bin") : "");
  show_fields (cli, record);
  return !with_children || each_child_type (cli, record, print_lines, NULL, error);
}

static gboolean
build_lines (Cli                 *cli,
             const EntRecordType *type,
             GPtrArray           *lines,
             gpointer             data)
{
  CliJson *json = data;

  cli_json_begin_array (json, type->info->name);
  for (guint i = 0; i < lines->len; i++)
    {
      cli_json_begin_object (json, NULL);
      cli_json_record (json, cli, g_ptr_array_index (lines, i), NULL);
      cli_json_end (json);
    }
  cli_json_end (json);
  return TRUE;
}

static gboolean
show_json (Cli       *cli,
           EntRecord *record,
           gboolean   with_children,
           GError   **error)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_record (json, cli, record, NULL);
  if (with_children && ent_record_get_record_type (record)->children->len > 0)
    {
      cli_json_begin_object (json, "children");
      if (!each_child_type (cli, record, build_lines, json, error))
        return FALSE;
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

gboolean
cli_run_show (Cli     *cli,
              int      argc,
              char   **argv,
              GError **error)
{
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    CLI_TEXT ("at", &at, "DATE", N_("As it was at the end of that day, or at that moment: 2026-01-31T12:00")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 1, error);
  g_autoptr (EntRecord) record = NULL;
  gint64 moment = 0;
  EntKey key;

  if (words == NULL || (at != NULL && !cli_read_moment (at, &moment, error)) || !cli_open_to_read (cli, error))
    return FALSE;
  key = cli_resolve_binned (cli, words[0], error);
  if (key == 0)
    return FALSE;
  record = at != NULL ? ent_store_get_at (cli->store, key, moment, error) : ent_store_get (cli->store, key, error);
  if (record == NULL)
    return FALSE;
  return cli->json ? show_json (cli, record, at == NULL, error) : show_text (cli, record, at == NULL, error);
}

/* --- search ------------------------------------------------------------------------------------------- */

static void
print_hits_json (Cli       *cli,
                 GPtrArray *hits)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (EntSchema) schema = ent_store_dup_schema (cli->store);

  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < hits->len; i++)
    {
      EntHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *code = ent_store_dup_code (cli->store, hit->key);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "code", code);
      cli_json_text (json, "record_type", ent_schema_lookup_key (schema, hit->key)->info->name);
      cli_json_text (json, "title", hit->title);
      cli_json_text (json, "snippet", hit->snippet);
      cli_json_int (json, "score", hit->score);
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_print (json);
}

static void
print_hits (Cli       *cli,
            GPtrArray *hits)
{
  g_autoptr (CliTable) table = cli_table_new ();

  for (guint i = 0; i < hits->len; i++)
    {
      EntHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *code = ent_store_dup_code (cli->store, hit->key);

      cli_table_add (table, code);
      cli_table_add (table, hit->title);
      cli_table_add (table, hit->snippet);
      cli_table_end_row (table);
    }
}

gboolean
cli_run_search (Cli     *cli,
                int      argc,
                char   **argv,
                GError **error)
{
  g_autofree char *type_name = NULL;
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    CLI_TEXT ("type", &type_name, "TYPE", N_("Only records of this type")),
    CLI_INT ("limit", &limit, "N", N_("At most so many (default 20)")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, -1, error);
  g_autofree char *text = words != NULL ? g_strjoinv (" ", words) : NULL;
  const EntRecordType *type = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  if (words == NULL || !cli_check_int ("limit", limit, 1, error) || !cli_open_to_read (cli, error))
    return FALSE;
  if (type_name != NULL && (type = cli_type (cli, type_name, error)) == NULL)
    return FALSE;
  /* Where the index cannot be brought up to date now, what it has is searched. */
  if (!ent_store_is_read_only (cli->store))
    ent_store_index (cli->store, cli->cancellable, NULL);
  hits = ent_store_search (cli->store, text, type, (guint) limit, cli->cancellable, error);
  if (hits == NULL)
    return FALSE;
  if (cli->json)
    print_hits_json (cli, hits);
  else
    print_hits (cli, hits);
  return TRUE;
}
