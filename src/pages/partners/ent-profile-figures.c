/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The key figures of a profile, each with its explanation. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/partners/ent-profile-data.h"

#define MAX_DEALS 1000
#define MAX_WHY_ROWS 25

static void
add (GPtrArray  *figures,
     const char *label,
     char       *value,
     EntWhy     *why)
{
  EntProfileFigure *figure = g_new0 (EntProfileFigure, 1);

  figure->label = g_strdup (label);
  figure->value = value;
  figure->why = why;
  g_ptr_array_add (figures, figure);
}

/* --- Money in several currencies ---------------------------------------------------------------------------------- */

typedef struct
{
  char   currency[4];
  gint64 minor;
} Amount;

static void
add_amount (GArray         *amounts,
            const EntValue *value)
{
  Amount amount;

  if (value->kind != ENT_VALUE_MONEY)
    return;
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *sum = &g_array_index (amounts, Amount, i);

      if (strcmp (sum->currency, value->currency) == 0)
        {
          if (!__builtin_add_overflow (sum->minor, value->integer, &amount.minor))
            sum->minor = amount.minor;
          return;
        }
    }
  memcpy (amount.currency, value->currency, sizeof amount.currency);
  amount.minor = value->integer;
  g_array_append_val (amounts, amount);
}

/* Currencies are not converted: rates are not known here. */
static char *
amounts_text (GArray     *amounts,
              const char *currency,
              EntDisplay  form)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < amounts->len; i++)
    {
      g_autofree char *one = ent_money_display (g_array_index (amounts, Amount, i).minor,
                                                g_array_index (amounts, Amount, i).currency, form);

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", one);
    }
  return amounts->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : ent_money_display (0, currency, form);
}

/* --- Deals ------------------------------------------------------------------------------------------------------------ */

static void
collect (EntStore   *store,
         GHashTable *deals,
         GPtrArray  *records,
         gboolean    is_line)
{
  for (guint i = 0; i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      EntKey key = is_line ? ent_record_get_ref (record, "parent") : ent_record_get_key (record);
      g_autoptr (EntRecord) deal = NULL;

      if (key == 0 || g_hash_table_contains (deals, &key))
        continue;
      deal = is_line ? ent_store_get (store, key, NULL) : g_object_ref (record);
      if (deal != NULL && ent_value_is_null (ent_record_get (deal, ENT_COMMON_DELETED_AT)))
        g_hash_table_insert (deals, g_memdup2 (&key, sizeof key), g_steal_pointer (&deal));
    }
}

/* Deals of the account, those it registered, and those it takes part in; each once. */
static GHashTable *
deals_of (EntStore *store,
          EntKey    key)
{
  GHashTable *deals = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_autoptr (GPtrArray) owned = ent_profile_referrers (store, key, "deal", "account", MAX_DEALS);
  g_autoptr (GPtrArray) registered = ent_profile_referrers (store, key, "deal", "registered_by", MAX_DEALS);
  g_autoptr (GPtrArray) joined = ent_profile_referrers (store, key, "deal_party", "org", MAX_DEALS);

  collect (store, deals, owned, FALSE);
  collect (store, deals, registered, FALSE);
  collect (store, deals, joined, TRUE);
  return deals;
}

static gboolean
is_won (EntRecord *deal)
{
  return g_strcmp0 (ent_record_get_text (deal, "stage"), "won") == 0;
}

static gboolean
is_open (EntRecord *deal)
{
  return !is_won (deal) && g_strcmp0 (ent_record_get_text (deal, "stage"), "lost") != 0;
}

static void
add_deals (GPtrArray            *figures,
           GHashTable           *deals,
           const EntProfileWish *wish,
           const char           *label,
           const char           *formula,
           gboolean            (*counts) (EntRecord *deal))
{
  g_autoptr (GArray) amounts = g_array_new (FALSE, FALSE, sizeof (Amount));
  g_autofree char *exact = NULL;
  EntWhy *why;
  GHashTableIter iter;
  EntRecord *deal;
  guint n = 0;

  g_hash_table_iter_init (&iter, deals);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &deal))
    if (counts (deal))
      add_amount (amounts, ent_record_get_named (deal, "amount"));
  exact = amounts_text (amounts, wish->currency, ENT_DISPLAY_FULL);
  why = ent_why_new (label, exact);
  ent_why_set_formula (why, formula);
  g_hash_table_iter_init (&iter, deals);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &deal))
    if (counts (deal) && n++ < MAX_WHY_ROWS)
      {
        const EntField *field = ent_record_type_lookup (ent_record_get_record_type (deal), "amount");
        g_autofree char *amount = ent_value_display (field, ent_record_get_named (deal, "amount"), ENT_DISPLAY_FULL, NULL,
                                                     NULL);

        ent_why_add (why, ent_record_get_title (deal), *amount != '\0' ? amount : _("no amount"), NULL,
                     ent_record_get_key (deal));
      }
  if (n > MAX_WHY_ROWS)
    {
      g_autofree char *note = g_strdup_printf (g_dngettext (NULL, "And %u other deal", "And %u other deals",
                                                            n - MAX_WHY_ROWS), n - MAX_WHY_ROWS);

      ent_why_set_note (why, note);
    }
  else if (n == 0)
    ent_why_set_note (why, _("There is no such deal."));
  add (figures, label, amounts_text (amounts, wish->currency, ENT_DISPLAY_SHORT), why);
}

/* --- Figures that are about everybody --------------------------------------------------------------------------------- */

static void
add_contact (EntStore             *store,
             GPtrArray            *figures,
             const EntProfileWish *wish)
{
  g_autoptr (GPtrArray) timeline = ent_profile_timeline_new (store, wish);
  const EntProfileItem *last = NULL;
  gint64 now = (wish->today + 1) * G_TIME_SPAN_DAY;
  EntWhy *why;
  char *value;

  for (guint i = 0; i < timeline->len && last == NULL; i++)
    if (((EntProfileItem *) g_ptr_array_index (timeline, i))->order <= now)
      last = g_ptr_array_index (timeline, i);
  value = last != NULL ? ent_date_display_near (last->order / G_TIME_SPAN_DAY, wish->today) : g_strdup (_("never"));
  why = ent_why_new (_("Last contact"), value);
  ent_why_set_formula (why, _("The newest activity that names this record and is not in the future."));
  if (last != NULL)
    ent_why_add (why, last->title, last->aside, NULL, last->key);
  add (figures, _("Last contact"), value, why);
}

static void
add_people (EntStore             *store,
            GPtrArray            *figures,
            const EntProfileWish *wish)
{
  g_autoptr (GPtrArray) people = ent_profile_referrers (store, wish->key, "person", "org", MAX_DEALS);
  g_autofree char *value = g_strdup_printf ("%u", people->len);
  EntWhy *why = ent_why_new (_("People"), value);

  ent_why_set_formula (why, _("People whose organization is this one."));
  for (guint i = 0; i < people->len && i < MAX_WHY_ROWS; i++)
    {
      EntRecord *person = g_ptr_array_index (people, i);
      const char *job = ent_record_get_text (person, "job_title");

      ent_why_add (why, ent_record_get_title (person), job != NULL ? job : "", NULL, ent_record_get_key (person));
    }
  add (figures, _("People"), g_steal_pointer (&value), why);
}

/* A figure that was typed in: its explanation says so. */
static void
add_fact (GPtrArray  *figures,
          EntRecord  *record,
          const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);
  const EntValue *value = field != NULL ? ent_record_get_named (record, name) : NULL;
  g_autofree char *exact = NULL;
  EntWhy *why;

  if (value == NULL || ent_value_is_null (value))
    return;
  exact = ent_value_display (field, value, ENT_DISPLAY_FULL, NULL, NULL);
  why = ent_why_new (ent_field_get_label (field), exact);
  ent_why_set_formula (why, ent_field_get_help (field) != NULL ? ent_field_get_help (field) : _("A fact of this record."));
  ent_why_set_note (why, _("Typed in or imported; History tells when."));
  add (figures, ent_field_get_label (field), ent_value_display (field, value, ENT_DISPLAY_SHORT, NULL, NULL), why);
}

static void
add_lines (EntStore             *store,
           GPtrArray            *figures,
           const EntProfileWish *wish)
{
  const EntRecordType *items = ent_store_get_record_type (store, "plan_item");
  g_autoptr (GPtrArray) lines = items != NULL ? ent_store_get_children (store, wish->key, items, NULL) : NULL;
  g_autofree char *value = NULL;
  EntWhy *why;
  guint n_done = 0;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    n_done += g_strcmp0 (ent_record_get_text (g_ptr_array_index (lines, i), "status"), "done") == 0;
  if (lines == NULL || lines->len == 0)
    return;
  /* Translators: how many items of a plan are done. */
  value = g_strdup_printf (_("%1$u of %2$u"), n_done, lines->len);
  why = ent_why_new (_("Done"), value);
  ent_why_set_formula (why, _("Items of the plan whose status is Done."));
  add (figures, _("Done"), g_steal_pointer (&value), why);
}

GPtrArray *
ent_profile_figures_new (EntStore             *store,
                         EntRecord            *record,
                         const EntProfileWish *wish)
{
  static const char *const facts[] = { "arr", "amount", "probability_pct", "expected_close", "requested", "approved",
                                       "claim_by", "value", "ends_on", "budget", "severity", "due", "influence_0_100" };
  const char *type = ent_record_get_record_type (record)->info->name;
  GPtrArray *figures = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    add_fact (figures, record, facts[i]);
  if (strcmp (type, "organization") == 0)
    {
      g_autoptr (GHashTable) deals = deals_of (store, wish->key);

      add_deals (figures, deals, wish, _("Pipeline"),
                 _("Sum of the amounts of open deals: those of this account, registered by it, or with it as a partner. "
                   "Currencies are not converted."), is_open);
      add_deals (figures, deals, wish, _("Won"),
                 _("Sum of the amounts of won deals: those of this account, registered by it, or with it as a partner. "
                   "Currencies are not converted."), is_won);
      add_people (store, figures, wish);
    }
  if (strcmp (type, "plan") == 0)
    add_lines (store, figures, wish);
  if (strcmp (type, "organization") == 0 || strcmp (type, "person") == 0 || strcmp (type, "deal") == 0)
    add_contact (store, figures, wish);
  return figures;
}
