/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-form-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum
{
  PROP_CONTEXT = 1,
  PROP_RECORD_KEY,
  PROP_RECORD,
} EntRecordFormProperty;

static GParamSpec *properties[PROP_RECORD + 1];
G_DEFINE_FINAL_TYPE (EntRecordForm, ent_record_form, GTK_TYPE_WIDGET)

gboolean
ent_record_form_shows (const EntField *field)
{
  if (field->info.flags & ENT_FIELD_SYSTEM || field->info.type == ENT_FIELD_JSON)
    return FALSE;
  return !ent_record_type_is_child (field->type) ||
         (strcmp (field->info.name, "parent") != 0 && strcmp (field->info.name, "position") != 0);
}

/* --- Groups and rows -------------------------------------------------------------------------------------------------- */

static GtkWidget *
add_group (EntRecordForm *self,
           const char    *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_insert_child_after (GTK_BOX (self->box), group, gtk_widget_get_prev_sibling (self->toggle));
  return group;
}

static void
add_row (EntRecordForm  *self,
         GtkWidget      *group,
         const EntField *field)
{
  GtkWidget *row = ent_field_row_new (self->context, field);

  g_object_set_data (G_OBJECT (row), "group", group);
  g_signal_connect_object (row, "edited", G_CALLBACK (_ent_record_form_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "typing", G_CALLBACK (_ent_record_form_typing), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);
}

/* The type's own fields come first, the common ones (owner, tags, note …) close the form. */
static void
add_fields (EntRecordForm *self,
            GHashTable    *groups,
            guint          from,
            guint          to,
            const char    *unnamed)
{
  for (guint i = from; i < to; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);
      const char *title = ent_field_get_group (field);
      GtkWidget *group;

      if (title == NULL)
        title = field->index == ENT_COMMON_TITLE ? "" : unnamed;
      if (!ent_record_form_shows (field))
        continue;
      group = g_hash_table_lookup (groups, title);
      if (group == NULL)
        {
          group = add_group (self, *title != '\0' ? title : NULL);
          g_hash_table_insert (groups, (gpointer) title, group);
        }
      add_row (self, group, field);
    }
}

static void
build (EntRecordForm       *self,
       const EntRecordType *type)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *child = gtk_widget_get_first_child (self->box);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != self->toggle)
        gtk_box_remove (GTK_BOX (self->box), child);
      child = next;
    }
  g_ptr_array_set_size (self->rows, 0);
  self->type = type;
  add_fields (self, groups, ENT_COMMON_TITLE, ENT_COMMON_TITLE + 1, "");
  add_fields (self, groups, ENT_N_COMMON, ent_record_type_get_n_fields (type), "");
  add_fields (self, groups, ENT_COMMON_TITLE + 1, ENT_N_COMMON, _("General"));
}

/* --- Which rows are seen ------------------------------------------------------------------------------------------------ */

static gboolean
is_wanted (EntRecordForm *self,
           EntFieldRow   *row)
{
  const EntField *field = ent_field_row_get_field (row);
  EntRecord *shown = self->past != NULL ? self->past : self->record;
  g_autofree char *typed = ent_field_row_dup_typed (row);

  return self->show_empty || typed != NULL || field->index == ENT_COMMON_TITLE ||
         field->info.flags & ENT_FIELD_REQUIRED || gtk_widget_has_css_class (GTK_WIDGET (row), "focused") ||
         !ent_value_is_null (ent_record_get_named (shown, field->info.name)) ||
         (self->past != NULL && !ent_value_is_null (ent_record_get_named (self->record, field->info.name)));
}

static void
update_visible (EntRecordForm *self)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);
  g_auto (GStrv) kinds = ent_record_dup_kinds (self->record);
  guint n_folded = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = g_object_get_data (G_OBJECT (row), "group");
      gboolean applies = ent_field_applies_to (ent_field_row_get_field (row), (const char *const *) kinds) ||
                         !ent_value_is_null (ent_record_get_named (self->record,
                                                                   ent_field_row_get_field (row)->info.name));
      gboolean visible = applies && is_wanted (self, row);

      n_folded += applies && !visible;
      gtk_widget_set_visible (GTK_WIDGET (row), visible);
      if (visible)
        g_hash_table_add (groups, group);
      if (visible || !g_hash_table_contains (groups, group))
        gtk_widget_set_visible (group, visible);
    }
  gtk_widget_set_visible (self->toggle, n_folded > 0 || self->show_empty);
  gtk_button_set_label (GTK_BUTTON (self->toggle), self->show_empty ? _("_Hide Empty Fields") : _("_Show Empty Fields"));
}

static void
toggle_cb (EntRecordForm *self)
{
  ent_record_form_set_show_empty (self, !self->show_empty);
}

/* --- Showing the record ---------------------------------------------------------------------------------------------------- */

static void
show_past_row (EntRecordForm  *self,
               EntFieldRow    *row,
               const EntValue *then)
{
  const EntField *field = ent_field_row_get_field (row);
  const EntValue *now = ent_record_get_named (self->record, field->info.name);
  g_autofree char *value = NULL;
  g_autofree char *message = NULL;

  ent_field_row_set_value (row, then, TRUE);
  ent_field_row_set_editable (row, FALSE);
  if (ent_value_equal (then, now))
    return;
  if (field->info.type != ENT_FIELD_REF)
    value = ent_value_display (field, now, ENT_DISPLAY_FULL, NULL, NULL);
  /* Translators: %s is the value that a field has today, below the one it had. */
  message = ent_value_is_null (now) ? g_strdup (_("Empty now"))
            : value != NULL         ? g_strdup_printf (_("Now %s"), value)
                                    : g_strdup (_("Different now"));
  ent_field_row_set_message (row, message);
  gtk_widget_add_css_class (GTK_WIDGET (row), "changed-since");
}

static gboolean
is_read_only (const EntField *field)
{
  return field->info.flags & ENT_FIELD_SYSTEM || field->info.type == ENT_FIELD_HASH ||
         field->type->info->flags & ENT_RECORD_TYPE_APPEND_ONLY;
}

static void
show (EntRecordForm *self,
      EntRecord     *before)
{
  gboolean binned = !ent_value_is_null (ent_record_get (self->record, ENT_COMMON_DELETED_AT));

  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      const EntField *field = ent_field_row_get_field (row);
      const EntValue *now = ent_record_get_named (self->record, field->info.name);

      gtk_widget_remove_css_class (GTK_WIDGET (row), "changed-since");
      if (self->past != NULL)
        {
          show_past_row (self, row, ent_record_get_named (self->past, field->info.name));
          continue;
        }
      ent_field_row_set_value (row, now, FALSE);
      ent_field_row_set_editable (row, !is_read_only (field) && !binned);
      if (before != NULL)
        _ent_record_form_tell_conflict (self, row, ent_record_get_named (before, field->info.name), now);
    }
  update_visible (self);
}

static void
set_record (EntRecordForm *self,
            EntRecord     *record)
{
  g_autoptr (EntRecord) before = self->record;
  const EntRecordType *type = record != NULL ? ent_record_get_record_type (record) : NULL;
  gboolean is_new = before == NULL || record == NULL || ent_record_get_key (before) != ent_record_get_key (record);

  self->record = record != NULL ? g_object_ref (record) : NULL;
  gtk_widget_set_visible (self->box, record != NULL);
  if (record != NULL)
    {
      if (self->type != type && (self->type == NULL || is_new))
        build (self, ent_store_get_record_type (ent_context_get_store (self->context), type->info->name));
      show (self, is_new ? NULL : before);
      if (is_new)
        {
          _ent_record_form_take_drafts (self);
          update_visible (self);
        }
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

/* --- Loading ------------------------------------------------------------------------------------------------------------------ */

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return ent_store_get (store, *(EntKey *) data, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntRecordForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntRecord) record = ent_store_run_finish (ENT_STORE (source), result, &error);

  /* The answer may come when the form is gone, or its workspace. */
  if (self->context == NULL || ent_context_get_store (self->context) != ENT_STORE (source) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (record != NULL && ent_record_get_key (record) != self->key))
    return;
  set_record (self, record);
}

static void
load (EntRecordForm *self)
{
  EntStore *store = self->context != NULL ? ent_context_get_store (self->context) : NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL || self->key == 0)
    return;
  self->cancellable = g_cancellable_new ();
  ent_store_run_async (store, load_job, g_memdup2 (&self->key, sizeof self->key), g_free, g_object_unref,
                       self->cancellable, loaded_cb, g_object_ref (self));
}

static void
changed_cb (EntRecordForm    *self,
            const EntChanges *changes)
{
  if (self->key != 0 && ent_changes_has_key (changes, self->key))
    load (self);
}

/* --- The widget ------------------------------------------------------------------------------------------------------------------ */

static void
ent_record_form_constructed (GObject *object)
{
  EntRecordForm *self = ENT_RECORD_FORM (object);

  G_OBJECT_CLASS (ent_record_form_parent_class)->constructed (object);
  if (self->context != NULL)
    g_signal_connect_object (self->context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
ent_record_form_dispose (GObject *object)
{
  EntRecordForm *self = ENT_RECORD_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->record);
  g_clear_object (&self->past);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_record_form_parent_class)->dispose (object);
}

static void
ent_record_form_finalize (GObject *object)
{
  g_ptr_array_unref (ENT_RECORD_FORM (object)->rows);
  G_OBJECT_CLASS (ent_record_form_parent_class)->finalize (object);
}

static void
ent_record_form_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EntRecordForm *self = ENT_RECORD_FORM (object);

  switch ((EntRecordFormProperty) prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, self->context);
      break;
    case PROP_RECORD_KEY:
      g_value_set_int64 (value, self->key);
      break;
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_record_form_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EntRecordForm *self = ENT_RECORD_FORM (object);

  switch ((EntRecordFormProperty) prop_id)
    {
    case PROP_CONTEXT:
      self->context = g_value_dup_object (value);
      break;
    case PROP_RECORD_KEY:
      ent_record_form_set_key (self, g_value_get_int64 (value));
      break;
    case PROP_RECORD:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_record_form_class_init (EntRecordFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = ent_record_form_constructed;
  object_class->dispose = ent_record_form_dispose;
  object_class->finalize = ent_record_form_finalize;
  object_class->get_property = ent_record_form_get_property;
  object_class->set_property = ent_record_form_set_property;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ENT_TYPE_CONTEXT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_RECORD_KEY] = g_param_spec_int64 ("record-key", NULL, NULL, 0, G_MAXINT64, 0,
                                                    flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, ENT_TYPE_RECORD,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recordform");
}

static void
ent_record_form_init (EntRecordForm *self)
{
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->toggle = gtk_button_new_with_mnemonic (_("_Show Empty Fields"));
  gtk_widget_set_halign (self->toggle, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_widget_set_visible (self->box, FALSE);
  g_signal_connect_object (self->toggle, "clicked", G_CALLBACK (toggle_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->toggle);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
ent_record_form_new (EntContext *context)
{
  return g_object_new (ENT_TYPE_RECORD_FORM, "context", context, NULL);
}

void
ent_record_form_set_key (EntRecordForm *self,
                         EntKey         key)
{
  g_return_if_fail (ENT_IS_RECORD_FORM (self));

  if (self->key == key)
    return;
  self->key = key;
  g_clear_object (&self->past);
  if (self->record != NULL)
    set_record (self, NULL);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD_KEY]);
}

EntKey
ent_record_form_get_key (EntRecordForm *self)
{
  g_return_val_if_fail (ENT_IS_RECORD_FORM (self), 0);
  return self->key;
}

EntRecord *
ent_record_form_get_record (EntRecordForm *self)
{
  g_return_val_if_fail (ENT_IS_RECORD_FORM (self), NULL);
  return self->record;
}

void
ent_record_form_set_past (EntRecordForm *self,
                          EntRecord     *past)
{
  gboolean ends;

  g_return_if_fail (ENT_IS_RECORD_FORM (self));

  ends = self->past != NULL && past == NULL;
  if (!g_set_object (&self->past, past) || self->record == NULL)
    return;
  for (guint i = 0; ends && i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);

      ent_field_row_set_value (row, ent_record_get_named (self->record, ent_field_row_get_field (row)->info.name), TRUE);
    }
  show (self, NULL);
  if (ends)
    _ent_record_form_take_drafts (self);
}

void
ent_record_form_set_show_empty (EntRecordForm *self,
                                gboolean       show_empty)
{
  g_return_if_fail (ENT_IS_RECORD_FORM (self));

  self->show_empty = show_empty;
  if (self->record != NULL)
    update_visible (self);
}

EntFieldRow *
ent_record_form_get_row (EntRecordForm *self,
                         const char    *field)
{
  g_return_val_if_fail (ENT_IS_RECORD_FORM (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (ent_field_row_get_field (g_ptr_array_index (self->rows, i))->info.name, field) == 0)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

gboolean
ent_record_form_focus_field (EntRecordForm *self,
                             const char    *field)
{
  EntFieldRow *row = ent_record_form_get_row (self, field);

  if (row == NULL)
    return FALSE;
  if (!gtk_widget_get_visible (GTK_WIDGET (row)))
    ent_record_form_set_show_empty (self, TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}
