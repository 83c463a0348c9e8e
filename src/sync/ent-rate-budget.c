/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-rate-budget.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

#define N_PARTS   16
#define N_COUNTED (N_PARTS + 1) /* so many parts touch any stretch as long as the window */
#define MAX_PAUSE (24 * 60 * 60 * (gint64) 1000)
#define MAX_STEPS 30000

/* One limit: what was used in each of the last parts, by the part's number since 1970. */
typedef struct
{
  const EntConnectorRate *rate;
  gint64                  width; /* of a part, milliseconds */
  gint64                  parts[N_COUNTED];
  gint64                  used[N_COUNTED];
} Window;

struct _EntRateBudget
{
  EntConnector *connector;
  GArray       *windows;
  gint64        paused_until;
};

EntRateBudget *
ent_rate_budget_new (EntConnector *connector)
{
  EntRateBudget *self = g_new0 (EntRateBudget, 1);

  self->connector = ent_connector_ref (connector);
  self->windows = g_array_new (FALSE, TRUE, sizeof (Window));
  for (guint i = 0; i < connector->rates->len; i++)
    {
      Window window = { .rate = connector->rates->pdata[i] };

      window.width = (window.rate->seconds * 1000 + N_PARTS - 1) / N_PARTS;
      g_array_append_val (self->windows, window);
    }
  return self;
}

void
ent_rate_budget_free (EntRateBudget *self)
{
  ent_connector_unref (self->connector);
  g_array_unref (self->windows);
  g_free (self);
}

static Window *
get_window (EntRateBudget *self,
            guint          i)
{
  return &g_array_index (self->windows, Window, i);
}

/* --- Which requests count ---------------------------------------------------------------------------------- */

static gboolean
is_read (const EntConnectorOperation *operation)
{
  return operation->reads || g_str_equal (operation->name, "list") || g_str_equal (operation->name, "get");
}

static gboolean
counts (const EntConnectorRate      *rate,
        const EntConnectorOperation *operation)
{
  if (rate->operations != NULL && !g_strv_contains ((const char * const *) rate->operations, operation->name))
    return FALSE;
  return rate->uses == ENT_CONNECTOR_ALL || is_read (operation) == (rate->uses == ENT_CONNECTOR_READS);
}

/* --- One window ----------------------------------------------------------------------------------------------- */

/* Forgets what is over. After a clock was set back, what seems to be yet to come counts as just used. */
static void
settle (Window *self,
        gint64  now)
{
  gint64 part = now / self->width, latest = G_MININT64;

  for (guint i = 0; i < N_COUNTED; i++)
    if (self->used[i] > 0)
      latest = MAX (latest, self->parts[i]);
  for (guint i = 0; i < N_COUNTED; i++)
    {
      if (latest > part)
        self->parts[i] -= latest - part;
      if (self->parts[i] <= part - N_COUNTED)
        self->used[i] = 0;
    }
}

static gint64
sum_since (const Window *self,
           gint64        part)
{
  gint64 sum = 0;

  for (guint i = 0; i < N_COUNTED; i++)
    if (self->parts[i] >= part)
      sum += self->used[i];
  return sum;
}

static gint64
wait_for (Window *self,
          gint64  now)
{
  gint64 part = now / self->width;

  settle (self, now);
  for (gint64 later = part; later <= part + N_COUNTED; later++)
    if (sum_since (self, later - N_COUNTED + 1) < self->rate->limit)
      return later == part ? 0 : later * self->width - now;
  return N_COUNTED * self->width;
}

static void
count (Window *self,
       gint64  now,
       gint64  n)
{
  gint64 part = now / self->width;
  guint slot = 0;

  settle (self, now);
  for (guint i = 0; i < N_COUNTED; i++)
    {
      if (self->used[i] > 0 && self->parts[i] == part)
        {
          self->used[i] += n;
          return;
        }
      if (self->used[i] == 0)
        slot = i;
    }
  self->parts[slot] = part;
  self->used[slot] = n;
}

/* --- Asking and telling ----------------------------------------------------------------------------------------- */

gint64
ent_rate_budget_get_wait (EntRateBudget               *self,
                          const EntConnectorOperation *operation,
                          gint64                       now)
{
  gint64 wait;

  self->paused_until = MIN (self->paused_until, now + MAX_PAUSE);
  wait = MAX (self->paused_until - now, 0);
  for (guint i = 0; i < self->windows->len; i++)
    if (counts (get_window (self, i)->rate, operation))
      wait = MAX (wait, wait_for (get_window (self, i), now));
  return wait;
}

void
ent_rate_budget_take (EntRateBudget               *self,
                      const EntConnectorOperation *operation,
                      gint64                       now)
{
  for (guint i = 0; i < self->windows->len; i++)
    if (counts (get_window (self, i)->rate, operation))
      count (get_window (self, i), now, 1);
}

void
ent_rate_budget_pause (EntRateBudget *self,
                       gint64         wait,
                       gint64         now)
{
  self->paused_until = MAX (self->paused_until, now + CLAMP (wait, 0, MAX_PAUSE));
}

/* Plays it through on a copy; of very many, a part that stands for all. */
gint64
ent_rate_budget_estimate (EntRateBudget                       *self,
                          const EntConnectorOperation * const *operations,
                          guint                                n_edits,
                          gint64                               now)
{
  g_autoptr (EntRateBudget) copy = ent_rate_budget_new (self->connector);
  guint n_played = MIN (n_edits, MAX_STEPS);
  gint64 time = now;

  g_array_set_size (copy->windows, 0);
  g_array_append_vals (copy->windows, self->windows->data, self->windows->len);
  copy->paused_until = self->paused_until;
  for (guint i = 0; i < n_played; i++)
    for (const EntConnectorOperation * const *operation = operations; *operation != NULL; operation++)
      {
        time += ent_rate_budget_get_wait (copy, *operation, time);
        ent_rate_budget_take (copy, *operation, time);
      }
  return n_played == 0 ? 0 : (time - now) * n_edits / n_played;
}

static char *
describe_time (gint64 milliseconds)
{
  gint64 minutes = (milliseconds + 59999) / 60000, hours = (minutes + 59) / 60, days = (hours + 23) / 24;

  if (milliseconds < 30000)
    return g_strdup (_("less than a minute"));
  if (minutes < 90)
    return g_strdup_printf (ngettext ("about %ld minute", "about %ld minutes", (gulong) minutes), (glong) minutes);
  if (hours < 36)
    return g_strdup_printf (ngettext ("about %ld hour", "about %ld hours", (gulong) hours), (glong) hours);
  return g_strdup_printf (ngettext ("about %ld day", "about %ld days", (gulong) days), (glong) days);
}

char *
ent_rate_budget_describe (guint  n_edits,
                          gint64 milliseconds)
{
  g_autofree char *time = describe_time (milliseconds);

  return g_strdup_printf (ngettext ("%u edit needs %s", "%u edits need %s", n_edits), n_edits, time);
}

/* --- Keeping ------------------------------------------------------------------------------------------------------ */

char *
ent_rate_budget_to_text (EntRateBudget *self)
{
  g_autoptr (JsonNode) root = ent_json_new_object ();
  JsonObject *windows = json_object_new ();

  json_object_set_int_member (json_node_get_object (root), "paused_until", self->paused_until);
  json_object_set_object_member (json_node_get_object (root), "used", windows);
  for (guint i = 0; i < self->windows->len; i++)
    {
      const Window *window = get_window (self, i);
      JsonObject *used = json_object_new ();

      for (guint j = 0; j < N_COUNTED; j++)
        if (window->used[j] > 0)
          {
            g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, window->parts[j] * window->width);

            json_object_set_int_member (used, start, window->used[j]);
          }
      json_object_set_object_member (windows, window->rate->name, used);
    }
  return ent_json_write (root);
}

static gint64
read_count (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return MAX (json_node_get_int (node), 0);
}

/* The latest parts are kept: an earlier one takes no place of theirs. */
static void
load_window (Window   *self,
             JsonNode *used)
{
  JsonObjectIter iter;
  const char *start;
  JsonNode *node;
  gint64 latest = 0;

  if (used == NULL || !JSON_NODE_HOLDS_OBJECT (used))
    return;
  json_object_iter_init (&iter, json_node_get_object (used));
  while (json_object_iter_next (&iter, &start, &node))
    latest = MAX (latest, CLAMP (g_ascii_strtoll (start, NULL, 10), 0, G_MAXINT64 / 2));
  json_object_iter_init (&iter, json_node_get_object (used));
  while (json_object_iter_next (&iter, &start, &node))
    {
      gint64 time = CLAMP (g_ascii_strtoll (start, NULL, 10), 0, G_MAXINT64 / 2);
      gint64 n = MIN (read_count (node), self->rate->limit);

      if (n > 0 && time / self->width > latest / self->width - N_COUNTED)
        {
          gint64 part = time / self->width;
          guint slot = (guint) (part % N_COUNTED);

          self->parts[slot] = part;
          self->used[slot] += n;
        }
    }
}

gboolean
ent_rate_budget_load (EntRateBudget *self,
                      const char    *text,
                      GError       **error)
{
  g_autoptr (JsonNode) root = ent_json_parse (text, -1, error);
  JsonNode *used;

  if (root == NULL)
    return FALSE;
  used = ent_json_pointer_get (root, "/used");
  self->paused_until = MIN (read_count (ent_json_pointer_get (root, "/paused_until")), G_MAXINT64 / 2);
  for (guint i = 0; i < self->windows->len; i++)
    {
      Window *window = get_window (self, i);

      memset (window->used, 0, sizeof window->used);
      load_window (window, used != NULL && JSON_NODE_HOLDS_OBJECT (used)
                             ? json_object_get_member (json_node_get_object (used), window->rate->name) : NULL);
    }
  return TRUE;
}
