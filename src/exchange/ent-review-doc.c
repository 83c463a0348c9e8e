/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-review-doc.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/ent-value.h"

/* A business review as a document: cover, one section a heading of the review, the minutes at the end. */

static void
add_fact (EntDoc     *doc,
          const char *label,
          const char *value)
{
  if (value != NULL && *value != '\0')
    ent_doc_add_fact (doc, label, value);
}

static void
add_cover (EntDoc          *doc,
           const EntReview *review)
{
  g_autofree char *period = ent_review_dup_period (review->period_start, review->period_end);
  g_autofree char *meeting = ent_review_dup_instant (review->meeting_at, review->zone);
  g_autofree char *as_of = ent_date_display (review->as_of, ENT_DISPLAY_FULL);
  g_autofree char *numbers = NULL;
  g_autofree char *signers = review->signers != NULL ? g_strjoinv (", ", review->signers) : NULL;
  g_autofree char *signed_by = review->signed_by != NULL ? g_strjoinv (", ", review->signed_by) : NULL;

  numbers = review->frozen_at != ENT_REVIEW_UNKNOWN ? g_strdup_printf (_("%s, frozen"), as_of)
                                                    : g_strdup_printf (_("%s, still moving"), as_of);
  ent_doc_set_kind (doc, g_strcmp0 (review->kind, "abr") == 0 ? _("Annual business review") : _("Quarterly business review"));
  ent_doc_set_subtitle (doc, period);
  ent_doc_set_author (doc, review->author);
  add_fact (doc, _("Meeting"), meeting);
  add_fact (doc, _("Numbers as of"), numbers);
  add_fact (doc, _("Prepared by"), review->owner_name);
  add_fact (doc, _("Last review"), review->previous_title);
  add_fact (doc, _("Sign-off"), signers);
  add_fact (doc, _("Signed by"), signed_by);
}

static EntDocMark
mark_of (const char *state)
{
  if (g_str_equal (state, "done"))
    return ENT_DOC_MARK_DONE;
  if (g_str_equal (state, "late"))
    return ENT_DOC_MARK_LATE;
  return *state != '\0' ? ENT_DOC_MARK_OPEN : ENT_DOC_MARK_BULLET;
}

static void
add_list (EntDoc               *doc,
          const EntReviewBlock *block)
{
  /* Highlights are statements, not things to do. */
  gboolean is_plain = g_str_equal (block->metric, "highlights");

  for (guint i = 0; i < block->rows->len; i++)
    {
      const EntReviewRow *row = g_ptr_array_index (block->rows, i);

      ent_doc_add_item (doc, is_plain ? ENT_DOC_MARK_BULLET : mark_of (row->cells[2]), row->cells[0], row->cells[1]);
    }
  if (block->rows->len == 0)
    ent_doc_add_text (doc, block->nothing);
}

static void
add_table (EntDoc               *doc,
           const EntReviewBlock *block)
{
  if (block->rows->len == 0)
    {
      ent_doc_add_text (doc, block->nothing);
      return;
    }
  ent_doc_add_table (doc);
  for (guint i = 0; i < block->columns->len; i++)
    {
      const EntReviewColumn *column = g_ptr_array_index (block->columns, i);

      ent_doc_add_column (doc, column->title, column->is_number, column->width);
    }
  for (guint i = 0; i < block->rows->len; i++)
    ent_doc_add_row (doc, (const char *const *) ((EntReviewRow *) g_ptr_array_index (block->rows, i))->cells);
}

static gboolean
has_values (const EntReviewBlock *block)
{
  for (guint i = 0; i < block->series->len; i++)
    for (guint k = 0; block->labels[k] != NULL; k++)
      if (((EntReviewSeries *) g_ptr_array_index (block->series, i))->values[k] != ENT_REVIEW_UNKNOWN)
        return TRUE;
  return FALSE;
}

static void
add_chart (EntDoc               *doc,
           const EntReviewBlock *block)
{
  static const EntDocUnit units[] = { ENT_DOC_UNIT_COUNT, ENT_DOC_UNIT_MONEY, ENT_DOC_UNIT_PERCENT, ENT_DOC_UNIT_POINTS };
  g_autofree char *title = NULL;

  if (block->labels == NULL || !has_values (block))
    {
      g_autofree char *text = g_strdup_printf (_("%s: no data yet."), block->title);

      ent_doc_add_note (doc, text);
      return;
    }
  title = block->detail != NULL && *block->detail != '\0' ? g_strdup_printf ("%s (%s)", block->title, block->detail)
                                                          : g_strdup (block->title);
  ent_doc_add_chart (doc, title, (const char *const *) block->labels, block->is_line, units[block->unit], block->currency);
  for (guint i = 0; i < block->series->len; i++)
    {
      const EntReviewSeries *series = g_ptr_array_index (block->series, i);

      ent_doc_add_series (doc, series->name, series->values);
    }
}

static gboolean
needs_heading (const EntReviewBlock *block)
{
  return block->form == ENT_REVIEW_TABLE || block->form == ENT_REVIEW_LIST || block->form == ENT_REVIEW_TEXT;
}

static void
add_block (EntDoc               *doc,
           const EntReviewBlock *block)
{
  if (block->form == ENT_REVIEW_TEXT && *block->text == '\0')
    return; /* nobody wrote anything: the question is for the editor, not for the reader */
  if (needs_heading (block))
    ent_doc_add_heading (doc, 2, block->title);
  switch (block->form)
    {
    case ENT_REVIEW_METRIC:
      ent_doc_add_figure (doc, block->title, block->value, block->detail, block->change, block->tone);
      break;
    case ENT_REVIEW_TABLE:
      add_table (doc, block);
      break;
    case ENT_REVIEW_CHART:
      add_chart (doc, block);
      break;
    case ENT_REVIEW_LIST:
      add_list (doc, block);
      break;
    case ENT_REVIEW_TEXT:
    default:
      break;
    }
  if (*block->text != '\0')
    ent_doc_add_text (doc, block->text);
}

/* Where the numbers of a section came from, each source once. */
static void
add_sources (EntDoc          *doc,
             const EntReview *review,
             const char      *section)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < review->blocks->len; i++)
    {
      const EntReviewBlock *block = g_ptr_array_index (review->blocks, i);

      if (g_str_equal (block->section, section) && block->form != ENT_REVIEW_TEXT &&
          !g_str_equal (block->metric, "highlights") && g_hash_table_add (seen, block->source))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", block->source);
    }
  if (text->len > 0)
    {
      g_autofree char *note = g_strdup_printf (_("Source: %s."), text->str);

      ent_doc_add_note (doc, note);
    }
}

static void
add_section (EntDoc          *doc,
             const EntReview *review,
             const char      *section)
{
  gboolean has_content = FALSE;

  for (guint i = 0; i < review->blocks->len; i++)
    {
      const EntReviewBlock *block = g_ptr_array_index (review->blocks, i);

      if (!g_str_equal (block->section, section) || (block->form == ENT_REVIEW_TEXT && *block->text == '\0'))
        continue;
      if (!has_content)
        ent_doc_add_heading (doc, 1, section);
      has_content = TRUE;
      add_block (doc, block);
    }
  if (has_content)
    add_sources (doc, review, section);
}

/* --- The meeting ------------------------------------------------------------------------------------------------------- */

static void
add_minute (EntDoc                *doc,
            const EntReviewMinute *minute)
{
  g_autofree char *due = minute->due != ENT_REVIEW_UNKNOWN ? ent_date_display (minute->due, ENT_DISPLAY_SHORT) : NULL;
  g_autoptr (GString) detail = g_string_new (minute->owner);

  if (due != NULL)
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? " · " : "", due);
  ent_doc_add_item (doc, minute->is_decision ? ENT_DOC_MARK_BULLET
                    : g_str_equal (minute->state, "done") ? ENT_DOC_MARK_DONE : ENT_DOC_MARK_OPEN,
                    minute->text, minute->is_decision ? NULL : detail->str);
}

static void
add_minutes (EntDoc          *doc,
             const EntReview *review)
{
  if (review->minutes->len == 0)
    return;
  ent_doc_add_heading (doc, 1, _("Decisions and actions"));
  for (int decisions = 1; decisions >= 0; decisions--)
    {
      gboolean has_heading = FALSE;

      for (guint i = 0; i < review->minutes->len; i++)
        {
          const EntReviewMinute *minute = g_ptr_array_index (review->minutes, i);

          if (minute->is_decision != decisions)
            continue;
          if (!has_heading)
            ent_doc_add_heading (doc, 2, decisions ? _("Decided") : _("Agreed actions"));
          has_heading = TRUE;
          add_minute (doc, minute);
        }
    }
}

EntDoc *
ent_review_to_doc (const EntReview *review)
{
  g_autofree char *footer = g_strdup_printf ("%s%s%s", review->author != NULL ? review->author : "",
                                             review->author != NULL && *review->author != '\0' ? " · " : "", review->title);
  g_auto (GStrv) sections = ent_review_dup_sections (review);
  EntDoc *doc = ent_doc_new (review->partner_name != NULL && *review->partner_name != '\0' ? review->partner_name
                                                                                            : review->title);

  ent_doc_set_footer (doc, footer);
  ent_doc_set_time (doc, review->frozen_at != ENT_REVIEW_UNKNOWN ? review->frozen_at
                                                                 : review->as_of * G_TIME_SPAN_DAY);
  add_cover (doc, review);
  for (char **section = sections; *section != NULL; section++)
    add_section (doc, review, *section);
  add_minutes (doc, review);
  return doc;
}

void
ent_review_to_mail (const EntReview  *review,
                    char            **subject,
                    char            **body)
{
  g_autofree char *meeting = ent_review_dup_instant (review->meeting_at, review->zone);
  g_auto (GStrv) sections = ent_review_dup_sections (review);
  g_autofree char *agenda = g_strjoinv ("\n- ", sections);

  *subject = g_strdup_printf (_("Pre-read: %s"), review->title);
  *body = g_strdup_printf (_("Hello,\n\nhere is the pre-read for our business review on %1$s.\n\nAgenda:\n- %2$s\n\n"
                             "Please read it before the meeting; there we talk about what to do.\n"), meeting, agenda);
}
