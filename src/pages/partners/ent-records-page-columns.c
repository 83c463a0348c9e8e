/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover that chooses columns. */
#include "config.h"

#include "pages/partners/ent-records-page-private.h"

#include <string.h>

static void
add_column_row (EntRecordsPage *self,
                const EntField *field)
{
  GtkWidget *check = gtk_check_button_new_with_label (ent_field_get_label (field));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), check);
  gtk_widget_set_tooltip_text (row, ent_field_get_help (field));
  g_object_set_data (G_OBJECT (row), "field", (gpointer) field);
  g_object_set_data (G_OBJECT (row), "check", check);
  gtk_list_box_append (self->column_list, row);
}

static void
update_column_rows (EntRecordsPage *self)
{
  EntTableColumns *columns = ent_record_table_get_columns (self->table);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->column_list, i)) != NULL; i++)
    {
      const EntField *field = g_object_get_data (G_OBJECT (row), "field");

      gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"),
                                   ent_table_columns_has_field (columns, field));
    }
}

static void
column_cb (EntRecordsPage *self,
           GtkListBoxRow  *row)
{
  EntTableColumns *columns = ent_record_table_get_columns (self->table);
  const EntField *field = g_object_get_data (G_OBJECT (row), "field");

  ent_table_columns_show (columns, field, !ent_table_columns_has_field (columns, field));
}

static gboolean
column_visible_cb (GtkListBoxRow *row,
                   gpointer       user_data)
{
  EntRecordsPage *self = user_data;
  const EntField *field = g_object_get_data (G_OBJECT (row), "field");
  g_autofree char *wanted = ent_text_key (gtk_editable_get_text (self->column_search));
  g_autofree char *label = ent_text_key (ent_field_get_label (field));

  return strstr (label, wanted) != NULL;
}

static void
add_column_rows (EntRecordsPage *self)
{
  for (int rank = 1; rank < ENT_FIELD_N_RANKS; rank++)
    for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
      {
        const EntField *field = ent_record_type_get_nth (self->type, i);

        if (ent_field_get_rank (field) == rank && field->info.type != ENT_FIELD_JSON && i != ENT_COMMON_DELETED_AT &&
            i != ENT_COMMON_REV)
          add_column_row (self, field);
      }
}

/* When it opens for the first time: a row for each field of an organization is as much as all of the page. */
void
ent_records_page_create_columns (GtkMenuButton *button,
                                 gpointer       page)
{
  EntRecordsPage *self = page;
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/pages/partners/ent-records-page-columns.ui");
  self->column_search = GTK_EDITABLE (gtk_builder_get_object (builder, "search"));
  self->column_list = GTK_LIST_BOX (gtk_builder_get_object (builder, "list"));
  add_column_rows (self);
  update_column_rows (self);
  gtk_list_box_set_filter_func (self->column_list, column_visible_cb, self, NULL);
  g_signal_connect_swapped (self->column_search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter),
                            self->column_list);
  g_signal_connect_object (self->column_list, "row-activated", G_CALLBACK (column_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ent_record_table_get_columns (self->table), "fields", G_CALLBACK (update_column_rows), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, GTK_WIDGET (gtk_builder_get_object (builder, "popover")));
}
