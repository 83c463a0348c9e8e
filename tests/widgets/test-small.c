/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small widgets: tile, pill, level badge, why label. */

#include "config.h"

#include <adwaita.h>

#include "widgets/ent-avatar-tile.h"
#include "widgets/ent-level-badge.h"
#include "widgets/ent-pill.h"
#include "widgets/ent-why-label.h"

static void
count_cb (int *count)
{
  (*count)++;
}

static GtkWidget *
find (GtkWidget *root,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_tile (void)
{
  EntAvatarTile *tile = ENT_AVATAR_TILE (g_object_ref_sink (ent_avatar_tile_new (32, "contoso integrators")));
  GtkWidget *label = find (GTK_WIDGET (tile), GTK_TYPE_LABEL);
  int count = 0;

  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "CI");
  g_signal_connect_swapped (tile, "notify::text", G_CALLBACK (count_cb), &count);
  ent_avatar_tile_set_text (tile, "Zürich");
  ent_avatar_tile_set_text (tile, "Zürich");
  g_assert_cmpint (count, ==, 1);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "Z");
  ent_avatar_tile_set_text (tile, "O’Neill & 42 North");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "O4");
  ent_avatar_tile_set_text (tile, NULL);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "");
  ent_avatar_tile_set_size (tile, 48);
  g_assert_finalize_object (tile);
}

static void
test_pill (void)
{
  EntPill *pill = ENT_PILL (g_object_ref_sink (ent_pill_new ("On track", ENT_TONE_GOOD)));
  const EntChoice choice = { "at_risk", "At risk", ENT_TONE_BAD };

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (pill)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (pill), "good"));
  /* The tone shows without its color too. */
  g_assert_true (gtk_widget_get_visible (find (GTK_WIDGET (pill), GTK_TYPE_IMAGE)));
  ent_pill_set_choice (pill, &choice);
  g_assert_cmpstr (ent_pill_get_label (pill), ==, "At risk");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (pill), "bad"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (pill), "good"));
  ent_pill_set_choice (pill, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pill)));
  g_assert_finalize_object (pill);
}

static void
test_level (void)
{
  EntLevelBadge *badge = ENT_LEVEL_BADGE (g_object_ref_sink (ent_level_badge_new ()));

  g_assert_cmpint (ent_level_from_name ("Premier partner", 0), ==, ENT_LEVEL_PREMIER);
  g_assert_cmpint (ent_level_from_name ("Diamond", 1), ==, ENT_LEVEL_STRATEGIC);
  g_assert_cmpint (ent_level_from_name ("Diamond", 9), ==, ENT_LEVEL_REGISTERED);
  g_assert_cmpint (ent_level_from_name (NULL, 0), ==, ENT_LEVEL_NONE);
  for (int a = ENT_LEVEL_NONE; a <= ENT_LEVEL_COMPETITOR; a++)
    for (int b = ENT_LEVEL_NONE; b < a; b++)
      g_assert_cmpstr (ent_level_get_letter ((EntLevel) a), !=, ent_level_get_letter ((EntLevel) b));

  ent_level_badge_set (badge, ENT_LEVEL_STRATEGIC, "Strategic");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (badge)));
  ent_level_badge_set_compact (badge, TRUE);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (badge)), ==, "Strategic");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (badge), GTK_ACCESSIBLE_PROPERTY_LABEL, "Strategic");
  g_assert_finalize_object (badge);
}

static void
open_record_cb (EntContext *context,
                gint64      key,
                gint64     *opened)
{
  *opened = key;
}

static void
test_why (void)
{
  EntContext *context = ent_context_new (NULL);
  GtkWidget *window = gtk_window_new ();
  EntWhyLabel *label = ENT_WHY_LABEL (ent_why_label_new (context));
  g_autoptr (EntWhy) why = ent_why_new ("Relationship strength", "72");
  GtkWidget *button, *popover, *record;
  gint64 opened = 0;

  g_signal_connect (context, "open-record", G_CALLBACK (open_record_cb), &opened);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 400);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (label));
  gtk_window_present (GTK_WINDOW (window));
  ent_why_label_set_label (label, "72");
  button = find (GTK_WIDGET (label), GTK_TYPE_BUTTON);

  /* Without an explanation it is plain text. */
  g_assert_false (gtk_widget_get_can_focus (button));
  ent_why_add (why, "Meetings", "30", "× 0.5", 65);
  ent_why_set_formula (why, "Meetings and answers, weighted");
  ent_why_label_set_why (label, why);
  g_assert_true (gtk_widget_get_can_focus (button));

  while (gtk_widget_get_width (window) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (button, "clicked");
  popover = find (GTK_WIDGET (label), GTK_TYPE_POPOVER);
  g_assert_nonnull (popover);
  g_assert_true (gtk_widget_get_visible (popover));
  record = find (popover, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (record, "clicked");
  g_assert_cmpint (opened, ==, 65);
  g_assert_false (gtk_widget_get_visible (popover));

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (context);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/small/tile", test_tile);
  g_test_add_func ("/widgets/small/pill", test_pill);
  g_test_add_func ("/widgets/small/level", test_level);
  g_test_add_func ("/widgets/small/why", test_why);

  return g_test_run ();
}
