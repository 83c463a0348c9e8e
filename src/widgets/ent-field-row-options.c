/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-field-row-options-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/ent-value.h"
#include "widgets/ent-pill.h"

/* From so many on, typing is quicker than looking. */
#define SEARCH_FROM 9

/* --- The list ----------------------------------------------------------------------------------------------------- */

enum { SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntFieldRowOptions, ent_field_row_options, GTK_TYPE_POPOVER)

static gboolean
is_chosen (EntFieldRowOptions *self,
           const char         *value)
{
  return g_ptr_array_find_with_equal_func (self->chosen, value, g_str_equal, NULL);
}

/* Typed text that is no choice yet may become one where the choices are only a suggestion. */
static void
update_new_option (EntFieldRowOptions *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->options));
  g_autoptr (EntFieldRowOption) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->options), n - 1) : NULL;
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *label = NULL;

  if (last != NULL && last->is_new)
    g_list_store_remove (self->options, n - 1);
  if (self->field == NULL || !(self->field->info.flags & ENT_FIELD_OPEN) || *trimmed == '\0' ||
      ent_field_match_choice (self->field, trimmed) != NULL)
    return;
  /* Translators: %s is what the user typed. */
  label = g_strdup_printf (_("Add “%s”"), trimmed);
  _ent_field_row_options_add (self, trimmed, label, ENT_TONE_NEUTRAL);
  g_clear_object (&last);
  last = g_list_model_get_item (G_LIST_MODEL (self->options), g_list_model_get_n_items (G_LIST_MODEL (self->options)) - 1);
  last->is_new = TRUE;
}

static gboolean
filter_func (gpointer item,
             gpointer user_data)
{
  EntFieldRowOptions *self = user_data;
  EntFieldRowOption *option = item;

  if (self->wanted == NULL || *self->wanted == '\0' || option->is_new)
    return TRUE;
  return *option->value != '\0' && strstr (option->words, self->wanted) != NULL;
}

static void
search_cb (EntFieldRowOptions *self)
{
  g_free (self->wanted);
  self->wanted = ent_text_key (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  update_new_option (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* --- Rows --------------------------------------------------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          EntFieldRowOptions       *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_item_set_child (item, box);
}

static void
mark_item (EntFieldRowOptions *self,
           GtkListItem        *item)
{
  EntFieldRowOption *option = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  gboolean chosen = is_chosen (self, option->value) || (*option->value == '\0' && self->chosen->len == 0);
  g_autofree char *spoken = NULL;

  gtk_widget_set_opacity (gtk_widget_get_next_sibling (label), chosen ? 1 : 0);
  /* Translators: an item of a list that is chosen, for screen readers. */
  spoken = chosen ? g_strdup_printf (_("%s, chosen"), option->label) : g_strdup (option->label);
  gtk_list_item_set_accessible_label (item, spoken);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         EntFieldRowOptions       *self)
{
  EntFieldRowOption *option = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (label), option->label);
  if (option->tone == ENT_TONE_MUTED)
    gtk_widget_add_css_class (label, "dimmed");
  else
    gtk_widget_remove_css_class (label, "dimmed");
  mark_item (self, item);
  g_object_set_data (G_OBJECT (option), "item", item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           EntFieldRowOptions       *self)
{
  g_object_set_data (gtk_list_item_get_item (item), "item", NULL);
}

static void
mark_all (EntFieldRowOptions *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->options));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntFieldRowOption) option = g_list_model_get_item (G_LIST_MODEL (self->options), i);
      GtkListItem *item = g_object_get_data (G_OBJECT (option), "item");

      if (item != NULL)
        mark_item (self, item);
    }
}

static void
choose (EntFieldRowOptions *self,
        EntFieldRowOption  *option)
{
  g_autofree char *value = g_strdup (option->value);
  guint at;

  if (!self->many)
    {
      g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, value);
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  if (*value == '\0')
    g_ptr_array_set_size (self->chosen, 0);
  else if (g_ptr_array_find_with_equal_func (self->chosen, value, g_str_equal, &at))
    g_ptr_array_remove_index (self->chosen, at);
  else
    g_ptr_array_add (self->chosen, g_strdup (value));
  if (option->is_new)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  mark_all (self);
}

static void
activate_cb (EntFieldRowOptions *self,
             guint               position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));
  g_autoptr (EntFieldRowOption) option = g_list_model_get_item (model, position);

  if (option != NULL)
    choose (self, option);
}

static void
search_activate_cb (EntFieldRowOptions *self)
{
  activate_cb (self, 0);
}

static gboolean
search_down_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  return gtk_widget_grab_focus (((EntFieldRowOptions *) user_data)->list);
}

static void
stop_search_cb (EntFieldRowOptions *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* --- The widget ------------------------------------------------------------------------------------------------------------ */

static void
ent_field_row_options_dispose (GObject *object)
{
  EntFieldRowOptions *self = ENT_FIELD_ROW_OPTIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->options);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (ent_field_row_options_parent_class)->dispose (object);
}

static void
ent_field_row_options_finalize (GObject *object)
{
  EntFieldRowOptions *self = ENT_FIELD_ROW_OPTIONS (object);

  g_ptr_array_unref (self->chosen);
  g_free (self->wanted);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (ent_field_row_options_parent_class)->finalize (object);
}

static void
ent_field_row_options_class_init (EntFieldRowOptionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_field_row_options_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_field_row_options_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
build_list (EntFieldRowOptions *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->options = g_list_store_new (ENT_TYPE_FIELD_ROW_OPTION);
  self->filter = gtk_custom_filter_new (filter_func, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->options)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (filtered))), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choices"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

static void
ent_field_row_options_init (EntFieldRowOptions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->chosen = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  build_list (self);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                                                          gtk_callback_action_new (search_down_cb, self, NULL)));
  gtk_widget_add_controller (self->search, keys);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 320);
  gtk_widget_set_size_request (box, 260, -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
ent_field_row_options_new (EntFieldType    type,
                           const EntField *field)
{
  EntFieldRowOptions *self = g_object_new (ENT_TYPE_FIELD_ROW_OPTIONS, NULL);

  self->type = type;
  self->field = field;
  return GTK_WIDGET (self);
}

void
ent_field_row_options_set_many (EntFieldRowOptions *self,
                                gboolean            many)
{
  self->many = many;
}

void
ent_field_row_options_set_clearable (EntFieldRowOptions *self,
                                     gboolean            clearable)
{
  self->clearable = clearable;
}

void
ent_field_row_options_start (EntFieldRowOptions *self,
                             const char * const *chosen)
{
  gboolean searchable;

  g_ptr_array_set_size (self->chosen, 0);
  for (; chosen != NULL && *chosen != NULL; chosen++)
    g_ptr_array_add (self->chosen, g_strdup (*chosen));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (!self->loaded)
    _ent_field_row_options_load (self);
  else
    mark_all (self);
  searchable = self->type == ENT_FIELD_TIMEZONE || g_list_model_get_n_items (G_LIST_MODEL (self->options)) >= SEARCH_FROM ||
               (self->field != NULL && self->field->info.flags & ENT_FIELD_OPEN);
  gtk_widget_set_visible (self->search, searchable);
  gtk_widget_grab_focus (searchable ? self->search : self->list);
}

char **
ent_field_row_options_dup_chosen (EntFieldRowOptions *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->options));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntFieldRowOption) option = g_list_model_get_item (G_LIST_MODEL (self->options), i);

      if (*option->value != '\0' && is_chosen (self, option->value))
        g_strv_builder_add (builder, option->value);
      g_hash_table_add (listed, g_strdup (option->value));
    }
  for (guint i = 0; i < self->chosen->len; i++)
    if (!g_hash_table_contains (listed, g_ptr_array_index (self->chosen, i)))
      g_strv_builder_add (builder, g_ptr_array_index (self->chosen, i));
  return g_strv_builder_end (builder);
}
