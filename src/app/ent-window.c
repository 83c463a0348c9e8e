/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-window-private.h"

#include <glib/gi18n.h>
#include <openssl/crypto.h>

G_DEFINE_FINAL_TYPE (EntWindow, ent_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast_cb (EntWindow *self,
          AdwToast  *toast)
{
  /* What was said before is no longer the latest change, and its Undo would surprise. */
  adw_toast_overlay_dismiss_all (self->toasts);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

static void
alert_cb (EntWindow  *self,
          const char *heading,
          const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static gboolean
close_request_cb (EntWindow *self)
{
  _ent_window_close (self);
  return GDK_EVENT_PROPAGATE;
}

static void
visible_page_cb (EntWindow *self)
{
  _ent_window_visible_page_changed (self);
}

static void
bind_settings (EntWindow *self)
{
  if (self->settings == NULL)
    return;
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::recent-workspaces",
                           G_CALLBACK (_ent_window_recent_changed), self, G_CONNECT_SWAPPED);
  _ent_window_recent_changed (self);
}

static void
ent_window_dispose (GObject *object)
{
  EntWindow *self = ENT_WINDOW (object);

  if (self->opening != NULL)
    ent_opening_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  _ent_window_stop_care (self);
  g_clear_pointer (&self->backups, ent_backups_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_WINDOW);
  g_clear_object (&self->context);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ent_window_parent_class)->dispose (object);
}

static void
ent_window_finalize (GObject *object)
{
  EntWindow *self = ENT_WINDOW (object);

  g_hash_table_unref (self->page_states);
  g_hash_table_unref (self->disabled);
  g_array_unref (self->recent);
  OPENSSL_cleanse (&self->key, sizeof self->key);
  g_free (self->path);
  g_free (self->title);
  g_free (self->page_id);

  G_OBJECT_CLASS (ent_window_parent_class)->finalize (object);
}

static void
ent_window_class_init (EntWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_window_dispose;
  object_class->finalize = ent_window_finalize;

  g_type_ensure (ENT_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/app/ent-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EntWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, blank_page);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, welcome_bin);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_page_cb);

  _ent_window_class_init_actions (widget_class);
}

static void
ent_window_init (EntWindow *self)
{
  self->page_states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_variant_unref);
  self->disabled = g_hash_table_new (g_str_hash, g_str_equal);
  self->recent = g_array_new (FALSE, FALSE, sizeof (EntKey));

  gtk_widget_init_template (GTK_WIDGET (self));
  _ent_window_init_actions (self);
}

EntWindow *
ent_window_new (GtkApplication *application,
                GSettings      *settings)
{
  EntWindow *self = g_object_new (ENT_TYPE_WINDOW, "application", application, NULL);

  g_set_object (&self->settings, settings);
  self->context = ent_context_new (settings);
  g_signal_connect_object (self->context, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "alert", G_CALLBACK (alert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "refused", G_CALLBACK (_ent_window_refused), self, G_CONNECT_SWAPPED);
  ent_sidebar_set_context (self->sidebar, self->context);
  bind_settings (self);
  _ent_window_init_navigation (self);
  _ent_window_update_actions (self);
  return self;
}

EntContext *
ent_window_get_context (EntWindow *self)
{
  g_return_val_if_fail (ENT_IS_WINDOW (self), NULL);
  return self->context;
}
