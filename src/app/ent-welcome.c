/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-welcome.h"

#include "app/ent-home-path.h"

#include <glib/gi18n.h>

struct _EntWelcome
{
  AdwBin parent_instance;

  GPtrArray           *rows; /* of GtkWidget (unowned): those of the group */
  AdwPreferencesGroup *recent_group;
};

G_DEFINE_FINAL_TYPE (EntWelcome, ent_welcome, ADW_TYPE_BIN)

static void
ent_welcome_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ENT_TYPE_WELCOME);

  G_OBJECT_CLASS (ent_welcome_parent_class)->dispose (object);
}

static void
ent_welcome_finalize (GObject *object)
{
  g_ptr_array_unref (ENT_WELCOME (object)->rows);

  G_OBJECT_CLASS (ent_welcome_parent_class)->finalize (object);
}

static void
ent_welcome_class_init (EntWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_welcome_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_welcome_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/app/ent-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, EntWelcome, recent_group);
}

static void
ent_welcome_init (EntWelcome *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ent_welcome_new (void)
{
  return g_object_new (ENT_TYPE_WELCOME, NULL);
}

/* "~/Documents" instead of the whole path. */
static char *
dup_folder (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  const char *path = parent != NULL ? g_file_peek_path (parent) : NULL;

  return path != NULL ? ent_home_path_display (path) : g_file_get_uri (file);
}

static GtkWidget *
new_row (const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folder = dup_folder (file);
  GtkWidget *row = adw_action_row_new ();

  if (g_str_has_suffix (name, ".entente"))
    name[strlen (name) - strlen (".entente")] = '\0';
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-recent");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

void
ent_welcome_set_recent (EntWelcome         *self,
                        const char * const *uris)
{
  g_return_if_fail (ENT_IS_WELCOME (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; uris != NULL && uris[i] != NULL && i < 5; i++)
    {
      GtkWidget *row = new_row (uris[i]);

      adw_preferences_group_add (self->recent_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), self->rows->len > 0);
}
