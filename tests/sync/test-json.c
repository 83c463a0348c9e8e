/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON for comparing and hashing: one text for one value, and nothing read that cannot be kept. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sync/ent-sync-json.h"

static void
assert_canonical (const char *text,
                  const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ent_sync_json_parse (text, -1, &error);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  written = ent_sync_json_write (node);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_numbers (void)
{
  assert_canonical ("0", "0");
  assert_canonical ("-0", "0");
  assert_canonical ("-0.0", "0");
  assert_canonical ("1e3", "1000");
  assert_canonical ("1000.0", "1000");
  assert_canonical ("-2.50", "-2.5");
  assert_canonical ("0.1", "0.1");
  assert_canonical ("0.30000000000000004", "0.30000000000000004");
  assert_canonical ("9007199254740993", "9007199254740993");
  assert_canonical ("9223372036854775807", "9223372036854775807");
  assert_canonical ("-9223372036854775808", "-9223372036854775808");
  assert_canonical ("-9223372036854775808.0", "-9223372036854775808");
  assert_canonical ("1E300", "1e+300");
  assert_canonical ("5e-324", "4.94065645841247e-324");
}

static void
test_structure (void)
{
  assert_canonical (" { \"b\" : [ 1 , 2.0 , [ ] , { } ] , \"a\" : null } ", "{\"a\":null,\"b\":[1,2,[],{}]}");
  assert_canonical ("{\"a\":1,\"a\":2}", "{\"a\":2}");
  assert_canonical ("{\"é\":1,\"z\":2,\"Z\":3,\"\":4}", "{\"\":4,\"Z\":3,\"z\":2,\"é\":1}");
  assert_canonical ("{\"_rev\":1,\"a\":{\"_b\":true}}", "{\"_rev\":1,\"a\":{\"_b\":true}}");
  assert_canonical ("true", "true");
  assert_canonical ("false", "false");
  assert_canonical ("null", "null");
}

static void
test_strings (void)
{
  assert_canonical ("\"\\u00e9\\/\\u0041\"", "\"é/A\"");
  assert_canonical ("\"\\\"\\\\\\b\\t\\n\\f\\r\"", "\"\\\"\\\\\\b\\t\\n\\f\\r\"");
  assert_canonical ("\"\\u0001\\u000B\\u001F\\u007f\"", "\"\\u0001\\u000b\\u001f\x7f\"");
  assert_canonical ("\"\\ud83d\\ude00\"", "\"😀\"");
}

/* Only the members at the top that begin with "_" are the database's own. */
static void
test_body (void)
{
  g_autoptr (JsonObject) body = ent_sync_json_parse_object ("{\"_id\":\"x\",\"b\":{\"_c\":1},\"_rev\":\"1-a\"}", -1, NULL);
  g_autofree char *text = ent_sync_json_write_body (body);
  g_autofree char *none = ent_sync_json_write_body (NULL);

  g_assert_cmpstr (text, ==, "{\"b\":{\"_c\":1}}");
  g_assert_cmpstr (none, ==, "");
}

static void
test_equal (void)
{
  g_autoptr (JsonObject) a = ent_sync_json_parse_object ("{\"_rev\":\"1\",\"n\":1000,\"l\":[1,2]}", -1, NULL);
  g_autoptr (JsonObject) b = ent_sync_json_parse_object ("{\"l\":[1.0,2],\"n\":1e3,\"_rev\":\"2\"}", -1, NULL);
  g_autoptr (JsonObject) c = ent_sync_json_parse_object ("{\"l\":[2,1],\"n\":1000}", -1, NULL);
  g_autoptr (JsonNode) null = json_node_new (JSON_NODE_NULL);

  g_assert_true (ent_sync_json_equal_bodies (a, b));
  g_assert_false (ent_sync_json_equal_bodies (a, c));
  g_assert_false (ent_sync_json_equal_bodies (a, NULL));
  g_assert_true (ent_sync_json_equal_bodies (NULL, NULL));
  g_assert_true (ent_sync_json_equal (json_object_get_member (a, "n"), json_object_get_member (b, "n")));
  g_assert_false (ent_sync_json_equal (json_object_get_member (a, "l"), json_object_get_member (c, "l")));
  g_assert_false (ent_sync_json_equal (json_object_get_member (a, "n"), NULL));
  g_assert_true (ent_sync_json_equal (null, NULL));
}

/* Numbers that only a program can make are written as JSON all the same. */
static void
test_unbounded (void)
{
  g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), (double) INFINITY);
  g_autofree char *text = ent_sync_json_write (node);

  g_assert_cmpstr (text, ==, "null");
}

static void
assert_refused (const char *text,
                gssize      length,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_sync_json_parse (text, length, &error));
  g_assert_error (error, ENT_SYNC_JSON_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_malformed (void)
{
  static const char * const wrong[] = {
    "", " ", "<html><body>Sign in</body></html>", "{", "[1,2", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "'a'", "01", "1 2", "nul",
    "NaN", "Infinity", "\"\n\"", "\"\\x\"", "\"\\ud800\"", "\"\xff\"", "\xef\xbb\xbf{}", "// a\n{}", "{\"a\":\"b\\u0000c\"}",
    "{\"a\\u0000b\":1}", "\"éééééééééééééééééééééééééééééééééééééééééééé\\u0000\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i], -1, ENT_SYNC_JSON_ERROR_MALFORMED);
  assert_refused ("{}\0{}", 5, ENT_SYNC_JSON_ERROR_MALFORMED);
  assert_refused ("{\"a\":1}", 6, ENT_SYNC_JSON_ERROR_MALFORMED);
}

static void
test_large_numbers (void)
{
  g_autofree char *long_number = g_strnfill (100000, '9');

  assert_refused ("9223372036854775808", -1, ENT_SYNC_JSON_ERROR_RANGE);
  assert_refused ("[-9223372036854775809]", -1, ENT_SYNC_JSON_ERROR_RANGE);
  assert_refused ("123456789012345678901234567890", -1, ENT_SYNC_JSON_ERROR_RANGE);
  assert_refused ("1e999", -1, ENT_SYNC_JSON_ERROR_RANGE);
  assert_refused (long_number, -1, ENT_SYNC_JSON_ERROR_RANGE);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < ENT_SYNC_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < ENT_SYNC_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  node = ent_sync_json_parse (text->str, -1, NULL);
  g_assert_nonnull (node);
  g_string_prepend (text, "{\"a\":");
  g_string_append_c (text, '}');
  assert_refused (text->str, -1, ENT_SYNC_JSON_ERROR_DEPTH);

  g_string_set_size (text, 0);
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, ']');
  assert_refused (text->str, -1, ENT_SYNC_JSON_ERROR_DEPTH);
}

static void
test_not_an_object (void)
{
  static const char * const wrong[] = { "[]", "1", "\"a\"", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_sync_json_parse_object (wrong[i], -1, &error));
      g_assert_error (error, ENT_SYNC_JSON_ERROR, ENT_SYNC_JSON_ERROR_MALFORMED);
    }
}

/* --- Any value -------------------------------------------------------------------------------- */

static JsonNode *
make_number (GRand *rand)
{
  guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
  double number;

  if (g_rand_boolean (rand))
    return json_node_init_int (json_node_alloc (), (gint64) bits);
  memcpy (&number, &bits, sizeof number);
  return json_node_init_double (json_node_alloc (), isfinite (number) ? number : 0.5);
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    g_string_append_unichar (text, (gunichar) g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 0x30 : 0xd000));
  return g_string_free (text, FALSE);
}

static JsonNode *
make_value (GRand *rand,
            int    depth)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *text = make_text (rand);

  switch (g_rand_int_range (rand, 0, depth > 0 ? 6 : 4))
    {
    case 0:
      return json_node_init_null (node);
    case 1:
      return json_node_init_boolean (node, g_rand_boolean (rand));
    case 2:
      return json_node_init_string (node, text);
    case 3:
      json_node_free (node);
      return make_number (rand);
    case 4:
      json_node_init (node, JSON_NODE_ARRAY);
      json_node_take_array (node, json_array_new ());
      for (int i = g_rand_int_range (rand, 0, 5); i > 0; i--)
        json_array_add_element (json_node_get_array (node), make_value (rand, depth - 1));
      return node;
    default:
      json_node_init (node, JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
      for (int i = g_rand_int_range (rand, 0, 5); i > 0; i--)
        {
          g_autofree char *name = make_text (rand);

          json_object_set_member (json_node_get_object (node), name, make_value (rand, depth - 1));
        }
      return node;
    }
}

/* The canonical text reads back as the same value, and json-glib understands it too. */
static void
test_any_value (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (JsonNode) node = make_value (rand, 3);
      g_autofree char *text = ent_sync_json_write (node);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) read = ent_sync_json_parse (text, -1, &error);
      g_autofree char *again = NULL;
      g_autoptr (JsonNode) other = NULL;

      g_assert_no_error (error);
      again = ent_sync_json_write (read);
      g_assert_cmpstr (again, ==, text);
      g_assert_true (ent_sync_json_equal (node, read));
      other = json_from_string (text, &error);
      g_assert_no_error (error);
      g_assert_true (ent_sync_json_equal (node, other));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/json/numbers", test_numbers);
  g_test_add_func ("/sync/json/structure", test_structure);
  g_test_add_func ("/sync/json/strings", test_strings);
  g_test_add_func ("/sync/json/body", test_body);
  g_test_add_func ("/sync/json/equal", test_equal);
  g_test_add_func ("/sync/json/unbounded", test_unbounded);
  g_test_add_func ("/sync/json/malformed", test_malformed);
  g_test_add_func ("/sync/json/large-numbers", test_large_numbers);
  g_test_add_func ("/sync/json/depth", test_depth);
  g_test_add_func ("/sync/json/not-an-object", test_not_an_object);
  g_test_add_func ("/sync/json/any-value", test_any_value);

  return g_test_run ();
}
