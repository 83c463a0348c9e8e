/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a review consists of: blocks, rows, numbers with their explanation. */

#define MAX_EXPLAINED 40

G_DEFINE_BOXED_TYPE (EntReview, ent_review, ent_review_ref, ent_review_unref)

/* --- Parts ------------------------------------------------------------------------------------------------ */

static void
column_free (gpointer data)
{
  EntReviewColumn *column = data;

  g_free (column->title);
  g_free (column);
}

static void
row_free (gpointer data)
{
  EntReviewRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static void
series_free (gpointer data)
{
  EntReviewSeries *series = data;

  g_free (series->name);
  g_free (series->values);
  g_free (series);
}

EntReviewBlock *
review_block_new (EntReviewForm form)
{
  EntReviewBlock *self = g_new0 (EntReviewBlock, 1);

  self->form = form;
  self->amount = ENT_REVIEW_UNKNOWN;
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->series = g_ptr_array_new_with_free_func (series_free);
  return self;
}

void
review_block_free (gpointer data)
{
  EntReviewBlock *self = data;

  g_free (self->section);
  g_free (self->title);
  g_free (self->metric);
  g_free (self->text);
  g_free (self->source);
  g_free (self->value);
  g_free (self->detail);
  g_free (self->change);
  g_free (self->nothing);
  g_clear_pointer (&self->why, ent_why_unref);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->series);
  g_strfreev (self->labels);
  g_free (self);
}

void
review_minute_free (gpointer data)
{
  EntReviewMinute *self = data;

  g_free (self->text);
  g_free (self->owner);
  g_free (self->state);
  g_free (self);
}

EntReview *
review_new (void)
{
  EntReview *self = g_new0 (EntReview, 1);

  self->ref_count = 1;
  self->meeting_at = self->preread_due = self->frozen_at = self->previous_at = ENT_REVIEW_UNKNOWN;
  self->blocks = g_ptr_array_new_with_free_func (review_block_free);
  self->minutes = g_ptr_array_new_with_free_func (review_minute_free);
  return self;
}

EntReview *
ent_review_ref (EntReview *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_review_unref (EntReview *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->code);
  g_free (self->title);
  g_free (self->kind);
  g_free (self->status);
  g_free (self->partner_name);
  g_free (self->owner_name);
  g_free (self->template_name);
  g_free (self->author);
  g_free (self->zone);
  g_free (self->previous_title);
  g_strfreev (self->signers);
  g_strfreev (self->signed_by);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->minutes);
  g_free (self);
}

char **
ent_review_dup_sections (const EntReview *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const EntReviewBlock *block = g_ptr_array_index (self->blocks, i);

      if (g_hash_table_add (seen, block->section))
        g_strv_builder_add (builder, block->section);
    }
  return g_strv_builder_end (builder);
}

int
ent_review_get_section_minutes (const EntReview *self,
                                const char      *section)
{
  int minutes = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const EntReviewBlock *block = g_ptr_array_index (self->blocks, i);

      if (g_str_equal (block->section, section))
        minutes += block->minutes;
    }
  return minutes;
}

/* --- Tables and charts ---------------------------------------------------------------------------------- */

void
review_block_add_column (EntReviewBlock *self,
                         const char     *title,
                         gboolean        is_number,
                         int             width)
{
  EntReviewColumn *column = g_new0 (EntReviewColumn, 1);

  column->title = g_strdup (title);
  column->is_number = is_number;
  column->width = width;
  g_ptr_array_add (self->columns, column);
}

void
review_block_add_row (EntReviewBlock *self,
                      EntKey          key,
                      ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  EntReviewRow *row = g_new0 (EntReviewRow, 1);
  const char *cell;
  va_list args;

  va_start (args, key);
  while ((cell = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (builder, cell);
  va_end (args);
  row->key = key;
  row->cells = g_strv_builder_end (builder);
  g_ptr_array_add (self->rows, row);
}

EntReviewSeries *
review_block_add_series (EntReviewBlock *self,
                         const char     *name)
{
  EntReviewSeries *series = g_new0 (EntReviewSeries, 1);
  guint n = g_strv_length (self->labels);

  series->name = g_strdup (name);
  series->values = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    series->values[i] = ENT_REVIEW_UNKNOWN;
  g_ptr_array_add (self->series, series);
  return series;
}

/* --- Numbers -------------------------------------------------------------------------------------------- */

char *
review_amount_display (EntReviewUnit unit,
                       gint64        amount,
                       const char   *currency)
{
  switch (unit)
    {
    case ENT_REVIEW_UNIT_MONEY:
      return ent_money_display (amount, currency, ENT_DISPLAY_SHORT);
    case ENT_REVIEW_UNIT_PERCENT:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %%", (amount + (amount < 0 ? -5000 : 5000)) / 10000);
    case ENT_REVIEW_UNIT_POINTS:
      return g_strdup_printf ("%s%" G_GINT64_FORMAT, amount > 0 ? "+" : "", amount);
    case ENT_REVIEW_UNIT_COUNT:
    default:
      return g_strdup_printf ("%'" G_GINT64_FORMAT, amount);
    }
}

static void
start_why (EntReviewBlock *self)
{
  EntWhy *why = ent_why_new (self->title, self->value);

  /* Lines may have been added before the value was known. */
  if (self->why != NULL)
    for (guint i = 0; i < ent_why_get_n_lines (self->why); i++)
      {
        const EntWhyLine *line = ent_why_get_line (self->why, i);

        ent_why_add (why, line->label, line->value, line->weight, line->key);
      }
  g_clear_pointer (&self->why, ent_why_unref);
  self->why = why;
}

void
review_block_set_number (EntReviewBlock *self,
                         EntReviewUnit   unit,
                         gint64          amount,
                         const char     *currency,
                         const char     *detail)
{
  self->unit = unit;
  self->amount = amount;
  g_strlcpy (self->currency, currency != NULL ? currency : "", sizeof self->currency);
  self->is_known = TRUE;
  g_free (self->value);
  self->value = review_amount_display (unit, amount, self->currency);
  g_free (self->detail);
  self->detail = g_strdup (detail != NULL ? detail : "");
  start_why (self);
}

void
review_block_set_unknown (EntReviewBlock *self,
                          gint64          last)
{
  int year, month, day;

  g_free (self->value);
  g_free (self->detail);
  self->is_known = FALSE;
  self->amount = ENT_REVIEW_UNKNOWN;
  self->detail = g_strdup ("");
  if (last == ENT_REVIEW_UNKNOWN)
    self->value = g_strdup (_("No data yet"));
  else
    {
      g_autoptr (GDate) date = NULL;
      char text[64];

      ent_date_to_ymd (last, &year, &month, &day);
      date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
      g_date_strftime (text, sizeof text, "%b %Y", date);
      self->value = g_strdup_printf (_("No data since %s"), text);
    }
  start_why (self);
}

void
review_block_explain (EntReviewBlock *self,
                      const char     *label,
                      const char     *value,
                      EntKey          key)
{
  if (self->why == NULL)
    self->why = ent_why_new (self->title, "");
  ent_why_add (self->why, label, value, NULL, key);
}

/* An explanation of four hundred deals would be no explanation: the first forty lines and how many there are. */
void
review_block_explain_end (EntReviewBlock *self,
                          const char     *formula,
                          gint64          as_of)
{
  g_autofree char *day = ent_date_display (as_of, ENT_DISPLAY_SHORT);
  g_autofree char *note = NULL;
  guint n = self->why != NULL ? ent_why_get_n_lines (self->why) : 0;
  EntWhy *whole = self->why, *why;

  if (whole == NULL)
    return;
  why = ent_why_new (self->title, self->value);
  for (guint i = 0; i < MIN (n, MAX_EXPLAINED); i++)
    {
      const EntWhyLine *line = ent_why_get_line (whole, i);

      ent_why_add (why, line->label, line->value, line->weight, line->key);
    }
  if (n > MAX_EXPLAINED)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MAX_EXPLAINED),
                                               n - MAX_EXPLAINED);

      ent_why_add (why, more, NULL, NULL, 0);
    }
  note = g_strdup_printf (_("As of %s"), day);
  ent_why_set_formula (why, formula);
  ent_why_set_note (why, note);
  ent_why_unref (whole);
  self->why = why;
}

/* --- Money in several currencies -------------------------------------------------------------------------- */

void
review_block_set_text (EntReviewBlock *self,
                       const char     *text,
                       const char     *detail)
{
  g_set_str (&self->value, text);
  g_set_str (&self->detail, detail);
  self->unit = ENT_REVIEW_UNIT_MONEY;
  self->is_known = TRUE;
  self->amount = ENT_REVIEW_UNKNOWN;
  start_why (self);
}
