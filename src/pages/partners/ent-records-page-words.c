/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the records are called here, and what is said instead of a list. */
#include "config.h"

#include "pages/partners/ent-records-page-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-record-preset.h"

char **
ent_records_page_dup_assignments (EntRecordsPage *self)
{
  g_autoptr (EntFilter) filter = NULL;
  g_auto (GStrv) terms = NULL;
  GStrvBuilder *builder = g_strv_builder_new ();

  if (self->base_filter != NULL)
    filter = ent_filter_parse (self->type, self->base_filter, NULL, NULL);
  if (filter != NULL)
    terms = ent_filter_dup_terms (filter);
  for (char **term = terms; term != NULL && *term != NULL; term++)
    {
      g_auto (GStrv) words = g_strsplit (*term, " ", 3);

      if (g_strv_length (words) == 3 && (g_str_equal (words[1], "has") || g_str_equal (words[1], "=")))
        g_strv_builder_take (builder, g_strconcat (words[0], "=", g_strdelimit (words[2], "\"", ' '), NULL));
    }
  return g_strv_builder_unref_to_strv (builder);
}

const char *
ent_records_page_get_noun (EntRecordsPage *self,
                           guint64         n)
{
  g_auto (GStrv) assignments = ent_records_page_dup_assignments (self);
  g_autoptr (EntRecord) record = ent_record_new (self->type);

  if (self->base_filter == NULL)
    return ent_record_type_get_label (self->type, n != 1);
  ent_record_preset (record, ent_page_get_context (ENT_PAGE (self)), (const char * const *) assignments);
  return n == 1 ? ent_record_get_noun (record) : adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self));
}

void
ent_records_page_set_texts (EntRecordsPage *self)
{
  g_autofree char *none = g_strdup_printf (_("No %s Yet"), adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self)));
  g_autofree char *fresh = g_strdup_printf (_("New %s"), ent_records_page_get_noun (self, 1));
  g_autofree char *search = g_strdup_printf (_("Search %s"), ent_records_page_get_noun (self, 2));

  if (self->empty_page != NULL)
    {
      adw_status_page_set_title (self->empty_page, none);
      adw_status_page_set_icon_name (self->empty_page, ent_page_get_icon_name (ENT_PAGE (self)));
      gtk_button_set_label (self->empty_new_button, fresh);
    }
  gtk_widget_set_tooltip_text (self->new_button, fresh);
  gtk_search_entry_set_placeholder_text (self->search_entry, search);
}

/* What is seen instead of a list is made when there is none. */
void
ent_records_page_ensure_status_pages (EntRecordsPage *self)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (self->empty_page != NULL)
    return;
  builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/pages/partners/ent-records-page-none.ui");
  self->empty_page = ADW_STATUS_PAGE (gtk_builder_get_object (builder, "empty"));
  self->empty_new_button = GTK_BUTTON (gtk_builder_get_object (builder, "new_button"));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty_page), "empty");
  gtk_stack_add_named (self->stack, GTK_WIDGET (gtk_builder_get_object (builder, "nothing_found")), "nothing-found");
  ent_records_page_set_texts (self);
}
