/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-review.h"

#include <glib/gi18n.h>

#include "exchange/ent-review-doc.h"

/* review …: business reviews from the template to the signature. */

static void
review_options_clear (ReviewOptions *self)
{
  g_free (self->template);
  g_free (self->meeting);
  g_free (self->zone);
  g_free (self->owner);
  g_free (self->due);
  g_free (self->by);
  g_strfreev (self->signers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReviewOptions, review_options_clear)

static gint64
now (void)
{
  return g_get_real_time ();
}

/* --- Reading ------------------------------------------------------------------------------------------------------------ */

EntReview *
cli_review_load (Cli         *cli,
                 const char  *ref,
                 GError     **error)
{
  EntKey key = cli_resolve (cli, ref, error);

  return key != 0 ? ent_review_load (cli->store, key, ent_date_today (), cli->cancellable, error) : NULL;
}

static gboolean
run_templates (Cli                  *cli,
               char                **words,
               const ReviewOptions  *options,
               GError              **error)
{
  g_autoptr (GPtrArray) templates = ent_review_load_templates (cli->store, error);
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (templates == NULL)
    return FALSE;
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < templates->len; i++)
    {
      EntRecord *template = g_ptr_array_index (templates, i);
      const char *summary = ent_record_get_text (template, "summary");

      if (json == NULL)
        {
          cli_print ("%s  %s%s%s", ent_record_get_code (template), ent_record_get_title (template),
                     summary != NULL ? "  " : "", summary != NULL ? summary : "");
          continue;
        }
      cli_json_begin_object (json, NULL);
      cli_json_record (json, cli, template, NULL);
      cli_json_end (json);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

static gboolean
run_list (Cli                  *cli,
          char                **words,
          const ReviewOptions  *options,
          GError              **error)
{
  g_autoptr (GPtrArray) reviews = ent_review_load_all (cli->store, error);
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (reviews == NULL)
    return FALSE;
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < reviews->len; i++)
    {
      EntRecord *plan = g_ptr_array_index (reviews, i);
      g_autofree char *readiness = ent_review_dup_readiness (plan, now ());

      if (json == NULL)
        {
          cli_print ("%s  %s  %s", ent_record_get_code (plan), ent_record_get_title (plan), readiness);
          continue;
        }
      cli_json_begin_object (json, NULL);
      cli_json_text (json, "code", ent_record_get_code (plan));
      cli_json_text (json, "title", ent_record_get_title (plan));
      cli_json_text (json, "readiness", readiness);
      cli_json_end (json);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

static gboolean
run_show (Cli                  *cli,
          char                **words,
          const ReviewOptions  *options,
          GError              **error)
{
  g_autoptr (EntReview) review = cli_review_load (cli, words[1], error);

  if (review != NULL)
    cli_review_print (cli, review, FALSE);
  return review != NULL;
}

static gboolean
run_fill (Cli                  *cli,
          char                **words,
          const ReviewOptions  *options,
          GError              **error)
{
  g_autoptr (EntReview) review = cli_review_load (cli, words[1], error);

  if (review != NULL)
    cli_review_print (cli, review, TRUE);
  return review != NULL;
}

static gboolean
run_changes (Cli                  *cli,
             char                **words,
             const ReviewOptions  *options,
             GError              **error)
{
  g_autoptr (EntReview) review = cli_review_load (cli, words[1], error);
  g_autoptr (GPtrArray) deltas = NULL;
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (review == NULL ||
      (deltas = ent_review_load_changes (cli->store, review, (guint) options->limit, cli->cancellable, error)) == NULL)
    return FALSE;
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  else if (review->previous_at == ENT_REVIEW_UNKNOWN)
    cli_note ("%s", _("This is the first review with the partner."));
  for (guint i = 0; i < deltas->len; i++)
    {
      const EntReviewDelta *delta = g_ptr_array_index (deltas, i);
      g_autofree char *at = ent_datetime_write (delta->at);

      if (json == NULL)
        {
          cli_print ("%s  %s  %s  (%s)", at, delta->title != NULL ? delta->title : "", delta->text, delta->author);
          continue;
        }
      cli_json_begin_object (json, NULL);
      cli_json_text (json, "at", at);
      cli_json_text (json, "title", delta->title);
      cli_json_text (json, "text", delta->text);
      cli_json_text (json, "author", delta->author);
      cli_json_end (json);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

/* --- Files ------------------------------------------------------------------------------------------------------------------ */

static gboolean
run_print (Cli                  *cli,
           char                **words,
           const ReviewOptions  *options,
           GError              **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (words[2]);
  g_autoptr (GError) local = NULL;
  g_autoptr (EntReview) review = NULL;
  g_autoptr (EntDoc) doc = NULL;
  EntDocFormat format;

  if (!ent_doc_format_for (words[2], &format, &local))
    return cli_usage (error, "%s", local->message);
  review = cli_review_load (cli, words[1], error);
  if (review == NULL)
    return FALSE;
  doc = ent_review_to_doc (review);
  return ent_doc_save (doc, format, file, cli->cancellable, error);
}

static gboolean
run_calendar (Cli                  *cli,
              char                **words,
              const ReviewOptions  *options,
              GError              **error)
{
  g_autoptr (EntReview) review = cli_review_load (cli, words[1], error);
  g_autofree char *text = review != NULL ? ent_review_to_calendar (review, 0, error) : NULL;

  return text != NULL && g_file_set_contents (words[2], text, -1, error);
}

/* --- The family ----------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       n_words;
  gboolean    writes;
  ReviewRun   run;
} steps[] = {
  { "templates", 1, FALSE, run_templates }, { "list", 1, FALSE, run_list },
  { "plan", 2, TRUE, cli_review_plan },            { "move", 2, TRUE, cli_review_move },
  { "fill", 2, FALSE, run_fill },           { "show", 2, FALSE, run_show },
  { "changes", 2, FALSE, run_changes },     { "ask", 3, TRUE, cli_review_ask },
  { "risk", 3, TRUE, cli_review_risk },            { "freeze", 2, TRUE, cli_review_freeze },
  { "send", 2, TRUE, cli_review_send },            { "hold", 2, TRUE, cli_review_hold },
  { "decide", 3, TRUE, cli_review_decide },        { "act", 3, TRUE, cli_review_act },
  { "sign", 2, TRUE, cli_review_sign },            { "cancel", 2, TRUE, cli_review_cancel },
  { "print", 3, FALSE, run_print },         { "calendar", 3, FALSE, run_calendar },
};

static gboolean
run_review (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_auto (ReviewOptions) options = { .limit = 100 };
  const GOptionEntry entries[] = {
    CLI_TEXT ("template", &options.template, "REF", N_("plan: from which template")),
    CLI_TEXT ("meeting", &options.meeting, "DATETIME", N_("plan, move: when the meeting is")),
    CLI_TEXT ("zone", &options.zone, "ZONE", N_("plan, move: the time zone of it (default: the local one)")),
    CLI_TEXTS ("signer", &options.signers, "REF", N_("plan: who has to sign; again for more (default: the manager)")),
    CLI_TEXT ("owner", &options.owner, "REF", N_("act: who does it (default: the review’s owner)")),
    CLI_TEXT ("due", &options.due, "DATE", N_("act: until when")),
    CLI_TEXT ("by", &options.by, "REF", N_("sign: who signs")),
    CLI_INT ("limit", &options.limit, "N", N_("changes: at most so many (default 100)")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 3, error);

  if (words == NULL || !cli_check_int ("limit", options.limit, 1, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (words[0], steps[i].name) && g_strv_length (words) == steps[i].n_words)
      return (steps[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             steps[i].run (cli, words, &options, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}

const CliCommand cli_review_commands[] = {
  { "review",
    "templates | list | plan PARTNER | show REF | fill REF | changes REF | ask REF TEXT | risk REF TEXT | freeze REF | "
    "send REF | hold REF | decide REF TEXT | act REF TEXT | sign REF | move REF | cancel REF | "
    "print REF FILE.pdf|md|html | calendar REF FILE.ics",
    N_("Business reviews: plan one from a template, fill it from the records, freeze, send, hold, sign, and print it"),
    run_review, 0 },
  { NULL },
};
