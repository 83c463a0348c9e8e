/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "widgets/ent-context.h"

typedef struct
{
  char       *folder;
  EntContext *context;
  EntStore   *store;
  GPtrArray  *toasts; /* of AdwToast */
  char       *alert;
  guint       n_changed;
} Fixture;

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

#define wait_until(condition)                                              \
  G_STMT_START                                                             \
  {                                                                        \
    gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;       \
    guint tick = g_timeout_add (20, tick_cb, NULL);                        \
    while (!(condition) && g_get_monotonic_time () < deadline)             \
      g_main_context_iteration (NULL, TRUE);                               \
    g_source_remove (tick);                                                \
    g_assert_true (condition);                                             \
  }                                                                        \
  G_STMT_END

static void
toast_cb (Fixture  *f,
          AdwToast *toast)
{
  g_ptr_array_add (f->toasts, g_object_ref (toast));
}

static void
alert_cb (Fixture    *f,
          const char *heading,
          const char *body)
{
  g_set_str (&f->alert, body);
}

static void
changed_cb (Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("entente-context-XXXXXX", NULL);
  path = g_build_filename (f->folder, "test.entente", NULL);
  f->store = ent_store_create (path, NULL, NULL, &error);
  g_assert_no_error (error);
  f->context = ent_context_new (NULL);
  f->toasts = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (f->context, "toast", G_CALLBACK (toast_cb), f);
  g_signal_connect_swapped (f->context, "alert", G_CALLBACK (alert_cb), f);
  g_signal_connect_swapped (f->context, "changed", G_CALLBACK (changed_cb), f);
  ent_context_set_store (f->context, f->store);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  g_ptr_array_unref (f->toasts);
  g_free (f->alert);
  wait_until (G_OBJECT (f->context)->ref_count == 1);
  g_assert_finalize_object (f->context);
  ent_store_close (f->store);
  g_object_unref (f->store);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static gboolean
add_person (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  g_autoptr (EntRecord) record =
    ent_record_new (ent_schema_lookup (ent_transaction_get_schema (transaction), "person"));

  return ent_record_set_text (record, "title", data, error) &&
         ent_transaction_insert (transaction, record, error);
}

static gboolean
fail (EntTransaction *transaction,
      gpointer        data,
      GError        **error)
{
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID, data);
  return FALSE;
}

static gboolean
is_there (Fixture *f)
{
  return ent_store_resolve (f->store, ent_store_get_record_type (f->store, "person"), "Ana", NULL) != 0;
}

static AdwToast *
last_toast (Fixture *f)
{
  return f->toasts->len > 0 ? g_ptr_array_index (f->toasts, f->toasts->len - 1) : NULL;
}

static void
test_write_and_undo (Fixture      *f,
                     gconstpointer data)
{
  ent_context_write (f->context, "Add <Ana>", add_person, g_strdup ("Ana"), g_free);
  wait_until (f->toasts->len == 1);
  g_assert_true (is_there (f));
  wait_until (f->n_changed == 1);
  g_assert_cmpstr (adw_toast_get_title (last_toast (f)), ==, "Add <Ana>");
  g_assert_false (adw_toast_get_use_markup (last_toast (f)));

  g_signal_emit_by_name (last_toast (f), "button-clicked");
  wait_until (f->toasts->len == 2);
  g_assert_false (is_there (f));
  g_assert_cmpstr (adw_toast_get_title (last_toast (f)), ==, "Undid “Add <Ana>”");

  g_signal_emit_by_name (last_toast (f), "button-clicked");
  wait_until (f->toasts->len == 3);
  g_assert_true (is_there (f));
  g_assert_cmpstr (adw_toast_get_title (last_toast (f)), ==, "Redid “Add <Ana>”");

  ent_context_undo (f->context, 0);
  wait_until (f->toasts->len == 4);
  g_assert_false (is_there (f));
  ent_context_undo (f->context, 0);
  wait_until (f->toasts->len == 5);
  g_assert_cmpstr (adw_toast_get_title (last_toast (f)), ==, "Nothing to undo");
}

static void
test_write_fails (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *text = g_strnfill (300, 'x');

  ent_context_write (f->context, "Add", fail, (gpointer) "The name is taken.", NULL);
  wait_until (f->toasts->len == 1);
  g_assert_cmpstr (adw_toast_get_title (last_toast (f)), ==, "“Add” was not done: The name is taken.");
  g_assert_null (adw_toast_get_button_label (last_toast (f)));

  /* What does not fit a toast is told in a dialog. */
  ent_context_write (f->context, "Add", fail, text, NULL);
  wait_until (f->alert != NULL);
  g_assert_cmpstr (f->alert, ==, text);
}

static void
wrote_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(gint64 *) user_data = ent_context_write_finish (ENT_CONTEXT (source), result, NULL);
}

static void
test_write_quietly (Fixture      *f,
                    gconstpointer data)
{
  gint64 seq = -2;

  ent_context_write_async (f->context, "Add Ana", TRUE, add_person, (gpointer) "Ana", NULL, NULL, wrote_cb,
                           &seq);
  wait_until (seq != -2);
  g_assert_cmpint (seq, >, 0);
  g_assert_cmpuint (f->toasts->len, ==, 0);
}

static gpointer
count_slowly (EntStore      *store,
              EntJob        *job,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  for (int i = 0; i <= 10; i++)
    ent_job_progress (i / 10.0, i == 10 ? "Last step" : "Step", job);
  while (data != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_usleep (1000);
  return data == NULL ? g_strdup ("done") : NULL;
}

static void
job_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  char *value = ent_context_finish_job (ENT_CONTEXT (source), result, &error);

  *(char **) user_data = value != NULL ? value : g_strdup (error->message);
}

static void
test_job (Fixture      *f,
          gconstpointer data)
{
  GListModel *jobs = ent_context_get_jobs (f->context);
  g_autofree char *result = NULL;
  g_autoptr (EntJob) job = NULL;

  job = g_object_ref (ent_context_start_job (f->context, "Count", count_slowly, NULL, NULL, g_free, job_cb,
                                             &result));
  g_assert_cmpuint (g_list_model_get_n_items (jobs), ==, 1);
  wait_until (result != NULL);
  g_assert_cmpstr (result, ==, "done");
  g_assert_cmpuint (g_list_model_get_n_items (jobs), ==, 0);
  g_assert_true (ent_job_is_done (job));
  wait_until (g_strcmp0 (ent_job_get_detail (job), "Last step") == 0);
  g_assert_cmpfloat (ent_job_get_fraction (job), ==, 1);
}

static void
test_job_cancelled (Fixture      *f,
                    gconstpointer data)
{
  GListModel *jobs = ent_context_get_jobs (f->context);
  EntJob *job = ent_context_start_job (f->context, "Count", count_slowly, f, NULL, g_free, NULL, NULL);

  ent_job_cancel (job);
  wait_until (g_list_model_get_n_items (jobs) == 0);
  /* Nobody has to be told that what was cancelled was cancelled. */
  g_assert_cmpuint (f->toasts->len, ==, 0);
  g_assert_null (f->alert);
}

static void
test_clock (Fixture      *f,
            gconstpointer data)
{
  g_assert_cmpint (ent_context_get_today (f->context), ==, ent_date_today ());
  ent_context_set_today (f->context, 20000);
  g_assert_cmpint (ent_context_get_today (f->context), ==, 20000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/widgets/context/write-and-undo", test_write_and_undo);
  ADD ("/widgets/context/write-fails", test_write_fails);
  ADD ("/widgets/context/write-quietly", test_write_quietly);
  ADD ("/widgets/context/job", test_job);
  ADD ("/widgets/context/job-cancelled", test_job_cancelled);
  ADD ("/widgets/context/clock", test_clock);

  return g_test_run ();
}
