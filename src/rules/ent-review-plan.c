/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>

#include "rules/ent-rules.h"

/* Planning a review from a template, and its pre-read: a milestone with a task that reminds its owner. */

#define PREREAD "preread" /* metric of the template's line and of the milestone made from it */

void
review_set_text (EntRecord  *record,
                 const char *field,
                 const char *text)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (text != NULL && *text != '\0')
    ent_value_set_text (&value, text);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

void
review_set_int (EntRecord  *record,
                const char *field,
                gint64      integer)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, integer);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static void
set_key (EntRecord  *record,
         const char *field,
         EntKey      key)
{
  if (key != 0)
    review_set_int (record, field, key);
}

/* The day of a moment in the zone of the meeting. */
static gint64
day_in_zone (gint64      micros,
             const char *zone)
{
  g_autoptr (GTimeZone) place = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (micros);
  g_autoptr (GDateTime) at = place != NULL ? g_date_time_to_timezone (utc, place) : g_date_time_ref (utc);

  return ent_date_from_ymd (g_date_time_get_year (at), g_date_time_get_month (at), g_date_time_get_day_of_month (at));
}

static gboolean
check_meeting (const EntReviewChange *change,
               GError               **error)
{
  g_autoptr (GTimeZone) place = NULL;

  if (change->meeting <= change->now)
    return review_refuse (error, _("The meeting would be in the past; choose a later time."));
  if (change->zone == NULL)
    return TRUE;
  place = g_time_zone_new_identifier (change->zone);
  if (place == NULL)
    return review_refuse (error, _("There is no time zone “%s”; write it like Europe/Berlin."), change->zone);
  return TRUE;
}

/* --- The plan ------------------------------------------------------------------------------------------------------ */

static EntRecord *
find_line (GPtrArray  *lines,
           const char *metric)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (ent_record_get_text (g_ptr_array_index (lines, i), "metric"), metric) == 0)
      return g_ptr_array_index (lines, i);
  return NULL;
}

/* The quarter (or year) that ended before the meeting. */
static void
set_period (EntRecord *plan,
            gboolean   annual,
            gint64     meeting_day)
{
  int year, month, day;
  gint64 start, end;

  ent_date_to_ymd (meeting_day, &year, &month, &day);
  start = annual ? ent_date_from_ymd (year - 1, 1, 1) : review_quarter (meeting_day, 1);
  end = (annual ? ent_date_from_ymd (year, 1, 1) : review_quarter (meeting_day, 0)) - 1;
  review_set_int (plan, "period_start", start);
  review_set_int (plan, "period_end", end);
}

static gboolean
check_no_other (EntTransaction *transaction,
                EntRecord      *plan,
                GError        **error)
{
  const EntRecordType *type = ent_record_get_record_type (plan);
  g_autoptr (GPtrArray) others = ent_transaction_get_referrers (transaction, ent_record_get_ref (plan, "for"),
                                                                ent_record_type_lookup (type, "for"), 0, error);

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      EntRecord *other = g_ptr_array_index (others, i);

      if (g_strcmp0 (ent_record_get_text (other, "kind"), ent_record_get_text (plan, "kind")) == 0 &&
          ent_record_get_int (other, "period_start", 0) == ent_record_get_int (plan, "period_start", 0) &&
          g_strcmp0 (ent_record_get_text (other, "status"), "canceled") != 0)
        return review_refuse (error, _("%1$s is planned already (%2$s); move or cancel that one."),
                              ent_record_get_title (other), ent_record_get_code (other));
    }
  return others != NULL;
}

static void
set_signers (EntRecord             *plan,
             const EntReviewChange *change,
             EntKey                 manager)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (plan), "sign_off_by");
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (change->signers != NULL && change->signers->len > 0)
    ent_value_set_keys (&value, (const EntKey *) (gpointer) change->signers->data, change->signers->len);
  else if (manager != 0)
    ent_value_set_keys (&value, &manager, 1);
  ent_record_take (plan, field->index, &value);
}

static EntRecord *
make_plan (EntTransaction        *transaction,
           const EntReviewChange *change,
           EntRecord             *partner,
           EntRecord             *template,
           EntRecord             *preread,
           GError               **error)
{
  g_autoptr (EntRecord) plan = ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "plan"));
  gboolean annual = g_strcmp0 (ent_record_get_text (template, "cadence"), "yearly") == 0;
  EntKey manager = ent_record_get_ref (partner, "partner_manager");
  g_autofree char *period = NULL;
  g_autofree char *title = NULL;

  if (manager == 0)
    manager = ent_record_get_ref (partner, "owner");
  set_period (plan, annual, day_in_zone (change->meeting, change->zone));
  period = ent_review_dup_period (ent_record_get_int (plan, "period_start", 0), ent_record_get_int (plan, "period_end", 0));
  title = g_strdup_printf (_("%1$s review, %2$s"), period, ent_record_get_title (partner));
  review_set_text (plan, "title", title);
  review_set_text (plan, "kind", annual ? "abr" : "qbr");
  set_key (plan, "for", ent_record_get_key (partner));
  set_key (plan, "template", ent_record_get_key (template));
  set_key (plan, "owner", manager);
  review_set_int (plan, "meeting_at", change->meeting);
  review_set_text (plan, "timezone", change->zone);
  if (preread != NULL)
    review_set_int (plan, "preread_hours", ent_record_get_int (preread, "threshold", 0) / 100);
  set_signers (plan, change, manager);
  if (!check_no_other (transaction, plan, error) || !ent_transaction_insert (transaction, plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

/* --- Its blocks ------------------------------------------------------------------------------------------------------- */

static gboolean
make_item (EntTransaction *transaction,
           EntKey          plan,
           EntRecord      *line,
           int             position,
           GError        **error)
{
  g_autoptr (EntRecord) item = ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "plan_item"));
  const char *type = ent_record_get_text (line, "item_type");
  const char *text = ent_record_get_text (line, "text");
  gint64 minutes = ent_record_get_int (line, "minutes", 0);
  static const char * const blocks[] = { "text", "metric", "table", "chart", "list", NULL };
  static const char * const lists[] = { "ask", "risk", "action", NULL };

  if (type == NULL || text == NULL || g_strcmp0 (ent_record_get_text (line, "metric"), PREREAD) == 0)
    return TRUE;
  if (g_strv_contains (lists, type))
    type = "list";
  else if (!g_strv_contains (blocks, type))
    return TRUE;
  review_set_int (item, "parent", plan);
  review_set_int (item, "position", position);
  review_set_text (item, "type", type);
  review_set_text (item, "title", text);
  review_set_text (item, "section", ent_record_get_text (line, "section"));
  review_set_text (item, "metric", ent_record_get_text (line, "metric"));
  if (minutes > 0)
    review_set_int (item, "minutes", minutes);
  return ent_transaction_insert (transaction, item, error);
}

/* The milestone “Pre-read sent” and the task that reminds of it. */
static gboolean
make_preread (EntTransaction *transaction,
              EntRecord      *plan,
              EntRecord      *line,
              int             position,
              GError        **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) item = ent_record_new (ent_schema_lookup (schema, "plan_item"));
  g_autoptr (EntRecord) task = ent_record_new (ent_schema_lookup (schema, "task"));
  g_autofree char *title = g_strdup_printf (_("Send the pre-read: %s"), ent_record_get_title (plan));
  gint64 due = day_in_zone (ent_review_get_preread_due (plan), ent_record_get_text (plan, "timezone"));

  review_set_int (item, "parent", ent_record_get_key (plan));
  review_set_int (item, "position", position);
  review_set_text (item, "type", "milestone");
  review_set_text (item, "metric", PREREAD);
  review_set_text (item, "title", _("Pre-read sent"));
  review_set_text (item, "section", ent_record_get_text (line, "section"));
  review_set_int (item, "due", due);
  set_key (item, "owner", ent_record_get_ref (plan, "owner"));
  if (!ent_transaction_insert (transaction, item, error))
    return FALSE;
  review_set_text (task, "title", title);
  review_set_int (task, "due", due);
  review_set_text (task, "priority", "high");
  set_key (task, "assignee", ent_record_get_ref (plan, "owner"));
  set_key (task, "about", ent_record_get_ref (plan, "for"));
  set_key (task, "plan_item", ent_record_get_key (item));
  return ent_transaction_insert (transaction, task, error);
}

static gboolean
check_template (EntRecord  *template,
                GPtrArray  *lines,
                GError    **error)
{
  if (g_strcmp0 (ent_record_get_record_type (template)->info->name, "program") != 0 ||
      g_strcmp0 (ent_record_get_text (template, "kind"), "review_template") != 0)
    return review_refuse (error, _("%s is no review template; “review templates” lists them."),
                          ent_record_get_title (template));
  if (lines->len == 0)
    return review_refuse (error, _("The template %s has no blocks; add lines to it."), ent_record_get_title (template));
  return TRUE;
}

gboolean
review_plan_apply (EntTransaction  *transaction,
                   EntReviewChange *change,
                   GError         **error)
{
  const EntRecordType *rules = ent_schema_lookup (ent_transaction_get_schema (transaction), "program_rule");
  g_autoptr (EntRecord) partner = ent_transaction_get (transaction, change->partner, error);
  g_autoptr (EntRecord) template = partner != NULL ? ent_transaction_get (transaction, change->template, error) : NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (EntRecord) plan = NULL;
  EntRecord *preread;

  if (template == NULL || (lines = ent_transaction_get_children (transaction, change->template, rules, error)) == NULL)
    return FALSE;
  if (g_strcmp0 (ent_record_get_record_type (partner)->info->name, "organization") != 0)
    return review_refuse (error, _("%s is not an organization; a review is with a partner."), ent_record_get_title (partner));
  if (!check_template (template, lines, error) || !check_meeting (change, error))
    return FALSE;
  preread = find_line (lines, PREREAD);
  plan = make_plan (transaction, change, partner, template, preread, error);
  if (plan == NULL)
    return FALSE;
  change->review = change->made = ent_record_get_key (plan);
  for (guint i = 0; i < lines->len; i++)
    if (!make_item (transaction, change->review, g_ptr_array_index (lines, i), (int) i, error))
      return FALSE;
  return preread == NULL || make_preread (transaction, plan, preread, (int) lines->len, error);
}

/* --- Moving and finishing the pre-read ----------------------------------------------------------------------------------- */

/* Calls the milestone and its task, if they are there and open. */
static gboolean
change_preread (EntTransaction *transaction,
                EntKey          plan,
                const char     *field,
                gint64          day,
                gboolean        done,
                GError        **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  const EntField *link = ent_record_type_lookup (ent_schema_lookup (schema, "task"), "plan_item");
  g_autoptr (GPtrArray) items = ent_transaction_get_children (transaction, plan, ent_schema_lookup (schema, "plan_item"),
                                                              error);
  EntRecord *item = items != NULL ? find_line (items, PREREAD) : NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (item == NULL)
    return items != NULL;
  records = ent_transaction_get_referrers (transaction, ent_record_get_key (item), link, 0, error);
  if (records == NULL)
    return FALSE;
  g_ptr_array_add (records, g_object_ref (item));
  for (guint i = 0; i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      const char *status = ent_record_get_text (record, "status");

      if (g_strcmp0 (status, "done") == 0 || g_strcmp0 (status, "dropped") == 0)
        continue;
      review_set_int (record, field, day);
      if (done)
        review_set_text (record, "status", "done");
      if (!ent_transaction_update (transaction, record, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
review_finish_preread (EntTransaction *transaction,
                       EntKey          plan,
                       gint64          today,
                       GError        **error)
{
  return change_preread (transaction, plan, "done_on", today, TRUE, error);
}

gboolean
review_reschedule_apply (EntTransaction  *transaction,
                         EntReviewChange *change,
                         EntRecord       *plan,
                         GError         **error)
{
  const char *status = ent_record_get_text (plan, "status");

  if (g_strcmp0 (status, "draft") != 0 && g_strcmp0 (status, "sent") != 0)
    return review_refuse (error, _("%s was held already, so its meeting stays where it was."), ent_record_get_title (plan));
  if (!check_meeting (change, error))
    return FALSE;
  review_set_int (plan, "meeting_at", change->meeting);
  if (change->zone != NULL)
    review_set_text (plan, "timezone", change->zone);
  if (!ent_transaction_update (transaction, plan, error))
    return FALSE;
  if (ent_review_get_preread_due (plan) == ENT_REVIEW_UNKNOWN)
    return TRUE;
  return change_preread (transaction, change->review, "due",
                         day_in_zone (ent_review_get_preread_due (plan), ent_record_get_text (plan, "timezone")), FALSE,
                         error);
}
