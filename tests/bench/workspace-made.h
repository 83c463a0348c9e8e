/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "store/ent-query.h"
#include "store/ent-store.h"
#include "store/ent-transaction.h"

/* An encrypted workspace of organizations that look real and are the same every time: names from word
 * lists with a long tail, values as unevenly spread as in a CRM. Built once into $ENTENTE_BENCH_DIR
 * (or the folder for temporary files) and opened again by later runs. */

typedef struct
{
  guint64 state;
} MadeRandom;

static inline guint
made_random (MadeRandom *self,
             guint       n)
{
  self->state = self->state * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  return (guint) ((self->state >> 33) % n);
}

/* Small numbers far more often than large ones. */
static inline guint
made_skewed (MadeRandom *self,
             guint       n)
{
  return (guint) ((guint64) made_random (self, n) * made_random (self, n) / n);
}

#define MADE_PICK(random, list) (list)[made_skewed (random, G_N_ELEMENTS (list))]

static const char * const made_first[] = {
  "North", "Blue", "Cloud", "Data", "Global", "Prime", "Nova", "Apex", "Vertex", "Quantum", "Silver", "Green",
  "Bright", "Rapid", "Solid", "Iron", "Crystal", "Delta", "Omega", "Alpha", "Pacific", "Atlantic", "Nordic",
  "Alpine", "Urban", "Civic", "Royal", "Grand", "First", "United", "Allied", "Metro", "Terra", "Aqua", "Helio",
  "Lumen", "Mega", "Micro", "Omni", "Poly", "Synth", "Tele", "Ultra", "Uni", "Vita", "Volt", "Wave", "Xeno",
  "Yellow", "Zenith", "Müller", "Østergaard", "Łódź", "Ångström", "Café", "São",
};
static const char * const made_second[] = {
  "bridge", "stone", "works", "soft", "ware", "logic", "sys", "tech", "line", "point", "field", "gate", "mind",
  "path", "port", "scale", "shift", "sight", "source", "spark", "stack", "stream", "view", "ville", "ware",
  "wise", "yard", "zone", "craft", "forge", "grid", "hub", "link", "loop", "net", "node",
};
static const char * const made_last[] = {
  "Group", "Inc", "GmbH", "Ltd", "Systems", "Solutions", "Partners", "Consulting", "Holdings", "Technologies",
  "Labs", "Services", "International", "Software", "Networks", "Analytics", "Security", "Digital", "Ventures", "SA",
};
static const char * const made_countries[] = {
  "US", "DE", "GB", "FR", "JP", "IN", "CA", "AU", "NL", "ES", "IT", "SE", "BR", "CH", "PL", "KR", "SG", "MX", "AE",
  "ZA",
};
static const char * const made_cities[] = {
  "New York", "Berlin", "London", "Paris", "Tokyo", "Bengaluru", "Toronto", "Sydney", "Amsterdam", "Madrid",
};
static const char * const made_lifecycles[] = {
  "identified", "active", "contacted", "discovery", "onboarding", "evaluated", "at_risk", "agreement",
  "probation", "suspended", "offboarded",
};
static const char * const made_roles[] = { "prospect", "customer", "partner", "competitor", "other" };
static const char * const made_regions[] = { "north_america", "emea", "apac", "latin_america", "global" };
static const char * const made_types[] = { "technology", "channel", "solution" };
static const char * const made_segments[] = { "long_tail", "growth", "strategic" };
static const char * const made_industries[] = {
  "Software", "Retail", "Banking", "Insurance", "Manufacturing", "Healthcare", "Energy", "Telecom", "Media",
  "Education", "Logistics", "Public sector",
};
static const char * const made_currencies[] = { "USD", "EUR", "GBP", "JPY" };

#define MADE_PEOPLE 200

typedef struct
{
  gsize  n;
  EntKey people[MADE_PEOPLE];
} Made;

static inline gboolean
made_add_people (EntTransaction *transaction,
                 Made           *made,
                 GError        **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);

  for (guint i = 0; i < MADE_PEOPLE; i++)
    {
      g_autoptr (EntRecord) person = ent_record_new (ent_schema_lookup (schema, "person"));
      g_autofree char *name = g_strdup_printf ("%s %sson", made_first[i % 50], made_second[i % 36]);

      if (!ent_record_set_text (person, "title", name, error) ||
          !ent_record_set_text (person, "region", made_regions[i % 5], error) ||
          !ent_record_set_text (person, "is_team", i % 4 == 0 ? "true" : "false", error) ||
          !ent_transaction_insert (transaction, person, error))
        return FALSE;
      made->people[i] = ent_record_get_key (person);
    }
  return TRUE;
}

static inline void
made_set_list (EntValue   *value,
               const char *first,
               const char *second)
{
  const char *list[] = { first, second, NULL };

  if (g_strcmp0 (first, second) == 0)
    list[1] = NULL;
  ent_value_set_list (value, list);
}

static const char * const made_fields[] = {
  "title", "roles", "lifecycle", "country", "region", "partner_type", "segment", "arr", "annual_revenue",
  "size_employees", "founded_year", "partner_since", "owner", "partner_manager", "cities", "industry", "domains",
  "description",
};

static inline void
made_fill (const Made *made,
           MadeRandom *random,
           guint       i,
           EntValue   *v)
{
  g_autofree char *title = g_strdup_printf ("%s%s %s", MADE_PICK (random, made_first),
                                            MADE_PICK (random, made_second), MADE_PICK (random, made_last));
  g_autofree char *domain = g_strdup_printf ("%s%u.example", made_second[i % 36], i);
  const char *currency = MADE_PICK (random, made_currencies);

  ent_value_set_text (&v[0], title);
  made_set_list (&v[1], MADE_PICK (random, made_roles), MADE_PICK (random, made_roles));
  ent_value_set_text (&v[2], MADE_PICK (random, made_lifecycles));
  ent_value_set_text (&v[3], MADE_PICK (random, made_countries));
  ent_value_set_text (&v[4], MADE_PICK (random, made_regions));
  ent_value_set_text (&v[5], MADE_PICK (random, made_types));
  ent_value_set_text (&v[6], MADE_PICK (random, made_segments));
  if (made_random (random, 10) < 6)
    ent_value_set_money (&v[7], (gint64) made_skewed (random, 500000000) * 10, currency);
  if (made_random (random, 10) < 4)
    ent_value_set_money (&v[8], (gint64) made_skewed (random, 2000000000) * 100, currency);
  ent_value_set_int (&v[9], made_skewed (random, 100000));
  ent_value_set_int (&v[10], 1900 + made_random (random, 125));
  if (made_random (random, 2) == 0)
    ent_value_set_int (&v[11], 12000 + made_random (random, 8000));
  ent_value_set_int (&v[12], made->people[made_skewed (random, MADE_PEOPLE)]);
  if (made_random (random, 2) == 0)
    ent_value_set_int (&v[13], made->people[made_skewed (random, MADE_PEOPLE)]);
  made_set_list (&v[14], MADE_PICK (random, made_cities), MADE_PICK (random, made_cities));
  made_set_list (&v[15], MADE_PICK (random, made_industries), MADE_PICK (random, made_industries));
  made_set_list (&v[16], domain, domain);
  if (made_random (random, 4) == 0)
    ent_value_take_text (&v[17], g_strdup_printf ("Known for %s in %s since the renewal of %u.",
                                                  MADE_PICK (random, made_industries),
                                                  MADE_PICK (random, made_cities), made_random (random, 2000)));
}

static inline gboolean
made_write (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  Made *made = data;
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  MadeRandom random = { 42 };
  guint fields[G_N_ELEMENTS (made_fields)];
  EntInserter *inserter;
  gboolean ok = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (made_fields); i++)
    fields[i] = ent_record_type_lookup (type, made_fields[i])->index;
  if (!made_add_people (transaction, made, error))
    return FALSE;
  inserter = ent_transaction_begin_insert (transaction, type, fields, G_N_ELEMENTS (fields), made->n, error);
  if (inserter == NULL)
    return FALSE;
  for (guint i = 0; i < made->n && ok; i++)
    {
      EntValue values[G_N_ELEMENTS (made_fields)];

      memset (values, 0, sizeof values);
      made_fill (made, &random, i, values);
      ok = ent_inserter_add (inserter, values, NULL, error);
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        ent_value_clear (&values[j]);
    }
  return ent_inserter_end (inserter, ok ? error : NULL) && ok;
}

/* Opens the workspace of @n organizations, which is built and indexed at the first call. Ends the program
 * when that fails. */
static inline EntStore *
made_workspace (gsize n)
{
  g_autoptr (GError) error = NULL;
  const char *folder = g_getenv ("ENTENTE_BENCH_DIR");
  g_autofree char *name = g_strdup_printf ("made-%" G_GSIZE_FORMAT ".entente", n);
  g_autofree char *path = NULL;
  EntStoreKey key;
  Made made = { .n = n };
  EntStore *store;

  memset (&key, 7, sizeof key);
  path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      store = ent_store_open (path, &key, ENT_STORE_OPEN_DEFAULT, NULL, &error);
      if (store == NULL)
        g_error ("%s", error->message);
    }
  else
    {
      gint64 start = g_get_monotonic_time ();

      store = ent_store_create (path, &key, NULL, &error);
      if (store == NULL ||
          !ent_store_write (store, "Made", ENT_ORIGIN_SETUP, made_write, &made, NULL, NULL, &error))
        g_error ("%s", error->message);
      g_print ("built %s: %.1f s", path, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
      start = g_get_monotonic_time ();
      if (!ent_store_index (store, NULL, &error))
        g_error ("%s", error->message);
      g_print (", full-text index: %.1f s\n", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
    }
  return store;
}
