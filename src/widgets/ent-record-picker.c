/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-picker.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"
#include "widgets/ent-avatar-tile.h"
#include "widgets/ent-record-wish.h"

struct _EntRecordPicker
{
  GtkPopover parent_instance;

  EntContext   *context;
  char         *target;
  char         *filter; /* (nullable) */
  char         *sort;   /* (nullable) */
  gboolean      clearable;
  gboolean      can_create;
  GCancellable *cancellable; /* of the search that runs */
  guint         generation;
  char         *shown;       /* the words whose records are in the list (nullable) */
  gboolean      wants_first; /* Return was pressed before they were */

  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *hint;
};

enum { SIGNAL_PICKED, SIGNAL_CREATE, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntRecordPicker, ent_record_picker, GTK_TYPE_POPOVER)

/* References to definitions of the program mean one kind of them each. */
static const struct
{
  const char *type;
  const char *field;
  const char *filter;
  const char *sort;
} narrowed[] = {
  { "organization", "level", "kind = level", "rank,title" },
  { "funding", "program", "kind = fund_program", NULL },
  { "case", "ladder", "kind = ladder", NULL },
  { "assessment", "rubric", "kind = rubric", NULL },
};

/* --- Rows -------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
add_row (EntRecordPicker *self,
         GtkWidget       *image,
         const char      *title,
         const char      *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (words), label);
  if (subtitle != NULL && *subtitle != '\0')
    {
      GtkWidget *second = gtk_label_new (subtitle);

      gtk_label_set_xalign (GTK_LABEL (second), 0);
      gtk_label_set_ellipsize (GTK_LABEL (second), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (second, "caption");
      gtk_widget_add_css_class (second, "dimmed");
      gtk_box_append (GTK_BOX (words), second);
    }
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle != NULL ? subtitle : "", -1);
  return row;
}

static void
add_hit (EntRecordPicker *self,
         const EntHit    *hit)
{
  EntStore *store = ent_context_get_store (self->context);
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  const EntRecordType *type = ent_schema_lookup_key (schema, hit->key);
  g_autofree char *code = type != NULL ? ent_record_type_make_code (type, ent_key_row (hit->key)) : NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (type == NULL)
    return;
  if (strcmp (self->target, "*") == 0)
    subtitle = g_strdup_printf ("%s · %s", ent_record_type_get_label (type, FALSE), code);
  row = add_row (self, ent_record_picker_image_new (type, hit->title, 24), hit->title,
                 subtitle != NULL ? subtitle : hit->snippet);
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&hit->key, sizeof hit->key), g_free);
}

static gboolean
has_title (GPtrArray  *hits,
           const char *text)
{
  g_autofree char *wanted = ent_text_key (text);

  for (guint i = 0; i < hits->len; i++)
    {
      g_autofree char *key = ent_text_key (((EntHit *) g_ptr_array_index (hits, i))->title);

      if (strcmp (key, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_create (EntRecordPicker *self,
            const char      *text)
{
  /* Translators: makes a new record with this name. */
  g_autofree char *label = g_strdup_printf (_("Create “%s”"), text);
  GtkWidget *row = add_row (self, gtk_image_new_from_icon_name ("list-add-symbolic"), label, NULL);

  g_object_set_data_full (G_OBJECT (row), "create", g_strdup (text), g_free);
}

static void
show_hits (EntRecordPicker *self,
           GPtrArray       *hits,
           const char      *text)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  if (self->clearable && *text == '\0')
    add_row (self, gtk_image_new_from_icon_name ("edit-clear-symbolic"), _("None"), NULL);
  for (guint i = 0; i < hits->len; i++)
    add_hit (self, g_ptr_array_index (hits, i));
  if (self->can_create && *text != '\0' && !has_title (hits, text))
    add_create (self, text);
  gtk_widget_set_visible (self->hint, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0) == NULL);
  g_set_str (&self->shown, text);
  gtk_label_set_label (GTK_LABEL (self->hint), *text != '\0' ? _("Nothing found") : _("Type a name to search"));
}

static void choose_first (EntRecordPicker *self);

static void
take_hits (EntRecordPicker *self,
           GPtrArray       *hits,
           const char      *text)
{
  gboolean wanted = self->wants_first;

  self->wants_first = FALSE;
  show_hits (self, hits, text);
  if (wanted)
    choose_first (self);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  EntRecordWish *wish = user_data;
  g_autoptr (EntRecordPicker) self = wish->picker;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->context != NULL && wish->generation == self->generation &&
      ent_context_get_store (self->context) == ENT_STORE (source))
    {
      if (hits != NULL)
        take_hits (self, hits, wish->text);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          gtk_label_set_label (GTK_LABEL (self->hint), error->message);
          gtk_widget_set_visible (self->hint, TRUE);
        }
    }
  ent_record_wish_release (wish);
}

static void
search (EntRecordPicker *self)
{
  EntStore *store = ent_context_get_store (self->context);
  EntRecordWish *wish;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wish = ent_record_wish_new ();
  wish->picker = g_object_ref (self);
  wish->type = strcmp (self->target, "*") != 0 ? ent_store_get_record_type (store, self->target) : NULL;
  wish->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  wish->filter = g_strdup (self->filter);
  wish->sort = g_strdup (self->sort);
  wish->generation = ++self->generation;
  ent_store_run_async (store, ent_record_wish_job, g_atomic_rc_box_acquire (wish), ent_record_wish_release,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, searched_cb, wish);
}

/* --- Choosing ------------------------------------------------------------------------------------------------------------ */

static void
row_activated_cb (EntRecordPicker *self,
                  GtkListBoxRow   *row)
{
  const EntKey *key = g_object_get_data (G_OBJECT (row), "key");
  g_autofree char *create = g_strdup (g_object_get_data (G_OBJECT (row), "create"));
  EntKey picked = key != NULL ? *key : 0;

  gtk_popover_popdown (GTK_POPOVER (self));
  if (create != NULL)
    g_signal_emit (self, signals[SIGNAL_CREATE], 0, create);
  else
    g_signal_emit (self, signals[SIGNAL_PICKED], 0, picked);
}

static void
choose_first (EntRecordPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (row != NULL)
    row_activated_cb (self, row);
}

/* Whoever types fast presses Return before the answer is there, and means the first of what comes, not of what is shown. */
static void
search_activate_cb (EntRecordPicker *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  if (*text == '\0')
    return;
  if (g_strcmp0 (text, self->shown) == 0)
    {
      choose_first (self);
      return;
    }
  self->wants_first = TRUE;
  search (self);
}

static gboolean
down_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (((EntRecordPicker *) user_data)->list), 0);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- The widget ------------------------------------------------------------------------------------------------------------ */

static void
ent_record_picker_dispose (GObject *object)
{
  EntRecordPicker *self = ENT_RECORD_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_record_picker_parent_class)->dispose (object);
}

static void
ent_record_picker_finalize (GObject *object)
{
  EntRecordPicker *self = ENT_RECORD_PICKER (object);

  g_free (self->target);
  g_free (self->shown);
  g_free (self->filter);
  g_free (self->sort);
  G_OBJECT_CLASS (ent_record_picker_parent_class)->finalize (object);
}

static void
ent_record_picker_class_init (EntRecordPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_record_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_record_picker_finalize;
  signals[SIGNAL_PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_CREATE] = g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
build_search (EntRecordPicker *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search…"), "search-delay", 100u, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                                                          gtk_callback_action_new (down_cb, self, NULL)));
  gtk_widget_add_controller (self->search, keys);
}

static void
ent_record_picker_init (EntRecordPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  build_search (self);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Records"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  self->hint = gtk_label_new (_("Type a name to search"));
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->hint), 30);
  gtk_widget_add_css_class (self->hint, "dimmed");
  gtk_widget_set_margin_top (self->hint, 6);
  gtk_widget_set_margin_bottom (self->hint, 6);
  gtk_widget_set_size_request (box, 280, -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
ent_record_picker_new (EntContext *context,
                       const char *target)
{
  EntRecordPicker *self = g_object_new (ENT_TYPE_RECORD_PICKER, NULL);

  self->context = g_object_ref (context);
  self->target = g_strdup (target);
  return GTK_WIDGET (self);
}

GtkWidget *
ent_record_picker_new_for_field (EntContext     *context,
                                 const EntField *field)
{
  EntRecordPicker *self = ENT_RECORD_PICKER (ent_record_picker_new (context, field->info.target));

  for (guint i = 0; i < G_N_ELEMENTS (narrowed); i++)
    if (strcmp (narrowed[i].type, field->type->info->name) == 0 && strcmp (narrowed[i].field, field->info.name) == 0)
      {
        self->filter = g_strdup (narrowed[i].filter);
        self->sort = g_strdup (narrowed[i].sort);
      }
  return GTK_WIDGET (self);
}

void
ent_record_picker_set_filter (EntRecordPicker *self,
                              const char      *filter)
{
  g_set_str (&self->filter, filter);
}

void
ent_record_picker_set_clearable (EntRecordPicker *self,
                                 gboolean         clearable)
{
  self->clearable = clearable;
}

void
ent_record_picker_set_can_create (EntRecordPicker *self,
                                  gboolean         can_create)
{
  /* What is narrowed to a kind is not made by a name alone. */
  self->can_create = can_create && self->filter == NULL;
}

void
ent_record_picker_start (EntRecordPicker *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->wants_first = FALSE;
  g_clear_pointer (&self->shown, g_free);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->search);
  search (self);
}

void
ent_record_picker_set_text (EntRecordPicker *self,
                            const char      *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  search (self);
}

/* Our own icon of the type where there is one. (transfer none) */
static const char *
icon_of (const EntRecordType *type)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autofree char *name = g_strdup_printf ("ent-%s-symbolic", type->info->name);

  if (display != NULL && gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (display), name))
    return g_intern_string (name);
  return type->info->icon_name != NULL ? type->info->icon_name : "text-x-generic-symbolic";
}

GtkWidget *
ent_record_picker_image_new (const EntRecordType *type,
                             const char          *title,
                             int                  size)
{
  GtkWidget *image;

  if (strcmp (type->info->name, "organization") == 0)
    return ent_avatar_tile_new (size, title);
  if (strcmp (type->info->name, "person") == 0)
    return adw_avatar_new (size, title, TRUE);
  image = gtk_image_new_from_icon_name (icon_of (type));
  gtk_image_set_pixel_size (GTK_IMAGE (image), MAX (size / 2, 16));
  gtk_widget_set_size_request (image, size, size);
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return image;
}
