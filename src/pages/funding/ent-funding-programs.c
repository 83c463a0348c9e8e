/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/funding/ent-fund-bar.h"
#include "widgets/ent-pill.h"

/* Programs with what is allocated, approved and spent this year, and the deadlines ahead. */

static int
this_year (EntFundingPage *self)
{
  int year;

  ent_date_to_ymd (ent_context_get_today (ent_page_get_context (ENT_PAGE (self))), &year, NULL, NULL);
  return year;
}

/* --- Programs ------------------------------------------------------------------------------------------------------------ */

static char *
describe_terms (EntRecord *program)
{
  const EntValue *cap = ent_record_get_named (program, "cap");
  const EntField *share = ent_record_type_lookup (ent_record_get_record_type (program), "match_pct");
  const EntValue *pct = ent_record_get (program, share->index);
  const char *summary = ent_record_get_text (program, "summary");
  GString *text = g_string_new (summary);

  if (!ent_value_is_null (pct))
    {
      g_autofree char *shown = ent_value_display (share, pct, ENT_DISPLAY_SHORT, NULL, NULL);

      g_string_append_printf (text, "%s", text->len > 0 ? " " : "");
      g_string_append_printf (text, _("Pays %s of the cost."), shown);
    }
  if (!ent_value_is_null (cap))
    {
      g_autofree char *shown = ent_money_display (cap->integer, cap->currency, ENT_DISPLAY_SHORT);

      g_string_append_printf (text, "%s", text->len > 0 ? " " : "");
      g_string_append_printf (text, _("%s at most a request."), shown);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_balance (const EntFundBalance *balance)
{
  g_autofree char *allocated = ent_money_display (balance->allocated, balance->currency, ENT_DISPLAY_SHORT);
  g_autofree char *approved = ent_money_display (balance->approved, balance->currency, ENT_DISPLAY_SHORT);
  g_autofree char *spent = ent_money_display (balance->spent, balance->currency, ENT_DISPLAY_SHORT);

  if (balance->source == ENT_FUND_ALLOCATED_NOT)
    return g_strdup_printf (_("Granted by request · Approved %s · Spent %s"), approved, spent);
  return g_strdup_printf (_("Allocated %s · Approved %s · Spent %s"), allocated, approved, spent);
}

static GtkWidget *
make_caption (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* The sum over partners explains itself by its largest parts. */
static EntWhy *
explain_total (EntFundingPage       *self,
               EntRecord            *program,
               const EntFundBalance *total)
{
  g_autofree char *left = ent_money_display (total->available, total->currency, ENT_DISPLAY_FULL);
  g_autoptr (GPtrArray) balances = ent_fund_book_balances (self->data->book, total->program, 0, total->year);
  EntWhy *why = ent_why_new (ent_record_get_title (program), left);
  static const struct { const char *label; gsize offset; } parts[] = {
    { N_("Allocated"), G_STRUCT_OFFSET (EntFundBalance, allocated) },
    { N_("Approved and not yet paid"), G_STRUCT_OFFSET (EntFundBalance, approved) },
    { N_("Spent"), G_STRUCT_OFFSET (EntFundBalance, spent) },
  };
  g_autofree char *note = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Over %u partner, %d.", "Over %u partners, %d.",
                                                        balances->len), balances->len, total->year);

  ent_why_set_formula (why, _("allocated − approved and not yet paid − spent"));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *shown = ent_money_display (G_STRUCT_MEMBER (gint64, total, parts[i].offset), total->currency,
                                                  ENT_DISPLAY_FULL);

      ent_why_add (why, _(parts[i].label), shown, i == 0 ? NULL : "−", total->program);
    }
  ent_why_set_note (why, note);
  return why;
}

typedef struct
{
  EntFundingPage *page; /* (unowned): its widget */
  EntKey          program;
  char           *title;
  int             year;
} Bar;

static void
bar_free (gpointer  data,
          GClosure *closure)
{
  g_free (((Bar *) data)->title);
  g_free (data);
}

/* The bar is a sum over partners: here they are. */
static void
bar_clicked_cb (GtkButton *button,
                Bar       *bar)
{
  g_autoptr (GPtrArray) balances = ent_fund_book_balances (bar->page->data->book, bar->program, 0, bar->year);
  AdwDialog *dialog = ent_funding_rows_new (bar->page, bar->title);

  for (guint i = 0; i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);
      g_autofree char *text = describe_balance (balance);
      g_autofree char *left = balance->source != ENT_FUND_ALLOCATED_NOT
                                ? ent_money_display (balance->available, balance->currency, ENT_DISPLAY_SHORT) : NULL;
      g_autofree char *value = left != NULL ? g_strdup_printf (_("%s left"), left) : g_strdup ("");

      ent_funding_rows_add (dialog, ent_funding_title (bar->page, balance->partner), text, value, NULL, balance->partner);
    }
  ent_funding_rows_present (bar->page, dialog);
}

static GtkWidget *
make_bar (EntFundingPage       *self,
          EntRecord            *program,
          const EntFundBalance *total,
          const char           *text)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *name = g_strdup_printf (_("%s: show the partners"), text);
  Bar *bar = g_new0 (Bar, 1);

  bar->page = self;
  bar->program = total->program;
  bar->title = g_strdup (ent_record_get_title (program));
  bar->year = total->year;
  gtk_button_set_child (GTK_BUTTON (button), ent_fund_bar_new (total->allocated, total->approved, total->spent, text));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "fund-bar-button");
  gtk_widget_set_tooltip_text (button, name);
  g_signal_connect_data (button, "clicked", G_CALLBACK (bar_clicked_cb), bar, bar_free, 0);
  return button;
}

static void
add_total (EntFundingPage       *self,
           GtkWidget            *box,
           EntRecord            *program,
           const EntFundBalance *total)
{
  g_autofree char *text = describe_balance (total);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *caption = make_caption (text), *number;

  gtk_box_append (GTK_BOX (box), make_bar (self, program, total, text));
  gtk_widget_set_hexpand (caption, TRUE);
  gtk_box_append (GTK_BOX (line), caption);
  if (total->source != ENT_FUND_ALLOCATED_NOT)
    {
      g_autofree char *left = ent_money_display (total->available, total->currency, ENT_DISPLAY_SHORT);
      g_autofree char *label = g_strdup_printf (_("%s left"), left);
      g_autoptr (EntWhy) why = explain_total (self, program, total);

      number = ent_funding_why (self, label, why);
      ent_funding_keep_whole (number);
      gtk_box_append (GTK_BOX (line), number);
    }
  gtk_box_append (GTK_BOX (box), line);
}

static void
open_record_cb (GtkWidget *row,
                gpointer   page)
{
  ent_context_open_record (ent_page_get_context (page), *(EntKey *) g_object_get_data (G_OBJECT (row), "key"));
}

static GtkWidget *
make_program_row (EntFundingPage *self,
                  EntRecord      *program)
{
  EntKey key = ent_record_get_key (program);
  g_autoptr (GPtrArray) totals = ent_fund_book_totals (self->data->book, key, this_year (self));
  g_autofree char *terms = describe_terms (program);
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *title = gtk_label_new (ent_record_get_title (program));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), make_caption (terms));
  for (guint i = 0; i < totals->len; i++)
    add_total (self, box, program, g_ptr_array_index (totals, i));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ent_record_get_title (program));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&key, sizeof key), g_free);
  return row;
}

static void
program_activated_cb (GtkListBox    *list,
                      GtkListBoxRow *row,
                      gpointer       page)
{
  open_record_cb (GTK_WIDGET (row), page);
}

static void
add_programs (EntFundingPage *self)
{
  GPtrArray *programs = ent_fund_book_get_programs (self->data->book);
  g_autofree char *title = g_strdup_printf (_("Programs, %d"), this_year (self));
  GtkWidget *group = ent_funding_group (title, _("Solid is spent, striped is approved and not yet paid."));
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_signal_connect_object (list, "row-activated", G_CALLBACK (program_activated_cb), self, 0);
  for (guint i = 0; i < programs->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_program_row (self, g_ptr_array_index (programs, i)));
  if (programs->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         ent_funding_row (_("No fund programs"),
                                          _("Add a program definition of the kind “Fund program”."), NULL));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->programs_box, group);
}

/* --- Deadlines ---------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_deadline_row (EntFundingPage        *self,
                   const EntFundDeadline *deadline)
{
  gint64 today = ent_context_get_today (ent_page_get_context (ENT_PAGE (self)));
  g_autofree char *when = ent_date_display_near (deadline->due, today);
  g_autofree char *date = ent_date_display (deadline->due, ENT_DISPLAY_FULL);
  const char *what = deadline->kind == ENT_FUND_DUE_CLAIM    ? _("Claim")
                     : deadline->kind == ENT_FUND_DUE_SUBMIT ? _("Submit")
                                                             : _("Last day for requests");
  g_autofree char *subtitle = deadline->partner != 0
                                ? g_strdup_printf ("%s · %s", what, ent_funding_title (self, deadline->partner))
                                : g_strdup (what);
  EntTone tone = deadline->days < 0 ? ENT_TONE_BAD : deadline->is_alert ? ENT_TONE_WARNING : ENT_TONE_NEUTRAL;
  GtkWidget *pill = ent_pill_new (when, tone), *row;

  gtk_widget_set_tooltip_text (pill, date);
  row = ent_funding_row (deadline->title, subtitle, pill);
  if (deadline->kind != ENT_FUND_DUE_PROGRAM)
    ent_funding_row_opens (self, row, deadline->key);
  return row;
}

void
ent_funding_page_fill_programs (EntFundingPage *self)
{
  GtkWidget *group = ent_funding_group (_("Deadlines"), NULL);
  GPtrArray *deadlines = self->data->deadlines;

  ent_funding_clear_box (self->programs_box);
  add_programs (self);
  for (guint i = 0; i < MIN (deadlines->len, 100); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_deadline_row (self, g_ptr_array_index (deadlines, i)));
  if (deadlines->len > 0)
    gtk_box_append (self->programs_box, group);
  else
    g_object_unref (g_object_ref_sink (group));
}
