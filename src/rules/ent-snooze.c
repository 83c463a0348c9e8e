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

GHashTable *
ent_snooze_load (EntStore      *store,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  static const char * const fields[] = { "about", "snooze_until", NULL };
  g_autofree char *day = ent_date_write (today);
  g_autofree char *where = g_strdup_printf ("snooze_until > %s", day);
  g_autoptr (GPtrArray) records = ent_lookup_records (store, "activity", where, fields, cancellable, error);
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
