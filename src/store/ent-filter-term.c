/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words of a term mean: which fields a path goes through, what may be asked of them, and how
 * values are read. */
#include "config.h"

#include "store/ent-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- Did you mean --------------------------------------------------------------------------------- */

#define MAX_GUESS 40

/* Edits (insert, delete, replace, swap neighbors) between two short words. */
static guint
edit_distance (const char *a,
               const char *b)
{
  gsize n = MIN (strlen (a), MAX_GUESS), m = MIN (strlen (b), MAX_GUESS);
  guint rows[3][MAX_GUESS + 1];

  for (gsize j = 0; j <= m; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i - 1) % 3];

      row[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
  return rows[n % 3][m];
}

static const char *
guess_field (const EntRecordType *type,
             const char          *word)
{
  static const char * const others[] = { "name", "id", "code" };
  g_autofree char *lower = g_ascii_strdown (word, -1);
  guint n_fields = ent_record_type_get_n_fields (type);
  guint best = (guint) MIN (strlen (word) / 3 + 1, 3) + 1;
  const char *guess = NULL;

  for (guint i = 0; i < n_fields + G_N_ELEMENTS (others); i++)
    {
      const char *name = i < n_fields ? ent_record_type_get_nth (type, i)->info.name
                                      : others[i - n_fields];
      guint distance = edit_distance (lower, name);

      if (distance < best)
        {
          best = distance;
          guess = name;
        }
    }
  return guess;
}

/* --- Paths ---------------------------------------------------------------------------------------- */

static const EntField *
find_field (const EntRecordType *type,
            const char          *word)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  const EntField *field = ent_record_type_lookup (type, lower);

  if (field == NULL && strcmp (lower, "name") == 0)
    field = ent_record_type_get_nth (type, ENT_COMMON_TITLE);
  return field;
}

static gboolean
fail_no_field (const EntRecordType *type,
               const char          *word,
               GError             **error)
{
  const char *guess = guess_field (type, word);

  if (*word == '\0')
    ent_filter_fail (error, _("A field is missing beside “.”"));
  else if (guess != NULL)
    ent_filter_fail (error, _("“%s” is no field of %s; did you mean “%s”?"), word, type->info->name,
                     guess);
  else
    ent_filter_fail (error, _("“%s” is no field of %s"), word, type->info->name);
  return FALSE;
}

/* `id` and `code` name the record itself, unless the type has a field of that name. */
static gboolean
read_subject (EntTerm             *self,
              const EntRecordType *type,
              const char          *word,
              GError             **error)
{
  const EntField *field = find_field (type, word);

  self->type = type;
  if (field != NULL)
    self->path[self->n_path++] = field;
  else if (g_ascii_strcasecmp (word, "id") == 0)
    self->subject = ENT_SUBJECT_ID;
  else if (g_ascii_strcasecmp (word, "code") == 0)
    self->subject = ENT_SUBJECT_CODE;
  else
    return fail_no_field (type, word, error);
  return TRUE;
}

static const EntRecordType *
read_hop (EntTerm             *self,
          const EntRecordType *type,
          const char          *word,
          GError             **error)
{
  const EntField *field = find_field (type, word);

  if (field == NULL)
    {
      fail_no_field (type, word, error);
      return NULL;
    }
  if (field->info.type != ENT_FIELD_REF)
    {
      ent_filter_fail (error, _("“%s” is no reference, so nothing can follow it after “.”"),
                       field->info.name);
      return NULL;
    }
  if (strcmp (field->info.target, "*") == 0)
    {
      ent_filter_fail (error, _("“%s” refers to records of any type; compare it by title or code"),
                       field->info.name);
      return NULL;
    }
  if (self->n_path == ENT_FILTER_MAX_HOPS)
    {
      ent_filter_fail (error, _("A path follows at most %d references"), ENT_FILTER_MAX_HOPS);
      return NULL;
    }
  self->path[self->n_path++] = field;
  return ent_schema_lookup (type->schema, field->info.target);
}

gboolean
ent_term_read_path (EntTerm             *self,
                    const EntRecordType *type,
                    char               **words,
                    guint               *word,
                    GError             **error)
{
  for (*word = 0; words[*word + 1] != NULL; (*word)++)
    {
      type = read_hop (self, type, words[*word], error);
      if (type == NULL)
        return FALSE;
    }
  return read_subject (self, type, words[*word], error);
}

/* --- Operators ------------------------------------------------------------------------------------ */

static gboolean
has_order (const EntField *field)
{
  switch (field->info.type)
    {
    case ENT_FIELD_REF:
    case ENT_FIELD_BOOL:
    case ENT_FIELD_COUNTRY:
    case ENT_FIELD_CURRENCY:
    case ENT_FIELD_TIMEZONE:
    case ENT_FIELD_HASH:
    case ENT_FIELD_JSON:
      return FALSE;
    default:
      return !ent_field_is_many (field);
    }
}

static gboolean
holds_text (const EntField *field)
{
  return field->info.type == ENT_FIELD_REF ||
         (!ent_field_is_integer (field) && field->info.type != ENT_FIELD_MONEY &&
          field->info.type != ENT_FIELD_INT && field->info.type != ENT_FIELD_DATE);
}

static gboolean
check_record_op (EntTerm *self,
                 GError **error)
{
  if (self->op == ENT_OP_CONTAINS || self->op == ENT_OP_HAS)
    ent_filter_fail (error, _("Codes and ids are compared whole, with “=” or “in”"));
  else if (self->subject == ENT_SUBJECT_ID && self->op != ENT_OP_EQUAL && self->op != ENT_OP_IN)
    ent_filter_fail (error, _("Ids have no order; use “=” or “in”"));
  else
    return TRUE;
  return FALSE;
}

gboolean
ent_term_check_op (EntTerm *self,
                   GError **error)
{
  const EntField *field = ent_term_get_field (self);
  gboolean is_order = self->op >= ENT_OP_LESS && self->op <= ENT_OP_GREATER_EQUAL;

  if (field == NULL)
    return check_record_op (self, error);
  if (is_order && !has_order (field))
    ent_filter_fail (error, _("“%s” has no order; use “=” or “in”"), field->info.name);
  else if (self->op == ENT_OP_CONTAINS && !holds_text (field))
    ent_filter_fail (error, _("“~” looks into texts, and “%s” is none; use “=”, “<” or “>”"),
                     field->info.name);
  else if (self->op == ENT_OP_HAS && !ent_field_is_many (field))
    ent_filter_fail (error, _("“%s” holds one value; use “=”"), field->info.name);
  else
    return TRUE;
  return FALSE;
}

/* --- Values --------------------------------------------------------------------------------------- */

static gboolean
fail_choice (const EntField *field,
             const char     *text,
             GError        **error)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  for (guint i = 0; i < field->choices->len; i++)
    {
      const EntChoice *choice = field->choices->pdata[i];

      g_string_append_printf (choices, "%s%s", i > 0 ? ", " : "", choice->value);
    }
  ent_filter_fail (error, _("“%s” is no choice of “%s”; choose among %s"), text, field->info.name,
                   choices->str);
  return FALSE;
}

static gboolean
read_choice (const EntField *field,
             const char     *text,
             EntOperand     *operand,
             GError        **error)
{
  const EntChoice *choice = ent_field_match_choice (field, text);

  if (choice == NULL && (field->info.flags & ENT_FIELD_OPEN) == 0)
    return fail_choice (field, text, error);
  ent_value_set_text (&operand->value, choice != NULL ? choice->value : text);
  return TRUE;
}

static gboolean
read_today (const char *text,
            EntOperand *operand,
            GError    **error)
{
  const char *p = text + strlen ("today");
  char *end = NULL;
  gint64 offset = 0;
  char unit = 'd';

  if (*p != '\0')
    {
      offset = g_ascii_strtoll (p, &end, 10);
      if (end == p || (*p != '+' && *p != '-') || ABS (offset) > 100000)
        goto malformed;
      if (*end != '\0')
        unit = g_ascii_tolower (*end++);
      if (*end != '\0' || strchr ("dwmqy", unit) == NULL)
        goto malformed;
    }
  operand->kind = ENT_OPERAND_TODAY;
  operand->offset = (int) offset;
  operand->unit = unit;
  return TRUE;

malformed:
  ent_filter_fail (error, _("“%s” is no day; write today, today-30d, today+2w, today-3m or today-1y"),
                   text);
  return FALSE;
}

static gboolean
read_instant (const EntField *field,
              const char     *text,
              EntOperand     *operand,
              GError        **error)
{
  gint64 days;

  if (strpbrk (text, ":Tt") == NULL && ent_date_read (text, NULL, &days, NULL))
    {
      operand->kind = ENT_OPERAND_DAY;
      ent_value_set_int (&operand->value, days);
      return TRUE;
    }
  return ent_value_read (field, text, NULL, &operand->value, error);
}

/* An amount without a currency is read as one of a currency with four decimals, which keeps every
 * decimal that any currency has. */
static gboolean
read_amount (const EntField *field,
             const char     *text,
             EntOperand     *operand,
             GError        **error)
{
  EntReadContext context = { .default_currency = "CLF" };
  char currency[4];
  gint64 scaled;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalpha (*p) || *p == '$' || (*p & 0x80) != 0)
      {
        /* Suffixes such as 100k are no currency. */
        if (ent_money_read (text, &context, &scaled, currency, NULL) && strcmp (currency, "CLF") == 0)
          break;
        return ent_value_read (field, text, NULL, &operand->value, error);
      }
  if (!ent_money_read (text, &context, &scaled, currency, error))
    return FALSE;
  operand->kind = ENT_OPERAND_AMOUNT;
  ent_value_set_int (&operand->value, scaled);
  return TRUE;
}

static gboolean
read_record_name (const EntField *field,
                  const char     *text,
                  gboolean        quoted,
                  EntOperand     *operand)
{
  if (!quoted && g_ascii_strcasecmp (text, "me") == 0 &&
      (strcmp (field->info.target, "person") == 0 || strcmp (field->info.target, "*") == 0))
    {
      operand->kind = ENT_OPERAND_ME;
      return TRUE;
    }
  operand->kind = ENT_OPERAND_RECORD;
  operand->text = g_strdup (text);
  operand->key = ent_text_key (text);
  return TRUE;
}

static gboolean
read_identity (const EntTerm *self,
               const char    *text,
               EntOperand    *operand,
               GError       **error)
{
  EntId id;

  operand->text = g_strdup (text);
  if (self->subject == ENT_SUBJECT_ID)
    {
      if (ent_id_parse (&id, text))
        return TRUE;
      ent_filter_fail (error, _("“%s” is no id"), text);
      return FALSE;
    }
  /* A code of another type names no record of this one. */
  ent_value_set_int (&operand->value, ent_schema_read_code (self->type->schema, text));
  if (operand->value.integer == 0)
    {
      ent_filter_fail (error, _("“%s” is no code such as %s-0042"), text, self->type->info->prefix);
      return FALSE;
    }
  return TRUE;
}

/* The limits of a field hold for what is stored, not for what it is compared with. */
static gboolean
read_plain (const EntField *field,
            const char     *text,
            EntOperand     *operand,
            GError        **error)
{
  EntField item = *field;

  item.info.flags &= ~ENT_FIELD_MANY;
  item.info.min = item.info.max = 0;
  switch (field->info.type)
    {
    case ENT_FIELD_ENUM:
      return read_choice (field, text, operand, error);
    case ENT_FIELD_DATETIME:
      return read_instant (&item, text, operand, error);
    case ENT_FIELD_MONEY:
      return read_amount (&item, text, operand, error);
    default:
      return ent_value_read (&item, text, NULL, &operand->value, error);
    }
}

static gboolean
read_value (EntTerm        *self,
            const EntField *field,
            const char     *text,
            gboolean        quoted,
            EntOperand     *operand,
            GError        **error)
{
  gboolean is_date = field->info.type == ENT_FIELD_DATE || field->info.type == ENT_FIELD_DATETIME;

  if (self->op == ENT_OP_CONTAINS)
    {
      operand->kind = ENT_OPERAND_TEXT;
      operand->text = g_strdup (text);
      operand->key = ent_text_key (text);
      return TRUE;
    }
  if (field->info.type == ENT_FIELD_REF)
    return read_record_name (field, text, quoted, operand);
  if (is_date && g_ascii_strncasecmp (text, "today", 5) == 0)
    return read_today (text, operand, error);
  if (!read_plain (field, text, operand, error))
    return FALSE;
  if (ent_field_is_folded (field) && operand->value.kind == ENT_VALUE_TEXT)
    operand->key = ent_text_key (operand->value.text);
  return TRUE;
}

gboolean
ent_term_read_value (EntTerm    *self,
                     const char *text,
                     gboolean    quoted,
                     GError    **error)
{
  const EntField *field = ent_term_get_field (self);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  EntOperand operand = { 0 };
  gboolean ok;

  if (*trimmed == '\0')
    {
      ent_filter_fail (error, _("An empty value compares with nothing; use “is empty”"));
      return FALSE;
    }
  if (field == NULL)
    ok = read_identity (self, trimmed, &operand, error);
  else
    ok = read_value (self, field, trimmed, quoted, &operand, error);
  if (ok)
    g_array_append_val (self->operands, operand);
  else
    ent_operand_clear (&operand);
  return ok;
}
