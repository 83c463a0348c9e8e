/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-palette.h"

#include "app/ent-palette-item.h"
#include "app/ent-palette-search.h"
#include "widgets/ent-announce.h"

#include <glib/gi18n.h>

struct _EntPalette
{
  AdwDialog parent_instance;

  EntWindow          *window; /* (unowned): the dialog lives inside it */
  GListStore         *records;
  GListStore         *actions;
  GListStore         *parts; /* of the two, in the order they show */
  GtkSingleSelection *selection;
  GCancellable       *cancellable;
  guint               generation; /* of what was typed: only the latest answer is shown */
  guint               settled;
  char               *asked;       /* what was typed when it was asked for last */
  gboolean            wants_first; /* Return was pressed before the answer came */
  guint               announce_id;

  GtkSearchEntry *entry;
  GtkListView    *list;
  GtkStack       *stack;
};

/* So long after the last key, the number of results is said; sooner would talk over the typing. */
#define ANNOUNCE_MILLISECONDS 600

/* So many records leave the actions in sight. */
#define N_RECORDS_BESIDE_ACTIONS 6

G_DEFINE_FINAL_TYPE (EntPalette, ent_palette, ADW_TYPE_DIALOG)

/* --- Rows ------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *title = new_label (NULL);
  GtkWidget *subtitle = new_label ("caption");
  GtkWidget *shortcut = new_label ("dimmed");

  gtk_widget_add_css_class (subtitle, "dimmed");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), subtitle);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), shortcut);
  g_object_set_data (G_OBJECT (item), "image", image);
  g_object_set_data (G_OBJECT (item), "title", title);
  g_object_set_data (G_OBJECT (item), "subtitle", subtitle);
  g_object_set_data (G_OBJECT (item), "shortcut", shortcut);
  gtk_list_item_set_focusable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
set_text (GtkListItem *item,
          const char  *part,
          const char  *text)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (item), part);

  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             gpointer                  user_data)
{
  EntPaletteItem *found = gtk_list_item_get_item (item);

  gtk_image_set_from_icon_name (g_object_get_data (G_OBJECT (item), "image"),
                                ent_palette_item_get_icon_name (found));
  set_text (item, "title", ent_palette_item_get_title (found));
  set_text (item, "subtitle", ent_palette_item_get_subtitle (found));
  set_text (item, "shortcut", ent_palette_item_get_shortcut (found));
  gtk_list_item_set_accessible_label (item, ent_palette_item_get_title (found));
  gtk_list_item_set_accessible_description (item, ent_palette_item_get_subtitle (found));
}

static void
setup_header_cb (GtkSignalListItemFactory *factory,
                 GtkListHeader            *header,
                 gpointer                  user_data)
{
  GtkWidget *label = new_label ("heading");

  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (GtkSignalListItemFactory *factory,
                GtkListHeader            *header,
                EntPalette               *self)
{
  EntPaletteItem *first = gtk_list_header_get_item (header);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *title;

  if (ent_palette_item_get_key (first) == 0)
    title = _("Actions");
  else
    title = *text != '\0' ? _("Records") : _("Recent Records");
  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), title);
}

/* --- Results ---------------------------------------------------------------------------------------------- */

static void
fill (GListStore *store,
      GPtrArray  *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                       items->len);
}

/* The part with what is meant comes first: mostly a record, else the action that is called as was typed. */
static void
order_parts (EntPalette *self,
             gboolean    is_named)
{
  GListStore *first = is_named ? self->actions : self->records;
  gpointer order[] = { first, is_named ? self->records : self->actions };
  g_autoptr (GListStore) now = g_list_model_get_item (G_LIST_MODEL (self->parts), 0);

  if (now != first)
    g_list_store_splice (self->parts, 0, 2, order, 2);
}

static gboolean
announce_cb (gpointer user_data)
{
  EntPalette *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autofree char *text = NULL;

  self->announce_id = 0;
  text = n == 0 ? g_strdup (_("No results")) : g_strdup_printf (ngettext ("%u result", "%u results", n), n);
  ent_announce (GTK_WIDGET (self->entry), text, FALSE);
  return G_SOURCE_REMOVE;
}

static void activate_item (EntPalette *self,
                           guint       position);

static void
show_results (EntPalette *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  if (n > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
    }
  self->settled = self->generation;
  if (self->wants_first)
    {
      self->wants_first = FALSE;
      activate_item (self, 0);
      return;
    }
  g_clear_handle_id (&self->announce_id, g_source_remove);
  self->announce_id = g_timeout_add (ANNOUNCE_MILLISECONDS, announce_cb, self);
}

typedef struct
{
  EntPalette *palette;
  guint       generation;
} Question;

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (EntPalette) self = question->palette;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) actions = NULL;
  gboolean is_named;

  items = ent_palette_find_records_finish (ENT_STORE (source), result, &error);
  if (question->generation != self->generation || self->window == NULL || self->records == NULL)
    return;
  if (items == NULL)
    {
      g_info ("Search failed: %s", error != NULL ? error->message : "");
      items = g_ptr_array_new ();
    }
  /* Both at once, or the list would jump under the eye. */
  actions = ent_palette_find_actions (self->window, gtk_editable_get_text (GTK_EDITABLE (self->entry)), &is_named);
  if (actions->len > 0 && items->len > N_RECORDS_BESIDE_ACTIONS)
    g_ptr_array_set_size (items, N_RECORDS_BESIDE_ACTIONS);
  fill (self->records, items);
  fill (self->actions, actions);
  order_parts (self, is_named);
  show_results (self);
}

static void
search (EntPalette *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  EntStore *store = ent_context_get_store (ent_window_get_context (self->window));

  self->generation++;
  self->wants_first = FALSE;
  g_set_str (&self->asked, text);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (store == NULL)
    {
      gboolean is_named;
      g_autoptr (GPtrArray) actions = ent_palette_find_actions (self->window, text, &is_named);

      fill (self->actions, actions);
      show_results (self);
    }
  else
    {
      Question *question = g_new0 (Question, 1);

      question->palette = g_object_ref (self);
      question->generation = self->generation;
      ent_palette_find_records_async (store, text, ent_window_get_recent (self->window),
                                      self->cancellable, found_cb, question);
    }
}

static void
activate_item (EntPalette *self,
               guint       position)
{
  g_autoptr (EntPaletteItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (EntWindow) window = self->window != NULL ? g_object_ref (self->window) : NULL;

  if (item == NULL || window == NULL)
    return;
  adw_dialog_force_close (ADW_DIALOG (self));
  if (ent_palette_item_get_key (item) != 0)
    ent_context_open_record (ent_window_get_context (window), ent_palette_item_get_key (item));
  else if (ent_window_activate (window, ent_palette_item_get_action (item)) &&
           g_str_has_prefix (ent_palette_item_get_action (item), "win.page"))
    ent_window_focus_content (window);
}

static void
move (EntPalette *self,
      int         by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);
  guint to;

  if (n == 0)
    return;
  if (by < 0)
    to = at < (guint) -by ? (at == 0 && by == -1 ? n - 1 : 0) : at - (guint) -by;
  else
    to = at + (guint) by >= n ? (at == n - 1 && by == 1 ? 0 : n - 1) : at + (guint) by;
  gtk_list_view_scroll_to (self->list, to, GTK_LIST_SCROLL_SELECT, NULL);
}

/* --- Callbacks --------------------------------------------------------------------------------------------- */

static void
search_changed_cb (EntPalette *self)
{
  if (g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->entry))) != 0)
    search (self);
}

/* Whoever types fast means the first of what comes, not what is shown. */
static void
activate_cb (EntPalette *self)
{
  if (g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->entry))) != 0)
    search (self);
  if (!ent_palette_is_settled (self))
    self->wants_first = TRUE;
  else
    activate_item (self, gtk_single_selection_get_selected (self->selection));
}

static void
item_activated_cb (EntPalette *self,
                   guint       position)
{
  activate_item (self, position);
}

static void
stop_search_cb (EntPalette *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
next_match_cb (EntPalette *self)
{
  move (self, 1);
}

static void
previous_match_cb (EntPalette *self)
{
  move (self, -1);
}

static gboolean
key_pressed_cb (EntPalette     *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move (self, 6);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move (self, -6);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- Class ------------------------------------------------------------------------------------------------- */

static void
ent_palette_dispose (GObject *object)
{
  EntPalette *self = ENT_PALETTE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->announce_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PALETTE);
  g_clear_object (&self->selection);
  g_clear_object (&self->records);
  g_clear_object (&self->actions);
  g_clear_object (&self->parts);
  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->asked, g_free);

  G_OBJECT_CLASS (ent_palette_parent_class)->dispose (object);
}

static void
ent_palette_class_init (EntPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_palette_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/app/ent-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, EntPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, EntPalette, list);
  gtk_widget_class_bind_template_child (widget_class, EntPalette, stack);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
set_factories (EntPalette *self)
{
  GtkListItemFactory *rows = gtk_signal_list_item_factory_new ();
  GtkListItemFactory *headers = gtk_signal_list_item_factory_new ();

  g_signal_connect (rows, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (headers, "setup", G_CALLBACK (setup_header_cb), NULL);
  g_signal_connect_object (headers, "bind", G_CALLBACK (bind_header_cb), self, 0);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  g_object_unref (rows);
  g_object_unref (headers);
}

static void
ent_palette_init (EntPalette *self)
{
  GtkFlattenListModel *flat;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* Flattening makes a section of each part. */
  self->records = g_list_store_new (ENT_TYPE_PALETTE_ITEM);
  self->actions = g_list_store_new (ENT_TYPE_PALETTE_ITEM);
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->parts, self->records);
  g_list_store_append (self->parts, self->actions);
  flat = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->parts)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (flat));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  set_factories (self);
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self->list));
}

AdwDialog *
ent_palette_new (EntWindow *window)
{
  EntPalette *self = g_object_new (ENT_TYPE_PALETTE, NULL);

  g_set_weak_pointer (&self->window, window);
  search (self);
  return ADW_DIALOG (self);
}

void
ent_palette_set_text (EntPalette *self,
                      const char *text)
{
  g_return_if_fail (ENT_IS_PALETTE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

gboolean
ent_palette_is_settled (EntPalette *self)
{
  g_return_val_if_fail (ENT_IS_PALETTE (self), FALSE);
  return self->settled == self->generation;
}

GListModel *
ent_palette_get_results (EntPalette *self)
{
  g_return_val_if_fail (ENT_IS_PALETTE (self), NULL);
  return G_LIST_MODEL (self->selection);
}
