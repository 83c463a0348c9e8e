/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/random-record.h"

#define MAX_ROW 50

static const char *
pick (GRand              *rand,
      const char * const *texts,
      gsize               n_texts)
{
  return texts[g_rand_int_range (rand, 0, (int) n_texts)];
}
#define pick_of(rand, texts) pick (rand, texts, G_N_ELEMENTS (texts))

static gint64
make_integer (const EntField *field,
              GRand          *rand)
{
  gboolean limited = field->info.min != 0 || field->info.max != 0;
  gint64 low = limited ? field->info.min : G_MININT64, high = limited ? field->info.max : G_MAXINT64;
  gint64 usual[] = { low, high, G_GINT64_CONSTANT (9007199254740993), -1, 0, 1, g_rand_int_range (rand, 0, 1000000) };

  switch ((int) field->info.type)
    {
    case ENT_FIELD_BOOL:
      return g_rand_boolean (rand);
    case ENT_FIELD_DATE:
      usual[0] = ent_date_from_ymd (1, 1, 1);
      usual[1] = ent_date_from_ymd (9999, 12, 31);
      return usual[g_rand_int_range (rand, 0, 2) + (g_rand_boolean (rand) ? 3 : 0)];
    case ENT_FIELD_DATETIME:
      usual[0] = ent_date_from_ymd (1, 1, 1) * (gint64) G_TIME_SPAN_DAY;
      usual[1] = (ent_date_from_ymd (9999, 12, 31) + 1) * (gint64) G_TIME_SPAN_DAY - 1;
      return usual[g_rand_int_range (rand, 0, G_N_ELEMENTS (usual))];
    default:
      return usual[g_rand_int_range (rand, 0, G_N_ELEMENTS (usual))];
    }
}

static EntKey
make_key (const EntField *field,
          GRand          *rand)
{
  const EntSchema *schema = field->type->schema;
  const EntRecordType *type = field->info.target != NULL ? ent_schema_lookup (schema, field->info.target) : NULL;

  if (type == NULL)
    type = ent_schema_get_nth (schema, (guint) g_rand_int_range (rand, 0, (int) ent_schema_get_n_types (schema)));
  return ent_key_make (type->info->number, g_rand_int_range (rand, 1, MAX_ROW));
}

static const char * const lines[] = {
  "a", "Acme", "“Ünïcode” 😀", "\"quoted\" \\ back", "a; b, c | d", "null", "-", "0", " spaces ", "عربي", "\t\x01", "/", "_id",
};
static const char * const texts[] = { "One\nTwo\nThree", "One\nTwo", "\n", "# Title\n\n- a\n- b\n", "x" };
static const char * const zones[] = { "Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires" };
static const char * const urls[] = { "https://example.com/a?b=c#d", "http://example.org" };
static const char * const mails[] = { "ana@example.com", "o'neil+tag@sub.example.org" };
static const char * const phones[] = { "+49 30 123456", "+1 555 0100" };
static const char * const hosts[] = { "example.com", "a.b.example.org" };
static const char * const hashes[] = {
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "0000000000000000000000000000000000000000000000000000000000000000",
};
static const char * const values[] = { "{}", "{\"b\": [1, 2.50],\n \"a\": null}", "[]", "1e3", "\"text\"" };

static const char *
make_text (const EntField *field,
           GRand          *rand)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
      return pick_of (rand, texts);
    case ENT_FIELD_ENUM:
      if (field->choices == NULL || field->choices->len == 0)
        return pick_of (rand, lines);
      return ((const EntChoice *) g_ptr_array_index (field->choices,
                                                     g_rand_int_range (rand, 0, (int) field->choices->len)))->value;
    case ENT_FIELD_COUNTRY:
      return pick (rand, ent_country_get_codes (), g_strv_length ((char **) ent_country_get_codes ()));
    case ENT_FIELD_CURRENCY:
      return pick (rand, ent_currency_get_codes (), g_strv_length ((char **) ent_currency_get_codes ()));
    case ENT_FIELD_TIMEZONE:
      return pick_of (rand, zones);
    case ENT_FIELD_URL:
      return pick_of (rand, urls);
    case ENT_FIELD_EMAIL:
      return pick_of (rand, mails);
    case ENT_FIELD_PHONE:
      return pick_of (rand, phones);
    case ENT_FIELD_DOMAIN:
      return pick_of (rand, hosts);
    case ENT_FIELD_HASH:
      return pick_of (rand, hashes);
    case ENT_FIELD_JSON:
      return pick_of (rand, values);
    default:
      return pick_of (rand, lines);
    }
}

static void
make_list (const EntField *field,
           GRand          *rand,
           EntValue       *value)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    {
      const char *text = make_text (field, rand);

      if (!g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
        g_ptr_array_add (list, (gpointer) text);
    }
  g_ptr_array_add (list, NULL);
  ent_value_set_list (value, (const char * const *) list->pdata);
}

static void
make_keys (const EntField *field,
           GRand          *rand,
           EntValue       *value)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    {
      EntKey key = make_key (field, rand);
      gboolean known = FALSE;

      for (guint j = 0; j < keys->len; j++)
        known |= g_array_index (keys, EntKey, j) == key;
      if (!known)
        g_array_append_val (keys, key);
    }
  ent_value_set_keys (value, (const EntKey *) (gpointer) keys->data, keys->len);
}

static void
make_value (const EntField *field,
            GRand          *rand,
            EntValue       *value)
{
  const char * const *codes = ent_currency_get_codes ();

  if (ent_field_is_many (field))
    field->info.type == ENT_FIELD_REF ? make_keys (field, rand, value) : make_list (field, rand, value);
  else if (field->info.type == ENT_FIELD_REF)
    ent_value_set_int (value, make_key (field, rand));
  else if (field->info.type == ENT_FIELD_MONEY)
    ent_value_set_money (value, make_integer (field, rand), pick (rand, codes, g_strv_length ((char **) codes)));
  else if (ent_field_is_integer (field))
    ent_value_set_int (value, make_integer (field, rand));
  else
    ent_value_set_text (value, make_text (field, rand));
}

void
test_random_value (const EntField *field,
                   GRand          *rand,
                   EntValue       *value)
{
  for (guint i = 0; i < 1000; i++)
    {
      make_value (field, rand, value);
      if (ent_value_check (field, value, NULL))
        return;
    }
  g_error ("no value was found for %s.%s", field->type->info->name, field->info.name);
}

EntRecord *
test_random_record (const EntRecordType *type,
                    GRand               *rand,
                    int                  percent)
{
  EntRecord *record = ent_record_new (type);
  EntId id;

  for (guint i = 0; i < sizeof id.bytes; i++)
    id.bytes[i] = (guint8) g_rand_int_range (rand, 1, 256);
  ent_record_set_id (record, &id);
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if ((field->info.flags & ENT_FIELD_SYSTEM) == 0 && g_rand_int_range (rand, 0, 100) < percent)
        test_random_value (field, rand, &value);
      ent_record_load (record, i, &value);
    }
  return record;
}
