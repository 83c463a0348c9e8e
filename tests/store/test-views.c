/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views. */
#include "store/query-fixture.h"

static gint64
save (EntStore   *store,
      gint64      id,
      const char *name,
      const char *type,
      const char *filter)
{
  g_autoptr (GError) error = NULL;
  EntView view = { id, (char *) name, (char *) type, (char *) filter, NULL, (char *) "-arr,title", NULL };

  g_assert_true (ent_store_save_view (store, &view, &error));
  g_assert_no_error (error);
  return view.id;
}

static char *
list_views (EntStore   *store,
            const char *type)
{
  g_autoptr (GPtrArray) views = ent_store_get_views (store, type, NULL);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < views->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ((EntView *) views->pdata[i])->name);
  return g_string_free_and_steal (names);
}

static void
assert_views (EntStore   *store,
              const char *type,
              const char *expected)
{
  g_autofree char *names = list_views (store, type);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_views_are_kept (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) views = NULL;
  gint64 big = save (f->store, 0, "big", "organization", "arr > 100000");
  const EntView *view;

  save (f->store, 0, "Ähnlich", "organization", NULL);
  g_assert_cmpint (big, >, 0);
  assert_views (f->store, NULL, "Ähnlich, big");
  assert_views (f->store, "person", "");
  g_assert_cmpint (save (f->store, big, "Big ones", "organization", "arr > 5"), ==, big);
  fixture_reopen (f);
  views = ent_store_get_views (f->store, "organization", NULL);
  g_assert_cmpuint (views->len, ==, 2);
  view = views->pdata[1];
  g_assert_cmpstr (view->name, ==, "Big ones");
  g_assert_cmpstr (view->filter, ==, "arr > 5");
  g_assert_cmpstr (view->sort, ==, "-arr,title");
  g_assert_null (view->search);
  g_assert_null (view->columns);
}

static void
test_views_are_deleted (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = save (f->store, 0, "big", "organization", NULL);

  g_assert_true (ent_store_delete_view (f->store, id, &error));
  g_assert_no_error (error);
  assert_views (f->store, NULL, "");
  g_assert_false (ent_store_delete_view (f->store, id, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND);
}

static void
test_views_that_cannot_be_shown_are_refused (Fixture       *f,
                                             gconstpointer  data)
{
  static const EntView wrong[] = {
    { 0, (char *) "x", (char *) "organization", (char *) "levle = 1" },
    { 0, (char *) "x", (char *) "nothing" },
    { 0, (char *) "", (char *) "organization" },
    { 0, (char *) "x", (char *) "organization", NULL, NULL, (char *) "levle" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      EntView view = wrong[i];

      g_assert_false (ent_store_save_view (f->store, &view, &error));
      g_test_message ("%s", error->message);
    }
  assert_views (f->store, NULL, "");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/views/are-kept", test_views_are_kept);
  ADD ("/views/are-deleted", test_views_are_deleted);
  ADD ("/views/that-cannot-be-shown-are-refused", test_views_that_cannot_be_shown_are_refused);

  return g_test_run ();
}
