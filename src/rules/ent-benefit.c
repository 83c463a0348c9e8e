/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-benefit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/ent-fund.h"
#include "rules/ent-scan-fields.h"

typedef enum
{
  USE_NONE,
  USE_MDF,
  USE_CO_MARKETING,
  USE_TRAINING,
} Use;

/* Which use a benefit's metric counts. */
static const struct { const char *metric; Use use; } uses[] =
{
  { "mdf_allocation", USE_MDF },
  { "co_marketing_budget", USE_CO_MARKETING },
  { "training_credits", USE_TRAINING },
};

typedef struct
{
  Use    use;
  EntKey key;
  char   currency[4];
  gint64 amount;
  gint64 day;
} Item;

typedef struct
{
  EntStore *store;
  EntKey    partner;
  gint64    from, to; /* days of the year */
  GArray   *items;    /* of Item */
} Usage;

void
ent_benefit_free (EntBenefit *self)
{
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

/* --- What was used ------------------------------------------------------------------------------------------ */

static GPtrArray *
get_referrers (Usage       *self,
               EntKey       key,
               const char  *type,
               const char  *field,
               GError     **error)
{
  const EntRecordType *record_type = ent_store_get_record_type (self->store, type);

  return ent_store_get_referrers (self->store, key, ent_record_type_lookup (record_type, field), 0, error);
}

static gint64
get_day (EntRecord  *record,
         const char *field)
{
  return ent_scan_day (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, G_MININT64);
}

/* The day money was promised: decided, else asked for, else when the activity starts, else entered. */
static gint64
get_funding_day (EntRecord *record)
{
  gint64 day = get_day (record, "decided_at");

  if (day == G_MININT64)
    day = get_day (record, "submitted_at");
  if (day == G_MININT64)
    day = ent_record_get_int (record, "activity_start", G_MININT64);
  return day != G_MININT64 ? day : get_day (record, "created_at");
}

static void
add_item (Usage          *self,
          Use             use,
          EntRecord      *record,
          const EntValue *amount,
          gint64          day)
{
  Item item = { use, ent_record_get_key (record), { 0 }, amount->integer, day };

  if (ent_value_is_null (amount) || day < self->from || day > self->to)
    return;
  if (amount->kind == ENT_VALUE_MONEY)
    memcpy (item.currency, amount->currency, sizeof item.currency);
  g_array_append_val (self->items, item);
}

static gboolean
read_funding (Usage   *self,
              GError **error)
{
  static const char * const promised[] = { "approved", "running", "claimed", "proof_ok", "paid", NULL };
  g_autoptr (GPtrArray) records = get_referrers (self, self->partner, "funding", "partner", error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      const char *state = ent_record_get_text (record, "state");
      const char *kind = ent_record_get_text (record, "kind");
      const EntValue *paid = ent_record_get_named (record, "paid");
      Use use = g_strcmp0 (kind, "mdf") == 0 ? USE_MDF
                : g_strcmp0 (kind, "co_marketing") == 0 ? USE_CO_MARKETING : USE_NONE;

      if (use == USE_NONE || state == NULL || !g_strv_contains (promised, state))
        continue;
      add_item (self, use, record,
                g_str_equal (state, "paid") && !ent_value_is_null (paid) ? paid
                                                                         : ent_record_get_named (record, "approved"),
                get_funding_day (record));
    }
  return records != NULL;
}

static gboolean
read_courses_of (Usage   *self,
                 EntKey   subject,
                 GError **error)
{
  g_autoptr (GPtrArray) records = get_referrers (self, subject, "assessment", "subject", error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      g_auto (EntValue) hours = ENT_VALUE_INIT;

      if (g_strcmp0 (ent_record_get_text (record, "kind"), "certification") != 0)
        continue;
      ent_value_copy (ent_record_get_named (record, "hours"), &hours);
      hours.integer *= 100;
      add_item (self, USE_TRAINING, record, &hours, ent_record_get_int (record, "at", G_MININT64));
    }
  return records != NULL;
}

static gboolean
read_courses (Usage   *self,
              GError **error)
{
  g_autoptr (GPtrArray) people = get_referrers (self, self->partner, "person", "org", error);

  if (people == NULL || !read_courses_of (self, self->partner, error))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    if (!read_courses_of (self, ent_record_get_key (g_ptr_array_index (people, i)), error))
      return FALSE;
  return TRUE;
}

/* --- Balances ------------------------------------------------------------------------------------------------- */

static Use
find_use (const EntProgramRule *rule)
{
  for (gsize i = 0; rule->metric != NULL && i < G_N_ELEMENTS (uses); i++)
    if (g_str_equal (uses[i].metric, rule->metric))
      return uses[i].use;
  return USE_NONE;
}

static void
add_used (EntBenefit *self,
          Usage      *usage,
          Use         use)
{
  for (guint i = 0; i < usage->items->len; i++)
    {
      const Item *item = &g_array_index (usage->items, Item, i);
      g_autofree char *title = NULL, *amount = NULL;

      if (item->use != use)
        continue;
      title = ent_store_dup_title (usage->store, item->key);
      amount = ent_unit_display (self->unit, item->amount, item->currency);
      ent_why_add (self->why, title != NULL ? title : "", amount, NULL, item->key);
      if (self->unit == ENT_UNIT_MONEY && memcmp (item->currency, self->currency, 3) != 0)
        self->has_other = TRUE;
      else
        self->used += item->amount;
    }
  self->balance = self->granted - self->used;
}

/* The fund that gives what the benefit grants: its balance is the one everybody sees. */
static const EntFundBalance *
find_balance (EntFundBook          *book,
              GPtrArray            *balances,
              const EntProgramRule *rule)
{
  for (guint i = 0; rule->metric != NULL && i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);
      GPtrArray *lines = ent_fund_book_get_rules (book, balance->program);

      for (guint l = 0; lines != NULL && l < lines->len; l++)
        if (g_strcmp0 (ent_record_get_text (g_ptr_array_index (lines, l), "metric"), "allocated_by") == 0 &&
            g_strcmp0 (ent_record_get_text (g_ptr_array_index (lines, l), "threshold_text"), rule->metric) == 0 &&
            memcmp (balance->currency, rule->currency, 3) == 0)
          return balance;
    }
  return NULL;
}

static EntBenefit *
make_fund_benefit (const EntFundBalance *balance,
                   const EntProgramRule *rule)
{
  EntBenefit *self = g_new0 (EntBenefit, 1);

  self->rule = rule;
  self->unit = ENT_UNIT_MONEY;
  self->is_balance = TRUE;
  memcpy (self->currency, balance->currency, sizeof self->currency);
  self->granted = balance->allocated;
  self->used = balance->approved + balance->spent;
  self->balance = balance->available;
  self->why = balance->why != NULL ? ent_why_ref (balance->why) : ent_why_new (rule->definition->title, NULL);
  return self;
}

static EntBenefit *
make_benefit (Usage                *usage,
              const EntProgramRule *rule,
              int                   year,
              const char           *level)
{
  EntBenefit *self = g_new0 (EntBenefit, 1);
  Use use = find_use (rule);
  g_autofree char *text = NULL, *note = NULL;

  self->rule = rule;
  self->is_unlimited = rule->unit == ENT_UNIT_UNLIMITED;
  self->unit = self->is_unlimited && use == USE_TRAINING ? ENT_UNIT_HOURS : rule->unit;
  self->granted = rule->number;
  memcpy (self->currency, rule->currency, sizeof self->currency);
  self->is_balance = use != USE_NONE && (self->is_unlimited || rule->has_number);
  self->why = ent_why_new (rule->definition->title, NULL);
  ent_why_add (self->why, level, rule->text, NULL, rule->definition->key);
  if (self->is_balance)
    {
      add_used (self, usage, use);
      ent_why_set_formula (self->why, _("What the level grants for the year, less what was used in it."));
      note = g_strdup_printf (self->has_other ? _("In %d. What was used in other currencies has no exchange rate and is "
                                                  "not taken off.")
                                              : _("In %d."), year);
      ent_why_set_note (self->why, note);
    }
  text = ent_benefit_describe (self);
  ent_why_set_value (self->why, text);
  return self;
}

GPtrArray *
ent_benefits_load (EntStore    *store,
                   EntProgram  *program,
                   EntKey       partner,
                   EntKey       level,
                   int          type,
                   int          year,
                   gint64       today,
                   GError     **error)
{
  g_autoptr (GPtrArray) rules = ent_program_get_benefits (program, level, type, today);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  Usage usage = { store, partner, ent_date_from_ymd (year, 1, 1), ent_date_from_ymd (year, 12, 31), items };
  const EntDefinition *definition = ent_program_get_definition (program, level);
  g_autoptr (EntFundBook) book = NULL;
  g_autoptr (GPtrArray) balances = NULL;
  GPtrArray *benefits;

  if (!read_funding (&usage, error) || !read_courses (&usage, error) ||
      (book = ent_fund_book_load (store, NULL, error)) == NULL)
    return NULL;
  balances = ent_fund_book_balances (book, 0, partner, year);
  benefits = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_benefit_free);
  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);
      const EntFundBalance *balance = find_balance (book, balances, rule);

      g_ptr_array_add (benefits, balance != NULL ? make_fund_benefit (balance, rule)
                                                 : make_benefit (&usage, rule, year, definition->title));
    }
  return benefits;
}

char *
ent_benefit_describe (const EntBenefit *self)
{
  g_autofree char *used = NULL, *granted = NULL, *left = NULL;

  if (!self->is_balance)
    return g_strdup (self->rule->text != NULL ? self->rule->text : self->rule->definition->title);
  used = ent_unit_display (self->unit, self->used, self->currency);
  if (self->is_unlimited)
    return g_strdup_printf (_("Unlimited; %s used"), used);
  granted = ent_unit_display (self->unit, self->granted, self->currency);
  left = ent_unit_display (self->unit, ABS (self->balance), self->currency);
  return g_strdup_printf (self->balance < 0 ? _("%s over the %s granted") : _("%s of %s left"), left, granted);
}
