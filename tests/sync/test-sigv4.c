/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signature Version 4: the examples of the published documentation, all vectors of two public suites, and what is refused. */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "sync/ent-sigv4.h"

#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define MAX_HEADERS 16

static const EntSigv4Key service_key = { "AKIDEXAMPLE", SECRET, NULL, "us-east-1", "service" };

static gint64
instant (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

static EntSigv4Signature *
sign (const EntSigv4Key     *key,
      const EntSigv4Request *request)
{
  g_autoptr (GError) error = NULL;
  EntSigv4Signature *signature = ent_sigv4_sign (key, request, &error);

  g_assert_no_error (error);
  g_assert_nonnull (signature);
  return signature;
}

/* --- From the documentation -------------------------------------------------------------------------------------- */

/* AWS General Reference, "Signature Version 4 signing process": listing users. */
static void
test_list_users (void)
{
  const EntSigv4Key key = { "AKIDEXAMPLE", SECRET, NULL, "us-east-1", "iam" };
  const EntSigv4Header headers[] = { { "Content-Type", "application/x-www-form-urlencoded; charset=utf-8" } };
  const EntSigv4Request request = {
    .method = "GET", .url = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", .headers = headers,
    .n_headers = 1, .time = instant ("2015-08-30T12:36:00Z"),
  };
  g_autoptr (EntSigv4Signature) signature = sign (&key, &request);

  g_assert_cmpstr (signature->canonical_request, ==,
                   "GET\n/\nAction=ListUsers&Version=2010-05-08\n"
                   "content-type:application/x-www-form-urlencoded; charset=utf-8\nhost:iam.amazonaws.com\n"
                   "x-amz-date:20150830T123600Z\n\ncontent-type;host;x-amz-date\n"
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (signature->string_to_sign, ==,
                   "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
                   "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
  g_assert_cmpstr (signature->signature, ==, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  g_assert_cmpstr (signature->authorization, ==,
                   "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                   "SignedHeaders=content-type;host;x-amz-date, "
                   "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  g_assert_cmpstr (signature->date, ==, "20150830T123600Z");
  g_assert_null (signature->url);
}

/* Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header", its four examples. */
static void
test_storage (void)
{
  static const struct
  {
    const char     *method, *path, *body, *signature;
    EntSigv4Header  headers[2];
    gsize           n_headers;
  } examples[] = {
    { "GET", "/test.txt", "", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
      { { "Range", "bytes=0-9" } }, 1 },
    { "PUT", "/test%24file.text", "Welcome to Amazon S3.",
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
      { { "Date", "Fri, 24 May 2013 00:00:00 GMT" }, { "x-amz-storage-class", "REDUCED_REDUNDANCY" } }, 2 },
    { "GET", "/?lifecycle", "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543", { { NULL } }, 0 },
    { "GET", "/?max-keys=2&prefix=J", "", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      { { NULL } }, 0 },
  };
  const EntSigv4Key key = { "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", NULL, "us-east-1", "s3" };

  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *url = g_strconcat ("https://examplebucket.s3.amazonaws.com", examples[i].path, NULL);
      g_autoptr (GBytes) body = g_bytes_new_static (examples[i].body, strlen (examples[i].body));
      g_autoptr (EntSigv4Signature) signature = NULL;

      signature = sign (&key, &(EntSigv4Request) {
        .method = examples[i].method, .url = url, .headers = examples[i].headers, .n_headers = examples[i].n_headers,
        .body = body, .time = instant ("2013-05-24T00:00:00Z"), .flags = ENT_SIGV4_S3_PATH | ENT_SIGV4_CONTENT_HASH,
      });
      g_assert_cmpstr (signature->signature, ==, examples[i].signature);
      g_assert_nonnull (signature->content_hash);
    }
}

/* Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters". */
static void
test_presigned (void)
{
  const EntSigv4Key key = { "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", NULL, "us-east-1", "s3" };
  const EntSigv4Request request = {
    .method = "GET", .url = "https://examplebucket.s3.amazonaws.com/test.txt#top", .body_hash = "UNSIGNED-PAYLOAD",
    .time = instant ("2013-05-24T00:00:00Z"), .expires = 86400, .flags = ENT_SIGV4_QUERY | ENT_SIGV4_S3_PATH,
  };
  g_autoptr (EntSigv4Signature) signature = sign (&key, &request);

  g_assert_cmpstr (signature->url, ==,
                   "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                   "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                   "&X-Amz-Date=20130524T000000Z&X-Amz-SignedHeaders=host&X-Amz-Expires=86400"
                   "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  g_assert_null (signature->authorization);
  g_assert_null (signature->date);
}

/* "URI-encode each path segment twice", but for S3. */
static void
test_path_encoding (void)
{
  EntSigv4Request request = { .method = "GET", .url = "https://example.com/a%20b/../c%2Fd//e?x=1%202&x" };
  g_autoptr (EntSigv4Signature) twice = sign (&service_key, &request);
  g_autoptr (EntSigv4Signature) once = NULL;

  request.flags = ENT_SIGV4_S3_PATH;
  once = sign (&service_key, &request);
  g_assert_true (g_str_has_prefix (twice->canonical_request, "GET\n/c%252Fd/e\nx=&x=1%202\nhost:example.com\n"));
  g_assert_true (g_str_has_prefix (once->canonical_request, "GET\n/a%20b/../c/d//e\nx=&x=1%202\nhost:example.com\n"));
}

static void
test_host (void)
{
  static const char * const hosts[][2] = {
    { "https://Example.com", "host:example.com\n" },
    { "https://example.com:443/", "host:example.com\n" },
    { "http://example.com:80?a=b", "host:example.com\n" },
    { "http://127.0.0.1:8080/", "host:127.0.0.1:8080\n" },
    { "https://[::1]:80/", "host:[::1]:80\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      EntSigv4Request request = { .method = "GET", .url = hosts[i][0] };
      g_autoptr (EntSigv4Signature) signature = sign (&service_key, &request);

      g_assert_nonnull (strstr (signature->canonical_request, hosts[i][1]));
    }
}

/* --- Vectors of the two public suites ---------------------------------------------------------------------------- */

typedef struct
{
  char           *method;
  char           *url;
  EntSigv4Header  headers[MAX_HEADERS];
  gsize           n_headers;
  GBytes         *body;
  char           *text;
} Parsed;

static void
parsed_clear (Parsed *self)
{
  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parsed, parsed_clear)

static char *
read_vector (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The line at @position ended, without its line break, continuation lines with it; NULL at the empty line or the end. */
static char *
next_line (char **position)
{
  char *line = *position;
  char *end = line + strcspn (line, "\n");

  while (*end == '\n' && (end[1] == ' ' || end[1] == '\t'))
    end += 1 + strcspn (end + 1, "\n");
  *position = *end == '\0' ? end : end + 1;
  *end = '\0';
  return *line == '\0' ? NULL : line;
}

/* Takes @text, a request as it goes over the wire. */
static void
parse_request (Parsed *self,
               char   *text)
{
  char *position = text;
  char *line = next_line (&position);
  char *target = strchr (line, ' ');

  self->text = text;
  *target++ = '\0';
  g_assert_true (g_str_has_suffix (target, " HTTP/1.1"));
  target[strlen (target) - strlen (" HTTP/1.1")] = '\0';
  self->method = g_strdup (line);
  self->url = g_strconcat ("https://example.amazonaws.com", target, NULL);
  while ((line = next_line (&position)) != NULL)
    {
      char *colon = strchr (line, ':');

      g_assert_nonnull (colon);
      g_assert_cmpuint (self->n_headers, <, MAX_HEADERS);
      *colon = '\0';
      self->headers[self->n_headers++] = (EntSigv4Header) { line, colon + 1 };
    }
  self->body = g_bytes_new (position, strlen (position));
}

static EntSigv4Request
to_request (const Parsed *parsed)
{
  return (EntSigv4Request) { .method = parsed->method, .url = parsed->url, .headers = parsed->headers,
                             .n_headers = parsed->n_headers, .body = parsed->body };
}

static void
assert_vector (const char *folder,
               const char *name,
               const char *value)
{
  g_autofree char *expected = read_vector (folder, name);

  g_assert_cmpstr (value, ==, expected);
}

/* What @message of the suite says is sent: the first line of @name. */
static void
assert_sent_url (const char              *folder,
                 const EntSigv4Signature *signature)
{
  g_auto (Parsed) sent = { NULL };

  parse_request (&sent, read_vector (folder, "query-signed-request.txt"));
  g_assert_cmpstr (signature->url, ==, sent.url);
}

static guint
check_awslabs (const char *folder)
{
  g_autofree char *text = read_vector (folder, "context.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_auto (Parsed) parsed = { NULL };
  JsonObject *context, *credentials;
  EntSigv4Request request;
  EntSigv4Key key;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  context = json_node_get_object (json_parser_get_root (parser));
  credentials = json_object_get_object_member (context, "credentials");
  key = (EntSigv4Key) {
    json_object_get_string_member (credentials, "access_key_id"),
    json_object_get_string_member (credentials, "secret_access_key"),
    json_object_get_string_member_with_default (credentials, "token", NULL),
    json_object_get_string_member (context, "region"), json_object_get_string_member (context, "service"),
  };
  parse_request (&parsed, read_vector (folder, "request.txt"));
  request = to_request (&parsed);
  request.time = instant (json_object_get_string_member (context, "timestamp"));
  request.expires = (guint) json_object_get_int_member (context, "expiration_in_seconds");
  request.flags = (json_object_get_boolean_member (context, "normalize") ? 0 : ENT_SIGV4_S3_PATH) |
                  (json_object_get_boolean_member (context, "sign_body") ? ENT_SIGV4_CONTENT_HASH : 0) |
                  (json_object_get_boolean_member_with_default (context, "omit_session_token", FALSE)
                     ? ENT_SIGV4_TOKEN_AFTER : 0);
  for (int query = 0; query < 2; query++)
    {
      g_autoptr (EntSigv4Signature) signature = NULL;

      request.flags |= query ? ENT_SIGV4_QUERY : 0;
      signature = sign (&key, &request);
      assert_vector (folder, query ? "query-canonical-request.txt" : "header-canonical-request.txt",
                     signature->canonical_request);
      assert_vector (folder, query ? "query-string-to-sign.txt" : "header-string-to-sign.txt", signature->string_to_sign);
      assert_vector (folder, query ? "query-signature.txt" : "header-signature.txt", signature->signature);
      if (query)
        assert_sent_url (folder, signature);
    }
  return 2;
}

static guint
check_official (const char *folder)
{
  g_autofree char *base = g_path_get_basename (folder);
  g_autofree char *request_name = g_strconcat (base, ".req", NULL);
  g_autofree char *canonical_name = g_strconcat (base, ".creq", NULL);
  g_autofree char *string_name = g_strconcat (base, ".sts", NULL);
  g_autofree char *header_name = g_strconcat (base, ".authz", NULL);
  g_autofree char *sent_name = g_strconcat (base, ".sreq", NULL);
  g_auto (Parsed) parsed = { NULL };
  g_auto (Parsed) sent = { NULL };
  g_autoptr (EntSigv4Signature) signature = NULL;
  EntSigv4Key key = service_key;
  EntSigv4Request request;

  parse_request (&parsed, read_vector (folder, request_name));
  parse_request (&sent, read_vector (folder, sent_name));
  for (gsize i = 0; i < sent.n_headers; i++)
    if (g_ascii_strcasecmp (sent.headers[i].name, "X-Amz-Security-Token") == 0)
      key.session_token = sent.headers[i].value;
  request = to_request (&parsed);
  request.time = instant ("2015-08-30T12:36:00Z");
  request.flags = g_str_has_suffix (base, "-after") ? ENT_SIGV4_TOKEN_AFTER : ENT_SIGV4_DEFAULT;
  signature = sign (&key, &request);
  assert_vector (folder, canonical_name, signature->canonical_request);
  assert_vector (folder, string_name, signature->string_to_sign);
  assert_vector (folder, header_name, signature->authorization);
  return 1;
}

/* Runs each vector below @folder: a folder with @mark in it, "NAME" standing for its own name. */
static guint
check_folder (const char *folder,
              const char *mark,
              guint     (*check) (const char *folder))
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *base = g_path_get_basename (folder);
  g_autofree char *name = mark != NULL ? g_strdup (mark) : g_strconcat (base, ".req", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char *entry;
  guint n = 0;

  if (dir == NULL)
    return 0;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return check (folder);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (folder, entry, NULL);

      n += check_folder (child, mark, check);
    }
  return n;
}

static void
test_vectors (gconstpointer data)
{
  gboolean official = GPOINTER_TO_INT (data);
  const char *shared = g_getenv ("ENTENTE_SHARED");
  g_autofree char *folder = shared == NULL ? NULL
                            : g_build_filename (shared, "portals", "sigv4",
                                                official ? "aws4_testsuite" : "aws-c-auth", NULL);
  guint n;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the vectors of signatures are not there (ENTENTE_SHARED/portals/sigv4)");
      return;
    }
  n = official ? check_folder (folder, NULL, check_official) : check_folder (folder, "context.json", check_awslabs);
  g_test_message ("%u signatures of %s agree", n, official ? "aws4_testsuite" : "aws-c-auth");
  g_assert_cmpuint (n, >=, official ? 34 : 76);
}

/* --- Refused ----------------------------------------------------------------------------------------------------- */

static void
assert_refused (const EntSigv4Key     *key,
                const EntSigv4Request *request,
                EntSigv4Error          code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSigv4Signature) signature = ent_sigv4_sign (key, request, &error);

  g_assert_error (error, ENT_SIGV4_ERROR, code);
  g_assert_null (signature);
  g_assert_null (strstr (error->message, SECRET));
  g_assert_null (strstr (error->message, "TOKEN"));
}

static void
test_refused_requests (void)
{
  static const EntSigv4Header no_name = { "", "x" }, no_value = { "X", NULL }, split = { "X", "a\r\nEvil: b" },
                              spaced = { "X Y", "a" };
  static const EntSigv4Request requests[] = {
    { .method = "GET", .url = NULL },
    { .method = "GET", .url = "" },
    { .method = "GET", .url = "://example.com/" },
    { .method = "GET", .url = "example.com/path" },
    { .method = "GET", .url = "https:///path" },
    { .method = "GET", .url = "https://user:word@example.com/" },
    { .method = "GET", .url = "https://example.com/\nHost: evil" },
    { .method = "GET", .url = "https://example.com/\xff" },
    { .method = "GET", .url = "https://example.com/?a=%zz" },
    { .method = "GET", .url = "https://example.com/?%" },
    { .method = "GET", .url = "https://example.com/%q", .flags = ENT_SIGV4_S3_PATH },
    { .method = NULL, .url = "https://example.com/" },
    { .method = "", .url = "https://example.com/" },
    { .method = "GET / HTTP/1.1\n", .url = "https://example.com/" },
    { .method = "GET", .url = "https://example.com/", .time = -1 },
    { .method = "GET", .url = "https://example.com/", .time = G_MAXINT64 },
    { .method = "GET", .url = "https://example.com/", .body_hash = "abc" },
    { .method = "GET", .url = "https://example.com/", .flags = ENT_SIGV4_QUERY },
    { .method = "GET", .url = "https://example.com/", .flags = ENT_SIGV4_QUERY, .expires = 604801 },
    { .method = "GET", .url = "https://example.com/?X-Amz-Signature=1", .flags = ENT_SIGV4_QUERY, .expires = 60 },
    { .method = "GET", .url = "https://example.com/", .headers = &no_name, .n_headers = 1 },
    { .method = "GET", .url = "https://example.com/", .headers = &no_value, .n_headers = 1 },
    { .method = "GET", .url = "https://example.com/", .headers = &split, .n_headers = 1 },
    { .method = "GET", .url = "https://example.com/", .headers = &spaced, .n_headers = 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    assert_refused (&service_key, &requests[i], ENT_SIGV4_ERROR_REQUEST);
}

static void
test_refused_keys (void)
{
  static const EntSigv4Key keys[] = {
    { NULL, SECRET, NULL, "us-east-1", "service" },
    { "AKIDEXAMPLE", NULL, NULL, "us-east-1", "service" },
    { "AKIDEXAMPLE", SECRET "\n", NULL, "us-east-1", "service" },
    { "AKID/EXAMPLE", SECRET, NULL, "us-east-1", "service" },
    { "AKIDEXAMPLE", SECRET, "TOKEN\r\nX: y", "us-east-1", "service" },
    { "AKIDEXAMPLE", SECRET, "", "us-east-1", "service" },
    { "AKIDEXAMPLE", SECRET, NULL, "", "service" },
    { "AKIDEXAMPLE", SECRET, NULL, "us-east-1", "a/b" },
  };
  const EntSigv4Request request = { .method = "GET", .url = "https://example.com/" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    assert_refused (&keys[i], &request, ENT_SIGV4_ERROR_KEY);
}

/* Whatever the address and the header are: a signature or an error. */
static void
test_any_bytes (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      char url[40] = "https://h/", value[24] = "";
      EntSigv4Header header = { "x-any", value };
      EntSigv4Request request = { .method = "GET", .url = url, .headers = &header, .n_headers = 1, .expires = 1,
                                  .flags = (EntSigv4Flags) g_test_rand_int_range (0, 16) };
      g_autoptr (GError) error = NULL;
      g_autoptr (EntSigv4Signature) signature = NULL;

      for (guint j = 10; j < sizeof url - 1; j++)
        url[j] = "/.%?&=+#2F a\xc3\xa9\x01"[g_test_rand_int_range (0, 15)];
      for (guint j = 0; j < sizeof value - 1; j++)
        value[j] = (char) g_test_rand_int_range (1, 256);
      signature = ent_sigv4_sign (&service_key, &request, &error);
      g_assert_true ((signature != NULL) == (error == NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sigv4/documentation/list-users", test_list_users);
  g_test_add_func ("/sigv4/documentation/storage", test_storage);
  g_test_add_func ("/sigv4/documentation/presigned", test_presigned);
  g_test_add_func ("/sigv4/path-is-encoded-twice-but-for-s3", test_path_encoding);
  g_test_add_func ("/sigv4/host-is-what-is-sent", test_host);
  g_test_add_data_func ("/sigv4/vectors/aws-c-auth", GINT_TO_POINTER (FALSE), test_vectors);
  g_test_add_data_func ("/sigv4/vectors/aws4-testsuite", GINT_TO_POINTER (TRUE), test_vectors);
  g_test_add_func ("/sigv4/refused/requests", test_refused_requests);
  g_test_add_func ("/sigv4/refused/keys", test_refused_keys);
  g_test_add_func ("/sigv4/any-bytes-are-signed-or-refused", test_any_bytes);
  return g_test_run ();
}
