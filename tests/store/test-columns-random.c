/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random queries: the columns answer as SQL does. */
#include "config.h"

#include "store/columns-fixture.h"

static const char * const person_regions[] = { "emea", "apac", "global" };

static EntKey
pick_key (const GArray *keys)
{
  return g_array_index (keys, EntKey, g_test_rand_int_range (0, (int) keys->len));
}

static void
change_record (EntTransaction *transaction,
               World          *world,
               EntRecord      *record)
{
  EntKey parent = world->orgs->len > 0 ? pick_key (world->orgs) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (org_fields); i++)
    if (g_test_rand_bit ())
      g_assert_true (ent_record_set_text (record, org_fields[i].field,
                                          g_test_rand_int_range (0, 4) > 0 ? pick_value (i) : "", NULL));
  if (g_test_rand_bit ())
    set_ref (record, "owner", pick_key (world->people));
  if (g_test_rand_bit () && ent_transaction_exists (transaction, parent))
    set_ref (record, "parent", parent);
}

static gboolean
add_people (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  World *world = data;

  for (guint i = 0; i < 12; i++)
    {
      EntStore *store = ent_transaction_get_store (transaction);
      g_autoptr (EntRecord) record = make_record (store, "person", titles[i % 9]);
      EntKey key;

      ent_record_set_text (record, "region", PICK (person_regions), NULL);
      ent_record_set_text (record, "is_team", i % 2 ? "yes" : "no", NULL);
      if (!ent_transaction_insert (transaction, record, error))
        return FALSE;
      key = ent_record_get_key (record);
      g_array_append_val (world->people, key);
    }
  return TRUE;
}

static gboolean
add_org (EntTransaction *transaction,
         World          *world,
         GError        **error)
{
  g_autoptr (EntRecord) record = make_record (ent_transaction_get_store (transaction), "organization",
                                              PICK (titles));
  EntKey key;

  change_record (transaction, world, record);
  if (!ent_transaction_insert (transaction, record, error))
    return FALSE;
  key = ent_record_get_key (record);
  g_array_append_val (world->orgs, key);
  return TRUE;
}

static gboolean
change_org (EntTransaction *transaction,
            World          *world,
            GError        **error)
{
  EntKey key = pick_key (world->orgs);
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, key, error);
  int what = g_test_rand_int_range (0, 10);

  if (record == NULL)
    return FALSE;
  if (!ent_transaction_exists (transaction, key))
    return what < 5 || ent_transaction_restore (transaction, key, error);
  if (what == 0)
    return ent_transaction_delete (transaction, key, error);
  if (what < 4)
    ent_record_set_text (record, "title", PICK (titles), NULL);
  change_record (transaction, world, record);
  return ent_transaction_update (transaction, record, error);
}

static gboolean
edit_orgs (EntTransaction *transaction,
           gpointer        data,
           GError        **error)
{
  World *world = data;

  for (guint i = 0; i < world->n; i++)
    if (world->orgs->len == 0 || g_test_rand_int_range (0, 3) == 0
          ? !add_org (transaction, world, error) : !change_org (transaction, world, error))
      return FALSE;
  return TRUE;
}

static void
edit (EntStore *store,
      World    *world,
      guint     n)
{
  g_autoptr (GError) error = NULL;

  world->n = n;
  ent_store_write (store, "Edit", ENT_ORIGIN_USER, edit_orgs, world, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- Random queries ------------------------------------------------------------------------------- */

static char *
make_sort (void)
{
  static const char * const fields[] = {
    "title", "lifecycle", "region", "country", "arr", "founded_year", "size_employees", "partner_since",
    "roles", "cities", "owner", "parent", "legal_name", "territory_right", "level",
  };
  GString *sort = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 4);

  while (n-- > 0)
    g_string_append_printf (sort, "%s%s,", g_test_rand_bit () ? "-" : "", PICK (fields));
  return g_string_free_and_steal (sort);
}

/* --- Comparing ------------------------------------------------------------------------------------ */

static void
assert_equal_sums (const GArray *a,
                   const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_true (ent_value_equal (&g_array_index (a, EntValue, i), &g_array_index (b, EntValue, i)));
}

static void
assert_equal_groups (const GArray *a,
                     const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const EntGroup *x = &g_array_index (a, EntGroup, i), *y = &g_array_index (b, EntGroup, i);

      g_assert_cmpint (x->count, ==, y->count);
      g_assert_true (ent_value_equal (&x->value, &y->value));
    }
}

static void
compare_aggregates (EntStore       *with,
                    EntStore       *without,
                    const EntQuery *query)
{
  static const char * const sums[] = { "arr", "founded_year", "size_employees" };
  static const char * const groups[] = { "lifecycle", "roles", "cities", "owner", "founded_year", "legal_name" };
  const EntField *sum = ent_record_type_lookup (query->type, PICK (sums));
  const EntField *group = ent_record_type_lookup (query->type, PICK (groups));
  g_autoptr (GArray) a = ent_store_sum (with, query, sum, NULL, NULL);
  g_autoptr (GArray) b = ent_store_sum (without, query, sum, NULL, NULL);
  g_autoptr (GArray) c = ent_store_group (with, query, group, NULL, NULL);
  g_autoptr (GArray) d = ent_store_group (without, query, group, NULL, NULL);

  assert_equal_sums (a, b);
  assert_equal_groups (c, d);
}

static void
compare_one (EntStore   *with,
             EntStore   *without,
             const char *filter,
             const char *sort,
             const char *search)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntResult) a = NULL, b = NULL, c = NULL;
  Asked asked;
  gsize n;

  g_test_message ("%s | %s | %s", filter, sort, search);
  asked_init (&asked, with, "organization", filter, sort);
  asked.query.search = search;
  a = ent_store_query (with, &asked.query, NULL, &error);
  g_assert_no_error (error);
  b = ent_store_query (without, &asked.query, NULL, &error);
  g_assert_no_error (error);
  n = ent_result_get_n (a);
  g_assert_cmpmem (ent_result_get_rows (a), n * 4, ent_result_get_rows (b), ent_result_get_n (b) * 4);
  g_assert_cmpint (ent_store_count (with, &asked.query, NULL, NULL), ==, (gint64) n);
  if (g_test_rand_int_range (0, 5) == 0)
    {
      c = ent_store_query_first (with, &asked.query, 7, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (ent_result_get_rows (a), MIN (n, 7) * 4, ent_result_get_rows (c),
                       ent_result_get_n (c) * 4);
      g_assert_cmpint (ent_store_count (without, &asked.query, NULL, NULL), ==, (gint64) n);
      compare_aggregates (with, without, &asked.query);
    }
  asked_clear (&asked);
}

static void
compare (EntStore *with,
         EntStore *without)
{
  static const char * const words[] = { "acm", "be", "mull", "x 4", "ulm", "東" };

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (GString) filter = g_string_new (NULL);
      g_autofree char *sort = make_sort ();

      if (g_test_rand_int_range (0, 8) > 0)
        append_filter (filter, 2);
      compare_one (with, without, filter->str, sort, g_test_rand_int_range (0, 6) > 0 ? NULL : PICK (words));
    }
}

/* The same file twice: one store has columns, the other answers by SQL. */
static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  World world = { g_array_new (FALSE, FALSE, sizeof (EntKey)), g_array_new (FALSE, FALSE, sizeof (EntKey)), 0 };
  g_autoptr (GError) error = NULL;
  EntStore *plain = ent_store_open (f->path, f->has_key ? &f->key : NULL, ENT_STORE_OPEN_READ_ONLY, NULL,
                                    &error);

  g_assert_no_error (error);
  ent_store_write (f->store, "People", ENT_ORIGIN_USER, add_people, &world, NULL, NULL, &error);
  g_assert_no_error (error);
  edit (f->store, &world, N_RECORDS);
  ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "organization"), NULL, &error);
  g_assert_no_error (error);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      if (round == N_ROUNDS / 2)
        ent_store_load_columns (f->store, ent_store_get_record_type (f->store, "person"), NULL, NULL);
      compare (f->store, plain);
      edit (f->store, &world, round % 3 == 0 ? 1 : 40);
    }
  g_assert_finalize_object (plain);
  g_array_unref (world.people);
  g_array_unref (world.orgs);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/columns/random", test_random);

  return g_test_run ();
}
