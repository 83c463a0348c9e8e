/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-campaign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/ent-table-source.h"

#define MAX_PROBLEMS 1000

typedef struct
{
  EntStore           *store;
  EntRecord          *campaign;
  EntTableSource     *source;
  const EntField    **fields;   /* per column; NULL: left out */
  guint               n_columns;
  const char         *currency;
  EntCampaignImport  *result;
  const EntRecordType *type;
  GHashTable         *by_ref;   /* ref → EntKey * of lines that are there */
  gint64              position; /* of the next line */
} Import;

void
ent_campaign_import_free (EntCampaignImport *self)
{
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
tell (Import     *self,
      guint64     line,
      const char *what)
{
  if (self->result->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (self->result->problems, g_strdup_printf (_("line %" G_GUINT64_FORMAT ": %s"), line, what));
}

/* --- Columns ------------------------------------------------------------------------------------------------------ */

/* Letters and digits only, so that "Total_Conversion" is "total conversion". */
static char *
name_key (const char *name)
{
  g_autofree char *text = g_strdelimit (g_strdup (name), "_-./", ' ');

  return ent_text_key (text);
}

static const EntField *
find_field (const EntRecordType *type,
            const char          *column)
{
  g_autofree char *wanted = name_key (column);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_auto (GStrv) names = NULL;

      if (field->info.flags & ENT_FIELD_SYSTEM || g_str_equal (field->info.name, "parent") ||
          g_str_equal (field->info.name, "position"))
        continue;
      names = ent_field_dup_aliases (field);
      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *key = name_key (names[j]);

          if (g_str_equal (key, wanted))
            return field;
        }
    }
  return NULL;
}

static int
find_column (Import     *self,
             const char *name)
{
  guint n;
  const char * const *columns = ent_table_source_get_columns (self->source, &n);

  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (columns[i], name) == 0)
      return (int) i;
  return -1;
}

static gboolean
apply_map (Import      *self,
           const char  *map,
           GError     **error)
{
  const char *equals = strchr (map, '=');
  g_autofree char *column = equals != NULL ? g_strndup (map, (gsize) (equals - map)) : g_strdup (map);
  int index = find_column (self, column);
  const EntField *field = NULL;

  if (equals == NULL || index < 0)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("“%s” names no column of the file; write COLUMN=FIELD."), map);
      return FALSE;
    }
  if (equals[1] != '\0' && (field = ent_record_type_lookup (self->type, equals + 1)) == NULL)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("A campaign line has no field “%s”; “schema campaign_line” lists them."), equals + 1);
      return FALSE;
    }
  for (guint i = 0; field != NULL && i < self->n_columns; i++)
    if (self->fields[i] == field)
      self->fields[i] = NULL;
  self->fields[index] = field;
  return TRUE;
}

static gboolean
map_columns (Import              *self,
             const char * const  *maps,
             GError             **error)
{
  const char * const *columns = ent_table_source_get_columns (self->source, &self->n_columns);

  self->fields = g_new0 (const EntField *, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const EntField *field = find_field (self->type, columns[i]);

      /* The first column of a name has it. */
      for (guint j = 0; j < i; j++)
        if (self->fields[j] == field)
          field = NULL;
      self->fields[i] = field;
    }
  for (; maps != NULL && *maps != NULL; maps++)
    if (!apply_map (self, *maps, error))
      return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->fields[i] != NULL)
      return TRUE;
  g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
               _("No column of “%s” is known; name them with --map COLUMN=FIELD, such as Cost=spent."),
               ent_table_source_get_name (self->source));
  return FALSE;
}

/* --- Cells --------------------------------------------------------------------------------------------------------- */

/* "1.429999948": digits and one point, with more decimals than the currency has, rounded half to even. */
static gboolean
read_long_decimal (Import     *self,
                   const char *text,
                   EntValue   *value)
{
  int digits = ent_currency_get_digits (self->currency);
  const char *point = strchr (text, '.');
  gint64 whole, scale = 1, minor;
  g_autofree char *all = NULL;
  char *end;

  if (point == NULL || strspn (text, "-0123456789.") != strlen (text) || strchr (point + 1, '.') != NULL ||
      strlen (text) > 18)
    return FALSE;
  all = g_strconcat (point + 1, NULL);
  for (gsize i = 0; i < strlen (all); i++)
    scale *= 10;
  {
    g_autofree char *joined = g_strdup_printf ("%.*s%s", (int) (point - text), text, all);

    whole = g_ascii_strtoll (joined, &end, 10);
    if (*end != '\0')
      return FALSE;
  }
  for (int i = 0; i < digits; i++)
    whole *= 10;
  if (!ent_mul_div (whole, 1, scale, &minor))
    return FALSE;
  ent_value_set_money (value, minor, self->currency);
  self->result->n_rounded++;
  return TRUE;
}

/* "Google Ads" → "google_ads" */
static char *
make_choice_value (const char *text)
{
  g_autofree char *key = ent_text_key (text);

  return g_strcanon (g_strdup (key), "abcdefghijklmnopqrstuvwxyz0123456789", '_');
}

static gboolean
read_choice (const EntField  *field,
             const char      *text,
             EntTransaction  *transaction,
             EntValue        *value,
             GError         **error)
{
  const EntChoice *known = ent_field_match_choice (field, text);
  g_autofree char *made = known == NULL ? make_choice_value (text) : NULL;
  EntChoice choice = { made, text, ENT_TONE_NEUTRAL };

  if (known == NULL && !ent_transaction_add_choice (transaction, field, &choice, error))
    return FALSE;
  ent_value_set_text (value, known != NULL ? known->value : made);
  return TRUE;
}

static gint64
monday_of (gint64 day)
{
  gint64 weekday = (day + 3) % 7;

  return day - (weekday < 0 ? weekday + 7 : weekday);
}

static gboolean
read_cell (Import          *self,
           const EntField  *field,
           const char      *text,
           EntTransaction  *transaction,
           EntValue        *value,
           GError         **error)
{
  EntReadContext context = { .default_currency = self->currency };

  if (field->info.type == ENT_FIELD_ENUM && (field->info.flags & ENT_FIELD_OPEN))
    return read_choice (field, text, transaction, value, error);
  if (ent_value_read (field, text, &context, value, error))
    {
      if (field->info.type == ENT_FIELD_DATE && value->kind == ENT_VALUE_INT)
        value->integer = monday_of (value->integer);
      return TRUE;
    }
  if (field->info.type != ENT_FIELD_MONEY || !read_long_decimal (self, text, value))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

/* --- Rows ------------------------------------------------------------------------------------------------------------ */

static void
warn_of_clicks (Import    *self,
                EntRecord *line,
                guint64    number)
{
  if (ent_record_get_int (line, "clicks", 0) > ent_record_get_int (line, "impressions", G_MAXINT64))
    tell (self, number, _("more clicks than impressions; check the two numbers"));
}

/* A row without a channel has the campaign's when it has one only, else “other”. */
static void
fill_channel (Import    *self,
              EntRecord *line)
{
  const EntValue *channels = ent_record_get_named (self->campaign, "channels");
  gboolean is_one = channels->kind == ENT_VALUE_LIST && g_strv_length (channels->list) == 1;

  if (ent_record_get_text (line, "channel") == NULL)
    ent_record_set_text (line, "channel", is_one ? channels->list[0] : "other", NULL);
}

static EntRecord *
begin_line (Import          *self,
            const EntTableRow *row,
            EntTransaction  *transaction,
            GError         **error)
{
  for (guint i = 0; i < MIN (row->n_cells, self->n_columns); i++)
    {
      const EntKey *key;

      if (self->fields[i] == NULL || self->fields[i]->index != ENT_COMMON_REF)
        continue;
      key = g_hash_table_lookup (self->by_ref, row->cells[i].text);
      if (key != NULL)
        return ent_transaction_get (transaction, *key, error);
    }
  return ent_record_new (self->type);
}

static gboolean
store_line (Import          *self,
            EntRecord       *line,
            EntTransaction  *transaction,
            GError         **error)
{
  g_auto (EntValue) parent = ENT_VALUE_INIT, position = ENT_VALUE_INIT;

  if (ent_record_get_key (line) != 0)
    {
      self->result->n_updated += ent_record_is_any_dirty (line);
      return ent_transaction_update (transaction, line, error);
    }
  ent_value_set_int (&parent, ent_record_get_key (self->campaign));
  ent_value_set_int (&position, self->position++);
  ent_record_take (line, ent_record_type_lookup (self->type, "parent")->index, &parent);
  ent_record_take (line, ent_record_type_lookup (self->type, "position")->index, &position);
  fill_channel (self, line);
  self->result->n_created++;
  return ent_transaction_insert (transaction, line, error);
}

static gboolean
import_row (Import            *self,
            const EntTableRow *row,
            EntTransaction    *transaction,
            GError           **error)
{
  g_autoptr (EntRecord) line = begin_line (self, row, transaction, error);

  if (line == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (row->n_cells, self->n_columns); i++)
    {
      const EntField *field = self->fields[i];
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) local = NULL;

      if (field == NULL || row->cells[i].text[0] == '\0')
        continue;
      if (!read_cell (self, field, row->cells[i].text, transaction, &value, &local))
        {
          tell (self, row->line, local->message);
          self->result->n_refused++;
          return TRUE;
        }
      ent_record_take (line, field->index, &value);
    }
  warn_of_clicks (self, line, row->line);
  return store_line (self, line, transaction, error);
}

static void
set_label (Import         *self,
           EntTransaction *transaction)
{
  guint64 n = self->result->n_created + self->result->n_updated;
  g_autofree char *label =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Import %" G_GUINT64_FORMAT " weekly line of %s",
                                  "Import %" G_GUINT64_FORMAT " weekly lines of %s", (gulong) n),
                     n, ent_record_get_title (self->campaign));

  ent_transaction_set_label (transaction, label);
}

static gboolean
import_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  Import *self = user_data;
  EntTableRow row;
  g_autoptr (GError) local = NULL;

  while (ent_table_source_next (self->source, &row, &local))
    {
      self->result->n_read++;
      if (!import_row (self, &row, transaction, error))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  set_label (self, transaction);
  return TRUE;
}

/* --- Around it --------------------------------------------------------------------------------------------------------- */

static gboolean
know_lines (Import  *self,
            GError **error)
{
  g_autoptr (GPtrArray) lines = ent_store_get_children (self->store, ent_record_get_key (self->campaign), self->type,
                                                        error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (lines, i);
      const char *ref = ent_record_get_text (line, "ref");
      EntKey key = ent_record_get_key (line);

      self->position = MAX (self->position, ent_record_get_int (line, "position", 0) + 1);
      if (ref != NULL)
        g_hash_table_replace (self->by_ref, g_strdup (ref), g_memdup2 (&key, sizeof key));
    }
  return lines != NULL;
}

static const char *
choose_currency (Import     *self,
                 const char *wanted,
                 char      **kept)
{
  const EntValue *budget = ent_record_get_named (self->campaign, "budget_total");

  if (wanted != NULL)
    return wanted;
  if (!ent_value_is_null (budget))
    return budget->currency;
  *kept = ent_store_dup_setting (self->store, ENT_SETTING_CURRENCY);
  return *kept != NULL ? *kept : "USD";
}

EntCampaignImport *
ent_campaign_import (EntStore            *store,
                     EntKey               campaign,
                     const char          *path,
                     const char * const  *maps,
                     const char          *currency,
                     GError             **error)
{
  g_autoptr (EntCampaignImport) result = g_new0 (EntCampaignImport, 1);
  g_autoptr (EntRecord) record = ent_store_get (store, campaign, error);
  g_autoptr (EntTableSource) source = record != NULL ? ent_table_source_open (path, NULL, NULL, error) : NULL;
  g_autoptr (GHashTable) by_ref = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *kept = NULL;
  Import import = { .store = store, .campaign = record, .source = source, .result = result, .by_ref = by_ref,
                    .type = ent_store_get_record_type (store, "campaign_line") };
  gboolean done;

  result->problems = g_ptr_array_new_with_free_func (g_free);
  if (source == NULL)
    return NULL;
  import.currency = choose_currency (&import, currency, &kept);
  done = map_columns (&import, maps, error) && know_lines (&import, error) &&
         ent_store_write (store, _("Import weekly lines"), ENT_ORIGIN_IMPORT, import_cb, &import, NULL, &result->seq,
                          error);
  g_free (import.fields);
  return done ? g_steal_pointer (&result) : NULL;
}
