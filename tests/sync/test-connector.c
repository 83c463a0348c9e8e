/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connectors: those shipped are right, wrong ones are refused by a sentence that says where and what to write. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sync/ent-connector.h"
#include "sync/ent-json-pointer.h"

/* The shortest that can be, with one of nearly everything. */
static const char sample[] =
  "{ 'id': 'acme', 'name': 'Acme', 'version': '1', 'home': 'https://partners.example.com/',"
  "  'auth': { 'kind': 'bearer', 'enter': { 'token': { 'label': 'Token', 'secret': true } } },"
  "  'settings': { 'area': { 'label': 'Area', 'value': 'eu', 'choices': ['eu', 'us'] } },"
  "  'base': 'https://api.example.com/{area}',"
  "  'objects': { 'deal': { 'type': 'deal', 'id': '/id', 'idField': 'portal_id',"
  "    'lock': { 'kind': 'if-match', 'read': '/version' },"
  "    'operations': { 'list': { 'path': '/deals', 'items': '/data',"
  "        'paging': { 'kind': 'body-token', 'read': '/next', 'query': 'after', 'size': 50 },"
  "        'delta': { 'query': { 'since': '{since}' }, 'format': 'iso' } },"
  "      'get': { 'path': '/deals/{id}' },"
  "      'update': { 'path': '/deals/{id}', 'idempotency': { 'kind': 'header', 'header': 'Idempotency-Key' } },"
  "      'submit': { 'path': '/deals/{id}/submit', 'after': 'get' } },"
  "    'fields': [ { 'field': 'title', 'path': '/name', 'maxLength': 10 },"
  "      { 'field': 'stage', 'path': '/stage', 'kind': 'choice', 'values': { 'won': 'Won' } },"
  "      { 'field': 'amount', 'path': '/amount', 'kind': 'money', 'currency': '/currency' },"
  "      { 'field': 'title', 'through': 'account', 'path': '/company' } ],"
  "    'states': [ { 'path': '/stage', 'label': 'Stage', 'moves': { 'Won': [] } } ] } },"
  "  'errors': { 'code': '/code', 'classes': [ { 'code': 'Busy', 'means': 'wait' } ] },"
  "  'rates': { 'second': { 'limit': 4, 'seconds': 1, 'operations': ['list'] } } }";

/* @sample with @from replaced by @to. */
static char *
with (const char *from,
      const char *to)
{
  g_autoptr (GString) text = g_string_new (sample);

  if (from != NULL && g_string_replace (text, from, to, 1) == 0)
    g_error ("the sample has no %s", from);
  g_string_replace (text, "'", "\"", 0);
  return g_strdup (text->str);
}

static EntConnector *
parse (const char *text,
       GError    **error)
{
  return ent_connector_parse (text, -1, "acme.json", NULL, error);
}

static void
test_sample (void)
{
  g_autofree char *text = with (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntConnector) connector = parse (text, &error);
  const EntConnectorObject *deal;
  const EntConnectorOperation *list;

  g_assert_no_error (error);
  g_assert_cmpstr (connector->id, ==, "acme");
  deal = ent_connector_lookup_type (connector, "deal");
  g_assert_true (deal == ent_connector_lookup (connector, "deal"));
  g_assert_null (ent_connector_lookup (connector, "person"));
  g_assert_cmpint (deal->lock->kind, ==, ENT_CONNECTOR_LOCK_IF_MATCH);
  g_assert_cmpint (deal->fields->len, ==, 4);
  g_assert_cmpint (((EntConnectorField *) deal->fields->pdata[1])->kind, ==, ENT_CONNECTOR_CHOICE);
  g_assert_cmpstr (ent_connector_pairs_get (((EntConnectorField *) deal->fields->pdata[1])->values, "won"), ==, "Won");
  list = ent_connector_object_lookup (deal, "list");
  g_assert_cmpint (list->paging->size, ==, 50);
  g_assert_cmpint (list->delta->format, ==, ENT_CONNECTOR_TIME_ISO);
  g_assert_null (ent_connector_object_lookup (deal, "delete"));
  g_assert_cmpint (((EntConnectorRate *) connector->rates->pdata[0])->limit, ==, 4);
}

typedef struct
{
  const char *from, *to;
  const char *place;  /* named by the sentence */
  const char *advice; /* in the sentence: what to write */
} Broken;

static const Broken broken[] =
{
  { "'version': '1', ", "", ": “version” is missing", "add it" },
  { "'id': 'acme'", "'id': 'Acme Inc'", "/id:", "lower-case" },
  { "'name': 'Acme'", "'name': 7", "/name:", "a text" },
  { "'name': 'Acme'", "'names': 'Acme'", "/names:", "those known here are $schema, id, name" },
  { "'https://partners", "'http://partners", "/home:", "https://" },
  { "'base': 'https://api.example.com/{area}'", "'base': 'ftp://api.example.com'", "/base:", "https://" },
  { "/{area}'", "/{region}'", "/base:", "{region} is not known here" },
  { "/{area}'", "/{area'", "/base:", "write {name}" },
  { "'kind': 'bearer'", "'kind': 'magic'", "/auth/kind:", "sigv4, oauth2-code-pkce" },
  { "'kind': 'bearer'", "'kind': 'sigv4'", "/auth/enter:", "“access_key” is missing" },
  { "'kind': 'bearer'", "'kind': 'header'", "/auth:", "“header” is missing" },
  { "'secret': true", "'secret': 'yes'", "/auth/enter/token/secret:", "true or false" },
  { "'value': 'eu'", "'value': 'asia'", "/settings/area/value:", "one of them" },
  { "'type': 'deal'", "'type': 'deel'", "/objects/deal/type:", "no record type “deel”" },
  { "'id': '/id'", "'id': 'id'", "/objects/deal/id:", "/member/member" },
  { "'idField': 'portal_id'", "'idField': 'number'", "/objects/deal/idField:", "deal has no field “number”" },
  { "'read': '/version'", "'write': '/version'", "/objects/deal/lock:", "“read” is missing" },
  { "'items': '/data',", "", "/objects/deal/operations/list:", "“items” is missing" },
  { "'path': '/deals', ", "", "/objects/deal/operations/list:", "“path” is missing" },
  { "'read': '/next', ", "", "/objects/deal/operations/list/paging:", "“read” is missing" },
  { "'size': 50", "'size': 5.5", "/objects/deal/operations/list/paging/size:", "a whole number" },
  { "'size': 50", "'size': 20000", "/objects/deal/operations/list/paging/size:", "from 1 to 10000" },
  { "'query': { 'since': '{since}' }, ", "", "/objects/deal/operations/list/delta:", "“query” is missing" },
  { "'get': { 'path': '/deals/{id}' }", "'get': { 'path': '/deals' }", "/objects/deal/operations/get:", "{id}" },
  { "'header': 'Idempotency-Key'", "'path': '/token'", "/objects/deal/operations/update/idempotency:", "“header” is missing" },
  { "'after': 'get'", "'after': 'sign'", "/objects/deal/operations/submit/after:", "no operation “sign”" },
  { "'field': 'title', 'path'", "'field': 'name', 'path'", "/objects/deal/fields/0/field:", "deal has no field “name”" },
  { "'kind': 'choice'", "'kind': 'date'", "/objects/deal/fields/1/kind:", "does not fit the field “stage”" },
  { "'values': { 'won': 'Won' }", "'label': 'Stage'", "/objects/deal/fields/1:", "“values” is missing" },
  { "'values': { 'won': 'Won' }", "'values': ['won']", "/objects/deal/fields/1/values:", "{ \"name\"" },
  { "'currency': '/currency'", "'currencyIs': 'dollars'", "/objects/deal/fields/2/currencyIs:", "USD" },
  { ", 'currency': '/currency'", "", "/objects/deal/fields/2:", "“currency” is missing" },
  { "'through': 'account'", "'through': 'title'", "/objects/deal/fields/3/through:", "refers to one other record" },
  { "'maxLength': 10", "'maxLength': 10, 'minLength': 11", "/objects/deal/fields/0/minLength:", "make it smaller" },
  { "'field': 'title', 'through': 'account', 'path': '/company'",
    "'kind': 'records', 'role': 'r', 'type': 'person', 'path': '/p',"
    "'fields': [{ 'field': 'title', 'through': 'org', 'path': '/o' }]",
    "/objects/deal/fields/3/fields/0/through:", "take it out" },
  { "'field': 'title', 'through': 'account', 'path': '/company'", "'kind': 'constant', 'path': '/c', 'value': ['{zone}']",
    "/objects/deal/fields/3/value:", "{zone} is not known" },
  { "'field': 'title', 'through': 'account', 'path': '/company'", "'kind': 'constant', 'path': '/c'",
    "/objects/deal/fields/3:", "“value” is missing" },
  { "'maxLength': 10", "'pattern': '['", "/objects/deal/fields/0/pattern:", "regular expression" },
  { "'moves': { 'Won': [] }", "'only': { 'Won': 'name' }", "/objects/deal/states/0/only:", "write places" },
  { "{ 'code': 'Busy', 'means'", "{ 'means'", "/errors/classes/0:", "“code” is missing" },
  { "'operations': ['list']", "'operations': ['lists']", "/rates/second/operations:", "no operation “lists”" },
  { "'objects': { 'deal': { 'type'", "'objects': { '7': { 'type'", "/objects/7:", "a letter first" },
};

static void
test_broken (gconstpointer data)
{
  const Broken *way = data;
  g_autofree char *text = with (way->from, way->to);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntConnector) connector = parse (text, &error);

  g_assert_null (connector);
  g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_FORMAT);
  if (!g_str_has_prefix (error->message, "“acme.json”, ") || strstr (error->message, way->place) == NULL ||
      strstr (error->message, way->advice) == NULL)
    g_error ("%s", error->message);
}

static void
test_not_json (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  const char *texts[] = { "", "   ", "<!DOCTYPE html><html></html>", "{", "[]", "null", "7", "\"x\"", "{\"id\":\"\xff\"}",
                          NULL };

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  texts[G_N_ELEMENTS (texts) - 1] = deep->str;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_FORMAT);
      g_assert_true (g_str_has_prefix (error->message, "“acme.json”"));
    }
}

/* Every text is cut at every place, and every value is replaced by each kind of value: errors, never more. */
static void
test_mangled (void)
{
  static const char * const values[] = { "null", "-1e300", "\"\"", "[[]]", "{}" };
  g_autofree char *text = with (NULL, NULL);
  guint n_refused = 0;

  for (gsize length = 0; length < strlen (text); length += 17)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_connector_parse (text, (gssize) length, "acme.json", NULL, &error));
      g_assert_nonnull (error);
    }
  for (char *colon = strchr (text, ':'); colon != NULL; colon = strchr (colon + 1, ':'))
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autofree char *start = g_strndup (text, (gsize) (colon + 1 - text));
        g_autofree char *mangled = g_strconcat (start, values[i], strpbrk (colon + 1, ",}"), NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (EntConnector) connector = parse (mangled, &error);

        g_assert_true ((connector == NULL) == (error != NULL));
        n_refused += connector == NULL;
      }
  g_assert_cmpuint (n_refused, >, 100);
}

static void
test_shipped (void)
{
  static const char * const expected[] = { "aws-partner-central", "generic-rest", "hubspot", "microsoft-partner-center", NULL };
  g_auto (GStrv) ids = ent_connector_list_shipped ();

  g_assert_true (g_strv_equal ((const char * const *) ids, expected));
  for (char **id = ids; *id != NULL; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntConnector) connector = ent_connector_load_shipped (*id, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (connector->id, ==, *id);
      for (guint i = 0; i < connector->objects->len; i++)
        {
          const EntConnectorObject *object = connector->objects->pdata[i];

          g_assert_nonnull (ent_connector_object_lookup (object, "list"));
          g_assert_nonnull (ent_connector_object_lookup (object, "get"));
          g_assert_nonnull (ent_connector_object_lookup (object, "create"));
          g_assert_nonnull (ent_connector_object_lookup (object, "update"));
        }
    }
}

/* A field of a workspace's own is mapped like any other: as the readme advises for the spend at AWS. */
static void
test_own_field (void)
{
  EntCustomField spend = { "deal", { .name = "aws_spend", .type = ENT_FIELD_MONEY, .label = "Spend at AWS" } };
  g_autofree char *text = with ("'field': 'amount'", "'field': 'aws_spend'");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSchema) schema = ent_schema_new (&spend, 1, NULL, 0, &error);
  g_autoptr (EntConnector) refused = NULL, taken = NULL;

  g_assert_no_error (error);
  refused = parse (text, &error);
  g_assert_null (refused);
  g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_FORMAT);
  g_clear_error (&error);
  taken = ent_connector_parse (text, -1, "acme.json", schema, &error);
  g_assert_no_error (error);
}

static void
test_no_such (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_connector_load_shipped ("../program/10-levels", NULL, &error));
  g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_READ);
  g_clear_error (&error);
  g_assert_null (ent_connector_load_file ("/nonexistent/acme.json", NULL, &error));
  g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_READ);
  g_clear_error (&error);
  g_assert_null (ent_connector_load_file ("/dev/zero", NULL, &error));
  g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_READ);
}

static char *
read_source (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "connectors", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The published schema is what the program reads by. */
static void
test_schema (void)
{
  g_autofree char *published = read_source ("connector.schema.json");
  g_autofree char *made = ent_connector_dup_schema ();
  g_autoptr (JsonNode) root = ent_json_parse (made, -1, NULL);

  if (!g_str_equal (published, made))
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "connector.schema.json", NULL);

      g_file_set_contents (path, made, -1, NULL);
      g_error ("the format has changed: copy %s to data/connectors", path);
    }
  g_assert_nonnull (ent_json_pointer_get (root, "/$defs/operation/properties/paging/$ref"));
  g_assert_null (ent_json_pointer_get (root, "/$defs/operation/properties/name"));
}

/* The example that people begin with works. */
static void
test_readme (void)
{
  g_autofree char *readme = read_source ("README.md");
  char *start = strstr (readme, "```json\n");
  char *end = start != NULL ? strstr (start, "\n```\n") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntConnector) connector = NULL;

  g_assert_nonnull (end);
  start += strlen ("```json\n");
  connector = ent_connector_parse (start, end - start, "README", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (connector->id, ==, "acme");
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (folder));
}

/* A person's own come with the shipped ones, take the place of one, and a wrong one hides no other. */
static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("entente-connectors-XXXXXX", NULL);
  g_autofree char *text = with (NULL, NULL);
  g_autofree char *own = with ("'id': 'acme', 'name': 'Acme'", "'id': 'hubspot', 'name': 'Our HubSpot'");
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GPtrArray) connectors = NULL;
  guint n_hubspot = 0;

  write_file (folder, "mine.json", text);
  write_file (folder, "hubspot.json", own);
  write_file (folder, "wrong.json", "{}");
  write_file (folder, "notes.txt", "nothing");
  connectors = ent_connector_list (folder, NULL, problems);
  g_assert_cmpuint (connectors->len, ==, 5);
  for (guint i = 0; i < connectors->len; i++)
    {
      const EntConnector *connector = connectors->pdata[i];

      if (g_str_equal (connector->id, "hubspot"))
        {
          g_assert_cmpstr (connector->name, ==, "Our HubSpot");
          n_hubspot++;
        }
    }
  g_assert_cmpuint (n_hubspot, ==, 1);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (((GError *) problems->pdata[0])->message, "“wrong.json”"));
  remove_folder (folder);
}

static void
test_no_folder (void)
{
  g_autoptr (GPtrArray) none = ent_connector_list (NULL, NULL, NULL);
  g_autoptr (GPtrArray) absent = ent_connector_list ("/nonexistent", NULL, NULL);

  g_assert_cmpuint (none->len, ==, 4);
  g_assert_cmpuint (absent->len, ==, 4);
}

/* --- Places in JSON ---------------------------------------------------------------------------------------------- */

static void
assert_json (JsonNode   *node,
             const char *expected)
{
  g_autofree char *text = ent_json_write (node);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_places (void)
{
  g_autoptr (JsonNode) root = ent_json_parse ("{\"a\":{\"b\":[1,{\"c\":null}]},\"x/y\":{\"~\":2},\"\":3}", -1, NULL);
  g_autofree char *place = ent_json_pointer_append ("/x~1y", "~");

  g_assert_cmpstr (place, ==, "/x~1y/~0");
  assert_json (ent_json_pointer_get (root, place), "2");
  assert_json (ent_json_pointer_get (root, "/a/b/0"), "1");
  assert_json (ent_json_pointer_get (root, "/a/b/1"), "{\"c\":null}");
  assert_json (ent_json_pointer_get (root, "/"), "3");
  g_assert_true (ent_json_pointer_get (root, "") == root);
  g_assert_null (ent_json_pointer_get (root, "/a/b/2"));
  g_assert_null (ent_json_pointer_get (root, "/a/b/00"));
  g_assert_null (ent_json_pointer_get (root, "/a/b/-1"));
  g_assert_null (ent_json_pointer_get (root, "/a/b/0/c"));
  g_assert_false (ent_json_pointer_is_valid ("a/b"));
  g_assert_false (ent_json_pointer_is_valid ("/a~2"));
  g_assert_false (ent_json_pointer_is_valid ("/a~"));
}

static void
test_places_set (void)
{
  g_autoptr (JsonNode) root = ent_json_parse ("{\"a\":[1,2,3],\"t\":\"x\"}", -1, NULL);

  ent_json_pointer_set (root, "/a/1", ent_json_new_text ("two"));
  ent_json_pointer_set (root, "/a/4", ent_json_new_text ("five"));
  ent_json_pointer_set (root, "/b/0/c", ent_json_new_text ("new"));
  ent_json_pointer_set (root, "/t/d", ent_json_new_text ("in place of a text"));
  assert_json (root, "{\"a\":[1,\"two\",3,null,\"five\"],\"t\":{\"d\":\"in place of a text\"},\"b\":[{\"c\":\"new\"}]}");
  ent_json_pointer_set (root, "/a/name", ent_json_new_text ("in place of a list"));
  g_assert_true (ent_json_pointer_remove (root, "/b/0/c"));
  g_assert_false (ent_json_pointer_remove (root, "/b/0/c"));
  g_assert_true (ent_json_pointer_remove (root, "/t"));
  g_assert_false (ent_json_pointer_remove (root, ""));
  assert_json (root, "{\"a\":{\"name\":\"in place of a list\"}}");
}

/* What is written reads back, and an amount is not made longer on the way. */
static void
test_numbers (void)
{
  static const char text[] = "[99.99,0.1,1e+300,-0.5,100.0,9007199254740993,true,null,\"\\\"\\u0001ü\",{\"a\\\"b\":[]}]";
  g_autoptr (JsonNode) root = ent_json_parse (text, -1, NULL);
  g_autofree char *word = ent_json_dup_text (ent_json_pointer_get (root, "/0"));

  assert_json (root, text);
  g_assert_cmpstr (word, ==, "99.99");
}

/* What cannot be held is refused; nothing becomes another number or a shorter text. */
static void
test_unholdable (void)
{
  static const struct { const char *text, *part; } texts[] =
  {
    { "[99999999999999999999]", "too large" }, { "[-9223372036854775809]", "too large" },
    { "{\"a\":9223372036854775808}", "too large" }, { "[1e999]", "too large" }, { "[\"a\\u0000b\"]", "zero byte" },
    { "{\"a\\u0000\":1}", "zero byte" }, { "[1,\n2,\n,]", "line 3" },
    { "[NaN]", "not JSON" }, { "[\"\xc3\x28\"]", "not JSON" }, { "{} {}", "not JSON" }, { "  <html>", "web page" },
  };
  g_autoptr (JsonNode) most = ent_json_parse ("[9223372036854775807,-9223372036854775808]", -1, NULL);

  assert_json (most, "[9223372036854775807,-9223372036854775808]");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ent_json_parse (texts[i].text, -1, &error));
      g_assert_error (error, ENT_JSON_ERROR, ENT_JSON_ERROR_NOT_JSON);
      if (strstr (error->message, texts[i].part) == NULL)
        g_error ("%s: %s", texts[i].text, error->message);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connector/sample-is-read", test_sample);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/connector/wrong/%02" G_GSIZE_FORMAT, i + 1);

      g_test_add_data_func (path, &broken[i], test_broken);
    }
  g_test_add_func ("/connector/not-json", test_not_json);
  g_test_add_func ("/connector/mangled", test_mangled);
  g_test_add_func ("/connector/shipped", test_shipped);
  g_test_add_func ("/connector/own-field", test_own_field);
  g_test_add_func ("/connector/no-such-file", test_no_such);
  g_test_add_func ("/connector/schema-is-published", test_schema);
  g_test_add_func ("/connector/readme-example", test_readme);
  g_test_add_func ("/connector/folder", test_folder);
  g_test_add_func ("/connector/no-folder", test_no_folder);
  g_test_add_func ("/json/places", test_places);
  g_test_add_func ("/json/places-set", test_places_set);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/unholdable", test_unholdable);
  return g_test_run ();
}
