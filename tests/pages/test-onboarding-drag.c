/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan of the onboarding page, changed by the pointer of the X server. */
#include "config.h"

#include "onboarding-fixture.h"
#include "pages/onboarding/ent-timeline-painter.h"
#include "widgets/real-input.h"

/* GDK for X11 loses its GdkDrop when a drag of its own leaves a window. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif

static GtkListBox *
find_list (GtkWidget *widget)
{
  GtkListBox *found = NULL;

  if (GTK_IS_LIST_BOX (widget))
    return GTK_LIST_BOX (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static const char *
title_at (Fixture *self,
          guint    index)
{
  return g_intern_string (ent_onboard_run_get (ent_plan_page_get_data (get_plan (self))->run, index)->title);
}

/* The pointer of the X server takes the first item and lets it go below the third. */
static void
test_drag_reorders (Fixture       *self,
                    gconstpointer  data)
{
  GtkListBox *list;
  GtkWidget *from, *to;
  const char *first, *second;

  start (self);
  first = title_at (self, 0);
  second = title_at (self, 1);
  list = find_list (GTK_WIDGET (get_plan (self)->list));
  from = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0));
  to = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 2));
  test_wait_for (gtk_widget_get_height (to) > 0);
  __lsan_disable ();
  input_move (TITLE, from, 120, 20);
  input_run ("mousedown 1");
  for (int i = 0; i < 8; i++)
    input_move (TITLE, from, 120 + 5 * i, 20 + 4 * i);
  for (int i = 0; i < 8; i++)
    input_move (TITLE, to, 120 + i, gtk_widget_get_height (to) - 6);
  input_run ("mouseup 1");
  test_wait_for (title_at (self, 2) == first);
  __lsan_enable ();
  g_assert_true (title_at (self, 0) == second);
  ent_context_undo (self->context, 0);
  test_wait_for (title_at (self, 0) == first);
}

/* Where day @day of the run is on the timeline. */
static double
day_x (Fixture *self,
       double   day)
{
  GtkWidget *timeline = GTK_WIDGET (get_plan (self)->timeline);
  EntTimelineStyle style = { .rtl = gtk_widget_get_direction (timeline) == GTK_TEXT_DIR_RTL };

  return ent_timeline_get_x (ent_plan_page_get_data (get_plan (self))->run, &style, gtk_widget_get_width (timeline), day);
}

static gboolean
is_in_sight (GtkWidget *widget,
             GtkWidget *scrolled,
             double     y)
{
  graphene_point_t at;

  return gtk_widget_compute_point (widget, scrolled, &GRAPHENE_POINT_INIT (0, (float) y), &at) && at.y > 0 &&
         at.y < (float) gtk_widget_get_height (scrolled);
}

/* The pointer takes an item of the timeline, carries it @days on, and lets it go. */
static void
drag_on_timeline (Fixture    *self,
                  const char *title,
                  int         days,
                  const char *modifier)
{
  GtkWidget *timeline = GTK_WIDGET (get_plan (self)->timeline);
  EntPlanData *data = ent_plan_page_get_data (get_plan (self));
  double y, from, way;

  test_wait_for (gtk_widget_get_height (timeline) > 0);
  y = gtk_widget_get_height (timeline) / (data->run->items->len + 1.0) *
      (ent_onboard_run_find (data->run, item (self, title)->key) + 1.5);
  from = gtk_widget_get_width (timeline) / 2.0;
  way = day_x (self, days) - day_x (self, 0);
  ent_plan_page_select (get_plan (self), item (self, title)->key);
  test_wait_for (is_in_sight (timeline, get_plan (self)->timeline_scroll, y));
  input_move (TITLE, timeline, from, y);
  input_run ("mousedown 1");
  for (int i = 1; i <= 10; i++)
    input_move (TITLE, timeline, from + way * i / 10, y);
  input_picture (GTK_WIDGET (self->window), title);
  if (modifier != NULL)
    input_run ("keydown %s", modifier);
  input_run ("mouseup 1");
  if (modifier != NULL)
    input_run ("keyup %s", modifier);
}

static void
test_drag_moves_days (Fixture       *self,
                      gconstpointer  data)
{
  gint64 due, other;

  start (self);
  due = item (self, "Ideal customer profile")->due;
  other = item (self, "Joint planning session")->due;
  drag_on_timeline (self, "Ideal customer profile", 5, NULL);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 5);
  g_assert_cmpint (item (self, "Joint planning session")->due, ==, other + 5);
  drag_on_timeline (self, "Ideal customer profile", -3, "shift");
  test_wait_for (item (self, "Ideal customer profile")->due == due + 2);
  g_assert_cmpint (item (self, "Joint planning session")->due, ==, other + 5);
}

/* Where only the list or the timeline has room. */
static void
test_drag_when_narrow (Fixture       *self,
                       gconstpointer  data)
{
  gint64 due;

  start (self);
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (get_plan (self)->views)));
  adw_toggle_group_set_active_name (get_plan (self)->views, "timeline");
  due = item (self, "Ideal customer profile")->due;
  drag_on_timeline (self, "Ideal customer profile", 7, NULL);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 7);
}

int
main (int   argc,
      char *argv[])
{
  static const OnboardingTest tests[] = {
    { "/onboarding/drag-reorders", test_drag_reorders },
    { "/onboarding/drag-moves-days", test_drag_moves_days },
    { "/onboarding/drag-when-narrow", test_drag_when_narrow, 360 },
  };

  return run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
