/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenes of the window itself and of the application. */

#include "config.h"

#include "app/ent-pictures-private.h"

#include "app/ent-palette.h"
#include "app/ent-recovery-key.h"
#include "app/ent-unlock.h"
#include "pages/partners/ent-level-review.h"

void
_ent_pictures_show_welcome (EntPictures *self)
{
  ent_window_show_welcome (self->window);
}

void
_ent_pictures_show_palette (EntPictures *self)
{
  _ent_pictures_activate (self, "win.palette");
  ent_palette_set_text (ENT_PALETTE (_ent_pictures_get_dialog (self)), "pre");
}

gboolean
_ent_pictures_is_palette_settled (EntPictures *self)
{
  AdwDialog *dialog = _ent_pictures_get_dialog (self);

  return ENT_IS_PALETTE (dialog) && ent_palette_is_settled (ENT_PALETTE (dialog));
}

void
_ent_pictures_show_preferences (EntPictures *self)
{
  _ent_pictures_activate (self, "app.preferences");
}

void
_ent_pictures_show_level_review (EntPictures *self)
{
  _ent_pictures_activate (self, "win.level-review");
}

gboolean
_ent_pictures_is_level_review_there (EntPictures *self)
{
  return _ent_pictures_is_dialog_there (self) && ent_level_review_is_ready (_ent_pictures_get_dialog (self));
}

void
_ent_pictures_show_workspace_settings (EntPictures *self)
{
  _ent_pictures_activate (self, "win.workspace-settings");
}

void
_ent_pictures_show_new_workspace (EntPictures *self)
{
  _ent_pictures_show_welcome (self);
  _ent_pictures_activate (self, "win.new-workspace");
}

void
_ent_pictures_show_recovery_key (EntPictures *self)
{
  EntStoreKey key;
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  AdwDialog *dialog = adw_dialog_new ();

  for (gsize i = 0; i < sizeof key.bytes; i++)
    key.bytes[i] = (guint8) (i * 37 + 11);
  adw_navigation_view_add (view, ent_recovery_key_new ("Northwind Labs", &key));
  adw_dialog_set_child (dialog, GTK_WIDGET (view));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_title (dialog, "Recovery Key");
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

void
_ent_pictures_show_shortcuts (EntPictures *self)
{
  _ent_pictures_activate (self, "win.shortcuts");
}

void
_ent_pictures_show_about (EntPictures *self)
{
  _ent_pictures_activate (self, "app.about");
}

void
_ent_pictures_show_sidebar (EntPictures *self)
{
  _ent_pictures_activate (self, "win.show-sidebar");
}

void
_ent_pictures_show_main_menu (EntPictures *self)
{
  _ent_pictures_activate (self, "win.main-menu");
}

void
_ent_pictures_show_unlock (EntPictures *self)
{
  adw_dialog_present (ent_unlock_new (self->window, ent_window_get_path (self->window), FALSE),
                      GTK_WIDGET (self->window));
}

void
_ent_pictures_show_error (EntPictures *self)
{
  g_autofree char *path = _ent_pictures_write_scratch (self, "Holiday photo.entente", "This is no workspace.");

  ent_window_open (self->window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
}
