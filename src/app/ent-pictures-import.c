/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of the import assistant. */

#include "config.h"

#include "app/ent-pictures-private.h"

#include "pages/exchange/ent-import-dialog.h"

/* A list as people keep it: most columns are known, one is not, and two cells cannot be read. */
static const char table[] =
  "Company,Website,Country,Annual revenue,Employees,Partner since,Internal rank\n"
  "Alder & Finch Consulting,https://alderfinch.example,Germany,4200000 EUR,38,2021-03-15,A\n"
  "Brightwater Systems,https://brightwater.example,France,12500000 EUR,140,2019-11-01,A\n"
  "Cobalt Peak,https://cobaltpeak.example,Sweden,860000 EUR,9,2023-06-30,C\n"
  "Dunmore Analytics,https://dunmore.example,Irland,2100000 EUR,22,2022-02-11,B\n"
  "Eastgate Partners,https://eastgate.example,United Kingdom,9900000 GBP,75,2018-09-20,A\n"
  "Fjordline IT,https://fjordline.example,Norway,5300000 NOK,31,31 February 2020,B\n"
  "Greenfield Digital,https://greenfield.example,Netherlands,1750000 EUR,17,2024-01-08,C\n"
  "Harrow Cloud,https://harrow.example,Poland,3900000 PLN,64,2020-05-04,B\n";

void
_ent_pictures_import_file (EntPictures *self)
{
  static const char * const assignments[] = { "roles=partner", NULL };
  EntStore *store = ent_context_get_store (ent_window_get_context (self->window));
  g_autofree char *path = _ent_pictures_write_scratch (self, "partners.csv", table);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  ent_import_dialog_present_for (GTK_WIDGET (_ent_pictures_get_page (self)), ent_window_get_context (self->window),
                                 ent_store_get_record_type (store, "organization"), assignments, file);
}

void
_ent_pictures_import_nothing (EntPictures *self)
{
  ent_window_activate (self->window, "page.import");
}

static gboolean
is_import_at (EntPictures *self,
              const char  *tag)
{
  GtkWidget *view = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_dialog (self)), _ent_pictures_has_type, "AdwNavigationView");
  AdwNavigationPage *page = view != NULL ? adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) : NULL;

  return page != NULL && g_strcmp0 (adw_navigation_page_get_tag (page), tag) == 0;
}

gboolean
_ent_pictures_is_import_at_columns (EntPictures *self)
{
  return is_import_at (self, "columns");
}

gboolean
_ent_pictures_is_import_scrolled (EntPictures *self)
{
  GtkWidget *dialog = GTK_WIDGET (_ent_pictures_get_dialog (self));
  GtkWidget *scrolled = is_import_at (self, "columns") ? _ent_pictures_find (dialog, _ent_pictures_has_type, "GtkScrolledWindow") : NULL;
  GtkAdjustment *adjustment;

  if (scrolled == NULL)
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return gtk_adjustment_get_value (adjustment) > 0;
}

void
_ent_pictures_try_import (EntPictures *self)
{
  _ent_pictures_import_file (self);
  gtk_widget_activate_action (GTK_WIDGET (_ent_pictures_get_dialog (self)), "import.dry-run", NULL);
}

gboolean
_ent_pictures_is_import_at_result (EntPictures *self)
{
  return is_import_at (self, "result");
}
