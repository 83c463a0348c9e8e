/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A quarterly review of a partner with many deals, long enough for twenty pages: filling it from the records and
 * writing it as PDF. CPU time of the process, medians. Gates: filled in 200 ms, PDF in 300 ms.
 *
 *   build-aux/bench review
 */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "exchange/ent-review-doc.h"
#include "rules/ent-program-defaults.h"
#include "support/workspace.h"

#define ROUNDS  7
#define N_DEALS 400
#define TODAY   ent_date_from_ymd (2026, 10, 20)

/* Microseconds of this process, which others on the machine do not lengthen. */
static gint64
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (gint64) t.tv_sec * G_USEC_PER_SEC + t.tv_nsec / 1000;
}

static gboolean
add_deals_cb (EntTransaction  *transaction,
              gpointer         partner,
              GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "deal");
  static const char * const stages[] = { "prospect", "qualified", "technical_validation", "business_validation", "won" };

  for (int i = 0; i < N_DEALS; i++)
    {
      g_autoptr (EntRecord) deal = ent_record_new (type);
      g_auto (EntValue) by = ENT_VALUE_INIT;
      g_autofree char *title = g_strdup_printf ("Deal %03d: a claims platform for an insurer, phase %d", i, i % 4 + 1);
      g_autofree char *amount = g_strdup_printf ("%d USD", 20000 + i * 317);

      ent_value_set_int (&by, *(EntKey *) partner);
      ent_record_take (deal, ent_record_type_lookup (type, "registered_by")->index, &by);
      ent_record_set_text (deal, "title", title, NULL);
      ent_record_set_text (deal, "amount", amount, NULL);
      ent_record_set_text (deal, "stage", stages[i % G_N_ELEMENTS (stages)], NULL);
      ent_record_set_text (deal, "opened_on", "2026-03-01", NULL);
      ent_record_set_text (deal, "next_step", "Send the revised proposal and agree on the dates of the pilot", NULL);
      if (i % (int) G_N_ELEMENTS (stages) == 4)
        ent_record_set_text (deal, "closed_on", "2026-08-20", NULL);
      else
        ent_record_set_text (deal, "expected_close", "2026-12-20", NULL);
      if (!ent_transaction_insert (transaction, deal, error))
        return FALSE;
    }
  return TRUE;
}

static EntKey
plan (EntStore *store,
      EntKey    partner)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_PLAN, 0, TODAY * (gint64) G_TIME_SPAN_DAY);
  g_autoptr (GError) error = NULL;

  change->partner = partner;
  change->template = ent_store_resolve (store, NULL, "ref:review:qbr", NULL);
  change->meeting = (TODAY + 10) * (gint64) G_TIME_SPAN_DAY;
  ent_store_write (store, "Plan", ENT_ORIGIN_USER, ent_review_change_apply, change, NULL, NULL, &error);
  g_assert_no_error (error);
  return change->review;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static double
median (gint64 *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);
  return (double) times[ROUNDS / 2] / 1000;
}

int
main (int   argc,
      char *argv[])
{
  EntStore *store = test_workspace_new ();
  EntKey partner, key;
  gint64 fill[ROUNDS], pdf[ROUNDS];
  double width, height, fill_ms, pdf_ms;
  guint n_pages = 0;

  ent_program_defaults_install (store, NULL, NULL);
  partner = test_workspace_add (store, "organization", "title=Acme", "roles=partner", NULL);
  ent_store_write (store, "Deals", ENT_ORIGIN_USER, add_deals_cb, &partner, NULL, NULL, NULL);
  key = plan (store, partner);
  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 start = now ();
      g_autoptr (EntReview) review = ent_review_load (store, key, TODAY, NULL, NULL);
      g_autoptr (EntDoc) doc = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) pages = NULL;

      fill[i] = now () - start;
      doc = ent_review_to_doc (review);
      start = now ();
      bytes = ent_doc_write (doc, ENT_DOC_PDF, NULL, NULL);
      pdf[i] = now () - start;
      g_assert_nonnull (bytes);
      pages = ent_doc_paginate (doc, &width, &height);
      n_pages = pages->len;
    }
  fill_ms = median (fill);
  pdf_ms = median (pdf);
  g_print ("%u pages: filled in %.1f ms (gate 200), PDF in %.1f ms (gate 300)\n", n_pages, fill_ms, pdf_ms);
  test_workspace_free (store);
  return fill_ms < 200 && pdf_ms < 300 && n_pages >= 20 ? 0 : 1;
}
