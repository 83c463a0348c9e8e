/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's clock: what of an answer's date is skew, and how it is said. */
#include "config.h"

#include "sync/ent-clock-skew.h"

#define SECOND ((gint64) G_TIME_SPAN_SECOND)
#define MINUTE ((gint64) G_TIME_SPAN_MINUTE)
/* Wed, 21 Oct 2026 07:28:00 GMT */
#define DATE   "Wed, 21 Oct 2026 07:28:00 GMT"
#define NOON   (G_GINT64_CONSTANT (1792567680) * SECOND)

/* What is learned of an answer with @date, sent @before and received @after the date. */
static gint64
learn (EntClockSkew *skew,
       const char   *date,
       gint64        before,
       gint64        after,
       gboolean      changed)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  soup_message_headers_append (headers, "Date", date);
  g_assert_true (ent_clock_skew_learn (skew, headers, NOON + before, NOON + after) == changed);
  return ent_clock_skew_get_offset (skew);
}

static void
test_learned (void)
{
  g_autoptr (EntClockSkew) skew = ent_clock_skew_new ();

  g_assert_cmpint (learn (skew, DATE, 0, SECOND, FALSE), ==, 0);
  g_assert_cmpint (learn (skew, DATE, -30 * SECOND, -29 * SECOND, FALSE), ==, 0);
  g_assert_cmpint (learn (skew, DATE, -60 * SECOND, -60 * SECOND, FALSE), ==, 0);
  g_assert_cmpint (learn (skew, DATE, -10 * MINUTE, -10 * MINUTE, TRUE), ==, 10 * MINUTE);
  g_assert_cmpint (learn (skew, DATE, -10 * MINUTE - SECOND, -10 * MINUTE, FALSE), ==, 10 * MINUTE);
  g_assert_cmpint (learn (skew, DATE, 5 * MINUTE, 5 * MINUTE + SECOND, TRUE), ==, -5 * MINUTE + SECOND);
  /* The clock has been set right. */
  g_assert_cmpint (learn (skew, DATE, 0, 0, TRUE), ==, 0);
}

/* A slow server is no wrong clock: its answer came 70 seconds after the request, dated somewhere between. */
static void
test_slow_answer (void)
{
  g_autoptr (EntClockSkew) skew = ent_clock_skew_new ();

  g_assert_cmpint (learn (skew, DATE, -70 * SECOND, 0, FALSE), ==, 0);
  g_assert_cmpint (learn (skew, DATE, 0, 70 * SECOND, FALSE), ==, 0);
  g_assert_cmpint (learn (skew, DATE, 70 * SECOND, -70 * SECOND, FALSE), ==, 0);
}

static void
test_unusable_dates (void)
{
  static const char * const dates[] = {
    "", "yesterday", "2026", "Wed, 99 Oct 2026 07:28:00 GMT", "Wed, 21 Foo 2026 07:28:00 GMT",
    "Wed, 21 Oct 99999999999999999999 07:28:00 GMT", "Wed, 21 Oct 2026 77:88:99 GMT", "<html>", "-1", "Wed, 21",
  };
  g_autoptr (EntClockSkew) skew = ent_clock_skew_new ();
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  learn (skew, DATE, -10 * MINUTE, -10 * MINUTE, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_cmpint (learn (skew, dates[i], 0, 0, FALSE), ==, 10 * MINUTE);
  g_assert_false (ent_clock_skew_learn (skew, headers, NOON, NOON));
  /* Out of a cache, which may be an hour old. */
  soup_message_headers_append (headers, "Date", "Wed, 21 Oct 2026 06:28:00 GMT");
  soup_message_headers_append (headers, "Age", "3600");
  g_assert_false (ent_clock_skew_learn (skew, headers, NOON, NOON));
  g_assert_cmpint (ent_clock_skew_get_offset (skew), ==, 10 * MINUTE);
}

static void
test_now (void)
{
  g_autoptr (EntClockSkew) skew = ent_clock_skew_new ();
  g_autoptr (EntClockSkew) again = ent_clock_skew_ref (skew);
  gint64 before = g_get_real_time ();

  g_assert_cmpint (ent_clock_skew_now (NULL), >=, before);
  learn (skew, DATE, -10 * MINUTE, -10 * MINUTE, TRUE);
  g_assert_cmpint (ent_clock_skew_now (again), >=, before + 10 * MINUTE);
  g_assert_cmpint (ent_clock_skew_now (again), <=, g_get_real_time () + 10 * MINUTE);
}

static void
test_sentences (void)
{
  static const struct
  {
    gint64      offset;
    const char *words;
  } sentences[] = {
    { 0, NULL },
    { 60 * SECOND, NULL },
    { -60 * SECOND, NULL },
    { 61 * SECOND, "This computer’s clock is 1 minute behind; correct it in the system’s settings." },
    { 10 * MINUTE, "This computer’s clock is 10 minutes behind; correct it in the system’s settings." },
    { -60 * MINUTE, "This computer’s clock is 60 minutes ahead; correct it in the system’s settings." },
    { 119 * MINUTE, "This computer’s clock is 2 hours behind; correct it in the system’s settings." },
    { -20000 * 24 * 60 * MINUTE, "This computer’s clock is 20000 days ahead; correct it in the system’s settings." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *words = ent_clock_skew_dup_sentence (sentences[i].offset);

      g_assert_cmpstr (words, ==, sentences[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock-skew/over-a-minute-is-kept", test_learned);
  g_test_add_func ("/clock-skew/slow-answer-is-none", test_slow_answer);
  g_test_add_func ("/clock-skew/unusable-dates-teach-nothing", test_unusable_dates);
  g_test_add_func ("/clock-skew/now-is-the-servers-time", test_now);
  g_test_add_func ("/clock-skew/sentences", test_sentences);
  return g_test_run ();
}
