/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "store/ent-query.h"

#define MOST_CAMPAIGNS 300 /* newest; older ones are in Records */
#define DATES_AROUND 550   /* days before and after today that the calendar reaches */

typedef struct
{
  EntKey key;        /* of a detail */
  gint64 today;
  guint  generation;
} Wish;

/* --- The overview -------------------------------------------------------------------------------------------------------- */

void
ent_funding_data_free (EntFundingData *self)
{
  g_clear_pointer (&self->requests, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_pointer (&self->deadlines, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_clear_pointer (&self->book, ent_fund_book_free);
  g_free (self);
}

static void
keep_title (EntFundingData *data,
            EntStore       *store,
            EntKey          key)
{
  if (key != 0 && !g_hash_table_contains (data->titles, &key))
    g_hash_table_insert (data->titles, g_memdup2 (&key, sizeof key), ent_store_dup_title (store, key));
}

static void
know_requests (EntFundingData *data,
               EntStore       *store)
{
  GPtrArray *requests = ent_fund_book_get_requests (data->book);

  for (guint i = 0; i < requests->len; i++)
    {
      EntRecord *request = g_ptr_array_index (requests, i);
      EntKey key = ent_record_get_key (request);

      g_hash_table_insert (data->requests, g_memdup2 (&key, sizeof key), request);
      keep_title (data, store, ent_record_get_ref (request, "partner"));
    }
}

static gboolean
load_campaigns (EntFundingData  *data,
                EntStore        *store,
                gint64           today,
                GCancellable    *cancellable,
                GError         **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "campaign");
  g_autoptr (GArray) sort = ent_sort_parse (type, "-start", NULL);
  EntQuery query = { .type = type, .sort = (const EntSort *) (gpointer) sort->data, .n_sort = sort->len };
  g_autoptr (EntResult) result = ent_store_query_first (store, &query, MOST_CAMPAIGNS, cancellable, error);

  for (gsize i = 0; result != NULL && i < ent_result_get_n (result); i++)
    {
      EntKey key = ent_key_make (type->info->number, ent_result_get_rows (result)[i]);
      EntCampaignReport *report = ent_campaign_report_load (store, key, today, error);
      const EntValue *partners;

      if (report == NULL)
        return FALSE;
      g_ptr_array_add (data->reports, report);
      partners = ent_record_get_named (report->campaign, "partners");
      for (gint64 k = 0; partners->kind == ENT_VALUE_KEYS && k < partners->integer; k++)
        keep_title (data, store, partners->keys[k]);
    }
  return result != NULL;
}

static gpointer
load_job (EntStore      *store,
          gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Wish *wish = user_data;
  EntFundingData *data = g_new0 (EntFundingData, 1);

  data->titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  data->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  data->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_campaign_report_free);
  data->book = ent_fund_book_load (store, cancellable, error);
  if (data->book == NULL || !load_campaigns (data, store, wish->today, cancellable, error) ||
      (data->dates = ent_campaign_dates (store, wish->today - DATES_AROUND, wish->today + DATES_AROUND, error)) == NULL)
    {
      ent_funding_data_free (data);
      return NULL;
    }
  know_requests (data, store);
  data->deadlines = ent_fund_book_deadlines (data->book, wish->today);
  return data;
}

typedef struct
{
  EntFundingPage *page; /* (owned) */
  guint           generation;
} Answer;

static Answer *
answer_new (EntFundingPage *page,
            guint           generation)
{
  Answer *self = g_new0 (Answer, 1);

  self->page = g_object_ref (page);
  self->generation = generation;
  return self;
}

static void
answer_free (Answer *self)
{
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Answer) answer = user_data;
  EntFundingPage *self = answer->page;
  g_autoptr (GError) error = NULL;
  EntFundingData *data = ent_store_run_finish (ENT_STORE (object), result, &error);

  if (answer->generation != self->generation || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&data, ent_funding_data_free);
      return;
    }
  if (data == NULL)
    {
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      ent_page_set_ready (ENT_PAGE (self), TRUE);
      return;
    }
  g_clear_pointer (&self->data, ent_funding_data_free);
  self->data = data;
  ent_funding_page_take_data (self);
}

void
ent_funding_page_load (EntFundingPage *self)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), load_job, wish, g_free,
                       (GDestroyNotify) ent_funding_data_free, self->cancellable, loaded_cb,
                       answer_new (self, ++self->generation));
}

/* --- One request or campaign ------------------------------------------------------------------------------------------------- */

void
ent_funding_detail_free (EntFundingDetail *self)
{
  g_clear_object (&self->request);
  g_clear_object (&self->program);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->balances, g_ptr_array_unref);
  g_clear_pointer (&self->proofs, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_clear_pointer (&self->report, ent_campaign_report_free);
  g_strfreev (self->missing);
  g_free (self->partner);
  g_free (self->approver);
  g_free (self->requester);
  g_free (self->campaign);
  g_free (self);
}

static void
load_proofs (EntFundingDetail *detail,
             EntStore         *store)
{
  const EntValue *keys = ent_record_get_named (detail->request, "proofs");

  detail->proofs = g_ptr_array_new_with_free_func (g_object_unref);
  for (gint64 i = 0; keys->kind == ENT_VALUE_KEYS && i < keys->integer; i++)
    {
      EntRecord *proof = ent_store_get (store, keys->keys[i], NULL);

      if (proof != NULL)
        g_ptr_array_add (detail->proofs, proof);
    }
  if (detail->program != NULL)
    detail->missing = ent_fund_dup_missing_documents (detail->program, detail->proofs);
}

static gboolean
load_request (EntFundingDetail  *detail,
              EntStore          *store,
              gint64             today,
              GError           **error)
{
  EntKey program = ent_record_get_ref (detail->request, "program");
  EntKey partner = ent_record_get_ref (detail->request, "partner");
  g_autoptr (EntFundFacts) facts = NULL;
  g_autoptr (EntFundBook) book = NULL;
  gint64 decided = ent_record_get_int (detail->request, "decided_at", G_MININT64);
  int year;

  detail->program = ent_store_get (store, program, NULL);
  detail->partner = ent_store_dup_title (store, partner);
  detail->approver = ent_store_dup_title (store, ent_record_get_ref (detail->request, "approved_by"));
  detail->requester = ent_store_dup_title (store, ent_record_get_ref (detail->request, "requested_by"));
  detail->campaign = ent_store_dup_title (store, ent_record_get_ref (detail->request, "campaign"));
  load_proofs (detail, store);
  if (partner == 0 || detail->program == NULL)
    return TRUE;
  facts = ent_fund_facts_load (store, program, partner, detail->key, NULL);
  if (facts != NULL)
    detail->checks = ent_fund_check (facts, today);
  book = ent_fund_book_load (store, NULL, error);
  if (book == NULL)
    return FALSE;
  ent_date_to_ymd (decided == G_MININT64 ? today : decided / G_TIME_SPAN_DAY, &year, NULL, NULL);
  detail->balances = ent_fund_book_balances (book, program, partner, year);
  return TRUE;
}

static gpointer
detail_job (EntStore      *store,
            gpointer       user_data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Wish *wish = user_data;
  EntFundingDetail *detail = g_new0 (EntFundingDetail, 1);
  g_autoptr (EntRecord) record = ent_store_get (store, wish->key, error);
  gboolean done = record != NULL;

  detail->key = wish->key;
  if (record == NULL || !ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)))
    ; /* nothing to show: the page closes */
  else if (g_str_equal (ent_record_get_record_type (record)->info->name, "funding"))
    {
      detail->request = g_steal_pointer (&record);
      done = load_request (detail, store, wish->today, error);
    }
  else
    {
      detail->report = ent_campaign_report_load (store, wish->key, wish->today, error);
      detail->dates = detail->report != NULL ? ent_campaign_dates (store, G_MININT32, G_MAXINT32, error) : NULL;
      done = detail->dates != NULL;
    }
  if (!done)
    g_clear_pointer (&detail, ent_funding_detail_free);
  return detail;
}

static void
detail_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Answer) answer = user_data;
  EntFundingPage *self = answer->page;
  g_autoptr (GError) error = NULL;
  EntFundingDetail *detail = ent_store_run_finish (ENT_STORE (object), result, &error);

  if (answer->generation != self->detail_generation || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&detail, ent_funding_detail_free);
      return;
    }
  if (detail == NULL)
    {
      ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("This could not be read"), error);
      ent_page_set_ready (ENT_PAGE (self), TRUE);
      return;
    }
  g_clear_pointer (&self->detail, ent_funding_detail_free);
  self->detail = detail;
  ent_funding_page_take_detail (self);
}

void
ent_funding_page_load_detail (EntFundingPage *self)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));
  wish->key = self->open_key;
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), detail_job, wish, g_free,
                       (GDestroyNotify) ent_funding_detail_free, self->cancellable, detail_cb,
                       answer_new (self, ++self->detail_generation));
}
