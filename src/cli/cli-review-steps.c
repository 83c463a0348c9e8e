/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-review.h"

#include <glib/gi18n.h>

/* review …: the steps that change a review. */

static gint64
now (void)
{
  return g_get_real_time ();
}

/* Does the step and prints the code of the review or of what was made. */
static gboolean
apply (Cli              *cli,
       EntReviewChange  *change,
       const char       *title,
       GError          **error)
{
  g_autofree char *label = ent_review_change_dup_label (change, title);

  if (!ent_store_write (cli->store, label, ENT_ORIGIN_USER, ent_review_change_apply, change, NULL, NULL, error))
    return FALSE;
  return cli_print_record (cli, change->made != 0 ? change->made : change->review, error);
}

/* A step with the review that words[1] names. */
static gboolean
apply_to (Cli              *cli,
          EntReviewChange  *change,
          const char       *ref,
          GError          **error)
{
  g_autofree char *title = NULL;

  change->review = cli_resolve (cli, ref, error);
  if (change->review == 0)
    return FALSE;
  title = ent_store_dup_title (cli->store, change->review);
  return apply (cli, change, title, error);
}

static gboolean
read_meeting (const ReviewOptions  *options,
              EntReviewChange      *change,
              GError              **error)
{
  g_autoptr (GTimeZone) zone = options->zone != NULL ? g_time_zone_new_identifier (options->zone) : g_time_zone_new_local ();
  EntReadContext context = { .time_zone = zone };
  g_autoptr (GError) local = NULL;

  if (options->meeting == NULL)
    return cli_usage (error, _("say when the meeting is: --meeting \"2026-12-15 10:00\""));
  if (zone == NULL)
    return cli_usage (error, _("there is no time zone “%s”; write it like Europe/Berlin"), options->zone);
  if (!ent_datetime_read (options->meeting, &context, &change->meeting, &local))
    return cli_usage (error, "%s", local->message);
  change->zone = g_strdup (options->zone != NULL ? options->zone : g_time_zone_get_identifier (zone));
  return TRUE;
}

static gboolean
read_signers (Cli                  *cli,
              const ReviewOptions  *options,
              EntReviewChange      *change,
              GError              **error)
{
  if (options->signers == NULL)
    return TRUE;
  change->signers = g_array_new (FALSE, FALSE, sizeof (EntKey));
  for (char **ref = options->signers; *ref != NULL; ref++)
    {
      EntKey key = cli_resolve (cli, *ref, error);

      if (key == 0)
        return FALSE;
      g_array_append_val (change->signers, key);
    }
  return TRUE;
}

gboolean
cli_review_plan (Cli                  *cli,
                 char                **words,
                 const ReviewOptions  *options,
                 GError              **error)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_PLAN, 0, now ());
  g_autofree char *title = NULL;

  if (options->template == NULL)
    return cli_usage (error, _("say which template: --template ref:review:qbr; “review templates” lists them"));
  if (!read_meeting (options, change, error) || !read_signers (cli, options, change, error))
    return FALSE;
  change->partner = cli_resolve (cli, words[1], error);
  change->template = change->partner != 0 ? cli_resolve (cli, options->template, error) : 0;
  if (change->template == 0)
    return FALSE;
  title = ent_store_dup_title (cli->store, change->partner);
  return apply (cli, change, title, error);
}

gboolean
cli_review_move (Cli                  *cli,
                 char                **words,
                 const ReviewOptions  *options,
                 GError              **error)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_RESCHEDULE, 0, now ());

  return read_meeting (options, change, error) && apply_to (cli, change, words[1], error);
}

gboolean
cli_review_freeze (Cli                  *cli,
                   char                **words,
                   const ReviewOptions  *options,
                   GError              **error)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_FREEZE, 0, now ());
  g_autoptr (EntReview) review = cli_review_load (cli, words[1], error);

  if (review == NULL)
    return FALSE;
  change->snapshot = ent_review_to_snapshot (review, cli->store);
  return apply_to (cli, change, words[1], error);
}

static gboolean
run_step (Cli            *cli,
          EntReviewStep   step,
          char          **words,
          const char     *text,
          GError        **error)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (step, 0, now ());

  change->text = g_strdup (text);
  return apply_to (cli, change, words[1], error);
}

gboolean
cli_review_send (Cli                  *cli,
                 char                **words,
                 const ReviewOptions  *options,
                 GError              **error)
{
  return run_step (cli, ENT_REVIEW_SEND, words, NULL, error);
}

gboolean
cli_review_hold (Cli                  *cli,
                 char                **words,
                 const ReviewOptions  *options,
                 GError              **error)
{
  return run_step (cli, ENT_REVIEW_HOLD, words, NULL, error);
}

gboolean
cli_review_cancel (Cli                  *cli,
                   char                **words,
                   const ReviewOptions  *options,
                   GError              **error)
{
  return run_step (cli, ENT_REVIEW_CANCEL, words, NULL, error);
}

gboolean
cli_review_decide (Cli                  *cli,
                   char                **words,
                   const ReviewOptions  *options,
                   GError              **error)
{
  return run_step (cli, ENT_REVIEW_DECIDE, words, words[2], error);
}

gboolean
cli_review_ask (Cli                  *cli,
                char                **words,
                const ReviewOptions  *options,
                GError              **error)
{
  return run_step (cli, ENT_REVIEW_ASK, words, words[2], error);
}

gboolean
cli_review_risk (Cli                  *cli,
                 char                **words,
                 const ReviewOptions  *options,
                 GError              **error)
{
  return run_step (cli, ENT_REVIEW_RISK, words, words[2], error);
}

gboolean
cli_review_act (Cli                  *cli,
                char                **words,
                const ReviewOptions  *options,
                GError              **error)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_ACT, 0, now ());
  const EntReadContext context = { .today = ent_date_today () };
  g_autoptr (GError) local = NULL;

  if (options->due != NULL && !ent_date_read (options->due, &context, &change->due, &local))
    return cli_usage (error, "%s", local->message);
  if (options->owner != NULL && (change->person = cli_resolve (cli, options->owner, error)) == 0)
    return FALSE;
  change->text = g_strdup (words[2]);
  return apply_to (cli, change, words[1], error);
}

gboolean
cli_review_sign (Cli                  *cli,
                 char                **words,
                 const ReviewOptions  *options,
                 GError              **error)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_SIGN, 0, now ());

  if (options->by == NULL)
    return cli_usage (error, _("say who signs: --by REF"));
  change->person = cli_resolve (cli, options->by, error);
  return change->person != 0 && apply_to (cli, change, words[1], error);
}
