/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the filter language. A bare word may hold anything but spaces, quotes and the signs of the
 * language, so that dates, amounts, domains, e-mail addresses and names in any script need no quotes. */
#include "config.h"

#include "store/ent-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *text;
  EntOp       op;
  gboolean    negated;
} operators[] = {
  { "!=", ENT_OP_EQUAL, TRUE },
  { "!~", ENT_OP_CONTAINS, TRUE },
  { "<>", ENT_OP_EQUAL, TRUE },
  { "<=", ENT_OP_LESS_EQUAL, FALSE },
  { ">=", ENT_OP_GREATER_EQUAL, FALSE },
  { "==", ENT_OP_EQUAL, FALSE },
  { "=", ENT_OP_EQUAL, FALSE },
  { "<", ENT_OP_LESS, FALSE },
  { ">", ENT_OP_GREATER, FALSE },
  { "~", ENT_OP_CONTAINS, FALSE },
};

/* What word processors make of quotes counts as quotes. */
static const struct
{
  const char *open;
  const char *close;
} quotes[] = {
  { "\"", "\"" },
  { "'", "'" },
  { "“", "”" },
  { "„", "“" },
  { "«", "»" },
};

static gboolean
read_operator (EntLexer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (self->next, operators[i].text))
      {
        self->token.kind = ENT_TOKEN_OPERATOR;
        self->token.op = operators[i].op;
        self->token.negated = operators[i].negated;
        self->next += strlen (operators[i].text);
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_sign (EntLexer *self)
{
  switch (*self->next)
    {
    case '\0':
      self->token.kind = ENT_TOKEN_END;
      return TRUE;
    case '(':
      self->token.kind = ENT_TOKEN_OPEN;
      break;
    case ')':
      self->token.kind = ENT_TOKEN_CLOSE;
      break;
    case ',':
      self->token.kind = ENT_TOKEN_COMMA;
      break;
    default:
      return FALSE;
    }
  self->next++;
  return TRUE;
}

static void
fail_token (EntLexer   *self,
            const char *text)
{
  self->token.kind = ENT_TOKEN_BAD;
  self->token.text = g_strdup (text);
  self->next += strlen (self->next);
}

static void
read_quoted (EntLexer   *self,
             const char *close)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (*self->next != '\0' && !g_str_has_prefix (self->next, close))
    {
      if (*self->next == '\\' && self->next[1] != '\0')
        self->next++;
      g_string_append_unichar (text, g_utf8_get_char (self->next));
      self->next = g_utf8_next_char (self->next);
    }
  if (*self->next == '\0')
    {
      fail_token (self, _("a closing quote is missing"));
      return;
    }
  self->next += strlen (close);
  self->token.kind = ENT_TOKEN_QUOTED;
  self->token.text = g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
read_any_quoted (EntLexer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (g_str_has_prefix (self->next, quotes[i].open))
      {
        self->next += strlen (quotes[i].open);
        read_quoted (self, quotes[i].close);
        return TRUE;
      }
  return FALSE;
}

static gboolean
ends_word (const char *p)
{
  return *p == '\0' || strchr ("()=<>~,\"", *p) != NULL || (*p == '!' && strchr ("=~", p[1]) != NULL) ||
         g_unichar_isspace (g_utf8_get_char (p));
}

static void
read_word (EntLexer *self)
{
  const char *start = self->next;

  while (!ends_word (self->next))
    self->next = g_utf8_next_char (self->next);
  if (self->next == start)
    {
      fail_token (self, _("“!” stands only before “=” or “~”; write “not”"));
      return;
    }
  self->token.kind = ENT_TOKEN_WORD;
  self->token.text = g_strndup (start, self->next - start);
}

void
ent_lexer_advance (EntLexer *self)
{
  g_clear_pointer (&self->token.text, g_free);
  while (g_unichar_isspace (g_utf8_get_char (self->next)))
    self->next = g_utf8_next_char (self->next);
  self->token.start = self->next;
  if (!read_sign (self) && !read_operator (self) && !read_any_quoted (self))
    read_word (self);
}

void
ent_lexer_init (EntLexer   *self,
                const char *text)
{
  memset (self, 0, sizeof *self);
  self->text = text;
  self->next = text;
  ent_lexer_advance (self);
}

void
ent_lexer_clear (EntLexer *self)
{
  g_clear_pointer (&self->token.text, g_free);
}

int
ent_lexer_get_column (const EntLexer *self,
                      const char     *at)
{
  return (int) g_utf8_pointer_to_offset (self->text, at) + 1;
}

gboolean
ent_token_is (const EntToken *self,
              const char     *word)
{
  return self->kind == ENT_TOKEN_WORD && g_ascii_strcasecmp (self->text, word) == 0;
}
