/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <string.h>

/* Contacts of partners and customers: names from the country's word lists. */

static JsonObject *
culture_of (Sample     *self,
            const char *country)
{
  JsonArray *cultures = json_object_get_array_member (self->pools, "cultures");

  for (guint i = 0; i < json_array_get_length (cultures); i++)
    {
      JsonObject *culture = json_array_get_object_element (cultures, i);
      JsonArray *countries = json_object_get_array_member (culture, "countries");

      for (guint j = 0; j < json_array_get_length (countries); j++)
        if (g_str_equal (json_array_get_string_element (countries, j), country))
          return culture;
    }
  return json_array_get_object_element (cultures, 0);
}

/* Picks a name of a list; "葵|Aoi" gives the name and its Latin form. */
static void
pick_name (Sample      *self,
           JsonObject  *culture,
           const char  *list,
           char       **name,
           char       **latin)
{
  JsonArray *names = json_object_get_array_member (culture, list);
  const char *text = json_array_get_string_element (
    names, sample_int (self, 0, json_array_get_length (names) - 1));
  const char *bar = strchr (text, '|');

  *name = bar != NULL ? g_strndup (text, bar - text) : g_strdup (text);
  *latin = g_str_to_ascii (bar != NULL ? bar + 1 : text, "C");
}

static void
append_letters (GString    *address,
                const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalpha (*text))
      g_string_append_c (address, g_ascii_tolower (*text));
}

/* given.family@domain, with a number when the address is taken. (transfer full) */
static char *
make_email (Sample     *self,
            const char *given,
            const char *family,
            const char *domain)
{
  for (int number = 1;; number++)
    {
      GString *address = g_string_new (NULL);
      char *email;

      append_letters (address, given);
      g_string_append_c (address, '.');
      append_letters (address, family);
      if (number > 1)
        g_string_append_printf (address, "%d", number);
      g_string_append_printf (address, "@%s.example", domain);
      email = g_string_free (address, FALSE);
      if (g_hash_table_add (self->emails, g_strdup (email)))
        return email;
      g_free (email);
    }
}

static void
put_profile (Sample      *self,
             EntRecord   *record,
             SampleOrg   *org,
             JsonObject  *culture,
             const char  *seniority)
{
  gboolean is_partner = org->trend != SAMPLE_TREND_NONE || org->lifecycle != NULL;
  gboolean leads = g_str_equal (seniority, "c_level") || g_str_equal (seniority, "vp");

  sample_put (self, record, "language", json_object_get_string_member (culture, "language"));
  sample_put (self, record, "region", org->region);
  sample_put (self, record, "consent", sample_chance (self, 80) ? "given" : "unknown");
  sample_put_int (self, record, "influence_0_100",
                  leads ? sample_int (self, 70, 95) : sample_int (self, 20, 70));
  sample_put (self, record, "decision_authority",
              leads ? "decides" : sample_chance (self, 40) ? "recommends" : "influences");
  if (is_partner)
    sample_put_int (self, record, "cadence_days", org->level == 1 ? 21 : org->level == 2 ? 30 : 60);
  sample_put_int (self, record, "met_on",
                  sample_work_day (self->today - sample_int (self, 20, 900)));
}

static void
make_person (Sample     *self,
             SampleOrg  *org,
             const char *jobs)
{
  JsonObject *culture = culture_of (self, org->country != NULL ? org->country : "US");
  JsonArray *job = sample_row (self, jobs);
  g_autofree char *given = NULL, *family = NULL, *latin_given = NULL, *latin_family = NULL;
  g_autofree char *title = NULL, *email = NULL;
  EntRecord *record = sample_begin (self, "person");
  EntKey key;

  pick_name (self, culture, "given", &given, &latin_given);
  pick_name (self, culture, "family", &family, &latin_family);
  title = json_object_get_boolean_member (culture, "family_first")
            ? g_strdup_printf ("%s %s", family, given)
            : g_strdup_printf ("%s %s", given, family);
  email = make_email (self, latin_given, latin_family, org->ref + strlen ("org:"));

  sample_put (self, record, "title", title);
  sample_put (self, record, "given", given);
  sample_put (self, record, "family", family);
  sample_put (self, record, "emails", email);
  sample_put_key (self, record, "org", org->key);
  sample_put (self, record, "job_title", json_array_get_string_element (job, 0));
  sample_put (self, record, "function", json_array_get_string_element (job, 1));
  sample_put (self, record, "seniority", json_array_get_string_element (job, 2));
  put_profile (self, record, org, culture, json_array_get_string_element (job, 2));

  key = sample_end (self, record);
  if (key != 0)
    g_array_append_val (org->people, key);
}

void
sample_make_people (Sample *self)
{
  static const guint by_level[] = { 1, 6, 4, 3, 2 };

  for (guint i = 0; i < self->partners->len; i++)
    {
      SampleOrg *partner = sample_partner (self, i);

      while (partner->people->len < by_level[partner->level] && self->error == NULL)
        make_person (self, partner, "partner_jobs");
    }
  for (guint i = 0; i < self->customers->len; i++)
    {
      SampleOrg *customer = sample_customer (self, i);

      while (customer->people->len < 1 && self->error == NULL)
        make_person (self, customer, "customer_jobs");
    }
}
