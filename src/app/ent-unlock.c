/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-unlock.h"

#include <glib/gi18n.h>

struct _EntUnlock
{
  AdwDialog parent_instance;

  EntWindow *window; /* (unowned): the dialog lives inside it */
  char      *path;

  GtkWidget        *unlock_button;
  GtkLabel         *explanation;
  AdwEntryRow      *entry;
  AdwSwitchRow     *remember_row;
};

G_DEFINE_FINAL_TYPE (EntUnlock, ent_unlock, ADW_TYPE_DIALOG)

static void
cancel_cb (EntUnlock *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
unlock_cb (EntUnlock *self)
{
  ent_window_open (self->window, self->path, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                   adw_switch_row_get_active (self->remember_row), ENT_STORE_OPEN_DEFAULT);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
entry_changed_cb (EntUnlock *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_widget_set_sensitive (self->unlock_button, *text != '\0');
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
ent_unlock_dispose (GObject *object)
{
  EntUnlock *self = ENT_UNLOCK (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_UNLOCK);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (ent_unlock_parent_class)->dispose (object);
}

static void
ent_unlock_finalize (GObject *object)
{
  g_free (ENT_UNLOCK (object)->path);

  G_OBJECT_CLASS (ent_unlock_parent_class)->finalize (object);
}

static void
ent_unlock_class_init (EntUnlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_unlock_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_unlock_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/app/ent-unlock.ui");
  gtk_widget_class_bind_template_child (widget_class, EntUnlock, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, EntUnlock, explanation);
  gtk_widget_class_bind_template_child (widget_class, EntUnlock, entry);
  gtk_widget_class_bind_template_child (widget_class, EntUnlock, remember_row);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
}

static void
ent_unlock_init (EntUnlock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
ent_unlock_new (EntWindow  *window,
                const char *path,
                gboolean    is_wrong)
{
  EntUnlock *self = g_object_new (ENT_TYPE_UNLOCK, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;

  g_set_weak_pointer (&self->window, window);
  self->path = g_strdup (path);
  if (is_wrong)
    {
      text = g_strdup_printf (_("That is not the key of “%s”, or the start of the file is damaged. "
                                "Check each group of the recovery key."), name);
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
    }
  else
    {
      text = g_strdup_printf (_("The keyring of this computer has no key for “%s”. Enter the recovery "
                                "key that was shown when the workspace was made, or its passphrase."),
                              name);
    }
  gtk_label_set_label (self->explanation, text);
  return ADW_DIALOG (self);
}
