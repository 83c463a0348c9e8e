/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-snooze.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-lookup.h"
#include "rules/ent-rules.h"

EntSnooze *
ent_snooze_new (EntKey      key,
                gint64      until,
                gint64      today,
                const char *reason)
{
  EntSnooze *self = g_new0 (EntSnooze, 1);

  self->key = key;
  self->until = until;
  self->today = today;
  self->reason = g_strstrip (g_strdup (reason != NULL ? reason : ""));
  return self;
}

void
ent_snooze_free (EntSnooze *self)
{
  g_free (self->reason);
  g_free (self);
}

char *
ent_snooze_label (EntStore  *store,
                  EntSnooze *self)
{
  g_autofree char *title = ent_store_dup_title (store, self->key);
  g_autofree char *day = ent_date_display (self->until, ENT_DISPLAY_SHORT);

  return g_strdup_printf (_("Snooze %s until %s"), title != NULL ? title : "", day);
}

static gboolean
fill (EntRecord       *activity,
      EntRecord       *about,
      const EntSnooze *self,
      GError         **error)
{
  const EntRecordType *type = ent_record_get_record_type (activity);
  g_autofree char *day = ent_date_display (self->until, ENT_DISPLAY_SHORT);
  g_autofree char *title = g_strdup_printf (_("Snoozed %s until %s"), ent_record_get_title (about), day);
  EntKey key = ent_record_get_key (about);
  g_auto (EntValue) text = ENT_VALUE_INIT, keys = ENT_VALUE_INIT, at = ENT_VALUE_INIT, until = ENT_VALUE_INIT;

  ent_value_set_text (&text, title);
  ent_record_set (activity, ENT_COMMON_TITLE, &text);
  ent_value_set_text (&text, self->reason);
  ent_record_set (activity, ent_record_type_lookup (type, "body")->index, &text);
  ent_value_set_int (&at, g_get_real_time ());
  ent_record_set (activity, ent_record_type_lookup (type, "at")->index, &at);
  ent_value_set_int (&until, self->until);
  ent_record_set (activity, ent_record_type_lookup (type, "snooze_until")->index, &until);
  ent_value_set_keys (&keys, &key, 1);
  ent_record_set (activity, ent_record_type_lookup (type, "about")->index, &keys);
  if (g_str_equal (ent_record_get_record_type (about)->info->name, "organization"))
    ent_record_set (activity, ent_record_type_lookup (type, "orgs")->index, &keys);
  return ent_record_set_text (activity, "kind", "decision", error);
}

gboolean
ent_snooze_write (EntTransaction  *transaction,
                  gpointer         snooze,
                  GError         **error)
{
  const EntSnooze *self = snooze;
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) about = NULL, activity = NULL;

  if (self->until <= self->today)
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, _("Snooze until a day after today."));
      return FALSE;
    }
  if (*self->reason == '\0')
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, _("Say why it can wait; the reason is kept with the record."));
      return FALSE;
    }
  about = ent_transaction_get (transaction, self->key, error);
  /* A line has no timeline of its own. */
  if (about != NULL && ent_record_type_is_child (ent_record_get_record_type (about)))
    {
      EntKey parent = ent_record_get_ref (about, "parent");

      g_clear_object (&about);
      about = ent_transaction_get (transaction, parent, error);
    }
  if (about == NULL)
    return FALSE;
  activity = ent_record_new (ent_schema_lookup (schema, "activity"));
  return fill (activity, about, self, error) && ent_transaction_insert (transaction, activity, error);
}

static GPtrArray *
load_activities (EntStore      *store,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  static const char * const fields[] = { "about", "snooze_until", "body", NULL };
  g_autofree char *day = ent_date_write (today);
  g_autofree char *where = g_strdup_printf ("snooze_until > %s", day);

  return ent_lookup_records (store, "activity", where, fields, cancellable, error);
}

GHashTable *
ent_snooze_load (EntStore      *store,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GPtrArray) records = load_activities (store, today, cancellable, error);
  GHashTable *snoozed;

  if (records == NULL)
    return NULL;
  snoozed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      const EntValue *about = ent_record_get_named (record, "about");
      int until = (int) ent_record_get_int (record, "snooze_until", 0);

      for (gint64 k = 0; about->kind == ENT_VALUE_KEYS && k < about->integer; k++)
        {
          EntKey key = about->keys[k];

          if (GPOINTER_TO_INT (g_hash_table_lookup (snoozed, &key)) < until)
            g_hash_table_replace (snoozed, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (until));
        }
    }
  return snoozed;
}

/* --- What is snoozed ---------------------------------------------------------------------------------------------- */

void
ent_snoozed_free (EntSnoozed *self)
{
  g_free (self->title);
  g_free (self->reason);
  g_free (self);
}

static int
compare_until (gconstpointer a,
               gconstpointer b)
{
  const EntSnoozed *one = a, *two = b;

  if (one->until != two->until)
    return one->until < two->until ? -1 : 1;
  return one->about < two->about ? -1 : one->about > two->about;
}

static void
take_latest (GHashTable *latest,
             EntRecord  *activity,
             EntKey      about)
{
  gint64 until = ent_record_get_int (activity, "snooze_until", 0);
  EntSnoozed *one = g_hash_table_lookup (latest, &about);
  const char *reason = ent_record_get_text (activity, "body");

  if (one == NULL)
    {
      one = g_new0 (EntSnoozed, 1);
      one->about = about;
      g_hash_table_insert (latest, &one->about, one);
    }
  if (one->until >= until)
    return;
  one->until = until;
  one->activity = ent_record_get_key (activity);
  g_set_str (&one->reason, reason != NULL ? reason : "");
}

GPtrArray *
ent_snooze_list (EntStore      *store,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GPtrArray) activities = load_activities (store, today, cancellable, error);
  g_autoptr (GHashTable) latest = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *list;
  GHashTableIter iter;
  gpointer value;

  if (activities == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_snoozed_free);
  for (guint i = 0; i < activities->len; i++)
    {
      EntRecord *activity = g_ptr_array_index (activities, i);
      const EntValue *about = ent_record_get_named (activity, "about");

      for (gint64 k = 0; about->kind == ENT_VALUE_KEYS && k < about->integer; k++)
        take_latest (latest, activity, about->keys[k]);
    }
  g_hash_table_iter_init (&iter, latest);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      EntSnoozed *one = value;

      one->title = ent_store_dup_title (store, one->about);
      g_ptr_array_add (list, one);
    }
  g_ptr_array_sort_values (list, compare_until);
  return list;
}

gboolean
ent_snooze_end (EntTransaction  *transaction,
                gpointer         snooze,
                GError         **error)
{
  const EntSnooze *self = snooze;
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "activity");
  g_autoptr (GPtrArray) activities = NULL;
  guint n = 0;

  activities = ent_transaction_get_referrers (transaction, self->key, ent_record_type_lookup (type, "about"), 0, error);
  for (guint i = 0; activities != NULL && i < activities->len; i++)
    {
      EntRecord *activity = g_ptr_array_index (activities, i);

      if (ent_record_get_int (activity, "snooze_until", 0) <= self->today)
        continue;
      if (!ent_transaction_delete (transaction, ent_record_get_key (activity), error))
        return FALSE;
      n++;
    }
  if (activities != NULL && n == 0)
    g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, _("It is not snoozed."));
  return activities != NULL && n > 0;
}
