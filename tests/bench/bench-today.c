/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Today of a large program: everything the page shows, computed at once as its job does.
 *
 *   build-aux/bench today [PARTNERS]     default 10000 partners with five years of records; the page has 150 ms */

#include "bench/measure.h"
#include "model/ent-value.h"
#include "pages/today/ent-today-private.h"
#include "rules/ent-program-defaults.h"
#include "store/ent-query.h"
#include "support/workspace.h"

#define RUNS 15

typedef struct
{
  guint  n_partners;
  gint64 today;
} Making;

static gboolean
add (EntTransaction  *transaction,
     const char      *type,
     char           **texts,
     EntKey           key,
     const char      *ref,
     GError         **error)
{
  const EntRecordType *record_type = ent_schema_lookup (ent_transaction_get_schema (transaction), type);
  g_autoptr (EntRecord) record = ent_record_new (record_type);
  g_auto (EntValue) value = ENT_VALUE_INIT;

  for (guint i = 0; texts[i] != NULL; i += 2)
    if (!ent_record_set_text (record, texts[i], texts[i + 1], error))
      return FALSE;
  if (key != 0 && ent_field_is_many (ent_record_type_lookup (record_type, ref)))
    ent_value_set_keys (&value, &key, 1);
  else if (key != 0)
    ent_value_set_int (&value, key);
  if (key != 0)
    ent_record_set (record, ent_record_type_lookup (record_type, ref)->index, &value);
  if (g_str_equal (type, "deal"))
    ent_record_set (record, ent_record_type_lookup (record_type, "account")->index, &value);
  return ent_transaction_insert (transaction, record, error);
}

static gboolean
add_one (EntTransaction  *transaction,
         Making          *self,
         guint            i,
         GError         **error)
{
  g_autofree char *name = g_strdup_printf ("Partner %06u", i);
  g_autoptr (EntRecord) org = ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "organization"));
  EntKey key;

  if (!ent_record_set_text (org, "title", name, error) || !ent_record_set_text (org, "roles", "partner", error) ||
      !ent_record_set_text (org, "lifecycle", "active", error) || !ent_record_set_text (org, "arr", "250000 USD", error) ||
      !ent_transaction_insert (transaction, org, error))
    return FALSE;
  key = ent_record_get_key (org);
  /* Five years: twenty contacts, eight deals, six tasks, an agreement. */
  for (guint k = 0; k < 20; k++)
    {
      g_autofree char *day = ent_date_write (self->today - (i * 7 + k * 91) % 1825), *at = g_strconcat (day, "T09:00:00Z", NULL);
      char *texts[] = { (char *) "title", (char *) "Call", (char *) "kind", (char *) "call", (char *) "at", at, NULL };

      if (!add (transaction, "activity", texts, key, "orgs", error))
        return FALSE;
    }
  for (guint k = 0; k < 8; k++)
    {
      g_autofree char *day = ent_date_write (self->today + 60 - (gint64) ((i * 13 + k * 228) % 1825));
      gboolean open = k == 0 && i % 2 == 0;
      char *texts[] = { (char *) "title", (char *) "Deal", (char *) "stage", (char *) (open ? "qualified" : "won"),
                        (char *) "amount", (char *) "40000 USD", (char *) (open ? "expected_close" : "closed_on"), day, NULL };

      if (!add (transaction, "deal", texts, key, "registered_by", error))
        return FALSE;
    }
  for (guint k = 0; k < 6; k++)
    {
      g_autofree char *day = ent_date_write (self->today + 3 - (gint64) ((i * 11 + k * 300) % 1825));
      char *texts[] = { (char *) "title", (char *) "Task", (char *) "due", day, (char *) "status",
                        (char *) (k == 0 && i % 50 == 0 ? "open" : "done"), NULL };

      if (!add (transaction, "task", texts, key, "about", error))
        return FALSE;
    }
  {
    g_autofree char *day = ent_date_write (self->today + i % 700);
    char *texts[] = { (char *) "title", (char *) "Terms", (char *) "kind", (char *) "reseller", (char *) "status",
                      (char *) "active", (char *) "ends_on", day, NULL };

    return add (transaction, "agreement", texts, key, "counterparty", error);
  }
}

static gboolean
make_cb (EntTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Making *self = data;

  for (guint i = 0; i < self->n_partners; i++)
    if (!add_one (transaction, self, i, error))
      return FALSE;
  return TRUE;
}

typedef void (*Part) (EntStore *store,
                      gint64    today);

static void
all (EntStore *store,
     gint64    today)
{
  ent_today_data_free (ent_today_data_new (store, today, NULL, NULL));
}

static void
due_only (EntStore *store,
          gint64    today)
{
  g_ptr_array_unref (ent_due_list (store, today, NULL, NULL));
}

static void
pulse_only (EntStore *store,
            gint64    today)
{
  g_ptr_array_unref (ent_pulse_list (store, today, NULL, NULL));
}

static void
attention_only (EntStore *store,
                gint64    today)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  ent_attention_plan_free (ent_attention_plan_new (store, today, 0, none, NULL, NULL));
}

static void
run (const char *what,
     EntStore   *store,
     gint64      today,
     Part        part)
{
  g_autoptr (GArray) wall = g_array_new (FALSE, FALSE, sizeof (double)), cpu = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < RUNS; i++)
    {
      double wall_before = measure_ms (CLOCK_MONOTONIC), cpu_before = measure_ms (CLOCK_THREAD_CPUTIME_ID), passed;

      part (store, today);
      passed = measure_ms (CLOCK_THREAD_CPUTIME_ID) - cpu_before;
      g_array_append_val (cpu, passed);
      passed = measure_ms (CLOCK_MONOTONIC) - wall_before;
      g_array_append_val (wall, passed);
    }
  g_print ("%-10s processor: first %6.1f ms", what, g_array_index (cpu, double, 0));
  g_print (", median %6.1f, worst %6.1f", measure_quantile (cpu, 0.5), measure_quantile (cpu, 1));
  g_print ("   wall: median %6.1f, worst %6.1f\n", measure_quantile (wall, 0.5), measure_quantile (wall, 1));
}

int
main (int   argc,
      char *argv[])
{
  Making making = { argc > 1 ? (guint) atoi (argv[1]) : 10000, ent_date_from_ymd (2026, 11, 30) };
  EntStore *store = test_workspace_new ();
  static const char * const types[] = { "organization", "deal", "task", "activity", "agreement", "funding", "plan", "plan_item",
                                        "deal_party", "program" };
  g_autoptr (GError) error = NULL;

  if (!ent_program_defaults_install (store, NULL, &error) ||
      !ent_store_write (store, "Make", ENT_ORIGIN_SETUP, make_cb, &making, NULL, NULL, &error))
    g_error ("%s", error->message);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    ent_store_load_columns (store, ent_store_get_record_type (store, types[i]), NULL, NULL);
  g_print ("%u partners\n", making.n_partners);
  run ("due", store, making.today, due_only);
  run ("attention", store, making.today, attention_only);
  run ("figures", store, making.today, pulse_only);
  run ("Today", store, making.today, all);
  test_workspace_free (store);
  return 0;
}
