/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-csv-dialect.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "exchange/ent-csv-scanner.h"
#include "exchange/ent-csv-sniff.h"
#include "exchange/ent-text-stream.h"

/* Enough rows to judge by, few enough to take well under a millisecond for each candidate. */
#define SNIFF_ROWS 120
#define SNIFF_TEXT (48 * 1024)
#define MAX_CELLS 64

typedef struct
{
  guint32 line;    /* how many lines are before it */
  guint32 offset;
  guint32 n_cells;
} Row;

/* The text read in one of the ways it could be meant. */
typedef struct
{
  EntCsvDialect dialect;
  EntCsvScanner scanner;
  Row           rows[SNIFF_ROWS];
  guint         n_rows;
  guint         usual;   /* number of cells that most rows have */
  guint         n_usual; /* how many rows have it */
  guint         n_stray;
  double        score;
} Reading;

static const struct
{
  char        delimiter;
  const char *names;
  const char *label;
  double      likelihood;
} delimiters[] =
{
  { ',',  "comma|,", N_("Comma"), 1.0 },
  { ';',  "semicolon|;", N_("Semicolon"), 1.0 },
  { '\t', "tab|\\t|\t", N_("Tab"), 1.0 },
  { '|',  "pipe|bar||", N_("Vertical bar"), 0.95 },
  { ':',  "colon|:", N_("Colon"), 0.35 },
  { ' ',  "space| ", N_("Space"), 0.35 },
};

const char *
ent_csv_delimiter_get_label (char delimiter)
{
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (delimiters[i].delimiter == delimiter)
      return _(delimiters[i].label);
  return g_intern_string ((const char[]) { delimiter, '\0' });
}

char
ent_csv_delimiter_parse (const char *text,
                         GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      g_auto (GStrv) names = g_strsplit (delimiters[i].names, "|", 2);

      if (g_ascii_strcasecmp (text, names[0]) == 0 || strcmp (text, names[1]) == 0 ||
          (text[0] == delimiters[i].delimiter && text[1] == '\0') ||
          (delimiters[i].delimiter == '\t' && strcmp (text, "\\t") == 0))
        return delimiters[i].delimiter;
    }
  if (text[0] != '\0' && text[1] == '\0' && g_ascii_ispunct (text[0]) &&
      text[0] != '"' && text[0] != '\'' && text[0] != '\\')
    return text[0];

  g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_FORMAT,
               _("“%s” cannot separate columns; give one character, such as ; or , or tab."), text);
  return 0;
}

static void
read_rows (Reading    *self,
           const char *text,
           gsize       length,
           gboolean    is_all)
{
  gsize offset = 0;
  guint line = 0;

  while (self->n_rows < SNIFF_ROWS)
    {
      EntCsvScan scan = ent_csv_scanner_scan (&self->scanner, text + offset, length - offset,
                                              is_all, -1);

      if (scan == ENT_CSV_SCAN_END || scan == ENT_CSV_SCAN_NEED_MORE)
        break;
      self->n_stray += self->scanner.stray || self->scanner.open;
      if (scan == ENT_CSV_SCAN_ROW)
        self->rows[self->n_rows++] = (Row) { line, (guint32) offset, self->scanner.n_spans };
      line += self->scanner.n_lines;
      offset += self->scanner.next;
    }
}

static void
find_usual (Reading *self)
{
  guint counts[256] = { 0 };

  for (guint i = 0; i < self->n_rows; i++)
    {
      guint n = MIN (self->rows[i].n_cells, G_N_ELEMENTS (counts) - 1);

      if (++counts[n] > self->n_usual || (counts[n] == self->n_usual && n > self->usual))
        {
          self->n_usual = counts[n];
          self->usual = n;
        }
    }
}

/* How many of the cells look like something definite, which wrongly cut ones seldom do. */
static double
judge_cells (Reading    *self,
             const char *text,
             gsize       length,
             gboolean    is_all)
{
  guint n_cells = 0;
  double known = 0;

  for (guint i = 0; i < MIN (self->n_rows, 40); i++)
    {
      const char *row = text + self->rows[i].offset;

      ent_csv_scanner_scan (&self->scanner, row, length - self->rows[i].offset, is_all, -1);
      for (guint j = 0; j < MIN (self->scanner.n_spans, MAX_CELLS); j++)
        {
          const EntCsvSpan *span = &self->scanner.spans[j];
          const char *cell = row + span->start;
          gsize n = span->end - span->start;
          EntLook look = ent_csv_look (cell, n);

          n_cells++;
          if (look != ENT_LOOK_TEXT)
            known += 1.0;
          else if (span->quoted || (g_ascii_isalnum (cell[0]) && g_ascii_isalnum (cell[n - 1])) ||
                   (guchar) cell[0] >= 0x80)
            known += 0.8;
        }
    }
  return n_cells > 0 ? known / n_cells : 0;
}

static void
judge (Reading    *self,
       const char *text,
       gsize       length,
       gboolean    is_all,
       double      likelihood)
{
  double agreement, columns;

  read_rows (self, text, length, is_all);
  find_usual (self);
  if (self->n_rows == 0)
    return;
  agreement = (double) self->n_usual / self->n_rows;
  columns = self->usual > 1 ? 1.0 - 0.5 / self->usual : 0.15;
  self->score = pow (agreement, 1.5) * columns * likelihood *
                judge_cells (self, text, length, is_all) /
                (1.0 + 2.0 * self->n_stray / self->n_rows);
}

/* Single quotes count only where no double quote begins a cell and they come in pairs. */
static char
sniff_quote (const char *text,
             gsize       length,
             char        delimiter)
{
  guint n_pairs = 0;

  if (memchr (text, '"', length) != NULL)
    return '"';
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\'' && (i == 0 || text[i - 1] == delimiter || text[i - 1] == '\n'))
      {
        gsize j = i + 1;

        while (j < length && text[j] != '\n' &&
               !(text[j] == '\'' && (j + 1 == length || text[j + 1] == delimiter ||
                                     text[j + 1] == '\n' || text[j + 1] == '\r')))
          j++;
        n_pairs += j < length && text[j] == '\'';
        i = j;
      }
  return n_pairs > 1 ? '\'' : '"';
}

static void
try_reading (Reading    *best,
             Reading    *candidate,
             const char *text,
             gsize       length,
             gboolean    is_all,
             double      likelihood)
{
  ent_csv_scanner_init (&candidate->scanner, &candidate->dialect);
  judge (candidate, text, length, is_all, likelihood);
  ent_csv_scanner_clear (&candidate->scanner);
  if (candidate->score > best->score)
    *best = *candidate;
}

static void
sniff_structure (Reading           *best,
                 const char        *text,
                 gsize              length,
                 gboolean           is_all,
                 const EntCsvHints *hints)
{
  gboolean has_escapes = g_strstr_len (text, (gssize) length, "\\\"") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      char delimiter = hints->delimiter != 0 ? hints->delimiter : delimiters[i].delimiter;

      if (hints->delimiter == 0 && memchr (text, delimiter, length) == NULL)
        continue;
      for (int escape = 0; escape <= (has_escapes ? 1 : 0); escape++)
        {
          Reading candidate = { .dialect = best->dialect };

          candidate.dialect.delimiter = delimiter;
          candidate.dialect.quote = sniff_quote (text, length, delimiter);
          candidate.dialect.escape = (EntCsvEscape) escape;
          try_reading (best, &candidate, text, length, is_all,
                       (hints->delimiter != 0 ? 1.0 : delimiters[i].likelihood) *
                       (escape != 0 ? 0.98 : 1.0));
        }
      if (hints->delimiter != 0)
        break;
    }
  if (best->n_rows == 0)
    {
      Reading only = { .dialect = best->dialect };

      best->score = -1;
      try_reading (best, &only, text, length, is_all, 1.0);
    }
}

/* Titles, dates and blank lines that people put above a table have few cells. */
static guint
find_header (const Reading *self)
{
  guint i = 0;

  if (self->usual < 2 || self->n_usual * 2 < self->n_rows)
    return 0;
  while (i + 1 < self->n_rows &&
         (self->rows[i].n_cells == 1 || self->rows[i].n_cells * 2 < self->usual))
    i++;
  return self->rows[i].n_cells > 1 ? i : 0;
}

/* What the cell in @column of a row looks like; EMPTY when there is none. */
static EntLook
look_at (Reading    *self,
         const char *text,
         gsize       length,
         gboolean    is_all,
         guint       row,
         EntLook    *looks)
{
  const char *data = text + self->rows[row].offset;

  memset (looks, 0, sizeof *looks * MAX_CELLS);
  ent_csv_scanner_scan (&self->scanner, data, length - self->rows[row].offset, is_all, -1);
  for (guint j = 0; j < MIN (self->scanner.n_spans, MAX_CELLS); j++)
    {
      const EntCsvSpan *span = &self->scanner.spans[j];

      looks[j] = ent_csv_look (data + span->start, span->end - span->start);
    }
  return looks[0];
}

static gboolean
is_definite (EntLook look)
{
  return look != ENT_LOOK_EMPTY && look != ENT_LOOK_TEXT && look != ENT_LOOK_BOOL;
}

/* A first row that differs in kind from those below is a header; one of the same kind as below
 * is none. Years above amounts are a header. When nothing speaks, it is one. */
static gboolean
sniff_header (Reading    *self,
              const char *text,
              gsize       length,
              gboolean    is_all,
              guint       first)
{
  EntLook top[MAX_CELLS], below[MAX_CELLS];
  guint same[MAX_CELLS] = { 0 }, filled[MAX_CELLS] = { 0 };
  int evidence = 0;
  guint n_definite = 0;

  look_at (self, text, length, is_all, first, top);
  for (guint i = first + 1; i < MIN (self->n_rows, first + 40); i++)
    {
      look_at (self, text, length, is_all, i, below);
      for (guint j = 0; j < MAX_CELLS; j++)
        {
          filled[j] += below[j] != ENT_LOOK_EMPTY;
          same[j] += below[j] != ENT_LOOK_EMPTY && top[j] == below[j];
        }
    }

  for (guint j = 0; j < MAX_CELLS; j++)
    {
      n_definite += is_definite (top[j]);
      if (top[j] == ENT_LOOK_EMPTY || filled[j] == 0)
        continue;
      if (is_definite (top[j]))
        evidence += same[j] * 2 > filled[j] ? -2 : same[j] * 2 < filled[j] ? 1 : 0;
      else if (top[j] == ENT_LOOK_TEXT && same[j] == 0)
        evidence += 2;
    }
  if (self->n_rows <= first + 1)
    return n_definite == 0;
  return evidence >= 0;
}

static EntCsvLineEnd
sniff_line_end (const char *text,
                gsize       length)
{
  const char *cr = memchr (text, '\r', length);
  const char *lf = memchr (text, '\n', length);

  if (cr == NULL)
    return ENT_CSV_LINE_END_LF;
  if (lf == NULL)
    return ENT_CSV_LINE_END_CR;
  return lf == cr + 1 ? ENT_CSV_LINE_END_CRLF
                      : lf < cr ? ENT_CSV_LINE_END_LF : ENT_CSV_LINE_END_CR;
}

void
ent_csv_sniff (const guint8      *bytes,
               gsize              length,
               const EntCsvHints *hints,
               EntCsvDialect     *dialect)
{
  static const EntCsvHints no_hints = { 0 };
  Reading best = { .score = -1 };
  g_autoptr (GString) text = NULL;
  gboolean is_all = length < ENT_CSV_SNIFF_BYTES;
  gsize n_text;
  guint first;

  hints = hints != NULL ? hints : &no_hints;
  best.dialect = (EntCsvDialect) { .delimiter = ',', .quote = '"', .has_header = TRUE };
  length = MIN (length, ENT_CSV_SNIFF_BYTES);
  best.dialect.encoding = ent_csv_sniff_encoding (bytes, length, &best.dialect.has_bom);
  if (hints->encoding != NULL)
    best.dialect.encoding = hints->encoding;

  text = ent_text_decode (bytes, MIN (length, SNIFF_TEXT), best.dialect.encoding, ENT_CSV_PADDING);
  n_text = text->len;
  is_all = is_all && length <= SNIFF_TEXT;
  best.dialect.line_end = sniff_line_end (text->str, n_text);
  sniff_structure (&best, text->str, n_text, is_all, hints);
  if (best.n_rows > 0)
    {
      first = find_header (&best);
      best.dialect.skip_lines = best.rows[first].line;
      ent_csv_scanner_init (&best.scanner, &best.dialect);
      best.dialect.has_header = sniff_header (&best, text->str, n_text, is_all, first);
      ent_csv_scanner_clear (&best.scanner);
    }
  *dialect = best.dialect;
}
