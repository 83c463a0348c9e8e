/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory columns and SQL are two evaluators of one language: on random records, filters and orders, and
 * across random edits, they must agree to the row. */
#include "store/query-fixture.h"

#define N_RECORDS 150
#define N_ROUNDS 12
#define N_QUERIES 250 /* a round */

#define PICK(array) array[g_test_rand_int_range (0, G_N_ELEMENTS (array))]

static const char * const titles[] = {
  "Acme", "acme", "Ácme Cloud", "Beta", "Beta Systems", "Zeta", "Müller", "muller", "東京", "Ωmega", "x", "42",
};

/* Two fields a line: how one is set and what it is compared with. */
static const struct
{
  const char *field;
  const char *values[10]; /* interchange form */
} org_fields[] = {
  { "lifecycle", { "active", "at_risk", "identified", "onboarding" } },
  { "region", { "emea", "apac", "somewhere", "global" } },
  { "country", { "DE", "FR", "US", "JP", "AT" } },
  { "arr", { "100 USD", "100.01 USD", "-5 USD", "90000 EUR", "1000 JPY", "0.125 KWD", "9000000000 USD" } },
  { "founded_year", { "1990", "1991", "2020" } },
  { "size_employees", { "0", "5", "300", "9000", "9000000" } },
  { "partner_since", { "2020-01-01", "2024-02-29", "1969-12-31" } },
  { "roles", { "partner", "partner; customer", "competitor" } },
  { "cities", { "Berlin; Ulm", "Ulm", "São Paulo", "berlin" } },
  { "legal_name", { "Acme", "acme", "Other \"quoted\"", "Zeta" } },
  { "territory_right", { "none", "exclusive" } },
  { "tags", { "a", "a; b", "b" } },
};

static const char * const person_regions[] = { "emea", "apac", "global" };

typedef struct
{
  GArray *people; /* of EntKey */
  GArray *orgs;
  guint   n; /* edits to make */
} World;

static EntKey
pick_key (const GArray *keys)
{
  return g_array_index (keys, EntKey, g_test_rand_int_range (0, (int) keys->len));
}

static guint
count_values (guint field)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (org_fields[field].values) && org_fields[field].values[n] != NULL)
    n++;
  return n;
}

static const char *
pick_value (guint field)
{
  return org_fields[field].values[g_test_rand_int_range (0, (int) count_values (field))];
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

static void append_filter (GString *text, guint depth);

static void
append_quoted (GString    *text,
               const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\"", -1);
  g_autofree char *escaped = g_strjoinv ("\\\"", parts);

  g_string_append_printf (text, "\"%s\"", escaped);
}

static void
append_value (GString *text,
              guint    field)
{
  const char *value = pick_value (field);
  g_auto (GStrv) items = g_strsplit (value, "; ", 2);

  /* Half of the amounts without their currency. */
  if (g_str_equal (org_fields[field].field, "arr") && g_test_rand_bit ())
    *strchr (items[0], ' ') = '\0';
  append_quoted (text, items[0]);
}

static gboolean
has_order (const char *field)
{
  static const char * const none[] = { "country", "roles", "cities", "tags", NULL };

  return !g_strv_contains (none, field);
}

static gboolean
holds_text (const char *field)
{
  static const char * const none[] = { "arr", "founded_year", "size_employees", "partner_since", NULL };

  return !g_strv_contains (none, field);
}

static void
append_field_term (GString *text)
{
  static const char * const orders[] = { " < ", " <= ", " > ", " >= " };
  guint field = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (org_fields));
  const char *name = org_fields[field].field;

  g_string_append (text, name);
  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      g_string_append (text, g_test_rand_bit () ? " is empty" : " is not empty");
      return;
    case 1:
      g_string_append (text, g_test_rand_bit () ? " in (" : " not in (");
      append_value (text, field);
      g_string_append (text, ", ");
      append_value (text, field);
      g_string_append (text, ")");
      return;
    case 2:
    case 3:
      g_string_append (text, has_order (name) ? PICK (orders) : " = ");
      break;
    case 4:
      g_string_append (text, holds_text (name) ? (g_test_rand_bit () ? " ~ " : " !~ ") : " != ");
      break;
    default:
      g_string_append (text, g_test_rand_bit () ? " = " : " != ");
    }
  append_value (text, field);
}

static void
append_other_term (GString *text)
{
  static const char * const terms[] = {
    "title ~ ", "title = ", "title < ", "title >= ", "owner = ", "owner != ", "owner ~ ", "parent = ",
    "parent.title ~ ", "parent.owner = ", "parent.owner.title !~ ", "owner.title > ", "legal_name ~ ",
  };
  static const char * const whole[] = {
    "owner.region = emea", "owner.region != apac", "owner.is_team", "not owner.is_team",
    "parent.lifecycle = active", "parent.arr > 100", "parent.roles has partner", "owner = me", "code < P-100",
    "code in (P-1, P-2, P-3, P-77)", "parent is empty", "parent.parent.owner.region = emea",
    "created_at <= today", "updated_at > today", "parent.cities ~ ulm", "owner is not empty",
    "parent.region < apac", "parent.legal_name = acme",
  };

  if (g_test_rand_bit ())
    {
      g_string_append (text, PICK (whole));
      return;
    }
  g_string_append (text, PICK (terms));
  append_quoted (text, PICK (titles));
}

static void
append_term (GString *text,
             guint    depth)
{
  int what = g_test_rand_int_range (0, 12);

  if (what == 0 && depth > 0)
    {
      g_string_append (text, "not (");
      append_filter (text, depth - 1);
      g_string_append_c (text, ')');
    }
  else if (what == 1 && depth > 0)
    {
      g_string_append_c (text, '(');
      append_filter (text, depth - 1);
      g_string_append_c (text, ')');
    }
  else if (what < 7)
    append_field_term (text);
  else
    append_other_term (text);
}

static void
append_filter (GString *text,
               guint    depth)
{
  int n = g_test_rand_int_range (0, 3);

  append_term (text, depth);
  while (n-- > 0)
    {
      g_string_append (text, g_test_rand_bit () ? " and " : " or ");
      append_term (text, depth);
    }
}

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

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/columns/random", test_random);
  ADD ("/columns/loading-twice", test_loading_twice);
  ADD ("/columns/too-many-texts", test_too_many_texts);
  ADD ("/columns/kept-orders", test_kept_orders);

  return g_test_run ();
}
