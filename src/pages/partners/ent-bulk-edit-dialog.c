/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-bulk-edit-dialog.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-bulk-edit.h"
#include "widgets/ent-record-form.h"

/* From so many records on, the work is shown with its progress. */
#define LONG_WORK 200
#define MAX_LINES 20

#define ENT_TYPE_BULK_EDIT_DIALOG (ent_bulk_edit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntBulkEditDialog, ent_bulk_edit_dialog, ENT, BULK_EDIT_DIALOG, AdwDialog)

struct _EntBulkEditDialog
{
  AdwDialog parent_instance;

  EntContext          *context;
  const EntRecordType *type;
  GArray              *keys;
  GPtrArray           *fields;  /* of EntField: what can be chosen */
  GPtrArray           *lines;   /* of GtkWidget (unowned): the preview */
  GCancellable        *cancellable;
  guint                generation;

  GtkWidget           *apply_button;
  GtkBox              *edits;
  GtkWidget           *add_button;
  AdwPreferencesGroup *preview;
  AdwActionRow        *preview_row;
};

G_DEFINE_FINAL_TYPE (EntBulkEditDialog, ent_bulk_edit_dialog, ADW_TYPE_DIALOG)

static const struct
{
  EntBulkOp   op;
  const char *label;
} ops[] = {
  { ENT_BULK_SET, N_("Set to") },
  { ENT_BULK_CLEAR, N_("Clear") },
  { ENT_BULK_ADD, N_("Add") },
  { ENT_BULK_REMOVE, N_("Remove") },
};

/* --- One edit: a group with the field, what to do with it, and the value ------------------------------------------ */

typedef struct
{
  GtkWidget *field;
  GtkWidget *op;
  GtkWidget *value; /* EntFieldRow, made anew when the field changes */
} Parts;

static Parts *
parts_of (GtkWidget *group)
{
  return g_object_get_data (G_OBJECT (group), "parts");
}

static const EntField *
chosen_field (EntBulkEditDialog *self,
              GtkWidget         *group)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (parts_of (group)->field));

  return selected < self->fields->len ? g_ptr_array_index (self->fields, selected) : NULL;
}

static EntBulkOp
chosen_op (GtkWidget *group)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (parts_of (group)->op));

  return selected < G_N_ELEMENTS (ops) ? ops[selected].op : ENT_BULK_SET;
}

/* The plan as it stands; NULL when a value cannot be read. */
static EntBulkPlan *
make_plan (EntBulkEditDialog *self)
{
  EntBulkPlan *plan = ent_bulk_plan_new (self->type, self->keys);

  for (GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->edits)); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    {
      const EntField *field = chosen_field (self, group);
      EntBulkOp op = chosen_op (group);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (field == NULL)
        continue;
      if (op != ENT_BULK_CLEAR &&
          (!ent_field_row_get_value (ENT_FIELD_ROW (parts_of (group)->value), &value, NULL) ||
           ent_value_is_null (&value)))
        continue;
      ent_bulk_plan_add (plan, field, op, &value);
    }
  return plan;
}

/* --- The preview ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntBulkEditDialog *dialog;
  guint              generation;
} Preview;

static void
add_line (EntBulkEditDialog   *self,
          const EntBulkChange *change)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *count = g_strdup_printf ("%'u", change->count);
  GtkWidget *label = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change->text);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->preview, row);
  g_ptr_array_add (self->lines, row);
}

static void
clear_lines (EntBulkEditDialog *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    adw_preferences_group_remove (self->preview, g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
}

static void
say (EntBulkEditDialog *self,
     const char        *text)
{
  clear_lines (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->preview_row), text);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_row), TRUE);
  gtk_widget_set_sensitive (self->apply_button, FALSE);
}

static void
show_preview (EntBulkEditDialog *self,
              GPtrArray         *changes)
{
  g_autofree char *text = NULL;
  guint n_more = changes->len > MAX_LINES ? changes->len - MAX_LINES : 0;

  if (changes->len == 0)
    {
      say (self, _("Nothing: all of them have this value already"));
      return;
    }
  clear_lines (self);
  for (guint i = 0; i < changes->len && i < MAX_LINES; i++)
    add_line (self, g_ptr_array_index (changes, i));
  text = g_strdup_printf (g_dngettext (NULL, "And %u other change", "And %u other changes", n_more), n_more);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->preview_row), text);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_row), n_more > 0);
  gtk_widget_set_sensitive (self->apply_button, TRUE);
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Preview *preview = user_data;
  g_autoptr (EntBulkEditDialog) self = preview->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->preview == NULL || preview->generation != self->generation)
    return;
  if (changes != NULL)
    show_preview (self, changes);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

static void
update_preview (EntBulkEditDialog *self)
{
  EntBulkPlan *plan = make_plan (self);
  Preview *preview;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
  if (plan->edits->len == 0)
    {
      say (self, _("Choose a field and a value"));
      ent_bulk_plan_unref (plan);
      return;
    }
  self->cancellable = g_cancellable_new ();
  preview = g_new (Preview, 1);
  preview->dialog = g_object_ref (self);
  preview->generation = self->generation;
  ent_store_run_async (ent_context_get_store (self->context), ent_bulk_preview_job, plan, ent_bulk_plan_unref,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, previewed_cb, preview);
}

/* --- Groups ------------------------------------------------------------------------------------------------------------ */

static void
value_changed_cb (EntBulkEditDialog *self)
{
  update_preview (self);
}

static void
field_chosen_cb (GtkWidget         *combo,
                 GParamSpec        *pspec,
                 EntBulkEditDialog *self)
{
  GtkWidget *group = gtk_widget_get_ancestor (combo, ADW_TYPE_PREFERENCES_GROUP);
  Parts *parts = parts_of (group);
  const EntField *field = chosen_field (self, group);
  gboolean many = ent_field_is_many (field);
  const char *labels[G_N_ELEMENTS (ops) + 1] = { NULL };
  g_autoptr (GtkStringList) model = NULL;

  for (guint i = 0; i < (many ? G_N_ELEMENTS (ops) : 2); i++)
    labels[i] = _(ops[i].label);
  model = gtk_string_list_new (labels);
  adw_combo_row_set_model (ADW_COMBO_ROW (parts->op), G_LIST_MODEL (model));
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), parts->value);
  parts->value = ent_field_row_new (self->context, field);
  g_signal_connect_object (parts->value, "edited", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), parts->value);
  update_preview (self);
}

static void
op_chosen_cb (GtkWidget         *combo,
              GParamSpec        *pspec,
              EntBulkEditDialog *self)
{
  GtkWidget *group = gtk_widget_get_ancestor (combo, ADW_TYPE_PREFERENCES_GROUP);

  if (group == NULL)
    return;
  gtk_widget_set_visible (parts_of (group)->value, chosen_op (group) != ENT_BULK_CLEAR);
  update_preview (self);
}

static void
remove_group_cb (EntBulkEditDialog *self,
                 GtkWidget         *button)
{
  gtk_box_remove (self->edits, gtk_widget_get_ancestor (button, ADW_TYPE_PREFERENCES_GROUP));
  update_preview (self);
}

static GtkWidget *
new_field_combo (EntBulkEditDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *combo = adw_combo_row_new ();

  for (guint i = 0; i < self->fields->len; i++)
    gtk_string_list_append (model, ent_field_get_label (g_ptr_array_index (self->fields, i)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), _("Field"));
  adw_combo_row_set_expression (ADW_COMBO_ROW (combo), label);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (combo), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (combo), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (model));
  return combo;
}

static void
add_cb (EntBulkEditDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  Parts *parts = g_new0 (Parts, 1);

  parts->field = new_field_combo (self);
  parts->op = adw_combo_row_new ();
  parts->value = ent_field_row_new (self->context, g_ptr_array_index (self->fields, 0));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (parts->op), _("Change"));
  g_object_set_data_full (G_OBJECT (group), "parts", parts, g_free);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), parts->field);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), parts->op);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), parts->value);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->edits)) != NULL)
    {
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_tooltip_text (remove, _("Remove Field"));
      g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_group_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("And"));
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), remove);
    }
  else
    g_object_ref_sink (remove), g_object_unref (remove);
  gtk_box_append (self->edits, group);
  g_signal_connect_object (parts->op, "notify::selected", G_CALLBACK (op_chosen_cb), self, 0);
  g_signal_connect_object (parts->field, "notify::selected", G_CALLBACK (field_chosen_cb), self, 0);
  field_chosen_cb (parts->field, NULL, self);
}

/* --- Doing it ------------------------------------------------------------------------------------------------------------ */

static void
undo_clicked_cb (AdwToast   *toast,
                 EntContext *context)
{
  ent_context_undo (context, *(gint64 *) g_object_get_data (G_OBJECT (toast), "seq"));
}

static void
job_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  EntContext *context = ENT_CONTEXT (source);
  g_autofree char *label = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *seq = ent_context_finish_job (context, result, &error);
  AdwToast *toast;

  if (error != NULL)
    {
      ent_context_error (context, _("The records could not be changed"), error);
      return;
    }
  if (seq == NULL || *seq == 0)
    return;
  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, label);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "seq", g_steal_pointer (&seq), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), context, 0);
  ent_context_add_toast (context, toast);
}

static void
apply_cb (EntBulkEditDialog *self)
{
  EntBulkPlan *plan = make_plan (self);
  g_autofree char *label = ent_bulk_plan_label (plan);

  if (plan->edits->len == 0)
    {
      ent_bulk_plan_unref (plan);
      return;
    }
  if (self->keys->len < LONG_WORK)
    ent_context_write (self->context, label, ent_bulk_write, plan, ent_bulk_plan_unref);
  else
    ent_context_start_job (self->context, label, ent_bulk_write_job, plan, ent_bulk_plan_unref, g_free, job_done_cb,
                           g_strdup (label));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
cancel_cb (EntBulkEditDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- The dialog ------------------------------------------------------------------------------------------------------------ */

static void
ent_bulk_edit_dialog_dispose (GObject *object)
{
  EntBulkEditDialog *self = ENT_BULK_EDIT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_BULK_EDIT_DIALOG);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_bulk_edit_dialog_parent_class)->dispose (object);
}

static void
ent_bulk_edit_dialog_finalize (GObject *object)
{
  EntBulkEditDialog *self = ENT_BULK_EDIT_DIALOG (object);

  g_clear_pointer (&self->keys, g_array_unref);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (ent_bulk_edit_dialog_parent_class)->finalize (object);
}

static void
ent_bulk_edit_dialog_class_init (EntBulkEditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_bulk_edit_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_bulk_edit_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-bulk-edit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EntBulkEditDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, EntBulkEditDialog, edits);
  gtk_widget_class_bind_template_child (widget_class, EntBulkEditDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, EntBulkEditDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, EntBulkEditDialog, preview_row);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
ent_bulk_edit_dialog_init (EntBulkEditDialog *self)
{
  self->fields = g_ptr_array_new ();
  self->lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
find_fields (EntBulkEditDialog *self)
{
  for (guint i = ENT_N_COMMON; i < ent_record_type_get_n_fields (self->type); i++)
    if (ent_record_form_shows (ent_record_type_get_nth (self->type, i)))
      g_ptr_array_add (self->fields, (gpointer) ent_record_type_get_nth (self->type, i));
  for (guint i = ENT_COMMON_OWNER; i < ENT_N_COMMON; i++)
    if (ent_record_form_shows (ent_record_type_get_nth (self->type, i)))
      g_ptr_array_add (self->fields, (gpointer) ent_record_type_get_nth (self->type, i));
}

void
ent_bulk_edit_dialog_present (GtkWidget           *parent,
                              EntContext          *context,
                              const EntRecordType *type,
                              GArray              *keys)
{
  EntBulkEditDialog *self;
  g_autofree char *title = NULL;

  g_return_if_fail (ENT_IS_CONTEXT (context));
  g_return_if_fail (type != NULL);
  g_return_if_fail (keys != NULL && keys->len > 0);

  self = g_object_new (ENT_TYPE_BULK_EDIT_DIALOG, NULL);
  self->context = g_object_ref (context);
  self->type = type;
  self->keys = g_array_ref (keys);
  /* Translators: a number, a kind of record: "Edit 6 Organizations". */
  title = g_strdup_printf (_("Edit %1$'u %2$s"), keys->len, ent_record_type_get_label (type, keys->len != 1));
  adw_dialog_set_title (ADW_DIALOG (self), title);
  find_fields (self);
  add_cb (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
