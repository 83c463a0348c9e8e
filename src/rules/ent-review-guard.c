/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"
#include "rules/ent-rules-private.h"

#include <glib/gi18n.h>

#include "rules/ent-rules.h"

/* What may not be done with a review: draft → sent → held → signed in this order, numbers that moved after the freeze,
 * signatures of people who were not named. Undo is not asked, so every step can be taken back. */

static const struct
{
  const char *from, *to;
} moves[] = {
  { "draft", "sent" },     { "sent", "held" },        { "held", "signed" }, { "draft", "canceled" },
  { "sent", "canceled" },  { "canceled", "draft" },
};

static const char *
label_of (const EntField *field,
          const char     *value)
{
  const EntChoice *choice = ent_field_lookup_choice (field, value);

  return choice != NULL ? ent_choice_get_label (choice) : value;
}

static gboolean
is_move (const char *from,
         const char *to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_str_equal (moves[i].from, from) && g_str_equal (moves[i].to, to))
      return TRUE;
  return FALSE;
}

/* Who is named and has not signed; "" when all have. (transfer full) */
static char *
missing_signatures (EntTransaction *transaction,
                    EntRecord      *plan)
{
  const EntValue *needed = ent_record_get_named (plan, "sign_off_by");
  const EntValue *given = ent_record_get_named (plan, "signed_off_by");
  g_autoptr (GString) names = g_string_new (NULL);

  for (gint64 i = 0; needed->kind == ENT_VALUE_KEYS && i < needed->integer; i++)
    {
      g_autoptr (EntRecord) person = NULL;
      gboolean has_signed = FALSE;

      for (gint64 k = 0; given->kind == ENT_VALUE_KEYS && k < given->integer; k++)
        has_signed |= given->keys[k] == needed->keys[i];
      if (has_signed || (person = ent_transaction_get (transaction, needed->keys[i], NULL)) == NULL)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", ent_record_get_title (person));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
check_signed (EntTransaction *transaction,
              EntRecord      *plan,
              GError        **error)
{
  g_autofree char *missing = missing_signatures (transaction, plan);

  if (ent_value_is_null (ent_record_get_named (plan, "sign_off_by")))
    return review_refuse (error, _("Nobody is named to sign %s; say first whose sign-off is needed."),
                          ent_record_get_title (plan));
  if (*missing != '\0')
    return review_refuse (error, _("%1$s is signed off once all have signed; missing: %2$s."), ent_record_get_title (plan),
                          missing);
  return TRUE;
}

static gboolean
check_status_cb (EntTransaction  *transaction,
                 EntRecord       *plan,
                 const EntField  *field,
                 const EntValue  *old_value,
                 gpointer         user_data,
                 GError         **error)
{
  gboolean is_new = ent_value_is_null (old_value);
  const char *from = is_new ? "draft" : old_value->text;
  const char *to = ent_record_get_text (plan, "status");

  if (!ent_record_is_review (plan) || to == NULL || g_str_equal (from, to))
    return TRUE;
  /* A review of the past, held before there was this file, is written down as it ended. */
  if (is_new && !g_str_equal (to, "sent"))
    return TRUE;
  if (!is_move (from, to))
    return review_refuse (error, _("A review goes from Draft to Sent to Held to Signed off; %1$s cannot go from %2$s to %3$s."),
                          ent_record_get_title (plan), label_of (field, from), label_of (field, to));
  if (g_str_equal (to, "sent") && ent_value_is_null (ent_record_get_named (plan, "frozen_at")))
    {
      ent_rule_error_set (error, ENT_RULE_ERROR_NOT_FROZEN, ent_record_get_key (plan),
                          _("Freeze the numbers of %s before sending it: what was sent must not move."),
                          ent_record_get_title (plan));
      return FALSE;
    }
  return !g_str_equal (to, "signed") || check_signed (transaction, plan, error);
}

/* --- Frozen ----------------------------------------------------------------------------------------------------- */

static gboolean
check_frozen_cb (EntTransaction  *transaction,
                 EntRecord       *plan,
                 const EntField  *field,
                 const EntValue  *old_value,
                 gpointer         user_data,
                 GError         **error)
{
  gboolean has_snapshot = !ent_value_is_null (ent_record_get_named (plan, "snapshot"));
  gboolean has_time = !ent_value_is_null (ent_record_get_named (plan, "frozen_at"));

  if (!ent_record_is_review (plan))
    return TRUE;
  if (!ent_value_is_null (old_value))
    return review_refuse (error, _("The numbers of %s are frozen and stay as they are; undo takes the freeze back."),
                          ent_record_get_title (plan));
  if (has_snapshot != has_time)
    return review_refuse (error, _("Numbers are frozen by Freeze, which keeps them all at once."));
  return TRUE;
}

static gboolean
check_head_cb (EntTransaction  *transaction,
               EntRecord       *plan,
               const EntField  *field,
               const EntValue  *old_value,
               gpointer         user_data,
               GError         **error)
{
  if (ent_value_is_null (old_value) || ent_value_is_null (ent_record_get_named (plan, "frozen_at")) ||
      ent_value_is_null (ent_record_get_named (plan, "snapshot")))
    return TRUE;
  return review_refuse (error, _("%1$s is frozen, so “%2$s” stays as it is."), ent_record_get_title (plan),
                        ent_field_get_label (field));
}

static gboolean
is_entry (const char *type)
{
  return g_strcmp0 (type, "ask") == 0 || g_strcmp0 (type, "risk") == 0;
}

static gboolean
is_minute (const char *type)
{
  return g_strcmp0 (type, "decision") == 0 || g_strcmp0 (type, "action") == 0;
}

/* A line of a review: blocks, asks, and risks stay after the freeze; decisions and actions belong to the meeting. */
static gboolean
check_item_cb (EntTransaction  *transaction,
               EntRecord       *item,
               const EntField  *field,
               const EntValue  *old_value,
               gpointer         user_data,
               GError         **error)
{
  g_autoptr (EntRecord) plan = ent_transaction_get (transaction, ent_record_get_ref (item, "parent"), NULL);
  const char *type = ent_record_get_text (item, "type");
  const char *status;
  gboolean is_frozen;

  if (plan == NULL || !ent_record_is_review (plan))
    return TRUE;
  status = ent_record_get_text (plan, "status");
  is_frozen = !ent_value_is_null (ent_record_get_named (plan, "snapshot"));
  if (is_frozen && (is_entry (type) || review_item_is_block (item)))
    return review_refuse (error, _("%s is frozen; what it says stays. Write decisions and actions in the meeting."),
                          ent_record_get_title (plan));
  if (is_minute (type) && g_strcmp0 (status, "signed") == 0)
    return review_refuse (error, _("%s is signed off; what came after belongs to the next review."),
                          ent_record_get_title (plan));
  if (is_minute (type) && g_strcmp0 (status, "held") != 0 && ent_value_is_null (old_value))
    return review_refuse (error, _("Decisions and actions are made in the meeting; begin it first (%s)."),
                          ent_record_get_title (plan));
  return TRUE;
}

/* --- Signatures --------------------------------------------------------------------------------------------------- */

static gboolean
has_key (const EntValue *keys,
         EntKey          key)
{
  for (gint64 i = 0; keys->kind == ENT_VALUE_KEYS && i < keys->integer; i++)
    if (keys->keys[i] == key)
      return TRUE;
  return FALSE;
}

static char *
names_of (EntTransaction *transaction,
          const EntValue *keys)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gint64 i = 0; keys->kind == ENT_VALUE_KEYS && i < keys->integer; i++)
    {
      g_autoptr (EntRecord) person = ent_transaction_get (transaction, keys->keys[i], NULL);

      if (person != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", ent_record_get_title (person));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
check_signature_cb (EntTransaction  *transaction,
                    EntRecord       *plan,
                    const EntField  *field,
                    const EntValue  *old_value,
                    gpointer         user_data,
                    GError         **error)
{
  const EntValue *given = ent_record_get (plan, field->index);
  const EntValue *needed = ent_record_get_named (plan, "sign_off_by");
  const char *status = ent_record_get_text (plan, "status");

  if (!ent_record_is_review (plan))
    return TRUE;
  if (g_strcmp0 (status, "held") != 0 && g_strcmp0 (status, "signed") != 0)
    return review_refuse (error, _("%s is signed after the meeting; hold it first."), ent_record_get_title (plan));
  if (needed->kind != ENT_VALUE_KEYS)
    return check_signed (transaction, plan, error);
  for (gint64 i = 0; old_value->kind == ENT_VALUE_KEYS && i < old_value->integer; i++)
    if (!has_key (given, old_value->keys[i]))
      return review_refuse (error, _("A signature under %s is not taken out; undo takes the signing back."),
                            ent_record_get_title (plan));
  for (gint64 i = 0; given->kind == ENT_VALUE_KEYS && i < given->integer; i++)
    if (!has_key (needed, given->keys[i]))
      {
        g_autofree char *named = names_of (transaction, needed);
        g_autoptr (EntRecord) person = ent_transaction_get (transaction, given->keys[i], NULL);

        return review_refuse (error, _("%1$s is not named to sign %2$s; named: %3$s."),
                              person != NULL ? ent_record_get_title (person) : "", ent_record_get_title (plan), named);
      }
  return TRUE;
}

static gboolean
check_signers_cb (EntTransaction  *transaction,
                  EntRecord       *plan,
                  const EntField  *field,
                  const EntValue  *old_value,
                  gpointer         user_data,
                  GError         **error)
{
  if (!ent_record_is_review (plan) || ent_value_is_null (old_value) ||
      g_strcmp0 (ent_record_get_text (plan, "status"), "signed") != 0)
    return TRUE;
  return review_refuse (error, _("%s is signed off; who had to sign stays."), ent_record_get_title (plan));
}

void
ent_review_attach (EntStore *store)
{
  static const char * const head[] = { "kind", "for", "period_start", "period_end", "template" };
  static const char * const lines[] = { "title", "type", "metric", "section", "position", "answer", "parent" };

  ent_store_add_guard (store, "plan", "status", check_status_cb, NULL, NULL);
  ent_store_add_guard (store, "plan", "snapshot", check_frozen_cb, NULL, NULL);
  ent_store_add_guard (store, "plan", "frozen_at", check_frozen_cb, NULL, NULL);
  ent_store_add_guard (store, "plan", "signed_off_by", check_signature_cb, NULL, NULL);
  ent_store_add_guard (store, "plan", "sign_off_by", check_signers_cb, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    ent_store_add_guard (store, "plan", head[i], check_head_cb, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    ent_store_add_guard (store, "plan_item", lines[i], check_item_cb, NULL, NULL);
}
