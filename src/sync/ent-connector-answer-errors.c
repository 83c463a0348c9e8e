/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-answer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* What an answer says that is wrong: what it means, the sentence, the fields. */

#define MAX_SENTENCE 500 /* characters of a portal's own words */
#define MAX_WAIT     (24 * 60 * 60 * (gint64) 1000)

void
answer_fail (EntConnectorAnswer *self,
             EntConnectorFail    fail,
             char               *sentence)
{
  self->is_failed = TRUE;
  self->fail = fail;
  g_free (self->sentence);
  self->sentence = sentence;
  g_clear_pointer (&self->next, g_free);
}

/* --- Places that may be one of several ------------------------------------------------------------------------- */

static char *
dup_first (JsonNode *node,
           char    **paths)
{
  for (char **path = paths; node != NULL && path != NULL && *path != NULL; path++)
    {
      JsonNode *place = ent_json_pointer_get (node, *path);

      if (!ent_json_is_empty (place) && JSON_NODE_HOLDS_VALUE (place))
        return ent_json_dup_text (place);
    }
  return NULL;
}

/* A portal's word without the namespace and address that some put around it: "com.amazonaws.x#ConflictException:http://…" is
 * ConflictException (AWS JSON 1.0 protocol, "Operation error serialization"). */
static char *
dup_code (JsonNode *node,
          char    **paths)
{
  g_autofree char *code = dup_first (node, paths);
  const char *start = code != NULL ? strrchr (code, '#') : NULL;

  if (code == NULL)
    return NULL;
  start = start != NULL ? start + 1 : code;
  return g_strndup (start, strcspn (start, ":"));
}

/* Takes @text. */
static char *
shorten (char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_SENTENCE)
    return text;
  start = g_utf8_substring (text, 0, MAX_SENTENCE);
  g_free (text);
  return g_strconcat (start, "…", NULL);
}

/* --- Whose field it is ---------------------------------------------------------------------------------------------- */

/* The names in "Project.CustomerBusinessProblem", "/properties/dealname", "contacts[0].email": lower case, no positions. */
static char **
split_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (name, "./[]$:'\"", -1);
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0' && strspn (*part, "0123456789") != strlen (*part))
      g_strv_builder_take (steps, g_utf8_casefold (*part, -1));
  return g_strv_builder_end (steps);
}

/* How well @path is what the portal calls @name: the number of names that agree when one of the two is the end, or @path the
 * beginning, of the other; else 0. */
static guint
rate_match (char      **name,
            const char *path)
{
  g_auto (GStrv) steps = split_name (path);
  guint n_name = g_strv_length (name), n_steps = g_strv_length (steps), n = MIN (n_name, n_steps), same = 0;

  while (same < n && g_str_equal (name[n_name - 1 - same], steps[n_steps - 1 - same]))
    same++;
  if (same == n)
    return same;
  for (same = 0; same < n_steps && same < n_name && g_str_equal (name[same], steps[same]);)
    same++;
  return same == n_steps ? same : 0;
}

static char *
find_field (const EntConnectorObject *object,
            const char               *name)
{
  g_auto (GStrv) steps = split_name (name);
  const EntConnectorField *best = NULL;
  guint best_rate = 0;

  for (guint i = 0; i < object->fields->len; i++)
    {
      const EntConnectorField *field = object->fields->pdata[i];
      guint rate = MAX (rate_match (steps, field->path), field->currency != NULL ? rate_match (steps, field->currency) : 0);

      if (rate > best_rate && field->kind != ENT_CONNECTOR_CONSTANT && field->direction != ENT_CONNECTOR_PULL)
        {
          best = field;
          best_rate = rate;
        }
    }
  if (best == NULL)
    return NULL;
  if (best->kind == ENT_CONNECTOR_RECORDS)
    return g_strdup (best->role);
  return best->through != NULL ? g_strconcat (best->through, ".", best->field, NULL) : g_strdup (best->field);
}

/* --- Single errors ---------------------------------------------------------------------------------------------------- */

static void
add_fault (EntConnectorAnswer       *self,
           const EntConnectorObject *object,
           char                     *path,
           char                     *code,
           char                     *sentence)
{
  EntConnectorFault *fault = g_new0 (EntConnectorFault, 1);

  fault->path = path;
  fault->field = path != NULL ? find_field (object, path) : NULL;
  fault->code = code;
  fault->sentence = shorten (sentence != NULL ? sentence : g_strdup (code != NULL ? code : ""));
  g_ptr_array_add (self->faults, fault);
}

static void
read_list (EntConnectorAnswer       *self,
           const EntConnectorErrors *errors,
           const EntConnectorObject *object,
           JsonNode                 *list)
{
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (list), i);

      add_fault (self, object, dup_first (item, errors->item_field), dup_code (item, errors->item_code),
                 dup_first (item, errors->item_message));
    }
}

static void
read_faults (EntConnectorAnswer       *self,
             const EntConnectorErrors *errors,
             const EntConnectorObject *object)
{
  g_autofree char *field = dup_first (self->body, errors->field);

  for (char **path = errors->items; path != NULL && *path != NULL; path++)
    {
      JsonNode *list = ent_json_pointer_get (self->body, *path);

      if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
        read_list (self, errors, object, list);
    }
  if (field != NULL)
    add_fault (self, object, g_steal_pointer (&field), g_strdup (self->code), dup_first (self->body, errors->message));
}

/* --- What it means ------------------------------------------------------------------------------------------------------ */

static gboolean
fits (const EntConnectorErrorClass *class,
      const EntConnectorAnswer     *self,
      guint                         status)
{
  if (class->status != 0 && class->status != status)
    return FALSE;
  if (class->code == NULL || g_strcmp0 (class->code, self->code) == 0)
    return TRUE;
  for (guint i = 0; i < self->faults->len; i++)
    if (g_strcmp0 (class->code, ((EntConnectorFault *) self->faults->pdata[i])->code) == 0)
      return TRUE;
  return FALSE;
}

/* RFC 9110, section 15, where the portal says no more. */
static EntConnectorFail
tell_by_status (guint status)
{
  switch (status)
    {
    case 401:
      return ENT_CONNECTOR_FAIL_SIGN_IN;
    case 403:
      return ENT_CONNECTOR_FAIL_FORBIDDEN;
    case 404:
    case 410:
      return ENT_CONNECTOR_FAIL_MISSING;
    case 408:
    case 425:
      return ENT_CONNECTOR_FAIL_RETRY;
    case 409:
    case 412:
    case 428:
      return ENT_CONNECTOR_FAIL_CHANGED;
    case 423:
      return ENT_CONNECTOR_FAIL_LOCKED;
    case 429:
      return ENT_CONNECTOR_FAIL_WAIT;
    case 400:
    case 413:
    case 422:
      return ENT_CONNECTOR_FAIL_INVALID;
    default:
      return status >= 500 && status != 501 && status != 505 ? ENT_CONNECTOR_FAIL_RETRY : ENT_CONNECTOR_FAIL_FINAL;
    }
}

static char *
describe (EntConnectorFail fail,
          const char      *name)
{
  switch (fail)
    {
    case ENT_CONNECTOR_FAIL_RETRY:
      return g_strdup_printf (_("%s cannot answer now; it is tried again."), name);
    case ENT_CONNECTOR_FAIL_WAIT:
      return g_strdup_printf (_("%s takes no more requests for now; sending goes on after a pause."), name);
    case ENT_CONNECTOR_FAIL_SIGN_IN:
      return g_strdup_printf (_("%s does not know you any more; sign in again."), name);
    case ENT_CONNECTOR_FAIL_FORBIDDEN:
      return g_strdup_printf (_("%s does not let you do this; ask its administrator for the right."), name);
    case ENT_CONNECTOR_FAIL_MISSING:
      return g_strdup_printf (_("%s does not have this any more."), name);
    case ENT_CONNECTOR_FAIL_CHANGED:
      return g_strdup_printf (_("This was changed in %s meanwhile; both edits are joined and sent again."), name);
    case ENT_CONNECTOR_FAIL_EXISTS:
      return g_strdup_printf (_("%s has this already; the two are joined."), name);
    case ENT_CONNECTOR_FAIL_LOCKED:
      return g_strdup_printf (_("%s takes no edits of this now; yours are kept and sent later."), name);
    case ENT_CONNECTOR_FAIL_INVALID:
      return g_strdup_printf (_("%s does not accept what was entered; correct it and send again."), name);
    case ENT_CONNECTOR_FAIL_FINAL:
      break;
    }
  return g_strdup_printf (_("%s does not understand this request; check the connector."), name);
}

/* Seconds or a time, which counts from the portal's own clock (RFC 9110, section 10.2.3). */
static gint64
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = headers != NULL ? soup_message_headers_get_one (headers, "Retry-After") : NULL;
  const char *now = headers != NULL ? soup_message_headers_get_one (headers, "Date") : NULL;
  g_autoptr (GDateTime) until = NULL, from = NULL;
  guint64 seconds = 0;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return MIN ((gint64) seconds * 1000, MAX_WAIT);
  until = soup_date_time_new_from_http_string (text);
  from = now != NULL ? soup_date_time_new_from_http_string (now) : NULL;
  return until != NULL && from != NULL ? CLAMP (g_date_time_difference (until, from) / 1000, 0, MAX_WAIT) : 0;
}

void
answer_read_error (EntConnectorAnswer       *self,
                   const EntConnector       *connector,
                   const EntConnectorObject *object,
                   guint                     status,
                   SoupMessageHeaders       *headers)
{
  const EntConnectorErrors *errors = connector->errors;
  EntConnectorFail fail = tell_by_status (status);
  g_autofree char *message = NULL;

  if (errors != NULL && self->body != NULL)
    {
      self->code = dup_code (self->body, errors->code);
      message = dup_first (self->body, errors->message);
      read_faults (self, errors, object);
    }
  self->wait = read_retry_after (headers);
  for (guint i = 0; errors != NULL && i < errors->classes->len; i++)
    {
      const EntConnectorErrorClass *class = errors->classes->pdata[i];

      if (!fits (class, self, status))
        continue;
      fail = (EntConnectorFail) class->means;
      self->wait = self->wait > 0 ? self->wait : class->wait * 1000;
      break;
    }
  if (message == NULL && self->faults->len > 0)
    message = g_strdup (((EntConnectorFault *) self->faults->pdata[0])->sentence);
  if (message != NULL && *message != '\0')
    {
      g_autofree char *words = shorten (g_steal_pointer (&message));

      answer_fail (self, fail, g_strdup_printf (_("%s says: %s"), connector->name, words));
    }
  else
    answer_fail (self, fail, describe (fail, connector->name));
}
