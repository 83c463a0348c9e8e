/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-onboard-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"

/* Starting a run: one transaction makes the plan, its items, and moves the partner on. */

/* --- What is asked for ------------------------------------------------------------------------------------ */

static gboolean
check_partner (EntRecord *partner,
               GError   **error)
{
  const EntValue *roles = ent_record_get_named (partner, "roles");

  if (!g_str_equal (ent_record_get_record_type (partner)->info->name, "organization") ||
      roles->kind != ENT_VALUE_LIST || !g_strv_contains ((const char * const *) roles->list, "partner"))
    {
      ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (partner),
                          _("%s is not a partner; add the role Partner first."), ent_record_get_title (partner));
      return FALSE;
    }
  return TRUE;
}

/* The first one by rank that is for such partners; one that names their type comes before one for all. */
static EntRecord *
choose_template (const EntOnboardSource *source,
                 const EntOnboardStart  *start,
                 EntRecord              *partner,
                 GError                **error)
{
  const char *partner_type = ent_record_get_text (partner, "partner_type");
  g_autoptr (GPtrArray) templates = NULL;
  EntRecord *chosen = NULL;

  if (start->template != 0)
    return ent_onboard_get (source, start->template, error);
  templates = ent_onboard_find_templates (source, *start->kind != '\0' ? start->kind : "onboarding", error);
  for (guint i = 0; templates != NULL && i < templates->len; i++)
    {
      EntRecord *template = g_ptr_array_index (templates, i);
      const EntValue *types = ent_record_get_named (template, "applies_to_type");

      if (ent_value_is_null (types) && chosen == NULL)
        chosen = template;
      else if (types->kind == ENT_VALUE_LIST && partner_type != NULL &&
               g_strv_contains ((const char * const *) types->list, partner_type))
        return g_object_ref (template);
    }
  if (chosen == NULL && templates != NULL)
    ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (partner),
                        _("There is no active template for %s; add a checklist with “Makes plans of kind”."),
                        ent_record_get_title (partner));
  return chosen != NULL ? g_object_ref (chosen) : NULL;
}

static gboolean
check_template (EntRecord *template,
                GError   **error)
{
  if (g_str_equal (ent_record_get_record_type (template)->info->name, "program") &&
      ent_onboard_is (template, "kind", "checklist") && ent_record_get_text (template, "plan_kind") != NULL)
    return TRUE;
  ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (template),
                      _("%s is no template; choose a checklist with “Makes plans of kind”."),
                      ent_record_get_title (template));
  return FALSE;
}

static gboolean
check_no_other_run (const EntOnboardSource *source,
                    EntRecord              *partner,
                    const char             *kind,
                    GError                **error)
{
  g_autoptr (GPtrArray) plans =
    ent_onboard_get_referrers (source, ent_record_get_key (partner), "plan", "for", error);

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      EntRecord *plan = g_ptr_array_index (plans, i);

      if (!ent_onboard_is (plan, "kind", kind) || ent_onboard_is (plan, "status", "done") ||
          ent_onboard_is (plan, "status", "canceled"))
        continue;
      ent_rule_error_set (error, ENT_RULE_ERROR_RUNNING, ent_record_get_key (plan),
                          _("%s is under way already (%s); finish or cancel it first."), ent_record_get_title (plan),
                          ent_record_get_code (plan));
      return FALSE;
    }
  return plans != NULL;
}

/* A partner without a level is treated as one of the lowest, which is the entry. */
static EntKey
find_level (const EntOnboardSource *source,
            EntRecord              *partner)
{
  EntKey level = ent_record_get_ref (partner, "level");

  return level != 0 ? level : ent_onboard_lowest_level (source);
}

static GPtrArray *
choose_lines (const EntOnboardSource *source,
              EntRecord              *template,
              EntRecord              *partner,
              GError                **error)
{
  g_autoptr (GPtrArray) all =
    ent_onboard_get_children (source, ent_record_get_key (template), "program_rule", error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *circle = NULL;

  if (all == NULL)
    return NULL;
  lines = ent_onboard_select_lines (all, ent_record_get_text (partner, "partner_type"),
                                    find_level (source, partner));
  circle = ent_onboard_find_circle (lines, "text");
  if (circle != NULL)
    ent_rule_error_set (error, ENT_RULE_ERROR_CIRCLE, ent_record_get_key (template),
                        _("Items of “%s” wait for each other: %s. Take one of these dependencies out."),
                        ent_record_get_title (template), circle);
  else if (lines->len == 0)
    ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (template),
                        _("“%s” has no items for %s; add some, or choose another template."),
                        ent_record_get_title (template), ent_record_get_title (partner));
  else
    return g_steal_pointer (&lines);
  return NULL;
}

/* --- Making it ---------------------------------------------------------------------------------------------- */

static gint64
find_length (GPtrArray *lines)
{
  gint64 length = 0;

  for (guint i = 0; i < lines->len; i++)
    length = MAX (length, ent_record_get_int (g_ptr_array_index (lines, i), "day_to", 0));
  return length;
}

static EntRecord *
make_plan (EntTransaction  *transaction,
           EntOnboardStart *start,
           EntRecord       *partner,
           EntRecord       *template,
           GPtrArray       *lines,
           GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "plan");
  g_autoptr (EntRecord) plan = ent_record_new (type);
  const char *kind = ent_record_get_text (template, "plan_kind");
  g_autofree char *title =
    g_strdup_printf (g_str_equal (kind, "onboarding") ? _("Onboarding, %s") : _("Enablement, %s"),
                     ent_record_get_title (partner));

  if (start->owner == 0)
    start->owner = ent_record_get_ref (partner, "partner_manager");
  ent_onboard_set_word (plan, "title", title);
  ent_onboard_set_word (plan, "kind", kind);
  ent_onboard_set_word (plan, "status", "active");
  ent_onboard_set_int (plan, "for", ent_record_get_key (partner));
  ent_onboard_set_int (plan, "template", ent_record_get_key (template));
  ent_onboard_set_int (plan, "period_start", start->start);
  ent_onboard_set_int (plan, "period_end", start->start + find_length (lines));
  if (start->owner != 0)
    ent_onboard_set_int (plan, "owner", start->owner);
  if (start->buddy != 0)
    ent_onboard_set_int (plan, "buddy", start->buddy);
  if (!ent_transaction_insert (transaction, plan, error))
    return NULL;
  start->plan = ent_record_get_key (plan);
  return g_steal_pointer (&plan);
}

gboolean
ent_onboard_link_items (EntTransaction *transaction,
                        GPtrArray      *lines,
                        GPtrArray      *items,
                        GError        **error)
{
  for (guint i = 0; i < lines->len; i++)
    {
      EntRecord *item = g_ptr_array_index (items, i);
      g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
      g_auto (EntValue) value = ENT_VALUE_INIT;

      for (guint k = 0; k < lines->len; k++)
        if (ent_onboard_has_key (g_ptr_array_index (lines, i), "depends_on",
                                 ent_record_get_key (g_ptr_array_index (lines, k))))
          {
            EntKey key = ent_record_get_key (g_ptr_array_index (items, k));

            g_array_append_val (keys, key);
          }
      if (keys->len == 0)
        continue;
      ent_value_set_keys (&value, (const EntKey *) keys->data, keys->len);
      ent_record_take (item, ent_record_type_lookup (ent_record_get_record_type (item), "depends_on")->index, &value);
      if (!ent_transaction_update (transaction, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_items (EntTransaction        *transaction,
            const EntOnboardStart *start,
            GPtrArray             *lines,
            GError               **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "plan_item");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      EntRecord *item = ent_record_new (type);

      g_ptr_array_add (items, item);
      ent_onboard_fill_item (item, g_ptr_array_index (lines, i), start->start);
      ent_onboard_set_int (item, "parent", start->plan);
      ent_onboard_set_int (item, "position", i);
      if (start->owner != 0)
        ent_onboard_set_int (item, "owner", start->owner);
      if (!ent_transaction_insert (transaction, item, error))
        return FALSE;
    }
  return ent_onboard_link_items (transaction, lines, items, error);
}

static gboolean
move_partner_on (EntTransaction *transaction,
                 EntRecord      *partner,
                 GError        **error)
{
  static const char * const before[] = { "identified", "contacted", "discovery", "evaluated", "agreement", NULL };
  const char *lifecycle = ent_record_get_text (partner, "lifecycle");

  if (lifecycle != NULL && !g_strv_contains (before, lifecycle))
    return TRUE;
  ent_onboard_set_word (partner, "lifecycle", "onboarding");
  return ent_transaction_update (transaction, partner, error);
}

gboolean
ent_onboard_start (EntTransaction *transaction,
                   gpointer        data,
                   GError        **error)
{
  EntOnboardStart *start = data;
  const EntOnboardSource source = { .transaction = transaction };
  g_autoptr (EntRecord) partner = ent_transaction_get (transaction, start->partner, error);
  g_autoptr (EntRecord) template = NULL;
  g_autoptr (EntRecord) plan = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (partner == NULL || !check_partner (partner, error) ||
      (template = choose_template (&source, start, partner, error)) == NULL || !check_template (template, error) ||
      !check_no_other_run (&source, partner, ent_record_get_text (template, "plan_kind"), error) ||
      (lines = choose_lines (&source, template, partner, error)) == NULL ||
      (plan = make_plan (transaction, start, partner, template, lines, error)) == NULL ||
      !make_items (transaction, start, lines, error))
    return FALSE;
  start->n_items = lines->len;
  return !ent_onboard_is (plan, "kind", "onboarding") || move_partner_on (transaction, partner, error);
}
