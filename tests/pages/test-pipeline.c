/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipeline page, with the keys of a real X server: moving deals, losing them, a registration's story. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "pages/pipeline/ent-deal-dialog.h"
#include "pages/pipeline/ent-pipeline-page-private.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-registration.h"
#include "widgets/ent-field-row.h"
#include "widgets/real-input.h"

#define TITLE "pipeline-test"

typedef struct
{
  EntStore        *store;
  EntContext      *context;
  EntPipelinePage *page;
  GtkWidget       *window;
  EntKey           first, second; /* deals */
  char            *told;          /* the last error */
} Fixture;

static void
alert_cb (Fixture    *f,
          const char *heading,
          const char *body)
{
  g_set_str (&f->told, body);
}

static void
toast_cb (Fixture  *f,
          AdwToast *toast)
{
  g_set_str (&f->told, adw_toast_get_title (toast));
}

static char *
day (const char *name,
     gint64      offset)
{
  g_autofree char *text = ent_date_write (ent_date_today () + offset);

  return g_strconcat (name, "=", text, NULL);
}

static EntKey
add_deal (Fixture    *f,
          const char *title,
          const char *partner)
{
  g_autofree char *name = g_strconcat ("title=", title, NULL);
  g_autofree char *by = g_strconcat ("registered_by=", partner, NULL);
  g_autofree char *close = day ("expected_close", 40);

  return test_workspace_add (f->store, "deal", name, "account=Fenwick", "stage=qualified", "amount=1000 USD", close, by,
                             "registration_state=submitted", NULL);
}

static void
fill (Fixture *f)
{
  test_workspace_add (f->store, "organization", "title=Fenwick", "roles=customer", NULL);
  test_workspace_add (f->store, "organization", "title=Brightwater", "roles=partner", "level=ref:level:premier", NULL);
  test_workspace_add (f->store, "organization", "title=Tidewater", "roles=partner", "level=ref:level:select", NULL);
  test_workspace_add (f->store, "person", "title=Ana", "seniority=vp", NULL);
  f->first = add_deal (f, "Claims", "Tidewater");
  f->second = add_deal (f, "Permits", "Brightwater");
}

static void
settle (Fixture *f)
{
  test_wait_for (f->page->n_asked == 0 && !f->page->stale && ent_page_is_ready (ENT_PAGE (f->page)));
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = data == NULL ? test_workspace_new_program () : test_workspace_new ();
  f->context = ent_context_new (NULL);
  ent_context_set_store (f->context, f->store);
  g_signal_connect_swapped (f->context, "alert", G_CALLBACK (alert_cb), f);
  g_signal_connect_swapped (f->context, "toast", G_CALLBACK (toast_cb), f);
  if (data == NULL)
    fill (f);
  f->page = g_object_new (ENT_TYPE_PIPELINE_PAGE, "context", f->context, "page-id", "pipeline", "title", "Pipeline",
                          "icon-name", "ent-pipeline-symbolic", NULL);
  f->window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (f->window), TITLE);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1200, 760);
  adw_window_set_content (ADW_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_present (GTK_WINDOW (f->window));
  input_run ("search --sync --onlyvisible --name ^%s$ windowfocus --sync", TITLE);
  test_wait_for (gtk_window_is_active (GTK_WINDOW (f->window)));
  settle (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  ent_context_set_store (f->context, NULL);
  g_object_add_weak_pointer (G_OBJECT (f->context), (gpointer *) &f->context);
  g_object_unref (f->context);
  test_wait_for (f->context == NULL);
  test_workspace_free (f->store);
  g_free (f->told);
}

static void
assert_text (Fixture    *f,
             EntKey      key,
             const char *field,
             const char *text)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  g_assert_cmpstr (ent_record_get_text (record, field), ==, text);
}

static gboolean
has_text (Fixture    *f,
          EntKey      key,
          const char *field,
          const char *text)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  return g_strcmp0 (ent_record_get_text (record, field), text) == 0;
}

static const char *
column_of (Fixture *f,
           EntKey   key)
{
  const char *column = NULL;

  ent_board_find (f->page->board, key, &column, NULL);
  return column;
}

static AdwDialog *
get_dialog (Fixture *f)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (f->window));
}

/* Whether the card says so. */
static gboolean
card_says (Fixture    *f,
           EntKey      key,
           const char *words)
{
  g_autofree char *text = ent_board_describe (f->page->board, key);

  return text != NULL && strstr (text, words) != NULL;
}

/* --- Moving ---------------------------------------------------------------------------------------------------- */

static void
test_keys_move_a_deal (Fixture       *f,
                       gconstpointer  data)
{
  g_assert_cmpstr (column_of (f, f->first), ==, "qualified");
  ent_board_select (f->page->board, f->first, TRUE);
  input_key ("ctrl+shift+Right");
  test_wait_for (has_text (f, f->first, "stage", "technical_validation"));
  test_wait_for (g_strcmp0 (column_of (f, f->first), "technical_validation") == 0 && f->told != NULL);
  g_assert_nonnull (strstr (f->told, "Technical validation"));
  ent_context_undo (f->context, 0);
  test_wait_for (has_text (f, f->first, "stage", "qualified"));
  test_wait_for (g_strcmp0 (column_of (f, f->first), "qualified") == 0);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* Until a dialog is there and has the keyboard. */
static void
wait_for_dialog (Fixture *f)
{
  test_wait_for (get_dialog (f) != NULL && gtk_window_get_focus (GTK_WINDOW (f->window)) != NULL &&
                 gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (f->window)), GTK_WIDGET (get_dialog (f))));
}

static void
test_a_loss_asks_for_its_reason (Fixture       *f,
                                 gconstpointer  data)
{
  g_auto (EntValue) price = ENT_VALUE_INIT;
  GtkWidget *banner;
  AdwDialog *first = NULL;

  ent_pipeline_page_move (f->page, f->first, "lost");
  wait_for_dialog (f);
  input_picture (f->window, "pipeline-lost");
  /* Without a reason the rule refuses, in words, and the dialog stays. */
  g_set_weak_pointer (&first, get_dialog (f));
  banner = find (GTK_WIDGET (first), ADW_TYPE_BANNER);
  /* Keys of buttons count from the dialog's first frame on. */
  while (!adw_banner_get_revealed (ADW_BANNER (banner)))
    input_key ("alt+l");
  g_assert_nonnull (strstr (adw_banner_get_title (ADW_BANNER (banner)), "choose a loss reason"));
  input_key ("Escape");
  test_wait_for (get_dialog (f) == NULL && first == NULL);
  settle (f);
  assert_text (f, f->first, "stage", "qualified");
  test_wait_for (g_strcmp0 (column_of (f, f->first), "qualified") == 0);

  ent_pipeline_page_move (f->page, f->first, "lost");
  wait_for_dialog (f);
  ent_value_set_text (&price, "price");
  ent_field_row_set_value (ENT_FIELD_ROW (find (GTK_WIDGET (get_dialog (f)), ENT_TYPE_FIELD_ROW)), &price, TRUE);
  while (get_dialog (f) != NULL)
    input_key ("alt+l");
  test_wait_for (has_text (f, f->first, "stage", "lost"));
  assert_text (f, f->first, "loss_reason", "price");
  assert_text (f, f->first, "registration_state", "withdrawn");
  test_wait_for (g_strcmp0 (column_of (f, f->first), "lost") == 0);
}

/* --- A registration ------------------------------------------------------------------------------------------------ */

/* Until the page shows the deal with that state. */
static void
wait_for_state (Fixture    *f,
                EntKey      key,
                const char *state)
{
  test_wait_for (g_strcmp0 (ent_deals_lookup (f->page->deals, key)->registration, state) == 0);
}

/* Opens the menu of the card and presses the letter of an item. */
static void
choose (Fixture    *f,
        EntKey      key,
        const char *letter)
{
  ent_board_select (f->page->board, key, TRUE);
  input_key ("shift+F10");
  input_key (letter);
}

static void
test_a_registration_conflicts_is_resolved_expires (Fixture       *f,
                                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (card_says (f, f->first, "Conflict with Brightwater"));
  g_assert_true (card_says (f, f->second, "Conflict with Tidewater"));
  /* By keys: the claim of the lower level is accepted, which then keeps the other one out. */
  choose (f, f->first, "a");
  wait_for_state (f, f->first, "active");
  choose (f, f->second, "a");
  test_wait_for (f->told != NULL && strstr (f->told, "End that registration first") != NULL);
  settle (f);
  choose (f, f->second, "s");
  wait_for_state (f, f->first, "withdrawn");
  g_assert_false (card_says (f, f->second, "Conflict"));
  choose (f, f->second, "a");
  wait_for_state (f, f->second, "active");
  /* 91 days later the rule expires it; the card says so. */
  g_assert_true (ent_registration_expire (f->store, ent_date_today () + 91, NULL, NULL, &error));
  wait_for_state (f, f->second, "expired");
  g_assert_true (card_says (f, f->second, "Registration expired"));
  /* It all undoes step by step. */
  for (int i = 0; i < 4; i++)
    {
      ent_transaction_info_free (ent_store_undo (f->store, 0, NULL, &error));
      g_assert_no_error (error);
    }
  assert_text (f, f->first, "registration_state", "submitted");
  assert_text (f, f->second, "registration_state", "submitted");
  wait_for_state (f, f->first, "submitted");
  test_wait_for (card_says (f, f->second, "Conflict with Tidewater"));
}

static EntFieldRow *
find_row (GtkWidget  *widget,
          const char *field)
{
  EntFieldRow *found = NULL;

  if (ENT_IS_FIELD_ROW (widget))
    return g_str_equal (ent_field_row_get_field (ENT_FIELD_ROW (widget))->info.name, field) ? ENT_FIELD_ROW (widget)
                                                                                         : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, field);
  return found;
}

/* As if somebody had chosen it. */
static void
choose_record (Fixture    *f,
               const char *field,
               const char *title)
{
  EntFieldRow *row = find_row (GTK_WIDGET (get_dialog (f)), field);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntRecordType *type = ent_store_get_record_type (f->store, "organization");

  ent_value_set_int (&value, ent_store_resolve (f->store, type, title, NULL));
  ent_field_row_set_value (row, &value, TRUE);
  g_signal_emit_by_name (row, "edited");
}

/* Whether a shown row of the dialog has a subtitle that begins so. */
static gboolean
dialog_says (GtkWidget  *widget,
             const char *words)
{
  gboolean found = ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) &&
                   g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), words);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = dialog_says (child, words);
  return found;
}

static void
test_the_dialog_shows_conflicts_at_entry (Fixture       *f,
                                          gconstpointer  data)
{
  test_workspace_add (f->store, "organization", "title=Northbeam", "roles=partner", NULL);
  settle (f);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.new", NULL);
  wait_for_dialog (f);
  choose_record (f, "account", "Fenwick");
  choose_record (f, "registered_by", "Brightwater");
  /* Its own claim is no conflict; that of the lower level would yield. */
  test_wait_for (dialog_says (GTK_WIDGET (get_dialog (f)), "This claim would stand. Brightwater has the level Premier"));
  input_picture (f->window, "pipeline-register");
  choose_record (f, "registered_by", "Northbeam");
  test_wait_for (dialog_says (GTK_WIDGET (get_dialog (f)), "That claim would stand."));
  while (get_dialog (f) != NULL)
    input_key ("alt+r");
  test_wait_for (ent_deals_get_n (f->page->deals) == 3);
}

/* --- What is shown ---------------------------------------------------------------------------------------------------- */

static void
test_groups_and_filters (Fixture       *f,
                         gconstpointer  data)
{
  g_object_set (f->page, "grouping", "partner", NULL);
  settle (f);
  g_assert_cmpstr (column_of (f, f->first), !=, column_of (f, f->second));
  g_object_set (f->page, "grouping", "owner", NULL);
  settle (f);
  g_assert_cmpstr (column_of (f, f->first), ==, "none");
  g_object_set (f->page, "grouping", "stage", NULL);
  ent_filter_bar_set_text (f->page->filters, "title ~ Permits");
  settle (f);
  g_assert_null (column_of (f, f->first));
  g_assert_cmpstr (column_of (f, f->second), ==, "qualified");
  gtk_editable_set_text (GTK_EDITABLE (f->page->search_entry), "nothing like this");
  test_wait_for (g_strcmp0 (gtk_stack_get_visible_child_name (f->page->stack), "nothing-found") == 0);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.clear-filters", NULL);
  test_wait_for (g_strcmp0 (gtk_stack_get_visible_child_name (f->page->stack), "board") == 0);
  g_object_set (f->page, "layout", "list", NULL);
  settle (f);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->page->stack), ==, "list");
}

static void
test_the_forecast_follows (Fixture       *f,
                           gconstpointer  data)
{
  g_autofree char *close = day ("expected_close", 0);

  test_workspace_set (f->store, f->first, close, "stage=committed", "amount=100000 USD", NULL);
  /* 90 % of $100,000; the other deal may close in the same quarter. */
  test_wait_for (strstr (ent_forecast_bar_get_text (f->page->forecast_bar), "$90") != NULL);
}

static void
test_an_empty_workspace_says_what_to_do (Fixture       *f,
                                         gconstpointer  data)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->page->stack), ==, "empty");
}

#define ADD(path, data, func) g_test_add ("/pipeline/" path, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  {
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

    gtk_css_provider_load_from_resource (provider, RESOURCE_PATH "/style.css");
    gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  }
  ADD ("keys-move-a-deal", NULL, test_keys_move_a_deal);
  ADD ("a-loss-asks-for-its-reason", NULL, test_a_loss_asks_for_its_reason);
  ADD ("a-registration-conflicts-is-resolved-expires", NULL, test_a_registration_conflicts_is_resolved_expires);
  ADD ("the-dialog-shows-conflicts-at-entry", NULL, test_the_dialog_shows_conflicts_at_entry);
  ADD ("groups-and-filters", NULL, test_groups_and_filters);
  ADD ("the-forecast-follows", NULL, test_the_forecast_follows);
  ADD ("an-empty-workspace-says-what-to-do", "empty", test_an_empty_workspace_says_what_to_do);
  return g_test_run ();
}
