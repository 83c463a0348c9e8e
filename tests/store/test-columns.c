/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns and SQL are two evaluators of one language: on random records, filters and orders, and
 * across random edits, they must agree to the row. */
#include "config.h"

#include "store/columns-fixture.h"

/* --- Comparing ------------------------------------------------------------------------------------ */

static void
test_loading_twice (Fixture       *f,
                    gconstpointer  data)
{
  const EntRecordType *type = ent_store_get_record_type (f->store, "organization");

  g_assert_true (ent_store_load_columns (f->store, type, NULL, NULL));
  add_record (f->store, "organization", "Acme");
  g_assert_true (ent_store_load_columns (f->store, type, NULL, NULL));
  assert_found (f->store, "organization", "", NULL, "Acme");
}

static gboolean
add_cities (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  guint fields[] = { ENT_COMMON_TITLE, ent_record_type_lookup (type, "cities")->index,
                     ent_record_type_lookup (type, "province")->index };
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, fields, 3, 9000, error);

  for (guint i = 0; i < 9000; i++)
    {
      g_autofree char *city = g_strdup_printf ("City %u", i);
      g_autofree char *province = g_strdup_printf ("Province %u", i % 3000);
      const char *cities[] = { city, NULL };
      EntValue values[3] = { ENT_VALUE_INIT, ENT_VALUE_INIT, ENT_VALUE_INIT };
      gboolean ok;

      ent_value_set_text (&values[0], city);
      ent_value_set_list (&values[1], cities);
      ent_value_set_text (&values[2], province);
      ok = ent_inserter_add (inserter, values, NULL, error);
      for (guint j = 0; j < 3; j++)
        ent_value_clear (&values[j]);
      if (!ok)
        break;
    }
  return ent_inserter_end (inserter, error);
}

/* More texts than a dictionary takes: the field is left to SQL, and nothing else suffers. */
static void
test_too_many_texts (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  ent_store_write (f->store, "Add", ENT_ORIGIN_IMPORT, add_cities, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "organization"),
                                         NULL, NULL));
  assert_found (f->store, "organization", "cities = \"city 8999\"", NULL, "City 8999");
  assert_found (f->store, "organization", "province = \"province 7\" and cities ~ \"city 300\"", NULL,
                "City 3007");
  assert_found (f->store, "organization", "province = \"province 2999\"", "-cities",
                "City 8999, City 5999, City 2999");
}

/* An order that is kept answers filters too, and goes with the first change. */
static void
test_kept_orders (Fixture       *f,
                  gconstpointer  data)
{
  EntKey acme = add_record (f->store, "organization", "Acme"), boss = add_record (f->store, "organization", "Boss");
  EntKey city = add_record (f->store, "organization", "City");

  set_field (f->store, acme, "size_employees", "20");
  set_field (f->store, boss, "size_employees", "30");
  set_field (f->store, city, "size_employees", "10");
  g_assert_true (ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "organization"), NULL, NULL));
  for (guint i = 0; i < 2; i++)
    {
      assert_found (f->store, "organization", "", "-size_employees", "Boss, Acme, City");
      assert_found (f->store, "organization", "", "size_employees", "City, Acme, Boss");
      assert_found (f->store, "organization", "", "founded_year,-title", "City, Boss, Acme");
      assert_found (f->store, "organization", "size_employees < 25", "-size_employees", "Acme, City");
    }
  set_field (f->store, city, "size_employees", "25");
  assert_found (f->store, "organization", "", "-size_employees", "Boss, City, Acme");
  delete_record (f->store, boss);
  assert_found (f->store, "organization", "", "-size_employees", "City, Acme");
  add_record (f->store, "organization", "Door");
  assert_found (f->store, "organization", "", "-size_employees", "City, Acme, Door");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/columns/loading-twice", test_loading_twice);
  ADD ("/columns/too-many-texts", test_too_many_texts);
  ADD ("/columns/kept-orders", test_kept_orders);

  return g_test_run ();
}
