/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/big-workspace.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rules/ent-program-defaults.h"
#include "store/ent-query.h"

static const char * const firsts[] = {
  "Northern", "Blue", "Granite", "Harbor", "Silver", "Cedar", "Summit", "River", "Aurora", "Meridian", "Copper",
  "Lumen", "Vertex", "Orchard", "Falcon", "Pioneer", "Quarry", "Delta", "Evergreen", "Tidewater", "Zenith",
};
static const char * const seconds[] = {
  "Bridge", "Cloud", "Data", "Field", "Gate", "Logic", "Mills", "Networks", "Point", "Ridge", "Signal", "Stone",
  "Works",
};
static const char * const thirds[] = { "Systems", "Consulting", "Group", "Software", "Labs", "Partners", "GmbH", "AB" };
static const char * const lifecycles[] = { "identified", "contacted", "discovery", "active", "active", "at_risk" };
static const char * const partner_types[] = { "technology", "channel", "solution" };
static const char * const countries[] = { "US", "DE", "FR", "GB", "JP", "BR", "IN", "SE" };
static const char * const levels[] = { "level:strategic", "level:premier", "level:select", "level:registered" };
static const char * const names[] = {
  "title", "ref", "roles", "lifecycle", "partner_type", "country", "level", "arr", "website", "size_employees",
};

#define N_FIELDS G_N_ELEMENTS (names)

void
big_workspace_key (EntStoreKey *key)
{
  for (guint i = 0; i < sizeof key->bytes; i++)
    key->bytes[i] = (guint8) (7 * i + 1);
}

/* Scrambles, so that neighbors in the file are not neighbors by name. */
static guint
scramble (guint i)
{
  i = (i ^ 61) ^ (i >> 16);
  i *= 9;
  i ^= i >> 4;
  i *= 0x27d4eb2d;
  return i ^ (i >> 15);
}

void
big_workspace_name (guint    i,
                    GString *name)
{
  guint s = scramble (i);

  g_string_printf (name, "%s %s %s %06u", firsts[s % G_N_ELEMENTS (firsts)],
                   seconds[(s / 32) % G_N_ELEMENTS (seconds)], thirds[(s / 1024) % G_N_ELEMENTS (thirds)], i);
}

static void
set_values (EntValue     *values,
            guint         i,
            const EntKey *level_keys,
            GString      *name)
{
  static const char * const partner[] = { "partner", NULL };
  guint s = scramble (i + 17);
  char ref[24], website[48];

  big_workspace_name (i, name);
  g_snprintf (ref, sizeof ref, "big:%u", i);
  g_snprintf (website, sizeof website, "https://www.company%u.example", i);
  ent_value_set_text (&values[0], name->str);
  ent_value_set_text (&values[1], ref);
  ent_value_set_list (&values[2], partner);
  ent_value_set_text (&values[3], lifecycles[s % G_N_ELEMENTS (lifecycles)]);
  ent_value_set_text (&values[4], partner_types[(s / 8) % G_N_ELEMENTS (partner_types)]);
  ent_value_set_text (&values[5], countries[(s / 64) % G_N_ELEMENTS (countries)]);
  ent_value_set_int (&values[6], level_keys[(s / 512) % G_N_ELEMENTS (levels)]);
  ent_value_set_money (&values[7], (gint64) (s % 5000000) * 100, "USD");
  ent_value_set_text (&values[8], website);
  ent_value_set_int (&values[9], s % 20000);
}

static gboolean
fill_cb (EntTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  const EntRecordType *program = ent_schema_lookup (ent_transaction_get_schema (transaction), "program");
  guint n = *(guint *) data;
  guint fields[N_FIELDS];
  EntKey level_keys[G_N_ELEMENTS (levels)];
  EntValue values[N_FIELDS] = { 0 };
  g_autoptr (GString) name = g_string_new (NULL);
  EntInserter *inserter;
  gboolean done = TRUE;

  for (guint i = 0; i < N_FIELDS; i++)
    fields[i] = ent_record_type_lookup (type, names[i])->index;
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    level_keys[i] = ent_transaction_resolve (transaction, program, levels[i], error);
  inserter = ent_transaction_begin_insert (transaction, type, fields, N_FIELDS, n, error);
  for (guint i = 0; inserter != NULL && done && i < n; i++)
    {
      set_values (values, i, level_keys, name);
      done = ent_inserter_add (inserter, values, NULL, error);
    }
  for (guint i = 0; i < N_FIELDS; i++)
    ent_value_clear (&values[i]);
  return inserter != NULL && ent_inserter_end (inserter, done ? error : NULL) && done;
}

char *
big_workspace_make (guint    n,
                    gboolean encrypted)
{
  const char *folder = g_getenv ("ENTENTE_BENCH_DIR");
  g_autofree char *name = g_strdup_printf ("entente-bench-%u%s.entente", n, encrypted ? "-encrypted" : "");
  char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = NULL;
  EntStoreKey key;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  big_workspace_key (&key);
  g_unlink (part);
  store = ent_store_create (part, encrypted ? &key : NULL, NULL, &error);
  if (store == NULL || !ent_program_defaults_install (store, NULL, &error) ||
      !ent_store_write (store, "Fill", ENT_ORIGIN_SETUP, fill_cb, &n, NULL, NULL, &error) ||
      !ent_store_index (store, NULL, &error))
    g_error ("The workspace could not be made: %s", error->message);
  ent_store_close (store);
  g_rename (part, path);
  return path;
}
