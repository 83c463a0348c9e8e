/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-review-doc.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libical/ical.h>

/* The meeting of a review as a calendar file. The zone goes along as VTIMEZONE, so that the time is right wherever the
 * file is opened, and also after the rules of summer time change there. */

#define DEFAULT_MINUTES 60

static struct icaltimetype
time_in (gint64        micros,
         icaltimezone *zone)
{
  icaltimezone *utc = icaltimezone_get_utc_timezone ();
  struct icaltimetype at = icaltime_from_timet_with_zone ((time_t) (micros / G_TIME_SPAN_SECOND), 0, utc);

  return zone == utc ? at : icaltime_convert_to_zone (at, zone);
}

static int
agenda_minutes (const EntReview *review)
{
  int minutes = 0;

  for (guint i = 0; i < review->blocks->len; i++)
    minutes += ((EntReviewBlock *) g_ptr_array_index (review->blocks, i))->minutes;
  return minutes > 0 ? minutes : DEFAULT_MINUTES;
}

/* An alarm when the pre-read is due and another a day before, for who has to send it. */
static void
add_alarm (icalcomponent *event,
           gint64         seconds_before,
           const char    *text)
{
  struct icaltriggertype trigger = { 0 };
  icalcomponent *alarm = icalcomponent_new (ICAL_VALARM_COMPONENT);

  trigger.time = icaltime_null_time ();
  trigger.duration = icaldurationtype_from_int ((int) -seconds_before);
  icalcomponent_add_property (alarm, icalproperty_new_action (ICAL_ACTION_DISPLAY));
  icalcomponent_add_property (alarm, icalproperty_new_description (text));
  icalcomponent_add_property (alarm, icalproperty_new_trigger (trigger));
  icalcomponent_add_component (event, alarm);
}

static char *
describe (const EntReview *review)
{
  g_auto (GStrv) sections = ent_review_dup_sections (review);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **section = sections; *section != NULL; section++)
    {
      int minutes = ent_review_get_section_minutes (review, *section);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", *section);
      if (minutes > 0)
        g_string_append_printf (text, _(" (%d min)"), minutes);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_time (icalcomponent *event,
          icalproperty  *property,
          icaltimezone  *zone)
{
  if (zone != icaltimezone_get_utc_timezone ())
    icalproperty_add_parameter (property, icalparameter_new_tzid (icaltimezone_get_location (zone)));
  icalcomponent_add_property (event, property);
}

static void
add_zone (icalcomponent *calendar,
          icaltimezone  *zone)
{
  icalcomponent *found = zone != icaltimezone_get_utc_timezone () ? icaltimezone_get_component (zone) : NULL;
  icalcomponent *copy = found != NULL ? icalcomponent_new_clone (found) : NULL;
  icalproperty *id = copy != NULL ? icalcomponent_get_first_property (copy, ICAL_TZID_PROPERTY) : NULL;

  if (id != NULL)
    icalproperty_set_tzid (id, icaltimezone_get_location (zone));
  if (copy != NULL)
    icalcomponent_add_component (calendar, copy);
}

static void
add_alarms (icalcomponent   *event,
            const EntReview *review)
{
  gint64 before;
  g_autofree char *text = NULL;

  if (review->preread_due == ENT_REVIEW_UNKNOWN)
    return;
  before = (review->meeting_at - review->preread_due) / G_TIME_SPAN_SECOND;
  text = g_strdup_printf (_("Pre-read due: %s"), review->title);
  add_alarm (event, before + 24 * 60 * 60, text);
  add_alarm (event, before, text);
}

char *
ent_review_to_calendar (const EntReview  *review,
                        int               minutes,
                        GError          **error)
{
  icaltimezone *zone = *review->zone != '\0' ? icaltimezone_get_builtin_timezone (review->zone) : NULL;
  icalcomponent *calendar, *event;
  g_autofree char *uid = NULL;
  g_autofree char *description = NULL;
  char *text, *copy;

  if (review->meeting_at == ENT_REVIEW_UNKNOWN)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("%s has no meeting yet; set its time first."), review->title);
      return NULL;
    }
  if (zone == NULL)
    zone = icaltimezone_get_utc_timezone ();
  uid = g_strdup_printf ("%s-%" G_GINT64_FORMAT "@entente", review->code, review->period_start);
  description = describe (review);
  calendar = icalcomponent_new (ICAL_VCALENDAR_COMPONENT);
  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar, icalproperty_new_prodid ("-//Entente//Business reviews//EN"));
  icalcomponent_add_property (calendar, icalproperty_new_method (ICAL_METHOD_PUBLISH));
  add_zone (calendar, zone);
  event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_dtstamp (time_in (review->as_of * G_TIME_SPAN_DAY,
                                                                        icaltimezone_get_utc_timezone ())));
  add_time (event, icalproperty_new_dtstart (time_in (review->meeting_at, zone)), zone);
  add_time (event, icalproperty_new_dtend (time_in (review->meeting_at + (minutes > 0 ? minutes : agenda_minutes (review)) *
                                                    (gint64) G_TIME_SPAN_MINUTE, zone)), zone);
  icalcomponent_add_property (event, icalproperty_new_summary (review->title));
  icalcomponent_add_property (event, icalproperty_new_description (description));
  add_alarms (event, review);
  icalcomponent_add_component (calendar, event);
  text = icalcomponent_as_ical_string_r (calendar);
  copy = g_strdup (text);
  icalmemory_free_buffer (text);
  icalcomponent_free (calendar);
  return copy;
}
