/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due on a record, and what happened with it. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/partners/ent-profile-data.h"
#include "store/ent-query.h"

#define MAX_DUE 12
#define MAX_READ 500
#define MAX_TIMELINE 50
/* Items of plans that are due within so many days. */
#define SOON 30

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const EntProfileItem *first = a, *second = b;

  return first->order < second->order ? -1 : first->order > second->order;
}

static gboolean
is_over (EntRecord *record)
{
  static const char *const over[] = { "done", "dropped", "skipped", "cancelled", "completed", "closed", NULL };
  const char *status = ent_record_get_text (record, ent_record_get_record_type (record)->info->state_field);

  return status != NULL && g_strv_contains (over, status);
}

static void
add_due (GPtrArray            *items,
         EntStore             *store,
         EntRecord            *record,
         const char           *date,
         const char           *skip,
         const EntProfileWish *wish)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  gint64 due = ent_record_get_int (record, date, G_MAXINT64);
  EntProfileItem *item;

  if (is_over (record))
    return;
  item = ent_profile_item_new (store, record, skip != NULL ? ent_record_type_lookup (type, skip) : NULL);
  /* A line has no page: it opens what it belongs to. */
  if (ent_record_type_is_child (type))
    {
      item->key = ent_record_get_ref (record, "parent");
      item->type = ent_schema_lookup_key (type->schema, item->key);
    }
  item->order = due;
  item->is_late = due < wish->today;
  g_free (item->aside);
  item->aside = due != G_MAXINT64 ? ent_date_display_near (due, wish->today) : g_strdup ("");
  g_ptr_array_add (items, item);
}

/* The next open items of the plans for this record. */
static void
add_plans (GPtrArray            *items,
           EntStore             *store,
           const EntProfileWish *wish)
{
  const EntRecordType *line = ent_store_get_record_type (store, "plan_item");
  g_autoptr (GPtrArray) plans = ent_profile_referrers (store, wish->key, "plan", "for", MAX_READ);

  for (guint i = 0; i < plans->len; i++)
    {
      g_autoptr (GPtrArray) lines = is_over (g_ptr_array_index (plans, i)) ? NULL
        : ent_store_get_children (store, ent_record_get_key (g_ptr_array_index (plans, i)), line, NULL);

      for (guint j = 0; lines != NULL && j < lines->len; j++)
        if (ent_record_get_int (g_ptr_array_index (lines, j), "due", G_MAXINT64) <= wish->today + SOON)
          add_due (items, store, g_ptr_array_index (lines, j), "due", NULL, wish);
    }
}

GPtrArray *
ent_profile_due_new (EntStore             *store,
                     const EntProfileWish *wish)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (ent_profile_item_free);
  g_autoptr (GPtrArray) tasks = ent_profile_referrers (store, wish->key, "task", "about", MAX_READ);

  for (guint i = 0; i < tasks->len; i++)
    add_due (items, store, g_ptr_array_index (tasks, i), "due", "about", wish);
  add_plans (items, store, wish);
  g_ptr_array_sort_values (items, compare_due);
  if (items->len > MAX_DUE)
    g_ptr_array_set_size (items, MAX_DUE);
  return items;
}

static void
set_event (EntProfileItem *item,
           EntStore       *store,
           EntRecord      *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const char *body = ent_record_get_text (record, "body");
  g_autofree char *kind = ent_value_display (ent_record_type_lookup (type, "kind"), ent_record_get_named (record, "kind"),
                                             ENT_DISPLAY_SHORT, NULL, NULL);
  g_autofree char *people = ent_value_display (ent_record_type_lookup (type, "participants"),
                                               ent_record_get_named (record, "participants"), ENT_DISPLAY_SHORT,
                                               ent_store_name, store);

  g_free (item->detail);
  item->detail = g_strdup_printf ("%s%s%s%s%s", kind, *people != '\0' ? " · " : "", people, body != NULL ? "\n" : "",
                                  body != NULL ? body : "");
  item->order = ent_record_get_int (record, "at", 0);
  g_free (item->aside);
  item->aside = ent_datetime_display (item->order, ENT_DISPLAY_SHORT);
  /* The state of an activity is that of a signal: not worth a pill in a row of notes. */
  g_clear_pointer (&item->state, g_free);
}

/* Activities name a record as an organization, as a participant, or as what they are about. */
static EntFilter *
make_filter (EntStore            *store,
             const EntRecordType *activity,
             EntKey               key)
{
  static const char *const fields[] = { "orgs", "participants", "about" };
  const EntRecordType *target = ent_schema_lookup_key (activity->schema, key);
  g_autofree char *code = ent_store_dup_code (store, key);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *wanted = ent_record_type_lookup (activity, fields[i])->info.target;

      if (strcmp (wanted, "*") == 0 || strcmp (wanted, target->info->name) == 0)
        g_string_append_printf (text, "%s%s = %s", text->len > 0 ? " or " : "", fields[i], code);
    }
  return ent_filter_parse (activity, text->str, NULL, NULL);
}

GPtrArray *
ent_profile_timeline_new (EntStore             *store,
                          const EntProfileWish *wish)
{
  const EntRecordType *activity = ent_store_get_record_type (store, "activity");
  const EntSort sort = { ent_record_type_lookup (activity, "at"), TRUE };
  g_autoptr (EntFilter) filter = make_filter (store, activity, wish->key);
  EntQuery query = { .type = activity, .filter = filter, .sort = &sort, .n_sort = 1 };
  GPtrArray *items = g_ptr_array_new_with_free_func (ent_profile_item_free);
  g_autoptr (EntResult) result = filter != NULL ? ent_store_query_first (store, &query, MAX_TIMELINE, NULL, NULL) : NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (result != NULL)
    records = ent_store_load (store, activity, ent_result_get_rows (result),
                              MIN (ent_result_get_n (result), MAX_TIMELINE), NULL, 0, NULL, NULL);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      EntProfileItem *item = record != NULL ? ent_profile_item_new (store, record, NULL) : NULL;

      if (item == NULL)
        continue;
      set_event (item, store, record);
      g_ptr_array_add (items, item);
    }
  return items;
}
