/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "rules/ent-review.h"

G_BEGIN_DECLS

/* Inside cli-review*.c. */

/** A review as lines for people, or as one JSON value. @why: with the records behind each number. */
void cli_review_print (Cli             *cli,
                       const EntReview *review,
                       gboolean         why);

typedef struct
{
  char  *template;
  char  *meeting;
  char  *zone;
  char  *owner;
  char  *due;
  char  *by;
  char **signers;
  int    limit;
} ReviewOptions;

typedef gboolean (*ReviewRun) (Cli                  *cli,
                               char                **words,
                               const ReviewOptions  *options,
                               GError              **error);

/** Loads the review that @ref names. (transfer full) */
EntReview *cli_review_load (Cli         *cli,
                            const char  *ref,
                            GError     **error);

/* The steps that change something, of type ReviewRun. */
gboolean cli_review_plan (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_move (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_freeze (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_send (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_hold (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_cancel (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_decide (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_ask (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_risk (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_act (Cli *cli, char **words, const ReviewOptions *options, GError **error);
gboolean cli_review_sign (Cli *cli, char **words, const ReviewOptions *options, GError **error);

G_END_DECLS
