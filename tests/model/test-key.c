/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids are unique and ascend within the process, from any thread, and at import speed. */
#include "config.h"

#include "model/ent-key.h"

#include <string.h>

static int
compare_ids (const EntId *a,
             const EntId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

static void
test_make_key (void)
{
  EntKey key = ent_key_make (3, 42);

  g_assert_cmpint (ent_key_row (key), ==, 42);
  g_assert_cmpuint (ent_key_type_number (key), ==, 3);
}

static void
test_is_version_7 (void)
{
  EntId id;
  gint64 before = g_get_real_time () / 1000 * 1000;

  ent_id_init_new (&id);

  g_assert_cmphex (id.bytes[6] >> 4, ==, 7);
  g_assert_cmphex (id.bytes[8] >> 6, ==, 2);
  g_assert_cmpint (ent_id_get_time (&id), >=, before);
  g_assert_cmpint (ent_id_get_time (&id), <=, g_get_real_time () + 1000 * 1000);
}

static void
test_many_ascend (void)
{
  const gsize n = 1000 * 1000;
  g_autofree EntId *ids = g_new (EntId, n);
  EntId after;

  ent_id_init_many (ids, n);
  ent_id_init_new (&after);

  for (gsize i = 1; i < n; i++)
    if (compare_ids (&ids[i - 1], &ids[i]) >= 0)
      g_assert_not_reached ();
  g_assert_cmpint (compare_ids (&ids[n - 1], &after), <, 0);
}

static gpointer
make_ids (gpointer data)
{
  EntId *ids = data;

  for (int i = 0; i < 1000; i++)
    ent_id_init_new (&ids[i]);

  return NULL;
}

static int
compare_ids_cb (gconstpointer a,
                gconstpointer b)
{
  return compare_ids (a, b);
}

static void
test_threads_share_no_id (void)
{
  EntId ids[4][1000];
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("ids", make_ids, ids[i]);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);

  for (int i = 0; i < 4; i++)
    for (int j = 1; j < 1000; j++)
      g_assert_cmpint (compare_ids (&ids[i][j - 1], &ids[i][j]), <, 0);
  qsort (ids, 4000, sizeof (EntId), compare_ids_cb);
  for (int i = 1; i < 4000; i++)
    g_assert_cmpint (compare_ids (&ids[0][0] + i - 1, &ids[0][0] + i), !=, 0);
}

static void
test_text_round_trip (void)
{
  char text[ENT_ID_TEXT_LENGTH + 1];
  EntId id, read;

  ent_id_init_new (&id);
  ent_id_to_text (&id, text);
  g_assert_true (g_uuid_string_is_valid (text));
  g_assert_true (ent_id_parse (&read, text));
  g_assert_cmpint (compare_ids (&id, &read), ==, 0);

  /* RFC 9562, appendix A.6: a version 7 id of 2022-02-22T14:22:22-05:00. */
  g_assert_true (ent_id_parse (&id, "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
  g_assert_cmpint (ent_id_get_time (&id), ==, G_GINT64_CONSTANT (1645557742000000));
}

static void
test_parse_refuses (void)
{
  static const char * const wrong[] = {
    "", "017F22E2", "017F22E2-79B0-7CC3-98C4-DC0C0C07398", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F0",
    "017F22E2079B0-7CC3-98C4-DC0C0C07398F", "g17F22E2-79B0-7CC3-98C4-DC0C0C07398F",
  };
  EntId id = { { 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ent_id_parse (&id, wrong[i]));
  g_assert_false (ent_id_is_zero (&id));
}

static void
test_speed (void)
{
  const gsize n = 1000 * 1000;
  g_autofree EntId *ids = g_new0 (EntId, n);
  gint64 start, elapsed;

  if (!g_test_perf ())
    {
      g_test_skip ("run with -m perf");
      return;
    }
  start = g_get_monotonic_time ();
  ent_id_init_many (ids, n);
  elapsed = g_get_monotonic_time () - start;
  g_test_message ("1,000,000 ids in %" G_GINT64_FORMAT " µs", elapsed);
  g_assert_cmpint (elapsed, <, 50 * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key/make", test_make_key);
  g_test_add_func ("/key/is-version-7", test_is_version_7);
  g_test_add_func ("/key/many-ascend", test_many_ascend);
  g_test_add_func ("/key/threads-share-no-id", test_threads_share_no_id);
  g_test_add_func ("/key/text-round-trip", test_text_round_trip);
  g_test_add_func ("/key/parse-refuses", test_parse_refuses);
  g_test_add_func ("/key/speed", test_speed);

  return g_test_run ();
}
