/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-rules.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-connector-private.h"
#include "sync/ent-json-pointer.h"

typedef struct
{
  const EntConnector       *connector;
  const EntConnectorObject *object;
  const EntRecordType      *type;
  EntRecord                *record;
  JsonNode                 *base;
  JsonNode                 *body;
  GPtrArray                *changed; /* of char *; NULL: all is new */
  const char               *role;    /* of the record in a list that is looked at, or NULL */
  gint64                    today;
  GPtrArray                *findings;
} Check;

static void
free_finding (gpointer data)
{
  EntConnectorFinding *finding = data;

  g_free (finding->field);
  g_free (finding->path);
  g_free (finding->sentence);
  g_free (finding);
}

/* Takes @field and @sentence. */
static void
add (Check               *self,
     EntConnectorSeverity severity,
     char                *field,
     const char          *path,
     char                *sentence)
{
  EntConnectorFinding *finding = g_new0 (EntConnectorFinding, 1);

  finding->field = field;
  finding->path = g_strdup (path);
  finding->sentence = sentence;
  finding->severity = severity;
  g_ptr_array_add (self->findings, finding);
}

static char *
name_field (const Check             *self,
            const EntConnectorField *field)
{
  if (self->role != NULL || field->kind == ENT_CONNECTOR_RECORDS)
    return g_strdup (self->role != NULL ? self->role : field->role);
  return field->through != NULL ? g_strconcat (field->through, ".", field->field, NULL) : g_strdup (field->field);
}

static void
add_rule (Check                   *self,
          const EntConnectorField *field,
          char                    *sentence)
{
  add (self, ENT_CONNECTOR_FINDING_ERROR, name_field (self, field), field->path, sentence);
}

static const char *
get_label (const Check             *self,
           const EntConnectorField *field)
{
  return ent_connector_field_get_label (field, self->type);
}

/* --- Rules of a field ------------------------------------------------------------------------------------ */

static gboolean
applies (const EntConnectorWhen *when,
         JsonNode               *body)
{
  JsonNode *node = ent_json_pointer_get (body, when->path);
  g_autofree char *text = node != NULL ? ent_json_dup_text (node) : NULL;

  if (when->values == NULL)
    return !ent_json_is_empty (node);
  return text != NULL && g_strv_contains ((const char * const *) when->values, text);
}

static void
check_required (Check                   *self,
                const EntConnectorField *field)
{
  if (field->required)
    add_rule (self, field, g_strdup_printf (_("“%s” is missing; %s needs it."), get_label (self, field),
                                            self->connector->name));
  else if (field->required_when != NULL && applies (field->required_when, self->body))
    add_rule (self, field, g_strdup_printf (_("“%s” is missing; %s needs it now."), get_label (self, field),
                                            self->connector->name));
  else if (field->advised)
    add (self, ENT_CONNECTOR_FINDING_ADVICE, name_field (self, field), field->path,
         g_strdup_printf (_("“%s” is missing; %s does better with it."), get_label (self, field), self->connector->name));
}

static void
check_length (Check                   *self,
              const EntConnectorField *field,
              const char              *text)
{
  glong length = g_utf8_strlen (text, -1);
  const char *label = get_label (self, field);

  if (length < field->min_length)
    add_rule (self, field, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                         "“%s” has %ld character; %s wants at least %ld.",
                                                         "“%s” has %ld characters; %s wants at least %ld.",
                                                         (gulong) length),
                                            label, length, self->connector->name, (glong) field->min_length));
  if (field->max_length > 0 && length > field->max_length)
    add_rule (self, field, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                         "“%s” has %ld character; %s takes at most %ld.",
                                                         "“%s” has %ld characters; %s takes at most %ld.",
                                                         (gulong) length),
                                            label, length, self->connector->name, (glong) field->max_length));
}

static void
check_form (Check                   *self,
            const EntConnectorField *field,
            const char              *text)
{
  g_autofree char *whole = field->pattern != NULL ? g_strdup_printf ("^(?:%s)$", field->pattern) : NULL;
  g_autofree char *all = field->allowed != NULL ? g_strjoinv (", ", field->allowed) : NULL;

  if (whole != NULL && !g_regex_match_simple (whole, text, G_REGEX_DOLLAR_ENDONLY, 0))
    add_rule (self, field, field->example != NULL
                             ? g_strdup_printf (_("“%s” of “%s” is not in the form %s takes; write it as %s."), text,
                                                get_label (self, field), self->connector->name, field->example)
                             : g_strdup_printf (_("“%s” of “%s” is not in the form %s takes; write it otherwise."), text,
                                                get_label (self, field), self->connector->name));
  if (all != NULL && !g_strv_contains ((const char * const *) field->allowed, text))
    add_rule (self, field, g_strdup_printf (_("“%s” of “%s” is not known to %s; write one of %s."), text,
                                            get_label (self, field), self->connector->name, all));
}

static void
check_range (Check                   *self,
             const EntConnectorField *field,
             const char              *text)
{
  double number = g_ascii_strtod (text, NULL);

  if (field->minimum == 0 && field->maximum == 0)
    return;
  if (number < (double) field->minimum)
    add_rule (self, field, g_strdup_printf (_("“%s” is %s; %s wants at least %ld."), get_label (self, field),
                                            text, self->connector->name, (glong) field->minimum));
  if (field->maximum != 0 && number > (double) field->maximum)
    add_rule (self, field, g_strdup_printf (_("“%s” is %s; %s takes at most %ld."), get_label (self, field),
                                            text, self->connector->name, (glong) field->maximum));
}

static void
check_items (Check                   *self,
             const EntConnectorField *field,
             JsonNode                *node)
{
  guint n = json_array_get_length (json_node_get_array (node));

  if (field->max_items > 0 && n > field->max_items)
    add_rule (self, field, g_strdup_printf (_("“%s” has %u entries; %s takes at most %ld."),
                                            get_label (self, field), n, self->connector->name, (glong) field->max_items));
}

static void
check_currency (Check                   *self,
                const EntConnectorField *field)
{
  const char *currency = field->currency_pattern != NULL && field->currency != NULL
                           ? ent_json_get_text (ent_json_pointer_get (self->body, field->currency)) : NULL;
  g_autofree char *whole = g_strdup_printf ("^(?:%s)$", field->currency_pattern);

  if (currency != NULL && !g_regex_match_simple (whole, currency, G_REGEX_DOLLAR_ENDONLY, 0))
    add_rule (self, field, g_strdup_printf (_("“%s” cannot be in %s at %s; write it in another currency."),
                                            get_label (self, field), currency, self->connector->name));
}

static gboolean
is_changed (const Check *self,
            const char  *path)
{
  return self->changed == NULL || g_ptr_array_find_with_equal_func (self->changed, path, g_str_equal, NULL);
}

/* Only a day that is set now: one that has passed since is the portal's business. */
static void
check_day (Check                   *self,
           const EntConnectorField *field)
{
  const EntField *info = ent_connector_field_get_info (field, self->type);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *problem = NULL, *shown = NULL;

  if (!field->not_past || info == NULL || !is_changed (self, field->path) ||
      !connector_value_read (field, info, self->body, &value, &problem) || value.kind != ENT_VALUE_INT ||
      value.integer >= self->today)
    return;
  shown = ent_date_display (value.integer, ENT_DISPLAY_SHORT);
  add_rule (self, field, g_strdup_printf (_("“%s” is %s, which has passed; %s wants today or a later day."),
                                          get_label (self, field), shown, self->connector->name));
}

/* A fixed field is never sent again, so an edit of it would stay here alone. */
static void
check_fixed (Check                   *self,
             const EntConnectorField *field)
{
  const EntField *info = field->through == NULL ? ent_connector_field_get_info (field, self->type) : NULL;
  g_auto (EntValue) there = ENT_VALUE_INIT;
  g_autofree char *problem = NULL;

  if (!field->fixed || self->base == NULL || info == NULL || !ent_record_has (self->record, info->index) ||
      !connector_value_read (field, info, self->base, &there, &problem) ||
      ent_value_equal (&there, ent_record_get (self->record, info->index)))
    return;
  add_rule (self, field, g_strdup_printf (_("“%s” cannot be changed any more in %s; set it back."), get_label (self, field),
                                          self->connector->name));
}

static void check_fields (Check     *self,
                          GPtrArray *fields);

/* Each record of a list by the rules of its fields. */
static void
check_records (Check                   *self,
               const EntConnectorField *field,
               JsonNode                *list)
{
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      Check item = *self;

      item.type = ent_schema_lookup (self->type->schema, field->type);
      item.role = field->role;
      item.base = NULL;
      item.changed = NULL;
      item.body = json_array_get_element (json_node_get_array (list), i);
      check_fields (&item, field->fields);
    }
}

static void
check_field (Check                   *self,
             const EntConnectorField *field)
{
  JsonNode *node = ent_json_pointer_get (self->body, field->path);
  g_autofree char *text = node != NULL ? ent_json_dup_text (node) : NULL;

  check_fixed (self, field);
  if (ent_json_is_empty (node))
    {
      check_required (self, field);
      return;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      check_items (self, field, node);
      if (field->kind == ENT_CONNECTOR_RECORDS)
        check_records (self, field, node);
    }
  if (text == NULL)
    return;
  check_length (self, field, text);
  check_form (self, field, text);
  check_range (self, field, text);
  check_day (self, field);
  check_currency (self, field);
}

static void
check_fields (Check     *self,
              GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const EntConnectorField *field = fields->pdata[i];

      if (field->direction != ENT_CONNECTOR_PULL && field->kind != ENT_CONNECTOR_CONSTANT)
        check_field (self, field);
    }
}

/* --- States ------------------------------------------------------------------------------------------------- */

static const EntConnectorField *
find_by_path (const Check *self,
              const char  *path)
{
  for (guint i = 0; i < self->object->fields->len; i++)
    {
      const EntConnectorField *field = self->object->fields->pdata[i];

      if (field->direction != ENT_CONNECTOR_PULL && (g_str_equal (field->path, path) || g_strcmp0 (field->currency, path) == 0))
        return field;
    }
  return NULL;
}

static char **
get_set (GPtrArray  *sets,
         const char *name)
{
  for (guint i = 0; i < sets->len; i++)
    if (g_strcmp0 (((EntConnectorSet *) sets->pdata[i])->name, name) == 0)
      return ((EntConnectorSet *) sets->pdata[i])->values;
  return NULL;
}

static void
check_move (Check                   *self,
            const EntConnectorState *state,
            const char              *from,
            const char              *to)
{
  char **allowed = get_set (state->moves, from);
  const EntConnectorField *field = find_by_path (self, state->path);
  g_autofree char *all = NULL;

  if (allowed == NULL || g_strcmp0 (from, to) == 0 || to == NULL ||
      g_strv_contains ((const char * const *) allowed, to))
    return;
  all = g_strjoinv (", ", allowed);
  add (self, ENT_CONNECTOR_FINDING_ERROR, field != NULL ? g_strdup (field->field) : NULL, state->path,
       *all != '\0' ? g_strdup_printf (_("“%s” of %s cannot go from “%s” to “%s”; choose one of %s."), state->label,
                                       self->connector->name, from, to, all)
                    : g_strdup_printf (_("“%s” of %s is final once it is “%s”; set it back."), state->label,
                                       self->connector->name, from));
}

static gboolean
is_under (const char *path,
          char      **places)
{
  for (char **place = places; *place != NULL; place++)
    if (g_str_has_prefix (path, *place) && strchr ("/", path[strlen (*place)]) != NULL)
      return TRUE;
  return FALSE;
}

static void
check_only (Check                   *self,
            const EntConnectorState *state,
            const char              *now,
            char                   **places)
{
  for (guint i = 0; i < self->changed->len; i++)
    {
      const char *path = self->changed->pdata[i];
      const EntConnectorField *field = find_by_path (self, path);

      if (!is_under (path, places))
        add (self, ENT_CONNECTOR_FINDING_LOCKED, field != NULL ? name_field (self, field) : NULL, path,
             g_strdup_printf (_("%s takes no edit of “%s” while “%s” is “%s”; yours is kept and sent later."),
                              self->connector->name, field != NULL ? get_label (self, field) : path, state->label, now));
    }
}

static void
check_state (Check                   *self,
             const EntConnectorState *state)
{
  JsonNode *before = ent_json_pointer_get (self->base, state->path);
  JsonNode *after = ent_json_pointer_get (self->body, state->path);
  g_autofree char *from = before != NULL ? ent_json_dup_text (before) : NULL;
  g_autofree char *to = after != NULL ? ent_json_dup_text (after) : NULL;
  char **only;

  if (from == NULL)
    return;
  check_move (self, state, from, to);
  only = get_set (state->only, from);
  if (self->changed->len > 0 && state->frozen != NULL && g_strv_contains ((const char * const *) state->frozen, from))
    add (self, ENT_CONNECTOR_FINDING_LOCKED, NULL, state->path,
         g_strdup_printf (_("%s takes no edits while “%s” is “%s”; yours are kept and sent later."), self->connector->name,
                          state->label, from));
  else if (only != NULL)
    check_only (self, state, from, only);
}

/* --- All of it ---------------------------------------------------------------------------------------------- */

static void
add_problems (Check     *self,
              GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const EntConnectorProblem *problem = problems->pdata[i];
      const EntConnectorField *field = find_by_path (self, problem->path);
      gboolean is_advice = problem->is_theirs || (field != NULL && field->advised);

      add (self, is_advice ? ENT_CONNECTOR_FINDING_ADVICE : ENT_CONNECTOR_FINDING_ERROR, g_strdup (problem->field),
           problem->path, g_strdup (problem->sentence));
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const EntConnectorFinding *x = *(EntConnectorFinding * const *) a, *y = *(EntConnectorFinding * const *) b;

  return (int) x->severity - (int) y->severity;
}

GPtrArray *
ent_connector_check_record (const EntConnector       *connector,
                            const EntConnectorObject *object,
                            EntRecord                *record,
                            JsonNode                 *base,
                            gint64                    today,
                            GHashTable               *settings,
                            const EntConnectorLinks  *links)
{
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, record, base, settings, links);
  GPtrArray *findings = g_ptr_array_new_with_free_func (free_finding);
  Check self = { connector, object, ent_record_get_record_type (record), record, base, draft->body,
                 base != NULL ? draft->changed : NULL, NULL, today, findings };

  add_problems (&self, draft->problems);
  check_fields (&self, object->fields);
  for (guint i = 0; base != NULL && i < object->states->len; i++)
    check_state (&self, object->states->pdata[i]);
  g_ptr_array_sort (findings, compare);
  return findings;
}
