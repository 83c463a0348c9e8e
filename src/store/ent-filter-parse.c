/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grammar of the filter language: recursive descent, its depth bounded. */
#include "config.h"

#include "store/ent-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  EntLexer             lexer;
  const EntRecordType *type;
  guint                depth;
  guint                n_terms;
  guint                n_values;
  int                  column; /* of the error */
} Parser;

static EntNode *parse_any (Parser *self, GError **error);

/* --- Errors --------------------------------------------------------------------------------------- */

void
ent_filter_fail (GError    **error,
                 const char *format,
                 ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (ENT_FILTER_ERROR, 0, format, arguments);
  va_end (arguments);
}

/* Every message of the parser is one sentence that ends with its place. */
static gpointer
place_error (Parser     *self,
             const char *at,
             GError     *cause,
             GError    **error)
{
  gsize length = strlen (cause->message);

  self->column = ent_lexer_get_column (&self->lexer, at);
  while (length > 0 && strchr (". ", cause->message[length - 1]) != NULL)
    length--;
  g_set_error (error, ENT_FILTER_ERROR, 0, _("%.*s (column %d)"), (int) length, cause->message,
               self->column);
  g_error_free (cause);
  return NULL;
}

static gpointer
fail_at (Parser     *self,
         const char *at,
         const char *text,
         GError    **error)
{
  return place_error (self, at, g_error_new_literal (ENT_FILTER_ERROR, 0, text), error);
}

static gpointer
fail_expected (Parser     *self,
               const char *expected,
               GError    **error)
{
  const EntToken *token = &self->lexer.token;
  int length = (int) (self->lexer.next - token->start);
  GError *cause;

  if (token->kind == ENT_TOKEN_BAD)
    return fail_at (self, token->start, token->text, error);
  if (token->kind == ENT_TOKEN_END)
    cause = g_error_new (ENT_FILTER_ERROR, 0, _("The filter ends where %s should follow"), expected);
  else
    cause = g_error_new (ENT_FILTER_ERROR, 0, _("“%.*s” stands where %s should follow"), length,
                         token->start, expected);
  return place_error (self, token->start, cause, error);
}

/* --- Terms ---------------------------------------------------------------------------------------- */

static gboolean
parse_path (Parser   *self,
            EntTerm  *term,
            GError  **error)
{
  const char *start = self->lexer.token.start;
  g_auto (GStrv) words = NULL;
  GError *cause = NULL;
  guint word = 0;

  if (self->lexer.token.kind != ENT_TOKEN_WORD)
    return fail_expected (self, _("a field"), error) != NULL;
  words = g_strsplit (self->lexer.token.text, ".", -1);
  if (ent_term_read_path (term, self->type, words, &word, &cause))
    {
      ent_lexer_advance (&self->lexer);
      return TRUE;
    }
  for (guint i = 0; i < word; i++)
    start += strlen (words[i]) + 1;
  return place_error (self, start, cause, error) != NULL;
}

/* A word that a bare amount or "today" goes on with: "1000 USD", "today - 30d". */
static gboolean
continues (const EntTerm  *term,
           const char     *so_far,
           const EntToken *token)
{
  const EntField *field = ent_term_get_field (term);

  if (token->kind != ENT_TOKEN_WORD || field == NULL)
    return FALSE;
  if (field->info.type == ENT_FIELD_MONEY)
    return ent_currency_is_known (token->text) || ent_currency_is_known (so_far);
  if (field->info.type == ENT_FIELD_DATE || field->info.type == ENT_FIELD_DATETIME)
    {
      char last = so_far[strlen (so_far) - 1];

      return g_ascii_strncasecmp (so_far, "today", 5) == 0 &&
             (strchr ("+-", *token->text) != NULL || strchr ("+-", last) != NULL);
    }
  return FALSE;
}

static char *
take_words (Parser        *self,
            const EntTerm *term)
{
  gboolean spaced = ent_term_get_field (term) != NULL &&
                    ent_term_get_field (term)->info.type == ENT_FIELD_MONEY;
  GString *text = g_string_new (self->lexer.token.text);

  ent_lexer_advance (&self->lexer);
  while (text->len > 0 && continues (term, text->str, &self->lexer.token))
    {
      if (spaced)
        g_string_append_c (text, ' ');
      g_string_append (text, self->lexer.token.text);
      ent_lexer_advance (&self->lexer);
    }
  return g_string_free_and_steal (text);
}

static gboolean
parse_value (Parser   *self,
             EntTerm  *term,
             GError  **error)
{
  const char *start = self->lexer.token.start;
  gboolean quoted = self->lexer.token.kind == ENT_TOKEN_QUOTED;
  g_autofree char *text = NULL;
  GError *cause = NULL;

  if (!quoted && self->lexer.token.kind != ENT_TOKEN_WORD)
    return fail_expected (self, _("a value"), error) != NULL;
  if (++self->n_values > ENT_FILTER_MAX_VALUES)
    return fail_at (self, start, _("The filter has too many values"), error) != NULL;
  if (quoted)
    {
      text = g_strdup (self->lexer.token.text);
      ent_lexer_advance (&self->lexer);
    }
  else
    text = take_words (self, term);
  return ent_term_read_value (term, text, quoted, &cause) ||
         place_error (self, start, cause, error) != NULL;
}

static gboolean
parse_values (Parser   *self,
              EntTerm  *term,
              GError  **error)
{
  if (self->lexer.token.kind != ENT_TOKEN_OPEN)
    return fail_expected (self, _("“(” and the values"), error) != NULL;
  do
    {
      ent_lexer_advance (&self->lexer);
      if (!parse_value (self, term, error))
        return FALSE;
    }
  while (self->lexer.token.kind == ENT_TOKEN_COMMA);
  if (self->lexer.token.kind != ENT_TOKEN_CLOSE)
    return fail_expected (self, _("“,” or “)”"), error) != NULL;
  ent_lexer_advance (&self->lexer);
  return TRUE;
}

static gboolean
parse_is_empty (Parser   *self,
                EntTerm  *term,
                GError  **error)
{
  gboolean not;

  ent_lexer_advance (&self->lexer);
  not = ent_token_is (&self->lexer.token, "not");
  if (not)
    ent_lexer_advance (&self->lexer);
  if (!ent_token_is (&self->lexer.token, "empty"))
    return fail_expected (self, not ? _("“empty”") : _("“empty” or “not empty”"), error) != NULL;
  ent_lexer_advance (&self->lexer);
  term->op = ENT_OP_FILLED;
  term->negated = !not;
  return TRUE;
}

/* A boolean field alone means that it is true. */
static gboolean
parse_alone (Parser   *self,
             EntTerm  *term,
             GError  **error)
{
  const EntField *field = ent_term_get_field (term);

  if (field == NULL || field->info.type != ENT_FIELD_BOOL || ent_field_is_many (field))
    return fail_expected (self, _("a comparison such as “=”, “~”, “in” or “is empty”"), error) != NULL;
  term->op = ENT_OP_EQUAL;
  return ent_term_read_value (term, "true", FALSE, error);
}

static gboolean
parse_comparison (Parser   *self,
                  EntTerm  *term,
                  GError  **error)
{
  const EntToken *token = &self->lexer.token;
  const char *start = token->start;
  gboolean not = FALSE;
  GError *cause = NULL;

  if (ent_token_is (token, "is"))
    return parse_is_empty (self, term, error);
  if (ent_token_is (token, "not"))
    {
      not = TRUE;
      ent_lexer_advance (&self->lexer);
      if (!ent_token_is (token, "in"))
        return fail_expected (self, _("“in”"), error) != NULL;
    }
  if (token->kind == ENT_TOKEN_OPERATOR)
    term->op = token->op;
  else if (ent_token_is (token, "in"))
    term->op = ENT_OP_IN;
  else if (ent_token_is (token, "has"))
    term->op = ENT_OP_HAS;
  else
    return parse_alone (self, term, error);

  term->negated = not || (token->kind == ENT_TOKEN_OPERATOR && token->negated);
  if (!ent_term_check_op (term, &cause))
    return place_error (self, start, cause, error) != NULL;
  ent_lexer_advance (&self->lexer);
  return term->op == ENT_OP_IN ? parse_values (self, term, error) : parse_value (self, term, error);
}

static EntNode *
parse_term (Parser  *self,
            GError **error)
{
  g_autoptr (EntNode) node = ent_node_new (ENT_NODE_TERM);

  if (++self->n_terms > ENT_FILTER_MAX_TERMS)
    return fail_at (self, self->lexer.token.start, _("The filter has too many terms"), error);
  node->term = ent_term_new ();
  if (!parse_path (self, node->term, error) || !parse_comparison (self, node->term, error))
    return NULL;
  return g_steal_pointer (&node);
}

/* --- Terms joined --------------------------------------------------------------------------------- */

static EntNode *
parse_not (Parser  *self,
           GError **error)
{
  EntNode *node, *child;

  ent_lexer_advance (&self->lexer);
  child = parse_any (self, error);
  if (child == NULL)
    return NULL;
  node = ent_node_new (ENT_NODE_NOT);
  g_ptr_array_add (node->children, child);
  return node;
}

static EntNode *parse_joined (Parser *self, EntNodeKind kind, GError **error);

static EntNode *
parse_group (Parser  *self,
             GError **error)
{
  g_autoptr (EntNode) node = NULL;

  ent_lexer_advance (&self->lexer);
  node = parse_joined (self, ENT_NODE_OR, error);
  if (node == NULL)
    return NULL;
  if (self->lexer.token.kind != ENT_TOKEN_CLOSE)
    return fail_expected (self, _("“and”, “or” or “)”"), error);
  ent_lexer_advance (&self->lexer);
  return g_steal_pointer (&node);
}

static EntNode *
parse_any (Parser  *self,
           GError **error)
{
  const EntToken *token = &self->lexer.token;
  gboolean not = ent_token_is (token, "not");
  EntNode *node;

  if (!not && token->kind != ENT_TOKEN_OPEN)
    return parse_term (self, error);
  if (++self->depth > ENT_FILTER_MAX_DEPTH)
    return fail_at (self, token->start, _("The filter is nested too deeply"), error);
  node = not ? parse_not (self, error) : parse_group (self, error);
  self->depth--;
  return node;
}

/* "and" joins terms, "or" joins what "and" joined; equal ones make one flat node. */
static void
add_child (EntNode *node,
           EntNode *child)
{
  if (child->kind != node->kind)
    {
      g_ptr_array_add (node->children, child);
      return;
    }
  g_ptr_array_extend_and_steal (node->children, g_steal_pointer (&child->children));
  ent_node_free (child);
}

static EntNode *
parse_joined (Parser       *self,
              EntNodeKind   kind,
              GError      **error)
{
  const char *word = kind == ENT_NODE_OR ? "or" : "and";
  g_autoptr (EntNode) node = NULL;

  for (;;)
    {
      EntNode *child = kind == ENT_NODE_OR ? parse_joined (self, ENT_NODE_AND, error)
                                           : parse_any (self, error);
      gboolean more;

      if (child == NULL)
        return NULL;
      more = ent_token_is (&self->lexer.token, word);
      if (node == NULL && !more)
        return child;
      if (node == NULL)
        node = ent_node_new (kind);
      add_child (node, child);
      if (!more)
        return g_steal_pointer (&node);
      ent_lexer_advance (&self->lexer);
    }
}

static EntNode *
parse_all (Parser  *self,
           GError **error)
{
  g_autoptr (EntNode) node = parse_joined (self, ENT_NODE_OR, error);
  EntTokenKind next = self->lexer.token.kind;

  if (node == NULL || next == ENT_TOKEN_END)
    return g_steal_pointer (&node);
  if (next == ENT_TOKEN_WORD || next == ENT_TOKEN_QUOTED)
    return fail_expected (self, _("“and” or “or” (several words need quotes)"), error);
  if (next == ENT_TOKEN_COMMA)
    return fail_expected (self, _("“and” or “or” (numbers are written without commas)"), error);
  return fail_expected (self, _("“and” or “or”"), error);
}

EntFilter *
ent_filter_parse (const EntRecordType *type,
                  const char          *text,
                  int                 *column,
                  GError             **error)
{
  g_autoptr (EntNode) root = NULL;
  Parser parser = { .type = type };
  gboolean is_all;
  EntFilter *self;

  g_return_val_if_fail (type != NULL && text != NULL, NULL);

  if (column != NULL)
    *column = 1;
  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > ENT_FILTER_MAX_LENGTH)
    {
      ent_filter_fail (error, _("The filter is too long or not UTF-8 text (column 1)"));
      return NULL;
    }
  ent_lexer_init (&parser.lexer, text);
  is_all = parser.lexer.token.kind == ENT_TOKEN_END;
  if (!is_all)
    root = parse_all (&parser, error);
  ent_lexer_clear (&parser.lexer);
  if (column != NULL)
    *column = parser.column;
  if (root == NULL && !is_all)
    return NULL;

  self = g_new0 (EntFilter, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->schema = ent_schema_ref (type->schema);
  self->type = type;
  self->root = g_steal_pointer (&root);
  return self;
}
