/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three laptops and a colleague's client on one database that is cut, slow, busy, replayed, restored and wiped: in the end all
 * have the same records, and no edit is lost.
 *
 *   test-sync-converge [--seed=…]     ENTENTE_SYNC_STEPS: steps, 300 without it */
#include "config.h"

#include <stdlib.h>

#include "rules/ent-rules.h"
#include "support/workspace.h"
#include "sync/ent-sync-json.h"
#include "sync/ent-sync-remote.h"
#include "sync/fake-couch.h"

#define LAPTOPS 3

typedef struct
{
  EntStore *store;
  EntSync  *sync;
} Laptop;

typedef struct
{
  FakeCouch  *server;
  Laptop      laptops[LAPTOPS];
  GHashTable *tokens;  /* document id → GPtrArray of tokens ever added to its tags */
  guint       n_tokens;
} World;

/* --- Laptops -------------------------------------------------------------------------------------------------------------------- */

static void
laptop_open (World  *world,
             Laptop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (self->store, NULL, &error);

  g_assert_no_error (error);
  self->sync = ent_sync_new (self->store, remote, &error);
  g_assert_no_error (error);
  ent_couch_set_retries (ent_sync_get_couch (self->sync), 2, 1);
  ent_couch_set_timeouts (ent_sync_get_couch (self->sync), 1000, 1000, 1000);
}

static void
laptop_start (World  *world,
              Laptop *self)
{
  g_autoptr (GError) error = NULL;

  self->store = test_workspace_new ();
  g_assert_true (ent_sync_remote_add (self->store, "team", fake_couch_get_url (world->server), NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  laptop_open (world, self);
}

/* As after the program died: what was in memory is gone. */
static void
laptop_restart (World  *world,
                Laptop *self)
{
  ent_sync_free (self->sync);
  laptop_open (world, self);
}

static gboolean
laptop_sync (Laptop  *self,
             GError **error)
{
  EntSyncReport report;

  return ent_sync_run (self->sync, &report, NULL, error);
}

/* --- Records ----------------------------------------------------------------------------------------------------------------------- */

/* All organizations, binned ones too. */
static GArray *
list_keys (EntStore *store,
           gboolean  live)
{
  const EntRecordType *type = ent_store_get_record_type (store, "organization");
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (gint64 row = 1;; row++)
    {
      g_autoptr (EntRecord) record = ent_store_get (store, ent_key_make (type->info->number, row), NULL);
      EntKey key;

      if (record == NULL)
        break;
      key = ent_record_get_key (record);
      if (ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)) == live)
        g_array_append_val (keys, key);
    }
  return keys;
}

static char *
id_of (EntStore *store,
       EntKey    key)
{
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (record), id);
  return g_strconcat ("organization:", id, NULL);
}

static const char *
new_token (World      *world,
           const char *id)
{
  GPtrArray *tokens = g_hash_table_lookup (world->tokens, id);
  char *token = g_strdup_printf ("t%u", ++world->n_tokens);

  if (tokens == NULL)
    {
      tokens = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (world->tokens, g_strdup (id), tokens);
    }
  g_ptr_array_add (tokens, token);
  return token;
}

static void
create_record (World  *world,
               Laptop *laptop)
{
  g_autofree char *title = g_strdup_printf ("title=Partner %u", ++world->n_tokens);

  test_workspace_add (laptop->store, "organization", title, "roles=partner", NULL);
}

static void
add_token (World  *world,
           Laptop *laptop,
           EntKey  key)
{
  g_autoptr (EntRecord) record = ent_store_get (laptop->store, key, NULL);
  g_autofree char *id = id_of (laptop->store, key);
  const EntField *tags = ent_record_type_get_nth (ent_record_get_record_type (record), ENT_COMMON_TAGS);
  g_autofree char *old = ent_value_write (tags, ent_record_get (record, ENT_COMMON_TAGS));
  g_autofree char *text = g_strdup_printf ("tags=%s%s%s", old != NULL ? old : "", old != NULL && *old != '\0' ? "; " : "",
                                           new_token (world, id));

  test_workspace_set (laptop->store, key, text, NULL);
}

static void
edit_fields (World  *world,
             Laptop *laptop,
             EntKey  key)
{
  static const char * const levels[] = { "arr=10 USD", "arr=20 USD", "arr=30 EUR", "lifecycle=active", "lifecycle=onboarding",
                                         "region=EMEA", "region=APAC", "website=https://a.example" };
  g_autofree char *title = g_strdup_printf ("title=Partner %u", ++world->n_tokens);

  test_workspace_set (laptop->store, key, g_test_rand_bit () ? title : levels[g_test_rand_int_range (0, G_N_ELEMENTS (levels))],
                      NULL);
}

static gboolean
restore_cb (EntTransaction *transaction,
            gpointer        key,
            GError        **error)
{
  return ent_transaction_restore (transaction, *(EntKey *) key, error);
}

static void
put_back (Laptop *laptop)
{
  g_autoptr (GArray) binned = list_keys (laptop->store, FALSE);
  g_autoptr (GError) error = NULL;

  if (binned->len > 0)
    ent_store_write (laptop->store, "Restore", ENT_ORIGIN_USER, restore_cb,
                     &g_array_index (binned, EntKey, (guint) g_test_rand_int_range (0, (gint32) binned->len)), NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
edit (World  *world,
      Laptop *laptop)
{
  g_autoptr (GArray) keys = list_keys (laptop->store, TRUE);
  EntKey key = keys->len > 0 ? g_array_index (keys, EntKey, (guint) g_test_rand_int_range (0, (gint32) keys->len)) : 0;

  switch (key != 0 ? g_test_rand_int_range (0, 10) : 0)
    {
    case 0: create_record (world, laptop); break;
    case 1: test_workspace_delete (laptop->store, key); break;
    case 2: put_back (laptop); break;
    case 3: case 4: case 5: edit_fields (world, laptop, key); break;
    default: add_token (world, laptop, key);
    }
}

static void
decide (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = ent_store_get_sync_clashes (laptop->store, FALSE, &error);

  g_assert_no_error (error);
  if (clashes->len == 0)
    return;
  ent_sync_settle (laptop->store, ((EntSyncClash *) g_ptr_array_index (clashes, 0))->number, g_test_rand_bit (), &error);
  /* A clash of a record that is in the bin waits. */
  if (error != NULL)
    g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

/* --- A colleague with another program ------------------------------------------------------------------------------------------------ */

/* Who deletes a record means what is in it, also what no laptop has seen yet. */
static void
forget_tokens (World      *world,
               const char *id,
               JsonObject *body)
{
  GPtrArray *tokens = g_hash_table_lookup (world->tokens, id);
  JsonArray *tags = json_object_has_member (body, "tags") ? json_object_get_array_member (body, "tags") : NULL;

  for (guint i = 0; tokens != NULL && tags != NULL && i < json_array_get_length (tags); i++)
    {
      guint at;

      if (g_ptr_array_find_with_equal_func (tokens, json_array_get_string_element (tags, i), g_str_equal, &at))
        g_ptr_array_remove_index (tokens, at);
    }
}

static void
edit_elsewhere (World *world)
{
  g_auto (GStrv) ids = fake_couch_dup_ids (world->server);
  guint n = g_strv_length (ids);
  const char *id = n > 0 ? ids[g_test_rand_int_range (0, (gint32) n)] : NULL;
  g_autoptr (JsonObject) body = id != NULL ? fake_couch_dup_winner (world->server, id) : NULL;
  g_autofree char *rev = NULL;
  g_autofree char *parent = NULL;

  if (body == NULL || !g_str_has_prefix (id, "organization:") || json_object_get_boolean_member_with_default (body, "_deleted", FALSE))
    return;
  parent = g_strdup (json_object_get_string_member (body, "_rev"));
  if (g_test_rand_int_range (0, 6) == 0)
    {
      forget_tokens (world, id, body);
      rev = fake_couch_edit (world->server, id, parent, NULL);
      return;
    }
  json_object_remove_member (body, "_id");
  json_object_remove_member (body, "_rev");
  if (!json_object_has_member (body, "tags"))
    json_object_set_array_member (body, "tags", json_array_new ());
  json_array_add_string_element (json_object_get_array_member (body, "tags"), new_token (world, id));
  rev = fake_couch_edit (world->server, id, parent, body);
}

/* --- Trouble --------------------------------------------------------------------------------------------------------------------------- */

static void
make_trouble (World *world)
{
  static const char * const places[] = { NULL, "_bulk_docs", "_bulk_get", "_changes", "_revs_diff", "_local" };
  static const FakeCouchFault faults[] = { FAKE_COUCH_CUT, FAKE_COUCH_CUT_AFTER, FAKE_COUCH_CUT_BODY, FAKE_COUCH_STATUS,
                                           FAKE_COUCH_STATUS_AFTER, FAKE_COUCH_HTML, FAKE_COUCH_REDIRECT };
  FakeCouchFault fault = faults[g_test_rand_int_range (0, G_N_ELEMENTS (faults))];

  fake_couch_fail (world->server, places[g_test_rand_int_range (0, G_N_ELEMENTS (places))], fault,
                   g_test_rand_bit () ? 503 : 500, (guint) g_test_rand_int_range (0, 3), (guint) g_test_rand_int_range (1, 5));
  if (g_test_rand_int_range (0, 4) == 0)
    fake_couch_set_traits (world->server, (FakeCouchTraits) g_test_rand_int_range (0, 512) & ~FAKE_COUCH_INTEGER_SEQ);
  switch (g_test_rand_int_range (0, 12))
    {
    case 0: fake_couch_compact (world->server); break;
    case 1: fake_couch_snapshot (world->server); break;
    default: break;
    }
}

static void
step (World *world)
{
  Laptop *laptop = &world->laptops[g_test_rand_int_range (0, LAPTOPS)];
  g_autoptr (GError) error = NULL;

  switch (g_test_rand_int_range (0, 20))
    {
    case 0: make_trouble (world); break;
    case 1: fake_couch_heal (world->server); fake_couch_set_traits (world->server, 0); break;
    case 2: laptop_restart (world, laptop); break;
    case 3: decide (laptop); break;
    case 4: case 5: edit_elsewhere (world); break;
    case 6: case 7: case 8: case 9:
      if (!laptop_sync (laptop, &error))
        g_assert_true (error->domain == ENT_REMOTE_ERROR);
      break;
    default: edit (world, laptop);
    }
}

/* --- What must be true ------------------------------------------------------------------------------------------------------------------ */

static void
settle_down (World *world)
{
  fake_couch_heal (world->server);
  fake_couch_set_traits (world->server, 0);
  for (guint round = 0; round < 4; round++)
    for (guint i = 0; i < LAPTOPS; i++)
      {
        g_autoptr (GError) error = NULL;

        laptop_sync (&world->laptops[i], &error);
        g_assert_no_error (error);
      }
}

/* Fields of every live record, by document id. */
static char *
describe (EntStore *store)
{
  g_autoptr (GArray) keys = list_keys (store, TRUE);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < keys->len; i++)
    {
      EntKey key = g_array_index (keys, EntKey, i);
      g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
      const EntRecordType *type = ent_record_get_record_type (record);
      g_autofree char *id = id_of (store, key);
      GString *line = g_string_new (id);

      for (guint f = 0; f < ent_record_type_get_n_fields (type); f++)
        {
          const EntField *field = ent_record_type_get_nth (type, f);
          g_autofree char *text = ent_value_write (field, ent_record_get (record, f));

          if ((field->info.flags & ENT_FIELD_SYSTEM) == 0 && text != NULL && *text != '\0')
            g_string_append_printf (line, " %s=%s", field->info.name, text);
        }
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_sort_values (lines, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
assert_no_token_is_lost (World *world)
{
  GHashTableIter iter;
  gpointer id, tokens;

  g_hash_table_iter_init (&iter, world->tokens);
  while (g_hash_table_iter_next (&iter, &id, &tokens))
    {
      g_autoptr (JsonObject) winner = fake_couch_dup_winner (world->server, id);
      JsonArray *tags = NULL;

      if (winner == NULL || json_object_get_boolean_member_with_default (winner, "_deleted", FALSE))
        continue;
      if (json_object_has_member (winner, "tags"))
        tags = json_object_get_array_member (winner, "tags");
      for (guint i = 0; i < ((GPtrArray *) tokens)->len; i++)
        {
          const char *token = g_ptr_array_index ((GPtrArray *) tokens, i);
          gboolean found = FALSE;

          for (guint k = 0; tags != NULL && k < json_array_get_length (tags) && !found; k++)
            found = g_str_equal (json_array_get_string_element (tags, k), token);
          if (!found)
            g_error ("%s is lost in %s", token, (char *) id);
        }
    }
}

static void
assert_in_step (World *world)
{
  g_autofree char *first = describe (world->laptops[0].store);

  for (guint i = 0; i < LAPTOPS; i++)
    {
      g_autofree char *other = describe (world->laptops[i].store);
      g_autoptr (GPtrArray) untold = ent_store_get_untold_sync_docs (world->laptops[i].store, NULL);
      g_autoptr (GPtrArray) parked = ent_store_get_sync_docs (world->laptops[i].store, ENT_SYNC_DOC_PARKED, NULL);

      g_assert_cmpstr (first, ==, other);
      g_assert_cmpuint (untold->len, ==, 0);
      g_assert_cmpuint (parked->len, ==, 0);
    }
}

static void
test_random (void)
{
  const char *wanted = g_getenv ("ENTENTE_SYNC_STEPS");
  guint steps = wanted != NULL ? (guint) atoi (wanted) : 300;
  World world = { fake_couch_new (NULL) };

  world.tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < LAPTOPS; i++)
    laptop_start (&world, &world.laptops[i]);
  for (guint i = 0; i < steps; i++)
    step (&world);
  settle_down (&world);
  assert_in_step (&world);
  assert_no_token_is_lost (&world);
  for (guint i = 0; i < LAPTOPS; i++)
    {
      ent_sync_free (world.laptops[i].sync);
      test_workspace_free (world.laptops[i].store);
    }
  g_hash_table_unref (world.tokens);
  fake_couch_free (world.server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/converge/random", test_random);
  return g_test_run ();
}
