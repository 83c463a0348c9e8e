/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-amounts.h"

#include <glib/gi18n-lib.h>

#define ALL_PCT 1000000 /* 100 % */

__extension__ typedef __int128 Wide;

/* Minor units times 1/10,000 of percent points. */
typedef struct
{
  const char *currency; /* interned */
  Wide        sum;
} Part;

struct _EntAmounts
{
  GArray     *parts;
  const char *first; /* (nullable) interned */
};

EntAmounts *
ent_amounts_new (void)
{
  EntAmounts *self = g_new0 (EntAmounts, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  return self;
}

void
ent_amounts_free (EntAmounts *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

static gboolean
goes_before (const EntAmounts *self,
             const char       *a,
             const char       *b)
{
  if (a == self->first || b == self->first)
    return a == self->first && b != self->first;
  return g_strcmp0 (a, b) < 0;
}

void
ent_amounts_set_first (EntAmounts *self,
                       const char *currency)
{
  self->first = g_intern_string (currency);
  for (guint i = 1; i < self->parts->len; i++)
    if (g_array_index (self->parts, Part, i).currency == self->first)
      {
        Part part = g_array_index (self->parts, Part, i);

        g_array_remove_index (self->parts, i);
        g_array_prepend_val (self->parts, part);
      }
}

void
ent_amounts_add (EntAmounts *self,
                 gint64      minor,
                 const char *currency,
                 gint64      pct)
{
  Part part = { g_intern_string (currency), (Wide) minor * pct };
  guint at = 0;

  for (; at < self->parts->len; at++)
    {
      Part *other = &g_array_index (self->parts, Part, at);

      if (other->currency == part.currency)
        {
          other->sum += part.sum;
          return;
        }
      if (goes_before (self, part.currency, other->currency))
        break;
    }
  g_array_insert_val (self->parts, at, part);
}

static gint64
rounded (Wide sum)
{
  Wide quotient = sum / ALL_PCT;
  Wide rest = sum % ALL_PCT;
  Wide twice = (rest < 0 ? -rest : rest) * 2;

  if (twice > ALL_PCT || (twice == ALL_PCT && quotient % 2 != 0))
    quotient += sum < 0 ? -1 : 1;
  return (gint64) CLAMP (quotient, (Wide) G_MININT64, (Wide) G_MAXINT64);
}

guint
ent_amounts_get_n (const EntAmounts *self)
{
  return self->parts->len;
}

gint64
ent_amounts_get_nth (const EntAmounts  *self,
                     guint              i,
                     const char       **currency)
{
  const Part *part;

  g_return_val_if_fail (i < self->parts->len, 0);

  part = &g_array_index (self->parts, Part, i);
  if (currency != NULL)
    *currency = part->currency;
  return rounded (part->sum);
}

gint64
ent_amounts_get (const EntAmounts *self,
                 const char       *currency)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_str_equal (g_array_index (self->parts, Part, i).currency, currency))
      return ent_amounts_get_nth (self, i, NULL);
  return 0;
}

char *
ent_amounts_display (const EntAmounts *self,
                     EntDisplay        form,
                     const char       *none)
{
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const char *currency;
      gint64 minor = ent_amounts_get_nth (self, i, &currency);
      g_autofree char *part = ent_money_display (minor, currency, form);
      g_autofree char *before = g_steal_pointer (&text);

      /* Translators: amounts in two currencies, side by side. */
      text = before != NULL ? g_strdup_printf (_("%s + %s"), before, part) : g_steal_pointer (&part);
    }
  return text != NULL ? g_steal_pointer (&text) : g_strdup (none);
}

char *
ent_amounts_display_main (const EntAmounts *self)
{
  g_autofree char *first = NULL;
  const char *currency;
  gint64 minor;

  if (self->parts->len == 0)
    return NULL;
  minor = ent_amounts_get_nth (self, 0, &currency);
  first = ent_money_display (minor, currency, ENT_DISPLAY_SHORT);
  if (self->parts->len == 1)
    return g_steal_pointer (&first);
  /* Translators: an amount, and how many there are in other currencies. */
  return g_strdup_printf (_("%s +%u"), first, self->parts->len - 1);
}
