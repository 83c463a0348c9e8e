/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds that wait: long polls and continuous ones, with their signs of life and their ends. */
#include "config.h"

#include "couch-fixture.h"

typedef struct
{
  Fixture      *f;
  GString      *seen;     /* ids of rows in their order, "." for a sign of life */
  guint         n_rows;
  guint         n_alive;
  guint         rows_wanted; /* FALSE is returned then; 0: never */
  guint         alive_wanted;
  GCancellable *cancellable; /* is cancelled then instead */
} Watcher;

static gboolean
note (const EntCouchRow *row,
      gpointer           user_data)
{
  Watcher *watcher = user_data;
  gboolean enough;

  g_string_append (watcher->seen, row != NULL ? row->id : ".");
  if (row != NULL)
    watcher->n_rows++;
  else
    watcher->n_alive++;
  enough = (watcher->rows_wanted > 0 && watcher->n_rows >= watcher->rows_wanted) ||
           (watcher->alive_wanted > 0 && watcher->n_alive >= watcher->alive_wanted);
  if (enough && watcher->cancellable != NULL)
    g_cancellable_cancel (watcher->cancellable);
  return !enough || watcher->cancellable != NULL;
}

/* What colleagues do meanwhile: once a feed waits, one edit after another. */
static gpointer
edit_meanwhile (gpointer user_data)
{
  Fixture *f = user_data;
  const char * const ids[] = { "a", "b", "c/ü", "d" };

  while (fake_couch_get_n_waiting (f->server) == 0)
    g_usleep (500);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *rev = edit (f, ids[i], "{\"title\":\"x\"}");

      g_usleep (1000);
    }
  return NULL;
}

static void
test_follow (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *rev = edit (f, "before", "{}");
  g_autoptr (GString) seen = g_string_new (NULL);
  Watcher watcher = { f, seen, .rows_wanted = 5 };
  GThread *colleague = g_thread_new ("colleague", edit_meanwhile, f);

  g_assert_true (ent_couch_follow_changes (f->couch, NULL, 1000, note, &watcher, NULL, &f->error));
  g_thread_join (colleague);
  g_assert_cmpstr (seen->str, ==, "beforeabc/üd");
}

static void
test_follow_alive_and_cancel (Fixture       *f,
                              gconstpointer  data)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watcher watcher = { f, seen, .alive_wanted = 3, .cancellable = cancellable };

  g_assert_false (ent_couch_follow_changes (f->couch, NULL, 20, note, &watcher, cancellable, &f->error));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&f->error);
  g_assert_cmpuint (watcher.n_alive, >=, 3);
  g_assert_cmpuint (watcher.n_rows, ==, 0);
}

/* A machine that froze says nothing more: that is noticed after two and a half heartbeats. */
static void
test_follow_silence (Fixture       *f,
                     gconstpointer  data)
{
  g_autofree char *rev = edit (f, "before", "{}");
  g_autoptr (GString) seen = g_string_new (NULL);
  Watcher watcher = { f, seen, 0 };
  gint64 start = g_get_monotonic_time ();

  fake_couch_fail (f->server, "_changes", FAKE_COUCH_FREEZE, 0, 1, G_MAXUINT);
  g_assert_false (ent_couch_follow_changes (f->couch, NULL, 60, note, &watcher, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 150 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (watcher.n_rows, ==, 1);
}

static gpointer
stop_server (gpointer user_data)
{
  Fixture *f = user_data;

  while (fake_couch_get_n_waiting (f->server) == 0)
    g_usleep (500);
  fake_couch_free (f->server);
  return NULL;
}

static void
test_follow_server_stops (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  Watcher watcher = { f, seen, 0 };
  GThread *stopper = g_thread_new ("stopper", stop_server, f);

  g_assert_false (ent_couch_follow_changes (f->couch, NULL, 5000, note, &watcher, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  g_thread_join (stopper);
  f->server = fake_couch_new (NULL);
}

/* What a server's last line, an error in between, and half a line mean. */
static void
test_follow_ends (Fixture       *f,
                  gconstpointer  data)
{
  static const struct { const char *text, *seen; int code; } cases[] = {
    { "\n\n{\"seq\":1,\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}\n{\"last_seq\":1,\"pending\":0}\n", "..a", -1 },
    { "{\"seq\":null,\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}\r\n{\"last_seq\":\"1-x\"}", "a", -1 },
    { "{\"seq\":1,\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}\n{\"seq\":2,\"id\":\"b\",\"chan", "a", ENT_REMOTE_ERROR_TIMEOUT },
    { "{\"error\":\"internal\",\"reason\":\"x\"}\n", "", ENT_REMOTE_ERROR_PROTOCOL },
    { "not json\n", "", ENT_REMOTE_ERROR_PROTOCOL },
    { "<html>\n", "", ENT_REMOTE_ERROR_CAPTIVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) seen = g_string_new (NULL);
      Watcher watcher = { f, seen, 0 };
      gboolean done;

      fake_couch_set_text (f->server, cases[i].text);
      fake_couch_fail (f->server, "_changes", FAKE_COUCH_TEXT, 0, 0, 1);
      done = ent_couch_follow_changes (f->couch, NULL, 5000, note, &watcher, NULL, &f->error);
      g_assert_cmpstr (seen->str, ==, cases[i].seen);
      g_assert_cmpint (done, ==, cases[i].code < 0);
      if (cases[i].code >= 0)
        expect_error (f, (EntRemoteError) cases[i].code);
    }
}

/* Many rows at once come in pieces that end within lines. */
static void
test_follow_many (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  Watcher watcher = { f, seen, .rows_wanted = 3000 };

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *id = g_strdup_printf ("deal:%0*u ", (int) (i % 40), i);
      g_autofree char *rev = fake_couch_edit (f->server, id, NULL, NULL);

      g_string_append (expected, id);
    }
  g_assert_true (ent_couch_follow_changes (f->couch, NULL, 5000, note, &watcher, NULL, &f->error));
  g_assert_cmpstr (seen->str, ==, expected->str);
}

static void
test_wait (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *rev = edit (f, "before", "{}");
  g_autoptr (GString) seen = g_string_new (NULL);
  Watcher watcher = { f, seen, 0 };
  g_autoptr (EntCouchChanges) now = ent_couch_wait_changes (f->couch, NULL, 10, 1000, NULL, NULL, NULL, &f->error);
  g_autoptr (EntCouchChanges) later = NULL;
  GThread *colleague;

  g_assert_no_error (f->error);
  g_assert_cmpstr (get_row (now, 0)->id, ==, "before");
  colleague = g_thread_new ("colleague", edit_meanwhile, f);
  later = ent_couch_wait_changes (f->couch, now->last_seq, 10, 1000, note, &watcher, NULL, &f->error);
  g_thread_join (colleague);
  g_assert_no_error (f->error);
  g_assert_cmpstr (get_row (later, 0)->id, ==, "a");
  g_assert_cmpuint (watcher.n_rows, ==, 0);
}

static void
test_wait_ends (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *rev = edit (f, "before", "{}");
  g_autoptr (GString) seen = g_string_new (NULL);
  Watcher watcher = { f, seen, .alive_wanted = 2 };
  g_autoptr (EntCouchChanges) now = ent_couch_get_changes (f->couch, NULL, 10, NULL, &f->error);
  g_autoptr (EntCouchChanges) ended = NULL;

  ended = ent_couch_wait_changes (f->couch, now->last_seq, 10, 20, note, &watcher, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (ended->rows->len, ==, 0);
  g_assert_cmpstr (ended->last_seq, ==, now->last_seq);
  fake_couch_fail (f->server, "_changes", FAKE_COUCH_FREEZE, 0, 0, 1);
  g_assert_null (ent_couch_wait_changes (f->couch, now->last_seq, 10, 40, NULL, NULL, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/couch-feed/follow", test_follow);
  ADD ("/couch-feed/follow-alive-and-cancel", test_follow_alive_and_cancel);
  ADD ("/couch-feed/follow-silence", test_follow_silence);
  ADD ("/couch-feed/follow-server-stops", test_follow_server_stops);
  ADD ("/couch-feed/follow-ends", test_follow_ends);
  ADD ("/couch-feed/follow-many", test_follow_many);
  ADD ("/couch-feed/wait", test_wait);
  ADD ("/couch-feed/wait-ends", test_wait_ends);
  return g_test_run ();
}
