/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sigv4-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse (const char  *what,
        GError     **error)
{
  g_set_error (error, ENT_SIGV4_ERROR, ENT_SIGV4_ERROR_REQUEST,
               _("A request to the portal cannot be signed: %s. Check the address in the settings of the portal."), what);
  return FALSE;
}

/* --- Pairs ------------------------------------------------------------------------------------------------------- */

static void
pair_free (gpointer data)
{
  Sigv4Pair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

GPtrArray *
sigv4_pairs_new (void)
{
  return g_ptr_array_new_with_free_func (pair_free);
}

void
sigv4_pairs_take (GPtrArray *pairs,
                  char      *name,
                  char      *value)
{
  Sigv4Pair pair = { name, value };

  g_ptr_array_add (pairs, g_memdup2 (&pair, sizeof pair));
}

void
sigv4_pairs_add (GPtrArray  *pairs,
                 const char *name,
                 const char *value)
{
  sigv4_pairs_take (pairs, g_uri_escape_string (name, NULL, FALSE), g_uri_escape_string (value, NULL, FALSE));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const Sigv4Pair *) a)->name, ((const Sigv4Pair *) b)->name);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  int order = compare_names (a, b);

  return order != 0 ? order : strcmp (((const Sigv4Pair *) a)->value, ((const Sigv4Pair *) b)->value);
}

void
sigv4_pairs_sort (GPtrArray *pairs)
{
  g_ptr_array_sort_values (pairs, compare_pairs);
}

/* --- Address ----------------------------------------------------------------------------------------------------- */

/* Without the port that everybody knows, which is not sent either. */
static char *
dup_host (const char *url,
          const char *authority,
          gsize       length)
{
  const char *known = g_ascii_strncasecmp (url, "https:", strlen ("https:")) == 0 ? ":443" : ":80";
  char *host = g_ascii_strdown (authority, (gssize) length);

  if (g_str_has_suffix (host, known))
    host[length - strlen (known)] = '\0';
  return host;
}

/* GUri would encode and shorten the path, and what is signed must be what is sent. */
gboolean
sigv4_split_url (const char  *url,
                 char       **host,
                 char       **path,
                 char       **query,
                 GError     **error)
{
  const char *start = url != NULL ? strstr (url, "://") : NULL;
  gsize authority, whole, end;

  if (start == NULL || start == url || !g_utf8_validate (url, -1, NULL))
    return refuse (_("its address is not complete"), error);
  for (const char *c = url; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return refuse (_("its address has a line break or another character that does not belong there"), error);
  start += strlen ("://");
  authority = strcspn (start, "/?#");
  if (authority == 0 || memchr (start, '@', authority) != NULL)
    return refuse (_("its address has no server, or a user name in it"), error);
  whole = strcspn (start, "#");
  end = MIN (strcspn (start, "?"), whole);
  *host = dup_host (url, start, authority);
  *path = end == authority ? g_strdup ("/") : g_strndup (start + authority, end - authority);
  *query = end < whole ? g_strndup (start + end + 1, whole - end - 1) : NULL;
  return TRUE;
}

static char *
encode_again (const char  *text,
              const char  *allowed,
              GError     **error)
{
  g_autoptr (GBytes) bytes = g_uri_unescape_bytes (text, -1, NULL, NULL);
  const guint8 *data;
  gsize size;

  if (bytes == NULL)
    {
      refuse (_("a percent sign in its address is not followed by two hexadecimal digits"), error);
      return NULL;
    }
  data = g_bytes_get_data (bytes, &size);
  return size > 0 ? g_uri_escape_bytes (data, size, allowed) : g_strdup ("");
}

/* Without empty parts, `.` and `..`; a slash at the end stays. RFC 3986, section 5.2.4, and what AWS adds to it. */
static char *
normalize (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GString *result = g_string_new (NULL);
  const char *last = "";

  for (guint i = 0; parts[i] != NULL; i++)
    {
      last = parts[i];
      if (g_str_equal (last, "..") && kept->len > 0)
        g_ptr_array_remove_index (kept, kept->len - 1);
      else if (!g_str_equal (last, "") && !g_str_equal (last, ".") && !g_str_equal (last, ".."))
        g_ptr_array_add (kept, parts[i]);
    }
  for (guint i = 0; i < kept->len; i++)
    g_string_append_printf (result, "/%s", (const char *) kept->pdata[i]);
  if (result->len == 0 || g_str_equal (last, "") || g_str_equal (last, ".") || g_str_equal (last, ".."))
    g_string_append_c (result, '/');
  return g_string_free_and_steal (result);
}

char *
sigv4_canonical_path (const char  *path,
                      gboolean     for_s3,
                      GError     **error)
{
  g_autofree char *shorter = NULL;

  if (for_s3)
    return encode_again (path, "/", error);
  shorter = normalize (path);
  return g_uri_escape_string (shorter, "/", FALSE);
}

GPtrArray *
sigv4_parse_query (const char  *query,
                   GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);
  g_autoptr (GPtrArray) pairs = sigv4_pairs_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (*parts[i] == '\0')
        continue;
      if (equals != NULL)
        *equals = '\0';
      name = encode_again (parts[i], NULL, error);
      value = name == NULL ? NULL : encode_again (equals != NULL ? equals + 1 : "", NULL, error);
      if (value == NULL)
        return NULL;
      sigv4_pairs_take (pairs, g_steal_pointer (&name), g_steal_pointer (&value));
    }
  return g_steal_pointer (&pairs);
}

char *
sigv4_join_query (GPtrArray *pairs)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const Sigv4Pair *pair = g_ptr_array_index (pairs, i);

      g_string_append_printf (result, "%s%s=%s", i > 0 ? "&" : "", pair->name, pair->value);
    }
  return g_string_free_and_steal (result);
}

/* --- Headers ----------------------------------------------------------------------------------------------------- */

static gboolean
is_signed (const char *name)
{
  static const char * const left_out[] = {
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amz-content-sha256", "x-amz-date",
    "x-amz-security-token", "x-amzn-trace-id", NULL,
  };

  return !g_strv_contains (left_out, name);
}

/* RFC 9110, section 5.6.2: token. */
static gboolean
is_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isalnum (*name) && strchr ("!#$%&'*+-.^_`|~", *name) == NULL)
      return FALSE;
  return TRUE;
}

/* Each run of spaces, tabs and line breaks is one space, none at the ends. A line break that no space follows would begin
 * another header: NULL. */
static char *
canonical_value (const char *value)
{
  GString *result = g_string_new (NULL);
  gboolean gap = FALSE;

  for (; *value != '\0'; value++)
    {
      if (*value == '\n' && value[1] != ' ' && value[1] != '\t')
        {
          g_string_free (result, TRUE);
          return NULL;
        }
      if (g_ascii_isspace (*value))
        {
          gap = result->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (result, ' ');
      gap = FALSE;
      g_string_append_c (result, *value);
    }
  return g_string_free_and_steal (result);
}

/* To the value of an earlier header of that name, after a comma. */
static void
join_header (GPtrArray *pairs,
             char      *name,
             char      *value)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      Sigv4Pair *pair = g_ptr_array_index (pairs, i);
      char *both;

      if (!g_str_equal (pair->name, name))
        continue;
      both = g_strconcat (pair->value, ",", value, NULL);
      g_free (pair->value);
      pair->value = both;
      g_free (name);
      g_free (value);
      return;
    }
  sigv4_pairs_take (pairs, name, value);
}

void
sigv4_sort_headers (GPtrArray *pairs)
{
  g_ptr_array_sort_values (pairs, compare_names);
}

GPtrArray *
sigv4_canonical_headers (const EntSigv4Header  *headers,
                         gsize                  n_headers,
                         const char            *host,
                         GError               **error)
{
  g_autoptr (GPtrArray) pairs = sigv4_pairs_new ();
  gboolean has_host = FALSE;

  for (gsize i = 0; i < n_headers; i++)
    {
      g_autofree char *name = is_name (headers[i].name) ? g_ascii_strdown (headers[i].name, -1) : NULL;
      g_autofree char *value = headers[i].value != NULL ? canonical_value (headers[i].value) : NULL;

      if (name == NULL || value == NULL)
        {
          refuse (_("a header has no name, or a line break in it"), error);
          return NULL;
        }
      has_host = has_host || g_str_equal (name, "host");
      if (is_signed (name))
        join_header (pairs, g_steal_pointer (&name), g_steal_pointer (&value));
    }
  if (!has_host)
    sigv4_pairs_take (pairs, g_strdup ("host"), g_strdup (host));
  sigv4_sort_headers (pairs);
  return g_steal_pointer (&pairs);
}
