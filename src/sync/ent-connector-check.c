/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-check.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a connector may not say although each member is well formed: names that lead nowhere, members that need each other. */

/* The place of what is being looked at, then @member. */
static char *
get_place (const ConnectorCheck *self,
             const char           *member)
{
  if (self->operation != NULL)
    return g_strdup_printf ("/objects/%s/operations/%s%s", self->object->name, self->operation->name, member);
  return self->object != NULL ? g_strdup_printf ("/objects/%s%s", self->object->name, member) : g_strdup (member);
}

gboolean
check_fail (const ConnectorCheck *self,
            const char           *member,
            const char           *what)
{
  g_autofree char *where = get_place (self, member);

  return connector_fail (self->error, self->name, where, "%s", what);
}

gboolean
check_fail_missing (const ConnectorCheck *self,
                    const char           *member,
                    const char           *needed)
{
  g_autofree char *where = get_place (self, member);

  return connector_fail (self->error, self->name, where, _("“%s” is missing; add it."), needed);
}

gboolean
check_fail_operation (const ConnectorCheck *self,
                      const char           *member,
                      const char           *operation)
{
  g_autofree char *where = get_place (self, member);

  return connector_fail (self->error, self->name, where, _("there is no operation “%s”; write the name of one."), operation);
}

static const EntConnectorInput *
find_input (GPtrArray  *inputs,
            const char *name)
{
  for (guint i = 0; i < inputs->len; i++)
    if (g_str_equal (((EntConnectorInput *) inputs->pdata[i])->name, name))
      return inputs->pdata[i];
  return NULL;
}

/* --- Texts with names in them --------------------------------------------------------------------------- */

static gboolean
is_known_name (const ConnectorCheck *self,
               const char           *name)
{
  static const char * const always[] = { "uuid", "version", NULL };
  static const char * const in_operation[] = { "id", "since", "external_id", "task", NULL };
  const EntConnectorInput *entered = find_input (self->connector->auth->enter, name);

  if (g_strv_contains (always, name) || find_input (self->connector->settings, name) != NULL)
    return TRUE;
  if (entered != NULL && !entered->secret)
    return TRUE;
  return self->operation != NULL &&
         (g_strv_contains (in_operation, name) || find_input (self->operation->arguments, name) != NULL);
}

static gboolean
check_names (const ConnectorCheck *self,
             const char           *member,
             GPtrArray            *names)
{
  g_autofree char *where = get_place (self, member);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (g_str_equal (name, "{"))
        return check_fail (self, member, _("a { is not closed; write {name}, or {{ for a brace."));
      if (!is_known_name (self, name))
        return connector_fail (self->error, self->name, where,
                               _("{%s} is not known here; write the name of a setting or of an argument."), name);
    }
  return TRUE;
}

gboolean
check_template (const ConnectorCheck *self,
                const char           *member,
                const char           *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text != NULL ? text : "");

  template_node_add_names (node, names);
  return check_names (self, member, names);
}

gboolean
check_template_pairs (const ConnectorCheck *self,
                      const char           *member,
                      GPtrArray            *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    if (!check_template (self, member, ((EntConnectorPair *) pairs->pdata[i])->value))
      return FALSE;
  return TRUE;
}

gboolean
check_template_node (const ConnectorCheck *self,
                     const char           *member,
                     JsonNode             *node)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    return check_fail (self, member, _("write an object in { } here."));
  template_node_add_names (node, names);
  return check_names (self, member, names);
}

/* --- Signing in, settings ------------------------------------------------------------------------------- */

static gboolean
check_pattern (const ConnectorCheck *self,
               const char           *member,
               const char           *pattern)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, &cause) : NULL;
  g_autofree char *where = get_place (self, member);

  if (cause == NULL)
    return TRUE;
  return connector_fail (self->error, self->name, where, _("“%s” is not a regular expression: %s"), pattern, cause->message);
}

gboolean
check_inputs (const ConnectorCheck *self,
              const char           *member,
              GPtrArray            *inputs)
{
  for (guint i = 0; i < inputs->len; i++)
    {
      const EntConnectorInput *input = inputs->pdata[i];
      g_autofree char *where = g_strconcat (member, "/", input->name, NULL);
      g_autofree char *at_pattern = g_strconcat (where, "/pattern", NULL);
      g_autofree char *at_value = g_strconcat (where, "/value", NULL);

      if (!check_pattern (self, at_pattern, input->pattern))
        return FALSE;
      if (input->value != NULL && input->choices != NULL &&
          !g_strv_contains ((const char * const *) input->choices, input->value))
        return check_fail (self, at_value, _("this is none of the choices; write one of them."));
    }
  return TRUE;
}

/* What must be entered, by kind: the names under which the program signs in. */
static const char * const entered[][3] =
{
  [ENT_CONNECTOR_SIGV4]            = { "access_key", "secret_key", NULL },
  [ENT_CONNECTOR_OAUTH2_CODE_PKCE] = { "client_id", NULL },
  [ENT_CONNECTOR_OAUTH2_CLIENT]    = { "client_id", "client_secret", NULL },
  [ENT_CONNECTOR_BEARER]           = { "token", NULL },
  [ENT_CONNECTOR_BASIC]            = { "user", "password", NULL },
  [ENT_CONNECTOR_HEADER]           = { "token", NULL },
};

static gboolean
check_auth (const ConnectorCheck *self)
{
  const EntConnectorAuth *auth = self->connector->auth;

  for (const char * const *name = entered[auth->kind]; *name != NULL; name++)
    if (find_input (auth->enter, *name) == NULL)
      return check_fail_missing (self, "/auth/enter", *name);
  if (auth->kind == ENT_CONNECTOR_SIGV4 && auth->region == NULL)
    return check_fail_missing (self, "/auth", "region");
  if (auth->kind == ENT_CONNECTOR_OAUTH2_CODE_PKCE && auth->authorize == NULL)
    return check_fail_missing (self, "/auth", "authorize");
  if ((auth->kind == ENT_CONNECTOR_OAUTH2_CODE_PKCE || auth->kind == ENT_CONNECTOR_OAUTH2_CLIENT) && auth->token == NULL)
    return check_fail_missing (self, "/auth", "token");
  if (auth->kind == ENT_CONNECTOR_HEADER && auth->header == NULL)
    return check_fail_missing (self, "/auth", "header");
  return check_inputs (self, "/auth/enter", auth->enter) && check_template (self, "/auth/region", auth->region) &&
         check_template (self, "/auth/service", auth->service) && check_template (self, "/auth/authorize", auth->authorize) &&
         check_template (self, "/auth/token", auth->token) && check_template (self, "/auth/revoke", auth->revoke) &&
         check_template_pairs (self, "/auth/parameters", auth->parameters);
}

/* --- Objects -------------------------------------------------------------------------------------------- */

static gboolean
check_lock (const ConnectorCheck *self)
{
  const EntConnectorLock *lock = self->object->lock;

  if (lock == NULL || lock->kind == ENT_CONNECTOR_LOCK_NONE)
    return TRUE;
  if (lock->read == NULL && (lock->header == NULL || lock->kind == ENT_CONNECTOR_LOCK_BODY))
    return check_fail_missing (self, "/lock", "read");
  return lock->kind != ENT_CONNECTOR_LOCK_BODY || (lock->write != NULL && *lock->write != '\0') ||
         check_fail_missing (self, "/lock", "write");
}

static gboolean
check_states (const ConnectorCheck *self)
{
  for (guint i = 0; i < self->object->states->len; i++)
    {
      const EntConnectorState *state = self->object->states->pdata[i];

      for (guint j = 0; j < state->only->len; j++)
        for (char **path = ((EntConnectorSet *) state->only->pdata[j])->values; *path != NULL; path++)
          if (**path != '/')
            {
              g_autofree char *where = g_strdup_printf ("/states/%u/only", i);

              return check_fail (self, where, _("write places here, such as /member/member."));
            }
    }
  return TRUE;
}

/* What records are given must be readable by their fields. */
static gboolean
check_set (const ConnectorCheck *self,
           const EntRecordType  *type)
{
  for (guint i = 0; i < self->object->set->len; i++)
    {
      const EntConnectorPair *pair = self->object->set->pdata[i];
      const EntField *field = ent_record_type_lookup (type, pair->name);
      g_autoptr (GError) cause = NULL;
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autofree char *where = get_place (self, "/set");

      if (field == NULL)
        return connector_fail (self->error, self->name, where, _("%s has no field “%s”; write the name of one that it has."),
                               type->info->name, pair->name);
      if (!ent_value_read (field, pair->value, NULL, &value, &cause))
        return connector_fail (self->error, self->name, where, "%s", cause->message);
    }
  return TRUE;
}

static gboolean
check_type (const ConnectorCheck *self)
{
  const EntRecordType *type = ent_schema_lookup (self->schema, self->object->type);
  g_autofree char *where = NULL;

  if (type == NULL)
    {
      where = get_place (self, "/type");
      return connector_fail (self->error, self->name, where,
                             _("there is no record type “%s”; write one such as deal, organization or person."),
                             self->object->type);
    }
  if (!check_set (self, type))
    return FALSE;
  if (self->object->id_field == NULL || ent_record_type_lookup (type, self->object->id_field) != NULL)
    return TRUE;
  where = get_place (self, "/idField");
  return connector_fail (self->error, self->name, where, _("%s has no field “%s”; write the name of one that it has."),
                         self->object->type, self->object->id_field);
}

static gboolean
check_object (ConnectorCheck *self)
{
  const EntConnectorObject *object = self->object;

  if (!check_type (self) || !check_template (self, "/base", object->base) ||
      !check_template (self, "/service", object->service) || !check_lock (self) || !check_states (self))
    return FALSE;
  if (object->deleted != NULL && object->deleted->kind == ENT_CONNECTOR_DELETE_ARCHIVED && object->deleted->path == NULL)
    return check_fail_missing (self, "/deleted", "path");
  if (self->connector->auth->kind == ENT_CONNECTOR_SIGV4 && self->connector->auth->service == NULL &&
      object->service == NULL)
    return check_fail_missing (self, "", "service");
  for (guint i = 0; i < object->operations->len; i++)
    {
      self->operation = object->operations->pdata[i];
      if (!check_operation (self))
        return FALSE;
    }
  self->operation = NULL;
  return connector_check_fields (self->connector, object, self->name, self->schema, self->error);
}

static gboolean
check_rates (const ConnectorCheck *self)
{
  for (guint i = 0; i < self->connector->rates->len; i++)
    {
      const EntConnectorRate *rate = self->connector->rates->pdata[i];

      for (char **name = rate->operations; name != NULL && *name != NULL; name++)
        {
          gboolean is_known = FALSE;
          g_autofree char *where = g_strdup_printf ("/rates/%s/operations", rate->name);

          for (guint j = 0; j < self->connector->objects->len && !is_known; j++)
            is_known = ent_connector_object_lookup (self->connector->objects->pdata[j], *name) != NULL;
          if (!is_known)
            return check_fail_operation (self, where, *name);
        }
    }
  return TRUE;
}

static gboolean
check_classes (const ConnectorCheck *self)
{
  const EntConnectorErrors *errors = self->connector->errors;

  for (guint i = 0; errors != NULL && i < errors->classes->len; i++)
    {
      const EntConnectorErrorClass *class = errors->classes->pdata[i];
      g_autofree char *where = g_strdup_printf ("/errors/classes/%u", i);

      if (class->code == NULL && class->status == 0)
        return check_fail_missing (self, where, "code");
    }
  return TRUE;
}

gboolean
connector_check (const EntConnector *self,
                 const char         *name,
                 EntSchema          *schema,
                 GError            **error)
{
  ConnectorCheck check = { self, NULL, NULL, name, schema, error };

  if (!check_auth (&check) || !check_inputs (&check, "/settings", self->settings) ||
      !check_template (&check, "/base", self->base) || !check_template_pairs (&check, "/headers", self->headers) ||
      !check_rates (&check) || !check_classes (&check))
    return FALSE;
  if (self->objects->len == 0)
    return check_fail (&check, "/objects", _("write at least one object here."));
  for (guint i = 0; i < self->objects->len; i++)
    {
      check.object = self->objects->pdata[i];
      if (!check_object (&check))
        return FALSE;
    }
  return TRUE;
}
