/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normal form of filters: what is kept in saved views and shown as chips. */
#include "config.h"

#include "store/ent-filter-private.h"

#include <string.h>

static const char * const keywords[] = {
  "and", "or", "not", "in", "is", "empty", "has", "me", "today", NULL
};

static gboolean
is_keyword (const char *word)
{
  for (guint i = 0; keywords[i] != NULL; i++)
    if (g_ascii_strcasecmp (keywords[i], word) == 0)
      return TRUE;
  return FALSE;
}

gboolean
ent_filter_is_plain (const char *word)
{
  g_auto (EntLexer) lexer = { 0 };
  gboolean is_word;

  /* Texts that begin like "today-30d" would be read as a date. */
  if (*word == '\0' || is_keyword (word) || g_ascii_strncasecmp (word, "today", 5) == 0)
    return FALSE;
  ent_lexer_init (&lexer, word);
  is_word = lexer.token.kind == ENT_TOKEN_WORD && strcmp (lexer.token.text, word) == 0;
  if (is_word)
    ent_lexer_advance (&lexer);
  return is_word && lexer.token.kind == ENT_TOKEN_END;
}

static void
append_quoted (GString    *text,
               const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

/* 1/10,000 units as the shortest decimal number. */
static void
append_amount (GString *text,
               gint64   scaled)
{
  guint64 magnitude = scaled < 0 ? -(guint64) scaled : (guint64) scaled;
  char fraction[8];
  int length = 4;

  if (scaled < 0)
    g_string_append_c (text, '-');
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, magnitude / 10000);
  g_snprintf (fraction, sizeof fraction, "%04d", (int) (magnitude % 10000));
  while (length > 0 && fraction[length - 1] == '0')
    length--;
  if (length > 0)
    g_string_append_printf (text, ".%.*s", length, fraction);
}

/* Words that name one of few things are left bare, free texts are quoted. */
static gboolean
is_bare (const EntField *field,
         const char     *written)
{
  switch (field->info.type)
    {
    case ENT_FIELD_TEXT:
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_JSON:
      return FALSE;
    case ENT_FIELD_MONEY: /* "100.00 USD": the parser joins the two words */
      return TRUE;
    default:
      return ent_filter_is_plain (written);
    }
}

static void
append_value (const EntTerm    *term,
              const EntOperand *operand,
              GString          *text)
{
  const EntField *field = ent_term_get_field (term);
  g_autofree char *written = NULL;
  EntField item;

  if (field == NULL)
    {
      g_string_append (text, operand->text);
      return;
    }
  item = *field;
  item.info.flags &= ~ENT_FIELD_MANY;
  written = ent_value_write (&item, &operand->value);
  if (written == NULL)
    written = g_strdup ("");
  if (is_bare (field, written))
    g_string_append (text, written);
  else
    append_quoted (text, written);
}

static void
append_operand (const EntTerm    *term,
                const EntOperand *operand,
                GString          *text)
{
  g_autofree char *date = NULL;

  switch (operand->kind)
    {
    case ENT_OPERAND_VALUE:
      append_value (term, operand, text);
      break;
    case ENT_OPERAND_DAY:
      date = ent_date_write (operand->value.integer);
      g_string_append (text, date);
      break;
    case ENT_OPERAND_TODAY:
      g_string_append (text, "today");
      if (operand->offset != 0)
        g_string_append_printf (text, "%+d%c", operand->offset, operand->unit);
      break;
    case ENT_OPERAND_AMOUNT:
      append_amount (text, operand->value.integer);
      break;
    case ENT_OPERAND_TEXT:
    case ENT_OPERAND_RECORD:
      append_quoted (text, operand->text);
      break;
    case ENT_OPERAND_ME:
      g_string_append (text, "me");
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_path (const EntTerm *self,
             GString       *text)
{
  for (guint i = 0; i < self->n_path; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "." : "", self->path[i]->info.name);
  if (self->subject != ENT_SUBJECT_FIELD)
    g_string_append_printf (text, "%s%s", self->n_path > 0 ? "." : "",
                            self->subject == ENT_SUBJECT_ID ? "id" : "code");
}

static void
append_list (const EntTerm *self,
             GString       *text)
{
  g_string_append (text, self->negated ? " not in (" : " in (");
  for (guint i = 0; i < self->operands->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_operand (self, ent_term_get_operand (self, i), text);
    }
  g_string_append_c (text, ')');
}

void
ent_term_append_text (const EntTerm *self,
                      GString       *text)
{
  static const char * const operators[] = { "=", "<", "<=", ">", ">=", "~" };

  append_path (self, text);
  switch (self->op)
    {
    case ENT_OP_FILLED:
      g_string_append (text, self->negated ? " is empty" : " is not empty");
      return;
    case ENT_OP_IN:
      append_list (self, text);
      return;
    case ENT_OP_HAS:
      g_string_append (text, " has ");
      break;
    default:
      if (self->negated)
        g_string_append (text, self->op == ENT_OP_CONTAINS ? " !~ " : " != ");
      else
        g_string_append_printf (text, " %s ", operators[self->op]);
    }
  append_operand (self, ent_term_get_operand (self, 0), text);
}

static void
append_node (const EntNode *node,
             gboolean       nested,
             GString       *text)
{
  if (node->kind == ENT_NODE_TERM)
    {
      ent_term_append_text (node->term, text);
      return;
    }
  if (node->kind == ENT_NODE_NOT)
    {
      g_string_append (text, "not ");
      append_node (node->children->pdata[0], TRUE, text);
      return;
    }
  if (nested)
    g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append (text, node->kind == ENT_NODE_AND ? " and " : " or ");
      append_node (node->children->pdata[i], TRUE, text);
    }
  if (nested)
    g_string_append_c (text, ')');
}

char *
ent_filter_to_text (const EntFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->root != NULL)
    append_node (self->root, FALSE, text);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char **
ent_filter_dup_terms (const EntFilter *self)
{
  g_autoptr (GStrvBuilder) terms = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (self->root != NULL && self->root->kind == ENT_NODE_AND)
    for (guint i = 0; i < self->root->children->len; i++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        append_node (self->root->children->pdata[i], TRUE, text);
        g_strv_builder_add (terms, text->str);
      }
  else if (self->root != NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      /* In parentheses even alone, so that terms joined by "and" mean what they meant. */
      append_node (self->root, TRUE, text);
      g_strv_builder_add (terms, text->str);
    }
  return g_strv_builder_end (terms);
}
