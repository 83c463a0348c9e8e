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

static GtkWidget *
make_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *reason = make_line (NULL), *place = make_line ("caption");

  gtk_label_set_selectable (GTK_LABEL (reason), TRUE);
  gtk_widget_add_css_class (place, "dimmed");
  gtk_box_append (GTK_BOX (box), reason);
  gtk_box_append (GTK_BOX (box), place);
  g_object_set (box, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

/* The place, a line break, the reason. */
static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            data)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);
  GtkWidget *reason = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (reason), lines[1]);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (reason)), lines[0]);
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
  gtk_widget_add_css_class (list, "problem-list");
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
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

/* --- What came of it ------------------------------------------------------------------------------------------- */

static void
append_figure (AdwWrapBox *box,
               guint64     n,
               const char *label)
{
  g_autofree char *number = NULL;
  GtkWidget *figure, *value, *name;

  if (n == 0)
    return;
  number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
  figure = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  value = gtk_label_new (number);
  name = gtk_label_new (label);
  gtk_widget_add_css_class (value, "title-2");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dimmed");
  gtk_box_append (GTK_BOX (figure), value);
  gtk_box_append (GTK_BOX (figure), name);
  adw_wrap_box_append (box, figure);
}

static GtkWidget *
make_figures (EntImportReport *report)
{
  GtkWidget *box = adw_wrap_box_new ();
  AdwWrapBox *wrap = ADW_WRAP_BOX (box);

  adw_wrap_box_set_child_spacing (wrap, 30);
  adw_wrap_box_set_line_spacing (wrap, 12);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  append_figure (wrap, ent_import_report_get_n_read (report), _("Read"));
  append_figure (wrap, ent_import_report_get_n_created (report), _("Created"));
  append_figure (wrap, ent_import_report_get_n_updated (report), _("Updated"));
  append_figure (wrap, ent_import_report_get_n_unchanged (report), _("Unchanged"));
  append_figure (wrap, ent_import_report_get_n_refused (report), _("Refused"));
  append_figure (wrap, ent_import_report_get_n_created_ends (report), _("Created for References"));
  append_figure (wrap, ent_import_report_get_n_choices (report), _("New Choices"));
  return box;
}

static GtkWidget *
make_heading (EntImportReport *report)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gboolean dry = ent_import_report_is_dry_run (report);
  const char *text = NULL;
  GtkWidget *heading, *description;

  if (dry)
    text = _("Nothing was changed yet");
  else if (ent_import_report_get_seq (report) == 0)
    text = _("Nothing was changed");
  heading = gtk_label_new (dry ? _("What an Import Would Do") : _("Import Finished"));
  description = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_label_set_justify (GTK_LABEL (heading), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (heading, "title-2");
  gtk_widget_add_css_class (description, "dimmed");
  gtk_widget_set_visible (description, text != NULL);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), description);
  return box;
}

GtkWidget *
ent_import_result_new (EntContext      *context,
                       EntImportReport *report)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  g_autofree char *summary = ent_import_report_dup_summary (report);
  Result result = { context, report };

  g_object_set (box, "margin-top", 24, "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  gtk_box_append (GTK_BOX (box), make_heading (report));
  gtk_box_append (GTK_BOX (box), make_figures (report));
  append_buttons (GTK_BOX (box), &result);
  if (ent_import_report_get_n_problems (report) > 0)
    gtk_box_append (GTK_BOX (box), make_list (report));
  else
    gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}
