/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What scenes of pictures need: widgets, the page, the dialog, a file. */

#include "config.h"

#include "app/ent-pictures-private.h"

/* --- Finding widgets ----------------------------------------------------------------------------------------------- */

GtkWidget *
_ent_pictures_find (GtkWidget         *root,
                    EntPicturesMatch   matches,
                    const char        *what)
{
  if (root == NULL || !gtk_widget_get_mapped (root))
    return NULL;
  if (matches (root, what))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = _ent_pictures_find (child, matches, what);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* By the name it has in its template. */
gboolean
_ent_pictures_has_id (GtkWidget  *widget,
                      const char *id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

gboolean
_ent_pictures_has_type (GtkWidget  *widget,
                        const char *type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name (type));
}

AdwDialog *
_ent_pictures_get_dialog (EntPictures *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

gboolean
_ent_pictures_is_dialog_there (EntPictures *self)
{
  return _ent_pictures_get_dialog (self) != NULL;
}

gboolean
_ent_pictures_is_popover_there (EntPictures *self)
{
  return _ent_pictures_find (GTK_WIDGET (self->window), _ent_pictures_has_type, "GtkPopover") != NULL;
}

void
_ent_pictures_activate (EntPictures *self,
                        const char  *action)
{
  ent_window_activate (self->window, action);
}

EntPage *
_ent_pictures_get_page (EntPictures *self)
{
  return ent_window_get_visible_page (self->window);
}

/* --- Files ------------------------------------------------------------------------------------------------------------- */

char *
_ent_pictures_write_scratch (EntPictures *self,
                             const char  *name,
                             const char  *text)
{
  if (self->scratch == NULL)
    self->scratch = g_dir_make_tmp ("entente-pictures-XXXXXX", NULL);
  if (self->scratch != NULL)
    {
      g_autofree char *path = g_build_filename (self->scratch, name, NULL);

      if (g_file_set_contents (path, text, -1, NULL))
        return g_steal_pointer (&path);
    }
  return NULL;
}
