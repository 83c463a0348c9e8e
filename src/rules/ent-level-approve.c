/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-level-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"

/* A person approves: the level, the decision and the notice to the partner, in one transaction. */

struct _EntLevelApproval
{
  EntKey  partner;
  EntKey  from, to;
  EntKey  ladder;
  char   *label;
  char   *title;  /* of the decision */
  char   *reason; /* what the person said (nullable) */
  char   *rules;  /* what the rules say */
  char   *notice;
};

void
ent_level_approval_free (EntLevelApproval *self)
{
  g_free (self->label);
  g_free (self->title);
  g_free (self->reason);
  g_free (self->rules);
  g_free (self->notice);
  g_free (self);
}

const char *
ent_level_approval_get_label (EntLevelApproval *self)
{
  return self->label;
}

/* --- Words ------------------------------------------------------------------------------------------------------ */

static char *
make_label (const char *partner,
            const char *level,
            int         direction)
{
  return g_strdup_printf (direction > 0 ? _("Upgrade %s to %s") : direction < 0 ? _("Downgrade %s to %s")
                                                                                : _("Start %s as %s"),
                          partner, level);
}

static void
append_results (EntLevels *self,
                guint      partner,
                EntKey     level,
                GString   *text)
{
  g_autoptr (GArray) results = ent_levels_get_results (self, partner, level);

  g_string_append_printf (text, "%s\n", ent_levels_get_level_title (self, level));
  if (results->len == 0)
    g_string_append_printf (text, "%s\n", _("No requirements"));
  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *label = ent_rule_result_label (self, result);
      g_autofree char *value = ent_rule_result_describe (result);

      g_string_append_printf (text, "%s: %s (%s)\n", label, value, ent_met_label (result->met));
    }
}

static char *
describe_rules (EntLevels *self,
                guint      partner,
                EntKey     from,
                EntKey     to)
{
  GString *text = g_string_new (NULL);

  append_results (self, partner, to, text);
  if (from != 0)
    append_results (self, partner, from, text);
  return g_string_free (text, FALSE);
}

static char *
make_notice (EntLevels  *self,
             guint       partner,
             EntKey      from,
             EntKey      to,
             const char *reason)
{
  const char *title = ent_metrics_get_title (self->metrics, partner);
  g_autofree char *today = ent_date_display (ent_metrics_get_today (self->metrics), ENT_DISPLAY_FULL);
  g_autoptr (GPtrArray) benefits = ent_program_get_benefits (ent_levels_get_program (self), to,
                                                             ent_metrics_get_type (self->metrics, partner),
                                                             ent_metrics_get_today (self->metrics));
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("Dear %s team,\n\nas of %s your level in our partner program is **%s**"), title,
                          today, ent_levels_get_level_title (self, to));
  if (from != 0)
    g_string_append_printf (text, _(" (before: %s)"), ent_levels_get_level_title (self, from));
  g_string_append (text, ".\n\n");
  if (reason != NULL)
    g_string_append_printf (text, "%s\n\n", reason);
  if (benefits->len > 0)
    g_string_append_printf (text, "%s\n\n", _("Your benefits:"));
  for (guint i = 0; i < benefits->len; i++)
    {
      const EntProgramRule *benefit = g_ptr_array_index (benefits, i);

      g_string_append_printf (text, "- %s: %s\n", benefit->definition->title, benefit->text != NULL ? benefit->text : "");
    }
  return g_string_free (text, FALSE);
}

static int
get_direction (const EntLadder *ladder,
               EntKey           from,
               EntKey           to)
{
  for (guint i = 0; from != 0 && i < ladder->levels->len; i++)
    {
      EntKey level = ((const EntDefinition *) g_ptr_array_index (ladder->levels, i))->key;

      if (level == to)
        return 1;
      if (level == from)
        return -1;
    }
  return 0;
}

EntLevelApproval *
ent_levels_approve (EntLevels   *self,
                    guint        partner,
                    EntKey       to,
                    const char  *reason,
                    GError     **error)
{
  const EntStanding *standing = ent_levels_get_standing (self, partner);
  const char *title = ent_metrics_get_title (self->metrics, partner);
  const EntLadder *ladder;
  EntLevelApproval *approval;

  if (to == 0)
    to = standing->proposed;
  if (to == 0 || to == standing->current)
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED,
                   _("No change of level is proposed for %s; name the level it should have."), title);
      return NULL;
    }
  ladder = ent_program_find_ladder (ent_levels_get_program (self), to);
  if (ladder == NULL || (standing->current != 0 && ladder != standing->ladder))
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED,
                   ladder == NULL ? _("That is not a level; name one of the program’s levels.")
                                  : _("%s is on another ladder; take its level away first."), title);
      return NULL;
    }
  approval = g_new0 (EntLevelApproval, 1);
  approval->partner = ent_metrics_get_partner (self->metrics, partner);
  approval->from = standing->current;
  approval->to = to;
  approval->ladder = ladder->program;
  approval->label = make_label (title, ent_levels_get_level_title (self, to),
                                get_direction (ladder, standing->current, to));
  approval->title = g_strdup_printf (_("Level: %s → %s"), ent_levels_get_level_title (self, standing->current),
                                     ent_levels_get_level_title (self, to));
  approval->reason = reason != NULL && *reason != '\0' ? g_strdup (reason)
                     : to == standing->proposed ? ent_levels_dup_reason (self, partner) : NULL;
  approval->rules = describe_rules (self, partner, standing->current, to);
  approval->notice = make_notice (self, partner, standing->current, to, approval->reason);
  return approval;
}

/* --- Writing ---------------------------------------------------------------------------------------------------- */

static void
put_text (EntRecord  *record,
          const char *field,
          const char *text)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_text (&value, text);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static void
put_int (EntRecord  *record,
         const char *field,
         gint64      integer)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, integer);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static void
put_keys (EntRecord    *record,
          const char   *field,
          const EntKey *keys,
          gsize         n_keys)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_keys (&value, keys, n_keys);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static gboolean
write_decision (EntLevelApproval  *self,
                EntTransaction    *transaction,
                GError           **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) record = ent_record_new (ent_schema_lookup (schema, "activity"));
  g_autoptr (GString) body = g_string_new (NULL);
  EntKey about[2] = { self->to, self->from };

  g_string_append_printf (body, _("Approved by %s."), ent_transaction_get_author (transaction));
  if (self->reason != NULL)
    g_string_append_printf (body, "\n\n%s", self->reason);
  g_string_append_printf (body, "\n\n%s", self->rules);
  put_text (record, "title", self->title);
  put_text (record, "kind", "decision");
  put_int (record, "at", g_get_real_time ());
  put_keys (record, "orgs", &self->partner, 1);
  put_keys (record, "about", about, self->from != 0 ? 2 : 1);
  put_text (record, "direction", "internal");
  put_text (record, "body", g_strstrip (body->str));
  return ent_transaction_insert (transaction, record, error);
}

static gboolean
write_notice (EntLevelApproval  *self,
              EntTransaction    *transaction,
              GError           **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) partner = ent_transaction_get (transaction, self->partner, error);
  g_autoptr (EntRecord) record = ent_record_new (ent_schema_lookup (schema, "document"));
  g_autofree char *title = NULL;

  if (partner == NULL)
    return FALSE;
  title = g_strdup_printf (_("Notice of level, %s"), ent_record_get_title (partner));
  put_text (record, "title", title);
  put_text (record, "kind", "filled");
  put_text (record, "status", "draft");
  put_text (record, "audience", "partner");
  put_keys (record, "about", &self->partner, 1);
  put_text (record, "body", g_strchomp (self->notice));
  return ent_transaction_insert (transaction, record, error);
}

gboolean
ent_level_approval_write (EntTransaction  *transaction,
                          gpointer         approval,
                          GError         **error)
{
  EntLevelApproval *self = approval;
  EntSchema *schema = ent_transaction_get_schema (transaction);
  const EntField *level = ent_record_type_lookup (ent_schema_lookup (schema, "organization"), "level");
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, self->to);
  return ent_transaction_set (transaction, self->partner, level, &value, error) &&
         write_decision (self, transaction, error) && write_notice (self, transaction, error);
}
