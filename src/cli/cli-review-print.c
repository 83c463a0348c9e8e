/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-review.h"

#include <glib/gi18n.h>

static const char * const form_names[] = { "text", "metric", "table", "chart", "list" };

static void
put_key (CliJson    *json,
         Cli        *cli,
         const char *name,
         EntKey      key)
{
  g_autofree char *code = key != 0 ? ent_store_dup_code (cli->store, key) : NULL;

  if (code != NULL)
    cli_json_text (json, name, code);
}

static void
put_instant (CliJson    *json,
             const char *name,
             gint64      micros)
{
  g_autofree char *text = micros != ENT_REVIEW_UNKNOWN ? ent_datetime_write (micros) : NULL;

  if (text != NULL)
    cli_json_text (json, name, text);
}

static void
put_day (CliJson    *json,
         const char *name,
         gint64      day)
{
  g_autofree char *text = day != ENT_REVIEW_UNKNOWN ? ent_date_write (day) : NULL;

  if (text != NULL)
    cli_json_text (json, name, text);
}

static void
put_words (CliJson     *json,
           const char  *name,
           char       **words)
{
  cli_json_begin_array (json, name);
  for (char **word = words; word != NULL && *word != NULL; word++)
    cli_json_text (json, NULL, *word);
  cli_json_end (json);
}

static void
put_why (CliJson *json,
         Cli     *cli,
         EntWhy  *why)
{
  cli_json_begin_object (json, "why");
  cli_json_text (json, "formula", ent_why_get_formula (why));
  cli_json_text (json, "note", ent_why_get_note (why));
  cli_json_begin_array (json, "lines");
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "label", line->label);
      if (line->value != NULL)
        cli_json_text (json, "value", line->value);
      put_key (json, cli, "record", line->key);
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_end (json);
}

static void
put_rows (CliJson              *json,
          Cli                  *cli,
          const EntReviewBlock *block)
{
  cli_json_begin_array (json, "columns");
  for (guint i = 0; i < block->columns->len; i++)
    cli_json_text (json, NULL, ((EntReviewColumn *) g_ptr_array_index (block->columns, i))->title);
  cli_json_end (json);
  cli_json_begin_array (json, "rows");
  for (guint i = 0; i < block->rows->len; i++)
    {
      const EntReviewRow *row = g_ptr_array_index (block->rows, i);

      cli_json_begin_object (json, NULL);
      put_key (json, cli, "record", row->key);
      put_words (json, "cells", row->cells);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
put_chart (CliJson              *json,
           const EntReviewBlock *block)
{
  put_words (json, "labels", block->labels);
  cli_json_begin_array (json, "series");
  for (guint i = 0; i < block->series->len; i++)
    {
      const EntReviewSeries *series = g_ptr_array_index (block->series, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "name", series->name);
      cli_json_begin_array (json, "values");
      for (guint k = 0; block->labels[k] != NULL; k++)
        if (series->values[k] == ENT_REVIEW_UNKNOWN)
          cli_json_text (json, NULL, NULL);
        else
          cli_json_int (json, NULL, series->values[k]);
      cli_json_end (json);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
put_block (CliJson              *json,
           Cli                  *cli,
           const EntReviewBlock *block)
{
  cli_json_begin_object (json, NULL);
  put_key (json, cli, "code", block->item);
  cli_json_text (json, "section", block->section);
  cli_json_text (json, "title", block->title);
  cli_json_text (json, "form", form_names[block->form]);
  cli_json_text (json, "metric", block->metric);
  cli_json_text (json, "source", block->source);
  if (*block->text != '\0')
    cli_json_text (json, "text", block->text);
  if (block->form == ENT_REVIEW_METRIC)
    {
      cli_json_text (json, "value", block->value);
      cli_json_bool (json, "known", block->is_known);
      if (block->amount != ENT_REVIEW_UNKNOWN)
        cli_json_int (json, "amount", block->amount);
      if (*block->currency != '\0')
        cli_json_text (json, "currency", block->currency);
      cli_json_text (json, "detail", block->detail);
      if (block->change != NULL)
        cli_json_text (json, "change", block->change);
    }
  if (block->why != NULL)
    put_why (json, cli, block->why);
  if (block->form == ENT_REVIEW_TABLE || block->form == ENT_REVIEW_LIST)
    put_rows (json, cli, block);
  if (block->labels != NULL)
    put_chart (json, block);
  cli_json_end (json);
}

static void
put_minutes (CliJson         *json,
             Cli             *cli,
             const EntReview *review)
{
  cli_json_begin_array (json, "minutes");
  for (guint i = 0; i < review->minutes->len; i++)
    {
      const EntReviewMinute *minute = g_ptr_array_index (review->minutes, i);

      cli_json_begin_object (json, NULL);
      put_key (json, cli, "code", minute->item);
      put_key (json, cli, "task", minute->task);
      cli_json_text (json, "type", minute->is_decision ? "decision" : "action");
      cli_json_text (json, "text", minute->text);
      cli_json_text (json, "owner", minute->owner);
      put_day (json, "due", minute->due);
      cli_json_text (json, "state", minute->state);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
print_json (Cli             *cli,
            const EntReview *review)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "code", review->code);
  cli_json_text (json, "title", review->title);
  cli_json_text (json, "kind", review->kind);
  cli_json_text (json, "status", review->status);
  cli_json_text (json, "partner", review->partner_name);
  put_day (json, "period_start", review->period_start);
  put_day (json, "period_end", review->period_end);
  put_day (json, "as_of", review->as_of);
  put_instant (json, "meeting_at", review->meeting_at);
  cli_json_text (json, "timezone", review->zone);
  put_instant (json, "preread_due", review->preread_due);
  put_instant (json, "frozen_at", review->frozen_at);
  put_key (json, cli, "previous", review->previous);
  put_words (json, "sign_off_by", review->signers);
  put_words (json, "signed_off_by", review->signed_by);
  cli_json_begin_array (json, "blocks");
  for (guint i = 0; i < review->blocks->len; i++)
    put_block (json, cli, g_ptr_array_index (review->blocks, i));
  cli_json_end (json);
  put_minutes (json, cli, review);
  cli_json_end (json);
  cli_json_print (json);
}

/* --- Lines ------------------------------------------------------------------------------------------------------------- */

static void
print_why (EntWhy *why)
{
  cli_print ("      %s", ent_why_get_formula (why));
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);

      cli_print ("      - %s%s%s", line->label, line->value != NULL ? ": " : "", line->value != NULL ? line->value : "");
    }
}

static void
print_block (const EntReviewBlock *block,
             gboolean              why)
{
  if (block->form == ENT_REVIEW_METRIC)
    cli_print ("  %s: %s%s%s%s", block->title, block->value, block->change != NULL ? " (" : "",
               block->change != NULL ? block->change : "", block->change != NULL ? ")" : "");
  else if (block->form == ENT_REVIEW_TEXT)
    cli_print ("  %s%s%s", block->title, *block->text != '\0' ? ": " : "", block->text);
  else if (block->form == ENT_REVIEW_CHART)
    cli_print ("  %s: %s", block->title, block->series->len > 0 ? _("a chart") : _("no data yet"));
  else
    {
      cli_print ("  %s%s%s", block->title, block->rows->len == 0 ? ": " : "", block->rows->len == 0 ? block->nothing : "");
      for (guint i = 0; i < block->rows->len; i++)
        {
          const EntReviewRow *row = g_ptr_array_index (block->rows, i);
          g_autofree char *line = g_strjoinv (" · ", row->cells);

          cli_print ("    - %s", line);
        }
    }
  if (why && block->form == ENT_REVIEW_METRIC && block->why != NULL)
    print_why (block->why);
  if (why && block->form != ENT_REVIEW_TEXT)
    cli_print (_("      Source: %s"), block->source);
}

static void
print_minutes (const EntReview *review)
{
  if (review->minutes->len > 0)
    cli_print ("\n%s", _("Decisions and actions"));
  for (guint i = 0; i < review->minutes->len; i++)
    {
      const EntReviewMinute *minute = g_ptr_array_index (review->minutes, i);
      g_autofree char *due = minute->due != ENT_REVIEW_UNKNOWN ? ent_date_display (minute->due, ENT_DISPLAY_SHORT) : NULL;

      cli_print ("  - %s: %s%s%s%s%s", minute->is_decision ? _("Decision") : _("Action"), minute->text,
                 *minute->owner != '\0' ? " · " : "", minute->owner, due != NULL ? " · " : "", due != NULL ? due : "");
    }
}

void
cli_review_print (Cli             *cli,
                  const EntReview *review,
                  gboolean         why)
{
  g_auto (GStrv) sections = ent_review_dup_sections (review);
  g_autofree char *meeting = ent_review_dup_instant (review->meeting_at, review->zone);
  g_autofree char *due = ent_review_dup_instant (review->preread_due, review->zone);

  if (cli->json)
    {
      print_json (cli, review);
      return;
    }
  cli_print ("%s  %s", review->code, review->title);
  cli_print (_("Status: %s"), review->status);
  if (*meeting != '\0')
    cli_print (_("Meeting: %s"), meeting);
  if (*due != '\0')
    cli_print (_("Pre-read due: %s"), due);
  for (char **section = sections; *section != NULL; section++)
    {
      cli_print ("\n%s", *section);
      for (guint i = 0; i < review->blocks->len; i++)
        if (g_str_equal (((EntReviewBlock *) g_ptr_array_index (review->blocks, i))->section, *section))
          print_block (g_ptr_array_index (review->blocks, i), why);
    }
  print_minutes (review);
}
