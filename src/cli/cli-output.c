/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WIDEST 44 /* columns of a table on a terminal, but for the last one */
#define GAP    2

/* Texts are written as they are, in UTF-8: g_print() would convert them to the locale, and flush each line. */

gboolean
cli_is_terminal (void)
{
  static int answer = -1;

  if (answer < 0)
    answer = isatty (STDOUT_FILENO);
  return answer;
}

static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

/* Replaces what steers terminals; in place, as spaces are the shortest characters. */
static char *
clean (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from = g_utf8_next_char (from))
    {
      gsize length = (gsize) (g_utf8_next_char (from) - from);

      if (is_control (g_utf8_get_char (from)))
        *to++ = ' ';
      else
        {
          memmove (to, from, length);
          to += length;
        }
    }
  *to = '\0';
  return text;
}

static void
print_to (FILE       *file,
          const char *format,
          va_list     args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  if (!g_utf8_validate (text, -1, NULL))
    {
      char *valid = g_utf8_make_valid (text, -1);

      g_free (text);
      text = valid;
    }
  fputs (clean (text), file);
  fputc ('\n', file);
}

void
cli_print (const char *format,
           ...)
{
  va_list args;

  va_start (args, format);
  print_to (stdout, format, args);
  va_end (args);
}

void
cli_note (const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  print_to (stderr, format, args);
  va_end (args);
}

gboolean
cli_flush (GError **error)
{
  int reason;

  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  reason = errno;
  if (reason == EPIPE)
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
               _("The output could not be written (%s); what the command does was done."),
               g_strerror (reason != 0 ? reason : EIO));
  return FALSE;
}

/* --- Tables --------------------------------------------------------------------------------------------- */

typedef struct
{
  char    *text;
  guint    width;
  gboolean is_number;
} Cell;

struct _CliTable
{
  GPtrArray *rows; /* of GArray of Cell; on a terminal, where widths must be known first */
  GArray    *row;  /* the present one */
  gboolean   aligned;
};

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static GArray *
row_new (void)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (row, clear_cell);
  return row;
}

CliTable *
cli_table_new (void)
{
  CliTable *self = g_new0 (CliTable, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->row = row_new ();
  self->aligned = cli_is_terminal ();
  return self;
}

static guint
char_width (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

static guint
text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));
  return width;
}

/* Cuts a text to a width, with "…" at its end. */
static void
shorten (Cell  *cell,
         guint  widest)
{
  guint width = 0;
  char *p = cell->text;

  while (width + char_width (g_utf8_get_char (p)) < widest)
    {
      width += char_width (g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }
  *p = '\0';
  p = g_strconcat (cell->text, "…", NULL);
  g_free (cell->text);
  cell->text = p;
  cell->width = width + 1;
}

static void
add_cell (CliTable   *self,
          const char *text,
          gboolean    is_number)
{
  Cell cell = { g_strdup (text != NULL ? text : ""), 0, is_number };

  if (!g_utf8_validate (cell.text, -1, NULL))
    {
      g_free (cell.text);
      cell.text = g_utf8_make_valid (text, -1);
    }
  g_strdelimit (clean (cell.text), "\t\n", ' ');
  if (self->aligned)
    cell.width = text_width (cell.text);
  g_array_append_val (self->row, cell);
}

void
cli_table_add (CliTable   *self,
               const char *text)
{
  add_cell (self, text, FALSE);
}

void
cli_table_add_number (CliTable   *self,
                      const char *text)
{
  add_cell (self, text, TRUE);
}

void
cli_table_end_row (CliTable *self)
{
  if (self->aligned)
    {
      g_ptr_array_add (self->rows, self->row);
      self->row = row_new ();
      return;
    }
  for (guint i = 0; i < self->row->len; i++)
    {
      if (i > 0)
        fputc ('\t', stdout);
      fputs (g_array_index (self->row, Cell, i).text, stdout);
    }
  fputc ('\n', stdout);
  g_array_set_size (self->row, 0);
}

static GArray *
measure (CliTable *self)
{
  GArray *widths = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < self->rows->len; i++)
    {
      GArray *row = g_ptr_array_index (self->rows, i);

      if (row->len > widths->len)
        g_array_set_size (widths, row->len);
      for (guint j = 0; j < row->len; j++)
        {
          Cell *cell = &g_array_index (row, Cell, j);
          guint *width = &g_array_index (widths, guint, j);

          if (cell->width > WIDEST && j + 1 < row->len)
            shorten (cell, WIDEST);
          *width = MAX (*width, cell->width);
        }
    }
  return widths;
}

static void
print_row (GArray *row,
           GArray *widths)
{
  for (guint i = 0; i < row->len; i++)
    {
      const Cell *cell = &g_array_index (row, Cell, i);
      int space = (int) (g_array_index (widths, guint, i) - cell->width);

      if (cell->is_number)
        printf ("%*s%s", space, "", cell->text);
      else if (i + 1 < row->len)
        printf ("%s%*s", cell->text, space, "");
      else
        fputs (cell->text, stdout);
      if (i + 1 < row->len)
        printf ("%*s", GAP, "");
    }
  fputc ('\n', stdout);
}

void
cli_table_free (CliTable *self)
{
  g_autoptr (GArray) widths = measure (self);

  for (guint i = 0; i < self->rows->len; i++)
    print_row (g_ptr_array_index (self->rows, i), widths);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->row);
  g_free (self);
}
