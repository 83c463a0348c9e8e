/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* plan.snapshot: all a review says, as JSON. Records behind numbers are named by id, because keys and short codes
 * belong to one file. An unknown number is null. */

#define VERSION 1

/* --- Writing --------------------------------------------------------------------------------------------------- */

typedef struct
{
  JsonBuilder *json;
  EntStore    *store;
  GHashTable  *ids; /* EntKey → id as text */
} Writer;

static void
put_text (Writer     *self,
          const char *name,
          const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  json_builder_set_member_name (self->json, name);
  json_builder_add_string_value (self->json, text);
}

static void
put_int (Writer     *self,
         const char *name,
         gint64      value)
{
  if (value == ENT_REVIEW_UNKNOWN)
    return;
  json_builder_set_member_name (self->json, name);
  json_builder_add_int_value (self->json, value);
}

static void
put_key (Writer     *self,
         const char *name,
         EntKey      key)
{
  const char *known = g_hash_table_lookup (self->ids, &key);
  g_autoptr (EntRecord) record = NULL;

  if (key == 0)
    return;
  if (known == NULL && (record = ent_store_get (self->store, key, NULL)) != NULL)
    {
      char *text = g_malloc (ENT_ID_TEXT_LENGTH + 1);

      ent_id_to_text (ent_record_get_id (record), text);
      g_hash_table_insert (self->ids, g_memdup2 (&key, sizeof key), text);
      known = text;
    }
  put_text (self, name, known);
}

static void
begin_array (Writer     *self,
             const char *name)
{
  json_builder_set_member_name (self->json, name);
  json_builder_begin_array (self->json);
}

static void
put_words (Writer      *self,
           const char  *name,
           char       **words)
{
  if (words == NULL)
    return;
  begin_array (self, name);
  for (char **word = words; *word != NULL; word++)
    json_builder_add_string_value (self->json, *word);
  json_builder_end_array (self->json);
}

static void
put_why (Writer *self,
         EntWhy *why)
{
  if (why == NULL)
    return;
  json_builder_set_member_name (self->json, "why");
  json_builder_begin_object (self->json);
  put_text (self, "formula", ent_why_get_formula (why));
  put_text (self, "note", ent_why_get_note (why));
  begin_array (self, "lines");
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);

      json_builder_begin_object (self->json);
      put_text (self, "label", line->label);
      put_text (self, "value", line->value);
      put_text (self, "weight", line->weight);
      put_key (self, "record", line->key);
      json_builder_end_object (self->json);
    }
  json_builder_end_array (self->json);
  json_builder_end_object (self->json);
}

static void
put_table (Writer               *self,
           const EntReviewBlock *block)
{
  begin_array (self, "columns");
  for (guint i = 0; i < block->columns->len; i++)
    {
      const EntReviewColumn *column = g_ptr_array_index (block->columns, i);

      json_builder_begin_object (self->json);
      put_text (self, "title", column->title);
      put_int (self, "number", column->is_number);
      put_int (self, "width", column->width);
      json_builder_end_object (self->json);
    }
  json_builder_end_array (self->json);
  begin_array (self, "rows");
  for (guint i = 0; i < block->rows->len; i++)
    {
      const EntReviewRow *row = g_ptr_array_index (block->rows, i);

      json_builder_begin_object (self->json);
      put_words (self, "cells", row->cells);
      put_key (self, "record", row->key);
      json_builder_end_object (self->json);
    }
  json_builder_end_array (self->json);
}

static void
put_chart (Writer               *self,
           const EntReviewBlock *block)
{
  put_words (self, "labels", block->labels);
  put_int (self, "line", block->is_line);
  begin_array (self, "series");
  for (guint i = 0; i < block->series->len; i++)
    {
      const EntReviewSeries *series = g_ptr_array_index (block->series, i);

      json_builder_begin_object (self->json);
      put_text (self, "name", series->name);
      begin_array (self, "values");
      for (guint k = 0; block->labels[k] != NULL; k++)
        if (series->values[k] == ENT_REVIEW_UNKNOWN)
          json_builder_add_null_value (self->json);
        else
          json_builder_add_int_value (self->json, series->values[k]);
      json_builder_end_array (self->json);
      json_builder_end_object (self->json);
    }
  json_builder_end_array (self->json);
}

static void
put_block (Writer               *self,
           const EntReviewBlock *block)
{
  json_builder_begin_object (self->json);
  put_int (self, "form", block->form);
  put_key (self, "item", block->item);
  put_text (self, "section", block->section);
  put_text (self, "title", block->title);
  put_text (self, "metric", block->metric);
  put_text (self, "text", block->text);
  put_text (self, "source", block->source);
  put_int (self, "minutes", block->minutes);
  put_int (self, "unit", block->unit);
  put_int (self, "amount", block->amount);
  put_text (self, "currency", block->currency);
  put_text (self, "value", block->value);
  put_text (self, "detail", block->detail);
  put_int (self, "known", block->is_known);
  put_int (self, "less", block->less_is_better);
  put_text (self, "change", block->change);
  put_int (self, "tone", block->tone);
  put_text (self, "nothing", block->nothing);
  put_why (self, block->why);
  if (block->columns->len > 0 || block->rows->len > 0)
    put_table (self, block);
  if (block->labels != NULL)
    put_chart (self, block);
  json_builder_end_object (self->json);
}

char *
ent_review_to_snapshot (const EntReview *self,
                        EntStore        *store)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Writer writer = { json, store, ids };

  json_builder_begin_object (json);
  put_int (&writer, "version", VERSION);
  put_text (&writer, "partner", self->partner_name);
  put_text (&writer, "owner", self->owner_name);
  put_text (&writer, "template", self->template_name);
  put_text (&writer, "author", self->author);
  put_int (&writer, "start", self->period_start);
  put_int (&writer, "end", self->period_end);
  put_int (&writer, "as_of", self->as_of);
  put_key (&writer, "previous", self->previous);
  put_text (&writer, "previous_title", self->previous_title);
  put_int (&writer, "previous_at", self->previous_at);
  begin_array (&writer, "blocks");
  for (guint i = 0; i < self->blocks->len; i++)
    put_block (&writer, g_ptr_array_index (self->blocks, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  return json_to_string (root, FALSE);
}

/* --- Reading ---------------------------------------------------------------------------------------------------- */

static char *
get_text (JsonObject *object,
          const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, ""));
}

static gint64
get_int (JsonObject *object,
         const char *name,
         gint64      fallback)
{
  return json_object_get_int_member_with_default (object, name, fallback);
}

static EntKey
get_key (JsonObject *object,
         const char *name,
         EntStore   *store)
{
  const char *id = json_object_get_string_member_with_default (object, name, NULL);

  return id != NULL ? ent_store_resolve (store, NULL, id, NULL) : 0;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
length_of (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static JsonObject *
object_at (JsonArray *array,
           guint      nth)
{
  JsonNode *node = json_array_get_element (array, nth);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char **
get_words (JsonObject *object,
           const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = get_array (object, name);

  for (guint i = 0; i < length_of (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      g_strv_builder_add (builder, text != NULL ? text : "");
    }
  return g_strv_builder_end (builder);
}

static void
read_why (EntReviewBlock *block,
          JsonObject     *object,
          EntStore       *store)
{
  JsonNode *node = json_object_get_member (object, "why");
  JsonObject *why = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *lines = why != NULL ? get_array (why, "lines") : NULL;

  if (why == NULL)
    return;
  block->why = ent_why_new (block->title, block->value);
  ent_why_set_formula (block->why, json_object_get_string_member_with_default (why, "formula", NULL));
  ent_why_set_note (block->why, json_object_get_string_member_with_default (why, "note", NULL));
  for (guint i = 0; i < length_of (lines); i++)
    {
      JsonObject *line = object_at (lines, i);

      if (line != NULL)
        ent_why_add (block->why, json_object_get_string_member_with_default (line, "label", ""),
                     json_object_get_string_member_with_default (line, "value", NULL),
                     json_object_get_string_member_with_default (line, "weight", NULL), get_key (line, "record", store));
    }
}

static void
read_table (EntReviewBlock *block,
            JsonObject     *object,
            EntStore       *store)
{
  JsonArray *columns = get_array (object, "columns");
  JsonArray *rows = get_array (object, "rows");

  for (guint i = 0; i < length_of (columns); i++)
    {
      JsonObject *column = object_at (columns, i);

      if (column != NULL)
        review_block_add_column (block, json_object_get_string_member_with_default (column, "title", ""),
                                 get_int (column, "number", 0) != 0, (int) get_int (column, "width", 1));
    }
  for (guint i = 0; i < length_of (rows); i++)
    {
      JsonObject *row = object_at (rows, i);
      g_auto (GStrv) cells = row != NULL ? get_words (row, "cells") : NULL;
      guint wanted = block->columns->len > 0 ? block->columns->len : 3;
      EntReviewRow *made;

      if (row == NULL || g_strv_length (cells) != wanted)
        continue; /* not what was written */
      review_block_add_row (block, get_key (row, "record", store), NULL);
      made = g_ptr_array_index (block->rows, block->rows->len - 1);
      g_strfreev (made->cells);
      made->cells = g_steal_pointer (&cells);
    }
}

static void
read_chart (EntReviewBlock *block,
            JsonObject     *object)
{
  JsonArray *all = get_array (object, "series");

  block->labels = get_words (object, "labels");
  block->is_line = get_int (object, "line", 0) != 0;
  for (guint i = 0; i < length_of (all); i++)
    {
      JsonObject *one = object_at (all, i);
      JsonArray *values = one != NULL ? get_array (one, "values") : NULL;
      EntReviewSeries *series;

      if (one == NULL)
        continue;
      series = review_block_add_series (block, json_object_get_string_member_with_default (one, "name", ""));
      for (guint k = 0; k < MIN (length_of (values), g_strv_length (block->labels)); k++)
        if (!json_array_get_null_element (values, k))
          series->values[k] = json_array_get_int_element (values, k);
    }
}

static EntReviewBlock *
read_block (JsonObject *object,
            EntStore   *store)
{
  gint64 form = get_int (object, "form", ENT_REVIEW_TEXT);
  EntReviewBlock *block = review_block_new ((EntReviewForm) CLAMP (form, ENT_REVIEW_TEXT, ENT_REVIEW_LIST));

  block->item = get_key (object, "item", store);
  block->section = get_text (object, "section");
  block->title = get_text (object, "title");
  block->metric = get_text (object, "metric");
  block->text = get_text (object, "text");
  block->source = get_text (object, "source");
  block->minutes = (int) get_int (object, "minutes", 0);
  block->unit = (EntReviewUnit) CLAMP (get_int (object, "unit", 0), 0, ENT_REVIEW_UNIT_POINTS);
  block->amount = get_int (object, "amount", ENT_REVIEW_UNKNOWN);
  g_strlcpy (block->currency, json_object_get_string_member_with_default (object, "currency", ""), sizeof block->currency);
  block->value = get_text (object, "value");
  block->detail = get_text (object, "detail");
  block->is_known = get_int (object, "known", 0) != 0;
  block->less_is_better = get_int (object, "less", 0) != 0;
  block->change = g_strdup (json_object_get_string_member_with_default (object, "change", NULL));
  block->tone = (int) get_int (object, "tone", 0);
  block->nothing = get_text (object, "nothing");
  read_why (block, object, store);
  read_table (block, object, store);
  if (json_object_has_member (object, "labels"))
    read_chart (block, object);
  return block;
}

gboolean
review_read_snapshot (EntReview   *review,
                      EntStore    *store,
                      const char  *json,
                      GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, error);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *blocks = object != NULL ? get_array (object, "blocks") : NULL;

  if (root == NULL)
    return FALSE;
  if (blocks == NULL || get_int (object, "version", 0) != VERSION)
    return review_refuse (error, _("The frozen numbers of %s cannot be read; history has them as they were made."),
                          review->title != NULL ? review->title : "");
  review->partner_name = get_text (object, "partner");
  review->owner_name = get_text (object, "owner");
  review->template_name = get_text (object, "template");
  review->author = get_text (object, "author");
  review->period_start = get_int (object, "start", 0);
  review->period_end = get_int (object, "end", 0);
  review->as_of = get_int (object, "as_of", 0);
  review->previous = get_key (object, "previous", store);
  review->previous_title = get_text (object, "previous_title");
  review->previous_at = get_int (object, "previous_at", ENT_REVIEW_UNKNOWN);
  for (guint i = 0; i < length_of (blocks); i++)
    if (object_at (blocks, i) != NULL)
      g_ptr_array_add (review->blocks, read_block (object_at (blocks, i), store));
  return TRUE;
}
