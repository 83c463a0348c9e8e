/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-clock-skew.h"

#include <glib/gi18n-lib.h>

struct _EntClockSkew
{
  GMutex mutex;
  gint64 offset;
};

EntClockSkew *
ent_clock_skew_new (void)
{
  EntClockSkew *self = g_atomic_rc_box_new0 (EntClockSkew);

  g_mutex_init (&self->mutex);
  return self;
}

EntClockSkew *
ent_clock_skew_ref (EntClockSkew *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
finalize (gpointer self)
{
  g_mutex_clear (&((EntClockSkew *) self)->mutex);
}

void
ent_clock_skew_unref (EntClockSkew *self)
{
  g_atomic_rc_box_release_full (self, finalize);
}

/* The server wrote its date at some moment between @sent and @received, and cut it to the second: of all offsets that this
 * allows, the smallest. */
static gint64
measure (gint64 date,
         gint64 sent,
         gint64 received)
{
  gint64 least = date - MAX (sent, received);
  gint64 most = date + G_TIME_SPAN_SECOND - MIN (sent, received);
  gint64 offset = least > 0 ? least : most < 0 ? most : 0;

  return ABS (offset) > ENT_CLOCK_SKEW_TOLERANCE ? offset : 0;
}

gboolean
ent_clock_skew_learn (EntClockSkew       *self,
                      SoupMessageHeaders *headers,
                      gint64              sent,
                      gint64              received)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = NULL;
  gint64 before, after;

  if (text == NULL || soup_message_headers_get_one (headers, "Age") != NULL)
    return FALSE;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return FALSE;
  after = measure (g_date_time_to_unix_usec (date), sent, received);
  g_mutex_lock (&self->mutex);
  before = self->offset;
  self->offset = after;
  g_mutex_unlock (&self->mutex);
  return ABS (after - before) > ENT_CLOCK_SKEW_TOLERANCE;
}

gint64
ent_clock_skew_get_offset (EntClockSkew *self)
{
  gint64 offset;

  g_mutex_lock (&self->mutex);
  offset = self->offset;
  g_mutex_unlock (&self->mutex);
  return offset;
}

gint64
ent_clock_skew_now (EntClockSkew *self)
{
  return g_get_real_time () + (self != NULL ? ent_clock_skew_get_offset (self) : 0);
}

/* "10 minutes", in the largest unit of which there is more than one. */
static char *
dup_span (gint64 span)
{
  guint minutes = (guint) ((span + G_TIME_SPAN_MINUTE / 2) / G_TIME_SPAN_MINUTE);
  guint hours = (minutes + 30) / 60;
  guint days = (hours + 12) / 24;

  if (minutes < 90)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", minutes), minutes);
  if (hours < 36)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour", "%u hours", hours), hours);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", days), days);
}

char *
ent_clock_skew_dup_sentence (gint64 offset)
{
  g_autofree char *span = NULL;

  if (ABS (offset) <= ENT_CLOCK_SKEW_TOLERANCE)
    return NULL;
  span = dup_span (ABS (offset));
  /* Translators: %s is "10 minutes" */
  return g_strdup_printf (offset > 0 ? _("This computer’s clock is %s behind; correct it in the system’s settings.")
                                     : _("This computer’s clock is %s ahead; correct it in the system’s settings."), span);
}
