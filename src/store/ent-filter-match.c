/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What terms mean, in C: the tests of texts and money that all evaluators share, and the evaluation of
 * a filter on one loaded record. */
#include "config.h"

#include "store/ent-filter-private.h"

#include <string.h>
#include <yyjson.h>

EntTest
ent_term_get_test (const EntTerm *self)
{
  const EntField *field = ent_term_get_field (self);

  if (self->op == ENT_OP_FILLED)
    return ENT_TEST_FILLED;
  if (field == NULL)
    return self->subject == ENT_SUBJECT_ID ? ENT_TEST_KEYS : ENT_TEST_INTEGER;
  if (field->info.type == ENT_FIELD_REF)
    return self->op == ENT_OP_CONTAINS ? ENT_TEST_TITLE : ENT_TEST_KEYS;
  if (ent_field_is_many (field))
    return ENT_TEST_ITEMS;
  if (field->info.type == ENT_FIELD_MONEY)
    return ENT_TEST_MONEY;
  return ent_field_is_integer (field) ? ENT_TEST_INTEGER : ENT_TEST_TEXT;
}

gboolean
ent_field_is_folded (const EntField *self)
{
  switch (self->info.type)
    {
    case ENT_FIELD_TEXT:
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_URL:
    case ENT_FIELD_EMAIL:
    case ENT_FIELD_DOMAIN:
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- Texts ---------------------------------------------------------------------------------------- */

static gboolean
contains (const char *text,
          gsize       length,
          const char *key,
          GString    *scratch)
{
  return text != NULL && strstr (ent_text_key_into (scratch, text, (gssize) length), key) != NULL;
}

/* People look for what they see: labels of choices, names of countries. */
static gboolean
is_shown_with (const EntField *field,
               const char     *text,
               const char     *key,
               GString        *scratch)
{
  const EntChoice *choice;
  const char *label = NULL;

  if (field->info.type == ENT_FIELD_COUNTRY)
    label = ent_country_get_name (text);
  else if (field->choices != NULL)
    {
      choice = ent_field_lookup_choice (field, text);
      label = choice != NULL ? ent_choice_get_label (choice) : NULL;
    }
  return label != NULL && contains (label, strlen (label), key, scratch);
}

static gboolean
is_ordered (EntOp op,
            int   order)
{
  switch (op)
    {
    case ENT_OP_LESS:
      return order < 0;
    case ENT_OP_LESS_EQUAL:
      return order <= 0;
    case ENT_OP_GREATER:
      return order > 0;
    case ENT_OP_GREATER_EQUAL:
      return order >= 0;
    default:
      return order == 0;
    }
}

static int
get_choice_rank (const EntField *field,
                 const char     *value)
{
  for (guint i = 0; i < field->choices->len; i++)
    if (strcmp (((const EntChoice *) field->choices->pdata[i])->value, value) == 0)
      return (int) i;
  return -1;
}

/* Choices are in the order of their declaration; those outside it are before and after none. */
static gboolean
matches_exactly (const EntTerm    *self,
                 const EntField   *field,
                 const EntOperand *operand,
                 const char       *text)
{
  gboolean is_order = self->op >= ENT_OP_LESS && self->op <= ENT_OP_GREATER_EQUAL;
  int a, b;

  if (!is_order || field->choices == NULL)
    return is_ordered (self->op, strcmp (text, operand->value.text));
  a = get_choice_rank (field, text);
  b = get_choice_rank (field, operand->value.text);
  return a >= 0 && b >= 0 && is_ordered (self->op, a - b);
}

gboolean
ent_term_matches_text (const EntTerm *self,
                       const char    *text,
                       gsize          length,
                       GString       *scratch)
{
  const EntField *field = ent_term_get_field (self);
  gboolean folded = ent_field_is_folded (field) || self->op == ENT_OP_CONTAINS;
  g_autoptr (GString) own = scratch == NULL ? g_string_new (NULL) : NULL;
  const char *key = text;

  if (own != NULL)
    scratch = own;
  if (folded)
    key = ent_text_key_into (scratch, text, (gssize) length);
  for (guint i = 0; i < self->operands->len; i++)
    {
      const EntOperand *operand = ent_term_get_operand (self, i);

      if (self->op == ENT_OP_CONTAINS)
        return strstr (key, operand->key) != NULL || is_shown_with (field, text, operand->key, scratch);
      if (folded ? is_ordered (self->op, strcmp (key, operand->key))
                 : matches_exactly (self, field, operand, text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches_integer (const EntTerm *self,
                 gint64         integer)
{
  for (guint i = 0; i < self->operands->len; i++)
    if (ent_term_get_operand (self, i)->value.integer == integer)
      return TRUE;
  return FALSE;
}

gboolean
ent_term_matches_stored (EntFilterRun  *run,
                         const EntTerm *self,
                         const char    *json,
                         gsize          length,
                         GString       *scratch)
{
  gboolean is_ref = ent_term_get_field (self)->info.type == ENT_FIELD_REF;
  yyjson_doc *document = yyjson_read (json, length, 0);
  yyjson_arr_iter iter;
  yyjson_val *item;
  gboolean found = FALSE;

  yyjson_arr_iter_init (yyjson_doc_get_root (document), &iter);
  while (!found && (item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (yyjson_is_str (item))
        found = ent_term_matches_text (self, yyjson_get_str (item), yyjson_get_len (item), scratch);
      else if (yyjson_is_int (item) && is_ref)
        found = ent_filter_run_has_key (run, self, yyjson_get_sint (item));
      else if (yyjson_is_int (item))
        found = matches_integer (self, yyjson_get_sint (item));
    }
  yyjson_doc_free (document);
  return found;
}

gboolean
ent_term_matches_money (const EntTerm *self,
                        gint64         minor,
                        const char    *currency)
{
  EntRange range;

  for (guint i = 0; i < self->operands->len; i++)
    if (ent_filter_run_amounts (self, ent_term_get_operand (self, i), currency, &range) &&
        minor >= range.from && minor <= range.to)
      return TRUE;
  return FALSE;
}

/* --- Records -------------------------------------------------------------------------------------- */

static gboolean
matches_ranges (EntFilterRun  *run,
                const EntTerm *term,
                gint64         integer)
{
  g_autoptr (GArray) ranges = ent_filter_run_ranges (run, term);

  for (guint i = 0; i < ranges->len; i++)
    {
      EntRange range = g_array_index (ranges, EntRange, i);

      if (integer >= range.from && integer <= range.to)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches_title (EntFilterRun  *run,
               const EntTerm *term,
               EntKey         key)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  g_autoptr (EntRecord) record = NULL;
  const char *title;

  if (run->store != NULL)
    record = ent_store_get (run->store, key, NULL);
  if (record == NULL || !ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)))
    return FALSE;
  title = ent_record_get_text (record, "title");
  return title != NULL && contains (title, strlen (title), ent_term_get_operand (term, 0)->key,
                                    scratch);
}

typedef gboolean (*KeyTest) (EntFilterRun *run, const EntTerm *term, guint hop, EntKey key);

static gboolean
any_key (EntFilterRun   *run,
         const EntTerm  *term,
         guint           hop,
         const EntValue *value,
         KeyTest         test)
{
  if (value->kind == ENT_VALUE_INT)
    return test (run, term, hop, value->integer);
  if (value->kind == ENT_VALUE_KEYS)
    for (gint64 i = 0; i < value->integer; i++)
      if (test (run, term, hop, value->keys[i]))
        return TRUE;
  return FALSE;
}

static gboolean
test_key (EntFilterRun  *run,
          const EntTerm *term,
          guint          hop,
          EntKey         key)
{
  if (ent_term_get_test (term) == ENT_TEST_TITLE)
    return matches_title (run, term, key);
  return ent_filter_run_has_key (run, term, key);
}

static gboolean
matches_items (const EntTerm  *term,
               const EntValue *value)
{
  if (value->kind == ENT_VALUE_LIST)
    for (guint i = 0; value->list[i] != NULL; i++)
      if (ent_term_matches_text (term, value->list[i], strlen (value->list[i]), NULL))
        return TRUE;
  return FALSE;
}

static gboolean
matches_value (EntFilterRun   *run,
               const EntTerm  *term,
               const EntValue *value)
{
  switch (ent_term_get_test (term))
    {
    case ENT_TEST_FILLED:
      return value->kind != ENT_VALUE_NULL;
    case ENT_TEST_INTEGER:
      return value->kind == ENT_VALUE_INT && matches_ranges (run, term, value->integer);
    case ENT_TEST_KEYS:
    case ENT_TEST_TITLE:
      return any_key (run, term, 0, value, test_key);
    case ENT_TEST_MONEY:
      return value->kind == ENT_VALUE_MONEY &&
             ent_term_matches_money (term, value->integer, value->currency);
    case ENT_TEST_ITEMS:
      return matches_items (term, value);
    case ENT_TEST_TEXT:
      return value->kind == ENT_VALUE_TEXT &&
             ent_term_matches_text (term, value->text, strlen (value->text), NULL);
    default:
      g_assert_not_reached ();
    }
}

static gboolean matches_at (EntFilterRun *run, const EntTerm *term, guint hop, EntRecord *record);

static gboolean
follow (EntFilterRun  *run,
        const EntTerm *term,
        guint          hop,
        EntKey         key)
{
  g_autoptr (EntRecord) record = NULL;

  if (run->store != NULL)
    record = ent_store_get (run->store, key, NULL);
  return record != NULL && ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)) &&
         matches_at (run, term, hop, record);
}

static gboolean
matches_at (EntFilterRun  *run,
            const EntTerm *term,
            guint          hop,
            EntRecord     *record)
{
  guint n_hops = term->subject == ENT_SUBJECT_FIELD ? term->n_path - 1 : term->n_path;

  if (hop < n_hops)
    return any_key (run, term, hop + 1, ent_record_get (record, term->path[hop]->index), follow);
  if (term->subject == ENT_SUBJECT_FIELD)
    return matches_value (run, term, ent_record_get (record, term->path[hop]->index));
  if (term->op == ENT_OP_FILLED)
    return TRUE;
  if (term->subject == ENT_SUBJECT_ID)
    return ent_filter_run_has_key (run, term, ent_record_get_key (record));
  return matches_ranges (run, term, ent_key_row (ent_record_get_key (record)));
}

static gboolean
matches_node (EntFilterRun  *run,
              const EntNode *node,
              EntRecord     *record)
{
  if (node->kind == ENT_NODE_TERM)
    return matches_at (run, node->term, 0, record) != node->term->negated;
  if (node->kind == ENT_NODE_NOT)
    return !matches_node (run, node->children->pdata[0], record);
  for (guint i = 0; i < node->children->len; i++)
    if (matches_node (run, node->children->pdata[i], record) == (node->kind == ENT_NODE_OR))
      return node->kind == ENT_NODE_OR;
  return node->kind == ENT_NODE_AND;
}

/* Finds the records that the filter names, so that no connection is held while records are read. */
static void
resolve_names (EntFilterRun  *run,
               const EntNode *node)
{
  if (node->kind == ENT_NODE_TERM)
    {
      if (ent_term_get_test (node->term) != ENT_TEST_KEYS)
        return;
      if (run->connection == NULL && run->store != NULL)
        run->connection = ent_store_acquire_reader (run->store, NULL);
      ent_filter_run_get_keys (run, node->term);
      return;
    }
  for (guint i = 0; i < node->children->len; i++)
    resolve_names (run, node->children->pdata[i]);
}

gboolean
ent_filter_matches (const EntFilter *self,
                    EntStore        *store,
                    EntRecord       *record)
{
  g_auto (EntFilterRun) run = { 0 };

  g_return_val_if_fail (self != NULL && ENT_IS_RECORD (record), FALSE);

  if (self->root == NULL)
    return TRUE;
  ent_filter_run_init (&run, store, NULL);
  resolve_names (&run, self->root);
  if (run.connection != NULL)
    ent_store_release_reader (store, g_steal_pointer (&run.connection));
  return matches_node (&run, self->root, record);
}
