/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-forecast-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-private.h"

#define ALL_PCT     1000000 /* 100 % */
#define MAX_COLUMNS 16      /* of partners or owners; the others share one */
#define MAX_LINES   12      /* deals that an explanation names */

static const char * const groupings[] = { "stage", "partner", "owner", "quarter" };

gboolean
ent_deal_grouping_read (const char      *text,
                        EntDealGrouping *grouping)
{
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    if (g_str_equal (groupings[i], text))
      {
        *grouping = (EntDealGrouping) i;
        return TRUE;
      }
  return FALSE;
}

const char *
ent_deal_grouping_write (EntDealGrouping grouping)
{
  return groupings[grouping];
}

EntKey
ent_deal_get_lead (const EntDeal *deal)
{
  return deal->registered_by != 0 ? deal->registered_by : deal->n_parties > 0 ? deal->parties[0].org : 0;
}

/* --- Columns --------------------------------------------------------------------------------------------- */

static EntDealColumn *
column_new (const EntDeals *deals,
            const char     *id,
            const char     *title)
{
  EntDealColumn *self = g_new0 (EntDealColumn, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->chance = -1;
  self->keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  self->total = ent_amounts_new ();
  self->weighted = ent_amounts_new ();
  ent_amounts_set_first (self->total, deals->policy->currency);
  ent_amounts_set_first (self->weighted, deals->policy->currency);
  return self;
}

void
ent_deal_column_free (EntDealColumn *self)
{
  g_free (self->id);
  g_free (self->title);
  g_array_unref (self->keys);
  ent_amounts_free (self->total);
  ent_amounts_free (self->weighted);
  g_free (self);
}

static void
column_add (EntDealColumn  *self,
            const EntDeals *deals,
            const EntDeal  *deal)
{
  gint64 pct = ent_deal_get_probability (deal, deals->policy);

  g_array_append_val (self->keys, deal->key);
  if (deal->has_amount)
    ent_amounts_add (self->total, deal->amount, deal->currency, ALL_PCT);
  if (deal->has_amount && pct >= 0)
    ent_amounts_add (self->weighted, deal->amount, deal->currency, pct);
  else
    self->n_unknown++;
}

/* The columns that are being filled. */
typedef struct
{
  const EntDeals  *deals;
  EntDealGrouping  grouping;
  EntQuarter       quarter;
  GPtrArray       *columns;
  GHashTable      *by_id;   /* id → column (unowned) */
} Grouper;

static EntDealColumn *
find_column (Grouper    *self,
             const char *id,
             const char *title)
{
  EntDealColumn *column = g_hash_table_lookup (self->by_id, id);

  if (column != NULL)
    return column;
  column = column_new (self->deals, id, title);
  g_ptr_array_add (self->columns, column);
  g_hash_table_insert (self->by_id, column->id, column);
  return column;
}

/* All stages of the workspace, closed ones at the end, empty or not. */
static void
make_stages (Grouper *self)
{
  const EntRecordType *type = ent_schema_lookup (self->deals->schema, "deal");
  const EntField *field = ent_record_type_lookup (type, "stage");

  for (int closed = 0; closed <= 1; closed++)
    for (guint i = 0; i < field->choices->len; i++)
      {
        const EntChoice *choice = g_ptr_array_index (field->choices, i);
        gboolean is_closed = g_str_equal (choice->value, "won") || g_str_equal (choice->value, "lost");
        EntDealColumn *column;

        if (is_closed != (closed == 1))
          continue;
        column = find_column (self, choice->value, ent_choice_get_label (choice));
        column->tone = choice->tone;
        column->chance = ent_deal_policy_get_probability (self->deals->policy, choice->value);
      }
}

static void
make_quarters (Grouper *self)
{
  EntQuarter now = ent_quarter_of_day (self->deals->today);

  find_column (self, "overdue", _("Overdue"))->tone = ENT_TONE_WARNING;
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = ent_quarter_write (now + i);
      g_autofree char *title = ent_quarter_display (now + i);

      find_column (self, id, title);
    }
}

static EntDealColumn *
column_of_key (Grouper    *self,
               EntKey      key,
               const char *none)
{
  const EntRecordType *type = key != 0 ? ent_schema_lookup_key (self->deals->schema, key) : NULL;
  g_autofree char *id = type != NULL ? ent_record_type_make_code (type, ent_key_row (key)) : NULL;
  EntDealColumn *column;

  if (id == NULL)
    return find_column (self, "none", none);
  column = find_column (self, id, ent_deals_get_name (self->deals, key));
  column->key = key;
  return column;
}

static EntDealColumn *
column_of_quarter (Grouper       *self,
                   const EntDeal *deal)
{
  EntQuarter now = ent_quarter_of_day (self->deals->today);
  EntQuarter quarter;
  g_autofree char *id = NULL;

  if (deal->expected_close == ENT_DAY_NONE)
    return find_column (self, "none", _("No Date"));
  if (deal->expected_close < self->deals->today)
    return find_column (self, "overdue", _("Overdue"));
  quarter = ent_quarter_of_day (deal->expected_close);
  id = quarter < now + 4 ? ent_quarter_write (quarter) : NULL;
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : find_column (self, "later", _("Later"));
}

/* The column of a deal; NULL: not on this board. */
static EntDealColumn *
column_of (Grouper       *self,
           const EntDeal *deal)
{
  if (!ent_deal_is_open (deal))
    {
      gboolean is_recent = deal->closed_on != ENT_DAY_NONE && ent_quarter_of_day (deal->closed_on) == self->quarter;

      return self->grouping == ENT_DEALS_BY_STAGE && is_recent ? g_hash_table_lookup (self->by_id, deal->stage) : NULL;
    }
  switch (self->grouping)
    {
    case ENT_DEALS_BY_PARTNER:
      return column_of_key (self, ent_deal_get_lead (deal), _("No Partner"));
    case ENT_DEALS_BY_OWNER:
      return column_of_key (self, deal->owner, _("No Owner"));
    case ENT_DEALS_BY_QUARTER:
      return column_of_quarter (self, deal);
    case ENT_DEALS_BY_STAGE:
    default:
      return deal->stage != NULL ? find_column (self, deal->stage, deal->stage)
                                 : find_column (self, "none", _("No Stage"));
    }
}

/* --- Order -------------------------------------------------------------------------------------------------- */

static int
compare_deals (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const EntDeal *x = ent_deals_lookup (user_data, *(const EntKey *) a);
  const EntDeal *y = ent_deals_lookup (user_data, *(const EntKey *) b);
  gint64 first = x->expected_close != ENT_DAY_NONE ? x->expected_close : G_MAXINT64;
  gint64 second = y->expected_close != ENT_DAY_NONE ? y->expected_close : G_MAXINT64;

  if (first != second)
    return first < second ? -1 : 1;
  if (x->amount != y->amount)
    return x->amount > y->amount ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

/* Those without a partner or owner last, the others by what they bring. */
static int
compare_columns (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const EntDealColumn *x = *(EntDealColumn * const *) a;
  const EntDealColumn *y = *(EntDealColumn * const *) b;
  const EntDeals *deals = user_data;
  gint64 first = ent_amounts_get (x->total, deals->policy->currency);
  gint64 second = ent_amounts_get (y->total, deals->policy->currency);

  if ((x->key == 0) != (y->key == 0))
    return x->key == 0 ? 1 : -1;
  if (first != second)
    return first > second ? -1 : 1;
  if (x->keys->len != y->keys->len)
    return x->keys->len > y->keys->len ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

/* The columns after the first ones become one. */
static void
merge_rest (Grouper *self)
{
  EntDealColumn *others;

  if (self->columns->len <= MAX_COLUMNS)
    return;
  others = column_new (self->deals, "others", _("Others"));
  for (guint i = MAX_COLUMNS - 1; i < self->columns->len; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (self->columns, i);

      for (guint j = 0; j < column->keys->len; j++)
        column_add (others, self->deals, ent_deals_lookup (self->deals, g_array_index (column->keys, EntKey, j)));
    }
  g_ptr_array_set_size (self->columns, MAX_COLUMNS - 1);
  g_ptr_array_add (self->columns, others);
}

static void
add_deal (Grouper       *self,
          const EntDeal *deal)
{
  EntDealColumn *column = deal != NULL ? column_of (self, deal) : NULL;

  if (column != NULL)
    column_add (column, self->deals, deal);
}

GPtrArray *
ent_deals_group (const EntDeals  *self,
                 EntDealGrouping  grouping,
                 EntQuarter       quarter,
                 const EntResult *among)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_deal_column_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  Grouper grouper = { self, grouping, quarter, columns, by_id };
  guint number = ent_schema_lookup (self->schema, "deal")->info->number;

  if (grouping == ENT_DEALS_BY_STAGE)
    make_stages (&grouper);
  else if (grouping == ENT_DEALS_BY_QUARTER)
    make_quarters (&grouper);
  for (gsize i = 0; among != NULL && i < ent_result_get_n (among); i++)
    add_deal (&grouper, ent_deals_lookup (self, ent_key_make (number, ent_result_get_rows (among)[i])));
  for (guint i = 0; among == NULL && i < self->deals->len; i++)
    add_deal (&grouper, &g_array_index (self->deals, EntDeal, i));
  if (grouping == ENT_DEALS_BY_PARTNER || grouping == ENT_DEALS_BY_OWNER)
    {
      g_ptr_array_sort_with_data (columns, compare_columns, (gpointer) self);
      merge_rest (&grouper);
    }
  for (guint i = 0; i < columns->len; i++)
    g_array_sort_with_data (((EntDealColumn *) g_ptr_array_index (columns, i))->keys, compare_deals, (gpointer) self);
  return columns;
}

/* --- Why ------------------------------------------------------------------------------------------------------ */

static void
explain_deal (const EntDeals *deals,
              const EntDeal  *deal,
              gboolean        weighted,
              EntWhy         *why)
{
  gint64 pct = ent_deal_get_probability (deal, deals->policy);
  g_autofree char *amount = deal->has_amount ? ent_money_display (deal->amount, deal->currency, ENT_DISPLAY_SHORT)
                                             : g_strdup (_("No amount"));
  g_autofree char *chance = pct >= 0 ? ent_percent_display (pct) : g_strdup (_("no probability"));
  g_autofree char *weight = NULL;

  if (weighted)
    weight = g_strdup_printf (deal->estimate >= 0 && ent_deal_is_open (deal) ? _("× %s (own estimate)") : "× %s", chance);
  ent_why_add (why, deal->title, amount, weight, deal->key);
}

static int
compare_amounts (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const EntDeal *x = ent_deals_lookup (user_data, *(const EntKey *) a);
  const EntDeal *y = ent_deals_lookup (user_data, *(const EntKey *) b);

  if (x->amount != y->amount)
    return x->amount > y->amount ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

EntWhy *
ent_deal_column_explain (const EntDealColumn *self,
                         const EntDeals      *deals,
                         gboolean             weighted)
{
  g_autofree char *value = ent_amounts_display (weighted ? self->weighted : self->total, ENT_DISPLAY_FULL, "0");
  g_autoptr (GArray) keys = g_array_copy (self->keys);
  g_autofree char *note = NULL;
  EntWhy *why = ent_why_new (self->title, value);

  ent_why_set_formula (why, weighted ? _("Sum of amount × probability; an own estimate goes before that of the stage")
                                     : _("Sum of amounts, each currency by itself"));
  g_array_sort_with_data (keys, compare_amounts, (gpointer) deals);
  for (guint i = 0; i < MIN (keys->len, MAX_LINES); i++)
    explain_deal (deals, ent_deals_lookup (deals, g_array_index (keys, EntKey, i)), weighted, why);
  if (keys->len > MAX_LINES)
    {
      g_autofree char *rest = g_strdup_printf (_("%u more deals"), keys->len - MAX_LINES);

      ent_why_add (why, rest, NULL, NULL, 0);
    }
  if (weighted && deals->policy->probabilities_key != 0)
    ent_why_add (why, _("Probability by stage"), NULL, NULL, deals->policy->probabilities_key);
  if (self->n_unknown > 0)
    note = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u deal without an amount is not in the sum.",
                                         "%u deals without an amount are not in the sum.", self->n_unknown),
                            self->n_unknown);
  ent_why_set_note (why, note);
  return why;
}
