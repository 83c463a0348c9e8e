/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Today page: its three columns, and what their buttons do. */

#include "config.h"

#include <adwaita.h>

#include "pages/today/ent-today-actions.h"
#include "pages/today/ent-today-page.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-reminder.h"
#include "support/workspace.h"
#include "widgets/ent-chart.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  EntPage    *page;
  EntKey      opened;
} Fixture;

static void
open_record_cb (Fixture *self,
                EntKey   key)
{
  self->opened = key;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new_program ();
  self->context = ent_context_new (NULL);
  ent_context_set_today (self->context, ent_date_from_ymd (2026, 11, 30));
  ent_context_set_store (self->context, self->store);
  g_signal_connect_swapped (self->context, "open-record", G_CALLBACK (open_record_cb), self);
}

static void
show (Fixture *self)
{
  self->window = g_object_ref (adw_window_new ());
  self->page = g_object_new (ENT_TYPE_TODAY_PAGE, "context", self->context, "page-id", "today", NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 800);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  test_wait_for (ent_page_is_ready (self->page));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->window);
  test_wait_for (G_OBJECT (self->context)->ref_count == 1);
  ent_context_set_store (self->context, NULL);
  g_assert_finalize_object (self->context);
  test_workspace_free (self->store);
}

/* The first widget of @type whose label, tooltip or text is @text (NULL: any). */
static GtkWidget *
find (GtkWidget  *root,
      GType       type,
      const char *text)
{
  const char *label = GTK_IS_LABEL (root) ? gtk_label_get_label (GTK_LABEL (root))
                                          : GTK_IS_BUTTON (root) ? gtk_button_get_label (GTK_BUTTON (root)) : NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type) &&
      (text == NULL || g_strcmp0 (label, text) == 0 || g_strcmp0 (gtk_widget_get_tooltip_text (root), text) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *
status_of (Fixture *self,
           EntKey   key)
{
  g_autoptr (EntRecord) record = ent_store_get (self->store, key, NULL);

  return g_strdup (ent_record_get_text (record, "status"));
}

static void
test_columns (Fixture       *self,
              gconstpointer  data)
{
  EntKey org = test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner", "lifecycle=onboarding", NULL);
  EntKey task = test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-28", "about=Contoso", NULL);
  GtkWidget *check;
  g_autofree char *status = NULL;

  show (self);
  g_assert_nonnull (find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "Overdue · 1"));
  g_assert_nonnull (find (GTK_WIDGET (self->page), ENT_TYPE_CHART, NULL));
  g_assert_cmpint (ent_today_count (self->store, NULL), >=, 0);
  /* The step of the first partner opens what is overdue. */
  g_signal_emit_by_name (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Finish what is overdue"), "clicked");
  g_assert_cmpint (self->opened, ==, task);
  /* Ticking the task finishes it, and the page follows. */
  check = find (GTK_WIDGET (self->page), GTK_TYPE_CHECK_BUTTON, "Finish Answer");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  test_wait_for (find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "Nothing is due this week.") != NULL);
  status = status_of (self, task);
  g_assert_cmpstr (status, ==, "done");
  g_assert_cmpint (org, !=, 0);
}

static void
test_not_this_week (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (EntTransactionInfo) undone = NULL;

  test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner", "lifecycle=onboarding", NULL);
  test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-28", "about=Contoso", NULL);
  show (self);
  g_signal_emit_by_name (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Contoso: not this week"), "clicked");
  test_wait_for (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Contoso: not this week") == NULL);
  undone = ent_store_undo (self->store, 0, NULL, NULL);
  g_assert_nonnull (undone);
  test_wait_for (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Contoso: not this week") != NULL);
}

static gboolean
insert_cb (EntTransaction  *transaction,
           gpointer         record,
           GError         **error)
{
  return ent_transaction_insert (transaction, record, error);
}

static void
test_changed (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (EntRecord) record = ent_record_new (ent_store_get_record_type (self->store, "organization"));
  GtkWidget *label;

  ent_record_set_text (record, "title", "Imported", NULL);
  g_assert_true (ent_store_write (self->store, "Import 1 organization", ENT_ORIGIN_IMPORT, insert_cb, record, NULL, NULL, NULL));
  ent_context_set_today (self->context, ent_date_today ());
  show (self);
  label = find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "Import 1 organization");
  g_assert_nonnull (label);
  g_assert_nonnull (find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "Imported"));
  g_signal_emit_by_name (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Undo"), "clicked");
  test_wait_for (find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "Undone") != NULL);
}

/* What was snoozed is found again, and shown again; what the desktop told of has a bell. */
static void
test_snoozed (Fixture       *self,
              gconstpointer  data)
{
  EntKey task = test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-30", NULL);
  g_autofree char *told = g_strdup_printf ("%" G_GINT64_FORMAT " 0 %" G_GINT64_FORMAT " 0 0 0 %" G_GINT64_FORMAT "\n", task,
                                           ent_date_from_ymd (2026, 11, 30), ent_date_from_ymd (2026, 11, 30) * 1440 + 540);

  g_autofree char *time = ent_time_display (540), *bell = g_strdup_printf ("Reminded at %s", time);
  g_autofree char *day = ent_date_display (ent_date_from_ymd (2026, 12, 4), ENT_DISPLAY_SHORT);
  g_autofree char *detail = g_strdup_printf ("Until %s · Waits for them", day);

  g_assert_true (ent_store_set_setting (self->store, ENT_SETTING_REMINDERS, told, NULL));
  show (self);
  g_assert_nonnull (find (GTK_WIDGET (self->page), GTK_TYPE_IMAGE, bell));
  ent_today_snooze (self->context, task, ent_date_from_ymd (2026, 12, 4), "Waits for them");
  test_wait_for (find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, detail) != NULL);
  g_assert_null (find (GTK_WIDGET (self->page), GTK_TYPE_CHECK_BUTTON, "Finish Answer"));
  g_signal_emit_by_name (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Show Again"), "clicked");
  test_wait_for (find (GTK_WIDGET (self->page), GTK_TYPE_CHECK_BUTTON, "Finish Answer") != NULL);
  g_assert_null (find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, "Show Again"));
}

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  show (self);
  g_assert_true (gtk_widget_get_mapped (find (GTK_WIDGET (self->page), ADW_TYPE_STATUS_PAGE, NULL)));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  ADD ("/today/columns-and-their-buttons", test_columns);
  ADD ("/today/not-this-week-and-undo", test_not_this_week);
  ADD ("/today/changed-with-undo", test_changed);
  ADD ("/today/snoozed-and-reminded", test_snoozed);
  ADD ("/today/empty-says-what-to-do", test_empty);
  return g_test_run ();
}
