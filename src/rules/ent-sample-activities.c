/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <string.h>

/* What was said and done: talks with partners in their rhythm, talks along each deal, signals, and the
 * tasks that follow from them. Partners that decline fall silent. */

typedef struct
{
  JsonArray       *talk;    /* kind, subject, direction */
  const SampleOrg *org;
  EntKey           about;
  EntKey           with;    /* our person */
  gint64           day;
  int              mood;    /* 1 good, 0 plain, -1 bad */
} Talk;

static EntKey
contact_of (Sample          *self,
            const SampleOrg *org)
{
  /* The first contacts are the important ones and are met more often. */
  guint n = org->people->len;

  return n == 0 ? 0 : sample_person (org, sample_int (self, 0, sample_int (self, 0, (int) n - 1)));
}

static void
make_agenda (Sample *self,
             EntKey  session,
             EntKey  presenter)
{
  static const struct { const char *title; int minutes; } items[] =
    { { "Results since the last session", 15 }, { "Joint roadmap", 20 }, { "Asks of both sides", 15 },
      { "Commitments", 10 } };

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      EntRecord *line = sample_begin_line (self, "agenda_item", session, (int) i);

      sample_put (self, line, "title", items[i].title);
      sample_put_int (self, line, "minutes", items[i].minutes);
      sample_put_key (self, line, "presenter", i % 2 == 0 ? presenter : self->team[0]);
      sample_end (self, line);
    }
}

static void
make_talk (Sample     *self,
           const Talk *talk)
{
  static const char * const moods[] = { "bad", "plain", "good" };
  static const char * const outcomes[] = { "negative", "neutral", "positive" };
  const char *kind = json_array_get_string_element (talk->talk, 0);
  gboolean is_meeting = g_str_equal (kind, "meeting") || g_str_equal (kind, "session");
  EntRecord *record = sample_begin (self, "activity");
  EntKey people[2] = { contact_of (self, talk->org), talk->with };
  int minute = sample_int (self, 16, 33) * 30;
  const char *direction = NULL;
  EntKey key;

  if (!json_array_get_null_element (talk->talk, 2))
    direction = json_array_get_string_element (talk->talk, 2);
  sample_put (self, record, "kind", kind);
  sample_put (self, record, "title", json_array_get_string_element (talk->talk, 1));
  sample_put_time (self, record, "at", talk->day, minute);
  if (is_meeting || g_str_equal (kind, "call"))
    sample_put_time (self, record, "ends_at", talk->day, minute + (is_meeting ? 60 : 30));
  sample_put_key (self, record, "orgs", talk->org->key);
  sample_put_keys (self, record, "participants", people[0] != 0 ? people : people + 1,
                   people[0] != 0 ? 2 : 1);
  sample_put_key (self, record, "about", talk->about);
  sample_put_key (self, record, "owner", talk->with);
  sample_put (self, record, "direction", direction);
  sample_put (self, record, "body", sample_word (self, moods[talk->mood + 1]));
  if (!g_str_equal (kind, "note") && !g_str_equal (kind, "message"))
    sample_put (self, record, "outcome", outcomes[talk->mood + 1]);
  if (is_meeting && sample_chance (self, 40))
    sample_put (self, record, "next_step", sample_word (self, "next_steps"));
  key = sample_end (self, record);
  if (g_str_equal (kind, "session"))
    make_agenda (self, key, talk->with);
}

/* --- With partners ----------------------------------------------------------------------------------- */

static int
pick_mood (Sample          *self,
           const SampleOrg *partner,
           gint64           days_ago)
{
  if (partner->trend == SAMPLE_TREND_DOWN && days_ago < 240)
    return sample_chance (self, 55) ? -1 : 0;
  return sample_chance (self, partner->trend == SAMPLE_TREND_UP ? 60 : 40) ? 1
         : sample_chance (self, 8) ? -1 : 0;
}

static void
talk_with_partner (Sample    *self,
                   SampleOrg *partner)
{
  static const int every[] = { 21, 10, 17, 34, 60 };
  int rhythm = partner->trend == SAMPLE_TREND_NEW ? 7 : every[partner->level];
  gint64 start = partner->since != 0 ? MAX (partner->since, self->today - 730) : self->today - 80;
  gint64 end = self->today;
  gboolean declines = partner->trend == SAMPLE_TREND_DOWN;

  if (declines)
    end -= sample_int (self, 34, 75);
  if (g_strcmp0 (partner->lifecycle, "identified") == 0 ||
      g_strcmp0 (partner->lifecycle, "offboarded") == 0)
    end = start;

  for (gint64 day = start + sample_int (self, 1, rhythm); day <= end && self->error == NULL;
       day += sample_int (self, rhythm / 2, rhythm * 3 / 2))
    {
      gint64 days_ago = self->today - day;
      Talk talk = { .org = partner, .day = sample_work_day (day), .with = partner->manager };

      talk.mood = pick_mood (self, partner, days_ago);
      talk.talk = sample_row (self, talk.mood < 0 && sample_chance (self, 60) ? "partner_trouble"
                                                                              : "partner_talk");
      if (partner->level == 1 && sample_chance (self, 15))
        talk.with = self->team[0];
      /* Executives meet those of the upper levels only. */
      while (partner->level > 2 &&
             g_str_equal (json_array_get_string_element (talk.talk, 0), "session"))
        talk.talk = sample_row (self, "partner_talk");
      make_talk (self, &talk);
      if (declines && days_ago < 300)
        day += rhythm; /* half as often */
    }
}

/* --- Along deals --------------------------------------------------------------------------------------- */

static void
talk_about_deal (Sample           *self,
                 const SampleDeal *deal)
{
  JsonArray *talks = json_object_get_array_member (self->pools, "deal_talk");
  int n_steps = (int) json_array_get_length (talks);
  gint64 end = deal->closed != 0 ? deal->closed : deal->expected;

  for (int step = 0; step < n_steps && self->error == NULL; step += sample_int (self, 2, 4))
    {
      gint64 day = deal->opened + 2 + (end - deal->opened) * step / n_steps;
      gboolean to_customer = sample_chance (self, 70);
      Talk talk = {
        .talk = json_array_get_array_element (talks, (guint) step),
        .org = to_customer ? sample_customer (self, deal->account)
                           : sample_partner (self, deal->partner),
        .about = deal->key,
        .with = sample_partner (self, deal->partner)->manager,
        .day = sample_work_day (day),
        .mood = deal->won ? sample_int (self, 0, 1) : sample_int (self, -1, 1),
      };

      if (talk.day > self->today)
        break;
      make_talk (self, &talk);
    }
}

/* --- Signals --------------------------------------------------------------------------------------------- */

static void
make_signal (Sample *self)
{
  static const char * const statuses[] = { "reviewed", "acted", "dismissed" };
  JsonArray *row = sample_row (self, "signals");
  const char *subject = json_array_get_string_element (row, 1);
  gboolean is_partner = strstr (subject, "{partner}") != NULL;
  GArray *orgs = is_partner ? self->partners : self->customers;
  const SampleOrg *org =
    &g_array_index (orgs, SampleOrg, sample_int (self, 0, (int) orgs->len - 1));
  int weeks = sample_int (self, 0, 12);
  gint64 days_ago = weeks * sample_int (self, 0, 15);
  g_autoptr(GString) title = g_string_new (subject);
  EntRecord *record = sample_begin (self, "activity");

  g_string_replace (title, is_partner ? "{partner}" : "{account}", org->title, 0);
  sample_put (self, record, "kind", "signal");
  sample_put (self, record, "signal_kind", json_array_get_string_element (row, 0));
  sample_put (self, record, "title", title->str);
  sample_put_time (self, record, "at", self->today - days_ago, sample_int (self, 420, 1100));
  sample_put_key (self, record, "orgs", org->key);
  sample_put_int (self, record, "strength_1_5", json_array_get_int_element (row, 2));
  sample_put_int (self, record, "confidence_pct", sample_int (self, 8, 19) * 50000);
  sample_put (self, record, "source", sample_chance (self, 50) ? "Trade press" : "Partner manager");
  sample_put (self, record, "direction", "in");
  sample_put (self, record, "status", days_ago < 8 ? "new" : statuses[sample_int (self, 0, 2)]);
  sample_end (self, record);
}

void
sample_make_activities (Sample *self)
{
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    talk_with_partner (self, sample_partner (self, i));
  for (guint i = 0; i < self->deals->len && self->error == NULL; i++)
    talk_about_deal (self, &g_array_index (self->deals, SampleDeal, i));
  for (int i = 0; i < 44 && self->error == NULL; i++)
    make_signal (self);
}

/* --- Tasks ------------------------------------------------------------------------------------------------ */

static void
make_task (Sample     *self,
           const char *title,
           EntKey      about,
           EntKey      assignee,
           gint64      due)
{
  static const char * const priorities[] = { "high", "normal", "normal", "normal", "low" };
  gint64 late = self->today - due;
  gint64 done_on = sample_work_day (due + sample_int (self, -4, 6));
  gboolean done = late > 21 || (late > 0 && sample_chance (self, 72));
  EntRecord *record = sample_begin (self, "task");

  due = sample_work_day (due);
  sample_put (self, record, "title", title);
  sample_put_key (self, record, "about", about);
  sample_put_key (self, record, "assignee", assignee);
  sample_put_key (self, record, "owner", assignee);
  sample_put_int (self, record, "due", due);
  sample_put_int (self, record, "estimate_hours", sample_int (self, 1, 6));
  sample_put (self, record, "priority", late > 0 && !done ? "high"
              : priorities[sample_int (self, 0, G_N_ELEMENTS (priorities) - 1)]);
  if (done)
    {
      sample_put (self, record, "status", "done");
      sample_put_int (self, record, "spent_hours", sample_int (self, 1, 7));
      sample_put_int (self, record, "done_on", MIN (self->today, done_on));
    }
  else
    sample_put (self, record, "status", sample_chance (self, 25) ? "doing"
                : sample_chance (self, 15) ? "waiting" : "open");
  sample_end (self, record);
}

void
sample_make_tasks (Sample *self)
{
  for (guint i = 0; i < self->deals->len && self->error == NULL; i++)
    {
      const SampleDeal *deal = &g_array_index (self->deals, SampleDeal, i);
      const char *title;

      if (deal->closed != 0 || sample_chance (self, 45))
        continue;
      title = sample_word (self, "next_steps");
      make_task (self, title, deal->key, sample_partner (self, deal->partner)->manager,
                 self->today + sample_int (self, -9, 24));
    }
  for (guint i = 0; i < self->partners->len && self->error == NULL; i++)
    {
      const SampleOrg *partner = sample_partner (self, i);

      for (int n = partner->level == 1 ? 6 : partner->level == 2 ? 4 : 2; n > 0; n--)
        {
          const char *title = sample_word (self, "partner_tasks");
          EntKey assignee = sample_chance (self, 80)
                              ? partner->manager
                              : self->team[sample_int (self, 0, SAMPLE_N_TEAM - 1)];

          make_task (self, title, partner->key, assignee,
                     self->today + sample_int (self, -120, 45));
        }
    }
}
