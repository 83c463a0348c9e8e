/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-recover-private.h"

#include <glib/gi18n-lib.h>

/* What was saved and what was lost, in words. */

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* The gaps without what was found in them. (transfer full) */
static GArray *
subtract_found (EntLostRows *lost)
{
  GArray *left = g_array_new (FALSE, FALSE, sizeof (EntRange));
  guint next = 0;

  g_array_sort (lost->found, compare_rows);
  for (guint i = 0; i < lost->gaps->len; i++)
    {
      EntRange gap = g_array_index (lost->gaps, EntRange, i);

      for (; next < lost->found->len && g_array_index (lost->found, gint64, next) <= gap.last; next++)
        {
          gint64 row = g_array_index (lost->found, gint64, next);
          EntRange before = { gap.first, row - 1 };

          if (before.first <= before.last)
            g_array_append_val (left, before);
          gap.first = row + 1;
        }
      if (gap.first <= gap.last)
        g_array_append_val (left, gap);
    }
  return left;
}

void
ent_salvage_report_type (EntSalvage  *self,
                         EntLostRows *lost)
{
  const char *label = ent_record_type_get_label (lost->type, TRUE);
  g_autoptr (GArray) gaps = subtract_found (lost);
  gint64 n_lost = 0;

  /* How many there were is not known: what lies after the last one found is no loss that can be told. */
  if (lost->is_unlisted)
    g_array_set_size (gaps, gaps->len - 1);

  for (guint i = 0; i < gaps->len; i++)
    {
      const EntRange *gap = &g_array_index (gaps, EntRange, i);
      g_autofree char *first = ent_record_type_make_code (lost->type, gap->first);
      g_autofree char *last = ent_record_type_make_code (lost->type, gap->last);

      n_lost += gap->last - gap->first + 1;
      if (i < 20)
        g_string_append_printf (self->report, gap->first == gap->last
                                ? _("%s: %s could not be read.\n")
                                : _("%s: %s to %s could not be read.\n"), label, first, last);
    }
  self->n_lost_rows += n_lost + lost->n_refused;
  if (n_lost + lost->n_refused > 0)
    g_string_append_printf (self->report, _("%s: %" G_GINT64_FORMAT " saved, %" G_GINT64_FORMAT
                                            " lost.\n"), label, lost->n_copied,
                            n_lost + lost->n_refused);
  else if (lost->n_copied > 0)
    g_string_append_printf (self->report, _("%s: all %" G_GINT64_FORMAT " saved.\n"), label,
                            lost->n_copied);
}

void
ent_salvage_report_other (EntSalvage *self,
                          const char *label,
                          GArray     *gaps)
{
  gint64 n_lost = self->n_refused;

  for (guint i = 0; i < gaps->len; i++)
    n_lost += g_array_index (gaps, EntRange, i).last - g_array_index (gaps, EntRange, i).first + 1;
  self->n_lost_rows += n_lost;
  if (n_lost > 0)
    g_string_append_printf (self->report, _("%s: %" G_GINT64_FORMAT " saved, up to %" G_GINT64_FORMAT
                                            " lost.\n"), label, self->n_copied, n_lost);
}
