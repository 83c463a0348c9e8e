/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-due.h"

#include <glib/gi18n-lib.h>

#include "model/ent-value.h"
#include "rules/ent-lookup.h"
#include "rules/ent-snooze.h"

#define DAY_MICROS (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
/* The longest reminder an agreement may ask for. */
#define FARTHEST 400

static const struct { const char *name; const char *label; } kinds[] = {
  [ENT_DUE_TASK] = { "task", N_("Task") },
  [ENT_DUE_PRE_READ] = { "pre_read", N_("Pre-read") },
  [ENT_DUE_GATE] = { "gate", N_("Gate") },
  [ENT_DUE_CLAIM] = { "claim", N_("Claim") },
  [ENT_DUE_REGISTRATION] = { "registration", N_("Registration") },
  [ENT_DUE_AGREEMENT_END] = { "agreement_end", N_("Agreement ends") },
  [ENT_DUE_AGREEMENT_NOTICE] = { "agreement_notice", N_("Last day for notice") },
};

typedef struct
{
  EntStore     *store;
  gint64        today;
  GPtrArray    *rules;
  gint64        leads[ENT_DUE_AGREEMENT_NOTICE + 1]; /* how many days before each kind shows */
  GHashTable   *snoozed;
  GPtrArray    *list;
  GCancellable *cancellable;
} Search;

void
ent_due_free (EntDue *self)
{
  g_free (self->title);
  g_free (self->reason);
  g_free (self);
}

/* --- One thing ----------------------------------------------------------------------------------------------------- */

static EntDueGroup
group_of (gint64 due,
          gint64 today)
{
  if (due < today)
    return ENT_DUE_OVERDUE;
  if (due == today)
    return ENT_DUE_TODAY;
  return due <= today + 7 ? ENT_DUE_WEEK : ENT_DUE_SOON;
}

static char *
describe (Search     *self,
          EntDueKind  kind,
          gint64      due,
          EntKey      partner,
          const char *more)
{
  g_autofree char *name = partner != 0 ? ent_store_dup_title (self->store, partner) : NULL;
  g_autofree char *day = ent_date_display_near (due, self->today);
  GString *text = g_string_new (_(kinds[kind].label));

  g_string_append_printf (text, " · %s", day);
  if (name != NULL)
    g_string_append_printf (text, " · %s", name);
  if (more != NULL && *more != '\0')
    g_string_append_printf (text, " · %s", more);
  return g_string_free (text, FALSE);
}

static gboolean
is_snoozed (Search *self,
            EntKey  key)
{
  return key != 0 && g_hash_table_contains (self->snoozed, &key);
}

static void
add (Search     *self,
     EntRecord  *record,
     EntDueKind  kind,
     gint64      due,
     EntKey      open,
     EntKey      partner,
     const char *more)
{
  EntDue *item;

  if (is_snoozed (self, ent_record_get_key (record)) || is_snoozed (self, open))
    return;
  item = g_new0 (EntDue, 1);
  item->key = ent_record_get_key (record);
  item->open = open != 0 ? open : item->key;
  item->partner = partner;
  item->kind = kind;
  item->due = due;
  item->group = group_of (due, self->today);
  item->title = g_strdup (ent_record_get_title (record));
  item->reason = describe (self, kind, due, partner, more);
  g_ptr_array_add (self->list, item);
}

static GPtrArray *
look_up (Search              *self,
         const char          *type,
         const char          *format,
         gint64               until,
         const char * const  *fields,
         GError             **error)
{
  g_autofree char *day = ent_date_write (until);
  g_autofree char *where = g_strdup_printf (format, day);

  return ent_lookup_records (self->store, type, where, fields, self->cancellable, error);
}

static EntKey
partner_of (EntRecord  *record,
            const char *field,
            const char *type)
{
  EntKey key = ent_record_get_ref (record, field);
  const EntRecordType *target = key != 0 ? ent_schema_lookup_key (ent_record_get_record_type (record)->schema, key) : NULL;

  return target != NULL && g_str_equal (target->info->name, type) ? key : 0;
}

/* --- The kinds ------------------------------------------------------------------------------------------------------- */

static gboolean
add_tasks (Search  *self,
           GError **error)
{
  static const char * const fields[] = { "title", "due", "about", NULL };
  g_autoptr (GPtrArray) records = look_up (self, "task", "status in (open, doing, waiting) and due <= %s",
                                           self->today + self->leads[ENT_DUE_TASK], fields, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);

      if (is_snoozed (self, ent_record_get_ref (record, "about")))
        continue;
      add (self, record, ENT_DUE_TASK, ent_record_get_int (record, "due", 0), 0, partner_of (record, "about", "organization"),
           NULL);
    }
  return records != NULL;
}

/* A review that nobody was sent the pre-read of is due so many hours before its meeting, until the meeting is over. */
static gboolean
add_pre_reads (Search  *self,
               GError **error)
{
  static const char * const fields[] = { "title", "meeting_at", "for", NULL };
  gint64 lead = ent_lookup_threshold (self->rules, NULL, "pre_read_lead", 72) * 3600 * G_USEC_PER_SEC;
  gint64 until = self->today + self->leads[ENT_DUE_PRE_READ] + lead / DAY_MICROS + 1;
  g_autoptr (GPtrArray) records = look_up (self, "plan", "kind in (qbr, abr) and status in (draft, active) and sent_at is "
                                           "empty and meeting_at <= %s", until, fields, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      gint64 meeting = ent_record_get_int (record, "meeting_at", 0), due = (meeting - lead) / DAY_MICROS;
      g_autofree char *when = ent_datetime_display (meeting, ENT_DISPLAY_SHORT);
      g_autofree char *more = g_strdup_printf (_("meeting %s"), when);

      if (meeting / DAY_MICROS < self->today || due > self->today + self->leads[ENT_DUE_PRE_READ])
        continue;
      add (self, record, ENT_DUE_PRE_READ, due, 0, partner_of (record, "for", "organization"), more);
    }
  return records != NULL;
}

static gboolean
add_gates (Search  *self,
           GError **error)
{
  static const char * const fields[] = { "title", "due", "parent", NULL };
  static const char * const plan_fields[] = { "title", "for", NULL };
  g_autoptr (GPtrArray) plans = ent_lookup_records (self->store, "plan", "kind = onboarding and status = active", plan_fields,
                                                    self->cancellable, error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GHashTable) active = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree EntKey *keys = NULL;

  if (plans == NULL)
    return FALSE;
  keys = g_new (EntKey, plans->len + 1);
  for (guint i = 0; i < plans->len; i++)
    {
      keys[i] = ent_record_get_key (g_ptr_array_index (plans, i));
      g_hash_table_insert (active, &keys[i], g_ptr_array_index (plans, i));
    }
  if (plans->len == 0)
    return TRUE;
  records = look_up (self, "plan_item", "type = gate and status in (open, doing, waiting) and due <= %s",
                     self->today + self->leads[ENT_DUE_GATE], fields, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      EntKey parent = ent_record_get_ref (record, "parent");
      EntRecord *plan = g_hash_table_lookup (active, &parent);

      if (plan != NULL)
        add (self, record, ENT_DUE_GATE, ent_record_get_int (record, "due", 0), parent,
             partner_of (plan, "for", "organization"), NULL);
    }
  return records != NULL;
}

static gboolean
add_claims (Search  *self,
            GError **error)
{
  static const char * const fields[] = { "title", "claim_by", "extended_to", "partner", NULL };
  gint64 until = self->today + self->leads[ENT_DUE_CLAIM];
  g_autoptr (GPtrArray) records = look_up (self, "funding", "state in (approved, running) and claim_by <= %s", until, fields,
                                           error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      gint64 due = ent_record_get_int (record, "extended_to", ent_record_get_int (record, "claim_by", 0));

      if (due <= until)
        add (self, record, ENT_DUE_CLAIM, due, 0, ent_record_get_ref (record, "partner"), NULL);
    }
  return records != NULL;
}

static gboolean
add_registrations (Search  *self,
                   GError **error)
{
  static const char * const fields[] = { "title", "expires_on", "registered_by", NULL };
  g_autoptr (GPtrArray) records = look_up (self, "deal", "registration_state in (approved, active, renewed) and not stage in "
                                           "(won, lost) and expires_on <= %s",
                                           self->today + self->leads[ENT_DUE_REGISTRATION], fields, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    add (self, g_ptr_array_index (records, i), ENT_DUE_REGISTRATION,
         ent_record_get_int (g_ptr_array_index (records, i), "expires_on", 0), 0,
         ent_record_get_ref (g_ptr_array_index (records, i), "registered_by"), NULL);
  return records != NULL;
}

/* One that renews by itself ends only when somebody gives notice in time. */
static gboolean
get_agreement_due (Search     *self,
                   EntRecord  *record,
                   EntDueKind *kind,
                   gint64     *due)
{
  gint64 end = ent_record_get_int (record, "ends_on", 0), notice = ent_record_get_int (record, "notice_days", 0);
  gint64 reminder = ent_record_get_int (record, "renewal_reminder_days", self->leads[ENT_DUE_AGREEMENT_END]);
  gboolean renews = ent_record_get_int (record, "auto_renew", 0) != 0;

  *kind = renews ? ENT_DUE_AGREEMENT_NOTICE : ENT_DUE_AGREEMENT_END;
  *due = renews ? end - notice : end;
  if (!renews)
    return end <= self->today + reminder;
  return notice > 0 && *due >= self->today && *due <= self->today + self->leads[ENT_DUE_AGREEMENT_NOTICE];
}

typedef struct
{
  Search    *search;
  GPtrArray *found; /* of EntRecord */
} AgreementPass;

static void
take_agreement (EntRecord *record,
                gpointer   user_data)
{
  const AgreementPass *pass = user_data;
  EntDueKind kind;
  gint64 due;

  if (get_agreement_due (pass->search, record, &kind, &due))
    g_ptr_array_add (pass->found, ent_record_copy (record));
}

/* Each may say how early it is told of, so that many are looked at and few told: they pass by. */
static gboolean
add_agreements (Search  *self,
                GError **error)
{
  static const char * const fields[] = {
    "title", "ends_on", "notice_days", "renewal_reminder_days", "auto_renew", "counterparty", NULL
  };
  g_autofree char *day = ent_date_write (self->today + FARTHEST);
  g_autofree char *where = g_strdup_printf ("status in (signed, active, expiring) and ends_on <= %s", day);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  AgreementPass pass = { self, found };

  if (!ent_lookup_scan (self->store, "agreement", where, fields, take_agreement, &pass, self->cancellable, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      EntRecord *record = g_ptr_array_index (found, i);
      EntDueKind kind;
      gint64 due;

      if (get_agreement_due (self, record, &kind, &due))
        add (self, record, kind, due, 0, ent_record_get_ref (record, "counterparty"), NULL);
    }
  return TRUE;
}

/* --- All of it --------------------------------------------------------------------------------------------------------- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const EntDue *one = a, *two = b;

  if (one->due != two->due)
    return one->due < two->due ? -1 : 1;
  return one->key < two->key ? -1 : one->key > two->key;
}

GPtrArray *
ent_due_list (EntStore      *store,
              gint64         today,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GPtrArray) rules = ent_lookup_rules (store, "rule:due", error);
  g_autoptr (GHashTable) snoozed = rules != NULL ? ent_snooze_load (store, today, cancellable, error) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_due_free);
  Search self = { store, today, rules, { 0 }, snoozed, list, cancellable };

  for (guint i = 0; rules != NULL && i < G_N_ELEMENTS (self.leads); i++)
    self.leads[i] = ent_lookup_threshold (rules, NULL, kinds[i].name, 7);
  if (snoozed == NULL || !add_tasks (&self, error) || !add_pre_reads (&self, error) || !add_gates (&self, error) ||
      !add_claims (&self, error) || !add_registrations (&self, error) || !add_agreements (&self, error))
    return NULL;
  g_ptr_array_sort_values (list, compare);
  return g_steal_pointer (&list);
}

guint
ent_due_count_now (GPtrArray *list)
{
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += ((EntDue *) g_ptr_array_index (list, i))->group <= ENT_DUE_TODAY;
  return n;
}

const char *
ent_due_kind_label (EntDueKind kind)
{
  return _(kinds[kind].label);
}

const char *
ent_due_kind_name (EntDueKind kind)
{
  return kinds[kind].name;
}

const char *
ent_due_group_label (EntDueGroup group)
{
  static const char * const labels[] = { N_("Overdue"), N_("Today"), N_("This Week"), N_("Coming Up") };

  return _(labels[group]);
}

/* --- Done ------------------------------------------------------------------------------------------------------------------ */

gboolean
ent_task_finish (EntTransaction  *transaction,
                 gpointer         done,
                 GError         **error)
{
  const EntTaskDone *self = done;
  g_autoptr (EntRecord) task = ent_transaction_get (transaction, self->task, error);
  g_auto (EntValue) day = ENT_VALUE_INIT;
  g_autofree char *label = NULL;

  if (task == NULL)
    return FALSE;
  label = g_strdup_printf (_("Finish %s"), ent_record_get_title (task));
  ent_transaction_set_label (transaction, label);
  ent_value_set_int (&day, self->today);
  ent_record_set (task, ent_record_type_lookup (ent_record_get_record_type (task), "done_on")->index, &day);
  return ent_record_set_text (task, "status", "done", error) && ent_transaction_update (transaction, task, error);
}
