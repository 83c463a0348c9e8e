/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

/* The edges of the ecosystem: partners to us and to what they sell, partners and customers that worked
 * together (counted from the deals), people who know or report to each other, competitors. */

static void
make_link (Sample     *self,
           const char *type,
           EntKey      from,
           EntKey      to,
           int         strength,
           gint64      since)
{
  EntRecord *record = sample_begin (self, "link");

  sample_put (self, record, "type", type);
  sample_put_key (self, record, "from", from);
  sample_put_key (self, record, "to", to);
  sample_put_int (self, record, "strength", CLAMP (strength, 1, 100));
  if (since != 0)
    sample_put_int (self, record, "since", since);
  if (g_str_equal (type, "works_with") || g_str_equal (type, "competes") ||
      g_str_equal (type, "knows") || g_str_equal (type, "partner_of"))
    sample_put (self, record, "symmetric", "yes");
  sample_end (self, record);
}

static int
tie_strength (Sample          *self,
              const SampleOrg *partner)
{
  static const int by_level[] = { 15, 85, 68, 48, 30 };
  int trend = partner->trend == SAMPLE_TREND_UP ? 8 : partner->trend == SAMPLE_TREND_DOWN ? -22 : 0;

  return by_level[partner->level] + trend + sample_int (self, -7, 7);
}

static void
link_partner (Sample    *self,
              SampleOrg *partner)
{
  static const char * const products[] = { "offer:flow", "offer:vault", "offer:insight", "offer:sense" };
  int strength = tie_strength (self, partner);

  if (partner->level != 0)
    make_link (self, "partner_of", partner->key, self->own, strength, partner->since);
  if (partner->level != 0 && g_strcmp0 (partner->type, "technology") == 0)
    make_link (self, "integrates", partner->key, sample_key (self, products[sample_int (self, 0, 3)]),
               strength, 0);
  else if (partner->level != 0 && g_strcmp0 (partner->type, "channel") == 0)
    make_link (self, "resells", partner->key, sample_key (self, products[sample_int (self, 0, 1)]),
               strength, 0);

  for (guint i = 0; i < partner->people->len && self->error == NULL; i++)
    {
      if (i < 2)
        make_link (self, "knows", partner->manager, sample_person (partner, i),
                   strength + sample_int (self, -15, 10), 0);
      if (i > 0 && partner->level < 3)
        make_link (self, "reports_to", sample_person (partner, i), sample_person (partner, 0), 60, 0);
    }
}

/* How often two organizations met in deals: "FROM TO" → count. */
static void
count_tie (GHashTable *ties,
           GPtrArray  *order,
           EntKey      from,
           EntKey      to)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, from, to);
  const char *pair = g_intern_string (name);
  int count = GPOINTER_TO_INT (g_hash_table_lookup (ties, pair));

  if (count == 0)
    g_ptr_array_add (order, (gpointer) pair);
  g_hash_table_insert (ties, (gpointer) pair, GINT_TO_POINTER (count + 1));
}

static void
link_by_deals (Sample *self)
{
  g_autoptr(GHashTable) ties = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < self->deals->len; i++)
    {
      const SampleDeal *deal = &g_array_index (self->deals, SampleDeal, i);
      EntKey partner = sample_partner (self, deal->partner)->key;

      if (deal->won)
        count_tie (ties, order, partner, sample_customer (self, deal->account)->key);
      if (deal->second != G_MAXUINT && deal->won)
        count_tie (ties, order, MIN (partner, sample_partner (self, deal->second)->key),
                   MAX (partner, sample_partner (self, deal->second)->key));
    }

  for (guint i = 0; i < order->len && self->error == NULL; i++)
    {
      const char *pair = g_ptr_array_index (order, i);
      int count = GPOINTER_TO_INT (g_hash_table_lookup (ties, pair));
      char *rest;
      EntKey from = g_ascii_strtoll (pair, &rest, 10);
      EntKey to = g_ascii_strtoll (rest, NULL, 10);

      make_link (self, "works_with", from, to, 30 + 14 * count, 0);
    }
}

static void
link_competitors (Sample *self)
{
  static const struct { const char *competitor, *partner; } shared[] =
  {
    { "org:flowmatrix", "org:docusphere" }, { "org:flowmatrix", "org:kestrel" },
    { "org:procession", "org:stratus-one" }, { "org:procession", "org:raghavan" },
    { "org:casemill", "org:oriel" }, { "org:casemill", "org:veldhuis" },
    { "org:tessellate", "org:pelikan" }, { "org:autonoma", "org:hanbit" },
  };

  for (guint i = 0; i < self->competitors->len; i++)
    make_link (self, "competes", g_array_index (self->competitors, EntKey, i), self->own,
               90 - (int) i * 9, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    make_link (self, "partner_of", sample_key (self, shared[i].partner),
               sample_key (self, shared[i].competitor), sample_int (self, 25, 65), 0);
}

static void
link_introductions (Sample *self)
{
  static const struct { const char *from, *to; } paths[] =
  {
    { "person:katharina-von-hohenfels", "person:frauke-petersen" },
    { "person:katharina-von-hohenfels", "person:stefan-brandl" },
    { "person:walter-rowe", "person:harold-osei" },
    { "person:chidi-eze", "person:lucille-fontaine" },
    { "person:watanabe-kenji", "person:park-jihoon" },
    { "person:venkat-iyer", "person:meera-deshpande" },
    { "person:radka-blahova", "person:oleksandr-shevchuk" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      make_link (self, "knows", sample_key (self, paths[i].from), sample_key (self, paths[i].to),
                 sample_int (self, 55, 90), 0);
      make_link (self, "introduces", sample_key (self, paths[i].from), sample_key (self, paths[i].to),
                 sample_int (self, 40, 80), self->today - sample_int (self, 30, 500));
    }
  make_link (self, "depends_on", self->own, sample_key (self, "org:stratus-one"), 80, 0);
  make_link (self, "depends_on", sample_key (self, "offer:flow"), sample_key (self, "offer:int-capture"),
             55, 0);
  make_link (self, "parent", sample_key (self, "org:raghavan"), sample_key (self, "org:sahyadri"), 40, 0);
}

void
sample_make_links (Sample *self)
{
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    link_partner (self, sample_partner (self, i));
  link_by_deals (self);
  link_competitors (self);
  link_introductions (self);
}
