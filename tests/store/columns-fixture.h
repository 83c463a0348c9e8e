/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Records of which the columns are loaded. */

#include "store/query-fixture.h"

#define N_RECORDS 150
#define N_ROUNDS 12
#define N_QUERIES 250 /* a round */

#define PICK(array) array[g_test_rand_int_range (0, G_N_ELEMENTS (array))]

static const char * const titles[] = {
  "Acme", "acme", "Ácme Cloud", "Beta", "Beta Systems", "Zeta", "Müller", "muller", "東京", "Ωmega", "x", "42",
};

/* Two fields a line: how one is set and what it is compared with. */
static const struct
{
  const char *field;
  const char *values[10]; /* interchange form */
} org_fields[] = {
  { "lifecycle", { "active", "at_risk", "identified", "onboarding" } },
  { "region", { "emea", "apac", "somewhere", "global" } },
  { "country", { "DE", "FR", "US", "JP", "AT" } },
  { "arr", { "100 USD", "100.01 USD", "-5 USD", "90000 EUR", "1000 JPY", "0.125 KWD", "9000000000 USD" } },
  { "founded_year", { "1990", "1991", "2020" } },
  { "size_employees", { "0", "5", "300", "9000", "9000000" } },
  { "partner_since", { "2020-01-01", "2024-02-29", "1969-12-31" } },
  { "roles", { "partner", "partner; customer", "competitor" } },
  { "cities", { "Berlin; Ulm", "Ulm", "São Paulo", "berlin" } },
  { "legal_name", { "Acme", "acme", "Other \"quoted\"", "Zeta" } },
  { "territory_right", { "none", "exclusive" } },
  { "tags", { "a", "a; b", "b" } },
};

typedef struct
{
  GArray *people; /* of EntKey */
  GArray *orgs;
  guint   n; /* edits to make */
} World;

static inline guint
count_values (guint field)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (org_fields[field].values) && org_fields[field].values[n] != NULL)
    n++;
  return n;
}

static inline const char *
pick_value (guint field)
{
  return org_fields[field].values[g_test_rand_int_range (0, (int) count_values (field))];
}

static void append_filter (GString *text, guint depth);

static inline void
append_quoted (GString    *text,
               const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\"", -1);
  g_autofree char *escaped = g_strjoinv ("\\\"", parts);

  g_string_append_printf (text, "\"%s\"", escaped);
}

static inline void
append_value (GString *text,
              guint    field)
{
  const char *value = pick_value (field);
  g_auto (GStrv) items = g_strsplit (value, "; ", 2);

  /* Half of the amounts without their currency. */
  if (g_str_equal (org_fields[field].field, "arr") && g_test_rand_bit ())
    *strchr (items[0], ' ') = '\0';
  append_quoted (text, items[0]);
}

static inline gboolean
has_order (const char *field)
{
  static const char * const none[] = { "country", "roles", "cities", "tags", NULL };

  return !g_strv_contains (none, field);
}

static inline gboolean
holds_text (const char *field)
{
  static const char * const none[] = { "arr", "founded_year", "size_employees", "partner_since", NULL };

  return !g_strv_contains (none, field);
}

static inline void
append_field_term (GString *text)
{
  static const char * const orders[] = { " < ", " <= ", " > ", " >= " };
  guint field = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (org_fields));
  const char *name = org_fields[field].field;

  g_string_append (text, name);
  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      g_string_append (text, g_test_rand_bit () ? " is empty" : " is not empty");
      return;
    case 1:
      g_string_append (text, g_test_rand_bit () ? " in (" : " not in (");
      append_value (text, field);
      g_string_append (text, ", ");
      append_value (text, field);
      g_string_append (text, ")");
      return;
    case 2:
    case 3:
      g_string_append (text, has_order (name) ? PICK (orders) : " = ");
      break;
    case 4:
      g_string_append (text, holds_text (name) ? (g_test_rand_bit () ? " ~ " : " !~ ") : " != ");
      break;
    default:
      g_string_append (text, g_test_rand_bit () ? " = " : " != ");
    }
  append_value (text, field);
}

static inline void
append_other_term (GString *text)
{
  static const char * const terms[] = {
    "title ~ ", "title = ", "title < ", "title >= ", "owner = ", "owner != ", "owner ~ ", "parent = ",
    "parent.title ~ ", "parent.owner = ", "parent.owner.title !~ ", "owner.title > ", "legal_name ~ ",
  };
  static const char * const whole[] = {
    "owner.region = emea", "owner.region != apac", "owner.is_team", "not owner.is_team",
    "parent.lifecycle = active", "parent.arr > 100", "parent.roles has partner", "owner = me", "code < P-100",
    "code in (P-1, P-2, P-3, P-77)", "parent is empty", "parent.parent.owner.region = emea",
    "created_at <= today", "updated_at > today", "parent.cities ~ ulm", "owner is not empty",
    "parent.region < apac", "parent.legal_name = acme",
  };

  if (g_test_rand_bit ())
    {
      g_string_append (text, PICK (whole));
      return;
    }
  g_string_append (text, PICK (terms));
  append_quoted (text, PICK (titles));
}

static inline void
append_term (GString *text,
             guint    depth)
{
  int what = g_test_rand_int_range (0, 12);

  if (what == 0 && depth > 0)
    {
      g_string_append (text, "not (");
      append_filter (text, depth - 1);
      g_string_append_c (text, ')');
    }
  else if (what == 1 && depth > 0)
    {
      g_string_append_c (text, '(');
      append_filter (text, depth - 1);
      g_string_append_c (text, ')');
    }
  else if (what < 7)
    append_field_term (text);
  else
    append_other_term (text);
}

static inline void
append_filter (GString *text,
               guint    depth)
{
  int n = g_test_rand_int_range (0, 3);

  append_term (text, depth);
  while (n-- > 0)
    {
      g_string_append (text, g_test_rand_bit () ? " and " : " or ");
      append_term (text, depth);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
