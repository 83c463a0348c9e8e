/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Cells of few different texts are read once: choices, countries, booleans, currencies. */
#define MEMO_MAX 512

typedef enum
{
  WAY_TEXT,      /* as it stands */
  WAY_TEXTS,     /* a list of such */
  WAY_INT,
  WAY_DATE,
  WAY_MEMO,
  WAY_REFERENCE, /* looked up later */
  WAY_MODEL,     /* ent_value_read() */
} Way;

typedef struct
{
  EntValue      value;
  EntCellResult result;
} Memo;

struct _EntCellReader
{
  const EntField  *field;
  EntSchema       *schema;
  EntReadContext   context;
  char            *currency;
  Way              way;
  gboolean         is_limited;
  gboolean         is_csv;   /* formulas were neutralised */
  /* 'K', 'M', 'B': the numbers are thousands, millions, billions; or 0 */
  char             scale;
  GHashTable      *memos;    /* text → Memo */
  GHashTable      *added;    /* values of choices that are being added */
  EntNewChoiceFunc add_func;
  gpointer         add_data;
};

static void
memo_free (gpointer data)
{
  Memo *memo = data;

  ent_value_clear (&memo->value);
  g_free (memo);
}

static Way
choose_way (const EntField *field,
            char            scale)
{
  if (field->info.type == ENT_FIELD_REF)
    return WAY_REFERENCE;
  if (scale != 0)
    return WAY_MODEL;
  switch ((int) field->info.type)
    {
    case ENT_FIELD_ENUM:
    case ENT_FIELD_COUNTRY:
    case ENT_FIELD_CURRENCY:
    case ENT_FIELD_BOOL:
    case ENT_FIELD_TIMEZONE:
      return WAY_MEMO;
    case ENT_FIELD_TEXT:
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_CODE:
      return ent_field_is_many (field) ? WAY_TEXTS : WAY_TEXT;
    case ENT_FIELD_INT:
      return WAY_INT;
    case ENT_FIELD_DATE:
      return WAY_DATE;
    default:
      return WAY_MODEL;
    }
}

EntCellReader *
ent_cell_reader_new (const EntImportPlan *plan,
                     guint                column,
                     const char          *currency)
{
  const EntImportColumn *source = &plan->columns[column];
  EntCellReader *self = g_new0 (EntCellReader, 1);

  self->field = source->field;
  self->schema = ent_schema_ref (plan->schema);
  self->way = choose_way (self->field, source->scale);
  self->is_limited = self->field->info.min != 0 || self->field->info.max != 0;
  self->scale = source->scale;
  self->is_csv = ent_table_source_get_format (plan->source) == ENT_TABLE_CSV;
  self->currency = g_strdup (source->currency[0] != '\0' ? source->currency : currency);
  self->context = (EntReadContext) {
    .date_order = source->date_order,
    .decimal_point = source->decimal_point,
    .default_currency = self->currency,
  };
  self->memos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memo_free);
  self->added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ent_cell_reader_free (EntCellReader *self)
{
  g_hash_table_unref (self->memos);
  g_hash_table_unref (self->added);
  g_free (self->currency);
  ent_schema_unref (self->schema);
  g_free (self);
}

const EntField *
ent_cell_reader_get_field (const EntCellReader *self)
{
  return self->field;
}

void
ent_cell_reader_add_choices (EntCellReader    *self,
                             EntNewChoiceFunc  func,
                             gpointer          user_data)
{
  self->add_func = func;
  self->add_data = user_data;
}

/* --- Choices ---------------------------------------------------------------------------------- */

/* "In Category (old)" → in_category_old; texts without Latin letters get a value of their own. */
static char *
make_value (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  GString *value = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (value, g_ascii_tolower (*p));
    else if (value->len > 0 && value->str[value->len - 1] != '_' && *p != '?')
      g_string_append_c (value, '_');
  while (value->len > 0 && value->str[value->len - 1] == '_')
    g_string_truncate (value, value->len - 1);
  if (value->len == 0)
    g_string_printf (value, "choice_%08x", g_str_hash (text));
  else if (g_ascii_isdigit (value->str[0]))
    g_string_prepend (value, "n_");
  return g_string_free_and_steal (value);
}

/* "in_category" → "In category"; what was written for people stays as it is. */
static char *
make_label (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "_", ' ');
  g_autofree char *first = NULL;

  if (strchr (text, ' ') != NULL || strpbrk (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL)
    return g_strdup (text);
  first = g_utf8_strup (spaced, g_utf8_next_char (spaced) - spaced);
  return g_strconcat (first, g_utf8_next_char (spaced), NULL);
}

/* The value of choice @text, made if it may be; NULL when it is unknown. */
static char *
find_choice (EntCellReader *self,
             const char    *text)
{
  const EntChoice *choice = ent_field_match_choice (self->field, text);
  g_autofree char *value = NULL;

  if (choice != NULL)
    return g_strdup (choice->value);
  if (self->add_func == NULL || !(self->field->info.flags & ENT_FIELD_OPEN))
    return NULL;

  value = make_value (text);
  if (ent_field_lookup_choice (self->field, value) == NULL &&
      !g_hash_table_contains (self->added, value))
    {
      g_autofree char *label = make_label (text);

      self->add_func (self->field, value, label, self->add_data);
      g_hash_table_add (self->added, g_strdup (value));
    }
  return g_steal_pointer (&value);
}

/* Replaces the texts of an open choice field by values; those that are unknown are left out. */
static EntCellResult
settle_choices (EntCellReader *self,
                EntValue      *value)
{
  EntCellResult result = ENT_CELL_OWNED;
  g_autoptr (GStrvBuilder) kept = NULL;

  if (value->kind == ENT_VALUE_TEXT)
    {
      char *choice = find_choice (self, value->text);

      result = choice != NULL ? ENT_CELL_OWNED : ENT_CELL_CHOICE;
      ent_value_take_text (value, choice);
      return result;
    }
  if (value->kind != ENT_VALUE_LIST)
    return result;

  kept = g_strv_builder_new ();
  for (char **item = value->list; *item != NULL; item++)
    {
      char *choice = find_choice (self, *item);

      if (choice != NULL)
        g_strv_builder_take (kept, choice);
      else
        result = ENT_CELL_CHOICE;
    }
  ent_value_take_list (value, g_strv_builder_end (kept));
  return result;
}

/* --- Ways of reading -------------------------------------------------------------------------- */

/* "12.5" in a column of millions is "12.5M". */
static char *
write_scale (EntCellReader *self,
             const char    *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  gsize length = strlen (bare);
  gboolean is_number = length > 0 && (g_ascii_isdigit (bare[length - 1]) ||
                                      bare[length - 1] == '.');

  return g_strdup_printf (is_number ? "%s%c" : "%s", bare, self->scale);
}

static EntCellResult
read_by_model (EntCellReader *self,
               const char    *text,
               const char    *currency,
               EntValue      *value)
{
  EntReadContext context = self->context;
  g_autofree char *scaled = NULL;

  if (self->scale != 0)
    text = scaled = write_scale (self, text);
  if (currency != NULL)
    context.default_currency = currency;
  *value = (EntValue) ENT_VALUE_INIT;
  if (!ent_value_read (self->field, text, &context, value, NULL))
    return ENT_CELL_WRONG;
  if (ent_value_is_null (value))
    return ENT_CELL_NULL;
  if (self->field->info.type == ENT_FIELD_ENUM && (self->field->info.flags & ENT_FIELD_OPEN))
    return settle_choices (self, value);
  return ENT_CELL_OWNED;
}

static EntCellResult
read_memo (EntCellReader *self,
           const char    *text,
           EntValue      *value)
{
  Memo *memo = g_hash_table_lookup (self->memos, text);
  EntCellResult result;

  if (memo == NULL)
    {
      result = read_by_model (self, text, NULL, value);
      if (g_hash_table_size (self->memos) >= MEMO_MAX)
        {
          if (result != ENT_CELL_OWNED)
            ent_value_clear (value);
          return result;
        }
      memo = g_new0 (Memo, 1);
      memo->value = *value;
      memo->result = result == ENT_CELL_OWNED ? ENT_CELL_VALUE : result;
      g_hash_table_insert (self->memos, g_strdup (text), memo);
    }
  *value = memo->value;
  return memo->result;
}

static gboolean
read_int (const char *text,
          gsize       length,
          gint64     *integer)
{
  gint64 n = 0;

  if (length > 17)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      n = n * 10 + (text[i] - '0');
    }
  *integer = n;
  return TRUE;
}

/* 2026-11-20. */
static gboolean
read_date (const char *text,
           gsize       length,
           gint64     *days)
{
  gint64 year, month, day;

  if (length != 10 || text[4] != '-' || text[7] != '-' || !read_int (text, 4, &year) ||
      !read_int (text + 5, 2, &month) || !read_int (text + 8, 2, &day) ||
      !ent_date_is_valid_ymd ((int) year, (int) month, (int) day))
    return FALSE;
  *days = ent_date_from_ymd ((int) year, (int) month, (int) day);
  return TRUE;
}

/* One line of plain text goes as it stands; what has to be changed goes the long way. */
static gboolean
is_plain (const char *text,
          gsize       length)
{
  return (guchar) text[0] > ' ' && (guchar) text[length - 1] > ' ' &&
         (guchar) text[0] < 0xc2 && (guchar) text[length - 1] < 0x80 &&
         memchr (text, '\n', length) == NULL && memchr (text, '\r', length) == NULL;
}

/* Our export puts an apostrophe before a text that a spreadsheet would run: '=, '+, '-, '@. */
static gboolean
is_neutralised (const char *text)
{
  while (*text == '\'')
    text++;
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

/* Takes off the apostrophe that our export put there. Returns whether the rest goes as it stands. */
static gboolean
take_plain (EntCellReader *self,
            const char   **text,
            gsize         *length)
{
  if ((*text)[0] == '\'' && self->is_csv && is_neutralised (*text))
    {
      (*text)++;
      (*length)--;
    }
  return !self->is_limited && is_plain (*text, *length);
}

static EntCellResult
read_text (EntCellReader *self,
           EntArena      *arena,
           const char    *text,
           gsize          length,
           EntValue      *value)
{
  if (!take_plain (self, &text, &length))
    return read_by_model (self, text, NULL, value);
  value->kind = ENT_VALUE_TEXT;
  value->text = ent_arena_copy (arena, text, length);
  return ENT_CELL_VALUE;
}

/* A list of one, which most are. */
static EntCellResult
read_texts (EntCellReader *self,
            EntArena      *arena,
            const char    *text,
            gsize          length,
            EntValue      *value)
{
  if (!take_plain (self, &text, &length) || strpbrk (text, ";|,\\") != NULL)
    return read_by_model (self, text, NULL, value);
  value->kind = ENT_VALUE_LIST;
  value->list = ent_arena_make_list (arena, text, length);
  return ENT_CELL_VALUE;
}

EntCellResult
ent_cell_reader_read (EntCellReader *self,
                      EntArena      *arena,
                      const char    *text,
                      gsize          length,
                      const char    *currency,
                      EntValue      *value)
{
  gint64 integer;

  value->kind = ENT_VALUE_NULL;
  value->text = NULL;
  if (length == 0)
    return ENT_CELL_NULL;

  switch (self->way)
    {
    case WAY_TEXT:
      return read_text (self, arena, text, length, value);
    case WAY_TEXTS:
      return read_texts (self, arena, text, length, value);
    case WAY_INT:
    case WAY_DATE:
      if (self->is_limited || !(self->way == WAY_INT ? read_int (text, length, &integer)
                                                     : read_date (text, length, &integer)))
        return read_by_model (self, text, currency, value);
      value->kind = ENT_VALUE_INT;
      value->integer = integer;
      return ENT_CELL_VALUE;
    case WAY_MEMO:
      return read_memo (self, text, value);
    case WAY_REFERENCE:
      while (length > 0 && g_ascii_isspace (*text))
        text++, length--;
      while (length > 0 && g_ascii_isspace (text[length - 1]))
        length--;
      if (length == 0)
        return ENT_CELL_NULL;
      value->kind = ENT_VALUE_TEXT;
      value->text = ent_arena_copy (arena, text, length);
      return ENT_CELL_VALUE;
    case WAY_MODEL:
    default:
      if (text[0] == '\'' && self->is_csv && is_neutralised (text))
        text++;
      return read_by_model (self, text, currency, value);
    }
}

char *
ent_cell_reader_explain (EntCellReader *self,
                         const char    *text)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!ent_value_read (self->field, text, &self->context, &value, &error))
    return g_strdup (error->message);
  if (self->field->info.type == ENT_FIELD_ENUM && (self->field->info.flags & ENT_FIELD_OPEN))
    return g_strdup_printf (_("“%s” is not one of the choices of “%s”; correct it, or let the "
                              "import add new choices"), text, ent_field_get_label (self->field));
  return g_strdup_printf (_("“%s” does not fit “%s”; correct it"), text,
                          ent_field_get_label (self->field));
}
