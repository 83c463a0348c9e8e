/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-filter-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"
#include "widgets/ent-filter-text.h"

#define MAX_VALUES 200

struct _EntFilterPopover
{
  GtkPopover           parent;
  EntContext          *context;
  const EntRecordType *type;
  const EntField      *field; /* being edited */
  char                *base;
  GHashTable          *chosen; /* values of the field as filter words; "" is empty */
  GCancellable        *cancellable;

  GtkStack       *stack;
  GtkStack       *editor;
  GtkSearchEntry *field_search;
  GtkListBox     *field_list;
  GtkListBox     *value_list;
  GtkLabel       *title;
  GtkEntry       *range_from;
  GtkEntry       *range_to;
  GtkEntry       *text_entry;
  GtkEntry       *expression_entry;
};

enum { SIGNAL_TERM, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntFilterPopover, ent_filter_popover, GTK_TYPE_POPOVER)

static void
emit (EntFilterPopover *self,
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

/* --- Values with counts -------------------------------------------------------------------------------------- */

typedef struct
{
  EntFilterPopover    *popover; /* (owned): main thread only */
  const EntRecordType *type;
  const EntField      *field;
  char                *base;
} CountWish;

typedef struct
{
  char  *word;  /* for the filter; "" is empty */
  char  *label;
  gint64 count;
} CountedValue;

static void
count_wish_clear (gpointer data)
{
  g_free (((CountWish *) data)->base);
}

static void
count_wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, count_wish_clear);
}

static void
counted_value_free (gpointer data)
{
  CountedValue *self = data;

  g_free (self->word);
  g_free (self->label);
  g_free (self);
}

static CountedValue *
count_value (EntStore       *store,
             const EntField *field,
             const EntGroup *group)
{
  CountedValue *counted = g_new0 (CountedValue, 1);

  counted->count = group->count;
  if (ent_value_is_null (&group->value))
    {
      counted->word = g_strdup ("");
      counted->label = g_strdup (_("Empty"));
    }
  else
    {
      counted->label = ent_value_display (field, &group->value, ENT_DISPLAY_SHORT, ent_store_name, store);
      counted->word = field->info.type == ENT_FIELD_REF ? ent_store_dup_code (store, group->value.integer)
                                                        : ent_value_write (field, &group->value);
    }
  return counted;
}

static gpointer
count_job (EntStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  CountWish *wish = data;
  g_autoptr (EntFilter) filter = wish->base != NULL ? ent_filter_parse (wish->type, wish->base, NULL, NULL) : NULL;
  EntQuery query = { .type = wish->type, .filter = filter };
  g_autoptr (GArray) groups = ent_store_group (store, &query, wish->field, cancellable, error);
  GPtrArray *values;

  if (groups == NULL)
    return NULL;
  values = g_ptr_array_new_with_free_func (counted_value_free);
  for (guint i = 0; i < groups->len && i < MAX_VALUES; i++)
    g_ptr_array_add (values, count_value (store, wish->field, &g_array_index (groups, EntGroup, i)));
  return values;
}

static void
add_value_row (EntFilterPopover   *self,
               const CountedValue *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (value->label);
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, value->count);
  GtkWidget *count = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, value->word));
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data_full (G_OBJECT (row), "word", g_strdup (value->word), g_free);
  gtk_list_box_append (self->value_list, row);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  CountWish *wish = user_data;
  g_autoptr (EntFilterPopover) self = wish->popover;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (values != NULL && self->field == wish->field && self->cancellable != NULL)
    {
      gtk_list_box_remove_all (self->value_list);
      for (guint i = 0; i < values->len; i++)
        add_value_row (self, g_ptr_array_index (values, i));
    }
  else if (error != NULL && self->context != NULL)
    ent_context_error (self->context, _("The values could not be counted"), error);
  count_wish_release (wish);
}

static void
count_values (EntFilterPopover *self)
{
  CountWish *wish = g_atomic_rc_box_new0 (CountWish);

  wish->popover = g_object_ref (self);
  wish->type = self->type;
  wish->field = self->field;
  wish->base = g_strdup (self->base);
  gtk_list_box_remove_all (self->value_list);
  ent_store_run_async (ent_context_get_store (self->context), count_job, g_atomic_rc_box_acquire (wish),
                       count_wish_release, (GDestroyNotify) g_ptr_array_unref, self->cancellable, counted_cb, wish);
}

/* `field = value`, `field in (a, b)`, with `is empty` joined by "or". */
static char *
choices_term (EntFilterPopover *self)
{
  const char *name = self->field->info.name;
  GString *term = g_string_new (NULL);
  guint n_words = g_hash_table_size (self->chosen);
  gboolean empty = g_hash_table_contains (self->chosen, "");
  GHashTableIter iter;
  gpointer word;
  guint n = 0;

  n_words -= empty;
  if (n_words > 0)
    g_string_append_printf (term, n_words > 1 ? "%s in (" : "%s = ", name);
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (*(char *) word != '\0')
      {
        g_autofree char *quoted = ent_filter_quote (word);

        g_string_append_printf (term, "%s%s", n++ > 0 ? ", " : "", quoted);
      }
  if (n_words > 1)
    g_string_append_c (term, ')');
  if (empty)
    g_string_append_printf (term, "%s%s is empty", n_words > 0 ? " or " : "", name);
  return g_string_free (term, FALSE);
}

static void
value_activated_cb (EntFilterPopover *self,
                    GtkListBoxRow    *row)
{
  GtkCheckButton *check = g_object_get_data (G_OBJECT (row), "check");
  const char *word = g_object_get_data (G_OBJECT (row), "word");
  g_autofree char *term = NULL;

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_strdup (word));
  else
    g_hash_table_remove (self->chosen, word);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (check) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                   : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  term = choices_term (self);
  emit (self, term);
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
  emit (self, term->str);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
text_changed_cb (EntFilterPopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text_entry));
  g_autofree char *quoted = ent_filter_quote (text);
  g_autofree char *term = *text != '\0' ? g_strdup_printf ("%s ~ %s", self->field->info.name, quoted) : g_strdup ("");

  emit (self, term);
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
  emit (self, text);
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

/* Takes the values of a term that this popover once made. */
static void
read_choices (EntFilterPopover *self,
              const char       *term)
{
  const char *at = term != NULL ? strchr (term, '"') : NULL;

  g_hash_table_remove_all (self->chosen);
  for (; at != NULL; at = strchr (at, '"'))
    {
      GString *word = g_string_new (NULL);

      for (at++; *at != '\0' && *at != '"'; at++)
        {
          if (*at == '\\' && at[1] != '\0')
            at++;
          g_string_append_c (word, *at);
        }
      g_hash_table_add (self->chosen, g_string_free (word, FALSE));
      at += *at == '"';
    }
  if (term != NULL && g_str_has_suffix (term, "is empty"))
    g_hash_table_add (self->chosen, g_strdup (""));
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
      read_choices (self, term);
      count_values (self);
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
  gtk_widget_class_bind_template_callback (widget_class, value_activated_cb);
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
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (is_filterable (ent_record_type_get_nth (type, i)))
      add_field_row (self, ent_record_type_get_nth (type, i));
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
