/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-rules.h"
#include "store/ent-query.h"

/* From a plan and its lines to a review that can be read: each block is filled by its source, then compared with the
 * last review, then the highlights are told. */

#define MAX_HIGHLIGHTS 6

static const struct
{
  const char   *type;
  EntReviewForm form;
} forms[] = {
  { "text", ENT_REVIEW_TEXT },   { "metric", ENT_REVIEW_METRIC }, { "table", ENT_REVIEW_TABLE },
  { "chart", ENT_REVIEW_CHART }, { "list", ENT_REVIEW_LIST },
};

static gboolean
form_of (EntRecord     *item,
         EntReviewForm *form)
{
  const char *type = ent_record_get_text (item, "type");

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (type, forms[i].type) == 0)
      {
        *form = forms[i].form;
        return TRUE;
      }
  return FALSE;
}

gboolean
review_item_is_block (EntRecord *item)
{
  EntReviewForm form;

  return form_of (item, &form);
}

static const ReviewSource *
find_source (const char   *metric,
             EntReviewForm form)
{
  const ReviewSource *tables[] = { review_sales_sources, review_service_sources, review_quality_sources,
                                   review_program_sources };

  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const ReviewSource *source = tables[t]; source->metric != NULL; source++)
      if (source->form == form && g_str_equal (source->metric, metric))
        return source;
  return NULL;
}

static EntReviewBlock *
block_of (EntRecord *item)
{
  const char *section = ent_record_get_text (item, "section");
  const char *metric = ent_record_get_text (item, "metric");
  const char *answer = ent_record_get_text (item, "answer");
  EntReviewForm form;
  EntReviewBlock *block;

  if (!form_of (item, &form))
    return NULL;
  block = review_block_new (form);
  block->item = ent_record_get_key (item);
  block->section = g_strdup (section != NULL ? section : _("Other"));
  block->title = g_strdup (ent_record_get_title (item));
  block->metric = g_strdup (metric != NULL ? metric : "");
  block->text = g_strdup (answer != NULL ? answer : "");
  block->minutes = (int) ent_record_get_int (item, "minutes", 0);
  block->detail = g_strdup ("");
  return block;
}

static void
fill_block (ReviewFacts    *facts,
            EntReview      *review,
            EntReviewBlock *block)
{
  const ReviewSource *source = find_source (block->metric, block->form);

  if (source != NULL)
    {
      block->source = g_strdup (_(source->source));
      block->less_is_better = source->less_is_better;
      source->fill (facts, review, block);
    }
  else if (g_str_equal (block->metric, "highlights"))
    block->source = g_strdup (_("The other blocks"));
  else
    block->source = g_strdup (block->form == ENT_REVIEW_TEXT ? _("Typed here") : _("Nothing fills it: no such number"));
  if (block->form == ENT_REVIEW_METRIC && block->value == NULL)
    {
      review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
      review_block_explain_end (block, _("The template names a number that this version of Entente does not know."),
                                facts->as_of);
    }
}

/* --- Against the last review ----------------------------------------------------------------------------------- */

static void
compare_block (EntReviewBlock       *block,
               const EntReviewBlock *before)
{
  gint64 delta;
  g_autofree char *size = NULL;

  if (block->amount == ENT_REVIEW_UNKNOWN || before->amount == ENT_REVIEW_UNKNOWN || block->unit != before->unit ||
      !g_str_equal (block->currency, before->currency))
    return;
  delta = block->amount - before->amount;
  block->tone = delta == 0 ? 0 : (delta > 0) != block->less_is_better ? 1 : -1;
  size = review_amount_display (block->unit == ENT_REVIEW_UNIT_POINTS ? ENT_REVIEW_UNIT_COUNT : block->unit,
                                ABS (delta), block->currency);
  if (delta == 0)
    block->change = g_strdup (_("as before"));
  else if (block->unit == ENT_REVIEW_UNIT_PERCENT)
    block->change = g_strdup_printf (_("%1$s%2$s points"), delta > 0 ? "+" : "−", g_strchomp (g_strdelimit (size, "%", ' ')));
  else
    block->change = g_strdup_printf ("%s%s", delta > 0 ? "+" : "−", size);
  if (block->why != NULL && before->value != NULL)
    ent_why_add (block->why, _("In the last review"), before->value, NULL, 0);
}

void
review_compare (EntReview *review,
                EntReview *previous)
{
  for (guint i = 0; i < review->blocks->len; i++)
    {
      EntReviewBlock *block = g_ptr_array_index (review->blocks, i);

      for (guint k = 0; k < previous->blocks->len && block->form == ENT_REVIEW_METRIC; k++)
        {
          const EntReviewBlock *before = g_ptr_array_index (previous->blocks, k);

          if (before->form == ENT_REVIEW_METRIC && *block->metric != '\0' &&
              g_str_equal (before->metric, block->metric))
            {
              compare_block (block, before);
              break;
            }
        }
    }
}

static guint
count_state (const EntReviewBlock *block,
             const char           *state)
{
  guint n = 0;

  for (guint i = 0; i < block->rows->len; i++)
    {
      EntReviewRow *row = g_ptr_array_index (block->rows, i);

      n += g_str_equal (row->cells[2], state);
    }
  return n;
}

static void
tell_actions (EntReviewBlock       *highlights,
              const EntReviewBlock *block)
{
  guint n_late = count_state (block, "late"), n_done = count_state (block, "done");
  g_autofree char *done = NULL;
  g_autofree char *late = NULL;

  if (block->rows->len == 0)
    return;
  done = g_strdup_printf (ngettext ("%1$u of %2$u action agreed before is done", "%1$u of %2$u actions agreed before are done",
                                    block->rows->len), n_done, block->rows->len);
  if (n_late > 0)
    late = g_strdup_printf (ngettext ("%u is late", "%u are late", n_late), n_late);
  review_block_add_row (highlights, 0, done, late != NULL ? late : "", n_late > 0 ? "late" : "done", NULL);
}

static void
tell_number (EntReviewBlock       *highlights,
             const EntReviewBlock *block)
{
  g_autofree char *text = NULL;

  if (!block->is_known)
    text = g_strdup_printf ("%s: %s", block->title, block->value);
  else if (block->change != NULL && block->tone != 0)
    text = g_strdup_printf (_("%1$s: %2$s, %3$s since the last review"), block->title, block->value, block->change);
  else
    text = g_strdup_printf ("%s: %s", block->title, block->value);
  review_block_add_row (highlights, 0, text, block->detail, block->tone < 0 ? "late" : block->tone > 0 ? "done" : "", NULL);
}

/* What is worth a minute at the start: what moved first, then what was agreed, then what is known at all. */
void
review_fill_highlights (EntReview      *review,
                        EntReviewBlock *highlights)
{
  for (int moved = 1; moved >= 0; moved--)
    {
      for (guint i = 0; i < review->blocks->len && highlights->rows->len < MAX_HIGHLIGHTS; i++)
        {
          const EntReviewBlock *block = g_ptr_array_index (review->blocks, i);

          if (block->form == ENT_REVIEW_METRIC && block->is_known && (block->tone != 0) == moved)
            tell_number (highlights, block);
        }
      for (guint i = 0; i < review->blocks->len && moved; i++)
        {
          const EntReviewBlock *block = g_ptr_array_index (review->blocks, i);

          if (g_str_equal (block->metric, "last_actions"))
            tell_actions (highlights, block);
        }
    }
  g_free (highlights->nothing);
  highlights->nothing = g_strdup (_("Nothing is known yet."));
}

/* --- Loading ------------------------------------------------------------------------------------------------------ */

static char **
dup_names (EntStore       *store,
           const EntValue *people)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gint64 i = 0; people->kind == ENT_VALUE_KEYS && i < people->integer; i++)
    {
      char *name = ent_store_dup_title (store, people->keys[i]);

      if (name != NULL)
        g_strv_builder_take (builder, name);
    }
  return g_strv_builder_end (builder);
}

static char *
dup_name (EntStore *store,
          EntKey    key)
{
  char *name = key != 0 ? ent_store_dup_title (store, key) : NULL;

  return name != NULL ? name : g_strdup ("");
}

static void
read_head (EntReview *review,
           EntStore  *store,
           EntRecord *plan)
{
  const char *zone = ent_record_get_text (plan, "timezone");

  review->plan = ent_record_get_key (plan);
  review->code = g_strdup (ent_record_get_code (plan));
  review->title = g_strdup (ent_record_get_title (plan));
  review->kind = g_strdup (ent_record_get_text (plan, "kind"));
  review->status = g_strdup (ent_record_get_text (plan, "status"));
  review->partner = ent_record_get_ref (plan, "for");
  review->meeting_at = ent_record_get_int (plan, "meeting_at", ENT_REVIEW_UNKNOWN);
  review->zone = g_strdup (zone != NULL ? zone : "");
  review->preread_due = ent_review_get_preread_due (plan);
  review->frozen_at = ent_record_get_int (plan, "frozen_at", ENT_REVIEW_UNKNOWN);
  review->signers = dup_names (store, ent_record_get_named (plan, "sign_off_by"));
  review->signed_by = dup_names (store, ent_record_get_named (plan, "signed_off_by"));
}

static void
read_names (EntReview *review,
            EntStore  *store,
            EntRecord *plan)
{
  review->partner_name = dup_name (store, review->partner);
  review->owner_name = dup_name (store, ent_record_get_ref (plan, "owner"));
  review->template_name = dup_name (store, ent_record_get_ref (plan, "template"));
  review->author = ent_store_dup_setting (store, ENT_SETTING_TITLE);
}

/* The last review: what it was called, when its numbers were made, and those. */
static void
read_previous (EntReview   *review,
               ReviewFacts *facts,
               EntRecord   *plan)
{
  g_autoptr (GPtrArray) earlier = review_load_earlier (facts, plan);
  EntRecord *last = earlier->len > 0 ? g_ptr_array_index (earlier, 0) : NULL;

  if (last == NULL)
    return;
  review->previous = ent_record_get_key (last);
  review->previous_title = g_strdup (ent_record_get_title (last));
  review->previous_at = ent_record_get_int (last, "frozen_at", ent_record_get_int (last, "meeting_at",
                                                                                  ENT_REVIEW_UNKNOWN));
}

static void
compare_with_previous (EntReview *review,
                       EntStore  *store)
{
  g_autoptr (EntRecord) plan = review->previous != 0 ? ent_store_get (store, review->previous, NULL) : NULL;
  const char *snapshot = plan != NULL ? ent_record_get_text (plan, "snapshot") : NULL;
  g_autoptr (EntReview) previous = NULL;

  if (snapshot == NULL)
    return;
  previous = review_new ();
  if (review_read_snapshot (previous, store, snapshot, NULL))
    review_compare (review, previous);
}

static gboolean
fill (EntReview    *review,
      EntStore     *store,
      EntRecord    *plan,
      gint64        today,
      GCancellable *cancellable,
      GError      **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "plan_item");
  g_auto (ReviewFacts) facts = { NULL };
  g_autoptr (GPtrArray) items = ent_store_get_children (store, review->plan, type, error);

  if (items == NULL)
    return FALSE;
  review_facts_init (&facts, store, plan, today, cancellable);
  review->as_of = today;
  review->period_start = facts.start;
  review->period_end = facts.end;
  read_names (review, store, plan);
  read_previous (review, &facts, plan);
  for (guint i = 0; i < items->len && facts.error == NULL; i++)
    {
      EntReviewBlock *block = block_of (g_ptr_array_index (items, i));

      if (block == NULL)
        continue;
      fill_block (&facts, review, block);
      g_ptr_array_add (review->blocks, block);
    }
  compare_with_previous (review, store);
  for (guint i = 0; i < review->blocks->len; i++)
    if (g_str_equal (((EntReviewBlock *) g_ptr_array_index (review->blocks, i))->metric, "highlights"))
      review_fill_highlights (review, g_ptr_array_index (review->blocks, i));
  if (facts.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&facts.error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_partner (EntStore  *store,
               EntReview *review,
               GError   **error)
{
  g_autoptr (EntRecord) partner = NULL;

  if (review->partner == 0)
    return review_refuse (error, _("%s is for nobody; choose the partner first."), review->title);
  partner = ent_store_get (store, review->partner, error);
  if (partner == NULL)
    return FALSE;
  if (!ent_value_is_null (ent_record_get (partner, ENT_COMMON_DELETED_AT)))
    {
      ent_rule_error_set (error, ENT_RULE_ERROR_PARTNER_BINNED, ent_record_get_key (partner),
                          _("%s is in the bin, so its numbers cannot be read; restore it first."),
                          ent_record_get_title (partner));
      return FALSE;
    }
  return TRUE;
}

EntReview *
ent_review_load (EntStore      *store,
                 EntKey         key,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (EntRecord) plan = ent_store_get (store, key, error);
  g_autoptr (EntReview) review = NULL;
  const char *snapshot;

  if (plan == NULL)
    return NULL;
  if (!ent_record_is_review (plan))
    {
      review_refuse (error, _("%s is not a business review."), ent_record_get_title (plan));
      return NULL;
    }
  review = review_new ();
  read_head (review, store, plan);
  snapshot = ent_record_get_text (plan, "snapshot");
  if (snapshot != NULL ? !review_read_snapshot (review, store, snapshot, error)
                       : !check_partner (store, review, error) || !fill (review, store, plan, today, cancellable, error))
    return NULL;
  review_load_minutes (store, key, review->minutes, NULL);
  return g_steal_pointer (&review);
}

/* --- Lists of reviews and templates ----------------------------------------------------------------------------------- */

static GPtrArray *
load_where (EntStore   *store,
            const char *type_name,
            const char *where,
            const char *order,
            GError    **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, type_name);
  g_autoptr (EntFilter) filter = ent_filter_parse (type, where, NULL, error);
  g_autoptr (GArray) sort = ent_sort_parse (type, order, error);
  g_autoptr (EntResult) found = NULL;
  EntQuery query = { .type = type, .filter = filter };

  if (filter == NULL || sort == NULL)
    return NULL;
  query.sort = (const EntSort *) (gpointer) sort->data;
  query.n_sort = sort->len;
  found = ent_store_query (store, &query, NULL, error);
  if (found == NULL)
    return NULL;
  return ent_store_load (store, type, ent_result_get_rows (found), ent_result_get_n (found), NULL, 0, NULL, error);
}

GPtrArray *
ent_review_load_templates (EntStore *store,
                           GError  **error)
{
  return load_where (store, "program", "kind = review_template and status != retired", "rank", error);
}

GPtrArray *
ent_review_load_all (EntStore *store,
                     GError  **error)
{
  return load_where (store, "plan", "kind in (qbr, abr)", "-meeting_at", error);
}
