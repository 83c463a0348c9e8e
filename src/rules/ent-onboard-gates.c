/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"

/* Gates: items that let nothing pass until a condition holds. What the condition is (`metric`) and how much it asks for
 * (`threshold`, `threshold_text`, `window_months`) is in the line of the template, read as it is now. */

typedef struct
{
  const EntOnboardSource *source;
  const EntOnboardRun    *run;
  EntRecord              *partner;
  EntRecord              *line;
  EntGate                *gate;
} GateCheck;

void
ent_gate_free (EntGate *self)
{
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self->reason);
  g_free (self);
}

const char *
ent_gate_state_get_label (EntGateState state)
{
  static const char * const labels[] =
    { N_("Done"), N_("Met"), N_("To be decided"), N_("Waiting"), N_("Not met") };

  return _(labels[state]);
}

const char *
ent_gate_state_get_name (EntGateState state)
{
  static const char * const names[] = { "done", "met", "decide", "waiting", "not_met" };

  return names[state];
}

static void
refuse (GateCheck  *check,
        int         code,
        const char *format,
        ...) G_GNUC_PRINTF (3, 4);

static void
refuse (GateCheck  *check,
        int         code,
        const char *format,
        ...)
{
  va_list args;

  va_start (args, format);
  check->gate->state = ENT_GATE_NOT_MET;
  check->gate->code = code;
  check->gate->reason = g_strdup_vprintf (format, args);
  va_end (args);
}

/* --- Conditions ------------------------------------------------------------------------------------------ */

static gboolean
check_agreement (GateCheck *check,
                 GError   **error)
{
  const char *kinds = ent_record_get_text (check->line, "threshold_text");
  EntKey partner = ent_record_get_key (check->partner);
  g_autoptr (GPtrArray) agreements =
    ent_onboard_get_referrers (check->source, partner, "agreement", "counterparty", error);
  gboolean found = FALSE;

  for (guint i = 0; agreements != NULL && i < agreements->len; i++)
    {
      EntRecord *agreement = g_ptr_array_index (agreements, i);
      gboolean in_force = ent_onboard_is (agreement, "status", "active") ||
                          ent_onboard_is (agreement, "status", "expiring");

      if (!ent_onboard_lists (kinds, ent_record_get_text (agreement, "kind")))
        continue;
      found |= in_force;
      ent_why_add (check->gate->why, ent_record_get_title (agreement), in_force ? _("In force") : _("Not in force"), NULL,
                   ent_record_get_key (agreement));
    }
  if (agreements != NULL && !found)
    refuse (check, ent_onboard_lists (kinds, "nda") ? ENT_RULE_ERROR_NEEDS_NDA : ENT_RULE_ERROR_NEEDS_AGREEMENT,
            ent_onboard_lists (kinds, "nda")
              ? _("%s has no NDA in force; add it, or set the status of one to Active.")
              : _("%s has no agreement in force; add it, or set the status of one to Active."),
            ent_record_get_title (check->partner));
  return agreements != NULL;
}

static gboolean
check_intake (GateCheck *check,
              GError   **error)
{
  const EntRecordType *type = ent_record_get_record_type (check->partner);
  g_auto (GStrv) names = g_strsplit (ent_record_get_text (check->line, "threshold_text") != NULL
                                       ? ent_record_get_text (check->line, "threshold_text") : "", ";", -1);
  gint64 wanted = ent_record_get_int (check->line, "threshold", 0) / 100;
  g_autoptr (GPtrArray) people =
    ent_onboard_get_referrers (check->source, ent_record_get_key (check->partner), "person", "org", error);
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *n_people = NULL;
  g_autofree char *n_wanted = NULL;

  if (people == NULL)
    return FALSE;
  for (char **name = names; *name != NULL; name++)
    {
      const EntField *field = ent_record_type_lookup (type, g_strstrip (*name));
      gboolean is_set = field != NULL && !ent_value_is_null (ent_record_get (check->partner, field->index));

      if (field == NULL)
        continue;
      ent_why_add (check->gate->why, ent_field_get_label (field), is_set ? _("Known") : _("Missing"), NULL,
                   is_set ? 0 : ent_record_get_key (check->partner));
      if (!is_set)
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", ent_field_get_label (field));
    }
  n_people = g_strdup_printf ("%u", people->len);
  n_wanted = g_strdup_printf (_("at least %d"), (int) wanted);
  if (wanted > 0)
    ent_why_add (check->gate->why, _("Contacts"), n_people, n_wanted, 0);
  if ((gint64) people->len < wanted)
    g_string_append_printf (missing, "%s%s (%u/%d)", missing->len > 0 ? ", " : "", _("Contacts"), people->len,
                            (int) wanted);
  if (missing->len > 0)
    refuse (check, ENT_RULE_ERROR_NEEDS_INTAKE, _("The intake of %s is not complete; add: %s."),
            ent_record_get_title (check->partner), missing->str);
  return TRUE;
}

static EntRecord *
find_latest (GPtrArray  *assessments,
             const char *kind)
{
  EntRecord *latest = NULL;

  for (guint i = 0; i < assessments->len; i++)
    {
      EntRecord *record = g_ptr_array_index (assessments, i);

      if (ent_onboard_is (record, "kind", kind) && !ent_onboard_is (record, "result", "in_progress") &&
          (latest == NULL || ent_record_get_int (record, "at", 0) >= ent_record_get_int (latest, "at", 0)))
        latest = record;
    }
  return latest;
}

static gboolean
has_run_out (EntRecord *assessment,
             EntRecord *line,
             gint64     today)
{
  gint64 months = ent_record_get_int (line, "window_months", 0);
  gint64 at = ent_onboard_get_date (assessment, "at");
  gint64 expires = ent_onboard_get_date (assessment, "expires_on");

  if (expires != ENT_ONBOARD_NO_DATE && expires < today)
    return TRUE;
  return months > 0 && at != ENT_ONBOARD_NO_DATE && at < today - months * 365 / 12;
}

static gboolean
check_questionnaire (GateCheck *check,
                     GError   **error)
{
  EntKey partner = ent_record_get_key (check->partner);
  const char *accepted = ent_record_get_text (check->line, "threshold_text");
  g_autoptr (GPtrArray) assessments = ent_onboard_get_referrers (check->source, partner, "assessment", "subject", error);
  EntRecord *latest = assessments != NULL ? find_latest (assessments, "security_questionnaire") : NULL;
  const EntField *field;
  g_autofree char *result = NULL;
  g_autofree char *at = NULL;

  if (assessments == NULL)
    return FALSE;
  if (latest == NULL)
    {
      refuse (check, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE,
              _("%s has not answered a security questionnaire; add its result."), ent_record_get_title (check->partner));
      return TRUE;
    }
  field = ent_record_type_lookup (ent_record_get_record_type (latest), "result");
  result = ent_value_display (field, ent_record_get (latest, field->index), ENT_DISPLAY_SHORT, NULL, NULL);
  at = ent_date_display (ent_record_get_int (latest, "at", 0), ENT_DISPLAY_SHORT);
  ent_why_add (check->gate->why, ent_record_get_title (latest), result, at, ent_record_get_key (latest));
  if (!ent_onboard_lists (accepted, ent_record_get_text (latest, "result")))
    refuse (check, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE,
            _("The security questionnaire of %s came out as “%s”; remediate what it found, and add the result of the next "
              "one."),
            ent_record_get_title (check->partner), result);
  else if (has_run_out (latest, check->line, check->run->today))
    refuse (check, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE,
            _("The security questionnaire of %s, of %s, has run out; repeat it, and add the result."),
            ent_record_get_title (check->partner), at);
  return TRUE;
}

static gboolean
check_technical_contact (GateCheck *check,
                         GError   **error)
{
  EntKey contact = ent_record_get_ref (check->partner, "named_technical_contact");
  g_autoptr (EntRecord) person = contact != 0 ? ent_onboard_get (check->source, contact, NULL) : NULL;

  if (person != NULL && ent_value_is_null (ent_record_get (person, ENT_COMMON_DELETED_AT)))
    ent_why_add (check->gate->why, _("Technical contact"), ent_record_get_title (person), NULL, contact);
  else
    refuse (check, ENT_RULE_ERROR_NEEDS_CONTACT, _("%s has no technical contact; choose a person."),
            ent_record_get_title (check->partner));
  return TRUE;
}

static gboolean
holds_certificate (GateCheck  *check,
                   EntRecord  *person,
                   const char *name,
                   GError    **error)
{
  g_autoptr (GPtrArray) assessments =
    ent_onboard_get_referrers (check->source, ent_record_get_key (person), "assessment", "subject", error);

  for (guint i = 0; assessments != NULL && i < assessments->len; i++)
    {
      EntRecord *record = g_ptr_array_index (assessments, i);

      if (ent_onboard_is (record, "kind", "certification") && ent_onboard_is (record, "result", "pass") &&
          (name == NULL || g_str_has_prefix (ent_record_get_title (record), name)) &&
          !has_run_out (record, check->line, check->run->today))
        {
          ent_why_add (check->gate->why, ent_record_get_title (record), _("Valid"), NULL, ent_record_get_key (record));
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
check_certificates (GateCheck *check,
                    GError   **error)
{
  const char *name = ent_record_get_text (check->line, "threshold_text");
  gint64 wanted = ent_record_get_int (check->line, "threshold", 100) / 100;
  gint64 n = 0;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) people =
    ent_onboard_get_referrers (check->source, ent_record_get_key (check->partner), "person", "org", error);

  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len && failure == NULL; i++)
    n += holds_certificate (check, g_ptr_array_index (people, i), name, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (n < wanted)
    refuse (check, ENT_RULE_ERROR_NEEDS_CERTIFICATE,
            _("%d of %d people at %s hold a valid certificate (%s); add the ones that are missing."), (int) n, (int) wanted,
            ent_record_get_title (check->partner), name != NULL ? name : _("any"));
  return TRUE;
}

static const struct
{
  const char *metric;
  gboolean  (*check) (GateCheck *check,
                      GError   **error);
} conditions[] = {
  { "agreement_in_force", check_agreement },
  { "intake", check_intake },
  { "security_questionnaire", check_questionnaire },
  { "technical_contact", check_technical_contact },
  { "certified_people", check_certificates },
};

/* --- A gate ------------------------------------------------------------------------------------------------ */

static gboolean
check_condition (GateCheck *check,
                 GError   **error)
{
  const char *metric = check->line != NULL ? ent_record_get_text (check->line, "metric") : NULL;

  check->gate->state = ENT_GATE_DECIDE;
  for (gsize i = 0; i < G_N_ELEMENTS (conditions) && check->partner != NULL; i++)
    if (g_strcmp0 (conditions[i].metric, metric) == 0)
      {
        check->gate->state = ENT_GATE_MET;
        return conditions[i].check (check, error);
      }
  return TRUE;
}

/* Only an item whose condition could be met waits: what is missing is the more useful thing to know. */
static void
check_dependencies (GateCheck *check)
{
  const EntOnboardItem *item = ent_onboard_run_get (check->run, check->gate->item);
  const char *first = NULL;

  for (guint d = 0; d < item->depends->len; d++)
    {
      const EntOnboardItem *other = ent_onboard_run_get (check->run, g_array_index (item->depends, guint, d));

      ent_why_add (check->gate->why, other->title, other->is_open ? _("Open") : _("Done"), _("comes first"), other->key);
      if (other->is_open && first == NULL)
        first = other->title;
    }
  if (first == NULL || check->gate->state == ENT_GATE_NOT_MET)
    return;
  check->gate->state = ENT_GATE_WAITING;
  check->gate->code = ENT_RULE_ERROR_WAITS;
  check->gate->reason = g_strdup_printf (_("“%s” waits for “%s”; do that first."), item->title, first);
}

static EntRecord *
find_line (const EntOnboardRun *run,
           EntRecord           *item)
{
  EntKey key = ent_record_get_ref (item, "line");

  for (guint i = 0; run->lines != NULL && key != 0 && i < run->lines->len; i++)
    if (ent_record_get_key (g_ptr_array_index (run->lines, i)) == key)
      return g_ptr_array_index (run->lines, i);
  return NULL;
}

static EntGate *
look_at (const EntOnboardSource *source,
         const EntOnboardRun    *run,
         EntRecord              *partner,
         guint                   index,
         GError                **error)
{
  const EntOnboardItem *item = ent_onboard_run_get (run, index);
  g_autoptr (EntGate) gate = g_new0 (EntGate, 1);
  GateCheck check = { source, run, partner, find_line (run, item->record), gate };

  gate->item = index;
  gate->why = ent_why_new (item->title, NULL);
  if (!check_condition (&check, error))
    return NULL;
  check_dependencies (&check);
  if (!item->is_open)
    gate->state = ENT_GATE_DONE;
  if (gate->reason != NULL)
    ent_why_set_note (gate->why, gate->reason);
  return g_steal_pointer (&gate);
}

static gboolean
get_partner (const EntOnboardSource *source,
             const EntOnboardRun    *run,
             EntRecord             **partner,
             GError                **error)
{
  EntKey key = ent_onboard_get_partner (run->plan);

  *partner = key != 0 ? ent_onboard_get (source, key, error) : NULL;
  return key == 0 || *partner != NULL;
}

EntGate *
ent_onboard_check_gate (const EntOnboardSource *source,
                        const EntOnboardRun    *run,
                        guint                   item,
                        GError                **error)
{
  g_autoptr (EntRecord) partner = NULL;

  if (!get_partner (source, run, &partner, error))
    return NULL;
  return look_at (source, run, partner, item, error);
}

GPtrArray *
ent_onboard_check_gates (const EntOnboardSource *source,
                         const EntOnboardRun    *run,
                         GError                **error)
{
  g_autoptr (GPtrArray) gates = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_gate_free);
  g_autoptr (EntRecord) partner = NULL;

  if (!get_partner (source, run, &partner, error))
    return NULL;
  for (guint i = 0; i < run->items->len; i++)
    {
      EntGate *gate;

      if (!ent_onboard_run_get (run, i)->is_gate)
        continue;
      gate = look_at (source, run, partner, i, error);
      if (gate == NULL)
        return NULL;
      g_ptr_array_add (gates, gate);
    }
  return g_steal_pointer (&gates);
}
