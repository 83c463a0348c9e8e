/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-rules.h"

/* The steps of a review, each one transaction: freeze, send, hold, decide, act, sign. Whether a step may be taken is
 * the guards' business (ent-review-guard.c), so that a form that sets the same fields is refused alike. */

EntReviewChange *
ent_review_change_new (EntReviewStep step,
                       EntKey        review,
                       gint64        now)
{
  EntReviewChange *self = g_new0 (EntReviewChange, 1);

  self->step = step;
  self->review = review;
  self->now = now;
  self->due = ENT_REVIEW_UNKNOWN;
  return self;
}

void
ent_review_change_free (gpointer data)
{
  EntReviewChange *self = data;

  g_clear_pointer (&self->signers, g_array_unref);
  g_free (self->zone);
  g_free (self->text);
  g_free (self->snapshot);
  g_free (self);
}

gboolean
review_refuse (GError    **error,
               const char *format,
               ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, message);
  return FALSE;
}

/* Takes the parts of a step that are written with the plan itself. */
static gboolean
freeze (EntTransaction  *transaction,
        EntReviewChange *change,
        EntRecord       *plan,
        GError         **error)
{
  if (!ent_value_is_null (ent_record_get_named (plan, "frozen_at")))
    return review_refuse (error, _("The numbers of %s are frozen already."), ent_record_get_title (plan));
  if (g_strcmp0 (ent_record_get_text (plan, "status"), "canceled") == 0)
    return review_refuse (error, _("%s is canceled; set it back to Draft first."), ent_record_get_title (plan));
  review_set_text (plan, "snapshot", change->snapshot);
  review_set_int (plan, "frozen_at", change->now);
  return ent_transaction_update (transaction, plan, error);
}

static gboolean
send_it (EntTransaction  *transaction,
         EntReviewChange *change,
         EntRecord       *plan,
         GError         **error)
{
  review_set_text (plan, "status", "sent");
  review_set_int (plan, "sent_at", change->now);
  return ent_transaction_update (transaction, plan, error) &&
         review_finish_preread (transaction, change->review, change->now / G_TIME_SPAN_DAY, error);
}

/* The meeting is also an activity, so that the partner's last contact is right. */
static gboolean
add_meeting (EntTransaction  *transaction,
             EntReviewChange *change,
             EntRecord       *plan,
             GError         **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) meeting = ent_record_new (ent_schema_lookup (schema, "activity"));
  const EntField *orgs = ent_record_type_lookup (ent_record_get_record_type (meeting), "orgs");
  const EntField *about = ent_record_type_lookup (ent_record_get_record_type (meeting), "about");
  const EntField *people = ent_record_type_lookup (ent_record_get_record_type (meeting), "participants");
  g_auto (EntValue) partner_value = ENT_VALUE_INIT;
  g_auto (EntValue) plan_value = ENT_VALUE_INIT;
  EntKey partner = ent_record_get_ref (plan, "for");

  review_set_text (meeting, "title", ent_record_get_title (plan));
  review_set_text (meeting, "kind", "meeting");
  review_set_int (meeting, "at", change->now);
  review_set_text (meeting, "timezone", ent_record_get_text (plan, "timezone"));
  if (partner != 0 && ent_transaction_exists (transaction, partner))
    {
      ent_value_set_keys (&partner_value, &partner, 1);
      ent_record_take (meeting, orgs->index, &partner_value);
    }
  ent_value_set_keys (&plan_value, &change->review, 1);
  ent_record_take (meeting, about->index, &plan_value);
  ent_record_set (meeting, people->index, ent_record_get_named (plan, "participants"));
  return ent_transaction_insert (transaction, meeting, error);
}

static gboolean
hold (EntTransaction  *transaction,
      EntReviewChange *change,
      EntRecord       *plan,
      GError         **error)
{
  review_set_text (plan, "status", "held");
  return ent_transaction_update (transaction, plan, error) && add_meeting (transaction, change, plan, error);
}

static gboolean
cancel (EntTransaction  *transaction,
        EntReviewChange *change,
        EntRecord       *plan,
        GError         **error)
{
  review_set_text (plan, "status", "canceled");
  return ent_transaction_update (transaction, plan, error);
}

/* --- Entries -------------------------------------------------------------------------------------------------------- */

static gint64
next_position (EntTransaction *transaction,
               EntKey          plan)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "plan_item");
  g_autoptr (GPtrArray) items = ent_transaction_get_children (transaction, plan, type, NULL);
  gint64 position = 0;

  for (guint i = 0; items != NULL && i < items->len; i++)
    position = MAX (position, ent_record_get_int (g_ptr_array_index (items, i), "position", 0) + 1);
  return position;
}

static EntRecord *
add_item (EntTransaction  *transaction,
          EntReviewChange *change,
          const char      *type,
          EntKey           owner,
          GError         **error)
{
  g_autoptr (EntRecord) item = ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "plan_item"));

  if (change->text == NULL || *change->text == '\0')
    {
      review_refuse (error, _("Write what it is about."));
      return NULL;
    }
  review_set_int (item, "parent", change->review);
  review_set_int (item, "position", next_position (transaction, change->review));
  review_set_text (item, "type", type);
  review_set_text (item, "title", change->text);
  if (owner != 0)
    review_set_int (item, "owner", owner);
  if (change->due != ENT_REVIEW_UNKNOWN)
    review_set_int (item, "due", change->due);
  if (g_str_equal (type, "decision"))
    {
      review_set_text (item, "status", "done");
      review_set_int (item, "done_on", change->now / G_TIME_SPAN_DAY);
    }
  if (!ent_transaction_insert (transaction, item, error))
    return NULL;
  change->made = ent_record_get_key (item);
  return g_steal_pointer (&item);
}

static gboolean
act (EntTransaction  *transaction,
     EntReviewChange *change,
     EntRecord       *plan,
     GError         **error)
{
  EntKey owner = change->person != 0 ? change->person : ent_record_get_ref (plan, "owner");
  EntKey partner = ent_record_get_ref (plan, "for");
  g_autoptr (EntRecord) task = ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "task"));
  g_autoptr (EntRecord) item = NULL;

  if (change->due != ENT_REVIEW_UNKNOWN && change->due < change->now / G_TIME_SPAN_DAY)
    return review_refuse (error, _("The action would be due before today; choose a later date."));
  item = add_item (transaction, change, "action", owner, error);
  if (item == NULL)
    return FALSE;
  review_set_text (task, "title", change->text);
  if (change->due != ENT_REVIEW_UNKNOWN)
    review_set_int (task, "due", change->due);
  if (owner != 0)
    review_set_int (task, "assignee", owner);
  if (partner != 0 && ent_transaction_exists (transaction, partner))
    review_set_int (task, "about", partner);
  review_set_int (task, "plan_item", ent_record_get_key (item));
  if (!ent_transaction_insert (transaction, task, error))
    return FALSE;
  change->made = ent_record_get_key (task);
  return TRUE;
}

static gboolean
add_entry (EntTransaction  *transaction,
           EntReviewChange *change,
           const char      *type,
           GError         **error)
{
  g_autoptr (EntRecord) item = add_item (transaction, change, type, 0, error);

  return item != NULL;
}

/* --- Signing -------------------------------------------------------------------------------------------------------- */

static gboolean
holds (const EntValue *keys,
       EntKey          key)
{
  for (gint64 i = 0; keys->kind == ENT_VALUE_KEYS && i < keys->integer; i++)
    if (keys->keys[i] == key)
      return TRUE;
  return FALSE;
}

static gboolean
all_signed (const EntValue *needed,
            const EntValue *signed_by)
{
  if (needed->kind != ENT_VALUE_KEYS)
    return FALSE;
  for (gint64 i = 0; i < needed->integer; i++)
    if (!holds (signed_by, needed->keys[i]))
      return FALSE;
  return TRUE;
}

static gboolean
sign (EntTransaction  *transaction,
      EntReviewChange *change,
      EntRecord       *plan,
      GError         **error)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (plan), "signed_off_by");
  const EntValue *before = ent_record_get (plan, field->index);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_auto (EntValue) after = ENT_VALUE_INIT;

  if (holds (before, change->person))
    return review_refuse (error, _("%s was signed by this person already."), ent_record_get_title (plan));
  if (before->kind == ENT_VALUE_KEYS)
    g_array_append_vals (keys, before->keys, (guint) before->integer);
  g_array_append_val (keys, change->person);
  ent_value_set_keys (&after, (const EntKey *) (gpointer) keys->data, keys->len);
  ent_record_take (plan, field->index, &after);
  if (all_signed (ent_record_get_named (plan, "sign_off_by"), ent_record_get (plan, field->index)))
    {
      review_set_text (plan, "status", "signed");
      review_set_int (plan, "signed_off_at", change->now);
      review_set_int (plan, "done_on", change->now / G_TIME_SPAN_DAY);
    }
  return ent_transaction_update (transaction, plan, error);
}

/* --- Blocks --------------------------------------------------------------------------------------------------------- */

static gboolean
write_text (EntTransaction  *transaction,
            EntReviewChange *change,
            GError         **error)
{
  g_autoptr (EntRecord) item = ent_transaction_get (transaction, change->item, error);

  if (item == NULL)
    return FALSE;
  review_set_text (item, "answer", change->text);
  return ent_transaction_update (transaction, item, error);
}

static gboolean
remove_item (EntTransaction  *transaction,
             EntReviewChange *change,
             EntRecord       *plan,
             GError         **error)
{
  if (!ent_value_is_null (ent_record_get_named (plan, "frozen_at")))
    return review_refuse (error, _("%s is frozen; what it says stays."), ent_record_get_title (plan));
  return ent_transaction_delete (transaction, change->item, error);
}

/* Changes places with the block before or after it; entries keep theirs. */
static gboolean
shift (EntTransaction  *transaction,
       EntReviewChange *change,
       GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "plan_item");
  g_autoptr (GPtrArray) items = ent_transaction_get_children (transaction, change->review, type, error);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  guint at = G_MAXUINT;
  EntRecord *one, *other;
  gint64 position;

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (review_item_is_block (g_ptr_array_index (items, i)))
      {
        if (ent_record_get_key (g_ptr_array_index (items, i)) == change->item)
          at = blocks->len;
        g_ptr_array_add (blocks, g_ptr_array_index (items, i));
      }
  if (at == G_MAXUINT || (gint64) at + change->shift < 0 || (gint64) at + change->shift >= blocks->len)
    return items != NULL; /* at the end already: nothing to do */
  one = g_ptr_array_index (blocks, at);
  other = g_ptr_array_index (blocks, at + (guint) change->shift);
  position = ent_record_get_int (one, "position", 0);
  review_set_int (one, "position", ent_record_get_int (other, "position", 0));
  review_set_int (other, "position", position);
  return ent_transaction_update (transaction, one, error) && ent_transaction_update (transaction, other, error);
}

/* --- All of them ---------------------------------------------------------------------------------------------------- */

static gboolean
apply_to (EntTransaction  *transaction,
          EntReviewChange *change,
          EntRecord       *plan,
          GError         **error)
{
  switch (change->step)
    {
    case ENT_REVIEW_RESCHEDULE:
      return review_reschedule_apply (transaction, change, plan, error);
    case ENT_REVIEW_FREEZE:
      return freeze (transaction, change, plan, error);
    case ENT_REVIEW_SEND:
      return send_it (transaction, change, plan, error);
    case ENT_REVIEW_HOLD:
      return hold (transaction, change, plan, error);
    case ENT_REVIEW_DECIDE:
      return add_entry (transaction, change, "decision", error);
    case ENT_REVIEW_ACT:
      return act (transaction, change, plan, error);
    case ENT_REVIEW_ASK:
      return add_entry (transaction, change, "ask", error);
    case ENT_REVIEW_RISK:
      return add_entry (transaction, change, "risk", error);
    case ENT_REVIEW_SIGN:
      return sign (transaction, change, plan, error);
    case ENT_REVIEW_CANCEL:
      return cancel (transaction, change, plan, error);
    case ENT_REVIEW_WRITE:
      return write_text (transaction, change, error);
    case ENT_REVIEW_REMOVE:
      return remove_item (transaction, change, plan, error);
    case ENT_REVIEW_SHIFT:
      return shift (transaction, change, error);
    case ENT_REVIEW_PLAN:
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
ent_review_change_apply (EntTransaction  *transaction,
                         gpointer         data,
                         GError         **error)
{
  EntReviewChange *change = data;
  g_autoptr (EntRecord) plan = NULL;

  if (change->step == ENT_REVIEW_PLAN)
    return review_plan_apply (transaction, change, error);
  plan = ent_transaction_get (transaction, change->review, error);
  if (plan == NULL)
    return FALSE;
  if (!ent_record_is_review (plan))
    return review_refuse (error, _("%s is not a business review."), ent_record_get_title (plan));
  return apply_to (transaction, change, plan, error);
}

char *
ent_review_change_dup_label (const EntReviewChange *self,
                             const char            *title)
{
  static const char * const labels[] = {
    [ENT_REVIEW_PLAN] = N_("Plan a review with %s"),   [ENT_REVIEW_RESCHEDULE] = N_("Move the meeting of %s"),
    [ENT_REVIEW_FREEZE] = N_("Freeze %s"),             [ENT_REVIEW_SEND] = N_("Send %s"),
    [ENT_REVIEW_HOLD] = N_("Hold %s"),                 [ENT_REVIEW_DECIDE] = N_("Decision in %s"),
    [ENT_REVIEW_ACT] = N_("Action in %s"),             [ENT_REVIEW_ASK] = N_("Ask in %s"),
    [ENT_REVIEW_RISK] = N_("Risk in %s"),              [ENT_REVIEW_SIGN] = N_("Sign %s"),
    [ENT_REVIEW_CANCEL] = N_("Cancel %s"),             [ENT_REVIEW_WRITE] = N_("Edit %s"),
    [ENT_REVIEW_REMOVE] = N_("Remove from %s"),        [ENT_REVIEW_SHIFT] = N_("Reorder %s"),
  };

  return g_strdup_printf (_(labels[self->step]), title);
}
