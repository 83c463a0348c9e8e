/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revisions and their histories as texts and JSON. */
#include "config.h"

#include <string.h>

#include "sync/ent-rev-tree.h"

/* A revision of @generation whose hash is @letter all over. */
static EntRev
make_rev (guint32 generation,
          guint8  letter)
{
  EntRev rev = { .generation = generation };

  memset (rev.hash.bytes, letter, sizeof rev.hash.bytes);
  return rev;
}

static void
test_text (void)
{
  static const char * const wrong[] = {
    "", "3", "3-", "-0123456789abcdef0123456789abcdef", "0-0123456789abcdef0123456789abcdef",
    "03-0123456789abcdef0123456789abcdef", "3-0123456789abcdef0123456789abcde", "3-0123456789ABCDEF0123456789abcdef",
    "3-0123456789abcdef0123456789abcdef0", "3-0123456789abcdef0123456789abcdeg", "x-0123456789abcdef0123456789abcdef",
    "4294967296-0123456789abcdef0123456789abcdef", "99999999999999999999999-0123456789abcdef0123456789abcdef",
    "+3-0123456789abcdef0123456789abcdef", " 3-0123456789abcdef0123456789abcdef", "3-é123456789abcdef0123456789abcde",
  };
  static const char * const right[] = {
    "1-0123456789abcdef0123456789abcdef", "4294967295-ffffffffffffffffffffffffffffffff", "10-00000000000000000000000000000000",
  };
  EntRev rev = make_rev (7, 'x'), same = rev;
  char text[ENT_REV_TEXT_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (ent_rev_parse (wrong[i], &rev));
      g_assert_cmpint (ent_rev_compare (&rev, &same), ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_assert_true (ent_rev_parse (right[i], &rev));
      ent_rev_to_text (&rev, text);
      g_assert_cmpstr (text, ==, right[i]);
    }
}

/* The names are part of what devices agree on, so they must never change. */
static void
test_make (void)
{
  EntRev first, second, other;
  char text[ENT_REV_TEXT_SIZE];

  ent_rev_make (NULL, FALSE, "{\"type\":\"deal\"}", &first);
  ent_rev_to_text (&first, text);
  g_assert_cmpstr (text, ==, "1-6710d075c22cb8d462d992f25095720f");
  ent_rev_make (&first, TRUE, NULL, &second);
  ent_rev_to_text (&second, text);
  g_assert_cmpstr (text, ==, "2-97d71552271b814ace7deb527c72e09f");

  ent_rev_make (&first, FALSE, NULL, &other);
  g_assert_cmpint (ent_rev_compare (&other, &second), !=, 0);
  ent_rev_make (NULL, FALSE, "{\"type\":\"case\"}", &other);
  g_assert_cmpint (ent_rev_compare (&other, &first), !=, 0);
  ent_rev_make (&other, TRUE, "", &other);
  g_assert_cmpuint (other.generation, ==, 2);
  g_assert_cmpint (ent_rev_compare (&other, &second), !=, 0);
}

/* Not even a server that makes up generations brings one back to 0. */
static void
test_make_last (void)
{
  EntRev rev = make_rev (G_MAXUINT32, 'a');

  ent_rev_make (&rev, FALSE, "{}", &rev);
  g_assert_cmpuint (rev.generation, ==, G_MAXUINT32);
}

static void
test_path_json (void)
{
  const char *text = "{\"start\":3,\"ids\":[\"63636363636363636363636363636363\",\"62626262626262626262626262626262\"]}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (JsonNode) written = json_node_new (JSON_NODE_OBJECT);
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  g_autofree char *again = NULL;
  EntRev rev, third = make_rev (3, 'c');

  g_assert_true (ent_rev_path_read_json (&path, node, 0, NULL));
  g_assert_cmpuint (path.start, ==, 3);
  g_assert_cmpuint (path.n_hashes, ==, 2);
  ent_rev_path_get_rev (&path, &rev);
  g_assert_cmpint (ent_rev_compare (&rev, &third), ==, 0);
  json_node_take_object (written, ent_rev_path_to_json (&path));
  again = json_to_string (written, FALSE);
  g_assert_cmpstr (again, ==, text);

  g_assert_true (ent_rev_path_read_json (&path, node, 1, NULL));
  g_assert_cmpuint (path.n_hashes, ==, 1);
  g_assert_cmpint (memcmp (&path.hashes[0], &third.hash, sizeof third.hash), ==, 0);
}

static void
test_path_json_malformed (void)
{
  static const char * const wrong[] = {
    "null", "[]", "\"3\"", "{}", "{\"start\":1}", "{\"ids\":[\"63636363636363636363636363636363\"]}",
    "{\"start\":1,\"ids\":[]}", "{\"start\":0,\"ids\":[\"63636363636363636363636363636363\"]}",
    "{\"start\":-1,\"ids\":[\"63636363636363636363636363636363\"]}",
    "{\"start\":1.5,\"ids\":[\"63636363636363636363636363636363\"]}",
    "{\"start\":\"1\",\"ids\":[\"63636363636363636363636363636363\"]}",
    "{\"start\":2147483648,\"ids\":[\"63636363636363636363636363636363\"]}",
    "{\"start\":1,\"ids\":[\"63636363636363636363636363636363\",\"63636363636363636363636363636363\"]}",
    "{\"start\":2,\"ids\":[\"63636363636363636363636363636363\",3]}",
    "{\"start\":2,\"ids\":[\"63636363636363636363636363636363\",null]}",
    "{\"start\":2,\"ids\":[\"63636363636363636363636363636363\",{}]}",
    "{\"start\":1,\"ids\":[\"abc\"]}", "{\"start\":1,\"ids\":{}}", "{\"start\":{},\"ids\":[\"abc\"]}",
  };
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_false (ent_rev_path_read_json (&path, NULL, 0, &error));
  g_assert_error (error, ENT_REV_ERROR, ENT_REV_ERROR_MALFORMED);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (wrong[i], NULL);

      g_clear_error (&error);
      g_assert_nonnull (node);
      g_assert_false (ent_rev_path_read_json (&path, node, 0, &error));
      g_assert_error (error, ENT_REV_ERROR, ENT_REV_ERROR_MALFORMED);
      g_assert_null (path.hashes);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/rev/text", test_text);
  g_test_add_func ("/sync/rev/make", test_make);
  g_test_add_func ("/sync/rev/make-last", test_make_last);
  g_test_add_func ("/sync/rev/path-json", test_path_json);
  g_test_add_func ("/sync/rev/path-json-malformed", test_path_json_malformed);

  return g_test_run ();
}
