/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_LIMIT 50
#define PAGE_ROWS     512

typedef struct
{
  char *where;
  char *sort;
  char *after;
  char *fields;
  int   limit;
} ListOptions;

static void
list_options_clear (ListOptions *self)
{
  g_free (self->where);
  g_free (self->sort);
  g_free (self->after);
  g_free (self->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

/* The ranks that are shown of what was found. */
typedef struct
{
  EntResult *result;
  GArray    *columns;
  gsize      start;
  gsize      end;
} Page;

static void
page_clear (Page *self)
{
  g_clear_pointer (&self->result, ent_result_unref);
  g_clear_pointer (&self->columns, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
run_query (Cli                  *cli,
           const EntRecordType  *type,
           const ListOptions    *options,
           EntResult           **result,
           GError              **error)
{
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (GArray) sort = NULL;
  EntQuery query = { .type = type };

  if (options->where != NULL && (filter = ent_filter_parse (type, options->where, NULL, error)) == NULL)
    return FALSE;
  query.filter = filter;
  if (options->sort != NULL)
    {
      if ((sort = ent_sort_parse (type, options->sort, error)) == NULL)
        return FALSE;
      query.sort = (const EntSort *) (gpointer) sort->data;
      query.n_sort = sort->len;
    }
  *result = ent_store_query (cli->store, &query, cli->cancellable, error);
  return *result != NULL;
}

/* --- Cursors ------------------------------------------------------------------------------------------ */

/* A cursor is the code of the last record that was shown and its rank, "P-0042@49": pages follow each other
 * without gap or repetition while the list grows before them, and go on when that record left the list. */
static char *
make_cursor (const Page *page)
{
  g_autofree char *code = NULL;

  if (page->end == page->start || page->end >= ent_result_get_n (page->result))
    return NULL;
  code = ent_record_type_make_code (ent_result_get_record_type (page->result),
                                    ent_result_get_rows (page->result)[page->end - 1]);
  return g_strdup_printf ("%s@%zu", code, page->end - 1);
}

/* A bare code does too, while the record is in the list. */
static gboolean
find_start (const EntResult  *result,
            const char       *cursor,
            gsize            *start,
            GError          **error)
{
  const EntRecordType *type = ent_result_get_record_type (result);
  const char *at = strchr (cursor, '@');
  g_autofree char *code = g_strndup (cursor, at != NULL ? (gsize) (at - cursor) : strlen (cursor));
  EntKey key = ent_schema_read_code (type->schema, code);
  guint64 rank = 0;
  gssize found;

  if (ent_key_type_number (key) != type->info->number ||
      (at != NULL && !g_ascii_string_to_unsigned (at + 1, 10, 0, G_MAXINT64, &rank, NULL)))
    return cli_usage (error, _("“%s” is no place in this list; take the one that the page before ended with"), cursor);
  found = ent_result_find (result, (guint32) ent_key_row (key));
  if (found < 0 && at == NULL)
    return cli_usage (error, _("“%s” is not in this list (any more); start again without --after"), cursor);
  *start = found >= 0 ? (gsize) found + 1 : MIN ((gsize) rank, ent_result_get_n (result));
  return TRUE;
}

/* --- Printing ----------------------------------------------------------------------------------------- */

static GArray *
fields_to_load (GArray *columns)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));
  guint title = ENT_COMMON_TITLE;

  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, guint, i) < G_MAXINT)
      g_array_append_val (fields, g_array_index (columns, guint, i));
  /* None would mean all. */
  if (fields->len == 0)
    g_array_append_val (fields, title);
  return fields;
}

static gboolean
each_record (Cli         *cli,
             const Page  *page,
             CliTable    *table,
             CliJson     *json,
             GError     **error)
{
  g_autoptr (GArray) fields = fields_to_load (page->columns);

  for (gsize at = page->start; at < page->end; at += PAGE_ROWS)
    {
      g_autoptr (GPtrArray) records = NULL;

      records = ent_store_load (cli->store, ent_result_get_record_type (page->result),
                                ent_result_get_rows (page->result) + at, MIN (PAGE_ROWS, page->end - at),
                                (const guint *) (gpointer) fields->data, fields->len, cli->cancellable, error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          EntRecord *record = g_ptr_array_index (records, i);

          if (record == NULL)
            continue;
          if (table != NULL)
            {
              cli_table_add_record (table, cli, record, page->columns);
              continue;
            }
          cli_json_begin_object (json, NULL);
          cli_json_record (json, cli, record, page->columns);
          cli_json_end (json);
        }
    }
  return TRUE;
}

static gboolean
print_text (Cli         *cli,
            const Page  *page,
            GError     **error)
{
  g_autofree char *next = make_cursor (page);
  g_autoptr (CliTable) table = cli_table_new ();

  cli_table_add_header (table, ent_result_get_record_type (page->result), page->columns);
  if (!each_record (cli, page, table, NULL, error))
    return FALSE;
  g_clear_pointer (&table, cli_table_free);
  if (next == NULL)
    return TRUE;
  /* After the rows, when both go to the same place. */
  if (!cli_flush (error))
    return FALSE;
  cli_note (_("%'zu of %'zu are shown; go on with --after %s"), page->end - page->start,
            ent_result_get_n (page->result), next);
  return TRUE;
}

static gboolean
print_json (Cli         *cli,
            const Page  *page,
            GError     **error)
{
  g_autofree char *next = make_cursor (page);
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "total", (gint64) ent_result_get_n (page->result));
  cli_json_text (json, "next", next);
  cli_json_begin_array (json, "records");
  if (!each_record (cli, page, NULL, json, error))
    return FALSE;
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

static gboolean
show_list (Cli                 *cli,
           const EntRecordType *type,
           const ListOptions   *options,
           GError             **error)
{
  g_auto (Page) page = { NULL };

  page.columns = options->fields != NULL ? cli_read_columns (type, options->fields, error)
                                         : cli_default_columns (type);
  if (page.columns == NULL || !run_query (cli, type, options, &page.result, error))
    return FALSE;
  if (options->after != NULL && !find_start (page.result, options->after, &page.start, error))
    return FALSE;
  page.end = ent_result_get_n (page.result);
  if (options->limit > 0)
    page.end = MIN (page.end, page.start + (gsize) options->limit);
  return cli->json ? print_json (cli, &page, error) : print_text (cli, &page, error);
}

static gboolean
run_list (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (ListOptions) options = { .limit = DEFAULT_LIMIT };
  const GOptionEntry entries[] = {
    CLI_TEXT ("where", &options.where, "EXPR", N_("Only records that fit: level = \"Strategic\" and arr > 100000")),
    CLI_TEXT ("sort", &options.sort, "F,-G", N_("Order by these fields; with a hyphen, the greatest first")),
    CLI_INT ("limit", &options.limit, "N", N_("At most so many; 0: all (default 50)")),
    CLI_TEXT ("after", &options.after, "CURSOR", N_("Go on where the page before ended")),
    CLI_TEXT ("fields", &options.fields, "a,b", N_("These fields; also id and code")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 1, error);
  const EntRecordType *type;

  if (words == NULL || !cli_check_int ("limit", options.limit, 0, error) || !cli_open_to_read (cli, error))
    return FALSE;
  type = cli_type (cli, words[0], error);
  return type != NULL && show_list (cli, type, &options, error);
}

static gboolean
run_count (Cli     *cli,
           int      argc,
           char   **argv,
           GError **error)
{
  g_autofree char *where = NULL;
  const GOptionEntry entries[] = {
    CLI_TEXT ("where", &where, "EXPR", N_("Only records that fit")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 1, error);
  g_autoptr (EntFilter) filter = NULL;
  EntQuery query = { NULL };
  gint64 count;

  if (words == NULL || !cli_open_to_read (cli, error) || (query.type = cli_type (cli, words[0], error)) == NULL)
    return FALSE;
  if (where != NULL && (filter = ent_filter_parse (query.type, where, NULL, error)) == NULL)
    return FALSE;
  query.filter = filter;
  count = ent_store_count (cli->store, &query, cli->cancellable, error);
  if (count < 0)
    return FALSE;
  /* Scripts compare it as it is. */
  if (cli_is_terminal () && !cli->json)
    cli_print ("%'" G_GINT64_FORMAT, count);
  else
    cli_print ("%" G_GINT64_FORMAT, count);
  return TRUE;
}

const CliCommand cli_record_commands[] = {
  { "list", "TYPE [--where EXPR] [--sort F,-G] [--limit N] [--after CURSOR] [--fields a,b]",
    N_("List records"), run_list, 0 },
  { "count", "TYPE [--where EXPR]", N_("Count records"), run_count, 0 },
  { "show", "REF [--at DATE]", N_("Show one record, now or as it was"), cli_run_show, 0 },
  { "search", "TEXT [--type TYPE] [--limit N]", N_("Find records by their words"), cli_run_search, 0 },
  { NULL },
};
