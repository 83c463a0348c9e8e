/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

/* Places among all partners of a ladder, by the newest score. */

const Fact *
metrics_find_newest (EntMetrics    *self,
                     const Partner *partner,
                     Source         source,
                     guint          name,
                     gint64         from)
{
  const Fact *newest = NULL;

  for (guint i = 0; i < partner->facts->len; i++)
    {
      const Fact *fact = &g_array_index (partner->facts, Fact, i);

      if (fact->source == source && fact->name == name && fact->counts && fact->day <= self->today &&
          fact->day >= from &&
          (newest == NULL || fact->day > newest->day || (fact->day == newest->day && fact->key > newest->key)))
        newest = fact;
    }
  return newest;
}

typedef struct
{
  const EntLadder *ladder;
  gint64           score;
  guint            partner;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *first = a, *second = b;

  if (first->ladder != second->ladder)
    return first->ladder < second->ladder ? -1 : 1;
  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return first->partner < second->partner ? -1 : first->partner > second->partner;
}

/* Those who left are not ranked. */
static GArray *
collect_places (EntMetrics *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < self->partners->len; i++)
    {
      Partner *partner = metrics_get_nth (self, i);
      const Fact *fact = metrics_find_newest (self, partner, SOURCE_SCORE, 0, G_MININT64);
      Place place = { NULL, 0, i };

      partner->rank = 0;
      if (fact == NULL || g_strcmp0 (partner->lifecycle, "offboarded") == 0)
        continue;
      place.ladder = ent_metrics_get_ladder (self, i);
      place.score = fact->value;
      g_array_append_val (places, place);
    }
  return places;
}

/* Equal scores have the same, better place. */
void
metrics_rank (EntMetrics *self)
{
  g_autoptr (GArray) places = NULL;

  if (self->ranks_are_good)
    return;
  places = collect_places (self);
  g_array_sort (places, compare_places);
  for (guint start = 0, end; start < places->len; start = end)
    {
      const Place *first = &g_array_index (places, Place, start);
      guint rank = 1;

      for (end = start; end < places->len && (&g_array_index (places, Place, end))->ladder == first->ladder; end++)
        ;
      for (guint i = start; i < end; i++)
        {
          const Place *place = &g_array_index (places, Place, i);
          Partner *partner = metrics_get_nth (self, place->partner);

          if (i > start && place->score != (place - 1)->score)
            rank = i - start + 1;
          partner->rank = rank;
          partner->n_ranked = end - start;
        }
    }
  self->ranks_are_good = TRUE;
}
