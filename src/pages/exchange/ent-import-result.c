/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/exchange/ent-import-result.h"

#include <glib/gi18n.h>

/* --- The problems as a list: each is made when it is looked at ---------------------------------------------- */

#define ENT_TYPE_PROBLEM_LIST (ent_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (EntProblemList, ent_problem_list, ENT, PROBLEM_LIST, GObject)

struct _EntProblemList
{
  GObject          parent;
  EntImportReport *report;
};

static GType
get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return (guint) MIN (ent_import_report_get_n_problems (ENT_PROBLEM_LIST (model)->report), G_MAXUINT - 1);
}

static char *
problem_in_words (const EntImportProblem *problem)
{
  const char *level = problem->level == ENT_PROBLEM_REFUSED ? _("refused") : _("imported");

  if (problem->column == NULL)
    return g_strdup_printf (_("Line %" G_GUINT64_FORMAT ", %s\n%s"), problem->line, level, problem->reason);
  return g_strdup_printf (_("Line %" G_GUINT64_FORMAT ", %s, column %s\n%s"), problem->line, level, problem->column,
                          problem->reason);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  g_auto (EntImportProblem) problem = { 0 };
  g_autofree char *text = NULL;

  if (position >= get_n_items (model))
    return NULL;
  ent_import_report_get_problem (ENT_PROBLEM_LIST (model)->report, position, &problem);
  text = problem_in_words (&problem);
  return gtk_string_object_new (text);
}

static void
model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EntProblemList, ent_problem_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

static void
ent_problem_list_finalize (GObject *object)
{
  ent_import_report_unref (ENT_PROBLEM_LIST (object)->report);
  G_OBJECT_CLASS (ent_problem_list_parent_class)->finalize (object);
}

static void
ent_problem_list_class_init (EntProblemListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_problem_list_finalize;
}

static void
ent_problem_list_init (EntProblemList *self)
{
}

/* --- Rows --------------------------------------------------------------------------------------------------- */

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            data)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
  gtk_list_item_set_accessible_label (item, text);
}

static GtkWidget *
make_list (EntImportReport *report)
{
  EntProblemList *problems = g_object_new (ENT_TYPE_PROBLEM_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list;

  problems->report = ent_import_report_ref (report);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (problems))), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Problems"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  return scrolled;
}

/* --- Saving and taking back ------------------------------------------------------------------------------------ */

typedef struct
{
  EntContext      *context;
  EntImportReport *report;
} Result;

static void
result_free (gpointer data,
             GClosure *closure)
{
  Result *self = data;

  g_object_unref (self->context);
  ent_import_report_unref (self->report);
  g_free (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *async,
          gpointer      user_data)
{
  Result *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), async, &error);

  if (file != NULL)
    {
      if (ent_import_report_save (self->report, g_file_peek_path (file), &error))
        ent_context_toast (self->context, _("Report saved"));
      else
        ent_context_error (self->context, _("The report could not be saved"), error);
    }
  result_free (self, NULL);
}

static void
save_cb (GtkWidget *button,
         Result    *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Result *copy = g_new (Result, 1);

  copy->context = g_object_ref (self->context);
  copy->report = ent_import_report_ref (self->report);
  gtk_file_dialog_set_title (dialog, _("Save Report"));
  gtk_file_dialog_set_initial_name (dialog, _("import problems.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (button)), NULL, saved_cb, copy);
}

static void
undo_cb (GtkWidget *button,
         Result    *self)
{
  ent_context_undo (self->context, ent_import_report_get_seq (self->report));
  gtk_widget_set_sensitive (button, FALSE);
}

static GtkWidget *
make_button (const char *label,
             GCallback   callback,
             Result     *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  Result *copy = g_new (Result, 1);

  copy->context = g_object_ref (self->context);
  copy->report = ent_import_report_ref (self->report);
  g_signal_connect_data (button, "clicked", callback, copy, result_free, 0);
  return button;
}

static void
append_buttons (GtkBox *box,
                Result *result)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (ent_import_report_get_n_problems (result->report) > 0)
    gtk_box_append (GTK_BOX (buttons), make_button (_("_Save Report…"), G_CALLBACK (save_cb), result));
  if (ent_import_report_get_seq (result->report) > 0)
    gtk_box_append (GTK_BOX (buttons), make_button (_("_Undo Import"), G_CALLBACK (undo_cb), result));
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (box, buttons);
}

GtkWidget *
ent_import_result_new (EntContext      *context,
                       EntImportReport *report)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *summary = ent_import_report_dup_summary (report);
  GtkWidget *heading = gtk_label_new (summary);
  Result result = { context, report };

  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "title-3");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), heading);
  append_buttons (GTK_BOX (box), &result);
  if (ent_import_report_get_n_problems (report) > 0)
    gtk_box_append (GTK_BOX (box), make_list (report));
  return box;
}
