/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <csv.h>
#include <string.h>

#include "exchange/ent-table-source.h"

static EntTableSource *
open_text (const char *text,
           gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  EntTableSource *source = ent_table_source_new_for_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return source;
}

/* All of a table as one text: cells between bars, rows between line ends, flags in front. */
static char *
read_all (EntTableSource *source)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  EntTableRow row;

  while (ent_table_source_next (source, &row, &error))
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, "%" G_GUINT64_FORMAT "%s:", row.line,
                              row.flags & ENT_TABLE_ROW_OPEN ? "o"
                              : row.flags & ENT_TABLE_ROW_REPAIRED ? "r"
                              : row.flags & ENT_TABLE_ROW_BAD_BYTES ? "b" : "");
      for (guint i = 0; i < row.n_cells; i++)
        {
          g_assert_cmpuint (strlen (row.cells[i].text), ==, row.cells[i].length);
          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row.cells[i].text);
        }
    }
  g_assert_no_error (error);
  return g_string_free_and_steal (text);
}

static void
assert_rows (const char *text,
             const char *expected)
{
  g_autoptr (EntTableSource) source = open_text (text, -1);
  g_autofree char *rows = read_all (source);
  g_autofree char *again = NULL;

  g_assert_cmpstr (rows, ==, expected);
  g_assert_true (ent_table_source_rewind (source, NULL));
  again = read_all (source);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_sniff (void)
{
  static const struct
  {
    const char  *text;
    gsize        length;
    const char  *encoding;
    char         delimiter;
    char         quote;
    EntCsvEscape escape;
    gboolean     has_header;
    guint        skip_lines;
  } cases[] =
  {
    { "name,city\nAcme,Bonn\nBeta,Rome\n", 0, "UTF-8", ',', '"', 0, TRUE, 0 },
    { "name;arr\nAcme;1.234,50\nBeta;7,25\n", 0, "UTF-8", ';', '"', 0, TRUE, 0 },
    { "name\tcity, country\nAcme\tBonn, DE\n", 0, "UTF-8", '\t', '"', 0, TRUE, 0 },
    { "name|city\nAcme|Bonn\n", 0, "UTF-8", '|', '"', 0, TRUE, 0 },
    { "name city\nAcme Bonn\nBeta Rome\n", 0, "UTF-8", ' ', '"', 0, TRUE, 0 },
    { "name,city\r\nAcme,Bonn\r\n", 0, "UTF-8", ',', '"', 0, TRUE, 0 },
    { "1,2024-01-05,7.5\n2,2024-02-06,8.5\n", 0, "UTF-8", ',', '"', 0, FALSE, 0 },
    { "Acme,info@acme.example\nBeta,x@beta.example\n", 0, "UTF-8", ',', '"', 0, FALSE, 0 },
    { "museum,2011,2010\nPitti,23.824,17.518\n", 0, "UTF-8", ',', '"', 0, TRUE, 0 },
    { "\n\n\nname,city\nAcme,Bonn\n", 0, "UTF-8", ',', '"', 0, TRUE, 3 },
    { "Partner report\nMade on 3 May\n\nname;city;since\nAcme;Bonn;2020\nBeta;Rome;2021\n", 0,
      "UTF-8", ';', '"', 0, TRUE, 3 },
    { "name,note\nAcme,\"48\\\" table\"\nBeta,\"say \\\"hi\\\", then\"\n", 0, "UTF-8", ',', '"',
      ENT_CSV_ESCAPE_BACKSLASH, TRUE, 0 },
    { "name,folder\nAcme,\"C:\\files\\\"\nBeta,\"D:\\\"\n", 0, "UTF-8", ',', '"',
      ENT_CSV_ESCAPE_DOUBLING, TRUE, 0 },
    { "name,note\n'Acme, Inc.','one'\n'Beta, Ltd.','two'\n", 0, "UTF-8", ',', '\'', 0, TRUE, 0 },
    { "\357\273\277name,city\nAcme,K\303\266ln\n", 0, "UTF-8", ',', '"', 0, TRUE, 0 },
    { "name,city\nAcme,K\366ln\nBeta,Gen\350ve\n", 0, "WINDOWS-1252", ',', '"', 0, TRUE, 0 },
    { "\377\376n\0,\0c\0\n\0A\0,\0B\0\n\0", 16, "UTF-16LE", ',', '"', 0, TRUE, 0 },
    { "n\0a\0m\0e\0,\0c\0\n\0A\0c\0m\0e\0,\0B\0\n\0", 28, "UTF-16LE", ',', '"', 0, TRUE, 0 },
    { "\0n\0a\0m\0e\0,\0c\0\n\0A\0c\0m\0e\0,\0B\0\n", 28, "UTF-16BE", ',', '"', 0, TRUE, 0 },
    { "", 0, "UTF-8", ',', '"', 0, TRUE, 0 },
    { "x", 0, "UTF-8", ',', '"', 0, TRUE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length > 0 ? cases[i].length : strlen (cases[i].text);
      EntCsvDialect dialect;

      g_test_message ("case %u", i);
      ent_csv_sniff ((const guint8 *) cases[i].text, length, NULL, &dialect);
      g_assert_cmpstr (dialect.encoding, ==, cases[i].encoding);
      g_assert_cmpint (dialect.delimiter, ==, cases[i].delimiter);
      g_assert_cmpint (dialect.quote, ==, cases[i].quote);
      g_assert_cmpint (dialect.escape, ==, cases[i].escape);
      g_assert_cmpint (dialect.has_header, ==, cases[i].has_header);
      g_assert_cmpuint (dialect.skip_lines, ==, cases[i].skip_lines);
    }
}

static void
test_cells (void)
{
  assert_rows ("a,b,c\n1,2,3\n", "2:1|2|3");
  assert_rows ("a,b,c\r\n1,\"x\r\ny\",3\r\n4,5,6", "2:1|x\r\ny|3\n4:4|5|6");
  assert_rows ("a,b,c\r1,2,3\r4,5,6\r", "2:1|2|3\n3:4|5|6");
  assert_rows ("a,b\n\n1,2\n\n  \n3,4\n", "3:1|2\n6:3|4");
  assert_rows ("a,b\n\"ha \"\"ha\"\" ha\",x\n", "2:ha \"ha\" ha|x");
  assert_rows ("a,b,c\n1,\"\",\n", "2:1||");
  assert_rows ("a,b\n1 , \"two\" \n", "2:1 |two");
  assert_rows ("a,b\nabc\"def,x\n", "2:abc\"def|x");
  assert_rows ("a,b\n\"abc\"def\",x\n", "2r:abc\"def|x");
  /* Ragged rows are told by their number of cells. */
  assert_rows ("a,b,c\n1\n1,2\n1,2,3,4\n", "2:1\n3:1|2\n4:1|2|3|4");
}

static void
test_repairs (void)
{
  /* Quotes that open nothing: the number of columns shows which. */
  assert_rows ("a,b,c\n1,\"Light jacket,\"warm, dry\"\n4,5,6\n",
               "2r:1|\"Light jacket|warm, dry\n3:4|5|6");
  assert_rows ("a,b,c\n\"1,2,3\n4,5,6\n\"7\",8,9\n", "2r:\"1|2|3\n3:4|5|6\n4:7|8|9");
  assert_rows ("a,b,c\n1,2,\"\n4,5,6\n7,\"8\",9\n", "2r:1|2|\"\n3:4|5|6\n4:7|8|9");
  assert_rows ("a,b,c,d\n1,2,\"\"http://x\",\n", "2r:1|2|\"http://x|");
  /* One that is never closed takes its line, not the file. */
  assert_rows ("a,b\n1,2\n3,\"open\n5,6\n", "2:1|2\n3r:3|\"open\n4:5|6");
  assert_rows ("a,b\n\"open\n5,6\n", "2o:\"open\n3:5|6");
}

static void
test_bytes (void)
{
  g_autoptr (EntTableSource) nuls = open_text ("a,b,c\n\0,2,3\n", 12);
  g_autofree char *nul_rows = read_all (nuls);
  g_autoptr (GString) late = g_string_new ("name,city\n");
  g_autoptr (EntTableSource) source = NULL;
  EntTableRow row;
  guint64 n_rows = 0, n_bad = 0;

  g_assert_cmpstr (nul_rows, ==, "2:|2|3");

  /* One bad byte far behind what is sniffed: the rest stays UTF-8. */
  for (guint i = 0; i < 20000; i++)
    g_string_append (late, i == 19000 ? "Gen\350ve,\303\251\n" : "K\303\266ln am Rhein,\303\251\n");
  source = open_text (late->str, (gssize) late->len);
  while (ent_table_source_next (source, &row, NULL))
    {
      n_rows++;
      n_bad += row.flags & ENT_TABLE_ROW_BAD_BYTES ? 1 : 0;
      g_assert_cmpstr (row.cells[1].text, ==, "\303\251");
    }
  g_assert_cmpuint (n_rows, ==, 20000);
  g_assert_cmpuint (n_bad, ==, 1);
}

static void
test_names (void)
{
  g_autoptr (EntTableSource) source = open_text (" name ,,name,\nx,2,3,4\n", -1);
  guint n;
  const char * const *columns = ent_table_source_get_columns (source, &n);
  g_autofree char *joined = g_strjoinv ("|", (char **) columns);

  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (joined, ==, "name|Column 2|name (2)|Column 4");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text;
    int         code;
  } cases[] =
  {
    { "", ENT_EXCHANGE_ERROR_EMPTY },
    { "\n\n", ENT_EXCHANGE_ERROR_EMPTY },
    { "PK\003\004zip", ENT_EXCHANGE_ERROR_FORMAT },
    { "%PDF-1.4", ENT_EXCHANGE_ERROR_FORMAT },
    { "<!doctype html>", ENT_EXCHANGE_ERROR_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_table_source_new_for_bytes (bytes, NULL, NULL, &error));
      g_assert_error (error, ENT_EXCHANGE_ERROR, cases[i].code);
    }
  g_assert_cmpint (ent_csv_delimiter_parse ("tab", NULL), ==, '\t');
  g_assert_cmpint (ent_csv_delimiter_parse ("Semicolon", NULL), ==, ';');
  g_assert_cmpint (ent_csv_delimiter_parse ("|", NULL), ==, '|');
  g_assert_cmpint (ent_csv_delimiter_parse ("ab", NULL), ==, 0);
  g_assert_cmpstr (ent_csv_encoding_parse ("latin1", NULL), ==, "ISO-8859-1");
  g_assert_null (ent_csv_encoding_parse ("martian", NULL));
}

static void
test_json (void)
{
  g_autoptr (EntTableSource) source =
    open_text (" [ {\"a\": \"x}\\\"\", \"b\": 12.50},\n {\"b\": true, \"c\": [\"p;q\", \"r\"], "
               "\"a\": null},{\"children\": {\"deal_party\": []}, \"d\": {\"k\": 1}} ]", -1);
  g_autofree char *columns = g_strjoinv ("|", (char **) ent_table_source_get_columns (source,
                                                                                      NULL));
  g_autofree char *rows = read_all (source);
  g_autoptr (GBytes) broken = g_bytes_new_static ("[{\"a\": 1}, {\"a\": }]", 19);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ent_table_source_get_format (source), ==, ENT_TABLE_JSON);
  g_assert_cmpstr (columns, ==, "a|b|c|d");
  g_assert_cmpstr (rows, ==, "1:x}\"|12.50||\n2:|true|p\\;q; r|\n3:|||{\"k\":1}");

  g_assert_null (ent_table_source_new_for_bytes (broken, NULL, NULL, &error));
  g_assert_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "object 2"));
}

/* --- libcsv as the judge of well-formed files ------------------------------------------------- */

static void
judge_cell_cb (void  *cell,
               size_t length,
               void  *data)
{
  g_string_append_c (data, '|');
  g_string_append_len (data, cell, (gssize) length);
}

static void
judge_row_cb (int   end,
              void *data)
{
  g_string_append_c (data, '\n');
}

static char *
read_by_libcsv (const char *text,
                gsize       length,
                char        delimiter)
{
  struct csv_parser parser;
  GString *all = g_string_new (NULL);

  g_assert_cmpint (csv_init (&parser, 0), ==, 0);
  csv_set_delim (&parser, (guchar) delimiter);
  g_assert_cmpuint (csv_parse (&parser, text, length, judge_cell_cb, judge_row_cb, all), ==,
                    length);
  csv_fini (&parser, judge_cell_cb, judge_row_cb, all);
  csv_free (&parser);
  return g_string_free_and_steal (all);
}

static char *
read_by_us (const char *text,
            gsize       length,
            char        delimiter)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  EntCsvDialect dialect = { .encoding = "UTF-8", .delimiter = delimiter, .quote = '"' };
  g_autoptr (EntTableSource) source = ent_table_source_new_for_bytes (bytes, &dialect, NULL, NULL);
  GString *all = g_string_new (NULL);
  EntTableRow row;

  while (ent_table_source_next (source, &row, NULL))
    {
      for (guint i = 0; i < row.n_cells; i++)
        {
          if (!row.cells[i].quoted)
            g_strstrip (row.cells[i].text);
          g_string_append_printf (all, "|%s", row.cells[i].text);
        }
      g_string_append_c (all, '\n');
    }
  return g_string_free_and_steal (all);
}

static void
append_random_cell (GString *text,
                    GRand   *rand,
                    char     delimiter)
{
  static const char * const pieces[] =
  { "a", "Acme", " ", "\303\251", "12.5", "\"\"", ",", ";", "\n", "\r\n", "word", "\342\202\254",
    "x" };
  gboolean quoted = g_rand_boolean (rand);
  guint n = (guint) g_rand_int_range (rand, 0, 8);

  g_string_append (text, quoted ? "\"" : "");
  for (guint i = 0; i < n; i++)
    {
      const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

      if (quoted || (piece[0] != '"' && piece[0] != delimiter && piece[0] != '\n' &&
                     piece[0] != '\r'))
        g_string_append (text, piece);
    }
  g_string_append (text, quoted ? "\"" : "");
}

/* Larger than the reader's window, so that records are cut at its edges. */
static void
test_libcsv (void)
{
  for (guint seed = 1; seed <= 4; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;
      char delimiter = ",;\t|"[seed - 1];

      while (text->len < 900 * 1000)
        {
          g_string_append (text, "row");
          for (guint i = 0; i < 5; i++)
            {
              g_string_append_c (text, delimiter);
              append_random_cell (text, rand, delimiter);
            }
          g_string_append (text, g_rand_boolean (rand) ? "\n" : "\r\n");
        }
      ours = read_by_us (text->str, text->len, delimiter);
      theirs = read_by_libcsv (text->str, text->len, delimiter);
      g_assert_true (strcmp (ours, theirs) == 0);
    }
}

static void
test_random_bytes (void)
{
  static const char likely[] = "\"',;\t|\n\r\\\0 aZ0.[{}]:\303\251\377\376";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 3000; round++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, round % 100 == 0 ? 20000 : 300);
      g_autofree guint8 *bytes = g_malloc (length + 1);
      g_autoptr (GBytes) wrapped = NULL;
      g_autoptr (EntTableSource) source = NULL;
      g_autoptr (GError) error = NULL;
      EntTableRow row;
      guint64 line = 0;

      for (gsize i = 0; i < length; i++)
        bytes[i] = round % 2 == 0 ? (guint8) g_rand_int (rand)
                                  : (guint8) likely[g_rand_int_range (rand, 0, sizeof likely - 1)];
      wrapped = g_bytes_new (bytes, length);
      source = ent_table_source_new_for_bytes (wrapped, NULL, NULL, &error);
      g_assert_true ((source == NULL) == (error != NULL));
      while (source != NULL && ent_table_source_next (source, &row, NULL))
        {
          g_assert_cmpuint (row.line, >, line);
          line = row.line;
          for (guint i = 0; i < row.n_cells; i++)
            g_assert_true (g_utf8_validate (row.cells[i].text, row.cells[i].length, NULL));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv/sniff", test_sniff);
  g_test_add_func ("/exchange/csv/cells", test_cells);
  g_test_add_func ("/exchange/csv/repairs", test_repairs);
  g_test_add_func ("/exchange/csv/bytes", test_bytes);
  g_test_add_func ("/exchange/csv/names", test_names);
  g_test_add_func ("/exchange/csv/refusals", test_refusals);
  g_test_add_func ("/exchange/csv/json", test_json);
  g_test_add_func ("/exchange/csv/as-libcsv", test_libcsv);
  g_test_add_func ("/exchange/csv/random-bytes", test_random_bytes);
  return g_test_run ();
}
