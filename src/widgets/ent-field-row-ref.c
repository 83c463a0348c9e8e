/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A reference to another record, or several: who it is, a way there, and a picker. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/ent-field-row-editor.h"
#include "widgets/ent-record-picker.h"

struct _EntFieldRowRef
{
  EntFieldRowEditor parent_instance;

  GtkWidget    *button;
  GtkWidget    *wrap;
  GtkWidget    *open;
  GtkWidget    *arrow;
  GtkWidget    *popover; /* (nullable) */
  EntValue      value;
  GHashTable   *names;   /* EntKey* → title, as far as they are known */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (EntFieldRowRef, ent_field_row_ref, ENT_TYPE_FIELD_ROW_EDITOR)

static void rebuild (EntFieldRowRef *self);

static gboolean
is_many (EntFieldRowRef *self)
{
  return ent_field_is_many (ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self)));
}

static GArray *
dup_keys (const EntValue *value)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  if (value->kind == ENT_VALUE_INT)
    g_array_append_val (keys, value->integer);
  else if (value->kind == ENT_VALUE_KEYS)
    g_array_append_vals (keys, value->keys, (guint) value->integer);
  return keys;
}

/* --- Names ------------------------------------------------------------------------------------------------------- */

static gpointer
names_job (EntStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  GArray *keys = data;
  GHashTable *names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < keys->len; i++)
    {
      EntKey key = g_array_index (keys, EntKey, i);
      char *title = ent_store_dup_title (store, key);

      g_hash_table_insert (names, g_memdup2 (&key, sizeof key), title != NULL ? title : g_strdup (""));
    }
  return names;
}

static void
named_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (EntFieldRowRef) self = user_data;
  g_autoptr (GHashTable) names = ent_store_run_finish (ENT_STORE (source), result, NULL);

  if (names == NULL || ent_field_row_editor_get_context (ENT_FIELD_ROW_EDITOR (self)) == NULL)
    return;
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = g_steal_pointer (&names);
  rebuild (self);
}

static void
load_names (EntFieldRowRef *self)
{
  EntStore *store = ent_context_get_store (ent_field_row_editor_get_context (ENT_FIELD_ROW_EDITOR (self)));
  GArray *keys = dup_keys (&self->value);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (store == NULL || keys->len == 0)
    {
      g_array_unref (keys);
      return;
    }
  ent_store_run_async (store, names_job, keys, (GDestroyNotify) g_array_unref, (GDestroyNotify) g_hash_table_unref,
                       self->cancellable, named_cb, g_object_ref (self));
}

static const char *
name_of (EntFieldRowRef *self,
         EntKey          key)
{
  const char *name = self->names != NULL ? g_hash_table_lookup (self->names, &key) : NULL;

  return name == NULL ? "…" : *name != '\0' ? name : _("Deleted record");
}

/* --- Changing ------------------------------------------------------------------------------------------------------- */

static void
set_keys (EntFieldRowRef *self,
          GArray         *keys)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (keys->len > 0 && is_many (self))
    ent_value_set_keys (&value, (const EntKey *) (gpointer) keys->data, keys->len);
  else if (keys->len > 0)
    ent_value_set_int (&value, g_array_index (keys, EntKey, keys->len - 1));
  if (ent_value_equal (&value, &self->value))
    return;
  ENT_FIELD_ROW_EDITOR_GET_CLASS (self)->show (ENT_FIELD_ROW_EDITOR (self), &value);
  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static void
picked_cb (EntFieldRowRef *self,
           EntKey          key)
{
  g_autoptr (GArray) keys = dup_keys (&self->value);

  if (key == 0)
    g_array_set_size (keys, 0);
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, EntKey, i) == key)
      return;
  if (key != 0)
    g_array_append_val (keys, key);
  set_keys (self, keys);
  gtk_widget_grab_focus (self->button);
}

static void
remove_clicked_cb (EntFieldRowRef *self,
                   GtkWidget      *button)
{
  EntKey key = *(EntKey *) g_object_get_data (G_OBJECT (button), "key");
  g_autoptr (GArray) keys = dup_keys (&self->value);

  for (guint i = keys->len; i-- > 0;)
    if (g_array_index (keys, EntKey, i) == key)
      g_array_remove_index (keys, i);
  set_keys (self, keys);
  gtk_widget_grab_focus (self->button);
}

static void
open_clicked_cb (EntFieldRowRef *self,
                 GtkWidget      *button)
{
  const EntKey *key = g_object_get_data (G_OBJECT (button), "key");
  EntContext *context = ent_field_row_editor_get_context (ENT_FIELD_ROW_EDITOR (self));

  if (key != NULL)
    ent_context_open_record (context, *key);
  else if (self->value.kind == ENT_VALUE_INT)
    ent_context_open_record (context, self->value.integer);
}

/* --- Making a record that is not there yet --------------------------------------------------------------------------- */

typedef struct
{
  EntFieldRowRef *self;
  EntRecord      *record; /* set by the transaction, then read here */
} Creation;

static gboolean
create_func (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  return ent_transaction_insert (transaction, user_data, error);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Creation *creation = user_data;
  g_autoptr (EntFieldRowRef) self = creation->self;
  g_autoptr (EntRecord) record = creation->record;
  g_autoptr (GError) error = NULL;
  gint64 seq = ent_context_write_finish (ENT_CONTEXT (source), result, &error);

  g_free (creation);
  if (seq < 0)
    ent_context_error (ENT_CONTEXT (source), _("The record could not be created"), error);
  else if (ent_field_row_editor_get_context (ENT_FIELD_ROW_EDITOR (self)) != NULL)
    picked_cb (self, ent_record_get_key (record));
}

static void
create_cb (EntFieldRowRef *self,
           const char     *title)
{
  EntContext *context = ent_field_row_editor_get_context (ENT_FIELD_ROW_EDITOR (self));
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (context), field->info.target);
  Creation *creation = g_new0 (Creation, 1);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *label = g_strdup_printf (_("Create %s"), title);

  creation->self = g_object_ref (self);
  creation->record = ent_record_new (type);
  ent_value_set_text (&value, title);
  ent_record_set (creation->record, ENT_COMMON_TITLE, &value);
  ent_context_write_async (context, label, FALSE, create_func, g_object_ref (creation->record), g_object_unref, NULL,
                           created_cb, creation);
}

static void
open_picker (EntFieldRowRef *self)
{
  EntFieldRowEditor *editor = ENT_FIELD_ROW_EDITOR (self);
  const EntField *field = ent_field_row_editor_get_field (editor);
  EntContext *context = ent_field_row_editor_get_context (editor);
  EntStore *store = ent_context_get_store (context);

  if (!ent_field_row_editor_get_editable (editor) || store == NULL)
    return;
  if (self->popover == NULL)
    {
      EntRecordPicker *picker = ENT_RECORD_PICKER (ent_record_picker_new_for_field (context, field));

      self->popover = GTK_WIDGET (picker);
      ent_record_picker_set_can_create (picker, ent_field_row_can_create (ent_store_get_record_type (
                                                  store, field->info.target)));
      g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (picker, "create", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  ent_record_picker_set_clearable (ENT_RECORD_PICKER (self->popover),
                                   !(field->info.flags & ENT_FIELD_REQUIRED) && !ent_value_is_null (&self->value));
  ent_record_picker_start (ENT_RECORD_PICKER (self->popover));
}

/* --- What is shown ----------------------------------------------------------------------------------------------------- */

static GtkWidget *
key_button (EntFieldRowRef *self,
            EntKey          key,
            GtkWidget      *child,
            const char     *tooltip,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), child);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "key", g_memdup2 (&key, sizeof key), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
name_box (EntFieldRowRef *self,
          EntKey          key)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  const EntRecordType *type = ent_schema_lookup_key (field->type->schema, key);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name_of (self, key));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (type != NULL)
    gtk_box_append (GTK_BOX (box), ent_record_picker_image_new (type, name_of (self, key), 20));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_chip (EntFieldRowRef *self,
           EntKey          key)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), name_of (self, key));

  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (GTK_BOX (chip), key_button (self, key, name_box (self, key), _("Open"), G_CALLBACK (open_clicked_cb)));
  if (ent_field_row_editor_get_editable (ENT_FIELD_ROW_EDITOR (self)))
    {
      GtkWidget *close = key_button (self, key, gtk_image_new_from_icon_name ("window-close-symbolic"), remove,
                                     G_CALLBACK (remove_clicked_cb));

      gtk_widget_add_css_class (close, "circular");
      gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (chip), close);
    }
  return chip;
}

static void
show_single (EntFieldRowRef *self,
             const EntField *field)
{
  GtkWidget *child;

  if (self->value.kind == ENT_VALUE_INT)
    child = name_box (self, self->value.integer);
  else
    {
      child = gtk_label_new (is_many (self) ? _("Add…") : ent_field_get_label (field));
      gtk_label_set_xalign (GTK_LABEL (child), 0);
      gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (child, "dimmed");
    }
  gtk_button_set_child (GTK_BUTTON (self->button), child);
}

static void
rebuild (EntFieldRowRef *self)
{
  EntFieldRowEditor *editor = ENT_FIELD_ROW_EDITOR (self);
  const EntField *field = ent_field_row_editor_get_field (editor);
  g_autoptr (GArray) keys = dup_keys (&self->value);
  GtkWidget *child = gtk_widget_get_first_child (self->wrap);
  gboolean many = is_many (self);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), child);
      child = next;
    }
  for (guint i = 0; many && i < keys->len; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), make_chip (self, g_array_index (keys, EntKey, i)));
  gtk_widget_set_visible (self->wrap, many && keys->len > 0);
  show_single (self, field);
  if (many && keys->len == 0)
    gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->button))), ent_field_get_label (field));
  gtk_widget_set_visible (self->button, !many || ent_field_row_editor_get_editable (editor));
  gtk_widget_set_visible (self->open, self->value.kind == ENT_VALUE_INT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  self->value.kind == ENT_VALUE_INT ? name_of (self, self->value.integer) : _("None"),
                                  -1);
}

static void
ent_field_row_ref_show (EntFieldRowEditor *editor,
                        const EntValue    *value)
{
  EntFieldRowRef *self = ENT_FIELD_ROW_REF (editor);

  ent_value_clear (&self->value);
  ent_value_copy (value, &self->value);
  rebuild (self);
  load_names (self);
  ent_field_row_editor_occupied (editor);
}

static gboolean
ent_field_row_ref_read (EntFieldRowEditor *editor,
                        EntValue          *value,
                        GError           **error)
{
  ent_value_clear (value);
  ent_value_copy (&ENT_FIELD_ROW_REF (editor)->value, value);
  return TRUE;
}

static void
ent_field_row_ref_activate (EntFieldRowEditor *editor)
{
  open_picker (ENT_FIELD_ROW_REF (editor));
}

static void
ent_field_row_ref_set_editable (EntFieldRowEditor *editor,
                                gboolean           editable)
{
  EntFieldRowRef *self = ENT_FIELD_ROW_REF (editor);

  gtk_widget_set_visible (self->arrow, editable);
  rebuild (self);
}

static gboolean
ent_field_row_ref_is_occupied (EntFieldRowEditor *editor)
{
  return !ent_value_is_null (&ENT_FIELD_ROW_REF (editor)->value);
}

/* --- The widget --------------------------------------------------------------------------------------------------------- */

static void
ent_field_row_ref_setup (EntFieldRowEditor *editor)
{
}

static void
ent_field_row_ref_dispose (GObject *object)
{
  EntFieldRowRef *self = ENT_FIELD_ROW_REF (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_field_row_ref_parent_class)->dispose (object);
}

static void
ent_field_row_ref_finalize (GObject *object)
{
  EntFieldRowRef *self = ENT_FIELD_ROW_REF (object);

  ent_value_clear (&self->value);
  g_clear_pointer (&self->names, g_hash_table_unref);
  G_OBJECT_CLASS (ent_field_row_ref_parent_class)->finalize (object);
}

static void
ent_field_row_ref_class_init (EntFieldRowRefClass *klass)
{
  EntFieldRowEditorClass *editor_class = ENT_FIELD_ROW_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_field_row_ref_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_field_row_ref_finalize;
  editor_class->setup = ent_field_row_ref_setup;
  editor_class->show = ent_field_row_ref_show;
  editor_class->read = ent_field_row_ref_read;
  editor_class->activate = ent_field_row_ref_activate;
  editor_class->set_editable = ent_field_row_ref_set_editable;
  editor_class->is_occupied = ent_field_row_ref_is_occupied;
}

static void
ent_field_row_ref_init (EntFieldRowRef *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->wrap), 3);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  self->button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_COMBO_BOX, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "field-value");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (open_picker), self, G_CONNECT_SWAPPED);
  self->open = gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_add_css_class (self->open, "flat");
  gtk_widget_set_tooltip_text (self->open, _("Open"));
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (open_clicked_cb), self, G_CONNECT_SWAPPED);
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), self->arrow);
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), self->open);
  ent_field_row_editor_set_focus_widget (ENT_FIELD_ROW_EDITOR (self), self->button);
}
