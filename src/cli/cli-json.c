/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Written straight into a buffer: no tree of nodes per value, and exact decimals stay exact. */
struct _CliJson
{
  GString *text;
  GString *open;  /* the closing brackets that are due, innermost last */
  gboolean first; /* nothing stands in the innermost array or object yet */
};

CliJson *
cli_json_new (void)
{
  CliJson *self = g_new0 (CliJson, 1);

  self->text = g_string_new (NULL);
  self->open = g_string_new (NULL);
  self->first = TRUE;
  return self;
}

void
cli_json_free (CliJson *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->open, TRUE);
  g_free (self);
}

void
cli_json_print (CliJson *self)
{
  g_assert (self->open->len == 0);

  fwrite (self->text->str, 1, self->text->len, stdout);
  fputc ('\n', stdout);
}

static void
append_quoted (GString    *text,
               const char *value)
{
  g_autofree char *valid = g_utf8_validate (value, -1, NULL) ? NULL : g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *p = valid != NULL ? valid : value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      if (*p == '\n')
        g_string_append (text, "\\n");
      else if (*p == '\t')
        g_string_append (text, "\\t");
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (text, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static void
indent (CliJson *self)
{
  g_string_append_c (self->text, '\n');
  for (gsize i = 0; i < self->open->len; i++)
    g_string_append_c (self->text, ' ');
}

/* What stands before a value: comma, indent, the name of the member. */
static void
lead_in (CliJson    *self,
         const char *name)
{
  if (!self->first)
    g_string_append_c (self->text, ',');
  if (self->open->len > 0)
    indent (self);
  self->first = FALSE;
  if (name == NULL)
    return;
  append_quoted (self->text, name);
  g_string_append (self->text, ": ");
}

static void
begin (CliJson    *self,
       const char *name,
       char        opening,
       char        closing)
{
  lead_in (self, name);
  g_string_append_c (self->text, opening);
  g_string_append_c (self->open, closing);
  self->first = TRUE;
}

void
cli_json_begin_object (CliJson    *self,
                       const char *name)
{
  begin (self, name, '{', '}');
}

void
cli_json_begin_array (CliJson    *self,
                      const char *name)
{
  begin (self, name, '[', ']');
}

void
cli_json_end (CliJson *self)
{
  char closing = self->open->str[self->open->len - 1];

  g_string_truncate (self->open, self->open->len - 1);
  if (!self->first)
    indent (self);
  g_string_append_c (self->text, closing);
  self->first = FALSE;
}

void
cli_json_text (CliJson    *self,
               const char *name,
               const char *text)
{
  lead_in (self, name);
  if (text != NULL)
    append_quoted (self->text, text);
  else
    g_string_append (self->text, "null");
}

void
cli_json_number (CliJson    *self,
                 const char *name,
                 const char *digits)
{
  lead_in (self, name);
  g_string_append (self->text, digits);
}

void
cli_json_int (CliJson    *self,
              const char *name,
              gint64      value)
{
  char digits[32];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  cli_json_number (self, name, digits);
}

/* The shortest digits that read back to the same number. */
void
cli_json_double (CliJson    *self,
                 const char *name,
                 double      value)
{
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE] = "null"; /* JSON has no infinity */

  for (gsize i = 0; isfinite (value) && i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (digits, sizeof digits, formats[i], value);
      if (g_ascii_strtod (digits, NULL) >= value && g_ascii_strtod (digits, NULL) <= value)
        break;
    }
  cli_json_number (self, name, digits);
}

void
cli_json_bool (CliJson    *self,
               const char *name,
               gboolean    value)
{
  cli_json_number (self, name, value ? "true" : "false");
}
