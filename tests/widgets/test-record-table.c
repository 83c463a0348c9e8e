/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "support/workspace.h"
#include "widgets/ent-filter-bar.h"
#include "widgets/ent-filter-text.h"
#include "widgets/ent-record-table.h"
#include "widgets/ent-rows-diff.h"
#include "widgets/ent-table-row.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  /* Jobs under way hold the context until their callbacks ran. */
  test_wait_for (G_OBJECT (self->context)->ref_count == 1);
  ent_context_set_store (self->context, NULL);
  g_assert_finalize_object (self->context);
  test_wait_for (G_OBJECT (self->store)->ref_count == 1);
  test_workspace_free (self->store);
}

static const EntRecordType *
organization (Fixture *self)
{
  return ent_store_get_record_type (self->store, "organization");
}

static void
wait_for_rows (EntRecordList *list,
               guint          n)
{
  test_wait_for (!ent_record_list_is_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == n);
}

static char *
title_at (EntRecordList *list,
          guint          position)
{
  g_autoptr (EntRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  test_wait_for (ent_row_get_record (row) != NULL);
  return g_strdup (ent_record_get_title (ent_row_get_record (row)));
}

static void
test_list_pages (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (EntRecordList) list = NULL;
  g_autofree char *first = NULL, *last = NULL;
  EntRow *row;

  test_workspace_fill (self->store, 1000);
  list = ent_record_list_new (self->context, organization (self));
  ent_record_list_set_query (list, NULL, NULL, NULL);
  wait_for_rows (list, 1000);
  first = title_at (list, 0);
  last = title_at (list, 999);
  g_assert_cmpstr (first, ==, "Partner 000001");
  g_assert_cmpstr (last, ==, "Partner 001000");
  /* The item exists before its record does, and is the same object as long as it is held. */
  row = g_list_model_get_item (G_LIST_MODEL (list), 500);
  g_assert_true (row == g_list_model_get_item (G_LIST_MODEL (list), 500));
  g_object_unref (row);
  g_object_unref (row);
  test_wait_for (g_main_context_iteration (NULL, FALSE) == FALSE);
}

static void
test_list_follows (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (EntRecordList) list = NULL;
  g_autoptr (EntRow) row = NULL;
  EntKey key;

  test_workspace_add (self->store, "organization", "title=Alpha", NULL);
  key = test_workspace_add (self->store, "organization", "title=Beta", NULL);
  list = ent_record_list_new (self->context, organization (self));
  ent_record_list_set_query (list, NULL, NULL, NULL);
  wait_for_rows (list, 2);
  row = g_list_model_get_item (G_LIST_MODEL (list), 1);
  test_wait_for (ent_row_get_record (row) != NULL);
  test_workspace_set (self->store, key, "title=Beta Two", NULL);
  test_wait_for (g_str_equal (ent_record_get_title (ent_row_get_record (row)), "Beta Two"));
  test_workspace_add (self->store, "organization", "title=Aardvark", NULL);
  wait_for_rows (list, 3);
  g_assert_cmpint (ent_record_list_find (list, key), ==, 2);
  test_workspace_delete (self->store, key);
  wait_for_rows (list, 2);
  g_assert_cmpint (ent_record_list_find (list, key), ==, -1);
}

static void
test_list_filters (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (EntRecordList) list = NULL;
  g_autoptr (EntFilter) filter = ent_filter_parse (organization (self), "country = DE", NULL, NULL);
  g_autofree char *first = NULL;

  test_workspace_add (self->store, "organization", "title=Alpha", "country=DE", NULL);
  test_workspace_add (self->store, "organization", "title=Beta", "country=FR", NULL);
  test_workspace_add (self->store, "organization", "title=Gamma", "country=DE", NULL);
  list = ent_record_list_new (self->context, organization (self));
  ent_record_list_set_query (list, filter, "-title", NULL);
  wait_for_rows (list, 2);
  first = title_at (list, 0);
  g_assert_cmpstr (first, ==, "Gamma");
  ent_record_list_set_query (list, filter, NULL, "alp");
  wait_for_rows (list, 1);
}

/* --- What changes are told --------------------------------------------------------------------------------- */

/* Follows a list by its signal alone, and compares after every step. */
static void
follow_cb (EntRecordList *list,
           guint          position,
           guint          removed,
           guint          added,
           GArray        *shadow)
{
  if (removed > 0)
    g_array_remove_range (shadow, position, removed);
  for (guint i = 0; i < added; i++)
    {
      EntKey key = ent_record_list_get_key (list, position + i);

      g_array_insert_val (shadow, position + i, key);
    }
  /* Were many rows exchanged in one step, GtkListView would make each of them. */
  g_assert_true (removed == 0 || added <= 1024);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, shadow->len);
  for (guint i = 0; i < shadow->len; i += 7)
    g_assert_cmpint (ent_record_list_get_key (list, i), ==, g_array_index (shadow, EntKey, i));
}

static void
test_list_tells (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (EntRecordList) list = NULL;
  g_autoptr (GArray) shadow = g_array_new (FALSE, FALSE, sizeof (EntKey));
  EntKey key;

  test_workspace_fill (self->store, 3000);
  list = ent_record_list_new (self->context, organization (self));
  g_signal_connect (list, "items-changed", G_CALLBACK (follow_cb), shadow);
  ent_record_list_set_query (list, NULL, NULL, NULL);
  wait_for_rows (list, 3000);
  ent_record_list_set_query (list, NULL, "-title", NULL);
  test_wait_for (!ent_record_list_is_loading (list));
  key = ent_record_list_get_key (list, 10);
  test_workspace_set (self->store, key, "title=Aardvark", NULL);
  test_wait_for (ent_record_list_find (list, key) == 2999);
  test_workspace_delete (self->store, ent_record_list_get_key (list, 5));
  wait_for_rows (list, 2999);
}

/* What is left of @a, with what is new put in, is @b. */
static void
check_diff (GArray *a,
            GArray *b,
            guint   most)
{
  const guint32 *rows = (const guint32 *) (gpointer) b->data;
  g_autoptr (GArray) hunks = ent_rows_diff ((const guint32 *) (gpointer) a->data, a->len, rows, b->len);
  g_autoptr (GArray) made = g_array_copy (a);

  g_assert_cmpuint (hunks->len, <=, most);
  for (guint i = 0; i < hunks->len; i++)
    {
      const EntRowsHunk *hunk = &g_array_index (hunks, EntRowsHunk, i);

      if (hunk->n_old > 0)
        g_array_remove_range (made, (guint) hunk->new, (guint) hunk->n_old);
      if (hunk->n_new > 0)
        g_array_insert_vals (made, (guint) hunk->new, rows + hunk->new, (guint) hunk->n_new);
    }
  g_assert_cmpmem (made->data, made->len * sizeof (guint32), rows, b->len * sizeof (guint32));
}

static void
test_rows_diff (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GArray) a = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) b = NULL;
      guint n = (guint) g_test_rand_int_range (0, 600), n_edits = (guint) g_test_rand_int_range (0, 12);

      for (guint32 i = 0; i < n; i++)
        g_array_append_val (a, i);
      b = g_array_copy (a);
      for (guint i = 0; i < n_edits; i++)
        {
          guint32 row = 1000 + i;

          if (b->len > 0 && g_test_rand_bit ())
            {
              guint from = (guint) g_test_rand_int_range (0, (gint32) b->len);

              row = g_array_index (b, guint32, from);
              g_array_remove_index (b, from);
            }
          g_array_insert_val (b, (guint) g_test_rand_int_range (0, (gint32) b->len + 1), row);
        }
      /* A row that moves is one that goes and one that comes. */
      check_diff (a, b, 64);
    }
}

static void
test_rows_diff_moved (void)
{
  g_autoptr (GArray) a = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) moved = NULL, reversed = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 row = 3;

  for (guint32 i = 0; i < 5000; i++)
    {
      g_array_append_val (a, i);
      g_array_prepend_val (reversed, i);
    }
  moved = g_array_copy (a);
  g_array_remove_index (moved, 3);
  g_array_insert_val (moved, 4000, row);
  check_diff (a, moved, 2);
  check_diff (a, a, 0);
  check_diff (a, reversed, 1);
  check_diff (reversed, a, 1);
}

static GtkWidget *
show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  test_wait_for (gtk_widget_get_mapped (child));
  return window;
}

static GtkWidget *
find_view (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_view (child);
  return found;
}

static gboolean
starts_at_right (GtkWidget *table,
                 GtkWidget *header)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (gtk_widget_get_first_child (header), table, &bounds) &&
         (int) (bounds.origin.x + bounds.size.width) == gtk_widget_get_width (table);
}

/* From right to left the first column is the right one, in the header as in the rows, also where not all have room. */
static void
test_table_from_right (Fixture       *self,
                       gconstpointer  data)
{
  GtkWidget *table, *window, *header, *view;
  GtkAdjustment *at;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  table = ent_record_table_new (self->context, organization (self));
  header = gtk_widget_get_first_child (table);
  window = show (table);
  view = find_view (table);
  at = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 400);
  test_workspace_fill (self->store, 20);
  ent_record_list_set_query (ent_record_table_get_list (ENT_RECORD_TABLE (table)), NULL, NULL, NULL);
  test_wait_for (gtk_adjustment_get_upper (at) > gtk_adjustment_get_page_size (at));
  test_wait_for (starts_at_right (table, header));
  gtk_adjustment_set_value (at, gtk_adjustment_get_value (at) - 40);
  test_wait_for (!starts_at_right (table, header));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static guint
count_kept (GtkWidget  *view,
            GHashTable *before)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += g_hash_table_contains (before, child);
  return n;
}

/* Widgets that are made anew for each order would take two frames. */
static void
test_table_reorders (Fixture       *self,
                     gconstpointer  data)
{
  GtkWidget *table = ent_record_table_new (self->context, organization (self));
  GtkWidget *window = show (table), *view = find_view (table);
  EntRecordList *list = ent_record_table_get_list (ENT_RECORD_TABLE (table));
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  g_autoptr (GHashTable) before = g_hash_table_new (NULL, NULL);
  EntKey first;

  test_workspace_fill (self->store, 1500);
  ent_record_list_set_query (list, NULL, NULL, NULL);
  wait_for_rows (list, 1500);
  first = ent_record_list_get_key (list, 0);
  gtk_list_view_scroll_to (GTK_LIST_VIEW (view), 900, GTK_LIST_SCROLL_NONE, NULL);
  test_wait_for (gtk_adjustment_get_value (at) > 900);
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    g_hash_table_add (before, child);
  ent_record_list_set_query (list, NULL, "-title", NULL);
  test_wait_for (ent_record_list_get_key (list, 1499) == first);
  test_wait_for (gtk_adjustment_get_value (at) < 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1500);
  g_assert_cmpuint (count_kept (view, before), >=, g_hash_table_size (before) * 9 / 10);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_table (Fixture       *self,
            gconstpointer  data)
{
  GtkWidget *table = ent_record_table_new (self->context, organization (self));
  GtkWidget *window = show (table);
  EntRecordList *list = ent_record_table_get_list (ENT_RECORD_TABLE (table));
  EntTableColumns *columns = ent_record_table_get_columns (ENT_RECORD_TABLE (table));
  g_autofree char *text = NULL;
  g_autoptr (GArray) keys = NULL;

  test_workspace_add (self->store, "organization", "title=Contoso", "country=DE", NULL);
  test_workspace_add (self->store, "organization", "title=Fabrikam", "country=FR", NULL);
  ent_table_columns_from_text (columns, "title,country");
  ent_record_list_set_query (list, NULL, NULL, NULL);
  wait_for_rows (list, 2);
  ent_record_table_select_all (ENT_RECORD_TABLE (table));
  g_assert_cmpuint (ent_record_table_get_n_selected (ENT_RECORD_TABLE (table)), ==, 2);
  keys = ent_record_table_dup_selected (ENT_RECORD_TABLE (table), 0);
  g_assert_cmpuint (keys->len, ==, 2);
  g_free (title_at (list, 0));
  g_free (title_at (list, 1));
  text = ent_record_table_dup_text (ENT_RECORD_TABLE (table), 10);
  g_assert_cmpstr (text, ==, "Contoso\tGermany\nFabrikam\tFrance\n");
  ent_record_table_set_compact (ENT_RECORD_TABLE (table), TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_columns (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (EntTableColumns) columns = ent_table_columns_new (organization (self));
  const EntField *country = ent_record_type_lookup (organization (self), "country");
  g_autofree char *text = NULL;

  ent_table_columns_from_text (columns, "country:120,no_such_field");
  text = ent_table_columns_to_text (columns);
  g_assert_cmpstr (text, ==, "title,country:120");
  g_assert_true (ent_table_columns_has_field (columns, country));
  ent_table_columns_toggle_sort (columns, country);
  g_assert_cmpstr (ent_table_columns_get_sort (columns), ==, "country");
  ent_table_columns_toggle_sort (columns, country);
  g_assert_cmpint (ent_table_columns_get_direction (columns, country), ==, -1);
  ent_table_columns_toggle_sort (columns, country);
  g_assert_null (ent_table_columns_get_sort (columns));
  ent_table_columns_show (columns, country, FALSE);
  g_assert_false (ent_table_columns_has_field (columns, country));
}

static void
test_filter_words (Fixture       *self,
                   gconstpointer  data)
{
  static const struct { const char *term, *words; } cases[] = {
    { "country in (\"DE\", \"FR\")", "Country: DE or FR" },
    { "lifecycle = \"active\"", "Lifecycle: Active" },
    { "name ~ \"cloud\"", "name ~ \"cloud\"" },
    { "title ~ \"a \\\"b\\\"\"", "Name contains “a \"b\"”" },
    { "owner is empty", "Owner is empty" },
  };
  g_autofree char *quoted = ent_filter_quote ("a \"b\" \\");

  g_assert_cmpstr (quoted, ==, "\"a \\\"b\\\" \\\\\"");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = ent_filter_term_to_words (organization (self), cases[i].term);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_filter_bar (Fixture       *self,
                 gconstpointer  data)
{
  GtkWidget *bar = ent_filter_bar_new (self->context, organization (self), "roles has partner");
  GtkWidget *window = show (bar);
  g_autoptr (EntFilter) filter = NULL;
  g_autofree char *text = NULL;
  guint changes = 0;

  g_signal_connect_swapped (bar, "changed", G_CALLBACK (count_cb), &changes);
  g_assert_true (ent_filter_bar_set_text (ENT_FILTER_BAR (bar), "country = DE and (lifecycle = active or owner is empty)"));
  g_assert_cmpuint (changes, ==, 1);
  filter = ent_filter_bar_dup_filter (ENT_FILTER_BAR (bar));
  text = ent_filter_to_text (filter);
  g_assert_nonnull (strstr (text, "roles"));
  g_assert_nonnull (strstr (text, "or"));
  g_assert_false (ent_filter_bar_set_text (ENT_FILTER_BAR (bar), "nonsense ~~ ("));
  g_assert_true (ent_filter_bar_is_empty (ENT_FILTER_BAR (bar)));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  ADD ("/record-list/loads-pages-when-asked", test_list_pages);
  ADD ("/record-list/follows-changes", test_list_follows);
  ADD ("/record-list/filters-sorts-searches", test_list_filters);
  ADD ("/record-list/tells-every-change", test_list_tells);
  g_test_add_func ("/rows-diff/few-edits", test_rows_diff);
  g_test_add_func ("/rows-diff/moved-and-reversed", test_rows_diff_moved);
  ADD ("/record-table/selects-and-copies", test_table);
  ADD ("/record-table/another-order-is-read-from-its-beginning", test_table_reorders);
  ADD ("/record-table/begins-at-the-right-from-right-to-left", test_table_from_right);
  ADD ("/table-columns/text-and-sorting", test_columns);
  ADD ("/filter-words", test_filter_words);
  ADD ("/filter-bar/joins-base-and-chips", test_filter_bar);
  return g_test_run ();
}
