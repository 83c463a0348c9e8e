/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-csv-scanner.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* How many cells of a damaged record are tried as the culprit. */
#define MAX_REPAIRS 64

/* Walks the characters that mean something, 64 bytes at a time: bit i of the mask is byte base +
 * i. */
typedef struct
{
  const EntCsvScanner *scanner;
  const char          *data;
  gsize                length;
  gsize                base;
  guint64              mask;
} Cursor;

#ifdef __SSE2__
static inline guint64
compute_mask (const EntCsvScanner *self,
              const char          *data)
{
  const __m128i delimiter = _mm_set1_epi8 (self->delimiter);
  const __m128i quote = _mm_set1_epi8 (self->quote != 0 ? self->quote : '\n');
  const __m128i escape = _mm_set1_epi8 (self->escape != 0 ? self->escape : '\n');
  guint64 mask = 0;

  for (int i = 0; i < 4; i++)
    {
      __m128i block = _mm_loadu_si128 ((const __m128i *) (const void *) (data + i * 16));
      __m128i found = _mm_or_si128 (_mm_cmpeq_epi8 (block, delimiter),
                                    _mm_cmpeq_epi8 (block, quote));

      found = _mm_or_si128 (found, _mm_cmpeq_epi8 (block, _mm_set1_epi8 ('\n')));
      found = _mm_or_si128 (found, _mm_cmpeq_epi8 (block, _mm_set1_epi8 ('\r')));
      found = _mm_or_si128 (found, _mm_cmpeq_epi8 (block, escape));
      mask |= (guint64) (guint32) _mm_movemask_epi8 (found) << (i * 16);
    }
  return mask;
}
#else
static inline guint64
compute_mask (const EntCsvScanner *self,
              const char          *data)
{
  guint64 mask = 0;

  for (int i = 0; i < 64; i++)
    {
      char c = data[i];

      if (c == self->delimiter || c == '\n' || c == '\r' ||
          (self->quote != 0 && c == self->quote) || (self->escape != 0 && c == self->escape))
        mask |= G_GUINT64_CONSTANT (1) << i;
    }
  return mask;
}
#endif

static inline void
cursor_load (Cursor *self)
{
  self->mask = compute_mask (self->scanner, self->data + self->base);
  if (self->length - self->base < 64)
    self->mask &= (G_GUINT64_CONSTANT (1) << (self->length - self->base)) - 1;
}

static inline void
cursor_init (Cursor              *self,
             const EntCsvScanner *scanner,
             const char          *data,
             gsize                length)
{
  *self = (Cursor) { .scanner = scanner, .data = data, .length = length };
  if (length > 0)
    cursor_load (self);
}

/* Position of the next such character; the length when there is none. */
static inline gsize
cursor_next (Cursor *self)
{
  gsize position;

  while (self->mask == 0)
    {
      if (self->length - self->base <= 64)
        return self->length;
      self->base += 64;
      cursor_load (self);
    }
  position = self->base + (gsize) __builtin_ctzll (self->mask);
  self->mask &= self->mask - 1;
  return position;
}

/* Passes over the character at @position if it is one of those the cursor stops at. */
static inline void
cursor_skip (Cursor *self,
             gsize   position)
{
  Cursor ahead = *self;

  if (cursor_next (&ahead) == position)
    *self = ahead;
}

void
ent_csv_scanner_init (EntCsvScanner       *self,
                      const EntCsvDialect *dialect)
{
  *self = (EntCsvScanner) {
    .delimiter = dialect->delimiter,
    .quote = dialect->quote,
    .escape = dialect->escape == ENT_CSV_ESCAPE_BACKSLASH ? '\\' : 0,
  };
}

void
ent_csv_scanner_clear (EntCsvScanner *self)
{
  g_clear_pointer (&self->spans, g_free);
  self->n_spans = self->n_allocated = 0;
}

static inline EntCsvSpan *
add_span (EntCsvScanner *self)
{
  if (self->n_spans == self->n_allocated)
    {
      self->n_allocated = MAX (32, self->n_allocated * 2);
      self->spans = g_renew (EntCsvSpan, self->spans, self->n_allocated);
    }
  return &self->spans[self->n_spans++];
}

static inline gboolean
is_blank (const EntCsvScanner *self,
          char                 c)
{
  return (c == ' ' || c == '\t') && c != self->delimiter;
}

static inline gsize
skip_blanks (const EntCsvScanner *self,
             const char          *data,
             gsize                position,
             gsize                length)
{
  while (position < length && is_blank (self, data[position]))
    position++;
  return position;
}

/* Scans a cell that no quote begins; returns where it ends, or G_MAXSIZE when more data is
 * needed. @is_torn: it has an odd number of quotes inside. */
static inline gsize
scan_bare (EntCsvScanner *self,
           Cursor        *cursor,
           gboolean       at_end,
           EntCsvSpan    *span,
           gboolean      *is_torn)
{
  for (*is_torn = FALSE;;)
    {
      gsize position = cursor_next (cursor);
      char c;

      if (position == cursor->length)
        return at_end ? position : G_MAXSIZE;
      c = cursor->data[position];
      if (c == self->delimiter || c == '\n' || c == '\r')
        return position;
      if (c == self->quote)
        *is_torn = !*is_torn;
      if (self->escape != 0 && c == self->escape)
        {
          span->escaped = TRUE;
          cursor_skip (cursor, position + 1);
        }
    }
}

/* Whether the quote at @position ends the cell; @after gets what follows it. */
static inline gboolean
is_closing (EntCsvScanner *self,
            Cursor        *cursor,
            gsize          position,
            gsize         *after)
{
  char c;

  *after = skip_blanks (self, cursor->data, position + 1, cursor->length);
  if (*after == cursor->length)
    return TRUE;
  c = cursor->data[*after];
  return c == self->delimiter || c == '\n' || c == '\r';
}

/* Scans a cell after its opening quote; returns where its text ends, @after what follows the
 * closing quote; G_MAXSIZE when more data is needed. */
static inline gsize
scan_quoted (EntCsvScanner *self,
             Cursor        *cursor,
             gboolean       at_end,
             EntCsvSpan    *span,
             gsize         *after)
{
  const char *data = cursor->data;

  for (;;)
    {
      gsize position = cursor_next (cursor);
      gboolean is_last = position + 1 >= cursor->length;

      if (position == cursor->length)
        {
          self->open = TRUE;
          *after = position;
          return at_end ? position : G_MAXSIZE;
        }
      if (is_last && !at_end)
        return G_MAXSIZE;

      if (data[position] == self->quote)
        {
          if (!is_last && data[position + 1] == self->quote)
            {
              span->escaped = TRUE;
              cursor_skip (cursor, position + 1);
            }
          else if (is_closing (self, cursor, position, after))
            {
              if (*after == cursor->length && !at_end)
                return G_MAXSIZE;
              cursor_skip (cursor, *after);
              return position;
            }
          else
            span->escaped = self->stray = TRUE;
        }
      else if (data[position] == '\n')
        self->n_lines++;
      else if (data[position] == '\r')
        self->n_lines += is_last || data[position + 1] != '\n';
      else if (self->escape != 0 && data[position] == self->escape)
        {
          span->escaped = TRUE;
          cursor_skip (cursor, position + 1);
        }
    }
}

EntCsvScan
ent_csv_scanner_scan (EntCsvScanner *self,
                      const char    *data,
                      gsize          length,
                      gboolean       at_end,
                      int            literal)
{
  Cursor cursor;
  gsize start = 0, after = 0;
  guint n_torn = 0;

  self->n_spans = self->n_lines = 0;
  self->stray = self->open = FALSE;
  if (length == 0)
    return at_end ? ENT_CSV_SCAN_END : ENT_CSV_SCAN_NEED_MORE;

  for (cursor_init (&cursor, self, data, length); ; start = after + 1)
    {
      gsize opening = skip_blanks (self, data, start, length);
      EntCsvSpan *span = add_span (self);
      gsize end;

      *span = (EntCsvSpan) { .start = (guint32) start, .first_line = self->n_lines == 0 };
      if (self->quote != 0 && opening < length && data[opening] == self->quote &&
          (int) self->n_spans - 1 != literal)
        {
          span->quoted = TRUE;
          span->start = (guint32) opening + 1;
          cursor_skip (&cursor, opening);
          end = scan_quoted (self, &cursor, at_end, span, &after);
        }
      else
        {
          gboolean is_torn;

          after = end = scan_bare (self, &cursor, at_end, span, &is_torn);
          n_torn += is_torn;
        }

      if (end == G_MAXSIZE)
        return ENT_CSV_SCAN_NEED_MORE;
      span->end = (guint32) end;
      if (after >= length || data[after] != self->delimiter)
        break;
    }

  if (after < length && data[after] == '\r' && after + 1 == length && !at_end)
    return ENT_CSV_SCAN_NEED_MORE;
  /* `Mocs"Just soft, cozy comfort."`: one quoted text in two cells, because no delimiter is
   * before it. */
  self->stray |= n_torn > 1;
  self->n_lines += after < length;
  self->next = MIN (after + 1, length);
  if (after + 1 < length && data[after] == '\r' && data[after + 1] == '\n')
    self->next++;
  if (self->n_spans == 1 && !self->spans[0].quoted &&
      skip_blanks (self, data, 0, length) >= self->spans[0].end)
    return ENT_CSV_SCAN_BLANK;
  return ENT_CSV_SCAN_ROW;
}

/* Whether the record reads well when the opening quote of cell @literal is an ordinary
 * character. */
static gboolean
try_literal (EntCsvScanner *self,
             const char    *data,
             gsize          length,
             gboolean       at_end,
             int            literal,
             guint          expected)
{
  return ent_csv_scanner_scan (self, data, length, at_end, literal) == ENT_CSV_SCAN_ROW &&
         self->n_spans == expected && !self->stray && !self->open;
}

EntCsvScan
ent_csv_scanner_read (EntCsvScanner    *self,
                      const char       *data,
                      gsize             length,
                      gboolean          at_end,
                      guint             expected,
                      EntTableRowFlags *flags)
{
  EntCsvScan scan = ent_csv_scanner_scan (self, data, length, at_end, -1);
  g_autofree guint *culprits = NULL;
  guint n_culprits = 0, last = 0;

  *flags = 0;
  if (scan != ENT_CSV_SCAN_ROW || !(self->stray || self->open || self->n_lines > 1))
    return scan;
  *flags = self->stray ? ENT_TABLE_ROW_REPAIRED : 0;
  if (!self->open && (expected == 0 || (self->n_spans == expected &&
                                        !(self->stray && self->n_lines > 1))))
    return scan;

  /* A quote at the beginning of a cell that nothing closes swallows delimiters and lines. Which
   * one it was, shows in the number of cells. */
  culprits = g_new (guint, self->n_spans);
  for (guint i = 0; i < self->n_spans && n_culprits < MAX_REPAIRS; i++)
    if (self->spans[i].quoted && self->spans[i].first_line)
      culprits[n_culprits++] = last = i;
  for (guint i = 0; i < n_culprits; i++)
    if (try_literal (self, data, length, at_end, (int) culprits[i], expected))
      {
        *flags = ENT_TABLE_ROW_REPAIRED;
        return ENT_CSV_SCAN_ROW;
      }

  scan = ent_csv_scanner_scan (self, data, length, at_end, -1);
  if (scan == ENT_CSV_SCAN_ROW && self->open)
    {
      /* One bad quote must not take the rest of the file with it. */
      *flags = ENT_TABLE_ROW_OPEN;
      if (n_culprits > 0)
        scan = ent_csv_scanner_scan (self, data, length, at_end, (int) last);
    }
  return scan;
}

/* Takes the escapes out of @text; returns the new length. */
static gsize
unescape (const EntCsvScanner *self,
          char                *text,
          gsize                length,
          gboolean             quoted)
{
  gsize out = 0;

  for (gsize i = 0; i < length; i++)
    {
      char next = i + 1 < length ? text[i + 1] : 0;

      if (quoted && text[i] == self->quote && next == self->quote)
        i++;
      else if (self->escape != 0 && text[i] == self->escape && next != 0 &&
               (next == self->quote || next == self->escape ||
                (!quoted && (next == self->delimiter || next == '\n'))))
        i++;
      text[out++] = text[i];
    }
  return out;
}

void
ent_csv_scanner_finish (EntCsvScanner *self,
                        char          *data,
                        EntCell       *cells)
{
  for (guint i = 0; i < self->n_spans; i++)
    {
      const EntCsvSpan *span = &self->spans[i];
      gsize length = span->end - span->start;
      char *text = data + span->start;

      if (G_UNLIKELY (span->escaped))
        length = unescape (self, text, length, span->quoted);
      text[length] = '\0';
      cells[i] = (EntCell) { text, (guint32) length, span->quoted };
    }
}
