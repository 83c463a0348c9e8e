/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields that hold an address somebody can go to. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/ent-field-row-editor.h"

char *
ent_field_row_address (const EntField *field,
                       const char     *text)
{
  g_autofree char *number = NULL;

  switch ((int) field->info.type)
    {
    case ENT_FIELD_URL:
      return strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
    case ENT_FIELD_DOMAIN:
      return g_strconcat ("https://", text, NULL);
    case ENT_FIELD_EMAIL:
      return g_strconcat ("mailto:", text, NULL);
    case ENT_FIELD_PHONE:
      number = g_uri_escape_string (text, "+", FALSE);
      return g_strconcat ("tel:", number, NULL);
    default:
      return NULL;
    }
}

const char *
ent_field_row_address_label (const EntField *field)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_URL:
    case ENT_FIELD_DOMAIN:
      return _("Open in Browser");
    case ENT_FIELD_EMAIL:
      return _("Write Email");
    case ENT_FIELD_PHONE:
      return _("Call");
    default:
      return NULL;
    }
}

const char *
ent_field_row_address_icon (const EntField *field)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_EMAIL:
      return "mail-send-symbolic";
    case ENT_FIELD_PHONE:
      return "call-start-symbolic";
    default:
      return "adw-external-link-symbolic";
    }
}

void
ent_field_row_open_address (GtkWidget  *widget,
                            const char *address)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}
