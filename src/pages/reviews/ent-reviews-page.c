/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-reviews-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/reviews/ent-review-item.h"
#include "pages/reviews/ent-review-new.h"
#include "widgets/ent-avatar-tile.h"
#include "widgets/ent-pill.h"

struct _EntReviewsPage
{
  EntPage parent_instance;

  GtkStack       *stack;
  AdwToggleGroup *groups;
  GtkSearchBar   *search_bar;
  GtkSearchEntry *search_entry;
  GtkListView    *list_view;
  AdwStatusPage  *empty_page;

  GPtrArray      *items; /* of EntReviewItem; NULL before the first answer */
  GCancellable   *cancellable;
  double          place; /* of the list, kept when it is read again */
};

G_DEFINE_FINAL_TYPE (EntReviewsPage, ent_reviews_page, ENT_TYPE_PAGE)

/* --- Loading ------------------------------------------------------------------------------------------------------------ */

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GPtrArray) plans = ent_review_load_all (store, error);
  GPtrArray *items;

  if (plans == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < plans->len; i++)
    {
      EntRecord *plan = g_ptr_array_index (plans, i);
      EntKey partner = ent_record_get_ref (plan, "for");
      g_autofree char *name = partner != 0 ? ent_store_dup_title (store, partner) : NULL;

      g_ptr_array_add (items, ent_review_item_new (plan, name));
    }
  return items;
}

static gboolean
is_done (EntReviewItem *item)
{
  const char *status = ent_record_get_text (ent_review_item_get_plan (item), "status");

  return g_strcmp0 (status, "signed") == 0 || g_strcmp0 (status, "done") == 0 || g_strcmp0 (status, "canceled") == 0;
}

static gboolean
is_wanted (EntReviewsPage *self,
           EntReviewItem  *item,
           const char     *words)
{
  g_autofree char *title = NULL;
  g_autofree char *partner = NULL;

  if (is_done (item) != (g_strcmp0 (adw_toggle_group_get_active_name (self->groups), "done") == 0))
    return FALSE;
  if (*words == '\0')
    return TRUE;
  title = ent_text_key (ent_record_get_title (ent_review_item_get_plan (item)));
  partner = ent_text_key (ent_review_item_get_partner (item));
  return strstr (title, words) != NULL || strstr (partner, words) != NULL;
}

static void
add_to_group (GListStore    *sections,
              EntReviewItem *item,
              gboolean       at_start)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (sections));
  g_autofree char *group = ent_review_item_dup_group (item);
  g_autoptr (GListStore) section = NULL;

  /* Items come in the order of their meetings, so a group is the one before or a new one. */
  if (n > 0)
    {
      g_autoptr (GListStore) other = g_list_model_get_item (G_LIST_MODEL (sections), at_start ? 0 : n - 1);
      g_autoptr (EntReviewItem) first = g_list_model_get_item (G_LIST_MODEL (other), 0);
      g_autofree char *name = ent_review_item_dup_group (first);

      if (g_str_equal (name, group))
        section = g_steal_pointer (&other);
    }
  if (section == NULL)
    {
      section = g_list_store_new (ENT_TYPE_REVIEW_ITEM);
      g_list_store_insert (sections, at_start ? 0 : n, section);
    }
  g_list_store_insert (section, at_start ? 0 : g_list_model_get_n_items (G_LIST_MODEL (section)), item);
}

/* A list with another model begins at its first row, and hides the heading above it. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  EntReviewsPage *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));

  if (adjustment == NULL || gtk_adjustment_get_upper (adjustment) <= 1)
    return G_SOURCE_CONTINUE;
  gtk_adjustment_set_value (adjustment, self->place);
  return G_SOURCE_REMOVE;
}

/* What is open begins with the next meeting; what is signed with the last one. */
static void
show_items (EntReviewsPage *self)
{
  gboolean open = g_strcmp0 (adw_toggle_group_get_active_name (self->groups), "done") != 0;
  g_autofree char *words = ent_text_key (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  GListStore *sections = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));
  GtkFlattenListModel *flat;
  g_autoptr (GtkNoSelection) selection = NULL;

  for (guint i = 0; i < self->items->len; i++)
    if (is_wanted (self, g_ptr_array_index (self->items, i), words))
      add_to_group (sections, g_ptr_array_index (self->items, i), open);
  self->place = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
  flat = gtk_flatten_list_model_new (G_LIST_MODEL (sections));
  selection = gtk_no_selection_new (G_LIST_MODEL (flat));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  gtk_widget_add_tick_callback (GTK_WIDGET (self->list_view), scroll_cb, self, NULL);
  adw_status_page_set_title (self->empty_page, open ? _("No Open Reviews") : _("No Signed Reviews"));
  adw_status_page_set_description (self->empty_page,
                                   open ? _("A review is planned from a template and fills itself from your records.")
                                        : _("A review is here when all have signed who had to."));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (flat)) > 0 ? "list"
                                                 : *words != '\0' ? "nothing-found" : "empty");
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntReviewsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (items == NULL)
    {
      ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("The reviews could not be read"), error);
      ent_page_set_ready (ENT_PAGE (self), TRUE);
      return;
    }
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_steal_pointer (&items);
  show_items (self);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
load (EntReviewsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), load_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable, loaded_cb, g_object_ref (self));
}

static void
changed_cb (EntReviewsPage *self,
            EntChanges     *changes)
{
  EntStore *store = ent_context_get_store (ent_page_get_context (ENT_PAGE (self)));

  if (self->items != NULL && store != NULL &&
      (ent_changes_has_type (changes, ent_store_get_record_type (store, "plan")) ||
       ent_changes_has_type (changes, ent_store_get_record_type (store, "organization"))))
    load (self);
}

/* --- Rows ----------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *tile;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *pill;
} Row;

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12); /* it takes what the state leaves */
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  Row *row = g_new0 (Row, 1);

  row->tile = ent_avatar_tile_new (36, "");
  row->title = label_new ("heading");
  row->subtitle = label_new ("dimmed");
  gtk_label_set_ellipsize (GTK_LABEL (row->subtitle), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (row->subtitle), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (row->subtitle), GTK_NATURAL_WRAP_NONE);
  row->pill = ent_pill_new ("", ENT_TONE_NEUTRAL);
  gtk_widget_set_valign (row->tile, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (row->pill, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), row->title);
  gtk_box_append (GTK_BOX (texts), row->subtitle);
  gtk_box_append (GTK_BOX (box), row->tile);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), row->pill);
  gtk_widget_add_css_class (box, "review-row");
  gtk_list_item_set_child (list_item, box);
  g_object_set_data_full (G_OBJECT (list_item), "row", row, g_free);
}

static EntTone
tone_of (EntReadiness readiness)
{
  static const EntTone tones[] = {
    [ENT_READINESS_DRAFT] = ENT_TONE_MUTED, [ENT_READINESS_DUE] = ENT_TONE_WARNING,  [ENT_READINESS_LATE] = ENT_TONE_BAD,
    [ENT_READINESS_SENT] = ENT_TONE_ACCENT, [ENT_READINESS_HELD] = ENT_TONE_ACCENT,  [ENT_READINESS_SIGNED] = ENT_TONE_GOOD,
    [ENT_READINESS_CANCELED] = ENT_TONE_MUTED,
  };

  return tones[readiness];
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item)
{
  Row *row = g_object_get_data (G_OBJECT (list_item), "row");
  EntReviewItem *item = gtk_list_item_get_item (list_item);
  EntRecord *plan = ent_review_item_get_plan (item);
  gint64 now = g_get_real_time ();
  g_autofree char *readiness = ent_review_dup_readiness (plan, now);
  g_autofree char *meeting = ent_review_dup_instant (ent_record_get_int (plan, "meeting_at", ENT_REVIEW_UNKNOWN),
                                                     ent_record_get_text (plan, "timezone"));
  g_autofree char *period = ent_review_dup_period (ent_record_get_int (plan, "period_start", ENT_REVIEW_UNKNOWN),
                                                   ent_record_get_int (plan, "period_end", ENT_REVIEW_UNKNOWN));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", period, *meeting != '\0' ? meeting : _("No meeting yet"));
  g_autofree char *label = g_strdup_printf ("%s, %s", ent_record_get_title (plan), readiness);

  ent_avatar_tile_set_text (ENT_AVATAR_TILE (row->tile), ent_review_item_get_partner (item));
  gtk_label_set_label (GTK_LABEL (row->title), *ent_review_item_get_partner (item) != '\0'
                                                  ? ent_review_item_get_partner (item) : ent_record_get_title (plan));
  gtk_label_set_label (GTK_LABEL (row->subtitle), subtitle);
  ent_pill_set_label (ENT_PILL (row->pill), readiness);
  ent_pill_set_tone (ENT_PILL (row->pill), tone_of (ent_review_get_readiness (plan, now)));
  gtk_list_item_set_accessible_label (list_item, label);
}

static void
setup_header_cb (GtkListItemFactory *factory,
                 GtkListHeader      *header)
{
  GtkWidget *label = label_new ("heading");

  gtk_label_set_max_width_chars (GTK_LABEL (label), -1);
  gtk_widget_add_css_class (label, "review-header");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (GtkListItemFactory *factory,
                GtkListHeader      *header)
{
  g_autofree char *group = ent_review_item_dup_group (gtk_list_header_get_item (header));

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), group);
}

/* --- Doing ---------------------------------------------------------------------------------------------------------------- */

static void
activate_cb (EntReviewsPage *self,
             guint           position)
{
  g_autoptr (EntReviewItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list_view)), position);

  if (item != NULL)
    ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), ent_record_get_key (ent_review_item_get_plan (item)));
}

static void
group_changed_cb (EntReviewsPage *self)
{
  if (self->items != NULL)
    show_items (self);
}

static void
search_changed_cb (EntReviewsPage *self)
{
  if (self->items != NULL)
    show_items (self);
}

static void
new_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  ent_review_new_present (ent_page_get_context (ENT_PAGE (widget)), widget, 0);
}

/* --- EntPage ------------------------------------------------------------------------------------------------------------- */

static void
ent_reviews_page_focus_search (EntPage *page)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (page);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static GVariant *
ent_reviews_page_save_state (EntPage *page)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (page);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&builder, "{sv}", "group", g_variant_new_string (adw_toggle_group_get_active_name (self->groups)));
  g_variant_builder_add (&builder, "{sv}", "search",
                         g_variant_new_string (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));
  return g_variant_builder_end (&builder);
}

static void
ent_reviews_page_restore_state (EntPage  *page,
                                GVariant *state)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (page);
  const char *text;

  if (g_variant_lookup (state, "group", "&s", &text) && (g_str_equal (text, "done") || g_str_equal (text, "upcoming")))
    adw_toggle_group_set_active_name (self->groups, text);
  if (g_variant_lookup (state, "search", "&s", &text))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
      gtk_search_bar_set_search_mode (self->search_bar, *text != '\0');
    }
}

static void
ent_reviews_page_refresh (EntPage *page)
{
  load (ENT_REVIEWS_PAGE (page));
}

static void
ent_reviews_page_map (GtkWidget *widget)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (widget);

  GTK_WIDGET_CLASS (ent_reviews_page_parent_class)->map (widget);
  if (self->items == NULL && self->cancellable == NULL)
    load (self);
}

static void
ent_reviews_page_constructed (GObject *object)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (object);

  G_OBJECT_CLASS (ent_reviews_page_parent_class)->constructed (object);
  g_signal_connect_object (ent_page_get_context (ENT_PAGE (self)), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
ent_reviews_page_dispose (GObject *object)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_REVIEWS_PAGE);
  G_OBJECT_CLASS (ent_reviews_page_parent_class)->dispose (object);
}

static void
ent_reviews_page_finalize (GObject *object)
{
  EntReviewsPage *self = ENT_REVIEWS_PAGE (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (ent_reviews_page_parent_class)->finalize (object);
}

static void
ent_reviews_page_class_init (EntReviewsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);

  object_class->constructed = ent_reviews_page_constructed;
  object_class->dispose = ent_reviews_page_dispose;
  object_class->finalize = ent_reviews_page_finalize;
  widget_class->map = ent_reviews_page_map;
  page_class->focus_search = ent_reviews_page_focus_search;
  page_class->save_state = ent_reviews_page_save_state;
  page_class->restore_state = ent_reviews_page_restore_state;
  page_class->refresh = ent_reviews_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entente/Entente/ui/pages/reviews/ent-reviews-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EntReviewsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EntReviewsPage, groups);
  gtk_widget_class_bind_template_child (widget_class, EntReviewsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EntReviewsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, EntReviewsPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, EntReviewsPage, empty_page);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, group_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_cb);
}

static void
ent_reviews_page_init (EntReviewsPage *self)
{
  GtkListItemFactory *rows = gtk_signal_list_item_factory_new ();
  GtkListItemFactory *headers = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  g_signal_connect (rows, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (headers, "setup", G_CALLBACK (setup_header_cb), NULL);
  g_signal_connect (headers, "bind", G_CALLBACK (bind_header_cb), NULL);
  gtk_list_view_set_factory (self->list_view, rows);
  gtk_list_view_set_header_factory (self->list_view, headers);
  g_object_unref (rows);
  g_object_unref (headers);
}
