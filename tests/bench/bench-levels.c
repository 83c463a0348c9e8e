/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rules/ent-level.h"
#include "rules/ent-program-defaults.h"
#include "store/ent-query.h"
#include "store/ent-transaction.h"

/* bench-levels [PARTNERS]: levels of all partners (10,000) with five years of records in an encrypted workspace, from
 * nothing and after one edit. A partner has an agreement, ten deals, ten reviews, three case studies and five rubrics of
 * four criteria; there are five thousand weeks of campaigns. The middle of five, and the processor time of
 * the last one, which other work on the machine does not lengthen. Aims: 1 s, 10 ms. */

#define TODAY ent_date_from_ymd (2026, 11, 20)
#define N_ROUNDS 5

static guint n_partners = 10000;
static guint32 state = 7;

static guint
roll (guint n)
{
  state = state * 1664525u + 1013904223u;
  return (state >> 8) % n;
}

/* --- The workspace ----------------------------------------------------------------------------------------- */

typedef struct
{
  EntTransaction      *transaction;
  const EntRecordType *type;
  EntInserter         *inserter;
  guint                fields[12];
  EntValue             values[12];
  gsize                n;
} Run;

static void
begin (Run            *run,
       EntTransaction *transaction,
       const char     *type,
       const char     *names,
       gsize           expected)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr (GError) error = NULL;

  memset (run, 0, sizeof *run);
  run->transaction = transaction;
  run->type = ent_schema_lookup (ent_transaction_get_schema (transaction), type);
  for (run->n = 0; words[run->n] != NULL; run->n++)
    run->fields[run->n] = ent_record_type_lookup (run->type, words[run->n])->index;
  run->inserter = ent_transaction_begin_insert (transaction, run->type, run->fields, run->n, expected, &error);
  if (run->inserter == NULL)
    g_error ("%s", error->message);
}

/* Values as texts in interchange form; references as #KEY; NULL: empty. */
static EntKey
put (Run *run,
     ...)
{
  g_autoptr (GError) error = NULL;
  EntReadContext context = { 0 };
  EntKey key = 0;
  va_list list;

  va_start (list, run);
  for (gsize i = 0; i < run->n; i++)
    {
      const char *text = va_arg (list, const char *);

      ent_value_clear (&run->values[i]);
      if (text != NULL &&
          !ent_value_read (ent_record_type_get_nth (run->type, run->fields[i]), text, &context, &run->values[i], &error))
        g_error ("%s", error->message);
    }
  va_end (list);
  if (!ent_inserter_add (run->inserter, run->values, &key, &error))
    g_error ("%s", error->message);
  return key;
}

static void
end (Run *run)
{
  g_autoptr (GError) error = NULL;

  if (!ent_inserter_end (run->inserter, &error))
    g_error ("%s", error->message);
  for (gsize i = 0; i < run->n; i++)
    ent_value_clear (&run->values[i]);
}

static const char *
ref (char   buffer[24],
     EntKey key)
{
  g_snprintf (buffer, 24, "#%" G_GINT64_FORMAT, key);
  return buffer;
}

static const char *
day (char  buffer[16],
     guint within)
{
  g_autofree char *text = ent_date_write (TODAY - roll (within));

  g_strlcpy (buffer, text, 16);
  return buffer;
}

static const char *
moment (char  buffer[24],
        guint within)
{
  char date[16];

  g_snprintf (buffer, 24, "%sT10:00:00Z", day (date, within));
  return buffer;
}

#define YEARS (5 * 365)

static void
make_partners (EntTransaction *transaction,
               EntKey         *keys,
               EntKey         *levels)
{
  static const char * const types[] = { "technology", "channel", "solution" };
  Run run;
  char title[32], level[24];

  begin (&run, transaction, "organization", "title roles lifecycle partner_type level council_member", n_partners);
  for (guint i = 0; i < n_partners; i++)
    {
      guint place = roll (16) / 4;

      g_snprintf (title, sizeof title, "Partner %06u", i);
      keys[i] = put (&run, title, "partner", "active", types[roll (3)], ref (level, levels[place]),
                     roll (4) == 0 ? "true" : NULL);
    }
  end (&run);
}

static void
make_deals (EntTransaction *transaction,
            const EntKey   *keys)
{
  static const char * const stages[] = { "prospect", "qualified", "committed", "won", "lost" };
  g_autofree EntKey *deals = g_new (EntKey, n_partners * 10);
  Run run;
  char partner[24], account[24], opened[16];

  begin (&run, transaction, "deal", "title account kind stage registered_by opened_on closed_on", n_partners * 10);
  for (guint i = 0; i < n_partners * 10; i++)
    deals[i] = put (&run, "A deal that somebody works on", ref (account, keys[roll (n_partners)]), "opportunity",
                    stages[roll (5)], i % 2 == 0 ? ref (partner, keys[i / 10]) : NULL, day (opened, YEARS), NULL);
  end (&run);
  begin (&run, transaction, "deal_party", "parent org role", n_partners * 10);
  for (guint i = 0; i < n_partners * 10; i++)
    put (&run, ref (account, deals[i]), ref (partner, keys[i / 10]), i % 3 == 0 ? "influence" : "source");
  end (&run);
}

static void
make_papers (EntTransaction *transaction,
             const EntKey   *keys)
{
  Run run;
  char partner[24], at[24], starts[16], amount[32];

  begin (&run, transaction, "agreement", "title kind counterparty status starts_on annual_commitment", n_partners);
  for (guint i = 0; i < n_partners; i++)
    {
      g_snprintf (amount, sizeof amount, "%u USD", roll (150) * 1000);
      put (&run, "Program agreement", "program_agreement", ref (partner, keys[i]), "active", day (starts, YEARS), amount);
    }
  end (&run);
  begin (&run, transaction, "plan", "title kind status for meeting_at", n_partners * 10);
  for (guint i = 0; i < n_partners * 10; i++)
    put (&run, "Quarterly review", "qbr", roll (4) == 0 ? "draft" : "signed", ref (partner, keys[i / 10]),
         moment (at, YEARS));
  end (&run);
  begin (&run, transaction, "document", "title kind status about approved_at", n_partners * 3);
  for (guint i = 0; i < n_partners * 3; i++)
    put (&run, "How they won", "case_study", roll (4) == 0 ? "draft" : "approved", ref (partner, keys[i / 3]),
         moment (at, YEARS));
  end (&run);
}

static void
make_scores (EntTransaction *transaction,
             const EntKey   *keys)
{
  static const char * const weights[] = { "40", "25", "20", "15" };
  g_autofree EntKey *rubrics = g_new (EntKey, n_partners * 5);
  Run run;
  char partner[24], at[16], value[16];

  begin (&run, transaction, "assessment", "title kind subject at", n_partners * 5);
  for (guint i = 0; i < n_partners * 5; i++)
    rubrics[i] = put (&run, "Level rubric", "tier_rubric", ref (partner, keys[i / 5]), day (at, YEARS));
  end (&run);
  begin (&run, transaction, "assessment_score", "parent criterion value weight", n_partners * 20);
  for (guint i = 0; i < n_partners * 20; i++)
    {
      g_snprintf (value, sizeof value, "%u.%u", roll (5), roll (10));
      put (&run, ref (partner, rubrics[i / 4]), "Criterion", value, weights[i % 4]);
    }
  end (&run);
}

static void
make_campaigns (EntTransaction *transaction,
                const EntKey   *keys)
{
  EntKey campaigns[100];
  Run run;
  char partner[24], week[16], count[8];

  begin (&run, transaction, "campaign", "title partners", 100);
  for (guint i = 0; i < G_N_ELEMENTS (campaigns); i++)
    campaigns[i] = put (&run, "Campaign", ref (partner, keys[roll (n_partners)]));
  end (&run);
  begin (&run, transaction, "campaign_line", "parent channel week qualified", 5000);
  for (guint i = 0; i < 5000; i++)
    {
      g_snprintf (count, sizeof count, "%u", roll (9));
      put (&run, ref (partner, campaigns[i / 50]), "email", day (week, YEARS), count);
    }
  end (&run);
}

static gboolean
fill_cb (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  static const char * const refs[] = { "ref:level:strategic", "ref:level:premier", "ref:level:select",
                                       "ref:level:registered" };
  g_autofree EntKey *keys = g_new (EntKey, n_partners);
  EntKey levels[4];

  for (guint i = 0; i < 4; i++)
    if ((levels[i] = ent_transaction_resolve (transaction, NULL, refs[i], error)) == 0)
      return FALSE;
  make_partners (transaction, keys, levels);
  make_deals (transaction, keys);
  make_papers (transaction, keys);
  make_scores (transaction, keys);
  make_campaigns (transaction, keys);
  return TRUE;
}

static EntStore *
make_workspace (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "levels.entente", NULL);
  g_autoptr (GError) error = NULL;
  EntStoreKey key;
  EntStore *store;

  ent_store_key_init_new (&key);
  store = ent_store_create (path, &key, NULL, &error);
  if (store == NULL || !ent_program_defaults_install (store, NULL, &error) ||
      !ent_store_write (store, "Fill", ENT_ORIGIN_SETUP, fill_cb, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  /* The writer builds the indexes of large runs before its next job, then the one of words: none of it is measured. */
  if (!ent_store_index (store, NULL, &error))
    g_error ("%s", error->message);
  return store;
}

/* --- Measuring ------------------------------------------------------------------------------------------------ */

static EntChanges *last_changes;

static void
changed_cb (EntStore   *store,
            EntChanges *changes,
            gpointer    data)
{
  g_clear_pointer (&last_changes, ent_changes_unref);
  last_changes = ent_changes_ref (changes);
}

static gboolean
edit_cb (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  guint *round = user_data;
  EntSchema *schema = ent_transaction_get_schema (transaction);
  const EntRecordType *type = ent_schema_lookup (schema, "deal");
  g_auto (EntValue) value = ENT_VALUE_INIT;

  /* A stage that no deal has yet, so that something changes. */
  ent_value_set_text (&value, "technical_validation");
  return ent_transaction_set (transaction, ent_key_make (type->info->number, 4321 + *round * 20),
                              ent_record_type_lookup (type, "stage"), &value, error);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

/* Milliseconds of processor time that this process has used. */
static double
get_processor (void)
{
  struct timespec spec;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spec);
  return (double) spec.tv_sec * 1000.0 + (double) spec.tv_nsec / 1e6;
}

static void
measure_updates (EntStore  *store,
                 EntLevels *levels,
                 double     times[N_ROUNDS],
                 double     processor[N_ROUNDS])
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start;

      /* What was told before does not count. */
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_clear_pointer (&last_changes, ent_changes_unref);
      if (!ent_store_write (store, "Edit", ENT_ORIGIN_USER, edit_cb, &i, NULL, NULL, &error))
        g_error ("%s", error->message);
      while (last_changes == NULL)
        g_main_context_iteration (NULL, TRUE);
      start = g_get_monotonic_time ();
      processor[i] = get_processor ();
      if (!ent_levels_update (levels, store, last_changes, &error))
        g_error ("%s", error != NULL ? error->message : "needs a new snapshot");
      times[i] = since (start);
      processor[i] = get_processor () - processor[i];
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("entente-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "levels.entente", NULL);
  g_autoptr (GError) error = NULL;
  double loads[N_ROUNDS], standings[N_ROUNDS], updates[N_ROUNDS], processor[N_ROUNDS], update_processor[N_ROUNDS];
  g_autoptr (EntLevels) levels = NULL;
  guint n_proposals = 0;
  EntStore *store;
  gint64 start;

  if (argc > 1)
    n_partners = (guint) atoi (argv[1]);
  start = g_get_monotonic_time ();
  store = make_workspace (folder);
  g_print ("workspace made in %.0f ms\n", since (start));
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), NULL);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_clear_pointer (&levels, ent_levels_unref);
      start = g_get_monotonic_time ();
      processor[i] = get_processor ();
      levels = ent_levels_load (store, TODAY, NULL, &error);
      if (levels == NULL)
        g_error ("%s", error->message);
      loads[i] = since (start);
      processor[i] = get_processor () - processor[i];
      start = g_get_monotonic_time ();
      ent_levels_unref (ent_levels_new (ent_levels_get_metrics (levels)));
      standings[i] = since (start);
    }
  for (guint i = 0; i < n_partners; i++)
    n_proposals += ent_levels_get_standing (levels, i)->kind > ENT_PROPOSAL_KEEP;
  measure_updates (store, levels, updates, update_processor);
  qsort (loads, N_ROUNDS, sizeof (double), compare_times);
  qsort (standings, N_ROUNDS, sizeof (double), compare_times);
  qsort (updates, N_ROUNDS, sizeof (double), compare_times);
  qsort (processor, N_ROUNDS, sizeof (double), compare_times);
  qsort (update_processor, N_ROUNDS, sizeof (double), compare_times);
  g_print ("%u partners, %u changes proposed\n", n_partners, n_proposals);
  g_print ("levels of all, from nothing  %8.1f ms (aim 1000), processor %.1f ms; of it the rules %.1f ms\n",
           loads[N_ROUNDS / 2], processor[N_ROUNDS / 2], standings[N_ROUNDS / 2]);
  g_print ("after one edit               %8.2f ms (aim 10), processor %.2f ms\n", updates[N_ROUNDS / 2],
           update_processor[N_ROUNDS / 2]);
  g_clear_pointer (&levels, ent_levels_unref);
  ent_store_close (store);
  g_object_unref (store);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}
