/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-filter-popover-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"
#include "widgets/ent-filter-text.h"
#include "widgets/ent-table-columns.h"

enum { SIGNAL_TERM, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntFilterPopover, ent_filter_popover, GTK_TYPE_POPOVER)

void
_ent_filter_popover_emit (EntFilterPopover *self,
                          const char       *term)
{
  g_signal_emit (self, signals[SIGNAL_TERM], 0, self->field, term);
}

/* Marks an entry whose text cannot be read, with the reason as tooltip and for screen readers. */
static void
mark (GtkEntry   *entry,
      const char *reason)
{
  if (reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_SECONDARY,
                                     reason != NULL ? "dialog-warning-symbolic" : NULL);
  gtk_entry_set_icon_tooltip_text (entry, GTK_ENTRY_ICON_SECONDARY, reason);
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
  if (reason != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (entry), reason, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* --- Fields ---------------------------------------------------------------------------------------------- */

static gboolean
is_filterable (const EntField *field)
{
  return field->info.type != ENT_FIELD_JSON && field->info.type != ENT_FIELD_HASH &&
         field->index != ENT_COMMON_DELETED_AT && field->index != ENT_COMMON_REV;
}

static void
add_field_row (EntFilterPopover *self,
               const EntField   *field)
{
  GtkWidget *label = gtk_label_new (ent_field_get_label (field));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "field", (gpointer) field);
  gtk_list_box_append (self->field_list, row);
}

static gboolean
field_visible_cb (GtkListBoxRow *row,
                  gpointer       user_data)
{
  EntFilterPopover *self = user_data;
  const EntField *field = g_object_get_data (G_OBJECT (row), "field");
  g_autofree char *wanted = ent_text_key (gtk_editable_get_text (GTK_EDITABLE (self->field_search)));
  g_autofree char *label = ent_text_key (ent_field_get_label (field));

  return strstr (label, wanted) != NULL || strstr (field->info.name, wanted) != NULL;
}

static void
field_search_cb (EntFilterPopover *self)
{
  gtk_list_box_invalidate_filter (self->field_list);
}

static void edit_field (EntFilterPopover *self, const EntField *field, const char *term);

static void
field_activated_cb (EntFilterPopover *self,
                    GtkListBoxRow    *row)
{
  edit_field (self, g_object_get_data (G_OBJECT (row), "field"), NULL);
}

static void
field_search_activate_cb (EntFilterPopover *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->field_list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        field_activated_cb (self, row);
        return;
      }
}

/* --- Range and text ------------------------------------------------------------------------------------------- */

/* The limit as the filter language writes it, or NULL with the entry marked. */
static char *
read_limit (EntFilterPopover *self,
            GtkEntry         *entry,
            gboolean         *failed)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  mark (entry, NULL);
  if (!ent_value_read (self->field, text, NULL, &value, &error))
    {
      mark (entry, error->message);
      *failed = TRUE;
      return NULL;
    }
  return ent_value_is_null (&value) ? NULL : ent_value_write (self->field, &value);
}

static void
range_changed_cb (EntFilterPopover *self)
{
  gboolean failed = FALSE;
  g_autofree char *from = read_limit (self, self->range_from, &failed);
  g_autofree char *to = read_limit (self, self->range_to, &failed);
  g_autoptr (GString) term = g_string_new (NULL);
  const char *name = self->field->info.name;

  if (failed)
    return;
  if (from != NULL)
    g_string_append_printf (term, "%s >= \"%s\"", name, from);
  if (to != NULL)
    g_string_append_printf (term, "%s%s <= \"%s\"", from != NULL ? " and " : "", name, to);
  _ent_filter_popover_emit (self, term->str);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
text_changed_cb (EntFilterPopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text_entry));
  g_autofree char *quoted = ent_filter_quote (text);
  g_autofree char *term = *text != '\0' ? g_strdup_printf ("%s ~ %s", self->field->info.name, quoted) : g_strdup ("");

  _ent_filter_popover_emit (self, term);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
expression_changed_cb (EntFilterPopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->expression_entry));
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFilter) filter = ent_filter_parse (self->type, text, NULL, &error);

  mark (self->expression_entry, error != NULL ? error->message : NULL);
  if (filter == NULL)
    return;
  self->field = NULL;
  _ent_filter_popover_emit (self, text);
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* --- Which editor --------------------------------------------------------------------------------------------- */

static const char *
editor_of (const EntField *field)
{
  switch (field->info.type)
    {
    case ENT_FIELD_INT:
    case ENT_FIELD_MONEY:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_DATE:
    case ENT_FIELD_DATETIME:
    case ENT_FIELD_DURATION:
      return "range";
    case ENT_FIELD_ENUM:
    case ENT_FIELD_REF:
    case ENT_FIELD_BOOL:
    case ENT_FIELD_COUNTRY:
    case ENT_FIELD_CURRENCY:
    case ENT_FIELD_TIMEZONE:
      return "choices";
    default:
      return field->info.flags & ENT_FIELD_MANY ? "choices" : "text";
    }
}

static char *
limit_of (const char *term,
          const char *op)
{
  const char *at = term != NULL ? strstr (term, op) : NULL;
  const char *end;

  if (at == NULL)
    return g_strdup ("");
  at += strlen (op);
  at += strspn (at, " \"");
  end = at + strcspn (at, "\"");
  return g_strndup (at, end - at);
}

static void
edit_field (EntFilterPopover *self,
            const EntField   *field,
            const char       *term)
{
  const char *editor = editor_of (field);
  g_autofree char *from = limit_of (term, ">=");
  g_autofree char *to = limit_of (term, "<=");
  g_autofree char *text = limit_of (term, "~");

  self->field = field;
  gtk_label_set_label (self->title, ent_field_get_label (field));
  gtk_editable_set_text (GTK_EDITABLE (self->range_from), from);
  gtk_editable_set_text (GTK_EDITABLE (self->range_to), to);
  gtk_editable_set_text (GTK_EDITABLE (self->text_entry), text);
  gtk_stack_set_visible_child_name (self->editor, editor);
  gtk_stack_set_visible_child_name (self->stack, "values");
  if (g_str_equal (editor, "choices"))
    {
      _ent_filter_popover_read_choices (self, term);
      _ent_filter_popover_count_values (self);
    }
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->editor), GTK_DIR_TAB_FORWARD);
}

/* --- Actions and the widget -------------------------------------------------------------------------------------- */

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntFilterPopover *self = ENT_FILTER_POPOVER (widget);

  gtk_stack_set_visible_child_name (self->stack, "fields");
  gtk_widget_grab_focus (GTK_WIDGET (self->field_search));
}

static void
expression_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  ent_filter_popover_edit_text (ENT_FILTER_POPOVER (widget), "");
}

static void
ent_filter_popover_dispose (GObject *object)
{
  EntFilterPopover *self = ENT_FILTER_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_FILTER_POPOVER);
  G_OBJECT_CLASS (ent_filter_popover_parent_class)->dispose (object);
}

static void
ent_filter_popover_finalize (GObject *object)
{
  EntFilterPopover *self = ENT_FILTER_POPOVER (object);

  g_hash_table_unref (self->chosen);
  g_free (self->base);
  G_OBJECT_CLASS (ent_filter_popover_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entente/Entente/ui/widgets/ent-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, editor);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, field_search);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, field_list);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, value_list);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, title);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, range_from);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, range_to);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, text_entry);
  gtk_widget_class_bind_template_child (widget_class, EntFilterPopover, expression_entry);
  gtk_widget_class_bind_template_callback (widget_class, field_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_activated_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "value_activated_cb",
                                                G_CALLBACK (_ent_filter_popover_value_activated_cb));
  gtk_widget_class_bind_template_callback (widget_class, range_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, expression_changed_cb);
}

static void
ent_filter_popover_class_init (EntFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_filter_popover_dispose;
  object_class->finalize = ent_filter_popover_finalize;
  signals[SIGNAL_TERM] = g_signal_new ("term", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "filter.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "filter.expression", NULL, expression_action);
}

static void
ent_filter_popover_init (EntFilterPopover *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->field_list, field_visible_cb, self, NULL);
}

GtkWidget *
ent_filter_popover_new (EntContext          *context,
                        const EntRecordType *type)
{
  EntFilterPopover *self = g_object_new (ENT_TYPE_FILTER_POPOVER, NULL);

  self->context = g_object_ref (context);
  self->type = type;
  for (int rank = 0; rank < ENT_FIELD_N_RANKS; rank++)
    for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
      {
        const EntField *field = ent_record_type_get_nth (type, i);

        if (ent_field_get_rank (field) == rank && is_filterable (field))
          add_field_row (self, field);
      }
  return GTK_WIDGET (self);
}

void
ent_filter_popover_start (EntFilterPopover *self,
                          const char       *base)
{
  g_set_str (&self->base, base);
  gtk_editable_set_text (GTK_EDITABLE (self->field_search), "");
  gtk_stack_set_visible_child_name (self->stack, "fields");
  gtk_widget_grab_focus (GTK_WIDGET (self->field_search));
}

void
ent_filter_popover_edit (EntFilterPopover *self,
                         const EntField   *field,
                         const char       *term,
                         const char       *base)
{
  g_set_str (&self->base, base);
  edit_field (self, field, term);
}

void
ent_filter_popover_edit_text (EntFilterPopover *self,
                              const char       *term)
{
  self->field = NULL;
  mark (self->expression_entry, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->expression_entry), term);
  gtk_stack_set_visible_child_name (self->stack, "expression");
  gtk_widget_grab_focus (GTK_WIDGET (self->expression_entry));
}
