/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-sidebar-row.h"

#include <glib/gi18n.h>

struct _EntSidebarRow
{
  GtkListBoxRow parent_instance;

  const EntPageInfo *page;
  GtkLabel          *label;
  GtkLabel          *count; /* NULL until something is counted */
  char              *record_type;
  char              *filter;
  char              *search;
  GVariant          *state;
  gboolean           is_view;
};

G_DEFINE_FINAL_TYPE (EntSidebarRow, ent_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
ent_sidebar_row_finalize (GObject *object)
{
  EntSidebarRow *self = ENT_SIDEBAR_ROW (object);

  g_clear_pointer (&self->state, g_variant_unref);
  g_free (self->record_type);
  g_free (self->filter);
  g_free (self->search);

  G_OBJECT_CLASS (ent_sidebar_row_parent_class)->finalize (object);
}

static void
ent_sidebar_row_class_init (EntSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_sidebar_row_finalize;
}

static void
ent_sidebar_row_init (EntSidebarRow *self)
{
}

static void
fill (EntSidebarRow *self,
      const char    *icon_name,
      const char    *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->label = GTK_LABEL (gtk_label_new (title));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

GtkWidget *
ent_sidebar_row_new_for_page (const EntPageInfo *page)
{
  EntSidebarRow *self = g_object_new (ENT_TYPE_SIDEBAR_ROW, NULL);

  self->page = page;
  self->record_type = g_strdup (page->record_type);
  self->filter = g_strdup (page->base_filter);
  fill (self, page->icon_name, _(page->title));
  return GTK_WIDGET (self);
}

GtkWidget *
ent_sidebar_row_new_for_view (const EntPageInfo *page,
                              const EntView     *view)
{
  EntSidebarRow *self = g_object_new (ENT_TYPE_SIDEBAR_ROW, NULL);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  self->page = page;
  self->is_view = TRUE;
  self->record_type = g_strdup (view->type);
  self->filter = g_strdup (view->filter);
  self->search = g_strdup (view->search);
  g_variant_dict_insert (&dict, "view", "x", view->id);
  g_variant_dict_insert (&dict, "filter", "s", view->filter != NULL ? view->filter : "");
  g_variant_dict_insert (&dict, "search", "s", view->search != NULL ? view->search : "");
  g_variant_dict_insert (&dict, "sort", "s", view->sort != NULL ? view->sort : "");
  g_variant_dict_insert (&dict, "columns", "s", view->columns != NULL ? view->columns : "");
  self->state = g_variant_ref_sink (g_variant_dict_end (&dict));
  fill (self, "view-list-bullet-symbolic", view->name);
  return GTK_WIDGET (self);
}

const char *
ent_sidebar_row_get_page_id (EntSidebarRow *self)
{
  return self->page->id;
}

const char *
ent_sidebar_row_get_section (EntSidebarRow *self)
{
  static const char * const sections[] = {
    [ENT_SECTION_MAIN] = "",
    [ENT_SECTION_RECORDS] = N_("Records"),
    [ENT_SECTION_PROGRAM] = N_("Program"),
    [ENT_SECTION_INSIGHT] = N_("Insight"),
  };
  const char *section;

  if (self->is_view)
    return _("Saved Views");
  section = sections[self->page->section];
  return *section != '\0' ? _(section) : section;
}

gboolean
ent_sidebar_row_is_view (EntSidebarRow *self)
{
  return self->is_view;
}

GVariant *
ent_sidebar_row_dup_state (EntSidebarRow *self)
{
  return self->state != NULL ? g_variant_ref (self->state) : NULL;
}

const char *
ent_sidebar_row_get_count_of (EntSidebarRow *self,
                              const char   **filter,
                              const char   **search)
{
  *filter = self->filter;
  *search = self->search;
  return self->record_type;
}

const EntPageInfo *
ent_sidebar_row_get_counting_page (EntSidebarRow *self)
{
  return !self->is_view && self->page->count != NULL ? self->page : NULL;
}

static void
ensure_count (EntSidebarRow *self)
{
  if (self->count != NULL)
    return;
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "sidebar-count");
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self))), GTK_WIDGET (self->count));
}

void
ent_sidebar_row_set_count (EntSidebarRow *self,
                           gint64         count)
{
  g_autofree char *text = count >= 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, count) : g_strdup ("");
  g_autofree char *name = NULL;

  if (self->count == NULL && count < 0)
    return;
  ensure_count (self);
  if (g_strcmp0 (gtk_label_get_label (self->count), text) == 0)
    return;
  gtk_label_set_label (self->count, text);
  /* Translators: a page and how many records it has, for screen readers: "Partners, 214" */
  name = *text != '\0' ? g_strdup_printf (_("%s, %s"), gtk_label_get_label (self->label), text)
                       : g_strdup (gtk_label_get_label (self->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
