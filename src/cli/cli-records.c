/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#define DEFAULT_LIMIT 50
#define PAGE_ROWS     512

/* The options that list, count and export of records share. */
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

static gboolean
read_filter (const EntRecordType *type,
             const char          *text,
             EntFilter          **filter,
             GError             **error)
{
  g_autoptr (GError) local = NULL;

  *filter = NULL;
  if (text == NULL)
    return TRUE;
  *filter = ent_filter_parse (type, text, NULL, &local);
  if (*filter == NULL)
    return cli_usage (error, "%s", local->message);
  return TRUE;
}

static EntResult *
run_query (Cli                  *cli,
           const EntRecordType  *type,
           const ListOptions    *options,
           GError              **error)
{
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (GArray) sort = NULL;
  g_autoptr (GError) local = NULL;
  EntQuery query = { .type = type };

  if (!read_filter (type, options->where, &filter, error))
    return NULL;
  if (options->sort != NULL)
    {
      sort = ent_sort_parse (type, options->sort, &local);
      if (sort == NULL)
        {
          cli_usage (error, "%s", local->message);
          return NULL;
        }
      query.sort = (const EntSort *) (gpointer) sort->data;
      query.n_sort = sort->len;
    }
  query.filter = filter;
  return ent_store_query (cli->store, &query, NULL, error);
}

/* Where the page after @cursor starts: the cursor is the code of the last record that was shown. */
static gboolean
find_start (const EntRecordType *type,
            const EntResult     *result,
            const char          *cursor,
            gsize               *start,
            GError             **error)
{
  EntKey key;
  gssize rank;

  *start = 0;
  if (cursor == NULL)
    return TRUE;
  key = ent_schema_read_code (type->schema, cursor);
  rank = ent_key_type_number (key) == type->info->number
           ? ent_result_find (result, (guint32) ent_key_row (key)) : -1;
  if (rank < 0)
    return cli_usage (error, _("“%s” is not in the list; use the “next” of the page before"), cursor);
  *start = (gsize) rank + 1;
  return TRUE;
}

static GArray *
default_fields (const EntRecordType *type)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (i == ENT_COMMON_TITLE || (ent_record_type_get_nth (type, i)->info.flags & ENT_FIELD_COLUMN))
      g_array_append_val (fields, i);
  return fields;
}

static char *
shown_value (Cli            *cli,
             EntRecord      *record,
             const EntField *field)
{
  return ent_value_display (field, ent_record_get (record, field->index), ENT_DISPLAY_SHORT,
                            ent_store_name, cli->store);
}

static void
print_header (const EntRecordType *type,
              GArray              *fields)
{
  g_autoptr (GString) line = g_string_new (_("Code"));

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (line, "\t%s",
                            ent_field_get_label (ent_record_type_get_nth (type, g_array_index (fields, guint, i))));
  cli_print ("%s", line->str);
}

static void
print_row (Cli       *cli,
           EntRecord *record,
           GArray    *fields)
{
  g_autoptr (GString) line = g_string_new (ent_record_get_code (record));
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, g_array_index (fields, guint, i));
      g_autofree char *text = shown_value (cli, record, field);

      g_string_append_printf (line, "\t%s", g_strdelimit (text, "\t\n\r", ' '));
    }
  cli_print ("%s", line->str);
}

typedef void (*RowFunc) (Cli *cli, EntRecord *record, GArray *fields, gpointer data);

static gboolean
each_row (Cli             *cli,
          const EntResult *result,
          gsize            start,
          gsize            end,
          GArray          *fields,
          RowFunc          func,
          gpointer         data,
          GError         **error)
{
  for (gsize at = start; at < end; at += PAGE_ROWS)
    {
      g_autoptr (GPtrArray) page =
        ent_store_load (cli->store, ent_result_get_record_type (result), ent_result_get_rows (result) + at,
                        MIN (PAGE_ROWS, end - at), (const guint *) (gpointer) fields->data, fields->len,
                        NULL, error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        if (g_ptr_array_index (page, i) != NULL)
          func (cli, g_ptr_array_index (page, i), fields, data);
    }
  return TRUE;
}

static void
text_row_cb (Cli       *cli,
             EntRecord *record,
             GArray    *fields,
             gpointer   data)
{
  print_row (cli, record, fields);
}

static void
json_row_cb (Cli       *cli,
             EntRecord *record,
             GArray    *fields,
             gpointer   data)
{
  JsonBuilder *builder = data;

  json_builder_begin_object (builder);
  cli_build_record (cli, builder, record, (const guint *) (gpointer) fields->data, fields->len);
  json_builder_end_object (builder);
}

static gboolean
print_list (Cli                 *cli,
            const EntRecordType *type,
            const EntResult     *result,
            gsize                start,
            gsize                end,
            GArray              *fields,
            GError             **error)
{
  if (end > start)
    print_header (type, fields);
  if (!each_row (cli, result, start, end, fields, text_row_cb, NULL, error))
    return FALSE;
  if (end < ent_result_get_n (result))
    {
      g_autofree char *next = ent_record_type_make_code (type, ent_result_get_rows (result)[end - 1]);

      g_printerr (_("%zu of %zu shown; --after %s continues.\n"), end - start,
                  ent_result_get_n (result), next);
    }
  return TRUE;
}

static gboolean
print_list_json (Cli                 *cli,
                 const EntRecordType *type,
                 const EntResult     *result,
                 gsize                start,
                 gsize                end,
                 GArray              *fields,
                 GError             **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *next = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "total");
  json_builder_add_int_value (builder, (gint64) ent_result_get_n (result));
  json_builder_set_member_name (builder, "next");
  if (end > start && end < ent_result_get_n (result))
    next = ent_record_type_make_code (type, ent_result_get_rows (result)[end - 1]);
  if (next != NULL)
    json_builder_add_string_value (builder, next);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "records");
  json_builder_begin_array (builder);
  if (!each_row (cli, result, start, end, fields, json_row_cb, builder, error))
    return FALSE;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cli_print_builder (builder);
  return TRUE;
}

static gboolean
show_list (Cli                 *cli,
           const EntRecordType *type,
           const ListOptions   *options,
           GError             **error)
{
  g_autoptr (EntResult) result = NULL;
  g_autoptr (GArray) fields = NULL;
  gsize start, end;

  fields = options->fields != NULL ? cli_read_fields (type, options->fields, error) : default_fields (type);
  if (fields == NULL)
    return FALSE;
  result = run_query (cli, type, options, error);
  if (result == NULL || !find_start (type, result, options->after, &start, error))
    return FALSE;
  end = ent_result_get_n (result);
  if (options->limit > 0)
    end = MIN (end, start + (gsize) options->limit);
  return cli->json ? print_list_json (cli, type, result, start, end, fields, error)
                   : print_list (cli, type, result, start, end, fields, error);
}

static gboolean
run_list (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (ListOptions) options = { .limit = DEFAULT_LIMIT };
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_STRING, &options.where, NULL, NULL },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, NULL, NULL },
    { "after", 0, 0, G_OPTION_ARG_STRING, &options.after, NULL, NULL },
    { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_record_commands, "list"), argc, argv, entries, 1, 1, error);
  const EntRecordType *type;

  if (words == NULL || !cli_open (cli, error))
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
    { "where", 0, 0, G_OPTION_ARG_STRING, &where, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_record_commands, "count"), argc, argv, entries, 1, 1, error);
  g_autoptr (EntFilter) filter = NULL;
  EntQuery query = { NULL };
  gint64 count;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  query.type = cli_type (cli, words[0], error);
  if (query.type == NULL || !read_filter (query.type, where, &filter, error))
    return FALSE;
  query.filter = filter;
  count = ent_store_count (cli->store, &query, NULL, error);
  if (count < 0)
    return FALSE;
  cli_print ("%" G_GINT64_FORMAT, count);
  return TRUE;
}

/* --- show --------------------------------------------------------------------------------------------- */

static void
show_text (Cli       *cli,
           EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  cli_print ("%s  %s  (%s)", ent_record_get_code (record), ent_record_get_title (record),
             ent_record_type_get_label (type, FALSE));
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_autofree char *text = NULL;

      if (ent_value_is_null (ent_record_get (record, i)))
        continue;
      text = ent_value_display (field, ent_record_get (record, i), ENT_DISPLAY_FULL, ent_store_name, cli->store);
      cli_print ("%s: %s", ent_field_get_label (field), text);
    }
}

static gboolean
build_children (Cli         *cli,
                JsonBuilder *builder,
                EntRecord   *record,
                GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < type->children->len; i++)
    {
      const EntRecordType *child = g_ptr_array_index (type->children, i);
      g_autoptr (GPtrArray) lines = ent_store_get_children (cli->store, ent_record_get_key (record), child, error);

      if (lines == NULL)
        return FALSE;
      if (lines->len == 0)
        continue;
      json_builder_set_member_name (builder, child->info->name);
      json_builder_begin_array (builder);
      for (guint j = 0; j < lines->len; j++)
        {
          json_builder_begin_object (builder);
          cli_build_record (cli, builder, g_ptr_array_index (lines, j), NULL, 0);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  return TRUE;
}

static gboolean
show_json (Cli       *cli,
           EntRecord *record,
           gboolean   with_children,
           GError   **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_build_record (cli, builder, record, NULL, 0);
  if (with_children && !build_children (cli, builder, record, error))
    return FALSE;
  json_builder_end_object (builder);
  cli_print_builder (builder);
  return TRUE;
}

static gboolean
run_show (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_record_commands, "show"), argc, argv, entries, 1, 1, error);
  g_autoptr (EntRecord) record = NULL;
  gint64 moment = 0;
  EntKey key;

  if (words == NULL || (at != NULL && !cli_read_moment (at, &moment, error)) || !cli_open (cli, error))
    return FALSE;
  key = cli_resolve (cli, words[0], error);
  if (key == 0)
    return FALSE;
  record = at != NULL ? ent_store_get_at (cli->store, key, moment, error) : ent_store_get (cli->store, key, error);
  if (record == NULL)
    return FALSE;
  if (cli->json)
    return show_json (cli, record, at == NULL, error);
  show_text (cli, record);
  return TRUE;
}

/* --- search ------------------------------------------------------------------------------------------- */

static void
print_hits_json (Cli       *cli,
                 GPtrArray *hits)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      EntHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *code = ent_store_dup_code (cli->store, hit->key);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "code");
      json_builder_add_string_value (builder, code);
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, hit->title);
      json_builder_set_member_name (builder, "snippet");
      json_builder_add_string_value (builder, hit->snippet);
      json_builder_set_member_name (builder, "score");
      json_builder_add_int_value (builder, hit->score);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_print_builder (builder);
}

static void
print_hits (Cli       *cli,
            GPtrArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    {
      EntHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *code = ent_store_dup_code (cli->store, hit->key);

      cli_print ("%s\t%s\t%s", code, hit->title, hit->snippet != NULL ? hit->snippet : "");
    }
}

static gboolean
run_search (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_autofree char *type_name = NULL;
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING, &type_name, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_record_commands, "search"), argc, argv, entries, 1, -1, error);
  g_autofree char *text = words != NULL ? g_strjoinv (" ", words) : NULL;
  const EntRecordType *type = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  if (type_name != NULL && (type = cli_type (cli, type_name, error)) == NULL)
    return FALSE;
  if (!ent_store_index (cli->store, NULL, error))
    return FALSE;
  hits = ent_store_search (cli->store, text, type, (guint) MAX (limit, 1), NULL, error);
  if (hits == NULL)
    return FALSE;
  if (cli->json)
    print_hits_json (cli, hits);
  else
    print_hits (cli, hits);
  return TRUE;
}

const CliCommand cli_record_commands[] = {
  { "list", "TYPE [--where EXPR] [--sort F,-G] [--limit N] [--after CURSOR] [--fields a,b]",
    N_("List records; --limit 0 shows all"), run_list },
  { "count", "TYPE [--where EXPR]", N_("Count records"), run_count },
  { "show", "REF [--at DATE]", N_("Show one record, now or as it was"), run_show },
  { "search", "TEXT [--type TYPE] [--limit N]", N_("Find records by their words"), run_search },
  { NULL },
};
