/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-campaign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/ent-fund.h"
#include "rules/ent-rules.h"
#include "store/ent-query.h"

/* --- Figures ----------------------------------------------------------------------------------------------------- */

gboolean
ent_campaign_part_get_roi (const EntCampaignPart *part,
                           gint64                *roi_pct)
{
  return part->has_revenue && part->cost > 0 &&
         ent_mul_div (part->revenue - part->cost, 1000000, part->cost, roi_pct);
}

gboolean
ent_campaign_per (gint64      amount,
                  const char *currency,
                  gint64      count,
                  gint64     *millionths)
{
  gint64 factor = 1000000;

  for (int i = ent_currency_get_digits (currency); i > 0; i--)
    factor /= 10;
  return count > 0 && ent_mul_div (amount, factor, count, millionths);
}

void
ent_campaign_get_funnel (const EntCampaignReport *self,
                         EntFunnelStep            steps[ENT_CAMPAIGN_N_FUNNEL])
{
  const EntCampaignPart *total = self->total;
  const EntFunnelStep all[ENT_CAMPAIGN_N_FUNNEL] = {
    { "impressions", _("Impressions"), total->impressions, FALSE, 0 },
    { "clicks", _("Clicks"), total->clicks, FALSE, 0 },
    { "leads", _("Leads"), total->leads, FALSE, 0 },
    { "qualified", _("Qualified"), total->qualified, FALSE, 0 },
    { "won", _("Customers won"), total->won, FALSE, 0 },
  };

  memcpy (steps, all, sizeof all);
  for (guint i = 1; i < ENT_CAMPAIGN_N_FUNNEL; i++)
    steps[i].has_rate = steps[i - 1].count > 0 &&
                        ent_mul_div (steps[i].count, 1000000, steps[i - 1].count, &steps[i].rate_pct);
}

/* --- Dates --------------------------------------------------------------------------------------------------------- */

static void
date_free (gpointer data)
{
  EntCampaignDate *self = data;

  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

static EntCampaignDate *
add_date (GPtrArray  *dates,
          EntKey      key,
          const char *title,
          const char *detail,
          gint64      start,
          gint64      end,
          gboolean    is_milestone)
{
  EntCampaignDate *date = g_new0 (EntCampaignDate, 1);

  date->key = key;
  date->title = g_strdup (title);
  date->detail = g_strdup (detail);
  date->start = start;
  date->end = MAX (start, end);
  date->is_milestone = is_milestone;
  g_ptr_array_add (dates, date);
  return date;
}

static GPtrArray *
load_all (EntStore    *store,
          const char  *type_name,
          const char  *filter_text,
          GError     **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, type_name);
  g_autoptr (EntFilter) filter = ent_filter_parse (type, filter_text, NULL, error);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = filter != NULL ? ent_store_query (store, &query, NULL, error) : NULL;

  return result != NULL ? ent_store_load (store, type, ent_result_get_rows (result), ent_result_get_n (result), NULL, 0,
                                          NULL, error) : NULL;
}

static gboolean
add_campaigns (EntStore   *store,
               gint64      from,
               gint64      to,
               GPtrArray  *dates,
               GError    **error)
{
  g_autoptr (GPtrArray) campaigns = load_all (store, "campaign", "start is not empty and status != killed", error);

  for (guint i = 0; campaigns != NULL && i < campaigns->len; i++)
    {
      EntRecord *campaign = g_ptr_array_index (campaigns, i);
      gint64 start = ent_record_get_int (campaign, "start", 0), end = ent_record_get_int (campaign, "end", start);
      const char *place = ent_record_get_text (campaign, "place");

      if (start <= to && MAX (start, end) >= from)
        add_date (dates, ent_record_get_key (campaign), ent_record_get_title (campaign),
                  place != NULL ? place : ent_record_get_text (campaign, "objective"), start, end, FALSE);
    }
  return campaigns != NULL;
}

/* Items with a day of plans of kind campaign. */
static gboolean
add_milestones (EntStore   *store,
                gint64      from,
                gint64      to,
                GPtrArray  *dates,
                GError    **error)
{
  g_autoptr (GPtrArray) plans = load_all (store, "plan", "kind = campaign", error);

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      EntRecord *plan = g_ptr_array_index (plans, i);
      g_autoptr (GPtrArray) items = ent_store_get_children (store, ent_record_get_key (plan),
                                                            ent_store_get_record_type (store, "plan_item"), error);

      if (items == NULL)
        return FALSE;
      for (guint j = 0; j < items->len; j++)
        {
          EntRecord *item = g_ptr_array_index (items, j);
          gint64 due = ent_record_get_int (item, "due", G_MININT64);
          EntKey about = ent_record_get_ref (plan, "for");
          EntCampaignDate *date;

          if (due < from || due > to)
            continue;
          date = add_date (dates, about != 0 ? about : ent_record_get_key (plan), ent_record_get_title (item),
                           ent_record_get_title (plan), due, due, TRUE);
          date->plan = ent_record_get_key (plan);
          date->is_done = g_strcmp0 (ent_record_get_text (item, "status"), "done") == 0;
        }
    }
  return plans != NULL;
}

static gboolean
add_deadlines (EntStore   *store,
               gint64      from,
               gint64      to,
               GPtrArray  *dates,
               GError    **error)
{
  g_autoptr (EntFundBook) book = ent_fund_book_load (store, NULL, error);
  g_autoptr (GPtrArray) deadlines = book != NULL ? ent_fund_book_deadlines (book, from) : NULL;

  for (guint i = 0; deadlines != NULL && i < deadlines->len; i++)
    {
      const EntFundDeadline *deadline = g_ptr_array_index (deadlines, i);
      g_autofree char *title = NULL;

      if (deadline->due < from || deadline->due > to)
        continue;
      title = g_strdup_printf (deadline->kind == ENT_FUND_DUE_CLAIM ? _("Claim by: %s") : _("Submit by: %s"),
                               deadline->title);
      add_date (dates, deadline->key, title, NULL, deadline->due, deadline->due, TRUE);
    }
  return deadlines != NULL;
}

static int
by_start (gconstpointer a,
          gconstpointer b)
{
  const EntCampaignDate *x = *(EntCampaignDate * const *) a, *y = *(EntCampaignDate * const *) b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return g_strcmp0 (x->title, y->title);
}

GPtrArray *
ent_campaign_dates (EntStore  *store,
                    gint64     from,
                    gint64     to,
                    GError   **error)
{
  g_autoptr (GPtrArray) dates = g_ptr_array_new_with_free_func (date_free);

  if (!add_campaigns (store, from, to, dates, error) || !add_milestones (store, from, to, dates, error) ||
      !add_deadlines (store, from, to, dates, error))
    return NULL;
  g_ptr_array_sort (dates, by_start);
  return g_steal_pointer (&dates);
}

/* --- Milestones ----------------------------------------------------------------------------------------------------- */

static void
set_key (EntRecord  *record,
         const char *field,
         EntKey      key)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, key);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

/* The plan of kind campaign that is for it; 0 with @error unset: there is none yet. */
static gboolean
find_plan (EntTransaction  *transaction,
           EntKey           campaign,
           EntKey          *plan,
           GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "plan");
  g_autoptr (GPtrArray) plans = ent_transaction_get_referrers (transaction, campaign, ent_record_type_lookup (type, "for"), 0,
                                                               error);

  *plan = 0;
  for (guint i = 0; plans != NULL && i < plans->len && *plan == 0; i++)
    if (g_strcmp0 (ent_record_get_text (g_ptr_array_index (plans, i), "kind"), "campaign") == 0 &&
        g_strcmp0 (ent_record_get_text (g_ptr_array_index (plans, i), "status"), "canceled") != 0)
      *plan = ent_record_get_key (g_ptr_array_index (plans, i));
  return plans != NULL;
}

static EntKey
make_plan (EntTransaction  *transaction,
           EntRecord       *campaign,
           GError         **error)
{
  g_autoptr (EntRecord) plan = ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "plan"));
  g_autofree char *title = g_strdup_printf (_("Plan of %s"), ent_record_get_title (campaign));

  set_key (plan, "for", ent_record_get_key (campaign));
  return ent_record_set_text (plan, "title", title, error) && ent_record_set_text (plan, "kind", "campaign", error) &&
         ent_record_set_text (plan, "status", "active", error) && ent_transaction_insert (transaction, plan, error)
           ? ent_record_get_key (plan) : 0;
}

gboolean
ent_campaign_add_milestone (EntTransaction      *transaction,
                            const EntMilestone  *milestone,
                            EntKey              *made,
                            GError             **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) campaign = NULL, item = ent_record_new (ent_schema_lookup (schema, "plan_item"));
  g_auto (EntValue) day = ENT_VALUE_INIT;
  g_autofree char *label = NULL;
  EntKey plan;

  if (milestone->title == NULL || *milestone->title == '\0' || milestone->due == G_MININT64)
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, _("A milestone has a name and a day; fill in both."));
      return FALSE;
    }
  campaign = ent_transaction_get (transaction, milestone->campaign, error);
  if (campaign == NULL || !find_plan (transaction, milestone->campaign, &plan, error) ||
      (plan == 0 && (plan = make_plan (transaction, campaign, error)) == 0))
    return FALSE;
  set_key (item, "parent", plan);
  ent_value_set_int (&day, milestone->due);
  ent_record_take (item, ent_record_type_lookup (ent_record_get_record_type (item), "due")->index, &day);
  if (!ent_record_set_text (item, "title", milestone->title, error) ||
      !ent_record_set_text (item, "type", "milestone", error) || !ent_transaction_insert (transaction, item, error))
    return FALSE;
  label = g_strdup_printf (_("Add milestone %s"), milestone->title);
  ent_transaction_set_label (transaction, label);
  if (made != NULL)
    *made = ent_record_get_key (item);
  return TRUE;
}

/* --- iCalendar ------------------------------------------------------------------------------------------------------ */

/* Adds a content line: escaped text, folded so that no line is over 75 bytes and no character is cut. */
static void
add_content (GString    *out,
             const char *name,
             const char *text)
{
  g_autoptr (GString) line = g_string_new (name);
  gsize width = 0;

  g_string_append_c (line, ':');
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append (line, "\\n");
    else if (strchr ("\\;,", *p) != NULL)
      g_string_append_printf (line, "\\%c", *p);
    else if ((guchar) *p >= 0x20)
      g_string_append_c (line, *p);
  for (const char *p = line->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = (gsize) (g_utf8_next_char (p) - p);

      if (width + length > 74)
        {
          g_string_append (out, "\r\n ");
          width = 1;
        }
      g_string_append_len (out, p, (gssize) length);
      width += length;
    }
  g_string_append (out, "\r\n");
}

static void
add_day (GString    *out,
         const char *name,
         gint64      day)
{
  int year, month, date;

  ent_date_to_ymd (day, &year, &month, &date);
  g_string_append_printf (out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, year, month, date);
}

static void
add_event (GString               *out,
           const EntCampaignDate *date,
           EntStore              *store,
           const char            *stamp)
{
  g_autofree char *code = ent_store_dup_code (store, date->key);
  g_autofree char *title_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, date->title, -1);
  char id[ENT_ID_TEXT_LENGTH + 1];
  g_autofree char *uid = NULL;

  ent_id_to_text (ent_store_get_id (store), id);
  uid = g_strdup_printf ("%s-%.8s@%s", code, title_hash, id);
  g_string_append (out, "BEGIN:VEVENT\r\n");
  add_content (out, "UID", uid);
  g_string_append_printf (out, "DTSTAMP:%s\r\n", stamp);
  add_day (out, "DTSTART", date->start);
  add_day (out, "DTEND", date->end + 1);
  add_content (out, "SUMMARY", date->title);
  if (date->detail != NULL)
    add_content (out, "DESCRIPTION", date->detail);
  add_content (out, "CATEGORIES", date->is_milestone ? "Milestone" : "Campaign");
  g_string_append (out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

char *
ent_campaign_dates_to_ics (GPtrArray *dates,
                           EntStore  *store,
                           gint64     now)
{
  GString *out = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Entente//Campaigns//EN\r\n"
                               "CALSCALE:GREGORIAN\r\n");
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (now / G_TIME_SPAN_SECOND);
  g_autofree char *stamp = g_date_time_format (moment, "%Y%m%dT%H%M%SZ");

  for (guint i = 0; i < dates->len; i++)
    add_event (out, g_ptr_array_index (dates, i), store, stamp);
  g_string_append (out, "END:VCALENDAR\r\n");
  return g_string_free (out, FALSE);
}
